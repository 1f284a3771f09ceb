//! Compares the keys of `postmap -h -b -m -q -` with ours, on every file of the folders named.
//!
//! `cargo run --release -p postproof-rules --example oracle_query -- DIR…` prints one line a difference and the figures.
//! Needs Postfix's postmap. `--nasty N` adds N made-up messages of all that is unusual; `--record` takes the messages
//! of `tests/conformance/message` and writes down what postmap prints for them.
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

use std::path::Path;

#[path = "../tests/support/mod.rs"]
mod support;

use support::nasty;
use support::postmap::{self, KeysOfMessage, MODES, Postmap, RecordedKeys};
use support::recorded::escaped;

fn main() {
    let postmap = Postmap::find().expect("postmap");
    let mut messages: Vec<(String, Vec<u8>)> = Vec::new();
    let mut record = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--record" => {
                record = true;
                messages = support::messages();
            }
            "--nasty" => {
                let count: u64 = arguments.next().expect("a number").parse().expect("a number");
                messages.extend((0..count).map(|seed| (format!("made-up message {seed}"), nasty::message(seed))));
            }
            _ => {
                let mut found = Vec::new();
                support::files(Path::new(&argument), &mut found);
                messages
                    .extend(found.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())));
            }
        }
    }
    let (mut keys, mut differences) = (0, 0);
    let mut recorded = RecordedKeys { origin: format!("Postfix {}", postmap.version), answer: Vec::new() };
    for (name, message) in &messages {
        for (option, mode) in MODES {
            let theirs = postmap.output(option, message);
            let (ours, count) = postmap::ours(mode, message);
            keys += count;
            if let Some(difference) = postmap::difference(&ours, &theirs) {
                differences += 1;
                println!("{name} {option}, {difference}");
            }
            // The other options print parts of what these print.
            if matches!(option, "-hq" | "-hbq" | "-hbmq") {
                let (message, option, output) = (name.clone(), option.to_owned(), escaped(&theirs));
                recorded.answer.push(KeysOfMessage { message, option, output });
            }
        }
    }
    if record {
        let text = toml::to_string_pretty(&recorded).expect("TOML");
        std::fs::write(support::data().join("keys.toml"), text).expect("keys.toml");
    }
    println!("{} messages, {} options, {keys} keys, {differences} differences", messages.len(), MODES.len());
    drop(postmap);
    std::process::exit(i32::from(differences > 0));
}
