//! What was decided in the open, in figures and by name: major matters and open votes.

use jiff::civil::Date;
use serde::Serialize;

use super::{RoundResult, stage_name};
use crate::meeting::{Actor, ItemState, NamedVote, Round, RoundPhase, SeatId, Signed, State, Taken};
use crate::plan::{Item, Matter, MatterKind, OpenVote, Prepared, VoteAbout, VoteHow};
use crate::rules::{Decided, NamedChoice, NamedCount, OpenOutcome};

/// A major matter.
#[derive(Debug, Clone, Serialize)]
pub struct MatterResult {
    /// Its name in the plan.
    pub id: String,
    /// `major_matter`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// Which of the four kinds it is: `decision`, `appointment`, `project`, `large_sum`.
    pub matter: &'static str,
    /// `by_name` or `secret`.
    pub ballot: &'static str,
    /// Members entitled, of the vote like the figures that follow; none where there was none.
    pub due: Option<u32>,
    /// Members present when the vote opened, or when papers were issued.
    pub present: Option<u32>,
    /// Papers issued, of a secret ballot.
    pub issued: Option<u32>,
    /// Papers returned, of a secret ballot.
    pub returned: Option<u32>,
    /// Those who agree.
    pub agree: Option<u32>,
    /// Those who disagree.
    pub disagree: Option<u32>,
    /// Those who abstain, of a secret ballot.
    pub abstain: Option<u32>,
    /// Papers spoilt; none where the vote was not on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoilt: Option<u32>,
    /// The number that the majority was taken of.
    pub base: Option<u32>,
    /// How many had to agree.
    pub needed: Option<u32>,
    /// `carried`, `not_carried`, `postponed` or `deferred`; none where it never got that far.
    pub outcome: Option<&'static str>,
    /// Why it was deferred, if it was.
    pub deferred: Option<String>,
    /// The head's name.
    pub head: String,
    /// What was done before the meeting.
    pub before: Vec<StepResult>,
    /// What was said, in the order it was.
    pub statements: Vec<StatementResult>,
    /// What the head summed up.
    pub summing_up: Option<String>,
    /// The votes by name.
    pub named_vote: Option<NamedVoteResult>,
    /// The hash that the head signed, if the head did.
    pub signed: Option<String>,
    /// Why the head did not, where that is said.
    pub unsigned: Option<String>,
    /// How far it got.
    pub stage: &'static str,
    /// The rounds of a secret ballot.
    pub rounds: Vec<RoundResult>,
}

/// A step before the meeting.
#[derive(Debug, Clone, Serialize)]
pub struct StepResult {
    /// `raised`, `studied`, `reviewed` or `notified`.
    pub step: &'static str,
    /// Who took it; none for notices that were entered in the meeting.
    pub by: Option<String>,
    /// When.
    pub on: Date,
    /// Who was notified; empty for the other steps.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
}

/// A statement.
#[derive(Debug, Clone, Serialize)]
pub struct StatementResult {
    /// Whose seat.
    pub seat: String,
    /// Whose.
    pub name: String,
    /// What was said; none where the member passed.
    pub text: Option<String>,
    /// Whether an officer took it down.
    pub taken_down: bool,
}

/// A vote by name.
#[derive(Debug, Clone, Serialize)]
pub struct NamedVoteResult {
    /// Members entitled.
    pub due: u32,
    /// Members present when it opened.
    pub present: u32,
    /// The votes in the order they were given, then those of the electorate without one.
    pub votes: Vec<VoteResult>,
    /// What was said, how often; none while the vote is open.
    pub count: Option<NamedCount>,
}

/// One vote.
#[derive(Debug, Clone, Serialize)]
pub struct VoteResult {
    /// Whose seat.
    pub seat: String,
    /// Whose.
    pub name: String,
    /// `agree`, `disagree`, `postpone`, `abstain`; `none` for somebody who could have voted and did not.
    pub vote: &'static str,
    /// Why an officer entered it, where one did.
    pub entered: Option<String>,
}

