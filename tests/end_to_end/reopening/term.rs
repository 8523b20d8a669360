//! A deliberation during the term that is deliberated and voted on again: the appointee is outside the second time too, and
//! hears of neither.

use plenum::client::AskError;
use plenum::meeting::{Judged, LineStands, Refusal, RoundPhase, SeatId, Stage};
use plenum::rules::Choice;

use super::super::room::{Room, soon};
use super::super::term::{VOTERS, deliberating, follows, item, judge, known, put, reply, say, talk};
use super::{is_declared, vote_again};

/// From the end of the deliberation to the declaration: so many of the six agree.
async fn ballot(room: &Room, rounds: usize, agree: usize) {
    room.lead_to(RoundPhase::Voting).await;
    for (place, seat) in VOTERS.iter().enumerate() {
        let choice = if place < agree { Choice::Agree } else { Choice::Disagree };
        let client = room.open_paper(seat).await;
        soon("a ballot", client.cast(vec![choice])).await.unwrap();
    }
    room.lead_until("the declaration", |state| is_declared(state, "term", rounds)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deliberation_is_held_again_behind_the_appointees_back_and_both_results_stay() {
    let room = deliberating().await;
    let appointee = room.clients["m5"].clone();
    let line = talk(&room).await;
    room.until("the question", |view| view.chain.number >= line).await;
    room.give(judge(1, Judged::Clearly)).await;
    ballot(&room, 1, 6).await;

    vote_again(&room, "term", "m6").await;
    let state = room.state();
    let term = state.item_state(&item()).unwrap();
    assert_eq!(
        (term.stage, term.line_stands(&state.item(&item()).unwrap().lines()[0].id.as_str().into())),
        (Stage::Recusing, None)
    );
    let deliberating = |state: &plenum::meeting::State| {
        state.current_item().is_some_and(|item| item.stage == Stage::Deliberating)
    };
    room.lead_until("deliberation", deliberating).await;
    let line = room.console.view().chain.number;
    follows(&appointee, line).await;
    match appointee.order(say("let me")).await {
        Err(AskError::Refused(Refusal::Outside { seat })) => assert_eq!(seat, SeatId::from("m5")),
        other => panic!("{other:?}"),
    }
    // The questions of before are over; a new one has the first number.
    follows(&room.clients["a1"], line).await;
    let old = room.clients["a1"].order(reply(1, "SECRET more")).await.map(|_| ());
    assert_eq!(old, Err(AskError::Refused(Refusal::UnknownQuestion)));
    let asked = room.clients["m3"].order(put("SECRET second question")).await.unwrap().line.unwrap();
    follows(&room.clients["a1"], asked).await;
    let line = room.clients["a1"].order(reply(1, "SECRET second reply")).await.unwrap().line.unwrap();
    room.until("the reply", |view| view.chain.number >= line).await;
    room.give(judge(1, Judged::Clearly)).await;
    // The appointee comes back, and votes on both.
    ballot(&room, 2, 2).await;
    let line = room.console.view().chain.number;
    follows(&appointee, line).await;
    assert!(!known(&appointee).contains("SECRET"), "neither deliberation reaches the appointee");

    let (state, [minutes, set_aside]) = room.archived(["minutes.md", "set_aside.csv"]).await;
    let term = state.item_state(&item()).unwrap();
    let sums: Vec<[u32; 3]> = term
        .rounds
        .iter()
        .map(|round| {
            let count = round.count.as_ref().unwrap().outcomes[0].count;
            [count.agree, count.disagree, count.abstain]
        })
        .collect();
    assert_eq!(sums, [[6, 0, 0], [2, 4, 0]]);
    let id = state.item(&item()).unwrap().lines()[0].id.clone();
    assert_eq!(term.line_stands(&id.as_str().into()), Some(LineStands::NotCarried));
    for told in ["carried  6 ≥ 4", "not carried  2 &lt; 4", "SECRET reply", "SECRET second reply"] {
        assert!(minutes.contains(told), "{told}\n{minutes}");
    }
    assert!(set_aside.contains("Emil Appointee"), "{set_aside}");
}
