//! The message as it is queued: what the checks leave of it.

use crate::message::record::starts_blank;

/// The message being written. Records that do not end their line are joined with what follows, whatever that is.
pub(super) struct QueueFile {
    bytes: Vec<u8>,
    limit: usize,
    /// Where the headers end.
    headers_end: Option<usize>,
    /// Whether it has become longer than the limit and was given up.
    given_up: bool,
}

impl QueueFile {
    pub(super) const fn new(limit: usize) -> Self {
        Self { bytes: Vec::new(), limit, headers_end: None, given_up: false }
    }

    /// A stretch of a line, or its end. (Postfix: `cleanup_out`.)
    pub(super) fn record(&mut self, text: &[u8], ends_line: bool) {
        if self.given_up {
            return;
        }
        if self.bytes.len() + text.len() >= self.limit {
            self.given_up = true;
            self.bytes = Vec::new();
            return;
        }
        self.bytes.extend_from_slice(text);
        if ends_line {
            self.bytes.push(b'\n');
        }
    }

    /// A header, its lines apart again. A line that does not start with a blank gets a tab, and what is longer than
    /// header_size_limit is cut: at a line's end if that is near, else where it is. (Postfix: `cleanup_out_header`.)
    pub(super) fn header(&mut self, header: &[u8], size_limit: usize) {
        let mut start = 0;
        for line in header.split(|&byte| byte == b'\n') {
            let end = start + line.len();
            let mut line = line;
            if end > size_limit {
                if start > size_limit / 10 * 9 + size_limit % 10 * 9 / 10 {
                    return;
                }
                line = header.get(start..size_limit).unwrap_or_default();
            }
            if start > 0 && !starts_blank(line) {
                self.record(&[b"\t", line].concat(), true);
            } else {
                self.record(line, true);
            }
            if end > size_limit {
                return;
            }
            start = end + 1;
        }
    }

    /// The headers end here.
    pub(super) const fn end_headers(&mut self) {
        self.headers_end = Some(self.bytes.len());
    }

    /// A header that comes when the body is written already: it goes to the end of the headers.
    pub(super) fn late_header(&mut self, header: &[u8], size_limit: usize) {
        let at = self.headers_end.unwrap_or(self.bytes.len()).min(self.bytes.len());
        let body = self.bytes.split_off(at);
        self.header(header, size_limit);
        if self.given_up || self.bytes.len() + body.len() >= self.limit {
            self.given_up = true;
            self.bytes = Vec::new();
            return;
        }
        self.headers_end = Some(self.bytes.len());
        self.bytes.extend_from_slice(&body);
    }

    /// Whether nothing was written.
    pub(super) const fn is_empty(&self) -> bool {
        self.bytes.is_empty() && !self.given_up
    }

    /// What was written; none where that was given up.
    pub(super) fn finish(self) -> Option<Vec<u8>> {
        (!self.given_up).then_some(self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(header: &[u8], size_limit: usize) -> String {
        let mut file = QueueFile::new(1000);
        file.header(header, size_limit);
        String::from_utf8(file.finish().unwrap()).unwrap()
    }

    #[test]
    fn a_header_is_folded_again_and_cut() {
        assert_eq!(written(b"A: b\n c\nd", 100), "A: b\n c\n\td\n");
        assert_eq!(written(b"A: b\n cdefghi", 10), "A: b\n cdef\n");
        assert_eq!(written(b"A: bcdefgh\n c", 10), "A: bcdefgh\n");
        assert_eq!(written(b"A: bcdefghi\n c", 10), "A: bcdefgh\n");
    }
}
