//! The middle: what is on the floor now, one page for each step. A page is a pure function of what is known; it says
//! which of its lines must be seen when not all fit.
//!
//! - [`floor`]: signing in, scrutineers, the next item, the end
//! - [`nominees`]: introduction, recusal, deliberation
//! - [`open`]: major matters, votes by name, open votes
//! - [`ballot`]: issue, list, voting, box, result
//! - [`scrutiny`]: the key, the heads, and what the scrutineers do in a ballot
//! - [`joint`]: a joint meeting: officials and departments
//! - [`review`]: the draw, all officials, findings, report
//! - [`questions`]: questions and answers
//! - [`exam`]: who sits an exam, the clock, the results
//! - [`verdict`]: the result of an evaluation

pub mod ballot;
pub mod exam;
pub mod floor;
pub mod joint;
pub mod nominees;
pub mod open;
pub mod questions;
pub mod review;
pub mod scrutiny;
pub mod verdict;

use ratatui::text::{Line, Span};

use super::{layout, signing};

use crate::meeting::{ExamPhase, LineId, Phase, Stage, State, seat};
use crate::plan::Person;
use crate::screen::Scene;
use crate::screen::text::clean;
use crate::screen::widgets;
pub use crate::screen::widgets::present::columns as people;

/// What stands in the middle.
#[derive(Debug, Default)]
pub struct Page {
    /// The title of its box.
    pub title: String,
    /// What always stands at its top.
    pub head: Vec<Line<'static>>,
    /// What scrolls below.
    pub rows: Vec<Line<'static>>,
    /// Which of the rows must be seen.
    pub must_see: Option<usize>,
}

/// What the console itself knows besides the record.
#[derive(Debug, Clone, Copy)]
pub struct Notes<'a> {
    /// The nominee that is chosen, where one is.
    pub chosen: Option<&'a LineId>,
    /// Where the archive is.
    pub archive: &'a str,
    /// The seal was signed here.
    pub seal_signed: bool,
    /// Who is chosen of those who have not signed.
    pub unsigned: usize,
    /// What is chosen in a review.
    pub picked: &'a super::review::Picked,
    /// What is chosen in a joint meeting.
    pub looking: &'a super::joint::Looking,
    /// How many rows the page has, its title and box not counted.
    pub rows: usize,
}

/// How many cells the page needs: a table of results more than a list of names.
pub fn cells(state: &State) -> u16 {
    let counted = |item: &crate::meeting::ItemState| {
        item.stage != Stage::Reviewing && item.round().is_some_and(|round| round.count.is_some())
    };
    let judged = |item: &crate::meeting::ItemState| {
        let review = item.review().filter(|_| item.stage == Stage::Reviewing);
        review.is_some_and(|review| {
            super::review::stage(review).is_none()
                && review.officials.values().any(|official| official.verdict.is_some())
        })
    };
    if super::joint::on_floor(state).is_some() {
        return layout::MATRIX_CELLS;
    }
    let marked =
        |item: &crate::meeting::ItemState| item.exam().is_some_and(|exam| exam.phase == ExamPhase::Marked);
    let results = match state.current_item() {
        Some(item) => counted(item) || judged(item) || marked(item),
        None => state.next_item().is_none() && state.items.iter().any(counted),
    };
    if results { layout::RESULT_CELLS } else { layout::PAGE_CELLS }
}

/// The page for where the meeting is, in so many cells.
pub fn page(scene: &Scene<'_>, state: &State, notes: Notes<'_>, cells: usize) -> Page {
    if state.phase == Phase::Ended {
        return signing::page(scene, state, notes, cells)
            .unwrap_or_else(|| floor::ended(scene, state, notes, cells));
    }
    if let Some(sitting) = state.recess() {
        return floor::recess(scene, state, sitting, cells);
    }
    if state.phase == Phase::SigningIn {
        return floor::signing_in(scene, state, cells);
    }
    if let Some(proposal) = state.proposal() {
        return floor::proposal(scene, state, proposal, cells);
    }
    if state.awaits_scrutineers() {
        return floor::scrutineers(scene, state);
    }
    if let Some(page) = scrutiny::page(scene, state, notes, cells) {
        return page;
    }
    match (state.current_item(), state.next_item()) {
        (Some(item), _) if item.stage == Stage::Balloting || ballot::waits(item) => {
            ballot::page(scene, state, item, notes, cells)
        }
        (Some(item), _) if item.stage == Stage::Examining => exam::page(scene, state, item, notes, cells),
        (Some(item), _) if item.stage == Stage::Reviewing => review::page(scene, state, item, notes, cells),
        (Some(item), _) if item.stage == Stage::Consulting => joint::page(scene, state, notes, cells),
        (Some(item), _) if widgets::open::on_floor(state).is_some() => open::page(scene, state, item, cells),
        (Some(item), _) => nominees::page(scene, state, item, notes, cells),
        (None, Some(next)) => floor::next_item(scene, state, next, cells),
        (None, None) => floor::all_done(scene, state, cells),
    }
}

/// The people behind some seats, in the order of the plan.
pub fn of_seats<'a>(state: &'a State, seats: &[crate::meeting::SeatId]) -> Vec<&'a Person> {
    state.plan().people.iter().filter(|person| seats.contains(&seat(person))).collect()
}

/// Labelled figures on one line.
pub fn figures(scene: &Scene<'_>, figures: &[(&str, String)]) -> Line<'static> {
    let mut spans = vec![Span::raw(" ")];
    for (label, value) in figures {
        spans.push(Span::raw(format!("{label} ")));
        spans.push(Span::styled(value.clone(), scene.theme.strong()));
        spans.push(Span::raw("    "));
    }
    Line::from(spans)
}

/// A line of text with a margin, strong.
pub fn strong(scene: &Scene<'_>, text: &str) -> Line<'static> {
    Line::styled(format!(" {}", clean(text)), scene.theme.strong())
}

/// A line of text with a margin, dim.
pub fn dim(scene: &Scene<'_>, text: &str) -> Line<'static> {
    Line::styled(format!(" {}", clean(text)), scene.theme.dim())
}

/// A line with a margin of one cell.
pub fn indented(mut line: Line<'static>) -> Line<'static> {
    line.spans.insert(0, Span::raw(" "));
    line
}
