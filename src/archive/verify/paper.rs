//! A round on paper. No proof stands behind its figures, and the report says so; what can be checked is that they add up,
//! that two scrutineers entered the same, that the outcome follows by the plan's rule, and that what was printed is what
//! the record asks for.

use super::bel::compare_elected;
use super::fault::FaultKind;
use super::files::Folder;
use super::report::{BallotName, EnteredBy, Report, Status, What};
use crate::archive::papers;
use crate::ballot::Question;
use crate::journal::FILE_NAME;
use crate::meeting::paper_vote::COUNTS_NEEDED;
use crate::meeting::{PaperCount, PaperVote, Round, RoundPhase, State, contest_by_paper, paper_questions};
use crate::rules::LineCount;

/// Checks a round on paper.
pub(super) fn check(
    folder: &Folder<'_>,
    state: &State,
    round: &Round,
    vote: &PaperVote,
    report: &mut Report,
) {
    let before = report.faults.len();
    for (path, expected) in papers::files(state, &round.issue) {
        // A session that is not over may not have been printed yet.
        if !folder.has(&path) && state.ended_at.is_none() {
            continue;
        }
        if folder.bytes(&path, report).is_some_and(|bytes| bytes != expected) {
            report.fault(&path, FaultKind::PaperDiffers);
        }
    }
    let counted = round.count.as_ref().filter(|_| round.phase == RoundPhase::Counted);
    if let Some(count) = counted.and_then(|count| count.by_paper()) {
        check_entries(round, vote, count, report);
        check_figures(round, &paper_questions(state, &round.issue), count, report);
    }
    let entered = vote
        .entered
        .iter()
        .map(|(seat, entered)| EnteredBy { by: state.name(seat).to_owned(), at_console: entered.at_console });
    let agreed = vote.agreed();
    report.check(
        before,
        What::ByPaper {
            ballot: BallotName::of(state, round),
            printed: round.present(),
            issued: agreed.map(|count| count.issued),
            cancelled: agreed.map(|count| count.cancelled),
            returned: agreed.map(|count| count.returned),
            entered: entered.collect(),
            differed: vote.differed.len(),
            status: match round.phase {
                RoundPhase::Counted => Status::Counted,
                RoundPhase::Void => Status::Void,
                _ => Status::NotOpened,
            },
        },
    );
    check_outcomes(state, round, report);
}

/// Two scrutineers entered it, and both the same.
fn check_entries(round: &Round, vote: &PaperVote, count: &PaperCount, report: &mut Report) {
    let same = vote.entered.values().filter(|entered| entered.count == *count).count();
    if vote.entered.len() != COUNTS_NEEDED || same != COUNTS_NEEDED {
        let ballot = round.issue.ballot.to_string();
        report.fault(FILE_NAME, FaultKind::PaperCounts { ballot, found: same, needed: COUNTS_NEEDED });
    }
}

/// Printed = issued + cancelled, issued ≤ present, returned ≤ issued, and for each question that the paper asks, the marks are
/// those that the papers which are not spoilt there can have.
fn check_figures(round: &Round, asked: &[Question], count: &PaperCount, report: &mut Report) {
    let PaperCount { issued, cancelled, returned, marks, spoilt } = count;
    let sum = |figures: &[u32]| figures.iter().map(|figure| u64::from(*figure)).sum::<u64>();
    let adds_up = |((question, row), spoilt): ((&Question, &Vec<u32>), &u32)| {
        returned.checked_sub(*spoilt).is_some_and(|valid| question.can_add_up(row, valid))
    };
    let holds = [
        ("printed", sum(&[*issued, *cancelled]) == u64::from(round.present())),
        ("issued", *issued <= round.present()),
        ("returned", returned <= issued),
        ("lines", marks.len() == asked.len() && spoilt.len() == asked.len()),
        ("sums", asked.iter().zip(marks).zip(spoilt).all(adds_up)),
    ];
    for (what, _) in holds.into_iter().filter(|(_, holds)| !holds) {
        let (ballot, detail) = (round.issue.ballot.to_string(), what.to_owned());
        report.fault(FILE_NAME, FaultKind::PaperFigures { ballot, detail });
    }
}

