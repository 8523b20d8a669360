//! What is said on a major matter, in a vote by name, and in an open vote.

use super::{listed, spaced};
use crate::meeting::{ItemId, MatterState, NamedVote, SeatId, State, Taken, named_choices};
use crate::plan::{Item, Matter, OpenVote, VoteHow};
use crate::rules::NamedChoice;
use crate::words::{Lang, common, matter, who};

fn name(state: &State, id: &str) -> String {
    who::name(Some(state), &SeatId::from(id))
}

fn names<'a>(lang: Lang, state: &State, seats: impl Iterator<Item = &'a SeatId>) -> String {
    listed(lang, seats.map(|seat| who::name(Some(state), seat)).collect())
}

fn known<'a>(state: &'a State, id: &ItemId) -> Option<(&'a Matter, &'a MatterState)> {
    Some((state.item(id)?.matter()?, state.item_state(id)?.matter()?))
}

/// Before a matter is called: what it is, and that it was notified; or what holds it back.
pub(super) fn open_matter(lang: Lang, state: &State, item: &Item, plan: &Matter) -> String {
    let (title, kind) = (&item.title, matter::kind(lang, plan.matter));
    let id = ItemId::from(item.id.as_str());
    let missing = state.item_state(&id).map(|item| state.not_notified(item)).unwrap_or_default();
    let head = name(state, &plan.head);
    if !missing.is_empty() {
        let who = names(lang, state, missing.iter());
        return match lang {
            Lang::Zh => format!("下一项：{title}。{who}没有会前通知的记录，未经通知不上会。"),
            Lang::En => format!(
                "The next item would be: {title}. There is no notification of {who} on record, and what was not notified is not tabled."
            ),
        };
    }
    if !state.is_present(&SeatId::from(plan.head.as_str())) {
        return match lang {
            Lang::Zh => format!("下一项：{title}。本项由{head}末位表态，现在{head}不在场，请稍候。"),
            Lang::En => format!(
                "The next item would be: {title}. {head}, who is to speak last, is not in the room; one moment please."
            ),
        };
    }
    let notified = plan.notified.as_ref().map(|notice| common::date(lang, notice.on));
    let introduced = name(state, &plan.introduced_by);
    match lang {
        Lang::Zh => {
            let notified = notified.map_or_else(|| "会前".to_owned(), |day| day.to_string());
            format!("现在进行：{title}。本项属于{kind}，已于{notified}通知全体成员。请{introduced}介绍方案。")
        }
        Lang::En => {
            let notified = notified.map(|day| format!(" on {day}")).unwrap_or_default();
            format!(
                "The next item is: {title}, {kind}. All members were notified{notified}. {introduced} will introduce the draft."
            )
        }
    }
}

pub(super) fn begin_statements(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, _)) = known(state, id) else { return String::new() };
    let (introduced, head) = (name(state, &plan.introduced_by), name(state, &plan.head));
    match lang {
        Lang::Zh => format!(
            "请{introduced}介绍方案：如何形成，赞成和反对的理由各是什么。……介绍完毕。下面请各位逐一表态，{head}末位表态。"
        ),
        Lang::En => format!(
            "{introduced}, please introduce the draft: how it came about, what speaks for it and what against. … Thank you. Members are now asked for their views in turn; {head} speaks last."
        ),
    }
}

pub(super) fn await_speakers(lang: Lang) -> String {
    lang.pick(
        "正在抽签排定表态顺序，请稍候。",
        "The order of the speakers is being drawn; one moment please.",
    )
    .to_owned()
}

pub(super) fn ask_member(lang: Lang, state: &State, id: &ItemId, seat: &SeatId) -> String {
    let Some((_, progress)) = known(state, id) else { return String::new() };
    let who = who::name(Some(state), seat);
    if progress.order.last() == Some(seat) {
        return match lang {
            Lang::Zh => format!("其他同志都已表态。请{who}同志末位表态。"),
            Lang::En => format!("All others have been heard. {who}, please speak last."),
        };
    }
    let place = progress.statements.len() + 1;
    match lang {
        Lang::Zh => format!("请第{place}位，{who}同志表态。"),
        Lang::En => format!("Speaker {place}: {who}, please."),
    }
}

