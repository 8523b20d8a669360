//! `plenum terminal HOST` and `plenum display HOST`: whose screen it becomes follows from the code.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use jiff::tz::TimeZone;
use tokio::sync::watch;

use super::{environment_language, require_terminal, runtime};
use crate::client::connect::{Back, ConnectFault, come_back, enrol, fresh_identity, with_port};
use crate::client::hubs::Hubs;
use crate::client::store::{Enrolled, Store};
use crate::client::{Client, Link, Pace, TurnedAway, start};
use crate::meeting::Actor;
use crate::screen::display::Display;
use crate::screen::run::{run as run_screen, run_alone, run_keeping};
use crate::screen::terminal::Terminal;
use crate::screen::terminal::draft::DRAFT_BYTES_MAX;
use crate::screen::terminal::enrol::Enrol;
use crate::screen::{Look, Theme};
use crate::words::terminal::Terminal as Text;
use crate::words::{Lang, room};

/// The file of what is being written, in the folder of the meeting and seat.
const DRAFT_FILE: &str = "draft.json";
/// Two writings of it are at least so far apart.
const DRAFT_EVERY: Duration = Duration::from_millis(300);

/// What `plenum terminal` takes.
#[derive(Debug, Args)]
pub struct TerminalArgs {
    /// What every screen takes.
    #[command(flatten)]
    pub seat: SeatArgs,
    /// The folder for the test data, if the member tests whether this terminal encrypts what was marked
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub audit_dir: PathBuf,
}

/// What `plenum terminal` and `plenum display` take.
#[derive(Debug, Args)]
pub struct SeatArgs {
    /// The console's address: HOST or HOST:PORT
    #[arg(value_name = "HOST[:PORT]")]
    pub host: String,
    /// Where this terminal keeps its key; a folder of its own for each meeting and seat is made in it
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// Plain signs only: no box drawing
    #[arg(long)]
    pub ascii: bool,
}

/// Which kind of screen is wanted; it only says which kept key is taken up again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A person's terminal, and where it writes test data.
    Terminal(PathBuf),
    /// The room's display.
    Display,
}

/// How the screen looks.
pub fn look(lang: Lang, ascii: bool) -> Look {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    Look { lang, theme: Theme::new(ascii, no_color), zone: TimeZone::system() }
}

