//! A hostile hub meets an honest terminal: one case for each † of the ballot's specification.
//!
//! | † | case |
//! |---|---|
//! | all randomness of a ballot is fresh | `papers::nothing_of_a_paper_follows_from_what_is_kept` |
//! | anonymous messages: a connection of their own, nothing resumed, one length | `papers::what_comes_without_a_name_looks_alike` |
//! | all hashes are in before any dealing is shown | `key::a_dealing_is_shown_only_when_all_have_committed` |
//! | an enrolled ghost is seen when heads are counted | `record::an_enrolled_ghost_gets_no_papers_issued` |
//! | a list is never edited | `record::what_a_hub_adds_to_the_record_no_screen_follows`, `hostile::a_list_that_is_not_right_…` |
//! | tokens that mark a seat | `papers::a_terminal_whose_answer_is_marked_registers_nothing` |
//! | nobody votes ahead of the others | `boxes::nobody_votes_ahead_of_the_others` |
//! | the box has neither order nor time | `boxes::a_box_keeps_neither_order_nor_time_and_a_receipt_bears_none`, `linkage` |
//! | turnout is rounded | `boxes::turnout_comes_in_fives` |
//! | confirmations of the box are checked by every terminal, missing ones named | `boxes::a_hub_that_drops_a_ballot_and_every_objection_…`, `record` |
//! | void and superseded rounds are never opened | `record::a_void_round_is_never_opened`, `opening` |
//! | one sum for each election | `opening::*` |
//! | false factors stop no opening, and nobody else is charged with them | `false_factors::*` |
//! | the room code is over keys, trustees and setups | `record::a_hub_that_tells_rooms_apart_is_found_out` |

mod boxes;
pub use boxes::slots;
mod false_factors;
mod key;
mod opening;
mod papers;
mod record;

use std::path::Path;

use jiff::Timestamp;
use plenum::client::scrutineer::{KeptShare, ScrutinyDuty, Sent, next_duty};
use plenum::journal::{Body, Line, Replay};
use plenum::meeting::{Actor, Command, Identity, Order, Seen, State};
use plenum::wire::{Answer, ToHub};

use super::room::{ByHand, Room, rng};

/// The key of the hub itself: a hostile one has it.
fn hub_identity(dir: &Path) -> Identity {
    let written = std::fs::read(dir.join("private/hub.json")).unwrap();
    let written: serde_json::Value = serde_json::from_slice(&written).unwrap();
    let seed = data_encoding::HEXLOWER.decode(written["identity"].as_str().unwrap().as_bytes()).unwrap();
    Identity::from_bytes(&seed.try_into().unwrap())
}

/// A record as far as it has come, followed by whoever reads it.
fn followed(lines: &[String]) -> Replay {
    let mut replay = Replay::new();
    for line in lines {
        replay.read(line).unwrap();
    }
    replay
}

/// The first lines of a record, up to the one with which it comes to `there`.
fn until(lines: &[String], there: impl Fn(&State) -> bool) -> Vec<String> {
    let mut replay = Replay::new();
    let mut some = Vec::new();
    for line in lines {
        replay.read(line).unwrap();
        some.push(line.clone());
        if replay.state().is_some_and(&there) {
            return some;
        }
    }
    panic!("it never comes there");
}

/// A hub that writes what it likes: the chain is sound, and this key signs in this name. What an honest screen says to it.
fn added(lines: &[String], identity: &Identity, actor: &Actor, command: &Command) -> String {
    let replay = followed(lines);
    added_having_seen(lines, identity, actor, command, replay.seen())
}

fn added_having_seen(
    lines: &[String],
    identity: &Identity,
    actor: &Actor,
    command: &Command,
    seen: Seen,
) -> String {
    let replay = followed(lines);
    let state = replay.state().unwrap();
    let counter = state.orders.get(actor).map_or(0, |last| last.counter) + 1;
    let order = identity.order(state.session(), actor.clone(), counter, seen, command).unwrap();
    added_order(lines, order)
}

