//! What is known of a review: the officials and how far each is, the questions and how each ended, opinions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::clock::Timer;
use super::ids::{OfficialId, QuestionId, SeatId};
use crate::ballot::{BlindRequest, IssuerPublic, IssuerSecret, Token};
use crate::plan::Review;
use crate::rules::Verdict;

/// How far a review is.
#[derive(Debug, Clone, Default)]
pub struct ReviewState {
    /// Whether the order has been asked to be drawn, and not been drawn yet.
    pub drawing: bool,
    /// The order in which the officials report; empty until it is drawn, where it is drawn by lot.
    pub order: Vec<OfficialId>,
    /// How far each official is.
    pub officials: BTreeMap<OfficialId, OfficialState>,
    /// Whose turn it is.
    pub current: Option<OfficialId>,
    /// All questions, in the order they came.
    pub questions: Vec<Question>,
    /// The queue as the presiding officer ordered it: questions that wait for their turn.
    pub queue: Vec<QuestionId>,
    /// The question on the floor.
    pub on_floor: Option<QuestionId>,
    /// The clock that runs now: of the report, or of the answer.
    pub clock: Option<Timer>,
    /// Opinions and suggestions, in the order they came.
    pub opinions: Vec<Opinion>,
    /// The key under which the slips of this review are issued.
    pub slip_issuer: Option<IssuerPublic>,
    /// Who has been issued slips, and on which requests.
    pub slips_issued: BTreeMap<SeatId, Vec<BlindRequest>>,
    /// The slips that came, by their one-time keys: none is spent twice.
    pub slips_spent: BTreeMap<String, SpentSlip>,
    /// The secret of that key, published when no slip can come any more.
    pub slip_secret: Option<IssuerSecret>,
    /// The slips whose token turned out to be none; empty where the hub kept to the rules.
    pub slips_unfounded: Vec<String>,
}

/// A slip that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpentSlip {
    /// The token that it was issued.
    pub token: Token,
    /// The signatures of its acts, in order: none is played twice.
    pub acts: Vec<String>,
}

/// How far one official is.
#[derive(Debug, Clone)]
pub struct OfficialState {
    /// How far.
    pub stage: OfficialStage,
    /// Why the report was in writing, if it was.
    pub in_writing: Option<String>,
    /// When the report began.
    pub report_began: Option<Timestamp>,
    /// How long it took, in milliseconds.
    pub report_millis: Option<i64>,
    /// People who may not evaluate this official: listed by the plan, or by recusal declared in the meeting.
    pub recused: BTreeSet<SeatId>,
    /// The verdict, once declared.
    pub verdict: Option<Verdict>,
}

/// The stages of one official.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OfficialStage {
    /// Not called yet.
    ToCome,
    /// The findings of the inspection are read.
    Findings,
    /// The official reports.
    Reporting,
    /// Questions are put and answered.
    Questioning,
    /// The questions are over: papers are issued, ballots cast and counted.
    Evaluating,
    /// Declared.
    Declared,
    /// Put off, for a reason.
    PutOff {
        /// Why.
        reason: String,
    },
}

impl OfficialStage {
    /// Whether there is nothing left to do for this official in this meeting.
    pub fn is_over(&self) -> bool {
        matches!(self, Self::Declared | Self::PutOff { .. })
    }

    /// Whether questions can be put: from the reading of the findings on, until they are ended.
    pub fn may_be_asked(&self) -> bool {
        matches!(self, Self::Findings | Self::Reporting | Self::Questioning)
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
pub enum Asker {
    /// Somebody by name, from a terminal or entered by the recorder.
    Seat {
        /// Who.
        seat: SeatId,
        /// Whether the recorder entered it as it was spoken.
        oral: bool,
    },
    /// An anonymous slip, known by its one-time key alone.
    Slip {
        /// The key, in hex.
        key: String,
    },
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its number, from 1.
    pub id: QuestionId,
    /// To whom.
    pub official: OfficialId,
    /// Who asks.
    pub asker: Asker,
    /// The question that it follows up.
    pub follows: Option<QuestionId>,
    /// What it says.
    pub text: String,
    /// When it came.
    pub time: Timestamp,
    /// When it was called to the floor; none where it never was.
    pub called: Option<Timestamp>,
    /// Questions that were merged into this one.
    pub merged: Vec<QuestionId>,
    /// What was answered, as the recorder took it down.
    pub answer: String,
    /// How it stands.
    pub standing: Standing,
    /// Whether the asker was satisfied, once said.
    pub satisfied: Option<bool>,
    /// The written inquiry that followed, if one did.
    pub inquiry: Option<String>,
}

/// How a question stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// In the queue.
    Waiting,
    /// Being answered.
    OnFloor,
    /// Returned to the asker, with a reason.
    Returned {
        /// Why.
        reason: String,
    },
    /// Merged into another one.
    Merged {
        /// Which.
        into: QuestionId,
    },
    /// Over.
    Ended(Ended),
}

/// How a question ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "how", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ended {
    /// Answered on the spot.
    Answered,
    /// Promised in writing.
    Promised {
        /// By this day.
        due_on: Date,
    },
    /// Declined by the chair.
    Declined {
        /// Why.
        reason: String,
    },
    /// Withdrawn by the asker.
    Withdrawn,
}

