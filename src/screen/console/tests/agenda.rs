//! The agenda changed at the console: each page as it looks, each key as it works, and what is read aloud.

use super::*;
use crate::meeting::agenda_sample::{EXAM, FLOOD, add, agenda_command, hands, moves, put_back, take_off};
use crate::meeting::{AgendaChange, AgendaVote};
use crate::plan::{AddedItem, MaterialFault};
use crate::screen::console::cover::Cover;
use crate::screen::console::cover::agenda::Agenda;
use crate::screen::console::keys::{Around, now};
use crate::words::key::Key;
use crate::words::sentence;

/// An item in the language of the meeting.
fn flood(lang: Lang) -> String {
    match lang {
        Lang::En => FLOOD.to_owned(),
        Lang::Zh => FLOOD
            .replace("Flood relief", "防汛应急经费")
            .replace("that the relief plan be adopted", "安排堤防抢修经费"),
    }
}

fn files(lang: Lang) -> Vec<AddedItem> {
    let file = |file: &str, text| AddedItem { file: file.to_owned(), text };
    vec![
        file("broken.toml", Ok(flood(lang).replace("kind =", "kin =").replace("members", "member"))),
        file("exam.toml", Ok(EXAM.to_owned())),
        file("flood.toml", Ok(flood(lang))),
        file("locked.toml", Err(MaterialFault::Unreadable)),
    ]
}

/// The console with its page of the agenda, as G opens it.
fn opened(lang: Lang, sample: &Sample) -> (Console, View) {
    let (mut console, view) = (console(lang), seen(sample));
    assert_eq!(press(&mut console, &view, [KeyCode::Char('g')]).len(), 0);
    assert!(matches!(console.cover, Some(Cover::Agenda(_))), "G opens it");
    console.cover = Some(Cover::Agenda(Box::new(Agenda::new(files(lang), &sample.state))));
    (console, view)
}

/// What Enter on the reason orders.
fn proposed(change: AgendaChange, reason: &str) -> Command {
    Command::PutAgenda { change, reason: reason.to_owned() }
}

fn snapshot(name: &str, lang: Lang, console: &mut Console, view: &View) {
    let drawn = SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n");
    insta::assert_snapshot!(format!("agenda_{name}_{}", lang.pick("zh", "en")), drawn);
}

#[test]
fn every_step_of_a_change_has_its_page() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::with_agenda(lang);
        let (mut console, view) = opened(lang, &sample);
        snapshot("choosing", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::Down; 3]);
        snapshot("mistaken", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::Down, KeyCode::Down, KeyCode::Char('a'), KeyCode::Up]);
        snapshot("placing", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::Enter]);
        type_text(&mut console, &view, lang.pick("水位超过警戒线", "the water rises"));
        snapshot("reason", lang, &mut console, &view);
        let put =
            proposed(add(&flood(lang), Some("appoint")), lang.pick("水位超过警戒线", "the water rises"));
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&put));
        sample.console(put.clone());
        let view = seen(&sample);
        done(&mut console, &view, put);
        snapshot("deciding", lang, &mut console, &view);
        // Who leaves the form finds the proposal on the page; an objection takes a key away.
        press(&mut console, &view, [KeyCode::Esc]);
        let number = sample.state.proposal().unwrap().number;
        sample.order(&Actor::Seat("m4".into()), Command::ObjectToAgenda { number });
        let view = seen(&sample);
        snapshot("put", lang, &mut console, &view);
        press(&mut console, &view, [KeyCode::Enter]);
        snapshot("objected", lang, &mut console, &view);
        sample.console(Command::WithdrawAgenda);
        sample.agenda(add(&flood(lang), Some("appoint")), hands(6, 1, 1)).unwrap();
        sample.agenda(take_off("bridge"), AgendaVote::WithoutObjection).unwrap();
        let (mut console, view) = (super::console(lang), seen(&sample));
        snapshot("changed", lang, &mut console, &view);
        let (mut console, view) = opened(lang, &sample);
        snapshot("choosing_again", lang, &mut console, &view);
        // Where there is no such folder, the page says how to write an item.
        let (mut console, view) = (super::console(lang), seen(&sample));
        press(&mut console, &view, [KeyCode::Char('g')]);
        snapshot("no_files", lang, &mut console, &view);
    }
}

