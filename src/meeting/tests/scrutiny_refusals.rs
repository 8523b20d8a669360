//! One row for each refusal of the scrutineers' part: where the meeting is, who asks for what, what is answered.

use super::common::{hex, read};
use super::scrutiny::factors;
use crate::ballot::BallotHash;
use crate::meeting::rights::{self, Role};
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, BallotId, Command, CommandKind, ItemId, ListSeen, OpenedBox, PaperAsked, Refusal, SeatId, decide,
    result_hash, sha256_hex,
};
use crate::words::Lang;

pub(super) fn at(point: Point) -> Sample {
    Sample::new(Lang::En).until(point)
}

pub(super) fn with_key(point: Point) -> Sample {
    Sample::new(Lang::En).with_key().until(point)
}

/// A plan in which the scrutineers hold a key that is not made; m5 and m6 have their terminals.
pub(super) fn without_key(point: Point) -> Sample {
    let mut sample = Sample::new(Lang::En).with_key();
    (sample.state.key, sample.state.ceremonies) = (None, 0);
    for id in ["m5", "m6"] {
        sample.order(&Actor::Hub, Command::Enrol { who: person(id), key: hex(5) });
    }
    sample.until(point)
}

pub(super) fn person(id: &str) -> Actor {
    Actor::from(id)
}

pub(super) fn item() -> ItemId {
    Sample::item()
}

pub(super) fn ballot() -> BallotId {
    BallotId::from("appoint")
}

pub(super) fn not_now(command: CommandKind) -> Refusal {
    Refusal::NotNow { command }
}

pub(super) fn no_right(command: CommandKind) -> Refusal {
    Refusal::NoRight { command }
}

pub(super) fn heads(heads: u32) -> Command {
    Command::CountHeads { item: item(), heads }
}

pub(super) fn room(sample: &Sample) -> Command {
    Command::ConfirmRoom { head: sample.state.room.head.clone().unwrap() }
}

pub(super) fn accept(seats: &[&str]) -> Command {
    Command::AcceptMissing { ballot: ballot(), seats: seats.iter().map(|seat| SeatId::from(*seat)).collect() }
}

/// What a terminal answers to the box as it is.
pub(super) fn confirm(sample: &Sample) -> Command {
    let box_hash = sample.state.current_round().unwrap().1.box_hash.clone().unwrap();
    Command::ConfirmBox { ballot: ballot(), box_hash }
}

/// The box with so many ballots.
pub(super) fn fix(ballots: u64) -> Command {
    Command::FixBox { ballot: ballot(), ballots: (0..ballots).map(hash).collect() }
}

/// The box is fixed, and the time in which it can grow is over; the hub has not said so.
fn after_a_minute() -> Sample {
    let mut sample = at(Point::Sealed);
    sample.now += jiff::SignedDuration::from_secs(60);
    sample
}

/// The hub has said so.
fn closed() -> Sample {
    let mut sample = after_a_minute();
    sample.order(&Actor::Hub, Command::EndBoxCheck { ballot: ballot() });
    sample
}

pub(super) fn release(sum: &str, trustee: u32) -> Command {
    Command::ReleaseFactors {
        ballot: ballot(),
        sum: sha256_hex(sum.as_bytes()),
        factors: sha256_hex(factors(&ballot(), trustee).as_bytes()),
    }
}

pub(super) fn sheet(sample: &Sample) -> Command {
    Command::SignResult { ballot: ballot(), result: result_hash(sample.state.rounds_on_floor()) }
}

pub(super) fn refuse(reason: &str) -> Command {
    Command::RefuseResult { ballot: ballot(), reason: reason.to_owned() }
}

pub(super) fn hash(number: u64) -> BallotHash {
    read(&hex(number))
}

pub(super) fn refused(sample: &Sample, actor: &Actor, command: &Command, refusal: Refusal) {
    assert_eq!(decide(&sample.state, actor, command, sample.now), Err(refusal), "{actor}: {command:?}");
}

pub(super) fn nothing_follows(sample: &Sample, actor: &Actor, command: &Command) {
    assert_eq!(decide(&sample.state, actor, command, sample.now), Ok(Vec::new()), "{actor}: {command:?}");
}

