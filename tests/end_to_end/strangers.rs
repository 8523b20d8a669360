//! Strangers on the room's network: they guess codes, flood, say nothing or next to nothing, send again what they have
//! overheard. The meeting goes on, and the console sees who it is.
//!
//! Every address of 127.0.0.0/8 is a machine of its own here; 127.0.0.1 is the hub's.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use plenum::client::connect::{ConnectFault, enrol, fresh_identity};
use plenum::client::{TurnedAway, View};
use plenum::meeting::{Actor, Command, RoundPhase, SeatId};
use plenum::rules::Choice;
use plenum::wire::code::SeatCode;
use plenum::wire::frame::TO_SCREEN_BYTES_MAX;
use plenum::wire::{
    Anonymous, Answer, Hello, ToHub, ToScreen, VERSION, WrongAnswer, read_frame, tls, write_frame,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::room::{ByHand, Room, ballot, person, rng, soon};

/// A connection from the machine with this number.
async fn connect(host: &str, machine: u8) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::new(127, 0, 1, machine), 0)))?;
    socket.connect(host.parse().unwrap()).await
}

async fn connect_tls(host: &str, machine: u8) -> std::io::Result<TlsStream<TcpStream>> {
    let socket = connect(host, machine).await?;
    let connector = TlsConnector::from(tls::client(None).unwrap());
    connector.connect(ServerName::try_from("plenum").unwrap(), socket).await
}

/// Sends a code's proof from a machine: a wrong one.
async fn guess(host: &str, machine: u8) -> Option<TurnedAway> {
    let mut stream = connect_tls(host, machine).await.ok()?;
    let key = fresh_identity().public();
    let hello = Hello::Enrol { version: VERSION, key, proof: "00".repeat(32) };
    write_frame(&mut stream, &hello, 4_096).await.ok()?;
    match read_frame(&mut stream, 4_096).await.ok()? {
        ToScreen::TurnedAway(away) => Some(away),
        other => panic!("{other:?}"),
    }
}

/// The hub ends it, with or without an error.
async fn ended(stream: &mut (impl AsyncReadExt + Unpin)) {
    let mut rest = Vec::new();
    let _ = soon("the end of a connection", stream.read_to_end(&mut rest)).await;
}

