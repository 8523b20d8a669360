//! A part of a whole, as a bar with a mark where a majority begins.

use ratatui::text::{Line, Span};

use crate::screen::Theme;

/// A bar of exactly `cells` cells. A part that is not nothing shows at least one cell; only the whole fills all.
/// `mark` is the number at which a majority begins: its sign stands after the last cell that is not enough.
pub fn bar(theme: Theme, cells: usize, part: u32, whole: u32, mark: Option<u32>) -> Line<'static> {
    let (full, empty, sign) = theme.bar();
    let at = |number: u32| -> usize {
        let whole = u64::from(whole.max(1));
        let number = u64::from(number).min(whole);
        let wide = u64::try_from(cells).unwrap_or(u64::MAX);
        usize::try_from(number.saturating_mul(wide) / whole).unwrap_or(cells).min(cells)
    };
    let filled = if part == 0 { 0 } else { at(part).max(1).min(cells) };
    let marked = mark.map(|mark| at(mark.saturating_sub(1)).min(cells.saturating_sub(1)));
    let mut spans = Vec::new();
    for cell in 0..cells {
        let is_full = cell < filled;
        if marked == Some(cell) && !is_full {
            spans.push(Span::styled(sign, theme.strong()));
        } else if marked == Some(cell) {
            spans.push(Span::styled(sign, theme.accent().add_modifier(ratatui::style::Modifier::REVERSED)));
        } else if is_full {
            spans.push(Span::styled(full, theme.accent()));
        } else {
            spans.push(Span::styled(empty, theme.dim()));
        }
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(part: u32, whole: u32, mark: Option<u32>) -> String {
        bar(Theme::new(true, true), 10, part, whole, mark).to_string()
    }

    #[test]
    fn bars_are_exact_at_both_ends() {
        assert_eq!(shown(0, 41, None), "----------");
        assert_eq!(shown(1, 410, None), "#---------");
        assert_eq!(shown(40, 41, None), "#########-");
        assert_eq!(shown(41, 41, None), "##########");
        assert_eq!(shown(0, 0, None), "----------");
        assert_eq!(shown(36, 41, Some(21)), "####!###--");
        assert_eq!(shown(3, 10, Some(6)), "###--!----");
    }
}
