//! The minutes: what a reader years later wants to know first, told from the record. The record is put into words
//! once, as a [`Doc`]; the two renderers know nothing of meetings.
//!
//! - `compose`: from the record to the document, in the order in which it happened
//! - `nomination`, `review`, `matter`: what is told of an item of each kind besides
//! - `sittings`: a meeting that was adjourned to another day
//! - `html`, `markdown`: from the document to a page

mod compose;
mod contested;
mod doc;
mod exam;
mod html;
mod joint;
mod markdown;
mod matter;
mod nomination;
mod review;
mod sittings;
mod term;

use jiff::tz::TimeZone;

pub use doc::{Bar, Block, Doc, Entry, Exchange, Row, Section, Table};

use super::record::Record;
use crate::words::Lang;

/// How the minutes are told.
#[derive(Debug, Clone)]
pub struct Telling<'a> {
    /// In which language.
    pub lang: Lang,
    /// In whose time.
    pub zone: &'a TimeZone,
    /// Whether the folder is sealed; the papers that go under the seal are told as sealed.
    pub sealed: bool,
}

/// Puts a record into words.
pub fn document(record: &Record, telling: &Telling<'_>) -> Doc {
    compose::compose(record, telling)
}

/// The minutes as a page by itself, to be read and printed.
pub fn html(record: &Record, telling: &Telling<'_>) -> String {
    html::page(&document(record, telling))
}

/// The minutes as Markdown.
pub fn markdown(record: &Record, telling: &Telling<'_>) -> String {
    markdown::text(&document(record, telling))
}
