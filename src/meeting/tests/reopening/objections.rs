//! Objections to declared results, and how they are settled.

use super::{declared, item, object, refused, seat, settle, vote};
use crate::meeting::reopening_sample::two_items;
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, Command, CommandKind, LineId, LineStands, NotReopened, Refusal, ReopenGround, SeatId, SettledHow,
    Stage, Step, next_step,
};
use crate::words::Lang;

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
