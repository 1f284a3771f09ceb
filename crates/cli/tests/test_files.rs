//! `postproof test`, as people and CI servers run it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use support::{Ran, command, ran, with};

fn test(folder: &Path, arguments: &[&str]) -> Ran {
    ran(folder, "test", arguments)
}

const TABLES: &str = "[tables]\nheader_checks = 'regexp:header_checks'\n";
const GOOD: &str = "[[case]]\nname = 'good'\nheader = 'Subject: casino'\nexpect = { verdict = 'rejected' }\n";
const BAD: &str = "[[case]]\nname = 'bad'\nheader = 'Subject: the Casino'\nexpect = { verdict = 'accepted', no_rule = 'header_checks:1' }\n";
const HEADER_CHECKS: (&str, &str) = ("header_checks", "/casino/ REJECT no casino\n/prize/ WARN\n");

#[test]
fn the_examples_pass() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let ran = test(&examples, &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.error);
    assert!(ran.out.contains("12 passed, 0 failed, 1 todo\n"), "{}", ran.out);
    assert!(ran.error.contains("~ is matched as a tilde"), "{}", ran.error);
    let ran = test(&examples, &["--coverage-min", "75"]);
    assert_eq!(ran.status, 1);
    assert!(ran.error.contains("71.4 % of the rules fired, fewer than 75 %"), "{}", ran.error);
    assert_eq!(test(&examples, &["--coverage-min", "71.4"]).status, 0);
}

#[test]
fn a_failure_shows_what_was_expected_beside_what_there_is() {
    let folder = with("test_failure", &[HEADER_CHECKS, ("a.postproof.toml", &format!("{TABLES}{GOOD}{BAD}"))]);
    let ran = test(&folder, &[]);
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.out,
        "a.postproof.toml
    passed  good
    FAILED  bad (line 7)
        Subject: the Casino
            verdict: expected accepted
                     actual   rejected
            must not fire: expected header_checks:1
                           actual   header_checks:1
            header_checks line 1: REJECT (/casino/)
                on header, line 1
                    Subject: the Casino
                                 ^^^^^^
            reply: 550 5.7.1 no casino

header_checks: never fired: line 2
1 of 2 rules fired (50 %)
1 passed, 1 failed
"
    );
}

#[test]
fn zero_tests_an_unmatched_glob_and_a_broken_table_are_errors() {
    let empty = with("test_empty", &[("x.toml", "")]);
    let ran = test(&empty, &[]);
    assert_eq!(ran.status, 2);
    assert!(ran.error.contains("no test files"), "{}", ran.error);
    assert_eq!(test(&empty, &["nowhere/*.postproof.toml"]).status, 2);
    for (name, source, said) in [
        ("no cases", TABLES.to_owned(), "there is no [[case]]"),
        (
            "glob",
            format!("{TABLES}{}", GOOD.replace("header = 'Subject: casino'", "message_files = 'm/*.eml'")),
            "no file is named like m/*.eml",
        ),
        (
            "missing",
            format!("{TABLES}{}", GOOD.replace("header = 'Subject: casino'", "message_files = 'm.eml'")),
            "cannot read m.eml",
        ),
        (
            "table",
            TABLES.replace("regexp:header_checks", "regexp:none") + GOOD,
            "a.postproof.toml, line 2, column 17: cannot read none",
        ),
        ("rule", TABLES.replace("regexp:header_checks", "regexp:broken") + GOOD, "broken, line 1"),
        (
            "key",
            format!("{TABLES}{}", GOOD.replace("header", "headers")),
            "line 5, column 1: there is no key headers here; did you mean header?",
        ),
    ] {
        let folder = with(
            "test_broken",
            &[
                HEADER_CHECKS,
                ("broken", "/[/ REJECT\n"),
                ("a.postproof.toml", &source),
                ("b.postproof.toml", &format!("{TABLES}{GOOD}")),
            ],
        );
        let ran = test(&folder, &[]);
        assert_eq!(ran.status, 2, "{name}: {}", ran.out);
        assert!(ran.out.contains(said), "{name}: {}", ran.out);
        // The other file is run all the same.
        assert!(ran.out.contains("1 passed, 0 failed, 1 files with errors"), "{name}: {}", ran.out);
    }
    let folder = with("test_filter", &[HEADER_CHECKS, ("a.postproof.toml", &format!("{TABLES}{GOOD}{BAD}"))]);
    assert_eq!(test(&folder, &["--filter", "nothing"]).status, 2);
    assert_eq!(test(&folder, &["--filter", "good"]).status, 0);
    assert_eq!(test(&folder, &["--coverage-min", "many"]).status, 2);
}

