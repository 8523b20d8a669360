//! A sound plan of a review, and what can be done wrong to it.

/// A review without mistakes.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "会议", body = "委员会", date = 2027-03-12, venue = "大厅", language = "zh", holidays = [
  2027-04-05, 2027-05-01 ], workdays = [2027-05-08] }
groups = [
  { id = "commission", name = "委员", standing = "member" },
  { id = "invited", name = "特邀", standing = "attendee" },
  { id = "official", name = "述职", standing = "attendee" },
]
people = [
  { id = "li", name = "李明", group = "commission", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "commission", duties = ["scrutineer"] },
  { id = "zhao", name = "赵云", group = "commission", duties = ["scrutineer"] },
  { id = "qian", name = "钱亮", group = "commission" },
  { id = "sun", name = "孙宁", group = "invited" },
  { id = "zhou", name = "周舟", group = "official" },
]

[[items]]
id = "review"
kind = "review"
title = "述廉述效"
reviewers = ["commission", "invited"]
apart = true
combine = { commission = 3, invited = 1 }
scale = [{ word = "好", weight = 100 }, { word = "中", weight = 60 }, { word = "差", weight = 20 }]
dimensions = ["廉洁", { id = "work", name = "履职" }]

[items.verdict]
by = "score"
bands = [
  { below = 60, verdict = "差", consequence = "约谈", reply_days = 15 },
  { from = 60, below = 79.5, verdict = "中" },
  { from = 79.5, verdict = "好" },
]

[[items.officials]]
id = "zhou"
name = "周舟"
post = "局长"
unit = "财政局"
person = "zhou"
relatives = ["qian"]
report = "a.md"
findings = "b.md"
findings_by = "li"
"#;

/// Another official.
pub const OFFICIAL: &str = "\n[[items.officials]]\nid = \"wu\"\nname = \"吴晓\"\npost = \"镇长\"\nunit = \"河口镇\"\nreport = \"a.md\"\nfindings = \"b.md\"\n";

/// The founding rule, in place of the bands.
pub const SHARES: &str = r#"by = "shares"
shares = [
  { word = "好", at_least = "2/3", verdict = "廉洁" },
  { word = "差", more_than = "1/3", verdict = "不廉洁" },
]
otherwise = { verdict = "基本廉洁" }
"#;

/// The sound plan with one thing changed.
pub fn with(sound: &str, faulty: &str) -> String {
    assert!(SOUND.contains(sound), "{sound}");
    SOUND.replacen(sound, faulty, 1)
}

