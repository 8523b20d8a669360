//! A vote on paper: every wrong number is refused with its reason, and a meeting goes on by paper from wherever it stood.

use crate::meeting::review_sample::ReviewPoint;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, BallotId, Command, CommandKind, CountFigure, CountMistake, Event, LineId, PaperCount, Refusal,
    RoundPhase, SeatId, Sheet, Stage, Step, VoidReason, next_step, result_hash,
};
use crate::words::Lang;

fn at(point: Point) -> Sample {
    Sample::new(Lang::En).until(point)
}

/// The sample on paper, right after the deliberation: nine present, five lines, n2 is deferred.
fn on_paper() -> Sample {
    let mut sample = at(Point::Deliberated);
    sample.console(Command::OpenPaperVote { item: Sample::item() });
    sample
}

fn scrutineer(id: &str) -> Actor {
    Actor::Seat(SeatId::from(id))
}

/// All of the sample's lines alike.
fn count(papers: [u32; 3], row: [u32; 3], spoilt: u32) -> PaperCount {
    let [issued, cancelled, returned] = papers;
    PaperCount { issued, cancelled, returned, marks: vec![row.to_vec(); 5], spoilt: vec![spoilt; 5] }
}

fn enter(sample: &Sample, count: &PaperCount) -> Command {
    Command::EnterCount { ballot: sample.ballot(), count: Box::new(count.clone()) }
}

fn present(sample: &Sample) -> u32 {
    sample.state.current_round().unwrap().1.present()
}

#[test]
fn every_wrong_number_is_refused_with_its_reason() {
    let mut sample = on_paper();
    let all = present(&sample);
    assert_eq!(all, 8, "the sample's m9 is on leave");
    let line = |id: &str| LineId::from(id);
    let folded =
        |papers: [u32; 3]| PaperCount { marks: Vec::new(), spoilt: Vec::new(), ..count(papers, [0; 3], 0) };
    let mut short = count([8, 0, 8], [8, 0, 0], 0);
    short.marks.pop();
    let mut narrow = count([8, 0, 8], [8, 0, 0], 0);
    narrow.marks[2] = vec![8, 0];
    let mut one_off = count([8, 0, 8], [6, 1, 0], 1);
    one_off.marks[3] = vec![5, 1, 0];
    let table: [(PaperCount, CountMistake); 11] = [
        (count([9, 0, 8], [8, 0, 0], 0), CountMistake::IssuedOverPresent { issued: 9, present: 8 }),
        (
            count([7, 0, 7], [7, 0, 0], 0),
            CountMistake::PrintedDoNotAddUp { printed: 8, issued: 7, cancelled: 0 },
        ),
        (
            count([7, 2, 7], [7, 0, 0], 0),
            CountMistake::PrintedDoNotAddUp { printed: 8, issued: 7, cancelled: 2 },
        ),
        (
            count([8, u32::MAX, 8], [8, 0, 0], 0),
            CountMistake::PrintedDoNotAddUp { printed: 8, issued: 8, cancelled: u32::MAX },
        ),
        (folded([0, 8, 0]), CountMistake::NoneIssued),
        // More came back than were issued, or too few: nothing was to be looked at.
        (count([7, 1, 8], [8, 0, 0], 0), CountMistake::CountedThoughVoid { issued: 7, returned: 8 }),
        (count([8, 0, 4], [4, 0, 0], 0), CountMistake::CountedThoughVoid { issued: 8, returned: 4 }),
        (short, CountMistake::LinesMissing { lines: 5 }),
        (narrow, CountMistake::LinesMissing { lines: 5 }),
        (one_off, CountMistake::LineDoesNotAddUp { line: line("n5"), counted: 7, returned: 8 }),
        (
            count([8, 0, 8], [u32::MAX, u32::MAX, 0], 0),
            CountMistake::LineDoesNotAddUp { line: line("n1"), counted: u32::MAX, returned: 8 },
        ),
    ];
    for (wrong, mistake) in table {
        let command = enter(&sample, &wrong);
        let refused = sample.try_order(&scrutineer("m5"), &command);
        assert_eq!(refused, Err(Refusal::CountWrong { mistake: mistake.clone() }), "{wrong:?}");
        let ballot = sample.ballot();
        let command = Command::EnterCountFor { ballot, scrutineer: "m5".into(), count: Box::new(wrong) };
        assert_eq!(sample.try_order(&Actor::Console, &command), Err(Refusal::CountWrong { mistake }));
    }
    let right = count([7, 1, 6], [3, 2, 0], 1);
    let command = enter(&sample, &right);
    assert!(sample.try_order(&scrutineer("m5"), &command).is_ok());
}

