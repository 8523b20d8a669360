//! A review as it stands on the floor: whose turn it is and how far, the text that is read, the question that is
//! answered and the clock; and the pages that one opens over it: texts, officials.

use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::asked;
use super::duty::told;
use super::materials::{Material, Materials};
use super::nominees::{inset, more_line};
use super::page;
use crate::meeting::{Question, Round, RoundPhase, Stage, Standing, State};
use crate::plan::Official;
use crate::screen::Scene;
use crate::screen::display::big;
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::clock::{self, Reading};
use crate::screen::widgets::officials::{self, Shown, full_name, ranking_table};
use crate::screen::widgets::reader::Reader;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::verdict;
use crate::words::by_paper::ByPaper;
use crate::words::common;
use crate::words::floor::{self as floor_words, Now};
use crate::words::official::{self as words, Official as Text};
use crate::words::terminal;
use crate::words::who;

use crate::meeting::OfficialStage as At;

/// The text that is being read out now: of the findings, or of the report.
pub fn text_now<'a>(shown: Shown<'a>) -> Option<&'a str> {
    let (official, state) = shown.current()?;
    let path = match state.stage {
        At::Findings => &official.findings,
        At::Reporting => &official.report,
        _ => return None,
    };
    Some(path.as_str()).filter(|path| !path.is_empty())
}

/// Whether this terminal is the one of the official whose turn it is.
pub fn is_official(scene: &Scene<'_>, official: &Official) -> bool {
    page::my_seat(scene.view).is_some_and(|seat| official.person.as_deref() == Some(seat.as_str()))
}

/// The clock of the report or the answer.
fn reading(scene: &Scene<'_>, shown: Shown<'_>) -> Option<Reading> {
    let timer = shown.review.clock.as_ref()?;
    Some(clock::read(timer, shown.plan.warning_seconds, scene.now))
}

/// Draws what is on the floor of a review.
pub fn draw(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    materials: &Materials,
    reader: &mut Reader,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(shown) = Shown::on_floor(state) else { return };
    let room = usize::from(area.width.saturating_sub(4));
    let title = cut(&title(scene, shown), room, theme.ellipsis()).into_owned();
    let block = theme.block(title);
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let current =
        shown.current().filter(|(_, state)| !matches!(state.stage, At::PutOff { .. } | At::Declared));
    let Some((official, official_state)) = current else {
        let mut lines = between(scene, shown);
        lines.extend(officials::lines(scene, shown, usize::from(inset(inner).width)));
        draw_lines(frame, inner, scene, lines, scroll);
        return;
    };
    let place = words::place(lang, shown.place(official), shown.plan.officials.len());
    let above = Line::styled(full_name(official), theme.strong());
    let reading = reading(scene, shown);
    let big_clock = is_official(scene, official) && reading.is_some();
    let tall = if big_clock { big::clock_rows(theme) + 2 } else { 0 };
    let [head, clock, body] =
        Layout::vertical([Constraint::Length(2), Constraint::Length(tall), Constraint::Min(1)]).areas(inner);
    let head = inset(head);
    frame.render_widget(Paragraph::new(above), Rect { height: 1, ..head });
    let second = Rect { y: head.y + 1, height: 1, ..head };
    let stage = words::stage(&official_state.stage).text(lang);
    let mut stage = format!("{stage}   {place}");
    if official_state.in_writing.is_some() {
        stage = format!("{stage}   {}", Text::InWriting.text(lang));
    }
    if official_state.stage == At::Findings && !official.findings_by.is_empty() {
        let by = clean(state.name(&official.findings_by.as_str().into())).into_owned();
        stage = format!("{stage}   {} {}", Text::ReadBy.text(lang), who::spoken(&by));
    }
    frame.render_widget(Paragraph::new(Line::styled(stage, theme.accent())), second);
    if let Some(reading) = &reading {
        if big_clock {
            let (word, digits) = (reading.word(lang), reading.digits.as_str());
            let digits_area = Rect { height: clock.height.saturating_sub(2), ..clock };
            big::clock(frame, digits_area, scene, digits, reading.style(scene));
            let below = Rect { y: clock.bottom().saturating_sub(2), height: 1, ..clock };
            let line = Line::styled(word, reading.style(scene));
            frame.render_widget(Paragraph::new(line).alignment(Alignment::Center), below);
        } else {
            let clock_line = reading.line(scene);
            let wide = u16::try_from(clock_line.width()).unwrap_or(0).min(second.width);
            let place = Rect { x: second.right().saturating_sub(wide), width: wide, ..second };
            frame.render_widget(Paragraph::new(clock_line), place);
        }
    }
    match text_now(shown) {
        Some(path) => draw_text(frame, inset(body), scene, state, materials, path, reader),
        None => {
            let lines = stage_lines(scene, state, shown, official, usize::from(inset(body).width));
            draw_lines(frame, body, scene, lines, scroll);
        }
    }
}

