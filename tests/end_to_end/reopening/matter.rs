//! A major matter that is taken up again: every view is heard anew, in an order that is drawn anew, the head last; every vote
//! by name of both stays.

use plenum::archive::{Results, VOTES_CSV};
use plenum::client::AskError;
use plenum::meeting::{Command, MatterPhase, Refusal, Signed, Stage};
use plenum::rules::{Decided, NamedChoice};

use super::super::open::{
    ask, follows, item, lead_through_the_votes_of_hands, order_drawn, state_view, write,
};
use super::super::room::{MEMBERS, Room};
use super::vote_again;

/// From the introduction to the declaration: everybody says this, and votes so, the head (m2) last.
async fn decide(room: &Room, view: &str, votes: [(&str, NamedChoice); 5]) {
    let bridge = || item("bridge");
    room.give(Command::BeginStatements { item: bridge() }).await;
    let drawn = room.until("the order", |view| order_drawn(view.state.as_ref().unwrap()).is_some()).await;
    for seat in order_drawn(drawn.state.as_ref().unwrap()).unwrap() {
        room.give(Command::AskMember { item: bridge(), seat: seat.clone() }).await;
        ask(&follows(room, seat.as_str()).await, state_view(seat.as_str(), view)).await.unwrap();
        room.until("the view", |view| {
            let state = view.state.as_ref().unwrap();
            state.item_state(&bridge()).unwrap().matter().unwrap().statement(&seat).is_some()
        })
        .await;
    }
    room.give(Command::SumUp { item: bridge(), text: format!("All said: {view}") }).await;
    room.give(Command::PutToVote { item: bridge() }).await;
    for (seat, choice) in votes {
        ask(&follows(room, seat).await, Command::VoteByName { item: bridge(), choice }).await.unwrap();
        room.until("the vote", |view| {
            let state = view.state.as_ref().unwrap();
            state.current_named_vote().is_some_and(|(_, vote)| vote.vote(&seat.into()).is_some())
        })
        .await;
    }
    room.give(Command::CloseNamedVote { item: bridge() }).await;
    // What the head signed of an earlier result is no signature of this one.
    let unsigned = room.try_give(Command::Declare { item: bridge() }).await;
    assert_eq!(unsigned, Err(AskError::Refused(Refusal::HeadNotSigned { head: "m2".into() })));
    let head = follows(room, "m2").await;
    let state = head.view().state.clone().unwrap();
    let record = state.matter_hash(state.item_state(&bridge()).unwrap());
    ask(&head, Command::SignMatter { item: bridge(), record }).await.unwrap();
    room.until("the signature", |view| {
        let matter = view.state.as_ref().unwrap().item_state(&bridge()).unwrap().matter().unwrap();
        matches!(matter.signed, Some(Signed::ByKey { .. }))
    })
    .await;
    room.give(Command::Declare { item: bridge() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_major_matter_is_voted_on_by_name_again_and_both_votes_stay() {
    use NamedChoice::{Agree, Disagree, Postpone};
    let room = Room::of(write).await.seated(&MEMBERS).await;
    lead_through_the_votes_of_hands(&room).await;
    let on = "2027-03-08".parse().unwrap();
    room.give(Command::RecordNotice { item: item("bridge"), seats: vec!["m3".into()], on }).await;
    room.give(Command::OpenItem { item: item("bridge") }).await;
    let first = [("m1", Agree), ("m3", Agree), ("m4", Agree), ("m5", Disagree), ("m2", Agree)];
    decide(&room, "For it", first).await;
    assert_eq!(Results::new(&room.state(), "").follow_ups.len(), 2, "its execution, and the check of it");

    vote_again(&room, "bridge", "m5").await;
    let state = room.state();
    let bridge = state.item_state(&item("bridge")).unwrap();
    let matter = bridge.matter().unwrap();
    assert_eq!(
        (bridge.stage, matter.phase, matter.order.len()),
        (Stage::Stating, MatterPhase::Introducing, 0)
    );
    // The head waits the second time too.
    let early = ask(&follows(&room, "m2").await, state_view("m2", "As before")).await;
    assert!(matches!(early, Err(AskError::Refused(_))), "{early:?}");
    let second = [("m5", Disagree), ("m4", Disagree), ("m3", Postpone), ("m1", Disagree), ("m2", Agree)];
    decide(&room, "Against it", second).await;

    let (state, [minutes, votes, set_aside]) =
        room.archived(["minutes.md", VOTES_CSV, "set_aside.csv"]).await;
    let bridge = state.item_state(&item("bridge")).unwrap();
    let outcome = |item: &plenum::meeting::ItemState| item.named.as_ref().unwrap().outcome.unwrap();
    let (was, is) = (outcome(&bridge.reopenings[0].before), outcome(bridge));
    assert_eq!((was.count.agree, was.decided), (4, Decided::Carried));
    assert_eq!((is.count.agree, is.count.disagree, is.decided == Decided::Carried), (1, 3, false));
    assert!(Results::new(&state, "").follow_ups.is_empty(), "what is not carried is not carried out");
    assert_eq!(votes.lines().count(), 11, "a header, and each vote of both: {votes}");
    assert!(set_aside.contains("bridge"), "{set_aside}");
    for told in ["For it", "Against it", "taken up again"] {
        assert!(minutes.contains(told), "{told}\n{minutes}");
    }
    assert!(minutes.contains("This result was later set aside"), "{minutes}");
}
