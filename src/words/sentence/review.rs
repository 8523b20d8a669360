//! What is said in a review: from the draw of the order to the declaration of each result.

use super::{listed, spaced};
use crate::meeting::{Asker, Ended, ItemId, OfficialId, Question, QuestionId, ReviewState, Standing, State};
use crate::plan::{Official, OfficialOrder, Review};
use crate::words::{Lang, review, rule, who};

pub(super) fn open_item(lang: Lang, title: &str, plan: &Review) -> String {
    let officials = plan.officials.len();
    let time = review::time(lang, plan.report_seconds);
    let lot = plan.order == OfficialOrder::Lot;
    match lang {
        Lang::Zh => {
            let order = if lot { "先后顺序当场抽签确定。" } else { "" };
            format!(
                "现在进行：{title}。共有{officials}名同志报告，每人{time}；报告之后当场质询，以无记名投票方式评议，结果现场公布。{order}"
            )
        }
        Lang::En => {
            let order = if lot { " The order is drawn by lot." } else { "" };
            let who = if officials == 1 {
                "1 official reports".to_owned()
            } else {
                format!("{officials} officials report")
            };
            format!(
                "The next item is: {title}. {who}, {time} each; questions are put on the spot, all evaluate by secret ballot, and the result is declared at once.{order}"
            )
        }
    }
}

pub(super) fn draw_order(lang: Lang) -> String {
    lang.pick("现在当场抽签，确定报告的先后顺序。", "The order of the reports is now drawn by lot.")
        .to_owned()
}

pub(super) fn await_order(lang: Lang) -> String {
    lang.pick("正在抽签，请稍候。", "The lot is being drawn; one moment please.").to_owned()
}

/// The first time after the draw, the whole order is read.
pub(super) fn call_official(lang: Lang, state: &State, item: &ItemId, id: &OfficialId) -> String {
    let Some((plan, review)) = known(state, item) else { return String::new() };
    let Some(official) = plan.official(id.as_str()) else { return String::new() };
    let first =
        review.officials.values().all(|official| official.stage == crate::meeting::OfficialStage::ToCome);
    let drawn =
        if first && plan.order == OfficialOrder::Lot { order(lang, plan, review) } else { String::new() };
    let place = review.order.iter().position(|other| other == id).map_or(0, |place| place + 1);
    let of = review.order.len();
    let name = who::spoken(&official.name);
    let reader = plan_reader(state, official);
    match lang {
        Lang::Zh => {
            let read = match reader {
                Some(reader) => format!("请{reader}通报监督检查情况。"),
                None => "请通报监督检查情况。".to_owned(),
            };
            format!(
                "{drawn}下面进行第{place}名（共{of}名）：{name}，{}{}。{read}",
                official.unit, official.post
            )
        }
        Lang::En => {
            let read = match reader {
                Some(reader) => format!("{reader}, please read what the inspection found."),
                None => "What the inspection found is read first.".to_owned(),
            };
            let drawn = if drawn.is_empty() { drawn } else { format!("{drawn} ") };
            format!("{drawn}Number {place} of {of}: {name}, {}, {}. {read}", official.post, official.unit)
        }
    }
}

fn order(lang: Lang, plan: &Review, review: &ReviewState) -> String {
    let names: Vec<String> = review
        .order
        .iter()
        .map(|id| plan.official(id.as_str()).map_or(id.to_string(), |official| official.name.clone()))
        .collect();
    let names = listed(lang, names);
    match lang {
        Lang::Zh => format!("抽签结果，依次是：{names}。"),
        Lang::En => format!("The order drawn is: {names}."),
    }
}

fn plan_reader(state: &State, official: &Official) -> Option<String> {
    let person = state.plan().person(&official.findings_by)?;
    Some(who::spoken(&person.name))
}

pub(super) fn begin_report(lang: Lang, state: &State, item: &ItemId) -> String {
    let Some((plan, _, official)) = current(state, item) else { return String::new() };
    let (name, time) = (who::spoken(&official.name), review::time(lang, plan.report_seconds));
    match lang {
        Lang::Zh => format!("情况通报完毕。请{name}同志述廉述效，时间{time}。"),
        Lang::En => format!("Thank you. {name}, please report; you have {time}."),
    }
}

