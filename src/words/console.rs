//! The presiding officer's console: labels, steps, keys, warnings.

use super::{Lang, who};
use crate::meeting::{AdjournGround, ItemState, QuorumMissed, Round, RoundPhase, Stage, State, Step, VoidReason};
use crate::plan::{PostList, TrusteesPlan};

texts! {
    /// Fixed texts of the console.
    pub enum Console {
        Agenda: "议程", "Agenda";
        Figures: "到会与规则", "Attendance and rules";
        ReadAloud: "主持词", "Read aloud";
        Opening: "签到与开会", "Sign-in and opening";
        Scrutineers: "通过监票人", "Scrutineers";
        Closing: "闭会", "Closing";
        NotYetOpen: "等待主机", "Waiting for the hub";
        Item: "第", "Item";
        Terminals: "终端", "seats";
        Duration: "会议", "meeting";
        OnLeave: "请假", "on leave";
        NotYet: "未到", "not yet";
        CarriedAt: "通过", "carried";
        ScrutineersShort: "监票人", "scrutineers";
        Notes: "记事", "notes";
        Objections: "异议", "objections";
        ToDealWith: "待处理", "open";
        Introduce: "介绍", "introductions";
        Recuse: "回避", "recusal";
        Deliberate: "审议", "deliberation";
        Return: "返回", "return";
        IssuePapers: "发票", "issue of papers";
        ConfirmList: "核对名单", "list confirmed";
        Vote: "投票", "voting";
        SealBox: "收票封箱", "box sealed";
        Count: "开箱计票", "count";
        Declare: "宣布结果", "declaration";
        SigningIn: "签到", "Sign-in";
        NextItem: "下一项", "Next item";
        Ended: "会议已结束", "The meeting has ended";
        Sealed: "记录已封存", "The record is sealed";
        PageIntroducing: "介绍人选", "Introductions";
        PageRecusing: "回避", "Recusal";
        PageDeliberating: "审议", "Deliberation";
        PageDeliberated: "审议结束", "Deliberation closed";
        PageIssuing: "发票", "Issue of papers";
        PageList: "核对名单", "The list";
        PageVoting: "投票", "Voting";
        PageBox: "封箱", "The box";
        PageResult: "结果", "Result";
        PageVoid: "本轮作废", "Round void";
        OnTheFloor: "正在介绍", "on the floor";
        Introduced: "已介绍", "introduced";
        NotIntroduced: "未介绍", "to come";
        Outside: "离席回避", "outside";
        StillInside: "应离席", "must leave";
        Nominee: "人选本人", "nominee";
        Relative: "人选亲属", "relative of";
        OwnWish: "本人或主持人提出", "asked to leave";
        Nobody: "没有需要回避的人", "nobody has to leave";
        WithoutPaper: "还没有领票", "without a paper yet";
        Declined: "不领票", "declined";
        AllHavePapers: "全部领到", "all have one";
        NotConfirmed: "终端尚未核对", "terminals that have not confirmed";
        AllConfirmed: "全部核对无误", "all confirmed";
        OnTheList: "名单", "on list";
        BoxMissing: "终端尚未核对票箱", "terminals that have not confirmed the box";
        DisconnectedSeats: "断线席位(谁已投、谁未投不显示)", "seats not connected (who has voted is never shown)";
        AllConnected: "有票的席位全部连接", "every seat with a paper is connected";
        PleaseWait: "请稍候,自动进行", "happens by itself, please wait";
        Hands: "举手表决监票人", "Show of hands on the scrutineers";
        FreePlace: "留空的席位", "Seat left free";
        HelpTitle: "现在可以用的按键", "Keys that work now";
        HelpClose: "任意键返回", "any key closes this";
        YKey: "确认", "confirm";
        Cancel: "取消", "cancel";
        Submit: "提交", "submit";
        NextField: "下一栏", "next field";
        Back: "返回", "back";
        Choose: "选择", "choose";
        ScrollWord: "翻看", "scroll";
        FilterWord: "筛选", "filter";
        SpeechScroll: "主持词翻页", "scroll what is read";
        People: "到会", "Attendance";
        Connections: "连接", "Connections";
        RecusePick: "回避:选择离席或返回的人", "Recusal: who leaves or returns";
        ReissuePick: "补发席位码:选择席位", "Reissue a code: choose the seat";
        DeferPick: "暂缓表决:选择人选", "Deferral: choose the line";
        Find: "查找", "find";
        NobodyMatches: "没有符合的人", "nobody matches";
        FilterAll: "全部", "everybody";
        FilterAbsent: "未到", "not here";
        FilterPresent: "已到", "present";
        FilterOffline: "未连接", "not connected";
        StatePresent: "已到", "present";
        StateLeft: "已离席", "left";
        StateNotYet: "未到", "not yet";
        LinkOn: "已连接", "connected";
        LinkOff: "未连接", "not connected";
        LinkUnknown: "", "";
        ColSeat: "席位", "seat";
        ColName: "姓名", "name";
        ColUnit: "单位", "unit";
        ColGroup: "组别", "group";
        ColState: "到会", "here";
        ColLink: "终端", "terminal";
        ColPost: "岗位", "post";
        ColNominee: "人选", "nominee";
        ColOutcome: "结果", "outcome";
        Agree: "同意", "agree";
        Disagree: "不同意", "disagree";
        Abstain: "弃权", "abstain";
        NotReturned: "未收回", "not ret.";
        Deferred: "暂缓表决", "deferred";
        Issued: "发出", "issued";
        Confirmed: "确认", "confirmed";
        Returned: "已收回", "returned";
        Due: "应到", "due";
        Present: "实到", "present";
        Attending: "列席", "attending";
        AllReturned: "全部收回", "all returned";
        Material: "人选材料", "Material";
        Introduction: "介绍材料", "Introduction";
        Inspection: "考察材料", "Inspection";
        MaterialLoading: "正在读取…", "reading…";
        AskNote: "记事(记入会议记录)", "Note for the record";
        AskSuspend: "中止会议的原因", "Why the meeting is suspended";
        AskAdjourn: "休会的原因", "Why the meeting is adjourned";
        AskAdjournNoQuorum: "休会的原因(不填即为“不足法定人数”)", "Why the meeting is adjourned (empty: no quorum)";
        AskNewRound: "作废本轮、重新发票的原因", "Why the round is void and papers are issued again";
        AskDefer: "暂缓表决的原因", "Why the line is deferred";
        KeyEnd: "结束", "leave";
        Rehearsal: "演练", "REHEARSAL";
        NewCode: "新的席位码(只显示这一次)", "New code for the seat (shown this once)";
        CodeOldOff: "原来的终端即刻失效。请把此码交给本人。", "The old terminal is turned off. Hand this code to the person.";
        OwnTitle: "本人表决票", "Own ballot paper";
        OwnNone: "主持人没有席位,或本人终端没有接入", "the presiding officer has no seat, or its own terminal is not connected";
        Archive: "会议档案", "The archive";
        Verify: "核验", "to verify";
        Minutes: "会议记录", "minutes";
        AfterSeal: "档案已经封存。任何人都可以用下面的命令核验:", "The archive is sealed. Anyone can verify it with this command:";
        BeforeSeal: "记录将按一字一句封存,封存之后任何改动都能发现。", "The record will be sealed as it stands; every later change can be detected.";
        KeyAtConsole: "开箱密钥由本机保管", "the box key is held by this console";
        SealSigned: "已签署封存,等待完成", "seal signed, waiting for the hub";
        PageUpDown: "PgUp/PgDn", "PgUp/PgDn";
    }
}

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
                "更正到会:为迟到、早退或没有终端的人签到、签退。A 键相同。",
                "Sign people in and out by hand: late arrivals, early leaving, no terminal. A does the same.",
            ),
            Self::Choose => (
                "选择另一名已介绍过的人选;随后按 Enter 重新介绍。",
                "Choose a nominee who was introduced before; Enter then introduces that one again.",
            ),
            Self::Material => ("查看人选的介绍材料和考察材料。", "Read the nominee's introduction and inspection material."),
            Self::Recuse => (
                "请一人离席回避,或请误离席的人返回。",
                "Ask one more person to leave, or call back one who left by mistake.",
            ),
            Self::Defer => (
                "暂缓一名人选的表决并写明原因,或撤销暂缓;发票之后不能再改。",
                "Defer a line with a reason, or take it back; until papers are issued.",
            ),
            Self::Note => ("写一条记事,记入会议记录。", "Write a note for the record."),
            Self::Suspend => ("写明原因,中止会议;恢复之前不能进行议程。", "Suspend the meeting with a reason; nothing goes on until it is resumed."),
            Self::Resume => ("恢复会议。", "Resume the meeting."),
            Self::Adjourn => ("写明原因休会:会议就此结束,不能撤销。", "Adjourn with a reason: the meeting ends here and cannot be reopened."),
            Self::NewRound => (
                "写明原因,作废本轮:票箱不打开,全体重新发票。",
                "Void this round with a reason: its box is never opened, and papers are issued to all again.",
            ),
            Self::Reissue => (
                "为一个席位补发席位码;原来的终端即刻失效。",
                "Reissue a seat's code; its old terminal is turned off.",
            ),
            Self::Connections => ("查看哪些席位的终端已连接。", "See which seats are connected."),
            Self::Own => ("打开本人的表决票;Esc 或 F9 返回主持台。", "Open your own ballot paper; Esc or F9 comes back."),
            Self::DealtWith => ("异议已经处理,收起提示;异议仍在记录中。", "The objections were dealt with: put the notice away; they stay in the record."),
            Self::Quit => ("退出主持台。", "Leave the console."),
            Self::Help => ("显示本页。", "Show this page."),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// The step that Enter takes, as a word on the bottom line.
