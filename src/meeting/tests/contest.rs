//! A contested election: what its papers ask, which sums can be published, who is elected over all rounds, and that no further
//! round is left out or held without need. Then any plan with any votes, by rules written down here a second time.

use proptest::prelude::*;

use crate::meeting::contest_sample::{RULE, contested_plan};
use crate::meeting::sample::{Point, Sample};
use crate::meeting::{
    Actor, Command, CommandKind, Event, LineId, Refusal, RoundPhase, Stage, Step, next_step, paper_questions,
};
use crate::plan::PaperForm;
use crate::rules::{After, Among, ContestRule, Fate, TieRule, TooFew};
use crate::words::Lang;

fn elected(sample: &Sample) -> Vec<String> {
    let item = sample.state.item_state(&Sample::item()).unwrap();
    item.elected().into_iter().map(|elected| elected.line.to_string()).collect()
}

fn declare() -> Command {
    Command::Declare { item: Sample::item() }
}

fn further() -> Command {
    Command::CallFurtherRound { item: Sample::item() }
}

#[test]
fn the_paper_asks_for_at_most_as_many_as_there_are_seats() {
    let sample = Sample::contested(Lang::En).until(Point::Voting);
    let (_, round) = sample.state.current_round().unwrap();
    let questions = paper_questions(&sample.state, &round.issue);
    let [question] = questions.as_slice() else { panic!("{questions:?}") };
    assert_eq!((question.min, question.max, question.blank), (1, 3, true));
    assert_eq!(question.answers.len(), 5);
    assert!(question.answers[0].starts_with("n1: "), "{:?}", question.answers);
    let sample = Sample::list(Lang::En).until(Point::Voting);
    let (_, round) = sample.state.current_round().unwrap();
    let questions = paper_questions(&sample.state, &round.issue);
    assert_eq!(questions.len(), 5);
    for question in &questions {
        assert!(question.is_one_choice());
        assert_eq!(question.answers, ["agree", "disagree"], "nobody sees whether a whole list was agreed to");
    }
}

#[test]
fn sums_that_no_ballots_give_are_refused() {
    let sample = Sample::contested(Lang::En).until(Point::Opening);
    // Seven ballots, at most three marks on each.
    let wrong: [&[u32]; 8] = [
        &[0, 7, 7, 7, 1, 0],
        &[0, 8, 0, 0, 0, 0],
        &[8, 0, 0, 0, 0, 0],
        &[7, 1, 0, 0, 0, 0],
        &[2, 6, 3, 0, 0, 0],
        &[0, 6, 0, 0, 0, 0],
        &[0, 7, 7, 7],
        &[0, 7, 0, 0, 0, 0, 0],
    ];
    for sums in wrong {
        let command = sample.publish(vec![sums.to_vec()]);
        let mut sample = Sample::of(sample.state.plan().clone()).until(Point::Opening);
        assert_eq!(sample.try_order(&Actor::Hub, &command), Err(Refusal::SumsDoNotAddUp), "{sums:?}");
    }
    for sums in [&[0, 7, 7, 7, 0, 0], &[7, 0, 0, 0, 0, 0], &[2, 5, 0, 0, 0, 0], &[0, 7, 0, 0, 0, 0]] {
        let mut sample = Sample::contested(Lang::En).until(Point::Opening);
        sample.count_sums(vec![sums.to_vec()]);
    }
}

#[test]
fn as_many_as_there_are_seats_end_the_election_and_fewer_do_not() {
    let mut sample = Sample::contested(Lang::En).until(Point::Opening);
    sample.elect(0, &[7, 5, 5, 1, 0]);
    assert_eq!(elected(&sample), ["n1", "n3", "n4"], "two that are equal both have a seat");
    assert!(matches!(next_step(&sample.state), Some(Step::SignResult(_))));
    let refused = sample.try_order(&Actor::Console, &declare()).unwrap_err();
    assert!(matches!(refused, Refusal::SheetNotSigned { .. }), "{refused:?}");
    sample.sign_result();
    assert_eq!(sample.try_order(&Actor::Console, &further()), Err(Refusal::NoFurtherRound));
    sample.console(declare());

    let mut sample = Sample::contested(Lang::En).until(Point::Opening);
    sample.elect(1, &[6, 4, 4, 2, 0]);
    let refused = sample.try_order(&Actor::Console, &further()).unwrap_err();
    assert!(matches!(refused, Refusal::SheetNotSigned { .. }), "{refused:?}");
    sample.further_round(Point::Voting);
    let (item, round) = sample.state.current_round().unwrap();
    assert_eq!((item.further[0].among, item.further[0].seats), (Among::Rest, 2));
    assert_eq!(round.issue.lines, ["n3", "n4", "n5", "n6"].map(LineId::from), "all but the one elected");
}

