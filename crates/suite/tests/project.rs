//! A project as a test file and back, and cases made of what is seen.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use postproof_model::report::{CaseOutcome, CaseReport, FileProblem};
use postproof_model::{CaseChange as Change, Input, InputKind, LeftOut, Project, ProjectFile, Role, TableKind};
use postproof_suite::{NoFiles, Prepared, change, export, import, input_of_case, keep, read};

fn file(name: &str, role: Role, kind: TableKind, content: &str) -> ProjectFile {
    ProjectFile { name: name.to_owned(), role, kind, content: content.into() }
}

fn project(files: Vec<ProjectFile>, kind: InputKind, input: &str) -> Project {
    let inputs = vec![Input { name: String::new(), kind, content: input.into() }];
    Project { title: "a \"title\"".to_owned(), files, inputs, ..Project::default() }
}

fn mail(rules: &str, input: &str) -> Project {
    project(vec![file("header_checks", Role::HeaderChecks, TableKind::Regexp, rules)], InputKind::Message, input)
}

fn kept(mut project: Project) -> Project {
    project.tests = keep(&project, "kept").unwrap();
    project
}

fn run(project: &Project) -> Vec<CaseReport> {
    let text = export(project).unwrap().text;
    let prepared = Prepared::new(read(text.as_bytes()).unwrap(), "t", &mut NoFiles).unwrap();
    (0..prepared.suite().cases()).map(|index| prepared.run(index).unwrap().report).collect()
}

fn there_and_back(project: &Project) {
    let exported = export(project).unwrap();
    assert_eq!(exported.left_out, [], "{}", exported.text);
    let imported = import(exported.text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}\n{}", exported.text));
    assert_eq!(imported.left_out, []);
    let again = Project { shown_file: project.shown_file, shown_input: project.shown_input, ..imported.project };
    assert_eq!(&again, project, "{}", exported.text);
}

#[test]
fn a_kept_message_expects_what_is_seen_and_notices_a_change() {
    let mut project = kept(mail("/^Subject:.*(winner)/ REJECT no ${1}s\n", "Subject: a winner\n\nhello\n"));
    assert_eq!(run(&project)[0].outcome, CaseOutcome::Passed);
    assert!(project.tests.contains("reply = \"550 5.7.1 no winners\""), "{}", project.tests);
    there_and_back(&project);
    // A rule above moves the line, and a pattern may be written better: the verdict is the same.
    project.files[0].content = "/^X:/ WARN\n/^Subject: a (winner|prize)/ REJECT no ${1}s\n".into();
    assert_eq!(run(&project)[0].outcome, CaseOutcome::Passed);
    project.files[0].content = "/^Subject:.*(winner)/ REJECT\n".into();
    let failed = run(&project);
    assert_eq!(failed[0].outcome, CaseOutcome::Failed);
    project.tests = change(&project, &Change::Accept(0)).unwrap();
    assert_eq!(run(&project)[0].outcome, CaseOutcome::Passed);
}

#[test]
fn what_fires_on_nothing_is_kept_as_nothing() {
    let project = kept(mail("/^X-Spam:/ REJECT\n", "Subject: hello\n\n"));
    assert!(project.tests.contains("rules = []"), "{}", project.tests);
    there_and_back(&project);
}

#[test]
fn texts_come_back_byte_for_byte() {
    for text in [
        "Subject: a\r\n b\r\n\r\nx\r\n",
        "Subject: '''\n\n\"\"\"\\\n",
        "Subject: a'\n",
        "Subject: \t tab\u{7f}\u{1}\n\n",
        "Subject: カジノ 🎰\n\n\n\n",
        "\n\nbody '",
        "Subject: no line end",
    ] {
        there_and_back(&kept(mail("/\\\\'''\"\"\"/ WARN 'x'\r\n/a/ OK", text)));
    }
}

#[test]
fn hosts_with_one_answer_share_it_and_others_are_a_snapshot() {
    let rules = || vec![file("rejections", Role::ClientAccess, TableKind::Regexp, "/^ppp/ 450 later\n")];
    let same = kept(project(rules(), InputKind::Hosts, "ppp1.example\nppp2.example[192.0.2.1]\n"));
    assert!(same.tests.contains("verdict = \"deferred\"") && !same.tests.contains("snapshot"), "{}", same.tests);
    there_and_back(&same);
    let mut mixed = kept(project(rules(), InputKind::Hosts, "ppp1.example\nmail.example\n"));
    assert!(mixed.tests.contains("snapshot"), "{}", mixed.tests);
    there_and_back(&mixed);
    assert_eq!(run(&mixed)[0].outcome, CaseOutcome::Passed);
    mixed.files[0].content = "/^mail/ 450 later\n".into();
    assert_eq!(run(&mixed)[0].outcome, CaseOutcome::Failed);
}

