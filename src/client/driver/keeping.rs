//! What is kept on the own disk. What it does not take is said on this screen, and tried again by itself. Nothing is asked on the strength
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
    /// The kept papers of the rounds that go on, and of the one on the floor; what is over and checked is forgotten.
    pub(super) fn load_papers(&mut self) {
        let Some(state) = &self.snapshot else { return };
        if let Some((item, ..)) = state.current_review()
            && self.slips.as_ref().is_none_or(|(held, _)| *held != item.id)
        {
            self.slips = self.store.slips(&item.id).map(|slips| (item.id.clone(), slips));
        }
        // Slips of a review that ended while this terminal was away are still to be compared, and forgotten.
        if self.slips.is_none() && self.enrolled.actor.seat().is_some() {
            let mut over = state.items.iter().filter(|item| {
                let review = item.review();
                review.is_some_and(|review| review.slip_issuer.is_some()) && slips::is_over(state, &item.id)
            });
            self.slips = over.find_map(|item| Some((item.id.clone(), self.store.slips(&item.id)?)));
        }
        let Some(seat) = self.enrolled.actor.seat() else { return };
        let mine = |round: &&Round| round.issue.electorate.contains(seat);
        for round in state.rounds_under_way().chain(state.rounds_on_floor()).filter(mine) {
            let ballot = &round.issue.ballot;
            let over = round.phase == RoundPhase::Void
                || round.phase >= RoundPhase::Opening && round.box_confirmed.contains(seat);
            if !self.kept.contains_key(ballot)
                && let Some(paper) = self.store.paper(ballot)
            {
                self.kept.insert(ballot.clone(), paper);
            }
            if over && self.kept.contains_key(ballot) {
                self.store.forget_paper(ballot);
            }
        }
        let known = |ballot: &BallotId| {
            state
                .current_item()
                .is_some_and(|item| item.rounds.iter().any(|round| round.issue.ballot == *ballot))
        };
        self.kept.retain(|ballot, _| known(ballot));
    }

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
