//! Texts that come from outside, before they go into a document of the archive. What acts, hides or turns is named
//! ([`crate::harmless`]); besides, nothing may become a formula in somebody's spreadsheet, or markup.

use crate::harmless::{line, named};

/// A text as a cell of a table that a spreadsheet opens: what it would take for a formula gets an apostrophe. Tables are
/// made again years later and compared byte for byte, so this goes by fixed lists alone.
pub fn cell(text: &str) -> String {
    let text = named(text);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.into_owned() }
}

/// A text as a stretch of Markdown that shows it as it is.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in line(text).chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(char);
            }
            char => escaped.push(char),
        }
    }
    escaped
}

/// The same for a paragraph of its own, which no beginning turns into a list, a heading, a rule or code.
pub fn markdown_paragraph(text: &str) -> String {
    let text = markdown(text.trim());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => {
            let (number, rest) = text.split_at(digits);
            format!("{number}\\{rest}")
        }
        Some(b'-' | b'+' | b'=') if digits == 0 => format!("\\{text}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_acts() {
        assert_eq!(cell("a\u{1b}[2Jb\u{202e}c\r\n\nd"), "a<U+001B>[2Jb<U+202E>c d");
        assert_eq!(cell("阿卜杜热合曼·买买提明 𠮷"), "阿卜杜热合曼·买买提明 𠮷");
        for formula in ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"] {
            assert!(cell(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(cell("36"), "36");
        assert_eq!(markdown("<b>|[x](y)*"), "&lt;b&gt;\\|\\[x\\](y)\\*");
        assert_eq!(markdown("\u{202e}x"), "&lt;U+202E&gt;x");
        for (paragraph, shown) in [
            ("- x", "\\- x"),
            ("12. x", "12\\. x"),
            ("    x", "x"),
            ("===", "\\==="),
            ("12 x", "12 x"),
            ("", ""),
        ] {
            assert_eq!(markdown_paragraph(paragraph), shown);
        }
    }
}
