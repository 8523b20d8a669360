//! The minutes: headings, labels, and one sentence for everything that happens in a meeting.
//!
//! - `ballot`: papers, lists, boxes
//! - [`by_paper`]: votes on paper
//! - `contest`: the rounds of a contested election
//! - [`scrutiny`]: what the scrutineers did
//! - [`joint`]: opinions of departments
//! - [`term`]: what is said in a deliberation during the term
//! - [`matter`]: major matters, votes by name, open votes
//! - [`review`]: reports, questions, opinions, follow-ups
//! - [`verdict`]: where the figures of a verdict come from

mod ballot;
pub mod by_paper;
mod contest;
mod exam;
pub mod joint;
pub mod matter;
pub mod review;
pub mod scrutiny;
pub mod term;
pub mod verdict;

pub use ballot::is_first;

use super::quotation::quoted;
use super::{Lang, agenda, reopening, rule, sittings, standby};
use crate::meeting::{AdjournGround, Event, ItemId, QuorumMissed, Round, SeatId, Stage, State};
use crate::plan::VoteAbout;
use crate::rules::{Base, Threshold};

texts! {
    /// The fixed words of the minutes.
    pub enum Label {
        Minutes: "会议记录", "Minutes";
        Rehearsal: "演练记录：不是真实会议", "REHEARSAL: not a real meeting";
        Unsealed: "尚未封存", "not sealed";
        Running: "会议尚未结束，本记录不完整", "the meeting has not ended: these minutes are incomplete";
        Body: "会议主体", "Body";
        Date: "日期", "Date";
        Venue: "地点", "Place";
        Opened: "开会", "Opened";
        Ended: "结束", "Ended";
        Presiding: "主持人", "Presiding officer";
        Recorder: "记录员", "Recorder";
        Scrutineers: "监票人", "Scrutineers";
        Attendance: "出席情况", "Attendance";
        Figures: "人数", "Figures";
        OnLeave: "请假或缺席", "On leave or absent";
        Leave: "请假", "On leave";
        Absent: "缺席", "Absent";
        Opening: "开会", "Opening";
        Between: "其他", "Between items";
        Closing: "结束", "Closing";
        Result: "表决结果", "Result";
        PartyPosts: "党内职务", "Party posts";
        GovernmentPosts: "政府职务", "Government posts";
        Number: "序号", "No.";
        Nominee: "人选", "Nominee";
        Post: "拟任职务", "Post";
        Agree: "同意", "Agree";
        Disagree: "不同意", "Disagree";
        Abstain: "弃权", "Abstain";
        NotReturned: "未收回", "Not returned";
        Outcome: "结果", "Outcome";
        Carried: "通过", "carried";
        NotCarried: "未通过", "not carried";
        Deferred: "暂缓表决", "deferred";
        Record: "存档", "Record";
        Session: "会议编号", "Session";
        Lines: "记录行数", "Lines of the record";
        Head: "末行散列值", "Hash of the last line";
        Trackers: "选票查验码", "Tracking codes,";
        Withheld: "未公开内容", "Bodies withheld";
        Ballot: "表决方式", "The ballot";
        KeyAtConsole: "票箱密钥由主持台保管，表决秘密取决于主持台", "the key was held by the console: secrecy rested on the console";
        NoKey: "没有生成票箱密钥", "no key of the ballot box was made";
        NotCalled: "本项未进行", "this item was not called";
        TakenUpNoResult: "重新审议之后没有结果：原结果不再有效", "taken up again, and no new result: the earlier one is not in force";
        Unchanged: "不在重新表决之列，结果不变", "not voted on again, the result stands";
        NoCount: "本项没有计票结果", "no ballot of this item was counted";
    }
}

/// The name of the page.
pub fn title(lang: Lang, meeting: &str) -> String {
    lang.pick(format!("{meeting}：会议记录"), format!("{meeting}: minutes"))
}

/// Names one after the other.
pub fn names(lang: Lang, names: &[String]) -> String {
    if names.is_empty() { lang.pick("无", "none").to_owned() } else { names.join(lang.pick("、", ", ")) }
}