#[test]
fn who_may_do_the_scrutineers_part() {
    use CommandKind as Kind;
    let seats = [Role::Seat, Role::Scrutineer];
    let table: &[(Kind, &[Role])] = &[
        (Kind::MakeKey, &[Role::Presiding]),
        (Kind::CertifyKey, &seats[..1]),
        (Kind::CommitDealing, &seats[..1]),
        (Kind::FixTrustees, &[Role::Hub]),
        (Kind::ConfirmTrustees, &seats[..1]),
        (Kind::CountHeads, &[Role::Scrutineer]),
        (Kind::ConfirmRoom, &[Role::Scrutineer]),
        (Kind::EndBoxCheck, &[Role::Hub]),
        (Kind::ConfirmBox, &seats[..1]),
        (Kind::AcceptMissing, &[Role::Scrutineer]),
        (Kind::KeepClosed, &[Role::Presiding]),
        (Kind::ReleaseFactors, &seats[..1]),
        (Kind::ShowFalseFactors, &[Role::Hub]),
        (Kind::NameSilent, &[Role::Presiding]),
        (Kind::DeclareUnopenable, &[Role::Presiding]),
        (Kind::SignResult, &[Role::Scrutineer]),
        (Kind::RefuseResult, &[Role::Scrutineer]),
    ];
    let before = at(Point::Opened);
    let approved = with_key(Point::Sealed);
    for (kind, who) in table {
        let may = |sample: &Sample, actor: Actor| {
            rights::check(&sample.state, &actor, *kind) != Err(Refusal::NoRight { command: *kind })
        };
        assert_eq!(rights::of(*kind).unwrap().who, *who, "{kind:?}");
        assert_eq!(may(&approved, Actor::Hub), who.contains(&Role::Hub), "{kind:?}");
        assert_eq!(may(&approved, Actor::Console), who.contains(&Role::Presiding), "{kind:?}");
        assert_eq!(may(&approved, person("m2")), who.contains(&Role::Seat), "{kind:?}");
        assert_eq!(may(&approved, person("m5")), who.iter().any(|role| seats.contains(role)), "{kind:?}");
        assert!(!may(&approved, Actor::Display(1)), "{kind:?}");
        // Proposed is not approved.
        assert_eq!(may(&before, person("m5")), who.contains(&Role::Seat), "{kind:?}");
    }
}

