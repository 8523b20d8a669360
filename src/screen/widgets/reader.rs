//! A long text to read: broken into lines once for a width and not for each drawing, scrolled, and searched.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::field::Field;
use super::letter;
use super::scroll::Scroll;
use crate::screen::Scene;
use crate::screen::terminal::nominees::more_line;
use crate::screen::text::{width, wrap};
use crate::words::official::{self as words, Official};

/// The longest search.
const FIND_CHARS_MAX: usize = 60;

/// A text and where one is in it.
#[derive(Debug, Default)]
pub struct Reader {
    /// The text that the lines were broken from, and the width.
    source: Option<(Arc<str>, usize)>,
    lines: Vec<String>,
    /// How often the text was broken into lines.
    wraps: u32,
    scroll: Scroll,
    find: Option<Field>,
    wanted: String,
    /// The lines on which a hit begins.
    hits: Vec<usize>,
    hit: usize,
}

impl Reader {
    /// Whether a search is being typed: then every character is its own.
    pub const fn is_typing(&self) -> bool {
        self.find.is_some()
    }

    /// Whether there is a hit to go on from.
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// Whether there is more than fits.
    pub const fn overflows(&self) -> bool {
        self.scroll.overflows()
    }

    /// How often the text was broken into lines: for tests of smoothness.
    pub const fn wraps(&self) -> u32 {
        self.wraps
    }

    /// A key. Whether the reader has used it.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        if let Some(field) = &mut self.find {
            match key.code {
                KeyCode::Esc => self.find = None,
                KeyCode::Enter => {
                    self.wanted = field.take().trim().to_owned();
                    self.find = None;
                    self.search();
                    self.hit = 0;
                    self.go_to_hit();
                }
                _ => {
                    field.key(key);
                }
            }
            return true;
        }
        match letter(key) {
            Some('/') => self.find = Some(Field::new(FIND_CHARS_MAX)),
            Some('N') if self.has_hits() => {
                self.hit = (self.hit + 1) % self.hits.len();
                self.go_to_hit();
            }
            _ => return self.scroll.key(key.code),
        }
        true
    }

    /// Text was pasted into the search.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = &mut self.find {
            field.paste(text);
        }
    }

    fn go_to_hit(&mut self) {
        if let Some(line) = self.hits.get(self.hit) {
            self.scroll.go_to(line.saturating_sub(2));
        }
    }

    /// Finds the lines on which what is wanted begins. Spaces and line breaks do not count, nor do capitals: a phrase is
    /// found where it runs over the end of a line.
    fn search(&mut self) {
        self.hits.clear();
        let squeeze = |text: &str| -> String {
            text.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect()
        };
        let wanted = squeeze(&self.wanted);
        if wanted.is_empty() {
            return;
        }
        let mut whole = String::new();
        let mut starts = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            starts.push(whole.len());
            whole.push_str(&squeeze(line));
        }
        for (at, _) in whole.match_indices(&wanted) {
            let line = starts.partition_point(|start| *start <= at).saturating_sub(1);
            if self.hits.last() != Some(&line) {
                self.hits.push(line);
            }
        }
    }

    fn lay_out(&mut self, text: &Arc<str>, cells: usize) {
        let same = self.source.as_ref().is_some_and(|(source, at)| *at == cells && Arc::ptr_eq(source, text));
        if same {
            return;
        }
        self.lines = wrap(text, cells);
        self.wraps += 1;
        self.source = Some((Arc::clone(text), cells));
        self.search();
    }

    /// Draws a text that is here.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, text: &Arc<str>) {
        let (lang, theme) = (scene.lang, scene.theme);
        self.lay_out(text, area.width.into());
        let [body, foot] = Layout::vertical([Constraint::Min(1), Constraint::Length(1)]).areas(area);
        let shown = self.scroll.fit(self.lines.len(), body.height.into(), None);
        let current = self.hits.get(self.hit).copied();
        let lines: Vec<Line<'_>> = shown
            .lines
            .clone()
            .filter_map(|number| {
                let line = Line::raw(self.lines.get(number)?.as_str());
                Some(match self.hits.binary_search(&number) {
                    Ok(_) if current == Some(number) => line.style(theme.chosen()),
                    Ok(_) => line.style(theme.accent()),
                    Err(_) => line,
                })
            })
            .collect();
        frame.render_widget(Paragraph::new(lines), body);
        if let Some(field) = &self.find {
            let label = format!("{}  ", Official::Find.text(lang));
            let wide = u16::try_from(width(&label)).unwrap_or(0);
            let [name, place] =
                Layout::horizontal([Constraint::Length(wide), Constraint::Min(1)]).areas(foot);
            frame.render_widget(Paragraph::new(Span::styled(label, theme.accent())), name);
            field.draw(frame, place, theme);
            return;
        }
        let found = match (self.wanted.is_empty(), self.hits.len()) {
            (true, _) => String::new(),
            (false, 0) => format!("{}   ", Official::FindNone.text(lang)),
            (false, of) => format!("{}   ", words::hit(lang, self.hit + 1, of)),
        };
        let wide = u16::try_from(width(&found)).unwrap_or(0);
        let [left, right] = Layout::horizontal([Constraint::Length(wide), Constraint::Min(1)]).areas(foot);
        frame.render_widget(Paragraph::new(Span::styled(found, theme.strong())), left);
        frame.render_widget(more_line(scene, shown.above, shown.below), right);
    }
}
