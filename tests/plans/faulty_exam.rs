//! A sound plan of an exam and a sound bank, and what can be done wrong to them.

use std::collections::HashSet;
use std::fs;
use std::mem::discriminant;

use plenum::plan::{Bank, BankForm, Mistake, MistakeKind, SessionFolder, Unready};
use plenum::rules::QuestionKind;
use plenum::words::{self, Lang};

/// An exam without mistakes.
pub const SOUND: &str = r#"format = "plenum-plan/1"
meeting = { title = "考试", body = "委员会", date = 2027-03-12, venue = "大厅", language = "zh" }
groups = [{ id = "all", name = "全体", standing = "attendee" }]
people = [
  { id = "li", name = "李明", group = "all", duties = ["presiding"] },
  { id = "wang", name = "王秀英", group = "all" },
  { id = "zhao", name = "赵云", group = "all" },
]

[[items]]
id = "exam"
kind = "exam"
title = "廉政法规考试"
bank = "bank.toml"
book = "open"
texts = [{ title = "条例", path = "a.md" }]
single = { draw = 2, marks = 30 }
multiple = { draw = 1, marks = 30, partial = 10 }
true_false = { draw = 1, marks = 10 }

[[items.candidates]]
person = "wang"
post = "镇长"

[[items.candidates]]
person = "zhao"
attempt = 2
first_failed = 2026-09-12
"#;

/// A bank without mistakes.
pub const BANK: &str = r#"format = "plenum-exam/1"

[[questions]]
id = "s1"
kind = "single"
text = "几日？"
options = ["三日", "五日", "十日"]
right = "B"

[[questions]]
id = "s2"
kind = "single"
text = "几月？"
options = ["一月", "两月"]
right = "A"

[[questions]]
id = "m1"
kind = "multiple"
text = "哪些？"
options = ["本人", "配偶", "同乡"]
right = "AB"

[[questions]]
id = "t1"
kind = "true_false"
text = "可以。"
right = false
"#;

/// The same as a spreadsheet writes it.
pub const CSV: &str = "id,kind,text,right,A,B,C\ns1,single,几日？,B,三日,五日,十日\ns2,single,\"几月，还是\"\"几日\"\"？\",A,一月,两月,\nm1,multiple,哪些？,AB,本人,配偶,同乡\nt1,true_false,可以。,false,,,\n";

/// (what is replaced, by what, what is said)
const FAULTY: &[(&str, &str, &[&str])] = &[
    ("\"bank.toml\"", "\"../bank.toml\"", &["14:8: the bank `../bank.toml` lies outside of exam/"]),
    ("\"bank.toml\"", "\"bank.xlsx\"", &["14:8: the bank `bank.xlsx` is neither .toml nor .csv"]),
    (
        "single = { draw = 2, marks = 30 }\nmultiple = { draw = 1, marks = 30, partial = 10 }\ntrue_false = { draw = 1, marks = 10 }",
        "",
        &["10:1: an exam for which nothing is drawn"],
    ),
    ("marks = 10 }", "marks = 0 }\npass_mark = 90", &["19:14: a right answer is worth nothing"]),
    (
        "partial = 10",
        "partial = 30",
        &["18:12: an incomplete answer gets 30, no less than the 30 of a complete one"],
    ),
    ("book =", "pass_mark = 101\nbook =", &["15:13: a pass mark of 101 where there are 100 marks"]),
    ("book =", "quorum = { at_least = \"2/3\" }\nbook =", &["15:10: an exam has no quorum"]),
    (
        "texts = [{ title = \"条例\", path = \"a.md\" }]\n",
        "",
        &["15:8: an open book with no texts to look into"],
    ),
    ("\"open\"", "\"closed\"", &["16:33: a closed book with texts"]),
    ("path = \"a.md\"", "path = \"missing.md\"", &["16:33: the material `missing.md` is missing"]),
    ("person = \"zhao\"", "person = \"zhou\"", &["26:10: unknown person `zhou`"]),
    ("person = \"zhao\"", "person = \"wang\"", &["26:10: `wang` is a candidate twice"]),
    ("person = \"zhao\"", "person = \"li\"", &["26:10: `li` presides and is a candidate"]),
    ("attempt = 2", "attempt = 3", &["27:11: there is no attempt 3: there is one make-up, and then never"]),
    ("attempt = 2", "attempt = 0", &["27:11: there is no attempt 0: there is one make-up, and then never"]),
    (
        "first_failed = 2026-09-12\n",
        "",
        &["27:11: a make-up that does not say when the first attempt failed"],
    ),
    ("attempt = 2\n", "", &["27:16: a first attempt that says when a first attempt failed"]),
    (
        "2026-09-12",
        "2027-03-12",
        &["28:16: the make-up on 2027-03-12 is not after the first attempt on 2027-03-12"],
    ),
    (
        "2026-09-12",
        "2026-09-11",
        &["28:16: the half year for the make-up ended on 2027-03-11, and the exam is on 2027-03-12"],
    ),
    ("minutes", "minutes", &[]),
    ("book =", "minutes = 481\nbook =", &["15:11: `minutes` cannot be 481"]),
    ("book =", "boook =", &["15:1: unknown key `boook`"]),
    ("draw = 1, marks = 10 }", "draw = 1, marks = 10, partial = 1 }", &["19:38: unknown key `partial`"]),
];

