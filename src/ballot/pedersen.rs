//! A group of threshold trustees: its public data, in the layout of Belenios 3.0, and what must hold
//! in it. The key generation that makes it is in `ceremony`.
//!
//! Each trustee i signs a certificate with its keys V and E, publishes the commitments A = g^a of a
//! random polynomial's coefficients, signs them together with all certificates, and at last proves that it
//! knows its share (Belenios specification, section "Threshold trustees"). The tool does not test V,
//! E and the coefficients for membership of the group; reading them as [`Element`]s does.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use super::error::{BallotError, TrusteeFault};
use super::group::{Element, product};
use super::proof::Proof;
use super::text::{from_canonical_json, to_json};
use super::trustees::check_key_proof;

/// The most trustees of an election.
pub const TRUSTEES_MAX: usize = 64;

/// A text and the signature of the trustee who says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Signed {
    pub message: String,
    pub signature: Proof,
}

impl Signed {
    pub(super) fn new<R: CryptoRng + ?Sized>(message: String, secret: &Scalar, rng: &mut R) -> Self {
        let signature = sign(&message, secret, rng);
        Self { message, signature }
    }

    pub(super) fn is_by(&self, verification: &Element) -> bool {
        is_signed(&self.message, &self.signature, verification)
    }
}

/// Signs a text with the secret of a verification key.
pub(super) fn sign<R: CryptoRng + ?Sized>(message: &str, secret: &Scalar, rng: &mut R) -> Proof {
    Proof::of_knowledge(secret, &format!("sigmsg|{message}|"), rng)
}

/// Whether the signature over this text is that of the key.
pub(super) fn is_signed(message: &str, signature: &Proof, verification: &Element) -> bool {
    signature.shows_knowledge(verification, &format!("sigmsg|{message}|"))
}

/// Which group, and which place in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Context {
    pub group: String,
    pub size: u32,
    pub threshold: u32,
    pub index: u32,
}

impl Context {
    pub(super) fn new(size: u32, threshold: u32, index: u32) -> Self {
        Self { group: "Ed25519".to_owned(), size, threshold, index }
    }
}

/// A trustee's keys: V verifies signatures, E encrypts what is sent in private.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cert {
    pub context: Context,
    pub verification: Element,
    pub encryption: Element,
}

impl Cert {
    /// Reads a certificate and checks its signature and that it is for this place.
    pub(super) fn read(signed: &Signed, context: &Context) -> Result<Self, TrusteeFault> {
        let cert: Self = from_canonical_json("certificate", signed.message.as_bytes())
            .map_err(|_| TrusteeFault::CertText)?;
        if cert.context != *context {
            return Err(TrusteeFault::CertContext);
        }
        if cert.verification.is_neutral() || cert.encryption.is_neutral() {
            return Err(TrusteeFault::NeutralKey);
        }
        if !signed.is_by(&cert.verification) {
            return Err(TrusteeFault::CertSignature);
        }
        Ok(cert)
    }
}

/// The commitments of a polynomial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coefficients {
    pub coefexps: Vec<Element>,
}

impl Coefficients {
    /// Reads a trustee's commitments and checks signature and number.
    pub(super) fn read(signed: &Signed, cert: &Cert) -> Result<Self, TrusteeFault> {
        let read: Self = from_canonical_json("coefficients", signed.message.as_bytes())
            .map_err(|_| TrusteeFault::CoefficientsText)?;
        if read.coefexps.len() != cert.context.threshold as usize {
            return Err(TrusteeFault::CoefficientsCount);
        }
        if read.coefexps.iter().any(Element::is_neutral) {
            return Err(TrusteeFault::NeutralKey);
        }
        if !signed.is_by(&cert.verification) {
            return Err(TrusteeFault::CoefficientsSignature);
        }
        Ok(read)
    }

    /// g^f(x) from the commitments, for a trustee's place x.
    pub(super) fn at(&self, x: u32) -> EdwardsPoint {
        evaluate(self.coefexps.iter().map(|element| *element.point()), x)
    }
}

/// Horner's rule: the sum of x^k · A_k.
fn evaluate(coefficients: impl DoubleEndedIterator<Item = EdwardsPoint>, x: u32) -> EdwardsPoint {
    let x = Scalar::from(x);
    coefficients.rfold(EdwardsPoint::default(), |sum, coefficient| {
        EdwardsPoint::vartime_double_scalar_mul_basepoint(&x, &sum, &Scalar::ZERO) + coefficient
    })
}

/// The text by which a trustee ties its coefficients to all certificates.
pub(super) fn certs_text(certs: &[Signed], coefficients: &Coefficients) -> String {
    #[derive(Serialize)]
    struct Tied<'a> {
        certs: &'a [Signed],
        coefexps: &'a [Element],
    }
    let tied = Tied { certs, coefexps: &coefficients.coefexps };
    format!("certs_sig|{}", to_json(&tied))
}

