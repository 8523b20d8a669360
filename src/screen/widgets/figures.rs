//! The figures that can be contested, always in sight: due, present, issued, confirmed, returned.

use crate::meeting::{RoundPhase, State};
use crate::screen::Scene;
use crate::words::common::Common;
use crate::words::floor;

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
    if let Some((_, round)) = state.current_round().filter(|(_, round)| round.phase != RoundPhase::Void) {
        let mut figures = vec![
            figure(Common::Due, round.issue.due.to_string()),
            figure(Common::Present, round.present().to_string()),
            figure(Common::Issued, round.issued().to_string()),
        ];
        if matches!(round.phase, RoundPhase::Confirming | RoundPhase::Voting) {
            figures.push(figure(Common::Confirmed, round.confirmed.len().to_string()));
        }
        if let Some(returned) = returned(scene, state) {
            figures.push(figure(Common::Returned, returned));
        }
        return figures;
    }
    let item = state.current_item().and_then(|item| state.item(&item.id));
    let (due, present) = match item {
        Some(item) => (state.due_for(item), state.present_for(item)),
        None => (state.due(), state.present()),
    };
    vec![
        figure(Common::Due, due.to_string()),
        figure(Common::Present, present.to_string()),
        figure(Common::OnLeave, due.saturating_sub(present).to_string()),
        figure(Common::Attending, state.attending().to_string()),
    ]
}

/// How many ballots have come back: exact once the box is fixed, in steps of five before, nothing before voting.
pub fn returned(scene: &Scene<'_>, state: &State) -> Option<String> {
    let (_, round) = state.current_round()?;
    if let Some(returned) = round.returned() {
        return Some(returned.to_string());
    }
    matches!(round.phase, RoundPhase::Voting | RoundPhase::Sealing).then(|| {
        let turnout = scene.view.live.turnout.as_ref();
        let turnout = turnout.filter(|turnout| turnout.ballot == round.issue.ballot);
        let (at_least, all) = turnout.map_or((0, false), |turnout| (turnout.at_least, turnout.all));
        floor::turnout(scene.lang, at_least, all)
    })
}

/// The figures on one line.
pub fn line(scene: &Scene<'_>, state: &State) -> String {
    figures(scene, state)
        .into_iter()
        .map(|figure| format!("{} {}", figure.label, figure.value))
        .collect::<Vec<_>>()
        .join("   ")
}
