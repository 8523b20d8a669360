//! A small room: five members, one attendee, two nominees, and a hub on a free port of the loopback interface. The
//! scrutineers make the key, count heads, compare the room code, check the box and sign the sheet as simulated people do.

use std::collections::BTreeMap;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use plenum::client::connect::{Door, come_back, enrol, fresh_identity};
use plenum::client::hubs::HubAt;
use plenum::client::store::{Enrolled, KeptPaper, Store};
use plenum::client::voter::KeptPapers;
use plenum::client::{AskError, Client, Link, Pace, Paper, SealAct, View, start};
use plenum::disk::Disk;
use plenum::hub::{End, Hub};
use plenum::journal::Replay;
use plenum::meeting::{
    Actor, BallotId, Command, ListSeen, Order, Round, RoundPhase, SeatId, State, Step, next_step,
};
use plenum::plan::SessionFolder;
use plenum::rehearse::{Scrutineers, Stage};
use plenum::rules::Choice;
use plenum::wire::frame::{TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use plenum::wire::{Anonymous, Answer, FrameFault, ToHub, ToScreen, read_frame, write_frame};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_rustls::client::TlsStream;

/// Nothing in these tests may take longer.
pub const LONG: Duration = Duration::from_secs(60);

pub const MEMBERS: [&str; 5] = ["m1", "m2", "m3", "m4", "m5"];

/// The plan: m1 presides, m2 and m3 are scrutineers, m4 records; quorum 4 of 5. The scrutineers hold the key.
const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small session"
meeting.body = "Committee of Five"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
meeting.trustees = "scrutineers"
meeting.small = "open"
meeting.quorum = { of = "due", at_least = "2/3" }
groups = [
  { id = "member", name = "Full members", standing = "member" },
  { id = "guest", name = "Guests", standing = "attendee" },
]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Counting", group = "member", duties = ["scrutineer"] },
  { id = "m3", name = "Cleo Counting", group = "member", duties = ["scrutineer"] },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Voting", group = "member" },
  { id = "a1", name = "Fay Guest", group = "guest" },
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
introduction = "south.md"
inspection = "south.md"
"#;

/// Writes the session folder.
pub fn write_plan(dir: &Path) {
    write_text(dir, PLAN);
}

/// The same, with the key in the console: where a test is about something else.
pub fn write_console_plan(dir: &Path) {
    write_text(dir, &PLAN.replace("\"scrutineers\"", "\"console\""));
}

/// The same two stand against each other for one seat, for which two votes are enough.
pub fn write_election(dir: &Path) {
    let text = PLAN
        .replace("kind = \"nomination\"", "kind = \"contested\"\nseats = 1\npost = \"Head of the Office\"")
        .replace("carried = { of = \"due\", more_than = \"1/2\" }", "elected = { at_least = \"1/3\" }")
        .replace("[[items.nominees]]", "[[items.candidates]]");
    // All stand for the same, on no list.
    let of_nominees = |line: &&str| line.starts_with("list = ") || line.contains("th Office\"");
    write_text(dir, &text.lines().filter(|line| !of_nominees(line)).collect::<Vec<_>>().join("\n"));
}

/// The same election with its two candidates as a list that is put to the vote as a whole.
pub fn write_list(dir: &Path) {
    write_election(dir);
    let path = dir.join("plan.toml");
    let text = fs::read_to_string(&path).unwrap();
    let list = text.replace("seats = 1\n", "form = \"list\"\n");
    assert_ne!(list, text);
    fs::write(path, list).unwrap();
}

/// The same with three scrutineers, m2, m3 and m5, of whom two suffice.
pub fn write_plan_of_three(dir: &Path) {
    let text = PLAN.replace(
        "name = \"Emil Voting\", group = \"member\"",
        "name = \"Emil Voting\", group = \"member\", duties = [\"scrutineer\"]",
    );
    assert_ne!(text, PLAN);
    write_text(dir, &text);
}

fn write_text(dir: &Path, plan: &str) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), plan).unwrap();
    for name in ["north", "south"] {
        fs::write(dir.join(format!("materials/{name}.md")), format!("# {name}\n\nBorn, worked, works.\n"))
            .unwrap();
    }
}

pub fn ballot() -> BallotId {
    BallotId::from("posts")
}

pub fn person(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

/// The system's randomness.
pub fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Ends a test that hangs, and says where.
pub async fn soon<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, work).await.unwrap_or_else(|_| panic!("{what}: not within {LONG:?}"))
}

