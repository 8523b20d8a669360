//! A calm page: one title, a few sentences, in the middle of a box.

use ratatui::Frame;
use ratatui::layout::{Alignment, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::centre;
use crate::screen::Scene;
use crate::screen::text::{clean, width, wrap};

/// The widest that a sentence is set.
const CELLS_MAX: u16 = 76;

/// What a page says.
#[derive(Debug, Clone, Default)]
pub struct Page {
    lines: Vec<(String, Style)>,
}

impl Page {
    /// A page with a title.
    pub fn new(title: &str, style: Style) -> Self {
        Self { lines: vec![(title.to_owned(), style), (String::new(), Style::new())] }
    }

    /// A sentence more. Empty ones are blank lines.
    #[must_use]
    pub fn say(mut self, text: impl Into<String>, style: Style) -> Self {
        self.lines.push((text.into(), style));
        self
    }

    /// Draws the page in the middle of a box.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, title: &str) {
        let block = scene.theme.block(clean(title).into_owned());
        let inner = block.inner(area);
        frame.render_widget(block, area);
        self.draw_bare(frame, inner);
    }

    /// Draws the page in the middle of an area, without a box.
    pub fn draw_bare(&self, frame: &mut Frame<'_>, area: Rect) {
        let wide = area.width.saturating_sub(4).min(CELLS_MAX);
        let lines: Vec<Line<'_>> = self
            .lines
            .iter()
            .flat_map(|(text, style)| {
                let mut parts = balanced(text, wide.into());
                if parts.is_empty() {
                    parts.push(String::new());
                }
                parts.into_iter().map(|part| Line::styled(part, *style)).collect::<Vec<_>>()
            })
            .collect();
        let tall = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let place = centre(area, wide, tall);
        frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), place);
    }
}

/// The text in as few lines as fit, and these of about the same length: no single word is left over.
fn balanced(text: &str, cells: usize) -> Vec<String> {
    let lines = wrap(text, cells);
    let enough = (width(text) / lines.len().max(1)).min(cells);
    (enough..cells).map(|cells| wrap(text, cells)).find(|other| other.len() <= lines.len()).unwrap_or(lines)
}
