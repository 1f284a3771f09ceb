//! Where in a table's source something stands.

use std::sync::Arc;

use postproof_model::{Consequence, Diagnostic, Lines, Place, Problem, Span};

use super::logical_line::{self, LogicalLine, logical_lines};

/// White space as C's isspace(3) has it in the C locale, which is what Postfix's table readers ask.
#[must_use]
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

/// Where white space from `at` on ends.
pub(super) fn skip_space(text: &[u8], at: usize) -> usize {
    at + text.get(at..).unwrap_or_default().iter().take_while(|&&byte| is_space(byte)).count()
}

/// A text without the white space at its end.
pub(super) fn trim_end(text: &[u8]) -> &[u8] {
    let blank = text.iter().rev().take_while(|&&byte| is_space(byte)).count();
    text.get(..text.len() - blank).unwrap_or_default()
}

/// What a C string holds of these bytes: all before the first zero byte.
pub(crate) fn c_string(bytes: &[u8]) -> &[u8] {
    memchr::memchr(0, bytes).and_then(|end| bytes.get(..end)).unwrap_or(bytes)
}

/// Where the lines of a text start.
pub(super) fn line_starts(bytes: &[u8]) -> Arc<[usize]> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)).collect()
}

/// A table's source with its line starts, for turning spans into places.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The table's name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    line_starts: Arc<[usize]>,
    /// The rules' texts, where the table is written in place of a file's name.
    in_place: Option<&'a [Span]>,
}

impl<'a> Source<'a> {
    /// Finds the line starts of `bytes`.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name, bytes, line_starts: line_starts(bytes), in_place: None }
    }

    /// A text that several tables are written in, whose line starts are known.
    pub(super) fn shared(name: &'a str, bytes: &'a [u8], line_starts: &Arc<[usize]>) -> Self {
        Self { name, bytes, line_starts: Arc::clone(line_starts), in_place: None }
    }

    /// The same for a table that is written in place of a file's name. `rules` are its rules in the text: Postfix reads
    /// each as if it were a line of a file.
    pub(super) fn in_place(self, rules: &'a [Span]) -> Self {
        Self { in_place: Some(rules), ..self }
    }

    /// The logical lines, in order.
    pub fn logical_lines(&self) -> impl Iterator<Item = LogicalLine> + use<'a> {
        let lines: Box<dyn Iterator<Item = LogicalLine> + 'a> = match self.in_place {
            None => Box::new(logical_lines(self.bytes)),
            Some(rules) => Box::new(logical_line::of_rules(self.bytes, rules).into_iter()),
        };
        lines
    }

    /// The place of `span`, which belongs to the logical line on `lines`.
    #[must_use]
    pub fn place(&self, span: Span, lines: Lines) -> Place {
        let line = self.line_starts.partition_point(|&start| start <= span.start).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or_default();
        Place { file: self.name.to_owned(), lines, line, column: span.start.saturating_sub(start) + 1, span }
    }

    /// A diagnostic about `span`.
    #[must_use]
    pub fn diagnostic(&self, problem: Problem, consequence: Consequence, span: Span, lines: Lines) -> Diagnostic {
        Diagnostic { problem, consequence, place: self.place(span, lines) }
    }
}
