//! A table whose columns align in display width, whatever the names in it.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::screen::Theme;
use crate::screen::text::{Side, clean, fit, width};

/// Cells between two columns.
const GAP: usize = 2;
/// A column that gives way is not made narrower than this.
const CELLS_MIN: usize = 4;
/// A column that gives way first is made so narrow before any other is.
const ASIDE_CELLS: usize = 10;
/// So much any other keeps before one that gives way first is made narrower: enough for a name.
const NAME_CELLS: usize = 24;

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// What stands above it.
    pub title: String,
    /// On which side its texts stand.
    pub side: Side,
    /// Whether it gives way when the room is narrow; names and posts do, figures do not.
    pub gives_way: bool,
    /// Whether it is the first to give way: units and posts do, before names.
    pub gives_way_first: bool,
}

impl Column {
    /// A column of texts, which gives way.
    pub fn text(title: impl Into<String>) -> Self {
        Self { title: title.into(), side: Side::Left, gives_way: true, gives_way_first: false }
    }

    /// A column of units, posts or reasons, which gives way before names do.
    pub fn aside(title: impl Into<String>) -> Self {
        Self { gives_way_first: true, ..Self::text(title) }
    }

    /// A column of figures, which does not.
    pub fn figures(title: impl Into<String>) -> Self {
        Self { title: title.into(), side: Side::Right, gives_way: false, gives_way_first: false }
    }

    /// A column of signs and short words, which does not give way.
    pub fn fixed(title: impl Into<String>) -> Self {
        Self { title: title.into(), side: Side::Left, gives_way: false, gives_way_first: false }
    }
}

/// A cell: a text and its style.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// A text; it is cleaned.
    pub fn new(text: &str, style: Style) -> Self {
        Self { text: clean(text).into_owned(), style }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Style::new())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(&text, Style::new())
    }
}

/// Rows under columns.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; a missing cell is empty.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// How wide each column is so that the whole takes at most `cells` cells.
    pub fn widths(&self, cells: usize) -> Vec<usize> {
        let mut widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(number, column)| {
                let cells = self.rows.iter().filter_map(|row| row.get(number)).map(|cell| width(&cell.text));
                cells.max().unwrap_or(0).max(width(&column.title))
            })
            .collect();
        let gaps = GAP * widths.len().saturating_sub(1);
        while widths.iter().sum::<usize>() + gaps > cells {
            let first = |(place, wide): &(usize, &mut usize)| {
                self.columns.get(*place).is_some_and(|column| {
                    let kept = if column.gives_way_first { ASIDE_CELLS } else { NAME_CELLS };
                    column.gives_way && **wide > kept
                })
            };
            let any = |(place, wide): &(usize, &mut usize)| {
                self.columns.get(*place).is_some_and(|column| column.gives_way) && **wide > CELLS_MIN
            };
            let some_first = widths.iter_mut().enumerate().any(|column| first(&column));
            let columns = widths.iter_mut().enumerate();
            let widest = columns
                .filter(|column| if some_first { first(column) } else { any(column) })
                .max_by_key(|(_, wide)| **wide);
            match widest {
                Some((_, wide)) => *wide -= 1,
                None => break,
            }
        }
        widths
    }

    /// The line of titles.
    pub fn head(&self, widths: &[usize], theme: Theme) -> Line<'static> {
        let cells = self.columns.iter().map(|column| Cell::new(&column.title, theme.dim()));
        self.line_of(cells.collect::<Vec<_>>().as_slice(), widths, theme)
    }

    /// The line of a row.
    pub fn line(&self, row: usize, widths: &[usize], theme: Theme) -> Line<'static> {
        self.line_of(self.rows.get(row).map_or(&[], Vec::as_slice), widths, theme)
    }

    fn line_of(&self, cells: &[Cell], widths: &[usize], theme: Theme) -> Line<'static> {
        let mut spans = Vec::with_capacity(self.columns.len() * 2);
        for (number, (column, wide)) in self.columns.iter().zip(widths).enumerate() {
            if number > 0 {
                spans.push(Span::raw(" ".repeat(GAP)));
            }
            let cell = cells.get(number).cloned().unwrap_or_default();
            spans.push(Span::styled(fit(&cell.text, *wide, column.side, theme.ellipsis()), cell.style));
        }
        Line::from(spans)
    }
}

/// Draws a line the full width in reverse, for the one that is chosen.
pub fn choose(line: Line<'static>, cells: usize, theme: Theme) -> Line<'static> {
    let free = cells.saturating_sub(line.width());
    let mut spans = line.spans;
    spans.push(Span::raw(" ".repeat(free)));
    Line::from(spans.into_iter().map(|span| span.patch_style(theme.chosen())).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_give_way_before_names() {
        let names = ["Abdurahman Tursun", "Li"];
        let unit = "Committee for Ethnic and Religious Affairs";
        let table = Table {
            columns: vec![Column::text("Name"), Column::aside("Unit"), Column::figures("Agree")],
            rows: names
                .iter()
                .map(|name| vec![Cell::from(*name), Cell::from(unit), Cell::from("36")])
                .collect(),
        };
        assert_eq!(table.widths(60), [17, 34, 5]);
        assert_eq!(table.widths(38), [17, 12, 5]);
        assert_eq!(table.widths(34), [15, 10, 5]);
    }

    #[test]
    fn columns_align_with_every_kind_of_name() {
        let names = [
            "张伟",
            "阿卜杜热合曼·买买提明",
            "𠮷田",
            "Li Jianguo",
            "\u{202e}x",
            &"王".repeat(100),
            "e\u{301}",
        ];
        let table = Table {
            columns: vec![Column::text("岗位"), Column::text("人选"), Column::figures("同意")],
            rows: names
                .iter()
                .map(|name| vec![Cell::from("东关街道党工委书记"), Cell::from(*name), Cell::from("36")])
                .collect(),
        };
        for cells in [30, 40, 60, 78] {
            let widths = table.widths(cells);
            let whole = widths.iter().sum::<usize>() + 2 * GAP;
            assert!(whole <= cells, "{widths:?}");
            for row in 0..table.rows.len() {
                let line = table.line(row, &widths, Theme::new(false, false)).to_string();
                assert_eq!(width(&line), whole, "{line:?}");
                assert!(line.ends_with("36"), "{line:?}");
            }
        }
    }
}
