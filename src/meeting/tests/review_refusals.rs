//! One row for each refusal of a review, the floor and the clocks: where it is, who asks for what, what is answered.

use super::common::{KEY, OTHER_KEY, hex, read};
use crate::meeting::review_sample::{ReviewPoint as At, slip_act, slip_issuer};
use crate::meeting::sample::Sample;
use crate::meeting::{
    Actor, Command, CommandKind, Ended, Event, ItemId, Left, OfficialId, OfficialStage, QuestionId, Refusal,
    SeatId, SlipAct, SlipKind, SlipSays, Standing, TEXT_CHARS_MAX, VoidReason, decide,
};
use crate::words::Lang;

fn at(point: At) -> Sample {
    Sample::review(Lang::En).until_review(point)
}

fn person(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

fn item() -> ItemId {
    Sample::review_item()
}

fn slip(session: &str, number: u64, official: &str, text: &str) -> SlipAct {
    let says = SlipSays::begin(SlipKind::Question, official.into(), text.to_owned());
    slip_act((&session.into(), &item()), number, 1, says)
}

fn ask(text: &str, follows: Option<u32>) -> Command {
    Command::Ask { item: item(), follows: follows.map(QuestionId), text: text.to_owned() }
}

fn end(question: u32, ended: Ended) -> Command {
    Command::EndQuestion { item: item(), question: QuestionId(question), ended }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
fn what_a_review_forbids_is_refused_with_its_figures() {
    use Command as C;
    use Refusal as R;
    let no_right = |command| R::NoRight { command };
    let not_now = |command| R::NotNow { command };
    let question = QuestionId;
    let today = jiff::civil::date(2026, 11, 24);
    let order = |ids: &[&str]| ids.iter().map(|id| OfficialId::from(*id)).collect::<Vec<_>>();
    let words = |text: &str| text.to_owned();
    let chair = || Actor::Console;
    let rows: Vec<(At, Actor, Command, Refusal)> = vec![
        // Who.
        (
            At::Drawn,
            person("m2"),
            C::CallOfficial { item: item(), official: "o1".into() },
            no_right(CommandKind::CallOfficial),
        ),
        (At::Questioning, chair(), ask("mine?", None), no_right(CommandKind::Ask)),
        (At::Questioning, Actor::Display(1), C::AskFloor, no_right(CommandKind::AskFloor)),
        (
            At::Drawing,
            chair(),
            C::FixOrder { item: item(), order: order(&["o1"]) },
            no_right(CommandKind::FixOrder),
        ),
        (
            At::Questioning,
            chair(),
            C::PublishSlips { item: item(), slips: vec![] },
            no_right(CommandKind::PublishSlips),
        ),
        (
            At::Answering,
            person("m2"),
            C::TakeAnswer { item: item(), question: question(3), text: words("x") },
            no_right(CommandKind::TakeAnswer),
        ),
        (
            At::Counted,
            person("m2"),
            C::DeclareOfficial { item: item() },
            no_right(CommandKind::DeclareOfficial),
        ),
        (At::Questioning, person("a1"), ask("why?", None), R::NotAReviewer),
        (At::Questioning, person("o2"), ask("why?", None), R::NotAReviewer),
        (
            At::Questioning,
            person("a1"),
            C::GiveOpinion { item: item(), official: "o1".into(), text: words("x") },
            R::NotAReviewer,
        ),
        (
            At::Questioning,
            person("a1"),
            C::RequestSlips { item: item(), requests: vec![read(KEY); 3] },
            R::NotAReviewer,
        ),
        (
            At::Questioning,
            person("m4"),
            C::EnterQuestion { item: item(), asker: "a1".into(), follows: None, text: words("x") },
            R::NotAReviewer,
        ),
        (
            At::Questioning,
            person("m4"),
            C::EnterQuestion { item: item(), asker: "zz".into(), follows: None, text: words("x") },
            R::UnknownSeat { seat: "zz".into() },
        ),
        (At::Questioning, person("m9"), ask("why?", None), R::NotPresent { seat: "m9".into() }),
        (
            At::Questioning,
            person("m9"),
            C::GiveOpinion { item: item(), official: "o1".into(), text: words("x") },
            R::NotPresent { seat: "m9".into() },
        ),
        // The order.
        (At::OrderToDraw, chair(), C::CallOfficial { item: item(), official: "o1".into() }, R::OrderNotDrawn),
        (At::Drawn, chair(), C::DrawOrder { item: item() }, R::OrderIsFixed),
        (At::OrderToDraw, Actor::Hub, C::FixOrder { item: item(), order: order(&["o1"]) }, R::OrderIsFixed),
        (
            At::Drawing,
            Actor::Hub,
            C::FixOrder { item: item(), order: order(&["o1", "o2", "o3", "o4", "o5"]) },
            R::UnknownOfficial,
        ),
        (
            At::Drawing,
            Actor::Hub,
            C::FixOrder { item: item(), order: order(&["o1", "o1", "o3", "o4", "o5", "o6"]) },
            R::UnknownOfficial,
        ),
        // The turn.
        (At::Drawn, chair(), C::CallOfficial { item: item(), official: "zz".into() }, R::UnknownOfficial),
        (At::Findings, chair(), C::CallOfficial { item: item(), official: "o1".into() }, R::NotTheTurn),
        (At::Declared, chair(), C::CallOfficial { item: item(), official: "o2".into() }, R::NotTheTurn),
        (At::Drawn, chair(), C::BeginReport { item: item() }, R::NotTheTurn),
        (At::Reporting, chair(), C::BeginReport { item: item() }, R::NotTheTurn),
        (At::Reporting, chair(), C::ReportInWriting { item: item(), reason: words("away") }, R::NotTheTurn),
        (At::Findings, chair(), C::ReportInWriting { item: item(), reason: words(" ") }, R::TextMissing),
        (At::Findings, chair(), C::BeginQuestions { item: item() }, R::NotTheTurn),
        (
            At::Reporting,
            chair(),
            C::PutOff { item: item(), official: "o2".into(), reason: words("ill") },
            R::NotTheTurn,
        ),
        (
            At::Declared,
            chair(),
            C::PutOff { item: item(), official: "o2".into(), reason: words("ill") },
            R::NotTheTurn,
        ),
        (
            At::Drawn,
            chair(),
            C::PutOff { item: item(), official: "zz".into(), reason: words("ill") },
            R::UnknownOfficial,
        ),
        (
            At::Drawn,
            chair(),
            C::PutOff { item: item(), official: "o2".into(), reason: words("") },
            R::TextMissing,
        ),
        (At::Questioning, chair(), C::OpenIssue { item: item() }, R::NotTheTurn),
        (At::Drawn, person("m2"), ask("why?", None), R::NotTheTurn),
        (At::Questioned, person("m2"), ask("why?", None), R::NotTheTurn),
        (At::Declared, person("m3"), C::Recuse { item: item(), seat: "m3".into() }, R::NotTheTurn),
        (
            At::Questioned,
            person("m8"),
            C::Recuse { item: item(), seat: "m8".into() },
            R::AlreadyRecused { seat: "m8".into() },
        ),
        (At::Questioning, person("m3"), C::Recuse { item: item(), seat: "m5".into() }, R::NotYourSeat),
        (At::Declared, chair(), C::Declare { item: item() }, R::OfficialsLeft { left: 5 }),
        (At::Questioned, chair(), C::DeclareOfficial { item: item() }, not_now(CommandKind::DeclareOfficial)),
        (At::Sealed, chair(), C::DeclareOfficial { item: item() }, not_now(CommandKind::DeclareOfficial)),
        (At::Declared, chair(), C::DeclareOfficial { item: item() }, not_now(CommandKind::DeclareOfficial)),
        (At::Drawn, chair(), C::BeginReport { item: "zz".into() }, R::UnknownItem),
        // Questions.
        (At::Questioning, person("m2"), ask(" \n ", None), R::TextMissing),
        (
            At::Questioning,
            person("m2"),
            ask(&"长".repeat(2_001), None),
            R::TextTooLong { chars: 2_001, chars_max: TEXT_CHARS_MAX },
        ),
        (At::Questioning, person("m2"), ask("and then?", Some(9)), R::UnknownQuestion),
        (
            At::Questioning,
            chair(),
            C::OrderQueue { item: item(), queue: vec![question(1)] },
            R::UnknownQuestion,
        ),
        (
            At::Questioning,
            chair(),
            C::OrderQueue { item: item(), queue: [1, 1, 2, 3, 4].map(QuestionId).to_vec() },
            R::UnknownQuestion,
        ),
        (
            At::Questioning,
            chair(),
            C::MergeQuestion { item: item(), question: question(1), into: question(1) },
            R::UnknownQuestion,
        ),
        (
            At::Questioning,
            chair(),
            C::MergeQuestion { item: item(), question: question(9), into: question(1) },
            R::UnknownQuestion,
        ),
        (
            At::Answering,
            chair(),
            C::MergeQuestion { item: item(), question: question(4), into: question(3) },
            R::QuestionNotThere,
        ),
        (
            At::Answering,
            chair(),
            C::ReturnQuestion { item: item(), question: question(1), reason: words("x") },
            R::QuestionNotThere,
        ),
        (
            At::Questioning,
            chair(),
            C::ReturnQuestion { item: item(), question: question(1), reason: words("") },
            R::TextMissing,
        ),
        (At::Answering, chair(), C::CallQuestion { item: item(), question: question(4) }, R::QuestionOnFloor),
        (
            At::Questioning,
            chair(),
            C::CallQuestion { item: item(), question: question(9) },
            R::UnknownQuestion,
        ),
        (
            At::Answering,
            person("m4"),
            C::TakeAnswer { item: item(), question: question(4), text: words("x") },
            R::QuestionNotThere,
        ),
        (At::Answering, chair(), end(3, Ended::Promised { due_on: today }), R::DueDay),
        (At::Answering, chair(), end(3, Ended::Declined { reason: words("  ") }), R::TextMissing),
        (At::Answering, chair(), end(1, Ended::Answered), R::QuestionNotThere),
        (At::Answering, chair(), end(4, Ended::Answered), R::QuestionNotThere),
        (At::Questioning, person("m2"), end(1, Ended::Withdrawn), R::NotYourQuestion),
        (At::Questioning, person("m7"), end(1, Ended::Answered), R::NotYourQuestion),
        (
            At::Answering,
            person("m2"),
            C::SayIfSatisfied { item: item(), question: question(1), satisfied: true },
            R::NotYourQuestion,
        ),
        (
            At::Answering,
            person("i1"),
            C::SayIfSatisfied { item: item(), question: question(3), satisfied: true },
            R::QuestionNotThere,
        ),
        (
            At::Answering,
            person("m7"),
            C::Inquire { item: item(), question: question(1), text: words("x") },
            R::QuestionNotThere,
        ),
        (
            At::Answering,
            person("m2"),
            C::Inquire { item: item(), question: question(2), text: words("x") },
            R::NotYourQuestion,
        ),
        (
            At::Answering,
            person("i2"),
            C::Inquire { item: item(), question: question(2), text: words("") },
            R::TextMissing,
        ),
        (At::Answering, chair(), C::EndQuestions { item: item(), left: None }, R::QuestionOnFloor),
        (
            At::Questioning,
            chair(),
            C::EndQuestions { item: item(), left: None },
            R::QuestionsWaiting { waiting: 5 },
        ),
        (
            At::Questioning,
            chair(),
            C::EndQuestions { item: item(), left: Some(Left::InWriting { due_on: today }) },
            R::DueDay,
        ),
        (
            At::Questioning,
            chair(),
            C::EndQuestions { item: item(), left: Some(Left::Declined { reason: words("") }) },
            R::TextMissing,
        ),
        (At::Reporting, chair(), C::EndQuestions { item: item(), left: None }, R::NotTheTurn),
        (
            At::Questioning,
            person("m2"),
            C::GiveOpinion { item: item(), official: "zz".into(), text: words("x") },
            R::UnknownOfficial,
        ),
        // Slips.
        (
            At::Drawn,
            person("m2"),
            C::RequestSlips { item: item(), requests: vec![read(KEY); 3] },
            R::IssuerNotPublished,
        ),
        // The floor and the clocks.
        (At::Questioning, person("m9"), C::AskFloor, R::NotPresent { seat: "m9".into() }),
        (At::Questioning, person("m2"), C::LeaveFloor, R::FloorNotAsked),
        (At::Questioning, chair(), C::EndSpeech, R::FloorNotAsked),
        (
            At::Questioning,
            chair(),
            C::RefuseSpeaker { seat: "m2".into(), reason: words("later") },
            R::FloorNotAsked,
        ),
        (
            At::Questioning,
            chair(),
            C::CallSpeaker { seat: "zz".into(), seconds: 60 },
            R::UnknownSeat { seat: "zz".into() },
        ),
        (
            At::Questioning,
            chair(),
            C::CallSpeaker { seat: "m9".into(), seconds: 60 },
            R::NotPresent { seat: "m9".into() },
        ),
        (At::Questioning, chair(), C::CallSpeaker { seat: "m2".into(), seconds: 0 }, R::NoClock),
        (At::Questioning, chair(), C::CallSpeaker { seat: "m2".into(), seconds: 14_401 }, R::NoClock),
        (At::Questioning, chair(), C::PauseClock, R::NoClock),
        (At::Questioning, chair(), C::ExtendClock { seconds: 60 }, R::NoClock),
        (At::Reporting, chair(), C::ResumeClock, R::NoClock),
        (At::Reporting, chair(), C::ExtendClock { seconds: 0 }, R::NoClock),
        (At::Reporting, chair(), C::ExtendClock { seconds: 14_401 }, R::NoClock),
    ];
    for (point, actor, command, expected) in rows {
        let sample = at(point);
        let answer = decide(&sample.state, &actor, &command, sample.now);
        assert_eq!(answer, Err(expected), "{point:?}: {actor}: {command:?}");
    }
}

#[test]
fn limits_hold_for_each_person() {
    let mut sample = at(At::Questioning);
    for number in 0..19 {
        sample.ask("m7", None, &format!("question {number}"));
    }
    let used = Err(Refusal::QuestionsUsedUp { questions_max: 20 });
    assert_eq!(sample.try_order(&person("m7"), &ask("the 21st", None)), used);
    let spoken = Command::EnterQuestion {
        item: item(),
        asker: "m7".into(),
        follows: None,
        text: "as it was spoken".to_owned(),
    };
    sample.order(&person("m4"), spoken);
    sample.ask("m2", None, "another person's");
    let opinion = Command::GiveOpinion { item: item(), official: "o3".into(), text: "zeal".to_owned() };
    for _ in 0..20 {
        sample.order(&person("m7"), opinion.clone());
    }
    let used = Err(Refusal::OpinionsUsedUp { opinions_max: 20 });
    assert_eq!(sample.try_order(&person("m7"), &opinion), used);
    sample.order(&person("m2"), opinion);

    // The point has slips already; the key is the same.
    let same = Command::PublishSlipIssuer { item: item(), issuer: slip_issuer() };
    assert_eq!(sample.try_order(&Actor::Hub, &same), Ok(Vec::new()));
    let other = Command::PublishSlipIssuer { item: item(), issuer: read(OTHER_KEY) };
    assert_eq!(sample.try_order(&Actor::Hub, &other), Err(Refusal::NoSlips));
    let request =
        |count: usize, key: &str| Command::RequestSlips { item: item(), requests: vec![read(key); count] };
    for count in [0, 2, 4] {
        assert_eq!(sample.try_order(&person("m2"), &request(count, KEY)), Err(Refusal::NoSlips));
    }
    sample.order(&person("m2"), request(3, KEY));
    assert_eq!(sample.try_order(&person("m2"), &request(3, KEY)), Ok(Vec::new()));
    assert_eq!(sample.try_order(&person("m2"), &request(3, OTHER_KEY)), Err(Refusal::SlipsAlreadyIssued));
    let absent = Err(Refusal::NotPresent { seat: "m9".into() });
    assert_eq!(sample.try_order(&person("m9"), &request(3, KEY)), absent);
}

/// A full list of questions does not hold up the slips: they are in the record as opinions.
#[test]
fn a_slip_for_which_there_is_no_room_is_an_opinion() {
    let mut sample = at(At::Questioning);
    let spoken = |number: u32| Command::EnterQuestion {
        item: item(),
        asker: "m7".into(),
        follows: None,
        text: format!("spoken {number}"),
    };
    for number in 6..=1_999 {
        sample.order(&Actor::Console, spoken(number));
    }
    let session = sample.state.session().to_string();
    let mut slips: Vec<_> = (100..103).map(|number| slip(&session, number, "o2", "one more")).collect();
    slips.sort_by(|one, other| one.key.cmp(&other.key));
    sample.order(&Actor::Hub, Command::PublishSlips { item: item(), slips });
    let (_, _, review) = sample.state.current_review().unwrap();
    assert_eq!((review.questions.len(), review.opinions.len()), (2_000, 2));
    let full = Err(Refusal::QuestionsUsedUp { questions_max: 2_000 });
    assert_eq!(sample.try_order(&Actor::Console, &spoken(0)), full);
}

#[test]
fn questions_to_somebody_who_is_put_off_are_declined_and_hold_nobody_up() {
    let mut sample = at(At::Findings);
    sample.ask("m7", None, "to whom is not here");
    sample.ask("i1", None, "another one");
    let put_off = Command::PutOff { item: item(), official: "o2".into(), reason: "ill".to_owned() };
    sample.console(put_off);
    let (_, _, review) = sample.state.current_review().unwrap();
    assert!(review.queue.is_empty());
    let declined = Standing::Ended(Ended::Declined { reason: "ill".to_owned() });
    assert!(review.questions.iter().all(|question| question.standing == declined));
    assert_eq!(
        review.officials[&OfficialId::from("o2")].stage,
        OfficialStage::PutOff { reason: "ill".to_owned() }
    );
    sample.evaluate_next(1);
}

#[test]
fn nobody_withdraws_what_others_asked() {
    let mut sample = at(At::Answering);
    // i3's question was spoken; i2's is merged into it.
    sample.console(Command::MergeQuestion { item: item(), question: QuestionId(6), into: QuestionId(5) });
    assert_eq!(sample.try_order(&person("i3"), &end(5, Ended::Withdrawn)), Err(Refusal::QuestionNotThere));
    sample.console(end(5, Ended::Declined { reason: "no time".to_owned() }));
}

#[test]
fn a_box_with_too_many_ballots_voids_all_that_are_under_way_together() {
    let mut sample = at(At::Sealing);
    let ballots: Vec<_> = sample.state.rounds_on_floor().map(|round| round.issue.ballot.clone()).collect();
    let [first, second] = &ballots[..] else { panic!("{ballots:?}") };
    let fix = |ballot: &crate::meeting::BallotId, count: u64| Command::FixBox {
        ballot: ballot.clone(),
        ballots: (0..count).map(|number| read(&hex(number))).collect(),
    };
    sample.order(&Actor::Hub, fix(first, 1));
    let issued = sample.state.round(second).unwrap().1.issued();
    let events = sample.try_order(&Actor::Hub, &fix(second, u64::from(issued) + 1)).unwrap();
    let too_many = VoidReason::TooMany { issued, returned: issued + 1 };
    assert!(
        matches!(&events[..], [Event::RoundVoided { reason, .. }, Event::RoundVoided { .. }] if *reason == too_many)
    );
    sample.count_heads();
    sample.step();
    let again: Vec<_> = sample.state.rounds_on_floor().map(|round| round.issue.ballot.to_string()).collect();
    assert_eq!(again, ["report-o2-members-r2", "report-o2-invited-r2"]);
}

#[test]
fn nobody_gets_a_new_code_while_any_of_the_groups_is_balloting() {
    let sample = at(At::Voting);
    for id in ["m2", "i2"] {
        let reissue = Command::ReissueCode { who: person(id) };
        let answer = decide(&sample.state, &Actor::Console, &reissue, sample.now);
        assert_eq!(answer, Err(Refusal::ReissueDuringBallot), "{id}");
    }
}

#[test]
fn a_pause_stops_the_clock_and_who_leaves_leaves_the_floor() {
    let mut sample = at(At::Reporting);
    sample.console(Command::Suspend { reason: "no light".to_owned() });
    let left =
        |sample: &Sample| sample.state.current_review().unwrap().2.clock.as_ref().unwrap().left(sample.now);
    let before = left(&sample);
    sample.console(Command::Note { text: "still dark".to_owned() });
    sample.console(Command::Resume);
    assert_eq!(left(&sample), before);
    sample.console(Command::ResumeClock);

    for id in ["m2", "m3"] {
        sample.order(&person(id), Command::AskFloor);
        assert_eq!(sample.try_order(&person(id), &Command::AskFloor), Err(Refusal::FloorNotAsked));
    }
    sample.console(Command::CallSpeaker { seat: "m2".into(), seconds: 60 });
    let taken = Err(Refusal::FloorTaken { seat: "m2".into() });
    assert_eq!(
        sample.try_order(&Actor::Console, &Command::CallSpeaker { seat: "m3".into(), seconds: 60 }),
        taken
    );
    let blank = Command::RefuseSpeaker { seat: "m3".into(), reason: String::new() };
    assert_eq!(sample.try_order(&Actor::Console, &blank), Err(Refusal::TextMissing));
    for id in ["m2", "m3"] {
        sample.order(&person(id), Command::SignOut { seat: id.into() });
    }
    assert!(sample.state.floor.waiting.is_empty() && sample.state.floor.speaking.is_none());
}
