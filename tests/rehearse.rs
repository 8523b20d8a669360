//! A rehearsed review and rehearsed elections, through the real binary: files of votes and questions that fit are played to the letter, and those
//! that do not are refused before anything begins.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};

struct Answer {
    status: i32,
    out: String,
    err: String,
}

fn plenum(args: &[&str]) -> Answer {
    let output = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(args)
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "en_GB.UTF-8")
        .output()
        .unwrap();
    Answer {
        status: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The template's review, with its first three officials: 21 of the commission, 10 invited, and a relative of `quinn`.
fn session(home: &Path) -> PathBuf {
    let dir = home.join("session");
    let made = plenum(&["new", dir.to_str().unwrap(), "--template", "review", "--lang", "en"]);
    assert_eq!(made.status, 0, "{}", made.err);
    let path = dir.join("plan.toml");
    let text = fs::read_to_string(&path).unwrap();
    let three = text.split("[[items.officials]]").take(4).collect::<Vec<_>>().join("[[items.officials]]");
    fs::write(&path, three.replacen("person = \"o3\"", "person = \"o3\"\nrelatives = [\"v07\"]", 1)).unwrap();
    dir
}

fn written(home: &Path, name: &str, value: &Value) -> String {
    let path = home.join(name);
    fs::write(&path, value.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn what_does_not_fit_is_refused_before_anything_begins() {
    let home = tempfile::tempdir().unwrap();
    let dir = session(home.path());
    let paper = ["good", "poor", "average", "good"];
    let cue = |more: Value| {
        let mut cue = json!({"asker": "v01", "text": "Why?", "ended": "answered"});
        cue.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"review": {"marsh": [cue]}})
    };
    // A question, and so many slips that follow it up.
    let slip_follows = |first: Value, times: usize| {
        let mut cues = cue(first)["review"]["marsh"].clone();
        let list = cues.as_array_mut().unwrap();
        let further =
            |time| json!({"asker": null, "text": format!("{time}?"), "follows": 1, "ended": "answered"});
        list.extend((0..times).map(further));
        json!({"review": {"marsh": cues}})
    };
    let objection = |objects: &str, because: &str| json!({"objects": objects, "reason": "x", "outcome": "stands", "because": because});
    let rows: Vec<(&str, Value, &str)> = vec![
        ("--votes", json!({"review-nobody": [paper]}), "review-nobody"),
        ("--votes", json!({"review-marsh": [paper]}), "review-marsh-commission, review-marsh-invited"),
        ("--votes", json!({"review-marsh-staff": [paper]}), "review-marsh-staff"),
        ("--votes", json!({"review-marsh-invited": [["good", "bad", "good", "good"]]}), "bad"),
        ("--votes", json!({"review-marsh-invited": [["good", "good"]]}), "review-marsh-invited"),
        ("--votes", json!({"review-quinn-invited": vec![paper; 10]}), "10 papers for 9"),
        ("--script", json!({"nothing": {"marsh": []}}), "no such review"),
        ("--script", json!({"review": {"nobody": []}}), "no such official"),
        ("--script", cue(json!({"asker": "s1"})), "the asker is no reviewer"),
        ("--script", cue(json!({"text": " "})), "the question says nothing"),
        ("--script", cue(json!({"text": "x".repeat(2_001)})), "too long"),
        ("--script", cue(json!({"follows": 1})), "it follows no earlier question"),
        ("--script", cue(json!({"ended": "promised"})), "a promise needs a day"),
        ("--script", cue(json!({"ended": "declined"})), "declined with a reason"),
        ("--script", cue(json!({"asker": null, "ended": "withdrawn"})), "a slip is not withdrawn"),
        ("--script", slip_follows(json!({"asker": "v01"}), 1), "a slip follows up its own question"),
        ("--script", slip_follows(json!({"asker": null}), 2), "a slip follows up its own question, once"),
        ("--script", cue(json!({"ended": "vanished"})), "vanished"),
        ("--script", json!({"nothing": [objection("v01", "y")]}), "no such item"),
        ("--script", json!({"review": [objection("nobody", "y")]}), "nobody of that id"),
        ("--script", json!({"review": [objection("v01", " ")]}), "a reason is missing"),
        ("--script", json!({"review": [objection("v01", "y")]}), "a result for each official"),
        ("--script", json!({"review": [{"reconsider": [], "reason": "x"}]}), "not voted on again"),
    ];
    let adjourn = |more: Value| {
        let mut one = json!({"after": "review/marsh", "days": 7, "at": "09:00", "reason": "It is late."});
        one.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"adjourn": [one]})
    };
    let sittings: Vec<(&str, Value, &str)> = vec![
        ("--sittings", adjourn(json!({"after": "nothing"})), "there is no such item"),
        (
            "--sittings",
            adjourn(json!({"after": "review/nobody"})),
            "the item is no review of such an official",
        ),
        ("--sittings", adjourn(json!({"days": 0})), "`days` is from 1 to 366"),
        ("--sittings", adjourn(json!({"reason": " "})), "there is no reason"),
        ("--sittings", adjourn(json!({"absent": ["nobody"]})), "there is no such person"),
        ("--sittings", adjourn(json!({"at": "25:00"})), "file.json"),
        ("--sittings", adjourn(json!({"until": "tomorrow"})), "until"),
        ("--sittings", json!({"absent": ["c01"]}), "the meeting waits for people with duties"),
    ];
    for (option, file, says) in rows.into_iter().chain(sittings) {
        let file = written(home.path(), "file.json", &file);
        let out = home.path().join("held");
        let answer =
            plenum(&["rehearse", dir.to_str().unwrap(), "--out", out.to_str().unwrap(), option, &file]);
        assert_ne!(answer.status, 0, "{says}");
        let said = format!("{}{}", answer.out, answer.err);
        assert!(said.contains(says), "{says}: {said}");
        assert!(!out.exists(), "{says}: something has begun");
    }
}

