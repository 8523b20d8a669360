//! What follows a declaration: objections and how they are settled, reconsiderations, items that are taken up again, and
//! the rule of the same post.

use crate::meeting::barred::is_same;
use crate::meeting::exam_sample::exam_plan;
use crate::meeting::joint_sample::joint_plan;
use crate::meeting::matter_sample::{MatterPoint, open_vote_plan};
use crate::meeting::reopening_sample::two_items;
use crate::meeting::review_sample::{ReviewPoint, review_plan};
use crate::meeting::sample::{HEX, Point, Sample, plan, short};
use crate::meeting::{
    Actor, Command, CommandKind, Event, ItemId, LineId, LineStands, NotReopened, Phase, Refusal,
    ReopenGround, SeatId, SettledHow, Stage, State, Step, can_be_reopened, next_step, reconsiderable,
};
use crate::plan::{ItemKind, Nominee, VoteAbout, VoteHow};
use crate::words::Lang;
use proptest::prelude::*;

fn item() -> ItemId {
    Sample::item()
}

fn again() -> ItemId {
    "again".into()
}

fn seat(id: &str) -> Actor {
    Actor::Seat(id.into())
}

fn lines(ids: &[&str]) -> Vec<LineId> {
    ids.iter().map(|id| LineId::from(*id)).collect()
}

/// The first of the two items is declared: n1, n4 and n5 carried, n3 and n6 not, n2 deferred.
fn declared() -> Sample {
    Sample::two_declared(Lang::En)
}

fn object(by: &str, reason: &str) -> Command {
    Command::ObjectToResult { item: item(), official: None, by: by.into(), reason: reason.into() }
}

fn settle(number: u32, outcome: SettledHow) -> Command {
    Command::SettleObjection { number, outcome, reason: "looked into".into() }
}

fn reconsider(lines: Vec<LineId>, hands: (u32, u32, u32)) -> Command {
    let (agree, disagree, abstain) = hands;
    Command::Reconsider { item: item(), lines, agree, disagree, abstain, reason: "new facts".into() }
}

fn refused(sample: &mut Sample, actor: &Actor, command: &Command) -> Refusal {
    sample.try_order(actor, command).expect_err("it is refused")
}

/// Leads an item that is on the floor at its recusal to its declaration, with these sums.
fn vote(sample: &mut Sample, id: &ItemId, sums: &[[u32; 3]]) {
    sample.console(Command::BeginDeliberation { item: id.clone() });
    sample.console(Command::EndDeliberation { item: id.clone() });
    ballot(sample, id, sums);
}

fn ballot(sample: &mut Sample, id: &ItemId, sums: &[[u32; 3]]) {
    sample.count_heads();
    sample.console(Command::OpenIssue { item: id.clone() });
    let ballot = on_floor(&sample.state);
    let issuer = short(HEX);
    sample.order(&Actor::Hub, Command::PublishIssuer { ballot: ballot.clone(), issuer });
    sample.take_papers();
    sample.fix_list();
    sample.compare_room();
    sample.console(Command::OpenVoting { ballot: ballot.clone() });
    sample.console(Command::CloseVoting { ballot: ballot.clone() });
    let ballots = (0..7).map(|number| short(&format!("{number:064x}"))).collect();
    sample.order(&Actor::Hub, Command::FixBox { ballot: ballot.clone(), ballots });
    sample.confirm_box();
    sample.console(Command::OpenBox { ballot });
    count(sample, sums);
    sample.sign_result();
    sample.console(Command::Declare { item: id.clone() });
}

fn count(sample: &mut Sample, sums: &[[u32; 3]]) {
    let opened = super::common::opened(sums.iter().map(|sums| sums.to_vec()).collect());
    let ballot = on_floor(&sample.state);
    sample.order(&Actor::Hub, Command::PublishCount { ballot, opened });
}

fn on_floor(state: &State) -> crate::meeting::BallotId {
    state.current_round().unwrap().1.issue.ballot.clone()
}

