//! `evaluations.csv`: one row a dimension of each ballot of a review.

use super::*;

const EVALUATIONS_HEADER: [&str; 15] = [
    "meeting",
    "date",
    "rehearsal",
    "item",
    "title",
    "official",
    "name",
    "post",
    "ballot",
    "group",
    "due",
    "present",
    "issued",
    "returned",
    "dimension",
];

impl Results {
    /// The words of all scales, each once.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in self.reviews().flat_map(|review| &review.scale) {
            if !words.contains(word) {
                words.push(word.clone());
            }
        }
        words
    }

    /// The evaluations: one row a dimension of each counted ballot, one column a word of the scale.
    pub fn evaluations_csv(&self) -> String {
        let words = self.words();
        let mut names = header(&EVALUATIONS_HEADER);
        names.extend(words.iter().map(|word| cell(word)));
        names.push("not_returned".to_owned());
        let by_paper = self.any_by_paper();
        if by_paper {
            names.extend(header(&BY_PAPER));
        }
        let rows = self.reviews().flat_map(|review| {
            review.officials.iter().flat_map(|official| {
                official
                    .ballots
                    .iter()
                    .flat_map(|ballot| self.evaluation_rows(review, official, ballot, (&words, by_paper)))
            })
        });
        table(&names, rows)
    }

    pub(super) fn evaluation_count(&self) -> usize {
        let ballots =
            self.reviews().flat_map(|review| &review.officials).flat_map(|official| &official.ballots);
        ballots.map(|ballot| ballot.dimensions.len()).sum()
    }

    pub(super) fn evaluation_rows(
        &self,
        review: &ReviewResult,
        official: &OfficialResult,
        ballot: &BallotResult,
        (words, by_paper): (&[String], bool),
    ) -> Vec<Vec<String>> {
        let mut begin = self.meeting_cells().to_vec();
        begin.extend([
            cell(&review.id),
            cell(&review.title),
            cell(&official.id),
            cell(&official.name),
            cell(&official.post),
            cell(&ballot.id),
            word(ballot.group.as_ref()),
            ballot.due.to_string(),
            ballot.present.to_string(),
            ballot.issued.to_string(),
            ballot.returned.to_string(),
        ]);
        let rows = ballot.dimensions.iter().map(|dimension| {
            let mut row = begin.clone();
            row.push(cell(&dimension.name));
            row.extend(words.iter().map(|word| {
                number(dimension.counts.0.iter().find(|(name, _)| name == word).map(|(_, count)| *count))
            }));
            row.push(dimension.not_returned.to_string());
            if by_paper {
                row.extend(on_paper(dimension.spoilt));
            }
            row
        });
        rows.collect()
    }
}
