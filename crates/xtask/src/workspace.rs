//! Where things are: the repository's root, its target folder, the site.

use crate::process;
use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target that the page and its worker are built for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The repository and the folders that builds write to.
pub(crate) struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

impl Workspace {
    /// Finds the repository that this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        // Cargo says at run time where the package is; the place at compile time may have been moved since.
        let manifest_dir = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let metadata = MetadataCommand::new()
            .current_dir(&manifest_dir)
            .no_deps()
            .exec()
            .context("cargo metadata doesn't say where the workspace is")?;
        Ok(Self { root: metadata.workspace_root.into(), target: metadata.target_directory.into() })
    }

    /// The repository's root.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's target folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What this program itself makes on the way to the site, and its notes about what is up to date.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The static site.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The cargo that runs this program, at the repository's root.
    pub(crate) fn cargo(&self) -> Command {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.current_dir(&self.root);
        // `cargo run` describes this package to this program; to a cargo below, it would look like a changed setting
        // and make it build things again.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_BIN_NAME" {
                command.env_remove(&name);
            }
        }
        command
    }

    /// Node, at the repository's root, running a script of an installed package or of the repository.
    pub(crate) fn node(&self, script: &str) -> Command {
        let mut command = Command::new("node");
        command.current_dir(&self.root).arg(script);
        command
    }

    /// Every package of the workspace and what they depend on for wasm.
    pub(crate) fn packages(&self) -> Result<Metadata> {
        MetadataCommand::new()
            .current_dir(&self.root)
            .other_options(["--filter-platform".to_owned(), WASM_TARGET.to_owned()])
            .exec()
            .context("cargo metadata doesn't say what the workspace depends on")
    }

    /// The files that git keeps, relative to the root; `None` where this isn't a git checkout.
    pub(crate) fn tracked_files(&self) -> Result<Option<Vec<PathBuf>>> {
        if !self.root.join(".git").exists() {
            return Ok(None);
        }
        let mut git = Command::new("git");
        git.current_dir(&self.root).args(["ls-files", "-z"]);
        let list = process::output(&mut git, "install it from https://git-scm.com or with: apt-get install git")?;
        Ok(Some(list.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect()))
    }
}
