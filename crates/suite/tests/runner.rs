//! Suites in memory, run: each kind of input, each expectation met and not met.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is not as promised")]

use std::collections::BTreeMap;

use postproof_model::report::{CaseOutcome, CaseReport, Expectation, FileProblem, TableCoverage};
use postproof_model::{Consequence, Input, InputKind, Project, ProjectFile, Role, TableKind};
use postproof_suite::{Files, Hits, NoFiles, Prepared, read, update};

/// Files in memory.
#[derive(Default)]
struct Memory(BTreeMap<&'static str, &'static str>);

impl Files for Memory {
    fn read(&mut self, name: &str, limit: usize) -> Result<Vec<u8>, String> {
        let text = self.0.get(name).ok_or("no such file")?;
        if text.len() > limit { Err("too long".to_owned()) } else { Ok(text.as_bytes().to_vec()) }
    }

    fn matching(&mut self, pattern: &str, _limit: usize) -> Result<Vec<String>, String> {
        let Some(start) = pattern.strip_suffix('*') else { return Ok(vec![pattern.to_owned()]) };
        Ok(self.0.keys().filter(|name| name.starts_with(start)).map(|name| (*name).to_owned()).collect())
    }

    fn shown(&self, name: &str) -> String {
        name.to_owned()
    }
}

fn prepared(source: &str) -> Prepared {
    let files = Memory(BTreeMap::from([
        ("mail/1", "Subject: one\n\nbody\n"),
        ("mail/2", "Subject: two\n\nbody\n"),
        ("hosts", "# two\nppp1-2.example.net\n\nunknown[192.0.2.1]\n"),
        ("headers", "Subject: folded\n winner\nX-A: b\n"),
    ]));
    let suite = read(source.as_bytes()).unwrap_or_else(|error| panic!("{error:?}\n{source}"));
    let mut files = files;
    Prepared::new(suite, "t.postproof.toml", &mut files).unwrap_or_else(|error| panic!("{error:?}\n{source}"))
}

fn reports(source: &str) -> Vec<CaseReport> {
    let prepared = prepared(source);
    (0..prepared.suite().cases()).map(|case| prepared.run(case).unwrap().report).collect()
}

const HEAD: &str = r#"
[tables]
header_checks = "regexp:header_checks"
body_checks = "regexp:body_checks"
smtp_header_checks = "regexp:smtp_header_checks"
client_access = "regexp:access"

[files]
header_checks = '''
if /^Subject:/
/winner|prize (.*)/ REJECT no winners
/(warn)(x)?/ WARN ${1}ed
endif
/^X-A:/ IGNORE
/^X-Hold:/ HOLD
'''
body_checks = '/casino/ DISCARD'
smtp_header_checks = '/^X-B:/ IGNORE'
access = '/^ppp/ 450 4.7.1 later'
"#;

fn one(case: &str) -> CaseReport {
    reports(&format!("{HEAD}\n[[case]]\nname = 'x'\n{case}\n")).remove(0)
}

#[track_caller]
fn passes(case: &str) {
    let report = one(case);
    assert_eq!(report.outcome, CaseOutcome::Passed, "{case}\n{:#?}", report.failures);
}

/// The expectations that a case does not meet, in their order.
fn unmet(case: &str) -> Vec<Expectation> {
    let report = one(case);
    report.failures.iter().flat_map(|failure| &failure.mismatches).map(|mismatch| mismatch.expectation).collect()
}

#[test]
fn headers_and_body_lines_by_themselves() {
    passes("header = 'Subject: winner'\nexpect = { verdict = 'rejected', reply = '550 5.7.1 no winners' }");
    passes("header = 'Subject: winner'\nexpect = { rule = 'header_checks:2', action = 'reject', matched = 'winner' }");
    passes("header = 'Subject: warn'\nexpect = { result = 'WARN warned', groups = ['warn', ''] }");
    passes("header = 'Subject: warn'\nexpect = { groups = { 1 = 'warn' }, rules = ['header_checks:3'] }");
    passes("header_files = 'headers'\nexpect = { verdict = ['rejected', 'accepted'] }");
    passes("body_line = ['a casino', 'casino']\nexpect = { verdict = 'discarded', pattern = '/casino/' }");
    passes("body_line = 'winner'\nexpect = { verdict = 'accepted', rules = [] }");
}

