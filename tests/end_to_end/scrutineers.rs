//! Three scrutineers' terminals, of which some vanish, come back or are lost; and hubs that stop while a key is made or a
//! box is opened.

use std::fs;
use std::path::Path;

use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::store::{Enrolled, Store};
use plenum::client::{AskError, Client, Pace, View, start};
use plenum::meeting::{
    Command, Refusal, Round, RoundPhase, SeatId, State, Step, VoidReason, next_step, sha256_hex,
};
use plenum::rules::Choice;
use plenum::wire::code::SeatCode;
use plenum::wire::{Answer, ToHub};

use super::false_hub::Told;
use super::room::{ByHand, MEMBERS, Room, ballot, found_again, person, rng, soon, write_plan_of_three};

async fn three(seats: &[&str]) -> Room {
    Room::of(write_plan_of_three).await.seated(seats).await
}

async fn all_vote(room: &Room, seats: &[&str]) {
    for id in seats {
        room.vote(id, [Choice::Agree, Choice::Disagree]).await;
    }
}

fn round(state: &State) -> Round {
    state.round(&ballot()).unwrap().1.clone()
}

fn seats(list: &[&str]) -> Vec<SeatId> {
    list.iter().map(|id| SeatId::from(*id)).collect()
}

/// A terminal that keeps its things in a folder, as the real one does.
pub async fn in_folder(room: &mut Room, root: &Path, id: &str) {
    let code = room.stage.code(&person(id)).unwrap();
    let enrolled = enrol(&room.stage.host(), code, &fresh_identity()).await.unwrap();
    let client = start(enrolled.clone(), Store::keep(root, &enrolled).unwrap(), Pace::seeded(3, 20));
    drop(room.sign_in(id, client).await);
}

