//! The pages of the scrutineers' key: it is made, its share is unlocked, the box is opened with it. At the first and the
//! last there is nothing to press: they say what the terminal is doing by itself.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Form, Lines, draw_form};
use crate::client::{Alarm, SeatCode};
use crate::meeting::{SeatId, State};
use crate::screen::terminal::nominees::inset;
use crate::screen::text::{clean, width};
use crate::screen::{Act, Mark, Scene};
use crate::words::duty::{self as words, Duty as Text};
use crate::words::terminal::Terminal;
use crate::words::{Lang, clerk, who};

fn cells(area: Rect) -> usize {
    usize::from(inset(area).width.saturating_sub(2))
}

/// Names in a column, each with how far it is.
fn stands(
    lines: &mut Lines,
    scene: &Scene<'_>,
    state: &State,
    seats: &[SeatId],
    stands: impl Fn(&SeatId) -> (Mark, String),
) {
    let name = |seat: &SeatId| who::spoken(&clean(state.name(seat)));
    let wide = seats.iter().map(|seat| width(&name(seat))).max().unwrap_or(0);
    for seat in seats {
        let (mark, says) = stands(seat);
        let name = name(seat);
        let air = " ".repeat(wide.saturating_sub(width(&name)) + 3);
        let text = format!("{} {name}{air}{says}", scene.theme.mark(mark));
        lines.say(&text, scene.theme.mark_style(mark));
    }
}

/// Draws who has taken part in the making of the key.
pub fn draw_making(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(ceremony) = &state.ceremony else { return };
    let mut lines = Lines::new(cells(area));
    if matches!(scene.view.alarm, Some(Alarm::Key(_))) {
        lines.say(Text::KeyStopped.text(lang), theme.alarm());
        lines.gap();
        lines.say(Text::KeyStoppedHow.text(lang), theme.strong());
    } else {
        lines.say(Text::KeyMaking.text(lang), theme.accent());
        lines.gap();
        lines.say(Text::KeyNothing.text(lang), theme.strong());
        let alone = ceremony.scrutineers.len() < 2;
        let what = if alone { Text::OneHolds } else { Text::KeyWhat };
        lines.say(what.text(lang), theme.plain_text());
    }
    lines.gap();
    stands(&mut lines, scene, state, &ceremony.scrutineers, |seat| {
        let steps = ceremony.steps_of(seat);
        let mark = match steps {
            0 => Mark::ToCome,
            1 | 2 => Mark::Now,
            _ => Mark::Done,
        };
        (mark, words::steps(lang, steps))
    });
    draw_form(frame, area, scene, Text::KeyTitle, lines.take(), None, Vec::new());
}

/// Draws the page that asks for the code on the slip.
pub fn draw_unlock(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, form: &Form) {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut above = Lines::new(cells(area));
    above.say(Text::UnlockAsk.text(lang), theme.accent());
    above.gap();
    let mut below = Lines::new(cells(area));
    below.gap();
    if form.sending {
        below.say(Text::Unlocking.text(lang), theme.strong());
    } else if let Some(problem) = &form.problem {
        below.say(problem, theme.alarm());
    }
    below.gap();
    below.say(Text::UnlockWhy.text(lang), theme.plain_text());
    below.say(Terminal::EnrolHow.text(lang).split_once(['；', ';']).map_or("", |(how, _)| how), theme.dim());
    draw_form(frame, area, scene, Text::UnlockTitle, above.take(), Some(&form.field), below.take());
}

/// The code that was typed, if its check symbol holds.
pub fn send_code(form: &mut Form, lang: Lang) -> Vec<Act> {
    if form.field.value().trim().is_empty() {
        form.problem = Some(Terminal::EnrolEmpty.text(lang).to_owned());
        return Vec::new();
    }
    match SeatCode::parse(form.field.value()) {
        Ok(code) => {
            form.field.take();
            form.problem = None;
            form.sending = true;
            vec![Act::Unlock(code)]
        }
        Err(fault) => {
            let (again, why) = (Terminal::EnrolAgain.text(lang), clerk::code_fault(lang, fault));
            form.problem = Some(format!("{again}{}{why}", lang.pick("：", ": ")));
            Vec::new()
        }
    }
}

/// Draws how the box is checked and opened.
pub fn draw_opening(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State, seat: &SeatId) {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(key) = &state.key else { return };
    let rounds: Vec<_> = state.rounds_on_floor().collect();
    let ballots = rounds.iter().filter_map(|round| round.returned()).sum();
    let gave = |seat: &SeatId| rounds.iter().all(|round| round.has_given(seat));
    let is_false = |seat: &SeatId| rounds.iter().any(|round| round.false_factors.contains(seat));
    let is_silent = |seat: &SeatId| rounds.iter().any(|round| round.silent.contains(seat));
    let mut lines = Lines::new(cells(area));
    if matches!(scene.view.alarm, Some(Alarm::Box(_))) {
        lines.say(Text::OpeningStopped.text(lang), theme.alarm());
        lines.gap();
        lines.say(Text::OpeningStoppedHow.text(lang), theme.strong());
    } else if is_false(seat) {
        lines.say(Text::OpeningFalse.text(lang), theme.alarm());
        lines.gap();
        lines.say(Text::OpeningFalseHow.text(lang), theme.strong());
    } else if gave(seat) {
        lines.say(&words::given(lang, ballots), theme.accent());
    } else {
        if is_silent(seat) {
            lines.say(Text::OpeningNamed.text(lang), theme.alarm());
            lines.gap();
        }
        let says = if scene.view.checking { words::checking } else { words::checking_next };
        lines.say(&says(lang, ballots), theme.accent());
        lines.gap();
        lines.say(Text::OpeningNothing.text(lang), theme.strong());
    }
    lines.gap();
    let given = key.scrutineers.iter().filter(|seat| gave(seat)).count();
    lines.say(&words::opened_by(lang, given, key.threshold), theme.strong());
    lines.gap();
    stands(&mut lines, scene, state, &key.scrutineers, |seat| {
        if gave(seat) {
            (Mark::Done, Text::OpeningGiven.text(lang).to_owned())
        } else if is_false(seat) {
            (Mark::No, Text::OpeningLeftOut.text(lang).to_owned())
        } else if is_silent(seat) {
            (Mark::No, Text::OpeningSilent.text(lang).to_owned())
        } else if key.lost.contains(seat) {
            (Mark::No, Text::OpeningLost.text(lang).to_owned())
        } else {
            (Mark::ToCome, Text::StepsNone.text(lang).to_owned())
        }
    });
    draw_form(frame, area, scene, Text::OpeningTitle, lines.take(), None, Vec::new());
}
