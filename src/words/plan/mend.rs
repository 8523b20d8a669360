//! How to mend it: one advice for each kind of mistake.

use super::{Lang, added, exam, joint, matter, review, term};
use crate::plan::folder::MATERIAL_BYTES_MAX;
use crate::plan::mistake::{MaterialFault, MistakeKind, Named, Rule, ValueType};

/// How to mend it.
pub(super) fn mend(lang: Lang, kind: &MistakeKind) -> String {
    use MistakeKind as M;
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::Syntax(_) => t(
            "写成 `键 = \"值\"`，引号、括号成对".into(),
            "write `key = \"value\"`; quotes and brackets come in pairs".into(),
        ),
        M::FullWidthMark { ascii, .. } => t(format!("换成英文标点 `{ascii}`"), format!("write `{ascii}`")),
        M::PlanTooLong { bytes_max } => {
            let kib = bytes_max / 1024;
            t(
                format!("不超过 {kib} KiB；材料放在 materials 内"),
                format!("at most {kib} KiB; materials belong into materials/"),
            )
        }
        M::UnknownFormat(_) => t(
            format!("本程序读写 `{}`", crate::plan::FORMAT),
            format!("this program knows `{}`", crate::plan::FORMAT),
        ),
        M::UnknownKey { near: Some(near), .. } | M::UnknownWord { near: Some(near), .. } => {
            did_you_mean(lang, near)
        }
        M::UnknownKey { near: None, known, .. } => {
            let known = list(lang, known);
            t(format!("此处可用：{known}"), format!("known here: {known}"))
        }
        M::UnknownWord { near: None, known, .. } => {
            let known = list(lang, known);
            t(format!("可用：{known}"), format!("one of {known}"))
        }
        M::MissingKey { key } => {
            let example = example(key);
            t(format!("加上 `{example}`"), format!("add `{example}`"))
        }
        M::WrongType { wanted, .. } => {
            let example = value_example(*wanted);
            t(format!("例如 {example}"), format!("for example {example}"))
        }
        M::NotADate(_) => t("写成 2027-03-12".into(), "write it as 2027-03-12".into()),
        M::NotAFraction(_) => t(
            "写两个整数，如 \"2/3\"，后一个不能是 0".into(),
            "write two whole numbers, such as \"2/3\", the second not 0".into(),
        ),
        M::NoBound => t(
            "加上 `at_least = \"2/3\"`（不少于）或 `more_than = \"1/2\"`（超过）".into(),
            "add `at_least = \"2/3\"` or `more_than = \"1/2\"`".into(),
        ),
        M::TwoBounds => t("删去其中一个".into(), "take one of them out".into()),
        M::QuorumNotOfDue(_) => t("写 `of = \"due\"`（应到）".into(), "write `of = \"due\"`".into()),
        M::QuorumOverAll { .. } => t(
            "调低比例或 `plus`，通常为 { at_least = \"2/3\" }".into(),
            "lower the fraction or `plus`; usual is { at_least = \"2/3\" }".into(),
        ),
        M::NeverCarried { .. } | M::NothingNeeded(Rule::Carried) => t(
            "调整比例或 `plus`，通常为 { of = \"due\", more_than = \"1/2\" }".into(),
            "change the fraction or `plus`; usual is { of = \"due\", more_than = \"1/2\" }".into(),
        ),
        M::NothingNeeded(Rule::Quorum) => {
            t("通常为 { at_least = \"2/3\" }".into(), "usual is { at_least = \"2/3\" }".into())
        }
        M::EmptyText { .. } => t("填上，或整行删去".into(), "fill it in, or take it out".into()),
        M::HiddenCharacter { .. } => t("删去后重新键入".into(), "delete it and type the text anew".into()),
        M::TextTooLong { characters_max, .. } => {
            t(format!("最多 {characters_max} 个字符"), format!("at most {characters_max} characters"))
        }
        M::BadId { named: Named::Item | Named::Group | Named::Official, .. } => t(
            "只用小写字母、数字和 _，最多 40 个".into(),
            "use lower-case letters, digits and _, at most 40".into(),
        ),
        M::BadId {
            named:
                Named::Person
                | Named::Line
                | Named::Dimension
                | Named::Question
                | Named::Department
                | Named::Considered,
            ..
        } => t(
            "只用英文字母、数字、_ 和 -，最多 40 个".into(),
            "use letters a to z, digits, _ and -, at most 40".into(),
        ),
        M::ReservedId(_) => t(
            "换一个；hub、console、以 display 开头的，以及 r 加数字的组别都不可用".into(),
            "choose another; hub, console, what begins with display, and r with a number for a group are taken".into(),
        ),
        M::DuplicateId { first, .. } | M::NomineeTwice { first, .. } => t(
            format!("第一处在第 {} 行；改动其中一个", first.line),
            format!("the first is on line {}; change one of them", first.line),
        ),
        M::UnknownGroup { near: Some(near), .. } | M::UnknownPerson { near: Some(near), .. } => {
            did_you_mean(lang, near)
        }
        M::UnknownGroup { near: None, .. } => {
            t("写 `groups` 中某一组的 `id`".into(), "write the `id` of one of the `groups`".into())
        }
        M::UnknownPerson { near: None, .. } => {
            t("写 `people` 中某人的 `id`".into(), "write the `id` of one of the `people`".into())
        }
        M::Repeated { .. } => t("删去一个".into(), "take one out".into()),
        M::TooMany { count_max, .. } => t(format!("最多 {count_max}"), format!("at most {count_max}")),
        M::NoMembers => t(
            "至少有一人属于 `standing = \"member\"` 的组别".into(),
            "put people into a group with `standing = \"member\"`".into(),
        ),
        M::NoItems => t("加上一段 [[items]]".into(), "add a block [[items]]".into()),
        M::NoPresiding => t(
            "给一人加上 `duties = [\"presiding\"]`".into(),
            "give one person `duties = [\"presiding\"]`".into(),
        ),
        M::TwoPresiding { .. } => {
            t("只留一人 `presiding`".into(), "leave `presiding` with one of them".into())
        }
        M::TooFewScrutineers { .. } => t(
            "给至少两名非人选的委员加上 `duties = [\"scrutineer\"]`".into(),
            "give at least two full members who are not nominees `duties = [\"scrutineer\"]`".into(),
        ),
        M::ThresholdOfConsole => t(
            "删去 `threshold`，或改 `trustees = \"scrutineers\"`".into(),
            "leave it out, or write `trustees = \"scrutineers\"`".into(),
        ),
        M::ThresholdOutOfReach { scrutineers, .. } => t(
            format!("写 1 至 {scrutineers} 之间的数，最好超过半数"),
            format!("choose between 1 and {scrutineers}, better more than half of them"),
        ),
        M::ThresholdOfOne => t(
            "改为 2 以上；确需如此，加上 `allow_single = true`".into(),
            "make it 2 or more; if it has to be so, add `allow_single = true`".into(),
        ),
        M::NeverOpened { .. } => t(
            "少于 5 张票的票箱不开启；加上 `small = \"open\"` 则开启并事先告知表决人".into(),
            "a box with fewer than 5 ballots stays closed; `small = \"open\"` opens it, and voters are told before"
                .into(),
        ),
        M::OnLeaveWithDuty { .. } => t(
            "去掉 leave = true，或请别人担任".into(),
            "take `leave = true` away, or give the duty to somebody else".into(),
        ),
        M::PresidingScrutineer { .. }
        | M::ScrutineerNotMember { .. }
        | M::ScrutineerNominee { .. }
        | M::ScrutineerRelative { .. } => t(
            "改由其他非人选、非亲属的委员监票".into(),
            "choose a full member who is neither a nominee nor a relative of one".into(),
        ),
        M::NoVoters => t(
            "写明表决的组别，如 `voters = [\"member\"]`".into(),
            "name the groups that vote, such as `voters = [\"member\"]`".into(),
        ),
        M::VotersNotMembers { .. } => t(
            "把它移到 `attendees`，或改 `standing = \"member\"`".into(),
            "move it to `attendees`, or make its `standing = \"member\"`".into(),
        ),
        M::VotersNobody { .. } => {
            t("加入人员，或从 `voters` 中删去".into(), "add its people, or take it out of `voters`".into())
        }
        M::VotesAndAttends { .. } => {
            t("从 `voters` 或 `attendees` 中删去".into(), "take it out of `voters` or of `attendees`".into())
        }
        M::NoLines { key } => {
            t(format!("每名人选加一段 [[items.{key}]]"), format!("add a block [[items.{key}]] for each"))
        }
        M::NotContested { .. } => t(
            "增加候选人或减少 `seats`；等额表决请写 `form = \"list\"`，不写 `seats`".into(),
            "add candidates or lower `seats`; to vote on a list as it is, write `form = \"list\"` without `seats`"
                .into(),
        ),
        M::SeatsOfList => t(
            "删去 `seats`；要从中选几名，改 `form = \"choose\"`".into(),
            "leave `seats` out; to choose some of them, write `form = \"choose\"`".into(),
        ),
        M::OtherName { .. } => t("改正姓名或编号".into(), "correct the name or the id".into()),
        M::PerhapsPerson { person, .. } => t(
            format!("是同一人则写 `person = \"{person}\"`，只是同名则写 `person = \"\"`"),
            format!("write `person = \"{person}\"` if it is the same person, `person = \"\"` if not"),
        ),
        M::OwnRelative { .. } => t("从 `relatives` 中删去".into(), "take it out of `relatives`".into()),
        M::PathOutside(_) => t(
            "写 materials 内的相对路径，用 /，不用 ..".into(),
            "write a path below materials/ with / and without ..".into(),
        ),
        M::Material { path, fault, named } => match fault {
            MaterialFault::Missing | MaterialFault::Empty if *named == Named::Official => t(
                format!("写好 materials/{path}：没有材料，不作报告"),
                format!("write materials/{path}: no material, no report"),
            ),
            MaterialFault::Missing | MaterialFault::Empty if *named == Named::Item => t(
                format!("写好 materials/{path}：没有文本，无从表决"),
                format!("write materials/{path}: no text, nothing to decide on"),
            ),
            MaterialFault::Missing | MaterialFault::Empty if *named == Named::Question => t(
                format!("写好 materials/{path}，或改正 `texts`"),
                format!("write materials/{path}, or correct `texts`"),
            ),
            MaterialFault::Missing | MaterialFault::Empty => t(
                format!("写好 materials/{path}：没有材料，不上表决票"),
                format!("write materials/{path}: no material, no ballot line"),
            ),
            MaterialFault::Unreadable => t("检查文件的权限".into(), "see that the file may be read".into()),
            MaterialFault::NotText => {
                t("另存为 UTF-8 纯文本".into(), "save it as plain text in UTF-8".into())
            }
            MaterialFault::TooLong => {
                let kib = MATERIAL_BYTES_MAX / 1024;
                t(format!("最多 {kib} KiB"), format!("at most {kib} KiB"))
            }
            MaterialFault::Outside => {
                t("把文件本身放进 materials".into(), "put the file itself into materials/".into())
            }
            MaterialFault::NotInPlan => t(
                "只能写计划已经引用的材料；新材料只能在会前写进计划".into(),
                "name one that the plan names; a new one goes into a plan before its meeting".into(),
            ),
        },
        M::OutOfRange { from, to, .. } => {
            t(format!("写 {from} 至 {to} 之间的整数"), format!("write a whole number from {from} to {to}"))
        }
        M::NoWeekend(_) => t(
            "`workdays` 只写调休上班的周六、周日".into(),
            "`workdays` is for Saturdays and Sundays on which people work".into(),
        ),
        M::HolidayAndWorkday(_) => t(
            "从 `holidays` 或 `workdays` 中删去".into(),
            "take it out of `holidays` or of `workdays`".into(),
        ),
        M::Review(mistake) => review::mend(lang, mistake),
        M::Joint(mistake) => joint::mend(lang, mistake),
        M::Term(mistake) => term::mend(lang, mistake),
        M::Added(mistake) => added::mend(lang, mistake),
        M::Matter(mistake) => matter::mend(lang, mistake),
        M::Exam(mistake) => exam::mend(lang, mistake),
        M::Bank(mistake) => exam::bank_mend(lang, mistake),
    }
}

