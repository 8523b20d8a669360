//! What a ballot costs, and what a durable line costs: `cargo bench`.
//!
//! Bounds in documents are ratios, not milliseconds: the last lines printed compare one core with all of them, and a
//! fixed-base multiplication of this very machine with a whole ballot.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use plenum::ballot::{
    BelWriter, CredentialSecret, Election, Marks, Question, SealedBallot, Setup, TrusteeKey, combine,
    new_uuid, tally, verify_bel,
};
use plenum::journal::{Body, Journal, Line};
use plenum::meeting::Actor;
use rand::SeedableRng;
use rand::rngs::StdRng;

const BALLOTS: usize = 100;
const LINES: usize = 20;
const LINES_A_BATCH: usize = 50;

/// An election like that of a plenary: one agree, disagree or abstain a line.
struct Room {
    rng: StdRng,
    trustee: TrusteeKey,
    voters: Vec<CredentialSecret>,
    setup: Setup,
}

impl Room {
    fn new() -> Self {
        let mut rng = StdRng::seed_from_u64(1);
        let trustee = TrusteeKey::generate(&mut rng);
        let trustees = trustee.single_trustees(&mut rng);
        let voters: Vec<_> = (0..BALLOTS).map(|_| CredentialSecret::generate(&mut rng)).collect();
        let question = |number| Question {
            question: format!("Line {number}"),
            answers: ["agree", "disagree", "abstain"].map(String::from).to_vec(),
            min: 1,
            max: 1,
            blank: false,
        };
        let key = trustees.public_key();
        let questions = (0..LINES).map(question).collect();
        let election =
            Election::new(new_uuid(&mut rng), "Bench".into(), "Bench".into(), key, questions).unwrap();
        let credentials = voters.iter().map(CredentialSecret::public).collect();
        let setup = Setup::new(election, trustees, credentials).unwrap();
        Self { rng, trustee, voters, setup }
    }

    fn cast(&mut self, voter: usize) -> SealedBallot {
        let mark = |line: usize| {
            let mut marks = vec![0; 3];
            marks[(voter + line) % 3] = 1;
            marks
        };
        let marks = Marks((0..LINES).map(mark).collect());
        self.setup.encrypt(&self.voters[voter], &marks, &mut self.rng).unwrap()
    }

    /// The archive of an election in which everybody cast.
    fn archive(&mut self) -> Vec<u8> {
        let ballots: Vec<_> = (0..BALLOTS).map(|voter| self.cast(voter)).collect();
        let checked: Vec<_> =
            ballots.iter().map(|ballot| self.setup.check_ballot(&ballot.bytes).unwrap()).collect();
        let sums = tally(&self.setup, &checked).unwrap();
        let factors = self.trustee.decrypt(&self.setup, &sums, &mut self.rng);
        let outcome = combine(&self.setup, &sums, &[(1, factors.clone())], BALLOTS).unwrap();
        let mut bel = BelWriter::begin(&self.setup, 1_795_556_570);
        for ballot in &ballots {
            bel.ballot(&ballot.bytes);
        }
        bel.end_ballots();
        bel.encrypted_tally(&sums);
        bel.partial_decryption(1, &factors);
        bel.result(&outcome);
        bel.into_bytes()
    }
}

fn ballots(criterion: &mut Criterion) {
    let mut room = Room::new();
    let sealed = room.cast(0);
    let mut group = criterion.benchmark_group(format!("one ballot of {LINES} lines"));
    group.bench_function("encrypt", |bench| bench.iter(|| black_box(room.cast(0))));
    group.bench_function("check", |bench| {
        bench.iter(|| black_box(room.setup.check_ballot(&sealed.bytes).unwrap()));
    });
    group.finish();

    let sealed: Vec<_> = (0..BALLOTS).map(|voter| room.cast(voter)).collect();
    let checked: Vec<_> =
        sealed.iter().map(|ballot| room.setup.check_ballot(&ballot.bytes).unwrap()).collect();
    let mut group = criterion.benchmark_group(format!("{BALLOTS} ballots of {LINES} lines"));
    group.sample_size(10);
    group.bench_function("tally", |bench| bench.iter(|| black_box(tally(&room.setup, &checked).unwrap())));
    let archive = room.archive();
    for threads in [1, rayon::current_num_threads()] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        group.bench_function(format!("verify the archive, threads: {threads}"), |bench| {
            bench.iter(|| pool.install(|| assert!(verify_bel(black_box(&archive)).faults.is_empty())));
        });
    }
    group.finish();
}

/// Lines that arrive together share one sync of the file; this is what it spares.
fn journal(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let lines = lines();
    let mut group = criterion.benchmark_group("journal");
    group.sample_size(20);
    let mut journal = Journal::create(folder.path(), &lines[0]).unwrap();
    group.throughput(Throughput::Elements(1));
    group.bench_function("one line, durable", |bench| bench.iter(|| journal.append(&lines[..1]).unwrap()));
    group.throughput(Throughput::Elements(LINES_A_BATCH as u64));
    group.bench_function(format!("{LINES_A_BATCH} lines, durable together"), |bench| {
        bench.iter(|| journal.append(&lines).unwrap());
    });
    group.finish();
}

/// Lines of a usual length. They need not make a meeting: the file does not ask.
fn lines() -> Vec<Line> {
    let mut rng = StdRng::seed_from_u64(2);
    let time = "2027-03-12T01:00:00Z".parse().unwrap();
    let empty = || Body { order: None, events: Vec::new() };
    let previous = plenum::journal::NO_PREVIOUS;
    (1..=LINES_A_BATCH as u64)
        .map(|number| Line::write(number, previous, time, Actor::Hub, empty(), &mut rng).unwrap())
        .collect()
}

/// The least of a few runs.
fn least<T>(mut work: impl FnMut() -> T) -> Duration {
    let run = |work: &mut dyn FnMut() -> T| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..5).map(|_| run(&mut work)).min().unwrap()
}

fn ratios() {
    let mut room = Room::new();
    let archive = room.archive();
    let sealed = room.cast(0);
    let base =
        least(|| (0..1_000).map(|_| CredentialSecret::generate(&mut room.rng).public()).last()) / 1_000;
    let encrypt = least(|| room.cast(0));
    let check = least(|| room.setup.check_ballot(&sealed.bytes).unwrap());
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        least(|| pool.install(|| verify_bel(&archive)))
    };
    let all = rayon::current_num_threads();
    let (single, every) = (on(1), on(all));
    let ratio = |a: Duration, b: Duration| a.as_secs_f64() / b.as_secs_f64();
    println!("\nIn units of one new credential ({base:?} here), a ballot of {LINES} lines:");
    println!("  encrypt {:.0}, check {:.0}", ratio(encrypt, base), ratio(check, base));
    println!(
        "Verifying {BALLOTS} ballots on {all} threads is {:.2} times as fast as on one.",
        ratio(single, every)
    );
    println!("In an archive, a ballot takes {:.2} of the time of checking it alone.", {
        ratio(single, check) / BALLOTS as f64
    });
}

criterion_group!(benches, ballots, journal);

fn main() {
    benches();
    ratios();
    Criterion::default().configure_from_args().final_summary();
}
