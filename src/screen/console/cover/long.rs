//! A text of several lines: a question as it was spoken, an answer as it is given. What was written stays until it is
//! in the record, and takes two keys to drop.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::{Turn, hint, whole};
use crate::meeting::{
    Actor, Command, CommandKind, Ended, ItemId, OfficialStage, QuestionId, ReviewState, SeatId, Standing,
    State, Step, TEXT_CHARS_MAX, next_step, rights,
};
use crate::screen::console::review::{on_floor, stage};
use crate::screen::text::{clean, cut};
use crate::screen::widgets::chrome::Hint;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::matter::Open;
use crate::words::review::{self, Review as Words};
use crate::words::who;

/// What is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Writes {
    /// A spoken question of this person.
    Oral(ItemId, SeatId),
    /// The answer to this question.
    Answer(ItemId, QuestionId),
    /// The view of this person on a major matter.
    View(ItemId, SeatId),
    /// What the head sums up.
    SumUp(ItemId),
}

/// The text.
#[derive(Debug)]
pub struct Long {
    /// What it is.
    pub writes: Writes,
    /// The question that a spoken one follows up, where Tab said so.
    follows: Option<QuestionId>,
    area: TextArea<'static>,
    chars: usize,
    changed: bool,
    dropping: bool,
}

impl Long {
    /// An empty text; or the answer as it was taken down so far.
    pub fn new(writes: Writes, state: &State) -> Self {
        let taken = match &writes {
            Writes::Answer(_, id) => {
                let question = state.current_review().and_then(|(_, _, review)| review.question(*id));
                question.map_or("", |question| question.answer.as_str())
            }
            Writes::SumUp(item) => {
                let matter = state.item_state(item).and_then(|item| item.matter());
                matter.and_then(|matter| matter.summing_up.as_deref()).unwrap_or_default()
            }
            Writes::Oral(..) | Writes::View(..) => "",
        };
        let mut area = TextArea::new(taken.lines().map(|line| clean(line).into_owned()).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::new());
        area.set_cursor_style(Style::new());
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        let chars = chars(&area);
        Self { writes, follows: None, area, chars, changed: false, dropping: false }
    }

