//! From the sums of a ballot to the outcome of each line, with the arithmetic that shows why.

use serde::{Deserialize, Serialize};

use super::{Figures, Threshold};

/// What a member can choose on a line. There is no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// 同意
    Agree,
    /// 不同意
    Disagree,
    /// 弃权
    Abstain,
}

impl Choice {
    /// All choices, in the order of the paper; the place is the answer's number in the election.
    pub const ALL: [Self; 3] = [Self::Agree, Self::Disagree, Self::Abstain];

    /// The choices on a line of a list that is agreed to as a whole, but for its exceptions.
    pub const ON_A_LIST: [Self; 2] = [Self::Agree, Self::Disagree];

    /// The choice's name in records and on papers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Abstain => "abstain",
        }
    }

    /// The place of the choice among the answers of a question, from 0.
    pub fn place(self) -> usize {
        match self {
            Self::Agree => 0,
            Self::Disagree => 1,
            Self::Abstain => 2,
        }
    }
}

impl From<Choice> for usize {
    fn from(choice: Choice) -> Self {
        choice.place()
    }
}

/// What a line of a nomination got.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineCount {
    /// Those who agree.
    pub agree: u32,
    /// Those who disagree.
    pub disagree: u32,
    /// Those who abstain.
    pub abstain: u32,
}

/// A line's outcome: the number needed, and whether it was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineOutcome {
    /// What the line got.
    pub count: LineCount,
    /// The number that the threshold was taken of.
    pub base: u32,
    /// The smallest number of those who agree that carries the line.
    pub needed: u32,
    /// Whether it is carried.
    pub carried: bool,
}

impl LineCount {
    /// Those who made one choice on this line: all who returned a ballot, save, on paper, those who spoilt it.
    pub fn total(&self) -> u32 {
        self.agree + self.disagree + self.abstain
    }

    /// The outcome under `rule`, with `due` entitled, `present` present and `returned` papers returned.
    pub fn outcome(self, rule: &Threshold, due: u32, present: u32, returned: u32) -> LineOutcome {
        // On paper a line can be spoilt: that one was returned and is not valid there.
        let valid = self.total().min(returned);
        let figures = Figures { due, present, returned, valid, agree_disagree: self.agree + self.disagree };
        let base = figures.base(rule.of);
        // A share of nobody is met by nobody: a line that no one agrees to is never carried.
        let needed = rule.least(base).max(1);
        let carried = rule.holds(self.agree, base) && self.agree >= needed;
        LineOutcome { count: self, base, needed, carried }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Base, Bound};

    fn carried(rule: Threshold, due: u32, present: u32, votes: (u32, u32, u32)) -> bool {
        let count = LineCount { agree: votes.0, disagree: votes.1, abstain: votes.2 };
        count.outcome(&rule, due, present, count.total()).carried
    }

    #[test]
    fn every_base_decides_by_its_own_number() {
        let of = |of: Base| Threshold { of, ..Threshold::MAJORITY };
        // (base, due, present, (agree, disagree, abstain), carried)
        let table = [
            (Base::Due, 41, 38, (21, 17, 0), true),
            (Base::Due, 41, 38, (20, 14, 4), false),
            (Base::Due, 42, 42, (21, 0, 0), false),
            (Base::Present, 41, 38, (20, 14, 4), true),
            (Base::Present, 41, 38, (19, 14, 5), false),
            (Base::Returned, 41, 38, (19, 14, 4), true),
            (Base::Valid, 41, 38, (18, 14, 4), false),
            (Base::AgreeDisagree, 41, 38, (18, 14, 4), true),
            (Base::AgreeDisagree, 41, 38, (14, 14, 10), false),
        ];
        for (base, due, present, votes, expected) in table {
            assert_eq!(carried(of(base), due, present, votes), expected, "{base:?} {votes:?}");
        }
    }

    #[test]
    fn the_arithmetic_is_in_the_outcome() {
        let count = LineCount { agree: 20, disagree: 14, abstain: 4 };
        let outcome = count.outcome(&Threshold::MAJORITY, 41, 38, 38);
        assert_eq!((outcome.base, outcome.needed, outcome.carried), (41, 21, false));
    }

    #[test]
    fn a_share_of_nobody_carries_nothing() {
        for of in [Base::Returned, Base::Valid, Base::AgreeDisagree] {
            let rule = Threshold { of, bound: Bound::AtLeast, ..Threshold::MAJORITY };
            assert!(!carried(rule, 41, 38, (0, 0, 0)), "{of:?}");
        }
    }

    #[test]
    fn bounds_are_told_apart() {
        let at_least = Threshold { bound: Bound::AtLeast, ..Threshold::MAJORITY };
        assert!(carried(at_least, 42, 42, (21, 21, 0)));
        assert!(!carried(Threshold::MAJORITY, 42, 42, (21, 21, 0)));
    }
}
