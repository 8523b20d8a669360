//! A challenged ballot on another machine: told line by line, and whatever does not hold is named.

use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::archive::challenged::{AuditFault, InRecord, look_at};
use crate::archive::sample::Sample;
use crate::ballot::{self, Challenge, Election, Marks, Trustees};
use crate::words::Lang;
use crate::words::challenge as words;

/// A challenge for the election of a sample's first ballot.
fn challenge(sample: &Sample) -> Challenge {
    let round = sample.state().items.iter().find_map(|item| item.rounds.first()).unwrap();
    let written = round.setup.as_ref().unwrap();
    let election = Election::parse(written.election.as_bytes()).unwrap();
    let trustees = Trustees::parse(written.trustees.as_bytes()).unwrap();
    let credentials = written.admitted.iter().map(|admitted| admitted.credential).collect();
    let setup = ballot::Setup::new(election, trustees, credentials).unwrap();
    let questions = setup.election().questions().iter().enumerate();
    let marks = questions.map(|(place, question)| {
        (0..question.answers.len()).map(|answer| u32::from(answer == place % 3)).collect()
    });
    let prepared = setup.prepare(&Marks(marks.collect()), &mut StdRng::seed_from_u64(50)).unwrap();
    Challenge::of(prepared, &setup).unwrap()
}

#[test]
fn what_had_been_encrypted_is_told_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::held(lang, 51);
        let challenge = challenge(&sample);
        let code = challenge.code().to_uppercase();
        let found = look_at(&challenge.text(), Some(&code), Some(sample.state())).unwrap();
        assert_eq!(found.faults, []);
        let mut said = words::findings(lang, &found);
        said.extend(words::verdict(lang, &found));
        // The control code and the session's name are of this election.
        let [first, second] = words::code_lines(challenge.code());
        let session = sample.state().session().to_string();
        let said =
            said.join("\n").replace(&first, "CODE").replace(&second, "CODE").replace(&session, "SESSION");
        insta::assert_snapshot!(lang.pick("audit_zh", "audit_en"), said);
    }
}

#[test]
fn what_does_not_hold_is_named() {
    let sample = Sample::held(Lang::En, 52);
    let challenge = challenge(&sample);
    let (text, code) = (challenge.text(), challenge.code().to_owned());
    let other = if code.starts_with('0') { "1" } else { "0" };
    let wrong = format!("{other}{}", &code[1..]);
    let foreign = Sample::held(Lang::En, 53);
    let faults = |text: &str, code: Option<&str>, sample: Option<&Sample>| {
        look_at(text, code, sample.map(Sample::state)).unwrap().faults
    };
    assert_eq!(faults(&text, None, None), []);
    assert_eq!(look_at(&text, None, None).unwrap().in_record, InRecord::NotAsked);
    assert_eq!(faults(&text, Some(&wrong), None), [AuditFault::Code { group: 1 }]);
    let short = [AuditFault::CodeLength { digits: 8, needed: 64 }];
    assert_eq!(faults(&text, Some(&code[..8]), None), short);
    assert_eq!(faults(&text, None, Some(&foreign)), [AuditFault::NotInRecord]);
    let altered = text.replacen(&code, &wrong, 1);
    assert_eq!(faults(&altered, Some(&wrong), Some(&sample)), [AuditFault::Ciphertexts]);
    let unmarked = text.replacen("{\"mark\":1", "{\"mark\":0", 1);
    assert!(matches!(faults(&unmarked, None, None)[..], [AuditFault::Marks { .. }]));
    for (damaged, says) in [
        ("{", "damaged"),
        (r#"{"format":"plenum-audit/\u001b[2J7"}"#, "`plenum-audit/<U+001B>[2J7` is not known"),
    ] {
        let fault = look_at(damaged, None, None).unwrap_err();
        let said = words::fault(Lang::En, &fault);
        assert!(said.contains(says) && !said.contains('\u{1b}'), "{said}");
    }
}

/// Every fault is a sentence in both languages.
#[test]
fn every_fault_is_said() {
    let text = || "x".to_owned();
    for fault in [
        AuditFault::TooLong { bytes_max: 1 },
        AuditFault::Damaged { detail: text() },
        AuditFault::Format { found: text(), known: "plenum-audit/1" },
        AuditFault::Election { detail: text() },
        AuditFault::AnotherElection,
        AuditFault::Marks { detail: text() },
        AuditFault::Ciphertexts,
        AuditFault::Code { group: 3 },
        AuditFault::CodeLength { digits: 8, needed: 64 },
        AuditFault::NotInRecord,
    ] {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| words::fault(lang, &fault));
        assert!(zh.chars().any(|character| character > '\u{4e00}') && en.is_ascii(), "{zh} {en}");
    }
}
