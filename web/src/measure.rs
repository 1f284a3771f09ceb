//! Counts and sizes in words.

use postproof_words::{Lang, page};

/// A number of bytes, as people say it.
pub(crate) fn size(bytes: usize, lang: Lang) -> String {
    const KILO: usize = 1024;
    const MEGA: usize = KILO * KILO;
    let fill = |phrase: postproof_words::Phrase, count: String| phrase.fill(lang, &[("count", &count)]);
    match bytes {
        1 => page::ONE_BYTE.say(lang).to_owned(),
        0..10_000 => fill(page::BYTES, bytes.to_string()),
        10_000..MEGA => fill(page::KILOBYTES, bytes.div_ceil(KILO).to_string()),
        _ => fill(page::MEGABYTES, format!("{}.{}", bytes / MEGA, bytes % MEGA * 10 / MEGA)),
    }
}

/// How many lines a text has, as an editor counts them but for an empty one at the end.
pub(crate) fn lines(text: &[u8], lang: Lang) -> String {
    let ends = text.iter().filter(|byte| **byte == b'\n').count();
    let count = ends + usize::from(text.last().is_some_and(|byte| *byte != b'\n'));
    match count {
        1 => page::ONE_LINE.say(lang).to_owned(),
        _ => page::LINES.fill(lang, &[("count", &count.to_string())]),
    }
}

/// A duration for people: three digits at most.
pub(crate) fn milliseconds(milliseconds: f64) -> String {
    if milliseconds < 10.0 { format!("{milliseconds:.1}") } else { format!("{milliseconds:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_as_people_do() {
        let said = [0, 1, 214, 9_999, 10_000, 1_048_575, 1_048_576, 16_777_216].map(|bytes| size(bytes, Lang::En));
        assert_eq!(said, ["0 bytes", "1 byte", "214 bytes", "9999 bytes", "10 KB", "1024 KB", "1.0 MB", "16.0 MB"]);
    }

    #[test]
    fn the_last_line_counts_with_and_without_its_end() {
        let said = [&b""[..], b"a", b"a\n", b"a\nb", b"a\n\n"].map(|text| lines(text, Lang::En));
        assert_eq!(said, ["0 lines", "1 line", "1 line", "2 lines", "2 lines"]);
    }
}
