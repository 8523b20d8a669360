//! A contested election in figures: every round with its candidates in the order of their votes, who is elected over all
//! rounds, and what stays open.

use serde::Serialize;

use super::{RoundResult, stage_name};
use crate::meeting::{ItemState, LineId, Round, State};
use crate::plan::{Contested, Item, PaperForm, PostList};
use crate::rules::{Among, ContestRule, Fate};

/// A contested election.
#[derive(Debug, Clone, Serialize)]
pub struct ContestedResult {
    /// Its name in the plan.
    pub id: String,
    /// `contested`.
    pub kind: &'static str,
    /// Whether candidates were chosen, or a list was voted on with exceptions.
    pub form: PaperForm,
    /// How many were to be elected, and what follows a tie or too few.
    pub rule: ContestRule,
    /// Who is elected: by rounds, in the order of votes within each.
    pub elected: Vec<ElectedResult>,
    /// Seats that stay open, as far as the rounds have been held.
    pub open: u32,
    /// Everybody who stood, in ballot order.
    pub candidates: Vec<StandingResult>,
    /// Its title.
    pub title: String,
    /// How far it got.
    pub stage: &'static str,
    /// Its rounds.
    pub rounds: Vec<ContestedRoundResult>,
}

/// Somebody who is elected.
#[derive(Debug, Clone, Serialize)]
pub struct ElectedResult {
    /// The line's name in the plan.
    pub id: String,
    /// The name.
    pub name: String,
    /// The ballot that elected.
    pub ballot: String,
    /// The votes on it.
    pub votes: u32,
}

/// Somebody who stood.
#[derive(Debug, Clone, Serialize)]
pub struct StandingResult {
    /// The name.
    pub name: String,
    /// For what.
    pub post: String,
    /// What became of the candidate; none where there never was a count.
    pub outcome: Option<&'static str>,
    /// The line's name in the plan.
    pub id: String,
    /// Party or government post.
    pub list: PostList,
    /// Why the line was deferred, if it was.
    pub deferred: Option<String>,
}

/// A round.
#[derive(Debug, Clone, Serialize)]
pub struct ContestedRoundResult {
    /// What every round has.
    #[serde(flatten)]
    pub round: RoundResult,
    /// Which further round it is; 0 for the first of all.
    pub further: u32,
    /// Among whom it was held.
    pub among: Among,
    /// Seats to be filled in it.
    pub seats: u32,
    /// The number that the majority was taken of, like the three that follow once it is counted.
    pub base: Option<u32>,
    /// How many votes elect.
    pub needed: Option<u32>,
    /// Ballots on which nobody is marked.
    pub blank: Option<u32>,
    /// Papers spoilt as a whole; left out where candidates were not marked on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoilt: Option<u32>,
    /// The candidates with what they got, in the order of votes; in ballot order where it is not counted.
    pub candidates: Vec<CandidateResult>,
}

/// A candidate in a round.
#[derive(Debug, Clone, Serialize)]
pub struct CandidateResult {
    /// The line's name in the plan.
    pub id: String,
    /// The name.
    pub name: String,
    /// The place in the order of votes.
    pub place: Option<u32>,
    /// Votes for the candidate; on a list those who agree.
    pub votes: Option<u32>,
    /// On a list those who except the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disagree: Option<u32>,
    /// On a list on paper the papers that are spoilt on this line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spoilt: Option<u32>,
    /// `elected`, `tied` or `not_elected`.
    pub outcome: Option<&'static str>,
}

fn name_of(contested: &Contested, line: &LineId) -> String {
    contested.slate.line(line.as_str()).map_or_else(|| line.to_string(), |line| line.name.clone())
}

impl ContestedResult {
    pub(super) fn new(state: &State, planned: &Item, contested: &Contested, item: &ItemState) -> Self {
        let elected = item.elected().into_iter().map(|elected| ElectedResult {
            id: elected.line.to_string(),
            name: name_of(contested, elected.line),
            ballot: elected.round.issue.ballot.to_string(),
            votes: elected.votes,
        });
        Self {
            id: item.id.to_string(),
            kind: "contested",
            form: contested.form,
            rule: contested.rule,
            elected: elected.collect(),
            open: contested.open_seats(item),
            candidates: contested.slate.lines.iter().map(|line| StandingResult::new(line, item)).collect(),
            title: planned.title.clone(),
            stage: stage_name(item.stage),
            rounds: item
                .rounds
                .iter()
                .map(|round| ContestedRoundResult::new(state, contested, round))
                .collect(),
        }
    }