/// What becomes of questions still in the queue when the questions are closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "left", rename_all = "snake_case", deny_unknown_fields)]
pub enum Left {
    /// They are answered in writing.
    InWriting {
        /// By this day.
        due_on: Date,
    },
    /// They are not dealt with.
    Declined {
        /// Why.
        reason: String,
    },
}

/// An opinion or a suggestion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// About whom.
    pub official: OfficialId,
    /// Who gave it.
    pub by: Asker,
    /// What it says.
    pub text: String,
    /// When it came.
    pub time: Timestamp,
}

impl ReviewState {
    /// A review that has just been called.
    pub fn opened(plan: &Review) -> Self {
        let order = match plan.order {
            crate::plan::OfficialOrder::Plan => {
                plan.officials.iter().map(|official| OfficialId::from(official.id.as_str())).collect()
            }
            crate::plan::OfficialOrder::Lot => Vec::new(),
        };
        let officials = plan
            .officials
            .iter()
            .map(|official| {
                let concerned = official.person.iter().chain(&official.relatives);
                let recused = concerned.map(|id| SeatId::from(id.as_str())).collect();
                (OfficialId::from(official.id.as_str()), OfficialState::to_come(recused))
            })
            .collect();
        Self { order, officials, ..Self::default() }
    }

    /// The official whose turn it is, and how far it is.
    pub fn current(&self) -> Option<(&OfficialId, &OfficialState)> {
        let id = self.current.as_ref()?;
        Some((id, self.officials.get(id)?))
    }

    /// Who comes next.
    pub fn next(&self) -> Option<&OfficialId> {
        let to_come = |id: &&OfficialId| {
            self.officials.get(*id).is_some_and(|official| official.stage == OfficialStage::ToCome)
        };
        self.order.iter().find(to_come)
    }

    /// A question.
    pub fn question(&self, id: QuestionId) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The questions to an official, in the order they came.
    pub fn questions_to<'a>(&'a self, official: &'a OfficialId) -> impl Iterator<Item = &'a Question> {
        self.questions.iter().filter(move |question| question.official == *official)
    }

    /// How many opinions a person has given by name.
    pub fn opinions_by(&self, seat: &SeatId) -> u32 {
        let own = |opinion: &&Opinion| matches!(&opinion.by, Asker::Seat { seat: by, .. } if by == seat);
        u32::try_from(self.opinions.iter().filter(own).count()).unwrap_or(u32::MAX)
    }

    /// How many slips were issued.
    pub fn issued_slips(&self) -> usize {
        self.slips_issued.values().map(Vec::len).sum()
    }

    /// Whether this slip has followed up its question: a second question of the same slip, or the opinion that it became.
    pub fn slip_followed_up(&self, key: &str) -> bool {
        let is_its = |by: &Asker| matches!(by, Asker::Slip { key: own } if own == key);
        let asked = self.questions.iter().filter(|question| is_its(&question.asker)).count();
        let given = self.opinions.iter().filter(|opinion| is_its(&opinion.by)).count();
        asked.saturating_add(given) > 1
    }

    /// How many questions a person has asked by name from a terminal.
    pub fn asked_by(&self, seat: &SeatId) -> u32 {
        let own = |question: &&Question| matches!(&question.asker, Asker::Seat { seat: asker, oral: false } if asker == seat);
        u32::try_from(self.questions.iter().filter(own).count()).unwrap_or(u32::MAX)
    }
}

impl OfficialState {
    fn to_come(recused: BTreeSet<SeatId>) -> Self {
        Self {
            stage: OfficialStage::ToCome,
            in_writing: None,
            report_began: None,
            report_millis: None,
            recused,
            verdict: None,
        }
    }
}
