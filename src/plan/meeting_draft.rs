//! What the whole meeting shares, as written: its name, day and place, the days that the calendar does not tell, and who holds
//! the key of the ballot box.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;

use super::draft::limit;
use super::entry::{Entry, Words};
use super::mistake::{Findings, Limited};
use super::model::{MeetingPlan, SmallPlan, TrusteesPlan};
use super::threshold_draft::read_threshold;
use crate::rules::Threshold;
use crate::words::Lang;

/// Holidays of several years.
const DAYS_MAX: usize = 500;

const LANGUAGES: Words<Lang> = &[("zh", Lang::Zh), ("en", Lang::En)];

const TRUSTEES: Words<Holder> = &[("console", Holder::Console), ("scrutineers", Holder::Scrutineers)];

const SMALL: Words<SmallPlan> = &[("closed", SmallPlan::Closed), ("open", SmallPlan::Open)];

/// Who holds the key of the ballot box, before it is known how many scrutineers there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// The console.
    Console,
    /// The scrutineers together.
    Scrutineers,
}

/// The key of the ballot box as written.
pub(super) struct KeyDraft {
    pub(super) holder: Holder,
    pub(super) threshold: Option<Spanned<u32>>,
    pub(super) allow_single: Option<Spanned<bool>>,
    /// Where the rule for small boxes stands, and what it says.
    pub(super) small: SmallPlan,
    /// Where the whole part about the meeting stands.
    pub(super) span: Range<usize>,
}

/// Days that the calendar alone does not tell.
#[derive(Default)]
pub(super) struct Days {
    pub(super) holidays: Vec<Spanned<Date>>,
    pub(super) workdays: Vec<Spanned<Date>>,
}

pub(super) fn read_meeting(
    meeting: Option<Entry>,
    days: &mut Days,
    findings: &mut Findings,
) -> (MeetingPlan, Option<Spanned<Threshold>>, KeyDraft) {
    let Some(mut meeting) = meeting else { return (MeetingPlan::stand_in(), None, KeyDraft::stand_in()) };
    let key = KeyDraft::read(&mut meeting, findings);
    let quorum = read_threshold(&mut meeting, "quorum", findings);
    for (key, days) in [("holidays", &mut days.holidays), ("workdays", &mut days.workdays)] {
        *days = meeting.dates(key, findings);
        limit(Limited::Days, days.len(), DAYS_MAX, &meeting.span_of(key), findings);
    }
    let plan = MeetingPlan {
        title: meeting.text("title", findings).into_inner(),
        body: meeting.text("body", findings).into_inner(),
        date: meeting.date("date", findings),
        venue: meeting.text("venue", findings).into_inner(),
        language: meeting.word("language", LANGUAGES, findings).unwrap_or(Lang::Zh),
        trustees: TrusteesPlan::Console,
        small: key.small,
        quorum: quorum.as_ref().map_or(Threshold::QUORUM, |quorum| *quorum.get_ref()),
        holidays: Vec::new(),
        workdays: Vec::new(),
    };
    meeting.finish(findings);
    (plan, quorum, key)
}

impl KeyDraft {
    pub(super) fn read(meeting: &mut Entry, findings: &mut Findings) -> Self {
        let threshold = meeting.number("threshold", findings);
        let threshold = threshold.map(|number| Spanned::new(meeting.span_of("threshold"), number));
        Self {
            holder: meeting.word_if_any("trustees", TRUSTEES, findings).unwrap_or(Holder::Scrutineers),
            threshold,
            allow_single: meeting.flag("allow_single", findings),
            small: meeting.word_if_any("small", SMALL, findings).unwrap_or_default(),
            span: meeting.span(),
        }
    }

    /// For a plan that lacks its meeting.
    fn stand_in() -> Self {
        let (holder, small) = (Holder::Scrutineers, SmallPlan::Closed);
        Self { holder, threshold: None, allow_single: None, small, span: 0..0 }
    }
}

impl MeetingPlan {
    /// For a plan that lacks its meeting: reading goes on to find its other mistakes.
    fn stand_in() -> Self {
        Self {
            title: String::new(),
            body: String::new(),
            date: jiff::civil::Date::ZERO,
            venue: String::new(),
            language: Lang::Zh,
            trustees: TrusteesPlan::Console,
            small: SmallPlan::Closed,
            quorum: Threshold::QUORUM,
            holidays: Vec::new(),
            workdays: Vec::new(),
        }
    }
}
