//! What the clerk reads before the meeting: what was made, what will hold, what stands on a slip.

use std::path::Path;

use super::rule::quantity;
use super::{Lang, contest, plan::base};
use crate::plan::{
    Duty, Item, ItemKind, JointMeeting, Matter, Nomination, OpenVote, Plan, Review, SessionFolder, Standing,
};
use crate::rules::{Base, Bound, Threshold, VerdictRule};
use crate::wire::code::{CODE_SYMBOLS, CodeFault};

/// A session folder was made; what to do next.
pub fn made_folder(lang: Lang, folder: &SessionFolder) -> String {
    let (dir, plan) = (folder.dir().display(), folder.plan());
    let plan = plan.display();
    lang.pick(
        format!("已建立 {dir}\n下一步：修改 {plan} 和 materials 内的材料，再运行 plenum check {dir}"),
        format!("made {dir}\nnext: change {plan} and what is in materials/, then run plenum check {dir}"),
    )
}

/// A file is in the way of a new session folder.
pub fn in_the_way(lang: Lang, path: &Path) -> String {
    let path = path.display();
    lang.pick(
        format!("{path} 已存在，未作改动；请换一个文件夹"),
        format!("{path} is there already and was left alone; choose another folder"),
    )
}

/// A session folder could not be made.
pub fn no_folder(lang: Lang) -> &'static str {
    lang.pick("无法建立会议文件夹", "the session folder could not be made")
}

/// There is no plan in a folder.
pub fn no_plan(lang: Lang, path: &Path) -> String {
    let path = path.display();
    lang.pick(
        format!("没有 {path}；可用 plenum new 建立"),
        format!("there is no {path}; `plenum new` makes one"),
    )
}

/// The plan cannot be read.
pub fn unreadable(lang: Lang, path: &Path) -> String {
    let path = path.display();
    lang.pick(format!("无法读取 {path}"), format!("{path} cannot be read"))
}

/// A file could not be written.
pub fn unwritten(lang: Lang, path: &Path) -> String {
    let path = path.display();
    lang.pick(format!("无法写入 {path}"), format!("{path} could not be written"))
}

/// The meeting and who sits in it.
pub fn heading(lang: Lang, plan: &Plan) -> String {
    let meeting = &plan.meeting;
    let groups: Vec<String> = (plan.groups.iter())
        .map(|group| {
            let size = plan.people.iter().filter(|person| person.group == group.id).count();
            let name = &group.name;
            let evaluates = plan.items.iter().any(|item| item.electors().contains(&group.id));
            let standing = match (group.standing, evaluates) {
                (Standing::Member, _) => "",
                (Standing::Attendee, true) => lang.pick("（评议）", " (evaluates)"),
                (Standing::Attendee, false) => lang.pick("（列席）", " (no vote)"),
            };
            lang.pick(format!("{name} {size} 人{standing}"), format!("{name} {size}{standing}"))
        })
        .collect();
    let seats = plan.people.len();
    let names = |duty| {
        let names: Vec<_> = plan.with_duty(duty).map(|person| person.name.as_str()).collect();
        if names.is_empty() {
            lang.pick("无", "nobody").to_owned()
        } else {
            names.join(lang.pick("、", ", "))
        }
    };
    let (presiding, scrutineers, recorder) =
        (names(Duty::Presiding), names(Duty::Scrutineer), names(Duty::Recorder));
    let (title, date, venue) = (&meeting.title, meeting.date, &meeting.venue);
    match lang {
        Lang::Zh => format!(
            "{title}\n{date}  {venue}\n席位 {seats}：{}\n主持人：{presiding}\n监票人：{scrutineers}\n记录员：{recorder}",
            groups.join("，")
        ),
        Lang::En => format!(
            "{title}\n{date}  {venue}\nseats {seats}: {}\npresiding: {presiding}\nscrutineers: {scrutineers}\nrecorder: {recorder}",
            groups.join(", ")
        ),
    }
}

