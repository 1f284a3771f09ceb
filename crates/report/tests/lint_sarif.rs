//! What lint found, as SARIF: valid by the schema of OASIS, and read by a library that knows the format.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test ends where something is not as promised"
)]

use std::process::Command;

use postproof_model::lint::{Edit, Finding, LintReport, LintedFile};
use postproof_model::{Bytes, Consequence, Diagnostic, Lines, Place, Problem, ResultProblem, Span};
use postproof_report::lint::sarif;
use postproof_words::Lang;
use serde_json::Value;
use serde_sarif::sarif::Sarif;

fn finding(problem: Problem, consequence: Consequence, line: &str, column: usize, length: usize) -> Finding {
    let span = Span::new(column + 9, column + 9 + length);
    let place =
        Place { file: "/etc/postfix/header_checks".into(), lines: Lines { first: 2, last: 3 }, line: 2, column, span };
    let fix = vec![Edit { span, text: Bytes::from("^") }];
    Finding { diagnostic: Diagnostic { problem, consequence, place }, fix, line: Bytes::from(line) }
}

fn report() -> LintReport {
    let tilde = finding(Problem::TildeForCaret, Consequence::Silent, "/~From: \u{3042}/ X", 2, 1);
    let word = ResultProblem::NoSuchAction { word: "X\u{1b}[31m\"".into(), like: None };
    let action = Finding {
        fix: Vec::new(),
        ..finding(Problem::Result(word), Consequence::NotDone, "/~From: \u{3042}/ X", 15, 1)
    };
    let named = |file: &str, findings: Vec<Finding>| LintedFile { file: file.into(), findings, left_out: 1 };
    LintReport {
        files: vec![named("tables/header checks", vec![tilde, action]), named("/etc/postfix/main.cf", Vec::new())],
    }
}

fn written(report: &LintReport, lang: Lang) -> String {
    let mut out = Vec::new();
    sarif::write(&mut out, report, lang).unwrap();
    String::from_utf8(out).unwrap()
}

/// The schema that the library was made from.
fn schema() -> Value {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(["metadata", "--format-version", "1", "--offline"]).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap());
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    // Its pattern of a language's tag has a bracket that nothing opens, twice.
    let mended = text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    assert_ne!(mended, text);
    serde_json::from_str(&mended).unwrap()
}

#[test]
fn it_is_valid_by_the_schema() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for lang in [Lang::En, Lang::Ja] {
        for report in [report(), LintReport::default()] {
            let value: Value = serde_json::from_str(&written(&report, lang)).unwrap();
            let errors: Vec<String> =
                validator.iter_errors(&value).map(|error| format!("{error} at {}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{errors:?}");
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({ "version": "2.1.0" })));
}

#[test]
fn it_says_what_was_found() {
    let read: Sarif = serde_json::from_str(&written(&report(), Lang::En)).unwrap();
    let value = serde_json::to_value(&read).unwrap();
    let run = &value["runs"][0];
    let rules: Vec<&str> =
        run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    assert_eq!(rules, ["PP201", "PP301"]);
    let [tilde, action] = &run["results"].as_array().unwrap()[..] else { panic!("{run}") };
    assert_eq!(tilde["ruleId"], "PP201");
    assert_eq!(tilde["level"], "note");
    assert_eq!(tilde["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "tables/header%20checks");
    let region = &tilde["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"], &region["byteOffset"]),
        (&2.into(), &2.into(), &11.into())
    );
    assert_eq!(tilde["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], "^");
    assert_eq!(action["level"], "error");
    // The column counts characters: あ is one.
    assert_eq!(action["locations"][0]["physicalLocation"]["region"]["startColumn"], 13);
    assert_eq!(run["artifacts"][1]["location"]["uri"], "file:///etc/postfix/main.cf");
}
