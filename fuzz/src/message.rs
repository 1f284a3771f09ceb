//! A message through header and body checks: there is a verdict, of bounded size, and every span is one of the message.

use std::sync::LazyLock;

use postproof_model::{Class, Disposition, Event, MessageVerdict, Span, TableKind};
use postproof_rules::content::{ContentChecks, Envelope, Received};
use postproof_rules::message::{Limits, QueryMode, Strict, Version, query_keys};
use postproof_rules::table::{Opener, Table};

use super::span::{Text, assert_within};

const HEADER_CHECKS: &str = r"
/^Subject:.*casino/              REJECT no casinos
/^Subject:.*hold/                HOLD
/^Subject:(.*)re(place)/         REPLACE Subject:$1$2
/^X-Ignore:/                     IGNORE
/^X-Strip:/                      STRIP
/^X-Prepend: (.*)/               PREPEND X-Before: $1
/^X-Bad-Prepend: (.*)/           PREPEND $1
/^X-Filter: (.*)/                FILTER $1
/^X-Redirect: (.*)/              REDIRECT $1
/^X-Bcc: (.*)/                   BCC $1
/^X-Pass:/                       PASS
/^X-Discard:/                    DISCARD gone
/^X-Word: (.*)/                  $1
/^X-Empty:/                      DUNNO
/^X-Warn: (.*)$/                  WARN $1
";

const BODY_CHECKS: &str = "
/^prepend (.*)/                  PREPEND $1
/^replace (.*)/                  REPLACE $1
/^ignore/                        IGNORE
/^casino/                        REJECT
/^--/                            INFO a boundary
/^warn (.)(.*)$/                  WARN $2$1
";

const MIME_HEADER_CHECKS: &str = r"
/^Content-Type:.*name\s*=\s*([^;]*\.exe)/x  REJECT $1
/^Content-(?=Type)(\w+):\s*(.*)$/           INFO $1 $2
";

const NESTED_HEADER_CHECKS: &str = "/^(Subject): (.*)/ REPLACE $1: [$2]\n/./ DUNNO\n";

fn table(kind: TableKind, source: &str) -> Vec<Table> {
    let (table, diagnostics) = Table::parse_as(Opener::CONTENT, kind, "checks", source.as_bytes());
    assert!(diagnostics.iter().all(|diagnostic| !diagnostic.consequence.postfix_warns()), "{diagnostics:?}");
    vec![table]
}

static CHECKS: LazyLock<ContentChecks> = LazyLock::new(|| ContentChecks {
    header: table(TableKind::Regexp, HEADER_CHECKS),
    mime_header: Some(table(TableKind::Pcre, MIME_HEADER_CHECKS)),
    nested_header: Some(table(TableKind::Regexp, NESTED_HEADER_CHECKS)),
    body: table(TableKind::Regexp, BODY_CHECKS),
    ..ContentChecks::default()
});

/// Releases on both sides of every change.
const VERSIONS: [Version; 2] = [Version { major: 3, minor: 7 }, Version::NEWEST];

/// What the first byte chooses: `A` is Postfix's defaults.
fn limits() -> [Limits; 4] {
    let defaults = Limits::default();
    let strict = Strict { headers: true, body: true, encoding_domain: true };
    [
        defaults,
        Limits { header_size_limit: 60, line_length_limit: 20, body_checks_size_limit: 100, ..defaults },
        Limits { mime_nesting_limit: 2, mime_boundary_length_limit: 4, hopcount_limit: 3, strict, ..defaults },
        Limits { disable_mime_input_processing: true, cleanup_replace_stray_cr_lf: false, ..defaults },
    ]
}

/// The first byte chooses the limits, and the rest is the message.
pub fn check(input: &[u8]) {
    let choices = limits();
    let Some((limits, message)) = super::choice(input, &choices) else { return };
    let text = Text::new(message, true);
    let envelopes = [Envelope::default(), Envelope { received: Some(Received::default()), ..Envelope::default() }];
    for envelope in &envelopes {
        let verdicts = VERSIONS.map(|version| {
            let verdict = ContentChecks { limits: *limits, version, ..CHECKS.clone() }.evaluate(message, envelope);
            assert_verdict(&verdict, &text);
            verdict
        });
        // Releases differ in what they log and reply, not in what becomes of a message.
        let [one, other] = verdicts.map(|verdict| (verdict.disposition, verdict.message_after, verdict.events.len()));
        assert_eq!(one, other);
    }
    for (headers, body, mime) in [(true, false, false), (true, true, true), (false, true, true)] {
        for key in query_keys(message, QueryMode { headers, body, mime }, limits) {
            assert_place(key.span, key.line, &text, &key);
        }
    }
}

/// Panics unless the span lies in the message and starts on that line; what smtpd adds stands on line 0.
fn assert_place(span: Span, line: usize, message: &Text<'_>, what: &dyn std::fmt::Debug) {
    assert_within(span, message.len(), what);
    assert!(line == 0 || line == message.line(span.start), "{what:?}");
}

fn assert_verdict(verdict: &MessageVerdict, message: &Text<'_>) {
    let bounds = CHECKS.bounds;
    assert!(verdict.events.len() <= bounds.events + 1, "{} events", verdict.events.len());
    assert!(verdict.unknown.len() <= bounds.events);
    let decided = verdict.decided_by.is_none_or(|index| index < verdict.events.len());
    assert!(decided, "{:?} of {} events", verdict.decided_by, verdict.events.len());
    verdict.events.iter().for_each(|event| assert_event(event, message));
    for unknown in &verdict.unknown {
        assert_place(unknown.span, unknown.line, message, unknown);
    }
    assert_eq!(verdict.disposition == Disposition::Unknown, verdict.if_unknown_rules_miss.is_some());
    assert_eq!(verdict.disposition == Disposition::Unknown, !verdict.unknown.is_empty());
    if matches!(verdict.disposition, Disposition::Rejected | Disposition::Deferred | Disposition::Discarded) {
        assert_eq!(verdict.message_after, None);
    }
    if let Some(after) = &verdict.message_after {
        // Each line may be written once and prepended to once, folded anew with a tab, after a Received header.
        assert!(after.len() <= 4 * message.len() + 1000, "{} bytes became {}", message.len(), after.len());
    }
}

fn assert_event(event: &Event, message: &Text<'_>) {
    assert_place(event.span, event.line, message, event);
    for span in event.hit.matched.iter().chain(event.hit.groups.iter().flatten()) {
        assert_within(*span, event.key.len(), event);
    }
    // From one pair of the map to the next, the key's bytes stand in the input one after the other.
    let ends = event.key_map.iter().skip(1).map(|&(at, _)| at).chain([event.key.len()]);
    for (&(at, from), end) in event.key_map.iter().zip(ends) {
        assert!(at <= end && end <= event.key.len(), "{event:?}");
        assert!(from + (end - at) <= message.len(), "{event:?}");
        if event.class != Class::Body && event.line > 0 {
            assert!(event.span.start <= from && from + (end - at) <= event.span.end, "{event:?}");
        }
    }
}
