//! The document as Markdown.

use std::fmt::Write as _;

use super::doc::{Block, Doc, Exchange, Table};
use crate::archive::clean::{markdown as md, markdown_paragraph as paragraph_text};

/// The text.
pub(super) fn text(doc: &Doc) -> String {
    let mut out = format!("# {}\n", md(&doc.title));
    for warning in &doc.warnings {
        let _ = write!(out, "\n**{}**\n", md(warning));
    }
    facts(&mut out, &doc.facts);
    for section in &doc.sections {
        let marks = if section.level > 2 { "###" } else { "##" };
        let _ = write!(out, "\n{marks} {}\n", md(&section.heading));
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
                    let _ = write!(out, "\n{}\n", paragraph_text(text));
                }
                Block::Table(table) => self::table(&mut out, table),
                Block::Exchanges { caption, exchanges } => {
                    let _ = write!(out, "\n**{}**\n", md(caption));
                    exchanges.iter().for_each(|exchange| self::exchange(&mut out, exchange));
                }
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

/// A list item; what follows another up is an item of its list.
fn exchange(out: &mut String, exchange: &Exchange) {
    let indent = "  ".repeat(exchange.depth);
    let _ = writeln!(out, "\n{indent}- **{}**", md(&exchange.head));
    for paragraph in &exchange.text {
        let _ = writeln!(out, "\n{indent}  {}", paragraph_text(paragraph));
    }
    for (name, paragraphs) in &exchange.rows {
        let _ = write!(out, "\n{indent}  **{}**", md(name));
        for (place, paragraph) in paragraphs.iter().enumerate() {
            let between = if place == 0 { " ".to_owned() } else { format!("\n\n{indent}  ") };
            let _ = write!(out, "{between}{}", paragraph_text(paragraph));
        }
        out.push('\n');
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
