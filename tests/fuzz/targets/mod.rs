//! The parsers: for each, inputs that it takes, and what must hold of whatever it is given.

mod ballots;
mod frames;
mod kept;
mod plans;
mod record;

use std::fs;

use plenum::harmless;

use super::mutate::Form;
use super::{Target, root};

/// How many targets share the time of a longer run.
pub const COUNT: u32 = NAMES.len() as u32;

/// The targets.
pub const NAMES: [&str; 19] = [
    "hello",
    "anonymous",
    "to_hub",
    "to_screen",
    "to_standby",
    "from_standby",
    "line",
    "journal",
    "command",
    "ballot",
    "setup",
    "partial",
    "bel",
    "transcript",
    "plan",
    "votes_script",
    "terminal_store",
    "hub_store",
    "code",
];

fn target(
    name: &'static str,
    form: Form,
    tries: u32,
    seeds: Vec<Vec<u8>>,
    take: impl Fn(&[u8]) -> bool + 'static,
) -> Target {
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
