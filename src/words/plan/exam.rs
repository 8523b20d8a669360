//! What is wrong with an exam or its bank of questions, and how to mend it.

use super::super::exam::kind;
use super::Lang;
use super::what::material;
use crate::plan::MaterialFault;
use crate::plan::bank::{BANK_BYTES_MAX, BANK_FORMAT, OPTIONS_MAX, OPTIONS_MIN};
use crate::plan::mistake::{BankMistake as B, ExamMistake as M};

/// What is wrong with an exam.
pub(super) fn what(lang: Lang, mistake: &M) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match mistake {
        M::BankOutside(path) => {
            t(format!("题库“{path}”在 exam 目录之外"), format!("the bank `{path}` lies outside of exam/"))
        }
        M::BankForm(path) => t(
            format!("题库“{path}”既不是 .toml 也不是 .csv"),
            format!("the bank `{path}` is neither .toml nor .csv"),
        ),
        M::Bank { path, fault } => material(lang, (lang.pick("题库", "bank"), path), *fault),
        M::NothingDrawn => t("没有写明抽取哪些试题".into(), "an exam for which nothing is drawn".into()),
        M::NoMarks => t("答对也不得分".into(), "a right answer is worth nothing".into()),
        M::PartialNotLess { partial, marks } => t(
            format!("少选得 {partial} 分，不少于全对的 {marks} 分"),
            format!("an incomplete answer gets {partial}, no less than the {marks} of a complete one"),
        ),
        M::PassMark { pass_mark, full } => t(
            format!("满分 {full} 分，合格线却是 {pass_mark} 分"),
            format!("a pass mark of {pass_mark} where there are {full} marks"),
        ),
        M::Quorum => t("考试不设法定人数".into(), "an exam has no quorum".into()),
        M::OpenWithoutTexts => {
            t("开卷考试没有可查阅的材料".into(), "an open book with no texts to look into".into())
        }
        M::TextsOfClosed => t("闭卷考试却附有材料".into(), "a closed book with texts".into()),
        M::NoCandidates => t("没有考生".into(), "an exam with no candidates".into()),
        M::CandidateTwice { person, .. } => {
            t(format!("考生“{person}”写了两遍"), format!("`{person}` is a candidate twice"))
        }
        M::CandidatePresides { person } => {
            t(format!("主持人“{person}”又是考生"), format!("`{person}` presides and is a candidate"))
        }
        M::NoThird { attempt } => t(
            format!("没有第 {attempt} 次考试：只补考一次"),
            format!("there is no attempt {attempt}: there is one make-up, and then never"),
        ),
        M::NoFirstFailed => t(
            "补考没有写明首次不合格的日期".into(),
            "a make-up that does not say when the first attempt failed".into(),
        ),
        M::FirstFailedOfFirst => t(
            "首次考试却写有首次不合格的日期".into(),
            "a first attempt that says when a first attempt failed".into(),
        ),
        M::BeforeFirst { failed_on, held_on } => t(
            format!("补考日 {held_on} 不在首次考试日 {failed_on} 之后"),
            format!("the make-up on {held_on} is not after the first attempt on {failed_on}"),
        ),
        M::TooLate { until, held_on } => t(
            format!("补考期限为半年，至 {until} 为止，而考试日为 {held_on}"),
            format!("the half year for the make-up ended on {until}, and the exam is on {held_on}"),
        ),
    }
}

