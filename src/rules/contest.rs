//! Who is elected where candidates stand against each other for seats: those with more than the plan asks for, in the order of
//! their votes. Source: `domain.md` section 1. A tie at the cut elects none of those tied: they are voted on again among
//! themselves; where too few are elected the plan has the rest voted on again, or leaves the seats open.

use serde::{Deserialize, Serialize};

use super::{Figures, Threshold};

/// The rule of a contested election, besides its majority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestRule {
    /// How many are to be elected.
    pub seats: u32,
    /// What follows when fewer are elected.
    pub too_few: TooFew,
    /// What decides among those who were tied.
    pub tied: TieRule,
    /// How many further rounds there are at most.
    pub further_max: u32,
}

/// What follows when fewer are elected than there are seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TooFew {
    /// The rest are voted on again.
    FurtherRound,
    /// The seats stay open.
    StayOpen,
}

/// What decides in a round among those who were tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// The order of votes alone: each of them has reached the majority already.
    Order,
    /// The majority must be reached again.
    Majority,
}

/// Among whom a round is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// Everybody who stands: the first round.
    All,
    /// Those who were tied at the cut.
    Tied,
    /// Those who were not elected.
    Rest,
}

/// What became of a candidate in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// 当选
    Elected,
    /// 票数相等: with as many votes as others, of whom not all have a seat.
    Tied,
    /// 未当选
    NotElected,
}

impl Fate {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Elected => "elected",
            Self::Tied => "tied",
            Self::NotElected => "not_elected",
        }
    }
}

/// One candidate in one round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateOutcome {
    /// Votes for the candidate.
    pub votes: u32,
    /// The place in the order of votes, from 1; equal votes share one.
    pub place: u32,
    /// What became of the candidate.
    pub fate: Fate,
}

/// One round of a contested election, with the arithmetic that shows why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestOutcome {
    /// Seats to be filled in this round.
    pub seats: u32,
    /// The number that the majority was taken of.
    pub base: u32,
    /// The smallest number of votes that elects.
    pub needed: u32,
    /// Ballots on which nobody is marked.
    pub blank: u32,
    /// The candidates, in ballot order.
    pub candidates: Vec<CandidateOutcome>,
}

/// What was counted in a round.
#[derive(Debug, Clone, Copy)]
pub struct RoundVotes<'a> {
    /// The votes of each candidate, in ballot order.
    pub votes: &'a [u32],
    /// Ballots on which nobody is marked.
    pub blank: u32,
    /// Seats to be filled in this round.
    pub seats: u32,
    /// Among whom it is held.
    pub among: Among,
    /// Members entitled.
    pub due: u32,
    /// Members present when the issue of papers opened.
    pub present: u32,
    /// Papers returned.
    pub returned: u32,
    /// Papers among them that are spoilt as a whole, which only paper can be: returned, and for nobody.
    pub spoilt: u32,
}

/// What follows a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// The election is over; this many seats stay open.
    Over {
        /// How many.
        open: u32,
    },
    /// A further round.
    Further {
        /// Among whom.
        among: Among,
        /// The candidates of it, by their places in this round's ballot order.
        candidates: Vec<usize>,
        /// Seats to be filled in it.
        seats: u32,
    },
}

