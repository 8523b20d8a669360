//! A terminal's slips against a record that is honest, and against ones that are not.

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::slips::{KeptSlips, SlipFault};
use crate::ballot::{Issuer, VoprfIssuer};
use crate::meeting::review_sample::ReviewPoint as At;
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, Asker, Command, Refusal, ReviewState, SLIP_ACTS_MAX, SlipAct, SlipKind, SlipSays,
};
use crate::wire::{Anonymous, SLIP_BYTES};
use crate::words::Lang;

fn asks(text: &str) -> SlipSays {
    SlipSays::begin(SlipKind::Question, "o2".into(), text.to_owned())
}

fn review(sample: &Sample) -> &ReviewState {
    sample.state.current_review().unwrap().2
}

/// A review whose slips are issued to `m2`.
fn issued() -> (Sample, KeptSlips) {
    let rng = &mut StdRng::seed_from_u64(31);
    let mut sample = Sample::review(Lang::En).until_review(At::Reporting);
    let item = Sample::review_item();
    let issuer = VoprfIssuer::generate(rng);
    let public = issuer.public_key();
    sample.order(&Actor::Hub, Command::PublishSlipIssuer { item: item.clone(), issuer: public.clone() });
    let mut kept = KeptSlips::fresh(3, rng).unwrap();
    let ask = kept.ask(&item).unwrap();
    let Command::RequestSlips { requests, .. } = &ask else { panic!("{ask:?}") };
    let answers: Vec<_> = requests.iter().map(|request| issuer.issue(request, rng).unwrap()).collect();
    sample.order(&Actor::from("m2"), ask);
    kept.take(&answers, &public).unwrap();
    sample.step();
    (sample, kept)
}

fn write(kept: &mut KeptSlips, sample: &Sample, says: SlipSays) -> Result<SlipAct, Refusal> {
    kept.write(sample.state.session(), &Sample::review_item(), review(sample), says)?;
    let Some(Anonymous::Slip { act, .. }) = kept.next_act(&Sample::review_item()) else { panic!("nothing") };
    kept.taken(&act.signature);
    Ok(*act)
}

fn publish(sample: &mut Sample, mut act: SlipAct) {
    act.token = act.token.filter(|_| act.number == 1);
    sample.order(&Actor::Hub, Command::PublishSlips { item: Sample::review_item(), slips: vec![act] });
}

#[test]
fn every_act_is_as_long_as_every_other() {
    let (mut sample, mut kept) = issued();
    let item = Sample::review_item();
    let length = |act: &SlipAct| {
        let act = Anonymous::slip(item.clone(), act.clone()).unwrap();
        serde_json::to_vec(&act).unwrap().len()
    };
    let first = write(&mut kept, &sample, asks("x")).unwrap();
    publish(&mut sample, first.clone());
    let question = review(&sample).questions.last().unwrap().id;
    sample.answer(question.0);
    let long = "质询\n\"".repeat(500);
    let mut acts = vec![first, write(&mut kept, &sample, asks(&long)).unwrap()];
    let further = [
        SlipSays::Satisfied { question, satisfied: false },
        SlipSays::Satisfied { question, satisfied: true },
        SlipSays::FollowUp { question, text: "and then?".to_owned() },
        SlipSays::Inquiry { question, text: "长".repeat(2_000) },
    ];
    acts.extend(further.map(|says| write(&mut kept, &sample, says).unwrap()));
    for act in &acts {
        assert_eq!(length(act), SLIP_BYTES, "{act:?}");
    }
    // What would not hide in that length is not sent.
    let wide = write(&mut kept, &sample, asks(&"\u{1}".repeat(2_000)));
    assert!(
        matches!(wide, Err(Refusal::TextTooLong { chars: 2_000, chars_max }) if chars_max < 2_000),
        "{wide:?}"
    );
    assert_eq!(kept.left(), 1, "and spends no slip");
}

