//! An exam on real sockets: terminals are killed, replaced and cut off in the middle, and no answer is lost; nothing of bank or
//! sheets stands in the record before the end; the archive is marked again.

use std::path::Path;

use plenum::client::connect::{enrol, fresh_identity};
use plenum::client::store::Store;
use plenum::client::{Alarm, Answered, AskError, Client, OwnExam, Pace, View, start};
use plenum::meeting::{Actor, AnswerSheet, Command, ExamPhase, ExamState, ItemId, Refusal, SeatId, State};
use plenum::plan::SessionFolder;
use plenum::plan::scaffold::Template;
use plenum::wire::{Answer, ToHub, WrongAnswer};
use plenum::words::Lang;

use super::room::{Room, found_again, person, soon};
use super::standby::{Second, die};

/// The questions of every paper of the template: so many are drawn.
const QUESTIONS: usize = 28;

fn item() -> ItemId {
    ItemId::from("exam")
}

fn write(dir: &Path) {
    Template::Exam.write(Lang::En, &SessionFolder::new(dir)).unwrap();
}

fn write_alone(dir: &Path) {
    write(dir);
    let plan = dir.join("plan.toml");
    let text = std::fs::read_to_string(&plan).unwrap();
    std::fs::write(&plan, text.replace("declare = \"by_name\"", "declare = \"alone\"")).unwrap();
}

fn exam(state: &State) -> Option<&ExamState> {
    state.exam(&item()).map(|(_, exam)| exam)
}

async fn room(write: impl Fn(&Path)) -> Room {
    let room = Room::of(write).await;
    room.give(Command::OpenMeeting).await;
    room.give(Command::OpenItem { item: item() }).await;
    room
}

async fn take_place(client: &Client) {
    let here = |view: &View| view.state.as_ref().is_some_and(|state| exam(state).is_some());
    soon("the exam", client.until(here)).await.unwrap();
    soon("a place", client.take_place(item())).await.unwrap();
}

/// The own exam, once it is as wanted.
async fn own(client: &Client, what: &str, enough: impl Fn(&OwnExam) -> bool) -> OwnExam {
    let wanted = |view: &View| view.exam.as_deref().is_some_and(&enough);
    let view = soon(what, client.until(wanted)).await.unwrap();
    (**view.exam.as_ref().unwrap()).clone()
}

async fn paper(client: &Client) -> OwnExam {
    own(client, "a paper", |own| own.paper.is_some()).await
}

/// Answers the first so many questions, each with its first option.
async fn answer(client: &Client, version: u64, count: usize) -> Vec<String> {
    let own = paper(client).await;
    let answers: Vec<String> =
        (0..own.answers.len()).map(|place| if place < count { "A" } else { "" }.to_owned()).collect();
    let flagged = (0..answers.len()).map(|place| place == 1).collect();
    client.answer(Answered { item: item(), version, answers: answers.clone(), flagged }).await;
    answers
}

