//! The files of a folder. An archive is exactly its list of files, so that whatever could hide something beside the
//! list is named here: links, special files, empty folders, names that are no text.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{PRIVATE, TRANSCRIPT};

/// The deepest nesting of folders that is looked into: materials may be ordered, but not endlessly.
const DEPTH_MAX: u32 = 16;

/// What a folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tree {
    /// The paths of the files with `/` between folders, sorted; without `transcript.json` and `private/`.
    pub files: Vec<String>,
    /// Folders with nothing in them.
    pub empty: Vec<String>,
    /// What belongs in no archive.
    pub odd: Vec<Odd>,
    /// Whether `private/` is there.
    pub private: bool,
    /// Whether `transcript.json` is there, as a plain file.
    pub transcript: bool,
}

/// Something that belongs in no archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Odd {
    /// Where it is.
    pub path: String,
    /// What it is.
    pub what: OddKind,
}

/// What can be odd about an entry of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OddKind {
    /// A symbolic link: its target could be anything, later.
    Link,
    /// A socket, a device, a pipe.
    Special,
    /// A name that is not UTF-8, or holds control characters.
    Name,
    /// Nested deeper than anybody would.
    Deep,
    /// A folder that cannot be looked into.
    Unreadable,
}

impl Tree {
    /// Lists a folder.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut tree = Self::default();
        tree.walk(folder, "", 0)?;
        tree.files.sort_unstable();
        tree.empty.sort_unstable();
        tree.odd.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    fn walk(&mut self, folder: &Path, prefix: &str, depth: u32) -> io::Result<()> {
        let mut entries = 0u64;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            entries += 1;
            let name = entry.file_name();
            let path = format!("{prefix}{}", name.to_string_lossy());
            let kind = entry.file_type()?;
            if depth == 0 && name == PRIVATE {
                self.private = true;
                continue;
            }
            if name.to_str().is_none_or(|name| name.chars().any(char::is_control)) {
                self.odd.push(Odd { path, what: OddKind::Name });
            } else if kind.is_symlink() {
                self.odd.push(Odd { path, what: OddKind::Link });
            } else if kind.is_dir() {
                if depth == DEPTH_MAX {
                    self.odd.push(Odd { path, what: OddKind::Deep });
                } else if self.walk(&entry.path(), &format!("{path}/"), depth + 1).is_err() {
                    self.odd.push(Odd { path, what: OddKind::Unreadable });
                }
            } else if !kind.is_file() {
                self.odd.push(Odd { path, what: OddKind::Special });
            } else if path == TRANSCRIPT {
                self.transcript = true;
            } else {
                self.files.push(path);
            }
        }
        if entries == 0 && depth > 0 {
            self.empty.push(prefix.trim_end_matches('/').to_owned());
        }
        Ok(())
    }
}

/// The length of a file and its SHA-256 in hex, read piece by piece: a material may be a film.
pub(super) fn hash_file(path: &Path) -> io::Result<(u64, String)> {
    let mut file = fs::File::open(path)?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    let mut bytes = 0u64;
    loop {
        let read = file.read(&mut piece)?;
        let Some(piece) = piece.get(..read).filter(|piece| !piece.is_empty()) else {
            return Ok((bytes, data_encoding::HEXLOWER.encode(&hash.finalize())));
        };
        hash.update(piece);
        bytes += read as u64;
    }
}
