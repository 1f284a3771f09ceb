//! Messages that prove a rule: they hold the phrase, and it fires; the same without the phrase, and it does not.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use postproof_model::Class;
use postproof_model::encoded::{Charset, Proof, TextEncoding};

use super::{BASE64_LINE, Wanted, charset};
use crate::content::{ContentChecks, Envelope};
use crate::table::Table;

/// A message, and what is known of it.
struct Case {
    proof: Proof,
    /// The same message with another text in place of the phrase.
    without: Vec<u8>,
}

/// Puts a rule to the proof. The messages on which it fired, one for each charset and alignment; none where it failed on
/// any, or fired where it should not.
pub(super) fn prove(wanted: &Wanted<'_>, rule: &[u8]) -> Option<Vec<Proof>> {
    let line = [rule, b"\n"].concat();
    let (table, problems) = Table::parse(wanted.notation.kind(), "encoded", &line);
    if !problems.is_empty() {
        return None;
    }
    let mut checks = ContentChecks::default();
    if wanted.class == Class::Body {
        checks.body.push(table);
    } else {
        checks.header.push(table);
    }
    let fires = |message: &[u8], line: usize| {
        let verdict = checks.evaluate(message, &Envelope::default());
        (verdict.events.iter().any(|event| event.line == line), verdict.unknown.is_empty())
    };
    let mut proofs: Vec<Proof> = Vec::new();
    for case in cases(wanted) {
        let Case { proof, without } = case;
        if fires(&proof.message, proof.line) != (true, true) || fires(&without, proof.line) != (false, true) {
            return None;
        }
        if !proofs.iter().any(|other| other.charset == proof.charset && other.alignment == proof.alignment) {
            proofs.push(proof);
        }
    }
    // The characters of two-byte text, read as ASCII, are no such text; in base64 nothing tells them apart.
    if wanted.written.wide && wanted.encoding != TextEncoding::Base64 {
        let (message, line) = message(wanted, Charset::Utf8, &wanted.written.bytes, 0);
        if fires(&message, line) != (false, true) {
            return None;
        }
    }
    let aligned = |alignment: usize| proofs.iter().any(|proof| proof.alignment == Some(alignment));
    (wanted.encoding != TextEncoding::Base64 || (0..3).all(aligned)).then_some(proofs)
}

/// How many ways there are to encode the bytes of quoted-printable: no more than needed, all in upper case, all in lower
/// case.
const WAYS: usize = 3;

fn cases(wanted: &Wanted<'_>) -> Vec<Case> {
    let filler = filler(wanted.phrase);
    let other: String = wanted.phrase.chars().map(|_| filler).collect();
    let ways = if wanted.encoding == TextEncoding::QuotedPrintable { WAYS } else { 1 };
    let mut cases = Vec::new();
    for &charset in wanted.charsets {
        for (before, after) in [("", ""), ("a", "a"), ("あ", "い")] {
            for pad in 0..3 {
                let start = format!("{}{before}", filler.to_string().repeat(pad)).replace('a', &filler.to_string());
                let after = after.replace('a', &filler.to_string());
                let text = |phrase: &str| charset::encode(&format!("{start}{phrase}{after}"), charset);
                let (Ok(with), Ok(without)) = (text(wanted.phrase), text(&other)) else { continue };
                if wanted.encoding == TextEncoding::Base64
                    && wanted.class == Class::Body
                    && with.len() > BASE64_LINE / 4 * 3
                {
                    continue;
                }
                let length = wanted.written.bytes.len();
                let alignment = position(&start, wanted.phrase, length, charset).map(|at| at % 3);
                for way in 0..ways {
                    let (message, line) = message(wanted, charset, &with, way);
                    let alignment = alignment.filter(|_| wanted.encoding == TextEncoding::Base64);
                    let proof = Proof { message: message.into(), charset, alignment, line };
                    cases.push(Case { proof, without: self::message(wanted, charset, &without, way).0 });
                }
            }
        }
    }
    cases
}

/// Where a phrase of so many bytes starts in a text that has `start` before it.
fn position(start: &str, phrase: &str, length: usize, charset: Charset) -> Option<usize> {
    let text = charset::encode(&format!("{start}{phrase}"), charset).ok()?;
    let text = if charset == Charset::Iso2022Jp { charset::without_end(&text) } else { &text };
    text.len().checked_sub(length)
}

/// A letter or digit that the phrase does not hold.
fn filler(phrase: &str) -> char {
    let folded = phrase.to_lowercase();
    "zxqjkwvypbnmlhgfdtsruoiec0123456789".chars().find(|c| !folded.contains(*c)).unwrap_or('~')
}

/// A message with this text where the rule looks, and the line that it stands on.
fn message(wanted: &Wanted<'_>, charset: Charset, text: &[u8], way: usize) -> (Vec<u8>, usize) {
    let charset = charset.name();
    if wanted.class == Class::Header {
        let value = match wanted.encoding {
            TextEncoding::Raw => text.to_vec(),
            TextEncoding::Base64 => format!("=?{charset}?B?{}?=", STANDARD.encode(text)).into_bytes(),
            TextEncoding::QuotedPrintable => format!("=?{charset}?Q?{}?=", quoted(text, way, true)).into_bytes(),
        };
        let folded = wanted.phrase.to_lowercase();
        let name = ["Subject", "Comments", "X"].into_iter().find(|name| !name.to_lowercase().contains(&folded));
        return ([name.unwrap_or("Q").as_bytes(), b": ", &value, b"\n\n"].concat(), 1);
    }
    let (encoding, body) = match wanted.encoding {
        TextEncoding::Raw => ("8bit", text.to_vec()),
        TextEncoding::Base64 => ("base64", wrapped(&STANDARD.encode(text))),
        TextEncoding::QuotedPrintable => ("quoted-printable", quoted(text, way, false).into_bytes()),
    };
    let head = format!(
        "MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    );
    ([head.as_bytes(), &body, b"\n"].concat(), 5)
}

fn wrapped(encoded: &str) -> Vec<u8> {
    encoded.as_bytes().chunks(BASE64_LINE).collect::<Vec<_>>().join(&b'\n')
}

/// Bytes in quoted-printable, in one of [`WAYS`].
fn quoted(text: &[u8], way: usize, header: bool) -> String {
    let mut quoted = String::new();
    for &byte in text {
        let plain = match byte {
            b'=' => false,
            b' ' | b'?' | b'_' if header => false,
            b' '..=b'~' => true,
            _ => false,
        };
        let written = match (way, plain) {
            (0, true) => write!(quoted, "{}", char::from(byte)),
            (0, false) if byte == b' ' => write!(quoted, "_"),
            (2, _) => write!(quoted, "={byte:02x}"),
            _ => write!(quoted, "={byte:02X}"),
        };
        debug_assert!(written.is_ok(), "text takes all that is written to it");
    }
    quoted
}
