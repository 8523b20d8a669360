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
    /// 2 for a section of the minutes, 3 for a part of one.
    pub level: u8,
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
    /// What people asked or said, each with what came of it.
    Exchanges {
        /// What stands above them.
        caption: String,
        /// One after the other; what follows another up comes after it, further in.
        exchanges: Vec<Exchange>,
    },
}

/// A question or an opinion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exchange {
    /// How far in it stands, from 0.
    pub depth: usize,
    /// Who, when.
    pub head: String,
    /// What was said, a paragraph each.
    pub text: Vec<String>,
    /// What came of it: a name, and paragraphs.
    pub rows: Vec<(String, Vec<String>)>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// When.
    pub time: String,
    /// What.
    pub text: String,
}

/// Lines with what they got.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What stands above it, if anything.
    pub caption: Option<String>,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    /// One cell for each column.
    pub cells: Vec<String>,
    /// `carried`, `not_carried`, `deferred`, `marks` or `plain`.
    pub tone: &'static str,
    /// The bars, beside each other; none where nothing was counted.
    pub bars: Vec<Bar>,
}

/// A stretch of a bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    /// Its width in percent.
    pub width: String,
    /// What it is of: `agree`, `disagree`, `abstain`, `out`, or `w0` (best) to `w6` (worst) for a word of a scale.
    pub of: &'static str,
}

impl Bar {
    /// A share with one decimal, rounded down, so that the bars never overflow.
    pub fn new(part: u32, whole: u32, of: &'static str) -> Self {
        let permille = u64::from(part) * 1000 / u64::from(whole.max(1));
        Self { width: format!("{}.{}", permille / 10, permille % 10), of }
    }
}

impl Section {
    /// An empty section of the minutes.
    pub fn new(heading: &str) -> Self {
        Self { heading: heading.to_owned(), level: 2, blocks: Vec::new() }
    }

    /// An empty part of one.
    pub fn part(heading: &str) -> Self {
        Self { level: 3, ..Self::new(heading) }
    }
}
