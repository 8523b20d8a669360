//! Minutes, tables, JSON and checks of a meeting with a review.

use jiff::tz::TimeZone;

use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::{EVALUATIONS_CSV, FOLLOW_UPS_CSV, FollowUpKind, Record, Results, follow_ups, verify};
use crate::meeting::{AdjournGround, Command};
use crate::words::Lang;

fn record(sample: &Sample) -> Record {
    Record::read(&sample.journal()).unwrap()
}

static UTC: TimeZone = TimeZone::UTC;

const BOTH: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

fn told(record: &Record) -> Telling<'static> {
    Telling { lang: record.state.plan().meeting.language, zone: &UTC, sealed: true }
}

#[test]
fn a_review_in_words_and_figures() {
    for (lang, name) in BOTH {
        let record = record(&Sample::reviewed(lang, 50));
        let snap = |text: String| text.replace(&record.head, "HEAD");
        let markdown = minutes::markdown(&record, &told(&record));
        let html = minutes::html(&record, &told(&record));
        assert!(!html.contains('\u{1b}') && !markdown.contains('\u{1b}'));
        assert!(!html.contains("<b>") && !html.contains("<i>") && !markdown.contains("<b>"));
        let results = Results::of(&record);
        insta::assert_snapshot!(format!("minutes_{name}"), snap(markdown));
        insta::assert_snapshot!(format!("page_{name}"), snap(html));
        insta::assert_snapshot!(format!("json_{name}"), snap(results.json()));
        let tables = [results.csv(), results.evaluations_csv(), results.follow_ups_csv()];
        insta::assert_snapshot!(format!("tables_{name}"), tables.join("\n"));
    }
}

#[test]
fn both_kinds_in_one_archive_hold() {
    for (lang, name) in BOTH {
        let sample = Sample::reviewed_and_sealed(lang, 51);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        assert!(report.checks.iter().all(|check| check.ok));
        assert!(sample.path(EVALUATIONS_CSV).exists() && sample.path(FOLLOW_UPS_CSV).exists());
        let lines: Vec<String> =
            report.checks.iter().map(|check| crate::words::archive::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("lines_{name}"), lines.join("\n"));
    }
}

/// The names that programs were promised, in the types that they were promised in.
#[test]
fn the_json_of_a_review_is_what_programs_were_promised() {
    let record = record(&Sample::reviewed(Lang::En, 52));
    let json: serde_json::Value = serde_json::from_str(&Results::of(&record).json()).unwrap();
    let item = &json["items"][1];
    assert_eq!((&item["id"], &item["kind"]), (&"review".into(), &"review".into()));
    let wang = &item["officials"][0];
    assert_eq!(wang["name"], "Will Ash");
    for (ballot, group) in wang["ballots"].as_array().unwrap().iter().zip(["commission", "invited"]) {
        assert_eq!(ballot["id"], format!("review-wang-{group}"));
        assert_eq!(ballot["group"], group);
        assert_eq!(
            (&ballot["due"], &ballot["present"], &ballot["issued"]),
            (&6.into(), &6.into(), &6.into())
        );
        for dimension in ballot["dimensions"].as_array().unwrap() {
            let counts = dimension["counts"].as_object().unwrap();
            let marked: u64 = counts.values().map(|count| count.as_u64().unwrap()).sum();
            assert_eq!(marked + dimension["not_returned"].as_u64().unwrap(), 6);
        }
    }
    let fraction = |text: &serde_json::Value| text.as_str().unwrap().split_once('/').is_some();
    assert!(fraction(&wang["rate"]) && fraction(&wang["score"]) && wang["verdict"].is_string());
    assert!(wang["consequence"].is_null());
    let ended: Vec<&serde_json::Value> =
        wang["questions"].as_array().unwrap().iter().map(|question| &question["ended"]).collect();
    let expected =
        ["answered", "promised", "answered", "merged", "returned", "promised", "withdrawn", "declined"];
    assert_eq!(ended, expected.map(serde_json::Value::from).iter().collect::<Vec<_>>());
    let slip = &wang["questions"][1];
    assert!(slip["asker"].is_null());
    assert_eq!(slip["due_on"], "2027-03-26");
    assert_eq!(wang["questions"][0]["satisfied"], false);
    let zhou = &item["officials"][1];
    assert_eq!((&zhou["stage"], &zhou["put_off"]), (&"put_off".into(), &"is away".into()));
    assert!(zhou["verdict"].is_null() && zhou["ballots"].as_array().unwrap().is_empty());
    let kinds: Vec<&str> = json["follow_ups"]
        .as_array()
        .unwrap()
        .iter()
        .map(|follow_up| follow_up["kind"].as_str().unwrap())
        .collect();
    let expected = ["inquiry", "promise", "unanswered", "opinion", "opinion", "opinion", "consequence"];
    assert_eq!(kinds, expected);
}

/// A day of rest lies between: fifteen working days after Friday 12 March, with 5 April off.
#[test]
fn follow_ups_are_due_on_working_days() {
    let record = record(&Sample::reviewed(Lang::En, 53));
    let list = follow_ups(&record.state);
    assert!(list.iter().map(|one| one.number).eq(1..=list.len()));
    let due = |kind| list.iter().find(|one| one.kind == kind).unwrap().due_on.unwrap().to_string();
    assert_eq!(due(FollowUpKind::Promise), "2027-03-26");
    assert_eq!(due(FollowUpKind::Unanswered), "2027-04-02");
    assert_eq!(due(FollowUpKind::Opinion), "2027-04-02");
    assert_eq!(due(FollowUpKind::Consequence), "2027-04-02");
}

/// Whatever was asked is still told when the meeting breaks off, and has to be answered.
#[test]
fn a_review_that_breaks_off_loses_no_question() {
    let mut sample = Sample::begin_review(Lang::En, 54);
    sample.begin_questions();
    sample.officer(Command::Adjourn { ground: AdjournGround::Decided { reason: "storm".into() } });
    let record = record(&sample);
    let list = follow_ups(&record.state);
    assert_eq!(list.iter().map(|one| one.kind).collect::<Vec<_>>(), [FollowUpKind::Unanswered; 2]);
    let text = minutes::markdown(&record, &told(&record));
    for part in
        ["Why was it late?", "Who paid?", "still open when the meeting ended", "no ballot of this item"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let json: serde_json::Value = serde_json::from_str(&Results::of(&record).json()).unwrap();
    assert!(json["items"][1]["officials"][0]["questions"][1]["ended"].is_null());
}
