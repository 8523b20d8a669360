//! The sentence that the presiding officer reads aloud, with its figures filled in, for every step. Written to be
//! spoken: whole sentences, in the order in which the room needs to hear them. Source: `domain.md` section 8.

mod ballot;
mod by_paper;
mod contest;
#[cfg(test)]
mod contest_tests;
mod declared;
mod exam;
mod joint;
mod matter;
mod review;
#[cfg(test)]
mod review_tests;
mod scrutiny;
#[cfg(test)]
mod scrutiny_tests;
mod term;
#[cfg(test)]
mod tests;

use self::ballot::{confirm_list, declare, open_box, open_issue, open_voting, take_papers};
use super::{Lang, agenda, reopening, rule, sittings, who};
use crate::meeting::{
    AdjournGround, BallotId, ItemId, ItemState, LineId, MatterPhase, QuorumMissed, Round, Stage, State, Step,
    next_step,
};
use crate::plan::{ItemKind, Nomination, Nominee};

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
    let step = next_step(state).map(|step| sentence(lang, state, &step)).unwrap_or_default();
    let decided = state.agenda_news().map(|decision| agenda::announced(lang, state, decision));
    match decided.or_else(|| just_taken_up(lang, state)) {
        Some(first) => format!("{first}{}{step}", lang.pick("", " ")),
        None => step,
    }
}

/// What is said first while an item that was taken up again has not gone further.
fn just_taken_up(lang: Lang, state: &State) -> Option<String> {
    let item = state.current_item()?;
    let begun = match item.stage {
        Stage::Recusing => false,
        Stage::Stating => item.matter().is_some_and(|matter| matter.phase != MatterPhase::Introducing),
        Stage::OpenVoting => item.open_vote().is_some_and(|vote| vote.taken.is_some()),
        _ => true,
    };
    if begun { None } else { reopening::taken_up(lang, state, item) }
}

/// The sentence for a step.
pub fn sentence(lang: Lang, state: &State, step: &Step) -> String {
    match step {
        Step::Reconvene => state.recess().map(|sitting| sittings::adjourn(lang, sitting)).unwrap_or_default(),
        Step::OpenMeeting => open_meeting(lang, state),
        Step::ApproveScrutineers => approve_scrutineers(lang, state),
        Step::OpenItem(item) => open_item(lang, state, item),
        Step::Introduce(item, line) => introduce(lang, state, item, line),
        Step::BeginRecusal(item) => begin_recusal(lang, state, item),
        Step::BeginDeliberation(item) => begin_deliberation(lang, state, item),
        Step::EndDeliberation(item) => end_deliberation(lang, state, item),
        Step::OpenIssue(item) => open_issue(lang, state, item),
        Step::TakePapers(ballot) => with_round(state, ballot, |item, _| take_papers(lang, state, item)),
        Step::ConfirmList(ballot) => with_round(state, ballot, |item, _| confirm_list(lang, item)),
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
        Step::MakeKey => scrutiny::make_key(lang, state),
        Step::AwaitKey(_) => scrutiny::await_key(lang, state),
        Step::CountHeads(item) => scrutiny::count_heads(lang, state, item),
        Step::CompareRoom(_) => scrutiny::compare_room(lang, state),
        Step::CheckBox(_) => scrutiny::check_box(lang, state),
        Step::KeepClosed(ballot) => with_round(state, ballot, |_, round| scrutiny::keep_closed(lang, round)),
        Step::DeclareUnopenable(_) => scrutiny::unopenable(lang, state),
        Step::CountPapers(ballot) => {
            with_round(state, ballot, |item, _| by_paper::count_papers(lang, state, item))
        }
        Step::SignResult(_) => scrutiny::sign_result(lang, state),
        Step::OpenBox(ballot) => with_round(state, ballot, |item, _| open_box(lang, item)),
        Step::AwaitCount(ballot) => scrutiny::await_count(lang, state, ballot),
        Step::DrawOrder(_) => review::draw_order(lang),
        Step::AwaitOrder(_) => review::await_order(lang),
        Step::CallOfficial(item, official) => review::call_official(lang, state, item, official),
        Step::BeginReport(item) => review::begin_report(lang, state, item),
        Step::BeginQuestions(item) => review::begin_questions(lang, state, item),
        Step::CallQuestion(item, question) => review::call_question(lang, state, item, *question),
        Step::EndQuestion(item, question) => review::end_question(lang, state, item, *question),
        Step::EndQuestions(item) => review::end_questions(lang, state, item),
        Step::DeclareOfficial(item) => declared::official(lang, state, item),
        Step::JudgeReply(item, question) => term::judge(lang, state, item, *question),
        Step::CloseOpinions(item, official) => joint::close(lang, state, item, official),
        Step::BeginExam(item) => exam::begin(lang, state, item),
        Step::EndExam(item) => exam::running(lang, state, item),
        Step::AwaitMarks(_) => exam::marking(lang),
        Step::Declare(item) if state.exam(item).is_some() => exam::declare(lang, state, item),
        Step::CallFurtherRound(id) => {
            let found = state.item(id).zip(state.item_state(id));
            found.map(|(planned, item)| contest::call_further(lang, state, planned, item)).unwrap_or_default()
        }
        Step::BeginStatements(item) => matter::begin_statements(lang, state, item),
        Step::AwaitSpeakers(_) => matter::await_speakers(lang),
        Step::AskMember(item, seat) => matter::ask_member(lang, state, item, seat),
        Step::AwaitStatement(item, seat) => matter::await_statement(lang, state, item, seat),
        Step::SumUp(item) => matter::sum_up(lang, state, item),
        Step::PutToVote(item) => matter::put_to_vote(lang, state, item),
        Step::AwaitVotes(item) => matter::await_votes(lang, state, item),
        Step::CloseNamedVote(_) => matter::close_vote(lang),
        Step::AwaitSignature(item) => matter::await_signature(lang, state, item),
        Step::DecideAgenda => state
            .proposal()
            .map(|proposal| agenda::put(lang, state, &proposal.change, Some(&proposal.reason)))
            .unwrap_or_default(),
        Step::CountHands(item) => matter::count_hands(lang, state, item),
        Step::TakeWithoutObjection(item) => matter::take_without_objection(lang, state, item),
        Step::Declare(item) => declare(lang, state, item),
        Step::SettleObjection(number) => reopening::settle(lang, state, *number),
        Step::CloseMeeting => lang
            .pick("各项议程已经全部进行完毕。现在闭会。", "The agenda is finished. The meeting is closed.")
            .to_owned(),
        Step::Seal => lang
            .pick("会议到此结束，会议记录现在封存。谢谢各位。", "The meeting is over and its record is being sealed. Thank you.")
            .to_owned(),
    }
}

