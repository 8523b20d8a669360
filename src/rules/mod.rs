//! The rules of decision: quorum, majorities, outcomes. Exact integer arithmetic and nothing else: no floats,
//! no I/O, no names of people. What a rule compares is passed in; what it answers carries its own arithmetic,
//! so that every screen can show *why*.
//!
//! - [`threshold`]: `{ of = BASE, at_least | more_than = "m/n", plus = k }`
//! - [`outcome`]: from the sums of a ballot to carried / not carried
//! - [`contest`]: who is elected where candidates stand against each other, and what follows a tie
//! - [`named`]: from the votes by name, or the hands, to carried / not carried / postponed
//! - [`verdict`]: from the marks of an evaluation to a verdict and its consequence
//! - [`exam`]: marks, and what follows from them
//! - [`fraction`]: exact fractions of marks, and how they are shown
//! - [`workdays`]: the day on which so many working days are over

pub mod contest;
pub mod exam;
pub mod fraction;
pub mod named;
pub mod outcome;
pub mod threshold;
pub mod verdict;
pub mod workdays;

pub use contest::{
    After, Among, CandidateOutcome, ContestOutcome, ContestRule, Fate, RoundVotes, TieRule, TooFew,
};
pub use exam::{ExamOutcome, QuestionKind, exam_outcome, make_up_until, marks_for};
pub use fraction::Fraction;
pub use named::{Decided, NamedChoice, NamedCount, OpenOutcome};
pub use outcome::{Choice, LineCount, LineOutcome};
pub use threshold::{Base, Bound, Figures, Ratio, Threshold};
pub use verdict::{Band, Combine, GroupMarks, Judgement, ScaleWord, Share, Verdict, VerdictRule};
pub use workdays::{add_working_days, is_working_day};
