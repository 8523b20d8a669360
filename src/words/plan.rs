//! What is wrong with a plan, in a sentence, and how to mend it.

use super::Lang;
use crate::plan::folder::MATERIAL_BYTES_MAX;
use crate::plan::mistake::{Limited, MaterialFault, Mistake, MistakeKind, Named, Place, Rule, ValueType};
use crate::rules::Base;

/// A mistake as the clerk reads it: the place and what is wrong there, and on the next line how to mend it.
pub fn mistake(lang: Lang, mistake: &Mistake) -> String {
    let hint = lang.pick("办法", "hint");
    let colon = lang.pick("\u{ff1a}", ": ");
    format!(
        "{}: {}\n    {hint}{colon}{}",
        place(&mistake.place),
        what(lang, &mistake.what),
        mend(lang, &mistake.what)
    )
}

/// `plan.toml:12:8`, which editors and terminals know how to open.
pub fn place(place: &Place) -> String {
    format!("{}:{}:{}", place.file, place.line, place.column)
}

/// How many mistakes there are.
pub fn mistakes(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::Zh, _) => format!("计划中有 {count} 处错误"),
        (Lang::En, 1) => "1 mistake in the plan".to_owned(),
        (Lang::En, _) => format!("{count} mistakes in the plan"),
    }
}

