//! The keys of `postmap -h -b -m -q -` are ours: as recorded everywhere, and asked anew where there is a postmap.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which reads its data and runs postmap"
)]

mod support;

use std::collections::HashMap;
use std::io::Write as _;

use support::nasty;
use support::postmap::{self, MODES, Postmap, RecordedKeys};
use support::recorded::unescaped;

#[test]
fn recorded_keys_are_ours() {
    let text = std::fs::read_to_string(support::data().join("keys.toml")).unwrap();
    let recorded: RecordedKeys = toml::from_str(&text).unwrap();
    let messages: HashMap<String, Vec<u8>> = support::messages().into_iter().collect();
    assert_eq!(recorded.answer.len(), messages.len() * 3, "record again: --record of the example oracle_query");
    for answer in &recorded.answer {
        let (_, mode) = MODES.into_iter().find(|(option, _)| *option == answer.option).unwrap();
        let (ours, _) = postmap::ours(mode, &messages[&answer.message]);
        if let Some(difference) = postmap::difference(&ours, &unescaped(&answer.output)) {
            panic!("{} {}, {difference}", answer.message, answer.option);
        }
    }
}

#[test]
fn postmap_s_keys_are_ours() {
    let Some(postmap) = Postmap::find() else {
        // Past the test harness, which keeps what passing tests print to itself.
        writeln!(std::io::stdout(), "skipped: message_query against postmap, since there is none").unwrap();
        return;
    };
    let mut messages = support::messages();
    messages.extend((0..40).map(|seed| (format!("made up {seed}"), nasty::message(seed))));
    for (name, message) in &messages {
        for (option, mode) in MODES {
            let (ours, _) = postmap::ours(mode, message);
            if let Some(difference) = postmap::difference(&ours, &postmap.output(option, message)) {
                panic!("{name} {option}, {difference}");
            }
        }
    }
}
