//! The sheet on which the count of a vote on paper is entered: papers issued, cancelled, returned, then the marks and the
//! spoilt of each line, with their sums. What is wrong is said as soon as it is typed. The same at a scrutineer's terminal
//! and at the console.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::field::Field;
use super::letter;
use super::scroll::Scroll;
use crate::meeting::{BallotId, CountMistake, LineId, PaperCount, Round, State, by_paper as rules};
use crate::screen::text::{Side, clean, cut, fit, width, wrap};
use crate::screen::{Mark, Scene};
use crate::words::by_paper::{self as words, ByPaper as Text};
use crate::words::common::Common;

/// More papers are in no room.
const DIGITS_MAX: usize = 4;
/// The figures above the table: issued, cancelled, returned.
const PAPERS: usize = 3;
/// Rows below the table: what is wrong, or what to do.
const BELOW_ROWS: u16 = 2;
/// The narrowest column of names.
const NAME_CELLS_MIN: usize = 8;

/// What a key on the sheet came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    /// It goes on.
    Stay,
    /// Every figure is there and all add up: this is to be entered.
    Whole(Box<PaperCount>),
    /// It is none of the sheet's keys.
    Other,
}

/// The sheet.
#[derive(Debug)]
pub struct CountSheet {
    ballot: BallotId,
    /// How often two counts differed before: then it is counted again, from an empty sheet.
    attempt: usize,
    lines: usize,
    /// Answers of a line, and its spoilt.
    wide: usize,
    fields: Vec<Field>,
    at: usize,
    scroll: Scroll,
}

impl CountSheet {
    /// An empty sheet for a round on paper.
    pub fn new(state: &State, round: &Round) -> Self {
        let lines = round.issue.lines.len();
        let wide = state.item(&round.issue.item).map_or(0, rules::answers) + 1;
        Self {
            ballot: round.issue.ballot.clone(),
            attempt: attempt(round),
            lines,
            wide,
            fields: (0..PAPERS + lines * wide).map(|_| Field::new(DIGITS_MAX)).collect(),
            at: 0,
            scroll: Scroll::default(),
        }
    }

    /// Whether this is the sheet for the count of this round that is to be entered now.
    pub fn is_of(&self, round: &Round) -> bool {
        self.ballot == round.issue.ballot && self.attempt == attempt(round)
    }

