//! Whatever is altered in a seal, its witnesses, its signatures, its order or its reasons is found and named; and a
//! record that was ended otherwise by those who hold the keys of the machine alone stands out.

use std::fs;

use jiff::tz::TimeZone;

use super::tamper::{assert_fault, faults};
use crate::archive::sample::Sample;
use crate::archive::verify::{FaultKind, What};
use crate::archive::{SealSignature, TRANSCRIPT, Transcript, Turn, Unsigned, prepare, signers, verify};
use crate::meeting::{Actor, AdjournGround, Command};
use crate::words::Lang;

fn read(sample: &Sample) -> Transcript {
    Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap()).unwrap()
}

fn write(sample: &Sample, transcript: &Transcript) {
    fs::write(sample.path(TRANSCRIPT), transcript.bytes()).unwrap();
}

/// The names of the faults; every one stands at the transcript.
fn named(sample: &Sample) -> Vec<FaultKind> {
    let faults = faults(sample);
    assert!(faults.iter().all(|(place, _)| place == TRANSCRIPT), "{faults:#?}");
    faults.into_iter().map(|(_, what)| what).collect()
}

fn by(name: &str) -> String {
    name.to_owned()
}

/// The seal of a meeting that was held, with these named as not signing, the rest signing.
fn sealed_without(sample: &Sample, without: &[(&str, Option<&str>)]) -> Transcript {
    let seal = prepare(sample.dir(), &TimeZone::UTC).unwrap();
    let whole = sample.signed(&seal);
    let mut transcript = Transcript { witnesses: whole.witnesses, ..sample.signed_by_the_hub(&seal) };
    for (seat, refuses) in without {
        let actor = Actor::from(*seat);
        transcript.add_unsigned(match refuses {
            Some(reason) => seal.refuse(actor.clone(), reason, sample.identity(&actor)),
            None => Unsigned { by: actor, reason: "has left".into(), refusal: None },
        });
    }
    for signer in signers(sample.state()) {
        if transcript.reason_of(&signer.by).is_none() {
            transcript.add_signature(transcript.sign(signer.by.clone(), sample.identity(&signer.by)));
        }
    }
    transcript
}

#[test]
fn signatures_missing_or_from_elsewhere() {
    let [sample, other] = [Sample::sealed(Lang::En, 30), Sample::sealed(Lang::En, 31)];
    let (whole, foreign) = (read(&sample), read(&other));
    let order: Vec<String> = whole.signatures.iter().map(|one| one.by.to_string()).collect();
    assert_eq!(order, ["hub", "g1", "m2", "m4", "m6", "console"]);

    let mut one = whole.clone();
    one.signatures.pop();
    write(&sample, &one);
    assert_eq!(named(&sample), [FaultKind::SignatureMissing { by: by("console") }]);

    // Somebody in the middle: all that came later was over another list.
    let mut one = whole.clone();
    one.signatures.remove(2);
    write(&sample, &one);
    assert_eq!(
        named(&sample),
        [
            FaultKind::Signature { by: by("m4") },
            FaultKind::Signature { by: by("m6") },
            FaultKind::Signature { by: by("console") },
            FaultKind::Unaccounted { by: by("m2") }
        ]
    );

    // Moved from another meeting, with and without its key.
    let mut two = whole.clone();
    two.signatures[1] = foreign.signatures[1].clone();
    write(&sample, &two);
    assert!(named(&sample).contains(&FaultKind::SignatureKey { by: by("g1") }));
    two.signatures[1].key = whole.signatures[1].key.clone();
    write(&sample, &two);
    assert!(named(&sample).contains(&FaultKind::Signature { by: by("g1") }));

    let mut twice = whole.clone();
    twice.signatures.push(whole.signatures[0].clone());
    write(&sample, &twice);
    assert_eq!(named(&sample), [FaultKind::SignatureTwice { by: by("hub") }]);

    let mut stranger = whole.clone();
    stranger.signatures.push(whole.sign(Actor::from("m3"), sample.identity(&Actor::from("m3"))));
    write(&sample, &stranger);
    assert_eq!(named(&sample), [FaultKind::NotEntitled { by: by("m3") }]);

    write(&sample, &foreign);
    assert_fault(&sample, TRANSCRIPT, |what| *what == FaultKind::SealedSession);
    write(&sample, &whole);
    assert_eq!(named(&sample), []);
}

