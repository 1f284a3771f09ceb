//! From a key to an answer.
//!
//! Rules are tried in their order, and the first that matches answers (Postfix: `dict_regexp_lookup`,
//! `cidr_match_execute`); keys of indexed tables are found as they are; tables of tables ask those (Postfix:
//! `dict_pipe_lookup`, `dict_union_lookup`). Around all of them lies the guard that lets only UTF-8 in and out (Postfix:
//! `dict_utf8_lookup`).

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};

use postproof_model::{
    Answer, Bytes, Hit, LookupFailure, PcreMatchError, RuleRef, Span, Stage, TableKind, UnknownReason,
};

use super::candidates::{Candidate, Candidates, Walk};
use super::folding::fold;
use super::network::Address;
use super::remark::Remark;
use super::rule::{Condition, Op, Rule, Test};
use super::source::c_string;
use super::substitution::NotFilled;
use super::{Body, Table};
use crate::pattern::{Captures, Matched, NoAnswer, Pattern, Steps};

impl Table {
    /// What the table answers to a key.
    ///
    /// The key ends at its first zero byte, as it does for the C library. Where a rule cannot be run to its end, the
    /// answer is unknown, since that rule or the rest might answer. All rules, and all tables inside this one, share what a
    /// lookup may cost ([`Steps::LOOKUP`]).
    #[must_use]
    pub fn lookup(&self, key: &[u8]) -> Answer {
        self.lookup_within(key, &Steps::for_lookup())
    }

    /// As [`Table::lookup`], for a caller that looks up many keys: no more steps are taken than are left.
    #[must_use]
    pub fn lookup_within(&self, key: &[u8], steps: &Steps) -> Answer {
        steps.at_most(Steps::LOOKUP, |steps| self.ask_within(key, steps, &mut |_| {}))
    }

    /// As [`Table::lookup`]; `said` hears what Postfix would warn of.
    pub fn ask(&self, key: &[u8], said: &mut dyn FnMut(Remark)) -> Answer {
        self.ask_within(key, &Steps::for_lookup(), said)
    }

    pub(super) fn ask_within(&self, key: &[u8], steps: &Steps, said: &mut dyn FnMut(Remark)) -> Answer {
        let original = c_string(key);
        if self.opener.utf8 && std::str::from_utf8(original).is_err() {
            said(Remark::KeyNotUtf8 { table: self.name.to_string(), key: original.into() });
            return Answer::NotFound;
        }
        let key = self.folded(original);
        let answer = match &self.body {
            Body::Rules => self.first_match(&key, steps, said),
            Body::Index(index) => match index.get(key.as_ref()) {
                Some(index) if self.left_out.contains(index) => Answer::NotFound,
                Some(&index) => self.found(&Key::new(&key, steps), index),
                None => Answer::NotFound,
            },
            Body::Pipeline(tables) => pipeline(tables, &key, steps, said),
            Body::Union(tables) => union(tables, &key, steps, said),
            Body::Choices => self.choice(&key, steps),
            Body::Nothing(reason) => self.unknown(0, reason.clone()),
        };
        let answer = self.guarded(answer, original, said);
        let Answer::Found(mut hit) = answer else { return answer };
        if key.len() != original.len() {
            // The spans belong to the folded key; of the key itself only the whole can be named.
            hit.matched = hit.matched.filter(|span| span.len() == key.len()).map(|_| Span::new(0, original.len()));
            hit.groups.clear();
        }
        Answer::Found(hit)
    }

    /// An answer as the guard lets it out.
    pub(super) fn guarded(&self, answer: Answer, key: &[u8], said: &mut dyn FnMut(Remark)) -> Answer {
        match answer {
            Answer::Found(hit) if self.opener.utf8 && std::str::from_utf8(&hit.result).is_err() => {
                let Hit { rule, result, .. } = *hit;
                said(Remark::ResultNotUtf8 { table: self.name.to_string(), key: key.into(), result });
                Answer::Unknown { rule, reason: UnknownReason::Fails(LookupFailure::ResultNotUtf8) }
            }
            answer => answer,
        }
    }

