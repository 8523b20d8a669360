//! One task a connection. It says hello, then passes on what comes and sends what is published, at its own pace. It
//! knows no rule of the meeting.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{ReadHalf, WriteHalf, split};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::door::{Door, Visitor};
use super::doorkeeper::Tried;
use super::majority::Pulse;
use super::message::{Connected, Message, Welcome};
use super::mirror::Mirror;
use super::notice::{Notices, SealState};
use super::sealing::OfSeal;
use super::standby;
use crate::ballot::{BallotError, SignedBallot};
use crate::meeting::{Actor, Machine, SessionId};
use crate::plan::SessionFolder;
use crate::wire::TurnedAway;
use crate::wire::frame::{HELLO_BYTES_MAX, TO_HUB_BYTES_MAX, TO_SCREEN_BYTES_MAX};
use crate::wire::live::Strangers;
use crate::wire::proof::{EXPORTER_LABEL, Exporter};
use crate::wire::{
    Anonymous, Answer, FrameFault, Hello, Live, Receipt, ToHub, ToScreen, VERSION, WrongAnswer, read_frame,
    write_frame,
};

/// How long an anonymous act may take to arrive.
const ACT_SECONDS_MAX: u64 = 10;

/// The longest anonymous act while no ballots are taken: a registration, or a slip.
const SMALL_ACT_BYTES_MAX: usize = 64 * 1024;

/// How long a screen may take to receive one frame before it is dropped; it comes back and catches up.
pub(super) const WRITE_SECONDS_MAX: u64 = 20;

/// How long an enrolled screen may be silent; it pings in between.
pub const SILENCE_SECONDS_MAX: u64 = 45;

/// How long a screen is told nothing new of what is no part of the record: terminals that come and go in their hundreds
/// are told of together.
const LIVE_REST: Duration = Duration::from_millis(200);

/// How many bytes of lines go into one frame, about.
const LINES_BYTES: usize = 256 * 1024;

/// How many asks of one connection may wait; the next is read when one has been answered.
const ASKS_MAX: usize = 16;

/// What all connections share.
pub(super) struct Counter {
    pub door: Arc<Door>,
    /// Ballots are checked in turn: so many at once.
    pub checks: Semaphore,
    pub desk: mpsc::Sender<Message>,
    pub notices: Notices,
    pub mirror: Arc<Mirror>,
    pub folder: SessionFolder,
    pub session: SessionId,
    pub tls: TlsAcceptor,
}

type Reader = ReadHalf<TlsStream<TcpStream>>;
type Writer = WriteHalf<TlsStream<TcpStream>>;

/// Serves one peer until it goes.
pub(super) async fn serve(counter: Arc<Counter>, socket: TcpStream, visitor: Visitor) {
    let _ = socket.set_nodelay(true);
    match timeout(visitor.patience(), hello(&counter, socket, &visitor)).await {
        Ok(Ok(Some((hello, exporter, reader, writer)))) => {
            let _ = greet(&counter, visitor, hello, &exporter, reader, writer).await;
        }
        Ok(Ok(None)) => {}
        // It said what is no message, or nothing in time.
        Ok(Err(_)) | Err(_) => visitor.refuse(),
    }
}

type Greeted = Option<(Hello, Exporter, Reader, Writer)>;

