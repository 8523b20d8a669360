//! `plenum demo`: the whole meeting on one machine. The person presides; everybody else is simulated, but for one seat
//! that is left free for a real terminal.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::environment_language;
use super::rehearse::hold;
use crate::plan::SessionFolder;
use crate::plan::scaffold::Template;
use crate::rehearse::Rehearsal;
use crate::words::Lang;

/// What `plenum demo` takes.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Without a person or a terminal, to a sealed archive
    #[arg(long)]
    pub auto: bool,
    /// The folder to make; otherwise a temporary one, whose path is printed at the end
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Fixes what the simulated people choose and when, and nothing else
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
}

/// Runs the demo.
pub fn run(args: DemoArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let lang = lang.unwrap_or_else(environment_language);
    let source = tempfile::tempdir().context("temporary folder")?;
    Template::Nomination.write(lang, &SessionFolder::new(source.path().join("plan")))?;
    let out = match args.out {
        Some(out) => out,
        None => tempfile::Builder::new().prefix("plenum-demo-").tempdir()?.keep(),
    };
    let from = source.path().join("plan");
    let rehearsal = Rehearsal { from, out, seed: args.seed, absent: 0, votes: None };
    hold(&rehearsal, false, lang)
}
