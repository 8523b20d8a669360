//! Cast or challenge: a ballot is encrypted first, its control code is shown, and only then does the person say whether
//! it is cast or shown. What is prepared is in memory alone, and can do only one of the two.

use std::io;
use std::path::{Path, PathBuf};

use rand::CryptoRng;

use crate::ballot::{self, Challenge, CredentialSecret, Marks, PreparedBallot, Question, SealedBallot};
use crate::disk;
use crate::meeting::{BallotId, Round};

/// Characters of the control code in the name of a file.
const NAME_CHARS: usize = 8;

/// So many files of one name are tried before another folder must be found.
const SAME_NAMES_MAX: u32 = 99;

/// A folder that has one of these is that of a session: a file more would get into its archive, or break its seal.
const SESSION_FILES: [&str; 3] = ["journal.jsonl", "plan.toml", "transcript.json"];

/// An encrypted ballot of which the control code is shown.
pub(super) struct Prepared {
    pub ballot: BallotId,
    pub code: String,
    setup: ballot::Setup,
    prepared: PreparedBallot,
}

impl Prepared {
    /// Encrypts the choices: see [`marks_of`].
    ///
    /// # Errors
    /// When they do not fit the paper, or the record's election does not hold.
    pub fn new<R: CryptoRng>(round: &Round, choices: &[usize], rng: &mut R) -> Result<Self, String> {
        let setup = round.election().ok_or("there is no election")?;
        let marks = marks_of(setup.election().questions(), choices);
        let prepared = setup.prepare(&marks, rng).map_err(|error| error.to_string())?;
        let code = prepared.audit_commitment();
        Ok(Self { ballot: round.issue.ballot.clone(), code, setup, prepared })
    }

    /// Seals exactly these ciphertexts.
    ///
    /// # Errors
    /// When the credential is not on the list.
    pub fn seal<R: CryptoRng>(
        self,
        credential: &CredentialSecret,
        rng: &mut R,
    ) -> Result<SealedBallot, String> {
        self.prepared.seal(&self.setup, credential, rng).map_err(|error| error.to_string())
    }

    /// Gives away how it was encrypted, after which it cannot be cast.
    ///
    /// # Errors
    /// Never for what [`Prepared::new`] made.
    pub fn challenge(self) -> Result<Challenge, String> {
        Challenge::of(self.prepared, &self.setup).map_err(|error| error.to_string())
    }
}

/// The marks of what was chosen: for each line the place of the answer; where all lines are answers to one question, 1 for
/// each that is chosen and 0 for each that is not. A question that can be left blank is, where nothing is chosen.
fn marks_of(questions: &[Question], choices: &[usize]) -> Marks {
    let mut left = choices;
    let mut take = |many: usize| {
        let (taken, rest) = left.split_at(many.min(left.len()));
        left = rest;
        taken
    };
    let marks = questions.iter().map(|question| {
        let answers = question.answers.len();
        if question.is_one_choice() {
            return take(1).first().map_or(Vec::new(), |choice| one_of(answers, *choice));
        }
        let chosen = take(answers);
        let blank = question.blank.then(|| u32::from(chosen.iter().all(|choice| *choice == 0)));
        let marks = chosen.iter().map(|choice| u32::from(*choice != 0));
        blank.into_iter().chain(marks).collect()
    });
    Marks(marks.collect())
}

/// What was chosen, from its marks: the way back.
fn choices_of(questions: &[Question], marks: &Marks) -> Vec<usize> {
    let of_question = |(question, marks): (&Question, &Vec<u32>)| -> Vec<usize> {
        if question.is_one_choice() {
            return vec![marks.iter().position(|mark| *mark == 1).unwrap_or(0)];
        }
        marks.iter().skip(usize::from(question.blank)).map(|mark| usize::from(*mark != 0)).collect()
    };
    questions.iter().zip(&marks.0).flat_map(of_question).collect()
}

/// One 1 among zeros.
fn one_of(answers: usize, choice: usize) -> Vec<u32> {
    (0..answers).map(|place| u32::from(place == choice)).collect()
}

/// A challenged ballot, given away. It is no secret any more, and counts nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenged {
    /// The control code, in hexadecimal digits.
    pub code: String,
    /// What had been encrypted: for each line the place of the answer, from 0; where candidates were chosen among, 1 for each
    /// that was.
    pub choices: Vec<usize>,
    /// What the file says, or the screen where there is no file.
    pub text: String,
    /// The file, or why there is none.
    pub file: Result<PathBuf, NotKept>,
}

