//! What the keys do in a review and on the floor, and that nothing written is lost.

use std::time::Duration;

use jiff::SignedDuration;

use super::*;
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::{Ended, ItemId, Left, OfficialId, QuestionId};
use crate::screen::console::keys::{Around, now, typed};
use crate::screen::console::review;

fn item() -> ItemId {
    Sample::review_item()
}

fn sample(point: ReviewPoint) -> Sample {
    Sample::review(Lang::Zh).until_review(point)
}

fn review_at(point: ReviewPoint) -> (Console, View) {
    (console(Lang::Zh), seen(&ready(sample(point))))
}

fn keys(console: &mut Console, view: &View, keys: &[KeyCode]) -> Vec<Command> {
    orders(press(console, view, keys.iter().copied()))
}

fn enter(console: &mut Console, view: &View) -> Vec<Command> {
    keys(console, view, &[KeyCode::Enter])
}

#[test]
fn enter_leads_through_a_review() {
    let (official, question) = (OfficialId::from("o2"), QuestionId(1));
    let table = [
        (ReviewPoint::ToCome, Command::OpenItem { item: item() }),
        (ReviewPoint::OrderToDraw, Command::DrawOrder { item: item() }),
        (ReviewPoint::Drawn, Command::CallOfficial { item: item(), official }),
        (ReviewPoint::Findings, Command::BeginReport { item: item() }),
        (ReviewPoint::Reporting, Command::BeginQuestions { item: item() }),
        (ReviewPoint::Questioning, Command::CallQuestion { item: item(), question }),
        (
            ReviewPoint::Answering,
            Command::EndQuestion { item: item(), question: QuestionId(3), ended: Ended::Answered },
        ),
        (ReviewPoint::Counted, Command::DeclareOfficial { item: item() }),
        (ReviewPoint::Declared, Command::CallOfficial { item: item(), official: "o1".into() }),
        (ReviewPoint::AllDeclared, Command::Declare { item: item() }),
    ];
    for (point, command) in table {
        let (mut console, view) = review_at(point);
        assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command), "{point:?}");
        assert_eq!(enter(&mut console, &view), [], "the answer is awaited: {point:?}");
    }
    let (mut console, view) = review_at(ReviewPoint::Questioned);
    assert_eq!(enter(&mut console, &view), [], "papers take a second key");
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('y')]), [Command::OpenIssue { item: item() }]);
    let (mut console, view) = review_at(ReviewPoint::Drawing);
    assert_eq!(enter(&mut console, &view), [], "the hub draws");
}

#[test]
fn another_official_is_called_or_put_off() {
    let (mut console, view) = review_at(ReviewPoint::Drawn);
    let official = OfficialId::from("o3");
    let call = Command::CallOfficial { item: item(), official: official.clone() };
    assert_eq!(keys(&mut console, &view, &[KeyCode::Down, KeyCode::Down, KeyCode::Enter]), [call]);
    let (mut console, view) = review_at(ReviewPoint::Drawn);
    press(&mut console, &view, [KeyCode::Down, KeyCode::Down, KeyCode::Char('o')]);
    type_text(&mut console, &view, "因病");
    let put_off = Command::PutOff { item: item(), official, reason: "因病".to_owned() };
    assert_eq!(enter(&mut console, &view), [put_off]);
}

#[test]
fn an_absent_official_reports_in_writing_or_is_put_off_with_a_reason() {
    for (key, expected) in [
        ('b', Command::ReportInWriting { item: item(), reason: "因公外出?".to_owned() }),
        ('o', Command::PutOff { item: item(), official: "o2".into(), reason: "因公外出?".to_owned() }),
    ] {
        let (mut console, view) = review_at(ReviewPoint::Findings);
        press(&mut console, &view, [KeyCode::Char(key)]);
        type_text(&mut console, &view, "因公外出?");
        assert_eq!(enter(&mut console, &view), [expected]);
        refuse(&mut console, &view, Command::BeginReport { item: item() }, Refusal::NotTheTurn);
        assert!(console.cover.is_some(), "what was written is not lost");
    }
}

#[test]
fn findings_and_report_are_read() {
    let (mut console, view) = review_at(ReviewPoint::Findings);
    let acts = press(&mut console, &view, [KeyCode::Char('i'), KeyCode::Tab]);
    assert_eq!(acts, [Act::Material("o2/findings.md".into()), Act::Material("o2/report.md".into())]);
    let (mut console, view) = review_at(ReviewPoint::Reporting);
    let acts = press(&mut console, &view, [KeyCode::Char('I')]);
    assert_eq!(acts, [Act::Material("o2/report.md".into())]);
    // The report is the longest text that there is.
    let text: std::sync::Arc<str> = "述职报告。".repeat(13_000).into();
    console.answered(Answer::Material { path: "o2/report.md".into(), result: Ok(text) }, &view);
    press(&mut console, &view, [KeyCode::End]);
    Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
}

