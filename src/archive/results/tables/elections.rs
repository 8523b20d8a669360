//! The rows of contested elections in `results.csv`.

use super::*;

impl Results {
    /// The rounds one after the other, each in the order of votes; then those on whom no round was counted. What only an
    /// election has stands after so many columns.
    pub(super) fn contested_rows(
        &self,
        item: &ContestedResult,
        before: usize,
    ) -> Vec<(Vec<String>, [String; 2])> {
        // Where no round of it was on paper, both stay empty.
        let on_paper =
            |spoilt: Option<u32>| if item.is_by_paper() { on_paper(spoilt) } else { Default::default() };
        let mut rows = Vec::new();
        for round in item.counted() {
            for candidate in &round.candidates {
                let standing = item.candidates.iter().find(|standing| standing.id == candidate.id);
                let row = standing.map(|one| self.candidate_row(item, one, Some((round, candidate)), before));
                rows.extend(row.map(|row| (row, on_paper(round.spoilt.or(candidate.spoilt)))));
            }
        }
        let without = item.without_round();
        rows.extend(without.map(|one| (self.candidate_row(item, one, None, before), on_paper(None))));
        rows
    }

    pub(super) fn candidate_row(
        &self,
        item: &ContestedResult,
        standing: &StandingResult,
        got: Option<(&ContestedRoundResult, &CandidateResult)>,
        before: usize,
    ) -> Vec<String> {
        let (round, candidate) = (got.map(|(round, _)| round), got.map(|(_, candidate)| candidate));
        let figures = round.map(|round| &round.round);
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&standing.id),
            list_name(standing.list).to_owned(),
            cell(&standing.name),
            cell(&standing.post),
            number(figures.map(|round| round.due)),
            number(figures.map(|round| round.present)),
            number(figures.map(|round| round.issued)),
            number(figures.and_then(|round| round.returned)),
            number(candidate.and_then(|candidate| candidate.votes)),
            number(candidate.and_then(|candidate| candidate.disagree)),
            String::new(),
            number(figures.and_then(|round| round.issued.checked_sub(round.returned?))),
            number(round.and_then(|round| round.base)),
            number(round.and_then(|round| round.needed)),
            candidate.map_or(standing.outcome, |candidate| candidate.outcome).unwrap_or_default().to_owned(),
        ]);
        row.resize(before, String::new());
        row.extend([
            figures.map(|round| cell(&round.ballot)).unwrap_or_default(),
            number(candidate.and_then(|candidate| candidate.place)),
            number(round.and_then(|round| round.blank)),
        ]);
        row
    }
}