/// How to mend an exam.
pub(super) fn mend(lang: Lang, mistake: &M) -> String {
    let t = |zh: &str, en: &str| lang.pick(zh.to_owned(), en.to_owned());
    match mistake {
        M::BankOutside(_) | M::BankForm(_) => t(
            "写 exam 目录内的 .toml 或 .csv 文件，如 `bank = \"bank.toml\"`",
            "name a .toml or .csv file below exam/, such as `bank = \"bank.toml\"`",
        ),
        M::Bank { path, fault } => match fault {
            MaterialFault::Missing | MaterialFault::Empty => lang.pick(
                format!("写好 exam/{path}，或改正 `bank`"),
                format!("write exam/{path}, or correct `bank`"),
            ),
            MaterialFault::Unreadable => t("检查文件的权限", "see that the file may be read"),
            MaterialFault::NotText => t("另存为 UTF-8 纯文本", "save it as plain text in UTF-8"),
            MaterialFault::TooLong => too_long(lang),
            MaterialFault::Outside | MaterialFault::NotInPlan => {
                t("把文件本身放进 exam", "put the file itself into exam/")
            }
        },
        M::NothingDrawn => t(
            "写 `single = { draw = 20, marks = 2 }`，`multiple`、`true_false` 同样",
            "write `single = { draw = 20, marks = 2 }`; `multiple` and `true_false` alike",
        ),
        M::NoMarks => t("写 `marks = 1` 或以上", "write `marks = 1` or more"),
        M::PartialNotLess { .. } => t(
            "`partial` 应小于 `marks`；不写则少选不得分",
            "make `partial` less than `marks`, or leave it out",
        ),
        M::PassMark { full, .. } => lang.pick(
            format!("写 1 至 {full} 之间的 `pass_mark`，或改 `draw`、`marks`"),
            format!("write a `pass_mark` from 1 to {full}, or change `draw` or `marks`"),
        ),
        M::Quorum => t("删去 `quorum`", "take `quorum` out"),
        M::OpenWithoutTexts => t(
            "加 `texts = [{ title = \"…\", path = \"….md\" }]`，或写 `book = \"closed\"`",
            "add `texts = [{ title = \"…\", path = \"….md\" }]`, or write `book = \"closed\"`",
        ),
        M::TextsOfClosed => {
            t("删去 `texts`，或写 `book = \"open\"`", "take `texts` out, or write `book = \"open\"`")
        }
        M::NoCandidates => {
            t("每名考生加一段 [[items.candidates]]", "add a block [[items.candidates]] for each")
        }
        M::CandidateTwice { first, .. } => lang.pick(
            format!("第一处在第 {} 行；删去其中一处", first.line),
            format!("the first is on line {}; take one of them out", first.line),
        ),
        M::CandidatePresides { .. } => t("改由他人主持", "let somebody else preside"),
        M::NoThird { .. } => t("首次写 1 或不写，补考写 2", "write 1 or nothing; 2 for the make-up"),
        M::NoFirstFailed => t("如 `first_failed = 2027-01-15`", "such as `first_failed = 2027-01-15`"),
        M::FirstFailedOfFirst => {
            t("补考则写 `attempt = 2`，否则删去", "write `attempt = 2` for a make-up, or take it out")
        }
        M::BeforeFirst { .. } => t("改正日期", "correct the date"),
        M::TooLate { .. } => t(
            "逾期不再补考：删去此考生，或改正日期",
            "there is no make-up any more: take the candidate out, or correct the date",
        ),
    }
}

