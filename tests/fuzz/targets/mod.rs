//! The parsers: for each, inputs that it takes, and what must hold of whatever it is given.
//!
//! - `frames`: what crosses the network, to and from hubs, screens and standbys
//! - `ballots`: ballots, elections, trustees, archives of ballots, the seal, challenged ballots
//! - `key`: what scrutineers send each other, and a share at rest
//! - `record`: lines, journals, commands, proofs of a takeover; whole archives
//! - `plans`: plans, items, banks of questions, and the files that a rehearsal takes
//! - `kept`: what terminal and hub keep beside the record, and what is typed

mod ballots;
mod frames;
mod kept;
mod key;
mod plans;
mod record;

use std::fs;

use plenum::harmless;

use super::mutate::Form;
use super::{Target, root};

/// How many targets share the time of a longer run.
pub const COUNT: u32 = NAMES.len() as u32;

/// The targets.
pub const NAMES: [&str; 28] = [
    "hello",
    "anonymous",
    "to_hub",
    "to_screen",
    "to_standby",
    "from_standby",
    "line",
    "journal",
    "command",
    "proof_of_takeover",
    "archive",
    "ballot",
    "setup",
    "partial",
    "bel",
    "transcript",
    "challenged",
    "dealing",
    "share",
    "plan",
    "item",
    "bank",
    "votes_script",
    "rehearsal",
    "terminal_store",
    "hub_store",
    "hub_vault",
    "code",
];

fn target(
    name: &'static str,
    form: Form,
    tries: u32,
    seeds: Vec<Vec<u8>>,
    take: impl Fn(&[u8]) -> bool + 'static,
) -> Target {
    assert!(
        NAMES.contains(&name),
        "{name} has no place among the names: nothing found for it would be tried again"
    );
    Target { name, form, tries, take: Box::new(take), seeds }
}

fn file(path: &str) -> Vec<u8> {
    fs::read(root().join(path)).unwrap()
}

/// What people would read of a fault stays harmless and in proportion.
fn sayable(text: &str, input: &[u8]) {
    let shown = harmless::lines(text);
    assert!(shown.chars().all(|one| one == '\n' || harmless::is_shown(one)), "it acts: {shown:?}");
    assert!(shown.len() <= 20_000 + 60 * input.len(), "{} bytes about {}", shown.len(), input.len());
}