fn title(scene: &Scene<'_>, shown: Shown<'_>) -> String {
    match shown.current() {
        Some((official, _)) => clean(&official.name).into_owned(),
        None => Text::Overview.text(scene.lang).to_owned(),
    }
}

/// Draws lines that scroll, and below how many more there are.
pub fn draw_lines(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    lines: Vec<Line<'static>>,
    scroll: &mut Scroll,
) {
    let [body, more] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(area);
    let seen = scroll.fit(lines.len(), body.height.into(), None);
    let lines: Vec<Line<'_>> = lines.into_iter().skip(seen.lines.start).take(seen.lines.len()).collect();
    frame.render_widget(Paragraph::new(lines), inset(body));
    frame.render_widget(more_line(scene, seen.above, seen.below), inset(more));
}

/// Draws a material to read, or why it is not here.
pub fn draw_text(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    materials: &Materials,
    path: &str,
    reader: &mut Reader,
) {
    let lang = scene.lang;
    let text = match materials.get(path) {
        Some(Material::Here(text)) => return reader.draw(frame, area, scene, text),
        Some(Material::Failed(error)) => {
            terminal::no_material(lang, &common::not_done(lang, error, Some(state)))
        }
        Some(Material::Asked) | None if !path.is_empty() => terminal::Terminal::Reading.text(lang).to_owned(),
        Some(Material::Asked) | None => Text::NoText.text(lang).to_owned(),
    };
    let lines: Vec<Line<'_>> = wrap(&text, area.width.into()).into_iter().map(Line::raw).collect();
    frame.render_widget(Paragraph::new(lines), area);
}

/// What is said while nobody reports.
fn between(scene: &Scene<'_>, shown: Shown<'_>) -> Vec<Line<'static>> {
    let text = if shown.review.drawing {
        Text::Drawing
    } else if shown.review.order.is_empty() {
        Text::OrderToDraw
    } else {
        Text::NextOfficial
    };
    vec![Line::raw(""), Line::styled(text.text(scene.lang), scene.theme.accent()), Line::raw("")]
}

fn stage_lines(
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    official: &Official,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = vec![Line::raw("")];
    let stage = shown.current().map(|(_, state)| &state.stage);
    if stage != Some(&At::Questioning) {
        evaluation(scene, state, shown, official, cells, &mut lines);
        return lines;
    }
    if let Some(question) = shown.review.on_floor.and_then(|id| shown.review.question(id)) {
        if is_official(scene, official) {
            lines.push(Line::styled(format!(" {} ", Text::AnswerThis.text(lang)), theme.banner()));
        }
        lines.extend(asked::in_full(scene, state, shown.review, question, cells));
    } else {
        lines.push(Line::styled(Text::NoQuestion.text(lang), theme.accent()));
        let over = |question: &&Question| matches!(question.standing, Standing::Ended(_));
        let id = crate::meeting::OfficialId::from(official.id.as_str());
        let over = shown.review.questions_to(&id).filter(over).count();
        lines.push(Line::raw(words::questions_so_far(lang, shown.review.queue.len(), over)));
    }
    own_questions(scene, shown, cells, &mut lines);
    lines
}

/// The own questions and how they stand; first what is asked of the person.
fn own_questions(scene: &Scene<'_>, shown: Shown<'_>, cells: usize, lines: &mut Vec<Line<'static>>) {
    let (lang, theme) = (scene.lang, scene.theme);
    let own: Vec<&Question> =
        shown.review.questions.iter().filter(|question| asked::is_own(question, scene.view)).collect();
    if scene.view.own_slips.iter().any(|slip| slip.became_opinion) {
        lines.push(Line::raw(""));
        let text = Text::SlipBecameOpinion.text(lang);
        lines.extend(wrap(text, cells).into_iter().map(|line| Line::styled(line, theme.accent())));
    }
    if own.is_empty() {
        return;
    }
    lines.push(Line::raw(""));
    if let Some(question) = asked::to_be_said(scene.view, shown.review) {
        let text = format!(
            "{}{}{}",
            words::question(lang, question.id.0),
            lang.pick("：", ": "),
            Text::SatisfiedAsk.text(lang)
        );
        lines.extend(wrap(&text, cells).into_iter().map(|line| Line::styled(line, theme.banner())));
    } else if own.iter().any(|question| {
        let waiting = asked::is_waiting(question, scene.view);
        question.satisfied == Some(false) && question.inquiry.is_none() && !waiting
    }) {
        let text = Text::MayInquire.text(lang);
        lines.extend(wrap(text, cells).into_iter().map(|line| Line::styled(line, theme.accent())));
    }
    for question in own {
        let text: String = question.text.chars().take(cells).collect();
        let text = format!(
            "{}  {}  {}",
            words::question(lang, question.id.0),
            asked::standing(scene, shown.review, question),
            clean(&text)
        );
        lines.push(Line::styled(cut(&text, cells, theme.ellipsis()).into_owned(), theme.dim()));
    }
}

