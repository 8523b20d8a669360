//! How names, ids and paths may be written.

use super::mistake::{MistakeKind, Named};
use crate::harmless::first_hidden;

/// A name, title or post longer than this fits on no screen and on no ballot paper.
pub(super) const TEXT_CHARACTERS_MAX: usize = 100;
/// Ids become parts of file names.
pub(super) const ID_CHARACTERS_MAX: usize = 40;

/// What is wrong with a name, title or post, if anything.
pub(super) fn fault_of_text(key: &str, text: &str) -> Option<MistakeKind> {
    fault_of_text_within(key, text, TEXT_CHARACTERS_MAX)
}

/// What is wrong with a text that people read and that has room for so many characters, if anything. A character that
/// hides, turns or acts is refused here and not only shown harmlessly: with it one name could look like another on a
/// ballot paper.
pub(super) fn fault_of_text_within(key: &str, text: &str, characters_max: usize) -> Option<MistakeKind> {
    let key = key.to_owned();
    let characters = text.chars().count();
    if text.is_empty() {
        Some(MistakeKind::EmptyText { key })
    } else if let Some(character) = first_hidden(text) {
        Some(MistakeKind::HiddenCharacter { key, character })
    } else if characters > characters_max {
        Some(MistakeKind::TextTooLong { key, characters, characters_max })
    } else {
        None
    }
}

/// What is wrong with an id, if anything.
///
/// Ids of items, officials and groups are parts of a ballot's id, `<item>[-<subject>][-<group>][-r<round>]`, which
/// names a file: so they have no hyphen, and no capitals that a file system could confuse.
pub(super) fn fault_of_id(id: &str, named: Named) -> Option<MistakeKind> {
    let allowed = |c: char| match named {
        Named::Item | Named::Group | Named::Official => {
            c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
        }
        Named::Person
        | Named::Line
        | Named::Dimension
        | Named::Department
        | Named::Considered
        | Named::Question => c.is_ascii_alphanumeric() || c == '_' || c == '-',
    };
    if id.is_empty() || id.chars().count() > ID_CHARACTERS_MAX || !id.chars().all(allowed) {
        Some(MistakeKind::BadId { id: id.to_owned(), named })
    } else if named == Named::Person && is_reserved(id) || named == Named::Group && is_round(id) {
        Some(MistakeKind::ReservedId(id.to_owned()))
    } else {
        None
    }
}

/// Names in the record that are no person's: the hub, the standby, the console, the displays.
fn is_reserved(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    id == "hub" || id == "standby" || id == "console" || id.starts_with("display")
}

/// What the end of a ballot's id says of its round.
fn is_round(id: &str) -> bool {
    id.strip_prefix('r').is_some_and(|round| !round.is_empty() && round.bytes().all(|c| c.is_ascii_digit()))
}

/// Whether a path stays below the folder of materials, whatever system reads it.
pub(super) fn stays_inside(path: &str) -> bool {
    !path.contains(['\\', ':']) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_scripts_are_names() {
        for name in
            ["乙", "阿卜杜热合曼·买买提明", "𠮷野", "Zoë O'Neill-Achebe", "葛\u{e0100}", "نو\u{200c}ر"]
        {
            assert_eq!(fault_of_text("name", name), None, "{name}");
        }
        let tower = format!("a{}", "\u{301}".repeat(9));
        for name in [
            "",
            "a\tb",
            "a\u{202e}b",
            "王\u{200b}伟",
            "a\u{2066}b",
            "a\nb",
            "\u{1b}[2J",
            "王\u{200d}伟",
            "\u{feff}王伟",
            "王\u{ad}伟",
            "王\u{e0041}伟",
            "王\u{e123}",
            "葛\u{e0100}\u{e0101}",
            "\u{fe0f}a",
            "王\u{3164}",
            &tower,
        ] {
            assert!(fault_of_text("name", name).is_some(), "{name:?}");
        }
    }

    #[test]
    fn ids_fit_into_file_names() {
        let fine = |id, named| fault_of_id(id, named).is_none();
        assert!(fine("party_posts2", Named::Item) && fine("Li-Ming_2", Named::Person));
        assert!(!fine("party-posts", Named::Item) && !fine("Party", Named::Item));
        assert!(!fine("li-ming", Named::Official) && fine("li_ming", Named::Official));
        assert!(!fine("r2", Named::Group) && fine("r2", Named::Official) && fine("r", Named::Group));
        for id in ["", "李明", "a b", "a/b", "hub", "standby", "console", "Display-7", &"x".repeat(41)] {
            assert!(!fine(id, Named::Person), "{id:?}");
        }
    }

    #[test]
    fn paths_stay_inside() {
        for path in ["a.md", "posts/a.md", "..a.md"] {
            assert!(stays_inside(path), "{path}");
        }
        for path in ["", "/a.md", "../a.md", "a/../../b", "a//b", "./a.md", "C:a.md", "a\\b", "a/"] {
            assert!(!stays_inside(path), "{path}");
        }
    }
}
