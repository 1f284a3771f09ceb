//! The grammar of tables of keys and values: texthash:, and what postmap(1) builds hash: and the like from.
//!
//! postmap(1), "INPUT FILE FORMAT". (Postfix: `postmap`, `dict_thash_open`.)

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use postproof_model::{Consequence, Diagnostic, EntryProblem, Lines, Problem, Span, TableKind};

use super::folding::fold;
use super::logical_line::LogicalLine;
use super::opener::Opener;
use super::rule::{Condition, Op, Rule, Test};
use super::source::{Source, c_string, is_space, skip_space, trim_end};
use super::substitution::Template;

/// Where the rule of each key is.
pub(super) type Index = HashMap<Vec<u8>, usize>;

/// The entries of a table, and what is wrong with it.
#[derive(Default)]
pub(super) struct Entries {
    pub(super) rules: Vec<Rule>,
    pub(super) index: Index,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The longest key that LMDB takes as it is built by default, less the zero byte that Postfix puts after each.
const LMDB_KEY_LIMIT: usize = 510;

/// Parses a whole table.
pub(super) fn parse(source: &Source<'_>, kind: TableKind, opener: Opener) -> Entries {
    // postmap builds the others, whoever asks them later.
    let reader = if kind == TableKind::Texthash { opener } else { Opener::POSTMAP };
    let mut parser = Parser { source, kind, reader, entries: Entries::default() };
    for line in source.logical_lines() {
        if let Err((problem, consequence, span)) = parser.line(&line) {
            parser.say(&line, problem, consequence, span);
        }
    }
    parser.entries
}

struct Parser<'s> {
    source: &'s Source<'s>,
    kind: TableKind,
    reader: Opener,
    entries: Entries,
}

type Refused = (Problem, Consequence, Span);

impl Parser<'_> {
    fn say(&mut self, line: &LogicalLine, problem: Problem, consequence: Consequence, span: Span) {
        let span = line.span_in_source(span);
        self.entries.diagnostics.push(self.source.diagnostic(problem, consequence, span, line.lines));
    }

    fn line(&mut self, line: &LogicalLine) -> Result<(), Refused> {
        let text = c_string(&line.text);
        let whole = Span::new(0, text.len());
        if text.first().is_some_and(|&byte| is_space(byte)) {
            return Err((Problem::StartsWithSpace, Consequence::RuleDropped, whole));
        }
        // The bytes after a zero byte are looked at, too, unless all before it are ASCII.
        if self.reader.utf8 && !text.is_ascii() && std::str::from_utf8(&line.text).is_err() {
            return Err((Problem::Entry(EntryProblem::NotUtf8), Consequence::RuleDropped, whole));
        }
        let KeyAndValue { key, value } = KeyAndValue::of(text)
            .map_err(|(problem, span)| (Problem::Entry(problem), Consequence::RuleDropped, span))?;
        let slice = |span: Span| text.get(span.start..span.end).unwrap_or_default();
        if slice(key).ends_with(b":") {
            let colon = Span::new(key.end - 1, key.end);
            self.say(line, Problem::Entry(EntryProblem::AliasFormat), Consequence::RuleKept, colon);
        }
        let folded = if self.reader.fold { fold(slice(key), self.reader.utf8) } else { slice(key).into() };
        if self.kind == TableKind::Lmdb && folded.len() > LMDB_KEY_LIMIT {
            let problem = EntryProblem::KeyTooLong { most: LMDB_KEY_LIMIT };
            return Err((Problem::Entry(problem), Consequence::TableRefused, key));
        }
        let next = self.entries.rules.len();
        match self.entries.index.entry(folded.into_owned()) {
            Entry::Occupied(first) => {
                let line = self.entries.rules.get(*first.get()).map_or(0, |rule| rule.lines.first);
                let refused = self.kind == TableKind::Texthash && !self.reader.first_of_equal_keys;
                let consequence = if refused { Consequence::TableRefused } else { Consequence::RuleDropped };
                return Err((Problem::Entry(EntryProblem::DuplicateKey { line }), consequence, key));
            }
            Entry::Vacant(vacant) => {
                vacant.insert(next);
            }
        }
        self.entries.rules.push(rule(
            line.lines,
            line.span_in_source(Span::new(0, value.end)),
            line.span_in_source(key),
            slice(value),
        ));
        Ok(())
    }
}

/// The rule of one key. The spans are within the source.
pub(super) fn rule(lines: Lines, whole: Span, key: Span, value: &[u8]) -> Rule {
    let flags = Span::new(key.end, key.end);
    let condition = Condition { test: Ok(Test::Key), negated: false, source: key, flags };
    let op = Op::Answer { condition, second: None, result: Template::literal(value) };
    Rule { lines, span: whole, pattern: key, op }
}

struct KeyAndValue {
    key: Span,
    value: Span,
}

impl KeyAndValue {
    /// A line's key and value, as spans of its text.
    fn of(text: &[u8]) -> Result<Self, (EntryProblem, Span)> {
        let end =
            word_end(text, is_space).map_err(|quote| (EntryProblem::UnclosedQuote, Span::new(quote, text.len())))?;
        let key = Span::new(0, end);
        let value = Span::new(skip_space(text, end + 1).min(text.len()), trim_end(text).len());
        if key.is_empty() || value.is_empty() {
            return Err((EntryProblem::NoValue, Span::new(0, text.len())));
        }
        Ok(Self { key, value })
    }
}

/// Where the first word of a text ends: at a byte outside double quotes that ends words. A backslash takes the meaning
/// of the character after it. An error is where the quote stands that is never closed.
pub(super) fn word_end(text: &[u8], ends: impl Fn(u8) -> bool) -> Result<usize, usize> {
    let mut quote = None;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        if byte == b'\\' {
            at += 1;
        } else if byte == b'"' {
            quote = if quote.is_some() { None } else { Some(at) };
        } else if quote.is_none() && ends(byte) {
            break;
        }
        at += 1;
    }
    match quote {
        None => Ok(at.min(text.len())),
        Some(quote) => Err(quote),
    }
}
