//! What the whole log says of votes on paper.

use std::collections::{BTreeMap, BTreeSet};

use super::Watch;
use crate::meeting::{
    Actor, BallotId, Event, Issue, PaperCount, Round, RoundPhase, SeatId, State, VoidReason, seat,
};
use crate::plan::{Duty, SmallPlan};

impl Watch {
    /// Before an event of a vote on paper is folded.
    pub(super) fn on_paper(&mut self, state: &State, actor: &Actor, event: &Event) {
        match event {
            Event::PaperVoteOpened(issue) => self.opened_on_paper(state, actor, issue),
            Event::CountEntered { ballot, seat, at_console, count } => {
                let person = state.plan().person(seat.as_str()).unwrap();
                assert!(person.duties.contains(&Duty::Scrutineer) && state.is_present(seat));
                let by = if *at_console { Actor::Console } else { Actor::Seat(seat.clone()) };
                assert_eq!(*actor, by, "a count under another key than it says");
                let round = state.round(ballot).unwrap().1;
                assert_eq!(count.issued + count.cancelled, round.present(), "printed = issued + cancelled");
                assert!(count.issued >= 1);
                let lines = count.marks.iter().zip(&count.spoilt);
                for (row, spoilt) in lines {
                    assert_eq!(row.iter().sum::<u32>() + spoilt, count.returned, "a line adds up");
                }
                self.see(if *at_console { "count entered at the console" } else { "count entered" });
            }
            Event::CountsDiffer { ballot, figures } => {
                let entered: Vec<&PaperCount> = self.entered(ballot).into_values().collect();
                assert!(entered.len() == 2 && entered[0] != entered[1] && !figures.is_empty());
                self.see("counts differed");
            }
            Event::CountedByPaper { ballot, count, .. } => {
                let round = state.round(ballot).unwrap().1;
                let entered: Vec<&PaperCount> = self.entered(ballot).into_values().collect();
                assert_eq!(entered, vec![&**count; 2], "the result is what two scrutineers counted");
                assert!(count.returned <= count.issued && count.issued <= round.present());
                assert_eq!(count.marks.len(), round.issue.lines.len());
                assert!(state.plan().meeting.small == SmallPlan::Open || count.returned >= 5);
                // No group's result before another's.
                for other in state.rounds_on_floor() {
                    assert_eq!(self.entered(&other.issue.ballot).len(), 2, "counted before the other group");
                }
                self.see("counted by paper");
            }
            Event::SheetRecorded { ballot, seat, refused } => {
                assert_eq!(*actor, Actor::Console);
                assert!(!self.answered(ballot).contains(seat), "the own key has answered");
                self.see(if refused.is_some() { "refused by hand" } else { "signed by hand" });
            }
            Event::RoundVoided { ballot, reason, .. } => {
                let round = state.round(ballot).unwrap().1;
                match reason {
                    VoidReason::ByPaper => {
                        assert_ne!(round.phase, RoundPhase::Counted);
                        self.see("void by paper");
                    }
                    VoidReason::TooMany { .. } if round.by_paper.is_some() => self.see("paper: too many"),
                    VoidReason::TooFew { .. } if round.by_paper.is_some() => self.see("paper: too few"),
                    _ => {}
                }
            }
            Event::BoxOpened { ballot } | Event::Counted { ballot, .. } => {
                let voided =
                    |event: &Event| matches!(event, Event::RoundVoided { ballot: of, .. } if of == ballot);
                assert!(!self.log.iter().any(|line| voided(&line.event)), "a void box was opened");
                assert!(state.round(ballot).unwrap().1.by_paper.is_none());
            }
            _ => {}
        }
    }

    fn opened_on_paper(&mut self, state: &State, actor: &Actor, issue: &Issue) {
        assert_eq!(*actor, Actor::Console);
        let planned = state.item(&issue.item).unwrap();
        let aside = |who: &SeatId| {
            let review = state.item_state(&issue.item).unwrap().review();
            let official = issue.subject.as_ref().and_then(|id| review?.officials.get(id));
            official.is_some_and(|official| official.recused.contains(who))
        };
        let entitled: BTreeSet<SeatId> =
            state.plan().electors(planned).map(seat).filter(|who| !aside(who)).collect();
        let here = entitled.iter().filter(|who| state.is_present(who)).count() as u32;
        assert!(planned.quorum().holds(here, entitled.len() as u32), "a paper vote opens with a quorum");
        assert!(issue.electorate.iter().all(|who| entitled.contains(who) && state.is_present(who)));
        let counted =
            |round: &&Round| round.phase == RoundPhase::Counted && round.issue.subject == issue.subject;
        assert!(!state.item_state(&issue.item).unwrap().rounds.iter().any(|round| counted(&round)));
        self.see("vote on paper");
    }

    /// The last count of each scrutineer since the last two differed.
    pub(super) fn entered(&self, ballot: &BallotId) -> BTreeMap<&SeatId, &PaperCount> {
        let differ = |event: &Event| matches!(event, Event::CountsDiffer { ballot: of, .. } if of == ballot);
        let entered = self.since(differ).iter().filter_map(|line| match &line.event {
            Event::CountEntered { ballot: of, seat, count, .. } if of == ballot => Some((seat, &**count)),
            _ => None,
        });
        entered.collect()
    }

    /// Whose answer to the result sheet was recorded of a sheet of paper.
    pub(super) fn recorded(&self, ballot: &BallotId) -> BTreeSet<&SeatId> {
        let recorded = self.log.iter().filter_map(|line| match &line.event {
            Event::SheetRecorded { ballot: of, seat, .. } if of == ballot => Some(seat),
            _ => None,
        });
        recorded.collect()
    }
}
