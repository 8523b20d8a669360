//! Whatever is altered in an archive is found and named, by somebody without the keys and by somebody who has them
//! and seals again.

use std::fs;

use crate::archive::bel::{bel_path, election};
use crate::archive::sample::Sample;
use crate::archive::verify::{FaultKind, What};
use crate::archive::{PLAN, RESULTS_CSV, TRANSCRIPT, Transcript, verify};
use crate::ballot::{BelWriter, open_bel, tally};
use crate::journal::{FILE_NAME, Line, NO_PREVIOUS};
use crate::meeting::{Actor, BallotId, Event, Seen, sha256_hex};
use crate::words::Lang;

/// The names of the faults with their places.
pub(super) fn faults(sample: &Sample) -> Vec<(String, FaultKind)> {
    verify(sample.dir()).faults.into_iter().map(|fault| (fault.place, fault.what)).collect()
}

#[track_caller]
pub(super) fn assert_fault(sample: &Sample, place: &str, is: impl Fn(&FaultKind) -> bool) {
    let faults = faults(sample);
    assert!(faults.iter().any(|(at, what)| at == place && is(what)), "{place}: {faults:#?}");
}

/// Writes minutes, tables, list and signatures again, as one could who has the keys.
pub(super) fn reseal(sample: &Sample) {
    fs::remove_file(sample.path(TRANSCRIPT)).unwrap();
    sample.seal();
}

/// Signs the folder as it is, without writing minutes and tables again.
pub(super) fn resign(sample: &Sample) {
    let mut transcript = Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap()).unwrap();
    transcript.seal.files.retain(|file| sample.path(&file.path).exists());
    for file in &mut transcript.seal.files {
        let bytes = fs::read(sample.path(&file.path)).unwrap();
        file.bytes = bytes.len() as u64;
        file.sha256 = sha256_hex(&bytes);
    }
    let journal = fs::read_to_string(sample.path(FILE_NAME)).unwrap();
    if let Some(Ok(last)) = journal.lines().last().map(Line::read) {
        transcript.seal.lines = last.head.number;
        transcript.seal.head = last.head_hash;
    }
    fs::remove_file(sample.path(TRANSCRIPT)).unwrap();
    sample.sign(&transcript.seal);
}

/// Writes the record anew with other lines, their chain recomputed, by somebody without any key.
pub(super) fn rechain(sample: &mut Sample, lines: Vec<Line>) {
    rechain_with(sample, lines, |_| false);
}

/// The same by the machine that ran the meeting: what hub and console ordered is signed anew over the new chain.
pub(super) fn rechain_as_machine(sample: &mut Sample, lines: Vec<Line>) {
    rechain_with(sample, lines, |actor| matches!(actor, Actor::Hub | Actor::Console));
}

/// The same by all terminals together: nothing but the rules is left that could object.
pub(super) fn rechain_together(sample: &mut Sample, lines: Vec<Line>) {
    rechain_with(sample, lines, |_| true);
}

/// The lines before the first change stay as they are.
fn rechain_with(sample: &mut Sample, lines: Vec<Line>, holds_key: impl Fn(&Actor) -> bool) {
    let body = |line: &Line| serde_json::to_string(line.body.as_ref().unwrap()).unwrap();
    let same = |(line, kept): &(&Line, &Line)| body(line) == body(kept);
    let kept = lines.iter().zip(&sample.lines).take_while(same).count();
    let mut seen = Seen { line: 0, head: NO_PREVIOUS.to_owned() };
    let mut text = String::new();
    for (place, line) in lines.into_iter().enumerate() {
        let line = if place < kept { line } else { resigned(sample, line, &seen, &holds_key) };
        text.push_str(&line.text);
        text.push('\n');
        seen = Seen { line: seen.line + 1, head: line.head_hash };
    }
    fs::write(sample.path(FILE_NAME), text).unwrap();
    resign(sample);
}

