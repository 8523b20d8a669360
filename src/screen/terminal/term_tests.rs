//! The terminal in a deliberation during the term: what is said inside, the keys, and the dark terminal of the appointee.

use std::sync::Arc;

use crossterm::event::KeyCode::{Char, Down, Enter, F};

use super::*;
use crate::client::Done;
use crate::meeting::joint_sample::seat_of;
use crate::meeting::sample::Sample;
use crate::meeting::term_sample::TermPoint as At;
use crate::meeting::{Command, Happened, Judged, LineFacts, State};
use crate::screen::testing::{self, Window, press, type_text};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn at(lang: Lang, seat: &str, point: At) -> View {
    testing::view(seat, &Sample::term(lang).until_term(point).state)
}

fn terminal(lang: Lang, view: &View) -> Terminal {
    let mut terminal = Terminal::new(lang);
    terminal.viewed(view);
    terminal
}

fn show(name: &str, lang: Lang, terminal: &mut Terminal, view: &View) {
    let drawn = SIZES.map(|size| Window::new(lang, size).draw(terminal, view)).join("\n\n");
    insta::assert_snapshot!(format!("term_{name}_{}", lang.pick("zh", "en")), drawn);
    Window::ascii(lang, (80, 24)).draw(terminal, view);
}

#[test]
fn every_page_of_a_deliberation() {
    for lang in BOTH {
        let pages = [
            ("reporting", "m2", At::Reporting),
            ("begun", "m2", At::Deliberating),
            ("asking", "m2", At::Asking),
            ("recorder", "m4", At::Asking),
            ("proposing", "a1", At::Asking),
            ("dark", "m7", At::Asking),
            ("judged", "m2", At::Judged),
        ];
        for (name, seat, point) in pages {
            let view = at(lang, seat, point);
            show(name, lang, &mut terminal(lang, &view), &view);
        }
    }
}

/// Who writes, the keys that open the writing, and what is sent.
type Row = (&'static str, &'static [crossterm::event::KeyCode], fn(ItemId, String) -> Command);

#[test]
fn what_is_written_is_sent() {
    let item = Sample::term_item;
    let rows: [Row; 4] = [
        ("m2", &[Char('o')], |item, text| Command::SayInside { item, text }),
        ("m2", &[Char('q')], |item, text| Command::PutQuestion { item, text }),
        ("a1", &[Char('k')], |item, text| Command::Reply { item, question: QuestionId(1), text }),
        ("a1", &[Down, Char('k')], |item, text| Command::Reply { item, question: QuestionId(2), text }),
    ];
    for lang in BOTH {
        for (seat, keys, command) in rows {
            let view = at(lang, seat, At::Asking);
            let mut terminal = terminal(lang, &view);
            assert_eq!(press(&mut terminal, &view, keys.iter().copied()), []);
            type_text(&mut terminal, &view, "话 words");
            Window::new(lang, (80, 24)).draw(&mut terminal, &view);
            let command = command(item(), "话 words".to_owned());
            assert_eq!(press(&mut terminal, &view, [F(5)]), [Act::Order(command.clone())]);
            terminal.answered(Answer::Order { command, result: Ok(Done::default()) }, &view);
            assert!(matches!(terminal.over, Over::Nothing));
            assert_eq!(terminal.drafts, Drafts::default());
        }
    }
}

#[test]
fn the_recorder_takes_down_what_was_spoken() {
    for (key, question) in [('e', false), ('t', true)] {
        let view = at(Lang::En, "m4", At::Deliberating);
        let mut terminal = terminal(Lang::En, &view);
        press(&mut terminal, &view, [Char(key)]);
        Window::new(Lang::En, (80, 24)).draw(&mut terminal, &view);
        type_text(&mut terminal, &view, "Zhao");
        press(&mut terminal, &view, [Enter]);
        type_text(&mut terminal, &view, "I agree");
        let (item, text) = (Sample::term_item(), "I agree".to_owned());
        let seat = crate::meeting::SeatId::from("m5");
        let command = match question {
            true => Command::TakeDownQuestion { item, asker: seat, text },
            false => Command::TakeDownSaid { item, seat, text },
        };
        assert_eq!(press(&mut terminal, &view, [F(5)]), [Act::Order(command)]);
    }
}

