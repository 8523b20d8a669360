//! Dying at durable steps, and disks that fail for a while.

use std::path::Path;
use std::time::Duration;

use plenum::disk::{Deed, Disk};
use plenum::hub::{Hub, StartFault};
use plenum::journal::{JournalFault, ReplayFault};
use plenum::plan::SessionFolder;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::meeting::{Meeting, free_address, write_plan};
use super::power::{Plan, Power};
use super::proxy::Proxy;
use super::tally;

/// Steps of each kind, and the files on which they are tried.
pub const STEPS: [(Deed, &str); 9] = [
    (Deed::Write, ".jsonl"),
    (Deed::Sync, ".jsonl"),
    (Deed::Write, ".box"),
    (Deed::Sync, ".box"),
    (Deed::Rename, ".papers.json"),
    (Deed::Sync, "private"),
    (Deed::Rename, ".slips.json"),
    (Deed::Write, ".bel"),
    (Deed::Rename, "seal.json"),
];

fn paths(folders: &[std::path::PathBuf]) -> Vec<&Path> {
    folders.iter().map(AsRef::as_ref).collect()
}

/// A first start that dies at each of its steps in turn, and a second one at a step of its own; the next one begins the
/// meeting all the same.
pub fn first_starts(seed: u64) {
    let mut rng = StdRng::seed_from_u64(seed);
    for step in 0.. {
        let home = tempfile::tempdir().unwrap();
        write_plan(home.path());
        let folder = SessionFolder::new(home.path());
        let folders = [home.path().to_owned(), folder.private()];
        let mut all = false;
        for steps in [step, rng.random_range(0..12)] {
            let power = Power::new(Plan::dies_after(steps), rng.random(), &paths(&folders));
            match Hub::open_on(&folder, true, power.disk()).map(|_| ()) {
                Ok(()) => all = true,
                Err(fault) => assert!(power.is_dead(), "{fault}"),
            }
        }
        // What was begun is gone on with, or begun.
        assert!(Hub::open(&folder, true).is_ok(), "step {step}");
        if all && step >= 12 {
            break;
        }
    }
}

/// A meeting whose hub dies again and again, each time a few durable steps further, and some of its terminals with it;
/// `deaths` at most, while the network cuts so many connections. Between two deaths there are at least enough steps for a line to become durable.
pub async fn deaths(seed: u64, deaths: usize, cuts: usize) {
    let mut rng = StdRng::seed_from_u64(seed);
    let address = free_address();
    let proxy = Proxy::before(address, seed, 0, Duration::ZERO).await;
    let mut meeting = Meeting::new(Some(proxy.address), address).await;
    proxy.harm(cuts);
    let folders = meeting.folders();
    let (mut died, mut failed) = (0, 0);
    loop {
        let steps = match died {
            _ if died >= deaths => usize::MAX,
            // One step further each time, from where the one before died: every step of opening and every step after it.
            _ if seed.is_multiple_of(2) => died % 16,
            _ => rng.random_range(0..=40),
        };
        meeting.let_go().await;
        // Now and then a step fails before the power goes.
        let plan = Plan { one_in: 30, series: 1, ..Plan::dies_after(steps) };
        let power = Power::new(plan, rng.random(), &paths(&folders));
        let mut running = match meeting.start(power.disk()).await {
            Ok(Some(running)) => running,
            Ok(None) => break,
            // It died, or a step failed: then nothing was begun, and it is started again.
            Err(_) if power.is_dead() || died < deaths => {
                died += 1;
                continue;
            }
            Err(fault) => {
                assert!(failed < 20, "seed {seed}, death {died}: {fault}");
                failed += 1;
                continue;
            }
        };
        let timing = meeting.time_return();
        let sealed = tokio::select! {
            () = meeting.sealed_by(&mut running) => true,
            () = power.gone() => false,
        };
        drop(timing);
        if sealed {
            break;
        }
        running.kill().await;
        meeting.all_have_noticed().await;
        died += 1;
        kill_a_terminal(&mut meeting, &mut rng).await;
    }
    meeting.check().await;
}

/// Perhaps somebody's terminal dies too, and comes back on a disk that will die at some step; or the console does.
async fn kill_a_terminal(meeting: &mut Meeting, rng: &mut StdRng) {
    match rng.random_range(0..3) {
        0 => {
            let place = rng.random_range(0..meeting.people.len());
            meeting.people[place].kill(Disk::default()).await;
            tally::TERMINALS.add(1);
        }
        1 => meeting.restart_console().await,
        _ => {}
    }
}

