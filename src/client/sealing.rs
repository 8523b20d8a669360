//! How the seal stands, as a screen shows it: what is sealed, who has signed, who is next, who does not sign and why.

use crate::archive::{NotNow, Transcript, signers};
use crate::meeting::{Actor, State};
use crate::plan::Duty;

/// What somebody says about the seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SealAct {
    /// Signs it.
    Sign,
    /// Refuses to, with a reason in words.
    Refuse(String),
    /// The presiding officer goes on without somebody, with a reason in words.
    Without(Actor, String),
}

/// How the seal stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealing {
    /// How many lines are sealed.
    pub lines: u64,
    /// The hash of the last one's head.
    pub head: String,
    /// How many files are sealed besides the record.
    pub files: usize,
    /// Who signs, in order; the presiding officer last.
    pub signers: Vec<SignerStands>,
    /// How many terminals have witnessed the last line; none where this screen is not told.
    pub witnesses: Option<usize>,
}

/// Somebody who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerStands {
    /// Who.
    pub by: Actor,
    /// For what.
    pub duties: Vec<Duty>,
    /// How it stands.
    pub stands: Stands,
    /// Whether they can sign now: somebody who was passed over can until a later turn has begun.
    pub can: bool,
}

/// How it stands with somebody's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// Others sign first.
    Later,
    /// Their turn.
    Next,
    /// They have signed.
    Signed,
    /// They do not sign.
    Without {
        /// Why.
        reason: String,
        /// Whether these are their own words.
        refused: bool,
    },
}

impl Sealing {
    /// How a seal stands by a record.
    pub fn of(transcript: &Transcript, state: &State, me: &Actor) -> Self {
        let signers = signers(state).into_iter().map(|signer| {
            let may = transcript.may_sign(state, &signer.by);
            let stands = match (may, transcript.reason_of(&signer.by)) {
                (Err(NotNow::Signed), _) => Stands::Signed,
                (_, Some(named)) => {
                    Stands::Without { reason: named.reason.clone(), refused: named.refusal.is_some() }
                }
                (Ok(()), None) => Stands::Next,
                (Err(_), None) => Stands::Later,
            };
            SignerStands { by: signer.by, duties: signer.duties, stands, can: may.is_ok() }
        });
        Self {
            lines: transcript.seal.lines,
            head: transcript.seal.head.clone(),
            files: transcript.seal.files.len(),
            signers: signers.collect(),
            witnesses: me.seat().is_none().then_some(transcript.witnesses.len()),
        }
    }

    /// Somebody who signs.
    pub fn signer(&self, by: &Actor) -> Option<&SignerStands> {
        self.signers.iter().find(|signer| signer.by == *by)
    }

    /// Those whose signature is awaited before the presiding officer's.
    pub fn missing(&self) -> impl Iterator<Item = &SignerStands> {
        let awaited = |signer: &&SignerStands| matches!(signer.stands, Stands::Next | Stands::Later);
        self.signers.iter().filter(|signer| signer.by != Actor::Console).filter(awaited)
    }
}
