//! The standby's connection: it says what it holds, takes what differs, then every step as it is done, and says how far it
//! is durable. It comes back by itself when the connection is lost.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::{interval, sleep, timeout};
use tokio_rustls::client::TlsStream;

use super::keeper::{KeepFault, Keeper};
use crate::ballot::TrusteeKey;
use crate::client::connect::{ConnectFault, in_time, open};
use crate::client::{Alarm, Chain, Link, View};
use crate::hub::vault::{Keys, StandbyKeys, Vault};
use crate::meeting::{Actor, Identity};
use crate::wire::code::SeatCode;
use crate::wire::proof;
use crate::wire::standby::{FromStandby, STANDBY_BYTES_MAX, STANDBY_PING_SECONDS, ToStandby};
use crate::wire::tls::{self, Certificate};
use crate::wire::{FrameFault, Hello, ToScreen, TurnedAway, VERSION, read_frame, write_frame};

/// How long a silent hub is waited for; it pings in between.
const SILENCE_SECONDS_MAX: u64 = 5;

/// The pause between two tries to connect.
const AGAIN: Duration = Duration::from_millis(500);

/// How often the hub before is told, should it be there, that this machine has taken over.
const TELL_EVERY: Duration = Duration::from_secs(3);

/// How many messages are read ahead of the disk.
const AHEAD: usize = 8;

/// How following a hub has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It was told to stop.
    Stopped,
    /// The record is sealed, here too.
    Sealed,
    /// The hub has turned this machine away, or its record does not hold.
    Refused,
}

/// Where terminals will find this machine after a takeover.
#[derive(Debug, Clone)]
pub struct FoundAt {
    /// As given by whoever started it.
    pub given: Vec<String>,
    /// The port on which it will listen.
    pub port: u16,
}

impl FoundAt {
    /// The addresses; where none were given, that of this end of a connection to the hub.
    fn at(&self, stream: &TlsStream<TcpStream>) -> Vec<String> {
        match stream.get_ref().0.local_addr() {
            Ok(own) if self.given.is_empty() && self.port != 0 => {
                vec![SocketAddr::new(own.ip(), self.port).to_string()]
            }
            _ => self.given.clone(),
        }
    }
}

/// Enrols this machine with the standby's code.
///
/// # Errors
/// Why not.
pub async fn enrol(
    hub: &str,
    code: &SeatCode,
    (identity, certificate): (Identity, Certificate),
    found_at: &FoundAt,
) -> Result<StandbyKeys, ConnectFault> {
    in_time(async {
        let (mut stream, exporter) = open(hub, None).await?;
        let (key, digest) = (identity.public(), code.digest());
        let hello = Hello::EnrolStandby {
            version: VERSION,
            key: key.clone(),
            proof: proof::of_code(&digest, proof::End::Terminal, &exporter, &key),
            pin: certificate.pin(),
            addresses: found_at.at(&stream),
        };
        write_frame(&mut stream, &hello, STANDBY_BYTES_MAX).await?;
        match read_frame(&mut stream, STANDBY_BYTES_MAX).await? {
            ToScreen::Welcome { session, actor: Actor::Standby, proof: Some(given), .. }
                if proof::same(&given, &proof::of_code(&digest, proof::End::Hub, &exporter, &key)) =>
            {
                let pin = tls::shown_pin(stream.get_ref().1.peer_certificates())
                    .ok_or_else(|| ConnectFault::FalseHub(hub.to_owned()))?;
                let keys = Keys { session, identity, trustee: None, certificate };
                Ok(StandbyKeys { keys, hub: hub.to_owned(), pin })
            }
            ToScreen::TurnedAway(away) => Err(ConnectFault::TurnedAway(away)),
            _ => Err(ConnectFault::FalseHub(hub.to_owned())),
        }
    })
    .await
}

