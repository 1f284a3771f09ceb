//! A PCRE pattern, whatever it is: it is read or refused, explained, drawn and matched.

use postproof_rules::pattern::{Pattern, PcreFlags};

use super::pattern::assert_sound;

/// `A` is what a pattern without flags has in Postfix.
const FLAGS: &[&[u8]] = &[
    b"", b"i", b"s", b"m", b"x", b"A", b"E", b"U", b"is", b"sm", b"ix", b"xU", b"AE", b"ismxAEU", b"u", b"iu", b"smu",
    b"xUu",
];

/// The first byte chooses the flags, and the rest is the pattern.
pub fn check(input: &[u8]) {
    let Some((switches, source)) = super::choice(input, FLAGS) else { return };
    let mut flags = PcreFlags::POSTFIX;
    for &flag in *switches {
        // Postfix has no flag for UTF-8 text.
        if flag == b'u' {
            flags.utf = true;
        } else {
            assert!(flags.switch(flag));
        }
    }
    assert_sound(source, Pattern::pcre(source, flags));
}
