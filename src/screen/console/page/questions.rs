//! Questions: the one on the floor with its answer, the queue, and what they came to.

use ratatui::text::{Line, Span};

use super::review::{clock_spans, heading};
use super::{Notes, Page, dim, figures, strong};
use crate::meeting::{Ended, OfficialState, Question, QuestionId, ReviewState, Standing, State};
use crate::plan::Official;
use crate::screen::text::{clean, cut, wrap};
use crate::screen::widgets::table::{Cell, Column, Table, choose};
use crate::screen::{Mark, Scene};
use crate::words::review::{self, Review as Words};

/// The most lines of a question and of its answer that the page shows where there is plenty of room.
const TEXT_LINES_MAX: usize = 12;
/// The fewest rows that are kept for the queue.
const QUEUE_ROWS_MIN: usize = 3;
/// How much of a text is looked at for a line of the queue.
const BEGINNING_CHARS: usize = 160;

/// The page while questions are put.
pub fn page(
    scene: &Scene<'_>,
    state: &State,
    review: &ReviewState,
    official: &Official,
    at: &OfficialState,
    notes: Notes<'_>,
    cells: usize,
) -> Page {
    let lang = scene.lang;
    let mut head = vec![first_line(scene, state, review, official)];
    if let Some(reason) = &at.in_writing {
        let text = review::in_writing(lang, reason);
        head.push(dim(scene, &cut(&clean(&text), cells.saturating_sub(2), scene.theme.ellipsis())));
    }
    head.push(Line::raw(""));
    let room = notes.rows.saturating_sub(head.len() + QUEUE_ROWS_MIN + 4).clamp(2, 2 * TEXT_LINES_MAX);
    match review.on_floor.and_then(|id| review.question(id)) {
        Some(question) => head.extend(on_floor(scene, state, question, room, cells)),
        None => head.extend(last_ended(scene, state, review, cells)),
    }
    let waiting = review.queue.len();
    head.push(dim(scene, &format!("{} {waiting}", Words::Waiting.text(lang))));
    if waiting == 0 {
        head.push(dim(scene, &format!("  {}", Words::NobodyWaits.text(lang))));
    }
    let chosen = notes.picked.question(review);
    let must_see = chosen.and_then(|chosen| review.queue.iter().position(|id| *id == chosen));
    // Only what can be in sight with the chosen one is laid out: a queue may be very long.
    let at = must_see.unwrap_or(0);
    let near = at.saturating_sub(notes.rows)..(at + notes.rows + 1).min(waiting);
    let visible = review.queue.get(near.clone()).unwrap_or_default();
    let table = queue_table(scene, state, review, visible, cells.saturating_sub(3));
    let widths = table.widths(cells.saturating_sub(3));
    let rows = (0..waiting)
        .map(|row| match row.checked_sub(near.start).filter(|_| near.contains(&row)) {
            None => Line::default(),
            Some(place) => {
                let line = super::indented(super::indented(table.line(place, &widths, scene.theme)));
                if must_see == Some(row) { choose(line, cells, scene.theme) } else { line }
            }
        })
        .collect();
    Page { head, rows, must_see, ..Page::default() }
}

