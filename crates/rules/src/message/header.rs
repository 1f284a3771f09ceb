//! What a header is, and which table looks at it.

use postproof_model::{Class, Span};

use super::record::{Record, until_nul};

/// Where a header stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Block {
    /// At the top of the message: `MIME_HDR_PRIMARY`.
    Message,
    /// At the top of a part, after its boundary: `MIME_HDR_MULTIPART`.
    Part,
    /// At the top of an attached message: `MIME_HDR_NESTED`.
    Attached,
}

/// A logical header, its folded lines joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Where it stands.
    pub block: Block,
    /// Name, colon and all after it as written; a newline between folded lines, whose white space stays. Blanks between
    /// name and colon are gone, and so is what exceeds header_size_limit.
    pub key: Vec<u8>,
    /// How many bytes of the key are the name.
    pub name_length: usize,
    /// Where the key comes from, as [`postproof_model::Event::key_map`] has it.
    pub key_map: Vec<(usize, usize)>,
    /// All its lines in the input; the last one's end left out.
    pub span: Span,
    /// The line it starts on, from 1.
    pub line: usize,
}

/// The names that make a header a MIME header wherever it stands: those marked `HDR_OPT_MIME` in Postfix's table of
/// headers, `header_opts`. Postfix knows no other `Content-` header as one.
const MIME_NAMES: [&str; 6] = [
    "mime-version",
    "content-type",
    "content-disposition",
    "content-id",
    "content-description",
    "content-transfer-encoding",
];

/// The length of the name if this text starts a header: printable ASCII, then a colon, perhaps with blanks before it.
/// (Postfix: `is_header_buf`.)
#[must_use]
pub fn name_length(text: &[u8]) -> Option<usize> {
    let length = text.iter().take_while(|byte| byte.is_ascii_graphic() && **byte != b':').count();
    let after = text.get(length..)?.iter().find(|byte| !matches!(byte, b' ' | b'\t'))?;
    (length > 0 && *after == b':').then_some(length)
}

impl Header {
    /// Starts a header with a record whose first `name_length` bytes are its name.
    pub(super) fn start(block: Block, record: &Record<'_>, name_length: usize) -> Self {
        let mut header = Self {
            block,
            key: Vec::with_capacity(record.text.len()),
            name_length,
            key_map: Vec::new(),
            span: Span::new(record.start, record.end),
            line: record.line,
        };
        let blanks = record.text.iter().skip(name_length).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        header.push(record, 0..name_length);
        header.push(record, name_length + blanks..record.text.len());
        header
    }

    /// Adds a record: a folded line, or more of a long one.
    pub(super) fn add(&mut self, record: &Record<'_>, folded: bool, size_limit: usize) {
        let line_before = std::mem::replace(&mut self.span.end, record.end);
        if self.key.len() >= size_limit {
            return;
        }
        if folded {
            // A long first line that starts with a blank after line_length_limit is taken for a folded one.
            if record.start > line_before {
                self.map_at(self.key.len(), record.start - 1);
            }
            self.key.push(b'\n');
        }
        self.push(record, 0..record.text.len());
    }

    /// Adds the bytes of a record within `range`, up to the first NUL: Postfix copies them as a C string.
    fn push(&mut self, record: &Record<'_>, range: std::ops::Range<usize>) {
        let bytes = until_nul(record.text.get(range.clone()).unwrap_or_default());
        let added = record.added.saturating_sub(range.start).min(bytes.len());
        if added < bytes.len() {
            let key_at = self.key.len() + added;
            self.map_at(key_at, record.start + (range.start + added - record.added));
        }
        self.key.extend_from_slice(bytes);
    }

    /// Notes where the key's byte at `key` comes from, unless it follows from the stretch before.
    fn map_at(&mut self, key: usize, input: usize) {
        let follows = self.key_map.last().is_some_and(|&(last_key, last_input)| key - last_key + last_input == input);
        if !follows {
            self.key_map.push((key, input));
        }
    }

    /// The name, in the case it is written in.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        self.key.get(..self.name_length).unwrap_or_default()
    }

    /// What comes after the colon.
    #[must_use]
    pub fn value(&self) -> &[u8] {
        self.key.get(self.name_length + 1..).unwrap_or_default()
    }

    /// Whether the name is this one, in whatever case.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.name().eq_ignore_ascii_case(name.as_bytes())
    }

    /// Which table looks at it.
    #[must_use]
    pub fn class(&self) -> Class {
        if MIME_NAMES.iter().any(|name| self.is(name)) {
            return Class::MimeHeader;
        }
        match self.block {
            Block::Message => Class::Header,
            Block::Part => Class::MimeHeader,
            Block::Attached => Class::NestedHeader,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_printable_ascii_and_a_colon() {
        for (text, length) in [
            ("Subject: x", Some(7)),
            ("Subject : x", Some(7)),
            ("Subject \t: x", Some(7)),
            ("a:", Some(1)),
            ("a b: x", None),
            (": x", None),
            (" a: x", None),
            ("a", None),
            ("", None),
            ("日: x", None),
            ("a\u{7f}: x", None),
            ("a\0: x", None),
        ] {
            assert_eq!(name_length(text.as_bytes()), length, "{text:?}");
        }
    }
}
