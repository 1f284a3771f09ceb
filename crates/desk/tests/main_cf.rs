//! A project with a main.cf: what the page says of a message is what its test file says, and what Postfix would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is not as promised")]

use postproof_engine::evaluate::{Memory, evaluate};
use postproof_model::report::{CaseOutcome, FileProblem};
use postproof_model::{Disposition, Input, InputKind, Project, ProjectFile, Role, TableKind, Unsettled};
use postproof_protocol::Verdict;
use postproof_suite::{NoFiles, Prepared, export, import, read};

const MESSAGE: &str = "Subject: a long way to\n the casino\nMIME-Version: 1.0\n\
Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: x/y; name=a.exe\n\none\ntwo poker\n--b--\n";

/// Each use with a table of its own name.
const TABLES: &[(&str, Role, &str)] = &[
    ("header_checks", Role::HeaderChecks, "/casino/ REJECT headers\n"),
    ("mime_header_checks", Role::MimeHeaderChecks, "/a\\.exe/ REJECT mime\n"),
    ("body_checks", Role::BodyChecks, "/poker/ REJECT body\n"),
    ("other", Role::Access, "/casino/ HOLD\n"),
];

fn project(main_cf: &str, tables: &[&str], message: &str) -> Project {
    let file = |name: &str, role, content: &str| ProjectFile {
        name: name.to_owned(),
        role,
        kind: TableKind::Regexp,
        content: content.into(),
    };
    let tables = TABLES.iter().filter(|(name, ..)| tables.contains(name));
    let mut files: Vec<ProjectFile> = tables.map(|(name, role, content)| file(name, *role, content)).collect();
    if !main_cf.is_empty() {
        files.push(file("main.cf", Role::MainCf, main_cf));
    }
    let inputs = vec![Input { name: String::new(), kind: InputKind::Message, content: message.into() }];
    Project { files, inputs, ..Project::default() }
}

/// The engine's verdict, with what is unsettled.
fn on_the_page(project: &Project) -> (Disposition, Option<String>, Vec<Unsettled>) {
    let Verdict::Message(verdict) = evaluate(project, &mut Memory::default()).verdict else { panic!("a message") };
    (verdict.disposition, verdict.reply.map(|reply| reply.to_string()), verdict.unsettled)
}

/// Whether the runner of test files sees this verdict and this reply: of the project's own test file, and of a test file
/// with the project in a link.
fn in_a_test(project: &Project, verdict: &str, reply: Option<&str>) {
    let fragment = postproof_share::to_fragment(project).unwrap();
    let reply = reply.map(|reply| format!(", reply = '{reply}'")).unwrap_or_default();
    let expect = format!("expect = {{ verdict = '{verdict}'{reply} }}\n");
    let message = std::str::from_utf8(&project.inputs[0].content).unwrap();
    let own =
        Project { tests: format!("[[case]]\nname = 'x'\nmessage = '''{message}'''\n{expect}"), ..project.clone() };
    let linked = format!("[[case]]\nname = 'x'\nlink = '#{fragment}'\n{expect}");
    for text in [export(&own).unwrap().text, linked] {
        let prepared = Prepared::new(read(text.as_bytes()).unwrap(), "t", &mut NoFiles)
            .unwrap_or_else(|error| panic!("{error:?}\n{text}"));
        let report = prepared.run(0).unwrap().report;
        assert_eq!(report.outcome, CaseOutcome::Passed, "{report:?}\n{text}");
    }
}

/// Why the runner does not run the project's test file.
fn why_no_test(project: &Project) -> FileProblem {
    let own = Project {
        tests: "[[case]]\nname = 'x'\nmessage = 'A: b'\nexpect = { verdict = 'unknown' }\n".to_owned(),
        ..project.clone()
    };
    let text = export(&own).unwrap().text;
    Prepared::new(read(text.as_bytes()).unwrap(), "t", &mut NoFiles).unwrap_err().problem
}

fn both_say(main_cf: &str, tables: &[&str], disposition: Disposition, reply: Option<&str>) {
    let project = project(main_cf, tables, MESSAGE);
    assert_eq!(on_the_page(&project), (disposition, reply.map(str::to_owned), vec![]), "{main_cf}");
    let word = serde_json::to_value(disposition).unwrap();
    in_a_test(&project, word.as_str().unwrap(), reply);
    // Written down and read again, the files have the uses that they had, as far as main.cf leaves them any.
    let cases = "[[case]]\nname = 'x'\nmessage = 'A: b'\nexpect = { verdict = 'accepted' }\n".to_owned();
    let text = export(&Project { tests: cases, ..project.clone() }).unwrap().text;
    let again = import(text.as_bytes()).unwrap().project;
    let again = Project { inputs: project.inputs.clone(), ..again };
    assert_eq!(on_the_page(&again), (disposition, reply.map(str::to_owned), vec![]), "{main_cf}\n{text}");
}

use Disposition::{Accepted, Deferred, Held, Rejected};

