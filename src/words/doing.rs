//! What each command does, as a verb: for refusals, titles and the log.

use super::Lang;
use crate::meeting::CommandKind;

/// What a command does, as a verb.
pub fn doing(lang: Lang, command: CommandKind) -> &'static str {
    match command {
        CommandKind::Enrol => lang.pick("登记终端", "enrol a terminal"),
        CommandKind::EnrolStandby => lang.pick("登记备用机", "enrol a standby"),
        CommandKind::AttachStandby => lang.pick("确认备用机同步", "say that the standby is in step"),
        CommandKind::DetachStandby => lang.pick("脱开备用机", "detach the standby"),
        CommandKind::TakeOver => lang.pick("接管会议主机", "take over as the hub"),
        CommandKind::ReissueCode => lang.pick("补发席位码", "reissue a seat's code"),
        CommandKind::SignIn => lang.pick("签到", "sign somebody in"),
        CommandKind::SignOut => lang.pick("签退", "sign somebody out"),
        CommandKind::OpenMeeting => lang.pick("宣布开会", "open the meeting"),
        CommandKind::ApproveScrutineers => lang.pick("表决监票人", "approve the scrutineers"),
        CommandKind::OpenItem => lang.pick("进入一项议程", "call an item"),
        CommandKind::Introduce => lang.pick("介绍人选", "introduce a nominee"),
        CommandKind::BeginRecusal => lang.pick("开始回避", "begin the recusal"),
        CommandKind::Recuse => lang.pick("请人离席回避", "ask somebody to leave"),
        CommandKind::Return => lang.pick("请回避的人返回", "call somebody back"),
        CommandKind::BeginDeliberation => lang.pick("开始审议", "begin the deliberation"),
        CommandKind::EndDeliberation => lang.pick("结束审议", "end the deliberation"),
        CommandKind::Defer => lang.pick("暂缓一名人选", "defer a line"),
        CommandKind::Undefer => lang.pick("撤销暂缓", "take a deferral back"),
        CommandKind::TakePlace => lang.pick("就座", "take a place in the exam"),
        CommandKind::BeginExam => lang.pick("宣布考试开始", "begin the exam"),
        CommandKind::HandIn => lang.pick("交卷", "hand in a paper"),
        CommandKind::EndExam => lang.pick("结束考试", "end the exam"),
        CommandKind::OpenBank => lang.pick("公开题库", "open the bank of questions"),
        CommandKind::OpenSheet => lang.pick("公开答卷", "open a paper"),
        CommandKind::FinishMarking => lang.pick("完成阅卷", "finish the marking"),
        CommandKind::Note => lang.pick("记事", "make a note"),
        CommandKind::OpenIssue => lang.pick("发票", "issue papers"),
        CommandKind::PublishIssuer => lang.pick("公布发票密钥", "publish the key of the papers"),
        CommandKind::RequestPapers => lang.pick("领票", "take a paper"),
        CommandKind::DeclinePaper => lang.pick("表示不领票", "decline a paper"),
        CommandKind::CloseIssue => lang.pick("停止发票", "close the issue of papers"),
        CommandKind::FixList => lang.pick("固定名单", "fix the list"),
        CommandKind::ConfirmLists => lang.pick("核对名单", "confirm the list"),
        CommandKind::MakeKey => lang.pick("生成开票密钥", "make the key of the ballot box"),
        CommandKind::CertifyKey => lang.pick("出示密钥证书", "certify a key"),
        CommandKind::CommitDealing => lang.pick("承诺密钥份额", "commit to a dealing"),
        CommandKind::FixTrustees => lang.pick("公布开票公钥", "publish the key of the ballot box"),
        CommandKind::ConfirmTrustees => lang.pick("核对开票公钥", "confirm the key of the ballot box"),
        CommandKind::CountHeads => lang.pick("清点人数", "count heads"),
        CommandKind::ConfirmRoom => lang.pick("核对房间码", "compare the room code"),
        CommandKind::AcceptMissing => {
            lang.pick("同意缺少某台终端的核对", "accept that a terminal does not confirm the box")
        }
        CommandKind::KeepClosed => lang.pick("票箱不开启", "keep the box closed"),
        CommandKind::ReleaseFactors => lang.pick("参与开箱", "help to open the box"),
        CommandKind::ShowFalseFactors => {
            lang.pick("公布不成立的开箱份额", "show that a share of the opening does not hold")
        }
        CommandKind::NameSilent => {
            lang.pick("写明监票人的终端没有应答", "name scrutineers whose terminals do not answer")
        }
        CommandKind::DeclareUnopenable => {
            lang.pick("宣布票箱无法开启", "declare that the box cannot be opened")
        }
        CommandKind::SignResult => lang.pick("签署计票结果", "sign the result sheet"),
        CommandKind::RefuseResult => lang.pick("拒签计票结果", "not sign the result sheet"),
        CommandKind::Object => lang.pick("提出异议", "object"),
        CommandKind::NewRound => lang.pick("作废本轮、重新发票", "void the round"),
        CommandKind::OpenVoting => lang.pick("开始投票", "open voting"),
        CommandKind::CloseVoting => lang.pick("结束投票", "close voting"),
        CommandKind::FixBox => lang.pick("封箱", "seal the box"),
        CommandKind::EndBoxCheck => lang.pick("结束票箱补入", "end the time in which a box can grow"),
        CommandKind::ConfirmBox => lang.pick("核对票箱", "confirm the box"),
        CommandKind::OpenBox => lang.pick("开箱", "open the box"),
        CommandKind::PublishCount => lang.pick("公布计票", "publish the count"),
        CommandKind::OpenPaperVote => lang.pick("改用纸质票表决", "vote on paper"),
        CommandKind::EnterCount => lang.pick("录入纸质票计票", "enter the count of the papers"),
        CommandKind::EnterCountFor => {
            lang.pick("代监票人录入纸质票计票", "enter the count of the papers for a scrutineer")
        }
        CommandKind::RecordSheet => {
            lang.pick("登记监票人在纸上的签署", "record a signature on the result sheet of paper")
        }
        CommandKind::CallFurtherRound => lang.pick("再次投票", "call a further round"),
        CommandKind::Declare => lang.pick("宣布结果", "declare the result"),
        CommandKind::Suspend => lang.pick("中止会议", "suspend the meeting"),
        CommandKind::Resume => lang.pick("恢复会议", "resume the meeting"),
        CommandKind::Adjourn => lang.pick("休会", "adjourn the meeting"),
        CommandKind::AdjournTo => lang.pick("休会，改日继续", "adjourn the meeting to another day"),
        CommandKind::Reconvene => {
            lang.pick("开始为继续开会签到", "call everybody to sign in for the next sitting")
        }
        CommandKind::CloseMeeting => lang.pick("闭会", "close the meeting"),
        CommandKind::DrawOrder => lang.pick("抽签排定顺序", "draw the order"),
        CommandKind::FixOrder => lang.pick("公布抽签结果", "publish the order drawn"),
        CommandKind::CallOfficial => lang.pick("请述职人", "call an official"),
        CommandKind::PutOff => lang.pick("推迟一名述职人", "put an official off"),
        CommandKind::BeginReport => lang.pick("开始报告", "begin the report"),
        CommandKind::ReportInWriting => lang.pick("改为书面报告", "take the report in writing"),
        CommandKind::BeginQuestions => lang.pick("开始质询", "begin the questions"),
        CommandKind::PauseClock => lang.pick("暂停计时", "pause the clock"),
        CommandKind::ResumeClock => lang.pick("继续计时", "start the clock again"),
        CommandKind::ExtendClock => lang.pick("延长时间", "extend the time"),
        CommandKind::Ask => lang.pick("提问", "ask a question"),
        CommandKind::EnterQuestion => lang.pick("录入口头提问", "enter a spoken question"),
        CommandKind::PublishSlips => lang.pick("公布纸条", "publish slips"),
        CommandKind::PublishSlipKey => {
            lang.pick("公开纸条密钥供核对", "publish the secret key of the slips for checking")
        }
        CommandKind::PublishSlipIssuer => lang.pick("公布纸条密钥", "publish the key of the slips"),
        CommandKind::RequestSlips => lang.pick("领取纸条", "take slips"),
        CommandKind::OrderQueue => lang.pick("调整提问次序", "change the order of the questions"),
        CommandKind::MergeQuestion => lang.pick("合并提问", "merge questions"),
        CommandKind::ReturnQuestion => lang.pick("退回提问", "return a question"),
        CommandKind::CallQuestion => lang.pick("请下一问", "call a question"),
        CommandKind::TakeAnswer => lang.pick("记录答复", "take an answer down"),
        CommandKind::EndQuestion => lang.pick("结束一个提问", "end a question"),
        CommandKind::SayIfSatisfied => lang.pick("表示是否满意", "say whether you are satisfied"),
        CommandKind::Inquire => lang.pick("提交质询书", "file a written inquiry"),
        CommandKind::EndQuestions => lang.pick("结束质询", "end the questions"),
        CommandKind::GiveOpinion => lang.pick("提意见建议", "give an opinion"),
        CommandKind::DeclareOfficial => lang.pick("公布评议结果", "declare the result of an evaluation"),
        CommandKind::SayInside => lang.pick("在审议中发言", "make a statement in the deliberation"),
        CommandKind::TakeDownSaid => lang.pick("记录审议发言", "take down a statement"),
        CommandKind::PutQuestion => lang.pick("向提请单位询问", "put a question to the proposing body"),
        CommandKind::TakeDownQuestion => {
            lang.pick("记录对提请单位的询问", "take down a question to the proposing body")
        }
        CommandKind::Reply => lang.pick("答复询问", "reply to a question"),
        CommandKind::JudgeReply => lang.pick("确认是否答清楚", "say whether a question was answered clearly"),
        CommandKind::GiveStance => lang.pick("提出本部门意见", "give your department's opinion"),
        CommandKind::EnterStance => lang.pick("代录部门意见", "enter a department's opinion"),
        CommandKind::CloseOpinions => lang.pick("截止一名同志的意见", "close the opinions on an official"),
        CommandKind::CloseAllOpinions => lang.pick("截止全部意见", "close all opinions"),
        CommandKind::RecordNotice => lang.pick("补记会前通知", "enter a notification given before"),
        CommandKind::BeginStatements => lang.pick("开始逐一表态", "begin the views"),
        CommandKind::FixSpeakers => lang.pick("公布表态顺序", "publish the order of the speakers"),
        CommandKind::AskMember => lang.pick("请成员表态", "ask a member for a view"),
        CommandKind::GiveStatement => lang.pick("表态", "give a view"),
        CommandKind::PassStatement => lang.pick("表示不发表意见", "pass"),
        CommandKind::SumUp => lang.pick("归纳意见", "sum up"),
        CommandKind::PutToVote => lang.pick("提请表决", "put it to the vote"),
        CommandKind::DeferMatter => lang.pick("暂缓本项", "defer the item"),
        CommandKind::VoteByName => lang.pick("记名表决", "vote by name"),
        CommandKind::EnterVote => lang.pick("代录表决", "enter a vote"),
        CommandKind::CloseNamedVote => lang.pick("结束记名表决", "close the vote by name"),
        CommandKind::SignMatter => lang.pick("签署本项记录", "sign the record of the item"),
        CommandKind::LeaveUnsigned => lang.pick("注明未签署的原因", "say why the record is not signed"),
        CommandKind::CountHands => lang.pick("登记举手结果", "count the hands"),
        CommandKind::ObjectToVote => lang.pick("要求计票", "object to going without a count"),
        CommandKind::ObjectToResult => lang.pick("对已宣布的结果提出异议", "object to a declared result"),
        CommandKind::SettleObjection => lang.pick("处理对结果的异议", "settle an objection to a result"),
        CommandKind::Reconsider => lang.pick("提请复议", "ask for a reconsideration"),
        CommandKind::TakeWithoutObjection => lang.pick("无异议通过", "take it without objection"),
        CommandKind::AskFloor => lang.pick("申请发言", "ask for the floor"),
        CommandKind::LeaveFloor => lang.pick("撤回申请或结束发言", "give the floor back"),
        CommandKind::CallSpeaker => lang.pick("请人发言", "call a speaker"),
        CommandKind::EndSpeech => lang.pick("结束发言", "end a speech"),
        CommandKind::ChangeAgenda => lang.pick("变更议程", "change the agenda"),
        CommandKind::PutAgenda => lang.pick("提请变更议程", "put a change of the agenda to the meeting"),
        CommandKind::ObjectToAgenda => {
            lang.pick("对变更议程提出异议", "object to a change of the agenda being taken without a count")
        }
        CommandKind::WithdrawAgenda => lang.pick("撤回变更议程的提请", "withdraw a change of the agenda"),
        CommandKind::RefuseSpeaker => lang.pick("不安排发言", "refuse somebody the floor"),
    }
}
