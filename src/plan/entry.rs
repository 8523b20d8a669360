//! One TOML table under reading. It hands out its values, notes what is wrong with each, and remembers which keys
//! were asked for, so that at the end it knows those that nobody did.
//!
//! A value that is mistaken is replaced by a stand-in (an empty text, the first word), so that reading goes on. No
//! stand-in gets into a [`super::Plan`]: there is none as long as one mistake is noted.

use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::mistake::{Findings, MistakeKind, Named, ValueType};
use super::near::nearest;
use super::spelling::{fault_of_id, fault_of_text};

/// The values that a key takes, each with its word.
pub(super) type Words<T> = &'static [(&'static str, T)];

/// One TOML table under reading.
pub(super) struct Entry<'a, 't> {
    table: &'a DeTable<'t>,
    /// Where mistakes of the table as a whole are shown: its header.
    span: Range<usize>,
    known: Vec<&'static str>,
}

impl<'a, 't> Entry<'a, 't> {
    pub(super) fn new(table: &'a DeTable<'t>, span: Range<usize>) -> Self {
        Self { table, span, known: Vec::new() }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Where a key's value stands, or else the table's header.
    pub(super) fn span_of(&self, key: &str) -> Range<usize> {
        self.table.get(key).map_or_else(|| self.span(), Spanned::span)
    }

    fn value(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'t>>> {
        self.known.push(key);
        self.table.get(key)
    }

    fn required(&mut self, key: &'static str, findings: &mut Findings) -> Option<&'a Spanned<DeValue<'t>>> {
        let value = self.value(key);
        if value.is_none() {
            findings.add(&self.span, MistakeKind::MissingKey { key });
        }
        value
    }

    fn stand_in(&self) -> Spanned<String> {
        Spanned::new(self.span(), String::new())
    }

    /// A text that must be there and that people read.
    pub(super) fn text(&mut self, key: &'static str, findings: &mut Findings) -> Spanned<String> {
        let text = self.required(key, findings).and_then(|value| text_of(key, value, findings));
        let Some(text) = text else { return self.stand_in() };
        match fault_of_text(key, text.get_ref()) {
            Some(fault) => {
                findings.add(&text.span(), fault);
                self.stand_in()
            }
            None => text,
        }
    }

    /// A text that may be left out, or empty.
    pub(super) fn text_if_any(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Spanned<String>> {
        let text = self.value(key).and_then(|value| text_of(key, value, findings))?;
        if !text.get_ref().is_empty()
            && let Some(fault) = fault_of_text(key, text.get_ref())
        {
            findings.add(&text.span(), fault);
            return None;
        }
        Some(text)
    }

    /// The id that the thing must have.
    pub(super) fn id(&mut self, named: Named, findings: &mut Findings) -> Spanned<String> {
        let id = self.required("id", findings).and_then(|value| id_of(value, named, findings));
        id.unwrap_or_else(|| self.stand_in())
    }

    /// The id, or the one that the thing gets without.
    pub(super) fn id_or(
        &mut self,
        named: Named,
        otherwise: String,
        findings: &mut Findings,
    ) -> Spanned<String> {
        match self.value("id") {
            Some(value) => id_of(value, named, findings).unwrap_or_else(|| self.stand_in()),
            None => Spanned::new(self.span(), otherwise),
        }
    }

    /// One of the words that the key takes, if it is there.
    pub(super) fn word_if_any<T: Copy>(
        &mut self,
        key: &'static str,
        words: Words<T>,
        findings: &mut Findings,
    ) -> Option<T> {
        let written = self.value(key).and_then(|value| text_of(key, value, findings))?;
        word_of(key, &written, words, findings)
    }

    /// One of the words that the key takes; it must be there.
    pub(super) fn word<T: Copy>(
        &mut self,
        key: &'static str,
        words: Words<T>,
        findings: &mut Findings,
    ) -> Option<T> {
        let written = self.required(key, findings).and_then(|value| text_of(key, value, findings))?;
        word_of(key, &written, words, findings)
    }

    /// A list of texts, if it is there. No text stands in it twice.
    pub(super) fn texts_if_any(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Vec<Spanned<String>>> {
        self.value(key).and_then(|value| texts_of(key, value, findings))
    }

    /// A list of texts that must be there.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Vec<Spanned<String>>> {
        self.required(key, findings).and_then(|value| texts_of(key, value, findings))
    }

    /// A day: as TOML writes it, or in quotes.
    pub(super) fn date(&mut self, key: &'static str, findings: &mut Findings) -> Date {
        let Some(value) = self.required(key, findings) else { return Date::ZERO };
        let written = match value.get_ref() {
            DeValue::Datetime(moment) => moment.to_string(),
            DeValue::String(text) => text.trim().to_owned(),
            _ => return wrong(key, value, ValueType::Date, findings).unwrap_or(Date::ZERO),
        };
        // `jiff` also reads the date out of a moment, and dates written together; a plan names a day.
        let day = if written.len() == "2027-03-12".len() { written.parse().ok() } else { None };
        day.unwrap_or_else(|| {
            findings.add(&value.span(), MistakeKind::NotADate(written));
            Date::ZERO
        })
    }

    /// A whole number that is not negative.
    pub(super) fn number(&mut self, key: &'static str, findings: &mut Findings) -> Option<u32> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer();
        match number.and_then(|number| u32::from_str_radix(number.as_str(), number.radix()).ok()) {
            Some(number) => Some(number),
            None => wrong(key, value, ValueType::Number, findings),
        }
    }

    /// A table, if it is there.
    pub(super) fn table_if_any(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Entry<'a, 't>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Entry::new(table, value.span())),
            _ => wrong(key, value, ValueType::Table, findings),
        }
    }

