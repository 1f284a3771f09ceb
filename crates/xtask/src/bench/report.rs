//! What was measured, as a table: ratios first.

use super::samples::Samples;
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// One comparison.
#[derive(Debug)]
pub(super) struct Row {
    ratio: String,
    what: String,
    beside: String,
    ours: String,
    other: String,
}

impl Row {
    /// How many times faster ours is.
    pub(super) fn against(what: &str, beside: &str, other: &Samples, ours: &Samples) -> Self {
        Self::new(format!("{:.1} times faster", other.median() / ours.median()), what, beside, ours, other)
    }

    /// How many times as long ours takes.
    pub(super) fn slower(what: &str, beside: &str, ours: &Samples, other: &Samples) -> Self {
        Self::new(format!("{:.2} times the time", ours.median() / other.median()), what, beside, ours, other)
    }

    fn new(ratio: String, what: &str, beside: &str, ours: &Samples, other: &Samples) -> Self {
        let shown = |samples: &Samples| format!("{} ±{:.0}%", seconds(samples.median()), 50.0 * samples.spread());
        Self { ratio, what: what.to_owned(), beside: beside.to_owned(), ours: shown(ours), other: shown(other) }
    }
}

fn seconds(seconds: f64) -> String {
    match seconds {
        1.0.. => format!("{seconds:.2} s"),
        1e-3.. => format!("{:.1} ms", seconds * 1e3),
        _ => format!("{:.0} ns", seconds * 1e9),
    }
}

/// All comparisons, and what they were measured with.
#[derive(Debug)]
pub(super) struct Report {
    versions: Vec<String>,
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl Report {
    pub(super) fn new(workspace: &Workspace, postfix: &str, rounds: usize) -> Result<Self> {
        let mut versions = machine(workspace)?;
        versions.push(format!("Beside: {postfix}"));
        versions.push(format!(
            "Medians of {rounds} rounds, each of all programs in turn; ± is half of what lies between the extremes"
        ));
        Ok(Self { versions, rows: Vec::new(), notes: Vec::new() })
    }

    pub(super) fn row(&mut self, row: Row) {
        println!("{}: {} ({}), {} beside {}", row.what, row.ratio, row.beside, row.ours, row.other);
        self.rows.push(row);
    }

    pub(super) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Writes it under `record/`: the commit is the name.
    pub(super) fn keep(&self, workspace: &Workspace) -> Result<PathBuf> {
        let folder = workspace.root().join("record");
        fs::create_dir_all(&folder)?;
        let file = folder.join("lookup.md");
        fs::write(&file, format!("# Lookups\n\nMade by `cargo xtask bench --record`.\n\n{self}\n"))
            .with_context(|| file.display().to_string())?;
        Ok(file)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for version in &self.versions {
            writeln!(f, "- {version}")?;
        }
        writeln!(f, "\n| ratio | what | beside | Postproof | the other |\n|---|---|---|---|---|")?;
        for Row { ratio, what, beside, ours, other } in &self.rows {
            writeln!(f, "| {ratio} | {what} | {beside} | {ours} | {other} |")?;
        }
        self.notes.iter().try_for_each(|note| write!(f, "\n{note}\n"))
    }
}

/// What was measured on, and with what.
pub(super) fn machine(workspace: &Workspace) -> Result<Vec<String>> {
    let rust = process::output(Command::new("rustc").arg("--version"), "it comes with Rust")?;
    let mut git = Command::new("git");
    git.current_dir(workspace.root()).args(["describe", "--always", "--dirty"]);
    let commit = process::output(&mut git, "").unwrap_or_default();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(vec![
        format!("Machine: {}, {threads} threads", processor()),
        format!("Built by: {}", rust.trim()),
        format!("Commit: {}", commit.trim()),
    ])
}

/// The processor, as Linux names it.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    name.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}
