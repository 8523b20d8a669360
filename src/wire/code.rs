//! A seat's one-time code: what is printed on a slip, typed once into a terminal, and proved to the hub without
//! being sent.
//!
//! A code is 60 random bits, written as 12 symbols of Crockford's base 32 (no I, L, O or U) and a check symbol:
//! `7PHB-3BGG-KNN9J`. Crockford's own check symbol is a remainder modulo 37 and may be one of `*~$=U`, which nobody
//! should have to find on a keyboard. Ours comes from the same 32 symbols: read as elements of GF(32), the thirteen
//! satisfy Σ sᵢ·αⁱ = 0. As the weights αⁱ are all different and none is 0, every single wrong symbol is caught, and
//! so is every pair of symbols that changed places, neighbours or not.
//!
//! ```
//! use plenum::wire::code::{CodeFault, SeatCode};
//!
//! let code = SeatCode::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
//! let typed = code.shown().to_lowercase().replace('-', " ");
//! assert_eq!(SeatCode::parse(&typed).unwrap(), code);
//! assert_eq!(SeatCode::parse("7k3m").unwrap_err(), CodeFault::TooShort { symbols: 4 });
//! ```

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use rand::CryptoRng;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Symbols that carry the 60 random bits.
const RANDOM_SYMBOLS: usize = 12;
/// Symbols of a code, with its check symbol.
pub const CODE_SYMBOLS: usize = RANDOM_SYMBOLS + 1;
/// Where hyphens stand when a code is shown.
const GROUP_SYMBOLS: usize = 4;

const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a digest is of, so that it is of nothing else.
const DIGEST_LABEL: &[u8] = b"plenum/v1/seat-code";

/// What one try at a code costs: memory in KiB, and passes over it. Five hundred seats are prepared in some seconds.
const DIGEST_KIB: u32 = 8 * 1024;
const DIGEST_PASSES: u32 = 1;

/// A seat's one-time code. It leaves memory when dropped and does not show itself in a log.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct SeatCode {
    /// Numbers below 32, of which the last is the check symbol.
    symbols: [u8; CODE_SYMBOLS],
}

/// Why what was typed is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// There are symbols missing.
    #[error("{symbols} of {CODE_SYMBOLS} symbols")]
    TooShort {
        /// The number of symbols typed.
        symbols: usize,
    },
    /// There are symbols too many.
    #[error("more than {CODE_SYMBOLS} symbols")]
    TooLong,
    /// A character that no code has.
    #[error("`{character}` is in no code")]
    NotASymbol {
        /// The character as typed.
        character: char,
        /// Its place among the symbols, from 1.
        place: usize,
    },
    /// A symbol is wrong, or two changed places.
    #[error("the check symbol does not fit")]
    WrongCheck,
}

impl SeatCode {
    /// A fresh code.
    pub fn generate<R: CryptoRng>(rng: &mut R) -> Self {
        let mut bits = rng.next_u64();
        let mut symbols = [0; CODE_SYMBOLS];
        for symbol in symbols.iter_mut().take(RANDOM_SYMBOLS) {
            *symbol = u8::try_from(bits & 31).unwrap_or(0);
            bits >>= 5;
        }
        bits.zeroize();
        // With 0 in its place, the sum is what the check symbol has to cancel; in GF(32), -x = x.
        let check = checksum(&symbols);
        if let Some(last) = symbols.last_mut() {
            *last = check;
        }
        Self { symbols }
    }

    /// The code that somebody typed: in any case, with or without spaces and hyphens, with O for 0 and I or L for 1,
    /// and in the full-width characters of a Chinese input method.
    ///
    /// # Errors
    /// What was typed is no code.
    pub fn parse(typed: &str) -> Result<Self, CodeFault> {
        let mut code = Self { symbols: [0; CODE_SYMBOLS] };
        let mut count = 0;
        for character in typed.chars().map(half_width).filter(|c| !is_separator(*c)) {
            let symbol = symbol(character).ok_or(CodeFault::NotASymbol { character, place: count + 1 })?;
            *code.symbols.get_mut(count).ok_or(CodeFault::TooLong)? = symbol;
            count += 1;
        }
        if count < CODE_SYMBOLS {
            return Err(CodeFault::TooShort { symbols: count });
        }
        if checksum(&code.symbols) == 0 { Ok(code) } else { Err(CodeFault::WrongCheck) }
    }

