//! A disk that fails where a seed says: the power goes at a step, or a few steps fail. What was not made durable by then
//! is gone, as it is when a machine loses its power.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use plenum::disk::{Deed, Disk, Trouble, Verdict};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::sync::watch;

use super::tally;

/// No room, an error of the device, read-only: as Linux numbers them.
const ERRORS: [i32; 3] = [28, 5, 30];

/// What a disk is to do.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// After so many steps the power goes.
    pub dies_after: usize,
    /// One step in so many begins a series of steps that fail.
    pub one_in: u32,
    /// So many series at most.
    pub series: usize,
    /// Only steps of this kind on files whose names end so, where it is given.
    pub only: Option<(Deed, &'static str)>,
}

impl Plan {
    pub fn dies_after(steps: usize) -> Self {
        Self { dies_after: steps, one_in: 1, series: 0, only: None }
    }

    pub fn fails(one_in: u32, series: usize) -> Self {
        Self { dies_after: usize::MAX, one_in, series, only: None }
    }
}

/// A disk with trouble.
#[derive(Debug)]
pub struct Power {
    inner: Mutex<Inner>,
    dead: watch::Sender<bool>,
}

#[derive(Debug)]
struct Inner {
    plan: Plan,
    rng: StdRng,
    steps: usize,
    failing: usize,
    /// Journal and boxes as they were at their last sync.
    durable: BTreeMap<PathBuf, Vec<u8>>,
    /// Those of them whose last sync has failed, and in which nothing was written since: the system holds in memory what is
    /// not on the disk, and takes the next sync for done.
    suspect: BTreeSet<PathBuf>,
    /// What files held whose replacement is not durable yet.
    renamed: BTreeMap<PathBuf, Option<Vec<u8>>>,
}

impl Power {
    /// The disk under these folders.
    pub fn new(plan: Plan, seed: u64, folders: &[&Path]) -> Arc<Self> {
        let files = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten().flatten());
        let durable = files
            .map(|entry| entry.path())
            .filter(|path| is_grown(path))
            .filter_map(|path| Some((path.clone(), fs::read(path).ok()?)))
            .collect();
        let rng = StdRng::seed_from_u64(seed);
        let (suspect, renamed) = (BTreeSet::new(), BTreeMap::new());
        let inner = Inner { plan, rng, steps: 0, failing: 0, durable, suspect, renamed };
        Arc::new(Self { inner: Mutex::new(inner), dead: watch::Sender::new(false) })
    }

    pub fn disk(self: &Arc<Self>) -> Disk {
        Disk::with(Arc::clone(self) as Arc<dyn Trouble>)
    }

    /// The power goes after so many steps more.
    pub fn dies_in(&self, steps: usize) {
        let mut inner = self.inner.lock().unwrap();
        inner.plan.dies_after = inner.steps + steps;
    }

    pub fn is_dead(&self) -> bool {
        *self.dead.borrow()
    }

    /// Waits until the power is gone.
    pub async fn gone(&self) {
        let mut dead = self.dead.subscribe();
        let _ = dead.wait_for(|dead| *dead).await;
    }
}

/// Files that are written in place.
fn is_grown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "jsonl" || extension == "box")
}

impl Inner {
    /// What is not durable is gone.
    fn lose(&mut self) {
        for (path, bytes) in &self.durable {
            let _ = fs::write(path, bytes);
        }
        for (path, before) in std::mem::take(&mut self.renamed) {
            let _ = match before {
                Some(bytes) => fs::write(&path, bytes),
                None => fs::remove_file(&path),
            };
        }
    }

    fn note(&mut self, deed: Deed, path: &Path) {
        match deed {
            Deed::Sync if is_grown(path) => {
                if let Ok(bytes) = fs::read(path)
                    && !self.suspect.contains(path)
                {
                    self.durable.insert(path.to_owned(), bytes);
                }
            }
            Deed::Sync => self.renamed.retain(|renamed, _| renamed.parent() != Some(path)),
            Deed::Rename => {
                let before = fs::read(path).ok();
                self.renamed.entry(path.to_owned()).or_insert(before);
            }
            Deed::Write | Deed::Cut => drop(self.suspect.remove(path)),
            Deed::Remove => {}
        }
    }

    fn error(&mut self) -> io::Error {
        let which = self.rng.random_range(0..ERRORS.len());
        io::Error::from_raw_os_error(ERRORS[which])
    }
}

impl Trouble for Power {
    fn before(&self, deed: Deed, path: &Path, bytes: usize) -> Verdict {
        let mut inner = self.inner.lock().unwrap();
        if self.is_dead() {
            return Verdict::Fail(io::Error::from_raw_os_error(5));
        }
        inner.steps += 1;
        if inner.steps > inner.plan.dies_after {
            tally::died_at(deed, path);
            // Half of the time the machine loses its power, half of the time the process alone dies.
            let torn = inner.rng.random_range(0..=bytes);
            let power = inner.rng.random();
            if power {
                inner.lose();
            }
            self.dead.send_replace(true);
            let error = io::Error::from_raw_os_error(5);
            return if power { Verdict::Fail(error) } else { Verdict::Torn(torn, error) };
        }
        let meant = inner.plan.only.is_none_or(|(wanted, ends)| {
            deed == wanted && path.to_str().is_some_and(|path| path.ends_with(ends))
        });
        let one_in = inner.plan.one_in;
        if meant && inner.failing == 0 && inner.plan.series > 0 && inner.rng.random_range(0..one_in) == 0 {
            inner.failing = inner.rng.random_range(1..=3);
            inner.plan.series -= 1;
        }
        if inner.failing == 0 || !meant {
            inner.note(deed, path);
            return Verdict::GoOn;
        }
        inner.failing -= 1;
        tally::failed_at(deed, path);
        if deed == Deed::Sync && is_grown(path) {
            // What a system does when a sync fails: it forgets what was written, or keeps it in memory alone.
            match inner.durable.get(path) {
                Some(durable) if inner.steps.is_multiple_of(2) => drop(fs::write(path, durable)),
                _ => drop(inner.suspect.insert(path.to_owned())),
            }
        }
        let torn = inner.rng.random_range(0..=bytes);
        Verdict::Torn(torn, inner.error())
    }
}
