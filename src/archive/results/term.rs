//! What a deliberation during the term has more than a nomination: who proposed, what was said, what was asked and
//! whether it was answered clearly.

use jiff::Timestamp;
use serde::Serialize;

use crate::meeting::{Judged, Put, Said, State, TermState};
use crate::plan::Deliberation;

/// A deliberation.
#[derive(Debug, Clone, Serialize)]
pub struct TermResult {
    /// The proposing body.
    pub proposing: String,
    /// Whether a question that was not answered clearly deferred the vote.
    pub deferred_by_rule: bool,
    /// The questions to the proposing body.
    pub questions: Vec<PutResult>,
    /// The statements.
    pub statements: Vec<SaidResult>,
}

/// A question to the proposing body.
#[derive(Debug, Clone, Serialize)]
pub struct PutResult {
    /// Its number, from 1.
    pub id: u32,
    /// Who asked what.
    #[serde(flatten)]
    pub asked: SaidResult,
    /// Whether it was answered clearly; none where that was not said.
    pub clearly: Option<bool>,
    /// What remained unclear.
    pub unclear: Option<String>,
    /// What was replied.
    pub replies: Vec<SaidResult>,
}

/// Something that was said.
#[derive(Debug, Clone, Serialize)]
pub struct SaidResult {
    /// Who said it; none where this copy withholds it, and for a reply of the proposing body that the recorder took down.
    pub by: Option<String>,
    /// Whether the recorder took it down.
    pub taken_down: bool,
    /// The words; none where this copy withholds them.
    pub text: Option<String>,
    /// When.
    pub time: Timestamp,
}

impl TermResult {
    pub(super) fn new(state: &State, plan: &Deliberation, term: Option<&TermState>) -> Self {
        let none = TermState::default();
        let term = term.unwrap_or(&none);
        Self {
            proposing: plan.proposing.name.clone(),
            deferred_by_rule: term.unclear().next().is_some(),
            questions: term.questions.iter().map(|put| PutResult::new(state, put)).collect(),
            statements: term.statements.iter().map(|said| SaidResult::new(state, said)).collect(),
        }
    }
}

impl PutResult {
    fn new(state: &State, put: &Put) -> Self {
        let (clearly, unclear) = match &put.judged {
            None => (None, None),
            Some(Judged::Clearly) => (Some(true), None),
            Some(Judged::Unclearly { reason }) => (Some(false), Some(reason.clone())),
        };
        Self {
            id: put.id.0,
            asked: SaidResult::new(state, &put.asked),
            clearly,
            unclear,
            replies: put.replies.iter().map(|said| SaidResult::new(state, said)).collect(),
        }
    }
}

impl SaidResult {
    fn new(state: &State, said: &Said) -> Self {
        Self {
            by: said.by.as_ref().map(|seat| state.name(seat).to_owned()),
            taken_down: said.taken_down,
            text: said.text.clone(),
            time: said.time,
        }
    }
}
