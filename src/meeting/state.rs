//! The state of a meeting: a fold over its events, and the questions that screens and rules ask of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::agenda::Agenda;
use super::barred::Bar;
use super::business::Business;
use super::clock::Timer;
use super::event::{AdjournGround, Frozen, FurtherRound, QuorumMissed};
use super::ids::{Actor, BallotId, ItemId, LineId, OfficialId, SeatId, SessionId};
use super::joint_state::JointState;
use super::key_state::{Ceremony, Key};
use super::matter_state::{NamedVote, Notices};
use super::reopening::{Reconsideration, Reopening};
use super::result_objection::ResultObjection;
use super::review_state::ReviewState;
use super::room::RoomCheck;
use super::round::{Round, RoundPhase};
use super::sittings::{Opening, Sitting};
use super::standby::{Standby, Takeover};
use super::term_state::TermState;
use crate::plan::{
    Deliberation, Department, Duty, Item, JointMeeting, Nomination, Nominee, Person, Review, TrusteesPlan,
};
use crate::rules::{GroupMarks, Verdict};

/// Everything that is known of a meeting.
///
/// Invariants: `round.electorate` ⊆ voters of the item; issued ⊆ electorate; confirmed ⊆ issued;
/// returned ≤ issued in every round that is not void; a counted round stays counted.
#[derive(Debug, Clone)]
pub struct State {
    /// What the first line said.
    pub frozen: Arc<Frozen>,
    /// How far the meeting as a whole is.
    pub phase: Phase,
    /// Why the meeting is suspended, if it is.
    pub suspended: Option<String>,
    /// The identity keys: who may sign for whom.
    pub keys: BTreeMap<Actor, String>,
    /// The keys that spoke for a seat before its code was made anew.
    pub former_keys: BTreeMap<SeatId, Vec<String>>,
    /// The machine that stands by for the hub's.
    pub standby: Option<Standby>,
    /// Whether a machine ever stood by.
    pub had_standby: bool,
    /// Every time that a standby became the hub.
    pub takeovers: Vec<Takeover>,
    /// Whose code was made anew, and when last: the room is told.
    pub reissued: BTreeMap<Actor, Timestamp>,
    /// The last order of each actor that the journal holds: replays are recognised by it.
    pub orders: BTreeMap<Actor, LastOrder>,
    /// Who is in the room.
    pub attendance: BTreeMap<SeatId, Presence>,
    /// The vote on the scrutineers, once held.
    pub scrutineers: Option<HandVote>,
    /// The key of the ballot box, once it is made.
    pub key: Option<Arc<Key>>,
    /// The making of a key that is under way.
    pub ceremony: Option<Ceremony>,
    /// How often a key was begun to be made.
    pub ceremonies: u32,
    /// Whether the screens have been compared since a key last changed.
    pub room: RoomCheck,
    /// How far each item is, in the order of the agenda.
    pub items: Vec<ItemState>,
    /// What the body decided on its agenda; [`State::plan`] is the one in force.
    pub agenda: Agenda,
    /// The notes for the record.
    pub notes: Vec<Note>,
    /// The last quorum that was missed and has not been reached since, neither by what was tested nor by who came.
    pub quorum_missed: Option<QuorumMissed>,
    /// Objections to ballots, made while they were under way, that stand in the record.
    pub objections: Vec<Objection>,
    /// Objections to declared results, in the order of their numbers.
    pub result_objections: Vec<ResultObjection>,
    /// Every time that voters were asked whether a decision be reconsidered, and when.
    pub reconsiderations: Vec<(Timestamp, Reconsideration)>,
    /// Who asked for the floor, and who has it.
    pub floor: Floor,
    /// The sittings that are over, the meeting going on at another one.
    pub sittings: Vec<Sitting>,
    /// How the sitting that is under way, or was the last, was opened.
    pub opening: Option<Opening>,
    /// When the meeting was opened: its first sitting.
    pub opened_at: Option<Timestamp>,
    /// When it was closed or adjourned.
    pub ended_at: Option<Timestamp>,
    /// Why it was adjourned, if it was.
    pub adjourned: Option<AdjournGround>,
    /// The number of the last line folded.
    pub line: u64,
    /// The hash of its head, in hex.
    pub head: String,
}

