//! A second browser: Firefox, where it is or can be installed. Tests that need it say so where it is not.

use super::{Found, debian};
use crate::process;
use anyhow::Result;
use std::path::PathBuf;

/// Names the browser's program, for machines where it isn't found.
pub(crate) const VARIABLE: &str = "POSTPROOF_FIREFOX";

const NAMES: &[&str] = &["firefox-esr", "firefox"];
const FOLDERS: &[&str] =
    &["/usr/bin", "/Applications/Firefox.app/Contents/MacOS", "C:\\Program Files\\Mozilla Firefox"];
const PACKAGES: &[&str] = &["firefox-esr"];

/// Finds Firefox, or installs Debian's as root. Not being able to install it fails nothing: the first browser is there.
pub(crate) fn set_up() -> Result<Found> {
    if installed().is_none()
        && debian::can_install()
        && let Err(error) = debian::install(PACKAGES)
    {
        return Ok(Found::Without(format!("Firefox: none, and it cannot be installed: {error:#}")));
    }
    Ok(match installed() {
        Some(found) => Found::Ready(found.display().to_string()),
        None => Found::Without(format!(
            "Firefox: none, so the page is tried in one browser only; as root: {}",
            debian::command(PACKAGES)
        )),
    })
}

/// The program, if there is one.
pub(crate) fn installed() -> Option<PathBuf> {
    let named = std::env::var_os(VARIABLE).map(PathBuf::from).filter(|file| file.is_file());
    named.or_else(|| NAMES.iter().find_map(|name| process::find(name, FOLDERS)))
}
