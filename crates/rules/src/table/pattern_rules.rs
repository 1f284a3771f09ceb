//! The grammar that regexp: and pcre: tables share: a pattern between delimiters and a result, `if`, `endif`.
//!
//! regexp_table(5) and pcre_table(5), "TABLE FORMAT". (Postfix: `dict_regexp_parseline`, `dict_pcre_parse_rule` and what
//! they call.) What each line is, where its pattern and its flags end, and what a line that is none of these is called, is
//! decided here; what is special to a kind stands in [`super::regexp`] and [`super::pcre`]; what a pattern means is decided
//! in [`crate::pattern`].

use std::marker::PhantomData;

use postproof_model::{Consequence, Diagnostic, PatternError, Problem, Span, TableKind, UnknownReason};

use super::blocks::{Blocks, keyword};
use super::logical_line::LogicalLine;
use super::rule::{Condition, Op, Rule, Test};
use super::source::{Source, is_space, skip_space};
use super::substitution::Template;
use crate::pattern::{Pattern, Patterns};

/// What is special to a kind of table with patterns.
pub(super) trait Dialect {
    /// The flags of a pattern.
    type Flags: Copy;

    /// The kind.
    const KIND: TableKind;

    /// What holds without flags. Each flag switches its own over.
    const DEFAULT_FLAGS: Self::Flags;

    /// Whether a second pattern may follow the first: `/a/!/b/`.
    const PAIRS: bool;

    /// Whether a backslash at the end of a line ends a pattern as a delimiter would.
    const BACKSLASH_ENDS: bool;

    /// Switches a flag over.
    fn switch(flags: &mut Self::Flags, flag: u8) -> Flag;

    /// Compiles a pattern.
    fn compile(patterns: &mut Patterns, source: &[u8], flags: Self::Flags) -> Result<Pattern, PatternError>;
}

/// What a letter after a pattern is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    /// A flag.
    Known,
    /// A flag that no longer does anything; Postfix warns.
    Obsolete,
    /// None.
    Unknown,
}

/// Parses a whole table: the rules that Postfix keeps, and what it would say about the others.
pub(super) fn parse<D: Dialect>(source: &Source<'_>, patterns: &mut Patterns) -> (Vec<Rule>, Vec<Diagnostic>) {
    let mut parser = Parser::<D> { blocks: Blocks::new(source), patterns, dialect: PhantomData };
    for line in source.logical_lines() {
        parser.logical_line(&line);
    }
    let (rules, mut diagnostics) = parser.blocks.finish();
    diagnostics.extend(not_run(source, &rules));
    (rules, diagnostics)
}

/// The patterns that Postfix keeps and nothing here runs.
fn not_run(source: &Source<'_>, rules: &[Rule]) -> Vec<Diagnostic> {
    let found = rules.iter().flat_map(|rule| {
        rule.conditions().filter_map(|condition| {
            let what = condition.pattern()?.unsupported()?;
            let problem = Problem::Unsupported { what };
            Some(source.diagnostic(problem, Consequence::Unknown, condition.source, rule.lines))
        })
    });
    found.collect()
}

struct Parser<'s, D> {
    blocks: Blocks<'s>,
    patterns: &'s mut Patterns,
    dialect: PhantomData<D>,
}

/// A pattern as written, before it is compiled. Spans are within the logical line's text.
struct Written<F> {
    negated: bool,
    flags: F,
    pattern: Span,
    flag_span: Span,
}

/// A line's problem, before it has a place in the source.
type Refused = (Problem, Span);

