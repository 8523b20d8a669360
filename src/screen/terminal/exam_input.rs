//! What the keys do in an exam.

use crossterm::event::{KeyCode, KeyEvent};

use super::exam::ExamPage;
use super::keys::Key;
use super::{Over, Terminal};
use crate::client::View;
use crate::meeting::State;
use crate::screen::Act;
use crate::screen::widgets::exam::Shown;
use crate::screen::widgets::letter;
use crate::screen::widgets::scroll::Scroll;

impl Terminal {
    /// A key on a page of an exam, if it is one of the exam's.
    pub(super) fn on_exam(
        &mut self,
        key: KeyEvent,
        page: ExamPage,
        view: &View,
        state: &State,
    ) -> Option<Vec<Act>> {
        let shown = Shown::on_floor(state)?;
        let keys = self.page_keys(view);
        match (page, letter(key)) {
            (ExamPage::Place, _) if key.code == KeyCode::Enter => {
                return Some(vec![Act::TakePlace(shown.item.id.clone())]);
            }
            (_, Some('I')) if keys.contains(&Key::ExamTexts) => return Some(self.open_book(0, state)),
            (ExamPage::Paper, Some('O')) if self.exam.is_some() => {
                self.over = Over::AllQuestions(Scroll::default());
                return Some(Vec::new());
            }
            (ExamPage::Paper, Some('J')) if keys.contains(&Key::HandIn) => {
                self.over = Over::HandIn;
                return Some(Vec::new());
            }
            _ => {}
        }
        let handing_in = view.exam.as_deref().is_some_and(|own| own.handing_in);
        let sheet = self.exam.as_mut().filter(|_| page == ExamPage::Paper && !handing_in)?;
        let before = sheet.at;
        let acts = sheet.key(key)?;
        if sheet.at != before {
            self.scroll = Scroll::default();
        }
        Some(acts)
    }

    /// A key on the page with all questions.
    pub(super) fn on_all_questions(&mut self, key: KeyEvent) -> Vec<Act> {
        let open = match (&mut self.exam, letter(key)) {
            (_, Some('J')) => {
                self.over = Over::HandIn;
                return Vec::new();
            }
            (Some(sheet), _) => sheet.overview_key(key),
            (None, _) => false,
        };
        if !open {
            self.over = Over::Nothing;
            self.scroll = Scroll::default();
        }
        Vec::new()
    }

    /// Only Y hands in.
    pub(super) fn on_hand_in(&mut self, key: KeyEvent) -> Vec<Act> {
        self.over = Over::Nothing;
        match (&self.exam, letter(key)) {
            (Some(sheet), Some('Y')) => vec![Act::HandIn(sheet.item.clone())],
            _ => Vec::new(),
        }
    }

    /// Opens a text of the open book, if there is one.
    fn open_book(&mut self, place: usize, state: &State) -> Vec<Act> {
        let Some(text) = Shown::on_floor(state).and_then(|shown| shown.plan.texts.get(place)) else {
            return Vec::new();
        };
        self.over = Over::Book(place, Box::default());
        self.materials.want([text.path.as_str()])
    }

    /// A key on a text of the open book.
    pub(super) fn on_book(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let Some(state) = view.state.as_deref() else { return Vec::new() };
        let Over::Book(place, reader) = &mut self.over else { return Vec::new() };
        let place = *place;
        if reader.is_typing() {
            reader.key(key);
            return Vec::new();
        }
        match key.code {
            KeyCode::Left => {
                return place.checked_sub(1).map_or_else(Vec::new, |to| self.open_book(to, state));
            }
            KeyCode::Right => return self.open_book(place + 1, state),
            KeyCode::Esc => self.over = Over::Nothing,
            _ if reader.key(key) => {}
            _ if letter(key) == Some('I') => self.over = Over::Nothing,
            _ => {}
        }
        Vec::new()
    }
}