pub(super) fn did_you_mean(lang: Lang, near: &str) -> String {
    lang.pick(format!("是否想写 `{near}`？"), format!("did you mean `{near}`?"))
}

fn value_example(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Text => "\"…\"",
        ValueType::Number => "1",
        ValueType::Date => "2027-03-12",
        ValueType::Texts => "[\"…\", \"…\"]",
        ValueType::Dates => "[2027-05-01, 2027-05-03]",
        ValueType::Flag => "true",
        ValueType::Quantity => "60, 59.5, \"200/3\"",
        ValueType::TextsOrTables => "[\"…\", \"…\"], [{ … = \"…\" }]",
        ValueType::SumOrWeights => "\"sum\", { … = 3, … = 1 }",
        ValueType::Table => "{ … = … }",
        ValueType::Tables => "[[…]]",
    }
}

/// What a missing key could look like.
fn example(key: &str) -> String {
    match key {
        "format" => format!("format = \"{}\"", crate::plan::FORMAT),
        "meeting" => "[meeting]".to_owned(),
        "groups" | "people" | "items" => format!("[[{key}]]"),
        "nominees" => "[[items.nominees]]".to_owned(),
        "date" => "date = 2027-03-12".to_owned(),
        "language" => "language = \"zh\"".to_owned(),
        "standing" => "standing = \"member\"".to_owned(),
        "kind" => "kind = \"nomination\"".to_owned(),
        "list" => "list = \"party\"".to_owned(),
        "voters" | "reviewers" => format!("{key} = [\"…\"]"),
        "dimensions" => "dimensions = [\"…\", \"…\"]".to_owned(),
        "officials" => "[[items.officials]]".to_owned(),
        "candidates" => "[[items.candidates]]".to_owned(),
        "questions" => "[[questions]]".to_owned(),
        "bank" => "bank = \"….toml\"".to_owned(),
        "options" => "options = [\"…\", \"…\"]".to_owned(),
        "right" => "right = \"A\"".to_owned(),
        "[items.verdict]" => key.to_owned(),
        "raised" | "studied" | "reviewed" => format!("{key} = {{ by = \"…\", on = 2027-03-01 }}"),
        "execution" | "check" => {
            format!("{key} = {{ owner = \"…\", task = \"…\", due_on = 2027-06-30 }}")
        }
        "on" | "due_on" => format!("{key} = 2027-03-01"),
        "matter" => "matter = \"project\"".to_owned(),
        "about" => "about = \"agenda\"".to_owned(),
        "how" => "how = \"hands\"".to_owned(),
        "draft" => "draft = \"….md\"".to_owned(),
        "by" => "by = \"score\"".to_owned(),
        "bands" => "bands = [{ … }, { … }]".to_owned(),
        "shares" => "shares = [{ … }, { … }]".to_owned(),
        "otherwise" => "otherwise = { verdict = \"…\" }".to_owned(),
        "from" => "from = 60".to_owned(),
        "report" | "findings" | "introduction" | "inspection" => format!("{key} = \"….md\""),
        _ => format!("{key} = \"…\""),
    }
}

fn list(lang: Lang, words: &[&str]) -> String {
    words.join(lang.pick("、", ", "))
}
