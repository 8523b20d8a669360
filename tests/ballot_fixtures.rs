//! Elections made from beginning to end by belenios-tool 3.0 (`tests/belenios/make-fixtures`): our
//! verifier accepts them, and finds the sums that the marks give.

use std::path::PathBuf;

use plenum::ballot::{BelFault, TrusteeFault, open_bel, verify_bel};
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
