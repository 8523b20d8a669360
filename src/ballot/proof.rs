//! Zero-knowledge proofs of two kinds: that one knows a secret (a signature, too, when the challenge
//! is bound to a text), and that two elements hide the same secret. Disjunctions have a file of their own.
//!
//! All of them answer with response = w - challenge · secret, so that a verifier finds the commitment
//! again as base^response · public^challenge (Belenios specification, section "Zero-knowledge proofs").

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::VartimeMultiscalarMul;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::group::{Element, challenge, decimal};

/// A challenge and its response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Proof {
    #[serde(with = "decimal")]
    pub challenge: Scalar,
    #[serde(with = "decimal")]
    pub response: Scalar,
}

impl Proof {
    /// Proves knowledge of `secret`, bound to `prefix`.
    pub(super) fn of_knowledge<R: CryptoRng + ?Sized>(secret: &Scalar, prefix: &str, rng: &mut R) -> Self {
        let nonce = Zeroizing::new(Scalar::random(rng));
        let commitment = Element::new(EdwardsPoint::mul_base(&nonce));
        Self::answer(&nonce, secret, challenge(prefix, &[commitment]))
    }

    /// Whether this proves knowledge of the logarithm of `public`, bound to `prefix`.
    pub(super) fn shows_knowledge(&self, public: &Element, prefix: &str) -> bool {
        let commitment = Element::new(self.commitment_to_generator(public.point()));
        self.challenge == challenge(prefix, &[commitment])
    }

    /// Proves that base^secret and g^secret have the same logarithm, bound to `prefix`.
    pub(super) fn of_equality<R: CryptoRng + ?Sized>(
        secret: &Scalar,
        base: &Element,
        prefix: &str,
        rng: &mut R,
    ) -> Self {
        let nonce = Zeroizing::new(Scalar::random(rng));
        let commitments = Element::all(&[EdwardsPoint::mul_base(&nonce), base.point() * *nonce]);
        Self::answer(&nonce, secret, challenge(prefix, &commitments))
    }

    /// Whether `power` is `base` to the logarithm of `public`, bound to `prefix`.
    pub(super) fn shows_equality(
        &self,
        public: &Element,
        base: &Element,
        power: &Element,
        prefix: &str,
    ) -> bool {
        let commitments = Element::all(&[
            self.commitment_to_generator(public.point()),
            EdwardsPoint::vartime_multiscalar_mul(
                [self.response, self.challenge],
                [base.point(), power.point()],
            ),
        ]);
        self.challenge == challenge(prefix, &commitments)
    }

    /// g^response · public^challenge.
    pub(super) fn commitment_to_generator(&self, public: &EdwardsPoint) -> EdwardsPoint {
        EdwardsPoint::vartime_double_scalar_mul_basepoint(&self.challenge, public, &self.response)
    }

    fn answer(nonce: &Scalar, secret: &Scalar, challenge: Scalar) -> Self {
        Self { challenge, response: nonce - challenge * secret }
    }
}