fn open_meeting(lang: Lang, state: &State) -> String {
    if !state.plan().decides_anything() {
        return exam::open_meeting(lang, state);
    }
    let (due, present) = (state.due(), state.present());
    let quorum = &state.plan().meeting.quorum;
    let on_leave = state.on_leave(state.plan().members());
    let absent = due.saturating_sub(present).saturating_sub(on_leave);
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
            let said = [("请假", on_leave), ("缺席", absent)];
            let absent: String = said
                .iter()
                .filter(|(_, many)| *many > 0)
                .map(|(how, many)| format!("，{how}{many}名"))
                .collect();
            let open = if state.sittings.is_empty() { "现在开会" } else { "现在继续开会" };
            format!("应到委员{due}名，实到{present}名{absent}，{reached}，符合规定，{open}。")
        }
        Lang::En => {
            let said = [(on_leave, "on leave"), (absent, "absent")];
            let absent: String = said
                .iter()
                .filter(|(many, _)| *many > 0)
                .map(|(many, how)| format!(", {many} {how}"))
                .collect();
            let open = if state.sittings.is_empty() { "The meeting is open" } else { "The meeting goes on" };
            format!(
                "{} due, {present} present{absent}: {reached}, as the rules require. {open}.",
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
    let Some(planned) = state.item(id) else { return String::new() };
    match &planned.kind {
        ItemKind::MajorMatter(plan) => return matter::open_matter(lang, state, planned, plan),
        ItemKind::OpenVote(vote) => return matter::open_vote(lang, planned, vote),
        ItemKind::Nomination(_)
        | ItemKind::Contested(_)
        | ItemKind::Review(_)
        | ItemKind::Exam(_)
        | ItemKind::JointMeeting(_)
        | ItemKind::Deliberation(_) => {}
    }
    let title = planned.title.as_str();
    if let Some(plan) = planned.review() {
        return review::open_item(lang, title, plan);
    }
    if let Some(plan) = state.item(id).and_then(crate::plan::Item::joint) {
        return joint::open_item(lang, title, plan);
    }
    if let Some(plan) = planned_term(state, id) {
        return term::open_item(lang, title, plan);
    }
    if let Some(plan) = state.item(id).and_then(crate::plan::Item::exam) {
        return exam::open_item(lang, title, plan);
    }
    if let Some(contested) = state.item(id).and_then(crate::plan::Item::contested) {
        return contest::open_item(lang, title, contested);
    }
    let Some((_, nomination)) = nomination(state, id) else { return String::new() };
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
    if let Some(plan) = planned_term(state, id) {
        return term::introduce(lang, plan);
    }
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let Some(nominee) = nomination.line(line.as_str()) else { return String::new() };
    let (place, of) = (item.introduced.len() + 1, nomination.lines.len());
    if state.item(id).is_some_and(|item| item.contested().is_some()) {
        return contest::introduce(lang, place, of, nominee);
    }
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

fn planned_term<'a>(state: &'a State, id: &ItemId) -> Option<&'a crate::plan::Deliberation> {
    state.item(id)?.term()
}

