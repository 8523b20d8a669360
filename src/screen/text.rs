//! Text in cells. Everything that was written by somebody else — names, titles, reasons, materials — goes through
//! [`clean`] before it reaches a terminal, and is measured, cut and broken by display width, between graphemes.
//!
//! ```
//! use plenum::screen::text::{clean, cut, width};
//!
//! assert_eq!(width("阿依古丽·买买提"), 15);
//! assert_eq!(cut("阿依古丽", 5, "…"), "阿依…");
//! assert_eq!(clean("\u{1b}[31mred\u{202e}"), "<U+001B>[31mred<U+202E>");
//! ```

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many marks may be stacked on one character. Scripts need three; more are there to run over other lines.
const STACKED_MARKS_MAX: usize = 4;

/// What a character does to a terminal.
enum Nature {
    /// It is shown as it is.
    Shown,
    /// It is a space of some kind.
    Space,
    /// It chooses a variant of the character before it; terminals disagree, and the character itself is harmless.
    Variant,
    /// It would move, hide or turn text: it is named instead.
    Named,
}

fn nature(character: char) -> Nature {
    match character {
        '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' => {
            Nature::Space
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => Nature::Variant,
        _ if character.is_control() => Nature::Named,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}' => Nature::Named,
        _ => Nature::Shown,
    }
}

/// One line of text, harmless to a terminal: control characters, escapes, turned and hidden text are named
/// (`<U+202E>`), line ends become spaces.
pub fn clean(text: &str) -> Cow<'_, str> {
    let mut stacked = 0;
    let plain = text.chars().all(|character| {
        stacked = if is_mark(character) { stacked + 1 } else { 0 };
        stacked <= STACKED_MARKS_MAX && matches!(nature(character), Nature::Shown)
    });
    if plain {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut stacked = 0;
    for character in text.chars() {
        stacked = if is_mark(character) { stacked + 1 } else { 0 };
        match nature(character) {
            Nature::Shown if stacked > STACKED_MARKS_MAX => {}
            Nature::Shown => shown.push(character),
            Nature::Space => shown.push(' '),
            Nature::Variant => {}
            Nature::Named => {
                let _ = write!(shown, "<U+{:04X}>", u32::from(character));
            }
        }
    }
    Cow::Owned(shown)
}

fn is_mark(character: char) -> bool {
    unicode_width::UnicodeWidthChar::width(character) == Some(0)
}

/// How many cells a cleaned text takes: the sum over its graphemes, as a buffer of cells adds them up.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text, or its beginning with `ellipsis` at the end, in at most `cells` cells.
pub fn cut<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    let room = cells.saturating_sub(width(ellipsis));
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let cells = grapheme.width();
        if used + cells > room {
            break;
        }
        used += cells;
        kept.push_str(grapheme);
    }
    if used + width(ellipsis) <= cells {
        kept.push_str(ellipsis);
    }
    Cow::Owned(kept)
}

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
    fn nothing_from_outside_reaches_the_terminal_raw() {
        let bad = "a\u{1b}]0;x\u{7}\u{9b}1m\u{202e}b\u{200b}\u{feff}\u{2066}\r\nc\u{7f}";
        let shown = clean(bad);
        assert!(shown.chars().all(|character| !character.is_control()), "{shown}");
        assert!(!shown.contains(['\u{202e}', '\u{200b}', '\u{feff}', '\u{2066}']), "{shown}");
        assert!(shown.contains("<U+001B>") && shown.contains("<U+202E>"), "{shown}");
        let zalgo = format!("a{}", "\u{301}".repeat(50));
        assert_eq!(clean(&zalgo).chars().count(), 1 + STACKED_MARKS_MAX);
        assert!(matches!(clean("阿卜杜热合曼·买买提明 𠮷"), Cow::Borrowed(_)));
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
        assert_eq!(tracker("k7Qm3hVd9pZtXXXX"), "k7Qm 3hVd 9pZt");
        assert_eq!(tracker(""), "");
    }
}
