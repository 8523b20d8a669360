//! The file of a challenge: what a terminal gives away so that any other machine can encrypt again, without an archive
//! and without the hub. It holds the text of `election.json`, which says key and questions, and the [`Audit`].
//!
//! It is written in ASCII without a space, on one line: so it comes through every editor, and can be broken into lines
//! anywhere, as a screen does. What is read may be broken, and is joined again.

use serde::{Deserialize, Serialize};

use super::audit::Audit;
use super::election::{ELECTION_BYTES_MAX, Election};
use super::encrypt::PreparedBallot;
use super::error::BallotError;
use super::marks::Marks;
use super::setup::Setup;
use super::text::to_json;

/// The format and version that is written, and the only one that is read.
pub const CHALLENGE_FORMAT: &str = "plenum-audit/1";

/// The longest text that is read: the longest election with every character escaped, and as much again for the marks.
pub const CHALLENGE_BYTES_MAX: usize = 16 * ELECTION_BYTES_MAX;

/// Digits of a control code.
pub const CODE_DIGITS: usize = 64;

/// Digits in a group of a control code that is shown.
const GROUP_DIGITS: usize = 4;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    election: String,
    audit: Audit,
}

/// Read first, so that an unknown version is refused by its name and not by its fields.
#[derive(Deserialize)]
struct Headed {
    format: String,
}

/// A challenged ballot with its election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    election: Election,
    audit: Audit,
}

/// Why a text is no challenge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChallengeFault {
    /// It is longer than any.
    #[error("longer than {CHALLENGE_BYTES_MAX} bytes")]
    TooLong,
    /// It is cut, altered or something else.
    #[error("it does not read: {0}")]
    Damaged(String),
    /// Another format, or a version that is not known.
    #[error("format `{0}`, this version reads {CHALLENGE_FORMAT}")]
    Format(String),
    /// The election in it is none.
    #[error(transparent)]
    Election(BallotError),
    /// The election in it is not the one for which the ballot was encrypted: another SHA-256.
    #[error("the election in it is not the one for which the ballot was encrypted")]
    AnotherElection,
}

/// How a code that was written down compares with that of a challenge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeMatch {
    /// It is the same.
    Same,
    /// It has fewer or more digits than a control code.
    Length(usize),
    /// It has another digit in this group, from 1.
    Differs(usize),
}

impl Challenge {
    /// Challenges a prepared ballot: it cannot be cast any more.
    ///
    /// # Errors
    /// When the ballot was prepared for another election.
    pub fn of(prepared: PreparedBallot, setup: &Setup) -> Result<Self, BallotError> {
        if prepared.fingerprint != setup.election().fingerprint() {
            return Err(BallotError::ForeignBallot);
        }
        Ok(Self { election: setup.election().clone(), audit: prepared.into_audit() })
    }

    /// The text for a file or a screen: ASCII without spaces, on one line.
    pub fn text(&self) -> String {
        let election = String::from_utf8_lossy(self.election.bytes()).into_owned();
        let written = Written { format: CHALLENGE_FORMAT.to_owned(), election, audit: self.audit.clone() };
        in_ascii(&to_json(&written))
    }

    /// Reads what [`text`](Self::text) gave, broken into lines or not.
    ///
    /// # Errors
    /// Why it is no challenge. Whether it holds is asked by [`check`](Self::check).
    pub fn read(text: &str) -> Result<Self, ChallengeFault> {
        if text.len() > CHALLENGE_BYTES_MAX {
            return Err(ChallengeFault::TooLong);
        }
        let damaged = |error: serde_json::Error| ChallengeFault::Damaged(error.to_string());
        let joined: String = text.trim_start_matches('\u{feff}').lines().map(str::trim).collect();
        let headed: Headed = serde_json::from_str(&joined).map_err(damaged)?;
        if headed.format != CHALLENGE_FORMAT {
            return Err(ChallengeFault::Format(headed.format));
        }
        let written: Written = serde_json::from_str(&joined).map_err(damaged)?;
        let election = Election::parse(written.election.as_bytes()).map_err(ChallengeFault::Election)?;
        if written.audit.fingerprint() != election.fingerprint() {
            return Err(ChallengeFault::AnotherElection);
        }
        Ok(Self { election, audit: written.audit })
    }

    /// Encrypts again, and compares with the control code.
    ///
    /// # Errors
    /// The marks could not be cast, or the code is not that of these marks and this randomness.
    pub fn check(&self) -> Result<(), BallotError> {
        self.audit.check_election(&self.election)
    }

    /// The election.
    pub fn election(&self) -> &Election {
        &self.election
    }

    /// The control code: the commitment that the screen showed before, in hexadecimal digits.
    pub fn code(&self) -> &str {
        self.audit.commitment()
    }

    /// What the terminal says was marked.
    pub fn marks(&self) -> Marks {
        self.audit.marks()
    }

    /// Compares the control code with what somebody wrote down: capitals, spaces and signs between the digits do not
    /// matter.
    pub fn compare(&self, written_down: &str) -> CodeMatch {
        let digits: Vec<char> = written_down
            .chars()
            .filter(|character| character.is_alphanumeric())
            .map(|character| character.to_ascii_lowercase())
            .collect();
        if digits.len() != CODE_DIGITS {
            return CodeMatch::Length(digits.len());
        }
        let differs = self.code().chars().zip(&digits).position(|(own, other)| own != *other);
        differs.map_or(CodeMatch::Same, |place| CodeMatch::Differs(place / GROUP_DIGITS + 1))
    }
}

/// Escapes spaces and what is not ASCII, as JSON does it. In our JSON these stand inside of strings alone.
fn in_ascii(json: &str) -> String {
    use std::fmt::Write as _;
    let mut written = String::with_capacity(json.len());
    for character in json.chars() {
        if matches!(character, '!'..='~') {
            written.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(written, "\\u{unit:04x}");
            }
        }
    }
    written
}
