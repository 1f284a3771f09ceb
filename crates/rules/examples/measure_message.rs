//! How long messages made to be hard take, and how much memory: `cargo run --release -p postproof-rules --example
//! measure_message` prints a line each.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a tool for developers, which measures itself"
)]

use std::time::Instant;

use postproof_model::TableKind;
use postproof_rules::content::{ContentChecks, Envelope};
use postproof_rules::table::Table;

/// The most memory this process has used so far, in MiB, where Linux says so.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok()).unwrap_or(0) / 1024
}

fn main() {
    let table = |source: &str| vec![Table::parse(TableKind::Regexp, "checks", source.as_bytes()).0];
    let checks = ContentChecks {
        header: table("/^Subject: .*money/ REJECT\n/^X-Spam/ REJECT\n/^Content-Type:.*name=.*\\.exe/ REJECT\n"),
        body: table("/buy now/ REJECT\n/^--never/ INFO\n"),
        ..ContentChecks::default()
    };
    let nested = |count: usize| {
        let part = |depth: usize| format!("Content-Type: multipart/mixed; boundary=N{depth}.\n\n--N{depth}.\n");
        (0..count).map(part).collect::<String>().into_bytes()
    };
    let messages: [(&str, &dyn Fn() -> Vec<u8>); 6] = [
        ("100,000 nested parts", &|| nested(100_000)),
        ("a header of 100 MB", &|| [b"A: ".to_vec(), vec![b'x'; 100_000_000], b"\n\n".to_vec()].concat()),
        ("a body line of 100 MB", &|| [b"A: b\n\n".to_vec(), vec![b'x'; 100_000_000]].concat()),
        ("50 million empty lines", &|| [b"A: b\n\n".to_vec(), vec![b'\n'; 50_000_000]].concat()),
        ("10 million folds", &|| [b"A: b\n".to_vec(), b" c\n".repeat(10_000_000)].concat()),
        ("10 million headers", &|| b"X-Header: v\n".repeat(10_000_000)),
    ];
    for (name, message) in messages {
        let message = message();
        let start = Instant::now();
        let verdict = checks.evaluate(&message, &Envelope::default());
        let time = start.elapsed();
        println!(
            "{name}: {:.1} MB, {:.2} s, {} headers and {} body lines looked up, {:?}; at most {} MiB so far",
            message.len() as f64 / 1e6,
            time.as_secs_f64(),
            verdict.headers,
            verdict.body_lines,
            verdict.disposition,
            peak()
        );
    }
}
