//! Texts about the machine that stands by: what its own screen says, what every screen of the meeting says of it, and what
//! is said before and after.

use std::path::Path;

use super::Lang;
use crate::meeting::{DetachReason, InStep, Standby};
use crate::wire::live::Majority;

texts! {
    /// Fixed texts of the standby's screen.
    pub enum StandingBy {
        Title: "备用机", "Standby";
        InStep: "已同步", "In step";
        InStepMeans: "主持台收到的一切，都先写入这台机器，然后才得到确认。", "Nothing is confirmed at the console before it is durable on this machine as well.";
        NotReached: "启动后未连上主持台", "The console was not reached since the start";
        NotReachedMeans: "本机停机期间的记录可能缺少。连上主持台后会自动补齐；主持台若已停止工作，只能强制接管。", "What was written while this machine was away may be missing. It is fetched as soon as the console is reached; if the console has failed, only a forced takeover is possible.";
        CatchingUp: "正在追赶", "Catching up";
        CatchingUpMeans: "正在从主持台取回尚缺的记录；会议不等待这台机器。", "It is fetching what it lacks from the console; the meeting does not wait for this machine.";
        Detached: "已脱开", "Detached";
        DetachedMeans: "会议不再等待这台机器；它可能缺少最后的记录，正在重新追赶。", "The meeting does not wait for this machine any more. It may lack the last lines, and is catching up again.";
        NoStandby: "不再备用", "No standby any more";
        NoRecord: "还没有记录", "No record yet";
        TakenElsewhere: "按记录，这台机器不是备用机：它已经接管会议，或另有一台备用机。", "By the record, this machine does not stand by: it has taken over the meeting, or another one stands by.";
        KeyTakeOver: "接管会议", "take over";
        KeyTakeOverMeans: "主持台那台机器坏了：在这台机器上继续会议，需要主持人席位条上的码", "The console's machine has failed: go on with the meeting on this one, with the code on the presiding officer's slip";
        KeyLeave: "退出", "leave";
        KeyLeaveMeans: "不再备用；再次运行 plenum standby 即可继续", "Stop standing by; run plenum standby again to go on";
        KeyGoOn: "继续", "go on";
        KeyGoOnMeans: "接受输入的内容", "Take what was typed";
        KeyBack: "返回", "back";
        KeyBackMeans: "不接管，回到原来的画面", "Do not take over, go back";
        TakeOverTitle: "在这台机器上继续会议", "Go on with the meeting on this machine";
        TakeOverWhen: "只在主持台那台机器已经停止工作时才这样做。各终端会自己找到这台机器；原来的主持台从此不能再继续会议。", "Do this only when the console's machine has stopped working. Terminals find this machine by themselves; the console before can never go on with this meeting.";
        AskCode: "请输入主持人席位条上的码", "Type the code on the presiding officer's slip";
        AskLine: "这台机器已脱开，之后的记录可能缺失。要强制接管，请输入本机所持最后一行的行号", "This machine is detached and may lack lines. To take over by force, type the number of the last line that it has";
        AskLineAfterwards: "这台机器已经接管会议，但持有更多记录的终端没有跟随。要写明是强制接管，请输入本机所持最后一行的行号", "This machine has taken over, and terminals that hold more lines do not follow it. To say that it was by force, type the number of the last line that it has";
        ForcedMeans: "强制接管会写入记录，并注明“强制”。此行之后在原主持台确认过的内容不在这里。", "That it was forced stands in the record. What the console confirmed after that line is not here.";
        LineNotANumber: "请输入行号，只用数字", "Type the number of a line, in digits";
        WrongCode: "这不是主持人席位条上的码。请核对后重新输入。", "This is not the code on the presiding officer's slip. Check it and type it again.";
        MeetingSealed: "会议已经封存，不需要接管：本机文件夹就是完整的档案。", "The meeting is sealed: there is nothing to take over, and the folder on this machine is the whole archive.";
        NoPresidingCode: "这次会议的席位码是用旧版本制作的，没有可以核对的主持人码，不能接管。", "The codes of this meeting were made by an older version: there is no presiding officer's code to check, and no takeover.";
        EnrolTitle: "登记备用机", "Enrol this standby";
        AskStandbyCode: "请输入备用机席位条上的码", "Type the code from the standby's slip";
    }
}

