//! The session plan that a clerk writes: read, checked with line and column, scaffolded.
//!
//! - [`model`]: the plan as the meeting uses it
//! - [`matter`]: of it, what is decided in the open
//! - [`read()`]: from the clerk's text to a plan, or to every mistake at once
//! - `added`: an item that is added in the meeting, read with the plan that is in force
//! - [`bank`]: a bank of questions for an exam
//! - [`mistake`]: what can be wrong with a plan, and where
//! - [`folder`]: the files of a session folder
//! - [`scaffold`]: a new session folder from a template
//!
//! Reading goes in three steps, none of which stops at the first mistake: `entry` takes the values out of one
//! TOML table, `draft` puts them together with their places (`meeting_draft` what the meeting shares, `nomination_draft` who
//! is put to the vote, `threshold_draft` majorities), `check` compares them with each other. `review_draft` and
//! `review_check` do the same for reviews, `contest_draft` for contested elections, `matter_draft` and `matter_check` for
//! what is decided in the open, `exam_draft` and `exam_check` for exams, `joint_draft` and `joint_check` for joint meetings,
//! `term_draft` and `term_check` for deliberations during the term.

mod added;
pub mod bank;
mod bank_csv;
mod check;
mod contest_draft;
mod draft;
mod entry;
mod exam_check;
mod exam_draft;
pub mod exam_model;
pub mod folder;
mod joint_check;
mod joint_draft;
pub mod joint_model;
pub mod matter;
mod matter_check;
mod matter_draft;
mod meeting_draft;
pub mod mistake;
pub mod model;
mod near;
mod nomination_draft;
mod order;
mod read;
mod review_check;
mod review_draft;
pub mod scaffold;
pub(crate) mod spelling;
mod term_check;
mod term_draft;
pub mod term_model;
mod threshold_draft;

pub use added::{AddedItem, ITEM_BYTES_MAX, read_item};
pub use bank::{Bank, BankForm, BankQuestion};
pub use exam_model::{Book, Candidate, DeclareTo, Exam, ExamText, Section};
pub use folder::{SessionFolder, Unready};
pub use joint_model::{Considered, Department, JointMeeting};
pub use matter::{Matter, MatterKind, Notified, OpenVote, Prepared, SpeakingOrder, Task, VoteAbout, VoteHow};
pub use mistake::{
    AddedMistake, BankMistake, ExamMistake, JointMistake, MaterialFault, MatterMistake, Mistake, MistakeKind,
    Place, ReviewMistake, TermMistake,
};
pub use model::*;
pub use read::{FORMAT, language, read};
pub use term_model::{Deliberation, Proposing};
