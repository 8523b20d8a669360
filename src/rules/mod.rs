//! The rules of decision: quorum, majorities, outcomes. Exact integer arithmetic and nothing else: no floats,
//! no I/O, no names of people. What a rule compares is passed in; what it answers carries its own arithmetic,
//! so that every screen can show *why*.
//!
//! - [`threshold`]: `{ of = BASE, at_least | more_than = "m/n", plus = k }`
//! - [`outcome`]: from the sums of a ballot to carried / not carried
//! - [`verdict`]: from the marks of an evaluation to a verdict and its consequence

pub mod outcome;
pub mod threshold;
pub mod verdict;

pub use outcome::{Choice, LineCount, LineOutcome};
pub use threshold::{Base, Bound, Figures, Ratio, Threshold};
pub use verdict::{Band, Fraction, GroupMarks, Judgement, ScaleWord, Share, Verdict, VerdictRule};
