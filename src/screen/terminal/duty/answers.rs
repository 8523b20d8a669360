//! What scrutineers answer for with the own key: that a terminal does not confirm the box, and the result sheet. Both take
//! a second key.

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Form, Lines};
use crate::client::View;
use crate::meeting::{BallotId, Command, ItemId, SeatId, Sheet, State, box_check_left, result_hash};
use crate::screen::terminal::keys::Key;
use crate::screen::terminal::nominees::{inset, more_line};
use crate::screen::text::{Side, clean, fit, width};
use crate::screen::{Act, Scene};
use crate::words::by_paper;
use crate::words::duty::{self as words, Duty as Text};
use crate::words::procedure::Procedure;
use crate::words::who;

/// Somebody whose terminal has not confirmed a box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Whose.
    pub seat: SeatId,
    /// Of which ballots: of one group's.
    pub ballots: Vec<BallotId>,
    /// The scrutineers who have accepted it of all of them.
    pub accepted: Vec<SeatId>,
}

/// Everybody whose terminal has not confirmed a box on the floor, in the order of the plan.
pub fn missing(state: &State) -> Vec<Missing> {
    let rounds: Vec<_> = state.rounds_on_floor().filter(|round| round.box_hash.is_some()).collect();
    let of = |person: &crate::plan::Person| {
        let seat = crate::meeting::seat(person);
        let mine: Vec<_> =
            rounds.iter().filter(|round| round.box_unconfirmed().any(|one| *one == seat)).collect();
        let first = mine.first()?;
        let by_all = |by: &&SeatId| {
            mine.iter().all(|round| round.accepted.get(&seat).is_some_and(|accepted| accepted.contains(*by)))
        };
        let accepted = first.accepted.get(&seat).into_iter().flatten().filter(by_all).cloned().collect();
        let ballots = mine.iter().map(|round| round.issue.ballot.clone()).collect();
        Some(Missing { seat, ballots, accepted })
    };
    state.plan().people.iter().filter_map(of).collect()
}

/// How many seconds terminals still have to answer to the box.
pub fn seconds_left(state: &State, now: Timestamp) -> i64 {
    let left = state.rounds_on_floor().filter_map(|round| box_check_left(state, round, now));
    left.max().map_or(0, i64::from)
}

/// Whether this scrutineer has something to accept there.
pub fn may_accept(missing: Option<&Missing>, seat: &SeatId) -> bool {
    missing.is_some_and(|missing| !missing.accepted.contains(seat))
}

/// The commands that accept it, one for each ballot.
pub fn accept(missing: &Missing) -> Vec<Act> {
    let seats = vec![missing.seat.clone()];
    let of = |ballot: &BallotId| Command::AcceptMissing { ballot: ballot.clone(), seats: seats.clone() };
    missing.ballots.iter().map(of).map(Act::Order).collect()
}

/// Draws who has not answered to the box, how long they still have, and who has accepted that they do not.
pub fn draw_missing(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    form: &mut Form,
    seat: &SeatId,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let block = theme.block(Text::MissingTitle.text(lang));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let cells = usize::from(inset(inner).width);
    let list = missing(state);
    form.chosen = form.chosen.min(list.len().saturating_sub(1));
    let issued: u32 = state.rounds_on_floor().map(crate::meeting::Round::issued).sum();
    let open: usize = list.iter().map(|one| one.ballots.len()).sum();
    let answered = issued.saturating_sub(u32::try_from(open).unwrap_or(u32::MAX));
    let mut above = Lines::new(cells);
    above.gap();
    above.say(Text::MissingWhat.text(lang), theme.accent());
    above.say(&words::box_answered(lang, answered, issued), theme.strong());
    above.gap();
    above.say(Text::MissingNames.text(lang), theme.plain_text());
    let mut below = Lines::new(cells);
    let left = seconds_left(state, scene.now);
    form.seconds_left = left;
    let chosen = list.get(form.chosen);
    if form.asks {
        let name = chosen.map_or(String::new(), |one| who::spoken(&clean(state.name(&one.seat))));
        below.say(&words::missing_ask(lang, &name), theme.chosen());
        below.say(Text::MissingKept.text(lang), theme.plain_text());
    } else if left > 0 && state.rounds_on_floor().any(crate::meeting::Round::box_waits) {
        below.say(Procedure::BoxWaits.text(lang), theme.strong());
    } else if left > 0 {
        below.say(Text::MissingFirst.text(lang), theme.strong());
        below.say(&words::missing_left(lang, left), theme.plain_text());
    } else if list.iter().all(|one| one.accepted.contains(seat)) {
        below.say(Text::MissingYours.text(lang), theme.strong());
    } else {
        below.say(Text::MissingFirst.text(lang), theme.strong());
        below.say(Text::MissingMay.text(lang), theme.plain_text());
    }
    let (above, below) = (above.take(), below.take());
    let tall = |lines: usize| Constraint::Length(u16::try_from(lines).unwrap_or(u16::MAX));
    let [head, rows, more, rest] =
        Layout::vertical([tall(above.len()), Constraint::Min(1), tall(1), tall(below.len() + 1)])
            .areas(inner);
    frame.render_widget(Paragraph::new(above), inset(head));
    let name = |one: &Missing| who::spoken(&clean(state.name(&one.seat)));
    let wide = list.iter().map(|one| width(&name(one))).max().unwrap_or(0).min(cells / 2);
    let needed = state.scrutineers_needed();
    let row = |(place, one): (usize, &Missing)| {
        let pointer = theme.pointer(place == form.chosen);
        let name = fit(&name(one), wide, Side::Left, theme.ellipsis());
        let by_me = one.accepted.contains(seat);
        let accepted = words::missing_accepted(lang, one.accepted.len(), needed, by_me);
        let style = if place == form.chosen { theme.strong() } else { theme.plain_text() };
        Line::styled(format!("{pointer} {name}   {accepted}"), style)
    };
    let lines: Vec<Line<'_>> = list.iter().enumerate().map(row).collect();
    let shown = form.scroll.fit(lines.len(), rows.height.into(), Some(form.chosen..form.chosen + 1));
    let visible: Vec<Line<'_>> = lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), inset(rows));
    frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
    frame.render_widget(Paragraph::new(below), inset(rest));
}

