//! A meeting whose electronic vote cannot go on is finished on paper: with the scrutineers' terminals, and with none at all.

use std::fs;
use std::sync::Arc;

use plenum::archive::verify::{Report, What, verify};
use plenum::archive::{MINUTES_MD, RESULTS_CSV};
use plenum::client::{AskError, Pace, View};
use plenum::hub::End;
use plenum::meeting::{
    BallotId, Command, CountFigure, CountMistake, ItemId, LineId, PaperCount, Refusal, RoundPhase, SeatId,
    Sheet, Stage, State, Step, VoidReason, next_step, result_hash,
};
use plenum::rules::Choice;
use plenum::words::{self, Lang};

use super::room::{MEMBERS, Room, ballot, soon, write_console_plan, write_election, write_list};

fn second() -> BallotId {
    BallotId::from("posts-r2")
}

fn count(marks: [[u32; 3]; 2], spoilt: u32) -> Box<PaperCount> {
    let marks = marks.iter().map(|row| row.to_vec()).collect();
    Box::new(PaperCount { issued: 5, cancelled: 0, returned: 5, marks, spoilt: vec![spoilt; 2] })
}

async fn enter(room: &Room, id: &str, count: &PaperCount) {
    let command = Command::EnterCount { ballot: second(), count: Box::new(count.clone()) };
    let line = soon("a count", room.clients[id].order(command)).await.unwrap().line.unwrap();
    room.until("the count", |view| view.chain.number >= line).await;
}

/// To the sealed archive, which stays to be looked at.
async fn finish(room: &mut Room) -> Arc<State> {
    room.lead_until("the end", |state| state.ended_at.is_some()).await;
    let state = room.state();
    room.seal().await;
    assert_eq!(soon("the hub's end", room.hub.take().unwrap()).await.unwrap(), End::Sealed);
    state
}

