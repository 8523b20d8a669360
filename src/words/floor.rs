//! What the meeting is doing: stages, phases, figures, quorum, outcomes.

use super::Lang;
use crate::meeting::{AdjournGround, QuorumMissed, RoundPhase, Stage, VoidReason};
use crate::rules::{Base, Bound, LineOutcome, Threshold};

texts! {
    /// The stops of the agenda and of an item.
    pub enum Stop {
        SignIn: "签到与开会", "Sign-in and opening";
        Scrutineers: "通过监票人", "Approve the scrutineers";
        Introduction: "介绍人选", "Introduction";
        Recusal: "回避", "Recusal";
        Deliberation: "审议", "Deliberation";
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
        Opened: "会议开始", "The meeting is open";
        ScrutineersNext: "将通过监票人名单", "The scrutineers are to be approved";
        Between: "等待进入下一项", "Waiting for the next item";
        Introducing: "介绍人选", "Nominees are introduced";
        Recusing: "请涉及回避的同志离席", "Those concerned please leave";
        Deliberating: "审议", "Deliberation";
        Deliberated: "审议结束", "Deliberation is over";
        Issuing: "正在发票", "Papers are being issued";
        Registering: "正在确定票据名单", "The list of papers is being fixed";
        Confirming: "各终端正在核对票据名单", "Terminals are checking the list";
        Voting: "现在投票", "Voting is open";
        Sealing: "投票结束,正在封箱", "Voting is over, the box is being sealed";
        Sealed: "票箱已封", "The box is sealed";
        Opening: "正在开箱计票", "The box is being opened";
        Counted: "表决结果", "Result";
        Declared: "已宣布", "declared";
        NotDeclared: "待宣布", "to be declared";
        Void: "本轮作废,将重新发票", "This round is void; papers will be issued again";
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
    pub const fn stage(stage: Stage) -> Self {
        match stage {
            Stage::ToCome => Self::Between,
            Stage::Introducing => Self::Introducing,
            Stage::Recusing => Self::Recusing,
            Stage::Deliberating => Self::Deliberating,
            Stage::Deliberated => Self::Deliberated,
            Stage::Balloting => Self::Issuing,
            Stage::Declared => Self::Declared,
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
        Lang::Zh => format!("法定人数不足:应到 {due},实到 {present},需 {needed}"),
        Lang::En => format!("quorum not reached: {present} of {due} present, {needed} needed"),
    }
}

/// How many have come back while voting: in steps of five, never which.
pub fn turnout(lang: Lang, at_least: u32, all: bool) -> String {
    match (lang, all) {
        (Lang::Zh, true) => "已全部收回".to_owned(),
        (Lang::En, true) => "all returned".to_owned(),
        (Lang::Zh, false) if at_least == 0 => "不足 5".to_owned(),
        (Lang::En, false) if at_least == 0 => "fewer than 5".to_owned(),
        (Lang::Zh, false) => format!("{at_least} 以上"),
        (Lang::En, false) => format!("{at_least} or more"),
    }
}

/// A base, as a figure is called.
pub fn base(lang: Lang, base: Base) -> &'static str {
    match (base, lang) {
        (Base::Due, Lang::Zh) => "应到",
        (Base::Due, Lang::En) => "due",
        (Base::Present, Lang::Zh) => "实到",
        (Base::Present, Lang::En) => "present",
        (Base::Returned, Lang::Zh) => "收回",
        (Base::Returned, Lang::En) => "returned",
        (Base::Valid, Lang::Zh) => "有效票",
        (Base::Valid, Lang::En) => "valid",
        (Base::AgreeDisagree, Lang::Zh) => "同意与不同意之和",
        (Base::AgreeDisagree, Lang::En) => "agree and disagree",
    }
}

/// The rule that carries a line, with the figure it comes to where the base is the same for every line.
pub fn carried_rule(lang: Lang, rule: &Threshold, of: Option<u32>) -> String {
    let (m, n) = (rule.ratio.numerator(), rule.ratio.denominator());
    let base = base(lang, rule.of);
    let plus = if rule.plus == 0 { String::new() } else { format!(" + {}", rule.plus) };
    let number = of.map_or(String::new(), |of| format!(" {of}"));
    let needed = of.map(|of| rule.least(of));
    match (lang, rule.bound, needed) {
        (Lang::Zh, Bound::MoreThan, Some(needed)) => {
            format!("同意超过{base}{number} 的 {m}/{n}{plus},即 {needed} 票以上,为通过")
        }
        (Lang::Zh, Bound::AtLeast, Some(needed)) => {
            format!("同意达到{base}{number} 的 {m}/{n}{plus},即 {needed} 票以上,为通过")
        }
        (Lang::Zh, Bound::MoreThan, None) => format!("同意超过{base}的 {m}/{n}{plus},为通过"),
        (Lang::Zh, Bound::AtLeast, None) => format!("同意达到{base}的 {m}/{n}{plus},为通过"),
        (Lang::En, Bound::MoreThan, Some(needed)) => {
            format!("carried: agree > {m}/{n} of{number} {base}{plus}, that is {needed} or more")
        }
        (Lang::En, Bound::AtLeast, Some(needed)) => {
            format!("carried: agree at least {m}/{n} of{number} {base}{plus}, that is {needed} or more")
        }
        (Lang::En, Bound::MoreThan, None) => format!("carried: agree > {m}/{n} of {base}{plus}"),
        (Lang::En, Bound::AtLeast, None) => format!("carried: agree at least {m}/{n} of {base}{plus}"),
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
            format!("收回 {returned} 张,多于发出的 {issued} 张,本轮无效,未开箱")
        }
        (VoidReason::TooMany { issued, returned }, Lang::En) => {
            format!("{returned} returned, more than the {issued} issued: void, nothing was opened")
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
