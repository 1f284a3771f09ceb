//! Single steps that look at the key: sets of characters, places, line breaks, back-references.

use super::super::ast::Assertion;
use super::super::pcre::{Newline, unicode};
use super::super::utf8;
use super::machine::{Machine, NONE};

impl Machine<'_, '_> {
    fn byte(&self, at: u32) -> Option<u8> {
        self.key.get(at as usize).copied()
    }

    pub(super) fn end_of_key(&self) -> u32 {
        u32::try_from(self.key.len()).unwrap_or(NONE)
    }

    /// How many bytes the character at `at` takes, where it is one of a set.
    pub(super) fn width(&self, unit: usize, at: u32) -> Option<u32> {
        let unit = self.program.units.get(unit)?;
        let byte = self.byte(at)?;
        if !unit.utf || byte.is_ascii() {
            return unit.bytes.contains(byte).then_some(1);
        }
        let (value, len) = utf8::decode(self.key, at as usize)?;
        unit.chars.contains(value).then(|| u32::try_from(len).unwrap_or(1))
    }

    /// Whether the characters of a set take different numbers of bytes.
    pub(super) fn is_wide(&self, unit: usize) -> bool {
        self.program.units.get(unit).is_some_and(|unit| unit.utf && !unit.chars.is_empty())
    }

    /// Where the character before `at` begins.
    pub(super) fn before(&self, at: u32, wide: bool) -> u32 {
        if wide {
            utf8::start_before(self.key, at as usize).and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
        } else {
            at.saturating_sub(1)
        }
    }

    pub(super) fn step_back(&mut self, steps: u32) -> bool {
        if !self.program.utf {
            return match self.at.checked_sub(steps) {
                Some(at) => {
                    self.at = at;
                    true
                }
                None => false,
            };
        }
        for _ in 0..steps {
            if self.at == 0 {
                return false;
            }
            self.at = self.before(self.at, true);
        }
        self.steps = self.steps.saturating_sub(u64::from(steps));
        true
    }

    pub(super) fn holds(&self, assertion: Assertion) -> bool {
        let (at, end) = (self.at, self.end_of_key());
        match assertion {
            Assertion::Start | Assertion::SearchStart => at == 0,
            Assertion::End => at == end,
            // Not after a newline that ends the key.
            Assertion::LineStart => at == 0 || at < end && self.newline_before(at),
            Assertion::LineEnd => at == end || self.newline_at(at).is_some(),
            Assertion::EndOrFinalNewline => at == end || self.newline_at(at).is_some_and(|len| at + len == end),
            Assertion::WordBoundary => self.word_before() != self.word_after(),
            Assertion::NotWordBoundary => self.word_before() == self.word_after(),
            Assertion::WordStart => !self.word_before() && self.word_after(),
            Assertion::WordEnd => self.word_before() && !self.word_after(),
        }
    }

    fn word_before(&self) -> bool {
        self.at.checked_sub(1).and_then(|at| self.byte(at)).is_some_and(is_word)
    }

    fn word_after(&self) -> bool {
        self.byte(self.at).is_some_and(is_word)
    }

    /// How many bytes the newline at `at` takes, where there is one.
    fn newline_at(&self, at: u32) -> Option<u32> {
        let rest = self.key.get(at as usize..)?;
        let length = self.program.newline.length(rest, || self.line_end(at).map(|length| length as usize))?;
        u32::try_from(length).ok()
    }

    /// Whether a newline ends just before `at`.
    fn newline_before(&self, at: u32) -> bool {
        let before = self.key.get(..at as usize).unwrap_or_default();
        match self.program.newline {
            Newline::Lf => before.ends_with(b"\n"),
            Newline::Cr => before.ends_with(b"\r"),
            Newline::Nul => before.ends_with(b"\0"),
            Newline::CrLf => before.ends_with(b"\r\n"),
            Newline::AnyCrLf => before.ends_with(b"\r") || before.ends_with(b"\n"),
            Newline::Any => at > 0 && self.line_end(self.before(at, self.program.utf)).is_some(),
        }
    }

    /// How many bytes the single character at `at` takes, where Unicode ends lines with it.
    fn line_end(&self, at: u32) -> Option<u32> {
        match self.byte(at)? {
            b'\n'..=b'\r' => Some(1),
            0x85 if !self.program.utf => Some(1),
            byte if byte.is_ascii() || !self.program.utf => None,
            _ => {
                let (value, len) = utf8::decode(self.key, at as usize)?;
                matches!(value, 0x85 | 0x2028 | 0x2029).then(|| u32::try_from(len).unwrap_or(1))
            }
        }
    }

    pub(super) fn line_break(&mut self, unicode: bool) -> bool {
        let rest = self.key.get(self.at as usize..).unwrap_or_default();
        let len = if rest.starts_with(b"\r\n") {
            Some(2)
        } else if unicode {
            self.line_end(self.at)
        } else {
            rest.first().is_some_and(|byte| matches!(byte, b'\r' | b'\n')).then_some(1)
        };
        self.at += len.unwrap_or_default();
        len.is_some()
    }

    /// Takes what a group took. A group that took no part cannot be taken again.
    pub(super) fn reference(&mut self, group: usize, fold: bool) -> bool {
        let (Some(start), Some(end)) = (self.slots.get(2 * group).copied(), self.slots.get(2 * group + 1).copied())
        else {
            return false;
        };
        let Some(text) = self.key.get(start as usize..end as usize).filter(|_| start != NONE) else { return false };
        let rest = self.key.get(self.at as usize..).unwrap_or_default();
        self.steps = self.steps.saturating_sub(text.len() as u64 / 8);
        if fold && (self.program.utf || self.program.ucp) {
            return self.reference_folded(text);
        }
        let same = rest
            .get(..text.len())
            .is_some_and(|found| if fold { found.eq_ignore_ascii_case(text) } else { found == text });
        if same {
            self.at += end - start;
        }
        same
    }

    /// By Unicode's folding characters may be the same that take different numbers of bytes.
    fn reference_folded(&mut self, text: &[u8]) -> bool {
        let mut at = self.at as usize;
        let mut from = 0;
        while let Some((value, len)) = self.char_of(text, from) {
            let Some((found, found_len)) = self.char_of(self.key, at) else { return false };
            if !unicode::same_folded(value, found) {
                return false;
            }
            from += len;
            at += found_len;
        }
        self.steps = self.steps.saturating_sub(text.len() as u64);
        self.at = u32::try_from(at).unwrap_or(NONE);
        true
    }

    pub(super) fn char_of(&self, text: &[u8], at: usize) -> Option<(u32, usize)> {
        if self.program.utf { utf8::decode(text, at) } else { text.get(at).map(|byte| (u32::from(*byte), 1)) }
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
