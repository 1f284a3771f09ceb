//! The command as its users meet it: a list of promises.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where something is not as promised"
)]

mod support;

use serde_json::Value;
use support::{file, folder, postproof};

fn stdout(arguments: &[&str], stdin: &str) -> String {
    let said = postproof(arguments, stdin.as_bytes());
    assert_eq!(said.status, Some(0), "{arguments:?}: {}", said.stderr);
    String::from_utf8(said.stdout).unwrap()
}

fn json(arguments: &[&str], stdin: &str) -> Vec<Value> {
    stdout(arguments, stdin).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn host_names_s25rs_rule_for_each() {
    let said = stdout(&["host", "ppp1-2.example.net", "mail.example.net", "unknown"], "");
    let blocks: Vec<&str> = said.split_inclusive('\n').filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        blocks,
        [
            "ppp1-2.example.net: Told to try again later\n",
            "mail.example.net: No table decides\n",
            "unknown: Told to try again later\n"
        ]
    );
    assert!(said.contains("    S25R rule 1: /^[^.]*[0-9][^0-9.]+[0-9].*\\./\n"), "{said}");
    assert!(said.contains("    S25R rule 0: /^unknown$/\n"), "{said}");
}

#[test]
fn host_answers_programs_with_one_object_a_line() {
    let lines = json(&["host", "--format", "json", "-"], "unknown[192.0.2.1]\n\nmail.example.net[192.0.2.2]\n");
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["s25r"], 0);
    assert_eq!(
        lines[0]["reply"],
        "450 4.7.1 <unknown[192.0.2.1]>: Client host rejected: reverse lookup failure, be patient"
    );
    assert_eq!((&lines[1]["outcome"], &lines[1]["line"]), (&Value::from("undecided"), &Value::from(3)));
}

#[test]
fn host_asks_the_tables_it_is_given_in_their_order() {
    let folder = folder("host_asks_the_tables_it_is_given_in_their_order");
    let white = format!("regexp:{}", file(&folder, "white_list", b"/\\.example\\.jp$/ OK\n"));
    let rules = format!("regexp:{}", file(&folder, "rejections", b"/^unknown$/ 450 later\n/[0-9]{3}/ 450 later\n"));
    let arguments = ["host", "--table", &white, "--table", &rules, "a123.example.jp", "a123.example.net"];
    let said = stdout(&arguments, "");
    assert!(said.contains("a123.example.jp: Permitted\n"), "{said}");
    assert!(said.contains("a123.example.net: Told to try again later\n"), "{said}");
}

#[test]
fn what_a_server_answers_is_unknown_unless_it_is_given() {
    let folder = folder("what_a_server_answers_is_unknown_unless_it_is_given");
    let rules = format!("regexp:{}", file(&folder, "rules", b"/./ rest\n"));
    let known = file(&folder, "known", b"user@example.org known\n");
    let said = postproof(&["query", "-q", "user@example.org", "mysql:/users.cf", &rules], b"");
    assert_eq!((said.status, said.stdout.as_slice()), (Some(1), &b""[..]));
    assert!(said.stderr.contains("is unknown"), "{}", said.stderr);
    let answers = format!("mysql:/users.cf={known}");
    let said = |key| postproof(&["query", "--answers", &answers, "-q", key, "mysql:/users.cf", &rules], b"").stdout;
    assert_eq!(said("USER@example.org"), b"known\n");
    assert_eq!(said("other@example.org"), b"rest\n");
    for wrong in ["mysql:/users.cf", "regexp:/x=y", "ldap:/x=/nonexistent/file"] {
        let said = postproof(&["query", "--answers", wrong, "-q", "x", "static:y"], b"");
        assert_eq!((said.status, said.stdout.as_slice()), (Some(2), &b""[..]), "{wrong}: {}", said.stderr);
    }
}

#[test]
fn a_problem_names_file_line_and_column_and_says_how_to_mend_it() {
    let folder = folder("a_problem_names_file_line_and_column_and_says_how_to_mend_it");
    let table = file(&folder, "t", b"/ok/ OK\n/(a/ OK\n");
    let said = postproof(&["query", "-q", "ok", &format!("regexp:{table}")], b"");
    assert_eq!((said.status, said.stdout.as_slice()), (Some(0), &b"OK\n"[..]));
    assert_eq!(
        said.stderr,
        format!(
            "postproof: warning: {table}, line 2, column 2: This parenthesis is never closed. Postfix logs “Unmatched ( or \\(”. Postfix drops the rule \
             with a warning and uses the rest of the table. Close it, or write \\( for a parenthesis as it is.\n"
        )
    );
}

