//! A sound plan, and what can be done wrong to it.

/// A plan without mistakes. The Chinese before what is replaced shows that columns count characters.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "会议", body = "委员会", date = 2027-03-12, venue = "大厅", language = "zh", small = "open" }
groups = [
  { id = "member", name = "委员", standing = "member" },
  { id = "guest", name = "列席", standing = "attendee" },
]
people = [
  { id = "li-ming", name = "李明", group = "member", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "member", duties = ["scrutineer"] },
  { id = "zhao", name = "赵云", group = "member", duties = ["scrutineer"] },
  { id = "qian", name = "钱亮", group = "member" },
  { id = "sun", name = "孙宁", group = "guest" },
]

[[items]]
id = "posts"
kind = "nomination"
title = "票决"
voters = ["member"]

[[items.nominees]]
name = "钱亮"
post = "局长"
list = "government"
person = "qian"
relatives = ["sun"]
introduction = "a.md"
inspection = "b.md"
"#;

/// Another line for the same paper.
pub const LINE: &str = "\n[[items.nominees]]\nname = \"周舟\"\npost = \"镇长\"\nlist = \"party\"\nintroduction = \"a.md\"\ninspection = \"b.md\"\n";

/// The sound plan with one thing changed.
pub fn with(sound: &str, faulty: &str) -> String {
    assert!(SOUND.contains(sound), "{sound}");
    SOUND.replacen(sound, faulty, 1)
}

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    // TOML
    ("\"票决\"", "\"票决", &["18:12: not TOML: invalid basic string, expected `\"`"]),
    ("\"票决\"", "“票决”", &["18:9: a full-width mark `“` where TOML has none"]),
    ("\"票决\"", "\"票决\"\ntitle = \"x\"", &["19:1: not TOML: duplicate key"]),
    // keys and values
    ("plenum-plan/1", "plenum-plan/2", &["1:10: unknown format `plenum-plan/2`"]),
    ("title = \"票决\"", "titel = \"票决\"", &["15:1: `title` is missing", "18:1: unknown key `titel`"]),
    ("venue = \"大厅\", ", "", &["2:11: `venue` is missing"]),
    ("title = \"票决\"", "title = 7", &["18:9: `title` is to be text in quotes"]),
    ("[\"member\"]", "\"member\"", &["19:10: `voters` is to be a list of texts"]),
    ("[\"scrutineer\"]", "[\"scrutiner\"]", &["9:60: unknown duty `scrutiner`"]),
    ("\"zh\"", "\"fr\"", &["2:85: unknown language `fr`"]),
    ("\"nomination\"", "\"election\"", &["17:8: unknown kind `election`"]),
    ("[\"scrutineer\"]", "[\"scrutineer\"], leave = 1", &["9:83: `leave` is to be true or false"]),
    (
        "[\"scrutineer\"]",
        "[\"scrutineer\"], leave = true",
        &["9:83: 王秀英 is on leave and has a duty in this meeting"],
    ),
    ("2027-03-12", "\"12 March\"", &["2:48: `12 March` is not a date"]),
    ("2027-03-12", "2027-03-12T09:00:00", &["2:48: `2027-03-12T09:00:00` is not a date"]),
    // who opens the box
    ("small = \"open\"", "small = \"closed\"", &["2:11: only 4 voters: the box could never be opened"]),
    (", small = \"open\"", "", &["2:11: only 4 voters: the box could never be opened"]),
    (
        "\"open\"",
        "\"opened\"",
        &["2:11: only 4 voters: the box could never be opened", "2:99: unknown small `opened`"],
    ),
    ("\"open\"", "\"open\", trustees = \"consol\"", &["2:118: unknown trustees `consol`"]),
    ("\"open\"", "\"open\", allow_single = \"yes\"", &["2:122: `allow_single` is to be true or false"]),
    (
        "\"open\"",
        "\"open\", threshold = \"2\"",
        &["2:119: `threshold` is to be a whole number, not negative"],
    ),
    ("\"open\"", "\"open\", threshold = 2", &[]),
    ("\"open\"", "\"open\", threshold = 0", &["2:119: 0 scrutineers needed to open the box, of 2"]),
    ("\"open\"", "\"open\", threshold = 3", &["2:119: 3 scrutineers needed to open the box, of 2"]),
    ("\"open\"", "\"open\", threshold = 1", &["2:119: one scrutineer alone could open the box"]),
    (
        "\"open\"",
        "\"open\", threshold = 1, allow_single = false",
        &["2:119: one scrutineer alone could open the box"],
    ),
    ("\"open\"", "\"open\", threshold = 1, allow_single = true", &[]),
    ("\"open\"", "\"open\", trustees = \"console\"", &[]),
    (
        "\"open\"",
        "\"open\", trustees = \"console\", threshold = 2",
        &["2:141: a `threshold` although the console holds the key"],
    ),
    ("\"open\"", "\"open\", trustees = \"scrutineers\", threshold = 2, allow_single = true", &[]),
    // thresholds
    ("voters", "quorum = { at_least = \"2/0\" }\nvoters", &["19:23: `2/0` is not a fraction"]),
    (
        "voters",
        "quorum = { of = \"due\" }\nvoters",
        &["19:10: no fraction: neither `at_least` nor `more_than`"],
    ),
    (
        "voters",
        "carried = { at_least = \"1/2\", more_than = \"1/2\" }\nvoters",
        &["19:43: both `at_least` and `more_than` are given"],
    ),
    (
        "voters",
        "quorum = { of = \"present\", at_least = \"1/2\" }\nvoters",
        &["19:10: a quorum cannot be taken of those present"],
    ),
    ("voters", "quorum = { at_least = \"3/2\" }\nvoters", &["19:10: quorum over 100 %: 6 needed, 4 due"]),
    (
        "voters",
        "quorum = { at_least = \"1/1\", plus = 1 }\nvoters",
        &["19:10: quorum over 100 %: 5 needed, 4 due"],
    ),
    ("voters", "quorum = { at_least = \"0/1\" }\nvoters", &["19:10: a quorum that nobody is needed for"]),
    (
        "voters",
        "carried = { more_than = \"1/1\" }\nvoters",
        &["19:11: can never be carried: 5 needed, 4 due"],
    ),
    (
        "voters",
        "carried = { of = \"present\", at_least = \"1/1\", plus = 1 }\nvoters",
        &["19:11: can never be carried: 5 needed, 4 due"],
    ),
    ("voters", "carried = { at_least = \"0/3\" }\nvoters", &["19:11: carried even when nobody agrees"]),
    (
        "voters",
        "quorum = { at_least = \"1/2\", plus = -1 }\nvoters",
        &["19:37: `plus` is to be a whole number, not negative"],
    ),
    // names and ids
    ("\"孙宁\"", "\" \"", &["12:24: `name` is empty"]),
    ("\"孙宁\"", "\"孙\\u202e宁\"", &["12:24: `name` has a hidden character U+202E"]),
    (
        "id = \"sun\"",
        "id = \"孙\"",
        &["12:10: `孙` cannot be the id of a person", "26:14: unknown person `sun`"],
    ),
    ("id = \"posts\"", "id = \"posts-1\"", &["16:6: `posts-1` cannot be the id of an item"]),
    ("id = \"zhao\"", "id = \"display-3\"", &["10:10: the id `display-3` is reserved"]),
    ("id = \"zhao\"", "id = \"wang\"", &["10:10: duplicate id `wang` of a person"]),
    (
        "id = \"guest\"",
        "id = \"member\"",
        &["5:10: duplicate id `member` of a group", "12:38: unknown group `guest`"],
    ),
    ("group = \"guest\"", "group = \"gust\"", &["12:38: unknown group `gust`"]),
    ("relatives = [\"sun\"]", "relatives = [\"li_ming\"]", &["26:14: unknown person `li_ming`"]),
    ("[\"sun\"]", "[\"sun\", \"sun\"]", &["26:21: `sun` is listed twice"]),
    // duties
    ("[\"presiding\"]", "[]", &["7:10: nobody presides"]),
    ("[\"scrutineer\"]", "[]", &["7:10: too few scrutineers: 1"]),
    (", small = \"open\"", "", &["2:11: only 4 voters: the box could never be opened"]),
    (
        "small = \"open\"",
        "small = \"open\", threshold = 3",
        &["2:119: 3 scrutineers needed to open the box, of 2"],
    ),
    (
        "small = \"open\"",
        "small = \"open\", threshold = 1",
        &["2:119: one scrutineer alone could open the box"],
    ),
    (
        "small = \"open\"",
        "small = \"open\", trustees = \"console\", threshold = 2",
        &["2:141: a `threshold` although the console holds the key"],
    ),
    (
        "group = \"guest\"",
        "group = \"guest\", duties = [\"presiding\"]",
        &["12:57: a second presiding officer, after 李明"],
    ),
    (
        "[\"presiding\"]",
        "[\"presiding\", \"scrutineer\"]",
        &["8:75: the presiding officer 李明 cannot be a scrutineer"],
    ),
    (
        "group = \"guest\"",
        "group = \"guest\", duties = [\"scrutineer\"]",
        &[
            "12:57: the scrutineer 孙宁 is not a full member",
            "12:57: the scrutineer 孙宁 is a relative of the nominee 钱亮",
        ],
    ),
    (
        "钱亮\", group = \"member\"",
        "钱亮\", group = \"member\", duties = [\"scrutineer\"]",
        &["11:59: the scrutineer 钱亮 is a nominee"],
    ),
    // voters and attendees
    ("[\"member\"]", "[]", &["19:10: an item with no voters"]),
    ("[\"member\"]", "[\"member\", \"guest\"]", &["19:21: the group `guest` has no vote"]),
    (
        "[\"member\"]",
        "[\"member\"]\nattendees = [\"member\"]",
        &["20:14: the group `member` both votes and attends without a vote"],
    ),
    (
        "{ id = \"guest\",",
        "{ id = \"empty\", name = \"无人\", standing = \"member\" },\n  { id = \"guest\",",
        &[],
    ),
    // nominees
    (
        "\"qian\"\nrelatives",
        "\"zhao\"\nrelatives",
        &["10:59: the scrutineer 赵云 is a nominee", "25:10: the person `zhao` is 赵云, not 钱亮"],
    ),
    ("person = \"qian\"\n", "", &["22:8: 钱亮 has the name of the person `qian`"]),
    ("person = \"qian\"\n", "person = \"\"\n", &[]),
    ("[\"sun\"]", "[\"sun\", \"qian\"]", &["26:21: `qian` is a relative of themselves"]),
    // materials
    ("\"a.md\"", "\"missing.md\"", &["27:16: the material `missing.md` is missing"]),
    ("\"a.md\"", "\"locked.md\"", &["27:16: the material `locked.md` cannot be opened"]),
    ("\"a.md\"", "\"picture.md\"", &["27:16: the material `picture.md` is not plain text in UTF-8"]),
    ("\"a.md\"", "\"long.md\"", &["27:16: the material `long.md` is too long"]),
    ("\"a.md\"", "\"link.md\"", &["27:16: the material `link.md` is a link to a place outside"]),
    ("\"b.md\"", "\"empty.md\"", &["28:14: the material `empty.md` is empty"]),
    ("\"b.md\"", "\"../plan.toml\"", &["28:14: `../plan.toml` leads out of materials/"]),
    ("\"b.md\"", "\"/etc/passwd\"", &["28:14: `/etc/passwd` leads out of materials/"]),
    ("inspection = \"b.md\"\n", "", &["21:1: `inspection` is missing"]),
];

