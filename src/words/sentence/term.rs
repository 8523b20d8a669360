//! What is said in a deliberation during the term, where it is another thing than in a nomination.

use super::listed;
use crate::meeting::{ItemId, ItemState, QuestionId, State, TermState};
use crate::plan::Deliberation;
use crate::words::{Lang, rule, who};

fn known<'a>(state: &'a State, id: &ItemId) -> Option<(&'a Deliberation, Option<&'a TermState>)> {
    Some((state.item(id)?.term()?, state.item_state(id)?.term()))
}

fn appointee(plan: &Deliberation) -> (String, &str) {
    plan.appointee().map_or((String::new(), ""), |one| (who::spoken(&one.name), one.post.as_str()))
}

pub(super) fn open_item(lang: Lang, title: &str, plan: &Deliberation) -> String {
    let (name, post) = appointee(plan);
    let body = &plan.proposing.name;
    let carried = rule::carried(lang, &plan.paper.carried, None);
    match lang {
        Lang::Zh => format!(
            "现在进行：{title}。先由{body}报告，{name}（{post}）离席之后审议、询问，然后以无记名投票方式表决。{carried}。"
        ),
        Lang::En => format!(
            "The next item is: {title}. {body} reports first; {name}, {post}, withdraws; then it is deliberated, questions are put, and all decide by secret ballot. {carried}."
        ),
    }
}

pub(super) fn introduce(lang: Lang, plan: &Deliberation) -> String {
    let (name, post) = appointee(plan);
    let body = &plan.proposing.name;
    match lang {
        Lang::Zh => format!("请{body}报告{name}（{post}）任期内的情况。"),
        Lang::En => format!("{body}, please report on {name}, {post}, and the term so far."),
    }
}

pub(super) fn begin_recusal(lang: Lang, state: &State, plan: &Deliberation, item: &ItemState) -> String {
    let concerned: Vec<String> =
        state.concerned(item, &plan.paper).map(|seat| who::name(Some(state), &seat)).collect();
    match (lang, concerned.is_empty()) {
        (Lang::Zh, true) => "报告完毕。被审议人不在会场；如有应当回避的同志，请提出。".to_owned(),
        (Lang::Zh, false) => {
            format!("报告完毕。请{}离席。审议期间，会议内容不发送到离席同志的终端。", listed(lang, concerned))
        }
        (Lang::En, true) => {
            "Thank you. The appointee is not in the room; whoever should leave, please say so.".to_owned()
        }
        (Lang::En, false) => format!(
            "Thank you. {}, please leave the room. What is said meanwhile does not reach the terminals of those outside.",
            listed(lang, concerned)
        ),
    }
}

pub(super) fn begin_deliberation(lang: Lang, plan: &Deliberation) -> String {
    let body = &plan.proposing.name;
    match lang {
        Lang::Zh => {
            format!("现在审议。请各位发表意见，也可以向{body}询问。没有答清楚的问题，按规定暂缓表决。")
        }
        Lang::En => format!(
            "Deliberation is open. Please say what you think, and question {body}. A question that is not answered clearly defers the vote by rule."
        ),
    }
}

/// Which question is to be judged.
pub(super) fn judge(lang: Lang, state: &State, id: &ItemId, question: QuestionId) -> String {
    let Some((plan, Some(term))) = known(state, id) else { return String::new() };
    let Some(put) = term.question(question) else { return String::new() };
    let body = &plan.proposing.name;
    let replied = !put.replies.is_empty();
    match (lang, replied) {
        (Lang::Zh, false) => format!("第{question}问，请{body}答复。"),
        (Lang::Zh, true) => format!("第{question}问，{body}已经答复。各位认为答复清楚了吗？"),
        (Lang::En, false) => format!("Question {question}: {body}, please reply."),
        (Lang::En, true) => {
            format!("Question {question}: {body} has replied. Is that a clear answer?")
        }
    }
}

pub(super) fn end(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, Some(term))) = known(state, id) else { return String::new() };
    let outside = state.item_state(id).is_some_and(|item| !item.recused.is_empty());
    let (name, _) = appointee(plan);
    let unclear = term.unclear().count();
    let deferred = match (lang, unclear) {
        (_, 0) => String::new(),
        (Lang::Zh, _) => format!("有{unclear}个问题没有答清楚，按规定，对{name}暂缓表决。"),
        (Lang::En, 1) => {
            format!(" 1 question was not answered clearly: by rule the vote on {name} is deferred.")
        }
        (Lang::En, _) => {
            format!(" {unclear} questions were not answered clearly: by rule the vote on {name} is deferred.")
        }
    };
    match lang {
        Lang::Zh => {
            let back = if outside { "，请离席的同志返回。" } else { "。" };
            format!("审议结束{back}{deferred}")
        }
        Lang::En => {
            let back = if outside { "; those outside, please return." } else { "." };
            format!("Deliberation is closed{back}{deferred}")
        }
    }
}

/// The vote was deferred: there is none.
pub(super) fn deferred(lang: Lang, state: &State, id: &ItemId) -> Option<String> {
    let (plan, term) = known(state, id)?;
    let item = state.item_state(id)?;
    let reason = item.deferred.values().next()?;
    let by_rule = term.is_some_and(|term| term.unclear().next().is_some());
    let (name, _) = appointee(plan);
    Some(match (lang, by_rule) {
        (Lang::Zh, true) => format!("有问题没有答清楚，按规定对{name}暂缓表决：{reason}。本次会议不投票。"),
        (Lang::Zh, false) => format!("对{name}暂缓表决：{reason}。本次会议不投票。"),
        (Lang::En, true) => format!(
            "A question was not answered clearly; by rule the vote on {name} is deferred: {reason}. There is no ballot in this meeting."
        ),
        (Lang::En, false) => {
            format!("The vote on {name} is deferred: {reason}. There is no ballot in this meeting.")
        }
    })
}
