//! What frames every screen: the header, what must always be said (a rehearsal, who holds the key), alarms that stay,
//! and at the bottom the keys that work now. `?` explains them in sentences.

use std::time::Duration;

use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::{centre, clear, scrutiny};
use crate::client::{Link, TurnedAway, View};
use crate::meeting::{Actor, RoundPhase, State};
use crate::plan::TrusteesPlan;
use crate::screen::Scene;
use crate::screen::text::{Side, clean, cut, fit, width, wrap};
use crate::words::common::{self, Common};
use crate::words::{floor, standby, standing_by, who};

/// A key that works now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// How the key is called: `Enter`, `↑↓`, `F9`.
    pub key: &'static str,
    /// What it does, in a word or two.
    pub does: &'static str,
    /// What it does, in a sentence.
    pub means: &'static str,
}

/// What a screen tells its frame.
#[derive(Debug, Clone, Default)]
pub struct Chrome<'a> {
    /// The header's left side, most important first; what does not fit is cut.
    pub left: Vec<String>,
    /// More figures for the right side, before the connection and the clock.
    pub right: Vec<String>,
    /// The keys that work now, the most important first. May be empty.
    pub hints: &'a [Hint],
    /// Whether this screen has help, and whether it is open.
    pub help: Option<bool>,
    /// Whether a field takes every character, so that `?` is one and opens no help.
    pub typing: bool,
}

/// The most lines that one alarm takes.
const ALARM_LINES_MAX: usize = 2;
/// Between two parts of the header, and between two keys.
const GAP: &str = "   ";

/// Draws the frame of a screen and returns what is left for its page.
pub fn draw(frame: &mut Frame<'_>, scene: &Scene<'_>, chrome: &Chrome<'_>) -> Rect {
    let area = frame.area();
    let body = body(area, scene);
    let mut top = vec![header(scene, chrome, area.width.into())];
    top.extend(below_header(scene, area.width.into()));
    frame.render_widget(Paragraph::new(top), Rect { height: body.y - area.y, ..area });
    let keys = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
    frame.render_widget(Paragraph::new(key_line(scene, chrome, area.width.into())), keys);
    body
}

/// What the frame leaves for the page.
pub fn body(area: Rect, scene: &Scene<'_>) -> Rect {
    let tall = below_header(scene, area.width.into()).len() + 1;
    let tall = u16::try_from(tall).unwrap_or(u16::MAX).min(area.height.saturating_sub(1));
    Rect { y: area.y + tall, height: area.height.saturating_sub(tall + 1), ..area }
}

fn below_header(scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
    let mut lines = standing(scene, cells);
    lines.extend(alarms(scene, cells));
    lines
}

/// Draws the help over everything else, if it is open. Called last.
pub fn draw_help(frame: &mut Frame<'_>, scene: &Scene<'_>, chrome: &Chrome<'_>) {
    if chrome.help != Some(true) {
        return;
    }
    let area = frame.area();
    let wide = area.width.saturating_sub(8).min(84);
    let keys = chrome.hints.iter().map(|hint| width(hint.key)).max().unwrap_or(0) + 2;
    let room = usize::from(wide).saturating_sub(keys + 6);
    let explained = |hint: &Hint| -> Vec<Line<'static>> {
        let parts = wrap(hint.means, room).into_iter().enumerate();
        let line = |(number, part): (usize, String)| {
            let key = if number == 0 { hint.key } else { "" };
            Line::from(vec![
                Span::raw("  "),
                Span::styled(fit(key, keys, Side::Left, ""), scene.theme.strong()),
                Span::raw(part),
            ])
        };
        parts.map(line).collect()
    };
    // Where not every key can be explained in a sentence, the last ones get a word.
    let most = usize::from(area.height).saturating_sub(5);
    let mut sentences = chrome.hints.len();
    let lines_of = |sentences: usize| -> Vec<Line<'static>> {
        let (said, short) = chrome.hints.split_at(sentences.min(chrome.hints.len()));
        let mut lines: Vec<Line<'static>> = said.iter().flat_map(explained).collect();
        let words: Vec<String> = short.iter().map(|hint| format!("{} {}", hint.key, hint.does)).collect();
        lines.extend(flowed(&words, usize::from(wide).saturating_sub(6)));
        lines
    };
    while sentences > 0 && lines_of(sentences).len() > most {
        sentences -= 1;
    }
    let mut lines = vec![Line::raw("")];
    lines.extend(lines_of(sentences));
    if chrome.hints.is_empty() {
        let nothing = wrap(Common::HelpNothing.text(scene.lang), usize::from(wide).saturating_sub(6));
        lines.extend(nothing.into_iter().map(|line| Line::raw(format!("  {line}"))));
    }
    lines.push(Line::raw(""));
    lines.push(Line::styled(format!("  {}", Common::HelpClose.text(scene.lang)), scene.theme.dim()));
    let tall = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
    let place = centre(area, wide, tall);
    clear(frame, place);
    let block = scene.theme.block(Common::HelpTitle.text(scene.lang));
    frame.render_widget(Paragraph::new(lines).block(block), place);
}

