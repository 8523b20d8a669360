//! Adjourning to another day, and what the console shows until it goes on.

use super::*;
use crate::meeting::RoomTime;

fn in_room(lang: Lang) -> Console {
    super::console(lang).in_zone(crate::screen::testing::zone())
}

#[test]
fn the_meeting_goes_on_on_the_day_that_is_typed() {
    let view = seen(&Sample::new(Lang::En).until(Point::Deliberating));
    let mut console = in_room(Lang::En);
    press(&mut console, &view, [KeyCode::Char('j'), KeyCode::Tab]);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("2026-11-25 09:00"), "the morning after is offered: {drawn}");
    press(&mut console, &view, [KeyCode::Backspace; 16]);
    // No day, and no time.
    for wrong in ["2026-02-30 09:00", "tomorrow", "2026-12-01"] {
        type_text(&mut console, &view, wrong);
        press(&mut console, &view, [KeyCode::Enter]);
        let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
        assert!(drawn.contains("that is no date and time"), "{wrong}: {drawn}");
        press(&mut console, &view, [KeyCode::Backspace; 16]);
    }
    // As an input method writes it.
    type_text(&mut console, &view, "２０２６-12-01 09：00");
    // Without a reason nothing is asked.
    press(&mut console, &view, [KeyCode::Enter]);
    type_text(&mut console, &view, "it is late");
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), []);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("1 December 2026, 09:00") && drawn.contains("Y confirms"), "{drawn}");
    // Any other key goes back to the form, and nothing is lost.
    press(&mut console, &view, [KeyCode::Esc, KeyCode::Enter]);
    let acts = orders(press(&mut console, &view, [KeyCode::Char('y')]));
    let until = Sample::another_day();
    let command = Command::AdjournTo { until, reason: "it is late".to_owned() };
    assert_eq!(acts, std::slice::from_ref(&command));
    // Refused: what was written stays.
    refuse(&mut console, &view, command.clone(), Refusal::NotAhead { until });
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("has passed: give a date and a time that are"), "{drawn}");
    press(&mut console, &view, [KeyCode::Down]);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("it is late") && drawn.contains("1 December 2026, 09:00"), "{drawn}");
    done(&mut console, &view, command);
    assert!(console.cover.is_none());
}

#[test]
fn tab_turns_from_the_end_to_another_day_and_back() {
    let (_, view) = at(Lang::Zh, Point::Deliberating);
    let mut console = in_room(Lang::Zh);
    let shown = |console: &mut Console| Window::new(Lang::Zh, (80, 24)).draw(console, &view);
    press(&mut console, &view, [KeyCode::Char('j')]);
    assert!(shown(&mut console).contains("Tab 改日继续"));
    press(&mut console, &view, [KeyCode::Tab]);
    assert!(shown(&mut console).contains("Tab 就此结束"));
    press(&mut console, &view, [KeyCode::Tab]);
    assert!(shown(&mut console).contains("Tab 改日继续"));
}

#[test]
fn pages_of_a_meeting_that_is_adjourned_to_another_day() {
    for lang in [Lang::Zh, Lang::En] {
        let draw = |name: &str, console: &mut Console, view: &View| {
            for size in SIZES {
                let drawn = Window::new(lang, size).draw(console, view);
                let name = format!("sittings_{name}_{}_{}x{}", lang.pick("zh", "en"), size.0, size.1);
                insta::assert_snapshot!(name, drawn);
            }
        };
        let view = seen(&Sample::new(lang).until(Point::Deliberating));
        let mut console = in_room(lang);
        press(&mut console, &view, [KeyCode::Char('j'), KeyCode::Tab]);
        draw("form", &mut console, &view);
        let view = seen(&Sample::adjourned(lang, Point::Deliberating));
        draw("recess", &mut in_room(lang), &view);
        let view = seen(&Sample::reconvened(lang, Point::Deliberating));
        draw("signing_in", &mut in_room(lang), &view);
    }
}

/// Enter calls everybody to sign in, and then opens the sitting; the meeting can still be ended, or put off again.
#[test]
fn enter_goes_on_and_another_day_can_be_said_again() {
    let view = seen(&Sample::adjourned(Lang::En, Point::Declared));
    let mut console = in_room(Lang::En);
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), [Command::Reconvene]);
    let mut console = in_room(Lang::En);
    press(&mut console, &view, [KeyCode::Char('j'), KeyCode::Tab, KeyCode::Down]);
    type_text(&mut console, &view, "no hall");
    press(&mut console, &view, [KeyCode::Enter]);
    let acts = orders(press(&mut console, &view, [KeyCode::Char('y')]));
    let at = jiff::civil::date(2026, 12, 2).at(9, 0, 0, 0);
    let until = RoomTime { at, utc_offset_minutes: 480 };
    assert_eq!(acts, [Command::AdjournTo { until, reason: "no hall".to_owned() }]);
    let view = seen(&Sample::reconvened(Lang::En, Point::Declared));
    assert_eq!(orders(press(&mut in_room(Lang::En), &view, [KeyCode::Enter])), [Command::OpenMeeting]);
}

/// The last item was left: closing is not what comes now.
#[test]
fn closing_waits_for_an_item_that_was_left() {
    let mut sample = Sample::new(Lang::En).until(Point::Deliberating);
    let adjourn = sample.adjourn_to();
    sample.console(adjourn);
    let drawn = Window::new(Lang::En, (120, 40)).draw(&mut in_room(Lang::En), &seen(&sample));
    assert!(drawn.contains("3 ▶ Nominations") && drawn.contains("4 · Closing"), "{drawn}");
}