    /// The code as it is printed, in groups of four, four and five symbols.
    pub fn shown(&self) -> String {
        let mut shown = String::with_capacity(CODE_SYMBOLS + 2);
        for (place, character) in self.characters().enumerate() {
            if place == GROUP_SYMBOLS || place == 2 * GROUP_SYMBOLS {
                shown.push('-');
            }
            shown.push(character);
        }
        shown
    }

    /// What the hub keeps of the code, and what both ends prove to know: Argon2id, so that whoever has digests, or was
    /// shown a proof, pays for every try at the 60 bits. A scrutineer's share is kept under the same code.
    pub fn digest(&self) -> CodeDigest {
        let canonical: zeroize::Zeroizing<String> = self.characters().collect::<String>().into();
        let mut digest = [0; 32];
        Params::new(DIGEST_KIB, DIGEST_PASSES, 1, Some(digest.len()))
            .map(|params| Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
            .and_then(|hash| hash.hash_password_into(canonical.as_bytes(), DIGEST_LABEL, &mut digest))
            .expect("the library takes these constants, as every test of enrolment shows");
        CodeDigest(digest)
    }

    fn characters(&self) -> impl Iterator<Item = char> {
        self.symbols
            .iter()
            .filter_map(|symbol| ALPHABET.get(usize::from(*symbol)))
            .map(|byte| char::from(*byte))
    }
}

impl PartialEq for SeatCode {
    fn eq(&self, other: &Self) -> bool {
        self.symbols.ct_eq(&other.symbols).into()
    }
}

impl Eq for SeatCode {}

impl fmt::Debug for SeatCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SeatCode(…)")
    }
}

/// The number of a symbol, as Crockford reads it.
fn symbol(character: char) -> Option<u8> {
    let upper = match character.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|byte| char::from(*byte) == upper)?;
    u8::try_from(place).ok()
}

/// The ASCII character that an input method wrote as wide as a Chinese one.
fn half_width(character: char) -> char {
    const WIDER_BY: u32 = 0xff01 - 0x21;
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - WIDER_BY).unwrap_or(character),
        other => other,
    }
}

/// Spaces and the many hyphens.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '_' | '.' | '·' | '\u{2010}'
                ..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{3002}' | '\u{feff}' | '\u{200b}'
        )
}

/// Σ sᵢ·αⁱ in GF(32), the last symbol having the weight 1.
fn checksum(symbols: &[u8; CODE_SYMBOLS]) -> u8 {
    symbols.iter().fold(0, |sum, symbol| times_alpha(sum) ^ symbol)
}

/// Times α in GF(32), where α⁵ = α² + 1: α has the order 31, so that thirteen of its powers differ.
fn times_alpha(element: u8) -> u8 {
    let doubled = element << 1;
    if doubled & 0b10_0000 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

/// The digest of a code. It keys the proof of knowledge at enrolment, so it is kept as secret as the code.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct CodeDigest([u8; 32]);

impl CodeDigest {
    /// The key of the proof.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for CodeDigest {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for CodeDigest {}

impl fmt::Debug for CodeDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeDigest(…)")
    }
}

