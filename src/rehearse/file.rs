//! A file that says how a rehearsal goes: its votes, its script, what it decides on its agenda, its sittings. All are JSON.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

/// Why such a file cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FileFault {
    /// The system does not give it.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not what such a file looks like.
    #[error("{path}: {error}; expected {expected}")]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What the reader says.
        error: serde_json::Error,
        /// What it looks like.
        expected: &'static str,
    },
}

/// Reads such a file; `expected` is what it looks like, for whoever wrote another.
pub(super) fn read<T: DeserializeOwned>(path: &Path, expected: &'static str) -> Result<T, FileFault> {
    let bytes = std::fs::read(path).map_err(|error| FileFault::Io { path: path.to_owned(), error })?;
    let malformed = |error| FileFault::Malformed { path: path.to_owned(), error, expected };
    serde_json::from_slice(&bytes).map_err(malformed)
}
