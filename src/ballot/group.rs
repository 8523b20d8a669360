//! The group: elements, exponents and the hash that makes challenges.
//!
//! Everything that is read from outside becomes an [`Element`] or a scalar here, once, with every
//! check; the rest of `ballot` cannot meet an unchecked point. Written after the Belenios
//! specification, section "Group parameters", for the group Ed25519: the elements are written as 64
//! hexadecimal digits, the exponents as decimal numbers.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::LazyLock;

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{Identity, IsIdentity};
use sha2::{Digest, Sha256};

use super::text::{self, serde_as_text};

/// 1/8 modulo the order: multiplying by it and then by 8 drops the torsion of a point.
static EIGHTH: LazyLock<Scalar> = LazyLock::new(|| Scalar::from(8u8).invert());

/// p = 2^255 - 19, big-endian: the coordinate y must be smaller.
const FIELD_ORDER: [u8; 32] = {
    let mut bytes = [0xff; 32];
    bytes[0] = 0x7f;
    bytes[31] = 0xed;
    bytes
};

/// An element of the group, with its encoding.
///
/// Invariants: the point is in the subgroup of prime order (the neutral element included), and
/// `encoding` is its only encoding, so that equal elements are equal bytes.
#[derive(Clone, Copy)]
pub(super) struct Element {
    point: EdwardsPoint,
    /// The 32 bytes of RFC 8032; the digits read them as a number, and so begin at the last byte.
    encoding: [u8; 32],
}

/// Why a text is not an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum ElementFault {
    #[error("a group element is 64 lower-case hexadecimal digits")]
    NotHex,
    #[error("this encoding of a group element is not the canonical one")]
    NotCanonical,
    #[error("this group element is not a point of the curve")]
    NotOnCurve,
    #[error("this group element is not in the subgroup of prime order")]
    Torsion,
}

impl Element {
    /// An element that we computed ourselves from others, so that it is in the subgroup.
    pub(super) fn new(point: EdwardsPoint) -> Self {
        Self::with_encoding(point, point.compress())
    }

    /// An element that was read before, from its encoding: without the subgroup check, which was made then.
    pub(super) fn again(encoding: [u8; 32]) -> Option<Self> {
        let point = CompressedEdwardsY(encoding).decompress()?;
        Some(Self { point, encoding })
    }

    /// Many at once, for the price of little more than one.
    pub(super) fn all(points: &[EdwardsPoint]) -> Vec<Self> {
        let encodings = EdwardsPoint::compress_batch_alloc(points);
        points.iter().zip(encodings).map(|(point, encoding)| Self::with_encoding(*point, encoding)).collect()
    }

    fn with_encoding(point: EdwardsPoint, CompressedEdwardsY(encoding): CompressedEdwardsY) -> Self {
        Self { point, encoding }
    }

    /// The point, for arithmetic.
    pub(super) fn point(&self) -> &EdwardsPoint {
        &self.point
    }

    /// The 32 bytes of the encoding, as RFC 8032 has them.
    pub(super) fn encoding(&self) -> &[u8; 32] {
        &self.encoding
    }

    /// Whether this is the neutral element, which no key and no credential may be.
    pub(super) fn is_neutral(&self) -> bool {
        self.point.is_identity()
    }
}

impl FromStr for Element {
    type Err = ElementFault;

    fn from_str(text: &str) -> Result<Self, ElementFault> {
        let mut encoding: [u8; 32] = text::hex_to_bytes(text).ok_or(ElementFault::NotHex)?;
        let mut y = encoding;
        y[0] &= 0x7f;
        if y >= FIELD_ORDER {
            return Err(ElementFault::NotCanonical);
        }
        encoding.reverse();
        let point = CompressedEdwardsY(encoding).decompress().ok_or(ElementFault::NotOnCurve)?;
        if !is_torsion_free(&point) {
            return Err(ElementFault::Torsion);
        }
        // The neutral element is the one point of the subgroup with x = 0, whose sign bit could lie.
        if point.is_identity() && encoding[31] != 0 {
            return Err(ElementFault::NotCanonical);
        }
        Ok(Self { point, encoding })
    }
}

