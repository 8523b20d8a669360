//! What is counted of a paper, whether the figures of a count by hand can be true, and in which figures two counts differ.

use super::by_paper::void_by;
use super::event::Issue;
use super::ids::LineId;
use super::paper::most_marks;
use super::paper_vote::{CountFigure, CountMistake, PaperCount};
use super::round::Round;
use super::state::{State, number};
use crate::plan::{Item, PaperForm};
use crate::rules::Choice;

/// What is counted of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tallied {
    /// Each line by itself: so many answers, and where it is spoilt.
    Lines {
        /// How many.
        answers: usize,
    },
    /// The paper as a whole: whether it is blank or spoilt, and else the votes that it gives.
    Candidates {
        /// How many at most.
        most: u32,
    },
}

/// What is counted of a paper of this issue.
pub fn tallied(planned: &Item, issue: &Issue) -> Tallied {
    if let Some(review) = planned.review() {
        return Tallied::Lines { answers: review.scale.len() };
    }
    match planned.contested() {
        None => Tallied::Lines { answers: Choice::ALL.len() },
        Some(contested) => match contested.form {
            PaperForm::List => Tallied::Lines { answers: Choice::ON_A_LIST.len() },
            PaperForm::Choose => Tallied::Candidates { most: most_marks(contested, issue) },
        },
    }
}

/// What is wrong with the figures of a count, the first first. Nothing: they may be entered.
pub fn mistakes(state: &State, round: &Round, count: &PaperCount) -> Vec<CountMistake> {
    let PaperCount { issued, cancelled, returned, marks, spoilt } = count;
    let (issued, cancelled, returned, printed) = (*issued, *cancelled, *returned, round.present());
    let mut mistakes = Vec::new();
    if issued > printed {
        mistakes.push(CountMistake::IssuedOverPresent { issued, present: printed });
    } else if u64::from(issued) + u64::from(cancelled) != u64::from(printed) {
        mistakes.push(CountMistake::PrintedDoNotAddUp { printed, issued, cancelled });
    }
    if issued == 0 {
        mistakes.push(CountMistake::NoneIssued);
    }
    if void_by(state, count).is_some() {
        // The papers stay folded: what they say was not to be looked at.
        if !marks.is_empty() || !spoilt.is_empty() {
            mistakes.push(CountMistake::CountedThoughVoid { issued, returned });
        }
        return mistakes;
    }
    let lines = &round.issue.lines;
    let tallied = state.item(&round.issue.item).map(|planned| tallied(planned, &round.issue));
    mistakes.extend(match tallied {
        Some(Tallied::Candidates { most }) => of_candidates(lines, most, count),
        Some(Tallied::Lines { answers }) => of_lines(lines, answers, count),
        None => Vec::new(),
    });
    mistakes
}

/// The marks of each line and its spoilt papers are what came back.
fn of_lines(lines: &[LineId], answers: usize, count: &PaperCount) -> Vec<CountMistake> {
    let PaperCount { returned, marks, spoilt, .. } = count;
    let whole = marks.len() == lines.len() && spoilt.len() == lines.len();
    if !whole || marks.iter().any(|row| row.len() != answers) {
        return vec![CountMistake::LinesMissing { lines: number(lines.len()) }];
    }
    let mistake = |((line, row), spoilt): ((&LineId, &Vec<u32>), &u32)| {
        let counted = row.iter().chain([spoilt]).map(|mark| u64::from(*mark)).sum::<u64>();
        (counted != u64::from(*returned)).then(|| CountMistake::LineDoesNotAddUp {
            line: line.clone(),
            counted: u32::try_from(counted).unwrap_or(u32::MAX),
            returned: *returned,
        })
    };
    lines.iter().zip(marks).zip(spoilt).filter_map(mistake).collect()
}

/// Papers that are neither blank nor spoilt mark one candidate at least and `most` at most, and nobody twice. Whatever these
/// four rules let pass, papers can be.
fn of_candidates(lines: &[LineId], most: u32, count: &PaperCount) -> Vec<CountMistake> {
    let missing = || vec![CountMistake::CandidatesMissing { candidates: number(lines.len()) }];
    let ([row], [spoilt]) = (count.marks.as_slice(), count.spoilt.as_slice()) else { return missing() };
    let Some((blank, votes)) = row.split_first().filter(|(_, votes)| votes.len() == lines.len()) else {
        return missing();
    };
    let (blank, spoilt, returned) = (*blank, *spoilt, count.returned);
    let marked = blank.checked_add(spoilt).and_then(|none| returned.checked_sub(none));
    let Some(marked) = marked else {
        return vec![CountMistake::BlankAndSpoiltOverReturned { blank, spoilt, returned }];
    };
    let over = |(line, votes): (&LineId, &u32)| {
        (*votes > marked).then(|| CountMistake::VotesOverMarked { line: line.clone(), votes: *votes, marked })
    };
    let mut mistakes: Vec<CountMistake> = lines.iter().zip(votes).filter_map(over).collect();
    let all: u64 = votes.iter().copied().map(u64::from).sum();
    let votes = u32::try_from(all).unwrap_or(u32::MAX);
    if all > u64::from(most) * u64::from(marked) {
        mistakes.push(CountMistake::TooManyVotes { votes, marked, most });
    } else if all < u64::from(marked) {
        mistakes.push(CountMistake::TooFewVotes { votes, marked });
    }
    mistakes
}

/// Which figures of two counts differ, without what either says.
pub(super) fn differences(
    state: &State,
    round: &Round,
    one: &PaperCount,
    other: &PaperCount,
) -> Vec<CountFigure> {
    let mut figures = Vec::new();
    let mut compare = |figure: CountFigure, differs: bool| {
        if differs {
            figures.push(figure);
        }
    };
    compare(CountFigure::Issued, one.issued != other.issued);
    compare(CountFigure::Cancelled, one.cancelled != other.cancelled);
    compare(CountFigure::Returned, one.returned != other.returned);
    if one.marks.is_empty() || other.marks.is_empty() {
        return figures;
    }
    let mark = |count: &PaperCount, row: usize, at: usize| count.marks.get(row)?.get(at).copied();
    let spoilt = |count: &PaperCount, row: usize| count.spoilt.get(row).copied();
    let lines = round.issue.lines.iter().enumerate();
    match state.item(&round.issue.item).map(|planned| tallied(planned, &round.issue)) {
        Some(Tallied::Candidates { .. }) => {
            compare(CountFigure::Blank, mark(one, 0, 0) != mark(other, 0, 0));
            compare(CountFigure::SpoiltPapers, spoilt(one, 0) != spoilt(other, 0));
            for (place, line) in lines {
                let differs = mark(one, 0, place + 1) != mark(other, 0, place + 1);
                compare(CountFigure::Votes { line: line.clone() }, differs);
            }
        }
        Some(Tallied::Lines { answers }) => {
            for (place, line) in lines {
                for answer in 0..answers {
                    let figure = CountFigure::Mark { line: line.clone(), answer: number(answer) };
                    compare(figure, mark(one, place, answer) != mark(other, place, answer));
                }
                let figure = CountFigure::Spoilt { line: line.clone() };
                compare(figure, spoilt(one, place) != spoilt(other, place));
            }
        }
        None => {}
    }
    figures
}
