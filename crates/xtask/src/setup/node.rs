//! The npm packages: esbuild and wasm-opt for the build, Playwright for the tests, CodeMirror for the page.

use super::Found;
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::process::Command;

/// The oldest Node whose APIs the tools need, as in package.json.
const OLDEST_NODE: u32 = 20;
const INSTALL_NODE: &str = "install Node.js 20 or newer with npm from https://nodejs.org";

/// Installs the packages that package-lock.json names, when it changed since the last time.
pub(crate) fn set_up(workspace: &Workspace) -> Result<Found> {
    let version = process::output(Command::new("node").arg("--version"), INSTALL_NODE)?;
    let version = version.trim();
    if major(version).is_none_or(|major| major < OLDEST_NODE) {
        bail!("node is {version}, too old; {INSTALL_NODE}");
    }
    let lock = fs::read(workspace.root().join("package-lock.json")).context("package-lock.json")?;
    // npm empties node_modules first: an interrupted installation has no copy of the lock.
    let installed = workspace.root().join("node_modules/.installed-package-lock.json");
    if fs::read(&installed).ok().as_ref() != Some(&lock) {
        let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
        npm.current_dir(workspace.root()).args(["ci", "--no-fund", "--no-audit", "--loglevel=error"]);
        process::run(&mut npm, INSTALL_NODE)?;
        fs::write(&installed, &lock).context("node_modules")?;
    }
    Ok(Found::Ready(format!("as package-lock.json says, node {version}")))
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_version_has_a_major_number() {
        assert_eq!(super::major("v20.20.2"), Some(20));
        assert_eq!(super::major("unknown"), None);
    }
}
