//! The scrutineers' part step by step: what each step needs, and what it cannot be made to do.

use super::common::hex;
use super::scrutiny::{Made, factors, made, tally};
use super::scrutiny_refusals::*;
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, BallotId, Command, CommandKind, Event, Factors, OfficialStage, OpenedBox, Refusal, RoundPhase,
    SeatId, Sheet, VoidReason, enough_released, openers_left, sha256_hex,
};
use crate::words::Lang;

#[test]
fn a_key_is_made_step_by_step_and_in_no_other_order() {
    use CommandKind as K;
    let mut sample = without_key(Point::ScrutineersApproved);
    let Made { certificates, dealings, trustees } = made(2, 1);
    let other = made(2, 2);
    let certify = |place: usize, of: &Made| Command::CertifyKey {
        ceremony: 1,
        certificate: Box::new(of.certificates[place].clone()),
    };
    let commit = |dealing: &str| Command::CommitDealing { ceremony: 1, dealing: dealing.to_owned() };
    let fix = |text: &str| Command::FixTrustees { ceremony: 1, trustees: text.to_owned() };
    let confirm =
        |text: &str| Command::ConfirmTrustees { ceremony: 1, trustees: sha256_hex(text.as_bytes()) };
    refused(&sample, &person("m5"), &certify(0, other), not_now(K::CertifyKey));
    sample.console(Command::MakeKey);
    let later = Command::CertifyKey { ceremony: 2, certificate: Box::new(certificates[0].clone()) };
    refused(&sample, &person("m5"), &later, not_now(K::CertifyKey));
    refused(&sample, &person("m2"), &certify(0, other), no_right(K::CertifyKey));
    sample.order(&person("m5"), certify(0, made(2, 1)));
    nothing_follows(&sample, &person("m5"), &certify(0, made(2, 1)));
    refused(&sample, &person("m5"), &certify(0, other), not_now(K::CertifyKey));
    refused(&sample, &person("m5"), &commit(&dealings[0]), not_now(K::CommitDealing));
    // A certificate at somebody else's place makes no key.
    let mut wrong = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
    wrong.order(&person("m6"), certify(0, made(2, 1)));
    refused(&wrong, &person("m5"), &commit(&dealings[0]), Refusal::MalformedKey);
    sample.order(&person("m6"), certify(1, made(2, 1)));
    sample.order(&person("m5"), commit(&dealings[0]));
    nothing_follows(&sample, &person("m5"), &commit(&dealings[0]));
    refused(&sample, &person("m5"), &commit(&dealings[1]), not_now(K::CommitDealing));
    refused(&sample, &Actor::Hub, &fix(trustees), not_now(K::FixTrustees));
    sample.order(&person("m6"), commit(&dealings[1]));
    refused(&sample, &person("m5"), &confirm(trustees), not_now(K::ConfirmTrustees));
    for text in ["", "[]", &other.trustees, &trustees.replacen('1', "2", 1)] {
        refused(&sample, &Actor::Hub, &fix(text), Refusal::MalformedKey);
    }
    sample.order(&Actor::Hub, fix(trustees));
    refused(&sample, &Actor::Hub, &fix(trustees), not_now(K::FixTrustees));
    refused(&sample, &person("m5"), &confirm(&other.trustees), Refusal::MalformedKey);
    sample.order(&person("m5"), confirm(trustees));
    nothing_follows(&sample, &person("m5"), &confirm(trustees));
    assert!(sample.state.key.is_none(), "one of two is not all");
    sample.order(&person("m6"), confirm(trustees));
    let key = sample.state.key.clone().unwrap();
    assert_eq!((key.threshold, &key.trustees), (2, trustees));
    assert!(sample.state.key_is_ready() && sample.state.ceremony.is_none());
}

#[test]
fn no_paper_is_issued_while_another_key_is_made() {
    let mut sample = with_key(Point::Deliberated);
    for id in ["m5", "m6"] {
        sample.order(&Actor::Hub, Command::Enrol { who: person(id), key: hex(5) });
    }
    sample.count_heads();
    sample.console(Command::MakeKey);
    let open = Command::OpenIssue { item: item() };
    refused(&sample, &Actor::Console, &open, not_now(CommandKind::OpenIssue));
    // What the old terminal did is lost with it: the making is over, and the share in the old key is lost.
    sample.console(Command::ReissueCode { who: person("m6") });
    assert!(sample.state.ceremony.is_none());
    refused(&sample, &Actor::Console, &open, Refusal::KeyNotReady { ready: 1, needed: 2 });
}

