//! What scrutineers send each other in private while they make their key: signed by the sender,
//! encrypted to the reader (ElGamal, then AES-256 in CCM mode), passed on by a hub that cannot read it.
//!
//! (Belenios specification, section "Secure channel".)

use aes::Aes256;
use ccm::aead::Aead;
use ccm::consts::{U8, U13};
use ccm::{Ccm, KeyInit, Nonce};
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use rand::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ballot::error::TrusteeFault;
use crate::ballot::group::Element;
use crate::ballot::pedersen::Signed;
use crate::ballot::text::{from_canonical_json, hex, hex_to_vec, sha256, to_json};

/// The longest text: beyond, the nonce would have another length.
const TEXT_BYTES_MAX: usize = (1 << 16) - 1;

/// AES-256-CCM with a tag of 8 bytes and a nonce of 13.
type Cipher = Ccm<Aes256, U8, U13>;

/// An encrypted text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope {
    alpha: Element,
    beta: Element,
    data: String,
}

/// What is signed: the text, and to whom, so that it cannot be passed on to another.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    recipient: Element,
    message: String,
}

/// Signs a text and encrypts it to the owner of `recipient`.
pub(super) fn send<R: CryptoRng + ?Sized>(
    signing: &Scalar,
    recipient: &Element,
    message: &str,
    rng: &mut R,
) -> Result<String, TrusteeFault> {
    let letter = Letter { recipient: *recipient, message: message.to_owned() };
    let signed = Zeroizing::new(to_json(&Signed::new(to_json(&letter), signing, rng)));
    if signed.len() > TEXT_BYTES_MAX {
        return Err(TrusteeFault::Channel);
    }
    let randomness = Zeroizing::new(Scalar::random(rng));
    let key = EdwardsPoint::mul_base(&Zeroizing::new(Scalar::random(rng)));
    let alpha = Element::new(EdwardsPoint::mul_base(&randomness));
    let beta = Element::new(recipient.point() * *randomness + key);
    let data = cipher(&Element::new(key))
        .encrypt(&nonce(&alpha), signed.as_bytes())
        .map_err(|_| TrusteeFault::Channel)?;
    Ok(to_json(&Envelope { alpha, beta, data: hex(&data) }))
}

/// Decrypts a text that `sender` signed and sent to us.
pub(super) fn receive(
    decryption: &Scalar,
    sender: &Element,
    envelope: &str,
) -> Result<Zeroizing<String>, TrusteeFault> {
    open(decryption, sender, envelope).ok_or(TrusteeFault::Channel)
}

fn open(decryption: &Scalar, sender: &Element, envelope: &str) -> Option<Zeroizing<String>> {
    let envelope: Envelope = from_canonical_json("envelope", envelope.as_bytes()).ok()?;
    let key = Element::new(envelope.beta.point() - envelope.alpha.point() * decryption);
    let data = hex_to_vec(&envelope.data)?;
    let signed = cipher(&key).decrypt(&nonce(&envelope.alpha), &*data).ok()?;
    let signed = Zeroizing::new(signed);
    let signed: Signed = from_canonical_json("signed text", &signed).ok()?;
    if !signed.is_by(sender) {
        return None;
    }
    let text = Zeroizing::new(signed.message);
    let letter: Letter = from_canonical_json("letter", text.as_bytes()).ok()?;
    let own = Element::new(EdwardsPoint::mul_base(decryption));
    (letter.recipient == own).then_some(Zeroizing::new(letter.message))
}

fn cipher(key: &Element) -> Cipher {
    let key = Zeroizing::new(sha256(format!("key|{key}").as_bytes()));
    Cipher::new(&(*key).into())
}

/// The first 13 bytes of SHA-256("iv|" ‖ alpha), which is fresh in every envelope.
fn nonce(alpha: &Element) -> Nonce<U13> {
    let digest = sha256(format!("iv|{alpha}").as_bytes());
    Nonce::from_iter(digest.into_iter().take(13))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn only_the_reader_reads_and_only_from_the_sender() {
        let rng = &mut StdRng::seed_from_u64(61);
        let [sender, reader, other] = std::array::from_fn(|_| Scalar::random(rng));
        let public = |secret: &Scalar| Element::new(EdwardsPoint::mul_base(secret));
        let envelope = send(&sender, &public(&reader), "a \"share\"", rng).unwrap();
        assert_eq!(*receive(&reader, &public(&sender), &envelope).unwrap(), "a \"share\"");
        assert!(receive(&other, &public(&sender), &envelope).is_err());
        assert!(receive(&reader, &public(&other), &envelope).is_err());
        let last = envelope.len() - 3;
        let mut altered = envelope.clone();
        let digit = if &altered[last..=last] == "0" { "1" } else { "0" };
        altered.replace_range(last..=last, digit);
        assert!(receive(&reader, &public(&sender), &altered).is_err());
        assert!(send(&sender, &public(&reader), &"x".repeat(1 << 16), rng).is_err());
    }
}
