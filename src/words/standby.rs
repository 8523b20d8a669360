//! The machine that stands by for the hub's: what the minutes tell of it, and why it may not do something.

use super::Lang;
use crate::meeting::{DetachReason, Event, Refusal};

/// What the minutes tell of the standby; nothing of any other event.
pub fn told(lang: Lang, event: &Event) -> Option<String> {
    let pick = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    Some(match event {
        Event::StandbyEnrolled { addresses, .. } => {
            let at = addresses.first().map(String::as_str).unwrap_or_default();
            match lang {
                Lang::Zh => format!("备用机已登记（{at}）。"),
                Lang::En => format!("A standby was enrolled ({at})."),
            }
        }
        Event::StandbyAttached => pick("备用机与会议主机同步。", "The standby was in step with the hub."),
        Event::StandbyDetached { reason } => {
            let why = detached(lang, *reason);
            match lang {
                Lang::Zh => format!("备用机脱开：{why}；会议不再等待它。"),
                Lang::En => format!("The standby was detached and no longer waited for: {why}."),
            }
        }
        Event::TakenOver { last, forced: false, .. } => match lang {
            Lang::Zh => format!("会议主机停止工作。会议在备用机上从第{}行之后继续。", last.line),
            Lang::En => {
                format!("The hub had failed. The meeting continued at the standby from line {}.", last.line)
            }
        },
        Event::TakenOver { last, forced: true, .. } => match lang {
            Lang::Zh => format!(
                "会议主机停止工作。会议在备用机上从第{}行之后继续（强制接管）：备用机此前已脱开，主机在该行之后的记录可能缺失。",
                last.line
            ),
            Lang::En => format!(
                "The hub had failed. The meeting continued at the standby from line {} (forced): the standby had been detached, and what the hub wrote after that line may be missing.",
                last.line
            ),
        },
        _ => return None,
    })
}

/// Why a standby is not waited for, as part of a sentence.
pub fn detached(lang: Lang, reason: DetachReason) -> &'static str {
    match reason {
        DetachReason::Behind => {
            lang.pick("没有及时确认已写入磁盘", "it did not confirm in time what it had been given")
        }
        DetachReason::Lost => lang.pick("连接中断", "the connection to it was lost"),
    }
}

/// The sentence for a refusal about the standby.
pub(super) fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let pick = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match (refusal, lang) {
        (Refusal::MalformedAddress, _) => pick(
            "备用机的地址无法使用：请写成“主机:端口”",
            "the standby's address cannot be used: write it as HOST:PORT",
        ),
        (Refusal::OtherEpoch { expected }, Lang::Zh) => {
            format!("本记录的下一次接管是第{expected}次：这台备用机跟随的是另一份记录，请先同步")
        }
        (Refusal::OtherEpoch { expected }, Lang::En) => format!(
            "the next takeover of this record is number {expected}: this standby has followed another record, let it catch up first"
        ),
        (Refusal::OtherEnd { line }, Lang::Zh) => {
            format!("写明的最后一行不是本记录的最后一行：应为第{line}行")
        }
        (Refusal::OtherEnd { line }, Lang::En) => {
            format!("the line named is not the last line of this record: that is line {line}")
        }
        (Refusal::StandbyDetached { line }, Lang::Zh) => {
            format!("备用机已脱开，可能缺少记录：只有写明它所持的最后一行（第{line}行），才能强制接管")
        }
        (Refusal::StandbyDetached { line }, Lang::En) => format!(
            "the standby is detached and may lack lines: it takes over only by a forced act that names the last line that it has, line {line}"
        ),
        _ => pick("没有登记备用机", "no standby is enrolled"),
    }
}