/// An item that is ready: `ready: 41 due, quorum 28, carried at 21, 13 lines`.
pub fn item_ready(lang: Lang, number: usize, item: &Item, plan: &Plan) -> String {
    let due = u32::try_from(plan.electors(item).count()).unwrap_or(u32::MAX);
    let quorum = item.quorum().least(due);
    let ready = match &item.kind {
        ItemKind::Nomination(nomination) => nomination_ready(lang, nomination, due, quorum),
        ItemKind::Review(review) => review_ready(lang, review, plan, due, quorum),
        ItemKind::JointMeeting(joint) => joint_ready(lang, joint),
        ItemKind::Deliberation(term) => nomination_ready(lang, &term.paper, due, quorum),
        ItemKind::Exam(exam) => super::exam::ready(lang, exam),
        ItemKind::Contested(contested) => {
            contest::ready(lang, contested, due, quorum, &elected(lang, &contested.slate.carried, due))
        }
        ItemKind::MajorMatter(matter) => matter_ready(lang, matter, plan, due, quorum),
        ItemKind::OpenVote(vote) => open_vote_ready(lang, vote, due, quorum),
    };
    let (id, title) = (&item.id, &item.title);
    let leave = match plan.electors(item).filter(|person| person.leave).count() {
        0 => String::new(),
        many => lang.pick(format!("，请假 {many} 名"), format!(", {many} on leave")),
    };
    // What the verdict goes by stands on lines of its own.
    let (first, rest) = ready
        .split_once('\n')
        .map_or((ready.as_str(), String::new()), |(first, rest)| (first, format!("\n{rest}")));
    match lang {
        Lang::Zh => format!("{number}. {title}（{id}）\n   就绪：{first}{leave}{rest}"),
        Lang::En => format!("{number}. {title} ({id})\n   ready: {first}{leave}{rest}"),
    }
}

/// `6 departments, quorum 4, 12 officials, checks within 15 working days`.
fn joint_ready(lang: Lang, joint: &JointMeeting) -> String {
    let (departments, officials) = (joint.departments.len(), joint.officials.len());
    let quorum = joint.quorum.least(u32::try_from(departments).unwrap_or(u32::MAX));
    let days = joint.check_days;
    match lang {
        Lang::Zh => format!(
            "部门 {departments} 个，到会 {quorum} 个即可进行，联审对象 {officials} 名，核查 {days} 个工作日内报结果"
        ),
        Lang::En => format!(
            "{departments} departments, quorum {quorum}, {officials} {}, checks within {days} working days",
            if officials == 1 { "official" } else { "officials" }
        ),
    }
}

fn nomination_ready(lang: Lang, nomination: &Nomination, due: u32, quorum: u32) -> String {
    let carried = carried(lang, &nomination.carried, due);
    let lines = nomination.lines.len();
    match lang {
        Lang::Zh => format!("应到 {due}，法定人数 {quorum}，{carried}，人选 {lines} 名"),
        Lang::En => {
            let noun = if lines == 1 { "line" } else { "lines" };
            format!("{due} due, quorum {quorum}, {carried}, {lines} {noun}")
        }
    }
}

/// `9 due, quorum 6, carried at 5, vote by name, the head … last`, and who is not on record as notified.
fn matter_ready(lang: Lang, matter: &Matter, plan: &Plan, due: u32, quorum: u32) -> String {
    let carried = carried(lang, &matter.carried, due);
    let head = plan.person(&matter.head).map_or(matter.head.as_str(), |person| &person.name);
    let vote = super::matter::ballot(lang, matter);
    let notified = |id: &String| matter.notified.as_ref().is_some_and(|notice| notice.members.contains(id));
    let missing = matter.speakers.iter().chain([&matter.head]).filter(|id| !notified(id)).count();
    let notice = match (missing, lang) {
        (0, Lang::Zh) => "全体已通知".to_owned(),
        (0, Lang::En) => "all notified".to_owned(),
        (missing, Lang::Zh) => format!("尚有 {missing} 人没有会前通知记录：补记之前不能上会"),
        (missing, Lang::En) => {
            format!("{missing} without a notification on record: it does not open before that is entered")
        }
    };
    match lang {
        Lang::Zh => {
            format!("应到 {due}，法定人数 {quorum}，{carried}，{vote}，{head}末位表态\n   会前：{notice}")
        }
        Lang::En => format!(
            "{due} due, quorum {quorum}, {carried}, {vote}, {head} speaks last\n   beforehand: {notice}"
        ),
    }
}

fn open_vote_ready(lang: Lang, vote: &OpenVote, due: u32, quorum: u32) -> String {
    let carried = carried(lang, &vote.carried, due);
    let how = super::matter::how(lang, vote.how);
    match lang {
        Lang::Zh => format!("应到 {due}，法定人数 {quorum}，{carried}，{how}"),
        Lang::En => format!("{due} due, quorum {quorum}, {carried}, {how}"),
    }
}

