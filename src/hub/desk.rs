//! The one task that owns the meeting and its journal. Everybody else sends it messages; it takes those that have
//! arrived together, decides, makes lines and ballots durable with one sync, and only then answers and publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, Unit};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::sync::{mpsc, oneshot, watch};

use super::ballot_box::BallotBox;
use super::codes::CodeBook;
use super::ledger::{Hidden, Ledger, Published};
use super::scrutiny::Parts;
use super::sealing::{OfSeal, Told};
use super::vault::{Keys, Papers, Slips, Vault};
use crate::archive;
use crate::ballot::{
    self, BallotHash, CheckedBallot, Dealing, Issuer, PartialDecryption, PublicCredential, ShareProof,
    SignedRequest, Token,
};
use crate::journal::{Body, Journal, Line, Replay};
use crate::meeting::{
    Actor, BallotId, Command, Event, ItemId, Order, PaperAsked, SlipAct, Stage, State, decide,
};
use crate::plan::SessionFolder;
use crate::wire::code::SeatCode;
use crate::wire::live::Strangers;
use crate::wire::proof::{self, End, Exporter};
use crate::wire::{Answer, Live, Receipt, ToScreen, TurnedAway, WrongAnswer};

/// The system's randomness.
pub(super) type SystemRng = UnwrapErr<SysRng>;

/// How many messages are taken together, at most: they share one sync.
const BATCH_MAX: usize = 256;

/// The pause before the hub tries again what its disk, or a rule, did not let it do.
const AGAIN_MILLIS: u64 = 1_000;

/// What connections send to the desk.
pub(super) enum Message {
    /// A hello with a code.
    Enrol {
        key: String,
        proof: String,
        exporter: Exporter,
        reply: oneshot::Sender<Result<Welcome, TurnedAway>>,
    },
    /// A hello with a key; the newest connection of a screen is the one that counts.
    Connect {
        actor: Actor,
        signature: String,
        exporter: Exporter,
        kick: oneshot::Sender<TurnedAway>,
        reply: oneshot::Sender<Result<u64, TurnedAway>>,
    },
    /// A connection has ended.
    Disconnect { actor: Actor, connection: u64 },
    /// A signed command.
    Order { from: Actor, order: Order, reply: oneshot::Sender<Answer> },
    /// An anonymous registration.
    Register {
        ballot: BallotId,
        credential: PublicCredential,
        token: Token,
        reply: oneshot::Sender<ToScreen>,
    },
    /// Whether a ballot came back under this credential, asked by whoever holds it before its proofs are checked.
    Returned {
        ballot: BallotId,
        credential: PublicCredential,
        hash: BallotHash,
        reply: oneshot::Sender<Option<ToScreen>>,
    },
    /// An anonymous ballot, checked in full.
    Cast {
        ballot: BallotId,
        checked: Box<CheckedBallot>,
        bytes: Vec<u8>,
        receipt: Option<Receipt>,
        reply: oneshot::Sender<ToScreen>,
    },
    /// What a scrutineer deals; answered when all have.
    Dealing { from: Actor, ceremony: u32, dealing: Box<Dealing>, reply: oneshot::Sender<Answer> },
    /// The public part of a share.
    Share { from: Actor, ceremony: u32, proof: Box<ShareProof>, reply: oneshot::Sender<Answer> },
    /// A scrutineer's terminal wants to see a fixed box.
    Ballots { from: Actor, ballot: BallotId, first: u32, reply: oneshot::Sender<Answer> },
    /// A scrutineer's factors.
    Factors { from: Actor, ballot: BallotId, factors: String, reply: oneshot::Sender<Answer> },
    /// An act of an anonymous slip.
    Slip { item: ItemId, act: Box<SlipAct>, reply: oneshot::Sender<ToScreen> },
    /// The moment at which slips are published.
    Tick,
    /// Something about the seal.
    Seal { from: Actor, said: OfSeal, reply: oneshot::Sender<Answer> },
    /// The random pause after the last ballot is over.
    AnnounceAll { ballot: BallotId },
    /// What could not be made durable, or done by rule, is tried again.
    Again,
    /// The hub is to end.
    Stop,
}

/// An enrolment that was accepted.
pub(super) struct Welcome {
    pub actor: Actor,
    pub proof: String,
}

/// What every connection reads.
#[derive(Clone)]
pub(super) struct Notices {
    /// The durable lines.
    pub ledger: Ledger,
    /// What is no part of the record.
    pub live: watch::Sender<Live>,
    /// The elections that take ballots now.
    pub elections: watch::Sender<BTreeMap<BallotId, Arc<ballot::Setup>>>,
    /// How the seal stands.
    pub seal: watch::Sender<SealState>,
    /// Who knocks without being let in.
    pub strangers: watch::Sender<Option<Strangers>>,
}

