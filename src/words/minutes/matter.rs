//! What happened on a major matter, in a vote by name, and in an open vote: one sentence for each event.

use super::{names, seats};
use crate::meeting::{Event, SeatId, Signed, State, Taken, named_choices};
use crate::plan::Item;
use crate::words::matter::{self, Open};
use crate::words::{Lang, common};

texts! {
    /// The fixed words of their tables.
    pub enum OpenLabel {
        Matter: "事项", "Matter";
        TakenDown: "由记录员录入", "taken down as it was spoken";
        Views: "表态情况（按表态先后，主要负责人末位）", "Views, in the order they were given, the head last";
        Order: "次序", "No.";
        Name: "姓名", "Name";
        Votes: "记名表决（按表决先后）", "Votes by name, in the order they were given";
        Vote: "表决", "Vote";
        Remark: "备注", "Remark";
        Head: "末位表态", "speaks last";
        VotesLast: "最后表决", "votes last";
    }
}

/// A step before the meeting, as the minutes label it.
pub fn before(lang: Lang, step: Open) -> String {
    let step = step.text(lang);
    lang.pick(format!("会前{step}"), format!("Before the meeting, {step}"))
}

/// That a vote was entered for somebody, and why.
pub fn entered(lang: Lang, reason: &str) -> String {
    lang.pick(format!("主持台代录：{reason}"), format!("entered at the console: {reason}"))
}

/// The sentence for an event; nothing where a table tells it.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    match event {
        Event::NoticeRecorded { seats: who, on, .. } => {
            let (who, on) = (seats(lang, state, who.iter()), common::date(lang, *on));
            t(format!("补记：已于{on}通知{who}。"), format!("Entered: {who} had been notified on {on}."))
        }
        Event::StatementsBegan { item } => {
            let by = &state.item(item)?.matter()?.introduced_by;
            let by = state.name(&by.as_str().into()).to_owned();
            t(
                format!("{by}介绍了方案。开始逐一表态。"),
                format!("{by} introduced the draft. Members were asked for their views in turn."),
            )
        }
        Event::SpeakersDrawn { order, .. } => {
            let who = seats(lang, state, order.iter());
            t(
                format!("抽签确定表态顺序：{who}；主要负责人末位。"),
                format!("The order of the speakers was drawn by lot: {who}; the head after them."),
            )
        }
        Event::SummedUp { item, text } => {
            let head = &state.item(item)?.matter()?.head;
            let head = state.name(&head.as_str().into()).to_owned();
            t(format!("{head}归纳：{text}"), format!("{head} summed up: {text}"))
        }
        Event::PutToVote { .. } => t("提请无记名投票表决。".into(), "It was put to a secret ballot.".into()),
        Event::MatterDeferred { reason, .. } => {
            t(format!("本项暂缓：{reason}"), format!("The item was deferred: {reason}"))
        }
        Event::NamedVoteOpened { due, electorate, .. } => {
            let present = electorate.len();
            t(
                format!("提请记名表决：应到{due}名，实到{present}名。"),
                format!("It was put to a vote by name: {due} due, {present} present."),
            )
        }
        Event::NamedVoteClosed { item, outcome } => {
            let choices = state.item(item).map(named_choices).unwrap_or_default();
            let figures = matter::figures(lang, choices, &outcome.count);
            let word = matter::arithmetic(lang, outcome);
            t(
                format!("记名表决结束：{figures}；{word}。"),
                format!("The vote by name was closed: {figures}; {word}."),
            )
        }
        Event::MatterSigned { item, record } => {
            let head = SeatId::from(state.item(item)?.matter()?.head.as_str());
            Some(matter::signed(lang, state.name(&head), &Signed::ByKey { record: record.clone() }))
        }
        Event::LeftUnsigned { item, reason } => {
            let head = SeatId::from(state.item(item)?.matter()?.head.as_str());
            Some(matter::signed(lang, state.name(&head), &Signed::Not { reason: reason.clone() }))
        }
        Event::HandsCounted { item, due, present, outcome } => {
            let taken = Taken::Hands { due: *due, present: *present, outcome: *outcome };
            Some(by_question(lang, state.item(item)?, &taken))
        }
        Event::TakenWithoutObjection { item, due, present } => {
            let taken = Taken::WithoutObjection { due: *due, present: *present };
            Some(by_question(lang, state.item(item)?, &taken))
        }
        Event::ObjectedToVote { seat, .. } => {
            let who = names(lang, &[state.name(seat).to_owned()]);
            t(format!("{who}提出异议，改为举手表决。"), format!("{who} objected: hands were to be counted."))
        }
        _ => None,
    }
}

fn by_question(lang: Lang, item: &Item, taken: &Taken) -> String {
    let question = item.open_vote().map_or("", |vote| &vote.question);
    let taken = matter::taken(lang, named_choices(item), taken);
    lang.pick(format!("表决：{question}。{taken}。"), format!("Question: {question}. {taken}."))
}
