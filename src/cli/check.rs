//! `plenum check DIR`: what will hold, item by item, or every mistake at once.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::out;
use super::ready::{self, Ready};
use crate::plan::SessionFolder;
use crate::words::{self, Lang, clerk};

/// What `plenum check` takes.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The session folder
    pub dir: PathBuf,
}

/// Says what will hold, or what is wrong; exit status 1 when something is.
pub fn run(args: CheckArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    match ready::read(&SessionFolder::new(args.dir), lang)? {
        Ready::Plan(plan, lang) => {
            out::say(&clerk::heading(lang, &plan))?;
            for (number, item) in (1..).zip(&plan.items) {
                out::say(&format!("\n{}", clerk::item_ready(lang, number, item, &plan)))?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Ready::Mistaken(mistakes, lang) => {
            out::say(ready::listed(&mistakes, lang).trim_end())?;
            out::warn(&format!("\n{}", words::plan::mistakes(lang, mistakes.len())));
            Ok(ExitCode::FAILURE)
        }
    }
}
