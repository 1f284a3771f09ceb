//! Programs and users of this machine, as a Postfix of the test's own needs them.

use std::fs;
use std::process::{Command, Output};

/// What a program prints; none where it cannot be run.
pub fn run(program: &str, arguments: &[&str]) -> Option<Output> {
    Command::new(program).args(arguments).env("TZ", "UTC").output().ok()
}

/// What it printed, without the white space around it.
pub fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// A user's or group's number, from a file such as /etc/passwd.
pub fn id(file: &str, name: &str) -> Option<u32> {
    let lines = fs::read_to_string(file).ok()?;
    lines.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')?.split(':').nth(1)?.parse().ok())
}
