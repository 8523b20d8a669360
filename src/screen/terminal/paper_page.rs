//! The ballot paper on the screen: one line a nominee or a dimension, party and government posts under their own
//! headings, deferred lines printed and not votable; and the page on which all marks are reviewed before they are cast.
//! Where the words of a scale do not fit side by side, their numbers stand above the columns and a legend says the words.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::challenge::Reviewing;
use super::duty::told;
use super::nominees::{inset, more_line};
use super::paper::Sheet;
use super::printed::Printed;
use crate::screen::Scene;
use crate::screen::text::{Side, cut, fit, flow, width, wrap};
use crate::screen::widgets::scroll::Scroll;
use crate::screen::widgets::table::{Cell, Column, Table};
use crate::words::common::Common;
use crate::words::contest::{self, Contest};
use crate::words::terminal::Terminal;

/// Cells between two choices.
const GAP: usize = 2;
/// Cells at the left for the pointer and the sign of a line that is not marked.
const POINTER: usize = 3;
/// The least room for what a line is about; with less, the words of the scale stand in a legend.
const ABOUT_CELLS_MIN: usize = 24;
/// The most lines in which the line under the cursor is printed in full.
const FULL_LINES_MAX: usize = 2;

/// The paper as it is drawn: the sheet, and what the plan prints on it.
pub struct PaperPage<'a> {
    /// The marks.
    pub sheet: &'a Sheet,
    /// What is printed.
    pub printed: Printed<'a>,
    /// Why the last cast failed, if it did.
    pub failed: Option<&'a str>,
}

