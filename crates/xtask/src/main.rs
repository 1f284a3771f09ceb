//! `cargo xtask`: set-up, build, serve, test and oracles, so that a new machine needs Rust, Node and nothing else.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer's tool talks to the terminal")]

mod bench;
mod build;
mod oracle;
mod process;
mod serve;
mod setup;
mod test;
mod workspace;

use anyhow::Result;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::process::ExitCode;
use workspace::Workspace;

fn commands() -> Command {
    let no_build = Arg::new("no-build")
        .long("no-build")
        .action(ArgAction::SetTrue)
        .help("Serve what dist/ holds, without set-up and build");
    let port = Arg::new("port")
        .long("port")
        .value_parser(value_parser!(u16))
        .default_value("8025")
        .help("Port on 127.0.0.1; the next free one if it is taken");
    let open = Arg::new("open").long("open").action(ArgAction::SetTrue).help("Open the page in a browser");
    let only = Arg::new("only")
        .long("only")
        .value_name("STEP")
        .action(ArgAction::Append)
        .value_parser(test::step_names())
        .help("Run this step alone; may be repeated");
    let list = Arg::new("list").long("list").action(ArgAction::SetTrue).help("List the steps and what they check");
    Command::new("cargo xtask")
        .bin_name("cargo xtask")
        .about("Set-up, build, serve, test and oracles of Postproof")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("setup").about("Install what the build and the tests need; quick when nothing is missing"),
        )
        .subcommand(Command::new("build").about("Build the page into dist/, ready for any static host"))
        .subcommand(
            Command::new("serve").about("Set up, build and serve the page on 127.0.0.1").args([port, open, no_build]),
        )
        .subcommand(Command::new("test").about("Set up and run every check").args([only, list]))
        .subcommand(bench::command())
        .subcommand(oracle::command())
}

fn run(matches: &ArgMatches) -> Result<ExitCode> {
    let workspace = Workspace::find()?;
    match matches.subcommand() {
        Some(("setup", _)) => setup::everything(&workspace)?,
        Some(("build", _)) => build::with_setup(&workspace)?,
        Some(("serve", options)) => {
            if !options.get_flag("no-build") {
                build::with_setup(&workspace)?;
            }
            let port = options.get_one::<u16>("port").copied().unwrap_or(serve::DEFAULT_PORT);
            serve::dist(&workspace, port, options.get_flag("open"))?;
        }
        Some(("test", options)) => {
            if options.get_flag("list") {
                test::list();
                return Ok(ExitCode::SUCCESS);
            }
            let only: Vec<&str> =
                options.get_many::<String>("only").into_iter().flatten().map(String::as_str).collect();
            return test::run(&workspace, &only);
        }
        Some(("bench", options)) => return bench::run(&workspace, options),
        Some(("oracle", which)) => return oracle::run(&workspace, which),
        _ => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn main() -> ExitCode {
    match run(&commands().get_matches()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::commands().debug_assert();
    }
}
