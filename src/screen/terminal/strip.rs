//! The floor, above whatever page is open: that one may speak, that one waits, that it was refused and why, who speaks;
//! and that one takes no paper.

use ratatui::text::Line;

use super::page;
use crate::client::View;
use crate::meeting::{Phase, Stage, State};
use crate::screen::Scene;
use crate::screen::text::{Side, clean, fit, wrap};
use crate::screen::widgets::clock;
use crate::words::official::{self as words, Official as Text};
use crate::words::reopening;
use crate::words::terminal::Terminal;
use crate::words::who;

/// The most lines that a refusal takes.
const REFUSAL_LINES_MAX: usize = 2;

/// How the person of this terminal stands to the floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// Has not asked.
    None,
    /// Waits, at this place in the queue, from 1.
    Waits(usize),
    /// Speaks.
    Speaks,
}

/// How the person of this terminal stands to the floor.
pub fn own(view: &View, state: &State) -> Own {
    let Some(seat) = page::my_seat(view) else { return Own::None };
    if state.floor.speaking.as_ref().is_some_and(|(speaking, _)| speaking == seat) {
        return Own::Speaks;
    }
    let place = state.floor.waiting.iter().position(|waiting| waiting == seat);
    place.map_or(Own::None, |place| Own::Waits(place + 1))
}

/// Why the floor was refused last.
pub fn refusal<'a>(view: &View, state: &'a State) -> Option<&'a str> {
    state.floor.refused.get(page::my_seat(view)?).map(String::as_str)
}

/// Whether the floor can be asked for here: in a review or a joint meeting, and in a nomination's deliberation.
pub fn may_ask(view: &View, state: &State) -> bool {
    let stage = state.current_item().map(|item| item.stage);
    let there = matches!(stage, Some(Stage::Deliberating | Stage::Reviewing | Stage::Consulting))
        || state.current_review().is_some();
    there
        && state.phase == Phase::Open
        && state.suspended.is_none()
        && page::is_present(view, state)
        && !page::is_outside(view, state)
}

/// What the floor has to say; `read` is the refusal that was put away.
pub fn lines(scene: &Scene<'_>, state: &State, read: Option<&str>, cells: usize) -> Vec<Line<'static>> {
    if state.phase != Phase::Open || state.suspended.is_some() {
        return Vec::new();
    }
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = Vec::new();
    if scene.view.declines.is_some() && page::paper_to_come(scene.view, state) == scene.view.declines.as_ref()
    {
        let text = format!(" {}", Terminal::NoPaperNow.text(lang));
        lines.push(Line::styled(fit(&text, cells, Side::Left, theme.ellipsis()), theme.alarm()));
    }
    for (open, text) in reopening::everywhere(lang, state) {
        let style = if open { theme.alarm() } else { theme.dim() };
        let text = format!(" {}", clean(&text));
        lines.push(Line::styled(fit(&text, cells, Side::Left, theme.ellipsis()), style));
    }
    let speaking = state
        .floor
        .speaking
        .as_ref()
        .map(|(seat, timer)| (seat, clock::read(timer, clock::warning_seconds(state), scene.now)));
    match own(scene.view, state) {
        Own::Speaks => {
            let clock = speaking.map_or(String::new(), |(_, reading)| reading.text(lang));
            let text = format!(" {}   {clock}", Text::YouSpeak.text(lang));
            lines.push(Line::styled(fit(&text, cells, Side::Left, theme.ellipsis()), theme.banner()));
            return lines;
        }
        Own::Waits(place) => {
            let text = format!(" {}   {}", Text::YouWait.text(lang), words::floor_place(lang, place));
            lines.push(Line::styled(fit(&text, cells, Side::Left, theme.ellipsis()), theme.accent()));
        }
        Own::None => {
            if let Some(reason) = refusal(scene.view, state).filter(|reason| read != Some(*reason)) {
                let colon = lang.pick("：", ": ");
                let text = format!("! {}{colon}{}", Text::Refused.text(lang), clean(reason));
                let parts = wrap(&text, cells.saturating_sub(2)).into_iter().take(REFUSAL_LINES_MAX);
                lines.extend(parts.map(|part| Line::styled(format!(" {part}"), theme.alarm())));
            }
        }
    }
    if let Some((seat, reading)) = speaking {
        let name = who::spoken(&clean(state.name(seat)));
        let text = format!(" {}  {name}   {}", Text::Speaking.text(lang), reading.text(lang));
        let style = reading.style(scene);
        lines.push(Line::styled(fit(&text, cells, Side::Left, theme.ellipsis()), style));
    }
    lines
}
