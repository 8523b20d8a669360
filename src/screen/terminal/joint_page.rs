//! A joint meeting on a member's terminal: the matrix, the official that is chosen with every opinion in words, and for
//! whoever speaks for a department the keys that give its opinion.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::draft::Purpose;
use super::keys::Key;
use super::nominees::{inset, more_line};
use super::page::{self, Page};
use super::{Over, Terminal};
use crate::client::View;
use crate::meeting::{Command, ItemState, OfficialId, Stage, Stance, State};
use crate::plan::Department;
use crate::screen::text::{clean, cut};
use crate::screen::widgets::letter;
use crate::screen::widgets::matrix::Matrix;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::floor::Now;
use crate::words::joint::{self as words, Joint as Text};

/// The fewest rows of the matrix beside a long detail.
const MATRIX_ROWS_MIN: usize = 4;

/// What is looked at.
#[derive(Debug, Clone, Default)]
pub struct Looking {
    /// The place of the official that was chosen; none follows whoever is considered next.
    chosen: Option<usize>,
    /// Which of the pages of departments.
    page: usize,
    /// How many pages there are, as last drawn.
    pages: usize,
    /// Which officials are in sight.
    list: Scroll,
    /// How far the detail is scrolled.
    detail: Scroll,
}

impl Looking {
    fn place(&self, matrix: Matrix<'_>) -> usize {
        let last = matrix.plan.officials.len().saturating_sub(1);
        self.chosen.unwrap_or_else(|| matrix.next()).min(last)
    }
}

/// The department that the person of this terminal speaks for in the joint meeting on the floor.
pub fn department<'a>(view: &View, state: &'a State) -> Option<&'a Department> {
    let (_, plan, _) = state.current_joint()?;
    plan.department_of(page::my_seat(view)?.as_str())
}

/// The joint meeting that the page shows: on the floor, or declared last.
fn shown<'a>(view: &View, state: &'a State, page: &Page) -> Option<Matrix<'a>> {
    let matrix = match page {
        Page::Floor => Matrix::on_floor(state)?,
        Page::Result(item) => Matrix::of(state, state.item_state(item)?)?,
        _ => return None,
    };
    let own = page::my_seat(view).and_then(|seat| matrix.plan.department_of(seat.as_str()));
    Some(Matrix { own: own.map(|department| department.id.as_str()), ..matrix })
}

/// Whether this terminal's person can give an opinion on the official at a place now.
fn may_give(view: &View, state: &State, matrix: Matrix<'_>, place: usize) -> bool {
    let Some((official, one)) = matrix.official(place) else { return false };
    let seat = page::my_seat(view);
    state.suspended.is_none()
        && page::is_present(view, state)
        && department(view, state).is_some()
        && one.closed.is_none()
        && seat.is_some_and(|seat| !official.concerns(seat.as_str()))
}

/// Draws the joint meeting of an item.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    looking: &mut Looking,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let which = if item.stage == Stage::Declared { Page::Result(item.id.clone()) } else { Page::Floor };
    let Some(matrix) = shown(scene.view, state, &which) else { return };
    let room = usize::from(area.width.saturating_sub(4));
    let closed = words::closed_of(lang, matrix.joint.closed(), matrix.plan.officials.len());
    let word = if item.stage == Stage::Declared { Now::Declared.text(lang).to_owned() } else { closed };
    let title = format!("{} {} {word}", Text::Matrix.text(lang), theme.dot());
    let block = theme.block(cut(&title, room, theme.ellipsis()).into_owned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let inside = inset(inner);
    let cells = usize::from(inside.width);
    let place = looking.place(matrix);
    let pages = matrix.pages(cells);
    looking.pages = pages.len();
    looking.page = looking.page.min(pages.len().saturating_sub(1));
    let Some(columns) = pages.get(looking.page) else { return };
    let mut detail = own_line(scene, state, matrix, place, item);
    detail.extend(matrix.detail(scene, state, place, cells));
    // The titles, the line of columns and a rule between take three rows.
    let rows = usize::from(inside.height).saturating_sub(3);
    let officials = matrix.plan.officials.len();
    let wanted = rows.saturating_sub(detail.len()).max(MATRIX_ROWS_MIN).min(officials).min(rows);
    let [head, list, rule, below, more] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(u16::try_from(wanted).unwrap_or(u16::MAX)),
        Constraint::Length(1),
        Constraint::Min(1),
        Constraint::Length(1),
    ])
    .areas(inside);
    frame.render_widget(Paragraph::new(matrix.head(scene, columns)), head);
    let seen = looking.list.fit(officials, list.height.into(), Some(place..place + 1));
    let lines = seen.lines.clone().filter_map(|at| matrix.row_of(scene, at, columns, (place, cells)));
    frame.render_widget(Paragraph::new(lines.collect::<Vec<_>>()), list);
    let mut between =
        vec![words::columns(lang, columns.start + 1, columns.end, matrix.plan.departments.len())];
    if seen.above + seen.below > 0 {
        between.push(format!("{}-{}/{officials}", seen.lines.start + 1, seen.lines.end));
    }
    let between = Line::styled(between.join("   "), theme.dim());
    frame.render_widget(Paragraph::new(between), rule);
    let shown = looking.detail.fit(detail.len(), below.height.into(), None);
    let visible: Vec<Line<'_>> = detail.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), below);
    frame.render_widget(more_line(scene, shown.above, shown.below), more);
}

