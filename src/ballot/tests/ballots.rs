//! One ballot: what is made is accepted, and whatever is altered is refused, for the right reason.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::scalar::Scalar;
use zeroize::Zeroizing;

use super::*;
use crate::ballot::encrypt::encrypt_marks;
use crate::ballot::group::Element;
use crate::ballot::paper::{Answer, Ballot, Ciphertext, Signature};
use crate::ballot::proof::Proof;
use crate::ballot::text::{from_canonical_json, to_json};

type Typed = Ballot<Answer>;

fn read(ballot: &SealedBallot) -> Typed {
    from_canonical_json("ballot", &ballot.bytes).unwrap()
}

/// Signs an altered ballot as its voter would, so that only what was altered is wrong.
fn sign(mut ballot: Typed, credential: &CredentialSecret, room: &mut Room) -> Vec<u8> {
    ballot.credential = credential.public();
    let hash = ballot.signed_hash();
    let proof = Proof::of_knowledge(credential.scalar(), &Signature::prefix(&hash), &mut room.rng);
    ballot.signature = Some(Signature { hash, proof });
    to_json(&ballot).into_bytes()
}

fn at(question: usize, choice: usize) -> Place {
    Place {
        question: Some(question).filter(|&question| question > 0),
        choice: Some(choice).filter(|&choice| choice > 0),
    }
}

fn proof(question: usize, choice: usize, proof: ProofKind) -> BallotError {
    BallotError::Proof { place: at(question, choice), proof }
}

fn count(question: usize, choice: usize, what: &'static str, expected: usize, found: usize) -> BallotError {
    BallotError::Count { place: at(question, choice), what, expected, found }
}

#[test]
fn signed_alterations_are_refused() {
    use ProofKind::{Blank, Individual, Overall};
    let mut room = Room::small(21);
    let good = room.cast(0, &[&[1, 0, 0], &[0, 1, 1]]);
    let other = read(&room.cast(1, &[&[0, 1, 0], &[1, 0, 0]]));
    type Alter = Box<dyn Fn(&mut Typed)>;
    let alter = |alter: fn(&mut Typed)| -> Alter { Box::new(alter) };
    let foreign = other.answers.clone();
    let table: Vec<(&str, Alter, BallotError)> = vec![
        (
            "a response",
            alter(|b| b.answers[0].individual_proofs[1][0].response += Scalar::ONE),
            proof(1, 2, Individual),
        ),
        (
            "a challenge",
            alter(|b| b.answers[0].individual_proofs[2][1].challenge += Scalar::ONE),
            proof(1, 3, Individual),
        ),
        (
            "challenges with the same sum",
            alter(|b| {
                b.answers[1].individual_proofs[0][0].challenge += Scalar::ONE;
                b.answers[1].individual_proofs[0][1].challenge -= Scalar::ONE;
            }),
            proof(2, 1, Individual),
        ),
        (
            "branches swapped",
            alter(|b| b.answers[0].individual_proofs[0].swap(0, 1)),
            proof(1, 1, Individual),
        ),
        ("proofs swapped", alter(|b| b.answers[0].individual_proofs.swap(1, 2)), proof(1, 2, Individual)),
        ("choices swapped", alter(|b| b.answers[0].choices.swap(0, 1)), proof(1, 1, Individual)),
        (
            "choices swapped with their proofs",
            alter(|b| {
                b.answers[0].choices.swap(0, 1);
                b.answers[0].individual_proofs.swap(0, 1);
            }),
            proof(1, 0, Overall),
        ),
        (
            "alpha and beta swapped",
            alter(|b| {
                let Ciphertext { alpha, beta } = b.answers[0].choices[0];
                b.answers[0].choices[0] = Ciphertext { alpha: beta, beta: alpha };
            }),
            proof(1, 1, Individual),
        ),
        (
            "the overall proof",
            alter(|b| b.answers[0].overall_proof[0].response += Scalar::ONE),
            proof(1, 0, Overall),
        ),
        (
            "the overall proof of a blank",
            alter(|b| b.answers[1].overall_proof.swap(0, 1)),
            proof(2, 0, Overall),
        ),
        (
            "the blank proof",
            alter(|b| b.answers[1].blank_proof.as_mut().unwrap().swap(0, 1)),
            proof(2, 0, Blank),
        ),
        ("answers of another voter", Box::new(move |b| b.answers = foreign.clone()), proof(1, 1, Individual)),
        (
            "a choice missing",
            alter(|b| {
                b.answers[0].choices.pop();
            }),
            count(1, 0, "choices", 3, 2),
        ),
        (
            "a choice too many",
            alter(|b| {
                let choice = b.answers[1].choices[0];
                b.answers[1].choices.push(choice);
                b.answers[1].blank_proof = None; // or it would be too long before it is too many
            }),
            count(2, 0, "choices", 3, 4),
        ),
        (
            "a proof missing",
            alter(|b| {
                b.answers[0].individual_proofs.pop();
            }),
            count(1, 0, "individual proofs", 3, 2),
        ),
        (
            "a branch missing",
            alter(|b| {
                b.answers[0].individual_proofs[0].pop();
            }),
            count(1, 1, "branches of a proof", 2, 1),
        ),
        (
            "a branch too many",
            alter(|b| {
                let branch = b.answers[0].individual_proofs[0][0];
                b.answers[0].individual_proofs[0].push(branch);
                b.answers[1].blank_proof = None;
            }),
            count(1, 1, "branches of a proof", 2, 3),
        ),
        (
            "no overall proof",
            alter(|b| b.answers[0].overall_proof.clear()),
            count(1, 0, "branches of a proof", 1, 0),
        ),
        (
            "an overall branch too many",
            alter(|b| {
                let branch = b.answers[0].overall_proof[0];
                b.answers[0].overall_proof.push(branch);
                b.answers[1].blank_proof = None;
            }),
            count(1, 0, "branches of a proof", 1, 2),
        ),
        ("no blank proof", alter(|b| b.answers[1].blank_proof = None), count(2, 0, "blank proofs", 1, 0)),
        (
            "half a blank proof",
            alter(|b| {
                b.answers[1].blank_proof.as_mut().unwrap().pop();
            }),
            count(2, 0, "branches of a proof", 2, 1),
        ),
        (
            "a blank proof where none is due",
            alter(|b| b.answers[0].blank_proof = Some(vec![])),
            count(1, 0, "blank proofs", 0, 1),
        ),
        (
            "an answer missing",
            alter(|b| {
                b.answers.pop();
            }),
            count(0, 0, "answers", 2, 1),
        ),
        ("answers swapped", alter(|b| b.answers.swap(0, 1)), count(1, 0, "blank proofs", 0, 1)),
        ("another uuid", alter(|b| b.election_uuid = "1".repeat(22)), BallotError::ForeignBallot),
        ("another election", alter(|b| b.election_hash.replace_range(0..1, "_")), BallotError::ForeignBallot),
    ];
    assert!(room.setup.check_ballot(&good.bytes).is_ok());
    let voter = room.voters[0].clone();
    for (what, alter, error) in table {
        let mut ballot = read(&good);
        alter(&mut ballot);
        let bytes = sign(ballot, &voter, &mut room);
        assert_eq!(room.setup.check_ballot(&bytes).err(), Some(error), "{what}");
    }
}

