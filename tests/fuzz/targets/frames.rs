//! Frames: what crosses the network, before anybody looks at what it says.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::task::{Context, Poll};

use plenum::ballot::{BallotHash, Token};
use plenum::journal::Line;
use plenum::meeting::{Identity, Refusal, Seen, SlipAct, SlipSays};
use plenum::wire::frame::{HELLO_BYTES_MAX, TO_HUB_BYTES_MAX, read_frame};
use plenum::wire::standby::{Bytes, FromStandby, HeldFile, STANDBY_BYTES_MAX, Step, ToStandby};
use plenum::wire::{Anonymous, Answer, FrameFault, Hello, Reached, Receipt, ToHub, ToScreen, WrongAnswer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, ReadBuf};

use super::ballots::Room;
use super::key::Making;
use super::record::journal_lines;
use super::{sayable, target};
use crate::mutate::Form;

/// Counts what is asked of the network.
struct Counted<'a> {
    left: &'a [u8],
    read: usize,
    room_max: usize,
}

impl AsyncRead for Counted<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        room: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        self.room_max = self.room_max.max(room.remaining());
        let (now, later) = self.left.split_at(room.remaining().min(self.left.len()));
        room.put_slice(now);
        self.read += now.len();
        self.left = later;
        Poll::Ready(Ok(()))
    }
}

fn frame<T: DeserializeOwned + Serialize>(input: &[u8], bytes_max: usize) -> bool {
    let mut stream = Counted { left: input, read: 0, room_max: 0 };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let read: Result<T, FrameFault> = runtime.block_on(read_frame(&mut stream, bytes_max));
    let announced = input.first_chunk::<4>().map(|length| u32::from_be_bytes(*length) as usize);
    // Memory is taken as bytes come, not as they are announced; and nothing of the next frame is touched.
    assert!(stream.room_max <= 8_192 + 4 * input.len(), "room for {} bytes at once", stream.room_max);
    assert!(stream.read <= 4 + announced.unwrap_or(0).min(bytes_max), "{} bytes were read", stream.read);
    if announced.is_some_and(|bytes| bytes > bytes_max) {
        assert!(matches!(read, Err(FrameFault::TooLong { .. })) && stream.read == 4);
    }
    match read {
        Ok(message) => {
            let written = serde_json::to_vec(&message).unwrap();
            let again: T = serde_json::from_slice(&written).expect("what was written reads again");
            assert_eq!(
                serde_json::to_vec(&again).unwrap(),
                written,
                "it is written in another way the second time"
            );
            true
        }
        Err(fault) => {
            sayable(&fault.to_string(), input);
            false
        }
    }
}

fn framed(message: &impl Serialize) -> Vec<u8> {
    let body = serde_json::to_vec(message).unwrap();
    [&u32::try_from(body.len()).unwrap().to_be_bytes()[..], &body].concat()
}

#[test]
fn hello() {
    let (version, session) = (1, "0123456789abcdef0123456789abcdef".into());
    let hex = |digits: &str, times: usize| digits.repeat(times);
    let addresses = vec!["10.0.0.2:7420".to_owned()];
    let (actor, signature) = ("m1".into(), hex("ef", 64));
    let hellos = [
        Hello::Enrol { version, key: hex("ab", 32), proof: hex("cd", 32) },
        Hello::Enrolled {
            version,
            session: hex("01", 16).into(),
            actor,
            signature: signature.clone(),
            have: 7,
        },
        Hello::EnrolStandby {
            version,
            key: hex("ab", 32),
            proof: hex("cd", 32),
            pin: hex("ef", 32),
            addresses: addresses.clone(),
        },
        Hello::Standby { version, session: hex("01", 16).into(), signature, addresses },
        Hello::Anonymous { version, session },
    ];
    assert_eq!(kinds(&hellos), all_kinds::<Hello>());
    let seeds = hellos.iter().map(framed).collect();
    target("hello", Form::Frame, 1_500, seeds, |input| frame::<Hello>(input, HELLO_BYTES_MAX)).fuzz();
}