/// A plan by which a quarter elects, so that more can reach it than there are seats.
fn a_quarter(seats: u32) -> Sample {
    let mut plan = contested_plan(Lang::En, PaperForm::Choose, ContestRule { seats, ..RULE });
    let crate::plan::ItemKind::Contested(contested) = &mut plan.items[0].kind else { unreachable!() };
    contested.slate.carried.ratio = "1/4".parse().unwrap();
    Sample::of(plan)
}

#[test]
fn the_rounds_stand_beside_each_other_and_the_elected_stay() {
    let mut sample = a_quarter(2).until(Point::Opening);
    sample.elect(0, &[6, 3, 3, 2, 0]);
    assert_eq!(elected(&sample), ["n1"]);
    sample.sign_result();
    assert!(matches!(next_step(&sample.state), Some(Step::CallFurtherRound(_))));
    assert_eq!(sample.try_order(&Actor::Console, &declare()), Err(Refusal::FurtherRoundDue));
    let again = Command::OpenIssue { item: Sample::item() };
    let not_now = Refusal::NotNow { command: CommandKind::OpenIssue };
    assert_eq!(sample.try_order(&Actor::Console, &again), Err(not_now), "not before it is called");
    sample.further_round(Point::Deliberated);
    assert_eq!(sample.try_order(&Actor::Console, &declare()), Err(Refusal::FurtherRoundDue));
    assert_eq!(sample.try_order(&Actor::Console, &further()), Err(Refusal::NoFurtherRound), "once is enough");
    assert!(matches!(next_step(&sample.state), Some(Step::CountHeads(_))));

    let mut sample = a_quarter(2).until(Point::Opening);
    sample.elect(0, &[6, 3, 3, 2, 0]);
    sample.further_round(Point::Opening);
    let (item, round) = sample.state.current_round().unwrap();
    assert_eq!(round.issue.ballot.as_str(), "appoint-r2");
    assert_eq!(round.issue.lines, [LineId::from("n3"), LineId::from("n4")]);
    let contest = round.issue.contest.unwrap();
    assert_eq!((contest.further, contest.among, contest.seats), (1, Among::Tied, 1));
    assert_eq!(item.further.len(), 1);
    let [question] = &paper_questions(&sample.state, &round.issue)[..] else { panic!() };
    assert_eq!((question.max, question.answers.len()), (1, 2), "one seat is left");
    sample.elect(2, &[1, 4]);
    assert_eq!(elected(&sample), ["n1", "n4"]);
    sample.sign_result();
    sample.console(declare());
    let item = sample.state.item_state(&Sample::item()).unwrap();
    assert_eq!((item.stage, item.rounds.len()), (Stage::Declared, 2));
    assert!(item.rounds.iter().all(|round| round.phase == RoundPhase::Counted), "both stay in the record");
}

#[test]
fn a_further_round_that_is_void_is_voted_on_again_and_none_is_lost() {
    let mut sample = a_quarter(2).until(Point::Opening);
    sample.elect(0, &[6, 3, 3, 2, 0]);
    sample.further_round(Point::Voting);
    let ballot = sample.ballot();
    sample.console(Command::NewRound { ballot, reason: "a terminal broke".to_owned() });
    sample.count_heads();
    sample.console(Command::OpenIssue { item: Sample::item() });
    let (item, round) = sample.state.current_round().unwrap();
    assert_eq!(round.issue.ballot.as_str(), "appoint-r3");
    let contest = round.issue.contest.unwrap();
    assert_eq!(
        (contest.further, contest.seats, round.issue.lines.len()),
        (1, 1, 2),
        "the same further round"
    );
    assert_eq!(item.further.len(), 1);
}

