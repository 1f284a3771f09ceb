//! Spans, and the lines they stand on.

use postproof_model::{Diagnostic, Lines, RuleRef, Span};

/// Panics unless the span lies in so many bytes.
pub(crate) fn assert_within(span: Span, length: usize, what: &dyn std::fmt::Debug) {
    assert!(span.start <= span.end && span.end <= length, "{span:?} is not within {length} bytes: {what:?}");
}

/// Whether one span lies in another.
pub(crate) const fn contains(outer: Span, inner: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// A text with the number of each line.
pub(crate) struct Text<'t> {
    bytes: &'t [u8],
    /// Where the lines after the first start.
    line_starts: Vec<usize>,
    /// Whether lines are numbered as they are in a file. Rules that stand in place of a file's name have their own numbers.
    is_file: bool,
}

impl<'t> Text<'t> {
    pub(crate) fn new(bytes: &'t [u8], is_file: bool) -> Self {
        let newlines = bytes.iter().enumerate().filter(|&(_, &byte)| byte == b'\n');
        Self { bytes, line_starts: newlines.map(|(at, _)| at + 1).collect(), is_file }
    }

    /// How many bytes it has.
    pub(crate) const fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The line that a byte stands on, from 1.
    pub(crate) fn line(&self, at: usize) -> usize {
        1 + self.line_starts.partition_point(|&start| start <= at)
    }

    /// Panics unless the span lies in the text, and on these lines.
    pub(crate) fn assert_on(&self, span: Span, lines: Lines, what: &dyn std::fmt::Debug) {
        assert_within(span, self.bytes.len(), what);
        assert!(1 <= lines.first && lines.first <= lines.last, "{lines:?}: {what:?}");
        if self.is_file {
            let last = if span.is_empty() { span.end } else { span.end - 1 };
            let on = (self.line(span.start), self.line(last));
            assert!(lines.first <= on.0 && on.1 <= lines.last, "{span:?} is on {on:?}, not on {lines:?}: {what:?}");
        }
    }

    /// Panics unless the diagnostic's place is one in the text.
    pub(crate) fn assert_diagnostic(&self, diagnostic: &Diagnostic) {
        let place = &diagnostic.place;
        self.assert_on(place.span, place.lines, diagnostic);
        let line = self.line(place.span.start);
        let start = line.checked_sub(2).and_then(|before| self.line_starts.get(before)).copied().unwrap_or_default();
        let column = place.span.start - start + 1;
        assert_eq!((place.line, place.column), (line, column), "{diagnostic:?}");
    }

    /// Panics unless the rule's name is that of a stretch of the text.
    pub(crate) fn assert_rule(&self, rule: &RuleRef) {
        assert_within(rule.span, self.bytes.len(), rule);
        assert!(contains(rule.span, rule.pattern), "{rule:?}");
        assert_eq!(self.bytes.get(rule.pattern.start..rule.pattern.end), Some(&*rule.text), "{rule:?}");
        // A table without rules has its own text for one, which is on no line.
        if rule.lines != Lines::default() {
            self.assert_on(rule.span, rule.lines, rule);
        }
    }
}
