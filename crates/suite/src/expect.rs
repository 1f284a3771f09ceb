//! What a case expects, and what of it is not met by what was seen.

use std::fmt;

use postproof_model::report::{Expectation, Fired, Mismatch, Verdict};
use postproof_model::{Bytes, RuleRef};

use crate::observe::Observation;
use crate::read::Placed;

/// A rule by its table and line, or all rules of a table: `header_checks:4`, `header_checks`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleName {
    /// The table, as it is written where it is named, or the last part of its path.
    pub table: String,
    /// Any of the lines that the rule stands on.
    pub line: Option<usize>,
}

impl RuleName {
    /// Reads `TABLE` or `TABLE:LINE`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (table, line) = match text.rsplit_once(':') {
            Some((table, line)) if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) => {
                (table, Some(line.parse().ok().filter(|line| *line > 0)?))
            }
            _ => (text, None),
        };
        (!table.is_empty()).then(|| Self { table: table.to_owned(), line })
    }

    /// Whether this names the rule.
    #[must_use]
    pub fn names(&self, rule: &RuleRef) -> bool {
        let base = rule.table.rsplit('/').next();
        let table = self.table == rule.table || base == Some(self.table.as_str());
        table && self.line.is_none_or(|line| (rule.lines.first..=rule.lines.last).contains(&line))
    }
}

impl fmt::Display for RuleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.table),
            None => f.write_str(&self.table),
        }
    }
}

/// A rule as test files name it.
#[must_use]
pub fn rule_name(rule: &RuleRef) -> String {
    format!("{}:{}", rule.table, rule.lines.first)
}

/// What a text must be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Text {
    pub(crate) is: Option<String>,
    pub(crate) contains: Vec<String>,
    pub(crate) lacks: Vec<String>,
    pub(crate) file: Option<Placed<String>>,
}

impl Text {
    /// What of it is not met: what was expected, in words that are the same in all languages.
    fn unmet(&self, actual: &[u8]) -> Option<String> {
        let has = |part: &str| memmem(actual, part.as_bytes());
        if let Some(is) = self.is.as_ref().filter(|is| is.as_bytes() != actual) {
            return Some(is.clone());
        }
        if let Some(part) = self.contains.iter().find(|part| !has(part)) {
            return Some(format!("contains {part:?}"));
        }
        self.lacks.iter().find(|part| has(part)).map(|part| format!("lacks {part:?}"))
    }

    /// It as a whole, for where there is nothing to compare it with.
    fn shown(&self) -> String {
        self.is.clone().unwrap_or_else(|| {
            let contains = self.contains.iter().map(|part| format!("contains {part:?}"));
            let lacks = self.lacks.iter().map(|part| format!("lacks {part:?}"));
            contains.chain(lacks).collect::<Vec<_>>().join(", ")
        })
    }
}

fn memmem(text: &[u8], part: &[u8]) -> bool {
    part.is_empty() || text.windows(part.len()).any(|window| window == part)
}

/// Everything that a case expects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expectations {
    pub(crate) verdict: Vec<Verdict>,
    pub(crate) reply: Option<Text>,
    pub(crate) rule: Option<RuleName>,
    pub(crate) pattern: Option<String>,
    pub(crate) action: Option<String>,
    pub(crate) result: Option<Text>,
    pub(crate) matched: Option<Text>,
    pub(crate) groups: Option<Vec<String>>,
    pub(crate) some_groups: Vec<(usize, String)>,
    pub(crate) s25r: Option<u8>,
    pub(crate) rules: Option<Vec<RuleName>>,
    pub(crate) no_rule: Vec<RuleName>,
    pub(crate) message_after: Option<Text>,
    pub(crate) message_sent: Option<Text>,
    pub(crate) snapshot: Option<String>,
}

impl Expectations {
    /// Whether nothing is expected.
    pub(crate) fn is_empty(&self) -> bool {
        self.verdict.is_empty()
            && self.reply.is_none()
            && !self.expects_rule()
            && self.rules.is_none()
            && self.no_rule.is_empty()
            && self.message_after.is_none()
            && self.message_sent.is_none()
            && self.snapshot.is_none()
    }

    /// Whether a rule is expected to fire.
    const fn expects_rule(&self) -> bool {
        self.rule.is_some()
            || self.pattern.is_some()
            || self.action.is_some()
            || self.result.is_some()
            || self.matched.is_some()
            || self.groups.is_some()
            || !self.some_groups.is_empty()
            || self.s25r.is_some()
    }

