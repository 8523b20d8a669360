//! Who signs a seal, and in which order: the hub that made it, the recorders, the scrutineers whom the meeting approved,
//! and last the presiding officer at the console. Pure: the hub asks it whom to take, a screen what to show, and
//! `verify` whether it was kept.

use super::transcript::{SealSignature, Transcript, Unsigned};
use crate::meeting::{Actor, State, seat};
use crate::plan::{Duty, Person};

/// The turns of signing, one after the other; within one, any order will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// The hub, which made the list of files.
    Hub,
    /// The recorders.
    Recorder,
    /// The scrutineers.
    Scrutineer,
    /// The presiding officer, at the console.
    Presiding,
}

/// Somebody entitled to sign, and so either in the list of signatures or named with a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Who: a seat, or the console for the presiding officer.
    pub by: Actor,
    /// For what: a person with two duties signs once, at the first of their turns; whoever presides signs at the console
    /// for every duty.
    pub duties: Vec<Duty>,
    /// When.
    pub turn: Turn,
}

/// Why somebody cannot sign now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotNow {
    /// They are not entitled to.
    NotEntitled,
    /// They have signed.
    Signed,
    /// Others sign first.
    OthersFirst,
    /// Somebody whose turn comes later has signed.
    TooLate,
}

/// The duties for which somebody signs: a scrutineer is one only if approved.
fn duties(state: &State, person: &Person) -> Vec<Duty> {
    let counts = |duty: &Duty| *duty != Duty::Scrutineer || state.scrutineers_approved();
    let mut duties: Vec<Duty> = person.duties.iter().copied().filter(counts).collect();
    duties.sort_by_key(|duty| turn_of(*duty));
    duties
}

const fn turn_of(duty: Duty) -> Turn {
    match duty {
        Duty::Recorder => Turn::Recorder,
        Duty::Scrutineer => Turn::Scrutineer,
        Duty::Presiding => Turn::Presiding,
    }
}

/// Everybody entitled to sign but the hub: in the order of their turns, within a turn in that of the plan.
pub fn signers(state: &State) -> Vec<Signer> {
    let mut signers: Vec<Signer> = Vec::new();
    for person in &state.plan().people {
        let duties = duties(state, person);
        let presides = duties.contains(&Duty::Presiding);
        let Some(first) = duties.first().copied() else { continue };
        let (by, turn) = if presides {
            (Actor::Console, Turn::Presiding)
        } else {
            (Actor::Seat(seat(person)), turn_of(first))
        };
        signers.push(Signer { by, duties, turn });
    }
    signers.sort_by_key(|signer| signer.turn);
    signers
}

/// Whether somebody's signature or terminal says more than the machine that ran the meeting does by itself. The presiding
/// officer's own seat is on that machine.
pub fn is_independent(state: &State, by: &Actor) -> bool {
    by.seat().is_some_and(|by| state.plan().presiding().map(seat).as_ref() != Some(by))
}

impl Transcript {
    /// The turn of somebody.
    fn turn(state: &State, by: &Actor) -> Option<Turn> {
        if *by == Actor::Hub {
            return Some(Turn::Hub);
        }
        signers(state).into_iter().find(|signer| signer.by == *by).map(|signer| signer.turn)
    }

    /// Somebody's signature.
    pub fn signature_of(&self, by: &Actor) -> Option<&SealSignature> {
        self.signatures.iter().find(|signature| signature.by == *by)
    }

    /// Why somebody did not sign, if that was said.
    pub fn reason_of(&self, by: &Actor) -> Option<&Unsigned> {
        self.unsigned.iter().find(|unsigned| unsigned.by == *by)
    }

    /// Whether somebody has neither signed nor been named as not signing.
    pub fn misses(&self, by: &Actor) -> bool {
        self.signature_of(by).is_none() && self.reason_of(by).is_none()
    }

    /// Whether somebody can sign now. Whoever was named as not signing still can, until a later turn has begun.
    ///
    /// # Errors
    /// Why not.
    pub fn may_sign(&self, state: &State, by: &Actor) -> Result<(), NotNow> {
        let turn = Self::turn(state, by).ok_or(NotNow::NotEntitled)?;
        if self.signature_of(by).is_some() {
            return Err(NotNow::Signed);
        }
        if signers(state).iter().any(|other| other.turn < turn && self.misses(&other.by)) {
            return Err(NotNow::OthersFirst);
        }
        let later =
            |signature: &SealSignature| Self::turn(state, &signature.by).is_some_and(|one| one > turn);
        if self.signatures.iter().any(later) { Err(NotNow::TooLate) } else { Ok(()) }
    }

    /// Takes a signature that holds; whoever was named as not signing is so no more.
    pub fn add_signature(&mut self, signature: SealSignature) {
        self.unsigned.retain(|unsigned| unsigned.by != signature.by);
        self.signatures.push(signature);
    }

    /// Names somebody as not signing, in place of what was said of them before.
    pub fn add_unsigned(&mut self, unsigned: Unsigned) {
        self.unsigned.retain(|other| other.by != unsigned.by);
        self.unsigned.push(unsigned);
        self.unsigned.sort_by(|a, b| a.by.cmp(&b.by));
    }

    /// Takes a witness; the same again changes nothing. Whether it was new.
    pub fn add_witness(&mut self, witness: super::transcript::Witness) -> bool {
        if self.witnesses.contains(&witness) {
            return false;
        }
        self.witnesses.retain(|other| other.by != witness.by);
        self.witnesses.push(witness);
        self.witnesses.sort_by(|a, b| a.by.cmp(&b.by));
        true
    }

    /// Whether every signature, witness and refusal so far is by the key that the record has, over this seal, at its place.
    pub fn holds_so_far(&self, state: &State) -> bool {
        let is_key = |by: &Actor, key: &str| state.key_of(by) == Some(key);
        let mut places = self.signatures.iter().enumerate();
        places.all(|(place, one)| is_key(&one.by, &one.key) && self.holds(one, place))
            && self.witnesses.iter().all(|one| is_key(&one.by, &one.key) && self.seal.is_witnessed_by(one))
            && self.unsigned.iter().all(|one| {
                let keyed = one.refusal.as_ref().is_none_or(|refusal| is_key(&one.by, &refusal.key));
                keyed && self.seal.is_refused_by(one)
            })
    }
}
