//! A nomination in figures: each line of the ballot paper with what it got.

use serde::Serialize;

use super::term::TermResult;
use super::{RoundResult, stage_name};
use crate::meeting::{ItemState, LineId, Round, RoundPhase, State};
use crate::plan::{Deliberation, Item, Nomination, Nominee, PostList};

/// A nomination.
#[derive(Debug, Clone, Serialize)]
pub struct NominationResult {
    /// Its name in the plan.
    pub id: String,
    /// `nomination`, or `deliberation`.
    pub kind: &'static str,
    /// Members entitled, of the counted round like the three that follow; none if no round was counted.
    pub due: Option<u32>,
    /// Members present when papers were issued.
    pub present: Option<u32>,
    /// Papers issued.
    pub issued: Option<u32>,
    /// Papers returned.
    pub returned: Option<u32>,
    /// The lines, in ballot order.
    pub lines: Vec<LineResult>,
    /// Its title.
    pub title: String,
    /// How far it got.
    pub stage: &'static str,
    /// Its rounds.
    pub rounds: Vec<RoundResult>,
    /// What a deliberation during the term has more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliberation: Option<TermResult>,
}

/// A line of a ballot paper.
#[derive(Debug, Clone, Serialize)]
pub struct LineResult {
    /// The nominee.
    pub name: String,
    /// The post.
    pub post: String,
    /// Those who agree; none where the line was not voted on.
    pub agree: Option<u32>,
    /// Those who disagree.
    pub disagree: Option<u32>,
    /// Those who abstain.
    pub abstain: Option<u32>,
    /// Papers spoilt on this line; none where the vote was not on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoilt: Option<u32>,
    /// Papers issued and not returned.
    pub not_returned: Option<u32>,
    /// The outcome; none where it never got that far.
    pub outcome: Option<Outcome>,
    /// The line's name in the plan.
    pub id: String,
    /// Party or government post.
    pub list: PostList,
    /// The number that the majority was taken of.
    pub base: Option<u32>,
    /// How many had to agree.
    pub needed: Option<u32>,
    /// Why it was deferred, if it was.
    pub deferred: Option<String>,
    /// The item in which the same person was not carried for the same post, where that bars the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub barred: Option<String>,
    /// The papers of its own ballot, where the item was taken up again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub papers: Option<PapersResult>,
}

/// The papers of the ballot whose result on a line is in force.
#[derive(Debug, Clone, Serialize)]
pub struct PapersResult {
    /// The ballot.
    pub ballot: String,
    /// Members entitled.
    pub due: u32,
    /// Members present when papers were issued.
    pub present: u32,
    /// Papers issued.
    pub issued: u32,
    /// Papers returned.
    pub returned: Option<u32>,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 通过
    Carried,
    /// 未通过
    NotCarried,
    /// 暂缓
    Deferred,
    /// 不再表决
    Barred,
}

impl Outcome {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Carried => "carried",
            Self::NotCarried => "not_carried",
            Self::Deferred => "deferred",
            Self::Barred => "barred",
        }
    }
}

impl NominationResult {
    pub(super) fn new(state: &State, planned: &Item, nomination: &Nomination, item: &ItemState) -> Self {
        let counted = item.rounds.iter().rev().find(|round| round.phase == RoundPhase::Counted);
        Self {
            id: item.id.to_string(),
            kind: "nomination",
            due: counted.map(|round| round.issue.due),
            present: counted.map(Round::present),
            issued: counted.map(Round::issued),
            returned: counted.and_then(Round::returned),
            lines: nomination.lines.iter().map(|nominee| LineResult::new(nominee, item)).collect(),
            title: planned.title.clone(),
            stage: stage_name(item.stage),
            rounds: item.rounds.iter().map(|round| RoundResult::new(state, round)).collect(),
            deliberation: None,
        }
    }

    pub(super) fn deliberation(state: &State, planned: &Item, term: &Deliberation, item: &ItemState) -> Self {
        Self {
            kind: "deliberation",
            deliberation: Some(TermResult::new(state, term, item.term())),
            ..Self::new(state, planned, &term.paper, item)
        }
    }
}

impl LineResult {
    fn new(nominee: &Nominee, item: &ItemState) -> Self {
        let id = LineId::from(nominee.id.as_str());
        let counted = item.round_in_force(&id);
        let barred = item.barred.get(&id);
        let deferred = item.deferred.get(&id);
        let place = counted.and_then(|round| round.issue.lines.iter().position(|line| *line == id));
        let count = counted.and_then(|round| round.count.as_ref());
        let outcome = count.zip(place).and_then(|(count, place)| count.outcomes.get(place));
        let on_paper = count.filter(|count| count.by_paper().is_some());
        let spoilt = on_paper.zip(place).map(|(count, place)| count.spoilt(place));
        let not_returned = counted.and_then(|round| round.issued().checked_sub(round.returned()?));
        Self {
            name: nominee.name.clone(),
            post: nominee.post.clone(),
            agree: outcome.map(|outcome| outcome.count.agree),
            disagree: outcome.map(|outcome| outcome.count.disagree),
            abstain: outcome.map(|outcome| outcome.count.abstain),
            spoilt,
            not_returned: outcome.and(not_returned),
            outcome: match outcome {
                Some(outcome) if outcome.carried => Some(Outcome::Carried),
                Some(_) => Some(Outcome::NotCarried),
                None if barred.is_some() => Some(Outcome::Barred),
                None => deferred.map(|_| Outcome::Deferred),
            },
            id: nominee.id.clone(),
            list: nominee.list,
            base: outcome.map(|outcome| outcome.base),
            needed: outcome.map(|outcome| outcome.needed),
            deferred: deferred.cloned(),
            barred: barred.map(|bar| bar.item.to_string()),
            papers: counted.filter(|_| !item.reopenings.is_empty()).map(|round| PapersResult {
                ballot: round.issue.ballot.to_string(),
                due: round.issue.due,
                present: round.present(),
                issued: round.issued(),
                returned: round.returned(),
            }),
        }
    }
}
