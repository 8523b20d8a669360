//! What is wrong with business that is decided in the open, and how to mend it.

use super::Lang;
use crate::plan::mistake::MatterMistake as M;

/// What is wrong.
pub(super) fn what(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::HeadNotVoter { person } => t(
            format!("主要负责人“{person}”对本项没有表决权"),
            format!("the head `{person}` has no vote on this item"),
        ),
        M::HeadIntroduces { person } => t(
            format!("主要负责人“{person}”介绍方案，就不是末位表态"),
            format!("the head `{person}` would speak first, by introducing the draft"),
        ),
        M::HeadAmongSpeakers { person } => t(
            format!("主要负责人“{person}”列在发言顺序中，就不是末位表态"),
            format!("the head `{person}` stands among those who are asked before"),
        ),
        M::SpeakerNotVoter { person } => t(
            format!("“{person}”对本项没有表决权，不在征求意见之列"),
            format!("`{person}` has no vote on this item and is not asked"),
        ),
        M::NotifiedNotVoter { person } => t(
            format!("“{person}”对本项没有表决权，不在应通知之列"),
            format!("`{person}` has no vote on this item, so that no notification is due"),
        ),
        M::StepTooEarly { step, on, before, before_on } => t(
            format!("`{step}` 在 {on}，早于 `{before}` 的 {before_on}"),
            format!("`{step}` on {on} is before `{before}` on {before_on}"),
        ),
        M::StepNotBefore { step, on, meeting } => t(
            format!("`{step}` 在 {on}，不在会议日 {meeting} 之前"),
            format!("`{step}` on {on} is not before the meeting on {meeting}"),
        ),
        M::DueNotAfter { due_on, meeting } => t(
            format!("期限 {due_on} 不在会议日 {meeting} 之后"),
            format!("due on {due_on}, which is not after the meeting on {meeting}"),
        ),
        M::ScrutineersWithoutCount => {
            t("监票人名单不能以“有无异议”通过".into(), "scrutineers are not approved without a count".into())
        }
    }
}

/// How to mend it.
pub(super) fn mend(lang: Lang, kind: &M) -> String {
    let t = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match kind {
        M::HeadNotVoter { .. } => t(
            "写表决人中某人的 `id`，或把其组别加入 `voters`",
            "write the `id` of one of the voters, or add the group to `voters`",
        ),
        M::HeadIntroduces { .. } => {
            t("由分管负责人介绍：写其 `id`", "let the deputy in charge introduce it: write that `id`")
        }
        M::HeadAmongSpeakers { .. } => t("从 `speakers` 中删去", "take it out of `speakers`"),
        M::SpeakerNotVoter { .. } => t(
            "从 `speakers` 中删去，或把其组别加入 `voters`",
            "take it out of `speakers`, or add the group to `voters`",
        ),
        M::NotifiedNotVoter { .. } => t(
            "从 `members` 中删去；不写 `members` 即为全体表决人",
            "take it out of `members`; without `members` it is all voters",
        ),
        M::StepTooEarly { .. } => t(
            "改正日期：先提出，再研究，再审核，后通知",
            "correct a date: raised, then studied, then reviewed, then notified",
        ),
        M::StepNotBefore { .. } => {
            t("改正日期：会前没有办的，不上会", "correct the date: what was not done before is not tabled")
        }
        M::DueNotAfter { .. } => t("写会议之后的日期", "write a day after the meeting"),
        M::ScrutineersWithoutCount => {
            t("写 `how = \"hands\"` 或 `how = \"by_name\"`", "write `how = \"hands\"` or `how = \"by_name\"`")
        }
    }
}