#[test]
fn anonymous() {
    let room = Room::new(1);
    let cast = |receipt| {
        let bytes = String::from_utf8(room.ballot()).unwrap();
        Anonymous::cast("posts".into(), bytes, receipt, room.ballot_bytes_max())
    };
    let receipt = Receipt { ballot: BallotHash::of(&room.ballot()), signature: "ab".repeat(64) };
    let token: Token = serde_json::from_value("ab".repeat(64).into()).unwrap();
    let (session, item) = ("0123456789abcdef0123456789abcdef".into(), "review".into());
    let says = SlipSays::Question { official: "north".into(), text: "为什么？".to_owned() };
    let key = Identity::from_bytes(&[7; 32]);
    let act = SlipAct::sign(&key, (&session, &item), 1, Some(token.clone()), says);
    let register = Anonymous::Register { ballot: "posts".into(), credential: room.credential(), token };
    let acts = [cast(None), cast(Some(receipt)), Anonymous::slip(item, act).unwrap(), register];
    assert_eq!(kinds(&acts), all_kinds::<Anonymous>());
    let seeds = acts.iter().map(framed).collect();
    target("anonymous", Form::Frame, 1_000, seeds, |input| frame::<Anonymous>(input, TO_HUB_BYTES_MAX))
        .fuzz();
}

/// The words by which a format tells its messages apart, of messages of it.
fn kinds<T: Serialize>(messages: &[T]) -> BTreeSet<String> {
    let kind = |message: &T| match serde_json::to_value(message).unwrap() {
        Value::String(kind) => kind,
        Value::Object(fields) => fields.keys().next().unwrap().clone(),
        other => panic!("no kind: {other}"),
    };
    messages.iter().map(kind).collect()
}

/// All of them, in the words of the reader itself: it names those it knows to whoever says another.
fn all_kinds<T: DeserializeOwned>() -> BTreeSet<String> {
    let Err(error) = serde_json::from_str::<T>("\"x\"") else { panic!("x is a message") };
    let says = error.to_string();
    let (_, known) = says.split_once("expected one of ").unwrap();
    let named = known.split('`').skip(1).step_by(2);
    named.map(str::to_owned).collect()
}

/// A sheet of a candidate.
fn sheet() -> Value {
    json!({
        "number": 3, "paper": "01".repeat(32), "answers": ["", "A", "BD"], "salt": "ab".repeat(16),
        "signature": "01".repeat(64),
    })
}

#[test]
fn to_hub() {
    let orders = journal_lines().into_iter().filter_map(|line| Line::read(&line).ok()?.body?.order);
    let mut messages: Vec<ToHub> =
        (1..).zip(orders.take(60)).map(|(ask, order)| ToHub::Order { ask, order }).collect();
    let making = Making::new();
    let (ask, ballot, signature) = (1, || "posts".into(), || "01".repeat(64));
    let sheet = Box::new(serde_json::from_value(sheet()).unwrap());
    messages.extend([
        ToHub::Material { ask, path: "a.md".to_owned() },
        ToHub::Dealing { ask, ceremony: 1, dealing: Box::new(making.dealings[1].clone()) },
        ToHub::Share { ask, ceremony: 1, proof: Box::new(making.proofs[1].clone()) },
        ToHub::Ballots { ask, ballot: ballot(), from: 3 },
        ToHub::Factors { ask, ballot: ballot(), factors: "{}".to_owned() },
        ToHub::ExamPaper { ask, item: "exam".into() },
        ToHub::ExamSheet { ask, item: "exam".into(), sheet },
        ToHub::SealSignature { ask, signature: signature() },
        ToHub::SealRefusal { ask, reason: "为什么？".to_owned(), signature: signature() },
        ToHub::SealWithout { ask, who: "m1".into(), reason: "away".to_owned() },
        ToHub::Witness { ask, signature: signature() },
        ToHub::TakenOver { line: journal_lines().swap_remove(2) },
        ToHub::Ping,
    ]);
    assert_eq!(kinds(&messages), all_kinds::<ToHub>());
    let seeds = messages.iter().map(framed).collect();
    target("to_hub", Form::Frame, 1_500, seeds, |input| frame::<ToHub>(input, TO_HUB_BYTES_MAX)).fuzz();
}

/// One answer of each kind.
fn answers() -> Vec<Answer> {
    let room = Room::new(18);
    let making = Making::new();
    let read = |value: Value| serde_json::from_value::<Answer>(value).unwrap();
    let question = json!({ "id": "s1", "kind": "single", "text": "第几条？", "options": ["一", "二"] });
    let answers = vec![
        Answer::Done { line: Some(7), code: Some("K7QM-2R".to_owned()), issued: Vec::new() },
        Answer::Refused(Refusal::Ended),
        Answer::Material { text: "# 材料\n".to_owned() },
        read(json!({ "exam_paper": { "paper": { "questions": [question] }, "sheet": sheet() } })),
        Answer::Dealings { dealings: making.dealings },
        Answer::Ballots { ballots: vec![String::from_utf8(room.ballot()).unwrap()] },
        Answer::Wrong(WrongAnswer::Disk { says: "No space left".to_owned() }),
    ];
    assert_eq!(kinds(&answers), all_kinds::<Answer>());
    answers
}

