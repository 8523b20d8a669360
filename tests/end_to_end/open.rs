//! What is decided in the open, on real sockets: a major matter whose head must wait in speaking and in voting, in an order
//! that the hub draws; a terminal that does not work; and votes by hands and without objection.

use std::fs;
use std::path::Path;

use plenum::client::{AskError, Client};
use plenum::meeting::{Command, ItemId, MatterPhase, Refusal, SeatId, Signed, Stage, State};
use plenum::plan::VoteHow;
use plenum::rules::{Decided, NamedChoice};

use super::room::{MEMBERS, Room, soon};

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small committee"
meeting.body = "Committee of Five"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
meeting.quorum = { of = "due", at_least = "2/3" }
groups = [{ id = "member", name = "Members", standing = "member" }]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Heading", group = "member" },
  { id = "m3", name = "Cleo Absent", group = "member" },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Voting", group = "member" },
]

[[items]]
id = "agenda"
kind = "open_vote"
title = "The agenda"
question = "Shall this be the agenda?"
about = "agenda"
how = "without_objection"
voters = ["member"]

[[items]]
id = "rules"
kind = "open_vote"
title = "The election rules"
question = "Shall these be the rules?"
about = "rules"
how = "hands"
voters = ["member"]
carried = { of = "present", more_than = "1/2" }

[[items]]
id = "bridge"
kind = "major_matter"
title = "The bridge"
matter = "project"
voters = ["member"]
head = "m2"
introduced_by = "m4"
order = "lot"
draft = "bridge.md"
raised = { by = "Transport", on = 2027-02-08 }
studied = { by = "A working meeting", on = 2027-02-19 }
reviewed = { by = "Dora Writing", on = 2027-03-01 }
notified = { by = "The office", on = 2027-03-05, members = ["m1", "m2", "m4", "m5"] }
execution = { owner = "Transport", task = "Build it", due_on = 2027-06-01 }
check = { owner = "The office", task = "Look at it", due_on = 2027-12-15 }
"#;

pub(super) fn write(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
    fs::write(dir.join("materials/bridge.md"), "# The bridge\n\nOf stone.\n").unwrap();
}

pub(super) fn item(id: &str) -> ItemId {
    id.into()
}

pub(super) async fn ask(client: &Client, command: Command) -> Result<(), AskError> {
    soon("an order", client.order(command)).await.map(|_| ())
}

/// The terminal has followed the record as far as the console.
pub(super) async fn follows(room: &Room, id: &str) -> Client {
    let (client, line) = (room.clients[id].clone(), room.console.view().chain.number);
    soon("the record", client.until(|view| view.chain.number >= line)).await.unwrap();
    client
}

pub(super) fn state_view(seat: &str, text: &str) -> Command {
    Command::GiveStatement { item: item("bridge"), seat: seat.into(), text: text.to_owned() }
}

pub(super) fn order_drawn(state: &State) -> Option<Vec<SeatId>> {
    let matter = state.item_state(&item("bridge"))?.matter()?;
    (matter.phase >= MatterPhase::Stating).then(|| matter.order.clone())
}

