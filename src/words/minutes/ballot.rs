//! What happens in a round of a ballot: papers, lists, boxes.

use super::{contest, names, nominee, review, seats};
use crate::meeting::{BallotId, Event, Issue, Round, State, VoidReason, left_with_paper};
use crate::words::Lang;

/// The sentence for an event of a round, told after it was folded into `state`.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    let round = |ballot| state.round(ballot).map(|(_, round)| round);
    // Where groups are counted apart, each has its own papers and box; voting is one.
    let group = |round: &Round| review::groups(lang, state, &round.issue);
    // One issue is of several officials: their papers come together, and their rounds can be void together.
    let whose = |round: &Round| review::whose(lang, state, &round.issue);
    match event {
        Event::IssueOpened(issue) => Some(match &issue.subject {
            Some(subject) => review::issue_opened(lang, state, issue, subject),
            None => {
                let of_election = contest::issue_opened(lang, state, issue);
                of_election.unwrap_or_else(|| issue_opened(lang, state, issue))
            }
        }),
        Event::PaperDeclined { ballot, seat } => {
            let who = state.name(seat);
            let paper = match round(ballot)?.issue.subject {
                Some(_) => "评议票",
                None => "表决票",
            };
            t(format!("{who}表示不领{paper}。"), format!("{who} declined a paper."))
        }
        Event::IssueClosed { ballot } => {
            let round = round(ballot)?;
            let (issued, group) = (round.issued(), whose(round));
            t(
                format!("发票结束{group}，发出{issued}张。"),
                format!("The issue closed{group}: {issued} papers issued."),
            )
        }
        Event::ListFixed { ballot, setup } => {
            let (listed, group) = (setup.admitted.len(), whose(round(ballot)?));
            t(
                format!("票据名单固定{group}，共{listed}张。"),
                format!("The list of papers was fixed{group}: {listed}."),
            )
        }
        Event::VotingOpened { ballot } if is_first(state, ballot) => {
            let (item, _) = state.round(ballot)?;
            let left = left_with_paper(state, item);
            let who = seats(lang, state, left.iter());
            if left.is_empty() {
                return t("开始投票。".into(), "Voting began.".into());
            }
            t(
                format!("开始投票。领票后离会的：{who}。"),
                format!("Voting began. Left after taking a paper: {who}."),
            )
        }
        Event::VotingClosed { ballot } if is_first(state, ballot) => {
            t("投票结束。".into(), "Voting ended.".into())
        }
        Event::BoxFixed { ballot, ballots, .. } => {
            let round = round(ballot)?;
            let (returned, issued, group) = (ballots.len(), round.issued(), group(round));
            t(
                format!("票箱封存{group}：发出{issued}张，收回{returned}张。"),
                format!("The box was fixed{group}: {returned} of {issued} papers returned."),
            )
        }
        Event::BoxOpened { ballot } => {
            let round = round(ballot)?;
            let (confirmed, issued, group) = (round.box_confirmed.len(), round.issued(), group(round));
            let missing = seats(lang, state, round.box_unconfirmed());
            t(
                format!("开箱计票{group}：{issued}台终端中{confirmed}台已核对票箱，未核对：{missing}。"),
                format!(
                    "The box was opened{group}: {confirmed} of {issued} terminals had confirmed it; not confirmed: {missing}."
                ),
            )
        }
        Event::RoundVoided { ballot, reason, unconfirmed } => {
            let group = whose(round(ballot)?);
            Some(voided(lang, reason, &group, &seats(lang, state, unconfirmed.iter())))
        }
        _ => None,
    }
}

/// Whether a ballot is the first of those that are under way together.
pub fn is_first(state: &State, ballot: &BallotId) -> bool {
    let first = state.round(ballot).and_then(|(item, _)| item.rounds_together().next());
    first.is_none_or(|first| first.issue.ballot == *ballot)
}

fn issue_opened(lang: Lang, state: &State, issue: &Issue) -> String {
    let present = issue.electorate.len();
    let lines = issue.lines.len();
    let deferred: Vec<String> =
        issue.deferred.iter().map(|line| nominee(state, &issue.item, line.as_str())).collect();
    let deferred = names(lang, &deferred);
    let (due, round) = (issue.due, issue.round);
    match lang {
        Lang::Zh => {
            format!("第{round}轮发票：应到{due}名，实到{present}名，表决{lines}名人选，暂缓：{deferred}。")
        }
        Lang::En => {
            let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            format!(
                "Papers were issued (round {round}): {due} due, {present} present, {lines} to vote on, deferred: {deferred}."
            )
        }
    }
}

fn voided(lang: Lang, reason: &VoidReason, group: &str, unconfirmed: &str) -> String {
    match (lang, reason) {
        (Lang::Zh, VoidReason::Decided { reason }) => {
            format!("本轮作废{group}，不开箱：{reason}（终端未核对名单：{unconfirmed}）")
        }
        (Lang::En, VoidReason::Decided { reason }) => {
            format!(
                "The round was declared void{group} and is never opened: {reason} (list not confirmed: {unconfirmed})"
            )
        }
        (Lang::Zh, VoidReason::TooMany { issued, returned }) => {
            format!("本轮作废{group}，不开箱：收回{returned}张，多于发出的{issued}张。")
        }
        (Lang::En, VoidReason::TooMany { issued, returned }) => {
            format!(
                "The round is void{group} and is never opened: {returned} ballots came back, more than the {issued} papers issued."
            )
        }
        (Lang::Zh, other) => format!("本轮作废{group}：{}。", crate::words::floor::void(lang, other)),
        (Lang::En, other) => format!("The round is void{group}: {}.", crate::words::floor::void(lang, other)),
    }
}