/// What a scrutineer has answered to the result sheet on the floor.
fn own_answer<'a>(state: &'a State, seat: &SeatId, item: &ItemId) -> Option<&'a Sheet> {
    state.item_state(item)?.rounds_together().next()?.sheet.get(seat)
}

/// The keys of the result sheet: whoever refused can still sign. Nobody signs before the own terminal has checked the count.
pub fn sheet_keys(view: &View, state: &State, seat: &SeatId, item: &ItemId) -> Vec<Key> {
    match own_answer(state, seat, item) {
        None | Some(Sheet::ByHand { .. }) if view.counting => vec![Key::RefuseSheet],
        Some(Sheet::Refused { .. }) if view.counting => Vec::new(),
        None | Some(Sheet::ByHand { .. }) => vec![Key::SignSheet, Key::RefuseSheet],
        Some(Sheet::Refused { .. }) => vec![Key::SignSheet],
        Some(Sheet::Signed) => Vec::new(),
    }
}

/// The signature: over the figures of all ballots that were opened together.
pub fn sign(state: &State, item: &ItemId) -> Option<Command> {
    let item = state.item_state(item)?;
    let ballot = item.rounds_together().next()?.issue.ballot.clone();
    Some(Command::SignResult { ballot, result: result_hash(item.rounds_together()) })
}

/// What stands below the figures: what is asked, and who has answered what.
pub fn sheet_lines(
    scene: &Scene<'_>,
    state: &State,
    form: &Form,
    seat: &SeatId,
    item: &ItemId,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = Lines::new(cells.saturating_sub(2));
    match own_answer(state, seat, item) {
        None | Some(Sheet::Refused { .. }) if scene.view.counting => {
            lines.say(Text::SheetChecking.text(lang), theme.strong());
        }
        _ if form.asks => lines.say(Text::SheetSure.text(lang), theme.chosen()),
        None => lines.say(Text::SheetAsk.text(lang), theme.chosen()),
        Some(Sheet::Signed) => lines.say(Text::SheetSigned.text(lang), theme.accent()),
        Some(Sheet::ByHand { refused }) => {
            lines.say(&clean(&by_paper::by_hand(lang, refused.as_deref())), theme.strong());
            lines.say(Text::SheetAsk.text(lang), theme.chosen());
        }
        Some(Sheet::Refused { .. }) => lines.say(Text::SheetRefused.text(lang), theme.alarm()),
    }
    let sheet =
        state.item_state(item).and_then(|item| item.rounds_together().next()).map(|round| &round.sheet);
    let answered = sheet.map_or(0, std::collections::BTreeMap::len);
    let mut who = vec![words::sheet_answered(lang, answered, state.scrutineers_needed())];
    who.extend(sheet.into_iter().flatten().map(|(seat, answer)| {
        let name = who::spoken(&clean(state.name(seat)));
        if let Sheet::ByHand { refused } = answer {
            let how = clean(&by_paper::by_hand(lang, refused.as_deref())).into_owned();
            return format!("{name}{}{how}", lang.pick("", " "));
        }
        let reason = match answer {
            Sheet::Signed | Sheet::ByHand { .. } => None,
            Sheet::Refused { reason } => Some(clean(reason)),
        };
        words::sheet_by(lang, &name, reason.as_deref())
    }));
    for line in crate::screen::text::flow(&who, cells.saturating_sub(2)).into_iter().take(3) {
        lines.say(&line, theme.plain_text());
    }
    lines
        .take()
        .into_iter()
        .map(|mut line| {
            line.spans.insert(0, " ".into());
            line
        })
        .collect()
}
