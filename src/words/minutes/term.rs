//! A deliberation during the term in the minutes.

use super::Lang;
use crate::meeting::{Event, Judged, QuestionId, Said, State};
use crate::words::term;

texts! {
    /// The fixed words of a deliberation in the minutes.
    pub enum TermLabel {
        Statements: "审议发言", "Statements";
        Questions: "对提请单位的询问", "Questions to the proposing body";
        Reply: "答复", "Reply";
        Judged: "确认", "Found";
        Withheld: "内容未公开", "withheld from this copy";
    }
}

/// The sentence for an event of a deliberation; what was said stands together where it ends.
pub(super) fn event(lang: Lang, event: &Event) -> Option<String> {
    let Event::ReplyJudged { question, judged, .. } = event else { return None };
    Some(match (lang, judged) {
        (Lang::Zh, Judged::Clearly) => format!("主持人确认：第{question}问答复清楚。"),
        (Lang::Zh, Judged::Unclearly { reason }) => {
            format!("主持人确认：第{question}问没有答清楚：{reason}")
        }
        (Lang::En, Judged::Clearly) => format!("Question {question} was found to be answered clearly."),
        (Lang::En, Judged::Unclearly { reason }) => {
            format!("Question {question} was found not to be answered clearly: {reason}")
        }
    })
}

/// The head of a statement or of a question.
pub fn head(lang: Lang, state: &State, said: &Said, question: Option<QuestionId>, time: &str) -> String {
    let by = term::by(lang, state, said);
    let number = question.map(|id| term::question(lang, id)).unwrap_or_default();
    match (lang, number.is_empty()) {
        (Lang::Zh, true) => format!("{by}（{time}）"),
        (Lang::Zh, false) => format!("{number}（{time}）{by}"),
        (Lang::En, true) => format!("{by} ({time})"),
        (Lang::En, false) => format!("{number} ({time}) {by}"),
    }
}

/// The words, or that this copy withholds them.
pub fn words(lang: Lang, said: &Said) -> String {
    said.text.clone().unwrap_or_else(|| TermLabel::Withheld.text(lang).to_owned())
}
