//! A stretch of a line, marked for people's eyes: the line, and under it a row of carets.

use postproof_model::{Bytes, Span};

/// How many characters of a line are shown at most.
const WIDTH: usize = 100;

/// The line of `key` that holds the start of `matched`, and the carets under it where something matched there.
///
/// Control characters are shown as `·`, so that a hostile key can do nothing to the terminal.
pub(crate) fn lines(key: &Bytes, matched: Option<Span>, indent: &str) -> Vec<String> {
    let at = matched.map_or(0, |span| span.start).min(key.len());
    let start = key.get(..at).and_then(|before| memchr(before)).map_or(0, |newline| newline + 1);
    let end = key
        .get(start..)
        .and_then(|rest| rest.iter().position(|&byte| byte == b'\n'))
        .map_or(key.len(), |len| start + len);
    let text = |from: usize, to: usize| printable(key.get(from..to.max(from)).unwrap_or_default());
    let Some(span) = matched else {
        return vec![format!("{indent}{}", shortened(&text(start, end)))];
    };
    // A long line is cut before the match, so that the match is in sight.
    let mut before = text(start, span.start.min(end));
    let count = before.chars().count();
    if count > WIDTH / 2 {
        before = format!("…{}", before.chars().skip(count - WIDTH / 2).collect::<String>());
    }
    let marked = text(span.start.min(end), span.end.min(end));
    let after = text(span.end.min(end), end);
    let line = shortened(&format!("{before}{marked}{after}"));
    let carets = width(&marked).min(width(&line).saturating_sub(width(&before))).max(1);
    vec![format!("{indent}{line}"), format!("{indent}{}{}", " ".repeat(width(&before)), "^".repeat(carets))]
}

fn memchr(before: &[u8]) -> Option<usize> {
    before.iter().rposition(|&byte| byte == b'\n')
}

/// Bytes as text without control characters.
pub(crate) fn printable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH).chain(['…']).collect()
}

/// How many columns a terminal takes for a text, near enough: wide for the East Asian blocks, one for the others.
fn width(text: &str) -> usize {
    text.chars().map(|c| if matches!(u32::from(c), 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_carets_stand_under_the_match() {
        let key = Bytes::from("Subject: hello\n winner カジノ x");
        let span = Span::new(16, 22);
        assert_eq!(lines(&key, Some(span), "  "), ["   winner カジノ x", "   ^^^^^^"]);
        let at = key.windows(3).position(|window| window == "カ".as_bytes()).unwrap();
        assert_eq!(lines(&key, Some(Span::new(at, at + 9)), ""), [" winner カジノ x", "        ^^^^^^"]);
    }

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(lines(&Bytes::from("a\x1b[31mb"), None, ""), ["a·[31mb"]);
    }

    #[test]
    fn a_match_far_out_is_in_sight() {
        let key = Bytes::from(format!("{}needle{}", "x".repeat(5000), "y".repeat(5000)));
        let shown = lines(&key, Some(Span::new(5000, 5006)), "");
        let caret = shown[1].chars().position(|c| c == '^').unwrap();
        assert_eq!(shown[0].chars().skip(caret).take(6).collect::<String>(), "needle");
        assert!(shown[0].chars().count() < 110);
    }
}