pub fn step(lang: Lang, step: &Step) -> &'static str {
    match step {
        Step::OpenMeeting => lang.pick("宣布开会", "open the meeting"),
        Step::ApproveScrutineers => lang.pick("登记举手结果", "enter the hands"),
        Step::OpenItem(_) => lang.pick("进入本项", "call the item"),
        Step::Introduce(..) => lang.pick("介绍下一名", "introduce the next"),
        Step::BeginRecusal(_) => lang.pick("请回避的同志离席", "ask those concerned to leave"),
        Step::BeginDeliberation(_) => lang.pick("开始审议", "begin deliberation"),
        Step::EndDeliberation(_) => lang.pick("审议结束,请返回", "end deliberation, all return"),
        Step::OpenIssue(_) => lang.pick("发票", "issue papers"),
        Step::TakePapers(_) => lang.pick("停止发票", "close the issue"),
        Step::ConfirmList(_) => lang.pick("等待终端核对名单", "terminals confirm the list"),
        Step::OpenVoting(_) => lang.pick("开始投票", "open voting"),
        Step::CloseVoting(_) => lang.pick("收票封箱", "close voting"),
        Step::SealBox(_) => lang.pick("正在封箱", "sealing the box"),
        Step::OpenBox(_) => lang.pick("开箱计票", "open the box"),
        Step::AwaitCount(_) => lang.pick("正在计票", "counting"),
        Step::Declare(_) => lang.pick("宣布结果", "declare the result"),
        Step::CloseMeeting => lang.pick("闭会", "close the meeting"),
        Step::Seal => lang.pick("封存记录", "seal the record"),
    }
}