async fn hello(counter: &Counter, socket: TcpStream, visitor: &Visitor) -> Result<Greeted, FrameFault> {
    // Who says nothing costs a place and nothing else; who speaks waits for the handshake's turn.
    if socket.peek(&mut [0u8; 1]).await? == 0 {
        return Ok(None);
    }
    if !visitor.turn().await {
        return Ok(None);
    }
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
    mut visitor: Visitor,
    hello: Hello,
    exporter: &Exporter,
    reader: Reader,
    mut writer: Writer,
) -> Result<(), FrameFault> {
    let version = match &hello {
        Hello::Enrol { version, .. }
        | Hello::EnrolStandby { version, .. }
        | Hello::Enrolled { version, .. }
        | Hello::Standby { version, .. }
        | Hello::Anonymous { version, .. } => *version,
    };
    if version != VERSION {
        return send(&mut writer, &ToScreen::TurnedAway(TurnedAway::Version)).await;
    }
    match hello {
        Hello::Enrol { key, proof, .. } => {
            let exporter = *exporter;
            let enrol = |reply| Message::Enrol { key, proof, exporter, reply };
            try_code(counter, &visitor, enrol, &mut writer).await
        }
        Hello::EnrolStandby { key, proof, pin, addresses, .. } => {
            let (exporter, machine) = (*exporter, Machine { key, pin, addresses });
            let enrol = |reply| Message::EnrolStandby { machine, proof, exporter, reply };
            try_code(counter, &visitor, enrol, &mut writer).await
        }
        Hello::Standby { session, signature, addresses, .. } if session == counter.session => {
            let exporter = *exporter;
            let (kick, kicked) = oneshot::channel();
            let let_in = ask(&counter.desk, |reply| Message::ConnectStandby {
                addresses,
                signature,
                exporter,
                kick,
                reply,
            })
            .await;
            match let_in {
                Some(Ok(let_in)) => {
                    let (actor, connection) = (Actor::Standby, let_in.connection);
                    let result = match visitor.sit_down(&actor) {
                        true => standby::serve(counter, let_in, kicked, reader, writer).await,
                        false => Ok(()),
                    };
                    let _ = counter.desk.send(Message::Disconnect { actor, connection }).await;
                    result
                }
                Some(Err(away)) => send(&mut writer, &ToScreen::TurnedAway(away)).await,
                None => Ok(()),
            }
        }
        Hello::Anonymous { session, .. } if session == counter.session => {
            if !visitor.act() {
                return Ok(());
            }
            let done = anonymous(counter, reader, writer).await;
            if matches!(done, Err(FrameFault::Unknown(_) | FrameFault::TooLong { .. })) {
                counter.door.refuse_unnamed();
            }
            done
        }
        Hello::Enrolled { session, actor, signature, have, .. } if session == counter.session => {
            let (exporter, pulse) = (*exporter, Pulse::new());
            let (kick, kicked) = oneshot::channel();
            let (whose, heard) = (actor.clone(), Arc::clone(&pulse));
            let connected = ask(&counter.desk, |reply| Message::Connect {
                actor: whose,
                signature,
                exporter,
                have,
                pulse: heard,
                kick,
                reply,
            })
            .await;
            match connected {
                Some(Ok(Connected { number: connection, reached })) => {
                    let welcome = ToScreen::Welcome {
                        session: counter.session.clone(),
                        actor: actor.clone(),
                        proof: None,
                        reached,
                    };
                    let result = match visitor.sit_down(&actor) {
                        true => match send(&mut writer, &welcome).await {
                            Ok(()) => enrolled(counter, &actor, have, (kicked, pulse), reader, writer).await,
                            Err(fault) => Err(fault),
                        },
                        false => Ok(()),
                    };
                    let _ = counter.desk.send(Message::Disconnect { actor, connection }).await;
                    result
                }
                Some(Err(away)) => send(&mut writer, &ToScreen::TurnedAway(away)).await,
                None => Ok(()),
            }
        }
        Hello::Anonymous { .. } | Hello::Enrolled { .. } | Hello::Standby { .. } => {
            send(&mut writer, &ToScreen::TurnedAway(TurnedAway::OtherMeeting)).await
        }
    }
}

/// A code is tried, when it is its turn, and answered.
async fn try_code(
    counter: &Counter,
    visitor: &Visitor,
    enrol: impl FnOnce(oneshot::Sender<Result<Welcome, TurnedAway>>) -> Message,
    writer: &mut Writer,
) -> Result<(), FrameFault> {
    let Some(attempt) = visitor.try_code().await else {
        return send(writer, &ToScreen::TurnedAway(TurnedAway::TooManyTries)).await;
    };
    let result = ask(&counter.desk, enrol).await;
    attempt.ended(match &result {
        Some(Ok(_)) => Tried::Right,
        Some(Err(TurnedAway::WrongCode)) => Tried::Wrong,
        _ => Tried::Undecided,
    });
    let message = match result {
        Some(Ok(welcome)) => ToScreen::Welcome {
            session: counter.session.clone(),
            actor: welcome.actor,
            proof: Some(welcome.proof),
            reached: None,
        },
        Some(Err(away)) => ToScreen::TurnedAway(away),
        None => return Ok(()),
    };
    send(writer, &message).await
}

/// One act, then the connection ends.
async fn anonymous(counter: &Counter, mut reader: Reader, mut writer: Writer) -> Result<(), FrameFault> {
    let voting = !counter.notices.elections.borrow().is_empty();
    let bytes_max = if voting { TO_HUB_BYTES_MAX } else { SMALL_ACT_BYTES_MAX };
    let act = timeout(Duration::from_secs(ACT_SECONDS_MAX), read_frame(&mut reader, bytes_max)).await;
    let Ok(act) = act else { return Ok(()) };
    let answer = match act? {
        Anonymous::Register { ballot, credential, token } => {
            ask(&counter.desk, |reply| Message::Register { ballot, credential, token, reply }).await
        }
        Anonymous::Slip { item, act, .. } => {
            ask(&counter.desk, |reply| Message::Slip { item, act, reply }).await
        }
        Anonymous::Cast { ballot, bytes, receipt, .. } => {
            cast(counter, ballot, bytes.into_bytes(), receipt).await
        }
    };
    match answer {
        Some(answer) => send(&mut writer, &answer).await,
        None => Ok(()),
    }
}