/// How the seal stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum SealState {
    /// The meeting has not ended.
    #[default]
    NotYet,
    /// To be signed, and signed so far.
    Ready(Arc<Told>),
    /// Done.
    Sealed,
}

type Afterwards = Box<dyn FnOnce(Result<(), &str>) + Send>;

/// The meeting's owner.
pub(super) struct Desk {
    pub folder: SessionFolder,
    pub vault: Vault,
    pub keys: Keys,
    pub codes: CodeBook,
    pub journal: Journal,
    pub replay: Replay,
    pub notices: Notices,
    /// To itself, for what follows after a pause.
    pub own: mpsc::WeakSender<Message>,
    pub runtime: tokio::runtime::Handle,
    pub(super) papers: BTreeMap<BallotId, Papers>,
    pub(super) boxes: BTreeMap<BallotId, BallotBox>,
    pub(super) papers_changed: BTreeSet<BallotId>,
    pub(super) slips: Option<(ItemId, Slips)>,
    pub(super) ceremony: Parts,
    pub(super) factors: BTreeMap<BallotId, BTreeMap<u32, PartialDecryption>>,
    pub(super) ticked: bool,
    pub(super) connections: BTreeMap<Actor, (u64, oneshot::Sender<TurnedAway>)>,
    next_connection: u64,
    batch: Vec<Published>,
    afterwards: Vec<Afterwards>,
    codes_changed: bool,
    pub(super) disk_trouble: Option<String>,
    pub(super) all_announced: Option<BallotId>,
    pub(super) all_pending: Option<BallotId>,
    /// The seal while it is being signed, and whether some of it is not durable yet.
    pub(super) sealing: Option<archive::Transcript>,
    pub(super) seal_changed: bool,
    again_pending: bool,
    /// Whether something could not be made durable, so that it is not known which files of the vault are.
    vault_doubtful: bool,
    revoked: Vec<Actor>,
}

impl Desk {
    pub fn new(
        (folder, vault, keys, codes): (SessionFolder, Vault, Keys, CodeBook),
        (journal, replay): (Journal, Replay),
        notices: Notices,
        own: mpsc::WeakSender<Message>,
    ) -> Self {
        Self {
            folder,
            vault,
            keys,
            codes,
            journal,
            replay,
            notices,
            own,
            runtime: tokio::runtime::Handle::current(),
            papers: BTreeMap::new(),
            boxes: BTreeMap::new(),
            papers_changed: BTreeSet::new(),
            slips: None,
            ceremony: Parts::default(),
            factors: BTreeMap::new(),
            ticked: false,
            connections: BTreeMap::new(),
            next_connection: 0,
            batch: Vec::new(),
            afterwards: Vec::new(),
            codes_changed: false,
            disk_trouble: None,
            all_announced: None,
            all_pending: None,
            sealing: None,
            seal_changed: false,
            again_pending: false,
            vault_doubtful: false,
            revoked: Vec::new(),
        }
    }

