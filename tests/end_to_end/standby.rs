//! A second machine stands by: it has what the first has, nothing is confirmed without it while it is in step, and when the
//! first fails the meeting goes on there.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use plenum::client::connect::{ConnectFault, enrol as enrol_screen, fresh_identity};
use plenum::client::store::Enrolled;
use plenum::client::{Alarm, AskError, Client, Link, Paper, TurnedAway, View};
use plenum::disk::Disk;
use plenum::hub::codes::CodeBook;
use plenum::hub::takeover::{TakeOverFault, take_over};
use plenum::hub::vault::Vault;
use plenum::hub::whole::held;
use plenum::hub::{Hub, StartFault};
use plenum::meeting::{Actor, Command, DetachReason, InStep, RoundPhase, State};
use plenum::plan::SessionFolder;
use plenum::rules::Choice;
use plenum::standby::{End, FoundAt, Keeper, enrol, follow};
use plenum::wire::code::SeatCode;
use plenum::wire::tls::Certificate;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::room::{MEMBERS, Room, ballot, client_of, person, soon};

/// A second machine.
pub(super) struct Second {
    pub(super) dir: PathBuf,
    listener: std::net::TcpListener,
    following: Option<(watch::Sender<bool>, JoinHandle<End>)>,
    /// What its screen knows.
    screen: Client,
}

impl Second {
    fn folder(&self) -> SessionFolder {
        SessionFolder::new(&self.dir)
    }

    /// Enrols a machine with the standby's code.
    async fn enrolled(room: &Room) -> Self {
        let dir = room.dir.parent().unwrap().join("second");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let found_at = FoundAt { given: Vec::new(), port: listener.local_addr().unwrap().port() };
        let code = room.stage.code(&Actor::Standby).unwrap();
        let keys = (fresh_identity(), Certificate::generate().unwrap());
        let kept = soon("an enrolment", enrol(&room.stage.host(), code, keys, &found_at)).await.unwrap();
        plenum::disk::ensure_folder_all(&dir.join("private")).unwrap();
        Vault::new(&dir.join("private")).keep_standby_keys(&kept).unwrap();
        let (screen, _, _) = Client::new(View::of(Actor::Standby));
        Self { dir, listener, following: None, screen }
    }

    /// Follows the hub.
    fn follow(&mut self) {
        let kept = Vault::new(&self.dir.join("private")).standby_keys().unwrap().unwrap();
        let keeper = Keeper::open(&self.dir, kept.keys.session.clone(), Disk::default()).unwrap();
        let (screen, requests, views) = Client::new(View::of(Actor::Standby));
        drop(requests);
        let (stop, stopped) = watch::channel(false);
        let found_at = FoundAt { given: Vec::new(), port: self.listener.local_addr().unwrap().port() };
        let dir = self.dir.clone();
        let task = tokio::spawn(async move { follow(&dir, kept, keeper, found_at, views, stopped).await });
        (self.following, self.screen) = (Some((stop, task)), screen);
    }

    /// One that follows, and is in step.
    pub(super) async fn in_step(room: &Room) -> Self {
        let mut second = Self::enrolled(room).await;
        second.follow();
        in_step(room).await;
        second
    }

    async fn leave(&mut self) -> End {
        let (stop, task) = self.following.take().unwrap();
        stop.send_replace(true);
        soon("the standby's end", task).await.unwrap()
    }

    /// Where terminals reach it, once it has taken over.
    pub(super) fn address(&self) -> String {
        self.listener.local_addr().unwrap().to_string()
    }

    /// Takes over, and runs the hub. The console is enrolled anew there.
    pub(super) async fn take_over(&mut self, room: &mut Room, forced: Option<u64>) {
        if self.following.is_some() {
            assert_eq!(self.leave().await, End::Stopped);
        }
        let code = room.stage.code(&room.presiding()).unwrap().clone();
        take_over(&self.folder(), &code, forced).unwrap();
        let (console, hub) = self.open().await;
        room.hub = Some(hub);
        room.dir.clone_from(&self.dir);
        room.console = client_of(&console);
        let enough = |view: &View| view.live.connected > 2 && view.live.majority_missing.is_none();
        room.until("more than half of the room", |view| view.state.is_some() && enough(view)).await;
        for (id, client) in room.clients.clone() {
            room.take_seat(&id, client);
        }
    }

