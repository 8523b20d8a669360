//! The scrutineers make their key together, so that it exists nowhere whole: any t of n can open a
//! sum, and fewer learn nothing.
//!
//! Six steps, in each of which everybody's messages are in before the next begins (Belenios
//! specification, section "Threshold trustees"; the numbers are those of belenios-tool):
//!
//! 1. Each scrutineer certifies its fresh keys: [`CeremonyKey::certify`].
//! 2. All have the same list of certificates: [`Certificates::new`].
//! 3. Each deals shares of a random polynomial: [`CeremonyKey::deal`].
//! 4. The shares are sorted by reader: [`Certificates::inboxes`].
//! 5. Each checks what it got, and proves that it has its share: [`CeremonyKey::accept`].
//! 6. The public data become `trustees.json`: [`Certificates::finish`].
//!
//! Whoever publishes last in step 3 can choose its polynomial after seeing the others', and so
//! bias the key; therefore [`Dealing::hash`]es are to be collected before any dealing is shown.
//! Messages are public; what is private in them is encrypted to its reader.
//!
//! `certificates` holds the steps that need no secret, `messages` what is sent, `channel` how the
//! private part of it is encrypted.

mod certificates;
mod channel;
mod messages;

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

pub use certificates::{Certificate, Certificates};
pub use messages::{Dealing, Inbox, Receipt, ShareProof};

use self::channel::{receive, send};
use self::messages::{DecryptionKey, Polynomial, Share};
use crate::ballot::election::random_base58;
use crate::ballot::error::{BallotError, TrusteeFault};
use crate::ballot::group::{Element, number};
use crate::ballot::pedersen::{Cert, Coefficients, Context, Signed, VerificationKey, certs_text, sign};
use crate::ballot::text::{from_canonical_json, sha256, to_json};
use crate::ballot::trustees::TrusteeKey;

/// Characters of a seed: 128 bits in base 58, as long as the tool's.
const SEED_CHARS: usize = 22;

/// A scrutineer's keys in one ceremony, derived from one fresh seed: the only secret that has to last from
/// step to step, since the polynomial comes back in a message to oneself.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct CeremonyKey {
    seed: String,
    signing: Scalar,
    decryption: Scalar,
}

impl CeremonyKey {
    /// Fresh keys. A ceremony that is begun again needs them again.
    pub fn generate<R: CryptoRng + ?Sized>(rng: &mut R) -> Self {
        Self::derive(random_base58(SEED_CHARS, rng))
    }

    /// The seed, to be kept until the ceremony is over.
    pub fn seed(&self) -> &str {
        &self.seed
    }

