//! Whose work is in the site, and under which licences: one file beside the page.

use super::module;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, Package, TargetKind};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// One part by others.
pub(crate) struct Part {
    /// Name and version.
    pub(crate) name: String,
    /// Its licence expression.
    pub(crate) licence: String,
    authors: String,
    text: Option<String>,
}

/// The MIT licence's conditions, for packages that state the licence and ship no text of it.
const MIT: &str = "\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the \"Software\"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED \"AS IS\", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.";

/// Writes the file.
pub(super) fn write(workspace: &Workspace, packages: &Metadata, inputs: &[PathBuf], file: &Path) -> Result<()> {
    let mut parts = linked(packages)?;
    parts.push(Part {
        name: "The Rust standard library".to_owned(),
        licence: "MIT OR Apache-2.0".to_owned(),
        authors: "The Rust Project contributors".to_owned(),
        text: None,
    });
    parts.extend(bundled(workspace, inputs)?);

    // Many packages share a text to the letter: each text stands once, under all that it covers.
    let mut by_text: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in parts {
        let text = part.text.unwrap_or_else(|| {
            let authors = if part.authors.is_empty() { "its authors" } else { &part.authors };
            format!("Copyright (c) {authors}\n\n{MIT}")
        });
        by_text.entry(text).or_default().push(format!("{} ({})", part.name, part.licence));
    }
    let mut covered: Vec<(Vec<String>, String)> = by_text.into_iter().map(|(text, names)| (names, text)).collect();
    covered.sort();
    let mut all = "Postproof's page is under the MIT licence or the Apache License 2.0, at your choice.\n\
                   It holds these works of others, with thanks.\n"
        .to_owned();
    for (names, text) in covered {
        write!(all, "\n{}\n{}\n\n{}\n", "-".repeat(100), names.join("\n"), text.trim())?;
    }
    fs::write(file, all).with_context(|| file.display().to_string())
}

/// The crates that are linked into the modules.
pub(crate) fn linked(packages: &Metadata) -> Result<Vec<Part>> {
    let resolve = packages.resolve.as_ref().context("cargo metadata resolved nothing")?;
    let mut queue: Vec<_> = packages
        .workspace_packages()
        .into_iter()
        .filter(|package| {
            [module::ENGINE.package, module::DESK.package, module::PAGE.package].contains(&package.name.as_str())
        })
        .map(|package| &package.id)
        .collect();
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    while let Some(id) = queue.pop() {
        let (true, Some(node)) = (seen.insert(id), resolve.nodes.iter().find(|node| node.id == *id)) else { continue };
        let package = &packages[id];
        // Macros run in the compiler; what they need isn't linked.
        if package.targets.iter().any(|target| target.kind.contains(&TargetKind::ProcMacro)) {
            continue;
        }
        let normal = |dependency: &&cargo_metadata::NodeDep| {
            dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
        };
        queue.extend(node.deps.iter().filter(normal).map(|dependency| &dependency.pkg));
        if package.source.is_some() {
            parts.push(rust(package)?);
        }
    }
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(parts)
}

fn rust(package: &Package) -> Result<Part> {
    let folder = package.manifest_path.parent().context("a package without a folder")?;
    let licence = package.license.clone().unwrap_or_else(|| "see its text".to_owned());
    Ok(Part {
        name: format!("{} {}", package.name, package.version),
        authors: package.authors.join(", "),
        text: text(folder.as_std_path(), &licence)?,
        licence,
    })
}

/// The npm packages that esbuild put into the bundles.
fn bundled(workspace: &Workspace, inputs: &[PathBuf]) -> Result<Vec<Part>> {
    let mut folders = BTreeSet::new();
    for input in inputs {
        let mut names = input.components().map(std::path::Component::as_os_str);
        if names.next().is_none_or(|first| first != "node_modules") {
            continue;
        }
        let mut folder = PathBuf::from("node_modules");
        for name in names {
            folder.push(name);
            // A scope is a folder of packages.
            if !name.to_string_lossy().starts_with('@') {
                break;
            }
        }
        folders.insert(folder);
    }
    folders.into_iter().map(|folder| npm(&workspace.root().join(folder))).collect()
}

/// The npm packages that package.json says the page is made of, and all that these are made of.
pub(crate) fn dependencies(workspace: &Workspace, package: &Value) -> Result<Vec<Part>> {
    let names = |package: &Value| -> Vec<String> {
        package["dependencies"].as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    };
    let mut queue = names(package);
    let mut seen = BTreeSet::new();
    let mut parts = Vec::new();
    while let Some(name) = queue.pop() {
        if seen.insert(name.clone()) {
            let folder = workspace.root().join("node_modules").join(&name);
            queue.extend(names(&description(&folder)?));
            parts.push(npm(&folder)?);
        }
    }
    Ok(parts)
}

fn description(folder: &Path) -> Result<Value> {
    let file = folder.join("package.json");
    let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| file.display().to_string())
}

fn npm(folder: &Path) -> Result<Part> {
    let package = description(folder)?;
    let field = |name: &str| package[name].as_str().unwrap_or_default().to_owned();
    let licence = field("license");
    Ok(Part {
        name: format!("{} {}", field("name"), field("version")),
        authors: package["author"]["name"].as_str().map_or_else(|| field("author"), str::to_owned),
        text: text(folder, &licence)?,
        licence,
    })
}

/// The licence's text that a package ships: MIT's where that is a choice, else all of them.
fn text(folder: &Path, licence: &str) -> Result<Option<String>> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
            ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"].iter().any(|word| name.starts_with(word))
                && path.is_file()
        })
        .collect();
    files.sort();
    let is_mit = |path: &PathBuf| path.to_string_lossy().to_uppercase().ends_with("MIT");
    let choice = !licence.contains("AND");
    if choice && let Some(mit) = files.iter().find(|path| is_mit(path)).cloned() {
        files = vec![mit];
    }
    let mut texts = Vec::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| file.display().to_string())?;
        texts.push(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned());
    }
    Ok((!texts.is_empty()).then(|| texts.join("\n\n")))
}
