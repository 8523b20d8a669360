//! `sittings.csv`: when the meeting met, who was there, and to when it was adjourned.

use super::*;
use crate::archive::results::sittings::was_continued;

const SITTINGS_HEADER: [&str; 11] = [
    "meeting",
    "date",
    "rehearsal",
    "sitting",
    "opened_at",
    "due",
    "present",
    "signed_in",
    "ended_at",
    "adjourned_to",
    "reason",
];

impl Results {
    /// The sittings, one row each, in their order; one row where the meeting had only one.
    pub fn sittings_csv(&self) -> String {
        let time = |time: Option<jiff::Timestamp>| time.map(|time| time.to_string()).unwrap_or_default();
        let rows = self.meeting.sittings.iter().map(|sitting| {
            let mut row = self.meeting_cells().to_vec();
            row.extend([
                sitting.number.to_string(),
                time(sitting.opened_at),
                number(sitting.due),
                number(sitting.present),
                sitting.signed_in.len().to_string(),
                time(sitting.ended_at),
                sitting.until.map(|until| until.written()).unwrap_or_default(),
                word(sitting.reason.as_ref()),
            ]);
            row
        });
        table(&header(&SITTINGS_HEADER), rows)
    }

    /// The sittings, where the meeting was adjourned to another day.
    pub(super) fn several_sittings(&self) -> Option<usize> {
        was_continued(&self.meeting.sittings).then_some(self.meeting.sittings.len())
    }
}
