//! Verdicts of a review: from the marks of an evaluation to a verdict and what follows from it, with the arithmetic
//! that shows why. Exact fractions throughout; rounding is for showing only.
//!
//! - rate = marks that count as satisfied / all marks
//! - score = Σ weight of the word · marks of the word / all marks
//! - share of a word = marks of the word / all marks, of all dimensions or of one
//!
//! Groups that are counted apart are added up first, or each has its own rate (score, share), of which the mean by the
//! groups' weights is taken. A group that marked nothing does not count.

use serde::{Deserialize, Serialize};

use super::fraction::greatest_common_divisor;
use super::{Bound, Fraction, Ratio};

/// How groups that are counted apart come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// Their marks are added up, as if all had one ballot.
    Sum,
    /// The mean of what each group found, by the groups' weights.
    Weights,
}

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
        /// The place of the dimension whose marks are shared out; none for the marks of all dimensions.
        over: Option<usize>,
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

/// A share of the marks that a word must have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The word's place in the scale, from 0.
    pub word: usize,
    /// Whether meeting the fraction exactly is enough.
    pub bound: Bound,
    /// The fraction of the marks.
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
    /// The group's weight; used only where groups are combined by [`Combine::Weights`].
    pub weight: u32,
    /// For each dimension, how often each word was marked.
    pub counts: Vec<Vec<u32>>,
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
    /// For a rule of shares, the share that each of its words got, as the rule lists them; empty where nobody marked
    /// anything.
    pub shares: Vec<Fraction>,
}

impl GroupMarks {
    /// All marks of the group.
    pub fn marks(&self) -> u64 {
        self.counts.iter().flatten().map(|count| u64::from(*count)).sum()
    }

    /// The group's own rate; none where it marked nothing.
    pub fn rate(&self, scale: &[ScaleWord]) -> Option<Fraction> {
        Fraction::new(self.weighed(&satisfied(scale)), self.marks())
    }

    /// The group's own score; none where it marked nothing.
    pub fn score(&self, scale: &[ScaleWord]) -> Option<Fraction> {
        Fraction::new(self.weighed(&weight(scale)), self.marks())
    }

    /// The marks of the group, each with the weight of its word.
    fn weighed(&self, weight: &dyn Fn(usize) -> u32) -> u64 {
        let marks = self.counts.iter().flat_map(|counts| counts.iter().enumerate());
        marks.map(|(word, count)| u64::from(weight(word)) * u64::from(*count)).sum()
    }

    /// The same group with the marks of one dimension alone.
    fn of_dimension(&self, place: usize) -> Self {
        Self { weight: self.weight, counts: self.counts.get(place).cloned().into_iter().collect() }
    }
}

impl VerdictRule {
    /// The verdict on these marks.
    ///
    /// What a checked plan allows (five groups, weights up to 1000, seven dimensions, a room of 500) stays within the
    /// numbers of a [`Fraction`]; where something else does not, it is as if nobody had marked anything.
    pub fn judge(&self, combine: Combine, scale: &[ScaleWord], groups: &[GroupMarks]) -> Verdict {
        let rate = combined(combine, groups, &satisfied(scale));
        let score = combined(combine, groups, &weight(scale));
        let found = Verdict { rate, score, judgement: None, decided_by: None, shares: Vec::new() };
        match self {
            Self::Score { bands } => found.in_band(bands, score, 1),
            Self::Rate { bands } => found.in_band(bands, rate, 100),
            Self::Shares { shares, otherwise, over } => {
                let of_one: Vec<GroupMarks>;
                let groups = match over {
                    Some(place) => {
                        of_one = groups.iter().map(|group| group.of_dimension(*place)).collect();
                        of_one.as_slice()
                    }
                    None => groups,
                };
                let got = |share: &Share| combined(combine, groups, &|word| u32::from(word == share.word));
                let Some(got) = shares.iter().map(got).collect::<Option<Vec<_>>>() else { return found };
                let decided_by = shares.iter().zip(&got).position(|(share, got)| share.holds(*got));
                let share = decided_by.and_then(|place| shares.get(place));
                // A rule without shares decides only where there are marks.
                let any = rate.is_some() && (over.is_none() || groups.iter().any(|group| group.marks() > 0));
                let judgement = any.then(|| share.map_or(otherwise, |share| &share.verdict).clone());
                Verdict { judgement, decided_by, shares: got, ..found }
            }
        }
    }
}

