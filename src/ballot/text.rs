//! Texts: hexadecimal and base64 digits, hashes, and JSON that has exactly one form.
//!
//! Hashes run over bytes as written. What is read must therefore be written in the one form in which
//! we would write it ourselves; [`from_canonical_json`] refuses everything else, which covers white
//! space, the order of the fields, escapes and fields left empty, whatever the parser would forgive.

use std::fmt;
use std::marker::PhantomData;

use data_encoding::{BASE64_NOPAD, HEXLOWER};
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::BallotError;

/// SHA-256.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The hash as archives write it.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// The hash as people and ballots write it: base64 without the padding, 43 characters.
pub(super) fn sha256_base64(bytes: &[u8]) -> String {
    BASE64_NOPAD.encode(&sha256(bytes))
}

/// Lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(bytes)
}

/// The same, into a formatter.
pub(super) fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{}", HEXLOWER.encode_display(bytes))
}

/// Exactly 2N lower-case hexadecimal digits.
pub(super) fn hex_to_bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    // `decode_mut` panics on a wrong length of its output, so that the length comes first.
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    HEXLOWER.decode_mut(text.as_bytes(), &mut bytes).ok()?;
    Some(bytes)
}

/// Lower-case hexadecimal digits, however many.
pub(super) fn hex_to_vec(text: &str) -> Option<Vec<u8>> {
    HEXLOWER.decode(text.as_bytes()).ok()
}

/// Writes JSON without white space, the fields in the order of their declaration.
pub(super) fn to_json<T: Serialize>(value: &T) -> String {
    // Our shapes have no maps with odd keys and no failing `Serialize`: there is nothing to report.
    // DEL is raw with serde_json and escaped by Yojson, after which Belenios's own JSON goes.
    serde_json::to_string(value).unwrap_or_default().replace('\u{7f}', "\\u007f")
}

/// Reads JSON that is written exactly as [`to_json`] would write it. `what` names it in the error.
pub(super) fn from_canonical_json<T>(what: &'static str, bytes: &[u8]) -> Result<T, BallotError>
where
    T: Serialize + DeserializeOwned,
{
    let value = from_json(what, bytes)?;
    require_canonical(what, &value, bytes)?;
    Ok(value)
}

/// Reads JSON in any form; [`require_canonical`] must follow.
pub(super) fn from_json<'a, T: Deserialize<'a>>(
    what: &'static str,
    bytes: &'a [u8],
) -> Result<T, BallotError> {
    serde_json::from_slice(bytes).map_err(|error| BallotError::Malformed { what, why: error.to_string() })
}

/// Refuses bytes that are not what we would write for this value.
pub(super) fn require_canonical<T: Serialize>(
    what: &'static str,
    value: &T,
    bytes: &[u8],
) -> Result<(), BallotError> {
    if to_json(value).as_bytes() == bytes { Ok(()) } else { Err(BallotError::NotCanonical { what }) }
}

/// Reads a JSON string through a function that may refuse it.
pub(super) fn deserialize_with<'de, D, T, E>(
    deserializer: D,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    E: fmt::Display,
{
    struct Text<F, T>(F, PhantomData<T>);

    impl<F, T, E> Visitor<'_> for Text<F, T>
    where
        F: FnOnce(&str) -> Result<T, E>,
        E: fmt::Display,
    {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<Fault: serde::de::Error>(self, text: &str) -> Result<T, Fault> {
            (self.0)(text).map_err(Fault::custom)
        }
    }

    deserializer.deserialize_str(Text(read, PhantomData)).map_err(D::Error::custom)
}

/// Serialises a type as the string of its `Display`, and reads it with its `FromStr`.
macro_rules! serde_as_text {
    ($type:ty) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::ballot::text::deserialize_with(deserializer, str::parse)
            }
        }
    };
}

/// Why a text is not the wire form of one of these types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{digits} lower-case hexadecimal digits are expected")]
pub struct HexFault {
    pub(super) digits: usize,
}

/// A type of so many bytes that is written as hexadecimal digits.
macro_rules! hex_type {
    ($(#[$doc:meta])* $name:ident, $bytes:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// The bytes.
            pub fn as_bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl From<[u8; $bytes]> for $name {
            fn from(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::ballot::text::HexFault;

            fn from_str(digits: &str) -> Result<Self, Self::Err> {
                $crate::ballot::text::hex_to_bytes(digits)
                    .map(Self)
                    .ok_or($crate::ballot::text::HexFault { digits: 2 * $bytes })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::ballot::text::write_hex(&self.0, f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        $crate::ballot::text::serde_as_text!($name);
    };
}

pub(super) use {hex_type, serde_as_text};
