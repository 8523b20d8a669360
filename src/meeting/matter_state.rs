//! What is known of business that is decided in the open: who has spoken on a major matter, what was said in a vote by
//! name, how hands were counted.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::ids::{Actor, SeatId};
use super::state::{ItemState, Stage, State, seat};
use crate::plan::{Matter, Prepared, SpeakingOrder};
use crate::rules::{Decided, NamedChoice, NamedCount, OpenOutcome};

/// How far a major matter is.
#[derive(Debug, Clone, Default)]
pub struct MatterState {
    /// How far.
    pub phase: MatterPhase,
    /// The voters in the order in which they are asked, the head last; empty until it is drawn, where it is drawn by lot.
    pub order: Vec<SeatId>,
    /// Who was asked last.
    pub asked: Option<SeatId>,
    /// What was said, in the order it was.
    pub statements: Vec<Statement>,
    /// What the head summed up.
    pub summing_up: Option<String>,
    /// Why it was deferred, if it was.
    pub deferred: Option<String>,
    /// How the head signed the record.
    pub signed: Option<Signed>,
}

/// The phases of a major matter before its vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum MatterPhase {
    /// The draft is introduced.
    #[default]
    Introducing,
    /// The order of the speakers has been asked to be drawn, and not been drawn yet.
    Drawing,
    /// Members state their views.
    Stating,
    /// The head has summed up.
    SummedUp,
    /// Put to the vote, or deferred.
    Over,
}

/// A statement, or that somebody passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Whose.
    pub seat: SeatId,
    /// What was said; none where the member passed.
    pub text: Option<String>,
    /// Who put it into the record: the member, or an officer who took it down.
    pub by: Actor,
    /// When.
    pub time: Timestamp,
}

/// How the head signed the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// With the key of the head's terminal, over this hash.
    ByKey {
        /// The hash of the record, in hex.
        record: String,
    },
    /// Not with the key; the presiding officer's words say why.
    Not {
        /// Why.
        reason: String,
    },
}

/// A vote by name: the one mechanism for a major matter and for an open vote.
///
/// Invariants: who votes is in the electorate; nobody votes twice; where somebody votes last, no vote stands after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedVote {
    /// Voters entitled.
    pub due: u32,
    /// Those of them who were present when the vote opened, in the order of the plan.
    pub electorate: Vec<SeatId>,
    /// Who votes last.
    pub last: Option<SeatId>,
    /// The votes, in the order they came.
    pub votes: Vec<Vote>,
    /// The outcome, once the vote is closed.
    pub outcome: Option<OpenOutcome>,
}

/// One vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Whose.
    pub seat: SeatId,
    /// What was said; none where somebody present did not vote.
    pub choice: Option<NamedChoice>,
    /// Why an officer entered it; none where the voter's own key signed it.
    pub entered: Option<String>,
    /// When.
    pub time: Timestamp,
}

/// How far an open vote is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenVoteState {
    /// Who objected to taking it without a count, in the order it happened.
    pub objected: Vec<SeatId>,
    /// What was decided and how, once it is.
    pub taken: Option<Taken>,
}

/// How an open vote was decided, other than by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Hands were counted.
    Hands {
        /// Voters entitled.
        due: u32,
        /// Voters present.
        present: u32,
        /// The outcome.
        outcome: OpenOutcome,
    },
    /// Nobody objected.
    WithoutObjection {
        /// Voters entitled.
        due: u32,
        /// Voters present.
        present: u32,
    },
}

impl MatterState {
    /// A matter that has just been opened.
    pub(super) fn opened(matter: &Matter) -> Self {
        let order = match matter.order {
            SpeakingOrder::Plan => with_head(matter, matter.speakers.iter().map(|id| id.as_str().into())),
            SpeakingOrder::Lot => Vec::new(),
        };
        Self { order, ..Self::default() }
    }

    /// The statement of somebody, or that they passed.
    pub fn statement(&self, seat: &SeatId) -> Option<&Statement> {
        self.statements.iter().find(|statement| statement.seat == *seat)
    }
}

/// The speakers with the head after them.
pub(super) fn with_head(matter: &Matter, speakers: impl Iterator<Item = SeatId>) -> Vec<SeatId> {
    speakers.chain([SeatId::from(matter.head.as_str())]).collect()
}

impl NamedVote {
    /// The vote of somebody.
    pub fn vote(&self, seat: &SeatId) -> Option<&Vote> {
        self.votes.iter().find(|vote| vote.seat == *seat)
    }

    /// What was said so far, how often; those of the electorate who have not voted are without.
    pub fn count(&self) -> NamedCount {
        let said = |seat| self.vote(seat).and_then(|vote| vote.choice);
        NamedCount::of(self.electorate.iter().map(said))
    }

    /// How many were present when it opened.
    pub fn present(&self) -> u32 {
        super::state::number(self.electorate.len())
    }
}

impl State {
    /// The major matter on the floor: its item, its plan, and how far it is.
    pub fn current_matter(&self) -> Option<(&ItemState, &Matter, &MatterState)> {
        let item = self.current_item()?;
        Some((item, self.item(&item.id)?.matter()?, item.matter()?))
    }

