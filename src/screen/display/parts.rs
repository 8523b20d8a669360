//! What a page of the display is made of, from top to bottom, and how it is set in the middle of the window.

use std::time::Duration;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::big::{self, Big, figures, headline};
use super::result::PAGE_SECONDS;
use crate::meeting::{SeatId, seat};
use crate::screen::Scene;
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::bar::bar;
use crate::screen::widgets::present::columns;
use crate::words::{common, display};

/// What a page is made of, from top to bottom.
pub enum Part {
    /// As big as it fits.
    Headline(String, Style),
    /// Figures side by side.
    Figures(Vec<Big>),
    /// Sentences.
    Text(String, Style),
    /// Lines that are aligned among themselves, as a block in the middle.
    Block(Vec<Line<'static>>),
    /// How much of a whole, as a bar.
    Bar(u32, u32),
    /// Lines that are aligned among themselves; where not all fit, one page after the other.
    Pages(Vec<Line<'static>>),
    /// People by name, in columns; where not all fit, one page after the other.
    Names(Vec<SeatId>),
    /// A clock, in digits as big as there is room for.
    Clock(String, Style),
    /// A long text in at most so many lines, set to the left so that it can be read.
    Long(String, Style, usize),
    /// Air.
    Space,
}

/// Rows that a big clock leaves for the rest of the page.
const BESIDE_CLOCK_ROWS_MIN: u16 = 9;
/// The widest that a long text is set.
const LONG_CELLS_MAX: u16 = 100;

/// Draws the parts in the middle of an area.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, parts: Vec<Part>) {
    // Two passes: the first one, on nothing, to know the height and set the page in the middle.
    let tall = parts.iter().map(|part| rows(part, area, scene)).sum::<u16>();
    let mut y = area.y + area.height.saturating_sub(tall) / 2;
    for part in parts {
        let left = area.bottom().saturating_sub(y);
        if left == 0 {
            return;
        }
        y += draw_part(frame, Rect { y, height: left, ..area }, scene, part, area.height);
    }
}

/// The rows of a clock in a window of so many rows.
fn clock_rows(scene: &Scene<'_>, height: u16) -> u16 {
    let rows = big::clock_rows(scene.theme);
    if height >= rows + BESIDE_CLOCK_ROWS_MIN { rows } else { 1 }
}

/// The names of some seats in columns.
fn names(scene: &Scene<'_>, who: &[SeatId], width: u16) -> Vec<Line<'static>> {
    let Some(state) = scene.state() else { return Vec::new() };
    let people = state.plan().people.iter().filter(|person| who.contains(&seat(person)));
    columns(scene, state, people, width.into())
}

/// The page of the moment of lines that do not all fit, with which page it is.
fn turned(scene: &Scene<'_>, lines: Vec<Line<'static>>, rows: usize) -> Vec<Line<'static>> {
    if lines.len() <= rows || rows < 2 {
        return lines;
    }
    let room = rows - 1;
    let pages = lines.len().div_ceil(room);
    let turns = scene.now.as_second().div_euclid(PAGE_SECONDS).rem_euclid(i64::try_from(pages).unwrap_or(1));
    let page = usize::try_from(turns).unwrap_or(0);
    let mut shown: Vec<Line<'static>> = lines.into_iter().skip(page * room).take(room).collect();
    shown.push(Line::styled(format!("  {}", display::page(scene.lang, page + 1, pages)), scene.theme.dim()));
    shown
}

/// When pages of names turn next.
pub fn turns_in(now: Timestamp) -> Duration {
    let period = PAGE_SECONDS * 1_000;
    let left = period - now.as_millisecond().rem_euclid(period);
    Duration::from_millis(u64::try_from(left).unwrap_or(1).max(1))
}

fn long_lines(scene: &Scene<'_>, width: u16, text: &str, lines_max: usize) -> Vec<String> {
    let cells = usize::from(width.min(LONG_CELLS_MAX));
    let mut lines = wrap(text, cells);
    if lines.len() > lines_max {
        lines.truncate(lines_max);
        if let Some(last) = lines.last_mut() {
            *last = cut(&format!("{last}   "), cells.saturating_sub(1), "").trim_end().to_owned()
                + scene.theme.ellipsis();
        }
    }
    lines
}

fn rows(part: &Part, area: Rect, scene: &Scene<'_>) -> u16 {
    let lines = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    match part {
        Part::Headline(text, _) => {
            let latin = clean(text).is_ascii() && !scene.theme.ascii;
            if latin && text.len() * 4 <= usize::from(area.width) { 4 } else { 1 }
        }
        Part::Figures(_) => {
            let tall = if scene.theme.ascii { 9 } else { 5 };
            if area.height >= tall + 6 { tall } else { 1 }
        }
        Part::Text(text, _) => lines(wrap(text, area.width.into()).len()),
        Part::Block(block) | Part::Pages(block) => lines(block.len()),
        Part::Names(who) => lines(names(scene, who, area.width).len()),
        Part::Clock(..) => clock_rows(scene, area.height),
        Part::Long(text, _, lines_max) => lines(long_lines(scene, area.width, text, *lines_max).len()),
        Part::Bar(..) | Part::Space => 1,
    }
}

fn draw_part(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, part: Part, height: u16) -> u16 {
    match part {
        Part::Headline(text, style) => headline(frame, area, scene, &text, style),
        Part::Figures(bigs) => figures(frame, area, scene, &bigs),
        Part::Text(text, style) => {
            let lines: Vec<Line<'_>> =
                wrap(&text, area.width.into()).into_iter().map(|line| Line::styled(line, style)).collect();
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), area);
            tall
        }
        Part::Block(mut lines) => {
            let room = usize::from(area.height);
            if lines.len() > room {
                let left = lines.len() - room.saturating_sub(1);
                lines.truncate(room.saturating_sub(1));
                lines.push(Line::styled(common::more_lines(scene.lang, left, true), scene.theme.dim()));
            }
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let wide = lines.iter().map(Line::width).max().unwrap_or(0);
            let indent = u16::try_from(usize::from(area.width).saturating_sub(wide) / 2).unwrap_or(0);
            let place = Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
            frame.render_widget(Paragraph::new(lines), place);
            tall
        }
        Part::Pages(lines) => {
            let lines = turned(scene, lines, area.height.into());
            draw_part(frame, area, scene, Part::Block(lines), height)
        }
        Part::Names(who) => {
            let lines = names(scene, &who, area.width);
            let lines = turned(scene, lines, area.height.into());
            draw_part(frame, area, scene, Part::Block(lines), height)
        }
        Part::Bar(part, whole) => {
            let wide = area.width.min(60);
            let place = Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area };
            frame.render_widget(Paragraph::new(bar(scene.theme, wide.into(), part, whole, None)), place);
            1
        }
        Part::Clock(digits, style) => {
            let rows = clock_rows(scene, height).min(area.height);
            big::clock(frame, Rect { height: rows, ..area }, scene, &digits, style);
            rows
        }
        Part::Long(text, style, lines_max) => {
            let lines = long_lines(scene, area.width, &text, lines_max);
            let wide = area.width.min(LONG_CELLS_MAX);
            let place = Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area };
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let lines: Vec<Line<'_>> = lines.into_iter().map(|line| Line::styled(line, style)).collect();
            frame.render_widget(Paragraph::new(lines), place);
            tall
        }
        Part::Space => 1,
    }
}
