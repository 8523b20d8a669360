//! The presiding officer's own paper, over the console.

use std::sync::Arc;

use crossterm::event::{Event, KeyEvent};
use futures::StreamExt as _;
use ratatui::backend::TestBackend;

use super::*;
use crate::client::handle::Request;
use crate::client::{Client, Paper};
use crate::rules::Choice;
use crate::screen::Theme;
use crate::screen::console::keys::{Around, hints};
use crate::screen::run::{Look, run_with};
use crate::screen::terminal::Terminal;
use crate::screen::testing::zone;

#[test]
fn the_own_paper_lies_over_the_console_and_its_acts_are_the_own_clients() {
    for lang in [Lang::Zh, Lang::En] {
        let (console, view) = at(lang, Point::Voting);
        let mut console = console.with_own_paper(Box::new(Terminal::new(lang)));
        let ready = hints(lang, Theme::new(false, false), view.state.as_deref().unwrap(), Around::default());
        assert!(ready.iter().all(|hint| hint.key != "V"), "nothing to open before the own client is there");
        let mut own = crate::screen::testing::view("m1", view.state.as_deref().unwrap());
        own.paper = Paper::Open;
        console.own_viewed(&Arc::new(own.clone()));
        press(&mut console, &view, [KeyCode::Char('v')]);
        let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(
            drawn.contains("F9") && drawn.contains(lang.pick("本人表决票", "Own ballot paper")),
            "{drawn}"
        );
        // Enter is the paper's here: the console takes no step.
        press(&mut console, &view, [KeyCode::Char('1'), KeyCode::Enter]);
        assert!(console.cover.is_none());
        // Five lines are voted on; then the review, and Y casts through the own client.
        let keys = [KeyCode::Char('1'); 6].into_iter().chain([KeyCode::Enter]);
        assert!(casts(&mut console, &view, keys.clone()).is_empty());
        // The control code is there, and so is the test of this terminal: Esc is the paper's, F9 the console's.
        let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(drawn.contains(lang.pick("对照码", "Control code")), "{drawn}");
        press(&mut console, &view, [KeyCode::Char('c')]);
        let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(drawn.contains(lang.pick("检验本机", "Test this terminal")), "{drawn}");
        press(&mut console, &view, [KeyCode::F(9), KeyCode::Char('v')]);
        let acts = press(&mut console, &view, [KeyCode::Char('y')]);
        assert!(matches!(&acts[..], [Act::Own(act)] if matches!(**act, Act::Challenge { .. })), "{acts:?}");
        let challenged = crate::client::Challenged {
            code: crate::screen::testing::code(1),
            choices: vec![0; 5],
            text: "{}".to_owned(),
            file: Ok("/tmp/plenum-audit-0001a1b2.json".into()),
        };
        console.answered(Answer::Own(Box::new(Answer::Challenged(Ok(challenged)))), &view);
        let keys = [KeyCode::Enter].into_iter().chain(keys).chain([KeyCode::Char('y')]);
        assert_eq!(casts(&mut console, &view, keys), [[0; 5]]);
        press(&mut console, &view, [KeyCode::F(9)]);
        let drawn = Window::new(lang, (80, 24)).draw(&mut console, &view);
        assert!(drawn.contains(lang.pick("主持词", "Read aloud")), "{drawn}");
    }
}

/// Through the real loop: what the own seat wants done goes to the own seat's client and to no other.
#[tokio::test]
async fn the_ballot_goes_to_the_own_client() {
    let (console, view) = at(Lang::Zh, Point::Voting);
    let mut seat = crate::screen::testing::view("m1", view.state.as_deref().unwrap());
    seat.paper = Paper::Open;
    let (client, mut inbox, _view) = Client::new(view);
    let (own, mut own_inbox, _own_view) = Client::new(seat);
    let keys = "v11111".chars().map(KeyCode::Char).chain([KeyCode::Enter]);
    let keys: Vec<_> = keys.map(|key| Ok(Event::Key(KeyEvent::from(key)))).collect();
    let events = futures::stream::iter(keys).chain(futures::stream::pending());
    let window = ratatui::Terminal::new(TestBackend::new(80, 24)).unwrap();
    let look = Look { lang: Lang::Zh, theme: Theme::new(false, false), zone: zone() };
    let console = console.with_own_paper(Box::new(Terminal::new(Lang::Zh)));
    let screen = run_with(window, Box::pin(events), console, client, Some(own), look);
    tokio::select! {
        _ = screen => panic!("the console ended"),
        choices = async {
            loop {
                if let Some(Request::Prepare(choices, _)) = own_inbox.recv().await {
                    return choices;
                }
            }
        } => assert_eq!(*choices, [Choice::Agree.place(); 5]),
    }
    assert!(inbox.try_recv().is_err(), "the console's own client was asked for something");
}
