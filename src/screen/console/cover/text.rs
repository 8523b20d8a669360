//! One line of text with a purpose. What was written stays until it is in the record.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::confirm::{Confirm, What};
use super::{Cover, Turn, hint, sheet};
use crate::meeting::{
    Actor, AdjournGround, BallotId, Command, CommandKind, ItemId, LineId, State, TEXT_CHARS_MAX, rights,
};
use crate::screen::text::cut;
use crate::screen::widgets::chrome::Hint;
use crate::screen::widgets::field::Field;
use crate::screen::{Act, Scene};
use crate::words::Lang;
use crate::words::console::Console;

/// What the text is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A note for the record.
    Note,
    /// Why the meeting is suspended.
    Suspend,
    /// Why it is adjourned.
    Adjourn,
    /// Why the round is void.
    NewRound(BallotId),
    /// Why the line is deferred.
    Defer(ItemId, LineId),
}

impl Purpose {
    fn kind(&self) -> CommandKind {
        match self {
            Self::Note => CommandKind::Note,
            Self::Suspend => CommandKind::Suspend,
            Self::Adjourn => CommandKind::Adjourn,
            Self::NewRound(_) => CommandKind::NewRound,
            Self::Defer(..) => CommandKind::Defer,
        }
    }

    /// Whether this command is what the text was for.
    pub fn is_served_by(&self, command: &Command) -> bool {
        command.kind() == self.kind()
    }

    /// Whether the text still has a purpose.
    pub fn stands(&self, state: &State) -> bool {
        rights::check(state, &Actor::Console, self.kind()).is_ok()
    }

    fn title(&self, state: &State) -> Console {
        match self {
            Self::Note => Console::AskNote,
            Self::Suspend => Console::AskSuspend,
            Self::Adjourn if state.quorum_missed.is_some() => Console::AskAdjournNoQuorum,
            Self::Adjourn => Console::AskAdjourn,
            Self::NewRound(_) => Console::AskNewRound,
            Self::Defer(..) => Console::AskDefer,
        }
    }
}

/// The field.
#[derive(Debug)]
pub struct Text {
    /// What it is for.
    pub purpose: Purpose,
    /// What is written.
    pub field: Field,
}

impl Text {
    /// An empty field.
    pub fn new(purpose: Purpose) -> Self {
        Self { purpose, field: Field::new(TEXT_CHARS_MAX as usize) }
    }

    /// Enter submits; adjourning and voiding ask for a second key.
    pub fn key(&mut self, key: KeyEvent, state: &State) -> Turn {
        match key.code {
            KeyCode::Esc => Turn::Leave,
            KeyCode::Enter => self.submit(state),
            _ => {
                self.field.key(key);
                Turn::Stay
            }
        }
    }

    fn submit(&self, state: &State) -> Turn {
        let text = self.field.value().trim().to_owned();
        let order = |command: Command| Turn::Try(vec![Act::Order(command)]);
        let confirm = |what: What| Turn::Next(Box::new(Cover::Confirm(Confirm::new(what))));
        match &self.purpose {
            Purpose::Adjourn if text.is_empty() && state.quorum_missed.is_some() => {
                confirm(What::Adjourn(AdjournGround::NoQuorum))
            }
            Purpose::Adjourn if !text.is_empty() => {
                confirm(What::Adjourn(AdjournGround::Decided { reason: text }))
            }
            Purpose::NewRound(ballot) if !text.is_empty() => confirm(What::NewRound(ballot.clone(), text)),
            // Without words the rules refuse, and say so.
            Purpose::Adjourn => order(Command::Adjourn { ground: AdjournGround::Decided { reason: text } }),
            Purpose::NewRound(ballot) => order(Command::NewRound { ballot: ballot.clone(), reason: text }),
            Purpose::Note => order(Command::Note { text }),
            Purpose::Suspend => order(Command::Suspend { reason: text }),
            Purpose::Defer(item, line) => {
                order(Command::Defer { item: item.clone(), line: line.clone(), reason: text })
            }
        }
    }

    /// Draws the field at the bottom of the page.
    pub fn draw(&self, frame: &mut Frame<'_>, page: Rect, scene: &Scene<'_>, state: &State) {
        let title = self.purpose.title(state).text(scene.lang);
        let title = cut(title, usize::from(page.width).saturating_sub(10), scene.theme.ellipsis());
        let about = match &self.purpose {
            Purpose::Defer(item, line) => state
                .item(item)
                .and_then(|item| item.nomination()?.line(line.as_str()))
                .map(|line| format!("{}  {}", line.name, line.post)),
            _ => None,
        };
        let lines = if about.is_some() { 2 } else { 1 };
        let inside = sheet(frame, page, scene, &title, lines, false);
        let mut row = Rect { height: 1, ..inside };
        if let Some(about) = about {
            let about = crate::screen::text::clean(&about).into_owned();
            let about = cut(&about, inside.width.into(), scene.theme.ellipsis()).into_owned();
            frame.render_widget(Paragraph::new(Line::styled(about, scene.theme.strong())), row);
            row.y += 1;
        }
        self.field.draw(frame, row, scene.theme);
    }
}

/// The keys of the field.
pub fn hints(lang: Lang) -> Vec<Hint> {
    vec![hint("Enter", Console::Submit.text(lang)), hint("Esc", Console::Cancel.text(lang))]
}
