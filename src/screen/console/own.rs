//! The presiding officer's own ballot paper: the screen of that seat, laid over the whole console. It is another
//! client with that seat's key; the console passes keys and answers on and sees neither marks nor ballot.

use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Paragraph};

use crate::client::{Paper, View};
use crate::screen::text::{Side, clean, fit};
use crate::screen::{Act, Answer, Scene, Screen};
use crate::words::console;

/// The screen of the own seat.
pub struct Own {
    screen: Box<dyn Screen + Send>,
    view: Option<Arc<View>>,
    open: bool,
}

impl std::fmt::Debug for Own {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Own").field("open", &self.open).finish_non_exhaustive()
    }
}

impl Own {
    /// The screen, closed.
    pub fn new(screen: Box<dyn Screen + Send>) -> Self {
        Self { screen, view: None, open: false }
    }

    /// Whether there is something to open: the own client has said what it knows.
    pub fn is_ready(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.state.is_some())
    }

    /// Whether it lies over the console.
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Opens it.
    pub fn open(&mut self) {
        self.open = self.is_ready();
    }

    /// What the own client knows has changed.
    pub fn viewed(&mut self, view: &Arc<View>) -> Vec<Act> {
        self.view = Some(Arc::clone(view));
        let acts = self.screen.viewed(view);
        self.wrapped(acts)
    }

    /// A key. F9 comes back to the console; Esc too, unless the paper is being marked, where Esc has a meaning.
    pub fn key(&mut self, key: KeyEvent) -> Vec<Act> {
        let Some(view) = self.view.clone() else { return Vec::new() };
        let leaves = match key.code {
            KeyCode::F(9) => true,
            KeyCode::Esc => !matches!(view.paper, Paper::Open | Paper::Casting),
            _ => false,
        };
        if leaves {
            self.open = false;
            return Vec::new();
        }
        let acts = self.screen.key(key, &view);
        self.wrapped(acts)
    }

    /// Text was pasted.
    pub fn paste(&mut self, text: &str) -> Vec<Act> {
        let Some(view) = self.view.clone() else { return Vec::new() };
        let acts = self.screen.paste(text, &view);
        self.wrapped(acts)
    }

    /// An act of the own seat was answered.
    pub fn answered(&mut self, answer: Answer) -> Vec<Act> {
        let Some(view) = self.view.clone() else { return Vec::new() };
        let acts = self.screen.answered(answer, &view);
        self.wrapped(acts)
    }

    /// What the seat wants done is the own client's to do; leaving its screen is coming back to the console.
    fn wrapped(&mut self, acts: Vec<Act>) -> Vec<Act> {
        let mut wrapped = Vec::new();
        for act in acts {
            match act {
                Act::Quit => self.open = false,
                Act::Bell => wrapped.push(Act::Bell),
                act => wrapped.push(Act::Own(Box::new(act))),
            }
        }
        wrapped
    }

    /// Draws the seat's screen over everything, under a line that says how to come back.
    pub fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let Some(view) = self.view.clone() else { return };
        self.screen.draw(frame, &Scene { view: &view, ..*scene });
        let area = frame.area();
        let line = Rect { height: 1.min(area.height), ..area };
        let name = view.me.seat().zip(view.state.as_deref()).map(|(seat, state)| state.name(seat).to_owned());
        let text = console::own_paper(scene.lang, &clean(&name.unwrap_or_default()));
        let text = fit(&format!(" {text}"), line.width.into(), Side::Left, scene.theme.ellipsis());
        frame.render_widget(Clear, line);
        frame.render_widget(Paragraph::new(Line::styled(text, scene.theme.chosen())), line);
    }
}
