//! Tests that need more than one file: whole elections, and everything that must be refused.

mod ballots;
mod challenges;
mod setups;
mod sums;

use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;

/// An election with one trustee, of which the test holds every secret.
pub(super) struct Room {
    pub rng: StdRng,
    pub trustee: TrusteeKey,
    pub voters: Vec<CredentialSecret>,
    pub setup: Setup,
}

pub(super) fn question(answers: usize, min: u32, max: u32, blank: bool) -> Question {
    Question {
        question: format!("{answers} answers, \"{min}\" to {max}/ü\u{7f}\n"),
        answers: (1..=answers).map(|number| format!("answer {number}")).collect(),
        min,
        max,
        blank,
    }
}

impl Room {
    pub fn new(seed: u64, voters: usize, questions: Vec<Question>) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let trustee = TrusteeKey::generate(&mut rng);
        let trustees = trustee.single_trustees(&mut rng);
        let voters: Vec<_> = (0..voters).map(|_| CredentialSecret::generate(&mut rng)).collect();
        let election = Election::new(
            new_uuid(&mut rng),
            "室 Room".into(),
            "A test".into(),
            trustees.public_key(),
            questions,
        );
        let credentials = voters.iter().map(CredentialSecret::public).collect();
        let setup = Setup::new(election.unwrap(), trustees, credentials).unwrap();
        Self { rng, trustee, voters, setup }
    }

    /// Two questions, one of them with a blank, and three voters.
    pub fn small(seed: u64) -> Self {
        Self::new(seed, 3, vec![question(3, 1, 1, false), question(2, 1, 2, true)])
    }

    pub fn cast(&mut self, voter: usize, marks: &[&[u32]]) -> SealedBallot {
        let marks = Marks(marks.iter().map(|question| question.to_vec()).collect());
        self.setup.encrypt(&self.voters[voter], &marks, &mut self.rng).unwrap()
    }

    /// An archive with these ballots, opened.
    pub fn archive(&mut self, ballots: &[SealedBallot]) -> Vec<u8> {
        let checked: Vec<_> =
            ballots.iter().map(|ballot| self.setup.check_ballot(&ballot.bytes).unwrap()).collect();
        let sums = tally(&self.setup, &checked).unwrap();
        let factors = self.trustee.decrypt(&self.setup, &sums, &mut self.rng);
        let outcome = combine(&self.setup, &sums, &[(1, factors.clone())], ballots.len()).unwrap();
        let mut archive = BelWriter::begin(&self.setup, 1_795_556_570);
        for ballot in ballots {
            archive.ballot(&ballot.bytes);
        }
        archive.end_ballots();
        archive.encrypted_tally(&sums);
        archive.partial_decryption(1, &factors);
        archive.result(&outcome);
        archive.into_bytes()
    }
}

/// A file that belenios-tool made.
pub(super) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/belenios/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Leaves an archive in the folder named by `PLENUM_BEL_OUT`, to be checked by the tool.
pub(super) fn leave(setup: &Setup, archive: &[u8]) {
    if let Ok(folder) = std::env::var("PLENUM_BEL_OUT") {
        std::fs::write(format!("{folder}/{}.bel", setup.election().uuid()), archive).unwrap();
    }
}
