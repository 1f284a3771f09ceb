//! Bodies as people see them: base64 and quoted-printable decoded, bytes of charsets as text.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use postproof_model::decoded::{DecodeProblem, DecodedBody, DecodedLine, TransferEncoding};
use postproof_model::{Lines, Span};

use super::header::note;
use super::{Bounds, Part, charset};
use crate::message::BodyLine;

/// A line after its transfer encoding is undone, and the raw lines it comes from, by their places in the part.
struct Raw {
    bytes: Vec<u8>,
    first: usize,
    last: usize,
}

/// Decodes the body of a part, as far as the bounds leave room.
pub(crate) fn decode_part(part: &Part<'_>, left: &mut Bounds) -> DecodedBody {
    let mut problems = Vec::new();
    if let Some(name) = &part.charset
        && !charset::is_known(name)
    {
        problems.push(DecodeProblem::UnknownCharset(name.clone()));
    }
    if let Some(name) = &part.unknown_encoding {
        problems.push(DecodeProblem::UnknownEncoding(name.clone()));
    }
    let mut malformed = false;
    let mut lines = match part.encoding {
        TransferEncoding::Identity => identity(&part.lines),
        TransferEncoding::QuotedPrintable => quoted_printable(&part.lines, &mut malformed),
        TransferEncoding::Base64 => base64(&part.lines, &mut malformed),
    };
    if malformed {
        note(&mut problems, DecodeProblem::Malformed);
    }
    let name = part.charset.as_deref();
    if charset::is_wide(name) {
        lines = wide(&lines);
    }
    let mut text = Vec::new();
    let mut cut_off = part.cut_off;
    'lines: for raw in lines {
        let decoded = charset::decode(&raw.bytes, name);
        let decoded = decoded.strip_suffix('\n').unwrap_or(&decoded);
        for line in decoded.split('\n') {
            if !Bounds::take(&mut left.lines, 1) || !Bounds::take(&mut left.bytes, line.len()) {
                cut_off = true;
                break 'lines;
            }
            text.push(tied(line.strip_suffix('\r').unwrap_or(line), &raw, &part.lines));
        }
    }
    if cut_off {
        problems.push(DecodeProblem::CutOff);
    }
    DecodedBody {
        span: span(&part.lines, 0, part.lines.len().saturating_sub(1)),
        lines: part.numbers(),
        media_type: part.media_type.clone(),
        charset: part.charset.clone(),
        encoding: part.encoding,
        problems,
        text,
    }
}

