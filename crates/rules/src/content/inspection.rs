//! One message's way through the checks.

use std::borrow::Cow;
use std::collections::VecDeque;

use postproof_model::{Answer, Bytes, Class, Disposition, Effect, Fault, FaultKind, Hit, MessageVerdict, Reply, Span};

use super::listing::{Key, Listing};
use super::printable::printable;
use super::queue_file::QueueFile;
use super::{ContentChecks, Envelope, Lookup, log, maps};
use crate::action::content::{self, Context, Outcome};
use crate::message::header::name_length;
use crate::message::record::until_nul;
use crate::message::{BodyLine, Header, Mime, Piece, Record, smtp_records};
use crate::pattern::Steps;

/// What cleanup(8) keeps while a message goes through it.
pub(super) struct Inspection<'c, T> {
    checks: &'c ContentChecks<T>,
    envelope: &'c Envelope,
    /// What the lookups may still cost.
    steps: Steps,
    /// Whether the tables are still asked.
    inspecting: bool,
    /// What ended the message's way, if something did: nothing more is read.
    end: Option<(Disposition, Option<Reply>)>,
    /// Whether that was a lookup that failed.
    lookup_failed: bool,
    /// What the message comes to if nothing ends its way.
    fate: Disposition,
    decided_by: Option<usize>,
    faults: Vec<Fault>,
    hops: usize,
    listing: Listing,
    headers: usize,
    body_lines: usize,
    queue_file: QueueFile,
    filter: Option<Bytes>,
    redirect: Option<Bytes>,
    bcc: Vec<Bytes>,
}

/// What becomes of the line that a key was made from.
enum Line {
    Kept,
    Dropped,
    Replaced(Bytes),
}

impl<'c, T: Lookup> Inspection<'c, T> {
    pub(super) fn new(checks: &'c ContentChecks<T>, envelope: &'c Envelope) -> Self {
        Self {
            checks,
            envelope,
            steps: Steps::for_message(0),
            inspecting: true,
            end: None,
            lookup_failed: false,
            fate: Disposition::Accepted,
            decided_by: None,
            faults: Vec::new(),
            // A server has added its own Received header already.
            hops: usize::from(envelope.received.is_none()),
            listing: Listing::new(checks.bounds),
            headers: 0,
            body_lines: 0,
            queue_file: QueueFile::new(checks.bounds.message_bytes),
            filter: None,
            redirect: None,
            bcc: Vec::new(),
        }
    }

    pub(super) fn run(mut self, message: &[u8]) -> MessageVerdict {
        self.steps = Steps::for_message(message.len());
        let limits = &self.checks.limits;
        let received: VecDeque<_> = self.envelope.received_lines().into_iter().map(added_record).collect();
        let records = received.into_iter().chain(smtp_records(message, limits));
        let mut mime = Mime::new(records, limits);
        while let Some(piece) = mime.next() {
            // What is wrong with the record that ended the message's way is still logged.
            let ended = self.end.is_some();
            match piece {
                Piece::MimeError { kind, text, line } => self.mime_error(kind, &text, line),
                _ if ended => {}
                Piece::Header(header) => self.header(&header),
                Piece::Body(line) => self.body(&line),
                Piece::EndOfHeaders => self.queue_file.end_headers(),
            }
            if self.end.is_some() && !mime.has_more_of_record() {
                break;
            }
        }
        // Where a lookup fails at the very end, what is wrong with the message comes first.
        if self.lookup_failed && mime.is_at_end() && !self.faults.is_empty() {
            self.end = None;
        }
        if self.end.is_none() && self.faults.is_empty() {
            self.milter_headers();
        }
        self.verdict()
    }

    /// The headers that milters add when they have seen the whole message.
    fn milter_headers(&mut self) {
        for header in &self.envelope.milter_headers {
            let ended = self.end.is_some();
            let kept = self.milter_header(header);
            // A lookup that fails is noticed only when the next header is written.
            if ended && kept {
                break;
            }
        }
    }

    /// One of them, which is no part of the input; whether it is kept.
    fn milter_header(&mut self, header: &[u8]) -> bool {
        let key = Key { class: Class::MilterHeader, bytes: until_nul(header), span: Span::new(0, 0), line: 0 };
        if self.inspecting && !self.checks.milter_header.is_empty() {
            self.headers += 1;
        }
        let limit = self.checks.limits.header_size_limit;
        match self.check(&key, Vec::new) {
            Line::Dropped => return false,
            Line::Kept => self.queue_file.late_header(key.bytes, limit),
            Line::Replaced(text) => self.queue_file.late_header(&text, limit),
        }
        true
    }

