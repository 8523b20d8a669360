//! An exam for tests: four candidates (one at the make-up), a bank of nine questions, and the steps that bring it to any point,
//! all through `decide` and the fold.

use ed25519_dalek::SigningKey;

use super::exam_paper::letters;
use super::sample::{Sample, plan as ballot_plan};
use super::{
    Actor, AnswerSheet, Command, Drawn, ExamSealed, Identity, ItemId, OpenedBank, SeatId, exam_paper::draw,
};
use crate::plan::{
    Bank, BankForm, Book, Candidate, DeclareTo, Exam, ExamText, Group, Item, ItemKind, Person, Section,
    Standing,
};
use crate::rules::QuestionKind;
use crate::words::Lang;

/// The seed of the sample.
pub const SEED: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

/// Where an exam can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExamPoint {
    /// The meeting is open.
    ToCome,
    /// Two of four are seated.
    Seating,
    /// It runs; three are seated.
    Running,
    /// One has handed in.
    HandedIn,
    /// It is over.
    Ended,
    /// Bank and sheets are opened, and marked.
    Marked,
    /// Results are declared.
    Declared,
}

/// The bank of the sample, as a spreadsheet writes it.
pub fn bank(lang: Lang) -> String {
    let mut text = "id,kind,text,right,A,B,C,D\n".to_owned();
    for number in 1..=4 {
        text.push_str(&lang.pick(
            format!("s{number},single,条例第{number}条规定的期限是几日？,B,三日,五日,十日,十五日\n"),
            format!("s{number},single,What is the time limit of article {number}?,B,3 days,5 days,10 days,15 days\n"),
        ));
    }
    for number in 1..=3 {
        text.push_str(&lang.pick(
            format!("m{number},multiple,下列哪些属于第{number}类应当回避的情形？,ACD,本人,同乡,配偶,近亲属\n"),
            format!("m{number},multiple,Who must stand aside in case {number}?,ACD,oneself,a fellow villager,a spouse,a close relative\n"),
        ));
    }
    for number in 1..=2 {
        text.push_str(&lang.pick(
            format!("t{number},true_false,第{number}款所称礼金可以不登记上交。,false\n"),
            format!(
                "t{number},true_false,Gifts of money under clause {number} need not be declared.,false\n"
            ),
        ));
    }
    text
}

/// The plan of the sample.
pub fn exam_plan(lang: Lang, declare: DeclareTo) -> crate::plan::Plan {
    let mut plan = ballot_plan(lang);
    let names: [(&str, &str); 5] = lang.pick(
        [
            ("boss", "陈监"),
            ("lin", "林知远"),
            ("he", "何静"),
            ("gu", "阿卜杜热合曼·买买提明"),
            ("wu", "吴晓"),
        ],
        [
            ("boss", "Carrow"),
            ("lin", "Lindley"),
            ("he", "Haye"),
            ("gu", "Abdurahman Muhammadamin"),
            ("wu", "Whitcombe"),
        ],
    );
    plan.groups = vec![
        Group {
            id: "staff".into(),
            name: lang.pick("工作人员", "Staff").into(),
            standing: Standing::Attendee,
        },
        Group {
            id: "candidate".into(),
            name: lang.pick("考生", "Candidates").into(),
            standing: Standing::Attendee,
        },
    ];
    plan.people = names
        .iter()
        .map(|(id, name)| Person {
            id: (*id).into(),
            name: (*name).into(),
            group: if *id == "boss" { "staff" } else { "candidate" }.into(),
            unit: String::new(),
            duties: if *id == "boss" { vec![crate::plan::Duty::Presiding] } else { Vec::new() },
            leave: false,
        })
        .collect();
    let candidate = |person: &str, attempt: u32| Candidate {
        person: person.into(),
        post: lang.pick("镇长", "Town head").into(),
        attempt,
        first_failed: (attempt > 1).then(|| jiff::civil::date(2026, 6, 1)),
    };
    plan.items = vec![Item {
        id: "exam".into(),
        title: lang.pick("拟任人选廉政法规考试", "Exam on the law of integrity").into(),
        kind: ItemKind::Exam(Exam {
            bank: "bank.csv".into(),
            sections: vec![
                Section { kind: QuestionKind::Single, draw: 3, marks: 20, partial: 0 },
                Section { kind: QuestionKind::Multiple, draw: 2, marks: 15, partial: 5 },
                Section { kind: QuestionKind::TrueFalse, draw: 1, marks: 10, partial: 0 },
            ],
            pass_mark: 80,
            seconds: 7_200,
            warning_seconds: 600,
            book: Book::Open,
            texts: vec![ExamText {
                title: lang.pick("条例", "Regulations").into(), path: "rules.md".into()
            }],
            declare,
            candidates: vec![candidate("lin", 1), candidate("he", 1), candidate("gu", 2), candidate("wu", 1)],
        }),
    }];
    plan
}

/// The key of a seat: the same each time.
pub fn identity(seat: &str) -> Identity {
    let mut bytes = [7u8; 32];
    for (byte, letter) in bytes.iter_mut().zip(seat.bytes()) {
        *byte = letter;
    }
    Identity::from_bytes(SigningKey::from_bytes(&bytes).as_bytes())
}

