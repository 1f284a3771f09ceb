//! The keys that postmap(1) makes of a message.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use postproof_rules::message::{Limits, QueryMode, query_keys};
use serde::{Deserialize, Serialize};

/// postmap's options, and what they are here.
pub const MODES: [(&str, QueryMode); 6] = [
    ("-hq", QueryMode { headers: true, body: false, mime: false }),
    ("-hmq", QueryMode { headers: true, body: false, mime: true }),
    ("-bq", QueryMode { headers: false, body: true, mime: false }),
    ("-bmq", QueryMode { headers: false, body: true, mime: true }),
    ("-hbq", QueryMode { headers: true, body: true, mime: false }),
    ("-hbmq", QueryMode { headers: true, body: true, mime: true }),
];

/// `keys.toml`.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecordedKeys {
    /// Which Postfix it was: `Postfix 3.7.11`.
    pub origin: String,
    pub answer: Vec<KeysOfMessage>,
}

/// What postmap printed for one message, each key a line and `X` after a tab.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeysOfMessage {
    pub message: String,
    pub option: String,
    pub output: String,
}

/// A postmap, and a table that answers every key with X.
pub struct Postmap {
    table: PathBuf,
    pub version: String,
}

impl Postmap {
    /// None where there is no postmap.
    pub fn find() -> Option<Self> {
        let version = Command::new("postconf").args(["-h", "mail_version"]).output().ok()?;
        let table = std::env::temp_dir().join(format!("any-{}.regexp", std::process::id()));
        std::fs::write(&table, "/^/ X\n").ok()?;
        Some(Self { table, version: String::from_utf8_lossy(&version.stdout).trim().to_owned() })
    }

    /// What it prints with these options and this message as its input.
    pub fn output(&self, option: &str, message: &[u8]) -> Vec<u8> {
        let mut child = Command::new("postmap")
            .args([option, "-", &format!("regexp:{}", self.table.display())])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("postmap");
        let mut stdin = child.stdin.take().expect("its input");
        std::thread::scope(|scope| {
            // With -h, postmap stops reading after the headers: what it leaves is no failure.
            scope.spawn(move || drop(stdin.write_all(message)));
            child.wait_with_output().expect("its output").stdout
        })
    }
}

impl Drop for Postmap {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.table);
    }
}

/// What it should print, as we see it, and how many keys that is.
pub fn ours(mode: QueryMode, message: &[u8]) -> (Vec<u8>, usize) {
    let (mut output, mut count) = (Vec::new(), 0);
    for key in query_keys(message, mode, &Limits::default()) {
        output.extend_from_slice(&key.bytes);
        output.extend_from_slice(b"\tX\n");
        count += 1;
    }
    (output, count)
}

/// Where two outputs part, in words for developers.
pub fn difference(ours: &[u8], theirs: &[u8]) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let at = ours.iter().zip(theirs).take_while(|(a, b)| a == b).count();
    let around = |bytes: &[u8]| bytes[at.saturating_sub(60)..bytes.len().min(at + 60)].escape_ascii().to_string();
    Some(format!("byte {at}\n  ours   {}\n  theirs {}", around(ours), around(theirs)))
}