#[test]
fn to_screen() {
    let receipt = Receipt { ballot: BallotHash::of(b"x"), signature: "ab".repeat(64) };
    let mut messages = vec![
        ToScreen::Lines { lines: journal_lines().into_iter().take(4).collect() },
        ToScreen::Live(plenum::wire::Live { connected: 3, ..Default::default() }),
        ToScreen::TurnedAway(plenum::wire::TurnedAway::UsedCode),
        ToScreen::SealReady { transcript: "{}".to_owned() },
        ToScreen::Welcome {
            session: "ab".into(),
            actor: "m1".into(),
            proof: None,
            reached: Some(Reached { epoch: 1, end: Seen { line: 7, head: "cd".repeat(32) } }),
        },
        ToScreen::Sealed,
        ToScreen::Registered,
        ToScreen::SlipTaken,
        ToScreen::Receipt(receipt),
        ToScreen::ActRefused(WrongAnswer::Token),
        ToScreen::Pong,
    ];
    messages.extend((1..).zip(answers()).map(|(ask, answer)| ToScreen::Answer { ask, answer }));
    assert_eq!(kinds(&messages), all_kinds::<ToScreen>());
    let seeds = messages.iter().map(framed).collect();
    target("to_screen", Form::Frame, 1_000, seeds, |input| frame::<ToScreen>(input, TO_HUB_BYTES_MAX)).fuzz();
}

/// What a hub sends its standby: whatever it is, nothing outside the standby's folder, and none of its own keys, is touched.
#[test]
fn to_standby() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("second");
    std::fs::create_dir_all(root.join("private")).unwrap();
    std::fs::write(root.join("private/standby.json"), "own").unwrap();
    let path = |text: &str| text.to_owned();
    let bytes = || Bytes(b"some bytes".to_vec());
    let session = || "0123456789abcdef0123456789abcdef".into();
    let steps = [
        Step::Write { path: path("materials/a.md"), at: 3, bytes: bytes() },
        Step::Write { path: path("journal.jsonl"), at: 0, bytes: bytes() },
        Step::Blank { path: path("private/posts.box"), bytes: 4_096 },
        Step::Cut { path: path("minutes.md"), bytes: 2 },
        Step::Replace { path: path("private/codes.json"), bytes: bytes() },
        Step::Rename { from: path("private/transcript.json"), to: path("transcript.json") },
        Step::Remove { path: path("private/posts.box") },
        Step::RemovePrivate,
    ];
    assert_eq!(kinds(&steps), all_kinds::<Step>());
    let mut messages: Vec<_> = steps.into_iter().map(ToStandby::Step).collect();
    messages.extend([
        ToStandby::Welcome { session: session(), trustee: None },
        ToStandby::TurnedAway(plenum::wire::TurnedAway::KeyRevoked),
        ToStandby::Mark { number: 7 },
        ToStandby::Ping,
    ]);
    assert_eq!(kinds(&messages), all_kinds::<ToStandby>());
    let seeds = messages.iter().map(framed).collect();
    target("to_standby", Form::Frame, 1_500, seeds, move |input| {
        let accepted = frame::<ToStandby>(input, STANDBY_BYTES_MAX);
        if let Some(Ok(ToStandby::Step(step))) = input.get(4..).map(serde_json::from_slice) {
            let keeper = plenum::standby::Keeper::open(&root, session(), plenum::disk::Disk::default());
            if let Ok(mut keeper) = keeper {
                let _ = keeper.apply(&step);
            }
            assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 1, "{step:?} leads out");
            let own = std::fs::read(root.join("private/standby.json"));
            assert!(own.is_ok_and(|own| own == b"own"), "{step:?} touches this machine's key");
            let _ = std::fs::remove_file(root.join("transcript.json"));
        }
        accepted
    })
    .fuzz();
}

#[test]
fn from_standby() {
    let file = HeldFile { path: "journal.jsonl".to_owned(), bytes: 70_000, sha256: "ab".repeat(32) };
    let messages = [
        FromStandby::Holds { files: vec![file] },
        FromStandby::Durable { number: 7 },
        FromStandby::TakenOver { line: journal_lines().remove(0) },
        FromStandby::Stops { says: "磁盘已满".to_owned() },
        FromStandby::Ping,
    ];
    assert_eq!(kinds(&messages), all_kinds::<FromStandby>());
    let seeds = messages.iter().map(framed).collect();
    target("from_standby", Form::Frame, 1_000, seeds, |input| frame::<FromStandby>(input, STANDBY_BYTES_MAX))
        .fuzz();
}
