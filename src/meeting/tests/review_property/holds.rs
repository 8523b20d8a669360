//! What must hold of questions, officials and evaluations after every line of a review.

use std::collections::{BTreeMap, BTreeSet};

use super::{QUESTIONS_MAX, Run, item};
use crate::meeting::{
    Asker, BallotId, Ended, OfficialId, OfficialStage, QuestionId, Round, RoundPhase, SLIP_ACTS_MAX, SeatId,
    Standing, State, VoidReason, seat,
};

impl Run {
    /// Every question that was ever asked is there as it was asked, and moves only along the allowed edges.
    pub(super) fn questions(&self, before: &State) {
        let (_, review) = self.review();
        let now: Vec<_> = review
            .questions
            .iter()
            .map(|one| (one.id, one.official.clone(), one.asker.clone(), one.text.clone()))
            .collect();
        assert_eq!(now, self.asked, "a question is lost, or changed");
        let earlier = before.item_state(&item()).unwrap().review().unwrap();
        for (old, new) in earlier.questions.iter().zip(&review.questions) {
            let moved = old.standing == new.standing
                || match (&old.standing, &new.standing) {
                    (Standing::Waiting, to) => !matches!(to, Standing::Ended(Ended::Answered)),
                    (Standing::OnFloor, to) => matches!(to, Standing::Ended(_)),
                    _ => false,
                };
            assert!(moved, "{:?} after {:?}", new.standing, old.standing);
            assert!(old.merged.len() <= new.merged.len());
            assert!(old.inquiry.is_none() || old.inquiry == new.inquiry);
            assert!(new.inquiry.is_none() || new.satisfied == Some(false));
        }
        let mut queue = review.queue.clone();
        queue.sort();
        let of = |standing: fn(&Standing) -> bool| -> Vec<QuestionId> {
            review.questions.iter().filter(|one| standing(&one.standing)).map(|one| one.id).collect()
        };
        assert_eq!(queue, of(|standing| *standing == Standing::Waiting), "the queue is what waits");
        assert_eq!(review.on_floor.into_iter().collect::<Vec<_>>(), of(|one| *one == Standing::OnFloor));
        for one in &review.questions {
            if let Standing::Merged { into } = one.standing {
                assert!(into != one.id && review.question(into).unwrap().merged.contains(&one.id));
            }
            if matches!(one.standing, Standing::Waiting | Standing::OnFloor) {
                assert_eq!(
                    Some(&one.official),
                    review.current.as_ref(),
                    "who waits, waits for the current one"
                );
                let stage = &review.officials[&one.official].stage;
                assert!(matches!(
                    stage,
                    OfficialStage::Findings | OfficialStage::Reporting | OfficialStage::Questioning
                ));
            }
        }
        for person in &self.state().plan().people {
            assert!(review.asked_by(&seat(person)) <= QUESTIONS_MAX);
        }
        let slips =
            review.questions.iter().map(|one| &one.asker).chain(review.opinions.iter().map(|one| &one.by));
        let keys: Vec<&String> = slips
            .filter_map(|by| match by {
                Asker::Slip { key } => Some(key),
                Asker::Seat { .. } => None,
            })
            .collect();
        for (key, spent) in &review.slips_spent {
            let times = keys.iter().filter(|one| **one == key).count();
            assert!((1..=2).contains(&times), "a slip is in the record, with one follow-up at most");
            assert!((1..=SLIP_ACTS_MAX as usize).contains(&spent.acts.len()));
        }
        assert!(keys.iter().all(|key| review.slips_spent.contains_key(*key)));
        assert!(review.slips_spent.len() <= review.issued_slips(), "more slips than were issued");
        assert!(earlier.slip_secret.is_none() || earlier.slips_spent == review.slips_spent);
        for person in &self.state().plan().people {
            assert!(review.opinions_by(&seat(person)) <= QUESTIONS_MAX);
        }
        assert!(earlier.opinions.len() <= review.opinions.len());
    }

