//! A key as people read it: the part that matched stands out, what is no text is shown for what it is, and a key as long
//! as a page shows the part that matters.

use postproof_model::Span;

/// A piece of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) kind: PieceKind,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Text as it stands.
    Plain,
    /// Text that the pattern matched.
    Matched,
    /// A byte that is no text, by its hexadecimal digits.
    Byte {
        /// Whether the pattern matched it.
        matched: bool,
    },
    /// Bytes that are not shown; the text is their number.
    Cut,
}

/// How many bytes before and after the match, and of a long match's start and end, are shown.
const AROUND: usize = 240;

/// The pieces of `key`, of which `matched` matched.
pub(crate) fn pieces(key: &[u8], matched: Option<Span>) -> Vec<Piece> {
    let matched = matched.map_or((0, 0), |span| (span.start.min(key.len()), span.end.min(key.len())));
    let (start, end) = (matched.0, matched.1.max(matched.0));
    let mut pieces = Vec::new();
    let from = char_start(key, start.saturating_sub(AROUND));
    cut(&mut pieces, from);
    text(&mut pieces, key.get(from..start), false);
    if end - start > 2 * AROUND {
        let (head, tail) = (char_start(key, start + AROUND), char_start(key, end - AROUND));
        text(&mut pieces, key.get(start..head), true);
        cut(&mut pieces, tail - head);
        text(&mut pieces, key.get(tail..end), true);
    } else {
        text(&mut pieces, key.get(start..end), true);
    }
    let to = char_start(key, (end + AROUND).min(key.len()));
    text(&mut pieces, key.get(end..to), false);
    cut(&mut pieces, key.len() - to);
    pieces
}

fn text(pieces: &mut Vec<Piece>, bytes: Option<&[u8]>, matched: bool) {
    for chunk in bytes.unwrap_or_default().utf8_chunks() {
        if !chunk.valid().is_empty() {
            let kind = if matched { PieceKind::Matched } else { PieceKind::Plain };
            pieces.push(Piece { text: chunk.valid().to_owned(), kind });
        }
        let bytes = chunk.invalid().iter();
        pieces.extend(bytes.map(|byte| Piece { text: format!("{byte:02X}"), kind: PieceKind::Byte { matched } }));
    }
}

fn cut(pieces: &mut Vec<Piece>, count: usize) {
    if count > 0 {
        pieces.push(Piece { text: count.to_string(), kind: PieceKind::Cut });
    }
}

/// The start of the character that `at` may lie in: at most three bytes earlier.
fn char_start(bytes: &[u8], at: usize) -> usize {
    let is_tail = |at: usize| bytes.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
    (0..4).filter_map(|back| at.checked_sub(back)).find(|at| !is_tail(*at)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(key: &[u8], matched: Option<Span>) -> String {
        let bracket = |piece: Piece| match piece.kind {
            PieceKind::Plain => piece.text,
            PieceKind::Matched => format!("[{}]", piece.text),
            PieceKind::Byte { matched: false } => format!("<{}>", piece.text),
            PieceKind::Byte { matched: true } => format!("[<{}>]", piece.text),
            PieceKind::Cut => format!("…{}…", piece.text),
        };
        pieces(key, matched).into_iter().map(bracket).collect()
    }

    #[test]
    fn the_match_stands_out() {
        assert_eq!(shown(b"Subject: casino", Some(Span::new(9, 15))), "Subject: [casino]");
        assert_eq!(shown(b"Subject: casino", None), "Subject: casino");
        assert_eq!(shown(b"abc", Some(Span::new(1, 1))), "abc");
        assert_eq!(shown(b"", Some(Span::new(3, 9))), "");
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_as_bytes() {
        assert_eq!(shown(b"caf\xe9 x", Some(Span::new(4, 5))), "caf<E9>[ ]x");
        assert_eq!(shown("カジノ".as_bytes(), Some(Span::new(1, 3))), "<E3>[<82>][<AB>]ジノ");
    }

    #[test]
    fn a_long_key_shows_the_part_that_matters() {
        let key = [vec![b'a'; 1000], b"casino".to_vec(), vec![b'b'; 1000]].concat();
        let expected = format!("…760…{}[casino]{}…760…", "a".repeat(240), "b".repeat(240));
        assert_eq!(shown(&key, Some(Span::new(1000, 1006))), expected);
        let expected =
            format!("…760…{}[{}]…520…[{}]{}…760…", "a".repeat(240), "m".repeat(240), "m".repeat(240), "b".repeat(240));
        let key = [vec![b'a'; 1000], vec![b'm'; 1000], vec![b'b'; 1000]].concat();
        assert_eq!(shown(&key, Some(Span::new(1000, 2000))), expected);
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        let key = "カ".repeat(500);
        let shown = shown(key.as_bytes(), Some(Span::new(750, 753)));
        assert!(!shown.contains('<'), "{shown}");
    }
}
