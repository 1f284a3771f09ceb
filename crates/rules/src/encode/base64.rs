//! The characters of base64 that depend on nothing but the phrase.
//!
//! Three bytes make four characters of six bits each. Where a phrase starts, as the first, second or third of three bytes,
//! decides what it looks like, and the characters at its ends are made of its bits and its neighbours'.

/// The alphabet of RFC 2045.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A phrase in base64, at one alignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Aligned {
    /// What may stand before the sure characters: a character that is partly the phrase's. None where there is no such.
    pub(super) before: Option<Vec<u8>>,
    /// The characters that depend on nothing but the phrase.
    pub(super) sure: Vec<u8>,
    /// As `before`, behind them.
    pub(super) after: Option<Vec<u8>>,
}

/// The phrase's base64 where it starts as this one of three bytes: 0, 1 or 2.
pub(super) fn aligned(bytes: &[u8], alignment: usize) -> Aligned {
    let first_bit = 8 * alignment;
    let end_bit = first_bit + 8 * bytes.len();
    // The bit at a place that counts from the start of the three bytes; none outside the phrase.
    let bit = |at: usize| {
        let at = at.checked_sub(first_bit)?;
        let byte = bytes.get(at / 8)?;
        Some(usize::from(byte >> (7 - at % 8) & 1))
    };
    // All characters that the one at a place may be.
    let possible = |place: usize| -> Vec<u8> {
        let fits = |value: usize| (0..6).all(|at| bit(6 * place + at).is_none_or(|bit| value >> (5 - at) & 1 == bit));
        (0..64).zip(ALPHABET).filter(|(value, _)| fits(*value)).map(|(_, &character)| character).collect()
    };
    let (first, end) = (first_bit.div_ceil(6), end_bit / 6);
    Aligned {
        before: (!first_bit.is_multiple_of(6)).then(|| possible(first - 1)),
        sure: (first..end).flat_map(possible).collect(),
        after: (!end_bit.is_multiple_of(6)).then(|| possible(end)),
    }
}

/// How many sure characters a phrase of so many bytes has at its least favourable alignment.
pub(super) fn sure_characters(bytes: usize) -> usize {
    let sure = |alignment: usize| (8 * (alignment + bytes) / 6).saturating_sub((8 * alignment).div_ceil(6));
    (0..3).map(sure).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::base64::Engine as _;
    use ::base64::engine::general_purpose::STANDARD_NO_PAD;

    #[test]
    fn what_is_sure_stands_in_every_encoding_of_the_phrase() {
        for phrase in [&b"viagra"[..], "当選".as_bytes(), b"\xff\x00\x80", b"ab", b"abcd", b"x"] {
            for alignment in 0..3 {
                let aligned = aligned(phrase, alignment);
                let (mut before, mut after) = (Vec::new(), Vec::new());
                for neighbour in [0_u8, 0x55, 0xaa, 0xff, 0x3c] {
                    let bytes = [&vec![neighbour; alignment][..], phrase, &[neighbour; 3]].concat();
                    let encoded = STANDARD_NO_PAD.encode(bytes).into_bytes();
                    let first = (8 * alignment).div_ceil(6);
                    let end = first + aligned.sure.len();
                    assert_eq!(encoded[first..end], aligned.sure, "{phrase:?} at {alignment}");
                    before.extend(first.checked_sub(1).map(|at| encoded[at]));
                    after.push(encoded[end]);
                }
                let holds = |class: &Option<Vec<u8>>, seen: &[u8]| {
                    class.as_ref().is_none_or(|class| seen.iter().all(|character| class.contains(character)))
                };
                assert!(holds(&aligned.before, &before) && holds(&aligned.after, &after), "{phrase:?} at {alignment}");
                assert!(aligned.sure.len() >= sure_characters(phrase.len()));
            }
        }
    }

    #[test]
    fn a_short_phrase_has_few_sure_characters() {
        assert_eq!([1, 2, 3, 4, 5, 6].map(sure_characters), [0, 2, 3, 4, 6, 7]);
    }
}
