//! Reconsiderations, and items that are taken up again: each kind from where it is deliberated.

use super::{again, ballot, declared, item, lines, object, reconsider, refused, seat, settle};
use crate::meeting::exam_sample::exam_plan;
use crate::meeting::joint_sample::joint_plan;
use crate::meeting::matter_sample::{MatterPoint, open_vote_plan};
use crate::meeting::review_sample::review_plan;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, Command, CommandKind, ItemId, LineId, LineStands, NotReopened, Refusal, SettledHow, Stage, Step,
    can_be_reopened, next_step, reconsiderable,
};
use crate::plan::{VoteAbout, VoteHow};
use crate::words::Lang;

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
    assert!(is.open_vote().unwrap().taken.is_none());
    assert!(is.reopenings[0].before.open_vote().unwrap().taken.is_some(), "the first result is kept");
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
    assert!(is.matter().unwrap().statements.is_empty(), "every view is heard again");
    let before = &is.reopenings[0].before;
    assert!(before.named.as_ref().unwrap().outcome.is_some() && before.matter().unwrap().signed.is_some());
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