#[test]
fn heads_and_room_take_enough_scrutineers_and_the_last_word_counts() {
    let mut sample = at(Point::Deliberated);
    let open = Command::OpenIssue { item: item() };
    let not_counted = |equal| Refusal::HeadsNotCounted { equal, needed: 2, present: 8 };
    sample.order(&person("m5"), heads(8));
    nothing_follows(&sample, &person("m5"), &heads(8));
    sample.order(&person("m6"), heads(9));
    refused(&sample, &Actor::Console, &open, not_counted(1));
    sample.order(&person("m5"), heads(7));
    sample.order(&person("m6"), heads(8));
    refused(&sample, &Actor::Console, &open, not_counted(1));
    sample.order(&person("m5"), heads(8));
    // Who comes now was not counted.
    let seat = SeatId::from("m9");
    sample.sign_in(&["m9"]);
    refused(&sample, &Actor::Console, &open, Refusal::HeadsNotCounted { equal: 0, needed: 2, present: 9 });
    sample.order(&person("m9"), Command::SignOut { seat });
    sample.console(open);
    assert!(sample.state.current_item().unwrap().heads.is_empty(), "the next papers are counted anew");

    let mut sample = at(Point::Confirming);
    let voting = Command::OpenVoting { ballot: ballot() };
    let typed = room(&sample);
    sample.order(&person("m5"), typed.clone());
    nothing_follows(&sample, &person("m5"), &typed);
    let once = Refusal::RoomNotCompared { confirmed: 1, needed: 2 };
    refused(&sample, &Actor::Console, &voting, once);
    sample.order(&Actor::Hub, Command::Enrol { who: person("m9"), key: hex(5) });
    let none = Refusal::RoomNotCompared { confirmed: 0, needed: 2 };
    refused(&sample, &Actor::Console, &voting, none);
    refused(&sample, &person("m6"), &typed, Refusal::OtherRoomCode);
    sample.compare_room();
    sample.console(voting);
    let seat = SeatId::from("m5");
    let mut sample = at(Point::Deliberated);
    sample.order(&person("m5"), Command::SignOut { seat: seat.clone() });
    refused(&sample, &person("m5"), &heads(7), Refusal::NotPresent { seat });
}

#[test]
fn a_box_is_confirmed_when_it_cannot_grow_any_more() {
    for (rehearsal, window, answer) in [(false, 60, 20), (true, 1, 1)] {
        let mut sample = at(Point::Sealing);
        if rehearsal {
            sample = sample.rehearsal();
        }
        sample.fix_box(7);
        let later = |fixed: jiff::Timestamp, seconds: u32| {
            fixed + jiff::SignedDuration::from_secs(i64::from(seconds))
        };
        let end = Command::EndBoxCheck { ballot: ballot() };
        let fixed = sample.now;
        refused(&sample, &person("m2"), &confirm(&sample), not_now(CommandKind::ConfirmBox));
        refused(&sample, &Actor::Hub, &end, not_now(CommandKind::EndBoxCheck));
        refused(&sample, &person("m5"), &accept(&["m3"]), Refusal::BoxStillChecked { seconds: window });
        sample.now = later(fixed, window) - jiff::SignedDuration::from_millis(1);
        refused(&sample, &Actor::Hub, &end, not_now(CommandKind::EndBoxCheck));
        // Until then a ballot that was missing is taken, and the window is the first one's.
        let mut grown = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
        grown.order(&Actor::Hub, fix(8));
        let round = grown.state.current_round().unwrap().1;
        assert_eq!((round.box_fixed_at, round.returned()), (Some(fixed), Some(8)));
        // With as many ballots as papers it is closed at once, without a word of the hub.
        assert_eq!(round.box_closed_at, Some(grown.now));
        nothing_follows(&grown, &Actor::Hub, &end);
        grown.order(&person("m2"), confirm(&grown));
        // When the time is over nothing is added any more, whether or not the hub has said so; it is not yet closed.
        sample.now = later(fixed, window);
        refused(&sample, &Actor::Hub, &fix(8), not_now(CommandKind::FixBox));
        refused(&sample, &person("m2"), &confirm(&sample), not_now(CommandKind::ConfirmBox));
        refused(&sample, &person("m5"), &accept(&["m3"]), Refusal::BoxStillChecked { seconds: 1 });
        sample.order(&Actor::Hub, end.clone());
        nothing_follows(&sample, &Actor::Hub, &end);
        refused(&sample, &Actor::Hub, &fix(8), not_now(CommandKind::FixBox));
        nothing_follows(&sample, &Actor::Hub, &fix(7));
        // Now terminals answer, and have their time for it.
        let closed = sample.now;
        assert_eq!(sample.state.current_round().unwrap().1.box_closed_at, Some(closed));
        refused(&sample, &person("m5"), &accept(&["m3"]), Refusal::BoxStillChecked { seconds: answer });
        sample.order(&person("m2"), confirm(&sample));
        nothing_follows(&sample, &person("m2"), &confirm(&sample));
        sample.now = later(closed, answer) - jiff::SignedDuration::from_millis(1);
        refused(&sample, &person("m5"), &accept(&["m3"]), Refusal::BoxStillChecked { seconds: 1 });
        sample.now = later(closed, answer);
        sample.order(&person("m5"), accept(&["m3"]));
    }
}