#[test]
fn what_is_not_met_is_told() {
    use Expectation as E;
    assert_eq!(unmet("header = 'Subject: winner'\nexpect = { verdict = 'accepted' }"), [E::Verdict]);
    assert_eq!(unmet("header = 'Subject: winner'\nexpect = { reply = '550' }"), [E::Reply]);
    assert_eq!(unmet("header = 'Subject: x'\nexpect = { reply = '550' }"), [E::Reply]);
    assert_eq!(unmet("header = 'Subject: winner'\nexpect = { rule = 'header_checks:3' }"), [E::Rule]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { groups = ['warn'] }"), [E::Groups]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { groups = { 3 = '' } }"), [E::Groups]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { matched = 'war' }"), [E::Matched]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { result = { lacks = 'warned' } }"), [E::Result]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { s25r = 1 }"), [E::S25r]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { rules = [] }"), [E::Rules]);
    assert_eq!(unmet("header = 'Subject: x'\nexpect = { rules = ['header_checks:3'] }"), [E::Rules]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { no_rule = 'header_checks' }"), [E::NoRule]);
    assert_eq!(unmet("header = 'Subject: warn'\nexpect = { no_rule = ['header_checks:3'] }"), [E::NoRule]);
    passes("header = 'Subject: warn'\nexpect = { no_rule = ['header_checks:2', 'body_checks'] }");
    // All must be true of one rule.
    let both = "message = '''\nSubject: warn\nX-A: b\n\n'''\n";
    passes(&format!("{both}expect = {{ action = 'IGNORE', rule = 'header_checks:5' }}"));
    assert_eq!(unmet(&format!("{both}expect = {{ action = 'IGNORE', rule = 'header_checks:3' }}")).len(), 1);
}

#[test]
fn messages_as_queued_and_as_sent() {
    let message = "message = '''\nX-A: b\nX-B: c\nSubject: x\n\nbody\n'''\n";
    passes(&format!("{message}expect = {{ message_after = {{ lacks = 'X-A', contains = ['X-B', 'Received: '] }} }}"));
    passes(&format!("{message}expect = {{ message_sent = {{ lacks = ['X-A', 'X-B'] }} }}"));
    assert_eq!(unmet(&format!("{message}expect = {{ message_sent = 'x' }}")), [Expectation::MessageSent]);
    // A held message is queued, but nobody knows when it is sent.
    let held = "message = '''\nX-Hold: b\n\n'''\n";
    passes(&format!("{held}expect = {{ verdict = 'held', message_after = {{ contains = 'X-Hold' }} }}"));
    assert_eq!(unmet(&format!("{held}expect = {{ message_sent = {{ contains = 'X' }} }}")), [Expectation::MessageSent]);
    passes("message_files = ['mail/*']\nexpect = { verdict = 'accepted' }");
    passes(
        "message = 'X: y'\nclient = 'a.example[192.0.2.77]'\nexpect = { message_after = { contains = '192.0.2.77' } }",
    );
}

#[test]
fn hosts_and_keys() {
    passes("host = ['ppp1.example', 'ppp2.example[192.0.2.1]']\nexpect = { verdict = 'deferred', action = '450' }");
    passes("host = 'mail.example'\nexpect = { verdict = 'undecided', no_rule = 'access' }");
    passes("key = 'ppp1'\ntable = 'regexp:access'\nexpect = { verdict = 'found', result = '450 4.7.1 later' }");
    passes("key = 'q'\ntable = ['regexp:access', 'inline:{q=1}']\nexpect = { verdict = 'found', result = '1' }");
    passes("key = 'q'\ntable = 'regexp:access'\nexpect = { verdict = 'not_found' }");
    // Without tables S25R's rules answer.
    let source = "[[case]]\nname = 'x'\nhost_files = 'hosts'\nexpect = { verdict = 'deferred' }";
    assert_eq!(reports(source)[0].outcome, CaseOutcome::Passed);
    assert_eq!(reports(source)[0].inputs, 2);
}

