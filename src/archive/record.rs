//! The record of a folder, read to tell what happened: for minutes and tables. Whether it holds as an archive is
//! `verify`'s; a record whose chain, signatures or rules do not hold is not told at all.

use std::fs;
use std::io;
use std::path::Path;

use crate::journal::{FILE_NAME, Line, Replay};
use crate::meeting::State;

/// A record that was followed to its end.
#[derive(Debug, Clone)]
pub struct Record {
    /// The lines.
    pub lines: Vec<Line>,
    /// The state after the last one.
    pub state: State,
    /// The hash of the last line's head.
    pub head: String,
    /// How many bodies are withheld in this copy.
    pub withheld: u64,
}

/// Why there is no record to tell.
#[derive(Debug, thiserror::Error)]
pub enum RecordFault {
    /// It cannot be read.
    #[error("{FILE_NAME}")]
    Io(#[from] io::Error),
    /// It holds no complete line.
    #[error("{FILE_NAME} holds no complete line")]
    Empty,
    /// It does not hold.
    #[error(transparent)]
    Replay(#[from] crate::journal::ReplayFault),
}

impl Record {
    /// Reads the record of a folder. What a crash left of a last line is no part of it.
    ///
    /// # Errors
    /// There is none, or it does not hold.
    pub fn open(folder: &Path) -> Result<Self, RecordFault> {
        Self::read(&fs::read_to_string(folder.join(FILE_NAME))?)
    }

    /// Reads the text of a journal.
    ///
    /// # Errors
    /// It does not hold.
    pub fn read(text: &str) -> Result<Self, RecordFault> {
        let mut replay = Replay::new();
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            let Some(line) = line.strip_suffix('\n') else { break };
            lines.push(replay.read(line)?);
        }
        let state = replay.state().cloned().ok_or(RecordFault::Empty)?;
        Ok(Self { lines, state, head: replay.hash().to_owned(), withheld: replay.withheld() })
    }
}