/// How far the meeting as a whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// People sign in; nothing is decided.
    SigningIn,
    /// Open: items are called.
    Open,
    /// Adjourned to another day: nobody is here, and nothing is on the floor.
    Recess,
    /// Closed or adjourned: only the seal is left.
    Ended,
}

/// The last order of an actor that the journal holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastOrder {
    /// Its counter.
    pub counter: u64,
    /// SHA-256 of its bytes, in hex.
    pub hash: String,
    /// The line that holds it.
    pub line: u64,
}

/// Whether a person is in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// Signed in, since then.
    Present(Timestamp),
    /// Signed out, at that moment.
    Left(Timestamp),
}

/// A show of hands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandVote {
    /// Hands for.
    pub agree: u32,
    /// Hands against.
    pub disagree: u32,
    /// Hands of those who abstain.
    pub abstain: u32,
    /// Whether it was carried.
    pub approved: bool,
}

/// Who asked for the floor, and who has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Floor {
    /// Those who wait, in the order they asked.
    pub waiting: Vec<SeatId>,
    /// Who speaks, and the clock.
    pub speaking: Option<(SeatId, Timer)>,
    /// Whose request was refused last, and why: shown to them.
    pub refused: BTreeMap<SeatId, String>,
}

/// A note for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// When it was made.
    pub time: Timestamp,
    /// Who made it.
    pub by: Actor,
    /// The item it belongs to, if one was called.
    pub item: Option<ItemId>,
    /// What it says; nothing where it was withheld from this screen.
    pub text: Option<String>,
}

/// An objection to a ballot that is under way. One to a declared result is a [`ResultObjection`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// When.
    pub time: Timestamp,
    /// The ballot.
    pub ballot: BallotId,
    /// Who objects.
    pub by: Actor,
    /// Why.
    pub reason: String,
}

/// How far an item is.
#[derive(Debug, Clone)]
pub struct ItemState {
    /// Which item.
    pub id: ItemId,
    /// How far.
    pub stage: Stage,
    /// The nominees introduced so far, in the order it happened.
    pub introduced: Vec<LineId>,
    /// Those who are outside for the deliberation.
    pub recused: BTreeSet<SeatId>,
    /// Everyone who was outside at some time, for the record.
    pub was_recused: BTreeSet<SeatId>,
    /// The deferred lines and why.
    pub deferred: BTreeMap<LineId, String>,
    /// What the scrutineers counted last, since the last issue of papers.
    pub heads: BTreeMap<SeatId, u32>,
    /// The rounds, in the order they were issued. One issue can be of several ballots, a *bundle*: then those of the
    /// officials still to come wait, confirmed, for their turn.
    pub rounds: Vec<Round>,
    /// The further rounds of a contested election that were called.
    pub further: Vec<FurtherRound>,
    /// What it has of its own kind.
    pub business: Business,
    /// The notices of a major matter that were entered in the meeting.
    pub notices: Notices,
    /// The vote by name, once it was opened.
    pub named: Option<NamedVote>,
    /// The lines that are not put to the vote by rule, and by which result.
    pub barred: BTreeMap<LineId, Bar>,
    /// Every time that the item was taken up again after it had been declared.
    pub reopenings: Vec<Reopening>,
}

/// The stages of an item before its vote, and after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Not called yet.
    ToCome,
    /// Nominees are being introduced.
    Introducing,
    /// Those concerned leave.
    Recusing,
    /// Deliberation.
    Deliberating,
    /// Deliberation is over; papers can be issued.
    Deliberated,
    /// A review is under way: officials report and are questioned.
    Reviewing,
    /// Departments give their opinions.
    Consulting,
    /// A major matter is introduced, and members state their views: see [`super::MatterPhase`].
    Stating,
    /// An open vote is taken, by hands or without objection; or it is about to be taken by name.
    OpenVoting,
    /// A vote by name is under way, or is closed and not declared.
    NamedVote,
    /// An exam is under way: see [`super::ExamState::phase`].
    Examining,
    /// A round of the ballot is under way: see [`Round::phase`].
    Balloting,
    /// Declared.
    Declared,
    /// Taken off the agenda by decision, before it was called.
    TakenOff,
}

impl Stage {
    /// Whether an item at this stage is on the floor: called, and not declared.
    pub fn is_on_floor(self) -> bool {
        !matches!(self, Self::ToCome | Self::Declared | Self::TakenOff)
    }
}

impl State {
    /// The session.
    pub fn session(&self) -> &SessionId {
        &self.frozen.session
    }