#[test]
fn the_unknown_meets_nothing_but_unknown() {
    let unknown = |expect: &str| {
        let case = format!("key = 'a'\ntable = 'ldap:/etc/postfix/users.cf'\nexpect = {{ {expect} }}");
        one(&case).outcome
    };
    assert_eq!(unknown("verdict = 'unknown'"), CaseOutcome::Passed);
    for expect in ["verdict = 'not_found'", "verdict = 'found'", "no_rule = 'access'", "rules = []", "snapshot = ''"] {
        assert_eq!(unknown(expect), CaseOutcome::Failed, "{expect}");
    }
    // A snapshot of the unknown is not written unless it is expected.
    let snapshot = |expect: &str| one(&format!("key = 'a'\ntable = 'ldap:/x'\nexpect = {{ {expect} }}")).snapshot;
    assert_eq!(snapshot("snapshot = ''"), None);
    assert!(snapshot("snapshot = '', verdict = 'unknown'").unwrap().contains("unknown"));
    let source =
        "[tables]\nheader_checks = 'ldap:/x'\n[[case]]\nname = 'x'\nheader = 'A: b'\nexpect = { no_rule = 'y' }";
    assert_eq!(reports(source)[0].outcome, CaseOutcome::Failed);
    // What the server answers may be given.
    let source = format!(
        "answers = {{ 'ldap:/x' = 'answered' }}\n{}",
        source.replace("[[case]]", "[files]\nanswered = 'a b'\n[[case]]")
    );
    assert_eq!(reports(&source)[0].outcome, CaseOutcome::Passed);
}

const SERVER: &str = r#"
main_cf = "main.cf"
world = "world"

[files]
"main.cf" = '''
compatibility_level = 3.6
myhostname = mx.example.jp
mydestination = example.jp
mynetworks = 127.0.0.0/8
local_recipient_maps =
smtpd_client_restrictions = reject_rbl_client bl.example, check_client_access regexp:$config_directory/access
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
'''
world = '''
*.bl.example * nxdomain
'''
access = '/^ppp/ 450 4.7.1 later'
"#;

#[test]
fn sessions() {
    let session = "session = '''\nHELO a.example\nMAIL FROM:<a@example.org>\nRCPT TO:<b@example.jp>\nRCPT TO:<c@example.com>\nQUIT\n'''\n";
    let case = |client: &str, expect: &str| {
        let source = format!("{SERVER}\n[[case]]\nname = 'x'\nclient = '{client}'\n{session}{expect}");
        reports(&source).remove(0)
    };
    for (client, expect) in [
        (
            "ppp1.example[192.0.2.1]",
            "expect = { verdict = 'deferred', rule = 'access:1', reply = { contains = 'later' } }",
        ),
        // The first recipient is taken; a stranger may not relay to the second.
        ("mail.example[192.0.2.1]", "expect = { verdict = 'rejected', reply = { contains = 'Relay access denied' } }"),
        ("mail.example[192.0.2.1]", "at = 'rcpt'\nexpect = { verdict = 'accepted', no_rule = 'access' }"),
        ("mail.example[192.0.2.1]", "at = 'RCPT TO:<c'\nexpect = { verdict = 'rejected' }"),
    ] {
        let report = case(client, expect);
        assert_eq!(report.outcome, CaseOutcome::Passed, "{expect} {:#?}", report.failures);
    }
    let report = case("mail.example[192.0.2.1]", "at = 'DATA'\nexpect = { verdict = 'accepted' }");
    let expectations: Vec<_> = report.failures[0].mismatches.iter().map(|mismatch| mismatch.expectation).collect();
    assert_eq!(expectations, [Expectation::At, Expectation::Verdict]);
    // Who connects is not known, so no reply is either.
    let source = format!("{SERVER}\n[[case]]\nname = 'x'\n{session}expect = {{ verdict = ['accepted', 'deferred'] }}");
    assert_eq!(reports(&source)[0].outcome, CaseOutcome::Failed);
}

#[test]
fn hosts_go_through_a_servers_lists() {
    let case = |host: &str, expect: &str| {
        reports(&format!("{SERVER}\n[[case]]\nname = 'x'\nhost = '{host}'\nexpect = {{ {expect} }}")).remove(0)
    };
    for (host, expect) in [
        (
            "ppp1.example[192.0.2.1]",
            "verdict = 'deferred', rule = 'access:1', reply = { contains = 'Client host rejected: later' }",
        ),
        ("mail.example[192.0.2.1]", "verdict = 'permitted', no_rule = 'access'"),
    ] {
        let report = case(host, expect);
        assert_eq!(report.outcome, CaseOutcome::Passed, "{host} {:#?}", report.failures);
    }
    // Without an address there is no client, and what is unknown meets no expectation.
    assert_eq!(case("mail.example", "verdict = ['permitted', 'deferred', 'rejected']").outcome, CaseOutcome::Failed);
    // Tables by themselves come before the server.
    let tables = "[tables]\nclient_access = 'regexp:access'\n[[case]]\nname = 'x'\nhost = 'ppp1.example'\nexpect = { verdict = 'deferred' }";
    assert_eq!(reports(&format!("{SERVER}{tables}")).remove(0).outcome, CaseOutcome::Passed);
}

