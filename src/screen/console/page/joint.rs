//! A joint meeting: the matrix of officials and departments, and what was said of the one that is chosen.

use ratatui::text::Line;

use super::{Notes, Page, dim, indented, strong};
use crate::meeting::State;
use crate::plan::JointMeeting;
use crate::screen::Scene;
use crate::screen::console::joint::on_floor;
use crate::screen::text::{clean, flow};
use crate::screen::widgets::matrix::Matrix;
use crate::words::joint::{self as words, Joint as Text};

/// The fewest rows of the matrix beside a long detail.
const MATRIX_ROWS_MIN: usize = 3;

/// The page of a joint meeting on the floor.
pub fn page(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> Page {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(matrix) = on_floor(state) else { return Page::default() };
    let room = cells.saturating_sub(2);
    let place = notes.looking.place(matrix);
    let pages = matrix.pages(room);
    let Some(columns) = pages.get(notes.looking.page.min(pages.len().saturating_sub(1))) else {
        return Page::default();
    };
    let officials = matrix.plan.officials.len();
    let departments = matrix.plan.departments.len();
    let mut above = vec![words::closed_of(lang, matrix.joint.closed(), officials)];
    above.push(words::columns(lang, columns.start + 1, columns.end, departments));
    if matrix.joint.open(matrix.plan).next().is_none() {
        above.push(Text::AllClosed.text(lang).to_owned());
    }
    let head = vec![strong(scene, &above.join("    ")), indented(matrix.head(scene, columns))];
    let detail = matrix.detail(scene, state, place, room);
    let rows = notes.rows.saturating_sub(head.len() + 1);
    let many = rows.saturating_sub(detail.len()).max(MATRIX_ROWS_MIN).min(officials);
    // The chosen one stands in the middle of what is shown.
    let from = place.saturating_sub(many / 2).min(officials.saturating_sub(many));
    let lines = (from..from + many).filter_map(|at| matrix.row_of(scene, at, columns, (place, room)));
    let mut rows: Vec<Line<'static>> = lines.map(indented).collect();
    let rule = if many < officials {
        format!("{} {}-{}/{officials}", theme.rule().repeat(2), from + 1, from + many)
    } else {
        theme.rule().repeat(2)
    };
    rows.push(dim(scene, &rule));
    rows.extend(detail.into_iter().map(indented));
    let title = state.item(&matrix.item.id).map_or("", |item| item.title.as_str());
    Page { title: clean(title).into_owned(), head, rows, must_see: Some(place - from) }
}

/// The page of a joint meeting that is to be called: who gives opinions, and on whom.
pub fn to_come(scene: &Scene<'_>, plan: &JointMeeting, cells: usize) -> Page {
    let lang = scene.lang;
    let room = cells.saturating_sub(2);
    let names = |names: Vec<String>| flow(&names, room).into_iter().map(|line| dim(scene, &line));
    let departments = plan.departments.iter().map(|one| clean(&one.name).into_owned()).collect();
    let officials = plan.officials.iter().map(|one| clean(&one.name).into_owned()).collect();
    let mut rows = vec![strong(scene, &words::departments(lang, plan.departments.len()))];
    rows.extend(names(departments));
    rows.push(Line::raw(""));
    rows.push(strong(scene, &words::officials(lang, plan.officials.len())));
    rows.extend(names(officials));
    Page { rows, ..Page::default() }
}

/// The matrix of a joint meeting that was declared, for the page at the end of the agenda.
pub fn declared(scene: &Scene<'_>, matrix: Matrix<'_>, cells: usize) -> Vec<Line<'static>> {
    let room = cells.saturating_sub(2);
    let mut rows = Vec::new();
    for columns in matrix.pages(room) {
        rows.push(indented(matrix.head(scene, &columns)));
        let lines = (0..matrix.plan.officials.len()).filter_map(|at| matrix.row(scene, at, &columns));
        rows.extend(lines.map(indented));
        rows.push(Line::raw(""));
    }
    rows
}
