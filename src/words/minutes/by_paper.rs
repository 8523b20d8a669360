//! A vote on paper, as the minutes tell it.

use super::ballot::is_first;
use super::{contest, names, nominee, review};
use crate::meeting::{Event, Issue, PaperCount, Round, State};
use crate::words::Lang;
use crate::words::by_paper as words;
use crate::words::contest::Contest;

/// The sentence for an event, told after it was folded into `state`.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    match event {
        Event::PaperVoteOpened(issue) => Some(opened(lang, state, issue)),
        Event::CountEntered { ballot, seat, count, at_console } => {
            let round = state.round(ballot)?.1;
            let (name, papers) = (state.name(seat), figures(lang, state, round, count));
            let group = review::groups(lang, state, &round.issue);
            if *at_console {
                return t(
                    format!(
                        "主持台代监票人{name}录入纸质票计票{group}：{papers}。本人签名在纸质计票单上，没有其密钥的签名。"
                    ),
                    format!(
                        "The count of the papers was entered{group} at the console for scrutineer {name}: {papers}. The signature is on the paper sheet; no key of theirs stands behind it."
                    ),
                );
            }
            t(
                format!("监票人{name}在自己的终端上录入并签署纸质票计票{group}：{papers}。"),
                format!(
                    "Scrutineer {name} entered and signed the count of the papers{group} at the own terminal: {papers}."
                ),
            )
        }
        Event::CountsDiffer { ballot, figures } => {
            Some(words::differ(lang, state, &state.round(ballot)?.1.issue, figures))
        }
        Event::CountedByPaper { ballot, count, .. } => {
            let round = state.round(ballot)?.1;
            let papers = words::papers(lang, round.present(), count);
            let group = review::groups(lang, state, &round.issue);
            t(
                format!("两份计票一致，计票成立（纸质票）{group}：{papers}。"),
                format!("Both counts were the same, and the result by paper stands{group}: {papers}."),
            )
        }
        Event::SheetRecorded { ballot, seat, refused } if is_first(state, ballot) => {
            let (name, how) = (state.name(seat), words::by_hand(lang, refused.as_deref()));
            t(format!("计票结果：监票人{name}{how}。"), format!("The result sheet: scrutineer {name} {how}."))
        }
        _ => None,
    }
}

fn opened(lang: Lang, state: &State, issue: &Issue) -> String {
    let (present, due, round) = (issue.electorate.len(), issue.due, issue.round);
    let whose = review::whose(lang, state, issue);
    let standing = contest::standing(lang, state, issue).unwrap_or_default();
    let deferred: Vec<String> =
        issue.deferred.iter().map(|line| nominee(state, &issue.item, line.as_str())).collect();
    let deferred = match (deferred.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("，暂缓：{}", names(lang, &deferred)),
        (false, Lang::En) => format!(", deferred: {}", names(lang, &deferred)),
    };
    match lang {
        Lang::Zh => format!(
            "第{round}轮改用纸质票{whose}：应到{due}名，实到{present}名，按实到人数印制{present}张{standing}{deferred}。"
        ),
        Lang::En => format!(
            "The vote was taken on paper (round {round}){whose}: {due} due, {present} present, {present} papers printed{standing}{deferred}."
        ),
    }
}

/// All figures of a count: what was entered stays in the record whether or not it stood.
fn figures(lang: Lang, state: &State, round: &Round, count: &PaperCount) -> String {
    let mut said = vec![words::papers(lang, round.present(), count)];
    if words::most(state, &round.issue).is_some() {
        said.extend(votes(lang, state, round, count));
        return said.join(lang.pick("；", "; "));
    }
    let answers = words::answers(lang, state, &round.issue);
    for ((line, marks), spoilt) in round.issue.lines.iter().zip(&count.marks).zip(&count.spoilt) {
        let mut parts: Vec<String> =
            answers.iter().zip(marks).map(|(word, mark)| format!("{word} {mark}")).collect();
        parts.push(format!("{} {spoilt}", words::ByPaper::Spoilt.text(lang)));
        let name = words::line_name(state, &round.issue, line);
        said.push(format!("{name} {}", parts.join(lang.pick("、", ", "))));
    }
    said.join(lang.pick("；", "; "))
}

/// The figures of a paper on which some of the candidates are marked.
fn votes(lang: Lang, state: &State, round: &Round, count: &PaperCount) -> Option<String> {
    let (blank, votes) = count.marks.first()?.split_first()?;
    let spoilt = count.spoilt.first()?;
    let mut parts = vec![
        format!("{} {blank}", Contest::Blank.text(lang)),
        format!("{} {spoilt}", words::ByPaper::Spoilt.text(lang)),
    ];
    let of = |(line, votes)| format!("{} {votes}", words::line_name(state, &round.issue, line));
    parts.extend(round.issue.lines.iter().zip(votes).map(of));
    Some(parts.join(lang.pick("、", ", ")))
}
