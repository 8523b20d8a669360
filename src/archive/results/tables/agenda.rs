//! `agenda.csv`: what the body decided on its agenda.

use super::*;

const AGENDA_HEADER: [&str; 16] = [
    "meeting",
    "date",
    "rehearsal",
    "number",
    "change",
    "item",
    "title",
    "before",
    "how",
    "due",
    "present",
    "agree",
    "disagree",
    "abstain",
    "outcome",
    "reason",
];

impl Results {
    /// The decisions on the agenda, one row each, in their order.
    pub fn agenda_csv(&self) -> String {
        let rows = self.agenda.iter().map(|decision| {
            let mut row = self.meeting_cells().to_vec();
            row.extend([
                decision.number.to_string(),
                decision.change.to_owned(),
                cell(&decision.item),
                cell(&decision.title),
                word(decision.before.as_ref()),
                decision.how.to_owned(),
                decision.due.to_string(),
                decision.present.to_string(),
                number(decision.agree),
                number(decision.disagree),
                number(decision.abstain),
                decision.outcome.to_owned(),
                cell(&decision.reason),
            ]);
            row
        });
        table(&header(&AGENDA_HEADER), rows)
    }
}
