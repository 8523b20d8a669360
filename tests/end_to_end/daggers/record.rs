//! The record: what a hub adds to it that nobody did, what it tells one room and not the other.

use std::fs;
use std::path::Path;

use plenum::client::AskError;
use plenum::client::store::Enrolled;
use plenum::hub::Hub;
use plenum::meeting::{
    Actor, Command, Event, Identity, ListSeen, Refusal, RoundPhase, SeatId, State, Step, box_hash, next_step,
    room_code,
};
use plenum::plan::SessionFolder;
use plenum::wire::{Answer, WrongAnswer};

use super::super::room::{ByHand, MEMBERS, Room, ballot, client_of, person, soon};
use super::{added, added_having_seen, followed, hub_identity, until};

fn phase(state: &State) -> Option<RoundPhase> {
    state.current_round().map(|(_, round)| round.phase)
}

/// Each is signed with this key in this name; no screen follows it, and says why.
fn none_is_followed(lines: &[String], rows: &[(&str, &Identity, Actor, Command, &str)]) {
    for (what, identity, actor, command, why) in rows {
        let says = added(lines, identity, actor, command);
        assert!(says.contains(why), "{what}: {says}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_hub_adds_to_the_record_no_screen_follows() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    let (hub, console) = (hub_identity(&room.dir), room.console_enrolled.identity.clone());
    room.lead_to(RoundPhase::Issuing).await;
    let kept = hand.take_paper().await;
    hand.act(&hand.registration(&kept)).await;
    hand.until(RoundPhase::Confirming).await;

    // m5 does not confirm the list.
    let others = |state: &State| state.current_round().is_some_and(|(_, round)| round.confirmed.len() == 4);
    room.until("the others", |view| others(view.state.as_ref().unwrap())).await;
    let lines = until(&room.lines(), others);
    let state = followed(&lines).state().unwrap().clone();
    let setup = (**state.current_round().unwrap().1.setup.as_ref().unwrap()).clone();
    let lists = vec![ListSeen { ballot: ballot(), setup: setup.hash.clone() }];
    let mut edited = setup.clone();
    edited.admitted.pop();
    let out = Command::SignOut { seat: "m5".into() };
    let (h, m5) = (Actor::Hub, person("m5"));
    let new_key = hand.enrolled.identity.public().replace('a', "b");
    none_is_followed(
        &lines,
        &[
            ("the refuser is marked as gone", &hub, h.clone(), out.clone(), "NoRight"),
            ("in the refuser's name", &hub, m5.clone(), out, "Signature"),
            (
                "a confirmation of nobody's",
                &hub,
                m5.clone(),
                Command::ConfirmLists { lists: lists.clone() },
                "Signature",
            ),
            ("the hub confirms", &hub, h.clone(), Command::ConfirmLists { lists }, "NoRight"),
            (
                "an edited list",
                &hub,
                h.clone(),
                Command::FixList { ballot: ballot(), setup: Box::new(edited) },
                "NotNow",
            ),
            (
                "the same list, once more",
                &hub,
                h.clone(),
                Command::FixList { ballot: ballot(), setup: Box::new(setup) },
                "NotNow",
            ),
            (
                "voting, without the refuser",
                &console,
                Actor::Console,
                Command::OpenVoting { ballot: ballot() },
                "ListNotConfirmed",
            ),
            (
                "another key for the refuser",
                &console,
                Actor::Console,
                Command::ReissueCode { who: m5.clone() },
                "ReissueDuringBallot",
            ),
            (
                "its enrolment",
                &hub,
                h.clone(),
                Command::Enrol { who: m5.clone(), key: new_key },
                "AlreadyEnrolled",
            ),
            ("an objection taken back", &hub, m5.clone(), Command::SignIn { seat: "m5".into() }, "Signature"),
        ],
    );
    // The console is told the same.
    let reissue = Command::ReissueCode { who: m5.clone() };
    assert_eq!(room.try_give(reissue).await, Err(AskError::Refused(Refusal::ReissueDuringBallot)));

    // The list is confirmed, the room is not compared.
    let list = hand.round().setup.as_ref().unwrap().hash.clone();
    hand.order(&Command::ConfirmLists { lists: vec![ListSeen { ballot: ballot(), setup: list }] }).await;
    room.lead_to(RoundPhase::Voting).await;
    let lines = until(&room.lines(), |state| matches!(next_step(state), Some(Step::CompareRoom(_))));
    none_is_followed(
        &lines,
        &[
            (
                "voting before the rooms are compared",
                &console,
                Actor::Console,
                Command::OpenVoting { ballot: ballot() },
                "RoomNotCompared",
            ),
            (
                "a comparison of nobody's",
                &hub,
                person("m2"),
                Command::ConfirmRoom { head: followed(&lines).state().unwrap().room.head.clone().unwrap() },
                "Signature",
            ),
        ],
    );

    // The box without m5's confirmation.
    room.lead_to(RoundPhase::Sealed).await;
    let checked =
        |state: &State| state.current_round().is_some_and(|(_, round)| round.box_confirmed.len() == 4);
    room.until("the others", |view| checked(view.state.as_ref().unwrap())).await;
    let lines = until(&room.lines(), checked);
    let ballots = followed(&lines).state().unwrap().current_round().unwrap().1.ballots.to_vec();
    let hash = box_hash(&ballot(), &ballots);
    let mut six: Vec<_> = (0..6u8).map(|place| plenum::ballot::BallotHash::of(&[place])).collect();
    six.sort();
    none_is_followed(
        &lines,
        &[
            (
                "opened without m5",
                &console,
                Actor::Console,
                Command::OpenBox { ballot: ballot() },
                "BoxNotConfirmed",
            ),
            (
                "a confirmation of nobody's",
                &hub,
                m5.clone(),
                Command::ConfirmBox { ballot: ballot(), box_hash: hash },
                "Signature",
            ),
            (
                "the hub accepts that it is missing",
                &hub,
                h.clone(),
                Command::AcceptMissing { ballot: ballot(), seats: vec!["m5".into()] },
                "NoRight",
            ),
            (
                "a scrutineer does, whom nobody asked",
                &hub,
                person("m2"),
                Command::AcceptMissing { ballot: ballot(), seats: vec!["m5".into()] },
                "Signature",
            ),
            (
                "another key for m5",
                &console,
                Actor::Console,
                Command::ReissueCode { who: m5 },
                "ReissueDuringBallot",
            ),
        ],
    );
    // More ballots than papers: all that can follow is a void round.
    let lines = until(&room.lines(), |state| phase(state) == Some(RoundPhase::Sealing));
    let state = followed(&lines).state().unwrap().clone();
    let fixed = Command::FixBox { ballot: ballot(), ballots: six };
    let events = plenum::meeting::decide(&state, &Actor::Hub, &fixed, jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert!(events.iter().all(|event| matches!(event, Event::RoundVoided { .. })), "{events:?}");
    room.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_void_round_is_never_opened() {
    let room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    room.vote("m1", [plenum::rules::Choice::Agree; 2]).await;
    room.lead_to(RoundPhase::Sealed).await;
    room.give(Command::NewRound { ballot: ballot(), reason: "a terminal was lost".to_owned() }).await;
    let console = room.console_enrolled.identity.clone();
    let lines = until(&room.lines(), |state| {
        state.round(&ballot()).is_some_and(|(_, round)| round.phase == RoundPhase::Void)
    });
    let open = || Command::OpenBox { ballot: ballot() };
    assert!(room.try_give(open()).await.is_err());
    let says = added(&lines, &console, &Actor::Console, &open());
    assert!(says.contains("NotNow"), "{says}");
    // With a second round at the point of its own opening: the first is still not opened.
    room.lead_until("the second box", |state| {
        state.round(&"posts-r2".into()).is_some_and(|(_, round)| round.phase == RoundPhase::Sealed)
    })
    .await;
    assert!(room.try_give(open()).await.is_err());
    let says = added(&room.lines(), &console, &Actor::Console, &open());
    assert!(says.contains("Not") || says.contains("UnknownBallot"), "{says}");
    let state = room.finish().await;
    let (_, void) = state.round(&ballot()).unwrap();
    assert!(void.count.is_none() && void.released.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enrolled_ghost_gets_no_papers_issued() {
    // m5 is enrolled and signed in; nobody sits there. The scrutineers count four.
    let mut room = Room::with(&MEMBERS).await;
    for id in ["m2", "m3"] {
        room.idle(id);
    }
    room.lead_until("the counting of heads", |state| matches!(next_step(state), Some(Step::CountHeads(_))))
        .await;
    for id in ["m2", "m3"] {
        let heads = Command::CountHeads { item: "posts".into(), heads: 4 };
        soon("a count", room.clients[id].order(heads)).await.unwrap();
    }
    let issue = Command::OpenIssue { item: "posts".into() };
    let refused = room.try_give(issue.clone()).await;
    let expected = Refusal::HeadsNotCounted { equal: 0, needed: 2, present: 5 };
    assert_eq!(refused, Err(AskError::Refused(expected)));
    let counted = |view: &plenum::client::View| {
        view.state.as_ref().unwrap().current_item().is_some_and(|item| item.heads.len() == 2)
    };
    room.until("both counts", counted).await;
    let (lines, console) = (room.lines(), room.console_enrolled.identity.clone());
    let says = added(&lines, &console, &Actor::Console, &issue);
    assert!(says.contains("HeadsNotCounted"), "{says}");
    let hub = hub_identity(&room.dir);
    let count = Command::CountHeads { item: "posts".into(), heads: 5 };
    let says = added(&lines, &hub, &person("m2"), &count);
    assert!(says.contains("Signature"), "{says}");
    // The ghost leaves, and papers are issued to those who are here.
    let out = Command::SignOut { seat: "m5".into() };
    soon("an order", room.clients["m5"].order(out)).await.unwrap();
    room.give(issue).await;
    let electorate = room.state().current_round().unwrap().1.issue.electorate.clone();
    assert!(!electorate.contains(&SeatId::from("m5")) && electorate.len() == 4);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { assert!(fs::copy(&path, &target).is_ok()) }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_tells_rooms_apart_is_found_out() {
    let mut room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let hand = room.by_hand("m5").await;
    room.lead_until("deliberation is over", |state| {
        state.current_item().is_some_and(|item| item.stage == plenum::meeting::Stage::Deliberated)
    })
    .await;
    // From here on there are two records, under the same keys: m5 is told the other one.
    room.stop().await;
    let home = tempfile::tempdir().unwrap();
    let other_dir = home.path().join("other");
    copy(&room.dir, &other_dir);
    room.open_again().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let other = Hub::open(&SessionFolder::new(&other_dir), true).unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(plenum::hub::run(other, listener, async move {
        let _ = stopped.await;
    }));
    let at_other = |enrolled: &Enrolled| Enrolled { hub: address.clone(), ..enrolled.clone() };
    let console = client_of(&at_other(&room.console_enrolled));
    soon("the other record", console.until(|view| view.state.is_some())).await.unwrap();
    soon("a line", console.order(Command::Note { text: "for the other room".to_owned() })).await.unwrap();
    room.give(Command::Note { text: "for this room".to_owned() }).await;

    // What m5 signs in the other room is not taken in this one, and if it is written there nobody follows it.
    let mut there = ByHand::connect(at_other(&hand.enrolled)).await;
    there.catch_up(|state| !state.notes.is_empty()).await;
    let order = there.sign(&Command::SignOut { seat: "m5".into() });
    let mut here = ByHand::connect(hand.enrolled.clone()).await;
    let answer = here.send(order.clone()).await;
    assert!(matches!(answer, Answer::Wrong(WrongAnswer::OtherRecord)), "{answer:?}");
    let says = added_having_seen(
        &room.lines(),
        &hand.enrolled.identity,
        &person("m5"),
        &order.command().unwrap(),
        order.seen,
    );
    assert_eq!(says, "Seen");

    // The code of the one room is not that of the other.
    for id in ["m2", "m3"] {
        room.idle(id);
    }
    room.kill("m1");
    stop.send(()).unwrap();
    running.await.unwrap();
    let heads = [
        room.lines(),
        fs::read_to_string(other_dir.join("journal.jsonl")).unwrap().lines().map(str::to_owned).collect(),
    ]
    .map(|lines| followed(&lines).hash().to_owned());
    assert_ne!(heads[0], heads[1]);
    let session = room.state().session().clone();
    assert_ne!(room_code(&session, &heads[0]), room_code(&session, &heads[1]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scrutineer_who_reads_another_code_confirms_nothing() {
    let mut room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Issuing).await;
    for id in ["m2", "m3"] {
        room.idle(id);
    }
    room.lead_until("the comparison", |state| matches!(next_step(state), Some(Step::CompareRoom(_)))).await;
    let state = room.state();
    let head = state.room.head.clone().unwrap();
    // A screen that was told another record has another head, and so another code.
    let forked = plenum::meeting::sha256_hex(head.as_bytes());
    let other = room_code(state.session(), &forked).unwrap();
    for id in ["m2", "m3"] {
        let compared = soon("an answer", room.clients[id].confirm_room(other.clone())).await;
        assert_eq!(compared, Err(AskError::OtherRoomCode), "{id}");
    }
    assert!(room.state().room.due && room.state().room.confirmed.is_empty());
    let open = Command::OpenVoting { ballot: ballot() };
    let refused = room.try_give(open).await;
    assert!(matches!(refused, Err(AskError::Refused(Refusal::RoomNotCompared { .. }))), "{refused:?}");
    // The code of the console's screen, whatever the case and the hyphens.
    let view =
        room.until("the code", |view| view.room.as_ref().is_some_and(|room| room.code.is_some())).await;
    let code = view.room.as_ref().unwrap().code.clone().unwrap();
    assert_eq!(Some(&code), room_code(state.session(), &head).as_ref());
    for id in ["m2", "m3"] {
        soon("an answer", room.clients[id].confirm_room(code.to_lowercase().replace('-', " ")))
            .await
            .unwrap();
    }
    room.lead_to(RoundPhase::Voting).await;
    assert_eq!(phase(&room.state()), Some(RoundPhase::Voting));
}
