//! The driver behind a [`Client`]: it owns the connection, follows and checks the record, gives one order after the
//! other, and does the voter's duties. It comes back by itself when the connection is lost, with the same signed order
//! if one was on its way: the hub carries it out once.

mod asking;
mod casting;
mod duties;
mod examining;
mod following;
mod hearing;
mod keeping;
mod scrutinising;
mod sealing;
mod slipping;
mod takeover;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_rustls::client::TlsStream;

use super::challenge::Prepared;
use super::connect::{ConnectFault, Door, come_back};
use super::handle::{AskError, Client, Done, Request};
use super::hubs::Hubs;
use super::scrutineer::KeptFactors;
use super::slips::{self, KeptSlips, SlipDuty};
use super::store::{Enrolled, KeptPaper, Store};
use super::view::{Alarm, Chain, Link, NotTheHub, Paper, Room, TurnedAway, View};
use super::voter::{self, Duty, KeptPapers, Tried};
use crate::journal::Replay;
use crate::meeting::{
    Actor, BallotId, Command, ItemId, Order, Phase, Refusal, Round, RoundPhase, SeatId, sha256_hex,
};
use crate::wire::frame::{self, TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use crate::wire::{Anonymous, Answer, FrameFault, Live, ToHub, ToScreen, WrongAnswer, write_frame};
use hearing::done;
use takeover::Found;

/// How often a connected screen says that it is there. A hub that has come back answers that it knows nothing of this
/// connection, so that within so long a screen finds out.
const PING_SECONDS: u64 = 2;

/// How long a silent hub is waited for: then the screen says that the connection is lost.
const SILENCE_SECONDS_MAX: u64 = 12;

/// The pauses between tries to reconnect, in milliseconds: quick at first, then every second.
const RETRY_MILLIS: [u64; 4] = [50, 200, 500, 1_000];

/// The longest pause, in milliseconds, where several machines are looked for.
const SEVERAL_RETRY_MILLIS_MAX: u64 = 300;

/// The pause before an act that the hub did not take is tried again, in milliseconds.
const AGAIN_MILLIS: u64 = 500;

/// The pause before a duty that the rules refused is looked at again, in milliseconds.
const REFUSED_AGAIN_MILLIS: u64 = 3_000;

/// How long after the receipt a fixed box may still lack a ballot that was returned again.
const FIXED_ANEW_MILLIS: u64 = 1_000;

/// How a terminal paces its anonymous acts, so that order means nothing.
#[derive(Debug)]
pub enum Pace {
    /// A uniformly random pause of up to five seconds, from the system's randomness.
    Real,
    /// For simulated people: up to so many milliseconds, from a seed.
    Seeded {
        /// The generator.
        rng: Box<rand::rngs::StdRng>,
        /// The longest pause, in milliseconds.
        millis_max: u64,
    },
}

impl Pace {
    /// A pace for simulated people.
    pub fn seeded(seed: u64, millis_max: u64) -> Self {
        Self::Seeded { rng: Box::new(rand::rngs::StdRng::seed_from_u64(seed)), millis_max }
    }

    fn pause(&mut self) -> Duration {
        let millis = match self {
            Self::Real => UnwrapErr(SysRng).random_range(0..=5_000),
            Self::Seeded { rng, millis_max } => rng.random_range(0..=*millis_max),
        };
        Duration::from_millis(millis)
    }
}

/// Starts a client. It ends when the last handle is dropped, or when the hub has turned it away or sealed the record.
pub fn start(enrolled: Enrolled, store: Store, pace: Pace) -> Client {
    let view = View::of(enrolled.actor.clone());
    let (client, inbox, views) = Client::new(view);
    let (done, finished) = mpsc::channel(8);
    let scrutiny = scrutinising::Scrutiny::new(&enrolled, &store);
    let hubs = Hubs::new(&enrolled, store.hubs());
    let driver = Driver {
        door: Door::at(hubs.now().clone(), &enrolled),
        hubs_kept: hubs.kept().takeovers.len(),
        hubs,
        search: takeover::Search::default(),
        enrolled,
        store,
        pace,
        replay: Replay::new(),
        lines: Vec::new(),
        snapshot: None,
        link: Link::Connecting,
        live: Live::default(),
        alarm: None,
        sealed: false,
        seal: sealing::Seal::default(),
        next_ask: 0,
        last_counter: 0,
        on_its_way: None,
        waiting: VecDeque::new(),
        materials: BTreeMap::new(),
        acts: Acts::default(),
        cast_reply: None,
        prepared: None,
        kept: KeptPapers::new(),
        tried: Tried::default(),
        unkept: keeping::Unkept::default(),
        scrutiny,
        room: None,
        room_asked: None,
        exam: examining::Exam::default(),
        slips: None,
        slip_replies: BTreeMap::new(),
        slips_waiting: BTreeMap::new(),
        refused_duty: None,
        done_duty: None,
        duty_again: None,
        done,
        finished,
        views,
    };
    tokio::spawn(driver.run(inbox));
    client
}

/// Who waits for the answer to an order.
enum Asker {
    Screen(oneshot::Sender<Result<Done, AskError>>),
    Voter,
}

/// An order that was sent and not answered. It is sent again, unchanged, after a lost connection.
struct OnItsWay {
    ask: u64,
    order: Order,
    command: Command,
    asker: Asker,
}

/// The anonymous acts under way; one of each at most.
#[derive(Default)]
struct Acts {
    casting: bool,
    slipping: bool,
    /// The hash of the fixed box that lacked the ballot which is being returned again.
    returning: Option<String>,
}

/// How an anonymous act ended.
enum Finished {
    Registered(BallotId, Result<ToScreen, String>),
    Box(BallotId, Box<Result<KeptFactors, String>>),
    Count(BallotId, Result<(), String>),
    Room(String, Option<String>),
    Cast(BallotId, Result<ToScreen, String>),
    Slip(String, Result<ToScreen, String>),
}

struct Driver {
    enrolled: Enrolled,
    hubs: Hubs,
    /// How many takeovers are kept on the own disk.
    hubs_kept: usize,
    search: takeover::Search,
    door: Door,
    store: Store,
    pace: Pace,
    replay: Replay,
    /// The lines since a machine first stood by, as written: proof, should a takeover lose some of them.
    lines: Vec<String>,
    snapshot: Option<Arc<crate::meeting::State>>,
    link: Link,
    live: Live,
    alarm: Option<Alarm>,
    sealed: bool,
    seal: sealing::Seal,
    next_ask: u64,
    last_counter: u64,
    on_its_way: Option<OnItsWay>,
    waiting: VecDeque<(Command, Asker)>,
    materials: BTreeMap<u64, (String, MaterialReply)>,
    acts: Acts,
    cast_reply: Option<oneshot::Sender<Result<Done, AskError>>>,
    /// Encrypted, and neither cast nor challenged yet. It is never on disk.
    prepared: Option<Prepared>,
    kept: KeptPapers,
    tried: Tried,
    unkept: keeping::Unkept,
    scrutiny: scrutinising::Scrutiny,
    room: Option<Room>,
    /// Who waits for a room code to be computed, with what was typed.
    room_asked: Option<(String, oneshot::Sender<Result<Done, AskError>>)>,
    exam: examining::Exam,
    slips: Option<(ItemId, KeptSlips)>,
    /// Who waits for an act of a slip to be taken, by its signature.
    slip_replies: BTreeMap<String, oneshot::Sender<Result<Done, AskError>>>,
    /// Acts of slips that the hub has taken, by signature, and since when the record lacks them.
    slips_waiting: BTreeMap<String, Instant>,
    /// The last line at which a duty was refused: it is not tried again before something has changed.
    refused_duty: Option<u64>,
    /// The line with what this terminal did last by itself: the answer may come before it.
    done_duty: Option<u64>,
    /// When a duty that the hub's disk refused is tried again, even though nothing has changed.
    duty_again: Option<Instant>,
    done: mpsc::Sender<Finished>,
    finished: mpsc::Receiver<Finished>,
    views: watch::Sender<Arc<View>>,
}

type MaterialReply = oneshot::Sender<Result<Arc<str>, AskError>>;
type Heard = mpsc::Receiver<Result<ToScreen, FrameFault>>;
type Writer = WriteHalf<TlsStream<TcpStream>>;

/// Why a connection's turn is over.
enum Over {
    /// Lost: try again.
    Lost,
    /// Nobody listens any more, or there is nothing more to come.
    Ended,
}

impl Driver {
    async fn run(mut self, mut inbox: mpsc::Receiver<Request>) {
        let mut tries = 0u32;
        let mut since = None;
        loop {
            let mut more = false;
            match self.reach().await {
                Found::Hub(stream) => {
                    (tries, since) = (0, None);
                    self.link = Link::Connected;
                    self.search.not_the_hub = None;
                    self.hubs.reached();
                    self.door = Door::at(self.hubs.now().clone(), &self.enrolled);
                    self.publish();
                    if matches!(self.connected(*stream, &mut inbox).await, Over::Ended) {
                        return;
                    }
                    if std::mem::take(&mut self.search.move_on) {
                        self.hubs.turn();
                    }
                }
                Found::TurnedAway(away) => {
                    self.link = Link::TurnedAway(away);
                    self.publish();
                    self.refuse_everything(&mut inbox).await;
                    return;
                }
                // Of several machines the next is tried at once, and all of them before there is a pause.
                Found::Nothing => more = self.hubs.turn(),
            }
            // A hub whose record does not hold is not believed again.
            if matches!(self.link, Link::TurnedAway(_)) || matches!(self.alarm, Some(Alarm::Record(_))) {
                self.refuse_everything(&mut inbox).await;
                return;
            }
            let since = *since.get_or_insert_with(Timestamp::now);
            self.link = Link::Lost { since, tries };
            self.publish();
            let pause = RETRY_MILLIS.get(tries as usize).or(RETRY_MILLIS.last()).copied().unwrap_or(1_000);
            let pause = match (more, self.hubs.is_only_one()) {
                (true, _) => 0,
                (false, true) => pause,
                // Each round takes its time when a machine is not there at all.
                (false, false) => pause.min(SEVERAL_RETRY_MILLIS_MAX),
            };
            tries = tries.saturating_add(u32::from(!more));
            if !self.pause(Duration::from_millis(pause), &mut inbox).await {
                return;
            }
        }
    }

    /// Waits, and meanwhile takes what screens ask and what acts have come to. False: nobody listens any more.
    async fn pause(&mut self, pause: Duration, inbox: &mut mpsc::Receiver<Request>) -> bool {
        let until = Instant::now() + pause;
        loop {
            tokio::select! {
                () = sleep_until(until) => return true,
                request = inbox.recv() => match request {
                    Some(request) => self.take(request, None).await,
                    None => return false,
                },
                Some(finished) = self.finished.recv() => self.act_finished(finished),
            }
        }
    }

    async fn refuse_everything(&mut self, inbox: &mut mpsc::Receiver<Request>) {
        self.on_its_way = None;
        self.waiting.clear();
        self.materials.clear();
        self.prepared = None;
        while let Some(request) = inbox.recv().await {
            match request {
                Request::Order(_, reply)
                | Request::Cast(_, reply)
                | Request::CastPrepared(_, reply)
                | Request::Slip(.., reply)
                | Request::TakeNoPaper(_, reply)
                | Request::TakePlace(_, reply)
                | Request::HandIn(_, reply)
                | Request::ConfirmRoom(_, reply)
                | Request::Unlock(_, reply)
                | Request::Seal(_, reply) => {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
                Request::Material(_, reply) => {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
                Request::Prepare(_, reply) => {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
                Request::Challenge(_, reply) => {
                    let _ = reply.send(Err(AskError::NotConnected));
                }
                Request::Abandon(_) | Request::Answers(_) => {}
            }
        }
    }

    async fn connected(&mut self, stream: TlsStream<TcpStream>, inbox: &mut mpsc::Receiver<Request>) -> Over {
        let (reader, mut writer) = split(stream);
        let (mut heard, _reading) = listen(reader);
        if let Some(on_its_way) = &self.on_its_way {
            let again = ToHub::Order { ask: on_its_way.ask, order: on_its_way.order.clone() };
            if say(&mut writer, &again).await.is_err() {
                return self.lost();
            }
        }
        let mut ping = tokio::time::interval(Duration::from_secs(PING_SECONDS));
        ping.tick().await;
        loop {
            self.do_duties();
            if self.do_scrutiny(&mut writer).await.is_err() {
                return self.lost();
            }
            if self.do_exam(&mut writer).await.is_err() {
                return self.lost();
            }
            let again = self.duty_again;
            if self.do_sealing(&mut writer).await.is_err() || self.send_next(&mut writer).await.is_err() {
                return self.lost();
            }
            tokio::select! {
                frame = heard.recv() => {
                    // What has come together is folded before one picture is made of it.
                    let mut next = Some(frame);
                    while let Some(frame) = next {
                        let Some(Ok(message)) = frame else { return self.lost() };
                        if !self.hear(message) {
                            return if self.sealed { Over::Ended } else { self.lost() };
                        }
                        next = heard.try_recv().ok().map(Some);
                    }
                    self.refresh();
                }
                request = inbox.recv() => match request {
                    Some(request) => self.take(request, Some(&mut writer)).await,
                    None => return Over::Ended,
                },
                Some(finished) = self.finished.recv() => self.act_finished(finished),
                () = sleep_until(again.unwrap_or_else(Instant::now)), if again.is_some() => {
                    (self.duty_again, self.refused_duty) = (None, None);
                }
                _ = ping.tick() => if say(&mut writer, &ToHub::Ping).await.is_err() { return self.lost(); },
            }
        }
    }

    fn lost(&mut self) -> Over {
        // What came together with the end was followed, and is shown: nothing is judged by half of it.
        self.refresh();
        for (_, (_, reply)) in std::mem::take(&mut self.materials) {
            let _ = reply.send(Err(AskError::NotConnected));
        }
        self.scrutiny.connection_lost();
        self.exam.connection_lost();
        self.lose_seal();
        Over::Lost
    }
}

async fn say(writer: &mut Writer, message: &ToHub) -> Result<(), FrameFault> {
    write_frame(writer, message, TO_HUB_BYTES_MAX).await
}

/// What the hub says.
fn listen(reader: ReadHalf<TlsStream<TcpStream>>) -> (Heard, JoinSet<()>) {
    frame::listen(reader, TO_SCREEN_BYTES_MAX, Duration::from_secs(SILENCE_SECONDS_MAX))
}
