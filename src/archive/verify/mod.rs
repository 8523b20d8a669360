//! `plenum verify`: everything that an archive says is checked again, by code that trusts nothing in the folder. It
//! does not stop at a fault: whoever reads the report wants to know all that was touched, and where.
//!
//! - `report`, `fault`: the checks, the faults, as data
//! - `files`: the folder against the sealed list
//! - `seal`: witnesses and signatures, their order, and whether anybody was passed over
//! - `record`: the journal line by line
//! - `plan`: plan and materials against the frozen ones
//! - `round`: one round of a ballot: its election, its tokens, its archive, its outcome
//! - `paper`: a round on paper
//! - `bel`: that archive, by itself and against the record
//! - `agenda`: what the body decided on its agenda
//! - `review`: verdicts and slips
//! - `open`: what was decided in the open: the head last, votes by name, hands
//! - `reopening`: objections to declared results, reconsiderations, what was set aside, who is barred
//! - `exam`: bank, draw, sheets, marks
//! - `scrutiny`: what scrutineers and terminals attest: the key, heads, the room code, result sheets
//!
//! What it cannot know: whether the people in the room compared the code that the keys hang on, and what a computer
//! whose program was changed did with the marks of its member before it encrypted them.

mod agenda;
mod bel;
mod exam;
mod fault;
mod files;
mod open;
mod paper;
mod plan;
mod record;
mod reopening;
mod report;
mod review;
mod round;
mod scrutiny;
mod seal;

use std::path::{Path, PathBuf};
use std::{fs, io};

pub use fault::{Fault, FaultKind};
pub use report::{
    BallotName, ByHand, Check, Ended, EnteredBy, Evaluates, HeadCount, KeyHolder, NotSigned, Report,
    SheetRefused, Status, What,
};
pub use seal::seals;

use self::files::Folder;
use super::bel::{bel_path, has_bel};
use super::{BALLOTS, PLAN, RESULTS_CSV, Results, SITTINGS_CSV, TRANSCRIPT};
use crate::journal::FILE_NAME;
use crate::meeting::{Phase, State};

/// The folders that `verify DIR` looks into: DIR itself if it is one of a session, otherwise those in it that are.
///
/// # Errors
/// The folder cannot be read.
pub fn archives_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    if is_session(folder) || folder.join(PLAN).is_file() {
        return Ok(vec![folder.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && is_session(&path) {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Whether a folder claims to be a meeting's: one file of an archive is enough, so that no archive is passed over
/// because another was taken from it. A plan alone is none yet, and may lie beside archives.
fn is_session(folder: &Path) -> bool {
    [FILE_NAME, TRANSCRIPT, RESULTS_CSV].iter().any(|name| folder.join(name).is_file())
}

/// Checks a folder in full.
pub fn verify(folder: &Path) -> Report {
    let mut report = Report::new(folder);
    let folder = Folder::read(folder, &mut report);
    let transcript = files::check_list(&folder, &mut report);
    let journal = record::check(&folder, &mut report);
    let state = journal.replay.state();
    if let Some(state) = state {
        report.session = Some(state.session().to_string());
        report.rehearsal = state.frozen.rehearsal;
        report.language = Some(state.plan().meeting.language);
        plan::check(&folder, state, &mut report);
        agenda::check(state, &mut report);
        journal.scrutiny.check(state, &mut report);
        round::check_all(&folder, state, &journal, &mut report);
        for item in &state.items {
            exam::check(&folder, state, item, &mut report);
        }
    }
    check_ballot_files(&folder, state, journal.whole, &mut report);
    if let Some(state) = state.filter(|_| journal.whole) {
        check_tables(&folder, state, journal.replay.hash(), &mut report);
    }
    if let Some(transcript) = transcript {
        seal::check(&transcript, &journal.replay, journal.whole, &mut report);
    }
    report
}

/// Exactly the archives of the boxes that were fixed, no other file among them. Those that no round explains are
/// still looked into.
fn check_ballot_files(folder: &Folder<'_>, state: Option<&State>, whole: bool, report: &mut Report) {
    let rounds = state.into_iter().flat_map(|state| state.items.iter().flat_map(|item| &item.rounds));
    let expected: Vec<String> =
        rounds.filter(|round| has_bel(round)).map(|round| bel_path(&round.issue.ballot)).collect();
    let below = format!("{BALLOTS}/");
    for path in folder.files().filter(|path| path.starts_with(&below)) {
        if expected.iter().any(|expected| expected == path) {
            continue;
        }
        if whole {
            report.fault(path, FaultKind::UnexpectedBallots);
        }
        bel::check_alone(folder, path, report);
    }
}

/// The tables are made again from the record: those that it has, and no others by their names.
fn check_tables(folder: &Folder<'_>, state: &State, head: &str, report: &mut Report) {
    let results = Results::new(state, head);
    for (file, lines, expected) in results.tables() {
        let before = report.faults.len();
        match expected {
            // A session that is not over has no tables yet.
            _ if state.phase != Phase::Ended && !folder.has(file) => {}
            // Nor has one that was sealed before there was this table. A table that is taken out, the seal misses.
            Some(_) if file == SITTINGS_CSV && !folder.has(file) => {}
            Some(expected) => {
                if folder.bytes(file, report).is_some_and(|bytes| bytes != expected) {
                    report.fault(file, FaultKind::TableDiffers);
                }
                report.check(before, What::Table { file, lines });
            }
            None if folder.has(file) => report.fault(file, FaultKind::TableDiffers),
            None => {}
        }
    }
}
