//! An exam, as console, terminal and display speak of it.

use jiff::civil::Date;

use super::{Lang, common};
use crate::meeting::{ExamFigures, ExamPhase};
use crate::plan::{Book, Candidate, Exam};
use crate::rules::{ExamOutcome, QuestionKind};

texts! {
    /// Fixed texts of an exam.
    pub enum ExamText {
        Seating: "考生就座", "Candidates take their places";
        Running: "考试进行中", "The exam is on";
        Marking: "考试结束，正在阅卷", "The exam is over and is being marked";
        Marked: "阅卷完毕，待宣布", "Marked; results are to be declared";
        Results: "考试成绩", "Results of the exam";
        Candidate: "考生", "Candidate";
        Candidates: "考生", "Candidates";
        Seated: "就座", "seated";
        HandedIn: "已交卷", "handed in";
        Answering: "答题中", "answering";
        NotSeated: "未就座", "not seated";
        Absent: "缺考", "absent";
        Attempt: "次别", "Attempt";
        First: "首次", "first";
        MakeUp: "补考", "make-up";
        Marks: "得分", "Marks";
        PassMark: "合格线", "Pass mark";
        Passed: "合格", "passed";
        Deferred: "不合格", "failed";
        FailedAgain: "补考不合格", "failed again";
        OpenBook: "开卷", "open book";
        ClosedBook: "闭卷", "closed book";
        Paused: "计时已暂停", "the clock is paused";
        PausedWhy: "试卷已遮住，请等候。计时恢复后，屏幕会自动继续；您的答案都在。", "The paper is covered; please wait. It comes back by itself when the clock goes on, with all your answers.";
        // the candidate's terminal
        PlaceTitle: "就座", "Take your place";
        PlacePress: "请按 Enter 就座", "Press Enter to take your place";
        PlaceTaken: "您已就座。", "You have taken your place.";
        PlaceWait: "等待主持人宣布考试开始；试卷会自动出现。", "Waiting for the exam to begin; your paper then appears by itself.";
        PlaceLate: "考试已经开始。按 Enter 就座，只有剩下的时间。", "The exam is on. Press Enter to take your place; you have the time that is left.";
        PlaceHow: "答案随答随存：断线或终端重启，答案都在。交卷以前可以修改。", "Every answer is kept as you give it: neither a lost connection nor a restart loses one. Until you hand in you can change them.";
        PlaceOver: "考试已经结束，您没有参加。", "The exam is over, and you did not sit it.";
        Watching: "考生正在考试。您没有试卷。", "Candidates are sitting an exam. There is no paper for you.";
        PaperComes: "正在取您的试卷…", "Your paper is on its way…";
        PaperFault: "试卷没有取到：", "Your paper has not come: ";
        TrueOption: "正确", "true";
        FalseOption: "错误", "false";
        Saved: "答案已保存", "answers saved";
        Saving: "正在保存…", "saving…";
        NotSaved: "未连接：答案保存在本机，连上后自动上报", "not connected: answers are kept on this terminal and sent once it is back";
        Flagged: "待查", "marked for later";
        Overview: "答题情况", "All questions";
        OverviewAnswered: "已答", "answered";
        OverviewOpen: "未答", "open";
        HandInTitle: "交卷", "Hand in";
        HandInAsk: "交卷以后不能再修改。按 Y 交卷，按其他键返回继续答题。", "Once handed in, nothing can be changed. Y hands in; any other key goes back to the paper.";
        HandInAllAnswered: "所有试题都已作答。", "Every question is answered.";
        HandingIn: "正在交卷…", "Handing in…";
        HandedInTitle: "您已交卷。", "You have handed in.";
        HandedInWhy: "请安静离场或在座位上等候；考试结束后阅卷。", "Please leave quietly, or wait in your seat; papers are marked when the exam is over.";
        TimeUpTitle: "时间到。", "Time is up.";
        TimeUpWhy: "最后保存的答案已经收下，正在阅卷。", "The answers saved last are taken in, and are being marked.";
        MarkedTitle: "阅卷完毕。", "All papers are marked.";
        MarkedWhy: "等待主持人宣布成绩。", "Waiting for the presiding officer to declare the results.";
        OwnResult: "您的成绩", "Your result";
        AloneWhy: "成绩只告知本人；会场只公布人数。", "Results are told to each candidate alone; the room sees figures only.";
        TextsTitle: "可查阅的材料", "Texts of the open book";
        OpenBookHow: "开卷考试：按 I 查阅材料。", "An open book: I opens the texts.";
        NoTexts: "闭卷考试：不得查阅材料。", "A closed book: no texts may be looked into.";
        // console and display
        NobodySeated: "还没有人就座", "nobody has taken a place yet";
        AwaitHandIn: "已交卷的终端保持安静；全部交卷或时间到，考试自动结束。", "The exam ends by itself when all have handed in, or when the time is up.";
        MarksAfterEnd: "考试结束以前，谁也看不到得分。", "Nobody sees anybody's marks before the end.";
        BankSealed: "题库和抽题种子的哈希已在记录第一行封存。", "The hashes of the bank and of the seed of the draw stand in the first line of the record.";
        Declared: "成绩已宣布", "results declared";
        TimeLeft: "剩余时间", "Time left";
    }
}

