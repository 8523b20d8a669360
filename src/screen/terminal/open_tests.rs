//! What is decided in the open on the member's terminal: each page as it looks, each key as it works, and the head's
//! terminal, which says why it must wait.

use crossterm::event::KeyCode;

use super::Terminal;
use crate::client::View;
use crate::meeting::matter_sample::{MatterPoint as At, open_vote_plan};
use crate::meeting::sample::Sample;
use crate::meeting::{Command, ItemId};
use crate::plan::{VoteAbout, VoteHow};
use crate::rules::NamedChoice;
use crate::screen::testing::{Window, press, view};
use crate::screen::{Act, Screen};
use crate::words::Lang;

fn at(lang: Lang, me: &str, point: At) -> (Terminal, View) {
    let view = view(me, &Sample::matter(lang, point).state);
    let mut terminal = Terminal::new(lang);
    terminal.viewed(&view);
    (terminal, view)
}

fn both_sizes(lang: Lang, terminal: &mut Terminal, view: &View) -> String {
    [(80, 24), (120, 40)].map(|size| Window::new(lang, size).draw(terminal, view)).join("\n\n")
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("open_{name}_{}", lang.pick("zh", "en")), drawn);
}

fn orders(acts: Vec<Act>) -> Vec<Command> {
    acts.into_iter()
        .filter_map(|act| if let Act::Order(command) = act { Some(command) } else { None })
        .collect()
}

fn item() -> ItemId {
    Sample::matter_item()
}

#[test]
fn every_turn_of_a_matter_has_its_page() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, me, point) in [
            ("introducing", "m3", At::Introducing),
            ("my_turn", "m2", At::Asked),
            ("not_my_turn", "m6", At::Stating),
            ("spoken", "m2", At::Stating),
            ("head_waits", "m1", At::Stating),
            ("heads_turn", "m1", At::HeadAsked),
            ("head_sums_up", "m1", At::Heard),
            ("recorder", "m4", At::Asked),
            ("attends", "a1", At::Stating),
            ("vote", "m5", At::Voting),
            ("voted", "m2", At::Voted),
            ("head_votes_last", "m1", At::Voted),
            ("head_votes", "m1", At::HeadsTurn),
            ("decided", "m3", At::Decided),
            ("head_signs", "m1", At::Decided),
            ("declared", "m3", At::Declared),
        ] {
            let (mut terminal, view) = at(lang, me, point);
            snapshot(name, lang, &both_sizes(lang, &mut terminal, &view));
        }
    }
}

#[test]
fn what_is_opened_over_it_looks_right() {
    use KeyCode::{Char, Enter};
    let overs: [(&str, &str, At, &[KeyCode]); 4] = [
        ("over_view", "m2", At::Asked, &[Enter, Char('y'), Char('e')]),
        ("over_pass", "m2", At::Asked, &[Char('x')]),
        ("over_vote", "m5", At::Voting, &[Char('3')]),
        ("over_sign", "m1", At::Decided, &[Char('s')]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, me, point, keys) in overs {
            let (mut terminal, view) = at(lang, me, point);
            press(&mut terminal, &view, keys.iter().copied());
            snapshot(name, lang, &Window::new(lang, (80, 24)).draw(&mut terminal, &view));
        }
    }
}

