//! What is printed does not depend on how many threads find it out: byte for byte, errors and exit status included.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as promised")]

mod support;

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use support::{file, folder};

/// What a run says with so many threads: standard output, standard error, exit status.
fn said(threads: &str, arguments: &[&str], input: &[u8]) -> (Vec<u8>, Vec<u8>, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_postproof"))
        .args(arguments)
        .env("RAYON_NUM_THREADS", threads)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    (output.stdout, output.stderr, output.status.code())
}

fn alike(arguments: &[&str], input: &[u8]) {
    let one = said("1", arguments, input);
    assert!(one.0.len() > 100, "{arguments:?}: {}", String::from_utf8_lossy(&one.1));
    for threads in ["2", "8"] {
        assert!(one == said(threads, arguments, input), "{arguments:?} with {threads} threads");
    }
}

/// Rules of every manner of running: words, none, groups, negations, blocks, references back, one that gives up.
fn rules() -> String {
    let mut rules = String::new();
    for number in 0..300 {
        writeln!(rules, "/^mail{number}\\.(.*)\\.example$/ REJECT $1").unwrap();
    }
    rules + "if /dsl/\n/([a-z])\\1.*dsl/ DUNNO $1\n!/[0-9]/ HOLD\nendif\n/(a*)*\\1x$/ WARN\n/^[0-9]{3}/ 450 digits\n"
}

#[test]
fn query_host_and_check_say_the_same_with_one_thread_and_with_many() {
    let folder = folder("query_host_and_check_say_the_same_with_one_thread_and_with_many");
    let table = format!("regexp:{}", file(&folder, "rules", rules().as_bytes()));
    let mut hosts = Vec::new();
    for number in 0..3000 {
        match number % 6 {
            0 => writeln!(hosts, "mail{}.a{number}.example", number % 400).unwrap(),
            1 => writeln!(hosts, "{number}.dsl.example").unwrap(),
            2 => writeln!(hosts, "boot.dsl.example").unwrap(),
            3 => writeln!(hosts, "{}x", "a".repeat(number % 40)).unwrap(),
            4 => writeln!(hosts, "unknown").unwrap(),
            _ => writeln!(hosts, "p{number}-{number}.net.example").unwrap(),
        }
    }
    let mut keys = hosts.clone();
    // Not UTF-8: a warning, in its place.
    keys.extend(b"\xFF.example\n".repeat(20));
    alike(&["query", "-q", "-", &table], &keys);
    alike(&["query", "--format", "json", "-q", "-", &table], &keys);
    for more in [&["--format", "text"][..], &["--format", "json"], &["--summary"]] {
        alike(&[&["host", "--table", &table], more, &["-"]].concat(), &hosts);
        alike(&[&["host"], more, &["-"]].concat(), &hosts);
    }
    let mut messages = Vec::new();
    for number in 0..60 {
        let body: String = (0..20).map(|line| format!("mail{}.x.example\nboot dsl {line}\n", number + line)).collect();
        let message = format!("From: a@example.com\nSubject: {number} dsl\n\n{body}");
        messages.push(file(&folder, &format!("message{number}"), message.as_bytes()));
    }
    for format in ["text", "json"] {
        let checks = ["check", "--format", format, "--header-checks", &table, "--body-checks", &table];
        let messages: Vec<&str> = messages.iter().map(String::as_str).collect();
        alike(&[&checks[..], &messages].concat(), b"");
    }
}
