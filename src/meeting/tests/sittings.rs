//! A meeting of several sittings: when it may be adjourned to another day, and what is left of one sitting at the next.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::meeting::exam_sample::ExamPoint;
use crate::meeting::joint_sample::JointPoint;
use crate::meeting::matter_sample::{MatterPoint, open_vote_plan};
use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::term_sample::TermPoint;
use crate::meeting::{
    Actor, AdjournGround, Command, CommandKind, Event, HalfDone, ItemId, Phase, Refusal, RoomTime, SeatId,
    Stage, Step, VoidReason, decide, next_step,
};
use crate::plan::{DeclareTo, VoteAbout, VoteHow};
use crate::words::Lang;

/// A morning, eight hours ahead of UTC.
fn morning(day: Date) -> RoomTime {
    RoomTime { at: day.at(9, 0, 0, 0), utc_offset_minutes: 480 }
}

fn later() -> RoomTime {
    morning(date(2026, 12, 1))
}

fn adjourn() -> Command {
    Command::AdjournTo { until: later(), reason: "it is late".to_owned() }
}

fn answer(sample: &Sample, command: &Command) -> Result<Vec<Event>, Refusal> {
    decide(&sample.state, &Actor::Console, command, sample.now)
}

/// What stands in the way, where something does.
fn in_the_way(sample: &Sample) -> Option<HalfDone> {
    match answer(sample, &adjourn()) {
        Ok(events) => {
            let adjourned = Event::AdjournedTo { until: later(), reason: "it is late".to_owned() };
            assert_eq!(events.last(), Some(&adjourned));
            None
        }
        Err(Refusal::HalfDone { what }) => Some(what),
        Err(other) => panic!("{other:?}"),
    }
}

/// Adjourned, and open again, with these people.
fn continued(mut sample: Sample, here: &[&str]) -> Sample {
    sample.console(adjourn());
    sample.console(Command::Reconvene);
    sample.sign_in(here);
    sample.console(Command::OpenMeeting);
    sample
}

const EIGHT: [&str; 8] = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m9"];

#[test]
fn a_nomination_can_be_left_until_papers_are_out_and_after_it_is_declared() {
    use HalfDone::{Ballot, Undeclared};
    let rows = [
        (Point::SigningIn, None),
        (Point::Opened, None),
        (Point::ScrutineersApproved, None),
        (Point::Introducing, None),
        (Point::Recusing, None),
        (Point::Deliberating, None),
        (Point::Deliberated, None),
        (Point::Issuing, Some(Ballot)),
        (Point::Registering, Some(Ballot)),
        (Point::Confirming, Some(Ballot)),
        (Point::Voting, Some(Ballot)),
        (Point::Sealing, Some(Ballot)),
        (Point::Sealed, Some(Ballot)),
        (Point::Opening, Some(Ballot)),
        (Point::Counted, Some(Undeclared)),
        (Point::Declared, None),
    ];
    for (point, what) in rows {
        assert_eq!(in_the_way(&Sample::new(Lang::En).until(point)), what, "{point:?}");
    }
}

#[test]
fn a_round_that_is_void_is_left() {
    let mut sample = Sample::new(Lang::En).until(Point::Voting);
    let (ballot, reason) = (sample.ballot(), "a terminal broke".to_owned());
    sample.console(Command::NewRound { ballot, reason });
    assert_eq!(in_the_way(&sample), None);
    let mut sample = continued(sample, &EIGHT);
    sample.count_heads();
    assert_eq!(next_step(&sample.state), Some(Step::OpenIssue(Sample::item())));
}

#[test]
fn a_review_is_left_between_two_officials() {
    use HalfDone::{Ballot, Drawing, Official};
    let rows = [
        (ReviewPoint::ToCome, None),
        (ReviewPoint::OrderToDraw, None),
        (ReviewPoint::Drawing, Some(Drawing)),
        (ReviewPoint::Drawn, None),
        (ReviewPoint::Findings, Some(Official)),
        (ReviewPoint::Reporting, Some(Official)),
        (ReviewPoint::Questioning, Some(Official)),
        (ReviewPoint::Answering, Some(Official)),
        (ReviewPoint::Questioned, Some(Official)),
        (ReviewPoint::Issuing, Some(Ballot)),
        (ReviewPoint::Voting, Some(Ballot)),
        (ReviewPoint::Opening, Some(Ballot)),
        (ReviewPoint::Counted, Some(Official)),
        (ReviewPoint::CountedTogether, Some(Official)),
        (ReviewPoint::Declared, None),
        (ReviewPoint::AllDeclared, None),
        (ReviewPoint::Over, None),
    ];
    for (point, what) in rows {
        assert_eq!(in_the_way(&Sample::review(Lang::En).until_review(point)), what, "{point:?}");
    }
}

