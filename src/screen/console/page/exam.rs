//! An exam at the console: who is seated and who has handed in, the clock, and what comes next. Nobody's marks are here before
//! the exam is over, since nobody's are in the record.

use ratatui::text::Line;

use super::{Notes, Page, dim, figures, indented, strong};
use crate::meeting::{ExamPhase, ItemState, State};
use crate::plan::Exam;
use crate::screen::Scene;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::exam::{self, Shown};
use crate::screen::widgets::{agenda, digits};
use crate::words::exam::{self as words, ExamText};
use crate::words::floor;

/// The page of an exam on the floor.
pub fn page(scene: &Scene<'_>, state: &State, item: &ItemState, notes: Notes<'_>, cells: usize) -> Page {
    let Some(shown) = Shown::of(state, &item.id) else { return Page::default() };
    let (lang, theme) = (scene.lang, scene.theme);
    let phase = shown.exam.phase;
    let mut head = vec![strong(scene, &exam::seated(scene, shown))];
    if phase == ExamPhase::Seating {
        head.extend(terms(scene, shown.plan, cells));
    }
    if let Some(reading) = shown.reading(scene) {
        let style = reading.style(scene);
        if notes.rows >= digits::ROWS + 9 {
            let rows = digits::big(theme, &reading.digits);
            head.extend(rows.into_iter().map(|row| Line::styled(format!("    {row}"), style)));
        }
        head.push(indented(reading.line(scene)));
        head.push(dim(scene, ExamText::AwaitHandIn.text(lang)));
    }
    if matches!(phase, ExamPhase::Seating | ExamPhase::Running) {
        let why = wrap(ExamText::MarksAfterEnd.text(lang), cells.saturating_sub(2));
        head.extend(why.iter().map(|line| dim(scene, line)));
    }
    let mut rows = if phase == ExamPhase::Marked {
        head.push(strong(scene, &exam::figures(scene, shown)));
        exam::results(scene, state, shown, cells.saturating_sub(2))
    } else {
        exam::seats(scene, state, shown, cells.saturating_sub(2))
    };
    head.push(Line::raw(""));
    if !rows.is_empty() {
        head.push(indented(rows.remove(0)));
    }
    let dot = theme.dot();
    let title = format!(
        "{} {dot} {} {dot} {}",
        floor::item_number(lang, agenda::number(state, item)),
        ExamText::phase(phase).text(lang),
        clean(state.item(&item.id).map_or("", |item| item.title.as_str()))
    );
    Page { title, head, rows: rows.into_iter().map(indented).collect(), must_see: None }
}

fn terms(scene: &Scene<'_>, plan: &Exam, cells: usize) -> Vec<Line<'static>> {
    let said = [words::terms(scene.lang, plan), words::composition(scene.lang, plan)];
    let lines = said.iter().flat_map(|text| wrap(text, cells.saturating_sub(2)));
    let mut lines: Vec<Line<'static>> = lines.map(|line| dim(scene, &line)).collect();
    let sealed = wrap(ExamText::BankSealed.text(scene.lang), cells.saturating_sub(2));
    lines.extend(sealed.iter().map(|line| dim(scene, line)));
    lines
}

/// The page of an exam that is to be called.
pub fn to_come(scene: &Scene<'_>, state: &State, plan: &Exam, cells: usize) -> Page {
    let mut head = terms(scene, plan, cells);
    let here = plan.candidates.iter().filter(|one| state.is_present(&one.person.as_str().into())).count();
    let all = plan.candidates.len();
    let present = crate::words::common::Common::Present.text(scene.lang);
    head.push(figures(
        scene,
        &[(ExamText::Candidates.text(scene.lang), all.to_string()), (present, here.to_string())],
    ));
    head.push(Line::raw(""));
    let rows = plan.candidates.iter().map(|candidate| {
        let mut text = format!("  {}  {}", state.name(&candidate.person.as_str().into()), candidate.post);
        if let Some(failed_on) = candidate.first_failed {
            let dot = scene.theme.dot();
            let made_up = ExamText::MakeUp.text(scene.lang);
            text.push_str(&format!("  {made_up} {dot} {}", words::first_failed(scene.lang, failed_on)));
        }
        strong(scene, &text)
    });
    Page { head, rows: rows.collect(), ..Page::default() }
}

/// The results of an exam that was declared, among those of other items.
pub fn outcomes(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Vec<Line<'static>> {
    let Some(shown) = Shown::of(state, &item.id) else { return Vec::new() };
    if shown.exam.figures.is_none() {
        return Vec::new();
    }
    let mut rows = vec![dim(scene, &exam::figures(scene, shown))];
    rows.extend(exam::results(scene, state, shown, cells.saturating_sub(2)).into_iter().map(indented));
    rows
}