#[test]
fn who_may_count_and_for_whom() {
    let mut sample = on_paper();
    let ballot = sample.ballot();
    let right = count([8, 0, 8], [8, 0, 0], 0);
    let own = enter(&sample, &right);
    let other = |who: &str| Command::EnterCountFor {
        ballot: ballot.clone(),
        scrutineer: who.into(),
        count: Box::new(right.clone()),
    };
    let no_right = |command| Err(Refusal::NoRight { command });
    assert_eq!(sample.try_order(&scrutineer("m2"), &own), no_right(CommandKind::EnterCount));
    assert_eq!(sample.try_order(&Actor::Console, &own), no_right(CommandKind::EnterCount));
    assert_eq!(sample.try_order(&scrutineer("m6"), &other("m5")), no_right(CommandKind::EnterCountFor));
    let not = Err(Refusal::NotAScrutineer { seat: "m2".into() });
    assert_eq!(sample.try_order(&Actor::Console, &other("m2")), not);
    assert_eq!(
        sample.try_order(&Actor::Console, &other("zz")),
        Err(Refusal::UnknownSeat { seat: "zz".into() })
    );
    sample.order(&scrutineer("m5"), own.clone());
    assert_eq!(sample.try_order(&scrutineer("m5"), &own), Ok(Vec::new()), "the same again changes nothing");
    // Nobody speaks for who has spoken with the own key.
    let own_key = Err(Refusal::EnteredByOwnKey { seat: "m5".into() });
    assert_eq!(sample.try_order(&Actor::Console, &other("m5")), own_key);
    sample.console(Command::SignOut { seat: "m6".into() });
    let gone = Err(Refusal::NotPresent { seat: "m6".into() });
    assert_eq!(sample.try_order(&Actor::Console, &other("m6")), gone);
}

#[test]
fn two_counts_that_differ_stay_in_the_record_and_are_made_again() {
    let mut sample = on_paper();
    let (one, two) = (count([8, 0, 8], [7, 1, 0], 0), count([8, 0, 8], [6, 1, 0], 1));
    let command = enter(&sample, &one);
    sample.order(&scrutineer("m5"), command);
    // Who finds the own mistake before the other has entered enters anew.
    let command = enter(&sample, &count([7, 1, 7], [7, 0, 0], 0));
    sample.order(&scrutineer("m5"), command);
    let command = enter(&sample, &one);
    sample.order(&scrutineer("m5"), command);
    let command = enter(&sample, &two);
    let events = sample.try_order(&scrutineer("m6"), &command).unwrap();
    let lines = ["n1", "n3", "n4", "n5", "n6"].map(LineId::from);
    let figures: Vec<CountFigure> = lines
        .into_iter()
        .flat_map(|line| [CountFigure::Mark { line: line.clone(), answer: 0 }, CountFigure::Spoilt { line }])
        .collect();
    assert_eq!(events[1], Event::CountsDiffer { ballot: sample.ballot(), figures });
    let round = |sample: &Sample| sample.state.current_round().unwrap().1.clone();
    let vote = round(&sample).by_paper.unwrap();
    assert!(vote.entered.is_empty() && vote.differed.len() == 1);
    let kept: Vec<&PaperCount> = vote.differed[0].counts.values().map(|entered| &entered.count).collect();
    assert_eq!(kept, [&one, &two], "both stay");
    assert_eq!(round(&sample).phase, RoundPhase::OnPaper);
    sample.order(&scrutineer("m6"), command.clone());
    sample.order(&scrutineer("m5"), command);
    let counted = round(&sample);
    assert_eq!((counted.phase, counted.issued(), counted.returned()), (RoundPhase::Counted, 8, Some(8)));
    let outcome = counted.count.as_ref().unwrap().outcomes[0];
    assert_eq!((outcome.count.agree, outcome.base, outcome.needed, outcome.carried), (6, 9, 5, true));
    assert_eq!(counted.count.unwrap().spoilt(0), 1);
}

