//! The meeting goes on: what dies, is cut, fails, or is hostile, counted; and nothing that was acknowledged is lost or
//! doubled.
//!
//! `cargo test --release --test faults -- --nocapture` prints what was survived. A few seconds by default;
//! `PLENUM_FAULTS=N` makes it N times as long, `PLENUM_FAULTS_SEED` begins at another seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod disks;
mod meeting;
mod network;
mod people;
mod power;
mod processes;
mod proxy;
mod screens;
mod tally;
#[path = "../end_to_end/terminal.rs"]
#[allow(dead_code)]
mod terminal;

use std::time::Duration;

/// Nothing here may take longer.
const LONG: Duration = Duration::from_secs(120);

/// Ends what hangs, and says where.
pub async fn soon<T>(what: &str, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(LONG, work).await.unwrap_or_else(|_| panic!("{what}: not within {LONG:?}"))
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// One after the other, so that a seed gives the same again as far as anything here does.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_and_nothing_doubled() {
    let times = number("PLENUM_FAULTS", 1);
    let first = number("PLENUM_FAULTS_SEED", 1);
    let long = std::env::var_os("PLENUM_FAULTS").is_some();
    let some = |short: usize, longer: usize| if long { longer } else { short };
    let wanted = std::env::var("PLENUM_FAULTS_ONLY").ok();
    let part = |name: &str, seed: u64| {
        let run = wanted.as_ref().is_none_or(|wanted| wanted == name);
        if run {
            println!("{name}, seed {seed}");
        }
        run
    };
    for seed in first..first + times {
        if part("first starts", seed) {
            disks::first_starts(seed);
        }
        if part("folders", seed) {
            disks::folders_as_found().await;
        }
        if part("deaths", seed) {
            disks::deaths(seed, some(10, 80)).await;
        }
        if part("terminals", seed) {
            disks::dying_terminals(seed, some(8, 60)).await;
        }
        if part("disks", seed) {
            disks::failing(seed, some(4, 25)).await;
        }
        if part("network", seed) {
            network::bad(seed, some(25, 200)).await;
        }
        if part("cable", seed) {
            network::cable_pulled_in_a_cast(long).await;
        }
        if part("latency", seed) && long {
            network::latency().await;
        }
        if part("strangers", seed) {
            network::hostile(seed, some(200, 5_000)).await;
        }
        if part("screens", seed) {
            screens::a_panic_ends_no_meeting().await;
        }
        if part("processes", seed) {
            processes::killed(seed, some(3, 100)).await;
        }
    }
    tally::print();
}
