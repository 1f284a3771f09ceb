//! Input bytes to records: what Postfix's programs hand to the state machine, one line or a stretch of a long one.

use std::borrow::Cow;

use memchr::memchr;

use super::Limits;

/// A line of a message, or a stretch of a line that is longer than line_length_limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The bytes, without the line's end.
    pub text: Cow<'a, [u8]>,
    /// How many bytes at the start of `text` stand nowhere in the input.
    pub added: usize,
    /// Where in the input the byte after those stands; for an empty text, where it would stand.
    pub start: usize,
    /// Where in the input the text ends.
    pub end: usize,
    /// Whether the line ends here: a `REC_TYPE_NORM` record. Otherwise the next record goes on with it.
    pub ends_line: bool,
    /// The line of the input, from 1.
    pub line: usize,
}

/// The physical lines of an input, without their newlines. A last line without one counts, an empty one does not.
struct Lines<'a> {
    input: &'a [u8],
    at: usize,
    number: usize,
}

impl<'a> Lines<'a> {
    const fn new(input: &'a [u8]) -> Self {
        Self { input, at: 0, number: 0 }
    }
}

impl<'a> Iterator for Lines<'a> {
    /// The bytes, where they start, and the number of the line.
    type Item = (&'a [u8], usize, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.input.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let line = memchr(b'\n', rest).and_then(|length| rest.get(..length));
        self.at += line.map_or(rest.len(), |line| line.len() + 1);
        self.number += 1;
        Some((line.unwrap_or(rest), start, self.number))
    }
}

/// The records that postmap(1) makes of its standard input with `-q -`: whole lines, carriage returns and all.
///
/// A last line that has no newline and ends in byte 255 is not read: postmap takes that byte for the end of the input.
pub fn postmap_records(input: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let unseen = match input.rsplit(|&byte| byte == b'\n').next() {
        Some(last) if last.last() == Some(&0xff) => last.len(),
        _ => 0,
    };
    let seen = input.get(..input.len() - unseen).unwrap_or_default();
    Lines::new(seen).map(|(line, start, number)| Record {
        text: Cow::Borrowed(line),
        added: 0,
        start,
        end: start + line.len(),
        ends_line: true,
        line: number,
    })
}

/// The records of a message in the queue, which lines above line_length_limit take several of.
pub(crate) fn queued_records(queued: &[u8], line_length_limit: usize) -> impl Iterator<Item = Record<'_>> {
    let bound = line_length_limit.max(1);
    Lines::new(queued).flat_map(move |(line, start, number)| {
        (0..=line.len() / bound).map(move |stretch| {
            let from = stretch * bound;
            let text = line.get(from..line.len().min(from + bound)).unwrap_or_default();
            let (start, ends_line) = (start + from, text.len() < bound);
            let end = start + text.len();
            Record { text: Cow::Borrowed(text), added: 0, start, end, ends_line, line: number }
        })
    })
}

/// The records that smtpd(8) makes of a message sent to it, one input line a line of SMTP.
///
/// Carriage returns before a newline belong to the line's end. Lines above line_length_limit come in stretches of that
/// length. mbox's `From ` line at the top becomes an `X-Mailbox-Line:` header, and a message that starts with white
/// space gets an empty line before it. (smtpd's functions `smtp_get` and `data_cmd` do this.) A carriage return within
/// a line becomes a space, which is cleanup(8)'s work, where cleanup_replace_stray_cr_lf says so.
#[must_use]
pub fn smtp_records<'a>(input: &'a [u8], limits: &Limits) -> SmtpRecords<'a> {
    SmtpRecords {
        lines: Lines::new(input),
        bound: limits.line_length_limit.max(1),
        replace_stray_cr: limits.cleanup_replace_stray_cr_lf,
        rest: None,
        top: true,
        waiting: None,
    }
}

/// See [`smtp_records`].
pub struct SmtpRecords<'a> {
    lines: Lines<'a>,
    bound: usize,
    replace_stray_cr: bool,
    /// What is left of a long line: the bytes, where they start, the line's number.
    rest: Option<(&'a [u8], usize, usize)>,
    /// Whether nothing but `From ` lines has been seen so far.
    top: bool,
    /// A record that comes after the one that had to come first.
    waiting: Option<Record<'a>>,
}

