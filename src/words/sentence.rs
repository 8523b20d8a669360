//! The sentence that the presiding officer reads aloud, with its figures filled in, for every step. Written to be
//! spoken: whole sentences, in the order in which the room needs to hear them. Source: `domain.md` section 8.

use super::{Lang, rule, who};
use crate::meeting::{
    AdjournGround, BallotId, ItemId, ItemState, LineId, QuorumMissed, Round, State, Step, next_step,
};
use crate::plan::{Nomination, Nominee};

/// The sentence for where the meeting is now.
pub fn now(lang: Lang, state: &State) -> String {
    if let Some(ended) = ended(lang, state) {
        return ended;
    }
    if let Some(reason) = &state.suspended {
        return match lang {
            Lang::Zh => format!("会议暂时中止，原因：{reason}。请各位在原位等候，恢复时另行宣布。"),
            Lang::En => format!("The meeting is suspended: {reason}. Please stay; I will say when we go on."),
        };
    }
    if let Some(missed) = &state.quorum_missed {
        return quorum_missed(lang, state, missed);
    }
    next_step(state).map(|step| sentence(lang, state, &step)).unwrap_or_default()
}

/// The sentence for a step.
pub fn sentence(lang: Lang, state: &State, step: &Step) -> String {
    match step {
        Step::OpenMeeting => open_meeting(lang, state),
        Step::ApproveScrutineers => approve_scrutineers(lang, state),
        Step::OpenItem(item) => open_item(lang, state, item),
        Step::Introduce(item, line) => introduce(lang, state, item, line),
        Step::BeginRecusal(item) => begin_recusal(lang, state, item),
        Step::BeginDeliberation(item) => begin_deliberation(lang, state, item),
        Step::EndDeliberation(item) => end_deliberation(lang, state, item),
        Step::OpenIssue(item) => open_issue(lang, state, item),
        Step::TakePapers(ballot) => with_round(state, ballot, |_, round| take_papers(lang, state, round)),
        Step::ConfirmList(ballot) => with_round(state, ballot, |_, round| confirm_list(lang, round)),
        Step::OpenVoting(ballot) => with_round(state, ballot, |item, round| {
            open_voting(lang, state, item, round)
        }),
        Step::CloseVoting(_) => lang
            .pick(
                "请还没有投票的同志抓紧投票。……都投完了吗？没有要投的了，投票结束，现在封箱。",
                "Please vote now if you have not. … Has everybody voted? Then voting is closed, and the box is sealed.",
            )
            .to_owned(),
        Step::SealBox(_) => lang
            .pick("投票已经结束，正在封箱清点，请稍候。", "Voting is closed. The box is being sealed and the ballots counted out; one moment please.")
            .to_owned(),
        Step::OpenBox(ballot) => with_round(state, ballot, |_, round| open_box(lang, round)),
        Step::AwaitCount(_) => lang
            .pick("正在开箱计票，请稍候。", "The box is open and the count is under way; one moment please.")
            .to_owned(),
        Step::Declare(item) => declare(lang, state, item),
        Step::CloseMeeting => lang
            .pick("各项议程已经全部进行完毕。现在闭会。", "The agenda is finished. The meeting is closed.")
            .to_owned(),
        Step::Seal => lang
            .pick("会议到此结束，会议记录现在封存。谢谢各位。", "The meeting is over and its record is being sealed. Thank you.")
            .to_owned(),
    }
}

