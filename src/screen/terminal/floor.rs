//! The floor as a member sees it: the agenda, what is being done, the figures. Panels give way as the window narrows:
//! the agenda folds to one line, the figures move below the middle.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::duty::told;
use super::materials::Materials;
use super::nominees::{self, NomineePage, inset, more_line};
use super::page;
use super::review_page;
use crate::meeting::{ItemState, Phase, Round, RoundPhase, Stage, State};
use crate::plan::Nomination;
use crate::screen::Scene;
use crate::screen::text::{Side, clean, cut, fit, width, wrap};
use crate::screen::widgets::reader::Reader;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::{agenda, figures};
use crate::words::agenda as agenda_words;
use crate::words::by_paper;
use crate::words::duty::Duty;
use crate::words::floor::{self, Now};
use crate::words::terminal::{self, Terminal};
use crate::words::who;

/// From this width on there are three panels.
const WIDE: u16 = 110;
/// The widths of the panels at the sides.
const SIDES: (u16, u16) = (32, 24);

/// Draws the floor.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    materials: &Materials,
    reader: &mut Reader,
    scroll: &mut Scroll,
) {
    let theme = scene.theme;
    if area.width >= WIDE {
        let [left, middle, right] = Layout::horizontal([
            Constraint::Length(SIDES.0),
            Constraint::Min(1),
            Constraint::Length(SIDES.1),
        ])
        .areas(area);
        let block = theme.block(Now::Agenda.text(scene.lang));
        let lines = agenda::lines(scene, state, usize::from(SIDES.0 - 4));
        let inner = block.inner(left);
        frame.render_widget(block, left);
        frame.render_widget(Paragraph::new(lines), Rect { x: inner.x + 1, width: inner.width - 1, ..inner });
        let block = theme.block("");
        let inner = block.inner(right);
        frame.render_widget(block, right);
        frame.render_widget(Paragraph::new(figure_lines(scene, state, inset(inner).width)), inset(inner));
        draw_middle(frame, middle, scene, state, materials, reader, scroll);
    } else {
        let [top, middle, bottom] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)]).areas(area);
        let folded = agenda::folded(scene, state);
        let cells = usize::from(top.width.saturating_sub(2));
        let folded = cut(&folded, cells, theme.ellipsis()).into_owned();
        frame.render_widget(Paragraph::new(format!(" {folded}")).style(theme.accent()), top);
        draw_middle(frame, middle, scene, state, materials, reader, scroll);
        frame.render_widget(Paragraph::new(format!(" {}", figures::line(scene, state))), bottom);
    }
}