impl ContestRule {
    /// Who is elected by this rule under `majority`.
    pub fn outcome(&self, majority: &Threshold, counted: &RoundVotes<'_>) -> ContestOutcome {
        let RoundVotes { votes, blank, seats, among, due, present, returned, spoilt } = *counted;
        let valid = returned.saturating_sub(spoilt);
        // A blank ballot abstains; on every other one whoever is not marked is not agreed to.
        let agree_disagree = valid.saturating_sub(blank);
        let figures = Figures { due, present, returned, valid, agree_disagree };
        let base = figures.base(majority.of);
        // Nobody is elected by nobody.
        let needed = match (among, self.tied) {
            (Among::Tied, TieRule::Order) => 1,
            _ => majority.least(base).max(1),
        };
        let mut reached: Vec<u32> = votes.iter().copied().filter(|votes| *votes >= needed).collect();
        reached.sort_unstable_by(|one, other| other.cmp(one));
        let place_of_last = usize::try_from(seats).unwrap_or(usize::MAX);
        // The votes of the first who has no seat any more: whoever has as many is tied with that one, whoever has more is in.
        let out = reached.get(place_of_last).copied();
        let last_in = place_of_last.checked_sub(1).and_then(|place| reached.get(place)).copied();
        let fate = |votes: u32| match out {
            _ if votes < needed => Fate::NotElected,
            None => Fate::Elected,
            Some(out) if votes > out => Fate::Elected,
            Some(out) if votes == out && last_in == Some(out) => Fate::Tied,
            Some(_) => Fate::NotElected,
        };
        let place = |own: u32| votes.iter().filter(|votes| **votes > own).count() + 1;
        let candidate = |own: &u32| CandidateOutcome {
            votes: *own,
            place: u32::try_from(place(*own)).unwrap_or(u32::MAX),
            fate: fate(*own),
        };
        ContestOutcome { seats, base, needed, blank, candidates: votes.iter().map(candidate).collect() }
    }

    /// What follows a round, after `held` further rounds.
    pub fn after(&self, outcome: &ContestOutcome, held: u32) -> After {
        let open = outcome.open();
        let with = |fate: Fate| -> Vec<usize> {
            let candidates = outcome.candidates.iter().enumerate();
            candidates.filter(|(_, candidate)| candidate.fate == fate).map(|(place, _)| place).collect()
        };
        if open == 0 || held >= self.further_max {
            return After::Over { open };
        }
        let (among, candidates) = match with(Fate::Tied) {
            tied if !tied.is_empty() => (Among::Tied, tied),
            _ if self.too_few == TooFew::FurtherRound => (Among::Rest, with(Fate::NotElected)),
            _ => return After::Over { open },
        };
        if candidates.is_empty() {
            return After::Over { open };
        }
        After::Further { among, candidates, seats: open }
    }
}

impl ContestOutcome {
    /// How many were elected.
    pub fn elected(&self) -> u32 {
        let elected = self.candidates.iter().filter(|candidate| candidate.fate == Fate::Elected).count();
        u32::try_from(elected).unwrap_or(u32::MAX)
    }

    /// Seats that this round left open.
    pub fn open(&self) -> u32 {
        self.seats.saturating_sub(self.elected())
    }

    /// The candidates in the order of their votes, by their places in ballot order, which decides among equals.
    pub fn in_order(&self) -> Vec<usize> {
        let mut places: Vec<(u32, usize)> =
            self.candidates.iter().enumerate().map(|(line, candidate)| (candidate.place, line)).collect();
        places.sort_unstable();
        places.into_iter().map(|(_, line)| line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Base, Bound};

    const RULE: ContestRule =
        ContestRule { seats: 3, too_few: TooFew::FurtherRound, tied: TieRule::Order, further_max: 2 };

    fn round(votes: &[u32], seats: u32, among: Among) -> RoundVotes<'_> {
        RoundVotes { votes, blank: 0, seats, among, due: 41, present: 38, returned: 38, spoilt: 0 }
    }

    fn fates(outcome: &ContestOutcome) -> String {
        let sign = |candidate: &CandidateOutcome| match candidate.fate {
            Fate::Elected => 'E',
            Fate::Tied => 'T',
            Fate::NotElected => '-',
        };
        outcome.candidates.iter().map(sign).collect()
    }

