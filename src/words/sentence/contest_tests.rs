//! Every sentence of an election from its call to its end, one after the other, as the room hears them.

use super::now;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{Command, Step, next_step};
use crate::words::Lang;

/// The sentence of each point, and of the steps around the rounds.
fn heard(lang: Lang, mut sample: Sample, rounds: &[Vec<Vec<u32>>]) -> String {
    let mut heard = Vec::new();
    let mut say = |sample: &Sample| {
        let sentence = now(lang, &sample.state);
        if heard.last() != Some(&sentence) {
            heard.push(sentence);
        }
    };
    let mut before = Point::SigningIn;
    for point in [
        Point::ScrutineersApproved,
        Point::Introducing,
        Point::Recusing,
        Point::Deliberating,
        Point::Deliberated,
        Point::Issuing,
        Point::Confirming,
        Point::Voting,
        Point::Opening,
    ] {
        sample = sample.further(before, point);
        before = point;
        if matches!(next_step(&sample.state), Some(Step::CountHeads(_))) {
            sample.count_heads();
        }
        sample.compare_room();
        say(&sample);
    }
    for (place, sums) in rounds.iter().enumerate() {
        if place > 0 {
            let mut called = Sample { state: sample.state.clone(), ..Sample::contested(lang) };
            called.further_round(Point::Deliberated);
            called.count_heads();
            say(&called);
            let mut voting = Sample { state: sample.state.clone(), ..Sample::contested(lang) };
            voting.further_round(Point::Voting);
            say(&voting);
            sample.further_round(Point::Opening);
        }
        sample.count_sums(sums.clone());
        sample.sign_result();
        say(&sample);
    }
    sample.console(Command::Declare { item: Sample::item() });
    say(&sample);
    heard.join("\n\n")
}

#[test]
fn an_election_as_the_room_hears_it() {
    for (lang, name) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let choice = [vec![vec![0, 6, 5, 5, 5, 0]], vec![vec![1, 6, 3, 3]], vec![vec![0, 3, 4]]];
        insta::assert_snapshot!(format!("choice_{name}"), heard(lang, Sample::contested(lang), &choice));
        let few = [vec![vec![1, 6, 4, 4, 2, 0]], vec![vec![2, 5, 4, 1, 0]], vec![vec![3, 4, 0, 0]]];
        insta::assert_snapshot!(format!("few_{name}"), heard(lang, Sample::contested(lang), &few));
        let list = [
            vec![vec![7, 0], vec![5, 2], vec![4, 3], vec![6, 1], vec![5, 2]],
            vec![vec![3, 4]],
            vec![vec![4, 3]],
        ];
        insta::assert_snapshot!(format!("list_{name}"), heard(lang, Sample::list(lang), &list));
    }
}
