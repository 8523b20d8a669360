//! Credentials: what makes a ballot one of the list, and nobody's.
//!
//! A credential is a pair of keys that a terminal makes afresh for one ballot; the list holds the
//! public ones, in the order of their encodings, which says nothing about who registered when.

use std::fmt;
use std::str::FromStr;

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::error::BallotError;
use super::group::{Element, digits};
use super::text::serde_as_text;

/// The secret half of a credential. It signs the ballot; whoever has it can cast it.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct CredentialSecret(Scalar);

impl CredentialSecret {
    /// A fresh one, derived from nothing that is kept.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self(secret_scalar(rng))
    }

    /// The public half, for the list: g^secret.
    pub fn public(&self) -> PublicCredential {
        PublicCredential(*Element::new(EdwardsPoint::mul_base(&self.0)).encoding())
    }

    /// The bytes to keep until the box is checked.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// Reads what [`to_bytes`](Self::to_bytes) gave.
    ///
    /// # Errors
    /// [`BallotError::BadSecret`] if the bytes are no secret in its canonical form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BallotError> {
        secret_from_bytes("credential", bytes).map(Self)
    }

    pub(super) fn scalar(&self) -> &Scalar {
        &self.0
    }
}

impl fmt::Debug for CredentialSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CredentialSecret(..)")
    }
}

/// A random exponent other than zero, which would make a neutral public key.
pub(super) fn secret_scalar<R: CryptoRng + ?Sized>(rng: &mut R) -> Scalar {
    loop {
        let scalar = Scalar::random(rng);
        if scalar != Scalar::ZERO {
            return scalar;
        }
    }
}

/// A secret exponent in canonical bytes, not zero; `what` says whose.
pub(super) fn secret_from_bytes(what: &'static str, bytes: &[u8]) -> Result<Scalar, BallotError> {
    let bytes: Zeroizing<[u8; 32]> =
        bytes.try_into().map(Zeroizing::new).map_err(|_| BallotError::BadSecret { what })?;
    Option::from(Scalar::from_canonical_bytes(*bytes))
        .filter(|scalar| *scalar != Scalar::ZERO)
        .ok_or(BallotError::BadSecret { what })
}

/// The public half of a credential, as it stands on the list: 64 hexadecimal digits.
///
/// Invariant: the canonical encoding (RFC 8032's 32 bytes) of an element of the group, not the neutral
/// one, for which anybody could sign. Their order is that of these bytes, as the tool sorts them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicCredential([u8; 32]);

impl PublicCredential {
    /// The 32 bytes of RFC 8032, which are those of the digits in reverse.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The element, of which there is one by the invariant.
    pub(super) fn element(&self) -> Option<Element> {
        Element::again(self.0)
    }
}

/// Why a text is not a public credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a public credential: {0}")]
pub struct CredentialFault(CredentialFaultKind);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum CredentialFaultKind {
    #[error(transparent)]
    Element(#[from] super::group::ElementFault),
    #[error("it is the neutral element")]
    Neutral,
}

impl FromStr for PublicCredential {
    type Err = CredentialFault;

    fn from_str(text: &str) -> Result<Self, CredentialFault> {
        let element: Element =
            text.parse().map_err(|fault| CredentialFault(CredentialFaultKind::Element(fault)))?;
        if element.is_neutral() {
            return Err(CredentialFault(CredentialFaultKind::Neutral));
        }
        Ok(Self(*element.encoding()))
    }
}

impl fmt::Display for PublicCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits(&self.0))
    }
}

impl fmt::Debug for PublicCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicCredential({self})")
    }
}

serde_as_text!(PublicCredential);
