//! Rules that wait for a key which their table is not asked for, or that it is asked for unawares.
//!
//! header_checks(5): which headers go to which parameter's tables; milter_header_checks in postconf(5). (Postfix:
//! `cleanup_header_callback`, `hbc_header_checks`.)

use postproof_model::{Action, Answer, KeyProblem, Problem, Span, TableKind};

use super::names;
use super::place;
use super::reader::{Around, Reader};
use crate::action::content;
use crate::content::{Envelope, Received};
use crate::pattern::language::{Language, Witness, witness};
use crate::pattern::{ByteSet, Matched, Pattern, PosixFlags};
use crate::table::Table;
use crate::table::rule::{Condition, Op, Rule};
use crate::table::source::Source;

/// The headers of MIME, for which mime_header_checks is asked.
const MIME: &[&str] = &[
    "mime-version",
    "content-type",
    "content-disposition",
    "content-id",
    "content-description",
    "content-transfer-encoding",
];
/// Headers that filters add, most of them as milters.
const MILTER: &[&str] = &[
    "authentication-results",
    "x-rspamd-action",
    "x-rspamd-score",
    "x-rspamd-server",
    "x-spam",
    "x-spam-flag",
    "x-spam-level",
    "x-spam-report",
    "x-spam-score",
    "x-spam-status",
    "x-spamd-bar",
    "x-spamd-result",
    "x-virus-scanned",
    "x-virus-status",
];
const FLAGS: PosixFlags = PosixFlags { extended: true, fold_case: false, newline: false };
/// Addresses as smtpd(8) looks them up, of users that are written without quotes: `<>`, or no space, quote or angle bracket,
/// and something before the first `@`. Others are looked up with quotes and without: `""@example.org`, then `@example.org`.
const ADDRESS: &[u8] = br#"^<>$|^[^<>"@[:space:]][^<>"[:space:]]*$"#;

/// The keys that senders and recipients have.
pub(super) struct Addresses(Option<Language>);

impl Addresses {
    pub(super) fn new(reader: Reader) -> Self {
        let wanted = matches!(reader, Reader::Sender | Reader::Recipient);
        Self(wanted.then(|| Pattern::posix(ADDRESS, FLAGS).ok()?.language()).flatten())
    }
}

/// What is wrong with a rule's keys.
pub(super) fn find(
    source: &Source<'_>,
    table: &Table,
    rule: &Rule,
    reader: Reader,
    around: &Around,
    addresses: &Addresses,
) -> Vec<(Problem, Span)> {
    let mut found: Vec<(KeyProblem, Span)> = Vec::new();
    if reader.is_header() {
        found.extend(header(source, table, rule, reader, around));
    }
    if let Some(condition) = rule.conditions().next() {
        found.extend(address(condition, reader, addresses));
    }
    if table.holds_keys() && table.kind() != TableKind::Cidr && matches!(reader, Reader::Client | Reader::ReverseClient)
    {
        found.extend(bracketed(source, rule));
    }
    found.into_iter().map(|(problem, span)| (Problem::Key(problem), span)).collect()
}

fn header(source: &Source<'_>, table: &Table, rule: &Rule, reader: Reader, around: &Around) -> Vec<(KeyProblem, Span)> {
    let mut found = Vec::new();
    let Op::Answer { condition, second: None, .. } = &rule.op else { return found };
    let Some(pattern) = condition.pattern() else { return found };
    let (_, text) = place::result(source, rule);
    let word = text.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    let action = content::read(word, content::Part::Header).action;
    let names = names::of(pattern);
    let is = |name: &String, list: &[&str]| list.contains(&name.to_ascii_lowercase().as_str());
    let header = || names.first().cloned().unwrap_or_default();
    if condition.negated {
        let ends =
            matches!(action, Action::Reject | Action::Discard | Action::Hold | Action::Redirect | Action::Filter);
        if !names.is_empty() && ends && names_alone(pattern) {
            found.push((KeyProblem::NegatedHeader { header: header() }, rule.pattern));
        }
        return found;
    }
    if !names.is_empty() && names.iter().all(|name| is(name, MIME)) {
        let parameter = match reader {
            Reader::Header | Reader::NestedHeader if around.mime_elsewhere => Some("mime_header_checks"),
            Reader::SmtpHeader | Reader::SmtpNestedHeader => Some("smtp_mime_header_checks"),
            _ => None,
        };
        found.extend(parameter.map(|parameter| {
            (KeyProblem::ContentHeader { header: header(), parameter: parameter.to_owned() }, condition.source)
        }));
    }
    if !names.is_empty() && !names.iter().any(|name| is(name, MIME)) && !around.also_header {
        let parameter = match reader {
            Reader::MimeHeader => Some("header_checks"),
            Reader::SmtpMimeHeader => Some("smtp_header_checks"),
            _ => None,
        };
        found.extend(parameter.map(|parameter| {
            (KeyProblem::PartHeader { header: header(), parameter: parameter.to_owned() }, condition.source)
        }));
    }
    // What takes a forged header off a message is right here.
    let takes_off = matches!(action, Action::Ignore | Action::Strip | Action::Replace | Action::Dunno | Action::Ok);
    if reader == Reader::Header && !takes_off && !names.is_empty() && names.iter().all(|name| is(name, MILTER)) {
        found.push((KeyProblem::MilterHeader { header: header() }, condition.source));
    }
    let ends = matches!(action, Action::Reject | Action::Discard | Action::Hold | Action::Redirect | Action::Filter);
    if reader == Reader::Header && ends {
        found.extend(
            own_received(table, rule, pattern).map(|example| (KeyProblem::OwnReceived { example }, condition.source)),
        );
    }
    found
}

