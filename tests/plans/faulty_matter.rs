//! A sound plan of what is decided in the open, and what can be done wrong to it.

/// A major matter and an open vote without mistakes.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "会议", body = "委员会", date = 2027-03-12, venue = "大厅", language = "zh" }
groups = [
  { id = "member", name = "委员", standing = "member" },
  { id = "guest", name = "列席", standing = "attendee" },
]
people = [
  { id = "li", name = "李明", group = "member", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "member" },
  { id = "zhao", name = "赵云", group = "member" },
  { id = "qian", name = "钱亮", group = "guest" },
]

[[items]]
id = "bridge"
kind = "major_matter"
title = "大桥"
matter = "project"
voters = ["member"]
head = "li"
introduced_by = "wang"
speakers = ["zhao"]
draft = "a.md"
raised = { by = "交通局", on = 2027-02-01 }
studied = { by = "专题会", on = 2027-02-10 }
reviewed = { by = "王秀英", on = 2027-02-20 }
notified = { by = "办公室", on = 2027-03-05, members = ["li", "wang"] }
execution = { owner = "交通局", task = "开工", due_on = 2027-06-01 }
check = { owner = "督查室", task = "核查", due_on = 2027-12-01 }

[[items]]
id = "rules"
kind = "open_vote"
title = "选举办法"
about = "rules"
how = "hands"
voters = ["member"]
question = "通过选举办法"
text = "b.md"
"#;

/// The sound plan with one thing changed.
pub fn with(sound: &str, faulty: &str) -> String {
    assert!(SOUND.contains(sound), "{sound}");
    SOUND.replacen(sound, faulty, 1)
}

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    // the kind
    ("\"major_matter\"", "\"major_mater\"", &["16:8: unknown kind `major_mater`"]),
    ("\"project\"", "\"bridge\"", &["18:10: unknown matter `bridge`"]),
    ("\"hands\"", "\"feet\"", &["36:7: unknown how `feet`"]),
    ("about = \"rules\"", "about = \"tea\"", &["35:9: unknown about `tea`"]),
    ("draft =", "order = \"strokes\"\ndraft =", &["23:9: unknown order `strokes`"]),
    ("draft =", "ballot = \"open\"\ndraft =", &["23:10: unknown ballot `open`"]),
    // who
    ("head = \"li\"", "head = \"lee\"", &["20:8: unknown person `lee`"]),
    ("head = \"li\"", "head = \"qian\"", &["20:8: the head `qian` has no vote on this item"]),
    ("head = \"li\"\n", "", &["14:1: `head` is missing"]),
    (
        "introduced_by = \"wang\"",
        "introduced_by = \"li\"",
        &["21:17: the head `li` would speak first, by introducing the draft"],
    ),
    ("introduced_by = \"wang\"", "introduced_by = \"wong\"", &["21:17: unknown person `wong`"]),
    (
        "speakers = [\"zhao\"]",
        "speakers = [\"zhao\", \"li\"]",
        &["22:21: the head `li` stands among those who are asked before"],
    ),
    (
        "speakers = [\"zhao\"]",
        "speakers = [\"qian\"]",
        &["22:13: `qian` has no vote on this item and is not asked"],
    ),
    (
        "members = [\"li\", \"wang\"]",
        "members = [\"qian\"]",
        &["27:54: `qian` has no vote on this item, so that no notification is due"],
    ),
    (
        "voters = [\"member\"]\nhead",
        "voters = [\"guest\"]\nhead",
        &[
            "19:11: the group `guest` has no vote",
            "20:8: the head `li` has no vote on this item",
            "22:13: `zhao` has no vote on this item and is not asked",
            "27:54: `li` has no vote on this item, so that no notification is due",
            "27:60: `wang` has no vote on this item, so that no notification is due",
        ],
    ),
    ("voters = [\"member\"]\nquestion", "voters = []\nquestion", &["37:10: an item with no voters"]),
    // when
    (
        "on = 2027-02-10",
        "on = 2027-01-10",
        &["25:30: `studied` on 2027-01-10 is before `raised` on 2027-02-01"],
    ),
    (
        "on = 2027-03-05",
        "on = 2027-03-12",
        &["27:31: `notified` on 2027-03-12 is not before the meeting on 2027-03-12"],
    ),
    (
        "due_on = 2027-06-01",
        "due_on = 2027-03-12",
        &["28:52: due on 2027-03-12, which is not after the meeting on 2027-03-12"],
    ),
    ("on = 2027-02-10", "on = \"soon\"", &["25:30: `soon` is not a date"]),
    ("on = 2027-02-20 }", "}", &["26:12: `on` is missing"]),
    ("studied = { by = \"专题会\", on = 2027-02-10 }\n", "", &["14:1: `studied` is missing"]),
    (
        "raised = { by = \"交通局\", on = 2027-02-01 }",
        "raised = \"交通局\"",
        &["24:10: `raised` is to be a table of keys"],
    ),
    // what follows
    ("task = \"开工\"", "task = \"\"", &["28:37: `task` is empty"]),
    ("task = \"开工\", ", "", &["28:13: `task` is missing"]),
    ("task = \"开工\"", "tusk = \"开工\"", &["28:13: `task` is missing", "28:30: unknown key `tusk`"]),
    // the texts
    ("draft = \"a.md\"", "draft = \"missing.md\"", &["23:9: the material `missing.md` is missing"]),
    ("text = \"b.md\"", "text = \"../b.md\"", &["39:8: `../b.md` leads out of materials/"]),
    ("question = \"通过选举办法\"\n", "", &["31:1: `question` is missing"]),
    // thresholds
    (
        "question =",
        "carried = { of = \"present\", at_least = \"0/1\" }\nquestion =",
        &["38:11: carried even when nobody agrees"],
    ),
    // a secret ballot needs eyes, and enough voters
    (
        "draft =",
        "ballot = \"secret\"\ndraft =",
        &["2:11: only 3 voters: the box could never be opened", "7:10: too few scrutineers: 0"],
    ),
    // scrutineers are counted
    (
        "about = \"rules\"\nhow = \"hands\"",
        "about = \"scrutineers\"\nhow = \"without_objection\"",
        &["36:7: scrutineers are not approved without a count"],
    ),
];

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    FAULTY.iter().map(|(sound, faulty, said)| (with(sound, faulty), *said)).collect()
}
