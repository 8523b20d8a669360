use std::sync::Arc;

use crossterm::event::KeyCode;

use super::*;

use crate::meeting::sample::Sample;
use crate::meeting::{DetachReason, Machine, Standby as StandsBy};
use crate::screen::testing::{Window, now, press, type_text, view};
use crate::wire::Majority;

fn machine() -> Machine {
    Machine {
        key: "ab".repeat(32),
        pin: "cd".repeat(32),
        addresses: vec!["192.0.2.8:7420".to_owned(), "10.0.0.8:7420".to_owned()],
    }
}

fn known(step: InStep, link: Link) -> View {
    let mut state = Sample::new(Lang::En).state;
    let since = now() - std::time::Duration::from_secs(600);
    state.standby = Some(StandsBy { machine: machine(), step, since });
    View { link, ..view("standby", &state) }
}

fn lost() -> Link {
    Link::Lost { since: now() - std::time::Duration::from_secs(9), tries: 3 }
}

fn screen(lang: Lang) -> Standby {
    Standby::new(lang, "192.0.2.7:7420", None).having_reached(true)
}

#[test]
fn pages() {
    for lang in [Lang::En, Lang::Zh] {
        for size in [(80, 24), (120, 40)] {
            let name = |what: &str| format!("{what}_{lang:?}_{}x{}", size.0, size.1).to_lowercase();
            for (what, step, link) in [
                ("in_step", InStep::Attached, Link::Connected),
                ("in_step_lost", InStep::Attached, lost()),
                ("catching_up", InStep::NotYet, Link::Connected),
                ("detached", InStep::Detached(DetachReason::Behind), lost()),
            ] {
                let shown = Window::new(lang, size).draw(&mut screen(lang), &known(step, link));
                insta::assert_snapshot!(name(what), shown);
            }
            let mut away = screen(lang).having_reached(false);
            let shown = Window::new(lang, size).draw(&mut away, &known(InStep::Attached, lost()));
            insta::assert_snapshot!(name("not_reached"), shown);
            let mut overnight = known(InStep::Attached, lost());
            Arc::make_mut(overnight.state.as_mut().unwrap()).phase = Phase::Recess;
            let shown = Window::new(lang, size).draw(&mut screen(lang), &overnight);
            insta::assert_snapshot!(name("adjourned"), shown);
            let view = known(InStep::Detached(DetachReason::Lost), lost());
            let mut asks = screen(lang).asking(&view);
            type_text(&mut asks, &view, "7");
            assert!(press(&mut asks, &view, [KeyCode::Enter]).is_empty());
            insta::assert_snapshot!(name("line"), Window::new(lang, size).draw(&mut asks, &view));
            let view = known(InStep::Attached, lost());
            let mut asks = screen(lang).asking(&view);
            type_text(&mut asks, &view, "7k3m");
            assert!(press(&mut asks, &view, [KeyCode::Enter]).is_empty());
            insta::assert_snapshot!(name("code"), Window::new(lang, size).draw(&mut asks, &view));
        }
    }
}

#[test]
fn a_standby_in_step_asks_for_the_code_alone() {
    let code = SeatCode::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
    let view = known(InStep::Attached, lost());
    let mut screen = screen(Lang::En);
    assert!(press(&mut screen, &view, [KeyCode::Char('t')]).is_empty());
    type_text(&mut screen, &view, &code.shown());
    assert_eq!(press(&mut screen, &view, [KeyCode::Enter]), [Act::Quit]);
    assert_eq!(screen.into_left(), Left::TakeOver { code, forced: None });
}

#[test]
fn a_detached_standby_asks_for_its_last_line_first() {
    let code = SeatCode::generate(&mut rand::rand_core::UnwrapErr(rand::rngs::SysRng));
    let view = known(InStep::Detached(DetachReason::Lost), lost());
    let last = view.chain.number;
    let mut screen = screen(Lang::En);
    press(&mut screen, &view, [KeyCode::Char('T')]);
    for wrong in [(last + 1).to_string(), "x".to_owned(), String::new()] {
        type_text(&mut screen, &view, &wrong);
        assert!(press(&mut screen, &view, [KeyCode::Enter]).is_empty());
        assert!(screen.problem.is_some() && matches!(screen.typing, Some(Typing::Line(_))), "{wrong}");
        press(&mut screen, &view, vec![KeyCode::Backspace; 30]);
    }
    type_text(&mut screen, &view, &last.to_string());
    press(&mut screen, &view, [KeyCode::Enter]);
    type_text(&mut screen, &view, &code.shown());
    assert_eq!(press(&mut screen, &view, [KeyCode::Enter]), [Act::Quit]);
    assert_eq!(screen.into_left(), Left::TakeOver { code, forced: Some(last) });
}