/// Short texts one after the other, none broken, in as many lines as they need.
fn flowed(texts: &[String], cells: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        match lines.last_mut().filter(|line| width(line) + width(GAP) + width(text) <= cells) {
            Some(line) => line.push_str(&format!("{GAP}{text}")),
            None => lines.push(text.clone()),
        }
    }
    lines.into_iter().map(|line| Line::raw(format!("  {line}"))).collect()
}

/// When the frame must be drawn again by itself: at the clock's next minute, each second while the link is lost.
pub fn tick(view: &View, now: Timestamp) -> Duration {
    if matches!(view.link, Link::Lost { .. }) {
        return Duration::from_secs(1);
    }
    let into_minute = u64::try_from(now.as_second().rem_euclid(60)).unwrap_or(0);
    Duration::from_secs(60 - into_minute)
}

fn header(scene: &Scene<'_>, chrome: &Chrome<'_>, cells: usize) -> Line<'static> {
    let (link, link_style) = link(scene);
    let mut right = chrome.right.clone();
    right.push(String::new());
    let before = right.join(GAP);
    let clock = scene.clock();
    let used = width(&before) + width(&link) + width(GAP) + width(&clock) + width(GAP) + 1;
    let left = chrome.left.iter().map(|part| clean(part)).collect::<Vec<_>>().join(GAP);
    let room = cells.saturating_sub(used + 1);
    Line::from(vec![
        Span::styled(
            format!(" {}", fit(&left, room, Side::Left, scene.theme.ellipsis())),
            scene.theme.strong(),
        ),
        Span::raw(format!("{GAP}{before}")),
        Span::styled(link, link_style),
        Span::raw(format!("{GAP}{clock} ")),
    ])
}

fn link(scene: &Scene<'_>) -> (String, Style) {
    match &scene.view.link {
        // Nobody's screen: it asks who sits here, and has no connection to speak of.
        _ if scene.view.me == Actor::Hub => (String::new(), scene.theme.dim()),
        Link::Connected => {
            let connected = Common::Connected.text(scene.lang);
            let standby = scene.state().and_then(|state| state.standby.as_ref());
            let standby = standby.and_then(|standby| standing_by::in_header(scene.lang, standby.step));
            let parts: Vec<&str> = [Some(connected), standby].into_iter().flatten().collect();
            (parts.join(scene.lang.pick("，", ", ")), scene.theme.dim())
        }
        Link::Connecting => (Common::Connecting.text(scene.lang).to_owned(), scene.theme.alarm()),
        Link::Lost { since, .. } => {
            let seconds = (scene.now.as_second() - since.as_second()).max(0);
            (common::link_lost(scene.lang, seconds), scene.theme.alarm())
        }
        Link::TurnedAway(_) => (Common::NotConnected.text(scene.lang).to_owned(), scene.theme.alarm()),
    }
}

/// What is said while another machine than the one that answers is the hub.
fn elsewhere(scene: &Scene<'_>) -> Option<String> {
    match &scene.view.link {
        Link::TurnedAway(TurnedAway::TakenOver) => {
            let (what, then) = common::turned_away(scene.lang, &TurnedAway::TakenOver);
            Some(format!("{what}{}{then}", scene.lang.pick("", " ")))
        }
        Link::Lost { .. } => {
            let machine = scene.view.not_the_hub.as_ref()?;
            Some(standby::not_the_hub(scene.lang, machine))
        }
        _ => None,
    }
}

