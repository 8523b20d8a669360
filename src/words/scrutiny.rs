//! What the scrutineers are asked and told: refusals about the key, the heads, the room code, the box, the result sheet.

use super::Lang;
use crate::meeting::{Refusal, SeatId};

/// The sentence for a refusal about what scrutineers do.
pub fn sentence(lang: Lang, refusal: &Refusal, names: &dyn Fn(&[SeatId]) -> String) -> String {
    match (refusal, lang) {
        (Refusal::ConsoleHoldsKey, _) => lang
            .pick(
                "按会议计划，开票密钥由主持台保管",
                "by the plan, the console holds the key of the ballot box",
            )
            .to_owned(),
        (Refusal::KeyNotReady { ready, needed }, Lang::Zh) => {
            format!("能开箱的监票人只有{ready}名，需要{needed}名：请监票人签到并打开终端，必要时重新生成密钥")
        }
        (Refusal::KeyNotReady { ready, needed }, Lang::En) => format!(
            "{ready} scrutineers are ready, {needed} needed: have them sign in at their terminals, and make the key anew if one is lost"
        ),
        (Refusal::HeadsNotCounted { equal, needed, present }, Lang::Zh) => format!(
            "签到的表决人{present}名，点数与此相符的监票人{equal}名，需要{needed}名：请重新清点，或更正签到"
        ),
        (Refusal::HeadsNotCounted { equal, needed, present }, Lang::En) => format!(
            "{present} voters are signed in; {equal} scrutineers counted as many, {needed} needed: count again, or correct who is signed in"
        ),
        (Refusal::RoomNotCompared { confirmed, needed }, Lang::Zh) => {
            format!("房间码还要监票人核对：已核对{confirmed}名，需要{needed}名")
        }
        (Refusal::RoomNotCompared { confirmed, needed }, Lang::En) => {
            format!("the room code is still to be compared: {confirmed} scrutineers have, {needed} needed")
        }
        (Refusal::OtherRoomCode, _) => lang
            .pick(
                "这不是本次记录的房间码：请重新核对",
                "this is not the room code of this record: compare again",
            )
            .to_owned(),
        (Refusal::BoxStillChecked { seconds }, Lang::Zh) => {
            format!("各终端还有{seconds}秒核对票箱，请稍候")
        }
        (Refusal::BoxStillChecked { seconds }, Lang::En) => {
            format!("terminals have {seconds} more seconds to check the box: wait")
        }
        (Refusal::BoxNotConfirmed { missing }, Lang::Zh) => {
            format!("{}的终端没有核对票箱：请等其核对，或由监票人逐一同意，或重新发票", names(missing))
        }
        (Refusal::BoxNotConfirmed { missing }, Lang::En) => format!(
            "the terminals of {} have not confirmed the box: wait, have the scrutineers accept each, or issue again",
            names(missing)
        ),
        (Refusal::TooFewToOpen { returned, needed }, Lang::Zh) => {
            format!("收回{returned}张，不足{needed}张，按会议计划不开箱")
        }
        (Refusal::TooFewToOpen { returned, needed }, Lang::En) => {
            format!("{returned} ballots came back, fewer than {needed}: by the plan the box stays closed")
        }
        (Refusal::StillOpenable { left, needed }, Lang::Zh) => {
            format!("还有监票人{left}名，开箱只需{needed}名：请等待其终端")
        }
        (Refusal::StillOpenable { left, needed }, Lang::En) => {
            format!("{left} scrutineers are left and {needed} suffice: wait for their terminals")
        }
        (Refusal::OtherSum, _) => lang
            .pick(
                "这不是正在开启的票箱的总数：已拒绝",
                "this is not the sum of the box that is being opened: refused",
            )
            .to_owned(),
        (Refusal::FactorsHold, _) => lang
            .pick(
                "这份开箱份额经核验成立：没有公布",
                "this share of the opening holds: there is nothing to show",
            )
            .to_owned(),
        (Refusal::OtherResult, _) => lang
            .pick(
                "这不是记录中的计票结果：请核对后再签",
                "this is not the result in the record: look again before you sign",
            )
            .to_owned(),
        (Refusal::SheetNotSigned { answered, needed }, Lang::Zh) => {
            format!("监票人签署计票结果的有{answered}名，需要{needed}名：请监票人签署，或说明拒签理由")
        }
        (Refusal::SheetNotSigned { answered, needed }, Lang::En) => format!(
            "{answered} scrutineers have answered to the result sheet, {needed} needed: have them sign, or say why they do not"
        ),
        _ => String::new(),
    }
}
