//! The files: exactly those of the sealed list, to the byte.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::fault::FaultKind;
use super::report::{Report, What};
use crate::archive::transcript::BYTES_MAX;
use crate::archive::tree::{Tree, hash_file};
use crate::archive::{PRIVATE, TRANSCRIPT, Transcript, TranscriptFault};
use crate::journal::FILE_NAME;

/// No file that is read whole is longer: 500 ballots of 100 lines take about 100 MB.
const FILE_BYTES_MAX: u64 = 1 << 30;

/// A folder with the list of what is in it. Only plain files of the list are ever opened.
pub(super) struct Folder<'a> {
    path: &'a Path,
    tree: Tree,
}

impl<'a> Folder<'a> {
    /// Lists a folder; what is odd in it is a fault each.
    pub fn read(path: &'a Path, report: &mut Report) -> Self {
        let tree = Tree::read(path).unwrap_or_else(|error| {
            report.fault(".", FaultKind::Unreadable { detail: error.to_string() });
            Tree::default()
        });
        for odd in &tree.odd {
            report.fault(&odd.path, FaultKind::Odd { kind: odd.what });
        }
        for empty in &tree.empty {
            report.fault(empty, FaultKind::EmptyFolder);
        }
        if tree.private {
            report.fault(PRIVATE, FaultKind::Private);
        }
        Self { path, tree }
    }

    pub fn path(&self) -> &Path {
        self.path
    }

    /// The files, sorted, without the transcript.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.tree.files.iter().map(String::as_str)
    }

    pub fn has(&self, path: &str) -> bool {
        self.tree.files.binary_search_by(|file| file.as_str().cmp(path)).is_ok()
    }

    /// The bytes of a file; a fault if it is missing or cannot be read.
    pub fn bytes(&self, path: &str, report: &mut Report) -> Option<Vec<u8>> {
        if !self.has(path) {
            report.fault(path, FaultKind::Missing);
            return None;
        }
        self.read_file(path, FILE_BYTES_MAX, report)
    }

    /// The hash of a file; a fault if it is missing or cannot be read.
    pub fn hash(&self, path: &str, report: &mut Report) -> Option<(u64, String)> {
        if !self.has(path) {
            report.fault(path, FaultKind::Missing);
            return None;
        }
        hash_file(&self.path.join(path))
            .map_err(|error| report.fault(path, FaultKind::Unreadable { detail: error.to_string() }))
            .ok()
    }

    fn read_file(&self, path: &str, bytes_max: u64, report: &mut Report) -> Option<Vec<u8>> {
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            File::open(self.path.join(path))?.take(bytes_max + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) if bytes.len() as u64 <= bytes_max => Some(bytes),
            Ok(_) => {
                report.fault(path, FaultKind::TooLong { bytes_max });
                None
            }
            Err(error) => {
                report.fault(path, FaultKind::Unreadable { detail: error.to_string() });
                None
            }
        }
    }
}

/// Reads the transcript and compares its list with the folder.
pub(super) fn check_list(folder: &Folder<'_>, report: &mut Report) -> Option<Transcript> {
    let transcript = read_transcript(folder, report)?;
    let before = report.faults.len();
    let files = &transcript.seal.files;
    if !files.windows(2).all(|pair| matches!(pair, [a, b] if a.path < b.path)) {
        report.fault(TRANSCRIPT, FaultKind::ListNotSorted);
    }
    for file in files {
        let hash = folder.hash(&file.path, report);
        if hash.is_some_and(|(bytes, sha256)| (bytes, sha256) != (file.bytes, file.sha256.clone())) {
            report.fault(&file.path, FaultKind::Changed);
        }
    }
    let listed: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in folder.files().filter(|path| *path != FILE_NAME && !listed.contains(path)) {
        report.fault(path, FaultKind::Unlisted);
    }
    report.check(before, What::Files { files: files.len() });
    Some(transcript)
}

fn read_transcript(folder: &Folder<'_>, report: &mut Report) -> Option<Transcript> {
    if !folder.tree.transcript {
        report.fault(TRANSCRIPT, FaultKind::Missing);
        return None;
    }
    let bytes = folder.read_file(TRANSCRIPT, BYTES_MAX, report)?;
    let fault = match Transcript::read(&bytes) {
        Ok(transcript) => return Some(transcript),
        Err(TranscriptFault::Unreadable(detail)) => FaultKind::Transcript { detail },
        Err(TranscriptFault::Format(found)) => FaultKind::TranscriptFormat { found },
        Err(TranscriptFault::NotCanonical) => FaultKind::TranscriptNotCanonical,
    };
    report.fault(TRANSCRIPT, fault);
    None
}
