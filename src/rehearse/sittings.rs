//! A rehearsed meeting that is adjourned to another day: after what, until when, and who stays away at which sitting. A
//! file says so; the sittings of a rehearsal follow each other at once.
//!
//! ```json
//! {"absent": ["p12"],
//!  "adjourn": [{"after": "posts", "days": 7, "at": "09:00", "reason": "…", "absent": ["p07"]}]}
//! ```
//!
//! `after` is an item, or `ITEM/OFFICIAL` in a review. The day is counted from that of the sitting, so that a file goes on
//! being of use; `absent` are those who do not come to the first sitting, and to the one that follows.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::civil::Time;
use jiff::{ToSpan, tz::TimeZone};
use serde::Deserialize;

use super::file::{self, FileFault};
use crate::meeting::{Command, Phase, RoomTime, SeatId, Stage, State};
use crate::plan::Plan;

/// The sittings of a rehearsal: one, where no file says more.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sittings {
    /// Who does not come to the first.
    #[serde(default)]
    absent: BTreeSet<SeatId>,
    /// Where the meeting is adjourned.
    #[serde(default)]
    adjourn: Vec<Adjournment>,
}

/// An adjournment to another day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Adjournment {
    after: String,
    days: u32,
    at: Time,
    reason: String,
    #[serde(default)]
    absent: BTreeSet<SeatId>,
}

/// What the file looks like.
const EXPECTED: &str = r#"{"adjourn": [{"after": "ITEM", "days": 7, "at": "09:00", "reason": ...}, ...]}"#;

/// Why the sittings of a rehearsal cannot be held.
#[derive(Debug, thiserror::Error)]
pub enum SittingsFault {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// It names something that the plan does not have, or cannot be played.
    #[error("sittings: `{name}`: {what}")]
    Wrong {
        /// The name as the file has it.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
}

/// How many days ahead a rehearsed meeting is adjourned at most.
const DAYS_MAX: u32 = 366;

impl Sittings {
    /// Reads the file, if there is one, and checks it against the plan.
    ///
    /// # Errors
    /// What does not fit, before anything has begun.
    pub fn read(path: Option<&Path>, plan: &Plan) -> Result<Self, SittingsFault> {
        let Some(path) = path else { return Ok(Self::default()) };
        let read: Self = file::read(path, EXPECTED)?;
        read.check(plan)?;
        Ok(read)
    }

    fn check(&self, plan: &Plan) -> Result<(), SittingsFault> {
        let wrong = |name: &str, what| Err(SittingsFault::Wrong { name: name.to_owned(), what });
        for one in &self.adjourn {
            let (item, official) = one.place();
            let Some(item) = plan.item(item) else { return wrong(&one.after, "there is no such item") };
            let known = |id| item.review().is_some_and(|review| review.official(id).is_some());
            if official.is_some_and(|id| !known(id)) {
                return wrong(&one.after, "the item is no review of such an official");
            }
            if one.days == 0 || one.days > DAYS_MAX {
                return wrong(&one.after, "`days` is from 1 to 366");
            }
            if one.reason.trim().is_empty() {
                return wrong(&one.after, "there is no reason");
            }
        }
        for seat in self.absent.iter().chain(self.adjourn.iter().flat_map(|one| &one.absent)) {
            match plan.person(seat.as_str()) {
                None => return wrong(seat.as_str(), "there is no such person"),
                Some(person) if !person.duties.is_empty() => {
                    return wrong(
                        seat.as_str(),
                        "the meeting waits for people with duties: they are not absent",
                    );
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Everybody who stays away from some sitting: nothing is asked or answered by them that the others wait for.
    pub fn ever_absent(&self) -> BTreeSet<SeatId> {
        self.absent.iter().chain(self.adjourn.iter().flat_map(|one| &one.absent)).cloned().collect()
    }

    /// Whether somebody comes to the sitting for which people sign in.
    pub fn attends(&self, state: &State, seat: &SeatId) -> bool {
        let absent = match state.sittings.len().checked_sub(1) {
            None => Some(&self.absent),
            Some(place) => self.adjourn.get(place).map(|one| &one.absent),
        };
        !absent.is_some_and(|absent| absent.contains(seat))
    }

    /// What is ordered at this place: that the meeting is adjourned to another day.
    pub fn adjourns(&self, state: &State) -> Option<Command> {
        let next = self.adjourn.get(state.sittings.len()).filter(|_| state.phase == Phase::Open)?;
        let (item, official) = next.place();
        let item = state.items.iter().find(|one| one.id.as_str() == item)?;
        let is_over = match official {
            None => item.stage == Stage::Declared,
            Some(id) => {
                let review = item.review()?;
                let over = review
                    .officials
                    .iter()
                    .any(|(one, official)| one.as_str() == id && official.stage.is_over());
                over && item.stage == Stage::Reviewing
            }
        };
        // A rehearsal's room is on this machine.
        let zone = TimeZone::system();
        let day = state
            .opening?
            .at
            .to_zoned_datetime(zone.clone())
            .date()
            .checked_add(i64::from(next.days).days())
            .ok()?;
        let until = RoomTime::in_zone(day.to_datetime(next.at), &zone)?;
        is_over.then(|| Command::AdjournTo { until, reason: next.reason.clone() })
    }
}

impl Adjournment {
    /// After which item, or which official of it.
    fn place(&self) -> (&str, Option<&str>) {
        match self.after.split_once('/') {
            Some((item, official)) => (item, Some(official)),
            None => (&self.after, None),
        }
    }
}