/// The evaluation for somebody who has nothing to mark: how far it is, and why there is no paper.
fn evaluation(
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    official: &Official,
    cells: usize,
    lines: &mut Vec<Line<'static>>,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let round = shown.item.round().filter(|_| shown.item.stage == Stage::Balloting);
    let mut say = |text: &str, style| {
        lines.extend(wrap(text, cells).into_iter().map(|line| Line::styled(line, style)));
    };
    match round {
        None => say(Text::EvaluationNext.text(lang), theme.accent()),
        Some(round) => {
            say(Now::round(round.phase).text(lang), theme.accent());
            if round.phase == RoundPhase::OnPaper {
                say(ByPaper::RoomHow.text(lang), theme.strong());
            }
            if let Some(void) = round.void.as_ref().filter(|_| round.phase == RoundPhase::Void) {
                say(&clean(&floor_words::void(lang, void)), theme.strong());
            }
        }
    }
    if let Some(missing) = told::not_answered(scene, state) {
        say(&missing, theme.strong());
    }
    if let Some(why) = no_paper(scene, state, shown, official, round) {
        say(" ", theme.dim());
        say(why, theme.alarm());
    }
    own_questions(scene, shown, cells, lines);
}

/// Why this person gets no paper for this official; none for those who do.
fn no_paper(
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    official: &Official,
    round: Option<&Round>,
) -> Option<&'static str> {
    let lang = scene.lang;
    let seat = page::my_seat(scene.view)?;
    if official.person.as_deref() == Some(seat.as_str()) {
        return Some(Text::IsOfficial.text(lang));
    }
    if !page::is_reviewer(scene.view, state) {
        return Some(Text::NotReviewer.text(lang));
    }
    if official.relatives.iter().any(|relative| relative == seat.as_str()) {
        return Some(Text::IsRelated.text(lang));
    }
    let recused = shown.current().is_some_and(|(_, state)| state.recused.contains(seat));
    if recused {
        return Some(Text::HasRecused.text(lang));
    }
    let round = round.filter(|round| round.phase != RoundPhase::Void)?;
    let own = state.round_of(seat);
    match own {
        None => Some(words::of_evaluation(lang, terminal::Terminal::PaperAbsent)),
        Some(own) if own.declined.contains(seat) => {
            Some(words::of_evaluation(lang, terminal::Terminal::PaperDeclined))
        }
        Some(_) => None,
    }
    .filter(|_| round.phase >= RoundPhase::Issuing)
}

/// Draws the result of an official, or the ranking and the overview once the item is over.
pub fn result(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    state: &State,
    shown: Shown<'_>,
    scroll: &mut Scroll,
) {
    let (lang, theme) = (scene.lang, scene.theme);
    let over = shown.item.stage == Stage::Declared;
    let official = shown.result().filter(|_| !over);
    let title = match official {
        Some(_) => {
            let declared = shown.current().is_some_and(|(_, state)| state.stage == At::Declared);
            let word = if declared { terminal::Terminal::Declared } else { terminal::Terminal::NotDeclared };
            format!("{} {} {}", Text::Result.text(lang), theme.dot(), word.text(lang))
        }
        None if shown.plan.ranking => Text::Ranking.text(lang).to_owned(),
        None => Text::Overview.text(lang).to_owned(),
    };
    let room = usize::from(area.width.saturating_sub(4));
    let block = theme.block(cut(&title, room, theme.ellipsis()).into_owned());
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let cells = usize::from(inset(inner).width);
    let lines: Vec<Line<'static>> = match official {
        Some(official) => {
            let mut lines = vec![Line::styled(full_name(official), theme.strong())];
            lines.extend(verdict::blocks(scene, state, shown, official, cells).into_iter().flatten());
            lines
        }
        None => {
            let mut lines = Vec::new();
            if shown.plan.ranking {
                lines.extend(officials::as_lines(&ranking_table(scene, state, shown), scene, cells));
                lines.push(Line::raw(""));
            }
            lines.extend(officials::lines(scene, shown, cells));
            lines
        }
    };
    draw_lines(frame, inner, scene, lines, scroll);
}
