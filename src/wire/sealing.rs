//! Why a hub does not take what somebody says about the seal.

use serde::{Deserialize, Serialize};

/// Why the hub does not take a signature under the seal, a refusal to sign, or a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SealRefused {
    /// There is nothing to seal yet, or it is sealed.
    #[error("there is nothing to seal")]
    NothingToSeal,
    /// Others sign first.
    #[error("not yet: others sign first")]
    OthersFirst,
    /// Somebody whose turn is later has signed.
    #[error("somebody has signed whose turn is later")]
    TooLate,
    /// They do not sign.
    #[error("not one of those who sign")]
    NotEntitled,
    /// The list has changed meanwhile: the signature is not over what is there now.
    #[error("the signature is not over the seal as it is now")]
    Changed,
    /// A refusal, or going on without somebody, needs a reason in words, and not too many.
    #[error("a reason is needed")]
    Reason,
    /// The person has signed, or has refused in their own words.
    #[error("the person has signed or refused")]
    Answered,
    /// The witness is over another record than the hub's.
    #[error("the witness is over another record")]
    OtherRecord,
}
