//! What every screen says: labels, the connection, alarms, the keys that mean the same everywhere.

use jiff::civil::Date;

use super::{Lang, refusal, system};
use crate::client::{Alarm, AskError, Strangers, TurnedAway};
use crate::meeting::State;
use crate::rules::Choice;

texts! {
    /// Fixed texts of every screen.
    pub enum Common {
        RehearsalLong: "演练 · 不是真的会议，结果无效", "REHEARSAL · not a real meeting, nothing here counts";
        KeyAtConsole: "票箱密钥由主持台保管：无记名有赖于主持台", "the key is held by the console: secrecy then rests on the console";
        Connected: "已连接", "connected";
        Connecting: "连接中", "connecting";
        NotConnected: "不再连接", "not connected";
        Due: "应到", "due";
        Present: "实到", "present";
        NotYet: "未到", "not yet";
        Absent: "缺席", "absent";
        Attending: "列席", "attending";
        Issued: "发出", "issued";
        Confirmed: "确认", "confirmed";
        Returned: "收回", "returned";
        NotReturned: "未收回", "not returned";
        Agree: "同意", "agree";
        Disagree: "不同意", "disagree";
        Abstain: "弃权", "abstain";
        Carried: "通过", "carried";
        NotCarried: "未通过", "not carried";
        Barred: "不再表决", "not again";
        Deferred: "暂缓表决", "deferred";
        Post: "岗位", "Post";
        Nominee: "人选", "Nominee";
        Outcome: "结果", "Outcome";
        PartyPosts: "党内职务", "Party posts";
        GovernmentPosts: "政府职务", "Government posts";
        Help: "帮助", "help";
        HelpTitle: "现在可以用的按键", "Keys that work now";
        HelpNothing: "现在没有要您按的键。轮到您操作时，可用的键会显示在最下面一行。", "Nothing needs a key from you now. The keys that work are always shown on the bottom line.";
        HelpClose: "按任意键返回", "any key closes this";
        LeaveAgain: "再按一次 Ctrl-C 离开；按其他键留下", "Ctrl-C once more leaves; any other key stays";
        Search: "查找", "Find";
        Nobody: "没有符合的人", "nobody matches";
        Seat: "席位", "Seat";
        Name: "姓名", "Name";
        Group: "类别", "Group";
        Unit: "单位", "Unit";
        State: "状态", "State";
        Here: "已签到", "signed in";
        Gone: "已离开", "left";
        NotHere: "未签到", "not here";
        Everybody: "全部", "everybody";
        Online: "已连接", "connected";
        Offline: "未连接", "not connected";
        Terminal: "终端", "Terminal";
        Outside: "回避中", "outside";
        Waiting: "正在等待会议记录…", "Waiting for the meeting's record…";
        TooSmall: "窗口太小", "This window is too small";
        NotDone: "没有完成", "Not done";
    }
}

impl Common {
    /// The word for a choice.
    pub const fn choice(choice: Choice) -> Self {
        match choice {
            Choice::Agree => Self::Agree,
            Choice::Disagree => Self::Disagree,
            Choice::Abstain => Self::Abstain,
        }
    }
}

/// The size that a screen needs and the size it has; both languages, since it is read before either is chosen.
pub fn too_small(needed: (u16, u16), found: (u16, u16)) -> [String; 4] {
    let (nw, nh) = needed;
    let (fw, fh) = found;
    [
        Common::TooSmall.text(Lang::Zh).to_owned(),
        format!("需要 {nw}×{nh}，现在 {fw}×{fh}"),
        Common::TooSmall.text(Lang::En).to_owned(),
        format!("needs {nw}x{nh}, has {fw}x{fh}"),
    ]
}

/// The connection is lost, for some seconds.
pub fn link_lost(lang: Lang, seconds: i64) -> String {
    match lang {
        Lang::Zh => format!("连接中断，正在重连 {seconds} 秒"),
        Lang::En => format!("connection lost, trying again: {seconds} s"),
    }
}

/// A day, as it stands on a title page.
pub fn date(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Lang::En => date.strftime("%-d %B %Y").to_string(),
    }
}

/// How many lines are above or below what is shown.
pub fn more_lines(lang: Lang, lines: usize, below: bool) -> String {
    match (lang, below) {
        (Lang::Zh, true) => format!("下面还有 {lines} 行"),
        (Lang::Zh, false) => format!("上面还有 {lines} 行"),
        (Lang::En, true) => format!("{lines} more below"),
        (Lang::En, false) => format!("{lines} more above"),
    }
}

