//! A screen that panics: its meeting goes on, and so does the next screen beside the same hub.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent};
use futures::StreamExt as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use plenum::client::{Client, View};
use plenum::screen::run::{Look, keep_showing, run_on};
use plenum::screen::{Act, Answer, Scene, Screen, Theme};
use plenum::words::Lang;
use ratatui::backend::TestBackend;
use ratatui::{Frame, Terminal};

use super::{soon, tally};

/// What this screen's panic says.
pub const INTENDED: &str = "this screen panics, as it should here";

/// Panics at `p` and leaves at `q`.
struct Faulty;

impl Screen for Faulty {
    fn draw(&mut self, _frame: &mut Frame<'_>, _scene: &Scene<'_>) {}

    fn key(&mut self, key: KeyEvent, _view: &View) -> Vec<Act> {
        assert_ne!(key.code, KeyCode::Char('p'), "{INTENDED}");
        vec![Act::Quit]
    }

    fn answered(&mut self, _answer: Answer, _view: &View) -> Vec<Act> {
        Vec::new()
    }

    fn viewed(&mut self, _view: &View) -> Vec<Act> {
        Vec::new()
    }

    fn next_tick(&self, _view: &View, _now: Timestamp) -> Option<Duration> {
        None
    }
}

/// Three screens of the console's client panic, and a fourth is left as usual.
pub async fn panicking(console: &Client) {
    let mut keys = vec!['q', 'p', 'p', 'p'];
    let shown = keep_showing(
        || {
            let key = KeyCode::Char(keys.pop().unwrap());
            let events = futures::stream::iter([Ok(Event::Key(KeyEvent::from(key)))]);
            let terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
            let theme = Theme::new(true, true);
            let look = Look { lang: Lang::En, theme, zone: TimeZone::UTC };
            run_on(terminal, events.chain(futures::stream::pending()), Faulty, console.clone(), look)
        },
        async || {
            tally::PANICS.add(1);
            true
        },
    );
    soon("the screens", shown).await.unwrap();
    assert!(keys.is_empty(), "each was followed by another");
}
