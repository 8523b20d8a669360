//! A new seat code. It is shown this once and is in no record.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, sheet};
use crate::meeting::{Actor, State};
use crate::screen::Scene;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::who;

/// A code and whose it is.
pub struct Code {
    /// Whose.
    pub who: Actor,
    /// The code.
    pub code: String,
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Code").field("who", &self.who).finish_non_exhaustive()
    }
}

impl Code {
    /// Only Esc puts it away, so that no stray key loses it.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        if key.code == KeyCode::Esc { Turn::Leave } else { Turn::Stay }
    }

    /// Draws the code.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let lang = scene.lang;
        let number = self.who.seat().and_then(|seat| state.plan().seat_number(seat.as_str()));
        let number = number.map_or(String::new(), |number| format!("{number} "));
        let whose = format!("{number}{}", who::actor(lang, Some(state), &self.who));
        let cells = usize::from(page.width).saturating_sub(8);
        let mut lines = vec![
            Line::raw(clean(&whose).into_owned()),
            Line::styled(clean(&self.code).into_owned(), scene.theme.accent()),
        ];
        lines.extend(wrap(Console::CodeOldOff.text(lang), cells).into_iter().map(Line::raw));
        let inside = sheet(frame, page, scene, Console::NewCode.text(lang), lines.len(), false);
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of a code.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("Esc", Console::PutAway.text(lang))]
}
