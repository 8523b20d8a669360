//! Names of people, roles and moments inside sentences.

use super::Lang;
use crate::meeting::rights::{Role, When};
use crate::meeting::{Actor, RoundPhase, SeatId, Stage, State};

/// How many names a sentence lists before it counts the rest.
pub const NAMES_MAX: usize = 6;

/// A person's name, or the seat's id where nothing better is known.
pub fn name(state: Option<&State>, seat: &SeatId) -> String {
    state.map_or_else(|| seat.to_string(), |state| spoken(state.name(seat)))
}

/// A name inside a sentence: the space that spreads a Chinese name of two characters over three is not.
pub fn spoken(name: &str) -> String {
    if name.is_ascii() || name.chars().any(|sign| sign.is_ascii_alphanumeric()) {
        name.to_owned()
    } else {
        name.chars().filter(|sign| !sign.is_whitespace()).collect()
    }
}

/// Something with a remark in brackets of the language.
pub fn with_remark(lang: Lang, what: &str, remark: &str) -> String {
    match lang {
        Lang::Zh => format!("{what}（{remark}）"),
        Lang::En => format!("{what} ({remark})"),
    }
}

/// Names one after the other: at most [`NAMES_MAX`], then how many more.
pub fn names(lang: Lang, names: &[String]) -> String {
    names_up_to(lang, names, NAMES_MAX)
}

/// Names one after the other, at most `most`.
pub fn names_up_to(lang: Lang, names: &[String], most: usize) -> String {
    let names: Vec<String> = names.iter().map(|name| spoken(name)).collect();
    let comma = lang.pick("、", ", ");
    if names.len() <= most {
        return match (lang, names.split_last()) {
            (Lang::En, Some((last, rest))) if !rest.is_empty() => {
                format!("{} and {last}", rest.join(comma))
            }
            _ => names.join(comma),
        };
    }
    let shown: Vec<&str> = names.iter().take(most).map(String::as_str).collect();
    let rest = names.len() - most;
    match lang {
        Lang::Zh => format!("{}等{}人", shown.join(comma), names.len()),
        Lang::En => format!("{} and {rest} more", shown.join(comma)),
    }
}

/// Who acts, as a sentence names them.
pub fn actor(lang: Lang, state: Option<&State>, actor: &Actor) -> String {
    match actor {
        Actor::Hub => lang.pick("会议主机", "the hub").to_owned(),
        Actor::Standby => lang.pick("备用机", "the standby").to_owned(),
        Actor::Console => lang.pick("主持台", "the console").to_owned(),
        Actor::Display(1) => lang.pick("大屏", "the display").to_owned(),
        Actor::Display(number) => format!("{}{number}", lang.pick("大屏", "display ")),
        Actor::Seat(seat) => name(state, seat),
    }
}

/// In what capacity somebody acts.
pub fn role(lang: Lang, role: Role) -> &'static str {
    match role {
        Role::Hub => lang.pick("会议主机", "the hub"),
        Role::Standby => lang.pick("备用机", "the standby"),
        Role::Presiding => lang.pick("主持人", "the presiding officer"),
        Role::Recorder => lang.pick("记录员", "the recorder"),
        Role::Scrutineer => lang.pick("监票人", "a scrutineer"),
        Role::Seat => lang.pick("席位本人", "the person on the seat"),
    }
}

/// When something is possible, as the end of a sentence.
pub fn when(lang: Lang, when: When) -> String {
    match when {
        When::Always => lang.pick("任何时候", "at any time").to_owned(),
        When::UntilEnd => lang.pick("会议结束之前", "until the meeting ends").to_owned(),
        When::SigningIn => lang.pick("签到阶段、开会之前", "before the meeting opens").to_owned(),
        When::Open => lang.pick("会议进行中", "while the meeting is open").to_owned(),
        When::Sitting => lang
            .pick("会议结束之前、两次开会之间除外", "until the meeting ends, but not between two sittings")
            .to_owned(),
        When::Recess => lang.pick("休会、等待改日继续时", "between two sittings").to_owned(),
        When::Stages(stages) => {
            let stages: Vec<&str> = stages.iter().map(|at| stage(lang, *at)).collect();
            format!("{}{}", lang.pick("", "during "), one_of(lang, &stages)) + lang.pick("阶段", "")
        }
        When::Rounds(phases) => {
            let phases: Vec<&str> = phases.iter().map(|at| round_phase(lang, *at)).collect();
            format!("{}{}", lang.pick("", "while "), one_of(lang, &phases)) + lang.pick("时", "")
        }
    }
}

/// Any one of these.
fn one_of(lang: Lang, these: &[&str]) -> String {
    match (lang, these) {
        (Lang::En, [before @ .., last]) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => these.join("、"),
    }
}

/// The stage of an item, as a noun.
pub fn stage(lang: Lang, stage: Stage) -> &'static str {
    match stage {
        Stage::ToCome => lang.pick("尚未开始", "what is to come"),
        Stage::Introducing => lang.pick("介绍人选", "the introductions"),
        Stage::Recusing => lang.pick("回避", "recusal"),
        Stage::Deliberating => lang.pick("审议", "deliberation"),
        Stage::Deliberated => lang.pick("审议结束后、发票前", "the time between deliberation and ballot"),
        Stage::Reviewing => lang.pick("述廉述效", "reports and questions"),
        Stage::Consulting => lang.pick("各部门提出意见", "the opinions of a joint meeting"),
        Stage::Stating => lang.pick("介绍和表态", "introduction and views"),
        Stage::OpenVoting => lang.pick("公开表决", "the open vote"),
        Stage::NamedVote => lang.pick("记名表决", "the vote by name"),
        Stage::Examining => lang.pick("考试", "an exam"),
        Stage::Balloting => lang.pick("投票表决", "the ballot"),
        Stage::Declared => lang.pick("已宣布结果", "the time after the declaration"),
        Stage::TakenOff => lang.pick("已撤出议程", "what was taken off the agenda"),
    }
}

/// The phase of a round, as a clause.
pub fn round_phase(lang: Lang, phase: RoundPhase) -> &'static str {
    match phase {
        RoundPhase::Issuing => lang.pick("正在发票", "papers are issued"),
        RoundPhase::Registering => lang.pick("正在登记名单", "the list is being made"),
        RoundPhase::Confirming => lang.pick("终端核对名单", "terminals confirm the list"),
        RoundPhase::Voting => lang.pick("正在投票", "voting is open"),
        RoundPhase::Sealing => lang.pick("正在封箱", "the box is being sealed"),
        RoundPhase::Sealed => lang.pick("票箱已封、尚未开箱", "the box is sealed and not open"),
        RoundPhase::Opening => lang.pick("正在计票", "the box is being counted"),
        RoundPhase::OnPaper => lang.pick("纸质票表决", "the vote is on paper"),
        RoundPhase::Counted => lang.pick("已计票、尚未宣布", "the count is not declared"),
        RoundPhase::Void => lang.pick("本轮作废后", "the round is void"),
    }
}

/// A post with its unit, where the post does not name it itself.
pub fn office(lang: Lang, unit: &str, post: &str) -> String {
    match lang {
        _ if unit.is_empty() || post.contains(unit) => post.to_owned(),
        Lang::Zh => format!("{unit}{post}"),
        Lang::En => format!("{post}, {unit}"),
    }
}
