//! A POSIX pattern, whatever it is: it is read or refused, explained, drawn and matched.

use postproof_rules::pattern::{Pattern, PosixFlags};

use super::pattern::assert_sound;

/// `A` is what a pattern without flags has in Postfix; the flags that are switched over follow in the bits.
const FLAGS: &[&[u8]] = &[b"", b"i", b"m", b"im", b"x", b"xi", b"xm", b"xim"];

/// The first byte chooses the flags, and the rest is the pattern.
pub fn check(input: &[u8]) {
    let Some((switches, source)) = super::choice(input, FLAGS) else { return };
    let mut flags = PosixFlags::POSTFIX;
    for &flag in *switches {
        assert!(flags.switch(flag));
    }
    assert_sound(source, Pattern::posix(source, flags));
}