#[test]
fn a_share_link_with_a_session_is_a_case() {
    let file = |name: &str, role: Role, content: &str| ProjectFile {
        name: name.to_owned(),
        role,
        kind: TableKind::Regexp,
        content: content.into(),
    };
    let main_cf = "compatibility_level = 3.6\nmyhostname = mx.example.jp\nmydestination = example.jp\nmynetworks = 127.0.0.0/8\n\
                   local_recipient_maps =\nsmtpd_client_restrictions = reject_rbl_client bl.example, check_client_access regexp:/etc/postfix/access\n\
                   smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n";
    let transcript =
        "XCLIENT NAME=ppp1.example ADDR=192.0.2.1\nHELO a\nMAIL FROM:<a@example.org>\nRCPT TO:<b@example.jp>\n";
    let mut project = Project {
        files: vec![
            file("main.cf", Role::MainCf, main_cf),
            file("access", Role::Access, "/^ppp/ 450 4.7.1 later\n"),
            file("world", Role::World, "*.bl.example * nxdomain\n"),
        ],
        inputs: vec![Input { name: "s".to_owned(), kind: InputKind::Session, content: transcript.into() }],
        ..Project::default()
    };
    let report = |project: &Project, expect: &str| {
        let link = format!("https://postproof.example/#{}", postproof_share::to_fragment(project).unwrap());
        let source = format!("[[case]]\nname = 'x'\nlink = '{link}'\nexpect = {{ {expect} }}");
        Prepared::new(read(source.as_bytes()).unwrap(), "t.postproof.toml", &mut NoFiles)
            .map(|prepared| prepared.run(0).unwrap().report)
    };
    let passed = report(&project, "verdict = 'deferred', rule = 'access:1', reply = { contains = 'later' }").unwrap();
    assert_eq!(passed.outcome, CaseOutcome::Passed, "{:#?}", passed.failures);
    assert_eq!(report(&project, "verdict = 'accepted'").unwrap().outcome, CaseOutcome::Failed);
    project.files.remove(0);
    assert!(matches!(report(&project, "verdict = 'accepted'").unwrap_err().problem, FileProblem::Missing { .. }));
}

/// Postfix runs with both, so what comes of them can be tested.
#[test]
fn an_open_relay_and_a_restriction_that_nobody_knows_are_findings() {
    let case = |verdict: &str| {
        format!(
            "[[case]]\nname = 'x'\nclient = 'mail.example[192.0.2.1]'\nat = 'RCPT TO:<c'\nsession = '''\nHELO a.example\n\
             MAIL FROM:<a@example.org>\nRCPT TO:<c@example.com>\n'''\nexpect = {{ verdict = '{verdict}' }}"
        )
    };
    let open = SERVER.replace("127.0.0.0/8", "0.0.0.0/0");
    let prepared = prepared(&format!("{open}\n{}", case("accepted")));
    assert_eq!(prepared.run(0).unwrap().report.outcome, CaseOutcome::Passed);
    assert!(prepared.findings.iter().any(|found| found.consequence == Consequence::OpenRelay));
    let misspelt = SERVER.replace("reject_unauth_destination", "reject_unauth_destinations, reject");
    let report = reports(&format!("{misspelt}\n{}", case("deferred"))).remove(0);
    assert_eq!(report.outcome, CaseOutcome::Passed, "{:#?}", report.failures);
}

