//! A contested election on paper: which figures can be true, who is elected by them, and that rounds on paper and electronic ones
//! follow each other.

use proptest::prelude::*;

use crate::meeting::contest_sample::{RULE, contested_plan};
use crate::meeting::paper_sums::mistakes;
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, Command, CommandKind, CountFigure, CountMistake, Event, LineId, PaperCount, Refusal, RoundPhase,
    Stage, Step, VoidReason, next_step, paper_questions, result_hash,
};
use crate::plan::{ItemKind, PaperForm};
use crate::rules::{Among, Base, ContestRule, Fate};
use crate::words::Lang;

/// Five stand for three seats, nine are due, eight are here.
fn on_paper() -> Sample {
    let mut sample = Sample::contested(Lang::En).until(Point::Deliberated);
    sample.go_to_paper();
    sample
}

fn list_on_paper() -> Sample {
    let mut sample = Sample::list(Lang::En).until(Point::Deliberated);
    sample.go_to_paper();
    sample
}

/// All eight papers came back.
fn count(sample: &Sample, blank: u32, spoilt: u32, votes: &[u32]) -> PaperCount {
    sample.papers(8, vec![[&[blank], votes].concat()], vec![spoilt])
}

fn line(id: &str) -> LineId {
    LineId::from(id)
}

fn fates(sample: &Sample) -> Vec<Fate> {
    let round = sample.state.current_round().unwrap().1;
    round.contest().unwrap().candidates.iter().map(|candidate| candidate.fate).collect()
}

#[test]
fn every_figure_that_cannot_be_is_refused_with_its_reason() {
    let mut sample = on_paper();
    let of = |blank, spoilt, votes: &[u32]| count(&sample, blank, spoilt, votes);
    let missing = || CountMistake::CandidatesMissing { candidates: 5 };
    let table: [(PaperCount, CountMistake); 12] = [
        (of(1, 1, &[6, 4, 4, 2]), missing()),
        (of(1, 1, &[6, 4, 4, 2, 0, 0]), missing()),
        (PaperCount { spoilt: vec![1, 0], ..of(1, 1, &[6, 4, 4, 2, 0]) }, missing()),
        (PaperCount { marks: vec![vec![8, 0]; 5], spoilt: vec![0; 5], ..of(0, 0, &[]) }, missing()),
        (
            of(5, 4, &[0, 0, 0, 0, 0]),
            CountMistake::BlankAndSpoiltOverReturned { blank: 5, spoilt: 4, returned: 8 },
        ),
        (
            of(u32::MAX, 1, &[0, 0, 0, 0, 0]),
            CountMistake::BlankAndSpoiltOverReturned { blank: u32::MAX, spoilt: 1, returned: 8 },
        ),
        // Six papers mark somebody: nobody has more votes, and all together 6 to 18.
        (of(1, 1, &[4, 7, 2, 0, 0]), CountMistake::VotesOverMarked { line: line("n3"), votes: 7, marked: 6 }),
        (of(1, 1, &[6, 6, 6, 1, 0]), CountMistake::TooManyVotes { votes: 19, marked: 6, most: 3 }),
        (of(1, 1, &[2, 2, 1, 0, 0]), CountMistake::TooFewVotes { votes: 5, marked: 6 }),
        (of(7, 1, &[1, 0, 0, 0, 0]), CountMistake::VotesOverMarked { line: line("n1"), votes: 1, marked: 0 }),
        (
            of(0, 0, &[u32::MAX; 5]),
            CountMistake::VotesOverMarked { line: line("n1"), votes: u32::MAX, marked: 8 },
        ),
        (
            PaperCount { returned: 4, ..of(0, 0, &[4, 0, 0, 0, 0]) },
            CountMistake::CountedThoughVoid { issued: 8, returned: 4 },
        ),
    ];
    let right = [
        of(1, 1, &[6, 6, 6, 0, 0]),
        of(1, 1, &[6, 0, 0, 0, 0]),
        of(7, 1, &[0; 5]),
        of(0, 0, &[8, 8, 8, 0, 0]),
    ];
    for (wrong, mistake) in table {
        let command = Command::EnterCount { ballot: sample.ballot(), count: Box::new(wrong.clone()) };
        let refused = sample.try_order(&Actor::from("m5"), &command);
        assert_eq!(refused, Err(Refusal::CountWrong { mistake }), "{wrong:?}");
    }
    let round = sample.state.current_round().unwrap().1;
    for right in right {
        assert_eq!(mistakes(&sample.state, round, &right), [], "{right:?}");
    }
}

