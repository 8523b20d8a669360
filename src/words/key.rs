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
    /// Choose an official.
    ChooseOfficial,
    /// The report is in writing.
    InWriting,
    /// Put an official off.
    PutOff,
    /// The findings and the report.
    Report,
    /// Somebody stands aside from an evaluation.
    Abstain,
    /// Pause the clock.
    Pause,
    /// Let the clock go on.
    GoOn,
    /// A minute more.
    Extend,
    /// Choose a question in the queue.
    ChooseQuestion,
    /// Move the chosen question in the queue.
    MoveQuestion,
    /// Merge the chosen question with another.
    Merge,
    /// Return the chosen question.
    GiveBack,
    /// Take the answer down.
    TakeAnswer,
    /// An answer in writing is promised.
    Promise,
    /// The question is declined.
    Decline,
    /// Enter a spoken question.
    Oral,
    /// Read questions and answers whole.
    WholeText,
    /// End the questions.
    EndQuestions,
    /// Requests for the floor.
    Floor,
    /// Choose an official in a joint meeting.
    ChooseConsidered,
    /// Enter a department's opinion.
    EnterStance,
    /// Close the opinions on all officials.
    CloseAll,
    /// Turn to other departments.
    OtherDepartments,
    /// Whether questions were answered clearly.
    Judge,
    /// Choose among those who have not signed.
    ChooseSigner,
    /// Go on without somebody's signature.
    Without,
    /// Make the key of the box again, with those who are here.
    MakeAgain,
    /// Name scrutineers whose terminals do not answer to the opening.
    Silent,
    /// Declare that nothing was decided.
    Undecided,
    /// Somebody who was asked passes.
    PassFor,
    /// Defer the item as a whole.
    DeferItem,
    /// Enter somebody's vote by name.
    EnterVote,
    /// Say why the head does not sign.
    Unsigned,
    /// Enter a notification that was given before.
    Notice,
    /// Somebody objects to going without a count.
    Objects,
    /// The declared results: objections and reconsiderations.
    Results,
    /// Vote on paper.
    ByPaper,
    /// Enter a scrutineer's count of the papers.
    EnterPapers,
    /// Record who signed the result by hand.
    SheetByHand,
    /// Call the next item though there is no key.
    WithoutKey,
    /// Change the agenda.
    Agenda,
    /// Read questions and answers whole, where P is taken.
    WholeTextBeside,
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
            Self::Choose | Self::OtherDepartments => "←→",
            Self::Material => "I",
            Self::Recuse => "X",
            Self::Defer | Self::Undecided => "D",
            Self::Note => "N",
            Self::Suspend | Self::Resume => "S",
            Self::Adjourn => "J",
            Self::NewRound => "W",
            Self::Reissue => "C",
            Self::Connections | Self::MakeAgain => "K",
            Self::Own => "V",
            Self::DealtWith | Self::PutOff => "O",
            Self::ChooseConsidered | Self::ChooseOfficial | Self::ChooseQuestion | Self::ChooseSigner => "↑↓",
            Self::InWriting => "B",
            Self::Report => "I",
            Self::Abstain => "H",
            Self::Pause | Self::GoOn => "Z",
            Self::Extend => "T",
            Self::MoveQuestion => "<>",
            Self::Merge | Self::Silent => "M",
            Self::GiveBack => "G",
            Self::TakeAnswer => "F",
            Self::Promise | Self::Without => "W",
            Self::Decline => "X",
            Self::Oral | Self::EnterStance | Self::Judge | Self::WholeTextBeside => "U",
            Self::WholeText | Self::ByPaper | Self::EnterPapers | Self::SheetByHand | Self::WithoutKey => "P",
            Self::EndQuestions | Self::CloseAll => "E",
            Self::Floor => "L",
            Self::PassFor | Self::Agenda => "G",
            Self::DeferItem => "D",
            Self::EnterVote | Self::Objects => "E",
            Self::Unsigned => "U",
            Self::Notice => "B",
            Self::Results => "Y",
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
            Self::ChooseOfficial => ("另选", "choose"),
            Self::InWriting => ("书面报告", "in writing"),
            Self::PutOff => ("推迟", "put off"),
            Self::Report => ("材料", "material"),
            Self::Abstain => ("回避评议", "stands aside"),
            Self::Pause => ("暂停计时", "pause"),
            Self::GoOn => ("继续计时", "go on"),
            Self::Extend => ("延时", "+1 min"),
            Self::ChooseQuestion => ("选提问", "choose"),
            Self::MoveQuestion => ("移前移后", "move"),
            Self::Merge => ("合并", "merge"),
            Self::GiveBack => ("退回", "return"),
            Self::TakeAnswer => ("记答复", "take answer"),
            Self::Promise => ("书面答复，限期", "in writing by"),
            Self::Decline => ("不予答复", "decline"),
            Self::Oral => ("口头提问", "spoken"),
            Self::WholeText | Self::WholeTextBeside => ("全文", "whole text"),
            Self::ByPaper => ("改用纸质票", "vote on paper"),
            Self::EnterPapers => ("代录计票", "enter a count"),
            Self::SheetByHand => ("登记纸上签署", "signed on paper"),
            Self::WithoutKey => ("不等密钥", "go on without"),
            Self::EndQuestions => ("结束质询", "end questions"),
            Self::Floor => ("发言", "floor"),
            Self::ChooseConsidered => ("另选", "choose"),
            Self::EnterStance => ("代录意见", "enter opinion"),
            Self::CloseAll => ("全部截止", "close all"),
            Self::OtherDepartments => ("其他部门", "departments"),
            Self::Judge => ("确认答复", "judge replies"),
            Self::ChooseSigner => ("选择", "choose"),
            Self::Without => ("不等此人", "go on without"),
            Self::MakeAgain => ("重新生成", "begin again"),
            Self::Silent => ("没有应答", "no answer"),
            Self::Undecided => ("不作决定", "undecided"),
            Self::PassFor => ("不发表意见", "passes"),
            Self::DeferItem => ("暂缓本项", "defer"),
            Self::EnterVote => ("代录表决", "enter a vote"),
            Self::Unsigned => ("注明未签署", "not signed"),
            Self::Notice => ("补记通知", "notification"),
            Self::Objects => ("有异议", "objection"),
            Self::Agenda => ("变更议程", "agenda"),
            Self::Results => ("结果异议", "results"),
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
                "写明原因休会：会议就此结束，不能撤销；按 Tab 则定好时间，改日继续。",
                "Adjourn with a reason: the meeting ends here and cannot be reopened; Tab: it goes on another day.",
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
            Self::ChooseOfficial => (
                "选择一名述职人：按 Enter 请其报告，按 O 推迟。",
                "Choose an official: Enter calls the chosen one, O puts that one off.",
            ),
            Self::InWriting => (
                "述职人不在场：写明原因，改为书面报告，直接进入质询。",
                "The official is absent: with a reason the report is in writing, and questions follow.",
            ),
            Self::PutOff => (
                "写明原因，推迟一名述职人：本次会议不再评议。",
                "Put an official off with a reason: no evaluation in this meeting.",
            ),
            Self::Report => (
                "查看监督检查情况和述职报告；Tab 换另一份。",
                "Read the findings of the inspection and the report; Tab turns to the other.",
            ),
            Self::Abstain => (
                "登记一名回避的评议人：对这名述职人不领票。",
                "A reviewer stands aside: no paper for this official.",
            ),
            Self::Pause => ("暂停计时。", "Pause the clock."),
            Self::GoOn => ("继续计时。", "Let the clock go on."),
            Self::Extend => ("延长 1 分钟；可以多按几次。", "One minute more; it can be pressed again."),
            Self::ChooseQuestion => (
                "选择一个排队的提问；没有提问在答复时，按 Enter 即请所选提问。",
                "Choose a question that waits; with none on the floor Enter calls the chosen one.",
            ),
            Self::MoveQuestion => (
                "把所选提问移前（< 或 +）、移后（> 或 -）。",
                "Move the chosen question to the front (< or +) or to the back (> or -).",
            ),
            Self::Merge => (
                "把所选提问并入另一个排队的提问；两个都保留在记录中。",
                "Merge the chosen question into another that waits; both stay in the record.",
            ),
            Self::GiveBack => (
                "写明原因，把所选提问退回提问人。",
                "Return the chosen question to its asker, with a reason.",
            ),
            Self::TakeAnswer => ("录入正在答复的内容。", "Take down what is being answered."),
            Self::Promise => (
                "改为限期书面答复，写明日期；默认 15 个工作日。",
                "It is answered in writing by a day; 15 working days unless you type another.",
            ),
            Self::Decline => (
                "写明理由，不予答复：正在答复的提问，或所选提问。",
                "Decline the question on the floor, or the chosen one, with a reason.",
            ),
            Self::Oral => (
                "录入当场口头提出的问题，并登记是谁问的。",
                "Enter a question that was spoken, and who asked it.",
            ),
            Self::WholeText | Self::WholeTextBeside => (
                "查看提问和答复的全文，包括已经结束、退回、合并的。",
                "Read questions and answers whole, also those that are over, returned or merged.",
            ),
            Self::ByPaper => (
                "电子表决不能进行时改用纸质票：按实到人数印票，人工清点，两名监票人录入；进行中的电子一轮作废。要再按 Y。",
                "When the vote cannot be electronic: papers for those present, counted by hand, entered by two scrutineers; the electronic round under way is void. Y confirms it.",
            ),
            Self::EnterPapers => (
                "终端不能用时，代一名监票人录入纸质票计票；记录写明由主持台代录。",
                "Enter the count of the papers for a scrutineer whose terminal does not work; the record says that the console did.",
            ),
            Self::SheetByHand => (
                "登记没有终端的监票人在纸质计票单上签署，或拒签及理由。",
                "Record that a scrutineer without a terminal signed the tally sheet of paper, or refused and why.",
            ),
            Self::WithoutKey => (
                "密钥不能生成时，先进入下一项；到表决时仍可生成密钥，或改用纸质票。",
                "If the key cannot be made: call the next item. At its ballot the key can still be made, or the vote is on paper.",
            ),
            Self::EndQuestions => (
                "结束质询；还有提问排队时，先说明怎样处理。",
                "End the questions; where some still wait, say what becomes of them.",
            ),
            Self::Floor => (
                "查看发言申请：请人发言、不安排、结束发言。",
                "Requests for the floor: call a speaker, refuse, end a speech.",
            ),
            Self::ChooseConsidered => (
                "选择一名联审对象：看各部门的意见；按 Enter 截止对其意见，按 U 代录一个部门的意见。",
                "Choose an official: read what was said; Enter closes the opinions, U enters one for a department.",
            ),
            Self::EnterStance => (
                "终端不能用的部门：由主持台代录其意见，记录注明代录。",
                "For a department whose terminal does not work: enter its opinion here; the record says so.",
            ),
            Self::Agenda => (
                "变更议程：增加、撤下、移动、恢复尚未进行的议项，由会议表决或无异议决定。",
                "Change the agenda: add, take off, move or put back an item to come, by hands or without objection.",
            ),
            Self::CloseAll => {
                ("一次截止全部还没有截止的意见。", "Close the opinions on all officials at once.")
            }
            Self::OtherDepartments => ("看其他部门的意见。", "Turn to the other departments."),
            Self::Judge => (
                "逐一确认对提请单位的询问是否答清楚；可以改，直到审议结束。",
                "Say of each question to the proposing body whether it was answered clearly; it can be said anew until the deliberation ends.",
            ),
            Self::ChooseSigner => ("选择还没有签署的人。", "Choose among those who have not signed."),
            Self::Without => (
                "没有所选的人的签名也继续，要写明原因，原因写入档案。",
                "Go on without the chosen person's signature, with a reason that goes into the archive.",
            ),
            Self::MakeAgain => (
                "有监票人中途离开：先签退，再由在场的监票人重新生成密钥。",
                "A scrutineer has left: sign that one out first, then those present make the key from the beginning.",
            ),
            Self::Silent => (
                "点名在场而终端没有应答的监票人：不再等待其份额。",
                "Name scrutineers who are here and whose terminals do not answer: their shares are not waited for.",
            ),
            Self::Undecided => (
                "票箱没有打开：宣布本项不作决定，不再重新投票。",
                "The box was not opened: declare that nothing is decided, and do not vote again.",
            ),
            Self::PassFor => (
                "所请的同志不发表意见：记入记录，要再按 Y 确认。",
                "The one who was asked passes: it goes into the record; Y confirms it.",
            ),
            Self::DeferItem => (
                "写明原因，暂缓本项：提请表决之前都可以。",
                "Defer the item with a reason, at any moment before it is put to the vote.",
            ),
            Self::EnterVote => (
                "为终端不能使用的同志代录表决，或记为不表决，要写明原因；记录中注明代录。",
                "Enter the vote of somebody whose terminal does not work, or that they do not vote, with the reason; the record says so.",
            ),
            Self::Unsigned => (
                "主要负责人没有用终端签署：写明原因，原因写入记录。",
                "The head does not sign with the terminal: say why; it goes into the record.",
            ),
            Self::Notice => (
                "补记会前已经发出的通知：选人，写明日期；会议当天及以后的不算。",
                "Enter a notification that was given before the meeting: to whom, and on which day; one on the day itself is none.",
            ),
            Self::Objects => (
                "有人提出异议：登记是谁，改为举手表决。",
                "Somebody objects: enter who, and hands are counted.",
            ),
            Self::Results => (
                "已宣布的结果：登记或处理异议，提请复议。",
                "The declared results: take down or settle an objection, ask for a reconsideration.",
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
