//! An exam on every screen: each page in both languages and sizes, and every key of the paper.

use std::sync::Arc;

use crossterm::event::KeyCode;
use crossterm::event::KeyCode::{Backspace, Char, Down, End, Enter, Esc, Home, Left, Right, Tab};

use super::*;
use crate::client::{Answered, OwnExam};
use crate::meeting::exam_sample::ExamPoint as At;
use crate::meeting::sample::Sample;
use crate::meeting::{Actor, SeatId};
use crate::plan::DeclareTo;
use crate::screen::console::Console;
use crate::screen::display::Display;
use crate::screen::testing::{self, Window, press};

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn sample(lang: Lang, point: At) -> Sample {
    Sample::exam(lang, DeclareTo::ByName).until_exam(point)
}

/// What `he` has answered so far: two of six, one of them marked for later.
fn own(sample: &Sample) -> OwnExam {
    let paper = Arc::new(sample.exam_paper("he").paper);
    let mut answers = vec![String::new(); paper.questions.len()];
    let mut flagged = vec![false; answers.len()];
    answers[0] = "B".into();
    answers[3] = "AC".into();
    flagged[3] = true;
    OwnExam {
        item: Sample::exam_item(),
        paper: Some(paper),
        answers,
        flagged,
        number: 3,
        saved: true,
        handing_in: false,
        refused: None,
    }
}

fn view(seat: &str, sample: &Sample) -> View {
    let mut view = testing::view(seat, &sample.state);
    let runs =
        sample.state.current_exam().is_some_and(|(_, _, exam)| exam.bank.is_none() && exam.clock.is_some());
    view.exam = (seat == "he" && runs).then(|| Arc::new(own(sample)));
    view
}

fn terminal(view: &View) -> Terminal {
    let lang = view.state.as_ref().unwrap().plan().meeting.language;
    let mut terminal = Terminal::new(lang);
    let acts = terminal.viewed(view);
    assert!(acts.iter().all(|act| !matches!(act, Act::Order(_))));
    terminal
}

/// Draws in both sizes, and keeps what is drawn.
fn keep(name: &str, lang: Lang, now: Timestamp, screen: &mut impl Screen, view: &View) {
    for (size, of) in [(SMALL, "80x24"), (LARGE, "120x40")] {
        let drawn = Window::new(lang, size).draw_at(screen, view, now);
        Window::ascii(lang, size).draw_at(screen, view, now);
        insta::assert_snapshot!(format!("{name}_{}_{of}", lang.pick("zh", "en")), drawn);
    }
}

fn now(sample: &Sample) -> Timestamp {
    sample.now + jiff::SignedDuration::from_secs(95)
}

#[test]
fn every_page_of_a_candidate() {
    for lang in BOTH {
        for (name, seat, point) in [
            ("exam_place", "gu", At::Seating),
            ("exam_seated", "he", At::Seating),
            ("exam_late", "wu", At::Running),
            ("exam_handed_in", "lin", At::HandedIn),
            ("exam_time_up", "he", At::Ended),
            ("exam_marked", "he", At::Marked),
            ("exam_watching", "boss", At::Running),
            ("exam_failed", "he", At::Declared),
        ] {
            let sample = sample(lang, point);
            let view = view(seat, &sample);
            keep(name, lang, now(&sample), &mut terminal(&view), &view);
        }
        let alone = Sample::exam(lang, DeclareTo::Alone).until_exam(At::Declared);
        let view = self::view("lin", &alone);
        let drawn = Window::new(lang, SMALL).draw(&mut terminal(&view), &view);
        assert!(drawn.contains("100"), "{drawn}");
        assert!(!drawn.contains(alone.state.name(&SeatId::from("he"))), "no other's result:\n{drawn}");
    }
}

#[test]
fn the_paper_and_what_opens_over_it() {
    for lang in BOTH {
        let sample = sample(lang, At::Running);
        let view = view("he", &sample);
        let mut screen = terminal(&view);
        keep("exam_paper", lang, now(&sample), &mut screen, &view);
        press(&mut screen, &view, [Right, Right]);
        keep("exam_flagged", lang, now(&sample), &mut screen, &view);
        press(&mut screen, &view, [Char('o')]);
        keep("exam_overview", lang, now(&sample), &mut screen, &view);
        press(&mut screen, &view, [Char('j')]);
        keep("exam_hand_in", lang, now(&sample), &mut screen, &view);
        let mut paused = sample;
        paused.console(crate::meeting::Command::PauseClock);
        let view = self::view("he", &paused);
        let drawn = Window::new(lang, SMALL).draw(&mut screen, &view);
        let text = paused.exam_paper("he").paper.questions[0].text.clone();
        assert!(!drawn.contains(text.as_str()), "a paused paper is covered:\n{drawn}");
    }
}

#[test]
fn console_and_display_show_who_and_when_and_no_marks_before_the_end() {
    for lang in BOTH {
        for (name, point) in [
            ("seating", At::Seating),
            ("running", At::HandedIn),
            ("marking", At::Ended),
            ("marked", At::Marked),
            ("declared", At::Declared),
        ] {
            let sample = sample(lang, point);
            let (console, wall) = (view("console", &sample), view("display", &sample));
            let mut screen = Console::new(lang, "exam".to_owned(), None);
            screen.viewed(&console);
            keep(&format!("exam_console_{name}"), lang, now(&sample), &mut screen, &console);
            keep(&format!("exam_display_{name}"), lang, now(&sample), &mut Display::new(), &wall);
        }
        let alone = Sample::exam(lang, DeclareTo::Alone).until_exam(At::Declared);
        let wall = view("display", &alone);
        keep("exam_display_alone", lang, now(&alone), &mut Display::new(), &wall);
        let drawn = Window::new(lang, LARGE).draw(&mut Display::new(), &wall);
        assert!(!drawn.contains(alone.state.name(&SeatId::from("he"))), "no name beside a result:\n{drawn}");
        let sample = sample(lang, At::ToCome);
        let console = view("console", &sample);
        keep(
            "exam_console_next",
            lang,
            now(&sample),
            &mut Console::new(lang, "exam".to_owned(), None),
            &console,
        );
    }
}

