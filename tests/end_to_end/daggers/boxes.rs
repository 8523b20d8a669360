//! The box: what it keeps, what it loses, who is ahead, what turnout tells.

use std::fs;
use std::path::Path;

use plenum::ballot::BallotHash;
use plenum::client::store::Store;
use plenum::client::{Alarm, View};
use plenum::meeting::{Actor, Command, CommandKind, RoundPhase, SeatId, State};
use plenum::rules::Choice;
use plenum::wire::{Anonymous, ToHub, ToScreen, WrongAnswer};

use super::super::false_hub::{Listening, Told};
use super::super::room::{ByHand, MEMBERS, Room, ballot, papers, person, rng, soon};
use super::{added, until};

const YES: usize = 0;

/// The ballots of a box in the order of its slots, and none where a slot is empty: as somebody reads it who has the disk.
pub fn slots(bytes: &[u8], papers: usize) -> Vec<Option<String>> {
    assert_eq!(bytes.len() % papers, 0, "slots of one size");
    let slot = |slot: &[u8]| {
        let length = u32::from_be_bytes(slot[..4].try_into().unwrap()) as usize;
        let (ballot, rest) = slot[36..].split_at(length);
        assert!(rest.iter().all(|byte| *byte == 0), "nothing but the ballot is in its slot");
        (length > 0).then(|| String::from_utf8(ballot.to_vec()).unwrap())
    };
    bytes.chunks(bytes.len() / papers).map(slot).collect()
}

fn box_file(dir: &Path) -> std::path::PathBuf {
    dir.join("private/posts.box")
}

/// A hostile hub's hand in its own box: this ballot was never there.
async fn lose(room: &mut Room, hash: &str) {
    room.stop().await;
    let mut bytes = fs::read(box_file(&room.dir)).unwrap();
    let held = slots(&bytes, MEMBERS.len());
    let is_it = |text: &Option<String>| {
        text.as_ref().is_some_and(|text| BallotHash::of(text.as_bytes()).tracker() == hash)
    };
    let place = held.iter().position(is_it).expect("it was there");
    let length = bytes.len() / MEMBERS.len();
    bytes[place * length..(place + 1) * length].fill(0);
    fs::write(box_file(&room.dir), bytes).unwrap();
    room.open_again().await;
}

