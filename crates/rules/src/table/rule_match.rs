//! Whether one rule matches a key, by itself: whatever rules before it would answer.

use postproof_model::{Answer, RuleRef, Span, UnknownReason};

use super::lookup::{Key, holds};
use super::rule::Op;
use super::source::c_string;
use super::{Body, Table};
use crate::pattern::Steps;

impl Table {
    /// The part of a key that a rule of this table matches, if it does and the `if`s around it hold; none within where the
    /// pattern is negated.
    ///
    /// # Errors
    ///
    /// Why that cannot be told.
    pub fn rule_match(&self, rule: &RuleRef, key: &[u8]) -> Result<Option<Option<Span>>, UnknownReason> {
        self.rule_match_within(rule, key, &Steps::for_lookup())
    }

    /// As [`Table::rule_match`], in as many steps as are left.
    ///
    /// # Errors
    ///
    /// Why that cannot be told.
    pub fn rule_match_within(
        &self,
        rule: &RuleRef,
        key: &[u8],
        steps: &Steps,
    ) -> Result<Option<Option<Span>>, UnknownReason> {
        let at = self.rules().binary_search_by_key(&rule.span.start, |rule| rule.span.start);
        let (Body::Rules, Ok(index), None) = (&self.body, at, &self.networks) else {
            return match self.lookup_within(key, steps) {
                Answer::Found(hit) if hit.rule == *rule => Ok(Some(hit.matched)),
                Answer::Unknown { reason, .. } => Err(reason),
                Answer::Found(_) | Answer::NotFound => Ok(None),
            };
        };
        let bytes = c_string(key);
        let key = Key::new(bytes, steps);
        for around in self.rules().iter().take(index) {
            if let Op::If { condition, end } = &around.op
                && *end > index
                && !holds(condition, &key)?
            {
                return Ok(None);
            }
        }
        let Some(rule) = self.rules().get(index) else { return Ok(None) };
        if !self.answers(rule, &key)? {
            return Ok(None);
        }
        let Op::Answer { condition, .. } = &rule.op else { return Ok(None) };
        let pattern = condition.pattern().filter(|_| !condition.negated);
        Ok(Some(pattern.and_then(|pattern| pattern.find_within(bytes, steps).ok().flatten())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postproof_model::TableKind;

    #[test]
    fn a_rule_is_asked_by_itself_within_its_ifs() {
        let source = b"/a/ FIRST\nif /b/\n/a/ INNER\nendif\n!/z/ NEGATED\n/x/!/a/ PAIR\n";
        let (table, problems) = Table::parse(TableKind::Regexp, "t", source);
        assert!(problems.is_empty(), "{problems:?}");
        let matched = |index: usize, key: &[u8]| table.rule_match(&table.rule_ref(index), key).unwrap();
        assert_eq!(matched(0, b"ca"), Some(Some(Span::new(1, 2))));
        assert_eq!(matched(2, b"a"), None);
        assert_eq!(matched(2, b"ba"), Some(Some(Span::new(1, 2))));
        assert_eq!((matched(4, b"a"), matched(4, b"z")), (Some(None), None));
        assert_eq!((matched(5, b"x"), matched(5, b"xa")), (Some(Some(Span::new(0, 1))), None));
    }
}
