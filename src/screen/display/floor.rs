//! What is on the floor, for the room: a headline, big figures, a few words.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::big::{Big, figures, headline};
use crate::meeting::{ItemState, Phase, QuorumMissed, Round, RoundPhase, Stage, State};
use crate::plan::{Nomination, Nominee};
use crate::screen::Scene;
use crate::screen::terminal::floor::now as what;
use crate::screen::terminal::nominees::{introduced, list};
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::bar::bar;
use crate::screen::widgets::figures as floor_figures;
use crate::words::common::{self, Common};
use crate::words::display::{self, Display};
use crate::words::floor::{self, Now};
use crate::words::{terminal, who};

/// What a page is made of, from top to bottom.
enum Part {
    /// As big as it fits.
    Headline(String, Style),
    /// Figures side by side.
    Figures(Vec<Big>),
    /// Sentences.
    Text(String, Style),
    /// Lines that are aligned among themselves, as a block in the middle.
    Block(Vec<Line<'static>>),
    /// How much of a whole, as a bar.
    Bar(u32, u32),
    /// Air.
    Space,
}

/// Draws the floor.
pub fn draw(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) {
    let parts = parts(scene, state, area.width.into());
    // Two passes: the first one, on nothing, to know the height and set the page in the middle.
    let tall = parts.iter().map(|part| rows(part, area, scene)).sum::<u16>();
    let mut y = area.y + area.height.saturating_sub(tall) / 2;
    for part in parts {
        let left = area.bottom().saturating_sub(y);
        if left == 0 {
            return;
        }
        y += draw_part(frame, Rect { y, height: left, ..area }, scene, part);
    }
}

fn rows(part: &Part, area: Rect, scene: &Scene<'_>) -> u16 {
    let lines = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    match part {
        Part::Headline(text, _) => {
            let latin = clean(text).is_ascii() && !scene.theme.ascii;
            if latin && text.len() * 4 <= usize::from(area.width) { 4 } else { 1 }
        }
        Part::Figures(_) => {
            let tall = if scene.theme.ascii { 9 } else { 5 };
            if area.height >= tall + 6 { tall } else { 1 }
        }
        Part::Text(text, _) => lines(wrap(text, area.width.into()).len()),
        Part::Block(block) => lines(block.len()),
        Part::Bar(..) | Part::Space => 1,
    }
}

fn draw_part(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, part: Part) -> u16 {
    match part {
        Part::Headline(text, style) => headline(frame, area, scene, &text, style),
        Part::Figures(bigs) => figures(frame, area, scene, &bigs),
        Part::Text(text, style) => {
            let lines: Vec<Line<'_>> =
                wrap(&text, area.width.into()).into_iter().map(|line| Line::styled(line, style)).collect();
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), area);
            tall
        }
        Part::Block(mut lines) => {
            let room = usize::from(area.height);
            if lines.len() > room {
                let left = lines.len() - room.saturating_sub(1);
                lines.truncate(room.saturating_sub(1));
                lines.push(Line::styled(common::more_lines(scene.lang, left, true), scene.theme.dim()));
            }
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
            let wide = lines.iter().map(Line::width).max().unwrap_or(0);
            let indent = u16::try_from(usize::from(area.width).saturating_sub(wide) / 2).unwrap_or(0);
            let place = Rect { x: area.x + indent, width: area.width.saturating_sub(indent), ..area };
            frame.render_widget(Paragraph::new(lines), place);
            tall
        }
        Part::Bar(part, whole) => {
            let wide = area.width.min(60);
            let place = Rect { x: area.x + (area.width - wide) / 2, width: wide, ..area };
            frame.render_widget(Paragraph::new(bar(scene.theme, wide.into(), part, whole, None)), place);
            1
        }
        Part::Space => 1,
    }
}

fn parts(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let headline = |text: &str, style| Part::Headline(text.to_owned(), style);
    if state.phase == Phase::Ended {
        let now = if state.adjourned.is_some() { Now::Adjourned } else { Now::Closed };
        let mut parts = vec![headline(now.text(lang), theme.strong()), Part::Space];
        if let Some(ground) = &state.adjourned {
            parts.push(Part::Text(floor::adjourned(lang, ground), theme.strong()));
        }
        if scene.view.sealed {
            parts.push(Part::Text(Now::RecordSealed.text(lang).to_owned(), theme.plain_text()));
        }
        return parts;
    }
    if let Some(reason) = &state.suspended {
        let reason = Part::Text(clean(reason).into_owned(), theme.strong());
        return vec![headline(Now::Suspended.text(lang), theme.accent()), Part::Space, reason];
    }
    if let Some(missed) = &state.quorum_missed {
        return quorum_missed(scene, missed);
    }
    let item = state.current_item().and_then(|item| Some((item, state.item(&item.id)?.nomination()?)));
    match (state.phase, item) {
        (Phase::SigningIn, _) => signing_in(scene, state),
        (_, None) if !state.scrutineers_approved() => {
            let names: Vec<String> = state.scrutineers().map(|person| person.name.clone()).collect();
            vec![
                headline(Now::ScrutineersNext.text(lang), theme.strong()),
                Part::Space,
                Part::Text(who::names_up_to(lang, &names, names.len()), theme.accent()),
                Part::Space,
                Part::Figures(present(scene, state)),
            ]
        }
        (_, None) => vec![
            headline(&state.plan().meeting.title, theme.strong()),
            Part::Space,
            Part::Text(what(state).text(lang).to_owned(), theme.accent()),
            Part::Space,
            Part::Figures(present(scene, state)),
        ],
        (_, Some((item, nomination))) => match item.round().filter(|_| item.stage == Stage::Balloting) {
            Some(round) => ballot(scene, state, round),
            None => stage(scene, state, item, nomination, cells),
        },
    }
}

