//! The mirror: what this hub's disk has done is done again on the standby's. Steps go in order and bear no numbers of
//! their own; a mark after some of them is answered when all before it are durable there.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;

use crate::disk::{Done, Follower};
use crate::wire::standby::{Bytes, Step, ToStandby, is_mirrored};

/// The longest piece of a file in one step.
pub(super) const PIECE_BYTES: usize = 256 * 1024;

/// A standby for which more than this waits to be sent has fallen behind for good, and begins anew.
const WAITING_BYTES_MAX: usize = 256 * 1024 * 1024;

/// What of the session folder goes to the standby, as it happens.
#[derive(Debug)]
pub(super) struct Mirror {
    root: PathBuf,
    follower: Mutex<Option<Following>>,
    acknowledged: Condvar,
}

/// The connection that is followed on.
#[derive(Debug)]
struct Following {
    connection: u64,
    messages: mpsc::UnboundedSender<ToStandby>,
    waiting: Waiting,
    /// Steps since the last mark.
    unmarked: bool,
    marked: u64,
    acknowledged: u64,
}

/// How many bytes wait to be sent.
#[derive(Debug, Clone, Default)]
struct Waiting(Arc<AtomicUsize>);

/// What is to be sent to a standby, in order.
pub(super) struct Outgoing {
    messages: mpsc::UnboundedReceiver<ToStandby>,
    waiting: Waiting,
}

impl Outgoing {
    /// The next message; none: this connection is not followed on any more.
    pub async fn next(&mut self) -> Option<ToStandby> {
        let message = self.messages.recv().await?;
        self.waiting.0.fetch_sub(length(&message), Ordering::Relaxed);
        Some(message)
    }
}

/// How far a standby is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durable {
    /// Everything is durable there.
    There,
    /// It did not say so in time. It is not followed on any more.
    Behind,
    /// There is no connection to it.
    Gone,
}

fn length(message: &ToStandby) -> usize {
    match message {
        ToStandby::Step(Step::Write { bytes, .. } | Step::Replace { bytes, .. }) => bytes.0.len(),
        _ => 0,
    }
}

