//! Every order was signed over the chain before it: lines removed, moved, edited or taken from elsewhere are named, with the
//! keys of the machine that ran the meeting and without them.

use std::fs;

use super::tamper::{
    assert_fault, faults, is_other_record, line_of, rechain, rechain_as_machine, rechain_together,
};
use super::tamper_scrutiny::{at, event_mut, order_mut, reordered, says};
use crate::archive::sample::Sample;
use crate::archive::verify::FaultKind;
use crate::archive::{TRANSCRIPT, Transcript};
use crate::meeting::{Actor, Command, Event, Seen};
use crate::words::Lang;

/// A line is removed, moved or edited, by the machine with its keys: the next order of a terminal has seen the other record.
#[test]
fn the_chain_rewritten_by_the_machine() {
    let mut sample = Sample::sealed(Lang::En, 91);
    let whole = sample.lines.clone();
    let by_seat =
        |from: usize| (from..whole.len()).find(|place| whole[*place].head.actor.seat().is_some()).unwrap();
    let deferred = line_of(&sample, |event| matches!(event, Event::Deferred { .. }));
    let resumed = line_of(&sample, |event| matches!(event, Event::Resumed));
    let suspended = line_of(&sample, |event| matches!(event, Event::Suspended { .. }));

    // Two lines of the console that cancel out are taken away.
    let mut lines = whole.clone();
    lines.remove(resumed);
    lines.remove(suspended);
    rechain_as_machine(&mut sample, lines);
    assert_fault(&sample, &at(by_seat(resumed) - 2), is_other_record);

    // An order of the console is given another content.
    let mut lines = whole.clone();
    let Event::Deferred { item, line, reason } = event_mut(&mut lines, deferred) else { panic!() };
    *reason = "nothing".into();
    let command = Command::Defer { item: item.clone(), line: line.clone(), reason: reason.clone() };
    reordered(&sample, &mut lines, deferred, &Actor::Console, &command);
    rechain_as_machine(&mut sample, lines.clone());
    assert_fault(&sample, &at(by_seat(deferred)), is_other_record);
    // Without keys it is the line itself.
    let mut edited = whole.clone();
    if let Event::Deferred { reason, .. } = event_mut(&mut edited, deferred) {
        *reason = "nothing".into();
    }
    rechain(&mut sample, edited);
    assert_fault(&sample, &at(deferred), says("other events follow"));
    // Every order after it is named, not only the first.
    rechain_as_machine(&mut sample, lines);
    let named = faults(&sample).into_iter().filter(|(_, what)| is_other_record(what)).count();
    assert!(named > 10, "{named}");
}

#[test]
fn a_room_confirmation_or_a_head_count_removed() {
    let mut sample = Sample::sealed(Lang::En, 92);
    let whole = sample.lines.clone();
    for is in
        [(|event: &Event| matches!(event, Event::RoomConfirmed { .. })) as fn(&Event) -> bool, |event| {
            matches!(event, Event::HeadsCounted { .. })
        }]
    {
        let place = line_of(&sample, is);
        let mut lines = whole.clone();
        lines.remove(place);
        rechain_as_machine(&mut sample, lines.clone());
        assert_fault(&sample, &at(place), is_other_record);
    }
    // With every key in one hand: voting cannot be opened without it.
    let place = line_of(&sample, |event| matches!(event, Event::RoomConfirmed { .. }));
    let mut lines = whole.clone();
    lines.remove(place);
    rechain_together(&mut sample, lines);
    let voting = line_of(&sample, |event| matches!(event, Event::VotingOpened { .. }));
    assert_fault(&sample, &at(voting - 1), |what| {
        says("RoomNotCompared")(what) || says("OtherRoomCode")(what)
    });
}

#[test]
fn a_sheet_signature_moved_and_a_refusal_dropped() {
    let mut sample = Sample::sealed(Lang::En, 93);
    let whole = sample.lines.clone();
    let signed = line_of(&sample, |event| matches!(event, Event::ResultSigned { .. }));
    let refused = line_of(&sample, |event| matches!(event, Event::ResultRefused { .. }));
    // One scrutineer's signature as another's.
    let mut lines = whole.clone();
    let order = order_mut(&mut lines, signed);
    order.actor = Actor::from("m6");
    order.counter += 100;
    lines[signed].head.actor = Actor::from("m6");
    if let Event::ResultSigned { seat, .. } = event_mut(&mut lines, signed) {
        *seat = "m6".into();
    }
    rechain(&mut sample, lines);
    assert_fault(&sample, &at(signed), says("the signature is not by the key of m6"));
    // To before the count.
    let counted = line_of(&sample, |event| matches!(event, Event::Counted { .. }));
    let mut lines = whole.clone();
    let line = lines.remove(signed);
    lines.insert(counted, line);
    rechain(&mut sample, lines);
    assert_fault(&sample, &at(counted), |what| matches!(what, FaultKind::Record { .. }));
    // A refusal dropped by the machine, when no terminal ordered anything after it: each has witnessed another end.
    rechain(&mut sample, whole.clone());
    let honest = Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap()).unwrap();
    let mut lines = whole;
    lines.remove(refused);
    rechain_as_machine(&mut sample, lines);
    let resealed = Transcript::read(&fs::read(sample.path(TRANSCRIPT)).unwrap()).unwrap();
    let seal = Transcript { seal: resealed.seal, ..honest };
    fs::write(sample.path(TRANSCRIPT), seal.bytes()).unwrap();
    assert_fault(&sample, TRANSCRIPT, |what| matches!(what, FaultKind::Witness { by } if by == "m6"));
    assert_fault(&sample, TRANSCRIPT, |what| matches!(what, FaultKind::Signature { by } if by == "m4"));
}

#[test]
fn a_signature_from_another_meeting() {
    let [mut sample, other] = [Sample::sealed(Lang::En, 94), Sample::sealed(Lang::En, 95)];
    let confirmed = line_of(&sample, |event| matches!(event, Event::BoxConfirmed { .. }));
    let foreign = other.lines[confirmed].body.as_ref().unwrap().order.as_ref().unwrap().signature.clone();
    let mut lines = sample.lines.clone();
    order_mut(&mut lines, confirmed).signature = foreign;
    rechain(&mut sample, lines.clone());
    assert_fault(&sample, &at(confirmed), says("the signature is not by the key of"));
    // The whole order, with what it has seen.
    let seen = other.lines[confirmed].body.as_ref().unwrap().order.as_ref().unwrap().seen.clone();
    assert!(seen != Seen { line: 0, head: String::new() });
    order_mut(&mut lines, confirmed).seen = seen;
    rechain(&mut sample, lines);
    assert_fault(&sample, &at(confirmed), is_other_record);
}