/// A ballot is checked in full here, beside the desk, before the desk sees it: so many at a time, and what costs little
/// first. Nobody but the holder of a listed credential has the proofs looked at, and once its ballot is in, nor does
/// the holder.
async fn cast(
    counter: &Counter,
    ballot: crate::meeting::BallotId,
    bytes: Vec<u8>,
    receipt: Option<Receipt>,
) -> Option<ToScreen> {
    let Some(setup) = counter.notices.elections.borrow().get(&ballot).cloned() else {
        return Some(ToScreen::ActRefused(WrongAnswer::NotOpen));
    };
    let _turn = counter.checks.acquire().await.ok()?;
    let checking = {
        let setup = Arc::clone(&setup);
        tokio::task::spawn_blocking(move || (setup.check_signed(&bytes), bytes))
    };
    let (signed, bytes) = checking.await.ok()?;
    let SignedBallot { hash, credential } = match signed {
        Ok(signed) => signed,
        Err(error) => return Some(not_valid(&error)),
    };
    let about = ballot.clone();
    let returned = |reply| Message::Returned { ballot: about, credential, hash, reply };
    if let Some(answer) = ask(&counter.desk, returned).await? {
        return Some(answer);
    }
    let checking = tokio::task::spawn_blocking(move || (setup.check_ballot(&bytes), bytes));
    let (checked, bytes) = checking.await.ok()?;
    match checked {
        Ok(checked) => {
            let checked = Box::new(checked);
            ask(&counter.desk, |reply| Message::Cast { ballot, checked, bytes, receipt, reply }).await
        }
        Err(error) => Some(not_valid(&error)),
    }
}

fn not_valid(error: &BallotError) -> ToScreen {
    ToScreen::ActRefused(WrongAnswer::Ballot { says: error.to_string() })
}

/// What a screen has said, with its place among those that wait.
type Said = (ToHub, OwnedSemaphorePermit);

/// What a screen says, read beside the writing: a frame that has begun to arrive is never torn. The reading ends with
/// what is returned, so that no half of a connection outlives the other. A seat that floods is read from more slowly:
/// it waits, and nobody else.
fn listen(
    door: Arc<Door>,
    actor: Actor,
    pulse: Arc<Pulse>,
    mut reader: Reader,
) -> (mpsc::Receiver<Result<Said, FrameFault>>, JoinSet<()>) {
    let (heard, inbox) = mpsc::channel(1);
    let places = Arc::new(Semaphore::new(ASKS_MAX));
    let mut reading = JoinSet::new();
    reading.spawn(async move {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
            let silence = Duration::from_secs(SILENCE_SECONDS_MAX);
            let Ok(frame) = timeout(silence, read_frame(&mut reader, TO_HUB_BYTES_MAX)).await else { return };
            let last = frame.is_err();
            pulse.beat();
            door.pace(&actor).await;
            if heard.send(frame.map(|said| (said, place))).await.is_err() || last {
                return;
            }
        }
    });
    (inbox, reading)
}

/// Sends the lines that a screen does not have yet.
async fn send_lines(
    counter: &Counter,
    actor: &Actor,
    have: &mut u64,
    writer: &mut Writer,
) -> Result<(), FrameFault> {
    let count = *counter.notices.ledger.counts().borrow();
    while *have < count {
        let lines = counter.notices.ledger.after(*have, actor, LINES_BYTES);
        *have += lines.len() as u64;
        send(writer, &ToScreen::Lines { lines }).await?;
    }
    Ok(())
}

