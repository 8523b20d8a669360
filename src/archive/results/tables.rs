//! The tables of an archive, for spreadsheets: results, evaluations, follow-ups. `verify` makes each again and compares
//! it byte for byte; a table without rows is not written, but for the results.

use super::joint::{ConsideredResult, JointResult, OpinionOf};
use super::nomination::{LineResult, NominationResult, Outcome};
use super::review::{BallotResult, OfficialResult, ReviewResult};
use super::{ItemResult, Results};
use crate::archive::clean::cell;
use crate::archive::{EVALUATIONS_CSV, FOLLOW_UPS_CSV, OPINIONS_CSV, RESULTS_CSV};
use crate::meeting::Conclusion;
use crate::plan::PostList;

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

/// What the results have more where a review is on the agenda.
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
        let joint = self.joint_meetings().next().is_some();
        let left = !self.follow_ups.is_empty();
        [
            (RESULTS_CSV, self.rows(), Some(file(&self.csv()))),
            (EVALUATIONS_CSV, self.evaluation_count(), review.then(|| file(&self.evaluations_csv()))),
            (OPINIONS_CSV, self.opinion_count(), joint.then(|| file(&self.opinions_csv()))),
            (FOLLOW_UPS_CSV, self.follow_ups.len(), left.then(|| file(&self.follow_ups_csv()))),
        ]
    }

    fn reviews(&self) -> impl Iterator<Item = &ReviewResult> {
        self.items.iter().filter_map(|item| match item {
            ItemResult::Review(review) => Some(review),
            ItemResult::Nomination(_) | ItemResult::Joint(_) => None,
        })
    }

    fn joint_meetings(&self) -> impl Iterator<Item = &JointResult> {
        self.items.iter().filter_map(ItemResult::joint)
    }

    /// The results: one row a line of each ballot paper, one an official of each review.
    pub fn csv(&self) -> String {
        let mut names = header(&RESULTS_HEADER);
        if self.reviews().next().is_some() {
            names.extend(header(&RESULTS_REVIEW));
        }
        let rows = self.items.iter().flat_map(|item| match item {
            ItemResult::Nomination(item) => {
                item.lines.iter().map(|line| self.line_row(item, line)).collect::<Vec<_>>()
            }
            ItemResult::Review(item) => {
                item.officials.iter().map(|official| self.official_row(item, official)).collect()
            }
            ItemResult::Joint(item) => {
                item.officials.iter().map(|official| self.considered_row(item, official)).collect()
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
            ItemResult::Joint(item) => item.officials.len(),
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
