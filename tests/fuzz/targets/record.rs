//! The record: lines, journals, and the commands that become lines.

use std::collections::BTreeSet;
use std::fs;

use plenum::journal::{Journal, Line, Replay};
use plenum::meeting::{Actor, Command, Happened, LineFacts, State, decide};
use plenum::words::{self, Lang};

use super::{file, sayable, target};
use crate::mutate::Form;

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

/// A command of anybody, at any moment of a meeting: refused, or carried out and folded.
#[test]
fn command() {
    let text = String::from_utf8(file("sessions/archive-review-en/journal.jsonl")).unwrap();
    let mut replay = Replay::new();
    let mut states: Vec<(State, jiff::Timestamp)> = Vec::new();
    let mut seeds = Vec::new();
    let mut actors = BTreeSet::from([Actor::Hub, Actor::Console, Actor::Display(1)]);
    let lines: Vec<&str> = text.lines().filter(|line| line.len() < 60_000).collect();
    let whole = lines.len();
    for (place, line) in text.lines().enumerate().take(220) {
        let line = replay.read(line).unwrap();
        if place % (whole / 24).max(1) == 0 {
            states.push((replay.state().unwrap().clone(), line.head.time));
        }
        if let Some(order) = line.body.and_then(|body| body.order) {
            actors.insert(order.actor.clone());
            let command = order.command.get().as_bytes();
            if command.len() < 4_000 {
                seeds.push(command.to_vec());
            }
        }
    }
    let actors: Vec<Actor> = actors.into_iter().collect();
    let head = "ab".repeat(32);
    target("command", Form::Json, 1_000, seeds, move |input| {
        let Ok(command) = serde_json::from_slice::<Command>(input) else { return false };
        let written = serde_json::to_vec(&command).unwrap();
        assert_eq!(serde_json::from_slice::<Command>(&written).unwrap(), command);
        let luck =
            input.iter().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
        for turn in 0..4 {
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
