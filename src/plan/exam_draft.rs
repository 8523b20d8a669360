//! An exam as written, with the place of whatever can clash with something else. [`super::exam_check`] compares; what passes
//! becomes an [`Exam`].

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::draft::limit;
use super::entry::{Entry, Words};
use super::exam_model::{Book, Candidate, DeclareTo, Exam, ExamText, Section};
use super::mistake::{ExamMistake, Findings, Limited};
use crate::rules::QuestionKind;

/// Eight hours.
const MINUTES_MAX: u32 = 480;
const MINUTES: u32 = 120;
const WARNING_MINUTES: u32 = 10;
const WARNING_MINUTES_MAX: u32 = 60;
/// What fits on the page that shows all questions of a paper.
const DRAW_MAX: u32 = 100;
const MARKS_MAX: u32 = 100;
const PASS_MARK: u32 = 80;
const PASS_MARK_MAX: u32 = 30_000;
const CANDIDATES_MAX: usize = 500;
const TEXTS_MAX: usize = 20;

const BOOKS: Words<Book> = &[("open", Book::Open), ("closed", Book::Closed)];
const DECLARES: Words<DeclareTo> = &[("by_name", DeclareTo::ByName), ("alone", DeclareTo::Alone)];

/// An exam as written.
pub(super) struct ExamDraft {
    pub(super) bank: Spanned<String>,
    pub(super) sections: Vec<SectionDraft>,
    pub(super) pass_mark: Spanned<u32>,
    seconds: u32,
    warning_seconds: u32,
    pub(super) book: Spanned<Book>,
    pub(super) texts: Vec<TextDraft>,
    declare: DeclareTo,
    pub(super) candidates: Vec<CandidateDraft>,
    /// Where the item stands.
    pub(super) span: Range<usize>,
    /// Where a quorum stands, which an exam has not.
    pub(super) quorum: Option<Range<usize>>,
}

/// What is drawn of one kind, as written.
pub(super) struct SectionDraft {
    pub(super) section: Section,
    pub(super) span: Range<usize>,
}

/// A text of an open book as written.
pub(super) struct TextDraft {
    title: String,
    pub(super) path: Spanned<String>,
}

/// A candidate as written.
pub(super) struct CandidateDraft {
    pub(super) person: Spanned<String>,
    post: String,
    pub(super) attempt: Spanned<u32>,
    pub(super) first_failed: Option<Spanned<Date>>,
}

impl ExamDraft {
    pub(super) fn read(item: &mut Entry, findings: &mut Findings) -> Self {
        let quorum = item.has("quorum").then(|| item.span_of("quorum"));
        let sections =
            QuestionKind::ALL.into_iter().filter_map(|kind| SectionDraft::read(kind, item, findings));
        let sections = sections.collect();
        let texts = if item.has("texts") { item.tables("texts", findings) } else { None };
        let texts = texts.unwrap_or_default();
        limit(Limited::Texts, texts.len(), TEXTS_MAX, &item.span_of("texts"), findings);
        let candidates = item.tables("candidates", findings);
        let candidates_span = item.span_of("candidates");
        if candidates.as_ref().is_some_and(Vec::is_empty) {
            findings.add_exam(&candidates_span, ExamMistake::NoCandidates);
        }
        let candidates = candidates.unwrap_or_default();
        limit(Limited::Candidates, candidates.len(), CANDIDATES_MAX, &candidates_span, findings);
        let pass_mark = item.number_within("pass_mark", (0, PASS_MARK_MAX), PASS_MARK, findings);
        let book = item.word_if_any("book", BOOKS, findings).unwrap_or(Book::Open);
        Self {
            bank: item.text("bank", findings),
            sections,
            pass_mark: Spanned::new(item.span_of("pass_mark"), pass_mark),
            seconds: item.number_within("minutes", (1, MINUTES_MAX), MINUTES, findings) * 60,
            warning_seconds: 60
                * item.number_within("warning_minutes", (0, WARNING_MINUTES_MAX), WARNING_MINUTES, findings),
            book: Spanned::new(item.span_of("book"), book),
            texts: texts.into_iter().map(|text| TextDraft::read(text, findings)).collect(),
            declare: item.word_if_any("declare", DECLARES, findings).unwrap_or(DeclareTo::ByName),
            candidates: candidates.into_iter().map(|one| CandidateDraft::read(one, findings)).collect(),
            span: item.span(),
            quorum,
        }
    }

    pub(super) fn into_exam(self) -> Exam {
        Exam {
            bank: self.bank.into_inner(),
            sections: self.sections.into_iter().map(|draft| draft.section).collect(),
            pass_mark: self.pass_mark.into_inner(),
            seconds: self.seconds,
            warning_seconds: self.warning_seconds,
            book: self.book.into_inner(),
            texts: self
                .texts
                .into_iter()
                .map(|text| ExamText { title: text.title, path: text.path.into_inner() })
                .collect(),
            declare: self.declare,
            candidates: self.candidates.into_iter().map(CandidateDraft::into_candidate).collect(),
        }
    }
}

impl SectionDraft {
    /// None: nothing is drawn of this kind.
    fn read(kind: QuestionKind, item: &mut Entry, findings: &mut Findings) -> Option<Self> {
        let mut section = item.table_if_any(kind.name(), findings)?;
        let span = section.span();
        let draw = section.number_within("draw", (0, DRAW_MAX), 0, findings);
        let marks = section.number_within("marks", (0, MARKS_MAX), 1, findings);
        // Of one right option there is no part.
        let partial = match kind {
            QuestionKind::Multiple => section.number_within("partial", (0, MARKS_MAX), 0, findings),
            QuestionKind::Single | QuestionKind::TrueFalse => 0,
        };
        section.finish(findings);
        (draw > 0).then_some(Self { section: Section { kind, draw, marks, partial }, span })
    }
}

impl TextDraft {
    fn read(mut text: Entry, findings: &mut Findings) -> Self {
        let draft =
            Self { title: text.text("title", findings).into_inner(), path: text.text("path", findings) };
        text.finish(findings);
        draft
    }
}

impl CandidateDraft {
    fn read(mut candidate: Entry, findings: &mut Findings) -> Self {
        let attempt = candidate.number("attempt", findings).unwrap_or(1);
        let draft = Self {
            person: candidate.text("person", findings),
            post: candidate.text_if_any("post", findings).map(Spanned::into_inner).unwrap_or_default(),
            attempt: Spanned::new(candidate.span_of("attempt"), attempt),
            first_failed: candidate.date_if_any("first_failed", findings),
        };
        candidate.finish(findings);
        draft
    }

    fn into_candidate(self) -> Candidate {
        Candidate {
            person: self.person.into_inner(),
            post: self.post,
            attempt: self.attempt.into_inner(),
            first_failed: self.first_failed.map(Spanned::into_inner),
        }
    }
}
