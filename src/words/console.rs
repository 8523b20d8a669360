//! The presiding officer's console: labels, steps, keys, warnings.

use super::{Lang, joint, who};
use crate::meeting::{AdjournGround, Round, State, Step, left_with_paper};

texts! {
    /// Fixed texts of the console.
    pub enum Console {
        Figures: "到会与规则", "Attendance and rules";
        ReadAloud: "主持词", "Read aloud";
        Terminals: "终端", "terminals";
        Duration: "会议", "meeting";
        OnLeave: "请假", "on leave";
        CarriedAt: "通过", "carried";
        Scrutineers: "监票人", "scrutineers";
        Notes: "记事", "notes";
        Objections: "异议", "objections";
        NotSignedIn: "尚未签到的委员", "Members not signed in yet";
        AllSignedIn: "委员已全部签到", "All members have signed in";
        CandidatesNotSignedIn: "尚未签到的考生", "Candidates not signed in yet";
        AllCandidatesSignedIn: "考生已全部签到", "All candidates have signed in";
        ProposedScrutineers: "监票人名单", "Scrutineers proposed";
        OnTheFloor: "正在介绍", "on the floor";
        Introduced: "已介绍", "introduced";
        NotIntroduced: "未介绍", "to come";
        Outside: "离席回避", "Outside";
        MustLeave: "应当离席", "Must leave";
        IsNominee: "人选本人", "nominee";
        OwnWish: "临时提出", "asked to leave";
        NobodyOutside: "没有需要回避的人", "nobody has to leave";
        LeftWithPaper: "领票后离会", "Left after taking a paper";
        WithoutPaper: "还没有领票", "Without a paper yet";
        Declined: "不领票", "Declined";
        AllHavePapers: "全部领到，即将自动停止发票", "all have one; the issue closes by itself";
        NotConfirmed: "终端尚未核对名单", "Terminals that have not confirmed";
        AllConfirmed: "全部核对无误", "all confirmed";
        OnTheList: "名单上", "on the list";
        BoxConfirmed: "终端已核对票箱", "box confirmed by";
        BoxMissing: "尚未核对票箱", "Have not confirmed the box";
        OfflineSeats: "有票而断线的席位（谁已投、谁未投不显示）", "Seats with a paper that are not connected (never who has voted)";
        AllOnline: "有票的席位全部连接", "every seat with a paper is connected";
        PleaseWait: "请稍候，自动进行", "happens by itself, please wait";
        NeverOpened: "票箱没有打开，也不会打开", "the box was not opened and never will be";
        Hands: "举手表决监票人", "Show of hands on the scrutineers";
        HandsOnItem: "登记举手结果", "The hands counted";
        Yes: "确认", "confirm";
        Cancel: "取消", "cancel";
        Submit: "提交", "submit";
        NextField: "下一栏", "next field";
        Back: "返回", "back";
        ScrollWord: "翻看", "scroll";
        Filter: "筛选", "filter";
        SignInOut: "签到/签退", "sign in/out";
        LeaveReturn: "离席/返回", "leave/return";
        ReissueThis: "补发席位码", "reissue the code";
        ReissueStandby: "备用机的码", "the standby's code";
        DeferThis: "暂缓/撤销", "defer/take back";
        OtherMaterial: "另一份材料", "other material";
        PutAway: "收起", "put away";
        Attendance: "到会", "Attendance";
        Connections: "连接", "Connections";
        RecusePick: "回避：选择离席或返回的人", "Recusal: who leaves or returns";
        ReissuePick: "补发席位码", "Reissue a code";
        DeferPick: "暂缓表决：选择人选", "Deferral: choose the line";
        Introduction: "介绍材料", "Introduction";
        Inspection: "考察材料", "Inspection";
        Reading: "正在读取…", "reading…";
        AskNote: "记事（记入会议记录）", "Note for the record";
        AskSuspend: "中止会议的原因", "Why the meeting is suspended";
        AskAdjourn: "休会的原因", "Why the meeting is adjourned";
        AskAdjournNoQuorum: "休会的原因（不填即为不足法定人数）", "Why the meeting is adjourned (empty: no quorum)";
        AskNewRound: "作废本轮、重新发票的原因", "Why this round is void";
        AskDefer: "暂缓表决的原因", "Why the line is deferred";
        NewCode: "新的席位码（只显示这一次）", "New seat code, shown this once";
        CodeOldOff: "原来的终端即刻失效。请把此码交给本人。", "The old terminal is turned off. Hand this code to the person.";
        IntroduceAgain: "介绍所选人选", "introduce the chosen";
        AllDone: "各项议程已全部进行完毕", "All items are done";
        Archive: "会议档案在", "The archive is in";
        Verify: "核验（任何人、任何时候）", "To verify it, anyone at any time";
        Minutes: "会议记录", "Minutes";
        BeforeSeal: "记录即将封存：封存之后，改动一个字节都能发现。", "The record is to be sealed: from then on a change of one byte is detected.";
        Sealing: "已签署，正在封存", "signed, the seal is being made";
        Sealed: "记录已经封存", "The record is sealed";
    }
}

