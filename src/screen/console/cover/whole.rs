//! Questions and answers, whole: of the official whose turn it is, one after the other, also those that are over,
//! returned or merged. Nothing disappears.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::long::{Long, Writes, is_answerable};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Question, QuestionId, ReviewState, State};
use crate::screen::Scene;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::screen::widgets::scroll::Scroll;
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::key::Key;
use crate::words::review::{self, Review as Words};

/// The text and where one is in it.
#[derive(Debug)]
pub struct Whole {
    question: QuestionId,
    scroll: Scroll,
}

fn all(review: &ReviewState) -> Vec<QuestionId> {
    let current = review.current.iter();
    current.flat_map(|official| review.questions_to(official)).map(|question| question.id).collect()
}

impl Whole {
    /// The text of a question, or of the last that was asked; none where none was.
    pub fn new(question: Option<QuestionId>, state: &State) -> Option<Self> {
        let (_, _, review) = state.current_review()?;
        let question = question.or_else(|| all(review).last().copied())?;
        Some(Self { question, scroll: Scroll::default() })
    }

    /// Left and right turn to another question, arrows scroll, F takes the answer down.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let Some((item, _, review)) = state.current_review() else { return Turn::Leave };
        if letter(key) == Some('F') && is_answerable(review, self.question) {
            let writes = Writes::Answer(item.id.clone(), self.question);
            return Turn::Next(Box::new(Cover::Long(Box::new(Long::new(writes, state)))));
        }
        match key.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('p' | 'P') => return Turn::Leave,
            KeyCode::Left | KeyCode::Right => {
                let all = all(review);
                let at = all.iter().position(|id| *id == self.question).unwrap_or(0);
                let to = if key.code == KeyCode::Right { at + 1 } else { at.saturating_sub(1) };
                if let Some(question) = all.get(to) {
                    self.question = *question;
                    self.scroll = Scroll::default();
                }
            }
            code => {
                self.scroll.key(code);
            }
        }
        Turn::Stay
    }

    /// Whether the review is still on the floor.
    pub fn stands(&self, state: &State) -> bool {
        state.current_review().is_some_and(|(_, _, review)| review.question(self.question).is_some())
    }

    /// Draws the text over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, dot) = (scene.lang, scene.theme.dot());
        let Some((_, _, review)) = state.current_review() else { return };
        let Some(question) = review.question(self.question) else { return };
        let all = all(review);
        let at = all.iter().position(|id| *id == self.question).map_or(0, |at| at + 1);
        let title = format!("{} {dot} {at}/{}", Words::WholeText.text(lang), all.len());
        let inside = whole(frame, body, scene, &title);
        let lines = lines(scene, state, question, inside.width.into());
        let shown = self.scroll.fit(lines.len(), inside.height.into(), None);
        let lines: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

fn lines(scene: &Scene<'_>, state: &State, question: &Question, cells: usize) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut head = vec![question.id.to_string(), review::asker(lang, state, &question.asker)];
    head.extend(review::follows(lang, question));
    head.extend(review::merged(lang, question));
    let mut lines = vec![Line::styled(clean(&head.join("  ")).into_owned(), theme.strong())];
    let standing = review::standing(lang, question);
    lines.extend(wrap(&standing, cells).into_iter().map(|line| Line::styled(line, theme.accent())));
    lines.push(Line::raw(""));
    lines.extend(wrap(&question.text, cells).into_iter().map(Line::raw));
    let parts = [(Words::Answer, Some(&question.answer)), (Words::Inquiry, question.inquiry.as_ref())];
    for (label, text) in parts {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            lines.push(Line::raw(""));
            lines.push(Line::styled(label.text(lang), theme.dim()));
            lines.extend(wrap(text, cells).into_iter().map(Line::raw));
        }
    }
    lines
}

/// The keys of the text.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![
        hint("Left/Right", Words::OtherQuestion.text(lang)),
        hint("F", Key::TakeAnswer.word(lang)),
        hint("PgUp/PgDn", Console::ScrollWord.text(lang)),
        hint("Esc", Console::Back.text(lang)),
    ]
}
