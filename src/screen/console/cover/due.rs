//! A day: by which an answer in writing is due, fifteen working days unless another is typed; or on which somebody was
//! notified of a major matter. What is no day is refused here, what is the wrong one by the rules.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::civil::Date;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, sheet};
use crate::meeting::{Command, Ended, ItemId, Left, QuestionId, SeatId, Stage, Standing, State};
use crate::rules::add_working_days;
use crate::screen::console::review::on_floor;
use crate::screen::text::{clean, cut};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::common;
use crate::words::console::Console;
use crate::words::matter::Open;
use crate::words::review::Review as Words;
use crate::words::who;

/// How many working days an answer in writing takes by default.
const DUE_WORKING_DAYS: u32 = 15;
/// `2026-12-15`
const DATE_CHARS: usize = 10;

/// What the day is of.
#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// The answer to this question; none for all that wait.
    Answer(Option<QuestionId>),
    /// The notification of this person, or of all who have none.
    Notice(Option<SeatId>, SeatId),
}

/// The form.
#[derive(Debug)]
pub struct Due {
    item: ItemId,
    what: What,
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
        Self { item, what: What::Answer(question), field, wrong: false }
    }

    /// The form for a notification of this person; Tab makes it one of all who have none.
    pub fn notice(item: ItemId, seat: SeatId) -> Self {
        let what = What::Notice(Some(seat.clone()), seat);
        Self { item, what, field: Field::new(DATE_CHARS), wrong: false }
    }

    /// Who was notified.
    fn notified(&self, state: &State) -> Vec<SeatId> {
        match &self.what {
            What::Notice(Some(seat), _) => vec![seat.clone()],
            What::Notice(None, _) => {
                state.item_state(&self.item).map(|item| state.not_notified(item)).unwrap_or_default()
            }
            What::Answer(_) => Vec::new(),
        }
    }

    fn day(&self) -> Option<Date> {
        // An input method's full-width digits and points are digits and points.
        let plain: String = self.field.value().trim().chars().map(plain).collect();
        let strict = plain.len() == DATE_CHARS && plain.is_ascii();
        plain.parse().ok().filter(|_| strict)
    }

    /// Enter submits what is a day.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Enter => match self.day() {
                Some(day) => return Turn::Try(vec![Act::Order(self.command(day, state))]),
                None => self.wrong = true,
            },
            KeyCode::Tab => {
                if let What::Notice(whom, seat) = &mut self.what {
                    *whom = if whom.is_some() { None } else { Some(seat.clone()) };
                }
            }
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

    fn command(&self, day: Date, state: &State) -> Command {
        let item = self.item.clone();
        match self.what {
            What::Answer(Some(question)) => {
                Command::EndQuestion { item, question, ended: Ended::Promised { due_on: day } }
            }
            What::Answer(None) => Command::EndQuestions { item, left: Some(Left::InWriting { due_on: day }) },
            What::Notice(..) => Command::RecordNotice { item, seats: self.notified(state), on: day },
        }
    }

    /// Whether this command is what the form was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        match (&self.what, command) {
            (What::Answer(asked), Command::EndQuestion { question, .. }) => *asked == Some(*question),
            (What::Answer(asked), Command::EndQuestions { .. }) => asked.is_none(),
            (What::Notice(..), Command::RecordNotice { .. }) => true,
            _ => false,
        }
    }

    /// Whether the question is still on the floor, or questions still wait, or the notification is still missing.
    pub fn stands(&self, state: &State) -> bool {
        let review = on_floor(state).map(|(_, review)| review);
        match &self.what {
            What::Answer(Some(id)) => {
                let question = review.and_then(|review| review.question(*id));
                question.is_some_and(|question| question.standing == Standing::OnFloor)
            }
            What::Answer(None) => review.is_some_and(|review| !review.queue.is_empty()),
            What::Notice(..) => {
                let item = state.item_state(&self.item);
                item.is_some_and(|item| item.stage == Stage::ToCome && !state.not_notified(item).is_empty())
            }
        }
    }

    /// The keys of the form.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let mut hints = vec![hint("Enter", Console::Submit.text(lang))];
        if matches!(self.what, What::Notice(..)) {
            hints.push(hint("Tab", Open::AllMissing.text(lang)));
        }
        hints.push(hint("Esc", Console::Cancel.text(lang)));
        hints
    }

    /// Draws the field at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let whom: Vec<String> =
            self.notified(state).iter().map(|seat| clean(state.name(seat)).into_owned()).collect();
        let title = match self.what {
            What::Answer(_) => Words::DueTitle.text(lang).to_owned(),
            What::Notice(..) => {
                format!("{} {} {}", Open::Notice.text(lang), theme.dot(), who::names(lang, &whom))
            }
        };
        let title = cut(&title, usize::from(page.width).saturating_sub(10), theme.ellipsis()).into_owned();
        let inside = sheet(frame, page, scene, &title, 2, self.wrong);
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

pub(super) fn plain(character: char) -> char {
    match u32::from(character) {
        wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(character),
        _ => character,
    }
}
