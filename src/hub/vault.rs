//! `private/`: what must not be ordered, shown or kept. Keys of this hub, the papers being issued, codes, the box. The
//! seal unlinks all of it.

use std::fs;
use std::path::{Path, PathBuf};

use rand::CryptoRng;
use serde::{Deserialize, Serialize};

use crate::archive::Transcript;
use crate::ballot::{TrusteeKey, VoprfIssuer};
use crate::disk::Disk;
use crate::meeting::{
    Admitted, AnswerSheet, BallotId, Identity, ItemId, OpenedBank, SeatId, SessionId, SlipAct,
};
use crate::wire::tls::{Certificate, Pin};

const FORMAT: &str = "plenum-hub/1";

/// The keys of the hub.
const HUB: &str = "hub.json";

/// The keys of a machine that stands by.
const STANDBY: &str = "standby.json";

/// The seal while it is being signed.
const SEAL: &str = "seal.json";

/// The hub's own store.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
    disk: Disk,
}

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum VaultFault {
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A file is not what this version writes.
    #[error("{path}: {says}")]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        says: String,
    },
}

/// The hub's keys.
pub struct Keys {
    /// The session.
    pub session: SessionId,
    /// Signs what no seat commanded, receipts, and the seal.
    pub identity: Identity,
    /// Opens the ballot boxes, where the plan leaves that to the console; otherwise there is none here.
    pub trustee: Option<TrusteeKey>,
    /// What terminals pin.
    pub certificate: Certificate,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenKeys {
    format: String,
    session: SessionId,
    identity: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    trustee: Option<String>,
    certificate: String,
    certificate_key: String,
}

impl Drop for WrittenKeys {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.identity);
        zeroize::Zeroize::zeroize(&mut self.trustee);
        zeroize::Zeroize::zeroize(&mut self.certificate_key);
    }
}

/// The keys of a machine that stands by, and whom it follows. They become a hub's when it takes over; the hub's own keys
/// never come here.
pub struct StandbyKeys {
    /// Its keys.
    pub keys: Keys,
    /// Host and port of the hub.
    pub hub: String,
    /// The hub's certificate.
    pub pin: Pin,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStandby {
    keys: WrittenKeys,
    hub: String,
    pin: Pin,
}

/// The papers of one round while they are being issued.
pub struct Papers {
    /// The key of this round.
    pub issuer: VoprfIssuer,
    /// What was registered so far, sorted by credential: no order, no time.
    pub admitted: Vec<Admitted>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPapers {
    format: String,
    issuer: String,
    admitted: Vec<Admitted>,
}

/// The slips of one review.
pub struct Slips {
    /// The key of this review's slips.
    pub issuer: VoprfIssuer,
    /// What came since the last tick, sorted by key and number, each with its token: no order, no time.
    pub pending: Vec<SlipAct>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSlips {
    format: String,
    issuer: String,
    pending: Vec<SlipAct>,
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// What a disk that was full must take before screens say that it is well again.
const ROOM_BYTES: usize = 64 * 1024;

impl Vault {
    /// The store in this folder, which is made when something is written.
    pub fn new(folder: &Path) -> Self {
        Self::on(folder, Disk::default())
    }

    /// The same on this disk.
    pub fn on(folder: &Path, disk: Disk) -> Self {
        Self { folder: folder.to_owned(), disk }
    }

    /// The disk on which it is.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Makes durable which files there are, those also of a replacement that failed at the last step, or whose hub was
    /// killed there.
    ///
    /// # Errors
    /// When it is not known that they are.
    pub fn sync(&self) -> Result<(), VaultFault> {
        let path = self.folder.clone();
        match self.folder.is_dir() {
            true => self.disk.sync_folder(&self.folder).map_err(|error| VaultFault::Io { path, error }),
            false => Ok(()),
        }
    }

    /// Writes a file durably that nobody needs, and removes it.
    ///
    /// # Errors
    /// When there is no room for what a meeting writes in its next minutes.
    pub fn try_room(&self) -> Result<(), VaultFault> {
        let path = self.folder.join("room");
        let written = self.disk.write_over(&path, &[0; ROOM_BYTES]);
        let removed = self.disk.remove(&path);
        written.and(removed).map_err(|error| VaultFault::Io { path, error })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The hub's keys; made at the first start, with one for the ballot boxes where `console_opens` them.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn keys<R: CryptoRng>(&self, console_opens: bool, rng: &mut R) -> Result<Keys, VaultFault> {
        let path = self.folder.join(HUB);
        if let Some(written) = self.read::<WrittenKeys>(&path)? {
            return open_keys(&written).ok_or_else(|| malformed(&path, "a key is malformed"));
        }
        let certificate = Certificate::generate().map_err(|error| malformed(&path, &error.to_string()))?;
        let session = {
            use rand::RngExt;
            SessionId::from(hex(&rng.random::<[u8; 16]>()))
        };
        let keys = Keys {
            session,
            identity: Identity::generate(rng),
            trustee: console_opens.then(|| TrusteeKey::generate(rng)),
            certificate,
        };
        self.keep_keys(&keys)?;
        Ok(keys)
    }

    /// Keeps the keys of a machine that is the hub from here on.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_keys(&self, keys: &Keys) -> Result<(), VaultFault> {
        self.write(&self.folder.join(HUB), &written(keys))
    }

    /// Whether there are keys of a machine that stands by and has not become the hub.
    pub fn stands_by(&self) -> bool {
        self.folder.join(STANDBY).exists() && !self.folder.join(HUB).exists()
    }

    /// The keys of a machine that stands by, if it does.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn standby_keys(&self) -> Result<Option<StandbyKeys>, VaultFault> {
        let path = self.folder.join(STANDBY);
        let Some(WrittenStandby { keys, hub, pin }) = self.read(&path)? else { return Ok(None) };
        let keys = open_keys(&keys).ok_or_else(|| malformed(&path, "a key is malformed"))?;
        Ok(Some(StandbyKeys { keys, hub, pin }))
    }

