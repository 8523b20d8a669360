//! Cast or challenge, as a member meets it: three screens, and every key on them.

use std::path::PathBuf;

use crossterm::event::KeyCode::{Char, End, Enter, Esc, F, Home, PageDown};
use zeroize::Zeroizing;

use super::*;
use crate::client::{AskError, Challenged, Link, NotKept, Paper};
use crate::meeting::sample::{Point, Sample};
use crate::screen::testing::{self, Window, casts, code, press};

const SMALL: (u16, u16) = (80, 24);
const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];
const WANTED: [usize; 5] = [0, 1, 2, 1, 0];

fn voting(lang: Lang) -> (View, Terminal) {
    let mut view = testing::view("m2", &Sample::new(lang).until(Point::Voting).state);
    view.paper = Paper::Open;
    let mut terminal = Terminal::new(lang).with_audit_dir(PathBuf::from("/media/stick"));
    terminal.viewed(&view);
    (view, terminal)
}

/// Up to the review, encrypted.
fn reviewed(lang: Lang) -> (View, Terminal) {
    let (view, mut terminal) = voting(lang);
    let cast = casts(&mut terminal, &view, "12321".chars().map(Char).chain([Enter]));
    assert!(cast.is_empty());
    (view, terminal)
}

/// A challenge as the client gives it away; none where there is no file.
fn challenged(file: Option<&str>) -> Challenged {
    let text =
        r#"{"format":"plenum-audit/1","election":"{\"version\":1,\"name\":\"a\\u0020b\"}","audit":{}}"#;
    Challenged {
        code: code(1),
        choices: WANTED.to_vec(),
        text: text.repeat(12),
        file: match file {
            Some(file) => Ok(PathBuf::from(file)),
            None => Err(NotKept::Io {
                folder: PathBuf::from("/media/stick"),
                says: "No space left on device (os error 28)".to_owned(),
            }),
        },
    }
}

const FILE: &str = "/media/stick/plenum-audit-0001a1b2.json";

fn show(name: &str, lang: Lang, view: &View, terminal: &mut Terminal) {
    let tag = lang.pick("zh", "en");
    for (size, window) in [("80x24", Window::new(lang, SMALL)), ("120x40", Window::new(lang, (120, 40)))] {
        insta::assert_snapshot!(format!("{name}_{tag}_{size}"), window.draw(terminal, view));
    }
    Window::ascii(lang, SMALL).draw(terminal, view);
}

#[test]
fn the_pages_of_a_test() {
    for lang in BOTH {
        let (view, mut terminal) = voting(lang);
        press(&mut terminal, &view, "12321".chars().map(Char).chain([Enter]));
        show("encrypting", lang, &view, &mut terminal);
        let failed = Err(AskError::NotConnected);
        terminal.answered(Answer::Prepared { number: 1, result: failed }, &view);
        show("encrypt_failed", lang, &view, &mut terminal);
        let (view, mut terminal) = reviewed(lang);
        show("review_with_code", lang, &view, &mut terminal);
        press(&mut terminal, &view, [Char('c')]);
        show("test", lang, &view, &mut terminal);
        press(&mut terminal, &view, [Char('y')]);
        show("test_given", lang, &view, &mut terminal);
        terminal.answered(Answer::Challenged(Ok(challenged(Some(FILE)))), &view);
        show("tested", lang, &view, &mut terminal);
        press(&mut terminal, &view, [Char('?')]);
        show("tested_help", lang, &view, &mut terminal);
        let (view, mut terminal) = reviewed(lang);
        press(&mut terminal, &view, [Char('c'), Char('y')]);
        terminal.answered(Answer::Challenged(Ok(challenged(None))), &view);
        show("tested_no_file", lang, &view, &mut terminal);
        press(&mut terminal, &view, [End]);
        show("tested_no_file_end", lang, &view, &mut terminal);
    }
}

