//! What is wrong with an item that is to be added to the agenda in the meeting, and how to mend it.

use super::Lang;
use crate::plan::AddedMistake as M;

/// What is wrong.
pub(super) fn what(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::NotOne { found } => t(
            format!("文件中有 {found} 个 [[items]]，而一次只决定一项"),
            format!("the file holds {found} [[items]], and one decision is on one"),
        ),
        M::OnAgenda { id } => {
            t(format!("议程中已有编号为“{id}”的一项"), format!("the agenda has, or had, an item `{id}`"))
        }
        M::Full { count_max } => {
            t(format!("议程已满 {count_max} 项"), format!("the agenda is full: it has {count_max} items"))
        }
        M::Exam => t(
            "考试不能在会上增加：题库和抽题种子须在会议开始时封存".into(),
            "an exam cannot be added in the meeting: its bank is sealed when the meeting begins".into(),
        ),
    }
}

/// How to mend it.
pub(super) fn mend(lang: Lang, kind: &M) -> String {
    let t = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match kind {
        M::NotOne { .. } => t("每项写一个文件", "write a file for each"),
        M::OnAgenda { .. } => t("另取一个编号", "give it another id"),
        M::Full { .. } => t("留到下一次会议", "leave it for another meeting"),
        M::Exam => t("另开一场考试", "hold a session of its own for the exam"),
    }
}