    /// Reads what [`seed`](Self::seed) gave.
    ///
    /// # Errors
    /// [`BallotError::BadSecret`] if this is no seed.
    pub fn from_seed(seed: &str) -> Result<Self, BallotError> {
        if seed.len() == SEED_CHARS && seed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            Ok(Self::derive(seed.to_owned()))
        } else {
            Err(BallotError::BadSecret { what: "ceremony" })
        }
    }

    fn derive(seed: String) -> Self {
        let secret = |purpose: &str| number(sha256(Zeroizing::new(format!("{purpose}|{seed}")).as_bytes()));
        Self { signing: secret("sk"), decryption: secret("dk"), seed }
    }

    /// Step 1: this scrutineer's certificate, at its place (from 1) among `size`, of whom `threshold` suffice.
    pub fn certify<R: CryptoRng + ?Sized>(
        &self,
        size: u32,
        threshold: u32,
        place: u32,
        rng: &mut R,
    ) -> Certificate {
        let cert = Cert {
            context: Context::new(size, threshold, place),
            verification: public(&self.signing),
            encryption: public(&self.decryption),
        };
        Certificate(Signed::new(to_json(&cert), &self.signing, rng))
    }

    /// Step 3: a random polynomial, its values for each scrutineer, and the commitments to it. To be
    /// stored before its hash is shown, since another call deals another polynomial.
    ///
    /// # Errors
    /// An error if these certificates are not of a ceremony in which we are.
    pub fn deal<R: CryptoRng + ?Sized>(
        &self,
        certs: &Certificates,
        rng: &mut R,
    ) -> Result<Dealing, BallotError> {
        let own = certs.place_of(self)?;
        let fault = |fault| BallotError::Trustee { owner: own, fault };
        let polynomial = Polynomial::random(certs.threshold(), rng);
        let coefficients = polynomial.commitments();
        let mut secrets = Vec::with_capacity(certs.certs.len());
        for cert in &certs.certs {
            let secret = Share { secret: polynomial.at(cert.context.index) };
            let message = Zeroizing::new(to_json(&secret));
            secrets.push(send(&self.signing, &cert.encryption, &message, rng).map_err(fault)?);
        }
        let message = Zeroizing::new(to_json(&polynomial));
        Ok(Dealing {
            polynomial: send(&self.signing, &public(&self.decryption), &message, rng).map_err(fault)?,
            secrets,
            signature: sign(&certs_text(&certs.signed, &coefficients), &self.signing, rng),
            coefexps: Signed::new(to_json(&coefficients), &self.signing, rng),
        })
    }

    /// Step 5: checks everybody's commitments, signatures and shares, and adds the shares up.
    ///
    /// # Errors
    /// An error that names the scrutineer whose dealing does not hold.
    pub fn accept<R: CryptoRng + ?Sized>(
        &self,
        certs: &Certificates,
        inbox: &Inbox,
        rng: &mut R,
    ) -> Result<(TrusteeKey, Receipt), BallotError> {
        let own = certs.place_of(self)?;
        let size = certs.certs.len();
        if [inbox.secrets.len(), inbox.coefexps.len(), inbox.signatures.len()] != [size; 3] {
            return Err(BallotError::Threshold("there are not as many shares as scrutineers"));
        }
        let mut sum = Zeroizing::new(Scalar::ZERO);
        let dealings = inbox.coefexps.iter().zip(&inbox.signatures).zip(&inbox.secrets);
        for (cert, ((coefexps, signature), secret)) in certs.certs.iter().zip(dealings) {
            let owner = cert.context.index;
            let fault = |fault| BallotError::Trustee { owner, fault };
            let coefficients = certs.check_commitments(cert, coefexps, signature).map_err(fault)?;
            if owner == own {
                self.check_own(cert, inbox, &coefficients).map_err(fault)?;
            }
            let text = receive(&self.decryption, &cert.verification, secret).map_err(fault)?;
            let share: Share =
                from_canonical_json("share", text.as_bytes()).map_err(|_| fault(TrusteeFault::Channel))?;
            if EdwardsPoint::mul_base(&share.secret) != coefficients.at(own) {
                return Err(fault(TrusteeFault::Share));
            }
            *sum += share.secret;
        }
        let key = TrusteeKey::from_scalar(*sum);
        let receipt = self.receipt(&key, rng).map_err(|fault| BallotError::Trustee { owner: own, fault })?;
        Ok((key, receipt))
    }

    /// Whether what is published as ours commits to the polynomial that we sent to ourselves in step 3.
    fn check_own(&self, cert: &Cert, inbox: &Inbox, published: &Coefficients) -> Result<(), TrusteeFault> {
        let text = receive(&self.decryption, &cert.verification, &inbox.polynomial)?;
        let polynomial: Polynomial =
            from_canonical_json("polynomial", text.as_bytes()).map_err(|_| TrusteeFault::Channel)?;
        if polynomial.commitments() == *published { Ok(()) } else { Err(TrusteeFault::CoefficientsText) }
    }

    fn receipt<R: CryptoRng + ?Sized>(&self, key: &TrusteeKey, rng: &mut R) -> Result<Receipt, TrusteeFault> {
        let secret = DecryptionKey { decryption_key: *key.scalar() };
        let message = Zeroizing::new(to_json(&secret));
        let public_key = key.public();
        Ok(Receipt {
            private_key: send(&self.signing, &public(&self.decryption), &message, rng)?,
            public_key: VerificationKey {
                pok: key.prove(rng),
                public_key,
                signature: sign(&public_key.to_string(), &self.signing, rng),
                name: None,
            },
        })
    }

    /// The share again from the receipt, which is encrypted to ourselves.
    ///
    /// # Errors
    /// [`BallotError::BadSecret`] if the receipt is not ours.
    pub fn recover(&self, receipt: &Receipt) -> Result<TrusteeKey, BallotError> {
        let bad = BallotError::BadSecret { what: "receipt" };
        let Ok(text) = receive(&self.decryption, &public(&self.signing), &receipt.private_key) else {
            return Err(bad);
        };
        let secret: DecryptionKey = from_canonical_json("share", text.as_bytes())?;
        let key = TrusteeKey::from_scalar(secret.decryption_key);
        if key.public() == receipt.public_key.public_key { Ok(key) } else { Err(bad) }
    }
}

impl std::fmt::Debug for CeremonyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CeremonyKey(..)")
    }
}

fn public(secret: &Scalar) -> Element {
    Element::new(EdwardsPoint::mul_base(secret))
}

#[cfg(test)]
mod tests;