/// The lot of a seat.
pub fn lot(seat: &str) -> String {
    super::sha256_hex(seat.as_bytes())
}

impl Sample {
    /// The meeting of an exam after its first line.
    pub fn exam(lang: Lang, declare: DeclareTo) -> Self {
        let mut sample = Self::of(exam_plan(lang, declare));
        let opened = sample.opened_bank(lang);
        let mut frozen = (*sample.state.frozen).clone();
        frozen.exams = vec![ExamSealed::of(&frozen.session, Self::exam_item(), &opened)];
        sample.state.frozen = std::sync::Arc::new(frozen);
        sample
    }

    /// The item of an exam.
    pub fn exam_item() -> ItemId {
        ItemId::from("exam")
    }

    /// What the hub opens at the end.
    pub fn opened_bank(&self, lang: Lang) -> OpenedBank {
        OpenedBank { seed: SEED.into(), form: BankForm::Csv, text: bank(lang) }
    }

    /// The paper of a seat.
    pub fn exam_paper(&self, seat: &str) -> Drawn {
        let (item, seat) = (Self::exam_item(), SeatId::from(seat));
        let lang = self.state.plan().meeting.language;
        let bank = Bank::read(&bank(lang), BankForm::Csv, "").unwrap();
        let plan = self.state.item(&item).and_then(Item::exam).unwrap();
        draw((self.state.session(), &item, &seat), SEED, &lot(seat.as_str()), &bank, plan)
    }

    /// A sheet with this many of the first questions right, the others wrong.
    pub fn sheet(&self, seat: &str, number: u32, right: usize) -> AnswerSheet {
        let drawn = self.exam_paper(seat);
        let answers =
            drawn.right.iter().zip(&drawn.paper.questions).enumerate().map(|(place, (places, question))| {
                let wrong = (0..question.choices()).find(|option| !places.contains(option)).unwrap_or(0);
                if place < right { letters(places) } else { letters(&[wrong]) }
            });
        let (item, id) = (Self::exam_item(), SeatId::from(seat));
        let place = (self.state.session(), &item, &id);
        AnswerSheet::sign(&identity(seat), place, number, &drawn.paper, answers.collect(), "ab".repeat(16))
    }

    /// Hands in a sheet.
    pub fn hand_in(&mut self, seat: &str, sheet: &AnswerSheet) {
        let (item, id) = (Self::exam_item(), SeatId::from(seat));
        let seal = sheet.seal((self.state.session(), &item, &id));
        self.order(&Actor::Seat(id), Command::HandIn { item, number: sheet.number, sheet: seal });
    }

    /// A candidate takes a place.
    pub fn take_place(&mut self, seat: &str) {
        let command = Command::TakePlace { item: Self::exam_item(), lot: lot(seat) };
        self.order(&Actor::Seat(SeatId::from(seat)), command);
    }

    /// Leads the meeting to a point of its exam: `lin` gets all marks, `he` 60, `gu` (make-up) none, `wu` is absent.
    pub fn until_exam(mut self, point: ExamPoint) -> Self {
        use ExamPoint as At;
        let item = Self::exam_item();
        let lang = self.state.plan().meeting.language;
        let steps = [At::ToCome, At::Seating, At::Running, At::HandedIn, At::Ended, At::Marked, At::Declared];
        for step in steps.into_iter().filter(|step| *step <= point) {
            let item = item.clone();
            match step {
                At::ToCome => {
                    for seat in ["lin", "he", "gu", "wu"] {
                        let (who, key) = (Actor::Seat(SeatId::from(seat)), identity(seat).public());
                        self.order(&Actor::Hub, Command::Enrol { who, key });
                    }
                    self.sign_in(&["boss", "lin", "he", "gu", "wu"]);
                    self.console(Command::OpenMeeting);
                }
                At::Seating => {
                    self.console(Command::OpenItem { item });
                    self.take_place("lin");
                    self.take_place("he");
                }
                At::Running => {
                    self.take_place("gu");
                    self.console(Command::BeginExam { item });
                }
                At::HandedIn => {
                    let sheet = self.sheet("lin", 3, 6);
                    self.hand_in("lin", &sheet);
                }
                At::Ended => self.console(Command::EndExam { item }),
                At::Marked => {
                    let opened = Box::new(self.opened_bank(lang));
                    self.order(&Actor::Hub, Command::OpenBank { item: item.clone(), opened });
                    for (seat, number, right) in [("lin", 3, 6), ("he", 9, 3)] {
                        let sheet = Some(Box::new(self.sheet(seat, number, right)));
                        let seat = SeatId::from(seat);
                        self.order(&Actor::Hub, Command::OpenSheet { item: item.clone(), seat, sheet });
                    }
                    let (seat, sheet) = (SeatId::from("gu"), None);
                    self.order(&Actor::Hub, Command::OpenSheet { item: item.clone(), seat, sheet });
                    let figures = self.state.exam_figures(&item);
                    self.order(&Actor::Hub, Command::FinishMarking { item, figures });
                }
                At::Declared => self.console(Command::Declare { item }),
            }
        }
        self
    }
}