/// A hub that runs, with a code for everyone.
pub struct Room {
    _home: tempfile::TempDir,
    pub dir: PathBuf,
    pub stage: Stage,
    pub hub: Option<JoinHandle<End>>,
    pub stop: Option<oneshot::Sender<()>>,
    pub console: Client,
    pub console_enrolled: Enrolled,
    pub clients: BTreeMap<String, Client>,
    /// What scrutineers do as people, each until they leave.
    scrutineers: BTreeMap<String, Scrutineers>,
}

impl Room {
    /// A room with the console, and nobody else yet.
    pub async fn new() -> Self {
        Self::of(write_plan).await
    }

    /// The same, of another plan.
    pub async fn of(write: impl Fn(&Path)) -> Self {
        Self::held(write, true).await
    }

    /// A meeting in earnest, no rehearsal: terminals have a minute to answer to a fixed box.
    pub async fn in_earnest(seats: &[&str]) -> Self {
        Self::held(write_plan, false).await.seated(seats).await
    }

    async fn held(write: impl Fn(&Path), rehearsal: bool) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (from, dir) = (home.path().join("plan"), home.path().join("held"));
        write(&from);
        let set = Stage::set(&from, &dir).unwrap();
        if !rehearsal {
            // The first line says so for good; a stage would say that it is one.
            drop(Hub::open(&SessionFolder::new(&dir), false).unwrap());
        }
        let (stage, hub) = set.open().unwrap();
        let code = stage.code(&Actor::Console).unwrap();
        let console_enrolled = enrol(&stage.host(), code, &fresh_identity()).await.unwrap();
        let console = client_of(&console_enrolled);
        soon("the first line", console.until(|view| view.state.is_some())).await.unwrap();
        Self {
            _home: home,
            dir,
            stage,
            hub: Some(hub),
            stop: None,
            console,
            console_enrolled,
            clients: BTreeMap::new(),
            scrutineers: BTreeMap::new(),
        }
    }

    /// A room in which these people have terminals and are signed in.
    pub async fn with(seats: &[&str]) -> Self {
        Self::new().await.seated(seats).await
    }

    /// The same, with the key in the console.
    pub async fn with_console_key(seats: &[&str]) -> Self {
        Self::of(write_console_plan).await.seated(seats).await
    }

    /// With these people.
    pub async fn seated(mut self, seats: &[&str]) -> Self {
        for id in seats {
            self.join(id).await;
        }
        self
    }

    /// Somebody sits down, with a terminal that does its duties by itself.
    pub async fn join(&mut self, id: &str) -> Client {
        let client = self.stage.seat(&SeatId::from(id), Pace::seeded(7, 20)).await.unwrap();
        self.sign_in(id, client).await
    }

    /// Somebody signs in at this terminal; a scrutineer does a scrutineer's duties from now on.
    pub async fn sign_in(&mut self, id: &str, client: Client) -> Client {
        soon("the record", client.until(|view| view.state.is_some())).await.unwrap();
        client.order(Command::SignIn { seat: SeatId::from(id) }).await.unwrap();
        self.take_seat(id, client.clone());
        client
    }

    /// This terminal is somebody's from now on, who is signed in.
    pub fn take_seat(&mut self, id: &str, client: Client) {
        if self.state().scrutineers().any(|person| person.id == id) {
            let people = [(SeatId::from(id), client.clone())];
            self.scrutineers.insert(id.to_owned(), Scrutineers::of(people, &self.console));
        }
        self.clients.insert(id.to_owned(), client);
    }

    /// Somebody's terminal stops in the middle of whatever it does.
    pub fn kill(&mut self, id: &str) {
        self.scrutineers.remove(id);
        self.clients.remove(id).unwrap();
    }

    /// Somebody's terminal goes on, and the person does nothing as a scrutineer any more.
    pub fn idle(&mut self, id: &str) {
        self.scrutineers.remove(id).unwrap();
    }

    /// Enrols somebody whose terminal does nothing by itself, and signs in.
    pub async fn by_hand(&self, id: &str) -> ByHand {
        let code = self.stage.code(&person(id)).unwrap();
        let enrolled = enrol(&self.stage.host(), code, &fresh_identity()).await.unwrap();
        let mut hand = ByHand::connect(enrolled).await;
        let answer = hand.order(&Command::SignIn { seat: SeatId::from(id) }).await;
        assert!(matches!(answer, Answer::Done { line: Some(_), .. }), "{answer:?}");
        hand
    }

    pub fn state(&self) -> Arc<State> {
        self.console.view().state.clone().unwrap()
    }

    /// Waits until the console sees it.
    pub async fn until(&self, what: &str, enough: impl FnMut(&View) -> bool) -> Arc<View> {
        soon(what, self.console.until(enough)).await.unwrap()
    }

    /// A command of the console, seen by the console.
    pub async fn give(&self, command: Command) -> u64 {
        let line = self.try_give(command).await.unwrap();
        self.until("its own line", |view| view.chain.number >= line).await;
        line
    }

    pub async fn try_give(&self, command: Command) -> Result<u64, AskError> {
        soon("an order", self.console.order(command)).await.map(|done| done.line.unwrap_or(0))
    }

    /// Takes one lawful step after the other until the round is in this phase.
    pub async fn lead_to(&self, phase: RoundPhase) {
        self.lead_until(&format!("{phase:?}"), |state| {
            state.current_round().is_some_and(|(_, round)| round.phase == phase)
        })
        .await;
    }

    /// Takes one lawful step after the other until `there`.
    pub async fn lead_until(&self, what: &str, there: impl Fn(&State) -> bool) {
        loop {
            let view = self.console.view();
            let state = view.state.clone().unwrap();
            if there(&state) {
                return;
            }
            let Some(step) = next_step(&state) else { panic!("{what}: the meeting is suspended") };
            match &step {
                Step::TakePapers(_)
                | Step::AwaitKey(_)
                | Step::CountHeads(_)
                | Step::ConfirmList(_)
                | Step::CompareRoom(_)
                | Step::CheckBox(_)
                | Step::CountPapers(_)
                | Step::SignResult(_)
                | Step::SealBox(_)
                | Step::AwaitCount(_)
                | Step::AwaitOrder(_) => {
                    self.until(what, |view| {
                        let state = view.state.as_ref().unwrap();
                        there(state) || next_step(state).as_ref() != Some(&step)
                    })
                    .await;
                }
                Step::ApproveScrutineers => {
                    let agree = state.present();
                    self.give(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 }).await;
                }
                Step::Seal => panic!("{what} was not reached before the end"),
                step => {
                    self.give(step.command().unwrap()).await;
                }
            }
        }
    }

    /// The terminal's own paper can be marked.
    pub async fn open_paper(&self, id: &str) -> Client {
        let client = self.clients[id].clone();
        let open = |view: &View| view.paper == plenum::client::Paper::Open;
        soon("a paper to mark", client.until(open)).await.unwrap();
        client
    }

    /// Somebody returns a paper.
    pub async fn vote(&self, id: &str, choices: [Choice; 2]) {
        let client = self.open_paper(id).await;
        soon("a ballot", client.cast(choices.to_vec())).await.unwrap();
    }

    /// The tracking code of a ballot that somebody has returned.
    pub async fn tracker(&self, id: &str) -> String {
        let returned = |view: &View| matches!(view.paper, Paper::Returned { .. });
        let view = soon("a receipt", self.clients[id].until(returned)).await.unwrap();
        let Paper::Returned { tracker, .. } = view.paper.clone() else { unreachable!() };
        tracker
    }

    /// From voting to the sealed archive, which must verify.
    pub async fn finish(self) -> Arc<State> {
        self.archived([]).await.0
    }

    /// The same, and what these files of the archive say.
    pub async fn archived<const N: usize>(mut self, files: [&str; N]) -> (Arc<State>, [String; N]) {
        self.lead_until("the end", |state| state.ended_at.is_some()).await;
        let state = self.state();
        self.seal().await;
        assert_eq!(soon("the hub's end", self.hub.take().unwrap()).await.unwrap(), End::Sealed);
        let report = plenum::archive::verify::verify(&self.dir);
        assert!(report.holds(), "{:?}", report.faults);
        (state, files.map(|file| fs::read_to_string(self.dir.join(file)).unwrap()))
    }

    /// Whose code is the presiding officer's.
    pub fn presiding(&self) -> Actor {
        person(&self.state().plan().presiding().unwrap().id)
    }

    /// Waits until somebody can sign, and signs; again, if their terminal had yet to notice that the hub was gone.
    pub async fn sign(&self, id: &str) {
        let client = &self.clients[id];
        let can = |view: &View| {
            let seal = view.seal.as_ref().filter(|_| view.link == Link::Connected);
            seal.and_then(|seal| seal.signer(&view.me)).is_some_and(|signer| signer.can)
        };
        loop {
            soon("the turn to sign", client.until(can)).await.unwrap();
            match soon("a signature", client.seal()).await {
                Err(AskError::NotConnected) => {}
                signed => break signed.map(drop).unwrap(),
            }
        }
    }

    /// Whoever signs and has a terminal in this room does; who has none is named; the presiding officer signs last.
    pub async fn seal(&self) {
        let view = self.until("the seal", |view| view.seal.is_some()).await;
        let missing: Vec<Actor> =
            view.seal.as_ref().unwrap().missing().map(|signer| signer.by.clone()).collect();
        for who in missing {
            if self.clients.contains_key(&who.to_string()) {
                self.sign(&who.to_string()).await;
            } else {
                let without = SealAct::Without(who, "has no terminal".to_owned());
                soon("going on", self.console.of_seal(without)).await.unwrap();
            }
        }
        let all = |view: &View| view.seal.as_ref().is_some_and(|seal| seal.missing().count() == 0);
        self.until("all signatures", all).await;
        soon("the seal", self.console.seal()).await.unwrap();
    }

    /// Stops the hub without sealing, and waits until it has.
    pub async fn stop(&mut self) {
        match self.stop.take() {
            Some(stop) => stop.send(()).unwrap(),
            None => self.stage.stop(),
        }
        let end = soon("the hub's end", self.hub.take().unwrap()).await.unwrap();
        assert_eq!(end, End::Stopped);
        self.until("a lost connection", |view| matches!(view.link, Link::Lost { .. })).await;
    }

    /// Starts a hub again on the same folder and the same port.
    pub async fn open_again(&mut self) {
        self.open_again_as(Disk::default(), |hub| hub).await;
    }

    /// The same on this disk, with a hub that is made to be like this.
    pub async fn open_again_as(&mut self, disk: Disk, like: impl FnOnce(Hub) -> Hub) {
        let address: SocketAddr = self.stage.host().parse().unwrap();
        let listener = TcpListener::bind(address).await.unwrap();
        let hub = Hub::open_on(&SessionFolder::new(&self.dir), true, disk).unwrap();
        let hub = like(hub.with_slip_tick(Duration::from_millis(500)));
        assert!(hub.started().resumed);
        let (stop, stopped) = oneshot::channel::<()>();
        self.stop = Some(stop);
        self.hub = Some(tokio::spawn(plenum::hub::run(hub, listener, async move {
            let _ = stopped.await;
        })));
        self.until("the connection", |view| view.link == Link::Connected).await;
    }

    /// The lines of the journal on disk.
    pub fn lines(&self) -> Vec<String> {
        fs::read_to_string(self.dir.join("journal.jsonl")).unwrap().lines().map(str::to_owned).collect()
    }
}

