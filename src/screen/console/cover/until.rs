//! Adjourning to another day: when the meeting goes on, and why. What is no date or no time is refused here, what is not
//! ahead by the rules. Everybody is signed out by it, so it takes a second, different key.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::civil::{DateTime, Time};
use jiff::tz::TimeZone;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::due::plain;
use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, sheet};
use crate::meeting::{Actor, Command, CommandKind, RoomTime, State, TEXT_CHARS_MAX, rights};
use crate::screen::text::{width, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::letter;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::{self, Console};
use crate::words::sittings::{self, Sittings};

/// `2026-12-01 09:00`
const TIME_CHARS: usize = 16;

/// When meetings usually begin.
const USUAL_TIME: Time = jiff::civil::time(9, 0, 0, 0);

/// The form.
#[derive(Debug)]
pub struct Until {
    fields: [Field; 2],
    at: usize,
    /// The clock of the room.
    zone: TimeZone,
    wrong: bool,
    /// The second key is awaited, for this.
    asking: Option<RoomTime>,
}

impl Until {
    /// The form, with the morning after this sitting's day in it.
    pub fn new(state: &State, zone: TimeZone) -> Self {
        let last = state.sittings.last().map_or(state.plan().meeting.date, |sitting| sitting.until.at.date());
        let mut day = Field::new(TIME_CHARS);
        let next = last.tomorrow().unwrap_or(last).to_datetime(USUAL_TIME);
        day.set(&next.strftime("%Y-%m-%d %H:%M").to_string());
        Self { fields: [day, Field::new(TEXT_CHARS_MAX as usize)], at: 0, zone, wrong: false, asking: None }
    }

    fn typed(&self) -> Option<DateTime> {
        // An input method's full-width digits and points are digits and points.
        let typed: String = self.fields[0].value().trim().chars().map(plain).collect();
        DateTime::strptime("%Y-%m-%d %H:%M", &typed).ok().filter(|_| typed.is_ascii())
    }

    fn command(&self, until: RoomTime) -> Command {
        Command::AdjournTo { until, reason: self.fields[1].value().trim().to_owned() }
    }

    /// Enter asks for the second key; Y gives it. Up and down move between the fields; Tab ends the meeting instead.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        if let Some(until) = self.asking {
            self.asking = None;
            return match (letter(key), key.code) {
                (Some('Y'), _) => Turn::Try(vec![Act::Order(self.command(until))]),
                _ => Turn::Stay,
            };
        }
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Tab => return Turn::Next(Box::new(Cover::Text(Text::new(Purpose::Adjourn)))),
            KeyCode::Up | KeyCode::Down => self.at = 1 - self.at,
            KeyCode::Enter => match self.typed().and_then(|at| RoomTime::in_zone(at, &self.zone)) {
                None => (self.wrong, self.at) = (true, 0),
                Some(_) if self.fields[1].value().trim().is_empty() => self.at = 1,
                Some(until) => self.asking = Some(until),
            },
            _ => {
                self.wrong = false;
                if let Some(field) = self.fields.get_mut(self.at) {
                    field.key(key);
                }
            }
        }
        Turn::Stay
    }

    /// Something was pasted.
    pub fn paste(&mut self, text: &str) {
        self.wrong = false;
        if let Some(field) = self.fields.get_mut(self.at).filter(|_| self.asking.is_none()) {
            field.paste(text);
        }
    }

    /// Whether this command is what the form was for.
    pub fn is_served_by(command: &Command) -> bool {
        command.kind() == CommandKind::AdjournTo
    }

    /// Whether the meeting can still be adjourned.
    pub fn stands(state: &State) -> bool {
        rights::check(state, &Actor::Console, CommandKind::AdjournTo).is_ok()
    }

    /// Whether characters are part of a text here; not while the second key is awaited.
    pub fn is_typing(&self) -> bool {
        self.asking.is_none()
    }

    /// The keys of the form.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        if self.asking.is_some() {
            return vec![hint("Y", Console::Yes.text(lang)), hint("Esc", Console::Cancel.text(lang))];
        }
        vec![
            hint("Enter", Console::Submit.text(lang)),
            hint("↑↓", Console::NextField.text(lang)),
            hint("Tab", Sittings::ToEnd.text(lang)),
            hint("Esc", Console::Cancel.text(lang)),
        ]
    }

    /// Draws the form at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>) {
        let (lang, theme) = (scene.lang, scene.theme);
        let title = Sittings::AskUntil.text(lang);
        if let Some(until) = self.asking {
            let cells = usize::from(page.width).saturating_sub(8);
            let warning = sittings::warning(lang, until.at);
            let mut lines: Vec<Line<'_>> = wrap(&warning, cells).into_iter().map(Line::raw).collect();
            lines.push(Line::styled(console::press_y(lang), theme.accent()));
            let inside = sheet(frame, page, scene, title, lines.len(), true);
            frame.render_widget(Paragraph::new(lines), inside);
            return;
        }
        let inside = sheet(frame, page, scene, title, 3, self.wrong);
        let labels = [Sittings::Until, Sittings::Reason].map(|label| label.text(lang));
        let wide = labels.iter().map(|label| width(label)).max().unwrap_or(0);
        for (place, (label, field)) in labels.iter().zip(&self.fields).enumerate() {
            let here = place == self.at;
            let row = Rect { y: inside.y + u16::try_from(place).unwrap_or(0), height: 1, ..inside };
            field.draw_labelled(frame, row, (label, wide), here, theme);
        }
        let below = Rect { y: inside.y + 2, height: 1, ..inside };
        let line = match self.typed() {
            _ if self.wrong => {
                let text = format!(
                    "{} {} {}",
                    Sittings::NoTime.text(lang),
                    theme.dot(),
                    Sittings::UntilForm.text(lang)
                );
                Line::styled(text, theme.alarm())
            }
            Some(at) => Line::styled(sittings::written(lang, at), theme.dim()),
            None => Line::styled(Sittings::UntilForm.text(lang), theme.dim()),
        };
        frame.render_widget(Paragraph::new(line), below);
    }
}
