//! One row for each refusal: where the meeting is, who asks for what, what is answered, with its figures.

use crate::ballot::BallotHash;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, AdjournGround, BallotId, Command, CommandKind, Event, ItemId, LineId, OpenedBox, QuorumMissed,
    Refusal, SeatId, TEXT_CHARS_MAX, VoidReason, decide,
};
use crate::words::Lang;

fn at(point: Point) -> Sample {
    Sample::new(Lang::En).until(point)
}

fn seat(id: &str) -> SeatId {
    SeatId::from(id)
}

fn person(id: &str) -> Actor {
    Actor::Seat(seat(id))
}

fn item() -> ItemId {
    Sample::item()
}

fn ballot() -> BallotId {
    BallotId::from("appoint")
}

fn line(id: &str) -> LineId {
    LineId::from(id)
}

fn hash(number: u32) -> BallotHash {
    format!("{number:064x}").parse().unwrap()
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).unwrap()
}

const KEY: &str = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";
const OTHER: &str = "0000ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";

fn opened(sums: &[[u32; 3]]) -> Box<OpenedBox> {
    let sums = sums.iter().map(|sums| sums.to_vec()).collect();
    Box::new(OpenedBox { tally: String::new(), factors: Vec::new(), result: String::new(), sums })
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
fn what_the_rules_forbid_is_refused_with_its_figures() {
    use Command as C;
    use Refusal as R;
    let not_now = |command| R::NotNow { command };
    let no_right = |command| R::NoRight { command };
    let words = |text: &str| text.to_owned();
    let rows: Vec<(Point, Actor, Command, Refusal)> = vec![
        // Who.
        (Point::SigningIn, person("m2"), C::OpenMeeting, no_right(CommandKind::OpenMeeting)),
        (Point::SigningIn, Actor::Display(1), C::SignIn { seat: seat("m1") }, no_right(CommandKind::SignIn)),
        (Point::SigningIn, person("nobody"), C::SignIn { seat: seat("m1") }, no_right(CommandKind::SignIn)),
        (Point::SigningIn, Actor::Hub, C::OpenMeeting, no_right(CommandKind::OpenMeeting)),
        (
            Point::SigningIn,
            Actor::Console,
            C::Enrol { who: person("m1"), key: KEY.to_owned() },
            no_right(CommandKind::Enrol),
        ),
        (Point::SigningIn, person("m2"), C::SignIn { seat: seat("m3") }, R::NotYourSeat),
        (
            Point::SigningIn,
            Actor::Console,
            C::SignIn { seat: seat("zz") },
            R::UnknownSeat { seat: seat("zz") },
        ),
        (Point::SigningIn, Actor::Hub, C::Enrol { who: Actor::Hub, key: KEY.to_owned() }, R::NotYourSeat),
        (
            Point::SigningIn,
            Actor::Hub,
            C::Enrol { who: person("zz"), key: KEY.to_owned() },
            R::UnknownSeat { seat: seat("zz") },
        ),
        (
            Point::SigningIn,
            Actor::Hub,
            C::Enrol { who: person("m1"), key: KEY.to_uppercase() },
            R::MalformedKey,
        ),
        (Point::SigningIn, Actor::Hub, C::Enrol { who: person("m1"), key: words("ab") }, R::MalformedKey),
        (Point::SigningIn, Actor::Console, C::ReissueCode { who: Actor::Console }, R::NotYourSeat),
        (Point::Deliberating, person("m2"), C::Note { text: words("mine") }, no_right(CommandKind::Note)),
        (
            Point::Issuing,
            Actor::Console,
            C::RequestPapers {
                papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(KEY) }],
            },
            no_right(CommandKind::RequestPapers),
        ),
        (
            Point::Sealing,
            Actor::Console,
            C::FixBox { ballot: ballot(), ballots: Vec::new() },
            no_right(CommandKind::FixBox),
        ),
        (
            Point::Opening,
            Actor::Console,
            C::PublishCount { ballot: ballot(), opened: opened(&[]) },
            no_right(CommandKind::PublishCount),
        ),
        // When.
        (Point::SigningIn, Actor::Console, C::CloseMeeting, not_now(CommandKind::CloseMeeting)),
        (Point::Opened, Actor::Console, C::OpenMeeting, not_now(CommandKind::OpenMeeting)),
        (Point::Opened, Actor::Console, C::Resume, not_now(CommandKind::Resume)),
        (Point::Introducing, Actor::Console, C::OpenIssue { item: item() }, not_now(CommandKind::OpenIssue)),
        (Point::Issuing, Actor::Console, C::OpenIssue { item: item() }, not_now(CommandKind::OpenIssue)),
        (
            Point::Issuing,
            Actor::Console,
            C::Defer { item: item(), line: line("n1"), reason: words("late") },
            not_now(CommandKind::Defer),
        ),
        (
            Point::Voting,
            person("m2"),
            C::RequestPapers {
                papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(KEY) }],
            },
            not_now(CommandKind::RequestPapers),
        ),
        (Point::Voting, Actor::Console, C::OpenBox { ballot: ballot() }, not_now(CommandKind::OpenBox)),
        (
            Point::Opening,
            Actor::Console,
            C::NewRound { ballot: ballot(), reason: words("I do not like it") },
            not_now(CommandKind::NewRound),
        ),
        (
            Point::Counted,
            Actor::Console,
            C::NewRound { ballot: ballot(), reason: words("I do not like it") },
            not_now(CommandKind::NewRound),
        ),
        (Point::Issuing, Actor::Hub, C::CloseIssue { ballot: ballot() }, R::NoPaperIssued),
        (
            Point::Issuing,
            Actor::Hub,
            C::PublishIssuer { ballot: ballot(), issuer: read(OTHER) },
            not_now(CommandKind::PublishIssuer),
        ),
        (Point::Sealed, Actor::Console, C::Declare { item: item() }, not_now(CommandKind::Declare)),
        (Point::Closed, Actor::Console, C::Note { text: words("late") }, R::Ended),
        (Point::Closed, person("m2"), C::SignOut { seat: seat("m2") }, R::Ended),
        // Figures.
        (
            Point::Opened,
            Actor::Console,
            C::ApproveScrutineers { agree: 5, disagree: 1, abstain: 1 },
            R::HandsDoNotAddUp { hands: 7, present: 8 },
        ),
        (
            Point::Opened,
            Actor::Console,
            C::ApproveScrutineers { agree: u32::MAX, disagree: 9, abstain: 0 },
            R::HandsDoNotAddUp { hands: u32::MAX, present: 8 },
        ),
        (
            Point::Introducing,
            Actor::Console,
            C::BeginRecusal { item: item() },
            R::NotAllIntroduced { left: 4 },
        ),
        (Point::Opened, Actor::Console, C::Suspend { reason: words("  ") }, R::TextMissing),
        (
            Point::Opened,
            Actor::Console,
            C::Suspend { reason: "长".repeat(2_001) },
            R::TextTooLong { chars: 2_001, chars_max: TEXT_CHARS_MAX },
        ),
        (
            Point::Opening,
            Actor::Hub,
            C::PublishCount { ballot: ballot(), opened: opened(&[[7, 0, 0]]) },
            R::SumsDoNotAddUp,
        ),
        (
            Point::Opening,
            Actor::Hub,
            C::PublishCount {
                ballot: ballot(),
                opened: opened(&[[7, 0, 0], [7, 0, 0], [7, 0, 0], [7, 0, 0], [7, 1, 0]]),
            },
            R::SumsDoNotAddUp,
        ),
        (
            Point::Sealing,
            Actor::Hub,
            C::FixBox { ballot: ballot(), ballots: vec![hash(2), hash(1)] },
            R::WrongBox,
        ),
        (
            Point::Sealing,
            Actor::Hub,
            C::FixBox { ballot: ballot(), ballots: vec![hash(1), hash(1)] },
            R::WrongBox,
        ),
        // Order of things.
        (Point::Opened, Actor::Console, C::OpenItem { item: item() }, R::ScrutineersNotApproved),
        (
            Point::ScrutineersApproved,
            Actor::Console,
            C::OpenItem { item: ItemId::from("zz") },
            R::UnknownItem,
        ),
        (Point::Introducing, Actor::Console, C::OpenItem { item: item() }, R::AnotherItemOpen),
        (Point::Declared, Actor::Console, C::OpenItem { item: item() }, R::NotNextItem),
        (
            Point::Introducing,
            Actor::Console,
            C::Introduce { item: item(), line: line("n2") },
            R::AlreadyIntroduced,
        ),
        (Point::Introducing, Actor::Console, C::Introduce { item: item(), line: line("zz") }, R::UnknownLine),
        (Point::Introducing, Actor::Console, C::CloseMeeting, R::ItemNotFinished),
        (Point::ScrutineersApproved, Actor::Console, C::CloseMeeting, R::ItemNotFinished),
        (
            Point::Voting,
            Actor::Console,
            C::ApproveScrutineers { agree: 8, disagree: 0, abstain: 0 },
            R::ItemNotFinished,
        ),
        (
            Point::Opening,
            Actor::Console,
            C::Adjourn { ground: AdjournGround::Decided { reason: words("now") } },
            R::ItemNotFinished,
        ),
        (Point::Opened, Actor::Console, C::Adjourn { ground: AdjournGround::NoQuorum }, R::QuorumNotMissed),
        // People.
        (Point::Opened, person("m2"), C::SignIn { seat: seat("m2") }, R::AlreadyPresent { seat: seat("m2") }),
        (Point::Opened, person("m9"), C::SignOut { seat: seat("m9") }, R::NotPresent { seat: seat("m9") }),
        (
            Point::Recusing,
            Actor::Console,
            C::Recuse { item: item(), seat: seat("m1") },
            R::AlreadyRecused { seat: seat("m1") },
        ),
        (
            Point::Recusing,
            Actor::Console,
            C::Recuse { item: item(), seat: seat("m9") },
            R::NotPresent { seat: seat("m9") },
        ),
        (
            Point::Recusing,
            Actor::Console,
            C::Return { item: item(), seat: seat("m2") },
            R::NotRecused { seat: seat("m2") },
        ),
        (
            Point::Deliberating,
            Actor::Console,
            C::Return { item: item(), seat: seat("m1") },
            R::StillInRoom { seats: vec![seat("m1")] },
        ),
        // Lines.
        (
            Point::Deliberated,
            Actor::Console,
            C::Defer { item: item(), line: line("n2"), reason: words("again") },
            R::AlreadyDeferred,
        ),
        (
            Point::Deliberated,
            Actor::Console,
            C::Defer { item: item(), line: line("zz"), reason: words("?") },
            R::UnknownLine,
        ),
        (Point::Deliberated, Actor::Console, C::Undefer { item: item(), line: line("n1") }, R::NotDeferred),
        // Papers.
        (
            Point::Issuing,
            person("m9"),
            C::RequestPapers {
                papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(KEY) }],
            },
            R::NoPaperForSeat,
        ),
        (
            Point::Issuing,
            person("a1"),
            C::RequestPapers {
                papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(KEY) }],
            },
            R::NoPaperForSeat,
        ),
        (
            Point::Issuing,
            person("m2"),
            C::RequestPapers {
                papers: vec![crate::meeting::PaperAsked { ballot: BallotId::from("zz"), request: read(KEY) }],
            },
            R::UnknownBallot,
        ),
        (
            Point::Registering,
            person("m2"),
            C::RequestPapers {
                papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(OTHER) }],
            },
            R::PaperAlreadyIssued,
        ),
        (
            Point::Confirming,
            person("m9"),
            C::ConfirmLists { lists: vec![crate::meeting::ListSeen { ballot: ballot(), setup: words("x") }] },
            R::NoPaperForSeat,
        ),
        (
            Point::Confirming,
            person("m2"),
            C::ConfirmLists { lists: vec![crate::meeting::ListSeen { ballot: ballot(), setup: words("x") }] },
            R::WrongSetup,
        ),
        (
            Point::Sealed,
            person("m9"),
            C::ConfirmBox { ballot: ballot(), box_hash: words("x") },
            R::NoPaperForSeat,
        ),
        (Point::Sealed, person("m2"), C::ConfirmBox { ballot: ballot(), box_hash: words("x") }, R::WrongBox),
        (
            Point::Voting,
            person("m2"),
            C::Object { ballot: BallotId::from("zz"), reason: words("no") },
            R::UnknownBallot,
        ),
        (Point::Voting, Actor::Console, C::ReissueCode { who: person("m2") }, R::ReissueDuringBallot),
        (Point::Sealed, Actor::Console, C::ReissueCode { who: person("m2") }, R::ReissueDuringBallot),
    ];
    for (point, actor, command, expected) in rows {
        let sample = at(point);
        let refusal = decide(&sample.state, &actor, &command, sample.now);
        assert_eq!(refusal, Err(expected), "at {point:?}, {actor}: {command:?}");
    }
}

