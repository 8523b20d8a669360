//! What the room sees of what is decided in the open, at both sizes and in both languages.

use super::Display;
use crate::meeting::matter_sample::{MatterPoint, open_vote_plan};
use crate::meeting::sample::Sample;
use crate::meeting::{Command, State};
use crate::plan::{VoteAbout, VoteHow};
use crate::rules::NamedChoice;
use crate::screen::testing::{Window, view};
use crate::words::Lang;

fn both_sizes(lang: Lang, state: &State) -> String {
    let drawn = |size| Window::new(lang, size).draw(&mut Display::default(), &view("display", state));
    [(80, 24), (120, 40)].map(drawn).join("\n\n")
}

fn snapshot(name: &str, lang: Lang, drawn: &str) {
    insta::assert_snapshot!(format!("open_{name}_{}", lang.pick("zh", "en")), drawn);
}

#[test]
fn the_room_sees_a_matter_through() {
    use MatterPoint as At;
    for lang in [Lang::Zh, Lang::En] {
        for (name, point) in [
            ("introducing", At::Introducing),
            ("stating", At::Stating),
            ("summed_up", At::SummedUp),
            ("voted", At::Voted),
            ("decided", At::Decided),
            ("declared", At::Declared),
        ] {
            snapshot(name, lang, &both_sizes(lang, &Sample::matter(lang, point).state));
        }
    }
}

#[test]
fn how_somebody_voted_is_not_shown_before_the_result() {
    for lang in [Lang::Zh, Lang::En] {
        let drawn = both_sizes(lang, &Sample::matter(lang, MatterPoint::HeadsTurn).state);
        for word in lang.pick(["不同意", "缓议"], ["disagree", "postpone"]) {
            assert!(!drawn.contains(word), "{drawn}");
        }
        let after = both_sizes(lang, &Sample::matter(lang, MatterPoint::Decided).state);
        assert!(after.contains(lang.pick("缓议", "postpone")), "{after}");
    }
}

#[test]
fn the_room_sees_an_open_vote_through() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::called(open_vote_plan(lang, VoteHow::Hands, VoteAbout::Rules));
        snapshot("hands", lang, &both_sizes(lang, &sample.state));
        let item = Sample::open_vote_item();
        sample.console(Command::CountHands { item, agree: 6, disagree: 1, abstain: 1 });
        snapshot("hands_counted", lang, &both_sizes(lang, &sample.state));
        let mut sample = Sample::called(open_vote_plan(lang, VoteHow::WithoutObjection, VoteAbout::Agenda));
        snapshot("without_objection", lang, &both_sizes(lang, &sample.state));
        sample.step();
        sample.step();
        snapshot("taken", lang, &both_sizes(lang, &sample.state));
        let mut sample = Sample::called(open_vote_plan(lang, VoteHow::ByName, VoteAbout::Other));
        sample.step();
        sample.votes("m2", NamedChoice::Abstain);
        snapshot("by_name", lang, &both_sizes(lang, &sample.state));
    }
}
