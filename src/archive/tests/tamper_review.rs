//! What is altered in the record or the ballots of a review is found and named.

use std::fs;

use super::tamper::{assert_fault, faults, line_of, rechain, rechain_together, resign};
use crate::archive::bel::bel_path;
use crate::archive::sample::Sample;
use crate::archive::verify::FaultKind;
use crate::archive::{EVALUATIONS_CSV, FOLLOW_UPS_CSV};
use crate::journal::{FILE_NAME, Line};
use crate::meeting::{AdjournGround, BallotId, Command, Event, SlipAct, SlipKind, SlipSays};
use crate::words::Lang;

fn event_mut(lines: &mut [Line], place: usize) -> &mut Event {
    lines[place].body.as_mut().unwrap().events.first_mut().unwrap()
}

#[test]
fn a_verdict_changed_with_the_chain_recomputed() {
    let mut sample = Sample::reviewed_and_sealed(Lang::En, 60);
    let declared = line_of(&sample, |event| matches!(event, Event::OfficialDeclared { .. }));
    let mut lines = sample.lines.clone();
    if let Event::OfficialDeclared { verdict, .. } = event_mut(&mut lines, declared) {
        verdict.judgement.as_mut().unwrap().name = "good".into();
    }
    rechain(&mut sample, lines);
    let at = format!("{FILE_NAME}:{}", declared + 1);
    assert_fault(&sample, &at, |what| matches!(what, FaultKind::Record { .. }));
}

#[test]
fn a_question_removed_or_altered_with_the_chain_recomputed() {
    let mut sample = Sample::reviewed_and_sealed(Lang::En, 61);
    let whole = sample.lines.clone();
    let is_record = |what: &FaultKind| matches!(what, FaultKind::Record { .. });
    let asked = line_of(&sample, |event| matches!(event, Event::Asked { .. }));
    let mut removed = whole.clone();
    removed.remove(asked);
    rechain(&mut sample, removed);
    assert!(faults(&sample).iter().any(|(at, what)| at.starts_with(FILE_NAME) && is_record(what)));
    let mut edited = whole.clone();
    if let Event::Asked { text, .. } = event_mut(&mut edited, asked) {
        *text = "How was your day?".into();
    }
    rechain(&mut sample, edited);
    assert_fault(&sample, &format!("{FILE_NAME}:{}", asked + 1), is_record);
    // An answer, and whether it satisfied.
    for is in [
        (|event: &Event| matches!(event, Event::AnswerTaken { .. })) as fn(&Event) -> bool,
        |event| matches!(event, Event::SatisfactionSaid { .. }),
        |event| matches!(event, Event::QuestionEnded { .. }),
    ] {
        let place = line_of(&sample, is);
        let mut edited = whole.clone();
        match event_mut(&mut edited, place) {
            Event::AnswerTaken { text, .. } => *text = "All is well.".into(),
            Event::SatisfactionSaid { satisfied, .. } => *satisfied = true,
            Event::QuestionEnded { ended, .. } => *ended = crate::meeting::Ended::Withdrawn,
            other => panic!("{other:?}"),
        }
        rechain(&mut sample, edited);
        assert_fault(&sample, &format!("{FILE_NAME}:{}", place + 1), is_record);
    }
}

#[test]
fn ballots_of_another_group_or_official() {
    let sample = Sample::reviewed_and_sealed(Lang::En, 62);
    let path = |ballot: &str| bel_path(&BallotId::from(ballot));
    let bytes = |ballot: &str| fs::read(sample.path(&path(ballot))).unwrap();
    for (one, other) in [
        ("review-wang-commission", "review-wang-invited"),
        ("review-wang-commission", "review-li-commission-r2"),
    ] {
        let (kept, foreign) = (bytes(one), bytes(other));
        fs::write(sample.path(&path(one)), &foreign).unwrap();
        fs::write(sample.path(&path(other)), &kept).unwrap();
        resign(&sample);
        for place in [path(one), path(other)] {
            assert_fault(&sample, &place, |what| *what == FaultKind::BelSetup);
            assert_fault(&sample, &place, |what| matches!(what, FaultKind::BelBallotExtra { .. }));
            assert_fault(&sample, &place, |what| *what == FaultKind::BelSums);
        }
        assert_fault(
            &sample,
            &path("review-wang-commission"),
            |what| matches!(what, FaultKind::Outcome { name } if name == "Will Ash"),
        );
        fs::write(sample.path(&path(one)), &kept).unwrap();
        fs::write(sample.path(&path(other)), &foreign).unwrap();
    }
    resign(&sample);
    assert_eq!(faults(&sample), []);
}

/// The place of the first line that publishes slips.
fn published(sample: &Sample) -> usize {
    line_of(sample, |event| matches!(event, Event::SlipActed { .. }))
}

#[test]
fn a_slip_that_nobody_was_issued() {
    let mut sample = Sample::reviewed_and_sealed(Lang::En, 63);
    let mut lines = sample.lines.clone();
    lines.retain(|line| {
        let events = &line.body.as_ref().unwrap().events;
        !events.iter().any(|event| matches!(event, Event::SlipsIssued { .. }))
    });
    let at = published(&sample) + 1 - 2;
    rechain_together(&mut sample, lines);
    let is = |what: &FaultKind| matches!(what, FaultKind::Record { detail } if detail.contains("MoreSlips"));
    assert_fault(&sample, &format!("{FILE_NAME}:{at}"), is);
}