fn is(phase: RoundPhase) -> impl Fn(&State) -> bool {
    move |state| state.current_round().is_some_and(|(_, round)| round.phase == phase)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_that_the_box_lost_comes_back_with_its_receipt_and_counts() {
    let mut room = Room::in_earnest(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    for id in MEMBERS {
        room.vote(id, [Choice::Agree, Choice::Abstain]).await;
    }
    let tracker = room.tracker("m4").await;
    lose(&mut room, &tracker).await;
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!(round.returned(), Some(5));
    assert_eq!(round.box_confirmed.len(), 5);
    assert_eq!(round.count.as_ref().unwrap().sums(), [[5, 0, 0], [0, 0, 5]]);
    assert!(state.objections.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_drops_a_ballot_and_every_objection_gets_no_signature_and_the_seat_is_named() {
    let mut room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    kept.registered = true;
    kept.seal(&hand.round().clone(), &[YES, YES], &mut rng()).unwrap();
    let ToScreen::Receipt(receipt) = hand.act(&kept.cast(hand.round(), None).unwrap()).await else {
        panic!("no receipt")
    };
    kept.receipt = Some(receipt);
    for id in ["m1", "m2", "m3", "m4"] {
        room.vote(id, [Choice::Agree, Choice::Disagree]).await;
    }
    let hash = kept.hash.unwrap();
    lose(&mut room, &hash.tracker()).await;
    room.lead_to(RoundPhase::Sealed).await;
    let others = |state: &State| {
        is(RoundPhase::Sealed)(state) && state.current_round().unwrap().1.box_confirmed.len() == 4
    };
    room.until("the others", |view| others(view.state.as_ref().unwrap())).await;
    let session = room.state().session().clone();
    let store = || {
        let mut store = Store::Memory(Default::default());
        store.keep_paper(&ballot(), &kept).unwrap();
        store
    };

    // Nothing that this terminal sends arrives: first, when it finds the box without its ballot.
    let (told, Listening { mut acts, .. }) =
        Told::new(session.as_str(), until(&room.lines(), is(RoundPhase::Sealed)));
    let _client = told.client(&hand.enrolled.identity, store()).await;
    let again = soon("once more", acts.recv()).await.unwrap();
    let Anonymous::Cast { receipt, .. } = &again.act else { panic!("{:?}", again.act) };
    assert_eq!(*receipt, kept.receipt, "with its receipt");
    // Then, when the others have confirmed it as it is.
    let (told, Listening { mut said, .. }) = Told::new(session.as_str(), until(&room.lines(), others));
    let client = told.client(&hand.enrolled.identity, store()).await;
    let view = soon("the alarm", client.until(|view| view.alarm.is_some())).await.unwrap();
    assert_eq!(view.alarm, Some(Alarm::BallotMissing { tracker: hash.tracker() }));
    let objection = loop {
        if let ToHub::Order { order, .. } = soon("an objection", said.recv()).await.unwrap() {
            break order.command().unwrap();
        }
    };
    assert!(matches!(&objection, Command::Object { .. }), "{objection:?}");
    let none = |said: &ToHub| match said {
        ToHub::Order { order, .. } => order.command().unwrap().kind() != CommandKind::ConfirmBox,
        _ => true,
    };
    while let Ok(message) = said.try_recv() {
        assert!(none(&message), "it never says that the box is right");
    }

    // In the room the seat is missing by name, and two scrutineers have to answer for going on.
    let missing = |view: &View| {
        let round = view.state.as_ref().unwrap().round(&ballot()).unwrap().1.clone();
        round.box_confirmed.len() == 4 && round.box_unconfirmed().eq([&SeatId::from("m5")])
    };
    room.clients["m1"].until(missing).await.unwrap();
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    let accepted: Vec<&str> = round.accepted[&SeatId::from("m5")].iter().map(SeatId::as_str).collect();
    assert_eq!(accepted, ["m2", "m3"]);
    assert_eq!(round.box_unconfirmed().map(SeatId::as_str).collect::<Vec<_>>(), ["m5"]);
    assert_eq!(round.returned(), Some(4));
}

/// m5 by hand with a registered paper; the list is fixed, and m5 has not confirmed it.
async fn unconfirmed() -> (Room, ByHand, plenum::client::store::KeptPaper) {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_paper().await;
    hand.act(&hand.registration(&kept)).await;
    kept.registered = true;
    hand.until(RoundPhase::Confirming).await;
    (room, hand, kept)
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_votes_ahead_of_the_others() {
    let (room, hand, mut kept) = unconfirmed().await;
    let others = |state: &State| state.current_round().is_some_and(|(_, round)| round.confirmed.len() == 4);
    room.until("the others", |view| others(view.state.as_ref().unwrap())).await;
    // A terminal that has all it needs, the scrutineers' among them, sends nothing and is given nothing to mark.
    for id in ["m1", "m2", "m3"] {
        let early = soon("an answer", room.clients[id].cast(vec![YES, YES])).await;
        assert!(early.unwrap_err().to_string().contains("cannot be returned now"), "{id}");
    }
    kept.seal(&hand.round().clone(), &[YES, YES], &mut rng()).unwrap();
    let tried = plenum::client::voter::Tried::default();
    let duty = plenum::client::voter::next_duty(hand.state(), &person("m5"), &papers(&kept), &tried);
    assert!(matches!(duty, Some(plenum::client::voter::Duty::Confirm(_))), "{duty:?}");
    // One that sends nevertheless is refused; the box is empty when voting opens.
    let early = hand.act(&kept.cast(hand.round(), None).unwrap()).await;
    assert!(matches!(early, ToScreen::ActRefused(WrongAnswer::NotOpen)), "{early:?}");
    let open = Command::OpenVoting { ballot: ballot() };
    assert!(room.try_give(open.clone()).await.is_err());
    let lines = until(&room.lines(), others);
    let says = added(&lines, &room.console_enrolled.identity, &Actor::Console, &open);
    assert!(says.contains("ListNotConfirmed"), "{says}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_box_keeps_neither_order_nor_time_and_a_receipt_bears_none() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    let empty = fs::read(box_file(&room.dir)).map_or(0, |bytes| bytes.len());
    kept.seal(&hand.round().clone(), &[YES, YES], &mut rng()).unwrap();
    let act = kept.cast(hand.round(), None).unwrap();
    let ToScreen::Receipt(receipt) = hand.act(&act).await else { panic!("no receipt") };
    let held = |room: &Room| slots(&fs::read(box_file(&room.dir)).unwrap(), MEMBERS.len());
    assert_eq!(held(&room).iter().flatten().count(), 1);
    let length = fs::metadata(box_file(&room.dir)).unwrap().len();
    for id in ["m1", "m2", "m3"] {
        room.vote(id, [Choice::Agree, Choice::Disagree]).await;
        assert_eq!(fs::metadata(box_file(&room.dir)).unwrap().len(), length, "it does not grow");
    }
    assert!(empty == 0 || empty as u64 == length);
    // The same bytes, others between: the same receipt, which knows a hash and a signature.
    let ToScreen::Receipt(again) = hand.act(&act).await else { panic!("no receipt") };
    assert_eq!(receipt, again);
    let written = serde_json::to_value(&receipt).unwrap();
    assert_eq!(written.as_object().unwrap().keys().collect::<Vec<_>>(), ["ballot", "signature"]);
    // Each slot is a length, a hash and the ballot as it was sent; the ballot has no place for a time or a seat.
    let held = held(&room);
    assert_eq!(held.iter().flatten().count(), 4);
    for text in held.iter().flatten() {
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, ["answers", "credential", "election_hash", "election_uuid", "signature"], "{text}");
    }
    // No other private file knows of a ballot, and no line of the record of one ballot alone.
    for entry in fs::read_dir(room.dir.join("private")).unwrap() {
        let path = entry.unwrap().path();
        if path == box_file(&room.dir) || path.is_dir() {
            continue;
        }
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        for ballot in held.iter().flatten() {
            let hash = serde_json::to_value(BallotHash::of(ballot.as_bytes())).unwrap();
            assert!(!text.contains(hash.as_str().unwrap()), "{}", path.display());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn turnout_comes_in_fives() {
    let room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    for (before, id) in MEMBERS.iter().enumerate() {
        room.vote(id, [Choice::Agree, Choice::Disagree]).await;
        for client in room.clients.values().chain([&room.console]) {
            let turnout = client.view().live.turnout.clone();
            let told = turnout.map_or((0, false), |turnout| (turnout.at_least, turnout.all));
            assert!(told == (0, false) || (before == 4 && told.0 == 5), "{id}: {told:?}");
        }
    }
    // No screen, the console among them, is told which seats have returned.
    let live = serde_json::to_string(&room.console.view().live.turnout).unwrap();
    assert!(MEMBERS.iter().all(|id| !live.contains(id)), "{live}");
}
