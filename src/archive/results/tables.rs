//! The tables of an archive, for spreadsheets: results, evaluations, exams, follow-ups. `verify` makes each again and compares
//! it byte for byte; a table without rows is not written, but for the results.

use super::exam::{CandidateResult, ExamReport, SectionResult};
use super::nomination::{LineResult, NominationResult, Outcome};
use super::review::{BallotResult, OfficialResult, ReviewResult};
use super::{ItemResult, Results};
use crate::archive::clean::cell;
use crate::archive::{EVALUATIONS_CSV, EXAMS_CSV, FOLLOW_UPS_CSV, RESULTS_CSV};
use crate::plan::PostList;
use crate::rules::QuestionKind;

const RESULTS_HEADER: [&str; 20] = [
    "meeting",
    "date",
    "rehearsal",
    "item",
    "title",
    "line",
    "list",
    "name",
    "post",
    "due",
    "present",
    "issued",
    "returned",
    "agree",
    "disagree",
    "abstain",
    "not_returned",
    "base",
    "needed",
    "outcome",
];

/// What the results have more where a review or an exam is on the agenda.
const RESULTS_REVIEW: [&str; 3] = ["rate", "score", "consequence"];

const EVALUATIONS_HEADER: [&str; 15] = [
    "meeting",
    "date",
    "rehearsal",
    "item",
    "title",
    "official",
    "name",
    "post",
    "ballot",
    "group",
    "due",
    "present",
    "issued",
    "returned",
    "dimension",
];

const EXAMS_HEADER: [&str; 22] = [
    "meeting",
    "date",
    "rehearsal",
    "item",
    "title",
    "person",
    "name",
    "unit",
    "post",
    "attempt",
    "first_failed",
    "full_marks",
    "pass_mark",
    "marks",
    "outcome",
    "make_up_until",
    "handed_in_at",
    "single",
    "multiple",
    "true_false",
    "right",
    "asked",
];

const FOLLOW_UPS_HEADER: [&str; 10] =
    ["meeting", "date", "rehearsal", "number", "kind", "official", "text", "owner", "due_on", "source"];