pub(super) async fn lead_through_the_votes_of_hands(room: &Room) {
    room.lead_until("the agenda", |state| {
        state.current_item().is_some_and(|current| current.id == item("agenda"))
    })
    .await;
    let objects = Command::ObjectToVote { item: item("agenda"), seat: "m5".into() };
    ask(&follows(room, "m5").await, objects).await.unwrap();
    room.until("the objection", |view| {
        let open =
            view.state.as_ref().and_then(|state| state.item_state(&item("agenda"))?.open_vote().cloned());
        open.is_some_and(|open| !open.objected.is_empty())
    })
    .await;
    let without = room.try_give(Command::TakeWithoutObjection { item: item("agenda") }).await;
    assert!(matches!(without, Err(AskError::Refused(_))), "somebody objected: {without:?}");
    let hands = |id, agree| Command::CountHands { item: item(id), agree, disagree: 1, abstain: 0 };
    room.give(hands("agenda", 4)).await;
    room.lead_until("the rules", |state| {
        state.current_item().is_some_and(|current| current.id == item("rules"))
    })
    .await;
    let wrong = room.try_give(hands("rules", 3)).await;
    let refused = Refusal::HandsDoNotAddUp { hands: 4, present: 5 };
    assert_eq!(wrong, Err(AskError::Refused(refused)), "counts add up to those present");
    let how = room.state().item(&item("rules")).unwrap().open_vote().unwrap().how;
    assert_eq!(how, VoteHow::Hands);
    room.give(hands("rules", 4)).await;
    room.lead_until("the end of the votes", |state| {
        state.item_state(&item("rules")).unwrap().stage == Stage::Declared
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_speaks_and_votes_last_whatever_terminal_asks() {
    let mut room = Room::of(write).await.seated(&MEMBERS).await;
    lead_through_the_votes_of_hands(&room).await;

    // Nobody may be left without a notice.
    let opened = room.try_give(Command::OpenItem { item: item("bridge") }).await;
    assert_eq!(opened, Err(AskError::Refused(Refusal::NotNotified { missing: vec!["m3".into()] })));
    let on = "2027-03-08".parse().unwrap();
    room.give(Command::RecordNotice { item: item("bridge"), seats: vec!["m3".into()], on }).await;
    room.give(Command::OpenItem { item: item("bridge") }).await;
    room.give(Command::BeginStatements { item: item("bridge") }).await;
    let view = room.until("the order", |view| order_drawn(view.state.as_ref().unwrap()).is_some()).await;
    let order = order_drawn(view.state.as_ref().unwrap()).unwrap();
    assert_eq!((order.len(), order.last().unwrap().as_str()), (5, "m2"), "{order:?}");

    // The head is refused at every turn; m3's terminal does not work, and the console takes the view down.
    for seat in order.iter().filter(|seat| seat.as_str() != "m2") {
        let early = ask(&follows(&room, "m2").await, state_view("m2", "As I have said")).await;
        let Err(AskError::Refused(Refusal::HeadSpeaksLast { head, waiting })) = early else {
            panic!("the head spoke before {seat}: {early:?}")
        };
        assert_eq!((head.as_str(), waiting.first()), ("m2", Some(seat)));
        let taken_down = room.try_give(state_view("m2", "As the head has said")).await;
        assert!(
            matches!(taken_down, Err(AskError::Refused(Refusal::HeadSpeaksLast { .. }))),
            "{taken_down:?}"
        );
        room.give(Command::AskMember { item: item("bridge"), seat: seat.clone() }).await;
        match seat.as_str() {
            "m3" => drop(room.give(state_view("m3", "For it, spoken")).await),
            "m5" => {
                let passes = Command::PassStatement { item: item("bridge"), seat: seat.clone() };
                ask(&follows(&room, "m5").await, passes).await.unwrap();
            }
            other => ask(&follows(&room, other).await, state_view(other, "For it")).await.unwrap(),
        }
        room.until("the view", |view| {
            let state = view.state.as_ref().unwrap();
            state.item_state(&item("bridge")).unwrap().matter().unwrap().statement(seat).is_some()
        })
        .await;
    }
    room.give(Command::AskMember { item: item("bridge"), seat: "m2".into() }).await;
    ask(&follows(&room, "m2").await, state_view("m2", "Then so be it")).await.unwrap();
    room.until("the head's view", |view| {
        let state = view.state.as_ref().unwrap();
        state.item_state(&item("bridge")).unwrap().matter().unwrap().statements.len() == 5
    })
    .await;
    room.give(Command::SumUp { item: item("bridge"), text: "Four spoke for it.".to_owned() }).await;
    room.give(Command::PutToVote { item: item("bridge") }).await;

    let votes = |choice| Command::VoteByName { item: item("bridge"), choice };
    for (seat, choice) in
        [("m5", NamedChoice::Postpone), ("m1", NamedChoice::Agree), ("m4", NamedChoice::Agree)]
    {
        let early = ask(&follows(&room, "m2").await, votes(NamedChoice::Agree)).await;
        assert!(matches!(early, Err(AskError::Refused(Refusal::HeadVotesLast { .. }))), "{early:?}");
        ask(&follows(&room, seat).await, votes(choice)).await.unwrap();
        let seat = SeatId::from(seat);
        room.until("the vote", |view| {
            let state = view.state.as_ref().unwrap();
            state.current_named_vote().is_some_and(|(_, vote)| vote.vote(&seat).is_some())
        })
        .await;
    }
    // A terminal that stops in the vote: the officer enters it, with the reason.
    room.kill("m3");
    let choice = Some(NamedChoice::Disagree);
    let reason = "Her terminal has stopped".to_owned();
    room.give(Command::EnterVote { item: item("bridge"), seat: "m3".into(), choice, reason }).await;
    let closed = room.try_give(Command::CloseNamedVote { item: item("bridge") }).await;
    assert_eq!(closed, Err(AskError::Refused(Refusal::VotesMissing { waiting: vec!["m2".into()] })));
    ask(&follows(&room, "m2").await, votes(NamedChoice::Agree)).await.unwrap();
    room.until("the head's vote", |view| {
        let state = view.state.as_ref().unwrap();
        state.current_named_vote().is_some_and(|(_, vote)| vote.votes.len() == 5)
    })
    .await;
    room.give(Command::CloseNamedVote { item: item("bridge") }).await;

    let unsigned = room.try_give(Command::Declare { item: item("bridge") }).await;
    assert_eq!(unsigned, Err(AskError::Refused(Refusal::HeadNotSigned { head: "m2".into() })));
    let head = follows(&room, "m2").await;
    let state = head.view().state.clone().unwrap();
    let record = state.matter_hash(state.item_state(&item("bridge")).unwrap());
    ask(&head, Command::SignMatter { item: item("bridge"), record }).await.unwrap();
    room.until("the signature", |view| {
        let state = view.state.as_ref().unwrap();
        let matter = state.item_state(&item("bridge")).unwrap().matter().unwrap();
        matches!(matter.signed, Some(Signed::ByKey { .. }))
    })
    .await;

    let state = room.finish().await;
    let named = state.item_state(&item("bridge")).unwrap().named.as_ref().unwrap();
    assert_eq!(named.votes.last().unwrap().seat.as_str(), "m2");
    let outcome = named.outcome.unwrap();
    let count = outcome.count;
    assert_eq!((count.agree, count.disagree, count.postpone, outcome.needed), (3, 1, 1, 3));
    assert_eq!(outcome.decided, Decided::Carried);
    let entered: Vec<_> = named.votes.iter().filter_map(|vote| vote.entered.as_deref()).collect();
    assert_eq!(entered, ["Her terminal has stopped"]);
    let matter = state.item_state(&item("bridge")).unwrap().matter().unwrap();
    assert_eq!(matter.statements.last().unwrap().seat.as_str(), "m2");
    let passed: Vec<_> = matter.statements.iter().filter(|said| said.text.is_none()).collect();
    assert!(matches!(passed[..], [said] if said.seat.as_str() == "m5"));
}
