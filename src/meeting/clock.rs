//! One timer for every clock: a report, an answer, a speech. Times come from the record, so that a restart in the
//! middle shows the right remaining time; a clock that runs while the hub is down has run.

use jiff::Timestamp;

/// A clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// What it was given, extensions included, in milliseconds.
    pub allotted_millis: i64,
    /// What ran until it was last paused, in milliseconds.
    pub ran_millis: i64,
    /// Since when it runs; none while it is paused or after its end.
    pub since: Option<Timestamp>,
}

impl Timer {
    /// A clock that starts now.
    pub fn start(seconds: u32, now: Timestamp) -> Self {
        Self { allotted_millis: i64::from(seconds) * 1_000, ran_millis: 0, since: Some(now) }
    }

    /// How long it has run, in milliseconds.
    pub fn ran(&self, now: Timestamp) -> i64 {
        let running = self.since.map_or(0, |since| now.as_millisecond() - since.as_millisecond());
        self.ran_millis + running.max(0)
    }

    /// What is left, in milliseconds; negative after its end.
    pub fn left(&self, now: Timestamp) -> i64 {
        self.allotted_millis - self.ran(now)
    }

    /// Whether it runs.
    pub fn runs(&self) -> bool {
        self.since.is_some()
    }

    pub(super) fn pause(&mut self, now: Timestamp) {
        self.ran_millis = self.ran(now);
        self.since = None;
    }

    pub(super) fn resume(&mut self, now: Timestamp) {
        if self.since.is_none() {
            self.since = Some(now);
        }
    }

    pub(super) fn extend(&mut self, seconds: u32) {
        self.allotted_millis += i64::from(seconds) * 1_000;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn what_is_left_survives_pauses_and_extensions() {
        let mut timer = Timer::start(480, at(1_000));
        assert_eq!(timer.left(at(1_100)), 380_000);
        timer.pause(at(1_100));
        assert_eq!(timer.left(at(5_000)), 380_000);
        timer.resume(at(5_000));
        timer.extend(60);
        assert_eq!(timer.left(at(5_010)), 430_000);
        assert_eq!(timer.left(at(5_440)), 0);
        assert!(timer.left(at(5_441)) < 0);
    }

    #[test]
    fn pausing_twice_changes_nothing() {
        let mut timer = Timer::start(60, at(0));
        timer.pause(at(10));
        timer.pause(at(50));
        timer.resume(at(60));
        timer.resume(at(70));
        assert_eq!(timer.left(at(80)), 30_000);
    }
}
