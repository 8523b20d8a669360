//! The keys of the terminal's pages, with what they do in a word and in a sentence. Only those that work now.

use crate::screen::Theme;
use crate::screen::widgets::chrome::Hint;
use crate::words::Lang;
use crate::words::terminal::{KeyMeans as Means, KeyWord as Word};

/// A key of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// Enter on the sign-in page.
    SignIn,
    /// I
    Materials,
    /// R
    Recuse,
    /// F9
    Cover,
    /// ↑↓ on the paper
    Move,
    /// 1 2 3
    Choose,
    /// Enter on the paper
    Review,
    /// Y on the review
    Cast,
    /// Esc
    Back,
    /// ↑↓ on a text
    Scroll,
    /// ←→ between nominees
    Other,
    /// N
    Note,
    /// S
    People,
    /// Enter on the list of people
    Toggle,
    /// Enter on a note
    Add,
    /// Y on a question
    Confirm,
    /// Q at the end
    Leave,
    /// Enter on the seat code
    Enrol,
}

impl Key {
    /// The key as the key line and the help show it.
    pub fn hint(self, lang: Lang, theme: Theme) -> Hint {
        let (key, does, means) = match self {
            Self::SignIn => ("Enter", Word::SignIn, Means::SignIn),
            Self::Materials => ("I", Word::Materials, Means::Materials),
            Self::Recuse => ("R", Word::Recuse, Means::Recuse),
            Self::Cover => ("F9", Word::Cover, Means::Cover),
            Self::Move => (theme.arrows(true), Word::Move, Means::Move),
            Self::Choose => ("1 2 3", Word::Choose, Means::Choose),
            Self::Review => ("Enter", Word::Review, Means::Review),
            Self::Cast => ("Y", Word::Cast, Means::Cast),
            Self::Back => ("Esc", Word::Back, Means::Back),
            Self::Scroll => (theme.arrows(true), Word::Scroll, Means::Scroll),
            Self::Other => (theme.arrows(false), Word::Other, Means::Other),
            Self::Note => ("N", Word::Note, Means::Note),
            Self::People => ("S", Word::People, Means::People),
            Self::Toggle => ("Enter", Word::Toggle, Means::Toggle),
            Self::Add => ("Enter", Word::Add, Means::Add),
            Self::Confirm => ("Y", Word::Confirm, Means::Confirm),
            Self::Leave => ("Q", Word::Leave, Means::Leave),
            Self::Enrol => ("Enter", Word::Go, Means::Go),
        };
        Hint { key, does: does.text(lang), means: means.text(lang) }
    }
}

/// The hints of some keys, in their order.
pub fn hints(keys: &[Key], lang: Lang, theme: Theme) -> Vec<Hint> {
    keys.iter().map(|key| key.hint(lang, theme)).collect()
}
