//! Ten thousand connections that say nothing, held at a hub that is a process of its own. Not part of `cargo test`, as
//! it takes more open files than many machines allow; the gate runs it alone:
//!
//! ```text
//! cargo test --test end_to_end ten_thousand -- --ignored --nocapture
//! ```
//!
//! It prints how long orders take with and without them, and what they cost the hub.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command as Process, Stdio};
use std::time::{Duration, Instant};

use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::{Client, View};
use plenum::meeting::{Actor, Command};
use plenum::rehearse::Stage;
use plenum::wire::code::SeatCode;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;

use super::room::{client_of, person, soon, write_plan};
use super::strangers::connect;

const IDLE: usize = 10_000;
/// So many machines, so that no address has more than it may.
const MACHINES: usize = 200;
const ORDERS: u32 = 100;
const TRIES: u32 = 10;

/// How long a peer that says nothing is borne with while there are many, by the hub's own rule.
const PATIENCE_WHEN_CROWDED: Duration = Duration::from_secs(4);

/// Where the process of its own finds its folder.
const FOLDER: &str = "PLENUM_TEST_HUB";

/// The hub, in the process of its own.
async fn a_hub_of_its_own(home: &std::path::Path) {
    let (stage, hub) = Stage::set(&home.join("plan"), &home.join("held")).unwrap().open().unwrap();
    let shown = |actor: &Actor| stage.code(actor).unwrap().shown();
    println!("\nhub {} {} {}", stage.host(), shown(&Actor::Console), shown(&person("m2")));
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
            .args(["--ignored", "--exact", "strangers_many::ten_thousand_idle_connections", "--nocapture"])
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
    async fn filled(&self) -> (Vec<TcpStream>, Duration) {
        let before = self.open_files();
        for _ in 0..TRIES {
            let (began, mut idle) = (Instant::now(), Vec::with_capacity(IDLE));
            for number in 0..IDLE {
                idle.push(connect(&self.host, u8::try_from(1 + number % MACHINES).unwrap()).await.unwrap());
            }
            let took = began.elapsed();
            if took < PATIENCE_WHEN_CROWDED / 2 {
                return (idle, took);
            }
            println!(
                "{took:?} for {IDLE} connections is too long for all of them to be there at once; again"
            );
            drop(idle);
            while self.open_files() > before {
                tokio::task::yield_now().await;
            }
        }
        panic!("this machine is too busy: not once in {TRIES} tries were all connections made in time");
    }

    async fn enter(&self, code: usize) -> Client {
        client_of(&enrol(&self.host, &self.codes[code], &fresh_identity()).await.unwrap())
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
#[ignore = "takes 10,000 open files; the gate runs it alone, as the head of this file says"]
async fn ten_thousand_idle_connections() {
    // The process of its own is this test, started by itself.
    if let Some(home) = std::env::var_os(FOLDER).map(std::path::PathBuf::from) {
        return a_hub_of_its_own(&home).await;
    }
    let files = rlimit::increase_nofile_limit(u64::MAX).unwrap();
    assert!(files > IDLE as u64 + 500, "only {files} open files are allowed here");
    let home = tempfile::tempdir().unwrap();
    write_plan(&home.path().join("plan"));
    let hub = Hub::start(home.path());
    let (console, member) = (hub.enter(0).await, hub.enter(1).await);
    for client in [&console, &member] {
        soon("the record", client.until(|view| view.state.is_some())).await.unwrap();
    }
    orders("with nobody else", &console, &member).await;
    println!("the hub has {} files open, {}", hub.open_files(), hub.memory());

    let (mut idle, took) = hub.filled().await;
    let open = hub.open_files();
    println!("{IDLE} connections of {MACHINES} machines within {took:?}");
    println!("the hub has {open} files open, {}", hub.memory());
    orders("with 10,000 that say nothing", &console, &member).await;
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
    assert!(open > IDLE, "{open} were held at once");
    println!(
        "all were dropped at the deadline; the hub has {} files open, {}",
        hub.open_files(),
        hub.memory()
    );
}
