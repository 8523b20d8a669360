//! What the terminal and the display say of a reporting official: stages, clocks, questions, slips, the evaluation
//! paper, the overview.

use jiff::civil::Date;

use super::terminal::Terminal;
use super::{Lang, common};
use crate::meeting::{Ended, OfficialStage, Standing};

texts! {
    /// Fixed texts about reporting officials.
    pub enum Official {
        Dimension: "评议内容", "Aspect";
        Rule: "每项必须选一项；没有预设。", "Every line needs a mark; none is preset.";
        // stages
        Overview: "述职人", "Officials";
        NameTitle: "姓名", "Name";
        PostTitle: "职务", "Post";
        StageTitle: "进展", "Stage";
        ToCome: "未开始", "to come";
        Findings: "宣读核查情况", "findings are read";
        Reporting: "述职", "report";
        Questioning: "质询", "questions";
        Evaluating: "评议", "evaluation";
        Declared: "已公布", "declared";
        PutOff: "改期", "put off";
        InWriting: "书面述职", "reported in writing";
        Drawing: "正在抽签决定顺序", "The order is being drawn by lot";
        OrderToDraw: "述职顺序由抽签决定", "The order of the officials is drawn by lot";
        NextOfficial: "等待主持人请下一位述职", "Waiting for the presiding officer to call the next official";
        ReadBy: "宣读人", "read by";
        EvaluationNext: "质询结束，即将评议。终端会自动领取评议票。", "The questions are over; the evaluation follows. Terminals take their papers by themselves.";
        // texts
        Report: "述职报告", "Report";
        FindingsText: "核查情况", "Inspection findings";
        NoText: "没有这份材料", "There is no such text";
        Find: "查找", "Find";
        FindNone: "没有找到", "not found";
        // clocks
        Left: "剩余", "left";
        Over: "超时", "over time";
        Paused: "暂停计时", "clock paused";
        Ending: "时间将到", "time is nearly up";
        // questions
        NoQuestion: "等待主持人请人发问", "Waiting for the presiding officer to call a question";
        OnFloor: "现在答复", "now answered";
        Answer: "答复", "Answer";
        BeingTaken: "记录员正在记录…", "The recorder is taking it down…";
        Slip: "纸条", "slip";
        Own: "本人", "own";
        OwnSlip: "本人纸条", "own slip";
        SlipBecameOpinion: "您有一张提问纸条到达时提问已经结束，已作为意见记入会议记录。", "A question on your slip came when the questions were over: it stands in the record as an opinion.";
        AnswerThis: "请即席答复", "Please answer now";
        Asked: "提问", "Questions";
        AskedNone: "还没有可看的提问。按 Q 写提问。", "There are no questions to see yet. Q writes one.";
        Asker: "发问人", "Asker";
        Text: "内容", "Text";
        Satisfied: "满意", "satisfied";
        NotSatisfied: "不满意", "not satisfied";
        SatisfiedAsk: "您的提问已有答复：满意按 Y，不满意按 N。", "Your question has been answered: Y if you are satisfied, N if not.";
        MayInquire: "您表示不满意：可按 M 打开提问，再按 J 提出书面质询。", "You are not satisfied: M opens the questions, J there files a written inquiry.";
        Inquired: "已提出书面质询", "a written inquiry was filed";
        WithdrawAsk: "撤回这个提问？", "Withdraw this question?";
        WithdrawWhy: "撤回的提问仍留在记录中。按 Y 确认，按其他键取消。", "A withdrawn question stays in the record. Y confirms, any other key goes back.";
        // writing
        WriteQuestion: "写提问", "Write a question";
        WriteFollowUp: "写追问", "Write a follow-up";
        WriteOpinion: "写意见建议", "Write an opinion or a suggestion";
        WriteInquiry: "写书面质询", "Write a written inquiry";
        WriteAnswer: "记录答复", "Take the answer down";
        WriteView: "表态", "Your view";
        WriteSummingUp: "归纳", "The summing up";
        ViewSent: "意见已写入会议记录", "The view stands in the record";
        SummingUpSent: "归纳已写入会议记录", "The summing up stands in the record";
        WriteOral: "录入口头提问", "Enter a spoken question";
        ByName: "署名", "by name";
        AsSlip: "匿名纸条", "anonymous slip";
        SlipTrust: "纸条不署名，送出后不能更改或撤回；记录里没有人知道是谁写的。行文风格，以及同一时段只有您一人递纸条，仍可能让人猜到。", "A slip carries no name, and cannot be changed or taken back. Your style, or being the only one who sends one just now, can still give you away.";
        SlipNotKept: "纸条的草稿不存盘：磁盘上的草稿会暴露是谁写的。", "The draft of a slip is not kept on this machine's disk: it would tell who wrote it.";
        SlipSend: "再按 Y 送出纸条，按其他键继续修改。", "Y sends the slip, any other key goes on editing.";
        ByNameWhy: "署名送出，进入会议记录。", "It is sent in your name and goes into the record.";
        Empty: "还没有写内容", "Nothing has been written yet";
        Sending: "正在送出…", "Sending…";
        Saved: "已保存", "saved";
        Unsaved: "未保存", "not saved";
        DraftKept: "草稿还在：按 Q 接着写。", "Your draft is still here: Q goes on with it.";
        QuestionSent: "提问已送出，等待主持人安排", "The question is sent and waits in the queue";
        SlipSent: "纸条已送出，稍后与其他纸条一起公布", "The slip is sent; it is published with others in a while";
        OpinionSent: "意见已送出", "The opinion is sent";
        InquirySent: "书面质询已提出", "The written inquiry is filed";
        AnswerSaved: "答复已保存", "The answer is saved";
        Withdrawn: "提问已撤回", "The question is withdrawn";
        SatisfactionSaid: "已记录您的表态", "What you said is recorded";
        PickAsker: "是谁发问？", "Who asked?";
        NoAnswerNow: "现在没有可记录答复的提问", "There is no question to take an answer down for";
        NoOfficial: "现在没有述职人可以提问", "There is no official to ask just now";
        // evaluation
        IsOfficial: "您是被评议人，不发给您这张评议票。", "You are the official who is evaluated: there is no paper for you.";
        IsRelated: "您与被评议人有亲属关系，不发给您这张评议票。", "You are related to the official: there is no paper for you.";
        HasRecused: "您已声明回避，不发给您这张评议票。", "You have declared a recusal: there is no paper for you.";
        NotReviewer: "您列席本项，不参加评议。", "You attend this item without evaluating.";
        RecuseWhy: "您将不领取对这位述职人的评议票；仍留在会场。按 Y 确认，按其他键取消。", "You get no paper for this official; you stay in the room. Y confirms, any other key goes back.";
        // the floor
        YouSpeak: "您可以发言", "You have the floor";
        YouWait: "您已请求发言", "You have asked for the floor";
        Refused: "主持人没有安排您发言", "The presiding officer does not give you the floor";
        Speaking: "发言", "Speaking";
        // result
        Result: "评议结果", "Evaluation";
        Ranking: "评议排名", "Ranking";
        RankTitle: "名次", "Rank";
        Verdict: "结论", "Verdict";
        Consequence: "处理", "What follows";
        AllReviewers: "全体评议人", "All reviewers";
        Together: "合计", "Together";
        MergedSmall: "有一组到场不足 5 人，为保密合并计票。", "A group has fewer than five present and is counted together, for secrecy.";
        NobodyMarked: "没有收回评议票，没有结论。", "No paper came back: there is no verdict.";
    }
}

