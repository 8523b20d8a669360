//! Votes on paper in random meetings: when somebody asks for one, what scrutineers enter, what anybody might send.

use super::common::{hex, pick};
use crate::meeting::paper_sums::{Tallied, tallied};
use crate::meeting::{
    Actor, BallotId, Command, ItemId, PaperCount, Round, SeatId, Sheet, State, Step, by_paper,
    can_go_to_paper, result_hash, seat,
};
use crate::plan::SMALL;

/// Goes to paper, where that can be done now.
pub fn go(state: &State) -> Option<(Actor, Command)> {
    let item = state.current_item().filter(|item| can_go_to_paper(state, item).is_ok())?;
    Some((Actor::Console, Command::OpenPaperVote { item: item.id.clone() }))
}

/// What lies in the box of a round: by its number all is well, too many papers, or few.
fn truth(state: &State, round: &Round) -> PaperCount {
    let printed = round.present();
    let issued = printed - u32::from(printed > 4);
    let returned = match round.issue.round % 4 {
        2 => issued + 1,
        3 => issued.min(3),
        _ => issued - u32::from(issued > SMALL),
    };
    let mut count =
        PaperCount { issued, cancelled: printed - issued, returned, marks: Vec::new(), spoilt: Vec::new() };
    if by_paper::void_by(state, &count).is_none() {
        let tallied = tallied(state.item(&round.issue.item).unwrap(), &round.issue);
        let Tallied::Lines { answers: wide } = tallied else { panic!("these meetings have no election") };
        for line in 0..round.issue.lines.len() {
            let spoilt = u32::from(line == 1 && returned > 1);
            let mut row = vec![0; wide];
            row[line % wide] = returned - spoilt;
            count.marks.push(row);
            count.spoilt.push(spoilt);
        }
    }
    count
}

/// The same, counted wrong: so that it differs, or does not even add up.
fn miscounted(mut count: PaperCount, how: u16) -> PaperCount {
    match (how % 4, count.marks.first_mut()) {
        (0, Some(row)) if count.returned > 0 => {
            let from = row.iter().position(|mark| *mark > 0).unwrap();
            row[from] -= 1;
            row[(from + 1) % 3] += 1;
        }
        (1, Some(row)) => row[0] += 1,
        (2, _) => count.issued += 1,
        _ => count.returned += 1,
    }
    count
}

/// Two scrutineers count, at their terminals or through the console; some miscount.
pub fn lead(state: &State, step: &Step, (a, b): (u16, u16)) -> Option<(Actor, Command)> {
    let scrutineers: Vec<SeatId> = state.scrutineers().map(seat).collect();
    match step {
        Step::CountPapers(ballot) => {
            if let Some(away) = scrutineers.iter().find(|one| !state.is_present(one)).filter(|_| b % 3 == 0) {
                return Some((Actor::Console, Command::SignIn { seat: away.clone() }));
            }
            if a % 40 == 7 {
                let reason = "the papers fell on the floor".to_owned();
                return Some((Actor::Console, Command::NewRound { ballot: ballot.clone(), reason }));
            }
            let open = |round: &&Round| round.by_paper.as_ref().is_some_and(|vote| vote.agreed().is_none());
            let round = state.rounds_on_floor().find(open)?;
            let entered = &round.by_paper.as_ref()?.entered;
            // Nobody speaks for who has spoken.
            let spoken = entered.keys().next().filter(|_| a % 6 == 3);
            let who = spoken.or_else(|| scrutineers.iter().find(|one| !entered.contains_key(*one)))?;
            let count = truth(state, round);
            let count = Box::new(if a.is_multiple_of(5) { miscounted(count, b) } else { count });
            let ballot = round.issue.ballot.clone();
            Some(if b.is_multiple_of(4) {
                (Actor::Console, Command::EnterCountFor { ballot, scrutineer: who.clone(), count })
            } else {
                (Actor::Seat(who.clone()), Command::EnterCount { ballot, count })
            })
        }
        Step::SignResult(ballot) if b.is_multiple_of(3) => {
            let rounds = || state.rounds_on_floor();
            rounds().find(|round| round.by_paper.is_some())?;
            let unsigned = |one: &&SeatId| rounds().any(|round| !round.sheet.contains_key(*one));
            // Nobody answers for who has answered.
            let answered = |one: &&SeatId| {
                let own =
                    |sheet: Option<&Sheet>| matches!(sheet, Some(Sheet::Signed | Sheet::Refused { .. }));
                rounds().any(|round| own(round.sheet.get(*one)))
            };
            let answered = scrutineers.iter().find(answered).filter(|_| a % 6 == 3);
            let scrutineer = answered.or_else(|| scrutineers.iter().find(unsigned))?.clone();
            let refused = a.is_multiple_of(4).then(|| "the sum is not mine".to_owned());
            let result = if a % 9 == 1 { hex(4) } else { result_hash(rounds()) };
            Some((
                Actor::Console,
                Command::RecordSheet { ballot: ballot.clone(), scrutineer, result, refused },
            ))
        }
        _ => None,
    }
}

/// Anything of this kind, by anyone.
pub fn wild(state: &State, item: ItemId, ballot: BallotId, (a, b): (u16, u16)) -> Command {
    let round = state.round(&ballot).map(|(_, round)| round);
    let count = round.filter(|round| round.present() > 0).map(|round| truth(state, round));
    let empty = PaperCount { issued: 1, cancelled: 0, returned: 1, marks: Vec::new(), spoilt: Vec::new() };
    let count = count.unwrap_or(empty);
    let count = Box::new(if b.is_multiple_of(2) { miscounted(count, b / 2) } else { count });
    let scrutineer = SeatId::from(pick(&["m5", "m6", "m7", "m1", "nobody"], b));
    match a % 4 {
        0 => Command::OpenPaperVote { item },
        1 => Command::EnterCount { ballot, count },
        2 => Command::EnterCountFor { ballot, scrutineer, count },
        _ => Command::RecordSheet {
            ballot,
            scrutineer,
            result: result_hash(state.rounds_on_floor()),
            refused: b.is_multiple_of(3).then(|| pick(&["no", ""], b / 3).to_owned()),
        },
    }
}

/// Whether a command of this kind without consequences had been carried out before.
pub fn was_done(state: &State, actor: &Actor, command: &Command) -> bool {
    let round = command.ballot().and_then(|ballot| state.round(ballot)).map(|(_, round)| round);
    let same = |who: &SeatId, count: &PaperCount, at_console: bool| {
        let vote = round.and_then(|round| round.by_paper.as_ref());
        let entered = vote.and_then(|vote| vote.entered.get(who));
        entered.is_some_and(|entered| entered.count == *count && entered.at_console == at_console)
    };
    match (command, actor.seat()) {
        (Command::EnterCount { count, .. }, Some(own)) => same(own, count, false),
        (Command::EnterCountFor { scrutineer, count, .. }, _) => same(scrutineer, count, true),
        (Command::RecordSheet { scrutineer, refused, .. }, _) => round.is_some_and(|round| {
            round.sheet.get(scrutineer) == Some(&Sheet::ByHand { refused: refused.clone() })
        }),
        _ => false,
    }
}
