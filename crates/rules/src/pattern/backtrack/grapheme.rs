//! What a reader takes for one character: `\X`.
//!
//! Unicode's UAX #29, "Extended grapheme clusters", as PCRE2 10.42 has it: pictographs that follow each other stay
//! together, and a flag takes no marks.

use std::sync::OnceLock;

use super::super::CharSet;
use super::super::pcre::unicode;
use super::super::utf8;
use super::machine::{Machine, NONE};

/// How a character behaves between others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    CarriageReturn,
    LineFeed,
    Control,
    Extend,
    Prepend,
    SpacingMark,
    /// The parts of Korean syllables, and syllables that end in a vowel or in a consonant.
    Leading,
    Vowel,
    Trailing,
    OpenSyllable,
    ClosedSyllable,
    /// Half a flag.
    Regional,
    Other,
    Joiner,
    Pictograph,
}

impl Kind {
    fn of(value: u32) -> Self {
        let has = |name: usize| sets().get(name).is_some_and(|set| set.contains(value));
        match value {
            0x0D => Self::CarriageReturn,
            0x0A => Self::LineFeed,
            0x200D => Self::Joiner,
            0x1100..=0x115F | 0xA960..=0xA97C => Self::Leading,
            0x1160..=0x11A7 | 0xD7B0..=0xD7C6 => Self::Vowel,
            0x11A8..=0x11FF | 0xD7CB..=0xD7FB => Self::Trailing,
            0xAC00..=0xD7A3 if (value - 0xAC00).is_multiple_of(28) => Self::OpenSyllable,
            0xAC00..=0xD7A3 => Self::ClosedSyllable,
            _ if has(REGIONAL) => Self::Regional,
            _ if has(EXTENDS) => Self::Extend,
            _ if has(GOES_ON) => Self::SpacingMark,
            _ if has(PREPENDS) => Self::Prepend,
            _ if has(CONTROLS) => Self::Control,
            _ if has(PICTOGRAPHS) => Self::Pictograph,
            _ => Self::Other,
        }
    }

    /// Whether there is no break between the two.
    fn joins(self, next: Self) -> bool {
        let mark = matches!(next, Self::Extend | Self::SpacingMark | Self::Joiner);
        match self {
            Self::CarriageReturn => next == Self::LineFeed,
            Self::LineFeed | Self::Control => false,
            Self::Regional => next == Self::Regional,
            Self::Extend | Self::SpacingMark | Self::Other | Self::Joiner => mark,
            Self::Prepend => !matches!(next, Self::CarriageReturn | Self::LineFeed | Self::Control | Self::Pictograph),
            Self::Leading => {
                mark || matches!(next, Self::Leading | Self::Vowel | Self::OpenSyllable | Self::ClosedSyllable)
            }
            Self::Vowel | Self::OpenSyllable => mark || matches!(next, Self::Vowel | Self::Trailing),
            Self::Trailing | Self::ClosedSyllable => mark || next == Self::Trailing,
            Self::Pictograph => mark || next == Self::Pictograph,
        }
    }
}

const REGIONAL: usize = 0;
const EXTENDS: usize = 1;
const GOES_ON: usize = 2;
const PREPENDS: usize = 3;
const CONTROLS: usize = 4;
const PICTOGRAPHS: usize = 5;

fn sets() -> &'static [CharSet; 6] {
    static SETS: OnceLock<[CharSet; 6]> = OnceLock::new();
    SETS.get_or_init(|| {
        [&b"ri"[..], b"+extends", b"+goes_on", b"+prepends", b"+controls", b"extpict"]
            .map(|name| unicode::property(name).unwrap_or_default())
    })
}

impl Machine<'_, '_> {
    pub(super) fn grapheme(&mut self) -> bool {
        let Some((first, len)) = self.char_of(self.key, self.at as usize) else { return false };
        let mut kind = Kind::of(first);
        let mut at = self.at as usize + len;
        while let Some((value, len)) = self.char_of(self.key, at) {
            let next = Kind::of(value);
            if !kind.joins(next)
                || kind == Kind::Regional && next == Kind::Regional && self.regional_before(at).is_multiple_of(2)
            {
                break;
            }
            // Marks do not part pictographs.
            if kind != Kind::Pictograph || !matches!(next, Kind::Extend | Kind::Joiner) {
                kind = next;
            }
            at += len;
            self.steps = self.steps.saturating_sub(1);
        }
        self.at = u32::try_from(at).unwrap_or(NONE);
        true
    }

    /// How many halves of flags stand before `at`.
    fn regional_before(&mut self, mut at: usize) -> usize {
        let mut count = 0;
        while at > 0 {
            let before = if self.program.utf { utf8::start_before(self.key, at).unwrap_or(0) } else { at - 1 };
            match self.char_of(self.key, before) {
                Some((value, _)) if Kind::of(value) == Kind::Regional => count += 1,
                _ => break,
            }
            at = before;
            self.steps = self.steps.saturating_sub(1);
        }
        count
    }
}