#[test]
fn a_ballot_is_its_voters() {
    let mut room = Room::small(22);
    let good = room.cast(0, &[&[1, 0, 0], &[0, 1, 1]]);
    let another = room.voters[1].clone();
    let taken = sign(read(&good), &another, &mut room);
    assert_eq!(
        room.setup.check_ballot(&taken).err(),
        Some(proof(1, 1, ProofKind::Individual)),
        "a copy under another's credential"
    );
    let stranger = CredentialSecret::generate(&mut room.rng);
    let unlisted = sign(read(&good), &stranger, &mut room);
    let error = BallotError::UnknownCredential(stranger.public());
    assert_eq!(room.setup.check_ballot(&unlisted).err(), Some(error.clone()));
    let marks = Marks(vec![vec![1, 0, 0], vec![1, 0, 0]]);
    assert_eq!(room.setup.encrypt(&stranger, &marks, &mut room.rng).err(), Some(error));

    let mut unsigned = read(&good);
    unsigned.signature = None;
    assert_eq!(room.setup.check_ballot(to_json(&unsigned).as_bytes()).err(), Some(BallotError::Unsigned));
    let mut altered = read(&good);
    altered.signature.as_mut().unwrap().proof.response += Scalar::ONE;
    assert_eq!(room.setup.check_ballot(to_json(&altered).as_bytes()).err(), Some(BallotError::Signature));
    let mut altered = read(&good);
    altered.signature.as_mut().unwrap().hash.replace_range(0..1, "_");
    assert_eq!(room.setup.check_ballot(to_json(&altered).as_bytes()).err(), Some(BallotError::Signature));

    let elsewhere = Room::small(23).setup;
    assert_eq!(elsewhere.check_ballot(&good.bytes).err(), Some(BallotError::ForeignBallot));
}