    async fn open(&mut self) -> (Enrolled, JoinHandle<plenum::hub::End>) {
        let mut hub = Hub::open(&self.folder(), true).unwrap();
        let code = hub.code_for(&Actor::Console).unwrap();
        let listener = self.listener.try_clone().unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let listener = TcpListener::from_std(listener).unwrap();
        let hub = tokio::spawn(plenum::hub::run(hub, listener, std::future::pending()));
        (soon("the console", enrol_screen(&address, &code, &fresh_identity())).await.unwrap(), hub)
    }
}

fn step(state: &State) -> Option<InStep> {
    state.standby.as_ref().map(|standby| standby.step)
}

async fn in_step(room: &Room) {
    room.until("a standby in step", |view| view.state.as_deref().and_then(step) == Some(InStep::Attached))
        .await;
}

/// The hub's machine is gone, without a word.
pub(super) async fn die(room: &mut Room) {
    let hub = room.hub.take().unwrap();
    hub.abort();
    let _ = hub.await;
    room.until("a lost connection", |view| matches!(view.link, Link::Lost { .. })).await;
}

fn at(dir: &Path) -> Vec<plenum::wire::standby::HeldFile> {
    held(dir).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_goes_on_at_the_standby_when_the_hub_dies_in_mid_vote() {
    let mut room = Room::with(&MEMBERS).await;
    let mut second = Second::in_step(&room).await;
    room.lead_to(RoundPhase::Voting).await;
    room.vote("m1", [Choice::Agree, Choice::Agree]).await;
    room.vote("m2", [Choice::Agree, Choice::Disagree]).await;
    assert_eq!(at(&room.dir), at(&second.dir), "both have the same, and only what both are to have");
    for here in ["hub.json", "slips.txt", "screens"] {
        assert!(!second.dir.join("private").join(here).exists(), "{here} stays at the first machine");
    }
    let line = room.console.view().chain.number;
    die(&mut room).await;
    second.take_over(&mut room, None).await;
    let taken =
        room.until("the takeover", |view| view.state.as_ref().is_some_and(|state| state.epoch() == 1)).await;
    let takeover = taken.state.as_ref().unwrap().takeovers[0].clone();
    assert_eq!((takeover.last.line, takeover.forced), (line, false));
    for id in ["m1", "m2"] {
        let returned = |view: &View| {
            view.link == Link::Connected
                && matches!(view.paper, Paper::Returned { .. })
                && view.state.as_ref().is_some_and(|state| state.epoch() == 1)
        };
        soon("a ballot that is still in the box", room.clients[id].until(returned)).await.unwrap();
    }
    for id in ["m3", "m4", "m5"] {
        room.vote(id, [Choice::Disagree, Choice::Abstain]).await;
    }
    // The first machine comes back, and finds nobody: by the record that it has, it is the hub, and half of the room is not there.
    let first = room.stage.folder().clone();
    assert!(Hub::open(&first, true).is_ok());
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!(round.count.as_ref().unwrap().sums(), [[2, 3, 0], [1, 1, 3]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_that_stayed_to_the_end_has_the_sealed_archive_and_no_secret() {
    let mut room = Room::with_console_key(&MEMBERS).await;
    let mut second = Second::in_step(&room).await;
    room.lead_to(RoundPhase::Voting).await;
    for id in MEMBERS {
        room.vote(id, [Choice::Agree, Choice::Agree]).await;
    }
    let kept = Vault::new(&second.dir.join("private")).standby_keys().unwrap().unwrap();
    assert!(kept.keys.trustee.is_some(), "the box could be opened here as well");
    let dir = room.dir.clone();
    room.lead_until("the end", |state| state.ended_at.is_some()).await;
    room.seal().await;
    assert_eq!(soon("the hub's end", room.hub.take().unwrap()).await.unwrap(), plenum::hub::End::Sealed);
    let (_, following) = second.following.take().unwrap();
    assert_eq!(soon("the standby's end", following).await.unwrap(), End::Sealed);
    assert!(!second.dir.join("private").exists());
    let report = plenum::archive::verify::verify(&second.dir);
    assert!(report.holds(), "{:?}", report.faults);
    assert_eq!(at(&dir), at(&second.dir));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_standby_that_goes_is_detached_on_the_record_and_may_come_back() {
    let room = Room::with(&MEMBERS).await;
    let mut second = Second::in_step(&room).await;
    assert_eq!(second.leave().await, End::Stopped);
    // Nothing is confirmed without it until the record says that it is not waited for.
    let line = room.give(Command::Note { text: "alone".to_owned() }).await;
    let state = room.state();
    let Some(InStep::Detached(DetachReason::Lost)) = step(&state) else { panic!("{:?}", state.standby) };
    let kept = std::fs::read_to_string(second.dir.join("journal.jsonl")).unwrap();
    assert!(
        kept.lines().count() < usize::try_from(line).unwrap() || kept.lines().count() < room.lines().len()
    );
    second.follow();
    in_step(&room).await;
    room.give(Command::Note { text: "together".to_owned() }).await;
    assert_eq!(at(&room.dir), at(&second.dir));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_takeover_needs_the_right_code_and_a_detached_standby_the_right_line() {
    let mut room = Room::with(&MEMBERS).await;
    let mut second = Second::in_step(&room).await;
    let right = room.stage.code(&person("m1")).unwrap().clone();
    let wrong = room.stage.code(&person("m2")).unwrap().clone();
    second.leave().await;
    room.until("a detached standby", |view| {
        matches!(view.state.as_deref().and_then(step), Some(InStep::Detached(_)))
    })
    .await;
    // It catches up so far as to know that it is detached, and no further.
    second.follow();
    in_step(&room).await;
    second.leave().await;
    let folder = second.folder();
    assert!(matches!(take_over(&folder, &wrong, None), Err(TakeOverFault::WrongCode)));
    assert!(matches!(Hub::open(&folder, true), Err(StartFault::StandsBy(_))));
    // What happens now the standby does not see.
    room.until("a detached standby", |view| {
        matches!(view.state.as_deref().and_then(step), Some(InStep::Detached(_)))
    })
    .await;
    room.give(Command::Note { text: "nobody else has this".to_owned() }).await;
    let own = room.console.view().chain.number;
    die(&mut room).await;
    let here = std::fs::read_to_string(second.dir.join("journal.jsonl")).unwrap().lines().count() as u64;
    assert!(here < own);
    assert!(matches!(
        take_over(&folder, &right, Some(own)),
        Err(TakeOverFault::OtherLine { named, line }) if named == own && line == here
    ));
    second.take_over(&mut room, Some(here)).await;
    room.until("the takeover", |view| {
        view.state
            .as_ref()
            .is_some_and(|state| state.takeovers.last().is_some_and(|takeover| takeover.forced))
    })
    .await;
    // Terminals keep what is lost to the record, say so, and go on.
    for client in room.clients.values() {
        let aside = |view: &View| {
            matches!(&view.alarm, Some(Alarm::LinesAside { after, .. }) if *after == here)
                && view.state.as_ref().is_some_and(|state| state.epoch() == 1)
        };
        soon("lines set aside", client.until(aside)).await.unwrap();
    }
    let cleared = room.give(Command::Note { text: "forced".to_owned() }).await;
    assert!(cleared > here);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_confirmed_while_half_of_the_room_is_away() {
    let mut room = Room::new().await;
    let mut enrolled = Vec::new();
    for id in MEMBERS {
        let code: &SeatCode = room.stage.code(&person(id)).unwrap();
        let one = enrol_screen(&room.stage.host(), code, &fresh_identity()).await.unwrap();
        room.sign_in(id, client_of(&one)).await;
        enrolled.push(one);
    }
    let _second = Second::in_step(&room).await;
    for id in ["m3", "m4", "m5"] {
        room.kill(id);
    }
    let missing = |view: &View| view.live.majority_missing.is_some();
    room.until("too few", missing).await;
    let (before, lines) = (room.console.view().chain.clone(), room.lines());
    let refused = room.try_give(Command::Note { text: "too few".to_owned() }).await;
    let Err(AskError::TooFew(majority)) = refused else { panic!("{refused:?}") };
    assert_eq!((majority.connected, majority.of), (2, 5));
    assert_eq!((room.lines(), room.console.view().chain.clone()), (lines, before), "nothing was written");
    let back = client_of(&enrolled[2]);
    room.take_seat("m3", back);
    room.until("enough", |view| view.live.majority_missing.is_none()).await;
    room.give(Command::Note { text: "enough".to_owned() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hubs_never_both_confirm() {
    let room = Room::with(&MEMBERS).await;
    let mut second = Second::in_step(&room).await;
    // The cable between the machines is cut, and somebody takes over although the first machine lives.
    second.leave().await;
    let code = room.stage.code(&person("m1")).unwrap().clone();
    take_over(&second.folder(), &code, None).unwrap();
    let (console, _hub) = second.open().await;
    let console = client_of(&console);
    soon("the second console", console.until(|view| view.live.majority_missing.is_some())).await.unwrap();
    let there = soon("an order", console.order(Command::Note { text: "there".to_owned() })).await;
    assert!(matches!(there, Err(AskError::TooFew(_))), "{there:?}");
    let here = room.give(Command::Note { text: "here".to_owned() }).await;
    assert!(room.lines().len() as u64 >= here);
    // A terminal that is enrolled nowhere else cannot be won over by code alone.
    let address: SocketAddr = second.listener.local_addr().unwrap();
    let code = room.stage.code(&person("m5")).unwrap();
    let again = enrol_screen(&address.to_string(), code, &fresh_identity()).await.err();
    assert!(matches!(again, Some(ConnectFault::TurnedAway(TurnedAway::UsedCode))), "{again:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_takeover_that_terminals_do_not_follow_is_said_afterwards_to_have_been_by_force() {
    let mut room = Room::with(&MEMBERS).await;
    let mut second = Second::in_step(&room).await;
    // It is detached, and cannot know.
    second.leave().await;
    let line = room.give(Command::Note { text: "only here".to_owned() }).await;
    for client in room.clients.values() {
        soon("the note", client.until(|view| view.chain.number >= line)).await.unwrap();
    }
    die(&mut room).await;
    let code = room.stage.code(&person("m1")).unwrap().clone();
    take_over(&second.folder(), &code, None).unwrap();
    let (console, hub) = second.open().await;
    for client in room.clients.values() {
        let refuses = |view: &View| matches!(view.alarm, Some(Alarm::ShorterRecord { .. }));
        soon("a terminal that does not follow", client.until(refuses)).await.unwrap();
    }
    hub.abort();
    let _ = hub.await;
    drop(console);
    let here = std::fs::read_to_string(second.dir.join("journal.jsonl")).unwrap().lines().count() as u64;
    let folder = second.folder();
    let other = soon("the folder", async {
        loop {
            match take_over(&folder, &code, Some(here + 1)) {
                Err(TakeOverFault::Journal(_)) => tokio::task::yield_now().await,
                other => return other,
            }
        }
    });
    assert!(matches!(other.await, Err(TakeOverFault::OtherLine { .. })));
    take_over(&folder, &code, Some(here)).unwrap();
    let mut hub = Hub::open(&folder, true).unwrap();
    let code = hub.code_for(&Actor::Display(1)).unwrap();
    let address = second.listener.local_addr().unwrap().to_string();
    let listener = TcpListener::from_std(second.listener.try_clone().unwrap()).unwrap();
    let _hub = tokio::spawn(plenum::hub::run(hub, listener, std::future::pending()));
    drop(soon("a display", enrol_screen(&address, &code, &fresh_identity())).await);
    for client in room.clients.values() {
        let follows = |view: &View| {
            matches!(view.alarm, Some(Alarm::LinesAside { .. }))
                && view.state.as_ref().is_some_and(|state| state.epoch() == 2)
        };
        soon("lines set aside", client.until(follows)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_code_than_the_standbys_enrols_no_standby() {
    let room = Room::with(&MEMBERS[..1]).await;
    let found_at = FoundAt { given: vec!["127.0.0.1:7420".to_owned()], port: 7420 };
    let keys = || (fresh_identity(), Certificate::generate().unwrap());
    let seat = room.stage.code(&person("m2")).unwrap();
    let host = room.stage.host();
    let refused = enrol(&host, seat, keys(), &found_at).await.err();
    assert!(matches!(refused, Some(ConnectFault::TurnedAway(TurnedAway::WrongCode))), "{refused:?}");
    let own = room.stage.code(&Actor::Standby).unwrap();
    let as_seat = enrol_screen(&host, own, &fresh_identity()).await.err();
    assert!(matches!(as_seat, Some(ConnectFault::TurnedAway(TurnedAway::WrongCode))), "{as_seat:?}");
    enrol(&host, own, keys(), &found_at).await.unwrap();
    let second = enrol(&host, own, keys(), &found_at).await.err();
    assert!(matches!(second, Some(ConnectFault::TurnedAway(TurnedAway::UsedCode))), "{second:?}");
    let state = room.until("the standby", |view| view.state.as_ref().unwrap().standby.is_some()).await;
    assert_eq!(state.state.as_ref().unwrap().standby.as_ref().unwrap().machine.addresses, found_at.given);
    let book = CodeBook::load(&room.dir.join("private")).unwrap().unwrap();
    assert_eq!(book.presiding(), Some(&room.stage.code(&person("m1")).unwrap().digest()));
}
