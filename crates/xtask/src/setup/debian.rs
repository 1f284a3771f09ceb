//! Packages of Debian, installed where this runs as root on Debian.

use crate::process;
use anyhow::{Result, anyhow};
use std::process::Command;
use std::sync::Once;

const APT_GET: &str = "it belongs to Debian";

/// Whether this is Debian, and which release (`VERSION_ID` of os-release(5)); testing and unstable have none.
pub(super) fn release() -> Option<String> {
    let text = std::fs::read_to_string("/etc/os-release").ok()?;
    let value = |name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
            .map(|value| value.trim_matches('"').to_owned())
    };
    (value("ID")? == "debian").then(|| value("VERSION_ID").unwrap_or_default())
}

/// Whether packages can be installed without asking anyone: Debian, as root.
pub(super) fn can_install() -> bool {
    release().is_some() && is_root()
}

/// Whether this runs as root; never on systems without id(1).
pub(super) fn is_root() -> bool {
    process::output(Command::new("id").arg("-u"), "").is_ok_and(|uid| uid.trim() == "0")
}

/// Whether a package is installed.
pub(super) fn has(package: &str) -> bool {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${db:Status-Abbrev}", package]);
    process::output(&mut query, APT_GET).is_ok_and(|status| status.starts_with("ii"))
}

/// The command that a person would type.
pub(super) fn command(packages: &[&str]) -> String {
    format!("apt-get update && apt-get install -y {}", packages.join(" "))
}

/// Installs packages and what they need, without a question and without what they only recommend.
pub(super) fn install(packages: &[&str]) -> Result<()> {
    static UPDATED: Once = Once::new();
    println!("installing Debian's {}", packages.join(" "));
    let apt_get = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null());
        // Another apt may be at work on a new machine; waiting for it beats failing.
        command.args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300"]);
        command
    };
    let mut updated = Ok(());
    UPDATED.call_once(|| updated = process::output(apt_get().arg("update"), APT_GET).map(drop));
    // An old list of packages may still do.
    if let Err(error) = updated {
        println!("{error:#}");
    }
    process::output(apt_get().args(["install", "--no-install-recommends"]).args(packages), APT_GET)
        .map(drop)
        .map_err(|error| anyhow!("{error:#}\nby hand: {}", command(packages)))
}
