//! The seal: what is sealed, who signs, who is next, who does not sign and why; what `verify` says of it.

use super::{Lang, archive, terminal};
use crate::archive::verify::{FaultKind, NotSigned};
use crate::client::SealRefused;
use crate::plan::Duty;

texts! {
    /// Fixed texts of sealing.
    pub enum Sealing {
        Title: "签署封存", "Sealing the record";
        YourTurn: "轮到您签署。按 Y 签署，按 N 拒签并说明理由。", "It is your turn to sign. Y signs; N refuses, with a reason.";
        OthersFirst: "前面的人签署以后，才轮到您。", "Others sign before you.";
        YouSigned: "您已签署。", "You have signed.";
        YouRefused: "您已拒签，理由随档案公布。", "You have refused to sign; your reason goes into the archive.";
        YouRefusedStill: "您已拒签，理由随档案公布。如改变主意，现在仍可按 Y 签署。", "You have refused to sign; your reason goes into the archive. You can still sign: Y.";
        PassedOver: "主持人已说明您没有签署的原因。您现在仍可签署：按 Y。", "The presiding officer has named you as not signing. You can still sign: Y.";
        WhatIsSealed: "签署的是：", "What is sealed:";
        Cannot: "签署以后，记录和各项结果不能再改动一个字节。", "Once it is signed, not a byte of the record or its results can change unnoticed.";
        Signed: "已签署", "signed";
        Next: "待签署", "to sign now";
        Later: "等前面的人", "waits for others";
        NotSigning: "未签署", "does not sign";
        Refused: "拒签", "refuses";
        Preparing: "正在列出档案文件，请稍候。", "The files of the archive are being listed, one moment please.";
        RefuseTitle: "拒签的理由", "Why you do not sign";
        RefuseHow: "理由由您的终端签名，写入档案，人人可见。Enter 提交，Esc 取消。", "Your terminal signs the reason and it goes into the archive for all to read. Enter sends it, Esc drops it.";
        AskWithout: "没有他（她）的签名也继续：原因（写入档案）", "Going on without this signature: why (goes into the archive)";
        StillMissing: "还有人没有签署。等他们签署，或按 W 写明原因后继续。", "Somebody has not signed yet. Wait for them, or press W to go on with a reason.";
        YouLast: "主持人最后签署：按 Enter 签署，记录随即封存，private 文件夹删除。", "The presiding officer signs last: Enter signs, and the record is sealed and private/ removed.";
        SignedThanks: "已签署，谢谢。", "Signed. Thank you.";
        RefusalTaken: "拒签理由已记下。", "Your reason has been taken down.";
    }
}

/// How much is sealed: lines, and the first characters of the last one.
pub fn record(lang: Lang, lines: u64, files: usize, head: &str) -> String {
    let lines = archive::number(lines);
    match lang {
        Lang::Zh => format!("记录{lines}行，末行 {head}，另有文件{files}个"),
        Lang::En => format!("{lines} lines of record, the last one {head}, and {files} files"),
    }
}

/// How many terminals have witnessed the last line.
pub fn witnesses(lang: Lang, witnesses: usize) -> String {
    match (lang, witnesses) {
        (Lang::Zh, _) => format!("{witnesses}台终端已见证末行"),
        (Lang::En, 1) => "1 terminal has witnessed the last line".to_owned(),
        (Lang::En, _) => format!("{witnesses} terminals have witnessed the last line"),
    }
}

/// How many have signed of those who do.
pub fn progress(lang: Lang, signed: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("签署封存：{of}人中{signed}人已签署"),
        Lang::En => format!("The record is being signed: {signed} of {of} have signed"),
    }
}

/// What an item came to, for the page of what is sealed: of a nomination, by the results that are in force.
pub fn nomination(lang: Lang, (carried, of): (usize, usize), deferred: usize, barred: usize) -> String {
    let mut text = match lang {
        Lang::Zh => format!("表决{of}名，通过{carried}名"),
        Lang::En => format!("{carried} of {of} carried"),
    };
    if deferred > 0 {
        text += &lang.pick(format!("，暂缓{deferred}名"), format!(", {deferred} deferred"));
    }
    if barred > 0 {
        text += &lang.pick(format!("，不再表决{barred}名"), format!(", {barred} not voted on again"));
    }
    text
}

/// What an item came to: of a contested election.
pub fn election(lang: Lang, elected: usize, open: u32) -> String {
    match (lang, open) {
        (Lang::Zh, 0) => format!("当选{elected}名"),
        (Lang::Zh, _) => format!("当选{elected}名，空缺{open}名"),
        (Lang::En, 0) => format!("{elected} elected"),
        (Lang::En, 1) => format!("{elected} elected, 1 seat open"),
        (Lang::En, _) => format!("{elected} elected, {open} seats open"),
    }
}

/// What an item came to: of a review.
pub fn review(lang: Lang, judged: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("述职{of}名，评出等次{judged}名"),
        Lang::En => format!("{judged} of {of} evaluated"),
    }
}

/// An item that was taken off the agenda.
pub fn taken_off(lang: Lang) -> &'static str {
    lang.pick("经表决撤下议程", "taken off the agenda")
}

/// An item that was not decided.
pub fn undecided(lang: Lang) -> &'static str {
    lang.pick("没有结果", "not decided")
}

/// For which duties somebody signs.
pub fn duties(lang: Lang, duties: &[Duty]) -> String {
    let duties: Vec<&str> = duties.iter().map(|duty| terminal::duty(lang, *duty)).collect();
    duties.join(lang.pick("、", ", "))
}

