//! A stretch of a file, and the lines it stands on.

use serde::{Deserialize, Serialize};

/// A half-open stretch of bytes, `start..end`, counted from the start of the file, key or pattern it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The stretch `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many bytes it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing: a place between two bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The same stretch seen from `by` bytes further up: from a pattern's own bytes to those of its file, say.
    #[must_use]
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// The first and the last physical line of a logical line, both counted from 1, as Postfix's warnings name them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lines {
    /// The first line.
    pub first: usize,
    /// The last line; the same as `first` where nothing is continued.
    pub last: usize,
}

/// Where in a named file something stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file's name, as the project or the command line has it.
    pub file: String,
    /// The logical line it is about.
    pub lines: Lines,
    /// The line and column the span starts at, both from 1; the column counts bytes.
    pub line: usize,
    /// See [`Place::line`].
    pub column: usize,
    /// The bytes in question, within the file.
    pub span: Span,
}
