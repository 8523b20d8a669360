//! The journal, line by line: chain, signatures, rules. After the first line that does not hold, the state can no
//! longer be followed, but each line is still read by itself and compared with the one before it, and the order in it
//! with the keys and the record that its signer saw.

use std::collections::BTreeMap;

use super::fault::{FAULTS_MAX, FaultKind};
use super::files::Folder;
use super::report::{Ended, Report, What};
use super::scrutiny::Scrutiny;
use crate::journal::replay::WhatFails;
use crate::journal::{FILE_NAME, Line, Replay};
use crate::meeting::{Actor, Event, Phase, Seen, SessionId};

/// How far the record could be followed.
pub(super) struct Journal {
    /// The state up to the first fault.
    pub replay: Replay,
    /// Whether there was none.
    pub whole: bool,
    /// What scrutineers and terminals attested up to there.
    pub scrutiny: Scrutiny,
}

/// Follows the record of a folder.
pub(super) fn check(folder: &Folder<'_>, report: &mut Report) -> Journal {
    let before = report.faults.len();
    let bytes = folder.bytes(FILE_NAME, report).unwrap_or_default();
    let mut reader = Reader { replay: Replay::new(), scrutiny: Scrutiny::default(), after: None, faults: 0 };
    for (number, piece) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        reader.read(number, piece, report);
    }
    if reader.faults > FAULTS_MAX {
        report.fault(FILE_NAME, FaultKind::MoreFaults { more: reader.faults - FAULTS_MAX });
    }
    let whole = report.faults.len() == before;
    let Reader { replay, scrutiny, .. } = reader;
    let ended = replay
        .state()
        .filter(|state| state.phase == Phase::Ended)
        .map(|state| if state.adjourned.is_some() { Ended::Adjourned } else { Ended::Closed });
    if whole && ended.is_none() {
        report.fault(FILE_NAME, FaultKind::NotEnded);
    }
    report.check(before, What::Journal { lines: replay.number(), withheld: replay.withheld(), ended });
    if whole {
        scrutiny.attested(report.faults.len(), report);
    }
    Journal { replay, whole, scrutiny }
}

struct Reader {
    replay: Replay,
    scrutiny: Scrutiny,
    /// What lines are compared with once the state can no longer be followed.
    after: Option<After>,
    faults: u64,
}

impl Reader {
    fn read(&mut self, number: u64, piece: &[u8], report: &mut Report) {
        let Some(text) = piece.strip_suffix(b"\n") else {
            return self.fault(number, FaultKind::TornLine, report);
        };
        let Ok(text) = std::str::from_utf8(text) else {
            self.after.get_or_insert_with(|| After::of(&self.replay)).last = None;
            return self.fault(number, FaultKind::NotText, report);
        };
        let fault = match &mut self.after {
            None => match self.replay.read(text) {
                Ok(line) => {
                    if let Some(state) = self.replay.state() {
                        self.scrutiny.note(&line, state);
                    }
                    return;
                }
                Err(fault) => {
                    let mut after = After::of(&self.replay);
                    after.take(Line::read(text).ok().as_ref());
                    self.after = Some(after);
                    fault.what
                }
            },
            Some(after) => {
                let line = Line::read(text);
                let followed = line
                    .as_ref()
                    .map_or_else(|fault| Err(fault.clone().into()), |line| after.check(line, &self.replay));
                after.take(line.as_ref().ok());
                match followed {
                    Ok(()) => return,
                    Err(fault) => fault,
                }
            }
        };
        self.fault(number, FaultKind::Record { detail: fault.to_string() }, report);
    }

    fn fault(&mut self, number: u64, what: FaultKind, report: &mut Report) {
        self.faults += 1;
        if self.faults <= FAULTS_MAX {
            report.fault(&format!("{FILE_NAME}:{number}"), what);
        }
    }
}

/// What is left to check a line against, without the rules.
struct After {
    /// Number and head hash of the last line; none where it did not read.
    last: Option<(u64, String)>,
    /// The heads since the state was lost.
    heads: BTreeMap<u64, String>,
    session: Option<SessionId>,
    /// The keys as the lines give them out.
    keys: BTreeMap<Actor, String>,
}

impl After {
    fn of(replay: &Replay) -> Self {
        let mut keys = replay.state().map(|state| state.keys.clone()).unwrap_or_default();
        for machine in [Actor::Hub, Actor::Standby] {
            let key = replay.state().and_then(|state| state.key_of(&machine)).map(str::to_owned);
            keys.extend(key.map(|key| (machine, key)));
        }
        let session = replay.state().map(|state| state.session().clone());
        Self { last: None, heads: BTreeMap::new(), session, keys }
    }

    /// A line against the one before it; its order against its signer's key and what the signer has seen.
    fn check(&self, line: &Line, replay: &Replay) -> Result<(), WhatFails> {
        if let Some((number, hash)) = &self.last {
            if line.head.number != number + 1 {
                return Err(WhatFails::Number { found: line.head.number, expected: number + 1 });
            }
            if line.head.previous != *hash {
                return Err(WhatFails::Chain);
            }
        }
        let Some(order) = line.body.as_ref().and_then(|body| body.order.as_ref()) else { return Ok(()) };
        // Whoever's key stood in a line that is gone cannot be checked any more.
        if let (Some(session), Some(key)) = (&self.session, self.keys.get(&order.actor)) {
            order.open(session, key)?;
        }
        if replay.has(&order.seen) || self.has(&order.seen) { Ok(()) } else { Err(WhatFails::Seen) }
    }

    fn has(&self, seen: &Seen) -> bool {
        self.heads.get(&seen.line) == Some(&seen.head)
    }

    fn take(&mut self, line: Option<&Line>) {
        self.last = line.map(|line| (line.head.number, line.head_hash.clone()));
        self.heads.extend(self.last.clone());
        let events = line.and_then(|line| line.body.as_ref()).map(|body| body.events.as_slice());
        for event in events.unwrap_or_default() {
            match event {
                Event::Enrolled { who, key } => drop(self.keys.insert(who.clone(), key.clone())),
                Event::CodeReissued { who } => drop(self.keys.remove(who)),
                Event::StandbyEnrolled { key, .. } => drop(self.keys.insert(Actor::Standby, key.clone())),
                Event::TakenOver { .. } => {
                    self.keys.remove(&Actor::Console);
                    let key = self.keys.remove(&Actor::Standby);
                    self.keys.extend(key.map(|key| (Actor::Hub, key)));
                }
                _ => {}
            }
        }
    }
}
