//! Bytes that logs and replies do not show.

use crate::message::Version;

/// A text with control characters, and bytes that are no UTF-8, replaced. (Postfix: `printable`, with smtputf8_enable's
/// default.)
///
/// Before Postfix 3.10, what counts as UTF-8 is a byte from 194 to 254 with any number of continuation bytes after it.
pub(crate) fn printable(text: &[u8], replacement: u8, version: Version) -> Vec<u8> {
    if version.shows_valid_utf8_only() {
        let mut shown = Vec::with_capacity(text.len());
        for chunk in text.utf8_chunks() {
            let byte = |&byte: &u8| if byte.is_ascii_control() { replacement } else { byte };
            shown.extend(chunk.valid().as_bytes().iter().map(byte));
            shown.extend(chunk.invalid().iter().map(|_| replacement));
        }
        return shown;
    }
    let mut within = false;
    let next = text.iter().skip(1).copied().chain([0]);
    text.iter()
        .zip(next)
        .map(|(&byte, next)| {
            let continues = matches!(byte, 128..=191);
            within = (within && continues) || (matches!(byte, 194..=254) && matches!(next, 128..=191));
            if within || matches!(byte, b' '..=b'~') { byte } else { replacement }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_differ_about_broken_utf8() {
        let old = Version { major: 3, minor: 7 };
        let both = |text: &[u8]| [old, Version::NEWEST].map(|version| printable(text, b'?', version));
        assert_eq!(both(b"a\tb\x7f"), [b"a?b?", b"a?b?"]);
        assert_eq!(both("é日".as_bytes()), ["é日".as_bytes(), "é日".as_bytes()]);
        assert_eq!(both(b"\xe6\x97 x"), [&b"\xe6\x97 x"[..], b"?? x"]);
        assert_eq!(both(b"\xe9 \x97"), [b"? ?", b"? ?"]);
        assert_eq!(both(b"\xc3\xa9\xa9"), [&b"\xc3\xa9\xa9"[..], b"\xc3\xa9?"]);
    }
}
