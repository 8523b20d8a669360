//! What is said from the issue of papers to the declaration.

use super::{by_paper, contest, declared, deferred, joint, listed, matter, nomination, review, spaced, term};
use crate::meeting::{ItemId, ItemState, Round, Stage, State, left_with_paper};
use crate::words::{Lang, rule, who};

pub(super) fn open_issue(lang: Lang, state: &State, id: &ItemId) -> String {
    if state.item(id).is_some_and(|item| item.review().is_some()) {
        return review::open_issue(lang, state, id);
    }
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let Some(planned) = state.item(id) else { return String::new() };
    let (due, present) = (state.due_for(planned), state.present_for(planned));
    let lines = item.lines_to_vote(planned).count();
    let again = item.round().is_some();
    let deferred = deferred(lang, item, nomination);
    let quorum = if nomination.quorum.holds(present, due) {
        rule::reached(lang, &nomination.quorum, present, due)
    } else {
        let needed = nomination.quorum.least(due);
        match lang {
            Lang::Zh => format!("不足法定人数{needed}名"),
            Lang::En => format!("fewer than the {needed} needed"),
        }
    };
    if let Some(contested) = planned.contested() {
        let lines = item.further.last().map_or(lines, |round| round.lines.len());
        let deferred = if item.further.is_empty() { deferred } else { String::new() };
        let what = contest::issue(lang, contested, item, lines);
        return match lang {
            Lang::Zh => format!(
                "{deferred}{what}现在清点人数：应到{due}名，实到{present}名，{quorum}。现在发票，每席一张。"
            ),
            Lang::En => format!(
                "{}{what}Roll call: {due} due, {present} present, {quorum}. Papers are issued, one a seat.",
                before(&deferred)
            ),
        };
    }
    match lang {
        Lang::Zh => {
            let again = if again { "上一轮作废，没有开箱，现在重新发票。" } else { "" };
            format!(
                "{again}{deferred}现在清点人数：应到{due}名，实到{present}名，{quorum}。表决人选{lines}名。现在发票，每席一张。"
            )
        }
        Lang::En => {
            let again = if again {
                "The last round is void and was not opened; papers are issued again. "
            } else {
                ""
            };
            let deferred = if deferred.is_empty() { deferred } else { format!("{deferred} ") };
            format!(
                "{again}{deferred}Roll call: {due} due, {present} present, {quorum}. {} voted on. Papers are issued, one a seat.",
                if lines == 1 { "1 nominee is".to_owned() } else { format!("{lines} nominees are") }
            )
        }
    }
}

/// The groups on each ballot that holds several, where groups are counted apart.
fn counted_together(lang: Lang, state: &State, item: &ItemState) -> String {
    let name = |group: &String| state.plan().group(group).map_or(group.clone(), |group| group.name.clone());
    let apart = state.item(&item.id).and_then(crate::plan::Item::review).is_some_and(|review| review.apart);
    item.rounds_together()
        .filter(|round| apart && round.issue.groups.len() > 1)
        .map(|round| {
            let groups: Vec<String> = round.issue.groups.iter().map(name).collect();
            crate::words::review::together_because(lang, &groups)
        })
        .collect()
}

/// A figure of all rounds that are under way together.
fn of_all(item: &ItemState, figure: impl Fn(&Round) -> u32) -> u32 {
    item.rounds_together().map(figure).sum()
}

pub(super) fn take_papers(lang: Lang, state: &State, item: &ItemState) -> String {
    let (present, issued) = (of_all(item, Round::present), of_all(item, Round::issued));
    let together = counted_together(lang, state, item);
    let missing = item.rounds_together().flat_map(Round::without_paper);
    let missing: Vec<String> = missing.map(|seat| who::name(Some(state), seat)).collect();
    let left = missing.len();
    if left == 0 {
        return match lang {
            Lang::Zh => format!("{together}发票{issued}张。有无漏领、多领？没有，发票结束。"),
            Lang::En => format!(
                "{}{} issued. Is anyone without one, or with two? No. The issue is closed.",
                before(&together),
                papers(issued)
            ),
        };
    }
    match lang {
        Lang::Zh => {
            format!(
                "{together}正在发票：应发{present}张，已发{issued}张，还有{left}名没有领到。请检查终端是否已连接。"
            )
        }
        Lang::En => format!(
            "{}Papers are being issued: {issued} of {present} so far, {left} to go. Please check that your terminal is connected.",
            before(&together)
        ),
    }
}

