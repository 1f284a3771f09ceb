//! The site: two WebAssembly modules, the JavaScript around them, the page's shell, and compressed copies of all.

mod bundle;
mod compress;
mod examples;
mod licences;
mod module;
mod offline;
pub(crate) mod shell;
mod sizes;
mod spdx;

use crate::setup;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

pub(crate) use licences::{dependencies, linked};
pub(crate) use spdx::accepted;

/// The folder of everything whose name holds a hash of its bytes, inside the site.
pub(crate) const ASSETS: &str = "assets";

/// The script that keeps the site on the device, at its root: it has a say about what lies beside and below it.
pub(crate) const OFFLINE: &str = "offline.js";

/// Sets up what the build needs, then builds.
pub(crate) fn with_setup(workspace: &Workspace) -> Result<()> {
    let toolchain = setup::wasm::set_up(workspace)?;
    setup::node::set_up(workspace)?;
    site(workspace, toolchain)
}

/// Builds the site into dist/, which is replaced only when all went well.
pub(crate) fn site(workspace: &Workspace, toolchain: setup::wasm::Toolchain) -> Result<()> {
    let packages = workspace.packages()?;
    let engine = module::ENGINE.make(workspace, toolchain, &packages)?;
    let desk = module::DESK.make(workspace, toolchain, &packages)?;
    let page = module::PAGE.make(workspace, toolchain, &packages)?;
    let modules = bundle::Modules { engine, desk, page };

    let stage = workspace.scratch().join("site");
    empty(&stage)?;
    let html = fs::read_to_string(workspace.root().join("index.html")).context("index.html")?;
    let examples = examples::write(workspace, &stage.join(ASSETS))?;
    let bundle = bundle::make(workspace, &html, &modules, &examples, &stage.join(ASSETS))?;
    fs::write(stage.join("index.html"), shell::make(&html, &bundle)?)?;
    licences::write(workspace, &packages, &bundle.inputs, &stage.join("third-party.txt"))?;
    offline::write(workspace, &bundle, &stage)?;
    compress::folder(&stage)?;
    replace(&stage, &workspace.dist())?;
    sizes::print(&workspace.dist(), &bundle)
}

/// Makes a folder that holds nothing.
fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())
}

/// Puts a finished folder in the place of another. A server that serves it meanwhile has a gap of two renames.
fn replace(new: &Path, place: &Path) -> Result<()> {
    let old = new.with_extension("old");
    if old.exists() {
        fs::remove_dir_all(&old).with_context(|| old.display().to_string())?;
    }
    if place.exists() {
        fs::rename(place, &old).or_else(|_| fs::remove_dir_all(place)).context("dist/ can't be replaced")?;
    }
    if fs::rename(new, place).is_err() {
        // The target folder may lie on another file system.
        copy(new, place).context("dist/ can't be written")?;
        fs::remove_dir_all(new)?;
    }
    if old.exists() {
        fs::remove_dir_all(&old)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
