//! `plenum minutes DIR`: the minutes on standard output, for people, spreadsheets or programs.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

use super::{environment_language, out};
use crate::archive::minutes::{self, Telling};
use crate::archive::{Record, Results, is_sealed};
use crate::words::{Lang, archive as words};

/// What `plenum minutes` takes.
#[derive(Debug, Args)]
pub struct MinutesArgs {
    /// The session folder
    pub dir: PathBuf,
    /// As what
    #[arg(long, value_enum, default_value_t = Format::Md)]
    pub format: Format,
}

/// The forms of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Markdown
    Md,
    /// A page by itself, to read and to print
    Html,
    /// The results, one row a line of each ballot paper, an official of each review and joint meeting, a candidate of each
    /// exam
    Csv,
    /// The counts of evaluations, one row a dimension of each ballot
    EvaluationsCsv,
    /// The opinions of joint meetings, one row a version of each
    OpinionsCsv,
    /// The results of exams, one row a candidate
    ExamCsv,
    /// The sittings, one row each: when it was opened, with how many, and to when it was adjourned
    SittingsCsv,
    /// What is to be followed up, one row each
    FollowUpsCsv,
    /// The results for programs
    Json,
}

/// The minutes of a folder for programs.
pub fn json(dir: &Path) -> anyhow::Result<String> {
    Ok(Results::of(&Record::open(dir)?).json())
}

/// Writes the minutes to standard output.
pub fn run(args: MinutesArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let record = Record::open(&args.dir).with_context(|| {
        words::no_record(lang.unwrap_or_else(environment_language), &args.dir.to_string_lossy())
    })?;
    let lang = lang.unwrap_or(record.state.plan().meeting.language);
    let sealed = is_sealed(&args.dir);
    let telling = Telling { lang, zone: &TimeZone::system(), sealed };
    let text = match args.format {
        Format::Md => minutes::markdown(&record, &telling),
        Format::Html => minutes::html(&record, &telling),
        Format::Csv => Results::of(&record).csv(),
        Format::EvaluationsCsv => Results::of(&record).evaluations_csv(),
        Format::OpinionsCsv => Results::of(&record).opinions_csv(),
        Format::ExamCsv => Results::of(&record).exams_csv(),
        Format::SittingsCsv => Results::of(&record).sittings_csv(),
        Format::FollowUpsCsv => Results::of(&record).follow_ups_csv(),
        Format::Json => Results::of(&record).json(),
    };
    if !sealed {
        out::warn(words::unsealed(lang));
    }
    out::print(&text)?;
    Ok(ExitCode::SUCCESS)
}
