//! `transcript.json`: what is sealed, and who signed it.
//!
//! `{"seal":{…},"signatures":[{"by":"hub","key":"…","signature":"…"},…]}` and a newline, written in exactly one form. Each
//! signature is Ed25519 over `plenum/v1/seal|<session>|<SHA-256 of the seal's bytes, in hex>`, the bytes being those
//! between `"seal":` and `,"signatures"`.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::meeting::order::verify;
use crate::meeting::{Actor, Identity, SessionId, sha256_hex};

/// The format that a seal names.
pub const FORMAT: &str = "plenum-transcript/1";

/// The largest `transcript.json`: some thousand files.
pub(super) const BYTES_MAX: u64 = 4 * 1024 * 1024;

/// What is sealed: the record's end, and every other file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealBody {
    /// [`FORMAT`].
    pub format: String,
    /// The session.
    pub session: SessionId,
    /// Whether it was a rehearsal.
    pub rehearsal: bool,
    /// How many lines the record has.
    pub lines: u64,
    /// The hash of the last line's head, in hex.
    pub head: String,
    /// Every other file, sorted by path: not this one, and not the record, which its last head binds to the byte, so that
    /// a public copy may withhold a body that the rules allow to be withheld.
    pub files: Vec<SealedFile>,
}

/// A sealed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealedFile {
    /// Its path in the folder, with `/` between folders.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// SHA-256, in hex.
    pub sha256: String,
}

/// A signature under a seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SealSignature {
    /// Who signed.
    pub by: Actor,
    /// With which key, in hex.
    pub key: String,
    /// Ed25519, in hex.
    pub signature: String,
}

/// A seal with its signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// What is sealed.
    pub seal: SealBody,
    /// Who signed.
    pub signatures: Vec<SealSignature>,
}

/// Why bytes are no transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranscriptFault {
    /// They do not read.
    Unreadable(String),
    /// Another format or version.
    Format(String),
    /// They say the right thing in another than the one permitted form.
    NotCanonical,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    seal: Box<RawValue>,
    signatures: Vec<SealSignature>,
}

impl SealBody {
    /// The seal as written, over which the signatures run.
    pub fn text(&self) -> String {
        // A struct of texts and numbers: nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a signature under this seal covers.
    pub fn signed_text(&self) -> String {
        format!("plenum/v1/seal|{}|{}", self.session, sha256_hex(self.text().as_bytes()))
    }

    /// Signs the seal.
    pub fn sign(&self, by: Actor, identity: &Identity) -> SealSignature {
        SealSignature { by, key: identity.public(), signature: identity.sign(&self.signed_text()) }
    }

    /// Whether a signature is one under this seal, by the key that it names; whose key that is, the record says.
    pub fn is_signed_by(&self, signature: &SealSignature) -> bool {
        verify(&signature.key, &self.signed_text(), &signature.signature)
    }
}

impl Transcript {
    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let seal = RawValue::from_string(self.seal.text()).unwrap_or_default();
        let written = Written { seal, signatures: self.signatures.clone() };
        let mut bytes = serde_json::to_vec(&written).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Reads the file strictly: what would be written differently is refused.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<Self, TranscriptFault> {
        let unreadable = |error: serde_json::Error| TranscriptFault::Unreadable(error.to_string());
        let written: Written = serde_json::from_slice(bytes).map_err(unreadable)?;
        #[derive(Deserialize)]
        struct Named {
            format: String,
        }
        let named: Named = serde_json::from_str(written.seal.get()).map_err(unreadable)?;
        if named.format != FORMAT {
            return Err(TranscriptFault::Format(named.format));
        }
        let seal = serde_json::from_str(written.seal.get()).map_err(unreadable)?;
        let transcript = Self { seal, signatures: written.signatures };
        if transcript.bytes() == bytes { Ok(transcript) } else { Err(TranscriptFault::NotCanonical) }
    }
}
