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

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::channel::{receive, send};
use super::credential::secret_scalar;
use super::election::random_base58;
use super::error::{BallotError, TrusteeFault};
use super::group::{Element, decimal, number};
use super::pedersen::{
    Cert, Coefficients, Context, Pedersen, Signed, TRUSTEES_MAX, VerificationKey, certs_text,
    is_signed, sign,
};
use super::proof::Proof;
use super::text::{from_canonical_json, sha256, sha256_hex, to_json};
use super::trustees::{Item, TrusteeKey, Trustees};

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
        let secret = |purpose: &str| {
            number(sha256(
                Zeroizing::new(format!("{purpose}|{seed}")).as_bytes(),
            ))
        };
        Self {
            signing: secret("sk"),
            decryption: secret("dk"),
            seed,
        }
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

    /// Step 3: a random polynomial, its values for each scrutineer, and the commitments to it.
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
            let secret = Share {
                secret: polynomial.at(cert.context.index),
            };
            let message = Zeroizing::new(to_json(&secret));
            secrets.push(send(&self.signing, &cert.encryption, &message, rng).map_err(fault)?);
        }
        let message = Zeroizing::new(to_json(&polynomial));
        Ok(Dealing {
            polynomial: send(&self.signing, &public(&self.decryption), &message, rng)
                .map_err(fault)?,
            secrets,
            signature: sign(
                &certs_text(&certs.signed, &coefficients),
                &self.signing,
                rng,
            ),
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
        if [
            inbox.secrets.len(),
            inbox.coefexps.len(),
            inbox.signatures.len(),
        ] != [size; 3]
        {
            return Err(BallotError::Threshold(
                "there are not as many shares as scrutineers",
            ));
        }
        let mut sum = Zeroizing::new(Scalar::ZERO);
        let dealings = inbox
            .coefexps
            .iter()
            .zip(&inbox.signatures)
            .zip(&inbox.secrets);
        for (cert, ((coefexps, signature), secret)) in certs.certs.iter().zip(dealings) {
            let owner = cert.context.index;
            let fault = |fault| BallotError::Trustee { owner, fault };
            let coefficients = certs
                .check_commitments(cert, coefexps, signature)
                .map_err(fault)?;
            if owner == own
                && coefficients
                    != self
                        .own_polynomial(cert, inbox)
                        .map_err(fault)?
                        .commitments()
            {
                return Err(fault(TrusteeFault::CoefficientsText));
            }
            let text = receive(&self.decryption, &cert.verification, secret).map_err(fault)?;
            let share: Share = from_canonical_json("share", text.as_bytes())
                .map_err(|_| fault(TrusteeFault::Channel))?;
            if EdwardsPoint::mul_base(&share.secret) != coefficients.at(own) {
                return Err(fault(TrusteeFault::Share));
            }
            *sum += share.secret;
        }
        let key = TrusteeKey::from_scalar(*sum);
        let receipt = self
            .receipt(&key, rng)
            .map_err(|fault| BallotError::Trustee { owner: own, fault })?;
        Ok((key, receipt))
    }

    /// Our own polynomial as we sent it to ourselves in step 3.
    fn own_polynomial(&self, cert: &Cert, inbox: &Inbox) -> Result<Polynomial, TrusteeFault> {
        let text = receive(&self.decryption, &cert.verification, &inbox.polynomial)?;
        from_canonical_json("polynomial", text.as_bytes()).map_err(|_| TrusteeFault::Channel)
    }

    fn receipt<R: CryptoRng + ?Sized>(
        &self,
        key: &TrusteeKey,
        rng: &mut R,
    ) -> Result<Receipt, TrusteeFault> {
        let secret = DecryptionKey {
            decryption_key: *key.scalar(),
        };
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
        let Ok(text) = receive(
            &self.decryption,
            &public(&self.signing),
            &receipt.private_key,
        ) else {
            return Err(bad);
        };
        let secret: DecryptionKey = from_canonical_json("share", text.as_bytes())?;
        let key = TrusteeKey::from_scalar(secret.decryption_key);
        if key.public() == receipt.public_key.public_key {
            Ok(key)
        } else {
            Err(bad)
        }
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

/// Step 1's message: the keys of a scrutineer, signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Certificate(Signed);

/// Step 2: everybody's certificates, in order, each checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificates {
    signed: Vec<Signed>,
    certs: Vec<Cert>,
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
        let signed: Vec<Signed> = certificates
            .into_iter()
            .map(|Certificate(signed)| signed)
            .collect();
        let mut certs: Vec<Cert> = Vec::with_capacity(size);
        for (owner, signed) in (1..).zip(&signed) {
            let fault = |fault| BallotError::Trustee { owner, fault };
            let cert =
                Cert::read(signed, &Context::new(size as u32, threshold, owner)).map_err(fault)?;
            let reused = |other: &Cert| {
                cert.verification == other.verification || cert.encryption == other.encryption
            };
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
    fn threshold(&self) -> usize {
        self.certs
            .first()
            .map_or(0, |cert| cert.context.threshold as usize)
    }

    fn place_of(&self, key: &CeremonyKey) -> Result<u32, BallotError> {
        let [verification, encryption] = [public(&key.signing), public(&key.decryption)];
        self.certs
            .iter()
            .find(|cert| cert.verification == verification && cert.encryption == encryption)
            .map(|cert| cert.context.index)
            .ok_or(BallotError::Threshold(
                "our own certificate is not among these",
            ))
    }

    /// A scrutineer's commitments, if both of its signatures hold.
    fn check_commitments(
        &self,
        cert: &Cert,
        coefexps: &Signed,
        signature: &Proof,
    ) -> Result<Coefficients, TrusteeFault> {
        let coefficients = Coefficients::read(coefexps, cert)?;
        if is_signed(
            &certs_text(&self.signed, &coefficients),
            signature,
            &cert.verification,
        ) {
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
        let coefexps: Vec<Signed> = dealings
            .iter()
            .map(|dealing| dealing.coefexps.clone())
            .collect();
        let signatures: Vec<Proof> = dealings.iter().map(|dealing| dealing.signature).collect();
        Ok(dealings
            .iter()
            .enumerate()
            .map(|(reader, dealing)| Inbox {
                polynomial: dealing.polynomial.clone(),
                secrets: dealings
                    .iter()
                    .filter_map(|dealing| dealing.secrets.get(reader).cloned())
                    .collect(),
                coefexps: coefexps.clone(),
                signatures: signatures.clone(),
            })
            .collect())
    }

    fn check_dealings(&self, dealings: &[Dealing]) -> Result<(), BallotError> {
        if dealings.len() != self.certs.len() {
            return Err(BallotError::Threshold(
                "there are not as many dealings as scrutineers",
            ));
        }
        for (cert, dealing) in self.certs.iter().zip(dealings) {
            let owner = cert.context.index;
            let fault = |fault| BallotError::Trustee { owner, fault };
            self.check_commitments(cert, &dealing.coefexps, &dealing.signature)
                .map_err(fault)?;
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
    pub fn finish(
        &self,
        dealings: &[Dealing],
        receipts: &[Receipt],
    ) -> Result<Trustees, BallotError> {
        self.check_dealings(dealings)?;
        let group = Pedersen {
            threshold: self.threshold() as u32,
            certs: self.signed.clone(),
            coefexps: dealings
                .iter()
                .map(|dealing| dealing.coefexps.clone())
                .collect(),
            signatures: dealings.iter().map(|dealing| dealing.signature).collect(),
            verification_keys: receipts
                .iter()
                .map(|receipt| receipt.public_key.clone())
                .collect(),
        };
        Trustees::from_items(vec![Item::Pedersen(group)])
    }
}

/// Step 3's message: a polynomial in shares, each encrypted to its reader, and the commitments to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dealing {
    polynomial: String,
    secrets: Vec<String>,
    coefexps: Signed,
    signature: Proof,
}

impl Dealing {
    /// The hash that is published before the dealing is, in hexadecimal digits.
    pub fn hash(&self) -> String {
        sha256_hex(to_json(self).as_bytes())
    }
}

#[cfg(test)]
impl Dealing {
    pub(super) fn share_of(&mut self, reader: usize) -> &mut String {
        &mut self.secrets[reader]
    }

    pub(super) fn keep_polynomial_of(&mut self, other: &Self) {
        self.polynomial.clone_from(&other.polynomial);
    }

    pub(super) fn signature_mut(&mut self) -> &mut Proof {
        &mut self.signature
    }
}

/// Step 4's message: what one scrutineer gets from all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inbox {
    polynomial: String,
    secrets: Vec<String>,
    coefexps: Vec<Signed>,
    signatures: Vec<Proof>,
}

/// Step 5's message: a scrutineer has its share, and proves it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    private_key: String,
    public_key: VerificationKey,
}

/// A polynomial, its constant term first.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Polynomial {
    polynomial: Vec<Coefficient>,
}

#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
struct Coefficient(#[serde(with = "decimal")] Scalar);

impl Polynomial {
    fn random<R: CryptoRng + ?Sized>(length: usize, rng: &mut R) -> Self {
        let polynomial = (0..length)
            .map(|_| Coefficient(secret_scalar(rng)))
            .collect();
        Self { polynomial }
    }

    /// The value at a scrutineer's place.
    fn at(&self, place: u32) -> Scalar {
        let place = Scalar::from(place);
        self.polynomial
            .iter()
            .rfold(Scalar::ZERO, |sum, Coefficient(coefficient)| {
                sum * place + coefficient
            })
    }

    /// g to each coefficient.
    fn commitments(&self) -> Coefficients {
        let points: Vec<EdwardsPoint> = self
            .polynomial
            .iter()
            .map(|Coefficient(coefficient)| EdwardsPoint::mul_base(coefficient))
            .collect();
        Coefficients {
            coefexps: Element::all(&points),
        }
    }
}

/// The private message with one value of a polynomial.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct Share {
    #[serde(with = "decimal")]
    secret: Scalar,
}

/// The private message with a scrutineer's whole share.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(deny_unknown_fields)]
struct DecryptionKey {
    #[serde(with = "decimal")]
    decryption_key: Scalar,
}