#[test]
fn an_objection_is_numbered_and_stands_until_it_is_settled() {
    let mut sample = declared();
    sample.order(&seat("m7"), object("m7", "the heads were not counted aloud"));
    // An officer takes down what somebody who is here says aloud.
    sample.order(&seat("m4"), object("m8", "the same"));
    sample.console(object("a1", "and I"));
    let all: Vec<_> = sample.state.result_objections.clone();
    let found: Vec<(u32, &str, bool, u32)> =
        all.iter().map(|one| (one.number, one.by.as_str(), one.taken_down, one.result)).collect();
    assert_eq!(found, [(1, "m7", false, 1), (2, "m8", true, 1), (3, "a1", true, 1)]);
    sample.console(settle(2, SettledHow::Stands));
    let open: Vec<u32> = sample.state.open_result_objections().map(|one| one.number).collect();
    assert_eq!(open, [1, 3]);
    // The result is what it was.
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!((is.stage, is.line_stands(&"n1".into())), (Stage::Declared, Some(LineStands::Carried)));
    assert!(sample.state.objections.is_empty(), "an objection to a ballot under way is another thing");
}

#[test]
fn who_may_object_to_what_and_when() {
    let mut early = Sample::of(two_items(Lang::En)).until(Point::Counted);
    assert_eq!(refused(&mut early, &seat("m7"), &object("m7", "too early")), Refusal::NotDeclared);
    let mut sample = declared();
    let official = Command::ObjectToResult {
        item: item(),
        official: Some("wang".into()),
        by: "m7".into(),
        reason: "no review".into(),
    };
    let unknown = Command::ObjectToResult {
        item: "none".into(),
        official: None,
        by: "m7".into(),
        reason: "no item".into(),
    };
    let not_there = |id: &str| Refusal::NotPresent { seat: SeatId::from(id) };
    let table = [
        (seat("m7"), object("m8", "for somebody else"), Refusal::NotYourSeat),
        (Actor::Console, object("m9", "absent"), not_there("m9")),
        (Actor::Console, object("nobody", "unknown"), Refusal::UnknownSeat { seat: "nobody".into() }),
        (seat("m7"), object("m7", "  "), Refusal::TextMissing),
        (seat("m7"), official, Refusal::UnknownOfficial),
        (seat("m7"), unknown, Refusal::UnknownItem),
        (Actor::Hub, object("m7", "a machine"), Refusal::NoRight { command: CommandKind::ObjectToResult }),
        (
            seat("m7"),
            settle(1, SettledHow::Stands),
            Refusal::NoRight { command: CommandKind::SettleObjection },
        ),
        (Actor::Console, settle(1, SettledHow::Stands), Refusal::UnknownObjection),
    ];
    for (actor, command, expected) in table {
        assert_eq!(refused(&mut sample, &actor, &command), expected, "{command:?}");
    }
    sample.order(&seat("m7"), object("m7", "once"));
    assert_eq!(
        refused(&mut sample, &seat("m7"), &object("m7", "twice")),
        Refusal::ObjectedAlready { number: 1 }
    );
    sample.console(settle(1, SettledHow::Stands));
    for outcome in [SettledHow::Stands, SettledHow::VoteAgain] {
        let again = refused(&mut sample, &Actor::Console, &settle(1, outcome));
        assert_eq!(again, Refusal::ObjectionSettled { number: 1 });
    }
    let third = refused(&mut sample, &seat("m7"), &object("m7", "after it was settled"));
    assert_eq!(third, Refusal::ObjectedAlready { number: 1 });
}

