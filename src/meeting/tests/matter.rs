//! One row for each refusal of what is decided in the open: where it is, who asks for what, what is answered. And what
//! follows when nothing is refused.

use jiff::civil::date;

use crate::meeting::matter_sample::{MatterPoint as At, matter_plan, open_vote_plan, secret_plan};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, Command, CommandKind, Event, ItemId, MatterPhase, Refusal, SeatId, Signed, Stage, Step, Taken,
    decide, next_step,
};
use crate::plan::{ItemKind, Plan, SpeakingOrder, VoteAbout, VoteHow};
use crate::rules::{Decided, NamedChoice};
use crate::words::Lang;

fn at(point: At) -> Sample {
    Sample::matter(Lang::En, point)
}

fn person(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

fn item() -> ItemId {
    Sample::matter_item()
}

fn seat(id: &str) -> SeatId {
    SeatId::from(id)
}

fn seats(ids: &[&str]) -> Vec<SeatId> {
    ids.iter().map(|id| SeatId::from(*id)).collect()
}

fn state_view(id: &str) -> Command {
    Command::GiveStatement { item: item(), seat: seat(id), text: "a view".to_owned() }
}

fn pass(id: &str) -> Command {
    Command::PassStatement { item: item(), seat: seat(id) }
}

fn vote(choice: NamedChoice) -> Command {
    Command::VoteByName { item: item(), choice }
}

fn enter(id: &str, choice: Option<NamedChoice>) -> Command {
    Command::EnterVote { item: item(), seat: seat(id), choice, reason: "broken".to_owned() }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
fn what_a_matter_forbids_is_refused_with_its_figures() {
    use Command as C;
    use NamedChoice::{Abstain, Agree, Disagree};
    use Refusal as R;
    let no_right = |command| R::NoRight { command };
    let not_now = |command| R::NotNow { command };
    let chair = || Actor::Console;
    let words = |text: &str| text.to_owned();
    let head = || seat("m1");
    let rows: Vec<(At, Actor, Command, Refusal)> = vec![
        // Who.
        (
            At::Introducing,
            person("m2"),
            C::BeginStatements { item: item() },
            no_right(CommandKind::BeginStatements),
        ),
        (
            At::Asked,
            person("m2"),
            C::AskMember { item: item(), seat: seat("m3") },
            no_right(CommandKind::AskMember),
        ),
        (At::Asked, person("m3"), state_view("m2"), R::NotYourSeat),
        (At::Asked, person("a1"), state_view("a1"), R::NoVoteHere { seat: seat("a1") }),
        (At::Heard, person("m2"), C::SumUp { item: item(), text: words("x") }, R::NotYourSeat),
        (At::Voting, chair(), vote(Agree), no_right(CommandKind::VoteByName)),
        (At::Voting, person("m2"), enter("m3", Some(Agree)), no_right(CommandKind::EnterVote)),
        (At::Voting, person("a1"), vote(Agree), R::NoVoteHere { seat: seat("a1") }),
        (At::Voting, person("m9"), vote(Agree), R::NoVoteHere { seat: seat("m9") }),
        (
            At::Decided,
            person("m2"),
            C::SignMatter { item: item(), record: words("x") },
            R::OnlyTheHead { head: head() },
        ),
        (
            At::Asked,
            chair(),
            C::FixSpeakers { item: item(), order: vec![] },
            no_right(CommandKind::FixSpeakers),
        ),
        // The order.
        (
            At::Introducing,
            chair(),
            C::AskMember { item: item(), seat: seat("m2") },
            not_now(CommandKind::AskMember),
        ),
        (
            At::Asked,
            chair(),
            C::AskMember { item: item(), seat: seat("m3") },
            R::StillAsked { seat: seat("m2") },
        ),
        (At::Asked, person("m3"), state_view("m3"), R::NotAsked { seat: seat("m3") }),
        (At::Asked, chair(), state_view("m3"), R::NotAsked { seat: seat("m3") }),
        (At::Stating, person("m2"), state_view("m2"), R::AlreadyHeard { seat: seat("m2") }),
        (At::Stating, chair(), pass("m3"), R::AlreadyHeard { seat: seat("m3") }),
        (
            At::Asked,
            chair(),
            C::AskMember { item: item(), seat: seat("m9") },
            R::NotPresent { seat: seat("m9") },
        ),
        (
            At::Asked,
            person("m2"),
            C::GiveStatement { item: item(), seat: seat("m2"), text: words(" ") },
            R::TextMissing,
        ),
        // The head speaks last, whoever asks for it.
        (
            At::Stating,
            chair(),
            C::AskMember { item: item(), seat: head() },
            R::HeadSpeaksLast { head: head(), waiting: seats(&["m5", "m6", "m7", "m8"]) },
        ),
        (
            At::Stating,
            person("m1"),
            state_view("m1"),
            R::HeadSpeaksLast { head: head(), waiting: seats(&["m5", "m6", "m7", "m8"]) },
        ),
        (
            At::Stating,
            chair(),
            state_view("m1"),
            R::HeadSpeaksLast { head: head(), waiting: seats(&["m5", "m6", "m7", "m8"]) },
        ),
        (
            At::Stating,
            person("m1"),
            pass("m1"),
            R::HeadSpeaksLast { head: head(), waiting: seats(&["m5", "m6", "m7", "m8"]) },
        ),
        (
            At::HeadAsked,
            chair(),
            C::SumUp { item: item(), text: words("x") },
            R::NotAllHeard { waiting: seats(&["m1"]) },
        ),
        (
            At::Stating,
            person("m1"),
            C::SumUp { item: item(), text: words("x") },
            R::NotAllHeard { waiting: seats(&["m5", "m6", "m7", "m8", "m1"]) },
        ),
        (At::Introducing, chair(), C::SumUp { item: item(), text: words("x") }, not_now(CommandKind::SumUp)),
        (At::Heard, chair(), C::PutToVote { item: item() }, not_now(CommandKind::PutToVote)),
        (At::Asked, chair(), C::PutToVote { item: item() }, not_now(CommandKind::PutToVote)),
        (At::Introducing, chair(), C::DeferMatter { item: item(), reason: words("") }, R::TextMissing),
        (
            At::Voting,
            chair(),
            C::DeferMatter { item: item(), reason: words("x") },
            not_now(CommandKind::DeferMatter),
        ),
        // The vote.
        (At::Voting, person("m2"), vote(Abstain), R::NoSuchChoice),
        (At::Voting, chair(), enter("m2", Some(Abstain)), R::NoSuchChoice),
        (At::Voted, person("m2"), vote(Disagree), R::AlreadyVoted { seat: seat("m2") }),
        (At::Voted, person("m4"), vote(NamedChoice::Postpone), R::AlreadyVoted { seat: seat("m4") }),
        (At::Voted, chair(), enter("m2", None), R::AlreadyVoted { seat: seat("m2") }),
        (
            At::Voted,
            person("m1"),
            vote(Agree),
            R::HeadVotesLast { head: head(), waiting: seats(&["m5", "m6", "m7", "m8"]) },
        ),
        (
            At::Voted,
            chair(),
            enter("m1", Some(Agree)),
            R::HeadVotesLast { head: head(), waiting: seats(&["m5", "m6", "m7", "m8"]) },
        ),
        (
            At::Voted,
            chair(),
            C::CloseNamedVote { item: item() },
            R::VotesMissing { waiting: seats(&["m5", "m6", "m7", "m8", "m1"]) },
        ),
        (
            At::HeadsTurn,
            chair(),
            C::CloseNamedVote { item: item() },
            R::VotesMissing { waiting: seats(&["m1"]) },
        ),
        (
            At::Voting,
            chair(),
            C::EnterVote { item: item(), seat: seat("m2"), choice: Some(Agree), reason: words(" ") },
            R::TextMissing,
        ),
        (At::Voting, chair(), enter("zz", None), R::UnknownSeat { seat: seat("zz") }),
        (At::Decided, person("m2"), vote(Agree), not_now(CommandKind::VoteByName)),
        // The signature.
        (At::AllVoted, chair(), C::Declare { item: item() }, not_now(CommandKind::Declare)),
        (At::Decided, chair(), C::Declare { item: item() }, R::HeadNotSigned { head: head() }),
        (At::Decided, person("m1"), C::SignMatter { item: item(), record: words("x") }, R::OtherResult),
        (
            At::AllVoted,
            person("m1"),
            C::SignMatter { item: item(), record: words("x") },
            not_now(CommandKind::SignMatter),
        ),
        (
            At::Signed,
            chair(),
            C::LeaveUnsigned { item: item(), reason: words("x") },
            not_now(CommandKind::LeaveUnsigned),
        ),
        // What belongs to other items.
        (
            At::Asked,
            chair(),
            C::CountHands { item: item(), agree: 8, disagree: 0, abstain: 0 },
            not_now(CommandKind::CountHands),
        ),
        (At::Asked, chair(), C::BeginStatements { item: "rules".into() }, R::UnknownItem),
    ];
    for (point, actor, command, refusal) in rows {
        let sample = at(point);
        let decided = decide(&sample.state, &actor, &command, sample.now);
        assert_eq!(decided, Err(refusal.clone()), "{point:?}: {actor} {command:?}");
        for lang in [Lang::Zh, Lang::En] {
            let said = crate::words::refusal::sentence(lang, &refusal, Some(&sample.state));
            assert!(said.chars().count() > 3, "{refusal:?} is said: {said:?}");
        }
    }
}

fn changed(change: impl FnOnce(&mut crate::plan::Matter)) -> Plan {
    let mut plan = matter_plan(Lang::En);
    let ItemKind::MajorMatter(matter) = &mut plan.items[0].kind else { unreachable!() };
    change(matter);
    plan
}

/// A meeting that is open; the item is not called.
fn opened(plan: Plan, here: &[&str]) -> Sample {
    let mut sample = Sample::of(plan);
    sample.sign_in(here);
    sample.console(Command::OpenMeeting);
    sample
}

const ALL: [&str; 8] = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"];

#[test]
fn what_was_not_notified_does_not_open() {
    let mut sample = opened(changed(|matter| matter.notified.as_mut().unwrap().members.truncate(7)), &ALL);
    let open = Command::OpenItem { item: item() };
    let missing = seats(&["m8", "m9"]);
    let refused = sample.try_order(&Actor::Console, &open).unwrap_err();
    assert_eq!(refused, Refusal::NotNotified { missing });
    let notice = |ids: &[&str], day: i8| Command::RecordNotice {
        item: item(),
        seats: seats(ids),
        on: date(2026, 11, day),
    };
    // On the day itself it is none, whoever did not need it gets none, and only officers enter one.
    let late = Refusal::NoticeTooLate { on: date(2026, 11, 24), meeting: date(2026, 11, 24) };
    assert_eq!(sample.try_order(&Actor::Console, &notice(&["m8"], 24)).unwrap_err(), late);
    let stranger = Refusal::NoVoteHere { seat: seat("a1") };
    assert_eq!(sample.try_order(&Actor::Console, &notice(&["a1"], 20)).unwrap_err(), stranger);
    let right = Refusal::NoRight { command: CommandKind::RecordNotice };
    assert_eq!(sample.try_order(&person("m8"), &notice(&["m8"], 20)).unwrap_err(), right);
    sample.order(&person("m4"), notice(&["m8"], 20));
    assert_eq!(sample.try_order(&Actor::Console, &notice(&["m8"], 21)), Ok(Vec::new()), "it is on record");
    let refused = sample.try_order(&Actor::Console, &open).unwrap_err();
    assert_eq!(refused, Refusal::NotNotified { missing: seats(&["m9"]) });
    // Whoever is absent was to be notified all the same.
    sample.console(notice(&["m9", "m8"], 20));
    sample.console(open);
    assert_eq!(sample.state.items[0].stage, Stage::Stating);
    let after = sample.try_order(&Actor::Console, &notice(&["m9"], 20)).unwrap_err();
    assert_eq!(after, Refusal::NotNow { command: CommandKind::RecordNotice });
}

#[test]
fn what_cannot_be_called_can_be_deferred() {
    let mut sample = opened(changed(|matter| matter.notified = None), &ALL);
    sample.console(Command::DeferMatter { item: item(), reason: "not notified".into() });
    let progress = sample.state.items[0].matter().unwrap();
    assert_eq!(progress.deferred.as_deref(), Some("not notified"));
    assert_eq!(next_step(&sample.state), Some(Step::CloseMeeting));
}

#[test]
fn without_its_head_nothing_opens_and_nothing_is_put_to_the_vote() {
    let mut sample = opened(matter_plan(Lang::En), &ALL[1..]);
    let open = Command::OpenItem { item: item() };
    let absent = Refusal::HeadAbsent { head: seat("m1") };
    assert_eq!(sample.try_order(&Actor::Console, &open).unwrap_err(), absent);
    let mut sample = at(At::SummedUp);
    sample.order(&person("m1"), Command::SignOut { seat: seat("m1") });
    let put = Command::PutToVote { item: item() };
    assert_eq!(sample.try_order(&Actor::Console, &put).unwrap_err(), absent);
}

#[test]
fn whoever_comes_late_is_heard_before_the_head_and_not_after() {
    let mut sample = at(At::HeadAsked);
    sample.sign_in(&["m9"]);
    let waiting = seats(&["m9"]);
    let refused = sample.try_order(&person("m1"), &state_view("m1")).unwrap_err();
    assert_eq!(refused, Refusal::HeadSpeaksLast { head: seat("m1"), waiting });
    assert_eq!(next_step(&sample.state), Some(Step::AskMember(item(), seat("m9"))));
    sample.step();
    sample.states("m9", "late, but I agree");
    assert_eq!(next_step(&sample.state), Some(Step::AskMember(item(), seat("m1"))));
    sample.step();
    sample.states("m1", "the head speaks last");
    let order: Vec<&str> =
        sample.state.items[0].matter().unwrap().statements.iter().map(|one| one.seat.as_str()).collect();
    assert_eq!(order.last(), Some(&"m1"));
    // One who was away for a moment comes too late.
    let mut sample = at(At::Heard);
    sample.sign_in(&["m9"]);
    let refused = sample.try_order(&person("m9"), &state_view("m9")).unwrap_err();
    assert_eq!(refused, Refusal::HeadHasSpoken { head: seat("m1") });
    assert_eq!(next_step(&sample.state), Some(Step::SumUp(item())), "nobody is asked any more");
    let ask = Command::AskMember { item: item(), seat: seat("m9") };
    let refused = sample.try_order(&Actor::Console, &ask).unwrap_err();
    assert_eq!(refused, Refusal::HeadHasSpoken { head: seat("m1") });
}

#[test]
fn who_leaves_holds_nobody_back() {
    let mut sample = at(At::Stating);
    assert_eq!(next_step(&sample.state), Some(Step::AwaitStatement(item(), seat("m5"))));
    sample.order(&person("m5"), Command::SignOut { seat: seat("m5") });
    assert_eq!(next_step(&sample.state), Some(Step::AskMember(item(), seat("m6"))));
    let mut sample = at(At::Voted);
    for id in ["m5", "m6", "m7"] {
        sample.votes(id, NamedChoice::Agree);
    }
    sample.order(&person("m8"), Command::SignOut { seat: seat("m8") });
    sample.votes("m1", NamedChoice::Agree);
    // Back again, after the head.
    sample.sign_in(&["m8"]);
    let refused = sample.try_order(&person("m8"), &vote(NamedChoice::Agree)).unwrap_err();
    assert_eq!(refused, Refusal::HeadHasVoted { head: seat("m1") });
    // And holds the closing back no more.
    assert_eq!(next_step(&sample.state), Some(Step::CloseNamedVote(item())));
    sample.step();
    let outcome = sample.state.items[0].named.as_ref().unwrap().outcome.unwrap();
    assert_eq!((outcome.count.agree, outcome.count.without, outcome.decided), (5, 1, Decided::Carried));
}

#[test]
fn an_entered_vote_and_none_stand_in_the_record_as_such() {
    let mut sample = at(At::Voted);
    sample.console(enter("m5", None));
    let named = sample.state.items[0].named.as_ref().unwrap();
    let entered: Vec<(&str, bool)> =
        named.votes.iter().map(|vote| (vote.seat.as_str(), vote.entered.is_some())).collect();
    assert_eq!(entered, [("m2", false), ("m3", false), ("m4", true), ("m5", true)]);
    assert_eq!(named.vote(&seat("m5")).unwrap().choice, None);
}

#[test]
fn the_outcome_follows_from_the_votes() {
    let sample = at(At::Declared);
    let named = sample.state.items[0].named.as_ref().unwrap();
    let outcome = named.outcome.unwrap();
    assert_eq!((outcome.count.agree, outcome.count.disagree, outcome.count.postpone), (6, 1, 1));
    assert_eq!((outcome.base, outcome.needed, outcome.decided), (9, 5, Decided::Carried));
    assert_eq!(named.votes.last().unwrap().seat, seat("m1"));
    assert!(matches!(sample.state.items[0].matter().unwrap().signed, Some(Signed::ByKey { .. })));
    assert!(sample.state.is_carried(&sample.state.items[0]));
}

#[test]
fn the_hub_draws_all_but_the_head() {
    let mut sample = Sample::called(changed(|matter| matter.order = SpeakingOrder::Lot));
    sample.console(Command::BeginStatements { item: item() });
    assert_eq!(sample.state.items[0].matter().unwrap().phase, MatterPhase::Drawing);
    let fix = |ids: &[&str]| Command::FixSpeakers { item: item(), order: seats(ids) };
    for wrong in [&["m2"][..], &["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"], &["m2"; 8]] {
        assert_eq!(sample.try_order(&Actor::Hub, &fix(wrong)).unwrap_err(), Refusal::WrongSpeakers);
    }
    sample.order(&Actor::Hub, fix(&["m9", "m4", "m2", "m8", "m3", "m7", "m6", "m5"]));
    // m9 is not there.
    assert_eq!(next_step(&sample.state), Some(Step::AskMember(item(), seat("m4"))));
    assert_eq!(sample.state.items[0].matter().unwrap().order.last(), Some(&seat("m1")));
}

#[test]
fn a_secret_ballot_on_a_matter_is_the_ordinary_one() {
    let mut sample = Sample::called(secret_plan(Lang::En)).until_matter(At::SummedUp);
    sample.console(Command::PutToVote { item: item() });
    assert_eq!(next_step(&sample.state), Some(Step::CountHeads(item())));
    // Deferring the one line is deferring the matter.
    let line = Command::Defer { item: item(), line: "matter".into(), reason: "x".into() };
    let refused = sample.try_order(&Actor::Console, &line).unwrap_err();
    assert_eq!(refused, Refusal::NotNow { command: CommandKind::Defer });
    sample.count_heads();
    sample.console(Command::OpenIssue { item: item() });
    let issue = sample.state.items[0].rounds[0].issue.clone();
    assert_eq!((issue.lines.len(), issue.electorate.len()), (1, 8));
    let ballot = issue.ballot.clone();
    let name = super::common::read(super::common::KEY);
    sample.order(&Actor::Hub, Command::PublishIssuer { ballot: ballot.clone(), issuer: name });
    for who in &issue.electorate {
        let request = super::common::read(super::common::KEY);
        let papers = vec![crate::meeting::PaperAsked { ballot: ballot.clone(), request }];
        sample.order(&Actor::Seat(who.clone()), Command::RequestPapers { papers });
    }
    sample.order(&Actor::Hub, Command::CloseIssue { ballot: ballot.clone() });
    sample.fix_list();
    sample.compare_room();
    sample.console(Command::OpenVoting { ballot: ballot.clone() });
    sample.console(Command::CloseVoting { ballot: ballot.clone() });
    let ballots = (0..8).map(|number| super::common::read(&super::common::hex(number))).collect();
    sample.order(&Actor::Hub, Command::FixBox { ballot: ballot.clone(), ballots });
    sample.confirm_box();
    sample.console(Command::OpenBox { ballot: ballot.clone() });
    let opened = super::common::opened(vec![vec![6, 1, 1]]);
    sample.order(&Actor::Hub, Command::PublishCount { ballot, opened });
    sample.sign_result();
    assert_eq!(next_step(&sample.state), Some(Step::AwaitSignature(item())));
    let early = sample.try_order(&Actor::Console, &Command::Declare { item: item() }).unwrap_err();
    assert_eq!(early, Refusal::HeadNotSigned { head: seat("m1") });
    sample.console(Command::LeaveUnsigned { item: item(), reason: "terminal broken".into() });
    sample.step();
    assert!(sample.state.is_carried(&sample.state.items[0]));
}

// ---- open votes -------------------------------------------------------------------------------------------------

fn open(how: VoteHow) -> Sample {
    Sample::called(open_vote_plan(Lang::En, how, VoteAbout::Rules))
}

fn rules() -> ItemId {
    Sample::open_vote_item()
}

fn hands(agree: u32, disagree: u32, abstain: u32) -> Command {
    Command::CountHands { item: rules(), agree, disagree, abstain }
}

#[test]
fn hands_add_up_to_those_present() {
    let mut sample = open(VoteHow::Hands);
    for (agree, disagree, abstain, sum) in [(8, 1, 0, 9), (0, 0, 0, 0), (u32::MAX, u32::MAX, 2, u32::MAX)] {
        let refused = sample.try_order(&Actor::Console, &hands(agree, disagree, abstain)).unwrap_err();
        assert_eq!(refused, Refusal::HandsDoNotAddUp { hands: sum, present: 8 });
    }
    sample.console(hands(4, 2, 2));
    let Some(Taken::Hands { outcome, .. }) = sample.state.items[0].open_vote().unwrap().taken else {
        panic!("not counted")
    };
    assert_eq!((outcome.base, outcome.needed, outcome.decided), (8, 5, Decided::NotCarried));
    // Counted again: the last count stands.
    sample.console(hands(5, 1, 2));
    sample.step();
    assert!(sample.state.is_carried(&sample.state.items[0]));
    assert_eq!(next_step(&sample.state), Some(Step::CloseMeeting), "no scrutineers, no key");
}

#[test]
fn each_way_is_the_plans() {
    let objects = |id: &str| Command::ObjectToVote { item: rules(), seat: seat(id) };
    let take = || Command::TakeWithoutObjection { item: rules() };
    let put = || Command::PutToVote { item: rules() };
    for (how, command) in [
        (VoteHow::Hands, objects("m2")),
        (VoteHow::Hands, take()),
        (VoteHow::Hands, put()),
        (VoteHow::ByName, hands(8, 0, 0)),
        (VoteHow::ByName, take()),
        (VoteHow::WithoutObjection, hands(8, 0, 0)),
        (VoteHow::WithoutObjection, put()),
    ] {
        let sample = open(how);
        let refused = decide(&sample.state, &Actor::Console, &command, sample.now);
        assert_eq!(refused, Err(Refusal::OtherWay { how }), "{command:?}");
    }
    let mut sample = open(VoteHow::WithoutObjection);
    for (actor, command, refusal) in [
        (person("m3"), objects("m2"), Refusal::NotYourSeat),
        (Actor::Console, objects("m9"), Refusal::NotPresent { seat: seat("m9") }),
        (person("a1"), objects("a1"), Refusal::NoVoteHere { seat: seat("a1") }),
    ] {
        assert_eq!(sample.try_order(&actor, &command).unwrap_err(), refusal);
    }
    sample.order(&person("m2"), objects("m2"));
    let refused = sample.try_order(&Actor::Console, &take()).unwrap_err();
    assert_eq!(refused, Refusal::SomebodyObjected { seats: seats(&["m2"]) });
    assert_eq!(next_step(&sample.state), Some(Step::CountHands(rules())));
    sample.console(hands(6, 2, 0));
    let mut sample = open(VoteHow::WithoutObjection);
    let early = sample.try_order(&Actor::Console, &Command::Declare { item: rules() }).unwrap_err();
    assert_eq!(early, Refusal::NotNow { command: CommandKind::Declare });
    sample.step();
    let late = sample.try_order(&person("m2"), &objects("m2")).unwrap_err();
    assert_eq!(late, Refusal::NotNow { command: CommandKind::ObjectToVote });
    sample.step();
    assert!(sample.state.is_carried(&sample.state.items[0]));
}

#[test]
fn an_open_vote_by_name_is_the_same_vote() {
    let mut sample = open(VoteHow::ByName);
    sample.step();
    let postpone = Command::VoteByName { item: rules(), choice: NamedChoice::Postpone };
    assert_eq!(sample.try_order(&person("m2"), &postpone).unwrap_err(), Refusal::NoSuchChoice);
    for id in &ALL[..7] {
        sample.votes(id, if *id == "m1" { NamedChoice::Abstain } else { NamedChoice::Agree });
    }
    let waiting = seats(&["m8"]);
    let close = Command::CloseNamedVote { item: rules() };
    assert_eq!(sample.try_order(&Actor::Console, &close).unwrap_err(), Refusal::VotesMissing { waiting });
    sample.votes("m8", NamedChoice::Disagree);
    sample.step();
    // Nobody signs an open vote.
    assert_eq!(next_step(&sample.state), Some(Step::Declare(rules())));
    sample.step();
    assert!(sample.state.is_carried(&sample.state.items[0]));
}

#[test]
fn an_open_vote_can_approve_the_scrutineers() {
    for (counts, approved) in [((8, 0, 0), true), ((4, 4, 0), false)] {
        let mut plan = open_vote_plan(Lang::En, VoteHow::Hands, VoteAbout::Scrutineers);
        plan.items.extend(crate::meeting::sample::plan(Lang::En).items);
        let mut sample = opened(plan, &ALL);
        // Nothing asks for scrutineers before the vote on them.
        assert_eq!(next_step(&sample.state), Some(Step::OpenItem(rules())));
        sample.step();
        sample.console(hands(counts.0, counts.1, counts.2));
        sample.step();
        assert_eq!(sample.state.scrutineers_approved(), approved);
        let next = if approved { Step::OpenItem(Sample::item()) } else { Step::ApproveScrutineers };
        assert_eq!(next_step(&sample.state), Some(next));
    }
}

#[test]
fn a_quorum_that_is_gone_is_missed_when_it_is_put_to_the_vote() {
    let mut sample = at(At::SummedUp);
    for id in ["m5", "m6", "m7"] {
        sample.order(&person(id), Command::SignOut { seat: seat(id) });
    }
    let put = Command::PutToVote { item: item() };
    let events = sample.try_order(&Actor::Console, &put).unwrap();
    assert!(matches!(events.as_slice(), [Event::QuorumMissed(missed)] if missed.present == 5));
    assert_eq!(sample.state.items[0].stage, Stage::Stating);
    let again = sample.try_order(&Actor::Console, &put).unwrap_err();
    assert_eq!(again, Refusal::QuorumNotReached { present: 5, due: 9, needed: 6 });
}
