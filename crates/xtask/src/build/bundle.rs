//! The page's JavaScript and styles, bundled by esbuild under names that hold a hash of their bytes.

use super::module::Module;
use super::{OFFLINE, offline, shell};
use crate::process;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The worker's script, in the repository. It imports the engine.
const WORKER: &str = "web/editor/worker.js";

/// The second worker's script. It imports the desk.
const DESK: &str = "web/editor/desk_worker.js";

/// The editor's script, in the repository; the page's Rust imports it as `postproof-editor`.
const EDITOR: &str = "web/editor/editor.js";

/// What esbuild made.
pub(super) struct Bundle {
    /// Files by the source that index.html names.
    pub(super) entries: BTreeMap<String, String>,
    /// The worker's script.
    pub(super) worker: String,
    /// What the page's scripts import at once: further scripts.
    pub(super) chunks: Vec<String>,
    /// WebAssembly that the page's scripts fetch.
    pub(super) of_page: Vec<String>,
    /// WebAssembly that only the worker fetches.
    pub(super) of_worker: Vec<String>,
    /// Every source that is in the bundles, relative to the repository.
    pub(super) inputs: Vec<PathBuf>,
}

/// The WebAssembly modules of the site.
pub(super) struct Modules {
    pub(super) engine: Module,
    pub(super) desk: Module,
    pub(super) page: Module,
}

/// Bundles into `folder`: the workers first, as the page's script must know their names, and that of the file `examples`.
pub(super) fn make(
    workspace: &Workspace,
    html: &str,
    modules: &Modules,
    examples: &str,
    folder: &Path,
) -> Result<Bundle> {
    let Modules { engine, desk, page } = modules;
    let worker = Run { workspace, folder, name: "worker" }.esbuild(&[WORKER.to_owned()], |command| {
        alias(command, engine);
        alias(command, desk);
    })?;
    let Some(worker_file) = worker.entries.get(WORKER).cloned() else { bail!("esbuild made no worker of {WORKER}") };
    let second = Run { workspace, folder, name: "desk" }.esbuild(&[DESK.to_owned()], |command| {
        alias(command, desk);
    })?;
    let Some(desk_file) = second.entries.get(DESK).cloned() else { bail!("esbuild made no worker of {DESK}") };
    let mut sources = shell::entry_points(html);
    for icon in offline::icons(workspace)? {
        if !sources.contains(&icon) {
            sources.push(icon);
        }
    }
    let site = Run { workspace, folder, name: "page" }.esbuild(&sources, |command| {
        alias(command, page);
        alias(command, engine);
        command.arg(format!("--alias:postproof-editor=./{EDITOR}"));
        for (name, address) in [
            ("POSTPROOF_WORKER", format!("./{worker_file}")),
            ("POSTPROOF_DESK", format!("./{desk_file}")),
            ("POSTPROOF_OFFLINE", format!("./{OFFLINE}")),
            ("POSTPROOF_EXAMPLES", format!("./{examples}")),
        ] {
            command.arg(format!("--define:{name}={}", Value::from(address)));
        }
    })?;
    // The worker loads the desk's module only for a project that needs more than tables.
    let later = |module: &String| site.modules.contains(module) || second.modules.contains(module);
    let of_worker = worker.modules.iter().filter(|module| !later(module)).cloned().collect();
    let inputs = worker.inputs.into_iter().chain(second.inputs).chain(site.inputs);
    let inputs: BTreeSet<PathBuf> = inputs.collect();
    Ok(Bundle {
        entries: site.entries,
        worker: worker_file,
        chunks: site.chunks,
        of_page: site.modules,
        of_worker,
        inputs: inputs.into_iter().collect(),
    })
}

impl Bundle {
    /// Whether a file is among those that load before the first verdict.
    pub(super) fn loads_first(&self, file: &str) -> bool {
        let lists = [&self.chunks, &self.of_page, &self.of_worker];
        // Pictures come when the page is there.
        if file.ends_with(".png") {
            return false;
        }
        file == self.worker
            || self.entries.values().any(|entry| entry == file)
            || lists.into_iter().flatten().any(|other| other == file)
    }
}

/// Lets JavaScript import a module's glue and file by name.
fn alias(command: &mut Command, module: &Module) {
    command.arg(format!("--alias:{}/wasm={}", module.name, module.wasm.display()));
    command.arg(format!("--alias:{}={}", module.name, module.glue.display()));
}

