//! Frames: what crosses the network, before anybody looks at what it says.

use std::pin::Pin;
use std::task::{Context, Poll};

use plenum::ballot::{BallotHash, Token};
use plenum::journal::Line;
use plenum::meeting::{Identity, Seen, SlipAct, SlipSays};
use plenum::wire::frame::{HELLO_BYTES_MAX, TO_HUB_BYTES_MAX, read_frame};
use plenum::wire::standby::{Bytes, FromStandby, HeldFile, STANDBY_BYTES_MAX, Step, ToStandby};
use plenum::wire::{Anonymous, FrameFault, Hello, Reached, Receipt, ToHub, ToScreen};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, ReadBuf};

use super::ballots::Room;
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
    let hello = Hello::Enrol { version, key: "ab".repeat(32), proof: "cd".repeat(32) };
    let seeds = vec![framed(&hello), framed(&Hello::Anonymous { version, session })];
    target("hello", Form::Frame, 1_500, seeds, |input| frame::<Hello>(input, HELLO_BYTES_MAX)).fuzz();
}

#[test]
fn anonymous() {
    let room = Room::new(1);
    let ballot = |receipt| {
        let bytes = String::from_utf8(room.ballot()).unwrap();
        framed(&Anonymous::cast("posts".into(), bytes, receipt, room.ballot_bytes_max()))
    };
    let receipt = Receipt { ballot: BallotHash::of(&room.ballot()), signature: "ab".repeat(64) };
    let token: Token = serde_json::from_value("ab".repeat(64).into()).unwrap();
    let (session, item) = ("0123456789abcdef0123456789abcdef".into(), "review".into());
    let says = SlipSays::Question { official: "north".into(), text: "为什么？".to_owned() };
    let key = Identity::from_bytes(&[7; 32]);
    let act = SlipAct::sign(&key, (&session, &item), 1, Some(token), says);
    let slip = Anonymous::slip(item, act).unwrap();
    let seeds = vec![ballot(None), ballot(Some(receipt)), framed(&slip)];
    target("anonymous", Form::Frame, 1_000, seeds, |input| frame::<Anonymous>(input, TO_HUB_BYTES_MAX))
        .fuzz();
}

#[test]
fn to_hub() {
    let orders = journal_lines().into_iter().filter_map(|line| Line::read(&line).ok()?.body?.order);
    let mut seeds: Vec<_> =
        (1..).zip(orders.take(60)).map(|(ask, order)| framed(&ToHub::Order { ask, order })).collect();
    seeds.push(framed(&ToHub::Material { ask: 1, path: "a.md".to_owned() }));
    seeds.push(framed(&ToHub::TakenOver { line: journal_lines().swap_remove(2) }));
    seeds.push(framed(&ToHub::Ping));
    target("to_hub", Form::Frame, 1_500, seeds, |input| frame::<ToHub>(input, TO_HUB_BYTES_MAX)).fuzz();
}

#[test]
fn to_screen() {
    let seeds = vec![
        framed(&ToScreen::Lines { lines: journal_lines().into_iter().take(4).collect() }),
        framed(&ToScreen::Live(plenum::wire::Live { connected: 3, ..Default::default() })),
        framed(&ToScreen::TurnedAway(plenum::wire::TurnedAway::UsedCode)),
        framed(&ToScreen::SealReady { transcript: "{}".to_owned() }),
        framed(&ToScreen::Welcome {
            session: "ab".into(),
            actor: "m1".into(),
            proof: None,
            reached: Some(Reached { epoch: 1, end: Seen { line: 7, head: "cd".repeat(32) } }),
        }),
    ];
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
        Step::Cut { path: path("minutes.md"), bytes: 2 },
        Step::Replace { path: path("private/codes.json"), bytes: bytes() },
        Step::Rename { from: path("private/transcript.json"), to: path("transcript.json") },
        Step::Remove { path: path("private/posts.box") },
        Step::RemovePrivate,
    ];
    let mut seeds: Vec<_> = steps.into_iter().map(|step| framed(&ToStandby::Step(step))).collect();
    seeds.push(framed(&ToStandby::Welcome { session: session(), trustee: None }));
    seeds.push(framed(&ToStandby::Mark { number: 7 }));
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
    let seeds = vec![
        framed(&FromStandby::Holds { files: vec![file] }),
        framed(&FromStandby::Durable { number: 7 }),
        framed(&FromStandby::TakenOver { line: journal_lines().remove(0) }),
        framed(&FromStandby::Stops { says: "磁盘已满".to_owned() }),
        framed(&FromStandby::Ping),
    ];
    target("from_standby", Form::Frame, 1_000, seeds, |input| frame::<FromStandby>(input, STANDBY_BYTES_MAX))
        .fuzz();
}
