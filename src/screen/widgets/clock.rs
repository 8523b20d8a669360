//! A clock on the floor as it is read: minutes and seconds, and whether it is nearly up, over, or paused.

use std::time::Duration;

use jiff::Timestamp;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::meeting::{State, Timer};
use crate::screen::Scene;
use crate::words::Lang;
use crate::words::official::Official;

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// It runs, and there is time.
    Runs,
    /// It is nearly up.
    Ending,
    /// It is over.
    Over,
    /// It is paused.
    Paused,
}

/// What a clock shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// `07:32`; after the end `-00:12`.
    pub digits: String,
    /// How it stands.
    pub stand: Stand,
}

/// Reads a clock. A second that has begun still counts, so that a fresh clock shows all it was given.
pub fn read(timer: &Timer, warning_seconds: u32, now: Timestamp) -> Reading {
    let left = timer.left(now);
    let seconds = if left >= 0 { (left + 999) / 1_000 } else { -left / 1_000 };
    let sign = if left < 0 && seconds > 0 { "-" } else { "" };
    let digits = format!("{sign}{:02}:{:02}", seconds / 60, seconds % 60);
    let stand = match () {
        () if left <= 0 => Stand::Over,
        () if !timer.runs() => Stand::Paused,
        () if left <= i64::from(warning_seconds) * 1_000 => Stand::Ending,
        () => Stand::Runs,
    };
    Reading { digits, stand }
}

impl Reading {
    /// How it stands, in words: colour alone says nothing.
    pub const fn word(&self, lang: Lang) -> &'static str {
        match self.stand {
            Stand::Runs => Official::Left.text(lang),
            Stand::Ending => Official::Ending.text(lang),
            Stand::Over => Official::Over.text(lang),
            Stand::Paused => Official::Paused.text(lang),
        }
    }

    /// The style for it.
    pub const fn style(&self, scene: &Scene<'_>) -> Style {
        match self.stand {
            Stand::Runs => scene.theme.strong(),
            Stand::Ending | Stand::Over => scene.theme.alarm(),
            Stand::Paused => scene.theme.accent(),
        }
    }

    /// Word and digits on one line.
    pub fn text(&self, lang: Lang) -> String {
        format!("{} {}", self.word(lang), self.digits)
    }

    /// The same, styled.
    pub fn line(&self, scene: &Scene<'_>) -> Line<'static> {
        Line::styled(self.text(scene.lang), self.style(scene))
    }
}

/// The warning time of the item on the floor; a minute where the plan names none.
pub fn warning_seconds(state: &State) -> u32 {
    let review = state.current_review().map(|(_, review, _)| review.warning_seconds);
    review.or_else(|| state.current_exam().map(|(_, exam, _)| exam.warning_seconds)).unwrap_or(60)
}

/// When a screen with a clock must be drawn again: when the figure of a running clock changes next. None where no
/// clock runs.
pub fn tick(state: &State, now: Timestamp) -> Option<Duration> {
    let speech = state.floor.speaking.as_ref().map(|(_, clock)| clock);
    let review = state.current_review().and_then(|(_, _, review)| review.clock.as_ref());
    let exam = state.current_exam().and_then(|(_, _, exam)| exam.clock.as_ref());
    let running = speech.into_iter().chain(review).chain(exam).filter(|clock| clock.runs());
    running
        .map(|clock| {
            let into = clock.left(now).rem_euclid(1_000);
            Duration::from_millis(u64::try_from(into).unwrap_or(0).max(1))
        })
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(millis).unwrap()
    }

    #[test]
    fn a_clock_is_read_to_the_second_and_says_how_it_stands() {
        let timer = Timer::start(480, at(0));
        for (millis, digits, stand) in [
            (0, "08:00", Stand::Runs),
            (1, "08:00", Stand::Runs),
            (1_000, "07:59", Stand::Runs),
            (420_000, "01:00", Stand::Ending),
            (479_999, "00:01", Stand::Ending),
            (480_000, "00:00", Stand::Over),
            (480_500, "00:00", Stand::Over),
            (492_300, "-00:12", Stand::Over),
        ] {
            assert_eq!(read(&timer, 60, at(millis)), Reading { digits: digits.to_owned(), stand });
        }
        let paused = Timer { since: None, ran_millis: 60_000, ..timer };
        assert_eq!(read(&paused, 60, at(999_000)).stand, Stand::Paused);
    }
}
