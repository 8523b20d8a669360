//! A contested election between its rounds: who was elected, who is voted on again, and when it is over. Up to its first issue
//! of papers, and within each round, it goes like a nomination. Every round is a ballot of its own and stays beside the
//! others; who is elected is elected, whatever a later round brings.

use super::event::{ContestRound, Event, FurtherRound};
use super::ids::{ItemId, LineId};
use super::nomination::sheet_answered;
use super::paper_vote::PaperCount;
use super::refusal::Refusal;
use super::round::{Round, RoundPhase};
use super::state::{ItemState, State, number};
use crate::plan::{Contested, PaperForm};
use crate::rules::{After, Among, ContestOutcome, Fate, RoundVotes};

/// Somebody who was elected.
#[derive(Debug, Clone, Copy)]
pub struct Elected<'a> {
    /// The candidate's line.
    pub line: &'a LineId,
    /// The round that elected.
    pub round: &'a Round,
    /// The votes in it.
    pub votes: u32,
}

impl ItemState {
    /// Whether a further round was called whose papers are not issued yet.
    pub fn awaits_further_round(&self) -> bool {
        let issued =
            self.rounds_now().last().and_then(|round| round.issue.contest).map_or(0, |round| round.further);
        number(self.further.len()) > issued
    }

    /// Everybody elected so far: by rounds, and in the order of votes within each.
    pub fn elected(&self) -> Vec<Elected<'_>> {
        self.counted_rounds().flat_map(elected_in).collect()
    }

    /// The rounds that count, in their order: none of before the item was reopened.
    pub fn counted_rounds(&self) -> impl Iterator<Item = &Round> {
        self.rounds_now().filter(|round| round.phase == RoundPhase::Counted)
    }
}

/// Those whom a round elected, in the order of their votes.
fn elected_in(round: &Round) -> Vec<Elected<'_>> {
    let Some(outcome) = round.contest() else { return Vec::new() };
    let elected = outcome.in_order().into_iter().filter_map(|place| {
        let candidate = outcome.candidates.get(place).filter(|candidate| candidate.fate == Fate::Elected)?;
        Some(Elected { line: round.issue.lines.get(place)?, round, votes: candidate.votes })
    });
    elected.collect()
}

impl Contested {
    /// How many are to be elected in all: as the plan says; of a list all of its lines that were put to the vote.
    pub fn seats(&self, item: &ItemState) -> u32 {
        let first = item.rounds_now().next().and_then(|round| round.issue.contest);
        first.map_or(self.rule.seats, |round| round.seats)
    }

    /// Seats that nobody has been elected to so far.
    pub fn open_seats(&self, item: &ItemState) -> u32 {
        self.seats(item).saturating_sub(number(item.elected().len()))
    }
}

impl State {
    /// What follows the round of a contested election that was counted last; none while there is no such round, or a
    /// further one has been called.
    pub fn after_round(&self, item: &ItemState) -> Option<After> {
        let contested = self.item(&item.id)?.contested()?;
        let outcome = item.round().filter(|_| !item.awaits_further_round())?.contest()?;
        Some(contested.rule.after(outcome, number(item.further.len())))
    }

    /// The further round that is due after the round that was counted last.
    pub fn further_round_due(&self, item: &ItemState) -> Option<FurtherRound> {
        let After::Further { among, candidates, seats } = self.after_round(item)? else { return None };
        let lines = &item.round()?.issue.lines;
        let lines = candidates.into_iter().filter_map(|place| lines.get(place).cloned()).collect();
        Some(FurtherRound { among, lines, seats })
    }
}

/// What the next issue of papers is for, with so many lines on them. A line that is deferred is not put to the vote: on a list
/// it leaves no seat open.
pub(super) fn round_to_issue(contested: &Contested, item: &ItemState, lines: usize) -> ContestRound {
    let further = number(item.further.len());
    let seats = match contested.form {
        PaperForm::Choose => contested.rule.seats,
        PaperForm::List => number(lines),
    };
    let (among, seats) = item.further.last().map_or((Among::All, seats), |round| (round.among, round.seats));
    ContestRound { further, among, seats }
}

/// Who is elected in a round by the sums of its box: of one question with the blank first, or of one question a line.
pub fn contest_outcome(contested: &Contested, round: &Round, sums: &[Vec<u32>]) -> Option<ContestOutcome> {
    outcome(contested, round, sums, (round.returned()?, 0))
}

/// Who is elected in a round by a count of its papers. On a list every paper that came back is valid: a line that is spoilt on
/// it is one that it does not agree to.
pub fn contest_by_paper(contested: &Contested, round: &Round, count: &PaperCount) -> Option<ContestOutcome> {
    let spoilt = match contested.form {
        PaperForm::Choose => count.spoilt.first().copied().unwrap_or(0),
        PaperForm::List => 0,
    };
    outcome(contested, round, &count.marks, (count.returned, spoilt))
}

fn outcome(
    contested: &Contested,
    round: &Round,
    sums: &[Vec<u32>],
    (returned, spoilt): (u32, u32),
) -> Option<ContestOutcome> {
    let ContestRound { among, seats, .. } = round.issue.contest?;
    let (blank, votes): (u32, Vec<u32>) = match contested.form {
        PaperForm::Choose => {
            let (blank, votes) = sums.first()?.split_first()?;
            (*blank, votes.to_vec())
        }
        PaperForm::List => (0, sums.iter().filter_map(|sums| sums.first().copied()).collect()),
    };
    let (due, present) = (round.issue.due, round.present());
    let counted = RoundVotes { votes: &votes, blank, seats, among, due, present, returned, spoilt };
    Some(contested.rule.outcome(&contested.slate.carried, &counted))
}

/// The presiding officer declares the round, and calls the further one that the rule asks for.
pub(super) fn call_further(state: &State, id: &ItemId) -> Result<Vec<Event>, Refusal> {
    let item = state.current_item().filter(|item| item.id == *id).ok_or(Refusal::AnotherItemOpen)?;
    state.item(id).and_then(|item| item.contested()).ok_or(Refusal::NoFurtherRound)?;
    let further = state.further_round_due(item).ok_or(Refusal::NoFurtherRound)?;
    sheet_answered(state, item)?;
    Ok(vec![Event::FurtherRoundCalled { item: id.clone(), further }])
}

/// An election whose rule asks for a further round is not over.
pub(super) fn is_over(state: &State, item: &ItemState) -> Result<(), Refusal> {
    let counted = item.round().is_some_and(|round| round.phase == RoundPhase::Counted);
    let called = counted && item.awaits_further_round();
    let goes_on = called || state.further_round_due(item).is_some();
    if goes_on { Err(Refusal::FurtherRoundDue) } else { Ok(()) }
}
