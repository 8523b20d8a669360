//! The whole folder for a standby that begins to follow, or begins anew: only what differs, in pieces. Files may change
//! while they are read; what changes goes after them as steps, and doing those again comes to the same.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::mirror::{PIECE_BYTES, pieces};
use crate::wire::standby::{Bytes, HeldFile, Step, is_mirrored};

/// A secret file of up to this length is replaced whole; ballot boxes and what is public go in pieces.
const WHOLE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The paths, below a folder and with `/`, of all files that a hub and its standby have in common.
///
/// # Errors
/// When the folder cannot be read.
pub fn mirrored(root: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else { continue };
            let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let kind = entry.file_type()?;
            if !is_mirrored(&path) {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What a folder holds of that, with lengths and hashes.
///
/// # Errors
/// When a file cannot be read.
pub fn held(root: &Path) -> io::Result<Vec<HeldFile>> {
    let mut files = Vec::new();
    for path in mirrored(root)? {
        let mut file = File::open(root.join(&path))?;
        let bytes = file.metadata()?.len();
        let sha256 = hash(&mut file, bytes)?.0;
        files.push(HeldFile { path, bytes, sha256 });
    }
    Ok(files)
}

/// SHA-256 of the next so many bytes, and how many there were.
fn hash(file: &mut File, bytes: u64) -> io::Result<(String, u64)> {
    let mut hash = Sha256::new();
    let mut some = vec![0u8; PIECE_BYTES];
    let mut left = bytes;
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
        let Some(place) = some.get_mut(..most) else { break };
        let read = file.read(place)?;
        if read == 0 {
            break;
        }
        hash.update(some.get(..read).unwrap_or_default());
        left -= read as u64;
    }
    Ok((data_encoding::HEXLOWER.encode(&hash.finalize()), bytes - left))
}

/// Sends the steps that make what is held there what is here; blocks. Ends early when nobody takes them.
///
/// # Errors
/// When a file cannot be read.
pub(super) fn send_differing(root: &Path, held: Vec<HeldFile>, steps: &mpsc::Sender<Step>) -> io::Result<()> {
    let mut there: BTreeMap<String, HeldFile> =
        held.into_iter().map(|file| (file.path.clone(), file)).collect();
    for path in mirrored(root)? {
        let held = there.remove(&path);
        match send_file(root, &path, held.as_ref(), steps) {
            // Removed meanwhile: the step that says so goes after.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            sent => sent?,
        }
    }
    for path in there.into_keys() {
        let _ = steps.blocking_send(Step::Remove { path });
    }
    Ok(())
}

fn send_file(root: &Path, path: &str, held: Option<&HeldFile>, steps: &mpsc::Sender<Step>) -> io::Result<()> {
    let mut file = File::open(root.join(path))?;
    let bytes = file.metadata()?.len();
    let mut at = 0;
    if let Some(held) = held.filter(|held| held.bytes <= bytes) {
        let (sha256, read) = hash(&mut file, held.bytes)?;
        if read == held.bytes && sha256 == held.sha256 {
            if held.bytes == bytes {
                return Ok(());
            }
            at = held.bytes;
        } else {
            file = File::open(root.join(path))?;
        }
    }
    // Small and secret: one that replaces it must never be seen in half.
    if at == 0 && path.starts_with("private/") && bytes <= WHOLE_BYTES_MAX && !path.ends_with(".box") {
        let mut whole = Vec::new();
        file.take(WHOLE_BYTES_MAX).read_to_end(&mut whole)?;
        let _ = steps.blocking_send(Step::Replace { path: path.to_owned(), bytes: Bytes(whole) });
        return Ok(());
    }
    if at == 0 {
        let _ = steps.blocking_send(Step::Cut { path: path.to_owned(), bytes: 0 });
    }
    let mut some = vec![0u8; PIECE_BYTES];
    loop {
        let read = file.read(&mut some)?;
        let Some(piece) = some.get(..read).filter(|piece| !piece.is_empty()) else { return Ok(()) };
        for step in pieces(path, at, piece) {
            if steps.blocking_send(step).is_err() {
                return Ok(());
            }
        }
        at += read as u64;
    }
}
