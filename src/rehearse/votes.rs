//! What the simulated voters will choose. A file names ballots and lists papers, each a list of words: `agree`,
//! `disagree`, `abstain` on a nomination's lines, `agree`, `disagree` on those of a list, `marked`, `unmarked` where candidates
//! are chosen among, the words of the scale on an evaluation's dimensions. Ballots that it does not name are filled in from a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::file::{self, FileFault};
use crate::meeting::{BallotId, Issue, ItemId, OfficialId, SeatId, merge_small, sha256_hex};
use crate::plan::{Contested, Item, PaperForm, Person, Plan, Review};
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
    #[error(transparent)]
    File(#[from] FileFault),
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
    /// More candidates marked than there are seats.
    #[error("ballot `{ballot}`, paper {paper}: {marked} marked, at most {most} may be")]
    TooManyMarked {
        /// The ballot.
        ballot: String,
        /// Which paper, from 1.
        paper: usize,
        /// Candidates marked.
        marked: usize,
        /// How many may be.
        most: usize,
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

/// What the file looks like.
const EXPECTED: &str = r#"{"BALLOT ID": [["agree", "disagree", "abstain", ...], ...]}"#;

/// What a ballot looks like, as far as the plan tells.
struct Shape {
    lines: usize,
    words: Vec<String>,
    present: usize,
    /// How many lines may be marked, where candidates are chosen among.
    most: Option<usize>,
}

/// The words where candidates are chosen among, each at the place of its choice.
const MARKS: [&str; 2] = ["unmarked", "marked"];

impl VoteBook {
    /// Reads the file, if there is one, and checks it against the plan; `again` are the items that are voted on again.
    ///
    /// # Errors
    /// What does not fit, before anything has begun.
    pub fn read(
        path: Option<&Path>,
        plan: &Plan,
        absent: &BTreeSet<SeatId>,
        again: &BTreeSet<String>,
        seed: u64,
    ) -> Result<Self, VotesFault> {
        let written: BTreeMap<String, Vec<Vec<String>>> =
            path.map(|path| file::read(path, EXPECTED)).transpose()?.unwrap_or_default();
        let known = ballots(plan, absent);
        let mut papers = BTreeMap::new();
        for (ballot, listed) in written {
            let shape_of = |id: &str| known.iter().find(|(known, _)| known == id);
            // An item that is voted on again has further rounds, like the first.
            let further =
                |id: &str, round: &str| again.contains(id) && round.parse().is_ok_and(|round: u32| round > 1);
            let first = ballot.rsplit_once("-r").filter(|(id, round)| further(id, round));
            let found = shape_of(&ballot).or_else(|| shape_of(first?.0));
            let (_, shape) = found.ok_or_else(|| VotesFault::UnknownBallot {
                ballot: ballot.clone(),
                known: known.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>().join(", "),
            })?;
            let read = check(&ballot, &listed, shape)?;
            papers.insert(ballot, read);
        }
        Ok(Self { papers, seed })
    }

    /// The paper of the `place`-th voter of an electorate: for each line of the plan, deferred or not, the place of the
    /// answer. None: present and not returning.
    pub fn paper(&self, plan: &Plan, issue: &Issue, place: usize) -> Option<Vec<usize>> {
        // A round of its own in the file; a further round of an election is another question than the first.
        if let Some(papers) = self.papers.get(issue.ballot.as_str()) {
            return papers.get(place).cloned();
        }
        // A second round is voted like the first one, and groups that were merged like the ballot of all.
        let first = BallotId::of_round(&issue.item, issue.subject.as_ref(), group(issue).as_deref(), 1);
        let other_question = issue.contest.is_some_and(|round| round.further > 0);
        if let Some(papers) = self.papers.get(first.as_str()).filter(|_| !other_question) {
            return papers.get(place).cloned();
        }
        let item = plan.item(issue.item.as_str())?;
        if let (Some(contested), Some(round)) = (item.contested(), issue.contest) {
            let mut rng = self.rng(&format!("{}|{}", issue.item, round.further));
            return elected_by_seed(place, contested, issue, &mut rng);
        }
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

fn present<'a>(
    plan: &'a Plan,
    item: &'a Item,
    absent: &BTreeSet<SeatId>,
) -> impl Iterator<Item = &'a Person> {
    plan.electors(item).filter(|person| !absent.contains(&SeatId::from(person.id.as_str())))
}

/// The ballots of the meeting, with those absent who are to be: groups of fewer than five are counted with another one.
fn ballots(plan: &Plan, absent: &BTreeSet<SeatId>) -> Vec<(String, Shape)> {
    let mut ballots = Vec::new();
    for item in plan.items.iter().filter(|item| item.is_secret()) {
        let id = ItemId::from(item.id.as_str());
        let Some(review) = item.review() else {
            let present = present(plan, item, absent).count();
            let names = |choices: &[Choice]| choices.iter().map(|choice| choice.name().to_owned()).collect();
            let (words, most, further) = match item.contested() {
                None => (names(&Choice::ALL), None, 0),
                Some(contested) if contested.form == PaperForm::List => {
                    (names(&Choice::ON_A_LIST), None, contested.rule.further_max)
                }
                Some(contested) => {
                    let most = usize::try_from(contested.rule.seats).unwrap_or(usize::MAX);
                    (MARKS.map(str::to_owned).to_vec(), Some(most), contested.rule.further_max)
                }
            };
            for round in 1..=further + 1 {
                let shape = Shape { lines: item.lines().len(), words: words.clone(), present, most };
                ballots.push((BallotId::of_round(&id, None, None, round).to_string(), shape));
            }
            continue;
        };
        for official in &review.officials {
            let present: Vec<&Person> =
                present(plan, item, absent).filter(|person| !official.concerns(&person.id)).collect();
            let apart = if review.apart { merge_small(&review.reviewers, &present) } else { Vec::new() };
            let together = [review.reviewers.clone()];
            let several = apart.len() > 1;
            for groups in if several { apart.as_slice() } else { &together } {
                let group = several.then(|| groups.join("_"));
                let subject = OfficialId::from(official.id.as_str());
                let ballot = BallotId::of_round(&id, Some(&subject), group.as_deref(), 1);
                let shape = Shape {
                    lines: review.dimensions.len(),
                    words: review.scale.iter().map(|word| word.word.clone()).collect(),
                    present: present.iter().filter(|person| groups.contains(&person.group)).count(),
                    most: None,
                };
                ballots.push((ballot.to_string(), shape));
            }
        }
    }
    ballots
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
            let marked = words.iter().filter(|word| *word == MARKS[1]).count();
            if let Some(most) = shape.most.filter(|most| marked > *most) {
                return Err(VotesFault::TooManyMarked { ballot: ballot.to_owned(), paper, marked, most });
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

/// Candidates are differently liked. Of those on the paper each voter marks the most liked in the own eyes, now and then fewer,
/// and seldom none; a list finds most agreeing to most of it.
fn elected_by_seed(
    place: usize,
    contested: &Contested,
    issue: &Issue,
    rng: &mut StdRng,
) -> Option<Vec<usize>> {
    let lines = &contested.slate.lines;
    let liked: Vec<u32> = lines.iter().map(|_| rng.random_range(0..60)).collect();
    let mut own = StdRng::seed_from_u64(rng.random::<u64>() ^ place as u64);
    let on_paper = |place: usize| {
        lines.get(place).is_some_and(|line| issue.lines.iter().any(|id| id.as_str() == line.id))
    };
    if contested.form == PaperForm::List {
        let choose = |liked: &u32| {
            let agrees = own.random_ratio((liked + 41).min(100), 100);
            if agrees { Choice::Agree.place() } else { Choice::Disagree.place() }
        };
        return Some(liked.iter().map(choose).collect());
    }
    let mut order: Vec<(u32, usize)> = (0..lines.len())
        .filter(|place| on_paper(*place))
        .zip(liked)
        .map(|(place, liked)| (liked + own.random_range(0..50), place))
        .collect();
    order.sort_unstable_by(|one, other| other.cmp(one));
    let seats = issue.contest.map_or(contested.rule.seats, |round| round.seats);
    let mut marks = usize::try_from(seats).unwrap_or(usize::MAX);
    if own.random_ratio(1, 30) {
        marks = 0;
    } else if own.random_ratio(1, 8) {
        marks = marks.saturating_sub(1).max(1);
    }
    let marked: Vec<usize> = order.into_iter().take(marks).map(|(_, place)| place).collect();
    Some((0..lines.len()).map(|place| usize::from(marked.contains(&place))).collect())
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
