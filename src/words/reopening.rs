//! What happens to a declared result, as every screen, the minutes and `verify` speak of it: an objection and how it was
//! settled, a reconsideration, an item that is taken up again, a line that is barred by rule.

use super::quotation::quoted;
use super::{Lang, who};
use crate::meeting::barred::Bar;
use crate::meeting::{
    Event, ItemId, ItemState, LineId, NotReopened, OfficialId, Reconsideration, Refusal, ReopenGround,
    Reopening, ResultObjection, SettledHow, Stage, State,
};
use crate::plan::Nominee;

/// The most open objections that stand above a page.
const EVERYWHERE_MAX: usize = 2;

texts! {
    /// Fixed texts of objections, reconsiderations and what follows.
    pub enum Reopened {
        Results: "已宣布的结果", "Declared results";
        NotSettled: "尚未处理", "not settled";
        TakenUpAgain: "重新审议", "taken up again";
        Dismissed: "结果维持", "the result stands";
        Upheld: "结果不再有效，重新表决", "the result is set aside, voted on again";
        Barred: "本次会议不再表决", "not voted on again";
        Unchanged: "结果不变", "result stands";
        NotAgain: "以下不重新表决，结果不变", "Not voted on again; the result stands";
        Object: "代录异议", "enter an objection";
        Reconsider: "提请复议", "reconsider";
        Stands: "结果维持", "the result stands";
        VoteAgain: "重新表决", "vote again";
        PickObjector: "谁提出异议", "Who objects";
        AskObjection: "异议的理由", "The reason of the objection";
        AskStands: "结果维持的理由（主席团决定）", "Why the result stands (decided by the presiding body)";
        AskVoteAgain: "结果不再有效、重新表决的理由（主席团决定）", "Why it is voted on again (decided by the presiding body)";
        AskReconsider: "提请复议", "Reconsider";
        Reason: "理由", "Reason";
        PickLines: "先用空格键选定要复议的人选，可以选多名", "First take in whom it is about: the space bar, on each line";
        Toggle: "选定/不选", "in or out";
        OwnObjection: "对已宣布的结果提出异议", "Object to a declared result";
        OwnHow: "写明理由。异议编号后写入会议记录，由主席团处理：结果维持，或重新表决。", "Say why. The objection is numbered and goes into the record; the presiding body settles it: the result stands, or is voted on again.";
        OwnSent: "异议已记入会议记录", "Your objection is in the record";
    }
}

/// A result by its name: the item, or the official.
pub fn result(state: &State, item: &ItemId, official: Option<&OfficialId>) -> String {
    let planned = state.item(item);
    let official = official.and_then(|id| planned?.review()?.official(id.as_str()));
    match (official, planned) {
        (Some(official), _) => who::spoken(&official.name),
        (None, Some(planned)) => planned.title.clone(),
        (None, None) => item.to_string(),
    }
}

/// An objection by its number.
pub fn number(lang: Lang, number: u32) -> String {
    match lang {
        Lang::Zh => format!("第{number}号异议"),
        Lang::En => format!("objection No {number}"),
    }
}

/// How far an objection is, in a few words.
pub fn standing(lang: Lang, objection: &ResultObjection) -> &'static str {
    match objection.settled.as_ref().map(|settled| settled.outcome) {
        None => Reopened::NotSettled.text(lang),
        Some(SettledHow::Stands) => Reopened::Dismissed.text(lang),
        Some(SettledHow::VoteAgain) => Reopened::Upheld.text(lang),
    }
}

/// An objection in one line: its number, how far it is, who, why.
pub fn objection(lang: Lang, state: &State, objection: &ResultObjection) -> String {
    let by = who::spoken(state.name(&objection.by));
    let (number, standing) = (number(lang, objection.number), standing(lang, objection));
    let reason = &objection.reason;
    match lang {
        Lang::Zh => format!("{number}（{standing}）：{by}：{reason}"),
        Lang::En => format!("{number} ({standing}), {by}: {reason}"),
    }
}

/// The same with the result that it is about.
pub fn objection_to(lang: Lang, state: &State, one: &ResultObjection) -> String {
    let about = result(state, &one.item, one.official.as_ref());
    let line = objection(lang, state, one);
    match lang {
        Lang::Zh => format!("{}的结果：{line}", quoted(&about)),
        Lang::En => format!("{about}: {line}"),
    }
}

/// A declared result in a list, with its number where it is not the first of its item.
pub fn declared(lang: Lang, name: &str, number: u32) -> String {
    match (lang, number) {
        (_, 1) => name.to_owned(),
        (Lang::Zh, number) => format!("{name}（第{number}次结果）"),
        (Lang::En, number) => format!("{name} (result {number})"),
    }
}

