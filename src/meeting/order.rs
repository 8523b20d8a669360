//! An order: a command as somebody signed it. Its bytes are kept in the record as they were signed.
//!
//! The signature covers, separated by `|`: `plenum/v1/<kind>`, the session, the actor, the item and the ballot
//! where the command names one (`-` otherwise), the actor's counter, the end of the record as the signer had followed it
//! (`<line>:<head hash>`), and SHA-256 of the command's bytes in hex.

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::{Actor, Command, SessionId, sha256_hex};

/// A signed command.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Who gives it.
    pub actor: Actor,
    /// Grows with every order of this actor, so that none can be played twice.
    pub counter: u64,
    /// The end of the record as the signer had followed it: whoever keeps another record is found out.
    pub seen: Seen,
    /// The command, as signed.
    pub command: Box<RawValue>,
    /// Ed25519, in hex.
    pub signature: String,
}

/// The end of a record as somebody has followed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// The number of the last line.
    pub line: u64,
    /// The hash of its head, in hex.
    pub head: String,
}

/// Why an order is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OrderFault {
    /// The command is not one that this version knows.
    #[error("unknown or malformed command: {0}")]
    Command(String),
    /// The actor has no key.
    #[error("{0} is not enrolled")]
    NotEnrolled(Actor),
    /// The signature is not by the actor's key.
    #[error("the signature is not by the key of {0}")]
    Signature(Actor),
    /// The counter has been used.
    #[error("counter {counter} of {actor} was used before")]
    Counter {
        /// Whose.
        actor: Actor,
        /// Which.
        counter: u64,
    },
}

/// A key that signs orders. Kept by a terminal, the console or the hub; wiped when dropped.
#[derive(Clone)]
pub struct Identity(SigningKey);

impl Identity {
    /// A fresh key.
    pub fn generate<R: CryptoRng>(rng: &mut R) -> Self {
        Self(SigningKey::generate(rng))
    }

    /// A kept key.
    pub fn from_bytes(bytes: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(bytes))
    }

    /// The secret, to be kept.
    pub fn to_bytes(&self) -> zeroize::Zeroizing<[u8; 32]> {
        zeroize::Zeroizing::new(self.0.to_bytes())
    }

    /// The public key, in hex.
    pub fn public(&self) -> String {
        data_encoding::HEXLOWER.encode(self.0.verifying_key().as_bytes())
    }

    /// Signs a text; the caller has separated its domain.
    pub fn sign(&self, text: &str) -> String {
        data_encoding::HEXLOWER.encode(&self.0.sign(text.as_bytes()).to_bytes())
    }

    /// Signs a command, by somebody who has followed the record up to `seen`.
    ///
    /// # Errors
    /// When the command cannot be written, which does not happen for commands made by this program.
    pub fn order(
        &self,
        session: &SessionId,
        actor: Actor,
        counter: u64,
        seen: Seen,
        command: &Command,
    ) -> Result<Order, OrderFault> {
        let raw = serde_json::value::to_raw_value(command)
            .map_err(|error| OrderFault::Command(error.to_string()))?;
        let signature = self.sign(&signed_text(session, &actor, counter, &seen, command, raw.get()));
        Ok(Order { actor, counter, seen, command: raw, signature })
    }
}

/// Whether `signature` (hex) over `text` is by `key` (hex).
pub fn verify(key: &str, text: &str, signature: &str) -> bool {
    let decode = |hex: &str| data_encoding::HEXLOWER.decode(hex.as_bytes()).ok();
    let key: Option<[u8; 32]> = decode(key).and_then(|bytes| bytes.try_into().ok());
    let signature: Option<[u8; 64]> = decode(signature).and_then(|bytes| bytes.try_into().ok());
    let (Some(key), Some(signature)) = (key, signature) else { return false };
    VerifyingKey::from_bytes(&key)
        .is_ok_and(|key| key.verify_strict(text.as_bytes(), &Signature::from_bytes(&signature)).is_ok())
}

impl Order {
    /// The command, if this version knows it.
    ///
    /// # Errors
    /// [`OrderFault::Command`], with the reader's reason.
    pub fn command(&self) -> Result<Command, OrderFault> {
        serde_json::from_str(self.command.get()).map_err(|error| OrderFault::Command(error.to_string()))
    }

    /// SHA-256 over everything in the order: two orders are the same if this is.
    pub fn hash(&self) -> String {
        let text = format!("{}|{}|{}|{}", self.actor, self.counter, self.signature, self.command.get());
        sha256_hex(text.as_bytes())
    }

    /// Checks the signature under `key` and returns the command.
    ///
    /// # Errors
    /// What does not hold.
    pub fn open(&self, session: &SessionId, key: &str) -> Result<Command, OrderFault> {
        let command = self.command()?;
        let raw = self.command.get();
        let text = signed_text(session, &self.actor, self.counter, &self.seen, &command, raw);
        if verify(key, &text, &self.signature) {
            Ok(command)
        } else {
            Err(OrderFault::Signature(self.actor.clone()))
        }
    }
}

fn signed_text(
    session: &SessionId,
    actor: &Actor,
    counter: u64,
    seen: &Seen,
    command: &Command,
    raw: &str,
) -> String {
    let kind = command.kind().name();
    let item = command.item().map_or("-", |item| item.as_str());
    let ballot = command.ballot().map_or("-", |ballot| ballot.as_str());
    let hash = sha256_hex(raw.as_bytes());
    let Seen { line, head } = seen;
    format!("plenum/v1/{kind}|{session}|{actor}|{item}|{ballot}|{counter}|{line}:{head}|{hash}")
}
