//! A meeting in which every name, title, reason and answer is hostile: none of it acts in any paper of the archive, or in
//! what its check prints.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use crate::archive::minutes::{self, Telling};
use crate::archive::sample::Sample;
use crate::archive::verify::{Fault, FaultKind, verify};
use crate::archive::{Record, Results, papers};
use crate::harmless::hostile::{assert_harmless, hostile};
use crate::harmless::{LINE_CELLS_MAX, lines, width};
use crate::journal::hostile::{Spoilt, follow, sessions};
use crate::words::{Lang, archive as words};

/// Joiners between letters that they belong to, private and unassigned characters stay in tables, where they act on nothing.
const IN_TABLES: [char; 5] = ['\n', '\r', '\u{e123}', '\u{50000}', '\u{200c}'];

fn meetings() -> Vec<(Lang, Sample)> {
    let all = |lang, seed| {
        let held =
            [Sample::held_hostile, Sample::reviewed_hostile, Sample::joint_hostile, Sample::term_hostile];
        held.map(|held| (lang, held(lang, seed)))
    };
    [Lang::Zh, Lang::En].into_iter().flat_map(|lang| all(lang, 70)).collect()
}

#[test]
fn no_paper_of_the_archive_acts() {
    for (lang, sample) in meetings() {
        let record = Record::read(&sample.journal()).unwrap();
        let telling = Telling { lang, zone: &TimeZone::UTC, sealed: true };
        let html = minutes::html(&record, &telling);
        assert_harmless(&html, &['\n']);
        assert!(
            !html.contains("<script") && html.contains("&lt;U+202E&gt;") && html.contains("&lt;U+001B&gt;")
        );
        let markdown = minutes::markdown(&record, &telling);
        assert_harmless(&markdown, &['\n']);
        assert!(!markdown.contains("<script") && markdown.contains("&lt;U+202E&gt;"));
        no_table_acts(&Results::of(&record));
    }
}

/// No table that is written makes a spreadsheet calculate. Which tables there are.
fn no_table_acts(results: &Results) -> BTreeSet<&'static str> {
    let mut written = BTreeSet::new();
    for (name, _, table) in results.tables() {
        let Some(table) = table else { continue };
        let table = String::from_utf8(table).unwrap();
        let table = table.trim_start_matches('\u{feff}');
        assert_harmless(table, &IN_TABLES);
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes()).into_records();
        for row in rows.map(Result::unwrap) {
            for cell in &row {
                assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "a formula in {name}: {cell}");
                assert!(!cell.starts_with('-') || cell.parse::<f64>().is_ok(), "a formula in {name}: {cell}");
            }
        }
        written.insert(name);
    }
    written
}

/// The same of every record that is kept with the program: each kind of item, changes of the agenda, several sittings,
/// objections and reconsiderations. Between them they leave every table there is.
#[test]
fn no_paper_of_any_record_acts() {
    let (mut written, mut known) = (BTreeSet::new(), BTreeSet::new());
    for session in sessions() {
        let Spoilt { lines, mut states } = follow(&session, hostile);
        let head = lines.last().unwrap().head_hash.clone();
        let record = Record { lines, state: states.pop().unwrap(), head, withheld: 0 };
        let results = Results::of(&record);
        written.extend(no_table_acts(&results));
        known.extend(results.tables().map(|(name, ..)| name));
        let json = serde_json::to_string(&results).unwrap();
        assert!(json.contains("\\u001b"), "{session}: what is hostile is in what is told");
        for lang in [Lang::Zh, Lang::En] {
            let telling = Telling { lang, zone: &TimeZone::UTC, sealed: true };
            let (html, markdown) = (minutes::html(&record, &telling), minutes::markdown(&record, &telling));
            for (format, text) in [("html", &html), ("md", &markdown)] {
                assert_harmless(text, &['\n']);
                assert!(!text.contains("<script"), "{session}, {format}");
                assert!(text.contains("U+"), "{session}, {format}: what would act is named where it stands");
            }
        }
    }
    assert_eq!(written, known, "a table that no record leaves is not looked at");
}

#[test]
fn no_printed_paper_acts() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::held_on_paper(lang, 71, true);
        let round = sample.state().items[0].rounds.last().unwrap();
        for (name, bytes) in papers::files(sample.state(), &round.issue) {
            let text = String::from_utf8(bytes).unwrap();
            assert_harmless(&text, &['\n']);
            assert!(!name.ends_with(".html") || !text.contains("<script"), "{name}");
            assert!(text.contains("U+"), "{name}: what would act is named where it stands");
        }
    }
}

/// What `verify` finds in it is said in lines that do nothing but be read.
#[test]
fn no_line_of_the_check_acts() {
    for (lang, sample) in meetings() {
        sample.write();
        sample.seal();
        std::fs::write(sample.path(&hostile("x").replace(['/', '\0'], "")), b"x").unwrap();
        let mut report = verify(sample.dir());
        assert!(!report.faults.is_empty(), "the plan is another one than its file");
        let detail = hostile("detail").repeat(2_000);
        report.faults.push(Fault { place: hostile("place"), what: FaultKind::Record { detail } });
        let said = report.faults.iter().map(|fault| words::fault(lang, fault));
        let checks = report.checks.iter().map(|check| words::check(lang, &check.what));
        for text in said.chain(checks).chain([words::verdict(lang, &report)]) {
            let shown = lines(&text);
            assert_harmless(&shown, &['\n']);
            assert!(shown.lines().all(|line| width(line) <= LINE_CELLS_MAX));
        }
    }
}
