//! Plans, banks of questions, and the files of votes and questions that try them.

use std::collections::BTreeSet;
use std::fs;

use plenum::harmless;
use plenum::plan::{self, Bank, BankForm, Item, Mistake, Plan, SessionFolder};
use plenum::rehearse::{Proposals, Script, Sittings, VoteBook};
use plenum::words::{self, Lang};

use super::{file, sayable, target};
use crate::mutate::Form;
use crate::root;

fn sample_plan(name: &str) -> Plan {
    let text = String::from_utf8(file(&format!("sessions/{name}/plan.toml"))).unwrap();
    plan::read(&text, "plan.toml", &|_| Ok(())).unwrap()
}

#[test]
fn plan_text() {
    let names = [
        "plenary-zh",
        "plenary-en",
        "review-zh",
        "review-en",
        "contested-zh",
        "contested-en",
        "exam-zh",
        "exam-en",
        "joint-zh",
        "joint-en",
        "term-zh",
        "term-en",
        "agenda-zh",
        "reconsidered-zh",
        "two-days-zh",
        "archive-major-matter-zh",
        "archive-open-vote-en",
    ];
    let seeds = names.map(|name| file(&format!("sessions/{name}/plan.toml"))).to_vec();
    target("plan", Form::Text, 400, seeds, |input| {
        let text = String::from_utf8_lossy(input);
        let _ = plan::language(&text);
        match plan::read(&text, "plan.toml", &|_| Ok(())) {
            Ok(plan) => {
                let frozen = serde_json::to_vec(&plan).unwrap();
                let again: Plan = serde_json::from_slice(&frozen).expect("a plan is frozen and read again");
                assert_eq!(again, plan);
                let names = plan.people.iter().map(|person| &person.name);
                for name in names.chain([&plan.meeting.title, &plan.meeting.venue]) {
                    assert_eq!(harmless::first_hidden(name), None, "{name:?}");
                }
                for (number, item) in (1..).zip(&plan.items) {
                    sayable(&words::clerk::item_ready(Lang::En, number, item, &plan), input);
                }
                true
            }
            Err(mistakes) => {
                are_told(&mistakes, input);
                false
            }
        }
    })
    .fuzz();
}

/// There are mistakes, each at a place of the text and told in both languages.
fn are_told(mistakes: &[Mistake], input: &[u8]) {
    let lines = String::from_utf8_lossy(input).split('\n').count();
    assert!(!mistakes.is_empty(), "it is refused for a reason");
    assert!(mistakes.len() <= 50 + input.len(), "{} mistakes", mistakes.len());
    for mistake in mistakes {
        assert!((1..=lines + 1).contains(&mistake.place.line), "line {}", mistake.place.line);
        assert!(mistake.place.column >= 1);
        for lang in [Lang::Zh, Lang::En] {
            let said = words::plan::mistake(lang, mistake);
            assert!(said.chars().all(|one| one == '\n' || harmless::is_shown(one)), "{said:?}");
            assert!(said.len() < 20_000, "{} bytes", said.len());
        }
    }
}

/// An item that is added in the meeting comes from a file that nobody has checked before.
#[test]
fn item_to_add() {
    let plan = sample_plan("agenda-zh");
    let bridge = "[[items]]\nid = \"dam\"\nkind = \"major_matter\"\ntitle = \"堤防\"\nmatter = \"project\"\n\
        voters = [\"member\"]\nhead = \"m01\"\nintroduced_by = \"m03\"\norder = \"lot\"\ndraft = \"bridge-draft.md\"\n\
        raised = { by = \"水利站\", on = 2027-02-08 }\nstudied = { by = \"专题会\", on = 2027-02-19 }\n\
        reviewed = { by = \"文秀兰\", on = 2027-03-01 }\n\
        execution = { owner = \"水利站\", task = \"抢修\", due_on = 2027-06-01 }\n\
        check = { owner = \"党政办\", task = \"核查\", due_on = 2027-12-15 }\n";
    let seeds = vec![file("sessions/agenda-zh/agenda/flood.toml"), bridge.as_bytes().to_vec()];
    target("item", Form::Text, 400, seeds, move |input| {
        let text = String::from_utf8_lossy(input);
        match plan::read_item(&plan, &text, "item.toml", &|_| Ok(())) {
            Ok(item) => {
                assert!(plan.item(&item.id).is_none() && item.exam().is_none());
                let frozen = serde_json::to_vec(&item).unwrap();
                let again: Item = serde_json::from_slice(&frozen).expect("an item is kept and read again");
                assert_eq!(again, item);
                assert_eq!(harmless::first_hidden(&item.title), None);
                true
            }
            Err(mistakes) => {
                are_told(&mistakes, input);
                false
            }
        }
    })
    .fuzz();
}

