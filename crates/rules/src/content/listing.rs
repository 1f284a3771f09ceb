//! A key of a message, and what a verdict lists about keys, within bounds.

use postproof_model::{Bytes, Class, Event, Hit, RuleRef, Span, UnknownKey, UnknownReason};

use super::{Bounds, Lookup};
use crate::action::content::{Outcome, Part};
use crate::pattern::Steps;

/// A key and where it comes from.
#[derive(Clone, Copy)]
pub(super) struct Key<'k> {
    pub(super) class: Class,
    pub(super) bytes: &'k [u8],
    pub(super) span: Span,
    pub(super) line: usize,
}

impl Key<'_> {
    /// Which kind of line it was made from.
    pub(super) const fn part(&self) -> Part {
        match self.class {
            Class::Body => Part::Body,
            Class::Header | Class::MimeHeader | Class::NestedHeader | Class::MilterHeader => Part::Header,
        }
    }
}

/// What happened, in order.
pub(super) struct Listing {
    bounds: Bounds,
    event_bytes: usize,
    pub(super) events: Vec<Event>,
    pub(super) events_left_out: usize,
    pub(super) unknown: Vec<UnknownKey>,
}

impl Listing {
    pub(super) const fn new(bounds: Bounds) -> Self {
        Self { bounds, event_bytes: 0, events: Vec::new(), events_left_out: 0, unknown: Vec::new() }
    }

    /// Whether one more event is listed; if not, it is counted. An event that decides is listed in any case.
    pub(super) const fn takes(&mut self, decides: bool) -> bool {
        let room = self.events.len() < self.bounds.events && self.event_bytes < self.bounds.event_bytes;
        if !room && !decides {
            self.events_left_out += 1;
        }
        room || decides
    }

    /// A rule of a table fired; in as many steps as are left, those after it are asked, too.
    pub(super) fn fired<T: Lookup>(
        &mut self,
        (table, steps): (&T, &Steps),
        key: &Key<'_>,
        key_map: Vec<(usize, usize)>,
        hit: Hit,
        outcome: Outcome,
        log: Option<Bytes>,
    ) {
        self.event_bytes += key.bytes.len() + hit.result.len() + log.as_ref().map_or(0, |log| log.len());
        self.events.push(Event {
            class: key.class,
            span: key.span,
            line: key.line,
            key: key.bytes.into(),
            key_map,
            also: table.also(key.bytes, &hit, steps),
            action: outcome.action,
            text: outcome.text.into(),
            effect: outcome.effect,
            log,
            hit,
        });
    }

    /// It cannot be told what a table answers.
    pub(super) fn undecided(&mut self, key: &Key<'_>, rule: RuleRef, reason: UnknownReason) {
        if self.unknown.len() < self.bounds.events {
            let Key { class, bytes, span, line } = *key;
            self.unknown.push(UnknownKey { class, span, line, key: bytes.into(), rule, reason });
        }
    }
}
