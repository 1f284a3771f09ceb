//! `postproof explain`, as a list of promises; what it says of patterns is kept as data, to be read by people.
#![allow(clippy::unwrap_used, clippy::panic, reason = "it is nothing but tests")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{folder, postproof};

/// A pattern, and what is said of it.
#[derive(serde::Deserialize)]
struct Case {
    /// As the command line takes it.
    pattern: String,
    /// On standard output, in English.
    en: String,
    /// On standard output, in Japanese.
    ja: String,
}

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

fn cases(file: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/explain").join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let cases: Cases = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    cases.case
}

fn stdout(arguments: &[&str]) -> String {
    let said = postproof(arguments, b"");
    assert_eq!(said.status, Some(0), "{arguments:?}: {}", said.stderr);
    String::from_utf8(said.stdout).unwrap()
}

fn check(file: &str) -> Vec<Case> {
    let cases = cases(file);
    for case in &cases {
        let pattern = case.pattern.as_str();
        assert_eq!(stdout(&["explain", "--lang", "en", pattern]), case.en, "{pattern}");
        assert_eq!(stdout(&["explain", "--lang", "ja", pattern]), case.ja, "{pattern}");
    }
    cases
}

#[test]
fn the_words_of_s25rs_rules() {
    let cases = check("s25r.toml");
    let patterns: Vec<String> = cases.into_iter().map(|case| case.pattern).collect();
    let rules: Vec<String> =
        postproof_rules::s25r::PATTERNS.iter().map(|pattern| format!("regexp:/{pattern}/")).collect();
    assert_eq!(patterns, rules);
}

#[test]
fn the_words_of_rules_for_headers_and_bodies() {
    assert!(check("headers.toml").len() > 8);
}

#[test]
fn no_file_of_cases_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/conformance/explain");
    let mut files: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    files.sort();
    assert_eq!(files, ["headers.toml", "s25r.toml"]);
}

#[test]
fn a_mistake_is_shown_with_a_caret_at_its_place() {
    for (pattern, what, marks) in [
        (
            "regexp:/^From:(/",
            "This parenthesis is never closed. Postfix logs “Unmatched ( or \\(”. Postfix drops the rule",
            "    /^From:(/\n           ^\n",
        ),
        ("regexp:/^a[b/", "This bracket is never closed.", "    /^a[b/\n       ^^\n"),
        ("regexp:^a[b", "This bracket is never closed.", "    ^a[b\n      ^^\n"),
        (
            "pcre:/^a(?<b/",
            "The name of a group must end here. Postfix logs “error in regex at offset 6",
            "    /^a(?<b/\n          ^\n",
        ),
        ("pcre:/a/q", "q is no flag of this kind of table.", "    /a/q\n       ^\n"),
        ("regexp:/a/q", "q is no flag of this kind of table.", "    /a/q\n       ^\n"),
        ("regexp:/a", "The pattern never ends: its closing / is missing.", "    /a\n    ^^\n"),
    ] {
        let said = postproof(&["explain", pattern], b"");
        assert_eq!((said.status, said.stdout.as_slice()), (Some(2), &b""[..]), "{pattern}: {}", said.stderr);
        assert!(said.stderr.starts_with(&format!("postproof: error: {what}")), "{pattern}: {}", said.stderr);
        assert!(said.stderr.ends_with(marks), "{pattern}: {}", said.stderr);
    }
}

#[test]
fn a_slip_is_said_beside_the_words() {
    let said = postproof(&["explain", "regexp:/~From:/i REJECT"], b"");
    assert_eq!(said.status, Some(0));
    assert!(said.stderr.contains("note: ~ is matched as a tilde."), "{}", said.stderr);
    assert!(said.stderr.contains("note: The flag i switches case folding off"), "{}", said.stderr);
    assert!(String::from_utf8(said.stdout).unwrap().starts_with("~From:\n~From:  “~From:”\n"));
}

#[test]
fn what_only_this_tool_cannot_follow_is_unknown_and_no_mistake() {
    let deep = format!("regexp:/{}a{}/", "(".repeat(201), ")".repeat(201));
    let said = postproof(&["explain", &deep], b"");
    assert_eq!((said.status, said.stdout.as_slice()), (Some(1), &b""[..]));
    assert!(said.stderr.starts_with("postproof: Unknown: "), "{}", said.stderr);
}

#[test]
fn a_pattern_may_come_as_in_a_table_or_bare() {
    let table = stdout(&["explain", "regexp:/^a[b-d]/"]);
    assert_eq!(stdout(&["explain", "regexp:^a[b-d]"]), table);
    assert_eq!(stdout(&["explain", "/^a[b-d]/"]), table);
    assert_eq!(stdout(&["explain", "^a[b-d]"]), table);
    assert_eq!(stdout(&["explain", "if /^a[b-d]/"]), table);
    assert_eq!(stdout(&["explain", "regexp:/^a[b-d]/ REJECT $$"]), table);
    let exact = stdout(&["explain", "regexp:/^a[b-d]/i"]);
    assert_eq!(stdout(&["explain", "--flags", "i", "^a[b-d]"]), exact);
    assert!(exact.contains("Upper and lower case are told apart.") && !table.contains("told apart"));
    // A colon within a pattern needs the type, or a pattern that cannot be taken for one.
    assert!(stdout(&["explain", "^From:"]).contains("“From:”"));
    assert!(stdout(&["explain", "regexp:from:"]).contains("“from:”"));
}