/// Why the hub turned this screen away, and what to do about it.
pub fn turned_away(lang: Lang, why: &TurnedAway) -> (&'static str, &'static str) {
    match (why, lang) {
        (TurnedAway::WrongCode, Lang::Zh) => {
            ("席位码不对，或已经补发新码，或不是这次会议的。", "请核对席位条，重新输入。")
        }
        (TurnedAway::WrongCode, Lang::En) => (
            "The seat code is wrong, was replaced by a new one, or belongs to another meeting.",
            "Check the slip and type it again.",
        ),
        (TurnedAway::UsedCode, Lang::Zh) => (
            "这个席位码已经用过；一个码只能用一次。",
            "如果不是您本人用的，请立即报告主持台；主持台可以补发。",
        ),
        (TurnedAway::UsedCode, Lang::En) => (
            "This seat code was used before; a code works once.",
            "If it was not you who used it, tell the console at once; the console can issue a new one.",
        ),
        (TurnedAway::SeatTaken, Lang::Zh) => {
            ("另一台终端正在使用这个席位。", "如果不是您本人，请立即报告主持台；本终端不再连接。")
        }
        (TurnedAway::SeatTaken, Lang::En) => (
            "Another terminal holds this seat now.",
            "If that is not you, tell the console at once; this terminal does not connect any more.",
        ),
        (TurnedAway::KeyRevoked, Lang::Zh) => {
            ("这个席位的码已经补发，本终端的钥匙作废。", "请用新的席位码重新启动终端。")
        }
        (TurnedAway::KeyRevoked, Lang::En) => (
            "This seat's code was reissued; the key of this terminal counts no more.",
            "Start the terminal again with the new code.",
        ),
        (TurnedAway::OtherMeeting, Lang::Zh) => {
            ("本终端登记的是另一次会议。", "请换一个状态文件夹(--state)，或核对主机地址。")
        }
        (TurnedAway::OtherMeeting, Lang::En) => (
            "This terminal belongs to another meeting.",
            "Use another state folder (--state), or check the host's address.",
        ),
        (TurnedAway::TooManyTries, Lang::Zh) => {
            ("这台机器输错席位码的次数太多。", "请到主持台补发席位码；补发之后即可再试。")
        }
        (TurnedAway::TooManyTries, Lang::En) => (
            "Too many wrong codes from this machine.",
            "Ask the console to issue a new code; once it has, you can try again.",
        ),
        (TurnedAway::Disk, Lang::Zh) => {
            ("主持台的磁盘写不进去，席位还没有登记。", "席位码仍然有效；请告诉主持台，稍后再试。")
        }
        (TurnedAway::Disk, Lang::En) => (
            "The console cannot write to its disk; the seat is not enrolled yet.",
            "The code is as good as before: tell the console, then try again.",
        ),
        (TurnedAway::TakenOver, Lang::Zh) => {
            ("备用机已经接管，本机不再是会议主机。", "会议在备用机上继续；请到备用机的主持台主持。")
        }
        (TurnedAway::TakenOver, Lang::En) => (
            "The standby has taken over: this machine is the meeting's hub no more.",
            "The meeting goes on at the standby; preside at its console.",
        ),
        (TurnedAway::StandingBy, Lang::Zh) => {
            ("这台机器是备用机，不是会议主机。", "请连接会议主机；备用机接管之后，终端会自动找到它。")
        }
        (TurnedAway::StandingBy, Lang::En) => (
            "This machine stands by; it is not the meeting's hub.",
            "Connect to the hub; when the standby takes over, terminals find it by themselves.",
        ),
        (TurnedAway::Version, Lang::Zh) => ("主持台的程序是另一个版本。", "请安装与主持台相同的版本。"),
        (TurnedAway::Version, Lang::En) => {
            ("The console runs another version of this program.", "Install the version that the console has.")
        }
    }
}

/// Who knocks without being let in, in so many short lines as there are things to say.
pub fn strangers(lang: Lang, told: &Strangers) -> Vec<String> {
    let Strangers { refused, wrong_codes, shut_out, .. } = told;
    let refused = (*refused > 0).then(|| match lang {
        Lang::Zh => format!("拒绝陌生连接 {refused}/分"),
        Lang::En => format!("strangers refused {refused}/min"),
    });
    let wrong = (*wrong_codes > 0).then(|| match (lang, shut_out) {
        (Lang::Zh, 0) => format!("席位码错 {wrong_codes} 次"),
        (Lang::Zh, shut_out) => format!("席位码错 {wrong_codes} 次 停用 {shut_out} 处"),
        (Lang::En, 0) => format!("wrong codes {wrong_codes}"),
        (Lang::En, shut_out) => format!("wrong codes {wrong_codes}, shut out {shut_out}"),
    });
    refused.into_iter().chain(wrong).collect()
}

