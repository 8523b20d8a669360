//! Thresholds. `{ of = BASE, at_least = "m/n", plus = k }` means n·x ≥ m·base + n·k, in integers;
//! `more_than` means > instead of ≥. "More than half of those due" is `{ of = "due", more_than = "1/2" }`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a threshold is taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Members entitled (应到).
    Due,
    /// Members present when the issue of papers opened (实到).
    Present,
    /// Papers returned (收回).
    Returned,
    /// Papers returned less spoilt ones; abstentions are in.
    Valid,
    /// Those who agree and those who disagree; abstentions are out.
    AgreeDisagree,
}

/// Whether meeting the fraction exactly is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// ≥
    AtLeast,
    /// >
    MoreThan,
}

/// A fraction `m/n` with n > 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: u32,
    denominator: u32,
}

/// Why a fraction is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a fraction is written as two whole numbers, such as \"2/3\"; the second is not 0")]
pub struct NoRatio;

impl Ratio {
    /// `m/n`; refused when n is 0.
    pub fn new(numerator: u32, denominator: u32) -> Result<Self, NoRatio> {
        if denominator == 0 { Err(NoRatio) } else { Ok(Self { numerator, denominator }) }
    }

    /// `n/1`.
    pub fn whole(number: u32) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// The m of `m/n`.
    pub fn numerator(self) -> u32 {
        self.numerator
    }

    /// The n of `m/n`, never 0.
    pub fn denominator(self) -> u32 {
        self.denominator
    }
}

impl FromStr for Ratio {
    type Err = NoRatio;
    fn from_str(text: &str) -> Result<Self, NoRatio> {
        let (numerator, denominator) = text.split_once('/').ok_or(NoRatio)?;
        let number = |digits: &str| -> Result<u32, NoRatio> {
            let digits = digits.trim();
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse().map_err(|_| NoRatio) } else { Err(NoRatio) }
        };
        Self::new(number(numerator)?, number(denominator)?)
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl Serialize for Ratio {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ratio {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A threshold: compare a number with a fraction of a base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// What the fraction is taken of.
    pub of: Base,
    /// Whether meeting it exactly is enough.
    pub bound: Bound,
    /// The fraction.
    pub ratio: Ratio,
    /// Whole votes on top.
    pub plus: u32,
}

/// The numbers a threshold may be taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Members entitled.
    pub due: u32,
    /// Members present when the issue of papers opened.
    pub present: u32,
    /// Papers returned.
    pub returned: u32,
    /// Papers returned less spoilt ones.
    pub valid: u32,
    /// Agree plus disagree.
    pub agree_disagree: u32,
}

impl Figures {
    /// The number that `base` names.
    pub fn base(&self, base: Base) -> u32 {
        match base {
            Base::Due => self.due,
            Base::Present => self.present,
            Base::Returned => self.returned,
            Base::Valid => self.valid,
            Base::AgreeDisagree => self.agree_disagree,
        }
    }
}

impl Threshold {
    /// Nobody is asked for.
    pub const NONE: Self =
        Self { of: Base::Due, bound: Bound::AtLeast, ratio: Ratio { numerator: 0, denominator: 1 }, plus: 0 };

    /// At least two thirds of those due: the usual quorum of a plenary.
    pub const QUORUM: Self =
        Self { of: Base::Due, bound: Bound::AtLeast, ratio: Ratio { numerator: 2, denominator: 3 }, plus: 0 };

    /// More than half of those due: the usual majority of a decision by ballot.
    pub const MAJORITY: Self = Self {
        of: Base::Due,
        bound: Bound::MoreThan,
        ratio: Ratio { numerator: 1, denominator: 2 },
        plus: 0,
    };

    /// Whether `x` meets this threshold of `base`: n·x ≥ (>) m·base + n·k.
    pub fn holds(&self, x: u32, base: u32) -> bool {
        let left = u64::from(self.ratio.denominator) * u64::from(x);
        let right = u128::from(self.ratio.numerator) * u128::from(base)
            + u128::from(self.ratio.denominator) * u128::from(self.plus);
        match self.bound {
            Bound::AtLeast => u128::from(left) >= right,
            Bound::MoreThan => u128::from(left) > right,
        }
    }

    /// The smallest number that meets this threshold of `base`.
    pub fn least(&self, base: u32) -> u32 {
        let n = u128::from(self.ratio.denominator);
        let right = u128::from(self.ratio.numerator) * u128::from(base) + n * u128::from(self.plus);
        let least = match self.bound {
            Bound::AtLeast => right.div_ceil(n),
            Bound::MoreThan => right / n + 1,
        };
        u32::try_from(least).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn threshold(bound: Bound, ratio: &str, plus: u32) -> Threshold {
        Threshold { of: Base::Due, bound, ratio: ratio.parse().unwrap(), plus }
    }

    #[test]
    fn the_numbers_of_the_rule_books() {
        // (rule, base, least that holds)
        let table = [
            (Threshold::QUORUM, 41, 28),
            (Threshold::QUORUM, 42, 28),
            (Threshold::QUORUM, 43, 29),
            (Threshold::MAJORITY, 41, 21),
            (Threshold::MAJORITY, 42, 22),
            (threshold(Bound::MoreThan, "2/3", 0), 42, 29),
            (threshold(Bound::AtLeast, "4/5", 0), 41, 33),
            (threshold(Bound::AtLeast, "1/2", 1), 42, 22),
            (threshold(Bound::MoreThan, "1/2", 1), 41, 22),
            (threshold(Bound::AtLeast, "1/1", 0), 41, 41),
            (threshold(Bound::MoreThan, "1/1", 0), 41, 42),
            (threshold(Bound::AtLeast, "0/1", 0), 41, 0),
        ];
        for (rule, base, least) in table {
            assert_eq!(rule.least(base), least, "{rule:?} of {base}");
            assert!(rule.holds(least, base), "{rule:?}: {least} of {base}");
            assert!(least == 0 || !rule.holds(least - 1, base), "{rule:?}: {} of {base}", least - 1);
        }
    }

    #[test]
    fn exactly_half_fails() {
        assert!(!Threshold::MAJORITY.holds(21, 42));
        assert!(Threshold::MAJORITY.holds(22, 42));
    }

    #[test]
    fn fractions_that_are_none_are_refused() {
        for text in ["", "2", "2/0", "-1/2", "2/-3", "a/b", "1/2/3", "+1/2", "1/99999999999"] {
            assert!(text.parse::<Ratio>().is_err(), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn least_is_the_boundary(m in 0u32..50, n in 1u32..50, plus in 0u32..5, base in 0u32..1000, more in proptest::bool::ANY) {
            let bound = if more { Bound::MoreThan } else { Bound::AtLeast };
            let rule = threshold(bound, &format!("{m}/{n}"), plus);
            let least = rule.least(base);
            proptest::prop_assert!(rule.holds(least, base));
            proptest::prop_assert!(least == 0 || !rule.holds(least - 1, base));
        }
    }
}