#[test]
fn both_patterns_of_a_pair_are_told_apart() {
    let said = stdout(&["explain", "regexp:/one/!/two/ X"]);
    let heads: Vec<&str> = said.lines().filter(|line| line.starts_with("What must")).collect();
    assert_eq!(heads, ["What must match:", "What must not match:"]);
    assert!(stdout(&["explain", "regexp:!/one/"]).starts_with("What must not match:\none\n"));
}

#[test]
fn programs_get_one_object_a_pattern() {
    let said = stdout(&["explain", "--format", "json", "regexp:/^(a|b)+c/!/d/ X"]);
    let objects: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    let first = &objects[0];
    assert_eq!((&first["kind"], &first["negated"]), (&Value::from("regexp"), &Value::from(false)));
    assert_eq!(first["source"], "^(a|b)+c");
    assert_eq!(first["groups"][0]["span"], serde_json::json!({"start": 1, "end": 6}));
    assert_eq!(first["root"]["parts"][1]["what"]["is"], "repeat");
    let lines: Vec<(&str, &str)> = first["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["text"].as_str().unwrap(), line["words"].as_str().unwrap()))
        .collect();
    assert_eq!(lines, [("^", "the start"), ("(a|b)+", "one or more times, group 1 ($1): “a” or “b”"), ("c", "“c”")]);
    assert_eq!(objects[1]["negated"], true);
}

#[test]
fn a_diagram_goes_to_standard_output_or_to_a_file() {
    let svg = stdout(&["explain", "--format", "svg", "regexp:/^<(a|b)*[^>]$/"]);
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(svg.contains("<title>Diagram of the pattern ^&lt;(a|b)*[^&gt;]$</title>"), "{svg}");
    assert!(svg.contains("zero or more times, group 1 ($1): “a” or “b”"), "{svg}");
    assert!(!svg.contains("style") && !svg.contains("<script"), "{svg}");

    let file = folder("a_diagram_goes_to_standard_output_or_to_a_file").join("pattern.svg");
    let file = file.to_str().unwrap();
    let text = stdout(&["explain", "--svg", file, "regexp:/^<(a|b)*[^>]$/"]);
    assert!(text.starts_with("^<(a|b)*[^>]$\n"), "{text}");
    assert_eq!(std::fs::read_to_string(file).unwrap(), svg);

    let japanese = stdout(&["explain", "--lang", "ja", "--format", "svg", "^a"]);
    assert!(japanese.contains("lang=\"ja\"") && japanese.contains(">先頭</text>"), "{japanese}");
}

#[test]
fn misuse_ends_with_2_and_says_why() {
    for (arguments, why) in [
        (&["explain"][..], "TYPE:PATTERN"),
        (&["explain", "hash:/a/"], "tables of type hash have no patterns"),
        (&["explain", "--flags", "z", "a"], "z is no flag"),
        (&["explain", "--format", "png", "a"], "png"),
        (&["explain", "--format", "svg", "/a/!/b/ X"], "a diagram shows one pattern, and here are 2"),
        (&["explain", "--svg", "/nonexistent/folder/x.svg", "a"], "cannot write /nonexistent/folder/x.svg"),
    ] {
        let said = postproof(arguments, b"");
        assert_eq!(said.status, Some(2), "{arguments:?}: {}", said.stderr);
        assert!(said.stderr.contains(why), "{arguments:?}: {}", said.stderr);
    }
}

#[test]
fn nothing_of_a_pattern_reaches_the_terminal_as_an_order() {
    for format in ["text", "svg"] {
        let said = postproof(&["explain", "--format", format, "regexp:/a\u{1b}[31m\u{202e}b\u{9b}]/ X"], b"");
        let text = String::from_utf8(said.stdout).unwrap() + &said.stderr;
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{9b}']), "{text:?}");
    }
}

#[test]
fn a_long_pattern_stands_beside_its_words_part_by_part() {
    let words: Vec<String> = (0..30).map(|number| format!("word{number}.*")).collect();
    let said = stdout(&["explain", &format!("regexp:/^Subject: {}$/", words.concat())]);
    assert!(said.lines().all(|line| line.chars().count() < 120), "{said}");
    let line: Vec<&str> = said.lines().find(|line| line.starts_with("word17")).unwrap().split_whitespace().collect();
    assert_eq!(line, ["word17", "“word17”"]);
    assert!(said.contains("\n$ ") && !said.contains("and so on"), "{said}");
    let many = ["a|".repeat(300), "x".repeat(5000)].concat();
    let said = stdout(&["explain", &format!("regexp:/{many}/")]);
    assert!(said.contains("and so on; left out: ") && said.lines().count() < 120, "{said}");
}
