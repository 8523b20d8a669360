//! The figures of a review beside the page: reviewers by group, what became of the questions, the report's time; and
//! who asked for the floor, in any item.

use ratatui::text::Line;

use super::page::questions::Counts;
use super::review::stage;
use crate::meeting::{State, seat};
use crate::screen::Scene;
use crate::screen::text::{clean, cut};
use crate::words::review::{self, Review as Words};

/// The lines of a review.
pub fn lines(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let lang = scene.lang;
    let Some((_, plan, review)) = state.current_review() else { return Vec::new() };
    let mut lines = Vec::new();
    for group in &plan.reviewers {
        let name = state.plan().group(group).map_or(group.as_str(), |group| group.name.as_str());
        let people = state.plan().people.iter().filter(|person| person.group == *group);
        let (due, present) = people.fold((0, 0), |(due, present), person| {
            (due + 1, present + usize::from(state.is_present(&seat(person))))
        });
        let text = format!("  {}  {present}/{due}", clean(name));
        lines.push(Line::raw(cut(&text, cells, scene.theme.ellipsis()).into_owned()));
    }
    let current = review.current.as_ref().filter(|_| stage(review).is_some());
    let counts = match current.and_then(|id| plan.official(id.as_str())) {
        Some(official) => Some(Counts::of(review, official)),
        None => Some(Counts::of_all(review)).filter(|counts| counts.asked > 0),
    };
    if let Some(counts) = counts {
        let pair = |one: Words, first: usize, other: Words, second: usize| {
            format!("   {} {first}   {} {second}", one.text(lang), other.text(lang))
        };
        lines.push(Line::raw(""));
        lines.push(Line::raw(format!(" {} {}", Words::Asked.text(lang), counts.asked)));
        lines.push(Line::raw(pair(Words::Answered, counts.answered, Words::Promised, counts.promised)));
        lines.push(Line::raw(pair(
            Words::Satisfied,
            counts.satisfied,
            Words::NotSatisfied,
            counts.not_satisfied,
        )));
        if counts.declined + counts.returned > 0 {
            lines.push(Line::raw(pair(Words::Declined, counts.declined, Words::Returned, counts.returned)));
        }
        let at = current.and_then(|id| review.officials.get(id));
        let used = at.and_then(|at| at.report_millis).map(review::over);
        if let Some(used) = used {
            let allotted = review::face(i64::from(plan.report_seconds) * 1_000);
            let text = format!(" {} {allotted}  {} {used}", Words::Report.text(lang), Words::Used.text(lang));
            lines.push(Line::raw(""));
            lines.push(Line::raw(text));
        }
    }
    if !review.opinions.is_empty() {
        lines.push(Line::raw(""));
        lines.push(Line::raw(format!(" {} {}", Words::Opinions.text(lang), review.opinions.len())));
    }
    lines.push(Line::raw(""));
    lines.extend(requests(scene, state));
    lines
}

/// How many have asked for the floor; nothing where nobody has.
pub fn requests(scene: &Scene<'_>, state: &State) -> Option<Line<'static>> {
    let waiting = state.floor.waiting.len();
    let text = format!(" {} {waiting}", Words::Requests.text(scene.lang));
    (waiting > 0).then(|| Line::styled(text, scene.theme.accent()))
}

/// The same where there is only a line for all.
pub fn folded(scene: &Scene<'_>, state: &State) -> Vec<String> {
    let lang = scene.lang;
    let mut parts = Vec::new();
    if !state.floor.waiting.is_empty() {
        parts.push(format!("{} {}", Words::Requests.text(lang), state.floor.waiting.len()));
    }
    if let Some((_, plan, review)) = state.current_review() {
        let current = review.current.as_ref().filter(|_| stage(review).is_some());
        let official = current.and_then(|id| plan.official(id.as_str()));
        let counts = official.map_or_else(|| Counts::of_all(review), |official| Counts::of(review, official));
        let figures = [
            (Words::Asked, counts.asked),
            (Words::Answered, counts.answered),
            (Words::Promised, counts.promised),
            (Words::Satisfied, counts.satisfied),
            (Words::NotSatisfied, counts.not_satisfied),
        ];
        let asked = figures.into_iter().filter(|(_, count)| *count > 0);
        let asked: Vec<String> =
            asked.map(|(label, count)| format!("{} {count}", label.text(lang))).collect();
        parts.extend((!asked.is_empty()).then(|| asked.join("  ")));
    }
    parts
}
