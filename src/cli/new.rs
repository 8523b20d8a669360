//! `plenum new DIR`: a session folder from a template.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::{environment_language, out};
use crate::plan::SessionFolder;
use crate::plan::scaffold::{ScaffoldFault, Template};
use crate::words::{Lang, clerk};

/// What `plenum new` takes.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The session folder to make
    pub dir: PathBuf,
    /// What to start from: nomination, sample (a smaller body), review, both (the two in one meeting), contested,
    /// major-matter, open-vote, deliberation, exam, or joint-meeting
    #[arg(long, default_value_t = Template::Nomination)]
    pub template: Template,
}

/// Makes the folder and says what to do next.
pub fn run(args: NewArgs, lang: Option<Lang>) -> anyhow::Result<ExitCode> {
    let lang = lang.unwrap_or_else(environment_language);
    let folder = SessionFolder::new(args.dir);
    match args.template.write(lang, &folder) {
        Ok(()) => {
            out::say(&clerk::made_folder(lang, &folder))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(ScaffoldFault::InTheWay(path)) => anyhow::bail!("{}", clerk::in_the_way(lang, &path)),
        Err(fault) => Err(fault).context(clerk::no_folder(lang)),
    }
}

#[cfg(test)]
mod tests {
    use clap::Args as _;

    use super::*;

    #[test]
    fn the_help_names_every_template() {
        let help = NewArgs::augment_args(clap::Command::new("new")).render_long_help().to_string();
        for template in Template::ALL {
            assert!(help.contains(template.name()), "{}: {help}", template.name());
        }
    }
}
