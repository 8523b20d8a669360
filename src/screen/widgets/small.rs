//! The window is too small: said politely, in both languages, in whatever room there is.

use ratatui::Frame;
use ratatui::layout::Alignment;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::centre;
use crate::screen::{SIZE_MIN, Theme};
use crate::words::common::too_small;

/// Draws the message into the whole window.
pub fn draw(frame: &mut Frame<'_>, theme: Theme) {
    let area = frame.area();
    let [zh, zh_sizes, en, en_sizes] = too_small(SIZE_MIN, (area.width, area.height));
    let lines = vec![
        Line::styled(zh, theme.strong()),
        Line::raw(zh_sizes),
        Line::raw(""),
        Line::styled(en, theme.strong()),
        Line::raw(en_sizes),
    ];
    let place = centre(area, area.width, 5);
    frame.render_widget(Paragraph::new(lines).alignment(Alignment::Center), place);
}
