//! A fixed sample of messages through a real Postfix, where there is one.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which runs Postfix"
)]

mod support;

use std::io::Write as _;
use std::path::Path;

use postproof_rules::message::Version;
use support::rule_set::RuleSet;
use support::{live, nasty, private_postfix::PrivatePostfix};

/// How many messages go through each rule set: those written by hand, and made-up ones.
const SAMPLE: usize = 60;

#[test]
fn a_real_postfix_does_the_same() {
    compare_all(&support::data(), "");
    compare_all(&support::strict(), "");
    // What the client says of the body changes nothing.
    compare_all(&support::strict(), " BODY=8BITMIME");
}

fn compare_all(data: &Path, mail_parameters: &str) {
    let sets = RuleSet::all(&data.join("rules"));
    let postfix = match PrivatePostfix::start(&sets) {
        Ok(postfix) => postfix,
        Err(missing) => {
            // Past the test harness, which keeps what passing tests print to itself.
            let mut stdout = std::io::stdout();
            writeln!(stdout, "skipped: message_live, since {}", missing.0).unwrap();
            return;
        }
    };
    let version: Version = postfix.version.parse().unwrap();
    let mut messages = support::messages_in(data);
    let made_up = (0..SAMPLE.saturating_sub(messages.len()) as u64).map(|seed| (format!("made up {seed}"), seed));
    messages.extend(made_up.map(|(name, seed)| (name, nasty::message(seed))));
    let mut differences = String::new();
    for (index, set) in sets.iter().enumerate() {
        let mut checks = set.checks();
        checks.version = version;
        let answers =
            live::ask_with(&postfix, index, mail_parameters, messages.iter().map(|(_, message)| message.as_slice()));
        for (number, ((name, message), answer)) in messages.iter().zip(&answers).enumerate() {
            if let Err(difference) = live::compare(&checks, number, message, answer) {
                differences += &format!("{}: {name}\n{difference}\n", set.name);
            }
        }
    }
    drop(postfix);
    assert!(differences.is_empty(), "{differences}");
}
