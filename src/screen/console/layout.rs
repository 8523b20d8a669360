//! Where the panels stand. One layout at every size; while the page has less room than it needs they give way in this
//! order: the agenda folds to one line, then the figures move under the middle.

use ratatui::layout::Rect;

/// The narrowest page beside a panel.
pub const PAGE_CELLS: u16 = 62;
/// The narrowest page that holds a table of results beside a panel: its arithmetic must never be cut.
pub const RESULT_CELLS: u16 = 88;
/// A page with a matrix takes all the width that a window of 120 has.
pub const MATRIX_CELLS: u16 = 110;
/// From this width on the header has room for more figures.
pub const HEADER_WIDE_FROM: u16 = 100;
const AGENDA_CELLS: u16 = 28;
const FIGURES_CELLS: u16 = 30;
/// How many lines the folded figures take.
pub const FIGURES_LINES: u16 = 2;
/// The fewest rows that the page keeps, with its box.
const PAGE_ROWS_MIN: u16 = 9;

/// Where everything stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// The agenda: a panel, or one line.
    pub agenda: Rect,
    /// Whether it is folded to one line.
    pub agenda_folded: bool,
    /// The current item.
    pub page: Rect,
    /// The figures: a panel, or lines under the page.
    pub figures: Rect,
    /// Whether they are folded.
    pub figures_folded: bool,
    /// What stays until it is dealt with.
    pub sticky: Rect,
    /// The sentence to read aloud.
    pub speech: Rect,
}

/// How many lines of the sentence are shown at once.
pub fn speech_lines_max(body: Rect) -> u16 {
    (body.height / 5).max(3)
}

/// Divides `body`: a page that needs so many `cells`, `speech` lines to be read aloud, `sticky` lines that stay.
pub fn places(body: Rect, cells: u16, speech: u16, sticky: u16) -> Places {
    let agenda_folded = body.width < cells + AGENDA_CELLS + FIGURES_CELLS;
    let figures_folded = body.width < cells + FIGURES_CELLS;
    let folded = u16::from(agenda_folded) + if figures_folded { FIGURES_LINES } else { 0 };
    let speech = (speech.min(speech_lines_max(body)) + 2).min(body.height);
    let sticky = sticky.min(body.height.saturating_sub(speech + folded + PAGE_ROWS_MIN));
    let middle = body.height.saturating_sub(speech + sticky + folded);
    let row = |y: u16, height: u16| Rect { y, height, ..body };

    let agenda_line = row(body.y, u16::from(agenda_folded));
    let across = row(agenda_line.bottom(), middle);
    let figures_lines = row(across.bottom(), if figures_folded { FIGURES_LINES } else { 0 });
    let sticky = row(figures_lines.bottom(), sticky);
    let speech = row(sticky.bottom(), speech);

    let left = if agenda_folded { 0 } else { AGENDA_CELLS };
    let right = if figures_folded { 0 } else { FIGURES_CELLS };
    let page = Rect { x: across.x + left, width: across.width.saturating_sub(left + right), ..across };
    Places {
        agenda: if agenda_folded { agenda_line } else { Rect { width: left, ..across } },
        agenda_folded,
        page,
        figures: if figures_folded {
            figures_lines
        } else {
            Rect { x: page.right(), width: right, ..across }
        },
        figures_folded,
        sticky,
        speech,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panels_give_way_in_order_and_never_overlap() {
        for width in 80..200 {
            for height in 20..60 {
                for (cells, speech, sticky) in [(PAGE_CELLS, 1, 0), (RESULT_CELLS, 3, 2), (PAGE_CELLS, 12, 5)]
                {
                    let body = Rect::new(0, 2, width, height);
                    let at = places(body, cells, speech, sticky);
                    assert!(!at.figures_folded || at.agenda_folded, "figures folded before the agenda");
                    assert!(at.page.height >= PAGE_ROWS_MIN, "{at:?}");
                    assert!(at.page.width >= cells.min(width), "{at:?}");
                    assert_eq!(at.speech.bottom(), body.bottom());
                    let areas = [at.agenda, at.page, at.figures, at.sticky, at.speech];
                    let cells: u32 = areas.iter().map(|area| area.area()).sum();
                    assert_eq!(cells, body.area(), "{at:?}");
                }
            }
        }
    }
}