#[test]
fn a_slip_is_said_where_postmap_says_nothing_but_not_by_query() {
    let folder = folder("a_slip_is_said_where_postmap_says_nothing_but_not_by_query");
    let map = format!("regexp:{}", file(&folder, "t", b"/~mail/ REJECT\n"));
    let said = postproof(&["host", "--table", &map, "mail.example.net"], b"");
    assert!(said.stderr.contains("line 1, column 2: ~ is matched as a tilde."), "{}", said.stderr);
    assert_eq!(postproof(&["query", "-q", "mail", &map], b"").stderr, "");
}

#[test]
fn misuse_ends_with_2_and_says_why() {
    for (arguments, why) in [
        (&["host"][..], "no client is named"),
        (&["host", "--table", "regexp:/nonexistent/table", "a.example"], "cannot read /nonexistent/table"),
        (&["host", "--table", "nothing", "a.example"], "write regexp:nothing"),
        (&["host", "--table", "nosuch:x", "a.example"], "no type of table with the name nosuch"),
        (&["host", "--format", "xml", "a.example"], "xml"),
        (&["nosuch"], "nosuch"),
    ] {
        let said = postproof(arguments, b"");
        assert_eq!(said.status, Some(2), "{arguments:?}: {}", said.stderr);
        assert!(said.stderr.contains(why), "{arguments:?}: {}", said.stderr);
    }
}

#[test]
fn the_command_speaks_japanese() {
    let said = stdout(&["host", "--lang", "ja", "unknown"], "");
    assert!(said.starts_with("unknown: 後で再送するよう応答\n"), "{said}");
    let help = stdout(&["--lang", "ja", "--help"], "");
    assert!(help.starts_with("メールが届く前に"), "{help}");
    // Every line of the help is in Japanese, or is nothing but names.
    for subcommand in ["query", "check", "host"] {
        let help = stdout(&[subcommand, "--lang", "ja", "--help"], "");
        let english = help.lines().find(|line| {
            line.is_ascii()
                && line
                    .split_whitespace()
                    .filter(|word| word.len() > 3 && word.bytes().all(|byte| byte.is_ascii_lowercase()))
                    .count()
                    > 2
        });
        assert_eq!(english, None, "{help}");
    }
}

const MESSAGE: &str = "From: a@example.com\nSubject: You are our\n lucky winner\n\nhello\ncasino\n";

#[test]
fn check_tells_programs_all_there_is() {
    let folder = folder("check_tells_programs_all_there_is");
    let header = format!(
        "regexp:{}",
        file(&folder, "header_checks", b"/^Subject:.*(win)ner/ PREPEND X-Spam: $1\n/lucky/ WARN\n")
    );
    let body = format!("regexp:{}", file(&folder, "body_checks", b"/casino/ REJECT 5.7.9 no casino\n"));
    let lines = json(&["check", "--format", "json", "--header-checks", &header, "--body-checks", &body, "-"], MESSAGE);
    let [verdict] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((&verdict["input"], &verdict["disposition"]), (&Value::from("-"), &Value::from("rejected")));
    assert_eq!(verdict["reply"], "550 5.7.9 no casino");
    let [prepend, reject] = verdict["events"].as_array().unwrap().as_slice() else { panic!("{verdict}") };
    assert_eq!((&prepend["action"], &prepend["text"]), (&Value::from("PREPEND"), &Value::from("X-Spam: win")));
    assert_eq!((&prepend["class"], &prepend["input_line"]), (&Value::from("header"), &Value::from(2)));
    assert_eq!(prepend["groups"], serde_json::json!(["win"]));
    assert_eq!(prepend["also"], serde_json::json!([2]));
    assert_eq!((&reject["class"], &reject["key"]), (&Value::from("body"), &Value::from("casino")));
}