/// After an objection that is open: which key settles it, and how many more there are.
pub fn settles(lang: Lang, more: usize) -> String {
    match (lang, more) {
        (Lang::Zh, 0) => "。按 Y 处理".to_owned(),
        (Lang::Zh, more) => format!("（另有{more}条）。按 Y 处理"),
        (Lang::En, 0) => ". Y settles it".to_owned(),
        (Lang::En, more) => format!(" (and {more} more). Y settles them"),
    }
}

/// What it means that a result is set aside, before the second key.
pub fn vote_again_warning(lang: Lang) -> &'static str {
    lang.pick(
        "原结果不再有效，保留在记录中；本项重新审议、重新表决。",
        "The result is set aside and stays in the record; the item is deliberated and voted on again.",
    )
}

/// What every screen says above its page: the first objections that are open; and how the one to the result that was declared
/// last was settled, while nothing has been called since.
pub fn everywhere(lang: Lang, state: &State) -> Vec<(bool, String)> {
    let open = state.open_result_objections().take(EVERYWHERE_MAX);
    let mut lines: Vec<(bool, String)> = open.map(|one| (true, objection_to(lang, state, one))).collect();
    if lines.is_empty() && state.current_item().is_none() && state.ended_at.is_none() {
        let last =
            state.items.iter().rev().find(|item| item.stage == Stage::Declared && item.review().is_none());
        let settled = last.and_then(|item| state.result_objections_to(item, None).last());
        lines.extend(settled.map(|one| (false, objection_to(lang, state, one))));
    }
    lines
}

/// On what ground an item was taken up again.
pub fn ground(lang: Lang, ground: ReopenGround) -> String {
    match (lang, ground) {
        (Lang::Zh, ReopenGround::Objection { number }) => format!("第{number}号异议成立"),
        (Lang::En, ReopenGround::Objection { number }) => format!("objection No {number} was upheld"),
        (Lang::Zh, ReopenGround::Consent) => "过半数同意复议".to_owned(),
        (Lang::En, ReopenGround::Consent) => "more than half consented to reconsider it".to_owned(),
    }
}

/// Beside an earlier result: that it is not in force any more, and why.
pub fn set_aside(lang: Lang, reopening: &Reopening) -> String {
    let why = ground(lang, reopening.ground);
    match lang {
        Lang::Zh => format!("不再有效：{why}"),
        Lang::En => format!("set aside: {why}"),
    }
}

/// The same in the minutes, below the result, with the lines that it is about.
pub fn set_aside_later(lang: Lang, state: &State, item: &ItemId, reopening: &Reopening) -> String {
    let why = ground(lang, reopening.ground);
    let lines = line_names(lang, state, item, &reopening.lines);
    match lang {
        Lang::Zh if lines.is_empty() => format!("以上结果后来不再有效：{why}。"),
        Lang::Zh => format!("以上结果中{lines}的部分后来不再有效：{why}。"),
        Lang::En if lines.is_empty() => format!("This result was later set aside: {why}."),
        Lang::En => format!("As to {lines}, this result was later set aside: {why}."),
    }
}

/// Why a line is not put to the vote.
pub fn barred(lang: Lang, state: &State, bar: &Bar) -> String {
    let item = quoted(&result(state, &bar.item, None));
    match lang {
        Lang::Zh => format!("同一人选同一职务在{item}中未通过，本次会议不再表决"),
        Lang::En => {
            format!("not carried for the same post in {item}: not put to the vote again at this meeting")
        }
    }
}

fn line_names(lang: Lang, state: &State, item: &ItemId, lines: &[LineId]) -> String {
    let name = |line: &LineId| {
        let found = state.item(item).and_then(|item| item.nomination()?.line(line.as_str()));
        found.map_or_else(|| line.to_string(), |line: &Nominee| line.name.clone())
    };
    who::names_up_to(lang, &lines.iter().map(name).collect::<Vec<_>>(), usize::MAX)
}

/// What the voters said to a reconsideration, with its arithmetic.
pub fn reconsideration(lang: Lang, state: &State, asked: &Reconsideration) -> String {
    let Reconsideration { due, present, agree, disagree, abstain, needed, consented, reason, .. } = asked;
    let about = result(state, &asked.item, None);
    let lines = line_names(lang, state, &asked.item, &asked.lines);
    match lang {
        Lang::Zh => {
            let lines = if lines.is_empty() { String::new() } else { format!("（{lines}）") };
            let done = if *consented { "达到，予以复议" } else { "没有达到，不予复议" };
            let about = quoted(&about);
            format!(
                "提请复议{about}{lines}。应到{due}名，实到{present}名，同意{agree}、不同意{disagree}、弃权{abstain}；须{needed}名同意，{done}。理由：{reason}"
            )
        }
        Lang::En => {
            let lines = if lines.is_empty() { String::new() } else { format!(" ({lines})") };
            let done = if *consented {
                "reached: it is reconsidered"
            } else {
                "not reached: it is not reconsidered"
            };
            format!(
                "It was asked to reconsider {about}{lines}. {due} due, {present} present; {agree} agree, {disagree} disagree, {abstain} abstain; {needed} needed, {done}. Reason: {reason}"
            )
        }
    }
}