fn quorum_missed(scene: &Scene<'_>, missed: &QuorumMissed) -> Vec<Part> {
    let lang = scene.lang;
    vec![
        Part::Headline(Display::QuorumMissed.text(lang).to_owned(), scene.theme.alarm()),
        Part::Space,
        Part::Figures(vec![
            Big::new(Common::Due.text(lang), missed.due),
            Big::new(Common::Present.text(lang), missed.present),
            Big::new(Display::Needed.text(lang), missed.needed),
        ]),
    ]
}

fn present(scene: &Scene<'_>, state: &State) -> Vec<Big> {
    floor_figures::figures(scene, state)
        .into_iter()
        .map(|figure| Big::new(figure.label, figure.value))
        .collect()
}

fn signing_in(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let meeting = &state.plan().meeting;
    let (due, here) = (state.due(), state.present());
    let reached = meeting.quorum.holds(here, due);
    let place = format!("{}   {}", common::date(lang, meeting.date), meeting.venue);
    vec![
        Part::Headline(meeting.title.clone(), theme.strong()),
        Part::Space,
        Part::Text(place, theme.dim()),
        Part::Space,
        Part::Figures(present(scene, state)),
        Part::Space,
        Part::Text(display::quorum(lang, meeting.quorum.least(due), reached), theme.strong()),
        Part::Text(Display::SignInHow.text(lang).to_owned(), theme.accent()),
    ]
}

/// A nominee, as large as it goes.
fn nominee(scene: &Scene<'_>, place: usize, of: usize, nominee: &Nominee) -> Vec<Part> {
    let theme = scene.theme;
    vec![
        Part::Text(terminal::nominee_place(scene.lang, place + 1, of), theme.dim()),
        Part::Space,
        Part::Headline(nominee.name.clone(), theme.accent()),
        Part::Space,
        Part::Text(clean(&nominee.post).into_owned(), theme.strong()),
    ]
}

fn stage(
    scene: &Scene<'_>,
    state: &State,
    item: &ItemState,
    nomination: &Nomination,
    cells: usize,
) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    if let Some((place, introduced)) = introduced(item, nomination) {
        return nominee(scene, place, nomination.lines.len(), introduced);
    }
    let mut parts =
        vec![Part::Headline(Now::stage(item.stage).text(lang).to_owned(), theme.strong()), Part::Space];
    if item.stage == Stage::Recusing {
        parts.push(Part::Text(Display::LeaveNow.text(lang).to_owned(), theme.accent()));
    }
    if !item.recused.is_empty() {
        let names: Vec<String> = item.recused.iter().map(|seat| state.name(seat).to_owned()).collect();
        let names = who::names_up_to(lang, &names, 12);
        parts.push(Part::Text(format!("{}  {names}", Display::Outside.text(lang)), theme.strong()));
    }
    parts.push(Part::Space);
    parts.push(Part::Block(list(scene, item, nomination, cells)));
    parts
}

fn ballot(scene: &Scene<'_>, state: &State, round: &Round) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let big = |label: Common, value: u32| Big::new(label.text(lang), value);
    let confirmed = u32::try_from(round.confirmed.len()).unwrap_or(u32::MAX);
    let (issued, in_room) = (round.issued(), round.present());
    let returned = || {
        let text = floor_figures::returned(scene, state).unwrap_or_default();
        Big::new(Common::Returned.text(lang), text)
    };
    let (bigs, how) = match round.phase {
        RoundPhase::Issuing => {
            (vec![big(Common::Present, in_room), big(Common::Issued, issued)], Some(Display::PapersTaken))
        }
        RoundPhase::Registering | RoundPhase::Confirming => {
            (vec![big(Common::Issued, issued), big(Common::Confirmed, confirmed)], Some(Display::ListChecked))
        }
        RoundPhase::Voting => (vec![big(Common::Issued, issued), returned()], Some(Display::MarkEvery)),
        RoundPhase::Sealing | RoundPhase::Sealed => {
            (vec![big(Common::Issued, issued), returned()], Some(Display::BoxChecked))
        }
        RoundPhase::Opening => (vec![big(Common::Issued, issued), returned()], Some(Display::Counting)),
        RoundPhase::Counted | RoundPhase::Void => (Vec::new(), None),
    };
    let mut parts =
        vec![Part::Headline(Now::round(round.phase).text(lang).to_owned(), theme.strong()), Part::Space];
    if !bigs.is_empty() {
        parts.push(Part::Figures(bigs));
    }
    if round.phase == RoundPhase::Voting {
        parts.push(Part::Bar(turnout(scene, round), issued));
    }
    parts.push(Part::Space);
    parts.extend(how.map(|how| Part::Text(how.text(lang).to_owned(), theme.accent())));
    parts.extend(round.void.as_ref().map(|void| Part::Text(floor::void(lang, void), theme.strong())));
    parts
}

/// How many have come back at least, for the bar: in steps, as the words say it.
fn turnout(scene: &Scene<'_>, round: &Round) -> u32 {
    match scene.view.live.turnout.as_ref().filter(|turnout| turnout.ballot == round.issue.ballot) {
        Some(turnout) if turnout.all => round.issued(),
        Some(turnout) => turnout.at_least,
        None => 0,
    }
}