#[test]
fn a_terminal_that_does_not_answer_is_accepted_by_enough_scrutineers() {
    let open = Command::OpenBox { ballot: ballot() };
    let mut sample = at(Point::Sealed);
    let all: Vec<SeatId> = sample.state.current_round().unwrap().1.issued.keys().cloned().collect();
    refused(&sample, &Actor::Console, &open, Refusal::BoxNotConfirmed { missing: all.clone() });
    sample.now += jiff::SignedDuration::from_secs(60);
    sample.order(&Actor::Hub, Command::EndBoxCheck { ballot: ballot() });
    for seat in all.iter().filter(|seat| seat.as_str() != "m3") {
        sample.order(&Actor::Seat(seat.clone()), confirm(&sample));
    }
    let missing = vec![SeatId::from("m3")];
    let not_all = || Refusal::BoxNotConfirmed { missing: missing.clone() };
    refused(&sample, &Actor::Console, &open, not_all());
    // Those who have answered are not accepted as missing.
    nothing_follows(&sample, &person("m5"), &accept(&["m2", "m9"]));
    sample.order(&person("m5"), accept(&["m2", "m3", "m9"]));
    nothing_follows(&sample, &person("m5"), &accept(&["m3"]));
    refused(&sample, &Actor::Console, &open, not_all());
    sample.order(&person("m6"), accept(&["m3"]));
    sample.console(open);
    // A late answer is taken.
    sample.order(&person("m3"), confirm(&sample));
    // A box with more ballots than papers is void.
    let mut sample = at(Point::Sealed);
    let events = sample.try_order(&Actor::Hub, &fix(9)).unwrap();
    assert!(matches!(&events[..], [Event::RoundVoided { reason: VoidReason::TooMany { .. }, .. }]));
}

#[test]
fn a_box_with_too_few_stays_closed_and_is_voted_again_or_declared_undecided() {
    let mut sample = at(Point::Sealing);
    sample.fix_box(4);
    sample.confirm_box();
    let too_few = Refusal::TooFewToOpen { returned: 4, needed: 5 };
    refused(&sample, &Actor::Console, &Command::OpenBox { ballot: ballot() }, too_few);
    refused(&sample, &Actor::Console, &Command::Declare { item: item() }, not_now(CommandKind::Declare));
    sample.console(Command::KeepClosed { ballot: ballot() });
    let why = sample.state.current_round().unwrap().1.void.clone();
    assert_eq!(why, Some(VoidReason::TooFew { returned: 4, needed: 5 }));
    let mut again = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
    again.count_heads();
    again.console(Command::OpenIssue { item: item() });
    refused(&again, &Actor::Console, &Command::Declare { item: item() }, not_now(CommandKind::Declare));
    sample.console(Command::Declare { item: item() });
    assert!(sample.state.items[0].rounds.iter().all(|round| round.count.is_none()), "nothing was decided");
}

