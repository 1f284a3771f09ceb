//! What kind of input a text is, where that is certain: an answer about the wrong kind would be a wrong answer.

use postproof_model::InputKind;
use std::net::IpAddr;

/// How many lines are looked at to tell a log or a dialogue; host names are all looked at.
const LINES: usize = 200;

/// Headers of which one must be there: others may as well be the keys of any other notation.
const KNOWN: [&str; 22] = [
    "bcc",
    "cc",
    "content-transfer-encoding",
    "content-type",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "received",
    "received-spf",
    "references",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
    "authentication-results",
    "list-id",
    "list-unsubscribe",
];

/// The kind of a text, or none where it may be more than one or none of them.
pub(crate) fn kind(content: &[u8]) -> Option<InputKind> {
    if is_log(content) {
        Some(InputKind::Log)
    } else if is_session(content) {
        Some(InputKind::Session)
    } else if is_hosts(content) {
        Some(InputKind::Hosts)
    } else if is_message(content) {
        Some(InputKind::Message)
    } else {
        None
    }
}

/// Lines without their ends, as bytes.
fn lines(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    content.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}

/// Lines that hold something.
fn filled(content: &[u8]) -> impl Iterator<Item = &[u8]> {
    lines(content).map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

/// A line of Postfix's behind a time, or at the very beginning. A message may quote a log: its first line is a header.
fn is_log(content: &[u8]) -> bool {
    let Some(first) = filled(content).next() else { return false };
    is_of_postfix(first) && !is_header(first)
        || has_time(first) && filled(content).take(LINES).any(|line| has_time(line) && is_of_postfix(line))
}

/// `Nov 24 09:00:00 …` or `2026-11-24T09:00:00…`, as syslog writes times.
fn has_time(line: &[u8]) -> bool {
    let fits = |pattern: &[u8]| {
        line.len() > pattern.len()
            && line.iter().zip(pattern).all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                b'_' => byte.is_ascii_digit() || *byte == b' ',
                b'a' => byte.is_ascii_alphabetic(),
                other => byte == other,
            })
    };
    fits(b"aaa _0 00:00:00 ") || fits(b"0000-00-00T00:00:00")
}

/// `postfix/smtpd[123]:`, `postfix-in/postscreen[4]:`, `postfix/submission/smtpd[5]:`.
fn is_of_postfix(line: &[u8]) -> bool {
    let mut words = line.split(u8::is_ascii_whitespace);
    words.any(|word| {
        let Some(tag) = word.strip_prefix(b"postfix").and_then(|word| word.strip_suffix(b"]:")) else { return false };
        let Some(open) = tag.iter().position(|byte| *byte == b'[') else { return false };
        let (name, number) = tag.split_at(open);
        name.contains(&b'/') && number.len() > 1 && number.iter().skip(1).all(u8::is_ascii_digit)
    })
}

/// Commands, perhaps with the server's replies between; the first of them says who is there.
fn is_session(content: &[u8]) -> bool {
    let mut commands = filled(content).take(LINES).filter(|line| !is_reply(line));
    let Some(first) = commands.next() else { return false };
    if !begins(first, b"EHLO ") && !begins(first, b"HELO ") {
        return begins(first, b"XCLIENT ") && first.contains(&b'=') || begins(first, b"MAIL FROM:");
    }
    // `HELO x` alone can be nothing else, either; a sentence has more words.
    first.split(u8::is_ascii_whitespace).count() == 2
}