    /// The round of the sheet, as long as its papers are being counted.
    pub fn round<'a>(&self, state: &'a State) -> Option<&'a Round> {
        state
            .rounds_on_floor()
            .find(|round| self.is_of(round) && round.count.is_none() && round.void.is_none())
    }

    fn figure(&self, at: usize) -> Option<u32> {
        self.fields.get(at)?.value().parse().ok()
    }

    /// Issued, cancelled, returned, once they are typed.
    fn papers(&self) -> Option<PaperCount> {
        let (issued, cancelled, returned) = (self.figure(0)?, self.figure(1)?, self.figure(2)?);
        Some(PaperCount { issued, cancelled, returned, marks: Vec::new(), spoilt: Vec::new() })
    }

    /// Whether the papers stay folded by what is typed: then no line is entered.
    fn is_folded(&self, state: &State) -> bool {
        self.papers().is_some_and(|papers| rules::void_by(state, &papers).is_some())
    }

    /// How many fields there are to fill.
    fn needed(&self, state: &State) -> usize {
        if self.is_folded(state) { PAPERS } else { self.fields.len() }
    }

    /// The figures of a line, where all of them are typed.
    fn row(&self, line: usize) -> Option<Vec<u32>> {
        let first = PAPERS + line * self.wide;
        (first..first + self.wide).map(|at| self.figure(at)).collect()
    }

    /// The whole count; none while a figure is missing.
    pub fn count(&self, state: &State) -> Option<PaperCount> {
        let mut count = self.papers()?;
        if self.is_folded(state) {
            return Some(count);
        }
        for line in 0..self.lines {
            let mut row = self.row(line)?;
            count.spoilt.push(row.pop()?);
            count.marks.push(row);
        }
        Some(count)
    }

    /// What is wrong with what is typed so far: of the papers once all three are there, of a line once it is whole.
    fn mistakes(&self, state: &State, round: &Round) -> Vec<CountMistake> {
        let Some(mut count) = self.papers() else { return Vec::new() };
        if !self.is_folded(state) {
            // A line that is not whole yet is not wrong yet.
            for line in 0..self.lines {
                let mut row = self.row(line).unwrap_or_else(|| {
                    let mut right = vec![0; self.wide];
                    if let Some(first) = right.first_mut() {
                        *first = count.returned;
                    }
                    right
                });
                count.spoilt.extend(row.pop());
                count.marks.push(row);
            }
        }
        rules::mistakes(state, round, &count)
    }

    /// Where the figures of a mistake begin.
    fn first_of(&self, mistake: &CountMistake, round: &Round) -> usize {
        let CountMistake::LineDoesNotAddUp { line, .. } = mistake else { return 0 };
        let place = round.issue.lines.iter().position(|one| one == line);
        place.map_or(0, |place| PAPERS + place * self.wide)
    }

    /// Digits fill the field; Tab and arrows move; Enter goes to the next empty field, to what does not add up when none is
    /// empty, and enters when all does.
    pub fn key(&mut self, key: KeyEvent, state: &State, round: &Round) -> Typed {
        let needed = self.needed(state);
        match key.code {
            KeyCode::Tab => self.at = (self.at + 1) % needed,
            KeyCode::BackTab => self.at = (self.at + needed - 1) % needed,
            KeyCode::Down => self.at = self.below(needed),
            KeyCode::Up => self.at = self.above(),
            KeyCode::Enter => {
                let empty = |at: &usize| self.fields.get(*at).is_some_and(Field::is_empty);
                let next = (self.at..needed).chain(0..self.at).find(empty);
                match (next, self.mistakes(state, round).first()) {
                    (Some(next), _) => self.at = next,
                    (None, Some(mistake)) => self.at = self.first_of(mistake, round),
                    (None, None) => {
                        return self.count(state).map_or(Typed::Stay, |count| Typed::Whole(Box::new(count)));
                    }
                }
            }
            KeyCode::Char(_) => match letter(key).filter(char::is_ascii_digit) {
                Some(digit) => self.edit(KeyEvent::from(KeyCode::Char(digit))),
                None if letter(key).is_none() => self.edit(key),
                None => {}
            },
            KeyCode::Backspace
            | KeyCode::Delete
            | KeyCode::Left
            | KeyCode::Right
            | KeyCode::Home
            | KeyCode::End => {
                self.edit(key);
            }
            _ => return Typed::Other,
        }
        self.at = self.at.min(self.needed(state).saturating_sub(1));
        Typed::Stay
    }

    /// Digits were pasted.
    pub fn paste(&mut self, text: &str) {
        if let Some(field) = self.fields.get_mut(self.at) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            field.paste(&digits);
        }
    }

    fn edit(&mut self, key: KeyEvent) {
        if let Some(field) = self.fields.get_mut(self.at) {
            field.key(key);
        }
    }

    fn below(&self, needed: usize) -> usize {
        match self.at {
            at if at < PAPERS => PAPERS.min(needed.saturating_sub(1)),
            at if at + self.wide < needed => at + self.wide,
            at => at,
        }
    }

    fn above(&self) -> usize {
        match self.at {
            at if at < PAPERS => at,
            at if at < PAPERS + self.wide => PAPERS - 1,
            at => at - self.wide,
        }
    }

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
        let body_rows = area.height.saturating_sub(2 + BELOW_ROWS);
        if self.is_folded(state) {
            let said = wrap(Text::Folded.text(lang), area.width.into());
            let said: Vec<Line<'_>> =
                said.into_iter().map(|line| Line::styled(line, scene.theme.alarm())).collect();
            frame.render_widget(Paragraph::new(said), row(2, body_rows));
        } else {
            self.table(frame, row(2, body_rows), scene, state, round);
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
        let mut answers = words::answers(lang, state, &round.issue);
        answers.push(Text::Spoilt.text(lang).to_owned());
        let answers: Vec<String> = answers.iter().map(|answer| clean(answer).into_owned()).collect();
        let cells = usize::from(area.width);
        // A field with its brackets, and a gap.
        let field = DIGITS_MAX + 3;
        let sum = width(Text::Sum.text(lang)).max(9);
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
        head.push_str(Text::Sum.text(lang));
        frame.render_widget(Paragraph::new(Line::styled(head, theme.dim())), Rect { height: 1, ..area });
        let body = Rect { y: area.y + 1, height: area.height - 1, ..area };
        let active = self.at.checked_sub(PAPERS).map(|at| at / self.wide.max(1));
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
                self.cell(frame, row, x, (PAPERS + line * self.wide + column, ""), scene);
                x = x.saturating_add(u16::try_from(*wide).unwrap_or(u16::MAX));
            }
            let (text, style) = self.sum(scene, line);
            let place = Rect { x: row.x + x.min(row.width), width: row.width.saturating_sub(x), ..row };
            frame.render_widget(Paragraph::new(Span::styled(text, style)), place);
        }
    }

    /// The sum of a line as far as it is typed, and whether it is what was returned.
    fn sum(&self, scene: &Scene<'_>, line: usize) -> (String, Style) {
        let theme = scene.theme;
        let first = PAPERS + line * self.wide;
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

/// How often two counts of a round differed.
pub fn attempt(round: &Round) -> usize {
    round.by_paper.as_ref().map_or(0, |vote| vote.differed.len())
}
