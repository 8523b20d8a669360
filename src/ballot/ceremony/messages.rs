//! The messages of steps 3 to 5, and the texts that are encrypted in them.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ballot::credential::secret_scalar;
use crate::ballot::group::{Element, decimal};
use crate::ballot::pedersen::{Coefficients, Signed, VerificationKey};
use crate::ballot::proof::Proof;
use crate::ballot::text::{sha256_hex, to_json};

/// Step 3's message: a polynomial in shares, each encrypted to its reader, and the commitments to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dealing {
    pub(super) polynomial: String,
    pub(super) secrets: Vec<String>,
    pub(super) coefexps: Signed,
    pub(super) signature: Proof,
}

impl Dealing {
    /// The hash that is published before the dealing is, in hexadecimal digits.
    pub fn hash(&self) -> String {
        sha256_hex(to_json(self).as_bytes())
    }
}

/// Step 4's message: what one scrutineer gets from all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    pub(super) polynomial: String,
    pub(super) secrets: Vec<String>,
    pub(super) coefexps: Vec<Signed>,
    pub(super) signatures: Vec<Proof>,
}

/// Step 5's message: a scrutineer has its share, and proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    pub(super) private_key: String,
    pub(super) public_key: VerificationKey,
}

/// The public part of a receipt: the key of a share, and the proof that its owner has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ShareProof(pub(super) VerificationKey);

impl Receipt {
    /// What everybody may see of it.
    pub fn public(&self) -> ShareProof {
        ShareProof(self.public_key.clone())
    }
}

/// A polynomial, its constant term first.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub(super) struct Polynomial {
    pub(super) polynomial: Vec<Coefficient>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
pub(super) struct Coefficient(#[serde(with = "decimal")] Scalar);

impl Polynomial {
    pub(super) fn random<R: CryptoRng + ?Sized>(length: usize, rng: &mut R) -> Self {
        let polynomial = (0..length).map(|_| Coefficient(secret_scalar(rng))).collect();
        Self { polynomial }
    }

    /// The value at a scrutineer's place.
    pub(super) fn at(&self, place: u32) -> Scalar {
        let place = Scalar::from(place);
        self.polynomial.iter().rfold(Scalar::ZERO, |sum, Coefficient(coefficient)| sum * place + coefficient)
    }

    /// g to each coefficient.
    pub(super) fn commitments(&self) -> Coefficients {
        let points: Vec<EdwardsPoint> = self
            .polynomial
            .iter()
            .map(|Coefficient(coefficient)| EdwardsPoint::mul_base(coefficient))
            .collect();
        Coefficients { coefexps: Element::all(&points) }
    }
}

/// The private message with one value of a polynomial.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub(super) struct Share {
    #[serde(with = "decimal")]
    pub secret: Scalar,
}

/// The private message with a scrutineer's whole share.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
pub(super) struct DecryptionKey {
    #[serde(with = "decimal")]
    pub decryption_key: Scalar,
}