/// Runs a person's terminal or a display.
pub fn run(args: SeatArgs, wanted: Wanted, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let at_first = lang.unwrap_or_else(environment_language);
    require_terminal(at_first)?;
    runtime()?.block_on(async {
        let hub = with_port(&args.host);
        let root = args.state.map_or_else(state_root, Ok)?;
        let known = take_up(&root, &hub, wanted == Wanted::Display).await?;
        let joined = match known {
            Some(known) => Some(known),
            None => ask_for_code(&root, &hub, &wanted, &look(at_first, args.ascii)).await?,
        };
        let Some((enrolled, store)) = joined else { return Ok(ExitCode::SUCCESS) };
        let is_display = matches!(enrolled.actor, Actor::Display(_));
        let draft_file = store.folder().map(|folder| folder.join(DRAFT_FILE));
        let client = start(enrolled, store, Pace::Real);
        let lang = match lang {
            Some(lang) => lang,
            None => plan_language(&client).await.unwrap_or(at_first),
        };
        let look = look(lang, args.ascii);
        if is_display {
            run_screen(Display::new(), client, look).await?;
        } else {
            let kept = draft_file.as_deref().and_then(read_draft).unwrap_or_default();
            let (drafts, latest) = watch::channel(None);
            let keeper = tokio::spawn(keep_drafts(draft_file, latest));
            let mut terminal = Terminal::new(lang).with_draft(kept);
            if let Wanted::Terminal(audit_dir) = wanted {
                terminal = terminal.with_audit_dir(audit_dir);
            }
            run_keeping(terminal, client, look, drafts).await?;
            // The other end is gone: what was written last is kept, then this ends.
            keeper.await?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// What was being written when the terminal last ended.
fn read_draft(path: &Path) -> Option<String> {
    let size = std::fs::metadata(path).ok()?.len();
    if size > u64::try_from(DRAFT_BYTES_MAX).unwrap_or(u64::MAX) {
        return None;
    }
    std::fs::read_to_string(path).ok()
}

/// Keeps the latest draft on disk, and takes it away when there is none: not for every key, but soon. A draft that cannot
/// be kept is no reason to stop writing.
async fn keep_drafts(path: Option<PathBuf>, mut latest: watch::Receiver<Option<String>>) {
    let Some(path) = path else { return };
    let keep = |draft: Option<String>| {
        let path = path.clone();
        tokio::task::spawn_blocking(move || match draft {
            Some(draft) => crate::disk::replace(&path, draft.as_bytes()),
            None => std::fs::remove_file(&path),
        })
    };
    while latest.changed().await.is_ok() {
        let draft = latest.borrow_and_update().clone();
        let _ = keep(draft).await;
        tokio::time::sleep(DRAFT_EVERY).await;
    }
}

/// The language of the plan, if the record comes soon.
pub async fn plan_language(client: &Client) -> Option<Lang> {
    let known = client.until(|view| view.state.is_some() || matches!(view.link, Link::TurnedAway(_)));
    let view = tokio::time::timeout(Duration::from_secs(2), known).await.ok()?.ok()?;
    view.state.as_ref().map(|state| state.plan().meeting.language)
}

/// The folder that terminals of this account keep their keys in.
fn state_root() -> anyhow::Result<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_STATE_HOME")
        .or_else(|| set("HOME").map(|home| home.join(".local/state")))
        .map(|root| root.join("plenum"))
        .context("--state DIR")
}

/// A kept key that this hub knows: then no code is asked. A hub that does not answer yet is waited for.
async fn take_up(root: &Path, hub: &str, display_wanted: bool) -> anyhow::Result<Option<(Enrolled, Store)>> {
    let found = Store::find(root, hub).with_context(|| root.display().to_string())?;
    for (enrolled, store) in found {
        let display = matches!(enrolled.actor, Actor::Display(_));
        if display != display_wanted || enrolled.actor == Actor::Console {
            continue;
        }
        match reach(&enrolled, &store).await {
            Err(ConnectFault::TurnedAway(away)) if away.is_elsewhere() => return Ok(Some((enrolled, store))),
            Err(ConnectFault::TurnedAway(_) | ConnectFault::FalseHub(_)) => {}
            // Another certificate: another meeting's hub listens there today.
            Err(ConnectFault::Frame(crate::wire::FrameFault::Io(error)))
                if error.kind() == std::io::ErrorKind::InvalidData => {}
            Ok(_) | Err(_) => return Ok(Some((enrolled, store))),
        }
    }
    Ok(None)
}

/// Comes back to the hub, or to a machine that has taken over from it: the first that answers.
async fn reach(enrolled: &Enrolled, store: &Store) -> Result<Back, ConnectFault> {
    let mut hubs = Hubs::new(enrolled, store.hubs());
    loop {
        match come_back(enrolled, hubs.now(), u64::MAX).await {
            Err(ConnectFault::TurnedAway(away)) if !away.is_elsewhere() => {
                return Err(ConnectFault::TurnedAway(away));
            }
            Err(_) if hubs.turn() => {}
            reached => return reached,
        }
    }
}

/// Asks for the code until it is taken. None: the person left.
async fn ask_for_code(
    root: &Path,
    hub: &str,
    wanted: &Wanted,
    look: &Look,
) -> anyhow::Result<Option<(Enrolled, Store)>> {
    let mut turned_away: Option<TurnedAway> = None;
    loop {
        let mut screen = Enrol::new(look.lang, hub, turned_away.as_ref());
        if *wanted == Wanted::Display {
            let (title, ask) = (Text::EnrolDisplayTitle, Text::EnrolDisplayAsk);
            screen = screen.with_question(title.text(look.lang), ask.text(look.lang));
        }
        let Some(code) = run_alone(screen, look.clone()).await?.into_code() else { return Ok(None) };
        crate::disk::ensure_folder_all(root).with_context(|| root.display().to_string())?;
        let identity =
            Store::pending_key(root, fresh_identity()).with_context(|| root.display().to_string())?;
        match enrol(hub, &code, &identity).await {
            Ok(enrolled) => {
                let store = Store::keep(root, &enrolled).with_context(|| root.display().to_string())?;
                Store::forget_pending(root);
                return Ok(Some((enrolled, store)));
            }
            Err(ConnectFault::TurnedAway(away)) => {
                Store::forget_pending(root);
                turned_away = Some(away);
            }
            Err(fault) => {
                return Err(anyhow::Error::new(fault).context(room::cannot_reach(look.lang, hub)));
            }
        }
    }
}