/// The sound plan with the founding rule, of which one thing is changed.
pub fn with_shares(sound: &str, faulty: &str) -> String {
    assert!(SHARES.contains(sound), "{sound}");
    let (before, rest) = SOUND.split_once("by = ").unwrap();
    let after = rest.split_once("]\n").unwrap().1;
    format!("{before}{}{after}", SHARES.replacen(sound, faulty, 1))
}

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    // the calendar
    ("2027-05-08", "2027-05-07", &["3:41: 2027-05-07 is no Saturday or Sunday"]),
    ("2027-05-08", "2027-05-01", &["3:41: 2027-05-01 is both a holiday and a working day"]),
    ("2027-04-05,", "2027-05-01,", &["3:15: `2027-05-01` is listed twice"]),
    ("[2027-05-08]", "2027-05-08", &["3:40: `workdays` is to be a list of days"]),
    ("[2027-05-08]", "[8]", &["3:41: `workdays` is to be a date"]),
    ("[2027-05-08]", "[\"Saturday\"]", &["3:41: `Saturday` is not a date"]),
    // keys and values
    ("\"review\"\ntitle", "\"reveiw\"\ntitle", &["20:8: unknown kind `reveiw`"]),
    ("apart =", "apert =", &["23:1: unknown key `apert`"]),
    ("apart = true", "apart = 1", &["23:9: `apart` is to be true or false"]),
    ("apart = true", "apart = true\nreport_minutes = 241", &["24:18: `report_minutes` cannot be 241"]),
    ("apart = true", "apart = true\nreport_minutes = 0", &["24:18: `report_minutes` cannot be 0"]),
    ("apart = true", "apart = true\nwarning_seconds = 480", &["24:19: `warning_seconds` cannot be 480"]),
    ("apart = true", "apart = true\nquestions_max = 101", &["24:17: `questions_max` cannot be 101"]),
    ("apart = true", "apart = true\nslips_max = 21", &["24:13: `slips_max` cannot be 21"]),
    ("apart = true", "apart = true\norder = \"strokes\"", &["24:9: unknown order `strokes`"]),
    // reviewers
    (
        "[\"commission\", \"invited\"]",
        "[]",
        &[
            "22:13: a review with no reviewers",
            "24:13: the group `commission` does not evaluate",
            "24:29: the group `invited` does not evaluate",
        ],
    ),
    (
        "\"invited\"]",
        "\"invted\"]",
        &[
            "22:28: unknown group `invted`",
            "24:11: the group `invted` has no weight",
            "24:29: the group `invited` does not evaluate",
        ],
    ),
    (
        "sun\", name = \"孙宁\", group = \"invited\"",
        "sun\", name = \"孙宁\", group = \"official\"",
        &[
            "2:11: only 4 voters: the box could never be opened",
            "22:28: there is nobody in the group `invited`",
        ],
    ),
    (
        "apart = true",
        "apart = true\nattendees = [\"invited\"]",
        &["24:14: the group `invited` both evaluates and attends without evaluating"],
    ),
    (
        "apart = true",
        "apart = true\nquorum = { at_least = \"4/3\" }",
        &["24:10: quorum over 100 %: 7 needed, 5 due"],
    ),
    (
        "id = \"official\"",
        "id = \"r2\"",
        &["7:10: the id `r2` is reserved", "15:39: unknown group `official`"],
    ),
    // groups together
    ("apart = true", "apart = false", &["23:9: groups that have one ballot together cannot be weighted"]),
    ("invited = 1 }", "invited = 0 }", &["24:39: the weight of the group `invited` is 0"]),
    ("invited = 1 }", "invited = 1001 }", &["24:39: `combine` cannot be 1001"]),
    (
        "invited = 1 }",
        "invited = 0.5 }",
        &[
            "24:11: the group `invited` has no weight",
            "24:39: `invited` is to be a whole number, not negative",
        ],
    ),
    (", invited = 1 }", " }", &["24:11: the group `invited` has no weight"]),
    ("{ commission = 3, invited = 1 }", "\"sums\"", &["24:11: unknown combine `sums`"]),
    ("{ commission = 3, invited = 1 }", "1", &["24:11: `combine` is to be \"sum\" or a table of weights"]),
    // scale
    ("\"好\", weight", "\"中\", weight", &["25:49: `中` is listed twice"]),
    ("{ word = \"中\", weight = 60 }", "\"中\"", &["25:40: `中` has no weight, while other words have"]),
    ("{ word = \"中\", weight = 60 }", "7", &["25:40: `scale` is to be a list of texts, or of tables"]),
    ("weight = 60", "weight = 1001", &["25:63: `weight` cannot be 1001"]),
    ("word = \"中\"", "word = \"\"", &["25:49: `word` is empty"]),
    (
        "word = \"中\"",
        "word = \"中中中中中中中中中中中中中中中中中中中中中\"",
        &["25:49: `word` is too long: 21 characters"],
    ),
    (
        "weight = 60 }, { word = \"差\", weight = 20",
        "weight = 100 }, { word = \"差\", weight = 100",
        &["25:9: every word has the weight 100: the score is always the same"],
    ),
    ("\"score\"", "\"rate\"", &[]),
    ("\"中\",", "\"中\", satisfied = \"yes\",", &["25:66: `satisfied` is to be true or false"]),
    // dimensions
    ("[\"廉洁\", { id = \"work\", name = \"履职\" }]", "[]", &["26:14: nothing is evaluated"]),
    ("name = \"履职\"", "name = \"廉洁\"", &["26:43: `廉洁` is listed twice"]),
    ("id = \"work\"", "id = \"履职\"", &["26:28: `履职` cannot be the id of a dimension"]),
    ("id = \"work\"", "id = \"d1\"", &["26:28: duplicate id `d1` of a dimension"]),
    ("\"廉洁\", { id", "\"\", { id", &["26:15: `name` is empty"]),
    // bands
    ("\"score\"", "\"points\"", &["29:6: unknown by `points`"]),
    ("by = \"score\"\n", "", &["28:1: `by` is missing"]),
    ("from = 60, below", "from = 61, below", &["32:12: a gap between bands, from 60 to 61"]),
    ("from = 60, below", "from = 59.5, below", &["32:12: two bands overlap, from 59.5 to 60"]),
    (
        "{ below = 60",
        "{ from = 20.5, below = 60",
        &["31:12: the lowest band begins at 20.5, the lowest value is 20"],
    ),
    (
        "{ from = 79.5,",
        "{ from = 79.5, below = 100,",
        &["33:26: the highest band ends below 100, the highest value is 100"],
    ),
    (
        "{ from = 79.5,",
        "{ from = 79.5, below = 79.5,",
        &[
            "33:12: a band of nothing, from 79.5 to below 79.5",
            "33:26: the highest band ends below 79.5, the highest value is 100",
        ],
    ),
    (
        "below = 79.5",
        "below = 60",
        &["32:12: a band of nothing, from 60 to below 60", "33:12: a gap between bands, from 60 to 79.5"],
    ),
    ("from = 60, below = 79.5", "from = 80", &["33:3: a lower band stands after a higher one"]),
    (
        "below = 79.5, verdict = \"中\" },\n  { from = 79.5",
        "below = 101, verdict = \"中\" },\n  { from = 101",
        &["33:12: no value gets into a band from 101: the highest is 100"],
    ),
    (
        "below = 79.5, verdict = \"中\" },\n  { from = 79.5, verdict",
        "verdict = \"中\" },\n  { verdict",
        &["33:3: `from` is missing"],
    ),
    ("below = 79.5, verdict", "verdict", &[]),
    ("{ from = 79.5, verdict", "{ verdict", &[]),
    ("{ below = 60, v", "{ v", &[]),
    ("from = 60", "from = \"180/3\"", &[]),
    ("from = 60", "from = -1", &["32:12: `from` is to be a number, not negative"]),
    ("from = 60", "from = \"60\"", &["32:12: `60` is not a fraction"]),
    ("reply_days = 15", "reply_days = 261", &["31:65: `reply_days` cannot be 261"]),
    ("verdict = \"好\"", "consequence = \"\"", &["33:3: `verdict` is missing"]),
    // officials
    (
        "id = \"zhou\"\nname = \"周舟\"",
        "id = \"Zhou-1\"\nname = \"周舟\"",
        &["37:6: `Zhou-1` cannot be the id of an official"],
    ),
    ("person = \"zhou\"\n", "", &["38:8: 周舟 has the name of the person `zhou`"]),
    ("person = \"zhou\"", "person = \"zhuo\"", &["41:10: unknown person `zhuo`"]),
    (
        "person = \"zhou\"",
        "person = \"wang\"",
        &[
            "11:64: the scrutineer 王秀英 is a reporting official",
            "41:10: the person `wang` is 王秀英, not 周舟",
        ],
    ),
    (
        "[\"qian\"]",
        "[\"zhao\"]",
        &["12:63: the scrutineer 赵云 is a relative of the reporting official 周舟"],
    ),
    ("[\"qian\"]", "[\"qian\", \"zhou\"]", &["42:22: `zhou` is a relative of themselves"]),
    ("[\"qian\"]", "[\"qan\"]", &["42:14: unknown person `qan`"]),
    ("findings_by = \"li\"", "findings_by = \"lii\"", &["45:15: unknown person `lii`"]),
    ("unit = \"财政局\"\n", "", &["36:1: `unit` is missing"]),
    ("report = \"a.md\"\n", "", &["36:1: `report` is missing"]),
    ("report = \"a.md\"", "report = \"missing.md\"", &["43:10: the material `missing.md` is missing"]),
    ("findings = \"b.md\"", "findings = \"../b.md\"", &["44:12: `../b.md` leads out of materials/"]),
];

