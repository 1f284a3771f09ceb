//! The formats that programs read, on a report with everything in it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is not as promised")]

use postproof_model::report::{
    CaseOutcome, CaseReport, Expectation, FileError, FileProblem, FileReport, Fired, InputFailure, Mismatch, Report,
    RuleCoverage, Seen, TableCoverage, UnknownSeen, Verdict,
};
use postproof_model::{Bytes, Lines, RuleRef, Span, TableKind, UnknownReason};
use postproof_report::{coverage, github, json, junit, lcov, pretty, tap};
use postproof_words::Lang;
use roxmltree::{Document, Node};

/// What would break a format that does not escape it.
const HOSTILE: &str = "a]]>&<b>\"'\n::error::x\u{1b}[31m # TODO \\ %, \u{0}\u{fffe}";

fn rule() -> RuleRef {
    RuleRef {
        table: HOSTILE.to_owned(),
        lines: Lines { first: 3, last: 4 },
        span: Span::new(0, 1),
        pattern: Span::new(0, 1),
        text: Bytes::from(b"\xff\x00".as_slice()),
        s25r: Some(2),
    }
}

fn report() -> Report {
    let case = |index, outcome, failures| CaseReport {
        name: format!("{index} {HOSTILE}"),
        index,
        line: 7,
        inputs: 2,
        outcome,
        todo: (outcome == CaseOutcome::Todo).then(|| HOSTILE.to_owned()),
        failures,
        failures_left_out: index,
        snapshot: None,
    };
    let failure = InputFailure {
        input: HOSTILE.to_owned(),
        mismatches: vec![
            Mismatch { expectation: Expectation::Verdict, expected: "rejected".to_owned(), actual: None },
            Mismatch {
                expectation: Expectation::Snapshot,
                expected: "a\nb\n".to_owned(),
                actual: Some(format!("a\n{HOSTILE}\n")),
            },
        ],
        seen: Seen {
            verdict: Verdict::Unknown,
            reply: Some(HOSTILE.into()),
            fired: vec![Fired {
                rule: rule(),
                class: None,
                line: 1,
                key: HOSTILE.into(),
                matched: Some(Span::new(1, 3)),
                groups: vec![Some(Span::new(1, 2)), None],
                groups_unknown: false,
                action: "REJECT".to_owned(),
                result: HOSTILE.into(),
            }],
            unknown: vec![UnknownSeen::Lookup {
                rule: Box::new(rule()),
                key: HOSTILE.into(),
                reason: UnknownReason::NeedsServer { kind: TableKind::Ldap },
            }],
        },
    };
    let cases = vec![
        case(0, CaseOutcome::Passed, Vec::new()),
        case(1, CaseOutcome::Failed, vec![failure.clone()]),
        case(2, CaseOutcome::Todo, vec![failure]),
        case(3, CaseOutcome::TodoPassed, Vec::new()),
        case(4, CaseOutcome::NotRun, Vec::new()),
    ];
    let problem = FileProblem::UnknownKey { key: HOSTILE.to_owned(), meant: Some("host".to_owned()) };
    let broken = FileReport {
        file: "b.postproof.toml".to_owned(),
        error: Some(FileError { line: 2, column: 3, problem }),
        ..FileReport::default()
    };
    let table = |table: &str, is_file| TableCoverage {
        table: table.to_owned(),
        is_file,
        source: "# one\n/a/ OK\n/b/\n OK\n".into(),
        rules: vec![
            RuleCoverage { lines: Lines { first: 2, last: 2 }, text: "/a/".into(), hits: 2 },
            RuleCoverage { lines: Lines { first: 3, last: 4 }, text: "/b/".into(), hits: 0 },
        ],
    };
    Report {
        files: vec![FileReport { file: "a.postproof.toml".to_owned(), cases, ..FileReport::default() }, broken],
        coverage: vec![table("tables/a", true), table("a.postproof.toml#b", false)],
    }
}