#[test]
fn too_few_leave_seats_open_where_the_plan_says_so() {
    let rule = ContestRule { too_few: TooFew::StayOpen, ..RULE };
    let plan = contested_plan(Lang::En, PaperForm::Choose, rule);
    let mut sample = Sample::of(plan).until(Point::Opening);
    sample.elect(1, &[6, 4, 4, 2, 0]);
    let item = sample.state.item_state(&Sample::item()).unwrap();
    assert_eq!(sample.state.after_round(item), Some(After::Over { open: 2 }));
    sample.sign_result();
    assert_eq!(sample.try_order(&Actor::Console, &further()), Err(Refusal::NoFurtherRound));
    sample.console(declare());
}

#[test]
fn a_list_elects_each_line_that_more_than_half_agree_to() {
    let mut sample = Sample::list(Lang::En).until(Point::Opening);
    let wrong = sample.publish(vec![vec![7, 0], vec![7, 0], vec![7, 0], vec![7, 0], vec![6, 0]]);
    assert_eq!(sample.try_order(&Actor::Hub, &wrong), Err(Refusal::SumsDoNotAddUp));
    sample.count_sums(vec![vec![7, 0], vec![5, 2], vec![4, 3], vec![6, 1], vec![5, 2]]);
    assert_eq!(elected(&sample), ["n1", "n5", "n3", "n6"]);
    sample.sign_result();
    let item = sample.state.item_state(&Sample::item()).unwrap();
    let due = sample.state.further_round_due(item).unwrap();
    let rest = (Among::Rest, vec![LineId::from("n4")], 1);
    assert_eq!((due.among, due.lines, due.seats), rest, "the line that is deferred leaves no seat open");
}

#[test]
fn a_nomination_knows_no_further_round() {
    let mut sample = Sample::new(Lang::En).until(Point::Counted);
    sample.sign_result();
    assert_eq!(sample.try_order(&Actor::Console, &further()), Err(Refusal::NoFurtherRound));
    let mut sample = Sample::contested(Lang::En).until(Point::Deliberated);
    let not_now = Refusal::NotNow { command: CommandKind::CallFurtherRound };
    assert_eq!(sample.try_order(&Actor::Console, &further()), Err(not_now));
    let no_right = Refusal::NoRight { command: CommandKind::CallFurtherRound };
    assert_eq!(sample.try_order(&Actor::from("m5"), &further()), Err(no_right));
}

/// Votes that seven ballots can give: each ballot's marks from a number.
fn votes(ballots: &[u32; 7], candidates: usize, most: usize) -> (u32, Vec<u32>) {
    let mut sums = vec![0; candidates];
    let mut blank = 0;
    for ballot in ballots {
        let marked: Vec<usize> =
            (0..candidates).filter(|place| ballot >> place & 1 == 1).take(most).collect();
        blank += u32::from(marked.is_empty());
        marked.into_iter().for_each(|place| sums[place] += 1);
    }
    (blank, sums)
}

/// Who is elected, written down a second time: one after the other takes a seat, from the top.
fn by_hand(votes: &[u32], seats: u32, needed: u32) -> (Vec<usize>, Vec<usize>) {
    let (mut elected, mut left) = (Vec::new(), seats as usize);
    let mut numbers: Vec<u32> = votes.iter().copied().filter(|votes| *votes >= needed).collect();
    numbers.sort_unstable();
    numbers.dedup();
    while let Some(most) = numbers.pop() {
        let with: Vec<usize> = (0..votes.len()).filter(|place| votes[*place] == most).collect();
        if left == 0 {
            break;
        }
        if with.len() > left {
            return (elected, with);
        }
        left -= with.len();
        elected.extend(with);
    }
    (elected, Vec::new())
}

#[derive(Debug, Clone, Copy)]
struct Chosen {
    rule: ContestRule,
    /// So many eighths of those due must be exceeded.
    eighths: u32,
}

