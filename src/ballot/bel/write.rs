//! Making an archive. The same contents give the same bytes.

use super::event::{DATA_ENDING, EVENT_ENDING, Event, EventKind, HEADER_NAME, Header};
use super::tar::{self, SECONDS_MAX};
use crate::ballot::paper::BallotHash;
use crate::ballot::setup::Setup;
use crate::ballot::tally::{EncryptedTally, Outcome, PartialDecryption};
use crate::ballot::text::{sha256_hex, to_json};

/// Writes an archive event by event.
///
/// It leaves the order of the calls to its caller (begin, ballots, end, and then perhaps tally,
/// factors and result); [`verify_bel`](super::verify_bel) refuses any other. Ballots should come sorted
/// by hash, so that their order says nothing.
#[derive(Debug, Clone)]
pub struct BelWriter {
    archive: Vec<u8>,
    seconds: u64,
    parent: Option<String>,
    height: u64,
}

impl BelWriter {
    /// Begins with the setup. The time, in seconds since 1970, is that of every member; years after
    /// 2242 do not fit the format and are cut off there.
    pub fn begin(setup: &Setup, timestamp_seconds: u64) -> Self {
        let mut writer = Self::empty(timestamp_seconds.min(SECONDS_MAX));
        writer.event(
            EventKind::Setup,
            &[
                setup.election().bytes(),
                setup.trustees().bytes(),
                &setup.credentials_bytes(),
                &setup.setup_data_bytes(),
            ],
        );
        writer
    }

    /// An archive with its header alone.
    pub(super) fn empty(seconds: u64) -> Self {
        let header = Header { version: 1, timestamp: seconds.to_string() };
        let mut archive = Vec::new();
        tar::append(&mut archive, HEADER_NAME, to_json(&header).as_bytes(), seconds);
        Self { archive, seconds, parent: None, height: 0 }
    }

    /// Adds a ballot; returns its hash.
    pub fn ballot(&mut self, bytes: &[u8]) -> BallotHash {
        self.event(EventKind::Ballot, &[bytes]);
        BallotHash::of(bytes)
    }

    /// Closes the box. An archive of an election that is not opened ends here.
    pub fn end_ballots(&mut self) {
        self.event(EventKind::EndBallots, &[]);
    }

    /// Adds the encrypted sums.
    pub fn encrypted_tally(&mut self, tally: &EncryptedTally) {
        self.event(EventKind::EncryptedTally, &[&tally.bytes(), &tally.sized_bytes()]);
    }

    /// Adds the factors of the trustee of this number.
    pub fn partial_decryption(&mut self, owner: u32, partial: &PartialDecryption) {
        self.event(EventKind::PartialDecryption, &[&partial.bytes(), &partial.owned_bytes(owner)]);
    }

    /// Adds the result.
    pub fn result(&mut self, outcome: &Outcome) {
        self.event(EventKind::Result, &[&outcome.bytes]);
    }

    /// The archive so far.
    pub fn bytes(&self) -> &[u8] {
        &self.archive
    }

    /// The archive.
    pub fn into_bytes(self) -> Vec<u8> {
        self.archive
    }

    /// The hash of the last event, which commits to the whole archive.
    pub fn head(&self) -> &str {
        self.parent.as_deref().unwrap_or_default()
    }

    /// Appends records and their event.
    pub(super) fn event(&mut self, kind: EventKind, records: &[&[u8]]) {
        let mut payload = None;
        for record in records {
            payload = Some(self.record(record, DATA_ENDING));
        }
        let event = Event { parent: self.parent.take(), height: self.height, kind, payload };
        self.parent = Some(self.record(to_json(&event).as_bytes(), EVENT_ENDING));
        self.height += 1;
    }

    /// Appends a record under the name of its hash; returns the hash.
    fn record(&mut self, body: &[u8], ending: &str) -> String {
        let hash = sha256_hex(body);
        tar::append(&mut self.archive, &format!("{hash}{ending}"), body, self.seconds);
        hash
    }
}