/// Follows the hub until `stop` is true, the record is sealed, or the hub is not to be followed. What the screen shows goes to
/// `views`.
pub async fn follow(
    folder: &Path,
    mut kept: StandbyKeys,
    mut keeper: Keeper,
    found_at: FoundAt,
    views: watch::Sender<Arc<View>>,
    mut stop: watch::Receiver<bool>,
) -> End {
    let told = Told { views };
    told.record(&keeper);
    let mut since = None;
    loop {
        let connected = tokio::select! {
            connected = come_back(&kept, &found_at) => connected,
            _ = stop.wait_for(|stop| *stop) => return End::Stopped,
        };
        match connected {
            Ok(stream) => {
                since = None;
                told.link(Link::Connected);
                let over;
                (keeper, kept, over) =
                    connection(folder, keeper, kept, stream, told.clone(), &mut stop).await;
                match over {
                    Over::Refused => return End::Refused,
                    Over::TurnedAway(away) => {
                        told.link(Link::TurnedAway(away));
                        return End::Refused;
                    }
                    Over::Lost => {}
                }
            }
            Err(ConnectFault::TurnedAway(away)) => {
                told.link(Link::TurnedAway(away));
                return End::Refused;
            }
            Err(_) => {}
        }
        if keeper.is_sealed() {
            told.change(|view| view.sealed = true);
            return End::Sealed;
        }
        let since = *since.get_or_insert_with(Timestamp::now);
        told.link(Link::Lost { since, tries: 0 });
        tokio::select! {
            () = sleep(AGAIN) => {}
            _ = stop.wait_for(|stop| *stop) => return End::Stopped,
        }
    }
}

/// Shows the record of a machine that follows nobody any more, until `stop` is true.
pub async fn only_show(
    keeper: &Keeper,
    views: watch::Sender<Arc<View>>,
    mut stop: watch::Receiver<bool>,
) -> End {
    Told { views }.record(keeper);
    let _ = stop.wait_for(|stop| *stop).await;
    End::Stopped
}

/// Tells the hub that this machine followed, again and again, that it has taken over: whenever that hub's machine comes back, it
/// learns so and acknowledges nothing more. `line` is the proof.
pub async fn keep_telling(kept: StandbyKeys, line: String) {
    let nowhere = FoundAt { given: Vec::new(), port: 0 };
    loop {
        // Whether it was heard is of no consequence here: nobody who has seen the line follows that hub.
        let told = async {
            let mut stream = come_back(&kept, &nowhere).await?;
            let message = FromStandby::TakenOver { line: line.clone() };
            write_frame(&mut stream, &message, STANDBY_BYTES_MAX).await?;
            // Until it has read that, and closes.
            while read_frame::<ToStandby>(&mut stream, STANDBY_BYTES_MAX).await.is_ok() {}
            Ok::<(), ConnectFault>(())
        };
        let _ = timeout(TELL_EVERY, told).await;
        sleep(TELL_EVERY).await;
    }
}

/// What the screen is told.
#[derive(Clone)]
struct Told {
    views: watch::Sender<Arc<View>>,
}

impl Told {
    fn change(&self, change: impl FnOnce(&mut View)) {
        self.views.send_modify(|view| change(Arc::make_mut(view)));
    }

    fn record(&self, keeper: &Keeper) {
        let replay = keeper.replay();
        let state = replay.state().cloned().map(Arc::new);
        let chain = Chain { number: replay.number(), hash: replay.hash().to_owned() };
        self.change(|view| (view.state, view.chain) = (state, chain));
    }

    fn link(&self, link: Link) {
        self.change(|view| view.link = link);
    }

    fn alarm(&self, alarm: Option<Alarm>) {
        self.change(|view| view.alarm = alarm);
    }
}

/// Why a connection is over.
enum Over {
    Lost,
    /// What came does not hold.
    Refused,
    TurnedAway(TurnedAway),
}

async fn come_back(kept: &StandbyKeys, found_at: &FoundAt) -> Result<TlsStream<TcpStream>, ConnectFault> {
    in_time(async {
        let (mut stream, exporter) = open(&kept.hub, Some(kept.pin.clone())).await?;
        let session = kept.keys.session.clone();
        let text = proof::connect_text(&session, &Actor::Standby, &exporter);
        let signature = kept.keys.identity.sign(&text);
        let addresses = found_at.at(&stream);
        let hello = Hello::Standby { version: VERSION, session, signature, addresses };
        write_frame(&mut stream, &hello, STANDBY_BYTES_MAX).await?;
        Ok(stream)
    })
    .await
}

