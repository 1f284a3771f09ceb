//! Logical lines: what Postfix reads as one line of a table or of main.cf.
//!
//! postconf(5), "The general format of the main.cf file", and the tables' own manual pages: a line that starts with white
//! space continues the one before it; empty lines and lines whose first non-blank is `#` are skipped, and do not end a
//! logical line. (Postfix: `readllines`.)

use postproof_model::{Lines, Span};

use super::source::is_space;

/// One logical line, with the way back to the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogicalLine {
    /// The text: the physical lines put together, their line ends left out.
    pub text: Vec<u8>,
    /// The physical lines with text, first and last.
    pub lines: Lines,
    /// Where each physical line's text starts: in [`LogicalLine::text`], and in the source.
    pieces: Vec<(usize, usize)>,
}

impl LogicalLine {
    /// Where byte `at` of the text stands in the source.
    #[must_use]
    pub fn in_source(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        self.pieces.get(piece).map_or(at, |&(start, source)| source + at.saturating_sub(start))
    }

    /// Where byte `at` of the source stands in the text: the other way round than [`LogicalLine::in_source`].
    #[must_use]
    pub fn from_source(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|&(_, source)| source <= at).saturating_sub(1);
        self.pieces.get(piece).map_or(at, |&(start, source)| start + at.saturating_sub(source))
    }

    /// Where a span of the text stands in the source; from the first byte of the one to the last of the other where a line
    /// end lies between. A place between two bytes is the one after the first of them.
    #[must_use]
    pub fn span_in_source(&self, span: Span) -> Span {
        // An end belongs to the piece of the byte before it, not to the piece that starts there.
        let after = |at: usize| at.checked_sub(1).map_or_else(|| self.in_source(at), |last| self.in_source(last) + 1);
        let end = after(span.end);
        Span::new(if span.is_empty() { end } else { self.in_source(span.start) }, end)
    }

    /// The continuation lines: where each starts in the text and in the source.
    pub fn continuations(&self) -> impl Iterator<Item = (usize, usize)> {
        self.pieces.iter().copied().skip(1)
    }
}

/// The logical lines of a source, in order. A last line without a line end counts.
///
/// Lines that start with white space although nothing stands before them come, too: Postfix warns of them and drops
/// them, so the caller must look at the first byte.
pub fn logical_lines(source: &[u8]) -> impl Iterator<Item = LogicalLine> {
    let mut at = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        let mut line = LogicalLine { text: Vec::new(), lines: Lines::default(), pieces: Vec::new() };
        while at < source.len() {
            // A line with text ends where the next physical line neither continues it nor is a comment.
            let rest = source.get(at..)?;
            if !line.text.is_empty() && rest.first().is_some_and(|&byte| byte != b'#' && !is_space(byte)) {
                break;
            }
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let physical = rest.get(..end)?;
            number += 1;
            if physical.iter().find(|&&byte| !is_space(byte)).is_some_and(|&byte| byte != b'#') {
                if line.text.is_empty() {
                    line.lines.first = number;
                }
                line.lines.last = number;
                line.pieces.push((line.text.len(), at));
                line.text.extend_from_slice(physical);
            }
            at += end + 1;
        }
        (!line.text.is_empty()).then_some(line)
    })
}

/// The logical lines of a table that is written in place of a file's name, `pcre:{ {/a/ b}, … }`: each of `rules`, a
/// stretch of `source`, is read as if it were a line of a file, comments and all. Their numbers are the rules' numbers.
///
/// (Postfix: `dict_stream_open`.)
#[must_use]
pub fn of_rules(source: &[u8], rules: &[Span]) -> Vec<LogicalLine> {
    // Where each rule starts in the file that it makes, and in the source.
    let mut starts = Vec::with_capacity(rules.len());
    let mut file = Vec::new();
    for rule in rules {
        starts.push((file.len(), rule.start));
        file.extend_from_slice(source.get(rule.start..rule.end).unwrap_or_default());
        file.push(b'\n');
    }
    let in_source = |at: usize| {
        let rule = starts.partition_point(|&(start, _)| start <= at).saturating_sub(1);
        starts.get(rule).map_or(at, |&(start, source)| source + at.saturating_sub(start))
    };
    let mut lines: Vec<LogicalLine> = logical_lines(&file).collect();
    for (_, source) in lines.iter_mut().flat_map(|line| &mut line.pieces) {
        *source = in_source(*source);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Vec<(String, usize, usize)> {
        logical_lines(source.as_bytes())
            .map(|line| (String::from_utf8_lossy(&line.text).into_owned(), line.lines.first, line.lines.last))
            .collect()
    }

    /// Postfix 3.7.11, `postmap -q` over tables of these lines: comments and empty lines do not end a logical line.
    #[test]
    fn comments_and_empty_lines_do_not_end_a_line() {
        assert_eq!(
            read("# top\n\n/a/ x\n  # aside\n\n\ty\n#\n/b/ z"),
            [("/a/ x\ty".to_owned(), 3, 6), ("/b/ z".to_owned(), 8, 8)]
        );
    }

    #[test]
    fn a_line_that_starts_with_space_and_continues_nothing_stands_alone() {
        assert_eq!(read(" /a/ x\n/b/ y\n"), [(" /a/ x".to_owned(), 1, 1), ("/b/ y".to_owned(), 2, 2)]);
    }

    #[test]
    fn rules_in_place_of_a_name_are_lines() {
        let source = b"regexp:{ {/a/ b}, {# c}, {/d/ e\n f} }";
        let lines = of_rules(source, &[Span::new(10, 15), Span::new(19, 22), Span::new(26, 34)]);
        let texts: Vec<_> = lines.iter().map(|line| (&line.text[..], line.lines.first, line.lines.last)).collect();
        assert_eq!(texts, [(&b"/a/ b"[..], 1, 1), (b"/d/ e f", 3, 4)]);
        for line in &lines {
            for (at, byte) in line.text.iter().enumerate() {
                assert_eq!(source[line.in_source(at)], *byte);
            }
        }
    }

    #[test]
    fn every_byte_finds_its_way_back() {
        let source = b"/a/ one\n  two\n";
        let line = logical_lines(source).next().unwrap();
        for (at, byte) in line.text.iter().enumerate() {
            assert_eq!(source[line.in_source(at)], *byte);
        }
        assert_eq!(line.span_in_source(Span::new(4, 7)), Span::new(4, 7));
        assert_eq!(line.span_in_source(Span::new(4, 12)), Span::new(4, 13));
        assert_eq!(line.span_in_source(Span::new(7, 7)), Span::new(7, 7));
        assert_eq!(line.span_in_source(Span::new(8, 8)), Span::new(9, 9));
        assert_eq!(line.span_in_source(Span::new(0, 0)), Span::new(0, 0));
    }
}