/// Rows under a header, as a text.
fn table(header: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has the header's length.
    let _ = table.write_record(header);
    for row in rows {
        let _ = table.write_record(row);
    }
    table.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

fn header(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// A table as the archive holds it: with the mark by which spreadsheets know that it is UTF-8, without which Chinese
/// names open as garbage.
fn file(text: &str) -> Vec<u8> {
    format!("\u{feff}{text}").into_bytes()
}

fn number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn word(text: Option<&String>) -> String {
    text.map(|text| cell(text)).unwrap_or_default()
}

impl Results {
    /// The tables of the archive: their names, how many lines they have, and their bytes; none where it has no such
    /// table.
    pub fn tables(&self) -> [(&'static str, usize, Option<Vec<u8>>); 4] {
        let review = self.reviews().next().is_some();
        let exam = self.exams().next().is_some();
        let left = !self.follow_ups.is_empty();
        [
            (RESULTS_CSV, self.rows(), Some(file(&self.csv()))),
            (EVALUATIONS_CSV, self.evaluation_count(), review.then(|| file(&self.evaluations_csv()))),
            (EXAMS_CSV, self.candidates().count(), exam.then(|| file(&self.exams_csv()))),
            (FOLLOW_UPS_CSV, self.follow_ups.len(), left.then(|| file(&self.follow_ups_csv()))),
        ]
    }

    fn reviews(&self) -> impl Iterator<Item = &ReviewResult> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Review(review) => Some(review),
            ItemResult::Nomination(_) | ItemResult::Exam(_) => None,
        })
    }

    fn exams(&self) -> impl Iterator<Item = &ExamReport> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Exam(exam) => Some(exam),
            ItemResult::Nomination(_) | ItemResult::Review(_) => None,
        })
    }

    fn candidates(&self) -> impl Iterator<Item = (&ExamReport, &CandidateResult)> {
        self.exams().flat_map(|exam| exam.candidates.iter().map(move |candidate| (exam, candidate)))
    }

    /// The results: one row a line of each ballot paper, one an official of each review, one a candidate of each exam.
    pub fn csv(&self) -> String {
        let mut names = header(&RESULTS_HEADER);
        if self.reviews().next().is_some() || self.exams().next().is_some() {
            names.extend(header(&RESULTS_REVIEW));
        }
        let rows = self.items.iter().flat_map(|item| match item {
            ItemResult::Nomination(item) => {
                item.lines.iter().map(|line| self.line_row(item, line)).collect::<Vec<_>>()
            }
            ItemResult::Review(item) => {
                item.officials.iter().map(|official| self.official_row(item, official)).collect()
            }
            ItemResult::Exam(exam) => {
                exam.candidates.iter().map(|candidate| self.candidate_row(exam, candidate)).collect()
            }
        });
        let rows = rows.map(|mut row| {
            row.resize(names.len(), String::new());
            row
        });
        table(&names, rows)
    }

    fn rows(&self) -> usize {
        let rows = |item: &ItemResult| match item {
            ItemResult::Nomination(item) => item.lines.len(),
            ItemResult::Review(item) => item.officials.len(),
            ItemResult::Exam(exam) => exam.candidates.len(),
        };
        self.items.iter().map(rows).sum()
    }

    fn meeting_cells(&self) -> [String; 3] {
        [
            cell(&self.meeting.title),
            self.meeting.date.clone(),
            if self.rehearsal { "yes" } else { "no" }.to_owned(),
        ]
    }

    fn line_row(&self, item: &NominationResult, line: &LineResult) -> Vec<String> {
        let list = match line.list {
            PostList::Party => "party",
            PostList::Government => "government",
        };
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&line.id),
            list.to_owned(),
            cell(&line.name),
            cell(&line.post),
            number(item.due),
            number(item.present),
            number(item.issued),
            number(item.returned),
            number(line.agree),
            number(line.disagree),
            number(line.abstain),
            number(line.not_returned),
            number(line.base),
            number(line.needed),
            line.outcome.map(Outcome::name).unwrap_or_default().to_owned(),
        ]);
        row
    }

    /// An official with the figures of all ballots together.
    fn official_row(&self, item: &ReviewResult, official: &OfficialResult) -> Vec<String> {
        let sum = |figure: fn(&BallotResult) -> u32| {
            number((!official.ballots.is_empty()).then(|| official.ballots.iter().map(figure).sum()))
        };
        let outcome = match (&official.verdict, &official.put_off) {
            (Some(verdict), _) => cell(verdict),
            (None, Some(_)) => "put_off".to_owned(),
            (None, None) => String::new(),
        };
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&official.id),
            "review".to_owned(),
            cell(&official.name),
            cell(&official.post),
            sum(|ballot| ballot.due),
            sum(|ballot| ballot.present),
            sum(|ballot| ballot.issued),
            sum(|ballot| ballot.returned),
            String::new(),
            String::new(),
            String::new(),
            sum(|ballot| ballot.issued.saturating_sub(ballot.returned)),
            String::new(),
            String::new(),
            outcome,
            word(official.rate.as_ref()),
            word(official.score.as_ref()),
            word(official.consequence.as_ref()),
        ]);
        row
    }

    /// A candidate: of all marks so many are needed.
    fn candidate_row(&self, exam: &ExamReport, candidate: &CandidateResult) -> Vec<String> {
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&exam.id),
            cell(&exam.title),
            cell(&candidate.person),
            "exam".to_owned(),
            cell(&candidate.name),
            cell(&candidate.post),
        ]);
        row.extend(std::iter::repeat_n(String::new(), 8));
        row.extend([
            exam.full_marks.to_string(),
            exam.pass_mark.to_string(),
            candidate.outcome.unwrap_or_default().to_owned(),
            String::new(),
            number(candidate.marks),
            candidate.make_up_until.map(|until| until.to_string()).unwrap_or_default(),
        ]);
        row
    }

    /// The exams: one row a candidate.
    pub fn exams_csv(&self) -> String {
        let rows = self.candidates().map(|(exam, candidate)| {
            let date =
                |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
            let of_kind = |kind: QuestionKind| {
                let section = candidate.sections.iter().find(|section| section.kind == kind);
                number(section.map(|section| section.marks))
            };
            let sum = |figure: fn(&SectionResult) -> u32| {
                number(candidate.marks.map(|_| candidate.sections.iter().map(figure).sum()))
            };
            let mut row = self.meeting_cells().to_vec();
            row.extend([
                cell(&exam.id),
                cell(&exam.title),
                cell(&candidate.person),
                cell(&candidate.name),
                cell(&candidate.unit),
                cell(&candidate.post),
                candidate.attempt.to_string(),
                date(candidate.first_failed),
                exam.full_marks.to_string(),
                exam.pass_mark.to_string(),
                number(candidate.marks),
                candidate.outcome.unwrap_or_default().to_owned(),
                date(candidate.make_up_until),
                candidate.handed_in_at.map(|at| at.to_string()).unwrap_or_default(),
                of_kind(QuestionKind::Single),
                of_kind(QuestionKind::Multiple),
                of_kind(QuestionKind::TrueFalse),
                sum(|section| section.right),
                sum(|section| section.asked),
            ]);
            row
        });
        table(&header(&EXAMS_HEADER), rows)
    }

    /// The words of all scales, each once.
    fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in self.reviews().flat_map(|review| &review.scale) {
            if !words.contains(word) {
                words.push(word.clone());
            }
        }
        words
    }

    /// The evaluations: one row a dimension of each counted ballot, one column a word of the scale.
    pub fn evaluations_csv(&self) -> String {
        let words = self.words();
        let mut names = header(&EVALUATIONS_HEADER);
        names.extend(words.iter().map(|word| cell(word)));
        names.push("not_returned".to_owned());
        let rows = self.reviews().flat_map(|review| {
            review.officials.iter().flat_map(|official| {
                official
                    .ballots
                    .iter()
                    .flat_map(|ballot| self.evaluation_rows(review, official, ballot, &words))
            })
        });
        table(&names, rows)
    }

    fn evaluation_count(&self) -> usize {
        let ballots =
            self.reviews().flat_map(|review| &review.officials).flat_map(|official| &official.ballots);
        ballots.map(|ballot| ballot.dimensions.len()).sum()
    }

    fn evaluation_rows(
        &self,
        review: &ReviewResult,
        official: &OfficialResult,
        ballot: &BallotResult,
        words: &[String],
    ) -> Vec<Vec<String>> {
        let mut begin = self.meeting_cells().to_vec();
        begin.extend([
            cell(&review.id),
            cell(&review.title),
            cell(&official.id),
            cell(&official.name),
            cell(&official.post),
            cell(&ballot.id),
            word(ballot.group.as_ref()),
            ballot.due.to_string(),
            ballot.present.to_string(),
            ballot.issued.to_string(),
            ballot.returned.to_string(),
        ]);
        let rows = ballot.dimensions.iter().map(|dimension| {
            let mut row = begin.clone();
            row.push(cell(&dimension.name));
            row.extend(words.iter().map(|word| {
                number(dimension.counts.0.iter().find(|(name, _)| name == word).map(|(_, count)| *count))
            }));
            row.push(dimension.not_returned.to_string());
            row
        });
        rows.collect()
    }

    /// What is to be followed up, one row each.
    pub fn follow_ups_csv(&self) -> String {
        let rows = self.follow_ups.iter().map(|follow_up| {
            let mut row = self.meeting_cells().to_vec();
            row.extend([
                follow_up.number.to_string(),
                follow_up.kind.name().to_owned(),
                cell(&follow_up.official),
                cell(&follow_up.text),
                cell(&follow_up.owner),
                follow_up.due_on.map(|due| due.to_string()).unwrap_or_default(),
                follow_up.source.clone(),
            ]);
            row
        });
        table(&header(&FOLLOW_UPS_HEADER), rows)
    }
}
