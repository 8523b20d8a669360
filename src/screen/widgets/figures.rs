//! The figures that can be contested, always in sight: due, present, issued, confirmed, returned.

use crate::meeting::{Round, RoundPhase, State, seat};
use crate::plan::Person;
use crate::screen::Scene;
use crate::words::common::Common;
use crate::words::exam::ExamText;
use crate::words::floor;
use crate::words::joint::Joint;

/// A figure and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// What it is called.
    pub label: &'static str,
    /// The figure, or its words.
    pub value: String,
}

/// The figures of what is on the floor. While a ballot is under way they are those that were fixed for it; how many
/// have come back is shown in steps until the box is fixed.
pub fn figures(scene: &Scene<'_>, state: &State) -> Vec<Figure> {
    let lang = scene.lang;
    let figure = |label: Common, value: String| Figure { label: label.text(lang), value };
    if let Some(together) = Together::on_floor(state).filter(|together| together.phase != RoundPhase::Void) {
        let mut figures = vec![
            figure(Common::Due, together.due.to_string()),
            figure(Common::Present, together.present.to_string()),
        ];
        // How many papers were handed out is known once they are counted.
        if together.phase != RoundPhase::OnPaper {
            figures.push(figure(Common::Issued, together.issued.to_string()));
        }
        if matches!(together.phase, RoundPhase::Confirming | RoundPhase::Voting) {
            figures.push(figure(Common::Confirmed, together.confirmed.to_string()));
        }
        if let Some(returned) = returned(scene, state) {
            figures.push(figure(Common::Returned, returned));
        }
        return figures;
    }
    if let Some(figures) = of_exam(scene, state) {
        return figures;
    }
    let item = state.current_item().and_then(|item| state.item(&item.id));
    let (due, present) = match item {
        Some(item) => (state.due_for(item), state.present_for(item)),
        None => (state.due(), state.present()),
    };
    if item.is_some_and(|item| item.joint().is_some()) {
        let figure = |label: Joint, value: u32| Figure { label: label.text(lang), value: value.to_string() };
        return vec![figure(Joint::DepartmentsDue, due), figure(Joint::DepartmentsHere, present)];
    }
    vec![
        figure(Common::Due, due.to_string()),
        figure(Common::Present, present.to_string()),
        figure(away(state), due.saturating_sub(present).to_string()),
        figure(Common::Attending, state.attending().to_string()),
    ]
}

/// What those entitled are called who are not here: before the meeting is opened they may still come.
pub fn away(state: &State) -> Common {
    if state.opening.is_some() { Common::Absent } else { Common::NotYet }
}

/// The figures of an exam on the floor, or of a session of exams alone.
fn of_exam(scene: &Scene<'_>, state: &State) -> Option<Vec<Figure>> {
    let lang = scene.lang;
    let figure = |label: &'static str, value: usize| Figure { label, value: value.to_string() };
    if let Some((_, plan, exam)) = state.current_exam() {
        return Some(vec![
            figure(ExamText::Candidates.text(lang), plan.candidates.len()),
            figure(ExamText::Seated.text(lang), exam.seated.len()),
            figure(ExamText::HandedIn.text(lang), exam.handed_in.len()),
        ]);
    }
    if state.plan().decides_anything() {
        return None;
    }
    let candidates: Vec<_> = candidates(state).collect();
    let here = candidates.iter().filter(|person| state.is_present(&seat(person))).count();
    Some(vec![
        figure(ExamText::Candidates.text(lang), candidates.len()),
        figure(Common::Present.text(lang), here),
    ])
}

/// The candidates of all exams, in the order of the plan.
pub fn candidates(state: &State) -> impl Iterator<Item = &Person> {
    let plan = state.plan();
    let sits = |person: &&Person| {
        plan.items.iter().filter_map(|item| item.exam()).any(|exam| exam.candidate(&person.id).is_some())
    };
    plan.people.iter().filter(sits)
}

/// How many ballots have come back: exact once the box is fixed, in steps of five before, nothing before voting.
pub fn returned(scene: &Scene<'_>, state: &State) -> Option<String> {
    let together = Together::on_floor(state)?;
    if let Some(returned) = together.returned {
        return Some(returned.to_string());
    }
    matches!(together.phase, RoundPhase::Voting | RoundPhase::Sealing).then(|| {
        let (at_least, all) = turnout(scene, state);
        floor::turnout(scene.lang, at_least, all)
    })
}

/// How many ballots have come back at least, of all groups together, and whether that is all.
pub fn turnout(scene: &Scene<'_>, state: &State) -> (u32, bool) {
    let turnout = scene.view.live.turnout.as_ref();
    let of_these = |ballot: &crate::meeting::BallotId| {
        state.rounds_on_floor().any(|round| round.issue.ballot == *ballot)
    };
    let turnout = turnout.filter(|turnout| of_these(&turnout.ballot));
    turnout.map_or((0, false), |turnout| (turnout.at_least, turnout.all))
}

/// The rounds that are under way together, their figures added up: a group's own would tell too much while voting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together {
    /// The phase of the one that is least far.
    pub phase: RoundPhase,
    /// Those entitled.
    pub due: u32,
    /// Those in the room when papers were issued.
    pub present: u32,
    /// Papers issued.
    pub issued: u32,
    /// Terminals that have confirmed the list.
    pub confirmed: u32,
    /// Ballots returned, once every box is fixed.
    pub returned: Option<u32>,
}

impl Together {
    /// The rounds on the floor; none where there is no ballot.
    pub fn on_floor(state: &State) -> Option<Self> {
        let (_, least_far) = state.current_round()?;
        let rounds = || state.rounds_on_floor();
        let sum = |figure: &dyn Fn(&Round) -> u32| rounds().map(figure).sum();
        Some(Self {
            phase: least_far.phase,
            due: sum(&|round| round.issue.due),
            present: sum(&Round::present),
            issued: sum(&Round::issued),
            confirmed: sum(&|round| u32::try_from(round.confirmed.len()).unwrap_or(u32::MAX)),
            returned: rounds().map(Round::returned).sum(),
        })
    }
}

/// The figures on one line.
pub fn line(scene: &Scene<'_>, state: &State) -> String {
    figures(scene, state)
        .into_iter()
        .map(|figure| format!("{} {}", figure.label, figure.value))
        .collect::<Vec<_>>()
        .join("   ")
}
