//! Who follows a disk: somebody who is told of each durable step once it has been done, in order. A second machine that does
//! the same steps holds the same files.

use std::fmt;
use std::path::Path;

/// A step that was done. Whether it is durable yet is another question, here as there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done<'a> {
    /// Bytes were written from a place on.
    Wrote {
        /// The file.
        path: &'a Path,
        /// The place of the first of them.
        at: u64,
        /// The bytes.
        bytes: &'a [u8],
    },
    /// A file was filled with so many zeros, and holds nothing else.
    Blanked {
        /// The file.
        path: &'a Path,
        /// How many.
        bytes: u64,
    },
    /// A file was cut to a length; one that was not there is there now.
    Cut {
        /// The file.
        path: &'a Path,
        /// The length.
        bytes: u64,
    },
    /// A file was replaced whole.
    Replaced {
        /// The file.
        path: &'a Path,
        /// What it holds now.
        bytes: &'a [u8],
    },
    /// A file took another's name.
    Renamed {
        /// Its name before.
        from: &'a Path,
        /// Its name now.
        to: &'a Path,
    },
    /// A file was removed.
    Removed {
        /// Which.
        path: &'a Path,
    },
    /// A folder was removed with everything in it.
    RemovedFolder {
        /// Which.
        path: &'a Path,
    },
}

/// Somebody who is told of each step after it was done.
pub trait Follower: fmt::Debug + Send + Sync {
    /// A step was done.
    fn did(&self, done: Done<'_>);
}
