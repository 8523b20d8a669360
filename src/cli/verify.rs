//! `plenum verify DIR`: everything in an archive checked again, one line a check, every fault with its place.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde::Serialize;

use super::{environment_language, out};
use crate::archive::verify::{Check, Fault, FaultKind, Report, What, archives_in, verify};
use crate::harmless::line as clean;
use crate::words::{Lang, archive as words};

/// What `plenum verify` takes.
#[derive(Debug, Args)]
pub struct VerifyArgs {
    /// The session folder, or a folder of session folders
    pub dir: PathBuf,
    /// Say it for programs
    #[arg(long)]
    pub json: bool,
}

/// Says what holds and what does not; exit status 1 when anything does not.
pub fn run(args: VerifyArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let fallback = lang.unwrap_or_else(environment_language);
    let shown = args.dir.to_string_lossy();
    let folders = archives_in(&args.dir).with_context(|| words::unreadable(fallback, &shown))?;
    anyhow::ensure!(!folders.is_empty(), "{}", words::nothing_here(fallback, &shown));
    let many = folders.len() > 1 || folders.first() != Some(&args.dir);
    let mut reports = Vec::with_capacity(folders.len());
    for (number, folder) in folders.iter().enumerate() {
        let report = verify(folder);
        if !args.json {
            let lang = lang.or(report.language).unwrap_or(fallback);
            if many {
                out::say(&format!("{}{}", if number > 0 { "\n" } else { "" }, clean(&report.folder)))?;
            }
            out::say(&lines(lang, &report))?;
        }
        reports.push(report);
    }
    let failed = reports.iter().filter(|report| !report.holds()).count();
    if args.json {
        out::print(&(json(&reports)? + "\n"))?;
    } else if many {
        out::say(&format!("\n{}", words::verdict_of_all(fallback, reports.len(), failed)))?;
    }
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The report as people read it.
fn lines(lang: Lang, report: &Report) -> String {
    let mut lines = Vec::new();
    if report.rehearsal {
        lines.push(words::rehearsal(lang).to_owned());
    }
    lines.extend(report.checks.iter().map(|check| line(lang, check)));
    lines.extend(report.faults.iter().map(|fault| format!("! {}", words::fault(lang, fault))));
    lines.push(words::verdict(lang, report));
    lines.iter().map(|line| clean(line)).collect::<Vec<_>>().join("\n")
}

fn line(lang: Lang, check: &Check) -> String {
    if check.ok { words::check(lang, &check.what) } else { words::failed_check(lang, &check.what) }
}

#[derive(Serialize)]
struct JsonReports<'a> {
    format: &'static str,
    ok: bool,
    archives: Vec<JsonReport<'a>>,
}

#[derive(Serialize)]
struct JsonReport<'a> {
    folder: &'a str,
    session: Option<&'a str>,
    rehearsal: bool,
    ok: bool,
    checks: Vec<JsonCheck<'a>>,
    faults: Vec<JsonFault<'a>>,
}

#[derive(Serialize)]
struct JsonCheck<'a> {
    ok: bool,
    line: String,
    #[serde(flatten)]
    what: &'a What,
}

#[derive(Serialize)]
struct JsonFault<'a> {
    place: &'a str,
    line: String,
    #[serde(flatten)]
    what: &'a FaultKind,
}

/// The reports for programs: the names of checks and faults are fixed, the lines are in English whatever the language.
fn json(reports: &[Report]) -> serde_json::Result<String> {
    let archives = reports
        .iter()
        .map(|report| JsonReport {
            folder: &report.folder,
            session: report.session.as_deref(),
            rehearsal: report.rehearsal,
            ok: report.holds(),
            checks: report.checks.iter().map(JsonCheck::of).collect(),
            faults: report.faults.iter().map(JsonFault::of).collect(),
        })
        .collect();
    let ok = reports.iter().all(Report::holds);
    serde_json::to_string_pretty(&JsonReports { format: "plenum-verify/1", ok, archives })
}

impl<'a> JsonCheck<'a> {
    fn of(check: &'a Check) -> Self {
        Self { ok: check.ok, line: line(Lang::En, check), what: &check.what }
    }
}

impl<'a> JsonFault<'a> {
    fn of(fault: &'a Fault) -> Self {
        Self { place: &fault.place, line: words::fault_kind(Lang::En, &fault.what), what: &fault.what }
    }
}
