//! A challenged ballot looked at on another machine: what had been encrypted, whether that is so, whether the control
//! code is the one that was written down, and whether the election was that of a meeting's record.

use crate::ballot::{
    BallotError, CHALLENGE_BYTES_MAX, CHALLENGE_FORMAT, CODE_DIGITS, Challenge, ChallengeFault, CodeMatch,
};
use crate::harmless::line;
use crate::meeting::State;
use crate::meeting::paper::{ElectionPlace, read_election_description};

/// The longest file that is read.
pub const AUDIT_BYTES_MAX: usize = CHALLENGE_BYTES_MAX;

/// What a challenged ballot says, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// The election's title: meeting and item.
    pub name: String,
    /// Where the election says that it belongs, if it is one of ours.
    pub place: Option<ElectionPlace>,
    /// The control code.
    pub code: String,
    /// What had been encrypted, line by line.
    pub lines: Vec<ShownLine>,
    /// A code was given, and it is the same.
    pub code_matches: bool,
    /// Whether the election is in a record.
    pub in_record: InRecord,
    /// What does not hold.
    pub faults: Vec<AuditFault>,
}

/// A line of the paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownLine {
    /// What it is about.
    pub question: String,
    /// What was marked.
    pub answers: Vec<String>,
}

/// Whether an election is in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InRecord {
    /// No record was given.
    NotAsked,
    /// It is not.
    Missing,
    /// It is.
    Found {
        /// In that of this session.
        session: String,
    },
}

/// What is wrong with a challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuditFault {
    /// Longer than any.
    TooLong {
        /// The longest, in bytes.
        bytes_max: usize,
    },
    /// Cut, altered or something else.
    Damaged {
        /// Where it does not read.
        detail: String,
    },
    /// Another format or version.
    Format {
        /// What it says.
        found: String,
        /// What is read.
        known: &'static str,
    },
    /// The election in it is none.
    Election {
        /// Why.
        detail: String,
    },
    /// The election in it has another hash than the one that the ballot names.
    AnotherElection,
    /// The marks could not be cast.
    Marks {
        /// Why.
        detail: String,
    },
    /// Marks and randomness do not give the ciphertexts of the control code.
    Ciphertexts,
    /// The code that was written down is another one.
    Code {
        /// The first group that differs, from 1.
        group: usize,
    },
    /// The code that was written down is not as long as a code.
    CodeLength {
        /// Its digits.
        digits: usize,
        /// Those of a code.
        needed: usize,
    },
    /// The record has no such election.
    NotInRecord,
}

impl From<ChallengeFault> for AuditFault {
    fn from(fault: ChallengeFault) -> Self {
        match fault {
            ChallengeFault::TooLong => Self::TooLong { bytes_max: AUDIT_BYTES_MAX },
            ChallengeFault::Damaged(detail) => Self::Damaged { detail: line(&detail).into_owned() },
            ChallengeFault::Format(found) => {
                Self::Format { found: line(&found).into_owned(), known: CHALLENGE_FORMAT }
            }
            ChallengeFault::Election(error) => {
                Self::Election { detail: line(&error.to_string()).into_owned() }
            }
            ChallengeFault::AnotherElection => Self::AnotherElection,
        }
    }
}

/// Looks at a challenge: the text of its file, the code that was written down, the record of a meeting.
///
/// # Errors
/// Why the text cannot be told at all. What does not hold of one that can is in [`Findings::faults`].
pub fn look_at(text: &str, code: Option<&str>, record: Option<&State>) -> Result<Findings, AuditFault> {
    let challenge = Challenge::read(text)?;
    let election = challenge.election();
    let mut faults = Vec::new();
    match challenge.check() {
        Ok(()) => {}
        Err(error @ (BallotError::Marks { .. } | BallotError::MarksCount { .. })) => {
            faults.push(AuditFault::Marks { detail: error.to_string() });
        }
        Err(_) => faults.push(AuditFault::Ciphertexts),
    }
    let compared = code.map(|code| challenge.compare(code));
    match compared {
        None | Some(CodeMatch::Same) => {}
        Some(CodeMatch::Length(digits)) => {
            faults.push(AuditFault::CodeLength { digits, needed: CODE_DIGITS });
        }
        Some(CodeMatch::Differs(group)) => faults.push(AuditFault::Code { group }),
    }
    let in_record = record.map_or(InRecord::NotAsked, |state| find(&challenge, state));
    if in_record == InRecord::Missing {
        faults.push(AuditFault::NotInRecord);
    }
    let marks = challenge.marks();
    let lines = election.questions().iter().zip(&marks.0).map(|(question, marks)| {
        let marked = question.answers.iter().zip(marks.iter().skip(usize::from(question.blank)));
        let marked = marked.filter(|(_, mark)| **mark != 0).map(|(answer, _)| line(answer).into_owned());
        ShownLine { question: line(&question.question).into_owned(), answers: marked.collect() }
    });
    Ok(Findings {
        name: line(election.name()).into_owned(),
        place: read_election_description(election.description()),
        code: line(challenge.code()).into_owned(),
        lines: lines.collect(),
        code_matches: compared == Some(CodeMatch::Same),
        in_record,
        faults,
    })
}

/// The election is in the record exactly when the record has its very text.
fn find(challenge: &Challenge, state: &State) -> InRecord {
    let rounds = state.items.iter().flat_map(|item| &item.rounds);
    let mut setups = rounds.filter_map(|round| round.setup.as_ref());
    if setups.any(|setup| setup.election.as_bytes() == challenge.election().bytes()) {
        InRecord::Found { session: state.session().to_string() }
    } else {
        InRecord::Missing
    }
}
