//! What is durable here is acknowledged: published and answered. Once a machine stands by, only when it is durable there as
//! well, or the standby was detached on the record; and only while more than half of the room is connected. Until then
//! it is held: durable, and nobody has been told.

use std::time::{Duration, Instant};

use super::desk::{Afterwards, Desk};
use super::ledger::Published;
use super::majority;
use super::mirror::Durable;
use super::notice::SealState;
use crate::journal::Line;
use crate::meeting::{Command, DetachReason, State};
use crate::wire::live::Majority;

/// How long the standby is waited for, when something is to be acknowledged.
const STANDBY_SECONDS_MAX: u64 = 3;

/// How long a standby that was let go is not waited for again, though it has caught up.
const ATTACH_AGAIN_SECONDS: u64 = 5;

/// What is durable here and was told to nobody.
#[derive(Default)]
pub(super) struct Held {
    /// Lines, in order.
    pub lines: Vec<Published>,
    /// Answers.
    pub answers: Vec<Afterwards>,
    /// Answers to enrolments: whoever is not connected yet cannot make a majority.
    pub admissions: Vec<Afterwards>,
    /// How the seal stands.
    pub seal: Option<SealState>,
    /// Since when there is no connection to a standby that the record calls attached.
    standby_gone: Option<Instant>,
    /// When a standby was let go last.
    let_go_at: Option<Instant>,
    /// The connection of the standby that has everything up to a moment ago.
    pub in_step: Option<u64>,
}

impl Held {
    /// At the start: what a hub before this one may have acknowledged or not, where it matters.
    pub fn at_start(lines: Vec<Published>) -> Self {
        Self { lines, ..Self::default() }
    }
}

/// Whether something may be acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum May {
    Yes,
    /// It is as durable as it can be, and too few are connected.
    TooFew,
    /// The standby may have it in a moment.
    NotYet,
}

impl Desk {
    /// The seats that are connected, if they are too few to go on with.
    pub(super) fn majority_missing(&self) -> Option<Majority> {
        let seats =
            self.connections.iter().filter_map(|(actor, one)| Some((actor.seat()?, one.presence.as_ref()?)));
        majority::missing(self.state()?, seats)
    }

    /// Publishes and answers what may be; the rest is held.
    pub(super) fn acknowledge(&mut self) -> Result<(), String> {
        let may = self.may_acknowledge();
        if may != Ok(May::NotYet) && may.is_ok() {
            for admission in std::mem::take(&mut self.held.admissions) {
                admission(Ok(()));
            }
        }
        if may == Ok(May::Yes) {
            let lines = std::mem::take(&mut self.held.lines);
            if !lines.is_empty() {
                self.notices.ledger.publish(lines);
            }
            for answer in std::mem::take(&mut self.held.answers) {
                answer(Ok(()));
            }
            if let Some(seal) = self.held.seal.take() {
                self.notices.seal.send_replace(seal);
            }
        }
        if self.state().is_some_and(State::needs_majority) {
            // Seats fall silent, and standbys, without anybody saying so.
            self.look_again_soon();
        }
        may.map(|_| ())
    }

    fn may_acknowledge(&mut self) -> Result<May, String> {
        if self.taken_over {
            return Ok(May::NotYet);
        }
        let standby = self.state().and_then(|state| state.standby.as_ref());
        if standby.is_some_and(|standby| standby.is_attached()) {
            match self.durable_there() {
                Durable::There => self.held.standby_gone = None,
                Durable::Behind => return self.let_go(DetachReason::Behind),
                Durable::Gone => {
                    let since = *self.held.standby_gone.get_or_insert_with(Instant::now);
                    if since.elapsed() < Duration::from_secs(STANDBY_SECONDS_MAX) {
                        return Ok(May::NotYet);
                    }
                    return self.let_go(DetachReason::Lost);
                }
            }
        }
        Ok(if self.majority_missing().is_none() { May::Yes } else { May::TooFew })
    }

    /// Waits for the standby, if it is in step. The desk waits with it, and reads nothing meanwhile, as it does for its own disk;
    /// connections do not.
    fn durable_there(&mut self) -> Durable {
        let Some(connection) = self.held.in_step else { return Durable::Gone };
        let durable = self.mirror.wait(connection, Duration::from_secs(STANDBY_SECONDS_MAX));
        if durable != Durable::There {
            self.held.in_step = None;
        }
        durable
    }

    /// The standby is not waited for any more, which the record says first. It may have taken over meanwhile: so this needs
    /// more than half of the room as well.
    fn let_go(&mut self, reason: DetachReason) -> Result<May, String> {
        if self.majority_missing().is_some() {
            return Ok(May::TooFew);
        }
        // What is being signed is the record as it is.
        if self.sealing.is_none() && !matches!(self.held.seal, Some(SealState::Sealed)) {
            self.by_rule(&Command::DetachStandby { reason })?;
            self.append_batch()?;
            self.held.standby_gone = None;
            self.held.let_go_at = Some(Instant::now());
        }
        Ok(May::Yes)
    }

    /// A standby has the whole folder as it was a moment ago, and follows.
    pub(super) fn standby_in_step(&mut self, connection: u64) {
        if !self.mirror.is_followed_by(connection) {
            return;
        }
        self.held.in_step = Some(connection);
    }

    /// A standby that is in step is waited for from here on, which the record says. One that was let go a moment ago has to
    /// wait: a slow one must not hold the meeting up again and again.
    pub(super) fn attach_standby(&mut self) -> Result<(), String> {
        let rest = Duration::from_secs(ATTACH_AGAIN_SECONDS);
        let resting = self.held.let_go_at.is_some_and(|since| since.elapsed() < rest);
        let named = self.state().is_some_and(|state| state.standby.is_some());
        let followed = self.held.in_step.is_some_and(|connection| self.mirror.is_followed_by(connection));
        if !named || !followed || resting || self.sealing.is_some() || self.taken_over {
            return Ok(());
        }
        self.by_rule(&Command::AttachStandby)
    }

    /// Makes the lines decided together durable here.
    pub(super) fn append_batch(&mut self) -> Result<(), String> {
        if self.batch.is_empty() {
            return Ok(());
        }
        let batch = std::mem::take(&mut self.batch);
        let lines: Vec<Line> = batch.iter().map(|published| (*published.line).clone()).collect();
        self.journal.append(&lines).map_err(|fault| fault.to_string())?;
        self.held.lines.extend(batch);
        Ok(())
    }
}
