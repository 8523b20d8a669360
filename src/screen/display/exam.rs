//! An exam, for the room: the clock in big digits, how many are seated and have handed in; at the end the results, by name or
//! in figures alone, as the plan says.

use super::big::Big;
use super::parts::Part;
use crate::meeting::{ExamPhase, State};
use crate::screen::Scene;
use crate::screen::widgets::clock::Stand;
use crate::screen::widgets::exam::{self, Shown};
use crate::words::exam::{self as words, ExamText};

fn big(scene: &Scene<'_>, label: ExamText, value: usize) -> Big {
    Big::new(label.text(scene.lang), u32::try_from(value).unwrap_or(u32::MAX))
}

/// What the page of an exam on the floor is made of.
pub fn parts(scene: &Scene<'_>, state: &State, shown: Shown<'_>) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let title = state.item(&shown.item.id).map_or_else(String::new, |item| item.title.clone());
    let mut parts = vec![Part::Text(title, theme.strong()), Part::Space];
    let phase = shown.exam.phase;
    if let Some(reading) = shown.reading(scene) {
        let style = reading.style(scene);
        let word = match reading.stand {
            Stand::Paused => ExamText::Paused.text(lang),
            _ => reading.word(lang),
        };
        parts.push(Part::Clock(reading.digits.clone(), style));
        parts.push(Part::Text(word.to_owned(), style));
    } else {
        parts.push(Part::Headline(ExamText::phase(phase).text(lang).to_owned(), theme.accent()));
    }
    parts.push(Part::Space);
    let mut bigs = vec![
        big(scene, ExamText::Candidates, shown.plan.candidates.len()),
        big(scene, ExamText::Seated, shown.exam.seated.len()),
    ];
    if phase != ExamPhase::Seating {
        bigs.push(big(scene, ExamText::HandedIn, shown.handed_in()));
    }
    parts.push(Part::Figures(bigs));
    parts.push(Part::Space);
    if phase == ExamPhase::Seating {
        parts.push(Part::Text(words::terms(lang, shown.plan), theme.strong()));
        parts.push(Part::Text(words::composition(lang, shown.plan), theme.plain_text()));
    }
    if matches!(phase, ExamPhase::Seating | ExamPhase::Running) {
        parts.push(Part::Text(ExamText::MarksAfterEnd.text(lang).to_owned(), theme.dim()));
    }
    parts
}

/// What the page of the declared results is made of.
pub fn declared(scene: &Scene<'_>, state: &State, shown: Shown<'_>, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let figures = shown.exam.figures.unwrap_or_default();
    let failed = figures.deferred + figures.failed_again;
    let mut parts =
        vec![Part::Headline(ExamText::Results.text(lang).to_owned(), theme.accent()), Part::Space];
    if shown.is_by_name() {
        parts.push(Part::Text(exam::figures(scene, shown), theme.strong()));
        parts.push(Part::Space);
        parts.push(Part::Block(exam::results(scene, state, shown, cells)));
    } else {
        parts.push(Part::Figures(vec![
            Big::new(ExamText::Candidates.text(lang), figures.sat),
            Big::new(ExamText::Passed.text(lang), figures.passed),
            Big::new(ExamText::Deferred.text(lang), failed),
        ]));
        parts.push(Part::Space);
        parts.push(Part::Text(exam::figures(scene, shown), theme.strong()));
        parts.push(Part::Text(ExamText::AloneWhy.text(lang).to_owned(), theme.dim()));
    }
    parts
}
