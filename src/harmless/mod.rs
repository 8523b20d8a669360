//! Text from outside, made harmless. Names, titles, reasons, answers, materials, what a hub or a disk says: all of it was
//! written by somebody else, and none of it may move a cursor, colour a screen, turn the direction of a line, hide in
//! another text, run over its neighbours or push them away. Every screen, every line on standard output and every page of
//! minutes shows such text through this one place:
//!
//! - [`named`]: control characters, turned and hidden text are *named* where they stand (`<U+202E>`), so that whoever looks
//!   sees that something is there. By fixed lists: what it says of a text is the same in every later version, so that
//!   tables can be made again and compared byte for byte.
//! - [`line()`]: the same for people to look at. Besides, characters that no font or every font has (unassigned, private use)
//!   are named, and no character carries more than [`MARKS_MAX`] marks.
//! - [`lines`]: the same for a text of several lines, each no wider than [`LINE_CELLS_MAX`].
//! - [`width`], [`cut`]: how many cells of a terminal a text takes, and the part of it that fits.
//!
//! Letters that are written from right to left are letters, and stay.
//!
//! ```
//! use plenum::harmless::{cut, line, width};
//!
//! assert_eq!(line("\u{1b}[31mred\u{202e}"), "<U+001B>[31mred<U+202E>");
//! assert_eq!(width("阿依古丽·买买提"), 15);
//! assert_eq!(cut("阿依古丽", 5, "…"), "阿依…");
//! ```

#[cfg(test)]
pub(crate) mod hostile;

use std::borrow::Cow;
use std::fmt::Write as _;

use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many marks may be stacked on one character. Scripts need three; more are there to run over other lines.
pub const MARKS_MAX: usize = 4;

/// The widest line on standard output, in cells: five hundred names stand on it, a flood does not.
pub const LINE_CELLS_MAX: usize = 8_000;

/// What a character does to whatever shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nature {
    /// It is shown as it is.
    Shown,
    /// It is a space of some kind.
    Space,
    /// It ends a line.
    LineEnd,
    /// It chooses a variant of the character before it; terminals disagree, and the character itself is harmless.
    Variant,
    /// It parts or joins the letters around it, in scripts that have such letters.
    Joiner,
    /// It would move, hide or turn text: it is named instead.
    Named,
}

fn nature(character: char) -> Nature {
    match character {
        ' '..='~' => Nature::Shown,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Nature::LineEnd,
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Nature::Space,
        '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            Nature::Variant
        }
        '\u{200c}' | '\u{200d}' => Nature::Joiner,
        _ if character.is_control() => Nature::Named,
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{13430}'..='\u{13440}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d159}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}' => Nature::Named,
        _ if u32::from(character) & 0xfffe == 0xfffe => Nature::Named,
        '\u{fdd0}'..='\u{fdef}' => Nature::Named,
        _ => Nature::Shown,
    }
}

/// Whether a font of its own decides what the character is. Two people may see two names.
fn is_private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

/// Whether a joiner has letters to part or join beside this one: Arabic and its neighbours, the scripts of India and
/// south-east Asia, Mongolian.
fn is_joining(character: char) -> bool {
    matches!(character,
        '\u{620}'..='\u{64a}' | '\u{64b}'..='\u{65f}' | '\u{66e}'..='\u{6d5}' | '\u{6ee}'..='\u{6ff}'
        | '\u{710}'..='\u{7bf}' | '\u{840}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{109f}'
        | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17dd}' | '\u{1820}'..='\u{18aa}' | '\u{fb50}'..='\u{fdcf}'
        | '\u{fe70}'..='\u{fefc}')
}

/// Whether the character takes no cell of its own.
fn is_mark(character: char) -> bool {
    character.width() == Some(0)
}

/// Whether no font has it, because it is no character yet, or every font has another.
fn is_unknown(character: char) -> bool {
    if character < '\u{378}' || matches!(character, '\u{4e00}'..='\u{9fff}') {
        return false;
    }
    let category = CodePointMapData::<GeneralCategory>::new().get(character);
    matches!(category, GeneralCategory::Unassigned | GeneralCategory::PrivateUse)
}

