//! What the clerk does before the meeting, through the real binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use plenum::hub::codes::CodeBook;
use plenum::plan::scaffold::Template;
use plenum::wire::code::SeatCode;
use plenum::words::Lang;

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

/// A folder with a new session in it.
fn setup(args: &[&str]) -> (tempfile::TempDir, String) {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("session").to_str().unwrap().to_owned();
    let made = plenum(&[&["new", dir.as_str()], args].concat());
    assert_eq!(made.status, 0, "{}", made.err);
    (home, dir)
}

fn edit(dir: &str, from: &str, to: &str) {
    let path = Path::new(dir).join("plan.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn a_new_session_is_ready_at_once() {
    let (_home, dir) = setup(&["--template", "nomination", "--lang", "zh"]);
    let checked = plenum(&["check", &dir, "--lang", "en"]);
    assert_eq!(checked.status, 0, "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("ready: 41 due, quorum 28, carried at 21, 13 lines"), "{}", checked.out);
    let in_its_own_language = plenum(&["check", &dir]);
    assert!(in_its_own_language.out.contains("应到 41"), "{}", in_its_own_language.out);
}

#[test]
fn the_language_is_the_plans_or_the_environments() {
    let (_home, dir) = setup(&[]);
    assert!(plenum(&["check", &dir]).out.contains("ready: 41 due, quorum 28, carried at 21, 13 lines"));
    assert!(plenum(&["--lang", "zh", "check", &dir]).out.contains("就绪"));
    assert_ne!(plenum(&["--lang", "fr", "check", &dir]).status, 0);
}

#[test]
fn a_session_that_is_there_is_left_alone() {
    let (_home, dir) = setup(&[]);
    edit(&dir, "plenum-plan/1", "plenum-plan/0");
    let again = plenum(&["new", &dir]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("plan.toml is there already"), "{}", again.err);
    assert!(fs::read_to_string(Path::new(&dir).join("plan.toml")).unwrap().contains("plenum-plan/0"));
}

#[test]
fn every_mistake_is_named_at_once() {
    let (_home, dir) = setup(&["--lang", "zh"]);
    edit(&dir, "{ of = \"due\", at_least = \"2/3\" }", "{ of = \"due\", at_least = \"4/3\" }");
    edit(&dir, "relatives = [\"d09\"]", "relatives = [\"d9\"]");
    edit(&dir, "person = \"m12\"", "person = \"m06\"");
    fs::remove_file(Path::new(&dir).join("materials/liuy-inspection.md")).unwrap();
    fs::write(Path::new(&dir).join("materials/hey-introduction.md"), [0xff, 0xfe, 0x00]).unwrap();
    let checked = plenum(&["check", &dir, "--lang", "en"]);
    assert_eq!(checked.status, 1);
    for said in [
        "plan.toml:22:18: quorum over 100 %: 55 needed, 41 due",
        "unknown person `d9`",
        "is a nominee",
        "the material `liuy-inspection.md` is missing",
        "the material `hey-introduction.md` is not plain text in UTF-8",
    ] {
        assert!(checked.out.contains(said), "{said}\n{}", checked.out);
    }
    assert!(checked.out.lines().next().unwrap().starts_with(&dir), "{}", checked.out);
    assert!(checked.err.contains("6 mistakes in the plan"), "{}", checked.err);
    assert!(plenum(&["check", &dir]).out.contains("法定人数超过全体"));
}

#[cfg(unix)]
#[test]
fn a_material_that_is_a_link_to_elsewhere_is_refused() {
    let (home, dir) = setup(&["--template", "sample"]);
    let material = Path::new(&dir).join("materials/gower-inspection.md");
    let elsewhere = home.path().join("elsewhere.md");
    fs::rename(&material, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &material).unwrap();
    let checked = plenum(&["check", &dir]);
    assert_eq!(checked.status, 1);
    assert!(checked.out.contains("is a link to a place outside"), "{}", checked.out);
}

#[test]
fn a_folder_without_a_plan_is_said_so() {
    let home = tempfile::tempdir().unwrap();
    for verb in ["check", "seats"] {
        let answer = plenum(&[verb, home.path().to_str().unwrap()]);
        assert_eq!(answer.status, 1);
        assert!(answer.err.contains("there is no") && answer.err.contains("plan.toml"), "{}", answer.err);
    }
}

/// The codes on the slips, in their order.
fn codes(dir: &str) -> Vec<SeatCode> {
    let slips = fs::read_to_string(Path::new(dir).join("private/slips.txt")).unwrap();
    slips
        .lines()
        .filter_map(|line| line.trim().strip_prefix("code  ").map(|code| SeatCode::parse(code).unwrap()))
        .collect()
}

fn book(dir: &str) -> CodeBook {
    CodeBook::load(&Path::new(dir).join("private")).unwrap().unwrap()
}

#[test]
fn every_seat_gets_a_code_that_only_its_slip_shows() {
    let (_home, dir) = setup(&["--template", "sample"]);
    let made = plenum(&["seats", &dir, "--displays", "2", "--host", "192.0.2.7"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let codes = codes(&dir);
    let book = book(&dir);
    assert_eq!((codes.len(), book.unused().count()), (28, 28));
    let known: HashSet<[u8; 32]> = book.unused().map(|(_, digest)| *digest.as_bytes()).collect();
    assert!(codes.iter().all(|code| known.contains(code.digest().as_bytes())));
    assert!(
        book.state("display").is_some() && book.state("display-2").is_some() && book.state("m01").is_some()
    );

    let private = Path::new(&dir).join("private");
    let [page, text, kept] =
        ["slips.html", "slips.txt", "codes.json"].map(|name| fs::read_to_string(private.join(name)).unwrap());
    assert!(text.contains("plenum terminal 192.0.2.7") && text.contains("plenum display 192.0.2.7"));
    assert!(book.state("standby").is_some() && text.contains("plenum standby 192.0.2.7 DIR"));
    let presiding = book.presiding().unwrap();
    assert!(
        codes.iter().any(|code| code.digest() == *presiding),
        "a takeover asks for a code that is on a slip"
    );
    assert!(codes.iter().all(|code| page.contains(&code.shown()) && !kept.contains(&code.shown())));
    assert!(!made.out.contains(&codes[0].shown()));
}

#[cfg(unix)]
#[test]
fn what_holds_codes_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let (_home, dir) = setup(&["--template", "sample"]);
    plenum(&["seats", &dir]);
    let private = Path::new(&dir).join("private");
    let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(private.clone()), 0o700);
    for name in ["codes.json", "slips.txt", "slips.html"] {
        assert_eq!(mode(private.join(name)), 0o600, "{name}");
    }
}

#[test]
fn codes_are_made_anew_only_when_asked_and_never_once_the_meeting_has_begun() {
    let (_home, dir) = setup(&["--template", "sample"]);
    assert_eq!(plenum(&["seats", &dir]).status, 0);
    let first = codes(&dir);

    let refused = plenum(&["seats", &dir]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("--again"), "{}", refused.err);
    assert_eq!(codes(&dir), first);

    assert_eq!(plenum(&["seats", &dir, "--again"]).status, 0);
    let second = codes(&dir);
    let known: HashSet<[u8; 32]> = book(&dir).unused().map(|(_, digest)| *digest.as_bytes()).collect();
    assert!(first.iter().all(|code| !known.contains(code.digest().as_bytes())));
    assert!(second.iter().all(|code| known.contains(code.digest().as_bytes())));

    fs::write(Path::new(&dir).join("journal.jsonl"), "").unwrap();
    let refused = plenum(&["seats", &dir, "--again"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("the presiding officer reissues"), "{}", refused.err);
    assert_eq!(codes(&dir), second);
}

#[test]
fn no_codes_are_made_for_a_plan_with_mistakes() {
    let (_home, dir) = setup(&["--template", "sample"]);
    edit(&dir, "duties = [\"presiding\"]", "duties = []");
    let refused = plenum(&["seats", &dir]);
    assert_eq!(refused.status, 1);
    assert!(refused.out.is_empty() && refused.err.contains("nobody presides"), "{}", refused.err);
    assert!(!Path::new(&dir).join("private").exists());
}

#[test]
fn a_new_review_is_ready_at_once() {
    let (_home, dir) = setup(&["--template", "review", "--lang", "zh"]);
    let checked = plenum(&["check", &dir]);
    assert_eq!(checked.status, 0, "{}{}", checked.out, checked.err);
    for said in [
        "就绪：评议人 31 名（21 + 10），法定人数 21，述廉述效对象 6 名，评议内容 4 项，等次好/较好/一般/差",
        "结论：按得分：60 以下为不合格，60 起为基本合格，70 起为合格，80 起为良好，90 起为优秀",
    ] {
        assert!(checked.out.contains(said), "{}", checked.out);
    }
    assert!(checked.out.contains("特邀评议代表 10 人（评议），述廉述效对象 6 人（列席）"), "{}", checked.out);
    let (_home, dir) = setup(&["--template", "review"]);
    let checked = plenum(&["check", &dir]);
    for said in [
        "ready: 31 reviewers (21 + 10), quorum 21, 6 officials, 4 dimensions, scale good/fairly good/average/poor",
        "verdict: by score: below 60 unsatisfactory, from 60 barely satisfactory, from 70 satisfactory",
    ] {
        assert!(checked.out.contains(said), "{}", checked.out);
    }
}

#[test]
fn every_mistake_of_a_review_is_named_at_once() {
    let (_home, dir) = setup(&["--template", "review", "--lang", "zh"]);
    edit(&dir, "from = 70, below = 80", "from = 71, below = 80");
    edit(&dir, "relatives = [\"v07\"]", "relatives = [\"c05\"]");
    fs::remove_file(Path::new(&dir).join("materials/qinsy-report.md")).unwrap();
    let checked = plenum(&["check", &dir]);
    assert_eq!(checked.status, 1);
    for said in [
        "70 至 71 之间不属于任何一档\n    办法：写 `from = 70`：每档含下限，不含上限",
        "监票人施长河是述廉述效对象易春生的亲属",
        "材料“qinsy-report.md”不存在\n    办法：写好 materials/qinsy-report.md：没有材料，不作报告",
    ] {
        assert!(checked.out.contains(said), "{said}\n{}", checked.out);
    }
    assert!(checked.err.contains("计划中有 3 处错误"), "{}", checked.err);
}

#[test]
fn a_report_of_200_kilobytes_is_a_report() {
    let (_home, dir) = setup(&["--template", "review"]);
    let report = Path::new(&dir).join("materials/quinn-report.md");
    fs::write(&report, "All year long. ".repeat(200_000 / 15)).unwrap();
    assert_eq!(plenum(&["check", &dir]).status, 0);
    fs::write(&report, "All year long. ".repeat(300_000 / 15)).unwrap();
    let checked = plenum(&["check", &dir]);
    assert_eq!(checked.status, 1);
    assert!(
        checked.out.contains("`quinn-report.md` is too long\n    hint: at most 256 KiB"),
        "{}",
        checked.out
    );
}

#[test]
fn a_plan_of_both_is_ready_item_by_item() {
    let (_home, dir) = setup(&["--template", "both"]);
    let checked = plenum(&["check", &dir]);
    assert_eq!(checked.status, 0, "{}{}", checked.out, checked.err);
    for said in
        ["ready: 41 due, quorum 28, carried at 21, 13 lines", "ready: 51 reviewers (41 + 10), quorum 34"]
    {
        assert!(checked.out.contains(said), "{}", checked.out);
    }
}

/// `sessions/` holds what the program makes: `plenum new sessions/plenary-zh --template sample --lang zh`,
/// `plenum new sessions/review-zh --template review --lang zh`, and `en`.
#[test]
fn the_sample_plans_are_what_the_program_makes() {
    let sessions = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    for (name, template, lang) in [
        ("plenary-zh", Template::Sample, Lang::Zh),
        ("plenary-en", Template::Sample, Lang::En),
        ("review-zh", Template::Review, Lang::Zh),
        ("review-en", Template::Review, Lang::En),
    ] {
        for (path, text) in template.files(lang) {
            assert_eq!(fs::read_to_string(sessions.join(name).join(path)).unwrap(), *text, "{name}/{path}");
        }
    }
}

#[test]
fn every_plan_that_is_shipped_passes() {
    let sessions = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions");
    let shipped = fs::read_dir(sessions).unwrap().map(|entry| entry.unwrap().path());
    let shipped: Vec<_> = shipped.filter(|dir| dir.join("plan.toml").exists()).collect();
    assert!(shipped.len() >= 4);
    for dir in shipped {
        let checked = plenum(&["check", dir.to_str().unwrap(), "--lang", "en"]);
        assert_eq!(checked.status, 0, "{}{}", checked.out, checked.err);
        assert!(checked.out.contains("ready: "), "{}", checked.out);
    }
}
