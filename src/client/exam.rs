//! The own paper of an exam: what is asked, what was answered so far, and whether the hub has it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::meeting::{AnswerSheet, ExamPaper, ItemId};

/// What a terminal keeps of an exam, from before it is sent: after a crash the same answers go again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptExam {
    /// The last version of the own sheet.
    pub sheet: AnswerSheet,
    /// Which questions are marked for later; this terminal's own business.
    pub flagged: Vec<bool>,
}

/// The own exam, as a screen draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnExam {
    /// The item.
    pub item: ItemId,
    /// The paper; none until it has come.
    pub paper: Option<Arc<ExamPaper>>,
    /// For each question the letters of what is chosen.
    pub answers: Vec<String>,
    /// Which questions are marked for later.
    pub flagged: Vec<bool>,
    /// The number of the last version.
    pub number: u32,
    /// Whether the hub has it.
    pub saved: bool,
    /// Whether it is being handed in.
    pub handing_in: bool,
    /// Why the paper has not come, if the hub said so.
    pub refused: Option<String>,
}

/// What somebody at a screen has answered so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The item.
    pub item: ItemId,
    /// Grows with every change at this screen: what comes late is not taken for the latest.
    pub version: u64,
    /// For each question the letters of what is chosen.
    pub answers: Vec<String>,
    /// Which questions are marked for later.
    pub flagged: Vec<bool>,
}