/// What is wrong, for everyone to read. The words after the colon come from outside and must be cleaned.
pub fn alarm(lang: Lang, alarm: &Alarm) -> String {
    match (alarm, lang) {
        (Alarm::Record(what), Lang::Zh) => format!("会议记录不能成立，请立即报告监票人：{what}"),
        (Alarm::Record(what), Lang::En) => {
            format!("the record does not hold, tell a scrutineer at once: {what}")
        }
        (Alarm::List(what), Lang::Zh) => format!("票据名单不对，请立即报告监票人：{what}"),
        (Alarm::List(what), Lang::En) => {
            format!("the list of papers is wrong, tell a scrutineer at once: {what}")
        }
        (Alarm::BallotMissing { tracker }, Lang::Zh) => {
            format!("您投的票不在票箱里，请立即报告监票人。查验码 {tracker}")
        }
        (Alarm::BallotMissing { tracker }, Lang::En) => {
            format!("your ballot is not in the box, tell a scrutineer at once. Tracking code {tracker}")
        }
        (Alarm::KeyReplaced, Lang::Zh) => {
            "本席位的席位码已经补发，本终端失效。不是您本人要求的，请立即报告监票人".to_owned()
        }
        (Alarm::KeyReplaced, Lang::En) => {
            "this seat's code was made anew and this terminal counts no more; if you did not ask for it, tell a scrutineer at once"
                .to_owned()
        }
        (Alarm::Key(what), Lang::Zh) => {
            format!("票箱密钥不对，不能用它投票，请立即告诉主持人重新生成：{what}")
        }
        (Alarm::Key(what), Lang::En) => {
            format!(
                "the key of the ballot box does not hold, do not vote with it: tell the presiding officer at once to have a new one made: {what}"
            )
        }
        (Alarm::Box(what), Lang::Zh) => {
            format!("票箱不对，本终端不参与开箱，请立即告诉主持人先不要宣布结果：{what}")
        }
        (Alarm::Box(what), Lang::En) => format!(
            "the ballot box does not hold, this terminal does not help to open it: tell the presiding officer at once to declare nothing: {what}"
        ),
        (Alarm::SlipAltered, Lang::Zh) => "您的纸条在会议记录中与您送出的不同，请立即报告监票人".to_owned(),
        (Alarm::SlipAltered, Lang::En) => {
            "A slip of yours stands in the record otherwise than you sent it: tell the scrutineers at once"
                .to_owned()
        }
        (Alarm::SheetDropped, Lang::Zh) => {
            "公开的答卷比您已保存的答案旧，请立即报告主持人".to_owned()
        }
        (Alarm::SheetDropped, Lang::En) => {
            "an older paper of yours was opened than the one that was saved: tell the presiding officer at once"
                .to_owned()
        }
        (Alarm::SlipDropped, Lang::Zh) => "您送出并已收下的纸条没有进入会议记录，请立即报告监票人".to_owned(),
        (Alarm::SlipDropped, Lang::En) => {
            "A slip of yours was taken and is not in the record: tell the scrutineers at once".to_owned()
        }
        (Alarm::SlipsUnfounded { count }, Lang::Zh) => {
            format!("有{count}张纸条不是发出的纸条，请立即报告监票人")
        }
        (Alarm::SlipsUnfounded { count }, Lang::En) => {
            format!("Slips came that were never issued ({count}): tell the scrutineers at once")
        }
        (Alarm::Store(what), Lang::Zh) => {
            format!("本终端无法存盘，正在重试，请告诉主持人：{}", system::plain(lang, what))
        }
        (Alarm::Store(what), Lang::En) => format!(
            "this terminal cannot write to its disk and is trying again, tell the presiding officer: {}",
            system::plain(lang, what)
        ),
        (Alarm::LinesAside { after, lines, file }, Lang::Zh) => {
            let kept = file.as_ref().map_or_else(String::new, |file| format!("，已存为{file}作证据"));
            format!("备用机在第{after}行之后强制接管；本终端另有的{lines}行不在其记录中{kept}：请报告监票人")
        }
        (Alarm::LinesAside { after, lines, file }, Lang::En) => {
            let lines = if *lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            let kept = file.as_ref().map_or_else(String::new, |file| format!(", kept here as {file}"));
            format!(
                "the standby took over by force after line {after}; its record lacks {lines} that this screen has{kept}: tell a scrutineer"
            )
        }
        (Alarm::ShorterRecord { after, lines }, Lang::Zh) => format!(
            "接管的备用机缺少本终端在第{after}行之后的{lines}行，又没有强制接管的记载：本终端不跟随它，请立即报告主持人"
        ),
        (Alarm::ShorterRecord { after, lines }, Lang::En) => format!(
            "the standby that took over lacks {lines} lines that this screen has after line {after}, and does not say that it took over by force: this screen does not follow it, tell the presiding officer at once"
        ),
        (Alarm::Hub(what), Lang::Zh) => format!("主持台的答复不对，请立即报告监票人：{what}"),
        (Alarm::OtherRecord { sealed, own }, Lang::Zh) => format!(
            "要封存的记录（{sealed}行）与本终端收到的记录（{own}行）不同，本终端不签署，请立即报告监票人"
        ),
        (Alarm::OtherRecord { sealed, own }, Lang::En) => format!(
            "the record to be sealed ({sealed} lines) is not the one that this screen has followed ({own} lines): it signs nothing, tell a scrutineer at once"
        ),
        (Alarm::Hub(what), Lang::En) => {
            format!("the hub answered falsely, tell a scrutineer at once: {what}")
        }
    }
}

