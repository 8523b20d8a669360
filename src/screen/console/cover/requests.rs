//! Who asked for the floor, in the order they asked: one is called, for so many minutes, or refused with a reason.

use crossterm::event::{KeyCode, KeyEvent};
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::pick::{For, Pick};
use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, Command, CommandKind, SeatId, State, Timer, rights};
use crate::screen::text::clean;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::{Cell, Column, Table, choose};
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::console::Console;
use crate::words::review::{self, Review as Words};
use crate::words::who;

/// How long a speaker has, unless another number is typed, in minutes.
const MINUTES: u32 = 3;
/// The longest, in minutes: two digits.
const MINUTES_MAX: u32 = 99;

/// The list.
#[derive(Debug)]
pub struct Requests {
    chosen: Option<SeatId>,
    minutes: u32,
    /// A digit was typed: the next one is added to it.
    typed: bool,
    scroll: Scroll,
}

impl Default for Requests {
    fn default() -> Self {
        Self { chosen: None, minutes: MINUTES, typed: false, scroll: Scroll::default() }
    }
}

impl Requests {
    fn place(&self, state: &State) -> usize {
        let chosen = self.chosen.as_ref();
        let at = chosen.and_then(|seat| state.floor.waiting.iter().position(|other| other == seat));
        at.unwrap_or(0)
    }

    fn seconds(&self) -> u32 {
        self.minutes.max(1) * 60
    }

    /// Arrows choose, digits set the minutes, Enter calls, X refuses, E ends the speech, Tab calls somebody else.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let waiting = &state.floor.waiting;
        let at = self.place(state);
        if let Some(digit) = letter(key).and_then(|sign| sign.to_digit(10)) {
            let before = if self.typed { self.minutes * 10 } else { 0 };
            self.minutes = if before + digit > MINUTES_MAX { digit } else { before + digit };
            self.typed = true;
            return Turn::Stay;
        }
        match (letter(key), key.code) {
            (Some('L'), _) | (_, KeyCode::Esc) => return Turn::Leave,
            (Some('E'), _) if state.floor.speaking.is_some() => {
                return Turn::Try(vec![Act::Order(Command::EndSpeech)]);
            }
            (Some('X'), _) => {
                if let Some(seat) = waiting.get(at) {
                    let purpose = Purpose::RefuseSpeaker(seat.clone());
                    return Turn::Next(Box::new(Cover::Text(Text::new(purpose))));
                }
            }
            (_, KeyCode::Tab) => {
                return Turn::Next(Box::new(Cover::Pick(Pick::new(For::Speaker(self.seconds())))));
            }
            (_, KeyCode::Up) => self.chosen = waiting.get(at.saturating_sub(1)).cloned(),
            (_, KeyCode::Down) => {
                self.chosen = waiting.get((at + 1).min(waiting.len().saturating_sub(1))).cloned();
            }
            (_, KeyCode::Enter) => {
                if let Some(seat) = waiting.get(at) {
                    let call = Command::CallSpeaker { seat: seat.clone(), seconds: self.seconds() };
                    return Turn::Try(vec![Act::Order(call)]);
                }
            }
            (_, KeyCode::Backspace) => self.minutes /= 10,
            _ => {}
        }
        Turn::Stay
    }

    /// Somebody was called: the list has served.
    pub fn is_served_by(&self, command: &Command) -> bool {
        matches!(command, Command::CallSpeaker { .. })
    }

    /// Whether the floor can be given.
    pub fn stands(&self, state: &State) -> bool {
        rights::check(state, &Actor::Console, CommandKind::CallSpeaker).is_ok()
    }

    /// Draws the list over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let inside = whole(frame, body, scene, Words::Floor.text(lang));
        let mut lines: Vec<Line<'_>> = Vec::new();
        if let Some((seat, clock)) = &state.floor.speaking {
            let text = speech(lang, state, seat, clock, scene.now);
            let style = if clock.left(scene.now) < 0 { theme.alarm() } else { theme.accent() };
            lines.push(Line::styled(text, style));
        }
        lines.push(Line::styled(review::minutes_for(lang, self.minutes.max(1)), theme.dim()));
        lines.push(Line::raw(""));
        if state.floor.waiting.is_empty() {
            lines.push(Line::styled(Words::NobodyAsks.text(lang), theme.dim()));
            frame.render_widget(Paragraph::new(lines), inside);
            return;
        }
        let table = table(scene, state);
        let widths = table.widths(inside.width.into());
        lines.push(table.head(&widths, theme));
        let at = self.place(state);
        let rows = usize::from(inside.height).saturating_sub(lines.len());
        let shown = self.scroll.fit(table.rows.len(), rows, Some(at..at + 1));
        lines.extend(shown.lines.map(|row| {
            let line = table.line(row, &widths, theme);
            if row == at { choose(line, inside.width.into(), theme) } else { line }
        }));
        frame.render_widget(Paragraph::new(lines), inside);
    }

    /// The keys of the list.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        vec![
            hint("Enter", Words::Call.text(lang)),
            hint("X", Words::Refuse.text(lang)),
            hint("E", Words::EndSpeech.text(lang)),
            hint("Tab", Words::SomebodyElse.text(lang)),
            hint("0-9", Words::Minutes.text(lang)),
            hint("Esc", Console::Back.text(lang)),
        ]
    }
}

fn table(scene: &Scene<'_>, state: &State) -> Table {
    let (lang, plan) = (scene.lang, state.plan());
    let rows = state.floor.waiting.iter().enumerate().map(|(place, seat)| {
        let person = plan.person(seat.as_str());
        let group = person.and_then(|person| plan.group(&person.group)).map_or("", |group| &group.name);
        vec![
            Cell::from((place + 1).to_string()),
            Cell::new(state.name(seat), scene.theme.strong()),
            Cell::from(group),
            Cell::from(person.map_or("", |person| person.unit.as_str())),
        ]
    });
    Table {
        columns: vec![
            Column::figures("#"),
            Column::text(Common::Name.text(lang)),
            Column::aside(Common::Group.text(lang)),
            Column::aside(Common::Unit.text(lang)),
        ],
        rows: rows.collect(),
    }
}

/// Who has the floor, and how much is left.
pub fn speech(lang: Lang, state: &State, seat: &SeatId, clock: &Timer, now: Timestamp) -> String {
    let name = who::name(Some(state), seat);
    let mut text = format!("{}  {}", review::has_the_floor(lang, &name), review::left(lang, clock.left(now)));
    if !clock.runs() {
        text.push_str(&format!("  {}", Words::Paused.text(lang)));
    }
    clean(&text).into_owned()
}
