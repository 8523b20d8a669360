//! The journal is the meeting: one append-only file, `journal.jsonl`, hash-chained, durable before anything is
//! acknowledged. The state is a fold over it and nothing else.
//!
//! - [`line`](mod@line): one line: head, body, salt; its strict reading
//! - [`replay`]: line after line: chain, signatures, rules, fold. Hub, screens and `verify` use the same one
//! - [`file`](mod@file): the file: lock, append, fsync, repair of a torn tail
//!
//! No rule of the meeting lives here, and no socket.

pub mod file;
#[cfg(test)]
pub(crate) mod hostile;
pub mod line;
pub mod replay;
#[cfg(test)]
mod tests;

pub use file::{Journal, JournalFault, Repair};
pub use line::{Body, Head, Line, LineFault};
pub use replay::{Replay, ReplayFault};

/// The format that every line names.
pub const FORMAT: &str = "plenum-journal/2";

/// The journal's file name in a session folder.
pub const FILE_NAME: &str = "journal.jsonl";

/// What the first line names as its predecessor.
pub const NO_PREVIOUS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The longest line, in bytes. A list of 500 credentials with their tokens takes about 150 kB; a plan with 500 people and their
/// lines about as much.
pub const LINE_BYTES_MAX: usize = 4 * 1024 * 1024;
