//! The order of all officials by their evaluations: only what is declared is ranked.

use super::ids::{ItemId, OfficialId};
use super::state::State;
use crate::rules::{Fraction, VerdictRule};

/// An official's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// The rank, from 1; equal figures share one.
    pub rank: usize,
    /// Who.
    pub official: OfficialId,
    /// The figure that counts: the score where verdicts are found by it, else the satisfaction rate.
    pub figure: Fraction,
}

impl State {
    /// The officials of a review who have a declared verdict, best first.
    pub fn ranking(&self, item: &ItemId) -> Vec<Ranked> {
        let plan = self.item(item).and_then(crate::plan::Item::review);
        let review = self.item_state(item).and_then(|item| item.review());
        let (Some(plan), Some(review)) = (plan, review) else { return Vec::new() };
        let by_score = matches!(plan.verdict, VerdictRule::Score { .. });
        let mut figures: Vec<(&OfficialId, Fraction)> = review
            .order
            .iter()
            .filter_map(|id| {
                let verdict = review.officials.get(id)?.verdict.as_ref()?;
                Some((id, if by_score { verdict.score? } else { verdict.rate? }))
            })
            .collect();
        figures.sort_by(|(_, one), (_, other)| other.cmp(one));
        let rank = |figure: Fraction| figures.iter().filter(|(_, other)| *other > figure).count() + 1;
        figures
            .iter()
            .map(|(id, figure)| Ranked { rank: rank(*figure), official: (*id).clone(), figure: *figure })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::meeting::review_sample::ReviewPoint;
    use crate::meeting::sample::Sample;
    use crate::words::Lang;

    #[test]
    fn only_what_is_declared_is_ranked_and_equals_share_a_rank() {
        let mut state = Sample::review(Lang::Zh).until_review(ReviewPoint::AllDeclared).state;
        let ranks = |state: &crate::meeting::State| -> Vec<(usize, String)> {
            let ranked = state.ranking(&Sample::review_item());
            ranked.into_iter().map(|one| (one.rank, one.official.to_string())).collect()
        };
        let all = ranks(&state);
        assert_eq!(all.iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert!(all.iter().all(|(_, id)| id != "o6"), "{all:?}");
        let review = state.items[0].review_mut().unwrap();
        let first = review.officials[&all[0].1.as_str().into()].verdict.clone();
        review.officials.get_mut(&all[1].1.as_str().into()).unwrap().verdict = first;
        assert_eq!(ranks(&state).iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), [1, 1, 3, 4, 5]);
    }
}