/// A meeting whose terminals die at steps of their own disks, while the hub goes on.
pub async fn dying_terminals(seed: u64, deaths: usize) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut meeting = Meeting::new(None, free_address()).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    let mut died = 0;
    while died < deaths && !running.0.is_finished() {
        let place = rng.random_range(0..meeting.people.len());
        let steps = rng.random_range(0..12);
        let power = Power::new(Plan::dies_after(steps), rng.random(), &[]);
        meeting.people[place].kill(power.disk()).await;
        tally::TERMINALS.add(1);
        // It dies when it has written so much, or is simply killed where it stands: most of the time nothing is written.
        let _ = tokio::time::timeout(Duration::from_millis(rng.random_range(0..600)), power.gone()).await;
        meeting.people[place].kill(Disk::default()).await;
        tally::TERMINALS.add(1);
        died += 1;
    }
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}

/// A meeting at which each terminal's own disk fails for a while: it says so, blames nobody, and goes on by itself.
pub async fn failing_terminals(seed: u64, series: usize) {
    let mut meeting = Meeting::new(None, free_address()).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    let mut powers = Vec::new();
    for (place, person) in meeting.people.iter_mut().enumerate() {
        let power = Power::new(Plan::fails(4, series), seed + place as u64, &[]);
        person.kill(power.disk()).await;
        powers.push(power);
    }
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}

/// A meeting on a disk of which steps fail, with no room, an error, or read-only, wholly or in the middle; nobody does
/// anything about it, and the meeting goes on; strangers send so many hostile inputs meanwhile.
pub async fn failing(seed: u64, plan: Plan, inputs: usize) {
    let meeting = Meeting::new(None, free_address()).await;
    let folders = meeting.folders();
    let power = Power::new(plan, seed, &paths(&folders));
    let mut tries = 0;
    let mut running = loop {
        match meeting.start(power.disk()).await {
            Ok(Some(running)) => break running,
            Ok(None) => panic!("sealed"),
            Err(fault) => assert!(tries < 20, "{fault}"),
        }
        tries += 1;
    };
    let mut told = None;
    let strangers = super::network::strangers(meeting.address, seed, inputs);
    let mut strangers = Box::pin(strangers);
    let mut sent = false;
    let clients = meeting.clients();
    let watching = clients.iter().map(|client| client.until(|view| view.live.disk_trouble.is_some()));
    let mut watching = Box::pin(futures::future::join_all(watching));
    let mut sealing = Box::pin(meeting.sealed_by(&mut running));
    {
        loop {
            tokio::select! {
                () = &mut sealing => break,
                seen = &mut watching, if told.is_none() => told = Some(seen.iter().all(Result::is_ok)),
                () = &mut strangers, if !sent => sent = true,
            }
        }
    }
    drop((watching, sealing));
    assert!(told == Some(true) || plan.only.is_some(), "the trouble was on every screen");
    meeting.check().await;
}

/// A broken chain does not start, and the line is named; a torn tail is cut off and reported; and there is one console.
pub async fn folders_as_found() {
    let meeting = Meeting::new(None, free_address()).await;
    let folder = SessionFolder::new(&meeting.dir);
    let path = meeting.dir.join("journal.jsonl");
    let sound = std::fs::read(&path).unwrap();
    let text = String::from_utf8(sound.clone()).unwrap();
    for (number, one) in (1..).zip(text.lines()) {
        // Nothing but the salt of one line's body: only the hash in the head of that very line tells.
        let at = one.rfind("\"salt\":\"").unwrap() + "\"salt\":\"".len();
        let other = if one.as_bytes()[at] == b'0' { "1" } else { "0" };
        let mut altered = one.to_owned();
        altered.replace_range(at..=at, other);
        let broken = text.replacen(one, &altered, 1);
        std::fs::write(&path, &broken).unwrap();
        match Hub::open(&folder, true).map(|_| ()) {
            Err(StartFault::Journal(JournalFault::Replay(ReplayFault { line, .. }))) => {
                assert_eq!(line, number, "the line that was altered is the one that is named");
            }
            other => panic!("line {number}: {other:?}"),
        }
        assert_eq!(std::fs::read(&path).unwrap(), broken.as_bytes(), "nothing of it is touched");
        tally::HOSTILE.add(1);
    }
    for bytes in [1, 40, 200] {
        let torn = [sound.as_slice(), &sound[..bytes]].concat();
        std::fs::write(&path, torn).unwrap();
        let hub = Hub::open(&folder, true).unwrap();
        let repair = hub.started().repair.clone().unwrap();
        assert_eq!((repair.line, repair.bytes), (text.lines().count() as u64 + 1, bytes as u64));
        assert_eq!(std::fs::read(&path).unwrap(), sound);
        let second = Hub::open(&folder, true).map(|_| ());
        assert!(matches!(second, Err(StartFault::Journal(JournalFault::InUse { .. }))), "{second:?}");
        tally::HOSTILE.add(1);
    }
}
