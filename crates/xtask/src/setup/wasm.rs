//! A toolchain that builds for WebAssembly: its standard library is what a plain Rust lacks. Three ways, in order.

use super::debian;
use crate::process;
use crate::workspace::{WASM_TARGET, Workspace};
use anyhow::{Result, anyhow, bail};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

/// Chooses one way (`installed`, `rustup` or `debian`) instead of the first that works; for testing the ways.
const VARIABLE: &str = "POSTPROOF_WASM_TOOLCHAIN";

/// A download that doesn't move is given up after this long, and the next way is tried.
const RUSTUP_LIMIT: Duration = Duration::from_secs(180);

/// A second toolchain, complete with the standard library's source. It becomes /usr/bin/cargo and /usr/bin/rustc.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
/// The release that has these packages.
const DEBIAN_RELEASE: &str = "12";
/// Installing them would remove these.
const DEBIAN_CONFLICTS: &[&str] = &["rustc", "cargo", "rustc-mozilla", "cargo-mozilla", "rustup"];
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-22";

/// Which cargo builds for WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that builds everything else; it has the target's standard library.
    Same,
    /// Debian's, which builds the standard library with the crate.
    Debian,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => write!(f, "rustc has the standard library for {WASM_TARGET}"),
            Self::Debian => write!(f, "Debian's rustc-web builds the standard library for {WASM_TARGET}"),
        }
    }
}

impl Toolchain {
    /// Cargo, set up for the target. Flags for rustc are added by the caller.
    pub(crate) fn cargo(self, workspace: &Workspace) -> Command {
        let mut cargo = workspace.cargo();
        cargo.arg("build").args(["--target", WASM_TARGET]).arg("--target-dir").arg(self.target(workspace));
        if self == Self::Debian {
            // The same settings for another program: everything said of rustup's toolchain is taken back.
            let mut debian = Command::new(DEBIAN_CARGO);
            debian.current_dir(workspace.root()).args(cargo.get_args());
            for (name, value) in cargo.get_envs() {
                match value {
                    Some(value) => debian.env(name, value),
                    None => debian.env_remove(name),
                };
            }
            for name in ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTDOC"] {
                debian.env_remove(name);
            }
            debian
                .env("RUSTC", DEBIAN_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                .arg("-Zbuild-std=std,panic_abort");
            return debian;
        }
        cargo
    }

    /// The target folder: each toolchain has its own, or each would throw away what the other built.
    pub(crate) fn target(self, workspace: &Workspace) -> PathBuf {
        match self {
            Self::Same => workspace.target().to_owned(),
            Self::Debian => workspace.root().join("target-debian"),
        }
    }
}

/// Finds a toolchain, or makes one. The error says for each way what is missing and what installs it.
pub(crate) fn set_up(workspace: &Workspace) -> Result<Toolchain> {
    type Way = fn(&Workspace) -> Result<Toolchain>;
    let ways: [(&str, Way); 3] = [("installed", installed), ("rustup", rustup), ("debian", debians)];
    if let Some(chosen) = std::env::var_os(VARIABLE) {
        let Some((_, way)) = ways.iter().find(|(name, _)| *name == chosen) else {
            bail!("{VARIABLE} is {}; it may be installed, rustup or debian", chosen.display());
        };
        return way(workspace);
    }
    // Once Debian's toolchain is there, rustup isn't asked again: where it couldn't help, it may take minutes to say so.
    if has_std(workspace).is_err() && debian_is_complete() {
        return Ok(Toolchain::Debian);
    }
    let mut reasons = format!("no way to build for {WASM_TARGET}:");
    for (name, way) in ways {
        match way(workspace) {
            Ok(toolchain) => return Ok(toolchain),
            Err(error) => reasons.push_str(&format!("\n  {name}: {error:#}")),
        }
    }
    bail!(reasons)
}

/// The first way: rustc has it.
fn installed(workspace: &Workspace) -> Result<Toolchain> {
    has_std(workspace)?;
    Ok(Toolchain::Same)
}

/// The second way: rustup fetches it.
fn rustup(workspace: &Workspace) -> Result<Toolchain> {
    let mut rustup = Command::new("rustup");
    rustup.current_dir(workspace.root()).args(["target", "add", WASM_TARGET]);
    process::run_within(&mut rustup, "install it from https://rustup.rs", RUSTUP_LIMIT)
        .map_err(|error| anyhow!("{error:#} (by hand: rustup target add {WASM_TARGET})"))?;
    installed(workspace)
}

/// The third way: Debian's toolchain for the web.
fn debians(_: &Workspace) -> Result<Toolchain> {
    if !debian_is_complete() {
        let by_hand = debian::command(DEBIAN_PACKAGES);
        match debian::release() {
            Some(release) if release == DEBIAN_RELEASE => {}
            _ => bail!("this isn't Debian {DEBIAN_RELEASE}, where this would do: {by_hand}"),
        }
        if !debian::is_root() {
            bail!("packages {} are missing; as root: {by_hand}", DEBIAN_PACKAGES.join(" "));
        }
        let lost: Vec<&str> = DEBIAN_CONFLICTS.iter().copied().filter(|package| debian::has(package)).collect();
        if !lost.is_empty() {
            bail!("installing {} would remove {}; by hand: {by_hand}", DEBIAN_PACKAGES.join(" "), lost.join(" "));
        }
        debian::install(DEBIAN_PACKAGES)?;
    }
    Ok(Toolchain::Debian)
}

fn debian_is_complete() -> bool {
    Path::new(DEBIAN_LINKER).exists() && DEBIAN_PACKAGES.iter().all(|package| debian::has(package))
}

/// Looks for std where rustc would.
fn has_std(workspace: &Workspace) -> Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut rustc = Command::new(rustc);
    rustc.current_dir(workspace.root()).args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let folder = process::output(&mut rustc, "install Rust from https://rustup.rs")?;
    let folder = Path::new(folder.trim());
    let found = fs::read_dir(folder).into_iter().flatten().flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libstd-") && name.ends_with(".rlib")
    });
    if !found {
        bail!("no standard library for it in {}", folder.display());
    }
    Ok(())
}
