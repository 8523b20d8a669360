//! What is altered inside of a box is named with the ballot, whoever seals it again.

use std::fs;

use super::tamper::{assert_fault, resign};
use crate::archive::bel::{bel_path, election};
use crate::archive::sample::Sample;
use crate::archive::verify::FaultKind;
use crate::ballot::{BelWriter, combine, open_bel, tally};
use crate::meeting::BallotId;
use crate::words::Lang;

/// Ballots before and after the end of the ballots.
type Placed = (Vec<Vec<u8>>, Vec<Vec<u8>>);

/// The counted box with some ballots before and some after the end of the ballots, opened with the sum of the honest
/// ones but `left_out`.
fn write(sample: &mut Sample, ballots: &dyn Fn(&[Vec<u8>]) -> Placed, left_out: usize) -> String {
    let ballot = BallotId::from("posts-r2");
    let place = bel_path(&ballot);
    let contents = open_bel(&fs::read(sample.path(&place)).unwrap()).unwrap();
    let setup = election(sample.state().round(&ballot).unwrap().1.setup.as_ref().unwrap()).unwrap();
    let checked: Vec<_> = contents.ballots.iter().map(|ballot| setup.check_ballot(ballot).unwrap()).collect();
    let counted = &checked[left_out..];
    let (before, after) = ballots(&contents.ballots);
    let mut bel = BelWriter::begin(&setup, contents.timestamp_seconds);
    for ballot in &before {
        bel.ballot(ballot);
    }
    bel.end_ballots();
    for ballot in &after {
        bel.ballot(ballot);
    }
    let sums = tally(&setup, counted).unwrap();
    bel.encrypted_tally(&sums);
    let partials = sample.factors(&setup, &sums);
    for (trustee, partial) in &partials {
        bel.partial_decryption(*trustee, partial);
    }
    bel.result(&combine(&setup, &sums, &partials, counted.len()).unwrap());
    fs::write(sample.path(&place), bel.into_bytes()).unwrap();
    resign(sample);
    place
}

fn says(words: &'static str) -> impl Fn(&FaultKind) -> bool {
    move |what| matches!(what, FaultKind::Bel { detail } if detail.contains(words))
}

#[test]
fn a_ballot_altered() {
    let mut sample = Sample::sealed(Lang::En, 100);
    let altered = |ballots: &[Vec<u8>]| {
        let mut ballots = ballots.to_vec();
        let digit = ballots[1].iter().rposition(u8::is_ascii_digit).unwrap();
        ballots[1][digit] = if ballots[1][digit] == b'1' { b'2' } else { b'1' };
        (ballots, Vec::new())
    };
    let place = write(&mut sample, &altered, 0);
    assert_fault(&sample, &place, says("ballot 2 ("));
    assert_fault(&sample, &place, |what| matches!(what, FaultKind::BelBallotMissing { .. }));
    assert_fault(&sample, &place, |what| matches!(what, FaultKind::BelBallotExtra { .. }));
}

#[test]
fn a_sum_that_leaves_a_ballot_out() {
    let mut sample = Sample::sealed(Lang::En, 101);
    let place = write(&mut sample, &|ballots| (ballots.to_vec(), Vec::new()), 1);
    assert_fault(&sample, &place, says("it is not the product of the ballots"));
    assert_fault(&sample, &place, |what| *what == FaultKind::BelTally);
    assert_fault(&sample, &place, |what| matches!(what, FaultKind::BelReleased { by } if by == "Ben Okoro"));
}

#[test]
fn a_ballot_after_the_end_of_the_ballots() {
    let mut sample = Sample::sealed(Lang::En, 102);
    let late = |ballots: &[Vec<u8>]| (ballots[..2].to_vec(), ballots[2..].to_vec());
    let place = write(&mut sample, &late, 0);
    assert_fault(&sample, &place, says("event 4 (Ballot): it must not come here"));
}

/// Boxes of two rounds in one meeting: ballots of one in the other.
#[test]
fn ballots_swapped_between_boxes() {
    let sample = Sample::reviewed_and_sealed(Lang::En, 103);
    let places = ["review-wang-commission", "review-wang-invited"].map(|id| bel_path(&BallotId::from(id)));
    let read = |place: &str| open_bel(&fs::read(sample.path(place)).unwrap()).unwrap();
    let [one, other] = [read(&places[0]), read(&places[1])];
    for (place, own, foreign) in [(&places[0], &one, &other), (&places[1], &other, &one)] {
        let mut bel = BelWriter::begin(&own.setup, own.timestamp_seconds);
        for ballot in foreign.ballots[..1].iter().chain(&own.ballots[1..]) {
            bel.ballot(ballot);
        }
        bel.end_ballots();
        fs::write(sample.path(place), bel.into_bytes()).unwrap();
    }
    resign(&sample);
    for place in &places {
        assert_fault(&sample, place, says("ballot 1 ("));
        assert_fault(&sample, place, |what| matches!(what, FaultKind::BelBallotMissing { .. }));
        assert_fault(&sample, place, |what| matches!(what, FaultKind::BelBallotExtra { .. }));
        assert_fault(&sample, place, |what| *what == FaultKind::BelNotOpened);
    }
}
