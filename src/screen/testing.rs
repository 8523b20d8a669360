//! What tests of screens use: a scene at a fixed moment, a drawing as text, and checks that hold for every drawing.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::text::width;
use super::{Act, Scene, Screen, Theme, draw};
use crate::client::{Chain, Link, Live, Paper, View};
use crate::meeting::{Actor, State};
use crate::words::Lang;

/// The moment of every test: 10:42 in the room.
pub fn now() -> Timestamp {
    "2026-11-24T02:42:00Z".parse().unwrap()
}

/// The room's zone.
pub fn zone() -> TimeZone {
    Offset::constant(8).to_time_zone()
}

/// What `me` knows of `state`.
pub fn view(me: &str, state: &State) -> View {
    View {
        me: Actor::from(me),
        state: Some(Arc::new(state.clone())),
        chain: Chain { number: state.line, hash: "9f3c71ae04d2b6".repeat(4) },
        link: Link::Connected,
        live: Live { connected: 20, ..Live::default() },
        paper: Paper::None,
        alarm: None,
        sealed: false,
    }
}

/// A window's size, language and look.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    pub size: (u16, u16),
    pub lang: Lang,
    pub theme: Theme,
}

impl Window {
    pub fn new(lang: Lang, size: (u16, u16)) -> Self {
        Self { size, lang, theme: Theme::new(false, false) }
    }

    pub fn ascii(lang: Lang, size: (u16, u16)) -> Self {
        Self { size, lang, theme: Theme::new(true, true) }
    }

    /// Draws a screen and returns the window as text, one line a row, without trailing spaces.
    pub fn draw(self, screen: &mut impl Screen, view: &View) -> String {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let zone = zone();
        let scene =
            Scene { view, now: now(), zone: &zone, lang: self.lang, theme: self.theme, leaving: false };
        terminal.draw(|frame| draw(screen, frame, &scene)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut rows = Vec::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = width(symbol).saturating_sub(1);
                row.push_str(symbol);
            }
            assert_eq!(width(&row), usize::from(self.size.0), "row {y} has another width: {row}");
            assert!(!row.chars().any(char::is_control), "row {y} has a control character");
            if self.theme.ascii {
                let odd = row.chars().find(|character| "─│┌┐└┘█░┊●✓▶✗…—▸".contains(*character));
                assert_eq!(odd, None, "row {y} has a sign that is not plain: {row}");
            }
            rows.push(row.trim_end().to_owned());
        }
        check_boxes(&rows);
        rows.join("\n")
    }
}

/// The corners of a box stand under each other: no name has pushed a border.
fn check_boxes(rows: &[String]) {
    let at = |row: &str, corner: char| -> Vec<usize> {
        row.match_indices(corner).map(|(byte, _)| width(&row[..byte])).collect()
    };
    for (y, row) in rows.iter().enumerate() {
        for right in at(row, '┐') {
            let closes = rows[y + 1..].iter().find_map(|below| {
                let cell = cell_at(below, right);
                (cell != Some('│')).then_some(cell)
            });
            assert!(
                matches!(closes, Some(Some('┘' | '┤'))),
                "the box of row {y} is torn: {closes:?}\n{}",
                rows.join("\n")
            );
        }
    }
}

fn cell_at(row: &str, column: usize) -> Option<char> {
    row.char_indices().find(|(byte, _)| width(&row[..*byte]) == column).map(|(_, character)| character)
}

/// Presses keys, one after the other, and returns everything that the screen wants done.
pub fn press(screen: &mut impl Screen, view: &View, keys: impl IntoIterator<Item = KeyCode>) -> Vec<Act> {
    keys.into_iter().flat_map(|key| screen.key(KeyEvent::from(key), view)).collect()
}

/// Types a text.
pub fn type_text(screen: &mut impl Screen, view: &View, text: &str) -> Vec<Act> {
    press(screen, view, text.chars().map(KeyCode::Char))
}