/// Why the hub does not take it.
pub fn refused(lang: Lang, refused: SealRefused) -> &'static str {
    match refused {
        SealRefused::NothingToSeal => lang.pick("现在没有要签署的", "there is nothing to sign now"),
        SealRefused::OthersFirst => lang.pick(
            "还没有轮到：记录员先签，然后监票人，最后主持人",
            "not yet: the recorder signs first, then the scrutineers, then the presiding officer",
        ),
        SealRefused::TooLate => lang.pick(
            "已经轮到后面的人签署，不能再补签",
            "too late: somebody whose turn comes later has signed already",
        ),
        SealRefused::NotEntitled => lang.pick("不是签署人", "this person does not sign"),
        SealRefused::Changed => lang.pick(
            "签署的内容刚刚有变化，请看过后再签",
            "what is to be signed has just changed: look at it again",
        ),
        SealRefused::Reason => lang.pick("请写明原因", "a reason in words is needed"),
        SealRefused::Answered => lang.pick(
            "此人已经签署，或已经自己拒签",
            "this person has signed, or has refused in their own words",
        ),
        SealRefused::OtherRecord => {
            lang.pick("终端的记录与主持台的不同", "the terminal's record is not the console's")
        }
    }
}

/// The seal as `verify` reports it.
pub fn signed(
    lang: Lang,
    (recorders, scrutineers, presiding): (usize, usize, bool),
    witnesses: usize,
    not_signed: &[NotSigned],
) -> String {
    let mut by: Vec<String> = Vec::new();
    match (lang, recorders) {
        (_, 0) => {}
        (Lang::Zh, 1) => by.push("记录员".to_owned()),
        (Lang::En, 1) => by.push("recorder".to_owned()),
        (Lang::Zh, _) => by.push(format!("记录员{recorders}名")),
        (Lang::En, _) => by.push(format!("{recorders} recorders")),
    }
    match (lang, scrutineers) {
        (_, 0) => {}
        (Lang::En, 1) => by.push("1 scrutineer".to_owned()),
        (Lang::Zh, _) => by.push(format!("监票人{scrutineers}名")),
        (Lang::En, _) => by.push(format!("{scrutineers} scrutineers")),
    }
    if presiding {
        by.push(lang.pick("主持人", "presiding officer").to_owned());
    }
    if by.is_empty() {
        by.push(lang.pick("无人", "nobody").to_owned());
    }
    let missing: Vec<String> = not_signed.iter().map(|one| without(lang, one)).collect();
    let missing = match (lang, missing.is_empty()) {
        (_, true) => String::new(),
        (Lang::Zh, _) => format!("；未签署：{}", missing.join("；")),
        (Lang::En, _) => format!("; not signed: {}", missing.join("; ")),
    };
    match (lang, witnesses) {
        (Lang::Zh, _) => format!("封存：{}签署；{witnesses}台终端见证{missing}", by.join("、")),
        (Lang::En, 1) => format!("seal: signed by {}; 1 witness{missing}", by.join(", ")),
        (Lang::En, _) => format!("seal: signed by {}; {witnesses} witnesses{missing}", by.join(", ")),
    }
}

fn without(lang: Lang, one: &NotSigned) -> String {
    let (name, reason) = (super::who::spoken(&one.name), &one.reason);
    match (lang, one.refused) {
        (Lang::Zh, true) => format!("{name}（拒签：{reason}）"),
        (Lang::Zh, false) => format!("{name}（{reason}）"),
        (Lang::En, true) => format!("{name} (refuses: {reason})"),
        (Lang::En, false) => format!("{name} ({reason})"),
    }
}

/// What is wrong with a seal's signatures and witnesses.
pub fn fault(lang: Lang, kind: &FaultKind) -> String {
    use FaultKind as F;
    let of = |by: &String, zh: &str, en: &str| {
        let who = archive::signer(lang, by);
        lang.pick(format!("{who}{zh}"), format!("{who} {en}"))
    };
    match kind {
        F::SignatureOrder { by } => of(by, "没有按规定的次序签署", "has signed out of turn"),
        F::NotEntitled { by } => of(by, "不是签署人", "is not one of those who sign"),
        F::Unaccounted { by } => {
            of(by, "应当签署，既没有签名，也没有说明原因", "was to sign and has neither signed nor been named with a reason")
        }
        F::SignedAndNot { by } => of(by, "既有签名，又列为未签署", "has signed and is named as not signing"),
        F::NoReason { by } => of(by, "未签署，没有写明原因", "has not signed and no reason is given"),
        F::RefusalKey { by } => of(by, "拒签所用的密钥不是记录中的密钥", "refuses with a key that is not the one in the record"),
        F::Refusal { by } => of(by, "的拒签理由不是本人所签", "has not signed this reason for refusing"),
        F::WitnessKey { by } => of(by, "见证所用的密钥不是记录中的密钥", "witnesses with a key that is not the one in the record"),
        F::Witness { by } => of(by, "见证的不是这份记录的末行", "has not witnessed the last line of this record"),
        F::UnsignedNotSorted => {
            lang.pick("未签署名单没有排序或有重复", "the list of those who did not sign is not sorted, or names one twice")
                .to_owned()
        }
        F::WitnessesNotSorted => {
            lang.pick("见证名单没有排序或有重复", "the list of witnesses is not sorted, or names one twice").to_owned()
        }
        F::SealAlone => lang
            .pick(
                "除了运行会议的机器，没有任何人签署或见证：这份存档只能凭主持台一方的话",
                "nobody but the machine that ran the meeting has signed or witnessed: there is only its word for this record",
            )
            .to_owned(),
        // Said by `archive::fault_kind`.
        _ => String::new(),
    }
}
