//! What is decided in the open at the console: each page as it looks, each key as it works.

use super::*;
use crate::meeting::ItemId;
use crate::meeting::matter_sample::{MatterPoint as At, matter_plan, open_vote_plan};
use crate::plan::{ItemKind, VoteAbout, VoteHow};
use crate::rules::NamedChoice;

fn matter(lang: Lang, point: At) -> (Console, View) {
    (console(lang), seen(&Sample::matter(lang, point)))
}

fn item() -> ItemId {
    Sample::matter_item()
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("open_{name}_{}", lang.pick("zh", "en")), drawn);
}

fn both_sizes(lang: Lang, console: &mut Console, view: &View) -> String {
    SIZES.map(|size| Window::new(lang, size).draw(console, view)).join("\n\n")
}

/// A matter that is next, and of which two members have no notification on record.
fn not_notified(lang: Lang) -> (Console, View) {
    let mut plan = matter_plan(lang);
    let ItemKind::MajorMatter(matter) = &mut plan.items[0].kind else { unreachable!() };
    matter.notified.as_mut().unwrap().members.truncate(7);
    let mut sample = Sample::of(plan);
    sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"]);
    sample.console(Command::OpenMeeting);
    (console(lang), seen(&sample))
}

#[test]
fn every_step_of_a_matter_has_its_page() {
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in [
            ("introducing", At::Introducing),
            ("stating", At::Stating),
            ("head_asked", At::HeadAsked),
            ("heard", At::Heard),
            ("summed_up", At::SummedUp),
            ("voting", At::Voting),
            ("voted", At::Voted),
            ("all_voted", At::AllVoted),
            ("decided", At::Decided),
            ("declared", At::Declared),
        ] {
            let (mut console, view) = matter(lang, point);
            snapshot(name, lang, &both_sizes(lang, &mut console, &view));
        }
        let (mut console, view) = not_notified(lang);
        snapshot("not_notified", lang, &both_sizes(lang, &mut console, &view));
    }
}

#[test]
fn every_cover_of_it_looks_right() {
    use KeyCode::{Char, Enter};
    let covers: [(&str, At, &[KeyCode]); 7] = [
        ("cover_view", At::Asked, &[Enter, Char('y'), Char('e')]),
        ("cover_pass", At::Asked, &[Char('g')]),
        ("cover_sum_up", At::Heard, &[Enter]),
        ("cover_put", At::SummedUp, &[Enter]),
        ("cover_enter", At::Voting, &[Char('e'), Enter]),
        ("cover_entered", At::Voting, &[Char('e'), Enter, Char('3')]),
        ("cover_unsigned", At::Decided, &[Char('u')]),
    ];
    for lang in [Lang::Zh, Lang::En] {
        for (name, point, keys) in covers {
            let (mut console, view) = matter(lang, point);
            press(&mut console, &view, keys.iter().copied());
            snapshot(name, lang, &Window::new(lang, (80, 24)).draw(&mut console, &view));
        }
        let (mut console, view) = not_notified(lang);
        press(&mut console, &view, [Char('b'), Enter]);
        type_text(&mut console, &view, "2026-11-20");
        snapshot("cover_notice", lang, &Window::new(lang, (80, 24)).draw(&mut console, &view));
    }
}