/// A quiet word in the header, beside the connection: nothing where no machine stands by.
pub fn in_header(lang: Lang, step: InStep) -> Option<&'static str> {
    match step {
        InStep::Attached => Some(lang.pick("备用机同步", "standby in step")),
        InStep::NotYet => Some(lang.pick("备用机追赶中", "standby catching up")),
        InStep::Detached(_) => None,
    }
}

/// The standby is not waited for any more: said on every screen until it is back.
pub fn not_waited_for(lang: Lang, standby: &Standby) -> Option<String> {
    let InStep::Detached(reason) = standby.step else { return None };
    let why = match reason {
        DetachReason::Behind => {
            lang.pick("没有及时确认已写入磁盘", "it did not confirm in time what it had been given")
        }
        DetachReason::Lost => lang.pick("连接中断", "the connection to it was lost"),
    };
    Some(match lang {
        Lang::Zh => format!("备用机已脱开（{why}）：会议照常进行，但现在只有主持台一份记录"),
        Lang::En => format!(
            "the standby is detached ({why}): the meeting goes on, and its record is on the console's machine alone"
        ),
    })
}

/// Too few are connected: nothing is confirmed until there are more.
pub fn too_few(lang: Lang, majority: Majority) -> String {
    let Majority { connected, of } = majority;
    match lang {
        Lang::Zh => {
            format!("正在等待过半数的席位连上：已签到 {of} 个席位，连上 {connected} 个；在此之前不作任何确认")
        }
        Lang::En => {
            format!("nothing is confirmed until more than half are connected, now {connected} of {of}")
        }
    }
}

/// Since when it is in step or not.
pub fn since(lang: Lang, clock: &str) -> String {
    lang.pick(format!("自 {clock} 起"), format!("since {clock}"))
}

/// Whose standby it is.
pub fn follows(lang: Lang, hub: &str, title: &str) -> String {
    match lang {
        Lang::Zh => format!("{title}：为主持台 {hub} 备用"),
        Lang::En => format!("{title}: stands by for the console at {hub}"),
    }
}

/// The meeting goes on another day, and the console may be off until then.
pub fn console_off(lang: Lang) -> &'static str {
    lang.pick(
        "会议已休会，改日继续：在此之前主持台可以关机，这台机器也可以关机，不需要接管。继续开会时先启动主持台，再启动这台机器",
        "The meeting is adjourned to another day: until then the console may be off, and so may this machine. There is nothing to take over. On the day start the console first, then this machine",
    )
}

/// The last line that is here, and how often a standby has taken over.
pub fn last_line(lang: Lang, line: u64, hash: &str, epoch: u64) -> String {
    match lang {
        Lang::Zh => format!("最后一行 {line}  {hash}    第 {} 任主机", epoch + 1),
        Lang::En => format!("last line {line}  {hash}    hub number {}", epoch + 1),
    }
}

/// Where terminals will find this machine.
pub fn reached_at(lang: Lang, addresses: &[String]) -> String {
    let addresses = addresses.join(lang.pick("、", ", "));
    match lang {
        Lang::Zh => format!("接管后，终端在 {addresses} 找到这台机器"),
        Lang::En => format!("after a takeover terminals find this machine at {addresses}"),
    }
}

/// The connection to the console is lost; what it means depends on what the record says.
pub fn console_lost(lang: Lang, seconds: i64, attached: bool) -> String {
    match (lang, attached) {
        (Lang::Zh, true) => {
            format!("与主持台断开 {seconds} 秒，正在重试。断开时本机已同步：主持台若已停止工作，可以接管")
        }
        (Lang::Zh, false) => format!("与主持台断开 {seconds} 秒，正在重试。断开时本机没有同步：只能强制接管"),
        (Lang::En, true) => format!(
            "no connection to the console for {seconds} s, trying again. This machine was in step: if the console has failed, take over here"
        ),
        (Lang::En, false) => format!(
            "no connection to the console for {seconds} s, trying again. This machine was not in step: only a forced takeover is possible"
        ),
    }
}