#[test]
fn a_rehearsed_review_counts_what_the_files_say() {
    let home = tempfile::tempdir().unwrap();
    let dir = session(home.path());
    let mut commission = vec![json!(["good", "good", "fairly good", "poor"]); 12];
    commission.extend(vec![json!(["average", "poor", "good", "good"]); 8]);
    let votes = json!({
        "review-marsh-commission": commission,
        "review-marsh-invited": vec![json!(["poor", "good", "good", "average"]); 10],
        "review-quinn-invited": vec![json!(["good", "good", "good", "good"]); 9],
    });
    let script = json!({"review": {
        "marsh": [
            {"asker": "v01", "text": "Who decided?", "answer": "All of us.", "ended": "answered", "satisfied": false},
            {"asker": "c06", "text": "And who paid?", "follows": 1, "ended": "promised", "due_on": "2099-01-05"},
            {"asker": null, "text": "Was it tendered?", "answer": "It was.", "ended": "answered", "satisfied": false},
            {"asker": null, "text": "By whom?", "follows": 3, "answer": "Two.", "ended": "answered", "satisfied": true},
            {"asker": "v02", "text": "Never mind.", "ended": "withdrawn"},
        ],
        "snow": [{"asker": "v03", "text": "Why not?", "ended": "declined", "reason": "another office"}],
    }});
    let (votes, script) =
        (written(home.path(), "votes.json", &votes), written(home.path(), "script.json", &script));
    let out = home.path().join("held");
    let held = out.to_str().unwrap();
    let answer =
        plenum(&["rehearse", dir.to_str().unwrap(), "--out", held, "--votes", &votes, "--script", &script]);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    let verified = plenum(&["verify", held]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    let minutes = plenum(&["minutes", held, "--format", "json"]);
    assert_eq!(minutes.status, 0, "{}", minutes.err);
    let minutes: Value = serde_json::from_str(&minutes.out).unwrap();
    let review = &minutes["items"][0];
    assert_eq!(review["kind"], "review", "{review}");
    let official = |id: &str| {
        let officials = review["officials"].as_array().unwrap();
        officials.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id} in {officials:?}"))
    };
    let ballot = |official_id: &str, id: &str| -> Value {
        let ballots = official(official_id)["ballots"].as_array().unwrap().clone();
        ballots.into_iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("{id}"))
    };
    let figures =
        |ballot: &Value| ["due", "present", "issued", "returned"].map(|key| ballot[key].as_u64().unwrap());
    let count = |ballot: &Value, dimension: usize, word: &str| {
        ballot["dimensions"][dimension]["counts"][word].as_u64().unwrap_or(0)
    };
    let marsh = ballot("marsh", "review-marsh-commission");
    assert_eq!(figures(&marsh), [21, 21, 21, 20], "{marsh}");
    let expected = [[12, 0, 8, 0], [12, 0, 0, 8], [8, 12, 0, 0], [8, 0, 0, 12]];
    for (dimension, row) in expected.iter().enumerate() {
        for (word, number) in ["good", "fairly good", "average", "poor"].iter().zip(row) {
            assert_eq!(count(&marsh, dimension, word), *number, "{dimension} {word}: {marsh}");
        }
        assert_eq!(marsh["dimensions"][dimension]["not_returned"], 1);
    }
    let invited = ballot("marsh", "review-marsh-invited");
    assert_eq!((figures(&invited), count(&invited, 0, "poor")), ([10, 10, 10, 10], 10));
    let quinn = ballot("quinn", "review-quinn-invited");
    assert_eq!((figures(&quinn), count(&quinn, 3, "good")), ([9, 9, 9, 9], 9));

    let questions = official("marsh")["questions"].as_array().unwrap();
    let found =
        |text: &str| questions.iter().find(|one| one["text"] == text).unwrap_or_else(|| panic!("{text}"));
    assert_eq!(questions.len(), 5);
    assert_eq!(found("Who decided?")["answer"], "All of us.");
    assert_eq!(found("Who decided?")["satisfied"], false);
    assert_eq!(found("And who paid?")["due_on"], "2099-01-05");
    let (slip, further) = (found("Was it tendered?"), found("By whom?"));
    assert_eq!((&slip["asker"], &slip["satisfied"]), (&Value::Null, &json!(false)));
    assert_eq!((&further["asker"], &further["satisfied"]), (&Value::Null, &json!(true)));
    assert_eq!(further["follows"], slip["id"]);
    assert!(slip["inquiry"].is_string(), "{slip}");
    assert!(verified.out.contains("1 came in, 1 tokens and 5 signatures hold"), "{}", verified.out);
    assert_eq!(official("snow")["questions"].as_array().unwrap().len(), 1);
}

