//! The machine that stands by for the hub's: what the minutes tell of it, and why it may not do something.

use super::Lang;
use crate::client::NotTheHub;
use crate::meeting::{Refusal, State, Takeover};

/// What the minutes tell of the last takeover.
pub(super) fn taken_over(lang: Lang, state: &State) -> Option<String> {
    let Takeover { last, forced, .. } = state.takeovers.last()?;
    let line = last.line;
    Some(match (lang, *forced) {
        (Lang::Zh, _) if state.forced_afterwards() => {
            format!("补记：上述接管为强制接管，备用机此前已脱开，原主机在第{line}行之后的记录可能缺失。")
        }
        (Lang::En, _) if state.forced_afterwards() => format!(
            "It was stated that this takeover was by force: the standby had been detached, and what the hub before it wrote after line {line} may be missing."
        ),
        (Lang::Zh, false) => format!("备用机接管会议主机：会议在备用机上从第{line}行之后继续。"),
        (Lang::En, false) => {
            format!("The standby took over from the hub: the meeting continued there from line {line}.")
        }
        (Lang::Zh, true) => format!(
            "备用机强制接管会议主机：会议在备用机上从第{line}行之后继续。备用机此前已脱开，原主机在该行之后的记录可能缺失。"
        ),
        (Lang::En, true) => format!(
            "The standby took over from the hub by force: the meeting continued there from line {line}. It had been detached, and what the hub wrote after that line may be missing."
        ),
    })
}

/// What a screen says that has lost the hub, when a machine answers that is not the hub any more, or not yet.
pub fn not_the_hub(lang: Lang, machine: &NotTheHub) -> String {
    let address = &machine.address;
    match (lang, machine.stands_by) {
        (Lang::Zh, true) => format!("主持台没有应答，备用机（{address}）还没有接管：正在自动寻找，请稍候"),
        (Lang::En, true) => format!(
            "the console does not answer, and the standby at {address} has not taken over: looking for both, please wait"
        ),
        (Lang::Zh, false) => format!("{address} 已不是会议主机：正在自动寻找接管的机器，请稍候"),
        (Lang::En, false) => {
            format!("{address} is not the hub now: looking for the machine that has taken over, please wait")
        }
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
        (Refusal::NothingToForce, _) => pick(
            "本机没有接管过，或已经写明是强制接管",
            "this machine has not taken over from another, or has said already that it did so by force",
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
