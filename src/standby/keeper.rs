//! A standby's folder: steps come, are done, and made durable. What is to be a line of the record must hold like every
//! line on every screen; otherwise nothing of it is written.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::archive;
use crate::disk::{Disk, ensure_folder};
use crate::hub::whole::held;
use crate::journal::{FILE_NAME, LINE_BYTES_MAX, Replay, ReplayFault};
use crate::meeting::SessionId;
use crate::wire::standby::{HeldFile, Step, is_mirrored};

/// No file of a meeting is longer: a ballot box of 500 papers with 500 lines takes about half of it.
const FILE_BYTES_MAX: u64 = 1024 * 1024 * 1024;

/// The folder of what is secret.
const PRIVATE: &str = "private";

/// A standby's folder.
#[derive(Debug)]
pub struct Keeper {
    root: PathBuf,
    disk: Disk,
    session: SessionId,
    record: Record,
    /// What was changed and is not durable yet.
    files: BTreeSet<String>,
    folders: BTreeSet<PathBuf>,
    /// Files whose sync has failed: what the system holds of them in memory may be on no disk.
    doubtful: BTreeSet<String>,
}

/// The record as far as it was checked.
#[derive(Debug, Clone, Default)]
struct Record {
    replay: Replay,
    /// The length of the lines followed.
    followed: u64,
    /// The beginning of the next line.
    rest: Vec<u8>,
}

/// Why a step is not done, or not durable.
#[derive(Debug, thiserror::Error)]
pub enum KeepFault {
    /// This machine's disk.
    #[error("{path}: {error}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A line does not hold.
    #[error(transparent)]
    Record(#[from] ReplayFault),
    /// What came is not how a record grows, or not this meeting's.
    #[error("{0}")]
    NotThisRecord(&'static str),
    /// A path that is none of the files that both machines have.
    #[error("{0:?} is no file that a hub and its standby have in common")]
    Path(String),
}

impl KeepFault {
    /// Whether the hub is at fault, and not this machine.
    pub fn is_hubs(&self) -> bool {
        !matches!(self, Self::Io { .. })
    }
}

impl Record {
    fn length(&self) -> u64 {
        self.followed + self.rest.len() as u64
    }

    /// Follows what is added at the end.
    fn extend(&mut self, bytes: &[u8], session: &SessionId) -> Result<(), KeepFault> {
        self.rest.extend_from_slice(bytes);
        while let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
            let line: Vec<u8> = self.rest.drain(..=end).collect();
            let text = line.strip_suffix(b"\n").and_then(|line| std::str::from_utf8(line).ok());
            let text = text.ok_or(KeepFault::NotThisRecord("a line of the record is no text"))?;
            self.replay.read(text)?;
            if self.replay.state().is_some_and(|state| state.session() != session) {
                return Err(KeepFault::NotThisRecord("the record is of another meeting"));
            }
            self.followed += line.len() as u64;
        }
        if self.rest.len() > LINE_BYTES_MAX {
            return Err(KeepFault::NotThisRecord("a line of the record does not end"));
        }
        Ok(())
    }
}

impl Keeper {
    /// The folder of a standby of this session, on this disk; what it holds of the record is followed.
    ///
    /// # Errors
    /// The folder cannot be read, or what it holds of the record does not hold.
    pub fn open(root: &Path, session: SessionId, disk: Disk) -> Result<Self, KeepFault> {
        let record = Record::default();
        let (files, folders, doubtful) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut keeper = Self { root: root.to_owned(), disk, session, record, files, folders, doubtful };
        keeper.read_record(u64::MAX)?;
        Ok(keeper)
    }

    /// The record as far as it was followed.
    pub fn replay(&self) -> &Replay {
        &self.record.replay
    }

    /// Whether the record is sealed, and nothing secret is left here.
    pub fn is_sealed(&self) -> bool {
        archive::is_sealed(&self.root) && !self.root.join(PRIVATE).exists()
    }