#[test]
fn a_meeting_is_not_closed_while_an_objection_is_open_and_may_be_adjourned() {
    let mut sample = Sample::new(Lang::En).until(Point::Declared);
    sample.order(&seat("m7"), object("m7", "a doubt"));
    assert_eq!(next_step(&sample.state), Some(Step::SettleObjection(1)));
    assert_eq!(
        refused(&mut sample, &Actor::Console, &Command::CloseMeeting),
        Refusal::ObjectionsOpen { numbers: vec![1] }
    );
    let mut adjourned = Sample { state: sample.state.clone(), ..Sample::new(Lang::En) };
    adjourned.console(Command::Adjourn {
        ground: crate::meeting::AdjournGround::Decided { reason: "late".into() },
    });
    assert_eq!(adjourned.state.open_result_objections().count(), 1, "it stays in the record, not settled");
    sample.console(settle(1, SettledHow::Stands));
    assert_eq!(next_step(&sample.state), Some(Step::CloseMeeting));
    sample.console(Command::CloseMeeting);
    let late = refused(&mut sample, &seat("m8"), &object("m8", "too late"));
    assert_eq!(late, Refusal::Ended);
}

#[test]
fn a_result_that_is_set_aside_is_voted_on_again_and_stays_in_the_record() {
    let mut sample = declared();
    sample.order(&seat("m7"), object("m7", "a paper was seen"));
    sample.order(&seat("m8"), object("m8", "so it was"));
    sample.console(settle(1, SettledHow::VoteAgain));
    // The other objection to it is settled with it.
    assert!(sample.state.open_result_objections().next().is_none());
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!((is.stage, is.round().is_some()), (Stage::Recusing, false));
    assert_eq!(is.reopenings[0].ground, ReopenGround::Objection { number: 1 });
    assert!(is.recused.contains(&SeatId::from("m1")), "those concerned leave again");
    assert!(
        is.deferred.contains_key(&LineId::from("n2")),
        "what was deferred stays so until it is taken back"
    );
    assert!(is.line_stands(&"n3".into()).is_none(), "a result that is set aside says nothing of anybody");
    vote(&mut sample, &item(), &[[5, 2, 0], [6, 1, 0], [7, 0, 0], [2, 5, 0], [5, 1, 1]]);
    let is = sample.state.item_state(&item()).unwrap();
    let rounds: Vec<(&str, u32)> =
        is.rounds.iter().map(|round| (round.issue.ballot.as_str(), round.issue.round)).collect();
    assert_eq!(rounds, [("appoint", 1), ("appoint-r2", 2)]);
    assert_eq!(
        is.rounds[0].count.as_ref().unwrap().sums()[0],
        [7, 0, 0],
        "what was declared does not change"
    );
    assert!(is.set_aside(&is.rounds[0], &"n1".into()).is_some());
    let stands = |line: &str| is.line_stands(&line.into());
    assert_eq!(stands("n3"), Some(LineStands::Carried));
    assert_eq!(stands("n5"), Some(LineStands::NotCarried));
    // And to the new result everybody may object anew.
    sample.order(&seat("m7"), object("m7", "again"));
    assert_eq!(sample.state.result_objections.last().unwrap().result, 2);
}

#[test]
fn nothing_is_taken_up_again_while_another_item_is_on_the_floor() {
    let mut sample = declared();
    sample.order(&seat("m7"), object("m7", "a doubt"));
    sample.console(Command::OpenItem { item: again() });
    for command in [settle(1, SettledHow::VoteAgain), reconsider(Vec::new(), (8, 0, 0))] {
        assert_eq!(refused(&mut sample, &Actor::Console, &command), Refusal::AnotherItemOpen);
    }
    sample.console(settle(1, SettledHow::Stands));
}

/// Eight of nine members are present; more than half of all is five.
#[test]
fn a_decision_is_reconsidered_with_the_consent_of_more_than_half_of_all_members() {
    let hands = [
        ((4, 4, 0), Some(false)),
        ((4, 0, 4), Some(false)),
        ((5, 3, 0), Some(true)),
        ((8, 0, 0), Some(true)),
        ((0, 8, 0), Some(false)),
        ((5, 2, 0), None),
        ((5, 4, 0), None),
        ((u32::MAX, 1, 0), None),
    ];
    for (counted, consented) in hands {
        let mut sample = declared();
        let result = sample.try_order(&Actor::Console, &reconsider(lines(&["n1"]), counted));
        let Some(consented) = consented else {
            assert!(matches!(result, Err(Refusal::HandsDoNotAddUp { present: 8, .. })), "{counted:?}");
            continue;
        };
        assert!(result.is_ok(), "{counted:?}: {result:?}");
        let (_, asked) = sample.state.reconsiderations.last().unwrap();
        assert_eq!((asked.due, asked.needed, asked.consented), (9, 5, consented), "{counted:?}");
        let is = sample.state.item_state(&item()).unwrap();
        assert_eq!(is.stage == Stage::Recusing, consented);
        assert_eq!(is.reopenings.len(), usize::from(consented), "without consent nothing else happens");
    }
}

