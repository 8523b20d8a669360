//! Why a console does not start with a folder, and what to do then.

use std::path::Path;

use super::{Lang, system};

/// A line of the journal does not hold.
pub fn broken_line(lang: Lang, line: u64, detail: &str) -> String {
    match lang {
        Lang::Zh => format!(
            "日志第 {line} 行不成立（{detail}）。没有改动任何文件。请保留这个文件夹原样；有备用机的，在备用机上接管会议，或改用未被改动过的副本"
        ),
        Lang::En => format!(
            "line {line} of the journal does not hold ({detail}). No file was touched. Keep this folder as it is; take over at the standby, where there is one, or use a copy that nobody has changed"
        ),
    }
}

/// The journal is no text, or holds no line at all, or has changed under this program.
pub fn broken_journal(lang: Lang, detail: &str) -> String {
    match lang {
        Lang::Zh => format!(
            "日志读不出来（{detail}）。没有改动任何文件。请保留这个文件夹原样；有备用机的，在备用机上接管会议，或改用未被改动过的副本"
        ),
        Lang::En => format!(
            "the journal cannot be read ({detail}). No file was touched. Keep this folder as it is; take over at the standby, where there is one, or use a copy that nobody has changed"
        ),
    }
}

/// Another console runs this meeting.
pub fn in_use(lang: Lang, journal: &Path) -> String {
    let journal = journal.display();
    match lang {
        Lang::Zh => format!(
            "{journal} 正由另一个主持台使用：一个会议文件夹只能开一个主持台。请到那个主持台继续，或先将它退出"
        ),
        Lang::En => format!(
            "{journal} is in use by another console: a session folder takes one. Go on at that console, or leave it first"
        ),
    }
}

/// The meeting is over.
pub fn is_sealed(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("{folder} 已封存，会议已经结束。核验：plenum verify {folder}"),
        Lang::En => format!("{folder} is sealed: its meeting is over. Check it with plenum verify {folder}"),
    }
}

/// It is a standby's folder.
pub fn stands_by(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!(
            "{folder} 是备用机的文件夹，还没有接管会议。主持台坏了，才在这台机器上接管：plenum standby {folder} --take-over"
        ),
        Lang::En => format!(
            "{folder} is a standby's folder, and it has not taken over. If the console has failed, take over on this machine: plenum standby {folder} --take-over"
        ),
    }
}

/// Another machine is the hub now.
pub fn is_elsewhere(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("{folder}：按记录，会议现在由另一台机器主持，请到那台机器上继续"),
        Lang::En => {
            format!("{folder}: by its record another machine is the hub now; go on with the meeting there")
        }
    }
}

/// The private store is lost, or another meeting's.
pub fn other_session(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => {
            format!("{folder}：日志与 private 文件夹不属于同一次会议。请放回原来的 private 文件夹再启动")
        }
        Lang::En => format!(
            "{folder}: the journal and private/ are not of the same meeting. Put back the private/ that belongs to it, and start again"
        ),
    }
}

/// A material cannot be read.
pub fn material(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Zh => format!("材料 materials/{path} 读不出来：请用 plenum check 检查会议文件夹"),
        Lang::En => format!("materials/{path} cannot be read: look at the folder with plenum check"),
    }
}

/// Everything else: what the system or a damaged file says.
pub fn other(lang: Lang, says: &str) -> String {
    system::plain(lang, says)
}