/// What is wrong.
fn what(lang: Lang, kind: &MistakeKind) -> String {
    use MistakeKind as M;
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::Syntax(reason) => t(format!("不是 TOML 写法（{reason}）"), format!("not TOML: {reason}")),
        M::FullWidthMark { mark, .. } => {
            t(format!("此处用了中文标点“{mark}”"), format!("a full-width mark `{mark}` where TOML has none"))
        }
        M::PlanTooLong { .. } => t("计划文件过长".into(), "the plan is too long".into()),
        M::UnknownFormat(format) => t(format!("未知格式“{format}”"), format!("unknown format `{format}`")),
        M::UnknownKey { key, .. } => t(format!("未知的键 `{key}`"), format!("unknown key `{key}`")),
        M::MissingKey { key } => t(format!("缺少 `{key}`"), format!("`{key}` is missing")),
        M::WrongType { key, wanted } => {
            let wanted = value_type(lang, *wanted);
            t(format!("`{key}` 应为{wanted}"), format!("`{key}` is to be {wanted}"))
        }
        M::UnknownWord { key, word, .. } => {
            t(format!("`{key}` 不能是“{word}”"), format!("unknown {key} `{word}`"))
        }
        M::NotADate(text) => t(format!("“{text}”不是日期"), format!("`{text}` is not a date")),
        M::NotAFraction(text) => t(format!("“{text}”不是分数"), format!("`{text}` is not a fraction")),
        M::NoBound => t(
            "没有写明比例：缺 `at_least` 或 `more_than`".into(),
            "no fraction: neither `at_least` nor `more_than`".into(),
        ),
        M::TwoBounds => t(
            "`at_least` 与 `more_than` 不能同时写".into(),
            "both `at_least` and `more_than` are given".into(),
        ),
        M::QuorumNotOfDue(of) => {
            let of = base(lang, *of);
            t(format!("法定人数不能按{of}计算"), format!("a quorum cannot be taken of {of}"))
        }
        M::QuorumOverAll { needed, due } => t(
            format!("法定人数超过全体：须到 {needed} 人，应到只有 {due} 人"),
            format!("quorum over 100 %: {needed} needed, {due} due"),
        ),
        M::NeverCarried { needed, due } => t(
            format!("永远无法通过：须同意 {needed} 票，应到只有 {due} 人"),
            format!("can never be carried: {needed} needed, {due} due"),
        ),
        M::NothingNeeded(Rule::Quorum) => {
            t("法定人数为零".into(), "a quorum that nobody is needed for".into())
        }
        M::NothingNeeded(Rule::Carried) => {
            t("无人同意也能通过".into(), "carried even when nobody agrees".into())
        }
        M::EmptyText { key } => t(format!("`{key}` 为空"), format!("`{key}` is empty")),
        M::HiddenCharacter { key, character } => {
            let code = u32::from(*character);
            t(
                format!("`{key}` 中有看不见的字符 U+{code:04X}"),
                format!("`{key}` has a hidden character U+{code:04X}"),
            )
        }
        M::TextTooLong { key, characters, .. } => t(
            format!("`{key}` 过长：{characters} 个字符"),
            format!("`{key}` is too long: {characters} characters"),
        ),
        M::BadId { id, named } => {
            let named = thing(lang, *named);
            t(format!("{named}编号“{id}”不可用"), format!("`{id}` cannot be the id of {named}"))
        }
        M::ReservedId(id) => t(format!("编号“{id}”由系统使用"), format!("the id `{id}` is reserved")),
        M::DuplicateId { id, named, .. } => {
            let named = thing(lang, *named);
            t(format!("{named}编号“{id}”重复"), format!("duplicate id `{id}` of {named}"))
        }
        M::UnknownGroup { id, .. } => t(format!("没有组别“{id}”"), format!("unknown group `{id}`")),
        M::UnknownPerson { id, .. } => t(format!("没有人员“{id}”"), format!("unknown person `{id}`")),
        M::Repeated { word } => t(format!("“{word}”写了两遍"), format!("`{word}` is listed twice")),
        M::TooMany { what, count, .. } => {
            let what = limited(lang, *what);
            t(format!("{what}过多：{count}"), format!("too many {what}: {count}"))
        }
        M::NoMembers => t("没有委员".into(), "there are no full members".into()),
        M::NoItems => t("没有议程".into(), "there is no item of business".into()),
        M::NoPresiding => t("没有主持人".into(), "nobody presides".into()),
        M::TwoPresiding { first } => {
            t(format!("已有主持人{first}"), format!("a second presiding officer, after {first}"))
        }
        M::PresidingScrutineer { person } => t(
            format!("主持人{person}不能兼任监票人"),
            format!("the presiding officer {person} cannot be a scrutineer"),
        ),
        M::TooFewScrutineers { found } => {
            t(format!("监票人不足：{found} 名"), format!("too few scrutineers: {found}"))
        }
        M::ScrutineerNotMember { person } => {
            t(format!("监票人{person}不是委员"), format!("the scrutineer {person} is not a full member"))
        }
        M::ScrutineerNominee { person } => {
            t(format!("监票人{person}是拟任人选"), format!("the scrutineer {person} is a nominee"))
        }
        M::ScrutineerRelative { person, nominee } => t(
            format!("监票人{person}是拟任人选{nominee}的亲属"),
            format!("the scrutineer {person} is a relative of the nominee {nominee}"),
        ),
        M::NoVoters => t("无人表决".into(), "an item with no voters".into()),
        M::VotersNotMembers { group } => {
            t(format!("组别“{group}”没有表决权"), format!("the group `{group}` has no vote"))
        }
        M::VotersNobody { group } => {
            t(format!("组别“{group}”没有人"), format!("there is nobody in the group `{group}`"))
        }
        M::VotesAndAttends { group } => t(
            format!("组别“{group}”既表决又列席"),
            format!("the group `{group}` both votes and attends without a vote"),
        ),
        M::NoLines => t("没有拟任人选".into(), "an item with no nominees".into()),
        M::NomineeTwice { name, post, .. } => {
            t(format!("{name}拟任“{post}”写了两遍"), format!("{name} is nominated twice as {post}"))
        }
        M::OtherName { person, name, written } => t(
            format!("人员“{person}”是{name}，不是{written}"),
            format!("the person `{person}` is {name}, not {written}"),
        ),
        M::PerhapsPerson { name, person } => {
            t(format!("{name}与人员“{person}”同名"), format!("{name} has the name of the person `{person}`"))
        }
        M::OwnRelative { person } => {
            t(format!("“{person}”是自己的亲属"), format!("`{person}` is a relative of themselves"))
        }
        M::PathOutside(path) => {
            t(format!("“{path}”不在 materials 内"), format!("`{path}` leads out of materials/"))
        }
        M::Material { path, fault } => material(lang, path, *fault),
    }
}

