//! A deliberation during the term: what is refused, as a table; the vote that is deferred by rule; that a record from
//! which the words are withheld leads to the same state; and any order of commands keeps its rules.

use proptest::prelude::*;

use super::common::pick;
use crate::meeting::joint_sample::seat_of;
use crate::meeting::sample::Sample;
use crate::meeting::term_sample::{TermPoint as At, term_plan};
use crate::meeting::{
    Actor, Command, CommandKind, Event, Happened, ItemId, Judged, LineFacts, LineId, QuestionId, Refusal,
    SeatId, Stage, State, Step, TEXT_CHARS_MAX, decide, is_said_inside, next_step,
};
use crate::words::Lang;

fn item() -> ItemId {
    Sample::term_item()
}

fn at(point: At) -> Sample {
    Sample::term(Lang::En).until_term(point)
}

fn say(text: &str) -> Command {
    Command::SayInside { item: item(), text: text.to_owned() }
}

fn put(text: &str) -> Command {
    Command::PutQuestion { item: item(), text: text.to_owned() }
}

fn reply(question: u32, text: &str) -> Command {
    Command::Reply { item: item(), question: QuestionId(question), text: text.to_owned() }
}

fn judge(question: u32, judged: Judged) -> Command {
    Command::JudgeReply { item: item(), question: QuestionId(question), judged }
}

fn unclearly(reason: &str) -> Judged {
    Judged::Unclearly { reason: reason.to_owned() }
}

#[test]
fn what_a_deliberation_forbids_is_refused_with_its_figures() {
    use Refusal as R;
    let console = || Actor::Console;
    let no_right = |command| R::NoRight { command };
    let not_now = |command| R::NotNow { command };
    let down = |seat: &str| Command::TakeDownSaid { item: item(), seat: seat.into(), text: "x".into() };
    let down_question =
        |asker: &str| Command::TakeDownQuestion { item: item(), asker: asker.into(), text: "x".into() };
    let back = |seat: &str| Command::Return { item: item(), seat: seat.into() };
    let long = "x".repeat(TEXT_CHARS_MAX as usize + 1);
    let rows: Vec<(At, Actor, Command, Refusal)> = vec![
        // Who.
        (At::Deliberating, console(), say("x"), no_right(CommandKind::SayInside)),
        (At::Deliberating, Actor::Display(1), put("x"), no_right(CommandKind::PutQuestion)),
        (At::Deliberating, seat_of("m2"), down("m3"), no_right(CommandKind::TakeDownSaid)),
        (At::Deliberating, seat_of("m2"), down_question("m3"), no_right(CommandKind::TakeDownQuestion)),
        (At::Asking, seat_of("m4"), judge(1, Judged::Clearly), no_right(CommandKind::JudgeReply)),
        (At::Deliberating, seat_of("m7"), say("x"), R::Outside { seat: "m7".into() }),
        (At::Deliberating, seat_of("m8"), put("x"), R::Outside { seat: "m8".into() }),
        (At::Deliberating, seat_of("m4"), down("m7"), R::Outside { seat: "m7".into() }),
        (At::Deliberating, seat_of("m4"), down_question("m8"), R::Outside { seat: "m8".into() }),
        (At::Deliberating, seat_of("m9"), say("x"), R::NotPresent { seat: "m9".into() }),
        (At::Deliberating, seat_of("m4"), down("zz"), R::UnknownSeat { seat: "zz".into() }),
        (At::Asking, seat_of("m2"), reply(1, "x"), R::NotProposing),
        // What.
        (At::Deliberating, seat_of("m2"), say("  "), R::TextMissing),
        (At::Asking, console(), judge(1, unclearly(" ")), R::TextMissing),
        (
            At::Deliberating,
            seat_of("m2"),
            put(&long),
            R::TextTooLong { chars: TEXT_CHARS_MAX + 1, chars_max: TEXT_CHARS_MAX },
        ),
        (At::Asking, seat_of("a1"), reply(3, "x"), R::UnknownQuestion),
        (At::Asking, console(), judge(3, Judged::Clearly), R::UnknownQuestion),
        // When.
        (At::Reporting, seat_of("m2"), say("x"), not_now(CommandKind::SayInside)),
        (At::Recusing, seat_of("m2"), put("x"), not_now(CommandKind::PutQuestion)),
        (At::Deliberated, seat_of("a1"), reply(1, "x"), not_now(CommandKind::Reply)),
        (At::Deliberated, console(), judge(1, unclearly("x")), not_now(CommandKind::JudgeReply)),
        (At::Asking, console(), Command::EndDeliberation { item: item() }, R::QuestionsUnjudged { open: 2 }),
        // Those whom it concerns stay outside.
        (At::Asking, console(), back("m7"), R::StillInRoom { seats: vec!["m7".into()] }),
        (At::Asking, console(), back("m8"), R::StillInRoom { seats: vec!["m8".into()] }),
    ];
    for (point, actor, command, refusal) in rows {
        let found = at(point).try_order(&actor, &command);
        assert_eq!(found, Err(refusal), "{point:?}: {actor} {command:?}");
    }
}