/// The step that Enter takes, as a word on the bottom line.
pub fn step(lang: Lang, step: &Step) -> &'static str {
    match step {
        Step::Reconvene => lang.pick("开始签到", "call to sign in"),
        Step::OpenMeeting => lang.pick("宣布开会", "open the meeting"),
        Step::ApproveScrutineers => lang.pick("登记举手结果", "count the hands"),
        Step::MakeKey => lang.pick("生成开票密钥", "make the key of the box"),
        Step::AwaitKey(_) => lang.pick("监票人正在生成密钥", "scrutineers make the key"),
        Step::CountHeads(_) => lang.pick("等待监票人清点人数", "scrutineers count heads"),
        Step::CompareRoom(_) => lang.pick("等待监票人核对房间码", "scrutineers compare the room code"),
        Step::CheckBox(_) => lang.pick("各终端正在核对票箱", "terminals check the box"),
        Step::KeepClosed(_) => lang.pick("票少，不开箱", "keep the box closed"),
        Step::DeclareUnopenable(_) => lang.pick("宣布无法开箱", "declare it unopenable"),
        Step::CountPapers(_) => lang.pick("等待录入纸质票计票", "the count of the papers is entered"),
        Step::SignResult(_) => lang.pick("等待监票人签署", "scrutineers sign the result"),
        Step::OpenItem(_) => lang.pick("进入本项", "call the item"),
        Step::Introduce(..) => lang.pick("介绍下一名", "introduce the next"),
        Step::BeginRecusal(_) => lang.pick("请回避的同志离席", "begin recusal"),
        Step::BeginDeliberation(_) => lang.pick("开始审议", "begin deliberation"),
        Step::JudgeReply(..) => lang.pick("确认答复", "judge the reply"),
        Step::EndDeliberation(_) => lang.pick("审议结束，请返回", "end deliberation"),
        Step::OpenIssue(_) => lang.pick("发票", "issue papers"),
        Step::TakePapers(_) => lang.pick("停止发票", "close the issue"),
        Step::ConfirmList(_) => lang.pick("等待终端核对名单", "terminals confirm the list"),
        Step::OpenVoting(_) => lang.pick("开始投票", "open voting"),
        Step::CloseVoting(_) => lang.pick("收票封箱", "close voting"),
        Step::SealBox(_) => lang.pick("正在封箱", "sealing the box"),
        Step::OpenBox(_) => lang.pick("开箱计票", "open the box"),
        Step::AwaitCount(_) => lang.pick("正在计票", "counting"),
        Step::DrawOrder(_) => lang.pick("抽签排定顺序", "draw the order"),
        Step::AwaitOrder(_) => lang.pick("正在抽签", "drawing lots"),
        Step::CallOfficial(..) => lang.pick("请下一位", "call the next official"),
        Step::BeginReport(_) => lang.pick("开始述职", "begin the report"),
        Step::BeginQuestions(_) => lang.pick("开始质询", "begin questions"),
        Step::CallQuestion(..) => lang.pick("请下一问", "call the next question"),
        Step::EndQuestion(..) => lang.pick("答复完毕", "answered"),
        Step::EndQuestions(_) => lang.pick("质询结束", "end the questions"),
        Step::DeclareOfficial(_) => lang.pick("公布评议结果", "declare the result"),
        Step::CloseOpinions(..) => lang.pick("截止这名同志的意见", "close the opinions"),
        Step::BeginExam(_) => lang.pick("宣布考试开始", "begin the exam"),
        Step::EndExam(_) => lang.pick("提前结束考试", "end the exam"),
        Step::AwaitMarks(_) => lang.pick("正在阅卷", "papers are being marked"),
        Step::CallFurtherRound(_) => lang.pick("宣布本轮结果，再次投票", "declare, and a further round"),
        Step::BeginStatements(_) => lang.pick("介绍完毕，开始表态", "begin the views"),
        Step::AwaitSpeakers(_) => lang.pick("正在抽签", "drawing lots"),
        Step::AskMember(..) => lang.pick("请下一位表态", "ask the next"),
        Step::AwaitStatement(..) => lang.pick("录入表态", "take the view down"),
        Step::SumUp(_) => lang.pick("录入归纳", "enter the summing up"),
        Step::PutToVote(_) => lang.pick("提请表决", "put it to the vote"),
        Step::AwaitVotes(_) => lang.pick("等待表决", "members vote"),
        Step::CloseNamedVote(_) => lang.pick("表决结束", "close the vote"),
        Step::AwaitSignature(_) => lang.pick("等待签署", "the head signs"),
        Step::CountHands(_) => lang.pick("登记举手结果", "count the hands"),
        Step::DecideAgenda => lang.pick("登记表决结果", "decide on it"),
        Step::TakeWithoutObjection(_) => lang.pick("无异议通过", "nobody objects"),
        Step::Declare(_) => lang.pick("宣布结果", "declare the result"),
        Step::SettleObjection(_) => lang.pick("处理异议", "settle the objection"),
        Step::CloseMeeting => lang.pick("闭会", "close the meeting"),
        Step::Seal => lang.pick("封存记录", "seal the record"),
    }
}

