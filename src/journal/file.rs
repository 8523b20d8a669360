//! The file: locked while a hub runs, appended to, durable before anything is acknowledged. A torn last line, the
//! trace of a crash in mid-write, was never acknowledged: it is cut off and reported. Anything else that does not
//! hold stops the start, with the line's number.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::line::Line;
use super::replay::{Replay, ReplayFault};
use super::{FILE_NAME, LINE_BYTES_MAX};
use crate::disk::Disk;

/// An open journal.
#[derive(Debug)]
pub struct Journal {
    file: File,
    path: PathBuf,
    disk: Disk,
    durable_bytes: u64,
    /// Over all durable bytes: what the file must still be after a sync has failed.
    durable: Sha256,
    torn: bool,
}

/// What was mended at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The line that was cut off.
    pub line: u64,
    /// How many bytes of it there were.
    pub bytes: u64,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalFault {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Another console runs this meeting.
    #[error("{path} is in use by another console")]
    InUse {
        /// The file.
        path: PathBuf,
    },
    /// A line does not hold.
    #[error(transparent)]
    Replay(#[from] ReplayFault),
    /// There is no text in it, or bytes that are no text.
    #[error("{path}: line {line} is not UTF-8")]
    NotText {
        /// The file.
        path: PathBuf,
        /// The line.
        line: u64,
    },
    /// After a failed sync, the file is not what was made durable before.
    #[error("{path} has changed: its durable lines do not read back as they were written")]
    NotReadBack {
        /// The file.
        path: PathBuf,
    },
    /// The file holds no complete line.
    #[error("{path} holds no complete line")]
    Empty {
        /// The file.
        path: PathBuf,
    },
}

/// A journal that was opened: the file, how far it goes, its lines, and what was mended.
#[derive(Debug)]
pub struct Opened {
    /// The file, at its end.
    pub journal: Journal,
    /// The state after the last line.
    pub replay: Replay,
    /// All lines.
    pub lines: Vec<Arc<Line>>,
    /// What was cut off.
    pub repair: Option<Repair>,
}

impl Journal {
    /// Whether a folder holds a journal. A first line that was torn is none: nothing was ever acknowledged.
    pub fn exists(folder: &Path) -> bool {
        let path = folder.join(FILE_NAME);
        path.exists() && !File::open(&path).is_ok_and(|file| is_without_line(&file))
    }

    /// Begins a journal with its first line, over one that a crash had torn if need be.
    ///
    /// # Errors
    /// When the file holds a line already, or cannot be made durable.
    pub fn create(folder: &Path, first: &Line) -> Result<Self, JournalFault> {
        Self::create_on(folder, first, Disk::default())
    }

    /// The same on this disk.
    ///
    /// # Errors
    /// As [`create`](Self::create).
    pub fn create_on(folder: &Path, first: &Line, disk: Disk) -> Result<Self, JournalFault> {
        let path = folder.join(FILE_NAME);
        let io = |error| JournalFault::Io { path: path.clone(), error };
        let file = OpenOptions::new().read(true).append(true).create(true).open(&path).map_err(io)?;
        lock(&file, &path)?;
        if !is_without_line(&file) {
            return Err(io(std::io::ErrorKind::AlreadyExists.into()));
        }
        disk.cut(&file, &path, 0).map_err(io)?;
        let (durable, disk_of_file) = (Sha256::new(), disk.clone());
        let mut journal =
            Self { file, path: path.clone(), disk: disk_of_file, durable_bytes: 0, durable, torn: false };
        if let Err(fault) = journal.append(std::slice::from_ref(first)) {
            let _ = disk.remove(&path);
            return Err(fault);
        }
        disk.sync_folder(folder).map_err(io)?;
        Ok(journal)
    }

    /// Opens a journal and replays it.
    ///
    /// # Errors
    /// When another console has it, when it cannot be read, or when a line does not hold.
    pub fn open(folder: &Path) -> Result<Opened, JournalFault> {
        Self::open_on(folder, Disk::default())
    }

    /// The same on this disk.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_on(folder: &Path, disk: Disk) -> Result<Opened, JournalFault> {
        let path = folder.join(FILE_NAME);
        let io = |error| JournalFault::Io { path: path.clone(), error };
        let mut file = OpenOptions::new().read(true).append(true).open(&path).map_err(io)?;
        lock(&file, &path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io)?;
        let Followed { replay, lines, durable_bytes, torn_bytes } = follow(&bytes, &path)?;
        if lines.is_empty() {
            return Err(JournalFault::Empty { path });
        }
        let sound = usize::try_from(durable_bytes).ok().and_then(|sound| bytes.get(..sound));
        let durable = Sha256::new_with_prefix(sound.unwrap_or_default());
        let mut journal =
            Self { file, path: path.clone(), disk, durable_bytes, durable, torn: torn_bytes > 0 };
        let repair = (torn_bytes > 0).then(|| Repair { line: replay.number() + 1, bytes: torn_bytes });
        journal.mend()?;
        // A hub that was killed between writing and syncing has left lines that read well and are not durable yet. They are
        // published from here on.
        journal.disk.sync(&journal.file, &path).map_err(io)?;
        journal.disk.sync_folder(folder).map_err(io)?;
        Ok(Opened { journal, replay, lines, repair })
    }

    /// Appends lines and makes them durable, all or none.
    ///
    /// # Errors
    /// When writing or syncing fails. What was written is cut off again, now or before the next append; lines
    /// appended before stay as they are.
    pub fn append(&mut self, lines: &[Line]) -> Result<(), JournalFault> {
        self.mend()?;
        let mut bytes = Vec::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
        for line in lines {
            debug_assert!(line.text.len() <= LINE_BYTES_MAX);
            bytes.extend_from_slice(line.text.as_bytes());
            bytes.push(b'\n');
        }
        let written = self
            .disk
            .write(&mut self.file, &self.path, &bytes)
            .and_then(|()| self.disk.sync_data(&self.file, &self.path));
        if let Err(error) = written {
            self.torn = true;
            let _ = self.mend();
            return Err(JournalFault::Io { path: self.path.clone(), error });
        }
        self.durable_bytes += bytes.len() as u64;
        self.durable.update(&bytes);
        Ok(())
    }

    /// Another handle in place of the file, for tests of a disk that fails.
    #[cfg(test)]
    pub(super) fn exchange(&mut self, file: File) -> File {
        std::mem::replace(&mut self.file, file)
    }

    /// Cuts off what was written and never acknowledged. After a sync that failed, nobody knows what the disk holds: the
    /// rest is trusted again once it has been made durable and read back.
    fn mend(&mut self) -> Result<(), JournalFault> {
        if !self.torn {
            return Ok(());
        }
        let mended = self
            .disk
            .cut(&self.file, &self.path, self.durable_bytes)
            .and_then(|()| self.disk.sync(&self.file, &self.path))
            .and_then(|()| self.reads_back());
        let same = mended.map_err(|error| JournalFault::Io { path: self.path.clone(), error })?;
        if !same {
            return Err(JournalFault::NotReadBack { path: self.path.clone() });
        }
        self.torn = false;
        Ok(())
    }

    /// Whether the file holds the durable bytes and no others.
    fn reads_back(&mut self) -> std::io::Result<bool> {
        let mut some = vec![0u8; 64 * 1024];
        let mut read = Sha256::new();
        self.file.seek(SeekFrom::Start(0))?;
        loop {
            let bytes = self.file.read(&mut some)?;
            match some.get(..bytes) {
                Some(bytes) if !bytes.is_empty() => read.update(bytes),
                _ => break,
            }
        }
        self.file.seek(SeekFrom::End(0))?;
        Ok(read.finalize() == self.durable.clone().finalize())
    }
}

