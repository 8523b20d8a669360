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
use super::spelling::{TEXT_CHARACTERS_MAX, fault_of_id, fault_of_text, fault_of_text_within};
use crate::rules::Ratio;

/// The values that a key takes, each with its word.
pub(super) type Words<T> = &'static [(&'static str, T)];

/// An element of a list that may be written short, as its name alone.
pub(super) enum Short<'a, 't> {
    /// The name alone.
    Name(Spanned<String>),
    /// All of it.
    Table(Entry<'a, 't>),
}

/// Numbers under keys that are nobody's words, such as groups: each key with its place and its number.
pub(super) type Numbers = Vec<(Spanned<String>, Spanned<u32>)>;

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

    /// Whether the key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
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
        self.long_text(key, TEXT_CHARACTERS_MAX, findings)
    }

    /// A text that must be there and has room for so many characters.
    pub(super) fn long_text(
        &mut self,
        key: &'static str,
        characters_max: usize,
        findings: &mut Findings,
    ) -> Spanned<String> {
        let text = self.required(key, findings).and_then(|value| text_of(key, value, findings));
        let Some(text) = text else { return self.stand_in() };
        match fault_of_text_within(key, text.get_ref(), characters_max) {
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

    /// A text that may be left out, or empty, and may be longer than a name.
    pub(super) fn long_text_if_any(
        &mut self,
        key: &'static str,
        characters_max: usize,
        findings: &mut Findings,
    ) -> String {
        let text = self.value(key).and_then(|value| text_of(key, value, findings));
        let Some(text) = text.filter(|text| !text.get_ref().is_empty()) else { return String::new() };
        if let Some(fault) = fault_of_text_within(key, text.get_ref(), characters_max) {
            findings.add(&text.span(), fault);
        }
        text.into_inner()
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
        self.value(key).and_then(|value| texts_of(key, value, TEXT_CHARACTERS_MAX, findings))
    }

    /// A list of texts that must be there.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Vec<Spanned<String>>> {
        self.required(key, findings).and_then(|value| texts_of(key, value, TEXT_CHARACTERS_MAX, findings))
    }

    /// A list of texts that must be there, each with room for so many characters. None stands in it twice.
    pub(super) fn texts_within(
        &mut self,
        key: &'static str,
        characters_max: usize,
        findings: &mut Findings,
    ) -> Option<Vec<Spanned<String>>> {
        self.required(key, findings).and_then(|value| texts_of(key, value, characters_max, findings))
    }

    /// Letters or the like, in quotes, perhaps none: what they may be is looked at elsewhere.
    pub(super) fn letters(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<String>> {
        self.required(key, findings).and_then(|value| text_of(key, value, findings))
    }

    /// A key that is there for something which is mistaken itself.
    pub(super) fn skip(&mut self, key: &'static str) {
        self.known.push(key);
    }

    /// A day, if it is there.
    pub(super) fn date_if_any(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Spanned<Date>> {
        let value = self.value(key)?;
        date_of(key, value, findings).map(|date| Spanned::new(value.span(), date))
    }

    /// A day: as TOML writes it, or in quotes.
    pub(super) fn date(&mut self, key: &'static str, findings: &mut Findings) -> Date {
        let value = self.required(key, findings);
        value.and_then(|value| date_of(key, value, findings)).unwrap_or(Date::ZERO)
    }

    /// A list of days, if it is there. No day stands in it twice.
    pub(super) fn dates(&mut self, key: &'static str, findings: &mut Findings) -> Vec<Spanned<Date>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(values) = value.get_ref().as_array() else {
            return wrong(key, value, ValueType::Dates, findings).unwrap_or_default();
        };
        let mut dates: Vec<Spanned<Date>> = Vec::new();
        for value in values.iter() {
            let Some(date) = date_of(key, value, findings) else { continue };
            if dates.iter().any(|earlier| *earlier.get_ref() == date) {
                findings.add(&value.span(), MistakeKind::Repeated { word: date.to_string() });
            } else {
                dates.push(Spanned::new(value.span(), date));
            }
        }
        dates
    }

    /// `true` or `false`, which must be there.
    pub(super) fn flag_needed(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Spanned<bool>> {
        self.required(key, findings)?;
        self.flag(key, findings)
    }

    /// `true` or `false`, if it is there.
    pub(super) fn flag(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<bool>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(Spanned::new(value.span(), *flag)),
            _ => wrong(key, value, ValueType::Flag, findings),
        }
    }

    /// A number, whole or decimal, or a fraction in quotes, if it is there; never rounded.
    pub(super) fn quantity(&mut self, key: &'static str, findings: &mut Findings) -> Option<Spanned<Ratio>> {
        let value = self.value(key)?;
        let (ratio, written) = match value.get_ref() {
            DeValue::Integer(number) => (decimal(&number.to_string()), number.to_string()),
            DeValue::Float(number) => (decimal(number.as_str()), number.as_str().to_owned()),
            DeValue::String(text) => (text.trim().parse().ok(), text.trim().to_owned()),
            _ => return wrong(key, value, ValueType::Quantity, findings),
        };
        match ratio {
            Some(ratio) => Some(Spanned::new(value.span(), ratio)),
            None if matches!(value.get_ref(), DeValue::String(_)) => {
                findings.add(&value.span(), MistakeKind::NotAFraction(written));
                None
            }
            None => wrong(key, value, ValueType::Quantity, findings),
        }
    }

    /// A whole number that is not negative.
    pub(super) fn number(&mut self, key: &'static str, findings: &mut Findings) -> Option<u32> {
        let value = self.value(key)?;
        whole(value).or_else(|| wrong(key, value, ValueType::Number, findings))
    }

    /// A whole number within bounds, or what it is when left out.
    pub(super) fn number_within(
        &mut self,
        key: &'static str,
        (from, to): (u32, u32),
        otherwise: u32,
        findings: &mut Findings,
    ) -> u32 {
        let Some(number) = self.number(key, findings) else { return otherwise };
        if (from..=to).contains(&number) {
            return number;
        }
        findings.add(&self.span_of(key), MistakeKind::OutOfRange { key, number, from, to });
        otherwise
    }

    /// A list whose elements may be written short, if it is there.
    pub(super) fn shorts_if_any(
        &mut self,
        key: &'static str,
        findings: &mut Findings,
    ) -> Option<Vec<Short<'a, 't>>> {
        let value = self.value(key)?;
        let Some(values) = value.get_ref().as_array() else {
            return wrong(key, value, ValueType::TextsOrTables, findings);
        };
        let shorts = values.iter().filter_map(|value| match value.get_ref() {
            DeValue::Table(table) => Some(Short::Table(Entry::new(table, value.span()))),
            DeValue::String(text) => Some(Short::Name(Spanned::new(value.span(), text.trim().to_owned()))),
            _ => wrong(key, value, ValueType::TextsOrTables, findings),
        });
        Some(shorts.collect())
    }

    /// The word `word`, which is `Ok`, or else a table of numbers, if it is there.
    pub(super) fn word_or_numbers(
        &mut self,
        key: &'static str,
        word: &'static str,
        findings: &mut Findings,
    ) -> Option<Result<(), Spanned<Numbers>>> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::String(_) => {
                let written = text_of(key, value, findings)?;
                if written.get_ref() == word {
                    return Some(Ok(()));
                }
                let near = nearest(written.get_ref(), [word]);
                let (span, word, known) = (written.span(), written.into_inner(), vec![word]);
                findings.add(&span, MistakeKind::UnknownWord { key, word, near, known });
                None
            }
            DeValue::Table(table) => {
                let numbers = table.iter().filter_map(|(key, value)| {
                    let name = Spanned::new(key.span(), key.get_ref().to_string());
                    let number = whole(value);
                    match number {
                        Some(number) => Some((name, Spanned::new(value.span(), number))),
                        None => wrong(key.get_ref(), value, ValueType::Number, findings),
                    }
                });
                Some(Err(Spanned::new(value.span(), numbers.collect())))
            }
            _ => wrong(key, value, ValueType::SumOrWeights, findings),
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

fn whole(value: &Spanned<DeValue>) -> Option<u32> {
    let number = value.get_ref().as_integer()?;
    u32::from_str_radix(number.as_str(), number.radix()).ok()
}

/// `59.5` as 595/10.
fn decimal(written: &str) -> Option<Ratio> {
    let (whole, part) = written.split_once('.').unwrap_or((written, ""));
    let plain = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(part) {
        return None;
    }
    let denominator = 10_u32.checked_pow(u32::try_from(part.len()).ok()?)?;
    Ratio::new(format!("{whole}{part}").parse().ok()?, denominator).ok()
}

fn date_of(key: &str, value: &Spanned<DeValue>, findings: &mut Findings) -> Option<Date> {
    let written = match value.get_ref() {
        DeValue::Datetime(moment) => moment.to_string(),
        DeValue::String(text) => text.trim().to_owned(),
        _ => return wrong(key, value, ValueType::Date, findings),
    };
    // `jiff` also reads the date out of a moment, and dates written together; a plan names a day.
    let day = if written.len() == "2027-03-12".len() { written.parse().ok() } else { None };
    if day.is_none() {
        findings.add(&value.span(), MistakeKind::NotADate(written));
    }
    day
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

fn texts_of(
    key: &str,
    value: &Spanned<DeValue>,
    characters_max: usize,
    findings: &mut Findings,
) -> Option<Vec<Spanned<String>>> {
    let Some(values) = value.get_ref().as_array() else {
        return wrong(key, value, ValueType::Texts, findings);
    };
    let mut texts: Vec<Spanned<String>> = Vec::new();
    for value in values.iter() {
        let Some(text) = text_of(key, value, findings) else { continue };
        if let Some(fault) = fault_of_text_within(key, text.get_ref(), characters_max) {
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
