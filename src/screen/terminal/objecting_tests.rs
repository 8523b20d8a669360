//! A member objects to a declared result: the page as it looks, the keys as they work; and a paper with a line that is barred.

use crossterm::event::KeyCode;

use super::Terminal;
use crate::client::View;
use crate::meeting::sample::Sample;
use crate::meeting::{Command, SettledHow};
use crate::screen::testing::{Window, press, type_text, view};
use crate::screen::{Act, Screen};
use crate::words::Lang;

fn at(lang: Lang, me: &str, sample: &Sample) -> (Terminal, View) {
    let view = view(me, &sample.state);
    let mut terminal = Terminal::new(lang);
    terminal.viewed(&view);
    (terminal, view)
}

fn snapshot(name: &str, lang: Lang, terminal: &mut Terminal, view: &View) {
    let drawn = [(80, 24), (120, 40)].map(|size| Window::new(lang, size).draw(terminal, view)).join("\n\n");
    insta::assert_snapshot!(format!("reopening_{name}_{}", lang.pick("zh", "en")), drawn);
}

#[test]
fn every_page_says_what_stands_and_what_is_barred() {
    for lang in [Lang::Zh, Lang::En] {
        let samples = [
            ("objected", Sample::objected(lang)),
            ("dismissed", Sample::settled(lang, SettledHow::Stands)),
            ("taken_up_again", Sample::settled(lang, SettledHow::VoteAgain)),
            ("barred", Sample::barred(lang)),
        ];
        for (name, sample) in samples {
            let (mut terminal, view) = at(lang, "m8", &sample);
            snapshot(name, lang, &mut terminal, &view);
        }
        let (mut terminal, view) = at(lang, "m8", &Sample::two_declared(lang));
        press(&mut terminal, &view, [KeyCode::Char('b')]);
        type_text(&mut terminal, &view, "why");
        snapshot("writing", lang, &mut terminal, &view);
    }
}

#[test]
fn a_member_objects_once_to_a_result() {
    let (mut terminal, view) = at(Lang::En, "m8", &Sample::two_declared(Lang::En));
    press(&mut terminal, &view, [KeyCode::Char('b')]);
    assert!(press(&mut terminal, &view, [KeyCode::Enter]).is_empty(), "without a reason nothing is sent");
    type_text(&mut terminal, &view, "the figures were not heard");
    let acts = press(&mut terminal, &view, [KeyCode::Enter]);
    let [Act::Order(Command::ObjectToResult { item, official: None, by, reason })] = &acts[..] else {
        panic!("{acts:?}")
    };
    assert_eq!((item, by.as_str(), reason.as_str()), (&Sample::item(), "m8", "the figures were not heard"));
    // Who has objected is not offered it again.
    let (mut terminal, view) = at(Lang::En, "m7", &Sample::objected(Lang::En));
    press(&mut terminal, &view, [KeyCode::Char('b')]);
    type_text(&mut terminal, &view, "x");
    assert!(press(&mut terminal, &view, [KeyCode::Enter]).is_empty());
}
