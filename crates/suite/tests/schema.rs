//! What editors are told (`docs/postproof-test.schema.json`) and what is read are the same.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is not as promised")]

use std::path::{Path, PathBuf};

use postproof_model::report::{CaseOutcome, FileProblem, Verdict};
use postproof_suite::{NoFiles, Prepared, read};
use serde_json::{Value, json};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../docs/postproof-test.schema.json")).unwrap()
}

/// Whether the schema takes a document.
fn takes(source: &str) -> bool {
    let value: Value = serde_json::to_value(toml::from_str::<toml::Value>(source).unwrap()).unwrap();
    jsonschema::is_valid(&schema(), &value)
}

/// Every key in every place, each with a value of every form that it may have.
const EVERYTHING: &str = r##"
"$schema" = "postproof-test.schema.json"
title = "everything"
postfix = "3.7"
main_cf = "main.cf"
world = "world"
answers = { "ldap:/etc/postfix/users.cf" = "answers" }

[tables]
header_checks = "regexp:a"
mime_header_checks = ["regexp:a", "pcre:b"]
nested_header_checks = []
body_checks = "regexp:a"
milter_header_checks = "regexp:a"
smtp_header_checks = "regexp:a"
smtp_mime_header_checks = "regexp:a"
smtp_nested_header_checks = "regexp:a"
smtp_body_checks = "regexp:a"
client_access = "regexp:a"

[files]
a = "/x/ OK"

[[case]]
name = "hosts"
todo = true
host = "a.example"
host_files = "hosts"
expect = { verdict = ["deferred", "rejected"], s25r = 1, no_rule = "a", pattern = "/x/", snapshot = "" }

[[case]]
name = "keys"
todo = "later"
key = ["a", "b"]
key_files = ["keys/*"]
table = "regexp:a"
expect = { verdict = "found", result = "OK", matched = { contains = "x" }, groups = ["1"] }

[[case]]
name = "headers"
header = "Subject: x"
header_files = "headers"
client = "a.example[192.0.2.1]"
helo = "a.example"
protocol = "SMTP"
sender = "a@a.example"
recipient = ["b@a.example"]
milter_header = "X-Spam: YES"
expect = { action = "REJECT", reply = "550", rule = "a:1", groups = { 1 = "x" }, rules = ["a:1"] }

[[case]]
name = "body lines"
body_line = "x"
body_line_files = "lines"
expect = { no_rule = ["a", "b:2"] }

[[case]]
name = "messages"
message = "Subject: x"
message_files = "m/*.eml"
expect = { message_after = { contains = ["a"], lacks = "b" }, message_sent = { file = "sent" } }

[[case]]
name = "sessions"
session = "QUIT"
session_files = "s"
at = "QUIT"
expect = { verdict = "accepted" }

[[case]]
name = "a link"
link = "1.xyz"
expect = { verdict = "rejected" }
"##;

#[test]
fn every_key_is_known_to_both() {
    read(EVERYTHING.as_bytes()).unwrap_or_else(|error| panic!("{error:?}"));
    assert!(takes(EVERYTHING));
    // And there is none in the schema that is not in the document above.
    let schema = schema();
    for pointer in ["/properties", "/$defs/tables/properties", "/$defs/case/properties", "/$defs/expect/properties"] {
        for key in schema.pointer(pointer).unwrap().as_object().unwrap().keys() {
            let written = EVERYTHING.contains(&format!("{key} = "))
                || EVERYTHING.contains(&format!("\n[{key}]"))
                || EVERYTHING.contains(&format!("[[{key}]]"))
                || EVERYTHING.contains(&format!("\"{key}\" = "));
            assert!(written, "{pointer}/{key}");
        }
    }
}

/// The reader names the keys that it knows when it meets another: they are the schema's.
#[test]
fn the_keys_are_the_same() {
    let schema = schema();
    for (pointer, source) in [
        ("/properties", "zzz = 1\n"),
        ("/$defs/tables/properties", "[tables]\nzzz = 1\n"),
        ("/$defs/case/properties", "[[case]]\nzzz = 1\n"),
        ("/$defs/expect/properties", "[[case]]\nname = 'x'\nexpect = { zzz = 1 }\n"),
        ("/$defs/text/oneOf/1/properties", "[[case]]\nname = 'x'\nexpect = { reply = { zzz = 1 } }\n"),
    ] {
        let known = postproof_suite::read::known_keys(source).unwrap_or_else(|| panic!("{pointer}: no keys"));
        let mut known: Vec<String> = known.into_iter().collect();
        known.sort();
        let mut named: Vec<String> = schema.pointer(pointer).unwrap().as_object().unwrap().keys().cloned().collect();
        named.sort();
        assert_eq!(known, named, "{pointer}");
        assert!(!takes(source), "{pointer}");
        let problem = read(source.as_bytes()).unwrap_err().problem;
        assert!(matches!(&problem, FileProblem::UnknownKey { key, .. } if key == "zzz"), "{pointer}: {problem:?}");
    }
    let verdicts: Vec<Value> = Verdict::ALL.iter().map(|verdict| json!(verdict.name())).collect();
    assert_eq!(schema.pointer("/$defs/verdict/enum").unwrap().as_array().unwrap(), &verdicts);
}