#[test]
fn signatures_out_of_turn() {
    let sample = Sample::sealed(Lang::En, 70);
    let whole = read(&sample);
    // As they stand: they were made over other lists.
    let mut swapped = whole.clone();
    swapped.signatures.swap(1, 2);
    write(&sample, &swapped);
    let faults = named(&sample);
    assert!(faults.contains(&FaultKind::SignatureOrder { by: by("g1") }), "{faults:?}");
    assert!(faults.contains(&FaultKind::Signature { by: by("m2") }), "{faults:?}");
    // And signed in that order: each holds, the order is still another than the rule's.
    let mut signed = Transcript { signatures: Vec::new(), ..whole.clone() };
    for actor in ["hub", "m2", "g1", "m4", "m6", "console"].map(Actor::from) {
        signed.add_signature(signed.sign(actor.clone(), sample.identity(&actor)));
    }
    write(&sample, &signed);
    assert_eq!(named(&sample), [FaultKind::SignatureOrder { by: by("g1") }]);
    // Two of one turn may sign in either order.
    let mut signed = Transcript { signatures: Vec::new(), ..whole };
    for actor in ["hub", "g1", "m6", "m4", "m2", "console"].map(Actor::from) {
        signed.add_signature(signed.sign(actor.clone(), sample.identity(&actor)));
    }
    write(&sample, &signed);
    assert_eq!(named(&sample), []);
}

#[test]
fn witnesses_dropped_added_or_from_elsewhere() {
    let [sample, other] = [Sample::sealed(Lang::En, 71), Sample::sealed(Lang::En, 72)];
    let (whole, foreign) = (read(&sample), read(&other));
    assert!(whole.witnesses.len() >= 4);
    let mut dropped = whole.clone();
    dropped.witnesses.remove(1);
    write(&sample, &dropped);
    assert_eq!(named(&sample), [FaultKind::Signature { by: by("console") }]);

    // With the console's key it can be signed again; the others' signatures say nothing of witnesses.
    let altered = |witness: &dyn Fn(&mut Transcript)| {
        let mut transcript = whole.clone();
        witness(&mut transcript);
        transcript.signatures.pop();
        transcript.add_signature(transcript.sign(Actor::Console, &sample.console));
        write(&sample, &transcript);
        named(&sample)
    };
    let name = whole.witnesses[1].by.to_string();
    assert_eq!(
        altered(&|transcript| transcript.witnesses[1] = foreign.witnesses[1].clone()),
        [FaultKind::WitnessKey { by: name.clone() }]
    );
    assert_eq!(
        altered(&|transcript| transcript.witnesses[1].signature = foreign.witnesses[1].signature.clone()),
        [FaultKind::Witness { by: name }]
    );
    assert_eq!(
        altered(&|transcript| transcript.witnesses.push(transcript.witnesses[0].clone())),
        [FaultKind::WitnessesNotSorted]
    );
    assert_eq!(
        altered(&|transcript| {
            let display = transcript.seal.witness(Actor::Display(1), &other.hub);
            transcript.add_witness(display);
        }),
        [FaultKind::NotEntitled { by: by("display") }]
    );
}

