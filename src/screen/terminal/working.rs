//! Which keys do something now: they follow from the page and from what is open over it.

use super::duty::Task;
use super::exam;
use super::keys::Key;
use super::page::{self, Page};
use super::paper::Asks;
use super::strip::{self, Own};
use super::{Over, Terminal, open_input, open_page};
use crate::client::View;
use crate::meeting::State;
use crate::plan::Duty;
use crate::screen::widgets::reader::Reader;
use crate::screen::widgets::scroll::Scroll;

/// Where the key of the floor stands on the key line: it is not cut away by the rest.
const FLOOR_KEY_PLACE: usize = 3;

/// The keys, and the ones that scroll where there is something to scroll.
pub(super) fn with_scroll(scroll: &Scroll, mut keys: Vec<Key>) -> Vec<Key> {
    if scroll.overflows() {
        keys.push(Key::Scroll);
    }
    keys
}

/// The keys on a text of an open book.
fn book_keys(reader: &Reader) -> Vec<Key> {
    let mut keys = Vec::new();
    if reader.overflows() {
        keys.push(Key::Scroll);
    }
    keys.extend([Key::OtherBook, Key::Find]);
    if reader.has_hits() {
        keys.push(Key::NextHit);
    }
    keys.push(Key::Back);
    keys
}

/// The key with which a voter takes no paper, or one after all, as long as none is issued.
pub(super) fn no_paper_key(view: &View, state: &State) -> Option<Key> {
    let item = page::paper_to_come(view, state)?;
    Some(if view.declines.as_ref() == Some(item) { Key::PaperAfterAll } else { Key::NoPaper })
}

impl Terminal {
    /// The keys that do something now.
    pub(super) fn keys(&self, view: &View) -> Vec<Key> {
        let state = view.state.as_deref();
        let mut keys = match &self.over {
            Over::Nominee { scroll, .. } => with_scroll(scroll, vec![Key::Other, Key::Back, Key::Cover]),
            Over::Review(review) => return with_scroll(&review.scroll, review.keys()),
            Over::Test(test) => return test.keys(),
            Over::Tested(tested) => return with_scroll(&tested.scroll, vec![Key::Afresh, Key::Cover]),
            Over::Recusal | Over::NoPaper | Over::Withdraw(_) | Over::Asks(_) => {
                return vec![Key::Confirm, Key::Back];
            }
            Over::Document(document) => {
                let mut keys = vec![Key::Find];
                if document.1.has_hits() {
                    keys.push(Key::NextHit);
                }
                if document.1.overflows() {
                    keys.insert(0, Key::Scroll);
                }
                keys.push(Key::Back);
                keys
            }
            Over::Note(_) => return vec![Key::Add, Key::Back],
            Over::RefuseSeal(_) => return vec![Key::SendRefusal, Key::Back],
            Over::ObjectRoom(_) => return vec![Key::SendObjection, Key::Back],
            Over::RefuseSheet(_) => return vec![Key::SendRefusal, Key::Back],
            Over::ObjectResult(_) => return vec![Key::SendObjection, Key::MoveList, Key::Back],
            Over::Present(scroll) => return with_scroll(scroll, vec![Key::Back]),
            Over::People(_) => return vec![Key::Toggle, Key::Move, Key::Back],
            Over::Asker(_) | Over::Spoken { .. } => return vec![Key::Pick, Key::MoveList, Key::Back],
            Over::AllQuestions(_) => return vec![Key::ToQuestion, Key::MoveList, Key::NextOpen, Key::HandIn],
            Over::HandIn => return vec![Key::Confirm, Key::Back],
            Over::Book(_, reader) => return book_keys(reader),
            Over::Write(writing) => return writing.keys(view),
            Over::Texts(texts) => {
                let mut keys = vec![Key::OtherText, Key::OtherOfficial, Key::Find];
                if texts.reader.has_hits() {
                    keys.push(Key::NextHit);
                }
                if texts.reader.overflows() {
                    keys.insert(0, Key::Scroll);
                }
                keys.push(Key::Back);
                keys
            }
            Over::Officials { .. } => {
                let mut keys = vec![Key::Open, Key::MoveList];
                if state.is_some_and(|state| page::is_reviewer(view, state)) {
                    keys.push(Key::Opinion);
                }
                keys.push(Key::Back);
                keys
            }
            Over::Asked(_) => {
                let mut keys = vec![Key::MoveList];
                keys.extend(state.map_or(Vec::new(), |state| self.asked_keys(view, state)));
                keys.push(Key::Back);
                keys
            }
            Over::Nothing => self.page_keys(view),
        };
        let floor = state.and_then(|state| self.floor_key(view, state));
        // Whoever speaks must find the key that ends the speech.
        match floor {
            Some(Key::EndSpeech) => keys.insert(0, Key::EndSpeech),
            Some(key) if matches!(self.over, Over::Nothing) => {
                let place = keys.len().min(FLOOR_KEY_PLACE);
                keys.insert(place, key);
            }
            _ => {}
        }
        keys
    }