fn open_meeting(lang: Lang, state: &State) -> String {
    let (due, present) = (state.due(), state.present());
    let quorum = &state.plan().meeting.quorum;
    let absent = due.saturating_sub(present);
    if !quorum.holds(present, due) {
        let needed = quorum.least(due);
        return match lang {
            Lang::Zh => {
                format!("应到委员{due}名，现已签到{present}名，开会需要{needed}名。请尚未签到的同志签到。")
            }
            Lang::En => format!(
                "{} due, {present} signed in so far, {needed} needed to open. Please sign in if you have not.",
                members(due)
            ),
        };
    }
    let reached = rule::reached(lang, quorum, present, due);
    match lang {
        Lang::Zh => {
            let absent = if absent == 0 { String::new() } else { format!("，请假{absent}名") };
            format!("应到委员{due}名，实到{present}名{absent}，{reached}，符合规定，现在开会。")
        }
        Lang::En => {
            let absent = if absent == 0 { String::new() } else { format!(", {absent} on leave") };
            format!(
                "{} due, {present} present{absent}: {reached}, as the rules require. The meeting is open.",
                members(due)
            )
        }
    }
}

fn approve_scrutineers(lang: Lang, state: &State) -> String {
    let names = listed(lang, state.scrutineers().map(|person| person.name.clone()).collect());
    let again = state.scrutineers.is_some();
    match lang {
        Lang::Zh => {
            let again = if again { "刚才的表决没有通过，现在重新表决。" } else { "" };
            format!(
                "{again}现在通过监票人名单。提请{names}担任监票人。同意的请举手；不同意的请举手；弃权的请举手。"
            )
        }
        Lang::En => {
            let again = if again { "The last vote was not carried; we vote again. " } else { "" };
            format!(
                "{again}The scrutineers proposed are {names}. Those who agree, please raise your hands. Those who disagree. Those who abstain."
            )
        }
    }
}

fn open_item(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((_, nomination)) = nomination(state, id) else { return String::new() };
    let title = state.item(id).map_or("", |item| item.title.as_str());
    let lines = nomination.lines.len();
    match lang {
        Lang::Zh => {
            format!("现在进行：{title}。本项共有人选{lines}名，逐一介绍，审议之后以无记名投票方式表决。")
        }
        Lang::En => format!(
            "The next item is: {title}. There {} to be introduced, deliberated and decided by secret ballot.",
            if lines == 1 { "is 1 nominee".to_owned() } else { format!("are {lines} nominees") }
        ),
    }
}

fn introduce(lang: Lang, state: &State, id: &ItemId, line: &LineId) -> String {
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let Some(nominee) = nomination.line(line.as_str()) else { return String::new() };
    let (place, of) = (item.introduced.len() + 1, nomination.lines.len());
    let Nominee { name, post, .. } = nominee;
    let name = who::spoken(name);
    match lang {
        Lang::Zh => format!(
            "下面介绍第{place}名人选（共{of}名）：{name}，拟任{post}。请介绍推荐、考察情况和任用理由。"
        ),
        Lang::En => format!(
            "Nominee {place} of {of}: {name}, for {post}. How recommended, what the inspection found, and why."
        ),
    }
}

fn begin_recusal(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((_, nomination)) = nomination(state, id) else { return String::new() };
    let concerned: Vec<String> =
        state.concerned(nomination).map(|seat| who::name(Some(state), &seat)).collect();
    match (lang, concerned.is_empty()) {
        (Lang::Zh, true) => "人选介绍完毕。经核对名单，在座各位没有涉及回避的；如有其他应当回避的同志，请提出。".to_owned(),
        (Lang::Zh, false) => format!(
            "人选介绍完毕。请涉及回避的同志离席：{}。其他认为自己应当回避的同志也请提出。",
            listed(lang, concerned)
        ),
        (Lang::En, true) => "All nominees have been introduced. By the list nobody in the room is concerned; whoever should leave nevertheless, please say so.".to_owned(),
        (Lang::En, false) => format!(
            "All nominees have been introduced. Those concerned please leave: {}. Whoever else should leave, please say so.",
            listed(lang, concerned)
        ),
    }
}

