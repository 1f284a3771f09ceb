//! From a table's name to the table.

use std::sync::Arc;

use postproof_model::{
    Consequence, Diagnostic, Lines, LookupFailure, MapProblem, Problem, Span, TableKind, TableSource, UnknownReason,
};

use super::entries;
use super::folding::fold;
use super::opener::Opener;
use super::rule::{Condition, Op, Rule, Test};
use super::source::Source;
use super::spec::{MapSpec, What};
use super::substitution::Template;
use super::{Body, Table};
use crate::pattern::Patterns;

/// A table that was opened, and what is wrong with it and with the tables inside it.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The table. One that Postfix cannot open is here, too: its lookups fail.
    pub table: Table,
    /// What is wrong, in the order in which Postfix would say it.
    pub diagnostics: Vec<Diagnostic>,
}

impl Opened {
    /// Why Postfix cannot open the table, or one inside it; none where it can. postmap(1) ends there.
    #[must_use]
    pub fn refused(&self) -> Option<&Diagnostic> {
        self.diagnostics.iter().find(|diagnostic| diagnostic.consequence == Consequence::TableRefused)
    }
}

/// What a table is made from that does not stand in its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'w> {
    /// The bytes of the file of this name.
    File(&'w str),
    /// What the server behind a table answers, as data: keys and values, a line each, as texthash: files have them. Where
    /// nobody has that, the table's answers are unknown.
    Answers {
        /// The kind of table: ldap:, mysql: and the like.
        kind: TableKind,
        /// Its name, most often that of the file that says how to reach the server.
        name: &'w str,
    },
}

/// How what a table is made from is read: its bytes, or why not, in words for people.
pub type Read<'r> = dyn FnMut(Wanted<'_>) -> Result<Vec<u8>, String> + 'r;

impl MapSpec {
    /// Opens the table as this program does. Files, and what servers answer, are read by `read`, in the order in which
    /// Postfix opens the tables.
    #[must_use]
    pub fn open(&self, opener: Opener, read: &mut Read<'_>) -> Opened {
        match &self.what {
            What::Refused(problem, span) => self.refuse(problem.clone(), *span, opener),
            What::File { kind, name } => match read(Wanted::File(name)) {
                Ok(bytes) => {
                    let (table, diagnostics) = Table::parse_as(opener, *kind, name, &bytes);
                    Opened { table, diagnostics }
                }
                Err(reason) => self.refuse(MapProblem::CannotRead { reason }, self.span, opener),
            },
            What::Rules { kind, rules } => {
                let label = self.label();
                let source = Source::shared(&label, &self.text, &self.line_starts).in_place(rules);
                let (rules, diagnostics) = Table::parse_rules(*kind, &source, &mut Patterns::default());
                self.opened(*kind, opener, rules, Body::Rules, diagnostics)
            }
            What::Entries(entries) => self.inline(entries, opener),
            What::Value(value) => {
                let rules = vec![always(1, self.span, *value, self.bytes(*value))];
                self.opened(TableKind::Static, opener, rules, Body::Rules, Vec::new())
            }
            What::Values(values) => {
                let rule = |(index, &value): (usize, &Span)| always(index + 1, value, value, self.bytes(value));
                let rules = values.iter().enumerate().map(rule).collect();
                self.opened(TableKind::Randmap, opener, rules, Body::Choices, Vec::new())
            }
            What::Tables { kind, tables, untyped } => {
                let mut diagnostics = Vec::new();
                let tables = tables.iter().map(|spec| {
                    let opened = spec.open(opener, read);
                    diagnostics.extend(opened.diagnostics);
                    opened.table
                });
                let tables = tables.collect();
                if let Some(untyped) = untyped {
                    let refused = self.refuse(MapProblem::NoType, *untyped, opener);
                    diagnostics.extend(refused.diagnostics);
                    return Opened { diagnostics, ..refused };
                }
                let body = if *kind == TableKind::Pipemap { Body::Pipeline(tables) } else { Body::Union(tables) };
                self.opened(*kind, opener, Vec::new(), body, diagnostics)
            }
            What::Through(inner) => inner.open(opener, read),
            What::Nothing(kind) => {
                let body = match kind {
                    TableKind::Internal => Body::Index(Arc::default()),
                    TableKind::Environ => Body::Nothing(UnknownReason::Environment),
                    TableKind::Fail => Body::Nothing(UnknownReason::Fails(LookupFailure::Always)),
                    kind => Body::Nothing(UnknownReason::NeedsServer { kind: *kind }),
                };
                self.opened(*kind, opener, Vec::new(), body, Vec::new())
            }
            What::Server { kind, name } => match read(Wanted::Answers { kind: *kind, name }) {
                Ok(answers) => {
                    let (table, diagnostics) = Table::parse_as(opener, *kind, &self.label(), &answers);
                    Opened { table, diagnostics }
                }
                Err(_) => {
                    let body = Body::Nothing(UnknownReason::NeedsServer { kind: *kind });
                    self.opened(*kind, opener, Vec::new(), body, Vec::new())
                }
            },
        }
    }