/// How closely a text is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    Fixed,
    Full,
}

fn pass(text: &str, care: Care) -> Cow<'_, str> {
    let suspect = |character: char| {
        nature(character) != Nature::Shown
            || care == Care::Full && !character.is_ascii() && (is_mark(character) || is_unknown(character))
    };
    let Some((start, _)) = text.char_indices().find(|(_, character)| suspect(*character)) else {
        return Cow::Borrowed(text);
    };
    let (plain, rest) = text.split_at(start);
    let mut shown = String::with_capacity(text.len() + 16);
    shown.push_str(plain);
    let mut before = plain.chars().next_back();
    let mut marks = 0;
    let mut rest = rest.chars().peekable();
    while let Some(character) = rest.next() {
        let stacked = if is_mark(character) { marks + 1 } else { 0 };
        marks = stacked;
        match nature(character) {
            Nature::Shown if care == Care::Full && is_unknown(character) => name(&mut shown, character),
            Nature::Shown if care == Care::Full && stacked > MARKS_MAX => {}
            Nature::Shown => shown.push(character),
            Nature::Space => shown.push(' '),
            Nature::LineEnd => {
                if !shown.ends_with(' ') {
                    shown.push(' ');
                }
            }
            Nature::Variant => {}
            Nature::Joiner => {
                let belongs = before.is_some_and(is_joining) && rest.peek().copied().is_some_and(is_joining);
                if !belongs {
                    name(&mut shown, character);
                }
            }
            Nature::Named => name(&mut shown, character),
        }
        before = Some(character);
    }
    Cow::Owned(shown)
}

fn name(shown: &mut String, character: char) {
    let _ = write!(shown, "<U+{:04X}>", u32::from(character));
}

/// A text on one line in which nothing acts: control characters, turned and hidden text are named, line ends become a
/// space. The same in every version of this program.
pub fn named(text: &str) -> Cow<'_, str> {
    pass(text, Care::Fixed)
}

/// A text on one line, harmless to whoever shows it to people.
pub fn line(text: &str) -> Cow<'_, str> {
    pass(text, Care::Full)
}

/// A text of several lines, each harmless and at most [`LINE_CELLS_MAX`] wide. It ends with a line end if the text does.
pub fn lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for part in text.split_inclusive('\n') {
        let (part, end) = part.strip_suffix('\n').map_or((part, ""), |part| (part, "\n"));
        shown.push_str(&cut(&line(part), LINE_CELLS_MAX, "…"));
        shown.push_str(end);
    }
    shown
}

/// Whether a character is itself in a harmless text. A mark too many is found only in its text.
pub fn is_shown(character: char) -> bool {
    nature(character) == Nature::Shown && (character.is_ascii() || !is_unknown(character))
}

/// Whether a character acts or hides wherever it stands: no text to be read has it, but for ends of lines.
pub fn is_acting(character: char) -> bool {
    matches!(nature(character), Nature::Named | Nature::LineEnd)
}

/// The first character with which one text could pass for another or would act: what no name in a plan may have. Joiners
/// and variants belong to the spelling of names, where there is something to join or to vary.
pub fn first_hidden(text: &str) -> Option<char> {
    let mut before = None;
    let mut marks = 0;
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let kind = nature(character);
        marks = if kind == Nature::Shown && is_mark(character) { marks + 1 } else { 0 };
        let hidden = match kind {
            Nature::Shown => is_private(character) || marks > MARKS_MAX,
            Nature::Space => character == '\t',
            Nature::LineEnd | Nature::Named => true,
            Nature::Variant => {
                before.is_none_or(|before| nature(before) != Nature::Shown || before.is_whitespace())
            }
            Nature::Joiner => {
                !(before.is_some_and(is_joining) && rest.peek().copied().is_some_and(is_joining))
            }
        };
        if hidden {
            return Some(character);
        }
        before = Some(character);
    }
    None
}

