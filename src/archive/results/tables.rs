//! The tables of an archive, for spreadsheets: results, evaluations, exams, follow-ups. `verify` makes each again and compares
//! it byte for byte; a table without rows is not written, but for the results.

use super::contested::{CandidateResult, ContestedResult, ContestedRoundResult, StandingResult};
use super::exam::{ExamReport, ExamineeResult, SectionResult};
use super::joint::{ConsideredResult, JointResult, OpinionOf};
use super::matter::{MatterResult, NamedVoteResult, OpenVoteResult};
use super::nomination::{LineResult, NominationResult, Outcome};
use super::review::{BallotResult, OfficialResult, ReviewResult};
use super::{ItemResult, Results};
use crate::archive::clean::cell;
use crate::archive::{EVALUATIONS_CSV, EXAMS_CSV, FOLLOW_UPS_CSV, OPINIONS_CSV, RESULTS_CSV, VOTES_CSV};
use crate::meeting::Conclusion;
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

/// What the results have more where something was decided in the open.
const RESULTS_OPEN: [&str; 3] = ["how", "postpone", "without_vote"];

const VOTES_HEADER: [&str; 10] =
    ["meeting", "date", "rehearsal", "item", "title", "number", "seat", "name", "vote", "entered"];

/// What both tables have more where a vote was on paper.
const BY_PAPER: [&str; 2] = ["by_paper", "spoilt"];
/// What the results have more where a contested election is: which of its ballots a row is of, the place in the order of votes,
/// and how many of the ballots were blank.
const RESULTS_CONTESTED: [&str; 3] = ["ballot", "place", "blank"];

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

const OPINIONS_HEADER: [&str; 15] = [
    "meeting",
    "date",
    "rehearsal",
    "item",
    "title",
    "official",
    "name",
    "post",
    "department",
    "department_name",
    "version",
    "stands",
    "opinion",
    "text",
    "by",
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

fn list_name(list: PostList) -> &'static str {
    match list {
        PostList::Party => "party",
        PostList::Government => "government",
    }
}

fn number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}

fn word(text: Option<&String>) -> String {
    text.map(|text| cell(text)).unwrap_or_default()
}

/// Whether it was counted on paper, and how many were spoilt there.
fn on_paper(spoilt: Option<u32>) -> [String; 2] {
    [if spoilt.is_some() { "yes" } else { "no" }.to_owned(), number(spoilt)]
}

fn of_line(line: &LineResult) -> [String; 2] {
    on_paper(line.spoilt)
}

fn is_by_paper(official: &OfficialResult) -> bool {
    official.ballots.iter().flat_map(|ballot| &ballot.dimensions).any(|one| one.spoilt.is_some())
}

/// Of an official the spoilt stand in the table of evaluations, for each dimension.
fn of_official(official: &OfficialResult) -> [String; 2] {
    let [by_paper, _] = on_paper(is_by_paper(official).then_some(0));
    [by_paper, String::new()]
}

