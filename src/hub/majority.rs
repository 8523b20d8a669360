//! More than half: once a machine has stood by, this hub acknowledges only while more than half of the seats signed in
//! are connected to it. Two machines that cannot reach each other thus never both go on with a part of the room.
//!
//! A connection may have gone without this hub being told. A seat counts only while it has been heard of in the last
//! moment; and at a hub that has taken over, one that comes from elsewhere counts only after the hub before can no longer
//! take it for connected.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::meeting::{Phase, SeatId, State};
use crate::wire::live::Majority;

/// A seat that was not heard of for so long does not count. Screens say every two seconds that they are there.
const HEARD_WITHIN: Duration = Duration::from_secs(5);

/// So long after its coming, a seat that may have been at the hub before counts: that one has stopped counting it.
const COUNTS_AFTER: Duration = Duration::from_secs(7);

/// When a connection was last heard of.
#[derive(Debug)]
pub(super) struct Pulse {
    began: Instant,
    heard_millis: AtomicU64,
}

impl Pulse {
    /// Heard of now.
    pub fn new() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), heard_millis: AtomicU64::new(0) })
    }

    /// It was heard of.
    pub fn beat(&self) {
        let millis = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.heard_millis.store(millis, Ordering::Relaxed);
    }

    /// How long it is there, and how long ago it was last heard of.
    fn ages(&self) -> (Duration, Duration) {
        let age = self.began.elapsed();
        let heard = Duration::from_millis(self.heard_millis.load(Ordering::Relaxed));
        (age, age.saturating_sub(heard))
    }
}

/// A seat's connection, as far as it matters here.
#[derive(Debug)]
pub(super) struct Presence {
    pub pulse: Arc<Pulse>,
    /// Whether it has followed the record into this epoch: no hub before this one is followed by it any more.
    pub settled: bool,
}

impl Presence {
    fn counts(&self) -> bool {
        let (age, silent) = self.pulse.ages();
        silent < HEARD_WITHIN && (self.settled || age >= COUNTS_AFTER)
    }
}

/// Whether more than half are there; none where nothing depends on it: no machine has ever stood by, or the meeting has
/// ended, and only signatures are asked.
pub(super) fn missing<'a>(
    state: &State,
    connections: impl Iterator<Item = (&'a SeatId, &'a Presence)>,
) -> Option<Majority> {
    if !state.needs_majority() || state.phase == Phase::Ended {
        return None;
    }
    let here: BTreeSet<&SeatId> = connections.filter(|(_, one)| one.counts()).map(|(seat, _)| seat).collect();
    let signed_in = || state.attendance.keys().filter(|seat| state.is_present(seat));
    let connected = signed_in().filter(|seat| here.contains(seat)).count();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let majority = Majority { connected: number(connected), of: number(signed_in().count()) };
    (!majority.is_enough()).then_some(majority)
}