/// How this person stands to the official that is chosen.
fn own_line(
    scene: &Scene<'_>,
    state: &State,
    matrix: Matrix<'_>,
    place: usize,
    item: &ItemState,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    if item.stage == Stage::Declared {
        return Vec::new();
    }
    let Some(own) = department(scene.view, state) else {
        return vec![Line::styled(Text::SpeaksForNone.text(lang), theme.dim())];
    };
    let Some((official, one)) = matrix.official(place) else { return Vec::new() };
    let name = clean(&own.name);
    let seat = page::my_seat(scene.view);
    let mut lines = vec![Line::styled(format!("{}{name}", Text::YouSpeakFor.text(lang)), theme.strong())];
    if seat.is_some_and(|seat| official.concerns(seat.as_str())) {
        lines.push(Line::styled(Text::AboutYourself.text(lang), theme.alarm()));
    } else if one.closed.is_some() {
        lines.push(Line::styled(Text::ClosedAt.text(lang), theme.dim()));
    }
    lines
}

impl Terminal {
    /// The keys that do something now on a page of a joint meeting; none where the page is none.
    pub(super) fn joint_keys(&self, page: &Page, view: &View, state: &State) -> Option<Vec<Key>> {
        let matrix = shown(view, state, page)?;
        let mut keys = Vec::new();
        if may_give(view, state, matrix, self.looking.place(matrix)) {
            keys.extend([Key::NoObjection, Key::Objects, Key::NeedsChecking]);
        }
        keys.push(Key::MoveList);
        if self.looking.pages > 1 {
            keys.push(Key::OtherDepartments);
        }
        if self.looking.detail.overflows() {
            keys.push(Key::ScrollText);
        }
        Some(keys)
    }

    /// A key on a page of a joint meeting, if it is one of it. None: it has another use.
    pub(super) fn on_joint_page(
        &mut self,
        key: KeyEvent,
        page: &Page,
        view: &View,
        state: &State,
    ) -> Option<Vec<Act>> {
        let matrix = shown(view, state, page)?;
        let place = self.looking.place(matrix);
        let last = matrix.plan.officials.len().saturating_sub(1);
        let choose = |looking: &mut Looking, place: usize| {
            looking.chosen = Some(place.min(last));
            looking.detail = Scroll::default();
        };
        match key.code {
            KeyCode::Up => choose(&mut self.looking, place.saturating_sub(1)),
            KeyCode::Down => choose(&mut self.looking, place + 1),
            KeyCode::Home => choose(&mut self.looking, 0),
            KeyCode::End => choose(&mut self.looking, last),
            KeyCode::Left => self.looking.page = self.looking.page.saturating_sub(1),
            KeyCode::Right => {
                self.looking.page = (self.looking.page + 1).min(self.looking.pages.saturating_sub(1));
            }
            KeyCode::Esc if self.looking.chosen.is_some() => self.looking.chosen = None,
            KeyCode::PageUp | KeyCode::PageDown => {
                self.looking.detail.key(key.code);
            }
            _ => {
                let digit = letter(key).filter(|digit| matches!(digit, '1' | '2' | '3'))?;
                if !may_give(view, state, matrix, place) {
                    return Some(Vec::new());
                }
                return Some(self.give(digit, matrix, place));
            }
        }
        Some(Vec::new())
    }

    /// 1 is in the record at once and can be changed; 2 and 3 want words.
    fn give(&mut self, digit: char, matrix: Matrix<'_>, place: usize) -> Vec<Act> {
        let Some((official, one)) = matrix.official(place) else { return Vec::new() };
        let item = matrix.item.id.clone();
        let id = OfficialId::from(official.id.as_str());
        // What comes next is not chosen for somebody who is in the middle of this one.
        self.looking.chosen = Some(place);
        if digit == '1' {
            let stance = Stance::NoObjection;
            return vec![Act::Order(Command::GiveStance { item, official: id, stance })];
        }
        let standing = matrix.own.and_then(|own| one.stands(own)).map(|given| &given.stance);
        let (purpose, begins) = if digit == '2' {
            let reason = standing.filter(|stance| matches!(stance, Stance::Objection { .. }));
            (Purpose::Objection { official: id }, reason.and_then(words::reason))
        } else {
            let what = standing.filter(|stance| matches!(stance, Stance::NeedsChecking { .. }));
            (Purpose::Check { official: id }, what.and_then(words::reason))
        };
        self.write_on(item, purpose, begins.unwrap_or_default(), false);
        Vec::new()
    }

    /// A joint meeting begins with whoever is considered next.
    pub(super) fn follow_joint(&mut self, state: &State) {
        let now = state.current_joint().map(|(item, ..)| item.id.clone());
        if now.is_some() && now != self.joint {
            self.looking = Looking::default();
        }
        self.joint = now;
        if let Over::Write(writing) = &self.over
            && matches!(writing.purpose, Purpose::Objection { .. } | Purpose::Check { .. })
            && self.joint.is_none()
            && !writing.sending
        {
            self.over = Over::Nothing;
        }
    }
}
