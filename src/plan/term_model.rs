//! A deliberation during the term as the meeting uses it: who is deliberated, by which body, and the vote of one line.

use serde::{Deserialize, Serialize};

use super::model::{Nomination, Nominee};

/// A deliberation on somebody in office: the proposing body reports, the appointee withdraws, and all decide by ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deliberation {
    /// Who votes, when it is carried, and the one line of the ballot paper: the appointee, whose `introduction` is the
    /// report of the proposing body.
    pub paper: Nomination,
    /// Who proposes, reports and answers.
    pub proposing: Proposing,
}

/// The body that proposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proposing {
    /// Its name.
    pub name: String,
    /// Who answers for it from the own terminal; empty where the recorder takes all replies down.
    pub seats: Vec<String>,
}

impl Deliberation {
    /// The appointee. A checked plan has exactly one line.
    pub fn appointee(&self) -> Option<&Nominee> {
        self.paper.lines.first()
    }

    /// Whether somebody answers for the proposing body.
    pub fn answers(&self, seat: &str) -> bool {
        self.proposing.seats.iter().any(|one| one == seat)
    }
}