/// What the pages of the own paper say of an evaluation, where it is something else than of a vote.
pub const fn of_evaluation(lang: Lang, text: Terminal) -> &'static str {
    let (zh, en) = match text {
        Terminal::PaperTitle => ("评议票", "Evaluation paper"),
        Terminal::PaperPreparing => ("正在为您领取评议票…", "Your evaluation paper is being prepared…"),
        Terminal::PaperConfirmed => ("您的评议票已备好。", "Your evaluation paper is ready."),
        Terminal::PaperAbsent => (
            "本轮发票时您不在场，没有评议票。",
            "You were not in the room when papers were issued; there is none for you in this round.",
        ),
        Terminal::PaperDeclined => ("您没有领取本轮的评议票。", "You declined a paper in this round."),
        Terminal::ReturnedTitle => ("您的评议票已投出。", "Your evaluation is returned."),
        Terminal::NotReturnedTitle => {
            ("评议已经结束，您没有投票。", "The evaluation is over and you returned no paper.")
        }
        Terminal::NotReturnedWhy => (
            "未收回的评议票不计入评议结果。",
            "A paper that is not returned is not counted in the evaluation.",
        ),
        other => return other.text(lang),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// How far an official is.
pub const fn stage(stage: &OfficialStage) -> Official {
    match stage {
        OfficialStage::ToCome => Official::ToCome,
        OfficialStage::Findings => Official::Findings,
        OfficialStage::Reporting => Official::Reporting,
        OfficialStage::Questioning => Official::Questioning,
        OfficialStage::Evaluating => Official::Evaluating,
        OfficialStage::Declared => Official::Declared,
        OfficialStage::PutOff { .. } => Official::PutOff,
    }
}

/// The head of an evaluation paper: about whom, and how many lines.
pub fn paper_title(lang: Lang, name: &str, post: &str, lines: usize) -> String {
    match (lang, lines) {
        (Lang::Zh, _) => format!("评议票：{name}  {post}（{lines} 项）"),
        (Lang::En, 1) => format!("Evaluation: {name}, {post} (1 line)"),
        (Lang::En, _) => format!("Evaluation: {name}, {post} ({lines} lines)"),
    }
}

/// How many lines of an evaluation are not marked.
pub fn unmarked(lang: Lang, left: usize) -> String {
    match (lang, left) {
        (Lang::Zh, 0) => "全部选完，按 Enter 复核。".to_owned(),
        (Lang::Zh, _) => format!("还有 {left} 项未选。"),
        (Lang::En, 0) => "All lines are marked; Enter shows them for review.".to_owned(),
        (Lang::En, 1) => "1 line is not marked yet.".to_owned(),
        (Lang::En, _) => format!("{left} lines are not marked yet."),
    }
}

/// The name of a question.
pub fn question(lang: Lang, number: u32) -> String {
    match lang {
        Lang::Zh => format!("第 {number} 问"),
        Lang::En => format!("Question {number}"),
    }
}

/// That a question follows up another one.
pub fn follows(lang: Lang, number: u32) -> String {
    match lang {
        Lang::Zh => format!("追问第 {number} 问"),
        Lang::En => format!("follows up question {number}"),
    }
}

/// How a question stands. `place` is its place in the queue while it waits, from 1. Reasons come from outside and must
/// be cleaned.
pub fn standing(lang: Lang, standing: &Standing, place: Option<usize>) -> String {
    match (standing, lang) {
        (Standing::Waiting, Lang::Zh) => match place {
            Some(place) => format!("排队第 {place}"),
            None => "排队中".to_owned(),
        },
        (Standing::Waiting, Lang::En) => match place {
            Some(place) => format!("waiting, number {place}"),
            None => "waiting".to_owned(),
        },
        (Standing::OnFloor, _) => Official::OnFloor.text(lang).to_owned(),
        (Standing::Returned { reason }, Lang::Zh) => format!("退回：{reason}"),
        (Standing::Returned { reason }, Lang::En) => format!("returned: {reason}"),
        (Standing::Merged { into }, Lang::Zh) => format!("并入第 {into} 问"),
        (Standing::Merged { into }, Lang::En) => format!("merged into question {into}"),
        (Standing::Ended(ended), _) => self::ended(lang, ended),
    }
}

/// How a question ended.
pub fn ended(lang: Lang, ended: &Ended) -> String {
    match (ended, lang) {
        (Ended::Answered, Lang::Zh) => "已答复".to_owned(),
        (Ended::Answered, Lang::En) => "answered".to_owned(),
        (Ended::Promised { due_on }, _) => promised(lang, *due_on),
        (Ended::Declined { reason }, Lang::Zh) => format!("不予质询：{reason}"),
        (Ended::Declined { reason }, Lang::En) => format!("declined: {reason}"),
        (Ended::Withdrawn, Lang::Zh) => "已撤回".to_owned(),
        (Ended::Withdrawn, Lang::En) => "withdrawn".to_owned(),
    }
}

fn promised(lang: Lang, due_on: Date) -> String {
    let day = common::date(lang, due_on);
    match lang {
        Lang::Zh => format!("承诺 {day} 前书面答复"),
        Lang::En => format!("promised in writing by {day}"),
    }
}

/// How many characters were written of how many.
pub fn written(lang: Lang, chars: usize, chars_max: usize) -> String {
    match lang {
        Lang::Zh => format!("{chars}/{chars_max} 字"),
        Lang::En => format!("{chars} of {chars_max} characters"),
    }
}

/// How many slips are left.
pub fn slips_left(lang: Lang, left: u32) -> String {
    match (lang, left) {
        (Lang::Zh, _) => format!("还可用 {left} 张"),
        (Lang::En, 1) => "1 left".to_owned(),
        (Lang::En, _) => format!("{left} left"),
    }
}

/// How many questions wait and how many are over.
pub fn questions_so_far(lang: Lang, waiting: usize, over: usize) -> String {
    match lang {
        Lang::Zh => format!("排队 {waiting}   已结束 {over}"),
        Lang::En => format!("{waiting} waiting   {over} over"),
    }
}

/// Which hit of a search of how many.
pub fn hit(lang: Lang, hit: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {hit} 处，共 {of} 处"),
        Lang::En => format!("{hit} of {of}"),
    }
}

/// The place in the queue for the floor.
pub fn floor_place(lang: Lang, place: usize) -> String {
    match lang {
        Lang::Zh => format!("前面还有 {} 位", place.saturating_sub(1)),
        Lang::En => format!("number {place} in the queue"),
    }
}

/// Which official of how many.
pub fn place(lang: Lang, place: usize, of: usize) -> String {
    match lang {
        Lang::Zh => format!("第 {place} 位，共 {of} 位"),
        Lang::En => format!("{place} of {of}"),
    }
}
