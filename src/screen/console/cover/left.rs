//! What becomes of the questions that still wait when the questions are to end: none disappears.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::due::Due;
use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, sheet};
use crate::meeting::{ItemId, OfficialStage, State};
use crate::screen::Scene;
use crate::screen::console::review::{on_floor, stage};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::review::{self, Review as Words};

/// The question, with its two answers.
#[derive(Debug)]
pub struct LeftOver {
    item: ItemId,
}

impl LeftOver {
    /// Asks.
    pub fn new(item: ItemId) -> Self {
        Self { item }
    }

    /// W: in writing by a day. X: declined, with a reason.
    pub fn key(&self, key: KeyEvent, state: &State) -> Turn {
        let item = self.item.clone();
        match (letter(key), key.code) {
            (Some('W'), _) => Turn::Next(Box::new(Cover::Due(Due::new(item, None, state)))),
            (Some('X'), _) => Turn::Next(Box::new(Cover::Text(Text::new(Purpose::DeclineAll(item))))),
            (_, KeyCode::Esc) => Turn::Leave,
            _ => Turn::Stay,
        }
    }

    /// Whether questions still wait, and none is on the floor.
    pub fn stands(&self, state: &State) -> bool {
        on_floor(state).is_some_and(|(_, review)| {
            stage(review) == Some(&OfficialStage::Questioning)
                && review.on_floor.is_none()
                && !review.queue.is_empty()
        })
    }

    /// Draws the question at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let waiting = on_floor(state).map_or(0, |(_, review)| review.queue.len());
        let choice = |key: &'static str, text: Words| {
            Line::from(vec![Span::styled(format!("  {key}  "), theme.accent()), Span::raw(text.text(lang))])
        };
        let lines = vec![
            Line::styled(review::questions_wait(lang, waiting), theme.strong()),
            choice("W", Words::LeftInWriting),
            choice("X", Words::LeftDeclined),
        ];
        let inside = sheet(frame, page, scene, Words::LeftTitle.text(lang), lines.len(), false);
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of the question.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![
        hint("W", Words::LeftInWriting.text(lang)),
        hint("X", Words::LeftDeclined.text(lang)),
        hint("Esc", Console::Cancel.text(lang)),
    ]
}