impl PaperPage<'_> {
    /// Draws the paper to be marked.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, scroll: &mut Scroll) {
        let (lang, theme) = (scene.lang, scene.theme);
        let inner = self.open_box(frame, area, scene);
        let cells = usize::from(inner.width.saturating_sub(4));
        let failed = self.failed_lines(scene, cells);
        let status = if failed.is_empty() { self.status(scene, cells) } else { failed };
        let (titles, legend) = self.answer_titles(scene, cells);
        let choices: Vec<usize> = titles.iter().map(|title| width(title)).collect();
        let choices_wide = choices.iter().sum::<usize>() + GAP * choices.len();
        let table = self.names(scene);
        let widths = table.widths(cells.saturating_sub(choices_wide + POINTER));
        let mut title = table.head(&widths, theme);
        title.spans.insert(0, Span::raw(" ".repeat(POINTER)));
        for (text, wide) in titles.iter().zip(&choices) {
            let text = fit(text, *wide, Side::Middle, "");
            title.spans.push(Span::styled(format!("{}{text}", " ".repeat(GAP)), theme.dim()));
        }
        // What holds for the secrecy of this vote is told before it, on as few lines as it takes.
        let told = scene.state().map(|state| told::rules(scene, state)).unwrap_or_default();
        let mut above: Vec<Line<'_>> =
            flow(&told, cells).into_iter().map(|line| Line::styled(line, theme.dim())).collect();
        above.extend(legend.into_iter().map(|line| Line::styled(line, theme.strong())));
        above.extend([title, Line::styled(theme.rule().repeat(cells), theme.dim())]);
        let [head, rows, more, below] = Layout::vertical([
            Constraint::Length(u16::try_from(above.len()).unwrap_or(u16::MAX)),
            Constraint::Min(1),
            Constraint::Length(1),
            Constraint::Length(u16::try_from(status.len()).unwrap_or(u16::MAX)),
        ])
        .areas(inner);
        frame.render_widget(Paragraph::new(above), inset(head));

        let mut lines = Vec::new();
        let mut at = 0..1;
        self.each(|place, heading| {
            let start = lines.len();
            if let Some(heading) = heading {
                lines.push(Line::styled(heading.text(lang).to_owned(), theme.dim()));
            }
            lines.push(self.row(scene, &table, &widths, &choices, place));
            if place == self.sheet.cursor() {
                at = start..lines.len();
            }
        });
        let shown = scroll.fit(lines.len(), rows.height.into(), Some(at));
        let visible: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(visible), inset(rows));
        frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
        frame.render_widget(Paragraph::new(status), inset(below));
    }

    /// Draws the marks for review, and the control code under which they are encrypted: it is on the screen before
    /// anybody says whether they are cast or challenged.
    pub fn draw_review(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, review: &mut Reviewing) {
        let (lang, theme) = (scene.lang, scene.theme);
        let block = theme.block(Terminal::ReviewTitle.text(lang));
        let inner = block.inner(area);
        frame.render_widget(block, area);
        let cells = usize::from(inner.width.saturating_sub(4));
        let ask = review.lines(scene, cells);
        let [head, rows, more, below] = Layout::vertical([
            Constraint::Length(2),
            Constraint::Min(1),
            Constraint::Length(1),
            Constraint::Length(u16::try_from(ask.len()).unwrap_or(u16::MAX)),
        ])
        .areas(inner);
        let (above, lines) = self.marked(scene, cells);
        frame.render_widget(Paragraph::new(above), inset(head));
        let shown = review.scroll.fit(lines.len(), rows.height.into(), None);
        let visible: Vec<Line<'_>> =
            lines.into_iter().skip(shown.lines.start).take(shown.lines.len()).collect();
        frame.render_widget(Paragraph::new(visible), inset(rows));
        frame.render_widget(more_line(scene, shown.above, shown.below), inset(more));
        frame.render_widget(Paragraph::new(ask), inset(below));
    }

    /// The marks in words: the head of the table, and its lines.
    pub fn marked(&self, scene: &Scene<'_>, cells: usize) -> (Vec<Line<'static>>, Vec<Line<'static>>) {
        let (lang, theme) = (scene.lang, scene.theme);
        let mut table = self.names(scene);
        table.columns.push(Column::fixed(""));
        for (place, row) in table.rows.iter_mut().enumerate() {
            row.push(match self.sheet.mark(place) {
                Some(_) if self.sheet.asks().most().is_some() => {
                    Cell::new(Contest::Marked.text(lang), theme.accent())
                }
                Some(answer) => Cell::new(&self.printed.answer(lang, answer), theme.accent()),
                None if self.sheet.is_votable(place) => Cell::new(Contest::NotMarked.text(lang), theme.dim()),
                None => Cell::new(Common::Deferred.text(lang), theme.dim()),
            });
        }
        let widths = table.widths(cells);
        let rule = Line::styled(theme.rule().repeat(cells), theme.dim());
        let mut lines = Vec::new();
        self.each(|place, heading| {
            lines.extend(heading.map(|heading| Line::styled(heading.text(lang).to_owned(), theme.dim())));
            lines.push(table.line(place, &widths, theme));
        });
        if let Some(most) = self.sheet.asks().most() {
            let (said, style) = match self.sheet.marked() {
                0 => (Contest::BlankPaper.text(lang).to_owned(), theme.alarm()),
                marked => (contest::marked(lang, marked, most), theme.strong()),
            };
            lines.extend(wrap(&said, cells).into_iter().map(|line| Line::styled(line, style)));
        }
        (vec![table.head(&widths, theme), rule], lines)
    }

    fn open_box(&self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>) -> Rect {
        let deferred = (0..self.sheet.len()).filter(|line| !self.sheet.is_votable(*line)).count();
        let title = self.printed.title(scene.lang, self.sheet.len(), deferred);
        let room = usize::from(area.width.saturating_sub(4));
        let block = scene.theme.block(cut(&title, room, scene.theme.ellipsis()).into_owned());
        let inner = block.inner(area);
        frame.render_widget(block, area);
        inner
    }

    /// The titles of the answers' columns, and the legend where the words do not fit there.
    fn answer_titles(&self, scene: &Scene<'_>, cells: usize) -> (Vec<String>, Vec<String>) {
        let answers: Vec<String> =
            (0..self.sheet.answers()).map(|place| self.printed.answer(scene.lang, place)).collect();
        let titles: Vec<String> =
            answers.iter().enumerate().map(|(place, word)| format!("{word}({})", place + 1)).collect();
        let wide = titles.iter().map(|title| width(title) + GAP).sum::<usize>();
        if wide + POINTER + ABOUT_CELLS_MIN <= cells {
            return (titles, Vec::new());
        }
        let words = answers.iter().enumerate().map(|(place, word)| format!("{} {word}", place + 1));
        let legend = flow(&words.collect::<Vec<_>>(), cells);
        ((1..=answers.len()).map(|number| format!("({number})")).collect(), legend)
    }

    /// Goes through the lines, each with the heading above it where there is one.
    fn each(&self, mut see: impl FnMut(usize, Option<Common>)) {
        for place in 0..self.sheet.len() {
            see(place, self.printed.heading(place));
        }
    }

    fn names(&self, scene: &Scene<'_>) -> Table {
        Table {
            columns: self.printed.columns(scene.lang),
            rows: (0..self.sheet.len()).map(|place| self.printed.row(scene, place)).collect(),
        }
    }

    fn row(
        &self,
        scene: &Scene<'_>,
        table: &Table,
        widths: &[usize],
        choices: &[usize],
        place: usize,
    ) -> Line<'static> {
        let (lang, theme) = (scene.lang, scene.theme);
        let here = place == self.sheet.cursor();
        let mut line = table.line(place, widths, theme);
        let mark = self.sheet.mark(place);
        let votable = self.sheet.is_votable(place);
        let missing = votable && mark.is_none() && self.sheet.asks().most().is_none();
        let alarmed = missing && self.sheet.missed();
        let pointer = format!("{}{} ", theme.pointer(here), if missing { "!" } else { " " });
        line.spans.insert(0, Span::styled(pointer, if alarmed { theme.alarm() } else { theme.accent() }));
        if !votable {
            let text = format!("{}{}", " ".repeat(GAP), Terminal::DeferredNoVote.text(lang));
            line.spans.push(Span::styled(text, theme.dim()));
            return line;
        }
        for (answer, wide) in choices.iter().enumerate() {
            let (sign, style) = match mark {
                Some(mark) if mark == answer => ("[●]", theme.accent()),
                None if alarmed => ("[ ]", theme.banner()),
                _ => ("[ ]", Style::new()),
            };
            line.spans.push(Span::raw(" ".repeat(GAP)));
            line.spans.push(Span::styled(fit(sign, *wide, Side::Middle, ""), style));
        }
        if here {
            line = line.patch_style(theme.strong());
        }
        line
    }

    /// The line under the cursor in full, where its row was cut, and how many lines are left.
    fn status(&self, scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
        let theme = scene.theme;
        let place = self.sheet.cursor();
        let full = self.printed.full(place);
        let mut lines = wrap(&full, cells);
        if lines.len() > FULL_LINES_MAX {
            let rest = lines.split_off(FULL_LINES_MAX - 1).concat();
            lines.push(cut(&rest, cells, theme.ellipsis()).into_owned());
        }
        if let Some(most) = self.sheet.asks().most() {
            let mut lines: Vec<Line<'static>> = lines.into_iter().map(Line::raw).collect();
            let (said, style) = match self.sheet.refused() {
                true => (format!("! {}", contest::too_many(scene.lang, most)), theme.alarm()),
                false => {
                    let progress = self.printed.progress(scene.lang, self.sheet);
                    let sentence =
                        format!("{progress}{}{}", scene.lang.pick("", " "), self.printed.rule(scene.lang));
                    (sentence, theme.strong())
                }
            };
            lines.extend(wrap(&said, cells).into_iter().map(|line| Line::styled(line, style)));
            return lines;
        }
        let left = self.sheet.left();
        let (sign, style) = match (left, self.sheet.missed()) {
            (0, _) => ("", theme.accent()),
            (_, true) => ("! ", theme.alarm()),
            (_, false) => ("! ", theme.accent()),
        };
        let mut lines: Vec<Line<'static>> = lines.into_iter().map(Line::raw).collect();
        lines.push(Line::from(vec![
            Span::styled(format!("{sign}{}", self.printed.progress(scene.lang, self.sheet)), style),
            Span::raw(scene.lang.pick("", " ")),
            Span::styled(if left > 0 { self.printed.rule(scene.lang) } else { "" }, theme.dim()),
        ]));
        lines
    }

    fn failed_lines(&self, scene: &Scene<'_>, cells: usize) -> Vec<Line<'static>> {
        let Some(why) = self.failed else { return Vec::new() };
        let lang = scene.lang;
        let text = format!("{}{why}", Terminal::CastFailed.text(lang));
        let mut lines = wrap(&text, cells);
        lines.truncate(3);
        lines.push(Terminal::CastFailedWhy.text(lang).to_owned());
        lines.into_iter().map(|line| Line::styled(line, scene.theme.alarm())).collect()
    }
}
