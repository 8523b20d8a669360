//! By which day an answer in writing is due: fifteen working days unless another day is typed. What is no day is
//! refused here, what is no later day by the rules.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, sheet};
use crate::meeting::{Command, Ended, ItemId, Left, QuestionId, Standing, State};
use crate::rules::add_working_days;
use crate::screen::console::review::on_floor;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::common;
use crate::words::console::Console;
use crate::words::review::Review as Words;

/// How many working days an answer in writing takes by default.
const DUE_WORKING_DAYS: u32 = 15;
/// `2026-12-15`
const DATE_CHARS: usize = 10;

/// The form.
#[derive(Debug)]
pub struct Due {
    item: ItemId,
    /// The question; none for all that wait.
    question: Option<QuestionId>,
    field: Field,
    wrong: bool,
}

impl Due {
    /// The form with the default day in it.
    pub fn new(item: ItemId, question: Option<QuestionId>, state: &State) -> Self {
        let meeting = &state.plan().meeting;
        let day = add_working_days(meeting.date, DUE_WORKING_DAYS, &meeting.holidays, &meeting.workdays);
        let mut field = Field::new(DATE_CHARS);
        field.set(&day.to_string());
        Self { item, question, field, wrong: false }
    }

    fn day(&self) -> Option<Date> {
        // An input method's full-width digits and points are digits and points.
        let plain: String = self.field.value().trim().chars().map(plain).collect();
        let strict = plain.len() == DATE_CHARS && plain.is_ascii();
        plain.parse().ok().filter(|_| strict)
    }

    /// Enter submits what is a day.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Enter => match self.day() {
                Some(due_on) => return Turn::Try(vec![Act::Order(self.command(due_on))]),
                None => self.wrong = true,
            },
            _ => {
                self.field.key(key);
                self.wrong = false;
            }
        }
        Turn::Stay
    }

    /// A day was pasted.
    pub fn paste(&mut self, text: &str) {
        self.field.set("");
        self.field.paste(text);
        self.wrong = false;
    }

    fn command(&self, due_on: Date) -> Command {
        let item = self.item.clone();
        match self.question {
            Some(question) => Command::EndQuestion { item, question, ended: Ended::Promised { due_on } },
            None => Command::EndQuestions { item, left: Some(Left::InWriting { due_on }) },
        }
    }

    /// Whether this command is what the form was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        match command {
            Command::EndQuestion { question, .. } => self.question == Some(*question),
            Command::EndQuestions { .. } => self.question.is_none(),
            _ => false,
        }
    }

    /// Whether the question is still on the floor, or questions still wait.
    pub fn stands(&self, state: &State) -> bool {
        let Some((_, review)) = on_floor(state) else { return false };
        match self.question {
            Some(id) => review.question(id).is_some_and(|question| question.standing == Standing::OnFloor),
            None => !review.queue.is_empty(),
        }
    }

    /// Draws the field at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>) {
        let (lang, theme) = (scene.lang, scene.theme);
        let inside = sheet(frame, page, scene, Words::DueTitle.text(lang), 2, self.wrong);
        let [row, below] = [0, 1].map(|y| Rect { y: inside.y + y, height: 1, ..inside });
        self.field.draw(frame, Rect { width: row.width.min(16), ..row }, theme);
        let line = match self.day() {
            _ if self.wrong => {
                let text =
                    format!("{} {} {}", Words::NoDate.text(lang), theme.dot(), Words::DueForm.text(lang));
                Line::styled(text, theme.alarm())
            }
            Some(day) => Line::styled(common::date(lang, day), theme.dim()),
            None => Line::styled(Words::DueForm.text(lang), theme.dim()),
        };
        frame.render_widget(Paragraph::new(line), below);
    }
}

fn plain(character: char) -> char {
    match u32::from(character) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(character),
        _ => character,
    }
}

/// The keys of the form.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("Enter", Console::Submit.text(lang)), hint("Esc", Console::Cancel.text(lang))]
}
