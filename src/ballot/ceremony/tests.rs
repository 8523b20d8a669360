//! Scrutineers make a key together: among themselves, and with the tool; and whoever cheats is named.

use curve25519_dalek::scalar::Scalar;
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;
use crate::ballot::tests::{fixture, leave, question};
use crate::ballot::text::{from_canonical_json, to_json};
use crate::ballot::*;

/// A ceremony up to the point where everybody has received.
struct Ceremony {
    rng: StdRng,
    keys: Vec<CeremonyKey>,
    certs: Certificates,
    dealings: Vec<Dealing>,
}

impl Ceremony {
    fn new(seed: u64, threshold: u32, size: u32) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let keys: Vec<CeremonyKey> = (0..size).map(|_| CeremonyKey::generate(&mut rng)).collect();
        let certificates =
            (1..).zip(&keys).map(|(place, key)| key.certify(size, threshold, place, &mut rng)).collect();
        let certs = Certificates::new(threshold, certificates).unwrap();
        let dealings = keys.iter().map(|key| key.deal(&certs, &mut rng).unwrap()).collect();
        Self { rng, keys, certs, dealings }
    }

    fn accept(&mut self) -> Result<Vec<(TrusteeKey, Receipt)>, BallotError> {
        let inboxes = self.certs.inboxes(&self.dealings)?;
        self.keys
            .iter()
            .zip(&inboxes)
            .map(|(key, inbox)| key.accept(&self.certs, inbox, &mut self.rng))
            .collect()
    }
}

fn public(receipts: &[Receipt]) -> Vec<ShareProof> {
    receipts.iter().map(Receipt::public).collect()
}

/// Any that suffice open; fewer cannot.
#[test]
fn a_key_made_together_opens_together() {
    for (threshold, size) in [(1, 1), (2, 3), (3, 3), (3, 5)] {
        let mut ceremony = Ceremony::new(71, threshold, size);
        let (shares, receipts): (Vec<_>, Vec<_>) = ceremony.accept().unwrap().into_iter().unzip();
        for (key, (share, receipt)) in ceremony.keys.iter().zip(shares.iter().zip(&receipts)) {
            let resumed = CeremonyKey::from_seed(key.seed()).unwrap();
            assert_eq!(resumed.recover(receipt).unwrap().to_bytes(), share.to_bytes());
        }
        let trustees = ceremony.certs.finish(&ceremony.dealings, &public(&receipts)).unwrap();
        assert_eq!(Trustees::parse(trustees.bytes()).unwrap(), trustees);
        assert_eq!((trustees.threshold(), trustees.len()), (threshold as usize, size as usize));

        let rng = &mut ceremony.rng;
        let voter = CredentialSecret::generate(rng);
        let questions = vec![question(3, 1, 1, false)];
        let election =
            Election::new(new_uuid(rng), "n".into(), "d".into(), trustees.public_key(), questions).unwrap();
        let setup = Setup::new(election, trustees, vec![voter.public()]).unwrap();
        let ballot = setup.encrypt(&voter, &Marks(vec![vec![0, 1, 0]]), rng).unwrap();
        let checked = setup.check_ballot(&ballot.bytes).unwrap();
        let sums = tally(&setup, &[checked]).unwrap();
        let mut partials: Vec<_> = shares
            .iter()
            .map(|share| (setup.trustees().owner_of(share).unwrap(), share.decrypt(&setup, &sums, rng)))
            .collect();
        let all = combine(&setup, &sums, &partials, 1).unwrap();
        assert_eq!(all.result, [[0, 1, 0]]);
        partials.reverse();
        partials.truncate(threshold as usize);
        assert_eq!(combine(&setup, &sums, &partials, 1).unwrap(), all);

        let mut archive = BelWriter::begin(&setup, 1_795_556_570);
        archive.ballot(&ballot.bytes);
        archive.end_ballots();
        archive.encrypted_tally(&sums);
        for (owner, partial) in &partials {
            archive.partial_decryption(*owner, partial);
        }
        archive.result(&all);
        assert_eq!(verify_bel(archive.bytes()).faults, []);
        leave(&setup, archive.bytes());

        partials.pop();
        let (needed, found) = (threshold as usize, partials.len());
        assert_eq!(combine(&setup, &sums, &partials, 1), Err(BallotError::TooFewTrustees { needed, found }));
    }
}