/// Faults of a rule of shares.
const FAULTY_SHARES: &[(&str, &str, &[&str])] = &[
    ("{ word = \"好\"", "{ word = \"很好\"", &["31:12: the scale has no word `很好`"]),
    ("at_least = \"2/3\"", "at_least = \"4/3\"", &["31:28: more than all: it can never be reached"]),
    ("more_than = \"1/3\"", "more_than = \"1/1\"", &["32:29: more than all: it can never be reached"]),
    ("at_least = \"2/3\"", "at_least = \"0/3\"", &["31:28: nothing at all: it is always reached"]),
    ("at_least = \"2/3\", ", "", &["31:3: no fraction: neither `at_least` nor `more_than`"]),
    ("otherwise = { verdict = \"基本廉洁\" }\n", "", &["28:1: `otherwise` is missing"]),
    ("otherwise", "over = \"wrk\"\notherwise", &["34:8: unknown dimension `wrk`"]),
    ("otherwise", "over = \"work\"\notherwise", &[]),
];

/// Faulty plans that are more than one replacement.
fn faulty_at_length() -> Vec<(String, &'static [&'static str])> {
    let rate = |word: &str, faulty: &str| with("by = \"score\"", "by = \"rate\"").replacen(word, faulty, 3);
    let (before_officials, officials) = SOUND.split_once("\n[[items.officials]]").unwrap();
    let (before_verdict, _) = SOUND.split_once("\n[items.verdict]").unwrap();
    let scale =
        "[{ word = \"好\", weight = 100 }, { word = \"中\", weight = 60 }, { word = \"差\", weight = 20 }]";
    let shares = SHARES.split_once("shares = [").unwrap().1.split_once("]\n").unwrap().0;
    let bands = SOUND.split_once("bands = [").unwrap().1.split_once("]\n").unwrap().0;
    let many_officials: String =
        (0..100).map(|n| OFFICIAL.replace("wu", &format!("o{n}")).replace("晓", &format!("晓{n}"))).collect();
    let groups: String = (0..5)
        .map(|n| format!("  {{ id = \"g{n}\", name = \"组{n}\", standing = \"attendee\" }},\n"))
        .collect();
    let crowd: String =
        (0..5).map(|n| format!("  {{ id = \"p{n}\", name = \"客{n}\", group = \"g{n}\" }},\n")).collect();
    vec![
        (
            with("{ id = \"official\"", &format!("{}  {{ id = \"official\"", groups.trim_start()))
                .replacen("  { id = \"zhou\"", &format!("{crowd}  {{ id = \"zhou\""), 1)
                .replacen("\"invited\"]", "\"invited\", \"g0\", \"g1\", \"g2\", \"g3\", \"g4\"]", 1)
                .replacen("{ commission = 3, invited = 1 }", "\"sum\"", 1),
            &["32:13: too many groups of reviewers: 7"],
        ),
        (
            rate("\", weight", "\", satisfied = true, weight"),
            &["25:9: every word counts as satisfied: the rate is always 100 %"],
        ),
        (
            rate("\", weight", "\", satisfied = false, weight"),
            &["25:9: no word counts as satisfied: the rate is always 0"],
        ),
        (
            with(scale, "[\"好\"]").replacen("\"score\"", "\"rate\"", 1),
            &["25:9: a scale of 1 word leaves no choice"],
        ),
        (
            with(scale, "[]").replacen("\"score\"", "\"rate\"", 1),
            &["25:9: a scale of 0 words leaves no choice"],
        ),
        (
            with(scale, "[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\"]"),
            &["25:9: too many words in a scale: 8"],
        ),
        (
            with("[\"廉洁\"", "[\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\""),
            &["26:14: too many dimensions: 8"],
        ),
        (
            with("[items.verdict]", "[items.other]"),
            &["18:1: `[items.verdict]` is missing", "28:8: unknown key `other`"],
        ),
        (
            format!("{before_verdict}\n[[items.officials]]{officials}"),
            &["18:1: `[items.verdict]` is missing"],
        ),
        (with(bands, ""), &["30:9: there are no bands"]),
        (with_shares(shares, ""), &["30:10: there are no shares"]),
        (format!("{before_officials}\n"), &["18:1: `officials` is missing"]),
        (
            with("apart = true", "officials = []\napart = true").replacen(
                &format!("\n[[items.officials]]{officials}"),
                "",
                1,
            ),
            &["23:13: a review with no officials"],
        ),
        (format!("{SOUND}{many_officials}"), &["36:1: too many officials: 101"]),
        (
            format!("{SOUND}{OFFICIAL}{OFFICIAL}").replacen("\"wu\"", "\"wu2\"", 1),
            &["57:8: 吴晓 reports twice as 镇长"],
        ),
        (format!("{SOUND}{}", OFFICIAL.replace("wu", "zhou")), &["48:6: duplicate id `zhou` of an official"]),
    ]
}

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    let replaced = FAULTY.iter().map(|(sound, faulty, said)| (with(sound, faulty), *said));
    let shares = FAULTY_SHARES.iter().map(|(sound, faulty, said)| (with_shares(sound, faulty), *said));
    replaced.chain(shares).chain(faulty_at_length()).collect()
}
