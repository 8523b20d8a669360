//! What people see with their own eyes and no machine can see for them: how many heads there are, and that another screen
//! shows the same room code. Neither page shows the answer before it was typed.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Form, Lines, draw_form};
use crate::meeting::{Command, ItemId, SeatId, State};
use crate::screen::terminal::nominees::inset;
use crate::screen::text::clean;
use crate::screen::widgets::code_symbols;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::duty::{self as words, Duty as Text};

/// Symbols of a room code, and of each of its groups.
const CODE_SYMBOLS: usize = 12;
const GROUP_SYMBOLS: usize = 4;
/// More people fit in no room.
const HEADS_DIGITS_MAX: usize = 5;

fn cells(area: Rect) -> usize {
    usize::from(inset(area).width.saturating_sub(2))
}

/// What this scrutineer counted for the item on the floor.
pub fn counted(state: &State, seat: &SeatId) -> Option<u32> {
    state.current_item()?.heads.get(seat).copied()
}

/// The names of the groups that vote on an item.
fn groups(state: &State, item: &ItemId) -> Vec<String> {
    let Some(planned) = state.item(item) else { return Vec::new() };
    let voters = planned.nomination().map(|nomination| &nomination.voters);
    let ids = voters.or_else(|| planned.review().map(|review| &review.reviewers));
    let named = |id: &String| state.plan().groups.iter().find(|group| group.id == *id);
    ids.into_iter().flatten().filter_map(named).map(|group| clean(&group.name).into_owned()).collect()
}

/// Draws the count of heads. How many are signed in is not shown before a number was typed, so that people count.
pub fn draw_heads(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    form: &Form,
    seat: &SeatId,
    item: &ItemId,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut above = Lines::new(cells(area));
    let mut below = Lines::new(cells(area));
    let own = counted(state, seat).filter(|_| !form.anew);
    let Some(own) = own else {
        above.say(&words::heads_ask(lang, &groups(state, item)), theme.accent());
        above.gap();
        below.gap();
        if form.sending {
            below.say(Text::HeadsSending.text(lang), theme.strong());
        } else if let Some(problem) = &form.problem {
            below.say(problem, theme.alarm());
        }
        below.gap();
        below.say(Text::HeadsHow.text(lang), theme.plain_text());
        draw_form(frame, area, scene, Text::HeadsTitle, above.take(), Some(&form.field), below.take());
        return;
    };
    let Some(planned) = state.item(item) else { return };
    let present = state.present_for(planned);
    let heads = state.item_state(item).map(|item| &item.heads);
    let equal = heads.map_or(0, |heads| heads.values().filter(|heads| **heads == present).count());
    above.say(&words::heads_counted(lang, own, present), theme.strong());
    if own == present {
        let text = format!("{} {}", theme.mark(crate::screen::Mark::Done), Text::HeadsEqual.text(lang));
        above.say(&text, theme.accent());
        above.gap();
        above.say(Text::HeadsWait.text(lang), theme.plain_text());
    } else {
        let text = format!("{} {}", theme.mark(crate::screen::Mark::No), Text::HeadsUnequal.text(lang));
        above.say(&text, theme.alarm());
        above.gap();
        above.say(Text::HeadsMend.text(lang), theme.strong());
    }
    above.gap();
    above.say(&words::heads_equal(lang, equal, state.scrutineers_needed()), theme.plain_text());
    draw_form(frame, area, scene, Text::HeadsTitle, above.take(), None, Vec::new());
}

/// The count that was typed.
pub fn send_heads(form: &mut Form, item: &ItemId, lang: Lang) -> Vec<Act> {
    let typed = form.field.value().trim();
    let number = Some(typed).filter(|typed| typed.len() <= HEADS_DIGITS_MAX);
    let Some(heads) = number.and_then(|typed| typed.parse().ok()) else {
        form.problem = Some(Text::HeadsEmpty.text(lang).to_owned());
        return Vec::new();
    };
    form.field.take();
    form.problem = None;
    form.sending = true;
    vec![Act::Order(Command::CountHeads { item: item.clone(), heads })]
}

/// What was typed as screens show it: capitals in groups of four.
pub fn grouped(typed: &str) -> String {
    let symbols = code_symbols(typed);
    let groups: Vec<String> =
        symbols.chunks(GROUP_SYMBOLS).map(|group| group.iter().collect::<String>()).collect();
    groups.join("-")
}

/// Draws the comparison of the room code. This screen's own is not shown before it was typed.
pub fn draw_room(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    form: &Form,
    seat: &SeatId,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut above = Lines::new(cells(area));
    let mut below = Lines::new(cells(area));
    let confirmed = words::room_confirmed(lang, state.room.confirmed.len(), state.scrutineers_needed());
    if state.room.confirmed.contains(seat) {
        let same = format!("{} {}", theme.mark(crate::screen::Mark::Done), Text::RoomSame.text(lang));
        above.say(&same, theme.accent());
        if let Some(code) = scene.view.room.as_ref().and_then(|room| room.code.as_deref()) {
            above.gap();
            above.say(code, theme.strong());
        }
        above.gap();
        above.say(&confirmed, theme.plain_text());
        draw_form(frame, area, scene, Text::RoomTitle, above.take(), None, Vec::new());
        return;
    }
    if let Some(typed) = &form.wrong {
        let differs = format!("{} {}", theme.mark(crate::screen::Mark::No), Text::RoomDiffers.text(lang));
        above.say(&differs, theme.alarm());
        above.gap();
        above.say(&format!("{}  {}", Text::RoomTyped.text(lang), clean(typed)), theme.strong());
        above.gap();
        above.say(Text::RoomAgain.text(lang), theme.strong());
        above.say(Text::RoomObject.text(lang), theme.plain_text());
        draw_form(frame, area, scene, Text::RoomTitle, above.take(), None, Vec::new());
        return;
    }
    above.say(Text::RoomAsk.text(lang), theme.accent());
    above.gap();
    below.say(&grouped(form.field.value()), theme.accent());
    below.gap();
    if form.sending {
        below.say(Text::RoomComparing.text(lang), theme.strong());
    } else if let Some(problem) = &form.problem {
        below.say(problem, theme.alarm());
    }
    below.gap();
    below.say(Text::RoomWhy.text(lang), theme.plain_text());
    below.say(&confirmed, theme.dim());
    draw_form(frame, area, scene, Text::RoomTitle, above.take(), Some(&form.field), below.take());
}

/// The room code that was typed, if it is as long as one.
pub fn send_room(form: &mut Form, lang: Lang) -> Vec<Act> {
    let symbols = grouped(form.field.value()).chars().filter(|symbol| *symbol != '-').count();
    if symbols != CODE_SYMBOLS {
        form.problem = Some(Text::RoomShort.text(lang).to_owned());
        return Vec::new();
    }
    form.problem = None;
    form.sending = true;
    vec![Act::ConfirmRoom(form.field.value().to_owned())]
}
