//! `postproof lint`, as people and CI servers run it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{Ran, ran, with};

/// The codes found, each with its line.
fn codes(ran: &Ran) -> Vec<(String, u64)> {
    let lines = ran.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let found = lines.filter_map(|line| Some((line.get("code")?.as_str()?.to_owned(), line.get("line")?.as_u64()?)));
    found.collect()
}

fn lint(folder: &Path, arguments: &[&str]) -> Ran {
    ran(folder, "lint", arguments)
}

fn in_folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    with(&format!("lint/{name}"), files)
}

const TILDE: &str = "/~From:.*@casino\\.example>/ REJECT no casino\n";
const GOOD: &str = "/^From:.*@casino\\.example>/ REJECT no casino\n";

#[test]
fn findings_are_told_with_their_line() {
    let folder = in_folder("told", &[("header_checks", TILDE), ("good", GOOD)]);
    let ran = lint(&folder, &["regexp:header_checks"]);
    assert_eq!((ran.status, ran.error.as_str()), (1, ""));
    assert_eq!(
        ran.out,
        "header_checks:1:2: note[PP201 tilde-for-caret]: ~ is matched as a tilde. To tie the pattern to the start, write ^.\n    \
         /~From:.*@casino\\.example>/ REJECT no casino\n     ^\n    \
         Postfix says nothing about it. Write ^ in its place. --fix does it.\n\n1 finding in 1 file; --fix mends 1\n"
    );
    let ran = lint(&folder, &["--header-checks", "regexp:good"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, "nothing found in 1 file\n"));
    let ran = lint(&folder, &["--format", "github", "regexp:header_checks"]);
    assert!(
        ran.out.starts_with("::warning file=header_checks,line=1,title=PP201 tilde-for-caret::~ is matched"),
        "{}",
        ran.out
    );
    let ran = lint(&folder, &["--lang", "ja", "regexp:header_checks"]);
    assert!(ran.out.contains("注意[PP201 tilde-for-caret]: ~ はチルダそのものに一致します。"), "{}", ran.out);
}

#[test]
fn who_asks_a_table_decides() {
    let rule = "/^Subject: casino/ 550 no casino\n";
    let folder = in_folder("asked", &[("t", rule), ("header_checks", rule)]);
    let codes = |arguments: &[&str]| {
        let ran = lint(&folder, &[&["--format", "json"], arguments].concat());
        codes(&ran).into_iter().map(|(code, _)| code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&["regexp:t"]), Vec::<String>::new());
    assert_eq!(codes(&["regexp:header_checks"]), ["PP302"]);
    assert_eq!(codes(&["--body-checks", "regexp:t"]), ["PP302"]);
    assert_eq!(codes(&["--recipient-access", "regexp:t"]), ["PP409"]);
    // A name alone is taken for what it looks like, and that is said.
    let ran = lint(&folder, &["header_checks"]);
    assert!(ran.error.contains("header_checks has no type, and looks like regexp"), "{}", ran.error);
    assert!(ran.out.contains("PP302"), "{}", ran.out);
}

#[test]
fn a_configuration_is_looked_through() {
    let main_cf = "compatibility_level = 3.6\nmyhostname = mx.example.net\nheder_size_limit = 1\n\
                   header_checks = regexp:$config_directory/header\nmime_header_checks = regexp:$config_directory/mime\n\
                   smtpd_client_restrictions = permit_mynetworks, check_client_access regexp:$config_directory/clients\n\
                   body_checks = regexp:/elsewhere/body\n";
    let files = [
        ("main.cf", main_cf),
        ("header", "# postproof: ignore-file PP211\n/^Content-Type:.*name=.*exe/ REJECT\n/~X: a b/ WARN\n"),
        ("mime", "/^Subject: x/ REJECT\n"),
        ("clients", "/^\\[192\\.0\\.2\\.1\\]$/ OK\n/\\.example\\.net$/ 550\n"),
    ];
    let folder = in_folder("configuration", &files);
    let ran = lint(&folder, &["--format", "json", "-c", "main.cf"]);
    let mut codes = codes(&ran);
    codes.sort();
    let expected = [("PP201", 3), ("PP401", 2), ("PP404", 1), ("PP501", 2), ("PP502", 1), ("PP704", 3)];
    assert_eq!(codes, expected.map(|(code, line)| (code.to_owned(), line)));
    assert_eq!(
        ran.error,
        "postproof: note: main.cf: not looked at, since they cannot be read here: regexp:/elsewhere/body\n"
    );
    assert_eq!(ran.status, 1);
}

#[test]
fn a_table_that_postfix_refuses_is_the_worst() {
    let main_cf = "compatibility_level = 3.6\nmyhostname = mx.example.net\nheader_checks = regex:x\n";
    let folder = in_folder("refused", &[("main.cf", main_cf)]);
    let ran = lint(&folder, &["--format", "json", "-c", "."]);
    assert_eq!((ran.status, codes(&ran)), (2, vec![("PP711".to_owned(), 3)]));
    let ran = lint(&folder, &["regexp:none"]);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.error.contains("none"), "{}", ran.error);
    assert_eq!(lint(&folder, &[]).status, 2);
}

