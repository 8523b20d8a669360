//! Steps 1, 2, 4 and 6, which need no secret: everybody's certificates, and what is done with the messages.

use serde::{Deserialize, Serialize};

use super::messages::{Dealing, Inbox, ShareProof};
use super::{CeremonyKey, public};
use crate::ballot::error::{BallotError, TrusteeFault};
use crate::ballot::pedersen::{
    Cert, Coefficients, Context, Pedersen, Signed, TRUSTEES_MAX, certs_text, is_signed,
};
use crate::ballot::proof::Proof;
use crate::ballot::trustees::{Item, Trustees};

/// Step 1's message: the keys of a scrutineer, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Certificate(pub(in crate::ballot) Signed);

/// Step 2: everybody's certificates, in order, each checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificates {
    pub(super) signed: Vec<Signed>,
    pub(super) certs: Vec<Cert>,
}

impl Certificates {
    /// Checks signatures, places, and that all certify the same group.
    ///
    /// # Errors
    /// An error that names the scrutineer whose certificate does not hold.
    pub fn new(threshold: u32, certificates: Vec<Certificate>) -> Result<Self, BallotError> {
        let size = certificates.len();
        if size > TRUSTEES_MAX || !(1..=size).contains(&(threshold as usize)) {
            return Err(BallotError::Threshold(
                "the threshold is not between 1 and the number of scrutineers",
            ));
        }
        let signed: Vec<Signed> = certificates.into_iter().map(|Certificate(signed)| signed).collect();
        let mut certs: Vec<Cert> = Vec::with_capacity(size);
        for (owner, signed) in (1..).zip(&signed) {
            let fault = |fault| BallotError::Trustee { owner, fault };
            let cert = Cert::read(signed, &Context::new(size as u32, threshold, owner)).map_err(fault)?;
            let reused =
                |other: &Cert| cert.verification == other.verification || cert.encryption == other.encryption;
            if certs.iter().any(reused) {
                return Err(fault(TrusteeFault::KeyTwice));
            }
            certs.push(cert);
        }
        Ok(Self { signed, certs })
    }

    /// The certificates as published, in order.
    pub fn certificates(&self) -> Vec<Certificate> {
        self.signed.iter().cloned().map(Certificate).collect()
    }

    /// Members needed to open.
    pub(super) fn threshold(&self) -> usize {
        self.certs.first().map_or(0, |cert| cert.context.threshold as usize)
    }

    pub(super) fn place_of(&self, key: &CeremonyKey) -> Result<u32, BallotError> {
        let [verification, encryption] = [public(&key.signing), public(&key.decryption)];
        self.certs
            .iter()
            .find(|cert| cert.verification == verification && cert.encryption == encryption)
            .map(|cert| cert.context.index)
            .ok_or(BallotError::Threshold("our own certificate is not among these"))
    }

    /// A scrutineer's commitments, if both of its signatures hold.
    pub(super) fn check_commitments(
        &self,
        cert: &Cert,
        coefexps: &Signed,
        signature: &Proof,
    ) -> Result<Coefficients, TrusteeFault> {
        let coefficients = Coefficients::read(coefexps, cert)?;
        if is_signed(&certs_text(&self.signed, &coefficients), signature, &cert.verification) {
            Ok(coefficients)
        } else {
            Err(TrusteeFault::CertsSignature)
        }
    }

    /// Step 4: checks the public part of the dealings, given in the order of the certificates, and sorts
    /// the shares by their readers.
    ///
    /// # Errors
    /// An error that names the scrutineer whose dealing does not hold.
    pub fn inboxes(&self, dealings: &[Dealing]) -> Result<Vec<Inbox>, BallotError> {
        self.check_dealings(dealings)?;
        let coefexps: Vec<Signed> = dealings.iter().map(|dealing| dealing.coefexps.clone()).collect();
        let signatures: Vec<Proof> = dealings.iter().map(|dealing| dealing.signature).collect();
        Ok(dealings
            .iter()
            .enumerate()
            .map(|(reader, dealing)| Inbox {
                polynomial: dealing.polynomial.clone(),
                secrets: dealings.iter().filter_map(|dealing| dealing.secrets.get(reader).cloned()).collect(),
                coefexps: coefexps.clone(),
                signatures: signatures.clone(),
            })
            .collect())
    }

    fn check_dealings(&self, dealings: &[Dealing]) -> Result<(), BallotError> {
        if dealings.len() != self.certs.len() {
            return Err(BallotError::Threshold("there are not as many dealings as scrutineers"));
        }
        for (cert, dealing) in self.certs.iter().zip(dealings) {
            let owner = cert.context.index;
            let fault = |fault| BallotError::Trustee { owner, fault };
            self.check_commitments(cert, &dealing.coefexps, &dealing.signature).map_err(fault)?;
            if dealing.secrets.len() != self.certs.len() {
                return Err(fault(TrusteeFault::Share));
            }
        }
        Ok(())
    }

    /// Step 6: `trustees.json`, checked in full.
    ///
    /// # Errors
    /// An error that names the scrutineer whose part does not hold.
    pub fn finish(&self, dealings: &[Dealing], proofs: &[ShareProof]) -> Result<Trustees, BallotError> {
        self.check_dealings(dealings)?;
        let group = Pedersen {
            threshold: self.threshold() as u32,
            certs: self.signed.clone(),
            coefexps: dealings.iter().map(|dealing| dealing.coefexps.clone()).collect(),
            signatures: dealings.iter().map(|dealing| dealing.signature).collect(),
            verification_keys: proofs.iter().map(|ShareProof(key)| key.clone()).collect(),
        };
        Trustees::from_items(vec![Item::Pedersen(group)])
    }
}
