//! Which rules fired.

use std::collections::BTreeMap;

use postproof_model::report::{RuleCoverage, TableCoverage};
use postproof_model::{Bytes, Hit, RuleRef};
use postproof_rules::table::Table;
use postproof_rules::table::rule::Op;

/// Rules that fired, each by its table's name and its first line, with how often.
#[derive(Clone, Debug, Default)]
pub struct Hits(BTreeMap<(String, usize), u64>);

impl Hits {
    /// A rule answered; the conditions that let the key through to it fired, too.
    pub(crate) fn hit(&mut self, hit: &Hit) {
        for rule in hit.conditions.iter().chain([&hit.rule]) {
            self.rule(rule);
        }
        for stage in &hit.stages {
            // The answer's own rule is among those of its stages.
            if stage.hit.rule != hit.rule {
                self.hit(&stage.hit);
            }
        }
    }

    fn rule(&mut self, rule: &RuleRef) {
        *self.0.entry((rule.table.clone(), rule.lines.first)).or_default() += 1;
    }

    /// Adds what fired elsewhere.
    pub fn add(&mut self, other: &Self) {
        for (rule, count) in &other.0 {
            *self.0.entry(rule.clone()).or_default() += count;
        }
    }
}

/// The tables under test.
#[derive(Clone, Debug, Default)]
pub(crate) struct Covered {
    tables: BTreeMap<String, TableCoverage>,
    /// The names that verdicts give the tables.
    names: BTreeMap<String, String>,
}

impl Covered {
    /// Adds a table under the name that people find it by.
    pub(crate) fn add(&mut self, table: &Table, shown: &str, is_file: bool) {
        self.names.insert(table.name().to_owned(), shown.to_owned());
        if self.tables.contains_key(shown) {
            return;
        }
        let rules = table.rules().iter().filter(|rule| !matches!(rule.op, Op::Endif)).map(|rule| {
            let text = table.source().get(rule.pattern.start..rule.pattern.end).unwrap_or_default();
            RuleCoverage { lines: rule.lines, text: Bytes::from(text), hits: 0 }
        });
        let rules: Vec<_> = rules.collect();
        if rules.is_empty() {
            return;
        }
        let source = Bytes::from(table.source());
        self.tables.insert(shown.to_owned(), TableCoverage { table: shown.to_owned(), is_file, source, rules });
    }

    /// The tables with how often their rules fired.
    pub(crate) fn with(&self, hits: &Hits) -> Vec<TableCoverage> {
        let mut tables = self.tables.clone();
        for ((name, line), count) in &hits.0 {
            let table = self.names.get(name).and_then(|shown| tables.get_mut(shown));
            let rule = table.and_then(|table| table.rules.iter_mut().find(|rule| rule.lines.first == *line));
            if let Some(rule) = rule {
                rule.hits += count;
            }
        }
        tables.into_values().collect()
    }
}

/// Puts the coverage of several test files together: a table that several name counts once.
#[must_use]
pub fn merge(coverage: impl IntoIterator<Item = Vec<TableCoverage>>) -> Vec<TableCoverage> {
    let mut merged: BTreeMap<String, TableCoverage> = BTreeMap::new();
    for table in coverage.into_iter().flatten() {
        match merged.get_mut(&table.table) {
            None => {
                merged.insert(table.table.clone(), table);
            }
            Some(known) => {
                for (rule, more) in known.rules.iter_mut().zip(&table.rules) {
                    rule.hits += more.hits;
                }
            }
        }
    }
    merged.into_values().collect()
}