/// Who, which question it is, and the clock of the answer.
fn first_line(scene: &Scene<'_>, state: &State, review: &ReviewState, official: &Official) -> Line<'static> {
    let mut spans = vec![Span::styled(format!(" {}", heading(official)), scene.theme.accent())];
    let counts = Counts::of(review, official);
    if review.on_floor.is_some() {
        let of = review::question_of(scene.lang, counts.called, counts.asked);
        spans.push(Span::styled(format!("   {of}"), scene.theme.strong()));
    }
    if let (Some(clock), Some((_, plan, _))) = (&review.clock, state.current_review()) {
        spans.push(Span::raw("   "));
        spans.extend(clock_spans(scene, plan, clock));
    }
    Line::from(spans)
}

/// The question on the floor and the answer as it is taken down, in so many lines of text.
fn on_floor(
    scene: &Scene<'_>,
    state: &State,
    question: &Question,
    room: usize,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let text_cells = cells.saturating_sub(5);
    let mut lines = vec![asker_line(scene, state, question)];
    let text = wrap(&question.text, text_cells);
    let answer = wrap(&question.answer, text_cells);
    let for_answer = answer.len().clamp(1, (room / 3).max(1));
    let for_text = (room - for_answer.min(room)).clamp(1, TEXT_LINES_MAX);
    let shown = if text.len() > for_text { for_text.saturating_sub(1).max(1) } else { text.len() };
    lines.extend(text.iter().take(shown).map(|line| Line::styled(format!("   {line}"), theme.strong())));
    if text.len() > shown {
        lines.push(dim(scene, &format!("  {}", review::rest_by_p(lang, text.len() - shown))));
    }
    let label = if question.answer.is_empty() { Words::NotTaken } else { Words::BeingTaken };
    lines.push(dim(scene, &format!("{} {} {}", Words::Answer.text(lang), theme.dot(), label.text(lang))));
    // The end of an answer is what was taken down last.
    let hidden = answer.len().saturating_sub(for_answer);
    lines.extend(answer.into_iter().skip(hidden).map(|line| Line::raw(format!("   {line}"))));
    lines.push(Line::raw(""));
    lines
}

fn asker_line(scene: &Scene<'_>, state: &State, question: &Question) -> Line<'static> {
    let lang = scene.lang;
    let asker = clean(&review::asker(lang, state, &question.asker)).into_owned();
    let mut spans = vec![
        Span::styled(format!(" {} {}  ", Words::Asks.text(lang), question.id), scene.theme.dim()),
        Span::styled(asker, scene.theme.accent()),
    ];
    let more = review::follows(lang, question).into_iter().chain(review::merged(lang, question));
    spans.extend(more.map(|more| Span::raw(format!("   {more}"))));
    Line::from(spans)
}

/// The question that ended last, with what its asker says of it.
fn last_ended(scene: &Scene<'_>, state: &State, review: &ReviewState, cells: usize) -> Vec<Line<'static>> {
    let Some(current) = &review.current else { return Vec::new() };
    let ended = |question: &&Question| {
        matches!(question.standing, Standing::Ended(Ended::Answered | Ended::Promised { .. }))
    };
    let Some(question) = review.questions_to(current).filter(ended).max_by_key(|question| question.id) else {
        return Vec::new();
    };
    let (lang, theme) = (scene.lang, scene.theme);
    let asker = review::asker(lang, state, &question.asker);
    let text =
        format!("{} {}  {asker}  {}", theme.mark(Mark::Done), question.id, review::standing(lang, question));
    let mut lines = vec![dim(scene, &cut(&clean(&text), cells.saturating_sub(2), theme.ellipsis()))];
    lines.push(Line::raw(""));
    lines
}

/// Questions as rows: number, asker, what they follow, how they begin.
pub fn queue_table(
    scene: &Scene<'_>,
    state: &State,
    review: &ReviewState,
    queue: &[QuestionId],
    cells: usize,
) -> Table {
    let (lang, theme) = (scene.lang, scene.theme);
    let rows = queue.iter().filter_map(|id| {
        let question = review.question(*id)?;
        let beginning: String = question.text.chars().take(BEGINNING_CHARS).collect();
        let beginning = cut(&clean(&beginning), cells, theme.ellipsis()).into_owned();
        let notes: Vec<String> =
            review::follows(lang, question).into_iter().chain(review::merged(lang, question)).collect();
        Some(vec![
            Cell::from(id.to_string()),
            Cell::from(review::asker(lang, state, &question.asker)),
            Cell::new(&notes.join(" "), theme.accent()),
            Cell::from(beginning),
        ])
    });
    let columns = vec![Column::figures(""), Column::text(""), Column::fixed(""), Column::text("")];
    Table { columns, rows: rows.collect() }
}

/// What became of the questions to one official.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All that were asked, without those that were merged into others.
    pub asked: usize,
    /// Those that were called to the floor, the one on it included.
    pub called: usize,
    /// Answered on the spot.
    pub answered: usize,
    /// Promised in writing.
    pub promised: usize,
    /// Declined by the chair.
    pub declined: usize,
    /// Returned or withdrawn.
    pub returned: usize,
    /// Askers who are satisfied.
    pub satisfied: usize,
    /// Askers who are not.
    pub not_satisfied: usize,
}

impl Counts {
    /// The counts of the questions to an official.
    pub fn of(review: &ReviewState, official: &Official) -> Self {
        let id = crate::meeting::OfficialId::from(official.id.as_str());
        Self::over(review.questions_to(&id))
    }

    /// The counts of all questions to anyone.
    pub fn of_all(review: &ReviewState) -> Self {
        Self::over(review.questions.iter())
    }

    fn over<'a>(questions: impl Iterator<Item = &'a Question>) -> Self {
        let mut counts = Self::default();
        for question in questions {
            match &question.standing {
                Standing::Merged { .. } => continue,
                Standing::Waiting => {}
                Standing::OnFloor => counts.called += 1,
                Standing::Returned { .. } | Standing::Ended(Ended::Withdrawn) => counts.returned += 1,
                Standing::Ended(Ended::Declined { .. }) => counts.declined += 1,
                Standing::Ended(Ended::Answered) => {
                    counts.answered += 1;
                    counts.called += 1;
                }
                Standing::Ended(Ended::Promised { .. }) => {
                    counts.promised += 1;
                    counts.called += 1;
                }
            }
            counts.asked += 1;
            counts.satisfied += usize::from(question.satisfied == Some(true));
            counts.not_satisfied += usize::from(question.satisfied == Some(false));
        }
        counts
    }
}

/// The page when the questions are over: what each came to.
pub fn over(
    scene: &Scene<'_>,
    state: &State,
    review: &ReviewState,
    official: &Official,
    cells: usize,
) -> Page {
    let (lang, theme) = (scene.lang, scene.theme);
    let counts = Counts::of(review, official);
    let figure = |label: Words, count: usize| (label.text(lang), count.to_string());
    let head = vec![
        Line::styled(format!(" {}", heading(official)), theme.accent()),
        Line::raw(""),
        figures(
            scene,
            &[
                figure(Words::Asked, counts.asked),
                figure(Words::Answered, counts.answered),
                figure(Words::Promised, counts.promised),
                figure(Words::Declined, counts.declined),
            ],
        ),
        figures(
            scene,
            &[
                figure(Words::Satisfied, counts.satisfied),
                figure(Words::NotSatisfied, counts.not_satisfied),
                figure(Words::Returned, counts.returned),
            ],
        ),
        Line::raw(""),
    ];
    let mut rows = Vec::new();
    if let Some((_, at)) = review.current() {
        rows.extend(super::review::aside(scene, state, at, cells));
    }
    let id = crate::meeting::OfficialId::from(official.id.as_str());
    for question in review.questions_to(&id) {
        let asker = review::asker(lang, state, &question.asker);
        let text = format!("{}  {asker}  {}", question.id, review::standing(lang, question));
        rows.push(strong(scene, &cut(&clean(&text), cells.saturating_sub(2), theme.ellipsis())));
        let beginning: String = question.text.chars().take(BEGINNING_CHARS).collect();
        let beginning = cut(&clean(&beginning), cells.saturating_sub(6), theme.ellipsis()).into_owned();
        rows.push(dim(scene, &format!("   {beginning}")));
    }
    Page { head, rows, ..Page::default() }
}
