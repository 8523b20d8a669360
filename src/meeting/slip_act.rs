//! What an anonymous slip says, and the signature of its one-time key under it.
//!
//! A slip is a fresh Ed25519 key that was issued a token. Everything that its writer does with it is an *act*, numbered
//! from 1: the question or the opinion itself, then whatever follows. The signature covers, separated by `|`:
//! `plenum/v1/slip`, the session, the item, the key, the act's number, its kind, what it is about (an official, or the
//! number of a question), and SHA-256 of its text in hex. Nobody can alter an act, write one for somebody else, play it
//! a second time, or carry it into another meeting.

use serde::{Deserialize, Serialize};

use super::floor::text;
use super::ids::{ItemId, OfficialId, QuestionId, SessionId};
use super::order::{Identity, verify};
use super::refusal::Refusal;
use super::sha256_hex;
use crate::ballot::Token;

/// How many acts one slip has, at most: the slip itself, one follow-up, and what is said about both.
pub const SLIP_ACTS_MAX: u32 = 8;

/// What a slip is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlipKind {
    /// A question.
    Question,
    /// An opinion or a suggestion.
    Opinion,
}

/// What an act of a slip says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum SlipSays {
    /// The slip asks.
    Question {
        /// Whom.
        official: OfficialId,
        /// What.
        text: String,
    },
    /// The slip gives an opinion or a suggestion.
    Opinion {
        /// About whom.
        official: OfficialId,
        /// What it says.
        text: String,
    },
    /// The slip follows up its own question, once that is over.
    FollowUp {
        /// Which.
        question: QuestionId,
        /// What it asks further.
        text: String,
    },
    /// The slip says whether the answer to its own question satisfied.
    Satisfied {
        /// Which.
        question: QuestionId,
        /// Whether.
        satisfied: bool,
    },
    /// The slip, not satisfied, files a written inquiry.
    Inquiry {
        /// About which of its own questions.
        question: QuestionId,
        /// What it says.
        text: String,
    },
}

/// An act of a slip, as its writer signed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlipAct {
    /// The one-time key, Ed25519, in hex.
    pub key: String,
    /// Its number among the acts of this key, from 1.
    pub number: u32,
    /// The token that the key was issued. On its way to the hub every act has it; in the record only the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<Token>,
    /// What it says.
    pub says: SlipSays,
    /// The signature of the one-time key, in hex.
    pub signature: String,
}

impl SlipSays {
    /// A question or an opinion: what begins a slip.
    pub fn begin(kind: SlipKind, official: OfficialId, text: String) -> Self {
        match kind {
            SlipKind::Question => Self::Question { official, text },
            SlipKind::Opinion => Self::Opinion { official, text },
        }
    }

    /// Whether it begins a slip.
    pub fn begins(&self) -> bool {
        matches!(self, Self::Question { .. } | Self::Opinion { .. })
    }

    /// The question that it is about; none where it begins a slip.
    pub fn question(&self) -> Option<QuestionId> {
        match self {
            Self::Question { .. } | Self::Opinion { .. } => None,
            Self::FollowUp { question, .. }
            | Self::Satisfied { question, .. }
            | Self::Inquiry { question, .. } => Some(*question),
        }
    }

    /// Its text; empty where it has none.
    pub fn text(&self) -> &str {
        match self {
            Self::Question { text, .. }
            | Self::Opinion { text, .. }
            | Self::FollowUp { text, .. }
            | Self::Inquiry { text, .. } => text,
            Self::Satisfied { .. } => "",
        }
    }

    /// The same without white space around its text.
    ///
    /// # Errors
    /// When the text is none, or too long.
    pub fn trimmed(mut self) -> Result<Self, Refusal> {
        match &mut self {
            Self::Question { text: words, .. }
            | Self::Opinion { text: words, .. }
            | Self::FollowUp { text: words, .. }
            | Self::Inquiry { text: words, .. } => *words = text(words)?,
            Self::Satisfied { .. } => {}
        }
        Ok(self)
    }

    /// Its kind, as the signature names it.
    fn kind(&self) -> &'static str {
        match self {
            Self::Question { .. } => "question",
            Self::Opinion { .. } => "opinion",
            Self::FollowUp { .. } => "follow_up",
            Self::Satisfied { satisfied: true, .. } => "satisfied",
            Self::Satisfied { satisfied: false, .. } => "not_satisfied",
            Self::Inquiry { .. } => "inquiry",
        }
    }

    fn about(&self) -> String {
        match self {
            Self::Question { official, .. } | Self::Opinion { official, .. } => official.to_string(),
            Self::FollowUp { question, .. }
            | Self::Satisfied { question, .. }
            | Self::Inquiry { question, .. } => question.to_string(),
        }
    }
}

impl SlipAct {
    /// Signs an act with the slip's key.
    pub fn sign(
        key: &Identity,
        (session, item): (&SessionId, &ItemId),
        number: u32,
        token: Option<Token>,
        says: SlipSays,
    ) -> Self {
        let mut act = Self { key: key.public(), number, token, says, signature: String::new() };
        act.signature = key.sign(&act.signed_text(session, item));
        act
    }

    fn signed_text(&self, session: &SessionId, item: &ItemId) -> String {
        let Self { key, number, says, .. } = self;
        let (kind, about, text) = (says.kind(), says.about(), sha256_hex(says.text().as_bytes()));
        format!("plenum/v1/slip|{session}|{item}|{key}|{number}|{kind}|{about}|{text}")
    }

    /// What can be said of it without the record: its text is one, and its key has signed it for this review.
    ///
    /// # Errors
    /// What does not hold.
    pub fn check(&self, session: &SessionId, item: &ItemId) -> Result<(), Refusal> {
        if self.says.clone().trimmed()? != self.says {
            return Err(Refusal::TextMissing);
        }
        if verify(&self.key, &self.signed_text(session, item), &self.signature) {
            Ok(())
        } else {
            Err(Refusal::SlipSignature)
        }
    }

    /// The one-time key as the token's input has it.
    pub fn key_bytes(&self) -> Option<[u8; 32]> {
        key_bytes(&self.key)
    }
}

/// A one-time key as the token's input has it.
pub fn key_bytes(key: &str) -> Option<[u8; 32]> {
    data_encoding::HEXLOWER.decode(key.as_bytes()).ok()?.try_into().ok()
}