/// The public half of a trustee's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VerificationKey {
    pub pok: Proof,
    pub public_key: Element,
    pub signature: Proof,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The public data of a group, as it stands in `trustees.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pedersen {
    pub threshold: u32,
    pub certs: Vec<Signed>,
    pub coefexps: Vec<Signed>,
    pub signatures: Vec<Proof>,
    pub verification_keys: Vec<VerificationKey>,
}

impl Pedersen {
    /// Members of the group.
    pub(super) fn members(&self) -> usize {
        self.certs.len()
    }

    /// Members needed to open.
    pub(super) fn needed(&self) -> usize {
        self.threshold as usize
    }

    /// Proofs and signatures: of certificate, coefficients, both together, key, and key again.
    pub(super) fn proofs(&self) -> usize {
        5 * self.members()
    }

    /// The keys to which the members' factors are checked.
    pub(super) fn keys(&self) -> impl Iterator<Item = Element> {
        self.verification_keys.iter().map(|key| key.public_key)
    }

    /// Checks everything, and returns the group's public key. `first` is the number of its first member.
    pub(super) fn check(&self, first: u32) -> Result<Element, BallotError> {
        let at = |index: u32| move |fault| BallotError::Trustee { owner: first + index, fault };
        let size = self.check_lengths()?;
        // All certificates come before all coefficients, whose signatures cover them: so the culprit is
        // whose certificate was altered, and not who signed it.
        let mut certs = Vec::with_capacity(self.certs.len());
        for (index, cert) in (0..).zip(&self.certs) {
            let context = Context::new(size, self.threshold, index + 1);
            certs.push(Cert::read(cert, &context).map_err(at(index))?);
        }
        let mut all = Vec::with_capacity(certs.len());
        let members = certs.iter().zip(&self.coefexps).zip(&self.signatures);
        for (index, ((cert, coefexps), signature)) in (0..).zip(members) {
            let coefficients = Coefficients::read(coefexps, cert).map_err(at(index))?;
            let text = certs_text(&self.certs, &coefficients);
            if !is_signed(&text, signature, &cert.verification) {
                return Err(at(index)(TrusteeFault::CertsSignature));
            }
            all.push(coefficients);
        }
        let joint = joint(&all);
        for (index, (key, cert)) in (0..).zip(self.verification_keys.iter().zip(&certs)) {
            key.check(&joint, cert).map_err(at(index))?;
        }
        let constant_terms = all.iter().filter_map(|coefficients| coefficients.coefexps.first());
        Ok(Element::new(product(constant_terms)))
    }

    /// As many of everything as members, and a threshold that they can meet.
    fn check_lengths(&self) -> Result<u32, BallotError> {
        let size = self.certs.len();
        let lengths = [self.coefexps.len(), self.signatures.len(), self.verification_keys.len()];
        if size > TRUSTEES_MAX {
            return Err(BallotError::Threshold("there are too many"));
        }
        if lengths.iter().any(|&length| length != size) {
            return Err(BallotError::Threshold(
                "certificates, coefficients, signatures and verification keys are not as many as each other",
            ));
        }
        if self.threshold == 0 || self.needed() > size {
            return Err(BallotError::Threshold("the threshold is not between 1 and the number of members"));
        }
        Ok(size as u32)
    }
}

impl VerificationKey {
    fn check(&self, joint: &Coefficients, cert: &Cert) -> Result<(), TrusteeFault> {
        if self.public_key.is_neutral() {
            return Err(TrusteeFault::NeutralKey);
        }
        if *self.public_key.point() != joint.at(cert.context.index) {
            return Err(TrusteeFault::VerificationKey);
        }
        check_key_proof(&self.public_key, &self.pok)?;
        if !is_signed(&self.public_key.to_string(), &self.signature, &cert.verification) {
            return Err(TrusteeFault::VerificationKeySignature);
        }
        Ok(())
    }
}

/// The commitments of the sum of all polynomials, of which the members' shares are the values.
pub(super) fn joint(all: &[Coefficients]) -> Coefficients {
    let length = all.first().map_or(0, |coefficients| coefficients.coefexps.len());
    let sums: Vec<EdwardsPoint> = (0..length)
        .map(|k| product(all.iter().filter_map(|coefficients| coefficients.coefexps.get(k))))
        .collect();
    Coefficients { coefexps: Element::all(&sums) }
}

/// The weight of the member at this place when the members at `places` open: the product of
/// k / (k - place) over the other places k.
pub(super) fn lagrange(place: u32, places: &[u32]) -> Scalar {
    let here = Scalar::from(place);
    let (above, below) = places
        .iter()
        .filter(|&&other| other != place)
        .map(|&other| Scalar::from(other))
        .fold((Scalar::ONE, Scalar::ONE), |(above, below), other| (above * other, below * (other - here)));
    above * below.invert()
}