async fn enrolled(
    counter: &Arc<Counter>,
    actor: &Actor,
    mut have: u64,
    (mut kicked, pulse): (oneshot::Receiver<TurnedAway>, Arc<Pulse>),
    reader: Reader,
    mut writer: Writer,
) -> Result<(), FrameFault> {
    let (mut heard, _reading) = listen(Arc::clone(&counter.door), actor.clone(), pulse, reader);
    let (answers, mut answered) = mpsc::channel::<ToScreen>(ASKS_MAX);
    let mut counts = counter.notices.ledger.counts();
    let mut live = counter.notices.live.subscribe();
    let mut seal = counter.notices.seal.subscribe();
    let mut strangers = counter.notices.strangers.subscribe();
    live.mark_changed();
    seal.mark_changed();
    let presides = *actor == Actor::Console;
    let rest = sleep(Duration::ZERO);
    tokio::pin!(rest);
    let mut desk_there = true;
    let mut seal_told = String::new();
    loop {
        counts.mark_unchanged();
        send_lines(counter, actor, &mut have, &mut writer).await?;
        tokio::select! {
            changed = counts.changed() => if changed.is_err() { return Ok(()) },
            () = &mut rest, if !rest.is_elapsed() => {}
            changed = live.changed(), if rest.is_elapsed() => {
                if changed.is_err() { return Ok(()) }
                rest.set(sleep(LIVE_REST));
                let told = for_screen(live.borrow_and_update().clone(), &strangers.borrow(), presides);
                send(&mut writer, &ToScreen::Live(told)).await?;
            }
            changed = strangers.changed(), if presides => {
                if changed.is_err() { return Ok(()) }
                let told = for_screen(live.borrow().clone(), &strangers.borrow_and_update(), presides);
                send(&mut writer, &ToScreen::Live(told)).await?;
            }
            changed = seal.changed() => {
                if changed.is_err() { return Ok(()) }
                let state = seal.borrow_and_update().clone();
                match state {
                    SealState::NotYet => {}
                    SealState::Ready(told) => {
                        // Whoever is to sign has the record to its end.
                        send_lines(counter, actor, &mut have, &mut writer).await?;
                        let text = if actor.seat().is_some() { &told.to_seats } else { &told.whole };
                        if *text != seal_told {
                            seal_told.clone_from(text);
                            send(&mut writer, &ToScreen::SealReady { transcript: text.clone() }).await?;
                        }
                    }
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

async fn of_seal(counter: &Counter, from: Actor, number: u64, said: OfSeal) -> Option<(u64, Answer)> {
    let answer = ask(&counter.desk, |reply| Message::Seal { from, said, reply }).await?;
    Some((number, answer))
}

/// Only the console is told which screens are connected, and who knocks.
fn for_screen(mut live: Live, strangers: &Option<Strangers>, presides: bool) -> Live {
    if presides {
        live.strangers.clone_from(strangers);
    } else {
        live.connections = None;
    }
    live
}

fn pass_on(counter: &Arc<Counter>, actor: &Actor, said: Said, answers: mpsc::Sender<ToScreen>) {
    let (counter, from) = (Arc::clone(counter), actor.clone());
    tokio::spawn(async move {
        // Until the answer is on its way.
        let (said, _place) = said;
        let answer = match said {
            ToHub::Ping => {
                let _ = answers.send(ToScreen::Pong).await;
                return;
            }
            ToHub::TakenOver { line } => {
                let _ = counter.desk.send(Message::TakenOver { line }).await;
                return;
            }
            ToHub::Order { ask: number, order } => {
                let answer = ask(&counter.desk, |reply| Message::Order { from, order, reply }).await;
                if matches!(answer, Some(Answer::Done { code: Some(_), .. })) {
                    counter.door.forgive();
                }
                answer.map(|answer| (number, answer))
            }
            ToHub::Dealing { ask: number, ceremony, dealing } => {
                let answer =
                    ask(&counter.desk, |reply| Message::Dealing { from, ceremony, dealing, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::Share { ask: number, ceremony, proof } => {
                let answer =
                    ask(&counter.desk, |reply| Message::Share { from, ceremony, proof, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::Ballots { ask: number, ballot, from: first } => {
                let answer =
                    ask(&counter.desk, |reply| Message::Ballots { from, ballot, first, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::Factors { ask: number, ballot, factors } => {
                let answer =
                    ask(&counter.desk, |reply| Message::Factors { from, ballot, factors, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::ExamPaper { ask: number, item } => {
                let answer = ask(&counter.desk, |reply| Message::ExamPaper { from, item, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::ExamSheet { ask: number, item, sheet } => {
                let answer =
                    ask(&counter.desk, |reply| Message::ExamSheet { from, item, sheet, reply }).await;
                answer.map(|answer| (number, answer))
            }
            ToHub::SealSignature { ask: number, signature } => {
                of_seal(&counter, from, number, OfSeal::Signature(signature)).await
            }
            ToHub::SealRefusal { ask: number, reason, signature } => {
                of_seal(&counter, from, number, OfSeal::Refusal { reason, signature }).await
            }
            ToHub::SealWithout { ask: number, who, reason } => {
                of_seal(&counter, from, number, OfSeal::Without { who, reason }).await
            }
            ToHub::Witness { ask: number, signature } => {
                of_seal(&counter, from, number, OfSeal::Witness(signature)).await
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