pub(super) fn begin_questions(lang: Lang, state: &State, item: &ItemId) -> String {
    let Some((plan, review, official)) = current(state, item) else { return String::new() };
    let (name, groups, waiting) =
        (who::spoken(&official.name), reviewers(lang, state, plan), review.queue.len());
    match lang {
        Lang::Zh => {
            let waiting =
                if waiting == 0 { String::new() } else { format!("已收到提问{waiting}个。") };
            format!("{name}同志报告完毕。请{groups}质询，请{name}同志即席答复。{waiting}")
        }
        Lang::En => {
            let waiting = match waiting {
                0 => String::new(),
                1 => " 1 question has come in.".to_owned(),
                _ => format!(" {waiting} questions have come in."),
            };
            format!(
                "Thank you. {groups}, please put your questions; {name}, please answer on the spot.{waiting}"
            )
        }
    }
}

pub(super) fn call_question(lang: Lang, state: &State, item: &ItemId, id: QuestionId) -> String {
    let Some((plan, review, official)) = current(state, item) else { return String::new() };
    let Some(question) = review.question(id) else { return String::new() };
    let (name, time) = (who::spoken(&official.name), review::time(lang, plan.answer_seconds));
    let follows = question.follows;
    match (lang, &question.asker) {
        (Lang::Zh, Asker::Seat { seat, .. }) => {
            let asker = who::name(Some(state), seat);
            let follow = follows.map(|first| format!("就第{first}问追问")).unwrap_or("提问".to_owned());
            format!("下面请{asker}{follow}。请{name}同志即席答复，时间{time}。")
        }
        (Lang::Zh, Asker::Slip { .. }) => {
            let follow = follows.map_or(String::new(), |first| format!("，追问第{first}问"));
            format!("下面宣读第{id}问，是一张不具名的纸条{follow}。请{name}同志即席答复，时间{time}。")
        }
        (Lang::En, Asker::Seat { seat, .. }) => {
            let asker = who::name(Some(state), seat);
            let follow = follows.map(|first| format!("follow up question {first}"));
            let follow = follow.unwrap_or("put your question".to_owned());
            format!("{asker}, please {follow}. {name}, please answer on the spot; you have {time}.")
        }
        (Lang::En, Asker::Slip { .. }) => {
            let follow = follows.map_or(String::new(), |first| format!(" and follows up question {first}"));
            format!(
                "Question {id} is an unsigned slip{follow}; I read it out. {name}, please answer on the spot; you have {time}."
            )
        }
    }
}

pub(super) fn end_question(lang: Lang, state: &State, item: &ItemId, id: QuestionId) -> String {
    let Some((_, review, _)) = current(state, item) else { return String::new() };
    let asker = review.question(id).map(|question| &question.asker);
    match (lang, asker) {
        (Lang::Zh, Some(Asker::Seat { seat, .. })) => {
            format!("答复完毕。请{}表示是否满意。", who::name(Some(state), seat))
        }
        (Lang::Zh, _) => "答复完毕。".to_owned(),
        (Lang::En, Some(Asker::Seat { seat, .. })) => {
            format!("Thank you. {}, are you satisfied with the answer?", who::name(Some(state), seat))
        }
        (Lang::En, _) => "Thank you, that question is answered.".to_owned(),
    }
}

pub(super) fn end_questions(lang: Lang, state: &State, item: &ItemId) -> String {
    let Some((_, review, official)) = current(state, item) else { return String::new() };
    let id = OfficialId::from(official.id.as_str());
    let asked =
        review.questions_to(&id).filter(|question| !matches!(question.standing, Standing::Merged { .. }));
    let (asked, ended): (u32, [u32; 3]) = asked.fold((0, [0; 3]), |(asked, ended), question| {
        let [answered, promised, declined] = ended;
        let ended = match ending(question) {
            Some(Ended::Answered) => [answered + 1, promised, declined],
            Some(Ended::Promised { .. }) => [answered, promised + 1, declined],
            Some(Ended::Declined { .. }) => [answered, promised, declined + 1],
            Some(Ended::Withdrawn) | None => ended,
        };
        (asked + 1, ended)
    });
    let [answered, promised, declined] = ended;
    match lang {
        Lang::Zh if asked == 0 => "有没有提问？没有，质询到此结束。".to_owned(),
        Lang::En if asked == 0 => {
            "Are there any questions? There are none; the questions are over.".to_owned()
        }
        Lang::Zh => {
            let mut said = format!("还有没有提问？没有，质询到此结束。共提问{asked}个，即席答复{answered}个");
            if promised > 0 {
                said += &format!("，限期书面答复{promised}个");
            }
            if declined > 0 {
                said += &format!("，不予答复{declined}个");
            }
            said + "。"
        }
        Lang::En => {
            let mut said = format!(
                "Are there any more questions? There are none; the questions are over. {asked} asked, {answered} answered on the spot"
            );
            if promised > 0 {
                said += &format!(", {promised} to be answered in writing");
            }
            if declined > 0 {
                said += &format!(", {declined} declined");
            }
            said + "."
        }
    }
}

