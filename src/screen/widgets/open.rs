//! What is decided in the open, as every screen shows it: who has spoken and who has not, who has voted, the result by
//! name. While a vote by name goes on, it is shown who has voted, and not how: that is for the result.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::meeting::{
    ItemId, ItemState, MatterPhase, NamedVote, SeatId, Signed, Stage, State, Taken, named_choices,
};
use crate::plan::{Item, Matter, OpenVote};
use crate::rules::OpenOutcome;
use crate::screen::text::{Side, clean, cut, fit, width, wrap};
use crate::screen::{Mark, Scene};
use crate::words::matter::{self as words, Open};
use crate::words::{common, who};

/// The narrowest that a person's line is set.
const PERSON_CELLS_MIN: usize = 18;

/// A person with how far they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// How far.
    pub mark: Mark,
    /// Who.
    pub name: String,
    /// How far, in a word.
    pub word: String,
}

/// Whether the item on the floor is decided in the open, or will be, and so has a page of this kind.
pub fn on_floor(state: &State) -> Option<(&ItemState, &Item)> {
    let item = state.current_item()?;
    let open = matches!(item.stage, Stage::Stating | Stage::OpenVoting | Stage::NamedVote);
    open.then(|| state.item(&item.id)).flatten().map(|planned| (item, planned))
}

/// Whether an item has been decided in the open, or deferred there.
pub fn is_decided(item: &ItemState) -> bool {
    let deferred = item.matter().is_some_and(|matter| matter.deferred.is_some());
    let named = item.named.as_ref().is_some_and(|named| named.outcome.is_some());
    deferred || named || item.open_vote().is_some_and(|vote| vote.taken.is_some())
}

fn name(scene: &Scene<'_>, state: &State, seat: &SeatId, last: bool) -> String {
    let name = who::spoken(&clean(state.name(seat)));
    if last { who::with_remark(scene.lang, &name, Open::Head.text(scene.lang)) } else { name }
}

/// The people of a major matter, in the order in which they are asked; of a vote by name, in the order of the plan, with
/// what they said once it is closed.
pub fn people(scene: &Scene<'_>, state: &State, item: &ItemState) -> Vec<Told> {
    match (&item.named, item.matter()) {
        (Some(named), _) => voters(scene, state, named),
        (None, Some(_)) => speakers(scene, state, item),
        (None, None) => Vec::new(),
    }
}

fn speakers(scene: &Scene<'_>, state: &State, item: &ItemState) -> Vec<Told> {
    let lang = scene.lang;
    let Some(matter) = item.matter() else { return Vec::new() };
    let stating = matter.phase == MatterPhase::Stating;
    let asked = state.being_heard(matter).filter(|_| stating);
    let next = state.next_speaker(matter).filter(|_| stating && asked.is_none());
    let told = |seat: &SeatId| {
        let (mark, word) = match matter.statement(seat) {
            Some(said) if said.text.is_some() => (Mark::Done, Open::Spoken),
            Some(_) => (Mark::Done, Open::Passed),
            None if asked == Some(seat) => (Mark::Now, Open::Asked),
            None if !state.is_present(seat) => (Mark::No, Open::Away),
            None if next == Some(seat) => (Mark::ToCome, Open::Next),
            None => (Mark::ToCome, Open::Waiting),
        };
        let last = matter.order.last() == Some(seat);
        Told { mark, name: name(scene, state, seat, last), word: word.text(lang).to_owned() }
    };
    matter.order.iter().map(told).collect()
}

fn voters(scene: &Scene<'_>, state: &State, named: &NamedVote) -> Vec<Told> {
    let lang = scene.lang;
    let closed = named.outcome.is_some();
    let told = |seat: &SeatId| {
        let vote = named.vote(seat);
        let (mark, mut word) = match vote {
            Some(_) if !closed => (Mark::Done, lang.pick("已表决", "voted").to_owned()),
            Some(_) => (Mark::Done, words::vote_of(lang, state, named, seat)),
            None if !closed && state.is_present(seat) => (Mark::ToCome, Open::NotVoted.text(lang).to_owned()),
            None => (Mark::No, Open::Left.text(lang).to_owned()),
        };
        if vote.is_some_and(|vote| vote.entered.is_some()) {
            word = who::with_remark(lang, &word, Open::Entered.text(lang));
        }
        Told { mark, name: name(scene, state, seat, named.last.as_ref() == Some(seat)), word }
    };
    named.electorate.iter().map(told).collect()
}