/// One connection, from the hub's welcome to its end. The disk's work has a thread of its own; when this returns, it has ended.
async fn connection(
    folder: &Path,
    keeper: Keeper,
    mut kept: StandbyKeys,
    stream: TlsStream<TcpStream>,
    told: Told,
    stop: &mut watch::Receiver<bool>,
) -> (Keeper, StandbyKeys, Over) {
    let (mut reader, writer) = split(stream);
    let trustee = match hear(&mut reader).await {
        Some(ToStandby::Welcome { trustee, .. }) => trustee,
        Some(ToStandby::TurnedAway(away)) => return (keeper, kept, Over::TurnedAway(away)),
        _ => return (keeper, kept, Over::Lost),
    };
    if let Err(error) = keep_trustee(folder, &mut kept, trustee) {
        told.alarm(Some(Alarm::Store(error)));
        return (keeper, kept, Over::Lost);
    }
    let (to_disk, inbox) = mpsc::channel(AHEAD);
    let (from_disk, outbox) = mpsc::channel(AHEAD);
    let working = {
        let told = told.clone();
        tokio::task::spawn_blocking(move || work(keeper, inbox, &from_disk, &told))
    };
    let mut over = Over::Lost;
    let reading = async {
        while let Some(message) = hear(&mut reader).await {
            match message {
                ToStandby::TurnedAway(away) => return Over::TurnedAway(away),
                ToStandby::Ping => {}
                message => {
                    if to_disk.send(message).await.is_err() {
                        break;
                    }
                }
            }
        }
        Over::Lost
    };
    tokio::select! {
        ended = reading => over = ended,
        () = write(writer, outbox) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
    drop(to_disk);
    match working.await {
        Ok((keeper, held)) => {
            let over = if held { over } else { Over::Refused };
            (keeper, kept, over)
        }
        // The work has panicked, and the keeper with it.
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// The key of the ballot boxes, where the hub has it: without it nothing could be opened after a takeover.
fn keep_trustee(folder: &Path, kept: &mut StandbyKeys, trustee: Option<String>) -> Result<(), String> {
    let bytes = |text: String| data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
    let given = trustee.and_then(bytes).and_then(|bytes| TrusteeKey::from_bytes(&bytes).ok());
    let Some(given) = given.filter(|_| kept.keys.trustee.is_none()) else { return Ok(()) };
    kept.keys.trustee = Some(given);
    Vault::new(&folder.join("private")).keep_standby_keys(kept).map_err(|fault| fault.to_string())
}

async fn hear(reader: &mut ReadHalf<TlsStream<TcpStream>>) -> Option<ToStandby> {
    let silence = Duration::from_secs(SILENCE_SECONDS_MAX);
    timeout(silence, read_frame(reader, STANDBY_BYTES_MAX)).await.ok()?.ok()
}

async fn write(mut writer: WriteHalf<TlsStream<TcpStream>>, mut outbox: mpsc::Receiver<FromStandby>) {
    let mut ping = interval(Duration::from_secs(STANDBY_PING_SECONDS));
    loop {
        let message = tokio::select! {
            message = outbox.recv() => match message {
                Some(message) => message,
                None => return,
            },
            _ = ping.tick() => FromStandby::Ping,
        };
        let written: Result<(), FrameFault> = write_frame(&mut writer, &message, STANDBY_BYTES_MAX).await;
        if written.is_err() {
            return;
        }
    }
}

/// What the disk has to do; blocks. False: what came does not hold.
fn work(
    mut keeper: Keeper,
    mut inbox: mpsc::Receiver<ToStandby>,
    outbox: &mpsc::Sender<FromStandby>,
    told: &Told,
) -> (Keeper, bool) {
    let worked = begin(&keeper, outbox).and_then(|()| {
        while let Some(message) = inbox.blocking_recv() {
            do_one(&mut keeper, &message, outbox, told)?;
        }
        Ok(())
    });
    let Err(fault) = worked else { return (keeper, true) };
    let (says, holds) = (fault.to_string(), !fault.is_hubs());
    told.alarm(Some(if holds { Alarm::Store(says.clone()) } else { Alarm::Record(says.clone()) }));
    let _ = outbox.blocking_send(FromStandby::Stops { says });
    (keeper, holds)
}

fn begin(keeper: &Keeper, outbox: &mpsc::Sender<FromStandby>) -> Result<(), KeepFault> {
    let _ = outbox.blocking_send(FromStandby::Holds { files: keeper.holds()? });
    Ok(())
}

fn do_one(
    keeper: &mut Keeper,
    message: &ToStandby,
    outbox: &mpsc::Sender<FromStandby>,
    told: &Told,
) -> Result<(), KeepFault> {
    match message {
        ToStandby::Step(step) => keeper.apply(step),
        ToStandby::Mark { number } => {
            keeper.sync()?;
            let _ = outbox.blocking_send(FromStandby::Durable { number: *number });
            told.record(keeper);
            told.alarm(None);
            Ok(())
        }
        ToStandby::Welcome { .. } | ToStandby::TurnedAway(_) | ToStandby::Ping => Ok(()),
    }
}
