//! How the sheet of a count looks.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::{CountSheet, DIGITS_MAX, PAPERS};
use crate::meeting::paper_sums::Tallied;
use crate::meeting::{LineId, Round, State};
use crate::screen::text::{Side, clean, cut, fit, width, wrap};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::{self as words, ByPaper as Text};
use crate::words::common::Common;
use crate::words::contest::Contest;

/// Rows below the table: what is wrong, or what to do.
const BELOW_ROWS: u16 = 2;
/// The narrowest column of names.
const NAME_CELLS_MIN: usize = 8;

impl CountSheet {
    /// Draws the sheet.
    pub fn draw(
        &mut self,
        frame: &mut Frame<'_>,
        area: Rect,
        scene: &Scene<'_>,
        state: &State,
        round: &Round,
    ) {
        let lang = scene.lang;
        let row = |y: u16, height: u16| Rect {
            y: area.y + y.min(area.height),
            height: height.min(area.height.saturating_sub(y)),
            ..area
        };
        let printed = format!("{} {}", Text::Printed.text(lang), round.present());
        let labels = [Common::Issued.text(lang), Text::Cancelled.text(lang), Common::Returned.text(lang)];
        let mut x = 0;
        for (at, label) in labels.into_iter().enumerate() {
            x += self.cell(frame, row(0, 1), x, (at, label), scene) + 3;
        }
        let printed_at =
            Rect { x: area.x + x.min(area.width), width: area.width.saturating_sub(x), ..row(0, 1) };
        frame.render_widget(Paragraph::new(Span::styled(printed, scene.theme.dim())), printed_at);
        let mut above = 2;
        if let Tallied::Candidates { most } = self.tallied
            && !self.is_folded(state)
        {
            let labels = [Contest::Blank.text(lang), Text::Spoilt.text(lang)];
            let mut x = 0;
            for (place, label) in labels.into_iter().enumerate() {
                x += self.cell(frame, row(1, 1), x, (PAPERS + place, label), scene) + 3;
            }
            let within = self.marked().map(|marked| words::votes_within(lang, marked, most));
            let within =
                cut(&within.unwrap_or_default(), area.width.into(), scene.theme.ellipsis()).into_owned();
            frame.render_widget(Paragraph::new(Span::styled(within, scene.theme.dim())), row(2, 1));
            above = 3;
        }
        let body_rows = area.height.saturating_sub(above + BELOW_ROWS);
        if self.is_folded(state) {
            let said = wrap(Text::Folded.text(lang), area.width.into());
            let said: Vec<Line<'_>> =
                said.into_iter().map(|line| Line::styled(line, scene.theme.alarm())).collect();
            frame.render_widget(Paragraph::new(said), row(above, body_rows));
        } else {
            self.table(frame, row(above, body_rows), scene, state, round);
        }
        let below = self.below_lines(scene, state, round, area.width.into());
        frame.render_widget(Paragraph::new(below), row(area.height.saturating_sub(BELOW_ROWS), BELOW_ROWS));
    }

    /// A field in brackets behind its label; returns how many cells both take.
    fn cell(
        &self,
        frame: &mut Frame<'_>,
        row: Rect,
        x: u16,
        (at, label): (usize, &str),
        scene: &Scene<'_>,
    ) -> u16 {
        let number = |cells: usize| u16::try_from(cells).unwrap_or(u16::MAX);
        let here = at == self.at;
        let style = if here { scene.theme.accent() } else { Style::new() };
        let lead = if label.is_empty() { "[".to_owned() } else { format!("{label} [") };
        let (wide, digits) = (number(width(&lead)), number(DIGITS_MAX + 1));
        let all = wide + digits + 1;
        let place = Rect { x: row.x + x.min(row.width), width: all.min(row.width.saturating_sub(x)), ..row };
        let Some(field) = self.fields.get(at).filter(|_| place.width == all && row.height > 0) else {
            return all;
        };
        let value = fit(field.value(), DIGITS_MAX + 1, Side::Left, "");
        frame.render_widget(Paragraph::new(Span::styled(format!("{lead}{value}]"), style)), place);
        if here {
            field.draw(frame, Rect { x: place.x + wide, width: digits, ..place }, scene.theme);
        }
        all
    }