fn resigned(sample: &mut Sample, line: Line, seen: &Seen, holds_key: impl Fn(&Actor) -> bool) -> Line {
    let mut body = line.body.unwrap();
    if let Some(order) = body.order.as_mut().filter(|order| holds_key(&order.actor)) {
        let command = order.command().unwrap();
        let session = sample.state().session().clone();
        let (actor, counter) = (order.actor.clone(), order.counter);
        let identity = sample.identity(&actor).clone();
        *order = identity.order(&session, actor, counter, seen.clone(), &command).unwrap();
    }
    let head = line.head;
    Line::write(seen.line + 1, &seen.head, head.time, head.actor, body, &mut sample.rng).unwrap()
}

/// The number of the first line with an event like this.
pub(super) fn line_of(sample: &Sample, is: impl Fn(&Event) -> bool) -> usize {
    sample.lines.iter().position(|line| line.body.as_ref().unwrap().events.iter().any(&is)).unwrap()
}

/// The number of the first line that a seat ordered.
fn first_seat_order(sample: &Sample) -> usize {
    sample.lines.iter().position(|line| line.head.actor.seat().is_some()).unwrap() + 1
}

pub(super) fn is_other_record(what: &FaultKind) -> bool {
    matches!(what, FaultKind::Record { detail } if detail.contains("followed another record"))
}

#[test]
fn one_changed_byte_anywhere() {
    let sample = Sample::sealed(Lang::En, 20);
    let mut names: Vec<String> = Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap())
        .unwrap()
        .seal
        .files
        .into_iter()
        .map(|file| file.path)
        .collect();
    names.extend([TRANSCRIPT, FILE_NAME].map(str::to_owned));
    for name in names {
        let path = sample.path(&name);
        let bytes = fs::read(&path).unwrap();
        let stride = if bytes.len() < 64 { 1 } else { bytes.len() / 12 + 1 };
        let places = (0..bytes.len()).step_by(stride).chain([bytes.len() - 1]);
        for place in places {
            let mut altered = bytes.clone();
            altered[place] ^= 1;
            fs::write(&path, &altered).unwrap();
            let faults = faults(&sample);
            let named = faults.iter().any(|(at, _)| at == &name || at.starts_with(&format!("{name}:")));
            assert!(named, "{name}, byte {place}: {faults:#?}");
        }
        fs::write(&path, &bytes).unwrap();
    }
    assert_eq!(faults(&sample), []);
}

#[test]
fn files_too_many_missing_or_renamed() {
    let sample = Sample::sealed(Lang::En, 21);
    fs::write(sample.path("more.txt"), b"x").unwrap();
    assert_fault(&sample, "more.txt", |what| *what == FaultKind::Unlisted);
    fs::remove_file(sample.path("more.txt")).unwrap();
    for empty in ["empty", "materials/empty"] {
        fs::create_dir(sample.path(empty)).unwrap();
        assert_fault(&sample, empty, |what| *what == FaultKind::EmptyFolder);
        fs::remove_dir(sample.path(empty)).unwrap();
    }
    fs::create_dir(sample.path("private")).unwrap();
    assert_fault(&sample, "private", |what| *what == FaultKind::Private);
    fs::remove_dir(sample.path("private")).unwrap();
    for name in
        ["minutes.html", "materials/la.md", "ballots/posts-r2.bel", FILE_NAME, PLAN, RESULTS_CSV, TRANSCRIPT]
    {
        let aside = sample.home.path().with_extension("aside");
        fs::rename(sample.path(name), &aside).unwrap();
        assert_fault(&sample, name, |what| *what == FaultKind::Missing);
        fs::rename(&aside, sample.path(name)).unwrap();
    }
    fs::rename(sample.path("materials/la.md"), sample.path("materials/lz.md")).unwrap();
    assert_fault(&sample, "materials/la.md", |what| *what == FaultKind::Missing);
    assert_fault(&sample, "materials/lz.md", |what| *what == FaultKind::Unlisted);
    fs::rename(sample.path("materials/lz.md"), sample.path("materials/la.md")).unwrap();
    #[cfg(unix)]
    {
        let kept = sample.path("materials/la.md");
        let aside = sample.home.path().with_extension("aside");
        fs::rename(&kept, &aside).unwrap();
        std::os::unix::fs::symlink(&aside, &kept).unwrap();
        assert_fault(&sample, "materials/la.md", |what| matches!(what, FaultKind::Odd { .. }));
        fs::remove_file(&kept).unwrap();
        fs::rename(&aside, &kept).unwrap();
    }
    assert_eq!(faults(&sample), []);
}