/// A nomination is deliberated without a record of what is said.
#[test]
fn nothing_is_said_in_the_deliberation_of_a_nomination() {
    let mut sample = Sample::new(Lang::En).until(crate::meeting::sample::Point::Deliberating);
    let command = Command::SayInside { item: Sample::item(), text: "x".to_owned() };
    let refusal = Refusal::NotNow { command: CommandKind::SayInside };
    assert_eq!(sample.try_order(&seat_of("m2"), &command), Err(refusal));
}

#[test]
fn a_question_that_was_not_answered_clearly_defers_the_vote() {
    // What is said of the two questions, and why the vote is deferred.
    let rows = [
        ([Judged::Clearly, Judged::Clearly], None),
        ([unclearly("no audit"), Judged::Clearly], Some("no audit")),
        ([Judged::Clearly, unclearly("no answer")], Some("no answer")),
        ([unclearly("no audit"), unclearly("no answer")], Some("no audit / no answer")),
    ];
    for (judged, reason) in rows {
        let mut sample = at(At::Asking);
        for (number, judged) in (1..).zip(judged) {
            assert!(matches!(next_step(&sample.state), Some(Step::JudgeReply(..))));
            sample.console(judge(number, judged));
        }
        assert_eq!(next_step(&sample.state), Some(Step::EndDeliberation(item())));
        sample.console(Command::EndDeliberation { item: item() });
        let state = &sample.state;
        let deferred = state.item_state(&item()).unwrap().deferred.get(&LineId::from("l1"));
        assert_eq!(deferred.map(String::as_str), reason);
        // Everybody is back, and votes where there is a vote.
        assert!(state.item_state(&item()).unwrap().recused.is_empty());
        let undefer = Command::Undefer { item: item(), line: "l1".into() };
        match reason {
            None => assert_eq!(next_step(state), Some(Step::CountHeads(item()))),
            Some(_) => {
                assert_eq!(next_step(state), Some(Step::Declare(item())));
                let unclear = Refusal::AnsweredUnclearly {
                    question: state.current_term().unwrap().2.unclear().next().unwrap().0,
                };
                assert_eq!(sample.try_order(&Actor::Console, &undefer), Err(unclear));
                sample.console(Command::Declare { item: item() });
                sample.console(Command::CloseMeeting);
            }
        }
    }
}

#[test]
fn a_reply_can_be_judged_anew_until_the_deliberation_ends() {
    let mut sample = at(At::Asking);
    sample.console(judge(1, unclearly("no audit")));
    sample.order(&seat_of("a1"), reply(1, "here it is"));
    sample.console(judge(1, Judged::Clearly));
    assert_eq!(sample.try_order(&Actor::Console, &judge(1, Judged::Clearly)), Ok(Vec::new()));
    sample.console(judge(2, Judged::Clearly));
    sample.console(Command::EndDeliberation { item: item() });
    assert!(sample.state.item_state(&item()).unwrap().deferred.is_empty());
}

