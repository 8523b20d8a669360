//! The journal, line by line: chain, signatures, rules. After the first line that does not hold, the state can no
//! longer be followed, but each line can still be read by itself and compared with the one before it.

use super::files::Folder;
use super::report::{Ended, FAULTS_MAX, FaultKind, Report, What};
use crate::journal::replay::WhatFails;
use crate::journal::{FILE_NAME, Line, Replay};
use crate::meeting::Phase;

/// How far the record could be followed.
pub(super) struct Journal {
    /// The state up to the first fault.
    pub replay: Replay,
    /// Whether there was none.
    pub whole: bool,
}

/// Follows the record of a folder.
pub(super) fn check(folder: &Folder<'_>, report: &mut Report) -> Journal {
    let before = report.faults.len();
    let bytes = folder.bytes(FILE_NAME, report).unwrap_or_default();
    let mut reader = Reader { replay: Replay::new(), last: None, faults: 0 };
    for (number, piece) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        reader.read(number, piece, report);
    }
    if reader.faults > FAULTS_MAX {
        report.fault(FILE_NAME, FaultKind::MoreFaults { more: reader.faults - FAULTS_MAX });
    }
    let whole = report.faults.len() == before;
    let replay = reader.replay;
    let ended = replay
        .state()
        .filter(|state| state.phase == Phase::Ended)
        .map(|state| if state.adjourned.is_some() { Ended::Adjourned } else { Ended::Closed });
    if whole && ended.is_none() {
        report.fault(FILE_NAME, FaultKind::NotEnded);
    }
    report.check(before, What::Journal { lines: replay.number(), withheld: replay.withheld(), ended });
    Journal { replay, whole }
}

struct Reader {
    replay: Replay,
    /// Number and head hash of the last line, once the state can no longer be followed; none where it did not read.
    last: Option<Option<(u64, String)>>,
    faults: u64,
}

impl Reader {
    fn read(&mut self, number: u64, piece: &[u8], report: &mut Report) {
        let Some(text) = piece.strip_suffix(b"\n") else {
            return self.fault(number, FaultKind::TornLine, report);
        };
        let Ok(text) = std::str::from_utf8(text) else {
            self.last = Some(None);
            return self.fault(number, FaultKind::NotText, report);
        };
        let fault = match &self.last {
            None => match self.replay.read(text) {
                Ok(_) => return,
                Err(fault) => {
                    self.last = Some(by_itself(text).ok());
                    fault.what
                }
            },
            Some(last) => {
                let followed = follow(text, last.as_ref());
                self.last = Some(by_itself(text).ok());
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

fn by_itself(text: &str) -> Result<(u64, String), WhatFails> {
    let line = Line::read(text)?;
    Ok((line.head.number, line.head_hash))
}

/// A line against the one before it, without the rules.
fn follow(text: &str, last: Option<&(u64, String)>) -> Result<(), WhatFails> {
    let line = Line::read(text)?;
    let Some((number, hash)) = last else { return Ok(()) };
    if line.head.number != number + 1 {
        return Err(WhatFails::Number { found: line.head.number, expected: number + 1 });
    }
    if line.head.previous != *hash {
        return Err(WhatFails::Chain);
    }
    Ok(())
}