/// The rule counts over those entitled: a paper that is spoilt or missing is no vote for anybody.
#[test]
fn the_ordinary_rule_decides_and_the_item_goes_on() {
    let mut sample = on_paper();
    for (who, at_console) in [("m5", false), ("m6", true)] {
        let count = Box::new(count([8, 0, 7], [4, 0, 0], 3));
        let ballot = sample.ballot();
        if at_console {
            sample.console(Command::EnterCountFor { ballot, scrutineer: who.into(), count });
        } else {
            sample.order(&scrutineer(who), Command::EnterCount { ballot, count });
        }
    }
    let round = sample.state.current_round().unwrap().1;
    let outcome = round.count.as_ref().unwrap().outcomes[0];
    assert_eq!((outcome.count.agree, outcome.needed, outcome.carried), (4, 5, false));
    assert_eq!(next_step(&sample.state), Some(Step::SignResult(sample.ballot())));
    let result = result_hash(sample.state.rounds_on_floor());
    let record = |who: &str, refused: Option<&str>| Command::RecordSheet {
        ballot: BallotId::from("appoint"),
        scrutineer: who.into(),
        result: result.clone(),
        refused: refused.map(str::to_owned),
    };
    let declare = Command::Declare { item: Sample::item() };
    assert!(matches!(
        sample.try_order(&Actor::Console, &declare),
        Err(Refusal::SheetNotSigned { answered: 0, .. })
    ));
    let other = Command::RecordSheet {
        ballot: sample.ballot(),
        scrutineer: "m5".into(),
        result: "00".to_owned(),
        refused: None,
    };
    assert_eq!(sample.try_order(&Actor::Console, &other), Err(Refusal::OtherResult));
    assert_eq!(
        sample.try_order(&Actor::Console, &record("m2", None)),
        Err(Refusal::NotAScrutineer { seat: "m2".into() })
    );
    sample.console(record("m6", None));
    // The own key has the last word over what the console recorded, and the console none over the own key.
    let refuse = Command::RefuseResult { ballot: sample.ballot(), reason: "I never signed that".to_owned() };
    sample.order(&scrutineer("m6"), refuse);
    assert_eq!(
        sample.try_order(&Actor::Console, &record("m6", None)),
        Err(Refusal::AnsweredByOwnKey { seat: "m6".into() })
    );
    sample.console(record("m5", Some("the tally is blotted")));
    let sheet = &sample.state.current_round().unwrap().1.sheet;
    assert!(matches!(sheet.get(&SeatId::from("m5")), Some(Sheet::ByHand { refused: Some(_) })));
    sample.console(declare);
    assert_eq!(sample.state.item_state(&Sample::item()).unwrap().stage, Stage::Declared);
}

#[test]
fn more_papers_than_were_issued_void_the_vote_and_nothing_counts() {
    let mut sample = on_paper();
    let ballot = sample.ballot();
    let folded = PaperCount { issued: 7, cancelled: 1, returned: 8, marks: Vec::new(), spoilt: Vec::new() };
    for who in ["m5", "m6"] {
        let count = Box::new(folded.clone());
        sample.order(&scrutineer(who), Command::EnterCount { ballot: ballot.clone(), count });
    }
    let (item, round) = sample.state.round(&ballot).unwrap();
    assert_eq!(round.void, Some(VoidReason::TooMany { issued: 7, returned: 8 }));
    assert!(round.count.is_none() && item.stage == Stage::Balloting);
    // Voted again: by paper once more, or on terminals.
    sample.console(Command::OpenPaperVote { item: Sample::item() });
    assert_eq!(sample.ballot(), BallotId::from("appoint-r2"));
}

