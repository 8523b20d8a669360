//! A contested election, as the minutes tell it: the issue of each round, why there was a further one, who is elected.

use super::names;
use crate::meeting::{FurtherRound, Issue, ItemId, State};
use crate::plan::{Contested, PaperForm};
use crate::rules::Among;
use crate::words::{Lang, contest as words};

fn contested<'a>(state: &'a State, item: &ItemId) -> Option<&'a Contested> {
    state.item(item)?.contested()
}

/// Candidates by name; they all stand for the same.
fn candidates<'a>(
    lang: Lang,
    contested: &Contested,
    lines: impl Iterator<Item = &'a crate::meeting::LineId>,
) -> String {
    let name = |line: &crate::meeting::LineId| {
        contested.slate.line(line.as_str()).map_or_else(|| line.to_string(), |line| line.name.clone())
    };
    names(lang, &lines.map(name).collect::<Vec<_>>())
}

/// Papers of a round were issued.
pub(super) fn issue_opened(lang: Lang, state: &State, issue: &Issue) -> Option<String> {
    let (contested, round) = (contested(state, &issue.item)?, issue.contest?);
    let (due, present, number) = (issue.due, issue.electorate.len(), issue.round);
    let who = candidates(lang, contested, issue.lines.iter());
    let deferred = candidates(lang, contested, issue.deferred.iter());
    let (seats, lines) = (round.seats, issue.lines.len());
    let which = words::round_name(lang, round.further);
    Some(match (lang, contested.form) {
        (Lang::Zh, PaperForm::Choose) => format!(
            "第{number}轮发票（{which}）：应到{due}名，实到{present}名，候选人{lines}名：{who}；应选{seats}名，暂缓：{deferred}。"
        ),
        (Lang::Zh, PaperForm::List) => format!(
            "第{number}轮发票（{which}）：应到{due}名，实到{present}名，整单表决{lines}名：{who}；暂缓：{deferred}。"
        ),
        (Lang::En, PaperForm::Choose) => format!(
            "Papers were issued (round {number}, {which}): {due} due, {present} present; candidates: {who}; {} to fill; deferred: {deferred}.",
            words::seats_in_words(lang, seats)
        ),
        (Lang::En, PaperForm::List) => format!(
            "Papers were issued (round {number}, {which}): {due} due, {present} present; a list with exceptions: {who}; deferred: {deferred}."
        ),
    })
}

/// Who stands in a round for how many seats, behind its other figures where it is by paper.
pub(super) fn standing(lang: Lang, state: &State, issue: &Issue) -> Option<String> {
    let (contested, round) = (contested(state, &issue.item)?, issue.contest?);
    let who = candidates(lang, contested, issue.lines.iter());
    let (seats, which) = (round.seats, words::round_name(lang, round.further));
    Some(match (lang, contested.form) {
        (Lang::Zh, PaperForm::Choose) => format!("，{which}，候选人：{who}；应选{seats}名"),
        (Lang::Zh, PaperForm::List) => format!("，{which}，整单表决：{who}"),
        (Lang::En, PaperForm::Choose) => {
            format!(", {which}; candidates: {who}; {} to fill", words::seats_in_words(lang, seats))
        }
        (Lang::En, PaperForm::List) => format!(", {which}; a list with exceptions: {who}"),
    })
}

/// A further round was called.
pub(super) fn further_called(
    lang: Lang,
    state: &State,
    item: &ItemId,
    further: &FurtherRound,
) -> Option<String> {
    let who = candidates(lang, contested(state, item)?, further.lines.iter());
    let seats = further.seats;
    Some(match (lang, further.among) {
        (Lang::Zh, Among::Tied) => {
            format!("宣布本轮结果；{who}得票相等，就票数相等的候选人再次投票，应选{seats}名。")
        }
        (Lang::Zh, _) => format!("宣布本轮结果；还缺{seats}名，就未当选的候选人再次投票：{who}。"),
        (Lang::En, Among::Tied) => format!(
            "The result of the round was declared. {who} being tied, a further round was called among them, for {}.",
            words::seats_in_words(lang, seats)
        ),
        (Lang::En, _) => format!(
            "The result of the round was declared. {} being left, a further round was called among those not elected: {who}.",
            words::seats_in_words(lang, seats)
        ),
    })
}

/// The election was declared: who is elected over all rounds, and what stays open.
pub(super) fn declared(lang: Lang, state: &State, item: &ItemId) -> Option<String> {
    let contested = contested(state, item)?;
    let progress = state.item_state(item)?;
    let elected = progress.elected();
    let (who, many) =
        (candidates(lang, contested, elected.iter().map(|elected| elected.line)), elected.len());
    let open = contested.open_seats(progress);
    Some(match lang {
        Lang::Zh if open == 0 => format!("宣布选举结果：当选{many}名：{who}；没有空缺。"),
        Lang::Zh => format!("宣布选举结果：当选{many}名：{who}；空缺{open}名。"),
        Lang::En if open == 0 => {
            format!("The result of the election was declared. Elected ({many}): {who}. No seat is open.")
        }
        Lang::En => format!(
            "The result of the election was declared. Elected ({many}): {who}. {} open.",
            words::seats_in_words(lang, open)
        ),
    })
}
