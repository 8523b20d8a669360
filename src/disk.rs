//! Files that only the account of the hub reads, replaced whole or not at all; and new files that are for everyone.
//!
//! - [`trouble`]: where the disk can fail, and tests make it
//! - [`follow`]: who is told of each step that was done, to do it again elsewhere

pub mod follow;
pub mod trouble;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

pub use follow::{Done, Follower};
pub use trouble::{Deed, Disk, Trouble, Verdict};

/// Makes the folder if it is not there, for its owner alone.
///
/// # Errors
/// The folder cannot be made, or not be closed to others.
pub fn ensure_folder(folder: &Path) -> io::Result<()> {
    match private_folder().create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    for_owner_alone(folder)
}

/// The same with all folders above it, which are made as usual.
///
/// # Errors
/// A folder cannot be made, or not be closed to others.
pub fn ensure_folder_all(folder: &Path) -> io::Result<()> {
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above)?;
    }
    ensure_folder(folder)
}

/// Writes a file into a private folder, which it makes if need be. Whoever reads the file sees the old contents or the
/// new ones, and once this returns it is the new ones, whatever happens to the machine.
///
/// # Errors
/// As [`Disk::replace`].
pub fn replace(path: &Path, contents: &[u8]) -> io::Result<()> {
    Disk::default().replace(path, contents)
}

/// Writes a new file, for everyone to read, into a folder that is there. A file of this name is never written over.
///
/// # Errors
/// There is such a file already, or it could not be written; then nothing is left of it.
pub fn create(path: &Path, contents: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(contents).and_then(|()| file.sync_all());
    if written.is_err() {
        let _ = fs::remove_file(path);
    }
    written?;
    sync_folder(folder)
}

#[cfg(unix)]
fn private_folder() -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = fs::DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_folder() -> fs::DirBuilder {
    fs::DirBuilder::new()
}

#[cfg(unix)]
fn for_owner_alone(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn for_owner_alone(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A new name in a folder is durable when the folder is.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_over() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("private/codes.json");
        replace(&path, b"old").unwrap();
        replace(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_new_file_is_never_written_over_another() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("audit.json");
        create(&path, b"first").unwrap();
        assert_eq!(create(&path, b"second").unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert!(create(&home.path().join("missing/audit.json"), b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn others_read_nothing() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("private");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
        let path = folder.join("codes.json");
        replace(&path, b"secret").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
    }
}
