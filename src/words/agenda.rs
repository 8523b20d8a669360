//! The agenda, changed by decision: what is proposed, read aloud, decided, and told afterwards.

use super::quotation::quoted;
use super::{Lang, matter, who};
use crate::archive::verify::What;
use crate::meeting::{AgendaChange, AgendaDecision, Amendment, Event, ItemId, Refusal, State};
use crate::plan::OpenVote;
use crate::rules::Decided;

/// The most names of those who object in a sentence.
const NAMES_MAX: usize = 6;

texts! {
    /// The fixed words of a change of the agenda.
    pub enum Agenda {
        Title: "变更议程", "Change the agenda";
        Changed: "议程变更", "Agenda changed";
        Kept: "议程不变", "Agenda unchanged";
        ToCome: "尚未进行的议项", "Items to come";
        Nothing: "没有尚未进行的议项", "No item is to come";
        TakenOff: "已撤下的议项", "Items that were taken off";
        Off: "已撤下", "taken off";
        Added: "新增", "added";
        Files: "可以增加的议项（agenda 目录）", "Items that could be added (agenda/)";
        NoFiles: "agenda 目录中没有议项：在会议目录的 agenda 中写一个 名称.toml，内容与 plan.toml 中的一个 [[items]] 相同。", "There is none in agenda/: write agenda/NAME.toml in the session folder, with one [[items]] as in plan.toml.";
        Mistaken: "有错误", "has mistakes";
        MendFirst: "改正之后，按 Esc 再按 G 重新读取。", "Once it is mended: Esc, then G reads it again.";
        Where: "放在哪里", "Where it goes";
        AtEnd: "（列在最后）", "(at the end)";
        Choose: "选择", "choose";
        Add: "增加", "add";
        TakeOff: "撤下", "take off";
        PutBack: "恢复", "put back";
        Move: "移动", "move";
        Place: "定在这里", "put it here";
        AskReason: "变更议程的理由（写入会议记录）", "Why the agenda is to be changed";
        Hands: "举手表决变更议程", "Show of hands on the agenda";
        Withdraw: "撤回提请", "withdraw it";
        Put: "提请变更议程", "A change of the agenda is proposed";
        PutHow: "没有人提出异议，即为通过；有人提出异议，就举手表决。", "Where nobody objects it is carried; where somebody does, hands are counted.";
        NobodyObjects: "无人异议", "nobody objects";
        OffAgenda: "经会议决定，本项撤出议程，没有进行。", "By decision of the meeting this item was taken off the agenda; it was not called.";
    }
}

/// A title with what is to be known of it, first: a line of the agenda is cut at its end.
pub fn marked(lang: Lang, title: &str, mark: Agenda) -> String {
    let word = mark.text(lang);
    lang.pick(format!("（{word}）{title}"), format!("({word}) {title}"))
}

/// An item's title, in quotation marks; its name where there is no such item.
fn item_quoted(state: &State, id: &ItemId) -> String {
    quoted(state.item(id).map_or(id.as_str(), |item| &item.title))
}

/// Where it goes.
fn place(lang: Lang, state: &State, before: Option<&ItemId>) -> String {
    match (lang, before.map(|id| item_quoted(state, id))) {
        (Lang::Zh, Some(before)) => format!("排在{before}之前"),
        (Lang::En, Some(before)) => format!("before {before}"),
        (Lang::Zh, None) => "列在最后".to_owned(),
        (Lang::En, None) => "at the end".to_owned(),
    }
}

/// What is proposed, as the question that is put; nothing where the item that is to be added cannot be read.
pub fn question(lang: Lang, state: &State, change: &AgendaChange) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    match change {
        AgendaChange::Add { text, before } => {
            let title = quoted(&state.read_item(text, "").ok()?.title);
            let place = place(lang, state, before.as_ref());
            t(
                format!("将{title}列入本次会议议程，{place}"),
                format!("that {title} be put on the agenda, {place}"),
            )
        }
        AgendaChange::TakeOff { item } => {
            let title = item_quoted(state, item);
            t(format!("将{title}撤出本次会议议程"), format!("that {title} be taken off the agenda"))
        }
        AgendaChange::Move { item, before } => {
            let (title, place) = (item_quoted(state, item), place(lang, state, before.as_ref()));
            t(
                format!("调整议程顺序，将{title}{place}"),
                format!("that the order be changed: {title} {place}"),
            )
        }
        AgendaChange::PutBack { item, before } => {
            let (title, place) = (item_quoted(state, item), place(lang, state, before.as_ref()));
            t(
                format!("将{title}恢复列入本次会议议程，{place}"),
                format!("that {title} be put back on the agenda, {place}"),
            )
        }
    }
}

