//! The display at every point of a review, in both languages.

use super::*;
use crate::client::Turnout;
use crate::meeting::review_sample::ReviewPoint as At;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, Command};
use crate::screen::testing::{self, Window};
use crate::words::Lang;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
/// Pages whose plain form is kept as a snapshot.
const ASCII_KEPT: &[&str] = &["review_answering", "review_counted"];

fn view(sample: &Sample) -> View {
    let mut view = testing::view("display", &sample.state);
    let ballot = sample.state.rounds_on_floor().next().map(|round| round.issue.ballot.clone());
    view.live.turnout = ballot.map(|ballot| Turnout { ballot, at_least: 10, all: false });
    view
}

fn show(name: &str, sample: &Sample, seconds: i64) {
    let view = view(sample);
    let lang = sample.state.plan().meeting.language;
    let tag = lang.pick("zh", "en");
    let moment = sample.now + jiff::SignedDuration::from_secs(seconds);
    for (size, window) in [
        ("80x24", Window::new(lang, SMALL)),
        ("120x40", Window::new(lang, LARGE)),
        ("80x24_ascii", Window::ascii(lang, SMALL)),
    ] {
        let kept = !size.ends_with("ascii") || ASCII_KEPT.contains(&name);
        let drawn = window.draw_at(&mut Display::new(), &view, moment);
        if kept {
            insta::assert_snapshot!(format!("{name}_{tag}_{size}"), drawn);
        }
    }
}

#[test]
fn every_point_of_a_review() {
    for lang in [Lang::Zh, Lang::En] {
        for point in [
            At::OrderToDraw,
            At::Drawing,
            At::Drawn,
            At::Findings,
            At::Reporting,
            At::Questioning,
            At::Answering,
            At::Questioned,
            At::Issuing,
            At::Voting,
            At::Sealed,
            At::Counted,
            At::Declared,
            At::CountedTogether,
            At::AllDeclared,
            At::Over,
        ] {
            let sample = Sample::review(lang).until_review(point);
            show(&format!("review_{point:?}").to_lowercase(), &sample, 7);
        }
    }
}

#[test]
fn the_end_of_a_report_is_warned_of_and_said() {
    for lang in [Lang::Zh, Lang::En] {
        let sample = Sample::review(lang).until_review(At::Reporting);
        show("review_report_ending", &sample, 480 - 20 - 30);
        show("review_report_over", &sample, 480 + 42);
        let mut paused = Sample::review(lang).until_review(At::Reporting);
        paused.console(Command::PauseClock);
        show("review_report_paused", &paused, 1_000);
        assert!(Display::new().next_tick(&view(&paused), paused.now).unwrap() > Duration::ZERO);
    }
}

#[test]
fn who_speaks_is_shown_with_the_clock_in_a_deliberation_too() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::review(lang).until_review(At::Questioning);
        sample.order(&Actor::from("i4"), Command::AskFloor);
        sample.console(Command::CallSpeaker { seat: "i4".into(), seconds: 180 });
        show("review_speaker", &sample, 7);
        let mut sample = Sample::new(lang).until(Point::Deliberating);
        sample.order(&Actor::from("a1"), Command::AskFloor);
        sample.console(Command::CallSpeaker { seat: "a1".into(), seconds: 180 });
        show("deliberation_speaker", &sample, 7);
    }
}

#[test]
fn a_question_of_escapes_and_without_end_stays_on_the_page() {
    let mut sample = Sample::review(Lang::Zh).until_review(At::Questioning);
    let text = format!("\u{1b}]0;x\u{7}\u{202e}{}", "长".repeat(1_900));
    sample.slip(crate::meeting::SlipKind::Question, 77, &text);
    let item = Sample::review_item();
    let question = crate::meeting::QuestionId(6);
    sample.console(Command::CallQuestion { item, question });
    for size in [SMALL, (100, 30), LARGE] {
        let shown = Window::new(Lang::Zh, size).draw_at(&mut Display::new(), &view(&sample), sample.now);
        assert!(shown.contains("<U+001B>") && shown.contains("纸条"), "{shown}");
        assert!(!shown.contains(&"0".repeat(20)), "no key of a slip: {shown}");
    }
}

#[test]
fn a_result_turns_its_pages_and_every_group_is_seen() {
    let sample = Sample::review(Lang::Zh).until_review(At::Counted);
    let seen_view = view(&sample);
    let mut display = Display::new();
    let mut seen = String::new();
    let mut moment = sample.now;
    for _ in 0..4 {
        seen += &Window::new(Lang::Zh, SMALL).draw_at(&mut display, &seen_view, moment);
        let tick = display.next_tick(&seen_view, moment).unwrap();
        moment += jiff::SignedDuration::try_from(tick).unwrap();
    }
    for part in ["委员", "特邀评议人", "合计", "结论", "满意率"] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
}

#[test]
fn every_size_holds_in_a_review() {
    for point in [At::Drawn, At::Reporting, At::Answering, At::Voting, At::Counted, At::Over] {
        let sample = Sample::review(Lang::En).until_review(point);
        for wide in (80..=200).step_by(19) {
            for tall in [24, 30, 60] {
                Window::new(Lang::En, (wide, tall)).draw_at(&mut Display::new(), &view(&sample), sample.now);
            }
        }
    }
}
