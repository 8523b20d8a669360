//! The commands that need no terminal, through the real binary: demo, rehearse, verify, minutes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

use super::room::write_plan;

/// What a command answered.
struct Answer {
    status: i32,
    out: String,
    err: String,
}

fn plenum(args: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(args)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "en_GB.UTF-8")
        .output()
        .unwrap();
    Answer {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn sample(name: &str) -> String {
    format!("{}/sessions/{name}", env!("CARGO_MANIFEST_DIR"))
}

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    /// A sealed archive of a small meeting.
    fn small_archive(&self, name: &str) -> String {
        let plan = self.path("small");
        write_plan(Path::new(&plan));
        let out = self.path(name);
        let held = plenum(&["rehearse", &plan, "--out", &out, "--seed", "7"]);
        assert_eq!(held.status, 0, "{}{}", held.out, held.err);
        out
    }
}

fn verify(dir: &str) -> Answer {
    plenum(&["verify", dir])
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// All files below a folder.
fn files(dir: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn a_demo_without_a_person_makes_an_archive_that_verifies() {
    let home = Home::new();
    let out = home.path("demo");
    let held = plenum(&["demo", "--auto", "--kind", "nomination", "--out", &out, "--seed", "7"]);
    assert_eq!(held.status, 0, "{}{}", held.out, held.err);
    let verified = verify(&out);
    assert_eq!(verified.status, 0, "{}", verified.out);
    assert!(!Path::new(&out).join("private").exists(), "what is private does not outlive the seal");
    let minutes = parsed(&plenum(&["minutes", &out, "--format", "json"]).out);
    let item = &minutes["items"][0];
    let figures = [&item["due"], &item["present"], &item["issued"]].map(|figure| figure.as_u64().unwrap());
    assert_eq!(figures, [41, 41, 41]);
    assert_eq!(item["lines"].as_array().unwrap().len(), 13);
    // Once more in the same folder: refused, and nothing is touched.
    let again = plenum(&["demo", "--auto", "--out", &out]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("is there already"), "{}", again.err);
    assert_eq!(verify(&out).status, 0);
}

/// Those that are not gone through elsewhere: each to an archive that verifies, and tells its kind.
#[test]
fn each_kind_is_gone_through_without_a_person() {
    let home = Home::new();
    for (option, kind) in [
        ("exam", "exam"),
        ("joint-meeting", "joint_meeting"),
        ("deliberation", "deliberation"),
        ("open-vote", "open_vote"),
        ("major-matter", "major_matter"),
        ("contested", "contested"),
    ] {
        let out = home.path(kind);
        let held = plenum(&["demo", "--auto", "--kind", option, "--out", &out, "--seed", "2"]);
        assert_eq!(held.status, 0, "{kind}: {}{}", held.out, held.err);
        let verified = verify(&out);
        assert_eq!(verified.status, 0, "{kind}: {}", verified.out);
        let minutes = parsed(&plenum(&["minutes", &out, "--format", "json"]).out);
        let items = minutes["items"].as_array().unwrap();
        assert!(!items.is_empty() && items.iter().all(|item| item["kind"] == kind), "{kind}: {items:?}");
    }
}

#[test]
fn minutes_for_programs_have_the_shape_that_was_promised() {
    let home = Home::new();
    let out = home.small_archive("held");
    let minutes = parsed(&plenum(&["minutes", &out, "--format", "json"]).out);
    for promised in ["format", "rehearsal", "items", "follow_ups"] {
        assert!(keys(&minutes).contains(promised), "{promised}");
    }
    assert_eq!((&minutes["format"], &minutes["rehearsal"]), (&json!("plenum-minutes/1"), &json!(true)));
    assert_eq!(minutes["follow_ups"], json!([]));
    let item = &minutes["items"][0];
    for promised in ["id", "kind", "due", "present", "issued", "returned", "lines"] {
        assert!(keys(item).contains(promised), "{promised}");
    }
    assert_eq!(
        (&item["id"], &item["kind"], &item["due"]),
        (&json!("posts"), &json!("nomination"), &json!(5))
    );
    for (line, name) in item["lines"].as_array().unwrap().iter().zip(["Nora North", "Saul South"]) {
        for promised in ["name", "post", "agree", "disagree", "abstain", "not_returned", "outcome"] {
            assert!(keys(line).contains(promised), "{promised}");
        }
        assert_eq!(line["name"], name);
        let sum: u64 = ["agree", "disagree", "abstain", "not_returned"]
            .iter()
            .map(|key| line[*key].as_u64().unwrap())
            .sum();
        assert_eq!(sum, item["issued"].as_u64().unwrap());
        assert!(["carried", "not_carried"].contains(&line["outcome"].as_str().unwrap()));
    }
    for (format, has) in [("md", "Saul South"), ("html", "<"), ("csv", "Nora North")] {
        let told = plenum(&["minutes", &out, "--format", format]);
        assert_eq!(told.status, 0, "{}", told.err);
        assert!(told.out.contains(has), "{format}");
    }
}

#[test]
fn any_changed_byte_and_any_file_more_or_less_is_found_and_named() {
    let home = Home::new();
    let out = home.small_archive("held");
    let dir = Path::new(&out);
    assert_eq!(verify(&out).status, 0);
    let all = files(dir);
    assert!(all.len() >= 8, "{all:?}");
    for file in &all {
        let name = file.strip_prefix(dir).unwrap().to_str().unwrap();
        let whole = fs::read(file).unwrap();
        let places = (0..whole.len()).step_by(whole.len() / 7 + 1).chain([whole.len() - 1]);
        for place in places {
            let mut bytes = whole.clone();
            bytes[place] ^= 1;
            fs::write(file, &bytes).unwrap();
            let report = plenum::archive::verify::verify(dir);
            assert!(!report.holds(), "{name}, byte {place}");
        }
        // Through the binary, once a file: the status and the name.
        let verified = verify(&out);
        assert_eq!(verified.status, 1, "{name}: {}", verified.out);
        let faults: String = verified.out.lines().filter(|line| line.starts_with('!')).collect();
        assert!(faults.contains(name), "{name}: {}", verified.out);
        // Cut short by one byte, and gone.
        fs::write(file, &whole[..whole.len() - 1]).unwrap();
        assert!(!plenum::archive::verify::verify(dir).holds(), "{name}, cut");
        fs::remove_file(file).unwrap();
        let verified = verify(&out);
        assert_eq!(verified.status, 1, "{name} is gone: {}", verified.out);
        assert!(
            verified.out.contains(name) || verified.err.contains(name),
            "{}{}",
            verified.out,
            verified.err
        );
        fs::write(file, &whole).unwrap();
    }
    for extra in ["extra.txt", "ballots/more.bel", "materials/other.md", ".hidden"] {
        fs::write(dir.join(extra), "more").unwrap();
        let verified = verify(&out);
        assert_eq!(verified.status, 1, "{extra}");
        assert!(verified.out.contains(extra), "{extra}: {}", verified.out);
        fs::remove_file(dir.join(extra)).unwrap();
    }
    assert_eq!(verify(&out).status, 0, "as it was");
}

#[test]
fn a_folder_of_archives_is_verified_one_by_one() {
    let home = Home::new();
    let first = home.small_archive("archives/first");
    let second = home.small_archive("archives/second");
    let parent = home.path("archives");
    let verified = verify(&parent);
    assert_eq!(verified.status, 0, "{}", verified.out);
    assert!(verified.out.contains("first") && verified.out.contains("second"));
    fs::write(Path::new(&second).join("minutes.md"), "another text").unwrap();
    let verified = plenum(&["verify", &parent, "--json"]);
    assert_eq!(verified.status, 1);
    let report = parsed(&verified.out);
    let held: Vec<bool> =
        report["archives"].as_array().unwrap().iter().map(|one| one["ok"].as_bool().unwrap()).collect();
    assert_eq!((report["ok"].as_bool(), held), (Some(false), vec![true, false]));
    assert_eq!(verify(&first).status, 0);
    let nothing = plenum(&["verify", &home.path("small")]);
    assert_eq!(nothing.status, 1);
    assert!(nothing.out.contains("transcript.json") || !nothing.err.is_empty(), "{}", nothing.out);
}

/// So many papers with these choices.
fn papers(groups: &[(usize, [&str; 5])]) -> Vec<Vec<String>> {
    groups
        .iter()
        .flat_map(|(times, choices)| {
            vec![choices.iter().map(|choice| (*choice).to_owned()).collect(); *times]
        })
        .collect()
}

#[test]
fn a_rehearsal_counts_exactly_the_papers_of_its_file() {
    let (yes, no, blank) = ("agree", "disagree", "abstain");
    for name in ["plenary-zh", "plenary-en"] {
        let home = Home::new();
        let out = home.path("held");
        // 15 papers come back from 17 present: of the five lines 15, 9, 8, 0 and 6 agree.
        let lists = papers(&[
            (6, [yes, yes, yes, no, yes]),
            (2, [yes, yes, yes, no, no]),
            (1, [yes, yes, blank, blank, no]),
            (6, [yes, no, blank, blank, blank]),
        ]);
        let votes = home.write("votes.json", &json!({ "posts": lists }).to_string());
        let held =
            plenum(&["rehearse", &sample(name), "--out", &out, "--seed", "3", "--votes", &votes, "--json"]);
        assert_eq!(held.status, 0, "{}", held.err);
        let minutes = parsed(&held.out);
        let item = &minutes["items"][0];
        let figure = |key: &str| item[key].as_u64().unwrap();
        assert_eq!(["due", "present", "issued", "returned"].map(figure), [17, 17, 17, 15], "{name}");
        let expected = [
            (15, 0, 0, "carried"),
            (9, 6, 0, "carried"),
            (8, 0, 7, "not_carried"),
            (0, 8, 7, "not_carried"),
            (6, 3, 6, "not_carried"),
        ];
        for (line, (agree, disagree, abstain, outcome)) in
            item["lines"].as_array().unwrap().iter().zip(expected)
        {
            let figures =
                ["agree", "disagree", "abstain", "not_returned"].map(|key| line[key].as_u64().unwrap());
            assert_eq!(figures, [agree, disagree, abstain, 2], "{name}: {line}");
            assert_eq!(line["outcome"], outcome, "{name}: {line}");
        }
        assert_eq!(parsed(&plenum(&["minutes", &out, "--format", "json"]).out), minutes);
        let verified = verify(&out);
        assert_eq!(verified.status, 0, "{}", verified.out);
        // The plan that was rehearsed is as it was.
        assert!(!Path::new(&sample(name)).join("journal.jsonl").exists());
        assert!(!Path::new(&sample(name)).join("private").exists());
    }
}

#[test]
fn votes_that_do_not_fit_are_an_error_before_anything_begins() {
    let home = Home::new();
    let out = home.path("held");
    let all = ["agree"; 5];
    let lists = |times| json!({ "posts": papers(&[(times, all)]) }).to_string();
    let rows = [
        (lists(18), "0", "18 papers for 17 voters"),
        (lists(13), "5", "13 papers for 12 voters"),
        (json!({ "posts": [["agree", "agree"]] }).to_string(), "0", "paper 1: 2 choices for 5 lines"),
        (
            json!({ "posts": vec![all.to_vec(), vec!["agree"; 6]] }).to_string(),
            "0",
            "paper 2: 6 choices for 5 lines",
        ),
        (json!({ "offices": [all] }).to_string(), "0", "no ballot `offices`"),
        (json!({ "posts": [["yes", "agree", "agree", "agree", "agree"]] }).to_string(), "0", "yes"),
        ("{\"posts\": [[".to_owned(), "0", "votes.json"),
        ("[]".to_owned(), "0", "votes.json"),
        (String::new(), "0", "votes.json"),
        (lists(1), "15", "15 absent"),
    ];
    for (text, absent, says) in rows {
        let votes = home.write("votes.json", &text);
        let plan = sample("plenary-en");
        let held = plenum(&["rehearse", &plan, "--out", &out, "--votes", &votes, "--absent", absent]);
        assert_eq!(held.status, 1, "{text}");
        assert!(held.err.contains(says), "{says}: {}", held.err);
        assert!(!Path::new(&out).exists(), "{text}: a folder was left behind");
        assert!(held.out.is_empty());
    }
    let missing = home.path("no-votes.json");
    let held = plenum(&["rehearse", &sample("plenary-en"), "--out", &out, "--votes", &missing]);
    assert_eq!(held.status, 1);
    assert!(held.err.contains("no-votes.json") && !Path::new(&out).exists());
    // A folder that is not empty is left alone.
    fs::create_dir(&out).unwrap();
    fs::write(Path::new(&out).join("mine"), "mine").unwrap();
    let held = plenum(&["rehearse", &sample("plenary-en"), "--out", &out]);
    assert_eq!(held.status, 1);
    assert_eq!(files(Path::new(&out)).len(), 1);
}

#[test]
fn a_missed_quorum_is_in_the_record_and_sealed() {
    let home = Home::new();
    let out = home.path("missed");
    let held = plenum(&["rehearse", &sample("plenary-en"), "--out", &out, "--absent", "6", "--json"]);
    assert_eq!(held.status, 3, "{}", held.err);
    let minutes = parsed(&held.out);
    let lines = minutes["items"][0]["lines"].as_array().unwrap();
    assert!(lines.iter().all(|line| line["agree"].is_null()), "{minutes}");
    let journal = fs::read_to_string(Path::new(&out).join("journal.jsonl")).unwrap();
    assert!(journal.contains(r#"{"event":"quorum_missed","item":null,"present":11,"due":17,"needed":12}"#));
    assert!(journal.contains(r#""event":"adjourned","ground":{"why":"no_quorum"}"#));
    let told = plenum(&["minutes", &out, "--format", "md"]).out;
    assert!(told.contains("11") && told.contains("12") && told.to_lowercase().contains("quorum"), "{told}");
    let verified = verify(&out);
    assert_eq!(verified.status, 0, "{}", verified.out);
    // One more present, and it is reached.
    let out = home.path("reached");
    let held = plenum(&["rehearse", &sample("plenary-en"), "--out", &out, "--absent", "5", "--json"]);
    assert_eq!(held.status, 0, "{}", held.err);
    let item = &parsed(&held.out)["items"][0];
    assert_eq!((&item["due"], &item["present"], &item["issued"]), (&json!(17), &json!(12), &json!(12)));
    assert_eq!(verify(&out).status, 0);
}

#[test]
fn a_seed_fixes_the_choices_and_never_a_key() {
    let home = Home::new();
    let plan = home.path("small");
    write_plan(Path::new(&plan));
    let held = |name: &str, seed: &str| {
        let out = home.path(name);
        let held = plenum(&["rehearse", &plan, "--out", &out, "--seed", seed, "--json"]);
        assert_eq!(held.status, 0, "{}", held.err);
        let journal = fs::read_to_string(Path::new(&out).join("journal.jsonl")).unwrap();
        let keys: BTreeSet<String> = journal
            .split("\"key\":\"")
            .chain(journal.split("\"hub_key\":\""))
            .chain(journal.split("\"credential\":\""))
            .chain(journal.split("\"issuer\":\""))
            .skip(1)
            .filter_map(|after| {
                after.get(..64).filter(|key| key.bytes().all(|byte| byte.is_ascii_hexdigit()))
            })
            .map(str::to_owned)
            .collect();
        assert!(keys.len() >= 13, "{}", keys.len());
        (parsed(&held.out)["items"][0]["lines"].clone(), keys)
    };
    let (first, first_keys) = held("first", "11");
    let (again, again_keys) = held("again", "11");
    assert_eq!(first, again, "the same seed");
    assert!(first_keys.is_disjoint(&again_keys), "never the same key");
    let others: Vec<Value> = ["12", "13", "14"].iter().map(|seed| held(seed, seed).0).collect();
    assert!(others.iter().any(|other| *other != first), "another seed");
}

#[test]
fn a_console_says_why_it_cannot_start() {
    let home = Home::new();
    let plan = home.path("small");
    write_plan(Path::new(&plan));
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let started = plenum(&["console", &plan, "--listen", &address]);
    assert_eq!(started.status, 1);
    assert!(started.err.contains(&format!("cannot listen on {address}")), "{}", started.err);
    assert!(started.err.contains("--listen"), "it says what to do: {}", started.err);
    assert!(!Path::new(&plan).join("journal.jsonl").exists(), "nothing has begun");
    let started = plenum(&["console", &plan, "--listen", &address, "--lang", "zh"]);
    assert!(started.err.contains("不能在"), "{}", started.err);
    // A plan with mistakes, no plan, a sealed folder.
    fs::write(Path::new(&plan).join("plan.toml"), "format = \"plenum-plan/1\"\nmeeting.title = 7\n").unwrap();
    let started = plenum(&["console", &plan, "--listen", "127.0.0.1:0"]);
    assert_eq!(started.status, 1);
    assert!(started.err.contains("plan.toml:"), "file, line and column: {}", started.err);
    let started = plenum(&["console", &home.path("nothing"), "--listen", "127.0.0.1:0"]);
    assert_eq!(started.status, 1);
    assert!(started.err.contains("nothing"), "{}", started.err);
    let sealed = home.small_archive("held");
    let started = plenum(&["console", &sealed, "--listen", "127.0.0.1:0"]);
    assert_eq!(started.status, 1);
    assert!(started.err.contains("sealed"), "{}", started.err);
    assert_eq!(verify(&sealed).status, 0, "and it is as it was");
    let nobody = plenum(&["terminal", &address, "--state", &home.path("state")]);
    assert_ne!(nobody.status, 0, "a terminal needs a terminal");
}
