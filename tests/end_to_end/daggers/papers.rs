//! Papers: what is random in them, how they travel, and what an answer that marks a seat comes to.

use std::sync::Arc;

use plenum::ballot::{Issuer, VoprfIssuer};
use plenum::client::connect::Door;
use plenum::client::store::{KeptPaper, Store};
use plenum::client::{Alarm, Pace, start};
use plenum::meeting::{Command, RoundPhase};
use plenum::rules::Choice;
use plenum::wire::{Anonymous, Answer, ToHub, ToScreen};

use super::super::false_hub::{Listening, Told};
use super::super::room::{ByHand, Room, rng, soon};
use super::until;

/// A record that comes to the issue of papers, with m5 by hand who has taken none, and m5's key.
async fn at_the_issue() -> (Room, ByHand, Vec<String>) {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let issuing = |state: &plenum::meeting::State| {
        state.current_round().is_some_and(|(_, round)| round.issuer.is_some())
    };
    hand.catch_up(issuing).await;
    let lines = until(&room.lines(), issuing);
    (room, hand, lines)
}

fn request(said: ToHub) -> Option<Command> {
    let ToHub::Order { order, .. } = said else { return None };
    order.command().ok().filter(|command| matches!(command, Command::RequestPapers { .. }))
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_paper_follows_from_what_is_kept() {
    // The same key, the same code, the same record, the same pauses: another request each time.
    let (room, hand, lines) = at_the_issue().await;
    let (told, mut listening) = Told::new(room.state().session().as_str(), lines);
    let enrolled = told.enrolled(&hand.enrolled.identity).await;
    let mut requests = Vec::new();
    for _ in 0..3 {
        let client = start(enrolled.clone(), Store::Memory(Default::default()), Pace::seeded(5, 20));
        let asked = loop {
            if let Some(command) = request(soon("a request", listening.said.recv()).await.unwrap()) {
                break command;
            }
        };
        requests.push(serde_json::to_string(&asked).unwrap());
        drop(client);
    }
    requests.sort();
    requests.dedup();
    assert_eq!(requests.len(), 3, "{requests:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_whose_answer_is_marked_registers_nothing() {
    let (room, hand, lines) = at_the_issue().await;
    let (told, Listening { mut said, mut acts }) = Told::new(room.state().session().as_str(), lines);
    let mark = VoprfIssuer::generate(&mut rng());
    let answers = Arc::new(move |said: &ToHub| {
        let ToHub::Order { order, .. } = said else { return None };
        let Ok(Command::RequestPapers { papers }) = order.command() else { return None };
        let issued = papers.iter().map(|paper| mark.issue(&paper.request, &mut rng()).unwrap()).collect();
        Some(Answer::Done { line: None, code: None, issued })
    });
    let told = Told { answers, acts: Arc::new(|_| Some(ToScreen::Registered)), ..told };
    let client = told.client(&hand.enrolled.identity, Store::Memory(Default::default())).await;
    let view = soon("the alarm", client.until(|view| view.alarm.is_some())).await.unwrap();
    assert!(matches!(view.alarm, Some(Alarm::Hub(_))), "{:?}", view.alarm);
    // It has asked for the paper, and says nothing more of it.
    while let Ok(message) = said.try_recv() {
        let shown = format!("{message:?}");
        assert!(matches!(message, ToHub::Ping) || request(message).is_some(), "{shown}");
    }
    assert!(acts.try_recv().is_err(), "nothing goes out under a token that is marked");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_without_a_name_looks_alike() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let kept = hand.take_part_until_voting(&room).await;
    let round = hand.round().clone();
    let (told, mut listening) = Told::new(room.state().session().as_str(), Vec::new());
    let enrolled = told.enrolled(&hand.enrolled.identity).await;
    let (agree, abstain) = (Choice::Agree.place(), Choice::Abstain.place());
    let ballots: Vec<KeptPaper> = (0..6)
        .map(|place| {
            let mut kept = kept.clone();
            let choices = if place % 2 == 0 { [agree, agree] } else { [abstain, agree] };
            kept.seal(&round, &choices, &mut rng()).unwrap();
            kept
        })
        .collect();
    let door = Door::of(&enrolled);
    let mut lengths = Vec::new();
    // Ballots, with and without a receipt; registrations.
    for (place, ballot) in ballots.iter().enumerate() {
        let receipt = (place % 3 == 0).then(|| plenum::wire::Receipt {
            ballot: ballot.hash.unwrap(),
            signature: hand.enrolled.identity.sign("of the right length"),
        });
        let _ = door.act(&ballot.cast(&round, receipt).unwrap()).await;
        let act = soon("an act", listening.acts.recv()).await.unwrap();
        assert!(act.full, "nothing is resumed");
        let Anonymous::Cast { bytes, .. } = act.act else { panic!("{:?}", act.act) };
        // By whole words: random base64 may well hold the two letters of the seat.
        assert!(bytes.split(['"', '\\', ',', ':', '{', '}', '[', ']']).all(|word| word != "m5"), "{bytes}");
        lengths.push(act.bytes);
    }
    lengths.dedup();
    assert_eq!(lengths.len(), 1, "ballots differ in length: {lengths:?}");
    let mut lengths = Vec::new();
    for _ in 0..4 {
        let mut fresh = KeptPaper::fresh(&mut rng()).unwrap();
        fresh.token.clone_from(&kept.token);
        let _ = door.act(&hand.registration(&fresh)).await;
        let act = soon("an act", listening.acts.recv()).await.unwrap();
        assert!(act.full, "nothing is resumed");
        lengths.push(act.bytes);
    }
    lengths.dedup();
    assert_eq!(lengths.len(), 1, "registrations differ in length: {lengths:?}");
    assert!(listening.said.try_recv().is_err(), "and nothing is said under a name");
}