    /// Keeps the keys of a machine that stands by.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_standby_keys(&self, kept: &StandbyKeys) -> Result<(), VaultFault> {
        let StandbyKeys { keys, hub, pin } = kept;
        let written = WrittenStandby { keys: written(keys), hub: hub.clone(), pin: pin.clone() };
        self.write(&self.folder.join(STANDBY), &written)
    }

    /// The papers of a round, if any were begun.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn papers(&self, ballot: &BallotId) -> Result<Option<Papers>, VaultFault> {
        let path = self.papers_path(ballot);
        let Some(written) = self.read::<WrittenPapers>(&path)? else { return Ok(None) };
        let issuer = data_encoding::HEXLOWER
            .decode(written.issuer.as_bytes())
            .ok()
            .and_then(|bytes| VoprfIssuer::from_bytes(&bytes).ok())
            .ok_or_else(|| malformed(&path, "the key of the papers is malformed"))?;
        Ok(Some(Papers { issuer, admitted: written.admitted }))
    }

    /// Keeps the papers of a round, durably.
    ///
    /// # Errors
    /// When the store cannot be written; then the old state stands.
    pub fn keep_papers(&self, ballot: &BallotId, papers: &Papers) -> Result<(), VaultFault> {
        let written = WrittenPapers {
            format: FORMAT.to_owned(),
            issuer: hex(&*papers.issuer.to_bytes()),
            admitted: papers.admitted.clone(),
        };
        self.write(&self.papers_path(ballot), &written)
    }

