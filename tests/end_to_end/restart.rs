//! The hub stops and starts, or its disk fills: nothing acknowledged is lost or doubled, and everybody goes on.

use std::process::Command as Process;
use std::time::Duration;

use plenum::client::connect::{ConnectFault, enrol, fresh_identity};
use plenum::client::{AskError, Link, Paper, TurnedAway, View};
use plenum::hub::{Hub, StartFault};
use plenum::journal::JournalFault;
use plenum::meeting::{Command, RoundPhase, SeatId, Step, next_step};
use plenum::plan::SessionFolder;
use plenum::rules::Choice;

use super::room::{MEMBERS, Room, ballot, person, soon};

fn is_lost(view: &View) -> bool {
    matches!(view.link, Link::Lost { .. })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_stops_in_mid_vote_goes_on_where_it_was() {
    let mut room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    room.vote("m1", [Choice::Agree, Choice::Agree]).await;
    room.vote("m2", [Choice::Agree, Choice::Disagree]).await;
    let (before, lines) = (room.console.view().chain.clone(), room.lines());
    room.stop().await;
    for client in room.clients.values().chain([&room.console]) {
        soon("a lost connection", client.until(is_lost)).await.unwrap();
    }
    // A ballot is given while nobody listens; an order is not, and says so.
    let voter = room.clients["m3"].clone();
    let casting = tokio::spawn(async move { voter.cast(vec![Choice::Disagree, Choice::Abstain]).await });
    soon("a kept ballot", room.clients["m3"].until(|view| view.paper == Paper::Casting)).await.unwrap();
    let note = Command::Note { text: "lost".to_owned() };
    assert_eq!(soon("an order", room.console.order(note)).await, Err(AskError::NotConnected));
    assert_eq!(room.lines(), lines);

    room.open_again().await;
    soon("the ballot", casting).await.unwrap().unwrap();
    for client in room.clients.values().chain([&room.console]) {
        soon("the connection", client.until(|view| view.link == Link::Connected)).await.unwrap();
    }
    assert_eq!(room.console.view().chain, before, "the record is as it was");
    for id in ["m1", "m2", "m3"] {
        let paper = room.clients[id].view().paper.clone();
        assert!(matches!(paper, Paper::Returned { .. }), "{id}: {paper:?}");
    }
    room.vote("m4", [Choice::Agree, Choice::Agree]).await;

    // Once more, while the box is being opened.
    room.lead_to(RoundPhase::Sealed).await;
    room.stop().await;
    room.open_again().await;
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!((round.issued(), round.returned()), (5, Some(4)));
    assert_eq!(round.count.as_ref().unwrap().sums(), [[3, 1, 0], [2, 1, 1]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_stops_at_every_phase_goes_on() {
    let mut room = Room::with(&MEMBERS).await;
    for phase in [RoundPhase::Registering, RoundPhase::Confirming, RoundPhase::Voting, RoundPhase::Counted] {
        let waits = |state: &plenum::meeting::State| {
            state.current_round().is_some_and(|(_, round)| round.phase >= phase)
        };
        room.lead_until(&format!("{phase:?}"), waits).await;
        room.stop().await;
        room.open_again().await;
        if phase == RoundPhase::Voting {
            for id in MEMBERS {
                room.vote(id, [Choice::Agree, Choice::Disagree]).await;
            }
        }
    }
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!((round.issue.round, round.returned()), (1, Some(5)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_that_came_too_late_is_answered_and_does_not_block_the_next_round() {
    let mut room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    let voter = room.open_paper("m3").await;
    room.stop().await;
    soon("a lost connection", voter.until(is_lost)).await.unwrap();
    let casting = tokio::spawn({
        let voter = voter.clone();
        async move { voter.cast(vec![Choice::Agree, Choice::Agree]).await }
    });
    soon("a kept ballot", voter.until(|view| view.paper == Paper::Casting)).await.unwrap();
    // The terminal is out of reach until the round is void: here, because its hub runs on another port meanwhile.
    let elsewhere = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = elsewhere.local_addr().unwrap().to_string();
    let mut hub = Hub::open(&SessionFolder::new(&room.dir), true).unwrap();
    let code = hub.code_for(&plenum::meeting::Actor::Display(2)).unwrap();
    drop(code);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(plenum::hub::run(hub, elsewhere, async move {
        let _ = stopped.await;
    }));
    void_the_round(&room, &address).await;
    stop.send(()).unwrap();
    running.await.unwrap();
    room.open_again().await;
    let answer = soon("an answer", casting).await.unwrap();
    assert!(matches!(answer, Err(AskError::Fault(_))), "{answer:?}");
    room.lead_until("the second vote", |state| {
        state.current_round().is_some_and(|(_, round)| round.phase == RoundPhase::Voting)
    })
    .await;
    room.vote("m3", [Choice::Disagree, Choice::Disagree]).await;
    let state = room.finish().await;
    let (_, round) = state.round(&"posts-r2".into()).unwrap();
    assert_eq!(round.count.as_ref().unwrap().sums(), [[0, 1, 0], [0, 1, 0]]);
}

/// The console's own key, by hand at another address: the presiding officer voids the round.
async fn void_the_round(room: &Room, address: &str) {
    use super::room::ByHand;
    use plenum::wire::Answer;
    let mut console = room.console_enrolled.clone();
    address.clone_into(&mut console.hub);
    let mut hand = ByHand::connect(console).await;
    let answer =
        hand.order(&Command::NewRound { ballot: ballot(), reason: "a terminal is lost".to_owned() }).await;
    assert!(matches!(answer, Answer::Done { line: Some(_), .. }), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_hub_on_the_same_folder_is_refused() {
    let room = Room::new().await;
    match Hub::open(&SessionFolder::new(&room.dir), true).map(|_| ()) {
        Err(StartFault::Journal(JournalFault::InUse { .. })) => {}
        other => panic!("{other:?}"),
    }
    room.give(Command::Note { text: "undisturbed".to_owned() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_starts_over_a_first_line_that_was_torn_and_mends_a_last_one() {
    let mut room = Room::with(&["m1"]).await;
    let lines = room.lines();
    room.stop().await;
    let path = room.dir.join("journal.jsonl");
    let mut torn = std::fs::read(&path).unwrap();
    torn.extend_from_slice(lines[1].get(..40).unwrap().as_bytes());
    std::fs::write(&path, &torn).unwrap();
    let hub = Hub::open(&SessionFolder::new(&room.dir), true).unwrap();
    let repair = hub.started().repair.clone().unwrap();
    assert_eq!((repair.line, repair.bytes), (lines.len() as u64 + 1, 40));
    drop(hub);
    assert_eq!(room.lines(), lines);
    // kill -9 in the very first write: nothing was ever acknowledged, and the meeting begins.
    std::fs::write(&path, &lines[0][..100]).unwrap();
    let hub = Hub::open(&SessionFolder::new(&room.dir), true).unwrap();
    assert!(!hub.started().resumed);
}

// ---- a disk that is full --------------------------------------------------------------------------------------------

/// A file may grow to so many bytes, or without end: the limit of this very process.
#[cfg(target_os = "linux")]
fn limit_files(bytes: Option<u64>) {
    let limit = bytes.map_or("unlimited".to_owned(), |bytes| format!("{bytes}:unlimited"));
    let done = Process::new("prlimit")
        .args(["--pid", &std::process::id().to_string(), &format!("--fsize={limit}")])
        .status()
        .unwrap();
    assert!(done.success());
}

/// Set in the process in which a write beyond the limit fails and kills nobody.
#[cfg(target_os = "linux")]
const FULL_DISK: &str = "PLENUM_TEST_FULL_DISK";

/// Runs [`on_a_full_disk`] in a process of its own, as it limits the files of the whole process: this test, started by
/// itself.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_loses_nothing_and_the_meeting_goes_on() {
    if std::env::var_os(FULL_DISK).is_some() {
        return tokio::runtime::Runtime::new().unwrap().block_on(on_a_full_disk());
    }
    let exe = std::env::current_exe().unwrap();
    let script = r#"trap '' XFSZ; exec "$0" --exact "$1" --nocapture"#;
    let this = "restart::a_full_disk_loses_nothing_and_the_meeting_goes_on";
    let output =
        Process::new("sh").args(["-c", script]).arg(exe).arg(this).env(FULL_DISK, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[cfg(target_os = "linux")]
async fn on_a_full_disk() {
    let mut room = Room::with(&MEMBERS).await;
    room.give(Command::OpenMeeting).await;
    let (lines, chain) = (room.lines(), room.console.view().chain.clone());
    let full = |length: u64| limit_files(Some(length + 100));
    let length = || std::fs::metadata(room.dir.join("journal.jsonl")).unwrap().len();

    full(length());
    let note = || Command::Note { text: "is there room?".to_owned() };
    for _ in 0..3 {
        let answer = room.try_give(note()).await;
        assert!(matches!(answer, Err(AskError::Disk(_))), "{answer:?}");
        assert_eq!(room.lines(), lines, "what was half written is cut off");
    }
    room.until("trouble on every screen", |view| view.live.disk_trouble.is_some()).await;
    // The hub has looked again by then, more than once: it is still said while nobody asks for anything.
    let over = room.console.until(|view| view.live.disk_trouble.is_none());
    assert!(tokio::time::timeout(Duration::from_secs(3), over).await.is_err(), "nothing was mended");
    let seat = SeatId::from("m5");
    let answer = soon("an order", room.clients["m5"].order(Command::SignOut { seat })).await;
    assert!(matches!(answer, Err(AskError::Disk(_))), "{answer:?}");
    let code = room.stage.code(&person("a1")).unwrap();
    let enrolment = enrol(&room.stage.host(), code, &fresh_identity()).await.map(|_| ());
    assert!(matches!(enrolment, Err(ConnectFault::TurnedAway(TurnedAway::Disk))), "{enrolment:?}");
    assert_eq!(room.console.view().chain, chain, "nothing of it was published");

    limit_files(None);
    room.until("the trouble is over, without anybody's doing", |view| view.live.disk_trouble.is_none()).await;
    room.give(note()).await;
    assert_eq!(room.lines().len(), lines.len() + 1);
    // The code is as good as before.
    room.by_hand("a1").await;

    // In the middle of a round: what the hub and the terminals do by rule is done when there is room again.
    room.lead_until("the heads are counted", |state| matches!(next_step(state), Some(Step::OpenIssue(_))))
        .await;
    room.give(Command::OpenIssue { item: "posts".into() }).await;
    full(length());
    room.until("trouble", |view| view.live.disk_trouble.is_some()).await;
    limit_files(None);
    room.lead_to(RoundPhase::Voting).await;
    for id in MEMBERS {
        room.vote(id, [Choice::Agree, Choice::Agree]).await;
    }
    full(length());
    let close = Command::CloseVoting { ballot: ballot() };
    let answer = room.try_give(close).await;
    assert!(matches!(answer, Err(AskError::Disk(_))), "{answer:?}");
    room.stop().await;
    limit_files(None);
    room.open_again().await;
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!((round.issue.round, round.returned()), (1, Some(5)));
}
