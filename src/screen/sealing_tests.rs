//! Signing the record, on every screen: the pages in both languages and sizes, and the keys.

use std::sync::Arc;

use crossterm::event::KeyCode::{Char, Down, Enter, Esc};

use super::console::Console;
use super::display::Display;
use super::terminal::Terminal;
use super::testing::{self, Window, press, type_text};
use super::{Act, Answer, Screen};
use crate::archive::{Turn, signers};
use crate::client::{AskError, Done, SealAct, SealRefused, Sealing, SignerStands, Stands, View};
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Actor, State};
use crate::words::Lang;

const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

/// How the seal stands when so many have signed.
fn sealing(state: &State, signed: usize) -> Sealing {
    let all = signers(state);
    let turn: Option<Turn> = all.get(signed).map(|signer| signer.turn);
    let stands = |place: usize, one: Turn| match () {
        () if place < signed => Stands::Signed,
        () if Some(one) == turn => Stands::Next,
        () => Stands::Later,
    };
    let signers = all.into_iter().enumerate().map(|(place, signer)| {
        let stands = stands(place, signer.turn);
        let can = stands == Stands::Next;
        SignerStands { by: signer.by, duties: signer.duties, stands, can }
    });
    Sealing {
        lines: 1_204,
        head: "9f3c71ae04d2b6".repeat(4),
        files: 31,
        signers: signers.collect(),
        witnesses: Some(71),
    }
}

fn names(mut seal: Sealing, place: usize, reason: &str, refused: bool) -> Sealing {
    seal.signers[place].stands = Stands::Without { reason: reason.to_owned(), refused };
    seal.signers[place].can = true;
    seal
}

fn at(me: &str, lang: Lang, seal: impl Fn(&State) -> Sealing) -> View {
    let sample = Sample::new(lang).until(Point::Closed);
    let mut view = testing::view(me, &sample.state);
    view.seal = Some(Arc::new(seal(&sample.state)));
    view
}

fn show(name: &str, lang: Lang, view: &View, screen: &mut impl Screen) {
    for (size, window) in [("80x24", Window::new(lang, (80, 24))), ("120x40", Window::new(lang, (120, 40)))] {
        insta::assert_snapshot!(
            format!("{name}_{}_{size}", lang.pick("zh", "en")),
            window.draw(screen, view)
        );
    }
    Window::ascii(lang, (80, 24)).draw(screen, view);
}

fn console(lang: Lang) -> Console {
    Console::new(lang, "/home/clerk/2026-11-24".to_owned(), None)
}

fn long(lang: Lang) -> &'static str {
    lang.pick(
        "票数与本人\u{1b}[31m所记不符，主持人没有说明，也没有重新清点，因此不能签署",
        "the count is not\u{1b}[31m what I noted, nobody has explained it, and it was not counted again",
    )
}

#[test]
fn pages_of_the_terminal() {
    for lang in BOTH {
        let recorder = at("m4", lang, |state| sealing(state, 0));
        show("terminal_turn", lang, &recorder, &mut Terminal::new(lang));
        let mut refusing = Terminal::new(lang);
        refusing.viewed(&recorder);
        press(&mut refusing, &recorder, [Char('n')]);
        type_text(&mut refusing, &recorder, lang.pick("票数不符", "the count is wrong"));
        show("terminal_refusing", lang, &recorder, &mut refusing);
        let scrutineer = at("m5", lang, |state| sealing(state, 0));
        show("terminal_later", lang, &scrutineer, &mut Terminal::new(lang));
        let refused = at("m5", lang, |state| names(sealing(state, 1), 1, long(lang), true));
        show("terminal_refused", lang, &refused, &mut Terminal::new(lang));
        let passed =
            at("m4", lang, |state| names(sealing(state, 0), 0, lang.pick("不在座位上", "away"), false));
        show("terminal_passed_over", lang, &passed, &mut Terminal::new(lang));
        let member = at("m2", lang, |state| Sealing { witnesses: None, ..sealing(state, 2) });
        show("terminal_member", lang, &member, &mut Terminal::new(lang));
        let mut other = at("m2", lang, |state| sealing(state, 0));
        other.alarm = Some(crate::client::Alarm::OtherRecord { sealed: 1_203, own: 1_204 });
        show("terminal_other_record", lang, &other, &mut Terminal::new(lang));
    }
}

#[test]
fn pages_of_console_and_display() {
    for lang in BOTH {
        let begun = at("console", lang, |state| sealing(state, 1));
        show("console_missing", lang, &begun, &mut console(lang));
        let mut without = console(lang);
        press(&mut without, &begun, [Down, Char('w')]);
        type_text(&mut without, &begun, lang.pick("终端坏了", "the terminal is broken"));
        show("console_without", lang, &begun, &mut without);
        let last = at("console", lang, |state| {
            let seal = sealing(state, 3);
            names(names(seal, 0, lang.pick("提前离会", "has left"), false), 1, long(lang), true)
        });
        show("console_last", lang, &last, &mut console(lang));
        show("display_signing", lang, &at("display", lang, |state| sealing(state, 2)), &mut Display::new());
    }
}

