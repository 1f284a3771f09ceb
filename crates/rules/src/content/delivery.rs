//! smtp_header_checks, smtp_mime_header_checks, smtp_nested_header_checks and smtp_body_checks over a queued message, as
//! smtp(8) does it while it delivers the message.
//!
//! header_checks(5), "FILTERS WHILE DELIVERING MAIL". (Postfix: `hbc_header_checks`, `hbc_body_checks`, `hbc_action`, and
//! smtp's `smtp_text_out`, `smtp_hbc_logger`.) The message is taken to go to a server that takes 8-bit MIME, so that nothing
//! is converted.

use postproof_model::{Answer, Bytes, Class, DeliveryVerdict, Effect};

use super::listing::{Key, Listing};
use super::{Bounds, Lookup, log, maps};
use crate::action::content::{self, Context};
use crate::message::record::queued_records;
use crate::message::{BodyLine, Header, Limits, Mime, Piece, Version};
use crate::pattern::Steps;
use crate::table::Table;

/// The tables, and the limits that go with them. Unlike header_checks, a list that is not set has no tables.
#[derive(Clone, Debug)]
pub struct DeliveryChecks<T = Table> {
    /// smtp_header_checks.
    pub header: Vec<T>,
    /// smtp_mime_header_checks.
    pub mime_header: Vec<T>,
    /// smtp_nested_header_checks.
    pub nested_header: Vec<T>,
    /// smtp_body_checks. There is no limit on how much of a body is looked at.
    pub body: Vec<T>,
    /// smtp_line_length_limit: longer lines are broken. 0 for no limit.
    pub line_length_limit: usize,
    /// The other limits of main.cf.
    pub limits: Limits,
    /// The release of Postfix.
    pub version: Version,
    /// How much a verdict may hold.
    pub bounds: Bounds,
}

impl<T> Default for DeliveryChecks<T> {
    /// No tables, and Postfix's defaults.
    fn default() -> Self {
        Self {
            header: Vec::new(),
            mime_header: Vec::new(),
            nested_header: Vec::new(),
            body: Vec::new(),
            line_length_limit: 998,
            limits: Limits::default(),
            version: Version::NEWEST,
            bounds: Bounds::default(),
        }
    }
}

impl<T: Lookup> DeliveryChecks<T> {
    /// What smtp(8) does to a message with these bytes in the queue: what [`super::ContentChecks::evaluate`] says results.
    #[must_use]
    pub fn evaluate(&self, queued: &[u8]) -> DeliveryVerdict {
        let mut delivery = Delivery {
            checks: self,
            steps: Steps::for_message(queued.len()),
            out: Sent { bytes: Vec::new(), limit: self.line_length_limit, room: self.line_length_limit, broken: false },
            listing: Listing::new(self.bounds),
            deferred: false,
        };
        for piece in Mime::new(queued_records(queued, self.limits.line_length_limit), &self.limits) {
            match piece {
                Piece::Header(header) => delivery.header(&header),
                Piece::Body(line) => delivery.body(&line),
                Piece::MimeError { .. } | Piece::EndOfHeaders => {}
            }
            if delivery.deferred {
                break;
            }
        }
        let fits = delivery.out.bytes.len() <= self.bounds.message_bytes;
        let sent = !delivery.deferred && delivery.listing.unknown.is_empty() && fits;
        DeliveryVerdict {
            message_after: sent.then_some(Bytes(delivery.out.bytes)),
            lines_broken: delivery.out.broken,
            events: delivery.listing.events,
            events_left_out: delivery.listing.events_left_out,
            unknown: delivery.listing.unknown,
            deferred: delivery.deferred,
        }
    }

    fn tables(&self, class: Class) -> &[T] {
        match class {
            Class::MimeHeader => &self.mime_header,
            Class::NestedHeader => &self.nested_header,
            Class::Body => &self.body,
            Class::Header | Class::MilterHeader => &self.header,
        }
    }
}

/// One message's way.
struct Delivery<'c, T> {
    checks: &'c DeliveryChecks<T>,
    /// What the lookups may still cost.
    steps: Steps,
    out: Sent,
    listing: Listing,
    deferred: bool,
}

impl<T: Lookup> Delivery<'_, T> {
    fn header(&mut self, header: &Header) {
        let key = Key { class: header.class(), bytes: &header.key, span: header.span, line: header.line };
        match self.check(&key, &header.key_map) {
            Some(Effect::Removes | Effect::RemovesAndLogs) => {}
            Some(Effect::Replaces(text)) => self.out.header(&text),
            Some(Effect::Prepends(text)) => {
                self.out.record(&text, true);
                self.out.header(&header.key);
            }
            _ => self.out.header(&header.key),
        }
    }

    fn body(&mut self, line: &BodyLine<'_>) {
        let key = Key { class: Class::Body, bytes: line.key(), span: line.span, line: line.line };
        match self.check(&key, &[(0, line.span.start)]) {
            Some(Effect::Removes | Effect::RemovesAndLogs) => {}
            Some(Effect::Replaces(text)) => self.out.record(&text, line.ends_line),
            Some(Effect::Prepends(text)) => {
                self.out.record(&text, true);
                self.out.record(&line.text, line.ends_line);
            }
            _ => self.out.record(&line.text, line.ends_line),
        }
    }

    /// Asks the tables about a key; what the answer comes to, where there is one.
    fn check(&mut self, key: &Key<'_>, key_map: &[(usize, usize)]) -> Option<Effect> {
        let (table, answer) = maps::find(self.checks.tables(key.class), key.bytes, &self.steps)?;
        let hit = match answer {
            Answer::NotFound => return None,
            Answer::Unknown { rule, reason } => {
                self.listing.undecided(key, rule, reason);
                return None;
            }
            Answer::Found(hit) => *hit,
        };
        let outcome = content::read_in(&hit.result, key.part(), Context::Delivery);
        let effect = outcome.effect.clone();
        self.deferred = matches!(effect, Effect::Defers(_));
        if self.listing.takes(false) {
            let log = log::delivery(&outcome, key.class, key.bytes, &hit.result, self.checks.version).map(Bytes::from);
            self.listing.fired((table, &self.steps), key, key_map.to_vec(), hit, outcome, log);
        }
        Some(effect)
    }
}

