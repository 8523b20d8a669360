//! A review, for the room: whose turn it is in big letters, the countdown, the question on the floor with its asker and the
//! answer clock, who speaks, and the evaluation.

use ratatui::text::Line;

use super::floor::ballot;
use super::parts::Part;
use crate::meeting::{OfficialStage as At, Question, Stage, Standing, State};
use crate::plan::Official;
use crate::screen::Scene;
use crate::screen::terminal::asked;
use crate::screen::text::clean;
use crate::screen::widgets::clock::{self, Reading};
use crate::screen::widgets::officials::{self, Shown, post};
use crate::words::official::{self as words, Official as Text};
use crate::words::who;

/// The most lines that a question takes.
const QUESTION_LINES_MAX: usize = 8;

/// What the page of a review is made of.
pub fn parts(scene: &Scene<'_>, state: &State, cells: usize) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(shown) = Shown::on_floor(state) else { return Vec::new() };
    let current = shown.current().filter(|(_, state)| !state.stage.is_over());
    let Some((official, official_state)) = current else {
        let text = if shown.review.drawing {
            Text::Drawing
        } else if shown.review.order.is_empty() {
            Text::OrderToDraw
        } else {
            Text::NextOfficial
        };
        let mut parts = vec![Part::Text(text.text(lang).to_owned(), theme.accent()), Part::Space];
        parts.extend(speaker(scene, state));
        parts.push(Part::Block(officials::lines(scene, shown, cells)));
        return parts;
    };
    let mut parts = who(scene, shown, official);
    match official_state.stage {
        At::Findings => {
            parts.push(Part::Text(Text::Findings.text(lang).to_owned(), theme.accent()));
            if !official.findings_by.is_empty() {
                let by = who::spoken(&clean(state.name(&official.findings_by.as_str().into())));
                parts.push(Part::Text(format!("{}  {by}", Text::ReadBy.text(lang)), theme.strong()));
            }
            parts.extend(speaker(scene, state));
        }
        At::Reporting => {
            parts.push(Part::Text(Text::Reporting.text(lang).to_owned(), theme.accent()));
            parts.extend(clock_parts(scene, reading(scene, shown)));
            parts.extend(speaker(scene, state));
        }
        At::Questioning => parts.extend(questioning(scene, state, shown)),
        At::Evaluating => {
            match shown.item.round().filter(|_| shown.item.stage == Stage::Balloting) {
                Some(round) => parts.extend(ballot(scene, state, round)),
                None => parts.push(Part::Text(Text::EvaluationNext.text(lang).to_owned(), theme.accent())),
            }
            parts.extend(speaker(scene, state));
        }
        At::ToCome | At::Declared | At::PutOff { .. } => {}
    }
    parts
}

/// The official, as large as it goes.
fn who(scene: &Scene<'_>, shown: Shown<'_>, official: &Official) -> Vec<Part> {
    let theme = scene.theme;
    let place = words::place(scene.lang, shown.place(official), shown.plan.officials.len());
    vec![
        Part::Headline(official.name.clone(), theme.accent()),
        Part::Text(format!("{}   {place}", post(official)), theme.strong()),
        Part::Space,
    ]
}

fn reading(scene: &Scene<'_>, shown: Shown<'_>) -> Option<Reading> {
    let timer = shown.review.clock.as_ref()?;
    Some(clock::read(timer, shown.plan.warning_seconds, scene.now))
}

/// A clock in big digits, and below it how it stands.
fn clock_parts(scene: &Scene<'_>, reading: Option<Reading>) -> Vec<Part> {
    let Some(reading) = reading else { return Vec::new() };
    let (style, word) = (reading.style(scene), reading.word(scene.lang));
    vec![Part::Space, Part::Clock(reading.digits, style), Part::Text(word.to_owned(), style)]
}

fn questioning(scene: &Scene<'_>, state: &State, shown: Shown<'_>) -> Vec<Part> {
    let (lang, theme) = (scene.lang, scene.theme);
    let Some(question) = shown.review.on_floor.and_then(|id| shown.review.question(id)) else {
        let ended = |question: &&Question| matches!(question.standing, Standing::Ended(_));
        let over = shown.review.current.iter().flat_map(|id| shown.review.questions_to(id)).filter(ended);
        let over = over.count();
        let mut parts = vec![
            Part::Text(Text::Questioning.text(lang).to_owned(), theme.accent()),
            Part::Text(words::questions_so_far(lang, shown.review.queue.len(), over), theme.strong()),
        ];
        parts.extend(speaker(scene, state));
        return parts;
    };
    let mut head = vec![words::question(lang, question.id.0), asked::asker(scene, state, question)];
    head.extend(question.follows.map(|follows| words::follows(lang, follows.0)));
    let mut parts = vec![
        Part::Text(head.join(&format!(" {} ", theme.dot())), theme.accent()),
        Part::Space,
        Part::Long(question.text.clone(), theme.strong(), QUESTION_LINES_MAX),
    ];
    parts.extend(clock_parts(scene, reading(scene, shown)));
    if let Some((_, timer)) = &state.floor.speaking {
        let reading = clock::read(timer, shown.plan.warning_seconds, scene.now);
        parts.push(Part::Text(speaks(scene, state, &reading), reading.style(scene)));
    }
    parts
}

fn speaks(scene: &Scene<'_>, state: &State, reading: &Reading) -> String {
    let name = state.floor.speaking.as_ref().map_or("", |(seat, _)| state.name(seat));
    let name = who::spoken(&clean(name));
    format!("{}  {name}   {}", Text::Speaking.text(scene.lang), reading.text(scene.lang))
}

/// Who has the floor, with the clock; in a nomination's deliberation too.
pub fn speaker(scene: &Scene<'_>, state: &State) -> Vec<Part> {
    let Some((seat, timer)) = &state.floor.speaking else { return Vec::new() };
    let reading = clock::read(timer, clock::warning_seconds(state), scene.now);
    let name = who::spoken(&clean(state.name(seat)));
    let title = format!("{}  {name}", Text::Speaking.text(scene.lang));
    let mut parts = vec![Part::Space, Part::Text(title, scene.theme.strong())];
    parts.extend(clock_parts(scene, Some(reading)));
    parts
}

/// The ranking and the officials, once the review is over, as blocks that are not torn.
pub fn over(scene: &Scene<'_>, state: &State, shown: Shown<'_>, cells: usize) -> Vec<Vec<Line<'static>>> {
    let lines = |mut lines: Vec<Line<'static>>| -> Vec<Vec<Line<'static>>> {
        if lines.len() < 2 {
            return vec![lines];
        }
        // The head stays with the first row.
        let rest = lines.split_off(2);
        std::iter::once(lines).chain(rest.into_iter().map(|line| vec![line])).collect()
    };
    let mut blocks = Vec::new();
    if shown.plan.ranking {
        blocks.extend(lines(officials::as_lines(
            &officials::ranking_table(scene, state, shown),
            scene,
            cells,
        )));
        blocks.push(vec![Line::raw("")]);
    }
    blocks.extend(lines(officials::lines(scene, shown, cells)));
    blocks
}
