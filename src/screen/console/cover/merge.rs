//! The other questions that wait, to merge one into one of them.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, whole};
use crate::meeting::{Command, ItemId, QuestionId, State};
use crate::screen::console::page::questions::queue_table;
use crate::screen::console::review::on_floor;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::choose;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;
use crate::words::review::Review as Words;

/// The list.
#[derive(Debug)]
pub struct Merge {
    item: ItemId,
    question: QuestionId,
    into: Option<QuestionId>,
    scroll: Scroll,
}

impl Merge {
    /// The questions into which this one can be merged.
    pub fn new(item: ItemId, question: QuestionId) -> Self {
        Self { item, question, into: None, scroll: Scroll::default() }
    }

    fn others(&self, state: &State) -> Vec<QuestionId> {
        let queue = on_floor(state).map_or(&[][..], |(_, review)| review.queue.as_slice());
        queue.iter().copied().filter(|id| *id != self.question).collect()
    }

    fn place(&self, others: &[QuestionId]) -> usize {
        self.into.and_then(|into| others.iter().position(|id| *id == into)).unwrap_or(0)
    }

    /// Arrows choose; Enter merges.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        let others = self.others(state);
        let at = self.place(&others);
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Up => self.into = others.get(at.saturating_sub(1)).copied(),
            KeyCode::Down => self.into = others.get((at + 1).min(others.len().saturating_sub(1))).copied(),
            KeyCode::Enter => {
                let Some(into) = others.get(at).copied() else { return Turn::Leave };
                let (item, question) = (self.item.clone(), self.question);
                return Turn::Do(vec![Act::Order(Command::MergeQuestion { item, question, into })]);
            }
            _ => {}
        }
        Turn::Stay
    }

    /// Whether the question and another one still wait.
    pub fn stands(&self, state: &State) -> bool {
        on_floor(state)
            .is_some_and(|(_, review)| review.queue.contains(&self.question) && review.queue.len() > 1)
    }

    /// Draws the list over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let (lang, theme) = (scene.lang, scene.theme);
        let title = format!("{} {} {}", Words::MergePick.text(lang), theme.dot(), self.question);
        let inside = whole(frame, body, scene, &title);
        let Some((_, review)) = on_floor(state) else { return };
        let others = self.others(state);
        let at = self.place(&others);
        let rows = usize::from(inside.height);
        let shown = self.scroll.fit(others.len(), rows, Some(at..at + 1));
        let visible = others.get(shown.lines.clone()).unwrap_or_default();
        let table = queue_table(scene, state, review, visible, inside.width.into());
        let widths = table.widths(inside.width.into());
        let lines: Vec<Line<'_>> = (0..visible.len())
            .map(|row| {
                let line = table.line(row, &widths, theme);
                if shown.lines.start + row == at { choose(line, inside.width.into(), theme) } else { line }
            })
            .collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of the list.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("Enter", Words::MergeInto.text(lang)), hint("Esc", Console::Back.text(lang))]
}
