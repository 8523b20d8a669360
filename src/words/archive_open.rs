//! What `verify` finds of what was decided in the open.

use super::{Lang, matter};
use crate::archive::verify::What;
use crate::plan::{Matter, OpenVote};
use crate::rules::NamedCount;

/// The counts: with what can be said in this vote.
fn figures(lang: Lang, count: &NamedCount) -> String {
    // Nobody abstains on a major matter, and nobody postpones an open vote.
    let choices =
        if count.abstain > 0 || count.postpone == 0 { &OpenVote::CHOICES } else { &Matter::CHOICES };
    matter::figures(lang, choices, count)
}

/// A check that found no fault; nothing for checks of another part.
pub(super) fn check(lang: Lang, what: &What) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match what {
        What::Views { item, heard, passed, head_last, signed } => {
            let head = match (head_last, lang) {
                (true, Lang::Zh) => "，主要负责人末位",
                (true, Lang::En) => ", the head last",
                (false, Lang::Zh) => "，主要负责人没有表态",
                (false, Lang::En) => ", the head was not heard",
            };
            let signed = match (signed, lang) {
                (true, Lang::Zh) => "，已签署",
                (true, Lang::En) => ", signed by the head",
                (false, _) => "",
            };
            t(
                format!("议项 {item}：表态{heard}名，不发表意见{passed}名{head}{signed}"),
                format!("item {item}: {heard} heard, {passed} passed{head}{signed}"),
            )
        }
        What::NamedVote { item, by_key, entered, count, decided } => {
            let figures = figures(lang, count);
            let decided = decided
                .map_or(lang.pick("没有结束", "never closed"), |decided| matter::decided(lang, decided));
            t(
                format!("议项 {item}：记名表决，本人签名{by_key}名，代录{entered}名；{figures}，{decided}"),
                format!(
                    "item {item}: vote by name, {by_key} by own key, {entered} entered; {figures}, {decided}"
                ),
            )
        }
        What::OpenVote { item, present, count, decided } => {
            let how = match (count, lang) {
                (Some(count), _) => figures(lang, count),
                (None, Lang::Zh) => "无人提出异议".to_owned(),
                (None, Lang::En) => "nobody objected".to_owned(),
            };
            let decided = matter::decided(lang, *decided);
            t(
                format!("议项 {item}：公开表决，实到{present}名；{how}，{decided}"),
                format!("item {item}: open vote, {present} present; {how}, {decided}"),
            )
        }
        _ => String::new(),
    }
}
