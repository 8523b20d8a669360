//! `plenum console DIR`: the presiding officer's console, and the hub of the meeting in the same process. The console is
//! a client like every other; whoever holds the session folder presides over its meeting.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::ready::{self, Ready};
use super::seat::look;
use super::{environment_language, out, require_terminal, runtime, why};
use crate::client::connect::{enrol, fresh_identity};
use crate::client::store::Store;
use crate::client::{Client, Pace, start};
use crate::hub::vault::Vault;
use crate::hub::{self, Hub, StartFault};
use crate::meeting::{Actor, SeatId};
use crate::plan::{SessionFolder, Unready};
use crate::screen::Look;
use crate::screen::console::Console;
use crate::screen::run::{keep_showing, run as run_screen, run_with_own};
use crate::screen::terminal::Terminal;
use crate::standby::keep_telling;
use crate::wire::PORT;
use crate::wire::code::SeatCode;
use crate::words::{self, Lang, room};

/// How often it is looked whether a hub without a screen has ended.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What `plenum console` takes.
#[derive(Debug, Args)]
pub struct ConsoleArgs {
    /// The session folder; the meeting is run in it and sealed in place
    pub dir: PathBuf,
    /// Where terminals connect
    #[arg(long, value_name = "ADDR", default_value_t = SocketAddr::from((Ipv4Addr::UNSPECIFIED, PORT)))]
    pub listen: SocketAddr,
    /// Plain signs only: no box drawing
    #[arg(long)]
    pub ascii: bool,
    /// The folder for the test data, if the presiding officer tests the own paper's terminal; not the session folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub audit_dir: PathBuf,
}

/// Where this machine reaches a listener of its own.
fn own_address(listening: SocketAddr) -> SocketAddr {
    let ip = match listening.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(ip) if ip.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
        ip => ip,
    };
    SocketAddr::new(ip, listening.port())
}

/// Runs hub and console.
pub fn run(args: ConsoleArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let folder = SessionFolder::new(&args.dir);
    let at_first = lang.unwrap_or_else(environment_language);
    runtime()?.block_on(async {
        let listener = TcpListener::bind(args.listen)
            .await
            .with_context(|| room::cannot_listen(at_first, &args.listen.to_string()))?;
        // What is wrong with the folder is said first: a terminal would not help.
        if crate::archive::is_sealed(folder.dir()) {
            let sealed = StartFault::Sealed(folder.dir().to_owned());
            return cannot_start(at_first, &args.dir, &sealed);
        }
        if !folder.has_begun()
            && let Err(unready) = folder.read_plan()
        {
            return not_ready(&folder, unready, lang);
        }
        require_terminal(at_first)?;
        let hub = match Hub::open(&folder, false) {
            Ok(hub) => hub,
            Err(StartFault::Plan(unready)) => return not_ready(&folder, unready, lang),
            Err(fault) => return cannot_start(at_first, &args.dir, &fault),
        };
        let lang = lang.unwrap_or(hub.plan_language());
        let repaired =
            hub.started().repair.as_ref().map(|repair| room::repaired(lang, repair.line, repair.bytes));
        if let Some(says) = &repaired {
            out::warn(says);
        }
        preside(hub, listener, &folder, args.audit_dir, look(lang, args.ascii), repaired).await
    })
}

/// Runs a hub that is open, and the console's screen beside it, until the record is sealed or the console left.
pub async fn preside(
    mut hub: Hub,
    listener: TcpListener,
    folder: &SessionFolder,
    audit_dir: PathBuf,
    look: Look,
    repaired: Option<String>,
) -> anyhow::Result<ExitCode> {
    let (lang, dir) = (look.lang, folder.dir());
    let address = own_address(listener.local_addr()?);
    let own_seat = hub.presiding_seat();
    let screens = Screens::prepare(folder, &address.to_string(), &mut hub, own_seat.as_ref())?;
    // At a machine that stood by: the hub before it may come back.
    let before = Vault::new(&folder.private()).standby_keys()?.zip(hub.takeover_line());
    let telling = before.map(|(kept, line)| tokio::spawn(keep_telling(kept, line)));
    let (stop, stopped) = oneshot::channel::<()>();
    let mut running = tokio::spawn(hub::run(hub.telling_afterwards(), listener, async move {
        let _ = stopped.await;
    }));
    let (console, own) = screens.start().await?;
    let show = || {
        let shown = Console::new(lang, dir.display().to_string(), None)
            .in_zone(look.zone.clone())
            .saying(repaired.clone());
        let shown = shown.with_folder(folder.clone());
        let (console, own, look) = (console.clone(), own.clone(), look.clone());
        let terminal = Terminal::new(lang).with_audit_dir(audit_dir.clone());
        async move {
            match own {
                Some(own) => run_with_own(shown.with_own_paper(Box::new(terminal)), console, own, look).await,
                None => run_screen(shown, console, look).await,
            }
        }
    };
    // After the seal it tells those who come late, for as long as this screen is open.
    // The hub is a task of its own: a screen that panics ends no meeting, and another one follows it.
    keep_showing(show, async || start_again(lang, &mut running).await).await?;
    let _ = stop.send(());
    if let Some(telling) = telling {
        telling.abort();
    }
    let said = match running.await? {
        hub::End::Sealed => room::sealed(lang, dir),
        hub::End::Stopped => room::left(lang, dir),
    };
    out::say(&said)?;
    Ok(ExitCode::SUCCESS)
}

