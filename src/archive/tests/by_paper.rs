//! An archive whose vote was finished on paper: it holds, says so and says what it cannot prove; what was printed is what
//! the record asks for.

use std::fs;

use jiff::tz::TimeZone;

use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::{FaultKind, verify};
use crate::archive::{Record, Results, papers};
use crate::words::{Lang, archive as words};

const BOTH: [(Lang, &str); 2] = [(Lang::Zh, "zh"), (Lang::En, "en")];

fn printed(sample: &Sample) -> Vec<(String, String)> {
    let round = sample.state().items[0].rounds.last().unwrap();
    let files = papers::files(sample.state(), &round.issue).into_iter();
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn what_is_printed() {
    for (lang, name) in BOTH {
        let files = printed(&Sample::held_on_paper(lang, 5, false));
        for (path, text) in files {
            let file = path.rsplit('/').next().unwrap().replace('.', "_");
            insta::assert_snapshot!(format!("paper_{file}_{name}"), text);
        }
    }
}

/// Nothing tells one paper from another.
#[test]
fn every_ballot_paper_is_the_same() {
    let sample = Sample::held_on_paper(Lang::En, 5, false);
    let files = printed(&sample);
    let html = &files[0].1;
    let papers: Vec<&str> = html.split("<section class=\"paper\">").skip(1).collect();
    assert_eq!(papers.len(), 5, "one for each elector present");
    let first = papers[0].split("</section>").next().unwrap();
    assert!(papers.iter().all(|paper| paper.split("</section>").next() == Some(first)));
    for person in &sample.state().plan().people {
        let nominee = sample.state().plan().items[0].lines().iter().any(|line| line.name == person.name);
        assert!(nominee || files.iter().all(|(_, text)| !text.contains(&person.name)), "{}", person.name);
    }
}

#[test]
fn minutes_tables_and_the_check_say_by_paper() {
    for (lang, name) in BOTH {
        let sample = Sample::held_on_paper(lang, 5, false);
        sample.write();
        sample.seal();
        let report = verify(sample.dir());
        assert!(report.holds(), "{:?}", report.faults);
        let lines: Vec<String> = report.checks.iter().map(|check| words::check(lang, &check.what)).collect();
        insta::assert_snapshot!(format!("paper_lines_{name}"), lines.join("\n"));
        let record = Record::read(&sample.journal()).unwrap();
        let telling = Telling { lang, zone: &TimeZone::UTC, sealed: true };
        let text = minutes::markdown(&record, &telling).replace(&record.head, "HEAD");
        insta::assert_snapshot!(format!("paper_minutes_{name}"), text);
        insta::assert_snapshot!(format!("paper_csv_{name}"), Results::of(&record).csv());
        let html = minutes::html(&record, &telling);
        assert!(html.contains(lang.pick("纸质票", "By paper")), "{html}");
    }
    let record = Record::read(&Sample::held_on_paper(Lang::En, 5, false).journal()).unwrap();
    insta::assert_snapshot!("paper_json", Results::of(&record).json().replace(&record.head, "HEAD"));
}

#[test]
fn another_paper_than_the_record_asks_for_is_found() {
    for (file, change) in [("ballots.html", true), ("tally.txt", true), ("ballots.txt", false)] {
        let sample = Sample::held_on_paper(Lang::En, 6, false);
        sample.write();
        sample.seal();
        let path = sample.path(&format!("paper/posts-r2/{file}"));
        if change {
            let text = fs::read_to_string(&path).unwrap().replacen("Gail Moor", "Gale Moor", 1);
            fs::write(&path, text).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        let faults = verify(sample.dir()).faults;
        let expected = if change { FaultKind::PaperDiffers } else { FaultKind::Missing };
        assert!(
            faults.iter().any(|fault| fault.what == expected && fault.place.ends_with(file)),
            "{faults:?}"
        );
    }
}
