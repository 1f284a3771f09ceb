//! Postfix, whose answers the tests compare ours with. Tests that need it say so and are skipped where it is missing.

use super::{Found, debian};
use crate::process;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;
use std::process::Command;

const PACKAGES: &[&str] = &["postfix", "postfix-pcre"];
const FOLDERS: &[&str] = &["/usr/sbin", "/usr/local/sbin"];

/// Finds postmap with its `pcre:` tables, or installs Debian's Postfix as root: for local mail only, and not started.
pub(crate) fn set_up() -> Result<Found> {
    if let Some(version) = installed() {
        return Ok(Found::Ready(version));
    }
    if !debian::can_install() {
        return Ok(Found::Without(missing()));
    }
    // Postfix asks what kind of mail server this machine shall be. A machine that only runs tests shall be none that
    // others can reach.
    let mut seeds = Command::new("sh");
    seeds.args(["-c", "echo 'postfix postfix/main_mailer_type select Local only' | debconf-set-selections"]);
    process::output(&mut seeds, "it belongs to Debian")?;
    let not_started = NoServices::declare()?;
    debian::install(PACKAGES)?;
    drop(not_started);
    let version =
        installed().context("Debian's postfix and postfix-pcre are installed, but postmap has no pcre: tables")?;
    Ok(Found::Ready(version))
}

/// What goes without, for the report of a test run.
pub(crate) fn missing() -> String {
    format!("no postmap with regexp: and pcre: tables, tests against Postfix are skipped; {}", how_to_install())
}

/// What installs Postfix where it is missing.
pub(crate) fn how_to_install() -> String {
    format!("on Debian, as root: {}", debian::command(PACKAGES))
}

/// The installed Postfix's version, if it has the tables that the tests ask about.
pub(crate) fn installed() -> Option<String> {
    process::find("postmap", FOLDERS)?;
    let postconf = process::find("postconf", FOLDERS)?;
    let types = process::output(Command::new(&postconf).arg("-m"), "").ok()?;
    if !["regexp", "pcre", "cidr"].iter().all(|wanted| types.lines().any(|line| line.trim() == *wanted)) {
        return None;
    }
    let version = process::output(Command::new(&postconf).args(["-h", "mail_version"]), "").ok()?;
    Some(format!("Postfix {}", version.trim()))
}

/// Debian starts a service when its package is installed, unless a policy says no. Says no while it lives.
struct NoServices {
    ours: bool,
}

const POLICY: &str = "/usr/sbin/policy-rc.d";

impl NoServices {
    fn declare() -> Result<Self> {
        // The machine's own policy stays.
        if Path::new(POLICY).exists() {
            return Ok(Self { ours: false });
        }
        fs::write(POLICY, "#!/bin/sh\nexit 101\n").context(POLICY)?;
        let declared = Self { ours: true };
        process::run(Command::new("chmod").args(["0755", POLICY]), "it belongs to Debian")?;
        Ok(declared)
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.ours {
            // Nothing more can be done about a file that is gone already.
            let _ = fs::remove_file(POLICY);
        }
    }
}