/// `31 reviewers (21 + 10), quorum 21, 6 officials, 4 dimensions, scale …`, and what the verdict goes by.
fn review_ready(lang: Lang, review: &Review, plan: &Plan, due: u32, quorum: u32) -> String {
    let size =
        |group: &String| plan.people.iter().filter(|person| person.group == *group).count().to_string();
    let sizes: Vec<String> = review.reviewers.iter().map(size).collect();
    let of = |sum: String| lang.pick(format!("（{sum}）"), format!(" ({sum})"));
    let sizes = if sizes.len() > 1 { of(sizes.join(" + ")) } else { String::new() };
    let words: Vec<&str> = review.scale.iter().map(|word| word.word.as_str()).collect();
    let (officials, dimensions, scale) = (review.officials.len(), review.dimensions.len(), words.join("/"));
    let verdict = verdict(lang, &review.verdict, review);
    match lang {
        Lang::Zh => format!(
            "评议人 {due} 名{sizes}，法定人数 {quorum}，述廉述效对象 {officials} 名，评议内容 {dimensions} 项，\
             等次{scale}\n   结论：{verdict}"
        ),
        Lang::En => {
            let plural = |count: usize| if count == 1 { "" } else { "s" };
            format!(
                "{due} reviewers{sizes}, quorum {quorum}, {officials} official{}, {dimensions} dimension{}, \
                 scale {scale}\n   verdict: {verdict}",
                plural(officials),
                plural(dimensions)
            )
        }
    }
}

/// What the verdict goes by: `by score: below 60 poor, from 60 good`, or the shares one by one.
fn verdict(lang: Lang, rule: &VerdictRule, review: &Review) -> String {
    let (comma, colon) = (lang.pick("，", ", "), lang.pick("：", ": "));
    let (by, bands) = match rule {
        VerdictRule::Score { bands } => (lang.pick("按得分", "by score"), bands),
        VerdictRule::Rate { bands } => (lang.pick("按满意率（%）", "by satisfaction rate (%)"), bands),
        VerdictRule::Shares { shares, otherwise, over } => {
            let said = shares.iter().map(|share| {
                let word = review.scale.get(share.word).map_or("", |word| word.word.as_str());
                let (ratio, name) = (share.ratio, &share.verdict.name);
                match (lang, share.bound) {
                    (Lang::Zh, Bound::AtLeast) => format!("“{word}”不少于 {ratio} 为{name}"),
                    (Lang::Zh, Bound::MoreThan) => format!("“{word}”超过 {ratio} 为{name}"),
                    (Lang::En, Bound::AtLeast) => format!("{name} with at least {ratio} {word}"),
                    (Lang::En, Bound::MoreThan) => format!("{name} with more than {ratio} {word}"),
                }
            });
            let last =
                lang.pick(format!("否则为{}", otherwise.name), format!("otherwise {}", otherwise.name));
            let said: Vec<String> = said.chain([last]).collect();
            let over = over.and_then(|place| review.dimensions.get(place)).map(|dimension| &dimension.name);
            let by = match over {
                Some(name) => lang.pick(format!("按“{name}”一项的票数"), format!("by the marks for {name}")),
                None => lang.pick("按票数".to_owned(), "by the marks".to_owned()),
            };
            return format!("{by}{colon}{}", said.join(comma));
        }
    };
    let begins = bands.iter().skip(1).map(|band| quantity(band.from));
    let lowest = bands.first().zip(begins.clone().next()).map(|(band, end)| {
        let name = &band.verdict.name;
        lang.pick(format!("{end} 以下为{name}"), format!("below {end} {name}"))
    });
    let others = bands.iter().skip(1).zip(begins).map(|(band, from)| {
        let name = &band.verdict.name;
        lang.pick(format!("{from} 起为{name}"), format!("from {from} {name}"))
    });
    let only = bands.first().filter(|_| lowest.is_none()).map(|band| band.verdict.name.clone());
    let said: Vec<String> = only.into_iter().chain(lowest).chain(others).collect();
    format!("{by}{colon}{}", said.join(comma))
}

/// When a candidate is elected: as a number where it is known before the vote, otherwise as the rule.
fn elected(lang: Lang, rule: &Threshold, due: u32) -> String {
    if rule.of == Base::Due {
        let needed = rule.least(due);
        return lang.pick(format!("{needed} 票当选"), format!("elected at {needed}"));
    }
    let asked = super::rule::asked(lang, rule);
    lang.pick(format!("{asked}当选"), format!("elected by {asked}"))
}

/// When a line is carried: as a number where it is known before the vote, otherwise as the rule.
fn carried(lang: Lang, rule: &Threshold, due: u32) -> String {
    if rule.of == Base::Due {
        let needed = rule.least(due);
        return lang.pick(format!("同意 {needed} 票通过"), format!("carried at {needed}"));
    }
    let (ratio, of) = (rule.ratio, base(lang, rule.of));
    let plus = match rule.plus {
        0 => String::new(),
        plus => lang.pick(format!("加 {plus} 票"), format!(" plus {plus}")),
    };
    match (lang, rule.bound) {
        (Lang::Zh, Bound::AtLeast) => format!("同意不少于{of}的 {ratio}{plus} 通过"),
        (Lang::Zh, Bound::MoreThan) => format!("同意超过{of}的 {ratio}{plus} 通过"),
        (Lang::En, Bound::AtLeast) => format!("carried with at least {ratio}{plus} of {of}"),
        (Lang::En, Bound::MoreThan) => format!("carried with more than {ratio}{plus} of {of}"),
    }
}

