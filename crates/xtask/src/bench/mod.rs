//! How fast lookups are, beside the machine's postmap, in one run: medians, how far rounds lie apart, and ratios.
//!
//! | idea | file |
//! |---|---|
//! | what is measured | here |
//! | a program's time, round by round | [`samples`] |
//! | real tables | [`corpus`] |
//! | the page, and its engine beside native code | [`page`] |
//! | the table, and where it is kept | [`report`] |

mod corpus;
mod page;
mod report;
mod samples;

use crate::process;
use crate::setup;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use report::{Report, Row};
use samples::{Program, Samples, alternately};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const RUST: &str = "install Rust from https://rustup.rs";

/// The command line.
pub(crate) fn command() -> Command {
    Command::new("bench")
        .about("Measure lookups beside postmap, in one run")
        .arg(
            Arg::new("rounds")
                .long("rounds")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..))
                .default_value("3")
                .help("How many times each is measured"),
        )
        .arg(
            Arg::new("page")
                .long("page")
                .action(ArgAction::SetTrue)
                .help("Measure the page in a browser instead: bytes, first verdict, key presses, long tasks"),
        )
        .arg(
            Arg::new("record")
                .long("record")
                .action(ArgAction::SetTrue)
                .help("Keep the results under record/, with the machine and the versions"),
        )
}

/// What is measured with, and on what.
struct Bench {
    postmap: PathBuf,
    postproof: PathBuf,
    measure: PathBuf,
    data: PathBuf,
    rounds: usize,
}

/// Measures, and prints.
pub(crate) fn run(workspace: &Workspace, options: &ArgMatches) -> Result<ExitCode> {
    let rounds = options.get_one::<u32>("rounds").copied().unwrap_or(3);
    if options.get_flag("page") {
        page::run(workspace, rounds, options.get_flag("record"))?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(postfix) = setup::oracle::installed() else {
        bail!("there is no postmap to measure beside; {}", setup::oracle::how_to_install())
    };
    let postmap = process::find("postmap", &["/usr/sbin", "/usr/local/sbin"]).context("postmap")?;
    let build = ["build", "--release", "--package"];
    process::run(workspace.cargo().args(build).args(["postproof-cli"]), RUST)?;
    process::run(workspace.cargo().args(build).args(["postproof-rules", "--example", "measure_lookup"]), RUST)?;
    let release = workspace.target().join("release");
    let bench = Bench {
        postmap,
        postproof: release.join("postproof"),
        measure: release.join("examples/measure_lookup"),
        data: workspace.scratch().join("bench"),
        rounds: usize::try_from(rounds)?,
    };
    fs::create_dir_all(&bench.data)?;
    process::run(std::process::Command::new(&bench.measure).arg("data").arg(&bench.data), RUST)?;
    let mut report = Report::new(workspace, &postfix, bench.rounds)?;
    bench.in_process(&mut report)?;
    bench.programs(&mut report)?;
    match std::env::var_os("POSTPROOF_CORPUS") {
        Some(folder) => corpus::measure(&bench, Path::new(&folder), &mut report)?,
        None => report.note("Real tables were not measured: POSTPROOF_CORPUS names no folder of them."),
    }
    println!("{report}");
    if options.get_flag("record") {
        println!("kept in {}", report.keep(workspace)?.display());
    }
    Ok(ExitCode::SUCCESS)
}

impl Bench {
    /// Lookups in one thread of one process, and S25R's rules through postmap beside them.
    fn in_process(&self, report: &mut Report) -> Result<()> {
        let rounds = self.rounds.to_string();
        let mut measure = std::process::Command::new(&self.measure);
        let printed = process::output(measure.arg("run").arg(&self.data).arg(rounds), RUST)?;
        let of = |name: &str| -> Result<Samples> {
            let lines = printed.lines().map(|line| line.split('\t').collect::<Vec<_>>());
            let times = lines.filter(|line| line.first() == Some(&name));
            let times = times.map(|line| Ok(line.get(1).context("no time")?.parse::<f64>()? * 1e-9));
            Samples::new(times.collect::<Result<_>>()?)
        };
        let keys = 1e6;
        let (bare, s25r) = (of("bare")?.times(keys), of("s25r")?.times(keys));
        let name = "1,000,000 hosts, S25R, one thread, lookups alone";
        let postmap = alternately(self.rounds, &mut [self.postmap("regexp", "s25r", "hosts-1000000")])?;
        report.row(Row::against(name, "postmap regexp:", postmap.first().context("postmap")?, &s25r));
        report.row(Row::slower(name, "a bare dense automaton", &s25r, &bare));
        let name = "a host through 10,000 white-list rules and S25R";
        report.row(Row::slower(name, "through 1,000", &of("white-10000")?, &of("white-1000")?));
        Ok(())
    }

    /// Whole programs, their start and the reading of tables included.
    fn programs(&self, report: &mut Report) -> Result<()> {
        let hosts = "1,000,000 hosts, S25R, one thread, whole program";
        self.pair(report, hosts, "regexp", "s25r", "hosts-1000000", true)?;
        for kind in ["regexp", "pcre"] {
            let hosts = "100,000 hosts, 1,000 white-list rules and S25R";
            self.pair(report, hosts, kind, "white-1000", "hosts-100000", false)?;
        }
        for kind in ["regexp", "pcre"] {
            let name = "a message of 100 KB, 1,000 body rules";
            let postmap = self.postmap(kind, "body-1000", "message").with("-bm");
            let ours = self.postproof(kind, "body-1000", "message").with("-b").with("-m");
            self.beside(report, name, kind, postmap, ours)?;
        }
        for kind in ["regexp", "pcre"] {
            let name = "a table of 10,000 rules, one key";
            let key = "mail.example.com";
            let table = self.data.join("white-10000");
            let postmap = Program::of(&self.postmap).with("-q").with(key).with_table(kind, &table);
            let ours = Program::of(&self.postproof).with("query").with("-q").with(key).with_table(kind, &table);
            self.beside(report, name, kind, postmap, ours)?;
        }
        Ok(())
    }

    fn pair(&self, report: &mut Report, name: &str, kind: &str, table: &str, keys: &str, one: bool) -> Result<()> {
        let postmap = self.postmap(kind, table, keys);
        let mut ours = self.postproof(kind, table, keys);
        ours.one_thread = one;
        self.beside(report, name, kind, postmap, ours)
    }

    fn beside(&self, report: &mut Report, name: &str, kind: &str, postmap: Program, ours: Program) -> Result<()> {
        let times = alternately(self.rounds, &mut [postmap, ours])?;
        let [theirs, ours] = times.as_slice() else { bail!("two programs have two times") };
        report.row(Row::against(name, &format!("postmap {kind}:"), theirs, ours));
        Ok(())
    }

    /// postmap with keys of a file, and the table last.
    fn postmap(&self, kind: &str, table: &str, keys: &str) -> Program {
        Program::of(&self.postmap)
            .with("-q")
            .with("-")
            .with_table(kind, &self.data.join(table))
            .keys(self.data.join(keys))
    }

    fn postproof(&self, kind: &str, table: &str, keys: &str) -> Program {
        let query = Program::of(&self.postproof).with("query").with("-q").with("-");
        query.with_table(kind, &self.data.join(table)).keys(self.data.join(keys))
    }
}
