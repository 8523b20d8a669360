//! The machine that stands by: who may say what of it, what is refused, and that any order of commands leaves one hub in
//! one epoch.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::meeting::sample::{Point, Sample};
use crate::meeting::standby::{ADDRESS_CHARS_MAX, ADDRESSES_MAX};
use crate::meeting::{
    Actor, Command, CommandKind, DetachReason, Event, InStep, Machine, Phase, Refusal, Seen, State, decide,
};
use crate::words::Lang;

/// The key of a machine, or of the console that is enrolled there.
fn key(number: u64) -> String {
    format!("{number:064x}")
}

fn enrol(number: u64) -> Command {
    enrol_at(key(number), key(1000 + number), &[&format!("10.0.0.{number}:7420")])
}

fn enrol_at(key: String, pin: String, addresses: &[&str]) -> Command {
    let addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
    Command::EnrolStandby { key, pin, addresses }
}

fn take_over(state: &State, forced: bool) -> Command {
    let last = Seen { line: state.line, head: state.head.clone() };
    Command::TakeOver { epoch: state.epoch() + 1, last, forced }
}

const DETACH: Command = Command::DetachStandby { reason: DetachReason::Behind };

/// A meeting with a standby that is in step.
fn attached(point: Point) -> Sample {
    let mut sample = Sample::new(Lang::En);
    sample.order(&Actor::Hub, Command::Enrol { who: Actor::Console, key: key(77) });
    let mut sample = sample.until(Point::Opened);
    sample.order(&Actor::Hub, enrol(1));
    sample.order(&Actor::Hub, Command::AttachStandby);
    sample.further(Point::Opened, point)
}

#[test]
fn who_may_speak_of_the_standby_and_what_is_refused() {
    use CommandKind as Kind;
    let no_right = |command| Refusal::NoRight { command };
    let none = Sample::new(Lang::En).until(Point::Opened);
    let mut new = Sample::new(Lang::En).until(Point::Opened);
    new.order(&Actor::Hub, enrol(1));
    let mut detached = attached(Point::Opened);
    let attached = attached(Point::Opened);
    detached.order(&Actor::Hub, DETACH);
    let line = |sample: &Sample| sample.state.line;
    let many = vec!["a:1"; ADDRESSES_MAX + 1];
    let long = format!("{}:1", "a".repeat(ADDRESS_CHARS_MAX));
    let at = |addresses: &[&str]| enrol_at(key(2), key(3), addresses);
    let mut wrong_line = take_over(&attached.state, false);
    let mut wrong_head = wrong_line.clone();
    let mut wrong_epoch = wrong_line.clone();
    for (command, change) in [(&mut wrong_line, 0), (&mut wrong_head, 1), (&mut wrong_epoch, 2)] {
        let Command::TakeOver { epoch, last, .. } = command else { unreachable!() };
        match change {
            0 => last.line -= 1,
            1 => last.head = key(9),
            _ => *epoch += 1,
        }
    }
    let rows: Vec<(&Sample, Actor, Command, Refusal)> = vec![
        (&none, Actor::Console, enrol(1), no_right(Kind::EnrolStandby)),
        (&new, Actor::Console, Command::AttachStandby, no_right(Kind::AttachStandby)),
        (&new, Actor::Standby, Command::AttachStandby, no_right(Kind::AttachStandby)),
        (&attached, Actor::from("m2"), DETACH, no_right(Kind::DetachStandby)),
        (&attached, Actor::Hub, take_over(&attached.state, true), Refusal::NothingToForce),
        (&attached, Actor::Console, take_over(&attached.state, true), no_right(Kind::TakeOver)),
        (&attached, Actor::Standby, enrol(2), no_right(Kind::EnrolStandby)),
        (&attached, Actor::Standby, Command::Resume, no_right(Kind::Resume)),
        (&none, Actor::Hub, Command::Enrol { who: Actor::Standby, key: key(1) }, Refusal::NotYourSeat),
        (&none, Actor::Hub, Command::AttachStandby, Refusal::NoStandby),
        (&none, Actor::Hub, DETACH, Refusal::NoStandby),
        (&none, Actor::Standby, take_over(&none.state, true), Refusal::NoStandby),
        (&none, Actor::Hub, enrol_at("ab".to_owned(), key(3), &["a:1"]), Refusal::MalformedKey),
        (&none, Actor::Hub, enrol_at(key(2), "AB".repeat(32), &["a:1"]), Refusal::MalformedKey),
        // The hub itself does not stand by.
        (
            &none,
            Actor::Hub,
            enrol_at(none.state.hub_key().to_owned(), key(3), &["a:1"]),
            Refusal::MalformedKey,
        ),
        (&none, Actor::Hub, at(&[]), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&many), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&[&long]), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&["a:1", "hall"]), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&["a:0"]), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&[":7420"]), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&["a\u{1b}[2J:1"]), Refusal::MalformedAddress),
        (&none, Actor::Hub, at(&["大厅:1"]), Refusal::MalformedAddress),
        (&attached, Actor::Hub, enrol(2), Refusal::AlreadyEnrolled { who: Actor::Standby }),
        (&attached, Actor::Standby, wrong_epoch, Refusal::OtherEpoch { expected: 1 }),
        (&attached, Actor::Standby, wrong_line, Refusal::OtherEnd { line: line(&attached) }),
        (&attached, Actor::Standby, wrong_head, Refusal::OtherEnd { line: line(&attached) }),
        (
            &detached,
            Actor::Standby,
            take_over(&detached.state, false),
            Refusal::StandbyDetached { line: line(&detached) },
        ),
        (&new, Actor::Standby, take_over(&new.state, false), Refusal::StandbyDetached { line: line(&new) }),
    ];
    for (sample, actor, command, refusal) in rows {
        assert_eq!(decide(&sample.state, &actor, &command, sample.now), Err(refusal), "{actor}: {command:?}");
    }
    // What is so already is no line.
    for (sample, command) in [(&attached, Command::AttachStandby), (&attached, enrol(1)), (&detached, DETACH)]
    {
        assert_eq!(decide(&sample.state, &Actor::Hub, &command, sample.now), Ok(Vec::new()), "{command:?}");
    }
}

