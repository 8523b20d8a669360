//! The secret ballot, in the format of Belenios (group Ed25519), so that a tool which we did not
//! write can check every archive.
//!
//! The way of a ballot through these files: a [`Setup`] puts [`Election`], [`Trustees`] and the list of
//! [`PublicCredential`]s together; [`Setup::encrypt`] makes a [`SealedBallot`] of [`Marks`];
//! [`Setup::check_ballot`] makes a [`CheckedBallot`] of bytes; [`tally()`] adds these up under
//! encryption; each trustee gives a [`PartialDecryption`] ([`TrusteeKey::decrypt`]); [`combine`]
//! opens the sums. [`BelWriter`] writes it all down, [`verify_bel`] checks it years later.
//!
//! | file | what it is about |
//! | --- | --- |
//! | `group` | elements and exponents, checked where they are read; the hash that makes challenges |
//! | `text` | digits, hashes, canonical JSON |
//! | `proof`, `disjunction` | the zero-knowledge proofs |
//! | `election`, `credential`, `trustees`, `pedersen`, `setup` | what is fixed before the first ballot |
//! | `ceremony` | how threshold trustees make their key |
//! | `marks`, `paper`, `encrypt`, `check`, `audit`, `challenge` | one ballot: filled in, its shape, made, checked, challenged, the challenge's file |
//! | `tally` | the sums and their opening |
//! | `bel` | the archive |
//! | `issuer` | blind tokens: one paper for each seat, and nobody knows whose |
//! | `error` | what can be wrong, and where |
//!
//! What must not be here: input and output, clocks, sockets, tokio, and any randomness but that of the
//! generator passed in. Seats, rounds and phases are `meeting`'s; a ballot knows only credentials.
//!
//! ```
//! use plenum::ballot::{CredentialSecret, Election, Marks, Question, Setup, TrusteeKey, combine, new_uuid, tally};
//! use rand::rand_core::UnwrapErr;
//! use rand::rngs::SysRng;
//!
//! # fn main() -> Result<(), plenum::ballot::BallotError> {
//! let rng = &mut UnwrapErr(SysRng);
//! let trustee = TrusteeKey::generate(rng);
//! let trustees = trustee.single_trustees(rng);
//! let question = Question {
//!     question: "Adopt the plan?".into(),
//!     answers: vec!["agree".into(), "disagree".into(), "abstain".into()],
//!     min: 1,
//!     max: 1,
//!     blank: false,
//! };
//! let key = trustees.public_key();
//! let election = Election::new(new_uuid(rng), "Plan".into(), "Session 1".into(), key, vec![question])?;
//! let voter = CredentialSecret::generate(rng);
//! let setup = Setup::new(election, trustees, vec![voter.public()])?;
//!
//! let sealed = setup.encrypt(&voter, &Marks(vec![vec![1, 0, 0]]), rng)?;
//! let checked = setup.check_ballot(&sealed.bytes)?;
//!
//! let sum = tally(&setup, &[checked])?;
//! let factors = trustee.decrypt(&setup, &sum, rng);
//! let outcome = combine(&setup, &sum, &[(1, factors)], 1)?;
//! assert_eq!(outcome.result, [[1, 0, 0]]);
//! # Ok(())
//! # }
//! ```

mod audit;
mod bel;
mod ceremony;
mod challenge;
mod check;
mod credential;
mod disjunction;
mod election;
mod encrypt;
mod error;
mod group;
mod issuer;
mod marks;
mod paper;
mod pedersen;
mod proof;
mod setup;
mod tally;
mod text;
mod trustees;

#[cfg(test)]
mod tests;

pub use audit::Audit;
pub use bel::{BelContents, BelFault, BelOpening, BelReport, BelWriter, EventKind, open_bel, verify_bel};
pub use ceremony::{CeremonyKey, Certificate, Certificates, Dealing, Inbox, Receipt, ShareProof};
pub use challenge::{
    CHALLENGE_BYTES_MAX, CHALLENGE_FORMAT, CODE_DIGITS, Challenge, ChallengeFault, CodeMatch,
};
pub use check::{CheckedBallot, SignedBallot};
pub use credential::{CredentialFault, CredentialSecret, PublicCredential};
pub use election::{ELECTION_BYTES_MAX, Election, PublicKey, Question, new_uuid};
pub use encrypt::PreparedBallot;
pub use error::{BallotError, Place, ProofKind, TrusteeFault};
pub use issuer::{
    BlindRequest, Issuer, IssuerPublic, IssuerSecret, PaperRequest, SignedRequest, Token, TokenInput,
    VoprfIssuer, check_token,
};
pub use marks::Marks;
pub use paper::{BallotHash, BallotHashFault, SealedBallot};
pub use pedersen::TRUSTEES_MAX;
pub use setup::{CREDENTIALS_MAX, Setup};
pub use tally::{EncryptedTally, Outcome, PartialDecryption, check_factors, check_opening, combine, tally};
pub use text::HexFault;
pub use trustees::{TRUSTEES_BYTES_MAX, TrusteeKey, Trustees};