/// The same for a step that asks for a second key, which is named.
pub fn step_then_y(lang: Lang, step: &Step) -> &'static str {
    match step {
        Step::OpenIssue(_) => lang.pick("发票（再按 Y）", "issue papers (then Y)"),
        Step::TakePapers(_) => lang.pick("停止发票（再按 Y）", "close the issue (then Y)"),
        Step::OpenVoting(_) => lang.pick("开始投票（再按 Y）", "open voting (then Y)"),
        Step::CloseVoting(_) => lang.pick("收票封箱（再按 Y）", "close voting (then Y)"),
        Step::KeepClosed(_) => lang.pick("票少，不开箱（再按 Y）", "keep the box closed (then Y)"),
        Step::DeclareUnopenable(_) => lang.pick("宣布无法开箱（再按 Y）", "declare it unopenable (then Y)"),
        Step::OpenBox(_) => lang.pick("开箱计票（再按 Y）", "open the box (then Y)"),
        Step::CloseOpinions(..) => lang.pick("截止意见（再按 Y）", "close the opinions (then Y)"),
        Step::PutToVote(_) => lang.pick("提请表决（再按 Y）", "put it to the vote (then Y)"),
        Step::CloseNamedVote(_) => lang.pick("表决结束（再按 Y）", "close the vote (then Y)"),
        Step::TakeWithoutObjection(_) => lang.pick("无异议通过（再按 Y）", "nobody objects (then Y)"),
        Step::BeginExam(_) => lang.pick("宣布考试开始（再按 Y）", "begin the exam (then Y)"),
        Step::EndExam(_) => lang.pick("提前结束考试（再按 Y）", "end the exam (then Y)"),
        Step::CloseMeeting => lang.pick("闭会（再按 Y）", "close the meeting (then Y)"),
        other => self::step(lang, other),
    }
}

