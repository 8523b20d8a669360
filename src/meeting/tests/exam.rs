//! An exam: each refusal with its reason, what is drawn and marked, who sees which sheet, and any order of commands.

use jiff::SignedDuration;
use proptest::prelude::*;

use super::common::{OTHER_KEY, hex};
use crate::meeting::exam_paper::{grade, letters};
use crate::meeting::exam_sample::{ExamPoint as At, identity, lot};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, AdjournGround, Command, CommandKind, ExamFigures, ExamPhase, Happened, ItemId, LineFacts, Refusal,
    SeatId, Stage, Step, next_step,
};
use crate::plan::DeclareTo;
use crate::rules::ExamOutcome;
use crate::words::Lang;

fn sample(point: At) -> Sample {
    Sample::exam(Lang::En, DeclareTo::ByName).until_exam(point)
}

fn seat(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

fn item() -> ItemId {
    Sample::exam_item()
}

fn seal(sample: &Sample, id: &str, number: u32, right: usize) -> String {
    let (item, seat) = (item(), SeatId::from(id));
    sample.sheet(id, number, right).seal((sample.state.session(), &item, &seat))
}

#[test]
fn a_session_of_exams_needs_neither_quorum_nor_scrutineers() {
    let mut sample = Sample::exam(Lang::En, DeclareTo::ByName);
    assert_eq!(next_step(&sample.state), Some(Step::OpenMeeting));
    sample.console(Command::OpenMeeting);
    assert_eq!(next_step(&sample.state), Some(Step::OpenItem(item())));
    for (point, step) in [
        (At::Seating, Step::BeginExam(item())),
        (At::Running, Step::EndExam(item())),
        (At::Ended, Step::AwaitMarks(item())),
        (At::Marked, Step::Declare(item())),
        (At::Declared, Step::CloseMeeting),
    ] {
        assert_eq!(next_step(&self::sample(point).state), Some(step));
    }
}

#[test]
fn every_refusal_has_its_reason() {
    let not_now = |command: CommandKind| Refusal::NotNow { command };
    let take = |lot: String| Command::TakePlace { item: item(), lot };
    let hand_in = |number: u32, sheet: String| Command::HandIn { item: item(), number, sheet };
    let of = sample(At::Running);
    let other_bank = {
        let mut opened = of.opened_bank(Lang::En);
        opened.text = opened.text.replace(",B,", ",A,");
        opened
    };
    let sheet = |id: &str, number: u32, right: usize| Some(Box::new(of.sheet(id, number, right)));
    let open = |id: &str, sheet| Command::OpenSheet { item: item(), seat: SeatId::from(id), sheet };
    let figures = ExamFigures { sat: 3, passed: 3, deferred: 0, failed_again: 0 };
    let table = [
        (At::Seating, seat("boss"), take(lot("boss")), Refusal::NotACandidate),
        (At::Seating, seat("gu"), take("no lot".into()), Refusal::MalformedKey),
        (At::Ended, seat("wu"), take(lot("wu")), Refusal::ExamOver),
        (At::Running, Actor::Console, Command::BeginExam { item: item() }, not_now(CommandKind::BeginExam)),
        (At::Seating, Actor::Console, Command::EndExam { item: item() }, not_now(CommandKind::EndExam)),
        (At::Seating, seat("lin"), hand_in(1, hex(1)), not_now(CommandKind::HandIn)),
        (At::Running, seat("wu"), hand_in(1, hex(1)), Refusal::NotSeated),
        (At::Running, seat("boss"), hand_in(1, hex(1)), Refusal::NotACandidate),
        (At::Running, seat("he"), hand_in(0, hex(1)), Refusal::OtherSheet),
        (At::HandedIn, seat("lin"), hand_in(4, seal(&of, "lin", 4, 6)), Refusal::HandedInAlready),
        (At::Ended, seat("he"), hand_in(1, hex(1)), Refusal::ExamOver),
        (At::Running, Actor::Hub, Command::EndExam { item: item() }, Refusal::ExamRuns),
        (
            At::Running,
            seat("he"),
            Command::EndExam { item: item() },
            Refusal::NoRight { command: CommandKind::EndExam },
        ),
        (At::Running, Actor::Console, Command::Declare { item: item() }, not_now(CommandKind::Declare)),
        (
            At::Running,
            Actor::Console,
            Command::Adjourn { ground: AdjournGround::Decided { reason: "fire".into() } },
            Refusal::ExamRuns,
        ),
        (
            At::Running,
            Actor::Hub,
            Command::OpenBank { item: item(), opened: Box::new(of.opened_bank(Lang::En)) },
            not_now(CommandKind::OpenBank),
        ),
        (
            At::Ended,
            Actor::Hub,
            Command::OpenBank { item: item(), opened: Box::new(other_bank) },
            Refusal::OtherBank,
        ),
        (At::Ended, Actor::Hub, open("he", sheet("he", 1, 1)), not_now(CommandKind::OpenSheet)),
        (
            At::Ended,
            Actor::Hub,
            Command::FinishMarking { item: item(), figures },
            not_now(CommandKind::FinishMarking),
        ),
    ];
    for (point, actor, command, refusal) in table {
        let mut sample = sample(point);
        assert_eq!(sample.try_order(&actor, &command), Err(refusal), "{command:?} at {point:?}");
    }
    let mut nobody = sample(At::ToCome);
    nobody.console(Command::OpenItem { item: item() });
    let begin = Command::BeginExam { item: item() };
    assert_eq!(nobody.try_order(&Actor::Console, &begin), Err(Refusal::NobodySeated));
}

/// What is opened must be what was handed in, an answer to the seat's own paper, and signed by it.
#[test]
fn only_the_sheet_of_its_seat_is_opened() {
    let mut sample = sample(At::Ended);
    let opened = Box::new(sample.opened_bank(Lang::En));
    sample.order(&Actor::Hub, Command::OpenBank { item: item(), opened });
    let mut forged = sample.sheet("he", 2, 6);
    forged.answers = forged.answers.iter().map(|_| "A".to_owned()).collect();
    let mut too_many = sample.sheet("he", 2, 6);
    too_many.answers[0] = "AB".into();
    let (id, exam_item) = (SeatId::from("he"), item());
    too_many.signature = identity("he").sign(&too_many.text((sample.state.session(), &exam_item, &id)));
    for (id, sheet) in [
        ("lin", None),
        ("lin", Some(sample.sheet("lin", 3, 5))),
        ("lin", Some(sample.sheet("lin", 4, 6))),
        ("he", Some(sample.sheet("lin", 3, 6))),
        ("he", Some(forged)),
        ("he", Some(too_many)),
    ] {
        let command = Command::OpenSheet { item: item(), seat: SeatId::from(id), sheet: sheet.map(Box::new) };
        assert_eq!(sample.try_order(&Actor::Hub, &command), Err(Refusal::OtherSheet), "{command:?}");
    }
    let stranger = Command::OpenSheet { item: item(), seat: SeatId::from("wu"), sheet: None };
    assert_eq!(sample.try_order(&Actor::Hub, &stranger), Err(Refusal::NotSeated));
    let figures = ExamFigures { sat: 3, passed: 1, deferred: 1, failed_again: 1 };
    let finish = Command::FinishMarking { item: item(), figures };
    assert_eq!(sample.try_order(&Actor::Hub, &finish), Err(Refusal::NotAllMarked));
}

/// A sheet that was signed before its terminal was replaced still counts.
#[test]
fn a_replaced_terminal_loses_no_answers() {
    let mut sample = sample(At::Running);
    let sheet = sample.sheet("he", 5, 6);
    sample.console(Command::ReissueCode { who: seat("he") });
    sample.order(&Actor::Hub, Command::Enrol { who: seat("he"), key: OTHER_KEY.into() });
    sample.console(Command::EndExam { item: item() });
    let opened = Box::new(sample.opened_bank(Lang::En));
    sample.order(&Actor::Hub, Command::OpenBank { item: item(), opened });
    let command = Command::OpenSheet { item: item(), seat: SeatId::from("he"), sheet: Some(Box::new(sheet)) };
    sample.order(&Actor::Hub, command);
    let result = sample.state.exam_result(&item(), &SeatId::from("he")).unwrap();
    assert_eq!(result.outcome, ExamOutcome::Passed);
}

#[test]
fn marks_and_what_follows_are_by_the_plan() {
    let sample = sample(At::Declared);
    let result = |id: &str| {
        let result = sample.state.exam_result(&item(), &SeatId::from(id))?;
        Some((result.marked.marks.total, result.outcome))
    };
    let make_up_until = jiff::civil::date(2027, 5, 24);
    assert_eq!(result("lin"), Some((100, ExamOutcome::Passed)));
    assert_eq!(result("he"), Some((60, ExamOutcome::Deferred { make_up_until })));
    assert_eq!(result("gu"), Some((0, ExamOutcome::FailedAgain)));
    assert_eq!(result("wu"), None);
    let figures = sample.state.exam(&item()).unwrap().1.figures;
    assert_eq!(figures, Some(ExamFigures { sat: 3, passed: 1, deferred: 1, failed_again: 1 }));
}

/// An incomplete answer of several gets what the plan says, a wrong one nothing.
#[test]
fn incomplete_answers_get_their_part() {
    let sample = sample(At::Running);
    let drawn = sample.exam_paper("lin");
    let (plan, _) = sample.state.exam(&item()).unwrap();
    let several = drawn.right.iter().position(|right| right.len() == 3).unwrap();
    let mut answers = vec![String::new(); drawn.right.len()];
    answers[several] = letters(&drawn.right[several][..2]);
    assert_eq!(grade(plan, &drawn, &answers).total, 5);
    assert_eq!(grade(plan, &drawn, &answers).sections[1].partly, 1);
    let wrong = (0..4).find(|option| !drawn.right[several].contains(option)).unwrap();
    answers[several] = letters(&[drawn.right[several][0], wrong]);
    assert_eq!(grade(plan, &drawn, &answers).total, 0);
}

/// Each seat has a paper of its own, drawn the same each time; with another lot it is another.
#[test]
fn papers_are_drawn_from_seed_and_lot() {
    let sample = sample(At::Running);
    let papers: Vec<String> =
        ["lin", "he", "gu"].iter().map(|id| sample.exam_paper(id).paper.hash()).collect();
    assert_ne!(papers[0], papers[1]);
    assert_ne!(papers[1], papers[2]);
    assert_eq!(papers[0], sample.exam_paper("lin").paper.hash());
    let kinds: Vec<_> = sample.exam_paper("lin").paper.questions.iter().map(|one| one.kind).collect();
    assert!(kinds.is_sorted() && kinds.len() == 6);
    // The same as `tests/archive/check` draws: a change of it would make old archives fail.
    insta::assert_snapshot!(papers[0]);
}

/// The clock is the house's: it ends the exam by itself, waits while it is paused, and can be given more.
#[test]
fn time_ends_it_and_pauses_do_not() {
    let end = Command::EndExam { item: item() };
    let mut sample = sample(At::Running);
    sample.console(Command::PauseClock);
    sample.now += SignedDuration::from_hours(3);
    assert_eq!(sample.try_order(&Actor::Hub, &end), Err(Refusal::ExamRuns));
    sample.console(Command::ResumeClock);
    sample.console(Command::ExtendClock { seconds: 600 });
    sample.now += SignedDuration::from_mins(121);
    assert_eq!(sample.try_order(&Actor::Hub, &end), Err(Refusal::ExamRuns));
    sample.now += SignedDuration::from_mins(10);
    let late = Command::HandIn { item: item(), number: 1, sheet: hex(1) };
    assert_eq!(sample.try_order(&seat("he"), &late), Err(Refusal::ExamOver));
    sample.order(&Actor::Hub, end);
    assert_eq!(sample.state.current_exam().unwrap().2.phase, ExamPhase::Marking);
    assert_eq!(sample.try_order(&Actor::Console, &Command::PauseClock), Err(Refusal::NoClock));
}

#[test]
fn it_ends_when_all_have_handed_in() {
    let mut sample = sample(At::HandedIn);
    for id in ["he", "gu"] {
        let sheet = sample.sheet(id, 1, 2);
        sample.hand_in(id, &sheet);
    }
    sample.order(&Actor::Hub, Command::EndExam { item: item() });
}

/// A screen that is not shown the sheets of others counts them, and goes on to the same end.
#[test]
fn sheets_withheld_change_nothing_else() {
    let whole = Sample::exam(Lang::En, DeclareTo::Alone).until_exam(At::Ended);
    let mut blind = Sample::exam(Lang::En, DeclareTo::Alone).until_exam(At::Ended);
    let opened = Box::new(whole.opened_bank(Lang::En));
    blind.order(&Actor::Hub, Command::OpenBank { item: item(), opened });
    let own = Some(Box::new(blind.sheet("he", 9, 3)));
    blind.order(&Actor::Hub, Command::OpenSheet { item: item(), seat: SeatId::from("he"), sheet: own });
    for _ in 0..2 {
        let happened = Happened::Withheld { kind: CommandKind::OpenSheet };
        let (number, time, actor) = (blind.state.line + 1, blind.now, &Actor::Hub);
        blind.state.fold(&LineFacts { number, time, head: &hex(number), actor, order: None, happened });
    }
    let finish = |passed, deferred, failed_again| Command::FinishMarking {
        item: item(),
        figures: ExamFigures { sat: 3, passed, deferred, failed_again },
    };
    assert_eq!(blind.try_order(&Actor::Hub, &finish(2, 0, 1)), Err(Refusal::OtherFigures));
    assert_eq!(blind.try_order(&Actor::Hub, &finish(1, 1, 0)), Err(Refusal::OtherFigures));
    blind.order(&Actor::Hub, finish(1, 1, 1));
    blind.console(Command::Declare { item: item() });
    assert!(blind.state.exam_result(&item(), &SeatId::from("lin")).is_none());
}

/// What somebody may try.
fn moves() -> impl Strategy<Value = (u8, u8, u32)> {
    (0..14u8, 0..5u8, 0..8u32)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    /// In any order: nobody's marks before the end, a handed-in sheet stays, nothing after time, figures add up.
    #[test]
    fn any_order_of_commands_keeps_the_rules(tries in proptest::collection::vec(moves(), 1..60)) {
        let mut sample = sample(At::Seating);
        let ids = ["lin", "he", "gu", "wu", "boss"];
        for (what, who, number) in tries {
            let id = ids[usize::from(who)];
            let sheet = (id != "boss").then(|| sample.sheet(id, number + 1, usize::try_from(number).unwrap_or(0)));
            let sealed = sheet.as_ref().map_or_else(|| hex(0), |sheet| {
                sheet.seal((sample.state.session(), &item(), &SeatId::from(id)))
            });
            let before = sample.state.clone();
            let (actor, command) = match what {
                0 => (seat(id), Command::TakePlace { item: item(), lot: lot(id) }),
                1 => (Actor::Console, Command::BeginExam { item: item() }),
                2..=4 => (seat(id), Command::HandIn { item: item(), number: number + 1, sheet: sealed }),
                5 => (Actor::Hub, Command::EndExam { item: item() }),
                6 if number == 0 => (Actor::Console, Command::EndExam { item: item() }),
                7 => (Actor::Hub, Command::OpenBank { item: item(), opened: Box::new(sample.opened_bank(Lang::En)) }),
                8 | 9 => {
                    let sheet = sheet.filter(|_| number > 0).map(Box::new);
                    (Actor::Hub, Command::OpenSheet { item: item(), seat: SeatId::from(id), sheet })
                }
                10 => (Actor::Hub, Command::FinishMarking { item: item(), figures: sample.state.exam_figures(&item()) }),
                11 => (Actor::Console, Command::Declare { item: item() }),
                12 => (Actor::Console, Command::PauseClock),
                13 => (Actor::Console, Command::ResumeClock),
                _ => {
                    sample.now += SignedDuration::from_mins(30);
                    continue;
                }
            };
            let Ok(_) = sample.try_order(&actor, &command) else { continue };
            let (_, was) = before.exam(&item()).unwrap();
            let (_, exam) = sample.state.exam(&item()).unwrap();
            prop_assert!(exam.phase >= was.phase);
            prop_assert!(exam.phase >= ExamPhase::Marking || exam.bank.is_none() && exam.marked.is_empty());
            prop_assert!(was.handed_in.iter().all(|(seat, sheet)| exam.handed_in.get(seat) == Some(sheet)));
            prop_assert!(exam.handed_in.len() == was.handed_in.len() || was.takes_answers(sample.now));
            prop_assert!(exam.handed_in.keys().all(|seat| exam.seated.contains_key(seat)));
            for (seat, marked) in &exam.marked {
                let handed_in = exam.handed_in.get(seat);
                prop_assert!(handed_in.is_none_or(|one| marked.sheet.as_ref().map(|sheet| sheet.number) == Some(one.number)));
                prop_assert!(marked.marks.total <= 100);
            }
            if let Some(figures) = exam.figures {
                prop_assert_eq!(figures.passed + figures.deferred + figures.failed_again, figures.sat);
            }
            let declared = sample.state.item_state(&item()).is_some_and(|item| item.stage == Stage::Declared);
            prop_assert!(!declared || exam.figures.is_some());
        }
    }
}