/// How to mend it.
fn mend(lang: Lang, kind: &MistakeKind) -> String {
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
        M::BadId { named: Named::Item | Named::Group, .. } => t(
            "只用小写字母、数字和 _，最多 40 个".into(),
            "use lower-case letters, digits and _, at most 40".into(),
        ),
        M::BadId { named: Named::Person | Named::Line, .. } => t(
            "只用英文字母、数字、_ 和 -，最多 40 个".into(),
            "use letters a to z, digits, _ and -, at most 40".into(),
        ),
        M::ReservedId(_) => t(
            "换一个；hub、console 和以 display 开头的不可用".into(),
            "choose another; hub, console and what begins with display are taken".into(),
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
        M::NoLines => {
            t("每名人选加一段 [[items.nominees]]".into(), "add a block [[items.nominees]] for each".into())
        }
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
        M::Material { path, fault } => match fault {
            MaterialFault::Missing | MaterialFault::Empty => t(
                format!("写好 materials/{path}：没有材料，不上表决票"),
                format!("write materials/{path}: no material, no ballot line"),
            ),
            MaterialFault::Unreadable => t("检查文件的权限".into(), "see that the file may be read".into()),
            MaterialFault::NotText => t("另存为 UTF-8 文本".into(), "save it as text in UTF-8".into()),
            MaterialFault::TooLong => {
                let kib = MATERIAL_BYTES_MAX / 1024;
                t(format!("最多 {kib} KiB"), format!("at most {kib} KiB"))
            }
            MaterialFault::Outside => {
                t("把文件本身放进 materials".into(), "put the file itself into materials/".into())
            }
        },
    }
}

fn did_you_mean(lang: Lang, near: &str) -> String {
    lang.pick(format!("是否想写 `{near}`?"), format!("did you mean `{near}`?"))
}

/// What is wrong with a material.
fn material(lang: Lang, path: &str, fault: MaterialFault) -> String {
    let (zh, en) = match fault {
        MaterialFault::Missing => ("不存在", "is missing"),
        MaterialFault::Unreadable => ("无法打开", "cannot be opened"),
        MaterialFault::NotText => ("不是 UTF-8 文本", "is not text in UTF-8"),
        MaterialFault::Empty => ("是空的", "is empty"),
        MaterialFault::TooLong => ("过长", "is too long"),
        MaterialFault::Outside => ("链接到了别处", "is a link to a place outside"),
    };
    lang.pick(format!("材料“{path}”{zh}"), format!("the material `{path}` {en}"))
}

fn thing(lang: Lang, named: Named) -> &'static str {
    match named {
        Named::Group => lang.pick("组别", "a group"),
        Named::Person => lang.pick("人员", "a person"),
        Named::Item => lang.pick("议程", "an item"),
        Named::Line => lang.pick("人选", "a nominee"),
    }
}

fn limited(lang: Lang, what: Limited) -> &'static str {
    match what {
        Limited::Groups => lang.pick("组别", "groups"),
        Limited::People => lang.pick("人员", "people"),
        Limited::Items => lang.pick("议程", "items"),
        Limited::Lines => lang.pick("人选", "nominees"),
    }
}

/// What a threshold is taken of.
pub fn base(lang: Lang, base: Base) -> &'static str {
    match base {
        Base::Due => lang.pick("应到人数", "those due"),
        Base::Present => lang.pick("实到人数", "those present"),
        Base::Returned => lang.pick("收回票数", "the papers returned"),
        Base::Valid => lang.pick("有效票数", "the valid papers"),
        Base::AgreeDisagree => lang.pick("同意与不同意票数之和", "those who agree or disagree"),
    }
}

fn value_type(lang: Lang, wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Text => lang.pick("引号中的文字", "text in quotes"),
        ValueType::Number => lang.pick("非负整数", "a whole number, not negative"),
        ValueType::Date => lang.pick("日期", "a date"),
        ValueType::Texts => lang.pick("一列文字", "a list of texts"),
        ValueType::Table => lang.pick("一组键值", "a table of keys"),
        ValueType::Tables => lang.pick("若干段", "a list of tables"),
    }
}

fn value_example(wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Text => "\"…\"",
        ValueType::Number => "1",
        ValueType::Date => "2027-03-12",
        ValueType::Texts => "[\"…\", \"…\"]",
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
        "voters" => "voters = [\"…\"]".to_owned(),
        _ => format!("{key} = \"…\""),
    }
}

fn list(lang: Lang, words: &[&str]) -> String {
    words.join(lang.pick("、", ", "))
}
