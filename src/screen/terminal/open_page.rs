//! A major matter or an open vote on the member's terminal: whether one is asked, whether one may vote, why the head must
//! wait; who has been heard; the result.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::keys::Key;
use super::nominees::{inset, more_line};
use super::page;
use crate::client::View;
use crate::meeting::{ItemId, ItemState, MatterPhase, SeatId, Stage, State, named_choices};
use crate::plan::{Duty, Item, VoteHow};
use crate::rules::NamedChoice;
use crate::screen::Scene;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::{agenda, open};
use crate::words::floor::Now;
use crate::words::matter::{self as words, Open};
use crate::words::{floor, who};

/// What this terminal can do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Own {
    /// Nothing: somebody else's turn, or over for this person.
    Nothing,
    /// To state a view, or pass.
    State,
    /// The head sums up.
    SumUp,
    /// To vote by name.
    Vote,
    /// The head signs the record.
    Sign,
    /// To object to going without a count.
    Object,
}

/// What this terminal can do now, by the same questions that the rules ask.
pub fn own(view: &View, state: &State) -> Own {
    let (Some(seat), Some(item)) = (page::my_seat(view), state.current_item()) else { return Own::Nothing };
    let Some(planned) = state.item(&item.id) else { return Own::Nothing };
    if state.suspended.is_some() || !state.is_present(seat) {
        return Own::Nothing;
    }
    if let Some((_, named)) = state.current_named_vote() {
        let mine = named.electorate.contains(seat) && named.vote(seat).is_none();
        let last = named.last.as_ref() == Some(seat);
        let over = named.last.as_ref().is_some_and(|last| named.vote(last).is_some());
        let waits = last && state.unvoted(named).next().is_some();
        return if mine && !waits && !over { Own::Vote } else { Own::Nothing };
    }
    let head = planned.matter().is_some_and(|matter| matter.head == seat.as_str());
    if let Some(matter) = item.matter().filter(|_| item.stage == Stage::Stating) {
        let first = state.unheard(matter).next().is_none();
        if state.being_heard(matter) == Some(seat) && (!head || first) {
            return Own::State;
        }
        let heard = head && matter.statement(seat).is_some();
        return if heard && matter.phase == MatterPhase::Stating { Own::SumUp } else { Own::Nothing };
    }
    if head && is_signable(state, item) {
        return Own::Sign;
    }
    let objects = planned.open_vote().is_some_and(|vote| vote.how == VoteHow::WithoutObjection);
    let open = item.open_vote().filter(|vote| vote.taken.is_none() && !vote.objected.contains(seat));
    if objects && open.is_some() && has_vote(state, planned, seat) { Own::Object } else { Own::Nothing }
}

/// Whether the record of a major matter waits for its head's signature.
fn is_signable(state: &State, item: &ItemState) -> bool {
    matches!(crate::meeting::next_step(state), Some(crate::meeting::Step::AwaitSignature(id)) if id == item.id)
}

fn has_vote(state: &State, item: &Item, seat: &SeatId) -> bool {
    let person = state.plan().person(seat.as_str());
    person.is_some_and(|person| item.electors().contains(&person.group))
}

/// The member whose view the recorder can take down now.
pub fn taken_down<'a>(view: &View, state: &'a State) -> Option<&'a SeatId> {
    let (_, _, matter) = state.current_matter()?;
    let recorder = page::has_duty(view, state, Duty::Recorder) && page::is_present(view, state);
    let asked = state.being_heard(matter).filter(|_| recorder && matter.phase == MatterPhase::Stating)?;
    // The head is not heard before all others, whoever writes it down.
    let waits = matter.order.last() == Some(asked) && state.unheard(matter).next().is_some();
    (!waits && page::my_seat(view) != Some(asked)).then_some(asked)
}

/// What can be said in the vote on the floor.
pub fn choices(state: &State) -> &'static [NamedChoice] {
    state.current_item().and_then(|item| state.item(&item.id)).map(named_choices).unwrap_or_default()
}

