//! Checks after a message has come in, beside a real Postfix where there is one: of headers that a milter adds, and of smtp
//! while it delivers.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test, which runs Postfix"
)]

mod support;

use std::io::Write as _;
use std::thread::sleep;
use std::time::Duration;

use postproof_model::{Bytes, TableKind};
use postproof_rules::content::{ContentChecks, DeliveryChecks};
use postproof_rules::message::Version;
use postproof_rules::table::Table;
use support::live::{self, find};
use support::milter::{Headers, Milter};
use support::nasty;
use support::private_postfix::PrivatePostfix;
use support::rule_set::RuleSet;
use support::smtp_session::SmtpSession;
use support::smtp_sink::SmtpSink;

/// Every action, and what is wrong with some.
const RULES: &[&str] = &[
    "/warn/ WARN some text",
    "/info/ INFO",
    "/badreplace/ REPLACE nope",
    "/noreplace/ REPLACE",
    "/replace/ REPLACE X-Replaced: yes",
    "/badprepend/ PREPEND nope",
    "/prepend/ PREPEND X-Before: 1",
    "/ignore/ IGNORE",
    "/strip/ STRIP why",
    "/dunno/ DUNNO",
    "/okay/ OK",
    "/hold/ HOLD it",
    "/badfilter/ FILTER x",
    "/filter/ FILTER discard:x",
    "/badredirect/ REDIRECT x",
    "/redirect/ REDIRECT other@example.net",
    "/bcc/ BCC copy@example.net",
    "/pass/ PASS",
    "/unknown/ frobnicate x",
    "/later/ REJECT 4.7.1 later",
    "/reject/ REJECT no",
    "/discard/ DISCARD quietly",
];

fn inline() -> String {
    RULES.iter().map(|rule| format!(" {{{rule}}}")).collect()
}

fn table() -> Vec<Table> {
    vec![Table::parse(TableKind::Regexp, "rules", RULES.join("\n").as_bytes()).0]
}

fn start(name: &str, main_cf: &str) -> Option<PrivatePostfix> {
    match PrivatePostfix::start_with(&[RuleSet::empty()], main_cf) {
        Ok(postfix) => Some(postfix),
        Err(missing) => {
            // Past the test harness, which keeps what passing tests print to itself.
            let mut stdout = std::io::stdout();
            writeln!(stdout, "skipped: {name}, since {}", missing.0).unwrap();
            None
        }
    }
}

#[test]
fn after_arrival_a_real_postfix_does_the_same() {
    headers_that_a_milter_adds(b"Subject: x\n\nwarn body\n");
    // A message that is refused for its MIME gets no header added, and none looked at.
    headers_that_a_milter_adds(b"Subject: \xe9\n\nwarn body\n");
    what_smtp_sends();
}

