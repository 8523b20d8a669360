//! What tests of screens use: a scene at a fixed moment, a drawing as text, and checks that hold for every drawing.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::text::width;
use super::{Act, Answer, Scene, Screen, Theme, draw};
use crate::client::{Chain, Link, Live, View};
use crate::harmless::hostile::assert_harmless;
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
        state: Some(Arc::new(state.clone())),
        chain: Chain { number: state.line, hash: "9f3c71ae04d2b6".repeat(4) },
        link: Link::Connected,
        live: Live { connected: 20, ..Live::default() },
        ..View::of(Actor::from(me))
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
        self.draw_at(screen, view, now())
    }

    /// The same at another moment.
    pub fn draw_at(self, screen: &mut impl Screen, view: &View, now: Timestamp) -> String {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let zone = zone();
        let scene = Scene { view, now, zone: &zone, lang: self.lang, theme: self.theme, leaving: false };
        terminal.draw(|frame| draw(screen, frame, &scene)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut grid = Vec::new();
        for y in 0..buffer.area.height {
            let mut row: Vec<String> = Vec::new();
            while row.len() < usize::from(buffer.area.width) {
                let x = u16::try_from(row.len()).unwrap();
                let symbol = buffer[(x, y)].symbol().to_owned();
                let more = width(&symbol).saturating_sub(1);
                row.push(symbol);
                row.extend((0..more).map(|_| String::new()));
            }
            let text = row.concat();
            assert_eq!(row.len(), usize::from(self.size.0), "row {y} has another width: {text}");
            assert_harmless(&text, &[]);
            if self.theme.ascii {
                let odd = text.chars().find(|character| "─│┌┐└┘█░┊●✓▶✗…—▸·×÷≥≤“”‘’".contains(*character));
                assert_eq!(odd, None, "row {y} has a sign that is not plain: {text}");
            }
            grid.push(row);
        }
        let rows: Vec<String> = grid.iter().map(|row| row.concat().trim_end().to_owned()).collect();
        check_boxes(&grid, &rows);
        rows.join("\n")
    }
}

/// Below an upper corner of a box there is its side down to the lower corner, or to the edge of what lies over it: no name
/// has pushed a border.
fn check_boxes(grid: &[Vec<String>], rows: &[String]) {
    for (y, row) in grid.iter().enumerate() {
        for x in (0..row.len()).filter(|x| row[*x] == "┐" || row[*x] == "┌") {
            let Some(end) = grid[y + 1..].iter().find(|below| below[x] != "│") else {
                panic!("row {y} has no end")
            };
            // The upper edge of what lies over it, its title included.
            let corner = |cell: &&String| *cell == "┌" || *cell == "┐";
            let (mut left, mut right) = (&end[..x], &end[x + 1..]);
            if end[x] == "┌" {
                left = &end[..=x];
            } else if end[x] == "┐" {
                right = &end[x..];
            }
            let (left, right) = (left.iter().rev().find(corner), right.iter().find(corner));
            let covered = left.is_some_and(|left| left == "┌") && right.is_some_and(|right| right == "┐");
            let whole = covered || matches!(end[x].as_str(), "┘" | "└");
            assert!(whole, "the box of row {y} is torn:\n{}", rows.join("\n"));
        }
    }
}

/// Presses keys, one after the other, and returns everything that the screen wants done.
pub fn press(screen: &mut impl Screen, view: &View, keys: impl IntoIterator<Item = KeyCode>) -> Vec<Act> {
    keys.into_iter().flat_map(|key| screen.key(KeyEvent::from(key), view)).collect()
}

/// Types a text.
pub fn type_text(screen: &mut impl Screen, view: &View, text: &str) -> Vec<Act> {
    press(screen, view, text.chars().map(KeyCode::Char))
}

/// A control code as long as a real one.
pub fn code(number: u64) -> String {
    format!("{number:04x}{}", "a1b2c3d4e5f60789".repeat(4).split_at(60).0)
}

/// Presses keys while a client encrypts at once whatever is to be encrypted, and returns the choices of each ballot that
/// is cast. Everything else that the screen wants is left aside.
pub fn casts(
    screen: &mut impl Screen,
    view: &View,
    keys: impl IntoIterator<Item = KeyCode>,
) -> Vec<Vec<usize>> {
    let mut prepared = Vec::new();
    let mut cast = Vec::new();
    for key in keys {
        for act in press(screen, view, [key]) {
            let (act, own) = match act {
                Act::Own(act) => (*act, true),
                act => (act, false),
            };
            match act {
                Act::Prepare { number, choices } => {
                    prepared.push((code(number), choices.to_vec()));
                    let answer = Answer::Prepared { number, result: Ok(code(number)) };
                    let answer = if own { Answer::Own(Box::new(answer)) } else { answer };
                    screen.answered(answer, view);
                }
                Act::Cast(code) => {
                    let (_, choices) = prepared.iter().find(|(known, _)| *known == code).unwrap();
                    cast.push(choices.clone());
                }
                _ => {}
            }
        }
    }
    cast
}
