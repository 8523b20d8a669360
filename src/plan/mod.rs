//! The session plan that a clerk writes: read, checked with line and column, scaffolded.
//!
//! - [`model`]: the plan as the meeting uses it
//! - [`read()`]: from the clerk's text to a plan, or to every mistake at once
//! - [`mistake`]: what can be wrong with a plan, and where
//! - [`folder`]: the files of a session folder
//! - [`scaffold`]: a new session folder from a template
//!
//! Reading goes in three steps, none of which stops at the first mistake: `entry` takes the values out of one
//! TOML table, `draft` puts them together with their places, `check` compares them with each other; `review_draft` and
//! `review_check` do the same for reviews, `joint_draft` and `joint_check` for joint meetings, `term_draft` and
//! `term_check` for deliberations during the term.

mod check;
mod draft;
mod entry;
pub mod folder;
mod joint_check;
mod joint_draft;
pub mod joint_model;
pub mod mistake;
pub mod model;
mod near;
mod order;
mod read;
mod review_check;
mod review_draft;
pub mod scaffold;
pub(crate) mod spelling;
mod term_check;
mod term_draft;
pub mod term_model;

pub use folder::{SessionFolder, Unready};
pub use joint_model::{Considered, Department, JointMeeting};
pub use mistake::{JointMistake, MaterialFault, Mistake, MistakeKind, Place, ReviewMistake, TermMistake};
pub use model::*;
pub use read::{FORMAT, language, read};
pub use term_model::{Deliberation, Proposing};