#[test]
fn nothing_is_cast_or_given_away_before_the_code_is_on_the_screen() {
    let (view, mut terminal) = voting(Lang::Zh);
    let acts = press(&mut terminal, &view, "12321".chars().map(Char).chain([Enter]));
    assert_eq!(acts, [Act::Prepare { number: 1, choices: Zeroizing::new(WANTED.to_vec()) }]);
    assert!(press(&mut terminal, &view, [Char('y'), Char('c'), Char('y'), Enter]).is_empty());
    assert!(matches!(terminal.over, Over::Review(_)));
    terminal.answered(Answer::Prepared { number: 1, result: Ok(code(1)) }, &view);
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    let [first, second] = crate::words::challenge::code_lines(&code(1));
    assert!(shown.contains(&first) && shown.contains(&second), "{shown}");
    // On the way to the test, the same code is on the screen.
    assert!(press(&mut terminal, &view, [Char('c')]).is_empty());
    let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
    assert!(shown.contains(&first) && shown.contains(&second), "{shown}");
    assert!(press(&mut terminal, &view, [Enter, Char('c'), Char('1'), Char('x')]).is_empty());
    let folder = PathBuf::from("/media/stick");
    assert_eq!(press(&mut terminal, &view, [Char('y')]), [Act::Challenge { code: code(1), folder }]);
    assert!(press(&mut terminal, &view, [Char('y'), Esc, Enter]).is_empty(), "once");
}

#[test]
fn after_the_test_the_paper_is_blank_and_another_ballot_is_cast() {
    let (view, mut terminal) = reviewed(Lang::En);
    press(&mut terminal, &view, [Char('c'), Char('y')]);
    terminal.answered(Answer::Challenged(Ok(challenged(Some(FILE)))), &view);
    let shown = Window::new(Lang::En, SMALL).draw(&mut terminal, &view);
    for text in [FILE, "plenum audit plenum-audit-0001a1b2.json", "Now vote afresh"] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 5, "nothing is preset");
    assert!(press(&mut terminal, &view, [Char('y'), Char('c'), Char('1')]).is_empty());
    assert!(press(&mut terminal, &view, [Enter]).is_empty());
    assert!(matches!(terminal.over, Over::Nothing));
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 5);
    let cast = casts(&mut terminal, &view, "33333".chars().map(Char).chain([Enter, Char('y')]));
    assert_eq!(cast, [[2; 5]]);
}

#[test]
fn going_back_abandons_what_was_encrypted() {
    let (view, mut terminal) = reviewed(Lang::Zh);
    assert_eq!(press(&mut terminal, &view, [Esc]), [Act::Abandon(code(1))]);
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 0, "the marks can be changed");
    casts(&mut terminal, &view, [Enter, Char('c')]);
    assert_eq!(press(&mut terminal, &view, [Esc]), [Act::Abandon(code(2))]);
    assert!(matches!(terminal.over, Over::Nothing), "back to the paper, to mark anything");
    // An answer that nobody waits for any more: it is forgotten, and not taken for another.
    let acts = press(&mut terminal, &view, [Enter, Esc, Home, Char('3'), Enter]);
    assert!(matches!(acts[..], [Act::Prepare { number: 3, .. }, Act::Prepare { number: 4, .. }]), "{acts:?}");
    let acts = terminal.answered(Answer::Prepared { number: 3, result: Ok(code(3)) }, &view);
    assert_eq!(acts, [Act::Abandon(code(3))]);
    assert!(press(&mut terminal, &view, [Char('y')]).is_empty());
    terminal.answered(Answer::Prepared { number: 4, result: Ok(code(4)) }, &view);
    assert_eq!(press(&mut terminal, &view, [Char('y')]), [Act::Cast(code(4))]);
}

