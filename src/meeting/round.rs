//! A round of a secret ballot: what was fixed, how far it is, who has done what.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::event::{Issue, OpenedBox, Setup, VoidReason};
use super::ids::SeatId;
use super::paper_vote::{PaperCount, PaperVote};
use super::state::count;
use crate::ballot::{self, BallotHash, BlindRequest, IssuerPublic};
use crate::plan::PaperForm;
use crate::rules::{Choice, ContestOutcome, LineOutcome};

/// A round of a secret ballot.
#[derive(Debug, Clone)]
pub struct Round {
    /// What was fixed when the issue opened.
    pub issue: Arc<Issue>,
    /// How far it is.
    pub phase: RoundPhase,
    /// The key of its papers.
    pub issuer: Option<IssuerPublic>,
    /// Who was issued a paper, and on which request.
    pub issued: BTreeMap<SeatId, BlindRequest>,
    /// Who wanted none.
    pub declined: BTreeSet<SeatId>,
    /// The election, once the list is fixed.
    pub setup: Option<Arc<Setup>>,
    /// Whose terminals found their credential on the list.
    pub confirmed: BTreeSet<SeatId>,
    /// When voting was closed: the time of the ballot's archive.
    pub closed_at: Option<Timestamp>,
    /// The ballots in the box, sorted, once it is fixed.
    pub ballots: Arc<Vec<BallotHash>>,
    /// The hash of that list.
    pub box_hash: Option<String>,
    /// When it was fixed first: the window of the check runs from there.
    pub box_fixed_at: Option<Timestamp>,
    /// When it could not grow any more: it is full, or the time for that is over.
    pub box_closed_at: Option<Timestamp>,
    /// Whose terminals confirmed the box.
    pub box_confirmed: BTreeSet<SeatId>,
    /// Whose missing confirmations were accepted, and by which scrutineers.
    pub accepted: BTreeMap<SeatId, BTreeSet<SeatId>>,
    /// When its opening was decided.
    pub opening_at: Option<Timestamp>,
    /// Which scrutineers' terminals gave their factors.
    pub released: BTreeMap<SeatId, Released>,
    /// Whose factors were shown not to hold: they open nothing.
    pub false_factors: BTreeSet<SeatId>,
    /// Which scrutineers were named because their terminals do not answer, and have not answered since.
    pub silent: BTreeSet<SeatId>,
    /// How far the vote is, where it is by paper.
    pub by_paper: Option<PaperVote>,
    /// The count, once the box is opened.
    pub count: Option<Arc<Count>>,
    /// Which scrutineers signed the result sheet, and which did not.
    pub sheet: BTreeMap<SeatId, Sheet>,
    /// Why it is void, if it is.
    pub void: Option<VoidReason>,
}

/// A round's count.
#[derive(Debug, Clone)]
pub struct Count {
    /// What was counted.
    pub counted: Counted,
    /// The outcome of each line, as `issue.lines`.
    pub outcomes: Vec<LineOutcome>,
    /// Who is elected, where the item is a contested election.
    pub contest: Option<ContestOutcome>,
}

/// What was counted, and how.
#[derive(Debug, Clone)]
pub enum Counted {
    /// The sum of an encrypted box, with the proof that it is the sum.
    Opened(OpenedBox),
    /// Papers, by hand.
    ByPaper(PaperCount),
}

impl Count {
    /// The sums: for each line voted on, the marks of each answer.
    pub fn sums(&self) -> &[Vec<u32>] {
        match &self.counted {
            Counted::Opened(opened) => &opened.sums,
            Counted::ByPaper(count) => &count.marks,
        }
    }

    /// The box that was opened; none where the vote was by paper.
    pub fn opened(&self) -> Option<&OpenedBox> {
        if let Counted::Opened(opened) = &self.counted { Some(opened) } else { None }
    }

    /// The figures of the papers, where the vote was by paper.
    pub fn by_paper(&self) -> Option<&PaperCount> {
        if let Counted::ByPaper(count) = &self.counted { Some(count) } else { None }
    }

    /// The papers spoilt on the line at this place; with a ballot that is not of paper there are none.
    pub fn spoilt(&self, place: usize) -> u32 {
        self.by_paper().and_then(|count| count.spoilt.get(place).copied()).unwrap_or(0)
    }

    /// The papers spoilt as a whole, where some of the candidates were marked on paper.
    pub fn spoilt_papers(&self, form: PaperForm) -> Option<u32> {
        self.by_paper().filter(|_| form == PaperForm::Choose)?.spoilt.first().copied()
    }

    /// On a list, those who except the line at this place.
    pub fn excepted(&self, place: usize) -> u32 {
        let answers = self.sums().get(place);
        answers.and_then(|answers| answers.get(Choice::Disagree.place())).copied().unwrap_or(0)
    }
}

/// What a scrutineer's terminal gave, by its hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// SHA-256 of the encrypted sum, in hex.
    pub sum: String,
    /// SHA-256 of the factors, in hex.
    pub factors: String,
}

