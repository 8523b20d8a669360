//! A second machine stands by, and the first one dies at some durable step: the meeting goes on at the second, and everything
//! that was acknowledged is there, once. Or the second one's disk fails: it is detached, and the meeting goes on at the first.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures::StreamExt as _;
use plenum::client::connect::fresh_identity;
use plenum::client::{Client, View};
use plenum::disk::Disk;
use plenum::hub::takeover::{TakeOverFault, take_over};
use plenum::hub::vault::Vault;
use plenum::hub::{self, Hub};
use plenum::meeting::{Actor, InStep};
use plenum::plan::SessionFolder;
use plenum::standby::{End, FoundAt, Keeper, enrol, follow};
use plenum::wire::tls::Certificate;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::meeting::{Meeting, Running, TICK};
use super::people::{again, enrol_console};
use super::power::{Plan, Power};
use super::{soon, tally};

/// A machine that stands by.
struct Second {
    dir: PathBuf,
    listener: std::net::TcpListener,
    following: Option<(watch::Sender<bool>, JoinHandle<End>)>,
}

impl Second {
    async fn enrol(meeting: &Meeting) -> Self {
        let dir = meeting.dir.with_file_name("second");
        let private = dir.join("private");
        plenum::disk::ensure_folder_all(&private).unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let second = Self { dir, listener, following: None };
        let (identity, certificate) = (fresh_identity(), Certificate::generate().unwrap());
        let (host, code, found_at) =
            (meeting.address.to_string(), meeting.code("standby"), second.found_at());
        let kept = again(|| enrol(&host, &code, (identity.clone(), certificate.clone()), &found_at)).await;
        Vault::new(&private).keep_standby_keys(&kept).unwrap();
        second
    }

    fn found_at(&self) -> FoundAt {
        FoundAt { given: Vec::new(), port: self.listener.local_addr().unwrap().port() }
    }

    fn follow(&mut self, disk: Disk) {
        let kept = Vault::new(&self.dir.join("private")).standby_keys().unwrap().unwrap();
        let keeper = Keeper::open(&self.dir, kept.keys.session.clone(), disk).unwrap();
        let (_, requests, views) = Client::new(View::of(Actor::Standby));
        drop(requests);
        let (stop, stopped) = watch::channel(false);
        let (dir, found_at) = (self.dir.clone(), self.found_at());
        let task = tokio::spawn(async move { follow(&dir, kept, keeper, found_at, views, stopped).await });
        self.following = Some((stop, task));
    }

    async fn leave(&mut self) -> End {
        let (stop, task) = self.following.take().unwrap();
        stop.send_replace(true);
        soon("the standby's end", task).await.unwrap()
    }

    /// Becomes the hub of the meeting. None: the record was sealed on this machine before the first one died.
    async fn take_over(mut self, meeting: &mut Meeting) -> Option<Running> {
        self.leave().await;
        let folder = SessionFolder::new(&self.dir);
        match take_over(&folder, &meeting.code("m1"), None) {
            Ok(()) => {}
            Err(TakeOverFault::Sealed) => {
                meeting.dir = self.dir;
                return None;
            }
            Err(fault) => panic!("{fault}"),
        }
        let mut hub = Hub::open(&folder, true).unwrap().with_slip_tick(TICK);
        let code = hub.code_for(&Actor::Console).unwrap();
        self.listener.set_nonblocking(true).unwrap();
        meeting.address = self.listener.local_addr().unwrap();
        meeting.dir = self.dir;
        let listener = TcpListener::from_std(self.listener).unwrap();
        let running = Running(tokio::spawn(hub::run(hub, listener, std::future::pending())));
        meeting.console = enrol_console(&meeting.address.to_string(), &code).await;
        meeting.restart_console().await;
        Some(running)
    }
}

fn is_in_step(view: &View) -> bool {
    let standby = view.state.as_ref().and_then(|state| state.standby.as_ref());
    standby.is_some_and(|standby| standby.step == InStep::Attached)
}

