//! The outcome of a vote by name: what was said, how often, and what follows by the plan's rule.

use serde::{Deserialize, Serialize};

use super::{Figures, Threshold};

/// What somebody says in a vote by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamedChoice {
    /// 同意
    Agree,
    /// 不同意
    Disagree,
    /// 缓议: the matter comes back another time.
    Postpone,
    /// 弃权
    Abstain,
}

impl NamedChoice {
    /// The choice's name in records.
    pub fn name(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Postpone => "postpone",
            Self::Abstain => "abstain",
        }
    }
}

/// What was said, how often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedCount {
    /// Those who agree.
    pub agree: u32,
    /// Those who disagree.
    pub disagree: u32,
    /// Those who want it postponed.
    pub postpone: u32,
    /// Those who abstain.
    pub abstain: u32,
    /// Those who could have voted and did not.
    pub without: u32,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decided {
    /// Carried.
    Carried,
    /// Not carried.
    NotCarried,
    /// Postponed: as many want that as would have carried it.
    Postponed,
}

/// The outcome with its arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenOutcome {
    /// What was said.
    pub count: NamedCount,
    /// The number that the threshold was taken of.
    pub base: u32,
    /// The smallest number of those who agree that carries it.
    pub needed: u32,
    /// What was decided.
    pub decided: Decided,
}

impl NamedCount {
    /// Counts what was said; `None` is somebody who could have voted and did not.
    pub fn of(votes: impl IntoIterator<Item = Option<NamedChoice>>) -> Self {
        let mut count = Self::default();
        for vote in votes {
            let number = match vote {
                Some(NamedChoice::Agree) => &mut count.agree,
                Some(NamedChoice::Disagree) => &mut count.disagree,
                Some(NamedChoice::Postpone) => &mut count.postpone,
                Some(NamedChoice::Abstain) => &mut count.abstain,
                None => &mut count.without,
            };
            *number = number.saturating_add(1);
        }
        count
    }

    /// How many voted.
    pub fn voted(&self) -> u32 {
        [self.agree, self.disagree, self.postpone, self.abstain].into_iter().fold(0, u32::saturating_add)
    }

    /// The outcome under `rule`, with `due` entitled and `present` there when the vote opened.
    pub fn outcome(self, rule: &Threshold, due: u32, present: u32) -> OpenOutcome {
        let voted = self.voted();
        let agree_disagree = self.agree.saturating_add(self.disagree);
        let figures = Figures { due, present, returned: voted, valid: voted, agree_disagree };
        let base = figures.base(rule.of);
        // A share of nobody is met by nobody.
        let needed = rule.least(base).max(1);
        let decided = if self.agree >= needed {
            Decided::Carried
        } else if self.postpone >= needed {
            Decided::Postponed
        } else {
            Decided::NotCarried
        };
        OpenOutcome { count: self, base, needed, decided }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Base;

    #[test]
    fn what_is_decided_follows_from_the_counts() {
        use Decided::{Carried, NotCarried, Postponed};
        let of = |of: Base| Threshold { of, ..Threshold::MAJORITY };
        // (base, due, present, agree, disagree, postpone, abstain, without, needed, decided)
        let table = [
            (Base::Due, 9, 8, (5, 2, 1, 0, 0), 5, Carried),
            (Base::Due, 9, 8, (4, 2, 2, 0, 0), 5, NotCarried),
            (Base::Due, 9, 8, (1, 2, 5, 0, 0), 5, Postponed),
            (Base::Due, 8, 8, (4, 0, 4, 0, 0), 5, NotCarried),
            (Base::Present, 9, 8, (5, 0, 0, 3, 0), 5, Carried),
            (Base::Present, 9, 7, (4, 0, 0, 3, 0), 4, Carried),
            (Base::Returned, 9, 8, (3, 2, 0, 0, 3), 3, Carried),
            (Base::AgreeDisagree, 9, 8, (2, 1, 0, 5, 0), 2, Carried),
            (Base::AgreeDisagree, 9, 8, (0, 0, 0, 8, 0), 1, NotCarried),
        ];
        for (base, due, present, (agree, disagree, postpone, abstain, without), needed, decided) in table {
            let count = NamedCount { agree, disagree, postpone, abstain, without };
            let outcome = count.outcome(&of(base), due, present);
            assert_eq!((outcome.needed, outcome.decided), (needed, decided), "{base:?} {count:?}");
        }
    }

    #[test]
    fn everybody_is_counted_once() {
        let said = [Some(NamedChoice::Agree), None, Some(NamedChoice::Postpone), Some(NamedChoice::Agree)];
        let count = NamedCount::of(said);
        assert_eq!(count, NamedCount { agree: 2, postpone: 1, without: 1, ..NamedCount::default() });
        assert_eq!(count.voted(), 3);
    }
}
