//! Messages of all that is unusual, and bytes that are none: nothing panics, and what holds for every message holds.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which reads its data"
)]

mod support;

use postproof_model::Event;
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::message::{Limits, QueryMode, query_keys};
use support::nasty::{self, Dice};
use support::rule_set::RuleSet;

/// Bytes that stand for much in a message, in any order.
fn soup(seed: u64) -> Vec<u8> {
    const PARTS: &[&[u8]] = &[
        b"\n",
        b"\r\n",
        b"\r",
        b"\0",
        b" ",
        b"\t",
        b":",
        b"--",
        b"A",
        b"\"",
        b"\\",
        b"(",
        b")",
        b";",
        b"=",
        b"boundary",
        b"Content-Type:",
        b"multipart/mixed",
        b"message/rfc822",
        b"From ",
        b">",
        b"\xff",
        b"\xe3\x82",
        b".",
        b"X",
    ];
    let mut dice = Dice::new(seed);
    (0..dice.below(400)).flat_map(|_| dice.pick(PARTS).to_vec()).collect()
}

/// A message with bytes of it changed, lost or doubled.
fn damaged(seed: u64) -> Vec<u8> {
    let mut message = nasty::message(seed);
    let mut dice = Dice::new(seed ^ 0xdead);
    for _ in 0..dice.below(20) {
        if message.is_empty() {
            break;
        }
        let at = dice.below(message.len());
        match dice.below(3) {
            0 => message[at] = dice.below(256) as u8,
            1 => drop(message.remove(at)),
            _ => message.insert(at, message[at]),
        }
    }
    message
}

/// The key's bytes stand where its map says they do.
fn assert_mapped(event: &Event, message: &[u8]) {
    let mut starts = event.key_map.iter().peekable();
    while let Some(&(key_at, input_at)) = starts.next() {
        let end = starts.peek().map_or(event.key.len(), |next| next.0);
        for offset in 0..end - key_at {
            let (key, input) = (event.key[key_at + offset], message[input_at + offset]);
            // A carriage return within a line becomes a space; a newline may be put before what comes next.
            let put_in = key == b'\n' && starts.peek() == Some(&&(key_at + offset + 1, input_at + offset));
            assert!(key == input || (key == b' ' && input == b'\r') || put_in, "{event:?}");
        }
    }
    assert!(event.span.start <= event.span.end && event.span.end <= message.len(), "{event:?}");
    let line = message[..event.span.start].iter().filter(|&&byte| byte == b'\n').count() + 1;
    assert_eq!(event.line, line, "{event:?}");
}

#[test]
fn whatever_comes_in_holds_what_is_promised() {
    let sets: Vec<ContentChecks> = RuleSet::all(&support::data().join("rules")).iter().map(RuleSet::checks).collect();
    let none: ContentChecks = ContentChecks::default();
    let envelope = Envelope::default();
    for seed in 0..1500 {
        for message in [nasty::message(seed), soup(seed), damaged(seed)] {
            let checks = &sets[seed as usize % sets.len()];
            let verdict = checks.evaluate(&message, &envelope);
            for event in &verdict.events {
                assert_mapped(event, &message);
            }
            assert!(verdict.unknown.is_empty());
            // Without rules, a message comes out as it went in, apart from what Postfix does to every message; and a
            // second time through changes nothing more.
            let once = none.evaluate(&message, &envelope);
            if let Some(after) = once.message_after {
                let twice = none.evaluate(&after, &envelope).message_after;
                assert_eq!(twice.as_ref(), Some(&after), "{}", message.escape_ascii());
            }
            for (headers, body, mime) in [(true, false, false), (true, true, true), (false, true, false)] {
                for key in query_keys(&message, QueryMode { headers, body, mime }, &Limits::default()) {
                    assert!(key.span.end <= message.len());
                }
            }
        }
    }
}