#[test]
fn a_quorum_missed_once_is_recorded_and_then_refused_with_the_same_figures() {
    let mut sample = Sample::new(Lang::En);
    sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "a1", "a2"]);
    let missed = QuorumMissed { item: None, present: 5, due: 9, needed: 6 };
    let first = sample.try_order(&Actor::Console, &Command::OpenMeeting);
    assert_eq!(first, Ok(vec![Event::QuorumMissed(missed)]));
    let again = sample.try_order(&Actor::Console, &Command::OpenMeeting);
    assert_eq!(again, Err(Refusal::QuorumNotReached { present: 5, due: 9, needed: 6 }));
    sample.order(&person("a1"), Command::SignOut { seat: seat("a1") });
    sample.sign_in(&["a1"]);
    assert!(sample.state.quorum_missed.is_some(), "whoever has no vote does not count");
    sample.sign_in(&["m6"]);
    assert!(sample.state.quorum_missed.is_none(), "a quorum that is reached is missed no more");
    let ground = AdjournGround::NoQuorum;
    let adjourn = sample.try_order(&Actor::Console, &Command::Adjourn { ground });
    assert_eq!(adjourn, Err(Refusal::QuorumNotMissed));
    sample.order(&person("m6"), Command::SignOut { seat: seat("m6") });
    let again = sample.try_order(&Actor::Console, &Command::OpenMeeting);
    assert!(matches!(again.as_deref(), Ok([Event::QuorumMissed(_)])), "{again:?}");
    sample.sign_in(&["m6"]);
    sample.console(Command::OpenMeeting);
}