#[test]
fn fixes_are_shown_and_made() {
    let before = "# rules\n/~From:.*casino/i   REJECT 550 5.7.1 go\nif /^X-Mailer:/\n  /bulk/ WARN $9 lives\nendif\n/^Subject: \\d/ REJCET x\n";
    let after = "# rules\n/^From:.*casino/   REJECT 5.7.1 go\nif /^X-Mailer:/\n/bulk/ WARN $$9 lives\nendif\n/^Subject: [0-9]/ REJECT x\n";
    let folder = in_folder("fixed", &[("header_checks", before)]);
    let ran = lint(&folder, &["--diff", "regexp:header_checks"]);
    assert_eq!(ran.status, 1);
    for line in ["--- a/header_checks", "+++ b/header_checks", "-  /bulk/ WARN $9 lives", "+/bulk/ WARN $$9 lives"] {
        assert!(ran.out.lines().any(|other| other == line), "{line}: {}", ran.out);
    }
    assert_eq!(std::fs::read_to_string(folder.join("header_checks")).unwrap(), before);
    let ran = lint(&folder, &["--fix", "regexp:header_checks"]);
    assert_eq!(std::fs::read_to_string(folder.join("header_checks")).unwrap(), after);
    assert_eq!(ran.error, "postproof: mended 7 findings in 1 file\n");
    assert_eq!((ran.status, ran.out.as_str()), (0, "nothing found in 1 file\n"));
    let ran = lint(&folder, &["--diff", "regexp:header_checks"]);
    assert_eq!((ran.status, ran.out.as_str()), (0, ""));
}

#[test]
fn a_fix_of_what_is_no_utf8_keeps_the_rest() {
    let folder = in_folder("bytes", &[]);
    let before = b"/~From: \xe9t\xe9/ REJECT\r\n/\xff/ WARN\r\n";
    std::fs::write(folder.join("header_checks"), before).unwrap();
    lint(&folder, &["--fix", "regexp:header_checks"]);
    let after = std::fs::read(folder.join("header_checks")).unwrap();
    assert_eq!(after, b"/^From: \xe9t\xe9/ REJECT\n/\xff/ WARN\n");
}

#[test]
fn findings_are_left_out() {
    let table = format!(
        "# postproof: ignore tilde-for-caret -- is meant\n{TILDE}/x/i WARN\n# postproof: ignore PP999\n/y/ WARN\n"
    );
    let folder = in_folder("left", &[("header_checks", table.as_str()), ("old/header_checks", TILDE)]);
    let json = |arguments: &[&str]| lint(&folder, &[&["--format", "json"], arguments].concat());
    let ran = json(&["regexp:header_checks"]);
    assert_eq!(codes(&ran), [("PP202".to_owned(), 3)]);
    assert!(ran.out.ends_with("{\"findings\":1,\"files\":1,\"left_out\":1}\n"), "{}", ran.out);
    assert!(ran.error.contains("header_checks, line 4: PP999 is no code"), "{}", ran.error);
    assert_eq!(codes(&json(&["--ignore", "folding-off", "regexp:header_checks"])), []);
    let ran = json(&["--ignore", "nonsense", "regexp:header_checks"]);
    assert!(ran.status == 2 && ran.error.contains("nonsense"), "{}", ran.error);
    std::fs::write(
        folder.join("postproof.toml"),
        "[lint]\nignore = [\"PP202\"]\n\n[lint.files]\n\"old/*\" = [\"PP201\"]\n",
    )
    .unwrap();
    assert_eq!(codes(&json(&["regexp:header_checks", "regexp:old/header_checks"])), []);
    std::fs::write(folder.join("other.toml"), "[lint]\nignroe = []\n").unwrap();
    let ran = json(&["--settings", "other.toml", "regexp:header_checks"]);
    assert!(ran.status == 2 && ran.error.contains("line 2") && ran.error.contains("ignroe"), "{}", ran.error);
}

#[test]
fn a_baseline_keeps_old_findings_quiet() {
    let folder = in_folder("baseline", &[("header_checks", TILDE)]);
    let ran = lint(&folder, &["--baseline", "known.json", "--update-baseline", "regexp:header_checks"]);
    assert_eq!((ran.status, ran.error.as_str()), (0, "postproof: known.json: 1 finding written\n"));
    // Lines may move.
    std::fs::write(folder.join("header_checks"), format!("# new\n/x/i WARN\n{TILDE}")).unwrap();
    let ran = lint(&folder, &["--format", "json", "--baseline", "known.json", "regexp:header_checks"]);
    assert_eq!(codes(&ran), [("PP202".to_owned(), 2)]);
    // The same slip once more is a new finding.
    std::fs::write(folder.join("header_checks"), format!("{TILDE}{TILDE}")).unwrap();
    let ran = lint(&folder, &["--format", "json", "--baseline", "known.json", "regexp:header_checks"]);
    assert!(codes(&ran).contains(&("PP201".to_owned(), 2)), "{}", ran.out);
    std::fs::write(folder.join("known.json"), "{}").unwrap();
    assert_eq!(lint(&folder, &["--baseline", "known.json", "regexp:header_checks"]).status, 2);
    assert_eq!(lint(&folder, &["--update-baseline", "regexp:header_checks"]).status, 2);
}

#[test]
fn codes_are_explained() {
    let folder = in_folder("explained", &[]);
    let ran = lint(&folder, &["--explain", "pp201"]);
    assert!(
        ran.status == 0 && ran.out.starts_with("# PP201 tilde-for-caret: a tilde where a caret was meant\n"),
        "{}",
        ran.out
    );
    let ran = lint(&folder, &["--explain", "all"]);
    assert!(ran.out.lines().any(|line| line == "PP201 tilde-for-caret"), "{}", ran.out);
    assert_eq!(lint(&folder, &["--explain", "PP999"]).status, 2);
}