pub(super) fn confirm_list(lang: Lang, item: &ItemState) -> String {
    let issued = of_all(item, Round::issued);
    let unconfirmed = of_all(item, |round| u32::try_from(round.unconfirmed().count()).unwrap_or(u32::MAX));
    let confirmed = issued.saturating_sub(unconfirmed);
    match lang {
        Lang::Zh => format!("发票{issued}张。各席终端正在核对名单，已核对{confirmed}张，请稍候。"),
        Lang::En => format!(
            "{} issued. The terminals are confirming the list, {confirmed} so far; one moment please.",
            papers(issued)
        ),
    }
}

pub(super) fn open_voting(lang: Lang, state: &State, item: &ItemState, round: &Round) -> String {
    let said = on_opening(lang, state, item, round);
    // Of papers that waited, it was not said at their issue.
    let together = counted_together(lang, state, item);
    if item.stage == Stage::Reviewing && !together.is_empty() {
        return format!("{}{said}", if lang == Lang::En { before(&together) } else { together });
    }
    said
}

fn on_opening(lang: Lang, state: &State, item: &ItemState, round: &Round) -> String {
    let issued = of_all(item, Round::issued);
    let names = listed(lang, state.scrutineers().map(|person| person.name.clone()).collect());
    let left = left_with_paper(state, item);
    let left_names = listed(lang, left.iter().map(|seat| state.name(seat).to_owned()).collect());
    let left = match lang {
        _ if left.is_empty() => String::new(),
        Lang::Zh => format!("{left_names}领票后离会，其票按未收回计算。"),
        Lang::En => format!(" Not returned unless they come back: the papers of {left_names}, who left."),
    };
    if let Some((plan, name)) = review::subject(state) {
        let marks = review::marks(lang, plan);
        return match lang {
            Lang::Zh => format!(
                "发票{issued}张，全部核对无误。{left}请监票人{names}当众确认票箱是空的。……票箱是空的。评议{name}同志：{marks}。现在请各位评议人同时投票。"
            ),
            Lang::En => format!(
                "{} issued and confirmed.{left} The scrutineers, {names}, please confirm that the box is empty. … It is. {name} is evaluated in {marks}. Please all vote now, together.",
                papers(issued)
            ),
        };
    }
    if let Some(contested) = state.item(&item.id).and_then(crate::plan::Item::contested) {
        let how = contest::how_to_mark(lang, contested, round);
        return match lang {
            Lang::Zh => format!(
                "发票{issued}张，全部核对无误。请监票人{names}当众确认票箱是空的。……票箱是空的。{how}。现在请全体委员同时投票。"
            ),
            Lang::En => format!(
                "{} issued and confirmed. The scrutineers, {names}, please confirm that the box is empty. … It is. {how}. Please all vote now, together.",
                papers(issued)
            ),
        };
    }
    let lines = round.issue.lines.len();
    let deferred = round.issue.deferred.len();
    match lang {
        Lang::Zh => {
            let note = if deferred == 0 {
                String::new()
            } else {
                format!("，另有{deferred}名暂缓、不投票")
            };
            format!(
                "发票{issued}张，全部核对无误。{left}请监票人{names}当众确认票箱是空的。……票箱是空的。表决人选{lines}名{note}，每名人选只能选同意、不同意、弃权之一。现在请全体委员同时投票。"
            )
        }
        Lang::En => {
            let note =
                if deferred == 0 { String::new() } else { format!(", {deferred} deferred and not voted on") };
            format!(
                "{} issued and confirmed.{left} The scrutineers, {names}, please confirm that the box is empty. … It is. {lines} to vote on{note}: for each, exactly one of agree, disagree or abstain. Please all vote now, together.",
                papers(issued)
            )
        }
    }
}

