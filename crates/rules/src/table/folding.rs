//! Folding keys to lower case.
//!
//! (Postfix: `casefold`, which hands text that is not ASCII to ICU.)

use std::borrow::Cow;

/// A key as tables of fixed keys compare it. `unicode`: letters beyond ASCII are folded, too; the key must be UTF-8 then.
pub(super) fn fold(key: &[u8], unicode: bool) -> Cow<'_, [u8]> {
    if let Some(text) = std::str::from_utf8(key).ok().filter(|text| unicode && !text.is_ascii()) {
        let mut folded = String::with_capacity(text.len());
        for c in text.chars() {
            fold_char(c, &mut folded);
        }
        return Cow::Owned(folded.into_bytes());
    }
    if key.iter().any(u8::is_ascii_uppercase) { Cow::Owned(key.to_ascii_lowercase()) } else { Cow::Borrowed(key) }
}

/// Unicode's full case folding (CaseFolding.txt, C and F). It is what lower case makes of upper case, with two exceptions:
/// the dotless i stays, and Cherokee folds to its upper case, which was there first.
fn fold_char(c: char, folded: &mut String) {
    match u32::from(c) {
        0x0131 | 0x13A0..=0x13F5 => folded.push(c),
        0x13F8..=0x13FD | 0xAB70..=0xABBF => folded.extend(c.to_uppercase()),
        _ => folded.extend(c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    /// Each as Postfix 3.7.11 with ICU 72 folds it.
    #[test]
    fn keys_fold_as_unicode_folds() {
        for (key, folded) in [
            ("User@Example.ORG", "user@example.org"),
            ("ÄÖ", "äö"),
            ("Straße", "strasse"),
            ("ΣΑΣς", "σασσ"),
            ("İı", "i̇ı"),
            ("ﬁ", "fi"),
            ("Ꭰꭰᏸ", "ᎠᎠᏰ"),
            ("ẞ", "ss"),
            ("カジノＡ", "カジノａ"),
        ] {
            assert_eq!(String::from_utf8_lossy(&fold(key.as_bytes(), true)), folded, "{key}");
        }
    }

    #[test]
    fn bytes_fold_as_ascii_only() {
        assert_eq!(&fold("ÄB".as_bytes(), false)[..], "Äb".as_bytes());
        assert_eq!(&fold(b"\xc4B", true)[..], b"\xc4b");
    }
}