    /// What is here already and can be relied on.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn holds(&self) -> Result<Vec<HeldFile>, KeepFault> {
        let files = held(&self.root).map_err(|error| KeepFault::Io { path: self.root.clone(), error })?;
        Ok(files.into_iter().filter(|file| !self.doubtful.contains(&file.path)).collect())
    }

    fn read_record(&mut self, bytes: u64) -> Result<(), KeepFault> {
        self.record = Record::default();
        let path = self.root.join(FILE_NAME);
        let mut kept = Vec::new();
        match File::open(&path) {
            Ok(file) => {
                let read = file.take(bytes).read_to_end(&mut kept);
                read.map_err(|error| KeepFault::Io { path, error })?;
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(KeepFault::Io { path, error }),
        }
        self.record.extend(&kept, &self.session)
    }

    /// Does a step. It is durable after the next [`sync`](Self::sync).
    ///
    /// # Errors
    /// Why not. What came before is as it was; the whole folder is to be compared again.
    pub fn apply(&mut self, step: &Step) -> Result<(), KeepFault> {
        let end = match step {
            Step::Write { at, bytes, .. } => at.saturating_add(bytes.0.len() as u64),
            Step::Blank { bytes, .. } | Step::Cut { bytes, .. } => *bytes,
            _ => 0,
        };
        if end > FILE_BYTES_MAX {
            return Err(KeepFault::NotThisRecord("a file is longer than any of a meeting"));
        }
        match step {
            Step::Write { path, at, bytes } if path == FILE_NAME => self.write_record(*at, &bytes.0),
            Step::Cut { path, bytes } if path == FILE_NAME => self.cut_record(*bytes),
            Step::Blank { path, .. }
            | Step::Replace { path, .. }
            | Step::Rename { from: path, .. }
            | Step::Rename { to: path, .. }
                if path == FILE_NAME =>
            {
                Err(KeepFault::NotThisRecord("the record only grows, and is not exchanged"))
            }
            Step::Write { path, at, bytes } => self.write(path, *at, &bytes.0),
            Step::Blank { path, bytes } => {
                self.cut(path, 0)?;
                let (full, mut file) = self.open_file(path)?;
                self.disk.blank(&mut file, &full, *bytes).map_err(|error| io_at(&full, error))
            }
            Step::Cut { path, bytes } => self.cut(path, *bytes),
            Step::Replace { path, bytes } => {
                let full = self.place(path)?;
                self.doubtful.insert(path.clone());
                self.disk.replace(&full, &bytes.0).map_err(|error| io_at(&full, error))?;
                self.doubtful.remove(path);
                Ok(())
            }
            Step::Rename { from, to } => {
                let (old, new) = (self.place(from)?, self.place(to)?);
                // Doing it again finds it done.
                if !old.exists() && new.exists() {
                    return Ok(());
                }
                self.sync()?;
                self.disk.rename(&old, &new).map_err(|error| io_at(&new, error))?;
                self.folders.extend([old, new].iter().filter_map(|path| path.parent().map(Path::to_owned)));
                Ok(())
            }
            Step::Remove { path } => {
                let full = self.place(path)?;
                self.files.remove(path);
                match self.disk.remove(&full) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_at(&full, error)),
                    _ => {
                        self.folders.extend(full.parent().map(Path::to_owned));
                        if path == FILE_NAME {
                            self.record = Record::default();
                        }
                        Ok(())
                    }
                }
            }
            Step::RemovePrivate => {
                // Not for any file of that name: what goes here could be all that is left of the meeting.
                let transcript = fs::read(self.root.join(archive::TRANSCRIPT)).ok();
                let transcript = transcript.and_then(|bytes| archive::Transcript::read(&bytes).ok());
                if !transcript.is_some_and(|seal| archive::seals(&seal, &self.record.replay)) {
                    return Err(KeepFault::NotThisRecord(
                        "what is secret goes only when the record is sealed",
                    ));
                }
                self.sync()?;
                let cleaned = archive::seal::clean_up_on(&self.root, &self.disk);
                cleaned.map_err(|fault| io_at(&self.root, io::Error::other(fault.to_string())))
            }
        }
    }

    /// Makes everything durable that was done.
    ///
    /// # Errors
    /// When it is not known that it is. The files in question are not relied on before they were sent again.
    pub fn sync(&mut self) -> Result<(), KeepFault> {
        for path in std::mem::take(&mut self.files) {
            let full = self.root.join(&path);
            let synced = File::open(&full).and_then(|file| self.disk.sync_data(&file, &full));
            match synced {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => {
                    self.doubtful.insert(path);
                    return Err(io_at(&full, error));
                }
                Ok(()) => drop(self.doubtful.remove(&path)),
            }
        }
        while let Some(folder) = self.folders.first().cloned() {
            if folder.exists() {
                self.disk.sync_folder(&folder).map_err(|error| io_at(&folder, error))?;
            }
            self.folders.remove(&folder);
        }
        Ok(())
    }

    /// The place of a file that both machines have, with the folders above it. A folder is none: with `private` all that
    /// is this machine's own would go.
    fn place(&mut self, path: &str) -> Result<PathBuf, KeepFault> {
        if !is_mirrored(path) {
            return Err(KeepFault::Path(path.to_owned()));
        }
        let full = self.root.join(path);
        let folder = full.parent().filter(|_| !full.is_dir());
        let Some(folder) = folder else { return Err(KeepFault::Path(path.to_owned())) };
        let made =
            if path.starts_with("private/") { ensure_folder(folder) } else { fs::create_dir_all(folder) };
        made.map_err(|error| io_at(folder, error))?;
        if !full.exists() {
            self.folders.insert(folder.to_owned());
        }
        Ok(full)
    }

    fn open_file(&mut self, path: &str) -> Result<(PathBuf, File), KeepFault> {
        let full = self.place(path)?;
        let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&full);
        let file = file.map_err(|error| io_at(&full, error))?;
        // Until it is known to be durable.
        self.files.insert(path.to_owned());
        Ok((full, file))
    }

    fn write(&mut self, path: &str, at: u64, bytes: &[u8]) -> Result<(), KeepFault> {
        let (full, mut file) = self.open_file(path)?;
        let written = file.seek(SeekFrom::Start(at)).and_then(|_| self.disk.write(&mut file, &full, bytes));
        if written.is_err() {
            self.doubtful.insert(path.to_owned());
        }
        written.map_err(|error| io_at(&full, error))
    }

    fn cut(&mut self, path: &str, bytes: u64) -> Result<(), KeepFault> {
        let (full, file) = self.open_file(path)?;
        self.disk.cut(&file, &full, bytes).map_err(|error| io_at(&full, error))
    }

    /// What comes twice must be the same; what is new must hold before it is written.
    fn write_record(&mut self, at: u64, bytes: &[u8]) -> Result<(), KeepFault> {
        let length = self.record.length();
        let known =
            length.checked_sub(at).ok_or(KeepFault::NotThisRecord("a part of the record is missing"))?;
        let known = usize::try_from(known).unwrap_or(usize::MAX).min(bytes.len());
        let (again, new) = bytes.split_at_checked(known).unwrap_or((bytes, &[]));
        if !again.is_empty() {
            let (full, mut file) = self.open_file(FILE_NAME)?;
            let mut there = vec![0u8; again.len()];
            let read = file.seek(SeekFrom::Start(at)).and_then(|_| file.read_exact(&mut there));
            read.map_err(|error| io_at(&full, error))?;
            if there != again {
                return Err(KeepFault::NotThisRecord(
                    "a line of the record came a second time and is another",
                ));
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        self.record.extend(new, &self.session)?;
        self.write(FILE_NAME, length, new)
    }

    fn cut_record(&mut self, bytes: u64) -> Result<(), KeepFault> {
        if bytes > self.record.length() {
            return Err(KeepFault::NotThisRecord("a part of the record is missing"));
        }
        self.cut(FILE_NAME, bytes)?;
        self.read_record(bytes)
    }
}

fn io_at(path: &Path, error: io::Error) -> KeepFault {
    KeepFault::Io { path: path.to_owned(), error }
}
