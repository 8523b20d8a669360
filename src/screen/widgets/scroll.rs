//! What does not fit: which lines are shown, and how many are above and below.

use std::ops::Range;

use crossterm::event::KeyCode;

/// A window over lines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    top: usize,
    height: usize,
    total: usize,
}

/// What of a whole is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The lines that are shown.
    pub lines: Range<usize>,
    /// How many are above.
    pub above: usize,
    /// How many are below.
    pub below: usize,
}

impl Scroll {
    /// Fits the window to `total` lines in `height` rows so that `must_see` is in it, and says what is shown.
    pub fn fit(&mut self, total: usize, height: usize, must_see: Option<Range<usize>>) -> Shown {
        self.total = total;
        self.height = height;
        if let Some(range) = must_see {
            if range.end > self.top + height {
                self.top = range.end.saturating_sub(height);
            }
            self.top = self.top.min(range.start);
        }
        self.top = self.top.min(total.saturating_sub(height));
        let end = (self.top + height).min(total);
        Shown { lines: self.top..end, above: self.top, below: total - end }
    }

    /// Whether there is more than fits: then a key that scrolls does something.
    pub const fn overflows(&self) -> bool {
        self.total > self.height
    }

    /// Puts this line at the top, or as near to it as the end allows.
    pub fn go_to(&mut self, line: usize) {
        self.top = line.min(self.total.saturating_sub(self.height));
    }

    /// Moves with a key. Whether the key is one that moves.
    pub fn key(&mut self, code: KeyCode) -> bool {
        let page = self.height.saturating_sub(1).max(1);
        self.top = match code {
            KeyCode::Up => self.top.saturating_sub(1),
            KeyCode::Down => self.top + 1,
            KeyCode::PageUp => self.top.saturating_sub(page),
            KeyCode::PageDown | KeyCode::Char(' ') => self.top + page,
            KeyCode::Home => 0,
            KeyCode::End => self.total,
            _ => return false,
        };
        self.top = self.top.min(self.total.saturating_sub(self.height));
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_must_be_seen_is_seen() {
        let mut scroll = Scroll::default();
        for at in [0, 3, 19, 7, 18, 0] {
            let shown = scroll.fit(20, 5, Some(at..at + 1));
            assert!(shown.lines.contains(&at), "{shown:?} {at}");
            assert_eq!(shown.above + shown.lines.len() + shown.below, 20);
        }
        assert_eq!(scroll.fit(3, 5, None), Shown { lines: 0..3, above: 0, below: 0 });
        assert!(scroll.key(KeyCode::End) && !scroll.key(KeyCode::Enter));
        assert_eq!(scroll.fit(0, 5, None).lines, 0..0);
    }
}