#[test]
fn several_tables_keep_their_order_kinds_and_uses() {
    let main_cf = "myhostname = mx.example.jp\nmydestination = example.jp\nsmtpd_recipient_restrictions =\n  check_sender_access pcre:/etc/postfix/senders, reject_unauth_destination\n";
    let files = vec![
        file("z", Role::ClientAccess, TableKind::Cidr, "192.0.2.0/24 OK\n"),
        file("main.cf", Role::MainCf, TableKind::Regexp, main_cf),
        file("a", Role::ClientAccess, TableKind::Hash, "example.com OK\n"),
        file("senders", Role::Access, TableKind::Pcre, "/x@/ REJECT go\n"),
        file("world", Role::World, TableKind::Regexp, "# nothing\n"),
        file("body", Role::BodyChecks, TableKind::Regexp, "/x/ REJECT\n"),
        file("no folder", Role::BodyChecks, TableKind::Regexp, ""),
    ];
    let session = "EHLO a.example\nMAIL FROM:<x@a.example>\nRCPT TO:<b@example.jp>\nQUIT\n";
    let project = kept(project(files, InputKind::Session, session));
    assert!(project.tests.contains("go"), "{}", project.tests);
    there_and_back(&project);
}

#[test]
fn what_a_test_file_cannot_hold_is_said() {
    let mut project = kept(mail("/x/ REJECT\n", "Subject: x\n\n"));
    project.files.push(ProjectFile {
        name: "bytes".to_owned(),
        role: Role::BodyChecks,
        kind: TableKind::Regexp,
        content: vec![0xff].into(),
    });
    project.files.push(file("lost", Role::Access, TableKind::Pcre, "/x/ OK\n"));
    project.inputs.push(Input { name: String::new(), kind: InputKind::Hosts, content: "a.example\n".into() });
    let said = export(&project).unwrap().left_out;
    assert_eq!(
        said,
        [
            LeftOut::NotText { file: "bytes".to_owned() },
            LeftOut::File { file: "lost".to_owned() },
            LeftOut::Input { kind: InputKind::Hosts, name: String::new() },
        ]
    );
}

#[test]
fn a_test_file_of_a_person_keeps_all_that_a_project_has_no_place_for() {
    let text = "#:schema x.json\ntitle = \"mine\"\npostfix = \"3.7\"\n\n[tables]\nheader_checks = \"regexp:h\"\nsmtp_header_checks = \"regexp:s\"\nbody_checks = \"regexp:elsewhere\"\n\n[files]\nh = \"/x/ WARN\\n\"\ns = \"/y/ IGNORE\\n\"\n\"mail.eml\" = \"Subject: x\\n\\n\"\n\n# about this case\n[[case]]\nname = \"one\"\nmessage_files = [\"mail.eml\", \"more/*.eml\"]\nexpect = { action = \"WARN\" }\n";
    let imported = import(text.as_bytes()).unwrap();
    let names: Vec<&str> = imported.project.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["h"]);
    assert_eq!(imported.project.inputs[0].content.lossy(), "Subject: x\n\n");
    let said = [
        LeftOut::NotInside { file: "elsewhere".to_owned() },
        LeftOut::NotInside { file: "more/*.eml".to_owned() },
        LeftOut::Comments { lines: 1 },
    ];
    assert_eq!(imported.left_out, said);
    let again = export(&imported.project).unwrap().text;
    for part in
        ["postfix = \"3.7\"", "smtp_header_checks", "regexp:elsewhere", "IGNORE", "more/*.eml", "# about this case"]
    {
        assert!(again.contains(part), "{part}\n{again}");
    }
    assert_eq!(read(again.as_bytes()).unwrap().cases(), 1);
}

#[test]
fn cases_are_renamed_removed_and_opened() {
    let mut project = kept(kept(mail("/x/ REJECT\n", "Subject: x\n\n")));
    let names: Vec<String> = run(&project).into_iter().map(|case| case.name).collect();
    assert_eq!(names, ["kept", "kept (2)"]);
    project.tests = change(&project, &Change::Rename(0, "first \"of\" two".to_owned())).unwrap();
    assert_eq!(run(&project)[0].name, "first \"of\" two");
    assert_eq!(input_of_case(&project, 1).unwrap().content.lossy(), "Subject: x\n\n");
    assert_eq!(input_of_case(&project, 2), None);
    project.tests = change(&project, &Change::Remove(1)).unwrap();
    project.tests = change(&project, &Change::Remove(0)).unwrap();
    assert_eq!(project.tests.trim(), "");
    assert!(change(&project, &Change::Rename(0, String::new())).is_err());
}

#[test]
fn an_unknown_is_kept_as_one() {
    let project = kept(project(
        vec![file(
            "main.cf",
            Role::MainCf,
            TableKind::Regexp,
            "myhostname = mx.example.jp\nsmtpd_recipient_restrictions = reject_rbl_client bl.example, permit_mynetworks, reject_unauth_destination\nmydestination = example.jp\n",
        )],
        InputKind::Session,
        "EHLO a.example\nMAIL FROM:<x@a.example>\nRCPT TO:<b@example.jp>\n",
    ));
    assert!(project.tests.contains("verdict = \"unknown\""), "{}", project.tests);
    assert_eq!(run(&project)[0].outcome, CaseOutcome::Passed);
}

#[test]
fn what_is_not_run_is_not_kept() {
    let mut project = mail("/(/ REJECT\n", "Subject: x\n\n");
    assert!(matches!(keep(&project, "x").unwrap_err().problem, FileProblem::Refused(_)));
    project.inputs.clear();
    assert_eq!(keep(&project, "x").unwrap_err().problem, FileProblem::NoInput);
    project.tests = "[[case".to_owned();
    assert!(matches!(export(&project).unwrap_err().problem, FileProblem::NotToml { .. }));
}