/// Codes may be made before the meeting only.
pub fn meeting_has_begun(lang: Lang) -> &'static str {
    lang.pick(
        "会议已经开始，不能再批量生成席位码；由主持人在主持台逐席补发",
        "the meeting has begun: the presiding officer reissues single codes at the console",
    )
}

/// Codes were made before.
pub fn codes_exist(lang: Lang) -> &'static str {
    lang.pick(
        "席位码已经生成；加 --again 重新生成，已打印的席位码随即作废",
        "there are codes already; with --again new ones are made, and those printed open nothing any more",
    )
}

/// Codes could not be kept.
pub fn no_codes(lang: Lang) -> &'static str {
    lang.pick("席位码未能保存", "the codes could not be kept")
}

/// Codes and slips were made.
pub fn made_codes(lang: Lang, people: usize, displays: usize, text: &Path, page: &Path) -> String {
    let (text, page) = (text.display(), page.display());
    match lang {
        Lang::Zh => format!(
            "已生成席位码：{people} 席，大屏 {displays} 个，备用机 1 台\n{text}  文本\n{page}  用浏览器打印，沿虚线剪开\n\
             席位码只在这两个文件中，发放后请删除"
        ),
        Lang::En => format!(
            "made codes: {people} seats, {displays} {}, 1 standby\n{text}  as text\n{page}  to print from a browser and cut apart\n\
             the codes stand in these two files only; delete them once the slips are handed out",
            if displays == 1 { "display" } else { "displays" }
        ),
    }
}

/// Above the slips.
pub fn slips_heading(lang: Lang) -> &'static str {
    lang.pick(
        "席位码：打印后沿虚线剪开，当面交给本人，不要留底",
        "Seat codes: print, cut apart along the dashes, hand each to its person, keep no copy",
    )
}

/// Whose slip it is.
pub fn slip_seat(lang: Lang, number: Option<usize>, name: &str, unit: &str) -> String {
    let seat = match number {
        Some(number) => lang.pick(format!("席位 {number}  {name}"), format!("Seat {number}  {name}")),
        None => name.to_owned(),
    };
    if unit.is_empty() { seat } else { lang.pick(format!("{seat}（{unit}）"), format!("{seat} ({unit})")) }
}

/// The labels of code and command.
pub fn slip_labels(lang: Lang) -> [&'static str; 2] {
    lang.pick(["席位码", "请键入"], ["code", "type"])
}

/// What to know about a code, and about the address where the slip leaves it open.
pub fn slip_note(lang: Lang, host_is_open: bool) -> String {
    let host = match (host_is_open, lang) {
        (false, _) => "",
        (true, Lang::Zh) => "HOST 处写主持台的地址，见会场大屏。",
        (true, Lang::En) => "HOST is the console's address, as shown in the room. ",
    };
    lang.pick(
        format!("席位码只能用一次，请勿转交。{host}字母不分大小写，连字符可省。"),
        format!("The code works once; do not pass it on. {host}Capitals and hyphens do not matter."),
    )
}

/// The name of a display's seat.
pub fn display_name(lang: Lang, number: usize) -> String {
    lang.pick(format!("会场大屏 {number}"), format!("Display {number}"))
}

/// The machine that may stand by, as its slip names it.
pub fn standby_name(lang: Lang) -> &'static str {
    lang.pick("备用机（第二台主机）", "Standby (second machine)")
}

/// Why what was typed is no code.
pub fn code_fault(lang: Lang, fault: CodeFault) -> String {
    match fault {
        CodeFault::TooShort { symbols } => lang.pick(
            format!("席位码共 {CODE_SYMBOLS} 位，只键入了 {symbols} 位"),
            format!("a code has {CODE_SYMBOLS} characters, {symbols} were typed"),
        ),
        CodeFault::TooLong => lang.pick(
            format!("席位码共 {CODE_SYMBOLS} 位，键入多了"),
            format!("a code has {CODE_SYMBOLS} characters, more were typed"),
        ),
        CodeFault::NotASymbol { character, place } => lang.pick(
            format!("第 {place} 位“{character}”不会出现在席位码中"),
            format!("`{character}`, the character in place {place}, is in no code"),
        ),
        CodeFault::WrongCheck => lang.pick(
            "席位码有误：有一位键错，或两位颠倒".to_owned(),
            "the code is mistyped: a character is wrong, or two changed places".to_owned(),
        ),
    }
}