    /// Whether the lmdb: tables that are asked for `key` hold it; none where no such table is asked.
    ///
    /// Such a table learns from the first key it finds whether keys are stored with a zero byte after them; before that,
    /// an empty key ends the program that asks (MDB_BAD_VALSIZE). (Postfix: `dict_lmdb_lookup`.)
    #[must_use]
    pub fn lmdb_finds(&self, key: &[u8]) -> Option<bool> {
        match &self.body {
            Body::Index(_) if self.kind == TableKind::Lmdb => Some(matches!(self.lookup(key), Answer::Found(_))),
            Body::Union(tables) => {
                tables.iter().filter_map(|table| table.lmdb_finds(key)).reduce(|one, other| one && other)
            }
            Body::Pipeline(tables) => tables.first().and_then(|table| table.lmdb_finds(key)),
            _ => None,
        }
    }

    /// The rules after the one that answered that match the key, too, in order. At most [`ALSO_LIMIT`] are listed.
    #[must_use]
    pub fn also(&self, key: &[u8], hit: &Hit) -> Vec<RuleRef> {
        self.also_within(key, hit, &Steps::for_lookup())
    }

    /// As [`Table::also`], in as many steps as are left: rules of which it is not found out are not listed.
    #[must_use]
    pub fn also_within(&self, key: &[u8], hit: &Hit, steps: &Steps) -> Vec<RuleRef> {
        let key = Key::new(c_string(key), steps);
        let Ok(index) = self.rules.binary_search_by_key(&hit.rule.span.start, |rule| rule.span.start) else {
            return Vec::new();
        };
        if !matches!(self.body, Body::Rules) {
            return Vec::new();
        }
        self.matching(&key, self.walk(&key, index + 1))
            .filter_map(Result::ok)
            .take(ALSO_LIMIT)
            .map(|index| self.rule_ref(index))
            .collect()
    }