/// What one refuses, the other refuses.
#[test]
fn wrong_values_are_refused_by_both() {
    let case = |rest: &str| format!("[[case]]\nname = 'x'\nhost = 'a'\n{rest}\n");
    for source in [
        "title = 'no cases'\n".to_owned(),
        case(""),
        case("expect = {}"),
        case("expect = { verdict = 'lost' }"),
        case("expect = { verdict = 1 }"),
        case("expect = { s25r = -1 }"),
        case("expect = { reply = 450 }"),
        case("expect = { rules = 'a:1' }"),
        case("expect = { groups = { x = 'y' } }"),
        case("expect = { groups = [1] }"),
        case("todo = 1\nexpect = { verdict = 'deferred' }"),
        format!("postfix = 'new'\n{}", case("expect = { verdict = 'deferred' }")),
        format!("main_cf = 1\n{}", case("expect = { verdict = 'deferred' }")),
        "[[case]]\nhost = 'a'\nexpect = { verdict = 'deferred' }\n".to_owned(),
    ] {
        assert!(read(source.as_bytes()).is_err(), "read:\n{source}");
        assert!(!takes(&source), "the schema takes:\n{source}");
    }
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the examples are files")]
fn every_example_is_valid() {
    let mut examples = Vec::new();
    find(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/tests/data")), &mut examples);
    assert!(examples.len() >= 3, "{examples:?}");
    for example in examples {
        let source = std::fs::read_to_string(&example).unwrap();
        assert!(takes(&source), "{}", example.display());
        read(source.as_bytes()).unwrap_or_else(|error| panic!("{}: {error:?}", example.display()));
    }
}

/// The examples of what people read: blocks of TOML that begin with a whole test file.
#[test]
fn every_example_in_the_documents_is_valid() {
    for (name, text) in [
        ("docs/test-files.md", include_str!("../../../docs/test-files.md")),
        ("docs/test-files.ja.md", include_str!("../../../docs/test-files.ja.md")),
        ("README.md", include_str!("../../../README.md")),
        ("README.ja.md", include_str!("../../../README.ja.md")),
    ] {
        let blocks: Vec<&str> = text
            .split("\n```toml")
            .skip(1)
            .filter_map(|rest| Some(rest.split_once('\n')?.1.split_once("\n```")?.0))
            .collect();
        assert!(!blocks.is_empty(), "{name}");
        for block in blocks {
            assert!(takes(block), "{name}:\n{block}");
            read(block.as_bytes()).unwrap_or_else(|error| panic!("{name}: {error:?}\n{block}"));
        }
    }
    // What stands in itself passes, too.
    let text = include_str!("../../../docs/test-files.md");
    let block = text.split_once("\n```toml\n").unwrap().1.split_once("\n```").unwrap().0;
    let suite = read(block.as_bytes()).unwrap();
    let prepared = Prepared::new(suite, "x", &mut NoFiles).unwrap();
    for case in 0..prepared.suite().cases() {
        let report = prepared.run(case).unwrap().report;
        assert_eq!(report.outcome, CaseOutcome::Passed, "{report:#?}");
    }
}

/// Every key is told of in the document.
#[test]
fn the_document_has_every_key() {
    for text in [include_str!("../../../docs/test-files.md"), include_str!("../../../docs/test-files.ja.md")] {
        has_every_key(text);
    }
}

fn has_every_key(text: &str) {
    let schema = schema();
    for pointer in ["/properties", "/$defs/case/properties", "/$defs/expect/properties"] {
        for key in schema.pointer(pointer).unwrap().as_object().unwrap().keys().filter(|key| *key != "$schema") {
            let quoted = [format!("`{key}`"), format!("`[{key}]`"), format!("`[[{key}]]`"), format!("`{key} = ")];
            assert!(quoted.iter().any(|quoted| text.contains(quoted)), "{key}");
        }
    }
    for verdict in Verdict::ALL {
        assert!(text.contains(&format!("`{}`", verdict.name())), "{}", verdict.name());
    }
}

#[allow(clippy::disallowed_methods, reason = "the examples are files")]
fn find(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, into);
        } else if path.to_string_lossy().ends_with(".postproof.toml") {
            into.push(path);
        }
    }
}