fn begin_deliberation(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let still: Vec<String> = state
        .concerned(nomination)
        .filter(|seat| !item.recused.contains(seat))
        .map(|seat| who::name(Some(state), &seat))
        .collect();
    if !still.is_empty() {
        let still = listed(lang, still);
        return match lang {
            Lang::Zh => format!("请{still}离席。"),
            Lang::En => format!("{still}, please leave the room."),
        };
    }
    let out = item.recused.len();
    match lang {
        Lang::Zh if out == 0 => "没有需要回避的同志。现在进行审议，请各位委员发表意见、提出问题。".to_owned(),
        Lang::Zh => format!("涉及回避的{out}名同志已经离席。现在进行审议，请各位委员发表意见、提出问题。"),
        Lang::En if out == 0 => "Nobody has to leave. Deliberation is open; please speak and ask.".to_owned(),
        Lang::En => format!(
            "{} left the room. Deliberation is open; please speak and ask.",
            if out == 1 { "The one concerned has".to_owned() } else { format!("The {out} concerned have") }
        ),
    }
}

fn end_deliberation(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let deferred = deferred(lang, item, nomination);
    match lang {
        Lang::Zh => {
            let back = if item.recused.is_empty() { "。" } else { "，请回避的同志返回。" };
            format!("审议结束{back}{deferred}")
        }
        Lang::En => {
            let back = if item.recused.is_empty() { "." } else { "; those outside please return." };
            format!("Deliberation is closed{back}{}", spaced(&deferred))
        }
    }
}

fn open_issue(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let (due, present) = (state.due_for(nomination), state.present_for(nomination));
    let lines = nomination.lines.len().saturating_sub(item.deferred.len());
    let again = item.round().is_some();
    let deferred = deferred(lang, item, nomination);
    let quorum = if nomination.quorum.holds(present, due) {
        rule::reached(lang, &nomination.quorum, present, due)
    } else {
        let needed = nomination.quorum.least(due);
        match lang {
            Lang::Zh => format!("不足法定人数{needed}名"),
            Lang::En => format!("fewer than the {needed} needed"),
        }
    };
    match lang {
        Lang::Zh => {
            let again = if again { "上一轮作废，没有开箱，现在重新发票。" } else { "" };
            format!(
                "{again}{deferred}现在清点人数：应到{due}名，实到{present}名，{quorum}。表决人选{lines}名。现在发票，每席一张。"
            )
        }
        Lang::En => {
            let again = if again {
                "The last round is void and was not opened; papers are issued again. "
            } else {
                ""
            };
            let deferred = if deferred.is_empty() { deferred } else { format!("{deferred} ") };
            format!(
                "{again}{deferred}Roll call: {due} due, {present} present, {quorum}. {} voted on. Papers are issued, one a seat.",
                if lines == 1 { "1 nominee is".to_owned() } else { format!("{lines} nominees are") }
            )
        }
    }
}

fn take_papers(lang: Lang, state: &State, round: &Round) -> String {
    let (present, issued) = (round.present(), round.issued());
    let missing: Vec<String> = round.without_paper().map(|seat| who::name(Some(state), seat)).collect();
    let left = missing.len();
    if left == 0 {
        return match lang {
            Lang::Zh => format!("发票{issued}张。有无漏领、多领？没有，发票结束。"),
            Lang::En => format!(
                "{} issued. Is anyone without one, or with two? No. The issue is closed.",
                papers(issued)
            ),
        };
    }
    match lang {
        Lang::Zh => {
            format!("正在发票：应发{present}张，已发{issued}张，还有{left}名没有领到。请检查终端是否已连接。")
        }
        Lang::En => format!(
            "Papers are being issued: {issued} of {present} so far, {left} to go. Please check that your terminal is connected."
        ),
    }
}

fn confirm_list(lang: Lang, round: &Round) -> String {
    let issued = round.issued();
    let confirmed = issued.saturating_sub(u32::try_from(round.unconfirmed().count()).unwrap_or(u32::MAX));
    match lang {
        Lang::Zh => format!("发票{issued}张。各席终端正在核对名单，已核对{confirmed}张，请稍候。"),
        Lang::En => format!(
            "{} issued. The terminals are confirming the list, {confirmed} so far; one moment please.",
            papers(issued)
        ),
    }
}

