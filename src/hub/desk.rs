//! The one task that owns the meeting and its journal. Everybody else sends it messages; it takes those that have
//! arrived together, decides, makes lines and ballots durable with one sync, and only then answers and publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, Unit};
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use tokio::sync::{mpsc, oneshot};

use super::acknowledge::Held;
use super::ballot_box::BallotBox;
use super::codes::CodeBook;
use super::durable::DiskTrouble;
use super::exam::HeldExam;
use super::latecomers::Latecomers;
use super::ledger::{Hidden, Published};
use super::majority::Presence;
use super::message::{Message, Welcome};
use super::mirror::Mirror;
use super::notice::{Notices, SealState};
use super::scrutiny::Parts;
use super::vault::{Keys, Papers, Slips, Vault};
use crate::archive;
use crate::ballot::{Issuer, SignedRequest};
use crate::journal::{Body, Journal, Line, Replay};
use crate::meeting::{
    Actor, BallotId, Command, Event, ItemId, Order, PaperAsked, Refusal, Stage, State, decide, seat,
};
use crate::plan::SessionFolder;
use crate::wire::{Answer, ToScreen, TurnedAway, WrongAnswer};

/// The system's randomness.
pub(super) type SystemRng = UnwrapErr<SysRng>;

/// How many messages are taken together, at most: they share one sync.
const BATCH_MAX: usize = 256;

/// An answer that waits until it may be given; an error says why what it answers could not be made durable.
pub(super) type Afterwards = Box<dyn FnOnce(Result<(), &str>) + Send>;

/// A screen's connection.
pub(super) struct Peer {
    pub number: u64,
    pub kick: oneshot::Sender<TurnedAway>,
    /// Of a seat: whether it counts among those who are here.
    pub presence: Option<Presence>,
}

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
    pub(super) exam: Option<HeldExam>,
    pub(super) ceremony: Parts,
    /// What scrutineers' terminals handed in as their factors, by trustee, as they wrote it.
    pub(super) factors: BTreeMap<BallotId, BTreeMap<u32, String>>,
    pub(super) ticked: bool,
    pub(super) connections: BTreeMap<Actor, Peer>,
    pub(super) next_connection: u64,
    pub(super) batch: Vec<Published>,
    pub(super) afterwards: Vec<Afterwards>,
    /// Of these the enrolments: they wait for no majority.
    pub(super) admissions: Vec<Afterwards>,
    /// What is durable here and was told to nobody yet.
    pub(super) held: Held,
    pub(super) mirror: Arc<Mirror>,
    pub(super) codes_changed: bool,
    /// What screens are told of the disk.
    pub(super) disk_trouble: Option<DiskTrouble>,
    pub(super) all_announced: Option<BallotId>,
    pub(super) all_pending: Option<BallotId>,
    /// The seal while it is being signed, and whether some of it is not durable yet.
    pub(super) sealing: Option<archive::Transcript>,
    pub(super) seal_changed: bool,
    /// What the disk said when the last signature was to seal the folder.
    pub(super) seal_trouble: Option<String>,
    pub(super) again_pending: bool,
    /// Whether something could not be made durable, so that it is not known which files of the vault are.
    pub(super) vault_doubtful: bool,
    pub(super) revoked: Vec<Actor>,
    /// Whether a standby has taken over, as somebody has proved: nothing is acknowledged any more.
    pub(super) taken_over: bool,
    /// The ballots on paper whose papers have been written to be printed.
    pub(super) printed: BTreeSet<BallotId>,
}

