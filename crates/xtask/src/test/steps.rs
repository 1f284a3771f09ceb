//! What is checked, in order: what is quick and often wrong comes first.

use super::{Outcome, SKIPPED, licences, traces};
use crate::build;
use crate::process;
use crate::serve;
use crate::setup::{self, Found, wasm::Toolchain};
use crate::workspace::Workspace;
use anyhow::{Context, Result, anyhow, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// One check.
pub(super) struct Step {
    pub(super) name: &'static str,
    /// What it checks, for people.
    pub(super) checks: &'static str,
    pub(super) run: fn(&mut State) -> Result<Outcome>,
}

pub(super) const STEPS: &[Step] = &[
    Step { name: "fmt", checks: "the code is formatted", run: fmt },
    Step { name: "clippy", checks: "no warnings, in tests either", run: clippy },
    Step { name: "rust", checks: "unit, documentation and conformance tests", run: rust },
    Step { name: "build", checks: "the site builds", run: build },
    Step { name: "wasm", checks: "the conformance data through the WebAssembly engine in Node", run: wasm },
    Step { name: "e2e", checks: "the page in a real browser", run: e2e },
    Step { name: "licences", checks: "every part states a licence that the site may have", run: licences::check },
    Step { name: "traces", checks: "no file names a registry's host or a folder of one machine", run: traces::check },
];

const RUST: &str = "install Rust from https://rustup.rs";
const NODE: &str = "install Node.js from https://nodejs.org";

/// What steps share: the set-up that some of them need, done once, and what was left out on the way.
pub(super) struct State<'a> {
    workspace: &'a Workspace,
    skipped: Vec<String>,
    toolchain: Option<Toolchain>,
    node: bool,
    built: Option<Result<(), String>>,
}

impl<'a> State<'a> {
    pub(super) fn new(workspace: &'a Workspace) -> Self {
        Self { workspace, skipped: Vec::new(), toolchain: None, node: false, built: None }
    }

    pub(super) fn workspace(&self) -> &'a Workspace {
        self.workspace
    }

    /// What was left out within steps, each once.
    pub(super) fn skipped(&self) -> &[String] {
        &self.skipped
    }

    fn skip(&mut self, what: String) {
        if !self.skipped.contains(&what) {
            self.skipped.push(what);
        }
    }

    /// The npm packages.
    pub(super) fn node_modules(&mut self) -> Result<()> {
        if !self.node {
            setup::node::set_up(self.workspace)?;
            self.node = true;
        }
        Ok(())
    }

    fn toolchain(&mut self) -> Result<Toolchain> {
        if self.toolchain.is_none() {
            let found = setup::wasm::set_up(self.workspace)?;
            println!("{found}");
            self.toolchain = Some(found);
        }
        self.toolchain.context("no toolchain for WebAssembly")
    }

    /// The site, built once however many steps need it.
    fn site(&mut self) -> Result<()> {
        if self.built.is_none() {
            let toolchain = self.toolchain()?;
            self.node_modules()?;
            self.built = Some(build::site(self.workspace, toolchain).map_err(|error| format!("{error:#}")));
        }
        match &self.built {
            Some(Err(error)) => Err(anyhow!("the site doesn't build: {error}")),
            _ => Ok(()),
        }
    }
}

fn fmt(state: &mut State) -> Result<Outcome> {
    setup::components::set_up(state.workspace)?;
    process::run(state.workspace.cargo().args(["fmt", "--all", "--check"]), RUST)?;
    Ok(Outcome::Passed)
}

fn clippy(state: &mut State) -> Result<Outcome> {
    setup::components::set_up(state.workspace)?;
    let mut cargo = state.workspace.cargo();
    cargo.args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    process::run(&mut cargo, RUST)?;
    Ok(Outcome::Passed)
}

fn rust(state: &mut State) -> Result<Outcome> {
    match setup::oracle::set_up()? {
        Found::Ready(what) => println!("oracle: {what}"),
        Found::Without(why) => state.skip(why),
    }
    let mut cargo = state.workspace.cargo();
    // Output of tests that pass, too: they say what they left out.
    cargo.args(["test", "--workspace", "--no-fail-fast", "--", "--show-output"]);
    heard(&mut cargo, state)?;
    Ok(Outcome::Passed)
}

fn build(state: &mut State) -> Result<Outcome> {
    state.site()?;
    Ok(Outcome::Passed)
}

fn wasm(state: &mut State) -> Result<Outcome> {
    state.site()?;
    let tests = tests_below(&state.workspace.root().join("tests/wasm"), ".test.js")?;
    let modules = state.workspace.scratch();
    let mut node = state.workspace.node("--test");
    node.arg("--test-reporter=spec").args(tests).env("POSTPROOF_MODULES", modules);
    process::run(&mut node, NODE)?;
    Ok(Outcome::Passed)
}

fn e2e(state: &mut State) -> Result<Outcome> {
    state.site()?;
    if let Found::Without(why) = setup::fonts::set_up()? {
        state.skip(why);
    }
    let browser = setup::browser::set_up(state.workspace)?;
    println!("browser: {}", browser.display());
    match setup::firefox::set_up()? {
        Found::Ready(firefox) => println!("and {firefox}"),
        Found::Without(why) => state.skip(why),
    }
    // What the page saves is run by the command.
    process::run(state.workspace.cargo().args(["build", "--package", "postproof-cli"]), RUST)?;
    // Found free now and let go: Playwright starts the server itself.
    let port = serve::listen(serve::DEFAULT_PORT + 1000)?.local_addr()?.port();
    let mut playwright = state.workspace.node("node_modules/@playwright/test/cli.js");
    playwright
        .arg("test")
        .env(setup::browser::VARIABLE, browser)
        .env(setup::firefox::VARIABLE, setup::firefox::installed().unwrap_or_default())
        .env("POSTPROOF_PORT", port.to_string())
        .env("POSTPROOF_XTASK", std::env::current_exe().context("this program's file")?);
    process::run(&mut playwright, NODE)?;
    Ok(Outcome::Passed)
}

/// Test files in a folder. None is an error: a run of no tests would pass.
fn tests_below(folder: &Path, ending: &str) -> Result<Vec<std::path::PathBuf>> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    if files.is_empty() {
        bail!("no tests in {}", folder.display());
    }
    files.sort();
    Ok(files)
}

/// Runs a program, shows what it prints, and remembers what it says it skipped.
fn heard(command: &mut Command, state: &mut State) -> Result<()> {
    let status = process::heard(command, RUST, &mut |line| {
        if let Some(what) = line.strip_prefix(SKIPPED) {
            state.skip(what.to_owned());
        }
    })?;
    if !status.success() {
        bail!("tests failed ({status})");
    }
    Ok(())
}
