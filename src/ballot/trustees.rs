//! The trustees: who must come together to open a sum, and with which keys.
//!
//! `trustees.json` is a list of single trustees, each of whom is needed, and of groups of threshold
//! trustees ("Pedersen", in their own file), of whom some suffice. Trustees are numbered from 1
//! through the list, every member of a group on its own; an archive calls the number "owner".

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::ceremony::Certificate;
use super::credential::{secret_from_bytes, secret_scalar};
use super::election::PublicKey;
use super::error::{BallotError, TrusteeFault};
use super::group::{Element, product};
use super::pedersen::{Pedersen, TRUSTEES_MAX};
use super::proof::Proof;
use super::text::{from_canonical_json, to_json};

/// The largest `trustees.json`.
pub const TRUSTEES_BYTES_MAX: usize = 1 << 20;

/// A trustee who must give factors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Single {
    pub pok: Proof,
    pub public_key: Element,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// One entry of `trustees.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    Single(Single),
    Pedersen(Pedersen),
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Single(single) => ("Single", single).serialize(serializer),
            Self::Pedersen(group) => ("Pedersen", group).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (kind, body) = <(String, Box<RawValue>)>::deserialize(deserializer)?;
        match kind.as_str() {
            "Single" => serde_json::from_str(body.get()).map(Self::Single),
            "Pedersen" => serde_json::from_str(body.get()).map(Self::Pedersen),
            _ => return Err(D::Error::custom("a trustee is Single or Pedersen")),
        }
        .map_err(D::Error::custom)
    }
}

impl Item {
    /// Numbers that this entry takes.
    fn members(&self) -> usize {
        match self {
            Self::Single(_) => 1,
            Self::Pedersen(group) => group.members(),
        }
    }

    /// Proofs and signatures in this entry.
    fn proofs(&self) -> usize {
        match self {
            Self::Single(_) => 1,
            Self::Pedersen(group) => group.proofs(),
        }
    }

    /// How many of them are needed.
    fn needed(&self) -> usize {
        match self {
            Self::Single(_) => 1,
            Self::Pedersen(group) => group.needed(),
        }
    }

    /// The keys to which the members' factors are checked.
    fn keys(&self) -> Vec<Element> {
        match self {
            Self::Single(single) => vec![single.public_key],
            Self::Pedersen(group) => group.keys().collect(),
        }
    }
}

/// The trustees of an election, with the bytes of `trustees.json` as written.
///
/// Invariant: every proof and signature in it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trustees {
    items: Vec<Item>,
    bytes: Vec<u8>,
    public_key: PublicKey,
}

impl Trustees {
    /// Reads `trustees.json` and checks every proof, signature and membership of the group in it.
    ///
    /// # Errors
    /// The first thing found wrong, with the trustee's number.
    pub fn parse(bytes: &[u8]) -> Result<Self, BallotError> {
        let what = "trustees.json";
        if bytes.len() > TRUSTEES_BYTES_MAX {
            return Err(BallotError::TooLong { what, bytes: bytes.len(), bytes_max: TRUSTEES_BYTES_MAX });
        }
        Self::check(from_canonical_json(what, bytes)?, bytes.to_vec())
    }

    pub(super) fn from_items(items: Vec<Item>) -> Result<Self, BallotError> {
        let bytes = to_json(&items).into_bytes();
        Self::check(items, bytes)
    }

    fn check(items: Vec<Item>, bytes: Vec<u8>) -> Result<Self, BallotError> {
        if items.is_empty() {
            return Err(BallotError::Threshold("there is no trustee"));
        }
        if items.iter().map(Item::members).sum::<usize>() > TRUSTEES_MAX {
            return Err(BallotError::Threshold("there are too many trustees"));
        }
        let mut first = 1;
        let mut shares = Vec::with_capacity(items.len());
        for item in &items {
            let share = match item {
                Item::Single(single) => {
                    single.check().map_err(|fault| BallotError::Trustee { owner: first, fault })?
                }
                Item::Pedersen(group) => group.check(first)?,
            };
            shares.push(share);
            first += item.members() as u32;
        }
        let public_key = PublicKey(Element::new(product(&shares)));
        Ok(Self { items, bytes, public_key })
    }

    /// The key to which ballots are encrypted.
    pub fn public_key(&self) -> PublicKey {
        self.public_key
    }

    /// The bytes of `trustees.json`.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many trustees must give factors, at the least.
    pub fn threshold(&self) -> usize {
        self.items.iter().map(Item::needed).sum()
    }

    /// How many trustees there are.
    #[expect(clippy::len_without_is_empty, reason = "there is at least one trustee")]
    pub fn len(&self) -> usize {
        self.items.iter().map(Item::members).sum()
    }