/// What a scrutineer did with the result sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sheet {
    /// Signed it.
    Signed,
    /// Did not, for a reason.
    Refused {
        /// Why.
        reason: String,
    },
    /// Signed it by hand, or refused to: the console says so, and no key of the scrutineer's.
    ByHand {
        /// Why not; none where it was signed.
        refused: Option<String>,
    },
}

/// The phases of a round; each is a barrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoundPhase {
    /// Papers are issued.
    Issuing,
    /// Credentials are registered; the list is not fixed.
    Registering,
    /// The list is fixed; terminals confirm it.
    Confirming,
    /// Ballots are cast.
    Voting,
    /// Voting has ended; the box is being fixed.
    Sealing,
    /// The box is fixed; terminals confirm it.
    Sealed,
    /// The box is being opened.
    Opening,
    /// Papers are handed out, marked, returned and counted by hand.
    OnPaper,
    /// The result is known.
    Counted,
    /// Void; never opened.
    Void,
}

impl Round {
    /// A round whose issue has just opened.
    pub fn opened(issue: Issue) -> Self {
        Self {
            issue: Arc::new(issue),
            phase: RoundPhase::Issuing,
            issuer: None,
            issued: BTreeMap::new(),
            declined: BTreeSet::new(),
            setup: None,
            confirmed: BTreeSet::new(),
            closed_at: None,
            ballots: Arc::new(Vec::new()),
            box_hash: None,
            box_fixed_at: None,
            box_closed_at: None,
            box_confirmed: BTreeSet::new(),
            accepted: BTreeMap::new(),
            opening_at: None,
            released: BTreeMap::new(),
            false_factors: BTreeSet::new(),
            silent: BTreeSet::new(),
            by_paper: None,
            count: None,
            sheet: BTreeMap::new(),
            void: None,
        }
    }

    /// The election, read; none before the list is fixed, or if it does not hold.
    pub fn election(&self) -> Option<ballot::Setup> {
        self.setup.as_ref()?.read()
    }

    /// Whether a scrutineer has given factors, and nobody has shown that they do not hold.
    pub fn has_given(&self, seat: &SeatId) -> bool {
        self.released.contains_key(seat) && !self.false_factors.contains(seat)
    }

    /// A round on paper, whose papers are being handed out.
    pub fn on_paper(issue: Issue) -> Self {
        Self { phase: RoundPhase::OnPaper, by_paper: Some(PaperVote::default()), ..Self::opened(issue) }
    }

    /// The figures of the papers, once two scrutineers have entered the same.
    fn papers(&self) -> Option<&PaperCount> {
        self.by_paper.as_ref()?.agreed()
    }

    /// Members present when the issue opened.
    pub fn present(&self) -> u32 {
        count(self.issue.electorate.iter())
    }

    /// Papers issued; of a vote on paper, once that is counted.
    pub fn issued(&self) -> u32 {
        self.papers().map_or_else(|| count(self.issued.iter()), |papers| papers.issued)
    }

    /// Ballots returned, once the box is fixed or the papers are counted.
    pub fn returned(&self) -> Option<u32> {
        if let Some(papers) = self.papers() {
            return Some(papers.returned);
        }
        self.box_hash.as_ref().map(|_| count(self.ballots.iter()))
    }

    /// Who is elected, once a round of a contested election is counted.
    pub fn contest(&self) -> Option<&ContestOutcome> {
        self.count.as_ref()?.contest.as_ref()
    }

    /// Those of the electorate who have neither taken nor declined a paper.
    pub fn without_paper(&self) -> impl Iterator<Item = &SeatId> {
        self.issue
            .electorate
            .iter()
            .filter(|seat| !self.issued.contains_key(seat) && !self.declined.contains(seat))
    }

    /// Seats with a paper whose terminal has not confirmed the list.
    pub fn unconfirmed(&self) -> impl Iterator<Item = &SeatId> {
        self.issued.keys().filter(|seat| !self.confirmed.contains(seat))
    }

    /// Whether it goes on: neither void nor counted.
    pub fn is_under_way(&self) -> bool {
        !matches!(self.phase, RoundPhase::Void | RoundPhase::Counted)
    }

    /// Seats whose terminal has not confirmed the box, and fewer than `needed` scrutineers have accepted it.
    pub fn box_missing(&self, needed: u32) -> impl Iterator<Item = &SeatId> {
        self.box_unconfirmed()
            .filter(move |seat| count(self.accepted.get(*seat).into_iter().flatten()) < needed)
    }

    /// Whether the box is fixed and waits for ballots that are still on their way: no terminal answers to it before.
    pub fn box_waits(&self) -> bool {
        self.phase == RoundPhase::Sealed && self.box_hash.is_some() && self.box_closed_at.is_none()
    }

    /// Seats with a paper whose terminal has not confirmed the box.
    pub fn box_unconfirmed(&self) -> impl Iterator<Item = &SeatId> {
        self.issued.keys().filter(|seat| !self.box_confirmed.contains(seat))
    }
}
