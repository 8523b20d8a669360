//! The paper of a contested election: the count of marks in sight, one mark too many refused in a sentence, a blank ballot said
//! to be one; a list agreed to at one press; and the papers of a further round.

use crossterm::event::KeyCode::{Backspace, Char, Down, End, Enter, Left, Right};

use super::tests::{BOTH, show, terminal};
use super::*;
use crate::client::{Paper, View};
use crate::meeting::sample::{Point, Sample};
use crate::screen::testing::{self, casts, press};
use crate::words::Lang;

/// A member's view of a meeting in which voting is open.
fn voting(sample: &Sample) -> View {
    let mut view = testing::view("m2", &sample.state);
    view.paper = Paper::Open;
    view
}

fn choice(lang: Lang) -> View {
    voting(&Sample::contested(lang).until(Point::Voting))
}

/// Two of three seats are tied for by three candidates.
fn tied(lang: Lang) -> Sample {
    let mut sample = Sample::contested(lang).until(Point::Opening);
    sample.elect(0, &[6, 5, 5, 5, 0]);
    sample
}

#[test]
fn pages_of_an_election() {
    for lang in BOTH {
        let view = choice(lang);
        show("choice_fresh", &view, |_| {});
        show("choice_marked", &view, |terminal| {
            press(terminal, &view, [Char('1'), Down, Char('1')]);
        });
        show("choice_too_many", &view, |terminal| {
            press(terminal, &view, [Char('1'), Down, Char(' '), Down, Char('1'), Down, Char('1')]);
        });
        show("choice_help", &view, |terminal| {
            press(terminal, &view, [Char('?')]);
        });
        show("choice_review", &view, |terminal| {
            casts(terminal, &view, [Char('1'), End, Char('1'), Enter]);
        });
        show("choice_blank", &view, |terminal| {
            casts(terminal, &view, [Enter]);
        });
        let view = voting(&Sample::list(lang).until(Point::Voting));
        show("list_fresh", &view, |_| {});
        show("list_excepted", &view, |terminal| {
            press(terminal, &view, [Char('a'), Down, Char('2')]);
        });
        let mut sample = tied(lang);
        show("tied", &testing::view("a1", &sample.state), |_| {});
        sample.further_round(Point::Voting);
        show("further_fresh", &voting(&sample), |_| {});
    }
}

#[test]
fn the_keys_of_a_choice() {
    let view = choice(Lang::Zh);
    let all = [Char('1'), Down, Char(' '), Down, Char('1')];
    let one_more = [Down, Char('1'), Right, Char('1')];
    let cast = [Enter, Char('y')];
    assert_eq!(
        casts(&mut terminal(&view), &view, all.into_iter().chain(one_more).chain(cast)),
        [[1, 1, 1, 0, 0]],
        "neither digit nor arrow marks a fourth"
    );
    // Once more clears; Backspace and the left arrow do too.
    let keys = [Char('1'), Char('1'), Down, Char('1'), Backspace, Down, Right, Left, End, Char('１')];
    assert_eq!(casts(&mut terminal(&view), &view, keys.into_iter().chain(cast)), [[0, 0, 0, 0, 1]]);
    assert_eq!(casts(&mut terminal(&view), &view, cast), [[0, 0, 0, 0, 0]], "none at all is a blank ballot");
}

#[test]
fn the_keys_of_a_list() {
    let view = voting(&Sample::list(Lang::Zh).until(Point::Voting));
    let cast = [Enter, Char('y')];
    assert_eq!(casts(&mut terminal(&view), &view, cast), Vec::<Vec<usize>>::new(), "nothing is preset");
    let whole = [Char('A')];
    assert_eq!(casts(&mut terminal(&view), &view, whole.into_iter().chain(cast)), [[0; 5]]);
    let excepted = [Char('a'), Down, Char('2'), Char('2')];
    assert_eq!(casts(&mut terminal(&view), &view, excepted.into_iter().chain(cast)), [[0, 1, 1, 0, 0]]);
}

#[test]
fn materials_on_a_further_paper_are_those_of_its_own_candidate() {
    let mut sample = tied(Lang::En);
    sample.further_round(Point::Voting);
    let view = voting(&sample);
    let mut terminal = terminal(&view);
    press(&mut terminal, &view, [Down]);
    let acts = press(&mut terminal, &view, [Char('i')]);
    let wanted: Vec<_> = acts
        .iter()
        .filter_map(|act| if let Act::Material(path) = act { Some(path.as_str()) } else { None })
        .collect();
    // n2 is deferred and n1 elected: the second of the tied is n4.
    assert_eq!(wanted, ["n4/introduction.md", "n4/inspection.md"]);
}
