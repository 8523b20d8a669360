//! People who do not give up: each does what the record asks of them, notes what was acknowledged, and tries again what was
//! not. A person whose terminal was killed sits down at it again and goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::store::{Enrolled, Store};
use plenum::client::{Alarm, AskError, Client, Link, Pace, Paper, View, start};
use plenum::disk::Disk;
use plenum::meeting::{
    Actor, BallotId, Command, OfficialStage, Phase, SeatId, SlipKind, SlipSays, State, Step, next_step,
    result_hash,
};
use plenum::wire::code::SeatCode;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The pause before something is tried again that was not done.
const AGAIN: Duration = Duration::from_millis(150);

pub const VOTERS: [&str; 5] = ["m1", "m2", "m3", "m4", "m5"];
/// Who writes a slip.
pub const WRITERS: [&str; 2] = ["m3", "m5"];

/// What was acknowledged.
#[derive(Debug, Default)]
pub struct Acknowledged {
    /// Orders, by the line that was said to hold them.
    pub orders: BTreeMap<u64, (Actor, String)>,
    /// Trackers of ballots.
    pub ballots: BTreeMap<(BallotId, SeatId), String>,
    /// Texts of slips.
    pub slips: BTreeSet<String>,
}

/// What all know.
pub struct World {
    pub acknowledged: Mutex<Acknowledged>,
    /// Who has had a receipt.
    pub returned: watch::Sender<BTreeSet<(BallotId, SeatId)>>,
    /// The screen from which scrutineers read the room code.
    pub console: Mutex<Client>,
}

/// What somebody marks: fixed by seat, so that the sums are known before.
pub fn choices(seat: &str, questions: usize) -> Vec<usize> {
    let place = VOTERS.iter().position(|voter| *voter == seat).unwrap();
    (0..questions).map(|question| (place + question) % 3).collect()
}

pub fn slip_of(seat: &str) -> String {
    format!("what {seat} never dared to ask")
}

impl World {
    async fn order(&self, client: &Client, command: Command) -> Result<(), AskError> {
        let text = serde_json::to_string(&command).unwrap();
        let me = client.view().me.clone();
        let done = client.order(command).await?;
        if let Some(line) = done.line {
            let before = self.acknowledged.lock().unwrap().orders.insert(line, (me.clone(), text.clone()));
            assert!(before.is_none_or(|before| before == (me, text)), "line {line} acknowledged twice");
            pause(client, |view| view.chain.number >= line).await;
        }
        Ok(())
    }
}

/// Waits for something, but not for long.
async fn pause(client: &Client, enough: impl FnMut(&View) -> bool) {
    let _ = tokio::time::timeout(AGAIN, client.until(enough)).await;
}

/// The room's own code, read from another screen.
async fn read_code(client: &Client, screen: &Client) -> Result<(), AskError> {
    let shown = |view: &View| view.room.as_ref().is_some_and(|room| room.code.is_some());
    let Ok(Ok(view)) = tokio::time::timeout(AGAIN * 4, screen.until(shown)).await else { return Ok(()) };
    let code = view.room.as_ref().and_then(|room| room.code.clone()).unwrap_or_default();
    client.confirm_room(code).await.map(|_| ())
}

/// A member at a terminal of their own.
pub struct Person {
    pub seat: SeatId,
    code: SeatCode,
    root: PathBuf,
    pub client: Option<Client>,
    task: Option<JoinHandle<()>>,
    world: Arc<World>,
}

impl Person {
    /// Enrols, keeping everything below this folder.
    pub async fn enrol(world: &Arc<World>, host: &str, seat: &str, code: SeatCode, root: PathBuf) -> Self {
        let identity = fresh_identity();
        let enrolled = again(|| enrol(host, &code, &identity)).await;
        let store = Store::keep(&root, &enrolled).unwrap();
        let mut person =
            Self { seat: seat.into(), code, root, client: None, task: None, world: Arc::clone(world) };
        person.sit_down(enrolled, store);
        person
    }

    fn sit_down(&mut self, enrolled: Enrolled, store: Store) {
        let client = start(enrolled, store, Pace::seeded(7, 20));
        let (world, code, seat) = (Arc::clone(&self.world), self.code.clone(), self.seat.clone());
        self.task = Some(tokio::spawn(attend(world, seat, code, client.clone())));
        self.client = Some(client);
    }

