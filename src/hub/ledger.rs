//! What has been published: the durable lines, for every connection to read at its own pace. A slow screen never slows
//! the meeting; it reads on from where it is.

use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::watch;

use crate::journal::{Line, NO_PREVIOUS};
use crate::meeting::{Actor, Seen};

/// A published line and whom its body is withheld from.
#[derive(Debug, Clone)]
pub struct Published {
    /// The line.
    pub line: Arc<Line>,
    /// Who is shown the head alone.
    pub hidden_from: Hidden,
}

/// Whom a body is withheld from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The displays of the room.
    pub displays: bool,
    /// Those who are outside while something about them is deliberated, or whose sheet it is not.
    pub outside: Vec<Actor>,
}

impl Published {
    /// The line as `actor` may read it.
    pub fn text_for(&self, actor: &Actor) -> String {
        let display = matches!(actor, Actor::Display(_));
        if (display && self.hidden_from.displays) || self.hidden_from.outside.contains(actor) {
            self.line.withheld()
        } else {
            self.line.text.clone()
        }
    }
}

/// The lines, shared by all connections.
#[derive(Debug, Clone)]
pub struct Ledger {
    lines: Arc<RwLock<Vec<Published>>>,
    count: watch::Sender<u64>,
}

impl Ledger {
    /// A ledger of these lines.
    pub fn new(lines: Vec<Published>) -> Self {
        let count = watch::Sender::new(lines.len() as u64);
        Self { lines: Arc::new(RwLock::new(lines)), count }
    }

    /// Publishes lines that are durable.
    pub fn publish(&self, more: Vec<Published>) {
        let mut lines = self.lines.write().unwrap_or_else(PoisonError::into_inner);
        lines.extend(more);
        let count = lines.len() as u64;
        drop(lines);
        self.count.send_replace(count);
    }

    /// All lines so far.
    pub fn all(&self) -> Vec<Published> {
        self.lines.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Where they end.
    pub fn end(&self) -> Seen {
        let lines = self.lines.read().unwrap_or_else(PoisonError::into_inner);
        let seen = |last: &Published| Seen { line: last.line.head.number, head: last.line.head_hash.clone() };
        lines.last().map_or_else(|| Seen { line: 0, head: NO_PREVIOUS.to_owned() }, seen)
    }

    /// How many there are, as it changes.
    pub fn counts(&self) -> watch::Receiver<u64> {
        self.count.subscribe()
    }

    /// Some lines after number `have`, as `actor` may read them, until `bytes` is reached.
    pub fn after(&self, have: u64, actor: &Actor, bytes: usize) -> Vec<String> {
        let lines = self.lines.read().unwrap_or_else(PoisonError::into_inner);
        let mut some = Vec::new();
        let mut length = 0;
        for published in lines.iter().skip(usize::try_from(have).unwrap_or(usize::MAX)) {
            let text = published.text_for(actor);
            length += text.len();
            some.push(text);
            if length >= bytes {
                break;
            }
        }
        some
    }
}
