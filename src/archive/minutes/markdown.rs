//! The document as Markdown.

use std::fmt::Write as _;

use super::doc::{Block, Doc, Table};
use crate::archive::clean::markdown as md;

/// The text.
pub(super) fn text(doc: &Doc) -> String {
    let mut out = format!("# {}\n", md(&doc.title));
    for warning in &doc.warnings {
        let _ = write!(out, "\n**{}**\n", md(warning));
    }
    facts(&mut out, &doc.facts);
    for section in &doc.sections {
        let _ = write!(out, "\n## {}\n", md(&section.heading));
        for block in &section.blocks {
            match block {
                Block::Facts { rows } => facts(&mut out, rows),
                Block::Log { entries } => {
                    out.push('\n');
                    for entry in entries {
                        let _ = writeln!(out, "- {} {}", md(&entry.time), md(&entry.text));
                    }
                }
                Block::Text { text } => {
                    let _ = write!(out, "\n{}\n", md(text));
                }
                Block::Table(table) => self::table(&mut out, table),
            }
        }
    }
    out
}

fn facts(out: &mut String, rows: &[(String, String)]) {
    out.push('\n');
    for (name, value) in rows {
        let _ = writeln!(out, "- **{}** {}", md(name), md(value));
    }
}

fn table(out: &mut String, table: &Table) {
    out.push('\n');
    if let Some(caption) = &table.caption {
        let _ = write!(out, "**{}**\n\n", md(caption));
    }
    row(out, &table.head);
    row(out, &vec!["---".to_owned(); table.head.len()]);
    for line in &table.rows {
        row(out, &line.cells);
    }
}

fn row(out: &mut String, cells: &[String]) {
    for cell in cells {
        let _ = write!(out, "| {} ", md(cell));
    }
    out.push_str("|\n");
}