    /// The key as the table compares it.
    pub(super) fn folded<'k>(&self, key: &'k [u8]) -> Cow<'k, [u8]> {
        // Without the UTF-8 guard the tables that hold keys fold for themselves; with it, the guard does, and around a
        // table of tables as well when the first of them holds keys.
        let folds = match &self.body {
            Body::Index(_) => true,
            _ => self.opener.utf8 && self.fixed,
        };
        if folds && self.opener.fold { fold(key, self.opener.utf8) } else { Cow::Borrowed(key) }
    }

    fn first_match(&self, key: &[u8], steps: &Steps, said: &mut dyn FnMut(Remark)) -> Answer {
        let key = Key::new(key, steps);
        match self.first_rule(&key, said) {
            None => Answer::NotFound,
            Some(Ok(index)) => self.found(&key, index),
            Some(Err((index, reason))) => self.unknown(index, reason),
        }
    }

    /// The first rule that matches, or the first that could not be run to its end, and why.
    pub(super) fn first_rule(&self, key: &Key<'_>, said: &mut dyn FnMut(Remark)) -> Option<First> {
        if let Some(networks) = &self.networks {
            return key.address().and_then(|address| networks.find(address)).map(Ok);
        }
        if let Some(first) = self.first_of_each(key, said) {
            return first;
        }
        if self.left_out.is_empty()
            && let Some(candidates) = self.candidates()
            && let Ok(first) = candidates.decide(&self.rules, key.bytes)
        {
            return first.map(Ok);
        }
        let first = self.matching(key, self.walk(key, 0)).next();
        self.say_failures(key, said);
        first
    }

    /// As [`Self::first_rule`] of one of a table's first keys: each rule is asked. None where that is not worth while, or is
    /// not found out at once: no step is taken, so that the key has as many as a later one.
    fn first_of_each(&self, key: &Key<'_>, said: &mut dyn FnMut(Remark)) -> Option<Option<First>> {
        let asked = self.everything.map_or(self.rules.len(), |last| last + 1);
        if !matches!(self.kind, TableKind::Regexp | TableKind::Pcre) || !self.candidates.asks_each(asked, key.bytes) {
            return None;
        }
        let none = Steps::new(0);
        let key = Key::new(key.bytes, &none);
        let first = self.matching(&key, Walk::All { next: 0 }).next();
        if matches!(first, Some(Err(_))) {
            return None;
        }
        self.say_failures(&key, said);
        Some(first)
    }

    /// Says with which errors matches ended.
    fn say_failures(&self, key: &Key<'_>, said: &mut dyn FnMut(Remark)) {
        for (index, error) in key.failures.take() {
            said(Remark::MatchFailed { rule: self.rule_ref(index), error });
        }
    }

    /// The indexes of the rules on a way that match the key; an error is a rule that could not be run to its end, and why.
    fn matching<'t>(&'t self, key: &'t Key<'_>, mut walk: Walk<'t>) -> impl Iterator<Item = First> + 't {
        std::iter::from_fn(move || {
            while let Some(Candidate { rule, certain }) = walk.next() {
                let here = rule as usize;
                let rule = self.rules.get(here)?;
                if self.left_out.contains(&here) {
                    continue;
                }
                let held = match &rule.op {
                    Op::Endif => continue,
                    Op::If { .. } if certain => Ok(true),
                    Op::If { condition, .. } => holds(condition, key),
                    Op::Answer { condition, second, result } => {
                        let first = if certain { Ok(true) } else { holds(condition, key) };
                        let failing = first
                            .and_then(|first| failing(condition, first, second.as_ref(), result.highest_group(), key));
                        failing.map(|failing| failing.is_none())
                    }
                };
                if let Some(error) = key.failed.take() {
                    key.failures.borrow_mut().push((here, error));
                }
                match (&rule.op, held) {
                    (_, Err(reason)) => return Some(Err((here, reason))),
                    (Op::If { end, .. }, Ok(false)) => walk.shut(*end),
                    (Op::If { end, .. }, Ok(true)) => walk.open(here, *end),
                    (Op::Answer { .. }, Ok(true)) => return Some(Ok(here)),
                    _ => {}
                }
            }
            None
        })
    }

    /// The way through the rules that need be asked, from `start` on. The blocks that `start` lies in are taken to be open.
    fn walk<'t>(&'t self, key: &Key<'_>, start: usize) -> Walk<'t> {
        if start > 0 && self.everything.is_some() {
            return Walk::All { next: start };
        }
        let walk = |candidates: &'t Candidates| candidates.walk(&self.rules, key.bytes, start);
        self.candidates().map_or(Walk::All { next: start }, walk)
    }

    /// What tells which rules need be asked, for a table of many patterns.
    fn candidates(&self) -> Option<&Candidates> {
        match self.kind {
            TableKind::Regexp | TableKind::Pcre => {
                let asked = || self.rules.get(..self.everything.map_or(self.rules.len(), |last| last + 1));
                self.candidates.candidates(asked)
            }
            _ => None,
        }
    }

    /// Whether a rule answers the key.
    pub(super) fn answers(&self, rule: &Rule, key: &Key<'_>) -> Result<bool, UnknownReason> {
        let Op::Answer { condition, second, result } = &rule.op else { return Ok(false) };
        let first = holds(condition, key)?;
        Ok(failing(condition, first, second.as_ref(), result.highest_group(), key)?.is_none())
    }

    /// The answer of the rule at `index`, which matches.
    pub(super) fn found(&self, key: &Key<'_>, index: usize) -> Answer {
        let Some(Rule { op: Op::Answer { condition, result, .. }, .. }) = self.rules.get(index) else {
            return Answer::NotFound;
        };
        // A negated pattern has no match to show, and parsing has seen to it that its result asks for no group.
        let pattern = condition.pattern().filter(|_| !condition.negated);
        let captures =
            pattern.and_then(|pattern| pattern.captures_within(key.bytes, pattern.groups(), key.steps).ok().flatten());
        let asked = result.highest_group();
        // Postfix asks for no more groups than the result names, and the C library may answer otherwise for fewer.
        let asked_for = pattern
            .filter(|pattern| asked > 0 && asked < pattern.groups() && pattern.is_posix())
            .map(|pattern| pattern.captures_within(key.bytes, asked, key.steps).ok().flatten());
        let filled = result.fill(|number| match asked_for.as_ref().unwrap_or(&captures) {
            Some(captures) if !captures.groups_unknown() => {
                let span = usize::try_from(number).ok().and_then(|number| captures.group(number));
                Ok(span.and_then(|span| key.bytes.get(span.start..span.end)))
            }
            _ => Err(NotFilled::UnknownGroup(number)),
        });
        let matched = match &condition.test {
            Ok(Test::Key) => Some(Span::new(0, key.bytes.len())),
            Ok(Test::Network(_)) if !condition.negated => Some(Span::new(0, key.bytes.len())),
            _ => captures.as_ref().and_then(Captures::whole),
        };
        match filled {
            Ok(result) => Answer::Found(Box::new(Hit {
                rule: self.rule_ref(index),
                matched,
                groups_unknown: pattern.is_some_and(|pattern| pattern.groups() > 0)
                    && captures.as_ref().is_none_or(Captures::groups_unknown),
                groups: captures.map(|captures| captures.groups().to_vec()).unwrap_or_default(),
                result: Bytes(result),
                conditions: self.conditions(index),
                stages: Vec::new(),
            })),
            Err(NotFilled::TooLong) => self.unknown(index, UnknownReason::ResultTooLong),
            Err(NotFilled::UnknownGroup(group)) => self.unknown(index, UnknownReason::Group { group }),
        }
    }

    /// One of the results, if they are all the same; else nobody knows which.
    fn choice(&self, key: &[u8], steps: &Steps) -> Answer {
        let key = Key::new(key, steps);
        let mut results: Vec<Bytes> = Vec::new();
        for index in 0..self.rules.len() {
            if let Answer::Found(hit) = self.found(&key, index)
                && !results.contains(&hit.result)
            {
                results.push(hit.result);
            }
        }
        if results.len() > 1 { self.unknown(0, UnknownReason::Choices { results }) } else { self.found(&key, 0) }
    }

    pub(super) fn unknown(&self, index: usize, reason: UnknownReason) -> Answer {
        Answer::Unknown { rule: self.rule_ref(index), reason }
    }

    /// The `if`s around a rule, outermost first.
    fn conditions(&self, index: usize) -> Vec<RuleRef> {
        if !self.has_blocks {
            return Vec::new();
        }
        let around = self.rules.iter().enumerate().take(index).filter_map(|(at, rule)| match rule.op {
            Op::If { end, .. } if end > index => Some(self.rule_ref(at)),
            _ => None,
        });
        around.collect()
    }
}