fn open_voting(lang: Lang, state: &State, item: &ItemState, round: &Round) -> String {
    let issued = round.issued();
    let names = listed(lang, state.scrutineers().map(|person| person.name.clone()).collect());
    let lines = round.issue.lines.len();
    let deferred = item.deferred.len();
    match lang {
        Lang::Zh => {
            let note = if deferred == 0 {
                String::new()
            } else {
                format!("，另有{deferred}名暂缓、不投票")
            };
            format!(
                "发票{issued}张，全部核对无误。请监票人{names}当众确认票箱是空的。……票箱是空的。表决人选{lines}名{note}，每名人选只能选同意、不同意、弃权之一。现在请全体委员同时投票。"
            )
        }
        Lang::En => {
            let note =
                if deferred == 0 { String::new() } else { format!(", {deferred} deferred and not voted on") };
            format!(
                "{} issued and confirmed. The scrutineers, {names}, please confirm that the box is empty. … It is. {lines} to vote on{note}: for each, exactly one of agree, disagree or abstain. Please all vote now, together.",
                papers(issued)
            )
        }
    }
}

fn open_box(lang: Lang, round: &Round) -> String {
    let (issued, returned) = (round.issued(), round.returned().unwrap_or(0));
    match (lang, returned == issued) {
        (Lang::Zh, true) => {
            format!("发出{issued}张，收回{returned}张，等于发出票数，表决有效。现在开箱计票。")
        }
        (Lang::Zh, false) => format!(
            "发出{issued}张，收回{returned}张，少于发出票数，有{}张未收回，表决有效。现在开箱计票。",
            issued.saturating_sub(returned)
        ),
        (Lang::En, true) => {
            format!(
                "{issued} issued and {returned} returned, as many as were issued: the ballot is valid. The box is opened."
            )
        }
        (Lang::En, false) => format!(
            "{issued} issued and {returned} returned, {} not returned and none too many: the ballot is valid. The box is opened.",
            issued.saturating_sub(returned)
        ),
    }
}

fn declare(lang: Lang, state: &State, id: &ItemId) -> String {
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let counted = item.round().and_then(|round| round.count.as_ref().map(|count| (round, count)));
    let Some((round, count)) = counted else {
        return match lang {
            Lang::Zh => "本项人选全部暂缓表决，不投票。".to_owned(),
            Lang::En => "Every nominee of this item is deferred; there is no ballot.".to_owned(),
        };
    };
    let (due, present) = (round.issue.due, round.present());
    let (issued, returned) = (round.issued(), round.returned().unwrap_or(0));
    let base = count.outcomes.first().map(|outcome| outcome.base);
    let same = count.outcomes.iter().all(|outcome| Some(outcome.base) == base);
    let rule = rule::carried(lang, &nomination.carried, base.filter(|_| same));
    let mut said = match lang {
        Lang::Zh => {
            format!("现在宣布结果：应到{due}名，实到{present}名，发出{issued}张，收回{returned}张。{rule}。")
        }
        Lang::En => {
            format!("The result: {due} due, {present} present, {issued} issued, {returned} returned. {rule}.")
        }
    };
    for (line, outcome) in round.issue.lines.iter().zip(&count.outcomes) {
        let name = who::spoken(nomination.line(line.as_str()).map_or(line.as_str(), |line| &line.name));
        let (agree, disagree, abstain) = (outcome.count.agree, outcome.count.disagree, outcome.count.abstain);
        said += &match lang {
            Lang::Zh => format!(
                "{name}，同意{agree}、不同意{disagree}、弃权{abstain}，{}。",
                if outcome.carried { "通过" } else { "未通过" }
            ),
            Lang::En => format!(
                " {name}: agree {agree}, disagree {disagree}, abstain {abstain}, {}.",
                if outcome.carried { "carried" } else { "not carried" }
            ),
        };
    }
    let deferred = deferred(lang, item, nomination);
    said + &lang.pick(deferred.clone(), spaced(&deferred))
}

