//! Why a link could not be made or opened.

use std::fmt;

/// Why a link could not be made or opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    size: Option<usize>,
}

impl Error {
    pub(crate) const fn too_large(size: usize) -> Self {
        Self { kind: ErrorKind::TooLarge, size: Some(size) }
    }

    /// What is wrong, for programs and for words in the reader's language.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// How many characters the fragment has or would have, where it is too long.
    #[must_use]
    pub const fn size(&self) -> Option<usize> {
        self.size
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self { kind, size: None }
    }
}

impl fmt::Display for Error {
    /// For developers; what people read comes from `postproof-words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ErrorKind::NotALink => "not a share link's fragment",
            ErrorKind::UnknownVersion => "a link of a version unknown here",
            ErrorKind::Damaged => "the link is damaged",
            ErrorKind::Truncated => "the end of the link is missing",
            ErrorKind::TooLarge => "too large for a link",
            ErrorKind::NotAProject => "the link holds no project",
            ErrorKind::Newer => "the link holds what only a newer version knows",
        })
    }
}

impl std::error::Error for Error {}

/// What is wrong with a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The fragment does not begin as a link's does.
    NotALink,
    /// It begins with the number of a version that is unknown here.
    UnknownVersion,
    /// Characters were changed or added.
    Damaged,
    /// The end is missing.
    Truncated,
    /// The fragment, or what it inflates to, is past a limit.
    TooLarge,
    /// The data is whole, but no project.
    NotAProject,
    /// It holds a kind of file or input that is unknown here: a newer version made it.
    Newer,
}
