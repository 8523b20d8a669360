//! The record: lines, journals, and the commands that become lines.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use plenum::archive::minutes::{self, Telling};
use plenum::archive::{Record, verify};
use plenum::journal::{Body, Journal, Line, NO_PREVIOUS, Replay};
use plenum::meeting::{
    Actor, Command, DetachReason, Event, Happened, Identity, LineFacts, Seen, State, decide,
};
use plenum::words::{self, Lang};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{file, sayable, target};
use crate::mutate::Form;
use crate::root;

/// The shorter lines of an archived meeting of both kinds.
pub fn journal_lines() -> Vec<String> {
    let text = String::from_utf8(file("sessions/archive-en/journal.jsonl")).unwrap();
    text.lines().filter(|line| line.len() < 20_000).map(str::to_owned).collect()
}

#[test]
fn line() {
    let seeds = journal_lines().into_iter().map(String::into_bytes).collect();
    target("line", Form::Line, 3_000, seeds, |input| {
        let Ok(text) = std::str::from_utf8(input) else { return false };
        match Line::read(text) {
            Ok(line) => {
                assert_eq!(line.text, text);
                assert_eq!(
                    serde_json::to_string(&line.head).unwrap(),
                    text_of_head(text),
                    "the head is canonical"
                );
                let withheld = Line::read(&line.withheld()).expect("a withheld line is a line");
                assert_eq!(withheld.head_hash, line.head_hash, "withholding changes no hash");
                true
            }
            Err(fault) => {
                sayable(&fault.to_string(), input);
                false
            }
        }
    })
    .fuzz();
}

fn text_of_head(line: &str) -> String {
    #[derive(serde::Deserialize)]
    struct Head {
        head: Box<serde_json::value::RawValue>,
    }
    serde_json::from_str::<Head>(line).unwrap().head.get().to_owned()
}

/// A folder's journal, opened as a hub does, and followed as everybody else does.
#[test]
fn journal() {
    let text = file("sessions/archive-en/journal.jsonl");
    let end = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(30).unwrap().0;
    let folder = tempfile::tempdir().unwrap();
    target("journal", Form::Text, 120, vec![text[..=end].to_vec()], move |input| {
        let path = folder.path().join(plenum::journal::FILE_NAME);
        fs::write(&path, input).unwrap();
        let opened = Journal::open(folder.path());
        let kept = fs::read(&path).unwrap();
        assert!(input.starts_with(&kept), "a repair only cuts");
        match opened {
            Ok(opened) => {
                drop(opened);
                let mut replay = Replay::new();
                let text = std::str::from_utf8(&kept).unwrap();
                assert!(text.is_empty() || text.ends_with('\n'));
                for line in text.lines() {
                    replay.read(line).expect("what the hub follows, everybody follows");
                }
                assert!(
                    Journal::open(folder.path()).is_ok_and(|again| again.repair.is_none()),
                    "a repair is enough"
                );
                true
            }
            Err(fault) => {
                assert_eq!(kept, input, "what is refused is left alone");
                sayable(&format!("{:#}", anyhow::Error::new(fault)), input);
                false
            }
        }
    })
    .fuzz();
}

/// The names of the committed records.
fn records() -> Vec<String> {
    let names = fs::read_dir(root().join("sessions")).unwrap();
    let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("archive-")).collect();
    names.sort();
    names
}

/// Moments of a record, of which its meeting is a fold.
type Moments = Vec<(State, jiff::Timestamp)>;

/// Follows the beginning of a record: up to twelve moments of it, who gave commands in it, and the shorter ones.
fn moments(session: &str, actors: &mut BTreeSet<Actor>, commands: &mut Vec<Vec<u8>>) -> Moments {
    const LINES: usize = 260;
    let text = String::from_utf8(file(&format!("sessions/{session}/journal.jsonl"))).unwrap();
    let step = (text.lines().count().min(LINES) / 12).max(1);
    let mut replay = Replay::new();
    let mut states = Vec::new();
    for (place, line) in text.lines().take(LINES).enumerate() {
        let line = replay.read(line).unwrap();
        if place % step == 0 {
            states.push((replay.state().unwrap().clone(), line.head.time));
        }
        if let Some(order) = line.body.and_then(|body| body.order) {
            actors.insert(order.actor.clone());
            let command = order.command.get().as_bytes();
            if command.len() < 4_000 {
                commands.push(command.to_vec());
            }
        }
    }
    states
}

