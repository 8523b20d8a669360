//! What happens to a declared result, on real sockets: a member objects from the own terminal, the result is set aside and
//! voted on again; the next item has the same person for the same post, who was not carried, and is not voted on; a
//! reconsideration is refused by the hands and then consented to. Every result stays in the record. Beside it, an objection
//! that is upheld to an election (`contested`), a vote by name (`matter`) and a deliberation during the term (`term`).

mod contested;
mod matter;
mod term;

use std::fs;
use std::path::Path;

use plenum::archive::Results;
use plenum::client::{AskError, Client};
use plenum::meeting::{Command, ItemId, LineStands, Refusal, RoundPhase, SettledHow, Stage, State};
use plenum::rules::Choice;

use super::room::{Room, soon};

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small session"
meeting.body = "Committee of Six"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
meeting.trustees = "scrutineers"
meeting.quorum = { of = "due", at_least = "2/3" }
groups = [{ id = "member", name = "Full members", standing = "member" }]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Counting", group = "member", duties = ["scrutineer"] },
  { id = "m3", name = "Cleo Counting", group = "member", duties = ["scrutineer"] },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Objecting", group = "member" },
  { id = "m6", name = "Fritz Voting", group = "member" },
]

[[items]]
id = "posts"
kind = "nomination"
title = "Two posts"
voters = ["member"]
order = "fixed"

[[items.nominees]]
id = "anna"
name = "Anna Able"
post = "Head of Finance"
list = "government"
introduction = "about.md"
inspection = "about.md"

[[items.nominees]]
id = "bert"
name = "Bert Baker"
post = "Head of Roads"
list = "government"
introduction = "about.md"
inspection = "about.md"

[[items]]
id = "more"
kind = "nomination"
title = "The same post again"
voters = ["member"]
order = "fixed"

[[items.nominees]]
id = "bert2"
name = "Bert Baker"
post = "Head of Roads"
list = "government"
introduction = "about.md"
inspection = "about.md"

[[items.nominees]]
id = "carl"
name = "Carl Cooper"
post = "Head of Parks"
list = "government"
introduction = "about.md"
inspection = "about.md"
"#;

const SEATS: [&str; 6] = ["m1", "m2", "m3", "m4", "m5", "m6"];

fn write(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
    fs::write(dir.join("materials/about.md"), "# About\n\nSomebody.\n").unwrap();
}

fn item(id: &str) -> ItemId {
    id.into()
}

async fn ask(client: &Client, command: Command) -> Result<(), AskError> {
    soon("an order", client.order(command)).await.map(|_| ())
}

fn is_declared(state: &State, id: &str, rounds: usize) -> bool {
    let is = state.item_state(&item(id)).unwrap();
    is.stage == Stage::Declared && is.rounds.len() == rounds
}

/// Somebody objects at the own terminal, and the presiding body has the item voted on again.
async fn vote_again(room: &Room, id: &str, by: &str) {
    let reason = "Somebody looked over a shoulder".to_owned();
    let object = Command::ObjectToResult { item: item(id), official: None, by: by.into(), reason };
    let line = room.console.view().chain.number;
    let client = &room.clients[by];
    soon("the record", client.until(|view| view.chain.number >= line)).await.unwrap();
    ask(client, object).await.unwrap();
    room.until("the objection", |view| !view.state.as_ref().unwrap().result_objections.is_empty()).await;
    let reason = "The presiding body agrees".to_owned();
    room.give(Command::SettleObjection { number: 1, outcome: SettledHow::VoteAgain, reason }).await;
}

/// A ballot from where the item is to its declaration: everybody agrees to the first line, and to the second, where there is
/// one, nobody but the first `second`.
async fn ballot(room: &Room, id: &str, rounds: usize, second: usize) {
    room.lead_to(RoundPhase::Voting).await;
    for (place, seat) in SEATS.iter().enumerate() {
        let client = room.open_paper(seat).await;
        let lines = room.state().current_round().unwrap().1.issue.lines.len();
        let of = |line: usize| if line == 0 || place < second { Choice::Agree } else { Choice::Disagree };
        let marks: Vec<Choice> = (0..lines).map(of).collect();
        soon("a ballot", client.cast(marks)).await.unwrap();
    }
    room.lead_until("the declaration", |state| is_declared(state, id, rounds)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declared_result_is_objected_to_set_aside_and_reconsidered_and_never_lost() {
    let room = Room::of(write).await.seated(&SEATS).await;
    ballot(&room, "posts", 1, 2).await;

    // The member's own terminal objects, and nobody speaks for another.
    let object = |by: &str| Command::ObjectToResult {
        item: item("posts"),
        official: None,
        by: by.into(),
        reason: "A paper was seen".to_owned(),
    };
    let other = ask(&room.clients["m6"], object("m5")).await;
    assert_eq!(other, Err(AskError::Refused(Refusal::NotYourSeat)));
    ask(&room.clients["m5"], object("m5")).await.unwrap();
    room.until("the objection", |view| !view.state.as_ref().unwrap().result_objections.is_empty()).await;
    let reason = "The presiding body agrees".to_owned();
    room.give(Command::SettleObjection { number: 1, outcome: SettledHow::VoteAgain, reason }).await;
    ballot(&room, "posts", 2, 1).await;
    let state = room.state();
    let posts = state.item_state(&item("posts")).unwrap();
    assert_eq!(posts.line_stands(&"bert".into()), Some(LineStands::NotCarried));
    assert!(posts.set_aside(&posts.rounds[0], &"bert".into()).is_some());

    // More than half of all six: three are not, four are.
    let reconsider = |lines: &[&str], agree: u32| Command::Reconsider {
        item: item("posts"),
        lines: lines.iter().map(|line| (*line).into()).collect(),
        agree,
        disagree: 6 - agree,
        abstain: 0,
        reason: "New facts".to_owned(),
    };
    let barred = room.try_give(reconsider(&["anna", "bert"], 6)).await;
    let refused = Refusal::LinesNotCarried { lines: vec!["bert".into()] };
    assert_eq!(barred, Err(AskError::Refused(refused)));
    room.give(reconsider(&["anna"], 3)).await;
    assert_eq!(room.state().item_state(&item("posts")).unwrap().stage, Stage::Declared);
    room.give(reconsider(&["anna"], 4)).await;
    ballot(&room, "posts", 3, 0).await;

    // The same person for the same post is not on the next paper.
    ballot(&room, "more", 1, 0).await;
    let state = room.state();
    let more = state.item_state(&item("more")).unwrap();
    assert_eq!(more.rounds[0].issue.lines, ["carl".into()]);
    assert_eq!(more.rounds[0].issue.barred, ["bert2".into()]);

    let state = room.finish().await;
    let results = Results::new(&state, &state.head);
    assert_eq!(
        (results.objections.len(), results.reconsiderations.len(), results.set_aside.len()),
        (1, 2, 2)
    );
    let counted = |round: &&plenum::meeting::Round| round.count.is_some();
    let posts = state.item_state(&item("posts")).unwrap();
    assert_eq!(posts.rounds.iter().filter(counted).count(), 3, "every count stays");
}