fn quorum_missed(lang: Lang, state: &State, missed: &QuorumMissed) -> String {
    let QuorumMissed { item, present, due, needed } = missed;
    let (rule, what) = match item.as_ref().and_then(|id| nomination(state, id)) {
        Some((_, nomination)) => {
            (nomination.quorum, lang.pick("本项不能进行表决", "this item cannot be decided"))
        }
        None => (state.plan().meeting.quorum, lang.pick("会议不能举行", "the meeting cannot open")),
    };
    let bound = rule::bound(lang, &rule);
    match lang {
        Lang::Zh => format!(
            "应到{due}名，实到{present}名。按规定须有{bound}到会，即{needed}名，不足法定人数，{what}。"
        ),
        Lang::En => format!(
            "{due} due, {present} present. The rules ask for {bound}, that is {needed}: there is no quorum, and {what}."
        ),
    }
}

fn ended(lang: Lang, state: &State) -> Option<String> {
    let ground = state.adjourned.as_ref()?;
    Some(match (lang, ground) {
        (Lang::Zh, AdjournGround::NoQuorum) => "因不足法定人数，会议到此休会。会议记录现在封存。".to_owned(),
        (Lang::Zh, AdjournGround::Decided { reason }) => {
            format!("会议休会，原因：{reason}。会议记录现在封存。")
        }
        (Lang::En, AdjournGround::NoQuorum) => {
            "The meeting is adjourned for want of a quorum. Its record is being sealed.".to_owned()
        }
        (Lang::En, AdjournGround::Decided { reason }) => {
            format!("The meeting is adjourned: {reason}. Its record is being sealed.")
        }
    })
}

fn deferred(lang: Lang, item: &ItemState, nomination: &Nomination) -> String {
    let names: Vec<String> = nomination
        .lines
        .iter()
        .filter(|line| item.deferred.contains_key(&LineId::from(line.id.as_str())))
        .map(|line| line.name.clone())
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let one = names.len() == 1;
    let names = listed(lang, names);
    match lang {
        Lang::Zh => format!("{names}暂缓表决。"),
        Lang::En => format!("{names} {} deferred.", if one { "is" } else { "are" }),
    }
}

fn nomination<'a>(state: &'a State, id: &ItemId) -> Option<(&'a ItemState, &'a Nomination)> {
    Some((state.item_state(id)?, state.item(id)?.nomination()))
}

fn with_round(state: &State, ballot: &BallotId, say: impl FnOnce(&ItemState, &Round) -> String) -> String {
    state.round(ballot).map(|(item, round)| say(item, round)).unwrap_or_default()
}

/// All names: what is read aloud leaves nobody out.
fn listed(lang: Lang, names: Vec<String>) -> String {
    let names: Vec<String> = names.iter().map(|name| who::spoken(name)).collect();
    who::names_up_to(lang, &names, usize::MAX)
}

fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

fn members(number: u32) -> String {
    if number == 1 { "1 member is".to_owned() } else { format!("{number} members are") }
}