pub async fn back(room: &Room, root: &Path) -> (Enrolled, Client) {
    let (enrolled, store) = found_again(root, &room.stage.host()).await;
    assert!(enrolled.code.is_none(), "no code is kept");
    (enrolled.clone(), start(enrolled, store, Pace::seeded(4, 20)))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_result_comes_by_two_of_three_when_one_terminal_is_killed_after_the_close() {
    let mut room = three(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    all_vote(&room, &MEMBERS).await;
    room.give(Command::CloseVoting { ballot: ballot() }).await;
    room.kill("m5");
    let state = room.finish().await;
    let key = state.key.as_ref().unwrap();
    assert_eq!((key.number, key.threshold), (1, 2));
    assert_eq!(key.scrutineers, seats(&["m2", "m3", "m5"]));
    let round = round(&state);
    let opened = round.count.as_ref().unwrap().opened().unwrap();
    assert_eq!(opened.factors.len(), 2, "by two of three");
    assert!(round.released.keys().eq(&seats(&["m2", "m3"])));
    assert_eq!(opened.sums, [[5, 0, 0], [0, 5, 0]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrutineer_who_vanishes_while_the_key_is_made_is_survived_by_a_new_making() {
    let room = three(&["m1", "m2", "m3", "m4"]).await;
    // Signed in with a terminal that never answers.
    let _silent = room.by_hand("m5").await;
    let stuck = |state: &State| {
        state.ceremony.as_ref().is_some_and(|making| making.number == 1 && making.certificates.len() == 2)
    };
    room.lead_until("a making that waits", |state| state.ceremony.is_some()).await;
    room.until("two certificates", |view| stuck(view.state.as_ref().unwrap())).await;
    room.give(Command::SignOut { seat: "m5".into() }).await;
    room.give(Command::MakeKey).await;
    room.lead_until("a key", |state| state.key.is_some()).await;
    let state = room.state();
    let key = state.key.as_ref().unwrap();
    assert_eq!((key.number, &key.scrutineers), (2, &seats(&["m2", "m3"])));
    room.lead_to(RoundPhase::Voting).await;
    all_vote(&room, &["m1", "m2", "m3", "m4"]).await;
    let state = room.finish().await;
    assert_eq!(round(&state).count.as_ref().unwrap().sums(), [[4, 0, 0], [0, 4, 0]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_started_again_before_the_key_is_made_takes_no_other_code() {
    let home = tempfile::tempdir().unwrap();
    let mut room = three(&["m1", "m2", "m3", "m4"]).await;
    in_folder(&mut room, home.path(), "m5").await;
    room.kill("m5");
    let (_, client) = back(&room, home.path()).await;
    room.take_seat("m5", client.clone());
    room.lead_until("a making", |state| state.ceremony.is_some()).await;
    soon("a locked safe", client.until(|view| view.locked)).await.unwrap();
    // A code of somebody else's slip: what is dealt would be kept under it, and be lost to the right one.
    let other = room.stage.code(&person("m4")).unwrap().clone();
    assert_eq!(soon("an answer", client.unlock(other)).await, Err(AskError::WrongCode));
    let code = room.stage.code(&person("m5")).unwrap().clone();
    soon("the code", client.unlock(code)).await.unwrap();
    room.lead_to(RoundPhase::Voting).await;
    assert_eq!(room.state().key.as_ref().unwrap().scrutineers, seats(&["m2", "m3", "m5"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_terminal_comes_back_locked_and_gives_the_identical_factors() {
    let home = tempfile::tempdir().unwrap();
    let mut room = three(&["m1", "m2", "m3", "m4"]).await;
    in_folder(&mut room, home.path(), "m5").await;
    room.lead_to(RoundPhase::Voting).await;
    all_vote(&room, &MEMBERS).await;
    room.lead_to(RoundPhase::Sealed).await;
    // Both confirm the box, and are gone before it is opened: one of three is too few.
    let confirmed = |view: &View| round(view.state.as_ref().unwrap()).box_confirmed.len() == 5;
    room.until("the box confirmed", confirmed).await;
    room.kill("m3");
    room.kill("m5");
    room.lead_to(RoundPhase::Opening).await;
    let given = |view: &View| round(view.state.as_ref().unwrap()).released.len() == 1;
    room.until("the factors of m2", given).await;
    // The hub keeps no factors: after its restart they come again.
    room.stop().await;
    room.open_again().await;
    assert_eq!(round(&room.state()).phase, RoundPhase::Opening);

    let (_, client) = back(&room, home.path()).await;
    soon("a locked safe", client.until(|view| view.locked)).await.unwrap();
    let wrong = SeatCode::generate(&mut rng());
    assert_eq!(soon("an answer", client.unlock(wrong)).await, Err(AskError::WrongCode));
    assert!(client.view().locked);
    let code = || room.stage.code(&person("m5")).unwrap().clone();
    let folder =
        fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().path()).find(|path| path.is_dir());
    let folder = folder.unwrap();
    let share = fs::read_to_string(folder.join("share.json")).unwrap();
    assert!(!share.contains("seed") && !share.contains("dealing"), "encrypted: {share}");
    soon("the code", client.unlock(code())).await.unwrap();
    room.lead_to(RoundPhase::Counted).await;
    let state = room.state();
    let released = round(&state).released[&SeatId::from("m5")].clone();
    let opened = round(&state).count.as_ref().unwrap().opened().unwrap().clone();
    assert_eq!(opened.factors.iter().map(|factors| factors.trustee).collect::<Vec<_>>(), [1, 3]);

    // Killed once more, and told that nothing was given yet: the same answer, byte for byte.
    drop(client);
    let (enrolled, store) = found_again(home.path(), &room.stage.host()).await;
    let lines: Vec<String> = {
        let mut replay = plenum::journal::Replay::new();
        let mut before = Vec::new();
        for line in room.lines() {
            replay.read(&line).unwrap();
            before.push(line);
            let there = replay.state().and_then(State::current_round);
            if there.is_some_and(|(_, round)| round.phase == RoundPhase::Opening) {
                break;
            }
        }
        before
    };
    let (told, mut listening) = Told::new(enrolled.session.as_str(), lines);
    let mut moved = told.enrolled(&enrolled.identity).await;
    moved.code = None;
    let client = start(moved, store, Pace::seeded(4, 20));
    soon("a locked safe", client.until(|view| view.locked)).await.unwrap();
    soon("the code", client.unlock(code())).await.unwrap();
    let again = loop {
        if let ToHub::Order { order, .. } = soon("the factors", listening.said.recv()).await.unwrap() {
            break order.command().unwrap();
        }
    };
    let Command::ReleaseFactors { sum, factors, .. } = again else { panic!("{again:?}") };
    assert_eq!((sum, factors), (released.sum.clone(), released.factors.clone()));
    assert_eq!(sha256_hex(opened.factors[1].factors.as_bytes()), released.factors);
    drop(client);

    // With the seal the share is gone, and everything but who this terminal is.
    let (_, client) = back(&room, home.path()).await;
    room.take_seat("m5", client.clone());
    room.finish().await;
    soon("the seal", client.until(|view| view.sealed)).await.unwrap();
    let mut left: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["identity.json", "lock"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_lost_after_the_close_makes_the_round_unopenable_and_it_is_held_again_under_a_new_key() {
    let mut room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    all_vote(&room, &MEMBERS).await;
    room.lead_to(RoundPhase::Sealed).await;
    let confirmed = |view: &View| round(view.state.as_ref().unwrap()).box_confirmed.len() == 5;
    room.until("the box confirmed", confirmed).await;
    room.kill("m3");
    room.give(Command::OpenBox { ballot: ballot() }).await;
    // As long as the other may come back, it can still be opened.
    let declare = || Command::DeclareUnopenable { ballot: ballot() };
    let refused = room.try_give(declare()).await;
    let expected = Refusal::StillOpenable { left: 2, needed: 2 };
    assert_eq!(refused, Err(AskError::Refused(expected)));
    room.give(Command::SignOut { seat: "m3".into() }).await;
    assert_eq!(next_step(&room.state()), Some(Step::DeclareUnopenable(ballot())));
    room.give(declare()).await;
    let first = round(&room.state());
    assert!(matches!(first.void, Some(VoidReason::Unopenable { .. })), "{:?}", first.void);

    // No key without two scrutineers; m3 gets a new code, and with it a new terminal.
    assert!(matches!(next_step(&room.state()), Some(Step::MakeKey)));
    let refused = room.try_give(Command::MakeKey).await;
    assert!(
        matches!(refused, Err(AskError::Refused(Refusal::KeyNotReady { ready: 1, needed: 2 }))),
        "{refused:?}"
    );
    let done = room.console.order(Command::ReissueCode { who: person("m3") }).await.unwrap();
    let code = SeatCode::parse(&done.code.unwrap()).unwrap();
    let enrolled = enrol(&room.stage.host(), &code, &fresh_identity()).await.unwrap();
    let client = start(enrolled, Store::Memory(Default::default()), Pace::seeded(9, 20));
    room.sign_in("m3", client).await;
    room.lead_until("the second vote", |state| {
        state.current_round().is_some_and(|(_, round)| round.phase == RoundPhase::Voting)
    })
    .await;
    all_vote(&room, &MEMBERS).await;
    let state = room.finish().await;
    assert_eq!(state.key.as_ref().unwrap().number, 2);
    let (_, second) = state.round(&"posts-r2".into()).unwrap();
    assert_eq!(second.count.as_ref().unwrap().sums(), [[5, 0, 0], [0, 5, 0]]);
    let first = round(&state);
    assert!(first.count.is_none());
    let trustees = |round: &Round| round.setup.as_ref().unwrap().trustees.clone();
    assert_ne!(trustees(&first), trustees(second), "a new key");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_stops_while_the_key_is_made_goes_on() {
    let mut room = three(&["m1", "m2", "m3", "m4"]).await;
    let hand = room.by_hand("m5").await;
    let making = |state: &State, many: usize| {
        state.ceremony.as_ref().is_some_and(|making| making.certificates.len() == many)
    };
    room.lead_until("a making that waits", |state| state.ceremony.is_some()).await;
    room.until("two certificates", |view| making(view.state.as_ref().unwrap(), 2)).await;
    room.stop().await;
    room.open_again().await;
    // Then m5 certifies and commits, and the hub stops again: what the others have dealt is not kept, and comes again.
    let mut hand = ByHand::connect(hand.enrolled).await;
    let me = person("m5");
    let mut kept = plenum::client::scrutineer::KeptShare::begin(1, &mut rng());
    let certify = kept.certify(hand.state().ceremony.as_ref().unwrap(), &"m5".into(), &mut rng()).unwrap();
    let answer = hand.order(&certify).await;
    assert!(matches!(answer, Answer::Done { .. }), "{answer:?}");
    hand.catch_up(|state| making(state, 3)).await;
    kept.deal(hand.state().ceremony.as_ref().unwrap(), &mut rng()).unwrap();
    let others = |state: &State| state.ceremony.as_ref().is_some_and(|making| making.dealings.len() == 2);
    hand.catch_up(others).await;
    room.stop().await;
    room.open_again().await;
    let hand = ByHand::connect(hand.enrolled).await;
    let mut store = Store::Memory(Default::default());
    store.keep_share(&kept, None, &mut rng()).unwrap();
    let enrolled = hand.enrolled.clone();
    drop(hand);
    assert_eq!(enrolled.actor, me);
    let client = start(enrolled, store, Pace::seeded(4, 20));
    room.take_seat("m5", client);
    room.lead_to(RoundPhase::Voting).await;
    let key = room.state().key.as_ref().unwrap().clone();
    assert_eq!((key.number, &key.scrutineers), (1, &seats(&["m2", "m3", "m5"])));
    all_vote(&room, &MEMBERS).await;
    let state = room.finish().await;
    assert_eq!(round(&state).count.as_ref().unwrap().sums(), [[5, 0, 0], [0, 5, 0]]);
}
