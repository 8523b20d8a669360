//! A meeting that a standby has taken over, once as it should be and once by force: its archive holds and says so, and
//! nobody can have taken over who may not.

use jiff::tz::TimeZone;

use super::by_description;
use super::tamper::{assert_fault, line_of, rechain_together};
use super::tamper_scrutiny::{at, event_mut, reordered, says};
use crate::archive::minutes::{Telling, markdown};
use crate::archive::sample::Sample;
use crate::archive::verify::What;
use crate::archive::{Record, verify};
use crate::meeting::{Actor, Command, Event, Identity, ItemId};
use crate::rules::Choice::{Abstain, Agree, Disagree};
use crate::words::Lang;

/// The first hub dies before papers are issued, and what takes over says afterwards that it did so by force; it dies after
/// the count, when its own standby is detached.
fn sealed(lang: Lang, seed: u64) -> Sample {
    let mut sample = Sample::begin(lang, seed);
    sample.open();
    sample.deliberate();
    sample.stand_by(true);
    sample.take_over(false);
    let (epoch, last) = (sample.state().epoch() + 1, sample.replay.seen());
    sample.hub(Command::TakeOver { epoch, last, forced: true });
    let ballot = sample.issue();
    sample.vote(&ballot, &[[Agree, Agree], [Agree, Disagree], [Agree, Abstain]]);
    sample.stand_by(false);
    sample.take_over(true);
    sample.officer(Command::Declare { item: ItemId::from("posts") });
    sample.officer(Command::CloseMeeting);
    sample.write();
    sample.seal();
    sample
}

fn is_takeover(event: &Event) -> bool {
    matches!(event, Event::TakenOver { .. })
}

#[test]
fn the_archive_holds_and_says_who_took_over() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = sealed(lang, 91);
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        let told: Vec<String> = report
            .checks
            .iter()
            .filter(|check| matches!(check.what, What::TakenOver { .. }))
            .map(|check| crate::words::archive::check(lang, &check.what))
            .collect();
        assert_eq!(told.len(), 3);
        insta::assert_snapshot!(format!("takeover_{}", lang.pick("zh", "en")), told.join("\n"));
    }
}

#[test]
fn the_minutes_say_where_the_meeting_continued() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = sealed(lang, 92);
        let record = Record::open(sample.dir()).unwrap();
        let text = markdown(&record, &Telling { lang, zone: &TimeZone::UTC, sealed: true });
        let marks = lang.pick(["备用机", "强制"], ["standby", "forced"]);
        let told: Vec<&str> =
            text.lines().filter(|line| marks.iter().any(|mark| line.contains(mark))).collect();
        insta::assert_snapshot!(format!("takeover_minutes_{}", lang.pick("zh", "en")), told.join("\n"));
    }
}

/// Another program, from the description of the format alone, finds the same.
#[test]
fn the_description_alone_suffices_to_follow_a_takeover() {
    let mut sample = sealed(Lang::En, 93);
    let (ok, says) = by_description(&sample);
    assert!(ok, "{says}");
    // The last takeover was by force: as if it had not been.
    let taken = sample.lines.iter().rposition(|line| line.head.actor == Actor::Standby).unwrap();
    let mut lines = sample.lines.clone();
    let Event::TakenOver { epoch, last, forced } = event_mut(&mut lines, taken) else { panic!() };
    *forced = false;
    let command = Command::TakeOver { epoch: *epoch, last: last.clone(), forced: false };
    // The standby was in step with nobody then, so that its own key cannot make it so.
    let identity = sample.hub.clone();
    sample.standby = Some(identity);
    reordered(&sample, &mut lines, taken, &Actor::Standby, &command);
    rechain_together(&mut sample, lines);
    let (ok, says) = by_description(&sample);
    assert!(!ok && says.contains("force"), "{says}");
}

#[test]
fn nobody_takes_over_who_may_not() {
    type Change = fn(&mut Sample, &mut Vec<crate::journal::Line>, usize);
    let hands: [(&str, &str, Change); 4] = [
        ("without force, though it was detached", "StandbyDetached", |sample, lines, taken| {
            let Event::TakenOver { epoch, last, forced } = event_mut(lines, taken) else { panic!() };
            *forced = false;
            let command = Command::TakeOver { epoch: *epoch, last: last.clone(), forced: false };
            reordered(sample, lines, taken, &Actor::Standby, &command);
        }),
        ("in another epoch", "OtherEpoch", |sample, lines, taken| {
            let Event::TakenOver { epoch, last, forced } = event_mut(lines, taken) else { panic!() };
            *epoch = 7;
            let command = Command::TakeOver { epoch: 7, last: last.clone(), forced: *forced };
            reordered(sample, lines, taken, &Actor::Standby, &command);
        }),
        ("naming another line", "OtherEnd", |sample, lines, taken| {
            let Event::TakenOver { epoch, last, forced } = event_mut(lines, taken) else { panic!() };
            last.line -= 1;
            let command = Command::TakeOver { epoch: *epoch, last: last.clone(), forced: *forced };
            reordered(sample, lines, taken, &Actor::Standby, &command);
        }),
        ("with another key", "the signature is not by the key of standby", |sample, lines, taken| {
            let Event::TakenOver { epoch, last, forced } = event_mut(lines, taken) else { panic!() };
            let command = Command::TakeOver { epoch: *epoch, last: last.clone(), forced: *forced };
            sample.standby = Some(Identity::generate(&mut sample.rng));
            reordered(sample, lines, taken, &Actor::Standby, &command);
        }),
    ];
    for (seed, (what, expected, change)) in (94..).zip(hands) {
        let mut sample = sealed(Lang::En, seed);
        let taken = sample.lines.iter().rposition(|line| line.head.actor == Actor::Standby).unwrap();
        // Its key is the hub's by now.
        sample.standby = Some(sample.hub.clone());
        let mut lines = sample.lines.clone();
        change(&mut sample, &mut lines, taken);
        rechain_together(&mut sample, lines);
        assert_fault(&sample, &at(taken), says(expected));
        assert!(line_of(&sample, is_takeover) < taken, "{what}: the first one stays");
    }
}

#[test]
fn the_key_of_a_hub_that_was_taken_over_from_signs_nothing_more() {
    let mut sample = Sample::begin(Lang::En, 98);
    sample.open();
    let (old_hub, old_console) = (sample.hub.clone(), sample.console.clone());
    sample.stand_by(true);
    sample.take_over(false);
    sample.officer(Command::Adjourn {
        ground: crate::meeting::AdjournGround::Decided { reason: "smoke".to_owned() },
    });
    sample.write();
    sample.seal();
    assert_eq!(verify(sample.dir()).faults, []);
    let last = sample.lines.len() - 1;
    let table = [
        (Actor::Hub, &old_hub, "the signature is not by the key of hub"),
        (Actor::Console, &old_console, "the signature is not by the key of console"),
    ];
    for (actor, old, expected) in table {
        let place = sample.lines.iter().rposition(|line| line.head.actor == actor).unwrap();
        assert!(place >= last - 1, "after the takeover");
        let mut lines = sample.lines.clone();
        let command = lines[place].body.as_ref().unwrap().order.as_ref().unwrap().command().unwrap();
        let (hub, console) = (sample.hub.clone(), sample.console.clone());
        match actor {
            Actor::Hub => sample.hub = old.clone(),
            _ => sample.console = old.clone(),
        }
        reordered(&sample, &mut lines, place, &actor, &command);
        (sample.hub, sample.console) = (hub, console);
        super::tamper::rechain(&mut sample, lines);
        assert_fault(&sample, &at(place), says(expected));
    }
}