#[test]
fn a_signer_signs_with_one_key_and_once() {
    let view = at("m4", Lang::En, |state| sealing(state, 0));
    let mut terminal = Terminal::new(Lang::En);
    assert_eq!(terminal.viewed(&view), [Act::Bell], "the turn is heard");
    assert_eq!(terminal.viewed(&view), []);
    assert_eq!(press(&mut terminal, &view, [Char('y')]), [Act::Seal(SealAct::Sign)]);
    assert_eq!(press(&mut terminal, &view, [Char('y'), Char('n')]), [], "it is on its way");
    let result = Err(AskError::Seal(SealRefused::OthersFirst));
    terminal.answered(Answer::Seal { act: SealAct::Sign, result }, &view);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut terminal, &view);
    assert!(drawn.contains("the recorder signs first"), "{drawn}");
    assert_eq!(press(&mut terminal, &view, [Char('y')]), [Act::Seal(SealAct::Sign)]);
    terminal.answered(Answer::Seal { act: SealAct::Sign, result: Ok(Done::default()) }, &view);
    let signed = at("m4", Lang::En, |state| sealing(state, 1));
    terminal.viewed(&signed);
    assert_eq!(press(&mut terminal, &signed, [Char('y'), Char('n')]), []);
    // Somebody who does not sign has no such key, nor somebody whose turn it is not.
    for (me, done) in [("m2", 0), ("m5", 0), ("m6", 3)] {
        let view = at(me, Lang::En, |state| sealing(state, done));
        assert_eq!(press(&mut Terminal::new(Lang::En), &view, [Char('y')]), [], "{me}");
    }
}

#[test]
fn a_refusal_needs_words() {
    let view = at("m4", Lang::En, |state| sealing(state, 0));
    let mut terminal = Terminal::new(Lang::En);
    terminal.viewed(&view);
    assert_eq!(press(&mut terminal, &view, [Char('n'), Enter]), []);
    assert_eq!(press(&mut terminal, &view, [Esc, Char('n')]), []);
    type_text(&mut terminal, &view, " no ");
    let act = SealAct::Refuse("no".to_owned());
    assert_eq!(press(&mut terminal, &view, [Enter]), [Act::Seal(act.clone())]);
    let result = Err(AskError::NotConnected);
    terminal.answered(Answer::Seal { act: act.clone(), result }, &view);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut terminal, &view);
    assert!(drawn.contains("no connection"), "{drawn}");
    assert_eq!(press(&mut terminal, &view, [Enter]), [Act::Seal(act.clone())], "what was written stays");
    terminal.answered(Answer::Seal { act, result: Ok(Done::default()) }, &view);
    assert_eq!(press(&mut terminal, &view, [Char('q')]), [Act::Quit]);
}

#[test]
fn the_console_goes_on_without_somebody_and_signs_last() {
    let begun = at("console", Lang::En, |state| sealing(state, 0));
    let mut screen = console(Lang::En);
    assert_eq!(press(&mut screen, &begun, [Enter]), [], "nobody is passed over in silence");
    // The second of those who are missing.
    press(&mut screen, &begun, [Down, Char('w')]);
    type_text(&mut screen, &begun, "has left");
    let act = SealAct::Without(Actor::from("m5"), "has left".to_owned());
    assert_eq!(press(&mut screen, &begun, [Enter]), [Act::Seal(act.clone())]);
    screen.answered(Answer::Seal { act, result: Ok(Done::default()) }, &begun);
    assert_eq!(press(&mut screen, &begun, [Enter]), [], "there are others");
    // Somebody signs while the reason is being written.
    press(&mut screen, &begun, [Char('w')]);
    let all = at("console", Lang::En, |state| sealing(state, 3));
    screen.viewed(&all);
    assert_eq!(press(&mut screen, &all, [Char('w')]), [], "nobody is missing");
    assert_eq!(press(&mut screen, &all, [Enter]), [Act::Seal(SealAct::Sign)]);
    let changed = || Err(AskError::Seal(SealRefused::Changed));
    screen.answered(Answer::Seal { act: SealAct::Sign, result: changed() }, &all);
    assert_eq!(press(&mut screen, &all, [Enter]), [Act::Seal(SealAct::Sign)]);
    screen.answered(Answer::Seal { act: SealAct::Sign, result: changed() }, &all);
    // A reason can be put right, but nobody's own words.
    let named =
        at("console", Lang::En, |state| names(names(sealing(state, 3), 0, "hsa left", false), 1, "no", true));
    press(&mut screen, &named, [Char('w')]);
    type_text(&mut screen, &named, "has left");
    let act = SealAct::Without(Actor::from("m4"), "has left".to_owned());
    assert_eq!(press(&mut screen, &named, [Enter]), [Act::Seal(act.clone())]);
    screen.answered(Answer::Seal { act, result: Ok(Done::default()) }, &named);
    assert_eq!(press(&mut screen, &named, [Enter]), [Act::Seal(SealAct::Sign)]);
    // Before the hub has listed the files there is nothing to sign.
    let mut early = all.clone();
    early.seal = None;
    assert_eq!(press(&mut console(Lang::En), &early, [Enter]), []);
}
