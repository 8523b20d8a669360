//! `plenum standby HOST DIR`: the second machine. It follows the console's until that one fails; then the presiding officer
//! takes over here, and this process becomes hub and console.

use std::fs::{self, File, OpenOptions};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use super::console::preside;
use super::seat::look;
use super::{environment_language, out, require_terminal, runtime, why};
use crate::archive::verify::verify;
use crate::client::connect::{ConnectFault, with_port};
use crate::client::{Client, Link, View};
use crate::disk::{Disk, ensure_folder_all};
use crate::hub::Hub;
use crate::hub::takeover::take_over;
use crate::hub::vault::{StandbyKeys, Vault};
use crate::meeting::standby::{ADDRESSES_MAX, is_address};
use crate::meeting::{Actor, Identity, Refusal};
use crate::plan::SessionFolder;
use crate::screen::run::{run as run_screen, run_alone};
use crate::screen::standby::{Left, Standby};
use crate::screen::terminal::enrol::Enrol;
use crate::standby::{End, FoundAt, Keeper, enrol, follow, only_show};
use crate::wire::code::SeatCode;
use crate::wire::frame::HELLO_BYTES_MAX;
use crate::wire::tls::Certificate;
use crate::wire::{FrameFault, Hello, PORT, ToScreen, TurnedAway, read_frame, write_frame};
use crate::words::standing_by::StandingBy as Text;
use crate::words::{Lang, clerk, refusal, room, standing_by, starting};

/// How many callers are answered at once while this machine stands by.
const CALLERS_MAX: usize = 64;

/// How long a caller may take.
const CALLER_TIME_MAX: Duration = Duration::from_secs(2);

/// What `plenum standby` takes.
#[derive(Debug, Args)]
pub struct StandbyArgs {
    /// The console's address, and a folder of this machine's own; once it is enrolled, the folder alone is enough
    #[arg(value_names = ["HOST[:PORT]", "DIR"], num_args = 1..=2, required = true)]
    pub places: Vec<String>,
    /// The code on the standby's slip; otherwise it is asked for
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// Where terminals connect after a takeover
    #[arg(long, value_name = "ADDR", default_value_t = SocketAddr::from((Ipv4Addr::UNSPECIFIED, PORT)))]
    pub listen: SocketAddr,
    /// How terminals reach this machine, the best first; otherwise as the console's machine does
    #[arg(long = "address", value_name = "HOST[:PORT]")]
    pub addresses: Vec<String>,
    /// Take over at once: the presiding officer's code is asked for
    #[arg(long)]
    pub take_over: bool,
    /// Plain signs only: no box drawing
    #[arg(long)]
    pub ascii: bool,
    /// The folder for test data after a takeover, as at the console
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub audit_dir: PathBuf,
}

/// Stands by, and takes over if asked.
pub fn run(args: StandbyArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let at_first = lang.unwrap_or_else(environment_language);
    let (dir, host) = match args.places.as_slice() {
        [host, dir] => (PathBuf::from(dir), Some(with_port(host))),
        [dir] => (PathBuf::from(dir), None),
        _ => anyhow::bail!("{}", standing_by::host_needed(at_first)),
    };
    let folder = SessionFolder::new(&dir);
    let vault = Vault::new(&folder.private());
    check_folder(&folder, &vault, args.take_over, at_first)?;
    let typed = args.code.as_deref().map(SeatCode::parse).transpose();
    let typed = typed.map_err(|fault| anyhow::anyhow!(clerk::code_fault(at_first, fault)))?;
    let given: Vec<String> = args.addresses.iter().map(|address| with_port(address)).collect();
    let usable = given.len() <= ADDRESSES_MAX && given.iter().all(|address| is_address(address));
    anyhow::ensure!(usable, "{}", refusal::sentence(at_first, &Refusal::MalformedAddress, None));
    require_terminal(at_first)?;
    runtime()?.block_on(async {
        let listener = TcpListener::bind(args.listen)
            .await
            .with_context(|| room::cannot_listen(at_first, &args.listen.to_string()))?;
        let found_at = FoundAt { given, port: listener.local_addr()?.port() };
        let lock = match join(&folder, &vault, host, typed, &found_at, at_first, args.ascii).await? {
            Some(lock) => lock,
            None => return Ok(ExitCode::SUCCESS),
        };
        let kept = vault.standby_keys()?.context("standby.json")?;
        let doorbell = Doorbell::hang(listener, &kept.keys.certificate)?;
        let (ascii, asking) = (args.ascii, args.take_over);
        let mut shown = Shown { lang, at_first, ascii, asking, reached: false, problem: None };
        let language = loop {
            let (left, end, lang) = stand_by(&folder, &vault, &found_at, &mut shown).await?;
            match (left, end) {
                (_, End::Sealed) => {
                    out::say(&standing_by::sealed(lang, &dir, verify(&dir).holds()))?;
                    return Ok(ExitCode::SUCCESS);
                }
                (Left::Gone, _) => {
                    out::say(&standing_by::left(lang, &dir))?;
                    return Ok(ExitCode::SUCCESS);
                }
                (Left::TakeOver { code, forced }, _) => match take_over(&folder, &code, forced) {
                    Ok(()) => break lang,
                    Err(fault) => shown.problem = Some(why::no_takeover(lang, &fault)),
                },
            }
        };
        let listener = doorbell.take_down().await?;
        let hub = Hub::open(&folder, false)
            .map_err(|fault| anyhow::anyhow!(why::no_start(language, &fault)))
            .with_context(|| room::cannot_start(language, &dir))?;
        let done = preside(hub, listener, &folder, args.audit_dir, look(language, args.ascii), None).await;
        drop(lock);
        done
    })
}