#[test]
fn who_was_not_carried_is_not_reconsidered() {
    let mut sample = declared();
    let is = sample.state.item_state(&item()).unwrap();
    let may = reconsiderable(is, sample.state.item(&item()).unwrap());
    assert_eq!(may, lines(&["n1", "n2", "n4", "n5"]), "carried and deferred lines");
    let named = refused(&mut sample, &Actor::Console, &reconsider(lines(&["n1", "n3"]), (8, 0, 0)));
    assert_eq!(named, Refusal::LinesNotCarried { lines: lines(&["n3"]) });
    let unknown = refused(&mut sample, &Actor::Console, &reconsider(lines(&["n9"]), (8, 0, 0)));
    assert_eq!(unknown, Refusal::UnknownLine);
    sample.order(&seat("m7"), object("m7", "first this"));
    let open = refused(&mut sample, &Actor::Console, &reconsider(Vec::new(), (8, 0, 0)));
    assert_eq!(open, Refusal::ObjectionsOpen { numbers: vec![1] });
}

#[test]
fn only_the_lines_that_are_reconsidered_are_voted_on_again() {
    let mut sample = declared();
    sample.console(reconsider(lines(&["n1", "n2"]), (6, 2, 0)));
    // What was not taken up again cannot be deferred, and a deferred line that was is put to the vote.
    let defer = Command::Defer { item: item(), line: "n4".into(), reason: "no".into() };
    assert_eq!(refused(&mut sample, &Actor::Console, &defer), Refusal::LineNotAtStake);
    sample.console(Command::BeginDeliberation { item: item() });
    sample.console(Command::EndDeliberation { item: item() });
    let declare = refused(&mut sample, &Actor::Console, &Command::Declare { item: item() });
    assert_eq!(
        declare,
        Refusal::NotNow { command: CommandKind::Declare },
        "the old count is not the new one"
    );
    ballot(&mut sample, &item(), &[[1, 6, 0], [7, 0, 0]]);
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!(is.rounds[1].issue.lines, lines(&["n1", "n2"]));
    let stands = |line: &str| is.line_stands(&line.into());
    assert_eq!(stands("n1"), Some(LineStands::NotCarried));
    assert_eq!(stands("n2"), Some(LineStands::Carried));
    assert_eq!(stands("n4"), Some(LineStands::Carried), "the others keep their result");
    assert!(is.set_aside(&is.rounds[0], &"n4".into()).is_none());
}

#[test]
fn the_same_person_for_the_same_post_is_not_put_to_the_vote_again() {
    let mut sample = declared();
    sample.console(Command::OpenItem { item: again() });
    let is = sample.state.item_state(&again()).unwrap();
    let bar = is.barred.get(&LineId::from("x1")).unwrap();
    assert_eq!((bar.item.as_str(), bar.ballot.as_str(), is.barred.len()), ("appoint", "appoint", 1));
    for command in [
        Command::Undefer { item: again(), line: "x1".into() },
        Command::Defer { item: again(), line: "x1".into(), reason: "no".into() },
    ] {
        assert_eq!(refused(&mut sample, &Actor::Console, &command), Refusal::LineNotAtStake, "{command:?}");
    }
    // Only the other one is introduced and voted on.
    sample.step();
    assert!(matches!(next_step(&sample.state), Some(Step::BeginRecusal(_))));
    sample.step();
    vote(&mut sample, &again(), &[[6, 1, 0]]);
    let round = &sample.state.item_state(&again()).unwrap().rounds[0];
    assert_eq!((round.issue.lines.clone(), round.issue.barred.clone()), (lines(&["x2"]), lines(&["x1"])));
}

