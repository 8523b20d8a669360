//! Everyone with a seat, to pick one: signed in or out by hand, asked to leave or called back, given a new code; or
//! only to see who is connected. Never what anyone chose, nor whether.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;

use super::confirm::{Confirm, What};
use super::{Cover, Turn, hint, whole};
use crate::meeting::{Actor, Command, CommandKind, ItemId, SeatId, State, rights};
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::people::{Only, People, Picked, toggle};
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;

/// What the person is picked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum For {
    /// Signing in or out.
    Attendance,
    /// Leaving for the deliberation, or coming back.
    Recusal(ItemId),
    /// A new code.
    Reissue,
    /// To look only.
    Connections,
}

/// The list.
#[derive(Debug)]
pub struct Pick {
    /// What for.
    pub purpose: For,
    /// The list itself.
    pub people: People,
}

impl Pick {
    /// The list for a purpose.
    pub fn new(purpose: For) -> Self {
        let mut people = People::default();
        if matches!(purpose, For::Recusal(_)) {
            people.only = Only::Present;
        }
        Self { purpose, people }
    }

    /// Letters search, Tab filters, Enter picks.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match key.code {
            KeyCode::Esc => return Turn::Leave,
            KeyCode::Tab => {
                self.people.only = self.people.only.next();
                return Turn::Stay;
            }
            _ => {}
        }
        match self.people.key(key, state) {
            Picked::Person(seat) => self.picked(seat, state),
            Picked::Used | Picked::Not => Turn::Stay,
        }
    }

    fn picked(&self, seat: SeatId, state: &State) -> Turn {
        let order = |command: Command| Turn::Try(vec![Act::Order(command)]);
        match &self.purpose {
            For::Attendance => order(toggle(state, &seat)),
            For::Recusal(item) => {
                let item = item.clone();
                let outside = state.item_state(&item).is_some_and(|item| item.recused.contains(&seat));
                order(if outside { Command::Return { item, seat } } else { Command::Recuse { item, seat } })
            }
            For::Reissue => {
                let confirm = Confirm::new(What::Reissue(Actor::Seat(seat)));
                Turn::Next(Box::new(Cover::Confirm(confirm)))
            }
            For::Connections => Turn::Stay,
        }
    }

    /// Whether picking still has a purpose.
    pub fn stands(&self, state: &State) -> bool {
        let may = |command: CommandKind| rights::check(state, &Actor::Console, command).is_ok();
        match &self.purpose {
            For::Attendance => may(CommandKind::SignIn),
            For::Recusal(_) => may(CommandKind::Recuse),
            For::Reissue => may(CommandKind::ReissueCode),
            For::Connections => true,
        }
    }

    /// The keys of the list.
    pub fn hints(&self, lang: Lang) -> Vec<Hint> {
        let enter = match self.purpose {
            For::Attendance => Some(Console::SignInOut),
            For::Recusal(_) => Some(Console::LeaveReturn),
            For::Reissue => Some(Console::ReissueThis),
            For::Connections => None,
        };
        let mut hints: Vec<Hint> = enter.map(|text| hint("Enter", text.text(lang))).into_iter().collect();
        hints.push(hint("Tab", Console::Filter.text(lang)));
        hints.push(hint("Esc", Console::Back.text(lang)));
        hints
    }

    /// Draws the list over the middle.
    pub fn draw(&mut self, frame: &mut Frame<'_>, body: Rect, scene: &Scene<'_>, state: &State) {
        let title = match self.purpose {
            For::Attendance => Console::Attendance,
            For::Recusal(_) => Console::RecusePick,
            For::Reissue => Console::ReissuePick,
            For::Connections => Console::Connections,
        };
        let filter = self.people.only.word().text(scene.lang);
        let dot = scene.theme.dot();
        let inside = whole(frame, body, scene, &format!("{} {dot} {filter}", title.text(scene.lang)));
        self.people.draw(frame, inside, scene, state);
    }
}