    /// How many rows the election has in the table: see [`super::Results::csv`].
    pub(super) fn rows(&self) -> usize {
        let counted: usize = self.counted().map(|round| round.candidates.len()).sum();
        counted + self.without_round().count()
    }

    /// The rounds that count.
    pub(super) fn counted(&self) -> impl Iterator<Item = &ContestedRoundResult> {
        self.rounds.iter().filter(|round| round.base.is_some())
    }

    /// Whether a round of it was counted on paper.
    pub(super) fn is_by_paper(&self) -> bool {
        let spoilt = |round: &ContestedRoundResult| {
            round.spoilt.is_some() || round.candidates.iter().any(|one| one.spoilt.is_some())
        };
        self.counted().any(spoilt)
    }

    /// Candidates on whom no round was counted: they are deferred, or there never was a count.
    pub(super) fn without_round(&self) -> impl Iterator<Item = &StandingResult> {
        self.candidates.iter().filter(|standing| {
            !self.counted().any(|round| round.candidates.iter().any(|one| one.id == standing.id))
        })
    }
}

impl StandingResult {
    fn new(line: &crate::plan::Nominee, item: &ItemState) -> Self {
        let id = LineId::from(line.id.as_str());
        let fates = item.counted_rounds().filter_map(|round| fate(round, &id));
        let deferred = item.deferred.get(&id);
        // Whoever is elected in any round is elected; else the last round tells.
        let last = fates.fold(None, |before: Option<Fate>, fate| match before {
            Some(Fate::Elected) => before,
            _ => Some(fate),
        });
        Self {
            name: line.name.clone(),
            post: line.post.clone(),
            outcome: last
                .map(Fate::name)
                .or(item.barred.get(&id).map(|_| "barred"))
                .or(deferred.map(|_| "deferred")),
            id: line.id.clone(),
            list: line.list,
            deferred: deferred.cloned(),
        }
    }
}

fn fate(round: &Round, line: &LineId) -> Option<Fate> {
    let place = round.issue.lines.iter().position(|voted| voted == line)?;
    Some(round.contest()?.candidates.get(place)?.fate)
}

impl ContestedRoundResult {
    fn new(state: &State, contested: &Contested, round: &Round) -> Self {
        let outcome = round.contest();
        let issue = round.issue.contest;
        let order: Vec<usize> =
            outcome.map_or_else(|| (0..round.issue.lines.len()).collect(), |outcome| outcome.in_order());
        let count = round.count.as_ref();
        let candidate = |place: usize| {
            let line = round.issue.lines.get(place)?;
            let got = outcome.and_then(|outcome| outcome.candidates.get(place));
            let on_list = count.filter(|_| contested.form == PaperForm::List && got.is_some());
            Some(CandidateResult {
                id: line.to_string(),
                name: name_of(contested, line),
                place: got.map(|got| got.place),
                votes: got.map(|got| got.votes),
                disagree: on_list.map(|count| count.excepted(place)),
                spoilt: on_list.filter(|count| count.by_paper().is_some()).map(|count| count.spoilt(place)),
                outcome: got.map(|got| got.fate.name()),
            })
        };
        Self {
            round: RoundResult::new(state, round),
            further: issue.map_or(0, |issue| issue.further),
            among: issue.map_or(Among::All, |issue| issue.among),
            seats: issue.map_or(contested.rule.seats, |issue| issue.seats),
            base: outcome.map(|outcome| outcome.base),
            needed: outcome.map(|outcome| outcome.needed),
            blank: outcome.map(|outcome| outcome.blank),
            spoilt: count.and_then(|count| count.spoilt_papers(contested.form)),
            candidates: order.into_iter().filter_map(candidate).collect(),
        }
    }
}
