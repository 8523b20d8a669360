//! The hub against screens that err, lie or break: each is answered, and nobody else notices.

use std::collections::BTreeMap;

use plenum::ballot::{Election, Marks, Setup, Trustees};
use plenum::client::connect::{ConnectFault, enrol, fresh_identity};
use plenum::client::store::{KeptPaper, Store};
use plenum::client::{Alarm, Link, Pace, Paper, TurnedAway, View, start};
use plenum::meeting::{Actor, Command, ItemId, Refusal, Round, RoundPhase, SeatId, Stage};
use plenum::rules::Choice;
use plenum::wire::code::SeatCode;
use plenum::wire::{Anonymous, Answer, Hello, ToHub, ToScreen, VERSION, WrongAnswer, tls, write_frame};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::room::{ByHand, MEMBERS, Room, ballot, client_of, person, request, rng, soon};

fn turned_away(result: Result<plenum::client::store::Enrolled, ConnectFault>) -> TurnedAway {
    match result.map(|_| ()) {
        Err(ConnectFault::TurnedAway(away)) => away,
        other => panic!("{other:?}"),
    }
}

/// The others still get answers.
async fn others_go_on(room: &Room) {
    room.give(Command::Note { text: "the meeting goes on".to_owned() }).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_opens_one_seat_once() {
    let room = Room::new().await;
    let host = room.stage.host();
    let wrong = SeatCode::generate(&mut rng());
    assert_eq!(turned_away(enrol(&host, &wrong, &fresh_identity()).await), TurnedAway::WrongCode);
    let code = room.stage.code(&person("m3")).unwrap();
    let identity = fresh_identity();
    let enrolled = enrol(&host, code, &identity).await.unwrap();
    assert_eq!(enrolled.actor, person("m3"));
    let lines = room.lines().len();
    // The answer was lost, and the same terminal asks again; another one is turned away.
    assert_eq!(enrol(&host, code, &identity).await.unwrap().actor, person("m3"));
    assert_eq!(turned_away(enrol(&host, code, &fresh_identity()).await), TurnedAway::UsedCode);
    assert_eq!(room.lines().len(), lines, "neither has left a line");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_no_paper_is_in_the_record_and_nobody_waits_for_them() {
    let room = Room::with(&MEMBERS).await;
    let item = ItemId::from("posts");
    // One takes none, another changes their mind before papers are issued.
    for member in ["m5", "m4"] {
        soon("no paper", room.clients[member].take_no_paper(Some(item.clone()))).await.unwrap();
    }
    soon("a paper after all", room.clients["m4"].take_no_paper(None)).await.unwrap();
    room.lead_to(RoundPhase::Voting).await;
    let state = room.state();
    let (_, round) = state.current_round().unwrap();
    assert_eq!(round.declined.iter().map(SeatId::as_str).collect::<Vec<_>>(), ["m5"]);
    assert_eq!(round.issued.keys().map(SeatId::as_str).collect::<Vec<_>>(), ["m1", "m2", "m3", "m4"]);
    assert_eq!(room.clients["m5"].view().paper, Paper::None);
    for member in ["m1", "m2", "m3", "m4"] {
        room.vote(member, [Choice::Agree, Choice::Disagree]).await;
    }
    // To carry, more than half of those due are needed: who takes no paper is one of them.
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!((round.issue.due, round.issued(), round.returned()), (5, 4, Some(4)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reissued_code_revokes_the_old_key() {
    let mut room = Room::new().await;
    let old = room.join("m3").await;
    let host = room.stage.host();
    let done = room.console.order(Command::ReissueCode { who: person("m3") }).await.unwrap();
    let code = SeatCode::parse(&done.code.unwrap()).unwrap();
    let view =
        soon("the old terminal", old.until(|view| matches!(view.link, Link::TurnedAway(_)))).await.unwrap();
    assert_eq!(view.link, Link::TurnedAway(TurnedAway::KeyRevoked));
    let first = room.stage.code(&person("m3")).unwrap();
    assert_eq!(turned_away(enrol(&host, first, &fresh_identity()).await), TurnedAway::WrongCode);
    let enrolled = enrol(&host, &code, &fresh_identity()).await.unwrap();
    let new = client_of(&enrolled);
    soon("the new terminal", new.until(|view| view.state.is_some())).await.unwrap();
    soon("an order", new.order(Command::SignOut { seat: SeatId::from("m3") })).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_connection_of_a_seat_is_the_one_that_counts() {
    let room = Room::new().await;
    let enrolled =
        enrol(&room.stage.host(), room.stage.code(&person("m2")).unwrap(), &fresh_identity()).await.unwrap();
    let older = client_of(&enrolled);
    soon("the older", older.until(|view| view.link == Link::Connected)).await.unwrap();
    let newer = client_of(&enrolled);
    soon("the newer", newer.until(|view| view.state.is_some())).await.unwrap();
    let away = |view: &View| view.link == Link::TurnedAway(TurnedAway::SeatTaken);
    soon("the older is told", older.until(away)).await.unwrap();
    assert_eq!(newer.view().link, Link::Connected);
    soon("an order", newer.order(Command::SignIn { seat: SeatId::from("m2") })).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_holds_once_and_only_for_who_signed_it() {
    let room = Room::new().await;
    let mut hand = room.by_hand("m2").await;
    let mut other = room.by_hand("m3").await;
    let lines = room.lines().len();
    let out = Command::SignOut { seat: SeatId::from("m2") };
    let wrong = |answer: Answer| match answer {
        Answer::Wrong(WrongAnswer::Order { says }) => says,
        other => panic!("{other:?}"),
    };
    // m3's key under m2's name, over m3's connection and over m2's own.
    let forged = other.sign_as(&person("m2"), 9, &out);
    assert!(wrong(other.send(forged.clone()).await).contains("from the screen of m3"));
    assert!(wrong(hand.send(forged).await).contains("signature"));
    // Another session's order, an altered command, the hub's name.
    let elsewhere = "ffffffffffffffffffffffffffffffff".into();
    let seen = hand.replay.seen();
    let order = hand.enrolled.identity.order(&elsewhere, person("m2"), 9, seen, &out).unwrap();
    assert!(wrong(hand.send(order).await).contains("signature"));
    let mut altered = hand.sign(&out);
    altered.command =
        serde_json::value::to_raw_value(&Command::SignOut { seat: SeatId::from("m3") }).unwrap();
    assert!(wrong(hand.send(altered).await).contains("signature"));
    let order = hand.sign_as(&Actor::Hub, 9, &out);
    wrong(hand.send(order).await);
    assert_eq!(room.lines().len(), lines, "none has left a line");
    // Twice the same: the same answer, one line.
    let order = hand.sign(&out);
    let Answer::Done { line: Some(first), .. } = hand.send(order.clone()).await else { panic!("refused") };
    let Answer::Done { line: Some(again), .. } = hand.send(order.clone()).await else { panic!("refused") };
    assert_eq!(first, again);
    assert_eq!(room.lines().len(), lines + 1);
    // The same counter for something else, and a counter from before.
    let reused = |counter| {
        let back = Command::SignIn { seat: SeatId::from("m2") };
        hand.sign_as(&person("m2"), counter, &back)
    };
    let (same, earlier) = (reused(order.counter), reused(1));
    assert!(wrong(hand.send(same).await).contains("used before"));
    assert!(wrong(hand.send(earlier).await).contains("used before"));
    // Of a seat that is not the own: a rule's refusal, no fault.
    let answer = hand.order(&Command::SignOut { seat: SeatId::from("m3") }).await;
    assert!(matches!(answer, Answer::Refused(Refusal::NotYourSeat)), "{answer:?}");
}

fn ballot_setup(round: &Round) -> Setup {
    let written = round.setup.as_ref().unwrap();
    let election = Election::parse(written.election.as_bytes()).unwrap();
    let trustees = Trustees::parse(written.trustees.as_bytes()).unwrap();
    let credentials = written.admitted.iter().map(|one| one.credential).collect();
    Setup::new(election, trustees, credentials).unwrap()
}

fn secret(kept: &KeptPaper) -> plenum::ballot::CredentialSecret {
    let bytes = data_encoding::HEXLOWER.decode(kept.credential.as_bytes()).unwrap();
    plenum::ballot::CredentialSecret::from_bytes(&bytes).unwrap()
}

fn encrypted(setup: &Setup, kept: &KeptPaper, marks: &[[u32; 3]]) -> String {
    let marks = Marks(marks.iter().map(|line| line.to_vec()).collect());
    String::from_utf8(setup.encrypt(&secret(kept), &marks, &mut rng()).unwrap().bytes).unwrap()
}

/// A ballot with a line that has no mark: encrypted for a paper that allows it, and passed off as the real one.
fn unmarked(real: &Setup, kept: &KeptPaper) -> String {
    let mut questions = real.election().questions().to_vec();
    questions.iter_mut().for_each(|question| question.min = 0);
    let election = real.election();
    let trustees = Trustees::parse(real.trustees().bytes()).unwrap();
    let lax = Election::new(
        election.uuid().to_owned(),
        election.name().to_owned(),
        election.description().to_owned(),
        trustees.public_key(),
        questions,
    )
    .unwrap();
    let (lax_name, real_name) = (lax.fingerprint().to_owned(), election.fingerprint().to_owned());
    let setup = Setup::new(lax, trustees, real.credentials().to_vec()).unwrap();
    encrypted(&setup, kept, &[[1, 0, 0], [0, 0, 0]]).replace(&lax_name, &real_name)
}

fn cast(bytes: String) -> Anonymous {
    Anonymous::Cast { ballot: ballot(), bytes, receipt: None, pad: String::new() }
}

fn refused(answer: ToScreen) -> WrongAnswer {
    match answer {
        ToScreen::ActRefused(wrong) => wrong,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_counts_once_and_only_if_it_is_sound() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let kept = hand.take_part_until_voting(&room).await;
    let setup = ballot_setup(hand.round());
    let good = encrypted(&setup, &kept, &[[1, 0, 0], [0, 0, 1]]);

    let not_valid = |answer| match refused(answer) {
        WrongAnswer::Ballot { says } => says,
        other => panic!("{other:?}"),
    };
    println!("unmarked: {}", not_valid(hand.act(&cast(unmarked(&setup, &kept))).await));
    // A digit of a proof, of a signature, of a ciphertext: wherever it is.
    let digits: Vec<usize> =
        good.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(place, _)| place).collect();
    for place in digits.iter().step_by(digits.len() / 12) {
        let mut forged = good.clone().into_bytes();
        forged[*place] = if forged[*place] == b'3' { b'4' } else { b'3' };
        not_valid(hand.act(&cast(String::from_utf8(forged).unwrap())).await);
    }
    let stranger = KeptPaper::fresh(&mut rng()).unwrap();
    let text = not_valid(hand.act(&cast(encrypted_by_stranger(&setup, &stranger, &kept, &good))).await);
    println!("stranger: {text}");
    for nonsense in ["", "{}", "null", "[[[[", "\u{0}"] {
        not_valid(hand.act(&cast(nonsense.to_owned())).await);
    }
    let elsewhere = Anonymous::cast("posts-r2".into(), good.clone(), None, setup.ballot_bytes_max());
    assert_eq!(refused(hand.act(&elsewhere).await), WrongAnswer::NotOpen);

    // The good one: the same receipt as often as it comes. Another one of the same credential is no second vote.
    let ToScreen::Receipt(receipt) = hand.act(&cast(good.clone())).await else { panic!("no receipt") };
    let ToScreen::Receipt(again) = hand.act(&cast(good.clone())).await else { panic!("no receipt") };
    assert_eq!(receipt, again);
    let second = encrypted(&setup, &kept, &[[0, 1, 0], [0, 1, 0]]);
    assert_eq!(refused(hand.act(&cast(second.clone())).await), WrongAnswer::SecondBallot);

    room.vote("m1", [Choice::Agree, Choice::Agree]).await;
    room.vote("m2", [Choice::Disagree, Choice::Abstain]).await;
    room.vote("m3", [Choice::Agree, Choice::Disagree]).await;
    room.give(Command::CloseVoting { ballot: ballot() }).await;
    // After the close: what is in stays in, nothing new goes in.
    let late = encrypted(&setup, &kept, &[[0, 1, 0], [0, 1, 0]]);
    assert_eq!(refused(hand.act(&cast(late)).await), WrongAnswer::NotOpen);
    let ToScreen::Receipt(afterwards) = hand.act(&cast(good.clone())).await else { panic!("no receipt") };
    assert_eq!(receipt, afterwards);
    // Once it is counted nobody's ballot is looked at any more.
    room.lead_to(RoundPhase::Counted).await;
    assert_eq!(refused(hand.act(&cast(good)).await), WrongAnswer::NotOpen);
    let state = room.finish().await;
    let (_, round) = state.round(&ballot()).unwrap();
    assert_eq!((round.issued(), round.returned()), (5, Some(4)));
    assert_eq!(round.count.as_ref().unwrap().sums(), [[3, 1, 0], [1, 1, 2]]);
}

/// A good ballot under a credential that is not on the list.
fn encrypted_by_stranger(setup: &Setup, stranger: &KeptPaper, kept: &KeptPaper, good: &str) -> String {
    let hex =
        |kept: &KeptPaper| serde_json::to_value(secret(kept).public()).unwrap().as_str().unwrap().to_owned();
    assert!(!setup.is_listed(&secret(stranger).public()));
    assert!(good.contains(&hex(kept)));
    good.replace(&hex(kept), &hex(stranger))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_is_registered_only_with_a_token_of_this_round() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let kept = hand.take_paper().await;
    let register = hand.registration(&kept);
    let Anonymous::Register { token, .. } = register.clone() else { unreachable!() };
    // Without a token of one's own: somebody else's, for another credential.
    let other = plenum::ballot::CredentialSecret::generate(&mut rng()).public();
    let borrowed = Anonymous::Register { ballot: ballot(), credential: other, token };
    assert_eq!(refused(hand.act(&borrowed).await), WrongAnswer::Token);
    // A round later the token is worth nothing.
    room.give(Command::NewRound { ballot: ballot(), reason: "a terminal was lost".to_owned() }).await;
    assert_eq!(refused(hand.act(&register).await), WrongAnswer::NotOpen);
    room.lead_until("a second round", |state| {
        state.current_round().is_some_and(|(_, round)| round.issue.round == 2 && round.issuer.is_some())
    })
    .await;
    let Anonymous::Register { credential, token, .. } = register else { unreachable!() };
    let old = Anonymous::Register { ballot: "posts-r2".into(), credential, token };
    assert_eq!(refused(hand.act(&old).await), WrongAnswer::Token);
    // The same registration twice is one.
    hand.catch_up(|state| state.round(&"posts-r2".into()).is_some_and(|(_, round)| round.issuer.is_some()))
        .await;
    let kept = hand.take_paper().await;
    let register = hand.registration(&kept);
    assert!(matches!(hand.act(&register).await, ToScreen::Registered));
    let again = hand.act(&register).await;
    // It may have been the last one, and the list be fixed by now.
    let late = matches!(&again, ToScreen::ActRefused(WrongAnswer::NotOpen));
    assert!(late || matches!(&again, ToScreen::Registered), "{again:?}");
    hand.until(RoundPhase::Confirming).await;
    assert_eq!(hand.round().setup.as_ref().unwrap().admitted.len(), 5);
    assert_eq!(refused(hand.act(&register).await), WrongAnswer::NotOpen);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_for_a_paper_is_answered_the_same_and_another_one_refused() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    hand.catch_up(|state| state.current_round().is_some_and(|(_, round)| round.issuer.is_some())).await;
    let kept = KeptPaper::fresh(&mut rng()).unwrap();
    let ask = request(&kept, &ballot());
    for _ in 0..2 {
        let Answer::Done { issued, .. } = hand.order(&ask).await else { panic!("no paper") };
        let paper = issued.into_iter().next().unwrap();
        kept.clone().take(&paper, hand.round()).unwrap();
    }
    let second = request(&KeptPaper::fresh(&mut rng()).unwrap(), &ballot());
    let answer = hand.order(&second).await;
    assert!(matches!(answer, Answer::Refused(Refusal::PaperAlreadyIssued)), "{answer:?}");
}

// ---- frames ---------------------------------------------------------------------------------------------------------

async fn bare(hand: &ByHand) -> tokio_rustls::client::TlsStream<TcpStream> {
    let socket = TcpStream::connect(&hand.enrolled.hub).await.unwrap();
    let config = tls::client(Some(hand.enrolled.pin.clone())).unwrap();
    TlsConnector::from(config).connect(ServerName::try_from("plenum").unwrap(), socket).await.unwrap()
}

/// The hub ends the connection without a word.
async fn ends(stream: &mut (impl AsyncReadExt + Unpin)) {
    let mut rest = Vec::new();
    let read = soon("the end of a connection", stream.read_to_end(&mut rest)).await;
    assert!(read.is_err() || rest.is_empty(), "{}", String::from_utf8_lossy(&rest));
}

fn frame(text: &str) -> Vec<u8> {
    let mut frame = u32::try_from(text.len()).unwrap().to_be_bytes().to_vec();
    frame.extend_from_slice(text.as_bytes());
    frame
}

#[tokio::test(flavor = "multi_thread")]
async fn a_frame_that_is_none_ends_its_connection_and_no_other() {
    let mut room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let hand = room.by_hand("m5").await;
    let session = hand.enrolled.session.to_string();
    let bad: [(&str, Vec<u8>); 7] = [
        ("too long", b"\xff\xff\xff\xff".to_vec()),
        ("longer than a hello may be", [&5_000u32.to_be_bytes()[..], &[b' '; 5_000]].concat()),
        ("not JSON", frame("plenum")),
        ("not text", b"\0\0\0\x03\xff\xfe\xfd".to_vec()),
        ("an unknown kind", frame(r#"{"become_hub":{"version":1}}"#)),
        (
            "a field too many",
            frame(&format!(r#"{{"anonymous":{{"version":1,"session":"{session}","who":"m5"}}}}"#)),
        ),
        ("empty", frame("")),
    ];
    for (what, bytes) in &bad {
        println!("{what}");
        let mut stream = bare(&hand).await;
        stream.write_all(bytes).await.unwrap();
        stream.flush().await.unwrap();
        ends(&mut stream).await;
        others_go_on(&room).await;
    }
    // Cut in the middle; a connection that says nothing at all; one that speaks no TLS.
    let mut cut = bare(&hand).await;
    cut.write_all(b"\0\0\0\x40{\"anony").await.unwrap();
    cut.shutdown().await.unwrap();
    ends(&mut cut).await;
    let _silent = bare(&hand).await;
    let _deaf = TcpStream::connect(&hand.enrolled.hub).await.unwrap();
    let mut plain = TcpStream::connect(&hand.enrolled.hub).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = soon("the end of a plain connection", plain.read_to_end(&mut answer)).await;
    others_go_on(&room).await;
    // Another version, another session: told by name.
    for (hello, away) in [
        (
            Hello::Anonymous { version: VERSION + 1, session: hand.enrolled.session.clone() },
            TurnedAway::Version,
        ),
        (Hello::Anonymous { version: VERSION, session: "another".into() }, TurnedAway::OtherMeeting),
        (
            Hello::Enrolled {
                version: VERSION,
                session: hand.enrolled.session.clone(),
                actor: person("m1"),
                signature: hand.enrolled.identity.sign("something"),
                have: 0,
            },
            TurnedAway::KeyRevoked,
        ),
    ] {
        let mut stream = bare(&hand).await;
        write_frame(&mut stream, &hello, 4_096).await.unwrap();
        let told = soon("an answer", plenum::wire::read_frame::<ToScreen>(&mut stream, 4_096)).await.unwrap();
        assert!(matches!(&told, ToScreen::TurnedAway(told) if *told == away), "{told:?}");
    }
    room.join("a1").await;
    room.lead_to(RoundPhase::Issuing).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_frame_on_an_enrolled_connection_ends_that_one() {
    let room = Room::new().await;
    let bad = [b"\xff\xff\xff\xff".to_vec(), frame("{}"), frame(r#"{"order":{"ask":1,"order":{}}}"#)];
    for (bytes, id) in bad.iter().zip(MEMBERS) {
        let mut hand = room.by_hand(id).await;
        hand.stream.write_all(bytes).await.unwrap();
        hand.stream.flush().await.unwrap();
        while hand.hear().await.is_ok() {}
        others_go_on(&room).await;
        // The seat itself comes back.
        ByHand::connect(hand.enrolled.clone()).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_anonymous_connection_does_one_thing_and_nothing_else() {
    let room = Room::new().await;
    let mut hand = room.by_hand("m5").await;
    let lines = room.lines().len();
    let order = hand.sign(&Command::SignOut { seat: SeatId::from("m5") });
    for message in [
        ToHub::Order { ask: 1, order },
        ToHub::Material { ask: 1, path: "north.md".to_owned() },
        ToHub::SealSignature { ask: 1, signature: String::new() },
        ToHub::Ping,
    ] {
        let mut stream = bare(&hand).await;
        let hello = Hello::Anonymous { version: VERSION, session: hand.enrolled.session.clone() };
        write_frame(&mut stream, &hello, 4_096).await.unwrap();
        write_frame(&mut stream, &message, 4_096).await.unwrap();
        ends(&mut stream).await;
    }
    assert_eq!(room.lines().len(), lines);
    // Two acts: the first is answered, then the connection is over.
    let mut stream = bare(&hand).await;
    let hello = Hello::Anonymous { version: VERSION, session: hand.enrolled.session.clone() };
    write_frame(&mut stream, &hello, 4_096).await.unwrap();
    for _ in 0..2 {
        write_frame(&mut stream, &cast("{}".to_owned()), 4_096).await.unwrap();
    }
    let told: ToScreen = plenum::wire::read_frame(&mut stream, 4_096).await.unwrap();
    assert_eq!(refused(told), WrongAnswer::NotOpen);
    ends(&mut stream).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_material_is_only_one_of_the_record() {
    let mut room = Room::new().await;
    let client = room.join("m2").await;
    assert!(client.material("north.md").await.unwrap().contains("Born"));
    for path in ["../plan.toml", "../private/hub.json", "/etc/passwd", "nothing.md", ""] {
        assert!(client.material(path).await.is_err(), "{path}");
    }
    std::fs::write(room.dir.join("materials/south.md"), "changed").unwrap();
    let fault = client.material("south.md").await.unwrap_err().to_string();
    assert!(fault.contains("not the one in the record"), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ballot_given_while_the_meeting_is_suspended_goes_in_when_it_resumes() {
    let room = Room::with(&MEMBERS).await;
    room.lead_to(RoundPhase::Voting).await;
    let client = room.open_paper("m2").await;
    room.give(Command::Suspend { reason: "a fuse".to_owned() }).await;
    soon("the pause", client.until(|view| view.state.as_ref().unwrap().suspended.is_some())).await.unwrap();
    let casting = tokio::spawn({
        let client = client.clone();
        async move { client.cast(vec![Choice::Agree, Choice::Agree]).await }
    });
    soon("a kept ballot", client.until(|view| view.paper == Paper::Casting)).await.unwrap();
    room.give(Command::Resume).await;
    soon("an answer", casting).await.unwrap().unwrap();
    soon("a receipt", client.until(|view| matches!(view.paper, Paper::Returned { .. }))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_terminal_whose_credential_somebody_else_has_used_sounds_the_alarm() {
    let room = Room::with(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    room.lead_to(RoundPhase::Issuing).await;
    let kept = hand.take_part_until_voting(&room).await;
    let setup = ballot_setup(hand.round());
    let stolen = encrypted(&setup, &kept, &[[0, 1, 0], [0, 1, 0]]);
    assert!(matches!(hand.act(&cast(stolen)).await, ToScreen::Receipt(_)));
    // The rightful terminal, set back to before it had voted.
    let mut store = Store::Memory(BTreeMap::new());
    store.keep_paper(&ballot(), &kept).unwrap();
    let client = start(hand.enrolled.clone(), store, Pace::seeded(1, 10));
    soon("its paper", client.until(|view| view.paper == Paper::Open)).await.unwrap();
    let answer =
        soon("an answer", client.cast(vec![Choice::Agree, Choice::Agree])).await.unwrap_err().to_string();
    assert!(answer.contains("another ballot"), "{answer}");
    let view = soon("the alarm", client.until(|view| view.alarm.is_some())).await.unwrap();
    assert!(
        matches!(&view.alarm, Some(Alarm::Hub(says)) if says.contains("another ballot")),
        "{:?}",
        view.alarm
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_of_the_deliberation_reaches_neither_those_outside_nor_the_display_but_its_author() {
    let mut room = Room::with(&MEMBERS).await;
    let display = room.stage.join(&Actor::Display(1), Pace::Real).await.unwrap();
    room.lead_until("the recusal", |state| {
        state.current_item().is_some_and(|item| item.stage == Stage::Recusing)
    })
    .await;
    let out = |id: &str| Command::Recuse { item: "posts".into(), seat: SeatId::from(id) };
    room.give(out("m4")).await;
    room.give(out("m5")).await;
    room.lead_until("deliberation", |state| {
        state.current_item().is_some_and(|item| item.stage == Stage::Deliberating)
    })
    .await;
    // m4 records, from outside.
    let note = Command::Note { text: "said behind closed doors".to_owned() };
    let line = room.clients["m4"].order(note).await.unwrap().line.unwrap();
    let texts = |client: &plenum::client::Client| {
        client.view().state.as_ref().unwrap().notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>()
    };
    let shown = [Some("said behind closed doors".to_owned())];
    for (who, expected) in [("m2", &shown[..]), ("m4", &shown), ("m5", &[None])] {
        let client = &room.clients[who];
        soon(who, client.until(|view| view.chain.number >= line)).await.unwrap();
        assert_eq!(texts(client), expected, "{who}");
    }
    soon("the display", display.until(|view| view.chain.number >= line)).await.unwrap();
    assert_eq!(texts(&display), [None]);
    room.until("the same line", |view| view.chain.number >= line).await;
    assert_eq!(display.view().chain, room.console.view().chain, "the chain is the same without the words");
    // And after a restart.
    room.stop().await;
    room.open_again().await;
    let late = room.join("a1").await;
    assert_eq!(texts(&late), shown, "who is in the room reads it");
    let again = room.stage.seat(&SeatId::from("m5"), Pace::Real).await;
    assert!(again.is_err(), "a code works once, also after a restart");
    room.lead_to(RoundPhase::Voting).await;
    room.finish().await;
}
