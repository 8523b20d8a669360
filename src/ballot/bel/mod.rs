//! The archive of one election, `UUID.bel`: everything that happened, in a chain of events, as
//! old-style tar members. Hashes name the records and link the events, so that the hash of the last
//! event commits to all (Belenios specification, section "Archive").
//!
//! | file | what it is about |
//! | --- | --- |
//! | `tar` | members and their headers, byte for byte |
//! | `event` | the events, their chain, and the one permitted order |
//! | `write` | making an archive |
//! | `read` | taking one apart: form, chain and order |
//! | `verify` | checking what it says: ballots, sums, factors, result |
//! | `fault` | what can be wrong |
//!
//! The tool overlooks much here (the order of events, invalid ballots, a forged tally); `verify`
//! does not. There is exactly one archive for given contents: any other byte is a fault.

mod event;
mod fault;
mod read;
mod tar;
mod verify;
mod write;

#[cfg(test)]
mod tests;

pub use event::EventKind;
pub use fault::BelFault;
pub use read::{BelContents, BelOpening, open_bel};
pub use verify::{BelReport, verify_bel};
pub use write::BelWriter;