#[test]
fn only_the_own_slip_goes_on_and_not_for_ever() {
    let (mut sample, mut kept) = issued();
    let asked = write(&mut kept, &sample, asks("who paid?")).unwrap();
    publish(&mut sample, asked.clone());
    let question = review(&sample).questions.last().unwrap().id;
    sample.answer(question.0);
    let own = kept.own(review(&sample));
    assert_eq!(own.len(), 1);
    assert!(own[0].may_follow_up && !own[0].became_opinion && own[0].waiting.is_empty());
    let follow_up = |text: &str| SlipSays::FollowUp { question, text: text.to_owned() };
    let mut other = KeptSlips::fresh(3, &mut StdRng::seed_from_u64(32)).unwrap();
    assert_eq!(write(&mut other, &sample, follow_up("x")).map(|_| ()), Err(Refusal::NotYourQuestion));
    let further = write(&mut kept, &sample, follow_up("and when?")).unwrap();
    assert_eq!(kept.own(review(&sample))[0].waiting, [question]);
    assert_eq!(write(&mut kept, &sample, follow_up("x")).map(|_| ()), Err(Refusal::SlipFollowedUp));
    publish(&mut sample, further);
    let followed = review(&sample).questions.last().unwrap();
    assert_eq!((followed.follows, &followed.asker), (Some(question), &Asker::Slip { key: asked.key }));
    for number in 3..=SLIP_ACTS_MAX {
        let says = SlipSays::Satisfied { question, satisfied: number % 2 == 0 };
        write(&mut kept, &sample, says).unwrap();
    }
    let over = write(&mut kept, &sample, SlipSays::Satisfied { question, satisfied: true });
    assert_eq!(over.map(|_| ()), Err(Refusal::SlipActUsed));
    assert_eq!(kept.fault(review(&sample), false), None);
}

#[test]
fn a_record_without_what_was_taken_or_with_what_was_not_sent_is_seen() {
    let (mut sample, mut kept) = issued();
    let says = asks("who paid?");
    let act = write(&mut kept, &sample, says.clone()).unwrap();
    assert_eq!(kept.fault(review(&sample), false), None, "it may still come");
    assert_eq!(kept.fault(review(&sample), true), Some(SlipFault::Dropped));
    assert_eq!(kept.unpublished(review(&sample)).collect::<Vec<_>>(), [act.signature.as_str()]);
    let mut honest = kept.clone();
    publish(&mut sample, act.clone());
    assert_eq!(honest.fault(review(&sample), true), None);
    assert_eq!(honest.unpublished(review(&sample)).count(), 0);
    // A hub with the key could have signed something else: the terminal knows what it sent.
    honest.refused(&act.signature);
    assert_eq!(honest.fault(review(&sample), true), None, "what begins a slip is kept");
    let mut record = review(&sample).clone();
    let spent = record.slips_spent.get_mut(&act.key).unwrap();
    spent.acts.push("00".repeat(64));
    assert_eq!(kept.fault(&record, false), Some(SlipFault::Altered));
    record.slips_spent.get_mut(&act.key).unwrap().acts = vec!["00".repeat(64)];
    assert_eq!(kept.fault(&record, false), Some(SlipFault::Altered));
}

#[test]
fn a_question_that_comes_too_late_is_known_to_be_an_opinion() {
    let (mut sample, mut kept) = issued();
    let act = write(&mut kept, &sample, asks("too late?")).unwrap();
    sample.console(Command::EndQuestions { item: Sample::review_item(), left: None });
    publish(&mut sample, act);
    assert!(kept.own(review(&sample))[0].became_opinion);
}

#[test]
fn nothing_kept_is_shown_by_mistake() {
    let (_, kept) = issued();
    let written = serde_json::to_string(&kept).unwrap();
    let shown = format!("{kept:?}");
    assert_eq!(shown, "KeptSlips(3)");
    let read: KeptSlips = serde_json::from_str(&written).unwrap();
    assert_eq!(serde_json::to_string(&read).unwrap(), written);
}

#[test]
fn what_a_takeover_may_have_lost_goes_again_and_nothing_else() {
    let (mut sample, mut kept) = issued();
    let item = Sample::review_item();
    let published = write(&mut kept, &sample, asks("who paid?")).unwrap();
    publish(&mut sample, published);
    let lost = write(&mut kept, &sample, asks("and when?")).unwrap();
    assert!(kept.next_act(&item).is_none(), "both were taken");
    kept.send_again(review(&sample));
    let again = kept.next_act(&item);
    let Some(Anonymous::Slip { act, .. }) = &again else { panic!("{again:?}") };
    assert_eq!(**act, lost, "the same act, under the same signature");
    kept.taken(&lost.signature);
    assert!(kept.next_act(&item).is_none(), "what the record holds does not go again");
}
