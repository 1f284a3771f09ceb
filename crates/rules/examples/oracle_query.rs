//! Compares the keys of `postmap -h -b -m -q -` with ours, on every file of the folders named.
//!
//! `cargo run --release -p postproof-rules --example oracle_query -- DIR…` prints one line a difference and the figures.
//! Needs Postfix's postmap. `--nasty N` adds N made-up messages of all that is unusual.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a tool for developers, which reads files and runs postmap"
)]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use postproof_rules::message::{Limits, QueryMode, query_keys};

#[path = "../tests/support/mod.rs"]
mod support;

use support::nasty;

const MODES: [(&str, QueryMode); 6] = [
    ("-hq", QueryMode { headers: true, body: false, mime: false }),
    ("-hmq", QueryMode { headers: true, body: false, mime: true }),
    ("-bq", QueryMode { headers: false, body: true, mime: false }),
    ("-bmq", QueryMode { headers: false, body: true, mime: true }),
    ("-hbq", QueryMode { headers: true, body: true, mime: false }),
    ("-hbmq", QueryMode { headers: true, body: true, mime: true }),
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn postmap(mode: &str, table: &str, input: &[u8]) -> Vec<u8> {
    let mut child = Command::new("postmap")
        .args([mode, "-", table])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("postmap");
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // postmap stops reading after the headers with -h: what it leaves is no failure.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.stdout
}

fn main() {
    let mut inputs: Vec<(String, Vec<u8>)> = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--nasty" {
            let count: u64 = arguments.next().expect("a number").parse().expect("a number");
            inputs.extend((0..count).map(|seed| (format!("made-up message {seed}"), nasty::message(seed))));
        } else {
            let mut found = Vec::new();
            files(Path::new(&argument), &mut found);
            inputs.extend(found.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())));
        }
    }
    let table = std::env::temp_dir().join(format!("any-{}.regexp", std::process::id()));
    std::fs::write(&table, "/^/ X\n").unwrap();
    let name = format!("regexp:{}", table.display());
    let (mut keys, mut differences) = (0, 0);
    for (input_name, input) in &inputs {
        for (option, mode) in MODES {
            let mut ours = Vec::new();
            for key in query_keys(input, mode, &Limits::default()) {
                ours.extend_from_slice(&key.bytes);
                ours.extend_from_slice(b"\tX\n");
                keys += 1;
            }
            let theirs = postmap(option, &name, input);
            if ours != theirs {
                differences += 1;
                let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
                let around =
                    |bytes: &[u8]| bytes[at.saturating_sub(60)..bytes.len().min(at + 60)].escape_ascii().to_string();
                println!("{input_name} {option}, byte {at}\n  ours   {}\n  theirs {}", around(&ours), around(&theirs));
            }
        }
    }
    std::fs::remove_file(&table).unwrap();
    println!("{} inputs, {} options, {keys} keys, {differences} differences", inputs.len(), MODES.len());
    std::process::exit(i32::from(differences > 0));
}