fn console(meeting: &Meeting) -> Client {
    meeting.world.console.lock().unwrap().clone()
}

/// So many meetings are held side by side: after a takeover each waits, for seconds, until seats that come from elsewhere count.
const SIDE_BY_SIDE: usize = 4;

/// Meetings whose first machine dies at each of the first steps in turn, then further and further apart, to the seal and
/// beyond.
pub async fn taken_over_at_each_step(seed: u64) {
    let meetings = (0..60u64).map(|place| {
        let steps = if place < 40 { place } else { 40 + (place - 40) * 12 };
        taken_over(seed * 100 + place, usize::try_from(steps).unwrap())
    });
    let mut held = futures::stream::iter(meetings).buffer_unordered(SIDE_BY_SIDE);
    while held.next().await.is_some() {}
}

/// A meeting whose first machine dies so many durable steps after a second one is in step.
pub async fn taken_over(seed: u64, steps: usize) {
    println!("a standby, seed {seed}, and a hub that dies after {steps} steps");
    let mut rng = StdRng::seed_from_u64(seed);
    let mut meeting = Meeting::new(None, super::meeting::free_address()).await;
    let folders = meeting.folders();
    let folders: Vec<&Path> = folders.iter().map(AsRef::as_ref).collect();
    let power = Power::new(Plan::dies_after(usize::MAX), rng.random(), &folders);
    let mut running = meeting.start(power.disk()).await.unwrap().unwrap();
    let mut second = Second::enrol(&meeting).await;
    second.follow(Disk::default());
    soon("a standby in step", console(&meeting).until(is_in_step)).await.unwrap();
    power.dies_in(steps);
    tokio::select! {
        () = power.gone() => {}
        // So many steps there were not: it was sealed, on both machines.
        () = meeting.sealed_by(&mut running) => {
            let (_, task) = second.following.take().unwrap();
            assert_eq!(soon("the standby's end", task).await.unwrap(), End::Sealed);
            let report = plenum::archive::verify::verify(&second.dir);
            assert!(report.holds(), "{:?}", report.faults);
            return meeting.check().await;
        }
    }
    running.kill().await;
    if !is_in_step(&console(&meeting).view()) {
        // This machine was so busy that the standby was let go: the first goes on.
        meeting.let_go().await;
        running = meeting.start(Disk::default()).await.unwrap().unwrap();
    } else {
        match second.take_over(&mut meeting).await {
            Some(taken_over) => running = taken_over,
            None => return meeting.check().await,
        }
        tally::TAKEOVERS.add(1);
    }
    meeting.sealed_by(&mut running).await;
    meeting.check().await;
}

/// A meeting whose standby's disk fails now and then, or dies: nobody waits for it longer than some seconds.
pub async fn failing(seed: u64, plan: Plan) {
    let meeting = Meeting::new(None, super::meeting::free_address()).await;
    let mut running = meeting.start(Disk::default()).await.unwrap().unwrap();
    let mut second = Second::enrol(&meeting).await;
    let power = Power::new(plan, seed, &[]);
    second.follow(power.disk());
    meeting.sealed_by(&mut running).await;
    if !power.is_dead() {
        let (_, task) = second.following.take().unwrap();
        // It was detached at the seal, and is still looking for a hub; or it has the sealed folder.
        if let Ok(end) = tokio::time::timeout(Duration::from_secs(20), task).await {
            assert_eq!(end.unwrap(), End::Sealed, "its disk is no reason to stop following");
            let report = plenum::archive::verify::verify(&second.dir);
            assert!(report.holds(), "{:?}", report.faults);
        }
    }
    let (own, hubs) = (second.dir.join("journal.jsonl"), meeting.dir.join("journal.jsonl"));
    let (own, hubs) = (std::fs::read(own).unwrap_or_default(), std::fs::read(hubs).unwrap());
    assert!(hubs.starts_with(&own), "whatever its disk did, it holds nothing that the record does not");
    tally::STANDBYS.add(1);
    meeting.check().await;
}
