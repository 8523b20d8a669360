//! A deliberation during the term on real sockets: what is said inside never reaches the appointee's terminal, not even
//! after the return, a lost connection or a restart of the hub; its chain holds, and its person votes.

use std::fs;
use std::path::Path;

use plenum::archive::Results;
use plenum::client::{AskError, Client, Pace};
use plenum::meeting::{
    Actor, Command, ItemId, Judged, QuestionId, Refusal, RoundPhase, SeatId, Stage, State,
};
use plenum::rules::Choice;
use plenum::wire::ToScreen;

use super::room::{Room, soon};

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small session"
meeting.body = "Committee of Seven"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
meeting.trustees = "scrutineers"
meeting.quorum = { of = "due", at_least = "2/3" }
groups = [
  { id = "member", name = "Full members", standing = "member" },
  { id = "guest", name = "Guests", standing = "attendee" },
]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Counting", group = "member", duties = ["scrutineer"] },
  { id = "m3", name = "Cleo Counting", group = "member", duties = ["scrutineer"] },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Appointee", group = "member" },
  { id = "m6", name = "Fritz Asking", group = "member" },
  { id = "a1", name = "Gina Proposing", group = "guest" },
]

[[items]]
id = "term"
kind = "deliberation"
title = "During the term"
voters = ["member"]

[items.proposing]
name = "Organisation Office"
seats = ["a1"]

[items.appointee]
name = "Emil Appointee"
post = "Head of Finance"
list = "government"
person = "m5"
introduction = "report.md"
inspection = "report.md"
"#;

/// Who votes, the appointee (m5) too.
pub(super) const VOTERS: [&str; 6] = ["m1", "m2", "m3", "m4", "m5", "m6"];

const SEATS: [&str; 7] = ["m1", "m2", "m3", "m4", "m5", "m6", "a1"];

fn write_term(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
    fs::write(dir.join("materials/report.md"), "# Report\n\nA term of work.\n").unwrap();
}

pub(super) fn item() -> ItemId {
    "term".into()
}

pub(super) fn say(text: &str) -> Command {
    Command::SayInside { item: item(), text: text.to_owned() }
}

pub(super) fn put(text: &str) -> Command {
    Command::PutQuestion { item: item(), text: text.to_owned() }
}

pub(super) fn reply(question: u32, text: &str) -> Command {
    Command::Reply { item: item(), question: QuestionId(question), text: text.to_owned() }
}

pub(super) fn judge(question: u32, judged: Judged) -> Command {
    Command::JudgeReply { item: item(), question: QuestionId(question), judged }
}

pub(super) async fn deliberating() -> Room {
    let mut room = Room::of(write_term).await;
    for seat in SEATS {
        room.join(seat).await;
    }
    let there = |state: &State| state.current_item().is_some_and(|item| item.stage == Stage::Deliberating);
    room.lead_until("deliberation", there).await;
    room
}

/// Statements, a question and its reply; the number of the last line.
pub(super) async fn talk(room: &Room) -> u64 {
    room.clients["m6"].order(say("SECRET statement")).await.unwrap();
    let taken = Command::TakeDownSaid { item: item(), seat: "m2".into(), text: "SECRET speech".into() };
    room.clients["m4"].order(taken).await.unwrap();
    room.clients["m3"].order(put("SECRET question")).await.unwrap();
    let there = |view: &plenum::client::View| {
        view.state
            .as_ref()
            .and_then(|state| state.current_term())
            .is_some_and(|(.., term)| term.questions.len() == 1 && term.statements.len() == 2)
    };
    soon("the question", room.clients["a1"].until(there)).await.unwrap();
    room.clients["a1"].order(reply(1, "SECRET reply")).await.unwrap();
    let note = Command::Note { text: "SECRET note".to_owned() };
    room.clients["m4"].order(note).await.unwrap().line.unwrap()
}

/// Everything that a screen knows, as text.
pub(super) fn known(client: &Client) -> String {
    format!("{:?}", client.view())
}

