//! Fonts for Japanese in screenshots. Nothing fails without them; the pictures show boxes.

use super::{Found, debian};
use crate::process;
use anyhow::Result;
use std::process::Command;

const PACKAGES: &[&str] = &["fonts-noto-cjk"];

/// Installs a Japanese font on Debian as root when fontconfig knows none.
pub(crate) fn set_up() -> Result<Found> {
    if cfg!(any(windows, target_os = "macos")) {
        return Ok(Found::Ready("the system's own".to_owned()));
    }
    if let Some(font) = known() {
        return Ok(Found::Ready(font));
    }
    if debian::has("fonts-noto-cjk") {
        return Ok(Found::Ready("fonts-noto-cjk".to_owned()));
    }
    if debian::can_install() {
        debian::install(PACKAGES)?;
        return Ok(Found::Ready("fonts-noto-cjk".to_owned()));
    }
    Ok(Found::Without(format!("none, Japanese shows as boxes in screenshots; as root: {}", debian::command(PACKAGES))))
}

fn known() -> Option<String> {
    let list = process::output(Command::new("fc-list").args([":lang=ja", "family"]), "").ok()?;
    Some(list.lines().next()?.trim().to_owned())
}
