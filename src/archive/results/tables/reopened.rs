//! `objections.csv`: objections to declared results, and reconsiderations. `set_aside.csv`: the results that are not in
//! force any more, with the columns of `results.csv`, where those stand that are.

use super::*;
use crate::archive::results::reopened::SetAsideResult;

const OBJECTIONS_HEADER: [&str; 20] = [
    "meeting",
    "date",
    "rehearsal",
    "kind",
    "number",
    "item",
    "official",
    "lines",
    "result",
    "by",
    "taken_down",
    "due",
    "present",
    "agree",
    "disagree",
    "abstain",
    "needed",
    "outcome",
    "reason",
    "settled_because",
];

/// What the results have more that are not in force: which result of the item it was, and why it is none any more.
const SET_ASIDE: [&str; 3] = ["result", "ground", "objection"];

impl Results {
    pub(super) fn objection_count(&self) -> usize {
        self.objections.len() + self.reconsiderations.len()
    }

    /// Objections to declared results, one row each; then the reconsiderations that were asked for.
    pub fn objections_csv(&self) -> String {
        let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
        let objections = self.objections.iter().map(|one| {
            let mut row = self.meeting_cells().to_vec();
            row.extend([
                "objection".to_owned(),
                one.number.to_string(),
                cell(&one.item),
                word(one.official.as_ref()),
                String::new(),
                one.result.to_string(),
                cell(&one.by),
                yes(one.taken_down),
            ]);
            row.extend(std::iter::repeat_n(String::new(), 6));
            row.extend([
                one.outcome.unwrap_or("not_settled").to_owned(),
                cell(&one.reason),
                word(one.settled_because.as_ref()),
            ]);
            row
        });
        let reconsiderations = (1u32..).zip(&self.reconsiderations).map(|(number, one)| {
            let one = &one.asked;
            let mut row = self.meeting_cells().to_vec();
            row.extend([
                "reconsideration".to_owned(),
                number.to_string(),
                cell(one.item.as_str()),
                String::new(),
                cell(&super::super::reopened::names(&one.lines).join(" ")),
                String::new(),
                String::new(),
                String::new(),
                one.due.to_string(),
                one.present.to_string(),
                one.agree.to_string(),
                one.disagree.to_string(),
                one.abstain.to_string(),
                one.needed.to_string(),
                if one.consented { "consented" } else { "not_consented" }.to_owned(),
                cell(&one.reason),
                String::new(),
            ]);
            row
        });
        table(&header(&OBJECTIONS_HEADER), objections.chain(reconsiderations))
    }

    fn set_aside_rows(&self) -> Vec<Vec<String>> {
        let rows = |one: &SetAsideResult| {
            let only = |line: &&LineResult| one.lines.contains(&line.id);
            // Of the other lines the result is in force, and stands in the table of those that are.
            let kept = match &one.result {
                ItemResult::Nomination(item) => ItemResult::Nomination(NominationResult {
                    lines: item.lines.iter().filter(only).cloned().collect(),
                    ..item.clone()
                }),
                other => other.clone(),
            };
            let why = [
                one.number.to_string(),
                one.ground.to_owned(),
                one.objection.map(|number| number.to_string()).unwrap_or_default(),
            ];
            let (_, rows) = self.result_rows(std::slice::from_ref(&kept));
            rows.into_iter().map(move |row| [row, why.to_vec()].concat()).collect::<Vec<_>>()
        };
        self.set_aside.iter().flat_map(rows).collect()
    }

    pub(super) fn set_aside_count(&self) -> usize {
        self.set_aside_rows().len()
    }

    /// The results that are not in force any more, one row each.
    pub fn set_aside_csv(&self) -> String {
        let (mut names, _) = self.result_rows(&[]);
        names.extend(header(&SET_ASIDE));
        table(&names, self.set_aside_rows().into_iter())
    }
}
