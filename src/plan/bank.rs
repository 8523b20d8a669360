//! A bank of questions: read from TOML or CSV, with the place of every mistake. It holds the answers, so nobody but the
//! hub reads it before the exam is over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::bank_csv;
use super::entry::{Entry, Words};
use super::exam_model::Exam;
use super::mistake::{BankMistake, Findings, Limited, Mistake, MistakeKind, Named, Place};
use super::read::parse_toml;
use super::spelling::{fault_of_id, fault_of_text_within};
use crate::rules::QuestionKind;

/// The format of a bank in TOML.
pub const BANK_FORMAT: &str = "plenum-exam/1";
/// A bank longer than this is none: it goes into one line of the record.
pub const BANK_BYTES_MAX: usize = 512 * 1024;
/// The fewest options among which something can be chosen, and as many as have a letter on a screen.
pub const OPTIONS_MIN: usize = 2;
/// See [`OPTIONS_MIN`].
pub const OPTIONS_MAX: usize = 8;
const QUESTIONS_MAX: usize = 5_000;
const QUESTION_CHARACTERS_MAX: usize = 400;
const OPTION_CHARACTERS_MAX: usize = 160;

const KINDS: Words<QuestionKind> = &[
    ("single", QuestionKind::Single),
    ("multiple", QuestionKind::Multiple),
    ("true_false", QuestionKind::TrueFalse),
];

/// How a bank is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BankForm {
    /// `*.toml`
    Toml,
    /// `*.csv`
    Csv,
}

/// A bank without mistakes, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bank {
    /// The questions.
    pub questions: Vec<BankQuestion>,
}

/// One question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankQuestion {
    /// Its name in the bank.
    pub id: String,
    /// Its kind.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: String,
    /// Among what is chosen; none where a statement is true or false.
    pub options: Vec<String>,
    /// The places of the right options, from 0, in order. True is the first of true and false.
    pub right: Vec<usize>,
}

/// The right answer as written.
pub(super) enum Right {
    /// `true` or `false`
    Truth(bool),
    /// `"A"`, `"BD"`
    Letters(String),
}

/// A question as written.
pub(super) struct QuestionDraft {
    pub(super) id: Spanned<String>,
    pub(super) kind: Option<QuestionKind>,
    pub(super) text: Spanned<String>,
    pub(super) options: Vec<Spanned<String>>,
    /// `None` when it is a mistake noted already.
    pub(super) right: Option<Spanned<Right>>,
}

impl BankForm {
    /// The form that a file's name says.
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "toml" => Some(Self::Toml),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

impl Bank {
    /// Reads a bank: `file` is its name for the places of mistakes.
    ///
    /// # Errors
    /// Every mistake, in the order of the file.
    pub fn read(text: &str, form: BankForm, file: &str) -> Result<Self, Vec<Mistake>> {
        let mut findings = Findings::new(text, file);
        if text.len() > BANK_BYTES_MAX {
            findings.add_bank(&(0..0), BankMistake::TooLong { bytes_max: BANK_BYTES_MAX });
            return Err(findings.into_sorted());
        }
        let drafts = match form {
            BankForm::Toml => read_toml(text, &mut findings),
            BankForm::Csv => bank_csv::read(text, &mut findings),
        };
        check(&drafts, &mut findings);
        if findings.none() {
            Ok(Self { questions: drafts.into_iter().filter_map(QuestionDraft::into_question).collect() })
        } else {
            Err(findings.into_sorted())
        }
    }

    /// How many questions of a kind there are.
    pub fn count(&self, kind: QuestionKind) -> usize {
        self.questions.iter().filter(|question| question.kind == kind).count()
    }

    /// The kind of which there are fewer than the plan draws, if there is one: with how many there are, and are drawn.
    pub fn too_few_for(&self, exam: &Exam) -> Vec<(QuestionKind, usize, u32)> {
        let short = exam.sections.iter().filter_map(|section| {
            let found = self.count(section.kind);
            let drawn = usize::try_from(section.draw).unwrap_or(usize::MAX);
            (found < drawn).then_some((section.kind, found, section.draw))
        });
        short.collect()
    }
}

fn read_toml(text: &str, findings: &mut Findings) -> Vec<QuestionDraft> {
    let Some(table) = parse_toml(text, findings) else { return Vec::new() };
    let mut bank = Entry::new(table.get_ref(), 0..0);
    let format = bank.text("format", findings);
    if !format.get_ref().is_empty() && format.get_ref() != BANK_FORMAT {
        findings.add_bank(&format.span(), BankMistake::UnknownFormat(format.get_ref().clone()));
    }
    let questions = bank.tables("questions", findings).unwrap_or_default();
    bank.finish(findings);
    questions.into_iter().map(|question| QuestionDraft::read(question, findings)).collect()
}

impl QuestionDraft {
    fn read(mut question: Entry, findings: &mut Findings) -> Self {
        let id = question.id(Named::Question, findings);
        let kind = question.word("kind", KINDS, findings);
        let text = question.long_text("text", QUESTION_CHARACTERS_MAX, findings);
        // Of a kind that is mistaken it is not known whether it has options.
        let truth = kind.is_none_or(|kind| kind == QuestionKind::TrueFalse);
        let options = if truth && !question.has("options") {
            Vec::new()
        } else {
            question.texts_within("options", OPTION_CHARACTERS_MAX, findings).unwrap_or_default()
        };
        let right = match kind {
            None => {
                question.skip("right");
                None
            }
            Some(QuestionKind::TrueFalse) => question
                .flag_needed("right", findings)
                .map(|flag| Spanned::new(flag.span(), Right::Truth(flag.into_inner()))),
            Some(_) => question
                .letters("right", findings)
                .map(|letters| Spanned::new(letters.span(), Right::Letters(letters.into_inner()))),
        };
        question.finish(findings);
        Self { id, kind, text, options, right }
    }

