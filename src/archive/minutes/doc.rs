//! A document: sections of facts, events and tables, in words already. The texts are plain; whoever renders them
//! cleans and escapes every one.

use serde::Serialize;

/// A document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doc {
    /// The language, as a tag for browsers.
    pub lang: &'static str,
    /// The page's name.
    pub title: String,
    /// What must not be overlooked: a rehearsal, a meeting under way, a folder that is not sealed.
    pub warnings: Vec<String>,
    /// Whether to mark every page as a rehearsal, and with which word.
    pub watermark: Option<String>,
    /// What stands under the title.
    pub facts: Vec<(String, String)>,
    /// The sections.
    pub sections: Vec<Section>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub heading: String,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A part of a section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// Names and values.
    Facts {
        /// The rows.
        rows: Vec<(String, String)>,
    },
    /// What happened, in order.
    Log {
        /// The entries.
        entries: Vec<Entry>,
    },
    /// A sentence.
    Text {
        /// It.
        text: String,
    },
    /// A result.
    Table(Table),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When.
    pub time: String,
    /// What.
    pub text: String,
}

/// The lines of a ballot paper with what they got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What stands above it, if anything.
    pub caption: Option<String>,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A line of a ballot paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<String>,
    /// `carried`, `not_carried` or `deferred`.
    pub tone: &'static str,
    /// The widths of the bars of the four choices, in percent; none where nothing was counted.
    pub bars: Vec<String>,
}
