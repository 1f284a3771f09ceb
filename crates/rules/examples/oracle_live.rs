//! Compares what a real Postfix does to messages with what we say, under several rule sets.
//!
//! `cargo run --release -p postproof-rules --example oracle_live -- --mail DIR --rules DIR` prints the differences and
//! the figures. Needs Postfix, and root. `--nasty N` adds N made-up messages of all that is unusual; `--set NAME` keeps
//! to one rule set; `--record FOLDER` sends the messages of that folder, `tests/conformance/message` or its `strict`, under
//! the rule sets beside them, and writes down what becomes of them. `--parameters TEXT` goes behind the sender's address:
//! `BODY=8BITMIME`.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    unreachable_pub,
    missing_docs,
    reason = "a tool for developers, which reads files and runs Postfix"
)]

use std::path::{Path, PathBuf};

#[path = "../tests/support/mod.rs"]
mod support;

use postproof_rules::message::Version;
use support::live;
use support::nasty;
use support::private_postfix::PrivatePostfix;
use support::recorded::{Recorded, RecordedAnswer};
use support::rule_set::RuleSet;

fn main() {
    let mut messages: Vec<(String, Vec<u8>)> = Vec::new();
    let mut rules = support::data().join("rules");
    let mut record = None;
    let mut only = None;
    let mut parameters = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let value = arguments.next().unwrap_or_else(|| panic!("{option} needs a value"));
        match option.as_str() {
            "--mail" => {
                let mut found = Vec::new();
                support::files(Path::new(&value), &mut found);
                messages
                    .extend(found.into_iter().map(|path| (path.display().to_string(), std::fs::read(&path).unwrap())));
            }
            "--nasty" => {
                let count: u64 = value.parse().expect("a number");
                messages.extend((0..count).map(|seed| (format!("made-up message {seed}"), nasty::message(seed))));
            }
            "--rules" => rules = value.into(),
            "--record" => {
                let data = PathBuf::from(value);
                messages = support::messages_in(&data);
                rules = data.join("rules");
                record = Some((data, Vec::new()));
            }
            "--parameters" => parameters = format!(" {value}"),
            "--set" => only = Some(value),
            _ => panic!("no such option: {option}"),
        }
    }
    let mut sets = RuleSet::all(&rules);
    sets.retain(|set| only.as_ref().is_none_or(|only| *only == set.name));
    let postfix = PrivatePostfix::start(&sets).unwrap_or_else(|missing| panic!("{}", missing.0));
    let version: Version = postfix.version.parse().unwrap_or_default();
    let mut differences = 0;
    for (index, set) in sets.iter().enumerate() {
        let mut checks = set.checks();
        checks.version = version;
        checks.bounds.events = usize::MAX;
        checks.bounds.event_bytes = usize::MAX;
        let answers =
            live::ask_with(&postfix, index, &parameters, messages.iter().map(|(_, message)| message.as_slice()));
        let before = differences;
        let mut lines = 0;
        for (number, ((name, message), answer)) in messages.iter().zip(&answers).enumerate() {
            lines += answer.log.len();
            let second = live::compare(&checks, number, message, answer).unwrap_or_else(|difference| {
                differences += 1;
                println!("{}: {name} ({})\n{difference}", set.name, answer.queue_id);
                answer.seconds.0
            });
            if let Some((_, record)) = &mut record {
                record.push(RecordedAnswer::of(name, &set.name, number, second, answer));
            }
        }
        let count = |test: &dyn Fn(&live::Answer) -> bool| answers.iter().filter(|answer| test(answer)).count();
        println!(
            "{}: {} messages, {} refused, {} held, {} discarded, {lines} lines logged, {} differences",
            set.name,
            answers.len(),
            count(&|answer| !answer.reply.starts_with(b"2")),
            count(&|answer| answer.held),
            count(&|answer| answer.discarded),
            differences - before
        );
    }
    println!(
        "Postfix {}: {} messages, {} rule sets, {differences} differences",
        postfix.version,
        messages.len(),
        sets.len()
    );
    if let Some((data, answers)) = record {
        let recorded = Recorded { origin: format!("Postfix {}", postfix.version), answers };
        let text = toml::to_string_pretty(&recorded).expect("TOML");
        std::fs::write(data.join("recorded.toml"), text).expect("recorded.toml");
    }
    drop(postfix);
    std::process::exit(i32::from(differences > 0));
}
