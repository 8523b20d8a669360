//! A small meeting with a nomination and a review, held to its seal whatever happens, and then compared with what was
//! acknowledged on the way.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use plenum::archive::verify::verify;
use plenum::client::store::{Enrolled, Store};
use plenum::client::{Client, Link, Pace, start};
use plenum::disk::Disk;
use plenum::hub::{self, End, Hub, StartFault};
use plenum::journal::{JournalFault, Replay};
use plenum::meeting::{Actor, SeatId, State, next_step};
use plenum::plan::SessionFolder;
use plenum::rehearse::Stage;
use plenum::wire::code::SeatCode;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use super::people::{
    Acknowledged, DIMENSIONS, Person, VOTERS, WRITERS, World, choices, enrol_console, preside, slip_of,
    slips_in,
};
use super::tally;

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small session"
meeting.body = "Committee of Five"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
meeting.quorum = { of = "due", at_least = "2/3" }
groups = [{ id = "member", name = "Full members", standing = "member" }]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Counting", group = "member", duties = ["scrutineer"] },
  { id = "m3", name = "Cleo Counting", group = "member", duties = ["scrutineer"] },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Voting", group = "member" },
]

[[items]]
id = "posts"
kind = "nomination"
title = "Two posts"
voters = ["member"]
carried = { of = "due", more_than = "1/2" }
order = "fixed"

[[items.nominees]]
id = "north"
name = "Nora North"
post = "Head of the North Office"
list = "party"
introduction = "north.md"
inspection = "north.md"

[[items.nominees]]
id = "south"
name = "Saul South"
post = "Head of the South Office"
list = "government"
introduction = "north.md"
inspection = "north.md"

[[items]]
id = "review"
kind = "review"
title = "Reports"
reviewers = ["member"]
questions_max = 3
slips_max = 2
scale = ["good", "fair", "poor"]
dimensions = [{ id = "integrity", name = "Integrity" }, { id = "duty", name = "Duty" }]

[items.verdict]
by = "score"
bands = [{ below = 70, verdict = "poor" }, { from = 70, verdict = "good" }]

[[items.officials]]
id = "north"
name = "Olga North"
post = "Head"
unit = "North Office"
report = "north.md"
findings = "north.md"
findings_by = "m2"
"#;

/// Slips are published so often.
pub const TICK: Duration = Duration::from_millis(200);

/// So many times as long as nothing may stand still, a whole meeting may take.
const LONGS_MAX: usize = 10;

/// Writes the session folder.
pub fn write_plan(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
    fs::write(dir.join("materials/north.md"), "# North\n\nBorn, worked, works.\n").unwrap();
}

/// A meeting that is being held.
pub struct Meeting {
    home: tempfile::TempDir,
    pub dir: PathBuf,
    /// Where the hub listens.
    pub address: SocketAddr,
    pub world: Arc<World>,
    pub people: Vec<Person>,
    pub console: Enrolled,
    presiding: Option<JoinHandle<()>>,
    codes: BTreeMap<String, SeatCode>,
}

/// A hub that runs.
pub struct Running(pub JoinHandle<End>);

impl Running {
    /// It dies, and nothing of it is left.
    pub async fn kill(self) {
        self.0.abort();
        let _ = self.0.await;
    }
}

/// An address of the loopback interface on which nobody listens.
pub fn free_address() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

