//! Patterns in the notation of regexp: and pcre:.

use postproof_model::encoded::TextEncoding;
use postproof_model::{Class, TableKind};

use super::base64::{Aligned, aligned};
use super::charset::Written;

/// With at least this many sure characters of base64, those at the ends that are partly the phrase's are left out: they
/// make a pattern longer and, where a line ends there, miss. A shorter one needs them to be told from other text.
const SURE_ENOUGH: usize = 8;

/// How patterns are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Regexp,
    Pcre,
}

impl Notation {
    pub(super) const fn of(kind: TableKind) -> Self {
        match kind {
            TableKind::Pcre => Self::Pcre,
            _ => Self::Regexp,
        }
    }

    pub(super) const fn kind(self) -> TableKind {
        match self {
            Self::Regexp => TableKind::Regexp,
            Self::Pcre => TableKind::Pcre,
        }
    }

    /// The pattern for a phrase, without delimiters.
    pub(super) fn pattern(self, class: Class, encoding: TextEncoding, written: &Written) -> Vec<u8> {
        let header = class == Class::Header;
        match encoding {
            TextEncoding::Raw => self.raw(written, header),
            TextEncoding::Base64 => {
                let alignments = [0, 1, 2].map(|alignment| self.aligned(&aligned(&written.bytes, alignment)));
                let start: &[u8] = if header { br"=\?[^?]+\?[Bb]\?[^?]*" } else { br"^[A-Za-z0-9+\/]*" };
                [start, &self.any_of(&alignments)].concat()
            }
            TextEncoding::QuotedPrintable => self.quoted_printable(written, header),
        }
    }

    fn open(self) -> &'static [u8] {
        match self {
            Self::Regexp => b"(",
            Self::Pcre => b"(?:",
        }
    }

    fn any_of(self, alternatives: &[Vec<u8>]) -> Vec<u8> {
        [self.open(), &alternatives.join(&b'|'), b")"].concat()
    }

    fn aligned(self, aligned: &Aligned) -> Vec<u8> {
        let short = aligned.sure.len() < SURE_ENOUGH;
        let end = |class: &Option<Vec<u8>>| class.as_ref().filter(|_| short).map(|class| one_of(class));
        let sure = aligned.sure.iter().flat_map(|&byte| self.literal(byte, false));
        [end(&aligned.before).unwrap_or_default(), sure.collect(), end(&aligned.after).unwrap_or_default()].concat()
    }

    /// One byte. `utf8`: it belongs to a character in UTF-8.
    fn literal(self, byte: u8, utf8: bool) -> Vec<u8> {
        match (byte, self) {
            (b'.' | b'[' | b'\\' | b'*' | b'^' | b'$' | b'+' | b'?' | b'(' | b')' | b'{' | b'|' | b'/', _) => {
                vec![b'\\', byte]
            }
            (b' '..=b'~', _) => vec![byte],
            // An escape character does not survive everybody's editor.
            (0..=0x1f | 0x7f, Self::Regexp) => b"[[:cntrl:]]".to_vec(),
            (0x80.., Self::Pcre) if utf8 => vec![byte],
            (_, Self::Pcre) => format!("\\x{byte:02X}").into_bytes(),
            (_, Self::Regexp) => vec![byte],
        }
    }

    /// The bytes as they are. In a header, a line may be folded where there is a space.
    fn raw(self, written: &Written, header: bool) -> Vec<u8> {
        let mut pattern = Vec::new();
        if written.wide {
            // Behind the escape sequence, whole characters of two bytes.
            pattern.extend(self.literal(0x1b, false));
            pattern.extend_from_slice(br"\$[@B]");
            pattern.extend(self.pairs(b"[!-~]"));
        }
        for &byte in &written.bytes {
            match byte {
                b' ' if header => pattern.extend_from_slice(b"[[:space:]]+"),
                _ => pattern.extend(self.literal(byte, written.utf8)),
            }
        }
        pattern
    }

    fn pairs(self, one: &[u8]) -> Vec<u8> {
        [self.open(), one, one, b")*"].concat()
    }

    fn quoted_printable(self, written: &Written, header: bool) -> Vec<u8> {
        let mut pattern = Vec::new();
        if header {
            pattern.extend_from_slice(br"=\?[^?]+\?[Qq]\?[^?]*");
        }
        if written.wide {
            // A body may have the escape character as it is.
            let escape =
                if header { b"=1[Bb]".to_vec() } else { self.any_of(&[self.literal(0x1b, false), b"=1[Bb]".to_vec()]) };
            pattern.extend(escape);
            pattern.extend(self.any_of(&[br"\$".to_vec(), b"=24".to_vec()]));
            pattern.extend(self.any_of(&[b"[@B]".to_vec(), b"=4[02]".to_vec()]));
            let plain: &[u8] = if header { b"[!-<>@-^`-~]" } else { b"[!-<>-~]" };
            let one = self.any_of(&[plain.to_vec(), b"=[0-9A-Fa-f][0-9A-Fa-f]".to_vec()]);
            pattern.extend(self.pairs(&one));
        }
        for &byte in &written.bytes {
            pattern.extend(self.quoted(byte, header));
        }
        pattern
    }

    /// One byte in quoted-printable: as it is where it may be, or as two hexadecimal digits of either case.
    fn quoted(self, byte: u8, header: bool) -> Vec<u8> {
        let digit = |value: u8| match char::from_digit(u32::from(value), 16) {
            Some(digit) if digit.is_ascii_alphabetic() => {
                format!("[{}{digit}]", digit.to_ascii_uppercase())
            }
            digit => digit.map(String::from).unwrap_or_default(),
        };
        let encoded = format!("={}{}", digit(byte >> 4), digit(byte & 15)).into_bytes();
        let plain = match byte {
            b'=' => None,
            b' ' if header => Some(vec![b'_']),
            b'?' | b'_' if header => None,
            b' '..=b'~' => Some(self.literal(byte, false)),
            // Bodies with escape sequences are taken for 7bit text, and the escape character is left as it is.
            0x1b if !header => Some(self.literal(byte, false)),
            _ => None,
        };
        match plain {
            Some(plain) => self.any_of(&[plain, encoded]),
            None => encoded,
        }
    }
}

/// A bracket expression of characters of base64. The slash is escaped: between slashes it would end the pattern.
fn one_of(class: &[u8]) -> Vec<u8> {
    let mut expression = vec![b'['];
    for &character in class {
        if character == b'/' {
            expression.push(b'\\');
        }
        expression.push(character);
    }
    expression.push(b']');
    expression
}
