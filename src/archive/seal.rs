//! Sealing a session folder in place, after the meeting has ended. Three steps, each of which can be repeated after
//! a crash at any moment: the hub has written `ballots/`; [`prepare`] writes minutes and tables and lists the files;
//! the seal is signed; [`finish`] writes `transcript.json` and removes `private/`. A folder with a transcript is
//! sealed; what a crash left of `private/` the next [`finish`] or [`clean_up`] removes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::minutes::{self, Telling};
use super::papers;
use super::record::Record;
use super::results::Results;
use super::tree::{OddKind, Tree, hash_file};
use super::{FORMAT, MINUTES_HTML, MINUTES_MD, PRIVATE, SealBody, SealedFile};
use super::{TRANSCRIPT, Transcript, TranscriptFault};
use crate::disk::Disk;
use crate::journal::FILE_NAME;
use crate::meeting::Phase;

/// Why a folder cannot be sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The record does not hold.
    #[error("{0}")]
    Journal(String),
    /// The meeting has not ended.
    #[error("the meeting has not ended")]
    NotEnded,
    /// Something in the folder belongs in no archive.
    #[error("{path} belongs in no archive ({what:?})")]
    Odd {
        /// Where.
        path: String,
        /// What it is.
        what: OddKind,
    },
    /// A transcript is there, and it is another one.
    #[error("{TRANSCRIPT} is there already and seals something else")]
    OtherSeal,
    /// The transcript that is there does not read.
    #[error("{TRANSCRIPT}: {0:?}")]
    Transcript(TranscriptFault),
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> SealError + '_ {
    move |error| SealError::Io { path: path.to_owned(), error }
}

/// Whether a folder is sealed.
pub fn is_sealed(folder: &Path) -> bool {
    folder.join(TRANSCRIPT).exists()
}

/// Writes minutes and tables, and lists every file: what is to be signed. `zone` is the room's, for the times in the
/// minutes. May be called again as long as nobody has signed.
///
/// # Errors
/// The meeting has not ended, the record does not hold, or the folder holds something that no archive may.
pub fn prepare(folder: &Path, zone: &TimeZone) -> Result<SealBody, SealError> {
    prepare_on(folder, zone, &Disk::default())
}

/// The same on this disk.
///
/// # Errors
/// As [`prepare`].
pub fn prepare_on(folder: &Path, zone: &TimeZone, disk: &Disk) -> Result<SealBody, SealError> {
    let path = folder.join(FILE_NAME);
    let text = fs::read_to_string(&path).map_err(io_at(&path))?;
    let record = Record::read(&text).map_err(|fault| SealError::Journal(fault.to_string()))?;
    if record.state.phase != Phase::Ended || !text.ends_with('\n') {
        return Err(SealError::NotEnded);
    }
    write_papers(folder, &record, zone, disk)?;
    let state = &record.state;
    Ok(SealBody {
        format: FORMAT.to_owned(),
        session: state.session().clone(),
        rehearsal: state.frozen.rehearsal,
        lines: state.line,
        head: record.head.clone(),
        files: list(folder)?,
    })
}

/// Minutes and tables. The names of tables are reserved: what lies there and is none of this meeting's goes.
fn write_papers(folder: &Path, record: &Record, zone: &TimeZone, disk: &Disk) -> Result<(), SealError> {
    let telling = Telling { lang: record.state.plan().meeting.language, zone, sealed: true };
    let minutes = [
        (MINUTES_HTML, Some(minutes::html(record, &telling).into_bytes())),
        (MINUTES_MD, Some(minutes::markdown(record, &telling).into_bytes())),
    ];
    let tables = Results::of(record).tables().map(|(name, _, bytes)| (name, bytes));
    for (name, bytes) in minutes.into_iter().chain(tables) {
        let path = folder.join(name);
        match bytes {
            Some(bytes) => disk.write_over(&path, &bytes).map_err(io_at(&path))?,
            None => remove_if_there(&path, disk).map_err(io_at(&path))?,
        }
    }
    // What was printed for votes on paper was written when they opened; a crash may have come between.
    let rounds = record.state.items.iter().flat_map(|item| &item.rounds);
    for round in rounds.filter(|round| round.by_paper.is_some()) {
        let below = folder.join(papers::folder(&round.issue.ballot));
        fs::create_dir_all(&below).map_err(io_at(&below))?;
        for (name, bytes) in papers::files(&record.state, &round.issue) {
            let path = folder.join(name);
            disk.write_over(&path, &bytes).map_err(io_at(&path))?;
        }
    }
    Ok(())
}

