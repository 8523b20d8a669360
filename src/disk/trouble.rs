//! Where the disk can fail: every durable step of the program goes through a [`Disk`], which asks somebody first. In a
//! meeting nobody is asked. Tests hand in a [`Trouble`] that fills the disk, tears a write, or takes the power away, so
//! that each such moment is tried, and tried again from the same seed.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::path::Path;
use std::sync::Arc;

use super::follow::{Done, Follower};
use super::{ensure_folder, sync_folder};

/// How many zeros are written at once.
const BLANK_BYTES: usize = 64 * 1024;

/// A durable step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deed {
    /// Bytes are written.
    Write,
    /// A file, or a folder with its names, is made durable.
    Sync,
    /// A file takes another's name.
    Rename,
    /// A file is cut to a length.
    Cut,
    /// A file or a folder is removed.
    Remove,
}

/// What becomes of a step.
#[derive(Debug)]
pub enum Verdict {
    /// It is done.
    GoOn,
    /// It is not done.
    Fail(io::Error),
    /// Only so many of its first bytes are written, and then it fails.
    Torn(usize, io::Error),
}

/// Somebody who is asked before each durable step.
pub trait Trouble: fmt::Debug + Send + Sync {
    /// What becomes of the step on this path; `bytes` is how many are to be written, 0 where none are.
    fn before(&self, deed: Deed, path: &Path, bytes: usize) -> Verdict;
}

/// The way to the disk. By default nothing stands in it, and nobody follows.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    trouble: Option<Arc<dyn Trouble>>,
    follower: Option<Arc<dyn Follower>>,
}

impl Disk {
    /// A disk with this trouble.
    pub fn with(trouble: Arc<dyn Trouble>) -> Self {
        Self { trouble: Some(trouble), follower: None }
    }

    /// The same disk, and somebody who is told of each step that was done.
    #[must_use]
    pub fn followed_by(self, follower: Arc<dyn Follower>) -> Self {
        Self { follower: Some(follower), ..self }
    }

    fn ask(&self, deed: Deed, path: &Path, bytes: usize) -> Verdict {
        self.trouble.as_ref().map_or(Verdict::GoOn, |trouble| trouble.before(deed, path, bytes))
    }

    fn did(&self, done: Done<'_>) {
        if let Some(follower) = &self.follower {
            follower.did(done);
        }
    }

    fn may(&self, deed: Deed, path: &Path) -> io::Result<()> {
        match self.ask(deed, path, 0) {
            Verdict::GoOn => Ok(()),
            Verdict::Fail(error) | Verdict::Torn(_, error) => Err(error),
        }
    }

    /// Writes bytes to a file, where it stands; `path` is its name.
    ///
    /// # Errors
    /// When not all of them are written.
    pub fn write(&self, file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.put(file, path, bytes)?;
        if self.follower.is_some() {
            // After the writing: a file that only grows stands at its end now, wherever it stood before.
            let at = file.stream_position()?.saturating_sub(bytes.len() as u64);
            self.did(Done::Wrote { path, at, bytes });
        }
        Ok(())
    }

    /// Fills an empty file with zeros. Written out, not only reserved: a full disk shows now.
    ///
    /// # Errors
    /// When not all of them are written.
    pub fn blank(&self, file: &mut File, path: &Path, bytes: u64) -> io::Result<()> {
        match self.ask(Deed::Write, path, usize::try_from(bytes).unwrap_or(usize::MAX)) {
            Verdict::GoOn => write_zeros(file, bytes)?,
            Verdict::Fail(error) => return Err(error),
            Verdict::Torn(first, error) => {
                write_zeros(file, bytes.min(first as u64))?;
                return Err(error);
            }
        }
        self.did(Done::Blanked { path, bytes });
        Ok(())
    }

    fn put(&self, file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
        match self.ask(Deed::Write, path, bytes.len()) {
            Verdict::GoOn => file.write_all(bytes),
            Verdict::Fail(error) => Err(error),
            Verdict::Torn(first, error) => {
                file.write_all(bytes.get(..first).unwrap_or(bytes))?;
                Err(error)
            }
        }
    }

    /// Makes a file's bytes durable.
    ///
    /// # Errors
    /// When it is not known that they are.
    pub fn sync(&self, file: &File, path: &Path) -> io::Result<()> {
        self.may(Deed::Sync, path)?;
        file.sync_all()
    }

