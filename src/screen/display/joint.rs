//! A joint meeting on the display: the matrix, as many pages as officials and departments need, turned by themselves.

use std::time::Duration;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::big::headline;
use super::parts::turns_in;
use super::result::PAGE_SECONDS;
use crate::meeting::{Phase, Stage, State};
use crate::screen::Scene;
use crate::screen::terminal::page::last_declared;
use crate::screen::text::{clean, cut};
use crate::screen::widgets::matrix::Matrix;
use crate::words::display;
use crate::words::floor::Now;
use crate::words::joint::{self as words, Joint as Text};
use crate::words::who;

/// The joint meeting that is shown: on the floor, or declared last with nothing called since.
pub fn shown(state: &State) -> Option<Matrix<'_>> {
    if state.phase != Phase::Open || state.suspended.is_some() || state.quorum_missed.is_some() {
        return None;
    }
    match state.current_item() {
        Some(_) => Matrix::on_floor(state),
        None => Matrix::of(state, last_declared(state)?),
    }
}

/// Draws the page of the moment.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State, matrix: Matrix<'_>) {
    let (lang, theme) = (scene.lang, scene.theme);
    let declared = matrix.item.stage == Stage::Declared;
    let spacious = area.height >= 28;
    let above = if spacious { area } else { Rect { height: 1, ..area } };
    let title = state.item(&matrix.item.id).map_or("", |item| item.title.as_str());
    let used = headline(frame, above, scene, title, theme.strong());
    let area = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
    let [now, head, body, foot] = Layout::vertical([
        Constraint::Length(if spacious { 3 } else { 2 }),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
    ])
    .areas(area);
    let said = considered(scene, matrix, usize::from(now.width));
    let place = Rect { height: 1.min(now.height), ..now };
    frame.render_widget(Paragraph::new(said).alignment(Alignment::Center), place);

    let cells = usize::from(body.width);
    let columns = matrix.pages(cells);
    let rows = usize::from(body.height).max(1);
    let officials = matrix.plan.officials.len();
    let sheets = officials.div_ceil(rows).max(1);
    let pages = sheets * columns.len();
    let page = at(scene.now, pages);
    // All departments of some officials, then the next officials.
    let (sheet, side) = (page / columns.len().max(1), page % columns.len().max(1));
    let Some(columns) = columns.get(side) else { return };
    let from = sheet * rows;
    // On a large display lines stand apart, so that the eye keeps to one of them.
    let apart = usize::from(officials * 2 <= rows);
    let lines: Vec<Line<'_>> = (from..(from + rows).min(officials))
        .filter_map(|place| matrix.row(scene, place, columns))
        .flat_map(|line| [line].into_iter().chain(std::iter::repeat_n(Line::raw(""), apart)))
        .collect();
    let wide = lines.iter().map(Line::width).max().unwrap_or(0);
    let indent = u16::try_from(cells.saturating_sub(wide) / 2).unwrap_or(0);
    let inset = |area: Rect| Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
    frame.render_widget(Paragraph::new(matrix.head(scene, columns)), inset(head));
    frame.render_widget(Paragraph::new(lines), inset(body));

    let mut parts = vec![if declared {
        Now::Declared.text(lang).to_owned()
    } else {
        words::closed_of(lang, matrix.joint.closed(), officials)
    }];
    if pages > 1 {
        parts.push(words::columns(lang, columns.start + 1, columns.end, matrix.plan.departments.len()));
        parts.push(display::page(lang, page + 1, pages));
    }
    let line = Line::styled(parts.join(&format!(" {} ", theme.dot())), theme.accent());
    frame.render_widget(Paragraph::new(line).alignment(Alignment::Center), foot);
}

/// Who is considered next, or that all are closed.
fn considered(scene: &Scene<'_>, matrix: Matrix<'_>, cells: usize) -> Line<'static> {
    let (lang, theme) = (scene.lang, scene.theme);
    if matrix.item.stage == Stage::Declared {
        return Line::raw("");
    }
    if matrix.joint.open(matrix.plan).next().is_none() {
        return Line::styled(Text::AllClosed.text(lang), theme.accent());
    }
    let Some((official, _)) = matrix.official(matrix.next()) else { return Line::raw("") };
    let who =
        format!("{}  {}", who::spoken(&official.name), who::office(lang, &official.unit, &official.post));
    let text = format!("{}   {}", Text::PleaseGive.text(lang), clean(&who));
    Line::styled(cut(&text, cells, theme.ellipsis()).into_owned(), theme.accent())
}

/// Which of so many pages is shown now.
fn at(now: Timestamp, pages: usize) -> usize {
    let turns = now.as_second().div_euclid(PAGE_SECONDS).rem_euclid(i64::try_from(pages.max(1)).unwrap_or(1));
    usize::try_from(turns).unwrap_or(0)
}

/// When the page turns next; none where no joint meeting is shown.
pub fn tick(state: &State, now: Timestamp) -> Option<Duration> {
    shown(state).map(|_| turns_in(now))
}