/// The outcome of each line of a nomination, or who is elected, reckoned again from the counts.
fn check_outcomes(state: &State, round: &Round, report: &mut Report) {
    let Some(count) = round.count.as_ref().filter(|_| round.phase == RoundPhase::Counted) else { return };
    let Some(planned) = state.item(&round.issue.item) else { return };
    let Some(nomination) = planned.nomination() else { return };
    if let Some(contested) = planned.contested() {
        let counted = count.by_paper().and_then(|count| contest_by_paper(contested, round, count));
        return compare_elected(FILE_NAME, contested, round, counted.as_ref(), report);
    }
    for (place, (id, outcome)) in round.issue.lines.iter().zip(&count.outcomes).enumerate() {
        let before = report.faults.len();
        let name = nomination.line(id.as_str()).map_or(id.as_str(), |line| &line.name).to_owned();
        let reckoned = match count.sums().get(place).map(Vec::as_slice) {
            Some([agree, disagree, abstain]) => {
                let counted = LineCount { agree: *agree, disagree: *disagree, abstain: *abstain };
                let returned = round.returned().unwrap_or(0);
                Some(counted.outcome(&nomination.carried, round.issue.due, round.present(), returned))
            }
            _ => None,
        };
        if reckoned.as_ref() != Some(outcome) {
            report.fault(FILE_NAME, FaultKind::Outcome { name: name.clone() });
        }
        let LineCount { agree, disagree, abstain } = outcome.count;
        let (base, needed, carried) = (outcome.base, outcome.needed, outcome.carried);
        let ballot = round.issue.ballot.to_string();
        report.check(before, What::Outcome { ballot, name, agree, disagree, abstain, base, needed, carried });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::archive::sample::Sample;
    use crate::archive::verify::record;
    use crate::meeting::Counted;
    use crate::words::Lang;

    /// The faults that are found when the state at the end is another one, as rules that were changed would leave it.
    fn faults(change: impl Fn(&mut Round)) -> Vec<FaultKind> {
        faults_of(&Sample::held_on_paper(Lang::En, 8, false), 1, change)
    }

    fn faults_of(sample: &Sample, round: usize, change: impl Fn(&mut Round)) -> Vec<FaultKind> {
        sample.write();
        sample.seal();
        let mut report = Report::new(sample.dir());
        let folder = Folder::read(sample.dir(), &mut report);
        let journal = record::check(&folder, &mut report);
        let state = journal.replay.state().unwrap();
        let mut round = state.items[0].rounds[round].clone();
        change(&mut round);
        let vote = round.by_paper.clone().unwrap();
        check(&folder, state, &round, &vote, &mut report);
        report.faults.into_iter().map(|fault| fault.what).collect()
    }

    fn recount(round: &mut Round, change: impl Fn(&mut PaperCount)) {
        let mut count = (**round.count.as_ref().unwrap()).clone();
        let Counted::ByPaper(papers) = &mut count.counted else { unreachable!() };
        change(papers);
        let papers = papers.clone();
        round.count = Some(Arc::new(count));
        for entered in round.by_paper.as_mut().unwrap().entered.values_mut() {
            entered.count = papers.clone();
        }
    }

    #[test]
    fn each_rule_is_checked_by_itself() {
        assert_eq!(faults(|_| {}), []);
        let figures = |detail: &str| FaultKind::PaperFigures {
            ballot: "posts-r2".to_owned(),
            detail: detail.to_owned(),
        };
        let outcome = |name: &str| FaultKind::Outcome { name: name.to_owned() };
        type Change = fn(&mut PaperCount);
        let table: [(Change, Vec<FaultKind>); 4] = [
            (|count| count.cancelled = 1, vec![figures("printed")]),
            (|count| (count.issued, count.cancelled) = (3, 2), vec![figures("returned")]),
            (|count| count.spoilt = Vec::new(), vec![figures("lines")]),
            (|count| count.marks[0][0] += 1, vec![figures("sums"), outcome("Gail Moor")]),
        ];
        for (change, expected) in table {
            assert_eq!(faults(|round| recount(round, change)), expected);
        }
        let one_alone = faults(|round| {
            round.by_paper.as_mut().unwrap().entered.pop_last();
        });
        let ballot = "posts-r2".to_owned();
        assert_eq!(one_alone, [FaultKind::PaperCounts { ballot, found: 1, needed: 2 }]);
    }

    #[test]
    fn an_election_is_reckoned_again() {
        let sums = || FaultKind::PaperFigures { ballot: "seats-r2".to_owned(), detail: "sums".to_owned() };
        let outcome = |name: &str| FaultKind::Outcome { name: name.to_owned() };
        type Change = fn(&mut PaperCount);
        // Four papers with at most two marks gave 4, 2, 2 and 0 votes; one is spoilt.
        let table: [(Change, Vec<FaultKind>); 5] = [
            (|_| {}, vec![]),
            (|count| count.marks[0][4] = 1, vec![sums(), outcome("Quinn Vale")]),
            (|count| count.marks[0][1] = 5, vec![sums(), outcome("Gail Moor")]),
            (|count| count.spoilt[0] = 6, vec![sums()]),
            (|count| count.marks[0].swap(1, 2), vec![outcome("Gail Moor"), outcome("Lin <b>")]),
        ];
        for (change, expected) in table {
            let sample = Sample::elected_by_paper(Lang::En, 144);
            assert_eq!(faults_of(&sample, 1, |round| recount(round, change)), expected);
        }
    }
}
