//! The record is sealed, and the console is still open: a screen that was away gets what it lacks of the record, and hears
//! that it is sealed. Nothing is decided or written any more; keys, codes, boxes and the journal are gone from here.

use tokio::sync::mpsc;

use super::desk::Desk;
use super::enrolment::speaks_for;
use super::message::{Connected, Message};
use super::notice::Notices;
use crate::meeting::State;
use crate::wire::Reached;

/// What is left of the desk.
pub(super) struct Latecomers {
    state: State,
    notices: Notices,
}

impl Latecomers {
    /// Lets go of everything that is not needed to tell of the seal.
    pub fn of(desk: Desk) -> Option<Self> {
        let state = desk.replay.state()?.clone();
        Some(Self { state, notices: desk.notices })
    }

    /// Lets screens in until it is stopped; whoever asks for anything else gets no answer, and the connection ends. Blocks.
    pub fn run(self, mut inbox: mpsc::Receiver<Message>) {
        let mut connections = 0;
        while let Some(message) = inbox.blocking_recv() {
            match message {
                Message::Stop => return,
                Message::Connect { actor, signature, exporter, reply, .. } => {
                    connections += 1;
                    let known = speaks_for(&self.state, &actor, &signature, &exporter);
                    let _ = reply.send(known.map(|()| self.connected(connections)));
                }
                _ => {}
            }
        }
    }

    fn connected(&self, number: u64) -> Connected {
        let reached = Some(Reached { epoch: self.state.epoch(), end: self.notices.ledger.end() });
        Connected { number, reached }
    }
}