/// The count of what these trustees gave.
fn count(trustees: &[u32], tally: &str) -> Command {
    let of = |trustee: &u32| Factors { trustee: *trustee, factors: factors(&ballot(), *trustee) };
    Command::PublishCount {
        ballot: ballot(),
        opened: Box::new(OpenedBox {
            tally: tally.to_owned(),
            factors: trustees.iter().map(of).collect(),
            result: String::new(),
            sums: vec![vec![7, 0, 0]; 5],
        }),
    }
}

#[test]
fn a_count_needs_enough_factors_of_its_sum() {
    let mut sample = with_key(Point::Opening);
    let sum = tally(&ballot());
    sample.order(&person("m5"), release(&sum, 1));
    nothing_follows(&sample, &person("m5"), &release(&sum, 1));
    refused(&sample, &person("m5"), &release("another sum", 1), Refusal::OtherSum);
    refused(&sample, &person("m5"), &release(&sum, 2), Refusal::OtherSum);
    for (trustees, tally) in [(&[1][..], &*sum), (&[1, 2], &sum), (&[1, 1], &sum)] {
        refused(&sample, &Actor::Hub, &count(trustees, tally), Refusal::OtherSum);
    }
    // Nothing voids a round after the first factor.
    let new_round = Command::NewRound { ballot: ballot(), reason: "not this result".to_owned() };
    refused(&sample, &Actor::Console, &new_round, not_now(CommandKind::NewRound));
    sample.order(&person("m6"), release(&sum, 2));
    for (trustees, tally) in
        [(&[1][..], &*sum), (&[2, 1], &sum), (&[1, 3], &sum), (&[0, 1], &sum), (&[1, 2], "x")]
    {
        refused(&sample, &Actor::Hub, &count(trustees, tally), Refusal::OtherSum);
    }
    sample.order(&Actor::Hub, count(&[1, 2], &sum));
    nothing_follows(&sample, &person("m6"), &release(&sum, 2));
    refused(&sample, &person("m6"), &release("another sum", 2), Refusal::OtherSum);
    // The sheet: refused, then signed; who signed has signed.
    sample.order(&person("m5"), refuse("the figures are not mine"));
    refused(&sample, &person("m5"), &refuse("again"), not_now(CommandKind::RefuseResult));
    let declare = Command::Declare { item: item() };
    refused(&sample, &Actor::Console, &declare, Refusal::SheetNotSigned { answered: 1, needed: 2 });
    let sign = sheet(&sample);
    sample.order(&person("m5"), sign.clone());
    nothing_follows(&sample, &person("m5"), &sign);
    refused(&sample, &person("m5"), &refuse("after all"), not_now(CommandKind::RefuseResult));
    sample.order(&person("m6"), refuse("I was not asked"));
    let answers = sample.state.current_round().unwrap().1.sheet.clone();
    assert_eq!(answers[&SeatId::from("m5")], Sheet::Signed);
    sample.console(declare);
}

