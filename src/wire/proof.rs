//! Proofs of who is at the other end. Each is bound to the TLS connection by its exporter value (RFC 8446, 7.5), so
//! that a machine in the middle, which holds two connections, gains nothing by passing them on.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::code::CodeDigest;
use crate::ballot::BallotHash;
use crate::meeting::{Actor, BallotId, SessionId};

/// The exporter's label.
pub const EXPORTER_LABEL: &[u8] = b"EXPORTER-plenum-v1";

/// The exporter value of a connection.
pub type Exporter = [u8; 32];

/// Which end proves that it knows a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The terminal, first.
    Terminal,
    /// The hub, in answer.
    Hub,
}

/// HMAC-SHA-256 under the code's digest over end, connection and the key to be enrolled, in hex.
pub fn of_code(digest: &CodeDigest, end: End, exporter: &Exporter, key: &str) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(digest.as_bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes a key of any length"));
    mac.update(match end {
        End::Terminal => b"plenum/v1/enrol/terminal|",
        End::Hub => b"plenum/v1/enrol/hub|",
    });
    mac.update(exporter);
    mac.update(b"|");
    mac.update(key.as_bytes());
    data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes())
}

/// Compares two proofs in constant time.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// What an enrolled screen signs to come back.
pub fn connect_text(session: &SessionId, actor: &Actor, exporter: &Exporter) -> String {
    format!("plenum/v1/connect|{session}|{actor}|{}", data_encoding::HEXLOWER.encode(exporter))
}

/// What a hub signs for a returned ballot.
pub fn receipt_text(session: &SessionId, ballot: &BallotId, election: &str, hash: &BallotHash) -> String {
    format!("plenum/v1/receipt|{session}|{ballot}|{election}|{hash}")
}