async fn phase(room: &Room, wanted: ExamPhase) {
    let there = |view: &View| view.state.as_deref().and_then(exam).is_some_and(|exam| exam.phase >= wanted);
    room.until(&format!("{wanted:?}"), there).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_that_is_killed_comes_back_with_all_answers() {
    let mut room = room(write).await;
    let home = tempfile::tempdir().unwrap();
    let code = room.stage.code(&person("lindley")).unwrap();
    let enrolled = enrol(&room.stage.host(), code, &fresh_identity()).await.unwrap();
    let store = Store::keep(home.path(), &enrolled).unwrap();
    let lindley = room.sign_in("lindley", start(enrolled, store, Pace::seeded(1, 5))).await;
    let gower = room.join("gower").await;
    let weir = room.join("weir").await;
    for client in [&lindley, &gower, &weir] {
        take_place(client).await;
    }
    room.give(Command::BeginExam { item: item() }).await;
    let own_paper = paper(&lindley).await.paper.unwrap();
    assert_eq!(own_paper.questions.len(), QUESTIONS);
    assert_ne!(own_paper.hash(), paper(&gower).await.paper.unwrap().hash(), "each has a paper of its own");

    // Killed when the hub has the answers.
    let answers = answer(&lindley, 1, 12).await;
    own(&lindley, "the answers at the hub", |own| own.saved && own.answers == answers).await;
    drop(lindley);
    room.kill("lindley");
    let (enrolled, store) = found_again(home.path(), &room.stage.host()).await;
    let lindley = start(enrolled, store, Pace::seeded(2, 5));
    let back = own(&lindley, "the answers", |own| own.paper.is_some() && own.saved).await;
    assert_eq!((back.answers, back.paper.unwrap()), (answers, own_paper.clone()));
    assert_eq!(back.flagged.iter().filter(|flagged| **flagged).count(), 1, "what is marked for later, too");

    // Cut off: the hub is away, answers go on, and the terminal is killed before it is back.
    room.stop().await;
    let answers = self::answer(&lindley, u64::from(back.number) << 32, 20).await;
    own(&lindley, "kept here", |own| !own.saved && own.answers == answers).await;
    drop(lindley);
    let (enrolled, store) = found_again(home.path(), &room.stage.host()).await;
    room.open_again().await;
    let lindley = start(enrolled, store, Pace::seeded(3, 5));
    own(&lindley, "sent later", |own| own.saved && own.answers == answers).await;

    // Replaced: another machine, another key, the same answers.
    let gowers = self::answer(&gower, 1, 5).await;
    own(&gower, "the answers at the hub", |own| own.saved && own.answers == gowers).await;
    let line = room.console.order(Command::ReissueCode { who: person("gower") }).await.unwrap();
    let code = plenum::client::SeatCode::parse(&line.code.unwrap()).unwrap();
    let enrolled = enrol(&room.stage.host(), &code, &fresh_identity()).await.unwrap();
    let replaced = start(enrolled, Store::Memory(Default::default()), Pace::seeded(4, 5));
    let back = own(&replaced, "the answers", |own| own.paper.is_some() && own.saved).await;
    assert_eq!(back.answers, gowers);

    // Nothing of the bank, and no answer, is in the record so far.
    let record = room.lines().join("\n");
    assert!(own_paper.questions.iter().all(|question| !record.contains(&question.text)));
    assert!(exam(&room.state()).is_some_and(|exam| exam.bank.is_none() && exam.marked.is_empty()));

    soon("handing in", lindley.hand_in(item())).await.unwrap();
    soon("handing in", replaced.hand_in(item())).await.unwrap();
    let late = soon("handing in twice", replaced.hand_in(item())).await;
    assert!(late.is_err(), "{late:?}");
    // The third never saved anything; the presiding officer ends it, and all is marked at once.
    room.give(Command::EndExam { item: item() }).await;
    phase(&room, ExamPhase::Marked).await;
    let state = room.state();
    let marked = |id: &str| state.exam_result(&item(), &SeatId::from(id)).unwrap().marked.clone();
    assert_eq!(marked("lindley").sheet.unwrap().answers, answers);
    assert_eq!(marked("gower").sheet.unwrap().answers, gowers);
    assert_eq!((marked("weir").sheet, marked("weir").marks.total), (None, 0));
    for client in [&lindley, &replaced, &weir] {
        let view = client.view();
        assert!(!matches!(view.alarm, Some(Alarm::SheetDropped | Alarm::Record(_))), "{:?}", view.alarm);
    }
    let state = room.finish().await;
    assert_eq!(exam(&state).unwrap().figures.unwrap().sat, 3);
}

/// What was saved before a takeover is there after it, what was written meanwhile comes later, the clock goes on as it ran, and
/// everybody is marked once.
#[tokio::test(flavor = "multi_thread")]
async fn an_exam_goes_on_at_the_standby_with_every_answer() {
    let mut room = room(write).await;
    let mut second = Second::in_step(&room).await;
    let [lindley, gower, weir] =
        [room.join("lindley").await, room.join("gower").await, room.join("weir").await];
    for client in [&lindley, &gower, &weir] {
        take_place(client).await;
    }
    room.give(Command::BeginExam { item: item() }).await;
    let own_paper = paper(&lindley).await.paper.unwrap();
    let clock = exam(&room.state()).unwrap().clock.clone();
    assert!(clock.is_some());
    let first = answer(&lindley, 1, 12).await;
    own(&lindley, "the answers at the hub", |own| own.saved && own.answers == first).await;
    let gowers = answer(&gower, 1, 5).await;
    own(&gower, "the answers at the hub", |own| own.saved && own.answers == gowers).await;

    die(&mut room).await;
    let lost = |view: &View| matches!(view.link, plenum::client::Link::Lost { .. });
    soon("a lost connection", lindley.until(lost)).await.unwrap();
    let number = lindley.view().exam.as_ref().unwrap().number;
    let later = answer(&lindley, u64::from(number) << 32, 20).await;
    own(&lindley, "kept here", |own| !own.saved && own.answers == later).await;
    second.take_over(&mut room, None).await;

    // Hers are sent, his are there; the clock was not touched, and the paper is the same.
    let back = own(&lindley, "sent later", |own| own.saved && own.answers == later).await;
    assert_eq!(back.paper.unwrap(), own_paper);
    own(&gower, "still saved", |own| own.saved && own.answers == gowers).await;
    let state = room.state();
    assert_eq!((state.epoch(), &exam(&state).unwrap().clock), (1, &clock));
    assert!(exam(&state).is_some_and(|exam| exam.bank.is_none() && exam.marked.is_empty()));
    // A machine that was never connected to the first hub gets from the second what the first had acknowledged.
    let line = room.console.order(Command::ReissueCode { who: person("gower") }).await.unwrap();
    let code = plenum::client::SeatCode::parse(&line.code.unwrap()).unwrap();
    let enrolled = enrol(&second.address(), &code, &fresh_identity()).await.unwrap();
    room.kill("gower");
    let gower = start(enrolled, Store::Memory(Default::default()), Pace::seeded(6, 5));
    let back = own(&gower, "the answers", |own| own.paper.is_some() && own.saved).await;
    assert_eq!(back.answers, gowers);
    room.take_seat("gower", gower.clone());
    // Who had not begun begins now.
    let weirs = answer(&weir, 1, 3).await;
    own(&weir, "the answers at the standby", |own| own.saved && own.answers == weirs).await;

    soon("handing in", lindley.hand_in(item())).await.unwrap();
    soon("handing in", gower.hand_in(item())).await.unwrap();
    room.give(Command::EndExam { item: item() }).await;
    phase(&room, ExamPhase::Marked).await;
    let state = room.state();
    let marked = |id: &str| state.exam_result(&item(), &SeatId::from(id)).unwrap().marked.clone();
    for (id, answers) in [("lindley", later), ("gower", gowers), ("weir", weirs)] {
        assert_eq!(marked(id).sheet.unwrap().answers, answers, "{id}");
    }
    let opened = room.lines().iter().filter(|line| line.contains("\"kind\":\"open_sheet\"")).count();
    assert_eq!(opened, 3, "each sheet is opened and marked once");
    let state = room.finish().await;
    assert_eq!(exam(&state).unwrap().figures.unwrap().sat, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hub_takes_only_the_own_sheet_in_time_and_hands_out_only_the_own_paper() {
    let room = room(write).await;
    let mut hand = room.by_hand("lindley").await;
    let mut other = room.by_hand("chief").await;
    let ask = |ask| ToHub::ExamPaper { ask, item: item() };
    let answer = hand.ask(ask).await;
    assert!(matches!(answer, Answer::Refused(Refusal::NotSeated)), "{answer:?}");
    let lot = "ab".repeat(32);
    hand.order(&Command::TakePlace { item: item(), lot }).await;
    // Before it begins nobody has a paper.
    let answer = hand.ask(ask).await;
    assert!(matches!(answer, Answer::Wrong(WrongAnswer::NotOpen)), "{answer:?}");
    room.give(Command::BeginExam { item: item() }).await;
    let Answer::ExamPaper { paper, sheet: None } = hand.ask(ask).await else { panic!("no paper") };
    let answer = other.ask(ask).await;
    assert!(matches!(answer, Answer::Refused(Refusal::NotSeated)), "{answer:?}");

    let seat = SeatId::from("lindley");
    let (session, identity) = (hand.enrolled.session.clone(), hand.enrolled.identity.clone());
    let exam_item = item();
    let signed = |number: u32, letter: &str| {
        let answers = vec![letter.to_owned(); paper.questions.len()];
        AnswerSheet::sign(&identity, (&session, &exam_item, &seat), number, &paper, answers, "cd".repeat(16))
    };
    let save = |sheet: AnswerSheet| move |ask| ToHub::ExamSheet { ask, item: item(), sheet: Box::new(sheet) };
    let mut forged = signed(1, "A");
    forged.answers = vec!["B".to_owned(); paper.questions.len()];
    for sheet in [forged, signed(1, "H"), signed(1, "BA")] {
        let answer = hand.ask(save(sheet)).await;
        assert!(matches!(answer, Answer::Refused(Refusal::OtherSheet)), "{answer:?}");
    }
    assert!(matches!(hand.ask(save(signed(2, "A"))).await, Answer::Done { .. }));
    assert!(matches!(hand.ask(save(signed(2, "A"))).await, Answer::Done { .. }), "the same again");
    let answer = hand.ask(save(signed(1, "B"))).await;
    assert!(matches!(answer, Answer::Wrong(WrongAnswer::OlderSheet)), "{answer:?}");
    let answer = other.ask(save(signed(3, "A"))).await;
    assert!(matches!(answer, Answer::Refused(Refusal::NotSeated)), "{answer:?}");
    // What is handed in is what the hub has.
    let place = (&session, &exam_item, &seat);
    let never = signed(3, "B").seal(place);
    let answer = hand.order(&Command::HandIn { item: item(), number: 3, sheet: never }).await;
    assert!(matches!(answer, Answer::Refused(Refusal::OtherSheet)), "{answer:?}");
    let kept = signed(2, "A").seal(place);
    let answer = hand.order(&Command::HandIn { item: item(), number: 2, sheet: kept }).await;
    assert!(matches!(answer, Answer::Done { line: Some(_), .. }), "{answer:?}");
    let answer = hand.ask(save(signed(3, "B"))).await;
    assert!(
        matches!(answer, Answer::Refused(Refusal::HandedInAlready | Refusal::ExamOver)),
        "nothing is taken any more: {answer:?}"
    );
    // All have handed in: it has ended by itself, and is marked.
    phase(&room, ExamPhase::Marked).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn results_declared_alone_reach_their_candidate_and_the_console() {
    let mut room = room(write_alone).await;
    let (lindley, gower) = (room.join("lindley").await, room.join("gower").await);
    let display = room.stage.join(&Actor::Display(1), Pace::seeded(9, 5)).await.unwrap();
    for client in [&lindley, &gower] {
        take_place(client).await;
    }
    room.give(Command::BeginExam { item: item() }).await;
    for client in [&lindley, &gower] {
        answer(client, 1, 9).await;
        soon("handing in", client.hand_in(item())).await.unwrap();
    }
    phase(&room, ExamPhase::Marked).await;
    room.give(Command::Declare { item: item() }).await;
    let seen = |state: &State| -> Vec<String> {
        exam(state).map_or_else(Vec::new, |exam| exam.marked.keys().map(ToString::to_string).collect())
    };
    let line = room.state().line;
    let caught_up = |view: &View| view.state.as_ref().is_some_and(|state| state.line >= line);
    for (client, sees) in [
        (&room.console, vec!["gower", "lindley"]),
        (&lindley, vec!["lindley"]),
        (&gower, vec!["gower"]),
        (&display, vec![]),
    ] {
        let view = soon("the results", client.until(caught_up)).await.unwrap();
        let state = view.state.as_ref().unwrap();
        assert_eq!(seen(state), sees);
        assert_eq!(exam(state).unwrap().figures.unwrap().sat, 2);
        assert_eq!(view.alarm, None);
    }
    room.finish().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_without_a_connection_says_so() {
    let mut room = room(write).await;
    let lindley = room.join("lindley").await;
    take_place(&lindley).await;
    room.stop().await;
    let lost = |view: &View| matches!(view.link, plenum::client::Link::Lost { .. });
    soon("a lost connection", lindley.until(lost)).await.unwrap();
    assert_eq!(soon("a place", lindley.take_place(item())).await, Err(AskError::NotConnected));
    assert_eq!(soon("handing in", lindley.hand_in(item())).await, Err(AskError::NotConnected));
}
