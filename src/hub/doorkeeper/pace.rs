//! A pace: so many at once, then one every so often. It answers how long the next one waits, and sleeps itself never.

use std::time::Duration;

/// How often something may happen. Moments are counted from the start of the hub.
#[derive(Debug, Clone)]
pub struct Pace {
    every: Duration,
    at_once: u32,
    /// When all that was taken will have been earned back.
    even_at: Duration,
}

impl Pace {
    /// One every `every`, and up to `at_once` together.
    pub fn new(every: Duration, at_once: u32) -> Self {
        Self { every, at_once: at_once.max(1), even_at: Duration::ZERO }
    }

    /// How long the next one waits.
    pub fn wait(&self, now: Duration) -> Duration {
        self.wait_times(now, 1)
    }

    /// Takes one, whether it waits or not.
    pub fn take(&mut self, now: Duration) {
        self.take_times(now, 1);
    }

    /// The same at so many times the pace.
    pub fn wait_times(&self, now: Duration, times: u32) -> Duration {
        // At a multiple of the pace each costs a fraction, and just as many are there at once of the multiple.
        let tolerance = self.every * (self.at_once - 1) + self.every - self.every / times.max(1);
        self.even_at.saturating_sub(now + tolerance)
    }

    /// Takes one at so many times the pace.
    pub fn take_times(&mut self, now: Duration, times: u32) {
        self.even_at = self.even_at.max(now) + self.every / times.max(1);
    }

    /// What was taken last was not used.
    pub fn give_back(&mut self) {
        self.even_at = self.even_at.saturating_sub(self.every);
    }

    /// Whether nothing is owed.
    pub fn is_rested(&self, now: Duration) -> bool {
        self.even_at <= now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_millis(100);

    #[test]
    fn some_at_once_then_one_by_one() {
        let mut pace = Pace::new(EVERY, 3);
        let now = Duration::from_secs(7);
        let mut waits = Vec::new();
        for _ in 0..5 {
            waits.push(pace.wait(now).as_millis());
            pace.take(now);
        }
        assert_eq!(waits, [0, 0, 0, 100, 200]);
        assert!(!pace.is_rested(now));
        let later = now + EVERY * 4;
        assert_eq!(pace.wait(later), Duration::ZERO);
        assert!(pace.is_rested(now + EVERY * 5));
    }

    #[test]
    fn rest_is_not_saved_up_beyond_what_may_come_at_once() {
        let mut pace = Pace::new(EVERY, 2);
        let now = Duration::from_secs(3_600);
        for _ in 0..2 {
            assert_eq!(pace.wait(now), Duration::ZERO);
            pace.take(now);
        }
        assert_eq!(pace.wait(now), EVERY);
        pace.give_back();
        assert_eq!(pace.wait(now), Duration::ZERO);
    }

    #[test]
    fn a_multiple_of_the_pace_lets_the_multiple_through() {
        let mut pace = Pace::new(EVERY, 2);
        let now = Duration::from_secs(1);
        let mut at_once = 0;
        while pace.wait_times(now, 4) == Duration::ZERO {
            pace.take_times(now, 4);
            at_once += 1;
        }
        assert_eq!((at_once, pace.wait_times(now, 4)), (8, EVERY / 4));
    }
}