#[test]
fn other_writings_of_the_same_ballot_are_refused() {
    let mut room = Room::small(24);
    let good = String::from_utf8(room.cast(0, &[&[1, 0, 0], &[0, 1, 1]]).bytes).unwrap();
    let ballot: Typed = from_canonical_json("ballot", good.as_bytes()).unwrap();
    let alpha = ballot.answers[0].choices[0].alpha;
    let beta = ballot.answers[1].choices[2].beta.to_string();
    let torsion = Element::new(alpha.point() + EIGHT_TORSION[1]).to_string();
    let small = Element::new(EIGHT_TORSION[2]).to_string();
    let alpha = alpha.to_string();
    let challenge = crate::ballot::group::decimal::to_text(&ballot.answers[0].overall_proof[0].challenge);
    let order = "7237005577332262213973186563042994240857116359379907606001950938285454250989";
    let table = [
        ("upper-case digits", good.replace(&alpha, &alpha.to_uppercase())),
        ("a point with torsion", good.replace(&alpha, &torsion)),
        ("a point of small order", good.replace(&alpha, &small)),
        ("y not below p", good.replace(&beta, &"f".repeat(64))),
        ("a digit too few", good.replace(&beta, &beta[1..])),
        ("a number not below q", good.replace(&challenge, order)),
        ("a leading zero", good.replace(&challenge, &format!("0{challenge}"))),
        ("a number that is no string", good.replace(&format!("\"{challenge}\""), "1")),
        ("a negative number", good.replace(&challenge, "-1")),
        ("an unknown field", good.replacen('{', "{\"more\":1,", 1)),
        ("an unknown field in an answer", good.replacen("{\"choices\"", "{\"more\":1,\"choices\"", 1)),
        ("an unknown field in a choice", good.replacen("{\"alpha\"", "{\"more\":1,\"alpha\"", 1)),
        ("an unknown field in a proof", good.replacen("{\"challenge\"", "{\"more\":1,\"challenge\"", 1)),
        ("an unknown field in the signature", good.replace("{\"hash\"", "{\"more\":1,\"hash\"")),
        ("a field twice", good.replacen("{\"alpha\"", &format!("{{\"alpha\":\"{alpha}\",\"alpha\""), 1)),
        ("a blank proof that is null", good.replacen("}]}", "}],\"blank_proof\":null}", 1)),
        ("white space", good.replacen(':', ": ", 1)),
        ("white space in an answer", good.replacen("{\"alpha\":", "{\"alpha\": ", 1)),
        ("a newline at the end", format!("{good}\n")),
        ("an escape", good.replacen("\"election_uuid\"", "\"election_\\u0075uid\"", 1)),
        ("an escape in a number", good.replacen(&challenge, &format!("\\u003{challenge}"), 1)),
        (
            "a list for an object",
            good.replacen(&format!("{{\"alpha\":\"{alpha}\",\"beta\":"), &format!("[\"{alpha}\","), 1)
                .replacen('}', "]", 1),
        ),
        ("fields in another order", {
            let (first, rest) = good[1..].split_once(',').unwrap();
            let (second, rest) = rest.split_once(',').unwrap();
            format!("{{{second},{first},{rest}")
        }),
        ("nothing", String::new()),
        ("half", good[..good.len() / 2].to_owned()),
        ("nesting without end", "[".repeat(5000)),
        ("too long", format!("{good}{}", " ".repeat(room.setup.ballot_bytes_max()))),
    ];
    for (what, text) in table {
        assert_ne!(text, good, "{what}");
        assert!(room.setup.check_ballot(text.as_bytes()).is_err(), "{what}");
        assert!(room.setup.check_signed(text.as_bytes()).is_err(), "{what}: without a look at the proofs");
    }
    let mut bytes = good.into_bytes();
    bytes[20] = 0xff;
    assert!(room.setup.check_ballot(&bytes).is_err(), "not UTF-8");
}

#[test]
fn an_error_names_the_question() {
    let mut room = Room::small(25);
    let good = room.cast(0, &[&[1, 0, 0], &[0, 1, 1]]);
    let beta = read(&good).answers[1].choices[2].beta.to_string();
    let text = String::from_utf8(good.bytes).unwrap().replace(&beta, &beta.to_uppercase());
    let error = room.setup.check_ballot(text.as_bytes()).unwrap_err().to_string();
    assert!(error.starts_with("question 2: a group element is 64 lower-case hexadecimal digits"), "{error}");
}