#[test]
fn a_vote_by_name_takes_two_keys() {
    use KeyCode::Char;
    let vote = |me: &str, point: At, keys: &[KeyCode]| {
        let (mut terminal, view) = at(Lang::En, me, point);
        orders(press(&mut terminal, &view, keys.iter().copied()))
    };
    let postpone = Command::VoteByName { item: item(), choice: NamedChoice::Postpone };
    assert_eq!(vote("m5", At::Voting, &[Char('3')]), []);
    assert_eq!(vote("m5", At::Voting, &[Char('3'), Char('n')]), []);
    assert_eq!(vote("m5", At::Voting, &[Char('3'), Char('y')]), [postpone]);
    assert_eq!(vote("m5", At::Voting, &[Char('4'), Char('y')]), [], "there is no fourth choice");
    assert_eq!(vote("m2", At::Voted, &[Char('1'), Char('y')]), [], "voted already");
    assert_eq!(vote("a1", At::Voting, &[Char('1'), Char('y')]), [], "no vote");
    // The head's terminal sends nothing before all others have voted.
    assert_eq!(vote("m1", At::Voted, &[Char('1'), Char('y')]), []);
    let agree = Command::VoteByName { item: item(), choice: NamedChoice::Agree };
    assert_eq!(vote("m1", At::HeadsTurn, &[Char('1'), Char('y')]), [agree]);
}

#[test]
fn a_view_is_given_when_it_is_asked_for() {
    use KeyCode::{Char, Enter, F};
    let says = |me: &str, point: At, keys: &[KeyCode]| {
        let (mut terminal, view) = at(Lang::En, me, point);
        orders(press(&mut terminal, &view, keys.iter().copied()))
    };
    let view_of =
        |seat: &str| Command::GiveStatement { item: item(), seat: seat.into(), text: "ok".to_owned() };
    let write = [Enter, Char('o'), Char('k'), F(5)];
    assert_eq!(says("m2", At::Asked, &write), [view_of("m2")]);
    assert_eq!(says("m3", At::Asked, &write), []);
    assert_eq!(says("m1", At::Stating, &write), [], "the head waits");
    assert_eq!(says("m1", At::HeadAsked, &write), [view_of("m1")]);
    let summed = Command::SumUp { item: item(), text: "ok".to_owned() };
    assert_eq!(says("m1", At::Heard, &write), [summed]);
    let passed = Command::PassStatement { item: item(), seat: "m2".into() };
    assert_eq!(says("m2", At::Asked, &[Char('x'), Char('y')]), [passed]);
    // The recorder takes a view down for another.
    assert_eq!(says("m4", At::Asked, &[Char('e'), Char('o'), Char('k'), F(5)]), [view_of("m2")]);
    let (mut terminal, view) = at(Lang::En, "m1", At::Decided);
    let signed = orders(press(&mut terminal, &view, [Char('s'), Char('y')]));
    let state = view.state.as_ref().unwrap();
    let record = state.matter_hash(&state.items[0]);
    assert_eq!(signed, [Command::SignMatter { item: item(), record }]);
    let (mut terminal, view) = at(Lang::En, "m3", At::Decided);
    assert_eq!(orders(press(&mut terminal, &view, [Char('s'), Char('y')])), []);
}

#[test]
fn an_open_vote_has_its_pages() {
    use KeyCode::Char;
    for lang in [Lang::Zh, Lang::En] {
        for (name, how) in [("hands", VoteHow::Hands), ("without", VoteHow::WithoutObjection)] {
            let sample = Sample::called(open_vote_plan(lang, how, VoteAbout::Rules));
            let (mut terminal, view) = (Terminal::new(lang), view("m2", &sample.state));
            snapshot(&format!("vote_{name}"), lang, &both_sizes(lang, &mut terminal, &view));
        }
        let mut sample = Sample::called(open_vote_plan(lang, VoteHow::ByName, VoteAbout::Rules));
        sample.step();
        let (mut terminal, view) = (Terminal::new(lang), view("m2", &sample.state));
        snapshot("vote_by_name", lang, &both_sizes(lang, &mut terminal, &view));
    }
    let sample = Sample::called(open_vote_plan(Lang::En, VoteHow::WithoutObjection, VoteAbout::Rules));
    let (mut terminal, view) = (Terminal::new(Lang::En), view("m2", &sample.state));
    let objects = Command::ObjectToVote { item: Sample::open_vote_item(), seat: "m2".into() };
    assert_eq!(orders(press(&mut terminal, &view, [Char('o'), Char('y')])), [objects]);
}
