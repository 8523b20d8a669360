//! The tables of an archive, for spreadsheets: results, evaluations, exams, follow-ups. `verify` makes each again and compares
//! it byte for byte; a table without rows is not written, but for the results.

mod agenda;
mod elections;
mod evaluations;
mod exams;
mod open;
mod opinions;
mod reopened;
mod sittings;
mod votes;

use super::contested::{CandidateResult, ContestedResult, ContestedRoundResult, StandingResult};
use super::exam::{ExamReport, ExamineeResult, SectionResult};
use super::joint::{ConsideredResult, JointResult, OpinionOf};
use super::matter::{MatterResult, NamedVoteResult, OpenVoteResult};
use super::nomination::{LineResult, NominationResult, Outcome};
use super::review::{BallotResult, OfficialResult, ReviewResult};
use super::{ItemResult, Results};
use crate::archive::clean::cell;
use crate::archive::{
    AGENDA_CSV, EVALUATIONS_CSV, EXAMS_CSV, FOLLOW_UPS_CSV, OBJECTIONS_CSV, OPINIONS_CSV, RESULTS_CSV,
    SET_ASIDE_CSV, SITTINGS_CSV, VOTES_CSV,
};
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

/// What both tables have more where a vote was on paper.
const BY_PAPER: [&str; 2] = ["by_paper", "spoilt"];
/// What the results have more where a contested election is: which of its ballots a row is of, the place in the order of votes,
/// and how many of the ballots were blank.
const RESULTS_CONTESTED: [&str; 3] = ["ballot", "place", "blank"];

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
    pub fn tables(&self) -> [(&'static str, usize, Option<Vec<u8>>); 10] {
        let review = self.reviews().next().is_some();
        let joint = self.joint_meetings().next().is_some();
        let exam = self.exams().next().is_some();
        let left = !self.follow_ups.is_empty();
        let sittings = self.several_sittings();
        [
            (RESULTS_CSV, self.rows(), Some(file(&self.csv()))),
            (EVALUATIONS_CSV, self.evaluation_count(), review.then(|| file(&self.evaluations_csv()))),
            (OPINIONS_CSV, self.opinion_count(), joint.then(|| file(&self.opinions_csv()))),
            (EXAMS_CSV, self.candidates().count(), exam.then(|| file(&self.exams_csv()))),
            (FOLLOW_UPS_CSV, self.follow_ups.len(), left.then(|| file(&self.follow_ups_csv()))),
            (SITTINGS_CSV, sittings.unwrap_or(0), sittings.map(|_| file(&self.sittings_csv()))),
            (AGENDA_CSV, self.agenda.len(), (!self.agenda.is_empty()).then(|| file(&self.agenda_csv()))),
            (VOTES_CSV, self.vote_count(), (self.vote_count() > 0).then(|| file(&self.votes_csv()))),
            (
                OBJECTIONS_CSV,
                self.objection_count(),
                (self.objection_count() > 0).then(|| file(&self.objections_csv())),
            ),
            (
                SET_ASIDE_CSV,
                self.set_aside_count(),
                (!self.set_aside.is_empty()).then(|| file(&self.set_aside_csv())),
            ),
        ]
    }

    fn reviews(&self) -> impl Iterator<Item = &ReviewResult> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Review(review) => Some(review),
            _ => None,
        })
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
        let (names, rows) = self.result_rows(&self.items);
        table(&names, rows.into_iter())
    }

    /// The rows of these results, and the header of the table: the same for all results of this meeting.
    fn result_rows(&self, items: &[ItemResult]) -> (Vec<String>, Vec<Vec<String>>) {
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
        let rows = items.iter().flat_map(|item| match item {
            ItemResult::Nomination(item) => {
                let row = |line| (self.line_row(item, line), of_line(line));
                item.lines.iter().map(row).collect::<Vec<_>>()
            }
            ItemResult::Review(item) => {
                let row = |official| (self.official_row(item, official), of_official(official));
                item.officials.iter().map(row).collect()
            }
            ItemResult::Contested(item) => self.contested_rows(item, before),
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
        let rows = rows.collect();
        (names, rows)
    }

    /// Whether anything was counted on paper.
    fn any_by_paper(&self) -> bool {
        let all = || self.items.iter().chain(self.set_aside.iter().map(|one| &one.result));
        let nominated = all().flat_map(ItemResult::lines).any(|line| line.spoilt.is_some());
        let decided = all().any(|item| matches!(item, ItemResult::Matter(item) if item.spoilt.is_some()));
        let elected = all().filter_map(ItemResult::contested).any(ContestedResult::is_by_paper);
        nominated
            || decided
            || elected
            || self.reviews().flat_map(|review| &review.officials).any(is_by_paper)
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

    fn line_row(&self, item: &NominationResult, line: &LineResult) -> Vec<String> {
        let list = list_name(line.list);
        // Lines of an item that was taken up again may be of different ballots.
        let [due, present, issued, returned] = match &line.papers {
            Some(papers) => [Some(papers.due), Some(papers.present), Some(papers.issued), papers.returned],
            None => [item.due, item.present, item.issued, item.returned],
        };
        let mut row = self.meeting_cells().to_vec();
        row.extend([
            cell(&item.id),
            cell(&item.title),
            cell(&line.id),
            list.to_owned(),
            cell(&line.name),
            cell(&line.post),
            number(due),
            number(present),
            number(issued),
            number(returned),
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
