//! The plan of a session folder, as every command that needs one asks for it.

use anyhow::Context;

use super::environment_language;
use crate::plan::{Mistake, Plan, SessionFolder, Unready};
use crate::words::{self, Lang, clerk};

/// A checked plan, or its mistakes; in either case with the language to say so in.
pub enum Ready {
    /// The plan holds.
    Plan(Box<Plan>, Lang),
    /// It does not.
    Mistaken(Vec<Mistake>, Lang),
}

/// Reads the plan of a folder. The language is the one asked for, else the plan's, else the environment's.
///
/// # Errors
/// There is no plan, or it cannot be read.
pub fn read(folder: &SessionFolder, lang: Option<Lang>) -> anyhow::Result<Ready> {
    let without_plan = lang.unwrap_or_else(environment_language);
    match folder.read_plan() {
        Ok(plan) => {
            let lang = lang.unwrap_or(plan.meeting.language);
            Ok(Ready::Plan(Box::new(plan), lang))
        }
        Err(Unready::Mistaken { mistakes, language }) => {
            Ok(Ready::Mistaken(mistakes, lang.or(language).unwrap_or(without_plan)))
        }
        Err(Unready::NoPlan(path)) => anyhow::bail!("{}", clerk::no_plan(without_plan, &path)),
        Err(Unready::Unreadable(path, error)) => {
            Err(error).with_context(|| clerk::unreadable(without_plan, &path))
        }
    }
}

/// The mistakes as a clerk reads them, one below the other.
pub fn listed(mistakes: &[Mistake], lang: Lang) -> String {
    mistakes.iter().map(|mistake| words::plan::mistake(lang, mistake) + "\n").collect()
}
