//! What was survived, counted over the whole run.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use plenum::disk::Deed;

static DIED: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());
static FAILED: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());

/// A count of its own.
pub struct Count(AtomicU64);

impl Count {
    pub const fn new() -> Self {
        Self(AtomicU64::new(0))
    }

    pub fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

pub static TERMINALS: Count = Count::new();
pub static PROCESSES: Count = Count::new();
pub static TAKEOVERS: Count = Count::new();
pub static STANDBYS: Count = Count::new();
pub static CUTS: Count = Count::new();
pub static STALLS: Count = Count::new();
pub static TRUNCATED: Count = Count::new();
pub static REORDERED: Count = Count::new();
pub static PULLED: Count = Count::new();
pub static NETEM: Count = Count::new();
pub static HOSTILE: Count = Count::new();
pub static PANICS: Count = Count::new();
pub static MEETINGS: Count = Count::new();
pub static ORDERS: Count = Count::new();
pub static BALLOTS: Count = Count::new();
pub static SLIPS: Count = Count::new();

/// What this machine does not allow, and why.
static NOT_HERE: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// A part that was not held, because this machine does not allow it: said at once, and with the counts.
pub fn not_here(what: &str, why: &str) {
    let said = format!("{what}: NOT HELD on this machine ({})", why.trim());
    println!("{said}");
    NOT_HERE.lock().unwrap().push(said);
}

/// How long after a hub's return all screens were connected, in milliseconds.
static RETURNED: Mutex<Vec<u64>> = Mutex::new(Vec::new());

pub fn returned_after(millis: u64) {
    RETURNED.lock().unwrap().push(millis);
}

fn kind(deed: Deed, path: &Path) -> String {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let kind = match name.split_once('.') {
        None => "folder",
        Some(("journal", _)) => "journal",
        Some(("codes" | "hub" | "seal" | "transcript" | "share" | "identity", _)) => name,
        Some((_, "box")) => "box",
        Some((_, "papers.json")) => "papers",
        Some((_, "paper.json")) => "terminal's paper",
        Some((_, "slips.json")) => "slips",
        Some((_, "factors.json")) => "factors",
        Some((_, "bel")) => "election",
        Some(_) => "minutes and tables",
    };
    format!("{deed:?} {kind}").to_lowercase()
}

pub fn died_at(deed: Deed, path: &Path) {
    *DIED.lock().unwrap().entry(kind(deed, path)).or_default() += 1;
}

pub fn failed_at(deed: Deed, path: &Path) {
    *FAILED.lock().unwrap().entry(kind(deed, path)).or_default() += 1;
}

/// What was survived so far.
pub fn print() {
    let sum = |places: &Mutex<BTreeMap<String, u64>>| places.lock().unwrap().values().sum::<u64>();
    println!("survived, in {} meetings that were all sealed and verified:", MEETINGS.get());
    let rows = [
        ("deaths in the middle of a durable step", sum(&DIED)),
        ("durable steps that failed, torn or not", sum(&FAILED)),
        ("terminals killed and started again", TERMINALS.get()),
        ("consoles killed with kill -9", PROCESSES.get()),
        ("takeovers by a standby in step", TAKEOVERS.get()),
        ("standbys whose own disk failed", STANDBYS.get()),
        ("connections cut", CUTS.get()),
        ("connections stalled half-open", STALLS.get()),
        ("connections cut inside a frame", TRUNCATED.get()),
        ("connections brought in another order", REORDERED.get()),
        ("cables pulled", PULLED.get()),
        ("meetings behind loss and reordering by the kernel", NETEM.get()),
        ("hostile inputs", HOSTILE.get()),
        ("panics of a screen", PANICS.get()),
    ];
    for (what, count) in rows {
        println!("  {count:>7}  {what}");
    }
    println!("acknowledged, and found in the sealed record exactly once:");
    for (what, count) in [("orders", &ORDERS), ("ballots", &BALLOTS), ("slips", &SLIPS)] {
        println!("  {:>7}  {what}", count.get());
    }
    println!("lost: nothing. doubled: nothing.");
    for said in NOT_HERE.lock().unwrap().iter() {
        println!("  not counted: {said}");
    }
    let mut returned = RETURNED.lock().unwrap().clone();
    returned.sort_unstable();
    if let (Some(middle), Some(last)) = (returned.get(returned.len() / 2), returned.last()) {
        let times = returned.len();
        println!("all screens were back {middle} ms after the hub (median of {times}; longest {last} ms)");
    }
    for (what, places) in [("died at", &DIED), ("failed at", &FAILED)] {
        let places: Vec<String> =
            places.lock().unwrap().iter().map(|(place, count)| format!("{place} {count}")).collect();
        println!("{what}: {}", places.join(", "));
    }
}