fn papers(number: u32) -> String {
    if number == 1 { "1 ballot paper is".to_owned() } else { format!("{number} ballot papers are") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meeting::sample::{Point, Sample, plan};
    use crate::meeting::{Actor, Command};
    use crate::rules::{Base, Bound, Threshold};

    fn at(lang: Lang, point: Point) -> String {
        now(lang, &Sample::new(lang).until(point).state)
    }

    #[test]
    fn every_step_has_its_sentence_in_both_languages() {
        let table = [
            (
                Point::SigningIn,
                "应到委员9名，现已签到0名，开会需要6名。请尚未签到的同志签到。",
                "9 members are due, 0 signed in so far, 6 needed to open. Please sign in if you have not.",
            ),
            (
                Point::Opened,
                "现在通过监票人名单。提请赵敏、孙涛担任监票人。同意的请举手；不同意的请举手；弃权的请举手。",
                "The scrutineers proposed are Zhao Min and Sun Tao. Those who agree, please raise your hands. Those who disagree. Those who abstain.",
            ),
            (
                Point::ScrutineersApproved,
                "现在进行：票决推荐镇街党政正职人选。本项共有人选6名，逐一介绍，审议之后以无记名投票方式表决。",
                "The next item is: Nominations to town and subdistrict posts. There are 6 nominees to be introduced, deliberated and decided by secret ballot.",
            ),
            (
                Point::Introducing,
                "下面介绍第3名人选（共6名）：阿依古丽·买买提，拟任青山镇党委书记。请介绍推荐、考察情况和任用理由。",
                "Nominee 3 of 6: Aygul Memet, for Secretary, Qingshan Town. How recommended, what the inspection found, and why.",
            ),
            (
                Point::Recusing,
                "涉及回避的2名同志已经离席。现在进行审议，请各位委员发表意见、提出问题。",
                "The 2 concerned have left the room. Deliberation is open; please speak and ask.",
            ),
            (
                Point::Deliberating,
                "审议结束，请回避的同志返回。",
                "Deliberation is closed; those outside please return.",
            ),
            (
                Point::Deliberated,
                "王芳暂缓表决。现在清点人数：应到9名，实到8名，超过三分之二。表决人选5名。现在发票，每席一张。",
                "Wang Fang is deferred. Roll call: 9 due, 8 present, more than two thirds. 5 nominees are voted on. Papers are issued, one a seat.",
            ),
            (
                Point::Issuing,
                "正在发票：应发8张，已发0张，还有8名没有领到。请检查终端是否已连接。",
                "Papers are being issued: 0 of 8 so far, 8 to go. Please check that your terminal is connected.",
            ),
            (
                Point::Registering,
                "发票8张。各席终端正在核对名单，已核对0张，请稍候。",
                "8 ballot papers are issued. The terminals are confirming the list, 0 so far; one moment please.",
            ),
            (
                Point::Confirming,
                "发票8张，全部核对无误。请监票人赵敏、孙涛当众确认票箱是空的。……票箱是空的。表决人选5名，另有1名暂缓、不投票，每名人选只能选同意、不同意、弃权之一。现在请全体委员同时投票。",
                "8 ballot papers are issued and confirmed. The scrutineers, Zhao Min and Sun Tao, please confirm that the box is empty. … It is. 5 to vote on, 1 deferred and not voted on: for each, exactly one of agree, disagree or abstain. Please all vote now, together.",
            ),
            (
                Point::Sealed,
                "发出8张，收回7张，少于发出票数，有1张未收回，表决有效。现在开箱计票。",
                "8 issued and 7 returned, 1 not returned and none too many: the ballot is valid. The box is opened.",
            ),
            (
                Point::Counted,
                "现在宣布结果：应到9名，实到8名，发出8张，收回7张。同意票超过应到人数的半数，即5票以上的，为通过。张伟，同意7、不同意0、弃权0，通过。阿依古丽·买买提，同意4、不同意2、弃权1，未通过。陈静，同意5、不同意1、弃权1，通过。杨帆，同意6、不同意1、弃权0，通过。𠮷田，同意0、不同意5、弃权2，未通过。王芳暂缓表决。",
                "The result: 9 due, 8 present, 8 issued, 7 returned. A nominee is carried by more than half of those due, that is 5 or more. Zhang Wei: agree 7, disagree 0, abstain 0, carried. Aygul Memet: agree 4, disagree 2, abstain 1, not carried. Chen Jing: agree 5, disagree 1, abstain 1, carried. Yang Fan: agree 6, disagree 1, abstain 0, carried. Ji Tian: agree 0, disagree 5, abstain 2, not carried. Wang Fang is deferred.",
            ),
            (
                Point::Declared,
                "各项议程已经全部进行完毕。现在闭会。",
                "The agenda is finished. The meeting is closed.",
            ),
        ];
        for (point, zh, en) in table {
            assert_eq!(at(Lang::Zh, point), zh);
            assert_eq!(at(Lang::En, point), en);
        }
        for point in [Point::Voting, Point::Sealing, Point::Opening, Point::Closed] {
            assert!(
                at(Lang::Zh, point).ends_with('。') && at(Lang::En, point).ends_with(['.', '?']),
                "{point:?}"
            );
        }
    }

    #[test]
    fn the_opening_says_the_plans_own_quorum() {
        let opening = |lang: Lang, quorum: Threshold, absent: usize| {
            let mut plan = plan(lang);
            plan.meeting.quorum = quorum;
            let mut sample = Sample::of(plan);
            let here: Vec<String> = (1..=9 - absent).map(|number| format!("m{number}")).collect();
            sample.sign_in(&here.iter().map(String::as_str).collect::<Vec<_>>());
            now(lang, &sample.state)
        };
        assert_eq!(
            opening(Lang::Zh, Threshold::QUORUM, 1),
            "应到委员9名，实到8名，请假1名，超过三分之二，符合规定，现在开会。"
        );
        assert_eq!(
            opening(Lang::Zh, Threshold::QUORUM, 3),
            "应到委员9名，实到6名，请假3名，达到三分之二，符合规定，现在开会。"
        );
        let four_fifths = Threshold { ratio: "4/5".parse().unwrap(), ..Threshold::QUORUM };
        assert_eq!(
            opening(Lang::Zh, four_fifths, 0),
            "应到委员9名，实到9名，超过五分之四，符合规定，现在开会。"
        );
        let half = Threshold { of: Base::Due, bound: Bound::MoreThan, ..Threshold::MAJORITY };
        assert_eq!(
            opening(Lang::En, half, 2),
            "9 members are due, 7 present, 2 on leave: more than half, as the rules require. The meeting is open."
        );
    }

    #[test]
    fn what_interrupts_comes_first() {
        for lang in [Lang::Zh, Lang::En] {
            let mut sample = Sample::new(lang);
            sample.console(Command::OpenMeeting);
            let said = now(lang, &sample.state);
            let expected = lang.pick(
                "应到9名，实到0名。按规定须有三分之二以上到会，即6名，不足法定人数，会议不能举行。",
                "9 due, 0 present. The rules ask for at least two thirds, that is 6: there is no quorum, and the meeting cannot open.",
            );
            assert_eq!(said, expected);

            let mut sample = Sample::new(lang).until(Point::Voting);
            let reason = lang.pick("停电", "power cut").to_owned();
            sample.order(&Actor::Console, Command::Suspend { reason: reason.clone() });
            assert!(now(lang, &sample.state).contains(&reason));
            let ground = AdjournGround::Decided { reason: reason.clone() };
            sample.order(&Actor::Console, Command::Adjourn { ground });
            assert!(now(lang, &sample.state).contains(&reason));
        }
    }

    #[test]
    fn a_void_round_and_a_full_box_are_said() {
        let mut sample = Sample::new(Lang::Zh).until(Point::Sealing);
        sample.fix_box(8);
        assert_eq!(now(Lang::Zh, &sample.state), "发出8张，收回8张，等于发出票数，表决有效。现在开箱计票。");
        let ballot = sample.ballot();
        sample.console(Command::NewRound { ballot, reason: "名单有误".to_owned() });
        assert!(now(Lang::Zh, &sample.state).starts_with("上一轮作废，没有开箱，现在重新发票。"));
    }
}
