//! What scrutineers do at their terminals beside voting: one page, one thing to do. Which page it is follows from the
//! record, as for everybody; the notes kept here are only what is being typed and which second key is awaited. A person
//! with several duties gets one page after the other, the own ballot first.
//!
//! - [`task`](mod@task): which duty is on
//! - [`key`]: the key is made, the locked share, the box is opened
//! - [`seen`]: what people see with their own eyes: heads, the room code
//! - [`papers`]: the count of a vote on paper
//! - [`answers`]: missing confirmations, the result sheet
//! - [`form`]: what is being typed, and the layout of the pages
//! - [`told`]: what every member is told of all this, and who is here

pub mod answers;
pub mod form;
pub mod key;
pub mod papers;
pub mod seen;
pub mod task;
#[cfg(test)]
mod tests;
pub mod told;

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::widgets::Paragraph;

pub use self::form::Form;
use self::form::{Lines, draw_form};
pub use self::task::{Task, task};
use super::keys::Key;
use super::page::{self, Page};
use super::{Over, Terminal};
use crate::client::{AskError, Done, View};
use crate::meeting::{Command, SeatId, State};
use crate::screen::widgets::letter;
use crate::screen::widgets::notice::Tone;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::{Act, Scene};
use crate::words::common;
use crate::words::duty::{self as words, Duty as Text};

impl Terminal {
    /// Draws the page of a duty.
    pub(super) fn draw_duty(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene<'_>,
        state: &State,
        task: &Task,
    ) {
        let Some(seat) = page::my_seat(scene.view).cloned() else { return };
        match task {
            Task::Unlock => key::draw_unlock(frame, area, scene, &self.form),
            Task::MakeKey => key::draw_making(frame, area, scene, state),
            Task::Opening => key::draw_opening(frame, area, scene, state, &seat),
            Task::Heads(item) => seen::draw_heads(frame, area, scene, state, &self.form, &seat, item),
            Task::Room => seen::draw_room(frame, area, scene, state, &self.form, &seat),
            Task::Missing => answers::draw_missing(frame, area, scene, state, &mut self.form, &seat),
            Task::Papers { .. } => papers::draw(frame, area, scene, state, &mut self.form, &seat),
            Task::Sheet(item) => {
                let below = answers::sheet_lines(scene, state, &self.form, &seat, item, area.width.into());
                let tall = u16::try_from(below.len()).unwrap_or(u16::MAX).min(area.height / 2);
                self.form.below = tall;
                let [page, rest] =
                    Layout::vertical([Constraint::Min(1), Constraint::Length(tall)]).areas(area);
                self.draw_result(frame, page, scene, state, item);
                frame.render_widget(Paragraph::new(below), rest);
            }
        }
    }

    /// The keys of a duty's page.
    pub(super) fn duty_keys(&self, task: &Task, view: &View) -> Vec<Key> {
        let (Some(state), Some(seat)) = (view.state.as_deref(), page::my_seat(view)) else {
            return Vec::new();
        };
        if self.form.sending {
            return Vec::new();
        }
        if self.form.asks {
            return vec![Key::Confirm, Key::Back];
        }
        match task {
            Task::Unlock => vec![Key::OpenShare, Key::Cover],
            Task::MakeKey | Task::Opening => Vec::new(),
            Task::Heads(_) if self.form.anew => vec![Key::SendCount, Key::Back],
            Task::Heads(_) if self.form.is_typing(task, view, state) => vec![Key::SendCount],
            Task::Heads(_) => vec![Key::CountAnew, Key::Present],
            Task::Room if self.form.wrong.is_some() => vec![Key::CodeAnew, Key::Object],
            Task::Room if self.form.is_typing(task, view, state) => vec![Key::SendCode],
            Task::Room => vec![Key::Present],
            Task::Missing => {
                let list = answers::missing(state);
                let mut keys = Vec::new();
                if self.form.seconds_left == 0 && answers::may_accept(list.get(self.form.chosen), seat) {
                    keys.push(Key::Accept);
                }
                if list.len() > 1 {
                    keys.push(Key::MoveList);
                }
                keys
            }
            Task::Papers { .. } if self.form.is_typing(task, view, state) => {
                vec![Key::NextField, Key::SignCount]
            }
            Task::Papers { .. } => vec![Key::CountAnew, Key::Present],
            Task::Sheet(item) => {
                let mut keys = answers::sheet_keys(view, state, seat, item);
                if self.scroll.overflows() {
                    keys.push(Key::Scroll);
                }
                keys
            }
        }
    }

