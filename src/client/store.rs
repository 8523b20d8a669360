//! What a terminal keeps: its identity, and of a ballot only what is needed to go on after a crash. A folder of its own
//! for each meeting and seat, locked while in use, so that several terminals can run on one machine. Simulated people
//! keep it in memory.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rand::CryptoRng;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use serde::{Deserialize, Serialize};

use super::exam::KeptExam;
use super::hubs::KeptHubs;
use super::safe::SafeKey;
use super::scrutineer::{KeptFactors, KeptShare};
use super::slips::KeptSlips;
use crate::ballot::{BallotHash, Token};
use crate::disk::{self, Disk};
use crate::meeting::{Actor, BallotId, Identity, ItemId, SessionId};
use crate::wire::Receipt;
use crate::wire::code::SeatCode;
use crate::wire::tls::Pin;

const FORMAT: &str = "plenum-terminal/1";

/// The file of the machines that are or may be the hub.
const HUBS: &str = "hubs.json";

/// The file of a scrutineer's share.
const SHARE: &str = "share.json";

/// Who this terminal is, once enrolled.
#[derive(Clone)]
pub struct Enrolled {
    /// Host and port of the hub.
    pub hub: String,
    /// The hub's certificate.
    pub pin: Pin,
    /// The session.
    pub session: SessionId,
    /// Whose terminal.
    pub actor: Actor,
    /// The key that signs for it.
    pub identity: Identity,
    /// The code with which it was enrolled, as long as this process runs: a scrutineer's share is kept under it.
    pub code: Option<SeatCode>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIdentity {
    format: String,
    hub: String,
    pin: Pin,
    session: SessionId,
    actor: Actor,
    identity: String,
}

/// What is kept of one ballot. The marks never are.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptPaper {
    /// The credential's secret, in hex.
    pub credential: String,
    /// The request with its blind, in hex; erased with the token in hand.
    pub request: Option<String>,
    /// The token.
    pub token: Option<Token>,
    /// Whether the credential is registered.
    pub registered: bool,
    /// The encrypted ballot, kept before it is sent.
    pub sealed: Option<String>,
    /// Its hash.
    pub hash: Option<BallotHash>,
    /// The hub's receipt.
    pub receipt: Option<Receipt>,
}

impl Drop for KeptPaper {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.credential);
        zeroize::Zeroize::zeroize(&mut self.request);
    }
}

/// Where a terminal keeps things.
#[derive(Debug)]
pub enum Store {
    /// A locked folder.
    Folder {
        /// The folder of this meeting and seat.
        folder: PathBuf,
        /// Held as long as the terminal runs.
        lock: File,
        /// The disk on which it is.
        disk: Disk,
    },
    /// Memory: lost with the process. For simulated people.
    Memory(BTreeMap<String, Vec<u8>>),
}

fn invalid(says: impl ToString) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, says.to_string())
}

fn write_json<T: Serialize>(disk: &Disk, path: &Path, value: &T) -> io::Result<()> {
    let bytes = zeroize::Zeroizing::new(serde_json::to_vec(value).map_err(invalid)?);
    disk.replace(path, &bytes)
}

impl Store {
    /// Keeps an identity in a folder of its own below `root`, and locks it; and an empty safe, as long as the code of the
    /// seat is known: what is put into it later must open with this code and no other.
    ///
    /// # Errors
    /// When it cannot be written or another terminal uses it.
    pub fn keep(root: &Path, enrolled: &Enrolled) -> io::Result<Self> {
        let folder = root.join(format!("{}-{}", enrolled.session, enrolled.actor));
        disk::ensure_folder(root)?;
        disk::ensure_folder(&folder)?;
        let lock = lock(&folder)?;
        let written = WrittenIdentity {
            format: FORMAT.to_owned(),
            hub: enrolled.hub.clone(),
            pin: enrolled.pin.clone(),
            session: enrolled.session.clone(),
            actor: enrolled.actor.clone(),
            identity: data_encoding::HEXLOWER.encode(&*enrolled.identity.to_bytes()),
        };
        let disk = Disk::default();
        let mut store = Self::Folder { folder, lock, disk };
        if let (Some(code), Some(_)) = (&enrolled.code, enrolled.actor.seat()) {
            let key = SafeKey::derive(code, enrolled.session.as_str(), &enrolled.actor.to_string())?;
            store.put_share(None, &key, &mut UnwrapErr(SysRng))?;
        }
        // Last: whoever finds an identity finds the safe too.
        store.write("identity.json".to_owned(), &written)?;
        Ok(store)
    }

