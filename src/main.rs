//! `plenum`: parse the arguments, do what they say, show the chain of what went wrong.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    plenum::cli::run(plenum::cli::Cli::parse()).unwrap_or_else(|error| {
        eprintln!("plenum: {error:#}");
        ExitCode::FAILURE
    })
}