#[test]
fn whoever_gives_another_sum_first_is_not_in_the_way() {
    let sum = tally(&ballot());
    let three = || {
        let mut sample = Sample::keyed(Lang::En).until(Point::ScrutineersApproved);
        sample.make_key();
        sample.further(Point::ScrutineersApproved, Point::Opening)
    };
    let left = |sample: &Sample| openers_left(&sample.state, sample.state.current_round().unwrap().1);
    let enough = |sample: &Sample| enough_released(&sample.state, sample.state.current_round().unwrap().1);
    let mut sample = three();
    sample.order(&person("m5"), release("another sum", 1));
    refused(&sample, &person("m5"), &release(&sum, 1), Refusal::OtherSum);
    assert_eq!((left(&sample), enough(&sample)), (Some((3, 2)), false));
    sample.order(&person("m6"), release(&sum, 2));
    // Two have given, but not of the same sum: that is not enough of either.
    assert_eq!((left(&sample), enough(&sample)), (Some((2, 2)), false));
    refused(&sample, &Actor::Hub, &count(&[2, 3], &sum), Refusal::OtherSum);
    refused(&sample, &Actor::Hub, &count(&[1, 2], &sum), Refusal::OtherSum);
    let mut one_left = Sample { state: sample.state.clone(), now: sample.now, spoil: None };
    sample.order(&person("m7"), release(&sum, 3));
    assert_eq!((left(&sample), enough(&sample)), (Some((2, 2)), true));
    // Theirs count, and the first one's does not, neither for this sum nor for the other.
    for (trustees, tally) in [(&[1, 2, 3][..], &*sum), (&[1, 2], &sum), (&[1, 2], "another sum")] {
        refused(&sample, &Actor::Hub, &count(trustees, tally), Refusal::OtherSum);
    }
    sample.order(&Actor::Hub, count(&[2, 3], &sum));
    // Without the third nobody can open it: of two sums there are not two of the same.
    one_left.order(&person("m7"), Command::SignOut { seat: "m7".into() });
    assert_eq!(left(&one_left), Some((1, 2)));
    one_left.console(Command::DeclareUnopenable { ballot: ballot() });
    // And a sum that nobody else gave opens nothing.
    let mut sample = three();
    for (place, seat) in (1..).zip(["m5", "m6", "m7"]) {
        sample.order(&person(seat), release(["a", "b", "c"][place as usize - 1], place));
    }
    assert_eq!((left(&sample), enough(&sample)), (Some((1, 2)), false));
}

#[test]
fn who_is_not_left_makes_a_box_unopenable_and_another_key_necessary() {
    let mut sample = with_key(Point::Opening);
    let seat = SeatId::from("m6");
    sample.order(&person("m5"), release("a", 1));
    sample.order(&person("m6"), Command::SignOut { seat });
    sample.console(Command::DeclareUnopenable { ballot: ballot() });
    let why = sample.state.current_round().unwrap().1.void.clone();
    assert_eq!(why, Some(VoidReason::Unopenable { left: 1, needed: 2 }));
    refused(&sample, &person("m5"), &release("a", 1), not_now(CommandKind::ReleaseFactors));
    let open = Command::OpenIssue { item: item() };
    refused(&sample, &Actor::Console, &open, Refusal::KeyNotReady { ready: 1, needed: 2 });
}

#[test]
fn papers_that_wait_are_voted_on_in_their_turn_and_void_with_their_official() {
    let review = || Sample::review(Lang::En).until_review(ReviewPoint::Declared);
    let waiting = |sample: &Sample, official: &str| -> Vec<(BallotId, RoundPhase)> {
        let item = sample.state.item_state(&Sample::review_item()).unwrap();
        let official = official.into();
        let rounds = item.last_rounds(Some(&official));
        rounds.map(|round| (round.issue.ballot.clone(), round.phase)).collect()
    };
    let mut sample = review();
    sample.step();
    let of = waiting(&sample, "o1");
    assert!(of.len() == 2 && of.iter().all(|(_, phase)| *phase == RoundPhase::Confirming));
    let vote = Command::OpenVoting { ballot: of[0].0.clone() };
    refused(&sample, &Actor::Console, &vote, Refusal::NotTheTurn);
    // Somebody with a paper stands aside: for this official the papers are issued again, for the others they wait on.
    let recuse = Command::Recuse { item: Sample::review_item(), seat: "m7".into() };
    let events = sample.try_order(&person("m7"), &recuse).unwrap();
    let void = |event: &Event| matches!(event, Event::RoundVoided { reason: VoidReason::Recused, .. });
    assert_eq!(events.iter().filter(|event| void(event)).count(), 2);
    assert!(waiting(&sample, "o3").iter().all(|(_, phase)| *phase == RoundPhase::Confirming));
    let mut sample = review();
    let put_off =
        Command::PutOff { item: Sample::review_item(), official: "o4".into(), reason: "ill".to_owned() };
    let events = sample.try_order(&Actor::Console, &put_off).unwrap();
    let void = |event: &Event| matches!(event, Event::RoundVoided { reason: VoidReason::PutOff, .. });
    assert_eq!(events.iter().filter(|event| void(event)).count(), 2);
    let (_, _, state) = sample.state.current_review().unwrap();
    assert!(matches!(state.officials[&"o4".into()].stage, OfficialStage::PutOff { .. }));
}
