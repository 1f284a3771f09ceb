//! Where in a table's source something stands.

use postproof_model::{Consequence, Diagnostic, Lines, Place, Problem, Span};

/// White space as C's isspace(3) has it in the C locale, which is what Postfix's table readers ask.
#[must_use]
pub const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r')
}

/// A table's source with its line starts, for turning spans into places.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    /// The table's name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    line_starts: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Finds the line starts of `bytes`.
    #[must_use]
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        let line_starts = std::iter::once(0).chain(memchr::memchr_iter(b'\n', bytes).map(|at| at + 1)).collect();
        Self { name, bytes, line_starts }
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