/// What can be wrong with a bank in TOML.
const FAULTY_BANK: &[(&str, &str, &[&str])] = &[
    ("plenum-exam/1", "plenum-exam/9", &["1:10: unknown format `plenum-exam/9` of a bank"]),
    ("right = \"B\"", "right = \"D\"", &["8:9: `D` is none of the 3 options, or stands there twice"]),
    ("right = \"B\"", "right = \"\"", &["8:9: a question with no right answer"]),
    ("right = \"B\"\n", "", &["3:1: `right` is missing"]),
    ("right = \"B\"", "right = \"AB\"", &["8:9: 2 right answers where exactly one can be chosen"]),
    ("right = \"AB\"", "right = \"ABA\"", &["22:9: `A` is none of the 3 options, or stands there twice"]),
    ("right = false", "right = \"A\"", &["28:9: `right` is to be true or false"]),
    ("\"true_false\"", "\"truefalse\"", &["26:8: unknown kind `truefalse`"]),
    ("id = \"s2\"", "id = \"s1\"", &["11:6: duplicate id `s1` of a question"]),
    (
        "\"几月？\"\noptions = [\"一月\", \"两月\"]",
        "\"几日？\"\noptions = [\"五日\", \"十日\", \"三日\"]",
        &["13:8: the same question twice"],
    ),
    ("\"三日\", \"五日\"", "\"五日\", \"五日\"", &["7:18: `五日` is listed twice"]),
    ("[\"一月\", \"两月\"]", "[\"一月\"]", &["11:6: a question with 1 option"]),
    ("right = false", "right = false\noptions = [\"是\", \"否\"]", &["29:12: a statement with options"]),
    ("right = false", "right = false\nwrong = true", &["29:1: unknown key `wrong`"]),
];

/// What can be wrong with a bank in CSV.
const FAULTY_CSV: &[(&str, &str, &[&str])] = &[
    ("id,kind,text,right,A", "id,kind,txt,right,A", &["1:9: a column `txt` where `text` must be"]),
    ("id,kind,text,right,A,B,C", "id,kind,text", &["1:1: the column `right` is missing"]),
    (",B,三日", ",E,三日", &["2:15: `E` is none of the 3 options, or stands there twice"]),
    ("十日", "十日,百日", &["2:26: more cells than the 7 columns of the head"]),
    ("s1,single", "s1,choose", &["2:4: unknown kind of question `choose`"]),
    (",false,", ",no,", &["5:19: a statement that is `no`, not true or false"]),
    (",false,", ",,", &["5:19: a statement that is neither true nor false"]),
    ("\"几月", "\"\"几月", &[]),
    ("\"\"？\"", "？", &["3:11: a quotation mark that nothing closes"]),
];

fn lines(mistakes: &[Mistake], file: &str) -> Vec<String> {
    let first = |mistake| words::plan::mistake(Lang::En, mistake).lines().next().unwrap().to_owned();
    mistakes.iter().map(first).map(|line| line.replacen(&format!("{file}:"), "", 1)).collect()
}

/// Every faulty plan, with what is to be said of it.
pub fn all_faulty() -> Vec<(String, &'static [&'static str])> {
    FAULTY
        .iter()
        .filter(|(_, _, said)| !said.is_empty())
        .map(|(sound, faulty, said)| {
            assert!(SOUND.contains(sound), "{sound}");
            (SOUND.replacen(sound, faulty, 1), *said)
        })
        .collect()
}

