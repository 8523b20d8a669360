//! A sound plan of a joint meeting, and what can be done wrong to it.

/// A joint meeting without mistakes. It needs no scrutineers: nothing is decided by ballot.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "联席会议", body = "领导小组", date = 2027-03-12, venue = "会议室", language = "zh" }
groups = [
  { id = "unit", name = "成员单位", standing = "member" },
  { id = "guest", name = "列席", standing = "attendee" },
]
people = [
  { id = "li", name = "李明", group = "unit", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "unit" },
  { id = "zhao", name = "赵云", group = "unit" },
  { id = "qian", name = "钱亮", group = "guest" },
]

[[items]]
id = "joint"
kind = "joint_meeting"
title = "联审"
check_days = 10

[[items.departments]]
id = "discipline"
name = "纪委"
short = "纪委"
seats = ["wang", "li"]

[[items.departments]]
id = "audit"
name = "审计局"
seats = ["zhao"]

[[items.officials]]
id = "zhou"
name = "周舟"
post = "局长"
unit = "财政局"
about = "拟提任"
relatives = ["qian"]
"#;

/// Another official.
const OFFICIAL: &str =
    "\n[[items.officials]]\nid = \"wu\"\nname = \"周舟\"\npost = \"局长\"\nunit = \"河口镇\"\n";

/// The sound plan with one thing changed.
fn with(sound: &str, faulty: &str) -> String {
    assert!(SOUND.contains(sound), "{sound}");
    SOUND.replacen(sound, faulty, 1)
}

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    ("\"joint_meeting\"", "\"joint\"", &["16:8: unknown kind `joint`"]),
    ("check_days", "check_day", &["18:1: unknown key `check_day`"]),
    ("check_days = 10", "check_days = 0", &["18:14: `check_days` cannot be 0"]),
    ("check_days = 10", "check_days = 261", &["18:14: `check_days` cannot be 261"]),
    ("check_days = 10", "attendees = [\"gest\"]", &["18:14: unknown group `gest`"]),
    ("check_days = 10", "voters = [\"unit\"]", &["18:1: unknown key `voters`"]),
    ("check_days = 10", "quorum = { at_least = \"4/3\" }", &["18:10: quorum over 100 %: 3 needed, 2 due"]),
    ("id = \"audit\"", "id = \"discipline\"", &["27:6: duplicate id `discipline` of a department"]),
    ("id = \"audit\"", "id = \"au dit\"", &["27:6: `au dit` cannot be the id of a department"]),
    ("\"审计局\"", "\"纪委\"", &["28:8: the department `纪委` is there twice"]),
    ("seats = [\"zhao\"]", "seats = [\"zaho\"]", &["29:10: unknown person `zaho`"]),
    ("seats = [\"zhao\"]", "seats = []", &["29:9: nobody speaks for `审计局`"]),
    ("seats = [\"zhao\"]", "seat = [\"zhao\"]", &["26:1: `seats` is missing", "29:1: unknown key `seat`"]),
    (
        "seats = [\"zhao\"]",
        "seats = [\"zhao\", \"li\"]",
        &["29:18: `li` speaks for `纪委` already, and cannot for two"],
    ),
    ("short = \"纪委\"", "short = \"一二三四五六七八九\"", &["23:9: `short` is too long: 9 characters"]),
    ("relatives = [\"qian\"]", "relatives = [\"qan\"]", &["37:14: unknown person `qan`"]),
    (
        "relatives = [\"qian\"]",
        "person = \"zhao\"",
        &[
            "33:8: whoever speaks for `审计局` is `周舟` or a relative: nobody could give its opinion",
            "37:10: the person `zhao` is 赵云, not 周舟",
        ],
    ),
    (
        "relatives = [\"qian\"]",
        "relatives = [\"zhao\"]",
        &["33:8: whoever speaks for `审计局` is `周舟` or a relative: nobody could give its opinion"],
    ),
    ("post = \"局长\"\n", "", &["31:1: `post` is missing"]),
];

fn faulty_at_length() -> Vec<(String, &'static [&'static str])> {
    let (before_officials, _) = SOUND.split_once("\n[[items.officials]]").unwrap();
    let (before_departments, _) = SOUND.split_once("\n[[items.departments]]").unwrap();
    let (_, official) = SOUND.split_once("\n[[items.officials]]").unwrap();
    let none = |key: &str, before: &str, rest: &str| {
        before.replacen("check_days = 10", &format!("{key} = []"), 1) + rest
    };
    vec![
        (none("officials", before_officials, ""), &["18:13: a joint meeting on no officials"]),
        (
            none("departments", before_departments, &format!("\n[[items.officials]]{official}")),
            &["18:15: a joint meeting with no departments"],
        ),
        (format!("{SOUND}{OFFICIAL}"), &["41:8: `周舟` (局长) is there twice"]),
    ]
}

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    let replaced = FAULTY.iter().map(|(sound, faulty, said)| (with(sound, faulty), *said));
    replaced.chain(faulty_at_length()).collect()
}
