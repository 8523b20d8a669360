//! Texts of the room's display.

use super::Lang;

texts! {
    /// Fixed texts of the display.
    pub enum Display {
        SignInHow: "请在终端按 Enter 签到", "Press Enter on your terminal to sign in";
        LeaveNow: "涉及回避的同志请离席，审议结束后返回", "Those concerned please leave, and return after the deliberation";
        Outside: "回避离席", "Outside";
        MarkEvery: "每名人选只能选同意、不同意、弃权之一", "For each nominee: agree, disagree or abstain";
        MarkDimensions: "每项评议内容选一个评议用词", "One word of the scale for each aspect";
        PapersTaken: "终端正在自动领票", "Terminals take their papers by themselves";
        ListChecked: "各终端正在核对自己的票据", "Each terminal checks that its credential is on the list";
        BoxChecked: "各终端正在核对自己的票在票箱里", "Each terminal checks that its ballot is in the box";
        Counting: "计票不逐张开票，只打开合计数", "No single ballot is opened, only the sums";
        QuorumMissed: "法定人数不足", "Quorum not reached";
        Needed: "需要", "needed";
    }
}

/// The quorum, as a line below the figures.
pub fn quorum(lang: Lang, needed: u32, reached: bool) -> String {
    match (lang, reached) {
        (Lang::Zh, true) => format!("法定人数 {needed}，已达到"),
        (Lang::Zh, false) => format!("法定人数 {needed}，未达到"),
        (Lang::En, true) => format!("quorum {needed}: reached"),
        (Lang::En, false) => format!("quorum {needed}: not reached yet"),
    }
}

/// The page of a result that turns its pages.
pub fn page(lang: Lang, page: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {page} 页，共 {of} 页"),
        Lang::En => format!("page {page} of {of}"),
    }
}

/// Where the record stands, so that anyone can compare it with another screen.
pub fn record(lang: Lang, line: u64, hash: &str) -> String {
    match lang {
        Lang::Zh => format!("记录第 {line} 行  {hash}"),
        Lang::En => format!("record line {line}  {hash}"),
    }
}