/// `250-SIZE`, `220 mx ESMTP`.
fn is_reply(line: &[u8]) -> bool {
    matches!(line, [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9', b' ' | b'-', ..])
}

fn begins(line: &[u8], with: &[u8]) -> bool {
    line.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

/// Nothing but host names and addresses, one a line; comments may stand between.
fn is_hosts(content: &[u8]) -> bool {
    let mut certain = false;
    for line in filled(content).filter(|line| !line.starts_with(b"#")) {
        match host(line) {
            Some(is) => certain |= is,
            None => return false,
        }
    }
    certain
}

/// Whether a line can be a client; true where it can be nothing else. `unknown` alone is a word, too.
fn host(line: &[u8]) -> Option<bool> {
    let line = std::str::from_utf8(line).ok()?;
    if let Some((name, address)) = line.strip_suffix(']').and_then(|line| line.split_once('[')) {
        let fits = is_address(address) && (name.is_empty() || is_name(name));
        return fits.then_some(true);
    }
    if is_address(line) {
        return Some(true);
    }
    is_name(line).then(|| line.contains('.'))
}

fn is_address(text: &str) -> bool {
    let text = text.strip_prefix("IPv6:").unwrap_or(text);
    text.parse::<IpAddr>().is_ok()
}

/// A full name; or a single label that stands for a client: `unknown`, `localhost`.
fn is_name(name: &str) -> bool {
    if name.eq_ignore_ascii_case("unknown") || name.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    // Top-level domains are words, or words in Punycode; version numbers are not names.
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_top = last.len() >= 2 && last.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    name.contains('.') && name.len() <= 253 && is_top && name.split('.').all(is_label)
}

/// Headers up to an empty line or to the end, one of them known. An mbox's `From ` line may stand before.
fn is_message(content: &[u8]) -> bool {
    let mut known = false;
    let mut before = false;
    for (at, line) in lines(content).enumerate() {
        if line.is_empty() {
            break;
        }
        if at == 0 && line.starts_with(b"From ") {
            continue;
        }
        if before && matches!(line, [b' ' | b'\t', ..]) {
            continue;
        }
        if !is_header(line) {
            return false;
        }
        before = true;
        known |= is_known(line);
    }
    known
}

/// A name of letters, digits and hyphens, then a colon.
fn is_header(line: &[u8]) -> bool {
    let Some(colon) = line.iter().position(|byte| *byte == b':') else { return false };
    let name = line.get(..colon).unwrap_or_default();
    name.first().is_some_and(u8::is_ascii_alphabetic)
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn is_known(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    begins(name, b"X-") || KNOWN.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use InputKind::{Hosts, Log, Message, Session};

    #[test]
    fn what_is_certain_is_recognised() {
        for (text, wanted) in [
            ("Subject: x", Message),
            ("subject:x\r\n\r\nbody\r\n", Message),
            ("From: a@b.example\nX-Folded: one\n\ttwo\n\nexample.com\n", Message),
            ("From a@b.example Tue Nov 24 09:00:00 2026\nReceived: x\n\n", Message),
            ("X-Own: x\n", Message),
            ("Subject: a log\n\nNov 24 09:00:00 mx postfix/smtpd[123]: connect from unknown[192.0.2.1]\n", Message),
            ("Subject: said by postfix/smtpd[123]: no\n", Message),
            ("Subject: \u{65e5}\u{672c}\n", Message),
            ("example.com", Hosts),
            ("example.com\r\nmail.example.org\r\n", Hosts),
            ("unknown[192.0.2.1]\n", Hosts),
            ("unknown\nppp1-2.example.net\n", Hosts),
            ("[192.0.2.1]\n2001:db8::1\n192.0.2.9\n", Hosts),
            ("mail.example.com[2001:db8::1]\n[IPv6:2001:db8::2]", Hosts),
            ("# of yesterday\nmail.example.com\n\n", Hosts),
            ("my_host.example.xn--p1ai\n", Hosts),
            ("EHLO mail.example.com\nMAIL FROM:<a@example.com>\nRCPT TO:<b@example.jp>\n", Session),
            ("helo x\n", Session),
            ("220 mx.example.jp ESMTP\r\nEHLO a.example\r\n250-SIZE\r\n250 DSN\r\nQUIT\r\n", Session),
            ("MAIL FROM:<>\n", Session),
            ("XCLIENT NAME=ppp.example ADDR=192.0.2.1\nHELO x\n", Session),
            ("Nov 24 09:00:00 mx postfix/smtpd[123]: connect from unknown[192.0.2.1]\n", Log),
            ("Nov  4 09:00:00 mx postfix-in/postscreen[4]: CONNECT from [192.0.2.1]:1 to [192.0.2.2]:25\n", Log),
            ("2026-11-24T09:00:00+09:00 mx postfix/submission/smtpd[5]: x\n", Log),
            ("Nov 24 09:00:00 mx dovecot: x\nNov 24 09:00:01 mx postfix/qmgr[5]: x\n", Log),
            ("postfix/smtpd[5]: connect from a.example[192.0.2.1]\n", Log),
        ] {
            assert_eq!(kind(text.as_bytes()), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_may_be_something_else_is_not() {
        for text in [
            "",
            "\n\n",
            "casino",
            "unknown",
            "localhost\n",
            "two words",
            "1.2",
            "3.7.11",
            "192.0.2.0/24\n",
            "a@example.com",
            "example.com.\nnot a host\n",
            "https://example.com/\n",
            "http:",
            "localhost:25",
            "version: 1\ntests:\n",
            "Note: this is prose\nand more of it\n",
            "Subject: x\nno header\n",
            " Subject: x\n",
            "\nSubject: x\n",
            "myhostname = mx.example.jp\n",
            "/^Subject:/ REJECT\n",
            "HELO",
            "EHLO",
            "Helo to you all\n",
            "250 OK\n",
            "Nov 24 09:00:00 mx dovecot: x\n",
            "He wrote of postfix/smtpd yesterday\n",
            "postfix/smtpd[]: x",
            "example.com REJECT\n",
            "example..com",
        ] {
            assert_eq!(kind(text.as_bytes()), None, "{text}");
        }
        assert_eq!(kind(b"\xff\xfe\x00"), None);
        assert_eq!(kind(&vec![b'a'; 1 << 20]), None);
    }
}