/// Words of a slip, altered by somebody who has the hub's key and signs the line anew.
#[test]
fn a_slip_altered_forged_or_replayed_by_the_hub() {
    let whole = Sample::reviewed(Lang::En, 66);
    let place = published(&whole);
    let says = |text: &str| SlipSays::begin(SlipKind::Question, "wang".into(), text.to_owned());
    let command =
        |sample: &Sample| sample.lines[place].body.as_ref().unwrap().order.as_ref().unwrap().command();
    type Change = fn(&mut Vec<SlipAct>, &dyn Fn(&str) -> SlipSays);
    let changes: [(&str, Change); 4] = [
        ("SlipSignature", |slips, says| slips[0].says = says("How was your day?")),
        ("SlipSignature", |slips, _| slips[0].number = 2),
        ("SlipActUsed", |slips, _| slips.push(slips[0].clone())),
        ("SlipToken", |slips, _| slips[0].token = None),
    ];
    for (named, change) in changes {
        let mut sample = Sample::reviewed_and_sealed(Lang::En, 66);
        let Ok(Command::PublishSlips { item, mut slips }) = command(&sample) else { panic!("no slips") };
        change(&mut slips, &says);
        let mut lines = sample.lines.clone();
        let body = lines[place].body.as_mut().unwrap();
        let order = body.order.take().unwrap();
        let session = sample.replay.state().unwrap().session().clone();
        let altered = Command::PublishSlips { item, slips };
        body.order =
            Some(sample.hub.order(&session, order.actor, order.counter, order.seen, &altered).unwrap());
        rechain(&mut sample, lines);
        let is = |what: &FaultKind| matches!(what, FaultKind::Record { detail } if detail.contains(named));
        assert_fault(&sample, &format!("{FILE_NAME}:{}", place + 1), is);
    }
}

/// A hub that made a token up, or that never says under which key it issued them.
#[test]
fn slips_without_tokens_and_tokens_without_a_key() {
    let mut sample = Sample::reviewed(Lang::En, 67);
    sample.write();
    sample.seal();
    let mut lines = sample.lines.clone();
    lines.retain(|line| {
        let events = &line.body.as_ref().unwrap().events;
        !events.iter().any(|event| matches!(event, Event::SlipKeyPublished { .. }))
    });
    rechain_together(&mut sample, lines);
    assert_fault(
        &sample,
        FILE_NAME,
        |what| matches!(what, FaultKind::SlipKeyMissing { item } if item == "review"),
    );

    let sample = Sample::reviewed_with(Lang::En, 68, |sample| {
        let (last, first) = (sample.slips.len() - 1, sample.slips[1].1.clone());
        sample.slips[last].1 = first;
    });
    sample.write();
    sample.seal();
    let forged = sample.slips[sample.slips.len() - 1].0.public();
    assert_fault(
        &sample,
        FILE_NAME,
        |what| matches!(what, FaultKind::SlipToken { key, .. } if *key == forged),
    );
    let named = sample.replay.state().unwrap().item_state(&"review".into()).unwrap().review().unwrap();
    assert_eq!(named.slips_unfounded, [forged], "and every screen saw it");
}

/// A meeting that breaks off in its review: the key comes after the end, and before the seal.
#[test]
fn the_key_of_the_slips_comes_when_a_meeting_breaks_off() {
    for with_key in [true, false] {
        let mut sample = Sample::begin_review(Lang::En, 69);
        sample.begin_questions();
        sample.officer(Command::Adjourn { ground: AdjournGround::Decided { reason: "storm".into() } });
        if with_key {
            let secret = sample.slip_issuer.as_ref().unwrap().published();
            sample.hub(Command::PublishSlipKey { item: "review".into(), secret });
        }
        sample.write();
        sample.seal();
        let missing = (FILE_NAME.to_owned(), FaultKind::SlipKeyMissing { item: "review".into() });
        assert_eq!(faults(&sample), if with_key { Vec::new() } else { vec![missing] });
    }
}

#[test]
fn tables_of_a_review_that_do_not_follow() {
    let sample = Sample::reviewed_and_sealed(Lang::En, 64);
    for (name, from, to) in
        [(EVALUATIONS_CSV, ",6,6,6,5,", ",6,6,6,4,"), (FOLLOW_UPS_CSV, "2027-03-26", "2027-06-26")]
    {
        let kept = fs::read_to_string(sample.path(name)).unwrap();
        let altered = kept.replace(from, to);
        assert_ne!(altered, kept, "{name}");
        fs::write(sample.path(name), altered).unwrap();
        resign(&sample);
        assert_eq!(faults(&sample), [(name.to_owned(), FaultKind::TableDiffers)]);
        fs::write(sample.path(name), kept).unwrap();
    }
    let plain = Sample::sealed(Lang::En, 65);
    fs::write(plain.path(FOLLOW_UPS_CSV), "number,kind\n1,promise\n").unwrap();
    assert_fault(&plain, FOLLOW_UPS_CSV, |what| *what == FaultKind::TableDiffers);
}
