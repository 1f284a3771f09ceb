//! Records to headers and body lines: the state machine.

use std::borrow::Cow;
use std::collections::VecDeque;

use postproof_model::{FaultKind, Span};

use super::Limits;
use super::content_type::{Content, ContentType};
use super::header::{self, Block, Header};
use super::limits::Strict;
use super::record::{Record, starts_blank, until_nul};
use super::transfer_encoding::TransferEncoding;

/// What the state machine sees, in the order in which cleanup(8) is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// A header.
    Header(Header),
    /// The end of the message's own headers; comes once, even where there is none.
    EndOfHeaders,
    /// A line that is no header, or a stretch of one.
    Body(BodyLine<'a>),
    /// Something that a server may refuse the message for. Comes before the header or line that shows it, and of each kind
    /// once only. [`FaultKind::NestedTooDeep`] is a boundary when more than mime_nesting_limit parts are open already, which
    /// is not looked for; other kinds come only where [`Strict`] asks for them. (Postfix: `REPORT_ERROR`.)
    MimeError {
        /// Which fault.
        kind: FaultKind,
        /// What the log shows of it: the header's key, the body line, or the encoding's name.
        text: Vec<u8>,
        /// The line of the input it starts on, from 1.
        line: usize,
    },
}

/// A line that is no header, or a stretch of one that is longer than line_length_limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyLine<'a> {
    /// The bytes, without the line's end.
    pub text: Cow<'a, [u8]>,
    /// How far into its segment it starts, a line end counting as one byte. A segment is the body, or that of a part.
    pub offset: usize,
    /// Whether the line ends here.
    pub ends_line: bool,
    /// Where it stands in the input.
    pub span: Span,
    /// The line of the input, from 1.
    pub line: usize,
    /// Whether it is a boundary, and what follows one.
    pub edge: Option<Edge>,
}

/// What follows a boundary between parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A part: its headers, its body.
    Part,
    /// What stands behind the last part: `--boundary--`.
    End,
}

impl BodyLine<'_> {
    /// What a table is asked: the bytes before the first NUL.
    #[must_use]
    pub fn key(&self) -> &[u8] {
        until_nul(&self.text)
    }
}

struct Boundary {
    text: Vec<u8>,
    /// What a part holds that does not say.
    part_default: Content,
}

/// The state machine over a stream of records. Memory is bounded by the longest header and by the limits.
pub struct Mime<'a, R> {
    records: R,
    limits: Limits,
    /// The header block we are in; none in a body.
    block: Option<Block>,
    content: Content,
    encoding: TransferEncoding,
    /// The line of the header that says so.
    encoding_line: usize,
    /// What is complained about.
    strict: Strict,
    boundaries: Vec<Boundary>,
    /// The header whose lines are being collected.
    header: Option<Header>,
    /// Whether the record before this one left its line open.
    line_open: bool,
    body_offset: usize,
    /// The kinds of errors reported.
    reported: Vec<FaultKind>,
    ended: bool,
    /// Where the input ends, as far as it was read.
    end: (usize, usize),
    ready: VecDeque<Piece<'a>>,
}

