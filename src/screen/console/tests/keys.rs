//! What the keys do on each page, and that they do nothing where they are not shown.

use super::*;
use crate::client::{SealAct, Sealing};
use crate::meeting::{AdjournGround, BallotId, ItemId, LineId};
use crate::screen::console::keys::{Around, hints, now, typed};
use crate::words::key::Key;

fn item() -> ItemId {
    Sample::item()
}

fn ballot() -> BallotId {
    BallotId::from("appoint")
}

fn enter(console: &mut Console, view: &View) -> Vec<Command> {
    orders(press(console, view, [KeyCode::Enter]))
}

#[test]
fn enter_takes_the_one_next_lawful_step() {
    let line = |id: &str| LineId::from(id);
    let table = [
        (Point::SigningIn, Command::OpenMeeting),
        (Point::ScrutineersApproved, Command::OpenItem { item: item() }),
        (Point::Introducing, Command::Introduce { item: item(), line: line("n3") }),
        (Point::Recusing, Command::BeginDeliberation { item: item() }),
        (Point::Deliberating, Command::EndDeliberation { item: item() }),
        (Point::Confirming, Command::OpenVoting { ballot: ballot() }),
        (Point::Counted, Command::Declare { item: item() }),
    ];
    for (point, command) in table {
        let (mut console, view) = ready_at(Lang::Zh, point);
        assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command), "{point:?}");
        // While the answer is awaited, Enter does nothing more.
        assert_eq!(enter(&mut console, &view), [], "{point:?}");
        done(&mut console, &view, command.clone());
        assert_eq!(enter(&mut console, &view), [command], "{point:?}");
    }
    for point in [Point::Registering, Point::Sealing, Point::Opening] {
        let (mut console, view) = at(Lang::Zh, point);
        assert_eq!(enter(&mut console, &view), [], "{point:?} happens by itself");
    }
}

#[test]
fn what_cannot_be_undone_takes_a_second_different_key() {
    let table = [
        (Point::Deliberated, Command::OpenIssue { item: item() }),
        (Point::Issuing, Command::CloseIssue { ballot: ballot() }),
        (Point::Voting, Command::CloseVoting { ballot: ballot() }),
        (Point::Sealed, Command::OpenBox { ballot: ballot() }),
        (Point::Declared, Command::CloseMeeting),
    ];
    for (point, command) in table {
        for yes in ['y', 'Y', '\u{ff59}'] {
            let (mut console, view) = ready_at(Lang::En, point);
            assert_eq!(enter(&mut console, &view), [], "{point:?}");
            assert_eq!(enter(&mut console, &view), [], "Enter twice is not enough: {point:?}");
            assert!(Window::new(Lang::En, (80, 24)).draw(&mut console, &view).contains("Y confirms"));
            assert_eq!(
                orders(press(&mut console, &view, [KeyCode::Char(yes)])),
                std::slice::from_ref(&command)
            );
        }
        let (mut console, view) = ready_at(Lang::En, point);
        assert_eq!(
            orders(press(&mut console, &view, [KeyCode::Enter, KeyCode::Esc, KeyCode::Char('y')])),
            []
        );
    }
}

#[test]
fn a_question_goes_when_its_step_has_passed() {
    let (mut console, view) = at(Lang::En, Point::Issuing);
    press(&mut console, &view, [KeyCode::Enter]);
    let later = seen(&Sample::new(Lang::En).until(Point::Confirming));
    console.viewed(&later);
    assert_eq!(orders(press(&mut console, &later, [KeyCode::Char('y')])), []);
}

#[test]
fn the_warning_says_that_papers_may_be_out_until_all_are_back() {
    for (all, warned) in [(false, true), (true, false)] {
        let (mut console, mut view) = at(Lang::En, Point::Voting);
        view.live.turnout = Some(crate::client::Turnout { ballot: ballot(), at_least: 5, all });
        press(&mut console, &view, [KeyCode::Enter]);
        let drawn = Window::new(Lang::En, (120, 40)).draw(&mut console, &view);
        assert_eq!(drawn.contains("Papers may still be out"), warned, "{drawn}");
    }
}

