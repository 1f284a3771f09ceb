//! Characters of UTF-8 text, by position. The text is known to be valid.

/// The character that begins at `at`, and how many bytes it takes; none at the end.
pub(crate) fn decode(text: &[u8], at: usize) -> Option<(u32, usize)> {
    let first = u32::from(*text.get(at)?);
    let (mut value, len) = match first {
        0..=0x7F => return Some((first, 1)),
        0x80..=0xDF => (first & 0x1F, 2),
        0xE0..=0xEF => (first & 0x0F, 3),
        _ => (first & 0x07, 4),
    };
    for byte in text.get(at + 1..at + len)? {
        value = value << 6 | u32::from(byte & 0x3F);
    }
    Some((value, len))
}

/// Where the character begins that ends before `at`; none at the start.
pub(crate) fn start_before(text: &[u8], at: usize) -> Option<usize> {
    let mut start = at.checked_sub(1)?;
    while start > 0 && text.get(start).is_some_and(|byte| byte & 0xC0 == 0x80) {
        start -= 1;
    }
    Some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_decode_both_ways() {
        let text = "aé\u{20AC}\u{1F600}";
        let mut at = 0;
        for char in text.chars() {
            assert_eq!(decode(text.as_bytes(), at), Some((u32::from(char), char.len_utf8())));
            at += char.len_utf8();
            assert_eq!(start_before(text.as_bytes(), at), Some(at - char.len_utf8()));
        }
        assert_eq!(decode(text.as_bytes(), at), None);
        assert_eq!(start_before(text.as_bytes(), 0), None);
    }
}
