//! What is wrong with a joint meeting, and how to mend it.

use super::Lang;
use crate::plan::JointMistake as M;

/// What is wrong.
pub(super) fn what(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::NoDepartments => t("没有部门".into(), "a joint meeting with no departments".into()),
        M::NobodySpeaks { department } => {
            t(format!("没有人代表“{department}”发表意见"), format!("nobody speaks for `{department}`"))
        }
        M::SpeaksForTwo { person, other } => t(
            format!("“{person}”已代表“{other}”，不能同时代表两个部门"),
            format!("`{person}` speaks for `{other}` already, and cannot for two"),
        ),
        M::DepartmentTwice { name, .. } => {
            t(format!("部门“{name}”出现两次"), format!("the department `{name}` is there twice"))
        }
        M::NoOfficials => t("没有联审对象".into(), "a joint meeting on no officials".into()),
        M::OfficialTwice { name, post, .. } => {
            t(format!("“{name}”（{post}）出现两次"), format!("`{name}` ({post}) is there twice"))
        }
        M::OnlyConcerned { department, official } => t(
            format!("代表“{department}”的都是“{official}”本人或其亲属，无人可对其发表意见"),
            format!(
                "whoever speaks for `{department}` is `{official}` or a relative: nobody could give its opinion"
            ),
        ),
    }
}

/// How to mend it.
pub(super) fn mend(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::NoDepartments => t(
            "每个部门加一段 [[items.departments]]，写明 id、name、seats".into(),
            "add a block [[items.departments]] for each, with id, name and seats".into(),
        ),
        M::NobodySpeaks { .. } => t(
            "写上代表人的 id，如 seats = [\"li\"]".into(),
            "write the id of whoever speaks for it, such as seats = [\"li\"]".into(),
        ),
        M::SpeaksForTwo { .. } => {
            t("从其中一个部门的 `seats` 中删去".into(), "take it out of the `seats` of one of them".into())
        }
        M::DepartmentTwice { first, .. } | M::OfficialTwice { first, .. } => t(
            format!("第一处在第 {} 行；改动其中一个", first.line),
            format!("the first is on line {}; change one of them", first.line),
        ),
        M::NoOfficials => {
            t("每名对象加一段 [[items.officials]]".into(), "add a block [[items.officials]] for each".into())
        }
        M::OnlyConcerned { .. } => t(
            "在该部门的 `seats` 中再加一人".into(),
            "add somebody else to the `seats` of that department".into(),
        ),
    }
}
