//! How a screen looks: the terminal's own colours, few of them, and signs that have a plain form.
//!
//! No state is shown by colour alone. `NO_COLOR` takes the colours away and leaves bold, dim and reversed; `--ascii`
//! takes the box drawing and every sign whose width terminals disagree about. Neither gives up anything.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::Line;
use ratatui::widgets::{Block, BorderType};

/// The look of every screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Whether colours are used.
    pub colour: bool,
    /// Whether only ASCII is used for boxes and signs.
    pub ascii: bool,
}

/// A box of plain characters.
const ASCII_BORDER: border::Set<'static> = border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Done.
    Done,
    /// Now.
    Now,
    /// To come.
    ToCome,
    /// No: not carried, failed, missing.
    No,
}

impl Theme {
    /// The theme for these wishes; `no_color` is whether the environment variable `NO_COLOR` is set and not empty.
    pub const fn new(ascii: bool, no_color: bool) -> Self {
        Self { colour: !no_color, ascii }
    }

    const fn colour(self, colour: Color) -> Style {
        if self.colour { Style::new().fg(colour) } else { Style::new() }
    }

    /// What the eye should go to: the first accent.
    pub const fn accent(self) -> Style {
        self.colour(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What is wrong: the second accent.
    pub const fn alarm(self) -> Style {
        self.colour(Color::Red).add_modifier(Modifier::BOLD)
    }

    /// A full-width alarm or banner.
    pub const fn banner(self) -> Style {
        self.alarm().add_modifier(Modifier::REVERSED)
    }

    /// Titles and figures.
    pub const fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Text as it comes.
    pub const fn plain_text(self) -> Style {
        Style::new()
    }

    /// What is to come, or explains.
    pub const fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The line or key that is chosen.
    pub const fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The sign of a state. A word always stands beside it.
    pub const fn mark(self, mark: Mark) -> &'static str {
        match (mark, self.ascii) {
            (Mark::Done, false) => "✓",
            (Mark::Now, false) => "▶",
            (Mark::ToCome, false) => "·",
            (Mark::No, false) => "✗",
            (Mark::Done, true) => "+",
            (Mark::Now, true) => ">",
            (Mark::ToCome, true) => ".",
            (Mark::No, true) => "x",
        }
    }

    /// The style of a state.
    pub const fn mark_style(self, mark: Mark) -> Style {
        match mark {
            Mark::Done => Style::new(),
            Mark::Now => self.accent(),
            Mark::ToCome => self.dim(),
            Mark::No => self.alarm(),
        }
    }

    /// What stands where a text was cut. One cell.
    pub const fn ellipsis(self) -> &'static str {
        if self.ascii { "~" } else { "…" }
    }

    /// A horizontal rule, one cell.
    pub const fn rule(self) -> &'static str {
        if self.ascii { "-" } else { "─" }
    }

    /// Between two statements on one line.
    pub const fn dot(self) -> &'static str {
        if self.ascii { "|" } else { "·" }
    }

    /// Full and empty cell of a bar, and the mark of a majority.
    pub const fn bar(self) -> (&'static str, &'static str, &'static str) {
        if self.ascii { ("#", "-", "!") } else { ("█", "░", "┊") }
    }

    /// A dash where there is no figure.
    pub const fn none(self) -> &'static str {
        if self.ascii { "-" } else { "—" }
    }

    /// Below and at most, in arithmetic that is shown.
    pub const fn times(self) -> &'static str {
        if self.ascii { "x" } else { "×" }
    }

    /// The two arrows of "left and right" or "up and down", as keys are named.
    pub const fn arrows(self, vertical: bool) -> &'static str {
        match (vertical, self.ascii) {
            (true, false) => "↑↓",
            (false, false) => "←→",
            (true, true) => "Up/Down",
            (false, true) => "Left/Right",
        }
    }

    /// What stands before a row: a sign where the person is.
    pub const fn pointer(self, here: bool) -> &'static str {
        match (here, self.ascii) {
            (false, _) => " ",
            (true, false) => "▸",
            (true, true) => ">",
        }
    }

    /// A sentence with signs in it, in plain characters where only those are wanted.
    pub fn plain(self, text: &str) -> Cow<'_, str> {
        if !self.ascii || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.replace('≥', ">=").replace('≤', "<=").replace("……", "...").replace('…', "..."))
    }

    /// A box with a title.
    pub fn block<'a>(self, title: impl Into<Line<'a>>) -> Block<'a> {
        let mut title: Line<'a> = title.into();
        if title.width() > 0 {
            title.spans.insert(0, " ".into());
            title.spans.push(" ".into());
        }
        let block = Block::bordered().title(title);
        if self.ascii { block.border_set(ASCII_BORDER) } else { block.border_type(BorderType::Plain) }
    }
}

/// Signs of uncertain width and the plain character that stands for each, cell by cell.
const PLAIN: [(&str, &str); 15] = [
    ("·", "."),
    ("…", "~"),
    ("—", "-"),
    ("–", "-"),
    ("×", "x"),
    ("÷", "/"),
    ("“", "\""),
    ("”", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("─", "-"),
    ("│", "|"),
    ("●", "*"),
    ("▸", ">"),
    ("█", "#"),
];

impl Theme {
    /// Arithmetic in signs that this look allows.
    pub fn arithmetic(self, text: &str) -> String {
        if self.ascii {
            text.replace('≥', ">=").replace('≤', "<=").replace('÷', "/").replace('×', "x")
        } else {
            text.to_owned()
        }
    }

    /// Replaces what is left of signs of uncertain width in a drawing, in names too: the last word of `--ascii`.
    pub fn make_plain(self, buffer: &mut Buffer) {
        if !self.ascii {
            return;
        }
        for cell in &mut buffer.content {
            let symbol = cell.symbol();
            if let Some((_, plain)) = PLAIN.iter().find(|(sign, _)| *sign == symbol) {
                cell.set_symbol(plain);
            }
        }
    }
}