    /// The identities kept below `root` for a meeting that has its hub, or a machine that stands by, at this address, and that
    /// no other terminal uses now.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn find(root: &Path, hub: &str) -> io::Result<Vec<(Enrolled, Self)>> {
        let mut found = Self::find_any(root)?;
        found.retain(|(enrolled, store)| {
            let known = store.hubs().unwrap_or_default().hubs;
            enrolled.hub == hub || known.iter().any(|known| known.address == hub)
        });
        Ok(found)
    }

    /// The identities kept below `root` that no other terminal uses now, whatever their hub.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn find_any(root: &Path) -> io::Result<Vec<(Enrolled, Self)>> {
        let mut found = Vec::new();
        let entries = match fs::read_dir(root) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            Err(error) => return Err(error),
        };
        let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        folders.sort();
        for folder in folders {
            let Some(enrolled) = read_identity(&folder) else { continue };
            if let Ok(lock) = lock(&folder) {
                found.push((enrolled, Self::Folder { folder, lock, disk: Disk::default() }));
            }
        }
        Ok(found)
    }

    /// The key to enrol with: the same again if the answer to the last try was lost.
    ///
    /// # Errors
    /// When it cannot be kept.
    pub fn pending_key(root: &Path, fresh: Identity) -> io::Result<Identity> {
        let path = root.join("pending.json");
        let kept = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<String>(&bytes).ok());
        if let Some(identity) = kept.and_then(|hex| identity(&hex)) {
            return Ok(identity);
        }
        write_json(&Disk::default(), &path, &data_encoding::HEXLOWER.encode(&*fresh.to_bytes()))?;
        Ok(fresh)
    }

    /// Forgets the key of [`Store::pending_key`]: it is enrolled and kept, or the code was refused.
    pub fn forget_pending(root: &Path) {
        let _ = fs::remove_file(root.join("pending.json"));
    }

    /// The same, on this disk; what is in memory has none.
    #[must_use]
    pub fn on(self, disk: Disk) -> Self {
        match self {
            Self::Folder { folder, lock, .. } => Self::Folder { folder, lock, disk },
            memory @ Self::Memory(_) => memory,
        }
    }

    /// The folder of this meeting and seat; none where everything is in memory.
    pub fn folder(&self) -> Option<&Path> {
        if let Self::Folder { folder, .. } = self { Some(folder) } else { None }
    }

    /// The machines that are or may be the hub, if there are others than the first.
    pub fn hubs(&self) -> Option<KeptHubs> {
        self.read(HUBS)
    }

    /// Keeps them, durably.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_hubs(&mut self, hubs: &KeptHubs) -> io::Result<()> {
        self.write(HUBS.to_owned(), hubs)
    }

    /// Sets lines aside that were in the record before a standby took over by force, and are no more: proof of what was. The
    /// name of the file; none where everything is in memory.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn set_aside(&self, after: u64, lines: &[String]) -> io::Result<Option<String>> {
        let Self::Folder { folder, disk, .. } = self else { return Ok(None) };
        let name = format!("after-line-{after}.jsonl");
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        disk.replace(&folder.join(&name), text.as_bytes())?;
        Ok(Some(name))
    }

    /// What is kept of a ballot.
    pub fn paper(&self, ballot: &BallotId) -> Option<KeptPaper> {
        self.read(&format!("{ballot}.paper.json"))
    }

    /// Keeps a ballot, durably.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_paper(&mut self, ballot: &BallotId, paper: &KeptPaper) -> io::Result<()> {
        self.write(format!("{ballot}.paper.json"), paper)
    }

    /// What is kept of a review's slips.
    pub fn slips(&self, item: &ItemId) -> Option<KeptSlips> {
        self.read(&format!("{item}.slips.json"))
    }

    /// Keeps a review's slips, durably.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_slips(&mut self, item: &ItemId, slips: &KeptSlips) -> io::Result<()> {
        self.write(format!("{item}.slips.json"), slips)
    }

    /// What is kept of an exam.
    pub fn exam(&self, item: &ItemId) -> Option<KeptExam> {
        self.read(&format!("{item}.exam.json"))
    }

    /// Keeps the answers of an exam, durably.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn keep_exam(&mut self, item: &ItemId, exam: &KeptExam) -> io::Result<()> {
        self.write(format!("{item}.exam.json"), exam)
    }

    /// Forgets the answers of an exam: its results are declared.
    pub fn forget_exam(&mut self, item: &ItemId) {
        self.remove(&format!("{item}.exam.json"));
    }

    /// What is kept of an opening.
    pub fn factors(&self, ballot: &BallotId) -> Option<KeptFactors> {
        self.read(&format!("{ballot}.factors.json"))
    }

    /// Keeps what is given for an opening, durably.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_factors(&mut self, ballot: &BallotId, factors: &KeptFactors) -> io::Result<()> {
        self.write(format!("{ballot}.factors.json"), factors)
    }

    /// The share of the key, if there is one; `safe` is none where everything is in memory.
    ///
    /// # Errors
    /// When this is not the key under which the safe was made (`InvalidData`), or there is no safe (`NotFound`).
    pub fn share(&self, safe: Option<&SafeKey>) -> io::Result<Option<KeptShare>> {
        let Some(safe) = safe else { return Ok(self.read(SHARE)) };
        let missing = || io::Error::new(io::ErrorKind::NotFound, format!("{SHARE} is missing or damaged"));
        let sealed = self.read::<String>(SHARE).ok_or_else(missing)?;
        let sealed = data_encoding::BASE64.decode(sealed.as_bytes()).map_err(invalid)?;
        let bytes = safe.open(&sealed).ok_or_else(|| invalid("not the code under which it was kept"))?;
        serde_json::from_slice(&bytes).map_err(invalid)
    }

    /// Keeps the share of the key, durably, and encrypted where it is on a disk.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn keep_share<R: CryptoRng>(
        &mut self,
        share: &KeptShare,
        safe: Option<&SafeKey>,
        rng: &mut R,
    ) -> io::Result<()> {
        match safe {
            Some(safe) => self.put_share(Some(share), safe, rng),
            None => self.write(SHARE.to_owned(), share),
        }
    }

    fn put_share<R: CryptoRng>(
        &mut self,
        share: Option<&KeptShare>,
        safe: &SafeKey,
        rng: &mut R,
    ) -> io::Result<()> {
        let bytes = zeroize::Zeroizing::new(serde_json::to_vec(&share).map_err(invalid)?);
        let sealed = data_encoding::BASE64.encode(&safe.seal(&bytes, rng)?);
        self.write(SHARE.to_owned(), &sealed)
    }

    /// Forgets the paper of a ballot: its box is checked.
    pub fn forget_paper(&mut self, ballot: &BallotId) {
        self.remove(&format!("{ballot}.paper.json"));
    }

    /// Forgets everything but who this terminal is: the record is sealed, and nothing is left to be done with it.
    pub fn forget_secrets(&mut self) {
        match self {
            Self::Folder { folder, .. } => {
                let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
                for path in names.filter(|path| {
                    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                    name.ends_with(".json") && name != "identity.json"
                }) {
                    let _ = fs::remove_file(path);
                }
            }
            Self::Memory(files) => files.clear(),
        }
    }

    /// Forgets a review's slips: that this terminal wrote them is known nowhere any more.
    pub fn forget_slips(&mut self, item: &ItemId) {
        self.remove(&format!("{item}.slips.json"));
    }

    fn remove(&mut self, name: &str) {
        match self {
            Self::Folder { folder, .. } => {
                let _ = fs::remove_file(folder.join(name));
            }
            Self::Memory(files) => {
                if let Some(mut bytes) = files.remove(name) {
                    zeroize::Zeroize::zeroize(&mut bytes);
                }
            }
        }
    }

    fn read<T: serde::de::DeserializeOwned>(&self, name: &str) -> Option<T> {
        let bytes = match self {
            Self::Folder { folder, .. } => fs::read(folder.join(name)).ok()?,
            Self::Memory(files) => files.get(name)?.clone(),
        };
        serde_json::from_slice(&zeroize::Zeroizing::new(bytes)).ok()
    }

    fn write<T: Serialize>(&mut self, name: String, value: &T) -> io::Result<()> {
        match self {
            Self::Folder { folder, disk, .. } => write_json(disk, &folder.join(name), value),
            Self::Memory(files) => {
                files.insert(name, serde_json::to_vec(value).map_err(invalid)?);
                Ok(())
            }
        }
    }
}

fn lock(folder: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    file.try_lock().map_err(|error| io::Error::new(io::ErrorKind::ResourceBusy, error.to_string()))?;
    Ok(file)
}

fn identity(hex: &str) -> Option<Identity> {
    let bytes: [u8; 32] = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()?;
    Some(Identity::from_bytes(&bytes))
}

fn read_identity(folder: &Path) -> Option<Enrolled> {
    let bytes = fs::read(folder.join("identity.json")).ok()?;
    let written: WrittenIdentity = serde_json::from_slice(&bytes).ok()?;
    if written.format != FORMAT {
        return None;
    }
    Some(Enrolled {
        identity: identity(&written.identity)?,
        code: None,
        hub: written.hub,
        pin: written.pin,
        session: written.session,
        actor: written.actor,
    })
}
