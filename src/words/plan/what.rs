//! What is wrong: one sentence for each kind of mistake.

use super::{Lang, added, base, exam, joint, matter, review, term};
use crate::plan::mistake::{Limited, MaterialFault, MistakeKind, Named, Rule, ValueType};

/// What is wrong.
pub(super) fn what(lang: Lang, kind: &MistakeKind) -> String {
    use MistakeKind as M;
    let t = |zh: String, en: String| lang.pick(zh, en);
    match kind {
        M::Syntax(reason) => t(format!("不是 TOML 写法（{reason}）"), format!("not TOML: {reason}")),
        M::FullWidthMark { mark, .. } => {
            t(format!("此处用了中文标点 `{mark}`"), format!("a full-width mark `{mark}` where TOML has none"))
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
            t(format!("`{key}` 不能是“{word}”"), format!("unknown {} `{word}`", singular(key)))
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
        M::OnLeaveWithDuty { person } => t(
            format!("{person}请假，却有会议职责"),
            format!("{person} is on leave and has a duty in this meeting"),
        ),
        M::TooFewScrutineers { found } => {
            t(format!("监票人不足：{found} 名"), format!("too few scrutineers: {found}"))
        }
        M::ThresholdOfConsole => t(
            "主持台保管密钥时不能写 `threshold`".into(),
            "a `threshold` although the console holds the key".into(),
        ),
        M::ThresholdOutOfReach { needed, scrutineers } => t(
            format!("开箱需 {needed} 名监票人，而监票人只有 {scrutineers} 名"),
            format!("{needed} scrutineers needed to open the box, of {scrutineers}"),
        ),
        M::ThresholdOfOne => {
            t("一名监票人即可单独开箱".into(), "one scrutineer alone could open the box".into())
        }
        M::NeverOpened { due } => t(
            format!("表决人只有 {due} 名，票箱永远不能开启"),
            format!("only {due} voters: the box could never be opened"),
        ),
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
        M::NoLines { key: "candidates" } => t("没有候选人".into(), "an item with no candidates".into()),
        M::NoLines { .. } => t("没有拟任人选".into(), "an item with no nominees".into()),
        M::NotContested { seats, candidates } => t(
            format!("候选人 {candidates} 名，应选 {seats} 名，不成差额"),
            format!("{candidates} candidates for {seats} seats leave nothing to choose"),
        ),
        M::SeatsOfList => {
            t("整单表决时不能写 `seats`".into(), "`seats` although the whole list is put to the vote".into())
        }
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
        M::Material { path, fault, .. } => material(lang, (lang.pick("材料", "material"), path), *fault),
        M::OutOfRange { key, number, .. } => {
            t(format!("`{key}` 不能是 {number}"), format!("`{key}` cannot be {number}"))
        }
        M::NoWeekend(day) => {
            t(format!("{day} 不是周六或周日，本来就上班"), format!("{day} is no Saturday or Sunday"))
        }
        M::HolidayAndWorkday(day) => {
            t(format!("{day} 既是放假日又是上班日"), format!("{day} is both a holiday and a working day"))
        }
        M::Review(mistake) => review::what(lang, mistake),
        M::Joint(mistake) => joint::what(lang, mistake),
        M::Term(mistake) => term::what(lang, mistake),
        M::Added(mistake) => added::what(lang, mistake),
        M::Matter(mistake) => matter::what(lang, mistake),
        M::Exam(mistake) => exam::what(lang, mistake),
        M::Bank(mistake) => exam::bank_what(lang, mistake),
    }
}

/// What is wrong with a material.
pub(super) fn material(lang: Lang, (named, path): (&str, &str), fault: MaterialFault) -> String {
    let (zh, en) = match fault {
        MaterialFault::Missing => ("不存在", "is missing"),
        MaterialFault::Unreadable => ("无法打开", "cannot be opened"),
        MaterialFault::NotText => ("不是 UTF-8 纯文本", "is not plain text in UTF-8"),
        MaterialFault::Empty => ("是空的", "is empty"),
        MaterialFault::TooLong => ("过长", "is too long"),
        MaterialFault::Outside => ("链接到了别处", "is a link to a place outside"),
        MaterialFault::NotInPlan => {
            ("不是会议开始时固定下来的材料", "is none of the materials fixed when the meeting began")
        }
    };
    lang.pick(format!("{named}“{path}”{zh}"), format!("the {named} `{path}` {en}"))
}

fn thing(lang: Lang, named: Named) -> &'static str {
    match named {
        Named::Group => lang.pick("组别", "a group"),
        Named::Person => lang.pick("人员", "a person"),
        Named::Item => lang.pick("议程", "an item"),
        Named::Line => lang.pick("人选", "a nominee"),
        Named::Official => lang.pick("述廉述效对象", "an official"),
        Named::Dimension => lang.pick("评议内容", "a dimension"),
        Named::Department => lang.pick("部门", "a department"),
        Named::Considered => lang.pick("联审对象", "an official"),
        Named::Question => lang.pick("试题", "a question"),
    }
}

fn limited(lang: Lang, what: Limited) -> &'static str {
    match what {
        Limited::Groups => lang.pick("组别", "groups"),
        Limited::People => lang.pick("人员", "people"),
        Limited::Items => lang.pick("议程", "items"),
        Limited::Lines => lang.pick("人选", "nominees"),
        Limited::Officials => lang.pick("述廉述效对象", "officials"),
        Limited::Reviewers => lang.pick("评议组别", "groups of reviewers"),
        Limited::Dimensions => lang.pick("评议内容", "dimensions"),
        Limited::Words => lang.pick("评议等次", "words in a scale"),
        Limited::Bands => lang.pick("分档或比例", "bands or shares"),
        Limited::Departments => lang.pick("部门", "departments"),
        Limited::Considered => lang.pick("联审对象", "officials of a joint meeting"),
        Limited::Days => lang.pick("日期", "days"),
        Limited::Questions => lang.pick("试题", "questions"),
        Limited::Candidates => lang.pick("考生", "candidates"),
        Limited::Texts => lang.pick("材料", "texts"),
    }
}

fn value_type(lang: Lang, wanted: ValueType) -> &'static str {
    match wanted {
        ValueType::Text => lang.pick("引号中的文字", "text in quotes"),
        ValueType::Number => lang.pick("非负整数", "a whole number, not negative"),
        ValueType::Date => lang.pick("日期", "a date"),
        ValueType::Texts => lang.pick("一列文字", "a list of texts"),
        ValueType::Dates => lang.pick("一列日期", "a list of days"),
        ValueType::Flag => lang.pick("true 或 false", "true or false"),
        ValueType::Quantity => lang.pick("非负数", "a number, not negative"),
        ValueType::TextsOrTables => lang.pick("一列文字或键值", "a list of texts, or of tables"),
        ValueType::SumOrWeights => lang.pick("\"sum\" 或各组权重", "\"sum\" or a table of weights"),
        ValueType::Table => lang.pick("一组键值", "a table of keys"),
        ValueType::Tables => lang.pick("若干段", "a list of tables"),
    }
}

/// Keys whose list is of several words, in the singular.
fn singular(key: &str) -> &str {
    if key == "duties" { "duty" } else { key }
}
