//! A review at the console: officials and how far each is, questions and how each ended, clocks, the floor.

use jiff::civil::Date;

use super::{Lang, common, who};
use crate::meeting::{Asker, Ended, OfficialStage, Question, QuestionId, Standing, State};

texts! {
    /// Fixed texts of a review at the console.
    pub enum Review {
        Situation: "情况", "Situation";
        Official: "述职人", "Official";
        PostAndUnit: "职务", "Post";
        Findings: "通报", "Findings";
        Report: "报告", "Report";
        Questions: "质询", "Questions";
        Evaluation: "评议", "Evaluation";
        Declaration: "公布", "Result";
        Overview: "各述职人情况", "All officials";
        DrawNext: "抽签排定顺序", "The order is drawn by lot";
        OrderOfPlan: "按名单顺序", "in the order of the plan";
        FindingsRead: "通报监督检查情况", "Findings are read";
        Questioning: "质询", "Questions";
        Questioned: "质询结束，准备评议", "Questions are over; the evaluation follows";
        Ranking: "按评议结果排列", "Ranking";
        ToCome: "未开始", "to come";
        Declared: "已公布", "declared";
        PutOff: "推迟", "put off";
        InWriting: "书面报告", "in writing";
        ReadBy: "通报人", "read by";
        NobodyNamed: "名单未指定", "nobody named";
        TextByI: "按 I 看情况通报和述职报告全文", "I shows the findings and the report";
        Allotted: "规定", "allotted";
        Used: "已用", "used";
        Paused: "计时已暂停", "the clock is paused";
        WarningSoon: "时间将到", "time is almost up";
        OnTheFloor: "正在答复", "On the floor";
        Asks: "发问", "asks";
        Answer: "答复", "answer";
        BeingTaken: "记录员录入中", "being taken down";
        NotTaken: "尚未录入", "nothing taken down yet";
        Waiting: "排队", "Waiting";
        NobodyWaits: "没有排队的提问", "no question waits";
        Slip: "纸条", "slip";
        Spoken: "口头", "spoken";
        Asked: "提问", "asked";
        Answered: "已答", "answered";
        Promised: "承诺", "promised";
        Declined: "不予答复", "declined";
        Returned: "退回", "returned";
        Withdrawn: "撤回", "withdrawn";
        Satisfied: "满意", "satisfied";
        NotSatisfied: "不满意", "not satisfied";
        Inquiry: "已提交质询书", "a written inquiry was filed";
        Opinions: "意见建议", "opinions";
        Merged: "并入", "merged into";
        Dimension: "评议项目", "Dimension";
        Result: "评议结果", "Result of the evaluation";
        AllTogether: "合计", "All together";
        SatisfactionRate: "满意率", "satisfaction";
        Score: "加权得分", "weighted score";
        Verdict: "评议结果", "Verdict";
        Consequence: "按规定", "what follows";
        NoConsequence: "无后续要求", "nothing follows";
        NoMarks: "没有收回的票，不作评议结果", "no marks came back: there is no verdict";
        Rank: "名次", "Rank";
        Floor: "发言申请", "Requests for the floor";
        Requests: "申请发言", "requests";
        NobodyAsks: "没有人申请发言", "nobody has asked for the floor";
        Minutes: "发言分钟数", "minutes";
        Call: "请其发言", "call";
        Refuse: "不安排", "refuse";
        EndSpeech: "结束发言", "end the speech";
        SomebodyElse: "请其他人", "somebody else";
        SpeakerPick: "请谁发言", "Who is called to speak";
        AskerPick: "口头提问：是谁问的", "A spoken question: who asked it";
        OralQuestion: "口头提问", "Spoken question";
        TakeAnswer: "记录答复", "Take the answer down";
        Save: "保存", "save";
        NewLine: "换行", "new line";
        AsFollowUp: "作为追问", "as a follow-up";
        DropAgain: "再按一次 Esc 放弃", "Esc once more drops it";
        MergePick: "并入哪个提问", "Merge into which question";
        MergeInto: "并入所选", "merge into the chosen";
        WholeText: "提问与答复", "Question and answer";
        OtherQuestion: "其他提问", "other questions";
        DueTitle: "书面答复限期", "Answer in writing by";
        DueForm: "年-月-日，须晚于开会当天", "YYYY-MM-DD, later than the day of the meeting";
        NoDate: "不是日期", "this is not a date";
        LeftTitle: "其余提问怎样处理", "What becomes of the questions that wait";
        LeftInWriting: "限期书面答复", "answered in writing by a date";
        LeftDeclined: "不予答复，注明理由", "declined, with a reason";
        AskInWriting: "改为书面报告的原因", "Why the report is in writing";
        AskPutOff: "推迟的原因", "Why the official is put off";
        AskReturn: "退回提问的原因", "Why the question is returned";
        AskDecline: "不予答复的理由", "Why the question is declined";
        AskDeclineAll: "其余提问不予答复的理由", "Why the waiting questions are declined";
        AskRefuse: "不安排发言的原因", "Why the floor is refused";
        AbstainPick: "回避评议：选择不领票的人", "Who stands aside and gets no paper";
        AbstainThis: "回避评议", "stands aside";
        CallChosen: "请所选同志", "call the chosen official";
        AskChosen: "请所选提问", "call the chosen question";
    }
}

