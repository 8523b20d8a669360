//! Several lines of input: wrapped by display width, edited as one expects, never longer than allowed. What is typed or
//! pasted is cleaned; the caret's place is told to the terminal, or an input method composes somewhere else.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui_textarea::{CursorMove, Input, Key, TextArea, WrapMode};

use crate::screen::text::clean;

/// How many steps can be taken back.
const UNDO_MAX: usize = 100;

/// A text being written.
#[derive(Debug, Clone)]
pub struct Editor {
    area: TextArea<'static>,
    chars_max: usize,
}

impl Editor {
    /// A text for at most `chars_max` characters that begins as `text`, the caret behind it.
    pub fn new(text: &str, chars_max: usize) -> Self {
        let mut area = TextArea::default();
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::new());
        // The terminal's own caret is shown, at the same place.
        area.set_cursor_style(Style::new());
        area.set_max_histories(UNDO_MAX);
        let mut editor = Self { area, chars_max };
        editor.paste(text);
        editor
    }

    /// What was written.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// How many characters it has, line ends included.
    pub fn chars(&self) -> usize {
        let lines = self.area.lines();
        lines.iter().map(|line| line.chars().count()).sum::<usize>() + lines.len().saturating_sub(1)
    }

    /// Whether nothing but spaces was written.
    pub fn is_blank(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// A key that edits or moves. Whether the editor has used it; Esc, Tab and function keys are not its own.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let key = match key.code {
            KeyCode::Char(character) if !ctrl && !alt => {
                self.insert(&clean(character.encode_utf8(&mut [0; 4])));
                return true;
            }
            KeyCode::Enter => {
                if self.chars() < self.chars_max {
                    self.area.insert_newline();
                }
                return true;
            }
            KeyCode::Home if ctrl => {
                self.area.move_cursor(CursorMove::Top);
                return true;
            }
            KeyCode::End if ctrl => {
                self.area.move_cursor(CursorMove::Bottom);
                self.area.move_cursor(CursorMove::End);
                return true;
            }
            // Only what takes away, moves, undoes or does again: nothing that puts in more than the limit.
            KeyCode::Char(character) if ctrl && "abefhkuwnp".contains(character) => Key::Char(character),
            KeyCode::Char('z') if ctrl => {
                self.area.undo();
                return true;
            }
            KeyCode::Char('r') if ctrl => {
                self.area.redo();
                return true;
            }
            KeyCode::Backspace => Key::Backspace,
            KeyCode::Delete => Key::Delete,
            KeyCode::Left => Key::Left,
            KeyCode::Right => Key::Right,
            KeyCode::Up => Key::Up,
            KeyCode::Down => Key::Down,
            KeyCode::Home => Key::Home,
            KeyCode::End => Key::End,
            KeyCode::PageUp => Key::PageUp,
            KeyCode::PageDown => Key::PageDown,
            _ => return false,
        };
        self.area.input(Input { key, ctrl, alt, shift: false });
        true
    }

    /// Text that was pasted: cleaned line by line, what does not fit is left out.
    pub fn paste(&mut self, text: &str) {
        // A paste of megabytes is not cleaned to the end: what cannot fit is not looked at.
        let within: String = text.chars().take(self.chars_max.saturating_mul(2)).collect();
        for (number, line) in within.replace("\r\n", "\n").replace('\r', "\n").split('\n').enumerate() {
            if number > 0 && self.chars() < self.chars_max {
                self.area.insert_newline();
            }
            self.insert(&clean(line));
        }
    }

    fn insert(&mut self, text: &str) {
        let room = self.chars_max.saturating_sub(self.chars());
        let fits: String = text.chars().take(room).collect();
        if !fits.is_empty() {
            self.area.insert_str(fits);
        }
    }

    /// Draws the text and sets the caret.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect) {
        if area.is_empty() {
            return;
        }
        frame.render_widget(&self.area, area);
        let caret = self.area.screen_cursor();
        let (top, left) = self.area.scroll_offset();
        let at = |place: usize, offset: u16| u16::try_from(place).unwrap_or(u16::MAX).saturating_sub(offset);
        frame.set_cursor_position(Position {
            x: area.x.saturating_add(at(caret.col, left)).min(area.right().saturating_sub(1)),
            y: area.y.saturating_add(at(caret.row, top)).min(area.bottom().saturating_sub(1)),
        });
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn typed(editor: &mut Editor, text: &str) {
        for character in text.chars() {
            editor.key(KeyEvent::from(KeyCode::Char(character)));
        }
    }

    fn drawn(editor: &Editor, size: (u16, u16)) -> (String, Position) {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        terminal.draw(|frame| editor.draw(frame, frame.area())).unwrap();
        let caret = terminal.get_cursor_position().unwrap();
        (terminal.backend().to_string(), caret)
    }

    #[test]
    fn the_caret_stands_behind_wide_characters_on_every_wrapped_line() {
        let mut editor = Editor::new("", 2_000);
        for (text, caret) in [("去年", (4, 0)), ("保障房", (0, 1)), ("项", (2, 1))] {
            typed(&mut editor, text);
            let (shown, at) = drawn(&editor, (10, 4));
            assert!((at.x, at.y) == caret || (at.x, at.y) == (9, 0), "{text}: {at:?}\n{shown}");
        }
        editor.key(KeyEvent::from(KeyCode::Enter));
        typed(&mut editor, "ab");
        let (shown, at) = drawn(&editor, (10, 4));
        assert_eq!((at.x, at.y), (2, 2), "{shown}");
        assert_eq!(editor.text(), "去年保障房项\nab");
    }

    #[test]
    fn a_text_that_scrolls_keeps_its_caret_inside() {
        let mut editor = Editor::new(&"一行\n".repeat(30), 2_000);
        typed(&mut editor, "尾");
        let (shown, at) = drawn(&editor, (10, 4));
        assert!(at.y == 3 && at.x == 2 && shown.contains('尾'), "{at:?}\n{shown}");
    }

    #[test]
    fn nothing_raw_and_nothing_beyond_the_limit_is_taken() {
        let mut editor = Editor::new("", 12);
        editor.paste("a\u{1b}[2J\r\nb\u{202e}");
        assert_eq!(editor.text(), "a<U+001B>[2J");
        typed(&mut editor, "x\u{7}");
        editor.key(KeyEvent::from(KeyCode::Enter));
        assert_eq!((editor.chars(), editor.text().lines().count()), (12, 1));
        let mut editor = Editor::new("", 2_000);
        editor.paste(&"\u{7}长".repeat(5_000_000));
        assert_eq!(editor.chars(), 2_000);
    }

    #[test]
    fn keys_edit_and_others_are_left_to_the_page() {
        let mut editor = Editor::new("一二三", 100);
        for code in [KeyCode::Left, KeyCode::Backspace] {
            assert!(editor.key(KeyEvent::from(code)));
        }
        assert_eq!(editor.text(), "一三");
        for code in [KeyCode::Esc, KeyCode::Tab, KeyCode::F(5)] {
            assert!(!editor.key(KeyEvent::from(code)));
        }
        assert!(!editor.key(KeyEvent::new(KeyCode::Char('s'), KeyModifiers::CONTROL)));
        editor.key(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL));
        assert_eq!(editor.text(), "一二三");
    }
}