/// Whether a pattern asks for nothing but a header's name: `^(To|Cc):` and perhaps a space.
fn names_alone(pattern: &Pattern) -> bool {
    let names = names::of(pattern);
    names.iter().all(|name| {
        [": x", ":x", ": \u{1}"].iter().all(|rest| pattern.is_match(format!("{name}{rest}").as_bytes()) != Matched::No)
    })
}

/// The first line of smtpd's own Received header, where a rule answers for that header whoever sends, and does not match every
/// other header.
fn own_received(table: &Table, rule: &Rule, pattern: &Pattern) -> Option<String> {
    let other = Envelope {
        client_name: "unknown".to_owned(),
        client_address: "2001:db8::9".to_owned(),
        helo: "[198.51.100.7]".to_owned(),
        protocol: "SMTP".to_owned(),
        recipient: "b@example.org".to_owned(),
        received: Some(Received {
            my_hostname: "post.example.org".to_owned(),
            queue_id: "4Zx0Pq1Wz2z9".to_owned(),
            date: "Tue, 24 Nov 2026 10:00:00 +0900 (JST)".to_owned(),
            names_recipient: false,
            ..Received::default()
        }),
        ..Envelope::default()
    };
    let usual = Envelope { received: Some(Received::default()), ..Envelope::default() };
    let keys = [usual, other].map(|envelope| envelope.received_lines().join(&b'\n'));
    let answers = |key: &Vec<u8>| matches!(table.lookup(key), Answer::Found(hit) if hit.rule.lines == rule.lines);
    let all = keys.iter().all(answers);
    if !all || names::every_header(pattern) {
        return None;
    }
    let line = keys.first()?.split(|&byte| byte == b'\n').next()?;
    Some(String::from_utf8_lossy(line).into_owned())
}

/// A pattern that no sender or recipient matches.
fn address(condition: &Condition, reader: Reader, addresses: &Addresses) -> Option<(KeyProblem, Span)> {
    let all = addresses.0.as_ref()?;
    if condition.negated {
        return None;
    }
    let language = condition.pattern()?.language()?;
    let alphabet = ByteSet::filter(|byte| byte != 0);
    let problem = if reader == Reader::Sender { KeyProblem::NoSender } else { KeyProblem::NoRecipient };
    (witness(&alphabet, &[all, &language], &[]) == Witness::None).then_some((problem, condition.source))
}

/// The key of an indexed table that stands in brackets.
fn bracketed(source: &Source<'_>, rule: &Rule) -> Option<(KeyProblem, Span)> {
    let key = source.bytes.get(rule.pattern.start..rule.pattern.end)?;
    let plain = key.strip_prefix(b"[")?.strip_suffix(b"]")?;
    let shown = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
    Some((KeyProblem::BracketedKey { key: shown(key), plain: shown(plain) }, rule.pattern))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::asked;

    #[test]
    fn the_servers_own_received_header_is_met_only_where_the_rule_answers_for_it() {
        let met = |source: &str| {
            let (table, _) = Table::parse(TableKind::Regexp, "t", source.as_bytes());
            let found = asked(&table, Reader::Header, &Around::default());
            found.iter().any(|found| matches!(found.problem, Problem::Key(KeyProblem::OwnReceived { .. })))
        };
        assert!(met("/^Received:.*Postfix/ REJECT\n"));
        assert!(met("if /^Received:/\n/Postfix/ REJECT\nendif\n"));
        assert!(!met("if /^X-Mailer:/\n/Postfix/ REJECT\nendif\n"));
        assert!(!met("/^Received: from/ DUNNO\n/Postfix/ REJECT\n"));
    }
}
