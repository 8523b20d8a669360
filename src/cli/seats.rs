//! `plenum seats DIR`: each seat's one-time code, and the slips that carry them to the seats.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use super::out;
use super::ready::{self, Ready};
use super::slips::{self, Slip, Slips};
use crate::disk;
use crate::hub::codes::{CodeBook, display_seat};
use crate::meeting::Actor;
use crate::plan::{Plan, SessionFolder};
use crate::words::{self, Lang, clerk};

/// A room has so many walls.
const DISPLAYS_MAX: u16 = 20;

/// What `plenum seats` takes.
#[derive(Debug, Args)]
pub struct SeatsArgs {
    /// The session folder
    pub dir: PathBuf,
    /// How many displays the room has
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(0..=i64::from(DISPLAYS_MAX)))]
    pub displays: u16,
    /// The console's address, to be printed on the slips
    #[arg(long)]
    pub host: Option<String>,
    /// Make new codes where there are some: those printed before open nothing any more
    #[arg(long)]
    pub again: bool,
}

/// Makes codes and slips, and says where they are.
pub fn run(args: SeatsArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let folder = SessionFolder::new(args.dir);
    let (plan, lang) = match ready::read(&folder, lang)? {
        Ready::Plan(plan, lang) => (plan, lang),
        Ready::Mistaken(mistakes, lang) => {
            out::warn(ready::listed(&mistakes, lang).trim_end());
            out::warn(&format!("\n{}", words::plan::mistakes(lang, mistakes.len())));
            return Ok(ExitCode::FAILURE);
        }
    };
    if folder.has_begun() {
        anyhow::bail!("{}", clerk::meeting_has_begun(lang));
    }
    if !args.again && CodeBook::path_in(&folder.private()).exists() {
        anyhow::bail!("{}", clerk::codes_exist(lang));
    }
    let mut book = CodeBook::new(&folder.private());
    let seats = seats(&plan, usize::from(args.displays), lang);
    let presiding = plan.presiding().map(|person| person.id.as_str());
    let host = args.host.as_deref().unwrap_or("HOST");
    let slips = Slips {
        meeting: &plan.meeting,
        slips: issue(&seats, presiding, &mut book, &mut UnwrapErr(SysRng), host),
        note: clerk::slip_note(lang, args.host.is_none()),
        lang,
    };

    // Slips of codes that are not in the book would open nothing, a book without slips only needs `--again`.
    book.save().with_context(|| clerk::no_codes(lang))?;
    let text = folder.private().join("slips.txt");
    let page = folder.private().join("slips.html");
    disk::replace(&text, slips::text(&slips).as_bytes()).with_context(|| clerk::unwritten(lang, &text))?;
    disk::replace(&page, slips::page(&slips)?.as_bytes()).with_context(|| clerk::unwritten(lang, &page))?;
    out::say(&clerk::made_codes(lang, plan.people.len(), usize::from(args.displays), &text, &page))?;
    Ok(ExitCode::SUCCESS)
}

/// A seat that gets a code: its name in the record, what stands on the slip, and the command of its screen.
struct Seat {
    id: String,
    number: Option<usize>,
    name: String,
    unit: String,
    command: &'static str,
}

/// Everyone in the plan, then the displays, then the machine that may stand by.
fn seats(plan: &Plan, displays: usize, lang: Lang) -> Vec<Seat> {
    let people = (1..).zip(&plan.people).map(|(number, person)| Seat {
        id: person.id.clone(),
        number: Some(number),
        name: person.name.clone(),
        unit: person.unit.clone(),
        command: "plenum terminal HOST",
    });
    let displays = (1..=displays).map(|number| Seat {
        id: display_seat(number),
        number: None,
        name: clerk::display_name(lang, number),
        unit: String::new(),
        command: "plenum display HOST",
    });
    let standby = Seat {
        id: Actor::Standby.to_string(),
        number: None,
        name: clerk::standby_name(lang).to_owned(),
        unit: String::new(),
        command: "plenum standby HOST DIR",
    };
    people.chain(displays).chain([standby]).collect()
}

/// Codes and slips. The code of whoever presides is also what a takeover by the standby asks for.
fn issue<R: CryptoRng>(
    seats: &[Seat],
    presiding: Option<&str>,
    book: &mut CodeBook,
    rng: &mut R,
    host: &str,
) -> Vec<Slip> {
    let slip = |seat: &Seat| {
        let code = book.issue(&seat.id, rng);
        if presiding == Some(seat.id.as_str()) {
            book.presided_with(&code);
        }
        Slip {
            number: seat.number,
            name: seat.name.clone(),
            unit: seat.unit.clone(),
            code: code.shown(),
            command: seat.command.replace("HOST", host),
        }
    };
    seats.iter().map(slip).collect()
}