    /// The same, without the time of the change: for what is written often.
    ///
    /// # Errors
    /// When it is not known that they are.
    pub fn sync_data(&self, file: &File, path: &Path) -> io::Result<()> {
        self.may(Deed::Sync, path)?;
        file.sync_data()
    }

    /// Cuts a file to a length.
    ///
    /// # Errors
    /// When it cannot be cut.
    pub fn cut(&self, file: &File, path: &Path, bytes: u64) -> io::Result<()> {
        self.may(Deed::Cut, path)?;
        file.set_len(bytes)?;
        self.did(Done::Cut { path, bytes });
        Ok(())
    }

    /// Gives a file another name, over one that has it.
    ///
    /// # Errors
    /// When it keeps its own.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.may(Deed::Rename, to)?;
        fs::rename(from, to)?;
        self.did(Done::Renamed { from, to });
        Ok(())
    }

    /// Makes the names in a folder durable.
    ///
    /// # Errors
    /// When it is not known that they are.
    pub fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.may(Deed::Sync, folder)?;
        sync_folder(folder)
    }

    /// Removes a file.
    ///
    /// # Errors
    /// When it is still there, or was not.
    pub fn remove(&self, path: &Path) -> io::Result<()> {
        self.may(Deed::Remove, path)?;
        fs::remove_file(path)?;
        self.did(Done::Removed { path });
        Ok(())
    }

    /// Removes a folder with everything in it.
    ///
    /// # Errors
    /// When some of it is still there, or it was not.
    pub fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.may(Deed::Remove, folder)?;
        fs::remove_dir_all(folder)?;
        self.did(Done::RemovedFolder { path: folder });
        Ok(())
    }

    /// Writes a file durably, over one of that name. Cut short, it is to be written again.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write_over(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.may(Deed::Cut, path)?;
        let mut file = File::create(path)?;
        self.did(Done::Cut { path, bytes: 0 });
        self.write(&mut file, path, bytes)?;
        self.sync(&file, path)
    }

    /// Writes a file into a private folder, which it makes if need be. Whoever reads the file sees the old contents or the
    /// new ones, and once this returns it is the new ones, whatever happens to the machine.
    ///
    /// # Errors
    /// The file could not be written. Then the old one stands, or the new one whole: which of them is not certain before the
    /// folder is durable.
    pub fn replace(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        let folder = path.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        ensure_folder(folder)?;
        // Made for its owner alone from the start.
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        self.put(file.as_file_mut(), path, contents)?;
        self.sync(file.as_file(), path)?;
        self.may(Deed::Rename, path)?;
        file.persist(path).map_err(|error| error.error)?;
        self.did(Done::Replaced { path, bytes: contents });
        self.sync_folder(folder)
    }
}

/// So many zeros, without holding them all in memory.
fn write_zeros(file: &mut File, bytes: u64) -> io::Result<()> {
    let some = vec![0u8; BLANK_BYTES];
    let mut left = bytes;
    while left > 0 {
        let next = usize::try_from(left).unwrap_or(BLANK_BYTES).min(BLANK_BYTES);
        file.write_all(some.get(..next).unwrap_or(&some))?;
        left -= next as u64;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Fails at the step that is due.
    #[derive(Debug)]
    struct At(Mutex<usize>);

    impl Trouble for At {
        fn before(&self, _: Deed, _: &Path, bytes: usize) -> Verdict {
            let mut left = self.0.lock().unwrap();
            match left.checked_sub(1) {
                Some(less) => {
                    *left = less;
                    Verdict::GoOn
                }
                None => Verdict::Torn(bytes / 2, io::ErrorKind::StorageFull.into()),
            }
        }
    }

    #[test]
    fn a_file_is_whole_at_whichever_step_its_replacement_fails() {
        for step in 0..5 {
            let home = tempfile::tempdir().unwrap();
            let path = home.path().join("private/codes.json");
            super::super::replace(&path, b"old").unwrap();
            let disk = Disk::with(Arc::new(At(Mutex::new(step))));
            let replaced = disk.replace(&path, b"newer");
            assert_eq!(replaced.is_ok(), step == 4, "{replaced:?}");
            let expected: &[u8] = if step < 3 { b"old" } else { b"newer" };
            assert_eq!(fs::read(&path).unwrap(), expected, "step {step}");
            assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "nothing is left over");
        }
    }
}