/// Says that the screen has failed and the meeting goes on, and waits for Enter. False: the hub has ended meanwhile, or
/// the process is to end.
async fn start_again(lang: Lang, running: &mut JoinHandle<hub::End>) -> bool {
    out::warn(room::screen_failed(lang));
    let (typed, pressed) = oneshot::channel();
    // A thread that nobody waits for: the process may end without Enter.
    std::thread::spawn(move || {
        let read = std::io::stdin().read_line(&mut String::new());
        let _ = typed.send(read.is_ok_and(|bytes| bytes > 0));
    });
    let ended = async {
        while !running.is_finished() {
            tokio::time::sleep(LOOK_EVERY).await;
        }
    };
    let mut terminate = signal(SignalKind::terminate()).ok();
    let told = async {
        match &mut terminate {
            Some(terminate) => drop(terminate.recv().await),
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        pressed = pressed => pressed.unwrap_or(false),
        () = ended => false,
        () = told => false,
        _ = tokio::signal::ctrl_c() => false,
    }
}

fn cannot_start(lang: Lang, dir: &Path, fault: &StartFault) -> anyhow::Result<ExitCode> {
    Err(anyhow::anyhow!(why::no_start(lang, fault)).context(room::cannot_start(lang, dir)))
}

fn not_ready(folder: &SessionFolder, unready: Unready, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    drop(unready);
    match ready::read(folder, lang)? {
        Ready::Mistaken(mistakes, lang) => {
            out::warn(ready::listed(&mistakes, lang).trim_end());
            out::warn(&format!("\n{}", words::plan::mistakes(lang, mistakes.len())));
            Ok(ExitCode::FAILURE)
        }
        Ready::Plan(..) => anyhow::bail!("plan.toml"),
    }
}

/// The screens of this process: how each gets to speak for somebody.
struct Screens {
    root: PathBuf,
    host: String,
    console: Entry,
    own: Option<Entry>,
}

/// A kept key, or a fresh code.
enum Entry {
    Kept(Box<(crate::client::store::Enrolled, Store)>),
    Code(SeatCode),
}

impl Screens {
    /// Keys kept from the last start are used again; otherwise a code is made, which only this process sees. The own
    /// seat is left alone where its terminal stands elsewhere.
    fn prepare(
        folder: &SessionFolder,
        host: &str,
        hub: &mut Hub,
        own_seat: Option<&SeatId>,
    ) -> anyhow::Result<Self> {
        let root = folder.private().join("screens");
        let mut kept = Store::find_any(&root)?;
        let mut entry = |actor: &Actor, hub: &mut Hub| -> anyhow::Result<Option<Entry>> {
            let place = kept.iter().position(|(enrolled, _)| enrolled.actor == *actor);
            match place {
                Some(place) if hub.is_enrolled(actor) => {
                    let (mut enrolled, store) = kept.swap_remove(place);
                    host.clone_into(&mut enrolled.hub);
                    Ok(Some(Entry::Kept(Box::new((enrolled, store)))))
                }
                _ if hub.is_enrolled(actor) => Ok(None),
                _ => Ok(Some(Entry::Code(hub.code_for(actor)?))),
            }
        };
        let console = entry(&Actor::Console, hub)?
            .with_context(|| format!("{}: the console's key is lost", root.display()))?;
        let own = match own_seat {
            Some(seat) => entry(&Actor::Seat(seat.clone()), hub)?,
            None => None,
        };
        Ok(Self { root, host: host.to_owned(), console, own })
    }

    async fn start(self) -> anyhow::Result<(Client, Option<Client>)> {
        let console = enter(&self.root, &self.host, self.console).await?;
        let own = match self.own {
            Some(entry) => Some(enter(&self.root, &self.host, entry).await?),
            None => None,
        };
        Ok((console, own))
    }
}

async fn enter(root: &Path, host: &str, entry: Entry) -> anyhow::Result<Client> {
    let (enrolled, store) = match entry {
        Entry::Kept(kept) => *kept,
        Entry::Code(code) => {
            let enrolled = enrol(host, &code, &fresh_identity()).await?;
            let store = Store::keep(root, &enrolled)?;
            (enrolled, store)
        }
    };
    Ok(start(enrolled, store, Pace::Real))
}