/// Whether there is not one complete line in a file.
fn is_without_line(mut file: &File) -> bool {
    let mut some = [0u8; 8192];
    let mut read = 0;
    loop {
        match file.read(&mut some) {
            Ok(0) => return true,
            Ok(bytes) => {
                read += bytes;
                let line = some.iter().take(bytes).any(|byte| *byte == b'\n');
                if line || read > LINE_BYTES_MAX {
                    return false;
                }
            }
            Err(_) => return false,
        }
    }
}

fn lock(file: &File, path: &Path) -> Result<(), JournalFault> {
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => JournalFault::InUse { path: path.to_owned() },
        TryLockError::Error(error) => JournalFault::Io { path: path.to_owned(), error },
    })
}

struct Followed {
    replay: Replay,
    lines: Vec<Arc<Line>>,
    durable_bytes: u64,
    torn_bytes: u64,
}

fn follow(bytes: &[u8], path: &Path) -> Result<Followed, JournalFault> {
    let mut replay = Replay::new();
    let mut lines = Vec::new();
    let mut durable_bytes = 0u64;
    for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(text) = piece.strip_suffix(b"\n") else {
            return Ok(Followed { replay, lines, durable_bytes, torn_bytes: piece.len() as u64 });
        };
        let text = std::str::from_utf8(text)
            .map_err(|_| JournalFault::NotText { path: path.to_owned(), line: replay.number() + 1 })?;
        lines.push(Arc::new(replay.read(text)?));
        durable_bytes += piece.len() as u64;
    }
    Ok(Followed { replay, lines, durable_bytes, torn_bytes: 0 })
}
