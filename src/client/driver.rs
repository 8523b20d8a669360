//! The driver behind a [`Client`]: it owns the connection, follows and checks the record, gives one order after the
//! other, and does the voter's duties. It comes back by itself when the connection is lost, with the same signed order
//! if one was on its way: the hub carries it out once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_rustls::client::TlsStream;

use super::connect::{ConnectFault, Door, come_back};
use super::handle::{AskError, Client, Done, Request};
use super::slips::{self, KeptSlips, SlipDuty};
use super::store::{Enrolled, KeptPaper, Store};
use super::view::{Alarm, Chain, Link, Paper, View};
use super::voter::{self, Duty};
use crate::archive::SealBody;
use crate::journal::Replay;
use crate::meeting::{
    BallotId, Command, ItemId, OfficialId, Order, Phase, Refusal, RoundPhase, SeatId, SlipKind, sha256_hex,
};
use crate::wire::frame::{TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use crate::wire::{
    Anonymous, Answer, FrameFault, Live, ToHub, ToScreen, WrongAnswer, read_frame, write_frame,
};

/// How often a connected screen says that it is there.
const PING_SECONDS: u64 = 15;

/// How long a silent hub is waited for.
const SILENCE_SECONDS_MAX: u64 = 40;

/// The pauses between tries to reconnect, in milliseconds: quick at first, then every second.
const RETRY_MILLIS: [u64; 4] = [50, 200, 500, 1_000];

/// The pause before an act that the hub did not take is tried again, in milliseconds.
const AGAIN_MILLIS: u64 = 500;

/// How a terminal paces its anonymous acts, so that order means nothing.
#[derive(Debug)]
pub enum Pace {
    /// A uniformly random pause of up to five seconds, from the system's randomness.
    Real,
    /// For simulated people: up to so many milliseconds, from a seed.
    Seeded {
        /// The generator.
        rng: Box<rand::rngs::StdRng>,
        /// The longest pause, in milliseconds.
        millis_max: u64,
    },
}

impl Pace {
    /// A pace for simulated people.
    pub fn seeded(seed: u64, millis_max: u64) -> Self {
        Self::Seeded { rng: Box::new(rand::rngs::StdRng::seed_from_u64(seed)), millis_max }
    }

    fn pause(&mut self) -> Duration {
        let millis = match self {
            Self::Real => UnwrapErr(SysRng).random_range(0..=5_000),
            Self::Seeded { rng, millis_max } => rng.random_range(0..=*millis_max),
        };
        Duration::from_millis(millis)
    }
}

/// Starts a client. It ends when the last handle is dropped, or when the hub has turned it away or sealed the record.
pub fn start(enrolled: Enrolled, store: Store, pace: Pace) -> Client {
    let view = View {
        me: enrolled.actor.clone(),
        state: None,
        chain: Chain::default(),
        link: Link::Connecting,
        live: Live::default(),
        paper: Paper::None,
        slips_left: None,
        alarm: None,
        sealed: false,
    };
    let (client, inbox, views) = Client::new(view);
    let (done, finished) = mpsc::channel(8);
    let driver = Driver {
        door: Door::of(&enrolled),
        enrolled,
        store,
        pace,
        replay: Replay::new(),
        snapshot: None,
        link: Link::Connecting,
        live: Live::default(),
        alarm: None,
        sealed: false,
        seal: None,
        seal_asked: None,
        next_ask: 0,
        last_counter: 0,
        on_its_way: None,
        waiting: VecDeque::new(),
        materials: BTreeMap::new(),
        acts: Acts::default(),
        cast_reply: None,
        kept: None,
        slips: None,
        slip_replies: Vec::new(),
        refused_duty: None,
        duty_again: None,
        done,
        finished,
        views,
    };
    tokio::spawn(driver.run(inbox));
    client
}

/// Who waits for the answer to an order.
enum Asker {
    Screen(oneshot::Sender<Result<Done, AskError>>),
    Voter,
}

/// An order that was sent and not answered. It is sent again, unchanged, after a lost connection.
struct OnItsWay {
    ask: u64,
    order: Order,
    command: Command,
    asker: Asker,
}

/// The anonymous acts under way; one of each at most.
#[derive(Default)]
struct Acts {
    registering: bool,
    casting: bool,
    slipping: bool,
}

/// How an anonymous act ended.
enum Finished {
    Registered(BallotId, Result<ToScreen, String>),
    Cast(BallotId, Result<ToScreen, String>),
    Slip(String, Result<ToScreen, String>),
}

struct Driver {
    enrolled: Enrolled,
    door: Door,
    store: Store,
    pace: Pace,
    replay: Replay,
    snapshot: Option<Arc<crate::meeting::State>>,
    link: Link,
    live: Live,
    alarm: Option<Alarm>,
    sealed: bool,
    seal: Option<String>,
    seal_asked: Option<oneshot::Sender<Result<Done, AskError>>>,
    next_ask: u64,
    last_counter: u64,
    on_its_way: Option<OnItsWay>,
    waiting: VecDeque<(Command, Asker)>,
    materials: BTreeMap<u64, (String, MaterialReply)>,
    acts: Acts,
    cast_reply: Option<oneshot::Sender<Result<Done, AskError>>>,
    kept: Option<(BallotId, KeptPaper)>,
    slips: Option<(ItemId, KeptSlips)>,
    slip_replies: Vec<oneshot::Sender<Result<Done, AskError>>>,
    /// The last line at which a duty was refused: it is not tried again before something has changed.
    refused_duty: Option<u64>,
    /// When a duty that the hub's disk refused is tried again, even though nothing has changed.
    duty_again: Option<Instant>,
    done: mpsc::Sender<Finished>,
    finished: mpsc::Receiver<Finished>,
    views: watch::Sender<Arc<View>>,
}

type MaterialReply = oneshot::Sender<Result<Arc<str>, AskError>>;
type Heard = mpsc::Receiver<Result<ToScreen, FrameFault>>;
type Writer = WriteHalf<TlsStream<TcpStream>>;

/// Why a connection's turn is over.
enum Over {
    /// Lost: try again.
    Lost,
    /// Nobody listens any more, or there is nothing more to come.
    Ended,
}

impl Driver {
    async fn run(mut self, mut inbox: mpsc::Receiver<Request>) {
        let mut tries = 0u32;
        let mut since = None;
        loop {
            match come_back(&self.enrolled, self.replay.number()).await {
                Ok(stream) => {
                    (tries, since) = (0, None);
                    self.link = Link::Connected;
                    self.publish();
                    if matches!(self.connected(stream, &mut inbox).await, Over::Ended) {
                        return;
                    }
                }
                Err(ConnectFault::TurnedAway(away)) => {
                    self.link = Link::TurnedAway(away);
                    self.publish();
                    self.refuse_everything(&mut inbox).await;
                    return;
                }
                Err(_) => {}
            }
            // A hub whose record does not hold is not believed again.
            if matches!(self.link, Link::TurnedAway(_)) || matches!(self.alarm, Some(Alarm::Record(_))) {
                self.refuse_everything(&mut inbox).await;
                return;
            }
            let since = *since.get_or_insert_with(Timestamp::now);
            self.link = Link::Lost { since, tries };
            self.publish();
            let pause = RETRY_MILLIS.get(tries as usize).or(RETRY_MILLIS.last()).copied().unwrap_or(1_000);
            tries = tries.saturating_add(1);
            if !self.pause(Duration::from_millis(pause), &mut inbox).await {
                return;
            }
        }
    }

    /// Waits, and meanwhile takes what screens ask and what acts have come to. False: nobody listens any more.
    async fn pause(&mut self, pause: Duration, inbox: &mut mpsc::Receiver<Request>) -> bool {
        let until = Instant::now() + pause;
        loop {
            tokio::select! {
                () = sleep_until(until) => return true,
                request = inbox.recv() => match request {
                    Some(request) => self.take(request, None).await,
                    None => return false,
                },
                Some(finished) = self.finished.recv() => self.act_finished(finished),
            }
        }
    }

    async fn refuse_everything(&mut self, inbox: &mut mpsc::Receiver<Request>) {
        self.on_its_way = None;
        self.waiting.clear();
        self.materials.clear();
        while let Some(request) = inbox.recv().await {
            match request {
                Request::Order(_, reply)
                | Request::Cast(_, reply)
                | Request::Slip(.., reply)
                | Request::Seal(reply) => {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
                Request::Material(_, reply) => {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
        }
    }

    async fn connected(&mut self, stream: TlsStream<TcpStream>, inbox: &mut mpsc::Receiver<Request>) -> Over {
        let (reader, mut writer) = split(stream);
        let (mut heard, _reading) = listen(reader);
        if let Some(on_its_way) = &self.on_its_way {
            let again = ToHub::Order { ask: on_its_way.ask, order: on_its_way.order.clone() };
            if say(&mut writer, &again).await.is_err() {
                return Over::Lost;
            }
        }
        let mut ping = tokio::time::interval(Duration::from_secs(PING_SECONDS));
        ping.tick().await;
        loop {
            self.do_duties();
            let again = self.duty_again;
            if self.send_next(&mut writer).await.is_err() {
                return self.lost();
            }
            tokio::select! {
                frame = heard.recv() => {
                    // What has come together is folded before one picture is made of it.
                    let mut next = Some(frame);
                    while let Some(frame) = next {
                        let Some(Ok(message)) = frame else { return self.lost() };
                        if !self.hear(message, &mut writer).await {
                            return if self.sealed { Over::Ended } else { self.lost() };
                        }
                        next = heard.try_recv().ok().map(Some);
                    }
                    self.refresh();
                }
                request = inbox.recv() => match request {
                    Some(request) => self.take(request, Some(&mut writer)).await,
                    None => return Over::Ended,
                },
                Some(finished) = self.finished.recv() => self.act_finished(finished),
                () = sleep_until(again.unwrap_or_else(Instant::now)), if again.is_some() => {
                    (self.duty_again, self.refused_duty) = (None, None);
                }
                _ = ping.tick() => if say(&mut writer, &ToHub::Ping).await.is_err() { return self.lost(); },
            }
        }
    }

    fn lost(&mut self) -> Over {
        for (_, (_, reply)) in std::mem::take(&mut self.materials) {
            let _ = reply.send(Err(AskError::NotConnected));
        }
        if let Some(reply) = self.seal_asked.take() {
            let _ = reply.send(Err(AskError::NotConnected));
        }
        Over::Lost
    }

    // ---- what the hub says --------------------------------------------------------------------------------------

    /// False: the connection is over.
    async fn hear(&mut self, message: ToScreen, writer: &mut Writer) -> bool {
        match message {
            ToScreen::Lines { lines } => {
                if !self.follow(&lines) {
                    return false;
                }
            }
            ToScreen::Live(live) => self.live = live,
            ToScreen::Answer { ask, answer } => self.answered(ask, answer),
            ToScreen::SealReady { seal } => {
                self.refresh();
                self.seal = Some(seal);
                if self.seal_asked.is_some() && self.sign_seal(writer).await.is_err() {
                    return false;
                }
            }
            ToScreen::Sealed => {
                self.sealed = true;
                self.publish();
                return false;
            }
            ToScreen::TurnedAway(away) => {
                self.link = Link::TurnedAway(away);
                self.publish();
                return false;
            }
            ToScreen::Pong => return true,
            ToScreen::Welcome { .. }
            | ToScreen::Registered
            | ToScreen::SlipTaken
            | ToScreen::Receipt(_)
            | ToScreen::ActRefused(_) => return false,
        }
        true
    }

    /// Makes a new picture of the record, if there is more of it, and shows it.
    fn refresh(&mut self) {
        let known = self.snapshot.as_ref().map(|state| state.line);
        if self.replay.state().map(|state| state.line) != known {
            self.snapshot = self.replay.state().cloned().map(Arc::new);
            self.load_paper();
            self.answer_late_cast();
        }
        self.publish();
    }

    /// Each line is checked as it comes; a record that does not hold is an alarm, and nothing after it is believed.
    fn follow(&mut self, lines: &[String]) -> bool {
        for line in lines {
            if let Err(fault) = self.replay.read(line) {
                self.alarm = Some(Alarm::Record(fault.to_string()));
                self.publish();
                return false;
            }
        }
        true
    }

    /// The kept paper of the round on the floor.
    fn load_paper(&mut self) {
        let Some(state) = &self.snapshot else { return };
        if let Some((item, ..)) = state.current_review()
            && self.slips.as_ref().is_none_or(|(held, _)| *held != item.id)
        {
            self.slips = self.store.slips(&item.id).map(|slips| (item.id.clone(), slips));
        }
        let round = self.enrolled.actor.seat().and_then(|seat| state.round_of(seat));
        let Some(round) = round else { return };
        let ballot = &round.issue.ballot;
        if self.kept.as_ref().is_none_or(|(held, _)| held != ballot) {
            self.kept = self.store.paper(ballot).map(|paper| (ballot.clone(), paper));
        }
    }

    fn answered(&mut self, ask: u64, answer: Answer) {
        if let Some((path, reply)) = self.materials.remove(&ask) {
            let _ = reply.send(self.material(&path, answer));
            return;
        }
        let Some(on_its_way) = self.on_its_way.take_if(|on_its_way| on_its_way.ask == ask) else {
            if let Some(reply) = self.seal_asked.take() {
                let _ = reply.send(done(answer));
            }
            return;
        };
        match on_its_way.asker {
            Asker::Screen(reply) => {
                let _ = reply.send(done(answer));
            }
            Asker::Voter => self.duty_answered(&on_its_way.command, answer),
        }
    }

    fn material(&self, path: &str, answer: Answer) -> Result<Arc<str>, AskError> {
        let text = match answer {
            Answer::Material { text } => text,
            other => return Err(done(other).err().unwrap_or(AskError::NotConnected)),
        };
        let state = self.snapshot.as_ref().ok_or(AskError::NotConnected)?;
        let known = state.frozen.materials.iter().find(|material| material.path == path);
        if known.is_some_and(|material| material.hash == sha256_hex(text.as_bytes())) {
            Ok(text.into())
        } else {
            Err(AskError::Fault(format!("materials/{path} is not the one in the record")))
        }
    }

    // ---- what the screen asks -----------------------------------------------------------------------------------

    async fn take(&mut self, request: Request, writer: Option<&mut Writer>) {
        match request {
            Request::Order(command, reply) => {
                // Somebody at a screen is told that there is no connection; orders already given are kept.
                if writer.is_some() {
                    self.waiting.push_back((command, Asker::Screen(reply)));
                } else {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
            Request::Cast(choices, reply) => self.cast(&choices, reply),
            Request::Slip(kind, official, text, reply) => self.write_slip(kind, &official, &text, reply),
            Request::Material(path, reply) => {
                self.next_ask += 1;
                let ask = ToHub::Material { ask: self.next_ask, path: path.clone() };
                let said = match writer {
                    Some(writer) => say(writer, &ask).await.is_ok(),
                    None => false,
                };
                if said {
                    self.materials.insert(self.next_ask, (path, reply));
                } else {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
            }
            Request::Seal(reply) => {
                self.seal_asked = Some(reply);
                if let (Some(writer), true) = (writer, self.seal.is_some()) {
                    let _ = self.sign_seal(writer).await;
                }
            }
        }
    }

    /// The seal is signed only over the record that this screen has followed to its end.
    async fn sign_seal(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        let body = self.seal.as_ref().and_then(|text| serde_json::from_str::<SealBody>(text).ok());
        let ended = self.snapshot.as_ref().is_some_and(|state| state.phase == Phase::Ended);
        let mine = body.filter(|body| {
            ended
                && body.session == self.enrolled.session
                && body.head == self.replay.hash()
                && body.lines == self.replay.number()
        });
        let Some(body) = mine else {
            if let Some(reply) = self.seal_asked.take() {
                let says = "the seal is not over the record that this screen knows".to_owned();
                let _ = reply.send(Err(AskError::Fault(says)));
            }
            return Ok(());
        };
        self.next_ask += 1;
        let signature = body.sign(self.enrolled.actor.clone(), &self.enrolled.identity).signature;
        say(writer, &ToHub::SealSignature { ask: self.next_ask, signature }).await
    }

    /// Gives the next order, if none is on its way.
    async fn send_next(&mut self, writer: &mut Writer) -> Result<(), FrameFault> {
        if self.on_its_way.is_some() || self.snapshot.is_none() {
            return Ok(());
        }
        let Some((command, asker)) = self.waiting.pop_front() else { return Ok(()) };
        let recorded = self
            .snapshot
            .as_ref()
            .and_then(|state| state.orders.get(&self.enrolled.actor))
            .map_or(0, |last| last.counter);
        self.last_counter = self.last_counter.max(recorded) + 1;
        let (session, actor) = (&self.enrolled.session, self.enrolled.actor.clone());
        let order = self.enrolled.identity.order(session, actor, self.last_counter, &command);
        match order {
            Ok(order) => {
                self.next_ask += 1;
                let ask = self.next_ask;
                let message = ToHub::Order { ask, order: order.clone() };
                self.on_its_way = Some(OnItsWay { ask, order, command, asker });
                say(writer, &message).await
            }
            Err(fault) => {
                if let Asker::Screen(reply) = asker {
                    let _ = reply.send(Err(AskError::Fault(fault.to_string())));
                }
                Ok(())
            }
        }
    }

    // ---- the voter's duties -------------------------------------------------------------------------------------

    fn do_duties(&mut self) {
        let Some(state) = self.snapshot.clone() else { return };
        let voter_busy = self.on_its_way.as_ref().is_some_and(|order| matches!(order.asker, Asker::Voter))
            || self.waiting.iter().any(|(_, asker)| matches!(asker, Asker::Voter));
        if voter_busy || self.refused_duty == Some(state.line) {
            return;
        }
        let kept = self.kept.as_ref().map(|(_, paper)| paper);
        let Some(duty) = voter::next_duty(&state, &self.enrolled.actor, kept) else {
            return self.do_slip_duty(&state);
        };
        match duty {
            Duty::Take(ballot) => match self.take_paper(&ballot) {
                Ok(Some(command)) => self.waiting.push_back((command, Asker::Voter)),
                Ok(None) => {}
                Err(says) => self.stop_duties(state.line, Alarm::Hub(says)),
            },
            Duty::Ask(command) | Duty::Confirm(command) => {
                self.waiting.push_back((command, Asker::Voter));
            }
            Duty::Objection(alarm, command) => {
                if self.alarm.as_ref() != Some(&alarm) {
                    self.alarm = Some(alarm);
                    self.waiting.push_back((command, Asker::Voter));
                }
                self.refused_duty = Some(state.line);
                self.publish();
            }
            Duty::Register(act) => self.register(act),
            Duty::Return(act) => self.send_ballot(act),
        }
    }

    fn do_slip_duty(&mut self, state: &crate::meeting::State) {
        let kept = self.slips.as_ref().map(|(_, slips)| slips);
        match slips::next_duty(state, &self.enrolled.actor, kept) {
            None => {}
            Some(SlipDuty::Take(item, count)) => {
                let made = KeptSlips::fresh(count, &mut UnwrapErr(SysRng)).map_err(|error| error.to_string());
                let kept = made.and_then(|made| {
                    self.store.keep_slips(&item, &made).map_err(|error| error.to_string())?;
                    Ok(made)
                });
                match kept {
                    Ok(made) => {
                        self.waiting.extend(made.ask(&item).map(|command| (command, Asker::Voter)));
                        self.slips = Some((item, made));
                    }
                    Err(says) => self.stop_duties(state.line, Alarm::Hub(says)),
                }
            }
            Some(SlipDuty::Ask(command)) => self.waiting.push_back((command, Asker::Voter)),
            Some(SlipDuty::Send(act)) => self.send_slip(act),
        }
    }

    /// What is written is durable before it is sent.
    fn write_slip(
        &mut self,
        kind: SlipKind,
        official: &OfficialId,
        text: &str,
        reply: oneshot::Sender<Result<Done, AskError>>,
    ) {
        match self.keep_slip(kind, official, text) {
            Ok(()) => {
                self.slip_replies.push(reply);
                self.publish();
            }
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    fn keep_slip(&mut self, kind: SlipKind, official: &OfficialId, text: &str) -> Result<(), AskError> {
        let (item, slips) = self.slips.as_mut().ok_or(AskError::Refused(Refusal::NoSlips))?;
        let mut written = slips.clone();
        written.write(kind, official, text).map_err(AskError::Refused)?;
        self.store.keep_slips(item, &written).map_err(|error| AskError::Disk(error.to_string()))?;
        *slips = written;
        Ok(())
    }

    fn send_slip(&mut self, act: Anonymous) {
        let Anonymous::Slip { slip, .. } = &act else { return };
        if self.acts.slipping {
            return;
        }
        self.acts.slipping = true;
        let (door, done, key) = (self.door.clone(), self.done.clone(), slip.key.clone());
        tokio::spawn(async move {
            let answer = door.act(&act).await.map_err(|fault| fault.to_string());
            if !matches!(answer, Ok(ToScreen::SlipTaken)) {
                sleep(Duration::from_millis(500)).await;
            }
            let _ = done.send(Finished::Slip(key, answer)).await;
        });
    }

    fn slip_finished(&mut self, key: &str, answer: Result<ToScreen, String>) {
        let result = match answer {
            Ok(ToScreen::SlipTaken) => Ok(Done::default()),
            Ok(ToScreen::ActRefused(WrongAnswer::Disk { .. })) | Err(_) => return,
            Ok(ToScreen::ActRefused(wrong)) => Err(AskError::Fault(wrong.to_string())),
            Ok(_) => Err(AskError::Fault("an answer to another question".to_owned())),
        };
        if let Some((item, slips)) = &mut self.slips {
            slips.spend(key);
            let _ = self.store.keep_slips(item, slips);
        }
        if !self.slip_replies.is_empty() {
            let _ = self.slip_replies.remove(0).send(result);
        }
    }

    fn stop_duties(&mut self, line: u64, alarm: Alarm) {
        self.alarm = Some(alarm);
        self.refused_duty = Some(line);
        self.publish();
    }

    /// Credential and blind are durable before anything is asked.
    fn take_paper(&mut self, ballot: &BallotId) -> Result<Option<Command>, String> {
        let paper = KeptPaper::fresh(&mut UnwrapErr(SysRng)).map_err(|error| error.to_string())?;
        self.store.keep_paper(ballot, &paper).map_err(|error| error.to_string())?;
        let command = paper.ask(ballot);
        self.kept = Some((ballot.clone(), paper));
        Ok(command)
    }

    fn duty_answered(&mut self, command: &Command, answer: Answer) {
        let line = self.snapshot.as_ref().map_or(0, |state| state.line);
        match (command, answer) {
            (Command::RequestSlips { .. }, Answer::Done { issued, .. }) => {
                let review = self.replay.state().and_then(|state| state.current_review());
                let issuer = review.and_then(|(_, _, review)| review.slip_issuer.clone());
                let Some((issuer, (item, slips))) = issuer.zip(self.slips.as_mut()) else { return };
                let taken = slips.take(&issued, &issuer).map_err(|error| error.to_string());
                let kept = taken.and_then(|()| self.store.keep_slips(item, slips).map_err(|e| e.to_string()));
                if let Err(says) = kept {
                    self.stop_duties(line, Alarm::Hub(says));
                }
                self.publish();
            }
            (Command::RequestPaper { ballot, .. }, Answer::Done { issued, .. }) => {
                let Some(answer) = issued.into_iter().next() else { return };
                let Some(state) = self.replay.state() else { return };
                let round = state.round(ballot).map(|(_, round)| round);
                let Some((round, (_, kept))) = round.zip(self.kept.as_mut()) else { return };
                let taken = kept.take(&answer, round).map_err(|error| error.to_string());
                let kept = kept.clone();
                let stored =
                    taken.and_then(|()| self.store.keep_paper(ballot, &kept).map_err(|e| e.to_string()));
                if let Err(says) = stored {
                    self.stop_duties(line, Alarm::Hub(says));
                }
            }
            (_, Answer::Done { .. }) => {}
            (_, Answer::Wrong(WrongAnswer::Disk { .. })) => {
                self.refused_duty = Some(line);
                self.duty_again = Some(Instant::now() + Duration::from_millis(AGAIN_MILLIS));
            }
            // Too late, most likely: the record will say what is next.
            (_, _) => self.refused_duty = Some(line),
        }
    }

    fn register(&mut self, act: Anonymous) {
        let Anonymous::Register { ballot, .. } = &act else { return };
        if self.acts.registering {
            return;
        }
        self.acts.registering = true;
        let (door, done, pause, ballot) =
            (self.door.clone(), self.done.clone(), self.pace.pause(), ballot.clone());
        tokio::spawn(async move {
            sleep(pause).await;
            let answer = door.act(&act).await.map_err(|fault| fault.to_string());
            if !matches!(answer, Ok(ToScreen::Registered)) {
                sleep(Duration::from_millis(AGAIN_MILLIS)).await;
            }
            let _ = done.send(Finished::Registered(ballot, answer)).await;
        });
    }

    fn cast(&mut self, choices: &[usize], reply: oneshot::Sender<Result<Done, AskError>>) {
        match self.seal_ballot(choices) {
            Ok(act) => {
                self.cast_reply = Some(reply);
                self.send_ballot(act);
                self.publish();
            }
            Err(error) => {
                let _ = reply.send(Err(error));
            }
        }
    }

    /// The encrypted ballot is durable before it is sent; the choices are not kept at all.
    fn seal_ballot(&mut self, choices: &[usize]) -> Result<Anonymous, AskError> {
        let state = self.snapshot.clone().ok_or(AskError::NotConnected)?;
        let fault = |says: String| AskError::Fault(says);
        let round = self.enrolled.actor.seat().and_then(|seat| state.round_of(seat));
        let round = round.ok_or_else(|| fault("there is no ballot on the floor".to_owned()))?;
        let view = voter::paper(
            &state,
            &self.enrolled.actor,
            self.kept.as_ref().map(|(_, paper)| paper),
            self.acts.casting,
        );
        if view != Paper::Open {
            return Err(fault("this paper cannot be returned now".to_owned()));
        }
        let ballot = &round.issue.ballot;
        let Some((_, kept)) = self.kept.as_mut().filter(|(held, _)| held == ballot) else {
            return Err(fault("there is no paper here".to_owned()));
        };
        let mut paper = kept.clone();
        paper.seal(round, choices, &mut UnwrapErr(SysRng)).map_err(fault)?;
        self.store.keep_paper(ballot, &paper).map_err(|error| fault(error.to_string()))?;
        let act = paper.cast(ballot).ok_or_else(|| fault("the ballot could not be kept".to_owned()))?;
        *kept = paper;
        Ok(act)
    }

    fn send_ballot(&mut self, act: Anonymous) {
        let Anonymous::Cast { ballot, .. } = &act else { return };
        if self.acts.casting {
            return;
        }
        self.acts.casting = true;
        let (door, done, ballot) = (self.door.clone(), self.done.clone(), ballot.clone());
        tokio::spawn(async move {
            let answer = door.act(&act).await.map_err(|fault| fault.to_string());
            if !matches!(answer, Ok(ToScreen::Receipt(_))) {
                sleep(Duration::from_millis(AGAIN_MILLIS)).await;
            }
            let _ = done.send(Finished::Cast(ballot, answer)).await;
        });
    }

    fn act_finished(&mut self, finished: Finished) {
        match finished {
            Finished::Registered(ballot, answer) => {
                self.acts.registering = false;
                if let Ok(ToScreen::Registered) = answer {
                    self.change_paper(&ballot, |kept| kept.registered = true);
                } else if let Ok(ToScreen::ActRefused(WrongAnswer::Token)) = answer {
                    let line = self.snapshot.as_ref().map_or(0, |state| state.line);
                    self.stop_duties(line, Alarm::Hub("the hub refuses a token that it issued".to_owned()));
                }
            }
            Finished::Slip(key, answer) => {
                self.acts.slipping = false;
                self.slip_finished(&key, answer);
            }
            Finished::Cast(ballot, answer) => {
                self.acts.casting = false;
                self.cast_finished(&ballot, answer);
            }
        }
        self.publish();
    }

    fn cast_finished(&mut self, ballot: &BallotId, answer: Result<ToScreen, String>) {
        let reply = |driver: &mut Self, result| {
            if let Some(reply) = driver.cast_reply.take() {
                let _ = reply.send(result);
            }
        };
        match answer {
            Ok(ToScreen::Receipt(receipt)) => {
                let state = self.snapshot.clone();
                let round = state.as_ref().and_then(|state| Some((state, state.round(ballot)?.1)));
                let genuine = round
                    .zip(self.kept.as_ref())
                    .is_some_and(|((state, round), (_, kept))| kept.is_receipt(&receipt, state, round));
                if genuine {
                    self.change_paper(ballot, |kept| kept.receipt = Some(receipt));
                    reply(self, Ok(Done::default()));
                } else {
                    let says = "the hub's receipt for the ballot does not hold".to_owned();
                    self.alarm = Some(Alarm::Hub(says.clone()));
                    reply(self, Err(AskError::Fault(says)));
                }
            }
            Ok(ToScreen::ActRefused(WrongAnswer::Disk { says })) => {
                // Kept, and tried again by itself.
                reply(self, Err(AskError::Disk(says)));
            }
            // The hub is behind this record, or the meeting pauses: it goes again, and the box tells in the end.
            Ok(ToScreen::ActRefused(WrongAnswer::NotOpen)) => self.answer_late_cast(),
            Ok(ToScreen::ActRefused(wrong)) => {
                // It will not be taken as it is: the paper can be marked afresh while voting is open.
                if wrong == WrongAnswer::SecondBallot {
                    // Somebody has used this credential, or this terminal was set back to an older state.
                    let line = self.snapshot.as_ref().map_or(0, |state| state.line);
                    self.stop_duties(line, Alarm::Hub(wrong.to_string()));
                } else {
                    self.change_paper(ballot, |kept| {
                        kept.sealed = None;
                        kept.hash = None;
                    });
                }
                reply(self, Err(AskError::Fault(wrong.to_string())));
            }
            // Not known whether it arrived: the same bytes go again, and the same receipt comes back.
            Ok(_) | Err(_) => self.answer_late_cast(),
        }
    }

    /// Whoever waits for a ballot that was on its way when voting ended is told what the fixed box tells.
    fn answer_late_cast(&mut self) {
        if self.acts.casting || self.cast_reply.is_none() {
            return;
        }
        let (Some(state), Some((ballot, kept))) = (&self.snapshot, &self.kept) else { return };
        let round = state.round(ballot).map(|(_, round)| round);
        let open = round.is_some_and(|round| {
            kept.sealed.is_some() && matches!(round.phase, RoundPhase::Voting | RoundPhase::Sealing)
        });
        if open && state.phase != Phase::Ended {
            return;
        }
        let hash = round.zip(kept.hash.as_ref());
        let is_in = hash.is_some_and(|(round, hash)| round.ballots.binary_search(hash).is_ok());
        let answer =
            if is_in { Ok(Done::default()) } else { Err(AskError::Fault(WrongAnswer::NotOpen.to_string())) };
        if let Some(reply) = self.cast_reply.take() {
            let _ = reply.send(answer);
        }
    }

    fn change_paper(&mut self, ballot: &BallotId, change: impl FnOnce(&mut KeptPaper)) {
        let Some((_, kept)) = self.kept.as_mut().filter(|(held, _)| held == ballot) else { return };
        change(kept);
        let kept = kept.clone();
        if let Err(error) = self.store.keep_paper(ballot, &kept) {
            self.alarm = Some(Alarm::Hub(error.to_string()));
        }
    }

    // ---- what is shown ------------------------------------------------------------------------------------------

    fn publish(&mut self) {
        let seat: Option<&SeatId> = self.enrolled.actor.seat();
        let kept = self.kept.as_ref().map(|(_, paper)| paper);
        let casting = self.acts.casting || self.cast_reply.is_some();
        let paper = match (&self.snapshot, seat) {
            (Some(state), Some(_)) => voter::paper(state, &self.enrolled.actor, kept, casting),
            _ => Paper::None,
        };
        let chain = Chain { number: self.replay.number(), hash: self.replay.hash().to_owned() };
        self.views.send_replace(Arc::new(View {
            me: self.enrolled.actor.clone(),
            state: self.snapshot.clone(),
            chain,
            link: self.link.clone(),
            live: self.live.clone(),
            paper,
            slips_left: self
                .slips
                .as_ref()
                .filter(|(_, slips)| slips.is_issued())
                .map(|(_, slips)| slips.left()),
            alarm: self.alarm.clone(),
            sealed: self.sealed,
        }));
    }
}

fn done(answer: Answer) -> Result<Done, AskError> {
    match answer {
        Answer::Done { line, code, .. } => Ok(Done { line, code }),
        Answer::Refused(refusal) => Err(AskError::Refused(refusal)),
        Answer::Wrong(WrongAnswer::Disk { says }) => Err(AskError::Disk(says)),
        Answer::Wrong(wrong) => Err(AskError::Fault(wrong.to_string())),
        Answer::Material { .. } => Err(AskError::Fault("an answer to another question".to_owned())),
    }
}

async fn say(writer: &mut Writer, message: &ToHub) -> Result<(), FrameFault> {
    write_frame(writer, message, TO_HUB_BYTES_MAX).await
}

/// Frames as they come, read beside everything else: one that has begun to arrive is never torn. The reading ends with
/// what is returned, and the connection with it.
fn listen(mut reader: ReadHalf<TlsStream<TcpStream>>) -> (Heard, JoinSet<()>) {
    let (heard, inbox) = mpsc::channel(4);
    let mut reading = JoinSet::new();
    reading.spawn(async move {
        loop {
            let silence = Duration::from_secs(SILENCE_SECONDS_MAX);
            let frame = tokio::time::timeout(silence, read_frame(&mut reader, TO_SCREEN_BYTES_MAX)).await;
            let Ok(frame) = frame else { return };
            let last = frame.is_err();
            if heard.send(frame).await.is_err() || last {
                return;
            }
        }
    });
    (inbox, reading)
}
