//! Durable first: one sync for everything that was decided together, and only after it the answers, see `acknowledge`. What
//! could not be made durable is taken back, and tried again.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use super::desk::Desk;
use super::message::Message;
use crate::journal::Replay;
use crate::wire::TurnedAway;

/// The pause before the hub tries again what its disk, or a rule, did not let it do.
const AGAIN_MILLIS: u64 = 1_000;

/// Trouble with the disk, as screens are told of it.
pub(super) struct DiskTrouble {
    /// What the disk says.
    pub says: String,
    /// When it said so last.
    at: Instant,
}

impl Desk {
    /// What follows by rule, then one sync for all of it, then the answers.
    pub(super) fn settle(&mut self) {
        // What could not be acknowledged is better not begun.
        let may_act = !self.taken_over && self.majority_missing().is_none();
        let duties = if may_act { self.attach_standby().and_then(|()| self.follow_rules()) } else { Ok(()) };
        self.vault_doubtful |= duties.is_err();
        let wrote = !self.batch.is_empty();
        let durable = self.make_durable();
        let trouble = match &durable {
            Ok(()) if self.taken_over => None,
            Ok(()) => duties.and_then(|()| self.print_papers()).and_then(|()| self.prepare_seal()).err(),
            Err(says) => {
                let says = says.clone();
                self.take_back();
                Some(says)
            }
        };
        for who in std::mem::take(&mut self.revoked) {
            // A key that was not revoked durably was not revoked.
            let connection = if durable.is_ok() { self.connections.remove(&who) } else { None };
            if let Some(connection) = connection {
                let _ = connection.kick.send(TurnedAway::KeyRevoked);
            }
        }
        let (answers, admissions) =
            (std::mem::take(&mut self.afterwards), std::mem::take(&mut self.admissions));
        let trouble = match &durable {
            Ok(()) => {
                self.held.answers.extend(answers);
                self.held.admissions.extend(admissions);
                let acknowledged = self.acknowledge();
                if acknowledged.is_err() {
                    self.take_back();
                }
                trouble.or(acknowledged.err())
            }
            Err(says) => {
                for answer in answers.into_iter().chain(admissions) {
                    answer(Err(says.as_str()));
                }
                trouble
            }
        };
        let trouble = trouble.or(self.seal_trouble.take());
        self.disk_trouble = self.trouble_after(trouble, wrote);
        if self.disk_trouble.is_some() {
            self.look_again_soon();
        }
        self.tell();
    }

    /// The trouble that is to be told after a look at the disk. One that is over at once is told for a moment all the same:
    /// screens are told at intervals, and one that flickers between two of them would be on none.
    fn trouble_after(&mut self, found: Option<String>, wrote: bool) -> Option<DiskTrouble> {
        if let Some(says) = found {
            return Some(DiskTrouble { says, at: Instant::now() });
        }
        let before = self.disk_trouble.take().filter(|_| !self.taken_over)?;
        if before.at.elapsed() < Duration::from_millis(AGAIN_MILLIS) {
            return Some(before);
        }
        let says = self.has_recovered(wrote).err()?;
        Some(DiskTrouble { says, at: Instant::now() })
    }

    /// A disk that failed is trusted again once something has been written on it: a line, or, while nobody wants one, a
    /// file that nobody needs. Else screens would say that all is well until the next order fails.
    fn has_recovered(&self, wrote: bool) -> Result<(), String> {
        if wrote { Ok(()) } else { self.vault.try_room().map_err(|fault| fault.to_string()) }
    }

    /// Looks again after a moment at what is to be done, if that is not coming anyway.
    pub(super) fn look_again_soon(&mut self) {
        if !self.again_pending {
            self.again_pending = true;
            self.send_later(Duration::from_millis(AGAIN_MILLIS), Message::Again);
        }
    }

    /// A message to itself, after a pause.
    pub(super) fn send_later(&self, pause: Duration, message: Message) {
        let own = self.own.clone();
        self.runtime.spawn(async move {
            tokio::time::sleep(pause).await;
            if let Some(own) = own.upgrade() {
                let _ = own.send(message).await;
            }
        });
    }

    fn make_durable(&mut self) -> Result<(), String> {
        if self.vault_doubtful {
            self.vault.sync().map_err(|fault| fault.to_string())?;
            self.vault_doubtful = false;
        }
        for held in self.boxes.values_mut() {
            held.sync().map_err(|error| error.to_string())?;
        }
        for ballot in std::mem::take(&mut self.papers_changed) {
            let Some(papers) = self.papers.get(&ballot) else { continue };
            if let Err(fault) = self.vault.keep_papers(&ballot, papers) {
                self.papers_changed.insert(ballot);
                return Err(fault.to_string());
            }
        }
        if self.codes_changed {
            self.codes.save().map_err(|fault| fault.to_string())?;
            self.codes_changed = false;
        }
        self.keep_seal()?;
        self.append_batch()
    }

    /// What could not be made durable has not happened: the state is folded again from what is.
    fn take_back(&mut self) {
        self.vault_doubtful = true;
        self.batch.clear();
        // An election whose list was not made durable will be another one; its box is opened anew.
        self.boxes.clear();
        self.papers.clear();
        self.papers_changed.clear();
        self.notices.elections.send_replace(BTreeMap::new());
        let mut replay = Replay::new();
        for published in self.notices.ledger.all().iter().chain(&self.held.lines) {
            if replay.follow(&published.line).is_err() {
                return;
            }
        }
        self.replay = replay;
    }
}
