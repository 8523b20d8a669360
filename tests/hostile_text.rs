//! What the command line prints about hostile things: a plan, a folder and files whose names and texts would act on the
//! terminal. Nothing that is printed acts, a plan with such names is refused with line and column, and slips and minutes are
//! as harmless.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use plenum::harmless::is_shown;

/// A name that renames the window, clears the screen, turns the line and hides.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}反\u{2066}\u{200b}\u{feff}\u{e0041}x";

fn plenum(args: &[&str], dir: &Path) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_plenum")).args(args).arg(dir).output().unwrap();
    for (name, bytes) in [("output", &output.stdout), ("errors", &output.stderr)] {
        let text = std::str::from_utf8(bytes).unwrap();
        let odd = text.chars().find(|one| *one != '\n' && !is_shown(*one));
        assert_eq!(odd, None, "plenum {args:?} writes {odd:?} to its {name}: {text:?}");
    }
    output
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A copy of a committed folder, in a folder of a hostile name.
fn copy(session: &str, home: &Path) -> PathBuf {
    let to = home.join(HOSTILE);
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions").join(session), &to);
    to
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}

#[test]
fn a_hostile_plan_is_refused_where_it_is_hostile() {
    let home = tempfile::tempdir().unwrap();
    let dir = copy("plenary-zh", home.path());
    let plan = fs::read_to_string(dir.join("plan.toml")).unwrap();
    let at = plan.find("name = \"").unwrap() + "name = \"".len();
    let (line, start) =
        (plan[..at].matches('\n').count() + 1, plan[..at].rfind('\n').map_or(0, |end| end + 1));
    let column = plan[start..at].chars().count();
    for hidden in [
        '\u{202e}',
        '\u{200b}',
        '\u{2066}',
        '\u{feff}',
        '\u{ad}',
        '\u{e0041}',
        '\u{e123}',
        '\u{9b}',
        '\u{200d}',
    ] {
        fs::write(dir.join("plan.toml"), format!("{}{hidden}{}", &plan[..at], &plan[at..])).unwrap();
        for lang in ["zh", "en"] {
            let output = plenum(&["--lang", lang, "check"], &dir);
            assert!(!output.status.success());
            let said = said(&output);
            let place = format!(":{line}:{column}");
            assert!(
                said.contains(&place) && said.contains(&format!("U+{:04X}", u32::from(hidden))),
                "{place} in {said}"
            );
        }
    }
    // Escapes that TOML knows, in a place that quotes what was written, ten thousand columns long.
    let odd = format!("{}\\u001b[2J\\u202e{}", &plan[..at], "王W".repeat(3_400));
    let all = format!("format = \"\\u001b[31m\\u202e\"\n{odd}{}", &plan[at..]);
    fs::write(dir.join("plan.toml"), all).unwrap();
    for command in ["check", "seats"] {
        assert!(!plenum(&[command], &dir).status.success());
    }
}

#[test]
fn hostile_names_of_files_are_named_and_do_nothing() {
    let home = tempfile::tempdir().unwrap();
    let dir = copy("archive-en", home.path());
    fs::write(dir.join(format!("{HOSTILE}.md")), "x").unwrap();
    fs::write(dir.join("ballots").join(format!("{HOSTILE}.bel")), "x").unwrap();
    for lang in ["zh", "en"] {
        let output = plenum(&["--lang", lang, "verify"], &dir);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains("<U+202E>"), "{}", said(&output));
        // The same among others.
        assert_eq!(plenum(&["--lang", lang, "verify"], home.path()).status.code(), Some(1));
        for format in ["md", "html"] {
            assert!(plenum(&["--lang", lang, "minutes", "--format", format], &dir).status.success());
        }
    }
    // A record that is none: the fault quotes what it found.
    let journal = fs::read_to_string(dir.join("journal.jsonl")).unwrap();
    let text = journal.replacen("plenum-journal/2", "\\u001b[2J\\u202e\\u0007", 1);
    fs::write(dir.join("journal.jsonl"), text).unwrap();
    assert!(!plenum(&["verify"], &dir).status.success());
    assert!(!plenum(&["minutes"], &dir).status.success());
    // Nothing there at all.
    for command in ["check", "seats", "verify", "minutes"] {
        assert!(!plenum(&[command], &home.path().join(format!("no{HOSTILE}"))).status.success(), "{command}");
    }
}

#[test]
fn seats_of_a_folder_with_a_hostile_name_are_made_quietly() {
    let home = tempfile::tempdir().unwrap();
    let dir = copy("plenary-en", home.path());
    let output = plenum(&["seats"], &dir);
    assert!(output.status.success(), "{}", said(&output));
    for name in ["slips.txt", "slips.html"] {
        let slips = fs::read_to_string(dir.join("private").join(name)).unwrap();
        assert!(slips.chars().all(|one| one == '\n' || is_shown(one)), "{name}");
    }
}