#[test]
fn a_takeover_makes_the_standby_the_hub_and_nobody_else() {
    for forced in [false, true] {
        let mut sample = attached(Point::Opened);
        if forced {
            sample.order(&Actor::Hub, DETACH);
        }
        let first = sample.state.hub_key().to_owned();
        let last = Seen { line: sample.state.line, head: sample.state.head.clone() };
        sample.order(&Actor::Standby, take_over(&sample.state, forced));
        let state = &sample.state;
        assert_eq!((state.epoch(), state.hub_key()), (1, key(1).as_str()));
        assert_eq!(state.hub_keys().collect::<Vec<_>>(), [first.as_str(), key(1).as_str()]);
        assert_eq!(state.key_of(&Actor::Standby), None, "what stood by is the hub");
        assert_eq!(state.key_of(&Actor::Console), None, "the console was at the machine that is gone");
        assert!(state.standby.is_none() && state.needs_majority());
        let takeover = state.takeovers.last().unwrap();
        assert_eq!((&takeover.last, takeover.forced), (&last, forced));
        assert_eq!(takeover.hub.addresses, ["10.0.0.1:7420"]);
        // The presiding officer goes on at the other machine, and the one that was the hub can stand by with a new key.
        sample.order(&Actor::Hub, Command::Enrol { who: Actor::Console, key: key(78) });
        assert_eq!(
            sample.try_order(&Actor::Hub, &enrol_at(first, key(3), &["a:1"])),
            Err(Refusal::MalformedKey)
        );
        sample.order(&Actor::Hub, enrol(2));
        sample.order(&Actor::Hub, Command::AttachStandby);
        sample.order(&Actor::Standby, take_over(&sample.state, false));
        assert_eq!((sample.state.epoch(), sample.state.hub_key()), (2, key(2).as_str()));
    }
}

#[test]
fn a_takeover_can_be_said_afterwards_to_have_been_by_force() {
    let mut sample = attached(Point::Opened);
    sample.order(&Actor::Standby, take_over(&sample.state, false));
    sample.order(&Actor::Hub, Command::Enrol { who: Actor::Console, key: key(78) });
    let without = sample.try_order(&Actor::Hub, &take_over(&sample.state, false));
    assert_eq!(without, Err(Refusal::NothingToForce), "the same hub again, and nothing said of force");
    let first = sample.state.takeovers[0].last.clone();
    assert!(!sample.state.forced_afterwards());
    sample.order(&Actor::Hub, take_over(&sample.state, true));
    let state = &sample.state;
    let takeover = state.takeovers.last().unwrap();
    assert_eq!((state.epoch(), state.hub_key(), takeover.forced), (2, key(1).as_str(), true));
    assert!(
        takeover.last == first && state.forced_afterwards(),
        "it is of the same takeover that this is said"
    );
    assert_eq!(state.key_of(&Actor::Console), Some(key(78).as_str()), "it is the same machine");
    let twice = sample.try_order(&Actor::Hub, &take_over(&sample.state, true));
    assert_eq!(twice, Err(Refusal::NothingToForce));
}

