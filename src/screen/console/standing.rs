//! What stays on the console until it is dealt with: a suspension, objections, what to do about a missed quorum, who
//! has the floor, and a seat that waits for its person.

use ratatui::text::Line;

use super::FreeSeat;
use super::cover::requests;
use crate::meeting::{Actor, State};
use crate::screen::Scene;
use crate::screen::text::{clean, cut, wrap};
use crate::words::{console, reopening, who};

/// The most lines that one of them takes.
const LINES_MAX: usize = 3;

/// The lines, the most urgent first.
pub fn lines(
    scene: &Scene<'_>,
    state: &State,
    objections_seen: usize,
    free: Option<&FreeSeat>,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = Vec::new();
    if let Some(reason) = &state.suspended {
        add(&mut lines, scene, &console::suspended(lang, reason), theme.banner(), cells);
    }
    let objections = state.objections.get(objections_seen..).unwrap_or_default();
    if let Some(first) = objections.first() {
        let by = who::actor(lang, Some(state), &first.by);
        let text = console::objection(lang, &by, &first.reason, objections.len() - 1);
        add(&mut lines, scene, &text, theme.banner(), cells);
    }
    let mut open = state.open_result_objections();
    if let Some(first) = open.next().filter(|_| state.ended_at.is_none()) {
        let text = reopening::objection_to(lang, state, first);
        let text = format!("{text}{}", reopening::settles(lang, open.count()));
        add(&mut lines, scene, &text, theme.banner(), cells);
    }
    if state.quorum_missed.is_some() && state.ended_at.is_none() {
        add(&mut lines, scene, console::after_missed_quorum(lang), theme.alarm(), cells);
    }
    if let Some((seat, clock)) = &state.floor.speaking {
        let style = if clock.left(scene.now) < 0 { theme.banner() } else { theme.accent() };
        add(&mut lines, scene, &requests::speech(lang, state, seat, clock, scene.now), style, cells);
    }
    if let Some(free) = free.filter(|free| !state.keys.contains_key(&Actor::Seat(free.seat.clone()))) {
        add(&mut lines, scene, &free.text, theme.accent(), cells);
    }
    lines
}

fn add(
    lines: &mut Vec<Line<'static>>,
    scene: &Scene<'_>,
    text: &str,
    style: ratatui::style::Style,
    cells: usize,
) {
    let room = cells.saturating_sub(2);
    let mut parts: Vec<String> = text.lines().flat_map(|line| wrap(&clean(line), room)).collect();
    if parts.len() > LINES_MAX {
        let rest = parts.split_off(LINES_MAX - 1).join(" ");
        parts.push(cut(&rest, room, scene.theme.ellipsis()).into_owned());
    }
    lines.extend(parts.into_iter().map(|part| Line::styled(format!(" {part}"), style)));
}