#[test]
fn check_shows_the_message_that_results() {
    let folder = folder("check_shows_the_message_that_results");
    let header = format!("regexp:{}", file(&folder, "h", b"/^Subject:/ REPLACE Subject: (changed)\n/^From:/ IGNORE\n"));
    let lines = json(&["check", "--format", "json", "--header-checks", &header, "-"], MESSAGE);
    let received = "Received: from mail.example.com (mail.example.com [192.0.2.25])\n\tby mx.example.net (Postfix) with ESMTP \
                    id 0123456789A\n\tfor <recipient@example.net>; Thu, 01 Jan 1970 00:00:00 +0000 (UTC)\n";
    assert_eq!(lines[0]["message_after"], format!("{received}Subject: (changed)\n\nhello\ncasino\n"));
    assert_eq!(lines[0]["disposition"], "accepted");
    let said = stdout(&["check", "--header-checks", &header, "-"], "From: a\nSubject: b\n\nhello\n");
    let changes = "    the message is changed:\n";
    let (_, diff) = said.split_once(changes).unwrap_or_else(|| panic!("{said}"));
    let marked: Vec<&str> = diff.lines().map(str::trim_start).filter(|line| line.starts_with(['+', '-'])).collect();
    assert_eq!(marked, ["- From: a", "- Subject: b", "+ Subject: (changed)"]);
}

#[test]
fn the_envelope_stands_in_the_received_header_and_in_log_lines() {
    let folder = folder("the_envelope_stands_in_the_received_header_and_in_log_lines");
    let table = b"/^Received: from liar \\(unknown \\[192\\.0\\.2\\.9\\]\\).* with SMTP id .*; / WARN seen\n";
    let header = format!("regexp:{}", file(&folder, "h", table));
    let options = ["--client", "unknown[192.0.2.9]", "--helo", "liar", "--proto", "SMTP", "--sender", "<>"];
    let recipients = ["--recipient", "<a@example.net>", "--recipient", "b@example.net"];
    let rest = ["--format", "json", "--header-checks", &header, "-"];
    let lines = json(&[&["check"], &options[..], &recipients[..], &rest[..]].concat(), MESSAGE);
    let log = lines[0]["log"][0].as_str().unwrap();
    assert!(log.starts_with("warning: header Received: from liar (unknown [192.0.2.9])??by mx.example.net"), "{log}");
    let end = "from unknown[192.0.2.9]; from=<> to=<b@example.net> proto=SMTP helo=<liar>: seen";
    assert!(log.ends_with(end) && !log.contains("for <"), "{log}");
    for (option, value) in [("--client", "x"), ("--client", "x[]"), ("--helo", "a\nb"), ("--postfix", "4x")] {
        let said = postproof(&["check", option, value, "--header-checks", &header, "-"], MESSAGE.as_bytes());
        assert_eq!((said.status, said.stdout.as_slice()), (Some(2), &b""[..]), "{option} {value}: {}", said.stderr);
    }
}

#[test]
fn headers_of_milters_and_deliveries_have_tables_of_their_own() {
    let folder = folder("headers_of_milters_and_deliveries_have_tables_of_their_own");
    let milter = format!("regexp:{}", file(&folder, "m", b"/^X-Spam: yes/ REJECT spam\n/^X-/ PREPEND X-B: 1\n"));
    let smtp = format!("regexp:{}", file(&folder, "s", b"/^X-Spam:/ STRIP private\n/^Subject:/ REJECT no\n"));
    let options = ["check", "--format", "json", "--milter-header-checks", &milter, "--smtp-header-checks", &smtp];
    let verdict = |added: &str| json(&[&options[..], &["--milter-header", added, "-"]].concat(), MESSAGE).remove(0);
    let spam = verdict("X-Spam: yes");
    assert_eq!((&spam["disposition"], &spam["reply"]), (&Value::from("rejected"), &Value::from("550 5.7.1 spam")));
    assert_eq!((&spam["events"][0]["class"], &spam["delivery"]), (&Value::from("milter_header"), &Value::Null));
    let ham = verdict("X-Spam: no");
    let end = "proto=ESMTP helo=<mail.example.com>: X-B: 1";
    assert!(ham["log"][0].as_str().unwrap().ends_with(end), "{ham}");
    assert_eq!(ham["log"][1], "warning: the milter_header/body_checks prepend action is not implemented");
    assert!(ham["message_after"].as_str().unwrap().contains("\nX-Spam: no\n\nhello\n"), "{ham}");
    let delivery = &ham["delivery"];
    let refused = "warning: unsupported command in smtp_header_checks map: REJECT no";
    assert_eq!(delivery["log"], serde_json::json!([refused, "strip: header X-Spam: no: private"]));
    assert!(!delivery["message_after"].as_str().unwrap().contains("X-Spam"), "{delivery}");
    let said = postproof(&["check", "--milter-header", "no header", "--milter-header-checks", &milter, "-"], b"\n");
    assert_eq!(said.status, Some(2));
}

