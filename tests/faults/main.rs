//! The meeting goes on: what dies, is cut, fails, or is hostile, counted; and nothing that was acknowledged is lost or
//! doubled.
//!
//! `cargo test --release --test faults -- --nocapture` prints what was survived. By default about a minute on
//! two cores, where nothing is optimised; `PLENUM_FAULTS=N` makes it long, N times, `PLENUM_FAULTS_SEED` begins at another
//! seed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod disks;
mod files;
mod meeting;
mod network;
mod people;
mod power;
mod processes;
mod proxy;
mod screens;
mod standby;
mod switch;
mod tally;
#[path = "../end_to_end/terminal.rs"]
#[allow(dead_code)]
mod terminal;

use std::time::Duration;

use power::Plan;

/// Nothing here may take longer.
const LONG: Duration = Duration::from_secs(60);

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
    if let Some(folder) = std::env::var_os(switch::HUB_FOLDER) {
        return switch::hub(folder.as_ref()).await;
    }
    let times = number("PLENUM_FAULTS", 1);
    let first = number("PLENUM_FAULTS_SEED", 1);
    let long = std::env::var_os("PLENUM_FAULTS").is_some();
    let wanted = std::env::var("PLENUM_FAULTS_ONLY").ok();
    let part = |name: &str, seed: u64| {
        let run = wanted.as_ref().is_none_or(|wanted| wanted == name);
        if run {
            println!("{name}, seed {seed}");
        }
        run
    };
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.to_string().contains(screens::INTENDED) {
            before(info);
        }
    }));
    if part("first starts", first) {
        disks::first_starts(first);
    }
    if part("folders", first) {
        disks::folders_as_found().await;
    }
    if !long && wanted.is_none() {
        // Short: some of everything, side by side.
        tokio::join!(
            disks::deaths(first, 8, 8),
            disks::failing(first, Plan::fails(12, 3), 100),
            network::cable_pulled_in_a_cast(false),
            processes::killed(first, 2),
            standby::taken_over(first, 25),
            switch::pulled(first, 1),
        );
    }
    for seed in first..first + times {
        let part = |name: &str| (long || wanted.is_some()) && part(name, seed);
        if part("deaths") {
            disks::deaths(seed, 120, 0).await;
        }
        if part("deaths and cuts") {
            disks::deaths(seed, 60, 60).await;
        }
        if part("terminals") {
            disks::dying_terminals(seed, 80).await;
        }
        if part("disks") {
            disks::failing(seed, Plan::fails(12, 25), 2_000).await;
        }
        if part("each step") {
            for only in disks::STEPS {
                disks::failing(seed, Plan { only: Some(only), ..Plan::fails(3, 2) }, 0).await;
            }
        }
        if part("disks of terminals") {
            disks::failing_terminals(seed, 6).await;
        }
        if part("network") {
            network::bad(seed, 200).await;
        }
        if part("cable") {
            network::cable_pulled_in_a_cast(true).await;
        }
        if part("switch") {
            switch::pulled(seed, 8).await;
        }
        if part("latency") {
            network::latency().await;
        }
        if part("standby") {
            standby::taken_over_at_each_step(seed).await;
            standby::failing(seed, Plan::fails(20, 10)).await;
            standby::failing(seed, Plan::dies_after(60)).await;
        }
        if part("processes") {
            processes::killed_in_meetings(seed, 200).await;
        }
        match wanted.as_deref() {
            Some("plain") => network::plain().await,
            Some(switch::PEOPLE) => switch::people(seed).await,
            _ => {}
        }
    }
    if (long || wanted.is_some()) && part("netem", first) {
        network::by_the_kernel();
    }
    tally::print();
}
