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
//! cargo run --release -- rehearse sessions/contested-zh --votes sessions/contested-zh/votes.json --out sessions/archive-contested-zh
//! cargo run --release -- rehearse sessions/contested-en --votes sessions/contested-en/votes.json --out sessions/archive-contested-en
//! cargo run --release -- rehearse sessions/reconsidered-zh --votes sessions/reconsidered-zh/votes.json --script sessions/reconsidered-zh/script.json --out sessions/archive-reconsidered-zh
//! cargo run --release -- rehearse sessions/reconsidered-en --votes sessions/reconsidered-en/votes.json --script sessions/reconsidered-en/script.json --out sessions/archive-reconsidered-en
//! cargo run --release -- demo --auto --kind major-matter --lang zh --out sessions/archive-major-matter-zh
//! cargo run --release -- demo --auto --kind open-vote --lang en --out sessions/archive-open-vote-en
//! cargo run --release -- rehearse sessions/major-matter-en --out sessions/archive-major-matter-en --seed 1
//! cargo run --release -- rehearse sessions/open-vote-zh --out sessions/archive-open-vote-zh --seed 1
//! cargo run --release -- rehearse sessions/exam-zh --out sessions/archive-exam-zh --seed 1
//! cargo run --release -- rehearse sessions/agenda-zh --agenda sessions/agenda-zh/agenda.json --out sessions/archive-agenda-zh --seed 1
//! cargo run --release -- rehearse sessions/agenda-en --agenda sessions/agenda-en/agenda.json --out sessions/archive-agenda-en --seed 1
//! cargo run --release -- rehearse sessions/exam-en --out sessions/archive-exam-en --seed 1
//! cargo run --release -- rehearse sessions/two-days-zh --sittings sessions/two-days-zh/sittings.json --out sessions/archive-two-days-zh
//! cargo run --release -- rehearse sessions/two-days-en --sittings sessions/two-days-en/sittings.json --out sessions/archive-two-days-en
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

use plenum::archive::results::ItemResult;
use plenum::archive::{self, Record, Results};
use plenum::plan::SessionFolder;

/// Of every kind there is a sample in each.
const LANGS: [&str; 2] = ["zh", "en"];

fn sessions() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions")
}

/// An archive, to be tampered with.
fn copy_of(from: &Path, home: &Path) {
    let mut folders = vec![from.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let to = home.join(path.strip_prefix(from).unwrap());
            if path.is_dir() {
                fs::create_dir(to).unwrap();
                folders.push(path);
            } else {
                fs::copy(&path, to).unwrap();
            }
        }
    }
}

#[test]
fn every_archive_in_sessions_holds() {
    let archives = archive::archives_in(&sessions()).unwrap();
    assert_eq!(archives.len(), 22, "{archives:?}");
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
        let name = folder.file_name().unwrap().to_string_lossy();
        let elected = results.items.iter().filter_map(|item| item.contested());
        let elected: Vec<usize> = elected.map(|election| election.elected.len()).collect();
        let examinees: Vec<_> = results.items.iter().flat_map(|item| item.examinees()).collect();
        let considered: Vec<_> =
            results.items.iter().filter_map(|item| item.joint()).flat_map(|joint| &joint.officials).collect();
        let (kind, open) = match name.as_ref() {
            name if name.contains("major-matter") => ("major_matter", true),
            name if name.contains("open-vote") || name.contains("agenda") => ("open_vote", true),
            name if name.contains("exam") => ("exam", false),
            name if name.contains("contested") => ("contested", false),
            _ if term => ("deliberation", false),
            _ if !considered.is_empty() => ("joint_meeting", false),
            name if name.contains("review") => ("review", false),
            _ => ("nomination", false),
        };
        let json = results.json();
        assert!(json.contains(&format!("\"kind\": \"{kind}\"")), "{name}");
        let counted = counted.count();
        let concluded = considered.iter().filter(|one| one.conclusion.is_some()).count();
        let lines_min = if term { 1 } else { 4 };
        let decided = match open {
            true => json.contains("\"carried\""),
            false => {
                let people = officials == 6 || examinees.len() == 6 || concluded == 8;
                counted >= lines_min || people || elected == [3, 2]
            }
        };
        assert!(decided, "nothing was decided in {name}");
    }
}

