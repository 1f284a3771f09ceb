//! Which keys a table is asked for.

use super::super::clients;
use super::cover::Found;
use super::effort::Effort;
use crate::pattern::language::walk::{self, Witness};
use crate::pattern::language::{Language, Newlines, Term};
use crate::pattern::{ByteSet, Pattern, PosixFlags};

/// What a table is asked for. No table is asked for the empty key. (Postfix: `maps_find`, `dict_open`'s callers.)
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keys {
    /// One logical header: `Name: text`, folded lines joined by a newline and white space. header_checks(5).
    Header,
    /// One line of a body, or a part of a long one. body_checks.
    BodyLine,
    /// A client's name or address: check_client_access and its like.
    Client,
    /// Another key without newlines: an address, a name that a client gives.
    Access,
    /// Not known: any key.
    Unknown,
}

/// header_size_limit, and the line that may exceed it: 102400 + 2048, and some more.
const LONGEST_HEADER: u64 = 110_000;
/// line_length_limit of SMTP and of the body's records is 2048.
const LONGEST_LINE: u64 = 2_100;

/// The characters of a name, then a colon; where lines are folded, white space follows the newline. A header's key does not
/// end in a newline. (Postfix: `is_header_buf`, `mime_state_update`.)
const HEADER: &[u8] = b"^[!-9;-~]+:([^\n]|\n[ \t])*$";

impl Keys {
    /// Where newlines may stand.
    pub(super) const fn newlines(self) -> Newlines {
        match self {
            Self::Header => Newlines::Inside,
            Self::BodyLine | Self::Client | Self::Access => Newlines::Nowhere,
            Self::Unknown => Newlines::Anywhere,
        }
    }

    /// How many bytes a key has at most, with Postfix's own limits.
    pub(super) const fn longest(self) -> u64 {
        match self {
            Self::Header | Self::Unknown => LONGEST_HEADER,
            Self::BodyLine | Self::Client | Self::Access => LONGEST_LINE,
        }
    }
}

/// The keys as sets: each is of one of these shapes.
pub(super) struct Shapes {
    alphabet: ByteSet,
    shapes: Vec<Vec<Language>>,
}

impl Shapes {
    /// None where the patterns here would not compile.
    pub(super) fn new(keys: Keys) -> Option<Self> {
        let posix = |source: &[u8], newlines| {
            let flags = PosixFlags { extended: true, fold_case: false, newline: false };
            Pattern::posix(source, flags).ok()?.language_in(newlines, usize::MAX).ok()
        };
        let mut lines = ByteSet::ALL;
        lines.remove(b'\n');
        let (alphabet, shapes) = match keys {
            Keys::Header => (ByteSet::ALL, vec![vec![posix(HEADER, Newlines::Inside)?]]),
            Keys::BodyLine | Keys::Access => (lines, vec![Vec::new()]),
            Keys::Unknown => (ByteSet::ALL, vec![Vec::new()]),
            Keys::Client => {
                let clients = clients::Clients::new()?;
                let (alphabet, name, address) = clients.shapes();
                (alphabet, vec![name, address])
            }
        };
        Some(Self { alphabet, shapes })
    }

    /// A key of the table for which every term of `all` is true, and of each list of `none` at least one is not.
    pub(super) fn find(&self, all: &[Term<'_>], none: &[Vec<Term<'_>>], effort: &Effort) -> Found {
        for shape in &self.shapes {
            let own = shape.iter().map(|language| Term { language, negated: false });
            let all: Vec<Term<'_>> = all.iter().copied().chain(own).collect();
            match walk::find(&self.alphabet, &all, none, effort.steps()) {
                Witness::None => {}
                Witness::Key(key) => return Found::Key(key),
                Witness::TooBig => return Found::TooBig,
            }
        }
        Found::None
    }
}

/// A text, not empty, for which a term is true, whether or not any table is asked for it.
pub(super) fn find_any(term: Term<'_>, effort: &Effort) -> Found {
    match walk::find(&ByteSet::ALL, &[term], &[], effort.steps()) {
        Witness::None => Found::None,
        Witness::Key(key) => Found::Key(key),
        Witness::TooBig => Found::TooBig,
    }
}