    /// Works until it is stopped or the record is sealed; `ready` is told when it has caught up with its record. Blocks: it
    /// has a thread of its own.
    pub fn run(mut self, mut inbox: mpsc::Receiver<Message>, ready: oneshot::Sender<()>) {
        self.settle();
        let _ = ready.send(());
        while let Some(first) = inbox.blocking_recv() {
            let mut next = Some(first);
            let mut taken = 0;
            while let Some(message) = next {
                if matches!(message, Message::Stop) {
                    self.settle();
                    return;
                }
                self.take(message);
                taken += 1;
                next = if taken < BATCH_MAX { inbox.try_recv().ok() } else { None };
            }
            self.settle();
            if *self.notices.seal.borrow() == SealState::Sealed {
                return;
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Enrol { key, proof, exporter, reply } => {
                let result = self.enrol(&key, &proof, &exporter);
                self.after(move |durable| {
                    let _ = reply.send(result.and_then(|welcome| match durable {
                        Ok(()) => Ok(welcome),
                        Err(_) => Err(TurnedAway::Disk),
                    }));
                });
            }
            Message::Connect { actor, signature, exporter, kick, reply } => {
                let _ = reply.send(self.connect(actor, &signature, &exporter, kick));
            }
            Message::Disconnect { actor, connection } => {
                if self.connections.get(&actor).is_some_and(|(newest, _)| *newest == connection) {
                    self.connections.remove(&actor);
                }
            }
            Message::Order { from, order, reply } => {
                let answer = self.order(&from, order);
                self.after(move |durable| {
                    let _ = reply.send(answered(durable, answer));
                });
            }
            Message::Register { ballot, credential, token, reply } => {
                let answer = self.register(&ballot, credential, token);
                self.after(move |durable| {
                    let answer = durable.map_err(disk).and(answer);
                    let _ = reply.send(answer.map_or_else(ToScreen::ActRefused, |()| ToScreen::Registered));
                });
            }
            Message::Dealing { from, ceremony, dealing, reply } => {
                self.deal(&from, ceremony, *dealing, reply);
            }
            Message::Share { from, ceremony, proof, reply } => {
                let _ = reply.send(self.take_share(&from, ceremony, *proof));
            }
            Message::Ballots { from, ballot, first, reply } => {
                let _ = reply.send(self.show_box(&from, &ballot, first));
            }
            Message::Factors { from, ballot, factors, reply } => {
                let _ = reply.send(self.take_factors(&from, &ballot, factors));
            }
            Message::Returned { ballot, credential, hash, reply } => {
                let answer = self.returned(&ballot, &credential, &hash);
                self.after(move |durable| {
                    let answer = answer.map(|answer| durable.map_err(disk).and(answer));
                    let screen =
                        |answer: Result<_, _>| answer.map_or_else(ToScreen::ActRefused, ToScreen::Receipt);
                    let _ = reply.send(answer.map(screen));
                });
            }
            Message::Cast { ballot, checked, bytes, receipt, reply } => {
                let answer = self.cast(&ballot, *checked, &bytes, receipt.as_ref());
                self.after(move |durable| {
                    let answer = durable.map_err(disk).and(answer);
                    let _ = reply.send(answer.map_or_else(ToScreen::ActRefused, ToScreen::Receipt));
                });
            }
            Message::Slip { item, act, reply } => {
                let answer = self.take_slip(&item, *act);
                let _ = reply.send(answer.map_or_else(ToScreen::ActRefused, |()| ToScreen::SlipTaken));
            }
            Message::Tick => self.ticked = true,
            Message::Seal { from, said, reply } => {
                let answer = self.of_seal(&from, said);
                self.after(move |durable| {
                    let _ = reply.send(answered(durable, answer));
                });
            }
            Message::AnnounceAll { ballot } => self.all_announced = Some(ballot),
            Message::Again => self.again_pending = false,
            Message::Stop => {}
        }
    }

    fn after(&mut self, afterwards: impl FnOnce(Result<(), &str>) + Send + 'static) {
        self.afterwards.push(Box::new(afterwards));
    }

    /// The state after everything decided so far, durable or about to be.
    pub(super) fn state(&self) -> Option<&State> {
        self.replay.state()
    }

    // ---- who is there -------------------------------------------------------------------------------------------

    fn enrol(&mut self, key: &str, given: &str, exporter: &Exporter) -> Result<Welcome, TurnedAway> {
        let slip = self
            .codes
            .slips()
            .find(|(_, digest, _)| proof::same(&proof::of_code(digest, End::Terminal, exporter, key), given));
        let (seat, digest, _) = slip.ok_or(TurnedAway::WrongCode)?;
        let actor = Actor::from(seat);
        let welcome =
            Welcome { actor: actor.clone(), proof: proof::of_code(digest, End::Hub, exporter, key) };
        let enrolled = self.state().and_then(|state| state.keys.get(&actor));
        match enrolled {
            // The terminal had lost the answer and asks again.
            Some(enrolled) if enrolled == key => return Ok(welcome),
            Some(_) => return Err(TurnedAway::UsedCode),
            None => {}
        }
        let command = Command::Enrol { who: actor.clone(), key: key.to_owned() };
        match self.by_rule(&command) {
            Ok(()) => {
                let _ = self.codes.mark_used(&actor.to_string());
                self.codes_changed = true;
                Ok(welcome)
            }
            Err(_) => Err(TurnedAway::UsedCode),
        }
    }

    fn connect(
        &mut self,
        actor: Actor,
        signature: &str,
        exporter: &Exporter,
        kick: oneshot::Sender<TurnedAway>,
    ) -> Result<u64, TurnedAway> {
        let state = self.state().ok_or(TurnedAway::OtherMeeting)?;
        let key = state.keys.get(&actor).ok_or(TurnedAway::KeyRevoked)?;
        let text = proof::connect_text(state.session(), &actor, exporter);
        if !crate::meeting::order::verify(key, &text, signature) {
            return Err(TurnedAway::KeyRevoked);
        }
        self.next_connection += 1;
        let connection = self.next_connection;
        if let Some((_, older)) = self.connections.insert(actor, (connection, kick)) {
            let _ = older.send(TurnedAway::SeatTaken);
        }
        Ok(connection)
    }

    // ---- orders -------------------------------------------------------------------------------------------------

    fn order(&mut self, from: &Actor, order: Order) -> Answer {
        let wrong = |says: String| Answer::Wrong(WrongAnswer::Order { says });
        let Some(state) = self.state() else { return wrong("there is no meeting".to_owned()) };
        if order.actor != *from || order.actor == Actor::Hub {
            return wrong(format!("an order of {} from the screen of {from}", order.actor));
        }
        let Some(key) = state.keys.get(from) else { return wrong(format!("{from} is not enrolled")) };
        let command = match order.open(state.session(), key) {
            Ok(command) => command,
            Err(fault) => return wrong(fault.to_string()),
        };
        if let Some(last) = state.orders.get(from).filter(|last| order.counter <= last.counter) {
            let again = order.counter == last.counter && order.hash() == last.hash;
            if !again {
                return wrong(format!("counter {} was used before", order.counter));
            }
            let line = Some(last.line);
            return Answer::Done { line, code: None, issued: self.answers(&command).unwrap_or_default() };
        }
        if !self.replay.has(&order.seen) {
            return Answer::Wrong(WrongAnswer::OtherRecord);
        }
        let ends = matches!(command, Command::Declare { .. } | Command::Adjourn { .. });
        if ends && decide(state, from, &command, self.now()).is_ok() {
            // Slips that were taken are in the record before their review is over. A command that is refused publishes
            // none: nobody is to choose the moment of a slip.
            if let Err(says) = self.publish_slips() {
                return wrong(says);
            }
        }
        let Some(state) = self.state() else { return wrong("there is no meeting".to_owned()) };
        let now = self.now();
        let events = match decide(state, from, &command, now) {
            Ok(events) => events,
            Err(refusal) => return Answer::Refused(refusal),
        };
        let Some(issued) = self.answers(&command) else {
            return wrong("a request is no element of the group".to_owned());
        };
        if events.is_empty() {
            return Answer::Done { line: None, code: None, issued };
        }
        let code = match &command {
            Command::ReissueCode { who } => Some(self.reissue(who)),
            _ => None,
        };
        match self.write(Some(order), events, now) {
            Ok(line) => Answer::Done { line: Some(line), code: code.map(|code| code.shown()), issued },
            Err(says) => wrong(says),
        }
    }

    /// The answers to requests for a paper or for slips: the same elements each time, under proofs that they are.
    /// None: a request is no element of the group.
    fn answers(&mut self, command: &Command) -> Option<Vec<SignedRequest>> {
        match command {
            Command::RequestPapers { papers } => papers
                .iter()
                .map(|PaperAsked { ballot, request }| {
                    self.papers(ballot)?.issuer.issue(request, &mut system_rng()).ok()
                })
                .collect(),
            Command::RequestSlips { item, requests } => {
                let issuer = &self.slips(item)?.issuer;
                requests.iter().map(|request| issuer.issue(request, &mut system_rng()).ok()).collect()
            }
            _ => Some(Vec::new()),
        }
    }

    fn reissue(&mut self, who: &Actor) -> SeatCode {
        let code = self.codes.issue(&who.to_string(), &mut system_rng());
        self.codes_changed = true;
        self.revoked.push(who.clone());
        code
    }

    /// The hub's own command, where a rule says that it follows.
    pub(super) fn by_rule(&mut self, command: &Command) -> Result<(), String> {
        let state = self.state().ok_or("there is no meeting")?;
        let now = self.now();
        let events = decide(state, &Actor::Hub, command, now).map_err(|refusal| format!("{refusal:?}"))?;
        if events.is_empty() {
            return Ok(());
        }
        let counter = state.orders.get(&Actor::Hub).map_or(0, |last| last.counter) + 1;
        let order = self
            .keys
            .identity
            .order(&self.keys.session, Actor::Hub, counter, self.replay.seen(), command)
            .map_err(|fault| fault.to_string())?;
        self.write(Some(order), events, now).map(|_| ())
    }

    fn write(&mut self, order: Option<Order>, events: Vec<Event>, now: Timestamp) -> Result<u64, String> {
        let actor = order.as_ref().map_or(Actor::Hub, |order| order.actor.clone());
        let hidden_from = self.state().map(|state| hidden(state, &actor, &events)).unwrap_or_default();
        let number = self.replay.number() + 1;
        let body = Body { order, events };
        let line = Line::write(number, self.replay.hash(), now, actor, body, &mut system_rng())
            .map_err(|fault| fault.to_string())?;
        self.replay.follow(&line).map_err(|fault| fault.to_string())?;
        self.batch.push(Published { line: Arc::new(line), hidden_from });
        Ok(number)
    }

    /// The clock in milliseconds, never before the last line.
    pub(super) fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        let now = now.round(Unit::Millisecond).unwrap_or(now);
        self.replay.time().map_or(now, |last| now.max(last))
    }

