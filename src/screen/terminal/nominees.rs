//! The nominees: the list as it stands on the floor, and one nominee with introduction and inspection.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::materials::{Material, Materials};
use crate::meeting::{ItemState, LineId, Stage, State};
use crate::plan::{Nomination, Nominee};
use crate::screen::text::{width, wrap};
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::{Cell, Column, Table};
use crate::screen::{Mark, Scene};
use crate::words::common::{self, Common};
use crate::words::reopening::Reopened;
use crate::words::term;
use crate::words::terminal::{self, Terminal};

/// The nominee who is being introduced.
pub fn introduced<'a>(item: &ItemState, nomination: &'a Nomination) -> Option<(usize, &'a Nominee)> {
    if item.stage != Stage::Introducing {
        return None;
    }
    let line = item.introduced.last()?;
    let place = nomination.lines.iter().position(|nominee| nominee.id == line.as_str())?;
    Some((place, nomination.lines.get(place)?))
}

/// The list of nominees as lines: who has been introduced, who is, who is deferred and why.
pub fn list(
    scene: &Scene<'_>,
    item: &ItemState,
    nomination: &Nomination,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let now = introduced(item, nomination).map(|(place, _)| place);
    let rows = nomination
        .lines
        .iter()
        .enumerate()
        .map(|(place, nominee)| {
            let line = LineId::from(nominee.id.as_str());
            let (mark, word) = if item.barred.contains_key(&line) {
                (Mark::No, Reopened::Barred.text(lang))
            } else if !item.is_at_stake(&line) {
                (Mark::ToCome, Reopened::Unchanged.text(lang))
            } else if item.deferred.contains_key(&line) {
                (Mark::ToCome, Common::Deferred.text(lang))
            } else if now == Some(place) {
                (Mark::Now, Terminal::OnTheFloor.text(lang))
            } else if item.introduced.contains(&line) && item.stage == Stage::Introducing {
                (Mark::Done, Terminal::Introduced.text(lang))
            } else {
                (Mark::ToCome, "")
            };
            let state = if word.is_empty() { String::new() } else { format!("{} {word}", theme.mark(mark)) };
            vec![
                Cell::from((place + 1).to_string()),
                Cell::from(nominee.post.as_str()),
                Cell::new(&nominee.name, theme.strong()),
                Cell::new(&state, theme.mark_style(mark)),
            ]
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::figures(Terminal::Number.text(lang)),
            Column::text(Common::Post.text(lang)),
            Column::text(term::who_column(lang, item)),
            Column::fixed(""),
        ],
        rows,
    };
    let widths = table.widths(cells);
    let mut lines = vec![table.head(&widths, theme)];
    lines.extend((0..nomination.lines.len()).map(|row| table.line(row, &widths, theme)));
    lines
}

/// The texts of a nominee's two materials, broken into lines.
fn texts(
    scene: &Scene<'_>,
    state: &State,
    materials: &Materials,
    nominee: &Nominee,
    cells: usize,
) -> Vec<Line<'static>> {
    let (lang, theme) = (scene.lang, scene.theme);
    let mut lines = Vec::new();
    let parts = [
        (Terminal::Introduction, nominee.introduction.as_str()),
        (Terminal::Inspection, nominee.inspection.as_str()),
    ];
    for (title, path) in parts {
        let title = title.text(lang);
        let rule = theme.rule().repeat(cells.saturating_sub(width(title) + 1));
        lines.push(Line::from(vec![
            Span::styled(format!("{title} "), theme.accent()),
            Span::styled(rule, theme.dim()),
        ]));
        let text = match materials.get(path) {
            Some(Material::Here(text)) => wrap(text, cells),
            Some(Material::Failed(error)) => {
                let why = common::not_done(lang, error, Some(state));
                wrap(&terminal::no_material(lang, &why), cells)
            }
            Some(Material::Asked) | None => vec![Terminal::Reading.text(lang).to_owned()],
        };
        lines.extend(text.into_iter().map(Line::raw));
        lines.push(Line::raw(""));
    }
    lines
}

/// What one nominee's page needs.
pub struct NomineePage<'a> {
    /// The record.
    pub state: &'a State,
    /// The nominees.
    pub nomination: &'a Nomination,
    /// Which of them.
    pub place: usize,
    /// The materials that are here.
    pub materials: &'a Materials,
    /// What stands above the name, such as "now introduced".
    pub above: &'a str,
}

impl NomineePage<'_> {
    /// Draws the nominee in a box: name and post, then the materials.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, scroll: &mut Scroll) {
        let (lang, theme) = (scene.lang, scene.theme);
        let Some(nominee) = self.nomination.lines.get(self.place) else { return };
        let title = terminal::nominee_place(lang, self.place + 1, self.nomination.lines.len());
        let block = theme.block(title);
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let cells = usize::from(inner.width.saturating_sub(4));
        let styled = |text: &str, style| {
            wrap(text, cells)
                .into_iter()
                .take(2)
                .map(move |line| Line::styled(line, style))
                .collect::<Vec<_>>()
        };
        let mut names = vec![Line::styled(self.above.to_owned(), theme.accent())];
        names.extend(styled(&nominee.name, theme.strong()));
        names.extend(styled(&nominee.post, theme.plain_text()));
        let tall = u16::try_from(names.len() + 1).unwrap_or(u16::MAX);
        let [head, body, more] =
            Layout::vertical([Constraint::Length(tall), Constraint::Min(1), Constraint::Length(1)])
                .areas(inner);
        frame.render_widget(Paragraph::new(names), inset(head));
        let lines = texts(scene, self.state, self.materials, nominee, cells);
        let shown = scroll.fit(lines.len(), body.height.into(), None);
        let visible: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(visible), inset(body));
        frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
    }
}

/// How many lines are above and below, on one line.
pub fn more_line(scene: &Scene<'_>, above: usize, below: usize) -> Paragraph<'static> {
    let part =
        |lines: usize, is_below: bool| (lines > 0).then(|| common::more_lines(scene.lang, lines, is_below));
    let text: Vec<String> = [part(above, false), part(below, true)].into_iter().flatten().collect();
    Paragraph::new(text.join("   ")).style(scene.theme.accent())
}

/// Two cells of air at both sides.
pub fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), ..area }
}