/// Why a challenge is in no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotKept {
    /// It cannot be written there.
    Io {
        /// Where.
        folder: PathBuf,
        /// The system's words.
        says: String,
    },
    /// The folder, or one above it, is that of a session: nothing may be added to it.
    SessionFolder {
        /// Where.
        folder: PathBuf,
    },
}

impl Challenged {
    /// Writes a challenge into a folder, never over a file that is there.
    pub fn keep(challenge: &Challenge, folder: &Path) -> Self {
        let text = challenge.text();
        Self {
            code: challenge.code().to_owned(),
            choices: choices_of(challenge.election().questions(), &challenge.marks()),
            file: write(folder, challenge.code(), &text),
            text,
        }
    }
}

fn write(folder: &Path, code: &str, text: &str) -> Result<PathBuf, NotKept> {
    let failed = |error: io::Error| NotKept::Io { folder: folder.to_owned(), says: error.to_string() };
    let folder = folder.canonicalize().map_err(failed)?;
    if folder.ancestors().any(is_session) {
        return Err(NotKept::SessionFolder { folder });
    }
    let name: String = code.chars().take(NAME_CHARS).collect();
    let contents = format!("{text}\n");
    for number in 1..=SAME_NAMES_MAX {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("plenum-audit-{name}{more}.json"));
        match disk::create(&path, contents.as_bytes()) {
            Ok(()) => return Ok(path),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

fn is_session(folder: &Path) -> bool {
    SESSION_FILES.iter().any(|file| folder.join(file).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODE: &str = "0123abcd89";

    fn question(answers: usize, blank: bool, max: u32) -> Question {
        let answers = (0..answers).map(|number| format!("a{number}")).collect();
        Question { answers, blank, min: 1, max, question: "q".to_owned() }
    }

    #[test]
    fn choices_become_marks_and_come_back() {
        let lines = vec![question(3, false, 1); 2];
        let several = vec![question(4, true, 2)];
        type Row<'a> = (&'a [Question], &'a [usize], &'a [&'a [u32]]);
        let table: [Row<'_>; 4] = [
            (&lines, &[2, 0], &[&[0, 0, 1], &[1, 0, 0]]),
            (&several, &[0, 1, 0, 1], &[&[0, 0, 1, 0, 1]]),
            // Nobody is marked: the blank is.
            (&several, &[0, 0, 0, 0], &[&[1, 0, 0, 0, 0]]),
            (&several, &[1, 1, 1, 1], &[&[0, 1, 1, 1, 1]]),
        ];
        for (questions, choices, expected) in table {
            let marks = marks_of(questions, choices);
            assert_eq!(marks.0, expected, "{choices:?}");
            assert_eq!(choices_of(questions, &marks), choices);
        }
        // Too few choices are no marks that could be cast.
        assert_eq!(marks_of(&lines, &[1]).0, [vec![0, 1, 0], vec![]]);
    }

    #[test]
    fn a_file_that_is_there_is_never_written_over() {
        let home = tempfile::tempdir().unwrap();
        let first = write(home.path(), CODE, "one").unwrap();
        let second = write(home.path(), CODE, "two").unwrap();
        assert_eq!(first.file_name().unwrap(), "plenum-audit-0123abcd.json");
        assert_eq!(second.file_name().unwrap(), "plenum-audit-0123abcd-2.json");
        assert!(first.is_absolute(), "the person is told where it is");
        assert_eq!(std::fs::read_to_string(first).unwrap(), "one\n");
        assert_eq!(std::fs::read_to_string(second).unwrap(), "two\n");
    }

    #[test]
    fn nothing_is_added_to_a_session_or_below_it() {
        let home = tempfile::tempdir().unwrap();
        let below = home.path().join("materials");
        std::fs::create_dir(&below).unwrap();
        std::fs::write(home.path().join("plan.toml"), "").unwrap();
        for folder in [home.path(), &below] {
            assert!(matches!(write(folder, CODE, "x"), Err(NotKept::SessionFolder { .. })));
        }
        assert_eq!(std::fs::read_dir(&below).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_not_made() {
        let home = tempfile::tempdir().unwrap();
        let missing = home.path().join("stick");
        assert!(matches!(write(&missing, CODE, "x"), Err(NotKept::Io { .. })));
        assert!(!missing.exists());
    }
}
