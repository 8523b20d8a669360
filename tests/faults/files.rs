//! The journal alone, on a disk whose sync fails.

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use plenum::disk::{Deed, Disk, Trouble, Verdict};
use plenum::journal::{Journal, JournalFault, Line, Replay};

use super::meeting::{Meeting, free_address};

/// The first lines of a meeting.
async fn lines(count: usize) -> Vec<Line> {
    let meeting = Meeting::new(None, free_address()).await;
    let mut replay = Replay::new();
    let text = fs::read_to_string(meeting.dir.join("journal.jsonl")).unwrap();
    text.lines().take(count).map(|line| replay.read(line).unwrap()).collect()
}

/// The next sync of the journal fails, and something durable is no longer what it was.
#[derive(Debug, Default)]
struct Rots {
    fails: AtomicUsize,
    syncs: AtomicUsize,
}

/// Flips one bit of the first line.
fn flip(path: &Path) {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(path).unwrap();
    let mut byte = [0u8];
    file.seek(SeekFrom::Start(20)).unwrap();
    file.read_exact(&mut byte).unwrap();
    file.seek(SeekFrom::Start(20)).unwrap();
    file.write_all(&[byte[0] ^ 1]).unwrap();
}

impl Trouble for Rots {
    fn before(&self, deed: Deed, path: &Path, _: usize) -> Verdict {
        if deed != Deed::Sync || path.extension().is_none() {
            return Verdict::GoOn;
        }
        self.syncs.fetch_add(1, Ordering::SeqCst);
        match self.fails.swap(0, Ordering::SeqCst) {
            0 => Verdict::GoOn,
            _ => {
                flip(path);
                Verdict::Fail(io::Error::from_raw_os_error(5))
            }
        }
    }
}

fn journal_in(folder: &Path) -> PathBuf {
    folder.join("journal.jsonl")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_sync_a_journal_is_not_trusted_before_it_reads_back() {
    let home = tempfile::tempdir().unwrap();
    let lines = lines(4).await;
    let rots = Arc::new(Rots::default());
    let mut journal =
        Journal::create_on(home.path(), &lines[0], Disk::with(Arc::clone(&rots) as Arc<dyn Trouble>))
            .unwrap();
    journal.append(&lines[1..2]).unwrap();
    rots.fails.store(1, Ordering::SeqCst);
    assert!(matches!(journal.append(&lines[2..3]), Err(JournalFault::Io { .. })));
    for _ in 0..2 {
        let fault = journal.append(&lines[2..3]).unwrap_err();
        assert!(matches!(fault, JournalFault::NotReadBack { .. }), "{fault}");
    }
    // The disk gives back what it was given: then it is trusted again.
    flip(&journal_in(home.path()));
    journal.append(&lines[2..]).unwrap();
    drop(journal);
    assert_eq!(Journal::open(home.path()).unwrap().lines.len(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn lines_that_a_killed_hub_left_in_memory_are_made_durable_before_anybody_is_told_of_them() {
    let home = tempfile::tempdir().unwrap();
    let text: String = lines(3).await.iter().map(|line| format!("{}\n", line.text)).collect();
    fs::write(journal_in(home.path()), text).unwrap();
    let rots = Arc::new(Rots::default());
    let disk = Disk::with(Arc::clone(&rots) as Arc<dyn Trouble>);
    drop(Journal::open_on(home.path(), disk.clone()).unwrap());
    assert_eq!(rots.syncs.load(Ordering::SeqCst), 1);
    rots.fails.store(1, Ordering::SeqCst);
    assert!(matches!(Journal::open_on(home.path(), disk), Err(JournalFault::Io { .. })));
}