#[test]
fn nothing_outside_of_the_folder_is_read() {
    let secret = with("test_secret", &[("secret", "/casino/ REJECT\n")]);
    let path = secret.join("secret");
    let relative = format!("../{}/secret", secret.file_name().unwrap().to_str().unwrap());
    let folder = with("test_outside", &[("x", "")]);
    let link = folder.join("link");
    let _ = std::fs::remove_file(&link);
    std::os::unix::fs::symlink(&path, &link).unwrap();
    for name in [path.to_str().unwrap(), &relative, "link", "../nothing/here", "/nothing/here"] {
        std::fs::write(
            folder.join("a.postproof.toml"),
            TABLES
                .replace("header_checks'", &format!("{name}'"))
                .replace("regexp:header_checks", &format!("regexp:{name}"))
                + GOOD,
        )
        .unwrap();
        let ran = test(&folder, &[]);
        assert_eq!(ran.status, 2, "{name}");
        assert!(ran.out.contains("it lies outside of the test file's folder"), "{name}: {}", ran.out);
    }
    // A further folder may be given.
    std::fs::write(folder.join("a.postproof.toml"), TABLES.replace("header_checks'", "link'") + GOOD).unwrap();
    assert_eq!(test(&folder, &["--folder", secret.to_str().unwrap()]).status, 0);
    let glob = format!("{TABLES}{}", GOOD.replace("header = 'Subject: casino'", "message_files = '../*/*'"));
    std::fs::write(folder.join("a.postproof.toml"), glob.replace("regexp:header_checks", "static:x")).unwrap();
    assert!(test(&folder, &[]).out.contains("it lies outside"));
}

#[test]
fn the_order_is_kept_and_fail_fast_ends_it() {
    let many: String = (0..50).map(|number| GOOD.replace("good", &format!("case {number}"))).collect();
    let files = [
        HEADER_CHECKS,
        ("b.postproof.toml", &format!("{TABLES}{many}")),
        ("a.postproof.toml", &format!("{TABLES}{BAD}{GOOD}")),
        (".hidden/c.postproof.toml", "x"),
    ];
    let folder = with("test_order", &files);
    let ran = test(&folder, &[]);
    let names: Vec<&str> = ran.out.lines().filter_map(|line| line.trim().strip_prefix("passed  ")).collect();
    let expected: Vec<String> =
        std::iter::once("good".to_owned()).chain((0..50).map(|number| format!("case {number}"))).collect();
    assert_eq!(names, expected);
    let ran = test(&folder, &["--fail-fast"]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("0 passed, 1 failed, 51 not run\n"), "{}", ran.out);
    // A file that is named twice is run once.
    let ran = test(&folder, &["a.postproof.toml", "./a.postproof.toml", "b.postproof.toml"]);
    assert!(ran.out.contains("51 passed, 1 failed\n"), "{}", ran.out);
}

