//! Tokens of POSIX patterns.

use super::super::ast::{Assertion, ClassName};
use super::PosixFlags;

/// One token. Which bytes make an operator depends on the flags and, in basic patterns, on what stands around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Past the last byte.
    End,
    /// A byte that stands for itself.
    Byte {
        /// The byte as written.
        byte: u8,
        /// Whether a backslash stood before it. glibc does not fold the case of such a byte.
        escaped: bool,
    },
    /// A backslash with nothing after it.
    TrailingBackslash,
    /// `|`
    Alternation,
    /// `*`
    Star,
    /// `+`
    Plus,
    /// `?`
    Question,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `(`
    OpenGroup,
    /// `)`
    CloseGroup,
    /// `[`
    OpenBracket,
    /// `.`
    Dot,
    /// `^`, `$`, and GNU's `\b \B \< \> \` \'`.
    Anchor(Assertion),
    /// GNU's `\w \W \s \S`.
    Shorthand {
        /// The class.
        name: ClassName,
        /// Whether its complement is meant.
        negated: bool,
    },
    /// `\1` to `\9`.
    Backreference(u8),
}

impl Token {
    /// The byte that is to be taken as it is where the token can be no operator.
    pub(super) const fn as_byte(self) -> Option<u8> {
        Some(match self {
            Self::Byte { byte, .. } => byte,
            Self::Alternation => b'|',
            Self::Star => b'*',
            Self::Plus => b'+',
            Self::Question => b'?',
            Self::OpenBrace => b'{',
            Self::CloseBrace => b'}',
            Self::OpenGroup => b'(',
            Self::CloseGroup => b')',
            _ => return None,
        })
    }

    /// Whether it repeats what stands before it.
    pub(super) const fn repeats(self) -> bool {
        matches!(self, Self::Star | Self::Plus | Self::Question | Self::OpenBrace)
    }
}

/// The token at `at` and how many bytes it takes. `caret` says that an expression begins here, where `^` is an anchor
/// in basic patterns, too.
pub(super) fn token(source: &[u8], at: usize, flags: PosixFlags, caret: bool) -> (Token, usize) {
    let Some(&byte) = source.get(at) else {
        return (Token::End, 0);
    };
    if byte == b'\\' {
        return source.get(at + 1).map_or((Token::TrailingBackslash, 1), |&next| (escape(next, flags), 2));
    }
    let extended = flags.extended;
    let token = match byte {
        b'*' => Token::Star,
        b'.' => Token::Dot,
        b'[' => Token::OpenBracket,
        b'|' if extended => Token::Alternation,
        b'+' if extended => Token::Plus,
        b'?' if extended => Token::Question,
        b'{' if extended => Token::OpenBrace,
        b'}' if extended => Token::CloseBrace,
        b'(' if extended => Token::OpenGroup,
        b')' if extended => Token::CloseGroup,
        b'^' if extended || caret || at == 0 => {
            Token::Anchor(if flags.newline { Assertion::LineStart } else { Assertion::Start })
        }
        b'$' if extended || ends_expression(source, at + 1, flags) => {
            Token::Anchor(if flags.newline { Assertion::LineEnd } else { Assertion::End })
        }
        _ => Token::Byte { byte, escaped: false },
    };
    (token, 1)
}

/// Whether the expression of a basic pattern ends at `at`.
fn ends_expression(source: &[u8], at: usize, flags: PosixFlags) -> bool {
    at == source.len() || matches!(token(source, at, flags, false).0, Token::Alternation | Token::CloseGroup)
}

fn escape(byte: u8, flags: PosixFlags) -> Token {
    let basic = !flags.extended;
    match byte {
        b'1'..=b'9' => Token::Backreference(byte - b'0'),
        b'<' => Token::Anchor(Assertion::WordStart),
        b'>' => Token::Anchor(Assertion::WordEnd),
        b'b' => Token::Anchor(Assertion::WordBoundary),
        b'B' => Token::Anchor(Assertion::NotWordBoundary),
        b'`' => Token::Anchor(Assertion::Start),
        b'\'' => Token::Anchor(Assertion::End),
        b'w' => Token::Shorthand { name: ClassName::Word, negated: false },
        b'W' => Token::Shorthand { name: ClassName::Word, negated: true },
        b's' => Token::Shorthand { name: ClassName::Space, negated: false },
        b'S' => Token::Shorthand { name: ClassName::Space, negated: true },
        b'|' if basic => Token::Alternation,
        b'+' if basic => Token::Plus,
        b'?' if basic => Token::Question,
        b'{' if basic => Token::OpenBrace,
        b'}' if basic => Token::CloseBrace,
        b'(' if basic => Token::OpenGroup,
        b')' if basic => Token::CloseGroup,
        _ => Token::Byte { byte, escaped: true },
    }
}