#[test]
fn an_item_whose_lines_are_all_barred_is_declared_without_a_ballot() {
    let mut plan = two_items(Lang::En);
    let ItemKind::Nomination(nomination) = &mut plan.items[1].kind else { unreachable!() };
    nomination.lines.truncate(1);
    let mut sample = Sample::of(plan).until(Point::Declared);
    sample.console(Command::OpenItem { item: again() });
    for _ in 0..3 {
        sample.step();
    }
    assert_eq!(next_step(&sample.state), Some(Step::Declare(again())));
    sample.step();
    let is = sample.state.item_state(&again()).unwrap();
    assert_eq!((is.stage, is.rounds.len()), (Stage::Declared, 0));
}

#[test]
fn a_result_that_was_set_aside_bars_nobody() {
    let mut sample = declared();
    sample.order(&seat("m7"), object("m7", "a paper was seen"));
    sample.console(settle(1, SettledHow::VoteAgain));
    vote(&mut sample, &item(), &[[7, 0, 0], [7, 0, 0], [7, 0, 0], [7, 0, 0], [7, 0, 0]]);
    sample.console(Command::OpenItem { item: again() });
    assert!(sample.state.item_state(&again()).unwrap().barred.is_empty(), "n3 is carried in the new vote");
}

/// What another item decided meanwhile bars a line that is taken up again.
#[test]
fn a_line_is_barred_when_it_is_taken_up_again_too() {
    let mut plan = two_items(Lang::En);
    // The second item has n1's post again, which the first has carried.
    let nominee = plan.items[0].lines()[0].clone();
    let ItemKind::Nomination(nomination) = &mut plan.items[1].kind else { unreachable!() };
    nomination.lines = vec![Nominee { id: "x1".to_owned(), ..nominee }];
    let mut sample = Sample::of(plan).until(Point::Declared);
    sample.console(Command::OpenItem { item: again() });
    assert!(sample.state.item_state(&again()).unwrap().barred.is_empty());
    sample.step();
    sample.step();
    vote(&mut sample, &again(), &[[1, 6, 0]]);
    let events = sample.try_order(&Actor::Console, &reconsider(lines(&["n1", "n4"]), (8, 0, 0))).unwrap();
    let barred = Event::LineBarred { item: item(), line: "n1".into(), by: again(), ballot: "again".into() };
    assert!(events.contains(&barred), "{events:?}");
    vote(&mut sample, &item(), &[[6, 1, 0]]);
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!(is.rounds[1].issue.lines, lines(&["n4"]));
}

#[test]
fn who_is_the_same_for_the_same_post() {
    let lines = plan(Lang::Zh).items[0].lines().to_vec();
    let of = |name: &str, person: Option<&str>, post: &str| Nominee {
        name: name.to_owned(),
        person: person.map(str::to_owned),
        post: post.to_owned(),
        ..lines[0].clone()
    };
    let one = of("张 伟", Some("m1"), "河口镇镇长");
    let table = [
        (of("张伟", None, "河口镇镇长"), true),
        (of("张 伟", Some("m1"), "河口镇 镇长"), true),
        (of("张伟（河口）", Some("m1"), "河口镇镇长"), true),
        (of("张 伟", Some("m2"), "河口镇镇长"), false),
        (of("张 伟", Some("m1"), "河口镇书记"), false),
        (of("王 芳", None, "河口镇镇长"), false),
    ];
    for (other, same) in table {
        assert_eq!((is_same(&one, &other), is_same(&other, &one)), (same, same), "{other:?}");
    }
}

/// Hands are counted and the result declared: eight of nine present, the majority of those present.
fn open_vote(about: VoteAbout) -> Sample {
    let mut sample = Sample::called(open_vote_plan(Lang::En, VoteHow::Hands, about));
    let item = Sample::open_vote_item();
    sample.console(Command::CountHands { item: item.clone(), agree: 6, disagree: 2, abstain: 0 });
    sample.console(Command::Declare { item });
    sample
}

