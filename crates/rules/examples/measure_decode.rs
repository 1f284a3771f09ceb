//! How long messages take to be decoded: `cargo run --release -p postproof-rules --features decode --example
//! measure_decode -- FOLDER` decodes all files below a folder and prints a line; then messages made to be hard, a line
//! each.
#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a tool for developers, which measures itself"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use postproof_model::TableKind;
use postproof_rules::content::ContentChecks;
use postproof_rules::content::decoded_only::Bounds;
use postproof_rules::message::Limits;
use postproof_rules::message::decode::{self, decode};
use postproof_rules::table::Table;

fn main() {
    let table = |source: &str| vec![Table::parse(TableKind::Regexp, "checks", source.as_bytes()).0];
    let checks = ContentChecks {
        header: table("/^Subject:.*(money|viagra|winner|free)/ REJECT\n/^[^:]*:.*[^ -~]/ WARN\n"),
        body: table("/viagra|casino|click here/ REJECT\n/[^ -~]{4}/ WARN\n"),
        ..ContentChecks::default()
    };
    if let Some(folder) = std::env::args().nth(1) {
        let mut files = Vec::new();
        below(Path::new(&folder), &mut files);
        let (mut bytes, mut found, mut incomplete, mut problems) = (0, 0, 0, 0);
        let (mut decoding, mut searching, mut longest) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        for file in &files {
            let message = std::fs::read(file).expect("a message");
            let start = Instant::now();
            let decoded = decode(&message, &Limits::default(), &decode::Bounds::default());
            let took = start.elapsed();
            let start = Instant::now();
            let rules = checks.decoded_only(&message, &Bounds::default());
            searching += start.elapsed();
            decoding += took;
            longest = longest.max(took);
            bytes += message.len();
            found += rules.found.len();
            incomplete += usize::from(!decoded.complete || !rules.complete);
            problems += usize::from(decoded.bodies.iter().any(|body| !body.problems.is_empty()));
            for body in &decoded.bodies {
                assert!(body.span.end <= message.len() && body.text.iter().all(|line| line.span.end <= body.span.end));
            }
        }
        println!(
            "{} files, {:.1} MB: decoded in {decoding:.2?}, the longest took {longest:.2?}; {found} rules match decoded \
             text only, found in {searching:.2?}; {incomplete} not complete, {problems} with bodies that have problems",
            files.len(),
            bytes as f64 / 1e6,
        );
    }
    let head = |encoding: &str, charset: &str| {
        format!("Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n").into_bytes()
    };
    let messages: [(&str, Vec<u8>); 7] = [
        ("100 MB of base64", [head("base64", "utf-8"), b"QUFB\n".repeat(20_000_000)].concat()),
        ("100 MB of base64 line ends", [head("base64", "utf-8"), b"CgoKCgoK\n".repeat(11_000_000)].concat()),
        ("100 MB of soft breaks", [head("quoted-printable", "utf-8"), b"a=\n".repeat(33_000_000)].concat()),
        ("one line of 100 MB in ISO-2022-JP", [head("8bit", "iso-2022-jp"), b"\x1b$B$\"".repeat(20_000_000)].concat()),
        ("a header of 100 MB of encoded words", [b"A: ".to_vec(), b"=?utf-8?Q?a?= ".repeat(7_000_000)].concat()),
        ("10 million headers", b"X: =?utf-8?Q?a?=\n".repeat(10_000_000)),
        (
            "2,000 headers of 8,000 parameters",
            [b"Content-Type: a/b".to_vec(), b"; n*1=a".repeat(1_100), b"\n".to_vec()].concat().repeat(2_000),
        ),
    ];
    for (name, message) in messages {
        let start = Instant::now();
        let decoded = decode(&message, &Limits::default(), &decode::Bounds::default());
        let took = start.elapsed();
        let start = Instant::now();
        let rules = checks.decoded_only(&message, &Bounds::default());
        let searched = start.elapsed();
        println!(
            "{name}: decoded in {took:.2?}, searched in {searched:.2?}; complete: {}, {}",
            decoded.complete, rules.complete
        );
    }
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { below(&path, found) } else { found.push(path) }
    }
}