/// Whether the point is in the subgroup of prime order. In variable time: points from outside are public.
fn is_torsion_free(point: &EdwardsPoint) -> bool {
    let eighth = EdwardsPoint::vartime_double_scalar_mul_basepoint(&EIGHTH, point, &Scalar::ZERO);
    eighth.mul_by_cofactor() == *point
}

impl fmt::Display for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&digits(&self.encoding))
    }
}

impl fmt::Debug for Element {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Element {
    fn eq(&self, other: &Self) -> bool {
        self.encoding == other.encoding
    }
}

impl Eq for Element {}

impl PartialOrd for Element {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By the bytes of RFC 8032, which is the order in which belenios-tool sorts credentials.
impl Ord for Element {
    fn cmp(&self, other: &Self) -> Ordering {
        self.encoding.cmp(&other.encoding)
    }
}

impl Hash for Element {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.encoding.hash(state);
    }
}

serde_as_text!(Element);

/// How an encoding is written: as a big-endian number, y + 2^255 · (x mod 2), in hexadecimal digits.
pub(super) fn digits(encoding: &[u8; 32]) -> String {
    let mut bytes = *encoding;
    bytes.reverse();
    text::hex(&bytes)
}

/// The product of elements, written as a sum of points.
pub(super) fn product<'a>(elements: impl IntoIterator<Item = &'a Element>) -> EdwardsPoint {
    elements.into_iter().fold(EdwardsPoint::identity(), |sum, element| sum + element.point)
}

/// H(prefix, elements): SHA-256 over the prefix and the elements' digits joined by commas, taken as a
/// big-endian number modulo the order (Belenios specification, section "Group parameters").
pub(super) fn challenge(prefix: &str, elements: &[Element]) -> Scalar {
    let mut hasher = Sha256::new();
    hasher.update(prefix);
    for (place, element) in elements.iter().enumerate() {
        if place > 0 {
            hasher.update(",");
        }
        hasher.update(digits(&element.encoding));
    }
    number(hasher.finalize().into())
}

/// A 256-bit big-endian number, modulo the order.
pub(super) fn number(mut digest: [u8; 32]) -> Scalar {
    digest.reverse();
    Scalar::from_bytes_mod_order(digest)
}

/// Exponents as decimal numbers: for `#[serde(with = "decimal")]`.
pub(super) mod decimal {
    use curve25519_dalek::scalar::Scalar;
    use serde::{Deserializer, Serializer};

    use super::super::text;

    /// Digits of the largest exponent, q - 1.
    pub const DIGITS_MAX: usize = 76;

    const GROUP: u64 = 1_000_000_000;

    /// Why a text is not an exponent.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
    pub enum DecimalFault {
        #[error("an exponent is a decimal number without leading zeros")]
        NotDecimal,
        #[error("this exponent is not smaller than the order of the group")]
        TooLarge,
    }

    /// The decimal digits of an exponent.
    pub fn to_text(scalar: &Scalar) -> String {
        let mut limbs = limbs(scalar.as_bytes());
        // 2^256 has 78 digits: nine groups of nine.
        let groups: [u32; 9] = std::array::from_fn(|_| divide(&mut limbs));
        let digits: String = groups.iter().rev().map(|group| format!("{group:09}")).collect();
        match digits.trim_start_matches('0') {
            "" => "0".to_owned(),
            trimmed => trimmed.to_owned(),
        }
    }

    /// The exponent that the digits write, if they are its one canonical writing.
    pub fn from_text(digits: &str) -> Result<Scalar, DecimalFault> {
        let canonical = !digits.is_empty()
            && digits.bytes().all(|digit| digit.is_ascii_digit())
            && (digits == "0" || !digits.starts_with('0'));
        if !canonical {
            return Err(DecimalFault::NotDecimal);
        }
        if digits.len() > DIGITS_MAX {
            return Err(DecimalFault::TooLarge);
        }
        let mut limbs = [0; 8];
        for digit in digits.bytes() {
            multiply_add(&mut limbs, digit - b'0');
        }
        let mut bytes = [0; 32];
        for (place, limb) in bytes.chunks_exact_mut(4).zip(limbs) {
            place.copy_from_slice(&limb.to_le_bytes());
        }
        Option::from(Scalar::from_canonical_bytes(bytes)).ok_or(DecimalFault::TooLarge)
    }

