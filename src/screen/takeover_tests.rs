//! What people see when a standby has taken over, or another machine answers than the hub.

use super::console::Console;
use super::display::Display;
use super::terminal::Terminal;
use super::testing::{Window, view};
use crate::client::{Alarm, Link, NotTheHub, TurnedAway, View};
use crate::meeting::sample::{Point, Sample};
use crate::words::Lang;

fn seen(me: &str, lang: Lang, change: impl FnOnce(&mut View)) -> View {
    let sample = Sample::new(lang).until(Point::Deliberating);
    let mut view = view(me, &sample.state);
    change(&mut view);
    view
}

/// In both sizes.
fn show<S: super::Screen>(name: &str, lang: Lang, view: &View, screen: &mut S) {
    for size in [(80, 24), (120, 40)] {
        let drawn = Window::new(lang, size).draw(screen, view);
        insta::assert_snapshot!(format!("{name}_{}_{}", lang.pick("zh", "en"), size.0), drawn);
    }
}

#[test]
fn pages_after_a_takeover() {
    for lang in [Lang::Zh, Lang::En] {
        let since = "2026-11-24T02:41:48Z".parse().unwrap();
        let looking_at = |stands_by: bool| {
            move |view: &mut View| {
                view.link = Link::Lost { since, tries: 3 };
                view.not_the_hub = Some(NotTheHub { address: "10.0.0.1:7420".to_owned(), stands_by });
            }
        };
        let looking = looking_at(false);
        show("looking", lang, &seen("m2", lang, looking), &mut Terminal::new(lang));
        show("stands_by", lang, &seen("m2", lang, looking_at(true)), &mut Terminal::new(lang));
        show("looking_display", lang, &seen("display", lang, looking), &mut Display::new());
        let aside = |view: &mut View| {
            let file = Some("after-line-418.jsonl".to_owned());
            view.alarm = Some(Alarm::LinesAside { after: 418, lines: 3, file });
        };
        show("aside", lang, &seen("m2", lang, aside), &mut Terminal::new(lang));
        let shorter = |view: &mut View| view.alarm = Some(Alarm::ShorterRecord { after: 418, lines: 3 });
        show("shorter", lang, &seen("m2", lang, shorter), &mut Terminal::new(lang));
        let over = |view: &mut View| view.link = Link::TurnedAway(TurnedAway::TakenOver);
        let mut console = Console::new(lang, "/home/clerk/2026-11-24".to_owned(), None);
        show("console_is_none_any_more", lang, &seen("console", lang, over), &mut console);
    }
}

/// Text of others is cleaned wherever it is shown.
#[test]
fn an_address_moves_no_cursor() {
    let hostile = |view: &mut View| {
        view.link = Link::Lost { since: "2026-11-24T02:41:48Z".parse().unwrap(), tries: 1 };
        view.not_the_hub = Some(NotTheHub { address: "\u{1b}[2Jhall:1".to_owned(), stands_by: false });
    };
    let view = seen("m2", Lang::En, hostile);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut Terminal::new(Lang::En), &view);
    assert!(!drawn.contains('\u{1b}') && drawn.contains("hall:1"), "{drawn}");
}
