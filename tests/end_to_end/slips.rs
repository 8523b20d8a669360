//! Slips on real sockets, and what a hub that cheats with them looks like to the terminal that wrote one.

use plenum::client::connect::Door;
use plenum::client::slips::KeptSlips;
use plenum::client::store::Store;
use plenum::client::{Alarm, Pace, View, start};
use plenum::meeting::{
    AdjournGround, Command, Identity, OfficialStage, Refusal, SessionId, SlipAct, SlipSays,
};
use plenum::wire::{Anonymous, Answer, ToScreen, WrongAnswer};

use super::false_hub::enrolled_at;
use super::review::{asks, item, lead_to_stage, review, room_without, slips, stage, until_slips};
use super::room::{ByHand, Room, rng, soon};

/// Somebody by hand whose slips are issued, while `north` is questioned.
async fn with_slips(id: &str) -> (Room, ByHand, KeptSlips) {
    let room = room_without(&[id]).await;
    let mut hand = room.by_hand(id).await;
    lead_to_stage(&room, "north", &OfficialStage::Questioning).await;
    hand.catch_up(|state| stage(state, "north") == Some(OfficialStage::Questioning)).await;
    let mut kept = KeptSlips::fresh(2, &mut rng()).unwrap();
    let Answer::Done { issued, .. } = hand.order(&kept.ask(&item()).unwrap()).await else {
        panic!("no slips")
    };
    kept.take(&issued, review(hand.state()).slip_issuer.as_ref().unwrap()).unwrap();
    (room, hand, kept)
}

fn write(kept: &mut KeptSlips, hand: &ByHand, says: SlipSays) -> SlipAct {
    kept.write(&hand.enrolled.session, &item(), review(hand.state()), says).unwrap();
    let Some(Anonymous::Slip { act, .. }) = kept.next_act(&item()) else { panic!("no slip") };
    kept.taken(&act.signature);
    *act
}

async fn adjourn(room: &Room) {
    let ground = AdjournGround::Decided { reason: "no light".to_owned() };
    room.give(Command::Adjourn { ground }).await;
    // With the end comes the key, and every token can be checked.
    let key = |view: &View| review(view.state.as_ref().unwrap()).slip_secret.is_some();
    room.until("the key of the slips", key).await;
}