#[test]
fn the_hands_must_add_up_and_what_was_typed_stays_when_they_do_not() {
    let (mut console, view) = at(Lang::En, Point::Opened);
    assert_eq!(enter(&mut console, &view), []);
    type_text(&mut console, &view, "x5");
    press(&mut console, &view, [KeyCode::Tab]);
    type_text(&mut console, &view, "1");
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("8 present, 2 still to be counted"), "{drawn}");
    let command = Command::ApproveScrutineers { agree: 5, disagree: 1, abstain: 0 };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command));
    refuse(&mut console, &view, command, Refusal::HandsDoNotAddUp { hands: 6, present: 8 });
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("6 counted, 8 present, 2 missing"), "{drawn}");
    press(&mut console, &view, [KeyCode::Down]);
    type_text(&mut console, &view, "2");
    let command = Command::ApproveScrutineers { agree: 5, disagree: 1, abstain: 2 };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command));
    done(&mut console, &view, command);
    assert!(console.cover.is_none());
}

#[test]
fn people_are_found_by_typing_chinese_and_signed_in_and_out() {
    let (mut console, view) = at(Lang::Zh, Point::Introducing);
    press(&mut console, &view, [KeyCode::Char('r')]);
    type_text(&mut console, &view, "𠮷");
    let seat = SeatId::from("m9");
    assert_eq!(enter(&mut console, &view), [Command::SignIn { seat: seat.clone() }]);
    done(&mut console, &view, Command::SignIn { seat });
    press(&mut console, &view, [KeyCode::Esc, KeyCode::Char('A')]);
    type_text(&mut console, &view, "总工会");
    let seat = SeatId::from("m7");
    assert_eq!(enter(&mut console, &view), [Command::SignOut { seat: seat.clone() }]);
    // Refused: the list stays, and says why.
    refuse(&mut console, &view, Command::SignOut { seat: seat.clone() }, Refusal::NotPresent { seat });
    let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("周静没有签到"), "{drawn}");
    assert!(drawn.contains("未连接"), "{drawn}");
}

#[test]
fn tab_shows_those_who_are_not_here() {
    let (mut console, view) = at(Lang::En, Point::Introducing);
    press(&mut console, &view, [KeyCode::Char('r'), KeyCode::Tab]);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("Ji Chuan") && !drawn.contains("Zhao Min"), "{drawn}");
    press(&mut console, &view, [KeyCode::Tab, KeyCode::Tab]);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("Zhou Jing") && !drawn.contains("Zhao Min"), "{drawn}");
}

#[test]
fn another_nominee_is_chosen_and_introduced_again() {
    let (mut console, view) = at(Lang::En, Point::Introducing);
    press(&mut console, &view, [KeyCode::Left]);
    let command = Command::Introduce { item: item(), line: LineId::from("n1") };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command));
    done(&mut console, &view, command);
    press(&mut console, &view, [KeyCode::Left, KeyCode::Esc]);
    let next = Command::Introduce { item: item(), line: LineId::from("n3") };
    assert_eq!(enter(&mut console, &view), [next]);
}

#[test]
fn the_material_of_the_nominee_on_the_floor_is_read() {
    let (mut console, view) = at(Lang::En, Point::Introducing);
    let acts = press(&mut console, &view, [KeyCode::Char('i')]);
    assert_eq!(acts, [Act::Material("n2/introduction.md".to_owned())]);
    let result = Ok("Recommended by \u{1b}[31mthe committee".into());
    console.answered(Answer::Material { path: "n2/introduction.md".to_owned(), result }, &view);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("Recommended by <U+001B>"), "{drawn}");
    let acts = press(&mut console, &view, [KeyCode::Tab]);
    assert_eq!(acts, [Act::Material("n2/inspection.md".to_owned())]);
    press(&mut console, &view, [KeyCode::Esc]);
    assert!(console.cover.is_none());
}

#[test]
fn people_leave_for_the_deliberation_and_are_called_back() {
    let (mut console, view) = at(Lang::En, Point::Deliberating);
    press(&mut console, &view, [KeyCode::Char('x')]);
    type_text(&mut console, &view, "Wang");
    let seat = SeatId::from("m2");
    assert_eq!(enter(&mut console, &view), [Command::Recuse { item: item(), seat: seat.clone() }]);
    done(&mut console, &view, Command::Recuse { item: item(), seat });
    press(&mut console, &view, [KeyCode::Esc, KeyCode::Char('x')]);
    type_text(&mut console, &view, "Ouyang");
    let seat = SeatId::from("m8");
    assert_eq!(enter(&mut console, &view), [Command::Return { item: item(), seat }]);
}

