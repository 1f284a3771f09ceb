//! Characters that look like others, and line ends of other systems.

use postproof_model::{Lines, Problem, Span, TextProblem};

use crate::table::logical_line::logical_lines;
use crate::table::rule::Rule;
use crate::table::source::{Source, is_space};

/// Characters that a word processor writes, and ASCII's.
const TYPOGRAPHIC: &[(char, char)] = &[
    ('\u{2018}', '\''),
    ('\u{2019}', '\''),
    ('\u{201c}', '"'),
    ('\u{201d}', '"'),
    ('\u{2010}', '-'),
    ('\u{2011}', '-'),
    ('\u{2012}', '-'),
    ('\u{2013}', '-'),
    ('\u{2014}', '-'),
    ('\u{2212}', '-'),
    ('\u{ff0f}', '/'),
    ('\u{ff5e}', '~'),
    ('\u{ff3e}', '^'),
    ('\u{ff04}', '$'),
    ('\u{ff0e}', '.'),
    ('\u{ff0a}', '*'),
    ('\u{ff08}', '('),
    ('\u{ff09}', ')'),
];
/// Spaces that are no white space to Postfix.
const SPACES: &[char] =
    &['\u{a0}', '\u{2002}', '\u{2003}', '\u{2007}', '\u{2009}', '\u{200b}', '\u{202f}', '\u{3000}', '\u{feff}'];

/// What stands in a table: in its lines, and in patterns.
pub(super) fn find(source: &Source<'_>, rules: &[Rule]) -> Vec<(Problem, Span, Lines)> {
    let mut found = Vec::new();
    let first = Lines { first: 1, last: 1 };
    if source.bytes.starts_with(b"\xef\xbb\xbf") {
        found.push((TextProblem::ByteOrderMark, Span::new(0, 3), first));
    }
    if let Some(at) = memchr::memmem::find(source.bytes, b"\r\n") {
        let lines = memchr::memmem::find_iter(source.bytes, b"\r\n").count();
        let line = 1 + memchr::memchr_iter(b'\n', source.bytes.get(..at).unwrap_or_default()).count();
        let lines_of = Lines { first: line, last: line };
        found.push((TextProblem::CarriageReturns { lines }, Span::new(at, at + 1), lines_of));
    }
    for line in logical_lines(source.bytes) {
        // Where a rule begins, and before its result; what a text says may be written with any character.
        let mut chars = characters(&line.text);
        let space =
            chars.find(|(at, char)| SPACES.contains(char) && *at > 0 && separates(&line.text, *at, char.len_utf8()));
        if let Some((at, char)) = space {
            let code = format!("U+{:04X}", u32::from(char));
            let span = Span::new(line.in_source(at), line.in_source(at) + char.len_utf8());
            found.push((TextProblem::OtherSpace { code }, span, line.lines));
        }
        let mut start = characters(&line.text).take_while(|(at, _)| *at < 4);
        if let Some((at, char, ascii)) = start.find_map(|(at, char)| Some((at, char, ascii(char)?))) {
            let span = Span::new(line.in_source(at), line.in_source(at) + char.len_utf8());
            found.push((TextProblem::Typographic { written: char, ascii }, span, line.lines));
        }
    }
    for rule in rules {
        for condition in rule.conditions().filter(|condition| condition.pattern().is_some()) {
            let text = source.bytes.get(condition.source.start..condition.source.end).unwrap_or_default();
            if let Some((at, char, ascii)) = characters(text).find_map(|(at, char)| Some((at, char, ascii(char)?))) {
                let span = Span::new(condition.source.start + at, condition.source.start + at + char.len_utf8());
                found.push((TextProblem::Typographic { written: char, ascii }, span, rule.lines));
            }
        }
    }
    found.sort_by_key(|(_, span, _)| *span);
    found.dedup_by(|one, other| one.1 == other.1);
    found.into_iter().map(|(problem, span, lines)| (Problem::Text(problem), span, lines)).collect()
}

fn ascii(char: char) -> Option<char> {
    TYPOGRAPHIC.iter().find(|(written, _)| *written == char).map(|(_, ascii)| *ascii)
}

/// The characters of a text with their places, as far as it is UTF-8.
fn characters(text: &[u8]) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut at = 0;
    text.utf8_chunks().flat_map(move |chunk| {
        let start = at;
        at += chunk.valid().len() + chunk.invalid().len();
        chunk.valid().char_indices().map(move |(offset, char)| (start + offset, char))
    })
}

/// Whether a space stands where a rule's parts are parted: after a pattern's flags, or around another space before the
/// result.
fn separates(text: &[u8], at: usize, length: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at + length..).unwrap_or_default();
    let flags = before.iter().rev().take_while(|byte| byte.is_ascii_lowercase()).count();
    let delimiter = before.len().checked_sub(flags + 1).and_then(|at| before.get(at));
    let closes = delimiter.is_some_and(u8::is_ascii_punctuation) && delimiter == text.first();
    let word = after.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    closes && (word >= 2 || after.first().is_some_and(|&byte| is_space(byte)) || after.is_empty())
}
