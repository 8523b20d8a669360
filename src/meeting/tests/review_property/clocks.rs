//! The clocks of a review, reckoned a second time from the whole log.

use jiff::Timestamp;

use super::Run;
use crate::meeting::Event;

/// A clock, reckoned from the log.
#[derive(Clone, Copy)]
struct Reckoned {
    left: i64,
    runs: bool,
}

impl Run {
    /// The clocks as they follow from the whole log: allotted, less every second that ran.
    pub(super) fn clocks(&self) {
        let (mut review, mut speech): (Option<Reckoned>, Option<Reckoned>) = (None, None);
        let mut last: Option<Timestamp> = None;
        for (time, event) in &self.log {
            let passed = last.map_or(0, |last| time.as_millisecond() - last.as_millisecond());
            for clock in [&mut review, &mut speech].into_iter().flatten() {
                if clock.runs {
                    clock.left -= passed;
                }
            }
            last = Some(*time);
            match event {
                Event::ReportBegan { seconds, .. } | Event::QuestionCalled { seconds, .. } => {
                    review = Some(Reckoned { left: i64::from(*seconds) * 1_000, runs: true });
                }
                Event::SpeakerCalled { seconds, .. } => {
                    speech = Some(Reckoned { left: i64::from(*seconds) * 1_000, runs: true });
                }
                Event::QuestionsBegan { .. } | Event::QuestionsEnded { .. } => review = None,
                Event::QuestionEnded { .. } if self.ended_on_floor(event) => review = None,
                Event::SpeechEnded { .. } => speech = None,
                Event::ClockPaused | Event::ClockResumed | Event::ClockExtended { .. } => {
                    for clock in [&mut review, &mut speech].into_iter().flatten() {
                        match event {
                            Event::ClockPaused => clock.runs = false,
                            Event::ClockResumed => clock.runs = true,
                            Event::ClockExtended { seconds } => clock.left += i64::from(*seconds) * 1_000,
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        let (now, later) = (self.sample.now, self.sample.now + jiff::SignedDuration::from_secs(7));
        let state = self.state();
        let clocks = [
            (review, self.review().1.clock.as_ref()),
            (speech, state.floor.speaking.as_ref().map(|(_, clock)| clock)),
        ];
        for (reckoned, clock) in clocks {
            assert_eq!(reckoned.is_some(), clock.is_some(), "a clock is there, or not");
            let Some((reckoned, clock)) = reckoned.zip(clock) else { continue };
            assert_eq!((reckoned.left, reckoned.runs), (clock.left(now), clock.runs()));
            assert_eq!(clock.left(now) - clock.left(later), if clock.runs() { 7_000 } else { 0 });
        }
        assert!(state.suspended.is_none() || clocks.iter().all(|(_, one)| one.is_none_or(|one| !one.runs())));
    }

    /// Whether a question that ended had been called: then its clock ends with it.
    fn ended_on_floor(&self, event: &Event) -> bool {
        let Event::QuestionEnded { question, .. } = event else { return false };
        self.log
            .iter()
            .any(|(_, earlier)| matches!(earlier, Event::QuestionCalled { question: called, .. } if called == question))
    }
}