#[test]
fn the_cover_lies_over_each_of_these_pages() {
    let covered = |view: &View, terminal: &mut Terminal| {
        press(terminal, view, [F(9)]);
        let shown = Window::new(Lang::Zh, SMALL).draw(terminal, view);
        assert!(shown.contains("屏幕已遮住"), "{shown}");
        for secret in ["张 伟", "0001", "不同意", "plenum-audit"] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
        // The key that uncovers it does nothing else.
        assert!(press(terminal, view, [Char('y')]).is_empty());
    };
    let (view, mut terminal) = reviewed(Lang::Zh);
    covered(&view, &mut terminal);
    press(&mut terminal, &view, [Char('c')]);
    covered(&view, &mut terminal);
    press(&mut terminal, &view, [Char('y')]);
    terminal.answered(Answer::Challenged(Ok(challenged(None))), &view);
    covered(&view, &mut terminal);
    assert!(matches!(terminal.over, Over::Tested(_)));
}

#[test]
fn a_test_needs_no_connection_and_a_pause_takes_nothing_away() {
    let (mut view, mut terminal) = reviewed(Lang::Zh);
    view.link = Link::Lost { since: testing::now(), tries: 1 };
    assert!(press(&mut terminal, &view, [Char('y')]).is_empty(), "nothing can be cast");
    let acts = press(&mut terminal, &view, [Char('c'), Char('y')]);
    assert!(matches!(acts[..], [Act::Challenge { .. }]), "{acts:?}");
    terminal.answered(Answer::Challenged(Err(AskError::Fault("gone".to_owned()))), &view);
    assert!(matches!(terminal.over, Over::Nothing));
    assert!(terminal.notices.text().is_some_and(|text| text.contains("gone")));
    assert_eq!(terminal.sheet.as_ref().unwrap().left(), 0);
}

#[test]
fn when_voting_ends_a_test_ends_and_data_without_a_file_stays() {
    let sealing = |view: &View| {
        let mut view = view.clone();
        view.state = Some(std::sync::Arc::new(Sample::new(Lang::Zh).until(Point::Sealing).state));
        view.paper = Paper::NotReturned;
        view
    };
    let (view, mut terminal) = reviewed(Lang::Zh);
    press(&mut terminal, &view, [Char('c')]);
    terminal.viewed(&sealing(&view));
    assert!(matches!(terminal.over, Over::Nothing) && terminal.sheet.is_none());
    for file in [Some(FILE), None] {
        let (view, mut terminal) = reviewed(Lang::Zh);
        press(&mut terminal, &view, [Char('c'), Char('y')]);
        terminal.answered(Answer::Challenged(Ok(challenged(file))), &view);
        let view = sealing(&view);
        terminal.viewed(&view);
        assert_eq!(matches!(terminal.over, Over::Tested(_)), file.is_none());
        if file.is_none() {
            let shown = Window::new(Lang::Zh, SMALL).draw(&mut terminal, &view);
            assert!(shown.contains("投票已经结束"), "{shown}");
            press(&mut terminal, &view, [PageDown, Enter]);
            assert!(matches!(terminal.over, Over::Nothing));
        }
    }
}

/// What is shown for want of a file can be copied off the screen, page by page, and joined again.
#[test]
fn the_data_on_the_screen_is_whole() {
    let (view, mut terminal) = reviewed(Lang::En);
    press(&mut terminal, &view, [Char('c'), Char('y')]);
    let challenged = challenged(None);
    let text = challenged.text.clone();
    terminal.answered(Answer::Challenged(Ok(challenged)), &view);
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..60 {
        let shown = Window::new(Lang::En, SMALL).draw(&mut terminal, &view);
        let rows: Vec<String> = shown.lines().map(str::to_owned).collect();
        let rows = &rows[1..rows.len() - 3];
        // Each step shows one line more at the foot, until there is none below.
        match seen.is_empty() {
            true => seen.extend(rows.iter().cloned()),
            false => seen.push(rows.last().unwrap().clone()),
        }
        if !shown.contains("more below") {
            break;
        }
        press(&mut terminal, &view, [crossterm::event::KeyCode::Down]);
    }
    let start = seen.iter().position(|row| row.starts_with('{')).unwrap();
    assert_eq!(seen[start..].concat().trim_end(), text);
}