/// What a step that cannot be undone means, before the second key.
pub fn irreversible(lang: Lang, step: &Step) -> &'static str {
    match step {
        Step::OpenIssue(_) => lang.pick(
            "发票之后,表决人名单和人选名单即固定,不能再暂缓;此后到会的人本轮没有票。",
            "Once papers are issued, voters and lines are fixed: no deferral any more, and who arrives later gets no paper.",
        ),
        Step::TakePapers(_) => lang.pick(
            "停止发票之后,没有领票的人本轮不能投票。",
            "Once the issue is closed, who has no paper cannot vote in this round.",
        ),
        Step::CloseVoting(_) => lang.pick("投票结束之后,不能再投票。", "Once voting is closed, no ballot is taken any more."),
        Step::OpenBox(_) => lang.pick("开箱之后,本轮不能作废。", "Once the box is open, this round cannot be void any more."),
        Step::CloseMeeting => lang.pick("闭会之后,记录不能再增加。", "Once the meeting is closed, nothing can be added to its record."),
        Step::Seal => lang.pick("封存之后,记录不能再改动。", "Once sealed, the record cannot change."),
        _ => "",
    }
}

/// The warnings of a step, from what is known now.
pub fn warnings(lang: Lang, step: &Step, state: &State, all_returned: bool) -> Vec<String> {
    let names = |seats: Vec<String>| who::names_up_to(lang, &seats, 12);
    let round = state.current_round().map(|(_, round)| round);
    match (step, round) {
        (Step::TakePapers(_), Some(round)) => {
            let missing: Vec<String> = round.without_paper().map(|seat| state.name(seat).to_owned()).collect();
            if missing.is_empty() {
                return Vec::new();
            }
            let count = missing.len();
            vec![match lang {
                Lang::Zh => format!("还有{count}名没有领票:{}", names(missing)),
                Lang::En => format!("{count} without a paper: {}", names(missing)),
            }]
        }
        (Step::CloseVoting(_), Some(_)) if !all_returned => vec![
            lang.pick(
                "可能还有票没有收回;没有收回的票按未投计算。",
                "Papers may still be out; what is not returned counts for nothing.",
            )
            .to_owned(),
        ],
        (Step::OpenBox(_), Some(round)) => {
            let missing: Vec<String> = round.box_unconfirmed().map(|seat| state.name(seat).to_owned()).collect();
            if missing.is_empty() {
                return Vec::new();
            }
            let count = missing.len();
            vec![match lang {
                Lang::Zh => format!("还有{count}台终端没有核对票箱:{}", names(missing)),
                Lang::En => format!("{count} terminals have not confirmed the box: {}", names(missing)),
            }]
        }
        _ => Vec::new(),
    }
}

