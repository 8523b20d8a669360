//! One task a connection. It says hello, then passes on what comes and sends what is published, at its own pace. It
//! knows no rule of the meeting.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::desk::{Message, Notices, SealState};
use crate::meeting::{Actor, SessionId};
use crate::plan::SessionFolder;
use crate::wire::TurnedAway;
use crate::wire::frame::{HELLO_BYTES_MAX, TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use crate::wire::proof::{EXPORTER_LABEL, Exporter};
use crate::wire::{
    Anonymous, Answer, FrameFault, Hello, Live, ToHub, ToScreen, VERSION, WrongAnswer, read_frame,
    write_frame,
};

/// How long a peer may take to say hello, TLS included.
const HELLO_SECONDS_MAX: u64 = 10;

/// How long a screen may take to receive one frame before it is dropped; it comes back and catches up.
const WRITE_SECONDS_MAX: u64 = 20;

/// How long an enrolled screen may be silent; it pings in between.
pub const SILENCE_SECONDS_MAX: u64 = 45;

/// How many bytes of lines go into one frame, about.
const LINES_BYTES: usize = 256 * 1024;

/// How many asks of one connection may wait.
const ASKS_MAX: usize = 16;

/// What all connections share.
pub(super) struct Counter {
    pub desk: mpsc::Sender<Message>,
    pub notices: Notices,
    pub folder: SessionFolder,
    pub session: SessionId,
    pub tls: TlsAcceptor,
}

type Reader = ReadHalf<TlsStream<TcpStream>>;
type Writer = WriteHalf<TlsStream<TcpStream>>;

/// Serves one peer until it goes.
pub(super) async fn serve(counter: Arc<Counter>, socket: TcpStream) {
    let _ = socket.set_nodelay(true);
    let hello = timeout(Duration::from_secs(HELLO_SECONDS_MAX), hello(&counter, socket)).await;
    if let Ok(Ok(Some((hello, exporter, reader, writer)))) = hello {
        let _ = greet(&counter, hello, &exporter, reader, writer).await;
    }
}

type Greeted = Option<(Hello, Exporter, Reader, Writer)>;

async fn hello(counter: &Counter, socket: TcpStream) -> Result<Greeted, FrameFault> {
    let stream = counter.tls.accept(socket).await?;
    let exported = stream.get_ref().1.export_keying_material([0u8; 32], EXPORTER_LABEL, None);
    let Ok(exporter) = exported else { return Ok(None) };
    let (mut reader, writer) = split(stream);
    let hello = read_frame(&mut reader, HELLO_BYTES_MAX).await?;
    Ok(Some((hello, exporter, reader, writer)))
}

async fn send(writer: &mut Writer, message: &ToScreen) -> Result<(), FrameFault> {
    let written = write_frame(writer, message, TO_SCREEN_BYTES_MAX);
    timeout(Duration::from_secs(WRITE_SECONDS_MAX), written)
        .await
        .unwrap_or_else(|_| Err(std::io::Error::from(std::io::ErrorKind::TimedOut).into()))
}

/// Asks the desk, and waits for what it answers. None: the hub is ending.
async fn ask<T>(
    desk: &mpsc::Sender<Message>,
    message: impl FnOnce(oneshot::Sender<T>) -> Message,
) -> Option<T> {
    let (reply, answer) = oneshot::channel();
    desk.send(message(reply)).await.ok()?;
    answer.await.ok()
}

async fn greet(
    counter: &Arc<Counter>,
    hello: Hello,
    exporter: &Exporter,
    reader: Reader,
    mut writer: Writer,
) -> Result<(), FrameFault> {
    let version = match &hello {
        Hello::Enrol { version, .. } | Hello::Enrolled { version, .. } | Hello::Anonymous { version, .. } => {
            *version
        }
    };
    if version != VERSION {
        return send(&mut writer, &ToScreen::TurnedAway(TurnedAway::Version)).await;
    }
    match hello {
        Hello::Enrol { key, proof, .. } => {
            let exporter = *exporter;
            let result = ask(&counter.desk, |reply| Message::Enrol { key, proof, exporter, reply }).await;
            let message = match result {
                Some(Ok(welcome)) => ToScreen::Welcome {
                    session: counter.session.clone(),
                    actor: welcome.actor,
                    proof: Some(welcome.proof),
                },
                Some(Err(away)) => ToScreen::TurnedAway(away),
                None => return Ok(()),
            };
            send(&mut writer, &message).await
        }
        Hello::Anonymous { session, .. } if session == counter.session => {
            anonymous(counter, reader, writer).await
        }
        Hello::Enrolled { session, actor, signature, have, .. } if session == counter.session => {
            let exporter = *exporter;
            let (kick, kicked) = oneshot::channel();
            let whose = actor.clone();
            let connected = ask(&counter.desk, |reply| Message::Connect {
                actor: whose,
                signature,
                exporter,
                kick,
                reply,
            })
            .await;
            match connected {
                Some(Ok(connection)) => {
                    let result = enrolled(counter, &actor, have, kicked, reader, writer).await;
                    let _ = counter.desk.send(Message::Disconnect { actor, connection }).await;
                    result
                }
                Some(Err(away)) => send(&mut writer, &ToScreen::TurnedAway(away)).await,
                None => Ok(()),
            }
        }
        Hello::Anonymous { .. } | Hello::Enrolled { .. } => {
            send(&mut writer, &ToScreen::TurnedAway(TurnedAway::OtherMeeting)).await
        }
    }
}

/// One act, then the connection ends.
async fn anonymous(counter: &Counter, mut reader: Reader, mut writer: Writer) -> Result<(), FrameFault> {
    let act =
        timeout(Duration::from_secs(HELLO_SECONDS_MAX), read_frame(&mut reader, TO_HUB_BYTES_MAX)).await;
    let Ok(act) = act else { return Ok(()) };
    let answer = match act? {
        Anonymous::Register { ballot, credential, token } => {
            ask(&counter.desk, |reply| Message::Register { ballot, credential, token, reply }).await
        }
        Anonymous::Slip { item, act, .. } => {
            ask(&counter.desk, |reply| Message::Slip { item, act, reply }).await
        }
        Anonymous::Cast { ballot, bytes } => cast(counter, ballot, bytes.into_bytes()).await,
    };
    match answer {
        Some(answer) => send(&mut writer, &answer).await,
        None => Ok(()),
    }
}

/// A ballot is checked in full here, beside the desk, before the desk sees it.
async fn cast(counter: &Counter, ballot: crate::meeting::BallotId, bytes: Vec<u8>) -> Option<ToScreen> {
    let Some(setup) = counter.notices.elections.borrow().get(&ballot).cloned() else {
        return Some(ToScreen::ActRefused(WrongAnswer::NotOpen));
    };
    let checking = tokio::task::spawn_blocking(move || {
        let checked = setup.check_ballot(&bytes);
        (checked, bytes)
    });
    let (checked, bytes) = checking.await.ok()?;
    match checked {
        Ok(checked) => {
            let checked = Box::new(checked);
            ask(&counter.desk, |reply| Message::Cast { ballot, checked, bytes, reply }).await
        }
        Err(error) => {
            let says = error.to_string();
            Some(ToScreen::ActRefused(WrongAnswer::Ballot { says }))
        }
    }
}

/// What a screen says, read beside the writing: a frame that has begun to arrive is never torn. The reading ends with
/// what is returned, so that no half of a connection outlives the other.
fn listen(mut reader: Reader) -> (mpsc::Receiver<Result<ToHub, FrameFault>>, JoinSet<()>) {
    let (heard, inbox) = mpsc::channel(1);
    let mut reading = JoinSet::new();
    reading.spawn(async move {
        loop {
            let silence = Duration::from_secs(SILENCE_SECONDS_MAX);
            let Ok(frame) = timeout(silence, read_frame(&mut reader, TO_HUB_BYTES_MAX)).await else { return };
            let last = frame.is_err();
            if heard.send(frame).await.is_err() || last {
                return;
            }
        }
    });
    (inbox, reading)
}

async fn enrolled(
    counter: &Arc<Counter>,
    actor: &Actor,
    mut have: u64,
    mut kicked: oneshot::Receiver<TurnedAway>,
    reader: Reader,
    mut writer: Writer,
) -> Result<(), FrameFault> {
    let welcome = ToScreen::Welcome { session: counter.session.clone(), actor: actor.clone(), proof: None };
    send(&mut writer, &welcome).await?;
    let (mut heard, _reading) = listen(reader);
    let (answers, mut answered) = mpsc::channel::<ToScreen>(ASKS_MAX);
    let mut counts = counter.notices.ledger.counts();
    let mut live = counter.notices.live.subscribe();
    let mut seal = counter.notices.seal.subscribe();
    live.mark_changed();
    seal.mark_changed();
    let mut desk_there = true;
    loop {
        let count = *counts.borrow_and_update();
        while have < count {
            let lines = counter.notices.ledger.after(have, actor, LINES_BYTES);
            have += lines.len() as u64;
            send(&mut writer, &ToScreen::Lines { lines }).await?;
        }
        tokio::select! {
            changed = counts.changed() => if changed.is_err() { return Ok(()) },
            changed = live.changed() => {
                if changed.is_err() { return Ok(()) }
                let told = for_screen(live.borrow_and_update().clone(), actor);
                send(&mut writer, &ToScreen::Live(told)).await?;
            }
            changed = seal.changed() => {
                if changed.is_err() { return Ok(()) }
                let state = seal.borrow_and_update().clone();
                match state {
                    SealState::NotYet => {}
                    SealState::Ready(body) => send(&mut writer, &ToScreen::SealReady { seal: body.text() }).await?,
                    // The answer to the one who signed goes first.
                    SealState::Sealed => {
                        while let Ok(Some(answer)) = timeout(Duration::from_millis(200), answered.recv()).await {
                            send(&mut writer, &answer).await?;
                        }
                        return send(&mut writer, &ToScreen::Sealed).await;
                    }
                }
            }
            Some(answer) = answered.recv() => send(&mut writer, &answer).await?,
            away = &mut kicked, if desk_there => match away {
                Ok(away) => return send(&mut writer, &ToScreen::TurnedAway(away)).await,
                // The hub is ending; what it has left to say, that the record is sealed, comes first.
                Err(_) => desk_there = false,
            },
            said = heard.recv() => match said {
                Some(Ok(said)) => pass_on(counter, actor, said, answers.clone()),
                Some(Err(fault)) => return Err(fault),
                None => return Ok(()),
            },
        }
    }
}

/// Only the console is told which screens are connected.
fn for_screen(mut live: Live, actor: &Actor) -> Live {
    if *actor != Actor::Console {
        live.connections = None;
    }
    live
}

fn pass_on(counter: &Arc<Counter>, actor: &Actor, said: ToHub, answers: mpsc::Sender<ToScreen>) {
    let (counter, from) = (Arc::clone(counter), actor.clone());
    tokio::spawn(async move {
        let answer = match said {
            ToHub::Ping => {
                let _ = answers.send(ToScreen::Pong).await;
                return;
            }
            ToHub::Order { ask: number, order } => {
                let answer = ask(&counter.desk, |reply| Message::Order { from, order, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::SealSignature { ask: number, signature } => {
                let answer =
                    ask(&counter.desk, |reply| Message::SealSignature { from, signature, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::Material { ask: number, path } => {
                let text = counter.folder.read_material(&path);
                let answer =
                    text.map_or(Answer::Wrong(WrongAnswer::NoMaterial), |text| Answer::Material { text });
                Some((number, answer))
            }
        };
        if let Some((ask, answer)) = answer {
            let _ = answers.send(ToScreen::Answer { ask, answer }).await;
        }
    });
}
