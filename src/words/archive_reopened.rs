//! What `verify` finds of objections to declared results, reconsiderations and what followed.

use super::{Lang, reopening};
use crate::archive::verify::What;
use crate::meeting::SettledHow;
use crate::words::reopening::Reopened;

/// A check that found no fault; nothing for checks of another part.
pub(super) fn check(lang: Lang, what: &What) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match what {
        What::ResultObjection { number, item, by, outcome } => {
            let outcome = match outcome {
                None => Reopened::NotSettled.text(lang),
                Some(SettledHow::Stands) => Reopened::Dismissed.text(lang),
                Some(SettledHow::VoteAgain) => Reopened::Upheld.text(lang),
            };
            t(
                format!("第{number}号异议：{by}对议项 {item} 的结果，{outcome}"),
                format!("objection No {number}: {by}, to the result of item {item}, {outcome}"),
            )
        }
        What::Reconsidered { item, agree, due, needed, consented } => {
            let done = match (consented, lang) {
                (true, Lang::Zh) => "予以复议",
                (true, Lang::En) => "reconsidered",
                (false, Lang::Zh) => "不予复议",
                (false, Lang::En) => "not reconsidered",
            };
            t(
                format!("议项 {item}：提请复议，同意{agree}名，应到{due}名，须{needed}名，{done}"),
                format!("item {item}: reconsideration, {agree} of {due} agree, {needed} needed, {done}"),
            )
        }
        What::SetAside { item, number, ballots, lines, ground } => {
            let why = reopening::ground(lang, *ground);
            let of: Vec<&str> = ballots.iter().map(String::as_str).collect();
            let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
            let lines = match lines.len() {
                0 => String::new(),
                lines => t(format!("，{lines}行"), format!(", {lines} lines")),
            };
            t(
                format!("议项 {item}：第{number}次结果{of}不再有效{lines}，保留在记录中：{why}"),
                format!("item {item}: result {number}{of} set aside{lines} and kept in the record: {why}"),
            )
        }
        What::Barred { item, name, by } => t(
            format!("议项 {item}：{name}同一职务在 {by} 中未通过，没有再表决"),
            format!("item {item}: {name}, not carried for the same post in {by}, was not put to the vote"),
        ),
        _ => String::new(),
    }
}
