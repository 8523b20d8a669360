//! What is wrong with a deliberation during the term, and how to mend it.

use super::Lang;
use crate::plan::TermMistake as M;

/// What is wrong.
pub(super) fn what(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::ProposerConcerned { person } => t(
            format!("“{person}”要离席回避，不能同时代表提请单位作答"),
            format!(
                "`{person}` is outside while it is deliberated, and cannot answer for the proposing body"
            ),
        ),
        M::PresidingConcerned { person } => t(
            format!("主持人“{person}”要离席回避，不能主持审议"),
            format!("`{person}` presides, and would have to be outside"),
        ),
    }
}

/// How to mend it.
pub(super) fn mend(lang: Lang, kind: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::ProposerConcerned { .. } => {
            t("改由其他人作答".into(), "let somebody else answer for the proposing body".into())
        }
        M::PresidingConcerned { .. } => {
            t("改由其他人主持会议".into(), "let somebody else preside over this meeting".into())
        }
    }
}