fn consent(item: ItemId) -> Command {
    Command::Reconsider {
        item,
        lines: Vec::new(),
        agree: 8,
        disagree: 0,
        abstain: 0,
        reason: "new facts".into(),
    }
}

#[test]
fn an_open_vote_is_taken_up_again_from_its_beginning() {
    let mut sample = open_vote(VoteAbout::Rules);
    let id = Sample::open_vote_item();
    sample.console(consent(id.clone()));
    let is = sample.state.item_state(&id).unwrap();
    assert_eq!(is.stage, Stage::OpenVoting);
    assert!(is.open_vote.as_ref().unwrap().taken.is_none());
    assert!(is.reopenings[0].before.open_vote.as_ref().unwrap().taken.is_some(), "the first result is kept");
    sample.console(Command::CountHands { item: id.clone(), agree: 1, disagree: 7, abstain: 0 });
    sample.console(Command::Declare { item: id.clone() });
    assert!(!sample.state.is_carried(sample.state.item_state(&id).unwrap()));
}

#[test]
fn a_major_matter_is_spoken_on_again_with_the_head_last() {
    let mut sample = Sample::matter(Lang::En, MatterPoint::Declared);
    let id = Sample::matter_item();
    sample.console(consent(id.clone()));
    let is = sample.state.item_state(&id).unwrap();
    assert_eq!((is.stage, is.named.is_none()), (Stage::Stating, true));
    assert!(is.matter.as_ref().unwrap().statements.is_empty(), "every view is heard again");
    let before = &is.reopenings[0].before;
    assert!(
        before.named.as_ref().unwrap().outcome.is_some() && before.matter.as_ref().unwrap().signed.is_some()
    );
    assert_eq!(next_step(&sample.state), Some(Step::BeginStatements(id)));
}

#[test]
fn an_election_is_reconsidered_as_a_whole() {
    let mut sample = Sample::contested(Lang::En).until(Point::Opening);
    let lines = sample.state.current_round().unwrap().1.issue.lines.len();
    let mut votes = vec![1; lines];
    votes[..3].copy_from_slice(&[7, 6, 5]);
    sample.elect(0, &votes);
    sample.sign_result();
    sample.console(Command::Declare { item: item() });
    let elected = sample.state.item_state(&item()).unwrap().elected().len();
    assert!(elected > 0);
    let part = reconsider(vec![sample.state.item(&item()).unwrap().lines()[0].id.as_str().into()], (8, 0, 0));
    assert_eq!(refused(&mut sample, &Actor::Console, &part), Refusal::ReconsideredWhole);
    sample.console(consent(item()));
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!((is.stage, is.elected().len(), is.rounds.len()), (Stage::Recusing, 0, 1));
    assert_eq!(
        is.reopenings[0].before.elected().len(),
        elected,
        "who was elected before stays in the record"
    );
    // Who lacked the majority does not stand again.
    let again = &is.reopenings[0].lines;
    let lacked: Vec<LineId> = is.rounds[0].issue.lines[3..].to_vec();
    assert!(lacked.iter().all(|line| !again.contains(line)), "{again:?}");
}

#[test]
fn some_kinds_are_not_taken_up_again_and_the_refusal_says_why() {
    let declare_to = crate::plan::DeclareTo::ByName;
    let table = [
        (exam_plan(Lang::En, declare_to), NotReopened::Exam),
        (joint_plan(Lang::En), NotReopened::JointMeeting),
        (review_plan(Lang::En), NotReopened::Review),
        (open_vote_plan(Lang::En, VoteHow::Hands, VoteAbout::Scrutineers), NotReopened::Scrutineers),
    ];
    for (plan, why) in table {
        assert!(plan.items.iter().any(|item| can_be_reopened(item) == Err(why)), "{why:?}");
    }
    let mut sample = open_vote(VoteAbout::Scrutineers);
    let refused = refused(&mut sample, &Actor::Console, &consent(Sample::open_vote_item()));
    assert_eq!(refused, Refusal::CannotReopen { why: NotReopened::Scrutineers });
}