pub(super) async fn follows(client: &Client, line: u64) {
    soon("the record", client.until(|view| view.chain.number >= line)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_inside_never_reaches_the_appointee() {
    let mut room = deliberating().await;
    let display = room.stage.join(&Actor::Display(1), Pace::Real).await.unwrap();
    let line = talk(&room).await;
    let appointee = room.clients["m5"].clone();
    follows(&appointee, line).await;
    follows(&room.clients["m6"], line).await;
    follows(&display, line).await;
    assert_eq!(known(&room.clients["m6"]).matches("SECRET").count(), 5);
    assert!(!known(&appointee).contains("SECRET") && !known(&display).contains("SECRET"));
    // The chain is the same without the words, and the places are kept.
    room.until("the same line", |view| view.chain.number >= line).await;
    assert_eq!(appointee.view().chain, room.console.view().chain);
    let state = appointee.view().state.clone().unwrap();
    let (.., term) = state.current_term().unwrap();
    assert_eq!((term.statements.len(), term.questions.len()), (2, 1));
    // Who is outside says nothing.
    match appointee.order(say("let me")).await {
        Err(AskError::Refused(Refusal::Outside { seat })) => assert_eq!(seat, SeatId::from("m5")),
        other => panic!("{other:?}"),
    }
    // Back again: what was withheld stays so, the terminal works on, and its person votes.
    room.give(judge(1, Judged::Clearly)).await;
    let line = room.give(Command::EndDeliberation { item: item() }).await;
    follows(&appointee, line).await;
    assert!(!known(&appointee).contains("SECRET"));
    // A hub that starts again withholds the same.
    room.stop().await;
    room.open_again().await;
    soon("the way back", appointee.until(|view| view.link == plenum::client::Link::Connected)).await.unwrap();
    room.lead_to(RoundPhase::Voting).await;
    for seat in VOTERS {
        let client = room.open_paper(seat).await;
        soon("a ballot", client.cast(vec![Choice::Agree.place()])).await.unwrap();
    }
    assert!(!known(&appointee).contains("SECRET"));
    let state = room.finish().await;
    let json = Results::new(&state, "").json();
    assert!(json.contains("\"kind\": \"deliberation\"") && json.contains("SECRET reply"), "{json}");
    let Some(count) = &state.items[0].round().unwrap().count else { panic!("not counted") };
    assert_eq!((count.outcomes[0].count.agree, count.outcomes[0].carried), (6, true));
}

/// The bytes that the hub sends to the appointee, and to whoever comes to that seat later.
#[tokio::test(flavor = "multi_thread")]
async fn no_byte_of_it_crosses_the_network_to_that_seat() {
    let mut room = Room::of(write_term).await;
    for seat in SEATS.into_iter().filter(|seat| *seat != "m5") {
        room.join(seat).await;
    }
    // A terminal whose lines are looked at as they come.
    let mut hand = room.by_hand("m5").await;
    let there = |state: &State| state.current_item().is_some_and(|item| item.stage == Stage::Deliberating);
    room.lead_until("deliberation", there).await;
    let line = talk(&room).await;
    let mut lines = Vec::new();
    while hand.state().line < line {
        if let ToScreen::Lines { lines: more } = hand.hear().await.unwrap() {
            lines.extend(more);
        }
    }
    assert_eq!(lines.iter().filter(|line| !line.contains("\"body\":")).count(), 5);
    assert!(lines.iter().all(|line| !line.contains("SECRET")));
    assert!(room.lines().iter().any(|line| line.contains("SECRET")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_was_not_answered_clearly_defers_the_vote() {
    let room = deliberating().await;
    talk(&room).await;
    room.until("the question", |view| {
        view.state
            .as_ref()
            .and_then(|state| state.current_term())
            .is_some_and(|(.., term)| !term.questions.is_empty())
    })
    .await;
    let end = Command::EndDeliberation { item: item() };
    match room.try_give(end.clone()).await {
        Err(AskError::Refused(Refusal::QuestionsUnjudged { open: 1 })) => {}
        other => panic!("{other:?}"),
    }
    room.give(judge(1, Judged::Unclearly { reason: "no figures were given".to_owned() })).await;
    room.give(end).await;
    room.give(Command::Declare { item: item() }).await;
    room.give(Command::CloseMeeting).await;
    let state = room.finish().await;
    let results = Results::new(&state, "");
    assert_eq!(results.items[0].lines()[0].deferred.as_deref(), Some("no figures were given"));
    assert_eq!(results.follow_ups.len(), 1);
    assert_eq!(results.follow_ups[0].owner, "Organisation Office");
}