fn knocking(view: &View) -> bool {
    view.live.strangers.is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_codes_and_the_seat_asks_the_console() {
    let mut room = Room::with(&["m1", "m2"]).await;
    let host = room.stage.host();
    let wrong = || SeatCode::generate(&mut rng());
    let away = |result: Result<_, ConnectFault>| match result.map(|_| ()) {
        Err(ConnectFault::TurnedAway(away)) => away,
        other => panic!("{other:?}"),
    };
    for _ in 0..5 {
        assert_eq!(away(enrol(&host, &wrong(), &fresh_identity()).await), TurnedAway::WrongCode);
    }
    // Now not even the right one is looked at: whoever tries cannot tell.
    let right = room.stage.code(&person("m5")).unwrap().clone();
    for code in [&wrong(), &right] {
        assert_eq!(away(enrol(&host, code, &fresh_identity()).await), TurnedAway::TooManyTries);
    }
    // Who is enrolled at that machine goes on, and comes back.
    room.clients["m2"].order(Command::SignOut { seat: SeatId::from("m2") }).await.unwrap();
    // Another machine is listened to, until it has guessed as often; all at once are not more.
    let guesses: Vec<_> = (0..12)
        .map(|_| {
            tokio::spawn({
                let host = host.clone();
                async move { guess(&host, 7).await }
            })
        })
        .collect();
    let mut answers = Vec::new();
    for guess in guesses {
        answers.extend(soon("an answer", guess).await.unwrap());
    }
    let count = |away: TurnedAway| answers.iter().filter(|answer| **answer == away).count();
    assert_eq!((count(TurnedAway::WrongCode), count(TurnedAway::TooManyTries)), (5, 7));
    let view = room
        .until("what the console is told", |view| {
            view.live.strangers.as_ref().is_some_and(|told| told.shut_out == 2)
        })
        .await;
    let told = view.live.strangers.clone().unwrap();
    assert_eq!(told.wrong_codes, 10);
    assert!(told.addresses.contains(&"127.0.1.7".to_owned()), "{told:?}");
    let member = room.clients["m2"].view();
    assert!(member.live.strangers.is_none(), "only the console is told");
    // The seat asks the console, which issues a code; that one opens the seat, from where it was refused.
    let done = room.console.order(Command::ReissueCode { who: person("m5") }).await.unwrap();
    let code = SeatCode::parse(&done.code.unwrap()).unwrap();
    assert_eq!(enrol(&host, &code, &fresh_identity()).await.unwrap().actor, person("m5"));
    room.until("calm", |view| view.live.strangers.as_ref().is_none_or(|told| told.wrong_codes == 0)).await;
    room.join("m3").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn floods_half_handshakes_and_silence_do_not_stop_the_meeting() {
    let room = Room::with(&["m1", "m2"]).await;
    let host = room.stage.host();
    // 500 that say nothing or break off in the middle of their first message, of ten machines.
    let mut silent = Vec::new();
    for number in 0..500u16 {
        let mut stream = connect(&host, 20 + (number % 10) as u8).await.unwrap();
        if number % 3 == 0 {
            stream.write_all(b"\x16\x03\x01\x02\x00\x01\x00").await.unwrap();
        }
        silent.push(stream);
    }
    // One that has shaken hands and then sends a byte now and then: it never gets to the end of its hello.
    let mut loris = connect_tls(&host, 40).await.unwrap();
    let loris = tokio::spawn(async move {
        let mut hello = (0..).map(|place: usize| b"\0\0\x0f\0{".get(place).copied().unwrap_or(b' '));
        loop {
            let mut byte = [0u8; 1];
            let ends = tokio::time::timeout(Duration::from_millis(200), loris.read(&mut byte)).await;
            let cut = matches!(ends, Ok(Ok(0) | Err(_)));
            if cut || loris.write_all(&[hello.next().unwrap()]).await.is_err() || loris.flush().await.is_err()
            {
                return;
            }
        }
    });
    // Malformed frames, as fast as they are taken, from four machines.
    let stop = Arc::new(AtomicBool::new(false));
    let floods: Vec<_> = (50..54u8)
        .map(|machine| {
            let (host, stop) = (host.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let frames: [&[u8]; 4] =
                    [b"\xff\xff\xff\xff", b"\0\0\0\x06plenum", b"\0\0\0\x03\xff\xfe\xfd", b"\0\0\0\x40{"];
                let mut sent = 0u32;
                for frame in frames.iter().cycle() {
                    if stop.load(Ordering::Relaxed) {
                        return sent;
                    }
                    if let Ok(mut stream) = connect_tls(&host, machine).await {
                        let _ = stream.write_all(frame).await;
                        let _ = stream.shutdown().await;
                        sent += 1;
                    }
                }
                sent
            })
        })
        .collect();
    // Meanwhile the meeting goes on.
    room.until("what the console is told", knocking).await;
    for number in 0..20 {
        room.give(Command::Note { text: format!("note {number}") }).await;
    }
    room.clients["m2"].order(Command::SignOut { seat: SeatId::from("m2") }).await.unwrap();
    room.give(Command::SignIn { seat: SeatId::from("m2") }).await;
    // Somebody new can enrol as well.
    room.by_hand("m3").await;
    room.until("more than a few", |view| {
        view.live.strangers.as_ref().is_some_and(|told| told.refused > 50 && !told.addresses.is_empty())
    })
    .await;
    stop.store(true, Ordering::Relaxed);
    for flood in floods {
        assert!(soon("a flood's end", flood).await.unwrap() > 0);
    }
    // Who did not say hello in time is gone, and nobody has waited for that.
    soon("the slow one's end", loris).await.unwrap();
    for mut stream in silent {
        ended(&mut stream).await;
    }
    room.give(Command::Note { text: "still here".to_owned() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_overheard_is_worth_nothing() {
    let room = Room::new().await;
    let mut hand = room.by_hand("m2").await;
    let mut other = room.by_hand("m3").await;
    let (out, back) =
        (Command::SignOut { seat: SeatId::from("m2") }, Command::SignIn { seat: SeatId::from("m2") });
    let (first, second) = (hand.sign(&out), hand.sign(&back));
    let wrong = |answer: Answer| match answer {
        Answer::Wrong(WrongAnswer::Order { says }) => says,
        other => panic!("{other:?}"),
    };
    let Answer::Done { line: Some(out_at), .. } = hand.send(first.clone()).await else { panic!("refused") };
    let Answer::Done { .. } = hand.send(second.clone()).await else { panic!("refused") };
    let lines = room.lines().len();
    // Replayed after a later one, on the seat's own connection, on a new one, and on another seat's.
    assert!(wrong(hand.send(first.clone()).await).contains("used before"));
    let mut again = ByHand::connect(hand.enrolled.clone()).await;
    assert!(wrong(again.send(first.clone()).await).contains("used before"));
    assert!(wrong(other.send(first.clone()).await).contains("from the screen of m3"));
    // The latest, replayed: the answer that was given, and nothing done.
    assert!(matches!(again.send(second).await, Answer::Done { line: Some(line), .. } if line > out_at));
    // Another's key for this seat's act, under either name.
    let enrolled = other.enrolled.clone();
    let forged = other.sign_as(&person("m2"), 50, &out);
    assert!(wrong(other.send(forged.clone()).await).contains("from the screen of m3"));
    assert!(wrong(again.send(forged).await).contains("signature"));
    let forged = other.sign_as(&Actor::Console, 51, &Command::OpenMeeting);
    assert!(wrong(other.send(forged).await).contains("from the screen of m3"));
    // A hello that was overheard belongs to its own connection.
    let text = plenum::wire::proof::connect_text(&enrolled.session, &enrolled.actor, &[7; 32]);
    let hello = Hello::Enrolled {
        version: VERSION,
        session: enrolled.session.clone(),
        actor: enrolled.actor.clone(),
        signature: enrolled.identity.sign(&text),
        have: 0,
    };
    let mut stream = connect_tls(&room.stage.host(), 60).await.unwrap();
    write_frame(&mut stream, &hello, 4_096).await.unwrap();
    let told: ToScreen = soon("an answer", read_frame(&mut stream, 4_096)).await.unwrap();
    assert!(matches!(told, ToScreen::TurnedAway(TurnedAway::KeyRevoked)), "{told:?}");
    assert_eq!(room.lines().len(), lines, "none of it has left a line");
    other.order(&Command::SignOut { seat: SeatId::from("m3") }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seat_that_floods_is_slowed_and_no_other() {
    const ASKS: u64 = 180;
    let room = Room::with(&["m1", "m2"]).await;
    let mut hand = room.by_hand("m5").await;
    let mut frames = Vec::new();
    for ask in 1_000..1_000 + ASKS {
        let order = hand.sign(&Command::SignIn { seat: SeatId::from("m2") });
        write_frame(&mut frames, &ToHub::Order { ask, order }, TO_SCREEN_BYTES_MAX).await.unwrap();
    }
    let (mut reader, mut writer) = tokio::io::split(hand.stream);
    let writing = tokio::spawn(async move {
        writer.write_all(&frames).await.unwrap();
        writer.flush().await.unwrap();
        writer
    });
    for number in 0..5 {
        room.give(Command::Note { text: format!("note {number}") }).await;
        room.clients["m2"].order(Command::SignOut { seat: SeatId::from("m2") }).await.unwrap();
        room.give(Command::SignIn { seat: SeatId::from("m2") }).await;
    }
    // It is not thrown out: each is answered, in its turn.
    let mut answered = 0;
    while answered < ASKS {
        let message: ToScreen =
            soon("an answer", read_frame(&mut reader, TO_SCREEN_BYTES_MAX)).await.unwrap();
        answered += u64::from(matches!(message, ToScreen::Answer { .. }));
    }
    drop(writing.await.unwrap());
}

/// An anonymous act from a machine. None: the hub has ended the connection without an answer.
async fn act_from(room_host: &str, machine: u8, session: &str, act: &Anonymous) -> Option<ToScreen> {
    let mut stream = connect_tls(room_host, machine).await.ok()?;
    let hello = Hello::Anonymous { version: VERSION, session: session.into() };
    write_frame(&mut stream, &hello, 4_096).await.ok()?;
    write_frame(&mut stream, act, TO_SCREEN_BYTES_MAX).await.ok()?;
    read_frame(&mut stream, TO_SCREEN_BYTES_MAX).await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_flood_does_not_keep_ballots_out_of_the_box() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let mut kept = hand.take_part_until_voting(&room).await;
    let round = hand.round().clone();
    kept.seal(&round, &[Choice::Agree.place(), Choice::Disagree.place()], &mut rng()).unwrap();
    let sound = kept.cast(&round, None).unwrap();
    let Anonymous::Cast { bytes, .. } = &sound else { unreachable!() };
    // A listed credential that is not one's own, with a digit of the signature changed; and long nonsense.
    let digit = bytes.rfind(|character: char| character.is_ascii_digit()).unwrap();
    let mut forged = bytes.clone();
    forged.replace_range(digit..=digit, if &bytes[digit..=digit] == "3" { "4" } else { "3" });
    let acts = [forged, "[".repeat(100_000), "x".repeat(900_000)].map(|bytes| Anonymous::Cast {
        ballot: ballot(),
        bytes,
        receipt: None,
        pad: String::new(),
    });
    let (host, session) = (room.stage.host(), hand.enrolled.session.to_string());
    let stop = Arc::new(AtomicBool::new(false));
    let floods: Vec<_> = (70..100u8)
        .map(|machine| {
            let (host, session, stop) = (host.clone(), session.clone(), Arc::clone(&stop));
            let acts = acts.clone();
            tokio::spawn(async move {
                for act in acts.iter().cycle() {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    match act_from(&host, machine, &session, act).await {
                        None => tokio::task::yield_now().await,
                        Some(ToScreen::ActRefused(WrongAnswer::Ballot { .. })) => {}
                        Some(other) => panic!("{other:?}"),
                    }
                }
            })
        })
        .collect();
    // The paper of the seat by hand, and those of the others.
    assert!(matches!(hand.act(&sound).await, ToScreen::Receipt(_)));
    for id in ["m1", "m2", "m3", "m4"] {
        room.vote(id, [Choice::Agree, Choice::Abstain]).await;
    }
    // Its receipt again; what was forged in its name is refused as before, and says nothing of whether it has voted.
    assert!(matches!(hand.act(&sound).await, ToScreen::Receipt(_)));
    let answer = hand.act(&acts[0]).await;
    assert!(matches!(&answer, ToScreen::ActRefused(WrongAnswer::Ballot { .. })), "{answer:?}");
    room.lead_to(RoundPhase::Sealed).await;
    assert_eq!(room.state().current_round().unwrap().1.ballots.len(), 5);
    stop.store(true, Ordering::Relaxed);
    for flood in floods {
        let _ = soon("a flood's end", flood).await;
    }
    hand.until(RoundPhase::Sealed).await;
}
