//! A member tests the terminal, twice, and then votes: the hub learns nothing of the tests, another machine can check
//! them, and the ballot that is cast counts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output};

use plenum::ballot::Challenge;
use plenum::client::{AskError, NotKept, Paper, View};
use plenum::meeting::RoundPhase;
use plenum::rules::Choice;
use zeroize::Zeroizing;

use super::room::{MEMBERS, Room, ballot, soon};
use super::screens::{Session, closes_voting, lead, verified, vote};
use super::terminal::{Terminal, arg};

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn audit(args: &[&str]) -> (bool, String) {
    let run = Process::new(env!("CARGO_BIN_EXE_plenum")).arg("audit").args(args).output();
    let Output { status, stdout, stderr } = run.unwrap();
    let said = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    (status.success(), said)
}

fn choices(places: [Choice; 2]) -> Zeroizing<Vec<usize>> {
    Zeroizing::new(places.map(Choice::place).to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hub_learns_nothing_of_a_challenge_and_the_ballot_after_it_counts() {
    let room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    let elsewhere = tempfile::tempdir().unwrap();
    let member = room.open_paper("m5").await;
    let before = (files(&room.dir), room.console.view().chain.clone());

    let marked = [[Choice::Agree, Choice::Abstain], [Choice::Disagree, Choice::Disagree]];
    let mut tested = Vec::new();
    for marks in marked {
        let code = soon("a code", member.prepare(choices(marks))).await.unwrap();
        let given = soon("the data", member.challenge(&code, elsewhere.path().to_owned())).await.unwrap();
        assert_eq!((&given.code, &given.choices), (&code, &*choices(marks)));
        let path = given.file.clone().unwrap();
        assert_eq!(path.file_name().unwrap().to_str().unwrap(), format!("plenum-audit-{}.json", &code[..8]));
        let read = Challenge::read(&fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!((read.check(), read.code()), (Ok(()), code.as_str()));
        // It was one or the other: neither cast nor challenged again.
        let gone = soon("a refusal", member.cast_prepared(&code)).await;
        assert!(matches!(gone, Err(AskError::Fault(_))), "{gone:?}");
        let gone = soon("a refusal", member.challenge(&code, elsewhere.path().to_owned())).await;
        assert!(matches!(gone, Err(AskError::Fault(_))), "{gone:?}");
        tested.push((path, code));
    }
    assert_ne!(tested[0].1, tested[1].1);
    // A session folder takes no such file: the data comes back without one.
    let code = soon("a code", member.prepare(choices(marked[0]))).await.unwrap();
    let given = soon("the data", member.challenge(&code, room.dir.clone())).await.unwrap();
    assert!(matches!(given.file, Err(NotKept::SessionFolder { .. })), "{:?}", given.file);
    assert_eq!(Challenge::read(&given.text).unwrap().check(), Ok(()));
    // What was abandoned, or prepared before the latest, is not cast either.
    let first = soon("a code", member.prepare(choices(marked[0]))).await.unwrap();
    let second = soon("a code", member.prepare(choices(marked[1]))).await.unwrap();
    assert!(soon("a refusal", member.cast_prepared(&first)).await.is_err());
    member.abandon(&second).await;
    assert!(soon("a refusal", member.cast_prepared(&second)).await.is_err());
    let after = (files(&room.dir), room.console.view().chain.clone());
    assert!(before == after, "nothing new in the journal, in private/ or anywhere else");

    let last = soon("a code", member.prepare(choices([Choice::Agree, Choice::Disagree]))).await.unwrap();
    soon("the ballot", member.cast_prepared(&last)).await.unwrap();
    for id in &MEMBERS[..3] {
        room.vote(id, [Choice::Agree, Choice::Agree]).await;
    }
    // What was prepared and neither cast nor challenged is gone with the phase.
    let late = room.open_paper("m4").await;
    let held = soon("a code", late.prepare(choices(marked[0]))).await.unwrap();
    room.lead_to(RoundPhase::Counted).await;
    let closed = |view: &View| view.paper == Paper::NotReturned;
    soon("the end of voting", late.until(closed)).await.unwrap();
    let gone = soon("a refusal", late.challenge(&held, elsewhere.path().to_owned())).await;
    assert!(matches!(gone, Err(AskError::Fault(_))), "{gone:?}");
    // The folder goes with the room: what is read of it is copied before.
    let record = tempfile::tempdir().unwrap();
    fs::copy(room.dir.join("journal.jsonl"), record.path().join("journal.jsonl")).unwrap();
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!(round.count.as_ref().unwrap().sums(), [[4, 0, 0], [3, 1, 0]]);

    // On another machine, with nothing but the file; with the code; with the meeting's record.
    let (path, code) = &tested[0];
    let (holds, said) = audit(&[arg(path), "--lang", "en"]);
    assert!(holds && said.contains("everything holds") && said.contains("agree"), "{said}");
    assert!(said.contains("north: Nora North, Head of the North Office: agree"), "{said}");
    let spoken: String = code.to_uppercase().chars().flat_map(|digit| [digit, ' ']).collect();
    let (holds, said) = audit(&[arg(path), "--code", &spoken, "--archive", arg(record.path())]);
    assert!(holds && said.contains("everything holds") && said.contains("in the record"), "{said}");
    let (holds, said) = audit(&[arg(path), "--code", &tested[1].1, "--lang", "zh"]);
    assert!(!holds && said.contains("不一致"), "{said}");
}

/// By keys, in real terminals.
#[test]
fn a_member_tests_the_terminal_twice_and_then_votes() {
    let session = Session::new();
    let mut console = session.console();
    console.shows("Enter open the meeting");
    let names = ["Ben Counting", "Cleo Counting", "Dora Writing", "Emil Voting"];
    let mut terminals: Vec<Terminal> = names.iter().map(|name| session.sit_down(name)).collect();
    console.shows("present 4");
    lead(&mut console, &mut terminals[..2], "4", "the vote", closes_voting);
    let folder = session.home.path().join("audit");
    let member = &mut terminals[3];
    for (number, marks) in [(1, "23"), (2, "31")] {
        member.shows("2 lines are not marked");
        member.press(marks);
        member.shows("All lines are marked");
        member.press("\r");
        let shown = member.until("the review", |shown| shown.contains("cannot be changed"));
        let code = code_on(&shown);
        member.press("c");
        let explained = member.shows("does not count");
        assert!(explained.contains("Mark anything"), "{explained}");
        let first: Vec<&str> =
            code.as_bytes().chunks(4).map(|group| str::from_utf8(group).unwrap()).collect();
        assert!(explained.contains(&first[..8].join(" ")), "{code}: {explained}");
        member.press("y");
        let given = member.shows("Now vote afresh");
        assert!(given.contains(&format!("plenum audit plenum-audit-{}.json", &code[..8])), "{given}");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), number);
        let file = folder.join(format!("plenum-audit-{}.json", &code[..8]));
        let (holds, said) = audit(&[arg(&file), "--code", &code, "--archive", arg(&session.dir)]);
        assert!(holds && said.contains("everything holds"), "{said}");
        let words = if number == 1 { ["disagree", "abstain"] } else { ["abstain", "agree"] };
        assert!(said.contains(&format!("North Office: {}", words[0])), "{said}");
        assert!(said.contains(&format!("South Office: {}", words[1])), "{said}");
        member.press("\r");
    }
    for terminal in &mut terminals {
        vote(terminal, '1', '1');
    }
    // The recorder signs the seal, then the scrutineers.
    lead(&mut console, &mut terminals[..3], "4", "the seal", |shown| shown.contains("Q quit"));
    console.press("q");
    assert_eq!(console.end().0, 0);
    verified(&session.dir, [[4, 0, 0, 0], [4, 0, 0, 0]]);
}

/// The control code on the review page.
fn code_on(shown: &str) -> String {
    let (_, after) = shown.split_once("Control code").unwrap_or_else(|| panic!("no control code: {shown}"));
    let code: String = after.split_whitespace().take(16).collect();
    assert!(code.len() == 64 && code.bytes().all(|digit| digit.is_ascii_hexdigit()), "{shown}");
    code
}