/// An evaluation is objected to official by official; the objection is settled, and the evaluation not repeated.
#[test]
fn an_evaluation_is_objected_to_official_by_official() {
    let mut sample = Sample::review(Lang::En).until_review(ReviewPoint::Declared);
    let (is, official) = sample.state.declared_results().next().unwrap();
    let (item, official) = (is.id.clone(), official.cloned());
    assert!(official.is_some());
    let object = |official: Option<crate::meeting::OfficialId>| Command::ObjectToResult {
        item: item.clone(),
        official,
        by: "m7".into(),
        reason: "a doubt".into(),
    };
    assert_eq!(refused(&mut sample, &seat("m7"), &object(None)), Refusal::WhichOfficial);
    assert_eq!(refused(&mut sample, &seat("m7"), &object(Some("nobody".into()))), Refusal::UnknownOfficial);
    sample.order(&seat("m7"), object(official.clone()));
    let again = refused(&mut sample, &Actor::Console, &settle(1, SettledHow::VoteAgain));
    assert_eq!(again, Refusal::CannotReopen { why: NotReopened::Review });
    sample.console(settle(1, SettledHow::Stands));
    let is = sample.state.item_state(&item).unwrap();
    assert_eq!(sample.state.result_objections_to(is, official.as_ref()).count(), 1);
}

/// Does what the meeting waits for, whoever has to.
fn advance(sample: &mut Sample, choice: u16) {
    let Some(step) = next_step(&sample.state) else { return };
    let votes = u32::from(choice % 8);
    let lines = sample.state.current_round().map_or(0, |(_, round)| round.issue.lines.len());
    match step {
        Step::CountHeads(_) => sample.count_heads(),
        Step::TakePapers(ballot) => {
            sample.order(&Actor::Hub, Command::PublishIssuer { ballot, issuer: short(HEX) });
            sample.take_papers();
        }
        Step::ConfirmList(_) => sample.fix_list(),
        Step::CompareRoom(_) => sample.compare_room(),
        Step::SealBox(ballot) => {
            let ballots = (0..7).map(|number| short(&format!("{number:064x}"))).collect();
            sample.order(&Actor::Hub, Command::FixBox { ballot, ballots });
        }
        Step::CheckBox(_) => sample.confirm_box(),
        Step::AwaitCount(_) => {
            let sums: Vec<[u32; 3]> = (0..lines)
                .map(|line| if line % 2 == 0 { [votes.min(7), 7 - votes.min(7), 0] } else { [6, 1, 0] })
                .collect();
            count(sample, &sums);
        }
        Step::SignResult(_) => sample.sign_result(),
        Step::SettleObjection(number) => sample.console(settle(number, SettledHow::Stands)),
        Step::ApproveScrutineers => {
            sample.console(Command::ApproveScrutineers { agree: 8, disagree: 0, abstain: 0 });
        }
        step => {
            if let Some(command) = step.command() {
                sample.console(command);
            }
        }
    }
}

/// A command of this part, or another that is about the same things, out of anybody's turn.
fn any_command(state: &State, choice: u16) -> (Actor, Command) {
    let [kind, which, how, who] = [choice % 9, choice / 9 % 2, choice / 18 % 3, choice / 54 % 5];
    let item = if which == 0 { item() } else { again() };
    let by = ["m7", "m8", "a1", "m9", "m4"][usize::from(who)];
    let reason = String::from("a reason");
    let number = u32::from(choice / 54 % 6);
    let planned = state.item(&item).unwrap().lines();
    let line = LineId::from(planned[usize::from(choice / 54) % planned.len()].id.as_str());
    let outcome = if how == 0 { SettledHow::Stands } else { SettledHow::VoteAgain };
    let command = match kind {
        0 | 1 => {
            let command = Command::ObjectToResult { item, official: None, by: by.into(), reason };
            return (if how == 0 { Actor::Console } else { seat(by) }, command);
        }
        2 => Command::SettleObjection { number, outcome, reason },
        3 => {
            let first = state.open_result_objections().next().map_or(number, |open| open.number);
            Command::SettleObjection { number: first, outcome, reason }
        }
        4 => Command::Reconsider { item, lines: vec![line], agree: 5, disagree: 3, abstain: 0, reason },
        5 => {
            let agree = if how == 0 { 4 } else { 6 };
            Command::Reconsider { item, lines: Vec::new(), agree, disagree: 8 - agree, abstain: 0, reason }
        }
        6 if how == 0 => Command::Defer { item, line, reason },
        6 => Command::Undefer { item, line },
        7 => Command::CloseMeeting,
        _ => Command::Declare { item },
    };
    (Actor::Console, command)
}