/// What is decided, as a heading: the same question, of what the record has.
fn decided_question(lang: Lang, state: &State, amendment: &Amendment) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    let title = match amendment {
        Amendment::Added { item, .. } => quoted(&item.title),
        Amendment::TakenOff { item } | Amendment::Moved { item, .. } | Amendment::PutBack { item, .. } => {
            item_quoted(state, item)
        }
    };
    let place = place(lang, state, amendment.before());
    match amendment {
        Amendment::Added { .. } => {
            t(format!("增加议项{title}，{place}"), format!("to add {title} to the agenda, {place}"))
        }
        Amendment::TakenOff { .. } => {
            t(format!("撤下议项{title}"), format!("to take {title} off the agenda"))
        }
        Amendment::Moved { .. } => {
            t(format!("将议项{title}改为{place}"), format!("to move {title}, {place}"))
        }
        Amendment::PutBack { .. } => {
            t(format!("恢复议项{title}，{place}"), format!("to put {title} back on the agenda, {place}"))
        }
    }
}

/// How it was decided, in figures.
pub fn figures(lang: Lang, decision: &AgendaDecision) -> String {
    let (due, present) = (decision.due, decision.present);
    let room = match lang {
        Lang::Zh => format!("应到{due}名，实到{present}名，"),
        Lang::En => format!("{due} due, {present} present; "),
    };
    let decided = if decision.approved { Decided::Carried } else { Decided::NotCarried };
    let word = matter::decided(lang, decided);
    match decision.decided.count() {
        Some(count) => {
            let hands = matter::figures(lang, &OpenVote::CHOICES, &count);
            lang.pick(format!("{room}举手表决：{hands}，{word}"), format!("{room}by hands: {hands}; {word}"))
        }
        None => lang
            .pick(format!("{room}征询意见，无人提出异议，{word}"), format!("{room}nobody objected; {word}")),
    }
}

/// What the presiding officer says to have it decided.
pub fn put(lang: Lang, state: &State, change: &AgendaChange, reason: Option<&str>) -> String {
    let question = question(lang, state, change).unwrap_or_default();
    let reason = reason.filter(|reason| !reason.is_empty());
    let why = match (lang, reason) {
        (_, None) => String::new(),
        (Lang::Zh, Some(reason)) => format!("理由是：{reason}。"),
        (Lang::En, Some(reason)) => format!("The reason: {reason}. "),
    };
    let present = state.present();
    let objected =
        state.proposal().filter(|proposal| proposal.change == *change).and_then(|_| objected(lang, state));
    if let Some(objected) = objected {
        return match lang {
            Lang::Zh => format!(
                "提请{question}。{why}{objected}，举手表决：现在实到{present}名，同意的请举手；不同意的请举手；弃权的请举手。"
            ),
            Lang::En => format!(
                "The proposal is {question}. {why}{objected}: hands are counted, of {present} present. Those who agree, please raise your hands. Those who disagree. Those who abstain."
            ),
        };
    }
    match lang {
        Lang::Zh => format!(
            "提请{question}。{why}各位有没有不同意见？……有，就举手表决：现在实到{present}名，同意的请举手；不同意的请举手；弃权的请举手。"
        ),
        Lang::En => format!(
            "The proposal is {question}. {why}Does anybody object? … If so, hands are counted, of {present} present: those who agree, please raise your hands. Those who disagree. Those who abstain."
        ),
    }
}