pub(super) fn open_box(lang: Lang, item: &ItemState) -> String {
    let issued = of_all(item, Round::issued);
    let returned = of_all(item, |round| round.returned().unwrap_or(0));
    match (lang, returned == issued) {
        (Lang::Zh, true) => {
            format!("发出{issued}张，收回{returned}张，等于发出票数，表决有效。现在开箱计票。")
        }
        (Lang::Zh, false) => format!(
            "发出{issued}张，收回{returned}张，少于发出票数，有{}张未收回，表决有效。现在开箱计票。",
            issued.saturating_sub(returned)
        ),
        (Lang::En, true) => {
            format!(
                "{issued} issued and {returned} returned, as many as were issued: the ballot is valid. The box is opened."
            )
        }
        (Lang::En, false) => format!(
            "{issued} issued and {returned} returned, {} not returned and none too many: the ballot is valid. The box is opened.",
            issued.saturating_sub(returned)
        ),
    }
}

pub(super) fn declare(lang: Lang, state: &State, id: &ItemId) -> String {
    if state.item(id).is_some_and(|item| item.review().is_some()) {
        return declared::review(lang, state, id);
    }
    if state.item(id).is_some_and(|item| item.joint().is_some()) {
        return joint::declare(lang, state, id);
    }
    if let Some(said) = matter::declare(lang, state, id) {
        return said;
    }
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    if let Some(planned) = state.item(id).filter(|planned| planned.contested().is_some())
        && !item.rounds.is_empty()
    {
        return contest::declare(lang, planned, item);
    }
    let counted = item.round().and_then(|round| round.count.as_ref().map(|count| (round, count)));
    let Some((round, count)) = counted else {
        if let Some(said) = term::deferred(lang, state, id) {
            return said;
        }
        if !item.barred.is_empty() {
            return match lang {
                Lang::Zh => "本项没有可以表决的人选，不投票。".to_owned(),
                Lang::En => "Nobody of this item can be put to the vote; there is no ballot.".to_owned(),
            };
        }
        return match lang {
            Lang::Zh => "本项人选全部暂缓表决，不投票。".to_owned(),
            Lang::En => "Every nominee of this item is deferred; there is no ballot.".to_owned(),
        };
    };
    let (due, present) = (round.issue.due, round.present());
    let (issued, returned) = (round.issued(), round.returned().unwrap_or(0));
    let base = count.outcomes.first().map(|outcome| outcome.base);
    let same = count.outcomes.iter().all(|outcome| Some(outcome.base) == base);
    let rule = rule::carried(lang, &nomination.carried, base.filter(|_| same));
    let mut said = match lang {
        Lang::Zh => {
            format!("现在宣布结果：应到{due}名，实到{present}名，发出{issued}张，收回{returned}张。{rule}。")
        }
        Lang::En => {
            format!("The result: {due} due, {present} present, {issued} issued, {returned} returned. {rule}.")
        }
    };
    let on_paper = by_paper::declared(lang, item);
    said += &lang.pick(on_paper.clone(), spaced(&on_paper));
    for (place, (line, outcome)) in round.issue.lines.iter().zip(&count.outcomes).enumerate() {
        let name = who::spoken(nomination.line(line.as_str()).map_or(line.as_str(), |line| &line.name));
        let (agree, disagree, abstain) = (outcome.count.agree, outcome.count.disagree, outcome.count.abstain);
        let spoilt = by_paper::spoilt(lang, count.spoilt(place));
        said += &match lang {
            Lang::Zh => format!(
                "{name}，同意{agree}、不同意{disagree}、弃权{abstain}{spoilt}，{}。",
                if outcome.carried { "通过" } else { "未通过" }
            ),
            Lang::En => format!(
                " {name}: agree {agree}, disagree {disagree}, abstain {abstain}{spoilt}, {}.",
                if outcome.carried { "carried" } else { "not carried" }
            ),
        };
    }
    let deferred = deferred(lang, item, nomination);
    said + &lang.pick(deferred.clone(), spaced(&deferred))
}

/// A sentence before another one, in English.
fn before(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text} ") }
}

pub(super) fn papers(number: u32) -> String {
    if number == 1 { "1 ballot paper is".to_owned() } else { format!("{number} ballot papers are") }
}