/// The text that is decided on, where there is one.
pub fn document(state: &State) -> Option<&str> {
    let (_, planned) = open::on_floor(state)?;
    planned.materials().into_iter().next()
}

/// The keys of the page, besides those that scroll.
pub fn keys(view: &View, state: &State) -> Vec<Key> {
    let mut keys = match own(view, state) {
        Own::Nothing => Vec::new(),
        Own::State => vec![Key::GiveView, Key::PassView],
        Own::SumUp => vec![Key::SumUp],
        Own::Vote => vec![Key::VoteOf],
        Own::Sign => vec![Key::SignRecord],
        Own::Object => vec![Key::ObjectVote],
    };
    if taken_down(view, state).is_some() {
        keys.push(Key::TakeView);
    }
    if document(state).is_some() {
        keys.push(Key::Document);
    }
    keys
}

/// Why nothing can be done here, or what was done: one line or more, with its style.
fn standing(scene: &Scene<'_>, state: &State) -> Vec<(String, Style)> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some((item, planned)) = open::on_floor(state) else { return Vec::new() };
    let Some(seat) = page::my_seat(scene.view) else { return Vec::new() };
    let say = |text: Open, style: Style| (text.text(lang).to_owned(), style);
    let head = planned.matter().is_some_and(|matter| matter.head == seat.as_str());
    match own(scene.view, state) {
        Own::State => return vec![say(Open::MyTurn, theme.banner())],
        Own::SumUp => return vec![say(Open::SumUpNow, theme.banner())],
        Own::Sign => return vec![say(Open::SignNow, theme.banner())],
        Own::Object => return vec![say(Open::ObjectNow, theme.accent())],
        Own::Vote => {
            let choices: Vec<String> = (1..)
                .zip(named_choices(planned))
                .map(|(digit, said)| format!("{digit} {}", words::choice(lang, *said)))
                .collect();
            return vec![
                say(Open::VoteNow, theme.banner()),
                (choices.join("    "), theme.strong()),
                say(Open::NamesAreShown, theme.dim()),
            ];
        }
        Own::Nothing => {}
    }
    let waits = open::head_waits(scene, state, item).filter(|_| head);
    if let Some(named) = &item.named {
        let said = match named.vote(seat) {
            Some(_) => {
                let said = words::vote_of(lang, state, named, seat);
                vec![(format!("{}  {said}", Open::YourVote.text(lang)), theme.strong())]
            }
            None if named.outcome.is_some() => Vec::new(),
            None if named.electorate.contains(seat) => Vec::new(),
            None => vec![say(Open::NoVote, theme.dim())],
        };
        return said.into_iter().chain(waits.map(|text| (text, theme.accent()))).collect();
    }
    if let Some(waits) = waits {
        return vec![(waits, theme.accent())];
    }
    if !has_vote(state, planned, seat) {
        return vec![say(Open::OnlyLooks, theme.dim())];
    }
    let Some(matter) = item.matter() else {
        if item.open_vote().is_some_and(|vote| vote.taken.is_some()) {
            return Vec::new();
        }
        let hands = planned.open_vote().is_some_and(|vote| vote.how == VoteHow::Hands)
            || item.open_vote().is_some_and(|vote| !vote.objected.is_empty());
        return if hands { vec![say(Open::HandsNow, theme.accent())] } else { Vec::new() };
    };
    match (matter.statement(seat), matter.phase) {
        (Some(said), _) if said.text.is_some() => vec![say(Open::Spoken, theme.strong())],
        (Some(_), _) => vec![say(Open::Passed, theme.strong())],
        (None, MatterPhase::Stating | MatterPhase::Introducing) => vec![say(Open::NotMyTurn, theme.dim())],
        (None, _) => Vec::new(),
    }
}

