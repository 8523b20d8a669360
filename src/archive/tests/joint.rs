//! Minutes, tables, JSON and checks of a joint meeting, and what is altered in its archive.

use std::fs;

use jiff::tz::TimeZone;

use super::tamper::{faults, resign};
use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::FaultKind;
use crate::archive::{FOLLOW_UPS_CSV, FollowUpKind, OPINIONS_CSV, Record, Results, follow_ups, verify};
use crate::journal::FILE_NAME;
use crate::words::Lang;

const BOTH: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];
static UTC: TimeZone = TimeZone::UTC;

fn record(sample: &Sample) -> Record {
    Record::read(&sample.journal()).unwrap()
}

fn told(lang: Lang) -> Telling<'static> {
    Telling { lang, zone: &UTC, sealed: true }
}

#[test]
fn a_joint_meeting_in_words_and_figures() {
    for (lang, name) in BOTH {
        let record = record(&Sample::joint(lang, 90));
        let snap = |text: String| text.replace(&record.head, "HEAD");
        let markdown = minutes::markdown(&record, &told(lang));
        let html = minutes::html(&record, &told(lang));
        assert!(!html.contains("<b>") && !html.contains("<i>") && !markdown.contains("<b>"));
        let results = Results::of(&record);
        insta::assert_snapshot!(format!("joint_minutes_{name}"), snap(markdown));
        insta::assert_snapshot!(format!("joint_json_{name}"), snap(results.json()));
        let tables = [results.csv(), results.opinions_csv(), results.follow_ups_csv()];
        insta::assert_snapshot!(format!("joint_tables_{name}"), tables.join("\n"));
    }
}

#[test]
fn an_archive_without_a_ballot_holds() {
    for (lang, name) in BOTH {
        let sample = Sample::joint_and_sealed(lang, 91);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        assert!(report.checks.iter().all(|check| check.ok));
        assert!(sample.path(OPINIONS_CSV).exists() && sample.path(FOLLOW_UPS_CSV).exists());
        assert!(!sample.path(crate::archive::BALLOTS).exists());
        let lines: Vec<String> =
            report.checks.iter().map(|check| crate::words::archive::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("joint_lines_{name}"), lines.join("\n"));
    }
}

/// What was said is told when the meeting breaks off, too.
#[test]
fn a_joint_meeting_that_breaks_off_loses_no_opinion() {
    let mut sample = Sample::joint_under_way(Lang::En, 96);
    for ended in [false, true] {
        if ended {
            let ground = crate::meeting::AdjournGround::Decided { reason: "storm".to_owned() };
            sample.officer(crate::meeting::Command::Adjourn { ground });
        }
        let text = minutes::markdown(&record(&sample), &told(Lang::En));
        assert!(text.contains("It was not &lt;reported&gt;") && text.contains("| silent"), "{text}");
    }
}

/// Twenty working days after Friday 12 March, with 5 April off.
#[test]
fn checks_are_owned_by_departments_and_due_on_working_days() {
    let list = follow_ups(&record(&Sample::joint(Lang::En, 92)).state);
    let found: Vec<_> = list
        .iter()
        .map(|one| {
            (one.official.as_str(), one.owner.as_str(), one.due_on.unwrap().to_string(), one.source.as_str())
        })
        .collect();
    assert!(list.iter().all(|one| one.kind == FollowUpKind::Check));
    assert_eq!(
        found,
        [
            ("Liv Orr", "Audit", "2027-04-12".to_owned(), "joint/check-li-audit"),
            ("Zoe <b>Ray</b>", "Audit", "2027-04-12".to_owned(), "joint/check-zhao-audit"),
        ]
    );
}

#[test]
fn tables_that_do_not_follow_are_found() {
    let sample = Sample::joint_and_sealed(Lang::En, 93);
    for (name, from, to) in [
        (OPINIONS_CSV, ",objection,", ",no_objection,"),
        (OPINIONS_CSV, ",console\n", ",Eve Stone\n"),
        (FOLLOW_UPS_CSV, "2027-04-12", "2027-05-12"),
        (crate::archive::RESULTS_CSV, ",objected\n", ",clear\n"),
    ] {
        let kept = fs::read_to_string(sample.path(name)).unwrap();
        let altered = kept.replace(from, to);
        assert_ne!(altered, kept, "{name}");
        fs::write(sample.path(name), altered).unwrap();
        resign(&sample);
        assert_eq!(faults(&sample), [(name.to_owned(), FaultKind::TableDiffers)]);
        fs::write(sample.path(name), kept).unwrap();
    }
}

/// What a department said can neither be changed nor withheld from a copy.
#[test]
fn an_opinion_is_neither_altered_nor_withheld() {
    let sample = Sample::joint_and_sealed(Lang::En, 94);
    let kept = sample.journal();
    let line = sample.lines.iter().find(|line| line.text.contains("\"objection\"")).unwrap();
    for altered in [line.text.replace("not <reported>", "<reported>"), line.withheld()] {
        assert_ne!(altered, line.text);
        fs::write(sample.path(FILE_NAME), kept.replace(&line.text, &altered)).unwrap();
        let found = faults(&sample);
        let is_record = |what: &FaultKind| matches!(what, FaultKind::Record { .. });
        assert!(found.iter().any(|(at, what)| at.starts_with(FILE_NAME) && is_record(what)), "{found:?}");
    }
}
