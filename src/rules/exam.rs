//! Marks of an exam: whole numbers, by the rule of the plan, and what follows from them. Source: `domain.md` section 5.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The kinds of question, in the order in which they stand on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Exactly one of several options is right.
    Single,
    /// One or several of several options are right.
    Multiple,
    /// A statement is true or false.
    TrueFalse,
}

impl QuestionKind {
    /// Every kind, in the order of the paper.
    pub const ALL: [Self; 3] = [Self::Single, Self::Multiple, Self::TrueFalse];

    /// Its name in plans, banks and records.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::TrueFalse => "true_false",
        }
    }
}

/// What an answer is worth: all of `full` where exactly the right options are chosen; `partial` where only right ones are,
/// and not all of them; nothing where a wrong one is among them, or none is chosen.
///
/// ```
/// use plenum::rules::marks_for;
/// assert_eq!(marks_for(&[0, 2, 3], &[0, 2, 3], 4, 1), 4);
/// assert_eq!(marks_for(&[0, 2, 3], &[0, 3], 4, 1), 1);
/// assert_eq!(marks_for(&[0, 2, 3], &[0, 1], 4, 1), 0);
/// ```
pub fn marks_for(right: &[usize], chosen: &[usize], full: u32, partial: u32) -> u32 {
    let all_right = chosen.iter().all(|option| right.contains(option));
    match () {
        () if chosen.is_empty() || !all_right => 0,
        () if right.iter().all(|option| chosen.contains(option)) => full,
        () => partial,
    }
}

/// What follows for a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExamOutcome {
    /// The pass mark is reached.
    Passed,
    /// It is not, at the first attempt: deferral is advised, and there is one make-up until this day.
    Deferred {
        /// The last day on which the make-up can be held.
        make_up_until: Date,
    },
    /// It is not, at the make-up: there is no further one.
    FailedAgain,
}

/// What follows from so many marks, at this attempt, on this day.
pub fn exam_outcome(marks: u32, pass_mark: u32, attempt: u32, held_on: Date) -> ExamOutcome {
    match attempt {
        _ if marks >= pass_mark => ExamOutcome::Passed,
        0 | 1 => ExamOutcome::Deferred { make_up_until: make_up_until(held_on) },
        _ => ExamOutcome::FailedAgain,
    }
}

/// The last day of the make-up: half a year after the first attempt, the same day of the month or, where that month has
/// none, its last.
pub fn make_up_until(failed_on: Date) -> Date {
    failed_on.checked_add(6.months()).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_whole_and_by_the_rule() {
        for (right, chosen, full, partial, marks) in [
            (&[1][..], &[1][..], 2, 0, 2),
            (&[1], &[0], 2, 0, 0),
            (&[1], &[], 2, 0, 0),
            (&[1], &[0, 1], 2, 0, 0),
            (&[0, 2, 3], &[0, 2, 3], 4, 1, 4),
            (&[0, 2, 3], &[3, 2, 0], 4, 1, 4),
            (&[0, 2, 3], &[0, 2], 4, 1, 1),
            (&[0, 2, 3], &[0, 2], 4, 0, 0),
            (&[0, 2, 3], &[0, 1, 2, 3], 4, 1, 0),
            (&[0, 2, 3], &[], 4, 1, 0),
        ] {
            assert_eq!(marks_for(right, chosen, full, partial), marks, "{right:?} {chosen:?}");
        }
    }

    #[test]
    fn one_make_up_within_half_a_year_and_then_never() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let until = |text: &str| ExamOutcome::Deferred { make_up_until: day(text) };
        for (marks, attempt, held_on, outcome) in [
            (80, 1, "2027-03-12", ExamOutcome::Passed),
            (79, 1, "2027-03-12", until("2027-09-12")),
            (0, 1, "2027-08-31", until("2028-02-29")),
            (79, 2, "2027-03-12", ExamOutcome::FailedAgain),
            (100, 2, "2027-03-12", ExamOutcome::Passed),
        ] {
            assert_eq!(exam_outcome(marks, 80, attempt, day(held_on)), outcome, "{marks} at {attempt}");
        }
    }
}