/// Messages of a ceremony, one a line, each as the format writes it.
fn parsed<T: serde::de::DeserializeOwned + serde::Serialize>(bytes: &[u8]) -> Vec<T> {
    let text = std::str::from_utf8(bytes).unwrap();
    text.lines().map(|line| from_canonical_json("a message", line.as_bytes()).unwrap()).collect()
}

/// The messages of a ceremony that the tool held, with its trustees' seeds in our hands.
#[test]
fn a_ceremony_of_the_tool_is_understood() {
    fn lines<T: serde::de::DeserializeOwned + serde::Serialize>(name: &str) -> Vec<T> {
        parsed(&fixture(&format!("ceremony/{name}")))
    }
    let certs = Certificates::new(2, lines("certs.jsons")).unwrap();
    let dealings: Vec<Dealing> = lines("polynomials.jsons");
    let inboxes = certs.inboxes(&dealings).unwrap();
    let rng = &mut StdRng::seed_from_u64(72);
    let mut receipts = Vec::new();
    for (place, inbox) in (1..).zip(&inboxes) {
        let theirs: Inbox = lines(&format!("{place}.vinput")).remove(0);
        assert_eq!(theirs, *inbox);
        let seed = String::from_utf8(fixture(&format!("ceremony/{place}.key"))).unwrap();
        let key = CeremonyKey::from_seed(seed.trim()).unwrap();
        let (share, ours) = key.accept(&certs, inbox, rng).unwrap();
        let theirs: Receipt = lines(&format!("{place}.voutput")).remove(0);
        assert_eq!(key.recover(&theirs).unwrap().to_bytes(), share.to_bytes());
        // One receipt of ours among theirs.
        receipts.push(if place == 2 { ours } else { theirs });
    }
    let trustees = certs.finish(&dealings, &public(&receipts)).unwrap();
    let contents = open_bel(&fixture("threshold.bel")).unwrap();
    assert_eq!(trustees.public_key(), contents.setup.trustees().public_key());
}

/// Our messages as files, as the tool reads them; `tests/belenios/ceremony-with-tool` names a folder and goes on with them.
#[test]
fn messages_for_the_tool() {
    let own = tempfile::tempdir().unwrap();
    let folder = std::env::var_os("PLENUM_CEREMONY_OUT").map_or(own.path().to_owned(), Into::into);
    let write = |name: &str, lines: Vec<String>| {
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        std::fs::write(folder.join(name), text).unwrap();
    };
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let ceremony = Ceremony::new(rand::random(), 2, 3);
    let json = to_json(&ceremony.dealings);
    let dealings: Vec<Box<serde_json::value::RawValue>> = serde_json::from_str(&json).unwrap();
    write("polynomials.jsons", dealings.iter().map(|dealing| dealing.get().to_owned()).collect());
    write("certs.jsons", ceremony.certs.certificates().iter().map(to_json).collect());
    for (place, key) in (1..).zip(&ceremony.keys) {
        std::fs::write(folder.join(format!("{place}.key")), key.seed()).unwrap();
    }
    assert_eq!(parsed::<Dealing>(&read("polynomials.jsons")), ceremony.dealings);
    assert_eq!(parsed::<Certificate>(&read("certs.jsons")), ceremony.certs.certificates());
    // Who has one of the files goes on where the ceremony stopped.
    let (certs, inboxes) = (&ceremony.certs, ceremony.certs.inboxes(&ceremony.dealings).unwrap());
    let third = CeremonyKey::from_seed(std::str::from_utf8(&read("3.key")).unwrap()).unwrap();
    third.accept(certs, &inboxes[2], &mut StdRng::seed_from_u64(73)).unwrap();
}