/// What every screen must say as long as it holds.
fn standing(scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
    let Some(state) = scene.state() else { return Vec::new() };
    let mut lines = Vec::new();
    if state.frozen.rehearsal {
        let text = fit(Common::RehearsalLong.text(scene.lang), cells, Side::Middle, "");
        lines.push(Line::styled(text, scene.theme.banner()));
    }
    match state.plan().meeting.trustees {
        // What is decided in the open has no box.
        TrusteesPlan::Console if !state.has_ballot() => {}
        TrusteesPlan::Console => {
            let text = format!(" {}", Common::KeyAtConsole.text(scene.lang));
            lines
                .push(Line::styled(fit(&text, cells, Side::Left, scene.theme.ellipsis()), scene.theme.dim()));
        }
        TrusteesPlan::Scrutineers { .. } => {
            if let Some(key) = state.key.as_ref().filter(|key| key.is_weak()) {
                let text = format!(" {}", common::weak_key(scene.lang, key));
                let text = fit(&text, cells, Side::Left, scene.theme.ellipsis());
                lines.push(Line::styled(text, scene.theme.banner()));
            }
        }
    }
    if let Some(text) = scrutiny::before_voting(scene, state) {
        lines.push(Line::styled(
            fit(&format!(" {text}"), cells, Side::Left, scene.theme.ellipsis()),
            scene.theme.dim(),
        ));
    }
    lines
}

/// What is wrong and stays until it is dealt with.
fn alarms(scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
    let mut texts: Vec<String> = elsewhere(scene).into_iter().collect();
    if let Some(alarm) = &scene.view.alarm {
        texts.push(common::alarm(scene.lang, alarm));
    }
    if let Some(trouble) = &scene.view.live.disk_trouble {
        texts.push(common::disk(scene.lang, trouble));
    }
    texts.extend(scene.view.live.majority_missing.map(|majority| standing_by::too_few(scene.lang, majority)));
    let standby = scene.state().and_then(|state| state.standby.as_ref());
    texts.extend(standby.and_then(|standby| standing_by::not_waited_for(scene.lang, standby)));
    if let Some(missed) = scene.state().and_then(|state| state.quorum_missed.as_ref()) {
        texts.push(floor::quorum_missed(scene.lang, missed));
    }
    texts.extend(scene.state().and_then(|state| objections(scene, state)));
    let style = scene.theme.banner();
    let ellipsis = scene.theme.ellipsis();
    let mut lines = Vec::new();
    for text in texts {
        let mut parts = wrap(&format!("! {}", clean(&text)), cells.saturating_sub(2));
        if parts.len() > ALARM_LINES_MAX {
            let rest = parts.split_off(ALARM_LINES_MAX - 1).join(" ");
            parts.push(cut(&rest, cells.saturating_sub(2), ellipsis).into_owned());
        }
        lines.extend(
            parts
                .iter()
                .map(|part| Line::styled(fit(&format!(" {part}"), cells, Side::Left, ellipsis), style)),
        );
    }
    lines
}

/// The objections to the ballot on the floor: they stand until the round is void or counted.
fn objections(scene: &Scene<'_>, state: &State) -> Option<String> {
    let (_, round) = state.current_round()?;
    // The console has its own place for them, where the presiding officer deals with each.
    let elsewhere = scene.view.me == Actor::Console;
    if elsewhere || matches!(round.phase, RoundPhase::Counted | RoundPhase::Void) {
        return None;
    }
    let mut standing = state.objections.iter().filter(|objection| objection.ballot == round.issue.ballot);
    let first = standing.next()?;
    let who = who::actor(scene.lang, Some(state), &first.by);
    Some(floor::objection(scene.lang, &who, &first.reason, standing.count()))
}

fn key_line(scene: &Scene<'_>, chrome: &Chrome<'_>, cells: usize) -> Line<'static> {
    if scene.leaving {
        return Line::styled(format!(" {}", Common::LeaveAgain.text(scene.lang)), scene.theme.alarm());
    }
    let reserved = width("?") + width(Common::Help.text(scene.lang)) + 1 + width(GAP);
    let mut spans = vec![Span::raw(" ")];
    let mut used = 1;
    let mut push = |key: &'static str, does: &'static str, limit: usize| {
        let wide = width(key) + 1 + width(does) + width(GAP);
        if used + wide > limit {
            return;
        }
        used += wide;
        spans.push(Span::styled(key, scene.theme.accent()));
        spans.push(Span::raw(format!(" {does}{GAP}")));
    };
    for hint in chrome.hints {
        push(hint.key, hint.does, cells.saturating_sub(reserved));
    }
    if chrome.help.is_some() && !chrome.typing {
        push("?", Common::Help.text(scene.lang), cells + width(GAP));
    }
    Line::from(spans)
}
