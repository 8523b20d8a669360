//! Who may know whom, read from the sources: the rule that `src/lib.rs` draws. A new line between two rooms is a
//! decision, and belongs in the map and in this table.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each room, and the rooms that it may name. `words` may name every type that it puts into a sentence; of `words`,
/// the rooms below it know no more than the language.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("rules", &[]),
    ("ballot", &[]),
    ("disk", &[]),
    ("harmless", &[]),
    ("plan", &["harmless", "rules", "words"]),
    ("meeting", &["ballot", "plan", "rules"]),
    ("journal", &["disk", "meeting"]),
    ("wire", &["ballot", "meeting"]),
    ("archive", &["ballot", "disk", "harmless", "journal", "meeting", "plan", "rules", "words"]),
    ("hub", &["archive", "ballot", "disk", "journal", "meeting", "plan", "wire", "words"]),
    ("client", &["archive", "ballot", "disk", "journal", "meeting", "plan", "rules", "wire"]),
    ("words", &["archive", "client", "harmless", "meeting", "plan", "rehearse", "rules", "wire"]),
    ("screen", &["client", "harmless", "meeting", "plan", "rules", "words"]),
    ("standby", &["archive", "ballot", "client", "disk", "hub", "journal", "meeting", "wire"]),
    ("rehearse", &["client", "hub", "meeting", "plan", "rules", "wire", "words"]),
];

/// Rooms that say nothing themselves and need only to know which language is asked for.
const ONLY_THE_LANGUAGE: &[&str] = &["plan", "hub"];

/// What only some places may do: how it looks in a source, and where it may stand (a room, or a file of one).
const ONLY_HERE: &[(&str, &[&str], &[&str])] = &[
    (
        "clocks",
        &["Timestamp::now", "Zoned::now", "Instant::now", "SystemTime"],
        &[
            "client/driver/mod.rs",
            "client/driver/duties.rs",
            "client/driver/slipping.rs",
            "hub/acknowledge.rs",
            "hub/desk.rs",
            "hub/door.rs",
            "hub/durable.rs",
            "hub/majority.rs",
            "hub/start.rs",
            "hub/takeover.rs",
            "screen/run.rs",
            "standby/follow.rs",
        ],
    ),
    ("the system's randomness", &["SysRng"], &["cli", "client", "hub", "rehearse"]),
    (
        "tasks",
        &["tokio::", "futures::"],
        &["cli", "client", "hub", "rehearse", "screen/run.rs", "standby", "wire"],
    ),
    ("sockets", &["std::net", "TcpStream", "TcpListener"], &["cli", "client", "hub", "rehearse", "standby"]),
    (
        "files",
        &["std::fs", "File::open", "File::create", "OpenOptions"],
        &[
            "archive",
            "cli",
            "client/store.rs",
            "disk",
            "hub",
            "journal/file.rs",
            "plan/folder.rs",
            "plan/scaffold.rs",
            "rehearse",
            "standby/keeper.rs",
        ],
    ),
    ("the environment", &["std::env", "env::var"], &["cli"]),
    ("the terminal", &["ratatui", "crossterm", "tui_input", "tui_big_text"], &["screen"]),
    // What is printed is made harmless in `cli/out.rs`, and nothing is printed past it.
    ("standard output", &["println!", "print!("], &["cli/out.rs", "screen/guard.rs"]),
];

/// A source file without its tests and comments.
struct Source {
    /// The path below `src`.
    path: String,
    /// The folder below `src`, or the file's name.
    room: String,
    lines: Vec<(usize, String)>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    let below = |path: &Path| path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
    let tests_only = test_modules(&files, &below);
    files
        .iter()
        .map(|file| (below(file), file))
        .filter(|(path, _)| !tests_only.iter().any(|module| path.starts_with(module.as_str())))
        .map(|(path, file)| {
            let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(file).unwrap();
            Source { path, room, lines: without_tests(&text) }
        })
        .collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The modules that exist in tests alone: declared under `#[cfg(test)]` without a body, as a path without `.rs`.
fn test_modules(files: &[PathBuf], below: &impl Fn(&Path) -> String) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for pair in lines.windows(2) {
            let [attribute, declared] = pair else { continue };
            if *attribute != "#[cfg(test)]" || !declared.ends_with(';') || !declared.contains("mod ") {
                continue;
            }
            let name = declared.trim_end_matches(';').rsplit(' ').next().unwrap();
            let path = below(file);
            let folder = match path.strip_suffix("/mod.rs") {
                Some(folder) => folder.to_owned(),
                None if path == "lib.rs" => String::new(),
                None => path.trim_end_matches(".rs").to_owned(),
            };
            let module = format!("{folder}/{name}");
            found.insert(format!("{}.rs", module.trim_start_matches('/')));
            found.insert(format!("{}/", module.trim_start_matches('/')));
        }
    }
    found
}

/// Everything before an inline module of tests, without comments.
fn without_tests(text: &str) -> Vec<(usize, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let tests = lines.windows(2).position(|pair| {
        matches!(pair, [attribute, module]
            if attribute.trim() == "#[cfg(test)]" && module.starts_with("mod ") && module.ends_with('{'))
    });
    (1..)
        .zip(&lines)
        .take(tests.unwrap_or(lines.len()))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(number, line)| (number, (*line).to_owned()))
        .collect()
}

/// The rooms that a line names, each with what follows its name.
fn rooms_named(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.match_indices("crate::").map(|(at, found)| {
        let rest = &line[at + found.len()..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        rest.split_at(end)
    })
}

#[test]
fn rooms_know_only_those_whom_they_may() {
    let may: BTreeMap<&str, &[&str]> = MAY_KNOW.iter().copied().collect();
    let mut faults = Vec::new();
    for source in sources() {
        if ["cli", "lib", "main"].contains(&source.room.as_str()) {
            continue;
        }
        let Some(may) = may.get(source.room.as_str()) else {
            faults.push(format!("src/{}: the room is on no map", source.path));
            continue;
        };
        for (number, line) in &source.lines {
            for (room, rest) in rooms_named(line) {
                let at = format!("src/{}:{number}", source.path);
                if room.is_empty() {
                    faults.push(format!("{at}: one `use crate::room…` a line, so that this can be read"));
                } else if room != source.room && !may.contains(&room) {
                    faults.push(format!("{at}: {} may not know {room}", source.room));
                } else if room == "words"
                    && ONLY_THE_LANGUAGE.contains(&source.room.as_str())
                    && !rest.starts_with("::Lang")
                {
                    faults.push(format!("{at}: {} may know no more of words than Lang", source.room));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn effects_stay_in_their_places() {
    let mut faults = Vec::new();
    for source in sources() {
        for (what, signs, places) in ONLY_HERE {
            if places.iter().any(|place| *place == source.room || *place == source.path) {
                continue;
            }
            for (number, line) in &source.lines {
                if signs.iter().any(|sign| line.contains(sign)) {
                    faults.push(format!("src/{}:{number}: {what} have no place here", source.path));
                }
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The map of `lib.rs` names every room, and the table above as well: neither can be forgotten.
#[test]
fn every_room_is_on_the_map() {
    let map = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> =
        map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert!(rooms.len() > 10, "{rooms:?}");
    for room in rooms {
        assert!(map.contains(&format!("[`{room}`]")), "src/lib.rs does not describe {room}");
        assert!(
            room == "cli" || MAY_KNOW.iter().any(|(known, _)| *known == room),
            "{room} is not in MAY_KNOW"
        );
    }
}