    fn header(&mut self, header: &Header) {
        let class = header.class();
        let key = Key { class, bytes: &header.key, span: header.span, line: header.line };
        if self.inspecting && !self.checks.tables(class).is_empty() {
            self.headers += 1;
        }
        let text: Cow<'_, [u8]> = match self.check(&key, || header.key_map.clone()) {
            Line::Dropped => return,
            Line::Kept => Cow::Borrowed(&header.key),
            Line::Replaced(text) => Cow::Owned(text.0),
        };
        if class == Class::Header {
            let name = text.get(..name_length(&text).unwrap_or(0)).unwrap_or_default();
            // A header that REPLACE has made is not counted.
            if matches!(text, Cow::Borrowed(_)) && header.is("received") {
                self.hop(header.line);
            }
            if self.checks.drop_headers.iter().any(|drop| name.eq_ignore_ascii_case(drop.as_bytes())) {
                return;
            }
        }
        self.queue_file.header(&text, self.checks.limits.header_size_limit);
    }

    fn body(&mut self, line: &BodyLine<'_>) {
        let limit = self.checks.limits.body_checks_size_limit;
        let within = self.checks.limits.body_checks_look && (limit == 0 || line.offset < limit);
        if self.inspecting && within && !self.checks.body.is_empty() {
            let key = Key { class: Class::Body, bytes: line.key(), span: line.span, line: line.line };
            self.body_lines += usize::from(!key.bytes.is_empty());
            match self.check(&key, || vec![(0, line.span.start)]) {
                Line::Dropped => return,
                Line::Replaced(text) => return self.queue_file.record(&text, line.ends_line),
                Line::Kept => {}
            }
        }
        self.queue_file.record(&line.text, line.ends_line);
    }

    /// Asks the tables about a key, and does what they say.
    fn check(&mut self, key: &Key<'_>, key_map: impl FnOnce() -> Vec<(usize, usize)>) -> Line {
        if !self.inspecting {
            return Line::Kept;
        }
        let Some((table, answer)) = maps::find(self.checks.tables(key.class), key.bytes, &self.steps) else {
            return Line::Kept;
        };
        let hit = match answer {
            Answer::NotFound => return Line::Kept,
            Answer::Unknown { rule, reason } => {
                self.listing.undecided(key, rule, reason);
                return Line::Kept;
            }
            Answer::Found(hit) => hit,
        };
        let context = if key.class == Class::MilterHeader { Context::Milter } else { Context::Arrival };
        let mut outcome = content::read_in(&hit.result, key.part(), context);
        if let Effect::Rejects(reply) = &mut outcome.effect {
            reply.text = printable(&reply.text, b' ', self.checks.version).into();
            if self.checks.soft_bounce {
                content::soften(reply);
            }
        }
        let ended_before = self.end.is_some();
        let line = self.carry_out(key, &outcome.effect);
        let ends = self.end.is_some() && !ended_before;
        self.note(table, key, key_map, *hit, outcome, ends);
        line
    }

    /// This is what becomes of the message, unless that was settled before.
    fn stop(&mut self, disposition: Disposition, reply: Option<Reply>) {
        self.end.get_or_insert((disposition, reply));
    }

    /// Does what an action says, apart from listing it.
    fn carry_out(&mut self, key: &Key<'_>, effect: &Effect) -> Line {
        match effect {
            Effect::Rejects(reply) => {
                let disposition = if reply.code < 500 { Disposition::Deferred } else { Disposition::Rejected };
                self.stop(disposition, Some(reply.clone()));
                self.inspecting = false;
            }
            Effect::Defers(reply) => {
                self.lookup_failed |= self.end.is_none();
                self.stop(Disposition::Deferred, Some(reply.clone()));
            }
            Effect::Discards => {
                self.stop(Disposition::Discarded, None);
                self.inspecting = false;
            }
            Effect::Passes => self.inspecting = false,
            Effect::Redirects(address) => {
                self.redirect = Some(address.clone());
                self.inspecting = false;
            }
            Effect::Filters(destination) => self.filter = Some(destination.clone()),
            Effect::AddsRecipient(address) => self.bcc.push(address.clone()),
            Effect::Prepends(text) if key.class == Class::Body => self.queue_file.record(text, true),
            Effect::Prepends(text) => self.queue_file.header(text, self.checks.limits.header_size_limit),
            Effect::Replaces(text) => return Line::Replaced(text.clone()),
            Effect::Removes | Effect::RemovesAndLogs => return Line::Dropped,
            Effect::Holds | Effect::LogsWarning | Effect::LogsInfo | Effect::Nothing | Effect::Refused(_) => {}
        }
        Line::Kept
    }

    /// Lists what happened, and remembers whether it decides.
    fn note(
        &mut self,
        table: &T,
        key: &Key<'_>,
        key_map: impl FnOnce() -> Vec<(usize, usize)>,
        hit: Hit,
        outcome: Outcome,
        ends: bool,
    ) {
        let held_already = self.fate == Disposition::Held;
        let decides = match &outcome.effect {
            Effect::Holds => {
                self.fate = Disposition::Held;
                !held_already
            }
            Effect::Redirects(_) if !held_already => {
                self.fate = Disposition::Redirected;
                true
            }
            Effect::Passes => !held_already,
            _ => ends,
        };
        if !self.listing.takes(decides) {
            return;
        }
        if decides {
            self.decided_by = Some(self.listing.events.len());
        }
        // Only the first HOLD is logged.
        let silent = outcome.effect == Effect::Holds && held_already;
        let log = if silent {
            None
        } else {
            log::action(&outcome, key.class, key.bytes, &hit.result, self.envelope, self.checks.version)
                .map(Bytes::from)
        };
        self.listing.fired((table, &self.steps), key, key_map(), hit, outcome, log);
    }

    fn mime_error(&mut self, kind: FaultKind, text: &[u8], line: usize) {
        // Only a server with header checks, or a strict one, complains about nesting.
        let complains = kind != FaultKind::NestedTooDeep
            || self.checks.limits.strict.any()
            || [Class::Header, Class::MimeHeader, Class::NestedHeader]
                .into_iter()
                .any(|class| !self.checks.tables(class).is_empty());
        if let Some(error) = content::mime_error(kind).filter(|_| complains) {
            let log = log::mime_error(error, text, self.envelope, self.checks.version);
            self.faults.push(Fault { kind, line, log: Some(log.into()) });
        }
    }

    /// A refusal that no rule asks for, as the sender gets it, and what it makes of the message.
    fn refusal(&self, mut reply: Reply) -> (Disposition, Option<Reply>) {
        if self.checks.soft_bounce {
            content::soften(&mut reply);
        }
        let disposition = if reply.code < 500 { Disposition::Deferred } else { Disposition::Rejected };
        (disposition, Some(reply))
    }

    fn hop(&mut self, line: usize) {
        self.hops += 1;
        if self.hops >= self.checks.limits.hopcount_limit && self.end.is_none() {
            self.faults.push(Fault { kind: FaultKind::TooManyHops, line, log: Some(log::TOO_MANY_HOPS.into()) });
            self.end = Some(self.refusal(content::too_many_hops()));
            self.decided_by = None;
        }
    }

    fn verdict(mut self) -> MessageVerdict {
        // With smtpd's Received header gone, too, nothing is left of a message only if rules say so.
        if self.end.is_none()
            && self.faults.is_empty()
            && self.envelope.received.is_some()
            && self.queue_file.is_empty()
        {
            self.faults.push(Fault { kind: FaultKind::NothingLeft, line: 0, log: None });
            self.end = Some((Disposition::Discarded, None));
            self.decided_by = None;
        }
        // Only what is noticed where a message ends is still to be told: the first in order of what is wrong with its MIME.
        let error = self.faults.iter().map(|fault| fault.kind).min().and_then(content::mime_error);
        let (fate, reply, decided_by) = match (self.end.take(), error) {
            (Some((fate, reply)), _) => (fate, reply, self.decided_by),
            (None, Some(error)) => {
                let (fate, reply) = self.refusal(content::not_mime(error));
                (fate, reply, None)
            }
            (None, None) => (self.fate, None, self.decided_by),
        };
        let gone = matches!(fate, Disposition::Rejected | Disposition::Deferred | Disposition::Discarded);
        let settled = self.checks.unsettled.is_empty();
        let known = settled && self.listing.unknown.is_empty();
        MessageVerdict {
            disposition: if known { fate } else { Disposition::Unknown },
            reply: reply.filter(|_| known),
            decided_by,
            faults: self.faults,
            events: self.listing.events,
            events_left_out: self.listing.events_left_out,
            unknown: self.listing.unknown,
            unsettled: self.checks.unsettled.clone(),
            if_unknown_rules_miss: (settled && !known).then_some(fate),
            headers: self.headers,
            body_lines: self.body_lines,
            message_after: if gone || !known { None } else { self.queue_file.finish().map(Bytes::from) },
            filter: self.filter,
            redirect: self.redirect,
            bcc: self.bcc,
        }
    }
}

/// A line that smtpd(8) adds: it stands nowhere in the input.
fn added_record<'a>(text: Vec<u8>) -> Record<'a> {
    Record { added: text.len(), text: Cow::Owned(text), start: 0, end: 0, ends_line: true, line: 0 }
}