impl Meeting {
    /// A folder with codes; its hub has not run yet. Terminals reach it at `door`, or where it listens.
    pub async fn new(door: Option<SocketAddr>, address: SocketAddr) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (from, dir) = (home.path().join("plan"), home.path().join("held"));
        write_plan(&from);
        let (mut stage, hub) = Stage::set(&from, &dir).unwrap().open_on(address).unwrap();
        let names = VOTERS
            .iter()
            .map(|seat| Actor::Seat(SeatId::from(*seat)))
            .chain([Actor::Console, Actor::Standby]);
        let codes: BTreeMap<String, SeatCode> =
            names.map(|actor| (actor.to_string(), stage.code(&actor).unwrap().clone())).collect();
        let host = door.unwrap_or(address).to_string();
        let console = enrol_console(&host, &codes["console"]).await;
        let client = console_client(&console);
        let world = Arc::new(World {
            acknowledged: Mutex::default(),
            returned: watch::Sender::default(),
            console: Mutex::new(client.clone()),
        });
        let mut people = Vec::new();
        for seat in VOTERS {
            let root = home.path().join(seat);
            people.push(Person::enrol(&world, &host, seat, codes[seat].clone(), root).await);
        }
        let presiding = Some(tokio::spawn(preside(Arc::clone(&world), client)));
        stage.stop();
        hub.await.unwrap();
        Self { home, dir, address, world, people, console, presiding, codes }
    }

    /// The code on somebody's slip.
    pub fn code(&self, whose: &str) -> SeatCode {
        self.codes[whose].clone()
    }

    /// The folders of hub and private store.
    pub fn folders(&self) -> [PathBuf; 2] {
        [self.dir.clone(), self.dir.join("private")]
    }

    /// Waits until a hub that was aborted has let go of the journal: a thread of it may still wait for a real sync.
    pub async fn let_go(&self) {
        let file = fs::File::open(self.dir.join("journal.jsonl")).unwrap();
        for _ in 0..12_000 {
            if file.try_lock().is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("the journal is still in use");
    }

    /// Starts a hub on this disk. None: the folder is sealed.
    ///
    /// # Errors
    /// Why it does not start; that the one before has not quite ended is waited for.
    pub async fn start(&self, disk: Disk) -> Result<Option<Running>, StartFault> {
        let mut tries = 0;
        loop {
            match Hub::open_on(&SessionFolder::new(&self.dir), true, disk.clone()) {
                Ok(hub) => {
                    let listener = TcpListener::bind(self.address).await.unwrap();
                    let hub = hub.with_slip_tick(TICK);
                    return Ok(Some(Running(tokio::spawn(hub::run(hub, listener, std::future::pending())))));
                }
                Err(StartFault::Sealed(_)) => return Ok(None),
                Err(StartFault::Journal(JournalFault::InUse { .. })) if tries < 2_000 => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// How many lines the journal has.
    pub fn lines(&self) -> usize {
        let journal = fs::read(self.dir.join("journal.jsonl")).unwrap();
        journal.iter().filter(|byte| **byte == b'\n').count()
    }

    /// Somebody's terminal.
    pub fn client(&self, seat: &str) -> Client {
        let person = self.people.iter().find(|person| person.seat.as_str() == seat).unwrap();
        person.client.clone().unwrap()
    }

    /// All terminals, and the console.
    pub fn clients(&self) -> Vec<Client> {
        let console = self.world.console.lock().unwrap().clone();
        self.people.iter().filter_map(|person| person.client.clone()).chain([console]).collect()
    }

    /// The console's process dies beside its hub, and is started again with the key that it keeps.
    pub async fn restart_console(&mut self) {
        self.end_presiding().await;
        let client = console_client(&self.console);
        *self.world.console.lock().unwrap() = client.clone();
        self.presiding = Some(tokio::spawn(preside(Arc::clone(&self.world), client)));
    }

    async fn end_presiding(&mut self) {
        let Some(presiding) = self.presiding.take() else { return };
        presiding.abort();
        if let Err(error) = presiding.await
            && error.is_panic()
        {
            std::panic::resume_unwind(error.into_panic());
        }
    }

    /// Waits until every screen has noticed that the hub is gone: one that has not would count as back at once.
    pub async fn all_have_noticed(&self) {
        for client in self.clients() {
            let gone = client.until(|view| view.link != Link::Connected || view.sealed);
            super::soon("that the hub is gone", gone).await.unwrap();
        }
    }

    /// Notes how long it takes from now until all screens are connected; stops with what is returned.
    pub fn time_return(&self) -> JoinSet<()> {
        let began = Instant::now();
        let clients = self.clients();
        let mut timing = JoinSet::new();
        timing.spawn(async move {
            for client in &clients {
                if client.until(|view| view.link == Link::Connected).await.is_err() {
                    return;
                }
            }
            tally::returned_after(u64::try_from(began.elapsed().as_millis()).unwrap());
        });
        timing
    }

    /// Waits for the seal while the meeting goes on, however busy this machine is; says where everybody stands if it does not.
    pub async fn sealed_by(&self, running: &mut Running) {
        let mut lines = self.lines();
        for _ in 0..LONGS_MAX {
            if let Ok(end) = tokio::time::timeout(super::LONG, &mut running.0).await {
                return assert_eq!(end.unwrap(), End::Sealed);
            }
            let more = self.lines();
            assert!(more > lines, "the meeting stands still; {}", self.stands());
            lines = more;
        }
        panic!("no seal; {}", self.stands());
    }

    /// Where everybody stands.
    pub fn stands(&self) -> String {
        let one = |client: Client| {
            let view = client.view();
            let step = view.state.as_ref().map(|state| next_step(state));
            let (me, link, alarm) = (&view.me, &view.link, &view.alarm);
            let (line, paper, seal) = (view.chain.number, &view.paper, view.seal.is_some());
            format!(
                "{me}: line {line}, {step:?}, {link:?}, {paper:?}, seal {seal}, locked {}, {alarm:?}, {:?}",
                view.locked, view.live
            )
        };
        self.clients().into_iter().map(one).collect::<Vec<_>>().join("\n")
    }

    /// Whether another screen has taken the console's seat.
    pub fn is_turned_away(&self) -> bool {
        matches!(self.world.console.lock().unwrap().view().link, Link::TurnedAway(_))
    }

    /// The folder is sealed: everything that was acknowledged is in it, once, and it verifies.
    pub async fn check(mut self) {
        self.end_presiding().await;
        for person in &mut self.people {
            person.leave().await;
        }
        // What a crash left of `private/` goes with the next start.
        let again = Hub::open(&SessionFolder::new(&self.dir), true).map(|_| ());
        assert!(matches!(again, Err(StartFault::Sealed(_))), "{again:?}");
        assert!(!self.dir.join("private").exists(), "what is private does not outlive the seal");
        let report = verify(&self.dir);
        assert!(report.holds(), "{:?}", report.faults);
        let text = fs::read_to_string(self.dir.join("journal.jsonl")).unwrap();
        compare(&text, &self.world.acknowledged.lock().unwrap());
        tally::MEETINGS.add(1);
        drop(self.home);
    }
}

fn console_client(enrolled: &Enrolled) -> Client {
    start(enrolled.clone(), Store::Memory(BTreeMap::new()), Pace::seeded(3, 20))
}

/// The record against what was acknowledged.
fn compare(text: &str, acknowledged: &Acknowledged) {
    let mut replay = Replay::new();
    let mut orders = BTreeMap::new();
    for line in text.lines() {
        let line = replay.read(line).unwrap();
        if let Some(order) = line.body.as_ref().and_then(|body| body.order.as_ref()) {
            let given = (order.actor.clone(), order.command.get().to_owned());
            orders.insert(replay.number(), given);
        }
    }
    for (line, given) in &acknowledged.orders {
        assert_eq!(orders.get(line), Some(given), "line {line} was acknowledged");
    }
    tally::ORDERS.add(acknowledged.orders.len() as u64);
    let state = replay.state().unwrap();
    votes(state, acknowledged);
    let texts = slips_in(state);
    for seat in WRITERS {
        let slip = slip_of(seat);
        assert_eq!(texts.iter().filter(|text| **text == slip).count(), 1, "{slip}: {texts:?}");
        assert!(acknowledged.slips.iter().all(|slip| texts.contains(slip)));
    }
    tally::SLIPS.add(WRITERS.len() as u64);
}

/// Every receipt's ballot is in its box, nobody has two, and the sums are those of what was marked.
fn votes(state: &State, acknowledged: &Acknowledged) {
    let mut receipts = 0;
    for round in state.items.iter().flat_map(|item| &item.rounds) {
        let ballot = &round.issue.ballot;
        assert_eq!((round.issued(), round.returned()), (5, Some(5)), "{ballot}");
        let trackers: Vec<String> = round.ballots.iter().map(|hash| hash.tracker()).collect();
        for seat in VOTERS {
            let tracker = &acknowledged.ballots[&(ballot.clone(), SeatId::from(seat))];
            assert_eq!(trackers.iter().filter(|one| *one == tracker).count(), 1, "{seat} in {ballot}");
            receipts += 1;
        }
        let questions = if ballot.as_str().starts_with("posts") { 2 } else { DIMENSIONS };
        let mut expected = vec![vec![0u32; 3]; questions];
        for seat in VOTERS {
            for (question, choice) in choices(seat, questions).into_iter().enumerate() {
                expected[question][choice] += 1;
            }
        }
        assert_eq!(round.count.as_ref().unwrap().sums(), expected, "{ballot}");
    }
    assert_eq!(receipts, acknowledged.ballots.len(), "a receipt for a ballot that is in no box");
    assert_eq!(receipts, 10, "both items were voted on");
    tally::BALLOTS.add(receipts as u64);
}
