//! How long it takes to check an archive of 100 ballots of 20 lines, by us on all cores, and by `tests/belenios/check` with
//! belenios-tool on the same file: `BELENIOS_TOOL=… cargo bench --bench verify`.
//!
//! Prints the ratio and asserts nothing. Without the tool, only our own figures are printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::hint::black_box;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use plenum::ballot::{
    BelWriter, CeremonyKey, Certificates, CredentialSecret, Dealing, Election, Marks, Question, Setup,
    TrusteeKey, combine, new_uuid, tally, verify_bel,
};
use rand::SeedableRng;
use rand::rngs::StdRng;

const BALLOTS: usize = 100;
const LINES: usize = 20;
const SCRUTINEERS: u32 = 3;
const THRESHOLD: u32 = 2;

/// The election of a plenary under a key that any two of three scrutineers open, everybody having cast.
fn archive() -> Vec<u8> {
    let rng = &mut StdRng::seed_from_u64(1);
    let keys: Vec<CeremonyKey> = (0..SCRUTINEERS).map(|_| CeremonyKey::generate(rng)).collect();
    let certified = (1..).zip(&keys).map(|(place, key)| key.certify(SCRUTINEERS, THRESHOLD, place, rng));
    let certificates = Certificates::new(THRESHOLD, certified.collect()).unwrap();
    let dealings: Vec<Dealing> = keys.iter().map(|key| key.deal(&certificates, rng).unwrap()).collect();
    let inboxes = certificates.inboxes(&dealings).unwrap();
    let accepted =
        keys.iter().zip(inboxes).map(|(key, inbox)| key.accept(&certificates, &inbox, rng).unwrap());
    let (shares, receipts): (Vec<TrusteeKey>, Vec<_>) = accepted.unzip();
    let proofs: Vec<_> = receipts.iter().map(|receipt| receipt.public()).collect();
    let trustees = certificates.finish(&dealings, &proofs).unwrap();

    let voters: Vec<_> = (0..BALLOTS).map(|_| CredentialSecret::generate(rng)).collect();
    let question = |number| Question {
        question: format!("Line {number}"),
        answers: ["agree", "disagree", "abstain"].map(String::from).to_vec(),
        min: 1,
        max: 1,
        blank: false,
    };
    let (key, questions) = (trustees.public_key(), (0..LINES).map(question).collect());
    let election = Election::new(new_uuid(rng), "Bench".into(), "Bench".into(), key, questions).unwrap();
    let credentials = voters.iter().map(CredentialSecret::public).collect();
    let setup = Setup::new(election, trustees, credentials).unwrap();

    let mut bel = BelWriter::begin(&setup, 1_795_556_570);
    let mut checked = Vec::new();
    for (place, voter) in voters.iter().enumerate() {
        let mark = |line| (0..3).map(|answer| u32::from((place + line) % 3 == answer)).collect();
        let sealed = setup.encrypt(voter, &Marks((0..LINES).map(mark).collect()), rng).unwrap();
        checked.push(setup.check_ballot(&sealed.bytes).unwrap());
        bel.ballot(&sealed.bytes);
    }
    bel.end_ballots();
    let sums = tally(&setup, &checked).unwrap();
    bel.encrypted_tally(&sums);
    let partials: Vec<_> =
        (1..).zip(&shares[..2]).map(|(owner, share)| (owner, share.decrypt(&setup, &sums, rng))).collect();
    for (owner, partial) in &partials {
        bel.partial_decryption(*owner, partial);
    }
    bel.result(&combine(&setup, &sums, &partials, BALLOTS).unwrap());
    bel.into_bytes()
}

/// The least of a few runs.
fn least(mut work: impl FnMut()) -> Duration {
    let run = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..5).map(run).min().unwrap()
}

/// One run of the other program; none where it is not there.
fn other(folder: &Path) -> Option<Duration> {
    let check = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/belenios/check");
    let start = Instant::now();
    let done = Command::new("python3").arg(check).arg(folder.join("bench.bel")).output().ok()?;
    let took = start.elapsed();
    // 2: the tool is not there.
    if done.status.code() == Some(2) {
        return None;
    }
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
    Some(took)
}

fn main() {
    let bytes = archive();
    let report = verify_bel(&bytes);
    assert!(report.is_good(), "{:?}", report.faults);
    let threads = rayon::current_num_threads();
    let ours = least(|| drop(black_box(verify_bel(&bytes))));
    println!("{BALLOTS} ballots of {LINES} lines, {} proofs, {} bytes", report.proofs, bytes.len());
    println!("ours, on {threads} threads: {ours:.2?}");
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bench.bel"), &bytes).unwrap();
    match other(folder.path()) {
        Some(other) => {
            println!("tests/belenios/check with belenios-tool: {other:.2?}");
            println!("ours is {:.0} times as fast", other.as_secs_f64() / ours.as_secs_f64());
        }
        None => println!("tests/belenios/check: there is no belenios-tool (name it by BELENIOS_TOOL)"),
    }
}
