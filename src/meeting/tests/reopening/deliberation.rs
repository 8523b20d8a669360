//! A deliberation during the term that is taken up again: who leaves, who may say and ask what, what becomes of the
//! questions of before, and of a vote that was deferred because of them.

use super::super::term::Record;
use super::{ballot, lines, refused, seat, settle};
use crate::meeting::sample::Sample;
use crate::meeting::term_sample::TermPoint;
use crate::meeting::{
    Actor, Command, ItemId, Judged, LineId, LineStands, QuestionId, Refusal, ReopenGround, SeatId,
    SettledHow, Stage, Step, next_step,
};
use crate::words::Lang;

/// The grounds on which it is taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    Objection,
    Consent,
}

const GROUNDS: [Ground; 2] = [Ground::Objection, Ground::Consent];

fn item() -> ItemId {
    Sample::term_item()
}

fn line() -> LineId {
    "l1".into()
}

fn say(text: &str) -> Command {
    Command::SayInside { item: item(), text: text.to_owned() }
}

fn put(text: &str) -> Command {
    Command::PutQuestion { item: item(), text: text.to_owned() }
}

fn reply(question: u32) -> Command {
    Command::Reply { item: item(), question: QuestionId(question), text: "here it is".to_owned() }
}

fn judge(question: u32, judged: Judged) -> Command {
    Command::JudgeReply { item: item(), question: QuestionId(question), judged }
}

fn unclearly() -> Judged {
    Judged::Unclearly { reason: "no figures".to_owned() }
}

/// Two questions were answered clearly, and seven ballots came back: more than half of nine is five.
fn declared(sums: [u32; 3]) -> Sample {
    let mut sample = Sample::term(Lang::En).until_term(TermPoint::Deliberated);
    ballot(&mut sample, &item(), &[sums]);
    sample
}

/// The vote was deferred, because the second question was not answered clearly.
fn deferred() -> Sample {
    let mut sample = Sample::term(Lang::En).until_term(TermPoint::Asking);
    sample.console(judge(1, Judged::Clearly));
    sample.console(judge(2, unclearly()));
    sample.console(Command::EndDeliberation { item: item() });
    sample.console(Command::Declare { item: item() });
    sample
}

/// What takes it up again: by whom, and what.
fn takes_up(ground: Ground) -> Vec<(Actor, Command)> {
    let reason = "new facts".to_owned();
    match ground {
        Ground::Objection => vec![
            (seat("m2"), Command::ObjectToResult { item: item(), official: None, by: "m2".into(), reason }),
            (Actor::Console, settle(1, SettledHow::VoteAgain)),
        ],
        Ground::Consent => vec![(
            Actor::Console,
            Command::Reconsider { item: item(), lines: vec![], agree: 8, disagree: 0, abstain: 0, reason },
        )],
    }
}

fn taken_up(mut sample: Sample, ground: Ground) -> Sample {
    for (actor, command) in takes_up(ground) {
        sample.order(&actor, command);
    }
    sample
}

fn deliberating(ground: Ground) -> Sample {
    let mut sample = taken_up(declared([6, 1, 0]), ground);
    sample.console(Command::BeginDeliberation { item: item() });
    sample
}

#[test]
fn it_goes_back_to_where_the_appointee_has_left_and_nothing_was_said() {
    for ground in GROUNDS {
        let sample = taken_up(declared([6, 1, 0]), ground);
        let is = sample.state.item_state(&item()).unwrap();
        assert_eq!(is.stage, Stage::Recusing, "{ground:?}");
        let outside: Vec<&str> = is.recused.iter().map(SeatId::as_str).collect();
        assert_eq!(outside, ["m7", "m8"], "the appointee and the relative: {ground:?}");
        let term = is.term().unwrap();
        assert!(term.statements.is_empty() && term.questions.is_empty(), "{ground:?}");
        assert_eq!(next_step(&sample.state), Some(Step::BeginDeliberation(item())), "no second report");
        // What was said, asked and decided before is kept.
        let reopening = &is.reopenings[0];
        let before = reopening.before.term().unwrap();
        assert_eq!((before.statements.len(), before.questions.len()), (2, 2));
        assert_eq!(reopening.before.line_stands(&line()), Some(LineStands::Carried));
        let expected = match ground {
            Ground::Objection => ReopenGround::Objection { number: 1 },
            Ground::Consent => ReopenGround::Consent,
        };
        assert_eq!((reopening.ground, &reopening.lines), (expected, &lines(&["l1"])));
        assert_eq!(is.line_stands(&line()), None, "it is not in force any more");
    }
}