/// Who has objected to the change that was put; none where nobody has.
pub fn objected(lang: Lang, state: &State) -> Option<String> {
    let seats = &state.proposal()?.objected;
    let names: Vec<String> = seats.iter().map(|seat| who::spoken(state.name(seat))).collect();
    let names = (!names.is_empty()).then(|| who::names_up_to(lang, &names, NAMES_MAX))?;
    Some(lang.pick(format!("{names}提出异议"), format!("{names} objected")))
}

/// Why it is proposed.
pub fn because(lang: Lang, reason: &str) -> String {
    lang.pick(format!("理由：{reason}"), format!("Reason: {reason}"))
}

/// What follows from an objection.
pub fn hands_follow(lang: Lang, objected: &str) -> String {
    lang.pick(format!("{objected}，举手表决"), format!("{objected}: hands are counted"))
}

/// What the minutes say of a change that was put: who objected, and that it was withdrawn. That it was put stands in the
/// decision.
pub fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    match event {
        Event::AgendaObjected { seat, .. } => {
            let name = who::spoken(state.name(seat));
            Some(lang.pick(
                format!("{name}对不经计票变更议程提出异议。"),
                format!("{name} objected to changing the agenda without a count."),
            ))
        }
        Event::AgendaWithdrawn { .. } => Some(
            lang.pick("主持人撤回了变更议程的提请。", "The proposal to change the agenda was withdrawn.")
                .to_owned(),
        ),
        _ => None,
    }
}

/// What the presiding officer announces once it is decided, and what the screens say.
pub fn announced(lang: Lang, state: &State, decision: &AgendaDecision) -> String {
    let (question, figures) = (decided_question(lang, state, &decision.amendment), figures(lang, decision));
    match lang {
        Lang::Zh => format!("关于{question}：{figures}。"),
        Lang::En => format!("The proposal was {question}: {figures}."),
    }
}

/// The sentence of the minutes, with the reason.
pub fn told(lang: Lang, state: &State, decision: &AgendaDecision) -> String {
    let (announced, reason) = (announced(lang, state, decision), &decision.reason);
    lang.pick(
        format!("变更议程：{announced}理由：{reason}"),
        format!("{announced} The reason given: {reason}"),
    )
}

/// Why a change is refused.
pub(super) fn refusal(lang: Lang, refusal: &Refusal) -> String {
    let t = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::AgendaOfExams => t(
            "本次会议只有考试，不作决定，议程不能变更",
            "a session of exams decides nothing: its agenda stays as it is",
        ),
        Refusal::ProposalStands => t(
            "已经提请变更议程：先登记表决结果，或者撤回提请",
            "a change of the agenda has been put to the meeting: decide it first, or withdraw it",
        ),
        Refusal::NoProposal => t(
            "这项变更已经表决或者撤回：以屏幕上现在的提请为准",
            "this change was decided or withdrawn meanwhile: look at what the screen says now",
        ),
        Refusal::ItemNotToCome => t(
            "只能变更尚未进行的议项，也只能排在尚未进行的议项之前",
            "only items that are still to come are changed, and others go before such ones only",
        ),
        Refusal::ItemNotTakenOff => {
            t("本项没有撤出议程，不需要恢复", "this item was not taken off the agenda: nothing is put back")
        }
        Refusal::AgendaUnchanged => {
            t("本项已经排在那里：另选一个位置", "the item stands there already: choose another place")
        }
        Refusal::ItemMistaken { mistakes, line, column } => match lang {
            Lang::Zh => {
                format!("要增加的议项有{mistakes}处错误，第一处在第{line}行第{column}列：改正文件后再提出")
            }
            Lang::En => format!(
                "the item to be added has {mistakes} mistake(s), the first in line {line}, column {column}: mend the file, then propose it again"
            ),
        },
        _ => String::new(),
    }
}

/// What `verify` finds of the agenda.
pub(super) fn check(lang: Lang, what: &What) -> String {
    let What::Agenda { decisions, carried, added, taken_off } = what else { return String::new() };
    match lang {
        Lang::Zh => format!(
            "议程：变更表决{decisions}次，通过{carried}次；新增{added}项，撤下{taken_off}项；计划中的议项一项不缺"
        ),
        Lang::En => format!(
            "agenda: {decisions} decisions on changes, {carried} carried; {added} added, {taken_off} taken off; every item of the plan is accounted for"
        ),
    }
}
