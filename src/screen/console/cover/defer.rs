//! The lines of the paper, to defer one or to take a deferral back.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::text::{Purpose, Text};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, Command, CommandKind, ItemId, LineId, State, rights};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::{Cell, Column, Table, choose};
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::console::Console;
use crate::words::term;

/// The list.
#[derive(Debug)]
pub struct Defer {
    item: ItemId,
    at: usize,
    scroll: Scroll,
}

impl Defer {
    /// The lines of an item, one of them chosen.
    pub fn new(item: ItemId, at: usize) -> Self {
        Self { item, at, scroll: Scroll::default() }
    }

    /// Arrows choose; Enter defers, with a reason, or takes back.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let lines = state.item(&self.item).map_or(&[][..], crate::plan::Item::lines);
        let last = lines.len().saturating_sub(1);
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Up => self.at = self.at.saturating_sub(1),
            KeyCode::Down => self.at = (self.at + 1).min(last),
            KeyCode::Enter => {
                let Some(line) = lines.get(self.at).map(|line| LineId::from(line.id.as_str())) else {
                    return Turn::Leave;
                };
                let item = self.item.clone();
                let deferred = state.item_state(&item).is_some_and(|item| item.deferred.contains_key(&line));
                if deferred {
                    return Turn::Do(vec![Act::Order(Command::Undefer { item, line })]);
                }
                return Turn::Next(Box::new(Cover::Text(Text::new(Purpose::Defer(item, line)))));
            }
            _ => {}
        }
        Turn::Stay
    }

    /// Whether lines can still be deferred.
    pub fn stands(&self, state: &State) -> bool {
        state.current_item().is_some_and(|item| item.id == self.item)
            && rights::check(state, &Actor::Console, CommandKind::Defer).is_ok()
    }

    /// Draws the list.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let inside = whole(frame, body, scene, Console::DeferPick.text(lang));
        let (Some(plan), Some(item)) = (state.item(&self.item), state.item_state(&self.item)) else { return };
        let table = Table {
            columns: vec![
                Column::figures("#"),
                Column::aside(Common::Post.text(lang)),
                Column::text(term::who_column(lang, item)),
                Column::aside(Common::State.text(lang)),
            ],
            rows: plan
                .lines()
                .iter()
                .enumerate()
                .map(|(place, line)| {
                    let reason = item.deferred.get(&LineId::from(line.id.as_str()));
                    let word = reason.map_or(String::new(), |reason| {
                        format!("{} {} {reason}", Common::Deferred.text(lang), theme.dot())
                    });
                    vec![
                        Cell::from((place + 1).to_string()),
                        Cell::from(line.post.as_str()),
                        Cell::new(&line.name, theme.strong()),
                        Cell::from(word),
                    ]
                })
                .collect(),
        };
        let widths = table.widths(inside.width.into());
        let mut lines = vec![table.head(&widths, theme)];
        let rows = usize::from(inside.height).saturating_sub(1);
        let shown = self.scroll.fit(table.rows.len(), rows, Some(self.at..self.at + 1));
        lines.extend(shown.lines.map(|row| -> Line<'static> {
            let line = table.line(row, &widths, theme);
            if row == self.at { choose(line, inside.width.into(), theme) } else { line }
        }));
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of the list.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("Enter", Console::DeferThis.text(lang)), hint("Esc", Console::Back.text(lang))]
}
