//! A meeting of several sittings: each with its time, its figures and how it ended; and the item on which it goes on.

use super::compose::{Composer, Part};
use super::doc::Section;
use crate::meeting::{BallotId, Opening, Sitting};
use crate::words::{minutes, sittings as words};

impl Composer<'_> {
    /// A line for each sitting, under the title.
    pub(super) fn sittings(&self) -> Vec<(String, String)> {
        let state = &self.state;
        if state.sittings.is_empty() {
            return Vec::new();
        }
        let last = state.opening.is_some() || state.ended_at.is_some();
        let over = state.sittings.iter().map(|sitting| self.over(sitting));
        let told = over.chain(last.then(|| self.held(state.opening.as_ref())));
        (1..).zip(told).map(|(number, text)| (words::name(self.lang, number), text)).collect()
    }

    fn held(&self, opening: Option<&Opening>) -> String {
        let Some(opening) = opening else { return words::figures(self.lang, None) };
        let at = self.day_and_time(opening.at);
        let figures = words::figures(self.lang, Some((opening.due, opening.present)));
        self.lang.pick(format!("{at}，{figures}"), format!("{at}, {figures}"))
    }

    fn over(&self, sitting: &Sitting) -> String {
        let adjourned = words::adjourned(self.lang, sitting.until, &sitting.reason);
        let ended = self.day_and_time(sitting.ended_at);
        let held = self.held(sitting.opening.as_ref());
        self.lang.pick(format!("{held}；{ended} {adjourned}"), format!("{held}; {ended}: {adjourned}"))
    }

    /// Whose evaluation a ballot is.
    pub(super) fn evaluated(&self, ballot: &BallotId) -> String {
        let found = self.state.round(ballot).and_then(|(item, round)| {
            let official = round.issue.subject.as_ref()?;
            self.state.item(&item.id)?.review()?.official(official.as_str())
        });
        found.map_or_else(|| ballot.to_string(), |official| official.name.clone())
    }

    /// The papers of those still to come; a ballot of each group counted apart is of the same official.
    pub(super) fn waiting_papers(&self, mut officials: Vec<String>) -> String {
        officials.dedup();
        words::waiting_papers(self.lang, &minutes::names(self.lang, &officials))
    }

    /// What happens from now on belongs to the next sitting.
    pub(super) fn open_sitting(&mut self) {
        let title = words::name(self.lang, self.state.sitting());
        self.open_part(Part::new(None, None, Section::new(&title)));
    }

    /// The sitting is open: an item that was not finished goes on under its own heading.
    pub(super) fn go_on(&mut self) {
        let Some(id) = self.state.current_item().map(|item| item.id.clone()) else { return };
        let title = words::continued_item(self.lang, &self.heading(&id));
        self.open_part(Part::new(Some(id), None, Section::new(&title)));
    }
}
