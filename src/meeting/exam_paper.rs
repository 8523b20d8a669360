//! The papers of an exam: what each seat is asked, drawn and shuffled so that anyone can do it again; and the sheet on which
//! it answers. `docs/archive.md` has the same in words, for readers in other languages.
//!
//! Nobody chooses what a seat is asked. The hub commits to bank and seed in the first line of the record, before anybody is
//! there; each terminal adds a lot of its own when it takes its place; from both together follows the paper. Neither the hub,
//! which does not know the lots when it commits, nor a candidate, who does not know the seed, can steer it.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ids::{ItemId, SeatId, SessionId};
use super::order::{Identity, verify};
use super::sha256_hex;
use crate::plan::{Bank, BankForm, BankQuestion, Exam};
use crate::rules::{QuestionKind, marks_for};

/// The most characters that the answer to one question takes: a letter for each option.
const ANSWER_CHARACTERS_MAX: usize = crate::plan::bank::OPTIONS_MAX;

/// What the hub commits to in the first line: one exam's bank and seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamSealed {
    /// The item.
    pub item: ItemId,
    /// The hash of the bank under the seed, in hex: see [`bank_commitment`].
    pub bank: String,
    /// The hash of the seed, in hex: see [`seed_commitment`].
    pub seed: String,
}

/// A bank as it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedBank {
    /// The seed, 64 hex digits.
    pub seed: String,
    /// How the bank is written.
    pub form: BankForm,
    /// The bank as it was in its file.
    pub text: String,
}

/// The commitment to a bank. The seed is secret and random, so that nobody can try out banks with other answers.
pub fn bank_commitment(session: &SessionId, item: &ItemId, seed: &str, text: &str) -> String {
    let head = format!("plenum/v1/exam-bank|{session}|{item}|{seed}|");
    sha256_hex(&[head.as_bytes(), text.as_bytes()].concat())
}

/// The commitment to a seed.
pub fn seed_commitment(session: &SessionId, item: &ItemId, seed: &str) -> String {
    sha256_hex(format!("plenum/v1/exam-seed|{session}|{item}|{seed}").as_bytes())
}

/// Whether a text is a seed or a lot: 64 hex digits, lower case.
pub fn is_lot(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|digit| digit.is_ascii_digit() || (b'a'..=b'f').contains(&digit))
}

impl ExamSealed {
    /// The commitment to a bank and a seed.
    pub fn of(session: &SessionId, item: ItemId, opened: &OpenedBank) -> Self {
        let bank = bank_commitment(session, &item, &opened.seed, &opened.text);
        let seed = seed_commitment(session, &item, &opened.seed);
        Self { item, bank, seed }
    }

    /// Whether this is what was committed to.
    pub fn is_opened_by(&self, session: &SessionId, opened: &OpenedBank) -> bool {
        *self == Self::of(session, self.item.clone(), opened)
    }
}

/// A question as a candidate sees it: nothing in it says what is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperQuestion {
    /// Its name in the bank.
    pub id: String,
    /// Its kind.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: String,
    /// The options in the order of this paper; none where a statement is true or false.
    pub options: Vec<String>,
}

impl PaperQuestion {
    /// How many answers there are to choose from.
    pub fn choices(&self) -> usize {
        if self.kind == QuestionKind::TrueFalse { 2 } else { self.options.len() }
    }
}

/// A paper: what one seat is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamPaper {
    /// The questions in the order of the paper.
    pub questions: Vec<PaperQuestion>,
}

impl ExamPaper {
    /// The paper's hash, in hex: over the questions as JSON, so that whoever signs a sheet signs what was asked.
    pub fn hash(&self) -> String {
        let questions: Vec<_> = self
            .questions
            .iter()
            .map(|question| (&question.id, question.kind, &question.text, &question.options))
            .collect();
        sha256_hex(&serde_json::to_vec(&questions).unwrap_or_default())
    }
}

/// A paper with its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// The paper.
    pub paper: ExamPaper,
    /// For each question the places of the right answers on this paper, from 0, in order.
    pub right: Vec<Vec<usize>>,
}

/// Numbers below a bound, each as likely as the next: SHA-256 in counter mode, with what would be uneven thrown away.
struct Lots {
    key: String,
    counter: u64,
}

