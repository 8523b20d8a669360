//! The state of a meeting: a fold over its events, and the questions that screens and rules ask of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::clock::Timer;
use super::event::{AdjournGround, Frozen, Issue, OpenedBox, QuorumMissed, Setup, VoidReason};
use super::ids::{Actor, BallotId, ItemId, LineId, OfficialId, SeatId, SessionId};
use super::review_state::ReviewState;
use crate::ballot::{BallotHash, BlindRequest, IssuerPublic};
use crate::plan::{Duty, Item, Nomination, Nominee, Person, Plan, Review};
use crate::rules::{GroupMarks, LineOutcome, Verdict};

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
    /// The last order of each actor that the journal holds: replays are recognised by it.
    pub orders: BTreeMap<Actor, LastOrder>,
    /// Who is in the room.
    pub attendance: BTreeMap<SeatId, Presence>,
    /// The vote on the scrutineers, once held.
    pub scrutineers: Option<HandVote>,
    /// How far each item is, in the order of the agenda.
    pub items: Vec<ItemState>,
    /// The notes for the record.
    pub notes: Vec<Note>,
    /// The last quorum that was missed and has not been reached since, neither by what was tested nor by who came.
    pub quorum_missed: Option<QuorumMissed>,
    /// Objections that stand in the record.
    pub objections: Vec<Objection>,
    /// Who asked for the floor, and who has it.
    pub floor: Floor,
    /// When the meeting was opened and ended.
    pub opened_at: Option<Timestamp>,
    /// When it was closed or adjourned.
    pub ended_at: Option<Timestamp>,
    /// Why it was adjourned, if it was.
    pub adjourned: Option<AdjournGround>,
    /// The number of the last line folded.
    pub line: u64,
}

/// How far the meeting as a whole is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// People sign in; nothing is decided.
    SigningIn,
    /// Open: items are called.
    Open,
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

/// An objection.
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
    /// The rounds, in the order they were issued. Those with the subject and round of the last one are under way
    /// together: one for each group that is counted apart.
    pub rounds: Vec<Round>,
    /// How far the review is; none where the item is none, or has not been called.
    pub review: Option<ReviewState>,
}

/// The stages of a nomination before its ballot, and after.
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
    /// A round of the ballot is under way: see [`Round::phase`].
    Balloting,
    /// Declared.
    Declared,
}

/// A round of a secret ballot.
#[derive(Debug, Clone)]
pub struct Round {
    /// What was fixed when the issue opened.
    pub issue: Arc<Issue>,
    /// How far it is.
    pub phase: RoundPhase,
    /// The key of its papers.
    pub issuer: Option<IssuerPublic>,
    /// Who was issued a paper, and on which request.
    pub issued: BTreeMap<SeatId, BlindRequest>,
    /// Who wanted none.
    pub declined: BTreeSet<SeatId>,
    /// The election, once the list is fixed.
    pub setup: Option<Arc<Setup>>,
    /// Whose terminals found their credential on the list.
    pub confirmed: BTreeSet<SeatId>,
    /// When voting was closed: the time of the ballot's archive.
    pub closed_at: Option<Timestamp>,
    /// The ballots in the box, sorted, once it is fixed.
    pub ballots: Arc<Vec<BallotHash>>,
    /// The hash of that list.
    pub box_hash: Option<String>,
    /// Whose terminals confirmed the box.
    pub box_confirmed: BTreeSet<SeatId>,
    /// The count, once the box is opened.
    pub count: Option<Arc<Count>>,
    /// Why it is void, if it is.
    pub void: Option<VoidReason>,
}

/// A round's count.
#[derive(Debug, Clone)]
pub struct Count {
    /// What the box held.
    pub opened: OpenedBox,
    /// The outcome of each line, as `issue.lines`.
    pub outcomes: Vec<LineOutcome>,
}

/// The phases of a round; each is a barrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundPhase {
    /// Papers are issued.
    Issuing,
    /// Credentials are registered; the list is not fixed.
    Registering,
    /// The list is fixed; terminals confirm it.
    Confirming,
    /// Ballots are cast.
    Voting,
    /// Voting has ended; the box is being fixed.
    Sealing,
    /// The box is fixed; terminals confirm it.
    Sealed,
    /// The box is being opened.
    Opening,
    /// The result is known.
    Counted,
    /// Void; never opened.
    Void,
}