    /// The vote by name on the floor that is not closed.
    pub fn current_named_vote(&self) -> Option<(&ItemState, &NamedVote)> {
        let item = self.current_item()?;
        let open = item.named.as_ref().filter(|vote| vote.outcome.is_none())?;
        Some((item, open))
    }

    /// Who must still state a view or pass before the head, of those present, in the order in which they are asked;
    /// nobody, once the head has been heard.
    pub fn unheard<'a>(&'a self, matter: &'a MatterState) -> impl Iterator<Item = &'a SeatId> {
        let over = matter.order.last().is_some_and(|head| matter.statement(head).is_some());
        let before_head = if over { 0 } else { matter.order.len().saturating_sub(1) };
        let others = matter.order.iter().take(before_head);
        others.filter(|seat| self.is_present(seat) && matter.statement(seat).is_none())
    }

    /// Who is asked next: the first in the order who is present and has not been heard; the head after all others.
    pub fn next_speaker<'a>(&'a self, matter: &'a MatterState) -> Option<&'a SeatId> {
        let head = matter.order.last().filter(|head| matter.statement(head).is_none());
        self.unheard(matter).next().or(head)
    }

    /// Who has been asked, is present, and has not answered yet.
    pub fn being_heard<'a>(&'a self, matter: &'a MatterState) -> Option<&'a SeatId> {
        matter.asked.as_ref().filter(|seat| self.is_present(seat) && matter.statement(seat).is_none())
    }

    /// Who must still vote before the one who votes last, or before the vote can be closed: those present; nobody, once
    /// the one who votes last has.
    pub fn unvoted<'a>(&'a self, vote: &'a NamedVote) -> impl Iterator<Item = &'a SeatId> {
        let over = vote.last.as_ref().is_some_and(|last| vote.vote(last).is_some());
        let others = vote.electorate.iter().filter(move |seat| !over && vote.last.as_ref() != Some(seat));
        others.filter(|seat| self.is_present(seat) && vote.vote(seat).is_none())
    }

    /// The voters without a notification on record, in the order of the plan.
    pub fn not_notified(&self, item: &ItemState) -> Vec<SeatId> {
        let Some(planned) = self.item(&item.id) else { return Vec::new() };
        let Some(matter) = planned.matter() else { return Vec::new() };
        let by_plan = |seat: &SeatId| {
            let notice = matter.notified.as_ref();
            notice.is_some_and(|notice| notice.members.iter().any(|member| member == seat.as_str()))
        };
        let voters = self.plan().electors(planned).map(seat);
        voters.filter(|seat| !by_plan(seat) && !item.notices.contains_key(seat)).collect()
    }

    /// The checklist of what was done before the meeting: raised, studied, reviewed, notified; none where the plan does
    /// not say who notified the members.
    pub fn checklist<'a>(&self, matter: &'a Matter) -> [Option<(&'a str, Date)>; 4] {
        let [raised, studied, reviewed] =
            matter.prepared().map(|Prepared { by, on }| Some((by.as_str(), *on)));
        let notified = matter.notified.as_ref().map(|notice| (notice.by.as_str(), notice.on));
        [raised, studied, reviewed, notified]
    }

    /// The outcome of an item that was decided in the open, once it is known: by name, or by hands.
    pub fn open_outcome(&self, item: &ItemState) -> Option<OpenOutcome> {
        let named = item.named.as_ref().and_then(|vote| vote.outcome);
        let taken = item.open_vote().and_then(|vote| vote.taken);
        named.or(match taken {
            Some(Taken::Hands { outcome, .. }) => Some(outcome),
            Some(Taken::WithoutObjection { .. }) | None => None,
        })
    }

    /// Whether an item with one question, decided in the open or by a secret ballot on one line, was declared carried.
    pub fn is_carried(&self, item: &ItemState) -> bool {
        let in_the_open = match item.open_vote().and_then(|vote| vote.taken) {
            Some(Taken::WithoutObjection { .. }) => true,
            _ => self.open_outcome(item).is_some_and(|outcome| outcome.decided == Decided::Carried),
        };
        let count = item.round().and_then(|round| round.count.as_ref());
        let by_ballot = count.and_then(|count| count.outcomes.first()).is_some_and(|outcome| outcome.carried);
        item.stage == Stage::Declared && (in_the_open || by_ballot)
    }

    /// What the head signs: the statements, the votes by name, and the result of a secret ballot, where there was one.
    pub fn matter_hash(&self, item: &ItemState) -> String {
        let mut text = format!("plenum/v1/matter|{}|{}", self.session(), item.id);
        for statement in item.matter().into_iter().flat_map(|matter| &matter.statements) {
            let said = statement.text.as_deref().map(|said| super::sha256_hex(said.as_bytes()));
            text.push_str(&format!("|{}={}", statement.seat, said.as_deref().unwrap_or("passed")));
        }
        for vote in item.named.iter().flat_map(|named| &named.votes) {
            text.push_str(&format!("|{}:{}", vote.seat, vote.choice.map_or("none", NamedChoice::name)));
        }
        if item.round().is_some() {
            text.push_str(&format!("|{}", super::result_hash(item.rounds_together())));
        }
        super::sha256_hex(text.as_bytes())
    }
}

/// The notices that were entered in the meeting: when each was given.
pub type Notices = BTreeMap<SeatId, Date>;