/// Voiding a round, before the second key.
pub fn new_round_warning(lang: Lang) -> &'static str {
    lang.pick(
        "本轮作废:票箱永不打开,已投的票无效,全体重新领票、重新投票。",
        "This round is void: its box is never opened, ballots cast in it count for nothing, everybody votes again.",
    )
}

/// Adjourning, before the second key.
pub fn adjourn_warning(lang: Lang, ground: &AdjournGround) -> String {
    let why = match (lang, ground) {
        (Lang::Zh, AdjournGround::NoQuorum) => "不足法定人数".to_owned(),
        (Lang::En, AdjournGround::NoQuorum) => "no quorum".to_owned(),
        (_, AdjournGround::Decided { reason }) => reason.clone(),
    };
    match lang {
        Lang::Zh => format!("休会:{why}。会议就此结束,不能恢复,只能封存。"),
        Lang::En => format!("Adjourn: {why}. The meeting ends here; only the seal follows."),
    }
}

/// Reissuing a code, before the second key.
pub fn reissue_warning(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("为{name}补发席位码:其现在的终端即刻失效。"),
        Lang::En => format!("Reissue the code of {name}: the present terminal is turned off."),
    }
}

/// A second key is wanted.
pub fn press_y(lang: Lang) -> &'static str {
    lang.pick("按 Y 确认,Esc 取消", "Y confirms, Esc cancels")
}

/// The Enter key of a step that wants a second one.
pub fn then_y(lang: Lang) -> &'static str {
    lang.pick("(再按 Y 确认)", "(then Y)")
}

/// The place of an item in the title line.
pub fn item_place(lang: Lang, place: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {place} 项"),
        Lang::En => format!("Item {place}"),
    }
}

/// The title of the page of an item.
pub fn page(lang: Lang, item: &ItemState) -> &'static str {
    let text = match (item.stage, item.round().map(|round| round.phase)) {
        (Stage::ToCome, _) => Console::NextItem,
        (Stage::Introducing, _) => Console::PageIntroducing,
        (Stage::Recusing, _) => Console::PageRecusing,
        (Stage::Deliberating, _) => Console::PageDeliberating,
        (Stage::Deliberated, _) | (Stage::Balloting, None) => Console::PageDeliberated,
        (Stage::Balloting, Some(phase)) => match phase {
            RoundPhase::Issuing => Console::PageIssuing,
            RoundPhase::Registering | RoundPhase::Confirming => Console::PageList,
            RoundPhase::Voting => Console::PageVoting,
            RoundPhase::Sealing | RoundPhase::Sealed | RoundPhase::Opening => Console::PageBox,
            RoundPhase::Counted => Console::PageResult,
            RoundPhase::Void => Console::PageVoid,
        },
        (Stage::Declared, _) => Console::PageResult,
    };
    text.text(lang)
}

/// The two lists of posts.
pub fn post_list(lang: Lang, list: PostList) -> &'static str {
    match list {
        PostList::Party => lang.pick("党内职务", "Party posts"),
        PostList::Government => lang.pick("政府职务", "Government posts"),
    }
}

/// A quorum that is missed, as it stands on the console until it is dealt with.
pub fn quorum_missed(lang: Lang, missed: &QuorumMissed) -> String {
    let QuorumMissed { present, due, needed, .. } = missed;
    match lang {
        Lang::Zh => format!("不足法定人数:应到{due}名,实到{present}名,需要{needed}名。可等候签到后再试,或按 J 休会。"),
        Lang::En => format!(
            "quorum not reached: {present} of {due} present, {needed} needed. Wait for others to sign in and try again, or J adjourns."
        ),
    }
}

/// An objection that stands.
pub fn objection(lang: Lang, who: &str, reason: &str, more: usize) -> String {
    match (lang, more) {
        (Lang::Zh, 0) => format!("{who}提出异议:{reason}"),
        (Lang::Zh, more) => format!("{who}提出异议:{reason}(另有{more}条)"),
        (Lang::En, 0) => format!("{who} objects: {reason}"),
        (Lang::En, more) => format!("{who} objects: {reason} (and {more} more)"),
    }
}