fn ending(question: &Question) -> Option<&Ended> {
    if let Standing::Ended(ended) = &question.standing { Some(ended) } else { None }
}

/// The roll call before the evaluation of one official.
pub(super) fn open_issue(lang: Lang, state: &State, item: &ItemId) -> String {
    let Some((plan, review, official)) = current(state, item) else { return String::new() };
    let Some(planned) = state.item(item) else { return String::new() };
    let recused = review.current().map(|(_, official)| &official.recused);
    let entitled = state.plan().electors(planned).map(crate::meeting::seat);
    let entitled: Vec<_> =
        entitled.filter(|seat| recused.is_none_or(|recused| !recused.contains(seat))).collect();
    let related: Vec<String> = recused
        .into_iter()
        .flatten()
        .filter(|seat| state.plan().electors(planned).any(|person| person.id == seat.as_str()))
        .map(|seat| who::name(Some(state), seat))
        .collect();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let due = number(entitled.len());
    let present = number(entitled.iter().filter(|seat| state.is_present(seat)).count());
    let again = state.item_state(item).and_then(|item| item.rounds.last()).is_some_and(|round| {
        round.issue.subject.as_ref().is_some_and(|subject| subject.as_str() == official.id)
    });
    let name = who::spoken(&official.name);
    let quorum = if plan.quorum.holds(present, due) {
        rule::reached(lang, &plan.quorum, present, due)
    } else {
        let needed = plan.quorum.least(due);
        match lang {
            Lang::Zh => format!("不足规定的{needed}名"),
            Lang::En => format!("fewer than the {needed} needed"),
        }
    };
    match lang {
        Lang::Zh => {
            let again = if again { "上一轮作废，没有开箱，现在重新发票。" } else { "" };
            let related = if related.is_empty() {
                String::new()
            } else {
                format!("{}按规定回避，不领票。", listed(lang, related))
            };
            format!(
                "{again}现在对{name}同志进行评议。应参加评议{due}名，实到{present}名，{quorum}。{related}请填写评议票，评议结果现场宣布。现在发票，每席一张。"
            )
        }
        Lang::En => {
            let again = if again {
                "The last round is void and was not opened; papers are issued again. "
            } else {
                ""
            };
            let related = if related.is_empty() {
                String::new()
            } else {
                spaced(&format!("Stood aside, without a paper: {}.", listed(lang, related)))
            };
            format!(
                "{again}{name} is now evaluated: {due} reviewers due, {present} present, {quorum}.{related} Please mark your papers; the result is declared at once. Papers are issued, one a seat."
            )
        }
    }
}

/// What is marked, before the vote.
pub(super) fn marks(lang: Lang, plan: &Review) -> String {
    let words: Vec<String> = plan.scale.iter().map(|word| word.word.clone()).collect();
    let dimensions = plan.dimensions.len();
    match lang {
        Lang::Zh => format!("评议{dimensions}项，每项只能选{}之一", words.join("、")),
        Lang::En => {
            let lines = if dimensions == 1 { "1 line".to_owned() } else { format!("{dimensions} lines") };
            format!("{lines}: for each, exactly one of {}", words.join(", "))
        }
    }
}

/// The name of the official whose evaluation is under way.
pub(super) fn subject(state: &State) -> Option<(&Review, String)> {
    let (item, plan, _) = state.current_review()?;
    let subject = item.round()?.issue.subject.as_ref()?;
    Some((plan, plan.official(subject.as_str()).map(|official| who::spoken(&official.name))?))
}

fn reviewers(lang: Lang, state: &State, plan: &Review) -> String {
    let name = |group: &String| state.plan().group(group).map_or(group.clone(), |group| group.name.clone());
    listed(lang, plan.reviewers.iter().map(name).collect())
}

pub(super) fn known<'a>(state: &'a State, item: &ItemId) -> Option<(&'a Review, &'a ReviewState)> {
    Some((state.item(item)?.review()?, state.item_state(item)?.review()?))
}

fn current<'a>(state: &'a State, item: &ItemId) -> Option<(&'a Review, &'a ReviewState, &'a Official)> {
    let (plan, review) = known(state, item)?;
    let (id, _) = review.current()?;
    Some((plan, review, plan.official(id.as_str())?))
}
