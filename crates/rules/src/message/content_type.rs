//! Content-Type as Postfix reads it: whether parts or an attached message follow, and the boundaries.
//!
//! Postfix reads this header by its own rules (`header_token` and `mime_state_content_type` in its sources), which are
//! RFC 2045's in the main: comments are skipped, quoted strings unquoted. Of a parameter only the first three tokens
//! count, and a `boundary` may stand there more than once; each is a boundary then.

/// What a Content-Type says about what follows the header block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Parts between boundaries.
    Multipart,
    /// A message with headers of its own: message/rfc822.
    Message,
    /// A message that is not looked into: message/partial and message/external-body.
    Fragment,
    /// Anything else: lines.
    Other,
}

/// A Content-Type header, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentType {
    /// What follows.
    pub content: Content,
    /// What a part of it holds that has no Content-Type: a message in a multipart/digest, lines elsewhere.
    pub part_default: Content,
    /// The boundaries, in the order written.
    pub boundaries: Vec<Vec<u8>>,
}

impl ContentType {
    /// Reads the value of a Content-Type header: what comes after the colon.
    #[must_use]
    pub fn parse(value: &[u8]) -> Self {
        let mut tokens = Tokens::new(value, is_special);
        let kind = tokens.next_item().unwrap_or_default();
        let subtype_is =
            |name: &str| kind.get(1) == Some(&Token::Special(b'/')) && kind.get(2).is_some_and(|token| token.is(name));
        let mut read = Self { content: Content::Other, part_default: Content::Other, boundaries: Vec::new() };
        match kind.first() {
            Some(token) if token.is("message") && subtype_is("rfc822") => read.content = Content::Message,
            Some(token) if token.is("message") && (subtype_is("partial") || subtype_is("external-body")) => {
                read.content = Content::Fragment;
            }
            Some(token) if token.is("multipart") => {
                read.content = Content::Multipart;
                if subtype_is("digest") {
                    read.part_default = Content::Message;
                }
                while let Some(mut item) = tokens.next_item() {
                    let names_boundary = item.first().is_some_and(|token| token.is("boundary"))
                        && item.get(1) == Some(&Token::Special(b'='));
                    if names_boundary && item.len() == MOST_TOKENS {
                        read.boundaries.extend(item.pop().map(Token::into_bytes));
                    }
                }
            }
            _ => {}
        }
        read
    }
}

/// How many tokens of a parameter are looked at.
const MOST_TOKENS: usize = 3;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Word(Vec<u8>),
    Quoted(Vec<u8>),
    /// A character that is a token by itself.
    Special(u8),
}

impl Token {
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(bytes) if bytes.eq_ignore_ascii_case(word.as_bytes()))
    }

    fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Word(bytes) | Self::Quoted(bytes) => bytes,
            Self::Special(byte) => vec![byte],
        }
    }
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// RFC 2045's tspecials, and control characters.
fn is_special(byte: u8) -> bool {
    byte.is_ascii_control()
        || matches!(
            byte,
            b'(' | b')' | b'<' | b'>' | b'@' | b',' | b';' | b':' | b'\\' | b'"' | b'/' | b'[' | b']' | b'?' | b'='
        )
}

/// The tokens of a header's value.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The characters that are tokens by themselves.
    is_special: fn(u8) -> bool,
}

impl<'a> Tokens<'a> {
    pub(super) const fn new(bytes: &'a [u8], is_special: fn(u8) -> bool) -> Self {
        Self { bytes, at: 0, is_special }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The first tokens up to the next semicolon or the end; none at the end.
    pub(super) fn next_item(&mut self) -> Option<Vec<Token>> {
        let mut item = Vec::new();
        loop {
            let token = match self.take() {
                None if item.is_empty() => return None,
                None | Some(b';') => return Some(item),
                Some(blank) if is_blank(blank) => continue,
                Some(b'(') => {
                    self.skip_comment();
                    continue;
                }
                Some(b'"') => Token::Quoted(self.quoted()),
                Some(special) if (self.is_special)(special) => Token::Special(special),
                Some(first) => Token::Word(self.word(first)),
            };
            if item.len() < MOST_TOKENS {
                item.push(token);
            }
        }
    }

    fn skip_comment(&mut self) {
        let mut depth = 1_usize;
        while let Some(byte) = self.take() {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                b'\\' => self.at += usize::from(self.peek().is_some()),
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// A quoted string: at a fold, the blanks before it are dropped and those after it stay.
    fn quoted(&mut self) -> Vec<u8> {
        let mut text: Vec<u8> = Vec::new();
        while let Some(byte) = self.take() {
            match byte {
                b'"' => break,
                b'\n' => {
                    let kept = text.iter().rposition(|&byte| !is_blank(byte)).map_or(0, |last| last + 1);
                    text.truncate(kept);
                }
                b'\\' => text.extend(self.take()),
                _ => text.push(byte),
            }
        }
        text
    }

    fn word(&mut self, first: u8) -> Vec<u8> {
        let mut text = vec![first];
        while let Some(byte) = self.peek().filter(|&byte| !is_blank(byte) && !(self.is_special)(byte)) {
            text.push(byte);
            self.at += 1;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boundaries(value: &str) -> Vec<String> {
        let read = ContentType::parse(value.as_bytes());
        read.boundaries.into_iter().map(|boundary| String::from_utf8(boundary).unwrap()).collect()
    }

    #[test]
    fn boundaries_are_read_as_postfix_reads_them() {
        for (value, expected) in [
            (" multipart/mixed; boundary=abc", vec!["abc"]),
            (" Multipart (x;y) / Mixed; charset=a; BOUNDARY = \"a b\"", vec!["a b"]),
            (" multipart/mixed; boundary=a; boundary=b", vec!["a", "b"]),
            (" multipart/mixed; boundary=a=b", vec!["a"]),
            (" multipart/mixed; boundary=", vec![]),
            (" multipart/mixed; boundary=\"\"", vec![""]),
            (" multipart/mixed; boundary=\"a\\\"b\n c\"", vec!["a\"b c"]),
            (" multipart/mixed; boundary=\"a \n c\"", vec!["a c"]),
            (" multipart/mixed; boundary=(x\\)y)z", vec!["z"]),
            (" multipart; boundary=a", vec!["a"]),
            (" multipart/mixed boundary=a", vec![]),
            (" text/plain; boundary=a", vec![]),
            ("; multipart/mixed; boundary=a", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(boundaries(value), expected, "{value:?}");
        }
    }

    #[test]
    fn kinds() {
        let kind = |value: &str| ContentType::parse(value.as_bytes()).content;
        assert_eq!(kind(" message/rfc822"), Content::Message);
        assert_eq!(kind(" message/partial"), Content::Fragment);
        assert_eq!(kind(" message / External-Body; x"), Content::Fragment);
        assert_eq!(kind(" message/delivery-status"), Content::Other);
        assert_eq!(kind(" message"), Content::Other);
        assert_eq!(kind(" \"message\"/rfc822"), Content::Other);
        assert_eq!(kind(" MESSAGE / RFC822 x"), Content::Message);
        assert_eq!(ContentType::parse(b"multipart/digest").part_default, Content::Message);
    }
}
