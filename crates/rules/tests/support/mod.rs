//! What the tests and oracles about messages share.
#![allow(dead_code, unreachable_pub, reason = "each test uses a part of it")]

pub mod live;
pub mod milter;
pub mod nasty;
pub mod postmap;
pub mod private_postfix;
pub mod recorded;
pub mod rule_set;
pub mod smtp_session;
pub mod smtp_sink;
pub mod system;

use std::path::{Path, PathBuf};

/// `tests/conformance/message` of the workspace.
pub fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/message")
}

/// All files below a folder, in the order of their names.
pub fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// Messages, rule sets with parameters of main.cf that are not the defaults, and what Postfix did to the messages.
pub fn strict() -> PathBuf {
    data().join("strict")
}

/// The messages written for these tests, by name.
pub fn messages() -> Vec<(String, Vec<u8>)> {
    messages_in(&data())
}

/// The messages of such a folder, by name.
pub fn messages_in(data: &Path) -> Vec<(String, Vec<u8>)> {
    let folder = data.join("messages");
    let mut messages: Vec<(String, Vec<u8>)> = std::fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| {
            let path = entry.expect("a message").path();
            let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a message"))
        })
        .collect();
    messages.sort();
    assert!(!messages.is_empty(), "no messages in {}", folder.display());
    messages
}
