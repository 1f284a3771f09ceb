//! A pattern's own characters, readable and harmless: nothing that a terminal obeys, nothing that turns text round.

use std::fmt::Write as _;

/// Bytes as text. Control characters, characters without a shape and bytes that are no UTF-8 are written as escapes.
#[must_use]
pub fn shown(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            // Writing to a string cannot fail.
            let _ = match c {
                '\t' => write!(text, "\\t"),
                '\n' => write!(text, "\\n"),
                '\r' => write!(text, "\\r"),
                c if c.is_ascii_control() => write!(text, "\\x{:02X}", u32::from(c)),
                c if is_unseen(c) => write!(text, "\\x{{{:X}}}", u32::from(c)),
                c => write!(text, "{c}"),
            };
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// A text of at most so many characters, the last of them `…` where more would follow.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit.saturating_sub(1)).chain(['…']).collect()
}

/// Whether a character cannot be seen, or changes how others are seen.
const fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{9F}'
            | '\u{AD}'
            | '\u{61C}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E0FFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        assert_eq!(shown("a\x1b[31m カジノ\t\u{202E}x\u{9B}".as_bytes()), "a\\x1B[31m カジノ\\t\\x{202E}x\\x{9B}");
        assert_eq!(shown(b"\xE3\x82 \xFF"), "\\xE3\\x82 \\xFF");
    }

    #[test]
    fn a_long_text_ends_in_an_ellipsis() {
        assert_eq!(shortened("abcdef", 4), "abc…");
        assert_eq!(shortened("カジノ", 3), "カジノ");
    }
}
