//! Archives: good ones are accepted, by the tool too; whatever is altered is found.

use super::*;

/// Leaves an archive in the folder named by `PLENUM_BEL_OUT`, to be checked by the tool.
fn leave(setup: &Setup, archive: &[u8]) {
    if let Ok(folder) = std::env::var("PLENUM_BEL_OUT") {
        std::fs::write(format!("{folder}/{}.bel", setup.election().uuid()), archive).unwrap();
    }
}

#[test]
fn an_archive_gives_the_sums() {
    let mut room = Room::small(1);
    let ballots = [
        room.cast(0, &[&[1, 0, 0], &[1, 0, 0]]),
        room.cast(1, &[&[0, 0, 1], &[0, 1, 1]]),
        room.cast(2, &[&[1, 0, 0], &[0, 1, 0]]),
    ];
    let archive = room.archive(&ballots);
    let report = verify_bel(&archive);
    assert_eq!(report.faults, []);
    assert_eq!(report.result, Some(vec![vec![2, 0, 1], vec![1, 2, 1]]));
    assert_eq!(report.ballots, 3);
    assert_eq!(report.openers, [1]);
    // A trustee's key; three ballots of 3+1, 3+2 and a signature; six factors.
    assert_eq!(report.proofs, 1 + 3 * (4 + 5 + 1) + 6);
    leave(&room.setup, &archive);
}

#[test]
fn shapes_of_every_kind() {
    let shapes = [
        (question(1, 0, 1, false), vec![vec![0], vec![1]]),
        (question(1, 1, 1, true), vec![vec![1, 0], vec![0, 1]]),
        (question(2, 0, 0, false), vec![vec![0, 0]]),
        (question(3, 0, 3, true), vec![vec![0; 4], vec![1, 0, 0, 0], vec![0, 1, 1, 1]]),
        (question(5, 2, 4, false), vec![vec![1, 1, 0, 0, 0], vec![1, 0, 1, 1, 1]]),
    ];
    let mut room = Room::new(2, 3, shapes.iter().map(|(question, _)| question.clone()).collect());
    let mut expected: Vec<Vec<u64>> =
        shapes.iter().map(|(question, _)| vec![0; question.choices()]).collect();
    let mut ballots = Vec::new();
    for voter in 0..3 {
        let marks: Vec<&[u32]> = shapes.iter().map(|(_, marks)| &*marks[voter % marks.len()]).collect();
        for (sums, marks) in expected.iter_mut().zip(&marks) {
            for (sum, mark) in sums.iter_mut().zip(*marks) {
                *sum += u64::from(*mark);
            }
        }
        ballots.push(room.cast(voter, &marks));
    }
    let archive = room.archive(&ballots);
    let report = verify_bel(&archive);
    assert_eq!(report.faults, []);
    assert_eq!(report.result, Some(expected));
    leave(&room.setup, &archive);
}

#[test]
fn nobody_voted() {
    let mut room = Room::small(3);
    let archive = room.archive(&[]);
    let report = verify_bel(&archive);
    assert_eq!(report.faults, []);
    assert_eq!(report.result, Some(vec![vec![0; 3], vec![0; 3]]));
    leave(&room.setup, &archive);
}

#[test]
fn a_closed_box_is_an_archive() {
    let mut room = Room::small(4);
    let ballot = room.cast(0, &[&[1, 0, 0], &[1, 0, 0]]);
    let mut archive = BelWriter::begin(&room.setup, 0);
    archive.ballot(&ballot.bytes);
    archive.end_ballots();
    let report = verify_bel(archive.bytes());
    assert_eq!(report.faults, []);
    assert_eq!((report.opened, report.result), (false, None));
    assert_eq!(report.head, archive.head());
}