/// Members due and present, and the quorum.
pub fn figures(lang: Lang, due: u32, present: u32, attending: u32, quorum: &Threshold) -> String {
    let (bound, base) = (rule::bound(lang, quorum), rule::base(lang, quorum.of));
    let least = quorum.least(due);
    match lang {
        Lang::Zh => {
            format!(
                "应到{due}名，实到{present}名，列席{attending}名；法定人数为{bound}（按{base}计），即{least}名"
            )
        }
        Lang::En => format!(
            "{due} due, {present} present, {attending} attending without vote; quorum {bound} of {base}, that is {least}"
        ),
    }
}

/// How many of a group were present, and who.
pub fn group(lang: Lang, of: usize, present: &[String]) -> String {
    let list = names(lang, present);
    match lang {
        Lang::Zh => format!("{of}名中到会{}名：{list}", present.len()),
        Lang::En => format!("{} of {of}: {list}", present.len()),
    }
}

/// The rule by which lines are carried, with its number where the base is known.
pub fn rule(lang: Lang, carried: &Threshold, due: u32, present: u32) -> String {
    let base = match carried.of {
        Base::Due => Some(due),
        Base::Present => Some(present),
        Base::Returned | Base::Valid | Base::AgreeDisagree => None,
    };
    rule::carried(lang, carried, base) + lang.pick("。", ".")
}

/// The figures of a counted round.
pub fn ballot_figures(lang: Lang, round: &Round) -> String {
    let (due, present, issued) = (round.issue.due, round.present(), round.issued());
    let returned = round.returned().unwrap_or(0);
    let out = issued.saturating_sub(returned);
    if let Some(count) = round.count.as_ref().and_then(|count| count.by_paper()) {
        let papers = super::by_paper::papers(lang, present, count);
        return match lang {
            Lang::Zh => format!("纸质票，人工清点：应到{due}名，实到{present}名，{papers}，未收回{out}张。"),
            Lang::En => format!(
                "By paper, counted by hand: {due} due, {present} present, {papers}, {out} not returned."
            ),
        };
    }
    match lang {
        Lang::Zh => {
            format!("应到{due}名，发票时实到{present}名，发出{issued}张，收回{returned}张，未收回{out}张。")
        }
        Lang::En => format!(
            "{due} due, {present} present when papers were issued, {issued} issued, {returned} returned, {out} not returned."
        ),
    }
}

/// How many ballots of a round mark nobody, after its other figures.
pub fn blank_ballots(lang: Lang, blank: u32) -> String {
    lang.pick(format!("其中空白票{blank}张。"), format!(" Blank: {blank}."))
}

/// How many papers of a round are spoilt as a whole, after that.
pub fn spoilt_papers(lang: Lang, spoilt: u32) -> String {
    lang.pick(format!("废票{spoilt}张。"), format!(" Spoilt: {spoilt}."))
}

/// Nominees were introduced.
pub fn introduced(lang: Lang, nominees: &[String]) -> String {
    let list = names(lang, nominees);
    lang.pick(format!("介绍人选：{list}。"), format!("Introduced: {list}."))
}

/// People left for the deliberation.
pub fn recused(lang: Lang, people: &[String]) -> String {
    let list = names(lang, people);
    lang.pick(format!("离席回避：{list}。"), format!("Recused, and left the room: {list}."))
}

/// People who had left came back.
pub fn returned(lang: Lang, people: &[String]) -> String {
    let list = names(lang, people);
    lang.pick(format!("返回会场：{list}。"), format!("Came back: {list}."))
}

/// People arrived after the opening.
pub fn arrived(lang: Lang, people: &[String]) -> String {
    let list = names(lang, people);
    lang.pick(format!("到会：{list}。"), format!("Arrived: {list}."))
}

/// People left before the end.
pub fn left(lang: Lang, people: &[String]) -> String {
    let list = names(lang, people);
    lang.pick(format!("离会：{list}。"), format!("Left: {list}."))
}

/// A note that this copy does not show.
pub fn withheld_note(lang: Lang) -> String {
    lang.pick("记事一条，内容未公开。", "A note was made that this copy withholds.").to_owned()
}

