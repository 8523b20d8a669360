//! The questions that one can see: the own ones with how they stand, and those that were called to the floor. What others
//! have asked and nobody has called yet is the presiding officer's to order, and is not shown here.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::nominees::{inset, more_line};
use super::page;
use crate::client::View;
use crate::meeting::{Asker, Ended, Question, QuestionId, ReviewState, Standing, State};
use crate::screen::Scene;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::officials::Shown;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::{Cell, Column, Table, choose};
use crate::words::official::{self as words, Official as Text};
use crate::words::who;

/// How much of a question stands in the list.
const LIST_CHARS: usize = 80;
/// The most rows of the list while the chosen question is read below it.
const LIST_ROWS_MAX: u16 = 8;

/// The list, and where one is in it.
#[derive(Debug, Default)]
pub struct Asked {
    /// The question under the cursor, once one has moved.
    pub chosen: Option<QuestionId>,
    list: Scroll,
    /// The chosen question's text.
    pub text: Scroll,
}

/// Whether this person asked a question: by name, on a terminal or aloud, or by a slip of this terminal's own.
pub fn is_own(question: &Question, view: &View) -> bool {
    match &question.asker {
        Asker::Seat { seat: asker, .. } => Some(asker) == page::my_seat(view),
        Asker::Slip { .. } => view.own_slip(question).is_some(),
    }
}

/// Whether something about a question of an own slip is on its way into the record.
pub fn is_waiting(question: &Question, view: &View) -> bool {
    view.own_slip(question).is_some_and(|own| own.waiting.contains(&question.id))
}

/// The questions that this person can see.
pub fn visible<'a>(view: &View, review: &'a ReviewState) -> Vec<&'a Question> {
    let called = |question: &Question| match &question.standing {
        Standing::OnFloor => true,
        Standing::Ended(Ended::Answered | Ended::Promised { .. }) => true,
        Standing::Ended(Ended::Declined { .. } | Ended::Withdrawn) => !question.answer.is_empty(),
        Standing::Waiting | Standing::Returned { .. } | Standing::Merged { .. } => false,
    };
    review
        .questions
        .iter()
        .filter(|question| {
            let now = review.current.as_ref() == Some(&question.official);
            is_own(question, view) || (now && called(question))
        })
        .collect()
}

/// The own question that has an end and about which nothing was said: the one that is asked about on the page.
pub fn to_be_said<'a>(view: &View, review: &'a ReviewState) -> Option<&'a Question> {
    let unsaid = |question: &Question| {
        question.satisfied.is_none() && may_be_said(question) && !is_waiting(question, view)
    };
    review.questions.iter().find(|question| is_own(question, view) && unsaid(question))
}

/// Whether an end is one about which satisfaction can be said.
pub fn may_be_said(question: &Question) -> bool {
    is_over(question) && question.inquiry.is_none()
}

/// Whether a question was answered, promised or declined.
pub fn is_over(question: &Question) -> bool {
    matches!(
        question.standing,
        Standing::Ended(Ended::Answered | Ended::Promised { .. } | Ended::Declined { .. })
    )
}

/// Who asked, as everybody sees it.
pub fn asker(scene: &Scene<'_>, state: &State, question: &Question) -> String {
    let lang = scene.lang;
    match &question.asker {
        Asker::Slip { .. } => Text::Slip.text(lang).to_owned(),
        Asker::Seat { seat, oral } => {
            let mut name = who::spoken(&clean(state.name(seat)));
            if *oral {
                name = format!("{name}{}", lang.pick("（口头）", " (spoken)"));
            }
            name
        }
    }
}

/// How a question stands, what was said about it, and whether an inquiry followed.
pub fn standing(scene: &Scene<'_>, review: &ReviewState, question: &Question) -> String {
    let lang = scene.lang;
    let place = review.queue.iter().position(|waiting| *waiting == question.id).map(|place| place + 1);
    let mut parts = vec![clean(&words::standing(lang, &question.standing, place)).into_owned()];
    parts.extend(question.satisfied.map(|satisfied| {
        let word = if satisfied { Text::Satisfied } else { Text::NotSatisfied };
        word.text(lang).to_owned()
    }));
    parts.extend(question.inquiry.as_ref().map(|_| Text::Inquired.text(lang).to_owned()));
    parts.join(lang.pick("，", ", "))
}

impl Asked {
    /// The list with its cursor on this question.
    pub fn at(question: QuestionId) -> Self {
        Self { chosen: Some(question), ..Self::default() }
    }