    /// The texts that may stand in a file of their own.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut Text> {
        [&mut self.reply, &mut self.result, &mut self.matched, &mut self.message_after, &mut self.message_sent]
            .into_iter()
            .flatten()
    }

    /// What of it one input does not meet; the snapshot, which is about all inputs, left out.
    pub(crate) fn unmet(&self, observation: &Observation) -> Vec<Mismatch> {
        let mut unmet = Vec::new();
        let seen = &observation.seen;
        // What is unknown meets nothing but the verdict "unknown".
        let known = seen.unknown.is_empty() && seen.verdict != Verdict::Unknown && !observation.incomplete;
        if observation.no_such_line {
            let expected = observation.line.clone().unwrap_or_default();
            unmet.push(Mismatch { expectation: Expectation::At, expected, actual: None });
        }
        if !self.verdict.is_empty() && !self.verdict.contains(&seen.verdict) {
            let expected = self.verdict.iter().map(|verdict| verdict.name()).collect::<Vec<_>>().join(", ");
            let actual = Some(seen.verdict.name().to_owned());
            unmet.push(Mismatch { expectation: Expectation::Verdict, expected, actual });
        }
        let certain = seen.verdict != Verdict::Unknown;
        text(&mut unmet, Expectation::Reply, self.reply.as_ref(), seen.reply.as_ref(), certain);
        if self.expects_rule() {
            self.rule_unmet(&mut unmet, &seen.fired, known);
        }
        if let Some(rules) = &self.rules {
            let mut fired: Vec<&RuleRef> = Vec::new();
            for rule in seen.fired.iter().map(|fired| &fired.rule) {
                if !fired.contains(&rule) {
                    fired.push(rule);
                }
            }
            let same = fired.len() == rules.len() && rules.iter().zip(&fired).all(|(name, rule)| name.names(rule));
            if !same || !known {
                let expected = rules.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                let fired = fired.into_iter().map(rule_name).collect::<Vec<_>>().join(", ");
                let actual = if known { fired } else { Verdict::Unknown.name().to_owned() };
                unmet.push(Mismatch { expectation: Expectation::Rules, expected, actual: filled(actual) });
            }
        }
        for name in &self.no_rule {
            let fired = seen.fired.iter().find(|fired| name.names(&fired.rule));
            let actual = match fired {
                Some(fired) => rule_name(&fired.rule),
                None if known => continue,
                None => Verdict::Unknown.name().to_owned(),
            };
            unmet.push(Mismatch { expectation: Expectation::NoRule, expected: name.to_string(), actual: Some(actual) });
        }
        for (expectation, expected, actual) in [
            (Expectation::MessageAfter, &self.message_after, &observation.message_after),
            (Expectation::MessageSent, &self.message_sent, &observation.message_sent),
        ] {
            text(&mut unmet, expectation, expected.as_ref(), actual.as_ref(), known);
        }
        unmet
    }

    /// All of what is expected of a rule must be true of one that fired. Where of none, the nearest is compared.
    fn rule_unmet(&self, unmet: &mut Vec<Mismatch>, fired: &[Fired], known: bool) {
        let compared = fired.iter().map(|fired| self.of_rule(Some(fired))).min_by_key(Vec::len);
        let mut compared = compared.unwrap_or_else(|| self.of_rule(None));
        if compared.is_empty() && !known {
            compared = self.of_rule(None);
            for mismatch in &mut compared {
                mismatch.actual = Some(Verdict::Unknown.name().to_owned());
            }
        }
        unmet.append(&mut compared);
    }

    fn of_rule(&self, fired: Option<&Fired>) -> Vec<Mismatch> {
        let mut unmet = Vec::new();
        let mut push = |expectation, expected: String, actual: Option<String>| {
            unmet.push(Mismatch { expectation, expected, actual });
        };
        if let Some(name) = self.rule.as_ref().filter(|name| !fired.is_some_and(|fired| name.names(&fired.rule))) {
            push(Expectation::Rule, name.to_string(), fired.map(|fired| rule_name(&fired.rule)));
        }
        if let Some(pattern) = &self.pattern {
            let actual = fired.map(|fired| fired.rule.text.lossy().into_owned());
            if actual.as_ref() != Some(pattern) {
                push(Expectation::Pattern, pattern.clone(), actual);
            }
        }
        if let Some(action) = &self.action {
            let actual = fired.map(|fired| fired.action.clone());
            if !actual.as_ref().is_some_and(|actual| actual.eq_ignore_ascii_case(action)) {
                push(Expectation::Action, action.clone(), actual);
            }
        }
        if let Some(number) = self.s25r {
            let actual = fired.and_then(|fired| fired.rule.s25r);
            if actual != Some(number) {
                push(Expectation::S25r, number.to_string(), actual.map(|number| number.to_string()));
            }
        }
        if let Some(groups) = &self.groups {
            let actual = fired.and_then(groups_of);
            if actual.as_ref() != Some(groups) {
                push(Expectation::Groups, listed(groups), actual.as_deref().map(listed));
            }
        }
        for (index, expected) in &self.some_groups {
            let actual = fired.and_then(groups_of).and_then(|groups| groups.get(*index).cloned());
            if actual.as_ref() != Some(expected) {
                let name = |value: &str| format!("${}={value}", index + 1);
                push(Expectation::Groups, name(expected), actual.as_deref().map(name));
            }
        }
        let result = fired.map(|fired| fired.result.clone());
        text(&mut unmet, Expectation::Result, self.result.as_ref(), result.as_ref(), true);
        let matched = fired.and_then(|fired| Some(Bytes::from(fired.key.slice(fired.matched?))));
        text(&mut unmet, Expectation::Matched, self.matched.as_ref(), matched.as_ref(), true);
        unmet
    }
}

/// The groups as text; none where they cannot be told.
fn groups_of(fired: &Fired) -> Option<Vec<String>> {
    if fired.groups_unknown {
        return None;
    }
    let text =
        |span: &Option<_>| span.map_or(String::new(), |span| String::from_utf8_lossy(fired.key.slice(span)).into());
    Some(fired.groups.iter().map(text).collect())
}

fn listed(groups: &[String]) -> String {
    let named = groups.iter().enumerate().map(|(index, value)| format!("${}={value}", index + 1));
    named.collect::<Vec<_>>().join(" ")
}

fn filled(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn text(
    unmet: &mut Vec<Mismatch>,
    expectation: Expectation,
    expected: Option<&Text>,
    actual: Option<&Bytes>,
    known: bool,
) {
    let Some(expected) = expected else { return };
    let mismatch = match actual {
        Some(actual) if known => {
            let Some(expected) = expected.unmet(actual) else { return };
            Mismatch { expectation, expected, actual: Some(actual.lossy().into_owned()) }
        }
        _ => {
            let actual = (!known).then(|| Verdict::Unknown.name().to_owned());
            Mismatch { expectation, expected: expected.shown(), actual }
        }
    };
    unmet.push(mismatch);
}