    /// The terminal dies as a process does, and is started again on what it kept.
    pub async fn kill(&mut self, disk: Disk) {
        self.leave().await;
        loop {
            if let Some((enrolled, store)) = Store::find_any(&self.root).unwrap().pop() {
                return self.sit_down(enrolled, store.on(disk));
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The terminal dies.
    pub async fn leave(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
            if let Err(error) = task.await
                && error.is_panic()
            {
                std::panic::resume_unwind(error.into_panic());
            }
        }
        self.client = None;
    }
}

/// Tries until it is done.
pub async fn again<T, E: std::fmt::Debug, F: Future<Output = Result<T, E>>>(
    mut work: impl FnMut() -> F,
) -> T {
    let mut last = None;
    for _ in 0..300 {
        match work().await {
            Ok(done) => return done,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("tried in vain: {last:?}");
}

/// The console, whose key is kept in memory.
pub async fn enrol_console(host: &str, code: &SeatCode) -> Enrolled {
    let identity = fresh_identity();
    again(|| enrol(host, code, &identity)).await
}

enum Due {
    Unlock,
    Give(Command),
    ReadCode,
    Vote(usize),
    Note(BallotId, String),
    Slip,
    Sign,
}

async fn attend(world: Arc<World>, seat: SeatId, code: SeatCode, client: Client) {
    let mut noted = BTreeSet::new();
    loop {
        let ready =
            |view: &View| view.sealed || view.link == Link::Connected && due(&seat, view, &noted).is_some();
        let Ok(view) = client.until(ready).await else { return };
        assert!(matches!(view.alarm, None | Some(Alarm::Store(_))), "{seat}: {:?}", view.alarm);
        if view.sealed {
            return;
        }
        let Some(due) = due(&seat, &view, &noted) else { continue };
        let done = match due {
            Due::Unlock => client.unlock(code.clone()).await.map(|_| ()),
            Due::Give(command) => world.order(&client, command).await,
            Due::ReadCode => {
                let console = world.console.lock().unwrap().clone();
                read_code(&client, &console).await
            }
            Due::Vote(questions) => client.cast(choices(seat.as_str(), questions)).await.map(|_| ()),
            Due::Note(ballot, tracker) => {
                noted.insert(ballot.clone());
                let key = (ballot.clone(), seat.clone());
                let before = world.acknowledged.lock().unwrap().ballots.insert(key.clone(), tracker.clone());
                assert!(before.is_none_or(|before| before == tracker), "{seat}: two receipts");
                world.returned.send_modify(|returned| {
                    returned.insert(key);
                });
                Ok(())
            }
            Due::Slip => {
                let text = slip_of(seat.as_str());
                let says = SlipSays::begin(SlipKind::Question, "north".into(), text.clone());
                let sent = client.slip(says).await.map(|_| ());
                if sent.is_ok() {
                    world.acknowledged.lock().unwrap().slips.insert(text);
                }
                sent
            }
            Due::Sign => client.seal().await.map(|_| ()),
        };
        let line = view.chain.number;
        match done {
            Err(AskError::Ended) => return,
            Err(AskError::Fault(says)) if says.contains("does not hold") => panic!("{seat}: {says}"),
            Err(_) => pause(&client, |view| view.chain.number > line).await,
            Ok(()) => tokio::task::yield_now().await,
        }
    }
}

/// What the record asks of somebody.
fn due(seat: &SeatId, view: &View, noted: &BTreeSet<BallotId>) -> Option<Due> {
    if view.locked {
        return Some(Due::Unlock);
    }
    let state = view.state.as_ref()?;
    if state.phase == Phase::Ended {
        let turn = view.seal.as_ref().and_then(|seal| seal.signer(&view.me)).is_some_and(|me| me.can);
        return turn.then_some(Due::Sign);
    }
    if !state.is_present(seat) {
        return Some(Due::Give(Command::SignIn { seat: seat.clone() }));
    }
    let round = state.round_of(seat);
    if let (Paper::Returned { tracker, .. }, Some(round)) = (&view.paper, round)
        && !noted.contains(&round.issue.ballot)
    {
        return Some(Due::Note(round.issue.ballot.clone(), tracker.clone()));
    }
    if let (Paper::Open, Some(round)) = (&view.paper, round) {
        let questions = if round.issue.ballot.as_str().starts_with("posts") { 2 } else { DIMENSIONS };
        return Some(Due::Vote(questions));
    }
    if WRITERS.contains(&seat.as_str()) && view.slips_left == Some(2) && questioning(state) {
        return Some(Due::Slip);
    }
    if !state.scrutineers().any(|scrutineer| *seat == plenum::meeting::seat(scrutineer)) {
        return None;
    }
    as_scrutineer(seat, state)
}

pub const DIMENSIONS: usize = 2;

fn questioning(state: &State) -> bool {
    let review = state.current_review();
    let stage =
        review.and_then(|(_, _, review)| review.current().map(|(_, official)| official.stage.clone()));
    stage == Some(OfficialStage::Questioning)
}

fn as_scrutineer(seat: &SeatId, state: &State) -> Option<Due> {
    match next_step(state)? {
        Step::CountHeads(item) => {
            let heads = state.present_for(state.item(&item)?);
            let counted = state.item_state(&item)?.heads.get(seat);
            (counted != Some(&heads)).then_some(Due::Give(Command::CountHeads { item, heads }))
        }
        Step::CompareRoom(_) => (!state.room.confirmed.contains(seat)).then_some(Due::ReadCode),
        Step::CheckBox(_) => {
            let needed = state.scrutineers_needed();
            let round = state.rounds_on_floor().find(|round| round.box_missing(needed).next().is_some())?;
            let mine = |one: &&SeatId| !round.accepted.get(*one).is_some_and(|by| by.contains(seat));
            let seats: Vec<SeatId> = round.box_missing(needed).filter(mine).cloned().collect();
            let ballot = round.issue.ballot.clone();
            (!seats.is_empty()).then_some(Due::Give(Command::AcceptMissing { ballot, seats }))
        }
        Step::SignResult(ballot) => {
            let (item, round) = state.round(&ballot)?;
            let result = result_hash(item.rounds_together());
            (!round.sheet.contains_key(seat)).then_some(Due::Give(Command::SignResult { ballot, result }))
        }
        _ => None,
    }
}

/// The presiding officer at the console: one lawful step after the other, to the seal.
pub async fn preside(world: Arc<World>, client: Client) {
    loop {
        let ready = |view: &View| view.sealed || view.link == Link::Connected && view.state.is_some();
        let Ok(view) = client.until(ready).await else { return };
        assert!(view.alarm.is_none(), "the console: {:?}", view.alarm);
        if view.sealed {
            return;
        }
        let state = view.state.clone().unwrap();
        let line = view.chain.number;
        let changed = move |view: &View| view.chain.number > line;
        let done = match next_step(&state) {
            Some(Step::Seal) => {
                let all = view.seal.as_ref().is_some_and(|seal| seal.missing().count() == 0);
                if all { client.seal().await.map(|_| ()) } else { Err(AskError::NotConnected) }
            }
            Some(step) => match command(&world, &state, &step) {
                Some(command) => world.order(&client, command).await,
                None => Err(AskError::NotConnected),
            },
            None => Err(AskError::NotConnected),
        };
        match done {
            Err(AskError::Ended) => return,
            Err(_) => pause(&client, changed).await,
            Ok(()) => {}
        }
    }
}

/// The command of a step, once all has happened that is waited for.
fn command(world: &World, state: &State, step: &Step) -> Option<Command> {
    let all_here = VOTERS.iter().all(|seat| state.is_present(&SeatId::from(*seat)));
    match step {
        Step::OpenMeeting if !all_here => None,
        Step::ApproveScrutineers => {
            Some(Command::ApproveScrutineers { agree: state.present(), disagree: 0, abstain: 0 })
        }
        // It closes by itself.
        Step::TakePapers(_) => None,
        Step::CloseVoting(ballot) => {
            let returned = world.returned.borrow();
            let all = VOTERS.iter().all(|seat| returned.contains(&(ballot.clone(), SeatId::from(*seat))));
            if all { step.command() } else { None }
        }
        Step::EndQuestions(_) => {
            let texts = slips_in(state);
            if WRITERS.iter().all(|seat| texts.contains(&slip_of(seat))) { step.command() } else { None }
        }
        step => step.command(),
    }
}

/// The texts of the questions in the record.
pub fn slips_in(state: &State) -> Vec<String> {
    let reviews = state.items.iter().filter_map(|item| item.review());
    reviews
        .flat_map(|review| {
            let questions = review.questions.iter().map(|question| question.text.clone());
            questions.chain(review.opinions.iter().map(|opinion| opinion.text.clone()))
        })
        .collect()
}
