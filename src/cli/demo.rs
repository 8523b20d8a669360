//! `plenum demo`: the whole meeting on one machine. The person presides; everybody else is simulated, but for one seat
//! that is left free for a real terminal.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::rehearse::hold;
use super::seat::look;
use super::{environment_language, out, require_terminal, runtime};
use crate::client::Pace;
use crate::hub;
use crate::meeting::{Actor, Command, SeatId};
use crate::plan::scaffold::Template;
use crate::plan::{Plan, SessionFolder};
use crate::rehearse::member::Members;
use crate::rehearse::{Departments, Inside, Players, Rehearsal, Script, Scrutineers, Stage, VoteBook};
use crate::screen::console::{Console, FreeSeat};
use crate::screen::run::run_with_own;
use crate::screen::terminal::Terminal;
use crate::words::{Lang, room};

/// What a demo shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A nomination by ballot of the full committee
    Nomination,
    /// A review: reports, questions, evaluation
    Review,
    /// A contested election: k of n candidates, and a list with exceptions
    Contested,
    /// A major matter: the head speaks and votes last, the vote is by name
    MajorMatter,
    /// Open votes: without objection, by hands, by name
    OpenVote,
    /// The nomination and the review, as two items of one meeting
    Both,
    /// A joint meeting: departments give their opinion on officials
    #[value(alias = "joint_meeting")]
    JointMeeting,
    /// A deliberation during the term: the appointee is outside, and what is said does not reach them
    Deliberation,
    /// An exam on the law of integrity
    Exam,
    /// Every kind one after the other, each to an archive of its own; only with --auto
    All,
}

impl Kind {
    /// The kinds of which `all` makes an archive each: the folder, and the template. The folder is named as the minutes in
    /// JSON name the kind.
    const EACH: &[(&str, Template)] = &[
        ("nomination", Template::Nomination),
        ("review", Template::Review),
        ("contested", Template::Contested),
        ("major_matter", Template::MajorMatter),
        ("open_vote", Template::OpenVote),
        ("exam", Template::Exam),
        ("joint_meeting", Template::JointMeeting),
        ("deliberation", Template::Deliberation),
    ];

    /// The template of the one meeting that is shown; none where several are.
    fn template(self) -> Option<Template> {
        match self {
            Self::Nomination => Some(Template::Nomination),
            Self::Review => Some(Template::Review),
            Self::Contested => Some(Template::Contested),
            Self::MajorMatter => Some(Template::MajorMatter),
            Self::OpenVote => Some(Template::OpenVote),
            Self::Both => Some(Template::Both),
            Self::Exam => Some(Template::Exam),
            Self::All => None,
            Self::JointMeeting => Some(Template::JointMeeting),
            Self::Deliberation => Some(Template::Deliberation),
        }
    }

    /// Asks the person; Enter alone takes the first.
    fn ask(lang: Lang) -> anyhow::Result<Self> {
        loop {
            out::ask(room::demo_kinds(lang));
            let mut typed = String::new();
            if std::io::stdin().read_line(&mut typed)? == 0 {
                return Ok(Self::Nomination);
            }
            match typed.trim() {
                "" | "1" | "１" => return Ok(Self::Nomination),
                "2" | "２" => return Ok(Self::Review),
                "3" | "３" => return Ok(Self::Contested),
                "4" | "４" => return Ok(Self::MajorMatter),
                "5" | "５" => return Ok(Self::OpenVote),
                "6" | "６" => return Ok(Self::Both),
                "7" | "７" => return Ok(Self::Exam),
                "8" | "８" => return Ok(Self::JointMeeting),
                "9" | "９" => return Ok(Self::Deliberation),
                _ => {}
            }
        }
    }
}

/// What `plenum demo` takes.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// What to show: asked for where it is not given, and both with --auto
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Without a person or a terminal, to a sealed archive
    #[arg(long)]
    pub auto: bool,
    /// The folder to make; otherwise a temporary one, whose path is printed at the end
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Fixes what the simulated people choose and when, and nothing else
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Plain signs only: no box drawing
    #[arg(long)]
    pub ascii: bool,
}

