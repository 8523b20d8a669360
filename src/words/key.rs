//! The console's keys: the word on the bottom line and the sentence of the help.

use super::Lang;

/// What a key does, for the bottom line and in a sentence for the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// Sign in and out by hand.
    Attendance,
    /// Re-introduce another nominee.
    Choose,
    /// Read the material.
    Material,
    /// Send out or call back one person.
    Recuse,
    /// Defer a line or take it back.
    Defer,
    /// A note for the record.
    Note,
    /// Suspend the meeting.
    Suspend,
    /// Resume the meeting.
    Resume,
    /// Adjourn the meeting.
    Adjourn,
    /// Void the round.
    NewRound,
    /// Reissue a code.
    Reissue,
    /// Who is connected.
    Connections,
    /// The own ballot paper.
    Own,
    /// Objections and a missed quorum were dealt with.
    DealtWith,
    /// Leave the console.
    Quit,
    /// Help.
    Help,
}

impl Key {
    /// The key as it is pressed.
    pub const fn pressed(self) -> &'static str {
        match self {
            Self::Attendance => "R",
            Self::Choose => "←→",
            Self::Material => "I",
            Self::Recuse => "X",
            Self::Defer => "D",
            Self::Note => "N",
            Self::Suspend | Self::Resume => "S",
            Self::Adjourn => "J",
            Self::NewRound => "W",
            Self::Reissue => "C",
            Self::Connections => "K",
            Self::Own => "V",
            Self::DealtWith => "O",
            Self::Quit => "Q",
            Self::Help => "?",
        }
    }

    /// The word on the bottom line.
    pub const fn word(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Attendance => ("到会", "attendance"),
            Self::Choose => ("另选人选", "other nominee"),
            Self::Material => ("材料", "material"),
            Self::Recuse => ("离席/返回", "leave/return"),
            Self::Defer => ("暂缓", "defer"),
            Self::Note => ("记事", "note"),
            Self::Suspend => ("中止", "suspend"),
            Self::Resume => ("恢复会议", "resume"),
            Self::Adjourn => ("休会", "adjourn"),
            Self::NewRound => ("重新发票", "new round"),
            Self::Reissue => ("补发码", "reissue code"),
            Self::Connections => ("连接", "connections"),
            Self::Own => ("本人投票", "own paper"),
            Self::DealtWith => ("已处理", "dealt with"),
            Self::Quit => ("退出", "quit"),
            Self::Help => ("帮助", "help"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What it does, in a sentence.
    pub const fn sentence(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Self::Attendance => (
                "更正到会：为迟到、早退或没有终端的人签到、签退。A 键相同。",
                "Sign people in and out by hand: late arrivals, early leaving, no terminal. A does the same.",
            ),
            Self::Choose => (
                "选择一名人选：可看材料、可暂缓；介绍阶段按 Enter 即介绍所选人选。",
                "Choose a nominee, to read the material or to defer; during introductions Enter introduces the chosen one.",
            ),
            Self::Material => {
                ("查看人选的介绍材料和考察材料。", "Read the nominee's introduction and inspection material.")
            }
            Self::Recuse => (
                "请一人离席回避，或请误离席的人返回。",
                "Ask one more person to leave, or call back one who left by mistake.",
            ),
            Self::Defer => (
                "暂缓一名人选的表决并写明原因，或撤销暂缓；发票之后不能再改。",
                "Defer a line with a reason, or take it back; until papers are issued.",
            ),
            Self::Note => ("写一条记事，记入会议记录。", "Write a note for the record."),
            Self::Suspend => (
                "写明原因，中止会议；恢复之前不能进行议程。",
                "Suspend the meeting with a reason; nothing goes on until it is resumed.",
            ),
            Self::Resume => ("恢复会议。", "Resume the meeting."),
            Self::Adjourn => (
                "写明原因休会：会议就此结束，不能撤销。",
                "Adjourn with a reason: the meeting ends here and cannot be reopened.",
            ),
            Self::NewRound => (
                "写明原因，作废本轮：票箱不打开，全体重新发票。",
                "Void this round with a reason: its box is never opened, and papers are issued to all again.",
            ),
            Self::Reissue => (
                "为一个席位补发席位码；原来的终端即刻失效。",
                "Reissue a seat's code; its old terminal is turned off.",
            ),
            Self::Connections => ("查看哪些席位的终端已连接。", "See which seats are connected."),
            Self::Own => (
                "打开本人的表决票；Esc 或 F9 返回主持台。",
                "Open your own ballot paper; Esc or F9 comes back.",
            ),
            Self::DealtWith => (
                "异议已经处理，收起提示；异议仍在记录中。",
                "The objections were dealt with: put the notice away; they stay in the record.",
            ),
            Self::Quit => ("退出主持台。", "Leave the console."),
            Self::Help => ("显示本页。", "Show this page."),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
