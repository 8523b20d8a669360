//! What tests use: the committed records, had everything that people wrote in them been hostile. Between them they hold every
//! kind of item, and all that can happen to a meeting: no sample has to be made for each.

use std::fs;
use std::path::Path;

use super::{FILE_NAME, Line};
use crate::harmless::hostile::spoilt;
use crate::meeting::{Event, Happened, LineFacts, State};

/// A record that was spoilt.
pub struct Spoilt {
    /// Its lines, whose events are hostile; nothing of them is signed any more.
    pub lines: Vec<Line>,
    /// The state after each.
    pub states: Vec<State>,
}

/// The names of the committed records.
pub fn sessions() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.starts_with("archive-")).collect();
    names.sort();
    assert!(names.len() >= 17, "records are missing: {names:?}");
    names
}

/// Follows a committed record, with every text in it spoilt in the same way. Folding never fails, so nobody has to be asked
/// whether such texts could have come in.
pub fn follow(session: &str, spoil: fn(&str) -> String) -> Spoilt {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions").join(session).join(FILE_NAME);
    let text = fs::read_to_string(path).unwrap();
    let (mut lines, mut states): (Vec<Line>, Vec<State>) = (Vec::new(), Vec::new());
    for text in text.lines() {
        let mut line = Line::read(text).unwrap();
        if let Some(body) = &mut line.body {
            body.events = spoilt(&body.events, spoil);
        }
        let state = match (states.last(), line.body.as_ref().map(|body| body.events.as_slice())) {
            (None, Some([Event::Frozen(frozen)])) => State::begin((**frozen).clone()),
            (None, _) => panic!("{session} begins with no plan"),
            (Some(before), events) => {
                let happened = match (events, line.head.kind) {
                    (Some(events), _) => Happened::Events(events),
                    (None, kind) => Happened::Withheld { kind: kind.unwrap() },
                };
                let order = line.body.as_ref().and_then(|body| body.order.as_ref());
                let order = order.map(|order| (order.counter, order.hash()));
                let order = order.as_ref().map(|(counter, hash)| (*counter, hash.as_str()));
                let head = &line.head;
                let mut after = before.clone();
                after.fold(&LineFacts {
                    number: head.number,
                    time: head.time,
                    head: &line.head_hash,
                    actor: &head.actor,
                    order,
                    happened,
                });
                after
            }
        };
        lines.push(line);
        states.push(state);
    }
    Spoilt { lines, states }
}