fn any_rule() -> impl Strategy<Value = Chosen> {
    let flags = (proptest::bool::ANY, proptest::bool::ANY);
    (1u32..5, flags, 0u32..4, 0u32..6).prop_map(|(seats, (open, again), further_max, eighths)| Chosen {
        rule: ContestRule {
            seats,
            too_few: if open { TooFew::StayOpen } else { TooFew::FurtherRound },
            tied: if again { TieRule::Majority } else { TieRule::Order },
            further_max,
        },
        eighths,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    /// Whatever is voted: seats are never overfilled, nobody is elected twice, each further round is among exactly those whom
    /// the rule names, and the election is over exactly when the rule says so.
    #[test]
    fn any_votes_end_in_a_lawful_election(
        chosen in any_rule(),
        rounds in proptest::collection::vec(proptest::array::uniform7(0u32..32), 5),
        // Any of the rounds can be on paper, with one more paper that is spoilt.
        on_paper in proptest::collection::vec(proptest::bool::ANY, 5),
    ) {
        let Chosen { rule, eighths } = chosen;
        let mut plan = contested_plan(Lang::En, PaperForm::Choose, rule);
        let crate::plan::ItemKind::Contested(contested) = &mut plan.items[0].kind else { unreachable!() };
        contested.slate.carried.ratio = format!("{eighths}/8").parse().unwrap();
        let majority = contested.slate.carried;
        let mut sample = if on_paper[0] {
            let mut sample = Sample::of(plan).until(Point::Deliberated);
            sample.go_to_paper();
            sample
        } else {
            Sample::of(plan).until(Point::Opening)
        };
        let mut lines: Vec<String> = ["n1", "n3", "n4", "n5", "n6"].map(str::to_owned).to_vec();
        let (mut among, mut left, mut all) = (Among::All, rule.seats, Vec::<String>::new());
        for held in 0u32.. {
            let (blank, sums) = votes(&rounds[held as usize], lines.len(), left.min(lines.len() as u32) as usize);
            if on_paper[held as usize] {
                sample.elect_by_paper(8, (blank, 1), &sums);
            } else {
                sample.elect(blank, &sums);
            }
            let (_, round) = sample.state.current_round().unwrap();
            prop_assert_eq!(&round.issue.lines.iter().map(ToString::to_string).collect::<Vec<_>>(), &lines);
            let needed = if among == Among::Tied && rule.tied == TieRule::Order { 1 } else { majority.least(9).max(1) };
            let (won, tied) = by_hand(&sums, left, needed);
            let outcome = round.contest().unwrap().clone();
            for (place, candidate) in outcome.candidates.iter().enumerate() {
                let expected = match (won.contains(&place), tied.contains(&place)) {
                    (true, _) => Fate::Elected,
                    (_, true) => Fate::Tied,
                    _ => Fate::NotElected,
                };
                prop_assert_eq!((candidate.votes, candidate.fate), (sums[place], expected));
            }
            all.extend(won.iter().map(|place| lines[*place].clone()));
            left -= won.len() as u32;
            let mut found = elected(&sample);
            prop_assert!(found.len() as u32 + left == rule.seats);
            let mut expected = all.clone();
            found.sort();
            expected.sort();
            prop_assert_eq!(&found, &expected);
            expected.dedup();
            prop_assert_eq!(expected.len(), all.len(), "nobody is elected twice");

            let rest: Vec<usize> = (0..lines.len()).filter(|place| !won.contains(place)).collect();
            let next = if left == 0 || held >= rule.further_max {
                None
            } else if !tied.is_empty() {
                Some((Among::Tied, tied.clone()))
            } else if rule.too_few == TooFew::FurtherRound && !rest.is_empty() {
                Some((Among::Rest, rest))
            } else {
                None
            };
            sample.sign_result();
            let Some((next_among, places)) = next else {
                prop_assert_eq!(sample.try_order(&Actor::Console, &further()), Err(Refusal::NoFurtherRound));
                let events = sample.try_order(&Actor::Console, &declare()).unwrap();
                prop_assert_eq!(events, vec![Event::Declared { item: Sample::item() }]);
                break;
            };
            prop_assert_eq!(sample.try_order(&Actor::Console, &declare()), Err(Refusal::FurtherRoundDue));
            among = next_among;
            let next_lines: Vec<String> = places.iter().map(|place| lines[*place].clone()).collect();
            lines = next_lines;
            if on_paper[held as usize + 1] {
                sample.console(further());
                sample.go_to_paper();
            } else {
                sample.further_round(Point::Opening);
            }
            let item = sample.state.item_state(&Sample::item()).unwrap();
            prop_assert!(item.further.len() as u32 == held + 1 && held < rule.further_max);
        }
    }
}
