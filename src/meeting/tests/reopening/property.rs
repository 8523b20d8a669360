//! Any order of commands leaves what was declared, and nobody without an answer.

use super::{again, item, seat, settle};
use crate::meeting::reopening_sample::two_items;
use crate::meeting::sample::{HEX, Point, Sample, short};
use crate::meeting::{Actor, Command, LineId, Phase, SettledHow, Stage, State, Step, next_step};
use crate::words::Lang;
use proptest::prelude::*;

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
            sample.count_on_floor(&sums);
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
