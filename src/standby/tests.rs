use std::fs;
use std::path::Path;

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use super::{KeepFault, Keeper};
use crate::disk::Disk;
use crate::journal::{Body, Line, NO_PREVIOUS};
use crate::meeting::{Actor, Event, SessionId};
use crate::wire::standby::{Bytes, Step};

/// A first line as a hub writes it, and its session.
fn first_line() -> (Vec<u8>, SessionId) {
    let state = crate::meeting::sample::Sample::new(crate::words::Lang::En).state;
    let body = Body { order: None, events: vec![Event::Frozen(Box::new((*state.frozen).clone()))] };
    let rng = &mut UnwrapErr(SysRng);
    let line = Line::write(1, NO_PREVIOUS, jiff::Timestamp::UNIX_EPOCH, Actor::Hub, body, rng).unwrap();
    (format!("{}\n", line.text).into_bytes(), state.session().clone())
}

fn write(path: &str, at: u64, bytes: &[u8]) -> Step {
    Step::Write { path: path.to_owned(), at, bytes: Bytes(bytes.to_vec()) }
}

fn keeper(root: &Path, session: &SessionId) -> Keeper {
    Keeper::open(root, session.clone(), Disk::default()).unwrap()
}

#[test]
fn steps_come_to_the_same_files() {
    let home = tempfile::tempdir().unwrap();
    let (_, session) = first_line();
    let mut keeper = keeper(home.path(), &session);
    let replace =
        |bytes: &[u8]| Step::Replace { path: "private/codes.json".to_owned(), bytes: Bytes(bytes.to_vec()) };
    for step in [
        Step::Blank { path: "private/posts.box".to_owned(), bytes: 200_000 },
        write("private/posts.box", 100_000, b"slot"),
        replace(b"one"),
        replace(b"two"),
        Step::Cut { path: "minutes.md".to_owned(), bytes: 0 },
        write("minutes.md", 0, b"# Minutes"),
        write("ballots/posts.bel", 0, b"bel"),
        write("plan.toml", 0, b"x"),
        Step::Rename { from: "plan.toml".to_owned(), to: "other.toml".to_owned() },
        // What is done again changes nothing.
        Step::Rename { from: "plan.toml".to_owned(), to: "other.toml".to_owned() },
        Step::Remove { path: "never.there".to_owned() },
    ] {
        keeper.apply(&step).unwrap();
    }
    keeper.sync().unwrap();
    let held = keeper.holds().unwrap();
    let paths: Vec<&str> = held.iter().map(|file| file.path.as_str()).collect();
    let expected =
        ["ballots/posts.bel", "minutes.md", "other.toml", "private/codes.json", "private/posts.box"];
    assert_eq!(paths, expected);
    let held = fs::read(home.path().join("private/posts.box")).unwrap();
    assert_eq!((held.len(), &held[100_000..100_004]), (200_000, &b"slot"[..]));
    assert_eq!(fs::read(home.path().join("private/codes.json")).unwrap(), b"two");
}

#[cfg(unix)]
#[test]
fn what_is_secret_is_for_its_owner_alone_here_too() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let mut keeper = keeper(home.path(), &first_line().1);
    keeper.apply(&write("private/posts.box", 0, b"slot")).unwrap();
    let mode = fs::metadata(home.path().join("private")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

#[test]
fn no_step_leads_out_of_the_folder_or_to_this_machines_keys() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("second");
    let mut keeper = keeper(&root, &first_line().1);
    fs::create_dir_all(root.join("private")).unwrap();
    fs::create_dir_all(root.join("ballots")).unwrap();
    for path in [
        "../out",
        "/tmp/out",
        "private",
        "ballots",
        "private/hub.json",
        "private/standby.json",
        "private/screens/x",
        "a/../../b",
    ] {
        for step in [
            write(path, 0, b"x"),
            Step::Cut { path: path.to_owned(), bytes: 0 },
            Step::Blank { path: path.to_owned(), bytes: 1 },
            Step::Replace { path: path.to_owned(), bytes: Bytes(Vec::new()) },
            Step::Rename { from: path.to_owned(), to: "plan.toml".to_owned() },
            Step::Rename { from: "plan.toml".to_owned(), to: path.to_owned() },
            Step::Remove { path: path.to_owned() },
        ] {
            assert!(matches!(keeper.apply(&step), Err(KeepFault::Path(_))), "{step:?}");
        }
    }
    assert!(!home.path().join("out").exists());
}

#[test]
fn no_step_fills_the_disk() {
    let home = tempfile::tempdir().unwrap();
    let mut keeper = keeper(home.path(), &first_line().1);
    for step in [
        Step::Blank { path: "private/posts.box".to_owned(), bytes: u64::MAX },
        Step::Cut { path: "private/posts.box".to_owned(), bytes: 1 << 40 },
        write("private/posts.box", u64::MAX, b"x"),
    ] {
        assert!(matches!(keeper.apply(&step), Err(KeepFault::NotThisRecord(_))), "{step:?}");
    }
    assert!(!home.path().join("private").exists());
}

