//! The file of a challenge: what is written is read and holds, and whatever is altered is found.

use super::*;

const MARKS: [&[u32]; 2] = [&[0, 1, 0], &[0, 1, 1]];

fn challenge(seed: u64) -> (Room, String, Challenge) {
    let mut room = Room::small(seed);
    let marks = Marks(MARKS.iter().map(|marks| marks.to_vec()).collect());
    let prepared = room.setup.prepare(&marks, &mut room.rng).unwrap();
    let shown = prepared.audit_commitment();
    let challenge = Challenge::of(prepared, &room.setup).unwrap();
    (room, shown, challenge)
}

#[test]
fn another_machine_reads_it_and_finds_that_it_holds() {
    let (room, shown, challenge) = challenge(40);
    let text = challenge.text();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
    assert!(text.starts_with(r#"{"format":"plenum-audit/1","election":""#), "{text}");
    let read = Challenge::read(&text).unwrap();
    assert_eq!(read, challenge);
    assert_eq!(read.check(), Ok(()));
    assert_eq!(read.code(), shown);
    assert_eq!(read.marks(), Marks(MARKS.map(<[u32]>::to_vec).to_vec()));
    assert_eq!(read.election(), room.setup.election());
    // Neither credential nor proof is in it: nobody could cast it.
    for word in ["credential", "proof", "signature"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn broken_into_lines_it_is_the_same() {
    let (.., challenge) = challenge(41);
    let text = challenge.text();
    for wide in [1, 7, 80] {
        let mut lines = String::from("\u{feff}");
        for (place, character) in text.chars().enumerate() {
            lines.push(character);
            if place % wide == wide - 1 {
                lines.push_str(" \r\n   ");
            }
        }
        assert_eq!(Challenge::read(&lines).as_ref(), Ok(&challenge));
    }
}

#[test]
fn a_prepared_ballot_is_not_challenged_for_another_election() {
    let (mut room, ..) = challenge(42);
    let marks = Marks(MARKS.iter().map(|marks| marks.to_vec()).collect());
    let prepared = room.setup.prepare(&marks, &mut room.rng).unwrap();
    let error = Challenge::of(prepared, &Room::small(43).setup).unwrap_err();
    assert_eq!(error, BallotError::ForeignBallot);
}

#[test]
fn whatever_is_altered_is_found() {
    let (.., challenge) = challenge(44);
    let text = challenge.text();
    let first = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    // The marks: another answer of the first question, and one that could not be cast.
    let marked = |marks: [u8; 3]| {
        let mut marks = marks.into_iter();
        let mut parts = text.split("{\"mark\":");
        let mut written = parts.next().unwrap().to_owned();
        for part in parts {
            written.push_str("{\"mark\":");
            match marks.next() {
                Some(mark) => written.push_str(&format!("{mark}{}", &part[1..])),
                None => written.push_str(part),
            }
        }
        Challenge::read(&written).unwrap().check()
    };
    assert_eq!(marked([0, 1, 0]), Ok(()));
    assert_eq!(marked([1, 0, 0]), Err(BallotError::Audit));
    assert_eq!(marked([0, 0, 1]), Err(BallotError::Audit));
    assert!(matches!(marked([0, 1, 1]), Err(BallotError::Marks { question: 1, .. })));
    // The randomness: one digit of it.
    let at = text.find("\"randomness\":\"").unwrap() + 14;
    let digit = if &text[at..=at] == "1" { "2" } else { "1" };
    let altered = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
    match Challenge::read(&altered) {
        Ok(read) => assert_eq!(read.check(), Err(BallotError::Audit)),
        Err(fault) => assert!(matches!(fault, ChallengeFault::Damaged(_)), "{fault}"),
    }
    // The control code.
    let code = challenge.code();
    let other = if code.starts_with('0') { "1" } else { "0" };
    let read = Challenge::read(&first(code, &format!("{other}{}", &code[1..]))).unwrap();
    assert_eq!(read.check(), Err(BallotError::Audit));
    // The election: another text in this file, and one that is none.
    let election = Room::small(45).setup.election().clone();
    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["election"] = String::from_utf8(election.bytes().to_vec()).unwrap().into();
    let foreign = value.to_string();
    assert_eq!(Challenge::read(&foreign), Err(ChallengeFault::AnotherElection));
    let name = first("A\\u0020test", "A\\u0020best");
    assert_eq!(Challenge::read(&name), Err(ChallengeFault::AnotherElection));
    let none = first("Ed25519", "Ed448");
    assert!(matches!(Challenge::read(&none), Err(ChallengeFault::Election(_))));
    // Both the election and what binds the marks to it.
    let bound = foreign.replacen(challenge.election().fingerprint(), election.fingerprint(), 1);
    assert_eq!(Challenge::read(&bound).unwrap().check(), Err(BallotError::Audit));
}

#[test]
fn other_formats_and_damaged_files_are_refused_by_name() {
    let (.., challenge) = challenge(46);
    let text = challenge.text();
    let next = text.replacen("plenum-audit/1", "plenum-audit/2", 1);
    assert_eq!(Challenge::read(&next), Err(ChallengeFault::Format("plenum-audit/2".to_owned())));
    let newer = r#"{"format":"plenum-audit/9","something":[1]}"#;
    assert_eq!(Challenge::read(newer), Err(ChallengeFault::Format("plenum-audit/9".to_owned())));
    for damaged in [
        "",
        "hello",
        "{}",
        "[]",
        &text[..text.len() - 1],
        &text[..text.len() / 2],
        &text.replacen("\"audit\"", "\"tidua\"", 1),
        &text.replacen("{\"format\"", "{\"more\":1,\"format\"", 1),
        &text.replacen("{\"mark\":0", "{\"mark\":-1", 1),
        &format!("{text}{text}"),
    ] {
        let fault = Challenge::read(damaged).unwrap_err();
        assert!(matches!(fault, ChallengeFault::Damaged(_)), "{damaged}: {fault}");
    }
    assert_eq!(Challenge::read(&" ".repeat(CHALLENGE_BYTES_MAX + 1)), Err(ChallengeFault::TooLong));
}

#[test]
fn a_code_is_compared_as_people_write_it_down() {
    let (_, shown, challenge) = challenge(47);
    let groups: Vec<&str> = (0..16).map(|group| &shown[group * 4..group * 4 + 4]).collect();
    for written in [shown.clone(), shown.to_uppercase(), groups.join(" "), groups.join("-\n")] {
        assert_eq!(challenge.compare(&written), CodeMatch::Same, "{written}");
    }
    let mut other = groups.clone();
    let wrong = if groups[4] == "0000" { "0001" } else { "0000" };
    other[4] = wrong;
    assert_eq!(challenge.compare(&other.join(" ")), CodeMatch::Differs(5));
    assert_eq!(challenge.compare(&groups[..15].join(" ")), CodeMatch::Length(60));
    assert_eq!(challenge.compare(""), CodeMatch::Length(0));
}