impl State {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.frozen.plan
    }

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

    /// Those entitled to vote on an item.
    pub fn due_for(&self, item: &Item) -> u32 {
        count(self.plan().electors(item))
    }

    /// Those of them who are in the room.
    pub fn present_for(&self, item: &Item) -> u32 {
        count(self.present_electors(item))
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

    /// The item on the floor: called and not declared.
    pub fn current_item(&self) -> Option<&ItemState> {
        self.items.iter().find(|item| !matches!(item.stage, Stage::ToCome | Stage::Declared))
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
        Some((item, self.item(&item.id)?.review()?, item.review.as_ref()?))
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
                Some(GroupMarks { weight, counts: count.opened.sums.clone() })
            })
            .collect();
        (!marks.is_empty() && marks.len() == rounds.len()).then_some(marks)
    }

    /// The verdict on one official by the plan's rule, as far as all ballots are counted.
    pub fn verdict_of(&self, item: &ItemId, official: &OfficialId) -> Option<Verdict> {
        let review = self.item(item)?.review()?;
        Some(review.verdict.judge(review.combine, &review.scale, &self.marks_of(item, official)?))
    }

    /// The scrutineers: proposed by the plan; they act once approved.
    pub fn scrutineers(&self) -> impl Iterator<Item = &Person> {
        self.plan().with_duty(Duty::Scrutineer)
    }

    /// Whether the scrutineers have been approved.
    pub fn scrutineers_approved(&self) -> bool {
        self.scrutineers.is_some_and(|vote| vote.approved)
    }

    /// The present people whom the lines of an item concern: nominees and their relatives.
    pub fn concerned<'a>(&'a self, nomination: &'a Nomination) -> impl Iterator<Item = SeatId> + 'a {
        self.plan()
            .people
            .iter()
            .filter(|person| nomination.lines.iter().any(|line| line.concerns(&person.id)))
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
            rounds: Vec::new(),
            review: None,
        }
    }

    /// The round under way; of several that are under way together, the one that is least far.
    pub fn round(&self) -> Option<&Round> {
        self.rounds_together().min_by_key(|round| round.phase)
    }

    /// The rounds that are under way together.
    pub fn rounds_together(&self) -> impl Iterator<Item = &Round> {
        let last = self.rounds.last().map(|last| (last.issue.subject.clone(), last.issue.round));
        self.rounds.iter().filter(move |round| Some((round.issue.subject.clone(), round.issue.round)) == last)
    }

    /// The next nominee to be introduced.
    pub fn next_to_introduce<'a>(&self, nomination: &'a Nomination) -> Option<&'a Nominee> {
        nomination.lines.iter().find(|line| !self.introduced.contains(&LineId::from(line.id.as_str())))
    }
}

impl Round {
    /// A round whose issue has just opened.
    pub fn opened(issue: Issue) -> Self {
        Self {
            issue: Arc::new(issue),
            phase: RoundPhase::Issuing,
            issuer: None,
            issued: BTreeMap::new(),
            declined: BTreeSet::new(),
            setup: None,
            confirmed: BTreeSet::new(),
            closed_at: None,
            ballots: Arc::new(Vec::new()),
            box_hash: None,
            box_confirmed: BTreeSet::new(),
            count: None,
            void: None,
        }
    }

    /// Members present when the issue opened.
    pub fn present(&self) -> u32 {
        count(self.issue.electorate.iter())
    }

    /// Papers issued.
    pub fn issued(&self) -> u32 {
        count(self.issued.iter())
    }

    /// Ballots returned, once the box is fixed.
    pub fn returned(&self) -> Option<u32> {
        self.box_hash.as_ref().map(|_| count(self.ballots.iter()))
    }

    /// Those of the electorate who have neither taken nor declined a paper.
    pub fn without_paper(&self) -> impl Iterator<Item = &SeatId> {
        self.issue
            .electorate
            .iter()
            .filter(|seat| !self.issued.contains_key(seat) && !self.declined.contains(seat))
    }

    /// Seats with a paper whose terminal has not confirmed the list.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &SeatId> {
        self.issued.keys().filter(|seat| !self.confirmed.contains(seat))
    }

    /// Seats with a paper whose terminal has not confirmed the box.
    pub fn box_unconfirmed(&self) -> impl Iterator<Item = &SeatId> {
        self.issued.keys().filter(|seat| !self.box_confirmed.contains(seat))
    }
}

/// A person's seat.
pub fn seat(person: &Person) -> SeatId {
    SeatId::from(person.id.as_str())
}

fn count<T>(people: impl Iterator<Item = T>) -> u32 {
    u32::try_from(people.count()).unwrap_or(u32::MAX)
}
