//! Each page of a review as it looks, at both sizes and in both languages; long texts and many questions.

use jiff::SignedDuration;

use super::*;
use crate::client::Turnout;
use crate::meeting::review_sample::{ReviewPoint, review_plan};
use crate::meeting::{BallotId, QuestionId, SlipKind};
use crate::screen::testing::Window;

const POINTS: [(&str, ReviewPoint); 17] = [
    ("to_come", ReviewPoint::ToCome),
    ("order_to_draw", ReviewPoint::OrderToDraw),
    ("drawn", ReviewPoint::Drawn),
    ("findings", ReviewPoint::Findings),
    ("reporting", ReviewPoint::Reporting),
    ("questioning", ReviewPoint::Questioning),
    ("answering", ReviewPoint::Answering),
    ("questioned", ReviewPoint::Questioned),
    ("issuing", ReviewPoint::Issuing),
    ("confirming", ReviewPoint::Confirming),
    ("voting", ReviewPoint::Voting),
    ("sealed", ReviewPoint::Sealed),
    ("counted", ReviewPoint::Counted),
    ("declared", ReviewPoint::Declared),
    ("counted_together", ReviewPoint::CountedTogether),
    ("all_declared", ReviewPoint::AllDeclared),
    ("over", ReviewPoint::Over),
];

fn sample(lang: Lang, point: ReviewPoint) -> Sample {
    Sample::review(lang).until_review(point)
}

/// A window some seconds after the last thing that happened.
fn draw(lang: Lang, size: (u16, u16), console: &mut Console, sample: &Sample, seconds: i64) -> String {
    let now = sample.now + SignedDuration::from_secs(seconds);
    Window::new(lang, size).draw_at(console, &seen(sample), now)
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("{name}_{}", lang.pick("zh", "en")), drawn);
}

#[test]
fn every_step_of_a_review_has_its_page() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in POINTS {
            let sample = sample(lang, point);
            let mut view = seen(&sample);
            if point == ReviewPoint::Voting {
                let ballot = BallotId::from("report-o2-members");
                view.live.turnout = Some(Turnout { ballot, at_least: 10, all: false });
            }
            let now = sample.now + SignedDuration::from_secs(19);
            let both = SIZES.map(|size| Window::new(lang, size).draw_at(&mut console(lang), &view, now));
            snapshot(name, lang, &both.join("\n\n"));
        }
    }
}

#[test]
fn a_clock_warns_and_says_when_it_is_over_and_when_it_is_paused() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = sample(lang, ReviewPoint::Reporting);
        let drawn = draw(lang, (80, 24), &mut console(lang), &sample, 19);
        assert!(drawn.contains(lang.pick("剩余 07:41", "07:41 left")), "{drawn}");
        assert!(!drawn.contains(lang.pick("时间将到", "almost up")), "{drawn}");
        let drawn = draw(lang, (80, 24), &mut console(lang), &sample, 425);
        assert!(
            drawn.contains(lang.pick("剩余 00:55  时间将到", "00:55 left  time is almost up")),
            "{drawn}"
        );
        snapshot("report_over_time", lang, &draw(lang, (80, 24), &mut console(lang), &sample, 512));
        sample.console(Command::PauseClock);
        let drawn = draw(lang, (80, 24), &mut console(lang), &sample, 900);
        assert!(drawn.contains(lang.pick("计时已暂停", "the clock is paused")), "{drawn}");
        assert!(drawn.contains(lang.pick("Z 继续计时", "Z go on")), "{drawn}");
    }
}

/// What lies over a page of a review, by the keys that bring it there.
#[test]
fn every_cover_of_a_review_looks_right() {
    use KeyCode::{Char, Down, Enter, Esc};
    let covers: [(&str, ReviewPoint, &[KeyCode]); 11] = [
        ("cover_due", ReviewPoint::Answering, &[Char('w')]),
        (
            "cover_no_date",
            ReviewPoint::Answering,
            &[Char('w'), Char('x'), KeyCode::Backspace, KeyCode::Backspace, Enter],
        ),
        ("cover_decline", ReviewPoint::Answering, &[Char('x')]),
        ("cover_merge", ReviewPoint::Answering, &[Down, Char('m')]),
        ("cover_left", ReviewPoint::Questioning, &[Char('e')]),
        ("cover_whole", ReviewPoint::Answering, &[Char('p')]),
        ("cover_answer", ReviewPoint::Answering, &[Char('f'), Enter, Char('验'), Char('收')]),
        ("cover_asker", ReviewPoint::Answering, &[Char('u')]),
        ("cover_put_off", ReviewPoint::Drawn, &[Down, Char('o')]),
        ("cover_floor", ReviewPoint::Answering, &[Char('l')]),
        ("cover_review_help", ReviewPoint::Answering, &[Esc, Char('?')]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, point, keys) in covers {
            let mut sample = sample(lang, point);
            sample.order(&Actor::from("a1"), Command::AskFloor);
            sample.order(&Actor::from("m2"), Command::AskFloor);
            let mut console = console(lang);
            press(&mut console, &seen(&sample), keys.iter().copied());
            snapshot(name, lang, &draw(lang, (80, 24), &mut console, &sample, 5));
        }
    }
}