#[test]
fn clocks_are_paused_go_on_and_are_extended() {
    let mut sample = sample(ReviewPoint::Reporting);
    let (mut console, view) = (console(Lang::Zh), seen(&sample));
    let extend = Command::ExtendClock { seconds: 60 };
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('t')]), std::slice::from_ref(&extend));
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('t')]), [], "the answer is awaited");
    done(&mut console, &view, extend);
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('z')]), [Command::PauseClock]);
    sample.console(Command::PauseClock);
    let paused = seen(&sample);
    done(&mut console, &paused, Command::PauseClock);
    assert_eq!(keys(&mut console, &paused, &[KeyCode::Char('Z')]), [Command::ResumeClock]);
}

#[test]
fn the_screen_wakes_each_second_only_while_a_clock_runs() {
    let mut sample = sample(ReviewPoint::Findings);
    let console = console(Lang::Zh);
    let tick = |sample: &Sample, millis: i64| {
        let now = sample.now + SignedDuration::from_millis(millis);
        console.next_tick(&seen(sample), now).unwrap()
    };
    assert!(tick(&sample, 300) > Duration::from_secs(1) || review::tick(&sample.state, sample.now).is_none());
    assert_eq!(review::tick(&sample.state, sample.now), None);
    sample.step();
    assert_eq!(tick(&sample, 300), Duration::from_millis(700));
    assert_eq!(tick(&sample, 600_000), Duration::from_secs(1));
    sample.console(Command::PauseClock);
    assert_eq!(review::tick(&sample.state, sample.now), None);
    sample.order(&Actor::from("m2"), Command::AskFloor);
    sample.console(Command::CallSpeaker { seat: "m2".into(), seconds: 60 });
    assert_eq!(tick(&sample, 250), Duration::from_millis(750));
}

#[test]
fn questions_are_chosen_moved_merged_and_returned() {
    let (mut console, view) = review_at(ReviewPoint::Questioning);
    let call = Command::CallQuestion { item: item(), question: QuestionId(3) };
    let acts = keys(&mut console, &view, &[KeyCode::Down, KeyCode::Down, KeyCode::Enter]);
    assert_eq!(acts, std::slice::from_ref(&call));
    refuse(&mut console, &view, call, Refusal::QuestionOnFloor);
    let ordered =
        |queue: [u32; 5]| vec![Command::OrderQueue { item: item(), queue: queue.map(QuestionId).to_vec() }];
    for (key, queue) in
        [('<', [1, 3, 2, 4, 5]), ('+', [1, 3, 2, 4, 5]), ('>', [1, 2, 4, 3, 5]), ('-', [1, 2, 4, 3, 5])]
    {
        let (mut console, view) = review_at(ReviewPoint::Questioning);
        press(&mut console, &view, [KeyCode::Down, KeyCode::Down]);
        assert_eq!(keys(&mut console, &view, &[KeyCode::Char(key)]), ordered(queue), "{key}");
    }
    assert_eq!(keys(&mut console, &view, &[KeyCode::Up, KeyCode::Up, KeyCode::Up, KeyCode::Char('<')]), []);

    press(&mut console, &view, [KeyCode::Down, KeyCode::Char('m'), KeyCode::Down, KeyCode::Down]);
    let merge = Command::MergeQuestion { item: item(), question: QuestionId(2), into: QuestionId(4) };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&merge));
    done(&mut console, &view, merge);
    press(&mut console, &view, [KeyCode::Char('g')]);
    type_text(&mut console, &view, "与本次述职无关");
    let reason = "与本次述职无关".to_owned();
    let give_back = Command::ReturnQuestion { item: item(), question: QuestionId(2), reason: reason.clone() };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&give_back));
    done(&mut console, &view, give_back);
    assert!(console.cover.is_none());
    press(&mut console, &view, [KeyCode::Char('x')]);
    type_text(&mut console, &view, &reason);
    let ended = Ended::Declined { reason };
    let decline = Command::EndQuestion { item: item(), question: QuestionId(2), ended };
    assert_eq!(enter(&mut console, &view), [decline]);
}