#[test]
fn bank_of_questions() {
    const CSV: &str = "id,kind,text,right,A,B\ns1,single,\"Which, and \"\"when\"\"?\",B,this,that\nt1,true_false,So.,true,,\n";
    let mut seeds = vec![CSV.as_bytes().to_vec()];
    seeds.extend(["exam-zh", "exam-en"].map(|name| file(&format!("sessions/{name}/exam/bank.toml"))));
    target("bank", Form::Text, 600, seeds, |input| {
        let text = String::from_utf8_lossy(input);
        let lines = text.split('\n').count();
        let mut taken = false;
        for form in [BankForm::Toml, BankForm::Csv] {
            match Bank::read(&text, form, "bank") {
                Ok(bank) => {
                    for question in &bank.questions {
                        assert!(!question.right.is_empty(), "a question without a right answer");
                        let choices = question.options.len().max(2);
                        assert!(question.right.iter().all(|place| *place < choices));
                        assert_eq!(harmless::first_hidden(&question.text), None);
                    }
                    taken = true;
                }
                Err(mistakes) => {
                    assert!(!mistakes.is_empty(), "a bank is refused for a reason");
                    for mistake in &mistakes {
                        assert!((1..=lines + 1).contains(&mistake.place.line), "line {}", mistake.place.line);
                        for lang in [Lang::Zh, Lang::En] {
                            let said = words::plan::mistake(lang, mistake);
                            assert!(
                                said.chars().all(|one| one == '\n' || harmless::is_shown(one)),
                                "{said:?}"
                            );
                        }
                    }
                }
            }
        }
        taken
    })
    .fuzz();
}

#[test]
fn votes_and_script() {
    let folder = tempfile::tempdir().unwrap();
    let (nomination, review) = (sample_plan("plenary-en"), sample_plan("review-en"));
    let elections = sample_plan("contested-en");
    let item = &review.items.iter().find(|item| item.review().is_some()).unwrap();
    let official = &item.review().unwrap().officials[0].id;
    let script = format!(
        r#"{{"{}":{{"{official}":[{{"asker":null,"text":"Why?","ended":"promised","due_on":"2099-12-15"}}]}}}}"#,
        item.id
    );
    let seeds = vec![script.into_bytes(), file("sessions/contested-en/votes.json"), b"{}".to_vec()];
    target("votes_script", Form::Json, 800, seeds, move |input| {
        let path = folder.path().join("file.json");
        fs::write(&path, input).unwrap();
        let absent = BTreeSet::new();
        let mut taken = false;
        for plan in [&nomination, &review, &elections] {
            match VoteBook::read(Some(&path), plan, &absent, &BTreeSet::new(), 1) {
                Ok(_) => taken = true,
                Err(fault) => sayable(&fault.to_string(), input),
            }
            match Script::read(Some(&path), plan, &absent) {
                Ok(_) => taken = true,
                Err(fault) => sayable(&fault.to_string(), input),
            }
        }
        taken
    })
    .fuzz();
}

/// What a rehearsal is told besides: proposals on the agenda, and the sittings of several days.
#[test]
fn rehearsal() {
    let home = tempfile::tempdir().unwrap();
    let (agenda, days) = (sample_plan("agenda-zh"), sample_plan("two-days-zh"));
    let folder = SessionFolder::new(root().join("sessions/agenda-zh"));
    let seeds = vec![file("sessions/agenda-zh/agenda.json"), file("sessions/two-days-zh/sittings.json")];
    target("rehearsal", Form::Json, 400, seeds, move |input| {
        let path = home.path().join("file.json");
        fs::write(&path, input).unwrap();
        let mut taken = false;
        match Proposals::read(Some(&path), &folder, &agenda) {
            Ok(_) => taken = true,
            Err(fault) => sayable(&fault.to_string(), input),
        }
        match Sittings::read(Some(&path), &days) {
            Ok(sittings) => {
                assert!(sittings.ever_absent().iter().all(|seat| days.person(seat.as_str()).is_some()));
                taken = true;
            }
            Err(fault) => sayable(&fault.to_string(), input),
        }
        taken
    })
    .fuzz();
}
