//! What the scrutineers did, as the minutes tell it: the key of the box, the heads, the room code, what they accepted and
//! signed.

use super::ballot::is_first;
use super::{Label, Lang, names, review, seats};
use crate::meeting::{Event, State};
use crate::plan::TrusteesPlan;

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
        Event::MissingAccepted { ballot, seat, missing } => {
            let (name, who) = (state.name(seat), seats(lang, state, missing.iter()));
            let group = review::groups(lang, state, &state.round(ballot)?.1.issue);
            t(
                format!("监票人{name}同意缺少以下终端对票箱的核对{group}：{who}。"),
                format!(
                    "Scrutineer {name} accepted that these terminals did not confirm the box{group}: {who}."
                ),
            )
        }
        Event::FalseFactorsShown { ballot, seat } => {
            let (name, group) =
                (state.name(seat), review::groups(lang, state, &state.round(ballot)?.1.issue));
            t(
                format!("监票人{name}的终端交出的开箱份额经核验不成立{group}，不予采用；证据在记录中。"),
                format!(
                    "What the terminal of scrutineer {name} gave to open the box{group} does not hold, and was left out; the proof is in the record."
                ),
            )
        }
        Event::SilentNamed { ballot, seats: silent } => {
            let (who, group) = (
                seats(lang, state, silent.iter()),
                review::groups(lang, state, &state.round(ballot)?.1.issue),
            );
            t(
                format!("以下监票人在场，其终端没有应答开箱{group}，不再等待：{who}。"),
                format!(
                    "These scrutineers were present and their terminals did not answer to the opening{group}; they were not waited for: {who}."
                ),
            )
        }
        Event::ResultRefused { ballot, seat, reason } if is_first(state, ballot) => {
            let name = state.name(seat);
            t(
                format!("监票人{name}未签署计票结果：{reason}"),
                format!("Scrutineer {name} did not sign the result sheet: {reason}"),
            )
        }
        Event::Counted { ballot, opened, .. } => {
            let (key, round) = (state.key.as_ref()?, state.round(ballot)?.1);
            let trustee = |trustee: u32| key.scrutineers.get(usize::try_from(trustee).ok()?.checked_sub(1)?);
            let by = seats(lang, state, opened.factors.iter().filter_map(|one| trustee(one.trustee)));
            let (group, of) = (review::groups(lang, state, &round.issue), key.scrutineers.len());
            let openers = opened.factors.len();
            t(
                format!("票箱由监票人的{of}把密钥中的{openers}把打开{group}：{by}。"),
                format!("The box was opened{group} with {openers} of {of} shares of the key: {by}."),
            )
        }
        _ => None,
    }
}

/// Scrutineers counted the voters in the room: each a name with a number.
pub fn heads(lang: Lang, counts: &[String]) -> String {
    let list = names(lang, counts);
    lang.pick(
        format!("监票人清点在场表决人：{list}。"),
        format!("The scrutineers counted the voters in the room: {list}."),
    )
}

/// What one of them counted.
pub fn head_count(name: &str, heads: u32) -> String {
    format!("{name} {heads}")
}

/// Scrutineers compared the room code.
pub fn compared(lang: Lang, who: &[String]) -> String {
    let list = names(lang, who);
    lang.pick(
        format!("监票人与其他屏幕核对房间码，一致：{list}。"),
        format!("Scrutineers compared the room code with another screen's, and it was the same: {list}."),
    )
}

/// Scrutineers signed the result sheet.
pub fn signed(lang: Lang, who: &[String]) -> String {
    let list = names(lang, who);
    lang.pick(format!("监票人签署计票结果：{list}。"), format!("The result sheet was signed by {list}."))
}

/// Who holds the key of the ballot box, as the minutes end with it.
pub fn key(lang: Lang, state: &State) -> String {
    let made = match (&state.plan().meeting.trustees, &state.key) {
        (TrusteesPlan::Console, _) => return Label::KeyAtConsole.text(lang).to_owned(),
        (TrusteesPlan::Scrutineers { .. }, None) => return Label::NoKey.text(lang).to_owned(),
        (TrusteesPlan::Scrutineers { .. }, Some(made)) => made,
    };
    let (by, threshold, of) =
        (seats(lang, state, made.scrutineers.iter()), made.threshold, made.scrutineers.len());
    let weak = match (of, made.is_weak()) {
        (0 | 1, _) => lang.pick("；只有一人保管，表决秘密取决于此人", "; secrecy rested on one person"),
        (_, true) => lang.pick("；半数以下即可开箱", "; no more than half of them would have sufficed"),
        _ => "",
    };
    lang.pick(
        format!("票箱密钥由监票人共同生成（{by}），{of}把中{threshold}把可开箱{weak}"),
        format!("the key was made by the scrutineers ({by}): {threshold} of {of} open the box{weak}"),
    )
}
