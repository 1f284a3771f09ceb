//! Rules in blocks: `if`, what lies inside, `endif`. The frame that tables of rules share, whatever their patterns are.

use postproof_model::{Consequence, Diagnostic, Problem, Span};

use super::logical_line::LogicalLine;
use super::rule::{Condition, Op, Rule};
use super::source::{Source, c_string, is_space, trim_end};

/// The rules of a table so far, and what is wrong with it.
pub(super) struct Blocks<'s> {
    source: &'s Source<'s>,
    rules: Vec<Rule>,
    diagnostics: Vec<Diagnostic>,
    /// The indexes of the `if`s whose `endif` has not come yet.
    open: Vec<usize>,
}

impl<'s> Blocks<'s> {
    /// No rules yet.
    pub(super) const fn new(source: &'s Source<'s>) -> Self {
        Self { source, rules: Vec::new(), diagnostics: Vec::new(), open: Vec::new() }
    }

    /// Says that something is wrong with a stretch of a line's text.
    pub(super) fn say(&mut self, line: &LogicalLine, problem: Problem, consequence: Consequence, span: Span) {
        let span = line.span_in_source(span);
        self.diagnostics.push(self.source.diagnostic(problem, consequence, span, line.lines));
    }

    /// A line's text, without what follows a zero byte and without white space at its end; none for a line that Postfix
    /// does not take for a logical line.
    pub(super) fn text<'l>(&mut self, line: &'l LogicalLine) -> Option<&'l [u8]> {
        let text = c_string(&line.text);
        if text.len() < line.text.len() {
            let zero = Span::new(text.len(), text.len() + 1);
            self.say(line, Problem::ZeroByte, Consequence::Silent, zero);
        }
        if text.first().is_some_and(|&first| is_space(first)) {
            self.say(line, Problem::StartsWithSpace, Consequence::RuleDropped, Span::new(0, text.len()));
            return None;
        }
        Some(trim_end(text))
    }

    /// Adds a rule. The spans are within the line's text: the whole rule's, and its pattern's.
    pub(super) fn keep(&mut self, line: &LogicalLine, whole: Span, op: Op, pattern: Span) {
        self.rules.push(Rule {
            lines: line.lines,
            span: line.span_in_source(whole),
            pattern: line.span_in_source(pattern),
            op,
        });
    }

    /// Adds an `if`, whose block is open from here on.
    pub(super) fn open(&mut self, line: &LogicalLine, whole: Span, condition: Condition, pattern: Span) {
        self.open.push(self.rules.len());
        self.keep(line, whole, Op::If { condition, end: usize::MAX }, pattern);
    }

    /// Whether an `endif` has an `if` to end.
    pub(super) const fn any_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Adds an `endif`, which ends the block that was opened last.
    pub(super) fn close(&mut self, line: &LogicalLine, whole: Span) {
        self.keep(line, whole, Op::Endif, Span::new(0, 0));
        if let Some(opened) = self.open.pop() {
            self.end(opened);
        }
    }

    fn end(&mut self, opened: usize) {
        let after = self.rules.len();
        if let Some(Rule { op: Op::If { end, .. }, .. }) = self.rules.get_mut(opened) {
            *end = after;
        }
    }

    /// The rules; blocks that are still open reach to the end.
    pub(super) fn finish(mut self) -> (Vec<Rule>, Vec<Diagnostic>) {
        while let Some(opened) = self.open.pop() {
            if let Some(rule) = self.rules.get(opened) {
                let (span, lines) = (rule.span, rule.lines);
                let diagnostic =
                    self.source.diagnostic(Problem::IfWithoutEndif, Consequence::BlockToTheEnd, span, lines);
                self.diagnostics.push(diagnostic);
            }
            self.end(opened);
        }
        (self.rules, self.diagnostics)
    }
}

/// Whether a line is this statement: the word in any case, and no letter or digit after it.
pub(super) fn keyword(text: &[u8], word: &[u8]) -> bool {
    text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
        && !text.get(word.len()).is_some_and(u8::is_ascii_alphanumeric)
}