#[test]
fn a_share_link_is_a_case() {
    let project = Project {
        files: vec![ProjectFile {
            name: "header_checks".to_owned(),
            role: Role::HeaderChecks,
            kind: TableKind::Regexp,
            content: "/casino/ REJECT\n".into(),
        }],
        inputs: vec![
            Input { name: "m".to_owned(), kind: InputKind::Message, content: "Subject: casino\n".into() },
            Input { name: "h".to_owned(), kind: InputKind::Hosts, content: "unknown\nppp1-1.example.net\n".into() },
        ],
        ..Project::default()
    };
    let link = format!("https://postproof.example/?lang=ja#{}", postproof_share::to_fragment(&project).unwrap());
    let source = |verdict: &str| format!("[[case]]\nname = 'x'\nlink = '{link}'\nexpect = {{ verdict = {verdict} }}");
    let report = reports(&source("['rejected', 'deferred']")).remove(0);
    assert_eq!((report.outcome, report.inputs), (CaseOutcome::Passed, 3));
    assert_eq!(reports(&source("'rejected'"))[0].failures.len(), 2);
}

#[test]
fn what_is_to_do_does_not_fail() {
    let case = |verdict: &str| format!("todo = 'later'\nhost = 'ppp1.example'\nexpect = {{ verdict = '{verdict}' }}");
    assert_eq!(one(&case("rejected")).outcome, CaseOutcome::Todo);
    assert_eq!(one(&case("deferred")).outcome, CaseOutcome::TodoPassed);
    let report = one("todo = false\nhost = 'ppp1.example'\nexpect = { verdict = 'rejected' }");
    assert_eq!(report.outcome, CaseOutcome::Failed);
}

#[test]
fn snapshots_are_written_and_nothing_else_changes() {
    let source = format!(
        "# Mine\n{HEAD}\n[[case]]   # the first\nname = 'x'\nhost = [ 'ppp1.example',\n  'mail.example' ]\n[case.expect]\n\
        snapshot = \"old\" # kept\n\n[[case]]\nname = 'y'\nmessage = \"X-A: b\\nX-B: '''\\n\"\nexpect = {{ verdict = 'accepted', snapshot = '' }}\n"
    );
    let snapshots = |source: &str| -> Vec<(usize, String)> {
        reports(source).into_iter().filter_map(|report| Some((report.index, report.snapshot?))).collect()
    };
    let fresh = snapshots(&source);
    assert_eq!(fresh.len(), 2);
    assert!(fresh[0].1.contains("ppp1.example: deferred\n  reply: 450 4.7.1 "), "{}", fresh[0].1);
    assert!(fresh[1].1.contains("header_checks:5 on line 1: IGNORE"), "{}", fresh[1].1);
    let updated = update(&source, &fresh).unwrap();
    assert!(reports(&updated).iter().all(|report| report.outcome == CaseOutcome::Passed), "{updated}");
    assert_eq!(snapshots(&updated), []);
    let (before, _) = source.split_once("snapshot = \"old\"").unwrap();
    assert!(updated.starts_with(before) && updated.contains("''' # kept\n"), "{updated}");
    assert_eq!(update(&updated, &[]).unwrap(), updated);
    // What is no longer there is left alone.
    assert_eq!(update(&source, &[(7, String::new())]), None);
}

#[test]
fn the_rules_that_fire_are_counted() {
    let source = format!(
        "{HEAD}\n[[case]]\nname = 'x'\nheader = ['Subject: warn', 'Subject: prize 1', 'X-A: b']\nexpect = {{ verdict = ['accepted', 'rejected'] }}"
    );
    let prepared = prepared(&source);
    let mut hits = Hits::default();
    hits.add(&prepared.run(0).unwrap().hits);
    let coverage = prepared.coverage(&hits);
    let table = coverage.iter().find(|table| table.table.ends_with("#header_checks")).unwrap();
    let counted: Vec<(usize, u64)> = table.rules.iter().map(|rule| (rule.lines.first, rule.hits)).collect();
    assert_eq!(counted, [(1, 2), (2, 1), (3, 1), (5, 1), (6, 0)]);
    assert_eq!(table.table, "t.postproof.toml#header_checks");
    assert!(!table.is_file);
    let twice = postproof_suite::merge([coverage.clone(), coverage.clone()]);
    assert_eq!(twice.iter().map(TableCoverage::fired).sum::<usize>(), 4);
    assert_eq!(twice.len(), coverage.len());
}