impl Serialize for CodeDigest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&data_encoding::HEXLOWER.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for CodeDigest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let hex = String::deserialize(deserializer)?;
        let bytes = data_encoding::HEXLOWER.decode(hex.as_bytes()).map_err(D::Error::custom)?;
        bytes.try_into().map(Self).map_err(|_| D::Error::custom("a digest has 32 bytes"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    fn code(seed: u64) -> SeatCode {
        SeatCode::generate(&mut StdRng::seed_from_u64(seed))
    }

    #[test]
    fn a_code_is_shown_in_three_groups() {
        let shown = code(1).shown();
        let groups: Vec<_> = shown.split('-').map(str::len).collect();
        assert_eq!(groups, [4, 4, 5]);
    }

    #[test]
    fn what_is_typed_by_hand_is_forgiven() {
        // Σ sᵢ·αⁱ of 0000-0000-0000 is 0; of 1 in the last place but one it is α.
        let zero = SeatCode::parse("0000-0000-00000").unwrap();
        for typed in [
            "OOOOOOOOOOOOO",
            " oooo oooo 00000 ",
            "0000\u{2014}0000\u{ff0d}0000\u{ff10}",
            "0000_0000\u{3000}00000",
        ] {
            assert_eq!(SeatCode::parse(typed).unwrap(), zero, "{typed}");
        }
        let one = SeatCode::parse("0000-0000-00012").unwrap();
        for typed in
            ["000000000001\u{ff12}", "oooo-oooo-oooi2", "00000000000L2", "00000000000\u{ff49}\u{ff12}"]
        {
            assert_eq!(SeatCode::parse(typed).unwrap(), one, "{typed}");
        }
        assert_eq!(one.shown(), "0000-0000-00012");
    }

    #[test]
    fn each_fault_has_its_name() {
        let table = [
            ("", CodeFault::TooShort { symbols: 0 }),
            ("0000-0000-0000", CodeFault::TooShort { symbols: 12 }),
            ("0000-0000-000000", CodeFault::TooLong),
            ("0000-0u00-00000", CodeFault::NotASymbol { character: 'u', place: 6 }),
            ("王", CodeFault::NotASymbol { character: '王', place: 1 }),
            ("0000-0000-00001", CodeFault::WrongCheck),
        ];
        for (typed, fault) in table {
            assert_eq!(SeatCode::parse(typed).unwrap_err(), fault, "{typed:?}");
        }
    }

    #[test]
    fn nothing_shows_in_a_log() {
        let code = code(2);
        let logged = format!("{code:?} {:?}", code.digest());
        assert_eq!(logged, "SeatCode(…) CodeDigest(…)");
    }

    #[test]
    fn a_digest_is_of_label_and_symbols() {
        let code = SeatCode::parse("0000-0000-00012").unwrap();
        let mut expected = [0; 32];
        let params = Params::new(8 * 1024, 1, 1, None).unwrap();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(b"0000000000012", b"plenum/v1/seat-code", &mut expected)
            .unwrap();
        assert_eq!(code.digest().as_bytes(), &expected);
        let json = serde_json::to_string(&code.digest()).unwrap();
        assert_eq!(serde_json::from_str::<CodeDigest>(&json).unwrap(), code.digest());
        assert!(serde_json::from_str::<CodeDigest>("\"00ff\"").is_err());
    }

    proptest! {
        #[test]
        fn codes_come_back_from_what_is_shown(seed: u64) {
            let code = code(seed);
            prop_assert_eq!(SeatCode::parse(&code.shown()).unwrap(), code.clone());
            prop_assert_eq!(SeatCode::parse(&code.shown().to_lowercase().replace('-', "")).unwrap().digest(), code.digest());
        }

        #[test]
        fn one_wrong_symbol_is_caught(seed: u64, place in 0..CODE_SYMBOLS, other in 1u8..32) {
            let mut typed = code(seed);
            typed.symbols[place] ^= other;
            prop_assert_eq!(SeatCode::parse(&typed.shown()), Err(CodeFault::WrongCheck));
        }

        #[test]
        fn two_symbols_that_changed_places_are_caught(seed: u64, one in 0..CODE_SYMBOLS, other in 0..CODE_SYMBOLS) {
            let mut typed = code(seed);
            typed.symbols.swap(one, other);
            let changed = typed != code(seed);
            prop_assert_eq!(SeatCode::parse(&typed.shown()).is_err(), changed);
        }

        #[test]
        fn whatever_is_typed_is_answered(typed in "\\PC{0,40}") {
            let _ = SeatCode::parse(&typed);
        }
    }
}