#[test]
fn a_line_is_deferred_with_a_reason_and_taken_back() {
    let (mut console, view) = at(Lang::Zh, Point::Deliberating);
    press(&mut console, &view, [KeyCode::Char('d'), KeyCode::Up, KeyCode::Up, KeyCode::Up, KeyCode::Up]);
    press(&mut console, &view, [KeyCode::Up, KeyCode::Down, KeyCode::Down, KeyCode::Enter]);
    type_text(&mut console, &view, "情况不清");
    let command =
        Command::Defer { item: item(), line: LineId::from("n3"), reason: "情况不清".to_owned() };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command));
    refuse(&mut console, &view, command.clone(), Refusal::AlreadyDeferred);
    assert!(console.cover.is_some(), "what was written is not lost");
    done(&mut console, &view, command);
    assert!(console.cover.is_none());

    let (mut console, view) = at(Lang::Zh, Point::Deliberated);
    press(&mut console, &view, [KeyCode::Left, KeyCode::Left, KeyCode::Left, KeyCode::Left, KeyCode::Left]);
    press(&mut console, &view, [KeyCode::Right, KeyCode::Char('d')]);
    let command = Command::Undefer { item: item(), line: LineId::from("n2") };
    assert_eq!(enter(&mut console, &view), [command]);
}

#[test]
fn notes_suspension_and_resuming() {
    let (mut console, view) = at(Lang::Zh, Point::Voting);
    press(&mut console, &view, [KeyCode::Char('n')]);
    type_text(&mut console, &view, "周静的终端断线?s");
    assert_eq!(enter(&mut console, &view), [Command::Note { text: "周静的终端断线?s".to_owned() }]);
    done(&mut console, &view, Command::Note { text: String::new() });
    press(&mut console, &view, [KeyCode::Char('s')]);
    type_text(&mut console, &view, "停电");
    let command = Command::Suspend { reason: "停电".to_owned() };
    assert_eq!(enter(&mut console, &view), std::slice::from_ref(&command));
    let mut sample = Sample::new(Lang::Zh).until(Point::Voting);
    sample.console(command);
    let suspended = seen(&sample);
    console.viewed(&suspended);
    done(&mut console, &suspended, Command::Suspend { reason: String::new() });
    let drawn = Window::new(Lang::Zh, (80, 24)).draw(&mut console, &suspended);
    assert!(drawn.contains("停电") && drawn.contains("S 恢复会议"), "{drawn}");
    assert_eq!(enter(&mut console, &suspended), [], "nothing goes on while suspended");
    assert_eq!(orders(press(&mut console, &suspended, [KeyCode::Char('S')])), [Command::Resume]);
}

#[test]
fn adjourning_takes_a_reason_and_two_keys_and_offers_the_missed_quorum() {
    let (mut console, view) = at(Lang::En, Point::Deliberating);
    press(&mut console, &view, [KeyCode::Char('j')]);
    type_text(&mut console, &view, "fire");
    assert_eq!(enter(&mut console, &view), []);
    let ground = AdjournGround::Decided { reason: "fire".to_owned() };
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), [Command::Adjourn { ground }]);

    let mut sample = Sample::new(Lang::En);
    sample.console(Command::OpenMeeting);
    let view = seen(&sample);
    let mut console = super::console(Lang::En);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("quorum not reached: 0 of 9 present, 6 needed"), "{drawn}");
    press(&mut console, &view, [KeyCode::Char('j'), KeyCode::Enter]);
    let acts = press(&mut console, &view, [KeyCode::Char('y')]);
    assert_eq!(orders(acts), [Command::Adjourn { ground: AdjournGround::NoQuorum }]);
}

#[test]
fn a_round_is_voided_with_a_reason_and_two_keys() {
    let (mut console, view) = at(Lang::En, Point::Confirming);
    press(&mut console, &view, [KeyCode::Char('w')]);
    type_text(&mut console, &view, "list wrong");
    assert_eq!(enter(&mut console, &view), []);
    let reason = "list wrong".to_owned();
    let acts = press(&mut console, &view, [KeyCode::Char('y')]);
    assert_eq!(orders(acts), [Command::NewRound { ballot: ballot(), reason }]);
}

