//! Minutes, tables, JSON and checks of a meeting in which everything is decided in the open.

use jiff::tz::TimeZone;

use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::{FaultKind, What};
use crate::archive::{FollowUpKind, Record, Results, VOTES_CSV, follow_ups, verify};
use crate::words::Lang;

const BOTH: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

static UTC: TimeZone = TimeZone::UTC;

fn record(sample: &Sample) -> Record {
    Record::read(&sample.journal()).unwrap()
}

fn told(record: &Record) -> Telling<'static> {
    Telling { lang: record.state.plan().meeting.language, zone: &UTC, sealed: true }
}

#[test]
fn what_is_decided_in_the_open_in_words_and_figures() {
    for (lang, name) in BOTH {
        let record = record(&Sample::decided_in_the_open(lang, 70));
        let signed = record.state.items[0].matter().and_then(|matter| matter.signed.clone());
        let Some(crate::meeting::Signed::ByKey { record: hash }) = signed else { panic!("not signed") };
        let snap = |text: String| text.replace(&record.head, "HEAD").replace(&hash, "RECORD");
        let results = Results::of(&record);
        insta::assert_snapshot!(
            format!("open_minutes_{name}"),
            snap(minutes::markdown(&record, &told(&record)))
        );
        insta::assert_snapshot!(format!("open_json_{name}"), snap(results.json()));
        let tables = [results.csv(), results.votes_csv(), results.follow_ups_csv()];
        insta::assert_snapshot!(format!("open_tables_{name}"), tables.join("\n"));
        let html = minutes::html(&record, &told(&record));
        assert!(!html.contains("<b>") && html.contains(lang.pick("末位表态", "speaks last")));
    }
}

#[test]
fn every_vote_stands_by_name_and_unanimity_in_place_of_none() {
    for (lang, _) in BOTH {
        let record = record(&Sample::decided_in_the_open(lang, 71));
        let markdown = minutes::markdown(&record, &told(&record));
        let plan = record.state.plan();
        for id in ["m01", "m02", "m03", "m04", "m05", "m06", "m07", "m08"] {
            let name = &plan.person(id).unwrap().name;
            let rows = markdown.lines().filter(|line| line.starts_with("| ") && line.contains(name.as_str()));
            assert_eq!(rows.count(), 1, "{name} has one line in the table of votes");
        }
        for word in ["一致通过", "unanimous"] {
            assert!(!markdown.contains(word), "{markdown}");
        }
    }
}

#[test]
fn an_archive_of_it_holds() {
    for (lang, name) in BOTH {
        let sample = Sample::decided_in_the_open_and_sealed(lang, 72);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        assert!(sample.path(VOTES_CSV).exists());
        let lines: Vec<String> =
            report.checks.iter().map(|check| crate::words::archive::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("open_lines_{name}"), lines.join("\n"));
    }
}

#[test]
fn execution_and_check_are_follow_ups_of_what_is_carried_alone() {
    let record = record(&Sample::decided_in_the_open(Lang::En, 73));
    let left = follow_ups(&record.state);
    let kinds: Vec<(FollowUpKind, &str)> = left.iter().map(|one| (one.kind, one.source.as_str())).collect();
    // The second matter was deferred, and leaves nothing to be carried out.
    assert_eq!(
        kinds,
        [(FollowUpKind::Execution, "bridge/decision"), (FollowUpKind::Check, "bridge/decision")]
    );
    assert!(left.iter().all(|one| one.due_on.is_some() && !one.owner.is_empty()));
}

#[test]
fn a_changed_vote_or_table_is_found() {
    let journal = |sample: &Sample| sample.journal();
    for (from, to) in [
        ("\"choice\":\"disagree\"", "\"choice\":\"agree\""),
        ("\"entered\":\"terminal broken\"", "\"entered\":\"terminal busted\""),
    ] {
        let sample = Sample::decided_in_the_open_and_sealed(Lang::En, 74);
        let changed = journal(&sample).replace(from, to);
        assert_ne!(changed, journal(&sample));
        std::fs::write(sample.path(crate::journal::FILE_NAME), changed).unwrap();
        assert!(!verify(sample.dir()).holds(), "{from}");
    }
    let sample = Sample::decided_in_the_open_and_sealed(Lang::En, 75);
    let table = std::fs::read_to_string(sample.path(VOTES_CSV)).unwrap();
    std::fs::write(sample.path(VOTES_CSV), table.replacen(",postpone,", ",agree,", 1)).unwrap();
    let report = verify(sample.dir());
    let found = |what: &FaultKind| report.faults.iter().any(|fault| fault.what == *what);
    assert!(found(&FaultKind::TableDiffers) && found(&FaultKind::Changed), "{:?}", report.faults);
}

#[test]
fn verify_counts_again_and_says_who_was_last() {
    let sample = Sample::decided_in_the_open_and_sealed(Lang::En, 76);
    let report = verify(sample.dir());
    let votes = report.checks.iter().find_map(|check| match &check.what {
        What::NamedVote { by_key, entered, count, .. } => Some((*by_key, *entered, *count)),
        _ => None,
    });
    let (by_key, entered, count) = votes.unwrap();
    assert_eq!((by_key, entered), (6, 2));
    assert_eq!((count.agree, count.disagree, count.postpone, count.without), (5, 1, 1, 1));
    let last = report.checks.iter().any(|check| {
        matches!(&check.what, What::Views { head_last: true, signed: true, heard: 7, passed: 1, .. })
    });
    assert!(last, "{:?}", report.checks);
}

#[test]
fn hostile_words_are_told_harmlessly() {
    for (lang, _) in BOTH {
        let record = record(&Sample::decided_in_the_open_hostile(lang, 77));
        let (markdown, html) =
            (minutes::markdown(&record, &told(&record)), minutes::html(&record, &told(&record)));
        for text in [markdown, html, Results::of(&record).csv()] {
            assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
        }
    }
}
