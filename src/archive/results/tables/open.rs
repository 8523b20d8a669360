//! The rows of what was decided in the open in `results.csv`.

use super::*;

impl Results {
    pub(super) fn matter_row(&self, item: &MatterResult, before_open: usize) -> Vec<String> {
        let count = item.named_vote.as_ref().and_then(|named| named.count);
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            String::new(),
            "major_matter".to_owned(),
            cell(&item.title),
            item.matter.to_owned(),
            number(item.due),
            number(item.present),
            number(item.issued),
            number(item.returned),
            number(item.agree),
            number(item.disagree),
            number(item.abstain),
            number(item.issued.zip(item.returned).map(|(issued, returned)| issued.saturating_sub(returned))),
            number(item.base),
            number(item.needed),
            item.outcome.unwrap_or_default().to_owned(),
        ]);
        row.resize(before_open, String::new());
        row.extend([
            item.ballot.to_owned(),
            number(count.map(|count| count.postpone)),
            number(count.map(|count| count.without)),
        ]);
        row
    }

    pub(super) fn open_vote_row(&self, item: &OpenVoteResult, before_open: usize) -> Vec<String> {
        let none = String::new;
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            none(),
            "open_vote".to_owned(),
            cell(&item.question),
            item.about.to_owned(),
            number(item.due),
            number(item.present),
            none(),
            none(),
            number(item.count.map(|count| count.agree)),
            number(item.count.map(|count| count.disagree)),
            number(item.count.map(|count| count.abstain)),
            none(),
            number(item.base),
            number(item.needed),
            item.outcome.unwrap_or_default().to_owned(),
        ]);
        row.resize(before_open, none());
        row.extend([item.how.to_owned(), none(), number(item.count.map(|count| count.without))]);
        row
    }
}
