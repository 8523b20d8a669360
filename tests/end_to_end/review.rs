//! A review on real sockets: questions by name, slips, two groups counted apart, and hubs and terminals that stop in the
//! middle of it.

use std::fs;
use std::path::Path;

use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::store::{Enrolled, Store};
use plenum::client::{AskError, Link, Pace, View, start};
use plenum::meeting::{
    Asker, Command, Ended, ItemId, OfficialId, OfficialStage, QuestionId, Refusal, ReviewState, RoundPhase,
    SeatId, SlipKind, SlipSays, Standing, State,
};

use super::room::{Room, found_again, person, soon};

const PLAN: &str = r#"format = "plenum-plan/1"
meeting.title = "Small review"
meeting.body = "Commission"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
meeting.trustees = "scrutineers"
meeting.small = "open"
meeting.quorum = { of = "due", at_least = "2/3" }
groups = [
  { id = "member", name = "Members", standing = "member" },
  { id = "invited", name = "Invited", standing = "attendee" },
]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Counting", group = "member", duties = ["scrutineer"] },
  { id = "m3", name = "Cleo Counting", group = "member", duties = ["scrutineer"] },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Asking", group = "member" },
  { id = "m6", name = "Fritz Related", group = "member" },
  { id = "i1", name = "Gina Guest", group = "invited" },
  { id = "i2", name = "Hugo Guest", group = "invited" },
  { id = "i3", name = "Ines Guest", group = "invited" },
  { id = "i4", name = "Jan Guest", group = "invited" },
  { id = "i5", name = "Kim Guest", group = "invited" },
]

[[items]]
id = "review"
kind = "review"
title = "Reports"
reviewers = ["member", "invited"]
apart = true
questions_max = 3
slips_max = 2
scale = ["good", "fair", "poor"]
dimensions = [{ id = "integrity", name = "Integrity" }, { id = "duty", name = "Duty" }]

[items.verdict]
by = "score"
bands = [{ below = 70, verdict = "poor" }, { from = 70, verdict = "good" }]

[[items.officials]]
id = "north"
name = "Nora North"
post = "Head"
unit = "North Office"
relatives = ["m6"]
report = "north.md"
findings = "north.md"
findings_by = "m2"

[[items.officials]]
id = "south"
name = "Saul South"
post = "Head"
unit = "South Office"
report = "south.md"
findings = "south.md"
findings_by = "m2"
"#;

const MEMBERS: [&str; 6] = ["m1", "m2", "m3", "m4", "m5", "m6"];
const INVITED: [&str; 5] = ["i1", "i2", "i3", "i4", "i5"];

fn write_review(dir: &Path) {
    fs::create_dir_all(dir.join("materials")).unwrap();
    fs::write(dir.join("plan.toml"), PLAN).unwrap();
    for name in ["north", "south"] {
        fs::write(dir.join(format!("materials/{name}.md")), format!("# {name}\n\nA year of work.\n"))
            .unwrap();
    }
}

/// A review in which everybody is signed in but these.
pub async fn room_without(absent: &[&str]) -> Room {
    let mut room = Room::of(write_review).await;
    for id in MEMBERS.iter().chain(&INVITED).filter(|id| !absent.contains(id)) {
        room.join(id).await;
    }
    room
}

pub fn item() -> ItemId {
    "review".into()
}

pub fn review(state: &State) -> &ReviewState {
    state.item_state(&item()).unwrap().review().unwrap()
}

pub fn stage(state: &State, official: &str) -> Option<OfficialStage> {
    let review = state.item_state(&item())?.review()?;
    Some(review.officials[&OfficialId::from(official)].stage.clone())
}

pub async fn lead_to_stage(room: &Room, official: &str, wanted: &OfficialStage) {
    room.lead_until(&format!("{official}: {wanted:?}"), |state| {
        stage(state, official).as_ref() == Some(wanted)
    })
    .await;
}

async fn connected(room: &Room) {
    for client in room.clients.values().chain([&room.console]) {
        soon("the connection", client.until(|view| view.link == Link::Connected)).await.unwrap();
    }
}

/// The questions that came as slips, and the opinions.
pub fn slips(state: &State) -> Vec<String> {
    let is_slip = |by: &Asker| matches!(by, Asker::Slip { .. });
    let review = review(state);
    let questions = review.questions.iter().filter(|one| is_slip(&one.asker)).map(|one| one.text.clone());
    let opinions = review.opinions.iter().filter(|one| is_slip(&one.by)).map(|one| one.text.clone());
    questions.chain(opinions).collect()
}