#[test]
fn every_plan_in_sessions_is_ready() {
    let plans = [
        "plenary",
        "review",
        "contested",
        "major-matter",
        "open-vote",
        "exam",
        "joint",
        "term",
        "agenda",
        "reconsidered",
        "two-days",
    ];
    for plan in plans.iter().flat_map(|plan| LANGS.map(|lang| format!("{plan}-{lang}"))) {
        let plan = SessionFolder::new(sessions().join(plan)).read_plan();
        assert!(plan.is_ok(), "{plan:?}");
    }
}

/// In one sample the body moves an item, adds one, takes one off, and keeps one that was to be taken off.
#[test]
fn the_sample_of_a_changed_agenda_tells_what_was_decided() {
    let expected = [
        ("moved", "budget", "carried", Some(8)),
        ("added", "flood", "carried", Some(9)),
        ("taken_off", "bridge", "carried", Some(7)),
        ("taken_off", "rules", "not_carried", Some(2)),
    ];
    for lang in LANGS {
        let record = Record::open(&sessions().join(format!("archive-agenda-{lang}"))).unwrap();
        let results = Results::of(&record);
        let told = results.agenda.iter().map(|one| (one.change, one.item.as_str(), one.outcome, one.agree));
        assert_eq!(told.collect::<Vec<_>>(), expected, "{lang}");
        let order: Vec<&str> = record.state.items.iter().map(|item| item.id.as_str()).collect();
        assert_eq!(order, ["agenda", "flood", "budget", "rules", "bridge"], "{lang}");
    }
}

/// One objection was dismissed, one upheld and its result voted on again; one reconsideration was refused by the hands and
/// one consented to; and one line is barred, because the same person was not carried for the same post.
#[test]
fn what_was_declared_can_be_contested_and_stays() {
    for (lang, reconsidered) in [("zh", "gaoy"), ("en", "gower")] {
        let folder = sessions().join(format!("archive-reconsidered-{lang}"));
        let results = Results::of(&Record::open(&folder).unwrap());
        let outcomes: Vec<_> = results.objections.iter().map(|one| one.outcome).collect();
        assert_eq!(outcomes, [Some("stands"), Some("vote_again")]);
        let consented: Vec<bool> = results.reconsiderations.iter().map(|one| one.asked.consented).collect();
        assert_eq!(consented, [false, true]);
        let grounds: Vec<_> = results.set_aside.iter().map(|one| (one.ground, one.lines.len())).collect();
        assert_eq!(grounds, [("objection", 4), ("consent", 1)]);
        let barred: Vec<_> =
            results.items.iter().flat_map(|item| item.lines()).filter(|line| line.barred.is_some()).collect();
        assert_eq!(barred.len(), 1);
        assert!(barred.iter().all(|line| line.agree.is_none()), "a line that is barred has no figures");
        // Each line by the ballot that is in force for it.
        let ballots: Vec<_> = results.items[0]
            .lines()
            .iter()
            .map(|line| (line.id.as_str(), line.papers.as_ref().map(|papers| papers.ballot.as_str())))
            .collect();
        assert_eq!(ballots[1], (reconsidered, Some("posts-r3")));
        assert!(
            ballots
                .iter()
                .filter(|(id, _)| *id != reconsidered)
                .all(|(_, ballot)| *ballot == Some("posts-r2"))
        );
        for table in ["objections.csv", "set_aside.csv", "ballots/posts.bel", "ballots/posts-r3.bel"] {
            assert!(folder.join(table).is_file(), "{table}");
        }
    }
}

