//! The declared results, each with the objections to it: to take one down, to settle one, or to ask for a reconsideration.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::pick::{For, Pick};
use super::reconsider::Reconsider;
use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{ItemId, OfficialId, SettledHow, State, can_be_reopened};
use crate::screen::Scene;
use crate::screen::text::{Side, clean, fit};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::letter;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::choose;
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::reopening::{self, Reopened};

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Row {
    /// A result, of an item or an official.
    Result(ItemId, Option<OfficialId>),
    /// An objection, by its number.
    Objection(u32),
}

/// The list.
#[derive(Debug, Default)]
pub struct Declared {
    at: usize,
    scroll: Scroll,
    /// What can be done on the row that is chosen: the keys that are shown.
    can: Vec<Can>,
}

/// What can be done on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Can {
    /// An objection is taken down.
    Object,
    /// A reconsideration is asked for.
    Reconsider,
    /// An objection is settled.
    Settle,
}

fn rows(state: &State) -> Vec<Row> {
    let mut rows = Vec::new();
    for (item, official) in state.declared_results() {
        rows.push(Row::Result(item.id.clone(), official.cloned()));
        let objections = state.result_objections_to(item, official);
        rows.extend(objections.map(|objection| Row::Objection(objection.number)));
    }
    rows
}

/// Whether there is a result to object to.
pub fn any(state: &State) -> bool {
    state.declared_results().next().is_some()
}

impl Declared {
    /// The list, at the objection with this number, or at the result that was declared last.
    pub fn at(state: &State, number: Option<u32>) -> Self {
        let rows = rows(state);
        let is_it = |row: &Row| matches!(row, Row::Objection(there) if Some(*there) == number);
        let last = rows.iter().rposition(|row| matches!(row, Row::Result(..)));
        let at = rows.iter().position(is_it).or(last).unwrap_or(0);
        let can = can(state, rows.get(at));
        Self { at, scroll: Scroll::default(), can }
    }

    /// Arrows choose. On a result O takes an objection down and C asks for a reconsideration; on an objection S lets the
    /// result stand and W has it voted on again.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let rows = rows(state);
        let last = rows.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Up => self.at = self.at.min(last).saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(last),
            _ => {}
        }
        let text = |purpose| Turn::Next(Box::new(Cover::Text(Text::new(purpose))));
        let chosen = rows.get(self.at.min(last));
        self.can = can(state, chosen);
        let may = |what| self.can.contains(&what);
        match (chosen, letter(key)) {
            (Some(Row::Result(item, official)), Some('O')) if may(Can::Object) => {
                let purpose = For::ResultObjector(item.clone(), official.clone());
                Turn::Next(Box::new(Cover::Pick(Pick::new(purpose))))
            }
            (Some(Row::Result(item, _)), Some('C')) if may(Can::Reconsider) => {
                let form = Reconsider::new(item.clone(), state);
                Turn::Next(Box::new(Cover::Reconsider(Box::new(form))))
            }
            (Some(Row::Objection(number)), Some('S')) if may(Can::Settle) => {
                text(Purpose::Settle(*number, SettledHow::Stands))
            }
            (Some(Row::Objection(number)), Some('W')) if may(Can::Settle) => {
                text(Purpose::Settle(*number, SettledHow::VoteAgain))
            }
            _ => Turn::Stay,
        }
    }

    /// Whether there is still a list.
    pub fn stands(&self, state: &State) -> bool {
        state.ended_at.is_none() && any(state)
    }

    /// The keys that do something on the row that is chosen.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let mut hints = Vec::new();
        for can in &self.can {
            match can {
                Can::Object => hints.push(hint("O", Reopened::Object.text(lang))),
                Can::Reconsider => hints.push(hint("C", Reopened::Reconsider.text(lang))),
                Can::Settle => {
                    hints.push(hint("S", Reopened::Stands.text(lang)));
                    hints.push(hint("W", Reopened::VoteAgain.text(lang)));
                }
            }
        }
        hints.push(hint("Esc", Console::Back.text(lang)));
        hints
    }

    /// Draws the list over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let inside = whole(frame, body, scene, Reopened::Results.text(lang));
        let cells = usize::from(inside.width);
        let rows = rows(state);
        self.at = self.at.min(rows.len().saturating_sub(1));
        self.can = can(state, rows.get(self.at));
        let line = |row: &Row| -> Line<'static> {
            let (text, style) = match row {
                Row::Result(item, official) => {
                    let name = reopening::result(state, item, official.as_ref());
                    let number = state.item_state(item).map_or(1, |item| item.result_number());
                    (reopening::declared(lang, &clean(&name), number), theme.strong())
                }
                Row::Objection(number) => {
                    let found = state.result_objections.iter().find(|one| one.number == *number);
                    let text = found.map(|one| reopening::objection(lang, state, one)).unwrap_or_default();
                    let style = if is_open(state, *number) { theme.alarm() } else { Style::new() };
                    (format!("   {}", clean(&text)), style)
                }
            };
            Line::styled(fit(&text, cells, Side::Left, theme.ellipsis()), style)
        };
        let shown = self.scroll.fit(rows.len(), inside.height.into(), Some(self.at..self.at + 1));
        let lines: Vec<Line<'static>> = shown
            .lines
            .filter_map(|place| {
                let drawn = line(rows.get(place)?);
                Some(if place == self.at { choose(drawn, cells, theme) } else { drawn })
            })
            .collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

fn is_open(state: &State, number: u32) -> bool {
    state.open_result_objections().any(|one| one.number == number)
}

/// What can be done on this row.
fn can(state: &State, row: Option<&Row>) -> Vec<Can> {
    let asked = |item: &ItemId| {
        state.current_item().is_none() && state.item(item).is_some_and(|item| can_be_reopened(item).is_ok())
    };
    match row {
        Some(Row::Result(item, _)) if asked(item) => vec![Can::Object, Can::Reconsider],
        Some(Row::Result(..)) => vec![Can::Object],
        Some(Row::Objection(number)) if is_open(state, *number) => vec![Can::Settle],
        Some(Row::Objection(_)) | None => Vec::new(),
    }
}