#[test]
fn what_is_wrong_with_a_test_file_is_told_with_its_place() {
    let at = |source: &str| {
        let error = read(source.as_bytes()).err();
        let error = error.unwrap_or_else(|| {
            Prepared::new(read(source.as_bytes()).unwrap(), "t", &mut Memory::default()).unwrap_err()
        });
        (error.line, error.column, error.problem)
    };
    let case = "[[case]]\nname = 'x'\n";
    let expect = "expect = { verdict = 'accepted' }\n";
    assert_eq!(
        at("[[case]]\nname = 'x'\n  hosts = 'a'\n"),
        (3, 3, FileProblem::UnknownKey { key: "hosts".to_owned(), meant: Some("host".to_owned()) })
    );
    assert!(matches!(at("[[case]\n"), (1, _, FileProblem::NotToml { .. })));
    assert!(matches!(
        at(&format!("{case}host = 'a'\nexpect = {{ verdict = 'lost' }}")),
        (4, _, FileProblem::NotToml { .. })
    ));
    assert_eq!(at("title = 'x'\n").2, FileProblem::NoCases);
    assert_eq!(at(&format!("{case}{expect}")), (1, 1, FileProblem::NoInput));
    assert_eq!(at(&format!("{case}host = []\n{expect}")).2, FileProblem::NoInput);
    assert_eq!(at(&format!("{case}host = 'a'\n")).2, FileProblem::NoExpectation);
    assert!(matches!(at(&format!("{case}host = 'a'\nkey = 'b'\n{expect}")).2, FileProblem::MixedInputs { .. }));
    assert!(matches!(at(&format!("{case}key = 'b'\n{expect}")).2, FileProblem::Missing { .. }));
    // A verdict that such an input cannot have would never be met.
    assert!(matches!(at(&format!("{case}host = 'a'\n{expect}")), (4, 22, FileProblem::NotHere { .. })));
    assert!(matches!(at(&format!("{case}header = 'a'\n{expect}")).2, FileProblem::NoHeader { .. }));
    assert!(matches!(at(&format!("{case}header = \"A: b\\n\\nc\"\n{expect}")).2, FileProblem::NoHeader { .. }));
    let files = "[files]\nh = \"not one\\n\"\n[tables]\nheader_checks = 'static:x'\n";
    assert!(matches!(at(&format!("{files}{case}header_files = 'h'\n{expect}")).2, FileProblem::NoHeader { .. }));
    assert!(matches!(at(&format!("{case}session = 'a'\n{expect}")).2, FileProblem::Missing { .. }));
    let tables = "[tables]\nheader_checks = 'regexp:none'\n";
    assert!(matches!(at(&format!("{tables}{case}header = 'a: b'\n{expect}")), (2, 17, FileProblem::Refused(_))));
    let tables = "[tables]\nheader_checks = 'nonesuch:none'\n";
    assert!(matches!(at(&format!("{tables}{case}header = 'a: b'\n{expect}")).2, FileProblem::NoTable { .. }));
    // Postfix would go on without the rule.
    let tables = "[files]\na = '/[/ REJECT'\n[tables]\nheader_checks = 'regexp:a'\n";
    assert!(matches!(at(&format!("{tables}{case}header = 'a: b'\n{expect}")), (4, 17, FileProblem::Refused(_))));
    let tables = "[tables]\nheader_checks = 'inline:{a=b}'\n";
    assert!(matches!(
        at(&format!("{tables}{case}message_files = 'm/*'\n{expect}")).2,
        FileProblem::NothingMatches { .. }
    ));
    assert!(matches!(at(&format!("{case}link = 'https://x/#1.zzz'\n{expect}")).2, FileProblem::BadLink { .. }));
    assert!(matches!(at("\u{0}").2, FileProblem::NotToml { .. }));
    let bytes = read(b"title = '\xff'").unwrap_err();
    assert_eq!((bytes.line, bytes.column), (1, 10));
}

#[test]
fn a_file_without_its_folder_is_named() {
    let source = "main_cf = 'main.cf'\n[files]\n'main.cf' = 'header_checks = regexp:h'\nh = '/x/ REJECT'\n\
        [[case]]\nname = 'x'\nheader = 'A: x'\nexpect = { rule = 'h:1' }\n";
    assert_eq!(prepared(source).without_folder, ["h"]);
}