/// How many cells a harmless text takes: the sum over its graphemes, as a buffer of cells adds them up.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// The text, or its beginning with `ellipsis` at the end, in at most `cells` cells.
pub fn cut<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    // Only as much is measured as decides: a flood costs no more than a line.
    let room = cells.saturating_sub(width(ellipsis));
    let mut kept = 0;
    let mut used = 0;
    let mut fits = true;
    for (start, grapheme) in text.grapheme_indices(true) {
        used += grapheme.width();
        if used <= room {
            kept = start + grapheme.len();
        }
        if used > cells {
            fits = false;
            break;
        }
    }
    if fits {
        return Cow::Borrowed(text);
    }
    let mut shown = text.get(..kept).unwrap_or_default().to_owned();
    if width(ellipsis) <= cells {
        shown.push_str(ellipsis);
    }
    Cow::Owned(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_acts() {
        let bad = "a\u{1b}]0;x\u{7}\u{9b}1m\u{202e}b\u{200b}\u{feff}\u{2066}\r\n\nc\u{7f}\u{e0041}\u{ad}";
        for shown in [named(bad), line(bad)] {
            assert_eq!(
                shown,
                "a<U+001B>]0;x<U+0007><U+009B>1m<U+202E>b<U+200B><U+FEFF><U+2066> c<U+007F><U+E0041><U+00AD>"
            );
        }
    }

    #[test]
    fn names_of_many_scripts_stay_as_they_are() {
        for name in ["阿卜杜热合曼·买买提明 𠮷", "Zoë O'Neill-Achebe", "e\u{301}", "นิพนธ์", "한"]
        {
            assert_eq!(line(name), name);
            assert_eq!(first_hidden(name), None, "{name}");
        }
        assert_eq!(line("葛\u{e0100}"), "葛");
        assert_eq!(line("نو\u{200c}ر"), "نور");
    }

    #[test]
    fn joiners_stand_only_where_there_is_something_to_join() {
        assert_eq!(line("王\u{200d}伟 a\u{200c}b"), "王<U+200D>伟 a<U+200C>b");
        assert_eq!(first_hidden("نو\u{200c}ر"), None);
        assert_eq!(first_hidden("نور\u{200c}"), Some('\u{200c}'));
        assert_eq!(first_hidden("王\u{200d}伟"), Some('\u{200d}'));
    }

    #[test]
    fn what_no_font_has_is_named_for_people_alone() {
        assert_eq!(line("\u{e123}\u{50000}\u{378}"), "<U+E123><U+50000><U+0378>");
        assert_eq!(named("\u{e123}\u{50000}"), "\u{e123}\u{50000}");
        assert_eq!(line("\u{10ffff}\u{fdd0}"), "<U+10FFFF><U+FDD0>");
    }

    #[test]
    fn no_character_carries_a_tower_of_marks() {
        let tower = format!("a{}b", "\u{301}".repeat(50));
        assert_eq!(line(&tower).chars().count(), 2 + MARKS_MAX);
        assert_eq!(first_hidden(&tower), Some('\u{301}'));
        assert_eq!(first_hidden("葛\u{e0100}\u{e0101}"), Some('\u{e0101}'));
    }

    #[test]
    fn a_harmless_text_is_harmless_already() {
        let bad: String =
            (0..0x3000).chain(0xe000..0xe010).chain(0xe0000..0xe0200).filter_map(char::from_u32).collect();
        let once = line(&bad).into_owned();
        assert!(once.chars().all(is_shown), "{once}");
        assert!(matches!(line(&once), Cow::Borrowed(_)) || line(&once) == once);
    }

    #[test]
    fn a_flood_is_cut() {
        let flood = format!("{}\n\u{1b}x\n", "王".repeat(10_000));
        let shown = lines(&flood);
        let shown: Vec<&str> = shown.lines().collect();
        assert_eq!(shown.iter().map(|line| width(line)).collect::<Vec<_>>(), [LINE_CELLS_MAX - 1, 9]);
        assert!(shown[0].ends_with('…'));
    }
}