/// Every file of the archive but the record, with its hash. Empty folders go: they say nothing, and a list of files cannot hold them.
fn list(folder: &Path) -> Result<Vec<SealedFile>, SealError> {
    let mut tree = Tree::read(folder).map_err(io_at(folder))?;
    while !tree.empty.is_empty() {
        for empty in &tree.empty {
            let path = folder.join(empty);
            fs::remove_dir(&path).map_err(io_at(&path))?;
        }
        tree = Tree::read(folder).map_err(io_at(folder))?;
    }
    if let Some(odd) = tree.odd.into_iter().next() {
        return Err(SealError::Odd { path: odd.path, what: odd.what });
    }
    tree.files
        .into_iter()
        .filter(|name| name != FILE_NAME)
        .map(|name| {
            let path = folder.join(&name);
            let (bytes, sha256) = hash_file(&path).map_err(io_at(&path))?;
            Ok(SealedFile { path: name, bytes, sha256 })
        })
        .collect()
}

/// Writes `transcript.json` durably and removes `private/`.
///
/// # Errors
/// Something cannot be written or removed, or another transcript is there. Nothing of `private/` is removed before
/// the transcript is durable.
pub fn finish(folder: &Path, transcript: &Transcript) -> Result<(), SealError> {
    finish_on(folder, transcript, &Disk::default())
}

/// The same on this disk.
///
/// # Errors
/// As [`finish`].
pub fn finish_on(folder: &Path, transcript: &Transcript, disk: &Disk) -> Result<(), SealError> {
    let path = folder.join(TRANSCRIPT);
    match fs::read(&path) {
        Ok(bytes) => {
            let there = Transcript::read(&bytes).map_err(SealError::Transcript)?;
            if there.seal != transcript.seal {
                return Err(SealError::OtherSeal);
            }
            // It may have failed here before: its name is durable before `private/` goes.
            disk.sync_folder(folder).map_err(io_at(folder))?;
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let private = folder.join(PRIVATE);
            fs::create_dir_all(&private).map_err(io_at(&private))?;
            // In `private/`, which goes anyway: a crash here leaves nothing behind that the list does not have.
            let temporary = private.join(TRANSCRIPT);
            disk.write_over(&temporary, &transcript.bytes()).map_err(io_at(&temporary))?;
            disk.rename(&temporary, &path).map_err(io_at(&path))?;
            disk.sync_folder(folder).map_err(io_at(folder))?;
        }
        Err(error) => return Err(SealError::Io { path, error }),
    }
    clean_up_on(folder, disk)
}

/// Removes `private/` from a folder that is sealed, and does nothing to one that is not. On a solid-state disk the
/// bytes may outlive their names for a while: nothing above the disk can promise more.
///
/// # Errors
/// Something cannot be removed.
pub fn clean_up(folder: &Path) -> Result<(), SealError> {
    clean_up_on(folder, &Disk::default())
}

/// The same on this disk.
///
/// # Errors
/// As [`clean_up`].
pub fn clean_up_on(folder: &Path, disk: &Disk) -> Result<(), SealError> {
    if !is_sealed(folder) {
        return Ok(());
    }
    let private = folder.join(PRIVATE);
    if !private.exists() {
        return Ok(());
    }
    // That the folder is sealed is durable before what could still unseal it goes.
    disk.sync_folder(folder).map_err(io_at(folder))?;
    match disk.remove_folder(&private) {
        Ok(()) => disk.sync_folder(folder).map_err(io_at(folder)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(SealError::Io { path: private, error }),
    }
}

fn remove_if_there(path: &Path, disk: &Disk) -> io::Result<()> {
    if !path.exists() {
        return Ok(());
    }
    match disk.remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
