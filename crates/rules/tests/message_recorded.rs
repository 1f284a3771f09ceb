//! What a real Postfix did to messages, kept as data, is what we say it does.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which reads its data"
)]

mod support;

use std::collections::HashMap;
use std::path::Path;

use postproof_rules::message::Version;
use support::live;
use support::recorded::Recorded;
use support::rule_set::RuleSet;

#[test]
fn every_recorded_answer_is_ours() {
    compare_all(&support::data());
}

#[test]
fn every_recorded_answer_of_a_strict_server_is_ours() {
    compare_all(&support::strict());
}

fn compare_all(data: &Path) {
    let text = std::fs::read_to_string(data.join("recorded.toml")).unwrap();
    let recorded: Recorded = toml::from_str(&text).unwrap();
    let version: Version = recorded.origin.strip_prefix("Postfix ").and_then(|version| version.parse().ok()).unwrap();
    let messages: HashMap<String, Vec<u8>> = support::messages_in(data).into_iter().collect();
    let sets: HashMap<String, RuleSet> =
        RuleSet::all(&data.join("rules")).into_iter().map(|set| (set.name.clone(), set)).collect();
    // A message or rule set that nobody recorded would be a test that is never made.
    assert_eq!(
        recorded.answers.len(),
        messages.len() * sets.len(),
        "record again: --record of the example oracle_live"
    );
    let mut differences = String::new();
    for answer in &recorded.answers {
        let mut checks = sets[&answer.rules].checks();
        checks.version = version;
        if let Err(difference) = live::compare(&checks, answer.number, &messages[&answer.message], &answer.answer()) {
            differences += &format!("{}: {}\n{difference}\n", answer.rules, answer.message);
        }
    }
    assert!(differences.is_empty(), "{differences}");
}
