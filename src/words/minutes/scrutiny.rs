//! What the scrutineers did, as the minutes tell it: the key of the box, the heads, the room code, what they accepted and
//! signed.

use super::{Lang, names, seats};
use crate::meeting::{Event, State};

/// The sentence for an event, told after it was folded into `state`.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    match event {
        Event::KeyBegun { scrutineers, threshold, .. } => {
            let (who, of) = (seats(lang, state, scrutineers.iter()), scrutineers.len());
            t(
                format!("监票人在各自终端上共同生成开票密钥（{who}），开箱需其中{threshold}名。"),
                format!(
                    "The scrutineers made the key of the ballot box on their terminals ({who}); {threshold} of {of} open it."
                ),
            )
        }
        Event::TrusteesConfirmed { .. } if state.ceremony.is_none() => t(
            "开票密钥已经监票人全部核对，开始使用。".into(),
            "All of them checked the key, and it is in force.".into(),
        ),
        Event::HeadsCounted { seat, heads, .. } => {
            let name = state.name(seat);
            t(
                format!("监票人{name}清点在场表决人：{heads}名。"),
                format!("Scrutineer {name} counted {heads} voters in the room."),
            )
        }
        Event::RoomConfirmed { seat, .. } => {
            let name = state.name(seat);
            t(
                format!("监票人{name}与其他屏幕核对房间码，一致。"),
                format!("Scrutineer {name} compared the room code with another screen's: the same."),
            )
        }
        Event::MissingAccepted { seat, missing, .. } => {
            let (name, who) = (
                state.name(seat),
                names(lang, &missing.iter().map(|one| state.name(one).to_owned()).collect::<Vec<_>>()),
            );
            t(
                format!("监票人{name}同意缺少以下终端对票箱的核对：{who}。"),
                format!("Scrutineer {name} accepted that these terminals did not confirm the box: {who}."),
            )
        }
        Event::ResultSigned { seat, .. } => {
            let name = state.name(seat);
            t(format!("监票人{name}签署计票结果。"), format!("Scrutineer {name} signed the result sheet."))
        }
        Event::ResultRefused { seat, reason, .. } => {
            let name = state.name(seat);
            t(
                format!("监票人{name}未签署计票结果：{reason}"),
                format!("Scrutineer {name} did not sign the result sheet: {reason}"),
            )
        }
        _ => None,
    }
}