#[test]
fn who_takes_part_and_what_is_refused_when_it_is_deliberated_again() {
    let outside = |id: &str| Refusal::Outside { seat: SeatId::from(id) };
    let down = |id: &str| Command::TakeDownSaid { item: item(), seat: id.into(), text: "x".into() };
    let back = |id: &str| Command::Return { item: item(), seat: id.into() };
    let table = [
        // The appointee and the relative are as far from it as the first time.
        (seat("m7"), say("let me"), outside("m7")),
        (seat("m8"), put("may I"), outside("m8")),
        (seat("m4"), down("m7"), outside("m7")),
        (Actor::Console, back("m7"), Refusal::StillInRoom { seats: vec!["m7".into()] }),
        (Actor::Console, back("m8"), Refusal::StillInRoom { seats: vec!["m8".into()] }),
        // The questions of before were answered before: whoever wants to know more asks anew.
        (seat("a1"), reply(1), Refusal::UnknownQuestion),
        (Actor::Console, judge(1, Judged::Clearly), Refusal::UnknownQuestion),
        (Actor::Console, judge(2, unclearly()), Refusal::UnknownQuestion),
        // Who is away.
        (seat("m4"), down("m9"), Refusal::NotPresent { seat: "m9".into() }),
    ];
    for ground in GROUNDS {
        let mut sample = deliberating(ground);
        for (actor, command, expected) in &table {
            assert_eq!(refused(&mut sample, actor, command), *expected, "{ground:?} {command:?}");
        }
        // Everybody else speaks and asks; questions are numbered from the first again.
        sample.order(&seat("m2"), say("I think otherwise now"));
        sample.order(&seat("a2"), Command::SignIn { seat: "a2".into() });
        sample.order(&seat("m3"), put("what is new?"));
        let not = refused(&mut sample, &seat("m2"), &reply(1));
        assert_eq!(not, Refusal::NotProposing);
        sample.order(&seat("a1"), reply(1));
        let open = refused(&mut sample, &Actor::Console, &Command::EndDeliberation { item: item() });
        assert_eq!(open, Refusal::QuestionsUnjudged { open: 1 }, "{ground:?}");
        sample.console(judge(1, Judged::Clearly));
        sample.console(Command::EndDeliberation { item: item() });
        let is = sample.state.item_state(&item()).unwrap();
        assert!(is.recused.is_empty() && is.deferred.is_empty());
        assert_eq!(next_step(&sample.state), Some(Step::CountHeads(item())));
    }
}

/// Whoever left the room in the meantime comes back to the waiting room.
#[test]
fn the_appointee_who_comes_late_to_it_waits_outside_again() {
    for ground in GROUNDS {
        let mut sample = declared([6, 1, 0]);
        sample.order(&seat("m7"), Command::SignOut { seat: "m7".into() });
        // By hands, of the seven voters who are there.
        let hands = |command: Command| match command {
            Command::Reconsider { item, lines, disagree, abstain, reason, .. } => {
                Command::Reconsider { item, lines, agree: 7, disagree, abstain, reason }
            }
            other => other,
        };
        for (actor, command) in takes_up(ground) {
            sample.order(&actor, hands(command));
        }
        let recused = |sample: &Sample| sample.state.item_state(&item()).unwrap().recused.clone();
        assert_eq!(recused(&sample).iter().map(SeatId::as_str).collect::<Vec<_>>(), ["m8"]);
        sample.console(Command::BeginDeliberation { item: item() });
        sample.sign_in(&["m7"]);
        assert!(recused(&sample).contains(&SeatId::from("m7")), "{ground:?}");
    }
}

#[test]
fn the_appointee_votes_again_and_each_result_stays() {
    // The figures of the new ballot, and what they come to.
    let rows = [([5, 1, 1], LineStands::Carried), ([4, 2, 1], LineStands::NotCarried)];
    for ground in GROUNDS {
        for (sums, expected) in rows {
            let mut sample = deliberating(ground);
            sample.console(Command::EndDeliberation { item: item() });
            ballot(&mut sample, &item(), &[sums]);
            let is = sample.state.item_state(&item()).unwrap();
            let [first, second] = is.rounds.as_slice() else { panic!("two rounds") };
            let papers: Vec<&str> = second.issue.electorate.iter().map(SeatId::as_str).collect();
            assert_eq!(papers, ["m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8"]);
            assert_eq!((first.issue.ballot.as_str(), second.issue.ballot.as_str()), ("term", "term-r2"));
            assert_eq!(first.count.as_ref().unwrap().sums()[0], [6, 1, 0], "what was declared stays");
            assert!(is.set_aside(first, &line()).is_some() && is.set_aside(second, &line()).is_none());
            assert_eq!(is.line_stands(&line()), Some(expected), "{ground:?} {sums:?}");
            sample.console(Command::CloseMeeting);
        }
    }
}

