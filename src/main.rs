//! `plenum`: parse the arguments, do what they say, show the chain of what went wrong. The map of the code is in
//! `lib.rs`; each subcommand is a file of `cli`.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = plenum::cli::Cli::parse();
    let lang = cli.lang;
    plenum::cli::run(cli).unwrap_or_else(|error| plenum::cli::failed(&error, lang))
}