/// The index of a rule that matches, or of one that could not be run to its end, and why.
type First = Result<usize, (usize, UnknownReason)>;

/// How many later rules a hit lists. More than a few help nobody, and a table may have thousands that match.
pub const ALSO_LIMIT: usize = 20;

/// A key, with what it is if it is an address.
pub(super) struct Key<'k> {
    pub(super) bytes: &'k [u8],
    /// What may still be done to find out what a table answers to it.
    pub(super) steps: &'k Steps,
    address: OnceCell<Option<Address>>,
    /// The error with which PCRE2 ended the match that was tried last.
    pub(super) failed: Cell<Option<PcreMatchError>>,
    /// All such errors, by the index of the rule.
    failures: RefCell<Vec<(usize, PcreMatchError)>>,
}

impl<'k> Key<'k> {
    pub(super) const fn new(bytes: &'k [u8], steps: &'k Steps) -> Self {
        Self { bytes, steps, address: OnceCell::new(), failed: Cell::new(None), failures: RefCell::new(Vec::new()) }
    }

    fn address(&self) -> Option<Address> {
        *self.address.get_or_init(|| Address::parse(self.bytes))
    }
}

/// Whether a condition holds, or why that is unknown. Where PCRE2 ends with an error, no condition holds, and the key keeps
/// the error.
pub(super) fn holds(condition: &Condition, key: &Key<'_>) -> Result<bool, UnknownReason> {
    let is_match = |pattern: &Pattern| {
        if condition.negated {
            pattern.is_match_or_error_within(key.bytes, key.steps)
        } else {
            pattern.is_match_within(key.bytes, key.steps)
        }
    };
    match &condition.test {
        Ok(Test::Pattern(pattern)) => match is_match(pattern) {
            Matched::Yes => Ok(!condition.negated),
            Matched::No => Ok(condition.negated),
            Matched::Failed(error) => {
                key.failed.set(Some(error));
                Ok(false)
            }
            Matched::Unknown(doubt) => Err(match pattern.unsupported() {
                // It was not tried at all; its diagnostic says so, too.
                Some(what) => UnknownReason::Unsupported { what },
                None => doubt.into(),
            }),
        },
        // An address of the other family is neither in the network nor in what the network leaves.
        Ok(Test::Network(network)) => Ok(key
            .address()
            .is_some_and(|address| network.same_family(address) && network.contains(address) != condition.negated)),
        Ok(Test::Key | Test::Always) => Ok(true),
        Err(reason) => Err(reason.clone()),
    }
}