#[test]
fn somebody_who_speaks_is_shown_with_the_clock_in_any_item() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::new(lang).until(Point::Deliberating);
        sample.order(&Actor::from("a1"), Command::AskFloor);
        sample.order(&Actor::from("m2"), Command::AskFloor);
        sample.console(Command::CallSpeaker { seat: SeatId::from("a1"), seconds: 180 });
        snapshot("speaking", lang, &draw(lang, (80, 24), &mut console(lang), &sample, 62));
        snapshot("speaking_wide", lang, &draw(lang, (120, 40), &mut console(lang), &sample, 212));
    }
}

/// A question of 2,000 characters and an answer of the same length leave room for the queue, and can be read whole.
#[test]
fn long_texts_give_way_and_are_read_whole() {
    for (lang, unit) in [(Lang::Zh, "去年保障房项目的支出，"), (Lang::En, "the expenses of last year ")]
    {
        let mut sample = sample(lang, ReviewPoint::Questioning);
        let long: String = unit.chars().cycle().take(1_990).chain("\u{202e}末END".chars()).collect();
        sample.ask("m6", None, &long);
        let item = Sample::review_item();
        let question = QuestionId(6);
        sample.console(Command::CallQuestion { item: item.clone(), question });
        sample.console(Command::TakeAnswer { item, question, text: long });
        snapshot("long_question", lang, &draw(lang, (80, 24), &mut console(lang), &sample, 5));
        let mut console = console(lang);
        for size in [(80, 24), (99, 30), (120, 40), (200, 60)] {
            draw(lang, size, &mut console, &sample, 5);
        }
        press(&mut console, &seen(&sample), [KeyCode::Char('p')]);
        draw(lang, (80, 24), &mut console, &sample, 5);
        press(&mut console, &seen(&sample), [KeyCode::End]);
        let drawn = draw(lang, (80, 24), &mut console, &sample, 5);
        assert!(drawn.contains("<U+202E>末END"), "{drawn}");
    }
}

/// Five hundred long questions in the queue: each is reached, and only those that are shown are drawn.
#[test]
fn five_hundred_questions_are_all_reached() {
    let mut plan = review_plan(Lang::Zh);
    let crate::plan::ItemKind::Review(review) = &mut plan.items[0].kind else { unreachable!() };
    review.questions_max = 600;
    let mut sample = Sample::of(plan).until_review(ReviewPoint::Questioning);
    let long = "去年保障房项目的支出".repeat(200);
    for number in 0..495 {
        sample.slip(SlipKind::Question, 100 + number, &long);
    }
    let (view, mut console) = (seen(&sample), console(Lang::Zh));
    assert_eq!(view.state.as_deref().unwrap().current_review().unwrap().2.queue.len(), 500);
    let window = Window::new(Lang::Zh, (120, 40));
    let first = window.draw(&mut console, &view);
    assert!(!first.contains("上面还有") && first.contains("下面还有"), "{first}");
    for _ in 0..10 {
        press(&mut console, &view, [KeyCode::Down; 50]);
        window.draw(&mut console, &view);
    }
    let drawn = window.draw(&mut console, &view);
    assert!(!drawn.contains("下面还有"), "{drawn}");
    assert!(drawn.contains("上面还有"), "{drawn}");
}

#[test]
fn plain_signs_and_every_size_hold_in_a_review() {
    for lang in [Lang::Zh, Lang::En] {
        for (_, point) in POINTS {
            let sample = sample(lang, point);
            for size in SIZES {
                let mut console = console(lang);
                let drawn = Window::ascii(lang, size).draw(&mut console, &seen(&sample));
                assert!(!drawn.contains(['≥', '≤', '÷', '×', '“']), "{drawn}");
            }
            for size in [(99, 24), (100, 24), (116, 40), (160, 24)] {
                draw(lang, size, &mut console(lang), &sample, 5);
            }
        }
    }
}

/// All members approve the scrutineers, whoever will evaluate: the figures beside the hands are theirs.
#[test]
fn the_figures_at_the_approval_of_scrutineers_are_those_whose_hands_are_counted() {
    let mut sample = Sample::review(Lang::En);
    let people: Vec<String> = sample.state.plan().people.iter().map(|person| person.id.clone()).collect();
    sample.sign_in(&people.iter().map(String::as_str).collect::<Vec<_>>());
    sample.console(Command::OpenMeeting);
    assert!(sample.state.awaits_scrutineers());
    let item = sample.state.item(&Sample::review_item()).unwrap();
    assert_ne!(sample.state.present(), sample.state.present_for(item), "another number evaluates");
    let drawn = draw(Lang::En, (120, 40), &mut console(Lang::En), &sample, 0);
    let words = drawn.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(&format!("│ present {} │", sample.state.present())), "{drawn}");
}