/// A file of that name is not enough: it must seal the very record that is here, to its end.
#[test]
fn secrets_go_only_when_the_record_is_sealed() {
    let sample = crate::archive::sample::Sample::held(crate::words::Lang::En, 6);
    sample.write();
    let seal = crate::archive::prepare(sample.dir(), &jiff::tz::TimeZone::UTC).unwrap();
    let transcript = sample.signed(&seal).bytes();
    let home = tempfile::tempdir().unwrap();
    let mut keeper = keeper(home.path(), sample.state().session());
    let refused = |keeper: &mut Keeper| {
        assert!(matches!(keeper.apply(&Step::RemovePrivate), Err(KeepFault::NotThisRecord(_))));
        assert!(home.path().join("private/posts.box").exists() && !keeper.is_sealed());
    };
    keeper.apply(&write("private/posts.box", 0, b"slot")).unwrap();
    refused(&mut keeper);
    let sealed = |keeper: &mut Keeper, bytes: &[u8]| {
        keeper.apply(&Step::Cut { path: "private/transcript.json".to_owned(), bytes: 0 }).unwrap();
        keeper.apply(&write("private/transcript.json", 0, bytes)).unwrap();
        let (from, to) = ("private/transcript.json".to_owned(), "transcript.json".to_owned());
        keeper.apply(&Step::Rename { from, to }).unwrap();
    };
    sealed(&mut keeper, b"{}");
    refused(&mut keeper);
    sealed(&mut keeper, &transcript);
    refused(&mut keeper);
    let journal = sample.journal();
    let last = journal.trim_end().rfind('\n').unwrap() + 1;
    keeper.apply(&write("journal.jsonl", 0, &journal.as_bytes()[..last])).unwrap();
    refused(&mut keeper);
    keeper.apply(&write("journal.jsonl", last as u64, &journal.as_bytes()[last..])).unwrap();
    keeper.apply(&Step::RemovePrivate).unwrap();
    assert!(keeper.is_sealed() && !home.path().join("private").exists());
}

#[test]
fn the_record_is_followed_line_by_line_and_nothing_that_does_not_hold_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (line, session) = first_line();
    let mut one = keeper(home.path(), &session);
    let path = "journal.jsonl";
    let (head, tail) = line.split_at(100);
    one.apply(&write(path, 0, head)).unwrap();
    assert_eq!(one.replay().number(), 0, "half a line is none");
    // What comes twice must be the same.
    one.apply(&write(path, 50, &line[50..120])).unwrap();
    let mut other = line[50..130].to_vec();
    other[0] ^= 1;
    assert!(matches!(one.apply(&write(path, 50, &other)), Err(KeepFault::NotThisRecord(_))));
    one.apply(&write(path, 100, tail)).unwrap();
    one.sync().unwrap();
    assert_eq!(one.replay().number(), 1);
    // A gap; a line that does not follow; a record that is exchanged.
    let end = line.len() as u64;
    assert!(matches!(one.apply(&write(path, end + 1, b"x")), Err(KeepFault::NotThisRecord(_))));
    assert!(matches!(one.apply(&write(path, end, &line)), Err(KeepFault::Record(_))));
    assert_eq!(fs::read(home.path().join(path)).unwrap(), line);
    let replace = Step::Replace { path: path.to_owned(), bytes: Bytes(line.clone()) };
    assert!(matches!(one.apply(&replace), Err(KeepFault::NotThisRecord(_))));

    // The next start finds it; what was cut off may come otherwise.
    let mut again = keeper(home.path(), &session);
    assert_eq!(again.replay().number(), 1);
    again.apply(&Step::Cut { path: path.to_owned(), bytes: 10 }).unwrap();
    assert_eq!(again.replay().number(), 0);
    again.apply(&write(path, 10, &line[10..])).unwrap();
    assert_eq!(again.replay().number(), 1);

    let elsewhere = Keeper::open(home.path(), SessionId::from("another"), Disk::default());
    assert!(matches!(elsewhere, Err(KeepFault::NotThisRecord(_))));
}

/// A disk whose syncs fail as long as it is told so.
#[derive(Debug, Default)]
struct NoSync(std::sync::atomic::AtomicBool);

impl crate::disk::Trouble for NoSync {
    fn before(&self, deed: crate::disk::Deed, _: &Path, _: usize) -> crate::disk::Verdict {
        match deed == crate::disk::Deed::Sync && self.0.load(std::sync::atomic::Ordering::SeqCst) {
            true => crate::disk::Verdict::Fail(std::io::ErrorKind::StorageFull.into()),
            false => crate::disk::Verdict::GoOn,
        }
    }
}

#[test]
fn a_file_whose_sync_has_failed_is_not_relied_on_before_it_was_written_again() {
    let home = tempfile::tempdir().unwrap();
    let trouble = std::sync::Arc::new(NoSync::default());
    let disk = Disk::with(std::sync::Arc::clone(&trouble) as std::sync::Arc<dyn crate::disk::Trouble>);
    let mut keeper = Keeper::open(home.path(), first_line().1, disk).unwrap();
    keeper.apply(&write("minutes.md", 0, b"one")).unwrap();
    trouble.0.store(true, std::sync::atomic::Ordering::SeqCst);
    let failed = keeper.sync();
    assert!(failed.as_ref().is_err_and(|fault| !fault.is_hubs()), "{failed:?}");
    trouble.0.store(false, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(keeper.holds().unwrap(), [], "what the system shows may be on no disk");
    keeper.apply(&write("minutes.md", 0, b"one")).unwrap();
    keeper.sync().unwrap();
    assert_eq!(keeper.holds().unwrap().len(), 1);
}