const HEADERS: Option<&str> = Some("550 5.7.1 headers");
const MIME: Option<&str> = Some("550 5.7.1 mime");
const BODY: Option<&str> = Some("550 5.7.1 body");

#[test]
fn limits_of_main_cf_count() {
    both_say("", &["header_checks"], Rejected, HEADERS);
    both_say("mail_name = Postfix\n", &["header_checks"], Rejected, HEADERS);
    // The second line of the header is left out.
    both_say("header_size_limit = 20\n", &["header_checks"], Accepted, None);
    both_say("mail_name = Postfix\n", &["body_checks"], Rejected, BODY);
    // 0 is no limit, and no place is before a negative one. (Postfix: `cleanup_body_callback`.)
    both_say("body_checks_size_limit = 0\n", &["body_checks"], Rejected, BODY);
    both_say("body_checks_size_limit = -1\n", &["body_checks"], Accepted, None);
    // The rule is about the second line of its part.
    both_say("body_checks_size_limit = 2\n", &["body_checks"], Accepted, None);
    both_say("hopcount_limit = 1\n", &[], Rejected, Some("554 5.4.0 Error: too many hops"));
}

#[test]
fn yes_and_no_of_main_cf_count() {
    both_say("soft_bounce = yes\n", &["header_checks"], Deferred, Some("450 4.7.1 headers"));
    both_say("soft_bounce = no\n", &["mime_header_checks"], Rejected, MIME);
    both_say("disable_mime_input_processing = yes\n", &["mime_header_checks"], Accepted, None);
}

#[test]
fn strict_parameters_of_main_cf_count() {
    let eight_bit = "Subject: \u{e9}\n\nx\n";
    for (main_cf, disposition, word) in
        [("strict_7bit_headers = yes\n", Rejected, "rejected"), ("strict_7bit_headers = no\n", Accepted, "accepted")]
    {
        let project = project(main_cf, &[], eight_bit);
        assert_eq!(on_the_page(&project).0, disposition);
        in_a_test(&project, word, None);
    }
}

#[test]
fn main_cf_says_which_tables_there_are() {
    let all = ["header_checks", "mime_header_checks", "body_checks", "other"];
    both_say("header_checks = regexp:/etc/postfix/other\n", &["header_checks", "other"], Held, None);
    both_say("header_checks = regexp:/etc/postfix/header_checks\n", &["header_checks", "other"], Rejected, HEADERS);
    both_say("header_checks =\n", &["header_checks", "mime_header_checks"], Rejected, MIME);
    both_say("header_checks =\nmime_header_checks =\nbody_checks =\n", &all, Accepted, None);
    both_say("header_checks = regexp:$config_directory/other\nbody_checks =\nmime_header_checks =\n", &all, Held, None);
    both_say("mime_header_checks =\nheader_checks = regexp:{{/casino/ HOLD}}\n", &["mime_header_checks"], Held, None);
}

#[test]
fn what_the_machine_decides_is_unknown() {
    for name in ["header_checks", "header_size_limit", "soft_bounce", "message_drop_headers", "strict_8bitmime"] {
        let project = project(&format!("{name} = regexp:/etc/postfix/$myhostname\n"), &["header_checks"], MESSAGE);
        let why = FileProblem::MachineDecides { name: name.to_owned(), parameter: "myhostname".to_owned() };
        assert_eq!(why_no_test(&project), why);
        let (disposition, reply, unsettled) = on_the_page(&project);
        assert_eq!((disposition, reply), (Disposition::Unknown, None));
        let machine = Unsettled::Machine { name: name.to_owned(), parameter: "myhostname".to_owned() };
        assert_eq!(unsettled, [machine]);
    }
}

#[test]
fn what_postfix_refuses_is_unknown() {
    for (main_cf, line) in [
        ("mail_name = x\nheader_size_limit = long\n", 2),
        ("soft_bounce = perhaps\n", 1),
        ("header_size_limit = ${mail_name\n", 1),
    ] {
        let project = project(main_cf, &["header_checks"], MESSAGE);
        assert!(matches!(why_no_test(&project), FileProblem::Refused(_)), "{main_cf}");
        let (disposition, reply, unsettled) = on_the_page(&project);
        assert_eq!((disposition, reply, unsettled), (Disposition::Unknown, None, vec![Unsettled::Refused { line }]));
    }
}

#[test]
fn a_table_that_is_not_there_is_unknown_and_named() {
    let project = project("header_checks = regexp:/etc/postfix/gone\n", &["header_checks"], MESSAGE);
    assert!(matches!(why_no_test(&project), FileProblem::Refused(_)));
    let report = evaluate(&project, &mut Memory::default());
    let Verdict::Message(verdict) = report.verdict else { panic!("a message") };
    assert_eq!(verdict.disposition, Disposition::Unknown);
    assert!(verdict.unknown[0].rule.table.contains("gone"), "{:?}", verdict.unknown);
    assert!(report.diagnostics.iter().any(|found| found.place.file == "main.cf" && found.place.line == 1));
}