/// The sentence for an event, told after it was folded into `state`. Nothing where the minutes tell it elsewhere:
/// who is present, who was introduced, who took a paper.
pub fn event(lang: Lang, state: &State, event: &Event) -> Option<String> {
    let t = |zh: String, en: String| Some(lang.pick(zh, en));
    match event {
        Event::Frozen(_)
        | Event::PlaceTaken { .. }
        | Event::HandedIn { .. }
        | Event::SheetOpened { .. }
        | Event::Enrolled { .. }
        | Event::StandbyEnrolled { .. }
        | Event::StandbyAttached
        | Event::StandbyDetached { .. }
        | Event::SignedIn { .. }
        | Event::SignedOut { .. }
        | Event::Reconvened
        | Event::Introduced { .. }
        | Event::Recused { .. }
        | Event::Returned { .. }
        | Event::ItemOpened { .. }
        | Event::SpeakersAsked { .. }
        | Event::MemberAsked { .. }
        | Event::StatementGiven { .. }
        | Event::StatementPassed { .. }
        | Event::VotedByName { .. }
        | Event::KeyCertified { .. }
        | Event::DealingCommitted { .. }
        | Event::TrusteesFixed { .. }
        | Event::FactorsReleased { .. }
        | Event::BoxCheckEnded { .. }
        | Event::IssuerPublished { .. }
        | Event::PaperIssued { .. }
        | Event::ListConfirmed { .. }
        | Event::BoxConfirmed { .. }
        | Event::OrderAsked { .. }
        | Event::Asked { .. }
        | Event::OpinionGiven { .. }
        | Event::SaidInside { .. }
        | Event::QuestionPut { .. }
        | Event::Replied { .. }
        | Event::SlipActed { .. }
        | Event::SlipKeyPublished { .. }
        | Event::SlipIssuerPublished { .. }
        | Event::SlipsIssued { .. }
        | Event::QueueOrdered { .. }
        | Event::QuestionMerged { .. }
        | Event::QuestionReturned { .. }
        | Event::QuestionCalled { .. }
        | Event::AnswerTaken { .. }
        | Event::QuestionEnded { .. }
        | Event::SatisfactionSaid { .. }
        | Event::InquiryFiled { .. }
        | Event::ClockPaused
        | Event::ClockResumed
        | Event::FloorAsked { .. }
        | Event::FloorLeft { .. }
        | Event::SpeechEnded { .. } => None,
        Event::TakenOver { .. } => standby::taken_over(lang, state),
        Event::CodeReissued { who } => t(
            format!("补发席位码：{}；旧终端的密钥作废。", actor(state, who)),
            format!(
                "A new code was issued for {}; the old terminal's key counts no more.",
                actor(state, who)
            ),
        ),
        Event::MeetingOpened { .. } if !state.plan().decides_anything() => {
            t("宣布开始。".into(), "The session was opened.".into())
        }
        Event::MeetingOpened { due, present } if !state.sittings.is_empty() => {
            Some(sittings::continued(lang, *due, *present))
        }
        Event::MeetingOpened { due, present } => t(
            format!("应到{due}名，实到{present}名，达到法定人数，宣布开会。"),
            format!(
                "{present} of {due} members being present, the quorum was reached and the meeting was opened."
            ),
        ),
        Event::QuorumMissed(missed) => Some(quorum_missed(lang, missed)),
        Event::ScrutineersVoted { agree, disagree, abstain, approved } => {
            let who: Vec<String> = state.scrutineers().map(|person| person.name.clone()).collect();
            let who = names(lang, &who);
            let word = if *approved { Label::Carried } else { Label::NotCarried }.text(lang);
            if voted_by_name(state) {
                return t(
                    format!(
                        "记名表决监票人名单（{who}）：同意{agree}名，不同意{disagree}名，弃权{abstain}名，{word}。"
                    ),
                    format!(
                        "Scrutineers ({who}), by name: {agree} agree, {disagree} disagree, {abstain} abstain; {word}."
                    ),
                );
            }
            t(
                format!(
                    "举手表决监票人名单（{who}）：同意{agree}名，不同意{disagree}名，弃权{abstain}名，{word}。"
                ),
                format!(
                    "Scrutineers ({who}), by show of hands: {agree} agree, {disagree} disagree, {abstain} abstain; {word}."
                ),
            )
        }
        Event::RecusalBegan { .. } => {
            t("请涉及回避的同志离席。".into(), "Those concerned were asked to leave.".into())
        }
        Event::DeliberationBegan { .. } => t("开始审议。".into(), "Deliberation began.".into()),
        Event::DeliberationEnded { .. } => t("审议结束。".into(), "Deliberation ended.".into()),
        Event::Deferred { item, line, reason } => {
            let line = nominee(state, item, line.as_str());
            t(format!("{line}暂缓表决：{reason}"), format!("{line} was deferred: {reason}"))
        }
        Event::Undeferred { item, line } => {
            let line = nominee(state, item, line.as_str());
            t(format!("撤销{line}的暂缓表决。"), format!("The deferral of {line} was taken back."))
        }
        Event::Noted { text } => t(format!("记事：{text}"), format!("Note: {text}")),
        Event::Objected { by, reason, ballot } => t(
            format!("{}对表决{}提出异议：{reason}", actor(state, by), quoted(ballot.as_str())),
            format!("{} objected to ballot {ballot}: {reason}", actor(state, by)),
        ),
        Event::Declared { item } if state.item(item).is_some_and(|item| item.review().is_some()) => {
            t("述廉述效结束。".into(), "The review ended.".into())
        }
        Event::Declared { item } if state.item(item).is_some_and(|item| item.joint().is_some()) => {
            t("宣布联审情况。".into(), "The summary was declared.".into())
        }
        Event::OpinionStated { .. } | Event::OpinionsClosed { .. } => joint::event(lang, state, event),
        Event::ReplyJudged { .. } => term::event(lang, event),
        Event::ExamBegan { .. }
        | Event::ExamEnded { .. }
        | Event::BankOpened { .. }
        | Event::MarkingFinished { .. } => exam::event(lang, state, event),
        Event::FurtherRoundCalled { item, further } => contest::further_called(lang, state, item, further),
        Event::Declared { item } if state.item(item).is_some_and(|item| item.contested().is_some()) => {
            contest::declared(lang, state, item)
        }
        Event::Declared { .. } => t("宣布结果。".into(), "The result was declared.".into()),
        Event::Suspended { reason } => {
            t(format!("会议暂停：{reason}"), format!("The meeting was suspended: {reason}"))
        }
        Event::Resumed => t("会议继续。".into(), "The meeting was resumed.".into()),
        Event::Adjourned { ground } => Some(adjourned(lang, ground)),
        Event::AdjournedTo { until, reason } => Some(sittings::adjourned(lang, *until, reason)),
        Event::Closed => t("宣布闭会。".into(), "The meeting was closed.".into()),
        Event::KeyBegun { .. }
        | Event::TrusteesConfirmed { .. }
        | Event::HeadsCounted { .. }
        | Event::RoomConfirmed { .. }
        | Event::MissingAccepted { .. }
        | Event::FalseFactorsShown { .. }
        | Event::SilentNamed { .. }
        | Event::ResultSigned { .. }
        | Event::ResultRefused { .. }
        | Event::Counted { .. } => scrutiny::event(lang, state, event),
        Event::PaperVoteOpened(_)
        | Event::CountEntered { .. }
        | Event::CountsDiffer { .. }
        | Event::CountedByPaper { .. }
        | Event::SheetRecorded { .. } => by_paper::event(lang, state, event),
        Event::IssueOpened(_)
        | Event::PaperDeclined { .. }
        | Event::IssueClosed { .. }
        | Event::ListFixed { .. }
        | Event::RoundVoided { .. }
        | Event::VotingOpened { .. }
        | Event::VotingClosed { .. }
        | Event::BoxFixed { .. }
        | Event::BoxOpened { .. } => ballot::event(lang, state, event),
        Event::NoticeRecorded { .. }
        | Event::StatementsBegan { .. }
        | Event::SpeakersDrawn { .. }
        | Event::SummedUp { .. }
        | Event::PutToVote { .. }
        | Event::MatterDeferred { .. }
        | Event::NamedVoteOpened { .. }
        | Event::NamedVoteClosed { .. }
        | Event::MatterSigned { .. }
        | Event::LeftUnsigned { .. }
        | Event::HandsCounted { .. }
        | Event::ObjectedToVote { .. }
        | Event::TakenWithoutObjection { .. } => matter::event(lang, state, event),
        Event::AgendaDecided(decision) => Some(agenda::told(lang, state, decision)),
        Event::AgendaPut { .. } | Event::AgendaObjected { .. } | Event::AgendaWithdrawn { .. } => {
            agenda::event(lang, state, event)
        }
        Event::ResultObjected { .. }
        | Event::ObjectionSettled { .. }
        | Event::ReconsiderationVoted(_)
        | Event::ItemReopened { .. }
        | Event::LineBarred { .. } => reopening::event(lang, state, event),
        Event::OrderDrawn { .. }
        | Event::OfficialCalled { .. }
        | Event::OfficialPutOff { .. }
        | Event::ReportBegan { .. }
        | Event::ReportedInWriting { .. }
        | Event::QuestionsBegan { .. }
        | Event::QuestionsEnded { .. }
        | Event::OfficialDeclared { .. }
        | Event::ClockExtended { .. }
        | Event::SpeakerCalled { .. }
        | Event::SpeakerRefused { .. } => review::event(lang, state, event),
    }
}

