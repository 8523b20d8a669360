//! What is known of a vote on paper: the figures of a count, who entered which, which differed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::{LineId, SeatId};

/// How many scrutineers enter the figures: their counts must be the same.
pub const COUNTS_NEEDED: usize = 2;

/// The figures of a count by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperCount {
    /// Papers handed out.
    pub issued: u32,
    /// Papers that were printed and not handed out; they are cancelled.
    pub cancelled: u32,
    /// Papers in the box.
    pub returned: u32,
    /// For each line in ballot order, the marks in the order of the paper's answers; where some of the candidates are marked,
    /// one row: the blank papers, then each candidate's votes. Empty where the papers were not looked at: more came back
    /// than were issued, or too few.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Vec<u32>>,
    /// For each line, the papers that are spoilt there: no mark, or more than one; where some of the candidates are marked,
    /// one number: the papers that are spoilt as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spoilt: Vec<u32>,
}

impl PaperCount {
    /// The figures in one line of text: what the signature under the result sheet covers.
    pub(super) fn signed_text(&self) -> String {
        let row = |(marks, spoilt): (&Vec<u32>, &u32)| {
            let marks: Vec<String> = marks.iter().chain([spoilt]).map(u32::to_string).collect();
            marks.join(",")
        };
        let rows: Vec<String> = self.marks.iter().zip(&self.spoilt).map(row).collect();
        format!("paper/{}/{}/{}/{}", self.issued, self.cancelled, self.returned, rows.join(";"))
    }
}

/// Which figure of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "figure", rename_all = "snake_case", deny_unknown_fields)]
pub enum CountFigure {
    /// Papers handed out.
    Issued,
    /// Papers cancelled.
    Cancelled,
    /// Papers in the box.
    Returned,
    /// The marks of an answer on a line.
    Mark {
        /// The line.
        line: LineId,
        /// The answer's place, from 0.
        answer: u32,
    },
    /// The papers spoilt on a line.
    Spoilt {
        /// The line.
        line: LineId,
    },
    /// The papers on which nobody is marked.
    Blank,
    /// The papers spoilt as a whole.
    SpoiltPapers,
    /// A candidate's votes.
    Votes {
        /// The candidate's line.
        line: LineId,
    },
}

/// What is wrong with the figures of a count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mistake", rename_all = "snake_case", deny_unknown_fields)]
pub enum CountMistake {
    /// More were handed out than people are present, and papers were printed.
    IssuedOverPresent {
        /// Handed out.
        issued: u32,
        /// Present.
        present: u32,
    },
    /// Handed out and cancelled are not what was printed.
    PrintedDoNotAddUp {
        /// Printed.
        printed: u32,
        /// Handed out.
        issued: u32,
        /// Cancelled.
        cancelled: u32,
    },
    /// Nobody was handed a paper.
    NoneIssued,
    /// Marks were counted though the papers were not to be looked at.
    CountedThoughVoid {
        /// Handed out.
        issued: u32,
        /// In the box.
        returned: u32,
    },
    /// There are not as many lines or answers as on the paper.
    LinesMissing {
        /// How many lines the paper has.
        lines: u32,
    },
    /// The marks of a line and its spoilt papers are not what came back.
    LineDoesNotAddUp {
        /// The line.
        line: LineId,
        /// Their sum.
        counted: u32,
        /// Papers in the box.
        returned: u32,
    },
    /// There are not as many candidates as on the paper, or blank or spoilt papers are missing.
    CandidatesMissing {
        /// How many candidates the paper has.
        candidates: u32,
    },
    /// More papers are blank or spoilt than came back.
    BlankAndSpoiltOverReturned {
        /// On which nobody is marked.
        blank: u32,
        /// Spoilt.
        spoilt: u32,
        /// Papers in the box.
        returned: u32,
    },
    /// A candidate has more votes than there are papers on which anybody is marked.
    VotesOverMarked {
        /// The candidate's line.
        line: LineId,
        /// The votes.
        votes: u32,
        /// Papers neither blank nor spoilt.
        marked: u32,
    },
    /// There are more votes than those papers can bear.
    TooManyVotes {
        /// All votes.
        votes: u32,
        /// Papers neither blank nor spoilt.
        marked: u32,
        /// How many candidates one of them marks at most.
        most: u32,
    },
    /// There are fewer votes than papers on which somebody is marked.
    TooFewVotes {
        /// All votes.
        votes: u32,
        /// Papers neither blank nor spoilt.
        marked: u32,
    },
}

/// A count as somebody entered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredCount {
    /// The figures.
    pub count: PaperCount,
    /// Whether it was entered at the console in the scrutineer's name: then no key of theirs stands behind it.
    pub at_console: bool,
}

/// Two counts that were not the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferedCounts {
    /// Both, by whose they are.
    pub counts: BTreeMap<SeatId, EnteredCount>,
    /// The figures that differ.
    pub figures: Vec<CountFigure>,
}

/// How far a vote on paper is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperVote {
    /// The counts entered and not superseded: two of them are the same.
    pub entered: BTreeMap<SeatId, EnteredCount>,
    /// Those that were not, in the order it happened.
    pub differed: Vec<DifferedCounts>,
}

impl PaperVote {
    /// The count that two scrutineers entered alike.
    pub fn agreed(&self) -> Option<&PaperCount> {
        (self.entered.len() >= COUNTS_NEEDED)
            .then(|| self.entered.values().next())
            .flatten()
            .map(|one| &one.count)
    }
}