#[test]
fn every_fault_is_listed() {
    let sample = Sample::sealed(Lang::En, 22);
    for name in ["minutes.md", "materials/lb.md", PLAN] {
        let mut bytes = fs::read(sample.path(name)).unwrap();
        bytes.push(b'\n');
        fs::write(sample.path(name), bytes).unwrap();
    }
    let journal = fs::read_to_string(sample.path(FILE_NAME)).unwrap();
    fs::write(
        sample.path(FILE_NAME),
        journal.replacen("\"enrol\"", "\"enrul\"", 1).replace("\"close_meeting\"", "\"x\""),
    )
    .unwrap();
    for place in ["minutes.md", "materials/lb.md", PLAN, "journal.jsonl:2"] {
        assert_fault(&sample, place, |_| true);
    }
    let last = format!("{FILE_NAME}:{}", sample.lines.len());
    assert_fault(&sample, &last, |_| true);
}

#[test]
fn a_copy_may_withhold_a_note_and_nothing_else() {
    let sample = Sample::sealed(Lang::En, 32);
    let withhold = |withheld: usize| {
        let lines = sample.lines.iter().enumerate();
        let texts =
            lines.map(|(place, line)| if place == withheld { line.withheld() } else { line.text.clone() });
        let text: String = texts.map(|text| text + "\n").collect();
        fs::write(sample.path(FILE_NAME), text).unwrap();
    };
    withhold(line_of(&sample, |event| matches!(event, Event::Noted { .. })));
    let report = verify(sample.dir());
    assert_eq!(report.faults, []);
    assert!(report.checks.iter().any(|check| matches!(check.what, What::Journal { withheld: 1, .. })));
    let deferred = line_of(&sample, |event| matches!(event, Event::Deferred { .. }));
    withhold(deferred);
    let record = |what: &FaultKind| matches!(what, FaultKind::Record { .. });
    assert_fault(&sample, &format!("{FILE_NAME}:{}", deferred + 1), record);
    assert_eq!(faults(&sample).len(), 1, "what follows the line is sound in itself");
}

#[test]
fn a_record_altered_with_its_chain_recomputed() {
    let is_record = |what: &FaultKind| matches!(what, FaultKind::Record { .. });
    let mut sample = Sample::sealed(Lang::En, 23);
    let whole = sample.lines.clone();
    let confirmed = line_of(&sample, |event| matches!(event, Event::ListConfirmed { .. }));

    let mut removed = whole.clone();
    removed.remove(confirmed);
    rechain(&mut sample, removed);
    let faults = faults(&sample);
    assert!(
        faults.iter().any(|(at, what)| at.starts_with("journal.jsonl:") && is_record(what)),
        "{faults:#?}"
    );

    let came = line_of(&sample, |event| matches!(event, Event::SignedIn { .. }));
    let mut reordered = whole.clone();
    reordered.swap(came - 1, came);
    rechain(&mut sample, reordered);
    assert_fault(&sample, &format!("journal.jsonl:{came}"), is_record);

    // The events of a line, the order behind it, the counter.
    let voted = line_of(&sample, |event| matches!(event, Event::ScrutineersVoted { .. }));
    let mut edited = whole.clone();
    if let Some(Event::ScrutineersVoted { agree, .. }) =
        edited[voted].body.as_mut().unwrap().events.first_mut()
    {
        *agree += 1;
    }
    rechain(&mut sample, edited);
    assert_fault(&sample, &format!("journal.jsonl:{}", voted + 1), is_record);
    let mut edited = whole.clone();
    edited[voted].body.as_mut().unwrap().order.as_mut().unwrap().counter += 1;
    rechain(&mut sample, edited);
    assert_fault(&sample, &format!("journal.jsonl:{}", voted + 1), is_record);

    let mut cut = whole.clone();
    cut.pop();
    rechain(&mut sample, cut);
    assert_fault(&sample, FILE_NAME, |what| *what == FaultKind::NotEnded);

    rechain(&mut sample, whole);
    let text = fs::read_to_string(sample.path(FILE_NAME)).unwrap();
    fs::write(sample.path(FILE_NAME), text.trim_end()).unwrap();
    assert_fault(&sample, &format!("{FILE_NAME}:{}", sample.lines.len()), |what| {
        *what == FaultKind::TornLine
    });
}