/// Runs the demo.
pub fn run(args: DemoArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let lang = lang.unwrap_or_else(environment_language);
    if !args.auto {
        require_terminal(lang).context(room::demo_without_terminal(lang))?;
    }
    let kind = match args.kind {
        Some(kind) => kind,
        None if args.auto => Kind::Both,
        None => Kind::ask(lang)?,
    };
    if kind.template().is_none() && !args.auto {
        anyhow::bail!("{}", room::demo_all_without_auto(lang));
    }
    let source = tempfile::tempdir().context("temporary folder")?;
    let out = match args.out {
        Some(out) => out,
        None => tempfile::Builder::new().prefix("plenum-demo-").tempdir()?.keep(),
    };
    let Some(template) = kind.template() else {
        for (name, template) in Kind::EACH {
            let rehearsal =
                rehearsal_of(*template, lang, source.path().join(name), out.join(name), args.seed)?;
            let code = hold(&rehearsal, false, lang)?;
            if code != ExitCode::SUCCESS {
                return Ok(code);
            }
        }
        return Ok(ExitCode::SUCCESS);
    };
    let rehearsal = rehearsal_of(template, lang, source.path().join("plan"), out, args.seed)?;
    if args.auto {
        return hold(&rehearsal, false, lang);
    }
    runtime()?.block_on(with_a_person(&rehearsal, args.ascii, lang))
}

/// A rehearsal of a template that is written to `from`.
fn rehearsal_of(
    template: Template,
    lang: Lang,
    from: PathBuf,
    out: PathBuf,
    seed: u64,
) -> anyhow::Result<Rehearsal> {
    template.write(lang, &SessionFolder::new(&from))?;
    Ok(Rehearsal { from, out, seed, absent: 0, votes: None, script: None, agenda: None, sittings: None })
}

/// The last full member without duties, or the last candidate where nothing is decided: the seat that is left free.
fn free_seat(plan: &Plan) -> Option<SeatId> {
    let exams = || plan.items.iter().filter_map(|item| item.exam());
    let candidate = exams().flat_map(|exam| &exam.candidates).last().map(|one| one.person.as_str());
    let member = plan.members().filter(|person| person.duties.is_empty()).last().map(|one| one.id.as_str());
    member.or(candidate).map(SeatId::from)
}

async fn with_a_person(rehearsal: &Rehearsal, ascii: bool, lang: Lang) -> anyhow::Result<ExitCode> {
    let plan = rehearsal.plan()?;
    let votes = VoteBook::read(None, &plan, &BTreeSet::new(), &BTreeSet::new(), rehearsal.seed)?;
    let free = free_seat(&plan).context("a plan without a free seat")?;
    let own = SeatId::from(plan.presiding().context("a plan without a presiding officer")?.id.as_str());
    let script = Script::read(None, &plan, &BTreeSet::new())?;
    let (mut stage, hub) = Stage::set(&rehearsal.from, &rehearsal.out)?.open()?;
    let simulated: Vec<SeatId> = plan
        .people
        .iter()
        .map(|person| SeatId::from(person.id.as_str()))
        .filter(|seat| *seat != free && *seat != own)
        .collect();
    out::warn(&room::filling(lang, simulated.len()));
    let console = stage.console().await?;
    let own_client = stage.seat(&own, Pace::Real).await?;
    own_client.until(|view| view.state.is_some()).await?;
    own_client.order(Command::SignIn { seat: own }).await?;
    let members = Members::join_seats(&stage, simulated, &votes, rehearsal.seed).await?;

    let known = console.until(|view| view.state.is_some()).await?;
    let playing =
        known.state.as_ref().map(|state| Players::new(script, state, &members, console.clone()).play());

    let _inside = known.state.as_ref().map(|state| Inside::play(state, &members));
    let _speaking = Departments::new(&members, rehearsal.seed).play(&members);
    let _scrutineers = known.state.as_ref().map(|state| Scrutineers::play(state, &members, &console));

    let text = hint(&stage, &plan, &free, lang);
    let folder = rehearsal.out.display().to_string();
    let look = look(lang, ascii);
    let shown = Console::new(lang, folder, Some(FreeSeat { seat: free, text }))
        .with_folder(SessionFolder::new(&rehearsal.out))
        .in_zone(look.zone.clone())
        .with_own_paper(Box::new(Terminal::new(lang)));
    run_with_own(shown, console, own_client, look).await?;
    if let Some(playing) = playing {
        playing.abort();
    }
    drop(members);
    stage.stop();
    out::say(&match hub.await? {
        hub::End::Sealed => room::sealed(lang, &rehearsal.out),
        hub::End::Stopped => room::demo_left(lang, &rehearsal.out),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// What to type in another window.
fn hint(stage: &Stage, plan: &Plan, free: &SeatId, lang: Lang) -> String {
    let program =
        std::env::current_exe().map_or_else(|_| "plenum".to_owned(), |path| path.display().to_string());
    let code = |actor: &Actor| stage.code(actor).map(crate::wire::code::SeatCode::shown).unwrap_or_default();
    let name = plan.person(free.as_str()).map_or(free.as_str(), |person| &person.name);
    let terminal = format!("{program} terminal {}", stage.host());
    let display = format!("{program} display {}", stage.host());
    let (seat, wall) = (code(&Actor::Seat(free.clone())), code(&Actor::Display(1)));
    room::demo_hint(lang, name, &terminal, &seat, &display, &wall)
}