/// What a step that cannot be undone means, before the second key. An evaluation has no lines to defer.
pub fn irreversible(lang: Lang, step: &Step, evaluation: bool) -> &'static str {
    match step {
        Step::OpenIssue(_) if evaluation => lang.pick(
            "发票之后，评议人名单即固定：不能再登记回避，此后到会的人本轮没有票。",
            "Once papers are issued, the reviewers are fixed: nobody can stand aside any more, and who arrives later gets no paper.",
        ),
        Step::OpenIssue(_) => lang.pick(
            "发票之后，表决人名单和人选名单即固定，不能再暂缓；此后到会的人本轮没有票。",
            "Once papers are issued, voters and lines are fixed: no deferral any more, and who arrives later gets no paper.",
        ),
        Step::TakePapers(_) => lang.pick(
            "停止发票之后，没有领票的人本轮不能投票。",
            "Once the issue is closed, who has no paper cannot vote in this round.",
        ),
        Step::OpenVoting(_) => lang.pick(
            "他们的票按发出、未收回计算；回来投票的，先签到。也可以按 W 重新发票。",
            "Their papers count as issued and not returned; who comes back signs in first and votes. Or W issues papers again.",
        ),
        Step::BeginExam(_) => lang.pick(
            "考试现在就开始计时；没有就座的考生可以后到，只用剩下的时间。",
            "The time begins to run; who has no place yet can still take one, with the time that is left.",
        ),
        Step::CloseVoting(_) => lang.pick("投票结束之后，不能再投票。", "Once voting is closed, no ballot is taken any more."),
        Step::KeepClosed(_) => lang.pick(
            "收回的票少于 5 张，按会议计划不开箱：本轮作废，可以重新发票，或不作决定。",
            "Fewer than 5 ballots came back, and the plan keeps such a box closed: the round is void; vote again, or leave it undecided.",
        ),
        Step::DeclareUnopenable(_) => lang.pick(
            "到场的监票人不足，票箱无法开启：本轮作废，须重新生成密钥、重新投票。",
            "Too few scrutineers are left to open the box: the round is void; a new key is made and everybody votes again.",
        ),
        Step::OpenBox(_) => lang.pick("开箱之后，本轮不能作废。", "Once the box is open, this round cannot be void any more."),
        Step::CloseOpinions(..) => joint::closing(lang),
        Step::PutToVote(_) => lang.pick(
            "提请表决之后，表决人即固定，不能再暂缓；此后到会的人在本项不表决。",
            "Once it is put to the vote, the voters are fixed and it cannot be deferred; who arrives later does not vote on it.",
        ),
        Step::CloseNamedVote(_) => lang.pick("表决结束之后，不能再表决。", "Once the vote is closed, no vote is taken any more."),
        Step::TakeWithoutObjection(_) => lang.pick(
            "确认无人提出异议：本项即为通过。",
            "Confirm that nobody objects: it is carried.",
        ),
        Step::EndExam(_) => lang.pick(
            "考试结束之后，不再接受任何答案；没有交卷的按最后保存的答案阅卷。",
            "Once the exam is ended nothing is accepted any more; who has not handed in is marked by the answers saved last.",
        ),
        Step::CloseMeeting => lang.pick("闭会之后，记录不能再增加。", "Once the meeting is closed, nothing can be added to its record."),
        Step::Seal => lang.pick("封存之后，记录不能再改动。", "Once sealed, the record cannot change."),
        _ => "",
    }
}

/// The warnings of a step, from what is known now.
pub fn warnings(lang: Lang, step: &Step, state: &State, all_returned: bool) -> Vec<String> {
    let names = |seats: Vec<String>| who::names_up_to(lang, &seats, 12);
    let rounds = || state.rounds_on_floor();
    match step {
        Step::TakePapers(_) => {
            let missing = rounds().flat_map(Round::without_paper);
            let missing: Vec<String> = missing.map(|seat| state.name(seat).to_owned()).collect();
            if missing.is_empty() {
                return Vec::new();
            }
            let count = missing.len();
            vec![match lang {
                Lang::Zh => format!("还有{count}名没有领票：{}", names(missing)),
                Lang::En => format!("{count} without a paper: {}", names(missing)),
            }]
        }
        Step::EndExam(_) => {
            let exam = state.current_exam().map(|(_, _, exam)| exam);
            let open = exam
                .into_iter()
                .flat_map(|exam| exam.seated.keys().filter(|seat| !exam.handed_in.contains_key(*seat)));
            let open: Vec<String> = open.map(|seat| state.name(seat).to_owned()).collect();
            let count = open.len();
            if count == 0 { Vec::new() } else { vec![super::exam::not_handed_in(lang, count, &names(open))] }
        }
        Step::BeginExam(item) => {
            let (here, _) = state.without_place(item);
            let here: Vec<String> = here.iter().map(|seat| state.name(seat).to_owned()).collect();
            if here.is_empty() {
                Vec::new()
            } else {
                vec![super::exam::not_seated(lang, here.len(), &names(here))]
            }
        }
        Step::OpenVoting(_) => {
            let left = state.current_item().map(|item| left_with_paper(state, item)).unwrap_or_default();
            let count = left.len();
            let left = names(left.iter().map(|seat| state.name(seat).to_owned()).collect());
            vec![match lang {
                Lang::Zh => format!("{count}名领票后离会：{left}"),
                Lang::En => format!("{count} left after taking a paper: {left}"),
            }]
        }
        Step::CloseVoting(_) if !all_returned => vec![
            lang.pick(
                "可能还有票没有收回；没有收回的票按未投计算。",
                "Papers may still be out; what is not returned counts for nothing.",
            )
            .to_owned(),
        ],
        Step::OpenBox(_) | Step::CheckBox(_) => {
            let missing = rounds().flat_map(Round::box_unconfirmed);
            let missing: Vec<String> = missing.map(|seat| state.name(seat).to_owned()).collect();
            if missing.is_empty() {
                return Vec::new();
            }
            let count = missing.len();
            vec![match lang {
                Lang::Zh => format!("还有{count}台终端没有核对票箱：{}", names(missing)),
                Lang::En => format!("{count} terminals have not confirmed the box: {}", names(missing)),
            }]
        }
        _ => Vec::new(),
    }
}