fn added_order(lines: &[String], order: Order) -> String {
    let mut replay = followed(lines);
    match replay.read(&written(&replay.clone(), order)) {
        Ok(_) => "followed".to_owned(),
        Err(fault) => {
            assert_eq!(fault.line, lines.len() as u64 + 1);
            format!("{:?}", fault.what)
        }
    }
}

/// What a hub that cheats would have follow: what the rules have where they allow it, nothing else.
fn written(replay: &Replay, order: Order) -> String {
    let (actor, time): (Actor, Timestamp) = (order.actor.clone(), replay.time().unwrap());
    let state = replay.state().unwrap();
    let events =
        order.command().ok().and_then(|command| plenum::meeting::decide(state, &actor, &command, time).ok());
    let body = Body { order: Some(order), events: events.unwrap_or_default() };
    Line::write(replay.number() + 1, replay.hash(), time, actor, body, &mut rng()).unwrap().text
}

/// The record with what this key really commands.
fn and(lines: &[String], identity: &Identity, actor: &Actor, command: &Command) -> Vec<String> {
    let replay = followed(lines);
    let state = replay.state().unwrap();
    let counter = state.orders.get(actor).map_or(0, |last| last.counter) + 1;
    let order = identity.order(state.session(), actor.clone(), counter, replay.seen(), command).unwrap();
    let line = written(&replay, order);
    lines.iter().cloned().chain([line]).collect()
}

/// Takes part in the making of the key by hand, to the end; what is kept of it. `watch` sees each duty before it is done.
async fn make_key(
    hand: &mut ByHand,
    mut watch: impl FnMut(&State, Option<&KeptShare>, &ScrutinyDuty),
) -> KeptShare {
    let me = hand.enrolled.actor.clone();
    let seat = me.seat().unwrap().clone();
    let (mut kept, mut sent): (Option<KeptShare>, Sent) = (None, Sent::default());
    loop {
        let state = hand.state().clone();
        if state.key.is_some() {
            return kept.unwrap();
        }
        let duty = next_duty(&state, &me, kept.as_ref(), |_| None, &sent, &mut rng()).unwrap();
        if let Some(duty) = &duty {
            watch(&state, kept.as_ref(), duty);
        }
        match duty {
            None => drop(hand.hear().await.unwrap()),
            Some(ScrutinyDuty::Begin(number)) => kept = Some(KeptShare::begin(number, &mut rng())),
            Some(ScrutinyDuty::Deal) => {
                kept.as_mut().unwrap().deal(state.ceremony.as_ref().unwrap(), &mut rng()).unwrap();
            }
            Some(ScrutinyDuty::Give(command)) => {
                let Answer::Done { line: Some(line), .. } = hand.order(&command).await else {
                    panic!("refused")
                };
                hand.catch_up(|state| state.line >= line).await;
            }
            Some(ScrutinyDuty::HandIn(ceremony, dealing)) => {
                sent.dealing = Some(ceremony);
                let answer = hand.ask(|ask| ToHub::Dealing { ask, ceremony, dealing }).await;
                let Answer::Dealings { dealings } = answer else { panic!("{answer:?}") };
                let making = hand.state().ceremony.clone().unwrap();
                kept.as_mut().unwrap().accept(&making, &seat, &dealings, &mut rng()).unwrap();
            }
            Some(ScrutinyDuty::ShowShare(ceremony, proof)) => {
                sent.share = Some(ceremony);
                hand.ask(|ask| ToHub::Share { ask, ceremony, proof }).await;
            }
            Some(other) => panic!("{other:?}"),
        }
    }
}

/// A room with three scrutineers, of whom m5 sits at a bare connection and has made the key with the others.
async fn room_of_three() -> (Room, ByHand, KeptShare) {
    let room = Room::of(super::room::write_plan_of_three).await.seated(&["m1", "m2", "m3", "m4"]).await;
    let mut hand = room.by_hand("m5").await;
    let ready = room.lead_until("a key", |state| state.key.is_some());
    let ((), kept) = tokio::join!(ready, make_key(&mut hand, |_, _, _| {}));
    (room, hand, kept)
}