/// An open vote.
#[derive(Debug, Clone, Serialize)]
pub struct OpenVoteResult {
    /// Its name in the plan.
    pub id: String,
    /// `open_vote`.
    pub kind: &'static str,
    /// Its title.
    pub title: String,
    /// What was put to the vote.
    pub question: String,
    /// `agenda`, `scrutineers`, `rules` or `other`.
    pub about: &'static str,
    /// `hands`, `by_name` or `without_objection`: as it was taken, or as the plan wants it.
    pub how: &'static str,
    /// Members entitled.
    pub due: Option<u32>,
    /// Members present.
    pub present: Option<u32>,
    /// What was said, how often; none where nobody objected.
    pub count: Option<NamedCount>,
    /// The number that the majority was taken of.
    pub base: Option<u32>,
    /// How many had to agree.
    pub needed: Option<u32>,
    /// `carried` or `not_carried`.
    pub outcome: Option<&'static str>,
    /// Who objected to going without a count.
    pub objected: Vec<String>,
    /// The votes by name.
    pub named_vote: Option<NamedVoteResult>,
    /// How far it got.
    pub stage: &'static str,
}

fn decided(decided: Decided) -> &'static str {
    match decided {
        Decided::Carried => "carried",
        Decided::NotCarried => "not_carried",
        Decided::Postponed => "postponed",
    }
}

fn name(state: &State, seat: &str) -> String {
    state.name(&SeatId::from(seat)).to_owned()
}

impl NamedVoteResult {
    fn new(state: &State, named: &NamedVote) -> Self {
        let given = named.votes.iter().map(|vote| VoteResult {
            seat: vote.seat.to_string(),
            name: name(state, vote.seat.as_str()),
            vote: vote.choice.map_or("none", NamedChoice::name),
            entered: vote.entered.clone(),
        });
        let without =
            named.electorate.iter().filter(|seat| named.vote(seat).is_none()).map(|seat| VoteResult {
                seat: seat.to_string(),
                name: name(state, seat.as_str()),
                vote: "none",
                entered: None,
            });
        Self {
            due: named.due,
            present: named.present(),
            votes: given.chain(without).collect(),
            count: named.outcome.map(|outcome| outcome.count),
        }
    }
}

impl MatterResult {
    pub(super) fn new(state: &State, planned: &Item, plan: &Matter, item: &ItemState) -> Self {
        let progress = item.matter();
        let outcome = item.named.as_ref().and_then(|named| named.outcome);
        let counted = item.rounds_now().find(|round| round.phase == RoundPhase::Counted);
        let ballot = counted.and_then(|round| round.count.as_ref());
        let line = ballot.and_then(|count| count.outcomes.first().copied());
        let named = item.named.as_ref();
        let deferred = progress.and_then(|progress| progress.deferred.clone());
        let signed = progress.and_then(|progress| progress.signed.clone());
        let (signed, unsigned) = match signed {
            Some(Signed::ByKey { record }) => (Some(record), None),
            Some(Signed::Not { reason }) => (None, Some(reason)),
            None => (None, None),
        };
        let by_ballot = line.map(|line| if line.carried { "carried" } else { "not_carried" });
        Self {
            id: item.id.to_string(),
            kind: "major_matter",
            title: planned.title.clone(),
            matter: match plan.matter {
                MatterKind::Decision => "decision",
                MatterKind::Appointment => "appointment",
                MatterKind::Project => "project",
                MatterKind::LargeSum => "large_sum",
            },
            ballot: if plan.secret.is_some() { "secret" } else { "by_name" },
            due: named.map(|named| named.due).or(counted.map(|round| round.issue.due)),
            present: named.map(NamedVote::present).or(counted.map(Round::present)),
            issued: counted.map(Round::issued),
            returned: counted.and_then(Round::returned),
            agree: outcome.map(|outcome| outcome.count.agree).or(line.map(|line| line.count.agree)),
            disagree: outcome.map(|outcome| outcome.count.disagree).or(line.map(|line| line.count.disagree)),
            abstain: line.map(|line| line.count.abstain),
            spoilt: ballot.filter(|count| count.by_paper().is_some()).map(|count| count.spoilt(0)),
            base: outcome.map(|outcome| outcome.base).or(line.map(|line| line.base)),
            needed: outcome.map(|outcome| outcome.needed).or(line.map(|line| line.needed)),
            outcome: deferred
                .as_ref()
                .map(|_| "deferred")
                .or(outcome.map(|outcome| decided(outcome.decided)))
                .or(by_ballot),
            deferred,
            head: name(state, &plan.head),
            before: before(state, plan, item),
            statements: progress.map_or_else(Vec::new, |progress| {
                progress
                    .statements
                    .iter()
                    .map(|statement| StatementResult {
                        seat: statement.seat.to_string(),
                        name: name(state, statement.seat.as_str()),
                        text: statement.text.clone(),
                        taken_down: statement.by != Actor::Seat(statement.seat.clone()),
                    })
                    .collect()
            }),
            summing_up: progress.and_then(|progress| progress.summing_up.clone()),
            named_vote: named.map(|named| NamedVoteResult::new(state, named)),
            signed,
            unsigned,
            stage: stage_name(item.stage),
            rounds: item.rounds.iter().map(|round| RoundResult::new(state, round)).collect(),
        }
    }
}