/// Voiding a round, before the second key.
pub fn new_round_warning(lang: Lang) -> &'static str {
    lang.pick(
        "本轮作废：票箱永不打开，已投的票无效，全体重新领票、重新投票。",
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
        Lang::Zh => format!("休会：{why}。会议就此结束，不能恢复，只能封存。"),
        Lang::En => format!("Adjourn: {why}. The meeting ends here; only the seal follows."),
    }
}

/// Reissuing a code, before the second key.
pub fn reissue_warning(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("为{name}补发席位码：其现在的终端即刻失效。"),
        Lang::En => format!("Reissue the code of {name}: the present terminal is turned off."),
    }
}

/// A second key is wanted.
pub fn press_y(lang: Lang) -> &'static str {
    lang.pick("按 Y 确认，Esc 取消", "Y confirms, Esc cancels")
}

/// What can be done about a quorum that is missed; the figures stand above.
pub fn after_missed_quorum(lang: Lang) -> &'static str {
    lang.pick(
        "不足法定人数：等更多委员签到后再试，或按 J 休会",
        "no quorum: try again when more have signed in, or J adjourns",
    )
}

/// An objection that stands.
pub fn objection(lang: Lang, who: &str, reason: &str, more: usize) -> String {
    match (lang, more) {
        (Lang::Zh, 0) => format!("{who}提出异议：{reason}"),
        (Lang::Zh, more) => format!("{who}提出异议：{reason}（另有{more}条）"),
        (Lang::En, 0) => format!("{who} objects: {reason}"),
        (Lang::En, more) => format!("{who} objects: {reason} (and {more} more)"),
    }
}

/// How many of the hands are still to be counted.
pub fn hands_left(lang: Lang, counted: u32, present: u32) -> String {
    match (lang, present.checked_sub(counted)) {
        (Lang::Zh, Some(0)) => format!("实到{present}名，全部计入"),
        (Lang::En, Some(0)) => format!("{present} present, all counted"),
        (Lang::Zh, Some(left)) => format!("实到{present}名，还有{left}名未计"),
        (Lang::En, Some(left)) => format!("{present} present, {left} still to be counted"),
        (Lang::Zh, None) => format!("实到{present}名，多计了{}名", counted - present),
        (Lang::En, None) => format!("{present} present, {} too many", counted - present),
    }
}

