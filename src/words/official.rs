//! What the terminal and the display say of a reporting official: stages, questions, the evaluation paper.

use super::Lang;

texts! {
    /// Fixed texts about reporting officials.
    pub enum Official {
        Dimension: "评议内容", "Aspect";
        Rule: "每项必须选一项；没有预设。", "Every line needs a mark; none is preset.";
    }
}

/// The head of an evaluation paper: about whom, and how many lines.
pub fn paper_title(lang: Lang, name: &str, post: &str, lines: usize) -> String {
    match (lang, lines) {
        (Lang::Zh, _) => format!("评议票：{name}  {post}（{lines} 项）"),
        (Lang::En, 1) => format!("Evaluation: {name}, {post} (1 line)"),
        (Lang::En, _) => format!("Evaluation: {name}, {post} ({lines} lines)"),
    }
}

/// How many lines of an evaluation are not marked.
pub fn unmarked(lang: Lang, left: usize) -> String {
    match (lang, left) {
        (Lang::Zh, 0) => "全部选完，按 Enter 复核。".to_owned(),
        (Lang::Zh, _) => format!("还有 {left} 项未选。"),
        (Lang::En, 0) => "All lines are marked; Enter shows them for review.".to_owned(),
        (Lang::En, 1) => "1 line is not marked yet.".to_owned(),
        (Lang::En, _) => format!("{left} lines are not marked yet."),
    }
}