/// The record as it reaches somebody outside: what is said inside is withheld.
fn dark(lang: Lang) -> (Sample, View) {
    let mut all = Sample::term(lang).until_term(At::Deliberating);
    let mut outside: State = all.state.clone();
    let mut follow = |all: &mut Sample, actor: &str, command: Command| {
        let (actor, kind) = (crate::meeting::Actor::from(actor), command.kind());
        let events = all.try_order(&actor, &command).unwrap();
        let happened = match crate::meeting::is_said_inside(kind) {
            true => Happened::Withheld { kind },
            false => Happened::Events(&events),
        };
        let (number, time, head) = (outside.line + 1, all.now, "0".repeat(64));
        outside.fold(&LineFacts { number, time, head: &head, actor: &actor, order: None, happened });
    };
    let item = Sample::term_item;
    let text = |text: &str| text.to_owned();
    follow(&mut all, "m2", Command::SayInside { item: item(), text: text("SECRET statement") });
    follow(&mut all, "m3", Command::PutQuestion { item: item(), text: text("SECRET question") });
    let question = QuestionId(1);
    follow(&mut all, "a1", Command::Reply { item: item(), question, text: text("SECRET reply") });
    let judged = Judged::Clearly;
    follow(&mut all, "console", Command::JudgeReply { item: item(), question, judged });
    let before = outside.clone();
    let mut after = before.clone();
    let events = all.try_order(&crate::meeting::Actor::Console, &Command::EndDeliberation { item: item() });
    let (number, time, head) = (after.line + 1, all.now, "0".repeat(64));
    let happened = Happened::Events(&events.unwrap());
    let actor = &crate::meeting::Actor::Console;
    after.fold(&LineFacts { number, time, head: &head, actor, order: None, happened });
    all.state = after;
    let mut view = testing::view("m7", &before);
    view.state = Some(Arc::new(before));
    (all, view)
}

#[test]
fn the_appointee_sees_nothing_and_does_nothing_until_the_return() {
    for lang in BOTH {
        let (returned, view) = dark(lang);
        let mut terminal = terminal(lang, &view);
        for size in SIZES {
            let drawn = Window::new(lang, size).draw(&mut terminal, &view);
            assert!(drawn.contains(lang.pick("本终端已暂停", "this terminal is dark")), "{drawn}");
            assert!(!drawn.contains("SECRET"));
        }
        for key in ['o', 'q', 'k', 'e', 't', 'i', 'p', 'r', 'x', 'l', '1'] {
            assert_eq!(press(&mut terminal, &view, [Char(key)]), [], "{key}");
            assert!(matches!(terminal.over, Over::Nothing), "{key}");
        }
        // Back again: the terminal works on, and what was withheld stays so.
        let view = testing::view("m7", &returned.state);
        terminal.viewed(&view);
        let drawn = Window::new(lang, (120, 40)).draw(&mut terminal, &view);
        assert!(!drawn.contains(lang.pick("本终端已暂停", "this terminal is dark")), "{drawn}");
        assert!(!format!("{:?}", returned.state).contains("SECRET"));
        assert!(!press(&mut terminal, &view, [Char('p')]).iter().any(|act| matches!(act, Act::Quit)));
        assert!(matches!(terminal.over, Over::Present(_)));
    }
}

/// What lies open when somebody is sent out is closed.
#[test]
fn nothing_stays_open_over_the_dark_page() {
    let mut sample = Sample::term(Lang::En).until_term(At::Deliberating);
    let view = testing::view("m3", &sample.state);
    let mut terminal = terminal(Lang::En, &view);
    press(&mut terminal, &view, [Char('o')]);
    type_text(&mut terminal, &view, "mine");
    let recuse = Command::Recuse { item: Sample::term_item(), seat: "m3".into() };
    sample.order(&seat_of("m3"), recuse);
    let view = testing::view("m3", &sample.state);
    terminal.viewed(&view);
    assert!(matches!(terminal.over, Over::Nothing));
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut terminal, &view);
    assert!(drawn.contains("this terminal is dark") && !drawn.contains("mine"), "{drawn}");
}

#[test]
fn what_people_write_does_not_act() {
    for lang in BOTH {
        let sample = Sample::term(lang).hostile().until_term(At::Judged);
        for seat in ["m2", "m4", "m7"] {
            let view = testing::view(seat, &sample.state);
            for size in SIZES {
                Window::new(lang, size).draw(&mut terminal(lang, &view), &view);
            }
        }
    }
}