#[test]
fn certificates_are_of_one_group() {
    let rng = &mut StdRng::seed_from_u64(73);
    let keys: Vec<CeremonyKey> = (0..3).map(|_| CeremonyKey::generate(rng)).collect();
    let mut certify = |key: usize, size, threshold, place| keys[key].certify(size, threshold, place, rng);
    let good = [certify(0, 3, 2, 1), certify(1, 3, 2, 2), certify(2, 3, 2, 3)];
    let with = |place: usize, certificate: Certificate| {
        let mut certificates = good.to_vec();
        certificates[place] = certificate;
        Certificates::new(2, certificates).map(drop)
    };
    let fault = |owner, fault| Err(BallotError::Trustee { owner, fault });
    assert_eq!(with(1, good[1].clone()), Ok(()));
    assert_eq!(with(1, certify(1, 3, 2, 3)), fault(2, TrusteeFault::CertContext));
    assert_eq!(with(1, certify(1, 4, 2, 2)), fault(2, TrusteeFault::CertContext));
    assert_eq!(with(1, certify(1, 3, 3, 2)), fault(2, TrusteeFault::CertContext));
    assert_eq!(with(1, certify(0, 3, 2, 2)), fault(2, TrusteeFault::KeyTwice));
    assert!(matches!(Certificates::new(0, good.to_vec()), Err(BallotError::Threshold(_))));
    assert!(matches!(Certificates::new(4, good.to_vec()), Err(BallotError::Threshold(_))));
    let certs = Certificates::new(2, good.to_vec()).unwrap();
    let stranger = CeremonyKey::generate(rng);
    assert!(matches!(stranger.deal(&certs, rng), Err(BallotError::Threshold(_))));
}

#[test]
fn cheats_are_named() {
    let fault = |owner, fault| Some(BallotError::Trustee { owner, fault });
    let alter = |alter: fn(&mut Ceremony)| {
        let mut ceremony = Ceremony::new(74, 2, 3);
        alter(&mut ceremony);
        ceremony.accept().err()
    };
    assert_eq!(alter(|_| ()), None);
    // The second deals the first another's share, or one of another polynomial.
    assert_eq!(
        alter(|c| {
            let share = c.dealings[1].secrets[2].clone();
            c.dealings[1].secrets[0] = share;
        }),
        fault(2, TrusteeFault::Channel)
    );
    assert_eq!(
        alter(|c| {
            let other = c.keys[1].deal(&c.certs, &mut c.rng).unwrap();
            c.dealings[1].secrets[0] = other.secrets[0].clone();
        }),
        fault(2, TrusteeFault::Share)
    );
    // The hub exchanges the whole dealing of the third, who notices; or just its commitments.
    assert_eq!(
        alter(|c| {
            let other = c.keys[2].deal(&c.certs, &mut c.rng).unwrap();
            let polynomial = c.dealings[2].polynomial.clone();
            c.dealings[2] = Dealing { polynomial, ..other };
        }),
        fault(3, TrusteeFault::CoefficientsText)
    );
    assert_eq!(alter(|c| c.dealings.swap(0, 1)), fault(1, TrusteeFault::CoefficientsSignature));
    assert_eq!(
        alter(|c| c.dealings[2].signature.response += Scalar::ONE),
        fault(3, TrusteeFault::CertsSignature)
    );
    assert!(matches!(
        alter(|c| {
            c.dealings.pop();
        }),
        Some(BallotError::Threshold(_))
    ));
    let hashes: Vec<String> = Ceremony::new(75, 2, 3).dealings.iter().map(Dealing::hash).collect();
    assert_ne!(hashes[0], hashes[1]);
}