#[test]
fn what_the_scrutineers_part_forbids_is_refused_with_its_figures() {
    use Command as C;
    use CommandKind as K;
    use Refusal as R;
    let opened = || {
        let (tally, result, sums) = (String::new(), String::new(), vec![vec![7, 0, 0]; 5]);
        C::PublishCount {
            ballot: ballot(),
            opened: Box::new(OpenedBox { tally, factors: Vec::new(), result, sums }),
        }
    };
    let rows: Vec<(Sample, Actor, Command, Refusal)> = vec![
        // The key.
        (at(Point::ScrutineersApproved), Actor::Console, C::MakeKey, R::ConsoleHoldsKey),
        (without_key(Point::SigningIn), Actor::Console, C::MakeKey, not_now(K::MakeKey)),
        (without_key(Point::Opened), Actor::Console, C::MakeKey, R::ScrutineersNotApproved),
        (
            with_key(Point::ScrutineersApproved),
            Actor::Console,
            C::MakeKey,
            R::KeyNotReady { ready: 0, needed: 2 },
        ),
        (with_key(Point::Voting), Actor::Console, C::MakeKey, R::ItemNotFinished),
        (
            without_key(Point::Deliberated),
            Actor::Console,
            C::OpenIssue { item: item() },
            R::KeyNotReady { ready: 0, needed: 2 },
        ),
        // Heads.
        (at(Point::Introducing), person("m5"), heads(8), not_now(K::CountHeads)),
        (at(Point::Deliberated), person("m2"), heads(8), no_right(K::CountHeads)),
        (at(Point::Deliberated), Actor::Console, heads(8), no_right(K::CountHeads)),
        (
            at(Point::Deliberated),
            person("m5"),
            C::CountHeads { item: ItemId::from("zz"), heads: 8 },
            R::AnotherItemOpen,
        ),
        (
            at(Point::Deliberated),
            Actor::Console,
            C::OpenIssue { item: item() },
            R::HeadsNotCounted { equal: 0, needed: 2, present: 8 },
        ),
        // Papers and lists of several ballots.
        (at(Point::Issuing), person("m2"), C::RequestPapers { papers: Vec::new() }, R::UnknownBallot),
        (
            at(Point::Issuing),
            person("m2"),
            C::RequestPapers {
                papers: vec![PaperAsked { ballot: ballot(), request: read(super::common::KEY) }; 2],
            },
            R::UnknownBallot,
        ),
        (at(Point::Confirming), person("m2"), C::ConfirmLists { lists: Vec::new() }, R::UnknownBallot),
        (
            at(Point::Confirming),
            person("m2"),
            C::ConfirmLists { lists: vec![ListSeen { ballot: ballot(), setup: sha256_hex(b"setup") }; 2] },
            R::UnknownBallot,
        ),
        // The room.
        (at(Point::Deliberated), person("m5"), C::ConfirmRoom { head: hex(1) }, not_now(K::ConfirmRoom)),
        (at(Point::Issuing), person("m5"), C::ConfirmRoom { head: hex(1) }, R::OtherRoomCode),
        (at(Point::Confirming), person("m5"), C::ConfirmRoom { head: hex(1) }, R::OtherRoomCode),
        (at(Point::Confirming), person("m2"), C::ConfirmRoom { head: hex(1) }, no_right(K::ConfirmRoom)),
        (at(Point::Voting), person("m5"), C::ConfirmRoom { head: hex(1) }, not_now(K::ConfirmRoom)),
        (
            at(Point::Confirming),
            Actor::Console,
            C::OpenVoting { ballot: ballot() },
            R::RoomNotCompared { confirmed: 0, needed: 2 },
        ),
        // The box.
        (at(Point::Sealed), person("m5"), accept(&["m2"]), R::BoxStillChecked { seconds: 60 }),
        (at(Point::Sealed), person("m2"), confirm(&at(Point::Sealed)), not_now(K::ConfirmBox)),
        (closed(), person("m9"), confirm(&closed()), R::NoPaperForSeat),
        (closed(), Actor::Console, confirm(&closed()), no_right(K::ConfirmBox)),
        (closed(), person("m2"), C::ConfirmBox { ballot: ballot(), box_hash: hex(1) }, R::WrongBox),
        (at(Point::Sealing), Actor::Hub, C::EndBoxCheck { ballot: ballot() }, not_now(K::EndBoxCheck)),
        (at(Point::Sealed), Actor::Hub, C::EndBoxCheck { ballot: ballot() }, not_now(K::EndBoxCheck)),
        (after_a_minute(), Actor::Console, C::EndBoxCheck { ballot: ballot() }, no_right(K::EndBoxCheck)),
        (after_a_minute(), person("m5"), C::EndBoxCheck { ballot: ballot() }, no_right(K::EndBoxCheck)),
        (after_a_minute(), person("m2"), confirm(&after_a_minute()), not_now(K::ConfirmBox)),
        (after_a_minute(), Actor::Hub, fix(8), not_now(K::FixBox)),
        (closed(), Actor::Hub, fix(8), not_now(K::FixBox)),
        (closed(), person("m5"), accept(&["m2"]), R::BoxStillChecked { seconds: 20 }),
        (at(Point::Sealed), person("m2"), accept(&["m2"]), no_right(K::AcceptMissing)),
        (at(Point::Sealing), person("m5"), accept(&["m2"]), not_now(K::AcceptMissing)),
        (at(Point::Opening), person("m5"), accept(&["m2"]), not_now(K::AcceptMissing)),
        (at(Point::Sealed), Actor::Console, C::KeepClosed { ballot: ballot() }, not_now(K::KeepClosed)),
        (at(Point::Sealing), Actor::Console, C::KeepClosed { ballot: ballot() }, not_now(K::KeepClosed)),
        (
            at(Point::Sealed),
            Actor::Hub,
            C::FixBox { ballot: ballot(), ballots: (0..6).map(hash).collect() },
            R::WrongBox,
        ),
        (
            at(Point::Sealed),
            Actor::Hub,
            C::FixBox { ballot: ballot(), ballots: (1..9).map(hash).collect() },
            R::WrongBox,
        ),
        (
            at(Point::Opening),
            Actor::Hub,
            C::FixBox { ballot: ballot(), ballots: (0..8).map(hash).collect() },
            not_now(K::FixBox),
        ),
        // Factors.
        (at(Point::Opening), person("m5"), release("a", 1), R::ConsoleHoldsKey),
        (with_key(Point::Opening), person("m2"), release("a", 1), no_right(K::ReleaseFactors)),
        (with_key(Point::Opening), Actor::Console, release("a", 1), no_right(K::ReleaseFactors)),
        (with_key(Point::Sealed), person("m5"), release("a", 1), not_now(K::ReleaseFactors)),
        (with_key(Point::Opening), Actor::Hub, opened(), R::OtherSum),
        (at(Point::Opening), Actor::Console, C::DeclareUnopenable { ballot: ballot() }, R::ConsoleHoldsKey),
        (
            with_key(Point::Opening),
            Actor::Console,
            C::DeclareUnopenable { ballot: ballot() },
            R::StillOpenable { left: 2, needed: 2 },
        ),
        (
            with_key(Point::Sealed),
            Actor::Console,
            C::DeclareUnopenable { ballot: ballot() },
            not_now(K::DeclareUnopenable),
        ),
        // The sheet.
        (
            at(Point::Counted),
            person("m5"),
            C::SignResult { ballot: ballot(), result: hex(1) },
            R::OtherResult,
        ),
        (at(Point::Counted), person("m5"), refuse(" "), R::TextMissing),
        (at(Point::Counted), person("m2"), refuse("no"), no_right(K::RefuseResult)),
        (at(Point::Opening), person("m5"), refuse("no"), not_now(K::RefuseResult)),
        (
            at(Point::Counted),
            Actor::Console,
            C::Declare { item: item() },
            R::SheetNotSigned { answered: 0, needed: 2 },
        ),
    ];
    for (sample, actor, command, refusal) in rows {
        refused(&sample, &actor, &command, refusal);
    }
}