#[test]
fn a_quorum_lost_before_voting_opens_is_found_out() {
    let mut sample = at(Point::Confirming);
    sample.compare_room();
    for id in ["m2", "m3", "m7"] {
        sample.order(&person(id), Command::SignOut { seat: seat(id) });
    }
    // Somebody who came late does not stand in for one of the electorate.
    sample.sign_in(&["m9"]);
    let events = sample.try_order(&Actor::Console, &Command::OpenVoting { ballot: ballot() });
    let missed = QuorumMissed { item: Some(item()), present: 5, due: 9, needed: 6 };
    assert_eq!(events, Ok(vec![Event::QuorumMissed(missed)]));
    sample.order(&person("m9"), Command::SignOut { seat: seat("m9") });
    sample.sign_in(&["m9"]);
    assert!(sample.state.quorum_missed.is_some(), "the electorate is what counts");
    sample.sign_in(&["m2"]);
    assert!(sample.state.quorum_missed.is_none());
    sample.console(Command::OpenVoting { ballot: ballot() });
}

#[test]
fn voting_does_not_open_before_every_terminal_has_confirmed() {
    let mut sample = at(Point::Registering);
    sample.fix_list();
    let mut state = sample.state;
    let item = state.items.iter_mut().find(|one| one.id == item()).unwrap();
    let round = item.rounds.last_mut().unwrap();
    round.confirmed.remove(&seat("m3"));
    round.confirmed.remove(&seat("m5"));
    let refusal = decide(&state, &Actor::Console, &Command::OpenVoting { ballot: ballot() }, sample.now);
    let missing = vec![seat("m3"), seat("m5")];
    assert_eq!(refusal, Err(Refusal::ListNotConfirmed { issued: 8, registered: 0, confirmed: 6, missing }));
}