impl Verdict {
    /// The verdict of the highest band that begins at or below `times` of the value.
    fn in_band(self, bands: &[Band], value: Option<Fraction>, times: u32) -> Self {
        let Some(value) = value else { return self };
        let decided_by = bands.iter().rposition(|band| value.compare(times, band.from).is_ge());
        let judgement = decided_by.and_then(|place| bands.get(place)).map(|band| band.verdict.clone());
        Self { judgement, decided_by, ..self }
    }
}

impl Share {
    /// Whether a word with this share of the marks has what is asked for.
    fn holds(&self, got: Fraction) -> bool {
        let order = got.compare(1, self.ratio);
        match self.bound {
            Bound::AtLeast => order.is_ge(),
            Bound::MoreThan => order.is_gt(),
        }
    }
}

fn satisfied(scale: &[ScaleWord]) -> impl Fn(usize) -> u32 {
    |word| scale.get(word).map_or(0, |word| u32::from(word.satisfied))
}

fn weight(scale: &[ScaleWord]) -> impl Fn(usize) -> u32 {
    |word| scale.get(word).map_or(0, |word| word.weight)
}

/// The mean weight of a mark, over all groups. None where nobody marked anything.
fn combined(combine: Combine, groups: &[GroupMarks], weight: &dyn Fn(usize) -> u32) -> Option<Fraction> {
    match combine {
        Combine::Sum => {
            let marks = groups.iter().map(|group| u128::from(group.marks())).sum();
            let weighed = groups.iter().map(|group| u128::from(group.weighed(weight))).sum();
            Fraction::reduced(weighed, marks)
        }
        Combine::Weights => {
            // Σ w·(weighed/marks), as p/q; then over Σ w.
            let (mut p, mut q, mut weights) = (0_u128, 1_u128, 0_u128);
            for group in groups.iter().filter(|group| group.marks() > 0) {
                let (w, marks) = (u128::from(group.weight), u128::from(group.marks()));
                let of_group = w.checked_mul(u128::from(group.weighed(weight)))?.checked_mul(q)?;
                p = p.checked_mul(marks)?.checked_add(of_group)?;
                q = q.checked_mul(marks)?;
                let divisor = greatest_common_divisor(p, q).max(1);
                (p, q) = (p / divisor, q / divisor);
                weights += w;
            }
            Fraction::reduced(p, q.checked_mul(weights)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn judgement(name: &str) -> Judgement {
        Judgement { name: name.to_owned(), consequence: String::new(), reply_days: None }
    }

    fn ratio(text: &str) -> Ratio {
        text.parse().unwrap()
    }

    fn scale(words: &[(&str, bool, u32)]) -> Vec<ScaleWord> {
        let word = |&(word, satisfied, weight): &(&str, bool, u32)| ScaleWord {
            word: word.to_owned(),
            satisfied,
            weight,
        };
        words.iter().map(word).collect()
    }

    fn usual() -> Vec<ScaleWord> {
        scale(&[("好", true, 100), ("较好", true, 80), ("一般", false, 60), ("差", false, 40)])
    }

    fn bands(bands: &[(&str, &str)]) -> Vec<Band> {
        bands.iter().map(|(from, name)| Band { from: ratio(from), verdict: judgement(name) }).collect()
    }

    fn group(weight: u32, counts: &[&[u32]]) -> GroupMarks {
        GroupMarks { weight, counts: counts.iter().map(|counts| counts.to_vec()).collect() }
    }

    fn fraction(text: &str) -> Option<Fraction> {
        Some(text.parse().unwrap())
    }

    fn name(verdict: &Verdict) -> &str {
        verdict.judgement.as_ref().map_or("", |judgement| &judgement.name)
    }

    /// `domain.md`: 廉洁 if at least 2/3 of all votes say so, 不廉洁 if more than 1/3 say that, else 基本廉洁.
    #[test]
    fn the_founding_rule_at_its_boundaries() {
        let words = scale(&[("廉洁", true, 100), ("基本廉洁", true, 60), ("不廉洁", false, 0)]);
        let share =
            |word, bound, text, name| Share { word, bound, ratio: ratio(text), verdict: judgement(name) };
        let shares =
            vec![share(0, Bound::AtLeast, "2/3", "廉洁"), share(2, Bound::MoreThan, "1/3", "不廉洁")];
        let rule = VerdictRule::Shares { shares, otherwise: judgement("基本廉洁"), over: None };
        // (marks, verdict, decided by, share of 廉洁)
        let table: [([u32; 3], &str, Option<usize>, &str); 7] = [
            ([28, 14, 0], "廉洁", Some(0), "2/3"),
            ([27, 15, 0], "基本廉洁", None, "9/14"),
            ([28, 0, 14], "廉洁", Some(0), "2/3"),
            ([27, 1, 14], "基本廉洁", None, "9/14"),
            ([27, 0, 15], "不廉洁", Some(1), "9/14"),
            ([0, 0, 1], "不廉洁", Some(1), "0/1"),
            ([0, 1, 0], "基本廉洁", None, "0/1"),
        ];
        for (marks, expected, decided_by, share) in table {
            let verdict = rule.judge(Combine::Sum, &words, &[group(1, &[&marks])]);
            assert_eq!((name(&verdict), verdict.decided_by), (expected, decided_by), "{marks:?}");
            assert_eq!(verdict.shares.first().copied(), fraction(share), "{marks:?}");
        }
    }

    #[test]
    fn a_band_holds_its_lower_bound() {
        let rule =
            VerdictRule::Score { bands: bands(&[("0/1", "D"), ("60/1", "C"), ("70/1", "B"), ("80/1", "A")]) };
        // (marks, score, verdict)
        let table: [([u32; 4], &str, &str); 8] = [
            ([0, 0, 0, 5], "40/1", "D"),
            ([0, 0, 1, 0], "60/1", "C"),
            ([0, 0, 999, 1], "2999/50", "D"),
            ([0, 1, 1, 0], "70/1", "B"),
            ([0, 100, 101, 0], "14060/201", "C"),
            ([0, 3, 0, 0], "80/1", "A"),
            ([0, 499, 1, 0], "1999/25", "B"),
            ([1, 0, 0, 0], "100/1", "A"),
        ];
        for (marks, score, expected) in table {
            let verdict = rule.judge(Combine::Sum, &usual(), &[group(1, &[&marks])]);
            assert_eq!(verdict.score, fraction(score), "{marks:?}");
            assert_eq!(name(&verdict), expected, "{marks:?}");
        }
    }

    #[test]
    fn a_rate_is_compared_in_per_cent() {
        let rule = VerdictRule::Rate { bands: bands(&[("0/1", "low"), ("200/3", "fair"), ("90/1", "high")]) };
        let judged = |marks: [u32; 4]| {
            let verdict = rule.judge(Combine::Sum, &usual(), &[group(1, &[&marks])]);
            (name(&verdict).to_owned(), verdict.rate.unwrap().percent())
        };
        assert_eq!(judged([1, 1, 1, 0]), ("fair".to_owned(), "66.67".to_owned()));
        assert_eq!(judged([0, 665, 335, 0]), ("low".to_owned(), "66.50".to_owned()));
        assert_eq!(judged([9, 0, 0, 1]), ("high".to_owned(), "90.00".to_owned()));
        // 89.996 % is shown as 90.00 and is below 90 all the same.
        assert_eq!(judged([22_499, 0, 2501, 0]), ("fair".to_owned(), "90.00".to_owned()));
    }

    #[test]
    fn groups_are_added_up_or_weighted() {
        let rule = VerdictRule::Score { bands: bands(&[("0/1", "all")]) };
        let groups = [group(3, &[&[20, 0, 0, 0]]), group(1, &[&[0, 0, 0, 10]])];
        let judged = |combine| rule.judge(combine, &usual(), &groups);
        let (sum, weighted) = (judged(Combine::Sum), judged(Combine::Weights));
        assert_eq!((sum.score, sum.rate), (fraction("80/1"), fraction("2/3")));
        assert_eq!((weighted.score, weighted.rate), (fraction("85/1"), fraction("3/4")));
        assert_eq!(groups[0].score(&usual()), fraction("100/1"));
        assert_eq!(groups[1].rate(&usual()), fraction("0/1"));
    }

    #[test]
    fn a_group_that_marked_nothing_does_not_count() {
        let rule = VerdictRule::Rate { bands: bands(&[("0/1", "all")]) };
        let groups = [group(1, &[&[0, 3, 1, 0]]), group(99, &[&[0, 0, 0, 0]])];
        for combine in [Combine::Sum, Combine::Weights] {
            assert_eq!(rule.judge(combine, &usual(), &groups).rate, fraction("3/4"), "{combine:?}");
            let nothing = rule.judge(combine, &usual(), &groups[1..]);
            assert_eq!((nothing.rate, nothing.judgement, nothing.decided_by), (None, None, None));
        }
    }

    #[test]
    fn shares_are_of_all_dimensions_or_of_one() {
        let share = Share { word: 0, bound: Bound::AtLeast, ratio: ratio("1/2"), verdict: judgement("yes") };
        let rule =
            |over| VerdictRule::Shares { shares: vec![share.clone()], otherwise: judgement("no"), over };
        let groups = [group(1, &[&[4, 0, 0, 0], &[1, 0, 3, 0]])];
        let judged = |over| rule(over).judge(Combine::Sum, &usual(), &groups);
        let all = judged(None);
        assert_eq!((name(&all), all.shares.first().copied()), ("yes", fraction("5/8")));
        let one = judged(Some(1));
        assert_eq!((name(&one), one.shares.first().copied()), ("no", fraction("1/4")));
        assert_eq!(one.rate, fraction("5/8"));
        let none = judged(Some(7));
        assert_eq!((none.judgement, none.shares), (None, Vec::new()));
    }

    /// The most that a checked plan allows, in a full room.
    #[test]
    fn the_largest_room_stays_within_the_numbers() {
        let words = scale(&[("a", true, 1000), ("b", false, 999), ("c", true, 1)]);
        let sizes = [103, 101, 99, 98, 97];
        let groups: Vec<_> = (sizes.iter().zip([1000, 999, 997, 991, 983]))
            .map(|(size, weight)| group(weight, &[&[1, size - 2, 1][..]; 7]))
            .collect();
        let rule = VerdictRule::Score { bands: bands(&[("0/1", "all")]) };
        let verdict = rule.judge(Combine::Weights, &words, &groups);
        assert!(verdict.rate.is_some() && verdict.score.is_some() && verdict.judgement.is_some());
    }

    #[test]
    fn what_no_room_holds_is_no_verdict() {
        let groups: Vec<_> = (0..40).map(|n| group(u32::MAX - n, &[&[u32::MAX - 2 * n - 1, 1, 1]])).collect();
        let rule = VerdictRule::Rate { bands: bands(&[("0/1", "all")]) };
        let verdict = rule.judge(Combine::Weights, &usual(), &groups);
        assert!(verdict.judgement.is_none() || verdict.rate.is_some());
    }

    /// The same, reckoned naively: one common denominator for all groups.
    fn naive(
        combine: Combine,
        groups: &[GroupMarks],
        weight: impl Fn(usize) -> u128,
    ) -> Option<(u128, u128)> {
        let marks = |group: &GroupMarks| u128::from(group.marks());
        let weighed = |group: &GroupMarks| -> u128 {
            group
                .counts
                .iter()
                .flat_map(|row| row.iter().enumerate().map(|(w, n)| weight(w) * u128::from(*n)))
                .sum()
        };
        let counted: Vec<_> = groups.iter().filter(|group| marks(group) > 0).collect();
        if counted.is_empty() {
            return None;
        }
        Some(match combine {
            Combine::Sum => (
                counted.iter().map(|group| weighed(group)).sum(),
                counted.iter().map(|group| marks(group)).sum(),
            ),
            Combine::Weights => {
                let product: u128 = counted.iter().map(|group| marks(group)).product();
                let parts = counted
                    .iter()
                    .map(|group| u128::from(group.weight) * weighed(group) * product / marks(group));
                (parts.sum(), product * counted.iter().map(|group| u128::from(group.weight)).sum::<u128>())
            }
        })
    }

    fn any_groups() -> impl Strategy<Value = Vec<GroupMarks>> {
        let counts = proptest::collection::vec(proptest::collection::vec(0u32..40, 4), 1..4);
        proptest::collection::vec(
            (1u32..10, counts).prop_map(|(weight, counts)| GroupMarks { weight, counts }),
            1..4,
        )
    }

    fn any_combine() -> impl Strategy<Value = Combine> {
        prop_oneof![Just(Combine::Sum), Just(Combine::Weights)]
    }

    proptest! {
        #[test]
        fn figures_are_those_of_a_naive_reckoning(groups in any_groups(), combine in any_combine(), cut in 1u32..100) {
            let scale = usual();
            let rule = VerdictRule::Score {
                bands: vec![Band { from: ratio("0/1"), verdict: judgement("low") }, Band { from: Ratio::new(cut, 1).unwrap(), verdict: judgement("high") }],
            };
            let verdict = rule.judge(combine, &scale, &groups);
            let same = |found: Option<Fraction>, naive: Option<(u128, u128)>| match (found, naive) {
                (Some(found), Some((p, q))) => u128::from(found.numerator()) * q == p * u128::from(found.denominator()),
                (found, naive) => found.is_none() && naive.is_none(),
            };
            let score = naive(combine, &groups, |word| u128::from(scale[word].weight));
            prop_assert!(same(verdict.rate, naive(combine, &groups, |word| u128::from(scale[word].satisfied))));
            prop_assert!(same(verdict.score, score));
            let expected = score.map_or("", |(p, q)| if p >= u128::from(cut) * q { "high" } else { "low" });
            prop_assert_eq!(name(&verdict), expected);
            if let (Some(rate), Some(score)) = (verdict.rate, verdict.score) {
                prop_assert!(rate <= Fraction::new(1, 1).unwrap());
                prop_assert!(score <= Fraction::new(100, 1).unwrap() && score >= Fraction::new(40, 1).unwrap());
            }
        }

        /// Whoever marks better than before makes neither figure worse.
        #[test]
        fn a_better_mark_never_harms(groups in any_groups(), combine in any_combine(), at in any::<proptest::sample::Index>(), word in 1usize..4) {
            let rule = VerdictRule::Score { bands: bands(&[("0/1", "all")]) };
            let mut better = groups.clone();
            let place = at.index(better.len());
            let counts = &mut better[place].counts[0];
            prop_assume!(counts[word] > 0);
            counts[word] -= 1;
            counts[word - 1] += 1;
            let (before, after) = (rule.judge(combine, &usual(), &groups), rule.judge(combine, &usual(), &better));
            prop_assert!(after.rate >= before.rate && after.score > before.score);
        }

        #[test]
        fn any_numbers_are_answered(
            weights in proptest::collection::vec(any::<u32>(), 0..8),
            counts in proptest::collection::vec(any::<u32>(), 0..5),
            combine in any_combine(),
        ) {
            let groups: Vec<_> = weights.into_iter().map(|weight| group(weight, &[&counts, &counts])).collect();
            let rule = VerdictRule::Rate { bands: bands(&[("0/1", "all")]) };
            let verdict = rule.judge(combine, &usual(), &groups);
            prop_assert_eq!(verdict.judgement.is_some(), verdict.rate.is_some());
        }
    }
}
