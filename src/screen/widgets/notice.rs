//! A refusal or a confirmation: it appears over the page, in words, and goes away by itself or with the next key.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::{bottom, clear};
use crate::screen::Scene;
use crate::screen::text::{clean, width, wrap};
use crate::words::common::Common;

/// The shortest time a notice stays.
const SHORTEST: SignedDuration = SignedDuration::from_secs(6);
/// A reader's time for each twenty cells of text.
const FOR_TWENTY_CELLS: SignedDuration = SignedDuration::from_secs(1);
/// The widest that a notice is drawn.
const CELLS_MAX: u16 = 72;

/// Whether something was done or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something was refused or failed.
    Refused,
}

/// The notice of a screen, if there is one.
#[derive(Debug, Clone, Default)]
pub struct Notices {
    current: Option<Notice>,
}

#[derive(Debug, Clone)]
struct Notice {
    tone: Tone,
    text: String,
    /// When it was first drawn: from then on it counts.
    shown: Option<Timestamp>,
}

impl Notices {
    /// Says something; what was said before is replaced.
    pub fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.current = Some(Notice { tone, text: text.into(), shown: None });
    }

    /// A key was pressed: what was read is put away.
    pub fn clear(&mut self) {
        self.current = None;
    }

    /// What is said just now.
    pub fn text(&self) -> Option<&str> {
        self.current.as_ref().map(|notice| notice.text.as_str())
    }

    /// How long the notice still stays.
    pub fn left(&self, now: Timestamp) -> Option<Duration> {
        let notice = self.current.as_ref()?;
        let shown = notice.shown?;
        let left = notice.stays() - now.duration_since(shown);
        Some(Duration::try_from(left).unwrap_or(Duration::ZERO))
    }

    /// The sooner of this notice's end and another moment: for [`crate::screen::Screen::next_tick`].
    pub fn tick(&self, now: Timestamp, other: Duration) -> Duration {
        self.left(now).map_or(other, |left| left.min(other))
    }

    /// Draws the notice at the bottom of `area`, over what is there.
    pub fn draw(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) {
        let Some(notice) = &mut self.current else { return };
        let shown = *notice.shown.get_or_insert(scene.now);
        if scene.now.duration_since(shown) >= notice.stays() {
            self.current = None;
            return;
        }
        let wide = area.width.saturating_sub(4).min(CELLS_MAX);
        let lines: Vec<Line<'_>> = wrap(&clean(&notice.text), usize::from(wide.saturating_sub(4)))
            .into_iter()
            .map(|line| Line::raw(format!(" {line}")))
            .collect();
        let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(area.height);
        let place =
            Rect { x: area.x + (area.width - wide) / 2, y: bottom(area, tall), width: wide, height: tall };
        let (style, title) = match notice.tone {
            Tone::Done => (scene.theme.accent(), ""),
            Tone::Refused => (scene.theme.alarm(), Common::NotDone.text(scene.lang)),
        };
        clear(frame, place);
        let block = scene.theme.block(title).border_style(style);
        frame.render_widget(Paragraph::new(lines).block(block), place);
    }
}

impl Notice {
    fn stays(&self) -> SignedDuration {
        let twenties = i32::try_from(width(&self.text) / 20).unwrap_or(0);
        SHORTEST + FOR_TWENTY_CELLS * twenties
    }
}
