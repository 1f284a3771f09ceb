//! Rules that match what people read in a message, and nothing that Postfix looks at there.
//!
//! Postfix asks its tables for raw headers and raw lines: a rule for a word never meets it in base64. Here each decoded
//! header and each decoded line is asked for as well, and a rule that matches it is told, unless it matches the raw header,
//! or a raw line of the same part that Postfix looks at.

use postproof_model::decoded::{DecodedOnly, DecodedOnlyRules};
use postproof_model::{Answer, Class, Lines, RuleRef, Span};

use super::ContentChecks;
use crate::message::decode::{Bounds as DecodeBounds, Part, Parts, Stretch, decode_header, decode_part};
use crate::message::{BodyLine, smtp_records};
use crate::pattern::Steps;
use crate::table::Table;

/// How far the search goes. What lies beyond is left out, and the result says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// How much is decoded.
    pub decode: DecodeBounds,
    /// The most rules listed, one counted anew for each header and each part.
    pub found: usize,
    /// The most bytes of raw keys that rules which match decoded text are asked for.
    pub asked: usize,
}

impl Default for Bounds {
    /// [`DecodeBounds::default`], 200 rules, 64 MiB.
    fn default() -> Self {
        Self { decode: DecodeBounds::default(), found: 200, asked: 64 << 20 }
    }
}

impl ContentChecks<Table> {
    /// The rules that match what people read in a message, and nothing that Postfix looks at in the same header or part.
    #[must_use]
    pub fn decoded_only(&self, message: &[u8], bounds: &Bounds) -> DecodedOnlyRules {
        let mut search = Search {
            checks: self,
            left: *bounds,
            steps: Steps::for_message(message.len()),
            complete: true,
            found: Vec::new(),
            cleared: Vec::new(),
        };
        let mut parts = Parts::new(smtp_records(message, &self.limits), &self.limits, &bounds.decode);
        for stretch in parts.by_ref() {
            match stretch {
                Stretch::Header(header) if self.tables(header.class()).is_empty() => {}
                Stretch::Header(header) => match decode_header(&header, message, &mut search.left.decode) {
                    Some(decoded) if decoded.differs => {
                        let place = Place { class: decoded.class, span: decoded.span, lines: decoded.lines };
                        let from = search.found.len();
                        search.cleared.clear();
                        search.text(&decoded.text, place, &[&header.key], from);
                    }
                    Some(_) => {}
                    None => search.complete = false,
                },
                Stretch::Body(part) => search.part(&part),
            }
        }
        let complete = search.complete && parts.complete();
        DecodedOnlyRules { found: search.found, complete }
    }
}

struct Search<'c> {
    checks: &'c ContentChecks<Table>,
    left: Bounds,
    /// What the lookups may still cost.
    steps: Steps,
    complete: bool,
    found: Vec<DecodedOnly>,
    /// Rules that match something raw of the same header or part, or might: they are not asked again.
    cleared: Vec<RuleRef>,
}

/// Where a decoded text comes from.
#[derive(Clone, Copy)]
struct Place {
    class: Class,
    span: Span,
    lines: Lines,
}

impl Search<'_> {
    fn part(&mut self, part: &Part<'_>) {
        if self.checks.body.is_empty() {
            return;
        }
        if self.left.decode.bodies == 0 {
            self.complete = false;
            return;
        }
        self.left.decode.bodies -= 1;
        let decoded = decode_part(part, &mut self.left.decode);
        let limit = self.checks.limits.body_checks_size_limit;
        let looks = self.checks.limits.body_checks_look;
        let looked_at = part.lines.iter().filter(|line| looks && (limit == 0 || line.offset < limit));
        let raw: Vec<&[u8]> = looked_at.map(BodyLine::key).filter(|key| !key.is_empty()).collect();
        let from = self.found.len();
        self.cleared.clear();
        for line in decoded.text.iter().filter(|line| line.differs && !line.text.is_empty()) {
            let place = Place { class: Class::Body, span: line.span, lines: line.lines };
            self.text(&line.text, place, &raw, from);
        }
    }

    /// Asks for a decoded text. `raw` are the keys that Postfix asks for there; the findings from `from` on are of the same
    /// part.
    fn text(&mut self, text: &str, place: Place, raw: &[&[u8]], from: usize) {
        let checks = self.checks;
        for table in checks.tables(place.class) {
            let hit = match table.lookup_within(text.as_bytes(), &self.steps) {
                Answer::Found(hit) => hit,
                Answer::NotFound => continue,
                Answer::Unknown { .. } => {
                    self.complete = false;
                    continue;
                }
            };
            let also = table.also_within(text.as_bytes(), &hit, &self.steps);
            self.complete &= self.steps.left() > 0;
            for rule in std::iter::once(hit.rule).chain(also) {
                self.rule(table, rule, text, place, raw, from);
            }
        }
    }

    fn rule(&mut self, table: &Table, rule: RuleRef, text: &str, place: Place, raw: &[&[u8]], from: usize) {
        if let Some(found) = self.found.get_mut(from..).and_then(|found| found.iter_mut().find(|it| it.rule == rule)) {
            found.further += 1;
            return;
        }
        if self.cleared.contains(&rule) {
            return;
        }
        let matched = match table.rule_match_within(&rule, text.as_bytes(), &self.steps) {
            Ok(Some(matched)) => matched,
            Ok(None) => return,
            Err(_) => {
                self.complete = false;
                return;
            }
        };
        match self.matches_raw(table, &rule, raw) {
            Some(false) if self.found.len() < self.left.found => {
                let Place { class, span, lines } = place;
                self.found.push(DecodedOnly { rule, class, span, lines, text: text.to_owned(), matched, further: 0 });
            }
            Some(true) => self.cleared.push(rule),
            Some(false) | None => {
                self.complete = false;
                self.cleared.push(rule);
            }
        }
    }

    /// Whether a rule matches any of these keys; none where that cannot be told.
    fn matches_raw(&mut self, table: &Table, rule: &RuleRef, raw: &[&[u8]]) -> Option<bool> {
        for key in raw {
            self.left.asked = self.left.asked.checked_sub(key.len())?;
            if table.rule_match_within(rule, key, &self.steps).ok()?.is_some() {
                return Some(true);
            }
        }
        Some(false)
    }
}
