//! From the clerk's text to a plan, or to every mistake in it at once.

use toml::Spanned;
use toml::de::{DeTable, Error};

use super::check::check;
use super::draft::Draft;
use super::entry::Entry;
use super::mistake::{Findings, MaterialFault, Mistake, MistakeKind};
use super::model::Plan;
use crate::words::Lang;

/// The format that this program reads and writes.
pub const FORMAT: &str = "plenum-plan/1";

/// A plan of 500 people fits well within; what is longer is no plan.
pub const PLAN_BYTES_MAX: usize = 1024 * 1024;

/// Reads a plan: `text` is what the clerk wrote, `file` its name for the places of mistakes, and `material` says of a
/// path below `materials/` whether it can be shown to the meeting.
///
/// ```
/// let mistakes = plenum::plan::read("format = \"plenum-plan/7\"", "plan.toml", &|_| Ok(())).unwrap_err();
/// let first = mistakes.first().unwrap();
/// assert_eq!((first.place.line, first.place.column), (1, 1));
/// ```
///
/// # Errors
/// Every mistake, in the order of the file.
pub fn read(
    text: &str,
    file: &str,
    material: &dyn Fn(&str) -> Result<(), MaterialFault>,
) -> Result<Plan, Vec<Mistake>> {
    let mut findings = Findings::new(text, file);
    if text.len() > PLAN_BYTES_MAX {
        findings.add(&(0..0), MistakeKind::PlanTooLong { bytes_max: PLAN_BYTES_MAX });
        return Err(findings.into_sorted());
    }
    let Some(table) = parse_toml(text, &mut findings) else { return Err(findings.into_sorted()) };
    let draft = Draft::read(Entry::new(table.get_ref(), 0..0), &mut findings);
    check(&draft, material, &mut findings);
    if findings.none() { Ok(draft.into_plan()) } else { Err(findings.into_sorted()) }
}

/// The table that a text is in TOML; what is none is noted.
pub(super) fn parse_toml<'t>(text: &'t str, findings: &mut Findings) -> Option<Spanned<DeTable<'t>>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return Some(table);
    }
    note_syntax(errors, findings);
    None
}

/// The language that a plan says it is in, however wrong the rest of it.
pub fn language(text: &str) -> Option<Lang> {
    let beginning = text.get(..text.floor_char_boundary(PLAN_BYTES_MAX)).unwrap_or_default();
    let (table, _) = DeTable::parse_recoverable(beginning);
    let meeting = table.get_ref().get("meeting")?.get_ref().as_table()?;
    meeting.get("language")?.get_ref().as_str()?.parse().ok()
}

/// One mistake a line: what the parser finds after the first on a line is mostly a consequence of it.
fn note_syntax(mut errors: Vec<Error>, findings: &mut Findings) {
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    errors.dedup_by_key(|error| findings.place(error.span().map_or(0, |span| span.start)).line);
    for error in errors {
        let span = error.span().unwrap_or_default();
        let what = match findings.slice(&span).chars().next().and_then(full_width_mark) {
            Some((mark, ascii)) => MistakeKind::FullWidthMark { mark, ascii },
            None => MistakeKind::Syntax(error.message().to_owned()),
        };
        findings.add(&span, what);
    }
}

/// Marks that a Chinese keyboard writes where TOML wants the one beside them.
fn full_width_mark(mark: char) -> Option<(char, char)> {
    const MARKS: [(char, char); 16] = [
        ('\u{201c}', '"'),
        ('\u{201d}', '"'),
        ('\u{ff02}', '"'),
        ('\u{2018}', '\''),
        ('\u{2019}', '\''),
        ('\u{ff07}', '\''),
        ('\u{ff1d}', '='),
        ('\u{ff0c}', ','),
        ('\u{3001}', ','),
        ('\u{ff3b}', '['),
        ('\u{ff3d}', ']'),
        ('\u{3010}', '['),
        ('\u{3011}', ']'),
        ('\u{ff5b}', '{'),
        ('\u{ff5d}', '}'),
        ('\u{ff03}', '#'),
    ];
    MARKS.into_iter().find(|(wide, _)| *wide == mark)
}
