//! A sound plan of a deliberation during the term, and what can be done wrong to it.

/// A deliberation without mistakes.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "会议", body = "委员会", date = 2027-03-12, venue = "大厅", language = "zh", small = "open" }
groups = [
  { id = "member", name = "委员", standing = "member" },
  { id = "guest", name = "列席", standing = "attendee" },
]
people = [
  { id = "li", name = "李明", group = "member", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "member", duties = ["scrutineer"] },
  { id = "zhao", name = "赵云", group = "member", duties = ["scrutineer"] },
  { id = "qian", name = "钱亮", group = "member" },
  { id = "sun", name = "孙宁", group = "guest" },
]

[[items]]
id = "term"
kind = "deliberation"
title = "任中审议"
voters = ["member"]

[items.proposing]
name = "组织部"
seats = ["sun"]

[items.appointee]
name = "钱亮"
post = "局长"
list = "government"
person = "qian"
introduction = "a.md"
inspection = "b.md"
"#;

/// The sound plan with one thing changed.
fn with(sound: &str, faulty: &str) -> String {
    assert!(SOUND.contains(sound), "{sound}");
    SOUND.replacen(sound, faulty, 1)
}

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    ("seats = [\"sun\"]", "seats = [\"son\"]", &["23:10: unknown person `son`"]),
    (
        "seats = [\"sun\"]",
        "seats = [\"qian\"]",
        &["23:10: `qian` is outside while it is deliberated, and cannot answer for the proposing body"],
    ),
    ("seats = [\"sun\"]", "seat = [\"sun\"]", &["23:1: unknown key `seat`"]),
    ("name = \"组织部\"\n", "", &["21:1: `name` is missing"]),
    (
        "[items.proposing]",
        "[items.proposer]",
        &["15:1: `proposing` is missing", "21:8: unknown key `proposer`"],
    ),
    (
        "person = \"qian\"",
        "person = \"qian\"\nrelatives = [\"li\"]",
        &["29:10: `li` presides, and would have to be outside"],
    ),
    ("a.md", "missing.md", &["30:16: the material `missing.md` is missing"]),
    ("voters = [\"member\"]", "voters = [\"guest\"]", &["19:11: the group `guest` has no vote"]),
    ("voters = [\"member\"]", "voters = [\"member\"]\norder = \"fixed\"", &["20:1: unknown key `order`"]),
];

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    FAULTY.iter().map(|(sound, faulty, said)| (with(sound, faulty), *said)).collect()
}
