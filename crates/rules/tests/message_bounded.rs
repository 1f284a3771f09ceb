//! Time and memory follow the bytes of the input, whatever they are.
#![allow(
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which measures time"
)]

use std::time::{Duration, Instant};

use postproof_model::{Disposition, TableKind};
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::message::{Limits, QueryMode, query_keys};
use postproof_rules::table::Table;

fn checks() -> ContentChecks {
    let table = |source: &str| vec![Table::parse(TableKind::Regexp, "checks", source.as_bytes()).0];
    ContentChecks {
        header: table("/^Subject: .*money/ REJECT\n/^X-[^:]*: (.*)$/ WARN $1\n"),
        body: table("/buy now/ REJECT\n/^--/ INFO\n"),
        ..ContentChecks::default()
    }
}

/// How long four times the input takes, against once: what is linear takes four times as long, what is quadratic sixteen.
fn assert_linear(name: &str, message: impl Fn(usize) -> Vec<u8>, size: usize) {
    let checks = checks();
    let time = |count: usize| {
        let message = message(count);
        let start = Instant::now();
        let verdict = checks.evaluate(&message, &Envelope::default());
        assert_ne!(verdict.disposition, Disposition::Unknown, "{name}");
        let keys =
            query_keys(&message, QueryMode { headers: true, body: true, mime: true }, &Limits::default()).count();
        assert!(keys > 0, "{name}");
        start.elapsed()
    };
    let (once, four_times) = (time(size), time(size * 4));
    assert!(four_times < once * 9 + Duration::from_millis(300), "{name}: {once:?}, four times as much {four_times:?}");
}

#[test]
fn a_line_of_many_megabytes() {
    assert_linear("body", |size| [b"A: b\n\n".to_vec(), vec![b'x'; size]].concat(), 8 << 20);
    assert_linear("header", |size| [b"A: ".to_vec(), vec![b'x'; size], b"\n\n".to_vec()].concat(), 8 << 20);
    assert_linear("carriage returns", |size| [b"A: b\n\n".to_vec(), vec![b'\r'; size]].concat(), 4 << 20);
}

#[test]
fn many_headers() {
    assert_linear("headers", |count| b"X-Header: value\n".repeat(count), 100_000);
    assert_linear("folds", |count| [b"A: b\n".to_vec(), b" c\n".repeat(count)].concat(), 300_000);
    assert_linear(
        "comments",
        |count| [b"Content-Type: ".to_vec(), b"(".repeat(count), b"\n".to_vec()].concat(),
        4 << 20,
    );
    assert_linear(
        "parameters",
        |count| [b"Content-Type: multipart/x".to_vec(), b";boundary=x".repeat(count)].concat(),
        300_000,
    );
}

#[test]
fn many_parts() {
    let nested = |count: usize| -> Vec<u8> {
        let part = |depth: usize| format!("Content-Type: multipart/mixed; boundary=N{depth}.\n\n--N{depth}.\n");
        (0..count).map(part).collect::<String>().into_bytes()
    };
    assert_linear("nested", nested, 25_000);
    let long = "b".repeat(1900);
    let open: String =
        (0..100).map(|n| format!("Content-Type: multipart/x; boundary={long}{n}\n\n--{long}{n}\n")).collect();
    assert_linear(
        "boundaries",
        |count| [open.as_bytes(), format!("--{long}\n").repeat(count).as_bytes()].concat(),
        1_000,
    );
    assert_linear("attached", |count| b"Content-Type: message/rfc822\n\n".repeat(count), 50_000);
    assert_linear(
        "ends",
        |count| [b"Content-Type: multipart/x; boundary=\"\"\n\n".to_vec(), b"--x\nA: b\n".repeat(count)].concat(),
        100_000,
    );
}

#[test]
fn a_verdict_is_no_larger_than_its_bounds() {
    let table = |source: &str| vec![Table::parse(TableKind::Regexp, "checks", source.as_bytes()).0];
    let checks = ContentChecks { header: table("/^(.*)$/ WARN $1$1$1$1\n"), ..ContentChecks::default() };
    let header = [b"A: ".to_vec(), b"xxxxxxxx\n ".repeat(10_000), b"\n".to_vec()].concat();
    let verdict = checks.evaluate(&header.repeat(60), &Envelope::default());
    let bytes: usize = verdict.events.iter().map(|event| event.key.len() + event.hit.result.len()).sum();
    assert!(bytes < checks.bounds.event_bytes + (1 << 20), "{bytes}");
    assert_eq!(verdict.events.len() + verdict.events_left_out, 60);

    let mut checks = ContentChecks { body: table("/^/ PREPEND 0123456789\n"), ..ContentChecks::default() };
    checks.limits.body_checks_size_limit = 0;
    checks.bounds.message_bytes = 1 << 20;
    let verdict = checks.evaluate(&[b"\n".to_vec(), b"x\n".repeat(200_000)].concat(), &Envelope::default());
    assert_eq!((verdict.disposition, verdict.message_after), (Disposition::Accepted, None));
}