    /// Proofs and signatures in `trustees.json`, all of which hold.
    pub fn proofs(&self) -> usize {
        self.items.iter().map(Item::proofs).sum()
    }

    /// The trustee whose key this is: its number, from 1.
    pub fn owner_of(&self, key: &TrusteeKey) -> Option<u32> {
        let public = key.public();
        let index = self.keys().position(|key| key == public)?;
        u32::try_from(index + 1).ok()
    }

    /// The certificates of the scrutineers who made the key together, in their order; none of a key made otherwise.
    pub fn certificates(&self) -> Option<Vec<Certificate>> {
        match self.items.as_slice() {
            [Item::Pedersen(group)] => Some(group.certs.iter().cloned().map(Certificate).collect()),
            _ => None,
        }
    }

    /// The key to which this trustee's factors are checked.
    pub(super) fn key_of(&self, owner: u32) -> Option<Element> {
        self.keys().nth((owner as usize).checked_sub(1)?)
    }

    fn keys(&self) -> impl Iterator<Item = Element> {
        self.items.iter().flat_map(Item::keys)
    }

    /// For each trustee needed to open, its number and its weight in the exponent, chosen among
    /// those present; the threshold groups take the first that suffice, as the tool does.
    pub(super) fn weights(&self, present: &[u32]) -> Result<Vec<(u32, Scalar)>, BallotError> {
        let mut weights = Vec::new();
        let mut missing = 0;
        let mut first = 1;
        for item in &self.items {
            let next = first + item.members() as u32;
            let mut indices: Vec<u32> = present
                .iter()
                .filter(|owner| (first..next).contains(owner))
                .map(|owner| owner - first + 1)
                .collect();
            indices.sort_unstable();
            indices.truncate(item.needed());
            missing += item.needed() - indices.len();
            for &index in &indices {
                let weight = match item {
                    Item::Single(_) => Scalar::ONE,
                    Item::Pedersen(_) => super::pedersen::lagrange(index, &indices),
                };
                weights.push((first + index - 1, weight));
            }
            first = next;
        }
        if missing > 0 {
            let needed = self.threshold();
            return Err(BallotError::TooFewTrustees { needed, found: needed - missing });
        }
        Ok(weights)
    }
}

impl Single {
    /// Checks the proof, and returns the key.
    fn check(&self) -> Result<Element, TrusteeFault> {
        if self.public_key.is_neutral() {
            return Err(TrusteeFault::NeutralKey);
        }
        check_key_proof(&self.public_key, &self.pok)?;
        Ok(self.public_key)
    }
}

/// The text to which the proof of knowledge of a trustee's key is bound.
fn key_proof_prefix(public: &Element) -> String {
    format!("pok|Ed25519|{public}|")
}

pub(super) fn check_key_proof(public: &Element, proof: &Proof) -> Result<(), TrusteeFault> {
    if proof.shows_knowledge(public, &key_proof_prefix(public)) {
        Ok(())
    } else {
        Err(TrusteeFault::KeyProof)
    }
}

/// The secret of a trustee: of a single one, or the share of a member of a threshold group.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct TrusteeKey(Scalar);

impl TrusteeKey {
    /// A fresh one for a single trustee.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self(secret_scalar(rng))
    }

    /// The share that a key generation gave.
    pub(super) fn from_scalar(secret: Scalar) -> Self {
        Self(secret)
    }

    /// The bytes to keep, encrypted, until the last sum is opened.
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// Reads what [`to_bytes`](Self::to_bytes) gave.
    ///
    /// # Errors
    /// [`BallotError::BadSecret`] if the bytes are no secret in its canonical form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BallotError> {
        secret_from_bytes("trustee", bytes).map(Self)
    }

    /// `trustees.json` with this trustee alone.
    pub fn single_trustees<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Trustees {
        let public_key = self.public();
        let items = vec![Item::Single(Single { pok: self.prove(rng), public_key, name: None })];
        Trustees { bytes: to_json(&items).into_bytes(), items, public_key: PublicKey(public_key) }
    }

    /// The proof of knowledge of this key.
    pub(super) fn prove<R: CryptoRng + ?Sized>(&self, rng: &mut R) -> Proof {
        Proof::of_knowledge(&self.0, &key_proof_prefix(&self.public()), rng)
    }

    pub(super) fn public(&self) -> Element {
        Element::new(EdwardsPoint::mul_base(&self.0))
    }

    pub(super) fn scalar(&self) -> &Scalar {
        &self.0
    }
}

impl std::fmt::Debug for TrusteeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TrusteeKey(..)")
    }
}