fn figure_lines(scene: &Scene<'_>, state: &State, cells: u16) -> Vec<Line<'static>> {
    let figures = figures::figures(scene, state);
    let wide = figures.iter().map(|figure| width(figure.label)).max().unwrap_or(0);
    let room = usize::from(cells).saturating_sub(wide + 2);
    let mut lines = vec![Line::raw("")];
    lines.extend(figures.into_iter().map(|figure| {
        let label = fit(figure.label, wide, Side::Left, "");
        let value = fit(&figure.value, room, Side::Right, scene.theme.ellipsis());
        Line::raw(format!("{label}  {value}"))
    }));
    lines
}

fn draw_middle(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    materials: &Materials,
    reader: &mut Reader,
    scroll: &mut Scroll,
) {
    let lang = scene.lang;
    if state.current_review().is_some() {
        review_page::draw(frame, area, scene, state, materials, reader, scroll);
        return;
    }
    if let Some((item, nomination)) = state.current_item().and(page::nomination(state))
        && let Some((place, _)) = nominees::introduced(item, nomination)
    {
        let above = Terminal::NowIntroduced.text(lang);
        NomineePage { state, nomination, place, materials, above }.draw(frame, area, scene, scroll);
        return;
    }
    let room = usize::from(area.width.saturating_sub(4));
    let title = cut(&title(scene, state), room, scene.theme.ellipsis()).into_owned();
    let block = scene.theme.block(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let [body, more] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(inner);
    let lines = lines(scene, state, usize::from(inset(body).width));
    let shown = scroll.fit(lines.len(), body.height.into(), None);
    let visible: Vec<Line<'_>> = lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
    frame.render_widget(Paragraph::new(visible), inset(body));
    frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
}

/// The title of what is on the floor.
pub fn title(scene: &Scene<'_>, state: &State) -> String {
    match state.current_item() {
        Some(item) => {
            let name = state.item(&item.id).map_or("", |item| item.title.as_str());
            let number = floor::item_number(scene.lang, agenda::number(state, item));
            format!("{number} {} {}", scene.theme.dot(), clean(name))
        }
        None => now(state).text(scene.lang).to_owned(),
    }
}

/// What is being done, in a few words.
pub fn now(state: &State) -> Now {
    match (state.phase, state.current_item()) {
        (Phase::SigningIn, _) => Now::SigningIn,
        (Phase::Recess, _) => Now::Adjourned,
        (Phase::Ended, _) => {
            if state.adjourned.is_some() {
                Now::Adjourned
            } else {
                Now::Closed
            }
        }
        (Phase::Open, _) if state.awaits_scrutineers() => Now::ScrutineersNext,
        (Phase::Open, Some(item)) => match (item.stage, item.round()) {
            (Stage::Balloting, Some(round)) => Now::round(round.phase),
            _ => Now::of_item(item),
        },
        (Phase::Open, None) if state.next_item().is_some() => Now::Between,
        (Phase::Open, None) => Now::Done,
    }
}

fn lines(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let text = |text: Terminal| text.text(lang);
    let mut lines = vec![Line::raw("")];
    if state.proposal().is_none() {
        lines.extend([Line::styled(now(state).text(lang), theme.accent()), Line::raw("")]);
    }
    let mut say = |words: &str, style| {
        lines.extend(wrap(words, cells).into_iter().map(|line| Line::styled(line, style)));
    };
    if let Some(decision) = state.agenda_news() {
        say(&clean(&agenda_words::announced(lang, state, decision)), theme.strong());
        say(" ", theme.plain_text());
    }
    if let Some(proposal) = state.proposal() {
        for (text, style) in agenda::put(scene, state, proposal) {
            say(&text, style);
            say(" ", theme.plain_text());
        }
        return lines;
    }
    match (state.phase, page::nomination(state).filter(|_| state.current_item().is_some())) {
        (Phase::SigningIn, _) => {
            say(text(Terminal::SignedIn), theme.strong());
            say(text(Terminal::WaitOpen), theme.plain_text());
        }
        (_, None) if state.awaits_scrutineers() => {
            let names: Vec<String> =
                state.scrutineers().map(|person| clean(&person.name).into_owned()).collect();
            say(&who::names_up_to(lang, &names, names.len()), theme.strong());
        }
        (_, None) if state.ceremony.is_some() => {
            say(Duty::KeyBeingMade.text(lang), theme.strong());
        }
        (_, None) => say(text(Terminal::WaitNext), theme.plain_text()),
        (_, Some((item, nomination))) => {
            if let Some(round) = item.round().filter(|_| item.stage == Stage::Balloting) {
                for line in ballot_lines(scene, state, round) {
                    say(&line, theme.strong());
                }
                if let Some(missing) = told::not_answered(scene, state) {
                    say(&missing, theme.strong());
                }
                if page::votes(scene.view, state) {
                    say(no_paper(scene, round), theme.alarm());
                }
            }
            if !item.recused.is_empty() {
                let names: Vec<String> =
                    item.recused.iter().map(|seat| clean(state.name(seat)).into_owned()).collect();
                let names = who::names_up_to(lang, &names, 12);
                say(&format!("{}  {names}", Terminal::Outside.text(lang)), theme.strong());
            }
            lines.push(Line::raw(""));
            lines.extend(nominees::list(scene, item, nomination, cells));
            reasons(scene, item, nomination, cells, &mut lines);
        }
    }
    if !page::votes(scene.view, state) && state.plan().decides_anything() {
        lines.push(Line::raw(""));
        lines.extend(
            wrap(text(Terminal::NoVote), cells).into_iter().map(|line| Line::styled(line, theme.dim())),
        );
    }
    lines
}

fn ballot_lines(scene: &Scene<'_>, state: &State, round: &Round) -> Vec<String> {
    let lang = scene.lang;
    match round.phase {
        RoundPhase::Issuing => vec![terminal::issued_of(lang, round.issued(), round.present())],
        RoundPhase::Registering | RoundPhase::Confirming => {
            vec![terminal::confirmed_of(lang, round.confirmed.len(), round.issued())]
        }
        RoundPhase::OnPaper => vec![by_paper::room_how(lang, state, &round.issue)],
        RoundPhase::Void => {
            round.void.iter().map(|void| clean(&floor::void(lang, void)).into_owned()).collect()
        }
        _ => Vec::new(),
    }
}

/// Why a voter has no paper: declined, or not in the room at the issue. Before the terminal has asked, nothing.
fn no_paper(scene: &Scene<'_>, round: &Round) -> &'static str {
    let Some(seat) = page::my_seat(scene.view) else { return "" };
    if round.declined.contains(seat) {
        Terminal::PaperDeclined.text(scene.lang)
    } else if !round.issue.electorate.contains(seat) {
        Terminal::PaperAbsent.text(scene.lang)
    } else {
        ""
    }
}

fn reasons(
    scene: &Scene<'_>,
    item: &ItemState,
    nomination: &Nomination,
    cells: usize,
    lines: &mut Vec<Line<'static>>,
) {
    for nominee in &nomination.lines {
        let id = crate::meeting::LineId::from(nominee.id.as_str());
        if let Some((bar, state)) = item.barred.get(&id).zip(scene.state()) {
            let why = crate::words::reopening::barred(scene.lang, state, bar);
            let text = format!("{}  {}", clean(&nominee.name), clean(&why));
            lines.extend(wrap(&text, cells).into_iter().map(|line| Line::styled(line, scene.theme.dim())));
            continue;
        }
        if !item.is_at_stake(&id) {
            continue;
        }
        let Some((_, reason)) = item.deferred.iter().find(|(line, _)| line.as_str() == nominee.id) else {
            continue;
        };
        let word = crate::words::common::Common::Deferred.text(scene.lang);
        let text = format!("{word}  {}  {}", clean(&nominee.name), clean(reason));
        lines.extend(wrap(&text, cells).into_iter().map(|line| Line::styled(line, scene.theme.dim())));
    }
}
