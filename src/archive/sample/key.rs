//! The scrutineers' key, made through the commands by real ceremonies, and what is opened with it.

use super::Sample;
use crate::ballot::{
    CeremonyKey, Certificates, Dealing, EncryptedTally, PartialDecryption, Setup, ShareProof, Trustees,
};
use crate::meeting::{Actor, BallotId, Command, sha256_hex};
use crate::plan::TrusteesPlan;

/// The plan with the key held by the console.
pub fn console_holds_key(plan: &str) -> String {
    let changed = plan.replace("meeting.trustees = \"scrutineers\"", "meeting.trustees = \"console\"");
    assert_ne!(changed, plan);
    changed
}

impl Sample {
    /// The scrutineers make their key, if the plan wants one.
    pub fn make_key(&mut self) {
        if self.state().plan().meeting.trustees == TrusteesPlan::Console {
            return;
        }
        self.officer(Command::MakeKey);
        let begun = self.state().ceremony.clone().unwrap();
        let (ceremony, threshold) = (begun.number, begun.threshold);
        let size = u32::try_from(begun.scrutineers.len()).unwrap();
        let actors: Vec<Actor> = begun.scrutineers.into_iter().map(Actor::Seat).collect();
        let keys: Vec<CeremonyKey> = actors.iter().map(|_| CeremonyKey::generate(&mut self.rng)).collect();
        let mut certificates = Vec::new();
        for ((place, key), actor) in (1..).zip(&keys).zip(&actors) {
            let certificate = key.certify(size, threshold, place, &mut self.rng);
            certificates.push(certificate.clone());
            self.give(actor, &Command::CertifyKey { ceremony, certificate: Box::new(certificate) });
        }
        let certificates = Certificates::new(threshold, certificates).unwrap();
        let dealings: Vec<Dealing> =
            keys.iter().map(|key| key.deal(&certificates, &mut self.rng).unwrap()).collect();
        for (dealing, actor) in dealings.iter().zip(&actors) {
            self.give(actor, &Command::CommitDealing { ceremony, dealing: dealing.hash() });
        }
        self.shares.clear();
        let mut proofs: Vec<ShareProof> = Vec::new();
        for (key, inbox) in keys.iter().zip(certificates.inboxes(&dealings).unwrap()) {
            let (share, receipt) = key.accept(&certificates, &inbox, &mut self.rng).unwrap();
            self.shares.push(share);
            proofs.push(receipt.public());
        }
        let trustees = certificates.finish(&dealings, &proofs).unwrap();
        let trustees = String::from_utf8(trustees.bytes().to_vec()).unwrap();
        let hash = sha256_hex(trustees.as_bytes());
        self.hub(Command::FixTrustees { ceremony, trustees });
        for actor in &actors {
            self.give(actor, &Command::ConfirmTrustees { ceremony, trustees: hash.clone() });
        }
    }

    /// The factors of a sum: the console's, or those of the first and the last scrutineer, who are enough.
    pub fn factors(&mut self, setup: &Setup, sums: &EncryptedTally) -> Vec<(u32, PartialDecryption)> {
        if self.shares.is_empty() {
            return vec![(1, self.trustee.decrypt(setup, sums, &mut self.rng))];
        }
        let place = |share| Trustees::owner_of(setup.trustees(), share).unwrap();
        let openers = [self.shares.first().unwrap(), self.shares.last().unwrap()];
        openers.map(|share| (place(share), share.decrypt(setup, sums, &mut self.rng))).to_vec()
    }

    /// The terminals of those scrutineers say what they give.
    pub fn release(
        &mut self,
        ballot: &BallotId,
        sums: &EncryptedTally,
        factors: &[(u32, PartialDecryption)],
    ) {
        let Some(key) = self.state().key.clone() else { return };
        for (owner, factors) in factors {
            let seat = key.scrutineers[*owner as usize - 1].clone();
            let (ballot, sum, factors) = (ballot.clone(), sums.hash(), sha256_hex(&factors.bytes()));
            self.give(&Actor::Seat(seat), &Command::ReleaseFactors { ballot, sum, factors });
        }
    }
}