/// What the terminal of m5 comes to, that keeps these slips and is told this record.
async fn told(lines: &[String], session: &SessionId, kept: &KeptSlips) -> std::sync::Arc<View> {
    let enrolled = enrolled_at(lines.to_vec(), session.as_str()).await;
    let mut store = Store::Memory(Default::default());
    store.keep_slips(&item(), kept).unwrap();
    let client = start(enrolled, store, Pace::seeded(5, 20));
    let number = lines.len() as u64;
    let settled = |view: &View| {
        let read = view.chain.number == number && view.state.is_some();
        read && (view.alarm.is_some() || view.slips_left.is_none())
    };
    soon("what it comes to", client.until(settled)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_that_is_dropped_or_altered_is_an_alarm_on_its_own_terminal() {
    let (room, hand, mut kept) = with_slips("m5").await;
    let (before, mut other) = (kept.clone(), kept.clone());
    let act = write(&mut kept, &hand, asks("who paid?"));
    let answer = hand.act(&Anonymous::slip(item(), act).unwrap()).await;
    assert!(matches!(answer, ToScreen::SlipTaken), "{answer:?}");
    until_slips(&room, &["who paid?"]).await;
    adjourn(&room).await;
    let (lines, session) = (room.lines(), hand.enrolled.session.clone());
    assert_eq!(told(&lines, &session, &kept).await.alarm, None);
    // Another one was taken, and never came.
    write(&mut kept, &hand, asks("and who knew?"));
    assert_eq!(told(&lines, &session, &kept).await.alarm, Some(Alarm::SlipDropped));
    // Under this key something else was sent, or nothing.
    write(&mut other, &hand, asks("other words"));
    assert_eq!(told(&lines, &session, &other).await.alarm, Some(Alarm::SlipAltered));
    assert_eq!(told(&lines, &session, &before).await.alarm, Some(Alarm::SlipAltered));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_counts_once_and_only_with_its_own_token() {
    let (room, mut hand, mut kept) = with_slips("i1").await;
    let other = KeptSlips::fresh(2, &mut rng()).unwrap();
    let again = hand.order(&other.ask(&item()).unwrap()).await;
    assert!(matches!(again, Answer::Refused(Refusal::SlipsAlreadyIssued)), "{again:?}");

    let session = hand.enrolled.session.clone();
    let (first, second) =
        (write(&mut kept, &hand, asks("the first")), write(&mut kept, &hand, asks("the second")));
    let send = |act: &SlipAct| {
        let act = Anonymous::Slip { item: item(), act: Box::new(act.clone()), pad: String::new() };
        let door = Door::of(&hand.enrolled);
        async move { soon("an anonymous act", door.act(&act)).await.unwrap() }
    };
    let refused = |answer: ToScreen, wrong: WrongAnswer| {
        assert!(matches!(&answer, ToScreen::ActRefused(says) if *says == wrong), "{answer:?}");
    };
    let rule = |refusal| WrongAnswer::Rule { refusal };
    // Another slip's token, or none; keys that are none; words that were not signed; texts that are none.
    refused(send(&SlipAct { token: second.token.clone(), ..first.clone() }).await, WrongAnswer::Token);
    refused(send(&SlipAct { token: None, ..first.clone() }).await, WrongAnswer::Token);
    refused(send(&SlipAct { key: "ab".to_owned(), ..first.clone() }).await, WrongAnswer::Token);
    refused(send(&SlipAct { key: first.key.to_uppercase(), ..first.clone() }).await, WrongAnswer::Token);
    let changed = |act: &SlipAct, text: &str| SlipAct { says: asks(text), ..act.clone() };
    refused(send(&changed(&first, "other words")).await, rule(Refusal::SlipSignature));
    refused(send(&changed(&first, " \n ")).await, rule(Refusal::TextMissing));
    let long = rule(Refusal::TextTooLong { chars: 2_001, chars_max: 2_000 });
    refused(send(&changed(&first, &"x".repeat(2_001))).await, long);
    // A key that was issued no token; the token's own key, in another meeting.
    let stranger = Identity::generate(&mut rng());
    let forged = SlipAct::sign(&stranger, (&session, &item()), 1, first.token.clone(), asks("forged"));
    refused(send(&forged).await, WrongAnswer::Token);
    let huge = changed(&first, &"x".repeat(10_000_000));
    let huge = Anonymous::Slip { item: item(), act: Box::new(huge), pad: String::new() };
    assert!(Door::of(&hand.enrolled).act(&huge).await.is_err());
    assert_eq!(slips(&room.state()), Vec::<String>::new());

    // Once, and again as it was; never with other words, before and after the tick.
    assert!(matches!(send(&first).await, ToScreen::SlipTaken));
    assert!(matches!(send(&first).await, ToScreen::SlipTaken));
    let other_words = |answer: ToScreen| assert!(matches!(answer, ToScreen::ActRefused(_)), "{answer:?}");
    other_words(send(&changed(&first, "other words")).await);
    until_slips(&room, &["the first"]).await;
    assert!(matches!(send(&first).await, ToScreen::SlipTaken));
    refused(send(&changed(&first, "other words")).await, WrongAnswer::Token);

    // A flood of the same leaves one.
    let flood = futures::future::join_all((0..60).map(|_| send(&second))).await;
    assert!(flood.iter().all(|answer| matches!(answer, ToScreen::SlipTaken)));
    until_slips(&room, &["the first", "the second"]).await;
    let lines = room.lines();
    let published: Vec<&String> = lines.iter().filter(|line| line.contains(&first.key)).collect();
    assert_eq!(published.len(), 1);
    assert!(!published[0].contains("\"i1\""), "nobody's name is in the line of a slip");

    adjourn(&room).await;
    let late = SlipAct { number: 2, ..changed(&second, "after the end") };
    refused(send(&late).await, WrongAnswer::NotOpen);
    let state = room.state();
    let secret = review(&state).slip_secret.clone().unwrap();
    for act in [&first, &second] {
        let input = plenum::ballot::TokenInput::slip(&act.key_bytes().unwrap());
        assert!(plenum::ballot::check_token(&secret, input, act.token.as_ref().unwrap()));
    }
    assert!(review(&state).slips_unfounded.is_empty());
}
