//! The display in a contested election.

use super::tests::{of, show};
use crate::meeting::Command;
use crate::meeting::sample::{Point, Sample};
use crate::words::Lang;

#[test]
fn an_election_from_its_vote_to_its_end() {
    for lang in [Lang::Zh, Lang::En] {
        show("election_voting", &of(&Sample::contested(lang).until(Point::Voting)));
        show("list_voting", &of(&Sample::list(lang).until(Point::Voting)));
        let mut sample = Sample::contested(lang).until(Point::Opening);
        sample.elect(1, &[6, 5, 5, 2, 0]);
        show("election_counted", &of(&sample));
        let mut sample = Sample::contested(lang).until(Point::Opening);
        sample.elect(0, &[6, 5, 5, 5, 0]);
        show("election_tied", &of(&sample));
        sample.further_round(Point::Deliberated);
        sample.count_heads();
        show("election_further", &of(&sample));
        let mut sample = Sample::contested(lang).until(Point::Opening);
        sample.elect(0, &[6, 5, 5, 5, 0]);
        sample.further_round(Point::Opening);
        sample.elect(2, &[4, 3, 2]);
        sample.sign_result();
        sample.console(Command::Declare { item: Sample::item() });
        show("election_declared", &of(&sample));
        let mut sample = Sample::list(lang).until(Point::Opening);
        sample.count_sums(vec![vec![7, 0], vec![5, 2], vec![4, 3], vec![6, 1], vec![5, 2]]);
        show("list_counted", &of(&sample));
    }
}

#[test]
fn an_election_on_paper() {
    for lang in [Lang::Zh, Lang::En] {
        let mut sample = Sample::contested(lang).until(Point::Deliberated);
        sample.go_to_paper();
        show("election_on_paper", &of(&sample));
        sample.elect_by_paper(8, (1, 1), &[6, 5, 5, 2, 0]);
        show("election_on_paper_result", &of(&sample));
        let mut sample = Sample::list(lang).until(Point::Deliberated);
        sample.go_to_paper();
        let marks = vec![vec![8, 0], vec![5, 2], vec![4, 4], vec![6, 1], vec![5, 2]];
        sample.count_papers(&sample.papers(8, marks, vec![0, 1, 0, 1, 1]));
        show("list_on_paper_result", &of(&sample));
    }
}