fn faulty_banks() -> Vec<Mistake> {
    let mut all = Vec::new();
    let sets = [(BANK, BankForm::Toml, FAULTY_BANK), (CSV, BankForm::Csv, FAULTY_CSV)];
    for (whole, form, table) in sets {
        for (sound, faulty, said) in table.iter().filter(|(_, _, said)| !said.is_empty()) {
            assert!(whole.contains(sound), "{sound}");
            let text = whole.replacen(sound, faulty, 1);
            let found = Bank::read(&text, form, "bank").err().unwrap_or_default();
            assert_eq!(lines(&found, "bank"), *said, "{text}");
            all.extend(found);
        }
    }
    all
}

#[test]
fn a_bank_is_read_alike_from_both_forms() {
    let from = |text: &str, form| Bank::read(text, form, "bank").unwrap();
    let (toml, csv) = (from(BANK, BankForm::Toml), from(CSV, BankForm::Csv));
    assert_eq!(toml.questions[0], csv.questions[0]);
    assert_eq!(toml.questions[2..], csv.questions[2..]);
    assert_eq!(csv.questions[1].text, "几月，还是\"几日\"？");
    assert_eq!(csv.questions[1].options.len(), 2);
    assert_eq!(
        (csv.questions[2].right.as_slice(), csv.questions[3].right.as_slice()),
        (&[0, 1][..], &[1][..])
    );
    let windows = CSV.replace('\n', "\r\n");
    assert_eq!(from(&windows, BankForm::Csv), csv);
    assert_eq!(toml.count(QuestionKind::Single), 2);
}

#[test]
fn each_mistake_of_a_bank_is_found_at_its_place_and_said_in_both_languages() {
    for mistake in faulty_banks() {
        for lang in [Lang::Zh, Lang::En] {
            assert_eq!(words::plan::mistake(lang, &mistake).lines().count(), 2);
        }
    }
    let empty =
        Bank::read("format = \"plenum-exam/1\"\nquestions = []\n", BankForm::Toml, "bank").unwrap_err();
    assert_eq!(lines(&empty, "bank"), ["1:1: a bank without questions"]);
}

/// The folder is checked as a whole: the bank is there, reads, and has enough of each kind.
#[test]
fn a_folder_is_checked_with_its_bank() {
    let home = tempfile::tempdir().unwrap();
    let folder = SessionFolder::new(home.path());
    fs::create_dir(folder.materials()).unwrap();
    fs::write(folder.materials().join("a.md"), "条例").unwrap();
    fs::write(folder.plan(), SOUND).unwrap();
    let said = || match folder.read_plan() {
        Ok(_) => Vec::new(),
        Err(Unready::Mistaken { mistakes, .. }) => {
            let file = folder.banks().join("bank.toml");
            lines(&mistakes, &file.to_string_lossy())
        }
        Err(other) => panic!("{other:?}"),
    };
    assert_eq!(said(), ["1:1: the bank `bank.toml` is missing"]);
    fs::create_dir(folder.banks()).unwrap();
    let bank = folder.banks().join("bank.toml");
    fs::write(&bank, BANK).unwrap();
    assert_eq!(said(), Vec::<String>::new());
    fs::write(&bank, BANK.replace("\"A\"", "\"C\"")).unwrap();
    assert_eq!(said(), ["15:9: `C` is none of the 2 options, or stands there twice"]);
    fs::write(&bank, BANK.split_once("[[questions]]\nid = \"t1\"").unwrap().0).unwrap();
    assert_eq!(said(), ["1:1: 0 questions of the kind `true_false`, and the plan draws 1"]);
}

#[test]
fn no_kind_of_mistake_of_a_bank_is_left_out() {
    /// Those of `BankMistake` that one text can show; a bank that is too long, without questions, or with too few of a kind
    /// has its own tests.
    const KINDS: usize = 12;
    let kinds: HashSet<_> = faulty_banks()
        .iter()
        .filter_map(|mistake| match &mistake.what {
            MistakeKind::Bank(inner) => Some(discriminant(inner)),
            _ => None,
        })
        .collect();
    assert_eq!(kinds.len(), KINDS);
}