    fn table(&mut self, frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, state: &State, round: &Round) {
        if area.height < 2 {
            return;
        }
        let (lang, theme) = (scene.lang, scene.theme);
        let answers = match self.tallied {
            Tallied::Candidates { .. } => vec![Contest::Votes.text(lang).to_owned()],
            Tallied::Lines { .. } => {
                let answers = words::answers(lang, state, &round.issue).into_iter();
                answers.chain([Text::Spoilt.text(lang).to_owned()]).collect()
            }
        };
        let answers: Vec<String> = answers.iter().map(|answer| clean(answer).into_owned()).collect();
        let cells = usize::from(area.width);
        // A field with its brackets, and a gap.
        let field = DIGITS_MAX + 3;
        let (head_of_sum, style_of_sum) = self.head_of_sum(scene);
        let sum = width(&head_of_sum).max(9);
        let room = cells.saturating_sub(sum + NAME_CELLS_MIN) / answers.len().max(1);
        let columns: Vec<usize> =
            answers.iter().map(|answer| (width(answer).max(field) + 2).min(room.max(field + 1))).collect();
        let names = cells.saturating_sub(columns.iter().sum::<usize>() + sum).max(NAME_CELLS_MIN);
        let mut head = fit("", names, Side::Left, "");
        for (answer, wide) in answers.iter().zip(&columns) {
            head.push_str(&fit(
                &cut(answer, wide.saturating_sub(1), theme.ellipsis()),
                *wide,
                Side::Left,
                "",
            ));
        }
        let head = Line::from(vec![Span::styled(head, theme.dim()), Span::styled(head_of_sum, style_of_sum)]);
        frame.render_widget(Paragraph::new(head), Rect { height: 1, ..area });
        let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let active = self.at.checked_sub(self.top).map(|at| at / self.wide.max(1));
        let must_see = active.or(Some(0)).map(|line| line..line + 1);
        let shown = self.scroll.fit(self.lines, body.height.into(), must_see);
        for (place, line) in shown.lines.enumerate() {
            let y = body.y + u16::try_from(place).unwrap_or(u16::MAX);
            let row = Rect { y, height: 1, ..body };
            let name = round.issue.lines.get(line).map(|id| words::line_name(state, &round.issue, id));
            let name = cut(&clean(&name.unwrap_or_default()), names.saturating_sub(1), theme.ellipsis())
                .into_owned();
            let style = if active == Some(line) { theme.strong() } else { Style::new() };
            frame.render_widget(Paragraph::new(Span::styled(name, style)), row);
            let mut x = u16::try_from(names).unwrap_or(u16::MAX);
            for (column, wide) in columns.iter().enumerate() {
                self.cell(frame, row, x, (self.first_field(line) + column, ""), scene);
                x = x.saturating_add(u16::try_from(*wide).unwrap_or(u16::MAX));
            }
            let (text, style) = match self.tallied {
                Tallied::Lines { .. } => self.sum(scene, line),
                Tallied::Candidates { .. } => self.votes_are(scene, line),
            };
            let place = Rect { x: row.x + x.min(row.width), width: row.width.saturating_sub(x), ..row };
            frame.render_widget(Paragraph::new(Span::styled(text, style)), place);
        }
    }

    /// The sum of a line as far as it is typed, and whether it is what was returned.
    fn sum(&self, scene: &Scene<'_>, line: usize) -> (String, Style) {
        let theme = scene.theme;
        let first = self.first_field(line);
        let sum: u32 =
            (first..first + self.wide).filter_map(|at| self.figure(at)).fold(0, u32::saturating_add);
        let mark = match (self.row(line), self.figure(2)) {
            (Some(_), Some(returned)) if sum == returned => Mark::Done,
            (Some(_), Some(_)) => Mark::No,
            _ => Mark::ToCome,
        };
        let of = self.figure(2).map(|returned| format!("/{returned}")).unwrap_or_default();
        (format!("{sum}{of} {}", theme.mark(mark)), theme.mark_style(mark))
    }

    /// Whether a candidate's votes can be that many.
    fn votes_are(&self, scene: &Scene<'_>, line: usize) -> (String, Style) {
        let mark = match (self.figure(self.first_field(line)), self.marked()) {
            (Some(votes), Some(marked)) if votes <= marked => Mark::Done,
            (Some(_), Some(_)) => Mark::No,
            _ => Mark::ToCome,
        };
        (scene.theme.mark(mark).to_owned(), scene.theme.mark_style(mark))
    }

    /// What stands above the sums: of lines their name; of candidates the sum of all votes, and whether it can be.
    fn head_of_sum(&self, scene: &Scene<'_>) -> (String, Style) {
        let (lang, theme) = (scene.lang, scene.theme);
        let Tallied::Candidates { most } = self.tallied else {
            return (Text::Sum.text(lang).to_owned(), theme.dim());
        };
        let votes = || (0..self.lines).map(|line| self.figure(self.first_field(line)));
        let sum: u64 = votes().flatten().map(u64::from).sum();
        let mark = match self.marked().map(u64::from) {
            Some(marked) if sum > marked * u64::from(most) => Mark::No,
            Some(marked) if votes().all(|votes| votes.is_some()) => {
                if sum < marked {
                    Mark::No
                } else {
                    Mark::Done
                }
            }
            _ => Mark::ToCome,
        };
        (format!("{} {sum} {}", Text::AllVotes.text(lang), theme.mark(mark)), theme.mark_style(mark))
    }

    /// What is wrong, or what to do next.
    fn below_lines(
        &self,
        scene: &Scene<'_>,
        state: &State,
        round: &Round,
        cells: usize,
    ) -> Vec<Line<'static>> {
        let (lang, theme) = (scene.lang, scene.theme);
        let name = |line: &LineId| words::line_name(state, &round.issue, line);
        if let Some(mistake) = self.mistakes(state, round).first() {
            let text = clean(&words::mistake(lang, mistake, &name)).into_owned();
            let text = format!("{} {text}", theme.mark(Mark::No));
            return wrap(&text, cells).into_iter().map(|line| Line::styled(line, theme.alarm())).collect();
        }
        let text = if self.count(state).is_some() { Text::AllRight } else { Text::Ask };
        wrap(text.text(lang), cells).into_iter().map(|line| Line::styled(line, theme.accent())).collect()
    }
}
