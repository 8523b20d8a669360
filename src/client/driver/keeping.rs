//! What the own disk does not take: it is said on this screen, and tried again by itself. Nothing is asked on the strength
//! of what could not be kept, and nobody else is blamed for it.

use std::io;

use super::*;

/// What is newer here than on the disk. A crash before it is kept loses nothing: the hub answers the same once more.
#[derive(Default)]
pub(super) struct Unkept {
    papers: BTreeSet<BallotId>,
    slips: bool,
    hubs: bool,
}

impl Driver {
    /// Whether it was kept; if it was not, this terminal does nothing by itself until it has tried again.
    pub(super) fn is_kept(&mut self, kept: io::Result<()>) -> bool {
        match kept {
            Ok(()) => {
                let behind = self.unkept.slips || self.unkept.hubs || !self.unkept.papers.is_empty();
                if !behind && matches!(self.alarm, Some(Alarm::Store(_))) {
                    self.alarm = None;
                    self.publish();
                }
                true
            }
            Err(error) => {
                self.refused_duty = self.snapshot.as_ref().map(|state| state.line);
                self.sound(Alarm::Store(error.to_string()));
                self.try_again_soon();
                false
            }
        }
    }

    /// Keeps a paper as it is in memory, now or soon.
    pub(super) fn keep_paper(&mut self, ballot: &BallotId) {
        let Some(paper) = self.kept.get(ballot) else { return };
        let kept = self.store.keep_paper(ballot, paper);
        match kept.is_ok() {
            true => self.unkept.papers.remove(ballot),
            false => self.unkept.papers.insert(ballot.clone()),
        };
        self.is_kept(kept);
    }

    /// Keeps the slips as they are in memory, now or soon.
    pub(super) fn keep_slips(&mut self) {
        let Some((item, slips)) = &self.slips else { return };
        let kept = self.store.keep_slips(item, slips);
        self.unkept.slips = kept.is_err();
        self.is_kept(kept);
    }

    /// Keeps the machines that are or may be the hub, now or soon.
    pub(super) fn keep_hubs(&mut self) {
        let kept = self.store.keep_hubs(self.hubs.kept());
        self.unkept.hubs = kept.is_err();
        self.is_kept(kept);
    }

    /// Tries again what was not kept.
    pub(super) fn keep_the_rest(&mut self) {
        self.unkept.papers.retain(|ballot| self.kept.contains_key(ballot));
        for ballot in self.unkept.papers.clone() {
            self.keep_paper(&ballot);
        }
        if self.unkept.hubs {
            self.keep_hubs();
        }
        if self.unkept.slips {
            self.unkept.slips = self.slips.is_some();
            self.keep_slips();
        }
    }
}
