//! Real consoles, killed with `kill -9` in the middle of a meeting: the process that runs hub and console in a terminal of
//! its own. The moments are lines of the journal, not times.

use std::time::Duration;

use plenum::client::store::Store;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::meeting::{Meeting, free_address};
use super::tally;
use super::terminal::{Terminal, arg};

/// So many kills, in as many meetings as that takes: one meeting has lines for some dozens.
pub async fn killed_in_meetings(seed: u64, kills: usize) {
    let mut killed_so_far = 0;
    while killed_so_far < kills {
        killed_so_far += killed(seed + killed_so_far as u64, kills - killed_so_far).await;
    }
}

/// A meeting whose console's process is killed so many times at most, each time a few lines further; how often it was.
pub async fn killed(seed: u64, kills: usize) -> usize {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut meeting = Meeting::new(None, free_address()).await;
    // The process finds the key of the console, as one that was started before would.
    let screens = meeting.dir.join("private/screens");
    drop(Store::keep(&screens, &meeting.console).unwrap());
    let (dir, listen) = (meeting.dir.clone(), meeting.address.to_string());
    let start = || Terminal::start("console", &["console", arg(&dir), "--listen", &listen], (110, 32));
    let sealed = || dir.join("transcript.json").exists();
    let mut killed = 0;
    while !sealed() {
        let process = start();
        let more = if killed < kills { meeting.lines() + rng.random_range(0..4) } else { usize::MAX };
        let mut waited = 0;
        // The process has taken the console's seat for its own screen; the newest connection counts.
        meeting.restart_console().await;
        while !sealed() && meeting.lines() < more {
            tokio::time::sleep(Duration::from_millis(5)).await;
            waited += 1;
            if waited % 20 == 0 && meeting.is_turned_away() {
                meeting.restart_console().await;
            }
            assert!(waited < 24_000, "the meeting stands still; the console shows:\n{}", process.text());
        }
        process.kill();
        killed += 1;
        tally::PROCESSES.add(1);
    }
    meeting.check().await;
    killed
}
