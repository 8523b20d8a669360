//! Elections made from beginning to end by belenios-tool 3.0 (`tests/belenios/make-fixtures`): our
//! verifier accepts them, and finds the sums that the marks give.

use std::path::PathBuf;

use plenum::ballot::{
    BallotError, BelFault, BelWriter, EncryptedTally, EventKind, PartialDecryption, TrusteeFault, Trustees,
    combine, open_bel, tally, verify_bel,
};
use serde::Deserialize;

fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/belenios/fixtures").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[derive(Deserialize)]
struct Expected {
    ballots: usize,
    result: Vec<Vec<u64>>,
}

#[test]
fn the_tools_elections_are_accepted() {
    for (name, openers) in [("single", vec![1]), ("threshold", vec![3, 1]), ("mixed", vec![1, 3, 4])] {
        let report = verify_bel(&fixture(&format!("{name}.bel")));
        let expected: Expected = serde_json::from_slice(&fixture(&format!("{name}.expected"))).unwrap();
        assert_eq!(report.faults, [], "{name}");
        assert_eq!(report.ballots, expected.ballots, "{name}");
        assert_eq!(report.result, Some(expected.result), "{name}");
        assert_eq!(report.openers, openers, "{name}");
        assert_eq!(report.credentials.len(), expected.ballots, "{name}");
    }
}

#[test]
fn thresholds_count_what_is_needed() {
    for (name, needed, all) in [("single", 1, 1), ("threshold", 2, 3), ("mixed", 3, 4)] {
        let contents = open_bel(&fixture(&format!("{name}.bel"))).unwrap();
        let trustees = contents.setup.trustees();
        assert_eq!((trustees.threshold(), trustees.len()), (needed, all), "{name}");
    }
}

#[test]
fn a_closed_box_has_no_result() {
    let report = verify_bel(&fixture("closed.bel"));
    assert_eq!(report.faults, []);
    assert_eq!((report.opened, report.ballots, report.result), (false, 4, None));
}

#[test]
fn faults_read_as_sentences() {
    let fault = BelFault::Partial {
        number: 2,
        error: plenum::ballot::BallotError::Trustee {
            owner: 3,
            fault: TrusteeFault::FactorProof { question: 1, choice: 2 },
        },
    };
    assert_eq!(
        fault.to_string(),
        "partial decryption 2: trustee 3: the proof of the factor for question 1, choice 2 does not hold"
    );
}

/// The tool's own archive under a threshold key with one thing forged. The tool's `verify` overlooks the first three.
#[test]
fn what_the_tools_verify_overlooks_is_found() {
    let contents = open_bel(&fixture("threshold.bel")).unwrap();
    let (setup, ballots) = (&contents.setup, &contents.ballots);
    let opening = contents.opening.as_ref().unwrap();
    let checked: Vec<_> = ballots.iter().map(|ballot| setup.check_ballot(ballot).unwrap()).collect();
    let partials: Vec<(u32, PartialDecryption)> = [3, 1]
        .into_iter()
        .zip(&opening.partials)
        .map(|(owner, (factors, _))| (owner, PartialDecryption::parse(factors).unwrap()))
        .collect();
    let sums = tally(setup, &checked).unwrap();
    let outcome = combine(setup, &sums, &partials, checked.len()).unwrap();
    let open = |mut bel: BelWriter, sums: &EncryptedTally| {
        bel.encrypted_tally(sums);
        for (owner, partial) in &partials {
            bel.partial_decryption(*owner, partial);
        }
        bel.result(&outcome);
        verify_bel(bel.bytes()).faults
    };
    let closed = |ballots: &[Vec<u8>]| {
        let mut bel = BelWriter::begin(setup, contents.timestamp_seconds);
        for ballot in ballots {
            bel.ballot(ballot);
        }
        bel.end_ballots();
        bel
    };
    assert_eq!(open(closed(ballots), &sums), []);

    // A ballot whose proof does not hold, everything after it as it was.
    let mut invalid = ballots.clone();
    let digit = invalid[1].iter().rposition(u8::is_ascii_digit).unwrap();
    invalid[1][digit] = if invalid[1][digit] == b'1' { b'2' } else { b'1' };
    let found = open(closed(&invalid), &sums);
    assert!(found.iter().any(|fault| matches!(fault, BelFault::Ballot { number: 2, .. })), "{found:?}");

    // A sum that leaves a ballot out.
    let fewer = tally(setup, &checked[1..]).unwrap();
    let found = open(closed(ballots), &fewer);
    assert!(found.contains(&BelFault::TallyForged) && found.contains(&BelFault::TallySize), "{found:?}");

    // A ballot after the end of the ballots.
    let (last, before) = ballots.split_last().unwrap();
    let mut late = closed(before);
    late.ballot(last);
    let found = open(late, &sums);
    let height = u64::try_from(before.len()).unwrap() + 2;
    assert!(found.contains(&BelFault::Order { height, kind: EventKind::Ballot }), "{found:?}");

    // Fewer factors than the threshold; and a threshold lowered in the trustees' file.
    let mut alone = closed(ballots);
    alone.encrypted_tally(&sums);
    alone.partial_decryption(partials[0].0, &partials[0].1);
    alone.result(&outcome);
    let few = BelFault::Opening(BallotError::TooFewTrustees { needed: 2, found: 1 });
    assert_eq!(verify_bel(alone.bytes()).faults, [few]);
    let lowered = String::from_utf8(setup.trustees().bytes().to_vec()).unwrap();
    let lowered = lowered.replace("\"threshold\":2", "\"threshold\":1");
    assert_ne!(lowered.as_bytes(), setup.trustees().bytes());
    assert!(Trustees::parse(lowered.as_bytes()).is_err());
}
