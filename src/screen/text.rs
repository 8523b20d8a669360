//! Text in cells. Everything that was written by somebody else — names, titles, reasons, materials — goes through
//! [`clean`] before it is measured; whatever was forgotten is caught by
//! [`make_harmless`], the last pass over every drawing. It is measured, cut and broken by display width, between graphemes.
//!
//! ```
//! use plenum::screen::text::{clean, cut, width};
//!
//! assert_eq!(width("阿依古丽·买买提"), 15);
//! assert_eq!(cut("阿依古丽", 5, "…"), "阿依…");
//! assert_eq!(clean("\u{1b}[31mred\u{202e}"), "<U+001B>[31mred<U+202E>");
//! ```

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

pub use crate::harmless::{cut, line as clean, width};

/// On which side of its column a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Left.
    #[default]
    Left,
    /// Right, for figures.
    Right,
    /// In the middle.
    Middle,
}

/// The text in exactly `cells` cells: cut or filled with spaces.
pub fn fit(text: &str, cells: usize, side: Side, ellipsis: &str) -> String {
    let text = cut(text, cells, ellipsis);
    let free = cells.saturating_sub(width(&text));
    let left = match side {
        Side::Left => 0,
        Side::Right => free,
        Side::Middle => free / 2,
    };
    format!("{}{text}{}", " ".repeat(left), " ".repeat(free - left))
}

/// Characters that must not begin a line: they belong to what stands before.
const CLINGING: &str = "\u{ff0c}\u{ff1a}\u{ff1b}\u{ff1f}\u{ff01}\u{ff09},。、;:!?)》」』】〉〕”’…·,.;:!?)]}%";

/// The text broken into lines of at most `cells` cells: between words, and between Chinese characters where no
/// closing mark would begin a line. Line ends in the text are kept; every line is clean.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    let cells = cells.max(2);
    text.lines().flat_map(|line| wrap_line(&clean(line.trim_end()), cells)).collect()
}

fn wrap_line(line: &str, cells: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut used = 0;
    for piece in pieces(line) {
        let wide = width(&piece);
        if used + wide <= cells {
            current.push_str(&piece);
            used += wide;
            continue;
        }
        if !current.trim().is_empty() {
            lines.push(current.trim_end().to_owned());
        }
        current = String::new();
        used = 0;
        for grapheme in piece.trim_start().graphemes(true) {
            if used + grapheme.width() > cells {
                lines.push(std::mem::take(&mut current));
                used = 0;
            }
            current.push_str(grapheme);
            used += grapheme.width();
        }
    }
    let rest = current.trim_end();
    if !rest.is_empty() || lines.is_empty() {
        lines.push(rest.to_owned());
    }
    lines
}

/// The parts of a line that stay together: a word with the marks that cling to it, or one wide character.
fn pieces(line: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last_wide = true;
    for grapheme in line.graphemes(true) {
        let space = grapheme.trim().is_empty();
        let wide = grapheme.width() > 1;
        let clings = CLINGING.contains(grapheme) && !space;
        let word = !space && !wide && !last_wide;
        match pieces.last_mut() {
            Some(piece) if (clings || word) && !piece.ends_with(' ') => piece.push_str(grapheme),
            _ => pieces.push(grapheme.to_owned()),
        }
        if !clings {
            last_wide = wide || space;
        }
    }
    pieces
}

/// Short texts side by side, on as many lines of at most `cells` cells as it takes: none is torn but one that is wider
/// than a line.
pub fn flow(texts: &[String], cells: usize) -> Vec<String> {
    const GAP: &str = "   ";
    let mut lines: Vec<String> = Vec::new();
    for text in texts {
        match lines.last_mut() {
            Some(line) if width(line) + GAP.len() + width(text) <= cells => {
                line.push_str(GAP);
                line.push_str(text);
            }
            _ => lines.extend(wrap(text, cells)),
        }
    }
    lines
}

/// A tracking code, as a person compares it: the first twelve characters in groups of four.
pub fn tracker(code: &str) -> String {
    let shown: Vec<char> = code.chars().filter(|character| character.is_ascii_graphic()).take(12).collect();
    shown.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Takes out of a drawing whatever would act on a terminal: what a widget forgot to clean does not leave here. The cell
/// keeps its width, so that nothing moves.
pub fn make_harmless(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if symbol.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            continue;
        }
        if let Cow::Owned(harmless) = clean(symbol) {
            let cells = width(symbol);
            let kept: String = harmless.graphemes(true).next().unwrap_or_default().to_owned();
            let sign = if kept == "<" || width(&kept) != cells { "?".repeat(cells.max(1)) } else { kept };
            cell.set_symbol(&sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_measured_in_cells() {
        for (name, cells) in [
            ("张伟", 4),
            ("欧阳娜娜", 8),
            ("阿卜杜热合曼·买买提明", 21),
            ("𠮷田", 4),
            ("é", 1),
            ("Li Jianguo", 10),
        ] {
            assert_eq!(width(name), cells, "{name}");
        }
    }

    #[test]
    fn a_name_is_never_cut_inside_a_character() {
        let long = "阿卜杜热合曼·买买提明".repeat(10);
        for cells in 0..40 {
            let shown = cut(&long, cells, "…");
            assert!(width(&shown) <= cells, "{shown} in {cells}");
            assert_eq!(width(&fit(&long, cells, Side::Left, "…")), cells);
        }
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
    }

    #[test]
    fn what_a_widget_forgot_does_not_leave_the_buffer() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 12, 1));
        let symbols =
            ["a\u{200d}", "\u{1b}", "\u{202e}", "王\u{e0041}", "e\u{301}", "\u{e123}", "─", "王\u{e0100}"];
        for (x, symbol) in symbols.iter().enumerate() {
            buffer.content[x].set_symbol(symbol);
        }
        make_harmless(&mut buffer);
        let shown: Vec<&str> = buffer.content.iter().take(symbols.len()).map(|cell| cell.symbol()).collect();
        assert_eq!(shown, ["a", "?", "?", "王", "e\u{301}", "?", "─", "王"]);
    }

    #[test]
    fn lines_break_by_width_and_no_mark_begins_one() {
        let lines = wrap("现在投票。每名人选只能选同意、不同意、弃权之一。", 12);
        assert!(lines.iter().all(|line| width(line) <= 12), "{lines:?}");
        assert!(lines.iter().all(|line| !line.starts_with(['。', '、'])), "{lines:?}");
        let english = wrap("It is encrypted and in the box, nobody can see it.", 16);
        assert_eq!(english, ["It is encrypted", "and in the box,", "nobody can see", "it."]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("one\n\ntwo", 10), ["one", "", "two"]);
    }

    #[test]
    fn short_texts_flow_and_none_is_torn() {
        let texts = ["1 非常好", "2 good", "3 fairly good"].map(str::to_owned);
        assert_eq!(flow(&texts, 20), ["1 非常好   2 good", "3 fairly good"]);
        assert_eq!(flow(&texts, 8), ["1 非常好", "2 good", "3 fairly", "good"]);
        assert!(flow(&[], 20).is_empty());
    }

    #[test]
    fn tracking_codes_stand_in_groups() {
        assert_eq!(tracker("k7Qm3hVd9pZtL0uE"), "k7Qm 3hVd 9pZt");
        assert_eq!(tracker(""), "");
    }
}