#[test]
fn more_ballots_than_papers_void_the_round() {
    let mut sample = at(Point::Sealing);
    let ballots = (0..9).map(hash).collect();
    let events = sample.try_order(&Actor::Hub, &Command::FixBox { ballot: ballot(), ballots }).unwrap();
    let reason = VoidReason::TooMany { issued: 8, returned: 9 };
    assert_eq!(events, [Event::RoundVoided { ballot: ballot(), reason, unconfirmed: Vec::new() }]);
    sample.count_heads();
    sample.console(Command::OpenIssue { item: item() });
    assert_eq!(sample.ballot().as_str(), "appoint-r2");
    let old = decide(
        &sample.state,
        &person("m2"),
        &Command::RequestPapers {
            papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(KEY) }],
        },
        sample.now,
    );
    let not_now = Refusal::NotNow { command: CommandKind::RequestPapers };
    assert_eq!(old, Err(not_now), "the failed round is never taken up again");
}

#[test]
fn an_item_whose_lines_are_all_deferred_is_declared_without_a_ballot() {
    let mut sample = at(Point::Deliberated);
    for id in ["n1", "n3", "n4", "n5", "n6"] {
        sample.console(Command::Defer {
            item: item(),
            line: line(id),
            reason: "needs more study".to_owned(),
        });
    }
    let refusal = decide(&sample.state, &Actor::Console, &Command::OpenIssue { item: item() }, sample.now);
    assert_eq!(refusal, Err(Refusal::NothingToVoteOn));
    sample.step();
    sample.step();
    assert!(sample.state.ended_at.is_some());
}

