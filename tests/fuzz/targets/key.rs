//! What scrutineers' terminals send each other through the hub while they make the key, and a share at rest.

use std::fs;

use plenum::ballot::{CeremonyKey, Certificate, Certificates, Dealing, Receipt, ShareProof};
use plenum::client::SeatCode;
use plenum::client::safe::SafeKey;
use plenum::client::scrutineer::KeptShare;
use plenum::client::store::{Enrolled, Store};
use plenum::meeting::{Actor, Identity};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::{sayable, target};
use crate::mutate::Form;

/// A making of the key by three, of whom two suffice; the hub may hand the first of them anything as the second's.
pub struct Making {
    keys: Vec<CeremonyKey>,
    certificates: Vec<Certificate>,
    all: Certificates,
    pub dealings: Vec<Dealing>,
    pub proofs: Vec<ShareProof>,
}

impl Making {
    pub fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(11);
        let keys: Vec<CeremonyKey> = (0..3).map(|_| CeremonyKey::generate(&mut rng)).collect();
        let certificates: Vec<Certificate> =
            (1..).zip(&keys).map(|(place, key)| key.certify(3, 2, place, &mut rng)).collect();
        let all = Certificates::new(2, certificates.clone()).unwrap();
        let dealings: Vec<Dealing> = keys.iter().map(|key| key.deal(&all, &mut rng).unwrap()).collect();
        let inboxes = all.inboxes(&dealings).unwrap();
        let accept =
            |(key, inbox): (&CeremonyKey, _)| key.accept(&all, inbox, &mut StdRng::seed_from_u64(12));
        let receipts: Vec<Receipt> =
            keys.iter().zip(&inboxes).map(accept).map(|accepted| accepted.unwrap().1).collect();
        let proofs = receipts.iter().map(Receipt::public).collect();
        Self { keys, certificates, all, dealings, proofs }
    }

    fn certificate(&self, input: &[u8]) -> bool {
        let Ok(certificate) = serde_json::from_slice::<Certificate>(input) else { return false };
        let mut certificates = self.certificates.clone();
        let same = certificate == certificates[1];
        certificates[1] = certificate;
        match Certificates::new(2, certificates) {
            Ok(_) => assert!(same, "a certificate that nobody signed holds"),
            Err(fault) => sayable(&fault.to_string(), input),
        }
        true
    }

    fn dealing(&self, input: &[u8]) -> bool {
        let Ok(dealing) = serde_json::from_slice::<Dealing>(input) else { return false };
        let mut dealings = self.dealings.clone();
        // What is for others, or for the second alone, the first is not told.
        let told = self.all.inboxes(&dealings).unwrap().swap_remove(0);
        dealings[1] = dealing;
        let mut rng = StdRng::seed_from_u64(13);
        let inboxes = match self.all.inboxes(&dealings) {
            Ok(inboxes) => inboxes,
            Err(fault) => {
                sayable(&fault.to_string(), input);
                return true;
            }
        };
        match self.keys[0].accept(&self.all, &inboxes[0], &mut rng) {
            Ok(_) => assert_eq!(inboxes[0], told, "another dealing than the second's is taken"),
            Err(fault) => sayable(&fault.to_string(), input),
        }
        true
    }

    fn proof(&self, input: &[u8]) -> bool {
        let Ok(proof) = serde_json::from_slice::<ShareProof>(input) else { return false };
        let mut proofs = self.proofs.clone();
        let same = proof == proofs[1];
        proofs[1] = proof;
        match self.all.finish(&self.dealings, &proofs) {
            Ok(_) => assert!(same, "a share that nobody has is proved"),
            Err(fault) => sayable(&fault.to_string(), input),
        }
        true
    }
}

#[test]
fn dealing() {
    let making = Making::new();
    let seeds = vec![
        serde_json::to_vec(&making.certificates[1]).unwrap(),
        serde_json::to_vec(&making.dealings[1]).unwrap(),
        serde_json::to_vec(&making.proofs[1]).unwrap(),
    ];
    target("dealing", Form::Canonical, 300, seeds, move |input| {
        making.certificate(input) | making.dealing(input) | making.proof(input)
    })
    .fuzz();
}

/// A scrutineer's share, as the terminal's folder has it: whatever stands there, nothing but what was kept comes out.
#[test]
fn share() {
    let folder = tempfile::tempdir().unwrap();
    let mut rng = StdRng::seed_from_u64(14);
    let code = SeatCode::generate(&mut rng);
    let session = "ab".repeat(16);
    let safe = SafeKey::derive(&code, &session, "m2").unwrap();
    let enrolled = Enrolled {
        hub: "127.0.0.1:7420".to_owned(),
        pin: "30".repeat(200),
        session: session.into(),
        actor: Actor::from("m2"),
        identity: Identity::from_bytes(&[7; 32]),
        code: Some(code),
    };
    let mut store = Store::keep(folder.path(), &enrolled).unwrap();
    let kept = KeptShare::begin(1, &mut rng);
    store.keep_share(&kept, Some(&safe), &mut rng).unwrap();
    let path = store.folder().unwrap().join("share.json");
    let written = fs::read(&path).unwrap();
    let known = serde_json::to_vec(&kept).unwrap();
    target("share", Form::Json, 600, vec![written], move |input| {
        fs::write(&path, input).unwrap();
        match store.share(Some(&safe)) {
            Ok(found) => {
                let found = found.expect("a safe with a share in it");
                assert_eq!(
                    serde_json::to_vec(&found).unwrap(),
                    known,
                    "another share than the one that was kept"
                );
                true
            }
            Err(error) => {
                sayable(&error.to_string(), input);
                false
            }
        }
    })
    .fuzz();
}