pub(super) fn await_statement(lang: Lang, state: &State, id: &ItemId, seat: &SeatId) -> String {
    let Some((_, progress)) = known(state, id) else { return String::new() };
    let who = who::name(Some(state), seat);
    let left = state.unheard(progress).filter(|other| *other != seat).count();
    match lang {
        Lang::Zh if left == 0 => format!("请{who}同志表态。"),
        Lang::Zh => format!("请{who}同志表态。此后还有{left}名同志。"),
        Lang::En if left == 0 => format!("{who}, please give your view."),
        Lang::En => format!("{who}, please give your view. {left} more after that, and then the head."),
    }
}

pub(super) fn sum_up(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, _)) = known(state, id) else { return String::new() };
    let head = name(state, &plan.head);
    match lang {
        Lang::Zh => format!(
            "各位都已表态。请{head}同志归纳意见，并决定是否提请表决；意见分歧较大或有事项不清的，暂缓。"
        ),
        Lang::En => format!(
            "Everybody has been heard. {head}, please sum up and say whether it is put to the vote; where views are split or something is unclear, it is deferred."
        ),
    }
}

pub(super) fn put_to_vote(lang: Lang, state: &State, id: &ItemId) -> String {
    if let Some(vote) = state.item(id).and_then(Item::open_vote) {
        let question = &vote.question;
        return match lang {
            Lang::Zh => format!("现在表决：{question}。请在各自终端上记名表决：同意、不同意或弃权。"),
            Lang::En => format!(
                "The question is: {question}. Please vote by name at your terminals: agree, disagree or abstain."
            ),
        };
    }
    let Some((plan, _)) = known(state, id) else { return String::new() };
    let (title, head) = (state.item(id).map_or("", |item| &item.title), name(state, &plan.head));
    match (lang, plan.secret.is_some()) {
        (Lang::Zh, false) => format!(
            "现在对{title}进行记名表决：同意、不同意或缓议，每人的意见如实记录。请各位逐一表决，{head}最后表决。"
        ),
        (Lang::Zh, true) => format!("现在对{title}进行无记名投票表决。"),
        (Lang::En, false) => format!(
            "{title} is put to the vote by name: agree, disagree or postpone; each vote goes into the record. Please vote; {head} votes last."
        ),
        (Lang::En, true) => format!("{title} is put to a secret ballot."),
    }
}

pub(super) fn await_votes(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some(named) = state.item_state(id).and_then(|item| item.named.as_ref()) else { return String::new() };
    let done = named.votes.len();
    let waiting: Vec<&SeatId> = state.unvoted(named).collect();
    match (&named.last, waiting.is_empty()) {
        (Some(last), true) => {
            let head = who::name(Some(state), last);
            match lang {
                Lang::Zh => format!("其他同志都已表决。请{head}同志最后表决。"),
                Lang::En => format!("All others have voted. {head}, please vote last."),
            }
        }
        _ => {
            let who = names(lang, state, waiting.into_iter());
            match lang {
                Lang::Zh => format!("正在记名表决，已表决{done}名。请{who}表决。"),
                Lang::En => format!("{done} have voted by name. Still to vote: {who}."),
            }
        }
    }
}

pub(super) fn close_vote(lang: Lang) -> String {
    lang.pick(
        "在场的都已表决。有没有遗漏？没有，表决结束。",
        "Everybody present has voted. Is anyone left out? No. The vote is closed.",
    )
    .to_owned()
}

pub(super) fn await_signature(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((plan, _)) = known(state, id) else { return String::new() };
    let head = name(state, &plan.head);
    match lang {
        Lang::Zh => format!("请{head}同志核对本项记录并签署。"),
        Lang::En => format!("{head}, please check the record of this item and sign it."),
    }
}

