//! The minutes of a review: what happens official by official, each question with its answer and how it ended, opinions,
//! follow-ups.

use jiff::civil::Date;

use super::joint::JointLabel;
use super::{names, seats};
use crate::archive::FollowUpKind;
use crate::meeting::{Asker, Ended, Event, Issue, ItemId, OfficialId, Question, SeatId, Standing, State};
use crate::plan::{Official, Review};
use crate::words::{Lang, common, who};

texts! {
    /// The fixed words of a review's minutes.
    pub enum ReviewLabel {
        Questions: "质询", "Questions";
        Opinions: "意见建议", "Opinions and suggestions";
        Answer: "答复", "Answer";
        Ended: "结果", "How it ended";
        Satisfied: "提问人意见", "The asker";
        Inquiry: "质询书", "Written inquiry";
        Evaluation: "评议", "Evaluation";
        Dimension: "评议内容", "Evaluated";
        Rate: "满意率", "Satisfaction rate";
        Score: "加权得分", "Weighted score";
        Rule: "评定依据", "By the rule";
        Verdict: "评议等次", "Verdict";
        Consequence: "处理", "What follows";
        Overview: "评议结果一览", "Results of all officials";
        Ranking: "评议结果排名", "Ranking of all officials";
        Rank: "名次", "Rank";
        Official: "述职人", "Official";
        Matter: "事项", "Matter";
        About: "对象", "About";
        Decision: "决定", "Decision";
        Post: "职务", "Post";
        NoVerdict: "没有评出等次", "no verdict";
        FollowUps: "后续事项", "Follow-ups";
        Kind: "类别", "Kind";
        Text: "内容", "What";
        Owner: "责任人", "Owner";
        DueOn: "期限", "Due";
        Source: "来源", "From";
        Continued: "其他", "Between officials";
        NoAnswer: "没有记录答复内容", "the answer was not taken down";
    }
}

/// An official's post with the unit, where the post does not name it itself.
pub fn post(lang: Lang, official: &Official) -> String {
    who::office(lang, &official.unit, &official.post)
}

/// An official with the post.
pub fn official(lang: Lang, official: &Official) -> String {
    let (name, post) = (&official.name, post(lang, official));
    if post.is_empty() {
        return name.clone();
    }
    lang.pick(format!("{name}（{post}）"), format!("{name} ({post})"))
}

/// That an official was put off.
pub fn put_off(lang: Lang, reason: &str) -> String {
    lang.pick(format!("推迟：{reason}"), format!("put off: {reason}"))
}

fn planned<'a>(state: &'a State, item: &ItemId, id: &OfficialId) -> Option<&'a Official> {
    state.item(item)?.review()?.official(id.as_str())
}

/// An official's name, or the id where the plan has none.
fn name(state: &State, item: &ItemId, id: &OfficialId) -> String {
    planned(state, item, id).map_or_else(|| id.to_string(), |official| official.name.clone())
}

/// How long something took: 7分52秒, 7 min 52 s.
pub fn duration(lang: Lang, millis: i64) -> String {
    let seconds = millis.max(0) / 1_000;
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (lang, minutes, rest) {
        (Lang::Zh, 0, _) => format!("{rest}秒"),
        (Lang::Zh, _, 0) => format!("{minutes}分钟"),
        (Lang::Zh, ..) => format!("{minutes}分{rest}秒"),
        (Lang::En, 0, _) => format!("{rest} s"),
        (Lang::En, _, 0) => format!("{minutes} min"),
        (Lang::En, ..) => format!("{minutes} min {rest} s"),
    }
}

fn seconds(lang: Lang, seconds: u32) -> String {
    duration(lang, i64::from(seconds) * 1_000)
}