#[test]
fn a_main_cf_names_tables_and_limits_and_nothing_outside_of_its_folder_is_read() {
    let folder = folder("a_main_cf_names_tables_and_limits");
    let path = folder.display();
    file(&folder, "header_checks", b"/^Subject: a+$/ REJECT\n/^X-Long/ REJECT\n");
    file(&folder, "smtp_header_checks", b"/^Subject:/ IGNORE\n");
    let main_cf = "header_checks = regexp:$config_directory/header_checks\nheader_size_limit = 20\n\
        smtp_header_checks = pcre:/etc/postfix/smtp_header_checks\n";
    let config = file(&folder, "main.cf", main_cf.as_bytes());
    let check = |config: &str, more: &[&str]| {
        let arguments = [&["check", "--format", "json", "-c", config], more, &["-"]].concat();
        postproof(&arguments, b"X-Pad: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n X-Long\nSubject: aa\n\n")
    };
    let verdict = |said: &support::Said| serde_json::from_slice::<Value>(&said.stdout).unwrap();
    assert_eq!(verdict(&check(&config, &[]))["disposition"], "rejected");
    // A folder will do, and an option takes the place of a parameter.
    let whole = check(&path.to_string(), &["--header-checks", "static:DUNNO"]);
    assert_eq!(whole.stderr, "");
    let whole = verdict(&whole);
    assert_eq!(whole["disposition"], "accepted");
    assert_eq!(whole["delivery"]["events"][0]["table"], "/etc/postfix/smtp_header_checks");

    let outside = support::folder("a_main_cf_names_something_outside");
    let elsewhere = file(&outside, "table", b"/^Subject:/ DISCARD\n");
    #[cfg(unix)]
    std::os::unix::fs::symlink(&elsewhere, folder.join("link")).unwrap();
    for named in [elsewhere.clone(), "$config_directory/link".to_owned(), "/etc/postfix/../link".to_owned()] {
        let config = file(&folder, "outside.cf", format!("header_checks = regexp:{named}\n").as_bytes());
        let said = check(&config, &[]);
        assert_eq!(said.status, Some(2), "{named}");
        assert!(said.stderr.contains("outside.cf, line 1, column 17: The file cannot be read"), "{}", said.stderr);
        assert_eq!(said.stdout, b"");
        if named == elsewhere {
            let said = check(&config, &["--folder", &outside.display().to_string()]);
            assert_eq!(verdict(&said)["disposition"], "discarded");
        }
    }
}

#[test]
fn what_is_wrong_with_a_main_cf_is_said_with_its_place() {
    let folder = folder("what_is_wrong_with_a_main_cf");
    for (text, status, expected) in [
        ("heder_checks = x\n", 0, "line 1, column 1: Postfix has no parameter heder_checks"),
        ("header_size_limit = 3k\n", 2, "line 1, column 21: header_size_limit is a whole number, and 3k is none."),
        ("a\n", 2, "line 1, column 1: The sign = is missing after the parameter's name."),
        ("header_checks = nosuch:x\n", 2, "line 1, column 17: There is no type of table with the name nosuch."),
        ("header_checks = regexp:$myhostname\n", 2, "header_checks depends on myhostname, which the machine decides"),
    ] {
        let config = file(&folder, "main.cf", text.as_bytes());
        let said = postproof(&["check", "-c", &config, "-"], b"Subject: x\n\n");
        assert_eq!(said.status, Some(status), "{text}: {}", said.stderr);
        assert!(said.stderr.contains(expected), "{text}: {}", said.stderr);
    }
}

#[test]
fn a_message_that_is_refused_without_a_rule_has_a_reason() {
    let folder = folder("a_message_that_is_refused_without_a_rule");
    let config = file(&folder, "main.cf", b"strict_7bit_headers = yes\nsoft_bounce = yes\n");
    let message = "Subject: caf\u{e9}\n\n";
    assert_eq!(
        stdout(&["check", "-c", &config, "-"], message),
        "-: Put off\n    the sender is told: 450 4.6.0 improper use of 8-bit data in message header\n    a header has 8-bit \
         data, on line 1, which strict_7bit_headers or strict_8bitmime refuses\n    no rule fires\n"
    );
    let told = json(&["check", "--format", "json", "-c", &config, "-"], message).remove(0);
    assert_eq!((&told["faults"][0]["kind"], &told["faults"][0]["line"]), (&"eight_bit_header".into(), &1.into()));
    assert_eq!(told["log"][0], told["faults"][0]["log"]);
}

