//! What tests use: texts that would act wherever they are shown, and any plan, event or command with such texts in it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The fields of plans, events and commands in which people write what they like, also where it is a single plain word. Whatever
/// else has a space in it, or a letter that no id has, was written by people too: [`is_written`].
const WRITTEN: [&str; 20] = [
    "title",
    "body",
    "venue",
    "name",
    "unit",
    "post",
    "word",
    "verdict",
    "consequence",
    "reason",
    "text",
    "answer",
    "inquiry",
    "says",
    "what",
    "about",
    "short",
    "owner",
    "task",
    "question",
];

/// Words of the format that stand under one of these keys: what an open vote is about.
const FORMAT: [&str; 4] = ["agenda", "scrutineers", "rules", "other"];

/// The text with something hostile in it; always the same for the same text, so that what is named twice stays one.
pub fn hostile(text: &str) -> String {
    match text.chars().fold(7u32, |sum, character| sum.wrapping_mul(31) ^ u32::from(character)) % 8 {
        0 => format!("\u{1b}]0;owned\u{7}\u{9b}2J{text}\u{202e}反\u{1b}[31m"),
        1 => format!("\u{2066}{text}\u{200b}\u{feff}\u{200f}\u{2069}\u{61c}"),
        2 => format!("=1+1|{text}\u{7f}<script>`*_"),
        3 => format!("{text}{}", "\u{301}\u{489}".repeat(40)),
        4 => format!("\u{200d}{text}\u{e0041}\u{ad}\u{e123}\u{50000}نو\u{200c}ر\u{fe0f}\u{fe0f}"),
        5 => format!("a\r\n\tb\u{2028}- {text}\u{85}\u{0}\u{8}"),
        6 => format!("👩\u{200d}👩\u{200d}👧{text}🏳\u{fe0f}\u{200d}🌈 ㅤ\u{3164}\u{2800}"),
        _ => format!("@{text}\u{180e}\u{2062}\u{206a}\u{fff9}\u{1d173}"),
    }
}

/// The same, and every fifth or so ten thousand columns wide.
pub fn endless(text: &str) -> String {
    let hostile = hostile(text);
    if !hostile.chars().count().is_multiple_of(5) {
        return hostile;
    }
    hostile.chars().chain("王W".chars().cycle().take(6_700)).collect()
}

/// A value with every text that people write in it made hostile.
pub fn spoilt<T: Serialize + DeserializeOwned>(value: &T, spoil: fn(&str) -> String) -> T {
    let mut json = serde_json::to_value(value).unwrap();
    walk(&mut json, spoil);
    serde_json::from_value(json).unwrap()
}

fn walk(value: &mut Value, spoil: fn(&str) -> String) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                match field {
                    Value::String(text) if is_written(key, text) => *text = spoil(text),
                    field => walk(field, spoil),
                }
            }
        }
        Value::Array(parts) => {
            for part in parts {
                match part {
                    Value::String(text) if is_written("", text) => *text = spoil(text),
                    part => walk(part, spoil),
                }
            }
        }
        _ => {}
    }
}

/// Whether somebody wrote this as they liked: by its field, or because no word, id, key or date of the format looks so. An
/// election and what belongs to it are JSON, kept as text.
fn is_written(key: &str, text: &str) -> bool {
    let json = text.starts_with(['{', '[']);
    let free = !json && text.contains(|one: char| one == ' ' || !one.is_ascii());
    !text.is_empty() && !FORMAT.contains(&text) && (free || WRITTEN.contains(&key))
}

/// Nothing in the text acts or hides. Ends of lines and tabs are for its writer to allow.
pub fn assert_harmless(text: &str, allowed: &[char]) {
    let odd = text.char_indices().find(|(_, one)| !allowed.contains(one) && !super::is_shown(*one));
    if let Some((place, character)) = odd {
        let start = (0..=place.saturating_sub(60)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        panic!("U+{:04X} after {:?}", u32::from(character), &text[start..place]);
    }
}