    // ---- durable, then acknowledged -----------------------------------------------------------------------------

    /// What follows by rule, then one sync for all of it, then the answers.
    fn settle(&mut self) {
        let duties = self.follow_rules();
        self.vault_doubtful |= duties.is_err();
        let durable = self.make_durable();
        let trouble = match &durable {
            Ok(()) => duties.and_then(|()| self.prepare_seal()).err(),
            Err(says) => {
                let says = says.clone();
                self.take_back();
                Some(says)
            }
        };
        for who in std::mem::take(&mut self.revoked) {
            // A key that was not revoked durably was not revoked.
            let connection = if durable.is_ok() { self.connections.remove(&who) } else { None };
            if let Some((_, connection)) = connection {
                let _ = connection.send(TurnedAway::KeyRevoked);
            }
        }
        for afterwards in std::mem::take(&mut self.afterwards) {
            afterwards(durable.as_ref().copied().map_err(String::as_str));
        }
        if trouble.is_some() {
            self.look_again_soon();
        }
        self.disk_trouble = trouble;
        self.tell();
    }

    /// Looks again after a moment at what is to be done, if that is not coming anyway.
    pub(super) fn look_again_soon(&mut self) {
        if !self.again_pending {
            self.again_pending = true;
            self.send_later(std::time::Duration::from_millis(AGAIN_MILLIS), Message::Again);
        }
    }