/// A decoded line with the raw lines it comes from.
fn tied(text: &str, raw: &Raw, lines: &[BodyLine<'_>]) -> DecodedLine {
    let number = |index: usize| lines.get(index).map_or(0, |line| line.line);
    let same = raw.first == raw.last && lines.get(raw.first).is_some_and(|line| line.key() == text.as_bytes());
    DecodedLine {
        text: text.to_owned(),
        span: span(lines, raw.first, raw.last),
        lines: Lines { first: number(raw.first), last: number(raw.last) },
        differs: !same,
    }
}

/// From the start of one raw line to the end of another.
fn span(lines: &[BodyLine<'_>], first: usize, last: usize) -> Span {
    let (first, last) = (lines.get(first), lines.get(last));
    Span::new(first.map_or(0, |line| line.span.start), last.map_or(0, |line| line.span.end))
}

/// The lines of a part, each with the places of the stretches it came in.
fn joined<'p>(lines: &'p [BodyLine<'_>]) -> impl Iterator<Item = (usize, &'p [BodyLine<'p>])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = lines.get(at..).filter(|rest| !rest.is_empty())?;
        let length = rest.iter().position(|line| line.ends_line).map_or(rest.len(), |end| end + 1);
        let first = at;
        at += length;
        Some((first, rest.get(..length)?))
    })
}

fn bytes(stretches: &[BodyLine<'_>]) -> Vec<u8> {
    stretches.iter().flat_map(|line| line.text.iter().copied()).collect()
}

fn identity(lines: &[BodyLine<'_>]) -> Vec<Raw> {
    let lines = joined(lines).map(|(first, stretches)| Raw {
        bytes: bytes(stretches),
        first,
        last: first + stretches.len() - 1,
    });
    lines.collect()
}

/// All lines as one: where a newline is no byte of its own, no line can be told from the next before the charset is
/// decoded.
fn wide(lines: &[Raw]) -> Vec<Raw> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let all = lines.iter().map(|raw| raw.bytes.as_slice()).collect::<Vec<_>>().join(&b'\n');
    vec![Raw { bytes: all, first: first.first, last: last.last }]
}

/// Lines joined at soft line breaks, decoded, and apart again where a line end was encoded.
fn quoted_printable(lines: &[BodyLine<'_>], malformed: &mut bool) -> Vec<Raw> {
    let mut decoded = Vec::new();
    let mut open: Option<Raw> = None;
    for (first, stretches) in joined(lines) {
        let last = first + stretches.len() - 1;
        let line = bytes(stretches);
        let kept = line.iter().rposition(|byte| !byte.is_ascii_whitespace()).map_or(0, |last| last + 1);
        let line = line.get(..kept).unwrap_or_default();
        let (line, soft) = line.strip_suffix(b"=").map_or((line, false), |line| (line, true));
        let raw = open.get_or_insert_with(|| Raw { bytes: Vec::new(), first, last });
        raw.last = last;
        mend(line, &mut raw.bytes, malformed);
        if !soft && let Some(raw) = open.take() {
            decoded.extend(undone(&raw));
        }
    }
    decoded.extend(open.iter().flat_map(undone));
    decoded
}

/// A line whose every `=` starts a byte: what is not as it should be stands for itself.
fn mend(line: &[u8], mended: &mut Vec<u8>, malformed: &mut bool) {
    let mut rest = line;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let hex = after.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        match byte {
            b'=' if !hex => {
                *malformed = true;
                mended.extend_from_slice(b"=3D");
            }
            _ => mended.push(byte),
        }
    }
}

/// A line of quoted-printable, decoded.
fn undone(raw: &Raw) -> Vec<Raw> {
    let bytes = quoted_printable_decode(&raw.bytes).unwrap_or_else(|| raw.bytes.clone());
    let lines = bytes.split(|&byte| byte == b'\n');
    lines.map(|line| Raw { bytes: line.to_vec(), first: raw.first, last: raw.last }).collect()
}

/// Where the bytes of a raw line start in what base64 decodes to.
struct Mark {
    /// The first byte that has bits of it.
    some: usize,
    /// The first byte that starts in it.
    whole: usize,
    line: usize,
}

/// base64, decoded and apart at its line ends. Characters that are not of its alphabet are passed over (RFC 2045, 6.8).
fn base64(lines: &[BodyLine<'_>], malformed: &mut bool) -> Vec<Raw> {
    let mut out: Vec<u8> = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    let mut run: Vec<u8> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let mut marked = false;
        for &byte in line.text.iter() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' => {
                    if !std::mem::replace(&mut marked, true) {
                        let bits = run.len() * 3;
                        marks.push(Mark {
                            some: out.len() + bits / 4,
                            whole: out.len() + bits.div_ceil(4),
                            line: index,
                        });
                    }
                    run.push(byte);
                }
                b'=' => finish(&mut run, &mut out),
                b' ' | b'\t' => {}
                _ => *malformed = true,
            }
        }
    }
    finish(&mut run, &mut out);

    // The line that a byte starts in, and the one it ends in.
    let starts = |at: usize| marks.get(marks.partition_point(|mark| mark.whole <= at).max(1) - 1);
    let ends = |at: usize| marks.get(marks.partition_point(|mark| mark.some <= at).max(1) - 1);
    let mut decoded = Vec::new();
    let mut start = 0;
    while start < out.len() {
        let rest = out.get(start..).unwrap_or_default();
        let (length, end) =
            memchr::memchr(b'\n', rest).map_or((rest.len(), out.len()), |length| (length, start + length + 1));
        let (first, last) = (starts(start).map_or(0, |mark| mark.line), ends(end - 1).map_or(0, |mark| mark.line));
        decoded.push(Raw { bytes: rest.get(..length).unwrap_or_default().to_vec(), first, last: last.max(first) });
        start = end;
    }
    decoded
}

/// Decodes a run of base64 up to its padding.
fn finish(run: &mut Vec<u8>, out: &mut Vec<u8>) {
    out.extend(base64_decode(run).unwrap_or_default());
    run.clear();
}
