//! What a hub, or somebody else, could try with slips, and what the rules say to it.

use crate::meeting::review_sample::{ReviewPoint as At, slip_act, slip_issuer, slip_key, slip_secret};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, AdjournGround, Asker, Command, Ended, Event, ItemId, OfficialId, QuestionId, Refusal, ReviewState,
    SLIP_ACTS_MAX, SlipAct, SlipKind, SlipSays, decide,
};
use crate::words::Lang;

/// Slip 4 has asked question 4, which is answered.
fn answered() -> Sample {
    let mut sample = Sample::review(Lang::En).until_review(At::Questioning);
    sample.answer(4);
    sample
}

fn item() -> ItemId {
    Sample::review_item()
}

fn review(sample: &Sample) -> &ReviewState {
    sample.state.item_state(&item()).unwrap().review().unwrap()
}

fn asks(text: &str) -> SlipSays {
    SlipSays::begin(SlipKind::Question, "o2".into(), text.to_owned())
}

fn follow_up(question: u32, text: &str) -> SlipSays {
    SlipSays::FollowUp { question: QuestionId(question), text: text.to_owned() }
}

fn satisfied(question: u32, satisfied: bool) -> SlipSays {
    SlipSays::Satisfied { question: QuestionId(question), satisfied }
}

fn inquiry(question: u32) -> SlipSays {
    SlipSays::Inquiry { question: QuestionId(question), text: "in writing".to_owned() }
}

/// What the rules say to this act.
fn says(sample: &Sample, slip: u64, number: u32, says: SlipSays) -> Result<Vec<Event>, Refusal> {
    publish(sample, vec![slip_act((sample.state.session(), &item()), slip, number, says)])
}

fn publish(sample: &Sample, slips: Vec<SlipAct>) -> Result<Vec<Event>, Refusal> {
    decide(&sample.state, &Actor::Hub, &Command::PublishSlips { item: item(), slips }, sample.now)
}

#[test]
fn a_slip_is_followed_up_and_says_how_it_was_answered() {
    let mut sample = answered();
    sample.slip_goes_on(4, 2, satisfied(4, false));
    sample.slip_goes_on(4, 3, inquiry(4));
    sample.slip_goes_on(4, 4, follow_up(4, "and since when?"));
    let asked = review(&sample).questions.last().unwrap().clone();
    assert_eq!((asked.follows, asked.text.as_str()), (Some(QuestionId(4)), "and since when?"));
    assert_eq!(asked.asker, Asker::Slip { key: slip_key(4).public() });
    let first = review(&sample).question(QuestionId(4)).unwrap();
    assert_eq!((first.satisfied, first.inquiry.as_deref()), (Some(false), Some("in writing")));
    let number = asked.id.0;
    sample.answer(number);
    sample.slip_goes_on(4, 5, satisfied(number, true));
    sample.slip_goes_on(4, 6, satisfied(number, false));
    assert_eq!(review(&sample).question(asked.id).unwrap().satisfied, Some(false));
    assert_eq!(says(&sample, 4, 7, follow_up(number, "again?")), Err(Refusal::SlipFollowedUp));
    // Overtaken, it is in the record and changes nothing.
    let moot = says(&sample, 4, 7, satisfied(number, false)).unwrap();
    assert!(matches!(&moot[..], [Event::SlipActed { token: None, .. }]), "{moot:?}");
    for number in 7..=SLIP_ACTS_MAX {
        sample.slip_goes_on(4, number, satisfied(asked.id.0, number % 2 == 1));
    }
    let over = says(&sample, 4, SLIP_ACTS_MAX + 1, satisfied(asked.id.0, true));
    assert_eq!(over, Err(Refusal::SlipActUsed));
}

#[test]
fn acts_of_one_tick_follow_each_other() {
    let sample = answered();
    let session = sample.state.session();
    let act = |slip, number, says| slip_act((session, &item()), slip, number, says);
    let mut slips = vec![
        act(4, 2, satisfied(4, false)),
        act(4, 3, inquiry(4)),
        act(5, 1, asks("one")),
        act(6, 1, SlipSays::begin(SlipKind::Opinion, "o3".into(), "zeal".to_owned())),
    ];
    slips.sort_by(|one, other| (&one.key, one.number).cmp(&(&other.key, other.number)));
    let events = publish(&sample, slips.clone()).unwrap();
    assert_eq!(events.len(), 8);
    // The order is fixed: it cannot tell in what order they came.
    slips.reverse();
    assert_eq!(publish(&sample, slips.clone()), Err(Refusal::SlipActUsed));
    slips.truncate(1);
    slips.push(slips[0].clone());
    assert_eq!(publish(&sample, slips), Err(Refusal::SlipActUsed));
}