fn headers_that_a_milter_adds(message: &[u8]) {
    let mut added: Vec<Headers> = vec![
        vec![("X-A", "warn"), ("X-B", "info"), ("X-C", "replace"), ("X-D", "badreplace"), ("X-E", "noreplace")],
        vec![("X-A", "prepend"), ("X-B", "badprepend"), ("X-C", "ignore"), ("X-D", "strip"), ("X-E", "dunno")],
        vec![("X-A", "okay"), ("X-B", "pass"), ("X-C", "unknown"), ("X-D", "badfilter"), ("X-E", "badredirect")],
        vec![("X-A", "bcc"), ("X-B", "redirect"), ("X-C", "warn")],
        vec![("X-A", "warn"), ("X-B", "reject"), ("X-C", "warn")],
        vec![("X-A", "later"), ("X-B", "hold")],
        vec![("X-A", "hold"), ("X-B", "hold"), ("X-C", "warn folded\n more")],
        vec![("X-A", "discard"), ("X-B", "warn")],
        vec![("Content-Type", "warn"), ("X-Long", LONG), ("X-Tab", "\twarn\u{e9}")],
        vec![],
        // The last: smtpd hangs up after it.
        vec![("X-A", "warn"), ("X-B", "empty"), ("X-C", "ignore"), ("X-D", "warn"), ("X-E", "warn")],
    ];
    let milter = Milter::start(added.clone());
    let main_cf = format!(
        "smtpd_milters = inet:127.0.0.1:{}\nmilter_default_action = accept\nstrict_7bit_headers = yes\nmilter_header_checks = regexp:{{{} {{/empty/}}}}\n",
        milter.port,
        inline()
    );
    let Some(postfix) = start("headers_that_a_milter_adds", &main_cf) else { return };
    let rules = [&RULES.join("\n"), "\n/empty/\n"].concat();
    let milter_header = vec![Table::parse(TableKind::Regexp, "rules", rules.as_bytes()).0];
    let mut checks = ContentChecks { milter_header, ..ContentChecks::default() };
    checks.limits.strict.headers = true;
    checks.version = postfix.version.parse().unwrap();
    let answers = live::ask(&postfix, 0, added.iter().map(|_| message));
    let mut differences = String::new();
    for (index, (headers, answer)) in added.drain(..).zip(&answers).enumerate() {
        let headers: Vec<_> = headers.iter().map(|(name, value)| format!("{name}: {value}").into_bytes()).collect();
        if let Err(difference) = live::compare_with(&checks, index, message, &headers, answer) {
            differences += &format!("message {index}\n{difference}\n");
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

const LONG: &str =
    "warn yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy";

fn what_smtp_sends() {
    let sink = SmtpSink::start();
    let rules = inline();
    let main_cf = format!(
        "relay_domains = example.org\nrelay_transport = smtp:[127.0.0.1]:{}\nsmtp_header_checks = regexp:{{{rules}}}\n\
         smtp_nested_header_checks = regexp:{{{rules}}}\nsmtp_body_checks = regexp:{{{rules}}}\n",
        sink.port
    );
    let Some(postfix) = start("what_smtp_sends", &main_cf) else { return };
    let version: Version = postfix.version.parse().unwrap();
    let checks =
        DeliveryChecks { header: table(), nested_header: table(), body: table(), version, ..DeliveryChecks::default() };
    let all: String =
        RULES.iter().map(|rule| rule.split('/').nth(1).unwrap()).map(|word| format!("X-{word}: 1\n 2\n")).collect();
    let words: Vec<String> = RULES.iter().map(|rule| rule.split('/').nth(1).unwrap().to_owned()).collect();
    let long = "z".repeat(990);
    let mut messages: Vec<Vec<u8>> = vec![
        format!("{all}Content-Type: text/plain; name=warn\n\n{}\n", words.join("\n")).into_bytes(),
        format!("Subject: {long}{long}\n\n{long}warn{long}{long}replace\n{long}prepend {long}\nend").into_bytes(),
        b"Content-Type: multipart/mixed; boundary=b\n\n--b\nX-Warn: part\n\ninfo\n--b\nContent-Type: message/rfc822\n\nX-Info: nested\n\nstrip\n--b--\n".to_vec(),
        b".\n\n..\n".to_vec(),
    ];
    messages.extend(support::messages().into_iter().map(|(_, message)| message));
    messages.extend((0..30).map(nasty::message));
    let mut session = SmtpSession::open(postfix.address(0));
    let mut queued = Vec::new();
    for (index, message) in messages.iter().enumerate() {
        let before = live::now();
        let reply = session.send(&live::sender(index), "recipient@example.org", message);
        let id = reply.strip_prefix(b"250 2.0.0 Ok: queued as ").map(|id| String::from_utf8_lossy(id).into_owned());
        queued.push(id.map(|id| (id, before..=live::now())));
    }
    drop(session);
    let expected = queued.iter().flatten().count();
    for _ in 0..200 {
        if sink.messages().len() >= expected {
            break;
        }
        sleep(Duration::from_millis(100));
    }
    sleep(Duration::from_millis(500));
    let log = postfix.log();
    let received = sink.messages();
    let mut differences = String::new();
    let mut compared = 0;
    for (index, message) in messages.iter().enumerate() {
        let Some((id, mut seconds)) = queued[index].clone() else { continue };
        let Some((_, theirs)) = received.iter().find(|(from, _)| *from == live::sender(index)) else { continue };
        let logged = smtp_lines(&log, &id);
        let arrival = ContentChecks::<Table> { version, ..ContentChecks::default() };
        let ours = |second| {
            let mut envelope = live::envelope(index, Some((&id, second)));
            envelope.recipient = "recipient@example.org".to_owned();
            let queued = arrival.evaluate(message, &envelope).message_after.unwrap();
            let verdict = checks.evaluate(&queued);
            let lines: Vec<Bytes> = verdict.events.iter().filter_map(|event| event.log.clone()).collect();
            (verdict.message_after.unwrap(), lines)
        };
        compared += 1;
        // A last line that was left open is ended.
        let same = |second| {
            let (after, lines) = ours(second);
            (*after == **theirs
                || *after.strip_suffix(b"\n").unwrap_or(&after) == **theirs
                || [&after[..], b"\n"].concat() == **theirs)
                && lines == logged
        };
        if !seconds.clone().any(same) {
            let (after, lines) = ours(seconds.next().unwrap());
            let at = after.iter().zip(theirs).take_while(|(a, b)| a == b).count();
            let around =
                |bytes: &[u8]| bytes[at.saturating_sub(60)..bytes.len().min(at + 80)].escape_ascii().to_string();
            differences += &format!(
                "message {index}, byte {at}:\n  ours   {}\n  theirs {}\n  log\n  ours   {lines:?}\n  theirs {logged:?}\n",
                around(&after),
                around(theirs)
            );
        }
    }
    assert!(compared > 30, "only {compared} of {} messages were delivered", messages.len());
    assert!(differences.is_empty(), "{differences}");
}

/// The lines that smtp logged while it delivered a message, from after the queue id on, and its warnings. It delivers one
/// message after the other.
fn smtp_lines(log: &[u8], id: &str) -> Vec<Bytes> {
    let mut lines: Vec<Bytes> = Vec::new();
    for line in log.split(|&byte| byte == b'\n') {
        if find(line, b"/smtp[").is_none_or(|at| at > 60) {
            continue;
        }
        let Some(text) = find(line, b"]: ").and_then(|at| line.get(at + 3..)) else { continue };
        let about = text.strip_prefix(format!("{id}: ").as_bytes());
        if about.is_some_and(|about| about.starts_with(b"to=<")) {
            return lines;
        }
        if find(text, b": to=<").is_some_and(|at| at < 20) {
            lines.clear();
        } else if let Some(about) = about {
            if !about.starts_with(b"breaking line ") {
                lines.push(about.into());
            }
        } else if text.starts_with(b"warning: ") {
            lines.push(text.into());
        }
    }
    panic!("{id} was not delivered")
}