/// The sentence of the minutes for an event of this part.
pub fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    Some(match event {
        Event::ResultObjected { number: no, item, official, by, taken_down, reason } => {
            let about = result(state, item, official.as_ref());
            let by = who::spoken(state.name(by));
            let no = number(lang, *no);
            match (lang, taken_down) {
                (Lang::Zh, false) => format!("{no}：{by}对{}的结果提出异议：{reason}", quoted(&about)),
                (Lang::Zh, true) => {
                    format!("{no}：{by}口头对{}的结果提出异议（代录）：{reason}", quoted(&about))
                }
                (Lang::En, false) => {
                    format!("{}: {by} objected to the result of {about}: {reason}", first_up(&no))
                }
                (Lang::En, true) => format!(
                    "{}: {by} objected aloud to the result of {about} (taken down): {reason}",
                    first_up(&no)
                ),
            }
        }
        Event::ObjectionSettled { number: no, outcome, reason } => {
            let no = number(lang, *no);
            let how = match outcome {
                SettledHow::Stands => Reopened::Dismissed.text(lang),
                SettledHow::VoteAgain => Reopened::Upheld.text(lang),
            };
            match lang {
                Lang::Zh => format!("{no}由主席团处理：{how}。理由：{reason}"),
                Lang::En => format!("The presiding body settled {no}: {how}. {reason}"),
            }
        }
        Event::ReconsiderationVoted(asked) => reconsideration(lang, state, asked),
        Event::ItemReopened { item, ground: why, lines } => {
            let about = result(state, item, None);
            let why = ground(lang, *why);
            let lines = line_names(lang, state, item, lines);
            match lang {
                Lang::Zh if lines.is_empty() => {
                    format!("{why}，{}重新审议；原结果不再有效，保留在记录中。", quoted(&about))
                }
                Lang::Zh => {
                    format!("{why}，{}重新审议：{lines}；原结果不再有效，保留在记录中。", quoted(&about))
                }
                Lang::En if lines.is_empty() => format!(
                    "{about} was taken up again, because {why}; the earlier result is set aside, and stays in the record."
                ),
                Lang::En => format!(
                    "{about} was taken up again, because {why}: {lines}; their earlier results are set aside, and stay in the record."
                ),
            }
        }
        Event::LineBarred { item, line, by, ballot } => {
            let name = line_names(lang, state, item, std::slice::from_ref(line));
            let why = barred(lang, state, &Bar { item: by.clone(), ballot: ballot.clone() });
            match lang {
                Lang::Zh => format!("{name}：{why}。"),
                Lang::En => format!("{name}: {why}."),
            }
        }
        _ => return None,
    })
}