/// What it held when it stopped says that it is in step; what was written since, it does not know.
#[test]
fn a_standby_that_was_away_takes_over_only_by_force_until_it_has_reached_the_hub() {
    let away = known(InStep::Attached, lost());
    let mut screen = screen(Lang::En).having_reached(false);
    press(&mut screen, &away, [KeyCode::Char('t')]);
    assert!(matches!(screen.typing, Some(Typing::Line(_))));
    press(&mut screen, &away, [KeyCode::Esc]);
    screen.viewed(&known(InStep::Attached, Link::Connected));
    press(&mut screen, &away, [KeyCode::Char('t')]);
    assert!(matches!(screen.typing, Some(Typing::Code(_, None))));
}

#[test]
fn esc_takes_nothing_over_and_q_leaves() {
    let view = known(InStep::Attached, Link::Connected);
    let mut screen = screen(Lang::En);
    press(&mut screen, &view, [KeyCode::Char('t'), KeyCode::Esc]);
    assert!(screen.typing.is_none());
    assert_eq!(press(&mut screen, &view, [KeyCode::Char('q')]), [Act::Quit]);
    assert_eq!(screen.into_left(), Left::Gone);
}

#[test]
fn without_a_place_in_the_record_there_is_no_takeover() {
    let mut state = Sample::new(Lang::En).state;
    state.standby = None;
    let view = view("standby", &state);
    let mut screen = screen(Lang::Zh);
    press(&mut screen, &view, [KeyCode::Char('t')]);
    assert!(screen.typing.is_none());
    let shown = Window::new(Lang::Zh, (80, 24)).draw(&mut screen, &view);
    assert!(shown.contains(Text::TakenElsewhere.text(Lang::Zh)), "{shown}");
}

/// Quietly in step, loudly detached, and what the meeting waits for: on every kind of screen.
#[test]
fn every_screen_of_the_meeting_says_how_the_standby_stands() {
    use crate::screen::console::Console;
    use crate::screen::display::Display;
    use crate::screen::terminal::Terminal;
    for lang in [Lang::En, Lang::Zh] {
        for size in [(80, 24), (120, 40)] {
            let window = Window::new(lang, size);
            for (what, step, missing) in [
                ("quiet", InStep::Attached, None),
                ("loud", InStep::Detached(DetachReason::Behind), Some(Majority { connected: 3, of: 7 })),
            ] {
                let seen = |me: &str| {
                    let mut view =
                        View { me: crate::meeting::Actor::from(me), ..known(step, Link::Connected) };
                    view.live.majority_missing = missing;
                    view
                };
                let name = |screen: &str| {
                    format!("meeting_{what}_{screen}_{lang:?}_{}x{}", size.0, size.1).to_lowercase()
                };
                let mut console = Console::new(lang, "2027-03-12".to_owned(), None);
                let drawn = [
                    ("console", window.draw(&mut console, &seen("console"))),
                    ("terminal", window.draw(&mut Terminal::new(lang), &seen("m2"))),
                    ("display", window.draw(&mut Display::new(), &seen("display"))),
                ];
                for (screen, drawn) in drawn {
                    let said = drawn.split_whitespace().collect::<String>();
                    let expected = match missing {
                        None => standing_by::in_header(lang, step).unwrap().to_owned(),
                        Some(majority) => standing_by::too_few(lang, majority),
                    };
                    let expected = expected.split_whitespace().collect::<String>();
                    assert!(said.contains(&expected), "{screen}: {drawn}");
                    insta::assert_snapshot!(name(screen), drawn);
                }
            }
        }
    }
}
