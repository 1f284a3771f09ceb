//! The oracles: programs and tests that ask those whose answers ours must be. Each prints its figures, and fails where it
//! finds a difference, or where whom it should ask is not there.

use crate::process;
use crate::setup;
use crate::test::SKIPPED;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};

const RUST: &str = "install Rust from https://rustup.rs";

/// The command line: one subcommand for each oracle.
pub(crate) fn command() -> Command {
    let cases = |default: &'static str| {
        Arg::new("cases")
            .long("cases")
            .value_name("N")
            .value_parser(value_parser!(u64).range(1..))
            .default_value(default)
            .help("How many random cases")
    };
    let seed = Arg::new("seed")
        .long("seed")
        .value_name("N")
        .value_parser(value_parser!(u64))
        .help("Repeats the run that printed this seed");
    let folder = |name: &'static str| {
        Arg::new(name).long(name).value_name("DIR").value_parser(value_parser!(PathBuf)).action(ArgAction::Set)
    };
    let messages = Arg::new("folders")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .num_args(1..)
        .required(true)
        .help("Messages, one a file, folders below included");
    Command::new("oracle")
        .about("Compare answers with those of Postfix, the C library or PCRE2")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("regexp")
                .about("Random patterns and keys: the C library's regcomp and regexec")
                .args([cases("1000000"), seed.clone()]),
        )
        .subcommand(
            Command::new("pcre").about("Random patterns and keys: PCRE2").args([cases("1000000"), seed.clone()]),
        )
        .subcommand(
            Command::new("postmap").about("Tables of every kind: postmap's output, warnings and exit status").args([
                cases("1000"),
                seed.clone(),
                folder("corpus").help(
                    "Then real tables, too: below tables/, with messages below mail/ and hosts' names in hostnames.txt",
                ),
            ]),
        )
        .subcommand(
            Command::new("live").about("Messages through header and body checks: a private Postfix; needs root").args(
                [
                    folder("mail").required(true).help("Messages, one a file, folders below included"),
                    folder("rules").help("A folder for each rule set [default: the conformance data's]"),
                ],
            ),
        )
        .subcommand(
            Command::new("smtp")
                .about("Made-up SMTP sessions over made-up configurations: a private Postfix; needs root")
                .arg(
                    Arg::new("sessions")
                        .long("sessions")
                        .value_name("N")
                        .value_parser(value_parser!(u64).range(1..))
                        .default_value("2000")
                        .help("How many sessions"),
                )
                .arg(
                    Arg::new("configs")
                        .long("configs")
                        .value_name("N")
                        .value_parser(value_parser!(u64).range(1..))
                        .default_value("40")
                        .help("Over how many configurations"),
                )
                .arg(seed),
        )
        .subcommand(Command::new("query").about("The keys of messages: postmap -h -b -m -q -").arg(messages))
}

/// Asks the oracle that the command line names.
pub(crate) fn run(workspace: &Workspace, which: &ArgMatches) -> Result<ExitCode> {
    let status = match which.subcommand() {
        Some(("regexp", options)) => library(workspace, "oracle_posix", options)?,
        Some(("pcre", options)) => library(workspace, "oracle_pcre", options)?,
        Some(("postmap", options)) => postmap(workspace, options)?,
        Some(("live", options)) => live(workspace, options)?,
        Some(("smtp", options)) => smtp(workspace, options)?,
        Some(("query", options)) => query(workspace, options)?,
        _ => bail!("no such oracle"),
    };
    // A program that a signal ended has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// A program of the rules' crate, built for speed.
fn example(workspace: &Workspace, name: &str) -> std::process::Command {
    let mut cargo = workspace.cargo();
    cargo.args(["run", "--release", "--package", "postproof-rules", "--example", name, "--"]);
    cargo
}

/// An oracle that is a library in the process of the program that asks.
fn library(workspace: &Workspace, name: &str, options: &ArgMatches) -> Result<ExitStatus> {
    if !cfg!(all(target_os = "linux", target_env = "gnu")) {
        bail!("the oracles of patterns need Linux with glibc");
    }
    let mut program = example(workspace, name);
    for option in ["cases", "seed"] {
        if let Some(number) = options.get_one::<u64>(option) {
            program.arg(format!("--{option}")).arg(number.to_string());
        }
    }
    process::status(&mut program, RUST)
}

fn postmap(workspace: &Workspace, options: &ArgMatches) -> Result<ExitStatus> {
    needs_postfix()?;
    let mut cargo = workspace.cargo();
    cargo.args(["test", "--package", "postproof-cli", "--test", "postmap_kinds"]);
    if let Some(corpus) = options.get_one::<PathBuf>("corpus") {
        cargo.args(["--test", "postmap_corpus"]).env("POSTPROOF_CORPUS", folder(corpus)?);
    }
    for (option, variable) in [("cases", "POSTPROOF_CASES"), ("seed", "POSTPROOF_SEED")] {
        if let Some(number) = options.get_one::<u64>(option) {
            cargo.env(variable, number.to_string());
        }
    }
    cargo.args(["--", "--nocapture"]);
    let mut skipped = Vec::new();
    let status = process::heard(&mut cargo, RUST, &mut |line| {
        // With --nocapture, the harness's own words may stand before it on the line.
        skipped.extend(line.split_once(SKIPPED).map(|(_, what)| what.to_owned()));
    })?;
    if !skipped.is_empty() {
        bail!("postmap was not asked: {}", skipped.join("; "));
    }
    Ok(status)
}

fn live(workspace: &Workspace, options: &ArgMatches) -> Result<ExitStatus> {
    needs_postfix()?;
    let mut program = example(workspace, "oracle_live");
    for option in ["mail", "rules"] {
        if let Some(named) = options.get_one::<PathBuf>(option) {
            program.arg(format!("--{option}")).arg(folder(named)?);
        }
    }
    process::status(&mut program, RUST)
}

fn smtp(workspace: &Workspace, options: &ArgMatches) -> Result<ExitStatus> {
    needs_postfix()?;
    let mut program = example(workspace, "oracle_smtp");
    for option in ["sessions", "configs", "seed"] {
        if let Some(number) = options.get_one::<u64>(option) {
            program.arg(format!("--{option}")).arg(number.to_string());
        }
    }
    process::status(&mut program, RUST)
}

fn query(workspace: &Workspace, options: &ArgMatches) -> Result<ExitStatus> {
    needs_postfix()?;
    let mut program = example(workspace, "oracle_query");
    for named in options.get_many::<PathBuf>("folders").into_iter().flatten() {
        program.arg(folder(named)?);
    }
    process::status(&mut program, RUST)
}

/// An oracle that was not asked proves nothing, so its absence is a failure here.
fn needs_postfix() -> Result<()> {
    match setup::oracle::installed() {
        Some(version) => println!("oracle: {version}"),
        None => {
            bail!("Postfix is not asked: no postmap with regexp: and pcre: tables; {}", setup::oracle::how_to_install())
        }
    }
    Ok(())
}

/// A folder with something in it, by its full name: programs run at the repository's root.
fn folder(named: &Path) -> Result<PathBuf> {
    let mut entries = std::fs::read_dir(named).with_context(|| named.display().to_string())?;
    if entries.next().is_none() {
        bail!("{} holds nothing to ask about", named.display());
    }
    std::path::absolute(named).with_context(|| named.display().to_string())
}
