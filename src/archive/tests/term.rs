//! Minutes, tables, JSON and checks of a deliberation during the term; and the same of a copy without the words.

use std::fs;

use jiff::tz::TimeZone;

use super::tamper::{faults, reseal};
use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::FaultKind;
use crate::archive::{FollowUpKind, Record, Results, follow_ups, verify};
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
fn a_deliberation_in_words_and_figures() {
    for (lang, name) in BOTH {
        for (how, sample) in
            [("voted", Sample::term(lang, 100)), ("deferred", Sample::term_deferred(lang, 101))]
        {
            let record = record(&sample);
            let markdown = minutes::markdown(&record, &told(lang));
            // What stands under the deliberation, without trackers and hashes.
            let (before, _) = markdown.split_once(lang.pick("## 存档", "## Record")).unwrap();
            insta::assert_snapshot!(format!("term_minutes_{how}_{name}"), before);
            let html = minutes::html(&record, &told(lang));
            assert!(!html.contains("<clear>") && !html.contains("<i>"));
        }
    }
}

#[test]
fn the_json_of_a_deliberation_is_what_programs_were_promised() {
    let voted = Results::of(&record(&Sample::term(Lang::En, 102))).json();
    let json: serde_json::Value = serde_json::from_str(&voted).unwrap();
    let item = &json["items"][0];
    assert_eq!((&item["kind"], &item["lines"][0]["outcome"]), (&"deliberation".into(), &"carried".into()));
    let told = &item["deliberation"];
    assert_eq!(told["proposing"], "Organisation <Office>");
    assert_eq!(told["deferred_by_rule"], false);
    assert_eq!(told["statements"][0]["by"], "Finn Hale");
    assert_eq!(
        (&told["statements"][1]["by"], &told["statements"][1]["taken_down"]),
        (&"Ada Reed".into(), &true.into())
    );
    assert_eq!(
        (&told["questions"][0]["text"], &told["questions"][0]["clearly"]),
        (&"Where does the money come from?".into(), &true.into())
    );
    assert_eq!(told["questions"][0]["replies"][0]["by"], "June Day");
    assert!(told["questions"][1]["replies"][0]["by"].is_null());
    let deferred = record(&Sample::term_deferred(Lang::En, 103));
    let json: serde_json::Value = serde_json::from_str(&Results::of(&deferred).json()).unwrap();
    let item = &json["items"][0];
    assert_eq!(item["lines"][0]["outcome"], "deferred");
    assert_eq!(item["deliberation"]["deferred_by_rule"], true);
    assert_eq!(item["deliberation"]["questions"][1]["unclear"], "no <figure> was given");
    let list = follow_ups(&deferred.state);
    let found: Vec<_> = list.iter().map(|one| (one.kind, one.owner.as_str(), one.source.as_str())).collect();
    assert_eq!(found, [(FollowUpKind::Unanswered, "Organisation <Office>", "term/question-2")]);
}

/// A copy from which the words are withheld holds, says so, and has the same outcome.
#[test]
fn a_copy_without_the_words_holds() {
    for (lang, _) in BOTH {
        let sample = Sample::term_and_sealed(lang, 104);
        assert_eq!(verify(sample.dir()).faults, []);
        let copy = sample.without_words();
        let withheld = Record::read(&copy).unwrap();
        assert_eq!(withheld.withheld, 6);
        let text = minutes::markdown(&withheld, &told(lang));
        let words = lang.pick("钱从哪里来", "Where does the money come from");
        assert!(!text.contains(words) && text.contains(lang.pick("内容未公开", "withheld from this copy")));
        assert!(minutes::markdown(&record(&sample), &told(lang)).contains(words));
        fs::write(sample.path(FILE_NAME), &copy).unwrap();
        reseal(&sample);
        assert_eq!(verify(sample.dir()).faults, []);
    }
}

/// What decides is not withheld.
#[test]
fn a_judgement_is_not_withheld() {
    let sample = Sample::term_and_sealed(Lang::En, 105);
    let line = sample.lines.iter().find(|line| line.text.contains("\"reply_judged\"")).unwrap();
    fs::write(sample.path(FILE_NAME), sample.journal().replace(&line.text, &line.withheld())).unwrap();
    let found = faults(&sample);
    let is_record = |what: &FaultKind| matches!(what, FaultKind::Record { .. });
    assert!(found.iter().any(|(at, what)| at.starts_with(FILE_NAME) && is_record(what)), "{found:?}");
}
