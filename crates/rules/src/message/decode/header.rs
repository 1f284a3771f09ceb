//! Headers as people see them: unfolded, RFC 2047's encoded words and RFC 2231's parameters as text.

use mail_parser::parsers::MessageStream;
use memchr::{memchr, memmem};
use postproof_model::decoded::{DecodeProblem, DecodedHeader};
use postproof_model::{Lines, Span};

use super::{Bounds, charset, parts};
use crate::message::Header;

/// The longest name of a charset in an encoded word, a language after it included.
const CHARSET: usize = 60;

/// Decodes a header; none where the bounds leave no room for it.
pub(crate) fn decode_header(header: &Header, message: &[u8], left: &mut Bounds) -> Option<DecodedHeader> {
    if !Bounds::take(&mut left.headers, 1) || !Bounds::take(&mut left.bytes, header.key.len()) {
        return None;
    }
    let mut problems = Vec::new();
    let mut words = Words { text: String::from_utf8_lossy(header.name()).into_owned() + ":", ..Words::default() };
    let unfolded: Vec<u8> = header.value().iter().copied().filter(|&byte| byte != b'\n').collect();
    words.decode(&unfolded, &mut problems);
    let Words { mut text, .. } = words;

    let mut parameters = Vec::new();
    if header.is("content-type") || header.is("content-disposition") {
        match parts::parameters(header.value()) {
            Some((value, found)) => {
                if is_extended(&unfolded) && !value.is_empty() {
                    text = format!("{}: {value}", String::from_utf8_lossy(header.name()));
                    for parameter in &found {
                        text += &format!("; {}=\"{}\"", parameter.name, parameter.value);
                    }
                }
                parameters = found;
            }
            None => problems.push(DecodeProblem::CutOff),
        }
    }
    let folds = memchr::memchr_iter(b'\n', stretch(message, header.span)).count();
    Some(DecodedHeader {
        class: header.class(),
        span: header.span,
        lines: Lines { first: header.line, last: header.line + folds },
        differs: text.as_bytes() != header.key,
        text,
        parameters,
        problems,
    })
}

fn stretch(message: &[u8], span: Span) -> &[u8] {
    message.get(span.start..span.end).unwrap_or_default()
}

/// Whether a parameter is continued or encoded: `name*=`, `name*0=`, `name*0*=`.
fn is_extended(value: &[u8]) -> bool {
    memmem::find_iter(value, b"*").any(|at| {
        let after = value.get(at + 1..).unwrap_or_default();
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let after = after.get(digits..).unwrap_or_default();
        after.starts_with(b"=") || (digits > 0 && after.starts_with(b"*="))
    })
}

/// Text that is being put together from encoded words and what stands between them.
#[derive(Default)]
struct Words {
    text: String,
    /// The bytes of the last words, which share a charset: a character may lie across two of them, as it should not.
    pending: Vec<u8>,
    charset: String,
    /// Whether the last thing seen was an encoded word.
    after_word: bool,
}

/// An encoded word.
struct Word {
    charset: String,
    bytes: Vec<u8>,
    /// How long it is as written.
    length: usize,
}

impl Words {
    fn decode(&mut self, value: &[u8], problems: &mut Vec<DecodeProblem>) {
        let mut rest = value;
        while let Some(at) = memmem::find(rest, b"=?") {
            let (before, from) = rest.split_at_checked(at).unwrap_or((rest, &[]));
            match word(from) {
                Some(word) => {
                    self.plain(before, true);
                    rest = from.get(word.length..).unwrap_or_default();
                    self.word(word, problems);
                }
                None => {
                    let (written, after) = from.split_at_checked(2).unwrap_or((from, &[]));
                    self.plain(before, false);
                    self.plain(written, false);
                    rest = after;
                }
            }
        }
        self.plain(rest, false);
        self.flush();
    }

    /// What stands between words; white space alone between two of them is not shown.
    fn plain(&mut self, text: &[u8], before_word: bool) {
        if self.after_word && (text.is_empty() || (before_word && text.iter().all(u8::is_ascii_whitespace))) {
            return;
        }
        self.flush();
        self.text += &String::from_utf8_lossy(text);
        self.after_word = false;
    }

    fn word(&mut self, word: Word, problems: &mut Vec<DecodeProblem>) {
        if !self.charset.eq_ignore_ascii_case(&word.charset) {
            self.flush();
            if !charset::is_known(&word.charset) {
                note(problems, DecodeProblem::UnknownCharset(word.charset.clone()));
            }
            self.charset = word.charset;
        }
        self.pending.extend_from_slice(&word.bytes);
        self.after_word = true;
    }

    fn flush(&mut self) {
        let bytes = std::mem::take(&mut self.pending);
        self.text += &charset::decode(&bytes, Some(&self.charset));
    }
}

/// Notes a problem once.
pub(super) fn note(problems: &mut Vec<DecodeProblem>, problem: DecodeProblem) {
    if problems.len() < 10 && !problems.contains(&problem) {
        problems.push(problem);
    }
}

/// The encoded word that a text starts with: `=?charset*language?encoding?text?=`.
fn word(text: &[u8]) -> Option<Word> {
    let after = text.get(2..)?;
    let length = memchr(b'?', after.get(..after.len().min(CHARSET))?)?;
    let (charset, after) = after.split_at_checked(length)?;
    let charset = charset.split(|&byte| byte == b'*').next().filter(|name| !name.is_empty())?;
    if !charset.iter().all(u8::is_ascii_graphic) {
        return None;
    }
    let (encoding, after) = match after {
        [b'?', encoding, b'?', after @ ..] => (encoding.to_ascii_lowercase(), after),
        _ => return None,
    };
    let end = memchr(b'?', after).filter(|&end| after.get(end + 1) == Some(&b'='))?;
    let data = [after.get(..end)?, b"?="].concat();
    let mut stream = MessageStream::new(&data);
    let bytes = match encoding {
        b'b' => stream.decode_base64_word()?,
        b'q' => stream.decode_quoted_printable_word()?,
        _ => return None,
    };
    let length = 2 + length + 3 + end + 2;
    Some(Word { charset: String::from_utf8_lossy(charset).into_owned(), bytes, length })
}