#[test]
fn who_does_not_sign_is_named_and_the_reason_stands() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let sample = Sample::held(lang, 73);
        sample.write();
        let reason = lang.pick("票数与我所记不符", "the count is not what I noted");
        let whole = sealed_without(&sample, &[("g1", None), ("m4", Some(reason))]);
        crate::archive::finish(sample.dir(), &whole).unwrap();
        let report = verify(sample.dir());
        assert_eq!(report.faults, []);
        let seal = report.checks.iter().find(|check| matches!(check.what, What::Seal { .. })).unwrap();
        insta::assert_snapshot!(format!("not_signed_{name}"), crate::words::archive::check(lang, &seal.what));
        if lang == Lang::Zh {
            continue;
        }
        // A reason changed: the presiding officer's signature covers it.
        let mut changed = whole.clone();
        changed.unsigned[0].reason = "is ill".into();
        write(&sample, &changed);
        assert_eq!(named(&sample), [FaultKind::Signature { by: by("console") }]);
        // The person's own words changed, and signed again at the console.
        let mut changed = whole.clone();
        changed.unsigned[1].reason = "no time".into();
        changed.signatures.pop();
        changed.add_signature(changed.sign(Actor::Console, &sample.console));
        write(&sample, &changed);
        assert_eq!(named(&sample), [FaultKind::Refusal { by: by("m4") }]);
        // Nobody is left out, nobody is named without words.
        let mut left_out = whole.clone();
        left_out.unsigned.clear();
        left_out.signatures.pop();
        left_out.add_signature(left_out.sign(Actor::Console, &sample.console));
        write(&sample, &left_out);
        assert_eq!(
            named(&sample),
            [FaultKind::Unaccounted { by: by("g1") }, FaultKind::Unaccounted { by: by("m4") }]
        );
        let mut silent = whole.clone();
        silent.unsigned[0].reason = " ".into();
        silent.signatures.pop();
        silent.add_signature(silent.sign(Actor::Console, &sample.console));
        write(&sample, &silent);
        assert_eq!(named(&sample), [FaultKind::NoReason { by: by("g1") }]);
    }
}

/// The last line is dropped and another written, by somebody who has the keys of hub and console and no others.
#[test]
fn another_end_with_the_keys_of_the_machine() {
    let mut sample = Sample::held(Lang::En, 74);
    sample.write();
    let honest = sample.signed(&prepare(sample.dir(), &TimeZone::UTC).unwrap());
    sample.drop_last_line();
    sample.officer(Command::Adjourn { ground: AdjournGround::Decided { reason: "smoke".into() } });
    sample.write();
    let seal = prepare(sample.dir(), &TimeZone::UTC).unwrap();
    let keys = |mut transcript: Transcript| {
        transcript.signatures.retain(|one| one.by.seat().is_some());
        let own = sample.signed_by_the_hub(&transcript.seal).signatures.remove(0);
        transcript.signatures.insert(0, own);
        transcript.add_signature(transcript.sign(Actor::Console, &sample.console));
        transcript
    };
    // What the others signed is over another end.
    crate::archive::finish(sample.dir(), &keys(Transcript { seal: seal.clone(), ..honest.clone() })).unwrap();
    let found = named(&sample);
    for seat in ["g1", "m2", "m4", "m6"] {
        assert!(found.contains(&FaultKind::Signature { by: by(seat) }), "{found:?}");
    }
    for witness in &honest.witnesses {
        assert!(found.contains(&FaultKind::Witness { by: witness.by.to_string() }), "{found:?}");
    }
    // Without any of theirs, those who were to sign being named: it rests on the machine alone, and that is said.
    let mut alone = Transcript::begin(seal);
    for seat in ["g1", "m2", "m4", "m6"] {
        alone.add_unsigned(Unsigned { by: Actor::from(seat), reason: "has left".into(), refusal: None });
    }
    let own = Actor::from("m1");
    alone.add_witness(alone.seal.witness(own.clone(), sample.identity(&own)));
    write(&sample, &keys(alone));
    assert_eq!(named(&sample), [FaultKind::SealAlone]);
}