impl<D: Dialect> Parser<'_, D> {
    fn say(&mut self, line: &LogicalLine, problem: Problem, consequence: Consequence, span: Span) {
        self.blocks.say(line, problem, consequence, span);
    }

    fn logical_line(&mut self, line: &LogicalLine) {
        let Some(text) = self.blocks.text(line).filter(|text| !text.is_empty()) else { return };
        if !text.first().is_some_and(u8::is_ascii_alphanumeric) {
            self.answer(line, text);
        } else if keyword(text, b"if") {
            self.open_if(line, text);
        } else if keyword(text, b"endif") {
            self.endif(line, text);
        } else {
            self.say(line, Problem::NotARule, Consequence::RuleDropped, Span::new(0, text.len()));
        }
    }

    fn answer(&mut self, line: &LogicalLine, text: &[u8]) {
        match self.parse_answer(line, text) {
            Ok((op, end)) => self.blocks.keep(line, Span::new(0, text.len()), op, Span::new(0, end)),
            Err((problem, span)) => self.say(line, problem, Consequence::RuleDropped, span),
        }
    }

    /// The rule and where its patterns end.
    fn parse_answer(&mut self, line: &LogicalLine, text: &[u8]) -> Result<(Op, usize), Refused> {
        let mut at = 0;
        let first = self.read_pattern(line, text, &mut at)?;
        let second = if D::PAIRS && text.get(at) == Some(&b'!') {
            at += 1;
            Some(self.read_pattern(line, text, &mut at)?)
        } else {
            None
        };
        let end = at;
        let start = skip_space(text, at);
        let result = text.get(start..).unwrap_or_default();
        if result.is_empty() {
            self.say(line, Problem::NoResult, Consequence::RuleKept, Span::new(0, text.len()));
        }
        let template = Template::parse(result).map_err(|(problem, span)| (problem, span.shifted(start)))?;
        let asked = template.highest_group();
        if asked > 0 && first.negated {
            return Err((Problem::GroupInNegated, Span::new(start, text.len())));
        }
        let condition = self.compile(line, text, &first)?;
        let second = second.as_ref().map(|written| self.compile(line, text, written)).transpose()?;
        if let Some(groups) = condition.pattern().map(Pattern::groups)
            && asked > groups
        {
            return Err((Problem::GroupOutOfRange { group: asked, groups }, Span::new(start, text.len())));
        }
        // The second pattern is what must not match.
        let second = second.map(|second| Condition { negated: !second.negated, ..second });
        Ok((Op::Answer { condition, second, result: template }, end))
    }

    fn open_if(&mut self, line: &LogicalLine, text: &[u8]) {
        let mut at = skip_space(text, 2);
        let written = self.read_pattern(line, text, &mut at);
        let condition = written.and_then(|written| {
            let extra = skip_space(text, at);
            if extra < text.len() {
                self.say(line, Problem::TextAfterIf, Consequence::TextIgnored, Span::new(extra, text.len()));
            }
            self.compile(line, text, &written)
        });
        match condition {
            Ok(condition) => {
                let start = skip_space(text, 2);
                self.blocks.open(line, Span::new(0, text.len()), condition, Span::new(start, at));
            }
            Err((problem, span)) => self.say(line, problem, Consequence::BlockUnconditional, span),
        }
    }

    fn compile(&mut self, line: &LogicalLine, text: &[u8], written: &Written<D::Flags>) -> Result<Condition, Refused> {
        let source = text.get(written.pattern.start..written.pattern.end).unwrap_or_default();
        let test = match D::compile(self.patterns, source, written.flags) {
            Ok(pattern) => Ok(Test::Pattern(pattern)),
            Err(error) if error.kind.is_own_limit() => {
                let problem = Problem::Pattern(error.kind);
                self.say(line, problem, Consequence::Unknown, error.span.shifted(written.pattern.start));
                Err(UnknownReason::Unsupported { what: String::from_utf8_lossy(source).into_owned() })
            }
            Err(error) => {
                return Err((Problem::Pattern(error.kind), error.span.shifted(written.pattern.start)));
            }
        };
        Ok(Condition {
            test,
            negated: written.negated,
            source: line.span_in_source(written.pattern),
            flags: line.span_in_source(written.flag_span),
        })
    }

    fn endif(&mut self, line: &LogicalLine, text: &[u8]) {
        let whole = Span::new(0, text.len());
        if !self.blocks.any_open() {
            self.say(line, Problem::EndifWithoutIf, Consequence::TextIgnored, whole);
            return;
        }
        let extra = skip_space(text, 5);
        if extra < text.len() {
            self.say(line, Problem::TextAfterEndif, Consequence::TextIgnored, Span::new(extra, text.len()));
        }
        self.blocks.close(line, whole);
    }

    /// Reads `!/pattern/flags` from `at` on, and says which flags are obsolete. `at` ends after the flags.
    fn read_pattern(&mut self, line: &LogicalLine, text: &[u8], at: &mut usize) -> Result<Written<D::Flags>, Refused> {
        let mut obsolete = Vec::new();
        let written = read_pattern::<D>(text, at, &mut obsolete);
        for span in obsolete {
            let flag = text.get(span.start).copied().map(shown).unwrap_or_default();
            self.say(line, Problem::ObsoleteFlag { flag }, Consequence::TextIgnored, span);
        }
        written
    }
}

/// Reads `!/pattern/flags` from `at` on: negations, delimiter, pattern, flags. `at` ends after the flags.
///
/// (Postfix: `dict_regexp_get_pat`, `dict_pcre_get_pattern`.)
fn read_pattern<D: Dialect>(
    text: &[u8],
    at: &mut usize,
    obsolete: &mut Vec<Span>,
) -> Result<Written<D::Flags>, Refused> {
    let begin = *at;
    let mut negated = false;
    *at = skip_space(text, *at);
    while text.get(*at) == Some(&b'!') {
        negated = !negated;
        *at = skip_space(text, *at + 1);
    }
    let Some(&delimiter) = text.get(*at) else {
        return Err((Problem::NoPattern, Span::new(begin, text.len())));
    };
    let opened = *at;
    let start = opened + 1;
    *at = start;
    let unclosed = || (Problem::NoClosingDelimiter { delimiter: shown(delimiter) }, Span::new(opened, text.len()));
    loop {
        match text.get(*at) {
            None => return Err(unclosed()),
            Some(b'\\') if *at + 1 < text.len() => *at += 2,
            Some(b'\\') if D::BACKSLASH_ENDS => break,
            Some(b'\\') => return Err(unclosed()),
            Some(&byte) if byte == delimiter => break,
            Some(_) => *at += 1,
        }
    }
    let pattern = Span::new(start, *at);
    *at += 1;
    let flags_start = *at;
    let mut flags = D::DEFAULT_FLAGS;
    while let Some(&flag) = text.get(*at).filter(|&&byte| !(is_space(byte) || D::PAIRS && byte == b'!')) {
        match D::switch(&mut flags, flag) {
            Flag::Known => {}
            Flag::Obsolete => obsolete.push(Span::new(*at, *at + 1)),
            Flag::Unknown => {
                let problem = Problem::UnknownFlag { flag: shown(flag), kind: D::KIND };
                return Err((problem, Span::new(*at, *at + 1)));
            }
        }
        *at += 1;
    }
    Ok(Written { negated, flags, pattern, flag_span: Span::new(flags_start, *at) })
}

/// A byte as a character for people: bytes from 0x80 up are parts of characters or of another encoding.
fn shown(byte: u8) -> char {
    if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER }
}
