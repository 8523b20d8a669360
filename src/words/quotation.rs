//! Quotation marks. What is quoted may quote something itself: an item's title in an announcement, the announcement in the
//! box of what is read aloud. Marks alternate with depth, in both languages: “…‘…“…”…’…”.

/// A text in quotation marks, with the marks inside one step deeper.
pub fn quoted(text: &str) -> String {
    let mut deeper = String::with_capacity(text.len() + 6);
    deeper.push('“');
    let mut single: usize = 0;
    for sign in text.chars() {
        deeper.push(match sign {
            '“' => '‘',
            '”' => '’',
            '‘' => {
                single += 1;
                '“'
            }
            // One that closes nothing is an apostrophe.
            '’' if single > 0 => {
                single -= 1;
                '”'
            }
            other => other,
        });
    }
    deeper.push('”');
    deeper
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_alternate_with_depth() {
        let rows = [
            ("", "“”"),
            ("通过会议议程", "“通过会议议程”"),
            ("关于“十四五”规划", "“关于‘十四五’规划”"),
            ("提请复议“关于‘十四五’规划的决议”", "“提请复议‘关于“十四五”规划的决议’”"),
            ("the chair’s “budget”", "“the chair’s ‘budget’”"),
            ("she said ‘no’, the chair’s word", "“she said “no”, the chair’s word”"),
        ];
        for (text, expected) in rows {
            assert_eq!(quoted(text), expected);
        }
    }

    /// Each level is quoted by the same rule, so that three deep the marks are those of the first again.
    #[test]
    fn what_is_quoted_twice_alternates_twice() {
        assert_eq!(quoted(&quoted(&quoted("甲"))), "“‘“甲”’”");
    }
}