/// Keys lead to the very command, and it is refused by the hub where it must be.
#[test]
fn keys_propose_what_the_body_decides() {
    let lang = Lang::En;
    let sample = Sample::with_agenda(lang);
    let up = KeyCode::Up;
    let rows: [(&[KeyCode], AgendaChange); 5] = [
        (&[KeyCode::Char('r')], take_off("rules")),
        (&[KeyCode::Down, KeyCode::Char('r')], take_off("bridge")),
        (&[KeyCode::Char('m'), KeyCode::End, KeyCode::Enter], moves("rules", None)),
        (&[KeyCode::Down, KeyCode::Char('M'), up, KeyCode::Enter], moves("bridge", Some("rules"))),
        (&[KeyCode::End, up, KeyCode::Char('a'), KeyCode::Home, KeyCode::Enter], add(FLOOD, Some("rules"))),
    ];
    for (keys, change) in rows {
        let (mut console, view) = opened(lang, &sample);
        assert_eq!(press(&mut console, &view, keys.iter().copied()).len(), 0, "{change:?}");
        type_text(&mut console, &view, "it cannot wait");
        let put = proposed(change.clone(), "it cannot wait");
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&put));
        done(&mut console, &view, put);
        type_text(&mut console, &view, "6");
        press(&mut console, &view, [KeyCode::Tab]);
        type_text(&mut console, &view, "2");
        let command = agenda_command(change.clone(), hands(6, 2, 0));
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Enter])), std::slice::from_ref(&command));
        refuse(&mut console, &view, command.clone(), Refusal::HandsDoNotAddUp { hands: 8, present: 9 });
        assert!(console.cover.is_some(), "what was typed is not lost");
        // Where nobody objects no hands are counted.
        let without = agenda_command(change, AgendaVote::WithoutObjection);
        assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('w')])), std::slice::from_ref(&without));
        done(&mut console, &view, without);
        assert!(console.cover.is_none());
    }
    // What has mistakes, or cannot be read, is not proposed; Esc leaves step by step.
    let (mut console, view) = opened(lang, &sample);
    for down in [3, 1, 2] {
        press(&mut console, &view, std::iter::repeat_n(KeyCode::Down, down));
        press(&mut console, &view, [KeyCode::Char('a')]);
        assert!(
            matches!(&console.cover, Some(Cover::Agenda(page)) if page.says(lang, &sample.state).is_none())
        );
    }
    // Nor is a place at which the item stands already.
    press(&mut console, &view, [KeyCode::Home, KeyCode::Char('m'), KeyCode::Enter]);
    assert!(matches!(&console.cover, Some(Cover::Agenda(_))));
    press(&mut console, &view, [KeyCode::Esc]);
    assert!(console.cover.is_some());
    press(&mut console, &view, [KeyCode::Esc]);
    assert!(console.cover.is_none());
}

#[test]
fn what_is_off_is_put_back_with_the_same_key() {
    let mut sample = Sample::with_agenda(Lang::En);
    sample.agenda(take_off("rules"), AgendaVote::WithoutObjection).unwrap();
    let (mut console, view) = opened(Lang::En, &sample);
    let keys = [KeyCode::Down, KeyCode::Down, KeyCode::Char('a'), KeyCode::Home, KeyCode::Enter];
    press(&mut console, &view, keys);
    type_text(&mut console, &view, "it cannot wait");
    press(&mut console, &view, [KeyCode::Enter]);
    let put = proposed(put_back("rules", Some("bridge")), "it cannot wait");
    sample.console(put.clone());
    let view = seen(&sample);
    done(&mut console, &view, put);
    let command = agenda_command(put_back("rules", Some("bridge")), AgendaVote::WithoutObjection);
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('W')])), [command]);
    // What was put can be withdrawn; and once somebody has objected, W does nothing.
    let (mut console, view) = (super::console(Lang::En), seen(&sample));
    press(&mut console, &view, [KeyCode::Enter]);
    assert_eq!(orders(press(&mut console, &view, [KeyCode::Char('x')])), [Command::WithdrawAgenda]);
    sample.order(&Actor::Seat("m4".into()), Command::ObjectToAgenda { number: 1 });
    let (mut console, view) = (super::console(Lang::En), seen(&sample));
    press(&mut console, &view, [KeyCode::Enter]);
    assert!(console.cover.is_some());
    assert_eq!(press(&mut console, &view, [KeyCode::Char('w')]), []);
}

/// G is there between items only.
#[test]
fn the_agenda_is_changed_between_items_only() {
    let works = |sample: &Sample| now(&sample.state, Around::default()).contains(&Key::Agenda);
    let mut sample = Sample::with_agenda(Lang::En);
    assert!(works(&sample));
    sample.console(Command::OpenItem { item: "rules".into() });
    assert!(!works(&sample));
    assert!(!works(&Sample::agenda_signing_in(Lang::En)));
    sample.console(Command::CountHands { item: "rules".into(), agree: 8, disagree: 0, abstain: 0 });
    sample.console(Command::Declare { item: "rules".into() });
    assert!(works(&sample));
}

/// What is read aloud before, and announced after, with the figures.
#[test]
fn what_is_read_aloud_has_the_figures() {
    let mut sample = Sample::with_agenda(Lang::Zh);
    sample.agenda(add(&flood(Lang::Zh), Some("rules")), hands(5, 2, 1)).unwrap();
    let said = sentence::now(Lang::Zh, &sample.state);
    let announced = "关于增加议项“防汛应急经费”，排在“选举办法”之前：应到9名，实到8名，举手表决：同意5，不同意2，弃权1，通过。";
    assert!(said.starts_with(announced), "{said}");
    let (mut console, view) = opened(Lang::Zh, &sample);
    press(&mut console, &view, [KeyCode::Char('r')]);
    type_text(&mut console, &view, "另行安排");
    let cover = console.cover.as_ref().unwrap();
    let said = cover.says(Lang::Zh, &sample.state).unwrap();
    let put = "提请将“防汛应急经费”撤出本次会议议程。理由是：另行安排。各位有没有不同意见？……有，就举手表决：现在实到8名，同意的请举手；不同意的请举手；弃权的请举手。";
    assert_eq!(said, put);
}