/// People as lines, in as many columns as fit.
pub fn lines(scene: &Scene<'_>, told: &[Told], cells: usize) -> Vec<Line<'static>> {
    let theme = scene.theme;
    let names = told.iter().map(|one| width(&one.name)).max().unwrap_or(0).min(24);
    let words = told.iter().map(|one| width(&one.word)).max().unwrap_or(0).min(24);
    let wide = (2 + names + 2 + words).max(PERSON_CELLS_MIN);
    let columns = ((cells + 3) / (wide + 3)).clamp(1, told.len().max(1));
    let rows = told.len().div_ceil(columns);
    let cell = |one: &Told| {
        let name = fit(&one.name, names, Side::Left, theme.ellipsis());
        let word = fit(&one.word, wide - names - 4, Side::Left, theme.ellipsis());
        [
            Span::styled(format!("{} {name}", theme.mark(one.mark)), theme.mark_style(one.mark)),
            Span::raw(format!("  {word}   ")),
        ]
    };
    (0..rows)
        .map(|row| {
            let row = (0..columns).filter_map(|column| told.get(column * rows + row));
            Line::from(row.flat_map(cell).collect::<Vec<_>>())
        })
        .collect()
}

/// How many have been heard or have voted, of those present.
pub fn progress(scene: &Scene<'_>, state: &State, item: &ItemState) -> Option<String> {
    let lang = scene.lang;
    if let Some(named) = item.named.as_ref() {
        let of = named.electorate.len();
        return Some(words::progress(lang, true, named.votes.len(), of));
    }
    let matter = item.matter().filter(|matter| matter.phase >= MatterPhase::Stating)?;
    let heard = matter.statements.len();
    let left = matter.order.iter().filter(|seat| state.is_present(seat) && matter.statement(seat).is_none());
    Some(words::progress(lang, false, heard, heard + left.count()))
}

/// What holds the head back, while anything does.
pub fn head_waits(scene: &Scene<'_>, state: &State, item: &ItemState) -> Option<String> {
    let (waiting, votes): (Vec<&SeatId>, bool) = match (&item.named, item.matter()) {
        (Some(named), _) if named.outcome.is_none() && named.last.is_some() => {
            (state.unvoted(named).collect(), true)
        }
        (None, Some(matter)) if matter.phase == MatterPhase::Stating => {
            (state.unheard(matter).collect(), false)
        }
        _ => return None,
    };
    if waiting.is_empty() {
        return None;
    }
    let names: Vec<String> = waiting.into_iter().map(|seat| clean(state.name(seat)).into_owned()).collect();
    Some(words::head_waits(scene.lang, &names, votes))
}

/// The checklist of what was done before the meeting.
pub fn checklist(scene: &Scene<'_>, state: &State, item: &ItemState, plan: &Matter) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let labels = [Open::Raised, Open::Studied, Open::Reviewed, Open::Notified];
    let steps = state.checklist(plan);
    let mut lines: Vec<Line<'static>> = labels
        .into_iter()
        .zip(steps)
        .filter_map(|(label, step)| {
            let (by, on) = step?;
            let text = format!(
                "{} {}  {}  {}",
                theme.mark(Mark::Done),
                label.text(lang),
                common::date(lang, on),
                clean(by)
            );
            Some(Line::styled(text, theme.mark_style(Mark::Done)))
        })
        .collect();
    let missing = state.not_notified(item);
    if !missing.is_empty() {
        let names: Vec<String> = missing.iter().map(|seat| clean(state.name(seat)).into_owned()).collect();
        let text = format!(
            "{} {}  {}",
            theme.mark(Mark::No),
            lang.pick("没有通知记录", "no notification on record"),
            who::names_up_to(lang, &names, 12)
        );
        lines.push(Line::styled(text, theme.alarm()));
    }
    lines
}

/// The outcome of an item that was decided in the open, its arithmetic and its rule; or why it was deferred.
pub fn outcome(scene: &Scene<'_>, state: &State, item: &ItemState) -> Vec<String> {
    let lang = scene.lang;
    let Some(planned) = state.item(&item.id) else { return Vec::new() };
    if let Some(reason) = item.matter().and_then(|matter| matter.deferred.as_ref()) {
        let colon = lang.pick("：", ": ");
        return vec![format!("{}{colon}{}", Open::Deferred.text(lang), clean(reason))];
    }
    let Some(rule) = planned.carried() else { return Vec::new() };
    let taken = item.open_vote().and_then(|vote| vote.taken);
    let (due, present) = match (&item.named, taken) {
        (Some(named), _) => (named.due, named.present()),
        (None, Some(Taken::Hands { due, present, .. } | Taken::WithoutObjection { due, present })) => {
            (due, present)
        }
        (None, None) => return Vec::new(),
    };
    match (state.open_outcome(item), taken) {
        (Some(outcome), _) => vec![
            scene.theme.arithmetic(&words::arithmetic(lang, &outcome)),
            words::figures(lang, named_choices(planned), &outcome.count),
            words::carried(lang, rule, due, present),
        ],
        (None, Some(taken)) => vec![scene.theme.arithmetic(&words::taken(lang, &OpenVote::CHOICES, &taken))],
        (None, None) => Vec::new(),
    }
}

/// How the head signed, once the record says.
pub fn signature(scene: &Scene<'_>, state: &State, item: &ItemState) -> Option<String> {
    let plan = state.item(&item.id)?.matter()?;
    let signed: &Signed = item.matter()?.signed.as_ref()?;
    let head = SeatId::from(plan.head.as_str());
    Some(words::signed(scene.lang, &who::spoken(&clean(state.name(&head))), signed))
}

/// The style of an outcome.
pub fn style(scene: &Scene<'_>, outcome: Option<OpenOutcome>) -> Style {
    match outcome.map(|outcome| outcome.decided) {
        Some(crate::rules::Decided::NotCarried) => scene.theme.strong(),
        _ => scene.theme.accent(),
    }
}

/// A result by name, or by hands, as blocks of lines: what was decided, then who said what.
pub fn result(scene: &Scene<'_>, state: &State, id: &ItemId, cells: usize) -> Vec<Line<'static>> {
    let Some(item) = state.item_state(id) else { return Vec::new() };
    let theme = scene.theme;
    let style = style(scene, state.open_outcome(item));
    let mut lines = Vec::new();
    for (place, text) in outcome(scene, state, item).into_iter().enumerate() {
        let style = if place == 0 { style } else { theme.plain_text() };
        lines.extend(wrap(&text, cells).into_iter().map(|line| Line::styled(line, style)));
    }
    lines.push(Line::raw(""));
    if item.named.is_some() {
        lines.extend(self::lines(scene, &people(scene, state, item), cells));
    }
    if let Some(signed) = signature(scene, state, item) {
        lines.push(Line::raw(""));
        lines.push(Line::styled(cut(&clean(&signed), cells, theme.ellipsis()).into_owned(), theme.dim()));
    }
    lines
}
