//! The agenda changed by decision, on real sockets: every terminal has the new one at once, nobody but the console decides on it,
//! a hub that is started again has it too, and what was added is decided and sealed like the rest.

use std::fs;
use std::path::Path;

use plenum::archive::Results;
use plenum::client::AskError;
use plenum::meeting::{
    AgendaChange, AgendaVote, Command, CommandKind, ItemId, Refusal, Stage, State, Step, next_step,
};
use plenum::plan::SessionFolder;

use super::room::{MEMBERS, Room, soon};

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small committee"
meeting.body = "Committee of Five"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
groups = [{ id = "member", name = "Members", standing = "member" }]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Voting", group = "member" },
  { id = "m3", name = "Cleo Voting", group = "member" },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Voting", group = "member" },
]

[[items]]
id = "rules"
kind = "open_vote"
title = "The rules"
question = "Shall these be the rules?"
about = "rules"
how = "hands"
voters = ["member"]

[[items]]
id = "budget"
kind = "open_vote"
title = "The budget"
question = "Shall this be the budget?"
about = "other"
how = "hands"
voters = ["member"]
"#;

const FLOOD: &str = r#"[[items]]
id = "flood"
kind = "open_vote"
title = "Flood relief"
question = "Shall the bank be mended?"
about = "other"
how = "hands"
voters = ["member"]
"#;

fn write(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::create_dir_all(dir.join("agenda")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
    fs::write(dir.join("agenda/flood.toml"), FLOOD).unwrap();
    fs::write(dir.join("agenda/broken.toml"), FLOOD.replace("kind", "kin")).unwrap();
}

fn item(id: &str) -> ItemId {
    id.into()
}

fn order(state: &State) -> Vec<String> {
    state.on_agenda().map(|item| item.id.to_string()).collect()
}

fn change(change: AgendaChange, decided: AgendaVote) -> Command {
    Command::ChangeAgenda { change, decided, reason: "The water rises".to_owned() }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_has_the_agenda_that_the_body_has_decided_on() {
    let mut room = Room::of(write).await.seated(&MEMBERS).await;
    room.give(Command::OpenMeeting).await;
    // What the clerk wrote is read from the folder, and told apart from what has mistakes.
    let files = SessionFolder::new(&room.dir).items_to_add();
    let names: Vec<&str> = files.iter().map(|file| file.file.as_str()).collect();
    assert_eq!(names, ["broken.toml", "flood.toml"]);
    let state = room.state();
    let read: Vec<bool> =
        files.iter().map(|file| state.read_item(file.text.as_ref().unwrap(), &file.file).is_ok()).collect();
    assert_eq!(read, [false, true]);

    let text = files[1].text.clone().unwrap();
    let hands = AgendaVote::Hands { agree: 4, disagree: 1, abstain: 0 };
    let adds = change(AgendaChange::Add { text, before: Some(item("rules")) }, hands);
    let member = room.clients["m2"].clone();
    let own = soon("an order", member.order(adds.clone())).await.map(|_| ());
    let refused = Refusal::NoRight { command: CommandKind::ChangeAgenda };
    assert_eq!(own, Err(AskError::Refused(refused)), "a member decides nothing for the body");
    room.give(adds).await;
    let takes_off = change(AgendaChange::TakeOff { item: item("rules") }, AgendaVote::WithoutObjection);
    room.give(takes_off).await;
    for id in MEMBERS {
        let knows = |view: &plenum::client::View| {
            view.state.as_ref().is_some_and(|state| order(state) == ["flood", "budget"])
        };
        soon("the new agenda", room.clients[id].until(knows)).await.unwrap();
    }

    // The hub dies; the agenda is in the record.
    room.stop().await;
    room.open_again().await;
    room.until("the agenda again", |view| {
        view.state.as_ref().is_some_and(|state| next_step(state) == Some(Step::OpenItem(item("flood"))))
    })
    .await;
    for id in ["flood", "budget"] {
        room.give(Command::OpenItem { item: item(id) }).await;
        let before_time = room.try_give(change(
            AgendaChange::PutBack { item: item("rules"), before: None },
            AgendaVote::WithoutObjection,
        ));
        assert_eq!(before_time.await, Err(AskError::Refused(Refusal::AnotherItemOpen)));
        room.give(Command::CountHands { item: item(id), agree: 5, disagree: 0, abstain: 0 }).await;
        room.give(Command::Declare { item: item(id) }).await;
    }
    // It closes, is sealed with its table of decisions, and verifies.
    let state = room.finish().await;
    assert_eq!(state.item_state(&item("flood")).unwrap().stage, Stage::Declared);
    assert_eq!(state.item_state(&item("rules")).unwrap().stage, Stage::TakenOff);
    assert_eq!(state.frozen.plan.items.len(), 2, "the plan is what was frozen");
    let results = Results::new(&state, &state.head);
    let outcomes: Vec<_> = results.agenda.iter().map(|one| (one.change, one.outcome, one.agree)).collect();
    assert_eq!(outcomes, [("added", "carried", Some(4)), ("taken_off", "carried", None)]);
}

/// Every screen sees what is proposed; a member objects over the own connection; then only hands decide, also after the hub
/// has died in between; and the archive holds.
#[tokio::test(flavor = "multi_thread")]
async fn a_member_has_hands_counted_from_the_own_terminal() {
    let mut room = Room::of(write).await.seated(&MEMBERS).await;
    room.give(Command::OpenMeeting).await;
    let (rules, reason) = (AgendaChange::TakeOff { item: item("rules") }, "The water rises".to_owned());
    room.give(Command::PutAgenda { change: rules.clone(), reason }).await;
    for id in MEMBERS {
        let knows = |view: &plenum::client::View| {
            view.state.as_ref().is_some_and(|state| {
                state.proposal().is_some_and(|proposal| proposal.change == rules && proposal.number == 1)
            })
        };
        soon("what is proposed", room.clients[id].until(knows)).await.unwrap();
    }
    let held_up = room.try_give(Command::OpenItem { item: item("rules") }).await;
    assert_eq!(held_up, Err(AskError::Refused(Refusal::ProposalStands)));
    let member = room.clients["m2"].clone();
    soon("the objection", member.order(Command::ObjectToAgenda { number: 1 })).await.unwrap();
    room.stop().await;
    room.open_again().await;
    let seats = vec!["m2".into()];
    room.until("the proposal again", |view| {
        view.state.as_ref().is_some_and(|state| next_step(state) == Some(Step::DecideAgenda))
    })
    .await;
    let without = room.try_give(change(rules.clone(), AgendaVote::WithoutObjection)).await;
    assert_eq!(without, Err(AskError::Refused(Refusal::SomebodyObjected { seats })));
    room.give(change(rules, AgendaVote::Hands { agree: 2, disagree: 3, abstain: 0 })).await;
    assert_eq!(order(&room.state()), ["rules", "budget"], "it was not carried");
    for id in ["rules", "budget"] {
        room.give(Command::OpenItem { item: item(id) }).await;
        room.give(Command::CountHands { item: item(id), agree: 5, disagree: 0, abstain: 0 }).await;
        room.give(Command::Declare { item: item(id) }).await;
    }
    let state = room.finish().await;
    let results = Results::new(&state, &state.head);
    let outcomes: Vec<_> = results.agenda.iter().map(|one| (one.change, one.outcome, one.agree)).collect();
    assert_eq!(outcomes, [("taken_off", "not_carried", Some(2))]);
}
