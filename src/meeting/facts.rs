//! What events carry: the frozen plan, an issue of papers, an election, an opened box.

use serde::{Deserialize, Serialize};

use super::exam_paper::ExamSealed;
use super::ids::{BallotId, ItemId, LineId, OfficialId, SeatId, SessionId};
use crate::ballot::{self, BlindRequest, PublicCredential, Token};
use crate::plan::Plan;
use crate::rules::Among;

/// What the first line of a journal says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen {
    /// The session.
    pub session: SessionId,
    /// Whether this is a rehearsal: then every screen and the archive say so.
    pub rehearsal: bool,
    /// The plan.
    pub plan: Plan,
    /// SHA-256 of `plan.toml`, in hex.
    pub plan_hash: String,
    /// The materials, by path below `materials/`, sorted.
    pub materials: Vec<Material>,
    /// The key that signs what no seat commanded: Ed25519, in hex.
    pub hub_key: String,
    /// The ballot's trustees (`trustees.json` of the format), as text, where the console holds the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trustees: Option<String>,
    /// What the hub commits to for each exam, in the order of the agenda.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exams: Vec<ExamSealed>,
}

/// A material's place and hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// The path below `materials/`, with `/` between folders.
    pub path: String,
    /// SHA-256, in hex.
    pub hash: String,
}

/// A quorum that was not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuorumMissed {
    /// The item for which it was needed; none for the opening of the meeting.
    pub item: Option<ItemId>,
    /// Members present.
    pub present: u32,
    /// Members entitled.
    pub due: u32,
    /// How many are needed.
    pub needed: u32,
}

/// An issue of papers: what is fixed when it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The ballot.
    pub ballot: BallotId,
    /// The item.
    pub item: ItemId,
    /// The official who is evaluated; none for a ballot on the item's lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<OfficialId>,
    /// The groups that are counted on this ballot, where a review's groups are counted apart; empty otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<String>,
    /// The round, from 1.
    pub round: u32,
    /// Members entitled to vote on the item.
    pub due: u32,
    /// Those of them who are present, by name: the electorate.
    pub electorate: Vec<SeatId>,
    /// The lines that are voted on, in ballot order.
    pub lines: Vec<LineId>,
    /// The lines that are deferred.
    pub deferred: Vec<LineId>,
    /// The lines that are not put to the vote by rule: not carried before at this meeting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<LineId>,
    /// Which round of a contested election this is; none where the item is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<ContestRound>,
}

impl Issue {
    /// Whether a line stands on the paper: to be marked, deferred, or barred.
    pub fn has_line(&self, id: &str) -> bool {
        self.lines.iter().chain(&self.deferred).chain(&self.barred).any(|line| line.as_str() == id)
    }

    /// How many lines stand on the paper and are not voted on.
    pub fn not_voted(&self) -> usize {
        self.deferred.len() + self.barred.len()
    }
}

/// A round of a contested election.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestRound {
    /// Which further round it is; 0 for the first round of all.
    pub further: u32,
    /// Among whom it is held.
    pub among: Among,
    /// Seats to be filled in it.
    pub seats: u32,
}

/// A further round of a contested election, as it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherRound {
    /// Among whom.
    pub among: Among,
    /// Their lines, in ballot order.
    pub lines: Vec<LineId>,
    /// Seats to be filled in it.
    pub seats: u32,
}

/// The election of a ballot, as the format writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// `election.json`, as text.
    pub election: String,
    /// `trustees.json`, as text.
    pub trustees: String,
    /// The credentials and the tokens that admitted them, sorted by credential.
    pub admitted: Vec<Admitted>,
    /// The VOPRF key's secret part, in hex: harmless now, so that anyone can check every token.
    pub issuer_secret: String,
    /// The hash over election, trustees and credentials that every terminal confirms.
    pub hash: String,
}

impl Setup {
    /// The election, read; none if it does not hold.
    pub fn read(&self) -> Option<ballot::Setup> {
        let election = ballot::Election::parse(self.election.as_bytes()).ok()?;
        let trustees = ballot::Trustees::parse(self.trustees.as_bytes()).ok()?;
        let credentials = self.admitted.iter().map(|admitted| admitted.credential).collect();
        ballot::Setup::new(election, trustees, credentials).ok()
    }
}

/// A credential and its token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admitted {
    /// The public credential.
    pub credential: PublicCredential,
    /// The token.
    pub token: Token,
}

/// A paper that is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperAsked {
    /// The ballot.
    pub ballot: BallotId,
    /// The blinded request.
    pub request: BlindRequest,
}

/// A list that a terminal has checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListSeen {
    /// The ballot.
    pub ballot: BallotId,
    /// The hash of the setup.
    pub setup: String,
}

/// Why a round is void.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case", deny_unknown_fields)]
pub enum VoidReason {
    /// The presiding officer's reason.
    Decided {
        /// In the presiding officer's words.
        reason: String,
    },
    /// Fewer ballots came back than may be opened.
    TooFew {
        /// Ballots in the box.
        returned: u32,
        /// How many there must be.
        needed: u32,
    },
    /// Fewer scrutineers are left than are needed to open the box.
    Unopenable {
        /// How many are left, or had given their factors.
        left: u32,
        /// How many are needed.
        needed: u32,
    },
    /// The official was put off.
    PutOff,
    /// The item is voted on by paper.
    ByPaper,
    /// Somebody with a paper stood aside: the papers are issued again, without them.
    Recused,
    /// The meeting was adjourned to another day before the turn of this official.
    AnotherDay,
    /// More ballots came back than papers were issued.
    TooMany {
        /// Papers issued.
        issued: u32,
        /// Ballots in the box.
        returned: u32,
    },
}

/// A box that was opened: the sum and the proof that it is the sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedBox {
    /// The encrypted sum, as the format writes it.
    pub tally: String,
    /// The trustees' factors.
    pub factors: Vec<Factors>,
    /// The result, as the format writes it.
    pub result: String,
    /// The sums of each question of the paper: of its answers in their order, before them the blank where there is one.
    pub sums: Vec<Vec<u32>>,
}

/// What one trustee contributed to opening a box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factors {
    /// The trustee's number, from 1.
    pub trustee: u32,
    /// The decryption factors with their proofs, as the format writes them.
    pub factors: String,
}

/// Why a meeting ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case", deny_unknown_fields)]
pub enum AdjournGround {
    /// The quorum was missed, as the record shows.
    NoQuorum,
    /// The presiding officer's reason.
    Decided {
        /// In the presiding officer's words.
        reason: String,
    },
}