/// Papers that wait for officials still to come are void, and issued anew to those who are there then.
#[test]
fn papers_that_wait_do_not_wait_for_another_day() {
    let mut sample = Sample::review(Lang::En).until_review(ReviewPoint::Declared);
    let waiting: Vec<String> =
        sample.state.rounds_under_way().map(|round| round.issue.ballot.to_string()).collect();
    assert!(!waiting.is_empty());
    let events = sample.try_order(&Actor::Console, &adjourn()).unwrap();
    let void: Vec<String> = events
        .iter()
        .filter_map(|event| match event {
            Event::RoundVoided { ballot, reason: VoidReason::AnotherDay, .. } => Some(ballot.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(void, waiting);
    let counted = |sample: &Sample| sample.state.items[0].counted_rounds().count();
    assert!(counted(&sample) > 0, "what was declared stays");
    let before = counted(&sample);
    sample.console(Command::Reconvene);
    let here: Vec<String> = sample.state.plan().people.iter().map(|person| person.id.clone()).collect();
    sample.sign_in(&here.iter().map(String::as_str).filter(|id| *id != "m8").collect::<Vec<_>>());
    sample.console(Command::OpenMeeting);
    assert_eq!(counted(&sample), before);
    sample.evaluate_next(1);
    assert!(counted(&sample) > before);
    let electorate = &sample.state.current_round().unwrap().1.issue.electorate;
    assert!(!electorate.contains(&"m8".into()), "who is not there has no paper");
}

#[test]
fn what_is_decided_in_the_open_is_left_between_two_acts() {
    use HalfDone::{OpenVote, Undeclared};
    let asked = |id: &str| Some(HalfDone::Statement { seat: id.into() });
    let rows = [
        (MatterPoint::Introducing, None),
        (MatterPoint::Asked, asked("m2")),
        (MatterPoint::Stating, asked("m5")),
        (MatterPoint::HeadAsked, asked("m1")),
        (MatterPoint::Heard, None),
        (MatterPoint::SummedUp, None),
        (MatterPoint::Voting, Some(OpenVote)),
        (MatterPoint::AllVoted, Some(OpenVote)),
        (MatterPoint::Decided, Some(Undeclared)),
        (MatterPoint::Signed, Some(Undeclared)),
        (MatterPoint::Declared, None),
    ];
    for (point, what) in rows {
        assert_eq!(in_the_way(&Sample::matter(Lang::En, point)), what, "{point:?}");
    }
    let item = Sample::open_vote_item();
    let mut vote = Sample::called(open_vote_plan(Lang::En, VoteHow::WithoutObjection, VoteAbout::Rules));
    assert_eq!(in_the_way(&vote), None);
    vote.person("m2", Command::ObjectToVote { item: item.clone(), seat: "m2".into() });
    assert_eq!(in_the_way(&vote), Some(OpenVote));
    let present = vote.state.present();
    vote.console(Command::CountHands { item: item.clone(), agree: present, disagree: 0, abstain: 0 });
    assert_eq!(in_the_way(&vote), Some(Undeclared));
    vote.console(Command::Declare { item });
    assert_eq!(in_the_way(&vote), None);
}

#[test]
fn an_exam_is_never_left_in_its_middle() {
    use HalfDone::{Exam, Undeclared};
    let rows = [
        (ExamPoint::ToCome, None),
        (ExamPoint::Seating, Some(Exam)),
        (ExamPoint::Running, Some(Exam)),
        (ExamPoint::HandedIn, Some(Exam)),
        (ExamPoint::Ended, Some(Exam)),
        (ExamPoint::Marked, Some(Undeclared)),
        (ExamPoint::Declared, None),
    ];
    for (point, what) in rows {
        let sample = Sample::exam(Lang::En, DeclareTo::ByName).until_exam(point);
        assert_eq!(in_the_way(&sample), what, "{point:?}");
    }
}

/// What departments have said stands by name, and goes on counting.
#[test]
fn a_joint_meeting_goes_on_with_what_was_said() {
    let sample = Sample::joint(Lang::En).until_joint(JointPoint::Speaking);
    let said = format!("{:?}", sample.state.item_state(&Sample::joint_item()).unwrap().joint());
    let mut sample = continued(sample, &EIGHT);
    let item = Sample::joint_item();
    assert_eq!(format!("{:?}", sample.state.item_state(&item).unwrap().joint()), said);
    sample.console(Command::CloseOpinions { item, official: "o1".into() });
}

#[test]
fn only_the_presiding_officer_adjourns_and_only_to_a_time_that_is_ahead() {
    let sample = Sample::new(Lang::En).until(Point::Deliberating);
    let no_right = |command| Refusal::NoRight { command };
    let people = ["m1", "m2", "m4", "m5", "a1"].map(|id| Actor::Seat(SeatId::from(id)));
    for actor in people.iter().chain([&Actor::Hub, &Actor::Display(1), &Actor::Standby]) {
        let adjourned = decide(&sample.state, actor, &adjourn(), sample.now);
        assert_eq!(adjourned, Err(no_right(CommandKind::AdjournTo)), "{actor}");
        let called = decide(&sample.state, actor, &Command::Reconvene, sample.now);
        assert_eq!(called, Err(no_right(CommandKind::Reconvene)), "{actor}");
    }
    // The sample's clock shows 01:30 UTC and some minutes: half past nine in the room.
    let today = date(2026, 11, 24);
    let at = |hour, offset| RoomTime { at: today.at(hour, 0, 0, 0), utc_offset_minutes: offset };
    let to = |until| answer(&sample, &Command::AdjournTo { until, reason: "it is late".to_owned() });
    for passed in [at(9, 480), at(1, 0), at(20, 1_200), morning(date(2025, 12, 1))] {
        assert_eq!(to(passed), Err(Refusal::NotAhead { until: passed }), "{passed:?}");
    }
    for ahead in [at(14, 480), at(9, 0), at(1, -480), later()] {
        assert!(to(ahead).is_ok(), "{ahead:?}");
    }
    for no_time in [at(9, 26 * 60), at(9, i32::MAX), at(9, i32::MIN)] {
        assert_eq!(to(no_time), Err(Refusal::NoSuchTime), "{no_time:?}");
    }
    let without = Command::AdjournTo { until: later(), reason: "  ".to_owned() };
    assert_eq!(answer(&sample, &without), Err(Refusal::TextMissing));
    assert_eq!(
        answer(&sample, &Command::Reconvene),
        Err(Refusal::NotNow { command: CommandKind::Reconvene })
    );
    assert!(answer(&Sample::new(Lang::En).until(Point::Closed), &adjourn()) == Err(Refusal::Ended));
}

#[test]
fn a_room_has_its_own_clock() {
    let shanghai = TimeZone::fixed(jiff::tz::offset(8));
    assert_eq!(RoomTime::in_zone(date(2026, 12, 1).at(9, 0, 0, 0), &shanghai), Some(later()));
    assert_eq!(later().moment(), Some("2026-12-01T01:00:00Z".parse().unwrap()));
    let utc = RoomTime { utc_offset_minutes: 0, ..later() };
    assert_eq!(RoomTime::in_zone(later().at, &TimeZone::UTC), Some(utc));
}

/// Whatever is asked between two sittings is answered with when the meeting goes on.
#[test]
fn between_two_sittings_nobody_is_here_and_nothing_goes_on() {
    let mut sample = Sample::new(Lang::En).until(Point::Deliberating);
    let reason = "power failure".to_owned();
    sample.console(Command::Suspend { reason });
    sample.console(adjourn());
    let state = &sample.state;
    assert_eq!((state.phase, state.present(), state.attending()), (Phase::Recess, 0, 0));
    assert!(state.attendance.is_empty() && state.suspended.is_none() && state.current_item().is_none());
    assert_eq!(state.halted_item().map(|item| item.stage), Some(Stage::Deliberating));
    let sitting = state.recess().unwrap();
    assert_eq!(sitting.present_at_end().count(), 9);
    assert_eq!(sitting.opening.map(|opening| (opening.due, opening.present)), Some((9, 8)));
    let recess = Refusal::Recess { until: later() };
    let item = Sample::item();
    let asked: Vec<(Actor, Command)> = vec![
        (Actor::Seat("m2".into()), Command::SignIn { seat: "m2".into() }),
        (Actor::Console, Command::SignIn { seat: "m2".into() }),
        (Actor::Console, Command::SignOut { seat: "m2".into() }),
        (Actor::Console, Command::OpenMeeting),
        (Actor::Console, Command::EndDeliberation { item: item.clone() }),
        (Actor::Console, Command::Resume),
        (Actor::Console, Command::CloseMeeting),
        (Actor::Console, Command::OpenItem { item }),
        (Actor::Seat("m2".into()), Command::AskFloor),
    ];
    for (actor, command) in asked {
        assert_eq!(decide(state, &actor, &command, sample.now), Err(recess.clone()), "{command:?}");
    }
    // Codes, notes, and another day can be asked for.
    sample.console(Command::Note { text: "the hall is being painted".to_owned() });
    sample.console(Command::ReissueCode { who: Actor::Seat("m3".into()) });
    let until = morning(date(2026, 12, 8));
    sample.console(Command::AdjournTo { until, reason: "no hall".to_owned() });
    assert_eq!(sample.state.recess().map(|sitting| (sitting.until, sitting.opening)), Some((until, None)));
    assert_eq!(next_step(&sample.state), Some(Step::Reconvene));
}

#[test]
fn the_next_sitting_has_its_own_quorum_and_the_meeting_its_first_opening() {
    let mut sample = Sample::new(Lang::En).until(Point::Declared);
    let opened_at = sample.state.opened_at;
    let before = format!("{:?}", sample.state.items);
    sample.console(adjourn());
    sample.console(Command::Reconvene);
    sample.sign_in(&["m1", "m2", "m3", "m9"]);
    let missed = sample.try_order(&Actor::Console, &Command::OpenMeeting).unwrap();
    assert!(
        matches!(missed.as_slice(), [Event::QuorumMissed(missed)] if (missed.present, missed.needed) == (4, 6))
    );
    // Adjourned again, to another day.
    let until = morning(date(2026, 12, 2));
    sample.console(Command::AdjournTo { until, reason: "no quorum".to_owned() });
    sample.console(Command::Reconvene);
    assert!(sample.state.quorum_missed.is_none());
    sample.sign_in(&EIGHT);
    sample.console(Command::OpenMeeting);
    let state = &sample.state;
    let openings: Vec<Option<u32>> =
        state.sittings.iter().map(|sitting| sitting.opening.map(|one| one.present)).collect();
    assert_eq!((openings, state.sitting(), state.opened_at), (vec![Some(8), None], 3, opened_at));
    assert_eq!(state.opening.map(|one| one.present), Some(8));
    assert_eq!(format!("{:?}", state.items), before, "what was decided stays");
    sample.console(Command::CloseMeeting);
    assert_eq!(sample.state.phase, Phase::Ended);
}

/// One that is missed can also be the end.
#[test]
fn a_missed_quorum_can_end_the_meeting_at_a_later_sitting() {
    let mut sample = Sample::new(Lang::En).until(Point::Deliberating);
    sample.console(adjourn());
    sample.console(Command::Reconvene);
    sample.sign_in(&["m1", "m2"]);
    sample.console(Command::OpenMeeting);
    sample.console(Command::Adjourn { ground: AdjournGround::NoQuorum });
    assert_eq!(sample.state.phase, Phase::Ended);
    assert_eq!(sample.state.current_item().map(|item| item.stage), Some(Stage::Deliberating));
}

/// Who must not hear a deliberation is outside from the opening on, also when they were not there before.
#[test]
fn whoever_it_concerns_is_outside_when_a_deliberation_goes_on() {
    let mut sample = Sample::new(Lang::En);
    sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
    sample.console(Command::OpenMeeting);
    let agree = sample.state.present();
    sample.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
    sample.console(Command::OpenItem { item: Sample::item() });
    while !matches!(next_step(&sample.state), Some(Step::EndDeliberation(_))) {
        sample.step();
    }
    let outside = |sample: &Sample| -> Vec<String> {
        let item = sample.state.item_state(&Sample::item()).unwrap();
        item.recused.iter().map(SeatId::to_string).collect()
    };
    // m8, a relative of the fourth nominee, comes to the second sitting alone.
    assert_eq!(outside(&sample), ["m1"]);
    let mut sample = continued(sample, &["m1", "m2", "m3", "m4", "m5", "m6", "m8"]);
    assert_eq!(outside(&sample), ["m1", "m8"]);
    sample.step();
    assert!(outside(&sample).is_empty());
}

/// The appointee of a deliberation during the term hears nothing of it on another day either.
#[test]
fn the_appointee_stays_outside_on_another_day() {
    let sample = Sample::term(Lang::En).until_term(TermPoint::Asking);
    let item: ItemId = Sample::term_item();
    let said = format!("{:?}", sample.state.item_state(&item).unwrap().term());
    let mut sample = continued(sample, &["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "a1"]);
    let going_on = sample.state.current_item().unwrap();
    assert_eq!(format!("{:?}", going_on.term()), said);
    assert!(["m7", "m8"].iter().all(|id| going_on.recused.contains(&SeatId::from(*id))));
    let text = "one thing more".to_owned();
    let inside = Command::SayInside { item, text };
    let refused = sample.try_order(&Actor::Seat("m7".into()), &inside);
    assert_eq!(refused, Err(Refusal::Outside { seat: "m7".into() }));
    sample.order(&Actor::Seat("m2".into()), inside);
}

/// A key that was being made is made anew; one that is made stays, and counts when its holders are here.
#[test]
fn the_key_of_the_ballot_box_stays_with_its_holders() {
    let mut sample = Sample::keyed(Lang::En).until(Point::ScrutineersApproved);
    sample.console(Command::MakeKey);
    sample.certify(2);
    let mut sample = continued(sample, &EIGHT);
    assert!(sample.state.key.is_none() && sample.state.ceremony.is_none());
    assert_eq!(next_step(&sample.state), Some(Step::MakeKey));
    sample.make_key();
    assert_eq!(sample.state.key.as_ref().map(|key| key.number), Some(2));
    let mut sample = Sample::new(Lang::En).until(Point::Declared).with_key();
    let key = format!("{:?}", sample.state.key);
    sample.console(adjourn());
    assert_eq!((format!("{:?}", sample.state.key), sample.state.holders_here()), (key.clone(), 0));
    sample.console(Command::Reconvene);
    sample.sign_in(&EIGHT);
    sample.console(Command::OpenMeeting);
    assert_eq!(format!("{:?}", sample.state.key), key);
    assert!(sample.state.key_is_ready());
}

/// A speech ends with the sitting, and the requests to speak with it.
#[test]
fn nobody_has_the_floor_at_the_next_sitting() {
    let mut sample = Sample::new(Lang::En).until(Point::Deliberating);
    sample.person("m2", Command::AskFloor);
    sample.person("m3", Command::AskFloor);
    sample.console(Command::CallSpeaker { seat: "m2".into(), seconds: 300 });
    let events = sample.try_order(&Actor::Console, &adjourn()).unwrap();
    assert_eq!(events.first(), Some(&Event::SpeechEnded { seat: "m2".into() }));
    assert_eq!(sample.state.floor, crate::meeting::Floor::default());
}

#[test]
fn a_time_of_the_room_is_written_with_its_distance_from_utc() {
    let rows = [(480, "+08:00"), (0, "+00:00"), (-210, "-03:30"), (345, "+05:45")];
    for (utc_offset_minutes, ahead) in rows {
        let time = crate::meeting::RoomTime { utc_offset_minutes, ..Sample::another_day() };
        assert_eq!(time.written(), format!("2026-12-01T09:00:00{ahead}"));
    }
}