    /// The question under the cursor; the last one that can be seen where none was chosen.
    pub fn question<'a>(&self, view: &View, review: &'a ReviewState) -> Option<&'a Question> {
        let visible = visible(view, review);
        visible.iter().find(|question| Some(question.id) == self.chosen).or(visible.last()).copied()
    }

    /// Moves the cursor.
    pub fn go(&mut self, view: &View, review: &ReviewState, down: bool) {
        let visible = visible(view, review);
        let at = self
            .question(view, review)
            .and_then(|chosen| visible.iter().position(|question| question.id == chosen.id));
        let Some(at) = at else { return };
        let next = if down { at + 1 } else { at.saturating_sub(1) };
        if let Some(question) = visible.get(next) {
            self.chosen = Some(question.id);
            self.text = Scroll::default();
        }
    }

    /// Draws the list, and below it the chosen question in full.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let block = theme.block(Text::Asked.text(lang));
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let Some(shown) = Shown::on_floor(state) else { return };
        let questions = visible(scene.view, shown.review);
        let Some(chosen) = self.question(scene.view, shown.review) else {
            frame.render_widget(Paragraph::new(Text::AskedNone.text(lang)), inset(inner));
            return;
        };
        let rows = u16::try_from(questions.len()).unwrap_or(u16::MAX).min(LIST_ROWS_MAX);
        let [head, list, rule, text, more] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(rows.min(inner.height / 3).max(1)),
            Constraint::Length(1),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(inset(inner));
        let cells = usize::from(list.width);
        let table = table(scene, state, shown.review, &questions);
        let widths = table.widths(cells);
        frame.render_widget(Paragraph::new(table.head(&widths, theme)), head);
        let at = questions.iter().position(|question| question.id == chosen.id).unwrap_or(0);
        let visible = self.list.fit(questions.len(), list.height.into(), Some(at..at + 1));
        let lines: Vec<Line<'_>> = visible
            .lines
            .map(|row| {
                let line = table.line(row, &widths, theme);
                if row == at { choose(line, cells, theme) } else { line }
            })
            .collect();
        frame.render_widget(Paragraph::new(lines), list);
        frame.render_widget(Paragraph::new(theme.rule().repeat(cells)).style(theme.dim()), rule);
        let lines = in_full(scene, state, shown.review, chosen, cells);
        let seen = self.text.fit(lines.len(), text.height.into(), None);
        let lines: Vec<Line<'_>> = lines.into_iter().skip(seen.lines.start).take(seen.lines.len()).collect();
        frame.render_widget(Paragraph::new(lines), text);
        frame.render_widget(more_line(scene, seen.above, seen.below), more);
    }
}

fn table(scene: &Scene<'_>, state: &State, review: &ReviewState, questions: &[&Question]) -> Table {
    let (lang, theme) = (scene.lang, scene.theme);
    let rows = questions.iter().map(|question| {
        let own = is_own(question, scene.view);
        let by_slip = scene.view.own_slip(question).is_some();
        let asker = match (own, by_slip) {
            (true, true) => Text::OwnSlip.text(lang).to_owned(),
            (true, false) => Text::Own.text(lang).to_owned(),
            (false, _) => asker(scene, state, question),
        };
        let style = if own { theme.accent() } else { theme.plain_text() };
        let begins: String = question.text.chars().take(LIST_CHARS).collect();
        vec![
            Cell::from(question.id.to_string()),
            Cell::new(&asker, style),
            Cell::from(standing(scene, review, question)),
            Cell::from(begins),
        ]
    });
    Table {
        columns: vec![
            Column::figures("#"),
            Column::text(Text::Asker.text(lang)),
            Column::text(Text::StageTitle.text(lang)),
            Column::text(Text::Text.text(lang)),
        ],
        rows: rows.collect(),
    }
}

/// A question, its answer, and how it stands, broken into lines.
pub fn in_full(
    scene: &Scene<'_>,
    state: &State,
    review: &ReviewState,
    question: &Question,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut head = vec![words::question(lang, question.id.0), asker(scene, state, question)];
    head.extend(question.follows.map(|follows| words::follows(lang, follows.0)));
    head.push(standing(scene, review, question));
    let head = head.join(&format!(" {} ", theme.dot()));
    let mut lines: Vec<Line<'static>> = Vec::new();
    let mut say = |text: &str, style| {
        lines.extend(wrap(text, cells).into_iter().map(|line| Line::styled(line, style)));
    };
    say(&head, theme.accent());
    say(&question.text, theme.strong());
    if !question.answer.is_empty() || question.standing == Standing::OnFloor {
        say(" ", theme.plain_text());
        say(Text::Answer.text(lang), theme.dim());
        let answer = if question.answer.is_empty() { Text::BeingTaken.text(lang) } else { &question.answer };
        say(answer, theme.plain_text());
    }
    if let Some(inquiry) = &question.inquiry {
        say(" ", theme.plain_text());
        say(Text::Inquired.text(lang), theme.dim());
        say(inquiry, theme.plain_text());
    }
    lines
}