/// A duration in whole minutes, or minutes and seconds, as it is spoken.
pub fn time(lang: Lang, seconds: u32) -> String {
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    match (lang, minutes, seconds) {
        (Lang::Zh, minutes, 0) => format!("{minutes}分钟"),
        (Lang::Zh, 0, seconds) => format!("{seconds}秒"),
        (Lang::Zh, minutes, seconds) => format!("{minutes}分{seconds}秒"),
        (Lang::En, 1, 0) => "1 minute".to_owned(),
        (Lang::En, minutes, 0) => format!("{minutes} minutes"),
        (Lang::En, 0, seconds) => format!("{seconds} seconds"),
        (Lang::En, minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// A clock's face: `07:32`. What is begun counts, so that 0 is shown when nothing is left.
pub fn face(millis: i64) -> String {
    let seconds = millis.unsigned_abs().div_ceil(1_000);
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// What is left of a clock, or by how much it is over: with a word, never a sign alone.
pub fn left(lang: Lang, millis: i64) -> String {
    match (lang, millis < 0) {
        (Lang::Zh, false) => format!("剩余 {}", face(millis)),
        (Lang::Zh, true) => format!("超时 {}", over(millis)),
        (Lang::En, false) => format!("{} left", face(millis)),
        (Lang::En, true) => format!("over time {}", over(millis)),
    }
}

/// How much a clock is over, in whole seconds that have passed.
pub fn over(millis: i64) -> String {
    let seconds = millis.unsigned_abs() / 1_000;
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// Who asks, with the group or unit; a slip has no name.
pub fn asker(lang: Lang, state: &State, asker: &Asker) -> String {
    match asker {
        Asker::Slip { .. } => Review::Slip.text(lang).to_owned(),
        Asker::Seat { seat, oral } => {
            let person = state.plan().person(seat.as_str());
            let group = person.and_then(|person| {
                let group = state.plan().group(&person.group).map_or("", |group| group.name.as_str());
                [person.unit.as_str(), group].into_iter().find(|text| !text.is_empty())
            });
            let mut about: Vec<&str> = group.into_iter().collect();
            if *oral {
                about.push(Review::Spoken.text(lang));
            }
            let name = who::name(Some(state), seat);
            match (lang, about.is_empty()) {
                (_, true) => name,
                (Lang::Zh, false) => format!("{name}（{}）", about.join("，")),
                (Lang::En, false) => format!("{name} ({})", about.join(", ")),
            }
        }
    }
}

/// Which question it follows up.
pub fn follows(lang: Lang, question: &Question) -> Option<String> {
    let first = question.follows?;
    Some(match lang {
        Lang::Zh => format!("追问 {first}"),
        Lang::En => format!("follows {first}"),
    })
}

/// A spoken question follows this one up.
pub fn follow_up(lang: Lang, first: QuestionId) -> String {
    match lang {
        Lang::Zh => format!("追问第 {first} 问"),
        Lang::En => format!("follows up question {first}"),
    }
}

/// Which questions were merged into it.
pub fn merged(lang: Lang, question: &Question) -> Option<String> {
    let others: Vec<String> = question.merged.iter().map(ToString::to_string).collect();
    if others.is_empty() {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!("合并 {}", others.join("、")),
        Lang::En => format!("with {}", others.join(", ")),
    })
}

/// How a question stands, in a few words. Reasons come from outside and must be cleaned.
pub fn standing(lang: Lang, question: &Question) -> String {
    let word = |text: Review| text.text(lang).to_owned();
    let mut text = match &question.standing {
        Standing::Waiting => word(Review::Waiting),
        Standing::OnFloor => word(Review::OnTheFloor),
        Standing::Returned { reason } => because(lang, Review::Returned, reason),
        Standing::Merged { into } => format!("{} {into}", Review::Merged.text(lang)),
        Standing::Ended(Ended::Answered) => word(Review::Answered),
        Standing::Ended(Ended::Promised { due_on }) => promised(lang, *due_on),
        Standing::Ended(Ended::Declined { reason }) => because(lang, Review::Declined, reason),
        Standing::Ended(Ended::Withdrawn) => word(Review::Withdrawn),
    };
    let said = match question.satisfied {
        Some(true) => Some(Review::Satisfied),
        Some(false) => Some(Review::NotSatisfied),
        None => None,
    };
    for more in said.into_iter().chain(question.inquiry.as_ref().map(|_| Review::Inquiry)) {
        text.push_str(lang.pick("，", ", "));
        text.push_str(more.text(lang));
    }
    text
}

fn because(lang: Lang, what: Review, reason: &str) -> String {
    format!("{}{}{reason}", what.text(lang), lang.pick("：", ": "))
}

fn promised(lang: Lang, due_on: Date) -> String {
    let day = common::date(lang, due_on);
    match lang {
        Lang::Zh => format!("{day}前书面答复"),
        Lang::En => format!("in writing by {day}"),
    }
}

/// How far an official is, in a word or two.
pub fn stage(lang: Lang, stage: &OfficialStage) -> String {
    match stage {
        OfficialStage::ToCome => Review::ToCome.text(lang).to_owned(),
        OfficialStage::Findings => Review::Findings.text(lang).to_owned(),
        OfficialStage::Reporting => Review::Report.text(lang).to_owned(),
        OfficialStage::Questioning => Review::Questions.text(lang).to_owned(),
        OfficialStage::Evaluating => Review::Evaluation.text(lang).to_owned(),
        OfficialStage::Declared => Review::Declared.text(lang).to_owned(),
        OfficialStage::PutOff { reason } => because(lang, Review::PutOff, reason),
    }
}

/// The report was in writing, and why.
pub fn in_writing(lang: Lang, reason: &str) -> String {
    because(lang, Review::InWriting, reason)
}

/// Which question it is, of how many.
pub fn question_of(lang: Lang, number: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("质询 {number}/{of}"),
        Lang::En => format!("question {number} of {of}"),
    }
}

/// How many lines of a text are not shown, and where they are.
pub fn rest_by_p(lang: Lang, lines: usize) -> String {
    match lang {
        Lang::Zh => format!("还有 {lines} 行，按 P 看全文"),
        Lang::En => format!("{lines} more lines, P shows all"),
    }
}

/// How many officials there are, and how the order comes about.
pub fn officials(lang: Lang, number: usize, over: usize) -> String {
    match (lang, over) {
        (Lang::Zh, 0) => format!("述职人 {number} 名"),
        (Lang::Zh, over) => format!("述职人 {number} 名，已完成 {over} 名"),
        (Lang::En, 0) if number == 1 => "1 official".to_owned(),
        (Lang::En, 0) => format!("{number} officials"),
        (Lang::En, over) => format!("{over} of {number} officials done"),
    }
}

/// How long reports and answers may take.
pub fn times(lang: Lang, report_seconds: u32, answer_seconds: u32) -> String {
    let (report, answer) = (time(lang, report_seconds), time(lang, answer_seconds));
    match lang {
        Lang::Zh => format!("报告每人{report}，答复每问{answer}"),
        Lang::En => format!("{report} for a report, {answer} for an answer"),
    }
}

/// How many questions wait, before what becomes of them is chosen.
pub fn questions_wait(lang: Lang, waiting: usize) -> String {
    match (lang, waiting) {
        (Lang::Zh, _) => format!("还有 {waiting} 个提问在排队，一个也不会消失："),
        (Lang::En, 1) => "1 question still waits and does not disappear:".to_owned(),
        (Lang::En, _) => format!("{waiting} questions still wait and do not disappear:"),
    }
}

/// Groups that are counted together on one ballot, with the reason, to be read aloud.
pub fn together_because(lang: Lang, groups: &[String]) -> String {
    let groups = who::names_up_to(lang, groups, usize::MAX);
    match lang {
        Lang::Zh => format!("不足5人的组不单独计票，{groups}合并计票。"),
        Lang::En => {
            format!("A group of fewer than five is not counted apart: {groups} are counted together.")
        }
    }
}

/// How long a speaker has, before the call.
pub fn minutes_for(lang: Lang, minutes: u32) -> String {
    match lang {
        Lang::Zh => format!("发言 {minutes} 分钟（按数字键改）"),
        Lang::En => format!("for {minutes} min (digits change it)"),
    }
}

/// Somebody has the floor.
pub fn has_the_floor(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("正在发言：{name}"),
        Lang::En => format!("{name} has the floor"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_shows_what_is_begun_and_says_when_it_is_over() {
        assert_eq!(
            (face(480_000), face(479_001), face(1), face(0)),
            ("08:00".into(), "08:00".into(), "00:01".into(), "00:00".into())
        );
        assert_eq!(left(Lang::Zh, 61_000), "剩余 01:01");
        assert_eq!(left(Lang::Zh, -900), "超时 00:00");
        assert_eq!(left(Lang::En, -62_500), "over time 01:02");
    }

    #[test]
    fn times_are_said_as_people_say_them() {
        let said = |seconds| (time(Lang::Zh, seconds), time(Lang::En, seconds));
        assert_eq!(said(480), ("8分钟".into(), "8 minutes".into()));
        assert_eq!(said(60), ("1分钟".into(), "1 minute".into()));
        assert_eq!(said(150), ("2分30秒".into(), "2 min 30 s".into()));
        assert_eq!(said(45), ("45秒".into(), "45 seconds".into()));
    }
}
