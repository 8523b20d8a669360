//! What simulated people say, and how a rehearsal ended.

use std::path::Path;

use super::Lang;
use crate::rehearse::Ending;

texts! {
    /// What simulated people say for the record.
    pub enum Said {
        Deliberated: "（演练）审议中对各名人选没有提出不同意见。",
            "(Rehearsal) No objection to a nominee was raised in the deliberation.";
    }
}

/// How a rehearsal ended, and how to check it.
pub fn ended(lang: Lang, ending: Ending, out: &Path) -> String {
    let out = out.display();
    match (ending, lang) {
        (Ending::Held, Lang::Zh) => {
            format!(
                "演练完毕，已封存：{out}\n核验：plenum verify {out}\n记录：plenum minutes {out} --format md"
            )
        }
        (Ending::Held, Lang::En) => format!(
            "The rehearsal was held and is sealed: {out}\nCheck it:  plenum verify {out}\nRead it:   plenum minutes {out} --format md"
        ),
        (Ending::NoQuorum, Lang::Zh) => format!("未达到法定人数：会议休会，记录已封存：{out}"),
        (Ending::NoQuorum, Lang::En) => {
            format!("The quorum was not reached: the meeting was adjourned, the record is sealed: {out}")
        }
    }
}
