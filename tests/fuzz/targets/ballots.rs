//! Ballots, elections, trustees, archives and their seal.

use std::cell::RefCell;

use plenum::archive::Transcript;
use plenum::archive::challenged::look_at;
use plenum::ballot::{
    BelWriter, Challenge, CheckedBallot, CredentialSecret, Election, Marks, PartialDecryption,
    PublicCredential, Setup, TrusteeKey, Trustees, open_bel, tally, verify_bel,
};
use plenum::words::{Lang, challenge as words};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{file, sayable, target};
use crate::mutate::Form;

/// An election with one trustee.
pub struct Room {
    setup: Setup,
    trustee: TrusteeKey,
    voter: CredentialSecret,
    rng: RefCell<StdRng>,
}

impl Room {
    pub fn new(seed: u64) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let trustee = TrusteeKey::generate(&mut rng);
        let trustees = trustee.single_trustees(&mut rng);
        let voter = CredentialSecret::generate(&mut rng);
        let question = plenum::ballot::Question {
            question: "室".to_owned(),
            answers: vec!["同意".to_owned(), "no".to_owned()],
            min: 1,
            max: 1,
            blank: false,
        };
        let uuid = plenum::ballot::new_uuid(&mut rng);
        let key = trustees.public_key();
        let election = Election::new(uuid, "a".to_owned(), "b".to_owned(), key, vec![question]).unwrap();
        let setup = Setup::new(election, trustees, vec![voter.public()]).unwrap();
        Self { setup, trustee, voter, rng: RefCell::new(rng) }
    }

    pub fn ballot_bytes_max(&self) -> usize {
        self.setup.ballot_bytes_max()
    }

    pub fn credential(&self) -> PublicCredential {
        self.voter.public()
    }

    pub fn check(&self, bytes: &[u8]) -> Option<CheckedBallot> {
        self.setup.check_ballot(bytes).ok()
    }

    pub fn ballot(&self) -> Vec<u8> {
        let marks = Marks(vec![vec![1, 0]]);
        self.setup.encrypt(&self.voter, &marks, &mut *self.rng.borrow_mut()).unwrap().bytes
    }
}

#[test]
fn ballot() {
    let room = Room::new(2);
    let seeds = vec![room.ballot(), room.ballot()];
    let valid = seeds.clone();
    target("ballot", Form::Canonical, 600, seeds, move |input| match room.setup.check_ballot(input) {
        Ok(checked) => {
            assert!(
                valid.iter().any(|ballot| ballot == input),
                "somebody else's ballot holds under a known credential"
            );
            assert!(input.len() <= room.setup.ballot_bytes_max());
            assert_eq!(checked.credential, room.voter.public());
            true
        }
        Err(fault) => {
            sayable(&fault.to_string(), input);
            false
        }
    })
    .fuzz();
}