fn begin_recusal(lang: Lang, state: &State, id: &ItemId) -> String {
    if let Some((plan, item)) = planned_term(state, id).zip(state.item_state(id)) {
        return term::begin_recusal(lang, state, plan, item);
    }
    let Some((item, nomination)) = nomination(state, id) else { return String::new() };
    let concerned: Vec<String> =
        state.concerned(item, nomination).map(|seat| who::name(Some(state), &seat)).collect();
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
        .concerned(item, nomination)
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
    if let Some(plan) = planned_term(state, id) {
        return term::begin_deliberation(lang, plan);
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
    if planned_term(state, id).is_some() {
        return term::end(lang, state, id);
    }
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

fn quorum_missed(lang: Lang, state: &State, missed: &QuorumMissed) -> String {
    let QuorumMissed { item, present, due, needed } = missed;
    let (rule, what) = match item.as_ref().and_then(|id| state.item(id)) {
        Some(item) if item.review().is_some() => {
            (*item.quorum(), lang.pick("不能进行评议", "there can be no evaluation"))
        }
        Some(item) if item.joint().is_some() => {
            (*item.quorum(), lang.pick("到会部门不够，不能进行联审", "too few departments are here to go on"))
        }
        Some(item) => (*item.quorum(), lang.pick("本项不能进行表决", "this item cannot be decided")),
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
        .filter(|line| {
            let id = LineId::from(line.id.as_str());
            item.is_at_stake(&id) && item.deferred.contains_key(&id)
        })
        .map(|line| line.name.clone())
        .collect();
    let barred = barred(lang, item, nomination);
    if names.is_empty() {
        return barred;
    }
    let one = names.len() == 1;
    let names = listed(lang, names);
    match lang {
        Lang::Zh => format!("{names}暂缓表决。{barred}"),
        Lang::En => format!("{names} {} deferred.{}", if one { "is" } else { "are" }, spaced(&barred)),
    }
}

/// Those who were not carried for the same post before, and so are not put to the vote.
fn barred(lang: Lang, item: &ItemState, nomination: &Nomination) -> String {
    let barred =
        nomination.lines.iter().filter(|line| item.barred.contains_key(&LineId::from(line.id.as_str())));
    let names: Vec<String> = barred.map(|line| line.name.clone()).collect();
    if names.is_empty() {
        return String::new();
    }
    let names = listed(lang, names);
    match lang {
        Lang::Zh => format!("{names}同一职务本次会议已经未通过，按规定不再表决。"),
        Lang::En => {
            format!("Not carried for the same post at this meeting, and so not voted on again: {names}.")
        }
    }
}

fn nomination<'a>(state: &'a State, id: &ItemId) -> Option<(&'a ItemState, &'a Nomination)> {
    Some((state.item_state(id)?, state.item(id)?.nomination()?))
}

fn with_round(state: &State, ballot: &BallotId, say: impl FnOnce(&ItemState, &Round) -> String) -> String {
    state.round(ballot).map(|(item, round)| say(item, round)).unwrap_or_default()
}

/// All names: what is read aloud leaves nobody out.
fn listed(lang: Lang, names: Vec<String>) -> String {
    who::names_up_to(lang, &names, usize::MAX)
}

fn spaced(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" {text}") }
}

fn members(number: u32) -> String {
    if number == 1 { "1 member is".to_owned() } else { format!("{number} members are") }
}
