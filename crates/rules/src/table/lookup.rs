//! From a key to an answer: the first rule that matches, in the order of the table.
//!
//! (Postfix: `dict_regexp_lookup`.)

use postproof_model::{Answer, Bytes, Hit, RuleRef, UnknownReason};

use super::Table;
use super::rule::{Condition, Op, Rule};
use super::substitution::NotFilled;
use crate::pattern::{Captures, Matched};

impl Table {
    /// What the table answers to a key: its first rule that matches, with `if` blocks honoured.
    ///
    /// The key ends at its first zero byte, as it does for the C library. Where a rule cannot be run to its end, the
    /// answer is unknown, since that rule or the rest might answer.
    #[must_use]
    pub fn lookup(&self, key: &[u8]) -> Answer {
        let key = c_string(key);
        match self.matching(key, 0).next() {
            None => Answer::NotFound,
            Some(Ok(index)) => self.found(key, index),
            Some(Err((index, reason))) => self.unknown(index, reason),
        }
    }

    /// The rules after the one that answered that match the key, too, in order. At most [`ALSO_LIMIT`] are listed.
    #[must_use]
    pub fn also(&self, key: &[u8], hit: &Hit) -> Vec<RuleRef> {
        let key = c_string(key);
        let Ok(index) = self.rules.binary_search_by_key(&hit.rule.span.start, |rule| rule.span.start) else {
            return Vec::new();
        };
        self.matching(key, index + 1)
            .filter_map(Result::ok)
            .take(ALSO_LIMIT)
            .map(|index| self.rule_ref(index))
            .collect()
    }

    /// The indexes of the rules from `start` on that match the key; an error is a rule that could not be run to its end,
    /// and why.
    /// The blocks that `start` lies in are taken to be open.
    fn matching<'t>(
        &'t self,
        key: &'t [u8],
        start: usize,
    ) -> impl Iterator<Item = Result<usize, (usize, UnknownReason)>> + 't {
        let mut index = start;
        std::iter::from_fn(move || {
            while let Some(rule) = self.rules.get(index) {
                let here = index;
                index += 1;
                match &rule.op {
                    Op::Endif => {}
                    Op::If { condition, end } => match holds(condition, key) {
                        Err(reason) => return Some(Err((here, reason))),
                        Ok(true) => {}
                        Ok(false) => index = *end,
                    },
                    Op::Answer { condition, second, .. } => {
                        let both = match holds(condition, key) {
                            Ok(true) => second.as_ref().map_or(Ok(true), |second| holds(second, key)),
                            other => other,
                        };
                        match both {
                            Err(reason) => return Some(Err((here, reason))),
                            Ok(true) => return Some(Ok(here)),
                            Ok(false) => {}
                        }
                    }
                }
            }
            None
        })
    }

    fn found(&self, key: &[u8], index: usize) -> Answer {
        let Some(Rule { op: Op::Answer { condition, result, .. }, .. }) = self.rules.get(index) else {
            return Answer::NotFound;
        };
        // A negated pattern has no match to show, and parsing has seen to it that its result asks for no group.
        let pattern = condition.pattern.as_ref().ok().filter(|_| !condition.negated);
        let captures = pattern.and_then(|pattern| pattern.captures(key).ok().flatten());
        let asked = result.highest_group();
        // Postfix asks for no more groups than the result names, and the C library may answer otherwise for fewer.
        let substituted =
            pattern.filter(|_| asked > 0).and_then(|pattern| pattern.captures_up_to(key, asked).ok().flatten());
        let filled = result.fill(|number| match &substituted {
            Some(captures) if !captures.groups_unknown() => {
                let span = usize::try_from(number).ok().and_then(|number| captures.group(number));
                Ok(span.and_then(|span| key.get(span.start..span.end)))
            }
            _ => Err(NotFilled::UnknownGroup(number)),
        });
        match filled {
            Ok(result) => Answer::Found(Box::new(Hit {
                rule: self.rule_ref(index),
                matched: captures.as_ref().and_then(Captures::whole),
                groups_unknown: pattern.is_some_and(|pattern| pattern.groups() > 0)
                    && captures.as_ref().is_none_or(Captures::groups_unknown),
                groups: captures.map(|captures| captures.groups().to_vec()).unwrap_or_default(),
                result: Bytes(result),
                conditions: self.conditions(index),
            })),
            Err(NotFilled::TooLong) => self.unknown(index, UnknownReason::ResultTooLong),
            Err(NotFilled::UnknownGroup(group)) => self.unknown(index, UnknownReason::Group { group }),
        }
    }

    fn unknown(&self, index: usize, reason: UnknownReason) -> Answer {
        Answer::Unknown { rule: self.rule_ref(index), reason }
    }

    /// The `if`s around a rule, outermost first.
    fn conditions(&self, index: usize) -> Vec<RuleRef> {
        let around = self.rules.iter().enumerate().take(index).filter_map(|(at, rule)| match rule.op {
            Op::If { end, .. } if end > index => Some(self.rule_ref(at)),
            _ => None,
        });
        around.collect()
    }
}

/// How many later rules a hit lists. More than a few help nobody, and a table may have thousands that match.
pub const ALSO_LIMIT: usize = 20;

/// Whether a condition holds, or why that is unknown.
fn holds(condition: &Condition, key: &[u8]) -> Result<bool, UnknownReason> {
    match condition.pattern.as_ref().map(|pattern| pattern.is_match(key)) {
        Ok(Matched::Yes) => Ok(!condition.negated),
        Ok(Matched::No) => Ok(condition.negated),
        Ok(Matched::GaveUp) => Err(UnknownReason::GaveUp),
        Err(reason) => Err(reason.clone()),
    }
}

fn c_string(key: &[u8]) -> &[u8] {
    memchr::memchr(0, key).and_then(|end| key.get(..end)).unwrap_or(key)
}