#[test]
fn while_suspended_only_what_changes_nothing_on_the_floor_is_accepted() {
    let mut sample = at(Point::Voting);
    sample.console(Command::Suspend { reason: "no light".to_owned() });
    let close = Command::CloseVoting { ballot: ballot() };
    assert_eq!(decide(&sample.state, &Actor::Console, &close, sample.now), Err(Refusal::Suspended));
    let twice = Command::Suspend { reason: "still no light".to_owned() };
    assert_eq!(decide(&sample.state, &Actor::Console, &twice, sample.now), Err(Refusal::Suspended));
    sample.order(&person("m2"), Command::SignOut { seat: seat("m2") });
    sample.console(Command::Note { text: "a fuse".to_owned() });
    sample.console(Command::Resume);
    sample.console(close);
}

#[test]
fn a_code_is_reissued_for_one_without_paper_and_after_a_new_round() {
    let mut sample = at(Point::Voting);
    sample.console(Command::ReissueCode { who: person("m9") });
    sample.console(Command::NewRound { ballot: ballot(), reason: "a terminal was lost".to_owned() });
    sample.console(Command::ReissueCode { who: person("m2") });
}

#[test]
fn a_declined_paper_is_not_issued_afterwards() {
    let mut sample = at(Point::Issuing);
    sample.order(&person("m3"), Command::DeclinePaper { ballot: ballot() });
    let ask = Command::RequestPapers {
        papers: vec![crate::meeting::PaperAsked { ballot: ballot(), request: read(KEY) }],
    };
    assert_eq!(decide(&sample.state, &person("m3"), &ask, sample.now), Err(Refusal::PaperDeclined));
    sample.order(&person("m2"), ask);
    let decline = Command::DeclinePaper { ballot: ballot() };
    assert_eq!(decide(&sample.state, &person("m2"), &decline, sample.now), Err(Refusal::PaperAlreadyIssued));
    // The hub waits for everyone; the presiding officer need not.
    let close = Command::CloseIssue { ballot: ballot() };
    let refusal = decide(&sample.state, &Actor::Hub, &close, sample.now);
    assert_eq!(refusal, Err(Refusal::NotNow { command: CommandKind::CloseIssue }));
    sample.console(close);
}
