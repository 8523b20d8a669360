//! The book of codes: which seat may enrol with which code. It holds digests and never a code, in
//! `private/codes.json`. A seat has one code at a time, and a code works once.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::disk::Disk;
use crate::wire::code::{CodeDigest, SeatCode};

/// The format that this program reads and writes.
const FORMAT: &str = "plenum-codes/1";
/// Codes of 500 seats fit well within.
const BOOK_BYTES_MAX: u64 = 1024 * 1024;

/// The room's display has a seat of its own, with no rights but to see what is public.
pub const DISPLAY_SEAT: &str = "display";

/// The seat of the display with this number, from 1: `display`, `display-2`, … The plan refuses such ids for people.
pub fn display_seat(number: usize) -> String {
    if number <= 1 { DISPLAY_SEAT.to_owned() } else { format!("{DISPLAY_SEAT}-{number}") }
}

/// Which seat may enrol with which code.
///
/// A change is in memory until [`CodeBook::save`]: the hub saves a code as used *before* it answers the enrolment.
#[derive(Debug)]
pub struct CodeBook {
    path: PathBuf,
    disk: Disk,
    seats: BTreeMap<String, Slip>,
    presiding: Option<CodeDigest>,
}

/// What is kept of a seat's code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Slip {
    digest: CodeDigest,
    state: SlipState,
}

/// Whether a code still opens its seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipState {
    /// It does.
    Unused,
    /// A terminal has enrolled with it.
    Used,
}

/// The file as written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    seats: BTreeMap<String, Slip>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    presiding: Option<CodeDigest>,
}

/// Why a book cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BookFault {
    /// The file cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no book of codes.
    #[error("{path}: not a book of codes: {source}", path = .path.display())]
    NotABook {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: serde_json::Error,
    },
    /// It is of a version that this program does not know.
    #[error("{path}: unknown format `{format}`, this program knows `{FORMAT}`", path = .path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// The format that it names.
        format: String,
    },
}

/// There is no such seat in the book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no code was made for the seat `{0}`")]
pub struct UnknownSeat(pub String);

impl CodeBook {
    /// Where the book of a session is, given its `private/` folder.
    pub fn path_in(private: &Path) -> PathBuf {
        private.join("codes.json")
    }

    /// An empty book that will be saved in this `private/` folder.
    pub fn new(private: &Path) -> Self {
        Self { path: Self::path_in(private), disk: Disk::default(), seats: BTreeMap::new(), presiding: None }
    }

    /// The same book, on this disk.
    #[must_use]
    pub fn on(self, disk: Disk) -> Self {
        Self { disk, ..self }
    }

