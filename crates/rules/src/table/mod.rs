//! Tables: from source text to rules, from a key to an answer.
//!
//! | idea | file |
//! |---|---|
//! | where a logical line starts and ends | [`logical_line`] |
//! | what a line of a regexp: table is | [`regexp`] |
//! | `$1` in a result | [`substitution`] |
//! | which rule answers a key | [`lookup`] |
//!
//! ```
//! use postproof_model::{Answer, TableKind};
//! use postproof_rules::table::Table;
//!
//! let (table, problems) = Table::parse(TableKind::Regexp, "header_checks", b"/^Subject:.*(win)ner/ REJECT no $1\n");
//! assert!(problems.is_empty());
//! let Answer::Found(hit) = table.lookup(b"Subject: You are the winner") else { panic!("no answer") };
//! assert_eq!(&hit.result[..], b"REJECT no win");
//! assert_eq!(hit.rule.lines.first, 1);
//! ```

use std::sync::Arc;

use postproof_model::{Bytes, Diagnostic, RuleRef, TableKind};

pub mod logical_line;
pub mod lookup;
mod regexp;
pub mod rule;
pub mod source;
pub mod substitution;

use rule::{Op, Rule};
use source::Source;

use crate::s25r;

/// A table as it stands after parsing: every rule that Postfix would keep. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Table {
    name: Arc<str>,
    kind: TableKind,
    source: Arc<[u8]>,
    rules: Arc<[Rule]>,
}

impl Table {
    /// Parses a table's source. There is always a table, as Postfix always keeps one; what is wrong with it comes
    /// beside it, in the order in which Postfix would say it.
    #[must_use]
    pub fn parse(kind: TableKind, name: &str, source: &[u8]) -> (Self, Vec<Diagnostic>) {
        let located = Source::new(name, source);
        let (rules, diagnostics) = match kind {
            TableKind::Regexp => regexp::parse(&located),
        };
        (Self { name: name.into(), kind, source: source.into(), rules: rules.into() }, diagnostics)
    }

    /// The table's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Which kind of table it is.
    #[must_use]
    pub const fn kind(&self) -> TableKind {
        self.kind
    }

    /// The bytes it was parsed from.
    #[must_use]
    pub fn source(&self) -> &[u8] {
        &self.source
    }

    /// Its rules, in order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// A rule, named; `index` is its place in [`Table::rules`].
    #[must_use]
    pub fn rule_ref(&self, index: usize) -> RuleRef {
        let rule = self.rules.get(index);
        let pattern = rule.map(|rule| rule.pattern).unwrap_or_default();
        let text = Bytes::from(self.source.get(pattern.start..pattern.end).unwrap_or_default());
        RuleRef {
            table: self.name.to_string(),
            lines: rule.map(|rule| rule.lines).unwrap_or_default(),
            span: rule.map(|rule| rule.span).unwrap_or_default(),
            pattern,
            s25r: rule.and_then(|rule| self.s25r_number(rule)),
            text,
        }
    }

    /// The number of the S25R rule that a rule is: one pattern, not negated, without flags.
    fn s25r_number(&self, rule: &Rule) -> Option<u8> {
        match &rule.op {
            Op::Answer { condition, second: None, .. } if !condition.negated && condition.flags.is_empty() => {
                s25r::number(self.source.get(condition.source.start..condition.source.end)?)
            }
            _ => None,
        }
    }
}
