//! The keys that `postmap -h -b -m -q -` asks its tables for.

use std::borrow::Cow;

use postproof_model::Span;

use super::record::postmap_records;
use super::{Limits, Mime, Piece};

/// The options of postmap(1) that make standard input a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueryMode {
    /// `-h`: headers are keys. Alone, only the message's own.
    pub headers: bool,
    /// `-b`: body lines are keys.
    pub body: bool,
    /// `-m`: parts and attached messages have headers, too.
    pub mime: bool,
}

/// A key, and where in the input it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryKey<'a> {
    /// The key as the table is asked for it, and as postmap prints it.
    pub bytes: Cow<'a, [u8]>,
    /// The lines it was made from, the last one's end left out.
    pub span: Span,
    /// The line it starts on, from 1.
    pub line: usize,
}

/// The keys that postmap(1) makes of its standard input, in its order. Unlike in a mail server, empty body lines are
/// keys, lines have no length limit, and a carriage return is a character like others.
pub fn query_keys<'a>(input: &'a [u8], mode: QueryMode, limits: &Limits) -> impl Iterator<Item = QueryKey<'a>> {
    let limits = Limits { disable_mime_input_processing: !mode.mime, ..*limits };
    Mime::new(postmap_records(input), &limits)
        .take_while(move |piece| mode.body || mode.mime || *piece != Piece::EndOfHeaders)
        .filter_map(move |piece| match piece {
            Piece::Header(header) if mode.headers => {
                Some(QueryKey { span: header.span, line: header.line, bytes: Cow::Owned(header.key) })
            }
            Piece::Body(body) if mode.body => {
                let length = body.key().len();
                let bytes = match body.text {
                    Cow::Borrowed(text) => Cow::Borrowed(text.get(..length).unwrap_or(text)),
                    Cow::Owned(mut text) => {
                        text.truncate(length);
                        Cow::Owned(text)
                    }
                };
                Some(QueryKey { span: body.span, line: body.line, bytes })
            }
            _ => None,
        })
}
