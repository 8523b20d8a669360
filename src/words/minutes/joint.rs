//! A joint meeting in the minutes.

use super::Lang;
use crate::meeting::{Event, ItemId, Stance, State};
use crate::words::joint;

texts! {
    /// The fixed words of a joint meeting in the minutes.
    pub enum JointLabel {
        Official: "联审对象", "Official";
        Post: "职务", "Post";
        Conclusion: "汇总", "Comes to";
        Opinions: "各部门意见", "Opinions of the departments";
        None: "未提", "silent";
        Reasons: "异议与核查", "Objections and checks";
        Before: "此前", "Before";
        Check: "需核查", "what needs checking";
    }
}

/// The sentence for an event of a joint meeting; what each department said stands in the matrix.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    match event {
        Event::OpinionsClosed { item, official } => {
            let official = official_name(state, item, official.as_str());
            Some(match lang {
                Lang::Zh => format!("截止对{official}的意见。"),
                Lang::En => format!("The opinions on {official} were closed."),
            })
        }
        _ => None,
    }
}

fn official_name(state: &State, item: &ItemId, official: &str) -> String {
    let planned = state.item(item).and_then(|item| item.joint()?.official(official));
    planned.map_or_else(|| official.to_owned(), |official| official.name.clone())
}

/// What an opinion says, with its words, without a stop at the end.
pub fn says(lang: Lang, stance: &Stance) -> String {
    let word = joint::stance(lang, stance);
    match joint::reason(stance) {
        Some(reason) => {
            let reason = reason.trim_end_matches(['。', '.']);
            format!("{word}{}{reason}", lang.pick("：", ": "))
        }
        None => word.to_owned(),
    }
}
