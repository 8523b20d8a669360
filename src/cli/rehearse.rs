//! `plenum rehearse DIR`: the whole meeting with simulated people, in a folder of its own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::out;
use super::ready::{self, Ready};
use super::runtime;
use crate::plan::SessionFolder;
use crate::rehearse::{Ending, Rehearsal};
use crate::words::{self, Lang, rehearse as said};

/// What `plenum rehearse` takes.
#[derive(Debug, Args)]
pub struct RehearseArgs {
    /// The session folder whose plan is rehearsed; nothing in it is changed
    pub dir: PathBuf,
    /// The folder to make for the rehearsal
    #[arg(long, value_name = "DIR2")]
    pub out: PathBuf,
    /// Fixes what the simulated people choose and when, and nothing else
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// The last K voters without duties do not sign in
    #[arg(long, value_name = "K", default_value_t = 0)]
    pub absent: usize,
    /// The papers that come back: {"BALLOT ID": [["agree", "disagree", ...], ...]}
    #[arg(long, value_name = "FILE")]
    pub votes: Option<PathBuf>,
    /// What is asked and answered in reviews: {"ITEM": {"OFFICIAL": [{"asker", "text", "answer", "ended", ...}, ...]}};
    /// and what is done about declared results: {"ITEM": [{"objects", "reason", "outcome", "because"}, {"reconsider", ...}]}
    #[arg(long, value_name = "FILE")]
    pub script: Option<PathBuf>,
    /// What is decided on the agenda: [{"at": "ITEM", "add" | "take_off" | "move" | "put_back": "...", "reason", ...}, ...]
    #[arg(long, value_name = "FILE")]
    pub agenda: Option<PathBuf>,
    /// Where the meeting is adjourned to another day, and who stays away: {"absent": [...], "adjourn": [{"after", "days", "at", "reason", "absent"}, ...]}
    #[arg(long, value_name = "FILE")]
    pub sittings: Option<PathBuf>,
    /// Print the minutes as JSON instead of a sentence
    #[arg(long)]
    pub json: bool,
}

/// The exit status when the quorum is missed: the meeting was adjourned and sealed.
const NO_QUORUM: u8 = 3;

/// Holds the rehearsal.
pub fn run(args: RehearseArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let lang = match ready::read(&SessionFolder::new(&args.dir), lang)? {
        Ready::Plan(_, lang) => lang,
        Ready::Mistaken(mistakes, lang) => {
            out::warn(ready::listed(&mistakes, lang).trim_end());
            out::warn(&format!("\n{}", words::plan::mistakes(lang, mistakes.len())));
            return Ok(ExitCode::FAILURE);
        }
    };
    let RehearseArgs { dir: from, out, seed, absent, votes, script, agenda, sittings, json } = args;
    hold(&Rehearsal { from, out, seed, absent, votes, script, agenda, sittings }, json, lang)
}

/// Holds a rehearsal and says how it ended.
pub fn hold(rehearsal: &Rehearsal, json: bool, lang: Lang) -> anyhow::Result<ExitCode> {
    let ending = runtime()?.block_on(rehearsal.hold())?;
    if json {
        out::print(&super::minutes::json(&rehearsal.out)?)?;
    } else {
        out::say(&said::ended(lang, ending, &rehearsal.out))?;
    }
    Ok(match ending {
        Ending::Held => ExitCode::SUCCESS,
        Ending::NoQuorum => ExitCode::from(NO_QUORUM),
    })
}