/// An archive is of the plan beside it.
#[test]
fn the_archives_are_of_these_plans() {
    for lang in LANGS {
        let read =
            |folder: &str| fs::read(sessions().join(format!("{folder}-{lang}")).join(archive::PLAN)).unwrap();
        assert!(read("plenary") == read("archive"), "make the archive again: {lang}");
        assert!(read("contested") == read("archive-contested"), "make the archive again: contested, {lang}");
        assert!(read("review") == read("archive-review"), "make the archive again: review, {lang}");
        assert!(read("joint") == read("archive-joint"), "make the archive again: joint, {lang}");
        assert!(read("term") == read("archive-term"), "make the archive again: deliberation, {lang}");
        assert!(read("exam") == read("archive-exam"), "make the archive again: exam, {lang}");
        assert!(read("reconsidered") == read("archive-reconsidered"), "make the archive again: {lang}");
        assert!(read("two-days") == read("archive-two-days"), "make the archive again: two days, {lang}");
        let read = |folder: &str, file: &str| {
            fs::read(sessions().join(format!("{folder}-{lang}")).join(file)).unwrap()
        };
        for file in [archive::PLAN, "agenda/flood.toml"] {
            let same = read("agenda", file) == read("archive-agenda", file);
            assert!(same, "make the archive again: agenda, {lang}, {file}");
        }
    }
}

/// Two sittings, the second with other people; both items are decided under the key that was made at the first.
#[test]
fn a_meeting_of_two_days_tells_who_was_there_on_each() {
    let zh = ["出席情况：第1次开会", "出席情况：第2次开会（续会）", "休会，定于", "达到法定人数，继续开会"];
    let en = [
        "Attendance: Sitting 1",
        "Attendance: Sitting 2",
        "The meeting was adjourned until",
        "the quorum was reached and the meeting went on",
    ];
    for (lang, told) in [("zh", zh), ("en", en)] {
        let folder = sessions().join(format!("archive-two-days-{lang}"));
        let record = Record::open(&folder).unwrap();
        let sittings = Results::of(&record).meeting.sittings;
        let present: Vec<Option<u32>> = sittings.iter().map(|sitting| sitting.present).collect();
        assert_eq!(present, [Some(16), Some(15)]);
        let came =
            |number: usize, id: &str| sittings[number].signed_in.iter().any(|seat| seat.as_str() == id);
        assert!(!came(0, "m16") && came(1, "m16") && came(0, "m17") && !came(1, "m17"));
        let electorates: Vec<usize> =
            record.state.items.iter().map(|item| item.rounds[0].issue.electorate.len()).collect();
        assert_eq!((electorates, record.state.ceremonies), (vec![16, 15], 1));
        let minutes = fs::read_to_string(folder.join("minutes.md")).unwrap();
        for told in told {
            assert!(minutes.contains(told), "{told}");
        }
    }
}

/// The sittings in figures lie in an archive that was sealed since there is such a table, and cannot be changed there or taken
/// out; an older archive goes on holding without.
#[test]
fn the_sittings_in_figures_are_checked_where_they_are() {
    assert!(!sessions().join("archive-two-days-zh").join(archive::SITTINGS_CSV).exists());
    let from = sessions().join("archive-two-days-en");
    let text = fs::read_to_string(from.join(archive::SITTINGS_CSV)).unwrap();
    let record = Record::open(&from).unwrap();
    assert_eq!(text.trim_start_matches('\u{feff}'), Results::of(&record).sittings_csv());
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let column = |name: &str| rows[0].iter().position(|found| *found == name).unwrap();
    let of = |name: &str| -> Vec<&str> { rows[1..].iter().map(|row| row[column(name)]).collect() };
    assert_eq!(
        (of("sitting"), of("present"), of("signed_in")),
        (vec!["1", "2"], vec!["16", "15"], vec!["23", "22"])
    );
    assert!(of("adjourned_to")[0].contains("T09:00:00+"), "{text}");
    // One that met once has one row, at no other day.
    let once = Results::of(&Record::open(&sessions().join("archive-en")).unwrap()).sittings_csv();
    assert_eq!(once.lines().count(), 2, "{once}");
    for changed in [Some(text.replacen(",17,16,", ",17,17,", 1)), None] {
        let home = tempfile::tempdir().unwrap();
        copy_of(&from, home.path());
        assert!(archive::verify(home.path()).faults.is_empty());
        let path = home.path().join(archive::SITTINGS_CSV);
        match &changed {
            Some(changed) => {
                assert_ne!(*changed, text);
                fs::write(&path, changed).unwrap();
            }
            None => fs::remove_file(&path).unwrap(),
        }
        let report = archive::verify(home.path());
        assert!(
            report.faults.iter().any(|fault| fault.place == archive::SITTINGS_CSV),
            "{:?}",
            report.faults
        );
    }
}