    /// Whether a person is in the room. Somebody outside for a recusal is still present.
    pub fn is_present(&self, seat: &SeatId) -> bool {
        matches!(self.attendance.get(seat), Some(Presence::Present(_)))
    }

    /// Full members entitled.
    pub fn due(&self) -> u32 {
        count(self.plan().members())
    }

    /// Whether somebody is on leave, by the plan, and has not come all the same. The plan speaks of its day; who is on
    /// leave at a later sitting, nobody has said.
    pub fn is_on_leave(&self, person: &Person) -> bool {
        person.leave && self.sittings.is_empty() && !self.is_present(&seat(person))
    }

    /// How many of these people are on leave.
    pub fn on_leave<'a>(&self, people: impl Iterator<Item = &'a Person>) -> u32 {
        count(people.filter(|person| self.is_on_leave(person)))
    }

    /// Full members in the room.
    pub fn present(&self) -> u32 {
        count(self.plan().members().filter(|person| self.is_present(&seat(person))))
    }

    /// Everyone in the room who has no vote, and gets no paper of the item on the floor either.
    pub fn attending(&self) -> u32 {
        let item = self.current_item().and_then(|item| self.item(&item.id));
        let elector = |person: &&Person| item.is_some_and(|item| item.electors().contains(&person.group));
        count(
            self.plan()
                .people
                .iter()
                .filter(|person| !self.plan().is_member(person) && !elector(person))
                .filter(|person| self.is_present(&seat(person))),
        )
    }

    /// Those entitled to vote on an item; of a joint meeting, its departments.
    pub fn due_for(&self, item: &Item) -> u32 {
        match item.joint() {
            Some(joint) => count(joint.departments.iter()),
            None => count(self.plan().electors(item)),
        }
    }

    /// Those of them who are in the room.
    pub fn present_for(&self, item: &Item) -> u32 {
        match item.joint() {
            Some(joint) => count(joint.departments.iter().filter(|one| self.is_represented(one))),
            None => count(self.present_electors(item)),
        }
    }

    /// Whether somebody who speaks for a department is in the room.
    pub fn is_represented(&self, department: &Department) -> bool {
        department.seats.iter().any(|seat| self.is_present(&SeatId::from(seat.as_str())))
    }

    /// The electors in the room, in the order of the plan.
    pub fn present_electors<'a>(&'a self, item: &'a Item) -> impl Iterator<Item = &'a Person> {
        self.plan().electors(item).filter(|person| self.is_present(&seat(person)))
    }

    /// An item of the plan.
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.plan().item(id.as_str())
    }

    /// How far an item is.
    pub fn item_state(&self, id: &ItemId) -> Option<&ItemState> {
        self.items.iter().find(|item| item.id == *id)
    }

    /// The item on the floor: called and not declared. Between two sittings nothing is on the floor: see
    /// [`State::halted_item`].
    pub fn current_item(&self) -> Option<&ItemState> {
        let in_session = matches!(self.phase, Phase::Open | Phase::Ended);
        self.items.iter().find(|item| in_session && item.stage.is_on_floor())
    }

    /// The next item to be called.
    pub fn next_item(&self) -> Option<&ItemState> {
        self.items.iter().find(|item| item.stage == Stage::ToCome)
    }

    /// The round with this ballot's id, and its item.
    pub fn round(&self, ballot: &BallotId) -> Option<(&ItemState, &Round)> {
        self.items
            .iter()
            .find_map(|item| Some((item, item.rounds.iter().find(|round| round.issue.ballot == *ballot)?)))
    }

    /// The key that speaks for somebody: for the hub from the first line on, for all others once they are enrolled.
    pub fn key_of(&self, actor: &Actor) -> Option<&str> {
        match actor {
            Actor::Hub => Some(self.hub_key()),
            Actor::Standby => self.standby.as_ref().map(|standby| standby.machine.key.as_str()),
            actor => self.keys.get(actor).map(String::as_str),
        }
    }

    /// The round on the floor: of those under way together, the one that is least far.
    pub fn current_round(&self) -> Option<(&ItemState, &Round)> {
        let item = self.current_item()?;
        Some((item, item.round()?))
    }

    /// All rounds that are under way together on the floor: one for each group that is counted apart.
    pub fn rounds_on_floor(&self) -> impl Iterator<Item = &Round> {
        self.current_item().into_iter().flat_map(ItemState::rounds_together)
    }

    /// The round on the floor in which a seat may have a paper.
    pub fn round_of(&self, seat: &SeatId) -> Option<&Round> {
        self.rounds_on_floor().find(|round| round.issue.electorate.contains(seat))
    }

    /// The review on the floor: its item, its plan, and how far it is.
    pub fn current_review(&self) -> Option<(&ItemState, &Review, &ReviewState)> {
        let item = self.current_item()?;
        Some((item, self.item(&item.id)?.review()?, item.review()?))
    }

    /// The joint meeting on the floor: its item, its plan, and how far it is.
    pub fn current_joint(&self) -> Option<(&ItemState, &JointMeeting, &JointState)> {
        let item = self.current_item()?;
        Some((item, self.item(&item.id)?.joint()?, item.joint()?))
    }

    /// The deliberation during the term on the floor: its item, its plan, and what was said.
    pub fn current_term(&self) -> Option<(&ItemState, &Deliberation, &TermState)> {
        let item = self.current_item()?;
        Some((item, self.item(&item.id)?.term()?, item.term()?))
    }

    /// The marks that one official got, as far as all ballots are counted.
    pub fn marks_of(&self, item: &ItemId, official: &OfficialId) -> Option<Vec<GroupMarks>> {
        let review = self.item(item)?.review()?;
        let rounds: Vec<&Round> = self
            .item_state(item)?
            .rounds
            .iter()
            .filter(|round| round.issue.subject.as_ref() == Some(official) && round.phase != RoundPhase::Void)
            .collect();
        let marks: Vec<GroupMarks> = rounds
            .iter()
            .filter_map(|round| {
                let count = round.count.as_ref()?;
                let weight = |group: &String| {
                    let place = review.reviewers.iter().position(|reviewer| reviewer == group);
                    place.and_then(|place| review.weights.get(place)).copied().unwrap_or(1)
                };
                let weight = round.issue.groups.iter().map(weight).sum::<u32>().max(1);
                Some(GroupMarks { weight, counts: count.sums().to_vec() })
            })
            .collect();
        (!marks.is_empty() && marks.len() == rounds.len()).then_some(marks)
    }

    /// The verdict on one official by the plan's rule, as far as all ballots are counted.
    pub fn verdict_of(&self, item: &ItemId, official: &OfficialId) -> Option<Verdict> {
        let review = self.item(item)?.review()?;
        Some(review.verdict.judge(review.combine, &review.scale, &self.marks_of(item, official)?))
    }

    /// The rounds of the item on the floor that go on: on the floor themselves, or waiting for their official's turn.
    pub fn rounds_under_way(&self) -> impl Iterator<Item = &Round> {
        self.current_item().into_iter().flat_map(ItemState::rounds_under_way)
    }

    /// `trustees.json` of the key in force, as text.
    pub fn trustees(&self) -> Option<&str> {
        match self.plan().meeting.trustees {
            TrusteesPlan::Console => self.frozen.trustees.as_deref(),
            TrusteesPlan::Scrutineers { .. } => self.key.as_ref().map(|key| key.trustees.as_str()),
        }
    }

    /// How many scrutineers have to agree where several must: on the heads, the room code, a missing confirmation, the
    /// result sheet. As many as open the box; where the console holds the key, more than half of those planned.
    pub fn scrutineers_needed(&self) -> u32 {
        match self.plan().meeting.trustees {
            TrusteesPlan::Console => count(self.scrutineers()) / 2 + 1,
            TrusteesPlan::Scrutineers { threshold, .. } => threshold,
        }
    }

    /// Scrutineers who hold a share of the key in force and are here with it.
    pub fn holders_here(&self) -> u32 {
        count(self.key.iter().flat_map(|key| key.holders()).filter(|seat| self.is_present(seat)))
    }

    /// Whether the box could be opened: the key is there, and enough of those who hold it are.
    pub fn key_is_ready(&self) -> bool {
        match self.plan().meeting.trustees {
            TrusteesPlan::Console => true,
            TrusteesPlan::Scrutineers { .. } => {
                self.key.as_ref().is_some_and(|key| self.holders_here() >= key.threshold)
            }
        }
    }

    /// The scrutineers: proposed by the plan; they act once approved.
    pub fn scrutineers(&self) -> impl Iterator<Item = &Person> {
        self.plan().with_duty(Duty::Scrutineer)
    }

    /// Whether the scrutineers have been approved.
    pub fn scrutineers_approved(&self) -> bool {
        self.scrutineers.is_some_and(|vote| vote.approved)
    }

    /// Whether the item on the floor, or else the next one, has secret ballots: what is decided in the open needs neither
    /// scrutineers nor their key.
    pub fn ballot_is_ahead(&self) -> bool {
        let ahead = self.current_item().or_else(|| self.next_item());
        ahead.and_then(|item| self.item(&item.id)).is_some_and(Item::is_secret)
    }

    /// Whether the scrutineers are to be approved before anything else.
    pub fn awaits_scrutineers(&self) -> bool {
        self.phase == Phase::Open && !self.scrutineers_approved() && self.ballot_is_ahead()
    }

    /// The present people whom the lines of an item concern that are put to the vote: nominees and their relatives.
    pub fn concerned<'a>(
        &'a self,
        item: &'a ItemState,
        nomination: &'a Nomination,
    ) -> impl Iterator<Item = SeatId> + 'a {
        let at_stake = |line: &Nominee| item.is_at_stake(&LineId::from(line.id.as_str()));
        self.concerned_by(nomination.lines.iter().filter(|line| at_stake(line)).collect())
    }

    /// The present people whom these lines concern.
    pub(super) fn concerned_by<'a>(&'a self, lines: Vec<&'a Nominee>) -> impl Iterator<Item = SeatId> + 'a {
        self.plan()
            .people
            .iter()
            .filter(move |person| lines.iter().any(|line| line.concerns(&person.id)))
            .map(seat)
            .filter(|seat| self.is_present(seat))
    }

    /// A person's name, or the seat's id where the plan has none.
    pub fn name<'a>(&'a self, id: &'a SeatId) -> &'a str {
        self.plan().person(id.as_str()).map_or(id.as_str(), |person| &person.name)
    }
}