#[test]
fn a_line_of_a_list_adds_up_with_two_answers_and_its_spoilt() {
    let mut sample = list_on_paper();
    let with = |sample: &Sample, rows: [[u32; 3]; 5]| {
        let marks = rows.iter().map(|[agree, disagree, _]| vec![*agree, *disagree]).collect();
        sample.papers(8, marks, rows.iter().map(|[.., spoilt]| *spoilt).collect())
    };
    let mut three = with(&sample, [[8, 0, 0]; 5]);
    three.marks[1].push(0);
    let short = with(&sample, [[8, 0, 0], [6, 1, 0], [8, 0, 0], [8, 0, 0], [8, 0, 0]]);
    let table = [
        (three, CountMistake::LinesMissing { lines: 5 }),
        (short, CountMistake::LineDoesNotAddUp { line: line("n3"), counted: 7, returned: 8 }),
    ];
    for (wrong, mistake) in table {
        let command = Command::EnterCount { ballot: sample.ballot(), count: Box::new(wrong) };
        let refused = sample.try_order(&Actor::from("m5"), &command);
        assert_eq!(refused, Err(Refusal::CountWrong { mistake }));
    }
    let right = with(&sample, [[8, 0, 0], [5, 2, 1], [4, 4, 0], [4, 0, 4], [6, 2, 0]]);
    sample.count_papers(&right);
    use Fate::{Elected, NotElected};
    assert_eq!(
        fates(&sample),
        [Elected, Elected, NotElected, NotElected, Elected],
        "five of nine are needed"
    );
    let round = sample.state.current_round().unwrap().1;
    let count = round.count.as_ref().unwrap();
    assert_eq!((count.excepted(1), count.spoilt(1), count.excepted(3), count.spoilt(3)), (2, 1, 0, 4));
    assert_eq!(count.spoilt_papers(PaperForm::List), None);
    sample.sign_result();
    let item = sample.state.item_state(&Sample::item()).unwrap();
    let due = sample.state.further_round_due(item).unwrap();
    assert_eq!((due.among, due.lines, due.seats), (Among::Rest, vec![line("n4"), line("n5")], 2));
}

#[test]
fn two_counts_differ_in_figures_that_have_names() {
    let mut sample = on_paper();
    let enter = |sample: &Sample, blank, spoilt, votes: &[u32]| {
        let count = Box::new(count(sample, blank, spoilt, votes));
        Command::EnterCount { ballot: sample.ballot(), count }
    };
    let command = enter(&sample, 1, 1, &[6, 4, 4, 2, 0]);
    sample.order(&Actor::from("m5"), command);
    let command = enter(&sample, 0, 2, &[6, 3, 4, 2, 1]);
    let events = sample.try_order(&Actor::from("m6"), &command).unwrap();
    let votes = |id: &str| CountFigure::Votes { line: line(id) };
    let figures = vec![CountFigure::Blank, CountFigure::SpoiltPapers, votes("n3"), votes("n6")];
    assert_eq!(events[1], Event::CountsDiffer { ballot: sample.ballot(), figures });
    assert!(sample.state.current_round().unwrap().1.contest().is_none());
}

/// The rule of the plan decides. A spoilt paper came back, is valid for nobody, and counts where the base says so.
#[test]
fn a_spoilt_paper_is_returned_and_for_nobody() {
    // (base, needed with 8 returned, of them 2 spoilt and 1 blank)
    let table = [
        (Base::Due, 9, 5),
        (Base::Present, 8, 5),
        (Base::Returned, 8, 5),
        (Base::Valid, 6, 4),
        (Base::AgreeDisagree, 5, 3),
    ];
    for (of, base, needed) in table {
        let mut plan = contested_plan(Lang::En, PaperForm::Choose, RULE);
        let ItemKind::Contested(contested) = &mut plan.items[0].kind else { unreachable!() };
        contested.slate.carried.of = of;
        let mut sample = Sample::of(plan).until(Point::Deliberated);
        sample.go_to_paper();
        sample.elect_by_paper(8, (1, 2), &[5, 4, 3, 0, 0]);
        let round = sample.state.current_round().unwrap().1;
        let outcome = round.contest().unwrap();
        assert_eq!((outcome.base, outcome.needed, outcome.blank), (base, needed, 1), "{of:?}");
        let elected = outcome.candidates.iter().filter(|one| one.votes >= needed).count();
        assert_eq!(outcome.elected() as usize, elected, "{of:?}");
        assert_eq!(round.count.as_ref().unwrap().spoilt_papers(PaperForm::Choose), Some(2));
    }
}

