//! Bytes as an editor's text, and back.
//!
//! An editor holds Unicode text; a table or a message is bytes. Bytes that are UTF-8 stand for themselves. Every other
//! byte `0xNN` (from 0x80 up) becomes the private-use character U+F7NN, and so does every byte of a character of that
//! private range that the input itself holds, so that the way back gives the same bytes whatever they were.

use std::ops::Range;

/// The first of the 128 characters that stand for bytes that are not UTF-8; it stands for 0x80.
const FIRST: u32 = 0xF780;
const STAND_INS: Range<u32> = FIRST..FIRST + 0x80;

fn stand_in(byte: u8) -> char {
    char::from_u32(FIRST + u32::from(byte) - 0x80).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The text an editor shows for `bytes`.
///
/// ```
/// use postproof_protocol::text::{to_bytes, to_text};
///
/// let bytes = b"caf\xe9 \xe2\x82\xac";
/// assert_eq!(to_text(bytes), "caf\u{f7e9} €");
/// assert_eq!(to_bytes(&to_text(bytes)), bytes);
/// ```
#[must_use]
pub fn to_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if STAND_INS.contains(&u32::from(c)) {
                let mut buffer = [0; 4];
                text.extend(c.encode_utf8(&mut buffer).bytes().map(stand_in));
            } else {
                text.push(c);
            }
        }
        text.extend(chunk.invalid().iter().copied().map(stand_in));
    }
    text
}

/// The bytes that an editor's `text` stands for.
#[must_use]
pub fn to_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        let code = u32::from(c);
        if STAND_INS.contains(&code) {
            bytes.push(u8::try_from(code - FIRST + 0x80).unwrap_or(b'?'));
        } else {
            let mut buffer = [0; 4];
            bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        }
    }
    bytes
}

/// From offsets in the bytes to offsets in the editor's text, in UTF-16 units.
///
/// ```
/// use postproof_protocol::text::Offsets;
///
/// let offsets = Offsets::new("a€😀b".as_bytes());
/// assert_eq!([0, 1, 4, 8, 9].map(|byte| offsets.utf16(byte)), [0, 1, 2, 4, 5]);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets {
    /// At every `STEP`th byte, the UTF-16 offset of the character that holds it.
    marks: Vec<u32>,
    bytes: Vec<u8>,
}

const STEP: usize = 256;

impl Offsets {
    /// Prepares the offsets of `bytes`.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        let mut marks = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut units = 0;
        walk(bytes, 0, |at, width| {
            while marks.len() * STEP <= at {
                marks.push((units, at));
            }
            units += width;
            true
        });
        // A mark holds the offset of the first character that starts at or after its byte; where that is later than the
        // byte itself, `utf16` must not count from it. So keep only offsets, made exact in `utf16`.
        let marks = marks.iter().map(|&(units, _)| units).collect();
        Self { marks, bytes: bytes.to_vec() }
    }

    /// The offset, in UTF-16 units, of the character that holds byte `byte`; the text's length for offsets past the end.
    #[must_use]
    pub fn utf16(&self, byte: usize) -> u32 {
        let mut index = (byte / STEP).min(self.marks.len().saturating_sub(1));
        loop {
            let Some(&start_units) = self.marks.get(index) else { return 0 };
            // The mark's own character starts at or after index * STEP; find it by walking from the boundary.
            let from = boundary_at_or_after(&self.bytes, index * STEP);
            if from > byte && index > 0 {
                index -= 1;
                continue;
            }
            let mut units = start_units;
            let mut answer = None;
            walk(&self.bytes, from, |at, width| {
                if at > byte {
                    return false;
                }
                answer = Some(units);
                units += width;
                true
            });
            return if byte >= self.bytes.len() { units } else { answer.unwrap_or(units) };
        }
    }
}

/// The first offset at or after `at` where a character, or a byte that is none, starts.
fn boundary_at_or_after(bytes: &[u8], at: usize) -> usize {
    // A character that is whole and valid around `at` starts at most three bytes earlier.
    for back in 1..=3usize.min(at) {
        let start = at - back;
        let Some(rest) = bytes.get(start..bytes.len().min(start + 4)) else { break };
        let width = valid_width(rest);
        if width > back {
            return start + width;
        }
        if width > 1 {
            break;
        }
    }
    at
}

/// The length of the valid character at the start of `rest`; 1 for a byte that is none.
fn valid_width(rest: &[u8]) -> usize {
    let width = match rest.first() {
        Some(0xC2..=0xDF) => 2,
        Some(0xE0..=0xEF) => 3,
        Some(0xF0..=0xF4) => 4,
        _ => return 1,
    };
    if rest.get(..width).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok()) { width } else { 1 }
}

/// Calls `each` with the offset of every character and its width in UTF-16 units, until it says false.
fn walk(bytes: &[u8], from: usize, mut each: impl FnMut(usize, u32) -> bool) {
    let mut at = from;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let width = valid_width(rest);
        let units = match width {
            4 => 2,
            3 => match std::str::from_utf8(rest.get(..3).unwrap_or_default()).ok().and_then(|text| text.chars().next())
            {
                // One stand-in for each of its bytes.
                Some(c) if STAND_INS.contains(&u32::from(c)) => 3,
                _ => 1,
            },
            _ => 1,
        };
        if !each(at, units) {
            return;
        }
        at += width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every way a byte can stand in a text: ASCII, two, three and four bytes, stand-ins, broken and lone bytes.
    const SAMPLE: &[u8] = b"a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xef\x9e\x80\xff\xe2\x82x\xf0\x9f\x98\xc3";

    #[test]
    fn the_way_back_gives_the_same_bytes() {
        assert_eq!(to_bytes(&to_text(SAMPLE)), SAMPLE);
        let every: Vec<u8> = (0..=255).chain((0..=255).rev()).collect();
        assert_eq!(to_bytes(&to_text(&every)), every);
    }

    #[test]
    fn offsets_agree_with_counting_in_the_text() {
        for repeats in [1, 40, 300] {
            let bytes = SAMPLE.repeat(repeats);
            let offsets = Offsets::new(&bytes);
            let mut at = 0;
            while at <= bytes.len() {
                let width = bytes.get(at..).map_or(1, valid_width);
                let expected = to_text(&bytes[..at]).encode_utf16().count();
                assert_eq!(offsets.utf16(at) as usize, expected, "byte {at} of {}", bytes.len());
                at += width;
            }
            assert_eq!(offsets.utf16(usize::MAX) as usize, to_text(&bytes).encode_utf16().count());
        }
    }
}
