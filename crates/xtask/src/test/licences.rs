//! Our own packages are under MIT or Apache-2.0 with both texts beside them; others' work in the site allows that.

use super::Outcome;
use super::steps::State;
use crate::build;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::fs;

const OURS: &str = "MIT OR Apache-2.0";
const TEXTS: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE"];

pub(super) fn check(state: &mut State) -> Result<Outcome> {
    let workspace = state.workspace();
    let mut wrong = Vec::new();
    for text in TEXTS {
        if !workspace.root().join(text).is_file() {
            wrong.push(format!("{text} is missing"));
        }
    }
    let packages = workspace.packages()?;
    for package in packages.workspace_packages() {
        if package.license.as_deref() != Some(OURS) {
            wrong.push(format!("{} says {:?}, not {OURS}", package.manifest_path, package.license));
        }
        if package.description.as_deref().unwrap_or_default().is_empty() {
            wrong.push(format!("{} has no description", package.manifest_path));
        }
    }
    let package = fs::read_to_string(workspace.root().join("package.json")).context("package.json")?;
    let package: Value = serde_json::from_str(&package).context("package.json")?;
    if package["license"] != OURS {
        wrong.push(format!("package.json says {}, not {OURS}", package["license"]));
    }

    let mut others = build::linked(&packages)?;
    state.node_modules()?;
    others.extend(build::dependencies(workspace, &package)?);
    println!("{} parts by others", others.len());
    for part in others {
        if !build::accepted(&part.licence) {
            wrong.push(format!("{} is under {:?}", part.name, part.licence));
        }
    }
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    Ok(Outcome::Passed)
}