#[test]
fn nobody_alters_forges_or_replays_what_a_slip_says() {
    let sample = answered();
    let session = sample.state.session();
    let sign = |slip, number, says| slip_act((session, &item()), slip, number, says);
    let fresh = sign(9, 1, asks("who paid?"));
    assert!(publish(&sample, vec![fresh.clone()]).is_ok());

    // Altered in any part.
    let altered: [fn(&mut SlipAct); 6] = [
        |act| act.says = asks("who paid, and when?"),
        |act| act.says = SlipSays::begin(SlipKind::Opinion, "o2".into(), "who paid?".to_owned()),
        |act| act.says = SlipSays::begin(SlipKind::Question, "o3".into(), "who paid?".to_owned()),
        |act| act.key = slip_key(10).public(),
        |act| act.signature = act.signature.replace('a', "b"),
        |act| act.signature = act.signature.to_uppercase(),
    ];
    for change in altered {
        let mut act = fresh.clone();
        change(&mut act);
        assert_eq!(publish(&sample, vec![act.clone()]), Err(Refusal::SlipSignature), "{act:?}");
    }
    let mut said = sign(4, 2, satisfied(4, false));
    said.says = satisfied(4, true);
    assert_eq!(publish(&sample, vec![said]), Err(Refusal::SlipSignature), "a forged satisfied");

    // Of another session, or another item.
    let says_it = asks("who paid?");
    let other = slip_act((&"0123".into(), &item()), 9, 1, says_it.clone());
    assert_eq!(publish(&sample, vec![other]), Err(Refusal::SlipSignature));
    let other = slip_act((session, &"appoint".into()), 9, 1, says_it);
    assert_eq!(publish(&sample, vec![other]), Err(Refusal::SlipSignature));

    // Played again, out of turn, or with another one's key.
    let mut later = answered();
    later.slip_goes_on(4, 2, satisfied(4, true));
    later.slip_goes_on(4, 3, satisfied(4, false));
    assert_eq!(says(&later, 4, 2, satisfied(4, true)), Err(Refusal::SlipActUsed), "a replay");
    assert_eq!(says(&later, 4, 5, satisfied(4, true)), Err(Refusal::SlipActUsed), "one left out");
    assert_eq!(says(&sample, 4, 1, asks("again")), Err(Refusal::SlipActUsed));
    assert_eq!(says(&sample, 9, 2, satisfied(4, true)), Err(Refusal::SlipActUsed));
    assert_eq!(says(&sample, 9, 1, satisfied(4, true)), Err(Refusal::SlipActUsed));

    // Without its token, or with one where there is none.
    let mut bare = fresh.clone();
    let token = bare.token.take();
    assert_eq!(publish(&sample, vec![bare]), Err(Refusal::SlipToken));
    let mut twice = sign(4, 2, satisfied(4, true));
    twice.token = token;
    assert_eq!(publish(&sample, vec![twice]), Err(Refusal::SlipToken));

    // Texts, and what it is about.
    for text in [" ", " padded", &"x".repeat(2_001)] {
        assert!(says(&sample, 9, 1, asks(text)).is_err(), "{text}");
    }
    let zz = SlipSays::begin(SlipKind::Question, "zz".into(), "x".to_owned());
    assert_eq!(says(&sample, 9, 1, zz), Err(Refusal::UnknownOfficial));
    assert_eq!(says(&sample, 4, 2, follow_up(99, "x")), Err(Refusal::UnknownQuestion));
    assert_eq!(says(&sample, 4, 2, follow_up(1, "x")), Err(Refusal::NotYourQuestion));
    assert_eq!(says(&sample, 4, 2, satisfied(1, true)), Err(Refusal::NotYourQuestion));
    assert_eq!(
        says(&sample, 4, 2, inquiry(4)),
        Err(Refusal::QuestionNotThere),
        "it has not said that it is not"
    );
    let waiting = Sample::review(Lang::En).until_review(At::Questioning);
    assert_eq!(says(&waiting, 4, 2, follow_up(4, "x")), Err(Refusal::QuestionNotThere));
    assert_eq!(says(&waiting, 4, 2, satisfied(4, true)), Err(Refusal::QuestionNotThere));
}

