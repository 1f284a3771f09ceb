//! rustfmt and clippy: minimal installations of Rust lack them.

use super::Found;
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Result, bail};
use std::process::Command;
use std::time::Duration;

/// Adds what is missing through rustup.
pub(crate) fn set_up(workspace: &Workspace) -> Result<Found> {
    let missing = || -> Vec<&str> {
        [("rustfmt", "fmt"), ("clippy", "clippy")]
            .into_iter()
            .filter(|(_, command)| !process::answers(workspace.cargo().args([command, "--version"])))
            .map(|(component, _)| component)
            .collect()
    };
    let wanted = missing();
    if !wanted.is_empty() {
        let install = format!("install rustup from https://rustup.rs, then: rustup component add {}", wanted.join(" "));
        let mut rustup = Command::new("rustup");
        process::run_within(rustup.args(["component", "add"]).args(&wanted), &install, Duration::from_secs(300))?;
        let still = missing();
        if !still.is_empty() {
            bail!("{} missing after `rustup component add`", still.join(" and "));
        }
    }
    Ok(Found::Ready("installed".to_owned()))
}
