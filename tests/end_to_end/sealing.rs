//! The seal: signed in order, witnessed by every terminal, through restarts, absences and refusals.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use plenum::archive::verify::{What, verify};
use plenum::archive::{TRANSCRIPT, Transcript};
use plenum::client::connect::{ConnectFault, come_back, fresh_identity};
use plenum::client::hubs::HubAt;
use plenum::client::store::Enrolled;
use plenum::client::{AskError, Client, SealAct, SealRefused, Stands, View};
use plenum::disk::{Deed, Disk, Trouble, Verdict};
use plenum::hub::{End, Hub};
use plenum::meeting::{Actor, AdjournGround, Command};
use plenum::wire::{Answer, ToHub, ToScreen, TurnedAway, WrongAnswer};

use super::room::{ByHand, MEMBERS, Room, client_of, person, soon};

/// A meeting that was held and is to be sealed.
async fn ended(seats: &[&str]) -> Room {
    let room = Room::with(seats).await;
    close(&room).await;
    room
}

async fn close(room: &Room) {
    room.lead_until("the end", |state| state.ended_at.is_some()).await;
    for client in room.clients.values().chain([&room.console]) {
        soon("the seal", client.until(|view| view.seal.is_some())).await.unwrap();
    }
}

async fn refused(client: &Client, act: SealAct) -> SealRefused {
    match soon("an answer", client.of_seal(act)).await {
        Err(AskError::Seal(refused)) => refused,
        other => panic!("{other:?}"),
    }
}

fn without(id: &str, reason: &str) -> SealAct {
    SealAct::Without(person(id), reason.to_owned())
}

async fn until_console(room: &Room, what: &str, id: &str, stands: impl Fn(&Stands) -> bool) {
    let there = |view: &View| {
        let signer = view.seal.as_ref().and_then(|seal| seal.signer(&person(id)));
        signer.is_some_and(|signer| stands(&signer.stands))
    };
    room.until(what, there).await;
}

/// Signs last, and reads what is left.
async fn sealed(mut room: Room) -> (Transcript, String) {
    soon("the seal", room.console.seal()).await.unwrap();
    assert_eq!(soon("the hub's end", room.hub.take().unwrap()).await.unwrap(), End::Sealed);
    let report = verify(&room.dir);
    assert!(report.holds(), "{:?}", report.faults);
    assert!(!room.dir.join("private").exists());
    let seal = report.checks.iter().find(|check| matches!(check.what, What::Seal { .. })).unwrap();
    let transcript = Transcript::read(&fs::read(room.dir.join(TRANSCRIPT)).unwrap()).unwrap();
    (transcript, plenum::words::archive::check(plenum::words::Lang::En, &seal.what))
}

fn signers(transcript: &Transcript) -> Vec<String> {
    transcript.signatures.iter().map(|signature| signature.by.to_string()).collect()
}