    /// A message to itself, after a pause.
    pub(super) fn send_later(&self, pause: std::time::Duration, message: Message) {
        let own = self.own.clone();
        self.runtime.spawn(async move {
            tokio::time::sleep(pause).await;
            if let Some(own) = own.upgrade() {
                let _ = own.send(message).await;
            }
        });
    }

    fn make_durable(&mut self) -> Result<(), String> {
        if self.vault_doubtful {
            self.vault.sync().map_err(|fault| fault.to_string())?;
            self.vault_doubtful = false;
        }
        for held in self.boxes.values_mut() {
            held.sync().map_err(|error| error.to_string())?;
        }
        for ballot in std::mem::take(&mut self.papers_changed) {
            let Some(papers) = self.papers.get(&ballot) else { continue };
            if let Err(fault) = self.vault.keep_papers(&ballot, papers) {
                self.papers_changed.insert(ballot);
                return Err(fault.to_string());
            }
        }
        if self.codes_changed {
            self.codes.save().map_err(|fault| fault.to_string())?;
            self.codes_changed = false;
        }
        self.keep_seal()?;
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        let lines: Vec<Line> = batch.iter().map(|published| (*published.line).clone()).collect();
        self.journal.append(&lines).map_err(|fault| fault.to_string())?;
        self.notices.ledger.publish(batch);
        Ok(())
    }

    /// What could not be made durable has not happened: the state is folded again from what is.
    fn take_back(&mut self) {
        self.vault_doubtful = true;
        self.batch.clear();
        // An election whose list was not made durable will be another one; its box is opened anew.
        self.boxes.clear();
        self.papers.clear();
        self.papers_changed.clear();
        self.notices.elections.send_replace(BTreeMap::new());
        let mut replay = Replay::new();
        for published in self.notices.ledger.all() {
            if replay.follow(&published.line).is_err() {
                return;
            }
        }
        self.replay = replay;
    }
}

fn answered(durable: Result<(), &str>, answer: Answer) -> Answer {
    match durable {
        Ok(()) => answer,
        Err(says) => Answer::Wrong(disk(says)),
    }
}

fn disk(says: &str) -> WrongAnswer {
    WrongAnswer::Disk { says: says.to_owned() }
}

pub(super) fn system_rng() -> SystemRng {
    UnwrapErr(SysRng)
}

/// Notes made while people are outside reach neither them nor the displays; whoever made one knows it.
pub(super) fn hidden(state: &State, author: &Actor, events: &[Event]) -> Hidden {
    let note = events.iter().any(|event| matches!(event, Event::Noted { .. }));
    match state.current_item().filter(|item| note && item.stage == Stage::Deliberating) {
        Some(item) => {
            let outside = item.recused.iter().cloned().map(Actor::Seat).filter(|outside| outside != author);
            Hidden { displays: true, outside: outside.collect() }
        }
        None => Hidden::default(),
    }
}
