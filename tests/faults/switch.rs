//! Two hosts with a cable between them, which the kernel pulls: the hub is a process in a network of its own, the people
//! are in another. No proxy stands between, so that what is half open is what the kernel leaves half open.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use plenum::hub::{self, Hub};
use plenum::plan::SessionFolder;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::net::TcpListener;

use super::meeting::{Meeting, TICK};
use super::tally;

/// Where the hub's process finds its folder.
pub const HUB_FOLDER: &str = "PLENUM_FAULTS_HUB";
/// Where the people's process finds the hub's network.
const HUB_HOST: &str = "PLENUM_FAULTS_HUB_HOST";
/// The part that the people's process holds.
pub const PEOPLE: &str = "the people of a switch";
const TEST: &str = "nothing_is_lost_and_nothing_doubled";

/// Both networks are of this test's own: no other host has these addresses.
const HUB: &str = "10.77.0.1";
const HUB_PORT: u16 = 47_000;
const TERMINALS: &str = "10.77.0.2";

/// So long a pull lasts: some are over before anybody notices, some not before every screen has said so.
const PULLED_SECONDS: std::ops::Range<u64> = 1..16;

/// Two networks, and the cable between them.
struct Hosts {
    hub: String,
    people: String,
}

impl Hosts {
    /// Lays the cable.
    ///
    /// # Errors
    /// Why this machine does not allow it.
    fn new() -> Result<Self, String> {
        let own = std::process::id();
        let hosts = Self { hub: format!("plenum-hub-{own}"), people: format!("plenum-people-{own}") };
        let (hub, people) = (hosts.hub.as_str(), hosts.people.as_str());
        ip(&["netns", "add", hub])?;
        ip(&["netns", "add", people])?;
        ip(&["link", "add", CABLE, "netns", hub, "type", "veth", "peer", "name", CABLE, "netns", people])?;
        for (host, address) in [(hub, HUB), (people, TERMINALS)] {
            ip(&["-n", host, "addr", "add", &format!("{address}/24"), "dev", CABLE])?;
            ip(&["-n", host, "link", "set", CABLE, "up"])?;
            ip(&["-n", host, "link", "set", "lo", "up"])?;
        }
        Ok(hosts)
    }
}

impl Drop for Hosts {
    fn drop(&mut self) {
        for host in [&self.hub, &self.people] {
            let _ = ip(&["netns", "del", host]);
        }
    }
}

/// The name that the cable's end has on either host.
const CABLE: &str = "cable";

fn ip(args: &[&str]) -> Result<(), String> {
    match Command::new("ip").args(args).output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => Err(format!("ip: {error}")),
    }
}

fn this_test(host: &str) -> Command {
    let mut command = Command::new("ip");
    command.args(["netns", "exec", host]).arg(std::env::current_exe().unwrap());
    command.args(["--exact", TEST, "--nocapture"]).env_remove("PLENUM_FAULTS");
    command
}

/// A meeting between two hosts whose cable is pulled so many times. Where two hosts cannot be made, the reason is printed.
pub async fn pulled(seed: u64, times: usize) {
    let hosts = match Hosts::new() {
        Ok(hosts) => hosts,
        Err(says) => return tally::not_here("two hosts and a cable that the kernel pulls", &says),
    };
    let mut people = this_test(&hosts.people);
    people.env("PLENUM_FAULTS_ONLY", PEOPLE).env("PLENUM_FAULTS_SEED", seed.to_string());
    people.env(HUB_HOST, &hosts.hub).env(TIMES, times.to_string());
    let output = tokio::task::spawn_blocking(move || people.output()).await.unwrap().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let checked =
        said.lines().find_map(|line| line.strip_prefix(CHECKED)).filter(|_| output.status.success());
    let Some(checked) = checked else { panic!("{said}{}", String::from_utf8_lossy(&output.stderr)) };
    for (count, found) in COUNTS.into_iter().zip(checked.split_whitespace()) {
        count.add(found.parse().unwrap());
    }
    tally::PULLED.add(u64::try_from(times).unwrap());
}

/// How often the people's process pulls the cable.
const TIMES: &str = "PLENUM_FAULTS_PULLS";
/// What it says when the archive has been checked, before what it found there.
const CHECKED: &str = "checked behind a cable:";
const COUNTS: [&tally::Count; 4] = [&tally::MEETINGS, &tally::ORDERS, &tally::BALLOTS, &tally::SLIPS];

/// The people's process. It is on their host; the hub's folder is on a disk that both hosts have.
pub async fn people(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    let hub_host = std::env::var(HUB_HOST).unwrap();
    let times: usize = std::env::var(TIMES).unwrap().parse().unwrap();
    let address: SocketAddr = format!("{HUB}:{HUB_PORT}").parse().unwrap();
    // Codes are typed before the hub moves to its host: for so long its address is here.
    let alias = format!("{HUB}/32");
    ip(&["addr", "add", &alias, "dev", "lo"]).unwrap();
    let meeting = Meeting::new(None, address).await;
    ip(&["addr", "del", &alias, "dev", "lo"]).unwrap();
    let mut hub = Process::start(&hub_host, &meeting.dir);
    for _ in 0..times {
        let more = meeting.lines() + rng.random_range(5..40);
        let mut waited = 0;
        while meeting.lines() < more && !hub.has_ended() {
            tokio::time::sleep(Duration::from_millis(5)).await;
            waited += 1;
            assert!(waited < 12_000, "the meeting stands still; {}", meeting.stands());
        }
        ip(&["-n", &hub_host, "link", "set", CABLE, "down"]).unwrap();
        tokio::time::sleep(Duration::from_secs(rng.random_range(PULLED_SECONDS))).await;
        ip(&["-n", &hub_host, "link", "set", CABLE, "up"]).unwrap();
    }
    let mut waited = 0;
    while !hub.has_ended() {
        tokio::time::sleep(Duration::from_millis(5)).await;
        waited += 1;
        assert!(waited < 12_000, "no seal; {}", meeting.stands());
    }
    meeting.check().await;
    println!("{CHECKED} {}", COUNTS.map(|count| count.get().to_string()).join(" "));
}

/// The hub's process.
pub async fn hub(folder: &Path) {
    let hub = Hub::open(&SessionFolder::new(folder), true).unwrap().with_slip_tick(TICK);
    let listener = TcpListener::bind((HUB, HUB_PORT)).await.unwrap();
    hub::run(hub, listener, std::future::pending()).await;
}

struct Process(Child);

impl Process {
    fn start(host: &str, folder: &Path) -> Self {
        let mut command = this_test(host);
        command.env(HUB_FOLDER, folder).env_remove("PLENUM_FAULTS_ONLY");
        Self(command.stdout(Stdio::null()).spawn().unwrap())
    }

    fn has_ended(&mut self) -> bool {
        let ended = self.0.try_wait().unwrap();
        assert!(ended.is_none_or(|status| status.success()), "the hub's process: {ended:?}");
        ended.is_some()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