/// What was declared, by its ballots: it never changes and never disappears.
#[derive(Default)]
struct Declared {
    counts: std::collections::BTreeMap<String, Vec<Vec<u32>>>,
    objections: Vec<crate::meeting::ResultObjection>,
}

impl Declared {
    fn follow(&mut self, state: &State) {
        for (ballot, sums) in &self.counts {
            let (_, round) = state.round(&ballot.as_str().into()).expect("a ballot stays");
            assert_eq!(round.count.as_ref().unwrap().sums(), sums.as_slice(), "{ballot}");
        }
        for (there, before) in state.result_objections.iter().zip(&self.objections) {
            assert_eq!((there.number, &there.reason), (before.number, &before.reason));
            assert!(before.settled.is_none() || before.settled == there.settled, "what is settled stays so");
        }
        assert!(state.result_objections.len() >= self.objections.len());
        self.objections.clone_from(&state.result_objections);
        for item in state.items.iter().filter(|item| item.stage == Stage::Declared) {
            for round in item.rounds.iter() {
                if let Some(count) = &round.count {
                    self.counts
                        .entry(round.issue.ballot.to_string())
                        .or_insert_with(|| count.sums().to_vec());
                }
            }
        }
    }
}

fn holds(state: &State) {
    for item in &state.items {
        for round in item.rounds_now() {
            for line in &round.issue.lines {
                assert!(!item.barred.contains_key(line), "a line that is barred is on a paper: {line}");
                assert!(!round.issue.barred.contains(line) && !round.issue.deferred.contains(line));
            }
        }
        for reopening in &item.reopenings {
            assert_eq!(reopening.before.stage, Stage::Declared);
            assert!(reopening.before.rounds.len() <= item.rounds.len());
        }
        let numbers: Vec<u32> = item.rounds.iter().map(|round| round.issue.round).collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
    }
    let numbers = state.result_objections.iter().map(|one| one.number);
    assert!(numbers.eq(1..=u32::try_from(state.result_objections.len()).unwrap()), "numbered without a gap");
    if state.phase == Phase::Ended && state.adjourned.is_none() {
        assert!(state.open_result_objections().next().is_none(), "closed with an objection open");
    }
    let floor = state.items.iter().filter(|item| !matches!(item.stage, Stage::ToCome | Stage::Declared));
    assert!(floor.count() <= 1, "one item at a time");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    /// Any order of commands: nothing that was declared changes or disappears, a barred line is never on a paper, and a
    /// closed meeting leaves nobody without an answer.
    #[test]
    fn any_order_of_commands_keeps_what_was_declared(choices in prop::collection::vec(0u16..2000, 40..240)) {
        let mut sample = Sample::of(two_items(Lang::En)).until(Point::Opened);
        let mut declared = Declared::default();
        for choice in choices {
            if choice % 4 != 0 {
                advance(&mut sample, choice);
            } else {
                let (actor, command) = any_command(&sample.state, choice / 4);
                // It may be refused; then nothing changes.
                let line = sample.state.line;
                if sample.try_order(&actor, &command).is_err() {
                    prop_assert_eq!(sample.state.line, line);
                }
            }
            declared.follow(&sample.state);
            holds(&sample.state);
        }
    }
}