    /// A table that must be there.
    pub(super) fn table(&mut self, key: &'static str, findings: &mut Findings) -> Option<Entry<'a, 't>> {
        self.required(key, findings)?;
        self.table_if_any(key, findings)
    }

    /// A list of tables that must be there.
    pub(super) fn tables(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Vec<Entry<'a, 't>>> {
        let value = self.required(key, findings)?;
        let Some(values) = value.get_ref().as_array() else {
            return wrong(key, value, ValueType::Tables, findings);
        };
        let tables = values.iter().filter_map(|value| match value.get_ref() {
            DeValue::Table(table) => Some(Entry::new(table, value.span())),
            _ => wrong(key, value, ValueType::Table, findings),
        });
        Some(tables.collect())
    }

    /// Notes the keys that nobody asked for.
    pub(super) fn finish(self, findings: &mut Findings) {
        let mut known = self.known;
        known.dedup();
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let near = nearest(name, known.iter().copied());
                let what = MistakeKind::UnknownKey { key: name.to_owned(), near, known: known.clone() };
                findings.add(&key.span(), what);
            }
        }
    }
}

fn wrong<T>(key: &str, value: &Spanned<DeValue>, wanted: ValueType, findings: &mut Findings) -> Option<T> {
    findings.add(&value.span(), MistakeKind::WrongType { key: key.to_owned(), wanted });
    None
}

/// A text without the spaces around it.
fn text_of(key: &str, value: &Spanned<DeValue>, findings: &mut Findings) -> Option<Spanned<String>> {
    match value.get_ref().as_str() {
        Some(text) => Some(Spanned::new(value.span(), text.trim().to_owned())),
        None => wrong(key, value, ValueType::Text, findings),
    }
}

fn id_of(value: &Spanned<DeValue>, named: Named, findings: &mut Findings) -> Option<Spanned<String>> {
    let id = text_of("id", value, findings)?;
    match fault_of_id(id.get_ref(), named) {
        Some(fault) => {
            findings.add(&id.span(), fault);
            None
        }
        None => Some(id),
    }
}

fn texts_of(key: &str, value: &Spanned<DeValue>, findings: &mut Findings) -> Option<Vec<Spanned<String>>> {
    let Some(values) = value.get_ref().as_array() else {
        return wrong(key, value, ValueType::Texts, findings);
    };
    let mut texts: Vec<Spanned<String>> = Vec::new();
    for value in values.iter() {
        let Some(text) = text_of(key, value, findings) else { continue };
        if let Some(fault) = fault_of_text(key, text.get_ref()) {
            findings.add(&text.span(), fault);
        } else if texts.iter().any(|earlier| earlier.get_ref() == text.get_ref()) {
            findings.add(&text.span(), MistakeKind::Repeated { word: text.into_inner() });
        } else {
            texts.push(text);
        }
    }
    Some(texts)
}

/// The value that a word stands for.
pub(super) fn word_of<T: Copy>(
    key: &'static str,
    written: &Spanned<String>,
    words: Words<T>,
    findings: &mut Findings,
) -> Option<T> {
    let found = words.iter().find(|(word, _)| word == written.get_ref());
    if found.is_none() {
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        let word = written.get_ref().clone();
        let near = nearest(&word, known.iter().copied());
        findings.add(&written.span(), MistakeKind::UnknownWord { key, word, near, known });
    }
    found.map(|(_, value)| *value)
}