#[test]
fn who_was_not_carried_is_voted_on_again_only_after_an_objection() {
    let mut sample = declared([4, 2, 1]);
    let [(actor, consent)] = takes_up(Ground::Consent).try_into().unwrap();
    assert_eq!(refused(&mut sample, &actor, &consent), Refusal::NothingToReconsider);
    let named = Command::Reconsider {
        item: item(),
        lines: vec![line()],
        agree: 8,
        disagree: 0,
        abstain: 0,
        reason: "new facts".to_owned(),
    };
    assert_eq!(refused(&mut sample, &actor, &named), Refusal::LinesNotCarried { lines: vec![line()] });
    let mut sample = taken_up(sample, Ground::Objection);
    sample.console(Command::BeginDeliberation { item: item() });
    sample.console(Command::EndDeliberation { item: item() });
    ballot(&mut sample, &item(), &[[5, 1, 1]]);
    let is = sample.state.item_state(&item()).unwrap();
    assert_eq!(is.line_stands(&line()), Some(LineStands::Carried));
}

/// The answers deferred the vote; what is answered the second time decides whether there is one.
#[test]
fn a_deferral_by_rule_falls_with_the_answers_that_it_came_from() {
    let rows = [
        (None, Step::CountHeads(item())),
        (Some(Judged::Clearly), Step::CountHeads(item())),
        (Some(unclearly()), Step::Declare(item())),
    ];
    for ground in GROUNDS {
        for (judged, expected) in &rows {
            let mut sample = taken_up(deferred(), ground);
            let is = sample.state.item_state(&item()).unwrap();
            assert!(is.deferred.is_empty(), "{ground:?}");
            assert!(
                is.reopenings[0].before.deferred.contains_key(&line()),
                "the first one stays in the record"
            );
            sample.console(Command::BeginDeliberation { item: item() });
            if let Some(judged) = judged {
                sample.order(&seat("m5"), put("and now?"));
                sample.order(&seat("a1"), reply(1));
                sample.console(judge(1, judged.clone()));
            }
            sample.console(Command::EndDeliberation { item: item() });
            assert_eq!(next_step(&sample.state).as_ref(), Some(expected), "{ground:?} {judged:?}");
        }
    }
}

/// A terminal that is dark has the same record, first time and second, without a word of what was said.
#[test]
fn those_outside_follow_both_deliberations_without_the_words() {
    for ground in GROUNDS {
        let mut sample = Sample::term(Lang::En).until_term(TermPoint::Deliberating);
        let mut dark = Record { state: sample.state.clone(), dark: true };
        let deliberation = |text: &str| {
            vec![
                (seat("m2"), say(text)),
                (seat("m5"), put(text)),
                (seat("a1"), reply(1)),
                (Actor::Console, judge(1, unclearly())),
                (Actor::Console, Command::EndDeliberation { item: item() }),
                (Actor::Console, Command::Declare { item: item() }),
            ]
        };
        let mut all = deliberation("SECRET of the first");
        all.extend(takes_up(ground));
        all.push((Actor::Console, Command::BeginDeliberation { item: item() }));
        all.extend(deliberation("SECRET of the second"));
        for (actor, command) in all {
            let events = sample.try_order(&actor, &command).unwrap();
            dark.follow(&actor, &command, &events, &sample);
        }
        assert_eq!(next_step(&dark.state), next_step(&sample.state));
        let is = dark.state.item_state(&item()).unwrap();
        let said = |is: &crate::meeting::ItemState| {
            let term = is.term().unwrap();
            (term.statements.len(), term.questions.len())
        };
        assert_eq!((said(is), said(&is.reopenings[0].before)), ((1, 1), (1, 1)));
        assert!(!format!("{:?}", is).contains("SECRET"));
        assert_eq!(format!("{:?}", sample.state.item_state(&item()).unwrap()).matches("SECRET").count(), 4);
    }
}