impl ExamText {
    /// The title of a phase.
    pub const fn phase(phase: ExamPhase) -> Self {
        match phase {
            ExamPhase::Seating => Self::Seating,
            ExamPhase::Running => Self::Running,
            ExamPhase::Marking => Self::Marking,
            ExamPhase::Marked => Self::Marked,
        }
    }

    /// Whether the book is open.
    pub const fn book(book: Book) -> Self {
        match book {
            Book::Open => Self::OpenBook,
            Book::Closed => Self::ClosedBook,
        }
    }

    /// The name of an attempt.
    pub const fn attempt(candidate: &Candidate) -> Self {
        if candidate.attempt > 1 { Self::MakeUp } else { Self::First }
    }
}

/// A kind of question.
pub fn kind(lang: Lang, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single => lang.pick("单选题", "single choice"),
        QuestionKind::Multiple => lang.pick("多选题", "multiple choice"),
        QuestionKind::TrueFalse => lang.pick("判断题", "true or false"),
    }
}

/// How a question of a kind is answered.
pub fn how(lang: Lang, kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Single => lang.pick("选一项", "choose one"),
        QuestionKind::Multiple => lang.pick("选一项或多项", "choose one or more"),
        QuestionKind::TrueFalse => lang.pick("判断对错", "true or false"),
    }
}

/// `20 × 2, 10 × 4, 20 × 1: 100 marks, pass mark 80`.
pub fn composition(lang: Lang, exam: &Exam) -> String {
    let parts: Vec<String> = exam
        .sections
        .iter()
        .map(|section| {
            let (name, draw, marks) = (kind(lang, section.kind), section.draw, section.marks);
            let partial = match section.partial {
                0 => String::new(),
                partial => lang.pick(format!("，少选得{partial}分"), format!(", {partial} if incomplete")),
            };
            lang.pick(
                format!("{name}{draw}道，每道{marks}分{partial}"),
                format!("{draw} {name} of {}{partial}", self::marks(lang, marks)),
            )
        })
        .collect();
    let (full, pass) = (exam.full_marks(), exam.pass_mark);
    match lang {
        Lang::Zh => format!("{}；满分{full}分，{pass}分合格", parts.join("；")),
        Lang::En => format!("{}; {full} marks in all, pass mark {pass}", parts.join("; ")),
    }
}

/// So many marks.
pub fn marks(lang: Lang, marks: u32) -> String {
    match lang {
        Lang::Zh => format!("{marks}分"),
        Lang::En if marks == 1 => "1 mark".to_owned(),
        Lang::En => format!("{marks} marks"),
    }
}

/// How long it takes, and whether the book is open.
pub fn terms(lang: Lang, exam: &Exam) -> String {
    let (minutes, book) = (exam.seconds / 60, ExamText::book(exam.book).text(lang));
    lang.pick(format!("{book}，{minutes}分钟"), format!("{book}, {minutes} minutes"))
}

/// What follows for a candidate, in full.
pub fn outcome(lang: Lang, outcome: ExamOutcome) -> String {
    match outcome {
        ExamOutcome::Passed => ExamText::Passed.text(lang).to_owned(),
        ExamOutcome::Deferred { make_up_until } => {
            let until = common::date(lang, make_up_until);
            lang.pick(
                format!("不合格，建议暂缓；可在{until}前补考一次"),
                format!("failed: deferral advised; one make-up until {until}"),
            )
        }
        ExamOutcome::FailedAgain => {
            lang.pick("补考仍不合格，不予任命".to_owned(), "failed again: not to be appointed".to_owned())
        }
    }
}

/// What follows, in a word or two.
pub fn outcome_word(lang: Lang, outcome: ExamOutcome) -> &'static str {
    match outcome {
        ExamOutcome::Passed => ExamText::Passed.text(lang),
        ExamOutcome::Deferred { .. } => lang.pick("不合格 · 建议暂缓", "failed: deferral advised"),
        ExamOutcome::FailedAgain => lang.pick("补考不合格 · 不予任命", "failed again"),
    }
}

/// `12 seated of 14, 3 handed in`.
pub fn seated(lang: Lang, candidates: usize, seated: usize, handed_in: usize) -> String {
    match lang {
        Lang::Zh => format!("考生{candidates}名，就座{seated}名，已交卷{handed_in}名"),
        Lang::En => {
            let noun = if candidates == 1 { "candidate" } else { "candidates" };
            format!("{candidates} {noun}, {seated} seated, {handed_in} handed in")
        }
    }
}