/// The archive of the counted round with other ballots, the sums as they would be.
fn rewrite_bel(sample: &mut Sample, alter: impl Fn(&mut Vec<Vec<u8>>), honest: bool) {
    let path = sample.path("ballots/posts-r2.bel");
    let contents = open_bel(&fs::read(&path).unwrap()).unwrap();
    let ballot = BallotId::from("posts-r2");
    let round = sample.state().round(&ballot).unwrap().1;
    let setup = election(round.setup.as_ref().unwrap()).unwrap();
    let mut ballots = contents.ballots;
    alter(&mut ballots);
    let mut bel = BelWriter::begin(&setup, contents.timestamp_seconds);
    for ballot in &ballots {
        bel.ballot(ballot);
    }
    bel.end_ballots();
    if honest {
        let checked: Vec<_> = ballots.iter().map(|ballot| setup.check_ballot(ballot).unwrap()).collect();
        let sums = tally(&setup, &checked).unwrap();
        bel.encrypted_tally(&sums);
        let partials = sample.factors(&setup, &sums);
        for (trustee, partial) in &partials {
            bel.partial_decryption(*trustee, partial);
        }
        bel.result(&crate::ballot::combine(&setup, &sums, &partials, ballots.len()).unwrap());
    }
    fs::write(&path, bel.into_bytes()).unwrap();
    resign(sample);
}

#[test]
fn ballots_dropped_swapped_doubled_or_left_closed() {
    let place = bel_path(&BallotId::from("posts-r2"));
    let mut sample = Sample::sealed(Lang::En, 24);
    let kept = fs::read(sample.path(&place)).unwrap();
    rewrite_bel(&mut sample, |ballots| drop(ballots.remove(0)), true);
    for is in [
        |what: &FaultKind| matches!(what, FaultKind::BelBallotMissing { .. }),
        |what: &FaultKind| *what == FaultKind::BelTally,
        |what: &FaultKind| *what == FaultKind::BelFactors,
        |what: &FaultKind| *what == FaultKind::BelResult,
        |what: &FaultKind| matches!(what, FaultKind::Outcome { .. }),
    ] {
        assert_fault(&sample, &place, is);
    }
    fs::write(sample.path(&place), &kept).unwrap();
    rewrite_bel(&mut sample, |ballots| ballots.swap(0, 1), true);
    assert_fault(&sample, &place, |what| *what == FaultKind::BelOrder);
    fs::write(sample.path(&place), &kept).unwrap();
    rewrite_bel(&mut sample, |ballots| ballots.push(ballots[0].clone()), false);
    assert_fault(&sample, &place, |what| matches!(what, FaultKind::Bel { .. }));
    assert_fault(&sample, &place, |what| {
        *what == FaultKind::BelNotOpened || matches!(what, FaultKind::Bel { .. })
    });
    fs::write(sample.path(&place), &kept).unwrap();
    rewrite_bel(&mut sample, |_| {}, false);
    assert_fault(&sample, &place, |what| *what == FaultKind::BelNotOpened);

    fs::write(sample.path(&place), &kept).unwrap();
    fs::copy(sample.path(&place), sample.path("ballots/posts.bel")).unwrap();
    reseal(&sample);
    assert_fault(&sample, "ballots/posts.bel", |what| *what == FaultKind::UnexpectedBallots);
    fs::remove_file(sample.path("ballots/posts.bel")).unwrap();
    fs::remove_file(sample.path(&place)).unwrap();
    resign(&sample);
    assert_fault(&sample, &place, |what| *what == FaultKind::Missing);
}

