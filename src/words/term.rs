//! A deliberation during the term as every screen speaks of it: statements, questions to the proposing body, replies.

use super::common::Common;
use super::{Lang, who};
use crate::meeting::{ItemState, Judged, Put, QuestionId, Said, State};

texts! {
    /// Words of a deliberation during the term.
    pub enum Term {
        Statements: "发言", "Statements";
        Questions: "对提请单位的询问", "Questions to the proposing body";
        NoStatements: "还没有人发言", "Nobody has made a statement yet";
        NoQuestions: "还没有询问", "No question has been put yet";
        Reply: "答复", "Reply";
        NoReply: "还没有答复", "no reply yet";
        Clearly: "答复清楚", "answered clearly";
        Unclearly: "没有答清楚", "not answered clearly";
        Unjudged: "待主持人确认是否答清", "whether it was answered clearly is still to be said";
        Withheld: "（内容不发送到本终端）", "(the words are withheld from this terminal)";
        TakenDown: "记录员记录", "taken down";
        Dark: "审议正在进行，本终端已暂停。", "It is being deliberated; this terminal is dark.";
        DarkWhy: "审议的内容不发送到本终端，您返回之后也不会补发。请离开会场，审议结束时会请您返回。", "What is said meanwhile is not sent to this terminal, not even when you are back. Please leave the room; you will be asked to return.";
        WriteStatement: "发言", "Your statement";
        WriteQuestion: "向提请单位询问", "Your question to the proposing body";
        WriteReply: "答复", "Reply to";
        WriteSpoken: "记录发言", "Take down what was said";
        WriteSpokenQuestion: "记录询问", "Take down a question";
        SaidDone: "已记入会议记录", "It is in the record";
        AskJudge: "是否答清楚", "Was it answered clearly?";
        AskUnclear: "还有什么不清楚（写入暂缓表决的原因，全体可见）", "What remains unclear (the reason of the deferral; everybody reads it)";
        JudgeHow: "没有答清楚的，按规定暂缓表决。", "One that was not answered clearly defers the vote by rule.";
        OtherQuestion: "另一问", "other question";
        DeferredByRule: "有询问没有答清楚，按规定暂缓表决", "A question was not answered clearly: the vote is deferred by rule";
        Judge: "确认答复", "judge replies";
        AskReport: "请提请单位报告", "the proposing body reports";
        Reporting: "正在报告", "being reported on";
        NotReported: "尚未报告", "not reported on yet";
        Appointee: "被审议人", "Appointee";
        IsAppointee: "被审议人", "appointee";
    }
}

/// What the column of names is called: of a deliberation during the term, or of a nomination.
pub fn who_column(lang: Lang, item: &ItemState) -> &'static str {
    if item.term().is_some() { Term::Appointee.text(lang) } else { Common::Nominee.text(lang) }
}

/// Whether a question was answered clearly, with the reason where it was not.
pub fn judged(lang: Lang, put: &Put) -> String {
    let colon = lang.pick("：", ": ");
    match &put.judged {
        None => Term::Unjudged.text(lang).to_owned(),
        Some(Judged::Clearly) => Term::Clearly.text(lang).to_owned(),
        Some(Judged::Unclearly { reason }) => format!("{}{colon}{reason}", Term::Unclearly.text(lang)),
    }
}

/// A question's number.
pub fn question(lang: Lang, id: QuestionId) -> String {
    match lang {
        Lang::Zh => format!("第{id}问"),
        Lang::En => format!("Question {id}"),
    }
}

/// The same, of how many.
pub fn question_of(lang: Lang, id: QuestionId, of: usize) -> String {
    match lang {
        Lang::Zh => format!("第{id}问（共{of}问）"),
        Lang::En => format!("Question {id} of {of}"),
    }
}

/// Who said something; the mark of what was taken down.
pub fn by(lang: Lang, state: &State, said: &Said) -> String {
    let name = said.by.as_ref().map_or_else(String::new, |seat| who::spoken(state.name(seat)));
    if said.taken_down { who::with_remark(lang, &name, Term::TakenDown.text(lang)) } else { name }
}

/// Its words, or that they are withheld.
pub fn words(lang: Lang, said: &Said) -> &str {
    said.text.as_deref().unwrap_or_else(|| Term::Withheld.text(lang))
}

/// How many statements and questions there are, and how the questions stand.
pub fn figures(lang: Lang, statements: usize, questions: usize, open: usize, unclear: usize) -> String {
    match lang {
        Lang::Zh => {
            format!("发言 {statements}   询问 {questions}   待确认 {open}   没有答清楚 {unclear}")
        }
        Lang::En => format!(
            "statements {statements}   questions {questions}   to be judged {open}   not answered clearly {unclear}"
        ),
    }
}
