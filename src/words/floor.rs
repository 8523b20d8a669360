//! What the meeting is doing: stages, phases, figures, quorum, outcomes.

use super::Lang;
use crate::meeting::{AdjournGround, ItemState, QuorumMissed, RoundPhase, Stage, VoidReason};
use crate::rules::LineOutcome;

texts! {
    /// The stops of the agenda and of an item.
    pub enum Stop {
        SignIn: "签到与开会", "Sign-in and opening";
        Scrutineers: "通过监票人", "Approve the scrutineers";
        Introduction: "介绍人选", "Introduction";
        Report: "提请单位报告", "Report";
        Recusal: "回避", "Recusal";
        Deliberation: "审议", "Deliberation";
        Draft: "介绍方案", "The draft is introduced";
        Views: "逐一表态，末位表态", "Views, the head last";
        SummingUp: "归纳", "Summing up";
        ByName: "记名表决", "Vote by name";
        OpenVote: "公开表决", "Open vote";
        Signature: "主要负责人签署", "The head signs";
        Issue: "发票", "Issue of papers";
        Voting: "投票", "Voting";
        Sealing: "收票封箱", "Box sealed";
        Counting: "开箱计票", "Opening and count";
        Declaration: "宣布结果", "Declaration";
        Closing: "闭会", "Closing";
    }
}

texts! {
    /// What is on the floor, as a title.
    pub enum Now {
        SigningIn: "正在签到", "Signing in";
        ScrutineersNext: "将通过监票人名单", "The scrutineers are to be approved";
        Between: "等待进入下一项", "Waiting for the next item";
        Introducing: "介绍人选", "Nominees are introduced";
        Reporting: "提请单位报告", "The proposing body reports";
        Recusing: "请涉及回避的同志离席", "Those concerned please leave";
        Deliberating: "审议", "Deliberation";
        Deliberated: "审议结束", "Deliberation is over";
        Reviewing: "述廉述效", "Reports and questions";
        Consulting: "联席会议：各部门提出意见", "Joint meeting: departments give their opinions";
        Stating: "逐一表态，主要负责人末位", "Members state their views, the head last";
        OpenVoting: "公开表决", "Open vote";
        VotingByName: "现在记名表决", "Vote by name";
        NamedVoteClosed: "记名表决已结束", "The vote by name is closed";
        Examining: "廉政法规考试", "Exam on the law of integrity";
        Issuing: "正在发票", "Papers are being issued";
        Registering: "正在确定票据名单", "The list of papers is being fixed";
        Confirming: "各终端正在核对票据名单", "Terminals are checking the list";
        Voting: "现在投票", "Voting is open";
        Sealing: "投票结束，正在封箱", "Voting is over, the box is being sealed";
        Sealed: "票箱已封", "The box is sealed";
        Opening: "正在开箱计票", "The box is being opened";
        OnPaper: "纸质票表决", "The vote is on paper";
        Counted: "表决结果", "Result";
        Declared: "已宣布", "declared";
        NotDeclared: "待宣布", "to be declared";
        Void: "本轮作废，将重新发票", "This round is void; papers will be issued again";
        Done: "议程已全部进行", "All items are done";
        Suspended: "会议暂停", "The meeting is suspended";
        Closed: "会议结束", "The meeting is closed";
        Adjourned: "会议休会", "The meeting is adjourned";
        Agenda: "议程", "Agenda";
        RecordSealed: "会议记录已封存", "The record is sealed";
        AllDeferred: "全部人选暂缓表决", "Every line is deferred";
        Valid: "表决有效", "the vote is valid";
    }
}

impl Now {
    /// The title of a stage.
    const fn stage(stage: Stage) -> Self {
        match stage {
            Stage::ToCome => Self::Between,
            Stage::Introducing => Self::Introducing,
            Stage::Recusing => Self::Recusing,
            Stage::Deliberating => Self::Deliberating,
            Stage::Deliberated => Self::Deliberated,
            Stage::Reviewing => Self::Reviewing,
            Stage::Consulting => Self::Consulting,
            Stage::Stating => Self::Stating,
            Stage::OpenVoting => Self::OpenVoting,
            Stage::NamedVote => Self::VotingByName,
            Stage::Examining => Self::Examining,
            Stage::Balloting => Self::Issuing,
            Stage::Declared => Self::Declared,
            Stage::TakenOff => Self::Between,
        }
    }

    /// The title of an item: its stage; but a vote by name may be over, with only the head's signature awaited, and in a
    /// deliberation during the term the proposing body reports on somebody in office.
    pub fn of_item(item: &ItemState) -> Self {
        let closed = item.named.as_ref().is_some_and(|named| named.outcome.is_some());
        match item.stage {
            Stage::NamedVote if closed => Self::NamedVoteClosed,
            Stage::Introducing if item.term().is_some() => Self::Reporting,
            stage => Self::stage(stage),
        }
    }