    /// A key on a duty's page. None: it is none of its keys.
    pub(super) fn on_duty(&mut self, key: KeyEvent, task: &Task, view: &View) -> Option<Vec<Act>> {
        let (state, seat) = (view.state.as_deref()?, page::my_seat(view)?);
        if self.form.sending {
            return Some(Vec::new());
        }
        if std::mem::take(&mut self.form.asks) {
            if letter(key) != Some('Y') {
                return Some(Vec::new());
            }
            return Some(self.second_key(task, state, seat));
        }
        if self.form.is_typing(task, view, state) {
            if let Task::Papers { .. } = task {
                papers::key(&mut self.form, key, state, seat);
                return Some(Vec::new());
            }
            return Some(self.on_typed(key, task));
        }
        let works = self.duty_keys(task, view);
        match (letter(key), key.code) {
            (_, KeyCode::Enter) if works.contains(&Key::CountAnew) || works.contains(&Key::CodeAnew) => {
                self.form.anew = works.contains(&Key::CountAnew);
                self.form.wrong = None;
                self.form.field.take();
            }
            (Some('O'), _) if works.contains(&Key::Object) => {
                let mut field = self.note();
                let typed = self.form.wrong.clone().unwrap_or_default();
                field.set(&words::room_objection(self.lang, &typed));
                self.over = Over::ObjectRoom(field);
            }
            (Some('A'), _) if works.contains(&Key::Accept) => self.form.asks = true,
            (Some('S'), _) if works.contains(&Key::SignSheet) => self.form.asks = true,
            (Some('N'), _) if works.contains(&Key::RefuseSheet) => {
                self.over = Over::RefuseSheet(self.note());
            }
            (_, KeyCode::Up) if *task == Task::Missing => {
                self.form.chosen = self.form.chosen.saturating_sub(1);
            }
            (_, KeyCode::Down) if *task == Task::Missing => {
                let last = answers::missing(state).len().saturating_sub(1);
                self.form.chosen = (self.form.chosen + 1).min(last);
            }
            (_, code) if matches!(task, Task::Sheet(_)) && self.scroll.key(code) => {}
            _ => return None,
        }
        Some(Vec::new())
    }