impl Desk {
    pub fn new(
        (folder, vault, keys, codes): (SessionFolder, Vault, Keys, CodeBook),
        (journal, replay): (Journal, Replay),
        (mirror, held): (Arc<Mirror>, Held),
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
            exam: None,
            ceremony: Parts::default(),
            factors: BTreeMap::new(),
            ticked: false,
            connections: BTreeMap::new(),
            next_connection: 0,
            batch: Vec::new(),
            afterwards: Vec::new(),
            admissions: Vec::new(),
            held,
            mirror,
            codes_changed: false,
            disk_trouble: None,
            all_announced: None,
            all_pending: None,
            sealing: None,
            seal_changed: false,
            seal_trouble: None,
            again_pending: false,
            vault_doubtful: false,
            revoked: Vec::new(),
            taken_over: false,
            printed: BTreeSet::new(),
        }
    }

    /// Works until it is stopped, or the record is sealed: then it tells those who come late, if it is to. `ready` is told when
    /// it has caught up with its record. Blocks: it has a thread of its own.
    pub fn run(
        mut self,
        mut inbox: mpsc::Receiver<Message>,
        ready: oneshot::Sender<()>,
        tells_afterwards: bool,
    ) {
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
                if let Some(latecomers) = Latecomers::of(self).filter(|_| tells_afterwards) {
                    latecomers.run(inbox);
                }
                return;
            }
        }
    }

    fn take(&mut self, message: Message) {
        let Some(message) = self.refuse_if_taken_over(message) else { return };
        // What could not be acknowledged is not begun: whoever asks is told why.
        let Some(message) = self.refuse_while_too_few(message) else { return };
        match message {
            Message::TakenOver { line } => self.hear_of_takeover(&line),
            Message::Enrol { key, proof, exporter, reply } => {
                let result = self.enrol(&key, &proof, &exporter);
                self.admit(result, reply);
            }
            Message::Connect { actor, signature, exporter, have, pulse, kick, reply } => {
                let presence = self.presence(&actor, have, pulse);
                let _ = reply.send(self.connect(actor, &signature, &exporter, kick, presence));
            }
            Message::Disconnect { actor, connection } => {
                if self.connections.get(&actor).is_some_and(|newest| newest.number == connection) {
                    self.connections.remove(&actor);
                }
            }
            Message::EnrolStandby { machine, proof, exporter, reply } => {
                let result = self.enrol_standby(machine, &proof, &exporter);
                self.admit(result, reply);
            }
            Message::ConnectStandby { addresses, signature, exporter, kick, reply } => {
                let result = self.connect_standby(addresses, &signature, &exporter, kick);
                let _ = reply.send(result);
            }
            Message::StandbyInStep { connection } => self.standby_in_step(connection),
            Message::StandbyGone { connection } => {
                self.held.in_step.take_if(|in_step| *in_step == connection);
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
            Message::ExamPaper { from, item, reply } => {
                let answer = self.exam_paper(&from, &item);
                self.after(move |durable| {
                    let _ = reply.send(answered(durable, answer));
                });
            }
            Message::ExamSheet { from, item, sheet, reply } => {
                let answer = self.take_sheet(&from, &item, *sheet);
                self.after(move |durable| {
                    let _ = reply.send(answered(durable, answer));
                });
            }
            Message::Slip { item, act, reply } => {
                let answer = self.take_slip(&item, *act);
                self.after(move |durable| {
                    let answer = durable.map_err(disk).and(answer);
                    let _ = reply.send(answer.map_or_else(ToScreen::ActRefused, |()| ToScreen::SlipTaken));
                });
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

    /// Answers an enrolment once it is durable, whoever else is connected.
    fn admit(
        &mut self,
        result: Result<Welcome, TurnedAway>,
        reply: oneshot::Sender<Result<Welcome, TurnedAway>>,
    ) {
        self.admissions.push(Box::new(move |durable| {
            let _ = reply.send(durable.map_err(|_| TurnedAway::Disk).and(result));
        }));
    }

    /// Gives back what may be begun though too few are connected; the rest is answered.
    fn refuse_while_too_few(&self, message: Message) -> Option<Message> {
        let Some(majority) = self.majority_missing() else { return Some(message) };
        let wrong = WrongAnswer::TooFew { majority };
        match message {
            Message::Order { reply, .. } | Message::Seal { reply, .. } => {
                let _ = reply.send(Answer::Wrong(wrong));
            }
            Message::Register { reply, .. } | Message::Cast { reply, .. } | Message::Slip { reply, .. } => {
                let _ = reply.send(ToScreen::ActRefused(wrong));
            }
            Message::Returned { reply, .. } => {
                let _ = reply.send(Some(ToScreen::ActRefused(wrong)));
            }
            message => return Some(message),
        }
        None
    }

    /// The state after everything decided so far, durable or about to be.
    pub(super) fn state(&self) -> Option<&State> {
        self.replay.state()
    }

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
        let ends =
            matches!(command, Command::Declare { .. } | Command::Adjourn { .. } | Command::AdjournTo { .. });
        if ends && decide(state, from, &command, self.now()).is_ok() {
            // Slips that were taken are in the record before their review is over, or left for another day. A command that is refused publishes
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
        if !self.has_sheet(from, &command) {
            return Answer::Refused(Refusal::OtherSheet);
        }
        let Some(issued) = self.answers(&command) else {
            return wrong("a request is no element of the group".to_owned());
        };
        if events.is_empty() {
            return Answer::Done { line: None, code: None, issued };
        }
        let code = match &command {
            Command::ReissueCode { who } => {
                self.revoked.push(who.clone());
                Some(self.new_code(who))
            }
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

/// Notes made and words said while people are outside reach neither them nor the displays; whoever made one knows it. In
/// a deliberation during the term they do not reach anybody whom it concerns, whether signed in or not. A sheet of an exam
/// whose results are declared to each candidate alone reaches the console and its own candidate.
pub(super) fn hidden(state: &State, author: &Actor, events: &[Event]) -> Hidden {
    let sheet = events.iter().find_map(|event| match event {
        Event::SheetOpened { seat, .. } => Some(seat),
        _ => None,
    });
    if let Some(own) = sheet.filter(|_| state.sheets_are_private()) {
        let others = state.plan().people.iter().map(seat).filter(|other| other != own);
        return Hidden { displays: true, outside: others.map(Actor::Seat).collect() };
    }
    let words = events.iter().any(|event| {
        matches!(
            event,
            Event::Noted { .. }
                | Event::SaidInside { .. }
                | Event::QuestionPut { .. }
                | Event::Replied { .. }
        )
    });
    let Some(item) = state.current_item().filter(|item| words && item.stage == Stage::Deliberating) else {
        return Hidden::default();
    };
    let mut outside = item.recused.clone();
    if let Some(appointee) = state.item(&item.id).and_then(|item| item.term()?.appointee()) {
        let people = state.plan().people.iter().filter(|person| appointee.concerns(&person.id));
        outside.extend(people.map(seat));
    }
    let outside = outside.into_iter().map(Actor::Seat).filter(|outside| outside != author);
    Hidden { displays: true, outside: outside.collect() }
}
