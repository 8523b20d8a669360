//! What the room sees when the agenda was put to a decision, at both sizes and in both languages.

use super::Display;
use crate::meeting::agenda_sample::{FLOOD, add, hands, take_off};
use crate::meeting::sample::Sample;
use crate::meeting::{Actor, AgendaVote, Command};
use crate::screen::terminal::Terminal;
use crate::screen::testing::{Window, view};
use crate::screen::{Act, Screen};
use crate::words::Lang;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

#[test]
fn the_room_sees_what_was_decided_on_the_agenda() {
    for lang in [Lang::Zh, Lang::En] {
        let mut carried = Sample::with_agenda(lang);
        carried.agenda(take_off("bridge"), AgendaVote::WithoutObjection).unwrap();
        carried.agenda(add(FLOOD, Some("appoint")), hands(7, 1, 0)).unwrap();
        let mut kept = Sample::with_agenda(lang);
        kept.agenda(take_off("bridge"), hands(3, 5, 0)).unwrap();
        let with_proposal = || {
            let mut sample = Sample::with_agenda(lang);
            let reason = lang.pick("方案还要修改", "the draft is not ready").to_owned();
            sample.console(Command::PutAgenda { change: take_off("bridge"), reason });
            sample
        };
        let put = with_proposal();
        let mut objected = with_proposal();
        objected.order(&Actor::Seat("m3".into()), Command::ObjectToAgenda { number: 1 });
        for (name, sample) in [("carried", carried), ("kept", kept), ("put", put), ("put_objected", objected)]
        {
            let room = SIZES.map(|size| {
                let shown = view("display", &sample.state);
                Window::new(lang, size).draw(&mut Display::default(), &shown)
            });
            let member = SIZES.map(|size| {
                let shown = view("m3", &sample.state);
                let mut terminal = Terminal::new(lang);
                terminal.viewed(&shown);
                Window::new(lang, size).draw(&mut terminal, &shown)
            });
            let drawn = [room.join("\n\n"), member.join("\n\n")].join("\n\n");
            insta::assert_snapshot!(format!("agenda_{name}_{}", lang.pick("zh", "en")), drawn);
        }
    }
}

/// A result stands until something newer is to be told.
#[test]
fn what_was_decided_on_the_agenda_comes_after_a_result() {
    let mut sample = Sample::with_agenda(Lang::En);
    let item = crate::meeting::ItemId::from("rules");
    sample.console(Command::OpenItem { item: item.clone() });
    sample.console(Command::CountHands { item: item.clone(), agree: 8, disagree: 0, abstain: 0 });
    sample.console(Command::Declare { item });
    let drawn = |sample: &Sample| {
        let (room, member) = (view("display", &sample.state), view("m3", &sample.state));
        let mut terminal = Terminal::new(Lang::En);
        terminal.viewed(&member);
        [
            Window::new(Lang::En, SIZES[1]).draw(&mut Display::default(), &room),
            Window::new(Lang::En, SIZES[1]).draw(&mut terminal, &member),
        ]
    };
    let says = "take \u{201c}The Hekou bridge\u{201d} off";
    let told = |screens: [String; 2]| screens.map(|screen| screen.contains(says));
    assert_eq!(told(drawn(&sample)), [false; 2]);
    sample.agenda(take_off("bridge"), AgendaVote::WithoutObjection).unwrap();
    let after = drawn(&sample);
    assert_eq!(told(after.clone()), [true; 2], "{}", after.join("\n"));
}

/// O on the member's terminal asks for a second key, then objects to this very proposal.
#[test]
fn a_member_objects_from_the_terminal() {
    use crossterm::event::{KeyCode, KeyEvent};
    let mut sample = Sample::with_agenda(Lang::En);
    let press = |sample: &Sample, who: &str, key: char, terminal: &mut Terminal| {
        let view = view(who, &sample.state);
        terminal.viewed(&view);
        terminal.key(KeyEvent::from(KeyCode::Char(key)), &view)
    };
    let mut terminal = Terminal::new(Lang::En);
    assert_eq!(press(&sample, "m3", 'o', &mut terminal), [], "nothing was put");
    sample.console(Command::PutAgenda { change: take_off("bridge"), reason: "not ready".to_owned() });
    assert_eq!(press(&sample, "m3", 'o', &mut terminal), []);
    let objects = Command::ObjectToAgenda { number: 1 };
    assert_eq!(press(&sample, "m3", 'y', &mut terminal), [Act::Order(objects.clone())]);
    sample.order(&Actor::Seat("m3".into()), objects);
    for who in ["m3", "a1"] {
        let mut terminal = Terminal::new(Lang::En);
        press(&sample, who, 'o', &mut terminal);
        assert_eq!(press(&sample, who, 'y', &mut terminal), [], "{who} has objected, or has no vote");
    }
}
