//! What the simulated voters will choose. A file names ballots and lists papers, each a list of words: `agree`,
//! `disagree`, `abstain` on a nomination's lines, the words of the scale on an evaluation's dimensions. Ballots that it
//! does not name are filled in from a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::meeting::{BallotId, Issue, SeatId, sha256_hex};
use crate::plan::{Item, Plan, Review};
use crate::rules::Choice;

/// The votes of a rehearsal. The k-th voter of a ballot's electorate returns the k-th paper; voters beyond the list are
/// present and return none.
#[derive(Debug, Clone, Default)]
pub struct VoteBook {
    papers: BTreeMap<String, Vec<Vec<usize>>>,
    seed: u64,
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
    /// A word that the ballot does not have.
    #[error("ballot `{ballot}`, paper {paper}: unknown choice `{word}`; the ballot has: {known}")]
    UnknownWord {
        /// The ballot.
        ballot: String,
        /// Which paper, from 1.
        paper: usize,
        /// The word.
        word: String,
        /// Those that there are.
        known: String,
    },
}

/// What a ballot looks like, as far as the plan tells.
struct Shape {
    lines: usize,
    words: Vec<String>,
    present: usize,
}

impl VoteBook {
    /// Reads the file, if there is one, and checks it against the plan.
    ///
    /// # Errors
    /// What does not fit, before anything has begun.
    pub fn read(
        path: Option<&Path>,
        plan: &Plan,
        absent: &BTreeSet<SeatId>,
        seed: u64,
    ) -> Result<Self, VotesFault> {
        let written: BTreeMap<String, Vec<Vec<String>>> = match path {
            None => BTreeMap::new(),
            Some(path) => {
                let bytes =
                    std::fs::read(path).map_err(|error| VotesFault::Io { path: path.to_owned(), error })?;
                serde_json::from_slice(&bytes)
                    .map_err(|error| VotesFault::Malformed { path: path.to_owned(), error })?
            }
        };
        let mut papers = BTreeMap::new();
        for (ballot, listed) in written {
            let shape = shape(plan, &ballot, absent)
                .ok_or_else(|| VotesFault::UnknownBallot { ballot: ballot.clone(), known: known(plan) })?;
            let read = check(&ballot, &listed, &shape)?;
            papers.insert(ballot, read);
        }
        Ok(Self { papers, seed })
    }

    /// The paper of the `place`-th voter of an electorate: for each line of the plan, deferred or not, the place of the
    /// answer. None: present and not returning.
    pub fn paper(&self, plan: &Plan, issue: &Issue, place: usize) -> Option<Vec<usize>> {
        // A second round is voted like the first one, and groups that were merged like the ballot of all.
        let first = BallotId::of_round(&issue.item, issue.subject.as_ref(), group(issue).as_deref(), 1);
        if let Some(papers) = self.papers.get(first.as_str()) {
            return papers.get(place).cloned();
        }
        let item = plan.item(issue.item.as_str())?;
        let mut rng = self.rng(&format!("{}|{:?}", issue.item, issue.subject));
        match item.review() {
            None => by_seed(place, item.lines().len(), &mut rng),
            Some(review) => rated_by_seed(place, group(issue).as_deref(), review, &mut rng),
        }
    }

    fn rng(&self, ballot: &str) -> StdRng {
        let hash = sha256_hex(format!("{}|{ballot}", self.seed).as_bytes());
        let seed = hash.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or(self.seed);
        StdRng::seed_from_u64(seed)
    }
}

/// The part of a ballot's id that names its groups, where it has one.
fn group(issue: &Issue) -> Option<String> {
    let base = BallotId::of_round(&issue.item, issue.subject.as_ref(), None, issue.round);
    (issue.ballot != base).then(|| issue.groups.join("_"))
}

fn known(plan: &Plan) -> String {
    let ballots = plan.items.iter().flat_map(|item| match item.review() {
        None => vec![item.id.clone()],
        Some(review) => review
            .officials
            .iter()
            .flat_map(|official| {
                let groups = if review.apart { review.reviewers.as_slice() } else { &[] };
                let apart = groups.iter().map(|group| format!("{}-{}-{group}", item.id, official.id));
                let mut ids: Vec<String> = apart.collect();
                if ids.len() < 2 {
                    ids = vec![format!("{}-{}", item.id, official.id)];
                }
                ids
            })
            .collect(),
    });
    ballots.collect::<Vec<_>>().join(", ")
}