fn answers(acts: &[Act]) -> Vec<Answered> {
    let answered = acts.iter().filter_map(|act| match act {
        Act::Answers(answered) => Some(answered.clone()),
        _ => None,
    });
    answered.collect()
}

#[test]
fn every_key_of_the_paper() {
    let sample = sample(Lang::En, At::Running);
    let view = view("he", &sample);
    let paper = sample.exam_paper("he").paper;
    let (several, truth) = (3, 5);
    assert_eq!(paper.questions[several].options.len(), 4);
    // It opens at the first question that is not answered.
    let table: &[(&[KeyCode], usize, &str)] = &[
        (&[Char('a')], 1, "A"),
        (&[Char('2')], 1, "B"),
        (&[Char('a'), Char('b')], 1, "B"),
        (&[Char('a'), Char('a')], 1, ""),
        (&[Down, Char(' ')], 1, "B"),
        (&[Char('a'), Backspace], 1, ""),
        (&[Char('a'), Enter, Left, Char('c')], 1, "C"),
        (&[Right, Right, Char('d')], several, "ACD"),
        (&[Right, Right, Char('a'), Char('b')], several, "BC"),
        (&[End, Char('b')], truth, "B"),
        (&[End, Char('a')], truth, "A"),
        (&[Home, Char('d')], 0, "D"),
        (&[Char('o'), Tab, Enter, Char('a')], 2, "A"),
        (&[Char('o'), End, Esc, Char('b')], truth, "B"),
    ];
    for (keys, question, expected) in table {
        let acts = press(&mut terminal(&view), &view, keys.iter().copied());
        let last = answers(&acts).pop().unwrap_or_else(|| panic!("{keys:?}"));
        assert_eq!(last.answers[*question], *expected, "{keys:?}");
        let versions: Vec<u64> = answers(&acts).iter().map(|one| one.version).collect();
        assert!(versions.is_sorted() && versions.iter().all(|version| *version > u64::from(3u32) << 32));
    }
    for keys in [&[Char('h')][..], &[Char('8')], &[End, Char('c')], &[Backspace], &[Char('x')]] {
        assert!(answers(&press(&mut terminal(&view), &view, keys.iter().copied())).is_empty(), "{keys:?}");
    }
    let flagged = answers(&press(&mut terminal(&view), &view, [Char('m')])).pop().unwrap();
    assert_eq!(flagged.flagged, [false, true, false, true, false, false]);
}

#[test]
fn only_a_second_key_hands_in() {
    let sample = sample(Lang::En, At::Running);
    let view = view("he", &sample);
    let hand_in = Act::HandIn(Sample::exam_item());
    for (keys, hands_in) in [
        (&[Char('j')][..], false),
        (&[Char('j'), Enter], false),
        (&[Char('j'), Esc, Char('y')], false),
        (&[Char('j'), Char('y')], true),
        (&[Char('o'), Char('j'), Char('Y')], true),
    ] {
        let acts = press(&mut terminal(&view), &view, keys.iter().copied());
        assert_eq!(acts.contains(&hand_in), hands_in, "{keys:?}");
    }
}

#[test]
fn a_place_is_taken_with_enter_and_the_open_book_read_with_i() {
    let sample = sample(Lang::En, At::Seating);
    let place = view("gu", &sample);
    let acts = press(&mut terminal(&place), &place, [Enter]);
    assert_eq!(acts, [Act::TakePlace(Sample::exam_item())]);
    let seated = view("he", &sample);
    let mut screen = terminal(&seated);
    assert_eq!(press(&mut screen, &seated, [Char('i')]), [Act::Material("rules.md".to_owned())]);
    let answer =
        Answer::Material { path: "rules.md".to_owned(), result: Ok("Article 1\n\nThree days.".into()) };
    screen.answered(answer, &seated);
    let drawn = Window::new(Lang::En, SMALL).draw(&mut screen, &seated);
    assert!(drawn.contains("Three days."), "{drawn}");
    press(&mut screen, &seated, [Esc]);
    let drawn = Window::new(Lang::En, SMALL).draw(&mut screen, &seated);
    assert!(drawn.contains("You have taken your place."), "{drawn}");
}

/// A screen that begins afresh, or a paper that comes back after a crash, goes on with what the client has.
#[test]
fn a_fresh_screen_goes_on_with_the_answers() {
    let sample = sample(Lang::En, At::Running);
    let mut view = view("he", &sample);
    let mut screen = terminal(&view);
    press(&mut screen, &view, [Char('c')]);
    assert_eq!(screen.exam.as_ref().unwrap().answers[1], "C");
    let mut own = own(&sample);
    own.answers[1] = "C".into();
    own.paper = view.exam.as_ref().unwrap().paper.clone();
    view.exam = Some(Arc::new(own));
    let fresh = terminal(&view);
    assert_eq!(fresh.exam.as_ref().unwrap().answers[1], "C");
    assert_eq!(view.me, Actor::from("he"));
}
