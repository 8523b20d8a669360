//! The result of a nomination: the figures of its ballot, the rule, and a table for each list of posts.

use super::compose::Composer;
use super::doc::{Bar, Block, Row, Table};
use crate::meeting::{BallotId, ItemId, ItemState, LineId, Round};
use crate::plan::{Nominee, PostList};
use crate::words::by_paper::ByPaper;
use crate::words::minutes::{self as words, Label};
use crate::words::{reopening, rule};

impl Composer<'_> {
    /// Ballot figures, rule and table of a round that was just counted.
    pub(super) fn result(&mut self, ballot: &BallotId) {
        let Some((item, round)) = self.state.round(ballot) else { return };
        let Some(planned) = self.state.item(&item.id) else { return };
        let Some(nomination) = planned.nomination() else { return };
        if let Some(contested) = planned.contested() {
            for block in self.election_result(contested, item, round) {
                self.block(block);
            }
            return;
        }
        let figures = words::ballot_figures(self.lang, round);
        let rule = words::rule(self.lang, &nomination.carried, round.issue.due, round.present());
        let lists = [PostList::Party, PostList::Government];
        let both = lists.iter().all(|list| nomination.lines.iter().any(|line| line.list == *list));
        let mut blocks = vec![Block::Text { text: figures }, Block::Text { text: rule }];
        for list in lists {
            let lines: Vec<(usize, &Nominee)> =
                (1..).zip(&nomination.lines).filter(|(_, line)| line.list == list).collect();
            if lines.is_empty() {
                continue;
            }
            let label = match list {
                PostList::Party => Label::PartyPosts,
                PostList::Government => Label::GovernmentPosts,
            };
            let caption = both.then(|| label.text(self.lang).to_owned());
            let rows =
                lines.into_iter().map(|(number, line)| self.row(number, line, item, Some(round))).collect();
            let head = self.head(round.by_paper.is_some());
            blocks.push(Block::Table(Table { caption, head, rows }));
        }
        for block in blocks {
            self.block(block);
        }
    }

    /// An item whose lines are all deferred is declared without a ballot: its lines are still told.
    pub(super) fn all_deferred(&mut self, id: &ItemId) {
        let Some(item) = self.state.item_state(id).filter(|item| item.rounds_now().next().is_none()) else {
            return;
        };
        let Some(nomination) = self.state.item(id).and_then(|item| item.nomination()) else { return };
        let rows =
            (1..).zip(&nomination.lines).map(|(number, line)| self.row(number, line, item, None)).collect();
        let table = Table { caption: None, head: self.head(false), rows };
        self.block(Block::Table(table));
    }

    fn head(&self, by_paper: bool) -> Vec<String> {
        use Label::{Abstain, Agree, Disagree, Nominee, NotReturned, Number, Outcome, Post};
        [Number, Nominee, Post, Agree, Disagree, Abstain, NotReturned, Outcome]
            .into_iter()
            .flat_map(|label| {
                let spoilt = (by_paper && label == NotReturned).then_some(ByPaper::Spoilt);
                let spoilt = spoilt.map(|spoilt| spoilt.text(self.lang).to_owned());
                spoilt.into_iter().chain([label.text(self.lang).to_owned()])
            })
            .collect()
    }

    /// Why a line has no figures of its own.
    pub(super) fn not_voted(&self, line: &LineId, item: &ItemState) -> String {
        if let Some(bar) = item.barred.get(line) {
            return reopening::barred(self.lang, &self.state, bar);
        }
        if !item.is_at_stake(line) {
            return Label::Unchanged.text(self.lang).to_owned();
        }
        let reason = item.deferred.get(line).map(String::as_str).unwrap_or_default();
        format!("{}{}{reason}", Label::Deferred.text(self.lang), self.lang.pick("：", ": "))
    }

    fn row(&self, number: usize, line: &Nominee, item: &ItemState, round: Option<&Round>) -> Row {
        let id = LineId::from(line.id.as_str());
        let counted = round.and_then(|round| {
            let place = round.issue.lines.iter().position(|voted| *voted == id)?;
            let count = round.count.as_ref()?;
            Some((count.outcomes.get(place)?, count.by_paper().map(|_| count.spoilt(place))))
        });
        let mut cells = vec![number.to_string(), line.name.clone(), line.post.clone()];
        let Some(((outcome, spoilt), round)) = counted.zip(round) else {
            let why = self.not_voted(&id, item);
            let by_paper = round.is_some_and(|round| round.by_paper.is_some());
            cells.extend(std::iter::repeat_n(String::new(), if by_paper { 5 } else { 4 }));
            cells.push(why);
            return Row { cells, tone: "deferred", bars: Vec::new() };
        };
        let out = round.issued().saturating_sub(round.returned().unwrap_or(0));
        let count = outcome.count;
        let marks = [(count.agree, "agree"), (count.disagree, "disagree"), (count.abstain, "abstain")];
        // A spoilt line is returned and says nothing.
        let spoilt = spoilt.map(|spoilt| (spoilt, "out"));
        let figures: Vec<(u32, &'static str)> =
            marks.into_iter().chain(spoilt).chain([(out, "out")]).collect();
        cells.extend(figures.iter().map(|(figure, _)| figure.to_string()));
        cells.push(rule::outcome(self.lang, outcome));
        let tone = if outcome.carried { "carried" } else { "not_carried" };
        let bars = figures.into_iter().map(|(figure, of)| Bar::new(figure, round.issued(), of));
        Row { cells, tone, bars: bars.collect() }
    }
}
