//! Ten thousand connections that say nothing, held at a hub that is a process of its own. A test binary of its own as well:
//! these are run one after the other, so that it has the machine for itself. Where the system allows fewer open files than it
//! takes, there are as many connections fewer, and it says how many.
//!
//! ```text
//! cargo test --test ten_thousand -- --nocapture
//! ```
//!
//! It prints how long orders take with and without them, and what they cost the hub.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::store::Store;
use plenum::client::{Client, Pace, View, start};
use plenum::meeting::{Actor, Command, SeatId};
use plenum::rehearse::Stage;
use plenum::wire::code::SeatCode;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpSocket, TcpStream};

/// How many there are, where so many files can be open.
const IDLE: usize = 10_000;
/// Files that are open for something else: what the hub keeps free for those it knows, and what the test needs itself.
const OTHER_FILES: usize = 2_416;
/// So many machines, so that no address has more than it may.
const MACHINES: usize = 200;
/// A member of the plan that is held.
const MEMBER: &str = "m02";
const ORDERS: u32 = 100;
const TRIES: u32 = 10;

/// How long a peer that says nothing is borne with while there are many, by the hub's own rule.
const PATIENCE_WHEN_CROWDED: Duration = Duration::from_secs(4);

/// After so long a test hangs.
const LONG: Duration = Duration::from_secs(60);

/// Where the process of its own finds its folder.
const FOLDER: &str = "PLENUM_TEST_HUB";

async fn soon<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, work).await.unwrap_or_else(|_| panic!("{what}: not within {LONG:?}"))
}

/// A connection from one of many machines.
async fn connect(host: &str, machine: u8) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 1, machine), 0)))?;
    socket.connect(host.parse().unwrap()).await
}

/// The hub, in the process of its own.
async fn a_hub_of_its_own(home: &std::path::Path) {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/plenary-en");
    let (stage, hub) = Stage::set(&plan, &home.join("held")).unwrap().open().unwrap();
    let shown = |actor: &Actor| stage.code(actor).unwrap().shown();
    let member = Actor::Seat(SeatId::from(MEMBER));
    println!("\nhub {} {} {}", stage.host(), shown(&Actor::Console), shown(&member));
    // Until the other process is gone.
    tokio::task::spawn_blocking(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let _ = hub.await;
}

struct Hub {
    process: Child,
    host: String,
    codes: [SeatCode; 2],
}

impl Hub {
    fn start(home: &std::path::Path) -> Self {
        let mut process = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "ten_thousand_idle_connections", "--nocapture"])
            .env(FOLDER, home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let said = lines.map_while(Result::ok).find(|line| line.starts_with("hub ")).unwrap();
        let words: Vec<&str> = said.split(' ').collect();
        let code = |place: usize| SeatCode::parse(words[place]).unwrap();
        Self { host: words[1].to_owned(), codes: [code(2), code(3)], process }
    }

    fn open_files(&self) -> usize {
        std::fs::read_dir(format!("/proc/{}/fd", self.process.id())).unwrap().count()
    }

    fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default().to_owned()
    }

    /// As many connections as there are to be, each of which says nothing, and how long they took. Who says nothing is dropped
    /// when the hub's patience ends: where the machine was busy with other things for that long, the first are gone before the
    /// last have come, and it is done again.
    async fn filled(&self, many: usize) -> (Vec<TcpStream>, Duration) {
        let before = self.open_files();
        for _ in 0..TRIES {
            let (began, mut idle) = (Instant::now(), Vec::with_capacity(many));
            for number in 0..many {
                idle.push(connect(&self.host, u8::try_from(1 + number % MACHINES).unwrap()).await.unwrap());
            }
            let took = began.elapsed();
            if took < PATIENCE_WHEN_CROWDED / 2 {
                return (idle, took);
            }
            println!(
                "{took:?} for {many} connections is too long for all of them to be there at once; again"
            );
            drop(idle);
            while self.open_files() > before {
                tokio::task::yield_now().await;
            }
        }
        panic!("this machine is too busy: not once in {TRIES} tries were all connections made in time");
    }

    async fn enter(&self, code: usize) -> Client {
        let enrolled = enrol(&self.host, &self.codes[code], &fresh_identity()).await.unwrap();
        start(enrolled, Store::Memory(BTreeMap::new()), Pace::seeded(3, 20))
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The time of an order, from the key to the line on another screen: the mean and the longest.
async fn orders(what: &str, console: &Client, member: &Client) {
    let (mut sum, mut longest) = (Duration::ZERO, Duration::ZERO);
    for number in 0..ORDERS {
        let began = Instant::now();
        let done = console.order(Command::Note { text: format!("{what} {number}") }).await.unwrap();
        let line = done.line.unwrap();
        soon("the line", member.until(|view: &View| view.chain.number >= line)).await.unwrap();
        sum += began.elapsed();
        longest = longest.max(began.elapsed());
    }
    println!("{what}: an order takes {:?}, the longest {longest:?}", sum / ORDERS);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_idle_connections() {
    // The process of its own is this test, started by itself.
    if let Some(home) = std::env::var_os(FOLDER).map(std::path::PathBuf::from) {
        return a_hub_of_its_own(&home).await;
    }
    let files = usize::try_from(rlimit::increase_nofile_limit(u64::MAX).unwrap()).unwrap_or(usize::MAX);
    let many = IDLE.min(files.checked_sub(OTHER_FILES).expect("so few open files are no machine to meet on"));
    let home = tempfile::tempdir().unwrap();
    let hub = Hub::start(home.path());
    let (console, member) = (hub.enter(0).await, hub.enter(1).await);
    for client in [&console, &member] {
        soon("the record", client.until(|view| view.state.is_some())).await.unwrap();
    }
    orders("with nobody else", &console, &member).await;
    println!("the hub has {} files open, {}", hub.open_files(), hub.memory());

    let (mut idle, took) = hub.filled(many).await;
    let open = hub.open_files();
    println!("{many} connections of {MACHINES} machines within {took:?}");
    println!("the hub has {open} files open, {}", hub.memory());
    orders("with those that say nothing", &console, &member).await;
    println!("the hub has {} files open, {}", hub.open_files(), hub.memory());

    // One machine more, with as many as it can: it is bounded.
    let mut flood = Vec::new();
    for _ in 0..1_000 {
        flood.push(connect(&hub.host, 250).await.unwrap());
    }
    let view = soon("what the console is told", console.until(|view| view.live.strangers.is_some()));
    let told = view.await.unwrap().live.strangers.clone().unwrap();
    println!("the console is told: {told:?}");
    orders("with one machine's flood", &console, &member).await;

    // Somebody who is enrolled comes back at once, and whoever said nothing is gone in the end.
    drop(member);
    for stream in &mut idle {
        let mut rest = Vec::new();
        let _ = soon("the end of an idle connection", stream.read_to_end(&mut rest)).await;
    }
    drop(flood);
    assert!(open > many, "{open} were held at once");
    println!(
        "all were dropped at the deadline; the hub has {} files open, {}",
        hub.open_files(),
        hub.memory()
    );
}
