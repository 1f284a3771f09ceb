//! One WebAssembly module: compiled, bound to its JavaScript glue, optimised.

use crate::process;
use crate::setup::wasm::Toolchain;
use crate::workspace::{WASM_TARGET, Workspace};
use anyhow::{Context, Result};
use cargo_metadata::Metadata;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use wasm_bindgen_cli_support::Bindgen;

/// What a module is made of.
pub(crate) struct Recipe {
    /// The crate, and the bare name that JavaScript imports its glue by.
    pub(crate) package: &'static str,
    profile: &'static str,
    /// What cargo is told about the package's features.
    features: &'static [&'static str],
    /// Flags for rustc.
    flags: &'static [&'static str],
    /// How wasm-opt shall optimise.
    level: &'static str,
}

/// The worker's engine, for projects of tables: what has a main.cf asks the desk's module, which has all of the engine.
pub(crate) const ENGINE: Recipe = Recipe {
    package: "postproof-engine",
    profile: "wasm",
    features: &["--no-default-features"],
    flags: &[],
    level: "-O3",
};
/// The second worker: not in the way of the first verdict, but of whoever waits for a first run of tests.
pub(crate) const DESK: Recipe =
    Recipe { package: "postproof-desk", profile: "wasm", features: &[], flags: &[], level: "-O2" };
/// The page: small before fast. Leptos's views have one type instead of one for each shape, which is less code.
pub(crate) const PAGE: Recipe = Recipe {
    package: "postproof-web",
    profile: "wasm-page",
    features: &[],
    flags: &["--cfg", "erase_components"],
    level: "-Oz",
};

/// A finished module.
pub(crate) struct Module {
    /// The bare name that JavaScript imports it by; `NAME/wasm` is the module's file.
    pub(crate) name: &'static str,
    /// The glue, an ES module.
    pub(crate) glue: PathBuf,
    /// The module itself.
    pub(crate) wasm: PathBuf,
}

impl Recipe {
    /// Makes the module. Binding and optimising are left out when cargo's output is the one of the last time.
    pub(crate) fn make(&self, workspace: &Workspace, toolchain: Toolchain, packages: &Metadata) -> Result<Module> {
        let mut cargo = toolchain.cargo(workspace);
        cargo.args(["--package", self.package, "--lib", "--profile", self.profile]).args(self.features);
        let flags = remap_sources(packages).into_iter().chain(self.flags.iter().copied().map(str::to_owned));
        // Cargo's own separator: a folder's name may hold a space.
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.collect::<Vec<_>>().join("\u{1f}"));
        process::run(&mut cargo, "install Rust from https://rustup.rs")?;

        let file = format!("{}.wasm", self.package.replace('-', "_"));
        let compiled = toolchain.target(workspace).join(WASM_TARGET).join(self.profile).join(file);
        let compiled = fs::read(&compiled).with_context(|| compiled.display().to_string())?;

        let folder = workspace.scratch().join(self.package);
        let module = Module {
            name: self.package,
            glue: folder.join(format!("{}.js", self.package)),
            wasm: folder.join(format!("{}.wasm", self.package)),
        };
        let seen = folder.join("compiled.wasm");
        let recipe = folder.join("recipe.txt");
        let wanted = self.describe(workspace)?;
        if fs::read(&seen).ok().as_ref() == Some(&compiled)
            && fs::read_to_string(&recipe).ok().as_ref() == Some(&wanted)
        {
            return Ok(module);
        }
        super::empty(&folder)?;
        fs::write(&seen, &compiled)?;
        self.bind(compiled, &folder)?;
        self.optimise(workspace, &folder.join(format!("{}_bg.wasm", self.package)), &module.wasm)?;
        // Written last: whatever was interrupted is made again.
        fs::write(&recipe, wanted)?;
        Ok(module)
    }

    /// The optimiser and its setting, to notice when they change. A change of wasm-bindgen changes cargo's output.
    fn describe(&self, workspace: &Workspace) -> Result<String> {
        let binaryen = fs::read_to_string(workspace.root().join("node_modules/binaryen/package.json"))
            .context("binaryen isn't installed; cargo xtask setup installs it")?;
        Ok(format!("wasm-opt {}\n{binaryen}", self.level))
    }

    /// Splits cargo's output into a module and the glue that calls it.
    fn bind(&self, compiled: Vec<u8>, folder: &Path) -> Result<()> {
        let mut bindgen = Bindgen::new();
        bindgen
            .input_bytes(self.package, compiled)
            .web(true)?
            .typescript(false)
            .remove_name_section(true)
            .remove_producers_section(true)
            // The site names the module after its bytes, so the glue can't know its address; the caller passes it.
            .omit_default_module_path(true);
        bindgen.generate(folder).with_context(|| format!("wasm-bindgen can't bind {}", self.package))
    }

    fn optimise(&self, workspace: &Workspace, from: &Path, to: &Path) -> Result<()> {
        let mut node = workspace.node("node_modules/binaryen/bin/wasm-opt");
        node.arg(self.level).arg(from).arg("--output").arg(to);
        process::run(&mut node, "install Node.js from https://nodejs.org")
    }
}

/// Flags that keep this machine's folders out of panic messages, and so out of the module: two machines make the
/// same bytes.
fn remap_sources(packages: &Metadata) -> Vec<String> {
    let folders: BTreeSet<&Path> = packages
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .filter_map(|package| package.manifest_path.parent()?.parent())
        .map(cargo_metadata::camino::Utf8Path::as_std_path)
        .collect();
    folders.into_iter().map(|folder| format!("--remap-path-prefix={}=crates", folder.display())).collect()
}
