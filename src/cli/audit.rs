//! `plenum audit FILE`: what a terminal had encrypted, checked on another machine.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::{environment_language, out};
use crate::archive::Record;
use crate::archive::challenged::{AUDIT_BYTES_MAX, AuditFault, look_at};
use crate::harmless::line as clean;
use crate::words::{Lang, archive, challenge as words};

/// What `plenum audit` takes.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// The file that the terminal wrote, or a copy of the data that it showed
    pub file: PathBuf,
    /// The control code that was written down before: capitals, spaces and hyphens do not matter
    #[arg(long, value_name = "CODE")]
    pub code: Option<String>,
    /// The session folder of the meeting: was this its election?
    #[arg(long, value_name = "DIR")]
    pub archive: Option<PathBuf>,
}

/// Says what had been encrypted and whether it holds; exit status 1 when anything does not.
pub fn run(args: AuditArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let lang = lang.unwrap_or_else(environment_language);
    let text =
        read(&args.file).with_context(|| words::unreadable(lang, &clean(&args.file.to_string_lossy())))?;
    let record = args.archive.as_deref().map(|dir| {
        Record::open(dir).with_context(|| archive::no_record(lang, &clean(&dir.to_string_lossy())))
    });
    let record = record.transpose()?;
    let looked = match text {
        Ok(text) => look_at(&text, args.code.as_deref(), record.as_ref().map(|record| &record.state)),
        Err(fault) => Err(fault),
    };
    let found = match looked {
        Ok(found) => found,
        Err(fault) => {
            out::print(&format!("! {}\n", words::fault(lang, &fault)))?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut lines = words::findings(lang, &found);
    lines.push(String::new());
    lines.extend(words::verdict(lang, &found));
    out::print(&(lines.join("\n") + "\n"))?;
    Ok(if found.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads the file, no further than the longest that can be one. A file that is no text is damaged, not unreadable.
fn read(path: &Path) -> std::io::Result<Result<String, AuditFault>> {
    let bytes_max = AUDIT_BYTES_MAX;
    let mut bytes = Vec::new();
    let limit = u64::try_from(bytes_max).unwrap_or(u64::MAX).saturating_add(1);
    std::fs::File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    if bytes.len() > bytes_max {
        return Ok(Err(AuditFault::TooLong { bytes_max }));
    }
    Ok(String::from_utf8(bytes)
        .map_err(|error| AuditFault::Damaged { detail: error.utf8_error().to_string() }))
}