#[test]
fn enter_takes_a_matter_through() {
    use KeyCode::{Char, Enter, F};
    let enter = |point: At, keys: &[KeyCode]| {
        let (mut console, view) = matter(Lang::En, point);
        orders(press(&mut console, &view, keys.iter().copied()))
    };
    let id = item;
    assert_eq!(enter(At::Introducing, &[Enter]), [Command::BeginStatements { item: id() }]);
    let view_of_m2 = Command::GiveStatement { item: id(), seat: "m2".into(), text: "aye".to_owned() };
    assert_eq!(enter(At::Asked, &[Enter, Char('a'), Char('y'), Char('e'), F(2)]), [view_of_m2]);
    let passed = Command::PassStatement { item: id(), seat: "m2".into() };
    assert_eq!(enter(At::Asked, &[Char('g'), Char('y')]), [passed]);
    let summed = Command::SumUp { item: id(), text: "so".to_owned() };
    assert_eq!(enter(At::Heard, &[Enter, Char('s'), Char('o'), F(2)]), [summed]);
    assert_eq!(enter(At::SummedUp, &[Enter]), [], "a second key is wanted");
    assert_eq!(enter(At::SummedUp, &[Enter, Char('y')]), [Command::PutToVote { item: id() }]);
    let deferred = Command::DeferMatter { item: id(), reason: "no".to_owned() };
    assert_eq!(enter(At::SummedUp, &[Char('d'), Char('n'), Char('o'), Enter]), [deferred]);
    assert_eq!(enter(At::Voted, &[Enter]), [], "members vote");
    let entered =
        |choice| Command::EnterVote { item: id(), seat: "m1".into(), choice, reason: "x".to_owned() };
    let keys = |digit| [Char('e'), Enter, Char(digit), Char('x'), Enter];
    assert_eq!(enter(At::Voting, &keys('1')), [entered(Some(NamedChoice::Agree))]);
    assert_eq!(enter(At::Voting, &keys('0')), [entered(None)]);
    assert_eq!(enter(At::AllVoted, &[Enter, Char('y')]), [Command::CloseNamedVote { item: id() }]);
    assert_eq!(enter(At::Decided, &[Enter]), [], "the head signs");
    let unsigned = Command::LeaveUnsigned { item: id(), reason: "x".to_owned() };
    assert_eq!(enter(At::Decided, &[Char('u'), Char('x'), Enter]), [unsigned]);
    assert_eq!(enter(At::Signed, &[Enter]), [Command::Declare { item: id() }]);
}

#[test]
fn a_notification_is_entered_for_one_or_for_all_who_have_none() {
    use KeyCode::{Char, Enter, Tab};
    let on = jiff::civil::date(2026, 11, 20);
    for (tab, seats) in [(false, vec!["m1"]), (true, vec!["m8", "m9"])] {
        let (mut console, view) = not_notified(Lang::En);
        press(&mut console, &view, [Char('b'), Enter]);
        if tab {
            press(&mut console, &view, [Tab]);
        }
        type_text(&mut console, &view, "2026-11-20");
        let seats = seats.into_iter().map(SeatId::from).collect();
        let acts = press(&mut console, &view, [Enter]);
        assert_eq!(orders(acts), [Command::RecordNotice { item: item(), seats, on }]);
    }
}

#[test]
fn an_open_vote_is_taken_as_the_plan_wants_it() {
    use KeyCode::{Char, Enter, Tab};
    let id = Sample::open_vote_item;
    for lang in [Lang::Zh, Lang::En] {
        for (name, how) in [
            ("hands", VoteHow::Hands),
            ("by_name", VoteHow::ByName),
            ("without_objection", VoteHow::WithoutObjection),
        ] {
            let sample = Sample::called(open_vote_plan(lang, how, VoteAbout::Rules));
            let (mut console, view) = (console(lang), seen(&sample));
            snapshot(&format!("vote_{name}"), lang, &both_sizes(lang, &mut console, &view));
        }
    }
    let at = |how: VoteHow, keys: &[KeyCode]| {
        let sample = Sample::called(open_vote_plan(Lang::En, how, VoteAbout::Rules));
        let (mut console, view) = (console(Lang::En), seen(&sample));
        orders(press(&mut console, &view, keys.iter().copied()))
    };
    let hands = Command::CountHands { item: id(), agree: 7, disagree: 1, abstain: 0 };
    assert_eq!(at(VoteHow::Hands, &[Enter, Char('7'), Tab, Char('1'), Enter]), [hands]);
    assert_eq!(at(VoteHow::ByName, &[Enter, Char('y')]), [Command::PutToVote { item: id() }]);
    let taken = Command::TakeWithoutObjection { item: id() };
    assert_eq!(at(VoteHow::WithoutObjection, &[Enter, Char('y')]), [taken]);
    let objects = Command::ObjectToVote { item: id(), seat: "m1".into() };
    assert_eq!(at(VoteHow::WithoutObjection, &[Char('e'), Enter]), [objects]);
}
