//! One line of input. The caret's place is told to the terminal, or an input method composes somewhere else.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Paragraph;
use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use crate::screen::text::{Side, clean, fit, width};
use crate::screen::theme::Theme;

/// A one-line field.
#[derive(Debug, Clone)]
pub struct Field {
    input: Input,
    chars_max: usize,
}

impl Field {
    /// An empty field for at most `chars_max` characters.
    pub fn new(chars_max: usize) -> Self {
        Self { input: Input::default(), chars_max }
    }

    /// What was typed, as it stands.
    pub fn value(&self) -> &str {
        self.input.value()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.value().is_empty()
    }

    /// Empties the field and returns what was in it.
    pub fn take(&mut self) -> String {
        self.input.value_and_reset()
    }

    /// Puts a text into the field, the caret behind it.
    pub fn set(&mut self, text: &str) {
        self.input = Input::new(clean(text).chars().take(self.chars_max).collect());
    }

    /// A key that edits. Whether the field has used it; Enter, Esc, Tab and the arrows up and down are not its own.
    pub fn key(&mut self, key: KeyEvent) -> bool {
        let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
        let request = match key.code {
            KeyCode::Char('a') if ctrl => InputRequest::GoToStart,
            KeyCode::Char('e') if ctrl => InputRequest::GoToEnd,
            KeyCode::Char('u') if ctrl => InputRequest::DeleteFromStart,
            KeyCode::Char('k') if ctrl => InputRequest::DeleteTillEnd,
            KeyCode::Char('w') if ctrl => InputRequest::DeletePrevWord,
            KeyCode::Char(_) if ctrl || key.modifiers.contains(KeyModifiers::ALT) => return false,
            KeyCode::Char(character) => return self.insert(character),
            KeyCode::Backspace => InputRequest::DeletePrevChar,
            KeyCode::Delete => InputRequest::DeleteNextChar,
            KeyCode::Left if ctrl => InputRequest::GoToPrevWord,
            KeyCode::Right if ctrl => InputRequest::GoToNextWord,
            KeyCode::Left => InputRequest::GoToPrevChar,
            KeyCode::Right => InputRequest::GoToNextChar,
            KeyCode::Home => InputRequest::GoToStart,
            KeyCode::End => InputRequest::GoToEnd,
            _ => return false,
        };
        self.input.handle(request);
        true
    }

    /// Text that was pasted, cleaned; what does not fit is left out.
    pub fn paste(&mut self, text: &str) {
        for character in clean(text.trim()).chars() {
            self.insert(character);
        }
    }

    fn insert(&mut self, character: char) -> bool {
        let harmless = !character.is_control() && !clean(character.encode_utf8(&mut [0; 4])).is_empty();
        if harmless && self.value().chars().count() < self.chars_max {
            self.input.handle(InputRequest::InsertChar(character));
        }
        true
    }

    /// Draws a row of a form: a label of so many cells, and the field; a cursor only where the person is.
    pub fn draw_labelled(
        &self,
        frame: &mut Frame<'_>,
        row: Rect,
        (label, wide): (&str, usize),
        here: bool,
        theme: Theme,
    ) {
        let style = if here { theme.accent() } else { theme.plain_text() };
        let lead = format!("{} {}  ", theme.pointer(here), fit(label, wide, Side::Left, ""));
        let offset = u16::try_from(width(&lead)).unwrap_or(0).min(row.width);
        frame.render_widget(Paragraph::new(lead).style(style), Rect { width: offset, ..row });
        let value = Rect { x: row.x + offset, width: row.width - offset, ..row };
        if here {
            self.draw(frame, value, theme);
        } else {
            let shown = fit(&clean(self.value()), value.width.into(), Side::Left, theme.ellipsis());
            frame.render_widget(Paragraph::new(shown), value);
        }
    }

    /// Draws the field on one line and sets the caret.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, theme: Theme) {
        if area.is_empty() {
            return;
        }
        let cells = usize::from(area.width).saturating_sub(1);
        let before: String = self.value().chars().take(self.input.cursor()).collect();
        let caret = width(&clean(&before));
        // Whole graphemes are skipped at the left until the caret is inside.
        let value = clean(self.value());
        let (mut skipped, mut shown) = (0, String::new());
        for grapheme in value.graphemes(true) {
            if caret > skipped + cells && shown.is_empty() {
                skipped += width(grapheme);
            } else if width(&shown) + width(grapheme) <= cells {
                shown.push_str(grapheme);
            } else {
                break;
            }
        }
        frame.render_widget(Paragraph::new(shown).style(theme.strong()), area);
        let column = u16::try_from(caret.saturating_sub(skipped)).unwrap_or(u16::MAX);
        frame.set_cursor_position(Position {
            x: area.x.saturating_add(column).min(area.right().saturating_sub(1)),
            y: area.y,
        });
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;

    fn caret(text: &str, cells: u16) -> (u16, String) {
        let mut field = Field::new(200);
        field.paste(text);
        let mut terminal = Terminal::new(TestBackend::new(cells, 1)).unwrap();
        terminal.draw(|frame| field.draw(frame, frame.area(), Theme::new(false, false))).unwrap();
        let at = terminal.get_cursor_position().unwrap();
        (at.x, terminal.backend().to_string())
    }

    #[test]
    fn the_caret_stands_behind_wide_characters() {
        assert_eq!(caret("王秀英", 20).0, 6);
        assert_eq!(caret("ab王", 20).0, 4);
        let (x, shown) = caret("阿卜杜热合曼·买买提明", 10);
        assert!(x <= 9, "{x} {shown}");
        assert!(shown.contains("提明"), "{shown}");
    }

    #[test]
    fn pasted_escapes_are_harmless_and_a_limit_holds() {
        let mut field = Field::new(12);
        field.paste("\u{1b}[2Jabc\ndef long");
        assert_eq!(field.value(), "<U+001B>[2Ja");
        assert!(field.key(KeyEvent::from(KeyCode::Backspace)));
        assert!(!field.key(KeyEvent::from(KeyCode::Enter)));
        assert_eq!(field.take(), "<U+001B>[2J");
    }
}