/// A person with two duties signs once; whoever presides signs at the console alone.
#[test]
fn duties_that_meet_in_one_person() {
    let both = |text: &str| {
        text.replace("duties = [\"presiding\"]", "duties = [\"presiding\", \"recorder\"]")
            .replace("group = \"guest\", duties = [\"recorder\"]", "group = \"guest\"")
            .replacen("duties = [\"scrutineer\"]", "duties = [\"scrutineer\", \"recorder\"]", 1)
    };
    let mut sample = Sample::begin_from(both, Lang::En, 75);
    sample.open();
    sample.officer(Command::Adjourn { ground: AdjournGround::Decided { reason: "smoke".into() } });
    let turns: Vec<(String, Turn, usize)> = signers(sample.state())
        .into_iter()
        .map(|signer| (signer.by.to_string(), signer.turn, signer.duties.len()))
        .collect();
    assert_eq!(
        turns,
        [
            (by("m2"), Turn::Recorder, 2),
            (by("m4"), Turn::Scrutineer, 1),
            (by("m6"), Turn::Scrutineer, 1),
            (by("console"), Turn::Presiding, 2)
        ]
    );
    sample.write();
    sample.seal();
    let report = verify(sample.dir());
    assert_eq!(report.faults, []);
    let seal = report.checks.last().unwrap();
    assert!(
        matches!(seal.what, What::Seal { recorders: 2, scrutineers: 3, presiding: true, .. }),
        "{seal:?}"
    );
}

/// Scrutineers who were never approved sign nothing, and a plan without a recorder has none to sign.
#[test]
fn a_meeting_without_recorder_and_without_approved_scrutineers() {
    let none = |text: &str| text.replace("group = \"guest\", duties = [\"recorder\"]", "group = \"guest\"");
    let mut sample = Sample::begin_from(none, Lang::En, 76);
    sample.enrol(&["m1", "m2"]);
    sample.officer(Command::Adjourn { ground: AdjournGround::Decided { reason: "smoke".into() } });
    let order: Vec<String> = signers(sample.state()).iter().map(|signer| signer.by.to_string()).collect();
    assert_eq!(order, ["console"]);
    sample.write();
    sample.seal();
    assert_eq!(faults(&sample), []);
}

/// What a signer may do when: the rule that hub and screens ask.
#[test]
fn turns_come_one_after_the_other() {
    use crate::archive::NotNow::{NotEntitled, OthersFirst, Signed, TooLate};
    let sample = Sample::held(Lang::En, 77);
    sample.write();
    let mut transcript = sample.signed_by_the_hub(&prepare(sample.dir(), &TimeZone::UTC).unwrap());
    let may = |transcript: &Transcript, name: &str| transcript.may_sign(sample.state(), &Actor::from(name));
    let sign = |transcript: &Transcript, name: &str| -> SealSignature {
        transcript.sign(Actor::from(name), sample.identity(&Actor::from(name)))
    };
    assert_eq!(may(&transcript, "m3"), Err(NotEntitled));
    assert_eq!(may(&transcript, "m2"), Err(OthersFirst));
    assert_eq!(may(&transcript, "console"), Err(OthersFirst));
    assert_eq!(may(&transcript, "g1"), Ok(()));
    // The recorder is passed over, comes back, and can sign until a scrutineer has.
    let absent = || Unsigned { by: Actor::from("g1"), reason: "has left".into(), refusal: None };
    transcript.add_unsigned(absent());
    assert_eq!((may(&transcript, "m2"), may(&transcript, "g1")), (Ok(()), Ok(())));
    let mut back = transcript.clone();
    back.add_signature(sign(&back, "g1"));
    assert_eq!((back.unsigned.len(), may(&back, "g1")), (0, Err(Signed)));
    transcript.add_signature(sign(&transcript, "m4"));
    assert_eq!(may(&transcript, "g1"), Err(TooLate));
    assert_eq!(may(&transcript, "console"), Err(OthersFirst));
    let over_the_old_list = sign(&transcript, "m2");
    assert!(transcript.next_holds(&over_the_old_list));
    transcript.add_witness(transcript.seal.witness(Actor::from("m3"), sample.identity(&Actor::from("m3"))));
    assert!(transcript.next_holds(&over_the_old_list), "witnesses are covered by the last signature alone");
    transcript.add_signature(over_the_old_list);
    transcript.add_signature(sign(&transcript, "m6"));
    assert_eq!(may(&transcript, "console"), Ok(()));
    assert!(transcript.holds_so_far(sample.state()));
}
