//! `opinions.csv`: what departments said of officials; and an official's row in the results.

use super::*;

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

impl Results {
    pub(super) fn joint_meetings(&self) -> impl Iterator<Item = &JointResult> {
        self.items.iter().filter_map(ItemResult::joint)
    }

    /// An official of a joint meeting: of the figures, only how many departments there are.
    pub(super) fn considered_row(&self, item: &JointResult, official: &ConsideredResult) -> Vec<String> {
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

    pub(super) fn opinion_count(&self) -> usize {
        let opinions = self.joint_meetings().flat_map(|item| &item.officials).flat_map(|one| &one.opinions);
        opinions.map(|opinion| opinion.versions.len().max(1)).sum()
    }

    pub(super) fn opinion_rows(
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
}