    /// Ctrl-S saves; Enter begins a new line; Tab makes a spoken question a follow-up.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let dropping = std::mem::take(&mut self.dropping);
        match key.code {
            KeyCode::Char('s' | 'S') if ctrl => return Turn::Try(vec![Act::Order(self.command())]),
            KeyCode::F(2) => return Turn::Try(vec![Act::Order(self.command())]),
            KeyCode::Esc if dropping || !self.changed || self.text().trim().is_empty() => return Turn::Leave,
            KeyCode::Esc => self.dropping = true,
            KeyCode::Tab if matches!(self.writes, Writes::Oral(..)) => {
                let last = state.current_review().and_then(|(_, _, review)| last_asked(review));
                self.follows = if self.follows.is_none() { last } else { None };
            }
            KeyCode::Enter if self.chars < limit() => {
                self.area.insert_newline();
                self.edited();
            }
            KeyCode::Char(character) if !ctrl && !key.modifiers.contains(KeyModifiers::ALT) => {
                self.insert(character);
            }
            code => {
                if self.edit(code, ctrl) {
                    self.edited();
                }
            }
        }
        Turn::Stay
    }

    /// A key that moves or deletes. Whether it may have deleted.
    fn edit(&mut self, code: KeyCode, ctrl: bool) -> bool {
        let to = match code {
            KeyCode::Backspace => return self.area.delete_char(),
            KeyCode::Delete => return self.area.delete_next_char(),
            KeyCode::Char('k') if ctrl => return self.area.delete_line_by_end(),
            KeyCode::Char('u') if ctrl => return self.area.delete_line_by_head(),
            KeyCode::Char('z') if ctrl => return self.area.undo(),
            KeyCode::Char('a') if ctrl => CursorMove::Head,
            KeyCode::Char('e') if ctrl => CursorMove::End,
            KeyCode::Home => CursorMove::Head,
            KeyCode::End => CursorMove::End,
            KeyCode::Left => CursorMove::Back,
            KeyCode::Right => CursorMove::Forward,
            KeyCode::Up => CursorMove::Up,
            KeyCode::Down => CursorMove::Down,
            KeyCode::PageUp => CursorMove::Top,
            KeyCode::PageDown => CursorMove::Bottom,
            _ => return false,
        };
        self.area.move_cursor(to);
        false
    }

    fn insert(&mut self, character: char) {
        let harmless = !character.is_control() && !clean(character.encode_utf8(&mut [0; 4])).is_empty();
        if harmless && self.chars < limit() {
            self.area.insert_char(character);
            self.edited();
        }
    }

    fn edited(&mut self) {
        self.chars = chars(&self.area);
        self.changed = true;
    }

    /// Text was pasted, line by line; what does not fit is left out.
    pub fn paste(&mut self, text: &str) {
        for (number, line) in text.trim().lines().enumerate() {
            let room = limit().saturating_sub(self.chars);
            if number > 0 && room > 0 {
                self.area.insert_newline();
            }
            let line: String = clean(line).chars().take(room).collect();
            self.area.insert_str(line);
            self.edited();
        }
    }

    fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    fn command(&self) -> Command {
        match &self.writes {
            Writes::Oral(item, asker) => Command::EnterQuestion {
                item: item.clone(),
                asker: asker.clone(),
                follows: self.follows,
                text: self.text(),
            },
            Writes::Answer(item, question) => {
                Command::TakeAnswer { item: item.clone(), question: *question, text: self.text() }
            }
            Writes::View(item, seat) => {
                Command::GiveStatement { item: item.clone(), seat: seat.clone(), text: self.text() }
            }
            Writes::SumUp(item) => Command::SumUp { item: item.clone(), text: self.text() },
        }
    }

    /// Whether this command is what the text was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        match (&self.writes, command) {
            (Writes::Oral(..), Command::EnterQuestion { .. }) => true,
            (Writes::Answer(_, id), Command::TakeAnswer { question, .. }) => id == question,
            (Writes::View(_, who), Command::GiveStatement { seat, .. }) => who == seat,
            (Writes::SumUp(_), Command::SumUp { .. }) => true,
            _ => false,
        }
    }

    /// Whether the text still has a purpose. An answer may be taken down to its end after the question is over.
    pub fn stands(&self, state: &State) -> bool {
        match &self.writes {
            Writes::Oral(..) => {
                on_floor(state).is_some_and(|(_, review)| stage(review) == Some(&OfficialStage::Questioning))
            }
            Writes::Answer(_, id) => {
                let review = state.current_review().map(|(_, _, review)| review);
                review.is_some_and(|review| is_answerable(review, *id))
                    && rights::check(state, &Actor::Console, CommandKind::TakeAnswer).is_ok()
            }
            Writes::View(item, seat) => {
                next_step(state) == Some(Step::AwaitStatement(item.clone(), seat.clone()))
            }
            Writes::SumUp(item) => next_step(state) == Some(Step::SumUp(item.clone())),
        }
    }

    /// Draws the text over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let dot = theme.dot();
        let title = match &self.writes {
            Writes::Oral(_, asker) => {
                let name = who::name(Some(state), asker);
                format!("{} {dot} {}", Words::OralQuestion.text(lang), clean(&name))
            }
            Writes::Answer(_, id) => format!("{} {dot} {id}", Words::TakeAnswer.text(lang)),
            Writes::View(_, seat) => {
                let name = who::name(Some(state), seat);
                format!("{} {dot} {}", Open::AskStatement.text(lang), clean(&name))
            }
            Writes::SumUp(_) => Open::AskSummingUp.text(lang).to_owned(),
        };
        let inside = whole(frame, body, scene, &title);
        let mut head: Vec<Line<'_>> = Vec::new();
        if let Writes::Answer(_, id) = &self.writes {
            let question = state.current_review().and_then(|(_, _, review)| review.question(*id));
            let text: String = question.map_or("", |question| &question.text).chars().take(400).collect();
            let text = cut(&clean(&text), inside.width.into(), theme.ellipsis()).into_owned();
            head.push(Line::styled(text, theme.dim()));
        } else if let Some(first) = self.follows {
            head.push(Line::styled(review::follow_up(lang, first), theme.accent()));
        }
        let count = format!("{}/{}", self.chars, limit());
        let below = if self.dropping { Words::DropAgain.text(lang).to_owned() } else { count };
        let style = if self.dropping { theme.alarm() } else { theme.dim() };
        let top = u16::try_from(head.len()).unwrap_or(0);
        frame.render_widget(Paragraph::new(head), Rect { height: top, ..inside });
        let last = Rect { y: inside.bottom().saturating_sub(1), height: 1, ..inside };
        frame.render_widget(Paragraph::new(Line::styled(below, style)), last);
        let area = Rect { y: inside.y + top, height: inside.height.saturating_sub(top + 1), ..inside };
        frame.render_widget(&self.area, area);
        let caret = self.area.screen_cursor();
        let (row, column) = self.area.scroll_offset();
        let offset = |at: usize, from: u16| u16::try_from(at).unwrap_or(u16::MAX).saturating_sub(from);
        frame.set_cursor_position(Position {
            x: area.x.saturating_add(offset(caret.col, column)).min(area.right().saturating_sub(1)),
            y: area.y.saturating_add(offset(caret.row, row)).min(area.bottom().saturating_sub(1)),
        });
    }

    /// The keys of the text.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let mut hints = vec![hint("Ctrl-S", Words::Save.text(lang))];
        if matches!(self.writes, Writes::Oral(..)) {
            hints.push(hint("Tab", Words::AsFollowUp.text(lang)));
        }
        hints.push(hint("Enter", Words::NewLine.text(lang)));
        hints.push(hint("Esc", Console::Cancel.text(lang)));
        hints
    }
}

/// Whether an answer may be taken down: while it is given, and after.
pub fn is_answerable(review: &ReviewState, id: QuestionId) -> bool {
    review.question(id).is_some_and(|question| {
        matches!(
            question.standing,
            Standing::OnFloor | Standing::Ended(Ended::Answered | Ended::Promised { .. })
        )
    })
}

/// What a follow-up would follow: the question on the floor, or the last that was answered.
fn last_asked(review: &ReviewState) -> Option<QuestionId> {
    let answered = || {
        let current = review.current.as_ref()?;
        let ended = |id: &QuestionId| is_answerable(review, *id);
        let ids: Vec<QuestionId> = review.questions_to(current).map(|question| question.id).collect();
        ids.into_iter().rev().find(ended)
    };
    review.on_floor.or_else(answered)
}

const fn limit() -> usize {
    TEXT_CHARS_MAX as usize
}

fn chars(area: &TextArea<'_>) -> usize {
    let lines = area.lines();
    lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1)
}