/// Trouble with the disk: nothing can be recorded.
pub fn disk(lang: Lang, what: &str) -> String {
    let what = system::plain(lang, what);
    match lang {
        Lang::Zh => format!("主持台无法写入记录，会议暂停，已确认的都在：{what}"),
        Lang::En => {
            format!("the console cannot write, the meeting waits, what was confirmed is safe: {what}")
        }
    }
}

/// Why a request was not carried out, and what to do. The state supplies names.
pub fn not_done(lang: Lang, error: &AskError, state: Option<&State>) -> String {
    match (error, lang) {
        (AskError::Refused(refusal), _) => refusal::sentence(lang, refusal, state),
        (AskError::NotConnected, Lang::Zh) => "现在没有连接。重新连上后，以会议记录为准。".to_owned(),
        (AskError::NotConnected, Lang::En) => {
            "There is no connection just now. Once it is back, the record shows what arrived.".to_owned()
        }
        (AskError::Disk(what), _) => disk(lang, what),
        (AskError::TooFew(majority), _) => super::standing_by::too_few(lang, *majority),
        (AskError::Seal(refused), _) => super::sealing::refused(lang, *refused).to_owned(),
        (AskError::Fault(what), Lang::Zh) => format!("出了故障：{}", system::plain(lang, what)),
        (AskError::Fault(what), Lang::En) => format!("something went wrong: {}", system::plain(lang, what)),
        (AskError::OtherRoomCode, Lang::Zh) => {
            "与本机的房间码不同：请看清再输；仍不同，请立即报告主持人。".to_owned()
        }
        (AskError::OtherRoomCode, Lang::En) => {
            "Not the room code of this screen: read it again; if it stays different, tell the presiding officer at once."
                .to_owned()
        }
        (AskError::WrongCode, Lang::Zh) => "席位码不对：请输入您纸条上的席位码。".to_owned(),
        (AskError::WrongCode, Lang::En) => "Not the right code: type the code on your slip.".to_owned(),
        (AskError::Ended, Lang::Zh) => "连接已经结束，请重新启动。".to_owned(),
        (AskError::Ended, Lang::En) => "The connection has ended; start the program again.".to_owned(),
    }
}

/// The warning that fewer than a majority of the scrutineers could open the box.
pub fn weak_key(lang: Lang, key: &crate::meeting::Key) -> String {
    let (needed, of) = (key.threshold, key.scrutineers.len());
    match lang {
        Lang::Zh if of == 1 => "开票密钥只由一名监票人保管：保密全凭其一人".to_owned(),
        Lang::En if of == 1 => "One scrutineer alone holds the key: secrecy rests on that one".to_owned(),
        Lang::Zh => format!("{of} 名监票人中 {needed} 名即可开箱，不过半数"),
        Lang::En => format!("{needed} of {of} scrutineers can open the box: no majority"),
    }
}
