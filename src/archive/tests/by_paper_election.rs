//! An election whose rounds were on paper: what was printed, what minutes, tables and the check say of it, and that another
//! count, another one elected or votes that no papers give are found, by `verify` and by the program that was written from
//! the description alone.

use jiff::tz::TimeZone;

use super::by_description;
use super::tamper::{assert_fault, faults, line_of, rechain_together};
use super::tamper_scrutiny::{at, reordered, says};
use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::verify;
use crate::archive::{Record, Results, papers};
use crate::journal::Line;
use crate::meeting::{Actor, Command, Event, PaperCount};
use crate::rules::Fate;
use crate::words::{Lang, archive as words};

const BOTH: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

fn sealed(lang: Lang, seed: u64) -> Sample {
    let sample = Sample::elected_by_paper(lang, seed);
    sample.write();
    sample.seal();
    sample
}

#[test]
fn what_is_printed_for_an_election() {
    for (lang, name) in BOTH {
        let sample = Sample::elected_by_paper(lang, 140);
        for (item, round, what) in [(0, 1, "choice"), (1, 0, "list")] {
            let issue = &sample.state().items[item].rounds[round].issue;
            for (path, bytes) in papers::files(sample.state(), issue) {
                let file = path.rsplit('/').next().unwrap().replace('.', "_");
                insta::assert_snapshot!(
                    format!("paper_{what}_{file}_{name}"),
                    String::from_utf8(bytes).unwrap()
                );
            }
        }
    }
}

#[test]
fn minutes_tables_and_checks_of_an_election_say_by_paper() {
    for (lang, name) in BOTH {
        let sample = sealed(lang, 141);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        assert!(report.checks.iter().all(|check| check.ok));
        let lines: Vec<String> = report.checks.iter().map(|check| words::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("lines_{name}"), lines.join("\n"));
        let record = Record::read(&sample.journal()).unwrap();
        let telling = Telling { lang, zone: &TimeZone::UTC, sealed: true };
        let text = minutes::markdown(&record, &telling).replace(&record.head, "HEAD");
        insta::assert_snapshot!(format!("minutes_{name}"), text);
        insta::assert_snapshot!(format!("table_{name}"), Results::of(&record).csv());
        let (holds, said) = by_description(&sample);
        assert!(holds, "{said}");
    }
    let record = Record::read(&Sample::elected_by_paper(Lang::En, 141).journal()).unwrap();
    insta::assert_snapshot!("json", Results::of(&record).json().replace(&record.head, "HEAD"));
}

fn count_of(event: &mut Event) -> Option<&mut PaperCount> {
    match event {
        Event::CountEntered { count, .. } | Event::CountedByPaper { count, .. } => Some(count),
        _ => None,
    }
}

/// Changes the counts of the first election from this line on, in their orders as well.
fn recounted(sample: &Sample, from: usize, change: impl Fn(&mut PaperCount)) -> Vec<Line> {
    let mut lines = sample.lines.clone();
    let first = sample.state().items[0].rounds[1].issue.ballot.clone();
    for place in from..lines.len() {
        let mut entered = None;
        for event in &mut lines[place].body.as_mut().unwrap().events {
            let of_first = match event {
                Event::CountEntered { ballot, .. } | Event::CountedByPaper { ballot, .. } => *ballot == first,
                _ => false,
            };
            let is_entry = matches!(event, Event::CountEntered { .. });
            if let Some(count) = count_of(event).filter(|_| of_first) {
                change(count);
                entered = entered.or_else(|| is_entry.then(|| count.clone()));
            }
        }
        if let Some(count) = entered {
            let command = Command::EnterCount { ballot: first.clone(), count: Box::new(count) };
            let by = lines[place].head.actor.clone();
            reordered(sample, &mut lines, place, &by, &command);
        }
    }
    lines
}

#[test]
fn another_count_and_another_one_elected_are_found() {
    // Another count stands in what one scrutineer entered than that one signed; or another is elected by the same count.
    let mut sample = sealed(Lang::En, 142);
    let entered = line_of(&sample, |event| matches!(event, Event::CountEntered { .. }));
    let counted = line_of(&sample, |event| matches!(event, Event::CountedByPaper { .. }));
    let mut lines = sample.lines.clone();
    let count = lines[entered].body.as_mut().unwrap().events.iter_mut().find_map(count_of).unwrap();
    count.marks[0] = vec![0, 2, 4, 2, 0];
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(entered), says("other events follow"));
    let (holds, said) = by_description(&sample);
    assert!(!holds && said.contains("another count than was signed"), "{said}");

    let mut sample = sealed(Lang::En, 142);
    let mut lines = sample.lines.clone();
    for event in &mut lines[counted].body.as_mut().unwrap().events {
        if let Event::CountedByPaper { contest, .. } = event {
            contest.as_mut().unwrap().candidates[1].fate = Fate::Elected;
        }
    }
    rechain_together(&mut sample, lines);
    assert_fault(&sample, &at(counted), says("other events follow"));
    let (holds, said) = by_description(&sample);
    assert!(!holds && said.contains("who is elected does not follow from the count"), "{said}");

    // Both scrutineers and all terminals together: what papers cannot give is found all the same, and so is who is elected
    // by other votes than those entered.
    for (votes, found) in [
        ([0, 5, 2, 1, 0], "votes that no papers can give"),
        ([0, 4, 4, 1, 0], "votes that no papers can give"),
        ([0, 2, 4, 2, 0], "who is elected does not follow from the count"),
    ] {
        let mut sample = sealed(Lang::En, 143);
        let lines = recounted(&sample, entered, |count| count.marks = vec![votes.to_vec()]);
        rechain_together(&mut sample, lines);
        assert!(!faults(&sample).is_empty(), "{votes:?}");
        let (holds, said) = by_description(&sample);
        assert!(!holds && said.contains(found), "{votes:?}: {said}");
    }
    assert_eq!(sample.lines[entered].head.actor, Actor::from("m2"));
}
