//! The browser that the tests drive.

use super::debian;
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::path::PathBuf;

/// Names the browser's program, for machines where it isn't found.
pub(crate) const VARIABLE: &str = "POSTPROOF_CHROMIUM";

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const FOLDERS: &[&str] = &[
    "/usr/bin",
    "/Applications/Chromium.app/Contents/MacOS",
    "C:\\Program Files\\Google\\Chrome\\Application",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application",
];
const MAC_CHROME: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const PACKAGES: &[&str] = &["chromium"];

/// Finds a Chromium or Chrome, Playwright's own included, or installs Debian's as root. Needs the node modules.
pub(crate) fn set_up(workspace: &Workspace) -> Result<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        let named = PathBuf::from(named);
        if !named.is_file() {
            bail!("{VARIABLE} names {}, which is not a file", named.display());
        }
        return Ok(named);
    }
    if let Some(found) = installed(workspace) {
        return Ok(found);
    }
    if debian::can_install() {
        debian::install(PACKAGES)?;
        if let Some(found) = installed(workspace) {
            return Ok(found);
        }
    }
    bail!(
        "no Chromium or Chrome on PATH; install one with: npx playwright install --with-deps chromium (on Debian, as \
         root: {}), or name one in {VARIABLE}",
        debian::command(PACKAGES)
    )
}

fn installed(workspace: &Workspace) -> Option<PathBuf> {
    NAMES
        .iter()
        .find_map(|name| process::find(name, FOLDERS))
        .or_else(|| Some(PathBuf::from(MAC_CHROME)).filter(|file| file.is_file()))
        .or_else(|| playwrights_own(workspace))
}

fn playwrights_own(workspace: &Workspace) -> Option<PathBuf> {
    let mut node = workspace.node("--input-type=module");
    node.args(["--eval", "import { chromium } from 'playwright-core'; console.log(chromium.executablePath());"]);
    let path = process::output(&mut node, "").ok()?;
    Some(PathBuf::from(path.trim())).filter(|file| file.is_file())
}
