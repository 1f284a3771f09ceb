//! Standard input in as many whole lines at a time as have arrived.

use std::io::{ErrorKind, Read};

/// How many bytes are read at once.
const BLOCK: usize = 256 << 10;

/// Reads lines.
#[derive(Debug)]
pub(crate) struct Lines<R> {
    from: R,
    bytes: Vec<u8>,
    /// How many of the bytes are lines that were given.
    given: usize,
    /// How many of the bytes have been read.
    read: usize,
    ended: bool,
}

impl<R: Read> Lines<R> {
    pub(crate) const fn new(from: R) -> Self {
        Self { from, bytes: Vec::new(), given: 0, read: 0, ended: false }
    }

    /// The lines that come next, one or more, without their newlines; none at the end. Waits for no more than one line.
    pub(crate) fn next(&mut self) -> std::io::Result<Option<Vec<&[u8]>>> {
        self.bytes.copy_within(self.given..self.read, 0);
        self.read -= self.given;
        self.given = 0;
        // A line that is longer than all others is searched once.
        let mut searched = 0;
        while !self.ended {
            if self.bytes.len() < self.read + BLOCK {
                self.bytes.resize((2 * self.read).max(self.read + BLOCK), 0);
            }
            let read = match self.from.read(self.bytes.get_mut(self.read..).unwrap_or_default()) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                read => read?,
            };
            self.ended = read == 0;
            self.read += read;
            let new = self.bytes.get(searched..self.read).unwrap_or_default();
            if let Some(last) = memchr::memrchr(b'\n', new) {
                self.given = searched + last + 1;
                break;
            }
            searched = self.read;
        }
        if self.ended {
            self.given = self.read;
        }
        let all = self.bytes.get(..self.given).unwrap_or_default();
        if all.is_empty() {
            return Ok(None);
        }
        let all = all.strip_suffix(b"\n").unwrap_or(all);
        let mut lines = Vec::new();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', all).chain([all.len()]) {
            lines.push(all.get(start..end).unwrap_or_default());
            start = end + 1;
        }
        Ok(Some(lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives what it has in pieces.
    struct Pieces(Vec<&'static [u8]>);

    impl Read for Pieces {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            into[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    fn read(pieces: &[&'static [u8]]) -> Vec<Vec<String>> {
        let mut lines = Lines::new(Pieces(pieces.to_vec()));
        let mut all = Vec::new();
        while let Some(lines) = lines.next().unwrap() {
            all.push(lines.iter().map(|line| String::from_utf8_lossy(line).into_owned()).collect());
        }
        all
    }

    #[test]
    fn lines_come_as_soon_as_they_are_whole() {
        assert_eq!(read(&[b"a\nb", b"c\n\nd", b"e"]), [vec!["a"], vec!["bc", ""], vec!["de"]]);
        assert_eq!(read(&[b"a\n", b"\n"]), [vec!["a"], vec![""]]);
        assert_eq!(read(&[]), Vec::<Vec<String>>::new());
        assert_eq!(read(&[b"a"]), [vec!["a"]]);
    }
}