/// The last vote on the scrutineers, where it failed.
pub fn hands_failed(lang: Lang, agree: u32, present: u32) -> String {
    match lang {
        Lang::Zh => format!("上次表决未通过：同意{agree}名，须超过实到{present}名的半数"),
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
    let nominees = if lines == 1 { "nominee" } else { "nominees" };
    match (lang, deferred) {
        (Lang::Zh, 0) => format!("人选 {lines} 名"),
        (Lang::Zh, deferred) => format!("人选 {lines} 名（{deferred} 名暂缓表决）"),
        (Lang::En, 0) => format!("{lines} {nominees}"),
        (Lang::En, deferred) => format!("{lines} {nominees} ({deferred} deferred)"),
    }
}

/// The suspension, standing.
pub fn suspended(lang: Lang, reason: &str) -> String {
    match lang {
        Lang::Zh => format!("会议中止：{reason}。按 S 恢复。"),
        Lang::En => format!("suspended: {reason}. S resumes."),
    }
}

/// A relative of a nominee.
pub fn relative_of(lang: Lang, nominee: &str) -> String {
    let nominee = who::spoken(nominee);
    match lang {
        Lang::Zh => format!("{nominee}的亲属"),
        Lang::En => format!("relative of {nominee}"),
    }
}

/// Which round this is, after the first.
pub fn round_number(lang: Lang, round: u32) -> String {
    match lang {
        Lang::Zh => format!("（第 {round} 轮）"),
        Lang::En => format!(" (round {round})"),
    }
}

/// The line over the own ballot paper.
pub fn own_paper(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("本人表决票  {name}    F9 返回主持台"),
        Lang::En => format!("Own ballot paper  {name}    F9 back to the console"),
    }
}

/// A note was taken.
pub fn noted(lang: Lang) -> &'static str {
    lang.pick("已记入会议记录", "noted in the record")
}

/// Why the meeting was adjourned.
pub fn because(lang: Lang, why: &str) -> String {
    match lang {
        Lang::Zh => format!("休会原因：{why}"),
        Lang::En => format!("adjourned because: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::sample::{Point, Sample};
    use crate::meeting::{BallotId, ItemId, LineId};

    #[test]
    fn every_text_is_there_in_both_languages() {
        for text in Console::ALL {
            let (zh, en) = (text.text(Lang::Zh), text.text(Lang::En));
            assert!(!zh.is_empty() && !en.is_empty() && zh != en, "{text:?}");
            assert!(en.is_ascii() || en.ends_with('…'), "{en}");
        }
    }

    #[test]
    fn what_cannot_be_undone_says_what_it_means_and_names_the_second_key() {
        let (item, line, ballot) = (ItemId::from("i"), LineId::from("l"), BallotId::from("b"));
        let steps = [
            Step::OpenMeeting,
            Step::ApproveScrutineers,
            Step::OpenItem(item.clone()),
            Step::Introduce(item.clone(), line),
            Step::BeginRecusal(item.clone()),
            Step::BeginDeliberation(item.clone()),
            Step::EndDeliberation(item.clone()),
            Step::OpenIssue(item.clone()),
            Step::TakePapers(ballot.clone()),
            Step::ConfirmList(ballot.clone()),
            Step::OpenVoting(ballot.clone()),
            Step::CloseVoting(ballot.clone()),
            Step::SealBox(ballot.clone()),
            Step::OpenBox(ballot.clone()),
            Step::AwaitCount(ballot),
            Step::Declare(item),
            Step::CloseMeeting,
            Step::Seal,
        ];
        for step in &steps {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!super::step(lang, step).is_empty());
                // Voting is asked about twice where somebody has left who holds a paper.
                let asked = step.is_irreversible() || matches!(step, Step::OpenVoting(_));
                assert_eq!(irreversible(lang, step, false).is_empty(), !asked, "{step:?}");
                // The seal follows the close without being asked for twice.
                let two = asked && *step != Step::Seal;
                assert_eq!(step_then_y(lang, step).contains('Y'), two, "{step:?}");
            }
        }
    }

    #[test]
    fn warnings_name_who_is_missing() {
        let sample = Sample::new(Lang::En).until(Point::Issuing);
        let step = crate::meeting::next_step(&sample.state).unwrap();
        let warned = warnings(Lang::En, &step, &sample.state, false).join(" ");
        assert!(warned.starts_with("8 without a paper: Zhang Wei, Wang Xiuying"), "{warned}");
        let sample = Sample::new(Lang::Zh).until(Point::Sealed);
        let step = crate::meeting::next_step(&sample.state).unwrap();
        let warned = warnings(Lang::Zh, &step, &sample.state, true).join("");
        assert!(warned.starts_with("还有8台终端没有核对票箱：张伟、王秀英"), "{warned}");
    }
}