pub fn asks(text: &str) -> SlipSays {
    SlipSays::begin(SlipKind::Question, "north".into(), text.to_owned())
}

pub fn gives(text: &str) -> SlipSays {
    SlipSays::begin(SlipKind::Opinion, "north".into(), text.to_owned())
}

pub async fn until_slips(room: &Room, wanted: &[&str]) {
    let there = |view: &View| view.state.as_ref().is_some_and(|state| slips(state).len() >= wanted.len());
    room.until("slips", there).await;
    let mut found = slips(&room.state());
    found.sort();
    assert_eq!(found, wanted);
}

async fn vote(room: &Room, seats: &[&str], choices: [usize; 2]) {
    for id in seats {
        let client = room.open_paper(id).await;
        soon("a ballot", client.cast(choices.to_vec())).await.unwrap();
    }
}

fn counts(state: &State, ballot: &str) -> (u32, u32, u32, Option<u32>, Vec<Vec<u32>>) {
    let (_, round) = state.round(&ballot.into()).unwrap_or_else(|| panic!("no ballot {ballot}"));
    let sums = round.count.as_ref().unwrap().sums().to_vec();
    (round.issue.due, round.present(), round.issued(), round.returned(), sums)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_from_the_first_question_to_the_last_verdict() {
    let mut room = room_without(&[]).await;
    lead_to_stage(&room, "north", &OfficialStage::Questioning).await;
    let ask = |text: &str| Command::Ask { item: item(), follows: None, text: text.to_owned() };
    soon("a question", room.clients["m5"].order(ask("Who decided?"))).await.unwrap();
    soon("a question", room.clients["i1"].order(ask("Who paid?\nAnd when?"))).await.unwrap();
    let writer = &room.clients["i2"];
    soon("slips", writer.until(|view| view.slips_left == Some(2))).await.unwrap();
    let text = "Was it \"tendered\"?\n\u{1b}[31m".to_owned();
    soon("a slip", writer.slip(asks(&text))).await.unwrap();
    assert_eq!(writer.view().slips_left, Some(1));
    until_slips(&room, &[text.trim()]).await;
    let too_long = soon("an answer", writer.slip(gives(&"x".repeat(2_001)))).await;
    assert!(matches!(too_long, Err(AskError::Refused(Refusal::TextTooLong { .. }))), "{too_long:?}");
    let nothing = soon("an answer", writer.slip(gives(" \n"))).await;
    assert_eq!(nothing.map(|_| ()), Err(AskError::Refused(Refusal::TextMissing)));
    assert_eq!(writer.view().slips_left, Some(1), "what is refused spends no slip");

    room.give(Command::OrderQueue { item: item(), queue: [3, 2, 1].map(QuestionId).to_vec() }).await;
    room.give(Command::CallQuestion { item: item(), question: QuestionId(3) }).await;
    let take = Command::TakeAnswer { item: item(), question: QuestionId(3), text: "It was.".to_owned() };
    soon("an answer", room.clients["m4"].order(take)).await.unwrap();
    room.give(Command::EndQuestion { item: item(), question: QuestionId(3), ended: Ended::Answered }).await;
    // The slip goes on, on its own terminal alone; two acts in one tick come in their order.
    let question = QuestionId(3);
    let further = |text: &str| SlipSays::FollowUp { question, text: text.to_owned() };
    let own = |view: &View| view.own_slips.iter().any(|own| own.may_follow_up);
    soon("the own slip", writer.until(own)).await.unwrap();
    soon(
        "the answer",
        writer.until(|view| {
            let state = view.state.as_ref().unwrap();
            review(state).question(question).unwrap().standing == Standing::Ended(Ended::Answered)
        }),
    )
    .await
    .unwrap();
    let stranger = soon("an answer", room.clients["i3"].slip(further("not mine"))).await;
    assert_eq!(stranger.map(|_| ()), Err(AskError::Refused(Refusal::NotYourQuestion)));
    soon("a word", writer.slip(SlipSays::Satisfied { question, satisfied: false })).await.unwrap();
    let inquiry = SlipSays::Inquiry { question, text: "The papers, please.".to_owned() };
    soon("an inquiry", writer.slip(inquiry)).await.unwrap();
    soon("a follow-up", writer.slip(further("By whom?"))).await.unwrap();
    let twice = soon("an answer", writer.slip(further("And again?"))).await;
    assert_eq!(twice.map(|_| ()), Err(AskError::Refused(Refusal::SlipFollowedUp)));
    room.until("the follow-up", |view| review(view.state.as_ref().unwrap()).questions.len() == 4).await;
    let state = room.state();
    let first = review(&state).question(question).unwrap();
    assert_eq!((first.satisfied, first.inquiry.as_deref()), (Some(false), Some("The papers, please.")));
    let fourth = review(&state).question(QuestionId(4)).unwrap();
    assert_eq!((fourth.follows, &fourth.asker), (Some(question), &first.asker));
    room.give(Command::CallQuestion { item: item(), question: QuestionId(4) }).await;
    room.give(Command::EndQuestion { item: item(), question: QuestionId(4), ended: Ended::Answered }).await;
    soon("an opinion", writer.slip(gives("Well done."))).await.unwrap();

    room.give(Command::EndQuestion {
        item: item(),
        question: QuestionId(2),
        ended: Ended::Declined { reason: "asked before".to_owned() },
    })
    .await;
    let withdraw = Command::EndQuestion { item: item(), question: QuestionId(1), ended: Ended::Withdrawn };
    soon("an order", room.clients["m5"].order(withdraw)).await.unwrap();
    room.until("an empty queue", |view| review(view.state.as_ref().unwrap()).queue.is_empty()).await;

    room.lead_to(RoundPhase::Voting).await;
    vote(&room, &["m1", "m2", "m3"], [0, 0]).await;
    vote(&room, &["m4"], [1, 2]).await;
    vote(&room, &["i1", "i2", "i3", "i4", "i5"], [2, 1]).await;
    assert_eq!(room.clients["m6"].view().paper, plenum::client::Paper::None, "who is related has no paper");
    lead_to_stage(&room, "north", &OfficialStage::Declared).await;
    let state = room.state();
    assert_eq!(counts(&state, "review-north-member"), (5, 5, 5, Some(4), vec![vec![3, 1, 0], vec![3, 0, 1]]));
    assert_eq!(
        counts(&state, "review-north-invited"),
        (5, 5, 5, Some(5), vec![vec![0, 0, 5], vec![0, 5, 0]])
    );
    let verdict = review(&state).officials[&OfficialId::from("north")].verdict.clone();
    assert_eq!(verdict, state.verdict_of(&item(), &"north".into()));

    // Somebody of the invited leaves, who holds a paper of the bundle: it is not returned.
    let leave = Command::SignOut { seat: SeatId::from("i5") };
    soon("an order", room.clients["i5"].order(leave)).await.unwrap();
    room.until("i5 has left", |view| !view.state.as_ref().unwrap().is_present(&"i5".into())).await;
    room.lead_to(RoundPhase::Voting).await;
    vote(&room, &MEMBERS, [0, 0]).await;
    vote(&room, &INVITED[..4], [1, 1]).await;
    lead_to_stage(&room, "south", &OfficialStage::Declared).await;
    let state = room.state();
    assert_eq!(counts(&state, "review-south-member"), (6, 6, 6, Some(6), vec![vec![6, 0, 0], vec![6, 0, 0]]));
    assert_eq!(
        counts(&state, "review-south-invited"),
        (5, 5, 5, Some(4), vec![vec![0, 4, 0], vec![0, 4, 0]])
    );
    room.lead_until("the end", |state| state.ended_at.is_some()).await;
    // The key came when the review was declared; terminals forget which slips were their own.
    let state = room.state();
    assert!(review(&state).slip_secret.is_some() && review(&state).slips_unfounded.is_empty());
    assert_eq!(review(&state).slips_spent.len(), 2);
    let forgotten = |view: &View| view.slips_left.is_none() && view.own_slips.is_empty();
    let seen = soon("forgotten slips", room.clients["i2"].until(forgotten)).await.unwrap();
    assert_eq!(seen.alarm, None);
    room.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_stops_in_a_review_goes_on_where_it_was() {
    let mut room = room_without(&[]).await;
    // In the middle of a report: the clock is that of the record.
    lead_to_stage(&room, "north", &OfficialStage::Reporting).await;
    room.give(Command::ExtendClock { seconds: 60 }).await;
    let before = review(&room.state()).clock.clone().unwrap();
    room.stop().await;
    room.open_again().await;
    connected(&room).await;
    room.give(Command::Note { text: "we are back".to_owned() }).await;
    let after = review(&room.state()).clock.clone().unwrap();
    assert_eq!((before.allotted_millis, after.runs()), (540_000, true));
    assert_eq!(before, after, "a clock that runs while the hub is down has run");

    // With slips that were taken, and perhaps not published yet: none is lost, none comes twice.
    lead_to_stage(&room, "north", &OfficialStage::Questioning).await;
    for id in ["i1", "i2", "m5"] {
        let writer = room.clients[id].clone();
        soon("slips", writer.until(|view| view.slips_left == Some(2))).await.unwrap();
        soon("a slip", writer.slip(asks(&format!("by {id}")))).await.unwrap();
    }
    room.stop().await;
    // Written while nobody listens: sent when somebody does.
    let writer = room.clients["i3"].clone();
    let writing = tokio::spawn(async move { writer.slip(asks("by i3")).await });
    soon("a written slip", room.clients["i3"].until(|view| view.slips_left == Some(1))).await.unwrap();
    room.open_again().await;
    connected(&room).await;
    soon("the slip", writing).await.unwrap().unwrap();
    until_slips(&room, &["by i1", "by i2", "by i3", "by m5"]).await;
    room.stop().await;
    room.open_again().await;
    connected(&room).await;
    until_slips(&room, &["by i1", "by i2", "by i3", "by m5"]).await;
    let left = Some(plenum::meeting::Left::Declined { reason: "no time".to_owned() });
    room.give(Command::EndQuestions { item: item(), left }).await;
    assert!(review(&room.state()).questions.iter().all(|one| matches!(one.standing, Standing::Ended(_))));

    // In the middle of the vote of both groups.
    room.lead_to(RoundPhase::Voting).await;
    vote(&room, &["m1", "m2", "i1"], [0, 1]).await;
    room.stop().await;
    room.open_again().await;
    connected(&room).await;
    vote(&room, &["m3", "i2", "i3"], [2, 1]).await;
    lead_to_stage(&room, "north", &OfficialStage::Declared).await;
    let state = room.state();
    assert_eq!(counts(&state, "review-north-member"), (5, 5, 5, Some(3), vec![vec![2, 0, 1], vec![0, 3, 0]]));
    assert_eq!(
        counts(&state, "review-north-invited"),
        (5, 5, 5, Some(3), vec![vec![1, 0, 2], vec![0, 3, 0]])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_stops_sends_what_was_written_when_it_is_back() {
    let mut room = room_without(&["i1"]).await;
    let home = tempfile::tempdir().unwrap();
    let code = room.stage.code(&person("i1")).unwrap();
    let enrolled: Enrolled = enrol(&room.stage.host(), code, &fresh_identity()).await.unwrap();
    let terminal = start(enrolled.clone(), Store::keep(home.path(), &enrolled).unwrap(), Pace::seeded(3, 20));
    soon("an order", terminal.order(Command::SignIn { seat: SeatId::from("i1") })).await.unwrap();
    room.until("i1 is here", |view| view.state.as_ref().unwrap().is_present(&"i1".into())).await;
    lead_to_stage(&room, "north", &OfficialStage::Questioning).await;
    soon("slips", terminal.until(|view| view.slips_left == Some(2))).await.unwrap();
    room.stop().await;
    let lost = |view: &View| matches!(view.link, Link::Lost { .. });
    soon("a lost connection", terminal.until(lost)).await.unwrap();
    let writer = terminal.clone();
    let writing = tokio::spawn(async move { writer.slip(asks("written before the crash")).await });
    soon("a written slip", terminal.until(|view| view.slips_left == Some(1))).await.unwrap();
    writing.abort();
    let _ = writing.await;
    drop(terminal);
    let (_, store) = found_again(home.path(), &enrolled.hub).await;
    room.open_again().await;
    soon("the console", room.console.until(|view| view.link == Link::Connected)).await.unwrap();
    let terminal = start(enrolled, store, Pace::seeded(4, 20));
    until_slips(&room, &["written before the crash"]).await;
    soon("one slip left", terminal.until(|view| view.slips_left == Some(1))).await.unwrap();
    let second = terminal.slip(gives("zeal"));
    soon("a slip", second).await.unwrap();
    until_slips(&room, &["written before the crash", "zeal"]).await;
}