/// A tie on paper, then a further round on terminals that breaks down and goes to paper too.
#[test]
fn rounds_on_paper_and_electronic_ones_follow_each_other() {
    let mut plan = contested_plan(Lang::En, PaperForm::Choose, ContestRule { seats: 2, ..RULE });
    let ItemKind::Contested(contested) = &mut plan.items[0].kind else { unreachable!() };
    contested.slate.carried.ratio = "1/4".parse().unwrap();
    let mut sample = Sample::of(plan).until(Point::Voting);
    sample.go_to_paper();
    assert_eq!(sample.ballot().as_str(), "appoint-r2");
    let first = sample.state.round(&"appoint".into()).unwrap().1.clone();
    assert_eq!(first.void, Some(VoidReason::ByPaper));
    assert_eq!(first.issue.contest, sample.state.current_round().unwrap().1.issue.contest);
    sample.elect_by_paper(8, (0, 1), &[6, 3, 3, 2, 0]);
    use Fate::{Elected, NotElected, Tied};
    assert_eq!(fates(&sample), [Elected, Tied, Tied, NotElected, NotElected]);
    assert!(matches!(next_step(&sample.state), Some(Step::SignResult(_))));
    let paper = Command::OpenPaperVote { item: Sample::item() };
    let not_now = Refusal::NotNow { command: CommandKind::OpenPaperVote };
    assert_eq!(sample.try_order(&Actor::Console, &paper), Err(not_now.clone()), "the round is counted");
    sample.sign_result();
    let declare = Command::Declare { item: Sample::item() };
    assert_eq!(sample.try_order(&Actor::Console, &declare), Err(Refusal::FurtherRoundDue));
    assert_eq!(
        sample.try_order(&Actor::Console, &paper),
        Err(not_now),
        "not before the further round is called"
    );
    sample.further_round(Point::Voting);
    let round = sample.state.current_round().unwrap().1;
    assert_eq!((round.issue.ballot.as_str(), round.phase), ("appoint-r3", RoundPhase::Voting));
    sample.go_to_paper();
    let round = sample.state.current_round().unwrap().1;
    assert_eq!((round.issue.ballot.as_str(), round.phase), ("appoint-r4", RoundPhase::OnPaper));
    assert_eq!(round.issue.lines, [line("n3"), line("n4")]);
    let contest = round.issue.contest.unwrap();
    assert_eq!(
        (contest.further, contest.among, contest.seats),
        (1, Among::Tied, 1),
        "the same further round"
    );
    // One seat is left: one mark a paper.
    let command =
        Command::EnterCount { ballot: sample.ballot(), count: Box::new(count(&sample, 0, 0, &[5, 4])) };
    let mistake = CountMistake::TooManyVotes { votes: 9, marked: 8, most: 1 };
    assert_eq!(sample.try_order(&Actor::from("m5"), &command), Err(Refusal::CountWrong { mistake }));
    sample.elect_by_paper(8, (1, 2), &[1, 4]);
    let item = sample.state.item_state(&Sample::item()).unwrap();
    let elected: Vec<&str> = item.elected().into_iter().map(|elected| elected.line.as_str()).collect();
    assert_eq!(elected, ["n1", "n4"]);
    let result = result_hash(sample.state.rounds_on_floor());
    for (scrutineer, refused) in [("m5", None), ("m6", Some("blotted".to_owned()))] {
        let (ballot, result) = (sample.ballot(), result.clone());
        let scrutineer = scrutineer.into();
        sample.console(Command::RecordSheet { ballot, scrutineer, result, refused });
    }
    sample.console(declare);
    assert_eq!(sample.state.item_state(&Sample::item()).unwrap().stage, Stage::Declared);
}

/// A further round that was called can go to paper at once, before anything electronic.
#[test]
fn a_further_round_goes_to_paper_at_once() {
    let mut sample = Sample::contested(Lang::En).until(Point::Opening);
    sample.elect(1, &[6, 4, 4, 2, 0]);
    sample.further_round(Point::Deliberated);
    sample.go_to_paper();
    let (item, round) = sample.state.current_round().unwrap();
    assert_eq!((round.issue.ballot.as_str(), round.phase), ("appoint-r2", RoundPhase::OnPaper));
    assert!(
        item.rounds[0].void.is_none() && item.rounds[0].phase == RoundPhase::Counted,
        "what is counted stands"
    );
    assert_eq!(round.issue.contest.unwrap().seats, 2);
    sample.elect_by_paper(8, (0, 0), &[7, 6, 2, 1]);
    let item = sample.state.item_state(&Sample::item()).unwrap();
    let elected: Vec<&str> = item.elected().into_iter().map(|elected| elected.line.as_str()).collect();
    assert_eq!(elected, ["n1", "n3", "n4"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Figures are refused exactly where the electronic question knows no ballots with these sums.
    #[test]
    fn what_papers_can_be_is_what_ballots_can_be(
        blank in 0u32..5,
        spoilt in 0u32..5,
        votes in proptest::array::uniform5(0u32..10),
    ) {
        let sample = on_paper();
        let round = sample.state.current_round().unwrap().1;
        let count = count(&sample, blank, spoilt, &votes);
        let [question] = &paper_questions(&sample.state, &round.issue)[..] else { panic!() };
        let can_be = 8u32.checked_sub(spoilt).is_some_and(|valid| question.can_add_up(&count.marks[0], valid));
        prop_assert_eq!(mistakes(&sample.state, round, &count).is_empty(), can_be);
    }
}