impl ItemState {
    /// An item that has not been called.
    pub fn to_come(id: ItemId) -> Self {
        Self {
            id,
            stage: Stage::ToCome,
            introduced: Vec::new(),
            recused: BTreeSet::new(),
            was_recused: BTreeSet::new(),
            deferred: BTreeMap::new(),
            heads: BTreeMap::new(),
            rounds: Vec::new(),
            further: Vec::new(),
            business: Business::Nothing,
            notices: Notices::new(),
            named: None,
            barred: BTreeMap::new(),
            reopenings: Vec::new(),
        }
    }

    /// The round on the floor; of several that are under way together, the one that is least far.
    pub fn round(&self) -> Option<&Round> {
        self.rounds_together().min_by_key(|round| round.phase)
    }

    /// The rounds on the floor, which are under way together: the last of the official whose turn it is, or of the
    /// item; one for each group that is counted apart.
    pub fn rounds_together(&self) -> impl Iterator<Item = &Round> {
        self.last_rounds(self.review().and_then(|review| review.current.as_ref()))
    }

    /// The last rounds of an official, or of the item; of an item that was reopened, none before the new vote.
    pub fn last_rounds(&self, subject: Option<&OfficialId>) -> impl Iterator<Item = &Round> {
        let of_subject = move |round: &&Round| round.issue.subject.as_ref() == subject;
        let last = self.rounds_now().filter(of_subject).map(|round| round.issue.round).max();
        self.rounds_now().filter(of_subject).filter(move |round| Some(round.issue.round) == last)
    }

    /// The rounds that go on: on the floor, or waiting for their official's turn.
    pub fn rounds_under_way(&self) -> impl Iterator<Item = &Round> {
        self.rounds.iter().filter(|round| round.is_under_way())
    }

    /// The nominees who are still to be introduced. Whoever is barred is not deliberated, and may be introduced all the same.
    pub fn to_introduce<'a>(&'a self, nomination: &'a Nomination) -> impl Iterator<Item = &'a Nominee> {
        nomination.lines.iter().filter(|line| {
            let id = LineId::from(line.id.as_str());
            !self.introduced.contains(&id) && !self.barred.contains_key(&id)
        })
    }
}

/// A person's seat.
pub fn seat(person: &Person) -> SeatId {
    SeatId::from(person.id.as_str())
}

pub(super) fn count<T>(people: impl Iterator<Item = T>) -> u32 {
    number(people.count())
}

/// So many, as the record writes it; nothing here is ever as many as would not fit.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
