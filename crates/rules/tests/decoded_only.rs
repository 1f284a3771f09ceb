//! Rules that match what people read, and nothing that Postfix looks at.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use postproof_model::{Class, Lines, Span, TableKind};
use postproof_rules::content::ContentChecks;
use postproof_rules::content::decoded_only::Bounds;
use postproof_rules::table::Table;

fn table(source: &str) -> Vec<Table> {
    let (table, problems) = Table::parse(TableKind::Regexp, "checks", source.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    vec![table]
}

fn checks(header: &str, body: &str) -> ContentChecks {
    ContentChecks { header: table(header), body: table(body), ..ContentChecks::default() }
}

/// The rules found: class, the rule's line, the raw lines, the text, how many further lines.
fn found(checks: &ContentChecks, message: &str) -> Vec<(Class, usize, Lines, String, usize)> {
    let rules = checks.decoded_only(message.as_bytes(), &Bounds::default());
    assert!(rules.complete);
    rules.found.into_iter().map(|it| (it.class, it.rule.lines.first, it.lines, it.text, it.further)).collect()
}

#[test]
fn a_rule_that_meets_its_word_only_decoded_is_told() {
    let checks = checks("/^Subject:.*当選/ REJECT\n/^Subject:/ WARN\n", "/viagra/ REJECT\n/[^ ]/ INFO\n");
    let message = "Subject: =?UTF-8?B?5b2T6YG4?=\nContent-Transfer-Encoding: base64\n\nYnV5IHZpYWdyYQp2aWFncmEhCg==\n";
    let found = found(&checks, message);
    let subject = Lines { first: 1, last: 1 };
    let body = Lines { first: 4, last: 4 };
    assert_eq!(
        found,
        [
            (Class::Header, 1, subject, "Subject: 当選".to_owned(), 0),
            (Class::Body, 1, body, "buy viagra".to_owned(), 1)
        ]
    );
    let rules = checks.decoded_only(message.as_bytes(), &Bounds::default());
    assert_eq!(rules.found[1].matched, Some(Span::new(4, 10)));
}

#[test]
fn what_matches_something_raw_of_the_same_part_is_not_told() {
    let checks = checks("/^Subject:.*won/ REJECT\n", "/viagra/ REJECT\n");
    // quoted-printable that holds the word both ways.
    let both = "Subject: won =?UTF-8?Q?w=6Fn?=\nContent-Transfer-Encoding: quoted-printable\n\nvi=61gra\nviagra\n";
    assert_eq!(found(&checks, both), []);
    // In another part it does not count.
    let parts = "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nviagra\n--b\nContent-Transfer-Encoding: quoted-printable\n\nvi=61gra\n--b--\n";
    assert_eq!(found(&checks, parts), [(Class::Body, 1, Lines { first: 9, last: 9 }, "viagra".to_owned(), 0)]);
    // Nothing is decoded here.
    assert_eq!(found(&checks, "Subject: x\n\nviagra\n"), []);
}

#[test]
fn a_word_that_a_fold_or_a_soft_break_divides_is_told() {
    let checks = checks("/lucky winner/ REJECT\n", "/viagra/ REJECT\n");
    let message = "Subject: lucky\n winner\nContent-Transfer-Encoding: quoted-printable\n\nvia=\ngra\n";
    let found = found(&checks, message);
    let places: Vec<_> = found.iter().map(|(class, _, lines, _, _)| (*class, lines.first, lines.last)).collect();
    assert_eq!(places, [(Class::Header, 1, 2), (Class::Body, 5, 6)]);
}

#[test]
fn lines_that_body_checks_do_not_reach_are_no_raw_keys() {
    let message = format!(
        "Content-Transfer-Encoding: quoted-printable\n\n{}\nviagra\nvi=61gra\n",
        vec!["x".repeat(70); 1000].join("\n")
    );
    let checks = checks("/^none/ OK\n", "/viagra/ REJECT\n");
    assert_eq!(found(&checks, &message).len(), 1);
    let mut no_limit = checks.clone();
    no_limit.limits.body_checks_size_limit = 0;
    assert_eq!(found(&no_limit, &message), []);
}

#[test]
fn rules_in_blocks_and_negated_rules_are_asked_as_they_stand() {
    let checks = checks("if /^Subject:/\n/won/ REJECT\nendif\n!/=\\?/ WARN\n", "/^none/ OK\n");
    let rules: Vec<usize> =
        found(&checks, "Subject: =?UTF-8?Q?w=6Fn?=\n\n").into_iter().map(|(_, rule, ..)| rule).collect();
    assert_eq!(rules, [2, 4]);
    assert_eq!(found(&checks, "Comments: won\n\n"), []);
}

#[test]
fn the_number_and_the_work_are_bounded_and_that_is_said() {
    let checks = checks("/a/ WARN\n/b/ WARN\n/c/ WARN\n", "/viagra/ REJECT\n");
    let few = checks.decoded_only(b"X: =?UTF-8?Q?=61=62=63?=\n\n", &Bounds { found: 2, ..Bounds::default() });
    assert_eq!((few.found.len(), few.complete), (2, false));
    let short = checks.decoded_only(b"X: =?UTF-8?Q?=61?=\n\n", &Bounds { asked: 3, ..Bounds::default() });
    assert_eq!((short.found.len(), short.complete), (0, false));
}