/// Of the conditions of a rule whose result asks for groups up to `asked`, the one that does not hold; none where the rule
/// answers. `first`: whether the first of them holds.
pub(super) fn failing<'r>(
    condition: &'r Condition,
    first: bool,
    second: Option<&'r Condition>,
    asked: u32,
    key: &Key<'_>,
) -> Result<Option<&'r Condition>, UnknownReason> {
    if !first {
        return Ok(Some(condition));
    }
    // Postfix asks for the groups along with the verdict, and in rare patterns glibc then finds no match.
    if let Some(pattern) = condition.pattern().filter(|pattern| asked > 0 && !condition.negated && pattern.is_posix())
        && pattern.captures_within(key.bytes, asked, key.steps).map_err(reason)?.is_none()
    {
        return Ok(Some(condition));
    }
    match second {
        Some(second) if !holds(second, key)? => Ok(Some(second)),
        _ => Ok(None),
    }
}

/// Why there is no answer.
fn reason(no_answer: NoAnswer) -> UnknownReason {
    match no_answer {
        NoAnswer::Unknown(doubt) => doubt.into(),
        NoAnswer::Failed(_) => UnknownReason::GaveUp,
    }
}

/// Each table's answer is the next one's key.
fn pipeline(tables: &[Table], key: &[u8], steps: &Steps, said: &mut dyn FnMut(Remark)) -> Answer {
    let mut stages: Vec<Stage> = Vec::with_capacity(tables.len());
    let mut key = Bytes::from(key);
    for table in tables {
        match table.ask_within(&key, steps, said) {
            Answer::Found(hit) => {
                let result = hit.result.clone();
                stages.push(Stage { key, hit: *hit });
                key = result;
            }
            other => return other,
        }
    }
    let Some(last) = stages.last() else { return Answer::NotFound };
    let mut hit = last.hit.clone();
    if stages.len() > 1 {
        hit = Hit { matched: None, groups: Vec::new(), groups_unknown: false, stages, ..hit };
    }
    Answer::Found(Box::new(hit))
}

/// All answers, with commas between them.
fn union(tables: &[Table], key: &[u8], steps: &Steps, said: &mut dyn FnMut(Remark)) -> Answer {
    let mut stages: Vec<Stage> = Vec::new();
    let mut result = Vec::new();
    for table in tables {
        match table.ask_within(key, steps, said) {
            Answer::NotFound => {}
            Answer::Found(hit) => {
                if !result.is_empty() {
                    result.push(b',');
                }
                result.extend_from_slice(&hit.result);
                stages.push(Stage { key: key.into(), hit: *hit });
            }
            unknown @ Answer::Unknown { .. } => return unknown,
        }
    }
    // Postfix takes a result that came out empty for none.
    let Some(first) = stages.first().filter(|_| !result.is_empty()) else { return Answer::NotFound };
    let mut hit = first.hit.clone();
    if stages.len() > 1 {
        hit = Hit { result: Bytes(result), stages, ..hit };
    }
    Answer::Found(Box::new(hit))
}