/// Whether the scrutineers were voted on by name, in an open vote that is declared at this very moment.
fn voted_by_name(state: &State) -> bool {
    state.current_item().is_none()
        && state.items.iter().rev().find(|item| item.stage == Stage::Declared).is_some_and(|item| {
            let about = state.item(&item.id).and_then(|item| item.open_vote()).map(|vote| vote.about);
            about == Some(VoteAbout::Scrutineers) && item.named.is_some()
        })
}

fn seats<'a>(lang: Lang, state: &State, seats: impl Iterator<Item = &'a SeatId>) -> String {
    names(lang, &seats.map(|seat| state.name(seat).to_owned()).collect::<Vec<_>>())
}

fn actor(state: &State, actor: &crate::meeting::Actor) -> String {
    actor.seat().map_or_else(|| actor.to_string(), |seat| state.name(seat).to_owned())
}

/// A nominee with the post.
pub fn nominee(state: &State, item: &ItemId, line: &str) -> String {
    let lang = state.plan().meeting.language;
    state.item(item).and_then(|item| item.nomination()?.line(line)).map_or_else(
        || line.to_owned(),
        |line| lang.pick(format!("{}（{}）", line.name, line.post), format!("{} ({})", line.name, line.post)),
    )
}

fn quorum_missed(lang: Lang, missed: &QuorumMissed) -> String {
    let QuorumMissed { present, due, needed, .. } = missed;
    match lang {
        Lang::Zh => format!("不足法定人数：应到{due}名，实到{present}名，需要{needed}名。"),
        Lang::En => format!("The quorum was not reached: {present} of {due} present, {needed} needed."),
    }
}

fn adjourned(lang: Lang, ground: &AdjournGround) -> String {
    match (lang, ground) {
        (Lang::Zh, AdjournGround::NoQuorum) => "因不足法定人数，会议提前结束。".to_owned(),
        (Lang::En, AdjournGround::NoQuorum) => "There being no quorum, the meeting was adjourned.".to_owned(),
        (Lang::Zh, AdjournGround::Decided { reason }) => format!("会议提前结束：{reason}"),
        (Lang::En, AdjournGround::Decided { reason }) => format!("The meeting was adjourned: {reason}"),
    }
}

/// The tracking codes of a box as the screens show them, sorted: the first twelve characters, in fours.
pub fn trackers(round: &Round) -> String {
    let mut codes: Vec<String> = round
        .ballots
        .iter()
        .map(|hash| {
            let code: Vec<char> = hash.tracker().chars().take(12).collect();
            code.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
        })
        .collect();
    codes.sort();
    codes.join(" · ")
}