    /// The book of this `private/` folder; `None` when no codes were made yet.
    ///
    /// # Errors
    /// The file is there, but cannot be read or is no book of codes of this version.
    pub fn load(private: &Path) -> Result<Option<Self>, BookFault> {
        let path = Self::path_in(private);
        let file = |source| BookFault::File { path: path.clone(), source };
        let bytes = match fs::metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(file(error)),
            Ok(about) if about.len() > BOOK_BYTES_MAX => {
                return Err(file(io::ErrorKind::FileTooLarge.into()));
            }
            Ok(_) => fs::read(&path).map_err(file)?,
        };
        #[derive(Deserialize)]
        struct Head {
            format: String,
        }
        let not_a_book = |source| BookFault::NotABook { path: path.clone(), source };
        let Head { format } = serde_json::from_slice(&bytes).map_err(not_a_book)?;
        if format != FORMAT {
            return Err(BookFault::UnknownFormat { path, format });
        }
        let Written { seats, presiding, .. } = serde_json::from_slice(&bytes).map_err(not_a_book)?;
        Ok(Some(Self { path, disk: Disk::default(), seats, presiding }))
    }

    /// Makes a code for a seat. The seat's earlier code, used or not, is none any more.
    pub fn issue<R: CryptoRng>(&mut self, seat: &str, rng: &mut R) -> SeatCode {
        let code = SeatCode::generate(rng);
        let slip = Slip { digest: code.digest(), state: SlipState::Unused };
        self.seats.insert(seat.to_owned(), slip);
        code
    }

    /// This code is on the slip of whoever presides: a takeover asks for it. It stays when the console makes another code for
    /// that seat's terminal beside it, which nobody ever sees.
    pub fn presided_with(&mut self, code: &SeatCode) {
        self.presiding = Some(code.digest());
    }

    /// The digest of the code on the slip of whoever presides; none in a book that was made before there were standbys.
    pub fn presiding(&self) -> Option<&CodeDigest> {
        self.presiding.as_ref()
    }

    /// Every seat with its code's digest, used or not: somebody may come back who has lost the answer.
    pub fn slips(&self) -> impl Iterator<Item = (&str, &CodeDigest, SlipState)> {
        self.seats.iter().map(|(seat, slip)| (seat.as_str(), &slip.digest, slip.state))
    }

    /// The codes that still open their seats.
    pub fn unused(&self) -> impl Iterator<Item = (&str, &CodeDigest)> {
        (self.seats.iter())
            .filter(|(_, slip)| slip.state == SlipState::Unused)
            .map(|(seat, slip)| (seat.as_str(), &slip.digest))
    }

    /// Whether a seat's code still opens it; `None` when none was made.
    pub fn state(&self, seat: &str) -> Option<SlipState> {
        self.seats.get(seat).map(|slip| slip.state)
    }

    /// Notes that a terminal has enrolled with the seat's code.
    ///
    /// # Errors
    /// No code was made for the seat.
    pub fn mark_used(&mut self, seat: &str) -> Result<(), UnknownSeat> {
        match self.seats.entry(seat.to_owned()) {
            Entry::Occupied(mut slip) => {
                slip.get_mut().state = SlipState::Used;
                Ok(())
            }
            Entry::Vacant(_) => Err(UnknownSeat(seat.to_owned())),
        }
    }

    /// Makes the book durable, whole or not at all.
    ///
    /// # Errors
    /// The file could not be written; then the old one stands.
    pub fn save(&self) -> Result<(), BookFault> {
        let file = |source| BookFault::File { path: self.path.clone(), source };
        let (seats, presiding) = (self.seats.clone(), self.presiding.clone());
        let written = Written { format: FORMAT.to_owned(), seats, presiding };
        let json = serde_json::to_vec_pretty(&written).map_err(|error| file(error.into()))?;
        self.disk.replace(&self.path, &json).map_err(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    fn setup() -> (tempfile::TempDir, StdRng) {
        (tempfile::tempdir().unwrap(), StdRng::seed_from_u64(7))
    }

    #[test]
    fn a_book_survives() {
        let (home, mut rng) = setup();
        let private = home.path().join("private");
        assert!(CodeBook::load(&private).unwrap().is_none());
        let mut book = CodeBook::new(&private);
        let code = book.issue("li", &mut rng);
        book.issue("wang", &mut rng);
        book.mark_used("wang").unwrap();
        book.save().unwrap();

        let book = CodeBook::load(&private).unwrap().unwrap();
        assert_eq!(book.unused().collect::<Vec<_>>(), [("li", &code.digest())]);
        assert_eq!(book.state("wang"), Some(SlipState::Used));
        assert_eq!(book.state("zhao"), None);
        let written = fs::read_to_string(CodeBook::path_in(&private)).unwrap();
        assert!(!written.contains(&code.shown()) && !written.contains(&code.shown().replace('-', "")));
    }

    #[test]
    fn the_code_of_whoever_presides_outlives_the_one_that_the_console_makes_for_itself() {
        let (home, mut rng) = setup();
        let mut book = CodeBook::new(home.path());
        let printed = book.issue("li", &mut rng);
        assert!(book.presiding().is_none());
        book.presided_with(&printed);
        let unseen = book.issue("li", &mut rng);
        book.save().unwrap();
        let book = CodeBook::load(home.path()).unwrap().unwrap();
        assert_eq!(book.presiding(), Some(&printed.digest()));
        assert_eq!(book.unused().collect::<Vec<_>>(), [("li", &unseen.digest())]);
    }

    #[test]
    fn a_code_reissued_replaces_the_one_before() {
        let (home, mut rng) = setup();
        let mut book = CodeBook::new(home.path());
        let first = book.issue("li", &mut rng);
        book.mark_used("li").unwrap();
        let second = book.issue("li", &mut rng);
        assert_ne!(first, second);
        assert_eq!(book.unused().collect::<Vec<_>>(), [("li", &second.digest())]);
        assert_eq!(book.mark_used("nobody"), Err(UnknownSeat("nobody".to_owned())));
    }

    #[test]
    fn a_book_of_another_version_is_refused_by_name() {
        let (home, _) = setup();
        let path = CodeBook::path_in(home.path());
        for (text, expected) in [
            ("{\"format\":\"plenum-codes/9\",\"more\":1}", "unknown format `plenum-codes/9`"),
            (
                "{\"format\":\"plenum-codes/1\",\"seats\":{\"a\":{\"digest\":\"00\",\"state\":\"unused\"}}}",
                "32 bytes",
            ),
            ("{\"format\":", "not a book of codes"),
        ] {
            fs::write(&path, text).unwrap();
            let fault = CodeBook::load(home.path()).unwrap_err().to_string();
            assert!(fault.contains(expected), "{fault}");
        }
    }

    #[test]
    fn a_save_that_fails_leaves_the_old_book() {
        let (home, mut rng) = setup();
        let private = home.path().join("private");
        let mut book = CodeBook::new(&private);
        let code = book.issue("li", &mut rng);
        book.save().unwrap();
        // What a crash between writing and renaming leaves: a file beside the book, half written.
        fs::write(private.join(".tmpABC123"), "{\"format\":\"plenum-co").unwrap();
        let book = CodeBook::load(&private).unwrap().unwrap();
        assert_eq!(book.unused().collect::<Vec<_>>(), [("li", &code.digest())]);
    }

    #[test]
    fn displays_have_seats_with_numbers() {
        assert_eq!((display_seat(1), display_seat(2)), ("display".to_owned(), "display-2".to_owned()));
    }
}
