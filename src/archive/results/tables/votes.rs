//! `votes.csv`: the votes by name.

use super::*;

const VOTES_HEADER: [&str; 10] =
    ["meeting", "date", "rehearsal", "item", "title", "number", "seat", "name", "vote", "entered"];

impl Results {
    /// The votes by name, with the item's id and title.
    pub(super) fn named_votes(&self) -> impl Iterator<Item = (&str, &str, &NamedVoteResult)> {
        // A vote that was taken again comes after the earlier one.
        let of_item = |item: &'_ ItemResult| item.id().to_owned();
        let all = self.items.iter().flat_map(move |item| {
            let id = of_item(item);
            let earlier = self.set_aside.iter().map(|one| &one.result).filter(move |one| one.id() == id);
            earlier.chain([item])
        });
        all.filter_map(|item| match item {
            ItemResult::Matter(item) => {
                Some((item.id.as_str(), item.title.as_str(), item.named_vote.as_ref()?))
            }
            ItemResult::OpenVote(item) => {
                Some((item.id.as_str(), item.title.as_str(), item.named_vote.as_ref()?))
            }
            _ => None,
        })
    }

    pub(super) fn vote_count(&self) -> usize {
        self.named_votes().map(|(_, _, named)| named.votes.len()).sum()
    }

    /// The votes by name, one row each, in the order in which they were given; then those of the electorate without one.
    pub fn votes_csv(&self) -> String {
        let rows = self.named_votes().flat_map(|(item, title, named)| {
            (1..).zip(&named.votes).map(move |(number, vote)| {
                let mut row = self.meeting_cells().to_vec();
                row.extend([
                    cell(item),
                    cell(title),
                    number.to_string(),
                    cell(&vote.seat),
                    cell(&vote.name),
                    vote.vote.to_owned(),
                    word(vote.entered.as_ref()),
                ]);
                row
            })
        });
        table(&header(&VOTES_HEADER), rows)
    }
}