impl Results {
    /// The tables of the archive: their names, how many lines they have, and their bytes; none where it has no such
    /// table.
    pub fn tables(&self) -> [(&'static str, usize, Option<Vec<u8>>); 6] {
        let review = self.reviews().next().is_some();
        let joint = self.joint_meetings().next().is_some();
        let exam = self.exams().next().is_some();
        let left = !self.follow_ups.is_empty();
        [
            (RESULTS_CSV, self.rows(), Some(file(&self.csv()))),
            (EVALUATIONS_CSV, self.evaluation_count(), review.then(|| file(&self.evaluations_csv()))),
            (OPINIONS_CSV, self.opinion_count(), joint.then(|| file(&self.opinions_csv()))),
            (EXAMS_CSV, self.candidates().count(), exam.then(|| file(&self.exams_csv()))),
            (FOLLOW_UPS_CSV, self.follow_ups.len(), left.then(|| file(&self.follow_ups_csv()))),
            (VOTES_CSV, self.vote_count(), (self.vote_count() > 0).then(|| file(&self.votes_csv()))),
        ]
    }

    fn reviews(&self) -> impl Iterator<Item = &ReviewResult> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Review(review) => Some(review),
            _ => None,
        })
    }

    fn exams(&self) -> impl Iterator<Item = &ExamReport> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Exam(exam) => Some(exam),
            _ => None,
        })
    }

    /// The votes by name, with the item's id and title.
    fn named_votes(&self) -> impl Iterator<Item = (&str, &str, &NamedVoteResult)> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Matter(item) => {
                Some((item.id.as_str(), item.title.as_str(), item.named_vote.as_ref()?))
            }
            ItemResult::OpenVote(item) => {
                Some((item.id.as_str(), item.title.as_str(), item.named_vote.as_ref()?))
            }
            _ => None,
        })
    }

    fn joint_meetings(&self) -> impl Iterator<Item = &JointResult> {
        self.items.iter().filter_map(ItemResult::joint)
    }

    fn vote_count(&self) -> usize {
        self.named_votes().map(|(_, _, named)| named.votes.len()).sum()
    }

    /// The votes by name, one row each, in the order in which they were given; then those of the electorate without one.
    pub fn votes_csv(&self) -> String {
        let rows = self.named_votes().flat_map(|(item, title, named)| {
            (1..).zip(&named.votes).map(move |(number, vote)| {
                let mut row = self.meeting_cells().to_vec();
                row.extend([
                    cell(item),
                    cell(title),
                    number.to_string(),
                    cell(&vote.seat),
                    cell(&vote.name),
                    vote.vote.to_owned(),
                    word(vote.entered.as_ref()),
                ]);
                row
            })
        });
        table(&header(&VOTES_HEADER), rows)
    }

    fn candidates(&self) -> impl Iterator<Item = (&ExamReport, &ExamineeResult)> {
        self.exams().flat_map(|exam| exam.candidates.iter().map(move |candidate| (exam, candidate)))
    }

    fn has_contested(&self) -> bool {
        self.items.iter().any(|item| item.contested().is_some())
    }

    fn has_open(&self) -> bool {
        self.items.iter().any(|item| matches!(item, ItemResult::Matter(_) | ItemResult::OpenVote(_)))
    }

    /// The results: one row a line of each ballot paper, one an official of each review, one a candidate of each round of an
    /// election that was counted, one a question that was decided in the open, one a candidate of each exam.
    pub fn csv(&self) -> String {
        let mut names = header(&RESULTS_HEADER);
        if self.reviews().next().is_some() || self.exams().next().is_some() {
            names.extend(header(&RESULTS_REVIEW));
        }
        let before = names.len();
        if self.has_contested() {
            names.extend(header(&RESULTS_CONTESTED));
        }
        let before_open = names.len();
        if self.has_open() {
            names.extend(header(&RESULTS_OPEN));
        }
        let width = names.len();
        let by_paper = self.any_by_paper();
        if by_paper {
            names.extend(header(&BY_PAPER));
        }
        let rows = self.items.iter().flat_map(|item| match item {
            ItemResult::Nomination(item) => {
                let row = |line| (self.line_row(item, line), of_line(line));
                item.lines.iter().map(row).collect::<Vec<_>>()
            }
            ItemResult::Review(item) => {
                let row = |official| (self.official_row(item, official), of_official(official));
                item.officials.iter().map(row).collect()
            }
            // An election is never by paper.
            ItemResult::Contested(item) => {
                self.contested_rows(item, before).into_iter().map(|row| (row, Default::default())).collect()
            }
            ItemResult::Matter(item) => vec![(self.matter_row(item, before_open), on_paper(item.spoilt))],
            ItemResult::OpenVote(item) => vec![(self.open_vote_row(item, before_open), on_paper(None))],
            ItemResult::Exam(exam) => {
                let row = |candidate| (self.examinee_row(exam, candidate), Default::default());
                exam.candidates.iter().map(row).collect()
            }
            ItemResult::Joint(item) => {
                let row = |official| (self.considered_row(item, official), Default::default());
                item.officials.iter().map(row).collect()
            }
        });
        let rows = rows.map(|(mut row, on_paper)| {
            row.resize(width, String::new());
            if by_paper {
                row.extend(on_paper);
            }
            row
        });
        table(&names, rows)
    }

    /// Whether anything was counted on paper.
    fn any_by_paper(&self) -> bool {
        let nominated = self.items.iter().flat_map(ItemResult::lines).any(|line| line.spoilt.is_some());
        let decided =
            self.items.iter().any(|item| matches!(item, ItemResult::Matter(item) if item.spoilt.is_some()));
        nominated || decided || self.reviews().flat_map(|review| &review.officials).any(is_by_paper)
    }

    fn rows(&self) -> usize {
        let rows = |item: &ItemResult| match item {
            ItemResult::Nomination(item) => item.lines.len(),
            ItemResult::Review(item) => item.officials.len(),
            ItemResult::Joint(item) => item.officials.len(),
            ItemResult::Exam(exam) => exam.candidates.len(),
            ItemResult::Contested(item) => item.rows(),
            ItemResult::Matter(_) | ItemResult::OpenVote(_) => 1,
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

    /// The rounds one after the other, each in the order of votes; then those on whom no round was counted. What only an
    /// election has stands after so many columns.
    fn contested_rows(&self, item: &ContestedResult, before: usize) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for round in item.counted() {
            for candidate in &round.candidates {
                let standing = item.candidates.iter().find(|standing| standing.id == candidate.id);
                rows.extend(
                    standing.map(|one| self.candidate_row(item, one, Some((round, candidate)), before)),
                );
            }
        }
        rows.extend(item.without_round().map(|standing| self.candidate_row(item, standing, None, before)));
        rows
    }

    fn candidate_row(
        &self,
        item: &ContestedResult,
        standing: &StandingResult,
        got: Option<(&ContestedRoundResult, &CandidateResult)>,
        before: usize,
    ) -> Vec<String> {
        let (round, candidate) = (got.map(|(round, _)| round), got.map(|(_, candidate)| candidate));
        let figures = round.map(|round| &round.round);
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&standing.id),
            list_name(standing.list).to_owned(),
            cell(&standing.name),
            cell(&standing.post),
            number(figures.map(|round| round.due)),
            number(figures.map(|round| round.present)),
            number(figures.map(|round| round.issued)),
            number(figures.and_then(|round| round.returned)),
            number(candidate.and_then(|candidate| candidate.votes)),
            number(candidate.and_then(|candidate| candidate.disagree)),
            String::new(),
            number(figures.and_then(|round| round.issued.checked_sub(round.returned?))),
            number(round.and_then(|round| round.base)),
            number(round.and_then(|round| round.needed)),
            candidate.map_or(standing.outcome, |candidate| candidate.outcome).unwrap_or_default().to_owned(),
        ]);
        row.resize(before, String::new());
        row.extend([
            figures.map(|round| cell(&round.ballot)).unwrap_or_default(),
            number(candidate.and_then(|candidate| candidate.place)),
            number(round.and_then(|round| round.blank)),
        ]);
        row
    }

    fn line_row(&self, item: &NominationResult, line: &LineResult) -> Vec<String> {
        let list = list_name(line.list);
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

    fn matter_row(&self, item: &MatterResult, before_open: usize) -> Vec<String> {
        let count = item.named_vote.as_ref().and_then(|named| named.count);
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            String::new(),
            "major_matter".to_owned(),
            cell(&item.title),
            item.matter.to_owned(),
            number(item.due),
            number(item.present),
            number(item.issued),
            number(item.returned),
            number(item.agree),
            number(item.disagree),
            number(item.abstain),
            number(item.issued.zip(item.returned).map(|(issued, returned)| issued.saturating_sub(returned))),
            number(item.base),
            number(item.needed),
            item.outcome.unwrap_or_default().to_owned(),
        ]);
        row.resize(before_open, String::new());
        row.extend([
            item.ballot.to_owned(),
            number(count.map(|count| count.postpone)),
            number(count.map(|count| count.without)),
        ]);
        row
    }

    fn open_vote_row(&self, item: &OpenVoteResult, before_open: usize) -> Vec<String> {
        let none = String::new;
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            none(),
            "open_vote".to_owned(),
            cell(&item.question),
            item.about.to_owned(),
            number(item.due),
            number(item.present),
            none(),
            none(),
            number(item.count.map(|count| count.agree)),
            number(item.count.map(|count| count.disagree)),
            number(item.count.map(|count| count.abstain)),
            none(),
            number(item.base),
            number(item.needed),
            item.outcome.unwrap_or_default().to_owned(),
        ]);
        row.resize(before_open, none());
        row.extend([item.how.to_owned(), none(), number(item.count.map(|count| count.without))]);
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

    /// An official of a joint meeting: of the figures, only how many departments there are.
    fn considered_row(&self, item: &JointResult, official: &ConsideredResult) -> Vec<String> {
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&official.id),
            "joint_meeting".to_owned(),
            cell(&official.name),
            cell(&official.post),
            item.departments.len().to_string(),
        ]);
        row.resize(RESULTS_HEADER.len() - 1, String::new());
        row.push(official.conclusion.map(Conclusion::name).unwrap_or_default().to_owned());
        row
    }

    /// The opinions of a joint meeting: one row a version of what a department said of an official, and one where it
    /// said nothing.
    pub fn opinions_csv(&self) -> String {
        let rows = self.joint_meetings().flat_map(|item| {
            item.officials.iter().flat_map(move |official| {
                official.opinions.iter().flat_map(move |opinion| self.opinion_rows(item, official, opinion))
            })
        });
        table(&header(&OPINIONS_HEADER), rows)
    }

    fn opinion_count(&self) -> usize {
        let opinions = self.joint_meetings().flat_map(|item| &item.officials).flat_map(|one| &one.opinions);
        opinions.map(|opinion| opinion.versions.len().max(1)).sum()
    }

    fn opinion_rows(
        &self,
        item: &JointResult,
        official: &ConsideredResult,
        opinion: &OpinionOf,
    ) -> Vec<Vec<String>> {
        let department = item.departments.iter().find(|one| one.id == opinion.department);
        let mut begin = self.meeting_cells().to_vec();
        begin.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&official.id),
            cell(&official.name),
            cell(&official.post),
            cell(&opinion.department),
            word(department.map(|department| &department.name)),
        ]);
        if opinion.versions.is_empty() {
            begin.extend(["0", "yes", "none", "", ""].map(str::to_owned));
            return vec![begin];
        }
        let last = opinion.versions.len();
        let rows = (1..).zip(&opinion.versions).map(|(number, version)| {
            let mut row = begin.clone();
            row.extend([
                number.to_string(),
                if number == last { "yes" } else { "no" }.to_owned(),
                version.opinion.to_owned(),
                word(version.text.as_ref()),
                if version.entered { "console".to_owned() } else { word(version.by.as_ref()) },
            ]);
            row
        });
        rows.collect()
    }

    /// A candidate: of all marks so many are needed.
    fn examinee_row(&self, exam: &ExamReport, candidate: &ExamineeResult) -> Vec<String> {
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
        let by_paper = self.any_by_paper();
        if by_paper {
            names.extend(header(&BY_PAPER));
        }
        let rows = self.reviews().flat_map(|review| {
            review.officials.iter().flat_map(|official| {
                official
                    .ballots
                    .iter()
                    .flat_map(|ballot| self.evaluation_rows(review, official, ballot, (&words, by_paper)))
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
        (words, by_paper): (&[String], bool),
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
            if by_paper {
                row.extend(on_paper(dimension.spoilt));
            }
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