/// The checklist, and the notices that were entered in the meeting, day by day.
fn before(state: &State, plan: &Matter, item: &ItemState) -> Vec<StepResult> {
    let step = |step: &'static str, prepared: &Prepared| StepResult {
        step,
        by: Some(prepared.by.clone()),
        on: prepared.on,
        members: Vec::new(),
    };
    let mut steps =
        vec![step("raised", &plan.raised), step("studied", &plan.studied), step("reviewed", &plan.reviewed)];
    let names = |seats: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        seats.map(|seat| name(state, seat)).collect()
    };
    steps.extend(plan.notified.as_ref().map(|notice| StepResult {
        step: "notified",
        by: Some(notice.by.clone()),
        on: notice.on,
        members: names(&mut notice.members.iter().map(String::as_str)),
    }));
    let mut days: Vec<Date> = item.notices.values().copied().collect();
    days.sort_unstable();
    days.dedup();
    for on in days {
        let seats = item.notices.iter().filter(|(_, day)| **day == on).map(|(seat, _)| seat.as_str());
        steps.push(StepResult { step: "notified", by: None, on, members: names(&mut seats.into_iter()) });
    }
    steps
}

impl OpenVoteResult {
    pub(super) fn new(state: &State, planned: &Item, plan: &OpenVote, item: &ItemState) -> Self {
        let taken = item.open_vote().and_then(|vote| vote.taken);
        let named = item.named.as_ref();
        let outcome: Option<OpenOutcome> = state.open_outcome(item);
        let (due, present) = match taken {
            Some(Taken::Hands { due, present, .. } | Taken::WithoutObjection { due, present }) => {
                (Some(due), Some(present))
            }
            None => (named.map(|named| named.due), named.map(NamedVote::present)),
        };
        let how = match (taken, plan.how) {
            (Some(Taken::Hands { .. }), _) => VoteHow::Hands,
            (_, how) => how,
        };
        let without = matches!(taken, Some(Taken::WithoutObjection { .. })).then_some("carried");
        Self {
            id: item.id.to_string(),
            kind: "open_vote",
            title: planned.title.clone(),
            question: plan.question.clone(),
            about: match plan.about {
                VoteAbout::Agenda => "agenda",
                VoteAbout::Scrutineers => "scrutineers",
                VoteAbout::Rules => "rules",
                VoteAbout::Other => "other",
            },
            how: match how {
                VoteHow::Hands => "hands",
                VoteHow::ByName => "by_name",
                VoteHow::WithoutObjection => "without_objection",
            },
            due,
            present,
            count: outcome.map(|outcome| outcome.count),
            base: outcome.map(|outcome| outcome.base),
            needed: outcome.map(|outcome| outcome.needed),
            outcome: outcome.map(|outcome| decided(outcome.decided)).or(without),
            objected: item
                .open_vote()
                .into_iter()
                .flat_map(|vote| &vote.objected)
                .map(|seat| name(state, seat.as_str()))
                .collect(),
            named_vote: named.map(|named| NamedVoteResult::new(state, named)),
            stage: stage_name(item.stage),
        }
    }
}