impl Lots {
    fn next(&mut self) -> u64 {
        let mut hash = Sha256::new();
        hash.update(self.key.as_bytes());
        hash.update(b"|");
        hash.update(self.counter.to_string().as_bytes());
        self.counter += 1;
        hash.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }

    /// A number from 0 to below `count`.
    fn below(&mut self, count: usize) -> usize {
        let Some(count) = u64::try_from(count).ok().filter(|count| *count > 0) else { return 0 };
        let even = u64::MAX - u64::MAX % count;
        loop {
            let number = self.next();
            if number < even {
                return usize::try_from(number % count).unwrap_or(0);
            }
        }
    }

    /// The first `count` places of a shuffle of so many.
    fn places(&mut self, of: usize, count: usize) -> Vec<usize> {
        let mut places: Vec<usize> = (0..of).collect();
        let count = count.min(of);
        for place in 0..count {
            let other = place + self.below(of - place);
            places.swap(place, other);
        }
        places.truncate(count);
        places
    }
}

/// Draws the paper of a seat.
pub fn draw(place: (&SessionId, &ItemId, &SeatId), seed: &str, lot: &str, bank: &Bank, exam: &Exam) -> Drawn {
    let (session, item, seat) = place;
    let key = sha256_hex(format!("plenum/v1/exam-draw|{session}|{item}|{seat}|{seed}|{lot}").as_bytes());
    let mut lots = Lots { key, counter: 0 };
    let mut drawn = Drawn { paper: ExamPaper { questions: Vec::new() }, right: Vec::new() };
    for section in &exam.sections {
        let of_kind: Vec<&BankQuestion> =
            bank.questions.iter().filter(|question| question.kind == section.kind).collect();
        let count = usize::try_from(section.draw).unwrap_or(usize::MAX);
        for place in lots.places(of_kind.len(), count) {
            let Some(question) = of_kind.get(place) else { continue };
            let (asked, right) = shuffled(question, &mut lots);
            drawn.paper.questions.push(asked);
            drawn.right.push(right);
        }
    }
    drawn
}

/// A question with its options in another order; true and false stay where they are.
fn shuffled(question: &BankQuestion, lots: &mut Lots) -> (PaperQuestion, Vec<usize>) {
    let order = lots.places(question.options.len(), question.options.len());
    let options = order.iter().filter_map(|place| question.options.get(*place).cloned()).collect();
    let right = if order.is_empty() {
        question.right.clone()
    } else {
        let is_right = |(_, from): &(usize, &usize)| question.right.contains(from);
        order.iter().enumerate().filter(is_right).map(|(place, _)| place).collect()
    };
    let (id, kind, text) = (question.id.clone(), question.kind, question.text.clone());
    (PaperQuestion { id, kind, text, options }, right)
}

/// What a candidate answers: signed by the seat's key, so that nobody else can have answered so, and salted, so that its
/// hash says nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerSheet {
    /// Grows with every version.
    pub number: u32,
    /// The hash of the paper that was answered, in hex.
    pub paper: String,
    /// For each question of the paper the letters of what is chosen, sorted: `""`, `"A"`, `"BD"`.
    pub answers: Vec<String>,
    /// 32 random hex digits.
    pub salt: String,
    /// Ed25519 under [`AnswerSheet::text`], in hex.
    pub signature: String,
}

/// The letters of chosen places.
pub fn letters(places: &[usize]) -> String {
    let mut places = places.to_vec();
    places.sort_unstable();
    places.dedup();
    let letter =
        |place: usize| u8::try_from(place).ok().and_then(|place| b'A'.checked_add(place)).map(char::from);
    places.into_iter().filter_map(letter).collect()
}

/// The places of letters.
pub fn places(letters: &str) -> Vec<usize> {
    letters.bytes().filter_map(|letter| letter.checked_sub(b'A').map(usize::from)).collect()
}

impl AnswerSheet {
    /// Signs answers.
    pub fn sign(
        identity: &Identity,
        place: (&SessionId, &ItemId, &SeatId),
        number: u32,
        paper: &ExamPaper,
        answers: Vec<String>,
        salt: String,
    ) -> Self {
        let mut sheet = Self { number, paper: paper.hash(), answers, salt, signature: String::new() };
        sheet.signature = identity.sign(&sheet.text(place));
        sheet
    }

