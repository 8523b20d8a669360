//! `exams.csv`: what candidates reached; and a candidate's row in the results.

use super::*;

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

impl Results {
    pub(super) fn exams(&self) -> impl Iterator<Item = &ExamReport> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Exam(exam) => Some(exam),
            _ => None,
        })
    }

    pub(super) fn candidates(&self) -> impl Iterator<Item = (&ExamReport, &ExamineeResult)> {
        self.exams().flat_map(|exam| exam.candidates.iter().map(move |candidate| (exam, candidate)))
    }

    /// A candidate: of all marks so many are needed.
    pub(super) fn examinee_row(&self, exam: &ExamReport, candidate: &ExamineeResult) -> Vec<String> {
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
}