/// A folder that is sealed, a hub's, or somebody else's is left alone.
fn check_folder(folder: &SessionFolder, vault: &Vault, take_over: bool, lang: Lang) -> anyhow::Result<()> {
    let dir = folder.dir();
    if crate::archive::is_sealed(dir) {
        anyhow::bail!("{}", starting::is_sealed(lang, dir));
    }
    let kept = vault.standby_keys()?;
    // A machine that has taken over may have to say afterwards that it was by force.
    let is_the_hub = kept.is_some() && !vault.stands_by();
    anyhow::ensure!(take_over || !is_the_hub, "{}", standing_by::is_the_hub(lang, dir));
    let empty = fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none());
    anyhow::ensure!(kept.is_some() || empty, "{}", standing_by::foreign_folder(lang, dir));
    Ok(())
}

/// Makes sure that this machine is enrolled, and that no other process uses the folder. None: the person left.
async fn join(
    folder: &SessionFolder,
    vault: &Vault,
    host: Option<String>,
    mut typed: Option<SeatCode>,
    found_at: &FoundAt,
    lang: Lang,
    ascii: bool,
) -> anyhow::Result<Option<File>> {
    if let Some(mut kept) = vault.standby_keys()? {
        let lock = lock(folder, lang)?;
        if let Some(host) = host.filter(|host| *host != kept.hub) {
            kept.hub = host;
            vault.keep_standby_keys(&kept)?;
        }
        return Ok(Some(lock));
    }
    let host = host.with_context(|| standing_by::host_needed(lang))?;
    let mut turned_away: Option<TurnedAway> = None;
    // One key for all tries: where an answer is lost, the hub knows the same machine again.
    let identity = Identity::generate(&mut UnwrapErr(SysRng));
    let certificate = Certificate::generate()?;
    loop {
        let code = match typed.take() {
            Some(code) => code,
            None => {
                let screen = Enrol::new(lang, &host, turned_away.as_ref());
                let screen =
                    screen.with_question(Text::EnrolTitle.text(lang), Text::AskStandbyCode.text(lang));
                match run_alone(screen, look(lang, ascii)).await?.into_code() {
                    Some(code) => code,
                    None => return Ok(None),
                }
            }
        };
        match enrol(&host, &code, (identity.clone(), certificate.clone()), found_at).await {
            Ok(kept) => return keep(folder, vault, &kept, lang).map(Some),
            Err(ConnectFault::TurnedAway(away)) => turned_away = Some(away),
            Err(fault) => return Err(anyhow::Error::new(fault).context(room::cannot_reach(lang, &host))),
        }
    }
}

fn keep(folder: &SessionFolder, vault: &Vault, kept: &StandbyKeys, lang: Lang) -> anyhow::Result<File> {
    let lock = lock(folder, lang)?;
    vault.keep_standby_keys(kept)?;
    Ok(lock)
}

