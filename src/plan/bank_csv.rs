//! A bank of questions as a spreadsheet writes it: `id,kind,text,right,A,B,C,D`. Read here and not by a library, so that
//! every mistake has its line and its column.

use std::ops::Range;

use toml::Spanned;

use super::bank::{QuestionDraft, Right, fault_of_question, fault_of_question_id, kind_of};
use super::mistake::{BankMistake, Findings};
use crate::rules::QuestionKind;

/// The columns that every bank begins with; the options follow under their letters.
const COLUMNS: [&str; 4] = ["id", "kind", "text", "right"];

/// One cell with its place.
type Cell = Spanned<String>;

/// Reads the rows below the head.
pub(super) fn read(text: &str, findings: &mut Findings) -> Vec<QuestionDraft> {
    let mut rows = match rows(text) {
        Ok(rows) => rows.into_iter(),
        Err(at) => {
            findings.add_bank(&at, BankMistake::OpenQuote);
            return Vec::new();
        }
    };
    let Some(head) = rows.next() else { return Vec::new() };
    for (place, cell) in head.iter().enumerate() {
        let letter = place.checked_sub(COLUMNS.len()).and_then(|place| u8::try_from(place).ok());
        let wanted = COLUMNS.get(place).map(|name| (*name).to_owned()).or_else(|| {
            letter.and_then(|place| b'A'.checked_add(place)).map(|letter| char::from(letter).to_string())
        });
        let wanted = wanted.unwrap_or_default();
        if *cell.get_ref() != wanted {
            let found = cell.get_ref().clone();
            findings.add_bank(&cell.span(), BankMistake::Column { found, wanted });
            return Vec::new();
        }
    }
    if let Some(missing) = COLUMNS.get(head.len()) {
        let (found, wanted) = (String::new(), (*missing).to_owned());
        findings.add_bank(&(0..0), BankMistake::Column { found, wanted });
        return Vec::new();
    }
    let columns = head.len();
    rows.filter(|row| row.iter().any(|cell| !cell.get_ref().is_empty()))
        .map(|row| question(row, columns, findings))
        .collect()
}

fn question(row: Vec<Cell>, columns: usize, findings: &mut Findings) -> QuestionDraft {
    if let Some(over) = row.get(columns) {
        findings.add_bank(&over.span(), BankMistake::CellsOver { columns });
    }
    let start = row.first().map_or(0..0, Cell::span);
    let mut cells = row.into_iter().take(columns);
    let mut next = || cells.next().unwrap_or_else(|| Spanned::new(start.clone(), String::new()));
    let (mut id, kind, mut text, right) = (next(), next(), next(), next());
    let mut options: Vec<Cell> = cells.collect();
    while options.last().is_some_and(|option| option.get_ref().is_empty()) {
        options.pop();
    }
    if let Some(fault) = fault_of_question_id(id.get_ref()) {
        findings.add(&id.span(), fault);
        id.get_mut().clear();
    }
    let known = kind_of(kind.get_ref());
    if known.is_none() {
        findings.add_bank(&kind.span(), BankMistake::UnknownKind(kind.get_ref().clone()));
    }
    if let Some(fault) = fault_of_question("text", text.get_ref(), false) {
        findings.add(&text.span(), fault);
        text.get_mut().clear();
    }
    for (place, option) in options.iter().enumerate() {
        let letter = char::from_u32(u32::from('A') + u32::try_from(place).unwrap_or(0)).unwrap_or('?');
        if let Some(fault) = fault_of_question(&letter.to_string(), option.get_ref(), true) {
            findings.add(&option.span(), fault);
        }
    }
    let span = right.span();
    let right = match known {
        None => None,
        Some(QuestionKind::TrueFalse) => match right.get_ref().as_str() {
            "true" | "TRUE" => Some(Right::Truth(true)),
            "false" | "FALSE" => Some(Right::Truth(false)),
            _ => {
                findings.add_bank(&span, BankMistake::NoTruth(right.into_inner()));
                None
            }
        },
        Some(_) => Some(Right::Letters(right.into_inner())),
    };
    let right = right.map(|right| Spanned::new(span, right));
    QuestionDraft { id, kind: known, text, options, right }
}

/// The cells of all rows; a cell in quotation marks may hold commas, and quotation marks written twice. An error is where a
/// quotation mark opens that nothing closes.
fn rows(text: &str) -> Result<Vec<Vec<Cell>>, Range<usize>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let (mut start, mut quoted) = (0, None);
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' if quoted.is_some() => {
                if signs.next_if(|(_, next)| *next == '"').is_some() {
                    cell.push('"');
                } else {
                    quoted = None;
                }
            }
            _ if quoted.is_some() => cell.push(sign),
            '"' if cell.is_empty() => quoted = Some(at),
            ',' | '\n' => {
                let written = std::mem::take(&mut cell).trim().to_owned();
                row.push(Spanned::new(start..at, written));
                start = at + sign.len_utf8();
                if sign == '\n' {
                    rows.push(std::mem::take(&mut row));
                }
            }
            _ => cell.push(sign),
        }
    }
    if let Some(at) = quoted {
        return Err(at..at + 1);
    }
    if !cell.trim().is_empty() || !row.is_empty() {
        row.push(Spanned::new(start..text.len(), cell.trim().to_owned()));
        rows.push(row);
    }
    Ok(rows)
}