#[test]
fn an_answer_in_writing_is_due_in_fifteen_working_days_or_on_a_day_that_is_one() {
    let due_on = jiff::civil::date(2026, 12, 15);
    let promise = |due_on| Command::EndQuestion {
        item: item(),
        question: QuestionId(3),
        ended: Ended::Promised { due_on },
    };
    let (mut console, view) = review_at(ReviewPoint::Answering);
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('w'), KeyCode::Enter]), [promise(due_on)]);
    for nonsense in ["", "2026-13-40", "tomorrow", "2026-12-1", "26-12-15", "2026/12/15"] {
        let (mut console, view) = review_at(ReviewPoint::Answering);
        press(&mut console, &view, [KeyCode::Char('w')]);
        press(&mut console, &view, [KeyCode::Backspace; 10]);
        type_text(&mut console, &view, nonsense);
        assert_eq!(enter(&mut console, &view), [], "{nonsense}");
        let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
        assert!(drawn.contains("不是日期"), "{drawn}");
    }
    let (mut console, view) = review_at(ReviewPoint::Answering);
    press(&mut console, &view, [KeyCode::Char('w')]);
    press(&mut console, &view, [KeyCode::Backspace; 10]);
    type_text(&mut console, &view, "２０２７-01-04");
    let command = promise(jiff::civil::date(2027, 1, 4));
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command));
    refuse(&mut console, &view, command.clone(), Refusal::DueDay);
    assert!(console.cover.is_some());
    done(&mut console, &view, command);
    assert!(console.cover.is_none());
}

#[test]
fn questions_that_wait_do_not_disappear_with_the_end() {
    let (mut console, view) = review_at(ReviewPoint::Questioning);
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('e'), KeyCode::Char('w')]), []);
    let left = Some(Left::InWriting { due_on: jiff::civil::date(2026, 12, 15) });
    assert_eq!(enter(&mut console, &view), [Command::EndQuestions { item: item(), left }]);
    let (mut console, view) = review_at(ReviewPoint::Questioning);
    press(&mut console, &view, [KeyCode::Char('e'), KeyCode::Char('x')]);
    type_text(&mut console, &view, "时间已到");
    let left = Some(Left::Declined { reason: "时间已到".to_owned() });
    assert_eq!(enter(&mut console, &view), [Command::EndQuestions { item: item(), left }]);
    // With a question on the floor the end is not offered.
    let (mut console, view) = review_at(ReviewPoint::Answering);
    assert_eq!(keys(&mut console, &view, &[KeyCode::Char('e')]), []);
    assert!(console.cover.is_none());
}

#[test]
fn an_answer_is_taken_down_in_several_lines_and_dropped_only_with_two_keys() {
    let (mut console, view) = review_at(ReviewPoint::Answering);
    press(&mut console, &view, [KeyCode::Char('f')]);
    type_text(&mut console, &view, "不违反规定?");
    press(&mut console, &view, [KeyCode::Enter]);
    console.paste("第二行\u{1b}[2J", &view);
    press(&mut console, &view, [KeyCode::Esc]);
    let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("再按一次 Esc 放弃"), "{drawn}");
    let save =
        || crossterm::event::KeyEvent::new(KeyCode::Char('s'), crossterm::event::KeyModifiers::CONTROL);
    let text = "两笔支出发生在项目验收之前，不违反规定?\n第二行<U+001B>[2J".to_owned();
    let command = Command::TakeAnswer { item: item(), question: QuestionId(3), text };
    assert_eq!(console.key(save(), &view), [Act::Order(command.clone())]);
    refuse(&mut console, &view, command.clone(), Refusal::Suspended);
    assert!(console.cover.is_some(), "what was written is not lost");
    // The question may end while its answer is still being taken down.
    let mut later = sample(ReviewPoint::Answering);
    later.step();
    let later = seen(&later);
    console.viewed(&later);
    assert_eq!(console.key(save(), &later), [Act::Order(command.clone())]);
    done(&mut console, &later, command);
    assert!(console.cover.is_none());
    let (mut console, view) = review_at(ReviewPoint::Answering);
    press(&mut console, &view, [KeyCode::Char('f'), KeyCode::Char('x'), KeyCode::Esc, KeyCode::Esc]);
    assert!(console.cover.is_none());
}

#[test]
fn a_spoken_question_is_entered_with_its_asker_and_may_follow_up() {
    let (mut console, view) = review_at(ReviewPoint::Answering);
    press(&mut console, &view, [KeyCode::Char('u')]);
    let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
    assert!(!drawn.contains("候补委员"), "only reviewers ask: {drawn}");
    type_text(&mut console, &view, "冯");
    press(&mut console, &view, [KeyCode::Enter]);
    type_text(&mut console, &view, "谁批准的？");
    press(&mut console, &view, [KeyCode::Tab]);
    let acts = orders(press(&mut console, &view, [KeyCode::F(2)]));
    let text = "谁批准的？".to_owned();
    let follows = Some(QuestionId(3));
    assert_eq!(acts, [Command::EnterQuestion { item: item(), asker: "i4".into(), follows, text }]);
}