#[test]
fn a_reissued_code_is_shown_once_with_its_owner() {
    let (mut console, view) = at(Lang::En, Point::Introducing);
    press(&mut console, &view, [KeyCode::Char('c')]);
    type_text(&mut console, &view, "Zhao");
    assert_eq!(enter(&mut console, &view), []);
    let who = Actor::from("m5");
    let command = Command::ReissueCode { who };
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('y')])), std::slice::from_ref(&command));
    let result = Ok(Done { line: Some(9), code: Some("K7QM-3HVD-9PZT-0".to_owned()) });
    console.answered(Answer::Order { command, result }, &view);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("K7QM-3HVD-9PZT-0") && drawn.contains("5 Zhao Min"), "{drawn}");
    assert!(!format!("{console:?}").contains("K7QM"), "a code must not reach a log");
    press(&mut console, &view, [KeyCode::Enter]);
    assert!(console.cover.is_some(), "a stray key does not lose it");
    press(&mut console, &view, [KeyCode::Esc]);
    assert!(console.cover.is_none());
}

#[test]
fn another_machine_can_be_the_standby() {
    let (mut console, view) = at(Lang::En, Point::Introducing);
    press(&mut console, &view, [KeyCode::Char('c'), KeyCode::F(2)]);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("Reissue the code of the standby"), "{drawn}");
    let acts = press(&mut console, &view, [KeyCode::Char('y')]);
    assert_eq!(orders(acts), [Command::ReissueCode { who: Actor::Standby }]);
}

#[test]
fn closing_seals_without_asking_twice() {
    let (mut console, mut view) = at(Lang::En, Point::Closed);
    let (head, signers) = ("9f".repeat(32), Vec::new());
    let seal = Sealing { lines: 9, head, files: 3, signers, witnesses: Some(8) };
    view.seal = Some(std::sync::Arc::new(seal));
    assert_eq!(press(&mut console, &view, [KeyCode::Enter]), [Act::Seal(SealAct::Sign)]);
    console.answered(Answer::Seal { act: SealAct::Sign, result: Ok(Done::default()) }, &view);
    assert_eq!(press(&mut console, &view, [KeyCode::Enter]), []);
    view.sealed = true;
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(drawn.contains("plenum verify /home/clerk/2026-11-24"), "{drawn}");
    assert_eq!(press(&mut console, &view, [KeyCode::Char('q')]), [Act::Quit]);
}

#[test]
fn only_keys_that_are_shown_do_something() {
    for (lang, point) in [
        (Lang::En, Point::SigningIn),
        (Lang::Zh, Point::Voting),
        (Lang::En, Point::Counted),
        (Lang::Zh, Point::Closed),
    ] {
        for character in 'A'..='Z' {
            let (mut console, view) = at(lang, point);
            let state = view.state.as_deref().unwrap();
            let shown = typed(character, &now(state, Around::default())).is_some();
            let acts = press(&mut console, &view, [KeyCode::Char(character)]);
            assert_eq!(console.cover.is_some() || !acts.is_empty(), shown, "{character} at {point:?}");
        }
    }
}

#[test]
fn every_key_is_explained_in_both_languages() {
    for lang in [Lang::Zh, Lang::En] {
        for point in [Point::Introducing, Point::Deliberating, Point::Voting] {
            let (mut console, view) = at(lang, point);
            let state = view.state.as_deref().unwrap();
            let all = hints(lang, crate::screen::Theme::new(false, false), state, Around::default());
            press(&mut console, &view, [KeyCode::Char('?')]);
            let drawn = Window::new(lang, (80, 40)).draw(&mut console, &view);
            for hint in all {
                assert!(drawn.contains(hint.key), "{} is not explained:\n{drawn}", hint.key);
            }
            press(&mut console, &view, [KeyCode::Char('r')]);
            assert!(console.cover.is_none(), "a key closes the help and does nothing else");
        }
        assert!(Key::Own.sentence(lang).contains("F9"));
    }
}