    fn second_key(&mut self, task: &Task, state: &State, seat: &SeatId) -> Vec<Act> {
        match task {
            Task::Missing => {
                let list = answers::missing(state);
                let chosen = list.get(self.form.chosen).filter(|one| {
                    // The list may have grown shorter since the first key.
                    answers::may_accept(Some(one), seat)
                });
                chosen.map_or(Vec::new(), answers::accept)
            }
            Task::Papers { .. } => papers::enter(&mut self.form, state, seat),
            Task::Sheet(item) => answers::sign(state, item).map(Act::Order).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn on_typed(&mut self, key: KeyEvent, task: &Task) -> Vec<Act> {
        if key.code == KeyCode::Esc {
            self.form.anew = false;
            return Vec::new();
        }
        if key.code == KeyCode::Enter {
            return match task {
                Task::Heads(item) => seen::send_heads(&mut self.form, item, self.lang),
                Task::Room => seen::send_room(&mut self.form, self.lang),
                Task::Unlock => key::send_code(&mut self.form, self.lang),
                _ => Vec::new(),
            };
        }
        // Of a count only digits are taken.
        let counts = matches!(task, Task::Heads(_));
        let character = matches!(key.code, KeyCode::Char(_));
        let digit = letter(key).filter(char::is_ascii_digit);
        let key = match digit.filter(|_| counts) {
            Some(digit) => KeyEvent::from(KeyCode::Char(digit)),
            None if counts && character && letter(key).is_some() => return Vec::new(),
            None => key,
        };
        if self.form.field.key(key) {
            self.form.problem = None;
        }
        Vec::new()
    }

    /// A key while the reason of an objection or a refusal is being written.
    pub(super) fn on_reason(&mut self, key: KeyEvent, view: &View) -> Vec<Act> {
        let (Over::ObjectRoom(field) | Over::RefuseSheet(field)) = &mut self.over else { return Vec::new() };
        match key.code {
            KeyCode::Esc => self.over = Over::Nothing,
            KeyCode::Enter if field.value().trim().is_empty() => {}
            KeyCode::Enter => {
                let reason = field.value().trim().to_owned();
                let objects = matches!(self.over, Over::ObjectRoom(_));
                let round = view.state.as_deref().and_then(|state| state.rounds_on_floor().next());
                let ballot = round.map(|round| round.issue.ballot.clone());
                let command = ballot.map(|ballot| {
                    if objects {
                        Command::Object { ballot, reason }
                    } else {
                        Command::RefuseResult { ballot, reason }
                    }
                });
                return command.map(Act::Order).into_iter().collect();
            }
            _ => {
                field.key(key);
            }
        }
        Vec::new()
    }

    /// What was typed has been compared, or has opened the share, or has not.
    pub(super) fn was_typed(
        &mut self,
        typed: Option<&str>,
        result: Result<Done, AskError>,
        state: Option<&State>,
    ) -> Vec<Act> {
        self.form.sending = false;
        match (result, typed) {
            (Ok(_), Some(_)) => {
                self.form.field.take();
                self.notices.say(Tone::Done, Text::RoomSame.text(self.lang));
            }
            (Ok(_), None) => {
                self.form.field.take();
                self.notices.say(Tone::Done, Text::Unlocked.text(self.lang));
            }
            (Err(AskError::OtherRoomCode), Some(typed)) => {
                self.form.wrong = Some(seen::grouped(typed));
                self.form.field.take();
                return vec![Act::Bell];
            }
            (Err(error), _) => self.form.problem = Some(common::not_done(self.lang, &error, state)),
        }
        Vec::new()
    }

    /// What became of a command of a scrutineer: what is said of it. None: it is no such command.
    pub(super) fn duty_done(&mut self, command: &Command, done: bool) -> Option<&'static str> {
        let says = match command {
            Command::CountHeads { .. } | Command::EnterCount { .. } => {
                self.form.sending = false;
                self.form.anew &= !done;
                return None;
            }
            Command::Object { .. } => Text::Objected,
            // The page itself says what these have come to.
            Command::RefuseResult { .. } => {
                if done && matches!(self.over, Over::RefuseSheet(_)) {
                    self.over = Over::Nothing;
                }
                return None;
            }
            _ => return None,
        };
        if done && matches!(self.over, Over::ObjectRoom(_)) {
            self.over = Over::Nothing;
        }
        done.then(|| says.text(self.lang))
    }

    /// A duty that begins is heard, and takes the place of what was open and is not being written.
    pub(super) fn follow_duty(&mut self, view: &View) -> Vec<Act> {
        self.say_key_made(view);
        let now = match self.page(view) {
            Page::Duty(task) => Some(task),
            _ => None,
        };
        if self.form.task == now {
            if self.form.asks && now == Some(Task::Missing) {
                let list = view.state.as_deref().map(answers::missing).unwrap_or_default();
                self.form.asks = list.get(self.form.chosen).is_some();
            }
            return Vec::new();
        }
        if matches!(self.over, Over::ObjectRoom(_) | Over::RefuseSheet(_)) {
            self.over = Over::Nothing;
        }
        self.form = Form { task: now.clone(), ..Form::default() };
        let Some(task) = now else { return Vec::new() };
        if !self.is_typing(view) || matches!(self.over, Over::Nothing) {
            self.over = Over::Nothing;
            // Nothing on these pages is private but the code for the share.
            self.covered &= task == Task::Unlock;
        }
        self.scroll = Scroll::default();
        vec![Act::Bell]
    }

    /// The making of the key takes a moment, and its page may never be drawn: that it is done is said for a little while.
    fn say_key_made(&mut self, view: &View) {
        let Some(state) = view.state.as_deref() else { return };
        let now = state.key.as_ref().map(|key| key.number);
        let before = self.key_seen.replace(now);
        let holds = |holder: &SeatId| page::my_seat(view) == Some(holder);
        if let Some(key) = state.key.as_ref().filter(|key| key.holders().any(holds))
            && before.is_some_and(|before| before != now)
        {
            let holders = words::holders(self.lang, key.threshold, key.scrutineers.len());
            let says = format!("{}{}{holders}", Text::KeyMade.text(self.lang), self.lang.pick("", " "));
            self.notices.say(Tone::Done, says);
        }
    }
}