#[test]
fn a_machine_that_moved_stays_in_step_and_one_whose_code_is_made_anew_is_out() {
    let mut sample = attached(Point::Opened);
    sample.order(&Actor::Hub, enrol_at(key(1), key(1001), &["10.9.9.9:7420", "hall:7421"]));
    let standby = sample.state.standby.clone().unwrap();
    assert!(standby.is_attached());
    assert_eq!(standby.machine.addresses, ["10.9.9.9:7420", "hall:7421"]);
    sample.order(&Actor::Console, Command::ReissueCode { who: Actor::Standby });
    assert!(sample.state.standby.is_none(), "it stands by no more");
    assert!(sample.state.needs_majority(), "it may not know that, so the room stays the judge");
    let refused = sample.try_order(&Actor::Standby, &take_over(&sample.state, true));
    assert_eq!(refused, Err(Refusal::NoStandby));
    sample.order(&Actor::Hub, enrol(2));
    assert_eq!(sample.state.standby.as_ref().map(|standby| standby.step), Some(InStep::NotYet));
}

#[test]
fn a_meeting_that_has_ended_can_still_be_taken_over_to_be_sealed() {
    let mut sample = attached(Point::Closed);
    assert_eq!(sample.state.phase, Phase::Ended);
    assert_eq!(sample.try_order(&Actor::Hub, &enrol(2)), Err(Refusal::Ended));
    sample.order(&Actor::Hub, DETACH);
    sample.order(&Actor::Hub, Command::AttachStandby);
    sample.order(&Actor::Standby, take_over(&sample.state, false));
    let late = Command::Enrol { who: Actor::from("m9"), key: key(5) };
    assert_eq!(sample.try_order(&Actor::Hub, &late), Err(Refusal::Ended));
    sample.order(&Actor::Hub, Command::Enrol { who: Actor::Console, key: key(78) });
    assert_eq!(sample.state.key_of(&Actor::Console), Some(key(78).as_str()));
}

/// What is known of the machines, kept a second time.
#[derive(Default)]
struct Book {
    hubs: Vec<u64>,
    standby: Option<(u64, bool)>,
    ever: bool,
    console: bool,
}

/// One move: what, and two numbers to choose with.
type Move = (u8, u8, u8);

fn choose(state: &State, (what, a, b): Move) -> (Actor, Command) {
    let by_chance = |one: u8, actor: Actor| {
        if b.is_multiple_of(11) {
            Actor::Hub
        } else {
            [Actor::Standby, Actor::Console, actor][usize::from(one % 3)].clone()
        }
    };
    match what % 10 {
        0 | 1 => (Actor::Hub, enrol(u64::from(a % 4) + 1)),
        2 | 3 => (Actor::Hub, Command::AttachStandby),
        4 => (Actor::Hub, DETACH),
        5 | 6 => {
            let mut command = take_over(state, a.is_multiple_of(2));
            if let Command::TakeOver { epoch, last, .. } = &mut command {
                match b % 6 {
                    0 => *epoch = u64::from(a % 4),
                    1 => last.line = u64::from(a),
                    2 => last.head = key(u64::from(a)),
                    _ => {}
                }
            }
            (by_chance(if b.is_multiple_of(5) { a } else { 0 }, Actor::from("m2")), command)
        }
        7 => (Actor::Console, Command::ReissueCode { who: Actor::Standby }),
        8 => (Actor::Hub, Command::Enrol { who: Actor::Console, key: key(70 + u64::from(a % 2)) }),
        _ => {
            (by_chance(a, Actor::Console), if a.is_multiple_of(2) { DETACH } else { enrol(u64::from(b % 4)) })
        }
    }
}

