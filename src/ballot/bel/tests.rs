//! Archives: good ones are accepted, by the tool too; whatever is altered is found.

use super::*;
use crate::ballot::tests::{Room, leave, question};
use crate::ballot::{
    BallotError, EncryptedTally, Outcome, PartialDecryption, TrusteeFault, TrusteeKey, combine, tally,
};

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

/// The parts of an opened election, from which archives good and bad are built.
struct Parts {
    room: Room,
    ballots: Vec<Vec<u8>>,
    sums: EncryptedTally,
    factors: PartialDecryption,
    outcome: Outcome,
}

impl Parts {
    fn new() -> Self {
        let mut room = Room::small(7);
        let sealed = [room.cast(0, &[&[1, 0, 0], &[1, 0, 0]]), room.cast(1, &[&[0, 1, 0], &[0, 1, 1]])];
        let checked: Vec<_> =
            sealed.iter().map(|ballot| room.setup.check_ballot(&ballot.bytes).unwrap()).collect();
        let sums = tally(&room.setup, &checked).unwrap();
        let factors = room.trustee.decrypt(&room.setup, &sums, &mut room.rng);
        let outcome = combine(&room.setup, &sums, &[(1, factors.clone())], 2).unwrap();
        let ballots = sealed.into_iter().map(|ballot| ballot.bytes).collect();
        Self { room, ballots, sums, factors, outcome }
    }

    /// Sums, factors and outcome over some of the ballots.
    fn opening_of(&mut self, ballots: &[usize]) -> (EncryptedTally, PartialDecryption, Outcome) {
        let setup = &self.room.setup;
        let checked: Vec<_> =
            ballots.iter().map(|&ballot| setup.check_ballot(&self.ballots[ballot]).unwrap()).collect();
        let sums = tally(setup, &checked).unwrap();
        let factors = self.room.trustee.decrypt(setup, &sums, &mut self.room.rng);
        let outcome = combine(setup, &sums, &[(1, factors.clone())], ballots.len()).unwrap();
        (sums, factors, outcome)
    }

    /// An archive up to the end of the ballots.
    fn closed(&self, ballots: &[usize]) -> BelWriter {
        let mut archive = BelWriter::begin(&self.room.setup, 1);
        for &ballot in ballots {
            archive.ballot(&self.ballots[ballot]);
        }
        archive.end_ballots();
        archive
    }
}

fn faults(archive: &BelWriter) -> Vec<BelFault> {
    let report = verify_bel(archive.bytes());
    assert_eq!(report.result, None);
    report.faults
}

#[test]
fn every_byte_counts() {
    let mut room = Room::new(8, 1, vec![question(1, 0, 1, false)]);
    let ballot = room.cast(0, &[&[1]]);
    let good = room.archive(&[ballot]);
    assert!(verify_bel(&good).is_good());
    let mut altered = good.clone();
    for place in 0..good.len() {
        altered[place] ^= 1 << (place % 8);
        assert!(!verify_bel(&altered).is_good(), "byte {place}");
        altered[place] = good[place];
    }
    for end in (0..good.len()).step_by(101) {
        assert!(!verify_bel(&good[..end]).is_good(), "cut off at {end}");
    }
    altered.push(0);
    assert!(!verify_bel(&altered).is_good(), "a byte too many");
    altered.resize(good.len() + 1024, 0);
    assert!(!verify_bel(&altered).is_good(), "the end blocks of a tar file");
}

