//! What one opens over a review: the list of the officials, and the texts of each.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::materials::Materials;
use super::nominees::{inset, more_line};
use super::review_page::draw_text;
use crate::meeting::State;
use crate::screen::Scene;
use crate::screen::text::cut;
use crate::screen::widgets::officials::{self, Shown, full_name};
use crate::screen::widgets::reader::Reader;
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::choose;
use crate::words::official::Official as Text;

/// A list of the officials to choose from.
pub fn draw_officials(
    frame: &mut Frame<'_>,
    area: Rect,
    scene: &Scene<'_>,
    shown: Shown<'_>,
    chosen: usize,
    scroll: &mut Scroll,
) {
    let theme = scene.theme;
    let block = theme.block(Text::Overview.text(scene.lang));
    let inner = inset(block.inner(area));
    frame.render_widget(block, area);
    let cells = usize::from(inner.width);
    let mut lines = officials::lines(scene, shown, cells);
    let head = if lines.is_empty() { None } else { Some(lines.remove(0)) };
    let [top, body, more] =
        Layout::vertical([Constraint::Length(1), Constraint::Min(1), Constraint::Length(1)]).areas(inner);
    frame.render_widget(Paragraph::new(head.into_iter().collect::<Vec<_>>()), top);
    let seen = scroll.fit(lines.len(), body.height.into(), Some(chosen..chosen + 1));
    let visible: Vec<Line<'_>> = lines
        .into_iter()
        .enumerate()
        .skip(seen.lines.start)
        .take(seen.lines.len())
        .map(|(row, line)| if row == chosen { choose(line, cells, theme) } else { line })
        .collect();
    frame.render_widget(Paragraph::new(visible), body);
    frame.render_widget(more_line(scene, seen.above, seen.below), more);
}

/// A text that one has opened: of which official, and which of the two.
#[derive(Debug, Default)]
pub struct Texts {
    /// The place of the official in the order.
    pub place: usize,
    /// The findings, or the report.
    pub findings: bool,
    /// Where one is in it.
    pub reader: Reader,
}

impl Texts {
    /// The path of the text.
    pub fn path<'a>(&self, shown: Shown<'a>) -> &'a str {
        shown.officials().get(self.place).map_or("", |official| {
            if self.findings { official.findings.as_str() } else { official.report.as_str() }
        })
    }

    /// Draws it.
    pub fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene<'_>,
        state: &State,
        materials: &Materials,
    ) {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some(shown) = Shown::on_floor(state) else { return };
        let Some(official) = shown.officials().get(self.place).copied() else { return };
        let which = if self.findings { Text::FindingsText } else { Text::Report };
        let title = format!("{} {} {}", which.text(lang), theme.dot(), full_name(official));
        let room = usize::from(area.width.saturating_sub(4));
        let block = theme.block(cut(&title, room, theme.ellipsis()).into_owned());
        let inner = block.inner(area);
        frame.render_widget(block, area);
        draw_text(frame, inset(inner), scene, state, materials, self.path(shown), &mut self.reader);
    }
}