    /// The title of a round's phase.
    pub const fn round(phase: RoundPhase) -> Self {
        match phase {
            RoundPhase::Issuing => Self::Issuing,
            RoundPhase::Registering => Self::Registering,
            RoundPhase::Confirming => Self::Confirming,
            RoundPhase::Voting => Self::Voting,
            RoundPhase::Sealing => Self::Sealing,
            RoundPhase::Sealed => Self::Sealed,
            RoundPhase::Opening => Self::Opening,
            RoundPhase::OnPaper => Self::OnPaper,
            RoundPhase::Counted => Self::Counted,
            RoundPhase::Void => Self::Void,
        }
    }
}

/// The number of an item, as it is called.
pub fn item_number(lang: Lang, number: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 项"),
        Lang::En => format!("Item {number}"),
    }
}

/// A quorum that is not there, with its arithmetic.
pub fn quorum_missed(lang: Lang, missed: &QuorumMissed) -> String {
    let QuorumMissed { present, due, needed, .. } = missed;
    match lang {
        Lang::Zh => format!("法定人数不足：应到 {due}，实到 {present}，需 {needed}"),
        Lang::En => format!("quorum not reached: {present} of {due} present, {needed} needed"),
    }
}

/// An objection that stands, and how many more there are. The words come from outside and must be cleaned.
pub fn objection(lang: Lang, who: &str, reason: &str, more: usize) -> String {
    match (lang, more) {
        (Lang::Zh, 0) => format!("{who}提出异议：{reason}"),
        (Lang::Zh, _) => format!("{who}提出异议：{reason}（另有 {more} 项异议）"),
        (Lang::En, 0) => format!("{who} objects: {reason}"),
        (Lang::En, _) => format!("{who} objects: {reason} (and {more} more)"),
    }
}

/// How many have come back while voting, as a figure beside the word "returned": in steps of five, never which.
pub fn turnout(lang: Lang, at_least: u32, all: bool) -> String {
    match (lang, all) {
        (Lang::Zh, true) => "全部".to_owned(),
        (Lang::En, true) => "all".to_owned(),
        (Lang::Zh, false) if at_least == 0 => "不足 5".to_owned(),
        (Lang::En, false) if at_least == 0 => "fewer than 5".to_owned(),
        (Lang::Zh, false) => format!("{at_least} 以上"),
        (Lang::En, false) => format!("{at_least} or more"),
    }
}

/// The comparison that decides a line.
pub fn arithmetic(outcome: &LineOutcome) -> String {
    let sign = if outcome.carried { ">=" } else { "<" };
    format!("{} {sign} {}", outcome.count.agree, outcome.needed)
}

/// Why a round is void. The officer's words come from outside and must be cleaned.
pub fn void(lang: Lang, reason: &VoidReason) -> String {
    match (reason, lang) {
        (VoidReason::Decided { reason }, _) => reason.clone(),
        (VoidReason::TooMany { issued, returned }, Lang::Zh) => {
            format!("收回 {returned} 张，多于发出的 {issued} 张，本轮无效，未开箱")
        }
        (VoidReason::TooMany { issued, returned }, Lang::En) => {
            format!("{returned} returned, more than the {issued} issued: void, nothing was opened")
        }
        (VoidReason::TooFew { returned, needed }, Lang::Zh) => {
            format!("收回 {returned} 张，不足 {needed} 张，按会议计划不开箱")
        }
        (VoidReason::TooFew { returned, needed }, Lang::En) => {
            format!("{returned} returned, fewer than {needed}: by the plan the box stays closed")
        }
        (VoidReason::Unopenable { left, needed }, Lang::Zh) => {
            format!("开箱需监票人 {needed} 名，只有 {left} 名，票箱无法开启")
        }
        (VoidReason::Unopenable { left, needed }, Lang::En) => {
            format!("{needed} scrutineers needed to open the box, {left} left: it cannot be opened")
        }
        (VoidReason::PutOff, Lang::Zh) => "该述职人已推迟，票箱不开启".to_owned(),
        (VoidReason::PutOff, Lang::En) => "the official was put off; the box stays closed".to_owned(),
        (VoidReason::AnotherDay, Lang::Zh) => "改日继续开会，届时按实到人数重新发票".to_owned(),
        (VoidReason::AnotherDay, Lang::En) => {
            "the meeting goes on another day; papers are issued again to those who are there then".to_owned()
        }
        (VoidReason::ByPaper, Lang::Zh) => "改用纸质票表决，票箱不开启".to_owned(),
        (VoidReason::ByPaper, Lang::En) => "the vote is on paper instead; the box stays closed".to_owned(),
        (VoidReason::Recused, Lang::Zh) => "领票后有人回避，本轮不用，重新发票".to_owned(),
        (VoidReason::Recused, Lang::En) => {
            "somebody with a paper stood aside; papers are issued again".to_owned()
        }
    }
}

/// Why a meeting ended early. The officer's words come from outside and must be cleaned.
pub fn adjourned(lang: Lang, ground: &AdjournGround) -> String {
    match (ground, lang) {
        (AdjournGround::NoQuorum, Lang::Zh) => "法定人数不足".to_owned(),
        (AdjournGround::NoQuorum, Lang::En) => "the quorum was not reached".to_owned(),
        (AdjournGround::Decided { reason }, _) => reason.clone(),
    }
}
