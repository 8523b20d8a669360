//! One line: `{"head":{…},"body":{…},"salt":"…"}`, or `{"head":{…}}` where the body is withheld.
//!
//! The chain runs over the head's bytes as written: `previous` is SHA-256 of the line before's head. The head holds
//! `body_hash` = SHA-256(salt ‖ body bytes), so that a body can be withheld and still not be changed or guessed.

use jiff::Timestamp;
use rand::{CryptoRng, RngExt};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::{FORMAT, LINE_BYTES_MAX};
use crate::meeting::{Actor, CommandKind, Event, Order, sha256_hex};

/// The part of a line that is chained and never withheld.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// [`FORMAT`].
    pub format: String,
    /// The line's number, from 1.
    pub number: u64,
    /// SHA-256 of the head before, in hex.
    pub previous: String,
    /// When the line was written.
    pub time: Timestamp,
    /// Who acted.
    pub actor: Actor,
    /// The kind of the command behind it; none for the first line.
    pub kind: Option<CommandKind>,
    /// SHA-256(salt ‖ body), in hex.
    pub body_hash: String,
}

/// The part of a line that says what happened.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// The order as signed; none for the first line.
    pub order: Option<Order>,
    /// What followed from it.
    pub events: Vec<Event>,
}

/// A line, read and found sound in itself.
#[derive(Debug, Clone)]
pub struct Line {
    /// The line as written, without its end.
    pub text: String,
    /// The head.
    pub head: Head,
    /// SHA-256 of the head's bytes, in hex.
    pub head_hash: String,
    /// The body; none where it is withheld.
    pub body: Option<Body>,
}

/// What is wrong with a line by itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// Too long to be one.
    #[error("{bytes} bytes, at most {LINE_BYTES_MAX} are allowed")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// Not what a line looks like.
    #[error("not a line of {FORMAT}: {0}")]
    Unreadable(String),
    /// Another format or version.
    #[error("format `{0}`, this version reads {FORMAT}")]
    Format(String),
    /// The bytes differ from the one way in which a line is written.
    #[error("written in another way than this format has")]
    NotCanonical,
    /// The body is not the one that the head names.
    #[error("the body is not the one that the head names")]
    BodyHash,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    head: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
}

fn unreadable(error: impl std::fmt::Display) -> LineFault {
    LineFault::Unreadable(error.to_string())
}

fn body_hash(salt: &str, body: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(body);
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

impl Line {
    /// Writes a line.
    ///
    /// # Errors
    /// When it would be longer than [`LINE_BYTES_MAX`].
    pub fn write<R: CryptoRng>(
        number: u64,
        previous: &str,
        time: Timestamp,
        actor: Actor,
        body: Body,
        rng: &mut R,
    ) -> Result<Self, LineFault> {
        let kind = match &body.order {
            Some(order) => Some(order.command().map_err(unreadable)?.kind()),
            None => None,
        };
        let body_raw = serde_json::value::to_raw_value(&body).map_err(unreadable)?;
        let salt = data_encoding::HEXLOWER.encode(&rng.random::<[u8; 16]>());
        let head = Head {
            format: FORMAT.to_owned(),
            number,
            previous: previous.to_owned(),
            time,
            actor,
            kind,
            body_hash: body_hash(&salt, body_raw.get()),
        };
        let head_raw = serde_json::value::to_raw_value(&head).map_err(unreadable)?;
        let head_hash = sha256_hex(head_raw.get().as_bytes());
        let written = Written { head: head_raw, body: Some(body_raw), salt: Some(salt) };
        let text = serde_json::to_string(&written).map_err(unreadable)?;
        if text.len() > LINE_BYTES_MAX {
            return Err(LineFault::TooLong { bytes: text.len() });
        }
        Ok(Self { text, head, head_hash, body: Some(body) })
    }

    /// Reads a line strictly: what would be written differently is refused.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &str) -> Result<Self, LineFault> {
        if text.len() > LINE_BYTES_MAX {
            return Err(LineFault::TooLong { bytes: text.len() });
        }
        let written: Written = serde_json::from_str(text).map_err(unreadable)?;
        if serde_json::to_string(&written).map_err(unreadable)? != text {
            return Err(LineFault::NotCanonical);
        }
        let head: Head = serde_json::from_str(written.head.get()).map_err(unreadable)?;
        if head.format != FORMAT {
            return Err(LineFault::Format(head.format));
        }
        if serde_json::to_string(&head).map_err(unreadable)? != written.head.get() {
            return Err(LineFault::NotCanonical);
        }
        let body = match (&written.body, &written.salt) {
            (Some(body), Some(salt)) => {
                if salt.len() != 32 || body_hash(salt, body.get()) != head.body_hash {
                    return Err(LineFault::BodyHash);
                }
                Some(serde_json::from_str(body.get()).map_err(unreadable)?)
            }
            (None, None) => None,
            _ => return Err(LineFault::NotCanonical),
        };
        let head_hash = sha256_hex(written.head.get().as_bytes());
        Ok(Self { text: text.to_owned(), head, head_hash, body })
    }

    /// The line as a screen gets it that is not shown the body.
    pub fn withheld(&self) -> String {
        let head = serde_json::from_str::<Written>(&self.text)
            .map(|written| written.head.get().to_owned())
            .unwrap_or_default();
        format!("{{\"head\":{head}}}")
    }
}
