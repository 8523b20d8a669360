//! A nominee's materials: the introduction and what the inspection found.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{Turn, hint, whole};
use crate::plan::Nominee;
use crate::screen::text::{clean, wrap};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;

/// A text and where one is in it.
#[derive(Debug)]
pub struct Material {
    title: String,
    introduction: String,
    inspection: String,
    inspecting: bool,
    text: Option<Result<Arc<str>, String>>,
    scroll: Scroll,
}

impl Material {
    /// The nominee's introduction, to be read.
    pub fn new(nominee: &Nominee) -> (Self, Act) {
        let act = Act::Material(nominee.introduction.clone());
        let material = Self {
            title: format!("{}  {}", nominee.name, nominee.post),
            introduction: nominee.introduction.clone(),
            inspection: nominee.inspection.clone(),
            inspecting: false,
            text: None,
            scroll: Scroll::default(),
        };
        (material, act)
    }

    fn path(&self) -> &str {
        if self.inspecting { &self.inspection } else { &self.introduction }
    }

    /// A text has come, or why it has not.
    pub fn read(&mut self, path: &str, result: Result<Arc<str>, String>) {
        if path == self.path() {
            self.text = Some(result);
        }
    }

    /// Tab turns to the other material; arrows scroll.
    pub fn key(&mut self, key: KeyEvent) -> Turn {
        match key.code {
            KeyCode::Esc | KeyCode::Enter | KeyCode::Char('i' | 'I') => Turn::Leave,
            KeyCode::Tab => {
                self.inspecting = !self.inspecting;
                self.text = None;
                self.scroll = Scroll::default();
                Turn::Try(vec![Act::Material(self.path().to_owned())])
            }
            code => {
                self.scroll.key(code);
                Turn::Stay
            }
        }
    }

    /// Draws the text over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>) {
        let lang = scene.lang;
        let which = if self.inspecting { Console::Inspection } else { Console::Introduction };
        let dot = scene.theme.dot();
        let title = format!("{} {dot} {}", which.text(lang), clean(&self.title));
        let inside = whole(frame, body, scene, &title);
        let text = match &self.text {
            None => Console::Reading.text(lang),
            Some(Ok(text)) => text,
            Some(Err(why)) => why.as_str(),
        };
        let lines = wrap(text, inside.width.into());
        let shown = self.scroll.fit(lines.len(), inside.height.into(), None);
        let lines: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).map(Line::raw).collect();
        frame.render_widget(Paragraph::new(lines), inside);
    }
}

/// The keys of a material.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![
        hint("Tab", Console::OtherMaterial.text(lang)),
        hint("PgUp/PgDn", Console::ScrollWord.text(lang)),
        hint("Esc", Console::Back.text(lang)),
    ]
}
