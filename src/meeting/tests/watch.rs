//! What must hold of ballots and their keys in every meeting, written down a second time: from the whole log, without the
//! state's own reckoning where that is possible.

mod log;
mod papers;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::barriers;
use super::scrutiny::{factors, tally};
use crate::meeting::{
    Actor, BallotId, Event, OfficialStage, RoundPhase, SeatId, State, VoidReason, seat, sha256_hex,
};
use crate::plan::{SmallPlan, TrusteesPlan};

/// A line of the log.
struct Line {
    written: Timestamp,
    event: Event,
}

/// Follows one meeting.
#[derive(Default)]
pub struct Watch {
    log: Vec<Line>,
    counted: BTreeMap<BallotId, String>,
    seen: BTreeMap<&'static str, u32>,
}

impl Watch {
    /// Whether something was reached.
    pub fn saw(&self, what: &str) -> bool {
        self.seen.contains_key(what)
    }

    /// What was reached.
    pub fn seen(&self) -> &BTreeMap<&'static str, u32> {
        &self.seen
    }

    fn see(&mut self, what: &'static str) {
        *self.seen.entry(what).or_default() += 1;
    }

    /// How often a box was fixed.
    pub fn boxes(&self, ballot: &BallotId) -> usize {
        let fixed = |line: &&Line| matches!(&line.event, Event::BoxFixed { ballot: of, .. } if of == ballot);
        self.log.iter().filter(fixed).count()
    }

    /// The lines after the last of which `is` holds.
    fn since(&self, is: impl Fn(&Event) -> bool) -> &[Line] {
        let last = self.log.iter().rposition(|line| is(&line.event)).map_or(0, |place| place + 1);
        &self.log[last..]
    }

    /// Before the events of one line are folded.
    pub fn at(
        &mut self,
        state: &State,
        actor: &Actor,
        events: &[Event],
        (decided, written): (Timestamp, Timestamp),
    ) {
        let needed = needed(state);
        for event in events {
            self.before(state, actor, event, needed, decided);
            self.on_paper(state, actor, event);
            self.log.push(Line { written, event: event.clone() });
        }
        // Who voids by decision, voids all that goes on: the lost terminal holds papers of all.
        let whole = |reason: &VoidReason| {
            matches!(reason, VoidReason::Decided { .. } | VoidReason::Unopenable { .. } | VoidReason::ByPaper)
        };
        let voided: BTreeSet<&BallotId> = events
            .iter()
            .filter_map(|event| match event {
                Event::RoundVoided { ballot, reason, .. } if whole(reason) => Some(ballot),
                _ => None,
            })
            .collect();
        let going_on: BTreeSet<&BallotId> =
            state.rounds_under_way().map(|round| &round.issue.ballot).collect();
        let to_paper = events.iter().any(|event| matches!(event, Event::PaperVoteOpened(_)));
        assert!(!to_paper || voided == going_on, "an electronic round goes on beside one on paper");
        assert!(voided.is_empty() || voided == going_on, "a part of the bundle is left: {going_on:?}");
        if voided.len() > 2 {
            self.see("a whole bundle void");
        }
    }

    #[allow(clippy::too_many_lines, reason = "one event after the other")]
    fn before(&mut self, state: &State, actor: &Actor, event: &Event, needed: u32, decided: Timestamp) {
        match event {
            Event::KeyBegun { ceremony, scrutineers, threshold } => {
                assert_eq!((*threshold, *ceremony), (needed, state.ceremonies + 1));
                assert!(
                    scrutineers.len() >= needed as usize
                        && scrutineers.iter().all(|one| state.is_present(one))
                );
                assert_eq!(state.rounds_under_way().count(), 0, "a key is made while a round is open");
                self.see(if state.ceremony.is_some() { "key begun again" } else { "key begun" });
                if state.ceremony.as_ref().is_some_and(|old| old.scrutineers.len() > scrutineers.len()) {
                    self.see("key made without one who left");
                }
                if state.key.is_some() || self.saw("unopenable") {
                    self.see("another key");
                }
            }
            Event::DealingCommitted { ceremony, .. } => {
                let certified =
                    self.of_ceremony(*ceremony, |event| matches!(event, Event::KeyCertified { .. }));
                assert_eq!(certified, state.ceremony.as_ref().unwrap().scrutineers.len(), "dealt too early");
            }
            Event::TrusteesFixed { ceremony, .. } => {
                let dealt =
                    self.of_ceremony(*ceremony, |event| matches!(event, Event::DealingCommitted { .. }));
                assert_eq!(dealt, state.ceremony.as_ref().unwrap().scrutineers.len(), "shown too early");
            }
            Event::HeadsCounted { item, heads, .. }
                if *heads != state.present_for(state.item(item).unwrap()) =>
            {
                self.see("heads differ");
            }
            Event::IssueOpened(issue) => {
                let counted = self.heads(&issue.item);
                let present = state.present_for(state.item(&issue.item).unwrap());
                let equal = counted.values().filter(|heads| **heads == present).count();
                assert!(equal >= needed as usize, "issued before the heads are counted");
                if let TrusteesPlan::Scrutineers { threshold, .. } = state.plan().meeting.trustees {
                    let key = state.key.as_ref().unwrap();
                    let here = key
                        .scrutineers
                        .iter()
                        .filter(|one| state.is_present(one) && !key.lost.contains(*one));
                    assert!(here.count() >= threshold as usize && state.ceremony.is_none());
                }
                if issue.round > 1 {
                    self.see("issued again");
                }
            }
            Event::ListFixed { setup, .. } => assert_eq!(Some(setup.trustees.as_str()), state.trustees()),
            Event::VotingOpened { ballot } => {
                let (item, round) = state.round(ballot).unwrap();
                let issued: BTreeSet<&SeatId> = round.issued.keys().collect();
                assert_eq!(issued, round.confirmed.iter().collect(), "issued = confirmed");
                assert_eq!(round.setup.as_ref().unwrap().admitted.len(), issued.len(), "issued = registered");
                self.room_compared(needed);
                if let (Some(subject), Some(review)) = (&round.issue.subject, item.review()) {
                    let recused = &review.officials[subject].recused;
                    assert!(
                        issued.iter().all(|seat| !recused.contains(*seat)),
                        "somebody recused has a paper"
                    );
                    assert_eq!(review.officials[subject].stage, OfficialStage::Evaluating);
                    let issued =
                        |event: &Event| matches!(event, Event::IssueOpened(issue) if issue.ballot == *ballot);
                    let called = |line: &Line| matches!(&line.event, Event::OfficialCalled { official, .. } if official == subject);
                    if self.since(issued).iter().any(called) {
                        self.see("voting on papers that waited");
                    }
                }
            }
            Event::CodeReissued { .. } | Event::Enrolled { .. }
                if !state.room.due && matches!(event_seat(event), Some(Actor::Seat(_))) =>
            {
                self.see("room due again");
            }
            Event::RoomConfirmed { .. } => {
                assert!(self.log.iter().any(|line| matches!(line.event, Event::ListFixed { .. })));
                self.see("room compared");
            }
            Event::BoxFixed { ballot, ballots, .. } => {
                let (_, round) = state.round(ballot).unwrap();
                assert_eq!(self.box_closed(round), None, "a box grows that was closed");
                assert!(round.box_confirmed.is_empty(), "a box grows that was confirmed");
                assert!(round.ballots.iter().all(|one| ballots.contains(one)), "a ballot left the box");
                assert!(ballots.len() <= round.issued.len());
                if round.box_hash.is_some() {
                    assert!(ballots.len() > round.ballots.len());
                    self.see("box grown");
                }
            }
            Event::BoxCheckEnded { ballot } => {
                let (_, round) = state.round(ballot).unwrap();
                assert_eq!((actor, self.box_closed(round)), (&Actor::Hub, None), "closed once, by the hub");
                let is = |event: &Event| matches!(event, Event::BoxFixed { ballot: of, .. } if of == ballot);
                let fixed = self.log.iter().find(|line| is(&line.event)).unwrap().written;
                assert!(fixed + SignedDuration::from_secs(60) <= decided, "closed before ballots could come");
                self.see("box closed after its time");
            }
            Event::BoxConfirmed { ballot, seat } => {
                let (_, round) = state.round(ballot).unwrap();
                assert_eq!(actor.seat(), Some(seat));
                assert!(self.box_closed(round).is_some(), "confirmed while the box could still grow");
                if round.ballots.len() == round.issued.len() {
                    self.see("full box confirmed");
                }
            }
            Event::MissingAccepted { ballot, missing, .. } => {
                let (_, round) = state.round(ballot).unwrap();
                let closed = self.box_closed(round).expect("accepted while the box could still grow");
                assert!(closed + SignedDuration::from_secs(20) <= decided, "accepted before there was time");
                assert!(!missing.is_empty());
                self.see("missing accepted");
            }
            Event::BoxOpened { ballot } => {
                let (_, round) = state.round(ballot).unwrap();
                assert!(self.box_closed(round).is_some(), "opened while the box could still grow");
                self.box_is_checked(round, needed);
                assert_eq!(
                    Some(round.setup.as_ref().unwrap().trustees.as_str()),
                    state.trustees(),
                    "the key is another one than that of the ballots"
                );
                let closed = state.plan().meeting.small == SmallPlan::Closed;
                assert!(!closed || round.ballots.len() >= 5, "fewer than five are opened");
            }
            Event::FactorsReleased { ballot, seat, sum, .. } => {
                let (_, round) = state.round(ballot).unwrap();
                assert_eq!((round.phase, actor.seat()), (RoundPhase::Opening, Some(seat)));
                assert!(self.released(ballot).all(|(by, _)| by != seat), "a scrutineer gives one sum, once");
                if self.released(ballot).any(|(_, other)| other != sum) {
                    self.see("two sums given");
                }
                self.see("released");
            }
            Event::SilentNamed { ballot, seats } => {
                let (_, round) = state.round(ballot).unwrap();
                assert_eq!((round.phase, actor), (RoundPhase::Opening, &Actor::Console));
                let is = |event: &Event| matches!(event, Event::BoxOpened { ballot: of } if of == ballot);
                let opened = self.log.iter().find(|line| is(&line.event)).unwrap().written;
                assert!(opened + SignedDuration::from_secs(120) <= decided, "named before there was time");
                let given: BTreeSet<&SeatId> = self.released(ballot).map(|(by, _)| by).collect();
                assert!(!seats.is_empty() && seats.iter().all(|one| !given.contains(one)));
                assert!(seats.iter().all(|one| state.is_present(one)), "who is not here cannot be silent");
                self.see("silent named");
            }
            Event::RoundVoided { ballot, reason, .. } => {
                let (_, round) = state.round(ballot).unwrap();
                assert!(round.phase < RoundPhase::Counted, "what is counted or void stays so");
                match reason {
                    VoidReason::Unopenable { .. } | VoidReason::ByPaper if opening(state) => {
                        let opening: Vec<&BallotId> = state
                            .rounds_under_way()
                            .filter(|one| one.phase == RoundPhase::Opening)
                            .map(|one| &one.issue.ballot)
                            .collect();
                        let key = state.key.as_ref().unwrap();
                        // Of groups that are counted apart, one that cannot be opened is enough.
                        let lost = opening.iter().find(|one| self.left(state, key, one) < needed as usize);
                        let lost = lost.expect("it can be opened");
                        let given: BTreeSet<SeatId> = self.released(lost).map(|(by, _)| by.clone()).collect();
                        let named = self.named(lost);
                        let without =
                            key.scrutineers.iter().any(|one| named.contains(one) && !given.contains(one));
                        self.see("unopenable");
                        if without {
                            self.see("unopenable without who was named");
                        }
                        if !given.is_empty() {
                            self.see("unopenable after the first factor");
                        }
                    }
                    other => {
                        let electronic = round.phase < RoundPhase::Opening;
                        assert!(
                            electronic || round.phase == RoundPhase::OnPaper,
                            "{other:?} after the opening"
                        );
                        assert_eq!(self.released(ballot).count(), 0, "void after the first factor");
                        match other {
                            VoidReason::TooFew { returned, needed } => {
                                assert!(returned < needed && state.plan().meeting.small == SmallPlan::Closed);
                                self.see("kept closed");
                            }
                            VoidReason::PutOff => self.see("waiting papers put off"),
                            VoidReason::Recused => self.see("waiting papers of somebody who stood aside"),
                            _ => {}
                        }
                    }
                }
            }
            Event::Counted { ballot, opened, .. } => {
                if let Some(key) = &state.key {
                    assert!(opened.factors.len() >= key.threshold as usize, "counted without enough factors");
                    assert_eq!(opened.tally, tally(ballot));
                    let sum = sha256_hex(opened.tally.as_bytes());
                    let given: BTreeMap<&SeatId, &String> = self.released(ballot).collect();
                    for one in &opened.factors {
                        let by = &key.scrutineers[one.trustee as usize - 1];
                        assert_eq!(given.get(by), Some(&&sum), "counted with factors of another sum");
                        assert_eq!(one.factors, factors(ballot, one.trustee));
                    }
                    // No group's result before another's.
                    for round in state.rounds_on_floor().filter(|round| round.is_under_way()) {
                        let agree = self.agreeing(&round.issue.ballot);
                        assert!(agree >= key.threshold as usize, "counted before the other group can be");
                    }
                    if self.released(ballot).next().is_some_and(|(_, first)| *first != sum) {
                        self.see("counted though another sum was given first");
                    }
                    self.see("counted with the scrutineers' factors");
                }
                if self.saw("unopenable") {
                    self.see("counted under another key");
                }
            }
            Event::ResultSigned { ballot, seat } => {
                let before = self.answered(ballot);
                self.see(if before.contains(seat) { "signed after a refusal" } else { "sheet signed" });
            }
            Event::ResultRefused { ballot, seat, .. } => {
                assert!(!self.answered(ballot).contains(seat));
                self.see("sheet refused");
            }
            Event::Declared { item } => {
                let state = state.item_state(item).unwrap();
                if state.review().is_none() {
                    self.sheet_answered(state.rounds.iter(), needed);
                    let last = state.rounds.last();
                    if last.is_some_and(|round| round.phase == RoundPhase::Void) {
                        self.see("declared undecided");
                    }
                }
            }
            Event::OfficialDeclared { item, official, .. } => {
                let rounds = &state.item_state(item).unwrap().rounds;
                let of = rounds.iter().filter(|round| round.issue.subject.as_ref() == Some(official));
                assert!(of.clone().any(|round| round.phase == RoundPhase::Counted));
                self.sheet_answered(of, needed);
            }
            Event::OfficialPutOff { item, official, .. } => {
                let rounds = &state.item_state(item).unwrap().rounds;
                let mut of = rounds.iter().filter(|round| round.issue.subject.as_ref() == Some(official));
                if of.any(|round| {
                    matches!(round.void, Some(VoidReason::TooFew { .. } | VoidReason::Unopenable { .. }))
                }) {
                    self.see("put off after a box that stayed closed");
                }
            }
            _ => {}
        }
    }

    /// When the events of a line are folded.
    pub fn after(&mut self, before: &State, after: &State) {
        let number = |state: &State| state.key.as_ref().map(|key| key.number);
        if number(before) != number(after) {
            assert_eq!(after.rounds_under_way().count(), 0, "the key changed under an open round");
            self.see("key made");
        }
        if let Some(line) = self.log.last() {
            barriers::nobody_is_ahead_of_a_box(after, line.written);
            barriers::no_sum_is_in_the_way(after, line.written);
        }
        // Writing them out takes time: now and then is often enough.
        let looked_at = after.items.iter().filter(|_| after.line.is_multiple_of(8));
        for item in looked_at {
            for round in item.rounds.iter().filter(|round| round.phase == RoundPhase::Counted) {
                let mut round = round.clone();
                round.box_confirmed.clear();
                round.sheet.clear();
                let now = format!("{round:?}");
                let first = self.counted.entry(round.issue.ballot.clone()).or_insert_with(|| now.clone());
                assert_eq!(*first, now, "a counted round has changed");
            }
        }
        let phase = |ballot: &BallotId| after.round(ballot).map(|(_, round)| round.phase);
        assert!(
            self.counted.keys().all(|ballot| phase(ballot) == Some(RoundPhase::Counted)),
            "a counted round is counted no more"
        );
    }
}

/// Whether a box is being opened.
fn opening(state: &State) -> bool {
    state.rounds_under_way().any(|one| one.phase == RoundPhase::Opening)
}

/// How many scrutineers must agree, by the plan.
fn needed(state: &State) -> u32 {
    match state.plan().meeting.trustees {
        TrusteesPlan::Scrutineers { threshold, .. } => threshold,
        TrusteesPlan::Console => state.scrutineers().map(seat).count() as u32 / 2 + 1,
    }
}

fn event_seat(event: &Event) -> Option<&Actor> {
    match event {
        Event::Enrolled { who, .. } | Event::CodeReissued { who } => Some(who),
        _ => None,
    }
}
