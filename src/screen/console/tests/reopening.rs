//! Objections to declared results and reconsiderations at the console: each page as it looks, each key as it works.

use super::*;
use crate::meeting::{LineId, SettledHow};

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("reopening_{name}_{}", lang.pick("zh", "en")), drawn);
}

fn both_sizes(lang: Lang, console: &mut Console, view: &View) -> String {
    SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n")
}

#[test]
fn an_objection_stands_on_the_console_until_it_is_settled() {
    for lang in [Lang::Zh, Lang::En] {
        let samples = [
            ("objected", Sample::objected(lang)),
            ("dismissed", Sample::settled(lang, SettledHow::Stands)),
            ("taken_up_again", Sample::settled(lang, SettledHow::VoteAgain)),
            ("counted_again", Sample::counted_again(lang)),
            ("barred", Sample::barred(lang)),
        ];
        for (name, sample) in samples {
            let (mut console, view) = (console(lang), seen(&sample));
            snapshot(name, lang, &both_sizes(lang, &mut console, &view));
        }
    }
}

#[test]
fn every_cover_of_it_looks_right() {
    use KeyCode::{Char, Down, Enter, Up};
    let covers: [(&str, &[KeyCode]); 6] = [
        ("cover_list", &[Char('y')]),
        ("cover_objector", &[Char('y'), Up, Char('o')]),
        ("cover_stands", &[Char('y'), Char('s')]),
        ("cover_vote_again", &[Char('y'), Char('w'), Char('x'), Enter]),
        ("cover_reconsider_begun", &[Char('y'), Up, Char('c')]),
        ("cover_reconsider", &[Char('y'), Up, Char('c'), Down, Char(' ')]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, keys) in covers {
            let (mut console, view) = (console(lang), seen(&Sample::objected(lang)));
            press(&mut console, &view, keys.iter().copied());
            snapshot(name, lang, &both_sizes(lang, &mut console, &view));
        }
    }
}

#[test]
fn the_keys_settle_object_and_reconsider() {
    use KeyCode::{Char, Down, Enter, Tab, Up};
    let view = seen(&Sample::objected(Lang::En));
    // The result stands: a reason and nothing more.
    let mut console = console(Lang::En);
    press(&mut console, &view, [Char('y'), Char('s')]);
    type_text(&mut console, &view, "counted again");
    let settle =
        |outcome, reason: &str| Command::SettleObjection { number: 1, outcome, reason: reason.to_owned() };
    assert_eq!(orders(press(&mut console, &view, [Enter])), [settle(SettledHow::Stands, "counted again")]);
    // Voting again cannot be undone: a second, different key.
    let mut console = super::console(Lang::En);
    press(&mut console, &view, [Char('y'), Char('w')]);
    type_text(&mut console, &view, "a paper was seen");
    assert!(orders(press(&mut console, &view, [Enter])).is_empty());
    assert_eq!(
        orders(press(&mut console, &view, [Char('y')])),
        [settle(SettledHow::VoteAgain, "a paper was seen")]
    );
    // Somebody spoke up: an officer takes it down.
    let mut console = super::console(Lang::En);
    press(&mut console, &view, [Char('y'), Up, Char('o'), Enter]);
    type_text(&mut console, &view, "so do I");
    let acts = orders(press(&mut console, &view, [Enter]));
    let [Command::ObjectToResult { item, official: None, by, reason }] = &acts[..] else {
        panic!("{acts:?}")
    };
    assert_eq!((item, reason.as_str()), (&Sample::item(), "so do I"));
    assert!(Sample::objected(Lang::En).state.is_present(by));
    // Lines are taken in and out, hands and the reason entered.
    let mut console = super::console(Lang::En);
    press(&mut console, &view, [Char('y'), Up, Char('c')]);
    press(&mut console, &view, [Char(' '), Down, Down, Char(' '), Down, Char(' '), Tab]);
    press(&mut console, &view, [Char('6'), Tab, Char('2'), Tab, Tab]);
    type_text(&mut console, &view, "new facts");
    let acts = orders(press(&mut console, &view, [Enter]));
    let lines: Vec<LineId> = ["n1", "n4", "n5"].map(LineId::from).to_vec();
    let asked = Command::Reconsider {
        item: Sample::item(),
        lines,
        agree: 6,
        disagree: 2,
        abstain: 0,
        reason: "new facts".to_owned(),
    };
    assert_eq!(acts, [asked]);
    // With no line in there is nothing to ask yet; without lines the command would ask about all of them.
    let mut console = super::console(Lang::En);
    press(&mut console, &view, [Char('y'), Up, Char('c')]);
    assert_eq!(press(&mut console, &view, [Enter]), []);
    let drawn = Window::new(Lang::En, (80, 24)).draw(&mut console, &view);
    assert!(!drawn.contains("Enter submit"), "{drawn}");
    press(&mut console, &view, [Char(' ')]);
    let acts = orders(press(&mut console, &view, [Enter]));
    assert!(matches!(&acts[..], [Command::Reconsider { lines, .. }] if lines.len() == 1), "{acts:?}");
}
