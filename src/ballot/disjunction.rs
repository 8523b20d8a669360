//! Proofs that a ciphertext encrypts one of several values, without saying which.
//!
//! The prover treats every branch alike, the true one included. With e random, c random and d the
//! distance between what is encrypted and what the branch claims, it commits to A = g^e and
//! B = y^e · g^(d·c). Of the true branch d is 0, so its challenge may still be exchanged for the one
//! that makes the sum right; then response = e - r·c for all. No branch and no memory access depends on the vote.
//! (Belenios specification, sections "Proofs of interval membership" and "Proofs of possibly-blank votes".)

use curve25519_dalek::edwards::{EdwardsBasepointTable, EdwardsPoint, VartimeEdwardsPrecomputation};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{BasepointTable, VartimePrecomputedMultiscalarMul};
use rand::CryptoRng;
use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::group::{Element, challenge};
use super::proof::Proof;

/// The election's public key y with tables that make its powers cheap.
pub(super) struct ElectionKey {
    /// For secret exponents, in constant time.
    powers: Box<EdwardsBasepointTable>,
    /// For public exponents.
    vartime: VartimeEdwardsPrecomputation,
}

impl ElectionKey {
    pub(super) fn new(element: &Element) -> Self {
        Self {
            powers: Box::new(EdwardsBasepointTable::create(element.point())),
            vartime: VartimeEdwardsPrecomputation::new([element.point()]),
        }
    }

    /// y^exponent, for a secret exponent.
    pub(super) fn power(&self, exponent: &Scalar) -> EdwardsPoint {
        self.powers.mul_base(exponent)
    }

    /// y^response · beta^challenge, for public exponents.
    fn commitment(&self, proof: &Proof, beta: &EdwardsPoint) -> EdwardsPoint {
        self.vartime.vartime_mixed_multiscalar_mul([proof.response], [proof.challenge], [beta])
    }
}

/// One branch of a disjunction, as the prover knows it.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(super) struct Branch {
    /// The randomness r of the ciphertext.
    pub randomness: Scalar,
    /// The encrypted exponent less the claimed one: zero exactly where the claim is true.
    pub distance: Scalar,
}

/// Proves that one of the branches is true, bound to `prefix`.
pub(super) fn prove<R: CryptoRng + ?Sized>(
    key: &ElectionKey,
    prefix: &str,
    branches: &[Branch],
    rng: &mut R,
) -> Vec<Proof> {
    let nonces: Zeroizing<Vec<Scalar>> =
        Zeroizing::new(branches.iter().map(|_| Scalar::random(rng)).collect());
    let mut challenges: Vec<Scalar> = branches.iter().map(|_| Scalar::random(rng)).collect();
    let commitments: Vec<EdwardsPoint> = branches
        .iter()
        .zip(nonces.iter().zip(&challenges))
        .flat_map(|(branch, (nonce, challenge))| {
            let a = EdwardsPoint::mul_base(nonce);
            let b = key.power(nonce) + EdwardsPoint::mul_base(&(branch.distance * challenge));
            [a, b]
        })
        .collect();
    let total = challenge(prefix, &Element::all(&commitments));
    let missing = total - challenges.iter().sum::<Scalar>();
    // Two branches may be true (nothing marked where nothing need be): only the first is exchanged.
    let mut exchanged = Choice::from(0);
    for (branch, challenge) in branches.iter().zip(&mut challenges) {
        let exchange = branch.distance.ct_eq(&Scalar::ZERO) & !exchanged;
        *challenge += Scalar::conditional_select(&Scalar::ZERO, &missing, exchange);
        exchanged |= exchange;
    }
    branches
        .iter()
        .zip(nonces.iter().zip(challenges))
        .map(|(branch, (nonce, challenge))| Proof {
            challenge,
            response: nonce - branch.randomness * challenge,
        })
        .collect()
}

/// One branch of a disjunction, as everybody sees it: that (alpha, beta) encrypts zero.
pub(super) struct Claim {
    pub alpha: EdwardsPoint,
    /// beta divided by g to the claimed exponent.
    pub beta: EdwardsPoint,
}

/// Whether the proofs show that one of the claims is true, bound to `prefix`.
pub(super) fn holds(key: &ElectionKey, prefix: &str, claims: &[Claim], proofs: &[Proof]) -> bool {
    if claims.len() != proofs.len() {
        return false;
    }
    let commitments: Vec<EdwardsPoint> = claims
        .iter()
        .zip(proofs)
        .flat_map(|(claim, proof)| {
            [proof.commitment_to_generator(&claim.alpha), key.commitment(proof, &claim.beta)]
        })
        .collect();
    let total: Scalar = proofs.iter().map(|proof| proof.challenge).sum();
    total == challenge(prefix, &Element::all(&commitments))
}