    /// What is signed: separated by `|`, the answers by `,`.
    pub fn text(&self, (session, item, seat): (&SessionId, &ItemId, &SeatId)) -> String {
        let Self { number, paper, answers, salt, .. } = self;
        let answers = answers.join(",");
        format!("plenum/v1/exam-sheet|{session}|{item}|{seat}|{paper}|{number}|{salt}|{answers}")
    }

    /// The hash that stands in the record when it is handed in, in hex.
    pub fn seal(&self, place: (&SessionId, &ItemId, &SeatId)) -> String {
        sha256_hex(self.text(place).as_bytes())
    }

    /// Whether it is signed by one of these keys.
    pub fn is_by(
        &self,
        place: (&SessionId, &ItemId, &SeatId),
        keys: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> bool {
        let text = self.text(place);
        keys.into_iter().any(|key| verify(key.as_ref(), &text, &self.signature))
    }

    /// Whether it can answer a paper: one answer a question, letters of its options, sorted, and no more than the kind of
    /// question takes.
    pub fn answers_paper(&self, paper: &ExamPaper) -> bool {
        self.salt.len() == 32
            && self.salt.bytes().all(|digit| digit.is_ascii_hexdigit())
            && self.paper == paper.hash()
            && self.answers.len() == paper.questions.len()
            && self.answers.iter().zip(&paper.questions).all(|(answer, question)| {
                let chosen = places(answer);
                let one = question.kind != QuestionKind::Multiple;
                answer.len() <= ANSWER_CHARACTERS_MAX
                    && letters(&chosen) == *answer
                    && chosen.iter().all(|place| *place < question.choices())
                    && (!one || chosen.len() <= 1)
            })
    }
}

/// The marks of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamMarks {
    /// All of them.
    pub total: u32,
    /// For each section of the paper, in its order.
    pub sections: Vec<SectionMarks>,
}

/// The marks of one kind of question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionMarks {
    /// How many answers were right.
    pub right: u32,
    /// How many had something missing and nothing wrong.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub partly: u32,
    /// What they are worth.
    pub marks: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// Marks answers: exactly, by the plan. No sheet is worth nothing.
pub fn grade(exam: &Exam, drawn: &Drawn, answers: &[String]) -> ExamMarks {
    let mut marks = ExamMarks { total: 0, sections: vec![SectionMarks::default(); exam.sections.len()] };
    for ((question, right), answer) in drawn.paper.questions.iter().zip(&drawn.right).zip(answers) {
        let place = exam.sections.iter().position(|section| section.kind == question.kind);
        let Some((place, section)) = place.and_then(|place| Some((place, exam.sections.get(place)?))) else {
            continue;
        };
        let worth = marks_for(right, &places(answer), section.marks, section.partial);
        if let Some(of_kind) = marks.sections.get_mut(place).filter(|_| worth > 0) {
            let whole = worth == section.marks;
            of_kind.right += u32::from(whole);
            of_kind.partly += u32::from(!whole);
            of_kind.marks += worth;
        }
        marks.total += worth;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_places_are_the_same() {
        for (chosen, written) in [(&[][..], ""), (&[0], "A"), (&[3, 1], "BD"), (&[2, 2], "C")] {
            assert_eq!(letters(chosen), written);
            let mut sorted = chosen.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(places(written), sorted);
        }
    }

    #[test]
    fn lots_are_fixed_by_their_key_and_even() {
        let lots = || Lots { key: "key".to_owned(), counter: 0 };
        let mut counts = [0u32; 5];
        let mut drawn = lots();
        for _ in 0..5_000 {
            counts[drawn.below(5)] += 1;
        }
        assert!(counts.iter().all(|count| (850..1_150).contains(count)), "{counts:?}");
        let mut places = lots().places(10, 10);
        assert_ne!(places, (0..10).collect::<Vec<_>>());
        assert_eq!(places, lots().places(10, 10));
        places.sort_unstable();
        assert_eq!(places, (0..10).collect::<Vec<_>>());
        assert_eq!(lots().places(3, 7).len(), 3);
    }
}
