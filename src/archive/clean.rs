//! Texts that come from outside, before they are shown: nothing in a name or a note may move a cursor, turn the
//! direction of a line, or become a formula in somebody's spreadsheet.

/// A text on one line, without control characters and without marks that change the direction of writing.
pub fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                if !cleaned.ends_with(' ') {
                    cleaned.push(' ');
                }
            }
            char if char.is_control() || is_hidden(char) => {}
            char => cleaned.push(char),
        }
    }
    cleaned
}

/// Direction marks, byte order marks, and the invisible tags that can hide a text in a text.
fn is_hidden(char: char) -> bool {
    matches!(char,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text as a cell of a table that a spreadsheet opens: what it would take for a formula gets an apostrophe.
pub fn cell(text: &str) -> String {
    let text = clean(text);
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text }
}

/// A text as a stretch of Markdown that shows it as it is.
pub fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in clean(text).chars() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_acts() {
        assert_eq!(clean("a\u{1b}[2Jb\u{202e}c\r\n\nd\u{7f}"), "a[2Jbc d");
        assert_eq!(clean("阿卜杜热合曼·买买提明 𠮷"), "阿卜杜热合曼·买买提明 𠮷");
        for formula in ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"] {
            assert!(cell(formula).starts_with('\''), "{formula:?}");
        }
        assert_eq!(cell("36"), "36");
        assert_eq!(markdown("<b>|[x](y)*"), "&lt;b&gt;\\|\\[x\\](y)\\*");
    }
}