impl Book {
    /// Takes down what has happened, and asks whether it could.
    fn note(&mut self, before: &State, actor: &Actor, event: &Event) -> &'static str {
        match event {
            Event::StandbyEnrolled { key: enrolled, .. } => {
                assert_eq!(*actor, Actor::Hub);
                let number = (0..=4).find(|number| key(*number) == *enrolled).unwrap();
                assert!(
                    !self.hubs.contains(&number),
                    "a machine that was the hub stands by under its old key"
                );
                assert!(self.standby.is_none_or(|(standby, _)| standby == number));
                let attached = self.standby.is_some_and(|(_, attached)| attached);
                (self.standby, self.ever) = (Some((number, attached)), true);
                "enrolled"
            }
            Event::StandbyAttached | Event::StandbyDetached { .. } => {
                assert_eq!(*actor, Actor::Hub);
                let attached = matches!(event, Event::StandbyAttached);
                let standby = self.standby.as_mut().unwrap();
                assert_ne!(standby.1, attached, "it is so already");
                standby.1 = attached;
                if attached { "attached" } else { "detached" }
            }
            Event::TakenOver { epoch, last, forced } if *actor == Actor::Hub => {
                let now = *self.hubs.last().unwrap();
                assert!(*forced && !before.takeovers.last().unwrap().forced, "said afterwards, and once");
                assert_eq!(*last, Seen { line: before.line, head: before.head.clone() });
                self.hubs.push(now);
                assert_eq!(*epoch, self.hubs.len() as u64);
                "forced afterwards"
            }
            Event::TakenOver { epoch, last, forced } => {
                assert_eq!(*actor, Actor::Standby);
                let (number, attached) = self.standby.take().unwrap();
                assert!(attached || *forced, "a detached standby takes over without force");
                assert_eq!(*last, Seen { line: before.line, head: before.head.clone() });
                self.hubs.push(number);
                self.console = false;
                assert_eq!(*epoch, self.hubs.len() as u64, "each epoch has one hub");
                if attached { "taken over" } else { "taken over by force" }
            }
            Event::CodeReissued { who: Actor::Standby } => {
                self.standby = None;
                "reissued"
            }
            Event::Enrolled { who: Actor::Console, .. } => {
                assert!(!self.console);
                self.console = true;
                "console enrolled"
            }
            other => panic!("{other:?} came of it"),
        }
    }

    fn same_as(&self, state: &State) {
        let standby = state.standby.as_ref();
        let Machine { key: hub, .. } =
            state.takeovers.last().map(|takeover| takeover.hub.clone()).unwrap_or(Machine {
                key: state.frozen.hub_key.clone(),
                pin: String::new(),
                addresses: Vec::new(),
            });
        assert_eq!(state.epoch(), self.hubs.len() as u64);
        assert_eq!(state.key_of(&Actor::Hub), Some(hub.as_str()), "one hub");
        assert_eq!(self.hubs.last().map_or(state.frozen.hub_key.clone(), |number| key(*number)), hub);
        assert_eq!(
            standby.map(|standby| (standby.machine.key.clone(), standby.is_attached())),
            self.standby.map(|(number, attached)| (key(number), attached))
        );
        let hubs: BTreeSet<&str> = state.hub_keys().collect();
        let mut machines = self.hubs.clone();
        machines.dedup();
        assert_eq!(hubs.len(), machines.len() + 1, "no machine is the hub, and another, and the first again");
        assert!(state.key_of(&Actor::Standby).is_none_or(|key| !hubs.contains(key)));
        assert_eq!(state.key_of(&Actor::Console).is_some(), self.console);
        assert_eq!(state.needs_majority(), self.ever);
    }
}

#[test]
fn any_order_of_commands_leaves_one_hub_in_one_epoch() {
    let seen: RefCell<BTreeMap<&'static str, u32>> = RefCell::default();
    let config = Config { cases: 256, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let moves = proptest::collection::vec(any::<Move>(), 20..120);
    let result = runner.run(&moves, |moves| {
        let (mut sample, mut book) = (Sample::new(Lang::En).until(Point::Opened), Book::default());
        for one in moves {
            let (actor, command) = choose(&sample.state, one);
            let before = sample.state.clone();
            match sample.try_order(&actor, &command) {
                Ok(events) => {
                    let again: Vec<Event> =
                        serde_json::from_str(&serde_json::to_string(&events).unwrap()).unwrap();
                    assert_eq!(again, events, "events come back as they went");
                    for event in &events {
                        *seen.borrow_mut().entry(book.note(&before, &actor, event)).or_default() += 1;
                    }
                }
                Err(refusal) => {
                    let json = serde_json::to_string(&refusal).unwrap();
                    assert_eq!(serde_json::from_str::<Refusal>(&json).unwrap(), refusal);
                }
            }
            book.same_as(&sample.state);
        }
        *seen.borrow_mut().entry("four hubs").or_default() += u32::from(book.hubs.len() >= 3);
        Ok(())
    });
    if let Err(fault) = result {
        panic!("{fault}");
    }
    let seen = seen.into_inner();
    let reached = [
        "enrolled",
        "attached",
        "detached",
        "taken over",
        "taken over by force",
        "forced afterwards",
        "reissued",
        "console enrolled",
        "four hubs",
    ];
    assert!(reached.iter().all(|what| seen.get(what).is_some_and(|times| *times > 0)), "{seen:?}");
}