/// The sentence for an event of a review, or of the floor. Nothing where the minutes tell it elsewhere: questions,
/// answers and opinions stand together under their official.
pub(super) fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    match event {
        Event::OrderDrawn { item, order } => {
            let order: Vec<String> = order.iter().map(|id| name(state, item, id)).collect();
            let order = names(lang, &order);
            t(format!("抽签确定述廉述效顺序：{order}。"), format!("The order was drawn by lot: {order}."))
        }
        Event::OfficialCalled { item, official } => Some(called(lang, state, item, official)),
        Event::OfficialPutOff { item, official, reason } => {
            let who = name(state, item, official);
            t(format!("{who}推迟述廉述效：{reason}"), format!("{who} was put off: {reason}"))
        }
        Event::ReportBegan { item, official, seconds: allotted } => {
            let (who, allotted) = (name(state, item, official), seconds(lang, *allotted));
            t(
                format!("{who}开始述廉述效，限时{allotted}。"),
                format!("{who} began to report; {allotted} were given."),
            )
        }
        Event::ReportedInWriting { item, official, reason } => {
            let who = name(state, item, official);
            t(format!("{who}书面述廉述效：{reason}"), format!("{who} reported in writing: {reason}"))
        }
        Event::QuestionsBegan { item, official } => {
            let known = state.item_state(item).and_then(|item| item.review()?.officials.get(official));
            let took = known.and_then(|known| known.report_millis).map(|millis| duration(lang, millis))?;
            t(
                format!("述廉述效结束，用时{took}。开始质询。"),
                format!("The report ended after {took}. Questions began."),
            )
        }
        Event::QuestionsEnded { item, official } => {
            let review = state.item_state(item).and_then(|item| item.review())?;
            let asked = review.questions_to(official).count();
            t(format!("质询结束，共收到提问{asked}个。"), format!("Questions ended; {asked} had come in."))
        }
        Event::OfficialDeclared { item, official, verdict } => {
            let who = name(state, item, official);
            let word = verdict.judgement.as_ref().map_or_else(
                || ReviewLabel::NoVerdict.text(lang).to_owned(),
                |judgement| judgement.name.clone(),
            );
            t(format!("宣布评议结果：{who}，{word}。"), format!("The result was declared: {who}, {word}."))
        }
        Event::ClockExtended { seconds: more } => {
            let more = seconds(lang, *more);
            t(format!("计时延长{more}。"), format!("The clock got {more} more."))
        }
        Event::SpeakerCalled { seat, seconds: allotted } => {
            let (who, allotted) = (state.name(seat), seconds(lang, *allotted));
            t(format!("{who}发言，限时{allotted}。"), format!("{who} had the floor for {allotted}."))
        }
        Event::SpeakerRefused { seat, reason } => {
            let who = state.name(seat);
            t(
                format!("{who}要求发言，未获同意：{reason}"),
                format!("{who} asked for the floor and was refused: {reason}"),
            )
        }
        _ => None,
    }
}

fn called(lang: Lang, state: &State, item: &ItemId, id: &OfficialId) -> String {
    let who = planned(state, item, id).map_or_else(|| id.to_string(), |one| official(lang, one));
    let reader = planned(state, item, id)
        .map(|official| official.findings_by.as_str())
        .filter(|reader| !reader.is_empty())
        .map(|reader| state.name(&SeatId::from(reader)).to_owned());
    match (lang, reader) {
        (Lang::Zh, Some(reader)) => format!("{who}述廉述效。{reader}通报检查情况。"),
        (Lang::Zh, None) => format!("{who}述廉述效。通报检查情况。"),
        (Lang::En, Some(reader)) => {
            format!("{who} was called. {reader} read the findings of the inspection.")
        }
        (Lang::En, None) => format!("{who} was called. The findings of the inspection were read."),
    }
}

/// A speech is over.
pub fn speech_ended(lang: Lang, who: &str, millis: i64) -> String {
    let took = duration(lang, millis);
    lang.pick(format!("{who}发言结束，用时{took}。"), format!("{who} ended after {took}."))
}

/// People who declared that they are related, and get no paper for this official.
pub fn recused(lang: Lang, people: &[String]) -> String {
    let list = names(lang, people);
    lang.pick(
        format!("声明回避，不参加对本人的评议：{list}。"),
        format!("Recused, and without a paper for this official: {list}."),
    )
}

/// The groups of a ballot, in brackets; nothing where all are on one.
pub fn groups(lang: Lang, state: &State, issue: &Issue) -> String {
    if issue.groups.is_empty() {
        return String::new();
    }
    let list = names(lang, &named(state, &issue.groups));
    lang.pick(format!("（{list}）"), format!(" ({list})"))
}

/// The official and the groups of a ballot.
pub fn whose(lang: Lang, state: &State, issue: &Issue) -> String {
    let review = state.item(&issue.item).and_then(|item| item.review());
    let official = review.zip(issue.subject.as_ref()).and_then(|(review, id)| review.official(id.as_str()));
    let Some(official) = official else { return groups(lang, state, issue) };
    let mut parts = vec![official.name.clone()];
    parts.extend(named(state, &issue.groups));
    let list = names(lang, &parts);
    lang.pick(format!("（{list}）"), format!(" ({list})"))
}