#[test]
fn no_more_slips_come_than_were_issued() {
    let mut sample = Sample::review(Lang::En).until_review(At::Reporting);
    let issuer = Command::PublishSlipIssuer { item: item(), issuer: slip_issuer() };
    sample.order(&Actor::Hub, issuer);
    let requests = vec![crate::meeting::sample::short(crate::meeting::sample::HEX); 3];
    sample.order(&Actor::from("m2"), Command::RequestSlips { item: item(), requests });
    for slip in 0..3 {
        sample.slip_goes_on(slip, 1, asks("one"));
    }
    let many = Err(Refusal::MoreSlipsThanIssued { issued: 3, spent: 4 });
    assert_eq!(says(&sample, 3, 1, asks("one too many")), many);
}

#[test]
fn what_follows_up_too_late_is_an_opinion() {
    let mut sample = answered();
    sample.console(Command::EndQuestions {
        item: item(),
        left: Some(crate::meeting::Left::Declined { reason: "no time".to_owned() }),
    });
    sample.slip_goes_on(4, 2, follow_up(4, "one more thing"));
    let given = review(&sample).opinions.last().unwrap();
    assert_eq!((given.official.as_str(), given.text.as_str()), ("o2", "one more thing"));
    assert_eq!(says(&sample, 4, 3, follow_up(4, "and another")), Err(Refusal::SlipFollowedUp));
}

#[test]
fn the_key_is_published_when_no_slip_can_come_any_more() {
    let key = |secret| Command::PublishSlipKey { item: item(), secret };
    let decided =
        |sample: &Sample, command: &Command| decide(&sample.state, &Actor::Hub, command, sample.now);
    let mut sample = answered();
    assert_eq!(decided(&sample, &key(slip_secret())), Err(Refusal::SlipsStillCome));
    // One of which the hub has made the token up.
    let mut forged = slip_act((sample.state.session(), &item()), 8, 1, asks("forged"));
    forged.token = slip_act((sample.state.session(), &item()), 7, 1, asks("forged")).token;
    sample.order(&Actor::Hub, Command::PublishSlips { item: item(), slips: vec![forged] });
    sample.console(Command::Adjourn { ground: AdjournGround::Decided { reason: "storm".to_owned() } });
    assert_eq!(says(&sample, 11, 1, asks("late")), Err(Refusal::Ended));
    let other = crate::meeting::tests::common::read(&"01".repeat(32));
    assert_eq!(decided(&sample, &key(other)), Err(Refusal::SlipKey));
    let by_console = decide(&sample.state, &Actor::Console, &key(slip_secret()), sample.now);
    assert!(matches!(by_console, Err(Refusal::NoRight { .. })), "{by_console:?}");
    sample.order(&Actor::Hub, key(slip_secret()));
    assert_eq!(review(&sample).slips_unfounded, [slip_key(8).public()], "everybody sees it");
    assert_eq!(decided(&sample, &key(slip_secret())), Ok(Vec::new()));

    // At the end of the item, the meeting going on.
    let mut sample = Sample::review(Lang::En).until_review(At::AllDeclared);
    assert_eq!(decided(&sample, &key(slip_secret())), Err(Refusal::SlipsStillCome));
    sample.console(Command::Declare { item: item() });
    sample.order(&Actor::Hub, key(slip_secret()));
    assert_eq!(review(&sample).slips_unfounded, Vec::<String>::new());
    assert!(!review(&sample).slips_spent.is_empty());
    assert_eq!(
        says(&sample, 11, 1, asks("late")),
        Err(Refusal::NotNow { command: crate::meeting::CommandKind::PublishSlips })
    );
}

#[test]
fn a_slip_to_somebody_who_is_over_is_an_opinion() {
    let mut sample = Sample::review(Lang::En).until_review(At::Questioned);
    let ended =
        |ended: &crate::meeting::Standing| matches!(ended, crate::meeting::Standing::Ended(Ended::Answered));
    assert!(review(&sample).questions.iter().any(|question| ended(&question.standing)));
    sample.slip_goes_on(50, 1, asks("too late"));
    let given = review(&sample).opinions.last().unwrap();
    assert_eq!((given.official.clone(), given.text.as_str()), (OfficialId::from("o2"), "too late"));
}
