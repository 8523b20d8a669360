//! The room's display: big letters, the figures that can be contested, one thing at a time. It only looks; no key
//! does anything but leave. A result that does not fit turns its pages by itself.
//!
//! - [`big`]: big letters
//! - [`parts`]: what a page is made of
//! - [`floor`], [`review`], [`joint`]: what is on the floor, in a nomination, a review and a joint meeting
//! - [`open`]: major matters, votes by name, open votes
//! - [`exam`]: an exam and its results
//! - [`scrutiny`]: what the scrutineers do: the key, the heads, the room code, the box
//! - [`result`]: the result of a ballot

#[cfg(test)]
mod agenda_tests;
pub mod big;
#[cfg(test)]
mod contest_tests;
pub mod exam;
pub mod floor;
pub mod joint;
#[cfg(test)]
mod joint_tests;
pub mod open;
#[cfg(test)]
mod open_tests;
pub mod parts;
#[cfg(test)]
mod reopening_tests;
pub mod result;
pub mod review;
#[cfg(test)]
mod review_tests;
pub mod scrutiny;
#[cfg(test)]
mod scrutiny_tests;
#[cfg(test)]
mod tests;

use std::time::Duration;

use crossterm::event::KeyEvent;
use jiff::Timestamp;
use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use self::result::Turning;
use super::terminal::page::{last_declared, last_result};
use super::text::{clean, tracker, wrap};
use super::widgets::chrome::{self, Chrome};
use super::widgets::clock;
use super::widgets::officials::Shown;
use super::widgets::page::Page;
use super::{Act, Scene, Screen, widgets};
use crate::client::{Link, View};
use crate::meeting::{ItemState, Phase, Round, RoundPhase, State, Step, next_step};
use crate::words::common::{self, Common};
use crate::words::{display, reopening};

/// The most lines that reissued codes take.
const REISSUED_LINES_MAX: u16 = 2;

/// The display.
#[derive(Debug, Default)]
pub struct Display {
    turning: Turning,
}

impl Display {
    /// A display.
    pub fn new() -> Self {
        Self::default()
    }
}

/// The review whose result is shown: of the official whose turn it is, or of all once it is declared.
fn shown_review(state: &State) -> Option<Shown<'_>> {
    if state.phase != Phase::Open || state.suspended.is_some() || state.quorum_missed.is_some() {
        return None;
    }
    match state.current_item() {
        Some(_) => Shown::on_floor(state).filter(|shown| shown.result().is_some()),
        None => Shown::of(state, last_declared(state)?),
    }
}

/// The result that is shown: counted on the floor, or declared last with nothing called since.
fn shown_result(state: &State) -> Option<(&ItemState, &Round)> {
    if state.phase != Phase::Open || state.suspended.is_some() || state.quorum_missed.is_some() {
        return None;
    }
    match state.current_item() {
        Some(_) => state
            .current_round()
            .filter(|(item, round)| item.review().is_none() && round.phase == RoundPhase::Counted)
            .filter(|(item, _)| !item.awaits_further_round()),
        None => last_result(state),
    }
}