fn named(state: &State, groups: &[String]) -> Vec<String> {
    let group = |id: &String| state.plan().group(id).map_or_else(|| id.clone(), |group| group.name.clone());
    groups.iter().map(group).collect()
}

/// The groups whose people are on a ballot.
pub fn group_names(lang: Lang, state: &State, plan: &Review, issue: &Issue) -> String {
    names(lang, &named(state, if issue.groups.is_empty() { &plan.reviewers } else { &issue.groups }))
}

/// Papers of an evaluation were issued.
pub(super) fn issue_opened(lang: Lang, state: &State, issue: &Issue, subject: &OfficialId) -> String {
    let who = name(state, &issue.item, subject);
    let review = state.item_state(&issue.item).and_then(|item| item.review());
    let recused = review.and_then(|review| review.officials.get(subject)).map(|official| &official.recused);
    let reviewers = state.item(&issue.item).map(crate::plan::Item::electors).unwrap_or_default();
    let of_this = |seat: &&SeatId| {
        let group = state.plan().person(seat.as_str()).map(|person| &person.group);
        group.is_some_and(|group| {
            if issue.groups.is_empty() { reviewers.contains(group) } else { issue.groups.contains(group) }
        })
    };
    let recused: Vec<&SeatId> = recused.into_iter().flatten().filter(of_this).collect();
    let out = if recused.is_empty() {
        String::new()
    } else {
        let list = seats(lang, state, recused.into_iter());
        lang.pick(format!("，回避不领票：{list}"), format!(", recused and without a paper: {list}"))
    };
    let (due, present, round) = (issue.due, issue.electorate.len(), issue.round);
    let (lines, groups) = (issue.lines.len(), groups(lang, state, issue));
    match lang {
        Lang::Zh => {
            format!("评议{who}，第{round}轮发票{groups}：应到{due}名，实到{present}名，评议{lines}项{out}。")
        }
        Lang::En => format!(
            "Papers to evaluate {who} were issued, round {round}{groups}: {due} due, {present} present, {lines} questions{out}."
        ),
    }
}

/// Who asked a question, and how it came.
pub fn asked(lang: Lang, state: &State, question: &Question, time: &str) -> String {
    let number = question.id;
    let who = match (&question.asker, lang) {
        (Asker::Seat { seat, oral: false }, Lang::Zh) => format!("{}提问", state.name(seat)),
        (Asker::Seat { seat, oral: true }, Lang::Zh) => format!("{}口头提问", state.name(seat)),
        (Asker::Slip { .. }, Lang::Zh) => "纸条提问".to_owned(),
        (Asker::Seat { seat, oral: false }, Lang::En) => state.name(seat).to_owned(),
        (Asker::Seat { seat, oral: true }, Lang::En) => format!("{}, aloud", state.name(seat)),
        (Asker::Slip { .. }, Lang::En) => "by slip".to_owned(),
    };
    let follows = match (question.follows, lang) {
        (None, _) => String::new(),
        (Some(first), Lang::Zh) => format!("，追问第{first}问"),
        (Some(first), Lang::En) => format!(", following up question {first}"),
    };
    lang.pick(
        format!("第{number}问（{time}）{who}{follows}"),
        format!("Question {number} ({time}) {who}{follows}"),
    )
}

/// How a question ended; `over` says whether the meeting has.
pub fn ended(lang: Lang, question: &Question, over: bool) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    let s = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
    match &question.standing {
        Standing::Ended(Ended::Answered) => s("当场答复", "answered on the spot"),
        Standing::Ended(Ended::Promised { due_on }) => {
            let day = common::date(lang, *due_on);
            if question.called.is_some() {
                t(format!("承诺在{day}前书面答复"), format!("promised in writing by {day}"))
            } else {
                t(
                    format!("未及当场提出，在{day}前书面答复"),
                    format!("not reached, to be answered in writing by {day}"),
                )
            }
        }
        Standing::Ended(Ended::Declined { reason }) => {
            t(format!("主持人决定不予答复：{reason}"), format!("declined by the chair: {reason}"))
        }
        Standing::Ended(Ended::Withdrawn) => s("撤回", "withdrawn"),
        Standing::Returned { reason } => {
            t(format!("退回提问人：{reason}"), format!("returned to the asker: {reason}"))
        }
        Standing::Merged { into } => t(format!("并入第{into}问"), format!("merged into question {into}")),
        Standing::Waiting | Standing::OnFloor if over => {
            s("会议结束时尚未答复", "still open when the meeting ended")
        }
        Standing::Waiting => s("等候提出", "waiting"),
        Standing::OnFloor => s("正在答复", "being answered"),
    }
}