impl Mirror {
    /// The mirror of this folder; nobody follows yet.
    pub fn of(root: &Path) -> Arc<Self> {
        Arc::new(Self { root: root.to_owned(), follower: Mutex::new(None), acknowledged: Condvar::new() })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn locked(&self) -> MutexGuard<'_, Option<Following>> {
        self.follower.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on everything goes to this connection, and to no other.
    pub fn begin(&self, connection: u64) -> Outgoing {
        let (messages, receiver) = mpsc::unbounded_channel();
        let waiting = Waiting::default();
        let following = Following {
            connection,
            messages,
            waiting: waiting.clone(),
            unmarked: true,
            marked: 0,
            acknowledged: 0,
        };
        *self.locked() = Some(following);
        self.acknowledged.notify_all();
        Outgoing { messages: receiver, waiting }
    }

    /// This connection has ended.
    pub fn end(&self, connection: u64) {
        let mut follower = self.locked();
        if follower.as_ref().is_some_and(|following| following.connection == connection) {
            *follower = None;
            self.acknowledged.notify_all();
        }
    }

    /// The standby says that everything up to this mark is durable.
    pub fn acknowledge(&self, connection: u64, number: u64) {
        let mut follower = self.locked();
        let following = follower.as_mut().filter(|following| following.connection == connection);
        // A number that was never said acknowledges nothing.
        if let Some(following) = following.filter(|following| number <= following.marked) {
            following.acknowledged = following.acknowledged.max(number);
            self.acknowledged.notify_all();
        }
    }

    /// Whether this connection is followed on.
    pub fn is_followed_by(&self, connection: u64) -> bool {
        self.locked().as_ref().is_some_and(|following| following.connection == connection)
    }

    /// Waits until everything that was done so far is durable at the standby on this connection; blocks.
    pub fn wait(&self, connection: u64, limit: Duration) -> Durable {
        let mut follower = self.locked();
        let following = follower.as_mut().filter(|following| following.connection == connection);
        let Some(following) = following else { return Durable::Gone };
        if std::mem::take(&mut following.unmarked) {
            following.marked += 1;
            let _ = following.messages.send(ToStandby::Mark { number: following.marked });
        }
        let number = following.marked;
        let waits = |follower: &mut Option<Following>| {
            follower.as_ref().is_some_and(|one| one.connection == connection && one.acknowledged < number)
        };
        let waited = self.acknowledged.wait_timeout_while(follower, limit, waits);
        let (mut follower, timeout) = waited.unwrap_or_else(PoisonError::into_inner);
        match follower.as_ref() {
            Some(one) if one.connection == connection && one.acknowledged >= number => Durable::There,
            Some(_) if timeout.timed_out() => {
                *follower = None;
                Durable::Behind
            }
            _ => Durable::Gone,
        }
    }

    /// The path below the folder, where it goes to the standby.
    fn below(&self, path: &Path) -> Option<String> {
        let parts: Option<Vec<&str>> =
            path.strip_prefix(&self.root).ok()?.components().map(|part| part.as_os_str().to_str()).collect();
        Some(parts?.join("/")).filter(|path| is_mirrored(path))
    }

    fn steps(&self, done: Done<'_>) -> Option<Vec<Step>> {
        Some(match done {
            Done::Wrote { path, at, bytes } => pieces(&self.below(path)?, at, bytes),
            Done::Blanked { path, bytes } => vec![Step::Blank { path: self.below(path)?, bytes }],
            Done::Cut { path, bytes } => vec![Step::Cut { path: self.below(path)?, bytes }],
            Done::Replaced { path, bytes } => {
                vec![Step::Replace { path: self.below(path)?, bytes: Bytes(bytes.to_vec()) }]
            }
            Done::Renamed { from, to } => {
                vec![Step::Rename { from: self.below(from)?, to: self.below(to)? }]
            }
            Done::Removed { path } => vec![Step::Remove { path: self.below(path)? }],
            Done::RemovedFolder { .. } => vec![Step::RemovePrivate],
        })
    }
}

/// A writing in steps that are not too long.
pub(super) fn pieces(path: &str, at: u64, bytes: &[u8]) -> Vec<Step> {
    let places = (at..).step_by(PIECE_BYTES);
    let step =
        |(at, piece): (u64, &[u8])| Step::Write { path: path.to_owned(), at, bytes: Bytes(piece.to_vec()) };
    places.zip(bytes.chunks(PIECE_BYTES)).map(step).collect()
}

impl Follower for Mirror {
    fn did(&self, done: Done<'_>) {
        let mut follower = self.locked();
        let Some(following) = follower.as_mut() else { return };
        for step in self.steps(done).unwrap_or_default() {
            let message = ToStandby::Step(step);
            let waiting = following.waiting.0.fetch_add(length(&message), Ordering::Relaxed);
            following.unmarked = true;
            if waiting > WAITING_BYTES_MAX || following.messages.send(message).is_err() {
                *follower = None;
                self.acknowledged.notify_all();
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::disk::Disk;

    fn followed() -> (tempfile::TempDir, Arc<Mirror>, Disk) {
        let home = tempfile::tempdir().unwrap();
        let mirror = Mirror::of(home.path());
        let disk = Disk::default().followed_by(Arc::clone(&mirror) as Arc<dyn Follower>);
        (home, mirror, disk)
    }

    async fn all(outgoing: &mut Outgoing) -> Vec<ToStandby> {
        let mut messages = Vec::new();
        while let Ok(message) = outgoing.messages.try_recv() {
            messages.push(message);
        }
        messages
    }

    #[tokio::test]
    async fn what_the_disk_does_is_told_in_order_and_what_stays_is_not() {
        let (home, mirror, disk) = followed();
        disk.replace(&home.path().join("private/codes.json"), b"before").unwrap();
        let mut outgoing = mirror.begin(1);
        disk.replace(&home.path().join("private/codes.json"), b"after").unwrap();
        disk.replace(&home.path().join("private/hub.json"), b"a key").unwrap();
        let path = home.path().join("journal.jsonl");
        let mut file = fs::OpenOptions::new().append(true).create(true).open(&path).unwrap();
        disk.write(&mut file, &path, b"one\n").unwrap();
        disk.write(&mut file, &path, &vec![b'x'; PIECE_BYTES + 1]).unwrap();
        disk.cut(&file, &path, 4).unwrap();
        disk.remove(&path).unwrap();
        disk.remove_folder(&home.path().join("private")).unwrap();
        let steps: Vec<Step> = all(&mut outgoing)
            .await
            .into_iter()
            .map(|message| match message {
                ToStandby::Step(step) => step,
                other => panic!("{other:?}"),
            })
            .collect();
        let journal = || "journal.jsonl".to_owned();
        let write = |at, bytes: Vec<u8>| Step::Write { path: journal(), at, bytes: Bytes(bytes) };
        let expected = [
            Step::Replace { path: "private/codes.json".to_owned(), bytes: Bytes(b"after".to_vec()) },
            write(0, b"one\n".to_vec()),
            write(4, vec![b'x'; PIECE_BYTES]),
            write(4 + PIECE_BYTES as u64, b"x".to_vec()),
            Step::Cut { path: journal(), bytes: 4 },
            Step::Remove { path: journal() },
            Step::RemovePrivate,
        ];
        assert_eq!(steps, expected);
    }

    #[tokio::test]
    async fn a_mark_is_waited_for_once_and_a_silent_standby_is_let_go() {
        let (home, mirror, disk) = followed();
        assert_eq!(mirror.wait(1, Duration::ZERO), Durable::Gone);
        let mut outgoing = mirror.begin(1);
        disk.replace(&home.path().join("private/codes.json"), b"x").unwrap();
        let answering = {
            let mirror = Arc::clone(&mirror);
            tokio::spawn(async move {
                while let Some(message) = outgoing.next().await {
                    if let ToStandby::Mark { number } = message {
                        mirror.acknowledge(1, number + 1);
                        mirror.acknowledge(2, number);
                        mirror.acknowledge(1, number);
                        return outgoing;
                    }
                }
                panic!("no mark came");
            })
        };
        let waiting = Arc::clone(&mirror);
        let waited = tokio::task::spawn_blocking(move || waiting.wait(1, Duration::from_secs(60)));
        assert_eq!(waited.await.unwrap(), Durable::There);
        let mut outgoing = answering.await.unwrap();
        // Nothing was done since: nothing is asked.
        assert_eq!(mirror.wait(1, Duration::from_secs(60)), Durable::There);
        assert!(outgoing.messages.try_recv().is_err());
        disk.replace(&home.path().join("private/codes.json"), b"y").unwrap();
        assert_eq!(mirror.wait(1, Duration::ZERO), Durable::Behind);
        assert_eq!(mirror.wait(1, Duration::ZERO), Durable::Gone);
        // What was on its way is given out, and then it is over.
        assert!(matches!(outgoing.next().await, Some(ToStandby::Step(_))));
        assert!(matches!(outgoing.next().await, Some(ToStandby::Mark { number: 2 })));
        assert!(outgoing.next().await.is_none());
    }
}