impl Screen for Display {
    fn draw(&mut self, frame: &mut Frame<'_>, scene: &Scene<'_>) {
        let left = scene.state().map(header).unwrap_or_default();
        let chrome = Chrome { left, ..Chrome::default() };
        let body = chrome::draw(frame, scene, &chrome);
        if !scene.leaving {
            foot(frame, scene);
        }
        let block = scene.theme.block("");
        let inner = block.inner(body);
        frame.render_widget(block, body);
        let mut inner = Rect { x: inner.x + 2, width: inner.width.saturating_sub(4), ..inner };
        if let Link::TurnedAway(why) = &scene.view.link {
            let (why, remedy) = common::turned_away(scene.lang, why);
            let page = Page::new(why, scene.theme.alarm()).say(remedy, scene.theme.plain_text());
            page.draw_bare(frame, inner);
            return;
        }
        let Some(state) = scene.state() else {
            Page::new(Common::Waiting.text(scene.lang), scene.theme.strong()).draw_bare(frame, inner);
            return;
        };
        if let Some(text) = scrutiny::reissued(scene, state) {
            let lines = wrap(&scene.theme.plain(&text), inner.width.into());
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(REISSUED_LINES_MAX);
            let lines: Vec<Line<'_>> =
                lines.into_iter().map(|line| Line::styled(line, scene.theme.alarm())).collect();
            frame.render_widget(
                Paragraph::new(lines).alignment(Alignment::Center),
                Rect { height: tall.min(inner.height), ..inner },
            );
            inner = Rect { y: inner.y + tall, height: inner.height.saturating_sub(tall), ..inner };
        }
        for (open, text) in reopening::everywhere(scene.lang, state) {
            let lines = wrap(&scene.theme.plain(&clean(&text)), inner.width.into());
            let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX).min(REISSUED_LINES_MAX);
            let style = if open { scene.theme.alarm() } else { scene.theme.strong() };
            let lines: Vec<Line<'_>> = lines.into_iter().map(|line| Line::styled(line, style)).collect();
            let place = Rect { height: tall.min(inner.height), ..inner };
            frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), place);
            inner = Rect { y: inner.y + tall, height: inner.height.saturating_sub(tall), ..inner };
        }
        if let Some(matrix) = joint::shown(state) {
            joint::draw(frame, inner, scene, state, matrix);
            return;
        }
        if let Some(shown) = shown_review(state) {
            self.turning.draw_review(frame, inner, scene, state, shown);
            return;
        }
        match shown_result(state) {
            Some((item, round)) => self.turning.draw(frame, inner, scene, state, item, round),
            None => {
                self.turning = Turning::default();
                floor::draw(frame, inner, scene, state);
            }
        }
    }

    fn key(&mut self, _key: KeyEvent, _view: &View) -> Vec<Act> {
        Vec::new()
    }

    fn next_tick(&self, view: &View, now: Timestamp) -> Option<Duration> {
        let second = view.state.as_deref().and_then(|state| clock::tick(state, now));
        let names = view.state.as_deref().filter(|state| names_people(state)).map(|_| parts::turns_in(now));
        let check = view.state.as_deref().and_then(|state| widgets::scrutiny::tick(state, now));
        let matrix = view.state.as_deref().and_then(|state| joint::tick(state, now));
        let ticks = [Some(chrome::tick(view, now)), self.turning.left(now), second, names, check, matrix];
        ticks.into_iter().flatten().min()
    }
}

/// Whether the page names people, perhaps on several pages.
fn names_people(state: &State) -> bool {
    state.phase == Phase::SigningIn
        || state.current_item().is_none()
        || widgets::open::on_floor(state).is_some()
        || matches!(next_step(state), Some(Step::CountHeads(_) | Step::CheckBox(_)))
}

fn header(state: &State) -> Vec<String> {
    let mut left = vec![state.plan().meeting.title.clone()];
    left.extend(state.current_item().and_then(|item| state.item(&item.id)).map(|item| item.title.clone()));
    left
}

/// Where the record stands, at the bottom.
fn foot(frame: &mut Frame<'_>, scene: &Scene<'_>) {
    let area = frame.area();
    let chain = &scene.view.chain;
    if chain.number == 0 {
        return;
    }
    let text = clean(&display::record(scene.lang, chain.number, &tracker(&chain.hash))).into_owned();
    let line = Line::styled(format!("{text} "), scene.theme.dim());
    let used = u16::try_from(line.width() + 1).unwrap_or(u16::MAX);
    let place = Rect { y: area.bottom().saturating_sub(1), height: 1.min(area.height), ..area };
    frame.render_widget(Paragraph::new(line).alignment(Alignment::Right), place);
    if let Some(room) = widgets::scrutiny::room_line(scene) {
        let left = Rect { width: place.width.saturating_sub(used), ..place };
        frame.render_widget(Paragraph::new(Line::styled(format!(" {room}"), scene.theme.accent())), left);
    }
}