async fn all_witness(room: &Room, many: usize) {
    let enough = |view: &View| view.seal.as_ref().and_then(|seal| seal.witnesses) == Some(many);
    room.until("all witnesses", enough).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recorder_scrutineers_presiding_officer_in_this_order_through_restarts() {
    let mut room = ended(&MEMBERS).await;
    all_witness(&room, 6).await;
    assert_eq!(refused(&room.clients["m2"], SealAct::Sign).await, SealRefused::OthersFirst);
    assert_eq!(refused(&room.console, SealAct::Sign).await, SealRefused::OthersFirst);
    assert_eq!(refused(&room.clients["m5"], SealAct::Sign).await, SealRefused::NotEntitled);
    room.sign("m4").await;
    room.stop().await;
    room.open_again().await;
    room.sign("m3").await;
    // The answer was lost, and it is signed again: nothing changes.
    soon("once more", room.clients["m3"].seal()).await.unwrap();
    room.stop().await;
    room.open_again().await;
    room.sign("m2").await;
    all_witness(&room, 6).await;
    until_console(&room, "all", "m2", |stands| *stands == Stands::Signed).await;
    let (transcript, line) = sealed(room).await;
    assert_eq!(signers(&transcript), ["hub", "m4", "m3", "m2", "console"]);
    let witnesses: Vec<String> = transcript.witnesses.iter().map(|one| one.by.to_string()).collect();
    assert_eq!(witnesses, ["console", "m1", "m2", "m3", "m4", "m5"]);
    assert_eq!(line, "seal: signed by recorder, 2 scrutineers, presiding officer; 6 witnesses");
}

/// Two scrutineers at the same moment: one of them comes second, and signs over the list with the first by itself.
#[tokio::test(flavor = "multi_thread")]
async fn two_scrutineers_at_the_same_moment() {
    let room = ended(&MEMBERS).await;
    room.sign("m4").await;
    tokio::join!(room.sign("m2"), room.sign("m3"));
    for id in ["m2", "m3"] {
        until_console(&room, "both", id, |stands| *stands == Stands::Signed).await;
    }
    let (transcript, _) = sealed(room).await;
    assert_eq!(transcript.signatures.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_away_or_refuses_is_named_with_the_reason() {
    let mut room = Room::with(&["m1", "m2", "m3", "m4", "a1"]).await;
    close(&room).await;
    // No reason, nobody to go on without, not the console's to say.
    assert_eq!(refused(&room.console, without("m4", "  ")).await, SealRefused::Reason);
    assert_eq!(refused(&room.console, without("m5", "away")).await, SealRefused::NotEntitled);
    assert_eq!(refused(&room.clients["m2"], without("m4", "away")).await, SealRefused::NotEntitled);
    let console = SealAct::Without(Actor::Console, "tired".to_owned());
    assert_eq!(refused(&room.console, console).await, SealRefused::NotEntitled);
    // The recorder is passed over, and signs after all; so the reason goes.
    soon("going on", room.console.of_seal(without("m4", "has left"))).await.unwrap();
    room.sign("m4").await;
    until_console(&room, "the recorder", "m4", |stands| *stands == Stands::Signed).await;
    assert_eq!(refused(&room.console, without("m4", "has left")).await, SealRefused::Answered);
    // A scrutineer refuses; the other is passed over, the hub stops in between.
    let refuses = SealAct::Refuse(" the count is wrong ".to_owned());
    soon("a refusal", room.clients["m2"].of_seal(refuses)).await.unwrap();
    assert_eq!(refused(&room.console, without("m2", "something else")).await, SealRefused::Answered);
    room.stop().await;
    room.open_again().await;
    soon("going on", room.console.of_seal(without("m3", "terminal broken"))).await.unwrap();
    until_console(&room, "both named", "m3", |stands| matches!(stands, Stands::Without { .. })).await;
    all_witness(&room, 6).await;
    let (transcript, line) = sealed(room).await;
    assert_eq!(signers(&transcript), ["hub", "m4", "console"]);
    assert_eq!(
        line,
        "seal: signed by recorder, presiding officer; 6 witnesses; not signed: Ben Counting (refuses: the count \
         is wrong); Cleo Counting (terminal broken)"
    );
}

/// The recorder's turn is over once a scrutineer has signed.
#[tokio::test(flavor = "multi_thread")]
async fn too_late_is_said() {
    let room = ended(&MEMBERS).await;
    soon("going on", room.console.of_seal(without("m4", "has left"))).await.unwrap();
    room.sign("m2").await;
    assert_eq!(refused(&room.clients["m4"], SealAct::Sign).await, SealRefused::TooLate);
    room.sign("m3").await;
    until_console(&room, "both", "m3", |stands| *stands == Stands::Signed).await;
    let (transcript, _) = sealed(room).await;
    assert_eq!(signers(&transcript), ["hub", "m2", "m3", "console"]);
}

/// Signatures over something else, by somebody who speaks to the hub with their own program.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_hold_is_not_taken() {
    let mut room = Room::with(&["m1", "m2", "m3", "m5"]).await;
    let mut hand: ByHand = room.by_hand("m4").await;
    room.lead_until("scrutineers", |state| state.scrutineers_approved()).await;
    room.give(Command::Adjourn { ground: AdjournGround::Decided { reason: "smoke".to_owned() } }).await;
    close(&room).await;
    hand.catch_up(|state| state.ended_at.is_some()).await;
    let text = loop {
        if let ToScreen::SealReady { transcript } = hand.hear().await.unwrap() {
            break transcript;
        }
    };
    let transcript = Transcript::read(text.as_bytes()).unwrap();
    let mut other = transcript.seal.clone();
    other.lines += 1;
    let (by, identity) = (person("m4"), hand.enrolled.identity.clone());
    let witness = |body: &plenum::archive::SealBody| body.witness(by.clone(), &identity).signature;
    let false_seal = Transcript { seal: other.clone(), ..transcript.clone() };
    let unkeyed = plenum::client::connect::fresh_identity();
    let said = [
        (ToHub::Witness { ask: 900, signature: witness(&other) }, Some(SealRefused::OtherRecord)),
        (ToHub::Witness { ask: 901, signature: witness(&transcript.seal) }, None),
        (ToHub::Witness { ask: 902, signature: witness(&transcript.seal) }, None),
        (
            ToHub::SealSignature { ask: 903, signature: false_seal.sign(by.clone(), &identity).signature },
            Some(SealRefused::Changed),
        ),
        (
            ToHub::SealSignature { ask: 904, signature: transcript.sign(by.clone(), &unkeyed).signature },
            Some(SealRefused::Changed),
        ),
        (
            ToHub::SealRefusal { ask: 905, reason: "no".to_owned(), signature: witness(&transcript.seal) },
            Some(SealRefused::Changed),
        ),
        (
            ToHub::SealSignature { ask: 906, signature: transcript.sign(by.clone(), &identity).signature },
            None,
        ),
    ];
    for (message, expected) in said {
        hand.say(&message).await;
        let answer = loop {
            if let ToScreen::Answer { answer, .. } = hand.hear().await.unwrap() {
                break answer;
            }
        };
        match expected {
            None => assert!(matches!(answer, Answer::Done { .. }), "{message:?}: {answer:?}"),
            Some(why) => assert!(
                matches!(&answer, Answer::Wrong(WrongAnswer::Seal(said)) if *said == why),
                "{message:?}: {answer:?}"
            ),
        }
    }
    room.sign("m2").await;
    room.sign("m3").await;
    until_console(&room, "both", "m3", |stands| *stands == Stands::Signed).await;
    room.stop().await;
    // What lies in the private store and does not hold is not gone on with: all are asked anew.
    let path = room.dir.join("private/seal.json");
    let kept = Transcript::read(&fs::read(&path).unwrap()).unwrap();
    let mut forged = kept.clone();
    forged.signatures[1].signature = forged.signatures[2].signature.clone();
    fs::write(&path, forged.bytes()).unwrap();
    room.open_again().await;
    let fresh = |stands: &Stands| *stands == Stands::Next;
    until_console(&room, "the recorder asked anew", "m4", fresh).await;
    soon("going on", room.console.of_seal(without("m4", "has left"))).await.unwrap();
    room.seal().await;
    assert_eq!(soon("the hub's end", room.hub.take().unwrap()).await.unwrap(), End::Sealed);
    assert!(verify(&room.dir).holds());
}

/// Fails at whatever makes the folder a sealed one, as long as it is to.
#[derive(Debug, Default)]
struct FullAtTheSeal(AtomicBool);

impl Trouble for FullAtTheSeal {
    fn before(&self, deed: Deed, path: &Path, _: usize) -> Verdict {
        let seals = deed == Deed::Rename && path.ends_with(TRANSCRIPT);
        if seals && self.0.load(Ordering::SeqCst) {
            return Verdict::Fail(std::io::ErrorKind::StorageFull.into());
        }
        Verdict::GoOn
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_is_full_at_the_last_signature_is_told_on_every_screen() {
    let mut room = ended(&MEMBERS).await;
    room.stop().await;
    let disk = Arc::new(FullAtTheSeal(AtomicBool::new(true)));
    room.open_again_as(Disk::with(Arc::clone(&disk) as Arc<dyn Trouble>), |hub| hub).await;
    for id in ["m4", "m2", "m3"] {
        room.sign(id).await;
    }
    let all = |view: &View| view.seal.as_ref().is_some_and(|seal| seal.missing().count() == 0);
    room.until("all signatures", all).await;
    let console = room.console.clone();
    match soon("an answer", console.seal()).await {
        Err(AskError::Disk(says)) => assert!(says.contains(TRANSCRIPT), "{says}"),
        other => panic!("{other:?}"),
    }
    for client in room.clients.values().chain([&room.console]) {
        let told =
            |view: &View| view.live.disk_trouble.as_ref().is_some_and(|says| says.contains(TRANSCRIPT));
        soon("the trouble", client.until(told)).await.unwrap();
        assert!(!client.view().sealed);
    }
    disk.0.store(false, Ordering::SeqCst);
    for client in room.clients.values() {
        soon("room again", client.until(|view| view.live.disk_trouble.is_none())).await.unwrap();
    }
    sealed(room).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_at_the_seal_is_told_for_as_long_as_the_console_is_open() {
    let mut room = Room::with(&MEMBERS).await;
    // A terminal that is gone before the end of the record.
    let away = room.by_hand("a1").await.enrolled;
    let stranger = Enrolled { identity: fresh_identity(), ..away.clone() };
    close(&room).await;
    room.stop().await;
    room.open_again_as(Disk::default(), Hub::telling_afterwards).await;
    room.seal().await;
    for client in room.clients.values().chain([&room.console]) {
        soon("the seal", client.until(|view| view.sealed)).await.unwrap();
    }
    let lines = room.lines();
    for _ in 0..2 {
        let client = client_of(&away);
        let view = soon("the seal, late", client.until(|view| view.sealed)).await.unwrap();
        assert_eq!(view.chain.number, lines.len() as u64, "with the whole record");
        assert!(view.state.as_ref().unwrap().ended_at.is_some());
    }
    match come_back(&stranger, &HubAt::first(&stranger), 0).await {
        Err(ConnectFault::TurnedAway(away)) => assert_eq!(away, TurnedAway::KeyRevoked),
        other => panic!("{other:?}"),
    }
    assert_eq!(room.lines(), lines, "nothing is written after the seal");
    room.stop.take().unwrap().send(()).unwrap();
    assert_eq!(soon("the hub's end", room.hub.take().unwrap()).await.unwrap(), End::Sealed);
    let report = verify(&room.dir);
    assert!(report.holds(), "{:?}", report.faults);
}