/// Somebody at a bare connection: nothing happens by itself.
pub struct ByHand {
    pub enrolled: Enrolled,
    pub stream: TlsStream<TcpStream>,
    pub replay: Replay,
    pub counter: u64,
    ask: u64,
}

impl ByHand {
    pub async fn connect(enrolled: Enrolled) -> Self {
        let stream = come_back(&enrolled, &HubAt::first(&enrolled), 0).await.unwrap().stream;
        let mut hand = Self { enrolled, stream, replay: Replay::new(), counter: 0, ask: 0 };
        hand.catch_up(|state| state.line > 0).await;
        hand.counter = hand.state().orders.get(&hand.enrolled.actor).map_or(0, |last| last.counter);
        hand
    }

    pub fn state(&self) -> &State {
        self.replay.state().unwrap()
    }

    pub fn round(&self) -> &Round {
        self.state().current_round().unwrap().1
    }

    pub async fn hear(&mut self) -> Result<ToScreen, FrameFault> {
        let message = soon("a frame", read_frame(&mut self.stream, TO_SCREEN_BYTES_MAX)).await?;
        if let ToScreen::Lines { lines } = &message {
            for line in lines {
                self.replay.read(line).unwrap();
            }
        }
        Ok(message)
    }

    /// Reads until the record says so.
    pub async fn catch_up(&mut self, enough: impl Fn(&State) -> bool) {
        while !self.replay.state().is_some_and(&enough) {
            self.hear().await.unwrap();
        }
    }