impl<'a, R: Iterator<Item = Record<'a>>> Mime<'a, R> {
    /// A state machine at the top of a message.
    pub fn new(records: R, limits: &Limits) -> Self {
        Self {
            records,
            limits: *limits,
            block: Some(Block::Message),
            content: Content::Other,
            encoding: TransferEncoding::SevenBit,
            encoding_line: 0,
            strict: if limits.disable_mime_input_processing { Strict::default() } else { limits.strict },
            boundaries: Vec::new(),
            header: None,
            line_open: false,
            body_offset: 0,
            reported: Vec::new(),
            ended: false,
            end: (0, 1),
            ready: VecDeque::new(),
        }
    }

    /// Whether there are more pieces of the record that the last one was made from.
    #[must_use]
    pub fn has_more_of_record(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Whether the last pieces made were those of the end of the message, where no further record came in.
    #[must_use]
    pub const fn is_at_end(&self) -> bool {
        self.ended
    }

    fn take(&mut self, record: Record<'a>) {
        self.end = (record.end, record.line);
        if let Some(block) = self.block {
            if let Some(header) = &mut self.header {
                if self.line_open || starts_blank(&record.text) {
                    header.add(&record, !self.line_open, self.limits.header_size_limit);
                    self.line_open = !record.ends_line;
                    return;
                }
                self.finish_header();
            }
            if let Some(name_length) = header::name_length(&record.text) {
                self.header = Some(Header::start(block, &record, name_length));
                self.line_open = !record.ends_line;
                return;
            }
            self.end_block(block, &record);
        }
        if self.strict.body && self.encoding == TransferEncoding::SevenBit && !record.text.is_ascii() {
            self.report(FaultKind::EightBitBody, until_nul(&record.text), record.line);
        }
        let edge = if self.line_open { None } else { self.find_boundary(&record.text) };
        self.line_open = !record.ends_line;
        self.body(record, edge);
    }

    /// Nothing more comes in.
    fn end(&mut self) {
        self.ended = true;
        if self.line_open {
            let (end, line) = self.end;
            self.take(Record { text: Cow::Borrowed(&[]), added: 0, start: end, end, ends_line: true, line });
        }
        self.finish_header();
        if let Some(block) = self.block.take() {
            self.end_of_headers(block);
        }
    }

    /// Reports an error, unless one of its kind was reported before.
    fn report(&mut self, kind: FaultKind, text: &[u8], line: usize) {
        if !self.reported.contains(&kind) {
            self.reported.push(kind);
            self.ready.push_back(Piece::MimeError { kind, text: text.to_vec(), line });
        }
    }

    /// All headers of a block have been seen, and now it can be told whether its encoding is a proper one.
    fn end_of_headers(&mut self, block: Block) {
        if block == Block::Message {
            self.ready.push_back(Piece::EndOfHeaders);
        }
        let improper = match self.content {
            Content::Multipart | Content::Message => self.encoding.encodes(),
            Content::Fragment => self.encoding.exceeds_seven_bits(),
            Content::Other => false,
        };
        if self.strict.encoding_domain && improper {
            self.report(FaultKind::EncodingDomain, self.encoding.name().as_bytes(), self.encoding_line);
        }
    }

    fn finish_header(&mut self) {
        let Some(header) = self.header.take() else { return };
        self.line_open = false;
        if !self.limits.disable_mime_input_processing && header.is("content-type") {
            let read = ContentType::parse(header.value());
            self.content = read.content;
            for mut text in read.boundaries {
                // Postfix counts from -1 and compares before it counts: two more than the limit may be open.
                if self.boundaries.len() > self.limits.mime_nesting_limit.saturating_add(1) {
                    self.report(FaultKind::NestedTooDeep, &header.key, header.line);
                    break;
                }
                text.truncate(self.limits.mime_boundary_length_limit);
                self.boundaries.push(Boundary { text, part_default: read.part_default });
            }
        }
        if !self.limits.disable_mime_input_processing
            && header.is("content-transfer-encoding")
            && let Some(encoding) = TransferEncoding::parse(header.value())
        {
            self.encoding = encoding;
            self.encoding_line = header.line;
        }
        if self.strict.headers && !header.key.is_ascii() {
            self.report(FaultKind::EightBitHeader, &header.key, header.line);
        }
        self.ready.push_back(Piece::Header(header));
    }

    /// A record that is no header ends the block: an empty line as it should, another by being there.
    fn end_block(&mut self, block: Block, record: &Record<'a>) {
        self.end_of_headers(block);
        self.body_offset = 0;
        self.block = None;
        if record.text.is_empty() {
            match self.content {
                Content::Message => {
                    self.block = Some(Block::Attached);
                    self.content = Content::Other;
                    self.encoding = TransferEncoding::SevenBit;
                }
                Content::Multipart => {
                    self.content = Content::Other;
                    self.encoding = TransferEncoding::SevenBit;
                }
                Content::Fragment | Content::Other => {}
            }
        } else if block == Block::Message {
            // The empty line that the message lacks is put in; parts are left as they are.
            let (end, line) = (record.start, record.line);
            self.body(Record { text: Cow::Borrowed(&[]), added: 0, start: end, end, ends_line: true, line }, None);
        }
    }

    fn find_boundary(&mut self, text: &[u8]) -> Option<Edge> {
        let text = text.strip_prefix(b"--").filter(|text| !text.is_empty())?;
        let index = self.boundaries.iter().rposition(|boundary| text.starts_with(&boundary.text))?;
        self.boundaries.truncate(index + 1);
        let boundary = self.boundaries.last()?;
        self.encoding = TransferEncoding::SevenBit;
        if text.get(boundary.text.len()..).is_some_and(|after| after.starts_with(b"--")) {
            self.boundaries.pop();
            self.content = Content::Other;
            self.block = None;
            self.body_offset = 0;
            Some(Edge::End)
        } else {
            self.content = boundary.part_default;
            self.block = Some(Block::Part);
            Some(Edge::Part)
        }
    }

    fn body(&mut self, record: Record<'a>, edge: Option<Edge>) {
        let offset = self.body_offset;
        self.body_offset += record.text.len() + 1;
        self.ready.push_back(Piece::Body(BodyLine {
            text: record.text,
            offset,
            ends_line: record.ends_line,
            span: Span::new(record.start, record.end),
            line: record.line,
            edge,
        }));
    }
}

impl<'a, R: Iterator<Item = Record<'a>>> Iterator for Mime<'a, R> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            if self.ended {
                return None;
            }
            match self.records.next() {
                Some(record) => self.take(record),
                None => self.end(),
            }
        }
    }
}