#[test]
fn questions_that_are_over_are_read_again_and_their_answers_mended() {
    let (mut console, view) = review_at(ReviewPoint::Answering);
    press(&mut console, &view, [KeyCode::Char('p'), KeyCode::Left]);
    let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("2026年12月15日前书面答复，不满意"), "{drawn}");
    press(&mut console, &view, [KeyCode::Char('f')]);
    let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("记录答复 · 2") && drawn.contains("合同没有写明期限"), "{drawn}");
}

#[test]
fn the_floor_is_given_refused_and_taken_back() {
    let mut sample = Sample::new(Lang::Zh).until(Point::Deliberating);
    sample.order(&Actor::from("a1"), Command::AskFloor);
    sample.order(&Actor::from("m2"), Command::AskFloor);
    let (mut console, view) = (console(Lang::Zh), seen(&sample));
    press(&mut console, &view, [KeyCode::Char('l'), KeyCode::Char('1'), KeyCode::Char('0')]);
    let call = Command::CallSpeaker { seat: "a1".into(), seconds: 600 };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&call));
    refuse(&mut console, &view, call.clone(), Refusal::FloorTaken { seat: "m2".into() });
    assert!(console.cover.is_some());
    done(&mut console, &view, call.clone());
    assert!(console.cover.is_none());
    press(&mut console, &view, [KeyCode::Char('l'), KeyCode::Down, KeyCode::Char('x')]);
    type_text(&mut console, &view, "已经发过言");
    let reason = "已经发过言".to_owned();
    let refused = Command::RefuseSpeaker { seat: "m2".into(), reason };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&refused));
    done(&mut console, &view, refused);
    sample.console(call);
    let speaking = seen(&sample);
    let acts = keys(&mut console, &speaking, &[KeyCode::Char('l'), KeyCode::Char('e')]);
    assert_eq!(acts, [Command::EndSpeech]);
    done(&mut console, &speaking, Command::EndSpeech);
    press(&mut console, &speaking, [KeyCode::Tab]);
    type_text(&mut console, &speaking, "赵");
    assert_eq!(enter(&mut console, &speaking), [Command::CallSpeaker { seat: "m5".into(), seconds: 180 }]);
}

#[test]
fn a_reviewer_stands_aside() {
    let (mut console, view) = review_at(ReviewPoint::Questioned);
    press(&mut console, &view, [KeyCode::Char('h')]);
    type_text(&mut console, &view, "沈");
    assert_eq!(enter(&mut console, &view), [Command::Recuse { item: item(), seat: "i6".into() }]);
}

#[test]
fn what_lies_over_a_page_goes_when_its_question_is_gone() {
    for key in ['w', 'x'] {
        let (mut console, view) = review_at(ReviewPoint::Answering);
        press(&mut console, &view, [KeyCode::Char(key)]);
        console.viewed(&seen(&sample(ReviewPoint::Questioned)));
        assert!(console.cover.is_none(), "{key}");
    }
}

#[test]
fn only_keys_that_are_shown_do_something_in_a_review() {
    let points = [
        ReviewPoint::OrderToDraw,
        ReviewPoint::Drawn,
        ReviewPoint::Findings,
        ReviewPoint::Reporting,
        ReviewPoint::Questioning,
        ReviewPoint::Answering,
        ReviewPoint::Questioned,
        ReviewPoint::Voting,
        ReviewPoint::AllDeclared,
    ];
    for point in points {
        let view = seen(&sample(point));
        let state = view.state.as_deref().unwrap();
        let works = now(state, Around::default());
        for character in ('A'..='Z').chain(['<', '>', '+', '-']) {
            let mut console = console(Lang::Zh);
            let shown = typed(character, &works).is_some();
            // At the end of the queue there is nowhere to move to.
            press(&mut console, &view, [KeyCode::Down]);
            let acts = press(&mut console, &view, [KeyCode::Char(character)]);
            assert_eq!(console.cover.is_some() || !acts.is_empty(), shown, "{character} at {point:?}");
        }
        let mut letters: Vec<&str> = works.iter().map(|key| key.pressed()).collect();
        letters.sort_unstable();
        let count = letters.len();
        letters.dedup();
        assert_eq!(letters.len(), count, "two keys are one letter at {point:?}: {works:?}");
    }
}