/// One of each kind of command, and every fourth of the others: what is frequent does not keep out what is rare.
fn varied(commands: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut kinds = BTreeSet::new();
    let mut kept = Vec::new();
    for (place, command) in commands.into_iter().enumerate() {
        let kind = serde_json::from_slice::<Command>(&command).unwrap().kind();
        if kinds.insert(kind) || place % 4 == 0 {
            kept.push(command);
        }
    }
    assert!(kinds.len() > 60, "{} kinds of commands", kinds.len());
    kept
}

/// A command of anybody, at any moment of a meeting of any kind: refused, or carried out and folded.
#[test]
fn command() {
    let mut seeds = Vec::new();
    let mut actors = BTreeSet::from([Actor::Hub, Actor::Console, Actor::Display(1)]);
    let mut meetings: Vec<Moments> =
        records().iter().map(|session| moments(session, &mut actors, &mut seeds)).collect();
    let mut seeds = varied(seeds);
    // With a machine that stands by.
    actors.insert(Actor::Standby);
    let (record, _) = StoodBy::new();
    let last = record.replay.seen();
    meetings.push(vec![(record.replay.state().unwrap().clone(), record.now)]);
    let take_over = Command::TakeOver { epoch: 1, last, forced: true };
    let detach = Command::DetachStandby { reason: DetachReason::Lost };
    for command in [&record.enrolment(), &Command::AttachStandby, &detach, &take_over] {
        seeds.push(serde_json::to_vec(command).unwrap());
    }
    let actors: Vec<Actor> = actors.into_iter().collect();
    let head = "ab".repeat(32);
    target("command", Form::Json, 1_000, seeds, move |input| {
        let Ok(command) = serde_json::from_slice::<Command>(input) else { return false };
        let written = serde_json::to_vec(&command).unwrap();
        assert_eq!(serde_json::from_slice::<Command>(&written).unwrap(), command);
        let luck =
            input.iter().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
        // Mostly a meeting that has the item which the command is about.
        let text = String::from_utf8_lossy(input);
        let about = |moments: &&Moments| {
            let plan = moments.first().map(|(state, _)| state.plan());
            plan.is_some_and(|plan| plan.items.iter().any(|item| text.contains(&format!("\"{}", item.id))))
        };
        let fitting: Vec<&Moments> = meetings.iter().filter(about).collect();
        for turn in 0..4 {
            let states = match fitting.get((luck / 5 + turn) % fitting.len().max(1)) {
                Some(states) if turn < 3 => *states,
                _ => &meetings[(luck / 7 + turn) % meetings.len()],
            };
            let (state, now) = &states[(luck + turn * 7) % states.len()];
            for actor in [&actors[(luck / 3 + turn) % actors.len()], &Actor::Console, &Actor::Hub] {
                match decide(state, actor, &command, *now) {
                    Ok(events) => {
                        let mut after = state.clone();
                        let happened = Happened::Events(&events);
                        after.fold(&LineFacts {
                            number: state.line + 1,
                            time: *now,
                            head: &head,
                            actor,
                            order: None,
                            happened,
                        });
                        let bytes = serde_json::to_vec(&events).unwrap();
                        assert!(
                            bytes.len() <= plenum::journal::LINE_BYTES_MAX,
                            "a line of {} bytes",
                            bytes.len()
                        );
                        let again: Vec<plenum::meeting::Event> = serde_json::from_slice(&bytes).unwrap();
                        assert_eq!(again, events);
                    }
                    Err(refusal) => {
                        for lang in [Lang::Zh, Lang::En] {
                            sayable(&words::refusal::sentence(lang, &refusal, Some(state)), input);
                        }
                    }
                }
            }
        }
        true
    })
    .fuzz();
}