/// More rules may fire than a verdict lists: then it is not known which did not.
#[test]
fn what_is_not_listed_is_not_known() {
    let source = format!(
        "[tables]\nbody_checks = 'regexp:b'\n[files]\nb = \"/x/ INFO\\n/y/ INFO\"\nm = \"\\n{}y\\n\"\n\
        [[case]]\nname = 'x'\nmessage_files = 'm'\nexpect = {{ no_rule = 'b:2' }}\n\
        [[case]]\nname = 'y'\nmessage_files = 'm'\nexpect = {{ verdict = 'accepted' }}\n",
        "x\\n".repeat(3000)
    );
    let outcomes: Vec<CaseOutcome> = reports(&source).iter().map(|report| report.outcome).collect();
    assert_eq!(outcomes, [CaseOutcome::Failed, CaseOutcome::Passed]);
}

#[test]
fn what_main_cf_calls_its_folder_is_the_test_files() {
    let source = "main_cf = 'main.cf'\n[files]\n'main.cf' = '''\nconfig_directory = /usr/local/etc/postfix\n\
        header_checks = regexp:$config_directory/h\n'''\nh = '/x/ REJECT'\n\
        [[case]]\nname = 'x'\nheader = 'A: x'\nexpect = { rule = 'h:1' }\n";
    assert_eq!(reports(source)[0].outcome, CaseOutcome::Passed);
}

/// Nothing that is written in a test file makes the reader panic or take long.
#[test]
fn hostile_files_end() {
    for source in [
        "[".repeat(100_000),
        format!("a = {}", "[".repeat(100_000)),
        "a.".repeat(100_000),
        format!("[[case]]\nname = 'x'\nhost = 'a'\nexpect = {{ groups = {{ {} = 'x' }} }}", "9".repeat(1000)),
        format!("[[case]]\nname = 'x'\nhost = 'a'\nexpect = {{ rule = 'a:{}' }}", "9".repeat(1000)),
        "[[case]]\n".repeat(20_000),
        "x".repeat(5 << 20),
    ] {
        assert!(read(source.as_bytes()).is_err());
    }
}

/// Test files with bytes changed, left out and doubled: whatever comes of it, it ends, and a snapshot that is written into a
/// test file leaves none to be written.
#[test]
fn mutated_files_end() {
    let cases = [
        "host = ['ppp1.example', 'unknown[192.0.2.1]']\nexpect = { verdict = 'deferred', snapshot = '' }",
        "key = 'ppp'\ntable = ['regexp:access', 'inline:{a=b}']\nexpect = { result = 'x', groups = { 1 = 'y' } }",
        "message = '''\nX-A: b\nSubject: warn\n\nbody\n'''\nexpect = { snapshot = \"\", message_after = { lacks = 'X' } }",
        "header = ['Subject: a', \"Subject: b\\n c\"]\nexpect = { rules = ['header_checks:3'], no_rule = 'body_checks' }",
    ];
    let whole = cases.iter().fold(HEAD.to_owned(), |whole, case| format!("{whole}\n[[case]]\nname = 'x'\n{case}\n"));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut ran = 0;
    for _ in 0..10_000 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..=random(3) {
            let (at, length) = (random(bytes.len()), 1 + random(12));
            let end = (at + length).min(bytes.len());
            match random(4) {
                0 => bytes[at] = b"\0\n'\"[]{}=,.#\\/$^*(|)x1 \xff"[random(24)],
                1 => drop(bytes.drain(at..end)),
                2 => {
                    let piece = bytes[at..end].to_vec();
                    let into = random(bytes.len());
                    bytes.splice(into..into, piece);
                }
                _ => bytes.swap(at, (end - 1).max(at)),
            }
        }
        let Ok(suite) = read(&bytes) else { continue };
        let Ok(prepared) = Prepared::new(suite, "t", &mut Memory::default()) else { continue };
        let runs = (0..prepared.suite().cases()).map(|case| prepared.run(case).unwrap().report);
        let fresh: Vec<_> = runs.filter_map(|report| Some((report.index, report.snapshot?))).collect();
        let updated = update(std::str::from_utf8(&bytes).unwrap(), &fresh).unwrap();
        let again = Prepared::new(read(updated.as_bytes()).unwrap(), "t", &mut Memory::default()).unwrap();
        let stale = (0..again.suite().cases()).find_map(|case| again.run(case).unwrap().report.snapshot);
        assert_eq!(stale, None, "{updated}");
        ran += 1;
    }
    assert!(ran > 500, "only {ran} ran");
}
