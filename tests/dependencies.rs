//! What this program is made of besides its own code: under which licences, and which crates are there twice.
//!
//! A licence that is not on the list, or a second version that nobody gave a reason for, is a decision: it belongs in the
//! table, or not in the program. Advisories are another matter: their data base is no registry, and the gate has no other
//! network; whoever has both runs `cargo audit`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Licences that ask for no more than their text beside the program.
const LICENCES: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Crates of which the program has two versions, and who keeps the older one.
const TWICE: &[(&str, &str)] = &[
    ("block-buffer", OF_VOPRF),
    ("const-oid", OF_VOPRF),
    ("cpufeatures", OF_VOPRF),
    ("crypto-common", OF_VOPRF),
    ("curve25519-dalek", OF_VOPRF),
    ("digest", OF_VOPRF),
    ("rand_core", OF_VOPRF),
    ("sha2", OF_VOPRF),
    ("darling", OF_BIG_TEXT),
    ("darling_core", OF_BIG_TEXT),
    ("darling_macro", OF_BIG_TEXT),
    ("itertools", "`ratatui-core` is behind `tui-big-text`"),
    ("syn", "macros at build time: not all have moved to 3"),
];

const OF_VOPRF: &str = "`voprf` 0.5 is built on the curve and the hashes of the generation before";
const OF_BIG_TEXT: &str = "`tui-big-text` derives its builder with the older one, at build time";

/// The same for what only tests and benchmarks use.
const TWICE_IN_TESTS: &[(&str, &str)] = &[("thiserror", OF_PTY), ("thiserror-impl", OF_PTY)];

const OF_PTY: &str = "`portable-pty` has the older one, through `filedescriptor`";

/// A crate: name, version, licence.
type Package = (String, String, String);

/// What is compiled on this machine, along these edges. It is all there already, or this test would not run: nothing is
/// fetched.
fn packages(edges: &str) -> BTreeSet<Package> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--prefix", "none", "-e", edges, "-f", "{p}|{l}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let packages = text.lines().filter(|line| !line.is_empty()).map(|line| {
        let (package, licence) = line.trim_end_matches(" (*)").split_once('|').unwrap();
        let mut words = package.split(' ');
        let mut word = || words.next().unwrap().to_owned();
        (word(), word(), licence.to_owned())
    });
    packages.collect()
}

const SHIPPED: &str = "normal,build";
const WITH_TESTS: &str = "normal,build,dev";

/// Whether a licence expression can be met with the licences of the list: `OR` is a choice, `AND` asks for both.
fn is_allowed(expression: &str) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    let mut depth = 0;
    let mut parts = vec![String::new()];
    // Choices first: outside parentheses.
    for word in expression.split(' ') {
        if depth == 0 && word == "OR" {
            parts.push(String::new());
        } else {
            depth += word.matches('(').count();
            depth -= word.matches(')').count();
            let part = parts.last_mut().unwrap();
            part.push(' ');
            part.push_str(word);
        }
    }
    parts.iter().any(|part| {
        let part = part.trim();
        let mut depth = 0;
        let mut all = vec![String::new()];
        for word in part.split(' ') {
            if depth == 0 && word == "AND" {
                all.push(String::new());
            } else {
                depth += word.matches('(').count();
                depth -= word.matches(')').count();
                let part = all.last_mut().unwrap();
                part.push(' ');
                part.push_str(word);
            }
        }
        all.iter().all(|one| {
            let one = one.trim();
            match one.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
                Some(inner) => is_allowed(inner),
                None => LICENCES.contains(&one),
            }
        })
    })
}

#[test]
fn licence_expressions_are_read_as_meant() {
    for fine in [
        "MIT",
        "MIT OR LGPL-2.1",
        "GPL-3.0/MIT",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR X",
    ] {
        assert!(is_allowed(fine), "{fine}");
    }
    for foul in ["GPL-3.0", "MIT AND GPL-3.0", "(GPL-2.0 OR AGPL-3.0) AND MIT", "", "WTFPL"] {
        assert!(!is_allowed(foul), "{foul}");
    }
}

#[test]
fn every_licence_is_one_that_we_know() {
    let faults: Vec<Package> =
        packages(WITH_TESTS).into_iter().filter(|(_, _, licence)| !is_allowed(licence)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Code comes from the registry, whose checksums stand in `Cargo.lock`, and from nowhere else.
#[test]
fn everything_comes_from_the_registry() {
    let lock = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).unwrap();
    let packages = lock.split("[[package]]").skip(1);
    for package in packages.filter(|package| !package.contains("name = \"plenum\"")) {
        assert!(package.contains("\nsource = \"registry+") && package.contains("\nchecksum = "), "{package}");
    }
}

/// The crates that are there in more than one version.
fn twice(packages: BTreeSet<Package>) -> BTreeMap<String, BTreeSet<String>> {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, version, _) in packages {
        versions.entry(name).or_default().insert(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    versions
}

#[test]
fn every_second_version_has_a_reason() {
    let shipped = twice(packages(SHIPPED));
    let mut with_tests = twice(packages(WITH_TESTS));
    with_tests.retain(|name, _| !shipped.contains_key(name));
    let mut faults = Vec::new();
    for (found, known, place) in [(&shipped, TWICE, "program"), (&with_tests, TWICE_IN_TESTS, "tests")] {
        for (name, versions) in found {
            if !known.iter().any(|(known, _)| known == name) {
                faults.push(format!("{name} {versions:?}: twice in the {place}, for no known reason"));
            }
        }
        for (name, _) in known {
            if !found.contains_key(*name) {
                faults.push(format!("{name} is there once now: take it from the table"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