    fn into_question(self) -> Option<BankQuestion> {
        let right = match self.right?.into_inner() {
            Right::Truth(truth) => vec![usize::from(!truth)],
            Right::Letters(letters) => {
                let mut places = places_of(&letters, self.options.len()).ok()?;
                places.sort_unstable();
                places
            }
        };
        Some(BankQuestion {
            id: self.id.into_inner(),
            kind: self.kind?,
            text: self.text.into_inner(),
            options: self.options.into_iter().map(Spanned::into_inner).collect(),
            right,
        })
    }
}

/// The places of letters such as `BD`, from 0; or the letter that is none of so many options, or comes twice.
fn places_of(letters: &str, options: usize) -> Result<Vec<usize>, char> {
    let mut places = Vec::new();
    for letter in letters.chars() {
        let place =
            u32::from(letter).checked_sub(u32::from('A')).and_then(|place| usize::try_from(place).ok());
        match place.filter(|place| *place < options && !places.contains(place)) {
            Some(place) => places.push(place),
            None => return Err(letter),
        }
    }
    Ok(places)
}

/// A word for a kind, as written in a bank in CSV.
pub(super) fn kind_of(word: &str) -> Option<QuestionKind> {
    KINDS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind)
}

/// What is wrong with a question's text or an option's.
pub(super) fn fault_of_question(key: &str, text: &str, option: bool) -> Option<MistakeKind> {
    fault_of_text_within(key, text, if option { OPTION_CHARACTERS_MAX } else { QUESTION_CHARACTERS_MAX })
}

/// What is wrong with a question's id.
pub(super) fn fault_of_question_id(id: &str) -> Option<MistakeKind> {
    fault_of_id(id, Named::Question)
}

fn check(drafts: &[QuestionDraft], findings: &mut Findings) {
    if drafts.is_empty() && findings.none() {
        findings.add_bank(&(0..0), BankMistake::Empty);
    }
    if drafts.len() > QUESTIONS_MAX {
        let (what, count, count_max) = (Limited::Questions, drafts.len(), QUESTIONS_MAX);
        findings.add(&(0..0), MistakeKind::TooMany { what, count, count_max });
    }
    super::check::check_ids(Named::Question, drafts.iter().map(|draft| &draft.id), findings);
    let mut firsts: BTreeMap<(&str, Vec<&str>), Place> = BTreeMap::new();
    for draft in drafts {
        check_question(draft, findings);
        let mut options: Vec<&str> = draft.options.iter().map(|option| option.get_ref().as_str()).collect();
        options.sort_unstable();
        let asked = (draft.text.get_ref().as_str(), options);
        if asked.0.is_empty() {
            continue;
        }
        let here = findings.place(draft.text.span().start);
        match firsts.get(&asked) {
            Some(first) => {
                findings.add_bank(&draft.text.span(), BankMistake::AskedTwice { first: first.clone() });
            }
            None => {
                firsts.insert(asked, here);
            }
        }
    }
}

fn check_question(draft: &QuestionDraft, findings: &mut Findings) {
    let Some(kind) = draft.kind else { return };
    let (span, options) = (draft.id.span(), draft.options.len());
    if kind == QuestionKind::TrueFalse {
        if let Some(first) = draft.options.first() {
            findings.add_bank(&first.span(), BankMistake::OptionsOfStatement);
        }
        return;
    }
    if !(OPTIONS_MIN..=OPTIONS_MAX).contains(&options) {
        findings.add_bank(&span, BankMistake::Options { found: options });
        return;
    }
    for (place, option) in draft.options.iter().enumerate() {
        if draft.options.iter().take(place).any(|earlier| earlier.get_ref() == option.get_ref()) {
            findings.add(&option.span(), MistakeKind::Repeated { word: option.get_ref().clone() });
        }
    }
    let Some(right) = &draft.right else { return };
    let Right::Letters(letters) = right.get_ref() else { return };
    match places_of(letters, options) {
        Err(letter) => findings.add_bank(&right.span(), BankMistake::NoOption { letter, options }),
        Ok(places) if places.is_empty() => findings.add_bank(&right.span(), BankMistake::NothingRight),
        Ok(places) if kind == QuestionKind::Single && places.len() > 1 => {
            findings.add_bank(&right.span(), BankMistake::SeveralRight { found: places.len() });
        }
        Ok(_) => {}
    }
}
