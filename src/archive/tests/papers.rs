//! Minutes, table and JSON of a whole meeting.

use jiff::tz::TimeZone;

use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::{Record, Results};
use crate::meeting::{AdjournGround, Command};
use crate::words::Lang;

fn record(sample: &Sample) -> Record {
    Record::read(&sample.journal()).unwrap()
}

/// The texts of a meeting whose hashes differ with every change of a format.
fn without_hashes(text: &str, record: &Record) -> String {
    text.replace(&record.head, "HEAD")
}

#[test]
fn minutes_in_both_languages() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let record = record(&Sample::held(lang, 1));
        let telling = Telling { lang, zone: &TimeZone::UTC, sealed: true };
        let markdown = minutes::markdown(&record, &telling);
        insta::assert_snapshot!(format!("minutes_{name}"), without_hashes(&markdown, &record));
        let html = minutes::html(&record, &telling);
        insta::assert_snapshot!(format!("page_{name}"), without_hashes(&html, &record));
        assert!(!html.contains('\u{1b}') && !markdown.contains('\u{1b}'));
        assert!(!html.contains("<b>"), "a name is no markup");
    }
}

#[test]
fn the_json_is_what_programs_were_promised() {
    let record = record(&Sample::held(Lang::En, 1));
    insta::assert_snapshot!("json", without_hashes(&Results::of(&record).json(), &record));
    insta::assert_snapshot!("csv", Results::of(&record).csv());
}

#[test]
fn an_item_that_never_got_there_has_no_figures() {
    let mut sample = Sample::begin(Lang::En, 2);
    sample.open();
    sample.officer(Command::Adjourn { ground: AdjournGround::Decided { reason: "smoke".into() } });
    let record = record(&sample);
    let json: serde_json::Value = serde_json::from_str(&Results::of(&record).json()).unwrap();
    let item = &json["items"][0];
    for name in ["due", "present", "issued", "returned"] {
        assert!(item[name].is_null(), "{name}");
    }
    for line in item["lines"].as_array().unwrap() {
        for name in ["agree", "disagree", "abstain", "not_returned", "outcome"] {
            assert!(line[name].is_null(), "{name}");
        }
    }
    assert_eq!(json["meeting"]["adjourned"]["reason"], "smoke");
    let telling = Telling { lang: Lang::En, zone: &TimeZone::UTC, sealed: true };
    let text = minutes::markdown(&record, &telling);
    assert!(text.contains("The meeting was adjourned: smoke"), "{text}");
    assert!(text.contains("this item was not called"), "{text}");
}
