//! Fractions of counted marks: compared exactly, rounded only to be shown.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::Ratio;
use super::threshold::NoRatio;

/// More decimal places than this are never shown.
const PLACES_MAX: u32 = 9;

/// An exact fraction, not negative, in lowest terms, its denominator never 0. Shown and written as `p/q`.
///
/// ```
/// use plenum::rules::Fraction;
/// let score = Fraction::new(520, 6).unwrap();
/// assert_eq!((score.to_string(), score.rounded(2)), ("260/3".to_owned(), "86.67".to_owned()));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    /// `p/q` in lowest terms; none where q is 0.
    pub fn new(numerator: u64, denominator: u64) -> Option<Self> {
        Self::reduced(u128::from(numerator), u128::from(denominator))
    }

    /// The same, where the numbers are large before they are brought to lowest terms; none where they stay so.
    pub(super) fn reduced(numerator: u128, denominator: u128) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        let divisor = greatest_common_divisor(numerator, denominator).max(1);
        let numerator = u64::try_from(numerator / divisor).ok()?;
        let denominator = u64::try_from(denominator / divisor).ok()?;
        Some(Self { numerator, denominator })
    }

    /// The p of `p/q`.
    pub fn numerator(self) -> u64 {
        self.numerator
    }

    /// The q of `p/q`, never 0.
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// As a decimal number of so many places, half up: `86.67`.
    pub fn rounded(self, places: u32) -> String {
        self.decimal(1, places)
    }

    /// In per cent, without the sign, as a decimal number of two places, half up: `66.67` for 2/3.
    pub fn percent(self) -> String {
        self.decimal(100, 2)
    }

    fn decimal(self, times: u128, places: u32) -> String {
        let places = places.min(PLACES_MAX);
        let unit = 10_u128.pow(places);
        let (p, q) = (u128::from(self.numerator) * times * unit, u128::from(self.denominator));
        let nearest = (2 * p + q) / (2 * q);
        match usize::try_from(places) {
            Ok(width) if width > 0 => format!("{}.{:0width$}", nearest / unit, nearest % unit),
            _ => nearest.to_string(),
        }
    }

    /// How `times` of this stands to a ratio.
    pub(super) fn compare(self, times: u32, ratio: Ratio) -> Ordering {
        let left = u128::from(self.numerator) * u128::from(times);
        // At most 64 + 32 + 32 bits.
        (left * u128::from(ratio.denominator()))
            .cmp(&(u128::from(ratio.numerator()) * u128::from(self.denominator)))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.numerator) * u128::from(other.denominator);
        left.cmp(&(u128::from(other.numerator) * u128::from(self.denominator)))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Fraction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

impl FromStr for Fraction {
    type Err = NoRatio;
    fn from_str(text: &str) -> Result<Self, NoRatio> {
        let (numerator, denominator) = text.split_once('/').ok_or(NoRatio)?;
        let number = |digits: &str| -> Result<u64, NoRatio> {
            let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain { digits.parse().map_err(|_| NoRatio) } else { Err(NoRatio) }
        };
        Self::new(number(numerator)?, number(denominator)?).ok_or(NoRatio)
    }
}

impl Serialize for Fraction {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

pub(super) fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fraction(text: &str) -> Fraction {
        text.parse().unwrap()
    }

    #[test]
    fn fractions_are_shown_as_they_are_said() {
        // (fraction, lowest terms, two places, per cent)
        let table = [
            ("520/6", "260/3", "86.67", "8666.67"),
            ("2/3", "2/3", "0.67", "66.67"),
            ("1/8", "1/8", "0.13", "12.50"),
            ("1/200", "1/200", "0.01", "0.50"),
            ("0/7", "0/1", "0.00", "0.00"),
            ("7/7", "1/1", "1.00", "100.00"),
            ("19999/20000", "19999/20000", "1.00", "100.00"),
            (
                "18446744073709551615/2",
                "18446744073709551615/2",
                "9223372036854775807.50",
                "922337203685477580750.00",
            ),
        ];
        for (text, lowest, two, percent) in table {
            let fraction = fraction(text);
            assert_eq!(fraction.to_string(), lowest);
            assert_eq!((fraction.rounded(2).as_str(), fraction.percent().as_str()), (two, percent), "{text}");
        }
        assert_eq!(fraction("5/2").rounded(0), "3");
        assert_eq!(fraction("1/3").rounded(100), "0.333333333");
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in ["", "1", "1/0", "-1/2", "1/2/3", "a/b", "1 /2", "18446744073709551616/1"] {
            assert!(text.parse::<Fraction>().is_err(), "{text:?}");
        }
        assert!(serde_json::from_str::<Fraction>("\"4/0\"").is_err());
        assert_eq!(serde_json::to_string(&fraction("4/6")).unwrap(), "\"2/3\"");
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_numbers(a in 0u64..5000, b in 1u64..5000, c in 0u64..5000, d in 1u64..5000) {
            let (one, other) = (Fraction::new(a, b).unwrap(), Fraction::new(c, d).unwrap());
            prop_assert_eq!(one.cmp(&other), (a * d).cmp(&(c * b)));
            prop_assert_eq!(one == other, one.cmp(&other) == Ordering::Equal);
        }

        #[test]
        fn any_fraction_is_written_and_read(a in any::<u64>(), b in 1u64.., c in any::<u64>(), d in 1u64..) {
            let (one, other) = (Fraction::new(a, b).unwrap(), Fraction::new(c, d).unwrap());
            prop_assert_eq!(fraction(&one.to_string()), one);
            prop_assert_eq!(one.cmp(&other), other.cmp(&one).reverse());
            prop_assert!(!one.rounded(9).is_empty() && !one.percent().is_empty());
        }
    }
}