#[test]
fn events_have_one_order() {
    use EventKind::{Ballot, EncryptedTally, EndBallots, PartialDecryption, Result, Setup};
    let parts = Parts::new();
    let good = [Ballot, Ballot, EndBallots, EncryptedTally, PartialDecryption, Result];
    let add = |archive: &mut BelWriter, kind: EventKind, ballot: &[u8]| match kind {
        Setup => archive.event(Setup, &[b"1", b"2", b"3", b"4"]),
        Ballot => {
            archive.ballot(ballot);
        }
        EndBallots => archive.end_ballots(),
        EncryptedTally => archive.encrypted_tally(&parts.sums),
        PartialDecryption => archive.partial_decryption(1, &parts.factors),
        Result => archive.result(&parts.outcome),
    };
    let build = |kinds: &[EventKind]| {
        let mut archive = BelWriter::begin(&parts.room.setup, 1);
        let mut ballots = parts.ballots.iter().map(Vec::as_slice).chain(std::iter::repeat(&b"late"[..]));
        for kind in kinds {
            let ballot = if *kind == Ballot { ballots.next().unwrap() } else { b"" };
            add(&mut archive, *kind, ballot);
        }
        archive
    };
    assert!(verify_bel(build(&good).bytes()).is_good());
    // Each event left out, doubled, exchanged with the next; and some by name.
    let mut wrong: Vec<Vec<EventKind>> = Vec::new();
    for place in 2..good.len() {
        let mut kinds = good.to_vec();
        kinds.remove(place);
        wrong.push(kinds);
        let mut kinds = good.to_vec();
        kinds.insert(place, kinds[place]);
        wrong.push(kinds);
    }
    for place in 1..good.len() - 1 {
        let mut kinds = good.to_vec();
        kinds.swap(place, place + 1);
        wrong.push(kinds);
    }
    wrong.push([good.as_slice(), &[Ballot]].concat());
    wrong.push(vec![Ballot, Ballot, EndBallots, Ballot]);
    wrong.push(vec![Setup, EndBallots]);
    wrong.push(vec![]);
    wrong.push(vec![Ballot]);
    wrong.push(good[..4].to_vec());
    wrong.push(good[..5].to_vec());
    for kinds in wrong {
        assert_ne!(faults(&build(&kinds)), [], "{kinds:?}");
    }
    let late = build(&[Ballot, Ballot, EndBallots, Ballot, EncryptedTally, PartialDecryption, Result]);
    assert!(faults(&late).contains(&BelFault::Order { height: 4, kind: Ballot }));
}

