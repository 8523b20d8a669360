//! What was decided in the open, in the minutes: what was done before the meeting, who said what with the head last, every
//! vote by its name.

use super::compose::Composer;
use super::doc::{Block, Exchange, Row, Table};
use super::review::paragraphs;
use crate::meeting::{Actor, ItemId, MatterPhase, NamedVote, State, Statement};
use crate::rules::NamedChoice;
use crate::words::common;
use crate::words::matter::{self as say, Open};
use crate::words::minutes::matter::{self as words, OpenLabel as Say};

impl Composer<'_> {
    /// What the plan says of a matter that was called: the checklist of what came before the meeting, who introduces it,
    /// who speaks last.
    pub(super) fn before_meeting(&mut self, id: &ItemId) {
        let lang = self.lang;
        let Some(planned) = self.state.item(id) else { return };
        if let Some(vote) = planned.open_vote() {
            let about = format!(
                "{}{}{}",
                say::about(lang, vote.about),
                lang.pick("，", ", "),
                say::how(lang, vote.how)
            );
            let rows = vec![
                (Open::Vote.text(lang).to_owned(), about),
                (Open::Question.text(lang).to_owned(), vote.question.clone()),
            ];
            return self.block(Block::Facts { rows });
        }
        let Some(plan) = planned.matter() else { return };
        let name = |id: &str| self.state.name(&id.into()).to_owned();
        let kind =
            format!("{}{}{}", say::kind(lang, plan.matter), lang.pick("，", ", "), say::ballot(lang, plan));
        let mut rows = vec![
            (Say::Matter.text(lang).to_owned(), kind),
            (Open::Introduced.text(lang).to_owned(), name(&plan.introduced_by)),
            (Open::HeadLast.text(lang).to_owned(), name(&plan.head)),
        ];
        let labels = [Open::Raised, Open::Studied, Open::Reviewed, Open::Notified];
        let steps = labels.into_iter().zip(self.state.checklist(plan));
        rows.extend(steps.filter_map(|(label, step)| {
            let (by, on) = step?;
            let said = format!("{}{}{by}", common::date(lang, on), lang.pick("，", ", "));
            Some((words::before(lang, label), said))
        }));
        self.block(Block::Facts { rows });
    }

    /// What was said, once nothing more can be; told once in the item's part.
    pub(super) fn views(&mut self, id: &ItemId) {
        let lang = self.lang;
        let Some(matter) = self.state.item_state(id).and_then(|item| item.matter()) else { return };
        let told = self.parts.last().is_some_and(|part| {
            part.section.blocks.iter().any(|block| matches!(block, Block::Exchanges { .. }))
        });
        if matter.statements.is_empty() || told {
            return;
        }
        let exchanges = (1..)
            .zip(&matter.statements)
            .map(|(number, said)| {
                let last = matter.order.last() == Some(&said.seat);
                self.view(number, said, last)
            })
            .collect();
        let caption = Say::Views.text(lang).to_owned();
        self.block(Block::Exchanges { caption, exchanges });
    }

    fn view(&self, number: usize, said: &Statement, last: bool) -> Exchange {
        let lang = self.lang;
        let mut head = format!("{number}. {}", self.state.name(&said.seat));
        if last {
            head = format!("{head} ({})", Say::Head.text(lang));
        }
        head = format!("{head}, {}", self.clock(said.time));
        let text = match &said.text {
            Some(text) => paragraphs(text),
            None => vec![Open::Passed.text(lang).to_owned()],
        };
        let taken_down = said.by != Actor::Seat(said.seat.clone());
        let remark = (Say::Remark.text(lang).to_owned(), vec![Say::TakenDown.text(lang).to_owned()]);
        let rows = if taken_down && said.text.is_some() { vec![remark] } else { Vec::new() };
        Exchange { depth: 0, head, text, rows }
    }

    /// A matter that the meeting's end has left among its views: they are told all the same.
    pub(super) fn views_left(&mut self) {
        let left = self
            .state
            .items
            .iter()
            .find(|item| item.matter().is_some_and(|matter| matter.phase < MatterPhase::Over));
        if let Some(id) = left.map(|item| item.id.clone()) {
            self.views(&id);
        }
    }

    /// Every vote by its name, in the order in which they were given; then those who could have voted and did not.
    pub(super) fn votes(&mut self, id: &ItemId) {
        let lang = self.lang;
        let Some(named) = self.state.item_state(id).and_then(|item| item.named.as_ref()) else { return };
        let rows = vote_rows(&self.state, named, |said| {
            said.map_or(Open::DidNotVote.text(lang), |said| say::choice(lang, said)).to_owned()
        });
        let rows = rows.into_iter().map(|(number, name, vote, last, entered)| {
            let mut remarks: Vec<String> = Vec::new();
            if last {
                remarks.push(Say::VotesLast.text(lang).to_owned());
            }
            remarks.extend(entered.map(|reason| words::entered(lang, &reason)));
            let remark = remarks.join(lang.pick("；", "; "));
            Row { cells: vec![number, name, vote, remark], tone: "plain", bars: Vec::new() }
        });
        let head = [Say::Order, Say::Name, Say::Vote, Say::Remark].map(|label| label.text(lang).to_owned());
        let caption = Some(Say::Votes.text(lang).to_owned());
        self.block(Block::Table(Table { caption, head: head.to_vec(), rows: rows.collect() }));
    }
}

/// The votes with their numbers; those without one have none.
fn vote_rows(
    state: &State,
    named: &NamedVote,
    word: impl Fn(Option<NamedChoice>) -> String,
) -> Vec<(String, String, String, bool, Option<String>)> {
    let given = (1..).zip(&named.votes).map(|(number, vote)| {
        let last = named.last.as_ref() == Some(&vote.seat);
        let name = state.name(&vote.seat).to_owned();
        (number.to_string(), name, word(vote.choice), last, vote.entered.clone())
    });
    let without = named.electorate.iter().filter(|seat| named.vote(seat).is_none()).map(|seat| {
        (String::new(), state.name(seat).to_owned(), word(None), named.last.as_ref() == Some(seat), None)
    });
    given.chain(without).collect()
}