#[test]
fn a_box_of_another_meeting() {
    let [sample, other] = [Sample::sealed(Lang::En, 25), Sample::sealed(Lang::En, 26)];
    let place = bel_path(&BallotId::from("posts-r2"));
    fs::copy(other.path(&place), sample.path(&place)).unwrap();
    resign(&sample);
    assert_fault(&sample, &place, |what| *what == FaultKind::BelSetup);
    assert_fault(&sample, &place, |what| matches!(what, FaultKind::BelBallotExtra { .. }));
}

#[test]
fn a_plan_rule_changed_everywhere() {
    let mut sample = Sample::sealed(Lang::En, 27);
    let plan = fs::read_to_string(sample.path(PLAN)).unwrap();
    let other = plan.replace(
        "carried = { of = \"due\", more_than = \"1/2\" }",
        "carried = { of = \"due\", more_than = \"1/3\" }",
    );
    assert_ne!(plan, other);
    fs::write(sample.path(PLAN), &other).unwrap();
    resign(&sample);
    assert_fault(&sample, PLAN, |what| *what == FaultKind::PlanHash);
    assert_fault(&sample, PLAN, |what| *what == FaultKind::PlanDiffers);
    let mut lines = sample.lines.clone();
    if let Some(Event::Frozen(frozen)) = lines[0].body.as_mut().unwrap().events.first_mut() {
        frozen.plan = crate::plan::SessionFolder::new(sample.dir()).read_plan().unwrap();
        frozen.plan_hash = sha256_hex(other.as_bytes());
    }
    // Without the terminals' keys, the first order of a member stops it; with all of them, the papers do.
    let stopped = first_seat_order(&sample);
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &format!("{FILE_NAME}:{stopped}"), is_other_record);
    rechain_together(&mut sample, lines);
    // The papers and their ballots were made for the plan as it was.
    assert_fault(&sample, FILE_NAME, |what| matches!(what, FaultKind::SetupDescription { .. }));
}

#[test]
fn a_material_changed_and_sealed_again() {
    let sample = Sample::sealed(Lang::En, 28);
    fs::write(sample.path("materials/la.md"), "# another\n").unwrap();
    reseal(&sample);
    assert_fault(&sample, "materials/la.md", |what| *what == FaultKind::MaterialHash);
}

#[test]
fn a_table_that_does_not_follow() {
    let sample = Sample::sealed(Lang::En, 29);
    let table = fs::read_to_string(sample.path(RESULTS_CSV)).unwrap();
    fs::write(sample.path(RESULTS_CSV), table.replace("not_carried", "carried")).unwrap();
    resign(&sample);
    assert_eq!(faults(&sample), [(RESULTS_CSV.to_owned(), FaultKind::TableDiffers)]);
}

/// Leaves an archive in the folder named by `PLENUM_ARCHIVE_OUT`, to be looked at by people and other tools.
#[test]
fn leave_an_archive() {
    let Ok(folder) = std::env::var("PLENUM_ARCHIVE_OUT") else { return };
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        for (sample, kind) in
            [(Sample::sealed(lang, 40), ""), (Sample::reviewed_and_sealed(lang, 41), "-review")]
        {
            fs::rename(sample.home.keep(), format!("{folder}/{name}{kind}")).unwrap();
        }
    }
}