/// The line that was typed is not the last one.
pub fn other_line(lang: Lang, named: u64, line: u64) -> String {
    match lang {
        Lang::Zh => format!("本机所持的最后一行不是第 {named} 行，而是第 {line} 行"),
        Lang::En => format!("the last line that is here is not {named}: it is {line}"),
    }
}

/// What went wrong in a takeover, and that the folder still stands by.
pub fn cannot_take_over(lang: Lang, what: &str) -> String {
    match lang {
        Lang::Zh => format!("不能接管：{what}。本机仍是备用机。"),
        Lang::En => format!("cannot take over: {what}. This machine stands by as before."),
    }
}

/// The standby was left.
pub fn left(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("这台机器不再备用。再次运行 plenum standby {folder} 即可继续。"),
        Lang::En => format!("This machine stands by no more. Run plenum standby {folder} to go on."),
    }
}

/// The record was sealed, here too.
pub fn sealed(lang: Lang, folder: &Path, holds: bool) -> String {
    let folder = folder.display();
    match (lang, holds) {
        (Lang::Zh, true) => format!("会议已封存；这里的存档 {folder} 核验无误。"),
        (Lang::En, true) => format!("The meeting is sealed; the archive here, {folder}, holds."),
        (Lang::Zh, false) => {
            format!("会议已封存，但这里的存档 {folder} 没有通过核验：请运行 plenum verify {folder}")
        }
        (Lang::En, false) => {
            format!(
                "The meeting is sealed, but the archive here, {folder}, does not hold: run plenum verify {folder}"
            )
        }
    }
}

/// A folder that holds something else is left alone.
pub fn foreign_folder(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("{folder} 里有别的文件：请给备用机一个新文件夹，或它自己的文件夹"),
        Lang::En => {
            format!(
                "{folder} holds something else: give the standby a new folder, or the one that is its own"
            )
        }
    }
}

/// The folder's machine has become the hub.
pub fn is_the_hub(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("{folder} 这台备用机已经接管会议：请运行 plenum console {folder}"),
        Lang::En => {
            format!("the standby in {folder} has taken over the meeting: run plenum console {folder}")
        }
    }
}

/// There is no HOST, and the folder knows none.
pub fn host_needed(lang: Lang) -> &'static str {
    lang.pick(
        "第一次运行时要写明主持台的地址：plenum standby HOST DIR",
        "the first time it needs the console's address: plenum standby HOST DIR",
    )
}

/// A second machine holds the folder.
pub fn in_use(lang: Lang, folder: &Path) -> String {
    let folder = folder.display();
    match lang {
        Lang::Zh => format!("{folder} 正由另一个 plenum standby 使用"),
        Lang::En => format!("{folder} is in use by another plenum standby"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::Machine;

    #[test]
    fn a_standby_is_quiet_in_step_and_loud_when_it_is_not() {
        let machine = Machine { key: String::new(), pin: String::new(), addresses: Vec::new() };
        let at = |step| Standby { machine: machine.clone(), step, since: jiff::Timestamp::UNIX_EPOCH };
        for lang in [Lang::Zh, Lang::En] {
            for (step, quiet) in [
                (InStep::Attached, true),
                (InStep::NotYet, true),
                (InStep::Detached(DetachReason::Lost), false),
                (InStep::Detached(DetachReason::Behind), false),
            ] {
                assert_eq!(in_header(lang, step).is_some(), quiet, "{step:?}");
                assert_eq!(not_waited_for(lang, &at(step)).is_some(), !quiet, "{step:?}");
            }
        }
        let said = too_few(Lang::En, Majority { connected: 3, of: 7 });
        assert!(said.contains("3 of 7"), "{said}");
    }
}