fn written(write: impl Fn(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// An element of the schema that Jenkins' JUnit plug-in publishes: its attributes, those that must be there first, and its
/// children in the order in which they may come.
struct Element {
    name: &'static str,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    children: &'static [&'static str],
}

const SCHEMA: &[Element] = &[
    Element {
        name: "testsuites",
        required: &[],
        // "skipped" is younger than that schema; readers that do not know it pass it over.
        optional: &["name", "time", "tests", "failures", "disabled", "errors", "skipped"],
        children: &["testsuite"],
    },
    Element {
        name: "testsuite",
        required: &["name", "tests"],
        optional: &["failures", "errors", "time", "disabled", "skipped", "timestamp", "hostname", "id", "package"],
        children: &["properties", "testcase", "system-out", "system-err"],
    },
    Element {
        name: "testcase",
        required: &["name"],
        optional: &["assertions", "time", "classname", "status"],
        children: &["skipped", "error", "failure", "system-out", "system-err"],
    },
    Element { name: "failure", required: &[], optional: &["type", "message"], children: &[] },
    Element { name: "error", required: &[], optional: &["type", "message"], children: &[] },
    Element { name: "skipped", required: &[], optional: &["message", "type"], children: &[] },
    Element { name: "system-out", required: &[], optional: &[], children: &[] },
];

fn valid(node: Node<'_, '_>) -> Result<(), String> {
    let name = node.tag_name().name();
    let element = SCHEMA.iter().find(|element| element.name == name).ok_or_else(|| format!("<{name}>"))?;
    let has: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
    if let Some(missing) = element.required.iter().find(|required| !has.contains(required)) {
        return Err(format!("<{name}> lacks {missing}"));
    }
    let known = |attribute: &&&str| element.required.contains(*attribute) || element.optional.contains(*attribute);
    if let Some(other) = has.iter().find(|attribute| !known(attribute)) {
        return Err(format!("<{name} {other}=>"));
    }
    for number in ["tests", "failures", "errors", "disabled", "skipped"] {
        if node.attribute(number).is_some_and(|text| text.parse::<u32>().is_err()) {
            return Err(format!("{number} is no number"));
        }
    }
    let mut last = 0;
    for child in node.children().filter(Node::is_element) {
        let place = element.children.iter().position(|name| *name == child.tag_name().name());
        let place = place.ok_or_else(|| format!("<{}> in <{name}>", child.tag_name().name()))?;
        if place < last {
            return Err(format!("<{}> comes too late", child.tag_name().name()));
        }
        last = place;
        valid(child)?;
    }
    Ok(())
}

#[test]
fn junit_is_what_its_schema_says() {
    for lang in [Lang::En, Lang::Ja] {
        let text = written(|out| junit::write(out, &report(), lang));
        let document = Document::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let root = document.root_element();
        assert_eq!(root.tag_name().name(), "testsuites");
        valid(root).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!((count("testcase"), count("failure"), count("error"), count("skipped")), (6, 1, 1, 2));
        assert_eq!(
            (root.attribute("tests"), root.attribute("failures"), root.attribute("errors")),
            (Some("6"), Some("1"), Some("1"))
        );
        assert!(!text.contains('\u{1b}') && !text.contains('\0'));
    }
    // And the check is none that takes everything.
    let wrong =
        Document::parse("<testsuites><testsuite name='x' tests='1'><testcase/></testsuite></testsuites>").unwrap();
    assert!(valid(wrong.root_element()).is_err());
}

#[test]
fn tap_has_a_line_for_each_test_and_nothing_else_looks_like_one() {
    let text = written(|out| tap::write(out, &report(), Lang::En));
    let mut lines = text.lines();
    assert_eq!((lines.next(), lines.next()), (Some("TAP version 14"), Some("1..6")));
    let tests: Vec<&str> = text.lines().filter(|line| line.starts_with("ok") || line.starts_with("not ok")).collect();
    assert_eq!(tests.len(), 6);
    assert!(tests[0].starts_with("ok 1 - a.postproof.toml: 0 ") && tests[0].contains("\\# TODO \\\\"), "{}", tests[0]);
    assert!(tests[1].starts_with("not ok 2 - "));
    assert!(tests[2].starts_with("not ok 3 - ") && tests[2].contains(" # TODO a"));
    assert!(tests[3].starts_with("ok 4 - ") && tests[3].ends_with(" # TODO passes now: remove todo"));
    assert!(tests[4].starts_with("ok 5 - ") && tests[4].ends_with(" # SKIP not run"));
    assert_eq!(tests[5], "not ok 6 - b.postproof.toml");
    // Everything else stands in YAML blocks, which are indented.
    assert!(text.lines().skip(2).all(|line| line.starts_with("  ") || tests.contains(&line) || line.is_empty()));
    assert_eq!(text.matches("\n  ---\n").count(), 3);
    assert_eq!(text.matches("\n  ...\n").count(), 3);
}

#[test]
fn github_has_one_line_for_each_annotation() {
    let text = written(|out| github::write(out, &report(), Lang::En));
    let commands: Vec<&str> = text.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), 3, "{text}");
    assert!(
        commands[0].starts_with("::error file=a.postproof.toml,line=7,title=1 a]]>&<b>\"'·%3A%3Aerror%3A%3Ax·[31m")
    );
    assert!(commands[0].contains("%25%2C ") && commands[0].contains("%0A"));
    assert!(commands[1].starts_with("::notice file=a.postproof.toml,line=7"));
    assert!(
        commands[2]
            .starts_with("::error file=b.postproof.toml,line=2,title=postproof::b.postproof.toml, line 2, column 3: ")
    );
}

#[test]
fn json_is_an_object_a_line() {
    let text = written(|out| json::write(out, &report()));
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 7);
    assert_eq!((&lines[1]["outcome"], &lines[1]["line"]), (&"failed".into(), &7.into()));
    assert_eq!(lines[5]["error"]["problem"]["unknown_key"]["meant"], "host");
    assert_eq!(lines[6]["summary"]["failed"], 1);
    assert_eq!((&lines[6]["rules"], &lines[6]["rules_fired"]), (&4.into(), &2.into()));
    assert_eq!(lines[6]["coverage"][0]["rules"][0]["hits"], 2);
}

#[test]
fn lcov_has_the_tables_that_are_files() {
    let text = written(|out| lcov::write(out, &report()));
    assert_eq!(text, "TN:postproof\nSF:tables/a\nDA:2,2\nDA:3,0\nLF:2\nLH:1\nend_of_record\n");
}

#[test]
fn people_see_nothing_that_a_terminal_obeys() {
    for lang in [Lang::En, Lang::Ja] {
        let mut text = written(|out| pretty::write(out, &report(), lang));
        text += &written(|out| coverage::listing(out, &report(), lang));
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(text.contains("     ! 0 | /b/\n         |  OK\n") || text.contains("     ! 0 | /b/"), "{text}");
    }
    let text = written(|out| pretty::write(out, &report(), Lang::En));
    assert!(
        text.contains(
            "2 of 4 rules fired (50 %)\n1 passed, 1 failed, 1 todo, 1 todo that pass, 1 not run, 1 files with errors\n"
        ),
        "{text}"
    );
    assert!(text.contains("tables/a: never fired: line 3\n"));
}

#[test]
fn a_percentage_is_rounded_down() {
    assert_eq!(coverage::percent(1, 3), "33.3");
    assert_eq!(coverage::percent(1999, 2000), "99.9");
    assert_eq!(coverage::percent(2, 2), "100");
    assert_eq!(coverage::percent(0, 0), "100");
}