    #[test]
    fn more_than_half_in_the_order_of_votes() {
        // (votes, seats, fates, places)
        let table: [(&[u32], u32, &str, &[u32]); 12] = [
            (&[30, 25, 22, 19, 10], 3, "EEE--", &[1, 2, 3, 4, 5]),
            (&[10, 22, 30, 25, 19], 3, "-EEE-", &[5, 3, 1, 2, 4]),
            // More have reached the majority than there are seats: the order decides.
            (&[30, 25, 22, 21, 23], 3, "EE--E", &[1, 2, 4, 5, 3]),
            // Too few.
            (&[30, 20, 20, 20, 20], 3, "E----", &[1, 2, 2, 2, 2]),
            (&[20, 20, 20, 20, 0], 3, "-----", &[1, 1, 1, 1, 5]),
            // A tie at the cut elects none of the tied.
            (&[30, 25, 22, 22, 10], 3, "EETT-", &[1, 2, 3, 3, 5]),
            (&[30, 22, 22, 22, 21], 3, "ETTT-", &[1, 2, 2, 2, 5]),
            (&[22, 22, 22, 22, 22], 3, "TTTTT", &[1, 1, 1, 1, 1]),
            // A tie above the cut, or below the majority, is none at the cut.
            (&[30, 30, 22, 21, 10], 3, "EEE--", &[1, 1, 3, 4, 5]),
            (&[30, 25, 20, 20, 10], 3, "EE---", &[1, 2, 3, 3, 5]),
            (&[25, 25, 25], 3, "EEE", &[1, 1, 1]),
            (&[21, 20], 1, "E-", &[1, 2]),
        ];
        for (votes, seats, expected, places) in table {
            let outcome = RULE.outcome(&Threshold::MAJORITY, &round(votes, seats, Among::All));
            assert_eq!((outcome.base, outcome.needed), (41, 21));
            assert_eq!(fates(&outcome), expected, "{votes:?} for {seats}");
            let found: Vec<u32> = outcome.candidates.iter().map(|candidate| candidate.place).collect();
            assert_eq!(found, places, "{votes:?}");
        }
    }

    #[test]
    fn exactly_half_elects_nobody() {
        let counted = RoundVotes { due: 42, ..round(&[21, 22], 1, Among::All) };
        assert_eq!(fates(&RULE.outcome(&Threshold::MAJORITY, &counted)), "-E");
    }

    #[test]
    fn every_base_is_its_own_number() {
        let of = |of: Base| Threshold { of, ..Threshold::MAJORITY };
        // (base, votes, blank, number, needed, elected)
        let table = [
            (Base::Due, 21, 4, 41, 21, true),
            (Base::Due, 20, 4, 41, 21, false),
            (Base::Present, 20, 4, 38, 20, true),
            (Base::Returned, 19, 4, 38, 20, false),
            (Base::Valid, 20, 4, 38, 20, true),
            // A blank ballot abstains.
            (Base::AgreeDisagree, 18, 4, 34, 18, true),
            (Base::AgreeDisagree, 17, 4, 34, 18, false),
        ];
        for (base, votes, blank, number, needed, elected) in table {
            let votes = [votes, 3];
            let counted = RoundVotes { blank, ..round(&votes, 1, Among::All) };
            let outcome = RULE.outcome(&of(base), &counted);
            assert_eq!((outcome.base, outcome.needed), (number, needed), "{base:?}");
            assert_eq!(outcome.elected() == 1, elected, "{base:?} {votes:?}");
        }
    }

    #[test]
    fn among_those_tied_the_plan_says_what_decides() {
        let votes = [15, 14];
        let again = ContestRule { tied: TieRule::Majority, ..RULE };
        let counted = round(&votes, 1, Among::Tied);
        assert_eq!(fates(&RULE.outcome(&Threshold::MAJORITY, &counted)), "E-");
        assert_eq!(fates(&again.outcome(&Threshold::MAJORITY, &counted)), "--");
        // Nobody is elected by nobody, and still tied is still tied.
        assert_eq!(fates(&RULE.outcome(&Threshold::MAJORITY, &round(&[0, 0], 1, Among::Tied))), "--");
        assert_eq!(fates(&RULE.outcome(&Threshold::MAJORITY, &round(&[9, 9], 1, Among::Tied))), "TT");
        // The rest have not reached it yet: for them it is asked again.
        assert_eq!(fates(&RULE.outcome(&Threshold::MAJORITY, &round(&votes, 1, Among::Rest))), "--");
    }

