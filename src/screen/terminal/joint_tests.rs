//! The terminal in a joint meeting: every page in both languages and sizes, and what the keys do.

use crossterm::event::KeyCode::{Char, Down, Esc, F, Left, Right, Up};

use super::*;
use crate::client::{AskError, Done};
use crate::meeting::joint_sample::JointPoint as At;
use crate::meeting::sample::Sample;
use crate::meeting::{Command, OfficialId, Refusal, Stance};
use crate::screen::testing::{self, Window, press, type_text};

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

fn at(lang: Lang, seat: &str, point: At) -> View {
    testing::view(seat, &Sample::joint(lang).until_joint(point).state)
}

fn terminal(lang: Lang, view: &View) -> Terminal {
    let mut terminal = Terminal::new(lang);
    terminal.viewed(view);
    terminal
}

fn show(name: &str, lang: Lang, terminal: &mut Terminal, view: &View) {
    let drawn = SIZES.map(|size| Window::new(lang, size).draw(terminal, view)).join("\n\n");
    insta::assert_snapshot!(format!("joint_{name}_{}", lang.pick("zh", "en")), drawn);
    Window::ascii(lang, (80, 24)).draw(terminal, view);
}

fn gives(official: &str, stance: Stance) -> Act {
    let official = OfficialId::from(official);
    Act::Order(Command::GiveStance { item: Sample::joint_item(), official, stance })
}

#[test]
fn every_page_of_a_joint_meeting() {
    for lang in BOTH {
        let pages = [
            ("called", "m2", At::Called),
            ("speaking", "m4", At::Speaking),
            ("concerned", "m2", At::FirstClosed),
            ("closed", "m5", At::AllClosed),
            ("guest", "m7", At::Speaking),
            ("declared", "m5", At::Declared),
        ];
        for (name, seat, point) in pages {
            let view = at(lang, seat, point);
            show(name, lang, &mut terminal(lang, &view), &view);
        }
    }
}

#[test]
fn one_is_in_the_record_at_once_and_two_and_three_want_words() {
    for lang in BOTH {
        let view = at(lang, "m4", At::Called);
        let mut terminal = terminal(lang, &view);
        assert_eq!(press(&mut terminal, &view, [Char('1')]), [gives("o1", Stance::NoObjection)]);
        press(&mut terminal, &view, [Down]);
        press(&mut terminal, &view, [Char('2')]);
        type_text(&mut terminal, &view, "理由 why");
        show("writing", lang, &mut terminal, &view);
        let objection = gives("o2", Stance::Objection { reason: "理由 why".to_owned() });
        assert_eq!(press(&mut terminal, &view, [F(5)]), std::slice::from_ref(&objection));
        // Refused: what was written stays.
        let Act::Order(command) = objection else { unreachable!() };
        let result = Err(AskError::Refused(Refusal::OpinionsClosed));
        terminal.answered(Answer::Order { command: command.clone(), result }, &view);
        assert!(matches!(&terminal.over, Over::Write(writing) if writing.editor.text() == "理由 why"));
        assert_eq!(press(&mut terminal, &view, [F(5)]).len(), 1);
        terminal.answered(Answer::Order { command, result: Ok(Done::default()) }, &view);
        assert!(matches!(terminal.over, Over::Nothing));
        assert_eq!(terminal.drafts, Drafts::default());
        press(&mut terminal, &view, [Char('3')]);
        type_text(&mut terminal, &view, "x");
        let check = gives("o2", Stance::NeedsChecking { what: "x".to_owned() });
        assert_eq!(press(&mut terminal, &view, [F(5)]), [check]);
    }
}

#[test]
fn what_stands_is_where_a_change_begins() {
    let view = at(Lang::En, "m5", At::Speaking);
    let mut terminal = terminal(Lang::En, &view);
    press(&mut terminal, &view, [Down]);
    press(&mut terminal, &view, [Char('2')]);
    let Over::Write(writing) = &terminal.over else { panic!("nothing is written") };
    assert_eq!(writing.editor.text(), "The audit at departure is not finished");
    // Esc keeps nothing that was not changed.
    press(&mut terminal, &view, [Esc]);
    assert_eq!(terminal.drafts, Drafts::default());
}

#[test]
fn no_key_gives_an_opinion_that_is_not_ones_own() {
    let rows = [
        // Speaks for nobody; about a relative; closed; declared.
        ("m7", At::Called, 0),
        ("m2", At::Called, 1),
        ("m6", At::Called, 3),
        ("m2", At::AllClosed, 0),
        ("m2", At::Declared, 0),
    ];
    for (seat, point, down) in rows {
        let view = at(Lang::Zh, seat, point);
        let mut terminal = terminal(Lang::Zh, &view);
        for _ in 0..9 {
            press(&mut terminal, &view, [Up]);
        }
        for _ in 0..down {
            press(&mut terminal, &view, [Down]);
        }
        for digit in ['1', '2', '3'] {
            assert_eq!(press(&mut terminal, &view, [Char(digit)]), [], "{seat} {point:?}");
            assert!(matches!(terminal.over, Over::Nothing));
        }
        let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut terminal, &view);
        assert!(!drawn.contains("1 无异议"), "{drawn}");
    }
}

#[test]
fn other_departments_are_turned_to() {
    let view = at(Lang::En, "m6", At::Speaking);
    let mut terminal = terminal(Lang::En, &view);
    let draw = |terminal: &mut Terminal| Window::new(Lang::En, (80, 24)).draw(terminal, &view);
    let first = draw(&mut terminal);
    // The own department comes first.
    let head = first.lines().find(|line| line.contains("Official")).unwrap();
    assert!(head.find("Health") < head.find("Discip."), "{head}");
    press(&mut terminal, &view, [Right]);
    press(&mut terminal, &view, [Right]);
    let last = draw(&mut terminal);
    assert!(last.contains("Legal"), "{last}");
    press(&mut terminal, &view, [Left]);
    assert_eq!(draw(&mut terminal), first);
}

#[test]
fn what_people_write_does_not_act() {
    for lang in BOTH {
        for seat in ["m2", "a1"] {
            let sample = Sample::joint(lang).hostile().until_joint(At::Speaking);
            let view = testing::view(seat, &sample.state);
            let mut terminal = terminal(lang, &view);
            press(&mut terminal, &view, [Down]);
            for size in SIZES {
                Window::new(lang, size).draw(&mut terminal, &view);
            }
        }
    }
}