/// `election.json`, `trustees.json` and the credentials, each by itself and together.
#[test]
fn setup() {
    let room = Room::new(3);
    let mut seeds = vec![
        room.setup.election().bytes().to_vec(),
        room.setup.trustees().bytes().to_vec(),
        room.setup.credentials_bytes(),
    ];
    for name in ["threshold", "mixed"] {
        let contents = open_bel(&file(&format!("tests/belenios/fixtures/{name}.bel"))).unwrap();
        seeds.push(contents.setup.election().bytes().to_vec());
        seeds.push(contents.setup.trustees().bytes().to_vec());
        seeds.push(contents.setup.credentials_bytes());
    }
    target("setup", Form::Canonical, 200, seeds, move |input| {
        let mut taken = false;
        match Election::parse(input) {
            Ok(election) => {
                assert_eq!(election.bytes(), input, "an election has one form");
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        match Trustees::parse(input) {
            Ok(trustees) => {
                assert_eq!(trustees.bytes(), input, "trustees have one form");
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        let (election, trustees) = (room.setup.election().bytes(), room.setup.trustees().bytes());
        match Setup::parse(election, trustees, input) {
            Ok(setup) => {
                assert_eq!(setup.credentials_bytes(), input, "a list has one form");
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        // Those of other elections are lists as well, and the first elements of every form.
        taken || serde_json::from_slice::<Vec<PublicCredential>>(input).is_ok()
    })
    .fuzz();
}

#[test]
fn partial() {
    let room = Room::new(4);
    let checked = room.setup.check_ballot(&room.ballot()).unwrap();
    let sums = tally(&room.setup, &[checked]).unwrap();
    let factors = room.trustee.decrypt(&room.setup, &sums, &mut *room.rng.borrow_mut()).bytes();
    let valid = factors.clone();
    target("partial", Form::Canonical, 600, vec![factors], move |input| {
        match PartialDecryption::parse(input) {
            Ok(partial) => {
                assert_eq!(partial.bytes(), input, "factors have one form");
                let holds = partial.verify(&room.setup, &sums, 1);
                assert!(holds.is_err() || input == valid, "other factors hold");
                true
            }
            Err(fault) => {
                sayable(&fault.to_string(), input);
                false
            }
        }
    })
    .fuzz();
}

/// Whole archives, as they are and with a ballot that the writer put in without asking.
#[test]
fn bel() {
    let mut seeds: Vec<Vec<u8>> =
        ["single", "closed"].map(|name| file(&format!("tests/belenios/fixtures/{name}.bel"))).to_vec();
    let room = Room::new(5);
    let valid = room.ballot();
    let mut writer = BelWriter::begin(&room.setup, 1_795_556_570);
    writer.ballot(&valid);
    writer.end_ballots();
    seeds.push(writer.into_bytes());
    let whole = seeds.clone();
    target("bel", Form::Bytes, 60, seeds, move |input| {
        let good = match open_bel(input) {
            Ok(_) => {
                let report = verify_bel(input);
                report.faults.iter().for_each(|fault| sayable(&fault.to_string(), input));
                assert!(!report.is_good() || whole.iter().any(|seed| seed == input), "another archive holds");
                true
            }
            Err(faults) => {
                assert!(!faults.is_empty());
                faults.iter().for_each(|fault| sayable(&fault.to_string(), input));
                false
            }
        };
        let mut writer = BelWriter::begin(&room.setup, 1_795_556_570);
        writer.ballot(&input[..input.len().min(room.setup.ballot_bytes_max())]);
        writer.end_ballots();
        assert!(!verify_bel(writer.bytes()).is_good(), "an archive is no ballot");
        good
    })
    .fuzz();
}

#[test]
fn transcript() {
    let seeds =
        ["archive-en", "archive-review-zh"].map(|name| file(&format!("sessions/{name}/transcript.json")));
    target("transcript", Form::Canonical, 1_500, seeds.to_vec(), |input| match Transcript::read(input) {
        Ok(transcript) => {
            assert_eq!(transcript.bytes(), input, "a transcript has one form");
            let held =
                transcript.signatures.iter().enumerate().filter(|(place, one)| transcript.holds(one, *place));
            assert!(held.count() <= transcript.signatures.len());
            let held = transcript.witnesses.iter().filter(|one| transcript.seal.is_witnessed_by(one)).count();
            assert!(held <= transcript.witnesses.len());
            let held = transcript.unsigned.iter().filter(|one| transcript.seal.is_refused_by(one)).count();
            assert!(held <= transcript.unsigned.len());
            true
        }
        Err(fault) => {
            sayable(&format!("{fault:?}"), input);
            false
        }
    })
    .fuzz();
}

/// What `plenum audit` reads: a challenged ballot, as a terminal shows it, with the control code that was written down.
#[test]
fn challenged() {
    let room = Room::new(10);
    let challenge = |marks: [u32; 2]| {
        let marks = Marks(vec![marks.to_vec()]);
        let prepared = room.setup.prepare(&marks, &mut *room.rng.borrow_mut()).unwrap();
        Challenge::of(prepared, &room.setup).unwrap()
    };
    let (yes, no) = (challenge([1, 0]), challenge([0, 1]));
    let seeds = [&yes, &no].map(|one| one.text().into_bytes()).to_vec();
    target("challenged", Form::Canonical, 400, seeds, move |input| {
        let text = String::from_utf8_lossy(input);
        let mut taken = false;
        for of in [&yes, &no] {
            match look_at(&text, Some(of.code()), None) {
                Ok(found) => {
                    let same = Challenge::read(&text).is_ok_and(|read| {
                        read.marks() == of.marks() && read.election().bytes() == of.election().bytes()
                    });
                    assert!(same || !found.faults.is_empty(), "other marks hold under a control code");
                    for lang in [Lang::Zh, Lang::En] {
                        words::findings(lang, &found).iter().for_each(|line| sayable(line, input));
                        words::verdict(lang, &found).iter().for_each(|line| sayable(line, input));
                    }
                    taken = true;
                }
                Err(fault) => {
                    [Lang::Zh, Lang::En]
                        .into_iter()
                        .for_each(|lang| sayable(&words::fault(lang, &fault), input));
                }
            }
        }
        taken
    })
    .fuzz();
}
