//! A message as headers and bodies of parts, as Postfix's state machine sees them.

use std::collections::VecDeque;

use mail_parser::parsers::MessageStream;
use postproof_model::Lines;
use postproof_model::decoded::TransferEncoding;

use super::Bounds;
use crate::message::{BodyLine, Edge, Header, Limits, Mime, Piece, Record};

/// The longest header value that mail-parser is asked to take apart: it joins parameters in time that grows with the
/// square of their number.
const VALUE: usize = 8 << 10;

/// A header, or the body of a part that is text.
pub(crate) enum Stretch<'a> {
    Header(Header),
    Body(Part<'a>),
}

/// The body of a part that is text, undecoded.
pub(crate) struct Part<'a> {
    /// In lower case.
    pub(crate) media_type: String,
    pub(crate) charset: Option<String>,
    pub(crate) encoding: TransferEncoding,
    /// The name of an encoding that is none of those.
    pub(crate) unknown_encoding: Option<String>,
    /// As Postfix's tables are asked for them.
    pub(crate) lines: Vec<BodyLine<'a>>,
    /// Whether there are more lines than these.
    pub(crate) cut_off: bool,
}

impl Part<'_> {
    /// The first and the last line's numbers.
    pub(crate) fn numbers(&self) -> Lines {
        let number = |line: Option<&BodyLine<'_>>| line.map_or(0, |line| line.line);
        Lines { first: number(self.lines.first()), last: number(self.lines.last()) }
    }
}

/// What the headers of a part have said so far about its body.
#[derive(Default)]
struct Said {
    content_type: Option<Vec<u8>>,
    encoding: Option<Vec<u8>>,
}

/// Where in the message we are.
enum Place<'a> {
    /// Among headers, or right behind a boundary.
    Headers,
    /// In a body that is read.
    Text(Part<'a>),
    /// In a body that is not, or between parts.
    Other,
}

/// The headers and text bodies of a message.
pub(crate) struct Parts<'a, R> {
    mime: Mime<'a, R>,
    said: Said,
    place: Place<'a>,
    ready: VecDeque<Stretch<'a>>,
    /// How many bytes and lines of bodies may still be read.
    bytes: usize,
    lines: usize,
    complete: bool,
}

impl<'a, R: Iterator<Item = Record<'a>>> Parts<'a, R> {
    pub(crate) fn new(records: R, limits: &Limits, bounds: &Bounds) -> Self {
        Self {
            mime: Mime::new(records, limits),
            said: Said::default(),
            place: Place::Headers,
            ready: VecDeque::new(),
            bytes: bounds.bytes.saturating_mul(2),
            lines: bounds.lines.saturating_mul(2),
            complete: true,
        }
    }

    /// Whether everything was read so far.
    pub(crate) const fn complete(&self) -> bool {
        self.complete
    }

    fn header(&mut self, header: Header) {
        if !matches!(self.place, Place::Headers) {
            // The headers of an attached message.
            self.leave(Place::Headers);
        }
        // Of several the first counts for people's mail programs.
        if header.is("content-type") {
            self.said.content_type.get_or_insert_with(|| header.value().to_vec());
        } else if header.is("content-transfer-encoding") {
            self.said.encoding.get_or_insert_with(|| header.value().to_vec());
        }
        self.ready.push_back(Stretch::Header(header));
    }

    fn line(&mut self, line: BodyLine<'a>) {
        match line.edge {
            Some(Edge::Part) => return self.leave(Place::Headers),
            Some(Edge::End) => return self.leave(Place::Other),
            None => {}
        }
        if matches!(self.place, Place::Headers) {
            let said = std::mem::take(&mut self.said);
            self.place = said.part().map_or(Place::Other, Place::Text);
            // The empty line between headers and body.
            if line.text.is_empty() && line.ends_line {
                return;
            }
        }
        let Place::Text(part) = &mut self.place else { return };
        if part.cut_off {
            return;
        }
        if Bounds::take(&mut self.bytes, line.text.len()) && Bounds::take(&mut self.lines, 1) {
            part.lines.push(line);
        } else {
            part.cut_off = true;
            self.complete = false;
        }
    }

    /// Goes on to another place.
    fn leave(&mut self, place: Place<'a>) {
        self.said = Said::default();
        if let Place::Text(part) = std::mem::replace(&mut self.place, place)
            && !part.lines.is_empty()
        {
            self.ready.push_back(Stretch::Body(part));
        }
    }
}

impl<'a, R: Iterator<Item = Record<'a>>> Iterator for Parts<'a, R> {
    type Item = Stretch<'a>;

    fn next(&mut self) -> Option<Stretch<'a>> {
        loop {
            if let Some(stretch) = self.ready.pop_front() {
                return Some(stretch);
            }
            match self.mime.next() {
                Some(Piece::Header(header)) => self.header(header),
                Some(Piece::Body(line)) => self.line(line),
                Some(Piece::EndOfHeaders | Piece::MimeError { .. }) => {}
                None => {
                    self.leave(Place::Other);
                    return self.ready.pop_front();
                }
            }
        }
    }
}

impl Said {
    /// The body that these headers announce, if it is text; without a word about it, it is text/plain.
    fn part<'a>(self) -> Option<Part<'a>> {
        let (media_type, charset) = match &self.content_type {
            None => ("text/plain".to_owned(), None),
            Some(value) => media_type(value)?,
        };
        let name = self.encoding.as_deref().map(token).unwrap_or_default();
        let (encoding, unknown_encoding) = match name.as_str() {
            "" | "7bit" | "8bit" | "binary" => (TransferEncoding::Identity, None),
            "quoted-printable" => (TransferEncoding::QuotedPrintable, None),
            "base64" => (TransferEncoding::Base64, None),
            _ => (TransferEncoding::Identity, Some(name)),
        };
        Some(Part { media_type, charset, encoding, unknown_encoding, lines: Vec::new(), cut_off: false })
    }
}

/// The type and the charset that the value of a Content-Type names; none where the type is not text.
fn media_type(value: &[u8]) -> Option<(String, Option<String>)> {
    let (name, parameters) = parameters(value)?;
    if name.is_empty() {
        return Some(("text/plain".to_owned(), None));
    }
    let charset = parameters.into_iter().find(|parameter| parameter.name == "charset").map(|found| found.value);
    name.starts_with("text/").then_some((name, charset))
}

/// The first word of a value, in lower case; comments in front of it are not read.
fn token(value: &[u8]) -> String {
    let text = String::from_utf8_lossy(value);
    let word = text.split([';', '(']).next().unwrap_or_default().trim().trim_matches('"');
    word.chars().take(40).collect::<String>().to_ascii_lowercase()
}

/// What a Content-Type or Content-Disposition says, and its parameters; none for a value too long to be read.
pub(super) fn parameters(value: &[u8]) -> Option<(String, Vec<postproof_model::decoded::Parameter>)> {
    if value.len() > VALUE {
        return None;
    }
    let line = [value, b"\n"].concat();
    let parsed = MessageStream::new(&line).parse_content_type();
    let Some(parsed) = parsed.as_content_type() else { return Some((String::new(), Vec::new())) };
    let name = match &parsed.c_subtype {
        Some(subtype) => format!("{}/{subtype}", parsed.c_type),
        None => parsed.c_type.to_string(),
    };
    let found = parsed.attributes.iter().flatten().map(|attribute| postproof_model::decoded::Parameter {
        name: attribute.name.to_string(),
        value: attribute.value.to_string(),
    });
    // mail-parser gives the language of a parameter as one of its own.
    Some((name, found.filter(|parameter| !parameter.name.ends_with("-language")).collect()))
}