#[test]
fn a_rule_that_matches_only_what_people_read_is_told() {
    let folder = folder("a_rule_that_matches_only_what_people_read");
    let body = format!("regexp:{}", file(&folder, "body_checks", b"/offer/ REJECT\n/plain/ WARN\n"));
    let message = "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nYW4gb2ZmZXIKcGxhaW4K\n";
    let told = json(&["check", "--format", "json", "--body-checks", &body, "-"], message).remove(0);
    assert_eq!(told["disposition"], "accepted");
    let found = told["decoded_only"]["found"].as_array().unwrap();
    let found: Vec<_> = found.iter().map(|found| (&found["text"], &found["lines"]["first"])).collect();
    assert_eq!(found, [(&Value::from("an offer"), &Value::from(4)), (&Value::from("plain"), &Value::from(4))]);

    let shown = stdout(
        &["check", "--decoded", "--body-checks", &body, "-"],
        &format!("Subject: =?utf-8?Q?a=CC?=\n =?utf-8?Q?=81?=\n{message}"),
    );
    let shown = shown.split_once("    what people read:\n").unwrap().1;
    assert_eq!(
        shown,
        "         1 | Subject: a\u{301}\n         3 | Content-Type: text/plain\n         4 | Content-Transfer-Encoding: base64\n        \
         line 6, text/plain, base64\n         6 | an offer\n         6 | plain\n"
    );
}

#[test]
fn mailboxes_and_folders_hold_many_messages() {
    let folder = folder("mailboxes_and_folders_hold_many_messages");
    let table = format!("regexp:{}", file(&folder, "h", b"/^Subject: (.*)/ WARN $1\n"));
    let body = format!("regexp:{}", file(&folder, "b", b"/^From / WARN unquoted\n"));
    let mbox = b"From a@b Thu Jan  1 00:00:00 1970\nSubject: one\n\n>From here\n\nFrom c Fri Jan  2 00:00:00 1970\nSubject: two\n\nend\n";
    let mbox = file(&folder, "box", mbox);
    for inside in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(folder.join("maildir").join(inside)).unwrap();
    }
    file(&folder.join("maildir/cur"), "2:2,S", b"Subject: four\n\n");
    file(&folder.join("maildir/new"), "9", b"Subject: three\n\n");
    file(&folder.join("maildir/tmp"), "1", b"Subject: unfinished\n\n");
    let maildir = folder.join("maildir").display().to_string();
    let options = ["check", "--format", "json", "--header-checks", &table, "--body-checks", &body];
    let found = |rest: &[&str]| -> Vec<String> {
        let lines = json(&[&options[..], rest].concat(), "");
        let texts = |line: &Value| -> Vec<String> {
            line["events"].as_array().unwrap().iter().map(|event| event["text"].as_str().unwrap().to_owned()).collect()
        };
        lines.iter().map(|line| texts(line).join(" ")).collect()
    };
    assert_eq!(found(&[&mbox, &maildir]), ["one unquoted", "two", "three", "four"]);
    // A file taken for one message: what smtpd makes of a first line "From " is no header.
    assert_eq!(found(&["--input", "message", &mbox]).len(), 1);
    std::fs::create_dir_all(folder.join("empty")).unwrap();
    let empty = folder.join("empty").display().to_string();
    assert_eq!(postproof(&["check", "--header-checks", &table, &empty], b"").status, Some(2));
}

#[test]
fn check_reads_many_messages_in_their_order() {
    let folder = folder("check_reads_many_messages_in_their_order");
    let table = format!("regexp:{}", file(&folder, "h", b"/two/ DISCARD\n"));
    let one = file(&folder, "one.eml", b"Subject: one\n\n");
    let two = file(&folder, "two.eml", b"Subject: two\n\n");
    let said = stdout(&["check", "--header-checks", &table, &one, &two], "");
    let verdicts: Vec<&str> = said.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(verdicts, [format!("{one}: Accepted"), format!("{two}: Thrown away")]);
}
