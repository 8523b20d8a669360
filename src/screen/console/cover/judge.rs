//! Whether the proposing body has answered a question clearly: the question with its replies, and two keys. One that was
//! not answered clearly wants a reason, which everybody may read.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{
    Actor, Command, CommandKind, ItemId, Judged, QuestionId, Stage, State, TermState, rights,
};
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::term::{self as words, Term};

/// The question that is judged.
#[derive(Debug)]
pub struct Judge {
    item: ItemId,
    question: QuestionId,
    scroll: Scroll,
}

/// The deliberation of an item while it goes on.
fn term<'a>(state: &'a State, item: &ItemId) -> Option<&'a TermState> {
    let (found, _, term) = state.current_term()?;
    (found.id == *item && found.stage == Stage::Deliberating).then_some(term)
}

impl Judge {
    /// Asks of a question.
    pub fn new(item: ItemId, question: QuestionId) -> Self {
        Self { item, question, scroll: Scroll::default() }
    }

    /// Y: clearly. N: not, with a reason. Left and right turn to another question.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let Some(term) = term(state, &self.item) else { return Turn::Leave };
        let (item, question) = (self.item.clone(), self.question);
        match (letter(key), key.code) {
            (Some('Y'), _) => {
                let judged = Judged::Clearly;
                return Turn::Try(vec![Act::Order(Command::JudgeReply { item, question, judged })]);
            }
            (Some('N'), _) => {
                return Turn::Next(Box::new(Cover::Text(Text::new(Purpose::Unclear(item, question)))));
            }
            (_, KeyCode::Esc) => return Turn::Leave,
            (_, KeyCode::Left | KeyCode::Right) => {
                let at = term.questions.iter().position(|put| put.id == question).unwrap_or(0);
                let to = if key.code == KeyCode::Right { at + 1 } else { at.saturating_sub(1) };
                if let Some(put) = term.questions.get(to) {
                    self.question = put.id;
                    self.scroll = Scroll::default();
                }
            }
            (_, code) => {
                self.scroll.key(code);
            }
        }
        Turn::Stay
    }

    /// Whether this command is what was asked for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        matches!(command, Command::JudgeReply { question, .. } if *question == self.question)
    }

    /// Whether it can still be judged.
    pub fn stands(&self, state: &State) -> bool {
        stands(state, &self.item, self.question)
    }

    /// Draws the question over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some(term) = term(state, &self.item) else { return };
        let Some(put) = term.question(self.question) else { return };
        let number = words::question_of(lang, put.id, term.questions.len());
        let title = format!("{} {} {number}", Term::AskJudge.text(lang), theme.dot());
        let inside = whole(frame, body, scene, &title);
        let cells = usize::from(inside.width);
        let mut lines: Vec<Line<'_>> = Vec::new();
        let mut say = |text: String, style| {
            lines.extend(wrap(&clean(&text), cells).into_iter().map(|line| Line::styled(line, style)));
        };
        let colon = lang.pick("：", ": ");
        let asked =
            format!("{}{colon}{}", words::by(lang, state, &put.asked), words::words(lang, &put.asked));
        say(asked, theme.strong());
        for said in &put.replies {
            let by = words::by(lang, state, said);
            say(
                format!("{} {by}{colon}{}", Term::Reply.text(lang), words::words(lang, said)),
                theme.plain_text(),
            );
        }
        if put.replies.is_empty() {
            say(Term::NoReply.text(lang).to_owned(), theme.dim());
        }
        say(words::judged(lang, put), theme.accent());
        say(Term::JudgeHow.text(lang).to_owned(), theme.dim());
        let shown = self.scroll.fit(lines.len(), inside.height.into(), None);
        let lines: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![
        hint("Y", Term::Clearly.text(lang)),
        hint("N", Term::Unclearly.text(lang)),
        hint("Left/Right", Term::OtherQuestion.text(lang)),
        hint("Esc", Console::Back.text(lang)),
    ]
}

/// Whether a question can be judged now.
pub(super) fn stands(state: &State, item: &ItemId, question: QuestionId) -> bool {
    term(state, item).is_some_and(|term| term.question(question).is_some())
        && rights::check(state, &Actor::Console, CommandKind::JudgeReply).is_ok()
}
