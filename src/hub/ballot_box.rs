//! The ballot box: one preallocated file of equal slots, a random free slot for each ballot. It keeps no time and no
//! order: a disk seized afterwards does not tell who voted when.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rand::{CryptoRng, RngExt};
use sha2::{Digest, Sha256};

use crate::ballot::{BallotHash, CheckedBallot, PublicCredential};
use crate::disk::Disk;

/// Length and SHA-256 before each ballot: a slot that was torn by a crash, and so never acknowledged, is told from a
/// full one.
const SLOT_HEAD_BYTES: usize = 4 + 32;

/// An open box.
#[derive(Debug)]
pub struct BallotBox {
    file: File,
    path: PathBuf,
    disk: Disk,
    slot_bytes: usize,
    free: Vec<usize>,
    returned: BTreeMap<PublicCredential, Returned>,
    /// Also of what was there at the opening: whether it is durable is not known.
    unsynced: bool,
}

/// A ballot in the box.
#[derive(Debug)]
pub struct Returned {
    /// The ballot, checked.
    pub ballot: CheckedBallot,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What became of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Put {
    /// It is in the box; durable after the next [`BallotBox::sync`].
    In,
    /// These very bytes were in the box already.
    Again,
    /// Another ballot was returned under this credential.
    Second,
    /// There is no slot left: more ballots than papers.
    Full,
}

impl BallotBox {
    /// Opens the box of `papers` papers, or makes it; what it holds already is checked with `check`.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn open(
        path: &Path,
        papers: usize,
        ballot_bytes_max: usize,
        check: impl Fn(&[u8]) -> Option<CheckedBallot>,
    ) -> io::Result<Self> {
        Self::open_on(path, papers, ballot_bytes_max, check, Disk::default())
    }

    /// The same on this disk.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn open_on(
        path: &Path,
        papers: usize,
        ballot_bytes_max: usize,
        check: impl Fn(&[u8]) -> Option<CheckedBallot>,
        disk: Disk,
    ) -> io::Result<Self> {
        let slot_bytes = SLOT_HEAD_BYTES + ballot_bytes_max;
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        let bytes_wanted = (slot_bytes * papers) as u64;
        if file.metadata()?.len() != bytes_wanted {
            // A full disk shows now and not in mid-vote.
            disk.cut(&file, path, 0)?;
            file.seek(SeekFrom::Start(0))?;
            disk.blank(&mut file, path, bytes_wanted)?;
            disk.sync(&file, path)?;
            if let Some(folder) = path.parent() {
                disk.sync_folder(folder)?;
            }
        }
        let (free, returned) = (Vec::new(), BTreeMap::new());
        let mut open = Self { file, path: path.to_owned(), disk, slot_bytes, free, returned, unsynced: true };
        for slot in 0..papers {
            let held = open.read_slot(slot)?;
            match held.and_then(|bytes| Some((check(&bytes)?, bytes))) {
                Some((ballot, bytes)) => {
                    // After a sync that failed, a system may hold in memory what is not on the disk, and take the next sync
                    // for done. What reads well is written once more, the same bytes in the same place.
                    open.write_slot(slot, &bytes)?;
                    open.returned.insert(ballot.credential, Returned { ballot, bytes });
                }
                None => open.free.push(slot),
            }
        }
        Ok(open)
    }

    /// Puts a checked ballot in.
    ///
    /// # Errors
    /// When it cannot be written; then it is not in the box.
    pub fn put<R: CryptoRng>(&mut self, ballot: CheckedBallot, bytes: &[u8], rng: &mut R) -> io::Result<Put> {
        if let Some(returned) = self.returned.get(&ballot.credential) {
            return Ok(if returned.ballot.hash == ballot.hash { Put::Again } else { Put::Second });
        }
        if self.free.is_empty() {
            return Ok(Put::Full);
        }
        let place = rng.random_range(0..self.free.len());
        let Some(&slot) = self.free.get(place) else { return Ok(Put::Full) };
        self.write_slot(slot, bytes)?;
        self.free.swap_remove(place);
        self.unsynced = true;
        self.returned.insert(ballot.credential, Returned { ballot, bytes: bytes.to_vec() });
        Ok(Put::In)
    }

    /// Makes what was put in durable.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn sync(&mut self) -> io::Result<()> {
        if self.unsynced {
            self.disk.sync_data(&self.file, &self.path)?;
            self.unsynced = false;
        }
        Ok(())
    }

    /// The hash of the ballot that was returned under a credential.
    pub fn returned_under(&self, credential: &PublicCredential) -> Option<&BallotHash> {
        self.returned.get(credential).map(|returned| &returned.ballot.hash)
    }

    /// How many ballots are in.
    pub fn count(&self) -> usize {
        self.returned.len()
    }

    /// The hashes of the ballots, sorted.
    pub fn hashes(&self) -> Vec<BallotHash> {
        let mut hashes: Vec<BallotHash> =
            self.returned.values().map(|returned| returned.ballot.hash).collect();
        hashes.sort();
        hashes
    }

    /// The ballots, sorted by hash.
    pub fn ballots(&self) -> Vec<&Returned> {
        let mut ballots: Vec<&Returned> = self.returned.values().collect();
        ballots.sort_by_key(|a| a.ballot.hash);
        ballots
    }

    fn read_slot(&mut self, slot: usize) -> io::Result<Option<Vec<u8>>> {
        let mut held = vec![0u8; self.slot_bytes];
        self.file.seek(SeekFrom::Start((slot * self.slot_bytes) as u64))?;
        self.file.read_exact(&mut held)?;
        let Some((head, ballots)) = held.split_at_checked(SLOT_HEAD_BYTES) else { return Ok(None) };
        let Some((length, hash)) = head.split_at_checked(4) else { return Ok(None) };
        let length: [u8; 4] = length.try_into().unwrap_or_default();
        let Ok(length) = usize::try_from(u32::from_be_bytes(length)) else { return Ok(None) };
        let Some(bytes) = ballots.get(..length).filter(|bytes| !bytes.is_empty()) else { return Ok(None) };
        let sound = Sha256::digest(bytes).as_slice() == hash;
        Ok(sound.then(|| bytes.to_vec()))
    }

    fn write_slot(&mut self, slot: usize, bytes: &[u8]) -> io::Result<()> {
        let mut held = Vec::with_capacity(self.slot_bytes);
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        held.extend_from_slice(&length.to_be_bytes());
        held.extend_from_slice(&Sha256::digest(bytes));
        held.extend_from_slice(bytes);
        if held.len() > self.slot_bytes {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a ballot longer than a slot"));
        }
        held.resize(self.slot_bytes, 0);
        self.file.seek(SeekFrom::Start((slot * self.slot_bytes) as u64))?;
        self.disk.write(&mut self.file, &self.path, &held)
    }
}