/// A figure of a sitting, or when the meeting was to go on, cannot be changed.
#[test]
fn a_sitting_that_was_tampered_with_is_found() {
    let from = sessions().join("archive-two-days-zh");
    let journal = fs::read_to_string(from.join("journal.jsonl")).unwrap();
    let tampered = [
        (
            "\"event\":\"meeting_opened\",\"due\":17,\"present\":15",
            "\"event\":\"meeting_opened\",\"due\":17,\"present\":16",
        ),
        ("\"utc_offset_minutes\":0", "\"utc_offset_minutes\":1"),
        ("{\"event\":\"reconvened\"}", "{\"event\":\"resumed\"}"),
    ];
    for (was, is) in tampered {
        let home = tempfile::tempdir().unwrap();
        copy_of(&from, home.path());
        assert!(archive::verify(home.path()).faults.is_empty());
        assert!(journal.contains(was), "{was}");
        fs::write(home.path().join("journal.jsonl"), journal.replacen(was, is, 1)).unwrap();
        let report = archive::verify(home.path());
        assert!(
            report.faults.iter().any(|fault| fault.place.starts_with("journal.jsonl")),
            "{:?}",
            report.faults
        );
    }
}

/// An objection that is taken out, or one that is said to be settled otherwise, is found.
#[test]
fn an_archive_whose_objections_were_tampered_with_is_found() {
    let from = sessions().join("archive-reconsidered-zh");
    let read = |file: &str| fs::read_to_string(from.join(file)).unwrap();
    let tampered = [
        (
            "journal.jsonl",
            read("journal.jsonl").replacen("\"outcome\":\"stands\"", "\"outcome\":\"vote_again\"", 1),
        ),
        ("objections.csv", read("objections.csv").replacen("stands", "vote_again", 1)),
        ("set_aside.csv", read("set_aside.csv").replacen("objection", "consent", 1)),
    ];
    for (file, text) in tampered {
        let home = tempfile::tempdir().unwrap();
        copy_of(&from, home.path());
        assert!(archive::verify(home.path()).faults.is_empty());
        assert_ne!(text, read(file), "{file} is tampered with");
        fs::write(home.path().join(file), text).unwrap();
        let report = archive::verify(home.path());
        assert!(report.faults.iter().any(|fault| fault.place.starts_with(file)), "{:?}", report.faults);
    }
}

/// An exam's archive is marked again: a mark, an answer or a bank that was changed is found.
#[test]
fn an_exam_that_was_tampered_with_is_found() {
    let from = sessions().join("archive-exam-en");
    let journal = fs::read_to_string(from.join("journal.jsonl")).unwrap();
    let bank = fs::read_to_string(from.join("exam/bank.toml")).unwrap();
    let tampered: [(&str, String); 3] = [
        ("journal.jsonl", journal.replace("\"total\":96", "\"total\":98")),
        ("journal.jsonl", journal.replacen("\"answers\":[\"", "\"answers\":[\"A", 1)),
        ("exam/bank.toml", bank.replacen("right = \"B\"", "right = \"A\"", 1)),
    ];
    for (file, text) in tampered {
        let home = tempfile::tempdir().unwrap();
        for sub in ["exam", "materials"] {
            fs::create_dir(home.path().join(sub)).unwrap();
        }
        for name in ["exam/bank.toml", "materials/rules.md", "plan.toml", "journal.jsonl", "transcript.json"]
        {
            fs::copy(from.join(name), home.path().join(name)).unwrap();
        }
        for name in ["exams.csv", "results.csv", "minutes.md", "minutes.html"] {
            fs::copy(from.join(name), home.path().join(name)).unwrap();
        }
        assert!(archive::verify(home.path()).faults.is_empty());
        assert_ne!(text, fs::read_to_string(from.join(file)).unwrap(), "{file} is tampered with");
        fs::write(home.path().join(file), text).unwrap();
        let report = archive::verify(home.path());
        assert!(report.faults.iter().any(|fault| fault.place.starts_with(file)), "{:?}", report.faults);
    }
}
