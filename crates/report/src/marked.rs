//! A stretch of a line, marked for people's eyes: the line, and under it a row of carets.

use postproof_model::{Bytes, Span};

/// How many characters of a line are shown at most.
const WIDTH: usize = 100;

/// How many lines of a folded header are shown at most.
const LINES: usize = 5;

/// The lines of `key` that hold `matched`, with carets under what matched; the first line where nothing did.
///
/// Control characters are shown as `·`, so that a hostile key can do nothing to the terminal.
pub fn lines(key: &Bytes, matched: Option<Span>, indent: &str) -> Vec<String> {
    let mut shown = Vec::new();
    let mut start = 0;
    for line in key.split(|&byte| byte == b'\n') {
        let end = start + line.len();
        match matched {
            None => return vec![format!("{indent}{}", shortened(&printable(line)))],
            Some(span) if span.start <= end && (span.end > start || span.start == start) => {
                if shown.len() >= 2 * LINES {
                    shown.push(format!("{indent}…"));
                    break;
                }
                let within = |at: usize| at.clamp(start, end) - start;
                let marked = mark(line, Span::new(within(span.start), within(span.end)));
                shown.extend(marked.iter().map(|line| format!("{indent}{line}")));
            }
            Some(_) => {}
        }
        start = end + 1;
    }
    shown
}

/// One line, and the carets under the marked stretch of it.
fn mark(line: &[u8], span: Span) -> [String; 2] {
    let text = |from: usize, to: usize| printable(line.get(from..to).unwrap_or_default());
    // A long line is cut before the match, so that the match is in sight.
    let mut before = text(0, span.start);
    let count = before.chars().count();
    if count > WIDTH / 2 {
        before = format!("…{}", before.chars().skip(count - WIDTH / 2).collect::<String>());
    }
    let marked = text(span.start, span.end);
    let whole = shortened(&format!("{before}{marked}{}", text(span.end, line.len())));
    let carets = width(&marked).min(width(&whole).saturating_sub(width(&before))).max(1);
    [whole, format!("{}{}", " ".repeat(width(&before)), "^".repeat(carets))]
}

/// Bytes as text without control characters.
pub fn printable(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}

fn shortened(line: &str) -> String {
    if line.chars().count() <= WIDTH {
        return line.to_owned();
    }
    line.chars().take(WIDTH).chain(['…']).collect()
}

/// How many columns a terminal takes for a text, near enough: wide for the East Asian blocks, one for the others.
pub fn width(text: &str) -> usize {
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
    fn a_match_over_several_lines_is_marked_on_each() {
        let key = Bytes::from("Subject: our\n lucky winner");
        assert_eq!(
            lines(&key, Some(Span::new(9, 19)), ""),
            ["Subject: our", "         ^^^", " lucky winner", "^^^^^^"]
        );
        // A match that ends at the line end does not reach into the next line.
        assert_eq!(lines(&key, Some(Span::new(9, 13)), ""), ["Subject: our", "         ^^^"]);
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