#[test]
fn formats_and_files_of_results() {
    let folder = with("test_formats", &[HEADER_CHECKS, ("a.postproof.toml", &format!("{TABLES}{GOOD}{BAD}"))]);
    for (format, start) in [
        ("json", "{\"file\":\"a.postproof.toml\",\"name\":\"good\""),
        ("junit", "<?xml version=\"1.0\""),
        ("tap", "TAP version 14\n1..2\nok 1 - a.postproof.toml: good\nnot ok 2 - a.postproof.toml: bad\n"),
        ("github", "::error file=a.postproof.toml,line=7,title=bad::Subject: the Casino%0A"),
        ("pretty", "a.postproof.toml\n"),
    ] {
        let ran = test(&folder, &["--format", format]);
        assert_eq!(ran.status, 1);
        assert!(ran.out.starts_with(start), "{}", ran.out);
        let ran = test(&folder, &["--format", format, "--output", "results", "--lcov", "lcov.info"]);
        assert!(ran.out.ends_with("1 passed, 1 failed\n"), "{}", ran.out);
        assert!(std::fs::read_to_string(folder.join("results")).unwrap().starts_with(start));
    }
    let lcov = std::fs::read_to_string(folder.join("lcov.info")).unwrap();
    assert_eq!(lcov, "TN:postproof\nSF:header_checks\nDA:1,2\nDA:2,0\nLF:2\nLH:1\nend_of_record\n");
    let ran = test(&folder, &["--coverage"]);
    assert!(
        ran.out.starts_with(
            "header_checks: 1 of 2 rules fired (50 %)\n       2 | /casino/ REJECT no casino\n     ! 0 | /prize/ WARN\n"
        ),
        "{}",
        ran.out
    );
    assert!(test(&folder, &["--coverage", "--format", "json"]).error.contains("     ! 0 | /prize/ WARN\n"));
    let output = command(&folder, "test", &["--lang", "ja"]).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().ends_with("合格 1、失敗 1\n"));
    assert_eq!(test(&folder, &["--output", "no/such/folder"]).status, 2);
}

#[test]
fn snapshots_are_updated() {
    let source = format!(
        "# A comment that stays\n{TABLES}[[case]]\nname = 'snapshot'   # this, too\nheader = 'Subject: casino'\nexpect.snapshot = ''\n"
    );
    let folder = with("test_update", &[HEADER_CHECKS, ("a.postproof.toml", &source)]);
    let ran = test(&folder, &[]);
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("+ Subject: casino: rejected\n") && ran.out.contains("--update"), "{}", ran.out);
    let ran = test(&folder, &["--update"]);
    assert_eq!((ran.status, ran.error.as_str()), (0, "postproof: a.postproof.toml: 1 snapshots written\n"));
    let updated = std::fs::read_to_string(folder.join("a.postproof.toml")).unwrap();
    assert_eq!(
        updated,
        source.replace("''\n", "'''\nSubject: casino: rejected\n  reply: 550 5.7.1 no casino\n  header_checks:1 on line 1: REJECT no casino\n'''\n")
    );
    assert_eq!(test(&folder, &["--update"]).error, "");
    assert_eq!(std::fs::read_to_string(folder.join("a.postproof.toml")).unwrap(), updated);
    // What changes is told as a difference.
    std::fs::write(folder.join("header_checks"), "/casino/ REJECT no games\n").unwrap();
    let ran = test(&folder, &[]);
    assert!(
        ran.out.contains("-   reply: 550 5.7.1 no casino\n") && ran.out.contains("+   reply: 550 5.7.1 no games\n"),
        "{}",
        ran.out
    );
}

#[test]
fn watch_runs_again_when_a_table_changes() {
    let folder = with("test_watch", &[HEADER_CHECKS, ("a.postproof.toml", &format!("{TABLES}{GOOD}"))]);
    let mut child = command(&folder, "test", &["--watch", "--format", "tap", "--lcov", "lcov.info"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (send, lines) = std::sync::mpsc::channel();
    let out = BufReader::new(child.stdout.take().unwrap());
    std::thread::spawn(move || out.lines().map_while(Result::ok).for_each(|line| drop(send.send(line))));
    let wait_for = |start: &str| {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Ok(line) = lines.recv_timeout(Duration::from_secs(1))
                && line.starts_with(start)
            {
                return true;
            }
        }
        false
    };
    let first = wait_for("ok 1");
    std::fs::write(folder.join("header_checks"), "/poker/ REJECT\n").unwrap();
    let second = wait_for("not ok 1");
    // What the run writes itself is no change: there is no third run.
    let quiet = lines.recv_timeout(Duration::from_millis(1500)).is_ok_and(|line| line.starts_with("TAP"));
    std::fs::remove_file(folder.join("header_checks")).unwrap();
    let third = wait_for("not ok 1 - a.postproof.toml");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first && second && !quiet && third, "{first} {second} {quiet} {third}");
}