struct Run<'a> {
    workspace: &'a Workspace,
    folder: &'a Path,
    name: &'a str,
}

struct Made {
    entries: BTreeMap<String, String>,
    chunks: Vec<String>,
    modules: Vec<String>,
    inputs: Vec<PathBuf>,
}

impl Run<'_> {
    fn esbuild(&self, entries: &[String], settings: impl FnOnce(&mut Command)) -> Result<Made> {
        let metafile = self.workspace.scratch().join(format!("{}.json", self.name));
        let mut node = self.workspace.node("node_modules/esbuild/bin/esbuild");
        node.args(entries)
            .args(["--bundle", "--minify", "--format=esm", "--splitting", "--target=es2022", "--charset=utf8"])
            // Licences are gathered in one file beside the bundles.
            .args(["--legal-comments=none", "--log-level=warning"])
            .args(["--loader:.wasm=file", "--loader:.woff2=file", "--loader:.svg=copy", "--loader:.png=copy"])
            .args(["--loader:.ico=copy", "--loader:.webmanifest=copy"])
            .args(["--entry-names=[name]-[hash]", "--asset-names=[name]-[hash]", "--chunk-names=[name]-[hash]"])
            .arg(format!("--outdir={}", self.folder.display()))
            .arg(format!("--metafile={}", metafile.display()));
        settings(&mut node);
        process::run(&mut node, "install Node.js from https://nodejs.org")?;
        let meta = fs::read_to_string(&metafile).context("esbuild's list of what it made")?;
        read(&serde_json::from_str(&meta)?).context("esbuild's list of what it made")
    }
}

/// Reads esbuild's metafile. Paths in it are relative to the repository.
fn read(meta: &Value) -> Result<Made> {
    let outputs = meta["outputs"].as_object().context("no outputs")?;
    let mut made = Made { entries: BTreeMap::new(), chunks: Vec::new(), modules: Vec::new(), inputs: Vec::new() };
    let mut copied = BTreeMap::new();
    for (path, output) in outputs {
        let file = name(path);
        if file.ends_with(".wasm") {
            made.modules.push(file.clone());
        }
        if let Some(entry) = output["entryPoint"].as_str() {
            made.entries.insert(entry.to_owned(), file.clone());
            for import in output["imports"].as_array().into_iter().flatten() {
                if let (Some(chunk), Some("import-statement")) = (import["path"].as_str(), import["kind"].as_str()) {
                    made.chunks.push(name(chunk));
                }
            }
        }
        for (input, _) in output["inputs"].as_object().into_iter().flatten() {
            made.inputs.push(input.into());
            copied.insert(input.clone(), file.clone());
        }
    }
    // A file that is only copied has an output of its own, with itself as the only input, and no entry point.
    for (input, file) in copied {
        made.entries.entry(input).or_insert(file);
    }
    made.modules.sort();
    Ok(made)
}

/// A path's last part.
fn name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_esbuild_made_is_read_from_its_own_list() {
        let meta = serde_json::json!({"outputs": {
            "target/xtask/site/assets/boot-A.js": {
                "entryPoint": "web/editor/boot.js",
                "imports": [
                    {"path": "target/xtask/site/assets/chunk-B.js", "kind": "import-statement"},
                    {"path": "target/xtask/site/assets/later-C.js", "kind": "dynamic-import"},
                ],
                "inputs": {"web/editor/boot.js": {}, "node_modules/@codemirror/view/dist/index.js": {}},
            },
            "target/xtask/site/assets/chunk-B.js": {"inputs": {}},
            "target/xtask/site/assets/later-C.js": {"entryPoint": "web/editor/later.js", "inputs": {}},
            "target/xtask/site/assets/page-D.wasm": {"inputs": {"target/xtask/page.wasm": {}}},
            "target/xtask/site/assets/icon-E.svg": {"inputs": {"web/icon.svg": {}}},
        }});
        let made = read(&meta).unwrap();
        assert_eq!(made.entries["web/editor/boot.js"], "boot-A.js");
        assert_eq!(made.entries["web/icon.svg"], "icon-E.svg");
        assert_eq!(made.chunks, ["chunk-B.js"]);
        assert_eq!(made.modules, ["page-D.wasm"]);
        assert!(made.inputs.contains(&"node_modules/@codemirror/view/dist/index.js".into()));
    }

    #[test]
    fn a_list_of_another_shape_is_an_error() {
        assert!(read(&serde_json::json!({})).is_err());
    }
}