fn first_up(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

/// What the presiding officer reads aloud before an objection is settled.
pub fn settle(lang: Lang, state: &State, no: u32) -> String {
    let Some(one) = state.result_objections.iter().find(|one| one.number == no) else { return String::new() };
    let about = result(state, &one.item, one.official.as_ref());
    let (by, reason) = (who::spoken(state.name(&one.by)), quoted(&one.reason));
    match lang {
        Lang::Zh => format!(
            "{by}同志对{}的结果提出异议，理由是：{reason}。现由主席团研究处理，结果维持，或者重新表决；处理之前不闭会。",
            quoted(&about)
        ),
        Lang::En => format!(
            "{by} objects to the result of {about}: {reason}. The presiding body now decides whether the result stands or is voted on again; the meeting is not closed before."
        ),
    }
}

/// What is read aloud when the voters are asked whether a decision be reconsidered.
pub fn ask(lang: Lang, title: &str, names: &[String], needed: u32) -> String {
    let lines = who::names_up_to(lang, names, usize::MAX);
    match lang {
        Lang::Zh => {
            let lines = if lines.is_empty() { String::new() } else { format!("中{lines}的结果") };
            let title = quoted(title);
            format!(
                "提请复议{title}{lines}。复议须经全体委员过半数同意，即{needed}名。同意的请举手；不同意的请举手；弃权的请举手。"
            )
        }
        Lang::En => {
            let lines = if lines.is_empty() { String::new() } else { format!(", as to {lines}") };
            format!(
                "It is proposed to reconsider {title}{lines}. More than half of all members must consent, that is {needed}. Who agrees, please raise a hand; who disagrees; who abstains."
            )
        }
    }
}

/// What is read aloud first when an item was just taken up again.
pub fn taken_up(lang: Lang, state: &State, item: &ItemState) -> Option<String> {
    let last = item.reopenings.last()?;
    let about = result(state, &item.id, None);
    let why = ground(lang, last.ground);
    let lines = line_names(lang, state, &item.id, &last.lines);
    Some(match lang {
        Lang::Zh if lines.is_empty() => format!("{why}，现在重新审议{}。", quoted(&about)),
        Lang::Zh => format!("{why}，现在重新审议{}中的{lines}。", quoted(&about)),
        Lang::En if lines.is_empty() => format!("{}: we now take up {about} again.", first_up(&why)),
        Lang::En => format!("{}: we now take up {about} again, as to {lines}.", first_up(&why)),
    })
}

/// The sentence for a refusal of this part.
pub(super) fn refusal(lang: Lang, refusal: &Refusal, line_name: &dyn Fn(&LineId) -> String) -> String {
    let t = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match refusal {
        Refusal::NotDeclared => t(
            "这里没有已宣布的结果：结果宣布之后才能提出异议或复议",
            "no result of this stands declared: objecting and reconsidering come after the declaration",
        ),
        Refusal::WhichOfficial => {
            t("评议的结果逐人宣布：请指明是谁的结果", "a review has a result for each official: say whose")
        }
        Refusal::ObjectedAlready { number: no } => match lang {
            Lang::Zh => format!("本人对这个结果的异议已经记录（第{no}号）：同一结果只记一次"),
            Lang::En => {
                format!("this person has objected to this result already, as No {no}: once is enough")
            }
        },
        Refusal::UnknownObjection => t("没有这个编号的异议", "there is no objection with this number"),
        Refusal::ObjectionSettled { number: no } => match lang {
            Lang::Zh => format!("第{no}号异议已经处理，处理结果不再改动"),
            Lang::En => format!("objection No {no} is settled, and that stays so"),
        },
        Refusal::ObjectionsOpen { numbers } => {
            let listed: Vec<String> = numbers.iter().map(u32::to_string).collect();
            match lang {
                Lang::Zh => format!("第{}号异议尚未处理：请先处理", listed.join("、")),
                Lang::En => format!("objection No {} is not settled: settle it first", listed.join(", ")),
            }
        }
        Refusal::CannotReopen { why } => cannot_reopen(lang, *why).to_owned(),
        Refusal::LinesNotCarried { lines } => {
            let names: Vec<String> = lines.iter().map(line_name).collect();
            let names = who::names(lang, &names);
            match lang {
                Lang::Zh => format!("{names}未通过：同一人选同一职务本次会议不再表决，不列入复议"),
                Lang::En => format!(
                    "{names}: not carried, and so not put to the vote for the same post again at this meeting; leave the line out"
                ),
            }
        }
        Refusal::NothingToReconsider => t(
            "本项没有可以复议的内容：未通过的人选本次会议不再表决",
            "nothing of this item can be reconsidered: who was not carried is not voted on again at this meeting",
        ),
        Refusal::ReconsideredWhole => t(
            "选举只能整体复议：候选人之间相互比较",
            "an election is reconsidered as a whole: candidates stand against each other",
        ),
        Refusal::LineNotAtStake => t(
            "这一行不列入表决：按规定不再表决，或不在复议范围内",
            "this line is not put to the vote: barred by rule, or not taken up again; nothing is to be deferred",
        ),
        _ => String::new(),
    }
}

/// Why an item is not taken up again, and what can be done instead.
fn cannot_reopen(lang: Lang, why: NotReopened) -> &'static str {
    match why {
        NotReopened::Review => lang.pick(
            "述廉述效的评议不重新进行：异议记录在案，或用记事说明；需要再评议的，列入下次会议",
            "an evaluation is not repeated: the objection stays in the record, a note can say more, and a new review is for another meeting",
        ),
        NotReopened::Exam => lang.pick(
            "考试按规则阅卷，不重新表决：题目有误的，记事说明，另行组织考试",
            "an exam is marked by rule and not voted on: where a question is wrong, make a note and hold another exam",
        ),
        NotReopened::JointMeeting => lang.pick(
            "联席会议各部门意见已记名提出，不重新表决：更正请用记事，待核查的列入跟进事项",
            "opinions were given by name and are not voted on: a note corrects one, and what is to be checked is a follow-up",
        ),
        NotReopened::Scrutineers => lang.pick(
            "监票人的产生不复议：需要更换的，重新表决监票人",
            "the approval of scrutineers is not reconsidered: put the scrutineers to a show of hands again",
        ),
    }
}