    /// Reads until the round is in this phase.
    pub async fn until(&mut self, phase: RoundPhase) {
        self.catch_up(|state| state.current_round().is_some_and(|(_, round)| round.phase == phase)).await;
    }

    pub fn sign(&mut self, command: &Command) -> Order {
        self.counter += 1;
        self.sign_as(&self.enrolled.actor, self.counter, command)
    }

    /// An order in any name and with any counter, signed with the own key over the record as followed here.
    pub fn sign_as(&self, actor: &Actor, counter: u64, command: &Command) -> Order {
        let Enrolled { session, identity, .. } = &self.enrolled;
        identity.order(session, actor.clone(), counter, self.replay.seen(), command).unwrap()
    }

    pub async fn order(&mut self, command: &Command) -> Answer {
        let order = self.sign(command);
        self.send(order).await
    }

    /// Sends an order, whoever has signed it.
    pub async fn send(&mut self, order: Order) -> Answer {
        self.ask(|ask| ToHub::Order { ask, order }).await
    }

    /// Asks, and reads until the answer has come.
    pub async fn ask(&mut self, message: impl FnOnce(u64) -> ToHub) -> Answer {
        self.ask += 1;
        let ask = self.ask;
        self.say(&message(ask)).await;
        loop {
            if let ToScreen::Answer { ask: answered, answer } = self.hear().await.unwrap()
                && answered == ask
            {
                return answer;
            }
        }
    }