    /// The slips of a review, if any were issued.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn slips(&self, item: &ItemId) -> Result<Option<Slips>, VaultFault> {
        let path = self.slips_path(item);
        let Some(written) = self.read::<WrittenSlips>(&path)? else { return Ok(None) };
        let issuer = data_encoding::HEXLOWER
            .decode(written.issuer.as_bytes())
            .ok()
            .and_then(|bytes| VoprfIssuer::from_bytes(&bytes).ok())
            .ok_or_else(|| malformed(&path, "the key of the slips is malformed"))?;
        Ok(Some(Slips { issuer, pending: written.pending }))
    }

    /// Keeps the slips of a review, durably.
    ///
    /// # Errors
    /// When the store cannot be written; then the old state stands.
    pub fn keep_slips(&self, item: &ItemId, slips: &Slips) -> Result<(), VaultFault> {
        let written = WrittenSlips {
            format: FORMAT.to_owned(),
            issuer: hex(&*slips.issuer.to_bytes()),
            pending: slips.pending.clone(),
        };
        self.write(&self.slips_path(item), &written)
    }

    /// The bank and the seed of an exam.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn exam(&self, item: &ItemId) -> Result<Option<OpenedBank>, VaultFault> {
        self.read(&self.folder.join(format!("{item}.exam.json")))
    }

    /// Keeps bank and seed of an exam, durably.
    ///
    /// # Errors
    /// When the store cannot be written; then the old state stands.
    pub fn keep_exam(&self, item: &ItemId, opened: &OpenedBank) -> Result<(), VaultFault> {
        self.write(&self.folder.join(format!("{item}.exam.json")), opened)
    }

    /// The last sheet of a seat, if one was kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sheet(&self, item: &ItemId, seat: &SeatId) -> Result<Option<AnswerSheet>, VaultFault> {
        self.read(&self.sheet_path(item, seat))
    }

    /// Keeps a sheet, durably; the version before is gone.
    ///
    /// # Errors
    /// When the store cannot be written; then the old state stands.
    pub fn keep_sheet(&self, item: &ItemId, seat: &SeatId, sheet: &AnswerSheet) -> Result<(), VaultFault> {
        self.write(&self.sheet_path(item, seat), sheet)
    }

    /// Items have no dot in their names, so that no two of these are the same file.
    fn sheet_path(&self, item: &ItemId, seat: &SeatId) -> PathBuf {
        self.folder.join(format!("{item}.{seat}.sheet.json"))
    }

    fn slips_path(&self, item: &ItemId) -> PathBuf {
        self.folder.join(format!("{item}.slips.json"))
    }

    /// The seal as far as it has been signed; none if nobody has, or what is there does not read.
    pub fn seal(&self) -> Option<Transcript> {
        Transcript::read(&fs::read(self.folder.join(SEAL)).ok()?).ok()
    }

    /// Keeps the seal as far as it has been signed, durably.
    ///
    /// # Errors
    /// When the store cannot be written; then the old state stands.
    pub fn keep_seal(&self, transcript: &Transcript) -> Result<(), VaultFault> {
        let path = self.folder.join(SEAL);
        self.disk.replace(&path, &transcript.bytes()).map_err(|error| VaultFault::Io { path, error })
    }

    /// The file of a round's box.
    pub fn box_path(&self, ballot: &BallotId) -> PathBuf {
        self.folder.join(format!("{ballot}.box"))
    }

    fn papers_path(&self, ballot: &BallotId) -> PathBuf {
        self.folder.join(format!("{ballot}.papers.json"))
    }

    fn read<T: serde::de::DeserializeOwned>(&self, path: &Path) -> Result<Option<T>, VaultFault> {
        let bytes = match fs::read(path) {
            Ok(bytes) => zeroize::Zeroizing::new(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(VaultFault::Io { path: path.to_owned(), error }),
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| malformed(path, &error.to_string()))
    }

    fn write<T: Serialize>(&self, path: &Path, written: &T) -> Result<(), VaultFault> {
        let bytes = serde_json::to_vec(written).map_err(|error| malformed(path, &error.to_string()))?;
        let bytes = zeroize::Zeroizing::new(bytes);
        self.disk.replace(path, &bytes).map_err(|error| VaultFault::Io { path: path.to_owned(), error })
    }
}

fn malformed(path: &Path, says: &str) -> VaultFault {
    VaultFault::Malformed { path: path.to_owned(), says: says.to_owned() }
}

fn written(keys: &Keys) -> WrittenKeys {
    WrittenKeys {
        format: FORMAT.to_owned(),
        session: keys.session.clone(),
        identity: hex(&*keys.identity.to_bytes()),
        trustee: keys.trustee.as_ref().map(|trustee| hex(&*trustee.to_bytes())),
        certificate: hex(&keys.certificate.certificate),
        certificate_key: hex(&keys.certificate.key),
    }
}

fn open_keys(written: &WrittenKeys) -> Option<Keys> {
    let bytes = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
    let identity: zeroize::Zeroizing<[u8; 32]> =
        zeroize::Zeroizing::new(bytes(&written.identity)?.try_into().ok()?);
    Some(Keys {
        session: written.session.clone(),
        identity: Identity::from_bytes(&identity),
        trustee: match &written.trustee {
            Some(trustee) => Some(TrusteeKey::from_bytes(&bytes(trustee)?).ok()?),
            None => None,
        },
        certificate: Certificate {
            certificate: bytes(&written.certificate)?,
            key: zeroize::Zeroizing::new(bytes(&written.certificate_key)?),
        },
    })
    .filter(|_| written.format == FORMAT)
}