impl<'a> SmtpRecords<'a> {
    /// The next record as `smtp_get` reads it: at most `bound` bytes, line end included.
    fn read(&mut self) -> Option<Record<'a>> {
        let (wire, start, number) = match self.rest.take() {
            Some(rest) => rest,
            None => {
                let (line, start, number) = self.lines.next()?;
                // The sender ends the line with CR and LF, whatever the input has there.
                (line.strip_suffix(b"\r").unwrap_or(line), start, number)
            }
        };
        let record = |text: &'a [u8], ends_line| Record {
            text: Cow::Borrowed(text),
            added: 0,
            start,
            end: start + text.len(),
            ends_line,
            line: number,
        };
        // A stretch that would end between CR and LF takes the LF, too.
        if wire.len() < self.bound {
            let end = wire.iter().rposition(|&byte| byte != b'\r').map_or(0, |last| last + 1);
            return Some(record(wire.get(..end).unwrap_or_default(), true));
        }
        let (stretch, rest) = wire.split_at_checked(self.bound).unwrap_or((wire, &[]));
        self.rest = Some((rest, start + stretch.len(), number));
        Some(record(stretch, false))
    }

    fn top_of_message(&mut self, record: Record<'a>) -> Record<'a> {
        let quotes = record.text.iter().take_while(|&&byte| byte == b'>').count();
        if record.text.get(quotes..).is_some_and(|text| text.starts_with(b"From ")) {
            const NAME: &[u8] = b"X-Mailbox-Line: ";
            let text = [NAME, until_nul(&record.text)].concat();
            return Record { text: Cow::Owned(text), added: NAME.len(), ..record };
        }
        self.top = false;
        if starts_blank(&record.text) {
            let empty = Record { text: Cow::Borrowed(&[]), end: record.start, ends_line: true, ..record };
            self.waiting = Some(record);
            return empty;
        }
        record
    }
}

impl<'a> Iterator for SmtpRecords<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let mut record = match self.waiting.take() {
            Some(record) => record,
            None => {
                let record = self.read()?;
                if self.top { self.top_of_message(record) } else { record }
            }
        };
        if self.replace_stray_cr && memchr(b'\r', &record.text).is_some() {
            for byte in record.text.to_mut() {
                if *byte == b'\r' {
                    *byte = b' ';
                }
            }
        }
        Some(record)
    }
}

/// Whether a line continues the header before it.
pub(crate) fn starts_blank(text: &[u8]) -> bool {
    matches!(text.first(), Some(b' ' | b'\t'))
}

/// The bytes before the first NUL: what a C string of them holds.
pub(crate) fn until_nul(text: &[u8]) -> &[u8] {
    memchr(0, text).and_then(|end| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(input: &[u8]) -> Vec<(Vec<u8>, bool)> {
        smtp_records(input, &Limits::default()).map(|record| (record.text.into_owned(), record.ends_line)).collect()
    }

    #[test]
    fn a_long_line_comes_in_stretches_and_its_end_belongs_to_the_last() {
        let lengths = |length: usize| -> Vec<(usize, bool)> {
            smtp(&[&vec![b'x'; length][..], b"\n"].concat()).iter().map(|(text, ends)| (text.len(), *ends)).collect()
        };
        assert_eq!(lengths(2046), [(2046, true)]);
        assert_eq!(lengths(2047), [(2047, true)]);
        assert_eq!(lengths(2048), [(2048, false), (0, true)]);
        assert_eq!(lengths(5000), [(2048, false), (2048, false), (904, true)]);
    }

    #[test]
    fn carriage_returns_belong_to_the_line_end_or_become_spaces() {
        assert_eq!(
            smtp(b"a\r\nb\r\r\nc\rd\n"),
            [(b"a".to_vec(), true), (b"b".to_vec(), true), (b"c d".to_vec(), true)]
        );
        let old = Limits { cleanup_replace_stray_cr_lf: false, ..Limits::default() };
        assert_eq!(smtp_records(b"c\rd\n", &old).next().unwrap().text.as_ref(), b"c\rd");
    }

    #[test]
    fn the_top_of_an_mbox_becomes_a_header() {
        let texts: Vec<_> =
            smtp(b"From a Mon\n>From b\nSubject: x\nFrom c\n").into_iter().map(|(text, _)| text).collect();
        assert_eq!(texts, [&b"X-Mailbox-Line: From a Mon"[..], b"X-Mailbox-Line: >From b", b"Subject: x", b"From c"]);
    }

    #[test]
    fn a_message_that_starts_with_white_space_is_all_body() {
        assert_eq!(smtp(b" a: b\n"), [(b"".to_vec(), true), (b" a: b".to_vec(), true)]);
    }

    #[test]
    fn records_say_where_they_stand() {
        let places: Vec<_> = smtp_records(b"ab\r\n\r\ncd", &Limits::default())
            .map(|record| (record.start, record.end, record.line))
            .collect();
        assert_eq!(places, [(0, 2, 1), (4, 4, 2), (6, 8, 3)]);
    }
}
