//! What the scrutineers and the terminals attest: the key of the box, the heads, the room code, the result sheet, and
//! that everybody followed this record. The state at the end keeps the last of it; here it is gathered line by line.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::FaultKind;
use super::report::{BallotName, ByHand, HeadCount, KeyHolder, Report, SheetRefused, What};
use crate::ballot::Trustees;
use crate::journal::{FILE_NAME, Line};
use crate::meeting::{
    Actor, BallotId, Ceremony, Event, ItemId, Key, Round, SeatId, Setup, Sheet, State, Takeover, room_code,
};
use crate::plan::TrusteesPlan;

/// What was gathered.
#[derive(Default)]
pub(super) struct Scrutiny {
    /// The keys that were made to the end.
    keys: Vec<Made>,
    /// The count of heads before an issue, by its first ballot.
    heads: BTreeMap<BallotId, Counted>,
    /// The comparisons of the room code.
    rooms: Vec<Compared>,
    /// How many orders were followed, and by whom.
    orders: u64,
    signers: BTreeSet<Actor>,
    ceremony: Option<Ceremony>,
    heads_now: BTreeMap<ItemId, BTreeMap<SeatId, u32>>,
}

/// A key that was made.
struct Made {
    /// The line that put it in force.
    line: u64,
    ceremony: Ceremony,
}

struct Counted {
    present: u32,
    heads: BTreeMap<SeatId, u32>,
}

struct Compared {
    head: String,
    line: u64,
    by: Vec<SeatId>,
}

impl Scrutiny {
    /// Takes note of a line that was followed, with the state after it.
    pub fn note(&mut self, line: &Line, state: &State) {
        let Some(body) = &line.body else { return };
        if let Some(order) = &body.order {
            self.orders += 1;
            self.signers.insert(order.actor.clone());
        }
        for event in &body.events {
            self.event(event, line.head.number, state);
        }
    }

    fn event(&mut self, event: &Event, line: u64, state: &State) {
        match event {
            Event::KeyBegun { .. }
            | Event::KeyCertified { .. }
            | Event::DealingCommitted { .. }
            | Event::TrusteesFixed { .. } => self.ceremony.clone_from(&state.ceremony),
            Event::TrusteesConfirmed { .. } if state.ceremony.is_none() => {
                let ceremony = self.ceremony.take();
                self.keys.extend(ceremony.map(|ceremony| Made { line, ceremony }));
            }
            Event::HeadsCounted { item, seat, heads } => {
                self.heads_now.entry(item.clone()).or_default().insert(seat.clone(), *heads);
            }
            Event::IssueOpened(issue) => {
                if let Some(heads) = self.heads_now.remove(&issue.item) {
                    let present = state.item(&issue.item).map_or(0, |item| state.present_for(item));
                    self.heads.insert(issue.ballot.clone(), Counted { present, heads });
                }
            }
            Event::PaperVoteOpened(issue) => {
                self.heads_now.remove(&issue.item);
            }
            Event::RoomConfirmed { seat, head } => match self.rooms.last_mut() {
                Some(last) if last.head == *head => last.by.push(seat.clone()),
                _ => self.rooms.push(Compared { head: head.clone(), line, by: vec![seat.clone()] }),
            },
            _ => {}
        }
    }

    /// Says that every order was given by somebody who had followed this record; only where that is so.
    pub fn attested(&self, before: usize, report: &mut Report) {
        let signers = self.signers.len();
        report.check(before, What::Orders { orders: self.orders, signers });
    }

    /// Checks and tells sittings, takeovers, keys and room codes.
    pub fn check(&self, state: &State, report: &mut Report) {
        if !state.sittings.is_empty() {
            let openings = state.sittings.iter().map(|sitting| sitting.opening).chain([state.opening]);
            let present = openings.map(|opening| opening.map(|opening| opening.present)).collect();
            report.check(report.faults.len(), What::Sittings { present, due: state.due() });
        }
        for (epoch, Takeover { last, forced, .. }) in (1..).zip(&state.takeovers) {
            let taken_over = What::TakenOver { epoch, after: last.line, forced: *forced };
            report.check(report.faults.len(), taken_over);
        }
        match state.plan().meeting.trustees {
            TrusteesPlan::Console => check_console(state, report),
            TrusteesPlan::Scrutineers { threshold, .. } => {
                for made in &self.keys {
                    made.check(state, threshold, report);
                }
            }
        }
        for room in &self.rooms {
            let by = names(state, room.by.iter());
            let code = room_code(state.session(), &room.head).unwrap_or_default();
            let (line, head) = (room.line, room.head.clone());
            report.check(report.faults.len(), What::Room { line, head, code, by });
        }
    }

    /// Tells who counted heads before the papers of this ballot, and of those issued with it.
    pub fn tell_heads(&self, state: &State, round: &Round, report: &mut Report) {
        let Some(counted) = self.heads.get(&round.issue.ballot) else { return };
        let by = counted.heads.iter();
        let by = by.map(|(seat, heads)| HeadCount { by: state.name(seat).to_owned(), heads: *heads });
        let (item, by, present) = (round.issue.item.to_string(), by.collect(), counted.present);
        report.check(report.faults.len(), What::Heads { item, present, by });
    }