#[test]
fn forged_contents_are_found() {
    let mut parts = Parts::new();
    let (fewer_sums, fewer_factors, fewer_outcome) = parts.opening_of(&[0]);
    let (_, again, _) = parts.opening_of(&[0, 1]);
    let stranger = TrusteeKey::generate(&mut parts.room.rng);
    let stranger = stranger.decrypt(&parts.room.setup, &parts.sums, &mut parts.room.rng);
    let Parts { sums, factors, outcome, .. } = &parts;

    // A ballot is dropped from the sum, and everything after fits the forged sum.
    let mut archive = parts.closed(&[0, 1]);
    archive.encrypted_tally(&fewer_sums);
    archive.partial_decryption(1, &fewer_factors);
    archive.result(&fewer_outcome);
    assert_eq!(faults(&archive), [BelFault::TallyForged, BelFault::TallySize]);

    // A ballot is dropped from the box.
    let mut archive = parts.closed(&[0]);
    archive.encrypted_tally(sums);
    archive.partial_decryption(1, factors);
    archive.result(outcome);
    assert_eq!(faults(&archive), [BelFault::TallyForged, BelFault::TallySize]);

    // Another result.
    let mut archive = parts.closed(&[0, 1]);
    archive.encrypted_tally(sums);
    archive.partial_decryption(1, factors);
    archive.event(EventKind::Result, &[br#"{"result":[[2,0,0],[1,1,1]]}"#]);
    assert_eq!(faults(&archive), [BelFault::ResultForged]);

    // Factors of another key, of nobody, given twice, for another sum.
    let wrong_factor = TrusteeFault::FactorProof { question: 1, choice: 1 };
    let missing = BelFault::Opening(BallotError::TooFewTrustees { needed: 1, found: 0 });
    for (owner, factors, fault) in [
        (1, &stranger, wrong_factor),
        (1, &fewer_factors, wrong_factor),
        (2, factors, TrusteeFault::Unknown),
        (0, factors, TrusteeFault::Unknown),
    ] {
        let mut archive = parts.closed(&[0, 1]);
        archive.encrypted_tally(sums);
        archive.partial_decryption(owner, factors);
        archive.result(outcome);
        let error = BallotError::Trustee { owner, fault };
        assert_eq!(faults(&archive), [BelFault::Partial { number: 1, error }, missing.clone()]);
    }
    let mut archive = parts.closed(&[0, 1]);
    archive.encrypted_tally(sums);
    archive.partial_decryption(1, factors);
    archive.partial_decryption(1, &again);
    archive.result(outcome);
    assert_eq!(faults(&archive), [BelFault::Opening(BallotError::TrusteeTwice(1))]);

    // Records that do not belong together.
    let mut archive = parts.closed(&[0, 1]);
    archive.event(EventKind::EncryptedTally, &[&sums.bytes(), &fewer_sums.sized_bytes()]);
    archive.event(EventKind::PartialDecryption, &[&factors.bytes(), &again.owned_bytes(1)]);
    archive.result(outcome);
    assert_eq!(faults(&archive), [BelFault::TallySize, BelFault::PartialOwner { number: 1 }, missing]);
}

#[test]
fn bad_ballots_are_all_named() {
    let mut parts = Parts::new();
    let revote = parts.room.cast(0, &[&[0, 0, 1], &[0, 1, 0]]);
    let mut altered = parts.ballots[1].clone();
    let digit = altered.iter().rposition(u8::is_ascii_digit).unwrap();
    altered[digit] = if altered[digit] == b'1' { b'2' } else { b'1' };
    let mut archive = BelWriter::begin(&parts.room.setup, 1);
    archive.ballot(&parts.ballots[0]);
    let hash = archive.ballot(&altered);
    archive.ballot(&revote.bytes);
    archive.end_ballots();
    let error = BallotError::Signature;
    let credential = parts.room.voters[0].public();
    assert_eq!(
        faults(&archive),
        [
            BelFault::Ballot { number: 2, hash, error },
            BelFault::VotedTwice { first: 1, second: 3, credential },
        ]
    );
    // The identical ballot again is the identical record.
    assert!(matches!(*faults(&parts.closed(&[0, 0])), [BelFault::RecordTwice { .. }]));
}

#[test]
fn the_setup_must_be_the_one_named() {
    let [one, other] = [Room::small(11).setup, Room::small(12).setup];
    let archive_of = |records: &[&[u8]; 4]| {
        let mut archive = BelWriter::empty(1);
        archive.event(EventKind::Setup, records);
        archive.end_ballots();
        archive
    };
    let credentials = one.credentials_bytes();
    let data = one.setup_data_bytes();
    let (election, trustees) = (one.election().bytes(), one.trustees().bytes());
    assert_eq!(verify_bel(archive_of(&[election, trustees, &credentials, &data]).bytes()).faults, []);
    for (records, fault) in [
        ([election, trustees, &credentials, &*other.setup_data_bytes()], BelFault::SetupData),
        ([election, trustees, &*other.credentials_bytes(), &data], BelFault::SetupData),
        ([election, other.trustees().bytes(), &credentials, &data], BelFault::Setup(BallotError::ForeignKey)),
        ([other.election().bytes(), trustees, &credentials, &data], BelFault::Setup(BallotError::ForeignKey)),
    ] {
        assert_eq!(faults(&archive_of(&records)), [fault]);
    }
}

#[test]
fn the_chain_is_linked() {
    let room = Room::small(13);
    let mut good = BelWriter::begin(&room.setup, 1);
    good.end_ballots();
    let members = tar::members(good.bytes()).unwrap();
    let (last, before) = members.split_last().unwrap();
    let event = str::from_utf8(last.body).unwrap();
    for (what, altered) in [
        ("height", event.replace("\"height\":1", "\"height\":2")),
        ("no parent", format!("{{{}", event.split_once(',').unwrap().1)),
        ("parent", event.replace(&event[11..13], "zz")),
        ("payload", event.replace('}', &format!(",\"payload\":\"{}\"}}", "0".repeat(64)))),
        ("type", event.replace("EndBallots", "EndShuffles")),
        ("unknown field", event.replace('}', ",\"more\":1}")),
        ("white space", event.replace(',', ", ")),
    ] {
        let mut archive = Vec::new();
        for member in before {
            tar::append(&mut archive, member.name, member.body, 1);
        }
        let name = format!("{}.event.json", crate::ballot::text::sha256_hex(altered.as_bytes()));
        tar::append(&mut archive, &name, altered.as_bytes(), 1);
        assert_ne!(verify_bel(&archive).faults, [], "{what}");
    }
}

#[test]
fn the_time_is_one() {
    let room = Room::small(14);
    let mut archive = BelWriter::begin(&room.setup, 77);
    archive.end_ballots();
    let good = archive.into_bytes();
    assert_eq!(open_bel(&good).unwrap().timestamp_seconds, 77);
    for (from, to) in [("\"77\"", "\"78\""), ("\"77\"}", "77  }"), ("\"version\":1", "\"version\":2")] {
        let text = String::from_utf8_lossy(&good[..1024]).replace(from, to);
        assert!(open_bel(&[text.as_bytes(), &good[1024..]].concat()).is_err(), "{to}");
    }
}