#[test]
fn the_appointee_comes_back_and_has_a_paper() {
    let mut sample = at(At::Deliberated);
    sample.count_heads();
    sample.console(Command::OpenIssue { item: item() });
    let round = sample.state.current_round().unwrap().1;
    let electorate: Vec<&str> = round.issue.electorate.iter().map(SeatId::as_str).collect();
    assert_eq!(electorate, ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"]);
    assert_eq!((round.issue.due, round.issue.lines.as_slice()), (9, [LineId::from("l1")].as_slice()));
}

#[test]
fn whoever_it_concerns_and_comes_late_waits_outside() {
    for (seat, waits) in [("m8", true), ("m9", false)] {
        let mut sample = Sample::of(term_plan(Lang::En));
        sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m7"]);
        sample.console(Command::OpenMeeting);
        let agree = sample.state.present();
        sample.console(Command::ApproveScrutineers { agree, disagree: 0, abstain: 0 });
        sample.console(Command::OpenItem { item: item() });
        sample.console(Command::Introduce { item: item(), line: "l1".into() });
        sample.console(Command::BeginRecusal { item: item() });
        sample.console(Command::BeginDeliberation { item: item() });
        sample.sign_in(&[seat]);
        let outside = &sample.state.item_state(&item()).unwrap().recused;
        assert_eq!(outside.contains(&SeatId::from(seat)), waits, "{seat}");
    }
}

/// A record, as one screen has it: all words, or those that reach somebody outside.
pub(super) struct Record {
    pub(super) state: State,
    pub(super) dark: bool,
}

impl Record {
    /// Follows what another one did; what is said inside only by its kind, where this one is dark.
    pub(super) fn follow(&mut self, actor: &Actor, command: &Command, events: &[Event], sample: &Sample) {
        let withheld = self.dark && is_said_inside(command.kind());
        if !withheld {
            // Whoever has not heard the words comes to the same events.
            assert_eq!(decide(&self.state, actor, command, sample.now).as_deref(), Ok(events), "{command:?}");
        }
        let happened = match withheld {
            true => Happened::Withheld { kind: command.kind() },
            false => Happened::Events(events),
        };
        let number = self.state.line + 1;
        let head = format!("{number:064x}");
        self.state.fold(&LineFacts { number, time: sample.now, head: &head, actor, order: None, happened });
    }
}

fn command(kind: u8, who: u16, what: u16) -> (Actor, Command) {
    let seats = ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "a1", "a2"];
    let seat = pick(&seats, who);
    let text = pick(&["yes", "no", "why", ""], what).to_owned();
    let question = QuestionId(u32::from(what) % 5);
    let console = Actor::Console;
    let other = SeatId::from(pick(&seats, what));
    match kind {
        0..=3 => (seat_of(seat), Command::SayInside { item: item(), text }),
        4..=6 => (seat_of("m4"), Command::TakeDownSaid { item: item(), seat: other, text }),
        7..=9 => (seat_of(seat), Command::PutQuestion { item: item(), text }),
        10..=11 => (seat_of("m4"), Command::TakeDownQuestion { item: item(), asker: other, text }),
        12..=14 => (seat_of(pick(&["a1", "m4", "m2"], who)), Command::Reply { item: item(), question, text }),
        15..=18 => {
            let judged =
                if what.is_multiple_of(4) { Judged::Unclearly { reason: text } } else { Judged::Clearly };
            (console, Command::JudgeReply { item: item(), question, judged })
        }
        19 => (console, Command::Recuse { item: item(), seat: other }),
        20 => (console, Command::Return { item: item(), seat: other }),
        21 => (seat_of(seat), Command::SignOut { seat: seat.into() }),
        22 => (seat_of(seat), Command::SignIn { seat: seat.into() }),
        23 => (console, Command::Undefer { item: item(), line: "l1".into() }),
        _ => (console, Command::EndDeliberation { item: item() }),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_commands_keeps_the_rules_with_and_without_the_words(
        moves in prop::collection::vec((0_u8..26, any::<u16>(), any::<u16>()), 1..80)
    ) {
        let mut sample = at(At::Deliberating);
        let mut dark = Record { state: sample.state.clone(), dark: true };
        for (kind, who, what) in moves {
            let (actor, command) = command(kind, who, what);
            let before = sample.state.clone();
            let Ok(events) = sample.try_order(&actor, &command) else { continue };
            if events.is_empty() {
                continue;
            }
            dark.follow(&actor, &command, &events, &sample);
            let (item_state, was) =
                (sample.state.item_state(&item()).unwrap(), before.item_state(&item()).unwrap());
            let (term, other) =
                (item_state.term().unwrap(), dark.state.item_state(&item()).unwrap().term().unwrap());
            // The dark one has every place, every judgement and no word.
            prop_assert_eq!(term.statements.len(), other.statements.len());
            prop_assert_eq!(term.questions.len(), other.questions.len());
            for (put, place) in term.questions.iter().zip(&other.questions) {
                prop_assert_eq!((&put.id, &put.judged), (&place.id, &place.judged));
                prop_assert!(place.asked.text.is_none() && place.replies.is_empty());
            }
            prop_assert!(other.statements.iter().all(|said| said.text.is_none()));
            prop_assert_eq!(&item_state.deferred, &dark.state.item_state(&item()).unwrap().deferred);
            prop_assert_eq!(next_step(&sample.state), next_step(&dark.state));
            // Nothing that was said is gone; nobody whom it concerns is inside.
            let earlier = was.term().unwrap();
            prop_assert!(term.statements.starts_with(&earlier.statements));
            if item_state.stage == Stage::Deliberating {
                for seat in ["m7", "m8"].map(SeatId::from) {
                    prop_assert!(!sample.state.is_present(&seat) || item_state.recused.contains(&seat));
                }
            } else {
                prop_assert_eq!(term.unjudged().count(), 0);
                prop_assert_eq!(term.unclear().next().is_some(), !item_state.deferred.is_empty());
            }
        }
    }
}