/// A sealed folder of which one file is another: found, and told in words that do nothing. What is told of a record that still
/// holds is told.
#[test]
fn archive() {
    let sealed = root().join("sessions/archive-open-vote-en");
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("meeting");
    fs::create_dir_all(folder.join("materials")).unwrap();
    let mut files = Vec::new();
    for below in ["", "materials"] {
        for entry in fs::read_dir(sealed.join(below)).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = Path::new(below).join(entry.file_name());
                fs::copy(entry.path(), folder.join(&name)).unwrap();
                files.push((name, fs::read(entry.path()).unwrap()));
            }
        }
    }
    files.sort();
    assert!(verify(&folder).holds());
    // The first byte says which file.
    let seeds = (0u8..).zip(&files).map(|(place, (_, bytes))| [&[place], &bytes[..]].concat()).collect();
    target("archive", Form::Bytes, 40, seeds, move |input| {
        let Some((place, bytes)) = input.split_first() else { return false };
        let (name, whole) = &files[usize::from(*place) % files.len()];
        fs::write(folder.join(name), bytes).unwrap();
        let report = verify(&folder);
        for fault in &report.faults {
            [Lang::Zh, Lang::En]
                .into_iter()
                .for_each(|lang| sayable(&words::archive::fault(lang, fault), input));
        }
        assert_eq!(report.holds(), bytes == whole, "{}: a change is found, and nothing else", name.display());
        if let Ok(record) = Record::open(&folder) {
            for lang in [Lang::Zh, Lang::En] {
                let telling = Telling { lang, zone: &jiff::tz::TimeZone::UTC, sealed: true };
                assert!(!minutes::markdown(&record, &telling).is_empty());
            }
        }
        fs::write(folder.join(name), whole).unwrap();
        report.holds()
    })
    .fuzz();
}

/// A short record with a machine that stands by, under keys that are known here.
struct StoodBy {
    replay: Replay,
    hub: Identity,
    standby: Identity,
    now: jiff::Timestamp,
    rng: StdRng,
}

impl StoodBy {
    /// The record, and the line with which the standby would take over.
    fn new() -> (Self, String) {
        let text = String::from_utf8(file("sessions/archive-en/journal.jsonl")).unwrap();
        let first = Line::read(text.lines().next().unwrap()).unwrap();
        let (now, mut body) = (first.head.time, first.body.unwrap());
        let (hub, standby) = (Identity::from_bytes(&[1; 32]), Identity::from_bytes(&[2; 32]));
        let Some(Event::Frozen(frozen)) = body.events.first_mut() else { panic!("no plan") };
        frozen.hub_key = hub.public();
        let mut rng = StdRng::seed_from_u64(9);
        let first = Line::write(1, NO_PREVIOUS, now, Actor::Hub, body, &mut rng).unwrap();
        let mut replay = Replay::new();
        replay.follow(&first).unwrap();
        let mut record = Self { replay, hub, standby, now, rng };
        for command in [record.enrolment(), Command::AttachStandby] {
            let line = record.line(Actor::Hub, &command);
            record.replay.follow(&line).unwrap();
        }
        let last: Seen = record.replay.seen();
        let proof = record.line(Actor::Standby, &Command::TakeOver { epoch: 1, last, forced: false });
        (record, proof.text)
    }

    fn enrolment(&self) -> Command {
        let (key, pin) = (self.standby.public(), "ab".repeat(32));
        Command::EnrolStandby { key, pin, addresses: vec!["10.0.0.2:7420".to_owned()] }
    }

    fn line(&mut self, actor: Actor, command: &Command) -> Line {
        let (state, seen) = (self.replay.state().unwrap(), self.replay.seen());
        let identity = if actor == Actor::Standby { &self.standby } else { &self.hub };
        let counter = state.line;
        let order = identity.order(state.session(), actor.clone(), counter, seen, command).unwrap();
        let events = decide(state, &actor, command, self.now).unwrap();
        let body = Body { order: Some(order), events };
        let (number, hash) = (self.replay.number() + 1, self.replay.hash().to_owned());
        Line::write(number, &hash, self.now, actor, body, &mut self.rng).unwrap()
    }
}

/// What a terminal shows a hub to prove that another machine has taken over: nothing proves it that says something else
/// than what was signed.
#[test]
fn proof_of_takeover() {
    let (record, proof) = StoodBy::new();
    let true_order = Line::read(&proof).unwrap().body.unwrap().order.unwrap();
    assert!(record.replay.is_taken_over_by(&Line::read(&proof).unwrap()));
    target("proof_of_takeover", Form::Line, 1_500, vec![proof.into_bytes()], move |input| {
        let Ok(line) =
            std::str::from_utf8(input).map_err(drop).and_then(|text| Line::read(text).map_err(drop))
        else {
            return false;
        };
        let proves = record.replay.is_taken_over_by(&line);
        let order = line.body.and_then(|body| body.order);
        let same = order.is_some_and(|order| order.hash() == true_order.hash());
        assert!(same || !proves, "an order that nobody signed proves a takeover");
        true
    })
    .fuzz();
}