    #[test]
    fn a_share_of_nobody_elects_nobody() {
        for of in [Base::Returned, Base::Valid, Base::AgreeDisagree] {
            let rule = Threshold { of, bound: Bound::AtLeast, ..Threshold::MAJORITY };
            let counted = RoundVotes { returned: 0, ..round(&[0, 0], 1, Among::All) };
            assert_eq!(fates(&RULE.outcome(&rule, &counted)), "--", "{of:?}");
        }
    }

    #[test]
    fn what_follows_is_the_rule_of_the_plan() {
        let further = |among, candidates: &[usize], seats| After::Further {
            among,
            candidates: candidates.to_vec(),
            seats,
        };
        let open = ContestRule { too_few: TooFew::StayOpen, ..RULE };
        // (rule, votes, further rounds held, what follows)
        let table: [(ContestRule, &[u32], u32, After); 9] = [
            (RULE, &[30, 25, 22, 19], 0, After::Over { open: 0 }),
            (RULE, &[30, 25, 22, 22], 0, further(Among::Tied, &[2, 3], 1)),
            (open, &[30, 25, 22, 22], 0, further(Among::Tied, &[2, 3], 1)),
            (RULE, &[30, 25, 22, 22], 2, After::Over { open: 1 }),
            (RULE, &[30, 15, 14, 13], 0, further(Among::Rest, &[1, 2, 3], 2)),
            (RULE, &[30, 15, 14, 13], 1, further(Among::Rest, &[1, 2, 3], 2)),
            (open, &[30, 15, 14, 13], 0, After::Over { open: 2 }),
            (RULE, &[30, 15, 14, 13], 2, After::Over { open: 2 }),
            // Nobody is left to be voted on.
            (RULE, &[30, 25], 0, After::Over { open: 1 }),
        ];
        for (rule, votes, held, expected) in table {
            let outcome = rule.outcome(&Threshold::MAJORITY, &round(votes, 3, Among::All));
            assert_eq!(rule.after(&outcome, held), expected, "{votes:?} after {held}");
        }
    }

    proptest::proptest! {
        #[test]
        fn seats_are_never_overfilled_and_nobody_passes_over_more_votes(
            votes in proptest::collection::vec(0u32..12, 1..9),
            seats in 0u32..9,
            tied in proptest::bool::ANY,
        ) {
            let among = if tied { Among::Tied } else { Among::All };
            let counted = RoundVotes { votes: &votes, blank: 0, seats, among, due: 11, present: 11, returned: 11, spoilt: 0 };
            let outcome = RULE.outcome(&Threshold::MAJORITY, &counted);
            proptest::prop_assert!(outcome.elected() <= seats);
            let with = |fate: Fate| outcome.candidates.iter().filter(move |candidate| candidate.fate == fate);
            for elected in with(Fate::Elected) {
                proptest::prop_assert!(elected.votes >= outcome.needed);
                let below = |other: &CandidateOutcome| other.fate == Fate::Elected || other.votes < elected.votes;
                proptest::prop_assert!(outcome.candidates.iter().all(below));
            }
            let tied = with(Fate::Tied).count();
            proptest::prop_assert!(tied == 0 || tied > outcome.open() as usize);
            proptest::prop_assert!(tied == 0 || outcome.open() > 0);
            // With a seat left and nobody tied, whoever has reached the majority is elected.
            if outcome.open() > 0 && tied == 0 {
                proptest::prop_assert!(with(Fate::NotElected).all(|candidate| candidate.votes < outcome.needed));
            }
            let order = outcome.in_order();
            proptest::prop_assert_eq!(order.len(), votes.len());
            proptest::prop_assert!(order.windows(2).all(|pair| votes[pair[0]] >= votes[pair[1]]));
        }
    }
}