/// A review that is left between two officials: papers that waited are void, and issued anew to who is there then.
#[test]
fn a_rehearsed_review_goes_on_another_day() {
    let home = tempfile::tempdir().unwrap();
    let dir = session(home.path());
    let sittings = json!({"absent": ["v06"], "adjourn": [
        {"after": "review/marsh", "days": 7, "at": "09:00", "reason": "It is late.", "absent": ["v08", "v09"]},
    ]});
    let sittings = written(home.path(), "sittings.json", &sittings);
    let out = home.path().join("held");
    let held = out.to_str().unwrap();
    let answer = plenum(&["rehearse", dir.to_str().unwrap(), "--out", held, "--sittings", &sittings]);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    let verified = plenum(&["verify", held]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    assert!(verified.out.contains("sittings: 2, the quorum tested anew at each"), "{}", verified.out);
    let minutes = plenum(&["minutes", held, "--format", "json"]);
    let minutes: Value = serde_json::from_str(&minutes.out).unwrap();
    assert_eq!(minutes["meeting"]["sittings"].as_array().unwrap().len(), 2, "{}", minutes["meeting"]);
    let ballots: Vec<&Value> = minutes["items"][0]["officials"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|official| official["ballots"].as_array().unwrap())
        .filter(|ballot| ballot["id"].as_str().unwrap().contains("invited"))
        .collect();
    // Nine of ten invited came to the first sitting, eight to the second; v07 stands aside for `quinn`.
    let present =
        |ballot: &&Value| (ballot["id"].as_str().unwrap().to_owned(), ballot["present"].as_u64().unwrap());
    let present: Vec<(String, u64)> = ballots.iter().map(present).collect();
    let expected =
        [("review-marsh-invited", 9), ("review-snow-invited-r2", 8), ("review-quinn-invited-r2", 7)];
    assert_eq!(present, expected.map(|(id, many)| (id.to_owned(), many)));
}

/// The template's elections.
fn elections(home: &Path) -> PathBuf {
    let dir = home.join("elections");
    let made = plenum(&["new", dir.to_str().unwrap(), "--template", "contested", "--lang", "en"]);
    assert_eq!(made.status, 0, "{}", made.err);
    dir
}

/// A paper on which these of five candidates are marked.
fn marked(places: &[usize]) -> Value {
    (0..5).map(|place| if places.contains(&place) { "marked" } else { "unmarked" }).collect()
}

#[test]
fn a_rehearsed_election_has_the_rounds_that_its_votes_call_for() {
    let home = tempfile::tempdir().unwrap();
    let dir = elections(home.path());
    // One is elected, which is too few; in the further round two with as many votes fill the two seats.
    let first: Vec<Value> =
        (0..16).map(|voter| if voter < 12 { marked(&[0, 1 + voter % 4]) } else { marked(&[]) }).collect();
    let rest: Vec<Value> =
        (0..17).map(|voter| if voter < 9 { marked(&[1, 2]) } else { marked(&[4]) }).collect();
    let list = vec![json!(["agree", "disagree", "agree"]); 17];
    let votes = json!({"delegates": first, "delegates-r2": rest, "board": list});
    let votes = written(home.path(), "votes.json", &votes);
    let out = home.path().join("held");
    let held = out.to_str().unwrap();
    let answer = plenum(&["rehearse", dir.to_str().unwrap(), "--out", held, "--votes", &votes, "--json"]);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    let minutes: Value = serde_json::from_str(&answer.out).unwrap();
    let [choice, list] = &minutes["items"].as_array().unwrap()[..] else { panic!("{minutes}") };
    assert_eq!((&choice["kind"], &list["kind"]), (&json!("contested"), &json!("contested")));
    let rounds = choice["rounds"].as_array().unwrap();
    let figures = |round: &Value| {
        json!([round["ballot"], round["among"], round["seats"], round["returned"], round["blank"]])
    };
    assert_eq!(figures(&rounds[0]), json!(["delegates", "all", 3, 16, 4]));
    assert_eq!(figures(&rounds[1]), json!(["delegates-r2", "rest", 2, 17, 0]));
    assert_eq!(rounds.len(), 2, "two with nine votes each fill the two seats");
    let elected: Vec<_> =
        choice["elected"].as_array().unwrap().iter().map(|one| one["votes"].clone()).collect();
    assert_eq!((json!(elected), &choice["open"]), (json!([12, 9, 9]), &json!(0)));
    let outcomes: Vec<_> = list["candidates"].as_array().unwrap().iter().map(|one| &one["outcome"]).collect();
    assert_eq!(json!(outcomes), json!(["elected", "not_elected", "elected"]));
    assert_eq!(list["open"], 1, "the plan leaves it open");
    let verified = plenum(&["verify", held]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
}

#[test]
fn votes_that_no_paper_of_an_election_can_bear_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let dir = elections(home.path());
    let out = home.path().join("held");
    let rows: [(Value, &str); 5] = [
        (json!({"delegates": [marked(&[0, 1, 2, 3])]}), "4 marked, at most 3 may be"),
        (json!({"delegates": [vec!["agree"; 5]]}), "the ballot has: unmarked, marked"),
        (json!({"delegates-r4": [marked(&[0])]}), "delegates-r3"),
        (json!({"board": [["agree", "abstain", "agree"]]}), "the ballot has: agree, disagree"),
        (json!({"board": [["agree", "agree"]]}), "2 choices for 3 lines"),
    ];
    for (votes, says) in rows {
        let votes = written(home.path(), "votes.json", &votes);
        let args = ["rehearse", dir.to_str().unwrap(), "--out", out.to_str().unwrap(), "--votes", &votes];
        let answer = plenum(&args);
        assert_ne!(answer.status, 0, "{says}");
        assert!(answer.err.contains(says), "{says}: {}", answer.err);
        assert!(!out.exists(), "{says}: something has begun");
    }
}

#[test]
fn every_kind_at_once_is_shown_to_nobody_who_presides() {
    let answer = plenum(&["demo", "--kind", "all"]);
    assert_ne!(answer.status, 0);
    assert!(answer.err.contains("--auto"), "{}", answer.err);
}

/// Seven members; the plan names a material that an added nomination may name too.
const SMALL: &str = r#"format = "plenum-plan/1"
meeting.title = "Small session"
meeting.body = "Committee of Seven"
meeting.date = 2027-03-12
meeting.venue = "Back room"
meeting.language = "en"
groups = [{ id = "member", name = "Members", standing = "member" }]
people = [
  { id = "m1", name = "Ada Presiding", group = "member", duties = ["presiding"] },
  { id = "m2", name = "Ben Counting", group = "member", duties = ["scrutineer"] },
  { id = "m3", name = "Cleo Counting", group = "member", duties = ["scrutineer"] },
  { id = "m4", name = "Dora Writing", group = "member", duties = ["recorder"] },
  { id = "m5", name = "Emil Voting", group = "member" },
  { id = "m6", name = "Fay Voting", group = "member" },
  { id = "m7", name = "Gus Voting", group = "member" },
]

[[items]]
id = "rules"
kind = "open_vote"
title = "The rules"
question = "Shall these be the rules?"
about = "rules"
how = "hands"
voters = ["member"]
text = "north.md"

[[items]]
id = "budget"
kind = "open_vote"
title = "The budget"
question = "Shall this be the budget?"
about = "other"
how = "hands"
voters = ["member"]
"#;

const ADDED: &str = r#"[[items]]
id = "posts"
kind = "nomination"
title = "A post"
voters = ["member"]

[[items.nominees]]
id = "north"
name = "Nora North"
post = "Head of the North Office"
list = "government"
introduction = "north.md"
inspection = "north.md"
"#;

const BRIDGE: &str = r#"[[items]]
id = "bridge"
kind = "major_matter"
title = "The bridge"
matter = "project"
voters = ["member"]
head = "m5"
introduced_by = "m6"
order = "lot"
draft = "north.md"
raised = { by = "Transport", on = 2027-02-08 }
studied = { by = "A working meeting", on = 2027-02-19 }
reviewed = { by = "Fay Voting", on = 2027-03-01 }
notified = { by = "The office", on = 2027-03-05 }
execution = { owner = "Transport", task = "Build it", due_on = 2027-06-01 }
check = { owner = "The office", task = "Look at it", due_on = 2027-12-15 }
"#;

fn small_session(home: &Path) -> PathBuf {
    let dir = home.join("small");
    for sub in ["materials", "agenda"] {
        fs::create_dir_all(dir.join(sub)).unwrap();
    }
    fs::write(dir.join("plan.toml"), SMALL).unwrap();
    fs::write(dir.join("materials/north.md"), "# North\n\nBorn, worked, works.\n").unwrap();
    fs::write(dir.join("agenda/posts.toml"), ADDED).unwrap();
    fs::write(dir.join("agenda/bridge.toml"), BRIDGE).unwrap();
    fs::write(dir.join("agenda/odd.toml"), ADDED.replace("north.md", "south.md")).unwrap();
    dir
}

/// A rehearsed meeting changes its agenda: what is added runs to its end, by ballot and by name; what is off is told with its
/// reason; a proposal that is not carried stands in the record.
#[test]
fn a_rehearsed_meeting_changes_its_agenda() {
    let home = tempfile::tempdir().unwrap();
    let dir = small_session(home.path());
    let proposals = json!([
        {"at": "rules", "add": "posts.toml", "before": "rules", "reason": "the post is vacant", "disagree": 1},
        {"at": "posts", "add": "bridge.toml", "reason": "the ice has gone", "disagree": 0},
        {"at": "rules", "take_off": "rules", "reason": "to be drafted again", "disagree": 4},
        {"at": "rules", "move": "rules", "reason": "first the budget"},
        {"at": "budget", "take_off": "rules", "reason": "to be drafted again", "abstain": 3},
    ]);
    let agenda = written(home.path(), "agenda.json", &proposals);
    let out = home.path().join("held");
    let held = out.to_str().unwrap();
    let answer = plenum(&["rehearse", dir.to_str().unwrap(), "--out", held, "--agenda", &agenda]);
    assert_eq!(answer.status, 0, "{}{}", answer.out, answer.err);
    let verified = plenum(&["verify", held, "--lang", "en"]);
    assert_eq!(verified.status, 0, "{}{}", verified.out, verified.err);
    let says = "agenda: 5 decisions on changes, 4 carried; 2 added, 1 taken off; every item of the plan is accounted for";
    assert!(verified.out.contains(says), "{}", verified.out);
    let minutes = plenum(&["minutes", held, "--format", "json"]);
    let minutes: Value = serde_json::from_str(&minutes.out).unwrap();
    let items = minutes["items"].as_array().unwrap();
    let order: Vec<_> = items.iter().map(|item| (&item["id"], &item["stage"])).collect();
    let expected =
        [("posts", "declared"), ("budget", "declared"), ("bridge", "declared"), ("rules", "taken_off")];
    let expected: Vec<_> = expected.iter().map(|(id, stage)| (json!(id), json!(stage))).collect();
    assert!(order.iter().copied().eq(expected.iter().map(|(id, stage)| (id, stage))), "{order:?}");
    assert!(items[0]["lines"][0]["agree"].is_number(), "{}", items[0]);
    assert_eq!(items[2]["named_vote"]["votes"].as_array().unwrap().len(), 7);
    let agenda = minutes["agenda"].as_array().unwrap();
    let told: Vec<_> = agenda.iter().map(|one| (one["change"].as_str(), one["outcome"].as_str())).collect();
    let expected = [
        (Some("added"), Some("carried")),
        (Some("added"), Some("carried")),
        (Some("taken_off"), Some("not_carried")),
        (Some("moved"), Some("carried")),
        (Some("taken_off"), Some("carried")),
    ];
    assert_eq!(told, expected);
    let table = fs::read_to_string(out.join("agenda.csv")).unwrap();
    assert_eq!(table.lines().count(), 6, "{table}");
    let read = plenum(&["minutes", held, "--format", "md", "--lang", "en"]).out;
    for words in ["was taken off the agenda; it was not called", "The reason given: the ice has gone"] {
        assert!(read.contains(words), "{words}: {read}");
    }
    // One changed figure is found, by the table's bytes and by the record's.
    let changed = table.replacen(",6,1,0,carried", ",7,0,0,carried", 1);
    assert_ne!(changed, table);
    fs::write(out.join("agenda.csv"), changed).unwrap();
    assert_ne!(plenum(&["verify", held]).status, 0);
}

#[test]
fn proposals_that_do_not_fit_are_refused_before_anything_begins() {
    let home = tempfile::tempdir().unwrap();
    let dir = small_session(home.path());
    let rows = [
        (json!([{"at": "nowhere", "take_off": "rules", "reason": "x"}]), "no item `nowhere`"),
        (json!([{"at": "rules", "move": "rules", "before": "posts", "reason": "x"}]), "no item `posts`"),
        (json!([{"at": "rules", "reason": "x"}]), "one of `add`"),
        (json!([{"at": "rules", "add": "posts.toml", "take_off": "rules", "reason": "x"}]), "one of `add`"),
        (json!([{"at": "rules", "add": "gone.toml", "reason": "x"}]), "is missing"),
        (json!([{"at": "rules", "add": "../plan.toml", "reason": "x"}]), "outside"),
        (json!([{"at": "rules", "add": "odd.toml", "reason": "x"}]), "odd.toml:12:16"),
        (json!([{"at": "rules", "take_off": "rules"}]), "reason"),
    ];
    for (proposals, says) in rows {
        let file = written(home.path(), "agenda.json", &proposals);
        let out = home.path().join("held");
        let answer =
            plenum(&["rehearse", dir.to_str().unwrap(), "--out", out.to_str().unwrap(), "--agenda", &file]);
        assert_ne!(answer.status, 0, "{says}");
        let said = format!("{}{}", answer.out, answer.err);
        assert!(said.contains(says), "{says}: {said}");
        assert!(!out.exists(), "{says}: something has begun");
    }
}
