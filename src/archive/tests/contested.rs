//! Minutes, tables, JSON and checks of a meeting with elections: every round stands beside the others, who is elected follows
//! from the ballots, and whoever is put in another's place is found out.

use std::fs;

use jiff::tz::TimeZone;

use super::tamper::{assert_fault, line_of, rechain_as_machine, rechain_together};
use super::tamper_scrutiny::{at, event_mut, reordered, says};
use crate::archive::bel::bel_path;
use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::FaultKind;
use crate::archive::{RESULTS_CSV, Record, Results, verify};
use crate::meeting::{Actor, Command, Event};
use crate::rules::{CandidateOutcome, Fate};
use crate::words::Lang;

static UTC: TimeZone = TimeZone::UTC;

const BOTH: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

fn record(sample: &Sample) -> Record {
    Record::read(&sample.journal()).unwrap()
}

#[test]
fn elections_in_words_and_figures() {
    for (lang, name) in BOTH {
        let record = record(&Sample::elected(lang, 120));
        let snap = |text: String| text.replace(&record.head, "HEAD");
        let telling = Telling { lang, zone: &UTC, sealed: true };
        let html = minutes::html(&record, &telling);
        assert!(!html.contains("<b>") && (lang == Lang::Zh || html.contains("Lin &lt;b")), "escaped");
        let results = Results::of(&record);
        insta::assert_snapshot!(format!("minutes_{name}"), snap(minutes::markdown(&record, &telling)));
        insta::assert_snapshot!(format!("json_{name}"), snap(results.json()));
        insta::assert_snapshot!(format!("table_{name}"), results.csv());
        assert_eq!(results.csv().lines().count(), 1 + 4 + 2 + 3, "a row for each candidate of each round");
    }
}

/// The names that programs are promised, in their types.
#[test]
fn the_json_of_an_election_is_what_programs_are_promised() {
    let record = record(&Sample::elected(Lang::En, 121));
    let json: serde_json::Value = serde_json::from_str(&Results::of(&record).json()).unwrap();
    let [choice, list] = &json["items"].as_array().unwrap()[..] else { panic!("{json}") };
    assert_eq!((&choice["kind"], &choice["form"]), (&"contested".into(), &"choose".into()));
    let elected: Vec<_> = choice["elected"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!(elected, ["ca", "cc"]);
    assert_eq!(choice["open"], 0);
    let [first, second] = &choice["rounds"].as_array().unwrap()[..] else { panic!("{choice}") };
    assert_eq!(
        (&first["ballot"], &first["among"], &first["seats"]),
        (&"seats".into(), &"all".into(), &2.into())
    );
    assert_eq!(
        (&second["ballot"], &second["among"], &second["seats"]),
        (&"seats-r2".into(), &"tied".into(), &1.into())
    );
    assert_eq!((&second["blank"], &second["returned"]), (&1.into(), &4.into()));
    let outcomes = |round: &serde_json::Value| -> Vec<String> {
        let all = round["candidates"].as_array().unwrap().iter();
        all.map(|one| {
            format!("{} {} {}", one["id"].as_str().unwrap(), one["votes"], one["outcome"].as_str().unwrap())
        })
        .collect()
    };
    assert_eq!(outcomes(first), ["ca 4 elected", "cb 3 tied", "cc 3 tied", "cd 0 not_elected"]);
    assert_eq!(outcomes(second), ["cc 2 elected", "cb 1 not_elected"]);
    assert_eq!((&list["form"], &list["open"]), (&"list".into(), &1.into()));
    let standing = |id: &str| {
        let all = list["candidates"].as_array().unwrap();
        all.iter().find(|one| one["id"] == id).unwrap()["outcome"].clone()
    };
    assert_eq!(["ba", "bb", "bc"].map(standing), ["elected", "not_elected", "deferred"]);
}

#[test]
fn an_archive_of_elections_holds_and_says_who_is_elected() {
    for (lang, name) in BOTH {
        let sample = Sample::elected_and_sealed(lang, 122);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        assert!(report.checks.iter().all(|check| check.ok));
        let lines: Vec<String> =
            report.checks.iter().map(|check| crate::words::archive::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("lines_{name}"), lines.join("\n"));
    }
}

#[test]
fn somebody_put_in_the_place_of_the_elected_is_found() {
    let mut sample = Sample::elected_and_sealed(Lang::En, 123);
    let counted = line_of(&sample, |event| matches!(event, Event::Counted { .. }));
    // The outcome alone, then with the sums, the order behind them and all keys: the box says otherwise.
    let mut lines = sample.lines.clone();
    let Event::Counted { ballot, opened, contest, .. } = event_mut(&mut lines, counted) else { panic!() };
    contest.as_mut().unwrap().candidates[3].fate = Fate::Elected;
    let (ballot, mut opened) = (ballot.clone(), opened.clone());
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(counted), says("other events follow"));
    opened.sums[0] = vec![0, 3, 4, 3, 0];
    let command = Command::PublishCount { ballot: ballot.clone(), opened: opened.clone() };
    reordered(&sample, &mut lines, counted, &Actor::Hub, &command);
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(counted), says("other events follow"));

    let mut sample = Sample::elected_and_sealed(Lang::En, 123);
    let mut lines = sample.lines.clone();
    reordered(&sample, &mut lines, counted, &Actor::Hub, &command);
    let Event::Counted { opened: recorded, contest, .. } = event_mut(&mut lines, counted) else { panic!() };
    recorded.sums.clone_from(&opened.sums);
    let contest = contest.as_mut().unwrap();
    for (place, (votes, rank, fate)) in
        [(3, 2, Fate::Tied), (4, 1, Fate::Elected), (3, 2, Fate::Tied), (0, 4, Fate::NotElected)]
            .into_iter()
            .enumerate()
    {
        contest.candidates[place] = CandidateOutcome { votes, place: rank, fate };
    }
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &bel_path(&ballot), |what| *what == FaultKind::BelSums);
    assert_fault(&sample, &bel_path(&ballot), |what| matches!(what, FaultKind::Outcome { .. }));
}

#[test]
fn a_table_that_names_another_is_found() {
    let sample = Sample::elected_and_sealed(Lang::En, 125);
    let table = fs::read_to_string(sample.path(RESULTS_CSV)).unwrap();
    fs::write(sample.path(RESULTS_CSV), table.replacen("not_elected", "elected", 1)).unwrap();
    assert_fault(&sample, RESULTS_CSV, |what| *what == FaultKind::TableDiffers);
}
