//! Fuzzing of every parser that outside bytes reach: frames, commands, journal lines and whole journals, ballots, elections,
//! trustees, dealings and shares, challenged ballots, archives, transcripts, plans, items, banks of questions, what a rehearsal
//! reads, what terminal and hub keep, codes and tokens.
//!
//! `cargo test --test fuzz` replays what was ever found, and then tries a fixed number of inputs made from valid ones by a
//! seeded generator: always the same, some seconds in all. `PLENUM_FUZZ_SECONDS=30` goes on for so long, from a fresh seed,
//! which is printed; `PLENUM_FUZZ_SEED` repeats one. An input that fails is written to `tests/fuzz/found/`, whose files
//! every later run tries first; it stays there when the fault is mended. `PLENUM_FUZZ_KEEP=1` writes every input before it
//! is tried (`target/tmp`), for faults that end the process.
//!
//! A target fails by panicking: on its own, or because something does not hold that its parser promises besides.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod mutate;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rand::rand_core::UnwrapErr;
use rand::rngs::{StdRng, SysRng};
use rand::{Rng, RngExt, SeedableRng};

use mutate::{Form, mutated};

/// What takes an input.
type Take = Box<dyn Fn(&[u8]) -> bool>;

/// Something that takes bytes from outside.
struct Target {
    /// Its name, which begins the names of the inputs found for it.
    name: &'static str,
    /// How its inputs are built.
    form: Form,
    /// How many inputs are tried by default: fewer where one is dear.
    tries: u32,
    /// Takes an input; panics when something does not hold. Whether it was accepted.
    take: Take,
    /// Inputs that are accepted.
    seeds: Vec<Vec<u8>>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn found() -> PathBuf {
    root().join("tests/fuzz/found")
}

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// How long each of this many targets goes on; none: the fixed number of tries.
fn share() -> Option<Duration> {
    setting("PLENUM_FUZZ_SECONDS").map(|seconds| Duration::from_secs(seconds) / targets::COUNT)
}

impl Target {
    fn fuzz(self) {
        let name = self.name;
        for path in std::fs::read_dir(found()).unwrap().map(|entry| entry.unwrap().path()) {
            let file = path.file_name().unwrap().to_str().unwrap().to_owned();
            if file.strip_prefix(name).is_some_and(|rest| rest.starts_with('.')) {
                let input = std::fs::read(&path).unwrap();
                assert!(self.holds(&input).is_ok(), "{file} fails again");
            }
        }
        for (place, seed) in self.seeds.iter().enumerate() {
            assert_eq!(self.holds(seed), Ok(true), "seed {place} of {name} is not accepted");
        }
        let share = share();
        let fresh = || UnwrapErr(SysRng).next_u64();
        let seed = setting("PLENUM_FUZZ_SEED").unwrap_or_else(|| if share.is_some() { fresh() } else { 1 });
        let mut rng = StdRng::seed_from_u64(seed);
        let began = Instant::now();
        let (mut tries, mut accepted) = (0u32, 0u32);
        while share.map_or(tries < self.tries, |share| began.elapsed() < share) {
            let input = mutated(&self.seeds, self.form, &mut rng);
            if std::env::var_os("PLENUM_FUZZ_KEEP").is_some() {
                std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), &input).unwrap();
            }
            tries += 1;
            match self.holds(&input) {
                Ok(taken) => accepted += u32::from(taken),
                Err(what) => {
                    let path = found().join(format!("{name}.{:016x}", rng.random::<u64>()));
                    std::fs::write(&path, &input).unwrap();
                    panic!("seed {seed}, try {tries}: {what}; the input is in {}", path.display());
                }
            }
        }
        println!("{name}: seed {seed}, {tries} inputs, {accepted} of them accepted");
    }

    fn holds(&self, input: &[u8]) -> Result<bool, String> {
        catch_unwind(AssertUnwindSafe(|| (self.take)(input))).map_err(|panic| {
            let text = panic.downcast_ref::<String>().cloned();
            text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
        })
    }
}

/// Every file here belongs to a target: none is left out because a name was changed.
#[test]
fn every_input_found_has_its_target() {
    for entry in std::fs::read_dir(found()).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.split('.').next().unwrap();
        assert!(file == "README.md" || targets::NAMES.contains(&name), "{file}");
    }
}