/// The message as it is sent, with LF at its lines' ends.
struct Sent {
    bytes: Vec<u8>,
    limit: usize,
    /// How many more bytes the line may have.
    room: usize,
    broken: bool,
}

impl Sent {
    fn header(&mut self, header: &[u8]) {
        for line in header.split(|&byte| byte == b'\n') {
            self.record(line, true);
        }
    }

    /// A stretch of a line, or its end. A line that is too long goes on in the next one, after a space.
    fn record(&mut self, mut text: &[u8], ends_line: bool) {
        while self.limit > 0 && text.len() > self.room {
            let (now, later) = text.split_at_checked(self.room).unwrap_or((text, &[]));
            self.bytes.extend_from_slice(now);
            self.bytes.extend_from_slice(b"\n ");
            self.room = self.limit.saturating_sub(1).max(1);
            self.broken = true;
            text = later;
        }
        self.bytes.extend_from_slice(text);
        self.room = self.room.saturating_sub(text.len());
        if ends_line {
            self.bytes.push(b'\n');
            self.room = self.limit;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::{Refusal, TableKind};

    fn table(source: &str) -> Vec<Table> {
        vec![Table::parse(TableKind::Regexp, "t", source.as_bytes()).0]
    }

    /// As Postfix 3.7.11's smtp logs it.
    #[test]
    fn what_smtp_does_and_logs() {
        let source = "/^X-Warn/ WARN text\n/^X-New/ REPLACE X-Replaced: yes\n/^X-Pre/ PREPEND X-Before: 1\n/^X-Gone/ STRIP why\n/^X-No/ REJECT no\n";
        let checks = DeliveryChecks { header: table(source), ..DeliveryChecks::default() };
        let verdict = checks.evaluate(b"X-Warn: a\n b\nX-New: c\nX-Pre: d\nX-Gone: e\nX-No: f\n\nX-Warn\n");
        let log: Vec<String> =
            verdict.events.iter().map(|event| event.log.as_ref().unwrap().lossy().into_owned()).collect();
        assert_eq!(
            log,
            [
                "warning: header X-Warn: a? b: text",
                "replace: header X-New: c: X-Replaced: yes",
                "prepend: header X-Pre: d: X-Before: 1",
                "strip: header X-Gone: e: why",
                "warning: unsupported command in smtp_header_checks map: REJECT no",
            ]
        );
        assert_eq!(verdict.events[4].effect, Effect::Refused(Refusal::NotHere));
        let after = b"X-Warn: a\n b\nX-Replaced: yes\nX-Before: 1\nX-Pre: d\nX-No: f\n\nX-Warn\n";
        assert_eq!(verdict.message_after.unwrap().lossy(), String::from_utf8_lossy(after));
    }

    #[test]
    fn an_empty_result_puts_the_delivery_off() {
        let checks =
            DeliveryChecks { header: table("/^X-Empty/ \n"), body: table("/empty/\n"), ..DeliveryChecks::default() };
        for (message, log) in [
            ("A: b\nX-Empty: 1\n\nempty\n", "smtp header checks lookup error"),
            ("A: b\n\nempty\n", "smtp body checks lookup error"),
        ] {
            let verdict = checks.evaluate(message.as_bytes());
            assert_eq!((verdict.deferred, verdict.message_after), (true, None));
            let logged: Vec<_> = verdict.events.iter().filter_map(|event| event.log.clone()).collect();
            assert_eq!(logged, [Bytes::from(log)]);
        }
    }

    #[test]
    fn mime_headers_have_tables_of_their_own_and_long_lines_are_broken() {
        let checks = DeliveryChecks { header: table("/./ IGNORE\n"), ..DeliveryChecks::default() };
        let message = [b"Subject: x\nContent-Type: text/plain\n\n".as_slice(), &[b'z'; 2100], b"\n"].concat();
        let verdict = checks.evaluate(&message);
        assert_eq!(verdict.events.len(), 1);
        let z = |count: usize| "z".repeat(count);
        let after = format!("Content-Type: text/plain\n\n{}\n {}\n {}\n", z(998), z(997), z(105));
        assert_eq!(verdict.message_after.unwrap().lossy(), after);
        assert!(verdict.lines_broken);
    }
}
