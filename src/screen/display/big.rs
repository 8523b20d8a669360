//! Big letters, for a room that reads from far away: figures and Latin headlines are built of blocks, Chinese
//! headlines are set wide.

use ratatui::Frame;
use ratatui::layout::{Alignment, Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;
use tui_big_text::{BigText, PixelSize};

use crate::screen::text::{clean, cut, width, wrap};
use crate::screen::{Scene, Theme};

/// A figure and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Big {
    /// What it is called.
    pub label: String,
    /// The figure: digits, which are set big, then perhaps words.
    pub value: String,
}

impl Big {
    /// A figure under a label.
    pub fn new(label: impl Into<String>, value: impl ToString) -> Self {
        Self { label: label.into(), value: value.to_string() }
    }
}

/// Cells that a block letter takes.
const LETTER_CELLS: u16 = 8;
/// The least number of rows for big figures with their labels.
const FIGURES_ROWS_MIN: u16 = 6;

/// The size of block letters: half blocks, or whole ones where only ASCII is wanted.
const fn pixels(theme: Theme) -> (PixelSize, u16) {
    if theme.ascii { (PixelSize::Full, 8) } else { (PixelSize::HalfHeight, 4) }
}

/// The rows that a big clock takes.
pub const fn clock_rows(theme: Theme) -> u16 {
    pixels(theme).1
}

/// Draws a clock's digits as big as the rows allow: in block letters, or as they are.
pub fn clock(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, digits: &str, style: Style) {
    let (pixel_size, rows) = pixels(scene.theme);
    let wide = u16::try_from(digits.len()).unwrap_or(u16::MAX).saturating_mul(LETTER_CELLS);
    let line = Line::raw(digits.to_owned());
    if area.height < rows || area.width < wide {
        let area = Rect { height: area.height.min(1), ..area };
        frame.render_widget(Paragraph::new(line.style(style)).alignment(Alignment::Center), area);
        return;
    }
    let text = BigText::builder()
        .pixel_size(pixel_size)
        .alignment(Alignment::Center)
        .style(style)
        .lines(vec![line])
        .build();
    frame.render_widget(text, Rect { height: rows, ..area });
}

/// Draws figures side by side; big where there is room. Returns the rows used.
pub fn figures(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, figures: &[Big]) -> u16 {
    let theme = scene.theme;
    let (pixel_size, rows) = pixels(theme);
    let columns = u16::try_from(figures.len().max(1)).unwrap_or(1);
    let digits = figures.iter().map(|figure| leading_digits(&figure.value).len()).max().unwrap_or(1);
    let wide = u16::try_from(digits).unwrap_or(u16::MAX).saturating_mul(LETTER_CELLS);
    let roomy = area.height >= (rows + 2).max(FIGURES_ROWS_MIN) && area.width / columns >= wide;
    if !roomy {
        let text: Vec<String> =
            figures.iter().map(|figure| format!("{} {}", figure.label, figure.value)).collect();
        let line = Line::styled(text.join("     "), theme.strong());
        frame.render_widget(Paragraph::new(line).alignment(Alignment::Center), Rect { height: 1, ..area });
        return 1;
    }
    let columns = Layout::horizontal(figures.iter().map(|_| Constraint::Fill(1))).split(area);
    for (figure, column) in figures.iter().zip(columns.iter()) {
        let digits = leading_digits(&figure.value);
        let words = figure.value.get(digits.len()..).unwrap_or_default().trim();
        let label = if words.is_empty() {
            figure.label.clone()
        } else {
            format!("{} {}", figure.label, figure.value)
        };
        let [top, bottom] =
            Layout::vertical([Constraint::Length(rows), Constraint::Length(2)]).areas(*column);
        if digits.is_empty() {
            let middle = Rect { y: top.y + rows / 2, height: 1, ..top };
            let words = Line::styled(words.to_owned(), theme.accent());
            frame.render_widget(Paragraph::new(words).alignment(Alignment::Center), middle);
        } else {
            let text = BigText::builder()
                .pixel_size(pixel_size)
                .alignment(Alignment::Center)
                .style(theme.accent())
                .lines(vec![Line::raw(digits.to_owned())])
                .build();
            frame.render_widget(text, top);
        }
        let label = if digits.is_empty() { figure.label.clone() } else { label };
        let label = Line::styled(label, theme.strong());
        frame.render_widget(Paragraph::new(label).alignment(Alignment::Center), Rect { height: 1, ..bottom });
    }
    rows + 1
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Draws a headline as big as it fits, and returns the rows used.
pub fn headline(frame: &mut Frame<'_>, area: Rect, scene: &Scene<'_>, text: &str, style: Style) -> u16 {
    let text = clean(text);
    let cells = usize::from(area.width);
    let latin = text.is_ascii() && !scene.theme.ascii;
    if latin && text.len() * 4 <= cells && area.height >= 4 {
        let big = BigText::builder()
            .pixel_size(PixelSize::Quadrant)
            .alignment(Alignment::Center)
            .style(style)
            .lines(vec![Line::raw(text.clone().into_owned())])
            .build();
        frame.render_widget(big, Rect { height: 4, ..area });
        return 4;
    }
    let spread = spread(&text);
    let lines = match width(&spread) <= cells {
        true => vec![spread],
        false => wrap(&text, cells),
    };
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).clamp(1, 2);
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .take(rows.into())
        .map(|line| Line::styled(cut(&line, cells, scene.theme.ellipsis()).into_owned(), style))
        .collect();
    frame.render_widget(
        Paragraph::new(lines).alignment(Alignment::Center),
        Rect { height: rows.min(area.height), ..area },
    );
    rows
}

/// A Chinese headline is set wide: two cells between its characters.
fn spread(text: &str) -> String {
    let wide = text.chars().any(|character| width(character.encode_utf8(&mut [0; 4])) > 1);
    if !wide {
        return text.to_owned();
    }
    let mut spread = String::new();
    let mut before = false;
    for character in text.chars().filter(|character| *character != ' ') {
        let is_wide = width(character.encode_utf8(&mut [0; 4])) > 1;
        if !spread.is_empty() && (is_wide || before) && width(character.encode_utf8(&mut [0; 4])) > 0 {
            spread.push_str("  ");
        }
        before = is_wide;
        spread.push(character);
    }
    spread
}
