//! A sound plan of a contested election, and what can be done wrong to it.

/// A contested election without mistakes.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "会议", body = "委员会", date = 2027-03-12, venue = "大厅", language = "zh", small = "open" }
groups = [{ id = "member", name = "委员", standing = "member" }]
people = [
  { id = "li-ming", name = "李明", group = "member", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "member", duties = ["scrutineer"] },
  { id = "zhao", name = "赵云", group = "member", duties = ["scrutineer"] },
  { id = "qian", name = "钱亮", group = "member" },
]

[[items]]
id = "elect"
kind = "contested"
title = "选举"
voters = ["member"]
seats = 1
post = "常委"

[[items.candidates]]
name = "钱亮"
person = "qian"
introduction = "a.md"
inspection = "b.md"

[[items.candidates]]
name = "周舟"
introduction = "a.md"
inspection = "b.md"
"#;

/// The sound plan with one thing changed.
pub fn with(sound: &str, faulty: &str) -> String {
    assert!(SOUND.contains(sound), "{sound}");
    SOUND.replacen(sound, faulty, 1)
}

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    ("seats = 1\n", "", &["11:1: `seats` is missing"]),
    ("seats = 1", "seats = 0", &["16:9: `seats` cannot be 0"]),
    ("seats = 1", "seats = \"1\"", &["16:9: `seats` is to be a whole number, not negative"]),
    ("seats = 1", "seats = 2", &["16:9: 2 candidates for 2 seats leave nothing to choose"]),
    ("seats = 1", "form = \"list\"", &[]),
    (
        "seats = 1",
        "form = \"list\"\nseats = 1",
        &["17:9: `seats` although the whole list is put to the vote"],
    ),
    ("seats = 1", "form = \"lst\"\nseats = 1", &["16:8: unknown form `lst`"]),
    ("seats = 1", "seats = 1\ntoo_few = \"again\"", &["17:11: unknown too_few `again`"]),
    ("seats = 1", "seats = 1\ntied = \"lot\"", &["17:8: unknown tied `lot`"]),
    ("seats = 1", "seats = 1\nfurther_rounds = 10", &["17:18: `further_rounds` cannot be 10"]),
    ("seats = 1", "seats = 1\nfurther_rounds = 0", &[]),
    (
        "seats = 1",
        "seats = 1\nelected = { more_than = \"1/1\" }",
        &["17:11: can never be carried: 5 needed, 4 due"],
    ),
    ("post = \"常委\"", "", &["19:1: `post` is missing", "25:1: `post` is missing"]),
    ("seats = 1", "seats = 1\ncarried = { more_than = \"1/2\" }", &["17:1: unknown key `carried`"]),
    (
        "[\"scrutineer\"] },\n  { id = \"qian\", name = \"钱亮\", group = \"member\"",
        "[\"scrutineer\"] },\n  { id = \"qian\", name = \"钱亮\", group = \"member\", duties = [\"scrutineer\"]",
        &["8:59: the scrutineer 钱亮 is a nominee"],
    ),
    ("\"周舟\"", "\"钱亮\"\nperson = \"\"", &["26:8: 钱亮 is nominated twice as 常委"]),
];

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    let mut all: Vec<_> = FAULTY.iter().map(|(sound, faulty, said)| (with(sound, faulty), *said)).collect();
    let (head, _) = SOUND.split_once("\n[[items.candidates]]").unwrap();
    all.push((format!("{head}\ncandidates = []\n"), &["19:14: an item with no candidates"]));
    all
}
