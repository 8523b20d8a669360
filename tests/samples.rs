//! What lies in `sessions/`: the plans are those of the templates, and the archives hold. The archives are made by
//!
//! ```text
//! cargo run --release -- rehearse sessions/plenary-zh --out sessions/archive-zh --seed 1
//! cargo run --release -- rehearse sessions/plenary-en --out sessions/archive-en --seed 1
//! cargo run --release -- rehearse sessions/review-zh --out sessions/archive-review-zh --seed 1
//! cargo run --release -- rehearse sessions/review-en --out sessions/archive-review-en --seed 1
//! cargo run --release -- rehearse sessions/joint-zh --out sessions/archive-joint-zh --seed 4
//! cargo run --release -- rehearse sessions/joint-en --out sessions/archive-joint-en --seed 4
//! cargo run --release -- rehearse sessions/term-zh --out sessions/archive-term-zh --seed 1
//! cargo run --release -- rehearse sessions/term-en --out sessions/archive-term-en --seed 1
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};

use plenum::archive::results::ItemResult;
use plenum::archive::{self, Record, Results};
use plenum::plan::SessionFolder;

fn sessions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions")
}

#[test]
fn every_archive_in_sessions_holds() {
    let archives = archive::archives_in(&sessions()).unwrap();
    assert_eq!(archives.len(), 8, "{archives:?}");
    for folder in archives {
        let report = archive::verify(&folder);
        assert!(report.faults.is_empty(), "{}: {:?}", folder.display(), report.faults);
        assert!(report.rehearsal, "a sample is not a meeting");
        let results = Results::of(&Record::open(&folder).unwrap());
        let nominations = results.items.iter().filter_map(|item| match item {
            ItemResult::Nomination(nomination) => Some(nomination),
            _ => None,
        });
        let term = nominations.filter_map(|nomination| nomination.deliberation.as_ref()).next().is_some();
        let counted = results.items.iter().flat_map(|item| item.lines()).filter(|line| line.agree.is_some());
        let officials = results.items.iter().map(|item| item.officials().len()).sum::<usize>();
        let considered: Vec<_> =
            results.items.iter().filter_map(|item| item.joint()).flat_map(|joint| &joint.officials).collect();
        let kind = match (officials > 0, considered.is_empty()) {
            _ if term => "deliberation",
            (true, _) => "review",
            (false, false) => "joint_meeting",
            (false, true) => "nomination",
        };
        assert!(results.json().contains(&format!("\"kind\": \"{kind}\"")), "{}", folder.display());
        let concluded = considered.iter().filter(|one| one.conclusion.is_some()).count();
        let decided = counted.count() >= if term { 1 } else { 4 } || officials == 6 || concluded == 8;
        assert!(decided, "nothing was decided in {}", folder.display());
    }
}

#[test]
fn every_plan_in_sessions_is_ready() {
    for plan in
        ["plenary-zh", "plenary-en", "review-zh", "review-en", "joint-zh", "joint-en", "term-zh", "term-en"]
    {
        let plan = SessionFolder::new(sessions().join(plan)).read_plan();
        assert!(plan.is_ok(), "{plan:?}");
    }
}

/// An archive is of the plan beside it.
#[test]
fn the_archives_are_of_these_plans() {
    for lang in ["zh", "en"] {
        let read =
            |folder: &str| fs::read(sessions().join(format!("{folder}-{lang}")).join(archive::PLAN)).unwrap();
        assert!(read("plenary") == read("archive"), "make the archive again: {lang}");
        assert!(read("review") == read("archive-review"), "make the archive again: review, {lang}");
        assert!(read("joint") == read("archive-joint"), "make the archive again: joint, {lang}");
        assert!(read("term") == read("archive-term"), "make the archive again: deliberation, {lang}");
    }
}
