//! Promises of header and body checks that a server alone cannot show: order, limits, what cannot be told.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test")]

use postproof_model::{
    Answer, Bytes, Class, Disposition, Effect, FaultKind, Hit, Lines, MessageVerdict, RuleRef, Span, TableKind,
    UnknownReason,
};
use postproof_rules::content::{Bounds, ContentChecks, Envelope, Lookup};
use postproof_rules::message::{Limits, Strict};
use postproof_rules::pattern::Steps;
use postproof_rules::table::Table;

fn table(source: &str) -> Vec<Table> {
    let (table, problems) = Table::parse(TableKind::Regexp, "checks", source.as_bytes());
    assert!(problems.is_empty(), "{problems:?}");
    vec![table]
}

fn evaluate(checks: &ContentChecks, message: &str) -> MessageVerdict {
    checks.evaluate(message.as_bytes(), &Envelope::default())
}

/// A table of a rule that cannot be run, for keys that hold a word.
struct Unrunnable(&'static str);

impl Lookup for Unrunnable {
    fn lookup(&self, key: &[u8], _steps: &Steps) -> Answer {
        let rule = RuleRef {
            table: "unrunnable".to_owned(),
            lines: Lines::default(),
            span: Span::default(),
            pattern: Span::default(),
            text: Bytes::default(),
            s25r: None,
        };
        if key.windows(self.0.len()).any(|window| window == self.0.as_bytes()) {
            return Answer::Unknown { rule, reason: UnknownReason::GaveUp };
        }
        Answer::NotFound
    }

    fn also(&self, _key: &[u8], _hit: &Hit, _steps: &Steps) -> Vec<RuleRef> {
        Vec::new()
    }
}

#[test]
fn what_cannot_be_told_makes_the_verdict_unknown_and_never_accepted() {
    let checks = ContentChecks { body: vec![Unrunnable("maybe")], ..ContentChecks::default() };
    let verdict = checks.evaluate(b"Subject: x\n\nyes\nmaybe\nmaybe not\n", &Envelope::default());
    assert_eq!(verdict.disposition, Disposition::Unknown);
    assert_eq!(verdict.if_unknown_rules_miss, Some(Disposition::Accepted));
    assert_eq!(verdict.message_after, None);
    let unknown: Vec<_> = verdict.unknown.iter().map(|key| (key.class, key.line, key.key.lossy())).collect();
    assert_eq!(unknown, [(Class::Body, 4, "maybe".into()), (Class::Body, 5, "maybe not".into())]);
}

#[test]
fn what_ends_a_message_before_the_unknown_is_certain() {
    struct Either;
    impl Lookup for Either {
        fn lookup(&self, key: &[u8], steps: &Steps) -> Answer {
            match Unrunnable("maybe").lookup(key, steps) {
                Answer::NotFound => table("/^no/ REJECT no\n")[0].lookup_within(key, steps),
                unknown => unknown,
            }
        }
        fn also(&self, _key: &[u8], _hit: &Hit, _steps: &Steps) -> Vec<RuleRef> {
            Vec::new()
        }
    }
    let checks = ContentChecks { body: vec![Either], ..ContentChecks::default() };
    let before = checks.evaluate(b"\nno\nmaybe\n", &Envelope::default());
    assert_eq!(before.disposition, Disposition::Rejected);
    assert_eq!(before.reply.unwrap().to_string(), "550 5.7.1 no");
    let after = checks.evaluate(b"\nmaybe\nno\n", &Envelope::default());
    assert_eq!(after.disposition, Disposition::Unknown);
    assert_eq!(after.reply, None);
    assert_eq!(after.if_unknown_rules_miss, Some(Disposition::Rejected));
}

#[test]
fn the_first_table_that_answers_wins() {
    let [first, second] = ["/a/ WARN first\n", "/./ WARN second\n"].map(|source| table(source).remove(0));
    let checks = ContentChecks { body: vec![first, second], ..ContentChecks::default() };
    let verdict = evaluate(&checks, "X: a\n\na\nb\n");
    let texts: Vec<_> = verdict.events.iter().map(|event| event.text.lossy().into_owned()).collect();
    assert_eq!(texts, ["first", "second"]);
}

#[test]
fn mime_and_nested_headers_have_header_checks_unless_they_have_their_own() {
    let message = "A: 1\nContent-Type: message/rfc822\n\nB: 2\n\n";
    let classes = |checks: &ContentChecks| -> Vec<(Class, String)> {
        let verdict = evaluate(checks, message);
        verdict.events.iter().map(|event| (event.class, event.text.lossy().into_owned())).collect()
    };
    let mut checks = ContentChecks { header: table("/./ WARN header\n"), ..ContentChecks::default() };
    let header = || "header".to_owned();
    assert_eq!(
        classes(&checks),
        [(Class::Header, header()), (Class::MimeHeader, header()), (Class::NestedHeader, header())]
    );
    checks.mime_header = Some(Vec::new());
    checks.nested_header = Some(table("/./ WARN nested\n"));
    assert_eq!(classes(&checks), [(Class::Header, header()), (Class::NestedHeader, "nested".to_owned())]);
}

#[test]
fn body_checks_look_at_the_start_of_each_segment() {
    // A line end counts as one byte, and so does the empty line before the body.
    let filler = |bytes: usize| format!("{}\n", "x".repeat(bytes - 1));
    let checks = ContentChecks { body: table("/^key/ WARN\n"), ..ContentChecks::default() };
    let lines = |message: &str| evaluate(&checks, message).events.iter().map(|event| event.line).collect::<Vec<_>>();
    let limit = Limits::default().body_checks_size_limit;
    let padding = |bytes: usize| filler(1000).repeat(bytes / 1000) + &filler(bytes % 1000);
    assert_eq!(lines(&format!("A: b\n\n{}key 1\nkey 2\n", padding(limit - 2))), [55]);
    assert_eq!(lines(&format!("A: b\n\n{}key 1\nkey 2\n", padding(limit - 1))), [0; 0]);
    let part = format!("--B\n\n{}key\n", padding(limit - 2));
    let message = format!("Content-Type: multipart/mixed; boundary=B\n\n{part}{part}");
    assert_eq!(lines(&message).len(), 2);
    let unlimited = ContentChecks {
        limits: Limits { body_checks_size_limit: 0, ..Limits::default() },
        body: table("/^key/ WARN\n"),
        ..ContentChecks::default()
    };
    assert_eq!(evaluate(&unlimited, &format!("A: b\n\n{}key\n", padding(limit * 2))).events.len(), 1);
}

#[test]
fn only_header_checks_make_nesting_a_fault() {
    let part = |depth: usize| format!("Content-Type: multipart/mixed; boundary=N{depth}.\n\n--N{depth}.\n");
    let message: String = (0..110).map(part).collect();
    let mut checks = ContentChecks { body: table("/never/ WARN\n"), ..ContentChecks::default() };
    assert_eq!(evaluate(&checks, &message).disposition, Disposition::Accepted);
    checks.header = table("/never/ WARN\n");
    let verdict = evaluate(&checks, &message);
    assert_eq!(verdict.disposition, Disposition::Rejected);
    let fault = verdict.fault().unwrap();
    assert_eq!((fault.kind, fault.line), (FaultKind::NestedTooDeep, 307));
    assert_eq!(verdict.reply.unwrap().to_string(), "550 5.6.0 MIME nesting exceeds safety limit");
}

/// As Postfix 3.7.11 does it.
#[test]
fn a_strict_server_logs_every_kind_of_fault_once_and_tells_of_one() {
    let message = "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n日\n--b\n\n本\n--b\n\
                   Subject: 日\nSubject: 本\n\n--b--\n";
    let strict = Strict { headers: true, body: true, encoding_domain: true };
    let mut checks = ContentChecks {
        body: table("/never/ WARN\n"),
        limits: Limits { strict, ..Limits::default() },
        ..ContentChecks::default()
    };
    let verdict = evaluate(&checks, message);
    let faults: Vec<_> = verdict.faults.iter().map(|fault| (fault.kind, fault.line)).collect();
    assert_eq!(faults, [(FaultKind::EncodingDomain, 2), (FaultKind::EightBitBody, 4), (FaultKind::EightBitHeader, 9)]);
    assert_eq!(verdict.fault().unwrap().kind, FaultKind::EightBitHeader);
    assert_eq!((verdict.disposition, verdict.message_after), (Disposition::Rejected, None));
    let reply = "550 5.6.0 improper use of 8-bit data in message header";
    assert_eq!(verdict.reply.unwrap().to_string(), reply);
    checks.soft_bounce = true;
    let verdict = evaluate(&checks, message);
    assert_eq!((verdict.disposition, verdict.faults.len()), (Disposition::Deferred, 3));
    let reply = "450 4.6.0 improper use of 8-bit data in message header";
    assert_eq!(verdict.reply.unwrap().to_string(), reply);
    checks.limits.disable_mime_input_processing = true;
    assert_eq!(evaluate(&checks, message).disposition, Disposition::Accepted);
    checks.limits = Limits::default();
    assert_eq!(evaluate(&checks, message).disposition, Disposition::Accepted);
}

#[test]
fn with_soft_bounce_a_rule_says_what_the_sender_is_told() {
    let checks =
        ContentChecks { header: table("/^X/ REJECT 5.7.9 no\n"), soft_bounce: true, ..ContentChecks::default() };
    let verdict = evaluate(&checks, "X: y\n\n");
    assert_eq!((verdict.disposition, verdict.decided_by), (Disposition::Deferred, Some(0)));
    let Effect::Rejects(told) = &verdict.events[0].effect else { panic!("{:?}", verdict.events) };
    assert_eq!((told.to_string(), Some(told)), ("450 4.7.9 no".to_owned(), verdict.reply.as_ref()));
    assert!(verdict.events[0].log.as_ref().unwrap().ends_with(b": 5.7.9 no"));
}

#[test]
fn hold_decides_unless_something_ends_the_message() {
    let checks = ContentChecks {
        body: table(
            "/hold/ HOLD\n/redirect/ REDIRECT a@example.net\n/reject/ REJECT\n/discard/ DISCARD\n/pass/ PASS\n",
        ),
        ..ContentChecks::default()
    };
    for (body, disposition, decided_by) in [
        ("hold\nhold\n", Disposition::Held, Some(0)),
        ("hold\nreject\nredirect\n", Disposition::Rejected, Some(1)),
        ("hold\ndiscard\n", Disposition::Discarded, Some(1)),
        ("hold\nredirect\nreject\n", Disposition::Held, Some(0)),
        ("redirect\nreject\nhold\n", Disposition::Redirected, Some(0)),
        ("pass\nreject\n", Disposition::Accepted, Some(0)),
        ("text\n", Disposition::Accepted, None),
    ] {
        let verdict = evaluate(&checks, &format!("\n{body}"));
        assert_eq!((verdict.disposition, verdict.decided_by), (disposition, decided_by), "{body:?}");
    }
}

#[test]
fn events_are_listed_up_to_a_bound_and_decide_beyond_it() {
    let checks = ContentChecks {
        body: table("/^a/ WARN\n/^b/ IGNORE\n/^c/ REJECT enough\n"),
        bounds: Bounds { events: 3, ..Bounds::default() },
        ..ContentChecks::default()
    };
    let verdict = evaluate(&checks, &format!("\n{}b\nd\n", "a\n".repeat(10)));
    assert_eq!((verdict.events.len(), verdict.events_left_out), (3, 8));
    assert_eq!(verdict.message_after.unwrap().lossy(), format!("\n{}d\n", "a\n".repeat(10)));
    let verdict = evaluate(&checks, &format!("\n{}c\n", "a\n".repeat(10)));
    assert_eq!((verdict.events.len(), verdict.events_left_out, verdict.decided_by), (4, 7, Some(3)));
    assert!(matches!(verdict.events[3].effect, Effect::Rejects(_)));
}

#[test]
fn smtpd_s_own_received_header_is_seen_where_it_is_asked_for() {
    let checks = ContentChecks { header: table("/^(Received: .*)$/ WARN $1\n"), ..ContentChecks::default() };
    let envelope = Envelope { received: Some(Default::default()), ..Envelope::default() };
    let verdict = checks.evaluate(b"Subject: x\n\n", &envelope);
    let event = &verdict.events[0];
    assert_eq!((event.line, event.span, event.key_map.is_empty()), (0, Span::new(0, 0), true));
    assert_eq!(
        event.key.lossy(),
        "Received: from mail.example.com (mail.example.com [192.0.2.25])\n\tby mx.example.net (Postfix) with ESMTP id \
         0123456789A\n\tfor <recipient@example.net>; Thu, 01 Jan 1970 00:00:00 +0000 (UTC)"
    );
    assert!(evaluate(&checks, "Subject: x\n\n").events.is_empty());
}

#[test]
fn keys_know_where_they_come_from() {
    let checks = ContentChecks { header: table("/./ WARN\n"), ..ContentChecks::default() };
    let verdict = evaluate(&checks, "From x\r\nA \t: b\r\n c\r\n\r\n");
    let maps: Vec<_> =
        verdict.events.iter().map(|event| (event.key.lossy(), event.span, event.key_map.clone())).collect();
    assert_eq!(
        maps,
        [
            ("X-Mailbox-Line: From x".into(), Span::new(0, 6), vec![(16, 0)]),
            // Blanks before the colon are gone, and so is the carriage return of the fold.
            ("A: b\n c".into(), Span::new(8, 18), vec![(0, 8), (1, 11), (4, 15)]),
        ]
    );
}
