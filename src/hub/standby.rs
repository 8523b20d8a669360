//! The machine that stands by, as the hub sees it: it is enrolled with a code of its own, gets the whole folder, and then
//! every step as it is done.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{ReadHalf, WriteHalf};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};
use tokio_rustls::server::TlsStream;

use super::connection::Counter;
use super::desk::Desk;
use super::message::{Message, Welcome};
use super::whole::send_differing;
use crate::meeting::{Actor, Command, Machine};
use crate::wire::proof::{self, Exporter};
use crate::wire::standby::{FromStandby, STANDBY_BYTES_MAX, STANDBY_PING_SECONDS, ToStandby};
use crate::wire::{FrameFault, TurnedAway, frame, write_frame};

/// How long a standby may take to look through what it holds.
const HOLDS_SECONDS_MAX: u64 = 120;

/// How long a standby may be silent; it pings in between.
const SILENCE_SECONDS_MAX: u64 = 5;

/// How many steps of the whole folder are read ahead.
const AHEAD: usize = 8;

type Heard = mpsc::Receiver<Result<FromStandby, FrameFault>>;
type Writer = WriteHalf<TlsStream<TcpStream>>;

/// A standby that was let in.
pub(super) struct LetIn {
    pub connection: u64,
    /// The key of the ballot boxes, in hex, where this hub has it.
    pub trustee: Option<String>,
}

impl Desk {
    /// The standby's code, and nobody else's, opens its place.
    pub(super) fn enrol_standby(
        &mut self,
        machine: Machine,
        given: &str,
        exporter: &Exporter,
    ) -> Result<Welcome, TurnedAway> {
        let key = machine.key.clone();
        let (seat, digest) = self.slip_of(&key, given, exporter).ok_or(TurnedAway::WrongCode)?;
        if Actor::from(seat.as_str()) != Actor::Standby {
            return Err(TurnedAway::WrongCode);
        }
        let proof = proof::of_code(&digest, proof::End::Hub, exporter, &key);
        let Machine { key, pin, addresses } = machine;
        match self.by_rule(&Command::EnrolStandby { key, pin, addresses }) {
            Ok(()) => {
                let _ = self.codes.mark_used(&seat);
                self.codes_changed = true;
                Ok(Welcome { actor: Actor::Standby, proof })
            }
            Err(_) => Err(TurnedAway::UsedCode),
        }
    }

    /// The machine that the record names comes back, perhaps at other addresses.
    pub(super) fn connect_standby(
        &mut self,
        addresses: Vec<String>,
        signature: &str,
        exporter: &Exporter,
        kick: oneshot::Sender<TurnedAway>,
    ) -> Result<LetIn, TurnedAway> {
        let state = self.state().ok_or(TurnedAway::OtherMeeting)?;
        let machine = state.standby.as_ref().ok_or(TurnedAway::KeyRevoked)?.machine.clone();
        let connection = self.connect(Actor::Standby, signature, exporter, kick, None)?.number;
        if !addresses.is_empty() && addresses != machine.addresses {
            let Machine { key, pin, .. } = machine;
            let _ = self.by_rule(&Command::EnrolStandby { key, pin, addresses });
        }
        let trustee = self.keys.trustee.as_ref();
        let trustee = trustee.map(|key| data_encoding::HEXLOWER.encode(&*key.to_bytes()));
        Ok(LetIn { connection, trustee })
    }
}

/// Serves the standby until it goes, or falls behind.
pub(super) async fn serve(
    counter: &Arc<Counter>,
    let_in: LetIn,
    mut kicked: oneshot::Receiver<TurnedAway>,
    reader: ReadHalf<TlsStream<TcpStream>>,
    mut writer: Writer,
) -> Result<(), FrameFault> {
    let LetIn { connection, trustee } = let_in;
    say(&mut writer, &ToStandby::Welcome { session: counter.session.clone(), trustee }).await?;
    let (mut heard, _reading) = listen(reader);
    let holds = timeout(Duration::from_secs(HOLDS_SECONDS_MAX), async {
        loop {
            match heard.recv().await {
                Some(Ok(FromStandby::Holds { files })) => break Some(files),
                Some(Ok(FromStandby::Ping)) => {}
                Some(Ok(FromStandby::TakenOver { line })) => {
                    let _ = counter.desk.send(Message::TakenOver { line }).await;
                    break None;
                }
                _ => break None,
            }
        }
    });
    let Ok(Some(files)) = holds.await else { return Ok(()) };
    let mirror = Arc::clone(&counter.mirror);
    // From here on every step waits in line, behind the folder as it is.
    let mut outgoing = mirror.begin(connection);
    let (sender, mut whole) = mpsc::channel(AHEAD);
    let copying = {
        let root = mirror.root().to_owned();
        tokio::task::spawn_blocking(move || send_differing(&root, files, &sender))
    };
    let served = async {
        while let Some(step) = whole.recv().await {
            say(&mut writer, &ToStandby::Step(step)).await?;
        }
        copying.await.map_err(std::io::Error::other)??;
        say(&mut writer, &ToStandby::Mark { number: 0 }).await?;
        let mut ping = interval(Duration::from_secs(STANDBY_PING_SECONDS));
        loop {
            tokio::select! {
                message = outgoing.next() => match message {
                    Some(message) => say(&mut writer, &message).await?,
                    None => return Ok(()),
                },
                said = heard.recv() => match said {
                    Some(Ok(FromStandby::Durable { number: 0 })) => {
                        let _ = counter.desk.send(Message::StandbyInStep { connection }).await;
                    }
                    Some(Ok(FromStandby::Durable { number })) => mirror.acknowledge(connection, number),
                    Some(Ok(FromStandby::Ping)) => {}
                    Some(Ok(
                        FromStandby::Holds { .. } | FromStandby::TakenOver { .. } | FromStandby::Stops { .. },
                    ))
                    | None => return Ok(()),
                    Some(Err(fault)) => return Err(fault),
                },
                away = &mut kicked => {
                    return match away {
                        Ok(away) => say(&mut writer, &ToStandby::TurnedAway(away)).await,
                        // The hub is ending; what it did last is on its way.
                        Err(_) => finish(&mut outgoing, &mut writer).await,
                    };
                }
                _ = ping.tick() => say(&mut writer, &ToStandby::Ping).await?,
            }
        }
    };
    let served = served.await;
    mirror.end(connection);
    let _ = counter.desk.send(Message::StandbyGone { connection }).await;
    served
}

/// What is on its way when the hub ends.
async fn finish(outgoing: &mut super::mirror::Outgoing, writer: &mut Writer) -> Result<(), FrameFault> {
    while let Ok(Some(message)) = timeout(Duration::from_millis(200), outgoing.next()).await {
        say(writer, &message).await?;
    }
    Ok(())
}

async fn say(writer: &mut Writer, message: &ToStandby) -> Result<(), FrameFault> {
    let written = write_frame(writer, message, STANDBY_BYTES_MAX);
    timeout(Duration::from_secs(super::connection::WRITE_SECONDS_MAX), written)
        .await
        .unwrap_or_else(|_| Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()))
}

/// What the standby says.
fn listen(reader: ReadHalf<TlsStream<TcpStream>>) -> (Heard, JoinSet<()>) {
    frame::listen(reader, STANDBY_BYTES_MAX, Duration::from_secs(SILENCE_SECONDS_MAX))
}