/// How a ballot came to be void.
pub fn void(lang: Lang, reason: &VoidReason) -> String {
    match (lang, reason) {
        (Lang::Zh, VoidReason::Decided { reason }) => format!("本轮作废:{reason}"),
        (Lang::En, VoidReason::Decided { reason }) => format!("This round is void: {reason}"),
        (Lang::Zh, VoidReason::TooMany { issued, returned }) => {
            format!("本轮作废:收回{returned}张,多于发出{issued}张")
        }
        (Lang::En, VoidReason::TooMany { issued, returned }) => {
            format!("This round is void: {returned} returned, more than the {issued} issued")
        }
    }
}

/// How many of the hands are still to be counted.
pub fn hands_left(lang: Lang, counted: u32, present: u32) -> String {
    match (lang, present.checked_sub(counted)) {
        (Lang::Zh, Some(0)) => format!("到会{present}名,全部计入"),
        (Lang::En, Some(0)) => format!("{present} present, all counted"),
        (Lang::Zh, Some(left)) => format!("到会{present}名,还有{left}名未计"),
        (Lang::En, Some(left)) => format!("{present} present, {left} still to be counted"),
        (Lang::Zh, None) => format!("到会{present}名,多计了{}名", counted - present),
        (Lang::En, None) => format!("{present} present, {} too many", counted - present),
    }
}

/// The last vote on the scrutineers, where it failed.
pub fn hands_failed(lang: Lang, agree: u32, present: u32) -> String {
    match lang {
        Lang::Zh => format!("上次表决未通过:同意{agree}名,须超过到会{present}名的半数"),
        Lang::En => format!("the last vote failed: {agree} agree, more than half of {present} needed"),
    }
}

/// How many are introduced.
pub fn introduced_of(lang: Lang, introduced: usize, lines: usize) -> String {
    match lang {
        Lang::Zh => format!("已介绍 {introduced} / {lines}"),
        Lang::En => format!("introduced {introduced} of {lines}"),
    }
}

/// How many are voted on.
pub fn lines_of(lang: Lang, lines: usize, deferred: usize) -> String {
    match (lang, deferred) {
        (Lang::Zh, 0) => format!("人选 {lines} 名"),
        (Lang::Zh, deferred) => format!("人选 {lines} 名({deferred} 名暂缓表决)"),
        (Lang::En, 0) => format!("{lines} nominees"),
        (Lang::En, deferred) => format!("{lines} nominees ({deferred} deferred)"),
    }
}

/// The figure of returned ballots while voting: in steps, never exact.
pub fn returned_so_far(lang: Lang, at_least: u32, all: bool) -> String {
    match (lang, all) {
        (Lang::Zh, true) => "全部".to_owned(),
        (Lang::En, true) => "all".to_owned(),
        (Lang::Zh, false) => format!("{at_least} 以上"),
        (Lang::En, false) => format!("{at_least} or more"),
    }
}

/// How many of something, e.g. box confirmations.
pub fn of(lang: Lang, done: usize, all: usize) -> String {
    match lang {
        Lang::Zh => format!("{done} / {all}"),
        Lang::En => format!("{done} of {all}"),
    }
}

/// Heading of a list of names with its count.
pub fn named(lang: Lang, heading: Console, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{}({count})", heading.text(lang)),
        Lang::En => format!("{} ({count})", heading.text(lang)),
    }
}

/// Who holds the key of the box.
pub fn trustees(lang: Lang, plan: TrusteesPlan) -> &'static str {
    match plan {
        TrusteesPlan::Console => Console::KeyAtConsole.text(lang),
    }
}

/// The suspension, standing.
pub fn suspended(lang: Lang, reason: &str) -> String {
    match lang {
        Lang::Zh => format!("会议中止:{reason}。按 S 恢复。"),
        Lang::En => format!("suspended: {reason}. S resumes."),
    }
}

/// The papers and the ballots of a round, in one line under its result.
pub fn ballot_figures(lang: Lang, round: &Round) -> String {
    let (issued, returned) = (round.issued(), round.returned().unwrap_or(0));
    match lang {
        Lang::Zh => format!("应到 {}  实到 {}  发出 {issued}  收回 {returned}", round.issue.due, round.present()),
        Lang::En => format!("due {}  present {}  issued {issued}  returned {returned}", round.issue.due, round.present()),
    }
}