fn title(scene: &Scene<'_>, state: &State, item: &ItemState) -> String {
    let number = floor::item_number(scene.lang, agenda::number(state, item));
    format!("{number} {} {}", scene.theme.dot(), Now::of_item(item).text(scene.lang))
}

/// What the page says, above the people.
fn head(scene: &Scene<'_>, state: &State, item: &ItemState, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(planned) = state.item(&item.id) else { return Vec::new() };
    let mut lines = Vec::new();
    let mut say = |text: &str, style: Style| {
        lines.extend(wrap(&clean(text), cells).into_iter().map(|line| Line::styled(line, style)));
    };
    say(&planned.title, theme.strong());
    if let Some(vote) = planned.open_vote() {
        say(&vote.question, theme.plain_text());
    }
    say("", theme.dim());
    for (text, style) in standing(scene, state) {
        say(&text, style);
    }
    if let Some(progress) = open::progress(scene, state, item) {
        say(&progress, theme.strong());
    }
    if let Some(matter) = item.matter() {
        if matter.phase == MatterPhase::Drawing {
            say(Open::Drawing.text(lang), theme.strong());
        }
        if let Some(last) = matter.statements.last().filter(|_| item.stage == Stage::Stating) {
            let name = who::spoken(state.name(&last.seat));
            let text = last.text.as_deref().unwrap_or(Open::Passed.text(lang));
            say(&format!("{name}{}{text}", lang.pick("：", ": ")), theme.plain_text());
        }
        if let Some(text) = matter.summing_up.as_ref().filter(|_| item.stage == Stage::Stating) {
            say(
                &format!("{}{}{text}", Open::SummingUp.text(lang), lang.pick("：", ": ")),
                theme.plain_text(),
            );
        }
    }
    let objected = item.open_vote().into_iter().flat_map(|vote| &vote.objected);
    let objected: Vec<String> = objected.map(|seat| state.name(seat).to_owned()).collect();
    if !objected.is_empty() {
        say(&format!("{}  {}", Open::Objected.text(lang), who::names(lang, &objected)), theme.alarm());
    }
    lines.push(Line::raw(""));
    lines
}

/// Draws the item on the floor.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State, scroll: &mut Scroll) {
    let Some((item, _)) = open::on_floor(state) else { return };
    let cells = usize::from(area.width.saturating_sub(6));
    let lines = if open::is_decided(item) {
        let mut lines: Vec<Line<'static>> = standing(scene, state)
            .into_iter()
            .flat_map(|(text, style)| {
                wrap(&text, cells).into_iter().map(move |line| Line::styled(line, style)).collect::<Vec<_>>()
            })
            .collect();
        lines.push(Line::raw(""));
        lines.extend(open::result(scene, state, &item.id, cells));
        lines
    } else {
        let mut lines = head(scene, state, item, cells);
        lines.extend(open::lines(scene, &open::people(scene, state, item), cells));
        lines
    };
    draw_lines(frame, area, scene, &title(scene, state, item), lines, scroll);
}

/// Draws the result of an item that is over.
pub fn result(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    id: &ItemId,
    scroll: &mut Scroll,
) {
    let Some(item) = state.item_state(id) else { return };
    let cells = usize::from(area.width.saturating_sub(6));
    let mut lines = vec![
        Line::styled(
            clean(state.item(id).map_or("", |item| item.title.as_str())).into_owned(),
            scene.theme.strong(),
        ),
        Line::raw(""),
    ];
    lines.extend(open::result(scene, state, id, cells));
    draw_lines(frame, area, scene, &title(scene, state, item), lines, scroll);
}

fn draw_lines(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    title: &str,
    lines: Vec<Line<'static>>,
    scroll: &mut Scroll,
) {
    let block = scene.theme.block(title.to_owned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [_, body, more] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)]).areas(inner);
    let shown = scroll.fit(lines.len(), body.height.into(), None);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), inset(body));
    frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
}
