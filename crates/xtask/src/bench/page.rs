//! The page in a browser, and its engine in WebAssembly beside the same engine as machine code.

use super::RUST;
use super::report::machine;
use super::samples::Samples;
use crate::build;
use crate::process;
use crate::serve;
use crate::setup;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Child, Command};

const NODE: &str = "install Node.js from https://nodejs.org";

/// What is measured in the browser: the samples' name, what they are, in which unit, and what they shall stay below.
const ROWS: &[(&str, &str, Unit, Option<f64>)] = &[
    ("bytes", "transferred before the first verdict", Unit::Kilobytes, Some(350e3)),
    ("first", "navigation to first verdict", Unit::Milliseconds, None),
    ("first-slow", "navigation to first verdict, the page's thread slowed 4 times", Unit::Milliseconds, Some(1.0)),
    ("key-rules", "key press in the rules to painted verdict", Unit::Milliseconds, Some(0.016)),
    ("key-input", "key press in the message to painted verdict", Unit::Milliseconds, Some(0.016)),
    ("task-rules", "longest task of the page while typing in the rules", Unit::Milliseconds, Some(0.05)),
    ("task-input", "longest task of the page while typing in the message", Unit::Milliseconds, Some(0.05)),
    ("task-for-ever", "longest task of the page while a pattern runs for ever", Unit::Milliseconds, Some(0.05)),
];

/// How many times longer WebAssembly may take.
const NATIVE: f64 = 2.0;

#[derive(Clone, Copy, Debug)]
enum Unit {
    Kilobytes,
    Milliseconds,
}

impl Unit {
    fn say(self, value: f64) -> String {
        match self {
            Self::Kilobytes => format!("{:.0} KB", value / 1e3),
            Self::Milliseconds => format!("{:.1} ms", value * 1e3),
        }
    }
}

/// The server of the built site, ended with this.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Measures the site that is built now, prints, and keeps the result if that is wanted.
pub(super) fn run(workspace: &Workspace, rounds: u32, record: bool) -> Result<()> {
    build::with_setup(workspace)?;
    let browser = setup::browser::set_up(workspace)?;
    let build = ["build", "--release", "--package"];
    process::run(workspace.cargo().args(build).args(["postproof-rules", "--example", "measure_lookup"]), RUST)?;
    process::run(workspace.cargo().args(build).args(["postproof-engine", "--example", "measure_evaluate"]), RUST)?;
    let data = workspace.scratch().join("bench");
    fs::create_dir_all(&data)?;
    let examples = workspace.target().join("release/examples");
    process::run(Command::new(examples.join("measure_lookup")).arg("data").arg(&data), RUST)?;

    let mut told = head(workspace, &browser, rounds)?;
    in_browser(workspace, &browser, &data, rounds, &mut told)?;
    beside_native(workspace, &examples.join("measure_evaluate"), &data, rounds, &mut told)?;
    println!("{told}");
    if record {
        let file = workspace.root().join("record/page.md");
        let notes = fs::read_to_string(&file).unwrap_or_default();
        // What people wrote below the tables stays.
        let notes = notes.split_once("\n## ").map_or(String::new(), |(_, notes)| format!("\n## {notes}"));
        fs::write(&file, format!("# The page\n\nMade by `cargo xtask bench --page --record`.\n\n{told}{notes}"))?;
        println!("kept in {}", file.display());
    }
    Ok(())
}

fn head(workspace: &Workspace, browser: &Path, rounds: u32) -> Result<String> {
    let version = |program: &Path| process::output(Command::new(program).arg("--version"), "");
    let mut head = String::new();
    for line in machine(workspace)? {
        writeln!(head, "- {line}")?;
    }
    writeln!(head, "- Browser: {}, without a window", version(browser)?.trim())?;
    writeln!(head, "- Engine beside native: Node.js {}", version(Path::new("node"))?.trim())?;
    writeln!(head, "- Medians of {rounds} rounds; keys: of 40 presses, in 1,000 rules and a message of 100 KB\n")?;
    Ok(head)
}

fn in_browser(workspace: &Workspace, browser: &Path, data: &Path, rounds: u32, told: &mut String) -> Result<()> {
    // Found free now and let go: the server takes it.
    let port = serve::listen(serve::DEFAULT_PORT + 1100)?.local_addr()?.port();
    let mut serve = Command::new(std::env::current_exe().context("this program's file")?);
    serve.current_dir(workspace.root()).args(["serve", "--no-build", "--port", &port.to_string()]);
    let server = Server(serve.stdout(std::process::Stdio::null()).spawn().context("the server")?);
    let mut node = workspace.node("tests/bench/page.js");
    node.arg(format!("http://127.0.0.1:{port}/")).arg(data).arg(rounds.to_string());
    let printed = process::output(node.env(setup::browser::VARIABLE, browser), NODE)?;
    drop(server);
    let samples = samples(&printed)?;
    writeln!(told, "| what | goal | median | 95th percentile | from | to |\n|---|---|---|---|---|---|")?;
    for (name, what, unit, goal) in ROWS {
        let samples = samples.get(*name).with_context(|| format!("{name} was not measured"))?;
        let goal = goal.map_or_else(|| "–".to_owned(), |goal| unit.say(goal));
        let said = [0.5, 0.95, 0.0, 1.0].map(|part| unit.say(samples.percentile(part))).join(" | ");
        writeln!(told, "| {what} | {goal} | {said} |")?;
    }
    writeln!(told, "\nA browser tells of tasks of 50 ms and more only: 0.0 ms is less than that.\n")?;
    Ok(())
}

fn beside_native(workspace: &Workspace, native: &Path, data: &Path, rounds: u32, told: &mut String) -> Result<()> {
    let mut node = workspace.node("tests/bench/engine.js");
    node.arg(workspace.scratch()).arg(data).arg(rounds.to_string());
    let wasm = samples(&process::output(&mut node, NODE)?)?;
    let mut command = Command::new(native);
    command.arg(rounds.to_string());
    let mut projects: Vec<_> = fs::read_dir(data)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    projects.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
    projects.sort();
    let native = samples(&process::output(command.args(projects), RUST)?)?;
    writeln!(
        told,
        "| the engine's work | goal | ratio | WebAssembly, with its border | native |\n|---|---|---|---|---|"
    )?;
    for (name, ours) in &wasm {
        let other = native.get(name).with_context(|| format!("{name} was not measured natively"))?;
        let (ours, other) = (ours.median(), other.median());
        let [wasm, native] = [ours, other].map(|time| Unit::Milliseconds.say(time));
        let name = name.replace('\t', ", ");
        writeln!(told, "| {name} | {NATIVE:.1} | {:.2} times the time | {wasm} | {native} |", ours / other)?;
    }
    Ok(())
}

/// Lines of a name, which may have tabs in it, and a number.
fn samples(printed: &str) -> Result<BTreeMap<String, Samples>> {
    let mut lists: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for line in printed.lines() {
        let (name, value) = line.rsplit_once('\t').with_context(|| format!("no number: {line}"))?;
        lists.entry(name.to_owned()).or_default().push(value.parse().with_context(|| line.to_owned())?);
    }
    lists.into_iter().map(|(name, values)| Ok((name, Samples::new(values)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_read_by_their_names() {
        let read = samples("a\tfirst\t2\nb\t7.5\na\tfirst\t4\n").unwrap();
        assert_eq!(read["a\tfirst"].median(), 3.0);
        assert_eq!(read["b"].percentile(0.95), 7.5);
        assert!(samples("nothing\n").is_err());
    }
}
