//! What is left of a meeting: the session folder, sealed in place, and everything that can be read from it or
//! checked about it years later by somebody who trusts nobody.
//!
//! | file | what it is about |
//! | --- | --- |
//! | `tree` | the files of a folder: listed, hashed, nothing hidden |
//! | `transcript` | `transcript.json`: the seal, its witnesses and signatures, one permitted form |
//! | [`signers`](mod@signers) | who signs, and in which order |
//! | [`record`], [`results`], [`minutes`] | what happened and what was decided: read from the record, told in words and tables |
//! | [`follow_ups`](mod@follow_ups) | what is left to be done: promises, opinions, inquiries, consequences, numbered |
//! | [`clean`] | texts from outside, made harmless where they are shown |
//! | [`seal`](mod@seal) | sealing a folder after the meeting, step by step, each of which can be repeated after a crash |
//! | [`verify`](mod@verify) | everything checked again, every fault with its place |
//! | [`challenged`] | a challenged ballot, looked at on another machine |
//! | [`papers`] | ballot papers and tally sheets of a vote on paper, to be printed |
//! | [`bel`] | `ballots/<ballot>.bel`, rebuilt from the record and the ballots |
//!
//! No network and no hub here: what this room knows, it reads from the folder.

pub mod bel;
pub mod challenged;
pub mod clean;
pub mod follow_ups;
pub mod minutes;
pub mod papers;
pub mod record;
pub mod results;
#[cfg(test)]
pub(crate) mod sample;
pub mod seal;
pub mod signers;
#[cfg(test)]
mod tests;
mod transcript;
mod tree;
pub mod verify;

pub use bel::{BelError, bel_bytes};
pub use follow_ups::{FollowUp, FollowUpKind, follow_ups};
pub use record::{Record, RecordFault};
pub use results::Results;
pub use seal::{SealError, finish, is_sealed, prepare};
pub use signers::{NotNow, Signer, Turn, signers};
pub use transcript::{
    FORMAT, SealBody, SealSignature, SealedFile, SignedRefusal, Transcript, TranscriptFault, Unsigned,
    Witness,
};
pub use tree::OddKind;
pub use verify::{Report, archives_in, seals, verify};

/// The seal's file name in a session folder.
pub const TRANSCRIPT: &str = "transcript.json";

/// The minutes as a page.
pub const MINUTES_HTML: &str = "minutes.html";

/// The minutes as text.
pub const MINUTES_MD: &str = "minutes.md";

/// The results as a table.
pub const RESULTS_CSV: &str = "results.csv";

/// The counts of evaluations as a table, where a review was on the agenda.
pub const EVALUATIONS_CSV: &str = "evaluations.csv";

/// What departments said in joint meetings as a table, where there was one.
pub const OPINIONS_CSV: &str = "opinions.csv";

/// The results of exams as a table, where one was on the agenda.
pub const EXAMS_CSV: &str = "exams.csv";

/// What is to be followed up as a table, where anything is.
pub const FOLLOW_UPS_CSV: &str = "follow_ups.csv";

/// The votes by name as a table, where any were.
pub const VOTES_CSV: &str = "votes.csv";

/// The sittings as a table, where there were several. An archive that was sealed before there was such a table has none.
pub const SITTINGS_CSV: &str = "sittings.csv";

/// What was decided on the agenda as a table, where anything was.
pub const AGENDA_CSV: &str = "agenda.csv";

/// Objections to declared results and reconsiderations as a table, where there were any.
pub const OBJECTIONS_CSV: &str = "objections.csv";

/// The results that are not in force any more as a table, where there are any.
pub const SET_ASIDE_CSV: &str = "set_aside.csv";

/// The folder of the ballots' archives.
pub const BALLOTS: &str = "ballots";

/// The folder that is never in an archive.
pub const PRIVATE: &str = "private";

/// The folder of introductions and reports.
pub const MATERIALS: &str = "materials";

/// What the clerk wrote.
pub const PLAN: &str = "plan.toml";