/// The figures of all results.
pub fn figures(lang: Lang, candidates: usize, figures: ExamFigures) -> String {
    let ExamFigures { sat, passed, deferred, failed_again } = figures;
    let absent = u32::try_from(candidates).unwrap_or(u32::MAX).saturating_sub(sat);
    let mut parts = match lang {
        Lang::Zh => vec![format!("参加考试{sat}名"), format!("合格{passed}名")],
        Lang::En => vec![format!("{sat} sat the exam"), format!("{passed} passed")],
    };
    if deferred > 0 {
        parts.push(
            lang.pick(
                format!("不合格、建议暂缓{deferred}名"),
                format!("{deferred} failed (deferral advised)"),
            ),
        );
    }
    if failed_again > 0 {
        parts.push(
            lang.pick(format!("补考仍不合格{failed_again}名"), format!("{failed_again} failed the make-up")),
        );
    }
    if absent > 0 {
        parts.push(lang.pick(format!("缺考{absent}名"), format!("{absent} absent")));
    }
    parts.join(lang.pick("，", ", "))
}

/// `Question 7 of 50, single choice, 2 marks`.
pub fn question_of(lang: Lang, number: usize, of: usize, question: QuestionKind, worth: u32) -> String {
    let (kind, worth) = (kind(lang, question), marks(lang, worth));
    lang.pick(
        format!("第{number}题，共{of}题 · {kind} · {worth}"),
        format!("Question {number} of {of} · {kind} · {worth}"),
    )
}

/// How many are answered, and marked for later.
pub fn answered(lang: Lang, answered: usize, of: usize, flagged: usize) -> String {
    let open = of.saturating_sub(answered);
    match lang {
        Lang::Zh => format!("已答{answered}题，未答{open}题，待查{flagged}题"),
        Lang::En => format!("{answered} answered, {open} open, {flagged} marked for later"),
    }
}

/// What is still open when somebody wants to hand in.
pub fn still_open(lang: Lang, open: usize, flagged: usize) -> String {
    let mut parts = Vec::new();
    if open > 0 {
        parts.push(match lang {
            Lang::Zh => format!("还有{open}题没有作答"),
            Lang::En => {
                format!("{open} {} not answered", if open == 1 { "question is" } else { "questions are" })
            }
        });
    }
    if flagged > 0 {
        parts.push(match lang {
            Lang::Zh => format!("{flagged}题标为待查"),
            Lang::En => format!("{flagged} {} marked for later", if flagged == 1 { "is" } else { "are" }),
        });
    }
    let end = lang.pick("。", ".");
    if parts.is_empty() {
        ExamText::HandInAllAnswered.text(lang).to_owned()
    } else {
        format!("{}{end}", parts.join(lang.pick("，", ", ")))
    }
}

/// Who is here and has no place, before the exam begins.
pub fn not_seated(lang: Lang, count: usize, names: &str) -> String {
    match lang {
        Lang::Zh => format!("还有{count}名到场的考生没有就座：{names}"),
        Lang::En => format!("{count} here without a place: {names}"),
    }
}

/// Who has not handed in, before the exam is ended by hand.
pub fn not_handed_in(lang: Lang, count: usize, names: &str) -> String {
    match lang {
        Lang::Zh => format!("还有{count}名没有交卷：{names}；按最后保存的答案阅卷"),
        Lang::En => format!("{count} have not handed in: {names}; the answers they saved last are marked"),
    }
}

/// The marks of a candidate: `86 of 100`.
pub fn of_full(lang: Lang, marks: u32, full: u32) -> String {
    lang.pick(format!("{marks} / {full} 分"), format!("{marks} of {full} marks"))
}

/// When the first attempt failed.
pub fn first_failed(lang: Lang, date: Date) -> String {
    let date = common::date(lang, date);
    lang.pick(format!("首次{date}不合格"), format!("first attempt failed on {date}"))
}

/// What a clerk reads of an exam that is ready.
pub fn ready(lang: Lang, exam: &Exam) -> String {
    let candidates = exam.candidates.len();
    let make_ups = exam.candidates.iter().filter(|candidate| candidate.attempt > 1).count();
    let (terms, composition) = (terms(lang, exam), composition(lang, exam));
    match lang {
        Lang::Zh => {
            let make_ups =
                if make_ups > 0 { format!("（其中补考{make_ups}名）") } else { String::new() };
            format!("考生 {candidates} 名{make_ups}，{terms}\n   试卷：{composition}")
        }
        Lang::En => {
            let make_ups = if make_ups > 0 { format!(" ({make_ups} make-up)") } else { String::new() };
            let noun = if candidates == 1 { "candidate" } else { "candidates" };
            format!("{candidates} {noun}{make_ups}, {terms}\n   paper: {composition}")
        }
    }
}