    /// The election is under a key that was in force.
    pub fn check_setup(&self, state: &State, ballot: &str, setup: &Setup, report: &mut Report) {
        let known = match state.plan().meeting.trustees {
            TrusteesPlan::Console => state.frozen.trustees.as_ref() == Some(&setup.trustees),
            TrusteesPlan::Scrutineers { .. } => self.made(setup).is_some(),
        };
        if !known {
            report.fault(FILE_NAME, FaultKind::SetupTrustees { ballot: ballot.to_owned() });
        }
    }

    fn made(&self, setup: &Setup) -> Option<&Made> {
        self.keys.iter().find(|made| made.ceremony.trustees.as_ref() == Some(&setup.trustees))
    }

    /// The scrutineer who is a trustee of this round's key.
    pub fn trustee(&self, round: &Round, trustee: u32) -> Option<&SeatId> {
        let made = self.made(round.setup.as_ref()?)?;
        made.ceremony.scrutineers.get(usize::try_from(trustee).ok()?.checked_sub(1)?)
    }
}

impl Made {
    /// The public part is what the scrutineers certified, under the threshold of the plan.
    fn check(&self, state: &State, planned: u32, report: &mut Report) {
        let before = report.faults.len();
        let Self { line, ceremony } = self;
        let (place, number) = (format!("{FILE_NAME}:{line}"), ceremony.number);
        let text = ceremony.trustees.as_deref().unwrap_or_default();
        match Trustees::parse(text.as_bytes()) {
            Ok(trustees) => {
                let found = trustees.certificates().unwrap_or_default();
                for (place_of, seat) in ceremony.scrutineers.iter().enumerate() {
                    if ceremony.certificates.get(seat) != found.get(place_of) {
                        let by = state.name(seat).to_owned();
                        report.fault(&place, FaultKind::KeyCertificate { ceremony: number, by });
                    }
                }
                let found = u32::try_from(trustees.threshold()).unwrap_or(u32::MAX);
                if found != planned || ceremony.threshold != planned {
                    report.fault(&place, FaultKind::KeyThreshold { ceremony: number, found, planned });
                }
            }
            Err(error) => {
                let detail = error.to_string();
                report.fault(&place, FaultKind::KeyTrustees { ceremony: number, detail });
            }
        }
        let key = Key {
            number,
            scrutineers: ceremony.scrutineers.clone(),
            threshold: ceremony.threshold,
            trustees: String::new(),
            lost: BTreeSet::new(),
        };
        let of = key.scrutineers.len();
        let what = What::Key {
            holder: KeyHolder::Scrutineers,
            ceremony: number,
            by: names(state, key.scrutineers.iter()),
            threshold: key.threshold,
            of,
            weak: key.is_weak(),
            single: of < 2,
        };
        report.check(before, what);
    }
}

fn check_console(state: &State, report: &mut Report) {
    let before = report.faults.len();
    let text = state.frozen.trustees.as_deref().unwrap_or_default();
    if let Err(error) = Trustees::parse(text.as_bytes()) {
        let detail = error.to_string();
        report.fault(&format!("{FILE_NAME}:1"), FaultKind::KeyTrustees { ceremony: 0, detail });
    }
    let (holder, by) = (KeyHolder::Console, Vec::new());
    report
        .check(before, What::Key { holder, ceremony: 0, by, threshold: 1, of: 1, weak: true, single: true });
}

/// Tells whose factors did not hold, and who was named because the terminal did not answer; nothing where there is nobody.
pub(super) fn tell_left_out(state: &State, round: &Round, report: &mut Report) {
    if round.false_factors.is_empty() && round.silent.is_empty() {
        return;
    }
    let false_factors = names(state, round.false_factors.iter());
    let silent = names(state, round.silent.iter());
    let ballot = BallotName::of(state, round);
    report.check(report.faults.len(), What::LeftOut { ballot, false_factors, silent });
}

/// Tells who signed the result sheet of a counted round, and who did not, with the reason.
pub(super) fn tell_sheet(state: &State, round: &Round, report: &mut Report) {
    let signed = round.sheet.iter().filter(|(_, sheet)| **sheet == Sheet::Signed).map(|(seat, _)| seat);
    let refused = round.sheet.iter().filter_map(|(seat, sheet)| match sheet {
        Sheet::Signed | Sheet::ByHand { .. } => None,
        Sheet::Refused { reason } => {
            Some(SheetRefused { by: state.name(seat).to_owned(), reason: reason.clone() })
        }
    });
    let by_hand = round.sheet.iter().filter_map(|(seat, sheet)| match sheet {
        Sheet::ByHand { refused } => {
            Some(ByHand { by: state.name(seat).to_owned(), refused: refused.clone() })
        }
        Sheet::Signed | Sheet::Refused { .. } => None,
    });
    let (signed, refused, by_hand) = (names(state, signed), refused.collect(), by_hand.collect());
    let ballot = BallotName::of(state, round);
    report.check(report.faults.len(), What::Sheet { ballot, signed, refused, by_hand });
}

fn names<'a>(state: &State, seats: impl Iterator<Item = &'a SeatId>) -> Vec<String> {
    seats.map(|seat| state.name(seat).to_owned()).collect()
}