/// The questions that were merged into one.
pub fn merged(lang: Lang, question: &Question) -> Option<String> {
    if question.merged.is_empty() {
        return None;
    }
    let numbers: Vec<String> = question.merged.iter().map(ToString::to_string).collect();
    let one = numbers.len() == 1;
    let numbers = numbers.join(lang.pick("、", ", "));
    Some(lang.pick(
        format!("；并入了第{numbers}问"),
        format!(
            "; {} merged into it",
            if one { format!("question {numbers} was") } else { format!("questions {numbers} were") }
        ),
    ))
}

/// Whether an asker was satisfied.
pub fn satisfied(lang: Lang, satisfied: bool) -> &'static str {
    if satisfied { lang.pick("满意", "satisfied") } else { lang.pick("不满意", "not satisfied") }
}

/// Who gave an opinion.
pub fn opinion(lang: Lang, state: &State, number: usize, by: &Asker, time: &str) -> String {
    let who = match by {
        Asker::Seat { seat, .. } => state.name(seat).to_owned(),
        Asker::Slip { .. } => lang.pick("纸条", "by slip").to_owned(),
    };
    lang.pick(format!("意见{number}（{time}）{who}"), format!("Opinion {number} ({time}) {who}"))
}

/// What follows from a verdict, with the day of a written reply.
pub fn consequence(lang: Lang, consequence: &str, due_on: Option<Date>) -> String {
    let Some(due_on) = due_on else { return consequence.to_owned() };
    let day = common::date(lang, due_on);
    lang.pick(
        format!("{consequence}（书面答复期限：{day}）"),
        format!("{consequence} (written reply by {day})"),
    )
}

/// A kind of follow-up.
pub fn kind(lang: Lang, kind: FollowUpKind) -> &'static str {
    match kind {
        FollowUpKind::Promise => lang.pick("承诺答复", "promise"),
        FollowUpKind::Unanswered => lang.pick("未当场提出的问题", "question not reached"),
        FollowUpKind::Opinion => lang.pick("意见建议", "opinion"),
        FollowUpKind::Inquiry => lang.pick("质询书", "written inquiry"),
        FollowUpKind::Consequence => lang.pick("评议处理", "consequence"),
        FollowUpKind::Execution => lang.pick("执行", "to carry out"),
        FollowUpKind::Check => lang.pick("核查", "to check"),
    }
}

/// Where a follow-up comes from; `source` is as the tables have it.
pub fn source(lang: Lang, source: &str) -> String {
    let of = source.rsplit('/').next().unwrap_or(source);
    match of.split_once('-') {
        Some(("question", number)) => lang.pick(format!("第{number}问"), format!("question {number}")),
        Some(("opinion", number)) => lang.pick(format!("意见{number}"), format!("opinion {number}")),
        Some(("check", _)) => JointLabel::Check.text(lang).to_owned(),
        None if of == "decision" => ReviewLabel::Decision.text(lang).to_owned(),
        _ => ReviewLabel::Verdict.text(lang).to_owned(),
    }
}

/// The caption of the table of one ballot.
pub fn ballot(lang: Lang, state: &State, issue: &Issue) -> String {
    format!("{}{}", ReviewLabel::Evaluation.text(lang), groups(lang, state, issue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        let said = [0, 47_999, 480_000, 472_500]
            .map(|millis| (duration(Lang::Zh, millis), duration(Lang::En, millis)));
        let expected = [("0秒", "0 s"), ("47秒", "47 s"), ("8分钟", "8 min"), ("7分52秒", "7 min 52 s")];
        assert_eq!(said, expected.map(|(zh, en)| (zh.to_owned(), en.to_owned())));
    }

    #[test]
    fn a_source_is_said_by_its_last_part() {
        assert_eq!(source(Lang::Zh, "review/question-3"), "第3问");
        assert_eq!(source(Lang::En, "a/b-c/opinion-12"), "opinion 12");
        assert_eq!(source(Lang::En, "review/verdict"), "Verdict");
    }
}
