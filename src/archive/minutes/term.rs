//! What was said in a deliberation during the term, where it ended: statements, questions with their replies.

use super::compose::Composer;
use super::doc::{Block, Exchange};
use crate::meeting::{ItemId, Put, Said};
use crate::words::minutes::term::{self as words, TermLabel as Label};
use crate::words::term;

/// A text as paragraphs.
fn paragraphs(text: &str) -> Vec<String> {
    text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
}

impl Composer<'_> {
    /// The deliberation that has just ended, if it was one with a record of what was said.
    pub(super) fn said_inside(&mut self, id: &ItemId) {
        let Some(term) = self.state.item_state(id).and_then(|item| item.term()) else { return };
        let statements: Vec<Exchange> = term.statements.iter().map(|said| self.statement(said)).collect();
        let questions: Vec<Exchange> = term.questions.iter().map(|put| self.question_put(put)).collect();
        for (label, exchanges) in [(Label::Statements, statements), (Label::Questions, questions)] {
            if !exchanges.is_empty() {
                self.block(Block::Exchanges { caption: label.text(self.lang).to_owned(), exchanges });
            }
        }
    }

    fn statement(&self, said: &Said) -> Exchange {
        let head = words::head(self.lang, &self.state, said, None, &self.clock(said.time));
        Exchange { depth: 0, head, text: paragraphs(&words::words(self.lang, said)), rows: Vec::new() }
    }

    fn question_put(&self, put: &Put) -> Exchange {
        let lang = self.lang;
        let head = words::head(lang, &self.state, &put.asked, Some(put.id), &self.clock(put.asked.time));
        let reply = |said: &Said| {
            let by = words::head(lang, &self.state, said, None, &self.clock(said.time));
            (format!("{} {by}", Label::Reply.text(lang)), paragraphs(&words::words(lang, said)))
        };
        let mut rows: Vec<(String, Vec<String>)> = put.replies.iter().map(reply).collect();
        rows.push((Label::Judged.text(lang).to_owned(), vec![term::judged(lang, put)]));
        Exchange { depth: 0, head, text: paragraphs(&words::words(lang, &put.asked)), rows }
    }
}