fn by_paper(report: &Report) -> String {
    let found = report.checks.iter().find(|check| matches!(check.what, What::ByPaper { .. }));
    words::archive::check(Lang::En, &found.unwrap().what)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_that_cannot_go_on_is_finished_on_paper_at_the_scrutineers_terminals() {
    let mut room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    for id in ["m1", "m4"] {
        room.vote(id, [Choice::Agree, Choice::Agree]).await;
    }
    // The network is away; two ballots lie in a box that is never opened.
    room.give(Command::OpenPaperVote { item: ItemId::from("posts") }).await;
    let papers = room.dir.join("paper/posts-r2");
    let printed = fs::read_to_string(papers.join("ballots.txt")).unwrap();
    assert_eq!(printed.matches("Nora North").count(), 5, "one for everybody present");
    assert!(papers.join("tally.html").is_file());
    let state = room.state();
    assert_eq!(state.round(&ballot()).unwrap().1.void, Some(VoidReason::ByPaper));
    // Who has no duty, counts nothing; what does not add up, is not entered.
    let right = count([[3, 1, 0], [2, 2, 0]], 1);
    let refused = |result: Result<plenum::client::Done, AskError>| match result {
        Err(AskError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let entry = |count: &PaperCount| Command::EnterCount { ballot: second(), count: Box::new(count.clone()) };
    let by_m5 = soon("a count", room.clients["m5"].order(entry(&right))).await;
    assert!(matches!(refused(by_m5), Refusal::NoRight { .. }));
    let wrong = soon("a count", room.clients["m2"].order(entry(&count([[3, 1, 0], [2, 2, 0]], 0)))).await;
    assert!(matches!(refused(wrong), Refusal::CountWrong { .. }));
    enter(&room, "m2", &right).await;
    enter(&room, "m3", &count([[3, 1, 0], [1, 3, 0]], 1)).await;
    let state = room.state();
    let vote = state.round(&second()).unwrap().1.by_paper.clone().unwrap();
    assert!(vote.entered.is_empty(), "both count again");
    let south = LineId::from("south");
    let differs = [0, 1].map(|answer| CountFigure::Mark { line: south.clone(), answer });
    assert_eq!(vote.differed[0].figures, differs);
    enter(&room, "m3", &right).await;
    enter(&room, "m2", &right).await;
    let dir = room.dir.clone();
    let state = finish(&mut room).await;
    let (item, round) = state.round(&second()).unwrap();
    assert_eq!((item.stage, round.issued(), round.returned()), (Stage::Declared, 5, Some(5)));
    let counted = round.count.as_ref().unwrap();
    assert_eq!(counted.sums(), [[3, 1, 0], [2, 2, 0]]);
    assert_eq!(counted.outcomes.iter().map(|line| line.carried).collect::<Vec<_>>(), [true, false]);
    assert!(round.sheet.values().all(|sheet| *sheet == Sheet::Signed), "with their own keys");
    assert!(!dir.join("ballots/posts.bel").exists(), "the void box was never fixed, and is in no archive");
    let report = verify(&dir);
    assert!(report.holds(), "{:?}", report.faults);
    let said = by_paper(&report);
    assert!(said.contains("BY PAPER, not provable by cryptography"), "{said}");
    assert!(said.contains("entered and signed by Ben Counting"), "{said}");
    assert!(said.contains("counts that differed before: 1"), "{said}");
    let minutes = fs::read_to_string(dir.join(MINUTES_MD)).unwrap();
    assert!(minutes.contains("By paper, counted by hand"), "{minutes}");
    let table = fs::read_to_string(dir.join(RESULTS_CSV)).unwrap();
    let north = table.lines().find(|line| line.contains("Nora North")).unwrap();
    assert!(north.ends_with("carried,yes,1"), "{north}");
}

/// The key cannot be made, nobody has a terminal, and the hub is started again in the middle: the console alone holds the
/// meeting, and says so wherever a scrutineer's key is missing.
#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_without_any_terminal_is_held_at_the_console() {
    let mut room = Room::new().await;
    for id in MEMBERS {
        room.give(Command::SignIn { seat: SeatId::from(id) }).await;
    }
    room.lead_until("the key", |state| matches!(next_step(state), Some(Step::MakeKey))).await;
    let item = ItemId::from("posts");
    assert!(matches!(room.try_give(Command::MakeKey).await, Err(AskError::Refused(_))));
    room.give(Command::OpenItem { item: item.clone() }).await;
    room.lead_until("the ballot", |state| {
        state.current_item().is_some_and(|item| item.stage == Stage::Deliberated)
    })
    .await;
    room.give(Command::OpenPaperVote { item: item.clone() }).await;
    let papers = room.dir.join("paper/posts");
    let printed = fs::read(papers.join("ballots.html")).unwrap();
    room.stop().await;
    fs::remove_dir_all(room.dir.join("paper")).unwrap();
    room.open_again().await;
    room.give(Command::Note { text: "the console was started again".to_owned() }).await;
    assert_eq!(fs::read(papers.join("ballots.html")).unwrap(), printed, "written again, the same");
    let right = count([[5, 0, 0], [1, 1, 3]], 0);
    for id in ["m2", "m3"] {
        let (ballot, count) = (ballot(), right.clone());
        room.give(Command::EnterCountFor { ballot, scrutineer: SeatId::from(id), count }).await;
    }
    let unsigned = room.try_give(Command::Declare { item: item.clone() }).await;
    assert!(matches!(unsigned, Err(AskError::Refused(Refusal::SheetNotSigned { answered: 0, .. }))));
    for (id, refused) in [("m2", None), ("m3", Some("my eyes are bad".to_owned()))] {
        let result = result_hash(room.state().rounds_on_floor());
        let (ballot, scrutineer) = (ballot(), SeatId::from(id));
        room.give(Command::RecordSheet { ballot, scrutineer, result, refused }).await;
    }
    assert_eq!(room.state().keys.len(), 1, "the console's key is the only one");
    // The network is back when all is decided: one terminal is enough to witness how the record ends. Without any, `verify`
    // says that nothing but the word of one machine stands behind it.
    let m5 = SeatId::from("m5");
    let late = room.stage.seat(&m5, Pace::seeded(7, 20)).await.unwrap();
    soon("the record", late.until(|view| view.state.is_some())).await.unwrap();
    let dir = room.dir.clone();
    room.lead_until("the end", |state| state.ended_at.is_some()).await;
    let witnessed = |view: &View| view.seal.as_ref().is_some_and(|seal| seal.witnesses >= Some(2));
    room.until("a witness", witnessed).await;
    let state = finish(&mut room).await;
    assert!(state.key.is_none());
    let round = state.round(&ballot()).unwrap().1;
    assert_eq!(round.count.as_ref().unwrap().sums(), [[5, 0, 0], [1, 1, 3]]);
    let report = verify(&dir);
    assert!(report.holds(), "{:?}", report.faults);
    let said = by_paper(&report);
    let named =
        "entered at the console for Ben Counting and Cleo Counting; their signatures are on the paper sheet";
    assert!(said.contains(named), "{said}");
    let sheet = report.checks.iter().find(|check| matches!(check.what, What::Sheet { .. })).unwrap();
    let said = words::archive::check(Lang::En, &sheet.what);
    assert!(said.contains("Ben Counting signed on paper, as the console recorded"), "{said}");
    assert!(said.contains("Cleo Counting refused to sign on paper"), "{said}");
    // What was printed is part of the archive: another paper than the record asks for is found.
    let path = dir.join("paper/posts/ballots.txt");
    fs::write(&path, "another paper\n").unwrap();
    assert!(!verify(&dir).holds());
}

/// A box that is being opened can be known to somebody: only where it cannot be opened any more does paper replace it.
#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_may_be_known_is_not_voted_away() {
    let room = Room::of(write_console_plan).await.seated(&MEMBERS).await;
    room.lead_until("a result", |state: &State| {
        matches!(next_step(state), Some(Step::SignResult(_) | Step::Declare(_)))
    })
    .await;
    let refused = room.try_give(Command::OpenPaperVote { item: ItemId::from("posts") }).await;
    assert!(matches!(refused, Err(AskError::Refused(Refusal::NotNow { .. }))), "{refused:?}");
    room.finish().await;
}

/// An election whose terminals fail: the round is counted by hand and ends in a tie; the further one is electronic again.
#[tokio::test(flavor = "multi_thread")]
async fn an_election_goes_on_by_paper_and_on_terminals_again() {
    let mut room = Room::of(write_election).await.seated(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    let item = ItemId::from("posts");
    room.give(Command::OpenPaperVote { item: item.clone() }).await;
    let printed = fs::read_to_string(room.dir.join("paper/posts-r2/ballots.txt")).unwrap();
    assert_eq!(printed.matches("Nora North").count(), 5, "one for everybody present");
    assert!(printed.contains("at most 1"), "{printed}");
    let count = |blank: u32, votes: [u32; 2]| PaperCount {
        issued: 5,
        cancelled: 0,
        returned: 5,
        marks: vec![[&[blank], &votes[..]].concat()],
        spoilt: vec![1],
    };
    let wrong = Command::EnterCount { ballot: second(), count: Box::new(count(0, [3, 2])) };
    let refused = soon("a count", room.clients["m2"].order(wrong)).await;
    let mistake = CountMistake::TooManyVotes { votes: 5, marked: 4, most: 1 };
    assert!(
        matches!(&refused, Err(AskError::Refused(Refusal::CountWrong { mistake: found })) if *found == mistake),
        "{refused:?}"
    );
    for id in ["m2", "m3"] {
        enter(&room, id, &count(0, [2, 2])).await;
    }
    let further = |state: &State| matches!(next_step(state), Some(Step::CallFurtherRound(_)));
    room.lead_until("the tie", further).await;
    room.lead_to(RoundPhase::Voting).await;
    for (id, choices) in [("m1", [1_usize, 0]), ("m4", [1, 0]), ("m5", [0, 1])] {
        let client = room.open_paper(id).await;
        soon("a ballot", client.cast(choices.to_vec())).await.unwrap();
    }
    let dir = room.dir.clone();
    let state = finish(&mut room).await;
    let election = state.item_state(&item).unwrap();
    let elected: Vec<(&str, u32)> =
        election.elected().into_iter().map(|elected| (elected.line.as_str(), elected.votes)).collect();
    assert_eq!(elected, [("north", 2)]);
    let phases: Vec<RoundPhase> = election.rounds.iter().map(|round| round.phase).collect();
    assert_eq!(phases, [RoundPhase::Void, RoundPhase::Counted, RoundPhase::Counted]);
    let report = verify(&dir);
    assert!(report.holds(), "{:?}", report.faults);
    let said = by_paper(&report);
    assert!(said.contains("BY PAPER, not provable by cryptography"), "{said}");
    let elections = report.checks.iter().filter(|check| matches!(check.what, What::Election { .. })).count();
    assert_eq!(elections, 4, "two candidates in each of the rounds that count");
    let table = fs::read_to_string(dir.join(RESULTS_CSV)).unwrap();
    let rows: Vec<&str> = table.lines().skip(1).collect();
    let ends: Vec<bool> = rows.iter().map(|row| row.ends_with("yes,1") || row.ends_with("no,")).collect();
    assert!(rows.len() == 4 && ends.iter().all(|ends| *ends), "{table}");
}

/// A list with exceptions, by paper from the start: each line is marked for itself, agreed to or excepted.
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_voted_on_line_by_line_by_paper() {
    let mut room = Room::of(write_list).await.seated(&MEMBERS).await;
    room.lead_until("the ballot", |state| {
        state.current_item().is_some_and(|item| item.stage == Stage::Deliberated)
    })
    .await;
    let item = ItemId::from("posts");
    room.give(Command::OpenPaperVote { item: item.clone() }).await;
    let printed = fs::read_to_string(room.dir.join("paper/posts/ballots.txt")).unwrap();
    assert_eq!(printed.matches("Saul South").count(), 5, "one for everybody present");
    assert_eq!(printed.matches("agree [").count(), 2 * 2 * 5, "two boxes a line, on each");
    let count = |lines: [[u32; 3]; 2]| {
        let marks = lines.iter().map(|[agree, except, _]| vec![*agree, *except]).collect();
        let spoilt = lines.iter().map(|[.., spoilt]| *spoilt).collect();
        Box::new(PaperCount { issued: 5, cancelled: 0, returned: 5, marks, spoilt })
    };
    let entry = |count| Command::EnterCount { ballot: ballot(), count };
    // A line on which a paper is missing is not taken.
    let refused = soon("a count", room.clients["m2"].order(entry(count([[4, 1, 0], [3, 0, 1]])))).await;
    assert!(
        matches!(refused, Err(AskError::Refused(Refusal::CountWrong { .. }))),
        "{refused:?}: south is on four papers"
    );
    for id in ["m2", "m3"] {
        let done = soon("a count", room.clients[id].order(entry(count([[4, 1, 0], [3, 1, 1]])))).await;
        let line = done.unwrap().line.unwrap();
        room.until("the count", |view| view.chain.number >= line).await;
    }
    let dir = room.dir.clone();
    let state = finish(&mut room).await;
    let elected = state.item_state(&item).unwrap().elected();
    let elected: Vec<(&str, u32)> =
        elected.into_iter().map(|elected| (elected.line.as_str(), elected.votes)).collect();
    assert_eq!(elected, [("north", 4), ("south", 3)]);
    let report = verify(&dir);
    assert!(report.holds(), "{:?}", report.faults);
    assert!(by_paper(&report).contains("BY PAPER, not provable by cryptography"));
    let minutes = fs::read_to_string(dir.join(MINUTES_MD)).unwrap();
    assert!(minutes.contains("By paper, counted by hand"), "{minutes}");
}