    fn bytes(&self, span: Span) -> &[u8] {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn opened(
        &self,
        kind: TableKind,
        opener: Opener,
        rules: Vec<Rule>,
        body: Body,
        diagnostics: Vec<Diagnostic>,
    ) -> Opened {
        let source = Arc::clone(&self.text);
        Opened { table: Table::new(&self.label(), kind, opener, source, self.span, rules, body), diagnostics }
    }

    /// A table that Postfix cannot open. (Postfix: `dict_surrogate`.)
    fn refuse(&self, problem: MapProblem, span: Span, opener: Opener) -> Opened {
        let own_limit = problem == MapProblem::TooDeep;
        let (reason, consequence) = if own_limit {
            let what = self.label();
            (UnknownReason::Unsupported { what }, Consequence::Unknown)
        } else {
            (UnknownReason::Fails(LookupFailure::TableRefused), Consequence::TableRefused)
        };
        let label = self.label();
        let lines = Lines { first: 1, last: 1 };
        let diagnostic = Source::shared(&label, &self.text, &self.line_starts).diagnostic(
            Problem::Map(problem),
            consequence,
            span,
            lines,
        );
        let kind = self.kind().unwrap_or(TableKind::Fail);
        self.opened(kind, opener, Vec::new(), Body::Nothing(reason), vec![diagnostic])
    }

    /// inline: a later key takes the place of an equal one before it, and nothing is said. (Postfix: `dict_inline_open`.)
    fn inline(&self, specs: &[super::spec::EntrySpec], opener: Opener) -> Opened {
        if opener.utf8 && std::str::from_utf8(self.as_written()).is_err() {
            return self.refuse(MapProblem::NotUtf8, self.span, opener);
        }
        let mut index = entries::Index::new();
        let mut rules = Vec::with_capacity(specs.len());
        for (number, spec) in specs.iter().enumerate() {
            let key = self.bytes(spec.key);
            let key = if opener.fold { fold(key, opener.utf8) } else { key.into() };
            index.insert(key.into_owned(), number);
            rules.push(entries::rule(line(number + 1), spec.whole, spec.key, self.bytes(spec.value)));
        }
        self.opened(TableKind::Inline, opener, rules, Body::Index(Arc::new(index)), Vec::new())
    }
}

const fn line(number: usize) -> Lines {
    Lines { first: number, last: number }
}

/// A rule that answers every key.
fn always(number: usize, whole: Span, value: Span, result: &[u8]) -> Rule {
    let condition =
        Condition { test: Ok(Test::Always), negated: false, source: value, flags: Span::new(value.end, value.end) };
    let op = Op::Answer { condition, second: None, result: Template::literal(result) };
    Rule { lines: line(number), span: whole, pattern: value, op }
}

impl Table {
    /// Whether tables of this kind hold fixed keys, which are folded to lower case. (Postfix: `DICT_FLAG_FIXED`.)
    pub(super) fn kind_holds_keys(kind: TableKind, body: &Body) -> bool {
        match body {
            // A table of tables is like its first.
            Body::Pipeline(tables) | Body::Union(tables) => tables.first().is_some_and(|table| table.fixed),
            _ => {
                kind.source() == TableSource::Entries
                    || matches!(body, Body::Index(_))
                    || matches!(kind, TableKind::Inline | TableKind::Static | TableKind::Internal)
            }
        }
    }
}