pub(super) fn open_vote(lang: Lang, item: &Item, vote: &OpenVote) -> String {
    let (title, how) = (&item.title, matter::how(lang, vote.how));
    match lang {
        Lang::Zh => format!("现在进行：{title}（{how}）。"),
        Lang::En => format!("The next item is: {title}, {how}."),
    }
}

pub(super) fn count_hands(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some(vote) = state.item(id).and_then(Item::open_vote) else { return String::new() };
    let question = &vote.question;
    let objected = state.item_state(id).and_then(|item| item.open_vote());
    let objected: Vec<&SeatId> = objected.iter().flat_map(|vote| &vote.objected).collect();
    let why = if objected.is_empty() || vote.how != VoteHow::WithoutObjection {
        String::new()
    } else {
        let who = names(lang, state, objected.into_iter());
        lang.pick(format!("{who}有不同意见，举手表决。"), format!("{who} objected, so hands are counted. "))
    };
    match lang {
        Lang::Zh => {
            format!("{why}现在表决：{question}。同意的请举手；不同意的请举手；弃权的请举手。")
        }
        Lang::En => format!(
            "{why}The question is: {question}. Those who agree, please raise your hands. Those who disagree. Those who abstain."
        ),
    }
}

pub(super) fn take_without_objection(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some(vote) = state.item(id).and_then(Item::open_vote) else { return String::new() };
    let question = &vote.question;
    match lang {
        Lang::Zh => format!("{question}，各位有没有不同意见？……没有，通过。"),
        Lang::En => {
            format!("The question is: {question}. Does anybody object? … Nobody does; it is carried.")
        }
    }
}

/// The result of what was decided in the open; every vote by name is read out.
pub(super) fn declare(lang: Lang, state: &State, id: &ItemId) -> Option<String> {
    let (planned, item) = (state.item(id)?, state.item_state(id)?);
    if let Some(named) = &item.named {
        return Some(declare_named(lang, state, planned, named));
    }
    let (vote, taken) = (planned.open_vote()?, item.open_vote()?.taken?);
    Some(match taken {
        Taken::Hands { due, present, outcome } => {
            let figures = matter::figures(lang, &OpenVote::CHOICES, &outcome.count);
            let rule = matter::carried(lang, &vote.carried, due, present);
            let word = matter::decided(lang, outcome.decided);
            match lang {
                Lang::Zh => {
                    format!("现在宣布结果：应到{due}名，实到{present}名；{figures}。{rule}。{word}。")
                }
                Lang::En => {
                    format!("The result: {due} due, {present} present; {figures}. {rule}. It is {word}.")
                }
            }
        }
        Taken::WithoutObjection { due, present } => match lang {
            Lang::Zh => format!("应到{due}名，实到{present}名，无人提出异议，通过。"),
            Lang::En => format!("{due} due, {present} present, and nobody objected: it is carried."),
        },
    })
}

fn declare_named(lang: Lang, state: &State, planned: &Item, named: &NamedVote) -> String {
    let Some(outcome) = named.outcome else { return String::new() };
    let choices: &[NamedChoice] = named_choices(planned);
    let (due, present) = (named.due, named.present());
    let mut said = match lang {
        Lang::Zh => format!("现在宣布记名表决结果：应到{due}名，表决开始时实到{present}名。"),
        Lang::En => format!("The result of the vote by name: {due} due, {present} present when it opened."),
    };
    for (word, who) in matter::by_name(lang, state, choices, named) {
        let count = who.len();
        let who = listed(lang, who);
        said += &match lang {
            Lang::Zh if count == 0 => format!("{word}，没有。"),
            Lang::Zh => format!("{word}{count}名：{who}。"),
            Lang::En if count == 0 => format!(" {word}: nobody."),
            Lang::En => format!(" {word}, {count}: {who}."),
        };
    }
    let Some(carried) = planned.carried() else { return said };
    let rule = matter::carried(lang, carried, due, present);
    let word = matter::decided(lang, outcome.decided);
    said + &match lang {
        Lang::Zh => format!("{rule}。{word}。"),
        Lang::En => spaced(&format!("{rule}. It is {word}.")),
    }
}
