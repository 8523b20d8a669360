//! The screens: what people see and what their keys do.
//!
//! A [`Screen`] is a pure thing: it draws from a [`Scene`] (what is known, the time, language and look) and its own
//! few notes, and turns keys into [`Act`]s. It touches no terminal, no clock and no network, so that every page and
//! every key can be tested. [`run()`] lends it a real terminal and a client.
//!
//! - [`run`](mod@run): one loop: wait, drain all that has happened, draw once
//! - [`guard`]: the terminal is given back on every way out
//! - [`theme`]: colours, signs, boxes
//! - [`text`]: text in cells; whatever comes from outside is cleaned here
//! - [`widgets`]: what several screens share
//! - [`terminal`], [`display`], [`console`]: the member's terminal, the room's display, the presiding officer's console
//! - [`standby`]: the machine that stands by for the console's

pub mod console;
pub mod display;
pub mod guard;
#[cfg(test)]
mod hostile_tests;
pub mod run;
#[cfg(test)]
mod sealing_tests;
pub mod standby;
#[cfg(test)]
mod takeover_tests;
pub mod terminal;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
pub mod theme;
pub mod widgets;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ratatui::Frame;
use zeroize::Zeroizing;

use crate::client::{Answered, AskError, Challenged, Done, SealAct, SeatCode, View};
use crate::meeting::{Command, ItemId, SlipSays, State};
use crate::words::Lang;

pub use run::{Look, run, run_alone};
pub use theme::{Mark, Theme};

/// The smallest window that a screen draws in.
pub const SIZE_MIN: (u16, u16) = (80, 24);

/// Everything that a drawing is a function of, besides the screen's own notes.
#[derive(Debug, Clone, Copy)]
pub struct Scene<'a> {
    /// What is known.
    pub view: &'a View,
    /// The moment.
    pub now: Timestamp,
    /// The room's time zone.
    pub zone: &'a TimeZone,
    /// The language of this screen.
    pub lang: Lang,
    /// How it looks.
    pub theme: Theme,
    /// Ctrl-C was pressed once: the key line says what a second one does.
    pub leaving: bool,
}

impl Scene<'_> {
    /// The record, once its first line has come.
    pub fn state(&self) -> Option<&State> {
        self.view.state.as_deref()
    }

    /// The room's clock, to the minute.
    pub fn clock(&self) -> String {
        self.zone.to_datetime(self.now).strftime("%H:%M").to_string()
    }
}

/// What a screen wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Give a command.
    Order(Command),
    /// Encrypt the ballot, neither cast nor challenged yet.
    Prepare {
        /// Which time it is that this screen asks: answers may come late.
        number: u64,
        /// For each line that is voted on, in ballot order, the place of the answer chosen.
        choices: Zeroizing<Vec<usize>>,
    },
    /// Return the encrypted ballot with this control code.
    Cast(String),
    /// Give away how the ballot with this control code was encrypted, and write it into this folder.
    Challenge {
        /// The control code.
        code: String,
        /// The folder.
        folder: PathBuf,
    },
    /// Forget the encrypted ballot with this control code.
    Abandon(String),
    /// Take no paper when those of this item are issued; none: take one after all.
    TakeNoPaper(Option<ItemId>),
    /// Take a place in an exam.
    TakePlace(ItemId),
    /// Keep what was answered so far in an exam.
    Answers(Answered),
    /// Hand in the own paper of an exam.
    HandIn(ItemId),
    /// Read a material.
    Material(String),
    /// Send an anonymous slip, or what an own slip does further.
    Slip(SlipSays),
    /// Keep what is being written through a crash; none: there is nothing to keep any more.
    Draft(Option<String>),
    /// Compare a room code that was read from another screen with this one's.
    ConfirmRoom(String),
    /// Open the share that this terminal keeps.
    Unlock(SeatCode),
    /// Sign the seal, refuse to, or go on without somebody.
    Seal(SealAct),
    /// What the presiding officer's own seat wants done: for the client of that seat, not for the console's.
    Own(Box<Act>),
    /// A short sound.
    Bell,
    /// The screen is done; its outcome is asked of it.
    Quit,
}

/// What became of an [`Act`].
#[derive(Debug, Clone)]
pub enum Answer {
    /// Of a command.
    Order {
        /// The command.
        command: Command,
        /// What became of it.
        result: Result<Done, AskError>,
    },
    /// Of the encryption.
    Prepared {
        /// Which time it was.
        number: u64,
        /// The control code.
        result: Result<String, AskError>,
    },
    /// Of the ballot.
    Cast(Result<Done, AskError>),
    /// Of the challenge.
    Challenged(Result<Challenged, AskError>),
    /// Of a place in an exam, or of a paper that was handed in.
    Exam(Result<Done, AskError>),
    /// Of a material.
    Material {
        /// Which.
        path: String,
        /// Its text.
        result: Result<Arc<str>, AskError>,
    },
    /// Of a slip.
    Slip {
        /// What it said.
        says: SlipSays,
        /// What became of it.
        result: Result<Done, AskError>,
    },
    /// Of a room code that was typed.
    Room {
        /// What was typed.
        typed: String,
        /// What became of it.
        result: Result<Done, AskError>,
    },
    /// Of the code for the share.
    Unlocked(Result<Done, AskError>),
    /// Of the seal.
    Seal {
        /// What was said.
        act: SealAct,
        /// What became of it.
        result: Result<Done, AskError>,
    },
    /// Of an act of the presiding officer's own seat.
    Own(Box<Answer>),
}

/// A screen. All of it is pure but for its own notes.
pub trait Screen {
    /// Draws the whole window. Called only where it is at least [`SIZE_MIN`].
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>);

    /// A key was pressed.
    fn key(&mut self, key: KeyEvent, view: &View) -> Vec<Act>;

    /// Text was pasted.
    fn paste(&mut self, _text: &str, _view: &View) -> Vec<Act> {
        Vec::new()
    }

    /// An act was answered.
    fn answered(&mut self, _answer: Answer, _view: &View) -> Vec<Act> {
        Vec::new()
    }

    /// What is known has changed.
    fn viewed(&mut self, _view: &View) -> Vec<Act> {
        Vec::new()
    }

    /// What the presiding officer's own seat knows has changed. Only the console has one.
    fn own_viewed(&mut self, _view: &Arc<View>) -> Vec<Act> {
        Vec::new()
    }

    /// When the screen must be drawn again although nothing has happened. By default: when the clock's minute
    /// changes, and every second while the connection is lost.
    fn next_tick(&self, view: &View, now: Timestamp) -> Option<Duration> {
        Some(widgets::chrome::tick(view, now))
    }
}

/// Draws a screen, or says that the window is too small for it.
pub fn draw(screen: &mut impl Screen, frame: &mut Frame<'_>, scene: &Scene<'_>) {
    let area = frame.area();
    if is_too_small(area.width, area.height) {
        widgets::small::draw(frame, scene.theme);
    } else {
        screen.draw(frame, scene);
    }
    scene.theme.make_plain(frame.buffer_mut());
    text::make_harmless(frame.buffer_mut());
}

/// Whether a window is too small: then keys are not given to the screen either, since nobody sees what they do.
pub const fn is_too_small(width: u16, height: u16) -> bool {
    width < SIZE_MIN.0 || height < SIZE_MIN.1
}
