//! A scrutineer's share at rest: encrypted under the code on the scrutineer's slip, which the terminal forgets when it ends.
//! Whoever finds the terminal's folder finds no share in it.

use std::io;

use aes::Aes256;
use argon2::{Algorithm, Argon2, Params, Version};
use ccm::aead::Aead;
use ccm::consts::{U13, U16};
use ccm::{Ccm, KeyInit, Nonce};
use rand::{CryptoRng, RngExt};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::wire::code::SeatCode;

/// Memory that one try at a code costs, in KiB, and passes over it: the code has 60 random bits.
const KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Bytes of a nonce.
const NONCE_BYTES: usize = 13;

/// AES-256 in CCM mode, as the format uses it between scrutineers, with a full tag.
type Cipher = Ccm<Aes256, U16, U13>;

/// The key of a terminal's safe.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SafeKey([u8; 32]);

impl SafeKey {
    /// The key that a code gives, for one seat in one session. Takes about a tenth of a second, on purpose.
    ///
    /// # Errors
    /// When the library refuses its own parameters.
    pub fn derive(code: &SeatCode, session: &str, actor: &str) -> io::Result<Self> {
        let params = Params::new(KIB, PASSES, 1, Some(32)).map_err(io::Error::other)?;
        let mut key = Self([0; 32]);
        let (password, salt) = (Zeroizing::new(code.shown()), format!("plenum/v1/safe|{session}|{actor}"));
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(password.as_bytes(), salt.as_bytes(), &mut key.0)
            .map_err(io::Error::other)?;
        Ok(key)
    }

    /// Encrypts.
    ///
    /// # Errors
    /// When the text is too long for the cipher: 64 kB.
    pub fn seal<R: CryptoRng>(&self, text: &[u8], rng: &mut R) -> io::Result<Vec<u8>> {
        let nonce: [u8; NONCE_BYTES] = rng.random();
        let sealed = self.cipher().encrypt(&Nonce::from(nonce), text);
        let sealed = sealed.map_err(|_| io::Error::other("too long to be kept"))?;
        Ok(nonce.into_iter().chain(sealed).collect())
    }

    /// Decrypts; none if this is not the key, or the bytes have changed.
    pub fn open(&self, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        self.cipher().decrypt(&Nonce::from(nonce), sealed).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> Cipher {
        Cipher::new(&self.0.into())
    }
}

impl std::fmt::Debug for SafeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SafeKey(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    #[test]
    fn only_the_code_of_this_seat_opens_the_safe() {
        let rng = &mut StdRng::seed_from_u64(5);
        let (code, other) = (SeatCode::generate(rng), SeatCode::generate(rng));
        let key = SafeKey::derive(&code, "session", "m5").unwrap();
        let sealed = key.seal(b"a share", rng).unwrap();
        let again = SafeKey::derive(&code, "session", "m5").unwrap();
        assert_eq!(again.open(&sealed).unwrap().as_slice(), b"a share");
        for wrong in [
            SafeKey::derive(&other, "session", "m5").unwrap(),
            SafeKey::derive(&code, "session", "m6").unwrap(),
            SafeKey::derive(&code, "another", "m5").unwrap(),
        ] {
            assert!(wrong.open(&sealed).is_none());
        }
        let mut altered = sealed.clone();
        altered[20] ^= 1;
        assert!(key.open(&altered).is_none());
        assert!(key.open(&sealed[..5]).is_none());
    }
}