/// What is wrong with a bank.
pub(super) fn bank_what(lang: Lang, mistake: &B) -> String {
    let t = |zh: String, en: String| lang.pick(zh, en);
    match mistake {
        B::TooLong { .. } => t("题库过长".into(), "a bank that is too long".into()),
        B::UnknownFormat(format) => {
            t(format!("题库格式“{format}”无法识别"), format!("unknown format `{format}` of a bank"))
        }
        B::Empty => t("题库里没有试题".into(), "a bank without questions".into()),
        B::OpenQuote => t("引号没有闭合".into(), "a quotation mark that nothing closes".into()),
        B::Column { found, wanted } if wanted.is_empty() => {
            t(format!("多余的一列“{found}”"), format!("one column too many, `{found}`"))
        }
        B::Column { found, wanted } if found.is_empty() => {
            t(format!("缺少一列“{wanted}”"), format!("the column `{wanted}` is missing"))
        }
        B::Column { found, wanted } => t(
            format!("此列应为“{wanted}”，不是“{found}”"),
            format!("a column `{found}` where `{wanted}` must be"),
        ),
        B::CellsOver { columns } => t(
            format!("本行超出表头的 {columns} 列"),
            format!("more cells than the {columns} columns of the head"),
        ),
        B::UnknownKind(word) => t(format!("没有题型“{word}”"), format!("unknown kind of question `{word}`")),
        B::NoTruth(word) if word.is_empty() => {
            t("判断题没有写明对错".into(), "a statement that is neither true nor false".into())
        }
        B::NoTruth(word) => t(
            format!("判断题的答案不能是“{word}”"),
            format!("a statement that is `{word}`, not true or false"),
        ),
        B::AskedTwice { .. } => t("同一道题写了两遍".into(), "the same question twice".into()),
        B::OptionsOfStatement => t("判断题写有选项".into(), "a statement with options".into()),
        B::Options { found } => t(
            format!("选项有 {found} 个"),
            format!("a question with {found} {}", if *found == 1 { "option" } else { "options" }),
        ),
        B::NoOption { letter, options } => t(
            format!("答案“{letter}”不在 {options} 个选项之内，或写了两遍"),
            format!("`{letter}` is none of the {options} options, or stands there twice"),
        ),
        B::NothingRight => t("没有正确答案".into(), "a question with no right answer".into()),
        B::SeveralRight { found } => t(
            format!("单选题有 {found} 个正确答案"),
            format!("{found} right answers where exactly one can be chosen"),
        ),
        B::TooFew { kind: of, found, drawn } => {
            let name = kind(lang, *of);
            t(
                format!("题库中{name}只有 {found} 道，计划抽取 {drawn} 道"),
                format!("{found} questions of the kind `{}`, and the plan draws {drawn}", of.name()),
            )
        }
    }
}

/// How to mend a bank.
pub(super) fn bank_mend(lang: Lang, mistake: &B) -> String {
    let t = |zh: &str, en: &str| lang.pick(zh.to_owned(), en.to_owned());
    match mistake {
        B::TooLong { .. } => too_long(lang),
        B::UnknownFormat(_) => lang
            .pick(format!("写 `format = \"{BANK_FORMAT}\"`"), format!("write `format = \"{BANK_FORMAT}\"`")),
        B::Empty => t("每道题加一段 [[questions]]", "add a block [[questions]] for each"),
        B::OpenQuote => t("补上引号；格内的引号写两遍", "close it; inside a cell write it twice"),
        B::Column { .. } | B::CellsOver { .. } => {
            t("表头为 id,kind,text,right,A,B,C,D…", "the head is id,kind,text,right,A,B,C,D…")
        }
        B::UnknownKind(_) => t(
            "写 single（单选）、multiple（多选）或 true_false（判断）",
            "write single, multiple or true_false",
        ),
        B::NoTruth(_) => t("写 true 或 false", "write true or false"),
        B::AskedTwice { first } => lang.pick(
            format!("第一处在第 {} 行；删去其中一道", first.line),
            format!("the first is on line {}; take one of them out", first.line),
        ),
        B::OptionsOfStatement => t("删去选项", "take the options out"),
        B::Options { .. } => lang.pick(
            format!("写 {OPTIONS_MIN} 至 {OPTIONS_MAX} 个"),
            format!("write {OPTIONS_MIN} to {OPTIONS_MAX}"),
        ),
        B::NoOption { options, .. } => {
            let last = u32::try_from(options.saturating_sub(1)).ok();
            let last = last.and_then(|place| char::from_u32(u32::from('A') + place)).unwrap_or('A');
            lang.pick(
                format!("用大写字母 A 至 {last}，各写一次"),
                format!("write capital letters from A to {last}, each once"),
            )
        }
        B::NothingRight => t("写明答案，如 `right = \"A\"`", "say which is, such as `right = \"A\"`"),
        B::SeveralRight { .. } => {
            t("只留一个，或写 `kind = \"multiple\"`", "leave one, or write `kind = \"multiple\"`")
        }
        B::TooFew { .. } => t("补足题库，或少抽几道", "add questions to the bank, or draw fewer"),
    }
}

fn too_long(lang: Lang) -> String {
    let kib = BANK_BYTES_MAX / 1024;
    lang.pick(format!("最多 {kib} KiB"), format!("at most {kib} KiB"))
}
