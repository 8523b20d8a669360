//! A meeting of two items that is adjourned to another day.

use jiff::civil::date;

use super::sample::{Point, Sample, plan};
use super::{Command, RoomTime};
use crate::words::Lang;

impl Sample {
    /// When the sample is continued: a morning eight hours ahead of UTC.
    pub fn another_day() -> RoomTime {
        RoomTime { at: date(2026, 12, 1).at(9, 0, 0, 0), utc_offset_minutes: 480 }
    }

    /// The command that adjourns it to that morning.
    pub fn adjourn_to(&self) -> Command {
        let reason = self
            .state
            .plan()
            .meeting
            .language
            .pick("时间已晚，人选情况需进一步了解", "it is late, and more has to be found out");
        Command::AdjournTo { until: Self::another_day(), reason: reason.to_owned() }
    }

    /// The meeting with a second item, adjourned at a point of the first.
    pub fn adjourned(lang: Lang, point: Point) -> Self {
        let mut plan = plan(lang);
        let mut second = plan.items[0].clone();
        second.id = "second".to_owned();
        second.title =
            lang.pick("票决推荐区直部门正职人选", "Nominations to offices of the district").to_owned();
        plan.items.push(second);
        let mut sample = Self::of(plan).until(point);
        let adjourn = sample.adjourn_to();
        sample.console(adjourn);
        sample
    }

    /// The same, when people sign in again: seven members, one of whom was not there before, and no attendee.
    pub fn reconvened(lang: Lang, point: Point) -> Self {
        let mut sample = Self::adjourned(lang, point);
        sample.console(Command::Reconvene);
        sample.sign_in(&["m1", "m2", "m3", "m4", "m5", "m6", "m9"]);
        sample
    }
}