    fn limbs(bytes: &[u8; 32]) -> [u32; 8] {
        let mut limbs = [0; 8];
        for (limb, place) in limbs.iter_mut().zip(bytes.as_chunks::<4>().0) {
            *limb = u32::from_le_bytes(*place);
        }
        limbs
    }

    /// Divides by 10^9 in place and returns the remainder.
    fn divide(limbs: &mut [u32; 8]) -> u32 {
        let rest = limbs.iter_mut().rev().fold(0, |rest, limb| {
            let number = (rest << 32) | u64::from(*limb);
            *limb = (number / GROUP) as u32;
            number % GROUP
        });
        rest as u32
    }

    /// Appends a decimal digit; 76 of them fit.
    fn multiply_add(limbs: &mut [u32; 8], digit: u8) {
        limbs.iter_mut().fold(u64::from(digit), |carry, limb| {
            let number = u64::from(*limb) * 10 + carry;
            *limb = number as u32;
            number >> 32
        });
    }

    pub fn serialize<S: Serializer>(scalar: &Scalar, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_text(scalar))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Scalar, D::Error> {
        text::deserialize_with(deserializer, from_text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
    use rand::SeedableRng;

    const ORDER: &str = "7237005577332262213973186563042994240857116359379907606001950938285454250989";

    #[test]
    fn decimals_round_trip() {
        let mut rng = rand::rngs::StdRng::seed_from_u64(1);
        for scalar in [Scalar::ZERO, Scalar::ONE, -Scalar::ONE, Scalar::random(&mut rng)] {
            assert_eq!(decimal::from_text(&decimal::to_text(&scalar)), Ok(scalar));
        }
        assert_eq!(decimal::to_text(&Scalar::ZERO), "0");
        assert_eq!(decimal::to_text(&(-Scalar::ONE)), ORDER.replace("989", "988"));
    }

    #[test]
    fn decimals_have_one_writing() {
        use decimal::DecimalFault::{NotDecimal, TooLarge};
        for (text, fault) in [
            ("", NotDecimal),
            ("00", NotDecimal),
            ("01", NotDecimal),
            ("-1", NotDecimal),
            ("+1", NotDecimal),
            (" 1", NotDecimal),
            ("1e3", NotDecimal),
            ("٣", NotDecimal),
            (ORDER, TooLarge),
            (&"9".repeat(76), TooLarge),
            (&"1".repeat(78), TooLarge),
        ] {
            assert_eq!(decimal::from_text(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn the_generator_reads_as_the_tool_writes_it() {
        let text = "6666666666666666666666666666666666666666666666666666666666666658";
        assert_eq!(Element::new(ED25519_BASEPOINT_POINT).to_string(), text);
        assert_eq!(text.parse(), Ok(Element::new(ED25519_BASEPOINT_POINT)));
    }

    #[test]
    fn elements_are_checked() {
        use ElementFault::{NotCanonical, NotHex, NotOnCurve, Torsion};
        let hex = |point: EdwardsPoint| Element::new(point).to_string();
        let neutral = format!("{:064x}", 1);
        assert!(neutral.parse::<Element>().is_ok_and(|element| element.is_neutral()));
        let generator = Element::new(ED25519_BASEPOINT_POINT).to_string();
        let mut wrong = vec![
            (generator.to_uppercase().replace('6', "A"), NotHex),
            (generator[1..].to_owned(), NotHex),
            (format!("{generator}0"), NotHex),
            (format!("0x{}", &generator[2..]), NotHex),
            // y = 2 is on no point of the curve
            (format!("{:064x}", 2), NotOnCurve),
            // the neutral element with the sign of a negative x
            (format!("8{}", &neutral[1..]), NotCanonical),
            // y = p + 1, the neutral element again
            (format!("7f{}ee", "ff".repeat(30)), NotCanonical),
            (format!("ff{}ff", "ff".repeat(30)), NotCanonical),
        ];
        for torsion in &EIGHT_TORSION[1..] {
            wrong.push((hex(*torsion), Torsion));
            wrong.push((hex(ED25519_BASEPOINT_POINT + torsion), Torsion));
        }
        for (text, fault) in wrong {
            assert_eq!(text.parse::<Element>(), Err(fault), "{text}");
        }
    }
}