    pub(super) fn page_keys(&self, view: &View) -> Vec<Key> {
        let page = self.page(view);
        if let Page::Duty(task) = &page {
            return self.keys_with_duty(task, view);
        }
        let mut keys = match page {
            Page::SignIn => vec![Key::SignIn],
            Page::Exam(page) => {
                let state = view.state.as_deref();
                state.map_or_else(Vec::new, |state| exam::keys(page, view, state, self.exam.as_ref()))
            }
            Page::Paper(_) => self.paper_keys(),
            Page::Ended => self.signing_keys(view).into_iter().chain([Key::Leave]).collect(),
            Page::TurnedAway => vec![Key::Leave],
            _ => Vec::new(),
        };
        let Some(state) = view.state.as_deref() else { return keys };
        if page == Page::Open {
            keys = with_scroll(&self.scroll, open_page::keys(view, state));
        } else if state.current_review().is_some() {
            keys.extend(self.review_keys(&page, view, state));
        } else if let Some(joint) = self.joint_keys(&page, view, state) {
            keys.extend(joint);
        } else {
            let said = self.term_keys(&page, view, state);
            if let Some(said) = said {
                keys.extend(said);
            } else if matches!(page, Page::Floor | Page::Result(_)) {
                keys = with_scroll(&self.scroll, keys);
            }
            let readable = matches!(
                page,
                Page::Floor
                    | Page::Paper(_)
                    | Page::PaperReady
                    | Page::Returned
                    | Page::NotReturned
                    | Page::Result(_)
            );
            if readable && page::nomination(state).is_some() {
                keys.push(Key::Materials);
            }
        }
        // The record of a matter that was decided by ballot waits for its head beside the result.
        if matches!(page, Page::Result(_)) && open_page::own(view, state) == open_page::Own::Sign {
            keys.insert(0, Key::SignRecord);
        }
        if matches!(page, Page::Floor | Page::Result(_)) && self.unread_refusal(view, state) {
            keys.insert(0, Key::PutAway);
        }
        if page == Page::Floor && open_input::objectable(view, state).is_some() {
            keys.insert(0, Key::ObjectVote);
        }
        if page == Page::Floor && page::may_recuse(view, state) {
            keys.push(Key::Recuse);
        }
        if self.may_list_present(&page) {
            keys.push(Key::Present);
        }
        let recorder = page::has_duty(view, state, Duty::Recorder);
        if recorder && !matches!(page, Page::Ended | Page::TurnedAway) {
            keys.extend([Key::Note, Key::People]);
        }
        if matches!(page, Page::Paper(_) | Page::Returned | Page::Exam(exam::ExamPage::Paper)) {
            keys.push(Key::Cover);
        }
        if super::objecting::may_object(&page, view, state) {
            keys.push(Key::ObjectResult);
        }
        // Few ever want it: it is the first to give way on a narrow screen, and stands in the help.
        if page == Page::Floor {
            keys.extend(no_paper_key(view, state));
        }
        keys
    }

    /// The keys of a duty's page; the recorder's own where no field takes them and they mean nothing else there.
    fn keys_with_duty(&self, task: &Task, view: &View) -> Vec<Key> {
        let mut keys = self.duty_keys(task, view);
        let Some(state) = view.state.as_deref() else { return keys };
        let free = !self.form.asks && !self.is_typing(view) && !matches!(task, Task::Sheet(_));
        if free && page::has_duty(view, state, Duty::Recorder) {
            keys.extend([Key::Note, Key::People]);
        }
        keys
    }

    /// Whether those present can be listed: not where heads are still to be counted.
    pub(super) fn may_list_present(&self, page: &Page) -> bool {
        matches!(
            page,
            Page::Floor
                | Page::Open
                | Page::Aside
                | Page::PaperReady
                | Page::Returned
                | Page::NotReturned
                | Page::Result(_)
        )
    }

    /// The keys that mark the paper. The digits of a nomination's three answers have names of their own.
    fn paper_keys(&self) -> Vec<Key> {
        let mut keys = match self.sheet.as_ref().map(|sheet| (sheet.asks(), sheet.answers())) {
            Some((Asks::UpTo(_), _)) => vec![Key::Mark],
            Some((Asks::List, _)) => vec![Key::AgreeToAll, Key::AgreeOrExcept],
            Some((Asks::Each(_), answers)) if answers != 3 => vec![Key::ChooseOf(answers)],
            _ => vec![Key::Choose],
        };
        let blank = keys.contains(&Key::Mark);
        keys.extend([Key::Move, if blank { Key::ReviewMarks } else { Key::Review }]);
        keys
    }

    /// Whether a refusal of the floor stands above the page.
    pub(super) fn unread_refusal(&self, view: &View, state: &State) -> bool {
        let refusal = strip::refusal(view, state);
        strip::own(view, state) == Own::None && refusal.is_some() && refusal != self.refusal_read.as_deref()
    }
}
