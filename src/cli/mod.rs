//! The command line: one file a subcommand, each of which only asks another room to do its work and says what came
//! of it. What a script reads goes to standard output, everything else to standard error.

use std::io::IsTerminal;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::words::{Lang, help, room, system};

mod audit;
mod check;
mod console;
mod demo;
mod minutes;
mod new;
mod out;
mod ready;
mod rehearse;
mod seat;
mod seats;
mod slips;
mod standby;
mod verify;
mod why;

/// Secret ballots in the meeting room. / 会场无记名票决。
#[derive(Debug, Parser)]
#[command(name = "plenum", version, max_term_width = 100)]
pub struct Cli {
    /// Language of what is shown: zh or en; otherwise that of the plan, or of the environment
    #[arg(long, global = true, value_name = "zh|en")]
    pub lang: Option<Lang>,
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What `plenum` does.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a session folder: a plan to change, with comments, and materials / 新建会议文件夹
    #[command(after_help = help::NEW)]
    New(new::NewArgs),
    /// Say what will hold, item by item, or every mistake of the plan at once / 检查计划
    #[command(after_help = help::CHECK)]
    Check(check::CheckArgs),
    /// Make each seat's one-time code, and slips to print / 生成席位码并打印
    #[command(after_help = help::SEATS)]
    Seats(seats::SeatsArgs),
    /// Preside: the console at the front, and the hub of the meeting / 主持台
    #[command(after_help = help::CONSOLE)]
    Console(console::ConsoleArgs),
    /// Stand by for the console on a second machine, and take over when the first has failed / 备用机
    #[command(after_help = help::STANDBY, override_usage = help::STANDBY_USAGE)]
    Standby(standby::StandbyArgs),
    /// Sit down: a person's terminal / 席位终端
    #[command(after_help = help::TERMINAL)]
    Terminal(seat::TerminalArgs),
    /// Show the room: big figures and results / 会场大屏
    #[command(after_help = help::DISPLAY)]
    Display(seat::SeatArgs),
    /// Hold the whole meeting with simulated people, in a folder of its own / 演练
    #[command(after_help = help::REHEARSE)]
    Rehearse(rehearse::RehearseArgs),
    /// Try it: a whole meeting on this machine, with you at the console / 试用
    #[command(after_help = help::DEMO)]
    Demo(demo::DemoArgs),
    /// Check everything in an archive again, and name every fault with its place / 核验会议存档
    #[command(after_help = help::VERIFY)]
    Verify(verify::VerifyArgs),
    /// Check a test of a terminal: what it had encrypted / 核对终端检验数据
    #[command(after_help = help::AUDIT)]
    Audit(audit::AuditArgs),
    /// Write the minutes, or the results as a table, to standard output / 输出会议记录或结果
    #[command(after_help = help::MINUTES)]
    Minutes(minutes::MinutesArgs),
}

/// Does what the command line says.
///
/// # Errors
/// What was asked for could not be done; the chain of the error says why.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let lang = cli.lang;
    match cli.verb {
        Verb::New(args) => new::run(args, lang),
        Verb::Check(args) => check::run(args, lang),
        Verb::Seats(args) => seats::run(args, lang),
        Verb::Console(args) => console::run(args, lang),
        Verb::Standby(args) => standby::run(args, lang),
        Verb::Terminal(args) => seat::run(args.seat, seat::Wanted::Terminal(args.audit_dir), lang),
        Verb::Display(args) => seat::run(args, seat::Wanted::Display, lang),
        Verb::Rehearse(args) => rehearse::run(args, lang),
        Verb::Demo(args) => demo::run(args, lang),
        Verb::Verify(args) => verify::run(args, lang),
        Verb::Audit(args) => audit::run(args, lang),
        Verb::Minutes(args) => minutes::run(args, lang),
    }
}

/// Says what went wrong, on standard error.
pub fn failed(error: &anyhow::Error, lang: Option<Lang>) -> ExitCode {
    let lang = lang.unwrap_or_else(environment_language);
    out::warn(&format!("plenum: {}", system::plain(lang, &format!("{error:#}"))));
    ExitCode::FAILURE
}

/// The language that the environment asks for, as programs with locales understand it.
pub fn environment_language() -> Lang {
    let set = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    Lang::from_locale(&locale.unwrap_or_default())
}

/// Asked before anything is begun: a screen needs a terminal for its keys and to draw in.
///
/// # Errors
/// There is none.
fn require_terminal(lang: Lang) -> anyhow::Result<()> {
    let there = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    anyhow::ensure!(there, "{}", room::needs_terminal(lang));
    Ok(())
}

/// What runs the tasks of a hub and of clients.
fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_multi_thread().enable_all().build()?)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    /// Each command says what it is for in both languages, and its example is one that the command takes.
    #[test]
    fn every_help_says_what_the_command_is_for_with_an_example_that_is_taken() {
        let root = Cli::command();
        for command in root.get_subcommands() {
            let name = command.get_name();
            let help = command.get_after_help().unwrap_or_else(|| panic!("{name} says nothing")).to_string();
            let is_chinese = |line: &str| line.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one));
            assert!(help.lines().any(is_chinese), "{name}");
            assert!(help.lines().any(|line| !is_chinese(line) && !line.trim().is_empty()), "{name}");
            let call = format!("plenum {name} ");
            let mut examples = 0;
            for line in help.lines() {
                let Some(at) = line.find(&call) else { continue };
                let words = line[at..].split(" > ").next().unwrap().split_whitespace();
                root.clone().try_get_matches_from(words).unwrap_or_else(|error| panic!("{line}: {error}"));
                examples += 1;
            }
            assert!(examples > 0, "{name} has no example");
        }
    }
}