fn lock(folder: &SessionFolder, lang: Lang) -> anyhow::Result<File> {
    let private = folder.private();
    ensure_folder_all(&private).with_context(|| private.display().to_string())?;
    let path = private.join("standby.lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.with_context(|| path.display().to_string())?;
    file.try_lock().ok().with_context(|| standing_by::in_use(lang, folder.dir()))?;
    Ok(file)
}

/// How the screen is shown, from one time to the next.
struct Shown {
    lang: Option<Lang>,
    at_first: Lang,
    ascii: bool,
    /// Whether it begins with the question for the takeover.
    asking: bool,
    /// Whether the hub has been reached.
    reached: bool,
    problem: Option<String>,
}

/// Follows the hub and shows how it stands, until the person leaves, takes over, or the record is sealed.
async fn stand_by(
    folder: &SessionFolder,
    vault: &Vault,
    found_at: &FoundAt,
    shown: &mut Shown,
) -> anyhow::Result<(Left, End, Lang)> {
    let kept = vault.standby_keys()?.context("standby.json")?;
    let hub = kept.hub.clone();
    let keeper = Keeper::open(folder.dir(), kept.keys.session.clone(), Disk::default())
        .with_context(|| folder.dir().display().to_string())?;
    let (client, _requests, views) = Client::new(View::of(Actor::Standby));
    let (stop, stopped) = watch::channel(false);
    let following = {
        let (dir, found_at, is_the_hub) = (folder.dir().to_owned(), found_at.clone(), !vault.stands_by());
        tokio::spawn(async move {
            match is_the_hub {
                true => only_show(&keeper, views, stopped).await,
                false => follow(&dir, kept, keeper, found_at, views, stopped).await,
            }
        })
    };
    // What the folder holds is known at once.
    let known = client.until(|view| view.state.is_some() || !matches!(view.link, Link::Connecting)).await;
    let plan = known.as_ref().ok().and_then(|view| Some(view.state.as_ref()?.plan().meeting.language));
    let lang = shown.lang.or(plan).unwrap_or(shown.at_first);
    let mut screen = Standby::new(lang, &hub, shown.problem.take()).having_reached(shown.reached);
    if std::mem::take(&mut shown.asking)
        && let Ok(view) = known
    {
        screen = screen.asking(&view);
    }
    let screen = run_screen(screen, client, look(lang, shown.ascii)).await;
    stop.send_replace(true);
    let (end, screen) = (following.await?, screen?);
    shown.reached |= screen.has_reached();
    Ok((screen.into_left(), end, lang))
}

/// While this machine stands by, whoever calls is told so at once: a terminal that tries one address after the other does not
/// wait here.
struct Doorbell {
    listener: Arc<TcpListener>,
    answering: JoinHandle<()>,
}

impl Doorbell {
    fn hang(listener: TcpListener, certificate: &Certificate) -> anyhow::Result<Self> {
        let tls = TlsAcceptor::from(certificate.server()?);
        let listener = Arc::new(listener);
        let answering = {
            let listener = Arc::clone(&listener);
            tokio::spawn(async move { answer_all(&listener, &tls).await })
        };
        Ok(Self { listener, answering })
    }

    async fn take_down(self) -> anyhow::Result<TcpListener> {
        self.answering.abort();
        let _ = self.answering.await;
        Arc::into_inner(self.listener).context("the listener is in use")
    }
}

/// Says to so many callers at once that this machine stands by; the others wait.
async fn answer_all(listener: &TcpListener, tls: &TlsAcceptor) {
    let mut answering = JoinSet::new();
    loop {
        while answering.len() >= CALLERS_MAX {
            answering.join_next().await;
        }
        while answering.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((socket, _)) => {
                let tls = tls.clone();
                answering.spawn(async move {
                    let _ = timeout(CALLER_TIME_MAX, answer(socket, tls)).await;
                });
            }
            // Out of descriptors, most likely: those that end make room.
            Err(_) => sleep(CALLER_TIME_MAX / 10).await,
        }
    }
}

async fn answer(socket: TcpStream, tls: TlsAcceptor) -> Result<(), FrameFault> {
    let mut stream = tls.accept(socket).await?;
    let _: Hello = read_frame(&mut stream, HELLO_BYTES_MAX).await?;
    write_frame(&mut stream, &ToScreen::TurnedAway(TurnedAway::StandingBy), HELLO_BYTES_MAX).await
}