/// The sound plan with one scrutineer, and this of the key.
fn one_scrutineer(key: &str) -> String {
    let second = "\"赵云\", group = \"member\", duties = [\"scrutineer\"]";
    assert!(SOUND.contains(second));
    with("\"open\"", &format!("\"open\", {key}")).replacen(second, "\"赵云\", group = \"member\"", 1)
}

/// Faulty plans that are more than one replacement.
fn faulty_at_length() -> Vec<(String, &'static [&'static str])> {
    let guest = "  { id = \"sun\", name = \"孙宁\", group = \"guest\" },\n";
    let crowd: String =
        (0..500).map(|n| format!("  {{ id = \"g{n}\", name = \"客{n}\", group = \"guest\" }},\n")).collect();
    let (before_lines, lines) = SOUND.split_once("\n[[items.nominees]]").unwrap();
    let members_only_guests = SOUND.replace("group = \"member\"", "group = \"guest\"");
    vec![
        (with(guest, &format!("{guest}{crowd}")), &["7:10: too many people: 505"]),
        (format!("{SOUND}{}", LINE.repeat(2)), &["38:8: 周舟 is nominated twice as 镇长"]),
        (
            format!("{SOUND}{}", LINE.replace("name", "id = \"l1\"\nname")),
            &["31:6: duplicate id `l1` of a nominee"],
        ),
        (
            with("\"票决\"", &format!("\"{}\"", "票".repeat(101))),
            &["18:9: `title` is too long: 101 characters"],
        ),
        (
            with("[\"member\"]", "[\"member\"]\nnominees = []")
                .replace(&format!("\n[[items.nominees]]{lines}"), ""),
            &["20:12: an item with no nominees"],
        ),
        (format!("{before_lines}\n"), &["15:1: `nominees` is missing"]),
        (
            SOUND.split("\n[[items]]").next().unwrap().to_owned() + "items = []\n",
            &["14:9: there is no item of business"],
        ),
        (
            with(
                "{ id = \"guest\",",
                "{ id = \"none\", name = \"无人\", standing = \"member\" },\n  { id = \"guest\",",
            )
            .replace("voters = [\"member\"]", "voters = [\"member\", \"none\"]"),
            &["20:21: there is nobody in the group `none`"],
        ),
        (
            members_only_guests,
            &[
                "7:10: there are no full members",
                "9:59: the scrutineer 王秀英 is not a full member",
                "10:58: the scrutineer 赵云 is not a full member",
                "19:11: there is nobody in the group `member`",
            ],
        ),
        // One scrutineer alone only where the plan says so.
        (one_scrutineer("allow_single = true, threshold = 1"), &[]),
        (one_scrutineer("allow_single = true"), &[]),
        (
            one_scrutineer("threshold = 1"),
            &["2:119: one scrutineer alone could open the box", "7:10: too few scrutineers: 1"],
        ),
        (format!("# {}\n", "x".repeat(1024 * 1024)), &["1:1: the plan is too long"]),
        (
            String::new(),
            &[
                "1:1: `format` is missing",
                "1:1: `meeting` is missing",
                "1:1: `groups` is missing",
                "1:1: `people` is missing",
                "1:1: `items` is missing",
            ],
        ),
    ]
}

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    let replaced = FAULTY.iter().map(|(sound, faulty, said)| (with(sound, faulty), *said));
    replaced.chain(faulty_at_length()).collect()
}
