//! `transcript.json`: what is sealed, who witnessed it, who signed it in which order, and who did not.
//!
//! `{"seal":{…},"witnesses":[…],"signatures":[…],"unsigned":[…]}` and a newline, written in exactly one form. All
//! signatures are Ed25519. A witness signs the record's last head. Whoever signs the seal signs its bytes and the list of
//! the signatures before; the last one, the presiding officer's, covers the other two lists too, so that nothing can be
//! dropped, added or put elsewhere afterwards. While the seal is being signed, the same text without its end lies in
//! `private/` and goes from the hub to its screens.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::meeting::order::verify;
use crate::meeting::{Actor, Identity, SessionId, sha256_hex};

/// The format that a seal names.
pub const FORMAT: &str = "plenum-transcript/2";

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

/// A terminal that has followed the record to its last line and says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witness {
    /// Whose terminal.
    pub by: Actor,
    /// With which key, in hex.
    pub key: String,
    /// Ed25519, in hex.
    pub signature: String,
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

/// Somebody entitled to sign who did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unsigned {
    /// Who.
    pub by: Actor,
    /// Why, in words: the person's own where they refused, otherwise the presiding officer's.
    pub reason: String,
    /// The person's signature under their own reason, where they refused.
    pub refusal: Option<SignedRefusal>,
}

/// A refusal to sign, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedRefusal {
    /// With which key, in hex.
    pub key: String,
    /// Ed25519, in hex.
    pub signature: String,
}

/// A seal with its witnesses and signatures; unfinished until the console has signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transcript {
    /// What is sealed.
    pub seal: SealBody,
    /// The terminals that witnessed its last line, sorted by seat.
    pub witnesses: Vec<Witness>,
    /// Who signed, in the order in which they signed.
    pub signatures: Vec<SealSignature>,
    /// Who did not sign and why, sorted by seat.
    pub unsigned: Vec<Unsigned>,
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
    witnesses: Vec<Witness>,
    signatures: Vec<SealSignature>,
    unsigned: Vec<Unsigned>,
}

/// SHA-256 of a list as it stands in the file, from its `[` to its `]`.
fn list_hash<T: Serialize>(list: &[T]) -> String {
    // Structs of texts: nothing in them can fail to be written.
    sha256_hex(&serde_json::to_vec(list).unwrap_or_default())
}

impl SealBody {
    /// The seal as written, over which the signatures run.
    pub fn text(&self) -> String {
        // A struct of texts and numbers: nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of the seal as written, in hex.
    pub fn hash(&self) -> String {
        sha256_hex(self.text().as_bytes())
    }

    /// What a witness signs.
    pub fn witness_text(&self) -> String {
        format!("plenum/v1/witness|{}|{}|{}", self.session, self.lines, self.head)
    }

    /// What somebody signs who refuses to sign the seal.
    pub fn refusal_text(&self, reason: &str) -> String {
        format!("plenum/v1/seal-refusal|{}|{}|{}", self.session, self.hash(), sha256_hex(reason.as_bytes()))
    }

    /// Witnesses the last line.
    pub fn witness(&self, by: Actor, identity: &Identity) -> Witness {
        Witness { by, key: identity.public(), signature: identity.sign(&self.witness_text()) }
    }

    /// Refuses to sign, with a reason.
    pub fn refuse(&self, by: Actor, reason: &str, identity: &Identity) -> Unsigned {
        let signature = identity.sign(&self.refusal_text(reason));
        let refusal = Some(SignedRefusal { key: identity.public(), signature });
        Unsigned { by, reason: reason.to_owned(), refusal }
    }

    /// Whether a witness's signature holds by the key that it names; whose key that is, the record says.
    pub fn is_witnessed_by(&self, witness: &Witness) -> bool {
        verify(&witness.key, &self.witness_text(), &witness.signature)
    }

    /// Whether somebody's refusal, if it is one, holds by the key that it names.
    pub fn is_refused_by(&self, unsigned: &Unsigned) -> bool {
        let text = self.refusal_text(&unsigned.reason);
        unsigned.refusal.as_ref().is_none_or(|refusal| verify(&refusal.key, &text, &refusal.signature))
    }
}

impl Transcript {
    /// A seal that nobody has signed.
    pub fn begin(seal: SealBody) -> Self {
        Self { seal, witnesses: Vec::new(), signatures: Vec::new(), unsigned: Vec::new() }
    }

    /// What the signature covers that stands at this place of the list, or would: the seal, the signatures before, and
    /// of the console everything else too.
    pub fn signed_text(&self, by: &Actor, place: usize) -> String {
        let before = self.signatures.get(..place).unwrap_or(&self.signatures);
        let mut text =
            format!("plenum/v1/seal|{}|{by}|{}|{}", self.seal.session, self.seal.hash(), list_hash(before));
        if *by == Actor::Console {
            text.push_str(&format!("|{}|{}", list_hash(&self.unsigned), list_hash(&self.witnesses)));
        }
        text
    }

    /// Signs after those who have signed.
    pub fn sign(&self, by: Actor, identity: &Identity) -> SealSignature {
        let signature = identity.sign(&self.signed_text(&by, self.signatures.len()));
        SealSignature { by, key: identity.public(), signature }
    }

    /// Whether a signature would hold as the next one, by the key that it names; whose key that is, the record says.
    pub fn next_holds(&self, signature: &SealSignature) -> bool {
        self.holds(signature, self.signatures.len())
    }

    /// Whether a signature holds at this place.
    pub fn holds(&self, signature: &SealSignature, place: usize) -> bool {
        verify(&signature.key, &self.signed_text(&signature.by, place), &signature.signature)
    }

    /// The file's bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let seal = RawValue::from_string(self.seal.text()).unwrap_or_default();
        let written = Written {
            seal,
            witnesses: self.witnesses.clone(),
            signatures: self.signatures.clone(),
            unsigned: self.unsigned.clone(),
        };
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
        #[derive(Deserialize)]
        struct Named {
            seal: Format,
        }
        #[derive(Deserialize)]
        struct Format {
            format: String,
        }
        let named: Named = serde_json::from_slice(bytes).map_err(unreadable)?;
        if named.seal.format != FORMAT {
            return Err(TranscriptFault::Format(named.seal.format));
        }
        let written: Written = serde_json::from_slice(bytes).map_err(unreadable)?;
        let seal = serde_json::from_str(written.seal.get()).map_err(unreadable)?;
        let Written { witnesses, signatures, unsigned, .. } = written;
        let transcript = Self { seal, witnesses, signatures, unsigned };
        if transcript.bytes() == bytes { Ok(transcript) } else { Err(TranscriptFault::NotCanonical) }
    }
}