/// From the deliberation to the sealed box paper can be turned to; whatever was electronic is void and never opened.
#[test]
fn paper_comes_after_every_phase_but_an_opened_box() {
    let paper = Command::OpenPaperVote { item: Sample::item() };
    for point in [
        Point::Deliberated,
        Point::Issuing,
        Point::Registering,
        Point::Confirming,
        Point::Voting,
        Point::Sealing,
        Point::Sealed,
    ] {
        let mut sample = at(point);
        let before = sample.state.current_item().unwrap().rounds.len();
        sample.console(paper.clone());
        let item = sample.state.current_item().unwrap();
        assert_eq!(item.rounds.len(), before + 1, "{point:?}");
        for round in &item.rounds[..before] {
            assert_eq!(round.void, Some(VoidReason::ByPaper), "{point:?}");
        }
        assert_eq!(item.round().unwrap().phase, RoundPhase::OnPaper, "{point:?}");
        assert!(matches!(next_step(&sample.state), Some(Step::CountPapers(_))));
        let mut open = |command: Command| sample.try_order(&Actor::Console, &command);
        let ballot = BallotId::from("appoint");
        assert!(open(Command::OpenBox { ballot: ballot.clone() }).is_err(), "{point:?}");
        assert!(open(Command::OpenVoting { ballot }).is_err(), "{point:?}");
        assert_eq!(open(paper.clone()), Err(Refusal::NotNow { command: CommandKind::OpenPaperVote }));
    }
    // The console holds the key of the sample's box: once it is being opened, somebody may know the result.
    for point in [Point::Opening, Point::Counted] {
        let refused = at(point).try_order(&Actor::Console, &paper);
        assert_eq!(refused, Err(Refusal::NotNow { command: CommandKind::OpenPaperVote }), "{point:?}");
    }
    for point in [Point::Opened, Point::Introducing, Point::Deliberating] {
        assert!(at(point).try_order(&Actor::Console, &paper).is_err(), "{point:?}");
    }
}

#[test]
fn the_quorum_is_tested_again_before_papers_are_printed() {
    let mut sample = at(Point::Voting);
    for seat in ["m1", "m2", "m3"] {
        sample.console(Command::SignOut { seat: seat.into() });
    }
    let events = sample.try_order(&Actor::Console, &Command::OpenPaperVote { item: Sample::item() }).unwrap();
    assert!(matches!(&events[..], [Event::QuorumMissed(missed)] if missed.present == 5 && missed.due == 9));
    assert_eq!(sample.state.current_round().unwrap().1.phase, RoundPhase::Voting, "nothing is void by it");
}

/// No key at all: the item is called, deliberated and voted on by paper.
#[test]
fn a_meeting_without_a_key_goes_on_to_paper() {
    let mut sample = Sample::new(Lang::En).with_key();
    sample = sample.further(Point::SigningIn, Point::ScrutineersApproved);
    sample.state.key = None;
    assert_eq!(next_step(&sample.state), Some(Step::MakeKey));
    sample.console(Command::OpenItem { item: Sample::item() });
    assert!(matches!(next_step(&sample.state), Some(Step::Introduce(..))), "{:?}", next_step(&sample.state));
    sample = sample.further(Point::Introducing, Point::Deliberated);
    assert_eq!(next_step(&sample.state), Some(Step::MakeKey), "its ballot still needs one");
    sample.console(Command::OpenPaperVote { item: Sample::item() });
    assert!(matches!(next_step(&sample.state), Some(Step::CountPapers(_))));
}

/// Groups that are counted apart are counted apart on paper, and no result is known before the other.
#[test]
fn an_evaluation_on_paper_counts_groups_apart_and_together() {
    let mut sample = Sample::review(Lang::En).until_review(ReviewPoint::Questioned);
    let item = Sample::review_item();
    sample.console(Command::OpenPaperVote { item: item.clone() });
    let rounds: Vec<_> = sample.state.rounds_on_floor().map(|round| round.issue.clone()).collect();
    assert!(rounds.len() > 1 && rounds.iter().all(|issue| !issue.groups.is_empty()), "{rounds:?}");
    assert!(sample.state.rounds_under_way().all(|round| round.phase == RoundPhase::OnPaper));
    for (place, issue) in rounds.iter().enumerate() {
        let printed = issue.electorate.len() as u32;
        let wide = sample.state.item(&item).unwrap().review().unwrap().scale.len();
        let mut row = vec![0; wide];
        row[0] = printed - 1;
        let lines = issue.lines.len();
        let count = PaperCount {
            issued: printed,
            cancelled: 0,
            returned: printed,
            marks: vec![row; lines],
            spoilt: vec![1; lines],
        };
        for who in ["m5", "m6"] {
            let (ballot, count) = (issue.ballot.clone(), Box::new(count.clone()));
            sample.order(&scrutineer(who), Command::EnterCount { ballot, count });
        }
        let counted = sample.state.rounds_on_floor().filter(|round| round.count.is_some()).count();
        let expected = if place + 1 == rounds.len() { rounds.len() } else { 0 };
        assert_eq!(counted, expected, "no group's result before another's");
    }
    let official = rounds[0].subject.clone().unwrap();
    let verdict = sample.state.verdict_of(&item, &official).unwrap();
    assert_eq!(verdict.rate.unwrap().to_string(), "1/1", "a spoilt line says nothing");
}
