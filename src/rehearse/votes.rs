//! What the simulated voters will choose. A file names ballots and lists papers; without one, a seed decides.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::meeting::SeatId;
use crate::plan::{Nomination, Plan};
use crate::rules::Choice;

/// The votes of a rehearsal, by ballot. The k-th voter present returns the k-th paper; voters beyond the list are
/// present and return none.
#[derive(Debug, Clone, Default)]
pub struct VoteBook {
    papers: BTreeMap<String, Vec<Vec<Choice>>>,
}

/// Why votes do not fit.
#[derive(Debug, thiserror::Error)]
pub enum VotesFault {
    /// The file cannot be read.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// It is not `{"BALLOT": [["agree", …], …]}`.
    #[error(
        "{path}: {error}; expected {{\"BALLOT ID\": [[\"agree\", \"disagree\", \"abstain\", ...], ...]}}"
    )]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What the reader says.
        error: serde_json::Error,
    },
    /// There is no such ballot.
    #[error("there is no ballot `{ballot}`; the plan has: {known}")]
    UnknownBallot {
        /// The name.
        ballot: String,
        /// Those that there are.
        known: String,
    },
    /// More papers than voters present.
    #[error("ballot `{ballot}`: {papers} papers for {present} voters present")]
    TooMany {
        /// The ballot.
        ballot: String,
        /// Papers in the file.
        papers: usize,
        /// Voters who will be present.
        present: usize,
    },
    /// A paper has another number of choices than the ballot has lines.
    #[error("ballot `{ballot}`, paper {paper}: {choices} choices for {lines} lines")]
    Length {
        /// The ballot.
        ballot: String,
        /// Which paper, from 1.
        paper: usize,
        /// Choices on it.
        choices: usize,
        /// Lines of the ballot.
        lines: usize,
    },
}

impl VoteBook {
    /// Reads the file, if there is one, and checks it against the plan; the ballots that it does not name are filled
    /// in from the seed.
    ///
    /// # Errors
    /// What does not fit, before anything has begun.
    pub fn read(
        path: Option<&Path>,
        plan: &Plan,
        absent: &BTreeSet<SeatId>,
        seed: u64,
    ) -> Result<Self, VotesFault> {
        let mut papers: BTreeMap<String, Vec<Vec<Choice>>> = match path {
            None => BTreeMap::new(),
            Some(path) => {
                let bytes =
                    std::fs::read(path).map_err(|error| VotesFault::Io { path: path.to_owned(), error })?;
                serde_json::from_slice(&bytes)
                    .map_err(|error| VotesFault::Malformed { path: path.to_owned(), error })?
            }
        };
        for (ballot, listed) in &papers {
            let item = plan.item(ballot).ok_or_else(|| VotesFault::UnknownBallot {
                ballot: ballot.clone(),
                known: plan.items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(", "),
            })?;
            check(ballot, listed, item.nomination(), present(plan, item.nomination(), absent))?;
        }
        let mut rng = StdRng::seed_from_u64(seed);
        for item in &plan.items {
            let voters = present(plan, item.nomination(), absent);
            let seeded = by_seed(voters, item.nomination().lines.len(), &mut rng);
            papers.entry(item.id.clone()).or_insert(seeded);
        }
        Ok(Self { papers })
    }

    /// The paper of the `place`-th voter of a ballot's electorate; none: present and not returning.
    pub fn paper(&self, ballot: &str, place: usize) -> Option<&Vec<Choice>> {
        self.papers.get(ballot)?.get(place)
    }

    /// How many papers will be returned.
    pub fn returned(&self, ballot: &str) -> usize {
        self.papers.get(ballot).map_or(0, Vec::len)
    }
}

fn present(plan: &Plan, nomination: &Nomination, absent: &BTreeSet<SeatId>) -> usize {
    plan.voters(nomination).filter(|person| !absent.contains(&SeatId::from(person.id.as_str()))).count()
}

fn check(
    ballot: &str,
    listed: &[Vec<Choice>],
    nomination: &Nomination,
    present: usize,
) -> Result<(), VotesFault> {
    if listed.len() > present {
        return Err(VotesFault::TooMany { ballot: ballot.to_owned(), papers: listed.len(), present });
    }
    let lines = nomination.lines.len();
    match listed.iter().enumerate().find(|(_, choices)| choices.len() != lines) {
        Some((place, choices)) => Err(VotesFault::Length {
            ballot: ballot.to_owned(),
            paper: place + 1,
            choices: choices.len(),
            lines,
        }),
        None => Ok(()),
    }
}

/// Most lines find most voters agreeing, and about one in eight lines divides the room.
fn by_seed(voters: usize, lines: usize, rng: &mut StdRng) -> Vec<Vec<Choice>> {
    let support: Vec<u32> = (0..lines)
        .map(|_| if rng.random_ratio(1, 8) { rng.random_range(35..60) } else { rng.random_range(80..100) })
        .collect();
    (0..voters)
        .map(|_| {
            support
                .iter()
                .map(|support| {
                    if rng.random_ratio(*support, 100) {
                        Choice::Agree
                    } else if rng.random_ratio(2, 3) {
                        Choice::Disagree
                    } else {
                        Choice::Abstain
                    }
                })
                .collect()
        })
        .collect()
}
