//! The count of a vote on paper, at a scrutineer's terminal: each enters it alone and signs it with the own key. What
//! another one entered is not shown; where the two differ, it is said in which figures.

use crossterm::event::KeyEvent;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

use super::{Form, Lines, Task};
use crate::meeting::{Command, PaperVote, Round, SeatId, State};
use crate::screen::terminal::nominees::inset;
use crate::screen::text::clean;
use crate::screen::widgets::count_sheet::{CountSheet, Typed, attempt};
use crate::screen::{Act, Scene};
use crate::words::by_paper::{self as words, ByPaper as Text};

/// The round whose papers this scrutineer counts next: one without the own count, or one that waits for another's.
pub fn to_count<'a>(state: &'a State, seat: &SeatId) -> Option<&'a Round> {
    let open = || {
        let rounds = state.rounds_on_floor();
        rounds.filter(|round| vote(round).is_some_and(|vote| vote.agreed().is_none()))
    };
    open().find(|round| !has_entered(round, seat)).or_else(|| open().next())
}

/// The duty of counting papers; it begins anew with every sheet.
pub fn task(state: &State, seat: &SeatId) -> Option<Task> {
    let round = to_count(state, seat)?;
    Some(Task::Papers { ballot: round.issue.ballot.clone(), attempt: attempt(round) })
}

fn vote(round: &Round) -> Option<&PaperVote> {
    round.by_paper.as_ref()
}

/// Whether this scrutineer's count is in the record, by the own key or the console's.
pub fn has_entered(round: &Round, seat: &SeatId) -> bool {
    vote(round).is_some_and(|vote| vote.entered.contains_key(seat))
}

/// Whether the sheet is open on the page.
pub fn is_typing(form: &Form, state: &State, seat: &SeatId) -> bool {
    to_count(state, seat).is_some_and(|round| form.anew || !has_entered(round, seat))
}

/// A key on the sheet.
pub fn key(form: &mut Form, key: KeyEvent, state: &State, seat: &SeatId) {
    let Some(round) = to_count(state, seat) else { return };
    if key.code == crossterm::event::KeyCode::Esc {
        form.anew = false;
        return;
    }
    if let Typed::Whole(_) = sheet(form, state, round).key(key, state, round) {
        form.asks = true;
    }
}

/// The sheet of this count.
fn sheet<'a>(form: &'a mut Form, state: &State, round: &Round) -> &'a mut CountSheet {
    let kept = form.count.take().filter(|sheet| sheet.is_of(round));
    form.count.insert(kept.unwrap_or_else(|| CountSheet::new(state, round)))
}

/// The count, to be signed.
pub fn enter(form: &mut Form, state: &State, seat: &SeatId) -> Vec<Act> {
    let Some(round) = to_count(state, seat) else { return Vec::new() };
    let Some(count) = sheet(form, state, round).count(state) else { return Vec::new() };
    form.sending = true;
    let (ballot, count) = (round.issue.ballot.clone(), Box::new(count));
    vec![Act::Order(Command::EnterCount { ballot, count })]
}

/// Draws the sheet, or what is awaited.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    form: &mut Form,
    seat: &SeatId,
) {
    let Some(round) = to_count(state, seat) else { return };
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(Text::SheetTitle.text(lang));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let inner = inset(inner);
    let mut above = Lines::new(inner.width.into());
    if let Some(groups) = words::groups(lang, state, &round.issue) {
        above.say(&clean(&words::of_group(lang, &groups)), theme.strong());
    }
    if let Some(last) = vote(round).and_then(|vote| vote.differed.last()) {
        above.say(&clean(&words::differ(lang, state, &round.issue, &last.figures)), theme.alarm());
    }
    let mut below = Lines::new(inner.width.into());
    if form.asks {
        below.say(Text::Sure.text(lang), theme.chosen());
    } else if form.sending {
        below.say(Text::Sending.text(lang), theme.strong());
    }
    if !is_typing(form, state, seat) {
        above.gap();
        above.say(Text::Yours.text(lang), theme.accent());
        above.gap();
        above.say(Text::WaitOther.text(lang), theme.plain_text());
        frame.render_widget(Paragraph::new(above.take()), inner);
        return;
    }
    let (above, below) = (above.take(), below.take());
    let tall = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX));
    let [top, body, rest] =
        Layout::vertical([tall(above.len()), Constraint::Min(1), tall(below.len())]).areas(inner);
    frame.render_widget(Paragraph::new(above), top);
    sheet(form, state, round).draw(frame, body, scene, state, round);
    frame.render_widget(Paragraph::new(below), rest);
}