    pub async fn say(&mut self, message: &ToHub) {
        write_frame(&mut self.stream, message, TO_HUB_BYTES_MAX).await.unwrap();
    }

    /// Asks for the paper of the round on the floor; the token is kept.
    pub async fn take_paper(&mut self) -> KeptPaper {
        self.catch_up(|state| state.current_round().is_some_and(|(_, round)| round.issuer.is_some())).await;
        let ballot = self.round().issue.ballot.clone();
        let mut kept = KeptPaper::fresh(&mut rng()).unwrap();
        let Answer::Done { issued, .. } = self.order(&request(&kept, &ballot)).await else {
            panic!("no paper")
        };
        kept.take(&issued[0], self.round()).unwrap();
        kept
    }

    /// The anonymous registration of a paper.
    pub fn registration(&self, kept: &KeptPaper) -> Anonymous {
        let secret = data_encoding::HEXLOWER.decode(kept.credential.as_bytes()).unwrap();
        let credential = plenum::ballot::CredentialSecret::from_bytes(&secret).unwrap().public();
        let ballot = self.round().issue.ballot.clone();
        Anonymous::Register { ballot, credential, token: kept.token.clone().unwrap() }
    }

    pub async fn act(&self, act: &Anonymous) -> ToScreen {
        soon("an anonymous act", Door::of(&self.enrolled).act(act)).await.unwrap()
    }

    /// Takes and registers a paper, confirms the list, and waits for the vote.
    pub async fn take_part_until_voting(&mut self, room: &Room) -> KeptPaper {
        let kept = self.take_paper().await;
        assert!(matches!(self.act(&self.registration(&kept)).await, ToScreen::Registered));
        self.until(RoundPhase::Confirming).await;
        let (ballot, setup) =
            (self.round().issue.ballot.clone(), self.round().setup.as_ref().unwrap().hash.clone());
        let lists = vec![ListSeen { ballot, setup }];
        let answer = self.order(&Command::ConfirmLists { lists }).await;
        assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
        room.lead_to(RoundPhase::Voting).await;
        self.until(RoundPhase::Voting).await;
        kept
    }
}

/// What asks for one paper.
pub fn request(kept: &KeptPaper, ballot: &BallotId) -> Command {
    Command::RequestPapers { papers: vec![kept.ask(ballot).unwrap()] }
}

/// What a terminal keeps that has this one paper.
pub fn papers(kept: &KeptPaper) -> KeptPapers {
    KeptPapers::from([(ballot(), kept.clone())])
}

/// A client of this identity, keeping everything in memory.
pub fn client_of(enrolled: &Enrolled) -> Client {
    start(enrolled.clone(), Store::Memory(BTreeMap::new()), Pace::seeded(3, 20))
}

/// The folder of a terminal that has been killed, taken up again: its old driver lets go of it when it has seen that nobody
/// listens.
pub async fn found_again(root: &Path, hub: &str) -> (Enrolled, Store) {
    soon("the folder", async {
        loop {
            if let Some(found) = Store::find(root, hub).unwrap().pop() {
                return found;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}