/// A terminal that does not keep to the marks permitted cannot prove that it did.
#[test]
fn marks_that_are_not_permitted_cannot_be_proved() {
    use ProofKind::{Blank, Individual, Overall};
    let mut room = Room::small(26);
    for (marks, error) in [
        ([[1, 1, 0], [0, 1, 0]], proof(1, 0, Overall)),
        ([[0, 0, 0], [0, 1, 0]], proof(1, 0, Overall)),
        ([[2, 0, 0], [0, 1, 0]], proof(1, 1, Individual)),
        ([[1, 0, 0], [0, 0, 0]], proof(2, 0, Overall)),
        ([[1, 0, 0], [1, 1, 0]], proof(2, 0, Blank)),
        ([[1, 0, 0], [0, 0, u32::MAX]], proof(2, 3, Individual)),
    ] {
        let marks = Marks(marks.iter().map(|question| question.to_vec()).collect());
        assert!(room.setup.prepare(&marks, &mut room.rng).is_err());
        let randomness: Vec<Vec<Scalar>> = marks
            .0
            .iter()
            .map(|question| question.iter().map(|_| Scalar::random(&mut room.rng)).collect())
            .collect();
        let choices = marks
            .0
            .iter()
            .zip(&randomness)
            .map(|(marks, randomness)| encrypt_marks(room.setup.key(), marks, randomness))
            .collect();
        let forged = PreparedBallot {
            marks,
            randomness: Zeroizing::new(randomness),
            choices,
            fingerprint: room.setup.election().fingerprint().to_owned(),
        };
        let sealed = forged.seal(&room.setup, &room.voters[0], &mut room.rng).unwrap();
        assert_eq!(room.setup.check_ballot(&sealed.bytes).err(), Some(error));
        // Its holder has signed it: that is all that the quick look says.
        let signed = room.setup.check_signed(&sealed.bytes).unwrap();
        assert_eq!((signed.hash, signed.credential), (sealed.hash, room.voters[0].public()));
    }
}

#[test]
fn marks_are_checked_by_question() {
    let room = Room::small(27);
    for (marks, question) in [
        (vec![vec![1, 0], vec![1, 0, 0]], 1),
        (vec![vec![1, 0, 0], vec![1, 0]], 2),
        (vec![vec![1, 0, 0], vec![1, 0, 1]], 2),
        (vec![vec![0, 0, 2], vec![1, 0, 0]], 1),
        (vec![vec![1, 1, 0], vec![1, 0, 0]], 1),
    ] {
        let error = Marks(marks).check(room.setup.election()).unwrap_err();
        assert!(matches!(error, BallotError::Marks { question: found, .. } if found == question), "{error}");
    }
    let error = Marks(vec![vec![1, 0, 0]]).check(room.setup.election()).unwrap_err();
    assert_eq!(error, BallotError::MarksCount { expected: 2, found: 1 });
}

#[test]
fn a_challenged_ballot_shows_how_it_was_made() {
    let mut room = Room::small(28);
    let marks = Marks(vec![vec![0, 1, 0], vec![0, 1, 1]]);
    let prepared = room.setup.prepare(&marks, &mut room.rng).unwrap();
    let shown = prepared.audit_commitment();
    let audit = Audit::parse(&prepared.into_audit().bytes()).unwrap();
    assert_eq!(audit.commitment(), shown);
    assert_eq!(audit.marks(), marks);
    assert_eq!(audit.check(&room.setup), Ok(()));
    assert_eq!(audit.check(&Room::small(29).setup), Err(BallotError::ForeignBallot));
    let lie = String::from_utf8(audit.bytes()).unwrap().replacen("\"mark\":0", "\"mark\":1", 1).replacen(
        "\"mark\":1",
        "\"mark\":0",
        2,
    );
    let lie = lie.replacen("\"mark\":0", "\"mark\":1", 1);
    let lie = Audit::parse(lie.as_bytes()).unwrap();
    assert_ne!(lie.marks(), marks);
    assert_eq!(lie.check(&room.setup), Err(BallotError::Audit));
}

#[test]
fn a_slot_holds_every_ballot() {
    let mut room = Room::new(30, 1, vec![question(4, 1, 3, true), question(1, 0, 1, false)]);
    let bytes_max = room.setup.ballot_bytes_max();
    for _ in 0..5 {
        let length = room.cast(0, &[&[0, 1, 1, 0, 0], &[1]]).bytes.len();
        assert!((bytes_max - 200..=bytes_max).contains(&length), "{length} of {bytes_max}");
    }
}