    pub(super) fn officials(&self, before: &State) {
        let (_, review) = self.review();
        let earlier = before.item_state(&item()).unwrap().review().unwrap();
        let rank = |stage: &OfficialStage| match stage {
            OfficialStage::ToCome => 0,
            OfficialStage::Findings => 1,
            OfficialStage::Reporting => 2,
            OfficialStage::Questioning => 3,
            OfficialStage::Evaluating => 4,
            OfficialStage::Declared | OfficialStage::PutOff { .. } => 5,
        };
        for (id, official) in &review.officials {
            let old = &earlier.officials[id];
            assert!(rank(&old.stage) <= rank(&official.stage));
            assert!(rank(&old.stage) < 5 || old.stage == official.stage, "over is over");
            assert!(old.recused.is_subset(&official.recused));
            assert_eq!(official.verdict.is_some(), official.stage == OfficialStage::Declared);
            assert_eq!(self.declared.contains(id), official.verdict.is_some());
            let under_way = !matches!(rank(&official.stage), 0 | 5);
            assert!(!under_way || review.current.as_ref() == Some(id), "one official at a time");
        }
        assert!(earlier.order.is_empty() || earlier.order == review.order, "the order stays");
    }

    /// Each official has at most one set of rounds that is not void, and its rounds advance in step.
    pub(super) fn evaluations(&self) {
        let state = self.state();
        let rounds = &state.item_state(&item()).unwrap().rounds;
        let ids: BTreeSet<&BallotId> = rounds.iter().map(|round| &round.issue.ballot).collect();
        assert_eq!(ids.len(), rounds.len(), "every ballot has a name of its own");
        let mut sets: BTreeMap<(&OfficialId, u32), Vec<&Round>> = BTreeMap::new();
        for round in rounds {
            let electorate: BTreeSet<&SeatId> = round.issue.electorate.iter().collect();
            assert_eq!(electorate.len(), round.issue.electorate.len());
            assert!(round.issued.keys().all(|seat| electorate.contains(seat)));
            assert!(round.confirmed.iter().all(|seat| round.issued.contains_key(seat)));
            assert!(round.issue.due >= round.present() && round.present() >= round.issued());
            let void = round.void.is_some();
            assert!(void || round.returned().is_none_or(|returned| returned <= round.issued()));
            assert_eq!(round.void.is_some(), round.phase == RoundPhase::Void);
            assert_eq!(round.count.is_some(), round.phase == RoundPhase::Counted);
            sets.entry((round.issue.subject.as_ref().unwrap(), round.issue.round)).or_default().push(round);
        }
        let mut counted: BTreeMap<(&OfficialId, &str), u32> = BTreeMap::new();
        for ((official, _), set) in &sets {
            let void = set.iter().filter(|round| round.phase == RoundPhase::Void).count();
            // But for a group that was counted before the key was lost.
            let lost = set.iter().any(|round| matches!(round.void, Some(VoidReason::Unopenable { .. })));
            let counted_first = set.iter().any(|round| round.phase == RoundPhase::Counted);
            assert!(void == 0 || void == set.len() || (lost && counted_first), "a set is void as a whole");
            let ahead = set.iter().any(|round| round.phase >= RoundPhase::Voting);
            assert!(!ahead || set.iter().all(|round| round.phase >= RoundPhase::Voting), "one votes ahead");
            let opened =
                set.iter().any(|round| matches!(round.phase, RoundPhase::Opening | RoundPhase::Counted));
            assert!(!opened || set.iter().all(|round| round.phase >= RoundPhase::Opening), "one opens ahead");
            for round in set.iter().filter(|round| round.phase != RoundPhase::Void) {
                for group in ["members", "invited"] {
                    let of = |one: &String| one == group;
                    let is = round.issue.groups.is_empty() || round.issue.groups.iter().any(of);
                    *counted.entry((*official, group)).or_default() += u32::from(is);
                }
            }
            let seats: Vec<&SeatId> = set.iter().flat_map(|round| &round.issue.electorate).collect();
            assert_eq!(seats.len(), seats.iter().collect::<BTreeSet<_>>().len(), "one paper a person");
            assert!(set.len() <= 1 || set.iter().all(|round| round.present() >= 5));
        }
        assert!(counted.values().all(|sets| *sets <= 1), "an evaluation is counted twice");
    }

    pub(super) fn the_floor(&self) {
        let floor = &self.state().floor;
        let waiting: BTreeSet<&SeatId> = floor.waiting.iter().collect();
        assert_eq!(waiting.len(), floor.waiting.len(), "nobody waits twice");
        let speaking = floor.speaking.as_ref().map(|(seat, _)| seat);
        assert!(speaking.is_none_or(|seat| !waiting.contains(seat)), "nobody waits who speaks");
        assert!(waiting.into_iter().chain(speaking).all(|seat| self.state().is_present(seat)));
    }
}
