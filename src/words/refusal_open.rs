//! Refusals of major matters, votes by name and open votes, as sentences that a person can act on.

use super::{Lang, common, matter};
use crate::meeting::{Refusal, SeatId};

/// The sentence for a refusal of this part.
pub(super) fn sentence(
    lang: Lang,
    refusal: &Refusal,
    name: &dyn Fn(&SeatId) -> String,
    names: &dyn Fn(&[SeatId]) -> String,
) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match refusal {
        Refusal::NotNotified { missing } => {
            let who = names(missing);
            t(
                format!("没有会前通知{who}的记录，不能上会：补记通知，或暂缓本项"),
                format!(
                    "there is no notification of {who} on record, so this is not tabled: enter the notification, or defer the item"
                ),
            )
        }
        Refusal::NoticeTooLate { on, meeting } => {
            let (on, meeting) = (common::date(lang, *on), common::date(lang, *meeting));
            t(
                format!("{on}的通知不在会议日（{meeting}）之前，不算会前通知"),
                format!("a notification on {on} is not before the day of the meeting, {meeting}"),
            )
        }
        Refusal::HeadAbsent { head } => {
            let who = name(head);
            t(
                format!("{who}不在场，无法末位表态：等其签到，或暂缓本项"),
                format!(
                    "{who}, who is to speak and vote last, is not in the room: wait until they have signed in, or defer the item"
                ),
            )
        }
        Refusal::WrongSpeakers => t(
            "抽签的名单与应表态的人不符".into(),
            "the order drawn is not one of all members before the head".into(),
        ),
        Refusal::HeadSpeaksLast { head, waiting } => {
            let (head, who) = (name(head), names(waiting));
            t(
                format!("{head}末位表态：{who}还没有表态，也没有表示不发表意见"),
                format!("{head} speaks last: {who} must state a view or pass before"),
            )
        }
        Refusal::HeadHasSpoken { head } => {
            let head = name(head);
            t(
                format!("{head}已经末位表态，此后不再记录其他人的表态"),
                format!("{head} has spoken last: no view is recorded after that"),
            )
        }
        Refusal::AlreadyHeard { seat } => {
            let who = name(seat);
            t(format!("{who}已经表态"), format!("{who} has stated a view or passed already"))
        }
        Refusal::StillAsked { seat } => {
            let who = name(seat);
            t(
                format!("正在请{who}表态：先录入其意见，或记为不发表意见"),
                format!("{who} has been asked: take the view down, or record a pass, first"),
            )
        }
        Refusal::NotNextToSpeak { next } => {
            let who = name(next);
            t(format!("按顺序，下一位是{who}"), format!("members are asked in turn, and {who} is next"))
        }
        Refusal::NotAsked { seat } => {
            let who = name(seat);
            t(
                format!("还没有请{who}表态：请先由主持人按顺序点名"),
                format!("{who} has not been asked yet: the presiding officer asks members in turn"),
            )
        }
        Refusal::NotAllHeard { waiting } => {
            let who = names(waiting);
            t(
                format!("{who}还没有表态：全部表态之后才能归纳"),
                format!("{who} must be heard before the summing up"),
            )
        }
        Refusal::NoVoteHere { seat } => {
            let who = name(seat);
            t(
                format!("{who}在本项没有表决权，或表决开始时不在场"),
                format!("{who} has no vote here, or was not in the room when the vote opened"),
            )
        }
        Refusal::NoSuchChoice => t("本次表决没有这个选项".into(), "this cannot be said in this vote".into()),
        Refusal::AlreadyVoted { seat } => {
            let who = name(seat);
            t(
                format!("{who}已经表决，不能更改"),
                format!("the vote of {who} stands in the record and cannot be changed"),
            )
        }
        Refusal::HeadVotesLast { head, waiting } => {
            let (head, who) = (name(head), names(waiting));
            t(
                format!("{head}最后表决：{who}还没有表决"),
                format!("{head} votes last: {who} must vote before"),
            )
        }
        Refusal::HeadHasVoted { head } => {
            let head = name(head);
            t(
                format!("{head}已经最后表决，此后不再记录其他人的表决"),
                format!("{head} has voted last: no vote is recorded after that"),
            )
        }
        Refusal::VotesMissing { waiting } => {
            let who = names(waiting);
            t(
                format!("{who}还没有表决：等其表决，或注明原因代录"),
                format!(
                    "{who} must vote first; where a terminal does not work, enter the vote with the reason"
                ),
            )
        }
        Refusal::OnlyTheHead { head } => {
            let head = name(head);
            t(
                format!("本项记录由{head}在其终端签署"),
                format!("the record of this item is signed by {head}, at the own terminal"),
            )
        }
        Refusal::HeadNotSigned { head } => {
            let head = name(head);
            t(
                format!("{head}还没有签署本项记录：等其签署，或注明未签署的原因"),
                format!("{head} has not signed the record of this item: wait, or say why it stays unsigned"),
            )
        }
        Refusal::OtherWay { how } => {
            let how = matter::how(lang, *how);
            t(format!("按会议计划，本项的表决方式是{how}"), format!("by the plan this vote is taken {how}"))
        }
        Refusal::SomebodyObjected { seats } => {
            let who = names(seats);
            t(format!("{who}提出了异议：请举手表决"), format!("{who} objected: count the hands"))
        }
        _ => String::new(),
    }
}