fn shape(plan: &Plan, ballot: &str, absent: &BTreeSet<SeatId>) -> Option<Shape> {
    let mut parts = ballot.splitn(3, '-');
    let item = plan.item(parts.next()?)?;
    let (official, groups) = (parts.next(), parts.next());
    let present = |item: &Item, concerned: &dyn Fn(&str) -> bool, groups: Option<&str>| {
        plan.electors(item)
            .filter(|person| !absent.contains(&SeatId::from(person.id.as_str())))
            .filter(|person| !concerned(&person.id))
            .filter(|person| groups.is_none_or(|groups| named(groups, &person.group, item.electors())))
            .count()
    };
    match (item.review(), official) {
        (None, None) => Some(Shape {
            lines: item.lines().len(),
            words: Choice::ALL.iter().map(|choice| choice.name().to_owned()).collect(),
            present: present(item, &|_| false, None),
        }),
        (Some(review), Some(official)) => {
            let official = review.official(official)?;
            if groups.is_some_and(|groups| {
                !review.reviewers.iter().any(|group| named(groups, group, &review.reviewers))
            }) {
                return None;
            }
            Some(Shape {
                lines: review.dimensions.len(),
                words: review.scale.iter().map(|word| word.word.clone()).collect(),
                present: present(item, &|id| official.concerns(id), groups),
            })
        }
        _ => None,
    }
}

/// Whether `group` is among the groups whose ids, joined by `_`, are `joined`. Ids may hold `_` themselves.
fn named(joined: &str, group: &str, all: &[String]) -> bool {
    if joined == group {
        return true;
    }
    (0..1usize << all.len().min(16)).any(|set| {
        let some: Vec<&str> = all
            .iter()
            .enumerate()
            .filter(|(place, _)| set >> place & 1 == 1)
            .map(|(_, id)| id.as_str())
            .collect();
        some.contains(&group) && some.join("_") == joined
    })
}

fn check(ballot: &str, listed: &[Vec<String>], shape: &Shape) -> Result<Vec<Vec<usize>>, VotesFault> {
    if listed.len() > shape.present {
        let (ballot, papers, present) = (ballot.to_owned(), listed.len(), shape.present);
        return Err(VotesFault::TooMany { ballot, papers, present });
    }
    (1..)
        .zip(listed)
        .map(|(paper, words)| {
            if words.len() != shape.lines {
                let (ballot, choices, lines) = (ballot.to_owned(), words.len(), shape.lines);
                return Err(VotesFault::Length { ballot, paper, choices, lines });
            }
            words
                .iter()
                .map(|word| {
                    shape.words.iter().position(|known| known == word).ok_or_else(|| {
                        VotesFault::UnknownWord {
                            ballot: ballot.to_owned(),
                            paper,
                            word: word.clone(),
                            known: shape.words.join(", "),
                        }
                    })
                })
                .collect()
        })
        .collect()
}

/// Most lines find most voters agreeing, and about one in eight lines divides the room.
fn by_seed(place: usize, lines: usize, rng: &mut StdRng) -> Option<Vec<usize>> {
    let support: Vec<u32> = (0..lines)
        .map(|_| if rng.random_ratio(1, 8) { rng.random_range(35..60) } else { rng.random_range(80..100) })
        .collect();
    let mut own = StdRng::seed_from_u64(rng.random::<u64>() ^ place as u64);
    let choose = |support: &u32| {
        if own.random_ratio(*support, 100) {
            Choice::Agree.place()
        } else if own.random_ratio(2, 3) {
            Choice::Disagree.place()
        } else {
            Choice::Abstain.place()
        }
    };
    Some(support.iter().map(choose).collect())
}

/// Each official has a standing, and marks scatter around it.
fn rated_by_seed(place: usize, group: Option<&str>, review: &Review, rng: &mut StdRng) -> Option<Vec<usize>> {
    let words = review.scale.len().max(1);
    let standing = rng.random_range(0..100u32);
    let salt = group.map_or(0, |group| group.bytes().map(u64::from).sum::<u64>());
    let mut own = StdRng::seed_from_u64(rng.random::<u64>() ^ place as u64 ^ (salt << 32));
    let mark = |_: &crate::plan::Dimension| {
        let usual = usize::from(standing < 20) + usize::from(standing < 8);
        let off = if own.random_ratio(1, 4) { own.random_range(0..words) } else { 0 };
        (usual + off).min(words - 1)
    };
    Some(review.dimensions.iter().map(mark).collect())
}
